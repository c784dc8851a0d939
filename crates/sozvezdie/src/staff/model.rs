//! A post, and what a form of it must hold. Pure: no SQL, no async.
use crate::{
    organisations::OrganisationId,
    people::{PersonId, PersonName},
};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    form::{Check, Problems},
    text::Message,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

kit::db::id_type!(
    /// A post of a person in an organisation.
    PositionId
);

kit::codes! {
    /// The qualification category of a pedagogue, as the attestation of 2023 knows them; `suitable`
    /// is «соответствие занимаемой должности».
    pub enum Category {
        None = "none",
        Suitable = "suitable",
        First = "first",
        Highest = "highest",
        Methodologist = "methodologist",
        Mentor = "mentor",
    }
}

/// A post.
#[derive(Clone, Debug)]
pub struct Position {
    pub id: PositionId,
    pub person_id: PersonId,
    pub last: String,
    pub first: String,
    pub patronymic: Option<String>,
    pub organisation_id: OrganisationId,
    pub organisation_name: String,
    pub post: String,
    /// Hundredths of a full post.
    pub rate: i64,
    pub subjects: Option<String>,
    pub category: Category,
    pub from: NaiveDate,
    /// The last day, included.
    pub until: Option<NaiveDate>,
    pub updated_at: DateTime<Utc>,
    pub updated_by: Option<Uuid>,
    pub version: i64,
}
kit::db::row!(Position {
    id,
    person_id,
    last,
    first,
    patronymic,
    organisation_id,
    organisation_name,
    post,
    rate,
    subjects,
    category,
    from,
    until,
    updated_at,
    updated_by,
    version
});

impl Position {
    pub fn name(&self) -> PersonName {
        PersonName { last: self.last.clone(), first: self.first.clone(), patronymic: self.patronymic.clone() }
    }

    /// Whether it is held on a day.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| until >= day)
    }
}

/// Who gets a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    Known(PersonId),
    New(PersonName),
}

/// What a checked form says.
#[derive(Clone, Debug)]
pub struct PositionDraft {
    pub who: Who,
    pub organisation_id: OrganisationId,
    pub post: String,
    pub rate: i64,
    pub subjects: Option<String>,
    pub category: Category,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

/// What was typed, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub struct PositionForm {
    pub organisation_id: String,
    /// Somebody who is known, or empty for a new person with the names below.
    pub person_id: String,
    pub last_name: String,
    pub first_name: String,
    pub patronymic: String,
    /// `true`: not the one of the same name who works in the network already.
    #[serde(deserialize_with = "kit::form::loose")]
    pub is_other: String,
    pub post: String,
    /// «1», «0,5», «1.25».
    #[serde(deserialize_with = "kit::form::loose")]
    pub rate: String,
    pub subjects: String,
    pub category: String,
    pub from: String,
    pub until: String,
    /// The version that the form was filled from; empty for a new record.
    #[serde(deserialize_with = "kit::form::loose")]
    pub version: String,
}

impl PositionForm {
    /// The form of an existing post.
    pub fn of(p: &Position) -> Self {
        Self {
            organisation_id: p.organisation_id.to_string(),
            person_id: p.person_id.to_string(),
            post: p.post.clone(),
            rate: rate_words(p.rate),
            subjects: p.subjects.clone().unwrap_or_default(),
            category: p.category.code().into(),
            from: p.from.to_string(),
            until: p.until.map(|day| day.to_string()).unwrap_or_default(),
            version: p.version.to_string(),
            ..Self::default()
        }
    }

    pub fn is_other(&self) -> bool {
        self.is_other == "true"
    }

    /// The name that was typed, when it is one.
    pub fn name(&self) -> Option<PersonName> {
        self.read_name(&mut Problems::default())
    }

