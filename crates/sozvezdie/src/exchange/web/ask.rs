//! Asking: the form with the answer before it, a preview of a series, and what can be had instead.
use super::{again, own, renamed};
use crate::{
    exchange::{BookingForm, BookingId, REQUEST, book::book, model::Form, view},
    organisations::{self, OrganisationId},
    resources::{self, Calendar, Known, Read, Resource, ResourceId, Sharing, Span, Want, Wish, allowed, at},
};
use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault, Visit,
    clock::{LOCAL, local_date},
    fault::Conflict,
    form::Problems,
    http::{Query, Sent, go},
};
use maud::Markup;
use serde::Deserialize;
use uuid::Uuid;

/// What was typed, or what the address says: `?resource=…&from=2026-11-24T14:00`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AskForm {
    pub resource: Vec<String>,
    pub organisation_id: String,
    pub on: String,
    pub from: String,
    pub to: String,
    /// The day of return of a loan.
    pub back_on: String,
    /// Every week up to this day.
    pub until: String,
    /// The days chosen from the preview of a series; `chosen` says that there was one.
    pub dates: Vec<String>,
    pub chosen: String,
    pub headcount: String,
    pub units: String,
    pub purpose: String,
    pub mode: String,
    pub loan: String,
    pub partly: String,
}

impl AskForm {
    /// An address with a moment fills day and hours.
    fn opened(mut self, visit: &Visit, resources: &[Resource], free: Option<Span>) -> Self {
        let local = |at: DateTime<Utc>, format: &str| at.with_timezone(&LOCAL).format(format).to_string();
        if let Some((day, time)) = self.from.clone().split_once('T') {
            (self.on, self.from) = (day.to_owned(), time.chars().take(5).collect());
        } else if let (true, Some(span)) = (self.on.is_empty(), free) {
            (self.on, self.from) = (local_date(span.start).to_string(), local(span.start, "%H:%M"));
        }
        if self.loan.is_empty() {
            self.loan = resources.iter().all(|r| r.loanable).to_string();
        }
        let start = resources::read_moment(&format!("{}T{}", self.on, self.from));
        if let Some(start) = start {
            if self.to.is_empty() {
                self.to = local(start + chrono::Duration::hours(1), "%H:%M");
            }
            if self.back_on.is_empty() {
                self.back_on = (local_date(start) + chrono::Duration::days(7)).to_string();
            }
        }
        if self.on.is_empty() {
            self.on = visit.today.to_string();
        }
        self
    }

    pub fn is_loan(&self) -> bool {
        self.loan == "true"
    }

    fn booking(&self) -> BookingForm {
        let (mut on, mut dates, mut until) = (self.on.clone(), self.dates.clone(), self.until.clone());
        if !self.chosen.is_empty() {
            until = String::new();
            on = if dates.is_empty() { on } else { dates.remove(0) };
        }
        let mut form = BookingForm {
            resource_ids: self.resource.clone(),
            organisation_id: self.organisation_id.clone(),
            dates,
            until,
            headcount: self.headcount.clone(),
            units: self.units.clone(),
            purpose: self.purpose.clone(),
            mode: self.mode.clone(),
            partly: self.partly.clone(),
            ..BookingForm::default()
        };
        if self.is_loan() {
            form.loan = "true".into();
            form.until = String::new();
            form.starts_at = format!("{}T{}", self.on.trim(), self.from.trim());
            form.ends_at = format!("{}T{}", self.back_on.trim(), self.to.trim());
        } else {
            (form.on, form.from, form.to) = (on, self.from.clone(), self.to.clone());
        }
        form
    }

    /// As fields of a form that sends the same again, with another time or resource.
    pub fn fields(&self, span: Option<Span>, resource: Option<ResourceId>) -> Vec<(&'static str, String)> {
        let clock = |at: DateTime<Utc>| at.with_timezone(&LOCAL).format("%H:%M").to_string();
        let mut fields = vec![
            ("organisation_id", self.organisation_id.clone()),
            ("headcount", self.headcount.clone()),
            ("units", self.units.clone()),
            ("purpose", self.purpose.clone()),
            ("mode", self.mode.clone()),
            ("loan", self.loan.clone()),
        ];
        match resource {
            Some(id) => fields.push(("resource", id.to_string())),
            None => fields.extend(self.resource.iter().map(|id| ("resource", id.clone()))),
        }
        match span {
            Some(s) => fields.extend([
                ("on", local_date(s.start).to_string()),
                ("from", clock(s.start)),
                ("to", clock(s.end)),
                ("back_on", local_date(s.end).to_string()),
            ]),
            None => {
                fields.extend([
                    ("on", self.on.clone()),
                    ("from", self.from.clone()),
                    ("to", self.to.clone()),
                    ("back_on", self.back_on.clone()),
                ]);
                fields.extend([("until", self.until.clone()), ("chosen", self.chosen.clone())]);
                fields.extend(self.dates.iter().map(|d| ("dates", d.clone())));
            }
        }
        fields.retain(|(_, value)| !value.is_empty());
        fields
    }
}

