//! What a research project is and how it goes on. Pure.
use crate::{organisations::OrganisationId, people::PersonId};
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use kit::{
    Fault,
    db::row,
    form::{Check, Problems, tidy},
    html::Tone,
    text::{Message, name_key},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

kit::db::id_type!(
    /// A research project.
    ProjectId
);
kit::db::id_type!(
    /// One child's part in a project.
    AuthorId
);
kit::db::id_type!(
    /// A review of a project.
    ReviewId
);

kit::codes! {
    /// In their order.
    pub enum Stage {
        Topic = "topic",
        Plan = "plan",
        Research = "research",
        Paper = "paper",
        Review = "review",
        Defence = "defence",
    }
}

kit::codes! {
    pub enum ProjectState { Running = "running", Completed = "completed", Stopped = "stopped" }
}

kit::codes! {
    pub enum ReviewState { Assigned = "assigned", Written = "written" }
}

kit::codes! {
    /// What a reviewer advises.
    pub enum Advice { Accept = "accept", Rework = "rework" }
}

/// Where a project stands as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub stage: Stage,
    pub state: ProjectState,
}

/// What is done with a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// To this stage.
    To(Stage),
    Complete,
    Stop,
    Resume,
}

/// What a move may need.
#[derive(Clone, Copy, Debug, Default)]
pub struct Grounds {
    pub has_text: bool,
    pub reviews: i64,
    pub sheets: i64,
}

impl Stage {
    /// The one after it.
    pub fn next(self) -> Option<Self> {
        Self::ALL.iter().copied().find(|stage| *stage > self)
    }
}

impl Standing {
    /// The one table of moves: stage by stage, and back from the review to the paper.
    pub fn may(self, step: Move) -> bool {
        use ProjectState::{Running, Stopped};
        match (self.state, step) {
            (Running, Move::To(next)) => {
                self.stage.next() == Some(next) || (self.stage, next) == (Stage::Review, Stage::Paper)
            }
            (Running, Move::Complete) => self.stage == Stage::Defence,
            (Running, Move::Stop) | (Stopped, Move::Resume) => true,
            _ => false,
        }
    }

    /// Where the move leads.
    #[must_use]
    pub fn after(self, step: Move) -> Self {
        match step {
            Move::To(stage) => Self { stage, ..self },
            Move::Complete => Self { state: ProjectState::Completed, ..self },
            Move::Stop => Self { state: ProjectState::Stopped, ..self },
            Move::Resume => Self { state: ProjectState::Running, ..self },
        }
    }

    /// What is still missing for a move that the table allows: the key of a text.
    pub fn missing(self, step: Move, grounds: Grounds) -> Option<&'static str> {
        use kit::text::text_key;
        match step {
            Move::To(Stage::Review) if !grounds.has_text => Some(text_key("research-missing-text")),
            Move::To(Stage::Defence) if grounds.reviews == 0 => Some(text_key("research-missing-review")),
            Move::Complete if grounds.sheets == 0 => Some(text_key("research-missing-sheet")),
            _ => None,
        }
    }
}

impl ProjectState {
    pub fn tone(self) -> Tone {
        match self {
            Self::Running => Tone::Info,
            Self::Completed => Tone::Ok,
            Self::Stopped => Tone::Plain,
        }
    }
}

/// A project as it is today; without the names of its authors.
#[derive(Clone, Debug, Serialize)]
pub struct Project {
    pub id: ProjectId,
    pub organisation_id: OrganisationId,
    pub organisation_name: String,
    pub title: String,
    pub subject: Option<String>,
    pub question: Option<String>,
    /// The year in which the academic year begins.
    pub academic_year: i64,
    pub supervisor_id: PersonId,
    pub stage: Stage,
    pub state: ProjectState,
    pub code: String,
    pub review_text: Option<String>,
    pub edition_id: Option<Uuid>,
    pub submitted_to: Option<String>,
    /// By when the stage is to be done.
    pub due_on: Option<NaiveDate>,
    pub version: i64,
}
row!(Project {
    id,
    organisation_id,
    organisation_name,
    title,
    subject,
    question,
    academic_year,
    supervisor_id,
    stage,
    state,
    code,
    review_text,
    edition_id,
    submitted_to,
    due_on,
    version
});

