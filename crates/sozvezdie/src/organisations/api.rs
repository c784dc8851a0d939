//! Organisations for programs.
use super::{
    add, change,
    model::{Organisation, OrganisationForm, OrganisationId},
    open, store,
    web::Asked,
};
use axum::{
    Json,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    cursor::{Cursor, page_size},
    http::{Path, Query, Sent, answer, etag, patched},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(list, create, show, update))]
    struct Part;
    Part::openapi()
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Paging {
    page_size: Option<i64>,
    cursor: String,
}

/// The organisations of the network.
#[utoipa::path(get, path = "/api/v1/organisations",
    params(("kind" = Option<String>, Query, description = "general, preschool, additional"),
           ("focus" = Option<String>, Query, description = "code of a focus"),
           ("state" = Option<String>, Query, description = "draft, active, suspended, reorganised, closed"),
           ("q" = Option<String>, Query, description = "a part of the name"),
           ("sort" = Option<String>, Query, description = "name, -name, -updated"),
           ("page_size" = Option<i64>, Query, description = "1 to 200, 50 unless said"),
           ("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "`{items, next_cursor, total}`"), (status = 422, description = "a code that is none")))]
pub async fn list(visit: Visit, Query(asked): Query<Asked>, Query(paging): Query<Paging>) -> Result<Response, Fault> {
    let filter = asked.filter(&visit);
    // A program that asks for an unknown kind is told so; a person's old link just shows all.
    for (field, text, known) in [
        ("kind", &asked.kind, filter.kind.is_some()),
        ("focus", &asked.focus, filter.focus.is_some()),
        ("state", &asked.state, filter.state.is_some()),
    ] {
        if !text.is_empty() && !known {
            return Err(Fault::field(field, kit::text::Message::new("form-unknown-code").with("code", text)));
        }
    }
    let cursor = if paging.cursor.is_empty() { None } else { Some(Cursor::decode(&paging.cursor)?) };
    let slice = store::list(&visit.net, &filter, cursor.as_ref(), page_size(paging.page_size)).await?;
    Ok(Json(slice).into_response())
}

/// One organisation.
#[utoipa::path(get, path = "/api/v1/organisations/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "the organisation, with its ETag"), (status = 404, description = "unknown")))]
pub async fn show(visit: Visit, Path(id): Path<OrganisationId>) -> Result<Response, Fault> {
    let o = open(&visit, id).await?;
    let focuses = store::focuses(&visit.net, id).await?;
    let names = store::names(&visit.net, id).await?;
    let names: Vec<_> =
        names.iter().map(|n| json!({ "from": n.from, "name": n.name, "short_name": n.short_name })).collect();
    let mut body = whole(&o);
    if let Some(map) = body.as_object_mut() {
        map.insert("focuses".into(), json!(focuses));
        map.insert("names".into(), json!(names));
    }
    Ok((etag(o.version), Json(body)).into_response())
}

fn whole(o: &Organisation) -> serde_json::Value {
    json!({
        "id": o.id, "kind": o.kind, "subkind": o.subkind, "name": o.name, "short_name": o.short_name, "state": o.state,
        "inn": o.inn, "kpp": o.kpp, "ogrn": o.ogrn, "licence": o.licence, "address": o.address,
        "latitude": o.latitude, "longitude": o.longitude, "phones": o.phones.split_whitespace().collect::<Vec<_>>(),
        "email": o.email, "site": o.site, "head_name": o.head_name, "about": o.about,
        "synthetic_name": o.synthetic_name, "updated_at": o.updated_at, "version": o.version,
    })
}

/// Adds an organisation. Takes `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/organisations",
    responses((status = 201, description = "`{id, state}`"), (status = 403, description = "not yours to do"), (status = 422, description = "fields to mend")))]
pub async fn create(visit: Visit, sent: Sent<OrganisationForm>) -> Result<Response, Fault> {
    Ok(answer(add(&visit, &sent.once(&visit, "organisations.add"), &sent.data).await?))
}

/// Changes an organisation: the whole of its fields but the name. `If-Match` guards against
/// overwriting somebody else's change.
#[utoipa::path(patch, path = "/api/v1/organisations/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, version}`"), (status = 404, description = "unknown"), (status = 409, description = "changed by somebody else"), (status = 422, description = "fields to mend")))]
pub async fn update(
    visit: Visit,
    Path(id): Path<OrganisationId>,
    headers: HeaderMap,
    sent: Sent<serde_json::Map<String, serde_json::Value>>,
) -> Result<Response, Fault> {
    // Fields that were not sent stay as they are.
    let o = open(&visit, id).await?;
    let now = OrganisationForm::of(&o, &store::focuses(&visit.net, id).await?);
    let form = patched(&now, sent.data.clone(), &headers)?;
    let once = sent.once(&visit, &format!("organisations.change {id}"));
    Ok(answer(change(&visit, &once, id, &form).await?))
}
