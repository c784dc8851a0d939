//! The SQL of plans and mentors.
use super::model::{Item, ItemId, Mentor, NewItem, NewMentor, Plan, PlanId, State, academic_year};
use crate::{centre::CentreId, learners::Scope, organisations::OrganisationId, people::PersonId};
use chrono::NaiveDate;
use kit::{
    Fault, Visit,
    db::{Net, Tx, Val, Where, args},
};
use uuid::Uuid;

/// The columns of a plan; `{day}` is today.
fn columns(day: &str) -> String {
    let count = |condition: &str| {
        format!("(SELECT COUNT(*) FROM plan_item i WHERE i.network_id = $1 AND i.plan_id = p.id{condition})")
    };
    format!(
        "p.id, l.id, l.full_name, l.class_name, o.id, o.short_name, p.centre_id, c.organisation_id, p.year, p.goal, p.subject, p.state,
         p.mentor_id, p.approved_on, p.outcome, {}, {}, CASE WHEN p.state = 'approved' THEN {} ELSE 0 END, p.version",
        count(""),
        count(" AND i.done_on IS NOT NULL"),
        count(&format!(" AND i.done_on IS NULL AND i.due_on < {day}"))
    )
}

const FROM: &str = "individual_plan p
    JOIN learner r ON r.network_id = $1 AND r.id = p.learner_id
    JOIN learner l ON l.network_id = $1 AND l.id = COALESCE(r.merged_into, r.id)
    JOIN organisation o ON o.network_id = $1 AND o.id = l.organisation_id
    JOIN gifted_centre c ON c.network_id = $1 AND c.id = p.centre_id";

/// Which plans.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub year: Option<i64>,
    pub learner: Option<PersonId>,
    pub state: Option<State>,
    pub no_mentor: bool,
    pub overdue: bool,
    /// Led by the viewer: the ground of a mentor.
    pub mine: bool,
}

/// Whom the viewer may see: by the learners' rule, or as the mentor of the plan.
fn may_see(scope: &Scope, mentor: Option<Uuid>, args: &mut Vec<Val>) -> String {
    let scoped = scope.sql("l", args);
    match mentor {
        Some(person) => {
            args.push(person.into());
            format!("({scoped} OR (l.merged_into IS NULL AND p.mentor_id = ${}))", args.len() + 1)
        }
        None => scoped,
    }
}

/// The plans that the viewer may see. `mentor`: the viewer, where being a mentor lets them see.
pub async fn list(
    net: &Net,
    scope: &Scope,
    mentor: Option<Uuid>,
    f: &Filter,
    today: NaiveDate,
) -> Result<Vec<Plan>, Fault> {
    let mut w = Where::of("p");
    let may = may_see(scope, mentor, &mut w.args);
    w.and_raw(&may).and_opt("p.year = ?", f.year).and_opt("l.id = ?", f.learner).and_opt("p.state = ?", f.state);
    let day = w.arg(today);
    if f.no_mentor {
        w.and_raw("p.mentor_id IS NULL AND p.state <> 'closed'");
    }
    if f.overdue {
        w.and_raw(&format!(
            "p.state = 'approved' AND EXISTS (SELECT 1 FROM plan_item i WHERE i.network_id = $1 AND i.plan_id = p.id AND i.done_on IS NULL AND i.due_on < {day})"
        ));
    }
    if f.mine {
        w.and("p.mentor_id = ?", mentor.unwrap_or_default());
    }
    let sql = format!(
        "SELECT {} FROM {FROM} WHERE {} ORDER BY l.full_name, p.year DESC, p.id LIMIT 1000",
        columns(&day),
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}

/// One plan that the viewer may see.
pub async fn find(
    net: &Net,
    scope: &Scope,
    mentor: Option<Uuid>,
    id: PlanId,
    today: NaiveDate,
) -> Result<Option<Plan>, Fault> {
    let mut w = Where::of("p");
    let may = may_see(scope, mentor, &mut w.args);
    w.and_raw(&may).and("p.id = ?", id);
    let day = w.arg(today);
    Ok(net.opt(format!("SELECT {} FROM {FROM} WHERE {}", columns(&day), w.sql()), w.args).await?)
}

/// False when the child has a plan of that year already.
pub async fn insert(
    tx: &mut Tx,
    visit: &Visit,
    id: PlanId,
    (learner, centre, year): (PersonId, CentreId, i64),
    (goal, subject): (&str, Option<&str>),
) -> Result<bool, Fault> {
    let sql = "INSERT INTO individual_plan (network_id, id, learner_id, centre_id, year, goal, subject, state, created_at, created_by,
                 updated_at, updated_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, 'draft', $8, $9, $8, $9, 1) ON CONFLICT DO NOTHING";
    let values = args![id, learner, centre, year, goal, subject, visit.now, visit.viewer.person];
    Ok(tx.run(sql, values).await? == 1)
}

