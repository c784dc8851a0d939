//! What an act is, what acts do to one another, and whether one is in force on a day.
//! Pure: no SQL, no async.
use crate::organisations::OrganisationId;
use chrono::NaiveDate;
use kit::{
    form::{Check, Problems, tidy_lines},
    html::Tone,
    text::Message,
};
use serde::{Deserialize, Serialize};

kit::db::id_type!(
    /// A normative act.
    ActId
);

kit::codes! {
    /// What kind of paper it is.
    pub enum Kind {
        Order = "order",
        Regulation = "regulation",
        Concept = "concept",
        Plan = "plan",
        Protocol = "protocol",
        Agreement = "agreement",
        Letter = "letter",
    }
}

kit::codes! {
    /// What one act does to another.
    pub enum Relation { Approves = "approves", Replaces = "replaces", Repeals = "repeals", Amends = "amends" }
}

kit::codes! {
    /// Whether an act is in force. Never stored: it follows from days and links.
    pub enum ActState {
        InForce = "in_force",
        NotYet = "not_yet",
        Expired = "expired",
        Replaced = "replaced",
        Repealed = "repealed",
    }
}

impl ActState {
    pub fn tone(self) -> Tone {
        match self {
            Self::InForce => Tone::Ok,
            Self::NotYet => Tone::Info,
            Self::Expired | Self::Replaced | Self::Repealed => Tone::Plain,
        }
    }
}

/// The days that decide about an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    pub from: NaiveDate,
    /// The last day in force.
    pub until: Option<NaiveDate>,
    /// The first day of an act that replaces or repeals it.
    pub replaced: Option<NaiveDate>,
    pub repealed: Option<NaiveDate>,
}

impl Days {
    /// The state on a day. Who was repealed is repealed, whatever else befell them.
    pub fn state(self, on: NaiveDate) -> ActState {
        let has_come = |day: Option<NaiveDate>| day.is_some_and(|day| day <= on);
        if has_come(self.repealed) {
            ActState::Repealed
        } else if has_come(self.replaced) {
            ActState::Replaced
        } else if self.from > on {
            ActState::NotYet
        } else if self.until.is_some_and(|day| day < on) {
            ActState::Expired
        } else {
            ActState::InForce
        }
    }
}

/// One act.
#[derive(Clone, Debug)]
pub struct Act {
    pub id: ActId,
    pub kind: Kind,
    pub number: Option<String>,
    pub issued_on: NaiveDate,
    pub issuer: String,
    pub title: String,
    pub note: Option<String>,
    /// Whose act it is; none: the network's.
    pub organisation_id: Option<OrganisationId>,
    pub effective_from: NaiveDate,
    pub effective_until: Option<NaiveDate>,
    pub replaced_on: Option<NaiveDate>,
    pub repealed_on: Option<NaiveDate>,
    pub archived: bool,
    pub updated_at: chrono::DateTime<chrono::Utc>,
    pub updated_by: Option<uuid::Uuid>,
    pub version: i64,
}
kit::db::row!(Act {
    id,
    kind,
    number,
    issued_on,
    issuer,
    title,
    note,
    organisation_id,
    effective_from,
    effective_until,
    replaced_on,
    repealed_on,
    archived,
    updated_at,
    updated_by,
    version
});

impl Act {
    pub fn days(&self) -> Days {
        Days {
            from: self.effective_from,
            until: self.effective_until,
            replaced: self.replaced_on,
            repealed: self.repealed_on,
        }
    }

    pub fn owner(&self) -> Option<uuid::Uuid> {
        self.organisation_id.map(|id| id.0)
    }
}

/// An act as another names it.
#[derive(Clone, Debug)]
pub struct Linked {
    pub relation: Relation,
    /// The act whose page it is does this to the other; else the other to it.
    pub outgoing: bool,
    pub act: Act,
}

/// What was typed, as it was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ActForm {
    pub kind: String,
    pub number: String,
    pub issued_on: String,
    pub issuer: String,
    pub title: String,
    pub note: String,
    /// Id of the organisation whose act it is; empty: the network's.
    pub owner: String,
    pub effective_from: String,
    pub effective_until: String,
    /// Ids of the organisations that it is about.
    pub organisations: Vec<String>,
    /// The version that the form was filled from; empty for a new record.
    #[serde(deserialize_with = "kit::form::loose")]
    pub version: String,
}

/// What a checked form says.
#[derive(Clone, Debug)]
pub struct ActDraft {
    pub kind: Kind,
    pub number: Option<String>,
    pub issued_on: NaiveDate,
    pub issuer: String,
    pub title: String,
    pub note: Option<String>,
    pub owner: Option<OrganisationId>,
    pub effective_from: NaiveDate,
    pub effective_until: Option<NaiveDate>,
    pub organisations: Vec<OrganisationId>,
}

/// Longest remark, in characters.
const NOTE: usize = 4000;

impl ActForm {
    /// The form of an existing record.
    pub fn of(a: &Act, organisations: &[OrganisationId]) -> Self {
        let day = |day: Option<NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
        Self {
            kind: a.kind.code().into(),
            number: a.number.clone().unwrap_or_default(),
            issued_on: a.issued_on.to_string(),
            issuer: a.issuer.clone(),
            title: a.title.clone(),
            note: a.note.clone().unwrap_or_default(),
            owner: a.organisation_id.map(|id| id.to_string()).unwrap_or_default(),
            // The day of issue is what an empty field means.
            effective_from: if a.effective_from == a.issued_on { String::new() } else { a.effective_from.to_string() },
            effective_until: day(a.effective_until),
            organisations: organisations.iter().map(ToString::to_string).collect(),
            version: a.version.to_string(),
        }
    }

