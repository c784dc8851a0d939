//! How a child comes into the register of gifted children and goes out of it. Pure.
//!
//! There is no score of a child: only kinds, words, and where on the way they are.
use crate::{centre::LeftReason, organisations::OrganisationId, people::PersonId};
use chrono::NaiveDate;
use kit::{
    Fault, Lang,
    form::{Check, Problems, tidy_lines},
    html::Tone,
    text::Message,
};
use serde::{Deserialize, Serialize};

kit::db::id_type!(
    /// One way of a child through identification and support.
    ProfileId
);

kit::db::id_type!(
    /// A sitting of the commission.
    SittingId
);

kit::codes! {
    /// Where on the way a child is.
    pub enum State {
        Proposed = "proposed",
        Diagnosed = "diagnosed",
        Considered = "considered",
        Registered = "registered",
        Supported = "supported",
        Left = "left",
    }
}

use State::{Considered, Diagnosed, Left, Proposed, Registered, Supported};

/// Every step there is. Diagnostics is of the family's free will: an achievement may bring a child
/// before the commission without it.
const STEPS: &[(State, State)] = &[
    (Proposed, Diagnosed),
    (Proposed, Considered),
    (Proposed, Left),
    (Diagnosed, Considered),
    (Diagnosed, Left),
    (Considered, Registered),
    (Considered, Left),
    (Registered, Supported),
    (Registered, Left),
    (Supported, Left),
];

impl State {
    /// Whether one may follow the other.
    pub fn may_become(self, next: Self) -> bool {
        STEPS.contains(&(self, next))
    }

    /// Stands in the register.
    pub fn is_in_register(self) -> bool {
        matches!(self, Registered | Supported)
    }

    /// Waits for the commission.
    pub fn may_be_considered(self) -> bool {
        self.may_become(Considered)
    }

    pub fn tone(self) -> Tone {
        match self {
            Proposed | Diagnosed => Tone::Warn,
            Considered => Tone::Info,
            Registered | Supported => Tone::Ok,
            Left => Tone::Plain,
        }
    }
}

kit::codes! {
    /// Who or what drew attention to the child.
    pub enum Basis { Teacher = "teacher", Guardian = "guardian", Achievement = "achievement", Test = "test" }
}

kit::codes! {
    /// In what a child is gifted.
    pub enum GiftKind {
        Intellectual = "intellectual",
        Academic = "academic",
        Creative = "creative",
        Sport = "sport",
        Leadership = "leadership",
        Technical = "technical",
        Practical = "practical",
    }
}

/// One child's way, with the child as they are today.
#[derive(Clone, Debug)]
pub struct Profile {
    pub id: ProfileId,
    pub learner: PersonId,
    pub full_name: String,
    pub birth_date: NaiveDate,
    pub class_name: Option<String>,
    /// The school that answers for the nomination.
    pub organisation: OrganisationId,
    pub organisation_name: String,
    /// The organisation that keeps the Centre.
    pub centre_organisation: OrganisationId,
    pub state: State,
    pub basis: Basis,
    kinds: String,
    pub subject: Option<String>,
    pub reason: String,
    pub proposed_on: NaiveDate,
    pub proposed_by: Option<uuid::Uuid>,
    pub conclusion: Option<String>,
    pub concluded_on: Option<NaiveDate>,
    pub concluded_by: Option<uuid::Uuid>,
    /// Who asked for the family, and when the paper was signed.
    pub applicant: Option<String>,
    pub applied_on: Option<NaiveDate>,
    pub petition_number: Option<String>,
    pub petition_on: Option<NaiveDate>,
    pub left_on: Option<NaiveDate>,
    pub left_reason: Option<LeftReason>,
    pub version: i64,
}
kit::db::row!(Profile {
    id,
    learner,
    full_name,
    birth_date,
    class_name,
    organisation,
    organisation_name,
    centre_organisation,
    state,
    basis,
    kinds,
    subject,
    reason,
    proposed_on,
    proposed_by,
    conclusion,
    concluded_on,
    concluded_by,
    applicant,
    applied_on,
    petition_number,
    petition_on,
    left_on,
    left_reason,
    version
});

