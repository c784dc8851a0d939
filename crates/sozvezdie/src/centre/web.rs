//! Pages of the Centre: extract, call, answer.
use super::{
    EDIT, MEMBERS, add_member, change, end_member, figures,
    model::{CentreForm, EnterForm, LeaveForm, MembershipId},
    open, store, to_end, view,
};
use crate::{
    acts,
    learners::{self, Filter, How},
    people,
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::{Datelike as _, NaiveDate};
use kit::{
    Fault, Visit,
    form::{Problems, tidy},
    http::{Path, Query, Sent, go},
};
use maud::Markup;
use serde::Deserialize;

/// Academic years that the Centre's page counts members of.
const YEARS: i32 = 6;
/// Children that a search for a new member shows.
const CANDIDATES: i64 = 20;

pub async fn show(visit: Visit) -> Result<Markup, Fault> {
    let Some(centre) = store::core(&visit.net).await? else { return Ok(view::none(&visit)) };
    let begun = visit.today.year() - i32::from(visit.today.month() < 9);
    let mut years = Vec::new();
    for year in (begun - YEARS + 1..=begun).filter(|year| *year >= centre.opened_on.year()) {
        let first = NaiveDate::from_ymd_opt(year, 9, 1).unwrap_or(visit.today);
        let last = NaiveDate::from_ymd_opt(year + 1, 8, 31).unwrap_or(visit.today);
        years.push((year, store::count_between(&visit.net, centre.id, first, last).await?));
    }
    let mut documents = Vec::new();
    if let Some(id) = centre.act {
        documents = acts::with_linked(&visit, id).await?;
    }
    let coordinator = match centre.coordinator {
        Some(id) => people::find_name(&visit.net, id).await?.map(|name| name.full()),
        None => None,
    };
    let page = view::Page {
        share: figures::share(&visit.net, &centre, visit.today).await?,
        schools: store::count_by_school(&visit.net, centre.id, visit.today).await?,
        years,
        documents,
        coordinator,
        may_edit: visit.viewer.reach(EDIT).covers(Some(centre.organisation.0)),
        centre,
    };
    Ok(view::show(&visit, &page))
}

pub async fn edit(visit: Visit) -> Result<Markup, Fault> {
    let centre = open(&visit).await?;
    visit.viewer.demand(EDIT, Some(centre.organisation.0))?;
    Ok(view::edit(&visit, &CentreForm::of(&centre), &Problems::default(), None))
}

pub async fn update(visit: Visit, sent: Sent<CentreForm>) -> Result<Response, Fault> {
    match change(&visit, &sent.once(&visit, "centre.change"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-centre-changed")),
        Err(Fault::Invalid(problems)) => Ok(mend(view::edit(&visit, &sent.data, &problems, None))),
        // What was typed stays; saved again, it stands instead of theirs.
        Err(Fault::Conflict(conflict)) if conflict.code == "stale" => {
            let now = open(&visit).await?;
            let mine = CentreForm { version: now.version.to_string(), ..sent.data.clone() };
            let page = view::edit(&visit, &mine, &Problems::default(), Some(&conflict.message));
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

fn mend(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

/// The list's address as data.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub on: String,
    pub q: String,
}

impl Asked {
    /// The day; today unless a right one is said.
    pub fn day(&self, visit: &Visit) -> NaiveDate {
        self.on.parse().unwrap_or(visit.today)
    }
}

pub async fn members(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let centre = open(&visit).await?;
    let on = asked.day(&visit);
    let found = super::members_on(&visit, &centre, on, &asked.q).await?;
    let enrols = visit.viewer.reach(super::ENROL).covers(Some(centre.organisation.0));
    Ok(view::members(&visit, &centre, &asked, on, &found, enrols))
}

pub async fn new(visit: Visit, Query(form): Query<EnterForm>) -> Result<Markup, Fault> {
    let form = EnterForm { from: visit.today.to_string(), ..form };
    enter_page(&visit, &form, &Problems::default()).await
}

async fn enter_page(visit: &Visit, form: &EnterForm, problems: &Problems) -> Result<Markup, Fault> {
    let centre = open(visit).await?;
    visit.viewer.demand(super::ENROL, Some(centre.organisation.0))?;
    let q = tidy(&form.q.chars().take(200).collect::<String>());
    let found = match q {
        Some(q) => {
            let filter = Filter { q: Some(q), ..Filter::default() };
            learners::to_name(visit, How::Search, &filter, CANDIDATES).await?
        }
        None => Vec::new(),
    };
    Ok(view::enter(visit, &found, form, problems))
}

pub async fn enter(visit: Visit, sent: Sent<EnterForm>) -> Result<Response, Fault> {
    match add_member(&visit, &sent.once(&visit, "centre.enter"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-centre-entered")),
        Err(Fault::Invalid(problems)) => Ok(mend(enter_page(&visit, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn leaving(visit: Visit, Path(id): Path<MembershipId>) -> Result<Markup, Fault> {
    let form = LeaveForm { on: visit.today.to_string(), ..LeaveForm::default() };
    leave_page(&visit, id, &form, &Problems::default()).await
}

async fn leave_page(visit: &Visit, id: MembershipId, form: &LeaveForm, problems: &Problems) -> Result<Markup, Fault> {
    let learner = to_end(visit, id).await?;
    learners::note_read(visit, How::Elsewhere, &[learner]).await?;
    let name = people::find_name(&visit.net, learner).await?.ok_or(Fault::NotFound)?;
    Ok(view::leave(visit, &format!("{MEMBERS}/{id}/leaving"), &name.full(), form, problems))
}

pub async fn leave(visit: Visit, Path(id): Path<MembershipId>, sent: Sent<LeaveForm>) -> Result<Response, Fault> {
    match end_member(&visit, &sent.once(&visit, &format!("centre.leave {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-centre-left")),
        Err(Fault::Invalid(problems)) => Ok(mend(leave_page(&visit, id, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}
