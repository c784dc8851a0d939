//! What comes of a route: settled steps, the visits behind them, and words said along the way.
use super::{
    KIND, PART,
    access::{Seen, Way, within},
    compose::wrong_state,
    model::{RouteId, Step, StepId, StepState, WordKind},
    store::{self, Outcome, Tie},
    url,
};
use chrono::Duration;
use kit::{
    Fault, Visit,
    audit::Entry,
    clock::start_of_day,
    db::Tx,
    form::{Check, Problems, tidy_lines},
    once::{Done, Once},
    text::Message,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What is typed when a step is settled.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct OutcomeForm {
    /// `completed` or `missed`.
    pub state: String,
    pub result: String,
    pub mark: String,
    /// Why it was missed.
    pub reason: String,
}

/// The step, if the viewer may say what came of it: its organisation, or who leads the route.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] while no version is in force.
pub async fn to_settle(visit: &Visit, id: RouteId, step: StepId) -> Result<(Seen, Step), Fault> {
    let seen = within(visit, id).await?;
    let step = seen.step(step)?.clone();
    if !seen.may_host(visit, &step) && !seen.may_lead(visit) {
        return Err(Fault::Forbidden(PART));
    }
    if !seen.route.state.is_in_force(seen.route.number) {
        return Err(wrong_state(visit, seen.route.state));
    }
    Ok((seen, step))
}

/// Says what came of an accepted step.
///
/// # Errors
/// As [`to_settle`]; [`Fault::Invalid`].
pub async fn settle(visit: &Visit, once: &Once, id: RouteId, step: StepId, form: &OutcomeForm) -> Result<Done, Fault> {
    let (_, step) = to_settle(visit, id, step).await?;
    let mut problems = Problems::default();
    let mut check = Check { problems: &mut problems };
    let mark = check.optional("mark", &form.mark, 60);
    let reason = check.optional("reason", &form.reason, 300);
    let result = tidy_lines(&form.result);
    if result.as_ref().is_some_and(|text| text.chars().count() > 2_000) {
        problems.add(
            "result",
            Message::new("form-too-long").with("limit", 2_000).with("length", form.result.chars().count()),
        );
    }
    let state = form.state.parse().ok().filter(|s| matches!(s, StepState::Completed | StepState::Missed));
    match state {
        None => problems.add("state", Message::new("form-choose")),
        Some(StepState::Missed) if reason.is_none() && problems.at("reason").is_none() => {
            problems.add("reason", Message::new("form-required"));
        }
        Some(_) => {}
    }
    problems.into_result(())?;
    let Some(state) = state else { return Err(Fault::NotFound) };
    let missed = reason.as_deref().filter(|_| state == StepState::Missed);
    let outcome = Outcome { state, result: result.as_deref(), mark: mark.as_deref(), reason: missed, on: visit.today };
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::settle_step(tx, visit, (id, step.id), &outcome).await? {
            return Err(Fault::conflict("state", Message::new("route-step-settled")));
        }
        Entry::new(if state == StepState::Completed { "complete-step" } else { "miss-step" }, KIND, id)
            .write(tx, visit)
            .await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": step.id, "route": id, "state": state })))
    })
    .await
}

/// The visits of the exchange that may belong to a step.
///
/// # Errors
/// The database's.
pub async fn visits(visit: &Visit, seen: &Seen, step: &Step) -> Result<Vec<Tie>, Fault> {
    let Some(host) = step.organisation else { return Ok(Vec::new()) };
    let r = &seen.route;
    let days = (start_of_day(step.from), start_of_day(step.until + Duration::days(1)));
    store::offers_visits(&visit.net, (r.id, step.id), host, &[r.school, r.organisation], days).await
}

/// What is sent with the visits of a step.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct VisitsForm {
    pub booking: Vec<Uuid>,
}

/// Ties visits to a step: its progress comes from them.
///
/// # Errors
/// As [`to_settle`]; [`Fault::Invalid`] for a visit that is not the step's.
pub async fn tie(visit: &Visit, once: &Once, id: RouteId, step: StepId, form: &VisitsForm) -> Result<Done, Fault> {
    let (seen, step) = to_settle(visit, id, step).await?;
    let known = visits(visit, &seen, &step).await?;
    if form.booking.iter().any(|b| known.iter().all(|(id, ..)| id != b)) {
        return Err(Fault::field("booking", Message::new("form-choose")));
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        store::set_visits(tx, (id, step.id), &form.booking).await?;
        Entry::new("tie-visits", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": step.id, "visits": form.booking.len() })))
    })
    .await
}

/// What is said along the way.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct WordForm {
    pub words: String,
}

/// Adds a word: the learner's reflection, the guardian's comment, a note of those who answer for the
/// child. Everybody who sees the route reads it.
///
/// # Errors
/// [`Fault::NotFound`], also for an organisation of a step; [`Fault::Invalid`].
pub async fn say(visit: &Visit, once: &Once, id: RouteId, form: &WordForm) -> Result<Done, Fault> {
    let seen = within(visit, id).await?;
    let kind = word_kind(visit, &seen).ok_or(Fault::NotFound)?;
    let words = tidy_lines(&form.words).ok_or_else(|| Fault::field("words", Message::new("form-required")))?;
    let length = words.chars().count();
    if length > 4_000 {
        return Err(Fault::field("words", Message::new("form-too-long").with("limit", 4_000).with("length", length)));
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        store::insert_word(tx, visit, id, kind, &words, visit.actor()).await?;
        Entry::new("say", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "kind": kind })))
    })
    .await
}

/// What the viewer's words would be.
pub fn word_kind(visit: &Visit, seen: &Seen) -> Option<WordKind> {
    match seen.way {
        Way::Partner => None,
        _ if visit.viewer.person == Some(seen.route.learner.0) => Some(WordKind::Reflection),
        _ if seen.route.is_family => Some(WordKind::Comment),
        Way::Staff | Way::Family => Some(WordKind::Note),
    }
}
