//! What a family is told at home of a child's routes: which waits for its word, and the steps that come.
use super::{
    SEE, access,
    model::{RouteId, RouteState, Step, StepState},
    store::{self, Whose},
};
use crate::people::PersonId;
use chrono::{Datelike as _, Days, NaiveDate};
use kit::{Fault, Visit};

/// One thing that a family is told.
pub enum Told {
    /// The route waits for the guardian's consent.
    Agree { route: RouteId, title: String },
    /// A step that is going on or comes.
    Step(Box<Step>),
}

/// What waits and what comes on the routes of one child; the look at the child is the caller's to note.
///
/// # Errors
/// The database's.
pub async fn told(visit: &Visit, learner: PersonId) -> Result<Vec<Told>, Fault> {
    if !visit.viewer.may(SEE) {
        return Ok(Vec::new());
    }
    let (staff, family) = access::scopes(visit).await?;
    let whose = Whose::Seen { staff: &staff, family: &family };
    let mut told = Vec::new();
    for route in store::of_learner(&visit.net, &whose, learner, visit.today).await? {
        match route.state {
            RouteState::Accepted => told.push(Told::Agree { route: route.id, title: route.title }),
            RouteState::Running => {
                let steps = store::steps(&visit.net, route.id, visit.today).await?;
                let open = steps.into_iter().filter(|s| s.state == StepState::Accepted && s.until >= visit.today);
                told.extend(open.map(|s| Told::Step(Box::new(s))));
            }
            _ => {}
        }
    }
    Ok(told)
}

/// The day on which one goes there next; none of a step that has no day of the week and goes on already.
pub fn next_day(step: &Step, today: NaiveDate) -> Option<NaiveDate> {
    let first = step.from.max(today);
    match step.weekday {
        Some(weekday) => {
            let ahead = (u64::from(weekday) + 7 - u64::from(first.weekday().number_from_monday())) % 7;
            first.checked_add_days(Days::new(ahead)).filter(|day| *day <= step.until)
        }
        None => (step.from >= today).then_some(step.from),
    }
}
