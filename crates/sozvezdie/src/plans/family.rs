//! What a family is told at home of a child's plan: what is to be done by when.
use super::{Filter, Item, PlanId, SEE, State, load, store};
use crate::people::PersonId;
use kit::{Fault, Visit};

/// The actions of a child's approved plans that are not done; the look is the caller's to note.
///
/// # Errors
/// The database's.
pub async fn due(visit: &Visit, learner: PersonId) -> Result<Vec<(PlanId, Item)>, Fault> {
    if !visit.viewer.may(SEE) {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    let filter = Filter { learner: Some(learner), ..Filter::default() };
    for plan in load(visit, &filter).await?.into_iter().filter(|p| p.state == State::Approved) {
        let items = store::items(&visit.net, plan.id).await?.into_iter();
        all.extend(items.filter(|i| i.done_on.is_none()).map(|i| (plan.id, i)));
    }
    Ok(all)
}