    /// What the form says, or what is to be mended.
    ///
    /// # Errors
    /// [`kit::Fault::Invalid`], every field at once.
    pub fn check(&self) -> Result<ActDraft, kit::Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let number = check.optional("number", self.number.trim().trim_start_matches('№'), 60);
        let issued_on = check.date("issued_on", &self.issued_on);
        let title = check.required("title", &self.title, 500);
        let issuer = check.required("issuer", &self.issuer, 300);
        let effective_from = check.date("effective_from", &self.effective_from);
        let effective_until = check.date("effective_until", &self.effective_until);
        if issued_on.is_none() && problems.at("issued_on").is_none() {
            problems.add("issued_on", Message::new("form-required"));
        }
        let kind = self.kind.parse().ok();
        if kind.is_none() {
            problems.add("kind", Message::new("form-choose"));
        }
        let note = tidy_lines(&self.note);
        let length = note.as_deref().map_or(0, |n| n.chars().count());
        if length > NOTE {
            problems.add("note", Message::new("form-too-long").with("limit", NOTE).with("length", length));
        }
        let owner = (!self.owner.trim().is_empty()).then(|| self.owner.trim().parse());
        if let Some(Err(_)) = owner {
            problems.add("owner", Message::new("form-choose"));
        }
        let organisations: Result<Vec<OrganisationId>, _> = self.organisations.iter().map(|id| id.parse()).collect();
        if organisations.is_err() {
            problems.add("organisations", Message::new("form-choose"));
        }
        // Not read when `problems` names the field.
        let issued_on = issued_on.unwrap_or_default();
        let effective_from = effective_from.unwrap_or(issued_on);
        if effective_until.is_some_and(|until| until < effective_from) {
            problems.add("effective_until", Message::new("act-ends-before"));
        }
        let draft = ActDraft {
            kind: kind.unwrap_or(Kind::Order),
            number,
            issued_on,
            issuer,
            title,
            note,
            owner: owner.and_then(Result::ok),
            effective_from,
            effective_until,
            organisations: organisations.unwrap_or_default(),
        };
        problems.into_result(draft)
    }
}

/// Whether `source` may do this to `target`; what is wrong otherwise.
pub fn may_link(source: &Act, target: &Act, relation: Relation) -> Result<(), Message> {
    if source.id == target.id {
        return Err(Message::new("act-link-self"));
    }
    if relation != Relation::Approves && source.issued_on < target.issued_on {
        return Err(Message::new("act-link-earlier"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn form() -> ActForm {
        ActForm {
            kind: "order".into(),
            number: "№ 1017".into(),
            issued_on: "14.10.2010".into(),
            issuer: "Управление образования".into(),
            title: "О создании Центра для одарённых детей".into(),
            ..ActForm::default()
        }
    }

    fn refused(form: &ActForm) -> Vec<String> {
        match form.check() {
            Err(kit::Fault::Invalid(problems)) => {
                problems.iter().map(|(field, m)| format!("{field}: {}", m.key)).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_act_is_in_force_from_its_day_unless_it_says_otherwise() {
        let draft = form().check().unwrap();
        assert_eq!(draft.number.as_deref(), Some("1017"));
        assert_eq!(draft.effective_from, day("2010-10-14"));
        assert_eq!((draft.owner, draft.effective_until), (None, None));
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        assert_eq!(
            refused(&ActForm::default()),
            ["title: form-required", "issuer: form-required", "issued_on: form-required", "kind: form-choose"]
        );
        let wrong = ActForm {
            kind: "law".into(),
            issued_on: "31.02.2020".into(),
            owner: "x".into(),
            organisations: vec!["y".into()],
            note: "ж".repeat(4001),
            ..form()
        };
        assert_eq!(
            refused(&wrong),
            [
                "issued_on: form-bad-date",
                "kind: form-choose",
                "note: form-too-long",
                "owner: form-choose",
                "organisations: form-choose"
            ]
        );
        let early = ActForm { effective_from: "2011-01-01".into(), effective_until: "2010-12-31".into(), ..form() };
        assert_eq!(refused(&early), ["effective_until: act-ends-before"]);
    }

    #[test]
    fn the_state_follows_from_the_days() {
        let days = Days { from: day("2020-09-01"), until: Some(day("2021-08-31")), replaced: None, repealed: None };
        for (on, state) in [
            ("2020-08-31", ActState::NotYet),
            ("2020-09-01", ActState::InForce),
            ("2021-08-31", ActState::InForce),
            ("2021-09-01", ActState::Expired),
        ] {
            assert_eq!(days.state(day(on)), state, "{on}");
        }
        let replaced = Days { replaced: Some(day("2021-01-01")), ..days };
        assert_eq!(replaced.state(day("2020-12-31")), ActState::InForce);
        assert_eq!(replaced.state(day("2021-01-01")), ActState::Replaced);
        assert_eq!(replaced.state(day("2025-01-01")), ActState::Replaced, "not merely expired");
        let repealed = Days { repealed: Some(day("2021-02-01")), ..replaced };
        assert_eq!(repealed.state(day("2021-02-01")), ActState::Repealed);
    }

    proptest! {
        #[test]
        fn what_is_over_stays_over(from in 0..900_i64, length in 0..900_i64, replaced in proptest::option::of(0..900_i64), on in 0..900_i64) {
            let at = |n: i64| day("2020-01-01") + chrono::Duration::days(n);
            let days = Days { from: at(from), until: Some(at(from + length)), replaced: replaced.map(at), repealed: None };
            let is_over = |n: i64| !matches!(days.state(at(n)), ActState::NotYet | ActState::InForce);
            if is_over(on) {
                prop_assert!(is_over(on + 1));
            }
            prop_assert_eq!(days.state(at(on)) == ActState::InForce, on >= from && on <= from + length && replaced.is_none_or(|r| r > on));
        }
    }
}
