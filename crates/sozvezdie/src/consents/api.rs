//! Consents for programs.
use super::{
    collect::{self, Asked, TickForm},
    model::Consent,
    record, store,
};
use crate::people::PersonId;
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
    #[openapi(paths(list, tick, of_child))]
    struct Part;
    Part::openapi()
}

fn of(c: &Consent, visit: &Visit) -> serde_json::Value {
    json!({ "id": c.id, "number": c.number, "purpose": c.purpose, "state": c.shown_state(visit.today), "recipient_id": c.recipient,
        "operator_id": c.organisation, "permitted": c.categories(), "authority": c.authority, "way": c.way,
        "signed_on": c.signed_on, "until": c.until, "ended_on": c.ended_on })
}

/// Children of the own organisation or class with their consents, and what is missing.
#[utoipa::path(get, path = "/api/v1/consents",
    params(("organisation" = Option<uuid::Uuid>, Query, description = "one of the own"), ("class" = Option<String>, Query, description = "«7 Б»"),
        ("purpose" = Option<String>, Query, description = "`processing`, `transfer`, `publication`, `image`, `diagnostics`, `state_register`; without it all that the organisation collects"),
        ("shown" = Option<String>, Query, description = "`missing`: without one in force; `printed`: the form is out"),
        ("q" = Option<String>, Query, description = "words of the name"), ("after" = Option<String>, Query, description = "`next_cursor` of the page before")),
    responses((status = 200, description = "`{items: [{learner_id, full_name, class_name, consents, missing}], next_cursor, total}`")))]
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let desk = collect::desk(&visit, &asked).await?;
    let items: Vec<_> = desk
        .slice
        .items
        .iter()
        .map(|child| {
            let own: Vec<&Consent> = desk.consents.iter().filter(|c| c.learner == child.id).collect();
            let missing: Vec<_> = desk
                .purposes
                .iter()
                .filter(|p| !own.iter().any(|c| c.purpose == **p && c.holds(visit.today)))
                .collect();
            let consents: Vec<_> = own.iter().map(|c| of(c, &visit)).collect();
            json!({ "learner_id": child.id, "full_name": child.full_name, "class_name": child.class_name, "consents": consents, "missing": missing })
        })
        .collect();
    let next = desk.slice.next.as_ref().map(kit::cursor::Cursor::encode);
    Ok(Json(json!({ "items": items, "next_cursor": next, "total": desk.slice.total })).into_response())
}

/// Enters signed forms that came back: all or none.
#[utoipa::path(post, path = "/api/v1/consents/receipts",
    responses((status = 200, description = "`{batch, signed}`; the batch can be taken back"), (status = 404, description = "a child out of reach"),
        (status = 422, description = "`{back: [\"learner_id:purpose\"], signed_on, categories}`; publication and images need `categories`")))]
pub async fn tick(visit: Visit, sent: Sent<TickForm>) -> Result<Response, Fault> {
    Ok(answer(collect::tick(&visit, &sent.once(&visit, "consents.tick"), &sent.data).await?))
}

/// All consents of a child.
#[utoipa::path(get, path = "/api/v1/learners/{id}/consents", params(("id" = uuid::Uuid, Path, description = "id of the learner")),
    responses((status = 200, description = "`{items: [{id, number, purpose, state, permitted, signed_on, until, …}]}`"), (status = 404, description = "unknown, or not for this viewer")))]
pub async fn of_child(visit: Visit, Path(id): Path<PersonId>) -> Result<Response, Fault> {
    record::child(&visit, id).await?;
    let items: Vec<_> = store::of_learner(&visit.net, id).await?.iter().map(|c| of(c, &visit)).collect();
    Ok(Json(json!({ "items": items })).into_response())
}
