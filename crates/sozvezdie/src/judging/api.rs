//! Judging for programs.
use super::{
    marks::{self, open_sheet},
    model::{Verdict, needed, sums, verdict},
    open_to_hold, store,
};
use crate::events::StageId;
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use kit::{
    Fault, Visit,
    http::{Path, Sent, answer},
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(progress, works, keep))]
    struct Part;
    Part::openapi()
}

/// How far the judging of a stage is, by code, for whoever holds it.
#[utoipa::path(get, path = "/api/v1/stages/{id}/judging", params(("id" = uuid::Uuid, Path, description = "id of the stage")),
    responses((status = 200, description = "`{tasks, threshold, decoded_at, jury, items: [{code, sums, state, total}]}`"), (status = 403, description = "held by others"), (status = 404, description = "unknown")))]
pub async fn progress(visit: Visit, Path(id): Path<StageId>) -> Result<Response, Fault> {
    let o = open_to_hold(&visit, id).await?;
    let marks = store::marks(&visit.net, id).await?;
    let (tasks, needed) = (o.rules.tasks.0.len(), needed(&o.jury));
    let items: Vec<Value> = store::works(&visit.net, id)
        .await?
        .into_iter()
        .map(|work| {
            let given: Vec<i64> = sums(&marks, work.id, tasks).into_iter().map(|(_, sum)| sum).collect();
            let (state, total) = match verdict(&given, needed, o.rules.threshold) {
                Verdict::Unread => ("unread", None),
                Verdict::Half => ("half", None),
                Verdict::Third => ("third", None),
                Verdict::Settled(total) => ("settled", Some(total)),
            };
            json!({ "code": work.code, "sums": given, "state": state, "total_hundredths": total })
        })
        .collect();
    let jury: Vec<Value> =
        o.jury.iter().map(|j| json!({ "person": j.person, "name": j.name, "part": j.part })).collect();
    Ok(Json(json!({ "tasks": o.rules.tasks, "threshold": o.rules.threshold, "decoded_at": o.rules.decoded_at,
        "jury": jury, "items": items }))
    .into_response())
}

/// The works that wait for the caller's points: codes and tasks, nothing of the children.
#[utoipa::path(get, path = "/api/v1/stages/{id}/works", params(("id" = uuid::Uuid, Path, description = "id of the stage")),
    responses((status = 200, description = "`{tasks, items: [{id, code, points}]}`"), (status = 404, description = "unknown, or the caller does not sit in its jury")))]
pub async fn works(visit: Visit, Path(id): Path<StageId>) -> Result<Response, Fault> {
    let sheet = open_sheet(&visit, id, "").await?;
    let tasks = 0..i64::try_from(sheet.judging.rules.tasks.0.len()).unwrap_or(0);
    let items: Vec<Value> = sheet
        .works
        .iter()
        .map(|w| {
            let points: Vec<Option<i64>> = tasks.clone().map(|task| sheet.points(w.id, task)).collect();
            json!({ "id": w.id, "code": w.code, "points": points })
        })
        .collect();
    Ok(Json(json!({ "tasks": sheet.judging.rules.tasks, "items": items })).into_response())
}

/// Keeps points: `{"p-0-<id of the work>": "7"}`, task counted from 0.
#[utoipa::path(post, path = "/api/v1/stages/{id}/works", params(("id" = uuid::Uuid, Path, description = "id of the stage")),
    responses((status = 200, description = "`{stage, kept}`"), (status = 404, description = "unknown, or the caller does not sit in its jury"), (status = 409, description = "the works are decoded, or others have read this one"), (status = 422, description = "every wrong number")))]
pub async fn keep(
    visit: Visit,
    Path(id): Path<StageId>,
    sent: Sent<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    Ok(answer(marks::keep(&visit, &sent.once(&visit, &format!("judging.keep {id}")), id, &sent.data).await?))
}
