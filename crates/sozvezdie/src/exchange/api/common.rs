//! Common requests for programs.
use crate::exchange::{
    ReasonForm, VIEW,
    common::{self, Common, CommonForm, CommonId, Progress, ReplacementForm},
    model::Booking,
    store,
};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    cursor::{Cursor, page_size},
    http::{Path, Query, Sent, answer},
};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(list, submit, check, show, cancel, replace))]
    struct Part;
    Part::openapi()
}

/// A list's address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    page_size: Option<i64>,
    cursor: String,
}

fn whole(c: &Common, lines: &[Booking]) -> Value {
    json!({
        "id": c.id, "state": Progress::of(lines), "title": c.title, "details": c.details,
        "organisation": { "id": c.organisation_id, "name": c.organisation_name },
        "starts_at": c.span.start, "ends_at": c.span.end, "headcount": c.headcount,
        "items": common::items(lines), "created_at": c.created_at,
    })
}

/// Common requests of which the viewer is a side, the latest event first. Of another's request an owner sees its own lines.
#[utoipa::path(get, path = "/api/v1/common-requests",
    params(("page_size" = Option<i64>, Query, description = "1 to 200, 50 unless said"),
           ("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "`{items, next_cursor, total}`")))]
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let cursor = if asked.cursor.is_empty() { None } else { Some(Cursor::decode(&asked.cursor)?) };
    let slice =
        store::commons(&visit.net, &visit.viewer.reach(VIEW), cursor.as_ref(), page_size(asked.page_size)).await?;
    let ids: Vec<CommonId> = slice.items.iter().map(|c| c.id).collect();
    let mut lines = store::bookings_of(&visit.net, &ids).await?;
    lines.retain(|b| crate::exchange::may_be_seen(&visit, b));
    let lines = common::standing(lines);
    let of = |c: &Common| lines.iter().filter(|b| b.cart_id == Some(c.id.0)).cloned().collect::<Vec<_>>();
    let items: Vec<Value> = slice.items.iter().map(|c| whole(c, &of(c))).collect();
    Ok(Json(kit::cursor::Slice { items, next: slice.next, total: slice.total }).into_response())
}

/// Asks for several resources for one event: `{organisation_id, title, details, starts_at, ends_at,
/// headcount, lines: [{resource_id, starts_at, ends_at, headcount, units, loan}]}`; what a line leaves
/// out is as in the whole. All lines hold their capacity at once, or none does. Takes `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/common-requests",
    responses((status = 201, description = "`{id, state, items}`"),
              (status = 403, description = "not yours to do"), (status = 404, description = "unknown resource"),
              (status = 409, description = "`lines`: every line in the way with its `bookings`, three `alternatives` and `other_resources`"),
              (status = 422, description = "fields to mend; those of a line as `lines.0.units`")))]
pub async fn submit(visit: Visit, sent: Sent<CommonForm>) -> Result<Response, Fault> {
    Ok(answer(common::submit(&visit, &sent.once(&visit, "common.submit"), &sent.data).await?))
}

/// The same without taking anything: what stands in the way of each line, and what is free instead.
#[utoipa::path(post, path = "/api/v1/common-requests/check",
    responses((status = 200, description = "`{is_free, lines, alternatives}`; `alternatives` are times at which everything is free"),
              (status = 422, description = "fields to mend")))]
pub async fn check(visit: Visit, sent: Sent<CommonForm>) -> Result<Response, Fault> {
    let all = common::check(&visit, &sent.data).await?;
    let times = common::common_times(&visit, &all).await?;
    let lines: Vec<Value> = all.iter().map(|a| common::to_json(&visit, a)).collect();
    let times: Vec<Value> = times.iter().map(|s| json!({ "starts_at": s.start, "ends_at": s.end })).collect();
    let body = json!({ "is_free": all.iter().all(common::Assessed::is_free), "lines": lines, "alternatives": times });
    Ok(Json(body).into_response())
}

/// One common request with the state of every line.
#[utoipa::path(get, path = "/api/v1/common-requests/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state, title, items, …}`"), (status = 404, description = "unknown, or of others")))]
pub async fn show(visit: Visit, Path(id): Path<CommonId>) -> Result<Response, Fault> {
    let (common, lines) = common::open_common(&visit, id).await?;
    Ok(Json(whole(&common, &common::standing(lines))).into_response())
}

/// Cancels every line that has not begun: `{reason}`. Frees their capacity.
#[utoipa::path(post, path = "/api/v1/common-requests/{id}/cancellation", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, cancelled}`"), (status = 409, description = "nothing is left to cancel")))]
pub async fn cancel(visit: Visit, Path(id): Path<CommonId>, sent: Sent<ReasonForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("common.cancel {id}"));
    Ok(answer(common::cancel_all(&visit, &once, id, &sent.data).await?))
}

/// Asks for something else in the place of a line that was declined or given up:
/// `{booking_id, resource_id, starts_at, ends_at}`.
#[utoipa::path(post, path = "/api/v1/common-requests/{id}/replacement", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 201, description = "`{id, state, replaces, common_request_id}`"), (status = 409, description = "taken, or the line still stands"), (status = 422, description = "fields to mend")))]
pub async fn replace(visit: Visit, Path(id): Path<CommonId>, sent: Sent<ReplacementForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("common.replace {id}"));
    Ok(answer(common::replace(&visit, &once, id, &sent.data).await?))
}