impl Profile {
    pub fn kinds(&self) -> Vec<GiftKind> {
        self.kinds.split(',').filter_map(|code| code.parse().ok()).collect()
    }
}

/// Kinds as they are kept.
pub fn joined(kinds: &[GiftKind]) -> String {
    kinds.iter().map(|k| k.code()).collect::<Vec<_>>().join(",")
}

/// What was said of a child by one who teaches them.
#[derive(Clone, Debug)]
pub struct Contribution {
    pub id: uuid::Uuid,
    pub profile: ProfileId,
    pub person: PersonId,
    pub subject: Option<String>,
    pub said: Option<String>,
    pub said_at: Option<chrono::DateTime<chrono::Utc>>,
}
kit::db::row!(Contribution { id, profile, person, subject, said, said_at });

/// One diagnostics with its raw results.
#[derive(Clone, Debug)]
pub struct Diagnostics {
    pub method: String,
    pub on: NaiveDate,
    pub raw: String,
    pub by: PersonId,
}
kit::db::row!(Diagnostics { method, on, raw, by });

/// A sitting of the commission.
#[derive(Clone, Debug, Serialize)]
pub struct Sitting {
    pub id: SittingId,
    pub organisation: OrganisationId,
    pub held_on: NaiveDate,
    pub protocol_number: String,
    pub chair: String,
    /// One a line.
    pub members: String,
    pub order_number: Option<String>,
    pub order_on: Option<NaiveDate>,
}
kit::db::row!(Sitting { id, organisation, held_on, protocol_number, chair, members, order_number, order_on });

/// What the commission decided of one child, as it stands in its papers.
#[derive(Clone, Debug)]
pub struct Decided {
    pub profile: ProfileId,
    pub learner: PersonId,
    pub full_name: String,
    pub class_name: Option<String>,
    pub organisation_name: String,
    pub state: State,
    pub admit: bool,
}
kit::db::row!(Decided { profile, learner, full_name, class_name, organisation_name, state, admit });

/// Longest text of an opinion, in characters.
const LONGEST: usize = 4000;

fn text(problems: &mut Problems, field: &'static str, typed: &str, is_required: bool) -> Option<String> {
    let length = typed.chars().count();
    if length > LONGEST {
        problems.add(field, Message::new("form-too-long").with("limit", LONGEST).with("length", length));
    }
    let tidy = tidy_lines(typed);
    if tidy.is_none() && is_required {
        problems.add(field, Message::new("form-required"));
    }
    tidy
}

/// A day that has come: required, and not after today.
fn past_day(problems: &mut Problems, field: &'static str, typed: &str, today: NaiveDate) -> NaiveDate {
    let mut check = Check { problems };
    check.required(field, typed, 20);
    let day = check.date(field, typed);
    if day.is_some_and(|day| day > today) {
        problems.add(field, Message::new("form-not-after").with("date", Lang::Ru.date(today)));
    }
    day.unwrap_or(today)
}

/// What the form of a nomination says.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ProposeForm {
    pub learner: String,
    pub basis: String,
    pub kinds: Vec<String>,
    pub subject: String,
    pub reason: String,
    /// What was looked for; the page shows the same again.
    pub q: String,
}

/// What a checked nomination says.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub learner: PersonId,
    pub basis: Basis,
    pub kinds: Vec<GiftKind>,
    pub subject: Option<String>,
    pub reason: String,
}

