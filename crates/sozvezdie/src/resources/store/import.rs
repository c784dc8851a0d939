//! The SQL of importing resources.
use super::{FROM, WHOLE};
use crate::resources::model::{Resource, ResourceId};
use kit::{
    Fault,
    db::{Error, Tx, args},
};

/// Every resource there is.
pub async fn all_in(tx: &mut Tx) -> Result<Vec<Resource>, Fault> {
    Ok(tx.all(format!("SELECT {WHOLE} FROM {FROM} WHERE r.network_id = $1 ORDER BY r.id"), args![]).await?)
}

/// Removes a resource that an import added by mistake. False, and nothing is done, when it was
/// changed since or something hangs on it: opening hours, somebody's request.
pub async fn remove(tx: &mut Tx, id: ResourceId, version: i64) -> Result<bool, Fault> {
    tx.savepoint("remove").await?;
    let sql = "DELETE FROM resource WHERE network_id = $1 AND id = $2 AND version = $3 AND booking_seq = 0";
    let gone = match tx.run(sql, args![id, version]).await {
        Ok(gone) => gone == 1,
        Err(Error::ForeignKey(_)) => false,
        Err(error) => return Err(error.into()),
    };
    if !gone {
        tx.rollback_to("remove").await?;
    }
    tx.release("remove").await?;
    Ok(gone)
}
