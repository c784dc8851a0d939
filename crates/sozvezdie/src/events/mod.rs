//! Events and their editions: olympiads, contests, conferences, with levels, formats and stages.
//!
//! An [`Edition`] belongs to one academic year; its [`Stage`]s carry the rules of the jury. Official
//! lists of events stand here too. What children achieved is kept by the slice below.
mod api;
mod change;
mod edit;
mod entries;
mod export;
mod form;
mod ics;
mod lists;
mod model;
mod record;
mod store;
#[cfg(test)]
mod tests;
mod view;
mod web;

pub use entries::{
    Bar, Candidate, ENTRIES, How, ORGANISE, Sight, Source, admit_coded, bars, candidates, children, code, coming,
    enter as enter_learner, list as entries_of, open_stage, organises, pupils, takes_entries, url as entries_url,
    withdraw_in,
};
pub use form::subject;
pub use lists::{
    Decision, EventLists, LineDraft, ListDraft, Why, confirm as confirm_line, insert as insert_list,
    lines_in as lines_of_list,
};
pub use model::{
    Edition, EditionDraft, EditionId, EditionState, Entered, EventDraft, EventId, EventKind, Format, Level, ListKind,
    PrizeDegree, PrizeDegrees, Stage, StageDraft, StageId, StageState, TiePolicy,
};
pub use store::{find, find_all, find_in, stage, stage_in, stages, stages_in, take_stage};

use crate::shell::{Slice, search};
use kit::{
    Fault, Lang, Visit,
    access::Permission,
    audit::Entry,
    db::Tx,
    routes::Routes,
    text::{Message, text_prefix},
};

pub const VIEW: Permission = Permission("events.view");
/// Editions of the own organisation; in the whole network also the network's and outsiders'.
pub const EDIT: Permission = Permission("events.edit");

/// «Кому подходит»: the page stands in the slice of candidates.
pub const SUIT: Permission = Permission("events.suit");

/// The kind of record in search and audit.
pub const KIND: &str = "event_edition";

/// The list's address.
pub const LIST: &str = "/events";

/// A record's address.
pub fn url(id: EditionId) -> String {
    format!("{LIST}/{id}")
}

/// When a stage is held, in words: its own days, else those of the edition.
pub fn days_of(t: Lang, edition: &Edition, stage: &Stage) -> String {
    view::span(t, stage.starts_on.or(edition.starts_on), stage.ends_on.or(edition.ends_on)).unwrap_or_default()
}

/// Whom an edition suits.
pub fn suit_url(id: EditionId) -> String {
    format!("{}/candidates", url(id))
}

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/events", VIEW, web::list)
        .post("/events", EDIT, web::create)
        .get("/events/new", EDIT, web::new)
        .get("/events/calendar", VIEW, web::calendar)
        .get("/events/calendar.ics", VIEW, web::feed)
        .get("/events/export.xlsx", VIEW, export::xlsx)
        .get("/events/export.csv", VIEW, export::csv)
        .get("/events/stages/{id}/edit", EDIT, web::edit_stage)
        .post("/events/stages/{id}", EDIT, web::update_stage)
        .post("/events/stages/{id}/state", EDIT, web::move_stage)
        .get("/events/stages/{id}/entries", entries::ENTRIES, entries::web::show)
        .get("/events/stages/{id}/entries/new", entries::ENTRIES, entries::web::application)
        .post("/events/stages/{id}/entries/new", entries::ENTRIES, entries::web::create)
        .post("/events/stages/{id}/entries/admission", entries::ORGANISE, entries::web::admission)
        .post("/events/stages/{id}/entries/codes", entries::ORGANISE, entries::web::codes)
        .post("/events/stages/{id}/entries/invitations", entries::ORGANISE, entries::web::invitations)
        .get("/events/stages/{id}/entries/seating", entries::ORGANISE, entries::web::seating)
        .get("/events/stages/{id}/entries/{file}", entries::ORGANISE, entries::web::paper)
        .post("/events/entries/{id}/withdrawal", entries::ENTRIES, entries::web::withdrawal)
        .get("/events/{id}", VIEW, web::show)
        .post("/events/{id}", EDIT, web::update)
        .get("/events/{id}/edit", EDIT, web::edit)
        .post("/events/{id}/state", EDIT, web::move_to)
        .get("/events/{id}/stages/new", EDIT, web::new_stage)
        .post("/events/{id}/stages", EDIT, web::create_stage)
        .get("/api/v1/editions", VIEW, api::list)
        .post("/api/v1/editions", EDIT, api::create)
        .get("/api/v1/editions/{id}", VIEW, api::show)
        .patch("/api/v1/editions/{id}", EDIT, api::update)
        .post("/api/v1/editions/{id}/state", EDIT, api::move_to)
        .post("/api/v1/editions/{id}/stages", EDIT, api::create_stage)
        .patch("/api/v1/stages/{id}", EDIT, api::update_stage)
        .post("/api/v1/stages/{id}/state", EDIT, api::move_stage)
        .get("/api/v1/stages/{id}/entries", entries::ENTRIES, entries::web::api_list)
        .post("/api/v1/stages/{id}/entries", entries::ENTRIES, entries::web::api_create)
        .merge(lists::routes());
    let source = search::Source {
        kind: KIND,
        title: "nav-events",
        icon: "calendar-check",
        needs: VIEW,
        resolve: |visit, ids| Box::pin(web::hits(visit, ids)),
    };
    Slice::new("events", routes)
        .found_by(source)
        .described(api::document().merge_from(lists::document()))
        .keeping(entries::OF_LEARNER)
        .checked(|net, now| Box::pin(check(net, now)))
}

