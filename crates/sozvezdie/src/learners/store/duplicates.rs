//! The SQL of pairs that may be one child.
use super::super::duplicates::Why;
use crate::people::PersonId;
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    db::{Tx, args},
};
use uuid::Uuid;

/// A record that shares the birthday or the number.
pub struct Near {
    pub id: PersonId,
    pub name_key: String,
    pub snils: Option<String>,
    pub birth_date: NaiveDate,
}
kit::db::row!(Near { id, name_key, snils, birth_date });

/// Other records with this birthday or this СНИЛС, in the whole network.
pub async fn near(tx: &mut Tx, id: PersonId, born: NaiveDate, snils: Option<&str>) -> Result<Vec<Near>, Fault> {
    let sql = "SELECT id, name_key, snils, birth_date FROM learner
               WHERE network_id = $1 AND id <> $2 AND birth_date = $3 AND merged_into IS NULL
               UNION SELECT id, name_key, snils, birth_date FROM learner
               WHERE network_id = $1 AND id <> $2 AND snils IS NOT NULL AND snils = $4 AND merged_into IS NULL";
    Ok(tx.all(sql, args![id, born, snils]).await?)
}

/// Puts a pair into the queue, once.
pub async fn insert(
    tx: &mut Tx,
    id: Uuid,
    first: PersonId,
    second: PersonId,
    why: Why,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO learner_pair (network_id, id, first_id, second_id, why, state, created_at) VALUES ($1, $2, $3, $4, $5, 'open', $6)
               ON CONFLICT DO NOTHING";
    tx.run(sql, args![id, first, second, why, now]).await?;
    Ok(())
}
