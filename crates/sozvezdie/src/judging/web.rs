//! Pages of judging: extract, call, answer.
use super::{
    Judging, Mark, Work,
    marks::{self, open_sheet},
    open_to_hold,
    rules::{self, JurorForm, RulesForm},
    store, view,
};
use crate::{
    events::StageId,
    groups,
    people::{PersonId, PersonName},
};
use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use kit::{
    Fault, Visit,
    form::Problems,
    http::{Path, Query, Sent, go},
};
use maud::Markup;
use serde::Deserialize;
use std::collections::BTreeMap;

fn mend(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

/// Everything that the page of a judging shows.
pub struct Board {
    pub judging: Judging,
    pub works: Vec<Work>,
    pub marks: Vec<Mark>,
    pub staff: Vec<(PersonId, PersonName, String)>,
}

async fn page(
    visit: &Visit,
    stage: StageId,
    rules: Option<&RulesForm>,
    juror: &JurorForm,
    problems: &Problems,
) -> Result<Markup, Fault> {
    let judging = open_to_hold(visit, stage).await?;
    let own = RulesForm { criteria: judging.rules.tasks.text(), threshold: judging.rules.threshold.to_string() };
    let board = Board {
        works: store::works(&visit.net, stage).await?,
        marks: store::marks(&visit.net, stage).await?,
        staff: groups::jurors(visit).await?,
        judging,
    };
    Ok(view::board(visit, &board, rules.unwrap_or(&own), juror, problems))
}

pub async fn show(visit: Visit, Path(stage): Path<StageId>) -> Result<Markup, Fault> {
    page(&visit, stage, None, &JurorForm::default(), &Problems::default()).await
}

pub async fn set_rules(visit: Visit, Path(stage): Path<StageId>, sent: Sent<RulesForm>) -> Result<Response, Fault> {
    match rules::set_rules(&visit, &sent.once(&visit, &format!("judging.rules {stage}")), stage, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-judging-rules")),
        Err(Fault::Invalid(problems)) => {
            Ok(mend(page(&visit, stage, Some(&sent.data), &JurorForm::default(), &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn jury(visit: Visit, Path(stage): Path<StageId>, sent: Sent<JurorForm>) -> Result<Response, Fault> {
    match rules::jury(&visit, &sent.once(&visit, &format!("judging.jury {stage}")), stage, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-judging-jury")),
        Err(Fault::Invalid(problems)) => Ok(mend(page(&visit, stage, None, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

pub async fn decode(visit: Visit, Path(stage): Path<StageId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("judging.decode {stage}"));
    Ok(go(&marks::decode(&visit, &once, stage).await?, "done-judging-decoded"))
}

/// Whose sheet is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub judge: String,
}

async fn sheet(
    visit: &Visit,
    stage: StageId,
    judge: &str,
    typed: Option<&BTreeMap<String, String>>,
    problems: &Problems,
) -> Result<Markup, Fault> {
    let sheet = open_sheet(visit, stage, judge).await?;
    Ok(view::sheet(visit, &sheet, typed, problems))
}

pub async fn works(visit: Visit, Path(stage): Path<StageId>, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    sheet(&visit, stage, &asked.judge, None, &Problems::default()).await
}

pub async fn keep(
    visit: Visit,
    Path(stage): Path<StageId>,
    sent: Sent<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    match marks::keep(&visit, &sent.once(&visit, &format!("judging.keep {stage}")), stage, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-judging-points")),
        Err(Fault::Invalid(problems)) => {
            let judge = sent.data.get("judge").map_or("", String::as_str);
            Ok(mend(sheet(&visit, stage, judge, Some(&sent.data), &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}
