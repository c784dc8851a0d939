//! Pages of cases: extract, call, answer.
use super::{
    AskForm, CaseId, CaseState, StepForm, ask, child, finish, list as lines, of_child, open, view, withdraw as end,
};
use crate::{consents::ConsentId, people::PersonId};
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

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    pub state: String,
}

impl Asked {
    pub fn state(&self) -> CaseState {
        self.state.parse().unwrap_or(CaseState::Open)
    }
}

pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let lines = lines(&visit, asked.state()).await?;
    Ok(view::list(&visit, &lines, asked.state()))
}

pub async fn show(visit: Visit, Path(id): Path<CaseId>) -> Result<Markup, Fault> {
    Ok(view::show(&visit, &open(&visit, id).await?, &StepForm::default(), &Problems::default()))
}

fn mend(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

pub async fn finish_step(visit: Visit, Path(id): Path<CaseId>, sent: Sent<StepForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("cases.finish {id}"));
    match finish(&visit, &once, id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-case-step")),
        Err(Fault::Invalid(problems)) => Ok(mend(view::show(&visit, &open(&visit, id).await?, &sent.data, &problems))),
        Err(fault) => Err(fault),
    }
}

pub async fn new(visit: Visit, Path(learner): Path<PersonId>) -> Result<Markup, Fault> {
    form(&visit, learner, &AskForm::default(), &Problems::default()).await
}

async fn form(visit: &Visit, learner: PersonId, typed: &AskForm, problems: &Problems) -> Result<Markup, Fault> {
    let child = child(visit, learner).await?;
    let before = of_child(visit, learner).await?;
    Ok(view::ask(visit, &child, &before, typed, problems))
}

pub async fn create(visit: Visit, Path(learner): Path<PersonId>, sent: Sent<AskForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("cases.ask {learner}"));
    match ask(&visit, &once, learner, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-case-asked")),
        Err(Fault::Invalid(problems)) => Ok(mend(form(&visit, learner, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

pub async fn withdraw(visit: Visit, Path(id): Path<ConsentId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("cases.withdraw {id}"));
    Ok(go(&end(&visit, &once, id).await?, "done-consent-withdrawn"))
}
