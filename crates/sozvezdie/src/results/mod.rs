//! Participations of children in events and their results.
//!
//! A participation keeps what the child was on the day of the event; later corrections of the
//! person do not rewrite it. A result is entered, confirmed by a document, may be disputed and is
//! approved at last; only a confirmed or approved one counts. The counting is `figures`' business.
mod api;
mod certificates;
mod import;
mod model;
mod paste;
mod revisions;
mod sheet;
mod store;
mod view;
mod web;

#[cfg(test)]
mod tests;

pub use certificates::{issue, vouch};
pub use import::Protocols;
pub use model::{Award, Outcome, ParticipationId, ResultState, Snapshot, Source, State, day_of};
pub use revisions::{
    Protocolled, Revision, contest, history as revisions, protocol, publish_if_last, rank, restore, revise,
};
pub use sheet::{Said, SheetForm, Typed};
pub use store::{Ground, Row, members_on, put_mentor, put_team, snapshot};
pub use view::outcome_words;
pub use web::{GroundForm, keep_sheet, open as open_stage, settle as settle_by};

use crate::{
    events::{self, Edition, ListKind, StageId},
    shell::{OfLearner, Slice},
};
use kit::{Fault, Visit, access::Permission, audit::Entry, db::Tx, routes::Routes, text::Message};

/// Results of what the own organisation sent, taught or held.
pub const VIEW: Permission = Permission("results.view");
/// Typing the results of an edition and confirming them by a document: its organiser, and who keeps
/// the network's.
pub const EDIT: Permission = Permission("results.edit");

/// The list's address.
pub const LIST: &str = "/results";

/// The address of a stage's results.
pub fn url(stage: StageId) -> String {
    format!("{LIST}/{stage}")
}

/// The kind of record in the audit.
pub const KIND: &str = "participation";

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/results", VIEW, web::list)
        .get("/results/{stage}", VIEW, web::show)
        .post("/results/{stage}/rows", EDIT, web::keep)
        .post("/results/{stage}/pasted", EDIT, web::pasted)
        .post("/results/{stage}/certificates", EDIT, web::issue)
        .get("/results/{stage}/certificates.pdf", VIEW, web::certificates)
        .get("/certificates", events::VIEW, web::check_number)
        .post("/results/{stage}/confirmation", EDIT, web::confirm)
        .post("/results/{stage}/disputes", EDIT, web::dispute)
        .get("/api/v1/editions/{id}/certificates", VIEW, api::certificates_of)
        .get("/api/v1/stages/{id}/certificates/{number}/pdf", VIEW, api::certificate);
    Slice::new("results", routes).described(api::document()).keeping(OF_LEARNER).checked(|net, _| Box::pin(check(net)))
}

/// What is kept of a child beside the results themselves: what they were before they changed.
const OF_LEARNER: OfLearner = OfLearner {
    name: "results",
    ties: |_, _| Box::pin(async { Ok(Vec::new()) }),
    export: |visit, learner| {
        Box::pin(async move {
            let all = store::revisions::of_learner(&visit.net, crate::people::PersonId(learner)).await?;
            let line = |r: Revision| serde_json::json!({ "score": r.score, "place": r.place, "award": r.award, "reason": r.reason, "at": r.at });
            Ok(all.into_iter().map(line).collect())
        })
    },
    forget: |tx, learner| Box::pin(store::revisions::forget(tx, crate::people::PersonId(learner))),
};

/// Enters children into a stage: for applications, protocols and the demo. Permission is the
/// caller's business.
///
/// # Errors
/// The database's, also when a child stands there already.
pub async fn enter(tx: &mut Tx, visit: &Visit, rows: &[Row]) -> Result<(), Fault> {
    store::insert(tx, rows, visit.viewer.person, visit.now).await?;
    Entry::write_all(rows.iter().map(|r| Entry::new("create", KIND, r.id)).collect(), tx, visit).await
}

