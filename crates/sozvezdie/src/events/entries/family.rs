//! What a family is told at home of events: those that a child is entered for and that are not over.
use super::{EntryState, store};
use crate::{
    events::{self, EditionId},
    people::PersonId,
};
use chrono::NaiveDate;
use kit::{Fault, Visit};

/// Entries that are looked at: the latest.
const MOST: i64 = 20;

/// A stage of an event to come to.
pub struct Coming {
    pub edition: EditionId,
    pub title: String,
    pub stage: String,
    pub from: NaiveDate,
    pub until: NaiveDate,
}

/// Where a child is entered and has still to come; the look is the caller's to note.
///
/// # Errors
/// The database's.
pub async fn coming(visit: &Visit, learner: PersonId) -> Result<Vec<Coming>, Fault> {
    let mut all = Vec::new();
    let entered = store::of_learner(&visit.net, learner, MOST).await?.into_iter();
    for entry in entered.filter(|p| matches!(p.state, EntryState::Entered | EntryState::Admitted)) {
        let id = EditionId(entry.edition);
        let Some(edition) = events::find(&visit.net, id).await? else { continue };
        let stages = events::stages(&visit.net, id).await?;
        let stage = stages.iter().find(|s| s.title == entry.stage);
        let Some(from) = stage.and_then(|s| s.starts_on).or(edition.starts_on) else { continue };
        let until = stage.and_then(|s| s.ends_on).or(edition.ends_on).unwrap_or(from).max(from);
        if until >= visit.today {
            all.push(Coming { edition: id, title: entry.title, stage: entry.stage, from, until });
        }
    }
    Ok(all)
}
