//! Acts for programs.
use super::{
    ActForm, KIND, LinkForm, add, change, files,
    model::{Act, ActId},
    open, store,
    web::Asked,
};
use crate::app::App;
use axum::{
    Json,
    extract::{Request, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    cursor::{Cursor, Slice, page_size},
    http::{Path, Query, Sent, answer, etag, patched},
    text::Message,
};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(list, create, show, update, link, upload, files::download))]
    struct Part;
    Part::openapi()
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Paging {
    page_size: Option<i64>,
    cursor: String,
}

/// The normative acts of the network.
#[utoipa::path(get, path = "/api/v1/acts",
    params(("kind" = Option<String>, Query, description = "order, regulation, concept, plan, protocol, agreement, letter"),
           ("year" = Option<String>, Query, description = "year of issue"),
           ("state" = Option<String>, Query, description = "in_force, not_yet, expired, replaced, repealed: as of today"),
           ("organisation" = Option<uuid::Uuid>, Query, description = "of this organisation or about it"),
           ("q" = Option<String>, Query, description = "a part of number, title or issuer"),
           ("sort" = Option<String>, Query, description = "-date, date, title, -title"),
           ("page_size" = Option<i64>, Query, description = "1 to 200, 50 unless said"),
           ("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "`{items, next_cursor, total}`"), (status = 422, description = "a code that is none")))]
pub async fn list(visit: Visit, Query(asked): Query<Asked>, Query(paging): Query<Paging>) -> Result<Response, Fault> {
    let filter = asked.filter(&visit);
    // A program that asks for an unknown kind is told so; a person's old link just shows all.
    for (field, text, known) in [
        ("kind", &asked.kind, filter.kind.is_some()),
        ("year", &asked.year, filter.year.is_some()),
        ("state", &asked.state, filter.state.is_some()),
        ("organisation", &asked.organisation, filter.organisation.is_some()),
    ] {
        if !text.is_empty() && !known {
            return Err(Fault::field(field, Message::new("form-unknown-code").with("code", text)));
        }
    }
    let cursor = if paging.cursor.is_empty() { None } else { Some(Cursor::decode(&paging.cursor)?) };
    let slice = store::list(&visit.net, &filter, cursor.as_ref(), page_size(paging.page_size)).await?;
    let items = slice.items.iter().map(|a| whole(&visit, a)).collect();
    Ok(Json(Slice { items, next: slice.next, total: slice.total }).into_response())
}

fn whole(visit: &Visit, a: &Act) -> Value {
    json!({
        "id": a.id, "kind": a.kind, "number": a.number, "issued_on": a.issued_on, "issuer": a.issuer, "title": a.title,
        "note": a.note, "owner": a.organisation_id, "effective_from": a.effective_from, "effective_until": a.effective_until,
        "state": a.days().state(visit.today), "archived": a.archived, "updated_at": a.updated_at, "version": a.version,
    })
}

/// One act, with what it does to others and they to it, its organisations and its files.
#[utoipa::path(get, path = "/api/v1/acts/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "the act, with its ETag"), (status = 404, description = "unknown")))]
pub async fn show(visit: Visit, Path(id): Path<ActId>) -> Result<Response, Fault> {
    let act = open(&visit, id).await?;
    let organisations = store::organisations(&visit.net, id).await?;
    let files = kit::files::of(&visit.net, KIND, id.0).await?;
    let (out, back): (Vec<_>, Vec<_>) = store::links(&visit.net, id).await?.into_iter().partition(|l| l.outgoing);
    let named = |links: Vec<super::Linked>| -> Vec<Value> {
        links.iter().map(|l| json!({ "relation": l.relation, "id": l.act.id, "title": l.act.title, "number": l.act.number, "issued_on": l.act.issued_on })).collect()
    };
    let files: Vec<Value> = files
        .iter()
        .map(|f| json!({ "id": f.id, "name": f.name, "media": f.media, "size": f.size, "sha256": hex::encode(&f.sha256), "uploaded_at": f.uploaded_at }))
        .collect();
    let mut body = whole(&visit, &act);
    if let Some(map) = body.as_object_mut() {
        map.insert("organisations".into(), json!(organisations));
        map.insert("links".into(), named(out).into());
        map.insert("linked_by".into(), named(back).into());
        map.insert("files".into(), files.into());
    }
    Ok((etag(act.version), Json(body)).into_response())
}

/// Adds an act. Takes `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/acts",
    responses((status = 201, description = "`{id}`"), (status = 403, description = "not yours to do"), (status = 422, description = "fields to mend")))]
pub async fn create(visit: Visit, sent: Sent<ActForm>) -> Result<Response, Fault> {
    Ok(answer(add(&visit, &sent.once(&visit, "acts.add"), &sent.data).await?))
}

/// Changes an act; fields that were not sent stay. `If-Match` guards against overwriting somebody
/// else's change.
#[utoipa::path(patch, path = "/api/v1/acts/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, version}`"), (status = 404, description = "unknown"), (status = 409, description = "changed by somebody else"), (status = 422, description = "fields to mend")))]
pub async fn update(
    visit: Visit,
    Path(id): Path<ActId>,
    headers: HeaderMap,
    sent: Sent<serde_json::Map<String, Value>>,
) -> Result<Response, Fault> {
    let act = open(&visit, id).await?;
    let now = ActForm::of(&act, &store::organisations(&visit.net, id).await?);
    let form = patched(&now, sent.data.clone(), &headers)?;
    let once = sent.once(&visit, &format!("acts.change {id}"));
    Ok(answer(change(&visit, &once, id, &form).await?))
}

/// Notes that this act approves, replaces, repeals or amends another.
#[utoipa::path(post, path = "/api/v1/acts/{id}/links", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, target, relation}`"), (status = 404, description = "unknown"), (status = 422, description = "fields to mend")))]
pub async fn link(visit: Visit, Path(id): Path<ActId>, sent: Sent<LinkForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("acts.link {id}"));
    Ok(answer(super::link(&visit, &once, id, &sent.data).await?))
}

/// Adds a file: `multipart/form-data` with one part `file`, 25 MiB at most.
#[utoipa::path(post, path = "/api/v1/acts/{id}/files", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 201, description = "`{id, name, media, size}`"), (status = 404, description = "unknown"), (status = 422, description = "no file that we take")))]
pub async fn upload(
    visit: Visit,
    State(app): State<App>,
    Path(id): Path<ActId>,
    request: Request,
) -> Result<Response, Fault> {
    Ok(answer(files::take(&visit, &app, id, request).await?))
}
