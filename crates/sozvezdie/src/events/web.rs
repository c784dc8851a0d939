//! Pages of events: extract, call, answer.
use super::{
    EDIT, Edition, EditionId, EditionState, LIST, StageId, StageState, change, edit,
    form::{EditionForm, StageForm},
    ics, lists, open, record, store,
    store::list::{Filter, Listed, Sort},
    url, view,
};
use crate::{
    acts, organisations, people,
    shell::{drafts, search::Hit, views},
};
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{Datelike as _, Duration, NaiveDate};
use kit::{
    Fault, Visit,
    access::Reach,
    audit,
    cursor::{COUNTED, Cursor},
    form::{Problems, tidy},
    http::{Path, Query, Sent, go},
    text::list_url,
};
use maud::Markup;
use serde::Deserialize;
use uuid::Uuid;

/// Rows of a page of the list.
const PAGE: i64 = 100;

/// The list's address as data: the URL is the state.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub q: String,
    /// «2026-2027».
    pub year: String,
    pub kind: String,
    pub level: String,
    pub format: String,
    pub state: String,
    /// A kind of list, or `none`.
    pub list: String,
    pub subject: String,
    pub organiser: String,
    pub sort: String,
    pub after: String,
}

impl Asked {
    /// Unknown codes filter nothing rather than everything away.
    pub fn filter(&self, visit: &Visit) -> Filter {
        Filter {
            q: tidy(&self.q.chars().take(200).collect::<String>()),
            year: self.year.parse().ok(),
            kind: self.kind.parse().ok(),
            level: self.level.parse().ok(),
            format: self.format.parse().ok(),
            state: self.state.parse().ok(),
            list: match self.list.as_str() {
                "none" => Some(Listed::None),
                kind => kind.parse().ok().map(Listed::On),
            },
            subject: tidy(&self.subject),
            organiser: self.organiser.parse().ok(),
            days: None,
            sort: self.sort.parse().unwrap_or(Sort::DateDown),
            drafts: visit.viewer.reach(EDIT),
        }
    }

    /// The same list at `base` with one thing changed; paging starts anew.
    pub fn with(&self, base: &str, name: &str, value: &str) -> String {
        let pairs = vec![
            ("q", self.q.as_str()),
            ("year", &self.year),
            ("kind", &self.kind),
            ("level", &self.level),
            ("format", &self.format),
            ("state", &self.state),
            ("list", &self.list),
            ("subject", &self.subject),
            ("organiser", &self.organiser),
            ("sort", &self.sort),
        ];
        list_url(base, pairs, name, value)
    }

    pub fn is_filtered(&self) -> bool {
        [
            &self.q,
            &self.year,
            &self.kind,
            &self.level,
            &self.format,
            &self.state,
            &self.list,
            &self.subject,
            &self.organiser,
        ]
        .iter()
        .any(|v| !v.trim().is_empty())
    }
}

pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let cursor = if asked.after.is_empty() { None } else { Some(Cursor::decode(&asked.after)?) };
    let slice = store::list::list(&visit.net, &asked.filter(&visit), cursor.as_ref(), PAGE).await?;
    let ids: Vec<EditionId> = slice.items.iter().map(|e| e.id).collect();
    let page = view::List {
        lists: store::list::lists_of(&visit.net, &ids).await?,
        counts: store::list::counts(&visit.net, &visit.viewer.reach(EDIT)).await?,
        years: store::list::years(&visit.net).await?,
        subjects: store::list::subjects(&visit.net).await?,
        organisers: organisations::listed(&visit.net, &store::list::organisers(&visit.net).await?).await?,
        views: views::of(&visit, LIST).await?,
        slice,
    };
    Ok(view::list(&visit, &asked, &page))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Tab {
    tab: String,
}

