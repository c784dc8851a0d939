//! The SQL of importing organisations.
use super::super::model::{DatedName, Focus, Organisation, OrganisationId};
use chrono::NaiveDate;
use kit::{
    Fault,
    db::{Error, Net, Tx, args},
};
use std::collections::HashMap;
use uuid::Uuid;

const SHORT_NAMES: &str =
    "SELECT id, short_name FROM organisation WHERE network_id = $1 AND state IN ('draft', 'active', 'suspended')
    ORDER BY short_name, id";

/// The usual names of the organisations that are not gone.
pub async fn short_names(net: &Net) -> Result<Vec<(Uuid, String)>, Fault> {
    Ok(net.all(SHORT_NAMES, args![]).await?)
}

/// The same inside a transaction.
pub async fn short_names_in(tx: &mut Tx) -> Result<Vec<(Uuid, String)>, Fault> {
    Ok(tx.all(SHORT_NAMES, args![]).await?)
}

/// Every organisation there is.
pub async fn all_in(tx: &mut Tx) -> Result<Vec<Organisation>, Fault> {
    Ok(tx.all(format!("SELECT {} FROM organisation WHERE network_id = $1 ORDER BY id", super::WHOLE), args![]).await?)
}

/// The focuses of every organisation that has some.
pub async fn all_focuses_in(tx: &mut Tx) -> Result<HashMap<OrganisationId, Vec<Focus>>, Fault> {
    let sql =
        "SELECT organisation_id, focus FROM organisation_focus WHERE network_id = $1 ORDER BY organisation_id, focus";
    let rows: Vec<(OrganisationId, Focus)> = tx.all(sql, args![]).await?;
    let mut all: HashMap<OrganisationId, Vec<Focus>> = HashMap::new();
    for (id, focus) in rows {
        all.entry(id).or_default().push(focus);
    }
    Ok(all)
}

pub async fn focuses_in(tx: &mut Tx, id: OrganisationId) -> Result<Vec<Focus>, Fault> {
    let sql = "SELECT focus FROM organisation_focus WHERE network_id = $1 AND organisation_id = $2 ORDER BY focus";
    let rows: Vec<(Focus,)> = tx.all(sql, args![id]).await?;
    Ok(rows.into_iter().map(|(focus,)| focus).collect())
}

/// Every name that is or was in use: the organisation and its usual name then.
pub async fn all_names_in(tx: &mut Tx) -> Result<Vec<(OrganisationId, String)>, Fault> {
    let sql = "SELECT organisation_id, short_name FROM organisation_name WHERE network_id = $1 ORDER BY organisation_id, from_date";
    Ok(tx.all(sql, args![]).await?)
}

/// The name that began on a day.
pub async fn name_from(tx: &mut Tx, id: OrganisationId, from: NaiveDate) -> Result<Option<DatedName>, Fault> {
    let sql = "SELECT from_date, name, short_name, reason FROM organisation_name
               WHERE network_id = $1 AND organisation_id = $2 AND from_date = $3";
    Ok(tx.opt(sql, args![id, from]).await?)
}

pub async fn drop_name(tx: &mut Tx, id: OrganisationId, from: NaiveDate) -> Result<(), Fault> {
    let sql = "DELETE FROM organisation_name WHERE network_id = $1 AND organisation_id = $2 AND from_date = $3";
    tx.run(sql, args![id, from]).await?;
    Ok(())
}

/// Removes an organisation that an import added by mistake. False, and nothing is done, when it
/// was changed since or something hangs on it.
pub async fn remove(tx: &mut Tx, id: OrganisationId, version: i64) -> Result<bool, Fault> {
    tx.savepoint("remove").await?;
    let gone = match try_remove(tx, id, version).await {
        Ok(gone) => gone,
        Err(Error::ForeignKey(_)) => false,
        Err(error) => return Err(error.into()),
    };
    if !gone {
        tx.rollback_to("remove").await?;
    }
    tx.release("remove").await?;
    Ok(gone)
}

async fn try_remove(tx: &mut Tx, id: OrganisationId, version: i64) -> kit::db::Result<bool> {
    for table in ["organisation_focus", "organisation_name"] {
        tx.run(format!("DELETE FROM {table} WHERE network_id = $1 AND organisation_id = $2"), args![id]).await?;
    }
    let sql = "DELETE FROM organisation WHERE network_id = $1 AND id = $2 AND version = $3";
    Ok(tx.run(sql, args![id, version]).await? == 1)
}