pub async fn insert_item(tx: &mut Tx, id: ItemId, plan: PlanId, i: &NewItem) -> Result<(), Fault> {
    let sql = "INSERT INTO plan_item (network_id, id, plan_id, work, form, due_on, responsible, expected) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = args![id, plan, &i.work, i.form, i.due_on, i.responsible.as_deref(), i.expected.as_deref()];
    tx.run(sql, values).await?;
    Ok(())
}

/// Writes the goal and the subject over. False when somebody was quicker, or the plan is closed.
pub async fn update(
    tx: &mut Tx,
    visit: &Visit,
    id: PlanId,
    version: i64,
    (goal, subject): (&str, Option<&str>),
) -> Result<bool, Fault> {
    let sql =
        "UPDATE individual_plan SET goal = $4, subject = $5, updated_at = $6, updated_by = $7, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3 AND state <> 'closed'";
    Ok(tx.run(sql, args![id, version, goal, subject, visit.now, visit.viewer.person]).await? == 1)
}

/// Changes an action that was not done. False when the plan has none such.
pub async fn update_item(tx: &mut Tx, id: ItemId, plan: PlanId, i: &NewItem) -> Result<bool, Fault> {
    let sql = "UPDATE plan_item SET work = $4, form = $5, due_on = $6, responsible = $7, expected = $8
               WHERE network_id = $1 AND id = $2 AND plan_id = $3 AND done_on IS NULL";
    let values = args![id, plan, &i.work, i.form, i.due_on, i.responsible.as_deref(), i.expected.as_deref()];
    Ok(tx.run(sql, values).await? == 1)
}

const ITEM: &str = "id, work, form, due_on, responsible, expected, done_on, result";

pub async fn items(net: &Net, plan: PlanId) -> Result<Vec<Item>, Fault> {
    let sql = format!("SELECT {ITEM} FROM plan_item WHERE network_id = $1 AND plan_id = $2 ORDER BY due_on, id");
    Ok(net.all(sql, args![plan]).await?)
}

pub async fn items_in(tx: &mut Tx, plan: PlanId) -> Result<Vec<Item>, Fault> {
    let sql = format!("SELECT {ITEM} FROM plan_item WHERE network_id = $1 AND plan_id = $2 ORDER BY due_on, id");
    Ok(tx.all(sql, args![plan]).await?)
}

/// The plan of a child in a year.
pub async fn of_year(tx: &mut Tx, learner: PersonId, year: i64) -> Result<Option<PlanId>, Fault> {
    let sql = "SELECT id FROM individual_plan WHERE network_id = $1 AND learner_id = $2 AND year = $3";
    let row: Option<(PlanId,)> = tx.opt(sql, args![learner, year]).await?;
    Ok(row.map(|(id,)| id))
}

/// Notes that an action was done, or takes it back. False when there is none in a plan that runs.
pub async fn mark(
    tx: &mut Tx,
    plan: PlanId,
    id: ItemId,
    on: Option<NaiveDate>,
    result: Option<&str>,
) -> Result<bool, Fault> {
    let sql = "UPDATE plan_item SET done_on = $4, result = $5 WHERE network_id = $1 AND id = $3 AND plan_id = $2
               AND EXISTS (SELECT 1 FROM individual_plan p WHERE p.network_id = $1 AND p.id = $2 AND p.state = 'approved')";
    Ok(tx.run(sql, args![plan, id, on, result]).await? == 1)
}

/// Notes everything that was due by a day as done on its day.
pub async fn mark_due(tx: &mut Tx, plan: PlanId, by: NaiveDate) -> Result<(), Fault> {
    let sql = "UPDATE plan_item SET done_on = due_on WHERE network_id = $1 AND plan_id = $2 AND done_on IS NULL AND due_on <= $3";
    tx.run(sql, args![plan, by]).await?;
    Ok(())
}

/// Takes an action that was not done out of a plan that is not closed.
pub async fn drop_item(tx: &mut Tx, plan: PlanId, id: ItemId) -> Result<bool, Fault> {
    let sql = "DELETE FROM plan_item WHERE network_id = $1 AND id = $3 AND plan_id = $2 AND done_on IS NULL
               AND EXISTS (SELECT 1 FROM individual_plan p WHERE p.network_id = $1 AND p.id = $2 AND p.state <> 'closed')";
    Ok(tx.run(sql, args![plan, id]).await? == 1)
}

