//! Pages of acts: extract, call, answer.
use super::{
    ActForm, EDIT, LIST, LinkForm, add, change, form, model::ActId, open, open_to_edit, record, store, url, view,
};
use crate::{
    organisations::{self, OrganisationId},
    people,
    shell::{drafts, search::Hit, views},
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    access::Reach,
    audit,
    cursor::Cursor,
    form::{Problems, tidy},
    http::{Path, Query, Sent, go},
    text::list_url,
};
use maud::Markup;
use serde::Deserialize;
use uuid::Uuid;

/// Rows of a page of the list.
const PAGE: i64 = 100;
/// Acts that a search for a link shows.
const CANDIDATES: i64 = 20;

/// The list's address as data: the URL is the state.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub q: String,
    pub kind: String,
    pub year: String,
    pub state: String,
    pub organisation: String,
    /// `yes`: only the archive.
    pub archive: String,
    pub sort: String,
    pub after: String,
}

impl Asked {
    /// Unknown codes filter nothing rather than everything away.
    pub fn filter(&self, visit: &Visit) -> store::Filter {
        store::Filter {
            // Nobody remembers a longer name, and a pattern of 50,000 letters is an error of SQLite.
            q: tidy(&self.q.chars().take(200).collect::<String>()),
            kind: self.kind.parse().ok(),
            year: self.year.parse().ok().filter(|y| (1000..=9999).contains(y)),
            state: self.state.parse().ok(),
            organisation: self.organisation.parse().ok(),
            sort: self.sort.parse().unwrap_or(store::Sort::DateDown),
            today: visit.today,
            archived: self.archive == "yes",
            archive: visit.viewer.reach(EDIT),
        }
    }

    /// The same list at `base` with one thing changed; paging starts anew.
    pub fn with(&self, base: &str, name: &str, value: &str) -> String {
        let pairs = vec![
            ("q", self.q.as_str()),
            ("kind", &self.kind),
            ("year", &self.year),
            ("state", &self.state),
            ("organisation", &self.organisation),
            ("archive", &self.archive),
            ("sort", &self.sort),
        ];
        list_url(base, pairs, name, value)
    }

    pub fn is_filtered(&self) -> bool {
        [&self.q, &self.kind, &self.year, &self.state, &self.organisation, &self.archive]
            .iter()
            .any(|v| !v.trim().is_empty())
    }
}

/// The tab of an organisation's record: its latest acts and those about it.
pub async fn of_organisation(visit: &Visit, organisation: OrganisationId) -> Result<Markup, Fault> {
    let asked = Asked { organisation: organisation.to_string(), ..Asked::default() };
    let slice = store::list(&visit.net, &asked.filter(visit), None, PAGE).await?;
    Ok(view::of_organisation(visit, &asked, &slice))
}

pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let cursor = if asked.after.is_empty() { None } else { Some(Cursor::decode(&asked.after)?) };
    let filter = asked.filter(&visit);
    let about = match filter.organisation {
        // One out of reach is as unknown as one that never was.
        Some(id) => Some(organisations::open(&visit, id).await?),
        None => None,
    };
    let page = view::List {
        slice: store::list(&visit.net, &filter, cursor.as_ref(), PAGE).await?,
        counts: store::counts(&visit.net).await?,
        years: store::years(&visit.net).await?,
        views: views::of(&visit, LIST).await?,
        about,
    };
    Ok(view::page(&visit, &asked, &page))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Tab {
    tab: String,
}

pub async fn show(visit: Visit, Path(id): Path<ActId>, Query(tab): Query<Tab>) -> Result<Markup, Fault> {
    let act = open(&visit, id).await?;
    let reach = visit.viewer.reach(EDIT);
    let can_edit = reach.covers(act.owner());
    let history = if tab.tab == "history" && can_edit { Some(history_of(&visit, id).await?) } else { None };
    show_record(&visit, act, history, &Problems::default()).await
}

async fn history_of(visit: &Visit, id: ActId) -> Result<record::History, Fault> {
    let lines = audit::history(&visit.net, super::KIND, id.0, 100).await?;
    let actors: Vec<Uuid> = lines.iter().filter_map(|l| l.actor).collect();
    let names = people::names(&visit.net, &actors).await?;
    Ok((lines, names))
}

/// The record's page, with what was wrong with the file that was to be added.
pub async fn show_record(
    visit: &Visit,
    act: super::Act,
    history: Option<record::History>,
    problems: &Problems,
) -> Result<Markup, Fault> {
    let id = act.id;
    let page = record::Record {
        links: store::links(&visit.net, id).await?,
        files: kit::files::of(&visit.net, super::KIND, id.0).await?,
        namesakes: store::namesakes(&visit.net, &act).await?,
        organisations: named(visit, &store::organisations(&visit.net, id).await?).await?,
        owner: named(visit, act.organisation_id.as_slice()).await?.pop(),
        can_edit: visit.viewer.reach(EDIT).covers(act.owner()),
        history,
        act,
    };
    Ok(record::page(visit, &page, problems))
}

/// These organisations by name, those out of reach left out.
async fn named(visit: &Visit, ids: &[OrganisationId]) -> Result<Vec<(OrganisationId, String)>, Fault> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        match organisations::open(visit, *id).await {
            Ok(o) => found.push((o.id, o.short_name)),
            Err(Fault::NotFound) => {}
            Err(fault) => return Err(fault),
        }
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(found)
}

