//! Routes for programs: only what the caller may see, and every look noted. An organisation of a step
//! gets its own steps and nothing else.
use super::{
    access::{self, Way},
    deeds::{self, DeedForm},
    model::{RouteId, Step, StepId},
    web::{
        Press,
        list::{self, Asked},
    },
};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    cursor::{Slice, page_size},
    http::{Path, Query, Sent, answer, etag},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(list, show, accept, decline, figures))]
    struct Part;
    Part::openapi()
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Paging {
    page_size: Option<i64>,
    cursor: String,
}

#[derive(Serialize)]
struct Listed<'s, R: Serialize, P: Serialize> {
    #[serde(flatten)]
    slice: &'s Slice<R>,
    parts: &'s [P],
}

/// The routes that the caller may see, and the steps of the own organisations in routes that others lead.
#[utoipa::path(get, path = "/api/v1/routes",
    params(("state" = Option<String>, Query, description = "draft, offered, accepted, agreed, approved, running, corrected, completed, stopped"),
           ("year" = Option<String>, Query, description = "2026: begun in the academic year 2026-2027"),
           ("hosts" = Option<i64>, Query, description = "over at least so many organisations"),
           ("page_size" = Option<i64>, Query, description = "1 to 200, 50 unless said"),
           ("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "`{items, next_cursor, total, parts}`"), (status = 503, description = "the look could not be noted")))]
pub async fn list(visit: Visit, Query(asked): Query<Asked>, Query(paging): Query<Paging>) -> Result<Response, Fault> {
    let asked = Asked { after: paging.cursor, ..asked };
    let shown = list::shown(&visit, &asked, page_size(paging.page_size)).await?;
    Ok(Json(Listed { slice: &shown.slice, parts: &shown.parts }).into_response())
}

fn step(s: &Step) -> serde_json::Value {
    json!({
        "id": s.id, "number": s.number, "stage": s.stage, "kind": s.kind, "title": s.title, "about": s.about,
        "organisation": s.organisation, "organisation_name": s.organisation_name, "resource": s.resource, "teacher": s.teacher,
        "hours": s.hours, "form": s.form, "from": s.from, "until": s.until, "weekday": s.weekday,
        "starts": s.starts.map(|at| at.format("%H:%M").to_string()), "ends": s.ends.map(|at| at.format("%H:%M").to_string()),
        "choice": s.choice, "control": s.control, "expected": s.expected, "state": s.state, "reason": s.reason, "result": s.result,
        "mark": s.mark, "settled_on": s.settled_on, "minutes_done": s.minutes, "visits": s.visits,
    })
}

/// One route. An organisation of a step gets its own steps; the child's name only while a consent opens it.
/// While a version is corrected, `in_force` has what the version that holds says of these steps.
#[utoipa::path(get, path = "/api/v1/routes/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "the route, with its ETag"), (status = 404, description = "unknown, or not for you"), (status = 503, description = "the look could not be noted")))]
pub async fn show(visit: Visit, Path(id): Path<RouteId>) -> Result<Response, Fault> {
    let seen = access::open(&visit, id).await?;
    let r = &seen.route;
    let steps: Vec<_> = seen.steps.iter().map(step).collect();
    let mut body = json!({
        "id": r.id, "organisation": r.organisation, "state": r.state, "from": r.from, "until": r.until, "steps": steps,
        "class_name": r.class_name, "version": r.version,
        "way": match seen.way { Way::Staff => "staff", Way::Family => "family", Way::Partner => "partner" },
    });
    if let Some(map) = body.as_object_mut() {
        if seen.is_named {
            map.insert("learner".into(), json!({ "id": r.learner, "full_name": r.learner_name }));
        }
        if seen.way == Way::Partner {
            map.insert("in_force".into(), json!(seen.held));
        } else {
            let texts = [("note", &r.note), ("tasks", &r.tasks), ("support", &r.support), ("results", &r.results)];
            map.extend(texts.into_iter().map(|(name, text)| (name.to_owned(), json!(text))));
            map.insert("title".into(), json!(r.title));
            map.insert("goal".into(), json!(r.goal));
            map.insert("number".into(), json!(r.number));
            map.insert("load_reason".into(), json!(r.load_reason));
        }
    }
    Ok((etag(r.version), Json(body)).into_response())
}

/// Accepts a step for its organisation. Takes `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/routes/{id}/steps/{step}/acceptance",
    params(("id" = uuid::Uuid, Path, description = "the route"), ("step" = uuid::Uuid, Path, description = "the step")),
    responses((status = 200, description = "`{id, route, state}`"), (status = 404, description = "unknown, or not for you"), (status = 409, description = "`no-consent`: the guardian's consent to the transfer is missing; `state`: it is asked no more")))]
pub async fn accept(
    visit: Visit,
    Path((id, step)): Path<(RouteId, StepId)>,
    sent: Sent<Press>,
) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("routes.accept {step}"));
    Ok(answer(deeds::accept(&visit, &once, id, step).await?))
}

/// Declines a step for its organisation, with a `reason`. Takes `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/routes/{id}/steps/{step}/declination",
    params(("id" = uuid::Uuid, Path, description = "the route"), ("step" = uuid::Uuid, Path, description = "the step")),
    responses((status = 200, description = "`{id, route, state}`"), (status = 404, description = "unknown, or not for you"), (status = 409, description = "it is asked no more"), (status = 422, description = "no reason")))]
pub async fn decline(
    visit: Visit,
    Path((id, step)): Path<(RouteId, StepId)>,
    sent: Sent<DeedForm>,
) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("routes.decline {step}"));
    Ok(answer(deeds::decline(&visit, &once, id, step, &sent.data).await?))
}

/// K8 and K9: approved routes over at least two organisations, completed modules. The rows are those of
/// `GET /api/v1/routes?hosts=2`, and the modules given here; names are there only for who may see them.
#[utoipa::path(get, path = "/api/v1/figures/routes",
    params(("year" = Option<String>, Query, description = "2026: routes begun in the academic year 2026-2027")),
    responses((status = 200, description = "`{routes, over_several_organisations, completed_modules, modules}`")))]
pub async fn figures(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let shown = list::shown(&visit, &Asked { after: String::new(), ..asked.clone() }, 1).await?;
    let (routes, over, modules) = shown.figures;
    let rows = list::completed(&visit, &asked).await?;
    Ok(Json(
        json!({ "routes": routes, "over_several_organisations": over, "completed_modules": modules, "modules": rows }),
    )
    .into_response())
}