impl ProposeForm {
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self) -> Result<Proposal, Fault> {
        let mut problems = Problems::default();
        let learner = self.learner.parse().ok();
        if learner.is_none() {
            problems.add("learner", Message::new("centre-choose-learner"));
        }
        let basis = self.basis.parse().ok();
        if basis.is_none() {
            problems.add("basis", Message::new("form-choose"));
        }
        let mut kinds: Vec<GiftKind> = self.kinds.iter().filter_map(|code| code.parse().ok()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        if kinds.is_empty() {
            problems.add("kinds", Message::new("gifted-choose-kind"));
        }
        let subject = Check { problems: &mut problems }.optional("subject", &self.subject, 120);
        if subject.is_none() && kinds.contains(&GiftKind::Academic) {
            problems.add("subject", Message::new("gifted-say-subject"));
        }
        let reason = text(&mut problems, "reason", &self.reason, true);
        problems.into_result(Proposal {
            // Not read when `problems` names the field.
            learner: learner.unwrap_or(PersonId(uuid::Uuid::nil())),
            basis: basis.unwrap_or(Basis::Teacher),
            kinds,
            subject,
            reason: reason.unwrap_or_default(),
        })
    }
}

/// What a teacher says of a child.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct SayForm {
    pub subject: String,
    pub said: String,
}

impl SayForm {
    /// # Errors
    /// [`Fault::Invalid`].
    pub fn check(&self) -> Result<(Option<String>, String), Fault> {
        let mut problems = Problems::default();
        let subject = Check { problems: &mut problems }.optional("subject", &self.subject, 120);
        let said = text(&mut problems, "said", &self.said, true);
        problems.into_result((subject, said.unwrap_or_default()))
    }
}

/// Who is asked: ids of people.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct AskForm {
    pub people: Vec<String>,
}

/// Raw results of a diagnostics.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct DiagnosticsForm {
    pub method: String,
    pub on: String,
    pub raw: String,
}

impl DiagnosticsForm {
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self, today: NaiveDate) -> Result<(String, NaiveDate, String), Fault> {
        let mut problems = Problems::default();
        let method = Check { problems: &mut problems }.required("method", &self.method, 200);
        let on = past_day(&mut problems, "on", &self.on, today);
        let raw = text(&mut problems, "raw", &self.raw, true);
        problems.into_result((method, on, raw.unwrap_or_default()))
    }
}

/// The psychologist's conclusion, for all who accompany the child.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ConclusionForm {
    pub conclusion: String,
}

impl ConclusionForm {
    /// # Errors
    /// [`Fault::Invalid`].
    pub fn check(&self) -> Result<String, Fault> {
        let mut problems = Problems::default();
        let said = text(&mut problems, "conclusion", &self.conclusion, true);
        problems.into_result(said.unwrap_or_default())
    }
}

/// The family's application and the school's petition, as they were signed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ApplyForm {
    pub applicant: String,
    pub applied_on: String,
    pub petition_number: String,
    pub petition_on: String,
}

/// What a checked application says.
#[derive(Clone, Debug)]
pub struct Application {
    pub applicant: String,
    pub applied_on: NaiveDate,
    pub petition_number: Option<String>,
    pub petition_on: NaiveDate,
}

impl ApplyForm {
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self, today: NaiveDate) -> Result<Application, Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let applicant = check.required("applicant", &self.applicant, 200);
        let petition_number = check.optional("petition_number", &self.petition_number, 40);
        let applied_on = past_day(&mut problems, "applied_on", &self.applied_on, today);
        let petition_on = past_day(&mut problems, "petition_on", &self.petition_on, today);
        problems.into_result(Application { applicant, applied_on, petition_number, petition_on })
    }
}

/// A sitting of the commission: its papers and whom it decided about.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct SittingForm {
    pub held_on: String,
    pub protocol_number: String,
    pub chair: String,
    pub members: String,
    /// Profiles to admit, and those to whom another form of support is offered.
    pub admit: Vec<String>,
    pub other: Vec<String>,
}

/// What a checked sitting says.
#[derive(Clone, Debug)]
pub struct NewSitting {
    pub held_on: NaiveDate,
    pub protocol_number: String,
    pub chair: String,
    pub members: String,
    pub decisions: Vec<(ProfileId, bool)>,
}

