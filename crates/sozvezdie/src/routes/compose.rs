//! Writing a route: its texts, its steps, templates to begin with, and the check of the load.
use super::{
    EDIT, KIND,
    access::{self, Seen, to_lead},
    content::{Content, StepContent},
    form::{RouteDraft, RouteForm, StepDraft, StepForm},
    load::{self, Burden, Warning},
    model::{Route, RouteId, RouteState, Stage, Step, StepId, StepKind, StepState, StudyForm},
    store, url,
};
use crate::{
    groups, learners,
    organisations::{self, OrganisationId, OrganisationState},
    people, resources,
    shell::drafts,
};
use chrono::{Duration, NaiveDate, NaiveTime};
use kit::{
    Fault, Visit,
    audit::Entry,
    clock::start_of_day,
    db::Tx,
    form::Problems,
    once::{Done, Once},
    text::Message,
};
use uuid::Uuid;

/// Most steps of a route: more is no route that a child can walk.
pub const MOST_STEPS: usize = 40;

/// Begins a route for a child within reach, from a template where one is chosen.
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn add(visit: &Visit, once: &Once, form: &RouteForm) -> Result<Done, Fault> {
    let draft = form.check()?;
    visit.viewer.demand(EDIT, Some(draft.organisation.0))?;
    let (staff, _) = access::scopes(visit).await?;
    let within = store::learner_within(&visit.net, &staff, draft.learner).await?;
    if !within {
        return Err(Fault::field("learner", Message::new("form-choose")));
    }
    let template = match form.template.parse::<Uuid>() {
        Ok(id) => store::template(&visit.net, id).await?,
        Err(_) => None,
    };
    let place = |t: &Content| t.steps.iter().map(|s| from_template(t, s, (draft.from, draft.until))).collect();
    let steps: Vec<StepDraft> = template.as_ref().map(place).unwrap_or_default();
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = insert(tx, visit, &draft).await?;
        for step in &steps {
            store::insert_step(tx, id, StepId(visit.new_id()), step).await?;
        }
        drafts::drop(tx, visit.actor(), "route-new").await?;
        Ok(Done::created(url(id), serde_json::json!({ "id": id, "state": RouteState::Draft })))
    })
    .await
}

async fn insert(tx: &mut Tx, visit: &Visit, draft: &RouteDraft) -> Result<RouteId, Fault> {
    let id = RouteId(visit.new_id());
    store::insert(tx, visit, id, draft).await?;
    Entry::new("create", KIND, id).write(tx, visit).await?;
    Ok(id)
}

/// A step of a template moved to where the new route lies.
fn from_template(t: &Content, s: &StepContent, (from, until): (NaiveDate, NaiveDate)) -> StepDraft {
    let place = |day: Option<NaiveDate>, otherwise: NaiveDate| match (day, t.from) {
        (Some(day), Some(begun)) => (from + (day - begun)).clamp(from, until),
        _ => otherwise,
    };
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok();
    let first = place(s.from, from);
    StepDraft {
        stage: s.stage.parse().unwrap_or(Stage::Implementation),
        kind: s.kind.parse().unwrap_or(StepKind::Module),
        title: s.title.clone(),
        about: text(&s.about),
        organisation: None,
        resource: None,
        teacher: None,
        hours: s.hours.max(1),
        form: s.form.parse().unwrap_or(StudyForm::InPerson),
        from: first,
        until: place(s.until, until).max(first),
        weekday: s.weekday,
        starts: time(&s.starts),
        ends: time(&s.ends),
        choice: text(&s.choice),
        control: text(&s.control),
        expected: text(&s.expected),
    }
}

/// Changes the texts of a route that is being written.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `stale` or
/// `state`.
pub async fn change(visit: &Visit, once: &Once, id: RouteId, form: &RouteForm) -> Result<Done, Fault> {
    let seen = to_lead(visit, id).await?;
    is_written(visit, &seen.route)?;
    let r = &seen.route;
    let form = RouteForm { learner: r.learner.to_string(), organisation: r.organisation.to_string(), ..form.clone() };
    let draft = form.check()?;
    let outside =
        seen.steps.iter().filter(|s| s.state.is_taken()).any(|s| s.from < draft.from || s.until > draft.until);
    if outside {
        return Err(Fault::field("until", Message::new("route-steps-outside")));
    }
    let version = kit::form::version(&form.version, r.version)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::update(tx, visit, id, version, &draft).await? {
            return Err(stale(visit, id).await?);
        }
        drafts::drop(tx, visit.actor(), &format!("route-{id}")).await?;
        Entry::new("update", KIND, id).fields(&changed(r, &draft)).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "version": version + 1 })))
    })
    .await
}

/// The names of the fields in which they differ.
fn changed(r: &Route, d: &RouteDraft) -> Vec<&'static str> {
    let pairs = [
        ("title", r.title != d.title),
        ("goal", r.goal != d.goal),
        ("note", r.note != d.note),
        ("tasks", r.tasks != d.tasks),
        ("support", r.support != d.support),
        ("results", r.results != d.results),
        ("days", r.from != d.from || r.until != d.until),
        ("load_reason", r.load_reason != d.load_reason),
    ];
    pairs.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

