//! The showing of works, appeals, and what their forms must hold. Pure.
use crate::{
    people::PersonId,
    results::{Award, ParticipationId, ResultState},
};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    db::row,
    form::{Check, Problems, loose, tidy},
    html::Tone,
    text::Message,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

kit::db::id_type!(
    /// An appeal against the points of one result.
    AppealId
);

kit::codes! {
    pub enum AppealState {
        Submitted = "submitted",
        Upheld = "upheld",
        Rejected = "rejected",
        Withdrawn = "withdrawn",
    }
}

impl AppealState {
    pub fn tone(self) -> Tone {
        match self {
            Self::Submitted => Tone::Warn,
            Self::Upheld => Tone::Ok,
            Self::Rejected => Tone::Info,
            Self::Withdrawn => Tone::Plain,
        }
    }
}

kit::codes! {
    /// Who sent it: the child or a guardian, or the school on their behalf.
    pub enum Sender { Family = "family", School = "school" }
}

/// That preliminary results are made known, and for how long one may appeal.
#[derive(Clone, Debug)]
pub struct Showing {
    pub from: NaiveDate,
    pub until: NaiveDate,
    /// The last day of appeals.
    pub appeal_until: NaiveDate,
    pub place: Option<String>,
    /// The last protocol.
    pub ground: Option<String>,
    pub closed_at: Option<DateTime<Utc>>,
}
row!(Showing { from, until, appeal_until, place, ground, closed_at });

impl Showing {
    /// Whether one may appeal.
    pub fn takes_appeals(&self, today: NaiveDate) -> bool {
        self.closed_at.is_none() && (self.from..=self.appeal_until).contains(&today)
    }
}

#[derive(Clone, Debug)]
pub struct Appeal {
    pub id: AppealId,
    pub work: ParticipationId,
    pub number: i64,
    pub task: Option<String>,
    pub body: String,
    pub source: Sender,
    pub state: AppealState,
    /// What the result goes back to.
    pub result_before: ResultState,
    pub score_before: Option<f64>,
    pub score_after: Option<f64>,
    pub answer: Option<String>,
    pub decided_at: Option<DateTime<Utc>>,
    pub decided_by: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub created_by: Option<Uuid>,
    pub learner: PersonId,
    pub name: String,
    pub organisation_id: Uuid,
    pub organisation: String,
    pub class: Option<i64>,
    pub code: Option<String>,
}
row!(Appeal {
    id,
    work,
    number,
    task,
    body,
    source,
    state,
    result_before,
    score_before,
    score_after,
    answer,
    decided_at,
    decided_by,
    created_at,
    created_by,
    learner,
    name,
    organisation_id,
    organisation,
    class,
    code
});

/// A result as it is made known to those who may see the child.
#[derive(Clone, Debug)]
pub struct Shown {
    pub id: ParticipationId,
    pub learner: PersonId,
    pub name: String,
    pub organisation_id: Uuid,
    pub organisation: String,
    pub class: Option<i64>,
    pub result: ResultState,
    pub score: Option<f64>,
    pub max_score: Option<f64>,
    pub place: Option<i64>,
    pub place_to: Option<i64>,
    pub award: Option<Award>,
    pub degree: Option<i64>,
    pub appeal: Option<AppealId>,
    pub appeal_state: Option<AppealState>,
}
row!(Shown {
    id,
    learner,
    name,
    organisation_id,
    organisation,
    class,
    result,
    score,
    max_score,
    place,
    place_to,
    award,
    degree,
    appeal,
    appeal_state
});

/// Days more than this are a slip.
const LONG: i64 = 60;

/// The days of a showing as they were typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ShowingForm {
    pub from: String,
    pub until: String,
    pub appeal_until: String,
    pub place: String,
}

impl ShowingForm {
    pub fn of(s: &Showing) -> Self {
        Self {
            from: s.from.to_string(),
            until: s.until.to_string(),
            appeal_until: s.appeal_until.to_string(),
            place: s.place.clone().unwrap_or_default(),
        }
    }

    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self) -> Result<Showing, Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let mut day = |field: &'static str, text: &str| {
            check.required(field, text, 20);
            check.date(field, text)
        };
        let from = day("from", &self.from);
        let until = day("until", &self.until);
        let appeal_until = day("appeal_until", &self.appeal_until);
        let place = check.optional("place", &self.place, 200);
        for (field, day) in [("until", until), ("appeal_until", appeal_until)] {
            let (Some(from), Some(day)) = (from, day) else { continue };
            if day < from {
                problems.add(field, Message::new("appeal-before-showing"));
            } else if (day - from).num_days() > LONG {
                problems.add(field, Message::new("appeal-too-long").with("days", LONG));
            }
        }
        let (from, until, appeal_until) = problems.into_result((from, until, appeal_until))?;
        let (Some(from), Some(until), Some(appeal_until)) = (from, until, appeal_until) else {
            return Err(Fault::NotFound);
        };
        Ok(Showing { from, until, appeal_until, place, ground: None, closed_at: None })
    }
}

/// What is appealed against.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct AppealForm {
    /// Which task or criterion, where it is one.
    pub task: String,
    pub body: String,
}

