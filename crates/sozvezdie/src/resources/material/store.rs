//! The SQL of methodical resources: versions, access, adoptions.
use super::{Adoption, AdoptionState, FileAccess, Version};
use crate::{
    organisations::OrganisationId,
    resources::{KIND, model::ResourceId},
};
use chrono::{DateTime, Utc};
use kit::{
    Fault,
    db::{Net, Tx, args},
    files::FileId,
};
use std::collections::HashMap;
use uuid::Uuid;

/// The latest first.
pub async fn versions(net: &Net, id: ResourceId) -> Result<Vec<Version>, Fault> {
    let sql = "SELECT number, file_id, note, downloads FROM resource_version
               WHERE network_id = $1 AND resource_id = $2 ORDER BY number DESC";
    let rows: Vec<(i64, FileId, Option<String>, i64)> = net.all(sql, args![id]).await?;
    let files = kit::files::of(net, KIND, id.0).await?;
    let mut files: HashMap<Uuid, _> = files.into_iter().map(|f| (f.id.0, f)).collect();
    let whole = rows.into_iter().filter_map(|(number, file, note, downloads)| {
        Some(Version { number, file: files.remove(&file.0)?, note, downloads })
    });
    Ok(whole.collect())
}

pub async fn next_number(tx: &mut Tx, id: ResourceId) -> Result<i64, Fault> {
    let sql = "SELECT COALESCE(MAX(number), 0) + 1 FROM resource_version WHERE network_id = $1 AND resource_id = $2";
    Ok(tx.scalar(sql, args![id]).await?)
}

pub async fn insert_version(
    tx: &mut Tx,
    id: ResourceId,
    number: i64,
    file: FileId,
    note: Option<&str>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO resource_version (network_id, resource_id, number, file_id, note, downloads) VALUES ($1, $2, $3, $4, $5, 0)";
    tx.run(sql, args![id, number, file, note]).await?;
    Ok(())
}

pub async fn count_download(tx: &mut Tx, file: FileId) -> Result<(), Fault> {
    let sql = "UPDATE resource_version SET downloads = downloads + 1 WHERE network_id = $1 AND file_id = $2";
    tx.run(sql, args![file]).await?;
    Ok(())
}

pub async fn access(net: &Net, id: ResourceId) -> Result<FileAccess, Fault> {
    let sql = "SELECT access FROM resource_file_access WHERE network_id = $1 AND resource_id = $2";
    let row: Option<(FileAccess,)> = net.opt(sql, args![id]).await?;
    Ok(row.map_or(FileAccess::Network, |(access,)| access))
}

pub async fn put_access(tx: &mut Tx, id: ResourceId, access: FileAccess) -> Result<(), Fault> {
    let sql = "INSERT INTO resource_file_access (network_id, resource_id, access) VALUES ($1, $2, $3)
               ON CONFLICT (network_id, resource_id) DO UPDATE SET access = excluded.access";
    tx.run(sql, args![id, access]).await?;
    Ok(())
}

/// By the organisations' names.
pub async fn adoptions(net: &Net, id: ResourceId) -> Result<Vec<Adoption>, Fault> {
    let sql = "SELECT a.organisation_id, o.short_name, a.state, a.note, a.updated_at FROM resource_adoption a
               JOIN organisation o ON o.network_id = $1 AND o.id = a.organisation_id
               WHERE a.network_id = $1 AND a.resource_id = $2 ORDER BY o.short_name, o.id";
    Ok(net.all(sql, args![id]).await?)
}

pub async fn adoption_state(
    tx: &mut Tx,
    id: ResourceId,
    organisation: OrganisationId,
) -> Result<Option<AdoptionState>, Fault> {
    let sql = "SELECT state FROM resource_adoption WHERE network_id = $1 AND resource_id = $2 AND organisation_id = $3";
    let row: Option<(AdoptionState,)> = tx.opt(sql, args![id, organisation]).await?;
    Ok(row.map(|(state,)| state))
}

/// From the state that was seen to the next.
#[derive(Clone, Copy)]
pub struct Step {
    pub resource: ResourceId,
    pub organisation: OrganisationId,
    pub before: Option<AdoptionState>,
    pub next: AdoptionState,
}

/// False when somebody was quicker.
pub async fn step(
    tx: &mut Tx,
    step: Step,
    note: Option<&str>,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let changed = if let Some(before) = step.before {
        let sql = "UPDATE resource_adoption SET state = $5, note = $6, updated_at = $7, updated_by = $8
                   WHERE network_id = $1 AND resource_id = $2 AND organisation_id = $3 AND state = $4";
        tx.run(sql, args![step.resource, step.organisation, before, step.next, note, now, actor]).await?
    } else {
        let sql = "INSERT INTO resource_adoption (network_id, resource_id, organisation_id, state, note, updated_at, updated_by)
                   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
        tx.run(sql, args![step.resource, step.organisation, step.next, note, now, actor]).await?
    };
    Ok(changed == 1)
}
