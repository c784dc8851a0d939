//! Who sees what of a route: those who answer for the child all of it, the family all but a draft, an
//! organisation its own steps for their term and nothing else (`domain.md` §6).
use super::{
    EDIT, PART,
    content::StepContent,
    model::{Route, RouteId, RouteState, Step, StepId, StepState},
    store,
};
use crate::{
    learners::{self, How, Scope},
    people::PersonId,
};
use kit::{Fault, Visit};

/// By which way a viewer came to a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Answers for the child: the own school, the Centre, those in whose charge the child is.
    Staff,
    /// The child, or the guardian.
    Family,
    /// An organisation of steps: sees these alone.
    Partner,
}

/// A route as far as the viewer sees it.
#[derive(Clone, Debug)]
pub struct Seen {
    pub route: Route,
    pub steps: Vec<Step>,
    /// For an organisation of a step: what the version in force says of its steps while the next version
    /// is being written and says something else.
    pub held: Vec<StepContent>,
    pub way: Way,
    /// The child's name may be shown.
    pub is_named: bool,
}

impl Seen {
    pub fn step(&self, id: StepId) -> Result<&Step, Fault> {
        self.steps.iter().find(|s| s.id == id).ok_or(Fault::NotFound)
    }

    /// Leads this route: writes it, offers it, corrects it.
    pub fn may_lead(&self, visit: &Visit) -> bool {
        self.way == Way::Staff && visit.viewer.reach(EDIT).covers(Some(self.route.organisation.0))
    }

    /// Acts for the organisation of the step.
    pub fn may_host(&self, visit: &Visit, step: &Step) -> bool {
        step.organisation.is_some_and(|o| visit.viewer.reach(PART).covers(Some(o.0)))
    }

    /// Signs for the child: a guardian, or the child when of age.
    pub fn may_agree(&self, visit: &Visit) -> bool {
        let is_child = visit.viewer.person == Some(self.route.learner.0);
        let of_age = learners::age(self.route.birth_date, visit.today) >= 18;
        self.route.is_family && (!is_child || of_age)
    }
}

/// The two scopes of whole routes: who answers for a child, and the family.
///
/// # Errors
/// The database's.
pub async fn scopes(visit: &Visit) -> Result<(Scope, Scope), Fault> {
    let scope = Scope::of(visit).await?;
    Ok((scope.clone().answering(), scope.of_family()))
}

/// The route as far as this viewer sees it, for a deed that shows nothing of it.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown id and one out of reach.
pub async fn within(visit: &Visit, id: RouteId) -> Result<Seen, Fault> {
    let (staff, family) = scopes(visit).await?;
    let route = store::find(&visit.net, &staff, &family, id).await?.ok_or(Fault::NotFound)?;
    let steps = store::steps(&visit.net, id, visit.today).await?;
    if route.is_staff {
        return Ok(Seen { route, steps, held: Vec::new(), way: Way::Staff, is_named: true });
    }
    if route.is_family && route.state != RouteState::Draft {
        return Ok(Seen { route, steps, held: Vec::new(), way: Way::Family, is_named: true });
    }
    let held = if route.is_corrected() { held(visit, &route, &steps).await? } else { Vec::new() };
    part(visit, route, steps, held)
}

/// The steps of the viewer's organisations in the version that holds until the correction is approved,
/// where the live step is not theirs any more, or waits for their answer anew.
async fn held(visit: &Visit, route: &Route, steps: &[Step]) -> Result<Vec<StepContent>, Fault> {
    let reach = visit.viewer.reach(PART);
    let open = store::opened_to(&visit.net, route.learner, visit.today).await?;
    let open = open.into_iter().filter(|(_, host)| reach.covers(Some(host.0)));
    let open: Vec<_> =
        open.filter(|(id, host)| !steps.iter().any(|s| s.id == *id && s.is_settled_with(*host))).collect();
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let content = store::in_force(&visit.net, route.id).await?.unwrap_or_default();
    let is_open = |s: &StepContent| open.iter().any(|(id, host)| id.0 == s.id && s.organisation == Some(host.0));
    Ok(content.steps.into_iter().filter(is_open).collect())
}

/// What an organisation sees: its own steps that it is asked for, or that were opened to it and still
/// are. Everything else of the route is taken away here, so that no page can show it.
fn part(visit: &Visit, route: Route, steps: Vec<Step>, held: Vec<StepContent>) -> Result<Seen, Fault> {
    let reach = visit.viewer.reach(PART);
    let open = |s: &Step| match s.state {
        StepState::Asked => true,
        StepState::Accepted | StepState::Completed | StepState::Missed => s.is_open,
        StepState::Planned | StepState::Declined | StepState::SetAside => false,
    };
    let own: Vec<Step> = steps
        .into_iter()
        .filter(|s| reach.covers(s.organisation.map(|o| o.0)) && s.organisation.is_some() && open(s))
        .collect();
    if (own.is_empty() && held.is_empty()) || route.state == RouteState::Stopped {
        return Err(Fault::NotFound);
    }
    let is_named = !held.is_empty() || own.iter().any(|s| s.is_open);
    let learner_name = if is_named { route.learner_name.clone() } else { String::new() };
    let route = Route {
        learner_name,
        title: String::new(),
        note: None,
        goal: String::new(),
        tasks: None,
        support: None,
        results: None,
        load_reason: None,
        load_by: None,
        reason: None,
        ..route
    };
    Ok(Seen { route, steps: own, held, way: Way::Partner, is_named })
}

/// The route as far as this viewer sees it; the look at the child is noted.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown id and one out of reach; [`Fault::Unavailable`].
pub async fn open(visit: &Visit, id: RouteId) -> Result<Seen, Fault> {
    let seen = within(visit, id).await?;
    if seen.is_named {
        learners::note_read(visit, How::Elsewhere, &[seen.route.learner]).await?;
    }
    Ok(seen)
}

/// The route, if the viewer leads it.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Forbidden`] for those who only see it.
pub async fn to_lead(visit: &Visit, id: RouteId) -> Result<Seen, Fault> {
    let seen = within(visit, id).await?;
    if seen.may_lead(visit) { Ok(seen) } else { Err(Fault::Forbidden(EDIT)) }
}

/// Notes that these children were named on a page.
///
/// # Errors
/// [`Fault::Unavailable`].
pub async fn note(visit: &Visit, children: Vec<PersonId>) -> Result<(), Fault> {
    let mut all = children;
    all.sort_unstable();
    all.dedup();
    learners::note_read(visit, How::Elsewhere, &all).await
}
