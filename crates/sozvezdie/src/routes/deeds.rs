//! What moves a route along: offering it, the organisations' answers, the guardian's, approval,
//! correction, the end. Each deed is one conditional write along the tables of `model`.
use super::{
    ACCEPT, AGREE, APPROVE, EDIT, KIND,
    access::{Seen, Way, within},
    compose::{self, is_elsewhere, wrong_state},
    content::Content,
    load::Warning,
    model::{Route, RouteId, RouteState, Signature, SignatureKind, Step, StepId, StepState, WordKind},
    store, url,
};
use crate::{
    consents::{self, Purpose},
    learners::{self, GroundKind, NewGround, Whom},
    organisations::OrganisationId,
};
use kit::{
    Fault, Visit,
    access::Permission,
    audit::Entry,
    db::Tx,
    form::{Check, Problems},
    once::{Done, Once},
    text::Message,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

kit::codes! {
    /// What can be done with a route; the codes are the addresses.
    pub enum Deed {
        Offer = "offer",
        Recall = "recall",
        Agree = "agreement",
        Refuse = "refusal",
        Approve = "approval",
        Start = "start",
        Correct = "correction",
        Complete = "completion",
        Stop = "stop",
    }
}

impl Deed {
    /// Needs a reason, which is kept.
    pub fn asks_why(self) -> bool {
        matches!(self, Self::Refuse | Self::Correct | Self::Stop)
    }

    /// Its address below the route's: each part of the table of rights has its own.
    pub fn address(self) -> String {
        match self {
            Self::Agree | Self::Refuse => format!("consent/{}", self.code()),
            Self::Approve => self.code().to_owned(),
            _ => format!("deeds/{}", self.code()),
        }
    }

    /// For whom it is: the family, whoever approves, whoever leads.
    pub fn needs(self) -> Permission {
        match self {
            Self::Agree | Self::Refuse => AGREE,
            Self::Approve => APPROVE,
            _ => EDIT,
        }
    }

    /// Where it leads from a state; none where it does not begin there.
    fn next(self, r: &Route) -> Option<RouteState> {
        let next = match self {
            Self::Offer => RouteState::Offered,
            Self::Recall => (r.state != RouteState::Running && r.state != RouteState::Approved)
                .then(|| RouteState::to_write(r.number))?,
            Self::Refuse => (r.state == RouteState::Accepted).then(|| RouteState::to_write(r.number))?,
            Self::Agree => RouteState::Agreed,
            Self::Approve => RouteState::Approved,
            Self::Start => RouteState::Running,
            Self::Correct => {
                matches!(r.state, RouteState::Approved | RouteState::Running).then_some(RouteState::Corrected)?
            }
            Self::Complete => RouteState::Completed,
            Self::Stop => RouteState::Stopped,
        };
        r.state.may_become(next).then_some(next)
    }

    /// What the viewer may not do: a child under age finds no such deed.
    ///
    /// # Errors
    /// [`Fault::NotFound`], [`Fault::Forbidden`].
    pub fn demand(self, visit: &Visit, seen: &Seen) -> Result<(), Fault> {
        match self {
            _ if self.may(visit, seen) => Ok(()),
            Self::Agree | Self::Refuse => Err(Fault::NotFound),
            _ => Err(Fault::Forbidden(self.needs())),
        }
    }

    fn may(self, visit: &Visit, seen: &Seen) -> bool {
        match self {
            Self::Agree | Self::Refuse => seen.may_agree(visit),
            Self::Approve => {
                seen.way == Way::Staff && visit.viewer.reach(APPROVE).covers(Some(seen.route.organisation.0))
            }
            _ => seen.may_lead(visit),
        }
    }

    /// Those that this viewer may do now, in the order of the buttons.
    pub fn offered(visit: &Visit, seen: &Seen) -> Vec<Self> {
        let now = |deed: &Self| deed.may(visit, seen) && deed.next(&seen.route).is_some();
        let ready = |deed: &Self| *deed != Self::Complete || seen.steps.iter().all(is_settled);
        Self::ALL.iter().copied().filter(now).filter(ready).collect()
    }
}

/// Nothing more is to come of the step.
fn is_settled(s: &Step) -> bool {
    matches!(s.state, StepState::Completed | StepState::Missed | StepState::SetAside)
}

/// What is typed with a deed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct DeedForm {
    /// Why: of a refusal, a correction, an end; of an offer, why the load may be greater.
    pub reason: String,
}

impl DeedForm {
    fn check(&self, needed: bool) -> Result<Option<String>, Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let reason = check.optional("reason", &self.reason, 500);
        if needed && reason.is_none() && problems.at("reason").is_none() {
            problems.add("reason", Message::new("form-required"));
        }
        problems.into_result(reason)
    }
}

