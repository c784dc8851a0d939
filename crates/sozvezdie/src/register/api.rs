//! The reconciliation for programs.
use super::{Asked, Prize, children, reconcile};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use kit::{Fault, Visit, http::Query};
use serde_json::{Value, json};
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(show))]
    struct Part;
    Part::openapi()
}

fn prize(p: &Prize) -> Value {
    json!({
        "participation": p.row.id, "learner": p.child, "name": p.row.learner, "class": p.row.class,
        "organisation": p.row.organisation, "event": p.row.title, "level": p.row.level, "subject": p.row.subject,
        "academic_year": p.row.academic_year, "award": p.row.award, "degree": p.row.degree, "ground": p.row.ground,
        "lists": p.lists,
    })
}

/// Confirmed winners and prize-winners of events on the federal list and on РСОШ who belong into the
/// state's resource: those with a consent for it, and apart those without one.
#[utoipa::path(get, path = "/api/v1/state-register",
    params(("from" = Option<String>, Query, description = "first academic year, 2025-2026"),
           ("to" = Option<String>, Query, description = "last academic year")),
    responses((status = 200, description = "`{from, to, children: {ready, without_consent}, ready, without_consent, unnamed}`"), (status = 401, description = "sign in"), (status = 403, description = "not yours to see"), (status = 422, description = "an unknown year"), (status = 503, description = "the look could not be noted")))]
pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let r = reconcile(&visit, &asked).await?;
    Ok(Json(json!({
        "from": r.from, "to": r.to, "unnamed": r.unnamed, "cut": r.is_cut,
        "children": { "ready": children(&r.ready), "without_consent": children(&r.without_consent) },
        "ready": r.ready.iter().map(prize).collect::<Vec<_>>(),
        "without_consent": r.without_consent.iter().map(prize).collect::<Vec<_>>(),
    }))
    .into_response())
}
