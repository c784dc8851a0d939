//! Pages of calls: extract, call, answer.
use super::super::{
    DECIDE,
    calls::{self, open},
    model::{CallForm, CallId},
    view::calls as view,
};
use crate::shell::{AcademicYear, export};
use axum::response::Response;
use documents::write::{Column, Field, Kind, Table};
use kit::{
    Fault, Visit,
    form::Problems,
    http::{Path, Query, Sent, go},
    text::text_prefix,
};
use maud::Markup;
use serde::Deserialize;

pub async fn new(visit: Visit) -> Result<Markup, Fault> {
    let last = AcademicYear(AcademicYear::of(visit.today).0 - 1).to_string();
    let form = CallForm {
        from: last.clone(),
        to: last,
        kinds: vec!["general".into(), "additional".into()],
        ..CallForm::default()
    };
    Ok(view::form(&visit, &form, &Problems::default()))
}

pub async fn create(visit: Visit, sent: Sent<CallForm>) -> Result<Response, Fault> {
    match calls::create(&visit, &sent.once(&visit, "reports.call"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-report-called")),
        Err(Fault::Invalid(problems)) => Ok(super::mend(view::form(&visit, &sent.data, &problems))),
        Err(fault) => Err(fault),
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    show: String,
}

pub async fn show(visit: Visit, Path(id): Path<CallId>, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let found = open(&visit, id).await?;
    let only_owing = found.decides && asked.show != "all";
    Ok(view::page(&visit, &found, only_owing))
}

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

pub async fn remind(visit: Visit, Path(id): Path<CallId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("reports.remind {id}"));
    Ok(go(&calls::remind(&visit, &once, id).await?, "done-report-reminded"))
}

pub async fn close(visit: Visit, Path(id): Path<CallId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("reports.close-call {id}"));
    Ok(go(&calls::close(&visit, &once, id).await?, "done-report-call-closed"))
}

/// Whom the call asks, and how far each is.
pub async fn xlsx(visit: Visit, Path(id): Path<CallId>) -> Result<Response, Fault> {
    visit.viewer.demand(DECIDE, None)?;
    let t = visit.lang;
    let found = open(&visit, id).await?;
    let columns = vec![
        Column::new(t.say("organisation-one"), Kind::Text),
        Column::new(t.say("report-state"), Kind::Text),
        Column::new(t.say("report-reminded"), Kind::Date),
    ];
    let rows = found
        .asked
        .iter()
        .map(|a| {
            let state = a.state.map_or_else(
                || t.say("report-not-begun").into_owned(),
                |state| t.say(&text_prefix!("report-state-", state.code())).into_owned(),
            );
            vec![Field::from(a.name.as_str()), Field::from(state), Field::from(a.reminded_on)]
        })
        .collect();
    let title = view::title(t, &found);
    let footer = vec![title.clone()];
    export::xlsx(&visit, Table { title, columns, rows, footer, made: None }, "report-call").await
}
