//! Pages of organisations: extract, call, answer.
use super::{
    ADD, EDIT, GOVERN, HISTORY, KIND, LIST, NameForm, ReorganisationForm, add, change,
    model::{OrganisationForm, OrganisationId, OrganisationState},
    move_to, open, record, store, url, view,
};
use crate::{
    app::App,
    people,
    shell::{drafts, search::Hit, tie, views},
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit, audit,
    cursor::Cursor,
    form::{Problems, tidy},
    http::{Path, Query, Sent, go},
    text::list_url,
};
use maud::Markup;
use serde::Deserialize;
use std::collections::HashMap;
use uuid::Uuid;

/// Rows of a page of the list.
const PAGE: i64 = 100;

/// The list's address as data: the URL is the state.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub q: String,
    pub kind: String,
    pub focus: String,
    pub state: String,
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
            focus: self.focus.parse().ok(),
            state: self.state.parse().ok(),
            sort: self.sort.parse().unwrap_or(store::Sort::Name),
            drafts: visit.viewer.reach(EDIT),
        }
    }

    /// The same list at `base` with one thing changed and paging begun anew; `name` is a field, or
    /// `after` for a further page, or nothing for the list as it is.
    pub fn with(&self, base: &str, name: &str, value: &str) -> String {
        let pairs = vec![
            ("q", self.q.as_str()),
            ("kind", &self.kind),
            ("focus", &self.focus),
            ("state", &self.state),
            ("sort", &self.sort),
        ];
        list_url(base, pairs, name, value)
    }

    pub fn is_filtered(&self) -> bool {
        [&self.q, &self.kind, &self.focus, &self.state].iter().any(|v| !v.trim().is_empty())
    }
}

pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let cursor = if asked.after.is_empty() { None } else { Some(Cursor::decode(&asked.after)?) };
    let slice = store::list(&visit.net, &asked.filter(&visit), cursor.as_ref(), PAGE).await?;
    let counts = store::counts(&visit.net).await?;
    let views = views::of(&visit, LIST).await?;
    Ok(view::page(&visit, &asked, &slice, &counts, &views))
}

pub async fn map(visit: Visit) -> Result<Markup, Fault> {
    Ok(super::map::page(&visit, &store::points(&visit.net).await?))
}

pub async fn show(
    visit: Visit,
    State(app): State<App>,
    Path(id): Path<OrganisationId>,
    Query(asked): Query<tie::Asked>,
) -> Result<Markup, Fault> {
    let o = open(&visit, id).await?;
    let tab = asked.get("tab").map_or("", String::as_str);
    let ties = app.ties(KIND, &visit, id.0);
    let record = record::Record {
        focuses: store::focuses(&visit.net, id).await?,
        names: store::names(&visit.net, id).await?,
        on: asked.get("on").and_then(|day| day.parse().ok()),
        places: store::place::of(&visit.net, id).await?,
        kin: store::kin(&visit.net, id).await?,
        tied: ties.show(&visit, id.0, tab, &asked).await?,
        ties,
        history: history(&visit, id, tab).await?,
        organisation: o,
    };
    Ok(record::page(&visit, &record, tab))
}

/// The trail of a record, for those who may read it, where it is asked for.
async fn history(
    visit: &Visit,
    id: OrganisationId,
    tab: &str,
) -> Result<Option<(Vec<audit::Line>, HashMap<Uuid, String>)>, Fault> {
    if tab != "history" || !visit.viewer.reach(HISTORY).covers(Some(id.0)) {
        return Ok(None);
    }
    let lines = audit::history(&visit.net, KIND, id.0, 100).await?;
    let actors: Vec<Uuid> = lines.iter().filter_map(|l| l.actor).collect();
    let names = people::names(&visit.net, &actors).await?;
    Ok(Some((lines, names)))
}

pub async fn new(visit: Visit) -> Result<Markup, Fault> {
    let draft = drafts::find(&visit, "organisation-new").await?;
    Ok(view::form(&visit, None, &draft.clone().unwrap_or_default(), &Problems::default(), draft.is_some()))
}