impl Project {
    pub fn standing(&self) -> Standing {
        Standing { stage: self.stage, state: self.state }
    }

    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.state == ProjectState::Running && self.due_on.is_some_and(|due| due < today)
    }
}

/// A child's part, named only to who may see the child.
#[derive(Clone, Debug, Serialize)]
pub struct Author {
    pub id: AuthorId,
    pub organisation_name: String,
    pub learner_id: Option<PersonId>,
    pub full_name: Option<String>,
    pub class_name: Option<String>,
}
row!(Author { id, organisation_name, learner_id, full_name, class_name });

/// Whose work something is: what stands in the way of a review.
#[derive(Clone, Debug)]
pub struct Hands {
    pub organisation: OrganisationId,
    pub supervisor: PersonId,
    /// The authors, and where each studies.
    pub authors: Vec<(PersonId, OrganisationId)>,
}

/// A stage with its days.
#[derive(Clone, Debug, Serialize)]
pub struct Term {
    pub stage: Stage,
    pub due_on: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
}
row!(Term { stage, due_on, done_on });

/// A review.
#[derive(Clone, Debug)]
pub struct Review {
    pub id: ReviewId,
    pub project_id: ProjectId,
    pub reviewer_id: PersonId,
    pub due_on: NaiveDate,
    pub state: ReviewState,
    pub novelty: Option<i64>,
    pub method: Option<i64>,
    pub writing: Option<i64>,
    pub advice: Option<Advice>,
    pub body: Option<String>,
    pub written_at: Option<DateTime<Utc>>,
}
row!(Review { id, project_id, reviewer_id, due_on, state, novelty, method, writing, advice, body, written_at });

/// One juror's sheet.
#[derive(Clone, Debug, Serialize)]
pub struct Sheet {
    pub juror: String,
    pub content: i64,
    pub talk: i64,
    pub answers: i64,
    pub note: Option<String>,
}
row!(Sheet { juror, content, talk, answers, note });

impl Sheet {
    pub fn sum(&self) -> i64 {
        self.content + self.talk + self.answers
    }
}

/// What was typed of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct ProjectForm {
    pub organisation: String,
    pub title: String,
    pub subject: String,
    pub question: String,
    pub supervisor: String,
    pub edition: String,
    pub submitted_to: String,
    pub due_topic: String,
    pub due_plan: String,
    pub due_research: String,
    pub due_paper: String,
    pub due_review: String,
    pub due_defence: String,
    pub version: String,
}

#[derive(Clone, Debug)]
pub struct ProjectDraft {
    pub organisation: OrganisationId,
    pub title: String,
    pub subject: Option<String>,
    pub question: Option<String>,
    pub supervisor: PersonId,
    pub edition: Option<Uuid>,
    pub submitted_to: Option<String>,
    pub due: Vec<(Stage, Option<NaiveDate>)>,
}

impl ProjectForm {
    pub fn of(p: &Project, terms: &[Term]) -> Self {
        let text = |o: &Option<String>| o.clone().unwrap_or_default();
        let due = |stage: Stage| {
            let term = terms.iter().find(|t| t.stage == stage).and_then(|t| t.due_on);
            term.map(|d| d.to_string()).unwrap_or_default()
        };
        Self {
            organisation: p.organisation_id.to_string(),
            title: p.title.clone(),
            subject: text(&p.subject),
            question: text(&p.question),
            supervisor: p.supervisor_id.to_string(),
            edition: p.edition_id.map(|id| id.to_string()).unwrap_or_default(),
            submitted_to: text(&p.submitted_to),
            due_topic: due(Stage::Topic),
            due_plan: due(Stage::Plan),
            due_research: due(Stage::Research),
            due_paper: due(Stage::Paper),
            due_review: due(Stage::Review),
            due_defence: due(Stage::Defence),
            version: p.version.to_string(),
        }
    }

