//! The SQL of judging: rules, juries, points by code.
use super::model::{Juror, Mark, Part, Rules, Work};
use crate::{
    conferences::Criteria,
    events::{self, StageId},
    people::PersonId,
    research::NEAR,
    results::ParticipationId,
};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    db::{Net, Tx, args},
};
use uuid::Uuid;

const RULES: &str = "SELECT tasks, threshold, decoded_at FROM work_judging WHERE network_id = $1 AND stage_id = $2";

pub async fn rules(net: &Net, stage: StageId) -> Result<Option<Rules>, Fault> {
    Ok(net.opt(RULES, args![stage]).await?)
}

pub async fn rules_in(tx: &mut Tx, stage: StageId) -> Result<Option<Rules>, Fault> {
    Ok(tx.opt(RULES, args![stage]).await?)
}

/// Writes the rules. False once the works are decoded.
pub async fn put_rules(tx: &mut Tx, stage: StageId, tasks: Criteria, threshold: i64) -> Result<bool, Fault> {
    let sql = "INSERT INTO work_judging (network_id, stage_id, tasks, threshold, version) VALUES ($1, $2, $3, $4, 1)
               ON CONFLICT (network_id, stage_id) DO UPDATE SET tasks = excluded.tasks, threshold = excluded.threshold,
                 version = work_judging.version + 1 WHERE work_judging.decoded_at IS NULL";
    Ok(tx.run(sql, args![stage, tasks, threshold]).await? == 1)
}

/// Takes the judging of a stage for a change of its points: two changes wait for each other. False where
/// there are no rules, or the works are decoded.
pub async fn take(tx: &mut Tx, stage: StageId) -> Result<bool, Fault> {
    let sql =
        "UPDATE work_judging SET version = version + 1 WHERE network_id = $1 AND stage_id = $2 AND decoded_at IS NULL";
    Ok(tx.run(sql, args![stage]).await? == 1)
}

/// Takes the jury of a stage for a change of it: two changes wait for each other, and for points that are
/// being given.
pub async fn take_jury(tx: &mut Tx, stage: StageId) -> Result<(), Fault> {
    events::take_stage(tx, stage).await?;
    let sql = "UPDATE work_judging SET version = version WHERE network_id = $1 AND stage_id = $2";
    tx.run(sql, args![stage]).await?;
    Ok(())
}

/// Ends the judging. False when it was ended already.
pub async fn decode(tx: &mut Tx, stage: StageId, (actor, now): (Option<Uuid>, DateTime<Utc>)) -> Result<bool, Fault> {
    let sql = "UPDATE work_judging SET decoded_at = $3, decoded_by = $4, version = version + 1
               WHERE network_id = $1 AND stage_id = $2 AND decoded_at IS NULL";
    Ok(tx.run(sql, args![stage, now, actor]).await? == 1)
}

const JURY: &str =
    "SELECT j.person_id, TRIM(p.last_name || ' ' || p.first_name || ' ' || COALESCE(p.patronymic, '')), j.part
    FROM stage_juror j JOIN person p ON p.network_id = $1 AND p.id = j.person_id
    WHERE j.network_id = $1 AND j.stage_id = $2
    ORDER BY CASE j.part WHEN 'chair' THEN 0 WHEN 'member' THEN 1 ELSE 2 END, p.last_name, p.first_name, p.id";

/// The jury of a stage: the chair, the members, the secretary.
pub async fn jury(net: &Net, stage: StageId) -> Result<Vec<Juror>, Fault> {
    Ok(net.all(JURY, args![stage]).await?)
}

pub async fn jury_in(tx: &mut Tx, stage: StageId) -> Result<Vec<Juror>, Fault> {
    Ok(tx.all(JURY, args![stage]).await?)
}

/// Names a juror; there is one chair, so that a new one takes the place of the old.
pub async fn put_juror(tx: &mut Tx, stage: StageId, person: PersonId, part: Part) -> Result<(), Fault> {
    if part == Part::Chair {
        let sql = "UPDATE stage_juror SET part = 'member' WHERE network_id = $1 AND stage_id = $2 AND part = 'chair'";
        tx.run(sql, args![stage]).await?;
    }
    let sql = "INSERT INTO stage_juror (network_id, stage_id, person_id, part) VALUES ($1, $2, $3, $4)
               ON CONFLICT (network_id, stage_id, person_id) DO UPDATE SET part = excluded.part";
    tx.run(sql, args![stage, person, part]).await?;
    Ok(())
}

/// False for somebody who has given points there, or does not sit there.
pub async fn drop_juror(tx: &mut Tx, stage: StageId, person: PersonId) -> Result<bool, Fault> {
    let sql = "DELETE FROM stage_juror WHERE network_id = $1 AND stage_id = $2 AND person_id = $3
                 AND NOT EXISTS (SELECT 1 FROM work_mark m JOIN participation p ON p.network_id = $1 AND p.id = m.participation_id
                   WHERE m.network_id = $1 AND m.judge_id = $3 AND p.stage_id = $2)";
    Ok(tx.run(sql, args![stage, person]).await? == 1)
}

const WORKS: &str = "SELECT id, code FROM participation WHERE network_id = $1 AND stage_id = $2 AND code IS NOT NULL
    AND state IN ('admitted', 'took_part') ORDER BY code";