impl SittingForm {
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self, today: NaiveDate) -> Result<NewSitting, Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let protocol_number = check.required("protocol_number", &self.protocol_number, 40);
        let chair = check.required("chair", &self.chair, 200);
        let members = text(&mut problems, "members", &self.members, true);
        let held_on = past_day(&mut problems, "held_on", &self.held_on, today);
        let read = |ids: &[String], admit: bool| -> Vec<(ProfileId, bool)> {
            ids.iter().filter_map(|id| id.parse().ok()).map(|id| (id, admit)).collect()
        };
        let mut decisions = read(&self.admit, true);
        decisions.extend(read(&self.other, false));
        decisions.sort_unstable();
        if decisions.is_empty() {
            problems.add("admit", Message::new("gifted-choose-children"));
        }
        if decisions.windows(2).any(|pair| matches!(pair, [(a, _), (b, _)] if a == b)) {
            problems.add("admit", Message::new("gifted-decided-twice"));
        }
        problems.into_result(NewSitting {
            held_on,
            protocol_number,
            chair,
            members: members.unwrap_or_default(),
            decisions,
        })
    }
}

/// The head's order on the list of a sitting.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct OrderForm {
    pub order_number: String,
    pub order_on: String,
}

impl OrderForm {
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self, s: &Sitting, today: NaiveDate) -> Result<(String, NaiveDate), Fault> {
        let mut problems = Problems::default();
        let number = Check { problems: &mut problems }.required("order_number", &self.order_number, 40);
        let on = past_day(&mut problems, "order_on", &self.order_on, today);
        if on < s.held_on && problems.at("order_on").is_none() {
            problems.add("order_on", Message::new("centre-not-before").with("date", Lang::Ru.date(s.held_on)));
        }
        problems.into_result((number, on))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn state() -> impl Strategy<Value = State> {
        prop::sample::select(State::ALL)
    }

    proptest! {
        /// Whatever is tried, the way goes forward only, whoever left stays out, and nobody stands in
        /// the register whom the commission did not consider.
        #[test]
        fn the_way_goes_forward_only(tries in prop::collection::vec(state(), 0..40)) {
            let (mut at, mut seen) = (Proposed, vec![Proposed]);
            for next in tries {
                if at.may_become(next) {
                    prop_assert!(next > at, "{at:?} → {next:?}");
                    at = next;
                    seen.push(next);
                }
                prop_assert!(!at.is_in_register() || seen.contains(&Considered));
            }
            prop_assert!(at != Left || State::ALL.iter().all(|next| !Left.may_become(*next)));
        }
    }

    #[test]
    fn from_everywhere_one_may_leave_and_nothing_is_skipped() {
        for state in State::ALL.iter().filter(|s| **s != Left) {
            assert!(state.may_become(Left), "{state:?}");
        }
        assert!(
            !Proposed.may_become(Registered) && !Diagnosed.may_become(Registered) && !Considered.may_become(Supported)
        );
    }

    #[test]
    fn a_nomination_names_every_wrong_field_and_a_sitting_decides_once() {
        let bad = ProposeForm { kinds: vec!["academic".into(), "score".into()], ..ProposeForm::default() };
        let Err(Fault::Invalid(problems)) = bad.check() else { panic!("taken") };
        let fields: Vec<_> = problems.iter().map(|(field, _)| field.to_owned()).collect();
        assert_eq!(fields, ["learner", "basis", "subject", "reason"]);
        let id = uuid::Uuid::from_u128(5).to_string();
        let form = SittingForm {
            held_on: "2026-11-20".into(),
            protocol_number: "3".into(),
            chair: "Директоров П. М.".into(),
            members: "Внимательная Е. П.".into(),
            admit: vec![id.clone()],
            other: Vec::new(),
        };
        let today = "2026-11-24".parse().unwrap();
        assert_eq!(form.check(today).unwrap().decisions.len(), 1);
        assert!(SittingForm { other: vec![id], ..form.clone() }.check(today).is_err());
        assert!(SittingForm { held_on: "2026-11-25".into(), ..form }.check(today).is_err());
    }
}
