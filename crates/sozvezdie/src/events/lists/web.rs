//! Pages of official lists: extract, call, answer.
use super::{
    AmendmentForm, DecisionForm, KEEP, ListForm, ListId, add, open, store, suggestions,
    view::{self, Shown},
};
use crate::{
    acts,
    events::web::mend,
    shell::{AcademicYear, drafts, export},
};
use axum::response::Response;
use chrono::NaiveDate;
use documents::write::{Column, Kind, Table};
use kit::{
    Fault, Visit,
    form::{Problems, tidy},
    http::{Path, Query, Sent, go},
};
use maud::Markup;
use serde::Deserialize;

/// Which day of a list, and which of its lines.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub on: String,
    pub q: String,
}

impl Asked {
    /// The day asked for; of a year that is over its last one, of one to come its first.
    pub fn day(&self, visit: &Visit, year: AcademicYear) -> NaiveDate {
        self.on.parse().unwrap_or_else(|_| visit.today.clamp(year.first_day(), year.last_day()))
    }

    pub fn words(&self) -> Option<String> {
        tidy(&self.q.chars().take(200).collect::<String>())
    }
}

pub async fn lists(visit: Visit) -> Result<Markup, Fault> {
    Ok(view::lists(&visit, &store::all(&visit.net).await?))
}

pub async fn show(visit: Visit, Path(id): Path<ListId>, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let list = open(&visit, id).await?;
    let on = asked.day(&visit, list.academic_year);
    let lines = store::lines(&visit.net, id, on, asked.words().as_deref()).await?;
    let listings = store::listings(&visit.net, id).await?;
    let can_keep = visit.viewer.may(KEEP);
    let offered = if can_keep { suggestions(&visit, &list, &lines, &listings).await? } else { Vec::new() };
    let act = match list.act_id {
        Some(id) => acts::open(&visit, id).await.ok(),
        None => None,
    };
    let days = store::days(&visit.net, id).await?;
    Ok(view::show(&visit, &asked, &Shown { list, on, lines, listings, offered, act, days, can_keep }))
}

pub async fn new(visit: Visit) -> Result<Markup, Fault> {
    let draft: Option<ListForm> = drafts::find(&visit, "event-list-new").await?;
    let blank = || ListForm { academic_year: AcademicYear::of(visit.today).to_string(), ..ListForm::default() };
    let restored = draft.is_some();
    page(&visit, &draft.unwrap_or_else(blank), &Problems::default(), restored).await
}

async fn page(visit: &Visit, typed: &ListForm, problems: &Problems, restored: bool) -> Result<Markup, Fault> {
    Ok(view::form(visit, typed, problems, &acts::latest(visit, 200).await?, restored))
}

pub async fn create(visit: Visit, sent: Sent<ListForm>) -> Result<Response, Fault> {
    match add(&visit, &sent.once(&visit, "event-lists.add"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-list-added")),
        Err(Fault::Invalid(problems)) => Ok(mend(page(&visit, &sent.data, &problems, false).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn new_amendment(visit: Visit, Path(id): Path<ListId>) -> Result<Markup, Fault> {
    amendment_page(&visit, id, &AmendmentForm::default(), &Problems::default()).await
}

async fn amendment_page(
    visit: &Visit,
    id: ListId,
    typed: &AmendmentForm,
    problems: &Problems,
) -> Result<Markup, Fault> {
    let list = open(visit, id).await?;
    let on = Asked::default().day(visit, list.academic_year);
    let lines = store::lines(&visit.net, id, on, None).await?;
    Ok(view::amendment(visit, &list, &lines, typed, problems, &acts::latest(visit, 200).await?))
}

pub async fn amend(visit: Visit, Path(id): Path<ListId>, sent: Sent<AmendmentForm>) -> Result<Response, Fault> {
    match super::amend(&visit, &sent.once(&visit, &format!("event-lists.amend {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-list-amended")),
        Err(Fault::Invalid(problems)) => Ok(mend(amendment_page(&visit, id, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn decide(visit: Visit, sent: Sent<DecisionForm>) -> Result<Response, Fault> {
    Ok(go(&super::decide(&visit, &sent.once(&visit, "event-lists.decide"), &sent.data).await?, "done-list-decided"))
}

pub async fn xlsx(visit: Visit, Path(id): Path<ListId>, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let list = open(&visit, id).await?;
    let on = asked.day(&visit, list.academic_year);
    let t = visit.lang;
    let columns = [
        t.say("list-number"),
        t.say("event-title"),
        t.say("event-organiser"),
        t.say("event-subject"),
        t.say("list-level"),
    ];
    let columns = columns.map(|words| Column::new(words, Kind::Text)).into();
    let mut table = Table { title: list.title.clone(), columns, ..Table::default() };
    for e in store::lines(&visit.net, id, on, asked.words().as_deref()).await? {
        let level = e.rsosh_level.map(|level| level.to_string());
        table.rows.push(vec![e.number.into(), e.title.into(), e.organiser.into(), e.subjects.into(), level.into()]);
    }
    export::xlsx(&visit, table, "event-list").await
}
