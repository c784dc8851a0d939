//! Candidates for programs.
use super::{of_edition, view};
use crate::events::EditionId;
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use kit::{Fault, Visit, http::Path};
use serde_json::{Value, json};
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(list))]
    struct Part;
    Part::openapi()
}

/// Whom an edition suits, of the children whom one sees, with the reasons in words and what stands in the
/// way of an application. There is no score: the order is that of the reasons, then class and name.
#[utoipa::path(get, path = "/api/v1/editions/{id}/candidates", params(("id" = uuid::Uuid, Path, description = "id of the edition")),
    responses((status = 200, description = "`{stage_id, is_open, apply_until, items: [{learner_id, full_name, class_name, organisation, reasons: [{code, words}], bar}]}`"),
              (status = 404, description = "unknown"), (status = 503, description = "the look could not be noted")))]
pub async fn list(visit: Visit, Path(id): Path<EditionId>) -> Result<Response, Fault> {
    let found = of_edition(&visit, id).await?;
    let items: Vec<Value> = found
        .fits
        .iter()
        .map(|f| {
            let reasons: Vec<Value> = f
                .reasons
                .iter()
                .map(|r| json!({ "code": r.why(), "words": view::words(visit.lang, r) }))
                .collect();
            json!({
                "learner_id": f.child.id, "full_name": f.child.full_name, "class_name": f.child.class_name,
                "organisation": f.child.organisation_name, "reasons": reasons, "bar": f.bar.map(crate::events::Bar::code),
            })
        })
        .collect();
    Ok(Json(json!({
        "stage_id": found.stage.id, "is_open": found.is_open, "apply_until": found.edition.apply_until, "items": items,
    }))
    .into_response())
}
