//! Pages of plans: extract, call, answer.
pub mod mentors;

use super::{
    Filter, PlanId,
    mentors::suggested,
    model::{CloseForm, DoneForm, GoalForm, ItemForm, ItemId, PlanForm, State, academic_year},
    store, view,
};
use crate::{centre, learners, people};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use kit::{
    Fault, Visit, audit,
    form::Problems,
    http::{Path, Query, Sent, go},
};
use maud::Markup;
use serde::Deserialize;

/// The list's address as data.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// `no_mentor`, `overdue`, `mine`; all unless said.
    pub show: String,
    pub year: String,
}

impl Asked {
    pub fn filter(&self, visit: &Visit) -> Filter {
        Filter {
            year: Some(self.year.parse().unwrap_or_else(|_| academic_year(visit.today))),
            no_mentor: self.show == "no_mentor",
            overdue: self.show == "overdue",
            mine: self.show == "mine",
            ..Filter::default()
        }
    }
}

pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let filter = asked.filter(&visit);
    let found = super::list(&visit, &filter).await?;
    let people: Vec<_> = found.iter().filter_map(|p| p.mentor.map(|m| m.0)).collect();
    let names = people::names(&visit.net, &people).await?;
    Ok(view::list::page(&visit, &asked, &filter, &found, &names))
}

