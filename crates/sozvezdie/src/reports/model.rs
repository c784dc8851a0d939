//! What a report is, the states it goes through and what its forms must hold. Pure.
use super::text;
use crate::{
    figures,
    organisations::{self, OrganisationId},
    shell::AcademicYear,
};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault, Lang,
    access::Permission,
    db::row,
    form::{Check, Problems, tidy_lines},
    html::Tone,
    text::Message,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

kit::db::id_type!(
    /// A report of some academic years.
    ReportId
);
kit::db::id_type!(
    /// The department's call for reports.
    CallId
);

kit::codes! {
    /// Whose results a report tells of.
    pub enum Kind { Centre = "centre", District = "district", Organisation = "organisation" }
}

impl Kind {
    /// What one must be allowed to do to write and hand in such a report.
    pub fn written_by(self) -> Permission {
        match self {
            Self::Centre => super::CENTRE,
            Self::District => super::DISTRICT,
            Self::Organisation => super::HAND_IN,
        }
    }
}

kit::codes! {
    /// draft → submitted → returned → submitted … → accepted → closed; the last is final.
    pub enum State {
        Draft = "draft",
        Submitted = "submitted",
        Returned = "returned",
        Accepted = "accepted",
        Closed = "closed",
    }
}

impl State {
    /// The table of allowed moves.
    pub fn may_become(self, next: Self) -> bool {
        use State::{Accepted, Closed, Draft, Returned, Submitted};
        matches!(
            (self, next),
            (Draft | Returned, Submitted) | (Submitted, Returned | Accepted) | (Accepted, Returned | Closed)
        )
    }

    /// Its text may be written on.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }

    pub fn tone(self) -> Tone {
        match self {
            Self::Draft => Tone::Info,
            Self::Submitted | Self::Returned => Tone::Warn,
            Self::Accepted => Tone::Ok,
            Self::Closed => Tone::Plain,
        }
    }
}

/// The academic years that a report is about, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: AcademicYear,
    pub to: AcademicYear,
}

/// Most years of one report.
const YEARS: i64 = 10;

impl Period {
    /// As many years, just before these.
    #[must_use]
    pub fn before(self) -> Self {
        let length = self.to.0 - self.from.0 + 1;
        Self { from: AcademicYear(self.from.0 - length), to: AcademicYear(self.from.0 - 1) }
    }

    /// «2015-2016 – 2016-2017 учебные годы».
    pub fn words(self, t: Lang) -> String {
        if self.from == self.to {
            return t.say_with("report-year", &[("year", self.from.to_string().into())]).into_owned();
        }
        let values = [("from", self.from.to_string().into()), ("to", self.to.to_string().into())];
        t.say_with("report-years", &values).into_owned()
    }

    /// What a form says; nothing where it is wrong.
    pub fn read(problems: &mut Problems, from: &str, to: &str) -> Option<Self> {
        let mut year = |field: &'static str, text: &str| {
            let year = text.parse::<AcademicYear>().ok();
            match year {
                None if text.trim().is_empty() => problems.add(field, Message::new("form-required")),
                None => problems.add(field, Message::new("form-bad-year")),
                Some(_) => {}
            }
            year
        };
        let from = year("from", from)?;
        let to = if to.trim().is_empty() { from } else { year("to", to)? };
        if let Some(problem) = figures::years_problem(from, to, YEARS) {
            problems.add("to", problem);
            return None;
        }
        Some(Self { from, to })
    }
}

/// A report as it stands.
#[derive(Clone, Debug)]
pub struct Report {
    pub id: ReportId,
    pub kind: Kind,
    pub organisation: Option<OrganisationId>,
    pub organisation_name: Option<String>,
    pub from: AcademicYear,
    pub to: AcademicYear,
    pub body: String,
    pub state: State,
    /// Why it was returned last.
    pub reason: Option<String>,
    /// The number of the copy that was handed in last.
    pub copy: Option<i64>,
    pub updated_at: DateTime<Utc>,
    pub updated_by: Option<Uuid>,
    pub version: i64,
}
row!(Report {
    id,
    kind,
    organisation,
    organisation_name,
    from,
    to,
    body,
    state,
    reason,
    copy,
    updated_at,
    updated_by,
    version
});

impl Report {
    pub fn period(&self) -> Period {
        Period { from: self.from, to: self.to }
    }
}

