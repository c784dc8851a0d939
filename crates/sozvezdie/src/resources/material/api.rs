//! Methodical resources for programs.
use super::{AccessForm, AdoptionForm, methodical, web};
use crate::{
    app::App,
    resources::{model::ResourceId, open},
};
use axum::{
    Json,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    http::{Path, Sent, answer},
};
use serde_json::{Value, json};
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(show, upload, set_access, adopt, web::download))]
    struct Part;
    Part::openapi()
}

/// The files of a methodical resource, the latest version first, who may take them, and who adopts them.
#[utoipa::path(get, path = "/api/v1/resources/{id}/versions", operation_id = "resource_versions", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{access, may_take, versions: [{number, file_id, name, media, size, sha256, note, downloads, uploaded_at}], adoptions: [{organisation, state, updated_at}]}`; guests see no adoptions"),
              (status = 404, description = "unknown"), (status = 409, description = "no methodical resource")))]
pub async fn show(visit: Visit, Path(id): Path<ResourceId>) -> Result<Response, Fault> {
    let r = open(&visit, id).await?;
    methodical(&r)?;
    let Some(material) = super::of(&visit, &r).await? else { return Err(Fault::NotFound) };
    let versions: Vec<Value> = material
        .versions
        .iter()
        .map(|v| {
            json!({ "number": v.number, "file_id": v.file.id, "name": v.file.name, "media": v.file.media, "size": v.file.size,
                "sha256": hex::encode(&v.file.sha256), "note": v.note, "downloads": v.downloads, "uploaded_at": v.file.uploaded_at })
        })
        .collect();
    let shown = material.adoptions.iter().filter(|_| !visit.viewer.is_guest());
    let adoptions: Vec<Value> = shown
        .map(|a| json!({ "organisation": { "id": a.organisation_id, "name": a.organisation_name }, "state": a.state, "note": a.note, "updated_at": a.updated_at }))
        .collect();
    let body = json!({ "id": id, "access": material.access, "may_take": material.may_take, "versions": versions, "adoptions": adoptions });
    Ok(Json(body).into_response())
}

/// Adds a version: `multipart/form-data` with one part `file`, 25 MiB at most, and a field `note` on
/// what has changed.
#[utoipa::path(post, path = "/api/v1/resources/{id}/versions", operation_id = "resource_add_version", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 201, description = "`{number, file_id, name, media, size, sha256}`"), (status = 404, description = "unknown"), (status = 409, description = "no methodical resource"), (status = 422, description = "no file that we take, or the same once more")))]
pub async fn upload(
    visit: Visit,
    State(app): State<App>,
    Path(id): Path<ResourceId>,
    request: Request,
) -> Result<Response, Fault> {
    Ok(answer(web::bring(&visit, &app, id, request).await?))
}

/// Says who may take the files: `{access}` is `everyone`, `network` or `adopters`.
#[utoipa::path(post, path = "/api/v1/resources/{id}/file-access", operation_id = "resource_file_access", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, access}`"), (status = 422, description = "a code that is none")))]
pub async fn set_access(visit: Visit, Path(id): Path<ResourceId>, sent: Sent<AccessForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("resources.access {id}"));
    Ok(answer(super::set_access(&visit, &once, id, &sent.data).await?))
}

/// Marks how far the own organisation has come: `{organisation_id, state, remark}`; `state` is `study`,
/// `trial`, `adopted` or `refused`.
#[utoipa::path(post, path = "/api/v1/resources/{id}/adoptions", operation_id = "resource_adopt", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, organisation_id, state}`"), (status = 403, description = "not yours to do"), (status = 409, description = "does not follow from the state before"), (status = 422, description = "fields to mend")))]
pub async fn adopt(visit: Visit, Path(id): Path<ResourceId>, sent: Sent<AdoptionForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("resources.adopt {id}"));
    Ok(answer(super::adopt(&visit, &once, id, &sent.data).await?))
}
