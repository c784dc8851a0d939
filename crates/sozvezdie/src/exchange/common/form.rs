//! The form of a common request: what was typed, and what it says.
use super::{CommonId, LINES};
use crate::{
    exchange::REQUEST,
    organisations::OrganisationId,
    resources::{Asker, ResourceId, Span, loose, moment, whole, whole_required},
};
use chrono::{DateTime, Utc};
use kit::{
    Fault, Visit,
    access::Reach,
    form::{Check, Problems, tidy},
    text::Message,
};
use serde::{Deserialize, Serialize};

/// What was typed, as it was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct CommonForm {
    pub organisation_id: String,
    /// The event: what all of this is for.
    pub title: String,
    pub details: String,
    pub starts_at: String,
    pub ends_at: String,
    #[serde(deserialize_with = "loose")]
    pub headcount: String,
    pub lines: Vec<LineForm>,
    /// The draft that becomes this request.
    #[serde(skip)]
    pub draft: Option<CommonId>,
}

/// One resource; what is empty is as in the whole.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct LineForm {
    pub resource_id: String,
    pub starts_at: String,
    pub ends_at: String,
    #[serde(deserialize_with = "loose")]
    pub headcount: String,
    #[serde(deserialize_with = "loose")]
    pub units: String,
    #[serde(deserialize_with = "loose")]
    pub loan: String,
}

/// What a checked form says.
#[derive(Clone, Debug)]
pub struct CommonDraft {
    pub organisation: OrganisationId,
    pub title: String,
    pub details: Option<String>,
    pub span: Span,
    pub headcount: i64,
    pub lines: Vec<LineDraft>,
}

/// One checked line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineDraft {
    pub resource: ResourceId,
    /// Its own time, when it differs from that of the whole.
    pub own_time: Option<Span>,
    pub own_headcount: Option<i64>,
    pub units: Option<i64>,
    pub is_loan: bool,
}

impl CommonDraft {
    pub fn span_of(&self, line: &LineDraft) -> Span {
        line.own_time.unwrap_or(self.span)
    }

    /// Who asks, in the words of the resources.
    pub fn asker(&self, line: &LineDraft) -> Asker {
        Asker {
            organisation: self.organisation,
            headcount: line.own_headcount.unwrap_or(self.headcount),
            units: line.units,
            at_distance: false,
            is_loan: line.is_loan,
            by_owner: false,
        }
    }

    /// What the owners read: the event, and what is wanted of them.
    pub fn purpose(&self) -> String {
        let whole = match &self.details {
            Some(details) => format!("{}: {details}", self.title.trim_end_matches('.')),
            None => self.title.clone(),
        };
        whole.chars().take(500).collect()
    }
}

/// A field of a line: `lines.0.units`.
pub fn field_of(line: usize, field: &str) -> String {
    format!("lines.{line}.{field}")
}

impl CommonForm {
    /// What the form says, or everything that is to be mended at once. An empty organisation is the
    /// viewer's own, when there is but one.
    ///
    /// # Errors
    /// [`Fault::Invalid`].
    pub fn check(&self, visit: &Visit) -> Result<CommonDraft, Fault> {
        let mut problems = Problems::default();
        let organisation = self.organisation(visit);
        if organisation.is_none() {
            problems.add("organisation_id", Message::new("form-choose"));
        }
        let mut check = Check { problems: &mut problems };
        let title = check.required("title", &self.title, 200);
        let details = check.optional("details", &self.details, 290);
        let span = span(&mut problems, visit.now, &self.starts_at, &self.ends_at);
        let headcount = whole_required(&mut problems, "headcount", &self.headcount, 1, 100_000).unwrap_or(1);
        let lines = self.checked_lines(&mut problems, visit.now);
        if self.lines.is_empty() {
            problems.add("lines", Message::new("common-no-lines"));
        } else if self.lines.len() > LINES {
            problems.add("lines", Message::new("booking-too-many").with("most", LINES));
        }
        problems.into_result(CommonDraft {
            // Not read when `problems` names the field.
            organisation: organisation.unwrap_or(OrganisationId(uuid::Uuid::nil())),
            title,
            details,
            span: span.unwrap_or(Span::new(visit.now, visit.now)),
            headcount,
            lines,
        })
    }

    fn organisation(&self, visit: &Visit) -> Option<OrganisationId> {
        match (tidy(&self.organisation_id), visit.viewer.reach(REQUEST)) {
            (Some(text), _) => text.parse().ok(),
            (None, Reach::Organisations(own)) if own.len() == 1 => own.first().copied().map(OrganisationId),
            (None, _) => None,
        }
    }

    fn checked_lines(&self, problems: &mut Problems, now: DateTime<Utc>) -> Vec<LineDraft> {
        let mut lines: Vec<LineDraft> = Vec::with_capacity(self.lines.len());
        for (n, line) in self.lines.iter().enumerate().take(LINES) {
            let mut wrong = Problems::default();
            if let Some(line) = line.check(&mut wrong, now) {
                if lines.iter().any(|known| known.resource == line.resource) {
                    wrong.add("resource_id", Message::new("common-twice"));
                }
                lines.push(line);
            }
            for (field, message) in wrong.iter() {
                problems.add(field_of(n, field), message.clone());
            }
        }
        lines
    }
}

impl LineForm {
    pub fn check(&self, problems: &mut Problems, now: DateTime<Utc>) -> Option<LineDraft> {
        let Ok(resource) = self.resource_id.trim().parse::<ResourceId>() else {
            problems.add("resource_id", Message::new("form-choose"));
            return None;
        };
        let has_time = tidy(&self.starts_at).is_some() || tidy(&self.ends_at).is_some();
        Some(LineDraft {
            resource,
            own_time: if has_time { span(problems, now, &self.starts_at, &self.ends_at) } else { None },
            own_headcount: whole(problems, "headcount", &self.headcount, 1, 100_000),
            units: whole(problems, "units", &self.units, 1, 100_000),
            is_loan: crate::exchange::form::is_yes(&self.loan),
        })
    }
}

/// From one moment to a later one, not in the past; both must be there.
fn span(problems: &mut Problems, now: DateTime<Utc>, starts_at: &str, ends_at: &str) -> Option<Span> {
    for (field, text) in [("starts_at", starts_at), ("ends_at", ends_at)] {
        if tidy(text).is_none() {
            problems.add(field, Message::new("form-required"));
        }
    }
    let (start, end) = (moment(problems, "starts_at", starts_at), moment(problems, "ends_at", ends_at));
    let span = Span::new(start?, end?);
    if span.start < now {
        problems.add("starts_at", Message::new("hold-past"));
    } else if span.end <= span.start {
        problems.add("ends_at", Message::new("hold-ends-before"));
    }
    Some(span)
}