/// What stands in the way of a wish, and what can be had instead, as the operations answer it.
#[derive(Clone, Debug, Default)]
pub struct Clash {
    pub blocking: Vec<Block>,
    pub alternatives: Vec<Span>,
    pub others: Vec<(ResourceId, String, String)>,
    /// How many of the dates or resources are taken.
    pub refused: usize,
}

/// One that stands in the way; who, only where the viewer may know.
#[derive(Clone, Debug)]
pub struct Block {
    pub span: Span,
    pub headcount: i64,
    pub id: Option<BookingId>,
    pub who: Option<String>,
}

fn span_of(value: &serde_json::Value) -> Option<Span> {
    let moment = |key: &str| value.get(key)?.as_str().and_then(resources::read_moment);
    Some(Span::new(moment("starts_at")?, moment("ends_at")?))
}

fn id_of(value: &serde_json::Value, key: &str) -> Option<Uuid> {
    value.get(key)?.as_str()?.parse().ok()
}

impl Clash {
    /// From the answer to programs, which says the same; `None` for another conflict.
    ///
    /// # Errors
    /// The database's.
    pub async fn read(visit: &Visit, conflict: &Conflict) -> Result<Option<Self>, Fault> {
        if conflict.code != "taken" {
            return Ok(None);
        }
        let list = |key: &str| conflict.details.get(key).and_then(|v| v.as_array()).cloned().unwrap_or_default();
        let bookings = list("bookings");
        let ids: Vec<Uuid> = bookings.iter().filter_map(|b| id_of(b, "organisation_id")).collect();
        let names = organisations::listed(&visit.net, &ids).await?;
        let name = |id: Uuid| names.iter().find(|o| o.id.0 == id).map(|o| o.short_name.clone());
        let block = |b: &serde_json::Value| {
            Some(Block {
                span: span_of(b)?,
                headcount: b.get("headcount").and_then(serde_json::Value::as_i64).unwrap_or(0),
                id: id_of(b, "id").map(BookingId),
                who: id_of(b, "organisation_id").and_then(name),
            })
        };
        let other = |r: &serde_json::Value| {
            let text = |v: Option<&serde_json::Value>| v.and_then(|v| v.as_str()).unwrap_or_default().to_owned();
            Some((
                ResourceId(id_of(r, "resource_id")?),
                text(r.get("name")),
                text(r.get("owner").and_then(|o| o.get("name"))),
            ))
        };
        Ok(Some(Self {
            blocking: bookings.iter().filter_map(block).collect(),
            alternatives: list("alternatives").iter().filter_map(span_of).collect(),
            others: list("other_resources").iter().filter_map(other).collect(),
            refused: list("refused").len(),
        }))
    }
}

/// A date of a series, and whether it can be had.
#[derive(Clone, Debug)]
pub struct Planned {
    pub date: NaiveDate,
    pub is_free: bool,
    /// Why not, where a rule says so.
    pub why: Option<String>,
}

async fn asked_for(visit: &Visit, form: &AskForm) -> Result<Vec<Resource>, Fault> {
    let ids: Vec<ResourceId> = form.resource.iter().filter_map(|id| id.parse().ok()).collect();
    if ids.is_empty() || ids.len() != form.resource.len() {
        return Err(Fault::NotFound);
    }
    let found = resources::find_all(&mut Read::Net(&visit.net), &ids).await?;
    if found.is_empty() || !found.iter().all(|r| resources::may_be_seen(visit, r)) {
        Err(Fault::NotFound)
    } else {
        Ok(found)
    }
}

/// The free times of the day asked for, of each resource.
async fn free_times(visit: &Visit, all: &[Resource], form: &AskForm) -> Result<Vec<Vec<Span>>, Fault> {
    let Some(day) = form.on.parse::<NaiveDate>().ok() else { return Ok(vec![Vec::new(); all.len()]) };
    let window = Span::new(at(day, 0).max(visit.now), at(day, 24 * 60));
    if window.start >= window.end {
        return Ok(vec![Vec::new(); all.len()]);
    }
    let calendar = Calendar::load(&mut Read::Net(&visit.net), all, window).await?;
    let headcount = form.headcount.parse().unwrap_or(1).max(1);
    let own: Option<OrganisationId> = form.organisation_id.parse().ok();
    Ok(all
        .iter()
        .map(|r| {
            let place = if r.travels { own } else { Some(r.owner_id) };
            let units = if r.sharing == Sharing::ByPiece { form.units.parse().unwrap_or(headcount).max(1) } else { 1 };
            calendar.free(r, Want { headcount, units, place_id: place }, window, true)
        })
        .collect())
}