/// Does a deed.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state` where it
/// does not begin, or somebody was quicker.
pub async fn carry_out(visit: &Visit, once: &Once, id: RouteId, deed: Deed, form: &DeedForm) -> Result<Done, Fault> {
    let seen = within(visit, id).await?;
    deed.demand(visit, &seen)?;
    let next = deed.next(&seen.route).ok_or_else(|| wrong_state(visit, seen.route.state))?;
    let reason = form.check(deed.asks_why())?;
    if deed == Deed::Offer {
        offerable(visit, &seen, reason.as_deref()).await?;
    }
    if deed == Deed::Complete && !seen.steps.iter().all(is_settled) {
        return Err(Fault::conflict("unsettled", Message::new("route-unsettled")));
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        // A guardian's word stays among the words; the reason of a correction stays with it.
        let kept = reason.as_deref().filter(|_| matches!(deed, Deed::Correct | Deed::Stop));
        let r = &seen.route;
        if !store::set_state(tx, visit, id, (r.state, next), kept).await? {
            return Err(wrong_state(visit, r.state));
        }
        match deed {
            Deed::Offer => ask(tx, visit, &seen, reason.as_deref()).await?,
            Deed::Recall => take_back(tx, &seen).await?,
            Deed::Agree => sign(tx, visit, r, SignatureKind::Guardian, None).await?,
            Deed::Refuse => {
                let words = reason.as_deref().unwrap_or_default();
                store::insert_word(tx, visit, id, WordKind::Comment, words, visit.actor()).await?;
            }
            Deed::Approve => approve(tx, visit, r).await?,
            Deed::Stop | Deed::Complete => end(tx, visit, &seen).await?,
            Deed::Start | Deed::Correct => {}
        }
        let now = store::find_in(tx, id).await?.map_or(next, |r| r.state);
        Entry::new(deed.code(), KIND, id).fields(&["state"]).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "state": now })))
    })
    .await
}

/// There is something to offer, nothing was declined, and the load is within the table or explained.
async fn offerable(visit: &Visit, seen: &Seen, reason: Option<&str>) -> Result<(), Fault> {
    if !seen.steps.iter().any(|s| s.state.is_taken()) {
        return Err(Fault::conflict("empty", Message::new("route-no-steps")));
    }
    if seen.steps.iter().any(|s| s.state == StepState::Declined) {
        return Err(Fault::conflict("declined", Message::new("route-declined-left")));
    }
    let explained = reason.is_some() || seen.route.load_reason.is_some();
    let warned: Vec<Warning> =
        if explained { Vec::new() } else { compose::warnings(visit, &seen.route, &seen.steps).await? };
    if warned.is_empty() { Ok(()) } else { Err(Fault::field("reason", Message::new("route-load-unexplained"))) }
}

/// Asks every organisation for its steps. The leading one says yes by offering; what stands at none
/// needs nobody's yes.
async fn ask(tx: &mut Tx, visit: &Visit, seen: &Seen, reason: Option<&str>) -> Result<(), Fault> {
    let r = &seen.route;
    if let Some(reason) = reason {
        store::put_load_reason(tx, visit, r.id, reason).await?;
    }
    for s in seen.steps.iter().filter(|s| s.state == StepState::Planned) {
        let elsewhere = is_elsewhere(r, s.organisation);
        let to = if elsewhere { StepState::Asked } else { StepState::Accepted };
        if !store::set_step_state(tx, (r.id, s.id), (s.state, to), None).await? {
            return Err(wrong_state(visit, r.state));
        }
        if !elsewhere && s.organisation.is_some() {
            sign(tx, visit, r, SignatureKind::Step, Some(s)).await?;
        }
    }
    settle(tx, visit, r.id).await
}

/// Once all organisations have accepted, the guardian is asked.
async fn settle(tx: &mut Tx, visit: &Visit, id: RouteId) -> Result<(), Fault> {
    if store::unanswered(tx, id).await? == (0, 0) {
        store::set_state(tx, visit, id, (RouteState::Offered, RouteState::Accepted), None).await?;
    }
    Ok(())
}

/// Nobody is asked any more.
async fn take_back(tx: &mut Tx, seen: &Seen) -> Result<(), Fault> {
    for s in seen.steps.iter().filter(|s| s.state == StepState::Asked) {
        store::set_step_state(tx, (seen.route.id, s.id), (StepState::Asked, StepState::Planned), None).await?;
    }
    Ok(())
}

async fn sign(tx: &mut Tx, visit: &Visit, r: &Route, kind: SignatureKind, step: Option<&Step>) -> Result<(), Fault> {
    let signature = Signature {
        number: r.number + 1,
        kind,
        step: step.map(|s| s.id),
        organisation: step.and_then(|s| s.organisation).or((kind == SignatureKind::Approval).then_some(r.organisation)),
        person: visit.viewer.person,
        at: visit.now,
    };
    store::insert_signature(tx, visit, r.id, &signature).await
}

