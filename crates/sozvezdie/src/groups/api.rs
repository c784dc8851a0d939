//! Groups for programs.
use super::{
    Can, GroupForm, GroupId, SessionForm, SessionId, add, change, files,
    form::RegisterForm,
    members::{self, JoinForm, PlaceForm},
    open, sessions, store,
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
    cursor::{Cursor, page_size},
    http::{Path, Query, Sent, answer, etag, patched},
    text::Message,
};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(list, create, show, update, join, admit, leave, plan, session, keep, upload, files::download))]
    struct Part;
    Part::openapi()
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Paging {
    page_size: Option<i64>,
    cursor: String,
}

/// Preparation groups and creative workshops of the network. Nobody is named.
#[utoipa::path(get, path = "/api/v1/groups",
    params(("kind" = Option<String>, Query, description = "preparation, workshop"),
           ("state" = Option<String>, Query, description = "planned, running, completed, cancelled; the first two unless said"),
           ("organisation" = Option<uuid::Uuid>, Query, description = "who holds it"),
           ("free" = Option<String>, Query, description = "`yes`: with a free place"),
           ("q" = Option<String>, Query, description = "a part of the title"),
           ("page_size" = Option<i64>, Query, description = "1 to 200, 50 unless said"),
           ("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "`{items, next_cursor, total}`"), (status = 422, description = "a code that is none")))]
pub async fn list(visit: Visit, Query(asked): Query<Asked>, Query(paging): Query<Paging>) -> Result<Response, Fault> {
    let filter = asked.filter(&visit);
    // A program that asks for an unknown kind is told so; a person's old link just shows all.
    for (field, text, known) in [
        ("kind", &asked.kind, filter.kind.is_some()),
        ("state", &asked.state, filter.state.is_some()),
        ("organisation", &asked.organisation, filter.organisation.is_some()),
    ] {
        if !text.is_empty() && !known {
            return Err(Fault::field(field, Message::new("form-unknown-code").with("code", text)));
        }
    }
    let cursor = if paging.cursor.is_empty() { None } else { Some(Cursor::decode(&paging.cursor)?) };
    let slice = store::list(&visit.net, &filter, cursor.as_ref(), page_size(paging.page_size)).await?;
    Ok(Json(slice).into_response())
}

/// One group with its teachers, its sessions and those of its members whom the caller may see; each
/// who is named is noted as looked at.
#[utoipa::path(get, path = "/api/v1/groups/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "the group, with its ETag"), (status = 404, description = "unknown")))]
pub async fn show(visit: Visit, Path(id): Path<GroupId>) -> Result<Response, Fault> {
    let group = open(&visit, id).await?;
    let can = Can::of(&visit, &group).await?;
    let members = members::list(&visit, &group, can).await?;
    let mut body = serde_json::to_value(&group).map_err(anyhow::Error::from)?;
    if let Some(map) = body.as_object_mut() {
        map.insert("teachers".into(), json!(store::teachers(&visit.net, id).await?));
        map.insert("members".into(), json!(members));
        map.insert("sessions".into(), json!(store::sessions::of(&visit.net, id).await?));
    }
    Ok((etag(group.version), Json(body)).into_response())
}

/// Makes a group. Takes `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/groups",
    responses((status = 201, description = "`{id}`"), (status = 403, description = "not yours to do"), (status = 422, description = "fields to mend")))]
pub async fn create(visit: Visit, sent: Sent<GroupForm>) -> Result<Response, Fault> {
    Ok(answer(add(&visit, &sent.once(&visit, "groups.add"), &sent.data).await?))
}

/// Changes a group; fields that were not sent stay. `If-Match` guards against overwriting somebody
/// else's change.
#[utoipa::path(patch, path = "/api/v1/groups/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, version}`"), (status = 404, description = "unknown"), (status = 409, description = "changed by somebody else"), (status = 422, description = "fields to mend")))]
pub async fn update(
    visit: Visit,
    Path(id): Path<GroupId>,
    headers: HeaderMap,
    sent: Sent<serde_json::Map<String, Value>>,
) -> Result<Response, Fault> {
    let group = open(&visit, id).await?;
    let now = GroupForm::of(&group, &store::teacher_ids(&visit.net, id).await?);
    let form = patched(&now, sent.data.clone(), &headers)?;
    Ok(answer(change(&visit, &sent.once(&visit, &format!("groups.change {id}")), id, &form).await?))
}

