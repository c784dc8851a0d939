//! The SQL of results that change after they were made known, and of protocols.
use super::super::model::{Award, ParticipationId, ResultState, State};
use crate::{events::StageId, people::PersonId};
use chrono::{DateTime, Utc};
use kit::{
    Fault, Visit,
    db::{Net, Tx, args, row},
};
use uuid::Uuid;

/// A participation, and its team where it has one: what is written goes to all of them.
type Whose = (ParticipationId, Option<Uuid>);

fn which((id, team): Whose) -> (&'static str, Uuid) {
    team.map_or(("id = $2", id.0), |team| ("team_id = $2", team))
}

/// False when nothing was in the first state any more.
pub async fn set_state(
    tx: &mut Tx,
    whose: Whose,
    (from, to): (ResultState, ResultState),
    visit: &Visit,
) -> Result<bool, Fault> {
    let (which, key) = which(whose);
    let sql = format!(
        "UPDATE participation SET result_state = $3, updated_at = $5, updated_by = $6, version = version + 1
         WHERE network_id = $1 AND {which} AND result_state = $4"
    );
    Ok(tx.run(sql, args![key, to, from, visit.now, visit.viewer.person]).await? > 0)
}

/// Keeps a result as it stands, before it is changed.
pub async fn keep_version(tx: &mut Tx, whose: Whose, why: &str, visit: &Visit) -> Result<(), Fault> {
    let (which, key) = which(whose);
    let sql = format!(
        "INSERT INTO result_version (network_id, participation_id, number, score, place, place_to, award, reason, at, by_person)
         SELECT $1, p.id, COALESCE((SELECT MAX(v.number) FROM result_version v WHERE v.network_id = $1 AND v.participation_id = p.id), 0) + 1,
           p.score, p.place, p.place_to, p.award, $3, $4, $5
         FROM participation p WHERE p.network_id = $1 AND p.{which}"
    );
    tx.run(sql, args![key, why, visit.now, visit.viewer.person]).await?;
    Ok(())
}

pub async fn put_score(tx: &mut Tx, whose: Whose, score: f64, visit: &Visit) -> Result<(), Fault> {
    let (which, key) = which(whose);
    let sql = format!(
        "UPDATE participation SET score = $3, updated_at = $4, updated_by = $5, version = version + 1 WHERE network_id = $1 AND {which}"
    );
    tx.run(sql, args![key, score, visit.now, visit.viewer.person]).await?;
    Ok(())
}

pub async fn put_place(
    tx: &mut Tx,
    whose: Whose,
    (place, place_to): (i64, Option<i64>),
    (award, is_prize): (Option<Award>, bool),
    visit: &Visit,
) -> Result<(), Fault> {
    let (which, key) = which(whose);
    let sql = format!(
        "UPDATE participation SET place = $3, place_to = $4, award = $5, prize = $6, updated_at = $7, updated_by = $8, version = version + 1
         WHERE network_id = $1 AND {which} AND state = 'took_part'"
    );
    tx.run(sql, args![key, place, place_to, award, is_prize, visit.now, visit.viewer.person]).await?;
    Ok(())
}

/// A result that is ranked.
pub struct Ranked {
    pub id: ParticipationId,
    pub team: Option<Uuid>,
    /// The class whose tasks the child did.
    pub class: Option<i64>,
    pub score: Option<f64>,
    pub max_score: Option<f64>,
    pub place: Option<i64>,
    pub place_to: Option<i64>,
    pub award: Option<Award>,
    pub degree: Option<i64>,
}
row!(Ranked { id, team, class, score, max_score, place, place_to, award, degree });

/// Who took part in a stage and has a result.
pub async fn ranked(tx: &mut Tx, stage: StageId) -> Result<Vec<Ranked>, Fault> {
    let sql = "SELECT id, team_id, COALESCE(for_class, class_number), score, max_score, place, place_to, award, degree FROM participation
               WHERE network_id = $1 AND stage_id = $2 AND state = 'took_part' AND result_state <> 'none' ORDER BY id";
    Ok(tx.all(sql, args![stage]).await?)
}

/// A result as it was before a change.
pub struct Revision {
    pub number: i64,
    pub score: Option<f64>,
    pub place: Option<i64>,
    pub place_to: Option<i64>,
    pub award: Option<Award>,
    pub reason: String,
    pub at: DateTime<Utc>,
    pub by: Option<Uuid>,
}
row!(Revision { number, score, place, place_to, award, reason, at, by });

pub async fn of(net: &Net, id: ParticipationId) -> Result<Vec<Revision>, Fault> {
    let sql = "SELECT number, score, place, place_to, award, reason, at, by_person FROM result_version
               WHERE network_id = $1 AND participation_id = $2 ORDER BY number DESC LIMIT 50";
    Ok(net.all(sql, args![id]).await?)
}

/// The versions of a child's results.
pub async fn of_learner(net: &Net, learner: PersonId) -> Result<Vec<Revision>, Fault> {
    let sql =
        "SELECT v.number, v.score, v.place, v.place_to, v.award, v.reason, v.at, v.by_person FROM result_version v
               JOIN participation p ON p.network_id = $1 AND p.id = v.participation_id
               WHERE v.network_id = $1 AND p.learner_id = $2 ORDER BY v.at DESC, v.number DESC";
    Ok(net.all(sql, args![learner]).await?)
}

/// Takes the versions of a child's results away.
pub async fn forget(tx: &mut Tx, learner: PersonId) -> Result<u64, Fault> {
    let sql = "DELETE FROM result_version WHERE network_id = $1 AND participation_id IN
                 (SELECT id FROM participation WHERE network_id = $1 AND learner_id = $2)";
    Ok(tx.run(sql, args![learner]).await?)
}

/// A row of a protocol.
pub struct Protocolled {
    pub id: ParticipationId,
    pub learner: PersonId,
    pub name: String,
    pub organisation: String,
    pub class: Option<i64>,
    pub team: Option<String>,
    pub state: State,
    pub result: ResultState,
    pub score: Option<f64>,
    pub max_score: Option<f64>,
    pub place: Option<i64>,
    pub place_to: Option<i64>,
    pub award: Option<Award>,
    pub degree: Option<i64>,
}
row!(Protocolled {
    id,
    learner,
    name,
    organisation,
    class,
    team,
    state,
    result,
    score,
    max_score,
    place,
    place_to,
    award,
    degree
});

pub async fn protocol(net: &Net, stage: StageId) -> Result<Vec<Protocolled>, Fault> {
    let sql = "SELECT p.id, p.learner_id, l.full_name, o.short_name, COALESCE(p.for_class, p.class_number), t.title, p.state, p.result_state,
                 p.score, p.max_score, p.place, p.place_to, p.award, p.degree
               FROM participation p JOIN learner l ON l.network_id = $1 AND l.id = p.learner_id
               JOIN organisation o ON o.network_id = $1 AND o.id = p.organisation_id
               LEFT JOIN event_team t ON t.network_id = $1 AND t.id = p.team_id
               WHERE p.network_id = $1 AND p.stage_id = $2 AND p.state <> 'withdrawn'
               ORDER BY COALESCE(p.for_class, p.class_number), COALESCE(p.score, -1) DESC, l.full_name, p.id LIMIT 2000";
    Ok(net.all(sql, args![stage]).await?)
}
