//! Official lists for programs.
use super::{AmendmentForm, DecisionForm, ListForm, ListId, add, open, store, web::Asked};
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
    #[openapi(paths(list, create, show, amend, decide))]
    struct Part;
    Part::openapi()
}

/// The official lists of events, the latest year first.
#[utoipa::path(get, path = "/api/v1/event-lists", responses((status = 200, description = "`{items}`")))]
pub async fn list(visit: Visit) -> Result<Response, Fault> {
    Ok(Json(json!({ "items": store::all(&visit.net).await? })).into_response())
}

/// Adds a list of one kind and academic year; `lines` hold cells between tabs.
#[utoipa::path(post, path = "/api/v1/event-lists",
    responses((status = 201, description = "`{id, lines}`"), (status = 403, description = "not yours to do"), (status = 422, description = "fields to mend")))]
pub async fn create(visit: Visit, sent: Sent<ListForm>) -> Result<Response, Fault> {
    Ok(answer(add(&visit, &sent.once(&visit, "event-lists.add"), &sent.data).await?))
}

/// The lines of a list that were in force on a day.
#[utoipa::path(get, path = "/api/v1/event-lists/{id}",
    params(("id" = uuid::Uuid, Path, description = "id"), ("on" = Option<String>, Query, description = "the day, today unless said"),
           ("q" = Option<String>, Query, description = "a part of the title")),
    responses((status = 200, description = "`{list, on, lines, listings}`"), (status = 404, description = "unknown")))]
pub async fn show(visit: Visit, Path(id): Path<ListId>, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let list = open(&visit, id).await?;
    let on = asked.day(&visit, list.academic_year);
    let lines = store::lines(&visit.net, id, on, asked.words().as_deref()).await?;
    let listings = store::listings(&visit.net, id).await?;
    Ok(Json(json!({ "list": list, "on": on, "lines": lines, "listings": listings })).into_response())
}

/// Changes a list from a day on.
#[utoipa::path(post, path = "/api/v1/event-lists/{id}/amendments", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, ended, begun}`"), (status = 404, description = "unknown"), (status = 422, description = "fields to mend")))]
pub async fn amend(visit: Visit, Path(id): Path<ListId>, sent: Sent<AmendmentForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("event-lists.amend {id}"));
    Ok(answer(super::amend(&visit, &once, id, &sent.data).await?))
}

/// Says that an edition is, or is not, the one of a line.
#[utoipa::path(post, path = "/api/v1/event-lists/decisions",
    responses((status = 200, description = "`{edition, entry, state}`"), (status = 403, description = "not yours to do"), (status = 422, description = "fields to mend")))]
pub async fn decide(visit: Visit, sent: Sent<DecisionForm>) -> Result<Response, Fault> {
    Ok(answer(super::decide(&visit, &sent.once(&visit, "event-lists.decide"), &sent.data).await?))
}
