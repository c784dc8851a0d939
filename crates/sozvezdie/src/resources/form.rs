//! The form of a resource: what was typed, and what it says.
use super::{
    competence::{self, Competences, WorkForm},
    fields::{clock, minute_of_day, whole, whole_required},
    model::{Class, Resource, ResourceKind, Sharing},
    schedule::Hours,
};
use crate::organisations::OrganisationId;
use kit::{
    Fault,
    form::{Check, Problems, loose, tidy_lines},
    text::Message,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What was typed, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub struct ResourceForm {
    pub owner_id: String,
    pub class: String,
    pub kind: String,
    pub name: String,
    pub description: String,
    pub person_id: String,
    pub place: String,
    #[serde(deserialize_with = "loose")]
    pub travels: String,
    pub sharing: String,
    #[serde(deserialize_with = "loose")]
    pub capacity: String,
    pub safety: String,
    pub conditions: String,
    pub audience: String,
    #[serde(deserialize_with = "loose")]
    pub age_from: String,
    #[serde(deserialize_with = "loose")]
    pub age_to: String,
    pub subject: String,
    pub licence: String,
    #[serde(deserialize_with = "loose")]
    pub loanable: String,
    pub inventory_number: String,
    #[serde(deserialize_with = "loose")]
    pub hours_per_week: String,
    pub decides_name: String,
    #[serde(deserialize_with = "loose")]
    pub answer_days: String,
    #[serde(deserialize_with = "loose")]
    pub lead_days: String,
    pub cancel_rule: String,
    /// Opening of the seven weekdays, Monday first: «9:00–12:00, 13:00–17:00»; empty is closed.
    pub hours: Vec<String>,
    /// In which forms its person works; of a staff resource.
    pub forms: Vec<String>,
    /// The version that the form was filled from; empty for a new record.
    #[serde(deserialize_with = "loose")]
    pub version: String,
}

/// What a checked form says.
#[derive(Clone, Debug)]
pub struct ResourceDraft {
    pub owner_id: OrganisationId,
    pub class: Class,
    pub kind: ResourceKind,
    pub name: String,
    pub description: Option<String>,
    pub person_id: Option<Uuid>,
    pub place: Option<String>,
    pub travels: bool,
    pub sharing: Sharing,
    pub capacity: Option<i64>,
    pub safety: Option<String>,
    pub conditions: Option<String>,
    pub audience: Option<String>,
    pub age_from: Option<i64>,
    pub age_to: Option<i64>,
    pub subject: Option<String>,
    pub licence: Option<String>,
    pub loanable: bool,
    pub inventory_number: Option<String>,
    pub hours_per_week: Option<i64>,
    pub decides_name: Option<String>,
    pub answer_days: Option<i64>,
    pub lead_days: i64,
    pub cancel_rule: Option<String>,
    pub hours: Vec<Hours>,
    pub competences: Competences,
}

/// Largest headcount or number of pieces: a stadium is smaller.
const MOST: i64 = 100_000;

impl ResourceForm {
    /// The form of an existing record.
    pub fn of(r: &Resource, hours: &[Hours], forms: &[WorkForm]) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let number = |value: Option<i64>| value.map(|n| n.to_string()).unwrap_or_default();
        Self {
            owner_id: r.owner_id.to_string(),
            class: r.class.code().into(),
            kind: r.kind.code().into(),
            name: r.name.clone(),
            description: text(&r.description),
            person_id: r.person_id.map(|id| id.to_string()).unwrap_or_default(),
            place: text(&r.place),
            travels: r.travels.to_string(),
            sharing: r.sharing.code().into(),
            capacity: number(r.capacity),
            safety: text(&r.safety),
            conditions: text(&r.conditions),
            audience: text(&r.audience),
            age_from: number(r.age_from),
            age_to: number(r.age_to),
            subject: text(&r.subject),
            licence: text(&r.licence),
            loanable: r.loanable.to_string(),
            inventory_number: text(&r.inventory_number),
            hours_per_week: number(r.hours_per_week),
            decides_name: text(&r.decides_name),
            answer_days: number(r.answer_days),
            lead_days: r.lead_days.to_string(),
            cancel_rule: text(&r.cancel_rule),
            hours: (1..=7).map(|weekday| weekday_words(hours, weekday)).collect(),
            forms: forms.iter().map(|form| form.code().to_owned()).collect(),
            version: r.version.to_string(),
        }
    }

    /// What the form says, or what is to be mended.
    ///
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self) -> Result<ResourceDraft, Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let name = check.required("name", &self.name, 200);
        let place = check.optional("place", &self.place, 300);
        let audience = check.optional("audience", &self.audience, 200);
        let subject = check.optional("subject", &self.subject, 200);
        let licence = check.optional("licence", &self.licence, 200);
        let inventory_number = check.optional("inventory_number", &self.inventory_number, 80);
        let decides_name = check.optional("decides_name", &self.decides_name, 150);
        let cancel_rule = check.optional("cancel_rule", &self.cancel_rule, 300);
        let description = lines(&mut problems, "description", &self.description);
        let safety = lines(&mut problems, "safety", &self.safety);
        let conditions = lines(&mut problems, "conditions", &self.conditions);
        let owner_id = chosen(&mut problems, "owner_id", &self.owner_id);
        let class: Option<Class> = chosen(&mut problems, "class", &self.class);
        let kind =
            if self.kind.is_empty() { Some(usual_kind(class)) } else { chosen(&mut problems, "kind", &self.kind) };
        let sharing = if self.sharing.is_empty() {
            Some(Sharing::Exclusive)
        } else {
            chosen(&mut problems, "sharing", &self.sharing)
        };
        let person_id =
            if self.person_id.is_empty() { None } else { chosen::<Uuid>(&mut problems, "person_id", &self.person_id) };
        let capacity = if class == Some(Class::Methodical) {
            whole(&mut problems, "capacity", &self.capacity, 1, MOST)
        } else {
            whole_required(&mut problems, "capacity", &self.capacity, 1, MOST)
        };
        let age_from = whole(&mut problems, "age_from", &self.age_from, 0, 99);
        let age_to = whole(&mut problems, "age_to", &self.age_to, age_from.unwrap_or(0), 99);
        let draft = ResourceDraft {
            // Not read when `problems` names the field.
            owner_id: owner_id.unwrap_or(OrganisationId(Uuid::nil())),
            class: class.unwrap_or(Class::Technological),
            kind: kind.unwrap_or(ResourceKind::Other),
            name,
            description,
            person_id,
            place,
            travels: is_yes(&self.travels),
            sharing: sharing.unwrap_or(Sharing::Exclusive),
            capacity,
            safety,
            conditions,
            audience,
            age_from,
            age_to,
            subject,
            licence,
            loanable: is_yes(&self.loanable) && class == Some(Class::Technological),
            inventory_number,
            hours_per_week: whole(&mut problems, "hours_per_week", &self.hours_per_week, 1, 168),
            decides_name,
            answer_days: whole(&mut problems, "answer_days", &self.answer_days, 0, 60),
            lead_days: whole(&mut problems, "lead_days", &self.lead_days, 0, 365).unwrap_or(0),
            cancel_rule,
            hours: week(&mut problems, "hours", &self.hours),
            competences: self.competences(&mut problems, class),
        };
        problems.into_result(draft)
    }
}

