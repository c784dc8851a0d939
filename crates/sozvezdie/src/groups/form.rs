//! What is typed about a group, a session and a register, and what it says.
use super::model::{Group, GroupKind, LARGEST, Mark, MemberId, SessionMode};
use crate::{
    organisations::OrganisationId,
    people::PersonId,
    resources::{ResourceId, Span, at, minute_of_day, whole_required},
};
use chrono::NaiveDate;
use kit::{
    Fault,
    form::{Check, Problems, loose, tidy, tidy_lines},
    text::Message,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Letters of a plan or of what came out, at most.
const LONG: usize = 10_000;
/// Teachers of one group, and sessions of one series, at most.
const TEACHERS: usize = 10;
const SERIES: usize = 40;

/// What was typed, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct GroupForm {
    pub organisation: String,
    pub kind: String,
    pub title: String,
    pub subject: String,
    pub target: String,
    /// The edition of an event; a page that knows events fills it in.
    pub edition: String,
    pub plan: String,
    pub product: String,
    #[serde(deserialize_with = "loose")]
    pub capacity: String,
    pub starts_on: String,
    pub ends_on: String,
    pub teachers: Vec<String>,
    pub version: String,
}

/// What a checked form says.
#[derive(Clone, Debug)]
pub struct GroupDraft {
    pub organisation: OrganisationId,
    pub kind: GroupKind,
    pub title: String,
    pub subject: Option<String>,
    pub target: Option<String>,
    pub edition: Option<Uuid>,
    pub plan: Option<String>,
    pub product: Option<String>,
    pub capacity: i64,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub teachers: Vec<PersonId>,
}

/// A text of several lines, of bounded length.
pub fn long(problems: &mut Problems, field: &'static str, text: &str) -> Option<String> {
    let value = tidy_lines(text)?;
    let length = value.chars().count();
    if length > LONG {
        problems.add(field, Message::new("form-too-long").with("limit", LONG).with("length", length));
        return None;
    }
    Some(value)
}

impl GroupForm {
    /// The form of what stands there.
    pub fn of(g: &Group, teachers: &[PersonId]) -> Self {
        let text = |o: &Option<String>| o.clone().unwrap_or_default();
        Self {
            organisation: g.organisation_id.to_string(),
            kind: g.kind.code().into(),
            title: g.title.clone(),
            subject: text(&g.subject),
            target: text(&g.target),
            edition: g.edition_id.map(|id| id.to_string()).unwrap_or_default(),
            plan: text(&g.plan),
            product: text(&g.product),
            capacity: g.capacity.to_string(),
            starts_on: g.starts_on.to_string(),
            ends_on: g.ends_on.map(|d| d.to_string()).unwrap_or_default(),
            teachers: teachers.iter().map(ToString::to_string).collect(),
            version: g.version.to_string(),
        }
    }

    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self) -> Result<GroupDraft, Fault> {
        let mut problems = Problems::default();
        let choose = || Message::new("form-choose");
        let organisation = self.organisation.parse().ok();
        let kind = self.kind.parse().ok();
        for (field, known) in [("organisation", organisation.is_some()), ("kind", kind.is_some())] {
            if !known {
                problems.add(field, choose());
            }
        }
        let mut check = Check { problems: &mut problems };
        let title = check.required("title", &self.title, 200);
        let subject = check.optional("subject", &self.subject, 100);
        let target = check.optional("target", &self.target, 200);
        check.required("starts_on", &self.starts_on, 20);
        let starts_on = check.date("starts_on", &self.starts_on);
        let ends_on = check.date("ends_on", &self.ends_on);
        if starts_on.zip(ends_on).is_some_and(|(from, to)| to < from) {
            problems.add("ends_on", Message::new("group-ends-before"));
        }
        let capacity = whole_required(&mut problems, "capacity", &self.capacity, 1, LARGEST);
        let plan = long(&mut problems, "plan", &self.plan);
        let product = long(&mut problems, "product", &self.product);
        let edition = tidy(&self.edition).map(|text| text.parse::<Uuid>());
        if matches!(edition, Some(Err(_))) {
            problems.add("edition", choose());
        }
        let teachers: Vec<Result<PersonId, _>> =
            self.teachers.iter().filter(|t| !t.is_empty()).map(|t| t.parse()).collect();
        if teachers.iter().any(Result::is_err) || teachers.len() > TEACHERS {
            problems.add("teachers", Message::new("group-teachers-most").with("most", TEACHERS));
        }
        let mut teachers: Vec<PersonId> = teachers.into_iter().flatten().collect();
        teachers.sort_unstable();
        teachers.dedup();
        problems.into_result(GroupDraft {
            organisation: organisation.unwrap_or(OrganisationId(Uuid::nil())),
            kind: kind.unwrap_or(GroupKind::Workshop),
            title,
            subject,
            target,
            edition: edition.and_then(Result::ok),
            plan,
            product,
            capacity: capacity.unwrap_or(1),
            starts_on: starts_on.unwrap_or_default(),
            ends_on,
            teachers,
        })
    }
}