/// A copy as it was handed in.
#[derive(Clone, Debug)]
pub struct Copy {
    pub number: i64,
    pub body: String,
    /// [`super::Counted`] as JSON.
    pub figures: String,
    pub made_at: DateTime<Utc>,
    pub made_by: Option<Uuid>,
}
row!(Copy { number, body, figures, made_at, made_by });

/// What begins a report.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct NewForm {
    pub kind: String,
    pub organisation: String,
    pub from: String,
    pub to: String,
}

impl NewForm {
    /// Kind and years.
    ///
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self) -> Result<(Kind, Period), Fault> {
        let mut problems = Problems::default();
        let kind = self.kind.parse().ok();
        if kind.is_none() {
            problems.add("kind", Message::new("form-choose"));
        }
        let period = Period::read(&mut problems, &self.from, &self.to);
        match (kind, period) {
            (Some(kind), Some(period)) => problems.into_result((kind, period)),
            _ => Err(Fault::Invalid(problems)),
        }
    }
}

/// What is typed as the text of a report.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct TextForm {
    pub text: String,
    #[serde(deserialize_with = "kit::form::loose")]
    pub version: String,
}

/// Longest text, in characters.
pub const LONGEST: usize = 20_000;

impl TextForm {
    /// The text, with every placeholder known.
    ///
    /// # Errors
    /// [`Fault::Invalid`].
    pub fn check(&self) -> Result<String, Fault> {
        let Some(text) = tidy_lines(&self.text) else {
            return Err(Fault::field("text", Message::new("form-required")));
        };
        let length = text.chars().count();
        if length > LONGEST {
            let message = Message::new("form-too-long").with("limit", LONGEST).with("length", length);
            return Err(Fault::field("text", message));
        }
        text::parse(&text).map_err(|message| Fault::field("text", message))?;
        Ok(text)
    }
}

/// A move of a report: the version that was looked at, and for a return the reason.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct MoveForm {
    pub reason: String,
    #[serde(deserialize_with = "kit::form::loose")]
    pub version: String,
}

impl MoveForm {
    /// Why it is returned: without a reason nobody knows what to mend.
    ///
    /// # Errors
    /// [`Fault::Invalid`].
    pub fn reason(&self) -> Result<String, Fault> {
        let Some(reason) = tidy_lines(&self.reason) else {
            return Err(Fault::field("reason", Message::new("report-reason-needed")));
        };
        let length = reason.chars().count();
        if length > 2000 {
            return Err(Fault::field(
                "reason",
                Message::new("form-too-long").with("limit", 2000).with("length", length),
            ));
        }
        Ok(reason)
    }
}

/// The department asks for reports.
#[derive(Clone, Debug)]
pub struct Call {
    pub id: CallId,
    pub from: AcademicYear,
    pub to: AcademicYear,
    pub due_on: NaiveDate,
    pub note: Option<String>,
    pub general: bool,
    pub preschool: bool,
    pub additional: bool,
    pub closed_at: Option<DateTime<Utc>>,
}
row!(Call { id, from, to, due_on, note, general, preschool, additional, closed_at });

impl Call {
    pub fn period(&self) -> Period {
        Period { from: self.from, to: self.to }
    }

    /// The kinds of organisations that are asked.
    pub fn kinds(&self) -> Vec<organisations::Kind> {
        use organisations::Kind::{Additional, General, Preschool};
        let all = [(General, self.general), (Preschool, self.preschool), (Additional, self.additional)];
        all.into_iter().filter_map(|(kind, asked)| asked.then_some(kind)).collect()
    }
}

/// What a call says.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct CallForm {
    pub from: String,
    pub to: String,
    pub due_on: String,
    pub note: String,
    pub kinds: Vec<String>,
}

/// A checked call.
#[derive(Clone, Debug)]
pub struct NewCall {
    pub period: Period,
    pub due_on: NaiveDate,
    pub note: Option<String>,
    pub kinds: Vec<organisations::Kind>,
}

