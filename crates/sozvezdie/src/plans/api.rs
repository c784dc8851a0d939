//! Plans, mentors and their figures for programs.
use super::{
    Filter, PlanId, add_item as add, approve as approve_plan, create as create_plan, figures as all, mentors as known,
    model::{ItemForm, Plan, PlanForm},
    open, store,
    web::{Asked, OnDay},
};
use crate::centre;
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    http::{Path, Query, Sent, answer, etag},
};
use serde_json::{Value, json};
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(list, create, show, add_item, approve, mentors, with_plan, per_child))]
    struct Part;
    Part::openapi()
}

fn whole(p: &Plan) -> Value {
    json!({
        "id": p.id, "learner": p.learner, "full_name": p.full_name, "year": p.year, "goal": p.goal, "subject": p.subject, "state": p.state,
        "mentor": p.mentor, "approved_on": p.approved_on, "outcome": p.outcome, "items": p.items, "done": p.done, "overdue": p.overdue,
        "version": p.version,
    })
}

/// The plans of a year whom the caller may see.
#[utoipa::path(get, path = "/api/v1/plans",
    params(("year" = Option<i64>, Query, description = "the year in which the academic year begins, this one unless said"),
           ("show" = Option<String>, Query, description = "no_mentor, overdue, mine")),
    responses((status = 200, description = "`{items}`")))]
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let filter: Filter = asked.filter(&visit);
    let items: Vec<Value> = super::list(&visit, &filter).await?.iter().map(whole).collect();
    Ok(Json(json!({ "items": items })).into_response())
}

/// Begins the plan of this academic year for a member of the Centre. `from`: `last`, the code of a
/// kind of giftedness, or nothing. Takes `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/plans",
    responses((status = 201, description = "`{id}`"), (status = 403, description = "not yours to do"), (status = 409, description = "there is one already"), (status = 422, description = "fields to mend")))]
pub async fn create(visit: Visit, sent: Sent<PlanForm>) -> Result<Response, Fault> {
    Ok(answer(create_plan(&visit, &sent.once(&visit, "plans.create"), &sent.data).await?))
}

/// One plan with its actions.
#[utoipa::path(get, path = "/api/v1/plans/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "the plan, with its ETag"), (status = 404, description = "unknown")))]
pub async fn show(visit: Visit, Path(id): Path<PlanId>) -> Result<Response, Fault> {
    let plan = open(&visit, id).await?;
    let mut body = whole(&plan);
    if let Some(map) = body.as_object_mut() {
        map.insert("items".into(), json!(store::items(&visit.net, id).await?));
    }
    Ok((etag(plan.version), Json(body)).into_response())
}

/// Adds an action to a plan that is not closed.
#[utoipa::path(post, path = "/api/v1/plans/{id}/items", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 201, description = "`{id}`"), (status = 404, description = "unknown"), (status = 409, description = "closed"), (status = 422, description = "fields to mend")))]
pub async fn add_item(visit: Visit, Path(id): Path<PlanId>, sent: Sent<ItemForm>) -> Result<Response, Fault> {
    Ok(answer(add(&visit, &sent.once(&visit, &format!("plans.item {id}")), id, &sent.data).await?))
}

/// A press: nothing but its key.
#[derive(serde::Deserialize, Default)]
pub struct Press {}

/// Approves a draft that has actions.
#[utoipa::path(post, path = "/api/v1/plans/{id}/approval", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state}`"), (status = 404, description = "unknown"), (status = 409, description = "no draft, or empty")))]
pub async fn approve(visit: Visit, Path(id): Path<PlanId>, sent: Sent<Press>) -> Result<Response, Fault> {
    Ok(answer(approve_plan(&visit, &sent.once(&visit, &format!("plans.approve {id}")), id).await?))
}

/// The mentors of the Centre with how many children each leads.
#[utoipa::path(get, path = "/api/v1/mentors",
    responses((status = 200, description = "`{items}`"), (status = 403, description = "not yours to see")))]
pub async fn mentors(visit: Visit) -> Result<Response, Fault> {
    let items: Vec<Value> = known::all(&visit)
        .await?
        .iter()
        .map(|m| json!({ "person": m.person, "name": m.name, "organisation": m.organisation, "external": m.is_external, "subjects": m.subjects,
            "capacity": m.capacity, "load": m.load, "certificate_on": m.certificate_on }))
        .collect();
    Ok(Json(json!({ "items": items })).into_response())
}

/// K7: members of the Centre with an approved plan of the year. The rows behind it are `/api/v1/plans`.
#[utoipa::path(get, path = "/api/v1/figures/centre-plans",
    params(("on" = Option<chrono::NaiveDate>, Query, description = "the day, today unless said")),
    responses((status = 200, description = "`{on, with_plan, members, percent}`; percent is null when there is no member")))]
pub async fn with_plan(visit: Visit, Query(asked): Query<OnDay>) -> Result<Response, Fault> {
    let f = all(&visit.net, &centre::open(&visit).await?, asked.day(&visit)).await?;
    let (with_plan, members) = (centre::told(&visit, f.with_plan), centre::told(&visit, f.share.members));
    let percent = with_plan.and(members).and(f.with_plan_percent);
    let body = json!({ "on": f.share.on, "with_plan": with_plan, "members": members, "percent": percent });
    Ok(Json(body).into_response())
}

/// K14: mentors per child of the Centre. The rows behind it are `/api/v1/mentors`.
#[utoipa::path(get, path = "/api/v1/figures/centre-mentors",
    params(("on" = Option<chrono::NaiveDate>, Query, description = "the day, today unless said")),
    responses((status = 200, description = "`{on, mentors, members, per_child}`; per_child is null when there is no member")))]
pub async fn per_child(visit: Visit, Query(asked): Query<OnDay>) -> Result<Response, Fault> {
    let f = all(&visit.net, &centre::open(&visit).await?, asked.day(&visit)).await?;
    let body = json!({ "on": f.share.on, "mentors": f.mentors, "members": centre::told(&visit, f.share.members), "per_child": f.mentors_per_child });
    Ok(Json(body).into_response())
}
