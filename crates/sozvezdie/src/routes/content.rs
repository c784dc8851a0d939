//! What a version of a route says, as it is kept, and what differs between two of them. Pure.
use super::model::{Route, Step};
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a version says, as it is kept: names as they were on that day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    pub title: String,
    pub note: String,
    pub goal: String,
    pub tasks: String,
    pub support: String,
    pub results: String,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub load_reason: String,
    pub steps: Vec<StepContent>,
}

/// A step of a version. Codes are kept as text, so that an old version outlives a code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StepContent {
    pub id: Uuid,
    pub stage: String,
    pub kind: String,
    pub title: String,
    pub about: String,
    pub organisation: Option<Uuid>,
    pub organisation_name: String,
    pub teacher: String,
    pub hours: i64,
    pub form: String,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub weekday: Option<u8>,
    /// «14:00».
    pub starts: String,
    pub ends: String,
    pub choice: String,
    pub control: String,
    pub expected: String,
}

/// «14:00».
pub fn clock_text(time: Option<NaiveTime>) -> String {
    time.map(|at| at.format("%H:%M").to_string()).unwrap_or_default()
}

impl Content {
    /// The route as it stands.
    pub fn of(r: &Route, steps: &[Step]) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            title: r.title.clone(),
            note: text(&r.note),
            goal: r.goal.clone(),
            tasks: text(&r.tasks),
            support: text(&r.support),
            results: text(&r.results),
            from: Some(r.from),
            until: Some(r.until),
            load_reason: text(&r.load_reason),
            steps: steps.iter().filter(|s| s.state.is_taken()).map(StepContent::of).collect(),
        }
    }
}

impl StepContent {
    pub fn of(s: &Step) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            id: s.id.0,
            stage: s.stage.code().into(),
            kind: s.kind.code().into(),
            title: s.title.clone(),
            about: text(&s.about),
            organisation: s.organisation.map(|o| o.0),
            organisation_name: text(&s.organisation_name),
            teacher: text(&s.teacher),
            hours: s.hours,
            form: s.form.code().into(),
            from: Some(s.from),
            until: Some(s.until),
            weekday: s.weekday,
            starts: clock_text(s.starts),
            ends: clock_text(s.ends),
            choice: text(&s.choice),
            control: text(&s.control),
            expected: text(&s.expected),
        }
    }
}

/// What differs between two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A text of the route: the name of the field, as it was, as it is.
    Text(&'static str, String, String),
    Added(StepContent),
    Removed(StepContent),
    Changed(Box<StepContent>, Box<StepContent>),
}

/// What differs, in the order of the document.
pub fn changes(before: &Content, after: &Content) -> Vec<Change> {
    let day = |day: Option<NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
    let texts = [
        ("title", before.title.clone(), after.title.clone()),
        ("note", before.note.clone(), after.note.clone()),
        ("goal", before.goal.clone(), after.goal.clone()),
        ("tasks", before.tasks.clone(), after.tasks.clone()),
        ("support", before.support.clone(), after.support.clone()),
        ("results", before.results.clone(), after.results.clone()),
        ("from", day(before.from), day(after.from)),
        ("until", day(before.until), day(after.until)),
    ];
    let mut found: Vec<Change> = texts
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(name, before, after)| Change::Text(name, before, after))
        .collect();
    for step in &after.steps {
        match before.steps.iter().find(|old| old.id == step.id) {
            None => found.push(Change::Added(step.clone())),
            Some(old) if old != step => found.push(Change::Changed(old.clone().into(), step.clone().into())),
            Some(_) => {}
        }
    }
    let gone = before.steps.iter().filter(|old| after.steps.iter().all(|step| step.id != old.id));
    found.extend(gone.cloned().map(Change::Removed));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_differ_by_texts_and_steps() {
        let step = |id: u128, title: &str| StepContent {
            id: Uuid::from_u128(id),
            title: title.into(),
            ..StepContent::default()
        };
        let before = Content {
            goal: "Изучить лес".into(),
            steps: vec![step(1, "Опрос"), step(2, "Лаборатория")],
            ..Content::default()
        };
        let after = Content {
            goal: "Изучить луг".into(),
            steps: vec![step(2, "Лаборатория «Биотоп»"), step(3, "Защита")],
            ..before.clone()
        };
        let found = changes(&before, &after);
        assert_eq!(found.len(), 4);
        assert!(matches!(found[0], Change::Text("goal", ..)));
        assert!(matches!(found[1], Change::Changed(..)));
        assert!(matches!(found[2], Change::Added(_)));
        assert!(matches!(found[3], Change::Removed(_)));
        assert_eq!(changes(&after, &after), []);
    }
}
