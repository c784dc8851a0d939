//! What of routes waits for somebody, and a learner's next step: for home.
use super::{
    ACCEPT, APPROVE, EDIT, SEE,
    access::{note, scopes},
    model::{RouteId, RouteState, Step, StepState},
    store::{self, Part, Task, Whose},
};
use crate::people::PersonId;
use kit::{Fault, Visit};

kit::codes! {
    /// What a route waits for from this viewer. The words are the texts `route-task-…`.
    pub enum Doing {
        /// The own organisation's step is to be accepted or declined.
        Answer = "answer",
        /// The guardian agrees or not.
        Agree = "agree",
        Approve = "approve",
        /// An organisation declined a step: another is to be found.
        Replace = "replace",
        /// A step should be over.
        Overdue = "overdue",
    }
}

/// One line: what to do with which route.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub doing: Doing,
    pub route: RouteId,
    /// None where the name is not open yet.
    pub learner_name: Option<String>,
    pub title: String,
    /// Steps that it is about.
    pub count: i64,
}

/// Most lines that are looked at.
const MOST: i64 = 100;

/// What waits for this viewer. The look at the children is noted.
///
/// # Errors
/// The database's; [`Fault::Unavailable`].
pub async fn waiting(visit: &Visit) -> Result<Vec<Waiting>, Fault> {
    if !visit.viewer.may(SEE) {
        return Ok(Vec::new());
    }
    let asked = store::parts(&visit.net, &visit.viewer.reach(ACCEPT), Some(StepState::Asked), visit.today, MOST).await?;
    let (staff, family) = scopes(visit).await?;
    let tasks = store::tasks(&visit.net, &Whose::Seen { staff: &staff, family: &family }, visit.today, MOST).await?;
    let mut seen: Vec<PersonId> = asked.iter().filter(|p| p.learner_name.is_some()).map(|p| p.learner).collect();
    let mut lines: Vec<Waiting> = asked.into_iter().map(answer).collect();
    for task in tasks {
        if let Some((doing, count)) = doing(visit, &task) {
            seen.push(task.learner);
            lines.push(Waiting { doing, route: task.route, learner_name: Some(task.learner_name), title: task.title, count });
        }
    }
    note(visit, seen).await?;
    Ok(lines)
}

fn answer(p: Part) -> Waiting {
    Waiting { doing: Doing::Answer, route: p.route, learner_name: p.learner_name, title: p.title, count: 1 }
}

fn doing(visit: &Visit, t: &Task) -> Option<(Doing, i64)> {
    let leads = visit.viewer.reach(EDIT).covers(Some(t.organisation.0));
    let approves = visit.viewer.reach(APPROVE).covers(Some(t.organisation.0));
    let is_child = visit.viewer.person == Some(t.learner.0);
    match t.state {
        RouteState::Accepted if visit.viewer.may(super::AGREE) && !is_child => Some((Doing::Agree, 1)),
        RouteState::Agreed if approves => Some((Doing::Approve, 1)),
        RouteState::Offered if leads && t.declined > 0 => Some((Doing::Replace, t.declined)),
        RouteState::Running if leads && t.overdue > 0 => Some((Doing::Overdue, t.overdue)),
        _ => None,
    }
}

/// The step that a learner makes next: the first that is going on or comes.
pub fn next_step<'s>(steps: &'s [Step], visit: &Visit) -> Option<&'s Step> {
    let open = |s: &&Step| s.state == StepState::Accepted && s.until >= visit.today;
    steps.iter().filter(open).min_by_key(|s| (s.from.max(visit.today), s.until, s.number))
}
