//! The SQL of routes.
mod list;
mod parts;

pub use list::{
    Filter, Listed, Module, Part, Task, Whose, figures, held_parts, learner_choices, learner_within, list, modules,
    of_learner, parts, tasks,
};
pub use parts::{
    Tie, commitments, forget, ids_of_learner, in_force, in_force_in, insert_signature, insert_template, insert_version,
    insert_word, limits, linked, offers_visits, opened_to, put_limit, set_visits, signatures, template, templates,
    version, versions, visits_of, words,
};

use super::{
    enter::Entered,
    form::{RouteDraft, StepDraft},
    model::{Route, RouteId, RouteState, Step, StepId, StepState},
};
use crate::{learners::Scope, organisations::OrganisationId, people::PersonId};
use chrono::NaiveDate;
use kit::{
    Fault, Visit,
    db::{Net, Tx, Val, args},
};

const WHOLE: &str = "r.id, r.learner_id, l.full_name, l.birth_date, l.class_name, l.organisation_id, h.short_name,
    r.organisation_id, o.short_name, r.title, r.note, r.goal, r.tasks, r.support, r.results, r.from_date, r.until_date, r.state, r.number,
    r.load_reason, r.load_by, r.reason, r.author_id, r.updated_at, r.updated_by, r.version";

const FROM: &str = "individual_route r
    JOIN learner l ON l.network_id = $1 AND l.id = r.learner_id
    JOIN organisation h ON h.network_id = $1 AND h.id = l.organisation_id
    JOIN organisation o ON o.network_id = $1 AND o.id = r.organisation_id";

/// The route, with the ways by which these scopes see its child.
pub async fn find(net: &Net, staff: &Scope, family: &Scope, id: RouteId) -> Result<Option<Route>, Fault> {
    let mut values = args![id];
    let answering = staff.sql("l", &mut values);
    let own = family.sql("l", &mut values);
    let sql = format!("SELECT {WHOLE}, {answering}, {own} FROM {FROM} WHERE r.network_id = $1 AND r.id = $2");
    Ok(net.opt(sql, values).await?)
}

/// The route inside a transaction; nobody is asked who looks.
pub async fn find_in(tx: &mut Tx, id: RouteId) -> Result<Option<Route>, Fault> {
    let sql = format!("SELECT {WHOLE}, TRUE, FALSE FROM {FROM} WHERE r.network_id = $1 AND r.id = $2");
    Ok(tx.opt(sql, args![id]).await?)
}

const STEP: &str = "s.id, s.route_id, s.number, s.stage, s.kind, s.title, s.about, s.organisation_id, o.short_name, s.resource_id, s.teacher,
    s.hours, s.form, s.from_date, s.until_date, s.weekday, s.starts, s.ends, s.choice, s.control, s.expected, s.state, s.reason, s.result, s.mark,
    s.settled_on, s.settled_by, COALESCE(v.minutes, 0), COALESCE(v.visits, 0),
    EXISTS (SELECT 1 FROM learner_ground g WHERE g.network_id = $1 AND g.source_id = s.id
      AND g.organisation_id = s.organisation_id AND g.from_date <= $3 AND (g.until_date IS NULL OR g.until_date >= $3))";

/// What counts of a visit: what both sides stated, or the planned time of what one side stated.
const STEP_FROM: &str = "route_step s
    LEFT JOIN organisation o ON o.network_id = $1 AND o.id = s.organisation_id
    LEFT JOIN (SELECT rv.step_id AS step_id, COUNT(*) AS visits, CAST(SUM(CASE b.state WHEN 'confirmed' THEN b.agreed_minutes
        WHEN 'took_place' THEN (b.ends_at - b.starts_at) / 60000000 ELSE 0 END) AS BIGINT) AS minutes
      FROM route_visit rv JOIN booking b ON b.network_id = $1 AND b.id = rv.booking_id
      WHERE rv.network_id = $1 AND rv.route_id = $2 GROUP BY rv.step_id) v ON v.step_id = s.id";

fn steps_sql() -> String {
    format!("SELECT {STEP} FROM {STEP_FROM} WHERE s.network_id = $1 AND s.route_id = $2 ORDER BY s.number, s.id")
}

/// The steps of a route in their order.
pub async fn steps(net: &Net, id: RouteId, today: NaiveDate) -> Result<Vec<Step>, Fault> {
    Ok(net.all(steps_sql(), args![id, today]).await?)
}

/// The same inside a transaction.
pub async fn steps_in(tx: &mut Tx, id: RouteId, today: NaiveDate) -> Result<Vec<Step>, Fault> {
    Ok(tx.all(steps_sql(), args![id, today]).await?)
}

