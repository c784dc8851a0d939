//! Imports for programs.
use super::{
    begin,
    desk::Desk,
    model::{Batch, BatchId},
    open, store,
    upload::Posted,
    web::{Long, Looked, Press, run},
};
use axum::{
    Json,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    cursor::page_size,
    http::{Sent, answer},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(create, show, apply, undo))]
    struct Part;
    Part::openapi()
}

/// A batch with a page of its rows.
async fn whole(visit: &Visit, batch: &Batch, asked: &Looked, size: i64) -> Result<serde_json::Value, Fault> {
    let filter = store::RowFilter {
        status: asked.status(),
        outcome: asked.outcome(),
        warned: asked.status == "warning",
        kept: asked.outcome == "kept",
    };
    let mut rows = store::rows(&visit.net, batch.id, filter, asked.after(), size + 1).await?;
    let more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > size;
    rows.truncate(usize::try_from(size).unwrap_or_default());
    let next = rows.last().filter(|_| more).map(|row| row.place);
    let items: Vec<_> = rows.iter().map(|row| row.to_json(&batch.sheets)).collect();
    let counts = store::counts(&visit.net, batch.id).await?;
    let twin = store::same_file(&visit.net, batch)
        .await?
        .map(|twin| json!({ "id": twin.id, "state": twin.state, "created_at": twin.created_at }));
    Ok(json!({
        "id": batch.id, "kind": batch.kind, "state": batch.state, "organisation": batch.organisation, "file_name": batch.file_name,
        "created_at": batch.created_at, "ended_at": batch.ended_at, "counts": counts, "tally": batch.tally, "same_file": twin,
        "sheets": batch.sheets, "rows": { "items": items, "next_after": next },
    }))
}

/// Sends a file and says what it would do, row by row. Nothing is written to the registers before
/// `…/application`. Takes `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/imports",
    request_body(content_type = "multipart/form-data", description = "kind (organisations, resources), file or table; organisation, area_code, as_of"),
    responses((status = 201, description = "the import with its first rows"), (status = 403, description = "not yours to do"), (status = 422, description = "the file cannot be read, and why")))]
pub async fn create(visit: Visit, desk: Desk, posted: Posted) -> Result<Response, Fault> {
    let once = posted.once(&visit);
    let (_, upload) = posted.into_parts();
    let done = begin(&desk, &visit, &once, upload).await?;
    let id: Option<BatchId> =
        done.body.as_ref().and_then(|b| b.get("id")).and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
    let batch = open(&desk, &visit, id.ok_or(Fault::NotFound)?).await?;
    let body = whole(&visit, &batch, &Looked::default(), page_size(None)).await?;
    Ok(answer(kit::once::Done { location: Some(format!("/api/v1{}", super::url(batch.id))), body: Some(body), ..done }))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Paging {
    page_size: Option<i64>,
}

/// An import: what it would do, or what it did.
#[utoipa::path(get, path = "/api/v1/imports/{id}",
    params(("id" = uuid::Uuid, Path, description = "id"),
           ("status" = Option<String>, Query, description = "new, changed, same, duplicate, warning, error"),
           ("outcome" = Option<String>, Query, description = "added, changed, same, skipped, refused, kept"),
           ("after" = Option<i64>, Query, description = "next_after of the page before"),
           ("page_size" = Option<i64>, Query, description = "1 to 200, 50 unless said")),
    responses((status = 200, description = "the import with a page of its rows"), (status = 404, description = "unknown")))]
pub async fn show(
    visit: Visit,
    desk: Desk,
    Path(id): Path<BatchId>,
    Query(asked): Query<Looked>,
    Query(paging): Query<Paging>,
) -> Result<Response, Fault> {
    let batch = open(&desk, &visit, id).await?;
    Ok(Json(whole(&visit, &batch, &asked, page_size(paging.page_size)).await?).into_response())
}

async fn carry(visit: &Visit, desk: &Desk, id: BatchId, sent: &Sent<Press>, long: Long) -> Result<Response, Fault> {
    let once = sent.once(visit, &format!("imports.{long:?} {id}"));
    match run(visit, desk, once, id, long).await? {
        Some(done) => Ok(answer(done)),
        // It goes on: ask for the import until its state changes.
        None => Ok((StatusCode::ACCEPTED, Json(json!({ "id": id }))).into_response()),
    }
}

/// Writes what the import says, all of it in one transaction. 202 when it takes longer than a
/// second: ask for the import until its state is `applied`.
#[utoipa::path(post, path = "/api/v1/imports/{id}/application", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state, tally}`"), (status = 202, description = "under way"), (status = 404, description = "unknown"), (status = 409, description = "already done, or the registers changed since")))]
pub async fn apply(visit: Visit, desk: Desk, Path(id): Path<BatchId>, sent: Sent<Press>) -> Result<Response, Fault> {
    carry(&visit, &desk, id, &sent, Long::Application).await
}

/// Takes an import back. Records that were changed since stay, and are counted as `kept`.
#[utoipa::path(post, path = "/api/v1/imports/{id}/reversal", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state, kept}`"), (status = 202, description = "under way"), (status = 404, description = "unknown"), (status = 409, description = "not applied, or too long ago")))]
pub async fn undo(visit: Visit, desk: Desk, Path(id): Path<BatchId>, sent: Sent<Press>) -> Result<Response, Fault> {
    carry(&visit, &desk, id, &sent, Long::Reversal).await
}
