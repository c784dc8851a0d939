//! The SQL of what the people of staff resources can do.
use super::{Read, ids, places};
use crate::resources::{
    competence::{Competences, WorkForm},
    model::ResourceId,
};
use kit::{
    Fault,
    db::{Net, Tx, Val, args},
};
use std::collections::HashMap;

/// What the people of these can do; those without a word on it are left out.
pub async fn competences(
    read: &mut Read<'_>,
    wanted: &[ResourceId],
) -> Result<HashMap<ResourceId, Competences>, Fault> {
    let sql = format!(
        "SELECT resource_id, kind, value FROM resource_competence WHERE network_id = $1 AND resource_id IN ({}) ORDER BY resource_id, kind, value",
        places(wanted.len())
    );
    let mut all: HashMap<ResourceId, Competences> = HashMap::new();
    for (id, kind, value) in read.all::<(ResourceId, String, String)>(sql, ids(wanted)).await? {
        let one = all.entry(id).or_default();
        match kind.as_str() {
            "form" => one.forms.extend(value.parse::<WorkForm>().ok()),
            _ => one.subjects.push(value),
        }
    }
    Ok(all)
}

/// Puts these in place of the former.
pub async fn put_competences(tx: &mut Tx, all: &[(ResourceId, Competences)]) -> Result<(), Fault> {
    let mut rows: Vec<Vec<Val>> = Vec::new();
    for (id, c) in all {
        tx.run("DELETE FROM resource_competence WHERE network_id = $1 AND resource_id = $2", args![*id]).await?;
        rows.extend(c.subjects.iter().map(|subject| args![*id, "subject", subject]));
        rows.extend(c.forms.iter().map(|form| args![*id, "form", *form]));
    }
    Ok(tx.insert("resource_competence (network_id, resource_id, kind, value)", rows).await?)
}

/// The subjects that somebody offers to others now, by the alphabet: what one can choose from.
pub async fn subjects(net: &Net) -> Result<Vec<String>, Fault> {
    let sql = "SELECT DISTINCT c.value FROM resource_competence c
               JOIN resource r ON r.network_id = c.network_id AND r.id = c.resource_id
               WHERE c.network_id = $1 AND c.kind = 'subject' AND r.state IN ('published', 'paused') ORDER BY c.value LIMIT 500";
    let rows: Vec<(String,)> = net.all(sql, args![]).await?;
    Ok(rows.into_iter().map(|(subject,)| subject).collect())
}
