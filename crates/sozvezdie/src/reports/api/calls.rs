//! Calls for reports for programs.
use super::super::{
    calls::{self, Open, open},
    model::{Call, CallForm, CallId},
    store::calls as store,
};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    http::{Path, Sent, answer},
};
use serde_json::{Value, json};

fn whole(c: &Call) -> Value {
    json!({ "id": c.id, "from": c.from, "to": c.to, "due_on": c.due_on, "note": c.note, "kinds": c.kinds(), "closed_at": c.closed_at })
}

/// The calls for reports, the latest years first.
#[utoipa::path(get, path = "/api/v1/report-calls",
    responses((status = 200, description = "`{items}`"), (status = 403, description = "not yours to see")))]
pub async fn list(visit: Visit) -> Result<Response, Fault> {
    let items: Vec<Value> = store::all(&visit.net).await?.iter().map(whole).collect();
    Ok(Json(json!({ "items": items })).into_response())
}

/// Calls for reports: `{from, to, due_on, kinds, note}`. Takes `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/report-calls",
    responses((status = 201, description = "`{id}`"), (status = 403, description = "not yours to do"), (status = 409, description = "these years were called for"), (status = 422, description = "fields to mend")))]
pub async fn create(visit: Visit, sent: Sent<CallForm>) -> Result<Response, Fault> {
    Ok(answer(calls::create(&visit, &sent.once(&visit, "reports.call"), &sent.data).await?))
}

/// One call with whom it asks, and how far each is.
#[utoipa::path(get, path = "/api/v1/report-calls/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "the call with `asked` and how many are `missing`"), (status = 404, description = "unknown")))]
pub async fn show(visit: Visit, Path(id): Path<CallId>) -> Result<Response, Fault> {
    let found: Open = open(&visit, id).await?;
    let asked: Vec<Value> = found
        .asked
        .iter()
        .map(|a| {
            json!({ "organisation": a.organisation, "name": a.name, "kind": a.kind, "report": a.report, "state": a.state,
                "handed_in": a.has_handed_in(), "reminded_on": a.reminded_on, "reminded": a.reminded })
        })
        .collect();
    let mut body = whole(&found.call);
    if let Some(map) = body.as_object_mut() {
        map.insert("missing".into(), json!(found.owing().count()));
        map.insert("asked".into(), json!(asked));
    }
    Ok(Json(body).into_response())
}

/// A press: nothing but its key.
#[derive(serde::Deserialize, Default)]
pub struct Press {}

/// Reminds all who have not handed in and were not reminded today.
#[utoipa::path(post, path = "/api/v1/report-calls/{id}/reminder", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, reminded}`: how many organisations"), (status = 404, description = "unknown"), (status = 409, description = "the call is over")))]
pub async fn remind(visit: Visit, Path(id): Path<CallId>, sent: Sent<Press>) -> Result<Response, Fault> {
    Ok(answer(calls::remind(&visit, &sent.once(&visit, &format!("reports.remind {id}")), id).await?))
}

/// Ends a call.
#[utoipa::path(post, path = "/api/v1/report-calls/{id}/closing", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, closed}`"), (status = 404, description = "unknown"), (status = 409, description = "over already")))]
pub async fn close(visit: Visit, Path(id): Path<CallId>, sent: Sent<Press>) -> Result<Response, Fault> {
    Ok(answer(calls::close(&visit, &sent.once(&visit, &format!("reports.close-call {id}")), id).await?))
}