/// The record, if this viewer may see it. A draft is seen by those who may change it.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown id and one out of reach.
pub async fn open(visit: &Visit, id: EditionId) -> Result<Edition, Fault> {
    let found = find(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    may_be_seen(visit, &found).then_some(found).ok_or(Fault::NotFound)
}

fn may_be_seen(visit: &Visit, e: &Edition) -> bool {
    e.state != EditionState::Draft || visit.viewer.reach(EDIT).covers(e.owner())
}

/// Writes a new edition with its stages, and its event where there is none of the title and kind
/// yet; with search terms and audit line. For the form, imports and the demo.
///
/// # Errors
/// The database's.
pub async fn enter(tx: &mut Tx, visit: &Visit, draft: &EditionDraft) -> Result<Entered, Fault> {
    let event = match store::event_of(tx, &draft.event).await? {
        Some(known) => known,
        None => {
            let id = EventId(visit.new_id());
            store::insert_event(tx, id, &draft.event, visit.viewer.person, visit.now).await?;
            id
        }
    };
    let edition = EditionId(visit.new_id());
    store::insert(tx, edition, event, draft, visit.viewer.person, visit.now).await?;
    let mut stages = Vec::with_capacity(draft.stages.len().max(1));
    let only = StageDraft::plain(&Lang::Ru.say("event-stage-only"));
    let all = if draft.stages.is_empty() { std::slice::from_ref(&only) } else { draft.stages.as_slice() };
    for (position, stage) in (1..).zip(all) {
        let id = StageId(visit.new_id());
        store::insert_stage(tx, id, edition, position, stage).await?;
        stages.push(id);
    }
    index(tx, edition, draft).await?;
    Entry::new("create", KIND, edition).write(tx, visit).await?;
    Ok(Entered { event, edition, stages })
}

async fn index(tx: &mut Tx, id: EditionId, d: &EditionDraft) -> Result<(), Fault> {
    let kind = Lang::Ru.say(&text_prefix!("event-kind-", d.event.kind.code()));
    let parts = [d.subject.as_deref(), d.organiser.as_deref(), Some(kind.as_ref())];
    let rest = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    kit::search::index(tx, KIND, id.0, &[(&d.title, 10), (&rest, 2)]).await
}

/// Moves an edition along the table of [`EditionState::next`]: for the pages here, and for whoever
/// publishes results.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] `state` when the move is not allowed or somebody was quicker.
pub async fn step(tx: &mut Tx, visit: &Visit, id: EditionId, next: EditionState) -> Result<(), Fault> {
    let now = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?.state;
    let moved = now.may_become(next) && store::set_state(tx, id, now, next, visit.viewer.person, visit.now).await?;
    if !moved {
        let state = visit.lang.say(&text_prefix!("event-state-", now.code()));
        return Err(Fault::conflict("state", Message::new("event-wrong-state").with("state", state)));
    }
    Entry::new("state", KIND, id).fields(&[next.code()]).write(tx, visit).await
}

/// Moves a stage along the table of [`StageState::next`].
///
/// # Errors
/// As [`step`].
pub async fn step_stage(tx: &mut Tx, visit: &Visit, id: StageId, next: StageState) -> Result<(), Fault> {
    let stage = store::stage_in(tx, id).await?.ok_or(Fault::NotFound)?;
    let moved = stage.state.may_become(next) && store::set_stage_state(tx, id, stage.state, next).await?;
    if !moved {
        let state = visit.lang.say(&text_prefix!("event-stage-state-", stage.state.code()));
        return Err(Fault::conflict("state", Message::new("event-wrong-state").with("state", state)));
    }
    Entry::new("stage", KIND, stage.edition_id).fields(&[next.code()]).write(tx, visit).await
}

/// Whether search knows every edition.
async fn check(net: &kit::db::Net, _: chrono::DateTime<chrono::Utc>) -> Result<Vec<String>, Fault> {
    let lost = kit::search::lost(net, KIND, "event_edition").await?;
    Ok(if lost == 0 { Vec::new() } else { vec![format!("{lost} editions of events are not found by search")] })
}
