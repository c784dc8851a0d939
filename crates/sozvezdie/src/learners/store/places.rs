//! The SQL of where children study: the dated history, and what of it holds today.
use super::super::model::{Attachment, AttachmentKind, ClassName};
use crate::{organisations::OrganisationId, people::PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    db::{Net, Tx, args},
};
use uuid::Uuid;

const COLUMNS: &str = "id, organisation_id, kind, class_number, class_name, from_date, until_date, basis";

/// All attachments of a child, the latest first.
pub async fn history(net: &Net, learner: PersonId) -> Result<Vec<Attachment>, Fault> {
    let sql = format!(
        "SELECT {COLUMNS} FROM attachment WHERE network_id = $1 AND learner_id = $2 ORDER BY from_date DESC, id DESC"
    );
    Ok(net.all(sql, args![learner]).await?)
}

/// The same inside a transaction.
pub async fn history_in(tx: &mut Tx, learner: PersonId) -> Result<Vec<Attachment>, Fault> {
    let sql = format!(
        "SELECT {COLUMNS} FROM attachment WHERE network_id = $1 AND learner_id = $2 ORDER BY from_date DESC, id DESC"
    );
    Ok(tx.all(sql, args![learner]).await?)
}

/// The open basic attachment.
pub async fn open_basic(tx: &mut Tx, learner: PersonId) -> Result<Option<Attachment>, Fault> {
    let sql = format!(
        "SELECT {COLUMNS} FROM attachment WHERE network_id = $1 AND learner_id = $2 AND kind = 'basic' AND until_date IS NULL"
    );
    Ok(tx.opt(sql, args![learner]).await?)
}

/// What a new attachment says.
pub struct Place<'a> {
    pub id: Uuid,
    pub organisation: OrganisationId,
    pub kind: AttachmentKind,
    pub class: Option<&'a ClassName>,
    pub from: NaiveDate,
    pub basis: Option<&'a str>,
}

/// Writes an attachment. A second open basic one is refused by the database.
pub async fn insert(
    tx: &mut Tx,
    learner: PersonId,
    place: &Place<'_>,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO attachment (network_id, id, learner_id, organisation_id, kind, class_number, class_name, from_date, basis, created_at, created_by)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let (number, name) = (place.class.and_then(|c| c.number), place.class.map(|c| c.name.as_str()));
    let values =
        args![place.id, learner, place.organisation, place.kind, number, name, place.from, place.basis, now, actor];
    tx.run(sql, values).await?;
    Ok(())
}

/// Writes another class into an attachment: it was wrong from its first day.
pub async fn correct(
    tx: &mut Tx,
    id: Uuid,
    organisation: OrganisationId,
    class: Option<&ClassName>,
) -> Result<(), Fault> {
    let sql = "UPDATE attachment SET organisation_id = $3, class_number = $4, class_name = $5 WHERE network_id = $1 AND id = $2";
    tx.run(sql, args![id, organisation, class.and_then(|c| c.number), class.map(|c| c.name.as_str())]).await?;
    Ok(())
}

/// Ends an attachment with this day as its last. False when it is over, or had not begun.
pub async fn close(tx: &mut Tx, id: Uuid, until: NaiveDate) -> Result<bool, Fault> {
    let sql = "UPDATE attachment SET until_date = $3
               WHERE network_id = $1 AND id = $2 AND until_date IS NULL AND from_date <= $3";
    Ok(tx.run(sql, args![id, until]).await? == 1)
}

/// Puts a child's whole history back as it was.
pub async fn restore(
    tx: &mut Tx,
    learner: PersonId,
    before: &[Attachment],
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    tx.run("DELETE FROM attachment WHERE network_id = $1 AND learner_id = $2", args![learner]).await?;
    for a in before {
        let sql = "INSERT INTO attachment (network_id, id, learner_id, organisation_id, kind, class_number, class_name, from_date, until_date,
                     basis, created_at, created_by)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
        let values = args![
            a.id,
            learner,
            a.organisation,
            a.kind,
            a.class_number,
            &a.class_name,
            a.from,
            a.until,
            &a.basis,
            now,
            actor
        ];
        tx.run(sql, values).await?;
    }
    refresh(tx, learner).await
}

/// Takes over the open basic attachment, or else the last one, as where the child is today.
pub async fn refresh(tx: &mut Tx, learner: PersonId) -> Result<(), Fault> {
    let sql = "SELECT organisation_id, class_number, class_name, until_date IS NULL FROM attachment
               WHERE network_id = $1 AND learner_id = $2 AND kind = 'basic'
               ORDER BY CASE WHEN until_date IS NULL THEN 0 ELSE 1 END, until_date DESC, from_date DESC, id DESC LIMIT 1";
    let last: Option<(OrganisationId, Option<i64>, Option<String>, bool)> = tx.opt(sql, args![learner]).await?;
    if let Some((organisation, number, class, open)) = last {
        let sql = "UPDATE learner SET organisation_id = $3, class_number = $4, class_name = $5, enrolled = $6
                   WHERE network_id = $1 AND id = $2";
        tx.run(sql, args![learner, organisation, number, class, open]).await?;
    }
    Ok(())
}
