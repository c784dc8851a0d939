//! Accounts for programs. Passwords are issued on the page only.
use super::{
    add, grant as give,
    model::{PersonForm, RoleForm},
    revoke as take_away, store,
    web::Press,
};
use crate::people::PersonId;
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    cursor::{Cursor, page_size},
    form::tidy,
    http::{Path, Query, Sent, answer},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::OpenApi;
use uuid::Uuid;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(list, create, grant, revoke))]
    struct Part;
    Part::openapi()
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    q: String,
    page_size: Option<i64>,
    cursor: String,
}

/// The people who have or had a role, with their roles.
#[utoipa::path(get, path = "/api/v1/people",
    params(("q" = Option<String>, Query, description = "a part of the name"),
           ("page_size" = Option<i64>, Query, description = "1 to 200, 50 unless said"),
           ("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "`{items, next_cursor, total}`"), (status = 403, description = "not yours to see")))]
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let cursor = if asked.cursor.is_empty() { None } else { Some(Cursor::decode(&asked.cursor)?) };
    let page = store::list(&visit.net, tidy(&asked.q).as_deref(), cursor.as_ref(), page_size(asked.page_size)).await?;
    let ids: Vec<PersonId> = page.items.iter().map(|p| p.id).collect();
    let held = store::held(&visit.net, &ids).await?;
    let items = page.items.iter().map(|p| {
        let roles: Vec<_> = held.iter().filter(|h| h.person_id == p.id).map(|h| json!({ "id": h.id, "role": h.role, "organisation": h.organisation, "from": h.from, "until": h.until })).collect();
        json!({ "id": p.id, "last_name": p.last, "first_name": p.first, "patronymic": p.patronymic, "email": p.email, "roles": roles })
    });
    let page = kit::cursor::Slice { items: items.collect(), next: page.next, total: page.total };
    Ok(Json(page).into_response())
}

/// Adds a person with a role; a password is issued on the page.
#[utoipa::path(post, path = "/api/v1/people", responses((status = 201, description = "`{id}`"), (status = 422, description = "fields to mend")))]
pub async fn create(visit: Visit, sent: Sent<PersonForm>) -> Result<Response, Fault> {
    Ok(answer(add(&visit, &sent.once(&visit, "accounts.add"), &sent.data).await?))
}

/// Gives a role from today on.
#[utoipa::path(post, path = "/api/v1/people/{id}/roles", params(("id" = Uuid, Path, description = "person")),
    responses((status = 200, description = "`{id}`"), (status = 404, description = "unknown"), (status = 422, description = "fields to mend")))]
pub async fn grant(visit: Visit, Path(id): Path<PersonId>, sent: Sent<RoleForm>) -> Result<Response, Fault> {
    Ok(answer(give(&visit, &sent.once(&visit, &format!("accounts.grant {id}")), id, &sent.data).await?))
}

/// Takes a role away; the person's sessions end.
#[utoipa::path(post, path = "/api/v1/people/{id}/roles/{grant}/removal", params(("id" = Uuid, Path, description = "person"), ("grant" = Uuid, Path, description = "role")),
    responses((status = 200, description = "`{id}`"), (status = 404, description = "unknown")))]
pub async fn revoke(
    visit: Visit,
    Path((id, grant)): Path<(PersonId, Uuid)>,
    sent: Sent<Press>,
) -> Result<Response, Fault> {
    Ok(answer(take_away(&visit, &sent.once(&visit, &format!("accounts.revoke {grant}")), id, grant).await?))
}
