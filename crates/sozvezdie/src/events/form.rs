//! What was typed about an edition or a stage, and what it says. Pure.
use super::model::{
    Edition, EditionDraft, EditionState, EventDraft, EventKind, Level, PrizeDegree, PrizeDegrees, Stage, StageDraft,
    StageState, TiePolicy,
};
use crate::{acts::ActId, organisations::OrganisationId, shell::AcademicYear};
use chrono::NaiveDate;
use kit::{
    Fault, Lang,
    form::{Check, Problems, tidy, tidy_lines},
    text::Message,
};
use serde::{Deserialize, Serialize};

kit::codes! {
    /// The stages that a new edition begins with; they can be changed afterwards.
    pub enum Scheme {
        One = "one",
        /// A selection, then the final: only the final counts.
        Two = "two",
        /// School, then municipal.
        Municipal = "municipal",
        /// School, municipal, then regional.
        Regional = "regional",
    }
}

impl Scheme {
    /// The stages, with an edition's own level for the last.
    pub fn stages(self) -> Vec<StageDraft> {
        let said = |key: &str| Lang::Ru.say(key).into_owned();
        let stage = |title: String, level: Option<Level>, counted: bool| StageDraft {
            level,
            counted,
            ..StageDraft::plain(&title)
        };
        let school = stage(said("event-stage-school"), Some(Level::School), false);
        let municipal = |last| stage(said("event-stage-municipal"), Some(Level::Municipal), last);
        match self {
            Self::One => Vec::new(),
            Self::Two => {
                vec![stage(said("event-stage-selection"), None, false), stage(said("event-stage-final"), None, true)]
            }
            Self::Municipal => vec![school, municipal(true)],
            Self::Regional => {
                vec![school, municipal(false), stage(said("event-stage-regional"), Some(Level::Regional), true)]
            }
        }
    }
}

/// What was typed, as it was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct EditionForm {
    pub title: String,
    pub kind: String,
    /// «2026-2027»; empty: by the days.
    #[serde(deserialize_with = "kit::form::loose")]
    pub academic_year: String,
    pub level: String,
    pub format: String,
    pub subject: String,
    pub organiser: String,
    pub organiser_id: String,
    #[serde(deserialize_with = "kit::form::loose")]
    pub class_from: String,
    #[serde(deserialize_with = "kit::form::loose")]
    pub class_to: String,
    #[serde(deserialize_with = "kit::form::loose")]
    pub team_size: String,
    pub starts_on: String,
    pub ends_on: String,
    pub apply_until: String,
    pub place: String,
    pub site: String,
    pub about: String,
    /// `true`: taking part costs money.
    #[serde(deserialize_with = "kit::form::loose")]
    pub paid: String,
    pub act_id: String,
    /// Codes of degrees that count as a prize.
    pub prize: Vec<String>,
    /// Of a new edition alone.
    pub scheme: String,
    #[serde(deserialize_with = "kit::form::loose")]
    pub version: String,
}

fn text(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}

fn number<T: ToString>(value: Option<T>) -> String {
    value.map(|n| n.to_string()).unwrap_or_default()
}

impl EditionForm {
    /// The blank of a new edition.
    pub fn blank() -> Self {
        Self {
            prize: PrizeDegrees::default().0.iter().map(|d| d.code().to_owned()).collect(),
            scheme: Scheme::One.code().into(),
            ..Self::default()
        }
    }

    /// The form of an existing record.
    pub fn of(e: &Edition, about: Option<&String>) -> Self {
        Self {
            title: e.title.clone(),
            kind: e.kind.code().into(),
            academic_year: e.academic_year.to_string(),
            level: e.level.code().into(),
            format: e.format.code().into(),
            subject: text(e.subject.as_ref()),
            organiser: text(e.organiser.as_ref()),
            organiser_id: number(e.organiser_id),
            class_from: number(e.class_from),
            class_to: number(e.class_to),
            team_size: number(e.team_size),
            starts_on: number(e.starts_on),
            ends_on: number(e.ends_on),
            apply_until: number(e.apply_until),
            place: text(e.place.as_ref()),
            site: text(e.site.as_ref()),
            about: text(about),
            paid: if e.paid { "true".into() } else { String::new() },
            act_id: number(e.act_id),
            prize: e.prize_degrees.0.iter().map(|d| d.code().to_owned()).collect(),
            scheme: String::new(),
            version: e.version.to_string(),
        }
    }

