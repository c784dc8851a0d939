//! The SQL of showings and appeals.
use super::model::{Appeal, AppealId, AppealState, Sender, Showing, Shown};
use crate::{
    events::StageId,
    learners::Scope,
    people::PersonId,
    results::{ParticipationId, ResultState},
};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    access::Reach,
    db::{Net, Tx, Where, args},
};
use uuid::Uuid;

const SHOWING: &str = "SELECT from_date, until_date, appeal_until, place, ground, closed_at FROM stage_showing
    WHERE network_id = $1 AND stage_id = $2";

pub async fn showing(net: &Net, stage: StageId) -> Result<Option<Showing>, Fault> {
    Ok(net.opt(SHOWING, args![stage]).await?)
}

/// Writes the days of a showing. False once the last protocol is signed, and for a term that would be shorter.
pub async fn put_showing(
    tx: &mut Tx,
    stage: StageId,
    s: &Showing,
    (actor, now): (Option<Uuid>, DateTime<Utc>),
) -> Result<bool, Fault> {
    let sql = "INSERT INTO stage_showing (network_id, stage_id, from_date, until_date, appeal_until, place, published_at, published_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)
               ON CONFLICT (network_id, stage_id) DO UPDATE SET from_date = excluded.from_date, until_date = excluded.until_date,
                 appeal_until = excluded.appeal_until, place = excluded.place, version = stage_showing.version + 1
               WHERE stage_showing.closed_at IS NULL AND stage_showing.appeal_until <= excluded.appeal_until";
    Ok(tx.run(sql, args![stage, s.from, s.until, s.appeal_until, &s.place, now, actor]).await? == 1)
}

/// Takes a showing for an appeal: the numbers of appeals wait for each other. False outside the term.
pub async fn take(tx: &mut Tx, stage: StageId, today: NaiveDate) -> Result<bool, Fault> {
    let sql = "UPDATE stage_showing SET version = version + 1
               WHERE network_id = $1 AND stage_id = $2 AND closed_at IS NULL AND from_date <= $3 AND appeal_until >= $3";
    Ok(tx.run(sql, args![stage, today]).await? == 1)
}

/// Takes a showing for a decision: places follow from the points of all, so that decisions wait for each other.
pub async fn hold(tx: &mut Tx, stage: StageId) -> Result<(), Fault> {
    let sql = "UPDATE stage_showing SET version = version + 1 WHERE network_id = $1 AND stage_id = $2";
    tx.run(sql, args![stage]).await?;
    Ok(())
}

/// Ends the showing by the last protocol. False while an appeal waits, before the term is over, or when it
/// was ended already.
pub async fn close(
    tx: &mut Tx,
    stage: StageId,
    ground: &str,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE stage_showing SET ground = $3, closed_at = $4, version = version + 1
               WHERE network_id = $1 AND stage_id = $2 AND closed_at IS NULL AND appeal_until < $5
                 AND NOT EXISTS (SELECT 1 FROM appeal a WHERE a.network_id = $1 AND a.stage_id = $2 AND a.state = 'submitted')";
    Ok(tx.run(sql, args![stage, ground, now, today]).await? == 1)
}

