//! Pages of charges: extract, call, answer.
use super::{
    ChargeForm, EndForm, LeadForm, appoint as put, charge as give, discharge as end, dismiss as stop, of_child,
    schools, view,
};
use crate::people::PersonId;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    form::Problems,
    http::{Path, Query, Sent, go},
};
use maud::Markup;
use serde::Deserialize;
use uuid::Uuid;

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

fn mend(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

pub async fn leads(visit: Visit, Query(shown): Query<LeadForm>) -> Result<Markup, Fault> {
    Ok(view::leads(&visit, &schools(&visit).await?, &shown, &Problems::default()))
}

pub async fn appoint(visit: Visit, sent: Sent<LeadForm>) -> Result<Response, Fault> {
    match put(&visit, &sent.once(&visit, "learners.appoint"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-class-lead")),
        Err(Fault::Invalid(problems)) => Ok(mend(view::leads(&visit, &schools(&visit).await?, &sent.data, &problems))),
        Err(fault) => Err(fault),
    }
}

pub async fn dismiss(visit: Visit, Path(id): Path<Uuid>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("learners.dismiss {id}"));
    Ok(go(&stop(&visit, &once, id).await?, "done-charge-ended"))
}

pub async fn charges(visit: Visit, Path(id): Path<PersonId>) -> Result<Markup, Fault> {
    Ok(view::of_child(&visit, &of_child(&visit, id).await?, &ChargeForm::default(), &Problems::default()))
}

pub async fn charge(visit: Visit, Path(id): Path<PersonId>, sent: Sent<ChargeForm>) -> Result<Response, Fault> {
    match give(&visit, &sent.once(&visit, &format!("learners.charge {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-charge")),
        Err(Fault::Invalid(problems)) => {
            Ok(mend(view::of_child(&visit, &of_child(&visit, id).await?, &sent.data, &problems)))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn discharge(visit: Visit, Path(id): Path<PersonId>, sent: Sent<EndForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("learners.discharge {id}"));
    Ok(go(&end(&visit, &once, id, &sent.data).await?, "done-charge-ended"))
}
