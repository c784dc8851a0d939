//! What of routes waits for somebody, and a learner's next step: for home.
use super::{
    ACCEPT, APPROVE, EDIT, SEE,
    access::scopes,
    model::{RouteId, RouteState, Step, StepState},
    store::{self, Part, Task, Whose},
    url,
};
use crate::shell::Todo;
use kit::{Fault, Visit, text::text_prefix};

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
        /// The child makes this step next.
        Next = "next",
    }
}

/// One line: what to do with which route. It names no child.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub doing: Doing,
    pub route: RouteId,
    /// Of the route; of a step for whoever is asked for it, or makes it next.
    pub title: String,
    /// Steps that it is about.
    pub count: i64,
}

/// Most lines that are looked at.
const MOST: i64 = 100;

/// What waits for this viewer.
///
/// # Errors
/// The database's.
pub async fn waiting(visit: &Visit) -> Result<Vec<Waiting>, Fault> {
    if !visit.viewer.may(SEE) {
        return Ok(Vec::new());
    }
    let reach = visit.viewer.reach(ACCEPT);
    let asked = store::parts(&visit.net, &reach, Some(StepState::Asked), visit.today, MOST).await?;
    let (staff, family) = scopes(visit).await?;
    let tasks = store::tasks(&visit.net, &Whose::Seen { staff: &staff, family: &family }, visit.today, MOST).await?;
    let answer = |p: Part| Waiting { doing: Doing::Answer, route: p.route, title: p.title, count: 1 };
    let mut lines: Vec<Waiting> = asked.into_iter().map(answer).collect();
    lines.extend(tasks.into_iter().filter_map(|task| line(visit, task)));
    Ok(lines)
}

fn line(visit: &Visit, t: Task) -> Option<Waiting> {
    let leads = visit.viewer.reach(EDIT).covers(Some(t.organisation.0));
    let approves = visit.viewer.reach(APPROVE).covers(Some(t.organisation.0));
    let is_child = visit.viewer.person == Some(t.learner.0);
    let (doing, count) = match t.state {
        RouteState::Accepted if t.is_family && !is_child => (Doing::Agree, 1),
        RouteState::Agreed if approves => (Doing::Approve, 1),
        RouteState::Offered if leads && t.declined > 0 => (Doing::Replace, t.declined),
        RouteState::Running if leads && t.overdue > 0 => (Doing::Overdue, t.overdue),
        RouteState::Running if t.is_family => (Doing::Next, 1),
        _ => return None,
    };
    let title = if doing == Doing::Next { t.next? } else { t.title };
    Some(Waiting { doing, route: t.route, title, count })
}

/// The lines as home shows them.
pub async fn todos(visit: &Visit) -> Result<Vec<Todo>, Fault> {
    let t = visit.lang;
    let todo = |w: Waiting| Todo {
        icon: "route",
        href: url(w.route),
        title: w.title,
        why: t.say_with(&text_prefix!("route-task-", w.doing.code()), &[("count", w.count.into())]).into_owned(),
        act: t.say("route-open").into_owned(),
    };
    Ok(waiting(visit).await?.into_iter().map(todo).collect())
}

/// The step that a learner makes next: the first that is going on or comes.
pub fn next_step<'s>(steps: &'s [Step], visit: &Visit) -> Option<&'s Step> {
    let open = |s: &&Step| s.state == StepState::Accepted && s.until >= visit.today;
    steps.iter().filter(open).min_by_key(|s| (s.from.max(visit.today), s.until, s.number))
}
