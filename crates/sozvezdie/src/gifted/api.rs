//! The register for programs. Raw results of a diagnostics are in none of these answers.
use super::{
    model::{ApplyForm, ConclusionForm, Profile, ProfileId, ProposeForm},
    store,
    web::Asked,
};
use crate::{
    centre::LeaveForm,
    learners::{self, How},
};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    http::{Path, Query, Sent, answer, etag},
    text::Message,
};
use serde_json::{Value, json};
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(list, propose, show, apply, conclude, leave))]
    struct Part;
    Part::openapi()
}

fn whole(p: &Profile) -> Value {
    json!({
        "id": p.id, "learner": p.learner, "full_name": p.full_name, "class_name": p.class_name, "organisation": p.organisation,
        "state": p.state, "basis": p.basis, "kinds": p.kinds(), "subject": p.subject, "reason": p.reason, "proposed_on": p.proposed_on,
        "conclusion": p.conclusion, "applied_on": p.applied_on, "left_on": p.left_on, "left_reason": p.left_reason, "version": p.version,
    })
}

/// The children of the register and on the way into it whom the caller may see.
#[utoipa::path(get, path = "/api/v1/gifted-profiles",
    params(("state" = Option<String>, Query, description = "proposed, diagnosed, considered, registered, supported, left")),
    responses((status = 200, description = "`{items}`"), (status = 422, description = "a code that is none")))]
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let filter = asked.filter(&visit);
    if filter.state.is_none() && !asked.state.is_empty() {
        return Err(Fault::field("state", Message::new("form-unknown-code").with("code", &asked.state)));
    }
    let items: Vec<Value> = super::list(&visit, &filter).await?.iter().map(whole).collect();
    Ok(Json(json!({ "items": items })).into_response())
}

/// Nominates a child. Takes `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/gifted-profiles",
    responses((status = 201, description = "`{id}`"), (status = 403, description = "not yours to do"), (status = 409, description = "on the way already"), (status = 422, description = "fields to mend")))]
pub async fn propose(visit: Visit, sent: Sent<ProposeForm>) -> Result<Response, Fault> {
    Ok(answer(super::propose(&visit, &sent.once(&visit, "gifted.propose"), &sent.data).await?))
}

/// One child's way, with what those who teach the child said.
#[utoipa::path(get, path = "/api/v1/gifted-profiles/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "the way, with its ETag"), (status = 404, description = "unknown")))]
pub async fn show(visit: Visit, Path(id): Path<ProfileId>) -> Result<Response, Fault> {
    let p = super::within(&visit, id).await?;
    learners::note_read(&visit, How::Elsewhere, &[p.learner]).await?;
    let said = store::contributions(&visit.net, id).await?;
    let said: Vec<Value> = said
        .iter()
        .map(|c| json!({ "person": c.person, "subject": c.subject, "said": c.said, "said_at": c.said_at }))
        .collect();
    let mut body = whole(&p);
    if let Some(map) = body.as_object_mut() {
        map.insert("contributions".into(), said.into());
    }
    Ok((etag(p.version), Json(body)).into_response())
}

/// Notes the family's application and the school's petition: from now on the Centre sees the child.
#[utoipa::path(post, path = "/api/v1/gifted-profiles/{id}/application", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id}`"), (status = 404, description = "unknown"), (status = 409, description = "no consent, or considered already"), (status = 422, description = "fields to mend")))]
pub async fn apply(visit: Visit, Path(id): Path<ProfileId>, sent: Sent<ApplyForm>) -> Result<Response, Fault> {
    Ok(answer(super::apply(&visit, &sent.once(&visit, &format!("gifted.apply {id}")), id, &sent.data).await?))
}

/// Writes the psychologist's conclusion.
#[utoipa::path(post, path = "/api/v1/gifted-profiles/{id}/conclusion", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state}`"), (status = 404, description = "unknown"), (status = 409, description = "no consent, or considered already"), (status = 422, description = "fields to mend")))]
pub async fn conclude(visit: Visit, Path(id): Path<ProfileId>, sent: Sent<ConclusionForm>) -> Result<Response, Fault> {
    Ok(answer(super::conclude(&visit, &sent.once(&visit, &format!("gifted.conclude {id}")), id, &sent.data).await?))
}

/// Ends the way with a neutral reason: graduated, moved, own_wish, other_form, term_over.
#[utoipa::path(post, path = "/api/v1/gifted-profiles/{id}/leaving", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state}`"), (status = 404, description = "unknown"), (status = 409, description = "over already"), (status = 422, description = "fields to mend")))]
pub async fn leave(visit: Visit, Path(id): Path<ProfileId>, sent: Sent<LeaveForm>) -> Result<Response, Fault> {
    Ok(answer(super::leave(&visit, &sent.once(&visit, &format!("gifted.leave {id}")), id, &sent.data).await?))
}