    /// What was typed as the day of a stage, with the name of its field.
    pub fn due(&self, stage: Stage) -> (&'static str, &str) {
        match stage {
            Stage::Topic => ("due_topic", &self.due_topic),
            Stage::Plan => ("due_plan", &self.due_plan),
            Stage::Research => ("due_research", &self.due_research),
            Stage::Paper => ("due_paper", &self.due_paper),
            Stage::Review => ("due_review", &self.due_review),
            Stage::Defence => ("due_defence", &self.due_defence),
        }
    }

    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self) -> Result<ProjectDraft, Fault> {
        let mut problems = Problems::default();
        let organisation = self.organisation.parse().ok();
        let supervisor = self.supervisor.parse().ok();
        let edition = tidy(&self.edition).map(|text| text.parse::<Uuid>());
        for (field, right) in [
            ("organisation", organisation.is_some()),
            ("supervisor", supervisor.is_some()),
            ("edition", !matches!(edition, Some(Err(_)))),
        ] {
            if !right {
                problems.add(field, Message::new("form-choose"));
            }
        }
        let mut check = Check { problems: &mut problems };
        let title = check.required("title", &self.title, 300);
        let subject = check.optional("subject", &self.subject, 100);
        let submitted_to = check.optional("submitted_to", &self.submitted_to, 200);
        let mut due: Vec<(Stage, Option<NaiveDate>)> = Vec::with_capacity(Stage::ALL.len());
        let mut last = None;
        for stage in Stage::ALL {
            let (field, text) = self.due(*stage);
            let day = check.date(field, text);
            if day.zip(last).is_some_and(|(day, last)| day < last) {
                check.problems.add(field, Message::new("research-due-order"));
            }
            last = day.or(last);
            due.push((*stage, day));
        }
        let question = crate::groups::long(&mut problems, "question", &self.question);
        problems.into_result(ProjectDraft {
            organisation: organisation.unwrap_or(OrganisationId(Uuid::nil())),
            title,
            subject,
            question,
            supervisor: supervisor.unwrap_or(PersonId(Uuid::nil())),
            edition: edition.and_then(Result::ok),
            submitted_to,
            due,
        })
    }
}

/// The year in which the academic year of a day begins.
pub fn year_of(day: NaiveDate) -> i64 {
    i64::from(day.year()) - i64::from(day.month() < 9)
}

/// Whether a text speaks of one of these names: then it tells who wrote it.
pub fn betrays(text: &str, last_names: &[String]) -> Option<String> {
    let key = name_key(text);
    let words: Vec<&str> = key.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    last_names
        .iter()
        .find(|name| {
            let name = name_key(name);
            // «Демонов», «Демонова», «Демоновым»: the stem tells.
            let stem: String = name.chars().take(name.chars().count().saturating_sub(1).max(4)).collect();
            !stem.is_empty() && words.iter().any(|word| word.starts_with(&stem))
        })
        .cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn step() -> impl Strategy<Value = Move> {
        prop_oneof![
            (0..Stage::ALL.len()).prop_map(|i| Move::To(Stage::ALL[i])),
            Just(Move::Complete),
            Just(Move::Stop),
            Just(Move::Resume),
        ]
    }

    proptest! {
        #[test]
        fn a_project_goes_stage_by_stage(steps in proptest::collection::vec(step(), 0..60)) {
            let mut at = Standing { stage: Stage::Topic, state: ProjectState::Running };
            let mut furthest = Stage::Topic;
            for step in steps {
                if !at.may(step) {
                    continue;
                }
                let next = at.after(step);
                prop_assert!(at.state != ProjectState::Completed, "what is completed stays so");
                if next.stage > at.stage {
                    prop_assert_eq!(at.stage.next(), Some(next.stage));
                }
                if next.stage > furthest {
                    prop_assert_eq!(furthest.next(), Some(next.stage), "no stage is left out");
                    furthest = next.stage;
                }
                if next.state == ProjectState::Completed {
                    prop_assert_eq!(next.stage, Stage::Defence);
                }
                at = next;
            }
        }
    }

    #[test]
    fn a_move_says_what_is_missing() {
        let at = |stage| Standing { stage, state: ProjectState::Running };
        let none = Grounds::default();
        assert!(at(Stage::Paper).missing(Move::To(Stage::Review), none).is_some());
        assert!(at(Stage::Review).missing(Move::To(Stage::Defence), none).is_some());
        assert!(at(Stage::Defence).missing(Move::Complete, none).is_some());
        assert!(at(Stage::Review).missing(Move::To(Stage::Paper), none).is_none());
    }

    #[test]
    fn a_name_in_the_text_is_found_in_any_case() {
        let names = vec!["Звёздкин".to_owned()];
        assert!(betrays("Работу выполнила звездкиной рукой…", &names).is_some());
        assert!(betrays("Автор — Звёздкин С.", &names).is_some());
        assert!(betrays("Звёзды над школой", &names).is_none());
    }
}
