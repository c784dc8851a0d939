//! Official lists of events: one per kind and academic year, with the act that set it and the
//! amendments within the year. That an edition is the one of a line is suggested by likeness, with
//! the reason, and decided by a person.
mod api;
mod import;
mod likeness;
mod model;
mod store;
#[cfg(test)]
mod tests;
mod view;
pub mod web;

pub use api::document;
pub use import::EventLists;
pub use likeness::{Title, Why};
pub use model::{AmendmentForm, Decision, Entry, EntryId, EventList, LineDraft, ListDraft, ListForm, ListId, Listing};
pub use store::lines_in;
pub use view::{asks, why_words};

use super::{EditionId, ListKind, VIEW};
use crate::{acts, app::App};
use kit::{
    Fault, Visit,
    access::Permission,
    audit::Entry as Line,
    db::Tx,
    once::{Done, Once},
    routes::Routes,
    text::Message,
};
use serde::{Deserialize, Serialize};

/// Keeping the official lists, and saying which editions stand on them.
pub const KEEP: Permission = Permission("events.lists");

/// The kind of record in audit.
pub const KIND: &str = "event_list";

/// The address of all lists.
pub const LIST: &str = "/event-lists";

/// A list's address.
pub fn url(id: ListId) -> String {
    format!("{LIST}/{id}")
}

/// The routes of lists, for the slice that they are a part of.
pub fn routes() -> Routes<App> {
    Routes::default()
        .get("/event-lists", VIEW, web::lists)
        .post("/event-lists", KEEP, web::create)
        .get("/event-lists/new", KEEP, web::new)
        .post("/event-lists/decisions", KEEP, web::decide)
        .get("/event-lists/{id}", VIEW, web::show)
        .get("/event-lists/{id}/amendments/new", KEEP, web::new_amendment)
        .post("/event-lists/{id}/amendments", KEEP, web::amend)
        .get("/event-lists/{id}/export.xlsx", VIEW, web::xlsx)
        .get("/api/v1/event-lists", VIEW, api::list)
        .post("/api/v1/event-lists", KEEP, api::create)
        .get("/api/v1/event-lists/{id}", VIEW, api::show)
        .post("/api/v1/event-lists/{id}/amendments", KEEP, api::amend)
        .post("/api/v1/event-lists/decisions", KEEP, api::decide)
}

/// # Errors
/// [`Fault::NotFound`].
pub async fn open(visit: &Visit, id: ListId) -> Result<EventList, Fault> {
    store::find(&visit.net, id).await?.ok_or(Fault::NotFound)
}

async fn known_act(visit: &Visit, id: Option<acts::ActId>) -> Result<(), Fault> {
    let Some(id) = id else { return Ok(()) };
    acts::open(visit, id).await.map(drop).map_err(|fault| match fault {
        Fault::NotFound => Fault::field("act_id", Message::new("form-choose")),
        other => other,
    })
}

/// Adds a list with its lines.
///
/// # Errors
/// [`Fault::Forbidden`]; [`Fault::Invalid`], also when the year has a list of the kind already.
pub async fn add(visit: &Visit, once: &Once, form: &ListForm) -> Result<Done, Fault> {
    visit.viewer.demand(KEEP, None)?;
    let draft = form.check()?;
    known_act(visit, draft.act_id).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = insert(tx, visit, &draft).await?;
        crate::shell::drafts::drop(tx, visit.actor(), "event-list-new").await?;
        Ok(Done::created(url(id), serde_json::json!({ "id": id, "lines": draft.lines.len() })))
    })
    .await
}

/// Writes a list with its lines. For [`add`] and the demo.
///
/// # Errors
/// [`Fault::Invalid`] when the year has a list of the kind already.
pub async fn insert(tx: &mut Tx, visit: &Visit, draft: &ListDraft) -> Result<ListId, Fault> {
    let id = ListId(visit.new_id());
    if !store::insert(tx, id, draft, visit.viewer.person, visit.now).await? {
        return Err(Fault::field("kind", Message::new("list-there")));
    }
    let lines: Vec<(EntryId, &LineDraft)> = draft.lines.iter().map(|l| (EntryId(visit.new_id()), l)).collect();
    store::insert_lines(tx, id, &lines, draft.from, draft.act_id).await?;
    Line::new("create", KIND, id).write(tx, visit).await?;
    Ok(id)
}

/// Changes a list from a day on: lines end, lines begin; the list of any earlier day stays as it was.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn amend(visit: &Visit, once: &Once, id: ListId, form: &AmendmentForm) -> Result<Done, Fault> {
    let list = open(visit, id).await?;
    visit.viewer.demand(KEEP, None)?;
    let draft = form.check(list.academic_year)?;
    known_act(visit, draft.act_id).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let ended = if draft.ends.is_empty() { 0 } else { store::end_lines(tx, id, &draft).await? };
        if usize::try_from(ended).unwrap_or(usize::MAX) != draft.ends.len() {
            return Err(Fault::field("ends", Message::new("list-ends-gone")));
        }
        let lines: Vec<(EntryId, &LineDraft)> = draft.lines.iter().map(|l| (EntryId(visit.new_id()), l)).collect();
        store::insert_lines(tx, id, &lines, draft.on, draft.act_id).await?;
        store::touch(tx, id).await?;
        Line::new("update", KIND, id).fields(&["lines"]).write(tx, visit).await?;
        Ok(Done::changed(
            format!("{}?on={}", url(id), draft.on),
            serde_json::json!({ "id": id, "ended": ended, "begun": lines.len() }),
        ))
    })
    .await
}

