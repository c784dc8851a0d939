//! Individual plans of a year, and mentors.
//!
//! A plan is a list of actions with a child: who answers, by when, what is expected, what came of it.
//! It is not a route (stages and modules at several organisations). A mentor sees the plans that they
//! lead; one from outside sees a first name and the plan, and nothing before the certificate of no
//! criminal record was noted.
mod api;
mod family;
mod figures;
mod mentors;
mod model;
mod store;
mod subject;
mod templates;
#[cfg(test)]
mod tests;
mod view;
mod web;

pub use family::due;
pub use figures::{Figures, figures};
pub use mentors::put as put_mentor;
pub use model::{
    CloseForm, DoneForm, Form, GoalForm, Item, ItemForm, ItemId, Mentor, MentorForm, NewItem, NewMentor, Plan,
    PlanForm, PlanId, State, Suggestion, academic_year,
};
pub use store::Filter;
pub use templates::items as template;

use crate::{
    centre::{self, CentreId},
    consents::{self, Purpose},
    gifted::GiftKind,
    learners::{self, GroundKind, How, NewGround, Scope, Whom},
    people::PersonId,
    roles::Role,
    shell::Slice,
};
use chrono::{Datelike as _, NaiveDate};
use kit::{
    Fault, Visit,
    access::Permission,
    audit::Entry,
    db::Tx,
    once::{Done, Once},
    routes::Routes,
    text::Message,
};
use uuid::Uuid;

pub const SEE: Permission = Permission("plans.see");
/// Writing, approving and closing plans, giving mentors.
pub const EDIT: Permission = Permission("plans.edit");
/// Marking actions of the plans that one leads.
pub const MARK: Permission = Permission("plans.mark");

/// The kinds of record in audit.
pub const KIND: &str = "individual_plan";
pub const MENTOR: &str = "mentor";

pub const LIST: &str = "/centre/plans";
pub const MENTORS: &str = "/centre/mentors";
pub const FIGURES: &str = "/centre/figures";

pub fn url(id: PlanId) -> String {
    format!("{LIST}/{id}")
}

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/centre/plans", SEE, web::list)
        .post("/centre/plans", EDIT, web::create)
        .get("/centre/plans/new", EDIT, web::new)
        .get("/centre/plans/{id}", SEE, web::show)
        .post("/centre/plans/{id}", EDIT, web::change)
        .get("/centre/plans/{id}/edit", EDIT, web::edit)
        .post("/centre/plans/{id}/items", EDIT, web::add_item)
        .post("/centre/plans/{id}/items/{item}/mark", MARK, web::mark)
        .post("/centre/plans/{id}/items/{item}/removal", EDIT, web::drop_item)
        .post("/centre/plans/{id}/mentor", EDIT, web::set_mentor)
        .post("/centre/plans/{id}/approval", EDIT, web::approve)
        .post("/centre/plans/{id}/closing", EDIT, web::close)
        .get("/centre/mentors", EDIT, web::mentors::list)
        .post("/centre/mentors", EDIT, web::mentors::put)
        .get("/centre/mentors/new", EDIT, web::mentors::new)
        .get("/centre/figures", SEE, web::figures)
        .get("/api/v1/plans", SEE, api::list)
        .post("/api/v1/plans", EDIT, api::create)
        .get("/api/v1/plans/{id}", SEE, api::show)
        .post("/api/v1/plans/{id}/items", EDIT, api::add_item)
        .post("/api/v1/plans/{id}/approval", EDIT, api::approve)
        .get("/api/v1/mentors", EDIT, api::mentors)
        .get("/api/v1/figures/centre-plans", centre::VIEW, api::with_plan)
        .get("/api/v1/figures/centre-mentors", centre::VIEW, api::per_child);
    Slice::new("plans", routes).described(api::document()).keeping(subject::OF_LEARNER)
}

/// Whether the viewer works from outside only: a first name is all they are told.
pub fn is_outside(visit: &Visit) -> bool {
    visit.viewer.has_role(Role::ExternalMentor.code())
        && visit.viewer.grants.iter().all(|g| matches!(g.role.as_str(), "external_mentor" | "guest"))
}

/// The viewer as a mentor, where being one lets them see: from outside only with the certificate.
async fn as_mentor(visit: &Visit) -> Result<Option<Uuid>, Fault> {
    let Some(person) = visit.viewer.person.filter(|_| visit.viewer.may(MARK)) else { return Ok(None) };
    let known = store::mentor(&visit.net, PersonId(person)).await?;
    Ok(known.filter(|m| (!m.is_external && !is_outside(visit)) || m.certificate_on.is_some()).map(|_| person))
}

