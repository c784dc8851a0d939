//! Documents for programs.
use super::{files::Format, loan::Act, web::act};
use crate::exchange::BookingId;
use axum::response::Response;
use kit::{Fault, Visit, http::Path};
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(handing_over, taking_back))]
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
