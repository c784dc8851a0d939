//! The SQL of pairs that may be one child.
use super::{
    super::{
        duplicates::{PairState, Why},
        model::Learner,
    },
    WHOLE, hanging,
};
use crate::people::PersonId;
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    access::Reach,
    db::{Net, Tx, Where, args},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A record that shares the birthday or the number.
pub struct Near {
    pub id: PersonId,
    pub name_key: String,
    pub snils: Option<String>,
    pub birth_date: NaiveDate,
}
kit::db::row!(Near { id, name_key, snils, birth_date });

/// For a UNION without ALL SQLite walks the whole table twice, in the order in which it can merge.
pub(in crate::learners) const NEAR: &str = "SELECT id, name_key, snils, birth_date FROM learner
    WHERE network_id = $1 AND id <> $2 AND birth_date = $3 AND merged_into IS NULL
    UNION ALL SELECT id, name_key, snils, birth_date FROM learner
    WHERE network_id = $1 AND id <> $2 AND snils IS NOT NULL AND snils = $4 AND merged_into IS NULL";

/// Other records with this birthday or this СНИЛС, in the whole network; one that has both comes twice.
pub async fn near(tx: &mut Tx, id: PersonId, born: NaiveDate, snils: Option<&str>) -> Result<Vec<Near>, Fault> {
    Ok(tx.all(NEAR, args![id, born, snils]).await?)
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

/// Whether somebody has still to say that this record and another are one child, or two.
pub async fn is_open(net: &Net, id: PersonId) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) FROM learner_pair WHERE network_id = $1 AND (first_id = $2 OR second_id = $2) AND state = 'open'";
    let open: i64 = net.scalar(sql, args![id]).await?;
    Ok(open > 0)
}

/// Two records that may be one child.
pub struct Pair {
    pub id: Uuid,
    pub first: PersonId,
    pub second: PersonId,
    pub why: Why,
    pub state: PairState,
    pub first_by: Option<Uuid>,
    pub second_by: Option<Uuid>,
}
kit::db::row!(Pair { id, first, second, why, state, first_by, second_by });

const PAIR: &str = "d.id, d.first_id, d.second_id, d.why, d.state, d.first_by, d.second_by";

/// The pairs with a side within reach, those to be decided first.
pub async fn queue(net: &Net, reach: &Reach, most: i64) -> Result<Vec<Pair>, Fault> {
    let mut w = Where::of("d");
    w.and_raw("d.state <> 'apart'");
    let own = reach.sql("l.organisation_id", &mut w.args);
    w.and_raw(&format!(
        "EXISTS (SELECT 1 FROM learner l WHERE l.network_id = $1 AND l.id IN (d.first_id, d.second_id) AND {own})"
    ));
    let limit = w.arg(most);
    let sql = format!(
        "SELECT {PAIR} FROM learner_pair d WHERE {} ORDER BY CASE WHEN d.state = 'open' THEN 0 ELSE 1 END, d.id DESC LIMIT {limit}",
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}

pub async fn find(net: &Net, id: Uuid) -> Result<Option<Pair>, Fault> {
    let sql = format!("SELECT {PAIR} FROM learner_pair d WHERE d.network_id = $1 AND d.id = $2");
    Ok(net.opt(sql, args![id]).await?)
}

/// A side of a pair, merged or not.
pub async fn side(net: &Net, id: PersonId) -> Result<Option<Learner>, Fault> {
    let sql = format!("SELECT {WHOLE} FROM learner l WHERE l.network_id = $1 AND l.id = $2");
    Ok(net.opt(sql, args![id]).await?)
}

/// False when the pair is not in this state any more.
pub async fn set_state(
    tx: &mut Tx,
    id: Uuid,
    from: PairState,
    to: PairState,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE learner_pair SET state = $4, decided_at = $5, first_by = NULL, second_by = NULL, moved = NULL
               WHERE network_id = $1 AND id = $2 AND state = $3";
    Ok(tx.run(sql, args![id, from, to, now]).await? == 1)
}

/// Notes that these sides take it for one child. False when the pair is decided.
pub async fn agree(tx: &mut Tx, id: Uuid, who: Uuid, first: bool, second: bool) -> Result<bool, Fault> {
    let sql = "UPDATE learner_pair SET first_by = CASE WHEN $4 THEN $3 ELSE first_by END, second_by = CASE WHEN $5 THEN $3 ELSE second_by END
               WHERE network_id = $1 AND id = $2 AND state = 'open'";
    Ok(tx.run(sql, args![id, who, first, second]).await? == 1)
}

/// Whether both sides have agreed.
pub async fn is_agreed(tx: &mut Tx, id: Uuid) -> Result<bool, Fault> {
    let sql = "SELECT 1 FROM learner_pair WHERE network_id = $1 AND id = $2 AND state = 'open' AND first_by IS NOT NULL AND second_by IS NOT NULL";
    Ok(tx.opt::<(i64,)>(sql, args![id]).await?.is_some())
}

/// What a merging moved, by ids.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Moved {
    /// The rows of each table.
    pub rows: BTreeMap<String, Vec<Uuid>>,
    /// Grounds that rest on another consent since, with the one before.
    pub consents: Vec<(Uuid, Uuid)>,
    /// The open one that ended because the other went on.
    closed: Option<Uuid>,
    /// The names of what the first lacked and took from the second.
    filled: Vec<String>,
    // As mergings were noted before `rows`.
    #[serde(skip_serializing)]
    attachments: Vec<Uuid>,
    #[serde(skip_serializing)]
    guardians: Vec<Uuid>,
    #[serde(skip_serializing)]
    grounds: Vec<Uuid>,
}