pub async fn insert(tx: &mut Tx, visit: &Visit, id: RouteId, d: &RouteDraft) -> Result<(), Fault> {
    let sql = "INSERT INTO individual_route (network_id, id, learner_id, organisation_id, title, note, goal, tasks, support, results, from_date,
                 until_date, state, number, author_id, created_at, created_by, updated_at, updated_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'draft', 0, $13, $14, $13, $14, $13, 1)";
    let values = args![
        id,
        d.learner,
        d.organisation,
        &d.title,
        &d.note,
        &d.goal,
        &d.tasks,
        &d.support,
        &d.results,
        d.from,
        d.until,
        visit.viewer.person,
        visit.now
    ];
    tx.run(sql, values).await?;
    Ok(())
}

/// Writes the texts over. False when somebody was quicker, or the route is not being written.
pub async fn update(tx: &mut Tx, visit: &Visit, id: RouteId, version: i64, d: &RouteDraft) -> Result<bool, Fault> {
    let sql = "UPDATE individual_route SET title = $4, note = $5, goal = $6, tasks = $7, support = $8, results = $9, from_date = $10,
                 until_date = $11, load_reason = $12, load_by = $13, load_at = $14, updated_at = $15, updated_by = $16, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3 AND state IN ('draft', 'corrected')";
    let values = args![
        id,
        version,
        &d.title,
        &d.note,
        &d.goal,
        &d.tasks,
        &d.support,
        &d.results,
        d.from,
        d.until,
        &d.load_reason,
        visit.viewer.person.filter(|_| d.load_reason.is_some()),
        d.load_reason.as_ref().map(|_| visit.now),
        visit.now,
        visit.viewer.person
    ];
    Ok(tx.run(sql, values).await? == 1)
}

/// Moves the route along; true when it was in the state that was seen.
pub async fn set_state(
    tx: &mut Tx,
    visit: &Visit,
    id: RouteId,
    (from, to): (RouteState, RouteState),
    reason: Option<&str>,
) -> Result<bool, Fault> {
    let sql = "UPDATE individual_route SET state = $4, reason = COALESCE($5, reason), updated_at = $6, updated_by = $7, version = version + 1
               WHERE network_id = $1 AND id = $2 AND state = $3";
    Ok(tx.run(sql, args![id, from, to, reason, visit.now, visit.viewer.person]).await? == 1)
}

/// Keeps why the load is greater than the table allows.
pub async fn put_load_reason(tx: &mut Tx, visit: &Visit, id: RouteId, reason: &str) -> Result<(), Fault> {
    let sql =
        "UPDATE individual_route SET load_reason = $3, load_by = $4, load_at = $5 WHERE network_id = $1 AND id = $2";
    tx.run(sql, args![id, reason, visit.viewer.person, visit.now]).await?;
    Ok(())
}

/// Notes that a step was written: whoever has an older form of the route gets to know. False when the
/// route is not being written, or somebody was quicker.
pub async fn touch(tx: &mut Tx, visit: &Visit, id: RouteId, version: i64) -> Result<bool, Fault> {
    let sql = "UPDATE individual_route SET updated_at = $4, updated_by = $5, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3 AND state IN ('draft', 'corrected')";
    Ok(tx.run(sql, args![id, version, visit.now, visit.viewer.person]).await? == 1)
}

/// Takes the next number of a version.
pub async fn count_version(tx: &mut Tx, id: RouteId) -> Result<i64, Fault> {
    tx.run("UPDATE individual_route SET number = number + 1 WHERE network_id = $1 AND id = $2", args![id]).await?;
    Ok(tx.scalar("SELECT number FROM individual_route WHERE network_id = $1 AND id = $2", args![id]).await?)
}

fn step_values(d: &StepDraft) -> Vec<Val> {
    args![
        d.stage,
        d.kind,
        &d.title,
        &d.about,
        d.organisation,
        d.resource,
        &d.teacher,
        d.hours,
        d.form,
        d.from,
        d.until,
        d.weekday,
        d.starts,
        d.ends,
        &d.choice,
        &d.control,
        &d.expected
    ]
}

/// Writes a new step behind the others.
pub async fn insert_step(tx: &mut Tx, route: RouteId, id: StepId, d: &StepDraft) -> Result<(), Fault> {
    let last = "SELECT COALESCE(MAX(number), 0) FROM route_step WHERE network_id = $1 AND route_id = $2";
    let last: i64 = tx.scalar(last, args![route]).await?;
    let sql = "INSERT INTO route_step (network_id, id, route_id, stage, kind, title, about, organisation_id, resource_id, teacher, hours, form,
                 from_date, until_date, weekday, starts, ends, choice, control, expected, state, number)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 'planned', $21)";
    let mut values = args![id, route];
    values.extend(step_values(d));
    values.extend(args![last + 1]);
    tx.run(sql, values).await?;
    Ok(())
}

