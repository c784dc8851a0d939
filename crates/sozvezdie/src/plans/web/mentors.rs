//! Pages of mentors.
use super::mend;
use crate::plans::{
    mentors::{all, save},
    model::MentorForm,
    store, view,
};
use crate::{centre, organisations, people::PersonId};
use axum::response::Response;
use kit::{
    Fault, Visit,
    form::Problems,
    http::{Query, Sent, go},
};
use maud::Markup;
use serde::Deserialize;

pub async fn list(visit: Visit) -> Result<Markup, Fault> {
    Ok(view::mentors::list(&visit, &all(&visit).await?))
}

/// Whose page it is; nobody's for a new one.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Whose {
    person: String,
}

pub async fn new(visit: Visit, Query(whose): Query<Whose>) -> Result<Markup, Fault> {
    let known = match whose.person.parse::<PersonId>() {
        Ok(id) => store::mentor(&visit.net, id).await?,
        Err(_) => None,
    };
    let blank = || MentorForm { capacity: "4".into(), ..MentorForm::default() };
    let form = known.as_ref().map_or_else(blank, MentorForm::of);
    page(&visit, &form, &Problems::default()).await
}

async fn page(visit: &Visit, form: &MentorForm, problems: &Problems) -> Result<Markup, Fault> {
    let centre = centre::open(visit).await?;
    visit.viewer.demand(super::super::EDIT, Some(centre.organisation.0))?;
    let people = store::candidates(&visit.net, visit.today).await?;
    let places = organisations::active(&visit.net).await?;
    let places: Vec<_> = places.into_iter().map(|o| (o.id.to_string(), o.short_name)).collect();
    Ok(view::mentors::form(visit, form, &people, &places, problems))
}

pub async fn put(visit: Visit, sent: Sent<MentorForm>) -> Result<Response, Fault> {
    match save(&visit, &sent.once(&visit, "mentors.save"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-mentor-saved")),
        Err(Fault::Invalid(problems)) => Ok(mend(page(&visit, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}
