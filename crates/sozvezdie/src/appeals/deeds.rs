//! What is done between the preliminary results and the last protocol: they are made known, an appeal is
//! sent, taken back, decided.
use super::{
    KIND, SEND, appeal_url, is_family,
    model::{AppealForm, AppealId, AppealState, Decision, DecisionForm, Sender, Showing, ShowingForm},
    open_case, open_to_hold, store, url,
};
use crate::{
    events::{self, Edition, ORGANISE, Stage, StageId, StageState},
    learners,
    notifications::{self, Kind, News, To},
    people::PersonId,
    results::{self, ParticipationId},
};
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    once::{Done, Once},
    text::Message,
};
use serde_json::json;

/// A line for those concerned: it names the event and nobody.
fn news(kind: Kind, link: String, record: uuid::Uuid, (edition, stage): (&Edition, &Stage)) -> News {
    let subject = format!("{}. {}", edition.title, stage.title);
    let other = edition.organiser_id.map(|id| id.0);
    News { kind, bunch: record.to_string(), record, link, subject, other, starts_at: None }
}

/// Makes the preliminary results known, or changes the days of the showing.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `results` where there are
/// none, `closed` once the last protocol is signed.
pub async fn publish(visit: &Visit, once: &Once, stage: StageId, form: &ShowingForm) -> Result<Done, Fault> {
    let o = open_to_hold(visit, stage).await?;
    let draft = form.check()?;
    // Families count on the term that they were told.
    if o.showing.as_ref().is_some_and(|known| draft.appeal_until < known.appeal_until) {
        return Err(Fault::field("appeal_until", Message::new("appeal-only-later")));
    }
    if store::count_results(&visit.net, stage).await? == 0 {
        return Err(Fault::conflict("results", Message::new("appeal-no-results")));
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        publish_in(tx, visit, (&o.edition, &o.stage), &draft, o.showing.is_none()).await?;
        Ok(Done::changed(url(stage), json!({ "stage": stage, "appeal_until": draft.appeal_until })))
    })
    .await
}

/// Makes results known. The `first` time places follow from points, and families and schools are told. For
/// [`publish`] and the demo.
///
/// # Errors
/// [`Fault::Conflict`] `closed`, `state`.
pub async fn publish_in(
    tx: &mut Tx,
    visit: &Visit,
    (edition, stage): (&Edition, &Stage),
    draft: &Showing,
    first: bool,
) -> Result<(), Fault> {
    if !store::put_showing(tx, stage.id, draft, (visit.viewer.person, visit.now)).await? {
        return Err(Fault::conflict("closed", Message::new("appeal-closed")));
    }
    if matches!(stage.state, StageState::Planned | StageState::Entering) {
        events::step_stage(tx, visit, stage.id, StageState::Running).await?;
    }
    if stage.state != StageState::Preliminary {
        events::step_stage(tx, visit, stage.id, StageState::Preliminary).await?;
    }
    Entry::new("showing", KIND, stage.id).write(tx, visit).await?;
    if !first {
        return Ok(());
    }
    let why = visit.lang.say("appeal-why-preliminary").into_owned();
    results::rank(tx, visit, stage.id, false, &why).await?;
    let told = news(Kind::Preliminary, url(stage.id), stage.id.0, (edition, stage));
    for person in store::families(tx, stage.id, visit.today).await? {
        notifications::tell(tx, visit, &To::Person(person), std::slice::from_ref(&told)).await?;
    }
    let schools = store::schools(tx, stage.id).await?;
    notifications::tell(tx, visit, &To::Holders(super::SCHOOL, schools), &[told]).await
}

/// Sends an appeal: for the own child, or by the school on the family's behalf.
///
/// # Errors
/// [`Fault::NotFound`] for a child for whom the viewer does not speak; [`Fault::Invalid`];
/// [`Fault::Conflict`] `term` outside the term, `state` when there is nothing to appeal against.
pub async fn send(visit: &Visit, once: &Once, work: ParticipationId, form: &AppealForm) -> Result<Done, Fault> {
    let (stage_id, learner) = to_appeal(visit, work).await?;
    let (edition, stage, _) = events::open_stage(visit, stage_id).await?;
    let (task, body) = form.check()?;
    let source = if is_family(visit, learner).await? { Sender::Family } else { Sender::School };
    once.run(&visit.net, async |tx: &mut Tx| {
        let what = (task.as_deref(), body.as_str());
        let id = send_in(tx, visit, (&edition, &stage), (work, learner), what, source == Sender::Family).await?;
        Ok(Done::created(appeal_url(id), json!({ "id": id })))
    })
    .await
}

/// The stage of a result and whose it is, for who speaks for the child.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn to_appeal(visit: &Visit, work: ParticipationId) -> Result<(StageId, PersonId), Fault> {
    let (stage, learner) = store::work(&visit.net, work).await?.ok_or(Fault::NotFound)?;
    let speaks = learners::speaks_for(visit, learner, SEND).await?;
    let is_shown = store::showing(&visit.net, stage).await?.is_some();
    if speaks && is_shown { Ok((stage, learner)) } else { Err(Fault::NotFound) }
}