/// How the viewer is told of the child of a plan: from outside by the first name.
fn shown(visit: &Visit, mut plan: Plan) -> Plan {
    if is_outside(visit) {
        plan.full_name = plan.full_name.split_whitespace().nth(1).unwrap_or_default().to_owned();
        plan.class_name = None;
        plan.organisation_name = String::new();
    }
    plan
}

/// Whose plans the viewer sees: an organisation that merely receives a child knows nothing of its plan.
async fn scope(visit: &Visit) -> Result<Scope, Fault> {
    Ok(Scope::of(visit).await?.without_received())
}

/// The plans that the viewer may see; the look is noted.
///
/// # Errors
/// The database's; [`Fault::Unavailable`].
pub async fn list(visit: &Visit, filter: &Filter) -> Result<Vec<Plan>, Fault> {
    let found = load(visit, filter).await?;
    let children: Vec<PersonId> = found.iter().map(|p| p.learner).collect();
    learners::note_read(visit, How::Elsewhere, &children).await?;
    Ok(found)
}

async fn load(visit: &Visit, filter: &Filter) -> Result<Vec<Plan>, Fault> {
    let scope = scope(visit).await?;
    let found = store::list(&visit.net, &scope, as_mentor(visit).await?, filter, visit.today).await?;
    Ok(found.into_iter().map(|p| shown(visit, p)).collect())
}

/// How many of these the viewer would see; nothing of a child is shown.
///
/// # Errors
/// The database's.
pub async fn count(visit: &Visit, filter: &Filter) -> Result<i64, Fault> {
    Ok(if visit.viewer.may(SEE) { i64::try_from(load(visit, filter).await?.len()).unwrap_or(i64::MAX) } else { 0 })
}

/// Members of today without a plan of this year.
///
/// # Errors
/// The database's.
pub async fn members_without(visit: &Visit) -> Result<i64, Fault> {
    let centre = centre::core_of(&visit.net).await?;
    let Some(centre) = centre.filter(|c| visit.viewer.reach(EDIT).covers(Some(c.organisation.0))) else { return Ok(0) };
    store::members_without(&visit.net, centre.id, visit.today).await
}

/// One plan, if the viewer may see it; the look is noted.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown id and one out of reach; [`Fault::Unavailable`].
pub async fn open(visit: &Visit, id: PlanId) -> Result<Plan, Fault> {
    let found = within(visit, id).await?;
    learners::note_read(visit, How::Elsewhere, &[found.learner]).await?;
    Ok(shown(visit, found))
}

async fn within(visit: &Visit, id: PlanId) -> Result<Plan, Fault> {
    let scope = scope(visit).await?;
    store::find(&visit.net, &scope, as_mentor(visit).await?, id, visit.today).await?.ok_or(Fault::NotFound)
}

/// Whether the viewer writes this plan.
pub fn edits(visit: &Visit, p: &Plan) -> bool {
    visit.viewer.reach(EDIT).covers(Some(p.centre_organisation.0))
}

/// Whether the viewer marks its actions.
pub fn marks(visit: &Visit, p: &Plan) -> bool {
    edits(visit, p) || (visit.viewer.may(MARK) && p.mentor.is_some_and(|m| Some(m.0) == visit.viewer.person))
}

async fn to_edit(visit: &Visit, id: PlanId) -> Result<Plan, Fault> {
    let plan = within(visit, id).await?;
    visit.viewer.demand(EDIT, Some(plan.centre_organisation.0))?;
    Ok(plan)
}

