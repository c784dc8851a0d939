//! Replies for programs.
use super::{
    MAKE, ReplyId, begin,
    model::{Cell, Reply, Told},
    shown, store,
    upload::Posted,
};
use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use kit::{Fault, Visit, http::Path, http::answer, once::Done};
use serde_json::{Value, json};
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(list, create, show))]
    struct Part;
    Part::openapi()
}

fn head(r: &Reply) -> Value {
    json!({
        "id": r.id, "title": r.title, "organisation": r.organisation, "file_name": r.file_name, "form": r.form,
        "created_at": r.created_at, "taken_at": r.taken_at, "version": r.version, "rows": r.setup.rows(),
    })
}

fn cell(c: &Cell) -> Value {
    let value = match &c.told {
        Told::Text(text) | Told::Kept(text) => json!(text),
        Told::Number(n) => json!(n),
        Told::Decimal(n) | Told::Percents(n) => json!(n),
        Told::Nothing | Told::Unknown => Value::Null,
    };
    let state = match &c.told {
        Told::Kept(_) => "kept",
        Told::Unknown => "unknown",
        _ => "filled",
    };
    json!({ "value": value, "state": state, "rows_url": c.href })
}

/// Requests with their blanks, the latest first.
#[utoipa::path(get, path = "/api/v1/replies",
    responses((status = 200, description = "`{items}`"), (status = 401, description = "sign in"), (status = 403, description = "not yours to see")))]
pub async fn list(visit: Visit) -> Result<Response, Fault> {
    let all = store::list(&visit.net, &visit.viewer.reach(MAKE)).await?;
    Ok(Json(json!({ "items": all.iter().map(head).collect::<Vec<_>>() })).into_response())
}

/// Sends a blank table (xlsx, docx) with the words of its request. Takes `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/replies",
    request_body(content_type = "multipart/form-data", description = "title: which request; file"),
    responses((status = 201, description = "`{id}`"), (status = 403, description = "not yours to do"), (status = 422, description = "the file cannot be filled, and why")))]
pub async fn create(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    let once = posted.once(&visit);
    let done = begin(&visit, &once, posted.request).await?;
    let location = done.location.as_ref().map(|at| format!("/api/v1{at}"));
    let mut response = answer(Done { location, ..done });
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// A request: what its columns mean, and every cell as it would be filled now with the way to its rows.
#[utoipa::path(get, path = "/api/v1/replies/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{…, setup, whose, columns, lines, left}`"), (status = 401, description = "sign in"), (status = 403, description = "not yours to see"), (status = 404, description = "no such request"), (status = 503, description = "a look at children could not be noted")))]
pub async fn show(visit: Visit, Path(id): Path<ReplyId>) -> Result<Response, Fault> {
    let s = shown(&visit, id).await?;
    let columns: Vec<Value> = s
        .layout
        .asked
        .columns
        .iter()
        .map(|c| json!({ "column": c.column, "title": c.title(), "meaning": s.reply.setup.meaning(c.column) }))
        .collect();
    let lines: Vec<Value> = s
        .filled
        .lines
        .iter()
        .map(|(row, cells)| {
            let cells: serde_json::Map<String, Value> =
                cells.iter().map(|(column, c)| (column.to_string(), cell(c))).collect();
            json!({ "row": row, "cells": cells })
        })
        .collect();
    let mut body = head(&s.reply);
    if let Some(map) = body.as_object_mut() {
        map.insert("setup".into(), json!(s.reply.setup));
        map.insert("columns".into(), json!(columns));
        map.insert("lines".into(), json!(lines));
        map.insert("left".into(), json!(s.filled.left));
        map.insert("whose".into(), json!(s.whom));
    }
    Ok(Json(body).into_response())
}
