//! Pages of resources: extract, call, answer.
use super::{
    EDIT, ExceptionForm, LIST, bulk,
    calendar::Calendar,
    competence::Competences,
    form::ResourceForm,
    hold,
    list::{self, Asked},
    material,
    model::{Class, Listed, Resource, ResourceId, ResourceState},
    move_to, open, schedule,
    store::{self, Read},
    view, week,
};
use crate::{
    organisations::{self, Listed as Organisation, OrganisationId},
    people::{self, PersonId},
    shell::{
        drafts,
        list::{self as shell_list, Chosen, Outcome},
        views,
    },
    staff,
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::{Datelike as _, Duration, NaiveDate};
use kit::{
    Fault, Visit,
    access::Reach,
    cursor::{Cursor, Slice},
    form::Problems,
    http::{Path, Query, Sent, go},
};
use maud::Markup;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Rows of a page of the list.
const PAGE: i64 = 50;
/// How far ahead the list looks for it, in days.
const AHEAD: i64 = 14;

pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let cursor = if asked.after.is_empty() { None } else { Some(Cursor::decode(&asked.after)?) };
    // A person's old link with a day that is none just shows all.
    let asked =
        if asked.free().is_ok() { asked } else { Asked { free_from: String::new(), free_to: String::new(), ..asked } };
    let slice = list::list(&visit, &asked, cursor.as_ref(), PAGE).await?;
    let ids: Vec<ResourceId> = slice.items.iter().map(|l| l.id).collect();
    let resources = store::find_all(&mut Read::Net(&visit.net), &ids).await?;
    // The nearest one of the days asked for, or of the coming ones.
    let window = match asked.free() {
        Ok(Some(list::Free::Throughout(span) | list::Free::Sometime(span))) => {
            schedule::Span::new(span.start.max(visit.now), span.end)
        }
        _ => schedule::Span::new(visit.now, visit.now + Duration::days(AHEAD)),
    };
    let page = view::list::ListPage {
        soonest: hold::soonest(&visit.net, &resources, asked.slot(), window, visit.now).await?,
        counts: store::counts(&visit.net).await?,
        subjects: store::subjects(&visit.net).await?,
        left: hours_left(&visit, &resources, visit.today).await?,
        owners: organisations::active(&visit.net).await?,
        views: views::of(&visit, LIST).await?,
        slice,
    };
    Ok(view::list::page(&visit, &asked, &page))
}

/// What is left of the hours that people offer a week, in minutes, in the week of `day`.
async fn hours_left(visit: &Visit, resources: &[Resource], day: NaiveDate) -> Result<BTreeMap<ResourceId, i64>, Fault> {
    let offered: Vec<(ResourceId, i64)> =
        resources.iter().filter_map(|r| Some((r.id, r.hours_per_week? * 60))).collect();
    if offered.is_empty() {
        return Ok(BTreeMap::new());
    }
    let ids: Vec<ResourceId> = offered.iter().map(|(id, _)| *id).collect();
    let monday = day - Duration::days(i64::from(day.weekday().num_days_from_monday()));
    let week =
        schedule::Span::new(kit::clock::start_of_day(monday), kit::clock::start_of_day(monday + Duration::days(7)));
    let taken = store::hours_taken(&mut Read::Net(&visit.net), &ids, week).await?;
    let left = |(id, minutes): (ResourceId, i64)| (id, (minutes - taken.get(&id).copied().unwrap_or(0)).max(0));
    Ok(offered.into_iter().map(left).collect())
}