/// The dates of a series, each with its answer; nothing for a single date or an unfinished form.
async fn preview(visit: &Visit, form: &AskForm) -> Result<Vec<Planned>, Fault> {
    if form.until.trim().is_empty() || form.is_loan() {
        return Ok(Vec::new());
    }
    let typed = AskForm { chosen: String::new(), dates: Vec::new(), purpose: "—".into(), ..form.clone() };
    let Ok(draft) = typed.booking().check(visit) else { return Ok(Vec::new()) };
    let known =
        Known::load(&mut Read::Net(&visit.net), &draft.resources, resources::hull(draft.spans.iter().copied())).await?;
    let asker = draft.asker();
    let mut all = Vec::with_capacity(draft.spans.len());
    for span in &draft.spans {
        let mut planned = Planned { date: local_date(span.start), is_free: true, why: None };
        for id in &draft.resources {
            let r = known.resource(*id)?;
            let wish = Wish::new(visit.new_id(), r, *span, &asker);
            match allowed(r, &known.calendar, &wish, visit.now) {
                Err(Fault::Invalid(problems)) => {
                    planned.is_free = false;
                    planned.why = problems.iter().next().map(|(_, m)| m.say(visit.lang).into_owned());
                }
                Err(fault) => planned.why = Some(fault.message().say(visit.lang).into_owned()),
                Ok(()) => planned.is_free &= known.calendar.in_the_way(r, &wish.hold).is_empty(),
            }
        }
        planned.is_free &= planned.why.is_none();
        all.push(planned);
    }
    Ok(if all.len() > 1 { all } else { Vec::new() })
}

async fn page(visit: &Visit, form: &AskForm, problems: &Problems, clash: Option<Clash>) -> Result<Markup, Fault> {
    let all = asked_for(visit, form).await?;
    let askers = own(visit, REQUEST).await?;
    let form = AskForm {
        organisation_id: match askers.first() {
            Some(only) if form.organisation_id.is_empty() && askers.len() == 1 => only.id.to_string(),
            _ => form.organisation_id.clone(),
        },
        ..form.clone()
    };
    let p = view::ask::AskPage {
        free: free_times(visit, &all, &form).await?,
        series: preview(visit, &form).await?,
        resources: all,
        askers,
        clash,
    };
    Ok(view::ask::page(visit, &form, problems, &p))
}

pub async fn new(visit: Visit, Query(asked): Query<AskForm>) -> Result<Response, Fault> {
    if asked.resource.is_empty() {
        // One asks for something: what there is stands in the catalogue.
        return Ok(Redirect::to(resources::LIST).into_response());
    }
    let all = asked_for(&visit, &asked).await?;
    let slot = resources::Slot { length: chrono::Duration::hours(1), ..resources::Slot::LESSON };
    let fortnight = Span::new(visit.now, visit.now + chrono::Duration::days(14));
    let soonest = resources::soonest(&visit.net, &all, slot, fortnight, visit.now).await?;
    let free = all.first().and_then(|r| soonest.get(&r.id)).copied();
    let form = asked.opened(&visit, &all, free);
    Ok(page(&visit, &form, &Problems::default(), None).await?.into_response())
}

pub async fn create(visit: Visit, sent: Sent<AskForm>) -> Result<Response, Fault> {
    let form = &sent.data;
    let ends = if form.is_loan() { "back_on" } else { "to" };
    let names = [
        ("starts_at", "on"),
        ("ends_at", ends),
        ("resource_id", "resource"),
        ("resource_ids", "resource"),
        ("dates", "until"),
    ];
    match book(&visit, &sent.once(&visit, "bookings.book"), &form.booking()).await {
        Ok(done) => Ok(go(&done, "done-booking-asked")),
        Err(Fault::Invalid(problems)) if !form.resource.is_empty() => {
            let page = page(&visit, form, &renamed(&problems, &names), None).await?;
            Ok(again(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(Fault::Conflict(conflict)) => {
            let clash = Clash::read(&visit, &conflict).await?;
            let problems = Problems::one("on", conflict.message.clone());
            Ok(again(StatusCode::CONFLICT, page(&visit, form, &problems, clash).await?))
        }
        Err(fault) => Err(fault),
    }
}

/// How what is asked for will be used.
pub fn form_of(resources: &[Resource], form: &AskForm) -> Form {
    if form.is_loan() {
        Form::Loan
    } else {
        resources.first().map_or(Form::Stay, |r| crate::exchange::form::form_of(r, false))
    }
}
