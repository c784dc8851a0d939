//! The SQL of destroying a child's data.
use super::super::{destructions::Act, model::Learner, subject::Ground};
use crate::people::{self, PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    db::{Net, Tx, Where, args},
};
use serde::Serialize;
use uuid::Uuid;

/// Why somebody outside the own organisation could see the child.
#[derive(Serialize)]
pub struct Reason {
    pub kind: String,
    pub organisation: Option<Uuid>,
    pub person: Option<Uuid>,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}
kit::db::row!(Reason { kind, organisation, person, from, until });

pub async fn grounds(net: &Net, id: PersonId) -> Result<Vec<Reason>, Fault> {
    let sql = "SELECT kind, organisation_id, person_id, from_date, until_date FROM learner_ground
               WHERE network_id = $1 AND learner_id = $2 ORDER BY from_date, id";
    Ok(net.all(sql, args![id]).await?)
}

/// What was destroyed.
pub struct Forgotten {
    /// The child, the records that were merged into it, and guardians of nobody else.
    pub people: Vec<PersonId>,
    /// Rows that are gone.
    pub records: i64,
}

/// Takes a child out of the network: every row that holds a word about them.
pub async fn erase(tx: &mut Tx, id: PersonId) -> Result<Forgotten, Fault> {
    let merged: Vec<(PersonId,)> =
        tx.all("SELECT id FROM learner WHERE network_id = $1 AND merged_into = $2", args![id]).await?;
    let guardians: Vec<(PersonId,)> = tx
        .all(
            "SELECT person_id FROM guardian WHERE network_id = $1 AND learner_id = $2 AND NOT EXISTS (
               SELECT 1 FROM guardian o WHERE o.network_id = $1 AND o.person_id = guardian.person_id AND o.learner_id <> $2)
             AND NOT EXISTS (SELECT 1 FROM role_grant r WHERE r.network_id = $1 AND r.person_id = guardian.person_id AND r.role <> 'guardian')
             ORDER BY person_id",
            args![id],
        )
        .await?;
    let mut records = 0_u64;
    let children: Vec<PersonId> = merged.into_iter().map(|(id,)| id).chain([id]).collect();
    for child in &children {
        for sql in [
            "DELETE FROM learner_pair WHERE network_id = $1 AND (first_id = $2 OR second_id = $2)",
            "DELETE FROM learner_ground WHERE network_id = $1 AND learner_id = $2",
            "DELETE FROM guardian WHERE network_id = $1 AND learner_id = $2",
            "DELETE FROM attachment WHERE network_id = $1 AND learner_id = $2",
            "DELETE FROM learner WHERE network_id = $1 AND id = $2",
        ] {
            records += tx.run(sql, args![*child]).await?;
        }
    }
    let people: Vec<PersonId> = children.into_iter().chain(guardians.into_iter().map(|(id,)| id)).collect();
    for person in &people {
        people::erase(tx, *person).await?;
        records += 1;
    }
    Ok(Forgotten { people, records: i64::try_from(records).unwrap_or(i64::MAX) })
}

/// The act: that it was, when, by whom and on what ground. It names nobody.
pub async fn insert_act(
    tx: &mut Tx,
    id: Uuid,
    l: &Learner,
    ground: Ground,
    records: i64,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let sql =
        "INSERT INTO learner_destruction (network_id, id, learner_id, organisation_id, ground, records, at, by_person)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    tx.run(sql, args![id, l.id, l.organisation, ground, records, now, actor]).await?;
    Ok(())
}

const ACT: &str = "d.id, d.learner_id, d.organisation_id, d.ground, d.records, d.at, d.by_person";

/// The acts of these organisations, the latest first. What is older than anybody asks for is left out.
pub async fn acts(net: &Net, organisations: &[Uuid]) -> Result<Vec<Act>, Fault> {
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    let mut w = Where::of("d");
    w.and_in("d.organisation_id", organisations.iter().copied());
    let sql =
        format!("SELECT {ACT} FROM learner_destruction d WHERE {} ORDER BY d.at DESC, d.id DESC LIMIT 1000", w.sql());
    Ok(net.all(sql, w.args).await?)
}

/// One act of these organisations.
pub async fn act(net: &Net, organisations: &[Uuid], id: Uuid) -> Result<Option<Act>, Fault> {
    if organisations.is_empty() {
        return Ok(None);
    }
    let mut w = Where::of("d");
    w.and("d.id = ?", id).and_in("d.organisation_id", organisations.iter().copied());
    Ok(net.opt(format!("SELECT {ACT} FROM learner_destruction d WHERE {}", w.sql()), w.args).await?)
}