/// Writes an appeal; the result is disputed from then on. For [`send`] and the demo.
///
/// # Errors
/// [`Fault::Conflict`] `term`, `state`.
pub async fn send_in(
    tx: &mut Tx,
    visit: &Visit,
    (edition, stage): (&Edition, &Stage),
    (work, learner): (ParticipationId, PersonId),
    (task, body): (Option<&str>, &str),
    by_family: bool,
) -> Result<AppealId, Fault> {
    if !store::take(tx, stage.id, visit.today).await? {
        return Err(Fault::conflict("term", Message::new("appeal-out-of-term")));
    }
    let before = results::contest(tx, visit, work).await?;
    let id = AppealId(visit.new_id());
    let source = if by_family { Sender::Family } else { Sender::School };
    let new = store::New { id, stage: stage.id, work, task, body, source, before };
    if !store::insert(tx, &new, (visit.viewer.person, visit.now)).await? {
        return Err(Fault::conflict("state", Message::new("appeal-there")));
    }
    Entry::new("create", KIND, id).subjects(vec![learner.0]).write(tx, visit).await?;
    let holders: Vec<_> = [edition.organiser_id, stage.organiser_id].into_iter().flatten().map(|id| id.0).collect();
    if holders.is_empty() {
        return Ok(id);
    }
    let told = news(Kind::Appealed, appeal_url(id), id.0, (edition, stage));
    notifications::tell(tx, visit, &To::Holders(ORGANISE, holders), &[told]).await?;
    Ok(id)
}

/// Takes an appeal back that nobody has decided: the family, or the school what it sent itself.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `state`.
pub async fn withdraw(visit: &Visit, once: &Once, id: AppealId) -> Result<Done, Fault> {
    let case = open_case(visit, id).await?;
    if !case.takes_back {
        return Err(Fault::Forbidden(SEND));
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::withdraw(tx, id).await? {
            return Err(Fault::conflict("state", Message::new("appeal-decided-already")));
        }
        results::restore(tx, visit, case.appeal.work, case.appeal.result_before).await?;
        notifications::settle(tx, visit, id.0).await?;
        Entry::new("withdraw", KIND, id).subjects(vec![case.appeal.learner.0]).write(tx, visit).await?;
        Ok(Done::changed(url(case.stage.id), json!({ "id": id, "state": AppealState::Withdrawn })))
    })
    .await
}

/// Decides an appeal: upheld with new points, or rejected; both with the reason.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state` when it is
/// decided already, `own` for the own child's.
pub async fn decide(visit: &Visit, once: &Once, id: AppealId, form: &DecisionForm) -> Result<Done, Fault> {
    let case = open_case(visit, id).await?;
    if !case.holds {
        return Err(Fault::Forbidden(ORGANISE));
    }
    if is_family(visit, case.appeal.learner).await? {
        return Err(Fault::conflict("own", Message::new("appeal-own-child")));
    }
    let most = results::protocol(visit, case.stage.id).await?;
    let most = most.iter().find(|r| r.id == case.appeal.work).and_then(|r| r.max_score);
    let decision = form.check(case.appeal.score_before, most)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let moved = decide_in(tx, visit, (&case.edition, &case.stage), &case.appeal, &decision).await?;
        let state = if decision.score.is_some() { AppealState::Upheld } else { AppealState::Rejected };
        Ok(Done::changed(appeal_url(id), json!({ "id": id, "state": state, "results_moved": moved })))
    })
    .await
}

/// Decides an appeal by its id. For the demo.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] `state`.
pub async fn decide_found(
    tx: &mut Tx,
    visit: &Visit,
    at: (&Edition, &Stage),
    id: AppealId,
    decision: &Decision,
) -> Result<usize, Fault> {
    let appeal = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?;
    decide_in(tx, visit, at, &appeal, decision).await
}

/// Writes a decision; how many places and awards moved by it. For [`decide`].
///
/// # Errors
/// [`Fault::Conflict`] `state`.
async fn decide_in(
    tx: &mut Tx,
    visit: &Visit,
    (edition, stage): (&Edition, &Stage),
    appeal: &super::Appeal,
    decision: &Decision,
) -> Result<usize, Fault> {
    let state = if decision.score.is_some() { AppealState::Upheld } else { AppealState::Rejected };
    let by = (visit.viewer.person, visit.now);
    store::hold(tx, stage.id).await?;
    if !store::decide(tx, appeal.id, state, (decision.score, &decision.answer), by).await? {
        return Err(Fault::conflict("state", Message::new("appeal-decided-already")));
    }
    let mut moved = 0;
    if let Some(score) = decision.score {
        let why = visit.lang.say_with("appeal-why-upheld", &[("number", appeal.number.into())]).into_owned();
        results::revise(tx, visit, appeal.work, appeal.result_before, score, &why).await?;
        moved = results::rank(tx, visit, stage.id, decision.by_rules, &why).await?;
    } else {
        results::restore(tx, visit, appeal.work, appeal.result_before).await?;
    }
    notifications::settle(tx, visit, appeal.id.0).await?;
    Entry::new(state.code(), KIND, appeal.id).subjects(vec![appeal.learner.0]).write(tx, visit).await?;
    let told = news(Kind::AppealDecided, appeal_url(appeal.id), appeal.id.0, (edition, stage));
    if let Some(sender) = appeal.created_by {
        notifications::tell(tx, visit, &To::Person(sender), std::slice::from_ref(&told)).await?;
    }
    notifications::tell(tx, visit, &To::Holders(super::SCHOOL, vec![appeal.organisation_id]), &[told]).await?;
    Ok(moved)
}