pub async fn create(visit: Visit, sent: Sent<OrganisationForm>) -> Result<Response, Fault> {
    match add(&visit, &sent.once(&visit, "organisations.add"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-organisation-added")),
        Err(Fault::Invalid(problems)) => Ok(mend(view::form(&visit, None, &sent.data, &problems, false))),
        Err(fault) => Err(fault),
    }
}

pub async fn edit(visit: Visit, Path(id): Path<OrganisationId>) -> Result<Markup, Fault> {
    let o = open(&visit, id).await?;
    visit.viewer.demand(EDIT, Some(id.0))?;
    let form = OrganisationForm::of(&o, &store::focuses(&visit.net, id).await?);
    let draft = drafts::find(&visit, &format!("organisation-{id}")).await?;
    Ok(view::form(&visit, Some(&o), draft.as_ref().unwrap_or(&form), &Problems::default(), draft.is_some()))
}

pub async fn update(
    visit: Visit,
    Path(id): Path<OrganisationId>,
    sent: Sent<OrganisationForm>,
) -> Result<Response, Fault> {
    match change(&visit, &sent.once(&visit, &format!("organisations.change {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-organisation-changed")),
        Err(Fault::Invalid(problems)) => {
            let o = open(&visit, id).await?;
            Ok(mend(view::form(&visit, Some(&o), &sent.data, &problems, false)))
        }
        Err(Fault::Conflict(conflict)) if conflict.code == "stale" => {
            let o = open(&visit, id).await?;
            let theirs = OrganisationForm::of(&o, &store::focuses(&visit.net, id).await?);
            let page = view::stale(&visit, &o, &sent.data, &theirs, &conflict.message);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

fn mend(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

async fn to_state(
    visit: &Visit,
    id: OrganisationId,
    sent: &Sent<Press>,
    next: OrganisationState,
) -> Result<Response, Fault> {
    let once = sent.once(visit, &format!("organisations.{} {id}", next.code()));
    Ok(go(&move_to(visit, &once, id, next).await?, "done-organisation-state"))
}

pub async fn activate(visit: Visit, Path(id): Path<OrganisationId>, sent: Sent<Press>) -> Result<Response, Fault> {
    to_state(&visit, id, &sent, OrganisationState::Active).await
}

pub async fn suspend(visit: Visit, Path(id): Path<OrganisationId>, sent: Sent<Press>) -> Result<Response, Fault> {
    to_state(&visit, id, &sent, OrganisationState::Suspended).await
}

pub async fn close(visit: Visit, Path(id): Path<OrganisationId>, sent: Sent<Press>) -> Result<Response, Fault> {
    to_state(&visit, id, &sent, OrganisationState::Closed).await
}

pub async fn reorganisation(visit: Visit, Path(id): Path<OrganisationId>) -> Result<Markup, Fault> {
    reorganisation_form(&visit, id, &ReorganisationForm::default(), &Problems::default()).await
}

async fn reorganisation_form(
    visit: &Visit,
    id: OrganisationId,
    form: &ReorganisationForm,
    problems: &Problems,
) -> Result<Markup, Fault> {
    let o = open(visit, id).await?;
    visit.viewer.demand(GOVERN, Some(id.0))?;
    let others: Vec<_> = store::active(&visit.net).await?.into_iter().filter(|l| l.id != id).collect();
    Ok(view::reorganisation(visit, &o, &others, form, problems))
}

pub async fn reorganise(
    visit: Visit,
    Path(id): Path<OrganisationId>,
    sent: Sent<ReorganisationForm>,
) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("organisations.reorganise {id}"));
    match super::reorganise(&visit, &once, id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-organisation-state")),
        Err(Fault::Invalid(problems)) => Ok(mend(reorganisation_form(&visit, id, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn new_name(visit: Visit, Path(id): Path<OrganisationId>) -> Result<Markup, Fault> {
    let o = open(&visit, id).await?;
    visit.viewer.demand(GOVERN, Some(id.0))?;
    let form = NameForm { name: o.name.clone(), short_name: o.short_name.clone(), ..NameForm::default() };
    Ok(view::name_form(&visit, &o, &form, &Problems::default()))
}

pub async fn rename(visit: Visit, Path(id): Path<OrganisationId>, sent: Sent<NameForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("organisations.rename {id}"));
    match super::rename(&visit, &once, id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-organisation-renamed")),
        Err(Fault::Invalid(problems)) => {
            let o = open(&visit, id).await?;
            Ok(mend(view::name_form(&visit, &o, &sent.data, &problems)))
        }
        Err(fault) => Err(fault),
    }
}

/// Found organisations as lines of the search, drafts out of reach left out.
pub async fn hits(visit: &Visit, ids: Vec<Uuid>) -> Result<Vec<Hit>, Fault> {
    let reach = visit.viewer.reach(EDIT);
    let found = store::find_all(&visit.net, &ids).await?;
    let seen = found.into_iter().filter(|l| l.state != OrganisationState::Draft || reach.covers(Some(l.id.0)));
    Ok(seen
        .map(|l| Hit { id: l.id.0, href: url(l.id), note: l.address.unwrap_or(l.name), title: l.short_name })
        .collect())
}

/// What a viewer may do with a record.
pub struct Can {
    pub edit: bool,
    pub govern: bool,
}

impl Can {
    pub fn of(visit: &Visit, id: OrganisationId) -> Self {
        let covers = |permission| visit.viewer.reach(permission).covers(Some(id.0));
        Self { edit: covers(EDIT), govern: covers(GOVERN) }
    }
}

pub fn may_add(visit: &Visit) -> bool {
    visit.viewer.reach(ADD).covers(None)
}

pub fn may_import(visit: &Visit) -> bool {
    visit.viewer.may(super::import::IMPORT)
}
