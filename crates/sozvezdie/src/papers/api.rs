//! Documents for programs.
use super::{
    files::Format,
    loan::Act,
    record::SetId,
    sets,
    web::{Press, act},
};
use crate::exchange::{BookingId, CommonId};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use kit::{
    Fault, Visit,
    http::{Path, Sent, answer},
};
use serde_json::json;
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(handing_over, taking_back, assemble, assemble_common, show, file))]
    struct Part;
    Part::openapi()
}

/// The act of handing over a loan, to be signed by both sides.
#[utoipa::path(get, path = "/api/v1/bookings/{id}/handing-over.pdf", params(("id" = uuid::Uuid, Path, description = "id of the booking")),
    responses((status = 200, description = "the act as PDF", content_type = "application/pdf"), (status = 404, description = "unknown, or of others"), (status = 409, description = "no loan, or not agreed yet")))]
pub async fn handing_over(visit: Visit, Path(id): Path<BookingId>) -> Result<Response, Fault> {
    act(&visit, id, Act::HandingOver, Format::Pdf).await
}

/// The act of taking a loan back, to be signed by both sides.
#[utoipa::path(get, path = "/api/v1/bookings/{id}/taking-back.pdf", params(("id" = uuid::Uuid, Path, description = "id of the booking")),
    responses((status = 200, description = "the act as PDF", content_type = "application/pdf"), (status = 404, description = "unknown, or of others"), (status = 409, description = "no loan, or not handed over yet")))]
pub async fn taking_back(visit: Visit, Path(id): Path<BookingId>) -> Result<Response, Fault> {
    act(&visit, id, Act::TakingBack, Format::Pdf).await
}

/// Puts together the papers of the trip that a booking means: order, list, instruction sheet, transport
/// request. Asked again, answers with those that there are.
#[utoipa::path(post, path = "/api/v1/bookings/{id}/papers", params(("id" = uuid::Uuid, Path, description = "id of the booking")),
    responses((status = 201, description = "`{id}` of the set"), (status = 404, description = "unknown, or of others"), (status = 409, description = "nobody goes anywhere for this booking")))]
pub async fn assemble(visit: Visit, Path(id): Path<BookingId>, sent: Sent<Press>) -> Result<Response, Fault> {
    Ok(answer(sets::assemble(&visit, &sent.once(&visit, &format!("papers.assemble {id}")), id).await?))
}

/// The same for a common request: one trip of its organisation, with the vehicle that was asked for.
#[utoipa::path(post, path = "/api/v1/common-requests/{id}/papers", params(("id" = uuid::Uuid, Path, description = "id of the common request")),
    responses((status = 201, description = "`{id}` of the set"), (status = 404, description = "unknown, or of others"), (status = 409, description = "nobody goes anywhere for it")))]
pub async fn assemble_common(visit: Visit, Path(id): Path<CommonId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("papers.assemble common {id}"));
    Ok(answer(sets::assemble_common(&visit, &once, id).await?))
}

/// The papers of a trip with their texts. Each as a file: `/api/v1/papers/{id}/{kind}/pdf` or `docx`.
#[utoipa::path(get, path = "/api/v1/papers/{id}", params(("id" = uuid::Uuid, Path, description = "id of the set")),
    responses((status = 200, description = "`{id, title, organisation_id, items: [{kind, number, dated, heading, body, grid, ending, blanks, version}]}`"), (status = 404, description = "unknown, or of others")))]
pub async fn show(visit: Visit, Path(id): Path<SetId>) -> Result<Response, Fault> {
    let (set, papers) = sets::open(&visit, id).await?;
    let items: Vec<_> = papers
        .iter()
        .map(|p| {
            json!({ "kind": p.kind, "number": p.number, "dated": p.dated, "heading": p.heading, "body": p.body, "grid": p.grid,
                "ending": p.ending, "blanks": p.blanks(), "version": p.version })
        })
        .collect();
    let body = json!({ "id": set.id, "title": set.title, "organisation_id": set.organisation_id, "items": items });
    Ok(Json(body).into_response())
}

/// One paper of a trip as a file.
#[utoipa::path(get, path = "/api/v1/papers/{id}/{kind}/{format}", params(("id" = uuid::Uuid, Path, description = "id of the set"),
    ("kind" = String, Path, description = "`kind` of one of its items"), ("format" = String, Path, description = "`pdf` or `docx`")),
    responses((status = 200, description = "the paper"), (status = 404, description = "unknown, or of others")))]
pub async fn file(visit: Visit, of: Path<(SetId, String, String)>) -> Result<Response, Fault> {
    super::web::file(visit, of).await
}
