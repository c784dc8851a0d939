//! A route entered as it stands, with everybody's word: for the demo, and for tests of what follows.
use super::{
    KIND,
    compose::is_elsewhere,
    content::Content,
    form::{RouteDraft, StepDraft},
    model::{Route, RouteId, RouteState, Signature, SignatureKind, Step, StepId, StepState},
    store::{self, Outcome},
};
use crate::{
    consents::{self, Purpose},
    learners::{self, GroundKind, NewGround, Whom},
};
use kit::{Fault, Visit, audit::Entry, db::Tx};
use uuid::Uuid;

/// A step as it stands.
#[derive(Clone, Debug)]
pub struct EnteredStep {
    pub draft: StepDraft,
    pub state: StepState,
    /// What came of it, and the mark.
    pub result: Option<String>,
    pub mark: Option<String>,
    /// Why it was declined or missed.
    pub reason: Option<String>,
    /// Who accepted it for its organisation.
    pub host: Option<Uuid>,
}

/// A route as it stands.
#[derive(Clone, Debug)]
pub struct Entered {
    pub draft: RouteDraft,
    pub steps: Vec<EnteredStep>,
    pub state: RouteState,
    /// How many versions were approved.
    pub number: i64,
    pub reason: Option<String>,
    pub author: Uuid,
    pub guardian: Option<Uuid>,
    pub approver: Option<Uuid>,
}

/// Writes it. What another organisation accepted is opened to it where the consent is there.
///
/// # Errors
/// The database's.
pub async fn enter(tx: &mut Tx, visit: &Visit, e: &Entered) -> Result<RouteId, Fault> {
    let id = RouteId(visit.new_id());
    store::insert(tx, visit, id, &e.draft).await?;
    for s in &e.steps {
        let step = StepId(visit.new_id());
        store::insert_step(tx, id, step, &s.draft).await?;
        let first =
            if s.state == StepState::Completed || s.state == StepState::Missed { StepState::Accepted } else { s.state };
        store::set_step_state(tx, (id, step), (StepState::Planned, first), s.reason.as_deref()).await?;
        if first != s.state {
            let on = s.draft.until.min(visit.today);
            let reason = s.reason.as_deref();
            let outcome = Outcome { state: s.state, result: s.result.as_deref(), mark: s.mark.as_deref(), reason, on };
            store::settle_step(tx, visit, (id, step), &outcome).await?;
        }
    }
    store::put_as_is(tx, id, e).await?;
    let route = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?;
    let steps = store::steps_in(tx, id, visit.today).await?;
    for number in 1..=e.number {
        approved(tx, visit, e, &route, &steps, number).await?;
    }
    if e.number == 0 && matches!(e.state, RouteState::Accepted | RouteState::Agreed | RouteState::Offered) {
        signed(tx, visit, e, &steps, &route, 1).await?;
    }
    if !e.state.is_final() {
        for s in &steps {
            let_in(tx, visit, &route, s).await?;
        }
    }
    Entry::new("create", KIND, id).write(tx, visit).await?;
    Ok(id)
}

/// A version with its signatures. The first of several lacks the last step: it was added since.
async fn approved(
    tx: &mut Tx,
    visit: &Visit,
    e: &Entered,
    r: &Route,
    steps: &[Step],
    number: i64,
) -> Result<(), Fault> {
    signed(tx, visit, e, steps, r, number).await?;
    let mut content = Content::of(r, steps);
    if number < e.number {
        content.steps.pop();
    }
    let reason = e.reason.as_deref().filter(|_| number > 1);
    store::insert_version(tx, visit, r.id, number, &content, reason, e.approver).await?;
    put(tx, visit, r, number, SignatureKind::Approval, None, e.approver).await
}

async fn signed(tx: &mut Tx, visit: &Visit, e: &Entered, steps: &[Step], r: &Route, number: i64) -> Result<(), Fault> {
    for (step, entered) in steps.iter().zip(&e.steps) {
        let accepted = matches!(step.state, StepState::Accepted | StepState::Completed | StepState::Missed);
        if accepted && step.organisation.is_some() {
            put(tx, visit, r, number, SignatureKind::Step, Some(step), entered.host).await?;
        }
    }
    if e.state != RouteState::Offered && e.state != RouteState::Accepted {
        put(tx, visit, r, number, SignatureKind::Guardian, None, e.guardian).await?;
    }
    Ok(())
}

async fn put(
    tx: &mut Tx,
    visit: &Visit,
    r: &Route,
    number: i64,
    kind: SignatureKind,
    step: Option<&Step>,
    person: Option<Uuid>,
) -> Result<(), Fault> {
    let organisation =
        step.and_then(|s| s.organisation).or((kind == SignatureKind::Approval).then_some(r.organisation));
    let signature = Signature { number, kind, step: step.map(|s| s.id), organisation, person, at: visit.now };
    store::insert_signature(tx, visit, r.id, &signature).await
}

async fn let_in(tx: &mut Tx, visit: &Visit, r: &Route, s: &Step) -> Result<(), Fault> {
    let accepted = matches!(s.state, StepState::Accepted | StepState::Completed | StepState::Missed);
    let Some(host) = s.organisation.filter(|host| accepted && is_elsewhere(r, Some(*host)) && *host != r.school) else {
        return Ok(());
    };
    let consent = consents::granted(tx, r.learner, Purpose::Transfer, Some(host), visit.today).await?;
    if consent.is_none() {
        return Ok(());
    }
    let ground = NewGround {
        id: visit.new_id(),
        learner: r.learner,
        kind: GroundKind::Route,
        whom: Whom::Organisation(host.0),
        source: s.id.0,
        consent,
        from: s.from.min(visit.today),
        until: Some(s.until),
    };
    learners::open_to(tx, visit, &ground).await
}