    /// What the form says, or what is to be mended. `today` decides about the year where no day does.
    ///
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self, today: NaiveDate) -> Result<EditionDraft, Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let title = check.required("title", &self.title, 400);
        let subject = check.optional("subject", &self.subject, 120).map(|words| subject(&words));
        let organiser = check.optional("organiser", &self.organiser, 300);
        let place = check.optional("place", &self.place, 300);
        let site = check.optional("site", &self.site, 300);
        let starts_on = check.date("starts_on", &self.starts_on);
        let ends_on = check.date("ends_on", &self.ends_on);
        let apply_until = check.date("apply_until", &self.apply_until);
        let kind = coded(&mut problems, "kind", &self.kind).unwrap_or(EventKind::Contest);
        let level = coded(&mut problems, "level", &self.level).unwrap_or(Level::Municipal);
        let format = coded(&mut problems, "format", &self.format).unwrap_or(super::Format::InPerson);
        let class_from = whole(&mut problems, "class_from", &self.class_from, 1, 11);
        let class_to = whole(&mut problems, "class_to", &self.class_to, 1, 11);
        let team_size = whole(&mut problems, "team_size", &self.team_size, 2, 50);
        if let (Some(from), Some(to)) = (class_from, class_to)
            && from > to
        {
            problems.add("class_to", Message::new("event-class-range"));
        }
        if starts_on.zip(ends_on).is_some_and(|(from, to)| from > to) {
            problems.add("ends_on", Message::new("event-ends-before"));
        }
        if apply_until.zip(ends_on.or(starts_on)).is_some_and(|(until, end)| until > end) {
            problems.add("apply_until", Message::new("event-applies-after"));
        }
        let last = ends_on.or(starts_on).unwrap_or(today);
        let academic_year = if self.academic_year.trim().is_empty() {
            AcademicYear::of(last)
        } else {
            self.academic_year.parse().unwrap_or_else(|_| {
                problems.add("academic_year", Message::new("event-bad-year"));
                AcademicYear::of(last)
            })
        };
        if site.as_deref().is_some_and(|s| !s.starts_with("https://") && !s.starts_with("http://")) {
            problems.add("site", Message::new("event-bad-site"));
        }
        let about = tidy_lines(&self.about);
        long(&mut problems, "about", about.as_deref(), 4000);
        let organiser_id: Option<OrganisationId> = chosen(&mut problems, "organiser_id", &self.organiser_id);
        let act_id: Option<ActId> = chosen(&mut problems, "act_id", &self.act_id);
        let mut degrees = Vec::new();
        for code in &self.prize {
            match code.parse::<PrizeDegree>() {
                Ok(degree) if degrees.contains(&degree) => {}
                Ok(degree) => degrees.push(degree),
                Err(_) => problems.add("prize", Message::new("form-choose")),
            }
        }
        let stages = self.scheme.parse::<Scheme>().unwrap_or(Scheme::One).stages();
        let event = EventDraft {
            title: title.clone(),
            kind,
            organiser: organiser.clone(),
            site: site.clone(),
            about,
            paid: self.paid == "true",
        };
        let prize_degrees = PrizeDegrees(degrees);
        problems.into_result(EditionDraft {
            event,
            title,
            academic_year,
            level,
            format,
            subject,
            organiser,
            organiser_id,
            class_from,
            class_to,
            team_size,
            starts_on,
            ends_on,
            apply_until,
            place,
            site,
            act_id,
            prize_degrees,
            state: EditionState::Draft,
            stages,
        })
    }
}

/// A subject as it is always written: with a capital, so that «биология» and «Биология» are one.
pub fn subject(words: &str) -> String {
    let mut letters = words.trim().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn coded<T: std::str::FromStr>(problems: &mut Problems, field: &'static str, code: &str) -> Option<T> {
    let known = code.trim().parse().ok();
    if known.is_none() {
        problems.add(field, Message::new("form-choose"));
    }
    known
}

/// An id that may be left out.
fn chosen<T: std::str::FromStr>(problems: &mut Problems, field: &'static str, id: &str) -> Option<T> {
    let id = tidy(id)?;
    let known = id.parse().ok();
    if known.is_none() {
        problems.add(field, Message::new("form-choose"));
    }
    known
}

/// A whole number within bounds that may be left out.
fn whole(problems: &mut Problems, field: &'static str, number: &str, from: i64, to: i64) -> Option<i64> {
    let number = tidy(number)?;
    let known = number.parse().ok().filter(|n| (from..=to).contains(n));
    if known.is_none() {
        problems.add(field, Message::new("event-number-between").with("from", from).with("to", to));
    }
    known
}

fn long(problems: &mut Problems, field: &'static str, text: Option<&str>, limit: usize) {
    let length = text.map_or(0, |t| t.chars().count());
    if length > limit {
        problems.add(field, Message::new("form-too-long").with("limit", limit).with("length", length));
    }
}

/// What was typed of a stage.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct StageForm {
    pub title: String,
    pub level: String,
    pub organiser_id: String,
    pub starts_on: String,
    pub ends_on: String,
    pub place: String,
    /// `true`: its results enter the figures.
    #[serde(deserialize_with = "kit::form::loose")]
    pub counted: String,
    #[serde(deserialize_with = "kit::form::loose")]
    pub min_pct_winner: String,
    #[serde(deserialize_with = "kit::form::loose")]
    pub winner_quota: String,
    #[serde(deserialize_with = "kit::form::loose")]
    pub prize_quota: String,
    pub tie_policy: String,
    #[serde(deserialize_with = "kit::form::loose")]
    pub pass_score: String,
    #[serde(deserialize_with = "kit::form::loose")]
    pub version: String,
}

