//! A year's plan with a child, its actions, and who can be a mentor. Pure.
use crate::{centre::CentreId, organisations::OrganisationId, people::PersonId};
use chrono::{Datelike as _, NaiveDate};
use kit::{
    Fault, Lang,
    form::{Check, Problems, tidy_lines},
    html::Tone,
    text::{Message, name_key},
};
use serde::{Deserialize, Serialize};

kit::db::id_type!(
    /// A year's plan with one child.
    PlanId
);

kit::db::id_type!(
    /// One action of a plan.
    ItemId
);

kit::codes! {
    pub enum State { Draft = "draft", Approved = "approved", Closed = "closed" }
}

impl State {
    /// A plan is approved once and closed once; what was closed stays as it was.
    pub fn may_become(self, next: Self) -> bool {
        matches!((self, next), (Self::Draft, Self::Approved) | (Self::Approved, Self::Closed))
    }

    pub fn tone(self) -> Tone {
        match self {
            Self::Draft => Tone::Warn,
            Self::Approved => Tone::Ok,
            Self::Closed => Tone::Plain,
        }
    }
}

kit::codes! {
    /// In what form something is done.
    pub enum Form {
        Lessons = "lessons",
        Consultation = "consultation",
        Contest = "contest",
        Research = "research",
        Workshop = "workshop",
        Distance = "distance",
        Support = "support",
    }
}

/// The year in which the academic year of a day begins.
pub fn academic_year(day: NaiveDate) -> i64 {
    i64::from(day.year()) - i64::from(day.month() < 9)
}

/// 31 August: the last day of an academic year.
pub fn last_day(year: i64) -> NaiveDate {
    i32::try_from(year + 1).ok().and_then(|y| NaiveDate::from_ymd_opt(y, 8, 31)).unwrap_or(NaiveDate::MAX)
}

/// A plan as a list shows it.
#[derive(Clone, Debug)]
pub struct Plan {
    pub id: PlanId,
    pub learner: PersonId,
    pub full_name: String,
    pub class_name: Option<String>,
    /// Where the child studies.
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub centre: CentreId,
    /// The organisation that keeps the Centre.
    pub centre_organisation: OrganisationId,
    pub year: i64,
    pub goal: String,
    pub subject: Option<String>,
    pub state: State,
    pub mentor: Option<PersonId>,
    pub approved_on: Option<NaiveDate>,
    pub outcome: Option<String>,
    pub items: i64,
    pub done: i64,
    pub overdue: i64,
    pub version: i64,
}
kit::db::row!(Plan {
    id,
    learner,
    full_name,
    class_name,
    organisation,
    organisation_name,
    centre,
    centre_organisation,
    year,
    goal,
    subject,
    state,
    mentor,
    approved_on,
    outcome,
    items,
    done,
    overdue,
    version
});

/// One action.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    pub id: ItemId,
    pub work: String,
    pub form: Form,
    pub due_on: NaiveDate,
    pub responsible: Option<String>,
    pub expected: Option<String>,
    pub done_on: Option<NaiveDate>,
    pub result: Option<String>,
}
kit::db::row!(Item { id, work, form, due_on, responsible, expected, done_on, result });

/// An action to be written.
#[derive(Clone, Debug)]
pub struct NewItem {
    pub work: String,
    pub form: Form,
    pub due_on: NaiveDate,
    pub responsible: Option<String>,
    pub expected: Option<String>,
}

/// The form of a new plan.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct PlanForm {
    pub learner: String,
    pub goal: String,
    pub subject: String,
    /// The code of a template, `last` for last year's plan, or nothing.
    pub from: String,
}

impl PlanForm {
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self) -> Result<(PersonId, String, Option<String>), Fault> {
        let mut problems = Problems::default();
        let learner = self.learner.parse().ok();
        if learner.is_none() {
            problems.add("learner", Message::new("centre-choose-learner"));
        }
        let mut check = Check { problems: &mut problems };
        let goal = check.required("goal", &self.goal, 500);
        let subject = check.optional("subject", &self.subject, 120);
        problems.into_result((learner.unwrap_or(PersonId(uuid::Uuid::nil())), goal, subject))
    }
}

/// The form of what a plan is for: its goal and subject.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct GoalForm {
    pub goal: String,
    pub subject: String,
    pub version: String,
}

impl GoalForm {
    /// The form of a plan as it stands.
    pub fn of(p: &Plan) -> Self {
        Self { goal: p.goal.clone(), subject: p.subject.clone().unwrap_or_default(), version: p.version.to_string() }
    }

    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self) -> Result<(String, Option<String>), Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let goal = check.required("goal", &self.goal, 500);
        let subject = check.optional("subject", &self.subject, 120);
        problems.into_result((goal, subject))
    }
}

/// The form of an action.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ItemForm {
    /// The action that is changed; empty for a new one.
    pub item: String,
    pub work: String,
    /// In a page a field called `form` would hide the form itself from the browser's scripts.
    pub how: String,
    pub due_on: String,
    pub responsible: String,
    pub expected: String,
}