pub fn is_written(visit: &Visit, r: &Route) -> Result<(), Fault> {
    if r.state.is_written() {
        return Ok(());
    }
    Err(wrong_state(visit, r.state))
}

/// The route is not where this deed begins.
pub fn wrong_state(visit: &Visit, state: RouteState) -> Fault {
    let words = visit.lang.say(&kit::text::text_prefix!("route-state-", state.code()));
    Fault::conflict("state", Message::new("route-wrong-state").with("state", words))
}

/// Whose change stands there now, or that the route went on meanwhile.
async fn stale(visit: &Visit, id: RouteId) -> Result<Fault, Fault> {
    let now = access::within(visit, id).await?.route;
    if !now.state.is_written() {
        return Ok(wrong_state(visit, now.state));
    }
    let names = people::names(&visit.net, now.updated_by.as_slice()).await?;
    let who = now.updated_by.and_then(|id| names.get(&id).cloned());
    let who = who.unwrap_or_else(|| visit.lang.say("somebody").into_owned());
    let when = visit.lang.moment(now.updated_at, chrono::Datelike::year(&visit.today));
    Ok(Fault::conflict("stale", Message::new("form-stale").with("who", who).with("when", when)))
}

/// What a step's form says, with what the exchange knows of the resource it is taken from.
async fn checked(visit: &Visit, seen: &Seen, form: &StepForm) -> Result<StepDraft, Fault> {
    let mut draft = form.check((seen.route.from, seen.route.until))?;
    if let Some(id) = draft.resource {
        let resource = resources::open(visit, id).await;
        let resource = resource.map_err(|_| Fault::field("resource", Message::new("route-no-resource")))?;
        // An offer is its owner's: the step stands there.
        draft.organisation = Some(resource.owner_id);
    }
    if let Some(id) = draft.organisation {
        let known = organisations::find(&visit.net, id).await?;
        if known.is_none_or(|o| o.state != OrganisationState::Active) {
            return Err(Fault::field("organisation", Message::new("form-choose")));
        }
    }
    Ok(draft)
}

/// Adds a step to a route that is being written.
///
/// # Errors
/// As [`change`].
pub async fn add_step(visit: &Visit, once: &Once, id: RouteId, form: &StepForm) -> Result<Done, Fault> {
    let seen = to_lead(visit, id).await?;
    is_written(visit, &seen.route)?;
    if seen.steps.len() >= MOST_STEPS {
        return Err(Fault::field("title", Message::new("route-too-many-steps").with("most", MOST_STEPS)));
    }
    let draft = checked(visit, &seen, form).await?;
    let version = kit::form::version(&form.version, seen.route.version)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::touch(tx, visit, id, version).await? {
            return Err(stale(visit, id).await?);
        }
        let step = StepId(visit.new_id());
        store::insert_step(tx, id, step, &draft).await?;
        drafts::drop(tx, visit.actor(), &format!("route-step-{id}")).await?;
        Entry::new("add-step", KIND, id).write(tx, visit).await?;
        Ok(Done::created(url(id), serde_json::json!({ "id": step, "route": id })))
    })
    .await
}

/// To whom the version in force gives a step, and until when: that stays open until the next version is
/// approved.
async fn held(visit: &Visit, r: &Route, step: StepId) -> Result<Option<(OrganisationId, NaiveDate)>, Fault> {
    let content = if r.number > 0 { store::in_force(&visit.net, r.id).await? } else { None };
    let held = content.unwrap_or_default().steps.into_iter().find(|s| s.id == step.0);
    Ok(held.and_then(|s| Some((OrganisationId(s.organisation?), s.until?.max(visit.today)))))
}

/// Changes a step. Its organisation is asked anew, and what was opened to it is closed, unless the version
/// in force has it.
///
/// # Errors
/// As [`change`].
pub async fn change_step(
    visit: &Visit,
    once: &Once,
    id: RouteId,
    step: StepId,
    form: &StepForm,
) -> Result<Done, Fault> {
    let seen = to_lead(visit, id).await?;
    seen.step(step)?;
    is_written(visit, &seen.route)?;
    let draft = checked(visit, &seen, form).await?;
    let held = held(visit, &seen.route, step).await?;
    let version = kit::form::version(&form.version, seen.route.version)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::touch(tx, visit, id, version).await? {
            return Err(stale(visit, id).await?);
        }
        if !store::update_step(tx, id, step, &draft).await? {
            return Err(Fault::conflict("state", Message::new("route-step-settled")));
        }
        learners::keep_source(tx, step.0, held, visit.today).await?;
        Entry::new("change-step", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": step, "route": id })))
    })
    .await
}