impl StageForm {
    pub fn blank() -> Self {
        Self { counted: "true".into(), tie_policy: TiePolicy::All.code().into(), ..Self::default() }
    }

    pub fn of(s: &Stage) -> Self {
        Self {
            title: s.title.clone(),
            level: s.level.map(Level::code).unwrap_or_default().into(),
            organiser_id: number(s.organiser_id),
            starts_on: number(s.starts_on),
            ends_on: number(s.ends_on),
            place: text(s.place.as_ref()),
            counted: if s.counted { "true".into() } else { String::new() },
            min_pct_winner: number(s.min_pct_winner),
            winner_quota: number(s.winner_quota),
            prize_quota: number(s.prize_quota),
            tie_policy: s.tie_policy.code().into(),
            pass_score: number(s.pass_score).replace('.', ","),
            version: s.version.to_string(),
        }
    }

    /// What the form says.
    ///
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self) -> Result<StageDraft, Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let title = check.required("title", &self.title, 200);
        let place = check.optional("place", &self.place, 300);
        let starts_on = check.date("starts_on", &self.starts_on);
        let ends_on = check.date("ends_on", &self.ends_on);
        if starts_on.zip(ends_on).is_some_and(|(from, to)| from > to) {
            problems.add("ends_on", Message::new("event-ends-before"));
        }
        let level = tidy(&self.level).and_then(|code| coded(&mut problems, "level", &code));
        let organiser_id = chosen(&mut problems, "organiser_id", &self.organiser_id);
        let min_pct_winner = whole(&mut problems, "min_pct_winner", &self.min_pct_winner, 0, 100);
        let winner_quota = whole(&mut problems, "winner_quota", &self.winner_quota, 0, 10_000);
        let prize_quota = whole(&mut problems, "prize_quota", &self.prize_quota, 0, 10_000);
        let tie_policy = tidy(&self.tie_policy).and_then(|code| coded(&mut problems, "tie_policy", &code));
        let pass_score = points(&mut problems, "pass_score", &self.pass_score);
        problems.into_result(StageDraft {
            title,
            level,
            organiser_id,
            starts_on,
            ends_on,
            place,
            counted: self.counted == "true",
            min_pct_winner,
            winner_quota,
            prize_quota,
            tie_policy: tie_policy.unwrap_or(TiePolicy::All),
            pass_score,
            state: StageState::Planned,
        })
    }
}

/// Points, with a comma or a full stop.
fn points(problems: &mut Problems, field: &'static str, text: &str) -> Option<f64> {
    let text = tidy(text)?;
    let known = text.replace(',', ".").parse().ok().filter(|n: &f64| n.is_finite() && (0.0..=100_000.0).contains(n));
    if known.is_none() {
        problems.add(field, Message::new("event-bad-points"));
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> EditionForm {
        EditionForm {
            title: "Олимпиада".into(),
            kind: "olympiad".into(),
            level: "municipal".into(),
            format: "in_person".into(),
            ..EditionForm::blank()
        }
    }

    fn bad(form: &EditionForm, field: &str) -> bool {
        let today = "2026-11-24".parse().unwrap();
        matches!(form.check(today), Err(Fault::Invalid(problems)) if problems.at(field).is_some())
    }

    #[test]
    fn the_year_follows_the_last_day_unless_it_is_said() {
        let year = |starts: &str, ends: &str, said: &str| {
            let form =
                EditionForm { starts_on: starts.into(), ends_on: ends.into(), academic_year: said.into(), ..form() };
            form.check("2026-11-24".parse().unwrap()).unwrap().academic_year.0
        };
        assert_eq!(year("", "", ""), 2026);
        assert_eq!(year("2026-08-20", "2026-09-02", ""), 2026);
        assert_eq!(year("2026-08-20", "2026-09-02", "2025-2026"), 2025);
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        assert!(bad(&EditionForm { class_from: "9".into(), class_to: "7".into(), ..form() }, "class_to"));
        assert!(bad(&EditionForm { class_from: "12".into(), ..form() }, "class_from"));
        assert!(bad(&EditionForm { team_size: "1".into(), ..form() }, "team_size"));
        assert!(bad(&EditionForm { site: "javascript:alert(1)".into(), ..form() }, "site"));
        assert!(bad(&EditionForm { level: "galactic".into(), ..form() }, "level"));
        assert!(bad(&EditionForm { academic_year: "2026-2029".into(), ..form() }, "academic_year"));
        assert!(bad(&EditionForm { title: " ".into(), ..form() }, "title"));
    }

    #[test]
    fn points_are_read_as_people_write_them() {
        let stage =
            |points: &str| StageForm { title: "Этап".into(), pass_score: points.into(), ..StageForm::blank() }.check();
        assert_eq!(stage("20,5").unwrap().pass_score, Some(20.5));
        assert!(stage("inf").is_err() && stage("-1").is_err() && stage("двадцать").is_err());
    }
}
