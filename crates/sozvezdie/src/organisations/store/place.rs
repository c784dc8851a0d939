//! The SQL of an organisation's other buildings.
use crate::organisations::{
    OrganisationId,
    place::{Place, PlaceDraft, PlaceId},
};
use kit::{
    Fault,
    db::{Net, Tx, args},
};

const WHOLE: &str = "id, name, address, latitude, longitude";

/// The buildings of one organisation, by name.
pub async fn of(net: &Net, organisation: OrganisationId) -> Result<Vec<Place>, Fault> {
    let sql = format!(
        "SELECT {WHOLE} FROM organisation_place WHERE network_id = $1 AND organisation_id = $2 ORDER BY name, id"
    );
    Ok(net.all(sql, args![organisation]).await?)
}

pub async fn find(net: &Net, organisation: OrganisationId, id: PlaceId) -> Result<Option<Place>, Fault> {
    let sql =
        format!("SELECT {WHOLE} FROM organisation_place WHERE network_id = $1 AND organisation_id = $2 AND id = $3");
    Ok(net.opt(sql, args![organisation, id]).await?)
}

pub async fn insert(tx: &mut Tx, organisation: OrganisationId, id: PlaceId, d: &PlaceDraft) -> Result<(), Fault> {
    let sql = "INSERT INTO organisation_place (network_id, id, organisation_id, name, address, latitude, longitude) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    tx.run(sql, args![id, organisation, &d.name, &d.address, d.latitude, d.longitude]).await?;
    Ok(())
}

/// False when there is no such building of this organisation.
pub async fn update(tx: &mut Tx, organisation: OrganisationId, id: PlaceId, d: &PlaceDraft) -> Result<bool, Fault> {
    let sql = "UPDATE organisation_place SET name = $4, address = $5, latitude = $6, longitude = $7
               WHERE network_id = $1 AND organisation_id = $2 AND id = $3";
    Ok(tx.run(sql, args![organisation, id, &d.name, &d.address, d.latitude, d.longitude]).await? == 1)
}

/// False when there is no such building of this organisation.
pub async fn delete(tx: &mut Tx, organisation: OrganisationId, id: PlaceId) -> Result<bool, Fault> {
    let sql = "DELETE FROM organisation_place WHERE network_id = $1 AND organisation_id = $2 AND id = $3";
    Ok(tx.run(sql, args![organisation, id]).await? == 1)
}
