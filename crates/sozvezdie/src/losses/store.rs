//! The SQL of losses. What counts as a prize is said by `figures`.
use super::model::{Prize, Teacher, Winner};
use crate::{
    figures::{COUNTED, TAKEN},
    learners::Scope,
    shell::AcademicYear,
};
use chrono::NaiveDate;
use kit::{
    Fault,
    db::{Net, Where},
};

/// Academic years before this one whose prizes are remembered.
const YEARS: i64 = 2;
/// Children of one list.
const MOST: i64 = 500;

/// Prizes of the last years of the child `l`, beginning with the table `p`.
fn prize_of(w: &mut Where, year: AcademicYear) -> String {
    let (from, to) = (w.arg(year.0 - YEARS), w.arg(year.0 - 1));
    format!("p.prize AND {TAKEN} AND {COUNTED} AND p.academic_year BETWEEN {from} AND {to}")
}

/// Children within the scope who study and have a prize of the last years, with what there is of this year.
pub async fn winners(net: &Net, scope: &Scope, year: AcademicYear, today: NaiveDate) -> Result<Vec<Winner>, Fault> {
    let mut w = Where::of("l");
    let may = scope.sql("l", &mut w.args);
    let prize = prize_of(&mut w, year);
    w.and_raw(&may).and_raw("l.enrolled").and_raw(&format!(
        "EXISTS (SELECT 1 FROM participation p JOIN event_edition e ON e.network_id = $1 AND e.id = p.edition_id
           WHERE p.network_id = $1 AND p.learner_id = l.id AND {prize})"
    ));
    let (this, day) = (w.arg(year), w.arg(today));
    let sql = format!(
        "SELECT l.id, l.full_name, l.class_name, l.organisation_id, o.short_name,
           EXISTS (SELECT 1 FROM centre_membership m WHERE m.network_id = $1 AND m.learner_id = l.id AND m.from_date <= {day}
             AND (m.until_date IS NULL OR m.until_date >= {day})),
           EXISTS (SELECT 1 FROM participation n JOIN event_edition d ON d.network_id = $1 AND d.id = n.edition_id
             WHERE n.network_id = $1 AND n.learner_id = l.id AND n.academic_year = {this} AND n.state <> 'withdrawn' AND d.state <> 'cancelled'),
           EXISTS (SELECT 1 FROM individual_plan i WHERE i.network_id = $1 AND i.learner_id = l.id AND i.year = {this}
             AND i.mentor_id IS NOT NULL AND i.state <> 'closed'),
           EXISTS (SELECT 1 FROM individual_route r WHERE r.network_id = $1 AND r.learner_id = l.id
             AND r.state NOT IN ('stopped', 'completed') AND r.until_date >= {day})
         FROM learner l JOIN organisation o ON o.network_id = $1 AND o.id = l.organisation_id
         WHERE {} ORDER BY o.short_name, l.class_number, l.class_name, l.full_name, l.id LIMIT {MOST}",
        w.sql()
    );
    Ok(net.slow().all(sql, w.args).await?)
}

/// Teachers who prepared a prize of the last years at the school where the child studied then, do not work
/// where it studies now, and neither mentor nor teach it this year.
pub async fn left_teachers(
    net: &Net,
    scope: &Scope,
    year: AcademicYear,
    today: NaiveDate,
) -> Result<Vec<Teacher>, Fault> {
    let mut w = Where::of("p");
    let may = scope.sql("l", &mut w.args);
    let prize = prize_of(&mut w, year);
    w.and_raw(&may).and_raw("l.enrolled AND l.organisation_id <> p.organisation_id").and_raw(&prize);
    let (this, day) = (w.arg(year), w.arg(today));
    let works = |at: &str| {
        format!(
            "(EXISTS (SELECT 1 FROM staff_position s WHERE s.network_id = $1 AND s.person_id = k.person_id AND s.organisation_id = {at}
                AND s.from_date <= {day} AND (s.until_date IS NULL OR s.until_date >= {day}))
              OR EXISTS (SELECT 1 FROM role_grant s WHERE s.network_id = $1 AND s.person_id = k.person_id AND s.organisation_id = {at}
                AND s.from_date <= {day} AND (s.until_date IS NULL OR s.until_date >= {day})))"
        )
    };
    let (then, now) = (works("p.organisation_id"), works("l.organisation_id"));
    let sql = format!(
        "SELECT DISTINCT p.learner_id, t.last_name || ' ' || t.first_name || COALESCE(' ' || t.patronymic, ''), o.short_name
         FROM participation p JOIN event_edition e ON e.network_id = $1 AND e.id = p.edition_id
         JOIN learner l ON l.network_id = $1 AND l.id = p.learner_id
         JOIN organisation o ON o.network_id = $1 AND o.id = p.organisation_id
         JOIN participation_mentor k ON k.network_id = $1 AND k.participation_id = p.id
         JOIN person t ON t.network_id = $1 AND t.id = k.person_id
         WHERE {} AND {then} AND NOT {now}
           AND NOT EXISTS (SELECT 1 FROM individual_plan i WHERE i.network_id = $1 AND i.learner_id = l.id AND i.year = {this} AND i.mentor_id = k.person_id)
           AND NOT EXISTS (SELECT 1 FROM joint_group_member m JOIN joint_group_teacher h ON h.network_id = $1 AND h.group_id = m.group_id
             WHERE m.network_id = $1 AND m.learner_id = l.id AND m.state = 'member' AND h.person_id = k.person_id)
         ORDER BY 1, 2, 3 LIMIT {MOST}",
        w.sql()
    );
    Ok(net.slow().all(sql, w.args).await?)
}

/// The prizes of the last years of children within the scope, the latest first.
pub async fn prizes(net: &Net, scope: &Scope, year: AcademicYear) -> Result<Vec<Prize>, Fault> {
    let mut w = Where::of("p");
    let may = scope.sql("l", &mut w.args);
    let prize = prize_of(&mut w, year);
    w.and_raw(&may).and_raw("l.enrolled").and_raw(&prize);
    let sql = format!(
        "SELECT p.learner_id, e.title, e.level, p.academic_year, p.award, p.degree, p.place
         FROM participation p JOIN event_edition e ON e.network_id = $1 AND e.id = p.edition_id
         JOIN learner l ON l.network_id = $1 AND l.id = p.learner_id
         WHERE {} ORDER BY p.academic_year DESC, e.title, p.id LIMIT 5000",
        w.sql()
    );
    Ok(net.slow().all(sql, w.args).await?)
}
