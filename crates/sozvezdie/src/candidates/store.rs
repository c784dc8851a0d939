//! The SQL of candidates: results of the last years, work of now, membership; only of children within
//! the viewer's scope who study in the classes of the event.
use super::model::{Interest, Past};
use crate::{
    events::{Edition, Stage},
    learners::Scope,
    people::PersonId,
};
use chrono::NaiveDate;
use kit::{
    Fault,
    db::{Net, Where},
};

/// Academic years that one looks back.
const YEARS: i64 = 2;
/// Rows of one kind.
const MOST: i64 = 5000;

pub struct Asked<'a> {
    pub edition: &'a Edition,
    pub stage: &'a Stage,
    pub scope: &'a Scope,
    pub today: NaiveDate,
}

impl Asked<'_> {
    /// The condition on the child `l`, beginning with the table `alias`.
    fn children(&self, alias: &str) -> Where {
        let mut w = Where::of(alias);
        let may = self.scope.sql("l", &mut w.args);
        w.and_raw(&may)
            .and_raw("l.enrolled")
            .and_opt("l.class_number >= ?", self.edition.class_from)
            .and_opt("l.class_number <= ?", self.edition.class_to);
        w
    }

    fn since(&self) -> i64 {
        self.edition.academic_year.0 - YEARS
    }
}

/// Confirmed results in the same event or the same subject, a prize first.
pub async fn past(net: &Net, asked: &Asked<'_>) -> Result<Vec<Past>, Fault> {
    let mut w = asked.children("p");
    w.and_raw("p.state = 'took_part' AND p.result_state IN ('confirmed', 'approved') AND e.state <> 'cancelled'")
        .and("p.academic_year >= ?", asked.since())
        .and("p.academic_year <= ?", asked.edition.academic_year)
        .and("p.stage_id <> ?", asked.stage.id);
    let (event, subject) = (w.arg(asked.edition.event_id), w.arg(asked.edition.subject.as_deref()));
    w.and_raw(&format!("(e.event_id = {event} OR e.subject = {subject})"));
    let limit = w.arg(MOST);
    let sql = format!(
        "SELECT p.learner_id, e.event_id, e.title, COALESCE(g.level, e.level), p.academic_year, p.award, p.degree, p.place, p.prize
         FROM participation p JOIN learner l ON l.network_id = $1 AND l.id = p.learner_id
         JOIN event_edition e ON e.network_id = $1 AND e.id = p.edition_id
         JOIN event_stage g ON g.network_id = $1 AND g.id = p.stage_id
         WHERE {} ORDER BY p.prize DESC, p.academic_year DESC, p.id LIMIT {limit}",
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}

/// Groups, plans and research that go on now.
pub async fn interests(net: &Net, asked: &Asked<'_>) -> Result<Vec<Interest>, Fault> {
    let mut w = asked.children("m");
    w.and_raw("m.state = 'member' AND g.state IN ('planned', 'running')");
    let sql = format!(
        "SELECT m.learner_id, 'group', g.title, g.subject, g.edition_id FROM joint_group_member m
         JOIN learner l ON l.network_id = $1 AND l.id = m.learner_id
         JOIN joint_group g ON g.network_id = $1 AND g.id = m.group_id WHERE {} ORDER BY g.title, m.id LIMIT {MOST}",
        w.sql()
    );
    let mut all: Vec<Interest> = net.all(sql, w.args).await?;
    let mut w = asked.children("i");
    w.and_raw("i.subject IS NOT NULL AND i.state <> 'closed'").and("i.year = ?", asked.edition.academic_year);
    let sql = format!(
        "SELECT i.learner_id, 'plan', i.subject, i.subject, NULL FROM individual_plan i
         JOIN learner l ON l.network_id = $1 AND l.id = i.learner_id WHERE {} ORDER BY i.id LIMIT {MOST}",
        w.sql()
    );
    all.extend(net.all::<Interest>(sql, w.args).await?);
    let mut w = asked.children("a");
    w.and_raw("r.subject IS NOT NULL AND r.state <> 'stopped'").and("r.academic_year > ?", asked.since());
    let sql = format!(
        "SELECT a.learner_id, 'research', r.title, r.subject, NULL FROM research_author a
         JOIN learner l ON l.network_id = $1 AND l.id = a.learner_id
         JOIN research_project r ON r.network_id = $1 AND r.id = a.project_id WHERE {} ORDER BY r.title, a.id LIMIT {MOST}",
        w.sql()
    );
    all.extend(net.all::<Interest>(sql, w.args).await?);
    Ok(all)
}

/// Members of the Centre of today.
pub async fn members(net: &Net, asked: &Asked<'_>) -> Result<Vec<PersonId>, Fault> {
    let mut w = asked.children("m");
    w.and("m.from_date <= ?", asked.today).and("(m.until_date IS NULL OR m.until_date >= ?)", asked.today);
    let sql = format!(
        "SELECT DISTINCT m.learner_id FROM centre_membership m JOIN learner l ON l.network_id = $1 AND l.id = m.learner_id WHERE {} LIMIT {MOST}",
        w.sql()
    );
    Ok(net.all::<(PersonId,)>(sql, w.args).await?.into_iter().map(|(id,)| id).collect())
}