impl ItemForm {
    /// The form of an existing action.
    pub fn of(i: &Item) -> Self {
        Self {
            item: i.id.to_string(),
            work: i.work.clone(),
            how: i.form.code().into(),
            due_on: i.due_on.to_string(),
            responsible: i.responsible.clone().unwrap_or_default(),
            expected: i.expected.clone().unwrap_or_default(),
        }
    }

    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self, year: i64) -> Result<NewItem, Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let work = check.required("work", &self.work, 500);
        let responsible = check.optional("responsible", &self.responsible, 200);
        let expected = check.optional("expected", &self.expected, 500);
        check.required("due_on", &self.due_on, 20);
        let due_on = check.date("due_on", &self.due_on);
        if due_on.is_some_and(|day| academic_year(day) != year) {
            problems.add("due_on", Message::new("plan-other-year").with("years", format!("{year}–{}", year + 1)));
        }
        let form = self.how.parse().ok();
        if form.is_none() {
            problems.add("how", Message::new("form-choose"));
        }
        problems.into_result(NewItem {
            work,
            form: form.unwrap_or(Form::Lessons),
            due_on: due_on.unwrap_or_default(),
            responsible,
            expected,
        })
    }
}

/// That an action was done, and with what result; an empty day takes it back.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct DoneForm {
    pub on: String,
    pub result: String,
}

impl DoneForm {
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self, today: NaiveDate) -> Result<(Option<NaiveDate>, Option<String>), Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let on = check.date("on", &self.on);
        let result = check.optional("result", &self.result, 500);
        if on.is_some_and(|day| day > today) {
            problems.add("on", Message::new("form-not-after").with("date", Lang::Ru.date(today)));
        }
        problems.into_result((on, result))
    }
}

/// What came of the year.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct CloseForm {
    pub outcome: String,
}

impl CloseForm {
    /// # Errors
    /// [`Fault::Invalid`].
    pub fn check(&self) -> Result<String, Fault> {
        let length = self.outcome.chars().count();
        if length > 4000 {
            return Err(Fault::field(
                "outcome",
                Message::new("form-too-long").with("limit", 4000).with("length", length),
            ));
        }
        tidy_lines(&self.outcome).ok_or_else(|| Fault::field("outcome", Message::new("form-required")))
    }
}

/// Somebody who can be a mentor, with how many children they lead this year.
#[derive(Clone, Debug)]
pub struct Mentor {
    pub person: PersonId,
    pub name: String,
    pub organisation: Option<OrganisationId>,
    pub organisation_name: Option<String>,
    pub is_external: bool,
    /// «химия, биология».
    pub subjects: String,
    pub capacity: i64,
    /// When the certificate of no criminal record was noted.
    pub certificate_on: Option<NaiveDate>,
    pub load: i64,
}
kit::db::row!(Mentor {
    person,
    name,
    organisation,
    organisation_name,
    is_external,
    subjects,
    capacity,
    certificate_on,
    load
});

impl Mentor {
    /// Whether a child may be given to them: one from outside only with the certificate.
    pub fn may_take(&self) -> bool {
        self.load < self.capacity && (!self.is_external || self.certificate_on.is_some())
    }
}

kit::codes! {
    /// Why a mentor is suggested.
    pub enum Why { Subject = "subject", SameSchool = "same_school", Free = "free" }
}

/// A mentor with the reasons for them.
#[derive(Clone, Debug)]
pub struct Suggestion {
    pub mentor: Mentor,
    pub why: Vec<Why>,
}

/// Words of a subject by their beginnings, so that «химии» and «химия» are one.
fn stems(subjects: &str) -> Vec<String> {
    let key = name_key(subjects);
    let words = key.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 2);
    words.map(|w| w.chars().take(w.chars().count().saturating_sub(2).clamp(3, 6)).collect()).collect()
}

/// Whether somebody's subjects hold the one that is looked for.
pub fn knows(subjects: &str, wanted: &str) -> bool {
    let known = stems(subjects);
    let wanted = stems(wanted);
    !wanted.is_empty() && wanted.iter().any(|w| known.iter().any(|k| k.starts_with(w) || w.starts_with(k.as_str())))
}

/// Who may take a child, the best first: the subject weighs more than the place, the place more than
/// how few children they lead already. Whoever is full or may not yet see a child is not suggested.
pub fn suggest(mentors: Vec<Mentor>, subject: Option<&str>, school: OrganisationId) -> Vec<Suggestion> {
    let mut all: Vec<Suggestion> = mentors
        .into_iter()
        .filter(Mentor::may_take)
        .map(|mentor| {
            let mut why = Vec::new();
            if subject.is_some_and(|s| knows(&mentor.subjects, s)) {
                why.push(Why::Subject);
            }
            if mentor.organisation == Some(school) {
                why.push(Why::SameSchool);
            }
            why.push(Why::Free);
            Suggestion { mentor, why }
        })
        .collect();
    let rank = |s: &Suggestion| {
        let has = |why: Why| u8::from(!s.why.contains(&why));
        // How full they are, in thousandths: one of four before one of two.
        let full = s.mentor.load.saturating_mul(1000).checked_div(s.mentor.capacity).unwrap_or(1000);
        (has(Why::Subject), has(Why::SameSchool), full, s.mentor.name.clone())
    };
    all.sort_by_key(rank);
    all
}

