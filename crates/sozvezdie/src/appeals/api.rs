//! Appeals for programs.
use super::{
    deeds,
    model::{AppealForm, AppealId, DecisionForm},
    open,
};
use crate::{events::StageId, results::ParticipationId};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use kit::{
    Fault, Visit,
    http::{Path, Sent, answer},
};
use serde_json::{Value, json};
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(list, send, decide))]
    struct Part;
    Part::openapi()
}

/// The showing of a stage, the results that the caller sees and the appeals.
#[utoipa::path(get, path = "/api/v1/stages/{id}/appeals", params(("id" = uuid::Uuid, Path, description = "id of the stage")),
    responses((status = 200, description = "`{showing, items: [{participation, learner, score, place, place_to, award, result, appeal, appeal_state}], appeals}`; appeals only for whoever holds the stage"), (status = 404, description = "unknown")))]
pub async fn list(visit: Visit, Path(id): Path<StageId>) -> Result<Response, Fault> {
    let o = open(&visit, id).await?;
    let showing = o.showing.as_ref().map(|s| {
        json!({ "from": s.from, "until": s.until, "appeal_until": s.appeal_until, "place": s.place, "protocol": s.ground, "closed_at": s.closed_at })
    });
    let items: Vec<Value> = o
        .rows
        .iter()
        .map(|r| {
            json!({ "participation": r.id, "learner": r.learner, "score": r.score, "max_score": r.max_score, "place": r.place,
                    "place_to": r.place_to, "award": r.award, "result": r.result, "appeal": r.appeal, "appeal_state": r.appeal_state })
        })
        .collect();
    let appeals: Vec<Value> = o
        .appeals
        .iter()
        .map(|a| {
            json!({ "id": a.id, "number": a.number, "participation": a.work, "task": a.task, "body": a.body, "state": a.state,
                    "score_before": a.score_before, "score_after": a.score_after, "answer": a.answer })
        })
        .collect();
    Ok(Json(json!({ "showing": showing, "items": items, "appeals": appeals })).into_response())
}

/// Sends an appeal for a child for whom the caller speaks: `{task, body}`.
#[utoipa::path(post, path = "/api/v1/participations/{id}/appeals", params(("id" = uuid::Uuid, Path, description = "id of the participation")),
    responses((status = 201, description = "`{id}`"), (status = 404, description = "unknown, or not the caller's to speak for"), (status = 409, description = "outside the term, or appealed already"), (status = 422, description = "what is wrong")))]
pub async fn send(visit: Visit, Path(id): Path<ParticipationId>, sent: Sent<AppealForm>) -> Result<Response, Fault> {
    Ok(answer(deeds::send(&visit, &sent.once(&visit, &format!("appeals.send {id}")), id, &sent.data).await?))
}

/// Decides an appeal: `{state: upheld | rejected, score, answer, by_rules: yes}`.
#[utoipa::path(post, path = "/api/v1/appeals/{id}/decision", params(("id" = uuid::Uuid, Path, description = "id of the appeal")),
    responses((status = 200, description = "`{id, state, results_moved}`"), (status = 403, description = "the stage is held by others"), (status = 404, description = "unknown"), (status = 409, description = "decided already, or the own child's"), (status = 422, description = "what is wrong")))]
pub async fn decide(visit: Visit, Path(id): Path<AppealId>, sent: Sent<DecisionForm>) -> Result<Response, Fault> {
    Ok(answer(deeds::decide(&visit, &sent.once(&visit, &format!("appeals.decide {id}")), id, &sent.data).await?))
}