/// What a person says of one suggestion.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct DecisionForm {
    pub edition: String,
    pub entry: String,
    /// `confirmed` or `refused`.
    pub decision: String,
    /// The reason that was shown; empty: the person found it.
    pub why: String,
}

/// Notes that an edition is, or is not, the one of a line.
///
/// # Errors
/// [`Fault::Forbidden`]; [`Fault::Invalid`] for an unknown edition or line, or one of another year.
pub async fn decide(visit: &Visit, once: &Once, form: &DecisionForm) -> Result<Done, Fault> {
    visit.viewer.demand(KEEP, None)?;
    let unknown = |field| Fault::field(field, Message::new("form-choose"));
    let edition: EditionId = form.edition.parse().map_err(|_| unknown("edition"))?;
    let entry: EntryId = form.entry.parse().map_err(|_| unknown("entry"))?;
    let decision: Decision = form.decision.parse().map_err(|_| unknown("decision"))?;
    let why = Why::read(&form.why).map_or_else(|| "person".to_owned(), Why::code);
    once.run(&visit.net, async |tx: &mut Tx| {
        let found = super::find_in(tx, edition).await?.ok_or_else(|| unknown("edition"))?;
        let (list, year) = store::year_of(tx, entry).await?.ok_or_else(|| unknown("entry"))?;
        if found.academic_year != year {
            return Err(Fault::field("entry", Message::new("list-other-year")));
        }
        confirm(tx, visit, (edition, entry), decision, &why).await?;
        Ok(Done::changed(url(list), serde_json::json!({ "edition": edition, "entry": entry, "state": decision })))
    })
    .await
}

/// Writes a decision with its audit line. For [`decide`] and the demo.
///
/// # Errors
/// The database's.
pub async fn confirm(
    tx: &mut Tx,
    visit: &Visit,
    pair: (EditionId, EntryId),
    decision: Decision,
    why: &str,
) -> Result<(), Fault> {
    store::decide(tx, pair, decision, why, visit.viewer.person, visit.now).await?;
    Line::new("listing", super::KIND, pair.0).fields(&[decision.code()]).write(tx, visit).await
}

/// A line that may be an edition's, with the reason.
#[derive(Clone, Debug)]
pub struct Suggestion {
    pub edition: EditionId,
    pub edition_title: String,
    pub entry: EntryId,
    pub why: Why,
}

/// Which editions of the year may stand behind the lines of a list, likeliest first; what people
/// have decided already is not asked again.
///
/// # Errors
/// The database's.
pub async fn suggestions(
    visit: &Visit,
    list: &EventList,
    lines: &[Entry],
    decided: &[Listing],
) -> Result<Vec<Suggestion>, Fault> {
    let editions: Vec<(EditionId, String, Title)> = store::editions(&visit.net, list.academic_year)
        .await?
        .into_iter()
        .map(|(id, title)| {
            let ready = Title::of(&title);
            (id, title, ready)
        })
        .collect();
    let mut found = Vec::new();
    for line in lines {
        let ready = Title::of(&line.title);
        for (edition, title, other) in &editions {
            if decided.iter().any(|d| d.entry == line.id && d.edition == *edition) {
                continue;
            }
            if let Some(why) = ready.may_be(other) {
                found.push(Suggestion { edition: *edition, edition_title: title.clone(), entry: line.id, why });
            }
        }
    }
    found.sort_by_key(|s| std::cmp::Reverse(s.why.weight()));
    Ok(found)
}

/// A line of a list that an edition may stand on: shown on the edition's page.
pub struct Offer {
    pub entry: EntryId,
    pub kind: ListKind,
    pub title: String,
    pub why: Why,
}

/// The lines of the year's lists that an edition may stand on.
///
/// # Errors
/// The database's.
pub async fn offers(visit: &Visit, edition: &super::Edition) -> Result<Vec<Offer>, Fault> {
    let ready = Title::of(&edition.title);
    let decided = store::decided(&visit.net, edition.id).await?;
    let mut found: Vec<Offer> = store::lines_of_year(&visit.net, edition.academic_year)
        .await?
        .into_iter()
        .filter(|(entry, ..)| decided.iter().all(|(known, _)| known != entry))
        .filter_map(|(entry, kind, title, _)| {
            Title::of(&title).may_be(&ready).map(|why| Offer { entry, kind, title, why })
        })
        .collect();
    found.sort_by_key(|o| std::cmp::Reverse(o.why.weight()));
    found.truncate(5);
    Ok(found)
}