/// The results of a stage of the children within a scope, or of all; the best first within each class.
pub async fn shown(net: &Net, stage: StageId, scope: Option<&Scope>) -> Result<Vec<Shown>, Fault> {
    let mut w = Where::of("p");
    w.and("p.stage_id = ?", stage).and_raw("p.state = 'took_part' AND p.result_state <> 'none'");
    if let Some(scope) = scope {
        let may = scope.sql("l", &mut w.args);
        w.and_raw(&may);
    }
    let sql = format!(
        "SELECT p.id, p.learner_id, l.full_name, p.organisation_id, o.short_name, COALESCE(p.for_class, p.class_number), p.result_state, p.score, p.max_score,
           p.place, p.place_to, p.award, p.degree, a.id, a.state
         FROM participation p JOIN learner l ON l.network_id = $1 AND l.id = p.learner_id
         JOIN organisation o ON o.network_id = $1 AND o.id = p.organisation_id
         LEFT JOIN appeal a ON a.network_id = $1 AND a.participation_id = p.id AND a.state <> 'withdrawn'
         WHERE {} ORDER BY COALESCE(p.for_class, p.class_number), COALESCE(p.score, -1) DESC, l.full_name, p.id LIMIT 1000",
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}

/// The stage of a result and whose it is.
pub async fn work(net: &Net, id: ParticipationId) -> Result<Option<(StageId, PersonId)>, Fault> {
    let sql =
        "SELECT stage_id, learner_id FROM participation WHERE network_id = $1 AND id = $2 AND state = 'took_part'";
    Ok(net.opt(sql, args![id]).await?)
}

const APPEAL: &str = "a.id, a.participation_id, a.number, a.task, a.body, a.source, a.state, a.result_before, a.score_before, a.score_after,
    a.answer, a.decided_at, a.decided_by, a.created_at, a.created_by, p.learner_id, l.full_name, p.organisation_id, o.short_name,
    COALESCE(p.for_class, p.class_number), p.code";
const FROM: &str = "appeal a JOIN participation p ON p.network_id = $1 AND p.id = a.participation_id
    JOIN learner l ON l.network_id = $1 AND l.id = p.learner_id JOIN organisation o ON o.network_id = $1 AND o.id = p.organisation_id";

/// The appeals of a stage by their numbers.
pub async fn of_stage(net: &Net, stage: StageId) -> Result<Vec<Appeal>, Fault> {
    let sql = format!(
        "SELECT {APPEAL} FROM {FROM} WHERE a.network_id = $1 AND a.stage_id = $2 AND a.state <> 'withdrawn' ORDER BY a.number LIMIT 1000"
    );
    Ok(net.all(sql, args![stage]).await?)
}

pub async fn find(net: &Net, id: AppealId) -> Result<Option<(StageId, Appeal)>, Fault> {
    let sql = format!("SELECT {APPEAL} FROM {FROM} WHERE a.network_id = $1 AND a.id = $2");
    let Some(appeal) = net.opt::<Appeal>(sql, args![id]).await? else { return Ok(None) };
    let stage: Option<(StageId,)> =
        net.opt("SELECT stage_id FROM appeal WHERE network_id = $1 AND id = $2", args![id]).await?;
    Ok(stage.map(|(stage,)| (stage, appeal)))
}

pub async fn find_in(tx: &mut Tx, id: AppealId) -> Result<Option<Appeal>, Fault> {
    Ok(tx.opt(format!("SELECT {APPEAL} FROM {FROM} WHERE a.network_id = $1 AND a.id = $2"), args![id]).await?)
}

/// What is written of a new appeal.
pub struct New<'a> {
    pub id: AppealId,
    pub stage: StageId,
    pub work: ParticipationId,
    pub task: Option<&'a str>,
    pub body: &'a str,
    pub source: Sender,
    pub before: ResultState,
}

/// Writes an appeal with the next number of its stage. False when the result was appealed against already.
pub async fn insert(tx: &mut Tx, n: &New<'_>, (actor, now): (Option<Uuid>, DateTime<Utc>)) -> Result<bool, Fault> {
    let sql = "INSERT INTO appeal (network_id, id, stage_id, participation_id, number, task, body, source, state, result_before, score_before,
                 created_at, created_by)
               SELECT $1, $2, $3, p.id, COALESCE((SELECT MAX(a.number) FROM appeal a WHERE a.network_id = $1 AND a.stage_id = $3), 0) + 1,
                 $5, $6, $7, 'submitted', $8, p.score, $9, $10
               FROM participation p WHERE p.network_id = $1 AND p.id = $4
               ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, args![n.id, n.stage, n.work, n.task, n.body, n.source, n.before, now, actor]).await? == 1)
}

/// False when it is decided or taken back already.
pub async fn decide(
    tx: &mut Tx,
    id: AppealId,
    state: AppealState,
    (score, answer): (Option<f64>, &str),
    (actor, now): (Option<Uuid>, DateTime<Utc>),
) -> Result<bool, Fault> {
    let sql = "UPDATE appeal SET state = $3, score_after = $4, answer = $5, decided_at = $6, decided_by = $7
               WHERE network_id = $1 AND id = $2 AND state = 'submitted'";
    Ok(tx.run(sql, args![id, state, score, answer, now, actor]).await? == 1)
}

/// False when it is decided or taken back already.
pub async fn withdraw(tx: &mut Tx, id: AppealId) -> Result<bool, Fault> {
    let sql = "UPDATE appeal SET state = 'withdrawn' WHERE network_id = $1 AND id = $2 AND state = 'submitted'";
    Ok(tx.run(sql, args![id]).await? == 1)
}