pub async fn new(visit: Visit) -> Result<Markup, Fault> {
    let draft: Option<ActForm> = drafts::find(&visit, "act-new").await?;
    let restored = draft.is_some();
    let blank = match draft {
        Some(draft) => draft,
        None => ActForm { issuer: usual_issuer(&visit).await?.unwrap_or_default(), ..ActForm::default() },
    };
    page(&visit, None, &blank, &Problems::default(), restored).await
}

/// Who most likely issued the act: the founder for the network's, else the one organisation.
async fn usual_issuer(visit: &Visit) -> Result<Option<String>, Fault> {
    match visit.viewer.reach(EDIT) {
        Reach::Network => store::founder(&visit.directory, visit.net.id()).await,
        Reach::Organisations(own) => match own.as_slice() {
            [only] => Ok(organisations::find(&visit.net, OrganisationId(*only)).await?.map(|o| o.short_name)),
            _ => Ok(None),
        },
        Reach::Nowhere => Ok(None),
    }
}

async fn page(
    visit: &Visit,
    act: Option<&super::Act>,
    typed: &ActForm,
    problems: &Problems,
    restored: bool,
) -> Result<Markup, Fault> {
    let all = organisations::active(&visit.net).await?;
    let mut known: Vec<(String, String)> = all.into_iter().map(|o| (o.id.to_string(), o.short_name)).collect();
    // What an older act names may be closed by now.
    for id in typed.organisations.iter().chain([&typed.owner]).filter_map(|id| id.parse().ok()) {
        if known.iter().all(|(known, _)| *known != OrganisationId::to_string(&id)) {
            known.extend(named(visit, &[id]).await?.into_iter().map(|(id, name)| (id.to_string(), name)));
        }
    }
    Ok(form::page(visit, act, typed, problems, &known, restored))
}

pub async fn create(visit: Visit, sent: Sent<ActForm>) -> Result<Response, Fault> {
    match add(&visit, &sent.once(&visit, "acts.add"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-act-added")),
        Err(Fault::Invalid(problems)) => Ok(mend(page(&visit, None, &sent.data, &problems, false).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn edit(visit: Visit, Path(id): Path<ActId>) -> Result<Markup, Fault> {
    let act = open_to_edit(&visit, id).await?;
    let now = ActForm::of(&act, &store::organisations(&visit.net, id).await?);
    let draft: Option<ActForm> = drafts::find(&visit, &format!("act-{id}")).await?;
    page(&visit, Some(&act), draft.as_ref().unwrap_or(&now), &Problems::default(), draft.is_some()).await
}

pub async fn update(visit: Visit, Path(id): Path<ActId>, sent: Sent<ActForm>) -> Result<Response, Fault> {
    match change(&visit, &sent.once(&visit, &format!("acts.change {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-act-changed")),
        Err(Fault::Invalid(problems)) => {
            let act = open(&visit, id).await?;
            Ok(mend(page(&visit, Some(&act), &sent.data, &problems, false).await?))
        }
        Err(Fault::Conflict(conflict)) if conflict.code == "stale" => {
            let act = open(&visit, id).await?;
            let theirs = ActForm::of(&act, &store::organisations(&visit.net, id).await?);
            let page = form::stale(&visit, &act, &sent.data, &theirs, &conflict.message);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

pub fn mend(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

pub async fn archive(visit: Visit, Path(id): Path<ActId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("acts.archive {id}"));
    Ok(go(&super::set_archived(&visit, &once, id, true).await?, "done-act-archived"))
}

pub async fn restore(visit: Visit, Path(id): Path<ActId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("acts.restore {id}"));
    Ok(go(&super::set_archived(&visit, &once, id, false).await?, "done-act-restored"))
}

pub async fn new_link(visit: Visit, Path(id): Path<ActId>, Query(typed): Query<LinkForm>) -> Result<Markup, Fault> {
    link_page(&visit, id, &typed, &Problems::default()).await
}

async fn link_page(visit: &Visit, id: ActId, typed: &LinkForm, problems: &Problems) -> Result<Markup, Fault> {
    let act = open_to_edit(visit, id).await?;
    let filter = Asked { q: typed.q.clone(), ..Asked::default() }.filter(visit);
    let reach = visit.viewer.reach(EDIT);
    let mut found = store::list(&visit.net, &filter, None, CANDIDATES).await?.items;
    found.retain(|other| other.id != id && reach.covers(other.owner()));
    Ok(form::link(visit, &act, &found, typed, problems))
}

pub async fn link(visit: Visit, Path(id): Path<ActId>, sent: Sent<LinkForm>) -> Result<Response, Fault> {
    match super::link(&visit, &sent.once(&visit, &format!("acts.link {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-act-linked")),
        Err(Fault::Invalid(problems)) => Ok(mend(link_page(&visit, id, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn unlink(visit: Visit, Path(id): Path<ActId>, sent: Sent<LinkForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("acts.unlink {id}"));
    Ok(go(&super::unlink(&visit, &once, id, &sent.data).await?, "done-act-unlinked"))
}

/// Found acts as lines of the search, the archive out of reach left out.
pub async fn hits(visit: &Visit, ids: Vec<Uuid>) -> Result<Vec<Hit>, Fault> {
    let found = store::find_all(&visit.net, &ids).await?;
    let seen = found.into_iter().filter(|a| super::may_be_seen(visit, a));
    Ok(seen
        .map(|a| Hit {
            id: a.id.0,
            href: url(a.id),
            note: format!("{}, {}", view::reference(visit.lang, &a), a.issuer),
            title: a.title,
        })
        .collect())
}
