//! Societies for programs.
use super::{Can, SocietyId, fellows, open, store};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    http::{Path, etag},
};
use serde_json::json;
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(list, show))]
    struct Part;
    Part::openapi()
}

/// The student societies of the network. Nobody is named.
#[utoipa::path(get, path = "/api/v1/societies", responses((status = 200, description = "`{items}`")))]
pub async fn list(visit: Visit) -> Result<Response, Fault> {
    Ok(Json(json!({ "items": store::all(&visit.net).await? })).into_response())
}

/// One society with its sections, its meetings and those of its members whom the caller may see; each who
/// is named is noted as looked at.
#[utoipa::path(get, path = "/api/v1/societies/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "the society, with its ETag"), (status = 404, description = "unknown")))]
pub async fn show(visit: Visit, Path(id): Path<SocietyId>) -> Result<Response, Fault> {
    let society = open(&visit, id).await?;
    let can = Can::of(&visit, &society).await?;
    let mut body = serde_json::to_value(&society).map_err(anyhow::Error::from)?;
    if let Some(map) = body.as_object_mut() {
        map.insert("sections".into(), json!(store::sections(&visit.net, id).await?));
        map.insert("people".into(), json!(fellows(&visit, &society, can).await?));
        let meetings = if can.lead { store::meetings(&visit.net, id).await? } else { Vec::new() };
        map.insert("meetings".into(), json!(meetings));
    }
    Ok((etag(society.version), Json(body)).into_response())
}
