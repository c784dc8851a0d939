//! The answer of a pedagogue or a head to a visit.
use crate::exchange::{
    LIST, act,
    consent::{self, ConsentForm, Party},
    model::{Booking, BookingId},
    store, url, view,
};
use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    form::Problems,
    http::{Path, Query, Sent, answer, go},
};
use maud::Markup;
use serde::Deserialize;

/// As whom the form is opened.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct As {
    party: String,
}

pub async fn form(visit: Visit, Path(id): Path<BookingId>, Query(asked): Query<As>) -> Result<Markup, Fault> {
    let booking = act::open(&visit, id).await?;
    let form = ConsentForm { party: asked.party, ..ConsentForm::default() };
    page(&visit, &booking, &form, &Problems::default())
}

fn page(visit: &Visit, b: &Booking, form: &ConsentForm, problems: &Problems) -> Result<Markup, Fault> {
    let mine: Vec<Party> = Party::ALL.iter().copied().filter(|party| consent::answers_as(visit, b, *party)).collect();
    if mine.is_empty() || !consent::is_open(visit, b) {
        return Err(act::wrong(visit, b.state));
    }
    Ok(view::consent::page(visit, b, &mine, form, problems))
}

pub async fn submit(visit: Visit, Path(id): Path<BookingId>, sent: Sent<ConsentForm>) -> Result<Response, Fault> {
    let said = if sent.data.answer == "no" { "done-consent-refused" } else { "done-consent-given" };
    let once = sent.once(&visit, &format!("bookings.consent {id}"));
    match consent::answer(&visit, &once, id, &sent.data).await {
        Ok(mut done) => {
            // Who lost sight of the booking with the refusal goes to the list.
            if act::open(&visit, id).await.is_err() {
                done.location = Some(LIST.into());
            }
            Ok(go(&done, said))
        }
        Err(Fault::Invalid(problems)) => {
            let booking = act::open(&visit, id).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&visit, &booking, &sent.data, &problems)?).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// Answers as the person who goes or as the head who lets them.
#[utoipa::path(post, path = "/api/v1/bookings/{id}/consent", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state, version}`; takes `{party: person|head, answer: yes|no, reason}`"), (status = 403, description = "not asked for yours"), (status = 404, description = "unknown"), (status = 409, description = "nothing to agree to any more"), (status = 422, description = "fields to mend")))]
pub async fn api_submit(visit: Visit, Path(id): Path<BookingId>, sent: Sent<ConsentForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("bookings.consent {id}"));
    Ok(answer(consent::answer(&visit, &once, id, &sent.data).await?))
}

/// Who has agreed to a visit so far.
#[utoipa::path(get, path = "/api/v1/bookings/{id}/consent", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{needed, items: [{party, is_given, reason, answered_at, answered_by}]}`"), (status = 404, description = "unknown")))]
pub async fn api_show(visit: Visit, Path(id): Path<BookingId>) -> Result<Response, Fault> {
    let booking = act::open(&visit, id).await?;
    let items: Vec<_> = store::consents(&visit.net, id)
        .await?
        .into_iter()
        .map(|c| serde_json::json!({ "party": c.party, "is_given": c.is_given, "reason": c.reason, "answered_at": c.answered_at, "answered_by": c.answered_by }))
        .collect();
    let body = serde_json::json!({ "needed": consent::is_needed(&booking), "url": url(id), "items": items });
    Ok(Json(body).into_response())
}

pub fn document() -> utoipa::openapi::OpenApi {
    use utoipa::OpenApi as _;
    #[derive(utoipa::OpenApi)]
    #[openapi(paths(api_show, api_submit))]
    struct Part;
    Part::openapi()
}