/// The coded works of a stage, by code.
pub async fn works(net: &Net, stage: StageId) -> Result<Vec<Work>, Fault> {
    Ok(net.all(WORKS, args![stage]).await?)
}

pub async fn works_in(tx: &mut Tx, stage: StageId) -> Result<Vec<Work>, Fault> {
    Ok(tx.all(WORKS, args![stage]).await?)
}

/// Whose the works of a stage are.
pub async fn whose(tx: &mut Tx, stage: StageId) -> Result<Vec<(ParticipationId, PersonId)>, Fault> {
    let sql = "SELECT id, learner_id FROM participation WHERE network_id = $1 AND stage_id = $2 AND code IS NOT NULL ORDER BY id";
    Ok(tx.all(sql, args![stage]).await?)
}

/// The works that this person may not judge: of own children and pupils, and, where several schools compete,
/// of the own school.
pub async fn close(
    net: &Net,
    stage: StageId,
    judge: PersonId,
    own_school: bool,
    today: NaiveDate,
) -> Result<Vec<ParticipationId>, Fault> {
    let sql = format!(
        "SELECT p.id FROM participation p WHERE p.network_id = $1 AND p.stage_id = $2 AND (
             EXISTS (SELECT 1 FROM ({NEAR}) t WHERE t.learner_id = p.learner_id AND t.person_id = $3)
           OR EXISTS (SELECT 1 FROM participation_mentor m WHERE m.network_id = $1 AND m.participation_id = p.id AND m.person_id = $3)
           OR ($4 AND EXISTS (SELECT 1 FROM role_grant r WHERE r.network_id = $1 AND r.person_id = $3 AND r.organisation_id = p.organisation_id
                AND r.from_date <= $5 AND (r.until_date IS NULL OR r.until_date >= $5))))
         ORDER BY p.id"
    );
    let found: Vec<(ParticipationId,)> = net.all(sql, args![stage, judge, own_school, today]).await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

const MARKS: &str = "SELECT m.participation_id, m.judge_id, m.task, m.points FROM work_mark m
    JOIN participation p ON p.network_id = $1 AND p.id = m.participation_id
    WHERE m.network_id = $1 AND p.stage_id = $2 ORDER BY m.participation_id, m.at, m.judge_id, m.task";

pub async fn marks(net: &Net, stage: StageId) -> Result<Vec<Mark>, Fault> {
    Ok(net.all(MARKS, args![stage]).await?)
}

pub async fn marks_in(tx: &mut Tx, stage: StageId) -> Result<Vec<Mark>, Fault> {
    Ok(tx.all(MARKS, args![stage]).await?)
}

/// Writes the points of one judge for one task anew; none takes a mark away.
pub async fn put_mark(
    tx: &mut Tx,
    (work, judge, task): (ParticipationId, PersonId, i64),
    points: Option<i64>,
    (actor, now): (Option<Uuid>, DateTime<Utc>),
) -> Result<(), Fault> {
    let Some(points) = points else {
        let sql =
            "DELETE FROM work_mark WHERE network_id = $1 AND participation_id = $2 AND judge_id = $3 AND task = $4";
        tx.run(sql, args![work, judge, task]).await?;
        return Ok(());
    };
    let sql = "INSERT INTO work_mark (network_id, participation_id, judge_id, task, points, at, by_person) VALUES ($1, $2, $3, $4, $5, $6, $7)
               ON CONFLICT (network_id, participation_id, judge_id, task) DO UPDATE SET points = excluded.points, at = excluded.at, by_person = excluded.by_person";
    tx.run(sql, args![work, judge, task, points, now, actor]).await?;
    Ok(())
}

/// The stages in whose jury somebody sits and whose works are not decoded yet.
pub async fn judged(net: &Net, person: PersonId) -> Result<Vec<StageId>, Fault> {
    let sql = "SELECT j.stage_id FROM stage_juror j JOIN work_judging w ON w.network_id = $1 AND w.stage_id = j.stage_id
               WHERE j.network_id = $1 AND j.person_id = $2 AND j.part <> 'secretary' AND w.decoded_at IS NULL ORDER BY j.stage_id";
    Ok(net.all::<(StageId,)>(sql, args![person]).await?.into_iter().map(|(id,)| id).collect())
}

/// The points of a child's works, the latest first: event, stage, task, points.
pub async fn of_learner(net: &Net, learner: PersonId) -> Result<Vec<(String, String, i64, i64)>, Fault> {
    let sql = "SELECT e.title, s.title, m.task, m.points FROM work_mark m
               JOIN participation p ON p.network_id = $1 AND p.id = m.participation_id
               JOIN event_edition e ON e.network_id = $1 AND e.id = p.edition_id
               JOIN event_stage s ON s.network_id = $1 AND s.id = p.stage_id
               WHERE m.network_id = $1 AND p.learner_id = $2 ORDER BY m.at DESC, p.id, m.judge_id, m.task";
    Ok(net.all(sql, args![learner]).await?)
}

/// Takes the points of a child's works away.
pub async fn forget(tx: &mut Tx, learner: PersonId) -> Result<u64, Fault> {
    let sql = "DELETE FROM work_mark WHERE network_id = $1 AND participation_id IN
                 (SELECT id FROM participation WHERE network_id = $1 AND learner_id = $2)";
    Ok(tx.run(sql, args![learner]).await?)
}