/// Writes a step over; it is planned anew.
pub async fn update_step(tx: &mut Tx, route: RouteId, id: StepId, d: &StepDraft) -> Result<bool, Fault> {
    let sql = "UPDATE route_step SET stage = $4, kind = $5, title = $6, about = $7, organisation_id = $8, resource_id = $9, teacher = $10,
                 hours = $11, form = $12, from_date = $13, until_date = $14, weekday = $15, starts = $16, ends = $17, choice = $18, control = $19,
                 expected = $20, reason = NULL,
                 state = 'planned' WHERE network_id = $1 AND route_id = $2 AND id = $3 AND state IN ('planned', 'accepted', 'declined', 'set_aside')";
    let mut values = args![route, id];
    values.extend(step_values(d));
    Ok(tx.run(sql, values).await? == 1)
}

/// Takes a step out, with what hangs on it.
pub async fn delete_step(tx: &mut Tx, route: RouteId, id: StepId) -> Result<bool, Fault> {
    tx.run("DELETE FROM route_visit WHERE network_id = $1 AND step_id = $2 AND route_id = $3", args![id, route])
        .await?;
    let sql = "DELETE FROM route_step WHERE network_id = $1 AND id = $2 AND route_id = $3 AND state NOT IN ('completed', 'missed')";
    Ok(tx.run(sql, args![id, route]).await? == 1)
}

/// Moves a step along; true when it was in the state that was seen.
pub async fn set_step_state(
    tx: &mut Tx,
    (route, id): (RouteId, StepId),
    (from, to): (StepState, StepState),
    reason: Option<&str>,
) -> Result<bool, Fault> {
    let sql = "UPDATE route_step SET state = $5, reason = $6 WHERE network_id = $1 AND route_id = $2 AND id = $3 AND state = $4";
    Ok(tx.run(sql, args![route, id, from, to, reason]).await? == 1)
}

/// What came of an accepted step.
pub struct Outcome<'a> {
    pub state: StepState,
    pub result: Option<&'a str>,
    pub mark: Option<&'a str>,
    pub reason: Option<&'a str>,
    pub on: NaiveDate,
}

/// Settles an accepted step. False when somebody was quicker.
pub async fn settle_step(
    tx: &mut Tx,
    visit: &Visit,
    (route, id): (RouteId, StepId),
    o: &Outcome<'_>,
) -> Result<bool, Fault> {
    let sql = "UPDATE route_step SET state = $4, result = $5, mark = $6, reason = $7, settled_on = $8, settled_by = $9
               WHERE network_id = $1 AND route_id = $2 AND id = $3 AND state = 'accepted'";
    let values = args![route, id, o.state, o.result, o.mark, o.reason, o.on, visit.viewer.person];
    Ok(tx.run(sql, values).await? == 1)
}

/// How many steps still wait for their organisation, or were declined.
pub async fn unanswered(tx: &mut Tx, id: RouteId) -> Result<(i64, i64), Fault> {
    let sql = "SELECT COUNT(CASE WHEN state = 'asked' THEN 1 END), COUNT(CASE WHEN state = 'declined' THEN 1 END) FROM route_step
               WHERE network_id = $1 AND route_id = $2";
    Ok(tx.one(sql, args![id]).await?)
}

/// Puts a route where it stands, for what is entered whole.
pub async fn put_as_is(tx: &mut Tx, id: RouteId, e: &Entered) -> Result<(), Fault> {
    let sql = "UPDATE individual_route SET state = $3, number = $4, reason = $5, author_id = $6, load_reason = $7 WHERE network_id = $1 AND id = $2";
    tx.run(sql, args![id, e.state, e.number, &e.reason, e.author, &e.draft.load_reason]).await?;
    Ok(())
}

/// The children who are members of a Centre that this organisation keeps, oldest membership first.
pub async fn members(tx: &mut Tx, organisation: OrganisationId, today: NaiveDate) -> Result<Vec<PersonId>, Fault> {
    let sql =
        "SELECT learner_id FROM learner_ground WHERE network_id = $1 AND kind = 'membership' AND organisation_id = $2
                 AND from_date <= $3 AND (until_date IS NULL OR until_date >= $3) ORDER BY id";
    let rows: Vec<(PersonId,)> = tx.all(sql, args![organisation, today]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