impl ResourceForm {
    /// Only people have competences; a room has its subject as a word alone.
    fn competences(&self, problems: &mut Problems, class: Option<Class>) -> Competences {
        if class != Some(Class::Staff) {
            return Competences::default();
        }
        let mut forms: Vec<WorkForm> = Vec::new();
        for code in self.forms.iter().filter(|code| !code.is_empty()) {
            match code.parse() {
                Ok(form) if forms.contains(&form) => {}
                Ok(form) => forms.push(form),
                Err(_) => problems.add("forms", Message::new("form-choose")),
            }
        }
        Competences { subjects: competence::subjects(&self.subject), forms }
    }
}

fn is_yes(text: &str) -> bool {
    matches!(text.trim(), "true" | "1" | "on")
}

fn usual_kind(class: Option<Class>) -> ResourceKind {
    match class {
        Some(Class::Staff) => ResourceKind::Pedagogue,
        Some(Class::Methodical) => ResourceKind::Methodical,
        _ => ResourceKind::Other,
    }
}

fn chosen<T: std::str::FromStr>(problems: &mut Problems, field: &'static str, text: &str) -> Option<T> {
    let value = text.trim().parse().ok();
    if value.is_none() {
        problems.add(field, Message::new("form-choose"));
    }
    value
}

fn lines(problems: &mut Problems, field: &'static str, text: &str) -> Option<String> {
    const LIMIT: usize = 4000;
    let text = tidy_lines(text)?;
    let length = text.chars().count();
    if length > LIMIT {
        problems.add(field, Message::new("form-too-long").with("limit", LIMIT).with("length", length));
        return None;
    }
    Some(text)
}

