//! Diplomas and certificates for programs.
use super::{certificates, model::ParticipationId, web};
use crate::{
    app::App,
    events::{self, EditionId, StageId},
    people::PersonId,
};
use axum::{
    Json,
    extract::State,
    response::{IntoResponse as _, Response},
};
use chrono::NaiveDate;
use kit::{Fault, Visit, http::Path};
use serde::Serialize;
use serde_json::json;
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(certificates_of, certificate))]
    struct Part;
    Part::openapi()
}

/// A numbered paper. The child is named to those alone who may see the record.
#[derive(Serialize)]
struct Numbered {
    number: String,
    given_on: Option<NaiveDate>,
    stage_id: StageId,
    participation_id: ParticipationId,
    learner_id: Option<PersonId>,
    learner: Option<String>,
    organisation: String,
    team: Option<String>,
    award: Option<super::Award>,
    degree: Option<i64>,
    place: Option<i64>,
    /// False while the result is disputed: the number vouches for nothing then.
    in_force: bool,
    pdf_url: Option<String>,
}

/// The numbers given at an edition, stage by stage: of what the own organisations sent or hold.
#[utoipa::path(get, path = "/api/v1/editions/{id}/certificates", params(("id" = uuid::Uuid, Path, description = "id of the edition")),
    responses((status = 200, description = "`{items: [{number, given_on, stage_id, participation_id, learner_id, learner, organisation, team, award, degree, place, in_force, pdf_url}]}`"),
              (status = 401, description = "sign in"), (status = 403, description = "not yours to see"), (status = 404, description = "unknown, or nothing of yours there"), (status = 503, description = "the look could not be noted")))]
pub async fn certificates_of(visit: Visit, Path(id): Path<EditionId>) -> Result<Response, Fault> {
    let edition = events::open(&visit, id).await?;
    let (mut items, mut is_seen) = (Vec::new(), false);
    for stage in events::stages(&visit.net, edition.id).await? {
        let opened = match web::open(&visit, stage.id).await {
            Ok(opened) => opened,
            Err(Fault::NotFound) => continue,
            Err(fault) => return Err(fault),
        };
        is_seen = true;
        for e in opened.entries {
            let Some(number) = e.certificate else { continue };
            let (is_named, in_force) = (e.name.is_some(), e.result.counts());
            items.push(Numbered {
                pdf_url: (is_named && in_force)
                    .then(|| format!("/api/v1/stages/{}/certificates/{number}/pdf", stage.id)),
                number,
                given_on: e.certificate_on,
                stage_id: stage.id,
                participation_id: e.id,
                learner_id: e.learner,
                learner: e.name,
                organisation: e.organisation,
                team: e.team,
                award: e.award,
                degree: e.degree,
                place: e.place,
                in_force,
            });
        }
    }
    if !is_seen {
        return Err(Fault::NotFound);
    }
    Ok(Json(json!({ "items": items })).into_response())
}

/// One diploma or certificate as PDF. The printing is noted for the child.
#[utoipa::path(get, path = "/api/v1/stages/{id}/certificates/{number}/pdf",
    params(("id" = uuid::Uuid, Path, description = "id of the stage"), ("number" = String, Path, description = "K7M42X-Q9TRAB")),
    responses((status = 200, description = "application/pdf"), (status = 401, description = "sign in"), (status = 403, description = "not yours to see"), (status = 404, description = "no such number there, disputed, or not yours to see"), (status = 503, description = "the printing could not be noted")))]
pub async fn certificate(
    State(app): State<App>,
    visit: Visit,
    Path((stage, number)): Path<(StageId, String)>,
) -> Result<Response, Fault> {
    let number = certificates::read(&number);
    let sheets = certificates::sheets(&visit, stage, Some(&number), app.options.public_url.as_deref()).await?;
    web::pdf(sheets, visit.today, "certificate").await
}
