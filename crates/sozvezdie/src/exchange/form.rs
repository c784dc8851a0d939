//! The form of a request: what was typed, and what it says.
use super::model::{Form, Mode};
use crate::{
    organisations::OrganisationId,
    resources::{Asker, Class, Resource, ResourceId, Span, at, loose, minute_of_day, moment, whole, whole_required},
    shell::AcademicYear,
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use kit::{
    Fault, Visit,
    access::Reach,
    clock::{local_date, start_of_day},
    form::{Check, Problems, tidy},
    text::Message,
};
use serde::{Deserialize, Serialize};

/// What was typed, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub struct BookingForm {
    pub resource_id: String,
    /// More resources for the same event: a common request.
    pub resource_ids: Vec<String>,
    pub organisation_id: String,
    /// RFC 3339 or local date and time; a page sends `on`, `from`, `to` instead.
    pub starts_at: String,
    pub ends_at: String,
    pub on: String,
    pub from: String,
    pub to: String,
    /// More days with the same hours.
    pub dates: Vec<String>,
    /// Every week up to this day.
    pub until: String,
    #[serde(deserialize_with = "loose")]
    pub headcount: String,
    #[serde(deserialize_with = "loose")]
    pub units: String,
    pub purpose: String,
    pub mode: String,
    #[serde(deserialize_with = "loose")]
    pub loan: String,
    /// Take what can be had of several, instead of all or nothing.
    #[serde(deserialize_with = "loose")]
    pub partly: String,
}

/// What a checked form says.
#[derive(Clone, Debug)]
pub struct BookingDraft {
    pub organisation: OrganisationId,
    pub resources: Vec<ResourceId>,
    pub spans: Vec<Span>,
    pub headcount: i64,
    pub units: Option<i64>,
    pub purpose: String,
    pub mode: Mode,
    pub is_loan: bool,
    pub partly: bool,
}

/// Most days of one series: a lesson every week of a school year, twice a week.
const DATES: usize = 80;
/// Most resources of one common request.
const RESOURCES: usize = 20;
/// Most bookings that one request makes.
const TOGETHER: usize = 200;