/// Takes a step out of a route that is being written. A version that had it keeps it.
///
/// # Errors
/// As [`change`].
pub async fn remove_step(visit: &Visit, once: &Once, id: RouteId, step: StepId) -> Result<Done, Fault> {
    let seen = to_lead(visit, id).await?;
    seen.step(step)?;
    is_written(visit, &seen.route)?;
    let held = held(visit, &seen.route, step).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::touch(tx, visit, id, seen.route.version).await? {
            return Err(stale(visit, id).await?);
        }
        if !store::delete_step(tx, id, step).await? {
            return Err(Fault::conflict("state", Message::new("route-step-settled")));
        }
        learners::keep_source(tx, step.0, held, visit.today).await?;
        Entry::new("remove-step", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "route": id })))
    })
    .await
}

/// Chooses a step; the others of its choice are set aside, and what was opened to them is closed.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] for a step without a choice, or a
/// route that is over.
pub async fn choose(visit: &Visit, once: &Once, id: RouteId, step: StepId) -> Result<Done, Fault> {
    let seen = to_lead(visit, id).await?;
    let chosen = seen.step(step)?.clone();
    let (Some(choice), false) = (&chosen.choice, seen.route.state.is_final()) else {
        return Err(wrong_state(visit, seen.route.state));
    };
    let others = seen.steps.iter().filter(|s| s.id != step && s.choice.as_ref() == Some(choice));
    let others: Vec<(StepId, StepState)> =
        others.filter(|s| s.state.may_become(StepState::SetAside)).map(|s| (s.id, s.state)).collect();
    once.run(&visit.net, async |tx: &mut Tx| {
        for (other, state) in &others {
            if store::set_step_state(tx, (id, *other), (*state, StepState::SetAside), None).await? {
                learners::close_source(tx, other.0, visit.today).await?;
            }
        }
        if chosen.state == StepState::SetAside {
            store::set_step_state(tx, (id, step), (StepState::SetAside, StepState::Planned), None).await?;
        }
        Entry::new("choose-step", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": step, "route": id })))
    })
    .await
}

/// Keeps a route as a template: its texts and steps, without the child, the organisations and people.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`].
pub async fn keep_template(visit: &Visit, once: &Once, id: RouteId) -> Result<Done, Fault> {
    let seen = to_lead(visit, id).await?;
    let r = &seen.route;
    let mut content = Content::of(r, &seen.steps);
    content.load_reason.clear();
    for step in &mut content.steps {
        step.organisation = None;
        step.organisation_name.clear();
        step.teacher.clear();
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        let template = store::insert_template(tx, visit, r.organisation, &r.title, &content).await?;
        Entry::new("keep-template", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": template })))
    })
    .await
}

/// What breaks the table of limits, with what else the child has to do.
///
/// # Errors
/// The database's.
pub async fn warnings(visit: &Visit, r: &Route, steps: &[Step]) -> Result<Vec<Warning>, Fault> {
    let limits = store::limits(&visit.net).await?;
    let mut all: Vec<Burden> = steps.iter().filter(|s| s.state.is_taken()).map(Burden::of).collect();
    if all.is_empty() {
        return Ok(Vec::new());
    }
    // A child that is busy through the longest route is looked at for the whole of it.
    let last = r.until + Duration::days(6);
    all.extend(store::commitments(&visit.net, r.learner, r.id, (r.from, last)).await?);
    let span = (start_of_day(r.from), start_of_day(last + Duration::days(1)));
    let visits = store::visits_of(&visit.net, r.learner, span).await?.into_iter();
    all.extend(visits.map(|(title, host, starts, ends, step)| Burden {
        step: Some(step),
        ..Burden::once(title, host, (starts, ends))
    }));
    let sessions = groups::engagements(visit, r.learner, span).await?.into_iter();
    all.extend(sessions.map(|s| Burden::once(s.title, s.organisation, (s.starts_at, s.ends_at))));
    Ok(load::warnings(&limits, r.birth_date, &all))
}

/// Says how much a child may be burdened with.
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn set_limits(visit: &Visit, once: &Once, typed: &[(load::Limit, String)]) -> Result<Done, Fault> {
    visit.viewer.demand(super::LIMITS, None)?;
    let mut problems = Problems::default();
    let mut amounts = Vec::new();
    for (limit, text) in typed {
        let amount = if limit.is_clock() { resources::minute_of_day(text) } else { text.trim().parse().ok() };
        match amount.filter(|amount| (0..=24 * 60).contains(amount)) {
            Some(amount) => amounts.push((*limit, amount)),
            None => problems.add(limit.code(), Message::new("route-bad-limit")),
        }
    }
    problems.into_result(())?;
    once.run(&visit.net, async |tx: &mut Tx| {
        for (limit, amount) in &amounts {
            store::put_limit(tx, visit, *limit, *amount).await?;
        }
        Entry { object: None, ..Entry::new("update", "load_limit", visit.actor()) }.write(tx, visit).await?;
        Ok(Done::changed("/routes/limits".into(), serde_json::json!({ "limits": amounts.len() })))
    })
    .await
}

/// The organisation whose steps wait, without the leading one.
pub fn is_elsewhere(r: &Route, host: Option<OrganisationId>) -> bool {
    host.is_some_and(|host| host != r.organisation)
}
