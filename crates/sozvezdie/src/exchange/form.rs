//! The form of a request: what was typed, and what it says.
use super::model::{Form, Mode};
use crate::{
    organisations::OrganisationId,
    resources::{Asker, Class, Resource, ResourceId, Span, at, loose, minute_of_day, moment, whole, whole_required},
    shell::AcademicYear,
};
use chrono::{DateTime, Duration, NaiveDate, Timelike as _, Utc};
use kit::{
    Fault, Visit,
    access::Reach,
    clock::{LOCAL, local_date, start_of_day},
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
        repeated(first, &days)
    }
}

/// The span on each of these days by the same clock on the wall, whatever the clocks are turned to in
/// between. The first stays as it was said.
fn repeated(first: Span, days: &[NaiveDate]) -> Vec<Span> {
    let wall = |at: DateTime<Utc>| {
        let local = at.with_timezone(&LOCAL);
        (local.date_naive(), i64::from(local.num_seconds_from_midnight() / 60))
    };
    let ((begins, from), (ends, to)) = (wall(first.start), wall(first.end));
    let on = |day: NaiveDate| Span::new(at(day, from), at(day + (ends - begins), to));
    days.iter().map(|day| if *day == begins { first } else { on(*day) }).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Datelike as _;
    use proptest::prelude::*;

    fn wall(at: DateTime<Utc>) -> chrono::NaiveDateTime {
        at.with_timezone(&LOCAL).naive_local()
    }

    fn series(first: Span, until: NaiveDate, dates: &[NaiveDate]) -> (Vec<Span>, Problems) {
        let form = BookingForm {
            until: until.to_string(),
            dates: dates.iter().map(ToString::to_string).collect(),
            ..BookingForm::default()
        };
        let mut problems = Problems::default();
        (form.spans(&mut problems, first), problems)
    }

    proptest! {
        /// Clocks were turned in Belgorod until 2011 and in 2014; the years have 29 Februaries and ends.
        #[test]
        fn a_weekly_lesson_stays_at_its_hour(day in 0_i64..9_500, hour in 4_i64..20, minutes in 15_i64..180, weeks in 0_i64..60) {
            let day = NaiveDate::from_ymd_opt(2009, 1, 1).unwrap() + Duration::days(day);
            let first = Span::new(at(day, hour * 60), at(day, hour * 60 + minutes));
            let (spans, problems) = series(first, day + Duration::days(7 * weeks + 3), &[]);
            prop_assert!(problems.is_empty());
            prop_assert_eq!(i64::try_from(spans.len()).unwrap(), weeks + 1, "none lost, none doubled");
            for (n, span) in (0_i64..).zip(&spans) {
                let date = day + Duration::days(7 * n);
                prop_assert_eq!(wall(span.start), date.and_time(chrono::NaiveTime::MIN) + Duration::minutes(hour * 60));
                prop_assert_eq!(span.length().num_minutes(), minutes);
            }
        }

        /// A loan over several days ends at its hour too.
        #[test]
        fn a_repeated_loan_is_brought_back_at_its_hour(day in 0_i64..9_500, days in 1_i64..6) {
            let day = NaiveDate::from_ymd_opt(2009, 1, 1).unwrap() + Duration::days(day);
            let first = Span::new(at(day, 9 * 60), at(day + Duration::days(days), 17 * 60));
            for span in series(first, day + Duration::days(70), &[]).0 {
                prop_assert_eq!((wall(span.start).hour(), wall(span.end).hour()), (9, 17));
                prop_assert_eq!((local_date(span.end) - local_date(span.start)).num_days(), days);
            }
        }

        /// The months of a year and the years themselves touch and leave nothing out.
        #[test]
        fn months_and_years_leave_no_gap(year in 2000_i32..2100) {
            let months: Vec<Span> = (1..=12).map(|m| month(&format!("{year}-{m:02}")).unwrap()).collect();
            prop_assert!(months.windows(2).all(|pair| pair[0].end == pair[1].start));
            prop_assert_eq!(local_date(months[1].end - Duration::seconds(1)).day(), if NaiveDate::from_ymd_opt(year, 2, 29).is_some() { 29 } else { 28 });
            let of = |first: i32| academic_year(&first.to_string()).unwrap();
            prop_assert_eq!(of(year).end, of(year + 1).start);
        }
    }

    #[test]
    fn the_twenty_ninth_of_february_and_the_last_of_december_are_days_like_others() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let first = Span::new(at(day("2028-02-29"), 600), at(day("2028-02-29"), 660));
        let (spans, problems) = series(first, day("2028-03-07"), &[day("2028-12-31"), day("2028-02-29")]);
        let days: Vec<String> = spans.iter().map(|s| local_date(s.start).to_string()).collect();
        assert!(problems.is_empty());
        assert_eq!(days, ["2028-02-29", "2028-03-07", "2028-12-31"], "named twice, it is once");
        let night = Span::new(at(day("2026-12-31"), 1380), at(day("2027-01-01"), 60));
        let (spans, _) = series(night, day("2027-01-07"), &[]);
        assert_eq!(spans.len(), 2);
        assert_eq!(spans[1], Span::new(at(day("2027-01-07"), 1380), at(day("2027-01-08"), 60)));
        let form = BookingForm { dates: vec!["2027-02-29".into()], ..BookingForm::default() };
        let mut problems = Problems::default();
        form.spans(&mut problems, night);
        assert!(problems.at("dates").is_some(), "there is no such day");
    }
}