/// Begins the plan of this academic year for a member of the Centre: empty, from a template, or with
/// last year's actions.
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `plan` when there is one.
pub async fn create(visit: &Visit, once: &Once, form: &PlanForm) -> Result<Done, Fault> {
    let centre = centre::open(visit).await?;
    visit.viewer.demand(EDIT, Some(centre.organisation.0))?;
    let (learner, goal, subject) = form.check()?;
    if !learners::may_see(visit, learner).await? {
        return Err(Fault::field("learner", Message::new("centre-choose-learner")));
    }
    let year = academic_year(visit.today);
    once.run(&visit.net, async |tx: &mut Tx| {
        if centre::member_on(tx, learner, visit.today).await?.is_none() {
            return Err(Fault::field("learner", Message::new("plan-no-member")));
        }
        let items = match form.from.as_str() {
            "last" => last_years(tx, learner, year).await?,
            code => code.parse::<GiftKind>().map(|kind| templates::items(kind, year)).unwrap_or_default(),
        };
        let id = insert(tx, visit, (learner, centre.id, year), (&goal, subject.as_deref()), &items).await?;
        Ok(Done::created(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// Writes a draft with its actions. For [`create`] and the demo.
///
/// # Errors
/// [`Fault::Conflict`] `plan` when the child has one of that year.
pub async fn insert(
    tx: &mut Tx,
    visit: &Visit,
    whose: (PersonId, CentreId, i64),
    what: (&str, Option<&str>),
    items: &[NewItem],
) -> Result<PlanId, Fault> {
    let id = PlanId(visit.new_id());
    if !store::insert(tx, visit, id, whose, what).await? {
        return Err(Fault::conflict("plan", Message::new("plan-there-already")));
    }
    for item in items {
        store::insert_item(tx, ItemId(visit.new_id()), id, item).await?;
    }
    Entry::new("create", KIND, id).subjects(vec![whose.0.0]).write(tx, visit).await?;
    Ok(id)
}

/// Last year's actions with their days moved by a year, nothing of them done.
async fn last_years(tx: &mut Tx, learner: PersonId, year: i64) -> Result<Vec<NewItem>, Fault> {
    let Some(last) = store::of_year(tx, learner, year - 1).await? else {
        return Err(Fault::field("from", Message::new("plan-no-last-year")));
    };
    let items = store::items_in(tx, last).await?;
    Ok(items
        .into_iter()
        .map(|i| NewItem {
            work: i.work,
            form: i.form,
            due_on: next_year(i.due_on),
            responsible: i.responsible,
            expected: i.expected,
        })
        .collect())
}

/// The same day a year on; of 29 February the last of the month.
fn next_year(day: NaiveDate) -> NaiveDate {
    let next = day.with_year(day.year() + 1).or_else(|| NaiveDate::from_ymd_opt(day.year() + 1, 2, 28));
    next.unwrap_or(day)
}

fn moved_on() -> Fault {
    Fault::conflict("state", Message::new("plan-moved-on"))
}

/// Adds an action to a plan that is not closed, or changes the one that the form names.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state`.
pub async fn add_item(visit: &Visit, once: &Once, id: PlanId, form: &ItemForm) -> Result<Done, Fault> {
    let plan = to_edit(visit, id).await?;
    let item = form.check(plan.year)?;
    let changed = match form.item.as_str() {
        "" => None,
        text => Some(text.parse::<ItemId>().map_err(|_| Fault::NotFound)?),
    };
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::touch(tx, visit, id, &[State::Draft, State::Approved]).await? {
            return Err(moved_on());
        }
        Entry::new("update", KIND, id).fields(&["items"]).write(tx, visit).await?;
        if let Some(known) = changed {
            if !store::update_item(tx, known, id, &item).await? {
                return Err(moved_on());
            }
            return Ok(Done::changed(url(id), serde_json::json!({ "id": known })));
        }
        let new = ItemId(visit.new_id());
        store::insert_item(tx, new, id, &item).await?;
        Ok(Done::created(url(id), serde_json::json!({ "id": new })))
    })
    .await
}

/// Changes the goal and the subject of a plan that is not closed.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state`, or `stale` when
/// somebody changed the plan meanwhile.
pub async fn change(visit: &Visit, once: &Once, id: PlanId, form: &GoalForm) -> Result<Done, Fault> {
    let before = to_edit(visit, id).await?;
    if before.state == State::Closed {
        return Err(moved_on());
    }
    let (goal, subject) = form.check()?;
    let version = kit::form::version(&form.version, before.version)?;
    let differs = [("goal", goal != before.goal), ("subject", subject != before.subject)];
    let fields: Vec<&str> = differs.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect();
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::update(tx, visit, id, version, (&goal, subject.as_deref())).await? {
            return Err(Fault::conflict("stale", Message::new("plan-stale")));
        }
        Entry::new("update", KIND, id).fields(&fields).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "version": version + 1 })))
    })
    .await
}