impl CallForm {
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self, today: NaiveDate) -> Result<NewCall, Fault> {
        let mut problems = Problems::default();
        let period = Period::read(&mut problems, &self.from, &self.to);
        let mut check = Check { problems: &mut problems };
        let note = check.optional("note", &self.note, 500);
        let due_on = check.date("due_on", &self.due_on);
        match due_on {
            None if problems.at("due_on").is_none() => problems.add("due_on", Message::new("form-required")),
            Some(day) if day < today => problems.add("due_on", Message::new("report-due-over").with("date", today)),
            _ => {}
        }
        let kinds: Vec<_> = self.kinds.iter().filter_map(|code| code.parse().ok()).collect();
        if kinds.is_empty() || kinds.len() != self.kinds.len() {
            problems.add("kinds", Message::new("form-choose"));
        }
        match (period, due_on) {
            (Some(period), Some(due_on)) => problems.into_result(NewCall { period, due_on, note, kinds }),
            _ => Err(Fault::Invalid(problems)),
        }
    }
}

/// An organisation that a call asks, and how far it is.
#[derive(Clone, Debug)]
pub struct Asked {
    pub organisation: OrganisationId,
    pub name: String,
    pub kind: organisations::Kind,
    pub report: Option<ReportId>,
    pub state: Option<State>,
    /// When it was reminded last, and how often.
    pub reminded_on: Option<NaiveDate>,
    pub reminded: Option<i64>,
}
row!(Asked { organisation, name, kind, report, state, reminded_on, reminded });

impl Asked {
    /// Nothing is left to do for it.
    pub fn has_handed_in(&self) -> bool {
        self.state.is_some_and(|state| !state.is_open())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// However one walks: what is closed stays, what was handed in is never a draft again, and
        /// nothing is accepted that nobody handed in.
        #[test]
        fn every_walk_keeps_to_the_table(steps in proptest::collection::vec(0_usize..5, 0..40)) {
            let (mut now, mut handed_in) = (State::Draft, false);
            for step in steps {
                let next = State::ALL[step];
                if !now.may_become(next) {
                    continue;
                }
                prop_assert_ne!(now, State::Closed);
                prop_assert_ne!(next, State::Draft);
                prop_assert_ne!(now, next);
                prop_assert!(next != State::Submitted || now.is_open());
                prop_assert!(next != State::Closed || now == State::Accepted);
                handed_in |= next == State::Submitted;
                prop_assert!(handed_in);
                now = next;
            }
            prop_assert!(handed_in || now == State::Draft);
        }
    }

    #[test]
    fn years_are_one_or_several_in_their_order() {
        let read = |from: &str, to: &str| {
            let mut problems = Problems::default();
            let period = Period::read(&mut problems, from, to);
            period.map(|p| (p.from.0, p.to.0)).filter(|_| problems.is_empty())
        };
        assert_eq!(read("2015-2016", ""), Some((2015, 2015)));
        assert_eq!(read("2015/16", "2016-2017"), Some((2015, 2016)));
        for (from, to) in [("", ""), ("2016-2017", "2015-2016"), ("2000-2001", "2016-2017"), ("x", "2016-2017")] {
            assert_eq!(read(from, to), None, "{from} {to}");
        }
        let period = Period { from: AcademicYear(2015), to: AcademicYear(2016) };
        assert_eq!((period.before().from.0, period.before().to.0), (2013, 2014));
    }

    #[test]
    fn a_return_without_a_reason_is_refused() {
        assert!(matches!(MoveForm { reason: " \n ".into(), ..MoveForm::default() }.reason(), Err(Fault::Invalid(_))));
        assert!(matches!(
            MoveForm { reason: "ё".repeat(2001), ..MoveForm::default() }.reason(),
            Err(Fault::Invalid(_))
        ));
    }

    #[test]
    fn a_call_names_whom_it_asks_and_a_day_to_come() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let form = CallForm {
            from: "2025-2026".into(),
            due_on: "2026-12-01".into(),
            kinds: vec!["general".into()],
            ..CallForm::default()
        };
        assert!(form.check(today).is_ok());
        for wrong in [
            CallForm { due_on: "2026-11-23".into(), ..form.clone() },
            CallForm { due_on: String::new(), ..form.clone() },
            CallForm { kinds: Vec::new(), ..form.clone() },
            CallForm { kinds: vec!["general".into(), "moon".into()], ..form.clone() },
            CallForm { from: "вчера".into(), ..form.clone() },
        ] {
            assert!(wrong.check(today).is_err(), "{wrong:?}");
        }
    }
}
