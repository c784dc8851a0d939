//! Pages of portfolios: extract, call, answer.
use super::{OWN, model::Asked, paper, staff_url, to_print, url, view};
use crate::{
    learners,
    papers::{self, Format},
    people::PersonId,
};
use axum::response::{IntoResponse as _, Redirect, Response};
use kit::{
    Fault, Visit,
    http::{Path, Query},
};
use maud::Markup;

/// Leads on to one's own: a learner's or a pedagogue's.
pub async fn own(visit: Visit) -> Result<Response, Fault> {
    let person = visit.viewer.person.map(PersonId).ok_or(Fault::Forbidden(OWN))?;
    let is_learner = visit.viewer.has_role("learner") && learners::may_see(&visit, person).await?;
    let href = if is_learner { url(person) } else { staff_url(person) };
    Ok(Redirect::to(&href).into_response())
}

pub async fn of_child(visit: Visit, Path(id): Path<PersonId>, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let found = super::of_child(&visit, id, &asked.check()?).await?;
    Ok(view::child(&visit, &found))
}

pub async fn child_paper(
    visit: Visit,
    Path(id): Path<PersonId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let found = super::of_child(&visit, id, &asked.check()?).await?;
    learners::note_export(&visit, "portfolio", &[id]).await?;
    papers::answer(&visit, paper::of_child(&found, visit.today), Format::Pdf, "portfolio").await
}

pub async fn of_pedagogue(visit: Visit, Path(id): Path<PersonId>, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let found = super::of_pedagogue(&visit, id, &asked.check()?).await?;
    Ok(view::pedagogue(&visit, &found))
}

pub async fn pedagogue_paper(
    visit: Visit,
    Path(id): Path<PersonId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let found = to_print(&visit, id, &asked.check()?).await?;
    papers::answer(&visit, paper::of_pedagogue(&found, visit.today), Format::Pdf, "portfolio").await
}