/// The stages where appeals wait, with the number of them: of these organisers, or of no organisation's own
/// in the district.
pub async fn waiting(net: &Net, reach: &Reach) -> Result<Vec<(StageId, String, String, i64)>, Fault> {
    let mut w = Where::of("a");
    w.and_raw("a.state = 'submitted'");
    if *reach == Reach::Network {
        w.and_raw("e.organiser_id IS NULL AND e.level IN ('municipal', 'intermunicipal')");
    } else {
        let ways = [reach.sql("e.organiser_id", &mut w.args), reach.sql("s.organiser_id", &mut w.args)];
        w.and_raw(&format!("({})", ways.join(" OR ")));
    }
    let sql = format!(
        "SELECT s.id, e.title, s.title, COUNT(*) FROM appeal a JOIN event_stage s ON s.network_id = $1 AND s.id = a.stage_id
         JOIN event_edition e ON e.network_id = $1 AND e.id = s.edition_id WHERE {} GROUP BY s.id, e.title, s.title ORDER BY e.title, s.id",
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}

/// Whom to tell that results are made known: each child who has one, and the guardians of today.
pub async fn families(tx: &mut Tx, stage: StageId, today: NaiveDate) -> Result<Vec<Uuid>, Fault> {
    let sql = "SELECT p.learner_id FROM participation p WHERE p.network_id = $1 AND p.stage_id = $2 AND p.state = 'took_part' AND p.result_state <> 'none'
               UNION SELECT g.person_id FROM participation p JOIN guardian g ON g.network_id = $1 AND g.learner_id = p.learner_id
               WHERE p.network_id = $1 AND p.stage_id = $2 AND p.state = 'took_part' AND p.result_state <> 'none'
                 AND (g.until_date IS NULL OR g.until_date >= $3)";
    Ok(tx.all::<(Uuid,)>(sql, args![stage, today]).await?.into_iter().map(|(id,)| id).collect())
}

/// The main schools of those who have a result at a stage.
pub async fn schools(tx: &mut Tx, stage: StageId) -> Result<Vec<Uuid>, Fault> {
    let sql = "SELECT DISTINCT organisation_id FROM participation WHERE network_id = $1 AND stage_id = $2 AND state = 'took_part'
                 AND result_state <> 'none' ORDER BY organisation_id";
    Ok(tx.all::<(Uuid,)>(sql, args![stage]).await?.into_iter().map(|(id,)| id).collect())
}

/// How many results of a stage stand in the first state of a result, and whether any do at all.
pub async fn count_results(net: &Net, stage: StageId) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) FROM participation WHERE network_id = $1 AND stage_id = $2 AND result_state <> 'none'";
    Ok(net.scalar(sql, args![stage]).await?)
}

/// Results of a child that are shown and not final yet: the stage, the event, the last day of appeals.
pub async fn open_of(net: &Net, learner: PersonId) -> Result<Vec<(StageId, String, NaiveDate)>, Fault> {
    let sql = "SELECT w.stage_id, e.title, w.appeal_until FROM stage_showing w
               JOIN participation p ON p.network_id = $1 AND p.stage_id = w.stage_id AND p.learner_id = $2
               JOIN event_edition e ON e.network_id = $1 AND e.id = p.edition_id
               WHERE w.network_id = $1 AND w.closed_at IS NULL AND p.state = 'took_part' ORDER BY w.appeal_until, w.stage_id";
    Ok(net.all(sql, args![learner]).await?)
}

/// What was appealed for a child: text, state, answer.
pub async fn of_learner(net: &Net, learner: PersonId) -> Result<Vec<(String, AppealState, Option<String>)>, Fault> {
    let sql = "SELECT a.body, a.state, a.answer FROM appeal a JOIN participation p ON p.network_id = $1 AND p.id = a.participation_id
               WHERE a.network_id = $1 AND p.learner_id = $2 ORDER BY a.created_at DESC, a.id";
    Ok(net.all(sql, args![learner]).await?)
}

/// Takes a child's appeals away.
pub async fn forget(tx: &mut Tx, learner: PersonId) -> Result<u64, Fault> {
    let sql = "DELETE FROM appeal WHERE network_id = $1 AND participation_id IN
                 (SELECT id FROM participation WHERE network_id = $1 AND learner_id = $2)";
    Ok(tx.run(sql, args![learner]).await?)
}