/// Asks for a place for a child whom the caller may see: `{learner}`. Answers with where the child
/// stands: `member`, `queue`, or `consent` while the consent to tell the other organisation is missing.
#[utoipa::path(post, path = "/api/v1/groups/{id}/members", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 201, description = "`{id, state}`"), (status = 409, description = "takes nobody any more"), (status = 422, description = "fields to mend")))]
pub async fn join(visit: Visit, Path(id): Path<GroupId>, sent: Sent<JoinForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("groups.join {id}"));
    Ok(answer(members::join(&visit, &once, id, &sent.data).await?))
}

/// Looks anew at what a child waits for: `{member}`.
#[utoipa::path(post, path = "/api/v1/groups/{id}/members/admission", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state}`"), (status = 409, description = "there is no consent, or no place")))]
pub async fn admit(visit: Visit, Path(id): Path<GroupId>, sent: Sent<PlaceForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("groups.admit {id}"));
    Ok(answer(members::admit(&visit, &once, id, &sent.data).await?))
}

/// Ends a child's place: `{member}`. The first of the waiting list comes in.
#[utoipa::path(post, path = "/api/v1/groups/{id}/members/removal", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state}`"), (status = 409, description = "has left already")))]
pub async fn leave(visit: Visit, Path(id): Path<GroupId>, sent: Sent<PlaceForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("groups.leave {id}"));
    Ok(answer(members::leave(&visit, &once, id, &sent.data).await?))
}

/// Plans one session or a weekly series, with a room of the exchange or without.
#[utoipa::path(post, path = "/api/v1/groups/{id}/sessions", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 201, description = "`{id, items}`"), (status = 409, description = "the room is taken: with alternatives"), (status = 422, description = "fields to mend")))]
pub async fn plan(visit: Visit, Path(id): Path<GroupId>, sent: Sent<SessionForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("groups.plan {id}"));
    Ok(answer(sessions::plan(&visit, &once, id, &sent.data).await?))
}

/// A session with its register.
#[utoipa::path(get, path = "/api/v1/groups/sessions/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "the session, with its ETag"), (status = 404, description = "unknown")))]
pub async fn session(visit: Visit, Path(id): Path<SessionId>) -> Result<Response, Fault> {
    let (group, session, _) = sessions::open_session(&visit, id).await?;
    let members = sessions::expected(&visit, &group, &session).await?;
    let marks: Vec<Value> = store::sessions::marks(&visit.net, id)
        .await?
        .into_iter()
        .map(|(member, mark)| json!({ "member": member, "mark": mark }))
        .collect();
    let body = json!({ "session": session, "members": members, "marks": marks });
    Ok((etag(session.version), Json(body)).into_response())
}

/// Keeps the register: `{marks: {member: present | late | ill | absent}, reason}`; the reason is needed
/// once the month is closed.
#[utoipa::path(post, path = "/api/v1/groups/sessions/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, version, marks}`"), (status = 409, description = "not begun, or changed by somebody else"), (status = 422, description = "fields to mend")))]
pub async fn keep(visit: Visit, Path(id): Path<SessionId>, sent: Sent<RegisterForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("groups.keep {id}"));
    Ok(answer(sessions::keep(&visit, &once, id, &sent.data).await?))
}

/// Adds a file of what came out of the group: `multipart/form-data` with one part `file`, 25 MiB at most.
#[utoipa::path(post, path = "/api/v1/groups/{id}/files", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 201, description = "`{id, name, size}`"), (status = 404, description = "unknown"), (status = 422, description = "no file that we take")))]
pub async fn upload(
    visit: Visit,
    State(app): State<App>,
    Path(id): Path<GroupId>,
    request: Request,
) -> Result<Response, Fault> {
    Ok(answer(files::take(&visit, &app, id, request).await?))
}
