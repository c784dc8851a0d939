//! The SQL of the move into a new school year.
use crate::{organisations::OrganisationId, people::PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    db::{Net, Tx, args},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A child in basic study.
pub struct Pupil {
    pub id: PersonId,
    pub full_name: String,
    pub class_number: Option<i64>,
    pub class_name: Option<String>,
    pub version: i64,
    /// The open basic attachment.
    pub attachment: Uuid,
}
kit::db::row!(Pupil { id, full_name, class_number, class_name, version, attachment });

const PUPILS: &str = "SELECT l.id, l.full_name, a.class_number, a.class_name, l.version, a.id
    FROM attachment a JOIN learner l ON l.network_id = $1 AND l.id = a.learner_id
    WHERE a.network_id = $1 AND a.organisation_id = $2 AND a.kind = 'basic' AND a.until_date IS NULL AND l.merged_into IS NULL";

/// The children of an organisation, class by class.
pub async fn pupils(net: &Net, organisation: OrganisationId) -> Result<Vec<Pupil>, Fault> {
    let sql = format!("{PUPILS} ORDER BY a.class_number, a.class_name, l.full_name, l.id");
    Ok(net.all(sql, args![organisation]).await?)
}

/// Those who were in their class before a day: who came later is in the new year already.
pub async fn pupils_in(tx: &mut Tx, organisation: OrganisationId, on: NaiveDate) -> Result<Vec<Pupil>, Fault> {
    Ok(tx.all(format!("{PUPILS} AND a.from_date < $3 ORDER BY l.id"), args![organisation, on]).await?)
}

/// What a move did to one child.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Moved {
    pub learner: PersonId,
    /// The record's version after it.
    pub version: i64,
    pub closed: Uuid,
    pub new: Option<Uuid>,
}

/// Claims the year for an organisation. False when it was claimed before.
pub async fn begin(
    tx: &mut Tx,
    id: Uuid,
    organisation: OrganisationId,
    on: NaiveDate,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "INSERT INTO learner_rollover (network_id, id, organisation_id, on_date, moved, made_at, made_by) VALUES ($1, $2, $3, $4, '[]', $5, $6)
               ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, args![id, organisation, on, now, actor]).await? == 1)
}

pub async fn keep(tx: &mut Tx, id: Uuid, moved: &[Moved]) -> Result<(), Fault> {
    let json = serde_json::to_string(moved).map_err(anyhow::Error::from)?;
    tx.run("UPDATE learner_rollover SET moved = $3 WHERE network_id = $1 AND id = $2", args![id, json]).await?;
    Ok(())
}

/// A move that was made.
pub struct Past {
    pub id: Uuid,
    pub on: NaiveDate,
    pub made_at: DateTime<Utc>,
    pub undone_at: Option<DateTime<Utc>>,
}
kit::db::row!(Past { id, on, made_at, undone_at });

/// The moves of an organisation, the latest first.
pub async fn past(net: &Net, organisation: OrganisationId) -> Result<Vec<Past>, Fault> {
    let sql =
        "SELECT id, on_date, made_at, undone_at FROM learner_rollover WHERE network_id = $1 AND organisation_id = $2
               ORDER BY made_at DESC, id DESC LIMIT 10";
    Ok(net.all(sql, args![organisation]).await?)
}

pub async fn organisation(net: &Net, id: Uuid) -> Result<Option<OrganisationId>, Fault> {
    let sql = "SELECT organisation_id FROM learner_rollover WHERE network_id = $1 AND id = $2";
    let found: Option<(OrganisationId,)> = net.opt(sql, args![id]).await?;
    Ok(found.map(|(id,)| id))
}

/// Marks a move as taken back, and gives what it did; none when that was done before.
pub async fn end(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<Option<Vec<Moved>>, Fault> {
    let sql = "UPDATE learner_rollover SET undone_at = $3 WHERE network_id = $1 AND id = $2 AND undone_at IS NULL";
    if tx.run(sql, args![id, now]).await? == 0 {
        return Ok(None);
    }
    let json: String =
        tx.scalar("SELECT moved FROM learner_rollover WHERE network_id = $1 AND id = $2", args![id]).await?;
    Ok(Some(serde_json::from_str(&json).map_err(anyhow::Error::from)?))
}

/// Puts one child back. False, and nothing is done, when the record was changed since.
pub async fn take_back(tx: &mut Tx, m: &Moved) -> Result<bool, Fault> {
    let sql = "UPDATE learner SET version = version WHERE network_id = $1 AND id = $2 AND version = $3 AND merged_into IS NULL";
    if tx.run(sql, args![m.learner, m.version]).await? == 0 {
        return Ok(false);
    }
    if let Some(new) = m.new {
        tx.run("DELETE FROM attachment WHERE network_id = $1 AND id = $2", args![new]).await?;
    }
    tx.run("UPDATE attachment SET until_date = NULL WHERE network_id = $1 AND id = $2", args![m.closed]).await?;
    Ok(true)
}