/// Takes an action that was not done out of a plan.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `state`.
pub async fn drop_item(visit: &Visit, once: &Once, id: PlanId, item: ItemId) -> Result<Done, Fault> {
    to_edit(visit, id).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::drop_item(tx, id, item).await? {
            return Err(moved_on());
        }
        Entry::new("update", KIND, id).fields(&["items"]).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// Marks an action as done, or takes the mark back: the coordinator, and the mentor of the plan.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Invalid`]; [`Fault::Conflict`] `state`.
pub async fn mark(visit: &Visit, once: &Once, id: PlanId, item: ItemId, form: &DoneForm) -> Result<Done, Fault> {
    let plan = within(visit, id).await?;
    if !marks(visit, &plan) {
        return Err(Fault::NotFound);
    }
    let (on, result) = form.check(visit.today)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::mark(tx, id, item, on, result.as_deref()).await? {
            return Err(moved_on());
        }
        Entry::new("mark", KIND, id).fields(&["items"]).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// Notes what was due by now as done. For the demo.
///
/// # Errors
/// The database's.
pub async fn mark_due(tx: &mut Tx, visit: &Visit, id: PlanId) -> Result<(), Fault> {
    store::mark_due(tx, id, visit.today).await?;
    Entry::new("mark", KIND, id).fields(&["items"]).write(tx, visit).await
}

/// Gives a plan its mentor; a pedagogue of the network then sees the child's record, one of an organisation
/// that is neither the child's nor the Centre's by the family's consent.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `mentor`, `consent`.
pub async fn set_mentor(visit: &Visit, once: &Once, id: PlanId, person: &str) -> Result<Done, Fault> {
    let plan = to_edit(visit, id).await?;
    let person = person.parse().map_err(|_| Fault::field("person", Message::new("form-choose")))?;
    once.run(&visit.net, async |tx: &mut Tx| {
        give_mentor(tx, visit, id, plan.learner, person).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// Writes the mentor of a plan. For [`set_mentor`] and the demo.
///
/// # Errors
/// [`Fault::Conflict`] `mentor` when they are full, or may not see a child yet; `consent` when they work
/// elsewhere and the family has not let the data be handed over there.
pub async fn give_mentor(
    tx: &mut Tx,
    visit: &Visit,
    id: PlanId,
    learner: PersonId,
    person: PersonId,
) -> Result<(), Fault> {
    let cannot = || Fault::conflict("mentor", Message::new("plan-mentor-cannot"));
    let (is_external, organisation, is_near) = store::standing(tx, person, learner).await?.ok_or_else(cannot)?;
    let consent = match is_external || is_near {
        true => None,
        false => {
            let given = consents::granted(tx, learner, Purpose::Transfer, organisation, visit.today).await?;
            Some(given.ok_or_else(|| Fault::conflict("consent", Message::new("plan-mentor-consent")))?)
        }
    };
    if !store::set_mentor(tx, visit, id, person).await? {
        return Err(cannot());
    }
    learners::close_source(tx, id.0, visit.today).await?;
    if is_external {
        // A first name and the plan: no record opens.
        return Entry::new("mentor", KIND, id).subjects(vec![learner.0]).write(tx, visit).await;
    }
    let ground = NewGround {
        id: visit.new_id(),
        learner,
        kind: GroundKind::Assignment,
        whom: Whom::Person(person.0),
        source: id.0,
        consent,
        from: visit.today,
        until: Some(model::last_day(academic_year(visit.today))),
    };
    learners::open_to(tx, visit, &ground).await?;
    Entry::new("mentor", KIND, id).subjects(vec![learner.0]).write(tx, visit).await
}

/// Approves a draft that has actions.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `state`.
pub async fn approve(visit: &Visit, once: &Once, id: PlanId) -> Result<Done, Fault> {
    to_edit(visit, id).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        approve_in(tx, visit, id).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "state": State::Approved })))
    })
    .await
}

/// The same inside a transaction. For [`approve`] and the demo.
///
/// # Errors
/// [`Fault::Conflict`] `state`.
pub async fn approve_in(tx: &mut Tx, visit: &Visit, id: PlanId) -> Result<(), Fault> {
    if !store::approve(tx, visit, id).await? {
        return Err(Fault::conflict("state", Message::new("plan-cannot-approve")));
    }
    Entry::new("approve", KIND, id).write(tx, visit).await
}

/// Closes a plan with what came of the year; the mentor's sight of the child ends.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state`.
pub async fn close(visit: &Visit, once: &Once, id: PlanId, form: &CloseForm) -> Result<Done, Fault> {
    to_edit(visit, id).await?;
    let outcome = form.check()?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::close(tx, visit, id, &outcome).await? {
            return Err(moved_on());
        }
        learners::close_source(tx, id.0, visit.today).await?;
        Entry::new("close", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "state": State::Closed })))
    })
    .await
}
