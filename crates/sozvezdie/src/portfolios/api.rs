//! Portfolios for programs.
use super::model::{Achievement, Asked, Counts, by_level};
use crate::people::PersonId;
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use kit::{
    Fault, Visit,
    http::{Path, Query},
};
use serde_json::{Value, json};
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(of_child, of_pedagogue))]
    struct Part;
    Part::openapi()
}

/// Rows and counts; hundredths of a share become shares.
fn results(rows: &[Achievement]) -> Value {
    let counts = |c: &Counts| {
        json!({
            "participations": c.participations, "prize_participations": c.prize_participations, "prize_places": c.prize_places,
            "children": c.children, "prize_children": c.prize_children,
            "participations_by_share": share(c.shares), "prize_participations_by_share": share(c.prize_shares),
        })
    };
    let of = |official: bool| counts(&Counts::of(rows.iter().filter(|a| a.is_official() == official)));
    let levels: Vec<Value> = by_level(rows)
        .iter()
        .map(|l| json!({ "level": l.level, "official": counts(&l.official), "other": counts(&l.other) }))
        .collect();
    let items: Vec<Value> = rows
        .iter()
        .map(|a| {
            json!({
                "id": a.id, "edition_id": a.edition, "title": a.title, "stage": a.stage, "level": a.level, "format": a.format,
                "academic_year": a.year, "subject": a.subject, "class": a.class, "organisation": a.organisation, "team": a.team,
                "award": a.award, "degree": a.degree, "place": a.place, "prize": a.is_prize, "certificate": a.certificate,
                "learner_id": a.name.as_ref().map(|_| a.learner), "learner": a.name, "share": share(a.share), "lists": a.lists,
            })
        })
        .collect();
    json!({
        "total": counts(&Counts::of(rows.iter())), "official": of(true), "other": of(false),
        "by_level": levels, "items": items,
    })
}

#[expect(clippy::cast_precision_loss, reason = "at most a hundred times the rows of a portfolio")]
fn share(hundredths: i64) -> f64 {
    hundredths as f64 / 100.0
}

/// A child's portfolio: confirmed results by level, official-list and other events apart, research, groups,
/// societies and completed routes. Whoever may not see the record gets 404.
#[utoipa::path(get, path = "/api/v1/learners/{id}/portfolio",
    params(("id" = uuid::Uuid, Path, description = "id of the learner"),
           ("from" = Option<String>, Query, description = "first academic year, 2015-2016"),
           ("to" = Option<String>, Query, description = "last academic year")),
    responses((status = 200, description = "`{learner, results: {total, official, other, by_level, items}, pending, research, groups, societies, routes}`"),
              (status = 404, description = "unknown, or not yours to see"), (status = 422, description = "no academic year"), (status = 503, description = "the look could not be noted")))]
pub async fn of_child(visit: Visit, Path(id): Path<PersonId>, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let p = super::of_child(&visit, id, &asked.check()?).await?;
    let body = json!({
        "learner": { "id": p.learner.id, "full_name": p.learner.full_name, "class_name": p.learner.class_name, "organisation": p.organisation },
        "results": results(&p.achievements), "pending": p.pending,
        "research": p.works, "groups": p.groups, "societies": p.societies, "routes": p.routes,
    });
    Ok(Json(body).into_response())
}

/// A pedagogue's portfolio: results of those whom they prepared, each with the part of the preparation,
/// groups, research, methods. A pupil is named to those alone who see the pupil's record.
#[utoipa::path(get, path = "/api/v1/staff/{id}/portfolio",
    params(("id" = uuid::Uuid, Path, description = "id of the person"),
           ("from" = Option<String>, Query, description = "first academic year, 2015-2016"),
           ("to" = Option<String>, Query, description = "last academic year")),
    responses((status = 200, description = "`{person, results: {total, official, other, by_level, items}, groups, research, methods}`"),
              (status = 404, description = "unknown, or not yours to see"), (status = 422, description = "no academic year"), (status = 503, description = "the look could not be noted")))]
pub async fn of_pedagogue(
    visit: Visit,
    Path(id): Path<PersonId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let p = super::of_pedagogue(&visit, id, &asked.check()?).await?;
    let body = json!({
        "person": { "id": p.id, "full_name": p.name, "posts": p.posts },
        "results": results(&p.achievements), "groups": p.groups, "research": p.works, "methods": p.methods,
    });
    Ok(Json(body).into_response())
}