/// The tab of an organisation's record: what it gives.
pub async fn of_organisation(visit: &Visit, owner: OrganisationId) -> Result<Markup, Fault> {
    let asked = Asked { owner: owner.to_string(), ..Asked::default() };
    let slice = list::list(visit, &asked, None, PAGE).await?;
    let ids: Vec<ResourceId> = slice.items.iter().map(|l| l.id).collect();
    let resources = store::find_all(&mut Read::Net(&visit.net), &ids).await?;
    let window = schedule::Span::new(visit.now, visit.now + Duration::days(AHEAD));
    let soonest = hold::soonest(&visit.net, &resources, asked.slot(), window, visit.now).await?;
    let left = hours_left(visit, &resources, visit.today).await?;
    Ok(view::list::of_organisation(
        visit,
        owner,
        &view::list::Rows { asked: &asked, slice: &slice, soonest: &soonest, left: &left, own: Reach::Nowhere },
    ))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Shown {
    pub tab: String,
    /// Any day of the week to show; of the day view, the day.
    pub week: String,
    pub view: String,
}

/// The day asked for, or today.
fn day(visit: &Visit, asked: &str) -> NaiveDate {
    asked.parse::<NaiveDate>().ok().filter(|d| (2000..2200).contains(&d.year())).unwrap_or(visit.today)
}

/// The Monday of the week asked for, or of this one.
fn monday(visit: &Visit, asked: &str) -> NaiveDate {
    let day = day(visit, asked);
    day - Duration::days(i64::from(day.weekday().num_days_from_monday()))
}

pub async fn show(visit: Visit, Path(id): Path<ResourceId>, Query(shown): Query<Shown>) -> Result<Markup, Fault> {
    record(&visit, id, &shown, &Problems::default()).await
}

/// The record, with what is to be mended in one of its small forms.
pub async fn record(visit: &Visit, id: ResourceId, shown: &Shown, problems: &Problems) -> Result<Markup, Fault> {
    let resource = open(visit, id).await?;
    let view: week::View = shown.view.parse().unwrap_or(week::View::Week);
    let first = if view == week::View::Day { day(visit, &shown.week) } else { monday(visit, &shown.week) };
    let dates: Vec<NaiveDate> = first.iter_days().take(if view == week::View::Day { 1 } else { 7 }).collect();
    let end = first + Duration::days(i64::try_from(dates.len()).unwrap_or(7));
    let window = schedule::Span::new(kit::clock::start_of_day(first), kit::clock::start_of_day(end));
    let calendar = Calendar::load(&mut Read::Net(&visit.net), std::slice::from_ref(&resource), window).await?;
    let names = known_names(visit, &resource, &calendar).await?;
    let record = view::record::Record {
        week: week::lay_out(&resource, &calendar, &dates, visit.now, &names),
        history: view::record::history(visit, &resource, &shown.tab).await?,
        material: material::of(visit, &resource).await?,
        adopters: adopters(visit, &resource).await?,
        able: able(visit, id).await?,
        person: person_of(visit, &resource).await?,
        left: hours_left(visit, std::slice::from_ref(&resource), first).await?.into_values().next(),
        hours: calendar.schedule(id).cloned().unwrap_or_default(),
        view,
        first,
        resource,
    };
    Ok(view::record::page(visit, &record, &shown.tab, problems))
}

/// The tab of a person's record: what they offer to others.
pub async fn of_person(visit: &Visit, person: uuid::Uuid) -> Result<Markup, Fault> {
    let ids = store::of_person(&visit.net, person).await?;
    let resources = store::find_all(&mut Read::Net(&visit.net), &ids).await?;
    let own = visit.viewer.reach(EDIT);
    let is_seen = |l: &Listed| l.state != ResourceState::Draft || own.covers(Some(l.owner.0.0));
    let items: Vec<Listed> = store::listed(&visit.net, &ids).await?.into_iter().filter(is_seen).collect();
    let window = schedule::Span::new(visit.now, visit.now + Duration::days(AHEAD));
    let asked = Asked::default();
    let soonest = hold::soonest(&visit.net, &resources, asked.slot(), window, visit.now).await?;
    let left = hours_left(visit, &resources, visit.today).await?;
    let slice = Slice { total: i64::try_from(items.len()).unwrap_or(i64::MAX), items, next: None };
    let rows = view::list::Rows { asked: &asked, slice: &slice, soonest: &soonest, left: &left, own: Reach::Nowhere };
    Ok(view::list::of_person(visit, &rows))
}

async fn able(visit: &Visit, id: ResourceId) -> Result<Competences, Fault> {
    let mut all = store::competences(&mut Read::Net(&visit.net), &[id]).await?;
    Ok(all.remove(&id).unwrap_or_default())
}

/// The name of its person, for who sees the organisation's exchange: people are not for guests.
async fn person_of(visit: &Visit, r: &Resource) -> Result<Option<(uuid::Uuid, String)>, Fault> {
    let Some(id) = r.person_id.filter(|_| visit.viewer.may(super::VIEW_USE)) else { return Ok(None) };
    Ok(people::find_name(&visit.net, PersonId(id)).await?.map(|name| (id, name.full())))
}

/// The organisations in whose name this viewer may adopt it.
async fn adopters(visit: &Visit, r: &Resource) -> Result<Vec<Organisation>, Fault> {
    let reach = visit.viewer.reach(material::ADOPT);
    if reach == Reach::Nowhere || r.class != Class::Methodical {
        return Ok(Vec::new());
    }
    let all = organisations::active(&visit.net).await?.into_iter();
    Ok(all.filter(|o| o.id != r.owner_id && reach.covers(Some(o.id.0))).collect())
}

/// Who has taken what, as far as this viewer may know: names of the organisations, or of none.
async fn known_names(
    visit: &Visit,
    resource: &Resource,
    calendar: &Calendar,
) -> Result<Vec<(uuid::Uuid, String)>, Fault> {
    let reach = visit.viewer.reach(super::VIEW_USE);
    if reach == Reach::Nowhere {
        return Ok(Vec::new());
    }
    let all = reach.covers(Some(resource.owner_id.0));
    let seen =
        calendar.holds(resource.id).iter().map(|h| h.organisation_id.0).filter(|id| all || reach.covers(Some(*id)));
    let mut ids: Vec<_> = seen.collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(organisations::listed(&visit.net, &ids).await?.into_iter().map(|o| (o.id.0, o.short_name)).collect())
}

/// The organisations that this viewer may offer a resource of.
async fn owners(visit: &Visit) -> Result<Vec<Organisation>, Fault> {
    let reach = visit.viewer.reach(EDIT);
    Ok(organisations::active(&visit.net).await?.into_iter().filter(|o| reach.covers(Some(o.id.0))).collect())
}

/// What the form offers to choose from: owners, and the people who work at the one that is chosen.
async fn choices(visit: &Visit, r: Option<&Resource>, form: &ResourceForm) -> Result<view::form::Choices, Fault> {
    let owners = if r.is_none() { owners(visit).await? } else { Vec::new() };
    let owner = r.map(|r| r.owner_id).or_else(|| form.owner_id.parse().ok());
    let mut people: Vec<(uuid::Uuid, String)> = match owner {
        Some(owner) if visit.viewer.reach(EDIT).covers(Some(owner.0)) => {
            let known = staff::choices(visit, owner, None).await?;
            known.iter().map(|c| (c.id.0, c.name().full())).collect()
        }
        _ => Vec::new(),
    };
    // Whoever stands behind it stays, also when they have left.
    if let Some(r) = r
        && let Some((id, name)) = person_of(visit, r).await?.filter(|(id, _)| people.iter().all(|(p, _)| p != id))
    {
        people.push((id, name));
    }
    Ok(view::form::Choices { owners, people })
}

pub async fn new(visit: Visit) -> Result<Markup, Fault> {
    let draft: Option<ResourceForm> = drafts::find(&visit, "resource-new").await?;
    let owners = owners(&visit).await?;
    let usual = || ResourceForm {
        owner_id: owners.first().filter(|_| owners.len() == 1).map(|o| o.id.to_string()).unwrap_or_default(),
        hours: (1..=7).map(|day| if day < 6 { "9:00–17:00".to_owned() } else { String::new() }).collect(),
        lead_days: "2".into(),
        ..ResourceForm::default()
    };
    let restored = draft.is_some();
    let form = draft.unwrap_or_else(usual);
    let choices = choices(&visit, None, &form).await?;
    Ok(view::form::page(&visit, None, &choices, &form, &Problems::default(), restored))
}

pub async fn create(visit: Visit, sent: Sent<ResourceForm>) -> Result<Response, Fault> {
    match super::add(&visit, &sent.once(&visit, "resources.add"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-resource-added")),
        Err(Fault::Invalid(problems)) => {
            let choices = choices(&visit, None, &sent.data).await?;
            Ok(mend(view::form::page(&visit, None, &choices, &sent.data, &problems, false)))
        }
        Err(fault) => Err(fault),
    }
}

pub fn mend(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

async fn hours_of(visit: &Visit, id: ResourceId) -> Result<Vec<schedule::Hours>, Fault> {
    let today = schedule::Span::new(visit.now, visit.now);
    let all = store::schedules(&mut Read::Net(&visit.net), &[id], today).await?;
    Ok(all.into_values().next().map(|s| s.hours).unwrap_or_default())
}

pub async fn edit(visit: Visit, Path(id): Path<ResourceId>) -> Result<Markup, Fault> {
    let r = open(&visit, id).await?;
    visit.viewer.demand(EDIT, Some(r.owner_id.0))?;
    let draft = drafts::find(&visit, &format!("resource-{id}")).await?;
    let form = ResourceForm::of(&r, &hours_of(&visit, id).await?, &able(&visit, id).await?.forms);
    let choices = choices(&visit, Some(&r), draft.as_ref().unwrap_or(&form)).await?;
    Ok(view::form::page(
        &visit,
        Some(&r),
        &choices,
        draft.as_ref().unwrap_or(&form),
        &Problems::default(),
        draft.is_some(),
    ))
}

pub async fn update(visit: Visit, Path(id): Path<ResourceId>, sent: Sent<ResourceForm>) -> Result<Response, Fault> {
    let outcome = super::change(&visit, &sent.once(&visit, &format!("resources.change {id}")), id, &sent.data).await;
    let problems = match outcome {
        Ok(done) => return Ok(go(&done, "done-resource-changed")),
        Err(Fault::Invalid(problems)) => problems,
        // Somebody was quicker, or more is promised than there would be: said over the kept form.
        Err(Fault::Conflict(conflict)) => {
            Problems::one(if conflict.code == "stale" { "name" } else { "capacity" }, conflict.message)
        }
        Err(fault) => return Err(fault),
    };
    let r = open(&visit, id).await?;
    // The next attempt stands on what is there now.
    let form = ResourceForm { version: r.version.to_string(), ..sent.data };
    let choices = choices(&visit, Some(&r), &form).await?;
    Ok(mend(view::form::page(&visit, Some(&r), &choices, &form, &problems, false)))
}

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

async fn to_state(
    visit: &Visit,
    id: ResourceId,
    sent: &Sent<Press>,
    next: ResourceState,
    said: &'static str,
) -> Result<Response, Fault> {
    let once = sent.once(visit, &format!("resources.{} {id}", next.code()));
    Ok(go(&move_to(visit, &once, id, next).await?, said))
}

pub async fn publish(visit: Visit, Path(id): Path<ResourceId>, sent: Sent<Press>) -> Result<Response, Fault> {
    to_state(&visit, id, &sent, ResourceState::Published, "done-resource-published").await
}

pub async fn pause(visit: Visit, Path(id): Path<ResourceId>, sent: Sent<Press>) -> Result<Response, Fault> {
    to_state(&visit, id, &sent, ResourceState::Paused, "done-resource-paused").await
}

pub async fn close(visit: Visit, Path(id): Path<ResourceId>, sent: Sent<Press>) -> Result<Response, Fault> {
    to_state(&visit, id, &sent, ResourceState::Closed, "done-resource-closed").await
}

/// Several at once; what could not be done is told row by row.
pub async fn bulk(visit: Visit, sent: Sent<Chosen>) -> Result<Markup, Fault> {
    let done = bulk::deal(&visit, &sent.once(&visit, "resources.bulk"), &sent.data).await?;
    let title = visit.lang.say("resources-bulk");
    Ok(shell_list::outcome(&visit, &title, sent.data.back(LIST), &Outcome::of(&done)?))
}

pub async fn except(visit: Visit, Path(id): Path<ResourceId>, sent: Sent<ExceptionForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("resources.except {id}"));
    match super::add_exception(&visit, &once, id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-resource-exception")),
        Err(Fault::Invalid(problems)) => {
            let r = open(&visit, id).await?;
            Ok(mend(view::form::exception_page(&visit, &r, &sent.data, &problems)))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn new_exception(visit: Visit, Path(id): Path<ResourceId>) -> Result<Markup, Fault> {
    let r = open(&visit, id).await?;
    visit.viewer.demand(EDIT, Some(r.owner_id.0))?;
    Ok(view::form::exception_page(&visit, &r, &ExceptionForm::default(), &Problems::default()))
}