pub async fn show(visit: Visit, Path(id): Path<EditionId>, Query(tab): Query<Tab>) -> Result<Markup, Fault> {
    let edition = open(&visit, id).await?;
    let can_edit = visit.viewer.reach(EDIT).covers(edition.owner());
    let history = if tab.tab == "history" && can_edit {
        let lines = audit::history(&visit.net, super::KIND, id.0, 100).await?;
        let actors: Vec<Uuid> = lines.iter().filter_map(|l| l.actor).collect();
        let names = people::names(&visit.net, &actors).await?;
        Some((lines, names))
    } else {
        None
    };
    let act = match edition.act_id {
        Some(id) => acts::open(&visit, id).await.ok(),
        None => None,
    };
    let organiser = match edition.organiser_id {
        Some(id) => organisations::open(&visit, id).await.ok().map(|o| (o.id, o.short_name)),
        None => None,
    };
    let page = record::Record {
        stages: store::stages(&visit.net, id).await?,
        about: store::about(&visit.net, edition.event_id).await?,
        siblings: store::siblings(&visit.net, edition.event_id, id).await?,
        lists: store::list::lists_of(&visit.net, &[id]).await?.remove(&id).unwrap_or_default(),
        entered: store::list::entered(&visit.net, id).await?,
        offers: if visit.viewer.may(lists::KEEP) { lists::offers(&visit, &edition).await? } else { Vec::new() },
        act,
        organiser,
        can_edit,
        history,
        edition,
    };
    Ok(record::page(&visit, &page))
}

pub async fn new(visit: Visit) -> Result<Markup, Fault> {
    let draft: Option<EditionForm> = drafts::find(&visit, "event-new").await?;
    let restored = draft.is_some();
    page(&visit, None, &draft.unwrap_or_else(EditionForm::blank), &Problems::default(), restored).await
}

async fn page(
    visit: &Visit,
    edition: Option<&Edition>,
    typed: &EditionForm,
    problems: &Problems,
    restored: bool,
) -> Result<Markup, Fault> {
    let all = organisations::active(&visit.net).await?;
    let mut known: Vec<(String, String)> = all.into_iter().map(|o| (o.id.to_string(), o.short_name)).collect();
    let reach = visit.viewer.reach(EDIT);
    if reach != Reach::Network {
        known.retain(|(id, _)| reach.covers(id.parse().ok()));
    }
    let acts = acts::latest(visit, 200).await?;
    let choices = edit::Choices { organisations: known, acts, has_network: reach == Reach::Network };
    Ok(edit::page(visit, edition, typed, problems, &choices, restored))
}

