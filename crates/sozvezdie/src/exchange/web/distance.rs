//! «Перевести на дистанционно»: a day, or one place on it.
use super::again;
use crate::{
    exchange::{
        DECIDE, DistanceForm, REQUEST, VIEW,
        form::whole_day,
        model::{Booking, BookingState, Form, Mode},
        shift::switch_to_distance,
        store::{self, Filter},
        view,
    },
    organisations::{self, OrganisationId},
    resources::{self, Read, ResourceId},
};
use axum::{http::StatusCode, response::Response};
use chrono::NaiveDate;
use kit::{
    Fault, Visit,
    form::Problems,
    http::{Query, Sent, go},
};
use maud::Markup;

/// The visits that would be switched: in person, not over, for which the viewer may act.
async fn touched(visit: &Visit, form: &DistanceForm) -> Result<Option<Vec<Booking>>, Fault> {
    let Ok(day) = form.on.trim().parse::<NaiveDate>() else { return Ok(None) };
    let during = whole_day(day);
    let states = vec![BookingState::Requested, BookingState::Countered, BookingState::Planned];
    let filter = Filter { during: Some(during), states, ..Filter::new(visit.viewer.reach(VIEW)) };
    let (owner, asker) = (visit.viewer.reach(DECIDE), visit.viewer.reach(REQUEST));
    let mut all = store::between(&visit.net, &filter).await?;
    all.retain(|b| {
        let mine = owner.covers(Some(b.owner_id.0)) || asker.covers(Some(b.organisation_id.0));
        mine && b.mode == Mode::InPerson && b.form != Form::Loan && during.start <= b.span.start
    });
    if let Ok(place) = form.place_id.trim().parse::<OrganisationId>() {
        let mut ids: Vec<ResourceId> = all.iter().map(|b| b.resource_id).collect();
        ids.sort_unstable();
        ids.dedup();
        let found = resources::find_all(&mut Read::Net(&visit.net), &ids).await?;
        let travels = |id: ResourceId| found.iter().any(|r| r.id == id && r.travels);
        all.retain(|b| place == if travels(b.resource_id) { b.organisation_id } else { b.owner_id });
    }
    Ok(Some(all))
}

async fn page(visit: &Visit, form: &DistanceForm, problems: &Problems) -> Result<Markup, Fault> {
    let touched = touched(visit, form).await?;
    let places = organisations::active(&visit.net).await?;
    Ok(view::distance::page(visit, form, problems, &places, touched.as_deref()))
}

pub async fn show(visit: Visit, Query(form): Query<DistanceForm>) -> Result<Markup, Fault> {
    page(&visit, &form, &Problems::default()).await
}

pub async fn switch(visit: Visit, sent: Sent<DistanceForm>) -> Result<Response, Fault> {
    match switch_to_distance(&visit, &sent.once(&visit, "bookings.distance"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-distance")),
        Err(Fault::Invalid(problems)) => {
            Ok(again(StatusCode::UNPROCESSABLE_ENTITY, page(&visit, &sent.data, &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}