/// A version is kept as it is; what has begun already is running.
async fn approve(tx: &mut Tx, visit: &Visit, r: &Route) -> Result<(), Fault> {
    sign(tx, visit, r, SignatureKind::Approval, None).await?;
    let steps = store::steps_in(tx, r.id, visit.today).await?;
    close_left(tx, visit, r.id, &steps).await?;
    let number = store::count_version(tx, r.id).await?;
    let content = Content::of(r, &steps);
    store::insert_version(tx, visit, r.id, number, &content, r.reason.as_deref(), visit.viewer.person).await?;
    if steps.iter().any(|s| s.state.is_taken() && s.from <= visit.today) {
        store::set_state(tx, visit, r.id, (RouteState::Approved, RouteState::Running), None).await?;
    }
    Ok(())
}

/// What the version before opened and the approved one does not is closed; a term that became shorter
/// holds from now on.
async fn close_left(tx: &mut Tx, visit: &Visit, id: RouteId, steps: &[Step]) -> Result<(), Fault> {
    let before = store::in_force_in(tx, id).await?.unwrap_or_default();
    let gone = before.steps.iter().map(|s| StepId(s.id)).filter(|id| steps.iter().all(|s| s.id != *id));
    let gone: Vec<StepId> = gone.collect();
    for id in gone {
        learners::close_source(tx, id.0, visit.today).await?;
    }
    for s in steps {
        let host = s.organisation.filter(|host| s.is_settled_with(*host));
        let kept = host.map(|host| (host, s.until.max(visit.today)));
        learners::keep_source(tx, s.id.0, kept, visit.today).await?;
    }
    Ok(())
}

/// Everything that the route opened is closed, at once, also what only the version in force has.
async fn end(tx: &mut Tx, visit: &Visit, seen: &Seen) -> Result<(), Fault> {
    take_back(tx, seen).await?;
    let held = store::in_force_in(tx, seen.route.id).await?.unwrap_or_default();
    for id in seen.steps.iter().map(|s| s.id.0).chain(held.steps.iter().map(|s| s.id)) {
        learners::close_source(tx, id, visit.today).await?;
    }
    Ok(())
}

/// An organisation accepts its step: with the guardian's consent to the transfer the child's record is
/// opened to it until the step is over.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `no-consent`, or `state` when it is
/// asked no more.
pub async fn accept(visit: &Visit, once: &Once, id: RouteId, step: StepId) -> Result<Done, Fault> {
    let (seen, step) = asked(visit, id, step).await?;
    let r = &seen.route;
    once.run(&visit.net, async |tx: &mut Tx| {
        let moved = store::set_step_state(tx, (id, step.id), (StepState::Asked, StepState::Accepted), None).await?;
        if !moved {
            return Err(Fault::conflict("state", Message::new("route-not-asked")));
        }
        if let Some(host) = step.organisation.filter(|host| *host != r.school && *host != r.organisation) {
            let_in(tx, visit, r, &step, host).await?;
        }
        sign(tx, visit, r, SignatureKind::Step, Some(&step)).await?;
        settle(tx, visit, id).await?;
        Entry::new("accept-step", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": step.id, "route": id, "state": StepState::Accepted })))
    })
    .await
}

async fn let_in(tx: &mut Tx, visit: &Visit, r: &Route, step: &Step, host: OrganisationId) -> Result<(), Fault> {
    let consent = consents::granted(tx, r.learner, Purpose::Transfer, Some(host), visit.today).await?;
    let consent: Uuid = consent.ok_or_else(|| Fault::conflict("no-consent", Message::new("route-no-consent")))?;
    let ground = NewGround {
        id: visit.new_id(),
        learner: r.learner,
        kind: GroundKind::Route,
        whom: Whom::Organisation(host.0),
        source: step.id.0,
        consent: Some(consent),
        from: visit.today,
        until: Some(step.until.max(visit.today)),
    };
    learners::open_to(tx, visit, &ground).await
}

/// An organisation declines its step, with a reason.
///
/// # Errors
/// As [`accept`]; [`Fault::Invalid`] without a reason.
pub async fn decline(visit: &Visit, once: &Once, id: RouteId, step: StepId, form: &DeedForm) -> Result<Done, Fault> {
    let (_, step) = asked(visit, id, step).await?;
    let reason = form.check(true)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let to = (StepState::Asked, StepState::Declined);
        if !store::set_step_state(tx, (id, step.id), to, reason.as_deref()).await? {
            return Err(Fault::conflict("state", Message::new("route-not-asked")));
        }
        Entry::new("decline-step", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(
            super::LIST.into(),
            serde_json::json!({ "id": step.id, "route": id, "state": StepState::Declined }),
        ))
    })
    .await
}

/// A step whose organisation the viewer answers for.
async fn asked(visit: &Visit, id: RouteId, step: StepId) -> Result<(Seen, Step), Fault> {
    let seen = within(visit, id).await?;
    let step = seen.step(step)?.clone();
    let host = step.organisation.map(|o| o.0);
    if host.is_none() || !visit.viewer.reach(ACCEPT).covers(host) {
        return Err(Fault::Forbidden(ACCEPT));
    }
    Ok((seen, step))
}
