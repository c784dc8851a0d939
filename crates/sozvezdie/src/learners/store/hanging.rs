//! Everything that hangs on a child's record, in all tables: what a merging hands over to the record that
//! stays, and a separation gives back. A test walks the schema, so that no later table is forgotten.
use super::duplicates::Moved;
use crate::people::PersonId;
use kit::{
    Fault,
    db::{Tx, args},
};
use uuid::Uuid;

/// Rows of a table that point to a learner.
pub struct Hanging {
    pub table: &'static str,
    /// The column with the learner.
    pub learner: &'static str,
    /// What tells the rows of one learner apart.
    key: &'static str,
    /// When a row `t` of the second record has to stay behind: the first has such a row `o` already.
    rival: &'static str,
}

const fn rows(table: &'static str, rival: &'static str) -> Hanging {
    Hanging { table, learner: "learner_id", key: "id", rival }
}

/// Nothing of it can be there twice.
const NEVER: &str = "FALSE";

pub const HANGING: &[Hanging] = &[
    rows("attachment", NEVER),
    Hanging { table: "guardian", learner: "learner_id", key: "person_id", rival: "o.person_id = t.person_id" },
    rows("learner_ground", NEVER),
    rows("centre_membership", "o.centre_id = t.centre_id AND o.until_date IS NULL AND t.until_date IS NULL"),
    Hanging { table: "event_team", learner: "captain_id", key: "id", rival: NEVER },
    rows("participation", "o.stage_id = t.stage_id"),
    rows(
        "consent",
        "o.purpose = t.purpose AND o.state = t.state AND t.state IN ('draft', 'signed')
         AND (o.recipient_id = t.recipient_id OR (o.recipient_id IS NULL AND t.recipient_id IS NULL))",
    ),
    rows("subject_case", NEVER),
    rows("gifted_profile", "o.left_reason IS NULL AND t.left_reason IS NULL"),
    rows("individual_plan", "o.year = t.year"),
    rows("individual_route", NEVER),
    rows("joint_group_member", "o.group_id = t.group_id AND o.state <> 'left' AND t.state <> 'left'"),
    rows("society_member", "o.society_id = t.society_id AND o.until_date IS NULL AND t.until_date IS NULL"),
    rows("research_author", "o.project_id = t.project_id"),
    Hanging { table: "conference_author", learner: "learner_id", key: "thesis_id", rival: "o.thesis_id = t.thesis_id" },
];

/// Columns that name a learner and stay as they are: a pair names its two records, a merged record the one
/// that it went over into, the act of a destruction the record that was destroyed.
#[cfg(test)]
pub const STAYING: &[(&str, &str)] = &[
    ("learner_pair", "first_id"),
    ("learner_pair", "second_id"),
    ("learner", "merged_into"),
    ("learner_destruction", "learner_id"),
];

/// Hands over what hangs on one record to the other, but for what that one has already.
pub async fn hand_over(tx: &mut Tx, moved: &mut Moved, from: PersonId, to: PersonId) -> Result<(), Fault> {
    for Hanging { table, learner, key, rival } in HANGING {
        let sql = format!(
            "SELECT t.{key} FROM {table} t WHERE t.network_id = $1 AND t.{learner} = $2
               AND NOT EXISTS (SELECT 1 FROM {table} o WHERE o.network_id = $1 AND o.{learner} = $3 AND {rival}) ORDER BY t.{key}"
        );
        let found: Vec<(Uuid,)> = tx.all(sql, args![from, to]).await?;
        let ids: Vec<Uuid> = found.into_iter().map(|(id,)| id).collect();
        if !ids.is_empty() {
            moved.rows.insert((*table).to_owned(), ids);
        }
    }
    give(tx, moved, from, to).await?;
    rest_on(tx, moved, from, to).await
}

/// Moves the noted rows from one record to the other.
pub async fn give(tx: &mut Tx, moved: &Moved, from: PersonId, to: PersonId) -> Result<(), Fault> {
    for Hanging { table, learner, key, .. } in HANGING {
        for id in moved.ids(table) {
            let sql =
                format!("UPDATE {table} SET {learner} = $4 WHERE network_id = $1 AND {learner} = $2 AND {key} = $3");
            tx.run(sql, args![from, *id, to]).await?;
        }
    }
    Ok(())
}

/// What was opened by a consent that stays behind rests from now on on the same consent of the record that
/// stays: when that is withdrawn, it closes.
async fn rest_on(tx: &mut Tx, moved: &mut Moved, from: PersonId, to: PersonId) -> Result<(), Fault> {
    let sql = "SELECT g.id, g.consent_id, o.id FROM learner_ground g
               JOIN consent t ON t.network_id = $1 AND t.id = g.consent_id AND t.learner_id = $2 AND t.state = 'signed'
               JOIN consent o ON o.network_id = $1 AND o.learner_id = $3 AND o.state = 'signed' AND o.purpose = t.purpose
                 AND (o.recipient_id = t.recipient_id OR (o.recipient_id IS NULL AND t.recipient_id IS NULL))
               WHERE g.network_id = $1 AND g.learner_id = $3 ORDER BY g.id";
    let resting: Vec<(Uuid, Uuid, Uuid)> = tx.all(sql, args![from, to]).await?;
    for (ground, before, now) in resting {
        rest(tx, ground, now).await?;
        moved.consents.push((ground, before));
    }
    Ok(())
}

/// Lets a ground rest on a consent.
pub async fn rest(tx: &mut Tx, ground: Uuid, consent: Uuid) -> Result<(), Fault> {
    let sql = "UPDATE learner_ground SET consent_id = $3 WHERE network_id = $1 AND id = $2";
    tx.run(sql, args![ground, consent]).await?;
    Ok(())
}