pub async fn create(visit: Visit, sent: Sent<EditionForm>) -> Result<Response, Fault> {
    match change::add(&visit, &sent.once(&visit, "events.add"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-event-added")),
        Err(Fault::Invalid(problems)) => Ok(mend(page(&visit, None, &sent.data, &problems, false).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn edit(visit: Visit, Path(id): Path<EditionId>) -> Result<Markup, Fault> {
    let edition = change::open_to_edit(&visit, id).await?;
    let about = store::about(&visit.net, edition.event_id).await?;
    let now = EditionForm::of(&edition, about.as_ref());
    let draft: Option<EditionForm> = drafts::find(&visit, &format!("event-{id}")).await?;
    page(&visit, Some(&edition), draft.as_ref().unwrap_or(&now), &Problems::default(), draft.is_some()).await
}

pub async fn update(visit: Visit, Path(id): Path<EditionId>, sent: Sent<EditionForm>) -> Result<Response, Fault> {
    match change::change(&visit, &sent.once(&visit, &format!("events.change {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-event-changed")),
        Err(Fault::Invalid(problems)) => {
            let edition = open(&visit, id).await?;
            Ok(mend(page(&visit, Some(&edition), &sent.data, &problems, false).await?))
        }
        Err(Fault::Conflict(conflict)) if conflict.code == "stale" => {
            let edition = open(&visit, id).await?;
            let about = store::about(&visit.net, edition.event_id).await?;
            let theirs = EditionForm::of(&edition, about.as_ref());
            let page = edit::stale(&visit, &edition, &sent.data, &theirs, &conflict.message);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

pub fn mend(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

/// Where a record or a stage is to go.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Move {
    pub next: String,
}

impl Move {
    /// # Errors
    /// [`Fault::Invalid`] for a state that is none.
    pub fn read<T: std::str::FromStr>(&self) -> Result<T, Fault> {
        self.next.parse().map_err(|_| Fault::field("next", kit::text::Message::new("form-choose")))
    }
}

pub async fn move_to(visit: Visit, Path(id): Path<EditionId>, sent: Sent<Move>) -> Result<Response, Fault> {
    change::open_to_edit(&visit, id).await?;
    let next: EditionState = sent.data.read()?;
    let once = sent.once(&visit, &format!("events.move {id}"));
    Ok(go(&change::move_to(&visit, &once, id, next).await?, "done-event-moved"))
}

pub async fn new_stage(visit: Visit, Path(id): Path<EditionId>) -> Result<Markup, Fault> {
    let edition = change::open_to_edit(&visit, id).await?;
    stage_page(&visit, &edition, None, &StageForm::blank(), &Problems::default()).await
}

async fn stage_page(
    visit: &Visit,
    edition: &Edition,
    stage: Option<StageId>,
    typed: &StageForm,
    problems: &Problems,
) -> Result<Markup, Fault> {
    let all = organisations::active(&visit.net).await?;
    let known: Vec<(String, String)> = all.into_iter().map(|o| (o.id.to_string(), o.short_name)).collect();
    Ok(edit::stage(visit, edition, stage, typed, problems, &known))
}

pub async fn create_stage(visit: Visit, Path(id): Path<EditionId>, sent: Sent<StageForm>) -> Result<Response, Fault> {
    match change::add_stage(&visit, &sent.once(&visit, &format!("events.stage {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-event-stage")),
        Err(Fault::Invalid(problems)) => {
            let edition = open(&visit, id).await?;
            Ok(mend(stage_page(&visit, &edition, None, &sent.data, &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn edit_stage(visit: Visit, Path(id): Path<StageId>) -> Result<Markup, Fault> {
    let (edition, stage) = change::open_stage(&visit, id).await?;
    stage_page(&visit, &edition, Some(id), &StageForm::of(&stage), &Problems::default()).await
}

pub async fn update_stage(visit: Visit, Path(id): Path<StageId>, sent: Sent<StageForm>) -> Result<Response, Fault> {
    match change::change_stage(&visit, &sent.once(&visit, &format!("events.stage {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-event-stage")),
        Err(Fault::Invalid(problems)) => {
            let (edition, _) = change::open_stage(&visit, id).await?;
            Ok(mend(stage_page(&visit, &edition, Some(id), &sent.data, &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn move_stage(visit: Visit, Path(id): Path<StageId>, sent: Sent<Move>) -> Result<Response, Fault> {
    change::open_stage(&visit, id).await?;
    let next: StageState = sent.data.read()?;
    let once = sent.once(&visit, &format!("events.stage-move {id}"));
    Ok(go(&change::move_stage(&visit, &once, id, next).await?, "done-event-stage"))
}

/// Which month the calendar shows.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Month {
    /// «2026-11».
    pub month: String,
}

impl Month {
    fn first(&self, today: NaiveDate) -> NaiveDate {
        format!("{}-01", self.month)
            .parse::<NaiveDate>()
            .ok()
            .filter(|d| (1990..2200).contains(&d.year()))
            .unwrap_or_else(|| today.with_day(1).unwrap_or(today))
    }
}

pub async fn calendar(visit: Visit, Query(month): Query<Month>) -> Result<Markup, Fault> {
    let first = month.first(visit.today);
    let last = first.checked_add_months(chrono::Months::new(1)).unwrap_or(first) - Duration::days(1);
    let filter = Filter { days: Some((first, last)), sort: Sort::Date, ..Asked::default().filter(&visit) };
    let items = store::list::list(&visit.net, &filter, None, 500).await?.items;
    Ok(view::calendar(&visit, first, last, &items))
}

/// Behind and ahead of today that the feed shows.
const BEHIND: Duration = Duration::days(60);
const AHEAD: Duration = Duration::days(400);

/// Events for other calendars: open to everybody, and no child is in it.
pub async fn feed(visit: Visit) -> Result<Response, Fault> {
    let days = Some((visit.today - BEHIND, visit.today + AHEAD));
    let filter = Filter { days, sort: Sort::Date, drafts: Reach::Nowhere, ..Asked::default().filter(&visit) };
    let items = store::list::list(&visit.net, &filter, None, COUNTED).await?.items;
    let text = ics::write(visit.lang, &visit.lang.say("nav-events"), &items);
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"events.ics\""),
    ];
    Ok((headers, text).into_response())
}

/// Found editions as lines of the search, drafts out of reach left out.
pub async fn hits(visit: &Visit, ids: Vec<Uuid>) -> Result<Vec<Hit>, Fault> {
    let found = store::find_all(&visit.net, &ids).await?;
    let seen = found.into_iter().filter(|e| super::may_be_seen(visit, e));
    Ok(seen.map(|e| Hit { id: e.id.0, href: url(e.id), note: view::line(visit.lang, &e), title: e.title }).collect())
}