/// Enters what came of a participation; a team's result is that of all its members. A
/// disqualification and an absence bear no award.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Invalid`] when the state bears no result; [`Fault::Conflict`]
/// `state` when the result is confirmed already: it is disputed first.
pub async fn put_outcome(
    tx: &mut Tx,
    visit: &Visit,
    id: ParticipationId,
    state: State,
    outcome: &Outcome,
) -> Result<(), Fault> {
    let (edition, team) = store::place(tx, id).await?.ok_or(Fault::NotFound)?;
    if state != State::TookPart && !outcome.is_empty() {
        return Err(Fault::field("state", Message::new("result-needs-part")));
    }
    let edition = events::find_in(tx, edition).await?.ok_or(Fault::NotFound)?;
    let is_prize = outcome.is_prize(&edition.prize_degrees);
    let by = (visit.viewer.person, visit.now);
    if !store::put_outcome(tx, id, team, (state, outcome, is_prize), by).await? {
        return Err(Fault::conflict("state", Message::new("result-confirmed-already")));
    }
    Entry::new("result", KIND, id).fields(&["result"]).write(tx, visit).await
}

/// Enters a child's points at a stage and leaves what the jury gave already as it is. False where the
/// child is not entered, did not come, or the result is confirmed.
///
/// # Errors
/// As [`put_outcome`].
pub async fn put_score(
    tx: &mut Tx,
    visit: &Visit,
    (stage, learner): (StageId, crate::people::PersonId),
    score: f64,
    max_score: f64,
) -> Result<bool, Fault> {
    let Some(kept) = store::kept_at(tx, stage, learner).await? else { return Ok(false) };
    let is_there = matches!(kept.state, State::Entered | State::Admitted | State::TookPart);
    if kept.result.counts() || !is_there {
        return Ok(false);
    }
    let (score, max_score) = (Some(score), Some(max_score));
    let (place, award, degree) = (kept.place, kept.award, kept.degree);
    let outcome = Outcome { score, max_score, place, place_to: None, award, degree };
    put_outcome(tx, visit, kept.id, State::TookPart, &outcome).await?;
    Ok(true)
}

/// Puts an edition on an official list of its year, making the list where there is none: for the
/// demo and for measuring.
///
/// # Errors
/// The database's.
pub async fn put_on_list(tx: &mut Tx, visit: &Visit, edition: &Edition, list: ListKind) -> Result<(), Fault> {
    store::put_on_list(tx, (visit.new_id(), visit.new_id()), edition, list, visit.now).await
}

/// Confirms all entered results of a stage by a document; how many there were.
///
/// # Errors
/// The database's.
pub async fn confirm(tx: &mut Tx, visit: &Visit, stage: StageId, ground: &Ground) -> Result<u64, Fault> {
    move_results(tx, visit, stage, (ResultState::Entered, ResultState::Confirmed), ground).await
}

/// Approves the confirmed results of a stage: the department's order on the results.
///
/// # Errors
/// The database's.
pub async fn approve(tx: &mut Tx, visit: &Visit, stage: StageId, ground: &Ground) -> Result<u64, Fault> {
    move_results(tx, visit, stage, (ResultState::Confirmed, ResultState::Approved), ground).await
}

/// Settles the disputed results of a stage by the protocol of the appeals.
///
/// # Errors
/// The database's.
pub async fn settle(tx: &mut Tx, visit: &Visit, stage: StageId, ground: &Ground) -> Result<u64, Fault> {
    move_results(tx, visit, stage, (ResultState::Disputed, ResultState::Confirmed), ground).await
}

async fn move_results(
    tx: &mut Tx,
    visit: &Visit,
    stage: StageId,
    (from, to): (ResultState, ResultState),
    ground: &Ground,
) -> Result<u64, Fault> {
    let moved = store::move_results(tx, stage, (from, to), ground, (visit.viewer.person, visit.now)).await?;
    if moved > 0 {
        Entry::new(to.code(), KIND, stage).fields(&["result"]).write(tx, visit).await?;
    }
    Ok(moved)
}

/// Opens a result again: somebody appealed. Until it is settled it does not count.
///
/// # Errors
/// [`Fault::Conflict`] `state` when there is nothing to dispute.
pub async fn dispute(tx: &mut Tx, visit: &Visit, id: ParticipationId) -> Result<(), Fault> {
    if !store::dispute(tx, id, (visit.viewer.person, visit.now)).await? {
        return Err(Fault::conflict("state", Message::new("result-nothing-to-dispute")));
    }
    Entry::new("dispute", KIND, id).fields(&["result"]).write(tx, visit).await
}

/// Whether the copies that the figures read agree with what they were copied from.
async fn check(net: &kit::db::Net) -> Result<Vec<String>, Fault> {
    let wrong = store::mismatches(net).await?;
    Ok(if wrong == 0 {
        Vec::new()
    } else {
        vec![format!("{wrong} participations do not agree with their stage or state")]
    })
}
