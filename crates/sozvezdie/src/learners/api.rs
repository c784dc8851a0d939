//! Learners for programs: only what the caller may see, and every look noted.
use super::{
    How,
    access::{self, to_change},
    change::{self, add},
    model::LearnerForm,
    store::{self, places},
    web::{self, Asked, Can},
};
use crate::{
    app::App,
    people::{self, PersonId},
};
use axum::{
    Json,
    extract::State,
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
use serde_json::json;
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(list, create, show, update, reads, export))]
    struct Part;
    Part::openapi()
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Paging {
    page_size: Option<i64>,
    cursor: String,
}

/// The learners whom the caller may see.
#[utoipa::path(get, path = "/api/v1/learners",
    params(("organisation" = Option<uuid::Uuid>, Query, description = "where they are in basic study"),
           ("class" = Option<String>, Query, description = "«7 Б», or the name of a group"),
           ("q" = Option<String>, Query, description = "beginnings of the name's words"),
           ("left" = Option<String>, Query, description = "yes: also those who have left"),
           ("page_size" = Option<i64>, Query, description = "1 to 200, 50 unless said"),
           ("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "`{items, next_cursor, total}`"), (status = 503, description = "the look could not be noted")))]
pub async fn list(visit: Visit, Query(asked): Query<Asked>, Query(paging): Query<Paging>) -> Result<Response, Fault> {
    let filter = asked.filter();
    if !asked.organisation.is_empty() && filter.organisation.is_none() {
        return Err(Fault::field("organisation", Message::new("form-unknown-code").with("code", &asked.organisation)));
    }
    let cursor = if paging.cursor.is_empty() { None } else { Some(Cursor::decode(&paging.cursor)?) };
    let slice = access::list(&visit, How::List, &filter, cursor.as_ref(), page_size(paging.page_size)).await?;
    Ok(Json(slice).into_response())
}

/// One learner.
#[utoipa::path(get, path = "/api/v1/learners/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "the learner, with its ETag"), (status = 404, description = "unknown, or not for you")))]
pub async fn show(visit: Visit, Path(id): Path<PersonId>) -> Result<Response, Fault> {
    let l = access::open(&visit, id, How::Record).await?;
    let guardians = store::guardians(&visit.net, id).await?;
    let can = Can::of(&visit, &l.organisation, id, &guardians).await?;
    let mut body = json!({
        "id": l.id, "full_name": l.full_name, "birth_date": l.birth_date, "organisation": l.organisation,
        "class_name": l.class_name, "enrolled": l.enrolled, "updated_at": l.updated_at, "version": l.version,
    });
    if let (true, Some(map)) = (can.details, body.as_object_mut()) {
        let guardians: Vec<_> = guardians
            .iter()
            .map(|g| json!({ "id": g.person, "name": g.name().full(), "relation": g.relation, "until": g.until }))
            .collect();
        map.insert("sex".into(), json!(l.sex));
        map.insert("snils".into(), json!(l.snils));
        map.insert("guardian_phone".into(), json!(l.guardian_phone));
        map.insert("guardians".into(), json!(guardians));
        map.insert("attachments".into(), json!(places::history(&visit.net, id).await?));
    }
    Ok((etag(l.version), Json(body)).into_response())
}

/// Adds a learner. Takes `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/learners",
    responses((status = 201, description = "`{id}`"), (status = 403, description = "not yours to do"), (status = 422, description = "fields to mend")))]
pub async fn create(visit: Visit, sent: Sent<LearnerForm>) -> Result<Response, Fault> {
    Ok(answer(add(&visit, &sent.once(&visit, "learners.add"), &sent.data).await?))
}

/// Changes a learner. `If-Match` guards against overwriting somebody else's change.
#[utoipa::path(patch, path = "/api/v1/learners/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, version}`"), (status = 404, description = "unknown, or not for you"), (status = 409, description = "changed by somebody else"), (status = 422, description = "fields to mend")))]
pub async fn update(
    visit: Visit,
    Path(id): Path<PersonId>,
    headers: HeaderMap,
    sent: Sent<serde_json::Map<String, serde_json::Value>>,
) -> Result<Response, Fault> {
    // Fields that were not sent stay as they are.
    let learner = to_change(&visit, id).await?;
    let name = people::find_name(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    let form = patched(&LearnerForm::of(&learner, &name), sent.data.clone(), &headers)?;
    let once = sent.once(&visit, &format!("learners.change {id}"));
    Ok(answer(change::change(&visit, &once, id, &form).await?))
}

/// Who looked at the record: for the learner, the guardians, and the heads of the organisation.
#[utoipa::path(get, path = "/api/v1/learners/{id}/reads",
    params(("id" = uuid::Uuid, Path, description = "id"),
           ("page_size" = Option<i64>, Query, description = "1 to 200, 50 unless said"),
           ("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "`{items: [{at, who, action, how}], next_cursor, total}`"), (status = 404, description = "unknown, or not for you")))]
pub async fn reads(visit: Visit, Path(id): Path<PersonId>, Query(paging): Query<Paging>) -> Result<Response, Fault> {
    let l = access::open(&visit, id, How::Reads).await?;
    let can = Can::of(&visit, &l.organisation, id, &store::guardians(&visit.net, id).await?).await?;
    if !can.reads {
        return Err(Fault::NotFound);
    }
    let (slice, lookers) = web::looks(&visit, id, &paging.cursor, page_size(paging.page_size)).await?;
    let items: Vec<_> = slice
        .items
        .iter()
        .map(|look| {
            let who = look.actor.and_then(|id| lookers.get(&id));
            let (role, organisation) = who.map(|w| (&w.role, &w.organisation)).unzip();
            json!({ "id": look.id, "at": look.at, "actor": look.actor, "who": who.map(|w| &w.name), "role": role,
                "organisation": organisation, "action": look.action, "how": look.how })
        })
        .collect();
    let body = json!({ "items": items, "next_cursor": slice.next.as_ref().map(Cursor::encode), "total": slice.total });
    Ok(Json(body).into_response())
}

/// Everything that is kept of a learner, as a zip with JSON: for the family, and for the heads of
/// the organisation.
#[utoipa::path(post, path = "/api/v1/learners/{id}/export", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "application/zip"), (status = 404, description = "unknown, or not for you"), (status = 503, description = "the look could not be noted")))]
pub async fn export(State(app): State<App>, visit: Visit, Path(id): Path<PersonId>) -> Result<Response, Fault> {
    web::archive(&app, &visit, id).await
}