    fn read_name(&self, problems: &mut Problems) -> Option<PersonName> {
        let mut part = |field: &'static str, text: &str, needed: bool| -> Option<String> {
            let mut check = Check { problems };
            let text = if needed { Some(check.required(field, text, 60)) } else { check.optional(field, text, 60) };
            let read = intake::values::name::part(&text.filter(|t| !t.is_empty())?);
            if read.is_err() {
                problems.add(field, Message::new("account-bad-name"));
            }
            read.ok()
        };
        let last = part("last_name", &self.last_name, true);
        let first = part("first_name", &self.first_name, true);
        let patronymic = part("patronymic", &self.patronymic, false);
        Some(PersonName { last: last?, first: first?, patronymic })
    }

    /// What the form says, or what is to be mended.
    ///
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self) -> Result<PositionDraft, Fault> {
        let mut problems = Problems::default();
        let organisation = self.organisation_id.trim().parse().ok();
        if organisation.is_none() {
            problems.add("organisation_id", Message::new("form-choose"));
        }
        let who = if self.person_id.trim().is_empty() {
            self.read_name(&mut problems).map(Who::New)
        } else {
            let known = self.person_id.trim().parse().ok();
            if known.is_none() {
                problems.add("person_id", Message::new("form-choose"));
            }
            known.map(Who::Known)
        };
        let mut check = Check { problems: &mut problems };
        let post = check.required("post", &self.post, 120);
        let subjects = check.optional("subjects", &self.subjects, 200);
        let from = check.date("from", &self.from);
        let until = check.date("until", &self.until);
        if from.is_none() && problems.at("from").is_none() {
            problems.add("from", Message::new("form-required"));
        }
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            problems.add("until", Message::new("form-not-before").with("date", from));
        }
        let rate = read_rate(&self.rate);
        if rate.is_none() {
            problems.add("rate", Message::new("staff-bad-rate"));
        }
        let category = if self.category.is_empty() { Some(Category::None) } else { self.category.parse().ok() };
        if category.is_none() {
            problems.add("category", Message::new("form-choose"));
        }
        // What is missing has its problem above.
        let (Some(organisation_id), Some(who), Some(from)) = (organisation, who, from) else {
            return Err(Fault::Invalid(problems));
        };
        problems.into_result(PositionDraft {
            who,
            organisation_id,
            post,
            rate: rate.unwrap_or(100),
            subjects,
            category: category.unwrap_or(Category::None),
            from,
            until,
        })
    }
}

/// «0,5» → 50; a full post when nothing is said. No more than two posts' worth.
fn read_rate(text: &str) -> Option<i64> {
    let text = text.trim().replace(',', ".");
    if text.is_empty() {
        return Some(100);
    }
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let is_number = |s: &str| s.chars().all(|c| c.is_ascii_digit());
    if part.len() > 2 || whole.len() > 1 || !is_number(whole) || !is_number(part) || whole.is_empty() {
        return None;
    }
    let rate = whole.parse::<i64>().ok()? * 100 + format!("{part:0<2}").parse::<i64>().ok()?;
    (1..=200).contains(&rate).then_some(rate)
}

/// 50 → «0,5», 100 → «1».
pub fn rate_words(rate: i64) -> String {
    let words = format!("{},{:02}", rate / 100, rate % 100);
    words.trim_end_matches('0').trim_end_matches(',').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_read_as_people_write_it() {
        for (text, rate) in [("1", 100), ("0,5", 50), ("0.25", 25), ("1,25", 125), ("", 100), ("2", 200)] {
            assert_eq!(read_rate(text), Some(rate), "{text}");
        }
        for text in ["0", "2,01", "-1", "полставки", "1,333", "1e2"] {
            assert_eq!(read_rate(text), None, "{text}");
        }
        for (rate, words) in [(100, "1"), (50, "0,5"), (25, "0,25"), (125, "1,25"), (110, "1,1")] {
            assert_eq!(rate_words(rate), words);
        }
    }

    #[test]
    fn an_empty_form_names_what_is_missing() {
        let Err(Fault::Invalid(problems)) = PositionForm::default().check() else { panic!("taken") };
        let fields: Vec<_> = problems.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["organisation_id", "last_name", "first_name", "post", "from"]);
    }

    #[test]
    fn it_ends_no_sooner_than_it_begins() {
        let form = PositionForm {
            organisation_id: Uuid::from_u128(1).to_string(),
            person_id: Uuid::from_u128(2).to_string(),
            post: "учитель".into(),
            from: "2026-09-01".into(),
            until: "2026-08-31".into(),
            ..PositionForm::default()
        };
        let Err(Fault::Invalid(problems)) = form.check() else { panic!("taken") };
        assert!(problems.at("until").is_some());
        assert_eq!(PositionForm { until: "2026-09-01".into(), ..form }.check().unwrap().rate, 100);
    }
}