/// Letters of an appeal and of an answer at most.
const TEXT: usize = 3_000;

/// Many lines that must be there.
fn lines(problems: &mut Problems, field: &'static str, text: &str) -> String {
    let text = kit::form::tidy_lines(text).unwrap_or_default();
    let length = text.chars().count();
    if text.is_empty() {
        problems.add(field, Message::new("form-required"));
    } else if length > TEXT {
        problems.add(field, Message::new("form-too-long").with("limit", TEXT).with("length", length));
    }
    text
}

impl AppealForm {
    /// Task and text.
    ///
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self) -> Result<(Option<String>, String), Fault> {
        let mut problems = Problems::default();
        let task = Check { problems: &mut problems }.optional("task", &self.task, 120);
        let body = lines(&mut problems, "body", &self.body);
        problems.into_result((task, body))
    }
}

/// What the commission decides.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct DecisionForm {
    /// `upheld`, `rejected`.
    pub state: String,
    /// The new points.
    #[serde(deserialize_with = "loose")]
    pub score: String,
    pub answer: String,
    /// `yes`: winners and prize-winners are put by the rules of the stage anew.
    pub by_rules: String,
}

/// A decision without anything wrong.
#[derive(Clone, Debug)]
pub struct Decision {
    /// New points, where the appeal is upheld.
    pub score: Option<f64>,
    pub answer: String,
    pub by_rules: bool,
}

impl DecisionForm {
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self, before: Option<f64>, most: Option<f64>) -> Result<Decision, Fault> {
        let mut problems = Problems::default();
        let state: Option<AppealState> = self.state.parse().ok();
        let upheld = state == Some(AppealState::Upheld);
        if !upheld && state != Some(AppealState::Rejected) {
            problems.add("state", Message::new("form-choose"));
        }
        let typed = tidy(&self.score).filter(|_| upheld);
        let score = typed.as_deref().and_then(|text| text.replace(',', ".").parse::<f64>().ok());
        let score = score.filter(|n| n.is_finite() && (0.0..=100_000.0).contains(n));
        match (upheld, &typed, score) {
            (true, None, _) => problems.add("score", Message::new("appeal-new-points")),
            (true, Some(_), None) => problems.add("score", Message::new("event-bad-points")),
            (true, _, Some(n)) if most.is_some_and(|most| n > most) => {
                problems.add("score", Message::new("results-over-max"));
            }
            (true, _, Some(n)) if before.is_some_and(|before| (before - n).abs() < 1e-9) => {
                problems.add("score", Message::new("appeal-same-points"));
            }
            _ => {}
        }
        let answer = lines(&mut problems, "answer", &self.answer);
        problems.into_result(Decision { score, answer, by_rules: self.by_rules == "yes" })
    }
}

/// The last protocol of the jury.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct FinalForm {
    /// «Протокол жюри от 24.11.2026 № 5».
    pub ground: String,
}

/// The department's order on the results.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct OrderForm {
    pub act: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_term_of_appeals_begins_with_the_showing() {
        let form = |from: &str, until: &str, appeal: &str| ShowingForm {
            from: from.into(),
            until: until.into(),
            appeal_until: appeal.into(),
            place: String::new(),
        };
        let good = form("2026-11-20", "2026-11-21", "23.11.2026").check().unwrap();
        assert!(good.takes_appeals(day("2026-11-20")) && good.takes_appeals(day("2026-11-23")));
        assert!(!good.takes_appeals(day("2026-11-19")) && !good.takes_appeals(day("2026-11-24")));
        let closed = Showing { closed_at: Some(DateTime::UNIX_EPOCH), ..good };
        assert!(!closed.takes_appeals(day("2026-11-20")));
        let fields = |form: ShowingForm| match form.check() {
            Err(Fault::Invalid(problems)) => problems.iter().map(|(f, _)| f.to_owned()).collect::<Vec<_>>().join(","),
            other => panic!("{other:?}"),
        };
        assert_eq!(fields(ShowingForm::default()), "from,until,appeal_until");
        assert_eq!(fields(form("2026-11-20", "2026-11-19", "2027-11-20")), "until,appeal_until");
    }

    #[test]
    fn new_points_are_other_points_within_the_most() {
        let form = |state: &str, score: &str, answer: &str| DecisionForm {
            state: state.into(),
            score: score.into(),
            answer: answer.into(),
            by_rules: String::new(),
        };
        let of = |form: DecisionForm| form.check(Some(10.0), Some(50.0));
        assert_eq!(of(form("upheld", "12,5", "Верно")).unwrap().score, Some(12.5));
        assert_eq!(of(form("rejected", "99", "Неверно")).unwrap().score, None);
        for (state, score, answer) in [
            ("", "", "а"),
            ("submitted", "", "а"),
            ("upheld", "", "а"),
            ("upheld", "много", "а"),
            ("upheld", "51", "а"),
            ("upheld", "-1", "а"),
            ("upheld", "10", "а"),
            ("rejected", "", " "),
        ] {
            assert!(of(form(state, score, answer)).is_err(), "{state} {score} {answer}");
        }
    }
}