/// The form of a mentor.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct MentorForm {
    pub person: String,
    pub organisation: String,
    pub external: String,
    pub subjects: String,
    pub capacity: String,
    pub certificate_on: String,
}

/// What a checked form of a mentor says.
#[derive(Clone, Debug)]
pub struct NewMentor {
    pub person: PersonId,
    pub organisation: Option<OrganisationId>,
    pub is_external: bool,
    pub subjects: String,
    pub capacity: i64,
    pub certificate_on: Option<NaiveDate>,
}

impl MentorForm {
    pub fn of(m: &Mentor) -> Self {
        Self {
            person: m.person.to_string(),
            organisation: m.organisation.map(|o| o.to_string()).unwrap_or_default(),
            external: if m.is_external { "true".into() } else { String::new() },
            subjects: m.subjects.clone(),
            capacity: m.capacity.to_string(),
            certificate_on: m.certificate_on.map(|d| d.to_string()).unwrap_or_default(),
        }
    }

    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self, today: NaiveDate) -> Result<NewMentor, Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let subjects = check.required("subjects", &self.subjects, 300);
        let certificate_on = check.date("certificate_on", &self.certificate_on);
        if certificate_on.is_some_and(|day| day > today) {
            problems.add("certificate_on", Message::new("form-not-after").with("date", Lang::Ru.date(today)));
        }
        let person = self.person.parse().ok();
        if person.is_none() {
            problems.add("person", Message::new("form-choose"));
        }
        let capacity = self.capacity.trim().parse::<i64>().ok().filter(|n| (1..=50).contains(n));
        if capacity.is_none() {
            problems.add("capacity", Message::new("mentor-bad-capacity"));
        }
        problems.into_result(NewMentor {
            person: person.unwrap_or(PersonId(uuid::Uuid::nil())),
            organisation: self.organisation.parse().ok(),
            is_external: self.external == "true",
            subjects,
            capacity: capacity.unwrap_or(1),
            certificate_on,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mentor(name: &str, subjects: &str, school: u128, load: i64) -> Mentor {
        Mentor {
            person: PersonId(uuid::Uuid::from_u128(school * 100 + 1)),
            name: name.into(),
            organisation: Some(OrganisationId(uuid::Uuid::from_u128(school))),
            organisation_name: None,
            is_external: false,
            subjects: subjects.into(),
            capacity: 4,
            certificate_on: None,
            load,
        }
    }

    #[test]
    fn the_subject_weighs_more_than_the_place_and_the_place_more_than_the_load() {
        let school = OrganisationId(uuid::Uuid::from_u128(1));
        let all = vec![
            mentor("Свободный", "история", 2, 0),
            mentor("Рядом", "история", 1, 3),
            mentor("Химик занятой", "химия, биология", 2, 3),
            mentor("Химик", "Химия", 2, 1),
            mentor("Полный", "химия", 1, 4),
        ];
        let names: Vec<String> = suggest(all, Some("химии"), school).into_iter().map(|s| s.mentor.name).collect();
        assert_eq!(names, ["Химик", "Химик занятой", "Рядом", "Свободный"]);
    }

    #[test]
    fn one_from_outside_waits_for_the_certificate() {
        let mut outside = mentor("Внешний", "химия", 9, 0);
        outside.is_external = true;
        assert!(!outside.may_take());
        outside.certificate_on = NaiveDate::from_ymd_opt(2026, 9, 1);
        assert!(outside.may_take());
    }

    #[test]
    fn subjects_meet_in_any_case_and_short_words_do_not() {
        assert!(knows("химия, биология", "биологии") && knows("Экология", "экология воды"));
        assert!(!knows("история", "химия") && !knows("и, в, на", "на") && !knows("", "химия"));
    }

    #[test]
    fn an_action_lies_in_its_year() {
        let form = ItemForm {
            work: "Олимпиада".into(),
            how: "contest".into(),
            due_on: "2027-08-31".into(),
            ..ItemForm::default()
        };
        assert!(form.check(2026).is_ok());
        assert!(ItemForm { due_on: "2027-09-01".into(), ..form.clone() }.check(2026).is_err());
        assert!(ItemForm { how: "magic".into(), work: " ".into(), ..form }.check(2026).is_err());
        assert!(
            State::Draft.may_become(State::Approved)
                && !State::Closed.may_become(State::Approved)
                && !State::Draft.may_become(State::Closed)
        );
    }
}
