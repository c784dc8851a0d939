//! The Centre for programs.
use super::{
    add_member, change, end_member, figures,
    model::{CentreForm, EnterForm, LeaveForm, MembershipId},
    open,
    web::Asked,
};
use axum::{
    Json,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    http::{Path, Query, Sent, answer, etag, patched},
};
use serde_json::{Value, json};
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(show, update, members, enter, leave, share))]
    struct Part;
    Part::openapi()
}

/// The network's Centre for gifted children.
#[utoipa::path(get, path = "/api/v1/centre",
    responses((status = 200, description = "the Centre, with its ETag"), (status = 404, description = "there is none yet")))]
pub async fn show(visit: Visit) -> Result<Response, Fault> {
    let centre = open(&visit).await?;
    Ok((etag(centre.version), Json(centre)).into_response())
}

/// Changes title or contact; fields that were not sent stay. `If-Match` guards against overwriting
/// somebody else's change.
#[utoipa::path(patch, path = "/api/v1/centre",
    responses((status = 200, description = "`{id, version}`"), (status = 403, description = "not yours to do"), (status = 409, description = "changed by somebody else"), (status = 422, description = "fields to mend")))]
pub async fn update(
    visit: Visit,
    headers: HeaderMap,
    sent: Sent<serde_json::Map<String, Value>>,
) -> Result<Response, Fault> {
    let form = patched(&CentreForm::of(&open(&visit).await?), sent.data.clone(), &headers)?;
    Ok(answer(change(&visit, &sent.once(&visit, "centre.change"), &form).await?))
}

/// The members on a day whom the caller may see. The look is written down.
#[utoipa::path(get, path = "/api/v1/centre/members",
    params(("on" = Option<chrono::NaiveDate>, Query, description = "the day, today unless said"),
           ("q" = Option<String>, Query, description = "beginnings of words of the name")),
    responses((status = 200, description = "`{on, items}`"), (status = 404, description = "there is no Centre yet")))]
pub async fn members(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let centre = open(&visit).await?;
    let on = asked.day(&visit);
    let items = super::members_on(&visit, &centre, on, &asked.q).await?;
    Ok(Json(json!({ "on": on, "items": items })).into_response())
}

/// Enters a child by order. Takes `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/centre/members",
    responses((status = 201, description = "`{id}`"), (status = 403, description = "not yours to do"), (status = 409, description = "a member already"), (status = 422, description = "fields to mend")))]
pub async fn enter(visit: Visit, sent: Sent<EnterForm>) -> Result<Response, Fault> {
    Ok(answer(add_member(&visit, &sent.once(&visit, "centre.enter"), &sent.data).await?))
}

/// Notes that a member left: `on` is the last day, `reason` one of graduated, moved, own_wish,
/// other_form, term_over.
#[utoipa::path(post, path = "/api/v1/centre/members/{id}/leaving", params(("id" = uuid::Uuid, Path, description = "id of the membership")),
    responses((status = 200, description = "`{id}`"), (status = 404, description = "unknown"), (status = 409, description = "over already"), (status = 422, description = "fields to mend")))]
pub async fn leave(visit: Visit, Path(id): Path<MembershipId>, sent: Sent<LeaveForm>) -> Result<Response, Fault> {
    Ok(answer(end_member(&visit, &sent.once(&visit, &format!("centre.leave {id}")), id, &sent.data).await?))
}

/// K6: members of the Centre of all learners of classes 1 to 11 on a day. The rows behind it are
/// `/api/v1/centre/members` of the same day.
#[utoipa::path(get, path = "/api/v1/figures/centre-members",
    params(("on" = Option<chrono::NaiveDate>, Query, description = "the day, today unless said")),
    responses((status = 200, description = "`{on, members, pupils, percent}`; percent is null when nobody studies; fewer than five members are not told to guests: null")))]
pub async fn share(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let centre = open(&visit).await?;
    let share = figures::share(&visit.net, &centre, asked.day(&visit)).await?;
    let members = figures::told(&visit, share.members);
    let percent = members.and(share.percent);
    Ok(Json(json!({ "on": share.on, "members": members, "pupils": share.pupils, "percent": percent })).into_response())
}