impl BookingForm {
    /// What the form says, or what is to be mended. An empty organisation is the viewer's own, when
    /// there is but one.
    ///
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self, visit: &Visit) -> Result<BookingDraft, Fault> {
        let mut problems = Problems::default();
        let organisation = self.organisation(&mut problems, &visit.viewer.reach(super::REQUEST));
        let resources = self.resources(&mut problems);
        let first = self.first_span(&mut problems);
        let spans = first.map(|first| self.spans(&mut problems, first)).unwrap_or_default();
        let headcount = whole_required(&mut problems, "headcount", &self.headcount, 1, 100_000).unwrap_or(1);
        let units = whole(&mut problems, "units", &self.units, 1, 100_000);
        let purpose = Check { problems: &mut problems }.required("purpose", &self.purpose, 500);
        let mode = if self.mode.is_empty() { Ok(Mode::InPerson) } else { self.mode.parse() };
        if mode.is_err() {
            problems.add("mode", Message::new("form-choose"));
        }
        if spans.len() * resources.len() > TOGETHER {
            problems.add("dates", Message::new("booking-too-many").with("most", TOGETHER));
        }
        problems.into_result(BookingDraft {
            // Not read when `problems` names the field.
            organisation: organisation.unwrap_or(OrganisationId(uuid::Uuid::nil())),
            resources,
            spans,
            headcount,
            units,
            purpose,
            mode: mode.unwrap_or(Mode::InPerson),
            is_loan: is_yes(&self.loan),
            partly: is_yes(&self.partly),
        })
    }

    fn organisation(&self, problems: &mut Problems, reach: &Reach) -> Option<OrganisationId> {
        let said = tidy(&self.organisation_id);
        let organisation = match (&said, reach) {
            (Some(text), _) => text.parse().ok(),
            (None, Reach::Organisations(own)) if own.len() == 1 => own.first().copied().map(OrganisationId),
            (None, _) => None,
        };
        if organisation.is_none() {
            problems.add("organisation_id", Message::new("form-choose"));
        }
        organisation
    }

    fn resources(&self, problems: &mut Problems) -> Vec<ResourceId> {
        let said = std::iter::once(&self.resource_id).chain(&self.resource_ids).filter_map(|text| tidy(text));
        let mut resources = Vec::new();
        for text in said {
            match text.parse::<ResourceId>() {
                Ok(id) if resources.contains(&id) => {}
                Ok(id) => resources.push(id),
                Err(_) => {
                    problems.add("resource_id", Message::new("form-choose"));
                    return resources;
                }
            }
        }
        if resources.is_empty() {
            problems.add("resource_id", Message::new("form-choose"));
        } else if resources.len() > RESOURCES {
            problems.add("resource_ids", Message::new("booking-too-many").with("most", RESOURCES));
        }
        resources
    }

    fn first_span(&self, problems: &mut Problems) -> Option<Span> {
        if self.starts_at.trim().is_empty() && !self.on.trim().is_empty() {
            let day = Check { problems }.date("starts_at", &self.on);
            let mut minute = |field: &'static str, text: &str| {
                let minute = minute_of_day(text);
                if minute.is_none() {
                    problems.add(field, Message::new("form-bad-time"));
                }
                minute
            };
            let (from, to) = (minute("starts_at", &self.from), minute("ends_at", &self.to));
            return Some(Span::new(at(day?, from?), at(day?, to?)));
        }
        let (start, end) = (needed(problems, "starts_at", &self.starts_at), needed(problems, "ends_at", &self.ends_at));
        Some(Span::new(start?, end?))
    }

    /// The first and its repetitions at the same local time, by time and without doubles.
    fn spans(&self, problems: &mut Problems, first: Span) -> Vec<Span> {
        let mut days: Vec<NaiveDate> = vec![local_date(first.start)];
        for text in self.dates.iter().filter(|text| !text.trim().is_empty()) {
            let Some(day) = (Check { problems }).date("dates", text) else { break };
            days.push(day);
        }
        if let Some(until) = (Check { problems }).date("until", &self.until) {
            let weeks = local_date(first.start).iter_weeks().skip(1).take_while(|day| *day <= until).take(DATES);
            days.extend(weeks);
        }
        days.sort_unstable();
        days.dedup();
        if days.len() > DATES {
            problems.add("dates", Message::new("booking-too-many").with("most", DATES));
            days.truncate(DATES);
        }
        let minute = (first.start - start_of_day(local_date(first.start))).num_minutes();
        let on = |day: NaiveDate| {
            let start = at(day, minute);
            Span::new(start, start + first.length())
        };
        days.into_iter().map(|day| if day == local_date(first.start) { first } else { on(day) }).collect()
    }
}

fn needed(problems: &mut Problems, field: &'static str, text: &str) -> Option<DateTime<Utc>> {
    if text.trim().is_empty() {
        problems.add(field, Message::new("form-required"));
    }
    moment(problems, field, text)
}

pub fn is_yes(text: &str) -> bool {
    matches!(text.trim(), "true" | "1" | "on")
}

impl BookingDraft {
    /// Who asks, in the words of the resources.
    pub fn asker(&self) -> Asker {
        Asker {
            organisation: self.organisation,
            headcount: self.headcount,
            units: self.units,
            at_distance: self.mode == Mode::Distance,
            is_loan: self.is_loan,
            by_owner: false,
        }
    }
}

/// How a resource will be used.
pub fn form_of(r: &Resource, is_loan: bool) -> Form {
    match r.class {
        _ if is_loan => Form::Loan,
        Class::Staff => Form::Visit,
        Class::Technological | Class::Methodical => Form::Stay,
    }
}

/// Whole months of local time: «2026-11».
pub fn month(text: &str) -> Option<Span> {
    let first = format!("{}-01", text.trim()).parse::<NaiveDate>().ok()?;
    let next = first.checked_add_months(chrono::Months::new(1))?;
    Some(Span::new(start_of_day(first), start_of_day(next)))
}

/// A whole academic year: «2026-2027».
pub fn academic_year(text: &str) -> Option<Span> {
    let year: AcademicYear = text.parse().ok()?;
    Some(Span::new(start_of_day(year.first_day()), start_of_day(year.next().first_day())))
}

/// One local day.
pub fn whole_day(day: NaiveDate) -> Span {
    Span::new(start_of_day(day), start_of_day(day + Duration::days(1)))
}