fn mend(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

pub async fn new(visit: Visit, Query(form): Query<PlanForm>) -> Result<Markup, Fault> {
    new_page(&visit, &form, &Problems::default()).await
}

/// Members of today without a plan of this year.
async fn new_page(visit: &Visit, form: &PlanForm, problems: &Problems) -> Result<Markup, Fault> {
    let centre = centre::open(visit).await?;
    visit.viewer.demand(super::EDIT, Some(centre.organisation.0))?;
    let with_plan = super::list(visit, &Filter { year: Some(academic_year(visit.today)), ..Filter::default() }).await?;
    let mut members = centre::members_on(visit, &centre, visit.today, "").await?;
    members.retain(|m| with_plan.iter().all(|p| p.learner != m.learner));
    Ok(view::form::page(visit, &members, form, problems))
}

pub async fn create(visit: Visit, sent: Sent<PlanForm>) -> Result<Response, Fault> {
    match super::create(&visit, &sent.once(&visit, "plans.create"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-plan-created")),
        Err(Fault::Invalid(problems)) => Ok(mend(new_page(&visit, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

/// The action that is to be changed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Meant {
    item: String,
}

pub async fn show(visit: Visit, Path(id): Path<PlanId>, Query(meant): Query<Meant>) -> Result<Markup, Fault> {
    let typed = view::record::Typed { meant: meant.item.parse().ok(), ..Default::default() };
    page(&visit, id, &typed, &Problems::default()).await
}

async fn page(visit: &Visit, id: PlanId, typed: &view::record::Typed, problems: &Problems) -> Result<Markup, Fault> {
    let plan = super::open(visit, id).await?;
    let edits = super::edits(visit, &plan);
    let names = people::names(&visit.net, &plan.mentor.map(|m| m.0).into_iter().collect::<Vec<_>>()).await?;
    let items = store::items(&visit.net, id).await?;
    let meant = items.iter().find(|i| Some(i.id) == typed.meant && i.done_on.is_none()).map(ItemForm::of);
    let lines = if edits { audit::history(&visit.net, super::KIND, id.0, 100).await? } else { Vec::new() };
    let actors: Vec<_> = lines.iter().filter_map(|l| l.actor).collect();
    let record = view::record::Record {
        names: people::names(&visit.net, &actors).await?,
        lines,
        items,
        meant,
        mentor: plan.mentor.and_then(|m| names.get(&m.0).cloned()),
        suggestions: if edits { suggested(visit, &plan).await? } else { Vec::new() },
        edits,
        marks: super::marks(visit, &plan),
        // From outside one is told the plan, not where the record stands.
        opens: !super::is_outside(visit) && learners::may_see(visit, plan.learner).await?,
        plan,
    };
    Ok(view::record::page(visit, &record, typed, problems))
}

/// A plan with the form of its goal, for who writes it; the look is noted.
async fn goal_page(visit: &Visit, id: PlanId, typed: Option<&GoalForm>, problems: &Problems) -> Result<Markup, Fault> {
    let plan = super::open(visit, id).await?;
    visit.viewer.demand(super::EDIT, Some(plan.centre_organisation.0))?;
    if plan.state == State::Closed {
        return Err(Fault::NotFound);
    }
    let stands = GoalForm::of(&plan);
    Ok(view::form::goal(visit, &plan, typed.unwrap_or(&stands), problems))
}

pub async fn edit(visit: Visit, Path(id): Path<PlanId>) -> Result<Markup, Fault> {
    goal_page(&visit, id, None, &Problems::default()).await
}

pub async fn change(visit: Visit, Path(id): Path<PlanId>, sent: Sent<GoalForm>) -> Result<Response, Fault> {
    match super::change(&visit, &sent.once(&visit, &format!("plans.change {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-plan-changed")),
        Err(Fault::Invalid(problems)) => Ok(mend(goal_page(&visit, id, Some(&sent.data), &problems).await?)),
        Err(Fault::Conflict(conflict)) if conflict.code == "stale" => {
            // What was typed stays; saved again, it stands instead of theirs.
            let version = super::open(&visit, id).await?.version.to_string();
            let mine = GoalForm { version, ..sent.data.clone() };
            let problems = Problems::one("body", conflict.message.clone());
            Ok((StatusCode::CONFLICT, goal_page(&visit, id, Some(&mine), &problems).await?).into_response())
        }
        Err(fault) => Err(fault),
    }
}

pub async fn add_item(visit: Visit, Path(id): Path<PlanId>, sent: Sent<ItemForm>) -> Result<Response, Fault> {
    match super::add_item(&visit, &sent.once(&visit, &format!("plans.item {id}")), id, &sent.data).await {
        Ok(done) if sent.data.item.is_empty() => Ok(go(&done, "done-plan-item")),
        Ok(done) => Ok(go(&done, "done-plan-item-changed")),
        Err(Fault::Invalid(problems)) => {
            let typed = view::record::Typed { item: Some(sent.data.clone()), ..Default::default() };
            Ok(mend(page(&visit, id, &typed, &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn mark(
    visit: Visit,
    Path((id, item)): Path<(PlanId, ItemId)>,
    sent: Sent<DoneForm>,
) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("plans.mark {item}"));
    match super::mark(&visit, &once, id, item, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-plan-marked")),
        Err(Fault::Invalid(problems)) => Ok(mend(page(&visit, id, &view::record::Typed::default(), &problems).await?)),
        Err(fault) => Err(fault),
    }
}

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

pub async fn drop_item(
    visit: Visit,
    Path((id, item)): Path<(PlanId, ItemId)>,
    sent: Sent<Press>,
) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("plans.drop {item}"));
    Ok(go(&super::drop_item(&visit, &once, id, item).await?, "done-plan-dropped"))
}

/// Who is to be the mentor.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct MentorChoice {
    person: String,
}

pub async fn set_mentor(visit: Visit, Path(id): Path<PlanId>, sent: Sent<MentorChoice>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("plans.mentor {id}"));
    match super::set_mentor(&visit, &once, id, &sent.data.person).await {
        Ok(done) => Ok(go(&done, "done-plan-mentor")),
        Err(Fault::Invalid(problems)) => Ok(mend(page(&visit, id, &view::record::Typed::default(), &problems).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn approve(visit: Visit, Path(id): Path<PlanId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("plans.approve {id}"));
    Ok(go(&super::approve(&visit, &once, id).await?, "done-plan-approved"))
}

pub async fn close(visit: Visit, Path(id): Path<PlanId>, sent: Sent<CloseForm>) -> Result<Response, Fault> {
    match super::close(&visit, &sent.once(&visit, &format!("plans.close {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-plan-closed")),
        Err(Fault::Invalid(problems)) => {
            let typed = view::record::Typed { close: Some(sent.data.clone()), ..Default::default() };
            Ok(mend(page(&visit, id, &typed, &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}

/// The day of the figures; today unless a right one is said.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct OnDay {
    pub on: String,
}

impl OnDay {
    pub fn day(&self, visit: &Visit) -> NaiveDate {
        self.on.parse().unwrap_or(visit.today)
    }
}

pub async fn figures(visit: Visit, Query(asked): Query<OnDay>) -> Result<Markup, Fault> {
    let centre = centre::open(&visit).await?;
    let on = asked.day(&visit);
    let found = super::figures(&visit.net, &centre, on).await?;
    let mentors = if visit.viewer.reach(super::EDIT).covers(Some(centre.organisation.0)) {
        store::mentors(&visit.net, centre.id).await?
    } else {
        Vec::new()
    };
    Ok(view::figures::page(&visit, on, &found, &mentors))
}
