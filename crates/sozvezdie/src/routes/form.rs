//! What is typed of a route and of a step, and what of it is to be mended.
use super::content::clock_text;
use super::model::{Route, Stage, Step, StepKind, StudyForm};
use crate::{
    organisations::OrganisationId,
    people::PersonId,
    resources::{ResourceId, loose, minute_of_day},
};
use chrono::{NaiveDate, NaiveTime};
use kit::{
    Fault,
    form::{Check, Problems, tidy_lines},
    text::Message,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Longest text of several lines, in characters.
const LONGEST: usize = 8_000;
/// Most hours of a step: a year of a full week.
const MOST_HOURS: i64 = 400;
/// Longest a route may last, in days.
const LONGEST_DAYS: i64 = 3 * 366;

/// What was typed of a route.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct RouteForm {
    pub learner: String,
    pub organisation: String,
    pub template: String,
    pub title: String,
    pub note: String,
    pub goal: String,
    pub tasks: String,
    pub support: String,
    pub results: String,
    pub from: String,
    pub until: String,
    /// Why the load is greater than the table allows.
    pub load_reason: String,
    pub version: String,
}

/// What a checked form says.
#[derive(Clone, Debug)]
pub struct RouteDraft {
    pub learner: PersonId,
    pub organisation: OrganisationId,
    pub title: String,
    pub note: Option<String>,
    pub goal: String,
    pub tasks: Option<String>,
    pub support: Option<String>,
    pub results: Option<String>,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub load_reason: Option<String>,
}

/// A text of several lines.
fn lines(problems: &mut Problems, field: &'static str, text: &str) -> Option<String> {
    let length = text.chars().count();
    if length > LONGEST {
        problems.add(field, Message::new("form-too-long").with("limit", LONGEST).with("length", length));
    }
    tidy_lines(text)
}

/// Two days, the second not before the first.
fn days(problems: &mut Problems, from: &str, until: &str) -> Option<(NaiveDate, NaiveDate)> {
    let mut check = Check { problems };
    let (first, last) = (check.date("from", from), check.date("until", until));
    for (field, day) in [("from", first), ("until", last)] {
        if day.is_none() && problems.at(field).is_none() {
            problems.add(field, Message::new("form-required"));
        }
    }
    let (first, last) = (first?, last?);
    if last < first || (last - first).num_days() > LONGEST_DAYS {
        problems.add("until", Message::new("route-bad-days"));
        return None;
    }
    Some((first, last))
}

impl RouteForm {
    /// The form of an existing route.
    pub fn of(r: &Route) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            learner: r.learner.to_string(),
            organisation: r.organisation.to_string(),
            template: String::new(),
            title: r.title.clone(),
            note: text(&r.note),
            goal: r.goal.clone(),
            tasks: text(&r.tasks),
            support: text(&r.support),
            results: text(&r.results),
            from: r.from.to_string(),
            until: r.until.to_string(),
            load_reason: text(&r.load_reason),
            version: r.version.to_string(),
        }
    }

    /// What the form says, or what is to be mended.
    ///
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self) -> Result<RouteDraft, Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let title = check.required("title", &self.title, 200);
        let load_reason = check.optional("load_reason", &self.load_reason, 500);
        let goal = lines(&mut problems, "goal", &self.goal);
        if goal.is_none() {
            problems.add("goal", Message::new("form-required"));
        }
        let note = lines(&mut problems, "note", &self.note);
        let tasks = lines(&mut problems, "tasks", &self.tasks);
        let support = lines(&mut problems, "support", &self.support);
        let results = lines(&mut problems, "results", &self.results);
        let span = days(&mut problems, &self.from, &self.until);
        let (learner, organisation) = (self.learner.parse().ok(), self.organisation.parse().ok());
        for (field, is_known) in [("learner", learner.is_some()), ("organisation", organisation.is_some())] {
            if !is_known {
                problems.add(field, Message::new("form-choose"));
            }
        }
        // Not read when `problems` names the field.
        let (from, until) = span.unwrap_or_default();
        problems.into_result(RouteDraft {
            learner: learner.unwrap_or(PersonId(Uuid::nil())),
            organisation: organisation.unwrap_or(OrganisationId(Uuid::nil())),
            title,
            note,
            goal: goal.unwrap_or_default(),
            tasks,
            support,
            results,
            from,
            until,
            load_reason,
        })
    }
}

