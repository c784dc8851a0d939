//! Cases for programs.
use super::{
    list as lines,
    web::{Asked, Press},
    withdraw as end,
};
use crate::consents::ConsentId;
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    http::{Path, Query, Sent, answer},
};
use serde_json::json;
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(list, withdraw))]
    struct Part;
    Part::openapi()
}

/// What families asked of the own organisation, with what is due and by when.
#[utoipa::path(get, path = "/api/v1/cases", params(("state" = Option<String>, Query, description = "`open` or `closed`")),
    responses((status = 200, description = "`{items: [{id, kind, purpose, learner_id, opened_on, closed_on, kept_until, steps: [{step, due_on, done_on}]}]}`")))]
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let items: Vec<_> = lines(&visit, asked.state())
        .await?
        .iter()
        .map(|line| {
            let k = &line.case;
            let steps: Vec<_> = line
                .steps
                .iter()
                .map(|s| json!({ "step": s.step, "due_on": s.due_on, "done_on": s.done_on }))
                .collect();
            json!({ "id": k.id, "kind": k.kind, "purpose": k.purpose, "consent_id": k.consent, "learner_id": k.learner,
                "state": k.state, "opened_on": k.opened_on, "closed_on": k.closed_on, "kept_until": k.kept_until, "steps": steps })
        })
        .collect();
    Ok(Json(json!({ "items": items })).into_response())
}

/// Withdraws a consent: what it opened is closed at once, and a case with the legal terms begins.
#[utoipa::path(post, path = "/api/v1/consents/{id}/withdrawal", params(("id" = uuid::Uuid, Path, description = "id of the consent")),
    responses((status = 201, description = "`{id}` of the case"), (status = 404, description = "unknown, or not for this caller"), (status = 409, description = "not in force")))]
pub async fn withdraw(visit: Visit, Path(id): Path<ConsentId>, sent: Sent<Press>) -> Result<Response, Fault> {
    Ok(answer(end(&visit, &sent.once(&visit, &format!("cases.withdraw {id}")), id).await?))
}
