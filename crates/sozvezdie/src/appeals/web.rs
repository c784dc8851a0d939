//! Pages of the showing and of appeals: extract, call, answer.
use super::{
    Case, deeds, ending,
    model::{AppealForm, AppealId, DecisionForm, FinalForm, OrderForm, ShowingForm},
    open, open_case, open_to_hold,
    papers::{self, Sheet},
    view,
};
use crate::{
    acts,
    events::{self, StageId, StageState},
    judging, learners,
    papers::{Format, answer},
    people,
    results::{self, ParticipationId},
};
use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use chrono::Days;
use kit::{
    Fault, Visit,
    form::Problems,
    http::{Path, Sent, go},
};
use maud::Markup;
use serde::Deserialize;

fn mend(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

/// Acts that an order is chosen from.
const ACTS: i64 = 60;

/// What was typed on the page of a stage and is shown again.
#[derive(Default)]
pub struct Typed<'a> {
    pub showing: Option<&'a ShowingForm>,
    pub last: FinalForm,
    pub order: OrderForm,
}

async fn page(visit: &Visit, stage: StageId, typed: &Typed<'_>, problems: &Problems) -> Result<Markup, Fault> {
    let o = open(visit, stage).await?;
    let showing = match (&o.showing, typed.showing) {
        (_, Some(typed)) => typed.clone(),
        (Some(known), None) => ShowingForm::of(known),
        (None, None) => {
            let until = visit.today + Days::new(2);
            ShowingForm {
                from: visit.today.to_string(),
                until: until.to_string(),
                appeal_until: until.to_string(),
                place: o.stage.place.clone().unwrap_or_default(),
            }
        }
    };
    let has_order = o.holds && o.stage.state == StageState::Final;
    let mut orders = if has_order { acts::latest(visit, ACTS).await? } else { Vec::new() };
    orders.retain(|a| matches!(a.kind, acts::Kind::Order));
    Ok(view::board::page(visit, &o, &showing, typed, &orders, problems))
}

pub async fn show(visit: Visit, Path(stage): Path<StageId>) -> Result<Markup, Fault> {
    page(&visit, stage, &Typed::default(), &Problems::default()).await
}

pub async fn publish(visit: Visit, Path(stage): Path<StageId>, sent: Sent<ShowingForm>) -> Result<Response, Fault> {
    match deeds::publish(&visit, &sent.once(&visit, &format!("appeals.showing {stage}")), stage, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-appeal-showing")),
        Err(Fault::Invalid(problems)) => {
            let typed = Typed { showing: Some(&sent.data), ..Typed::default() };
            Ok(mend(page(&visit, stage, &typed, &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn conclude(visit: Visit, Path(stage): Path<StageId>, sent: Sent<FinalForm>) -> Result<Response, Fault> {
    match ending::conclude(&visit, &sent.once(&visit, &format!("appeals.final {stage}")), stage, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-appeal-final")),
        Err(Fault::Invalid(problems)) => {
            let typed = Typed { last: sent.data.clone(), ..Typed::default() };
            Ok(mend(page(&visit, stage, &typed, &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn approve(visit: Visit, Path(stage): Path<StageId>, sent: Sent<OrderForm>) -> Result<Response, Fault> {
    match ending::approve(&visit, &sent.once(&visit, &format!("appeals.order {stage}")), stage, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-appeal-order")),
        Err(Fault::Invalid(problems)) => {
            let typed = Typed { order: sent.data.clone(), ..Typed::default() };
            Ok(mend(page(&visit, stage, &typed, &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}

/// `protocol.pdf`, `appeals.pdf`, `order.docx`: for whoever holds the stage.
pub async fn paper(visit: Visit, Path((stage, file)): Path<(StageId, String)>) -> Result<Response, Fault> {
    let o = open_to_hold(&visit, stage).await?;
    let (name, format) = file.split_once('.').ok_or(Fault::NotFound)?;
    let format: Format = format.parse().map_err(|_| Fault::NotFound)?;
    let sheet: Sheet = name.parse().map_err(|_| Fault::NotFound)?;
    let paper = papers::write(&visit, &o, sheet).await?;
    answer(&visit, paper, format, sheet.code()).await
}

async fn form_page(
    visit: &Visit,
    work: ParticipationId,
    typed: &AppealForm,
    problems: &Problems,
) -> Result<Markup, Fault> {
    let (stage, learner) = deeds::to_appeal(visit, work).await?;
    let (edition, stage, _) = events::open_stage(visit, stage).await?;
    learners::note_read(visit, learners::How::Elsewhere, &[learner]).await?;
    let showing = super::store::showing(&visit.net, stage.id).await?;
    let row = results::protocol(visit, stage.id).await?.into_iter().find(|r| r.id == work).ok_or(Fault::NotFound)?;
    let tasks = judging::shown(visit, stage.id, work).await?;
    let is_open = showing.as_ref().is_some_and(|s| s.takes_appeals(visit.today));
    Ok(view::case::form(visit, (&edition, &stage), &row, &tasks, is_open, typed, problems))
}

pub async fn new(visit: Visit, Path(work): Path<ParticipationId>) -> Result<Markup, Fault> {
    form_page(&visit, work, &AppealForm::default(), &Problems::default()).await
}

pub async fn send(visit: Visit, Path(work): Path<ParticipationId>, sent: Sent<AppealForm>) -> Result<Response, Fault> {
    match deeds::send(&visit, &sent.once(&visit, &format!("appeals.send {work}")), work, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-appeal-sent")),
        Err(Fault::Invalid(problems)) => Ok(mend(form_page(&visit, work, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

async fn case_page(visit: &Visit, id: AppealId, typed: &DecisionForm, problems: &Problems) -> Result<Markup, Fault> {
    let case: Case = open_case(visit, id).await?;
    let tasks = judging::shown(visit, case.stage.id, case.appeal.work).await?;
    let rows = results::protocol(visit, case.stage.id).await?;
    let row = rows.into_iter().find(|r| r.id == case.appeal.work).ok_or(Fault::NotFound)?;
    let history = results::revisions(visit, case.appeal.work).await?;
    let named: Vec<_> = history.iter().filter_map(|r| r.by).chain(case.appeal.decided_by).collect();
    // Who decided is told to those who hold the stage.
    let names = if case.holds { people::names(&visit.net, &named).await? } else { Default::default() };
    let shown = view::case::Shown { case: &case, row: &row, tasks: &tasks, history: &history, names: &names };
    Ok(view::case::page(visit, &shown, typed, problems))
}

pub async fn case(visit: Visit, Path(id): Path<AppealId>) -> Result<Markup, Fault> {
    let typed = DecisionForm { by_rules: "yes".into(), ..DecisionForm::default() };
    case_page(&visit, id, &typed, &Problems::default()).await
}

pub async fn decide(visit: Visit, Path(id): Path<AppealId>, sent: Sent<DecisionForm>) -> Result<Response, Fault> {
    match deeds::decide(&visit, &sent.once(&visit, &format!("appeals.decide {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-appeal-decided")),
        Err(Fault::Invalid(problems)) => Ok(mend(case_page(&visit, id, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

pub async fn withdraw(visit: Visit, Path(id): Path<AppealId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("appeals.withdraw {id}"));
    Ok(go(&deeds::withdraw(&visit, &once, id).await?, "done-appeal-withdrawn"))
}