/// What was typed of a step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct StepForm {
    pub stage: String,
    pub kind: String,
    pub title: String,
    pub about: String,
    pub organisation: String,
    pub resource: String,
    pub teacher: String,
    #[serde(deserialize_with = "loose")]
    pub hours: String,
    /// In a page a field called `form` would hide the form itself from the browser's scripts.
    pub how: String,
    pub from: String,
    pub until: String,
    #[serde(deserialize_with = "loose")]
    pub weekday: String,
    pub starts: String,
    pub ends: String,
    pub choice: String,
    pub control: String,
    pub expected: String,
    /// The version of the route that the form was filled from.
    pub version: String,
}

/// What a checked form of a step says.
#[derive(Clone, Debug)]
pub struct StepDraft {
    pub stage: Stage,
    pub kind: StepKind,
    pub title: String,
    pub about: Option<String>,
    pub organisation: Option<OrganisationId>,
    pub resource: Option<ResourceId>,
    pub teacher: Option<String>,
    pub hours: i64,
    pub form: StudyForm,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub weekday: Option<u8>,
    pub starts: Option<NaiveTime>,
    pub ends: Option<NaiveTime>,
    pub choice: Option<String>,
    pub control: Option<String>,
    pub expected: Option<String>,
}

impl StepForm {
    /// The form of an existing step.
    pub fn of(s: &Step, version: i64) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            stage: s.stage.code().into(),
            kind: s.kind.code().into(),
            title: s.title.clone(),
            about: text(&s.about),
            organisation: s.organisation.map(|o| o.to_string()).unwrap_or_default(),
            resource: s.resource.map(|r| r.to_string()).unwrap_or_default(),
            teacher: text(&s.teacher),
            hours: s.hours.to_string(),
            how: s.form.code().into(),
            from: s.from.to_string(),
            until: s.until.to_string(),
            weekday: s.weekday.map(|day| day.to_string()).unwrap_or_default(),
            starts: clock_text(s.starts),
            ends: clock_text(s.ends),
            choice: text(&s.choice),
            control: text(&s.control),
            expected: text(&s.expected),
            version: version.to_string(),
        }
    }

    /// What the form says, or what is to be mended. A step lies within its route.
    ///
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self, route: (NaiveDate, NaiveDate)) -> Result<StepDraft, Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let title = check.required("title", &self.title, 200);
        let teacher = check.optional("teacher", &self.teacher, 200);
        let choice = check.optional("choice", &self.choice, 40);
        let control = check.optional("control", &self.control, 200);
        let about = lines(&mut problems, "about", &self.about);
        let expected = lines(&mut problems, "expected", &self.expected);
        let span = days(&mut problems, &self.from, &self.until);
        if let Some((from, until)) = span {
            if from < route.0 || from > route.1 {
                problems.add("from", Message::new("route-step-outside"));
            }
            if until > route.1 && problems.at("until").is_none() {
                problems.add("until", Message::new("route-step-outside"));
            }
        }
        let hours = self.hours.trim().parse::<i64>().ok().filter(|hours| (1..=MOST_HOURS).contains(hours));
        if hours.is_none() {
            problems.add("hours", Message::new("route-bad-hours").with("most", MOST_HOURS));
        }
        let (starts, ends) = self.times(&mut problems);
        let weekday = self.weekday.trim().parse::<u8>().ok().filter(|day| (1..=7).contains(day));
        if weekday.is_none() && (!self.weekday.trim().is_empty() || starts.is_some()) {
            problems.add("weekday", Message::new("form-choose"));
        }
        let (stage, kind, form) = (self.stage.parse().ok(), self.kind.parse().ok(), self.how.parse().ok());
        for (field, is_known) in [("stage", stage.is_some()), ("kind", kind.is_some()), ("how", form.is_some())] {
            if !is_known {
                problems.add(field, Message::new("form-choose"));
            }
        }
        let organisation = self.organisation.parse().ok();
        if organisation.is_none() && !self.organisation.is_empty() {
            problems.add("organisation", Message::new("form-choose"));
        }
        // Not read when `problems` names the field.
        let (from, until) = span.unwrap_or_default();
        problems.into_result(StepDraft {
            stage: stage.unwrap_or(Stage::Implementation),
            kind: kind.unwrap_or(StepKind::Module),
            title,
            about,
            organisation,
            resource: self.resource.parse().ok(),
            teacher,
            hours: hours.unwrap_or(1),
            form: form.unwrap_or(StudyForm::InPerson),
            from,
            until,
            weekday,
            starts,
            ends,
            choice,
            control,
            expected,
        })
    }

    /// The weekly time: both ends, or none.
    fn times(&self, problems: &mut Problems) -> (Option<NaiveTime>, Option<NaiveTime>) {
        let (typed_start, typed_end) = (self.starts.trim(), self.ends.trim());
        if typed_start.is_empty() && typed_end.is_empty() {
            return (None, None);
        }
        let time = |text: &str| {
            let minute = u32::try_from(minute_of_day(text)?).ok()?;
            NaiveTime::from_hms_opt(minute / 60, minute % 60, 0)
        };
        let (starts, ends) = (time(typed_start), time(typed_end));
        match (starts, ends) {
            (Some(start), Some(end)) if start < end => (starts, ends),
            _ => {
                problems.add("ends", Message::new("route-bad-time"));
                (None, None)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(outcome: Result<impl std::fmt::Debug, Fault>) -> Vec<String> {
        match outcome {
            Err(Fault::Invalid(problems)) => problems.iter().map(|(field, _)| field.to_owned()).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn year() -> (NaiveDate, NaiveDate) {
        ("2026-09-01".parse().unwrap(), "2027-05-31".parse().unwrap())
    }

    fn step() -> StepForm {
        StepForm {
            stage: "implementation".into(),
            kind: "module".into(),
            how: "in_person".into(),
            title: "Цифровая лаборатория".into(),
            hours: "16".into(),
            from: "2026-10-01".into(),
            until: "2026-12-20".into(),
            ..StepForm::default()
        }
    }

    #[test]
    fn a_step_needs_little_and_lies_within_its_route() {
        assert_eq!(step().check(year()).unwrap().weekday, None);
        let weekly = StepForm { weekday: "2".into(), starts: "15:00".into(), ends: "16:30".into(), ..step() };
        assert_eq!(weekly.check(year()).unwrap().weekday, Some(2));
        let late = StepForm { until: "2027-08-01".into(), ..step() };
        assert_eq!(fields(late.check(year())), ["until"]);
    }

    #[test]
    fn every_wrong_field_of_a_step_is_named_at_once() {
        let wrong = StepForm {
            title: " ".into(),
            hours: "0".into(),
            starts: "17:00".into(),
            ends: "16:00".into(),
            weekday: "8".into(),
            stage: "x".into(),
            organisation: "x".into(),
            ..step()
        };
        let mut found = fields(wrong.check(year()));
        found.sort();
        assert_eq!(found, ["ends", "hours", "organisation", "stage", "title", "weekday"]);
    }

    #[test]
    fn an_empty_route_is_refused_by_every_field() {
        let mut found = fields(RouteForm::default().check());
        found.sort();
        assert_eq!(found, ["from", "goal", "learner", "organisation", "title", "until"]);
    }
}