/// Notes in the plan that somebody touched it. False when it does not stand in one of these states.
pub async fn touch(tx: &mut Tx, visit: &Visit, id: PlanId, states: &[State]) -> Result<bool, Fault> {
    let mut w = Where::new();
    w.and("id = ?", id).and_in("state", states.iter().copied());
    let (now, by) = (w.arg(visit.now), w.arg(visit.viewer.person));
    let sql = format!(
        "UPDATE individual_plan SET updated_at = {now}, updated_by = {by}, version = version + 1 WHERE {}",
        w.sql()
    );
    Ok(tx.run(sql, w.args).await? == 1)
}

/// Approves a draft that has an action.
pub async fn approve(tx: &mut Tx, visit: &Visit, id: PlanId) -> Result<bool, Fault> {
    let sql = "UPDATE individual_plan SET state = 'approved', approved_on = $3, updated_at = $4, updated_by = $5, version = version + 1
               WHERE network_id = $1 AND id = $2 AND state = 'draft'
               AND EXISTS (SELECT 1 FROM plan_item i WHERE i.network_id = $1 AND i.plan_id = $2)";
    Ok(tx.run(sql, args![id, visit.today, visit.now, visit.viewer.person]).await? == 1)
}

/// Closes an approved plan with what came of it.
pub async fn close(tx: &mut Tx, visit: &Visit, id: PlanId, outcome: &str) -> Result<bool, Fault> {
    let sql = "UPDATE individual_plan SET state = 'closed', outcome = $3, updated_at = $4, updated_by = $5, version = version + 1
               WHERE network_id = $1 AND id = $2 AND state = 'approved'";
    Ok(tx.run(sql, args![id, outcome, visit.now, visit.viewer.person]).await? == 1)
}

/// Gives a plan its mentor where there is room: nobody leads more children than they said. False when
/// they are full, may not yet take one, or the plan is closed.
pub async fn set_mentor(tx: &mut Tx, visit: &Visit, id: PlanId, mentor: PersonId) -> Result<bool, Fault> {
    let sql = "UPDATE individual_plan SET mentor_id = $3, updated_at = $4, updated_by = $5, version = version + 1
               WHERE network_id = $1 AND id = $2 AND state <> 'closed' AND EXISTS (
                 SELECT 1 FROM mentor m WHERE m.network_id = $1 AND m.person_id = $3 AND m.centre_id = individual_plan.centre_id
                 AND (NOT m.is_external OR m.certificate_on IS NOT NULL)
                 AND m.capacity > (SELECT COUNT(*) FROM individual_plan q WHERE q.network_id = $1 AND q.mentor_id = $3
                   AND q.state <> 'closed' AND q.id <> $2))";
    Ok(tx.run(sql, args![id, mentor, visit.now, visit.viewer.person]).await? == 1)
}

const MENTOR: &str = "m.person_id, q.last_name || ' ' || q.first_name || CASE WHEN q.patronymic IS NULL THEN '' ELSE ' ' || q.patronymic END,
    m.organisation_id, o.short_name, m.is_external, m.subjects, m.capacity, m.certificate_on,
    (SELECT COUNT(*) FROM individual_plan p WHERE p.network_id = $1 AND p.mentor_id = m.person_id AND p.state <> 'closed')";
const MENTORS: &str = "mentor m JOIN person q ON q.network_id = $1 AND q.id = m.person_id
    LEFT JOIN organisation o ON o.network_id = $1 AND o.id = m.organisation_id";

pub async fn mentors(net: &Net, centre: CentreId) -> Result<Vec<Mentor>, Fault> {
    let sql = format!(
        "SELECT {MENTOR} FROM {MENTORS} WHERE m.network_id = $1 AND m.centre_id = $2 ORDER BY 2, m.person_id LIMIT 500"
    );
    Ok(net.all(sql, args![centre]).await?)
}

pub async fn mentor(net: &Net, person: PersonId) -> Result<Option<Mentor>, Fault> {
    Ok(net
        .opt(format!("SELECT {MENTOR} FROM {MENTORS} WHERE m.network_id = $1 AND m.person_id = $2"), args![person])
        .await?)
}

/// How a mentor stands to a child: from outside, in which organisation, and whether that is the child's own
/// or the one that keeps the Centre.
pub async fn standing(
    tx: &mut Tx,
    mentor: PersonId,
    learner: PersonId,
) -> Result<Option<(bool, Option<OrganisationId>, bool)>, Fault> {
    let sql = "SELECT m.is_external, m.organisation_id, m.organisation_id IS NOT NULL AND m.organisation_id IN (
                 SELECT c.organisation_id FROM gifted_centre c WHERE c.network_id = $1 AND c.id = m.centre_id
                 UNION ALL SELECT l.organisation_id FROM learner l WHERE l.network_id = $1 AND l.id = $3)
               FROM mentor m WHERE m.network_id = $1 AND m.person_id = $2";
    Ok(tx.opt(sql, args![mentor, learner]).await?)
}

