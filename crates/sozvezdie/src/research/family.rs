//! What a family is told at home of a child's research: the next stage with a day.
use super::{
    VIEW,
    model::{ProjectId, Stage},
    store,
};
use crate::people::PersonId;
use chrono::NaiveDate;
use kit::{Fault, Visit};

/// Of each project of a child the first stage that is not done and has a day; the look is the
/// caller's to note.
///
/// # Errors
/// The database's.
pub async fn due(visit: &Visit, learner: PersonId) -> Result<Vec<(ProjectId, String, Stage, NaiveDate)>, Fault> {
    if !visit.viewer.may(VIEW) {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    for (id, title, _) in store::of_learner(&visit.net, learner).await? {
        let terms = store::terms(&visit.net, id).await?;
        let open = terms.into_iter().find(|t| t.done_on.is_none() && t.due_on.is_some_and(|day| day >= visit.today));
        if let Some((stage, day)) = open.and_then(|t| t.due_on.map(|day| (t.stage, day))) {
            all.push((id, title, stage, day));
        }
    }
    Ok(all)
}