impl Moved {
    /// The rows of a table that were moved.
    pub fn ids(&self, table: &str) -> impl Iterator<Item = &Uuid> {
        let before: &[Uuid] = match table {
            "attachment" => &self.attachments,
            "guardian" => &self.guardians,
            "learner_ground" => &self.grounds,
            _ => &[],
        };
        self.rows.get(table).into_iter().flatten().chain(before)
    }
}

/// What the first may take over where it has nothing.
const FILLED: [&str; 3] = ["sex", "snils", "guardian_phone"];

/// Moves what hangs on the second to the first, and says what that was.
pub async fn merge(tx: &mut Tx, pair: &Pair, actor: Option<Uuid>, now: DateTime<Utc>) -> Result<Moved, Fault> {
    let (first, second) = (pair.first, pair.second);
    let mut moved = Moved { closed: close_earlier(tx, first, second).await?, ..Moved::default() };
    hanging::hand_over(tx, &mut moved, second, first).await?;
    for column in FILLED {
        let sql = format!(
            "UPDATE learner SET {column} = (SELECT s.{column} FROM learner s WHERE s.network_id = $1 AND s.id = $3)
             WHERE network_id = $1 AND id = $2 AND {column} IS NULL
               AND EXISTS (SELECT 1 FROM learner s WHERE s.network_id = $1 AND s.id = $3 AND s.{column} IS NOT NULL)"
        );
        if tx.run(sql, args![first, second]).await? == 1 {
            moved.filled.push(column.into());
        }
    }
    let sql = "UPDATE learner SET merged_into = $3, enrolled = FALSE, updated_at = $4, updated_by = $5 WHERE network_id = $1 AND id = $2";
    tx.run(sql, args![second, first, now, actor]).await?;
    Ok(moved)
}

/// Ends the open basic attachment that began first: the child went on elsewhere.
async fn close_earlier(tx: &mut Tx, first: PersonId, second: PersonId) -> Result<Option<Uuid>, Fault> {
    let sql = "SELECT id, from_date FROM attachment
               WHERE network_id = $1 AND learner_id IN ($2, $3) AND kind = 'basic' AND until_date IS NULL ORDER BY from_date, id";
    let open: Vec<(Uuid, NaiveDate)> = tx.all(sql, args![first, second]).await?;
    let [(earlier, began), (_, next)] = open.as_slice() else { return Ok(None) };
    let last = next.pred_opt().unwrap_or(*next).max(*began);
    tx.run("UPDATE attachment SET until_date = $3 WHERE network_id = $1 AND id = $2", args![*earlier, last]).await?;
    Ok(Some(*earlier))
}

/// Keeps what a merging moved.
pub async fn keep_moved(tx: &mut Tx, id: Uuid, moved: &Moved, now: DateTime<Utc>) -> Result<(), Fault> {
    let json = serde_json::to_string(moved).map_err(anyhow::Error::from)?;
    let sql = "UPDATE learner_pair SET state = 'merged', moved = $3, decided_at = $4 WHERE network_id = $1 AND id = $2";
    tx.run(sql, args![id, json, now]).await?;
    Ok(())
}

/// What the merging of a pair moved; none when it is not merged.
pub async fn moved(tx: &mut Tx, id: Uuid) -> Result<Option<Moved>, Fault> {
    let sql = "SELECT moved FROM learner_pair WHERE network_id = $1 AND id = $2 AND state = 'merged'";
    let found: Option<(Option<String>,)> = tx.opt(sql, args![id]).await?;
    let Some(json) = found.and_then(|(json,)| json) else { return Ok(None) };
    Ok(Some(serde_json::from_str(&json).map_err(anyhow::Error::from)?))
}

/// Gives the second back what was taken from it.
pub async fn split(tx: &mut Tx, pair: &Pair, moved: &Moved) -> Result<(), Fault> {
    for (ground, consent) in &moved.consents {
        hanging::rest(tx, *ground, *consent).await?;
    }
    hanging::give(tx, moved, pair.first, pair.second).await?;
    for column in FILLED.iter().filter(|column| moved.filled.iter().any(|known| known == *column)) {
        let sql = format!("UPDATE learner SET {column} = NULL WHERE network_id = $1 AND id = $2");
        tx.run(sql, args![pair.first]).await?;
    }
    // Only where the child has not gone on in between.
    let sql = "UPDATE attachment SET until_date = NULL WHERE network_id = $1 AND id = $2 AND NOT EXISTS (
                 SELECT 1 FROM attachment o WHERE o.network_id = $1 AND o.learner_id = attachment.learner_id AND o.kind = 'basic'
                   AND o.until_date IS NULL)";
    tx.run(sql, args![moved.closed]).await?;
    tx.run("UPDATE learner SET merged_into = NULL WHERE network_id = $1 AND id = $2", args![pair.second]).await?;
    Ok(())
}