/// The hours of the week from seven lines, Monday first.
fn week(problems: &mut Problems, field: &'static str, lines: &[String]) -> Vec<Hours> {
    let mut all = Vec::new();
    for (weekday, line) in (1..=7).zip(lines) {
        match day(line) {
            Some(spans) => {
                all.extend(spans.into_iter().map(|(opens, closes)| Hours {
                    weekday,
                    opens,
                    closes,
                    valid_from: None,
                    valid_until: None,
                }));
            }
            None => {
                problems.add(field, Message::new("resource-bad-hours").with("text", line));
                break;
            }
        }
    }
    all
}

/// «9:00–12:00, 13:00–17:00» in minutes; `None` when it cannot be read.
pub fn day(text: &str) -> Option<Vec<(i64, i64)>> {
    let parts = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (opens, closes) = part.split_once(['-', '–', '—'])?;
            let (opens, closes) = (minute_of_day(opens)?, minute_of_day(closes)?);
            (opens < closes).then_some((opens, closes))
        })
        .collect()
}

/// The hours of one weekday as [`day`] reads them. Those of a season are left out.
pub fn weekday_words(hours: &[Hours], weekday: i64) -> String {
    let all = hours.iter().filter(|h| h.weekday == weekday && h.valid_from.is_none() && h.valid_until.is_none());
    all.map(|h| format!("{}–{}", clock(h.opens), clock(h.closes))).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ResourceForm {
        ResourceForm {
            owner_id: Uuid::from_u128(1).to_string(),
            class: "technological".into(),
            kind: "laboratory".into(),
            name: "Цифровая лаборатория".into(),
            capacity: "15".into(),
            ..ResourceForm::default()
        }
    }

    fn refused(form: &ResourceForm) -> Vec<String> {
        match form.check() {
            Err(Fault::Invalid(problems)) => problems.iter().map(|(field, _)| field.to_owned()).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn few_fields_are_enough() {
        let draft = form().check().unwrap();
        assert_eq!((draft.sharing, draft.lead_days, draft.capacity), (Sharing::Exclusive, 0, Some(15)));
        assert!(draft.hours.is_empty());
    }

    #[test]
    fn an_empty_form_names_what_is_missing() {
        assert_eq!(refused(&ResourceForm::default()), ["name", "owner_id", "class", "capacity"]);
    }

    #[test]
    fn methodical_things_need_no_capacity_and_are_never_lent() {
        let methodical = ResourceForm {
            class: "methodical".into(),
            kind: String::new(),
            capacity: String::new(),
            loanable: "true".into(),
            ..form()
        };
        let draft = methodical.check().unwrap();
        assert_eq!((draft.kind, draft.capacity, draft.loanable), (ResourceKind::Methodical, None, false));
    }

    #[test]
    fn a_week_is_written_by_hand_and_read_back() {
        let week = ["9:00–12:00, 13:00-17:00", "9.00 — 17.00", "", "", "", "", ""];
        let hours = ResourceForm { hours: week.map(str::to_owned).to_vec(), ..form() }.check().unwrap().hours;
        assert_eq!(hours.len(), 3);
        assert_eq!(weekday_words(&hours, 1), "9:00–12:00, 13:00–17:00");
        assert_eq!(weekday_words(&hours, 2), "9:00–17:00");
        assert_eq!(refused(&ResourceForm { hours: vec!["17:00-9:00".into()], ..form() }), ["hours"]);
        assert_eq!(refused(&ResourceForm { hours: vec!["утром".into()], ..form() }), ["hours"]);
    }
}