/// One session, or one every week.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct SessionForm {
    pub on: String,
    pub from: String,
    pub to: String,
    /// Every week up to this day.
    pub until: String,
    pub topic: String,
    pub place: String,
    pub mode: String,
    /// A room of the exchange.
    pub resource: String,
}

/// What a checked form says.
#[derive(Clone, Debug)]
pub struct SessionDraft {
    pub spans: Vec<Span>,
    pub topic: Option<String>,
    pub place: Option<String>,
    pub mode: SessionMode,
    pub resource: Option<ResourceId>,
}

impl SessionForm {
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self) -> Result<SessionDraft, Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        check.required("on", &self.on, 20);
        check.required("from", &self.from, 10);
        check.required("to", &self.to, 10);
        let day = check.date("on", &self.on);
        let until = check.date("until", &self.until);
        let topic = check.optional("topic", &self.topic, 300);
        let place = check.optional("place", &self.place, 200);
        let (from, to) = (minute_of_day(&self.from), minute_of_day(&self.to));
        for (field, minute, text) in [("from", from, &self.from), ("to", to, &self.to)] {
            if minute.is_none() && tidy(text).is_some() {
                problems.add(field, Message::new("form-bad-time"));
            }
        }
        if from.zip(to).is_some_and(|(from, to)| to <= from) {
            problems.add("to", Message::new("group-session-ends-before"));
        }
        if day.zip(until).is_some_and(|(day, until)| until < day) {
            problems.add("until", Message::new("group-ends-before"));
        }
        let mode = if self.mode.is_empty() { Ok(SessionMode::InPerson) } else { self.mode.parse() };
        if mode.is_err() {
            problems.add("mode", Message::new("form-choose"));
        }
        let resource = tidy(&self.resource).map(|text| text.parse::<ResourceId>());
        if matches!(resource, Some(Err(_))) {
            problems.add("resource", Message::new("form-choose"));
        }
        let spans = match (day, from, to) {
            (Some(day), Some(from), Some(to)) if from < to => {
                let days: Vec<NaiveDate> = day
                    .iter_weeks()
                    .take_while(|d| *d == day || until.is_some_and(|u| *d <= u))
                    .take(SERIES + 1)
                    .collect();
                if days.len() > SERIES {
                    problems.add("until", Message::new("group-series-most").with("most", SERIES));
                }
                days.into_iter().map(|d| Span::new(at(d, from), at(d, to))).collect()
            }
            _ => Vec::new(),
        };
        problems.into_result(SessionDraft {
            spans,
            topic,
            place,
            mode: mode.unwrap_or(SessionMode::InPerson),
            resource: resource.and_then(Result::ok),
        })
    }
}

/// The register of one session, as a program sends it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct RegisterForm {
    /// By the place in the group: `present`, `late`, `ill`, `absent`.
    pub marks: BTreeMap<String, String>,
    pub topic: String,
    /// Needed once the month is closed.
    pub reason: String,
    pub version: String,
}

impl RegisterForm {
    /// A page's fields: the marks stand in fields called `mark-…`.
    pub fn of_page(fields: &BTreeMap<String, String>) -> Self {
        let text = |name: &str| fields.get(name).cloned().unwrap_or_default();
        let marks =
            fields.iter().filter_map(|(name, mark)| Some((name.strip_prefix("mark-")?.to_owned(), mark.clone())));
        Self { marks: marks.collect(), topic: text("topic"), reason: text("reason"), version: text("version") }
    }

    /// The marks of known form.
    ///
    /// # Errors
    /// [`Fault::Invalid`] at `marks`.
    pub fn marks(&self) -> Result<Vec<(MemberId, Mark)>, Fault> {
        let bad = || Fault::field("marks", Message::new("form-choose"));
        let chosen = self.marks.iter().filter(|(_, mark)| !mark.is_empty());
        chosen.map(|(id, mark)| Ok((id.parse().map_err(|_| bad())?, mark.parse().map_err(|_| bad())?))).collect()
    }
}