/// Writes a mentor, or what is known of them now.
pub async fn put_mentor(tx: &mut Tx, visit: &Visit, centre: CentreId, m: &NewMentor) -> Result<(), Fault> {
    let sql = "INSERT INTO mentor (network_id, person_id, centre_id, organisation_id, is_external, subjects, capacity, certificate_on, updated_at, updated_by)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
               ON CONFLICT (network_id, person_id) DO UPDATE SET organisation_id = excluded.organisation_id, is_external = excluded.is_external,
                 subjects = excluded.subjects, capacity = excluded.capacity, certificate_on = excluded.certificate_on,
                 updated_at = excluded.updated_at, updated_by = excluded.updated_by";
    let values = args![
        m.person,
        centre,
        m.organisation,
        m.is_external,
        &m.subjects,
        m.capacity,
        m.certificate_on,
        visit.now,
        visit.viewer.person
    ];
    tx.run(sql, values).await?;
    Ok(())
}

/// Who may become a mentor: people with a teaching role, by name, with where they work.
pub async fn candidates(net: &Net, on: NaiveDate) -> Result<Vec<(PersonId, String, Option<String>)>, Fault> {
    let sql = "SELECT q.id, q.last_name || ' ' || q.first_name || CASE WHEN q.patronymic IS NULL THEN '' ELSE ' ' || q.patronymic END, MIN(o.short_name)
               FROM person q JOIN role_grant g ON g.network_id = $1 AND g.person_id = q.id
               LEFT JOIN organisation o ON o.network_id = $1 AND o.id = g.organisation_id
               WHERE q.network_id = $1 AND g.role IN ('pedagogue', 'external_mentor', 'class_teacher', 'psychologist', 'centre_coordinator', 'deputy_head')
               AND g.from_date <= $2 AND (g.until_date IS NULL OR g.until_date >= $2)
               AND (g.organisation_id IS NULL OR o.state <> 'draft')
               GROUP BY q.id, q.last_name, q.first_name, q.patronymic ORDER BY 2, 1 LIMIT 500";
    Ok(net.all(sql, args![on]).await?)
}

/// Members on a day with an approved plan of its year.
pub async fn members_with_plan(net: &Net, centre: CentreId, on: NaiveDate) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(DISTINCT m.learner_id) FROM centre_membership m JOIN individual_plan p ON p.network_id = $1 AND p.learner_id = m.learner_id
               WHERE m.network_id = $1 AND m.centre_id = $2 AND m.from_date <= $3 AND (m.until_date IS NULL OR m.until_date >= $3)
               AND p.year = $4 AND p.state <> 'draft' AND p.approved_on <= $3";
    Ok(net.scalar(sql, args![centre, on, academic_year(on)]).await?)
}

/// Members on a day without a plan of its year.
pub async fn members_without(net: &Net, centre: CentreId, on: NaiveDate) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(DISTINCT m.learner_id) FROM centre_membership m
               WHERE m.network_id = $1 AND m.centre_id = $2 AND m.from_date <= $3 AND (m.until_date IS NULL OR m.until_date >= $3)
               AND NOT EXISTS (SELECT 1 FROM individual_plan p WHERE p.network_id = $1 AND p.learner_id = m.learner_id AND p.year = $4)";
    Ok(net.scalar(sql, args![centre, on, academic_year(on)]).await?)
}

/// Mentors of members on a day by their plans of its year.
pub async fn mentors_of_members(net: &Net, centre: CentreId, on: NaiveDate) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(DISTINCT p.mentor_id) FROM centre_membership m JOIN individual_plan p ON p.network_id = $1 AND p.learner_id = m.learner_id
               WHERE m.network_id = $1 AND m.centre_id = $2 AND m.from_date <= $3 AND (m.until_date IS NULL OR m.until_date >= $3)
               AND p.year = $4 AND p.mentor_id IS NOT NULL";
    Ok(net.scalar(sql, args![centre, on, academic_year(on)]).await?)
}

/// Takes away every row about a child, and lets go of their plans where they are a mentor.
pub async fn forget(tx: &mut Tx, learner: Uuid) -> Result<u64, Fault> {
    let of = "(SELECT p.id FROM individual_plan p WHERE p.network_id = $1 AND (p.learner_id = $2
                 OR p.learner_id IN (SELECT l.id FROM learner l WHERE l.network_id = $1 AND l.merged_into = $2)))";
    let mut gone =
        tx.run(format!("DELETE FROM plan_item WHERE network_id = $1 AND plan_id IN {of}"), args![learner]).await?;
    gone += tx.run(format!("DELETE FROM individual_plan WHERE network_id = $1 AND id IN {of}"), args![learner]).await?;
    Ok(gone)
}
