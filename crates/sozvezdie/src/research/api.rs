//! Research for programs.
use super::{
    Can, Project, ProjectId, Review, ReviewId, StepForm,
    model::Stage,
    open,
    review::{self, ReviewForm},
    store,
    web::{Asked, visible},
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
    #[openapi(paths(list, show, step, review, write_review))]
    struct Part;
    Part::openapi()
}

/// The research projects that the caller may see, without the names of their authors.
#[utoipa::path(get, path = "/api/v1/research",
    params(("stage" = Option<String>, Query, description = "topic, plan, research, paper, review, defence"),
           ("q" = Option<String>, Query, description = "a part of the title")),
    responses((status = 200, description = "`{items}`"), (status = 422, description = "a code that is none")))]
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    if !asked.stage.is_empty() && asked.stage.parse::<Stage>().is_err() {
        return Err(Fault::field("stage", Message::new("form-unknown-code").with("code", &asked.stage)));
    }
    let items: Vec<Value> = visible(&visit, &asked).await?.iter().map(brief).collect();
    Ok(Json(json!({ "items": items })).into_response())
}

fn brief(p: &Project) -> Value {
    json!({ "id": p.id, "title": p.title, "subject": p.subject, "organisation_id": p.organisation_id, "academic_year": p.academic_year,
            "stage": p.stage, "state": p.state, "due_on": p.due_on, "submitted_to": p.submitted_to, "version": p.version })
}

/// A written review as the authors get it: never who wrote it.
fn anonymous(r: &Review) -> Value {
    json!({ "state": r.state, "novelty": r.novelty, "method": r.method, "writing": r.writing, "advice": r.advice, "text": r.body })
}

/// One project with its stages, those of its authors whom the caller may see, and its reviews without
/// who wrote them.
#[utoipa::path(get, path = "/api/v1/research/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "the project, with its ETag"), (status = 404, description = "unknown")))]
pub async fn show(visit: Visit, Path(id): Path<ProjectId>) -> Result<Response, Fault> {
    let (project, authors, can) = open(&visit, id).await?;
    let reviews: Vec<Value> = store::reviews(&visit.net, id).await?.iter().map(anonymous).collect();
    let mut body = serde_json::to_value(&project).map_err(anyhow::Error::from)?;
    if let Some(map) = body.as_object_mut() {
        map.insert("stages".into(), json!(store::terms(&visit.net, id).await?));
        map.insert("authors".into(), json!(authors));
        map.insert("reviews".into(), json!(reviews));
        map.insert("may".into(), json!(may(can)));
    }
    Ok((etag(project.version), Json(body)).into_response())
}

fn may(can: Can) -> Vec<&'static str> {
    let all = [("edit", can.edit), ("lead", can.lead), ("work", can.work)];
    all.into_iter().filter(|(_, may)| *may).map(|(deed, _)| deed).collect()
}

/// Moves a project: `{step}` is a stage, `complete`, `stop` or `resume`.
#[utoipa::path(post, path = "/api/v1/research/{id}/stage", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, stage, state}`"), (status = 404, description = "unknown"), (status = 409, description = "not from here, or something is missing")))]
pub async fn step(visit: Visit, Path(id): Path<ProjectId>, sent: Sent<StepForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("research.step {id}"));
    Ok(answer(super::step(&visit, &once, id, &sent.data).await?))
}

/// A review that the caller was asked for, with the work: a text that names nobody.
#[utoipa::path(get, path = "/api/v1/research/reviews/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{due_on, state, work}`"), (status = 404, description = "unknown, or somebody else's")))]
pub async fn review(visit: Visit, Path(id): Path<ReviewId>) -> Result<Response, Fault> {
    let (review, work) = review::open_review(&visit, id).await?;
    Ok(Json(json!({ "id": review.id, "due_on": review.due_on, "state": review.state, "work": work })).into_response())
}

/// Writes the review, once: points from 0 to 10 for `novelty`, `method`, `writing`; `advice` is accept or
/// rework; `body` the text.
#[utoipa::path(post, path = "/api/v1/research/reviews/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state}`"), (status = 409, description = "written already"), (status = 422, description = "fields to mend")))]
pub async fn write_review(visit: Visit, Path(id): Path<ReviewId>, sent: Sent<ReviewForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("research.review {id}"));
    Ok(answer(review::write_review(&visit, &once, id, &sent.data).await?))
}
