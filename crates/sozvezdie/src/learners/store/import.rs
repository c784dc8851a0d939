//! The SQL of importing the contingent.
use super::{super::model::Learner, WHOLE};
use crate::people::{self, PersonId};
use chrono::NaiveDate;
use kit::{
    Fault,
    db::{Error, Tx, Where, args},
};
use uuid::Uuid;

/// Values of one question.
const CHUNK: usize = 500;

/// The children of these organisations who were born on one of these days or have one of these
/// numbers.
pub async fn known(
    tx: &mut Tx,
    organisations: &[Uuid],
    born: &[NaiveDate],
    numbers: &[&str],
) -> Result<Vec<Learner>, Fault> {
    let mut found: Vec<Learner> = Vec::new();
    let mut ask = async |column: &str, values: Vec<kit::db::Val>| -> Result<(), Fault> {
        for chunk in values.chunks(CHUNK) {
            let mut w = Where::of("l");
            w.and_in("l.organisation_id", organisations.iter().copied()).and_raw("l.merged_into IS NULL");
            w.and_in(column, chunk.iter().cloned());
            found.extend(tx.all::<Learner>(format!("SELECT {WHOLE} FROM learner l WHERE {}", w.sql()), w.args).await?);
        }
        Ok(())
    };
    ask("l.birth_date", born.iter().map(|day| (*day).into()).collect()).await?;
    ask("l.snils", numbers.iter().map(|number| (*number).into()).collect()).await?;
    found.sort_by_key(|l| l.id);
    found.dedup_by_key(|l| l.id);
    Ok(found)
}

/// Removes a child whom an import added by mistake. False, and nothing is done, when the record was
/// changed since or something hangs on it.
pub async fn remove(tx: &mut Tx, id: PersonId, version: i64) -> Result<bool, Fault> {
    tx.savepoint("remove").await?;
    let gone = match try_remove(tx, id, version).await {
        Ok(gone) => gone,
        Err(Fault::Internal(e)) if matches!(e.downcast_ref(), Some(Error::ForeignKey(_))) => false,
        Err(error) => return Err(error),
    };
    if !gone {
        tx.rollback_to("remove").await?;
    }
    tx.release("remove").await?;
    Ok(gone)
}

async fn try_remove(tx: &mut Tx, id: PersonId, version: i64) -> Result<bool, Fault> {
    let sql =
        "DELETE FROM learner_pair WHERE network_id = $1 AND state <> 'merged' AND (first_id = $2 OR second_id = $2)";
    tx.run(sql, args![id]).await?;
    tx.run("DELETE FROM attachment WHERE network_id = $1 AND learner_id = $2", args![id]).await?;
    let sql = "DELETE FROM learner WHERE network_id = $1 AND id = $2 AND version = $3 AND merged_into IS NULL";
    if tx.run(sql, args![id, version]).await? == 0 {
        return Ok(false);
    }
    people::erase(tx, id).await?;
    Ok(true)
}
