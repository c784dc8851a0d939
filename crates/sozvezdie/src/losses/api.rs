//! Losses for programs.
use super::{Loss, list};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use kit::{Fault, Visit};
use serde_json::{Value, json};
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(list_losses))]
    struct Part;
    Part::openapi()
}

fn item(l: &Loss) -> Value {
    json!({
        "learner_id": l.learner, "full_name": l.full_name, "class_name": l.class_name, "organisation_id": l.organisation,
        "organisation": l.organisation_name, "missing": l.missing, "left_teachers": l.left, "prizes": l.prizes,
    })
}

/// Prize-winners of the last two years, of those for whom one answers, who have no entry, mentor or route
/// this year, or whose teacher stayed at their former school. There is no score.
#[utoipa::path(get, path = "/api/v1/losses",
    responses((status = 200, description = "`{items: [{learner_id, full_name, class_name, organisation, missing, left_teachers, prizes}]}`"),
              (status = 401, description = "sign in"), (status = 403, description = "not yours to see"), (status = 503, description = "the look could not be noted")))]
pub async fn list_losses(visit: Visit) -> Result<Response, Fault> {
    let items: Vec<Value> = list(&visit).await?.iter().map(item).collect();
    Ok(Json(json!({ "items": items })).into_response())
}
