//! Posts for programs.
use super::{
    BASE, EndForm, VIEW, add, change,
    model::{Position, PositionForm, PositionId, rate_words},
    open_person, open_to_edit, store,
};
use crate::{organisations::OrganisationId, people::PersonId};
use axum::{
    Json,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    http::{Path, Query, Sent, answer, patched},
    text::Message,
};
use serde::Deserialize;
use serde_json::json;
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(list, create, update, end))]
    struct Part;
    Part::openapi()
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    organisation: String,
    person: String,
}

fn whole(p: &Position) -> serde_json::Value {
    json!({
        "id": p.id, "person_id": p.person_id, "name": p.name().full(), "url": format!("{BASE}/{}", p.person_id),
        "organisation": { "id": p.organisation_id, "name": p.organisation_name }, "post": p.post,
        "rate": rate_words(p.rate).replace(',', "."), "subjects": p.subjects, "category": p.category,
        "from": p.from, "until": p.until, "version": p.version,
    })
}

/// The posts of one organisation, or of one person in all of them.
#[utoipa::path(get, path = "/api/v1/staff-positions",
    params(("organisation" = Option<uuid::Uuid>, Query, description = "those of today"), ("person" = Option<uuid::Uuid>, Query, description = "all there ever were")),
    responses((status = 200, description = "`{items}`"), (status = 403, description = "not yours to see"), (status = 404, description = "unknown"), (status = 422, description = "neither is said")))]
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let posts = if let Ok(person) = asked.person.parse::<PersonId>() {
        open_person(&visit, person).await?.1
    } else if let Ok(of) = asked.organisation.parse::<OrganisationId>() {
        visit.viewer.demand(VIEW, Some(of.0))?;
        store::of_organisation(&visit.net, of, Some(visit.today)).await?
    } else {
        return Err(Fault::field("organisation", Message::new("form-choose")));
    };
    Ok(Json(json!({ "items": posts.iter().map(whole).collect::<Vec<_>>() })).into_response())
}

/// Gives a post to `person_id`, or to a new person by name. Takes `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/staff-positions",
    responses((status = 201, description = "`{id, person_id}`"), (status = 403, description = "not yours to do"), (status = 422, description = "fields to mend")))]
pub async fn create(visit: Visit, sent: Sent<PositionForm>) -> Result<Response, Fault> {
    Ok(answer(add(&visit, &sent.once(&visit, "staff.add"), &sent.data).await?))
}

/// Changes a post. `If-Match` guards against overwriting somebody else's change.
#[utoipa::path(patch, path = "/api/v1/staff-positions/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, version}`"), (status = 404, description = "unknown"), (status = 409, description = "changed by somebody else"), (status = 422, description = "fields to mend")))]
pub async fn update(
    visit: Visit,
    Path(id): Path<PositionId>,
    headers: HeaderMap,
    sent: Sent<serde_json::Map<String, serde_json::Value>>,
) -> Result<Response, Fault> {
    let now = PositionForm::of(&open_to_edit(&visit, id).await?);
    let form = patched(&now, sent.data.clone(), &headers)?;
    Ok(answer(change(&visit, &sent.once(&visit, &format!("staff.change {id}")), id, &form).await?))
}

/// Ends a post with its last day, today unless said.
#[utoipa::path(post, path = "/api/v1/staff-positions/{id}/end", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, until}`"), (status = 404, description = "unknown"), (status = 409, description = "it has ended already"), (status = 422, description = "`until` to mend")))]
pub async fn end(visit: Visit, Path(id): Path<PositionId>, sent: Sent<EndForm>) -> Result<Response, Fault> {
    Ok(answer(super::end(&visit, &sent.once(&visit, &format!("staff.end {id}")), id, &sent.data).await?))
}
