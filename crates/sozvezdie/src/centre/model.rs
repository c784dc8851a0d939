//! The Centre, who is its member and for how long. Pure.
use crate::{acts::ActId, organisations::OrganisationId, people::PersonId};
use chrono::NaiveDate;
use kit::{
    Fault, Lang,
    form::{Check, Problems, tidy_lines},
    text::Message,
};
use serde::{Deserialize, Serialize};

kit::db::id_type!(
    /// A Centre for gifted children.
    CentreId
);

kit::db::id_type!(
    /// One stay of a child in the Centre, by order, from a day to a day.
    MembershipId
);

kit::codes! {
    /// Why a child left the Centre: neutral words only, nothing about how well they did.
    pub enum LeftReason {
        Graduated = "graduated",
        Moved = "moved",
        OwnWish = "own_wish",
        OtherForm = "other_form",
        TermOver = "term_over",
    }
}

/// A Centre: a unit of an organisation.
#[derive(Clone, Debug, Serialize)]
pub struct Centre {
    pub id: CentreId,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub title: String,
    /// Who coordinates it, when they have an account here.
    pub coordinator: Option<PersonId>,
    /// Whom to write or call, as it is printed.
    pub contact: Option<String>,
    /// The act that created it.
    pub act: Option<ActId>,
    pub opened_on: NaiveDate,
    pub closed_on: Option<NaiveDate>,
    pub version: i64,
}
kit::db::row!(Centre {
    id,
    organisation,
    organisation_name,
    title,
    coordinator,
    contact,
    act,
    opened_on,
    closed_on,
    version
});

/// A line of the list of members: the child with the class of the day that was asked for.
#[derive(Clone, Debug, Serialize)]
pub struct Member {
    pub id: MembershipId,
    pub learner: PersonId,
    pub full_name: String,
    pub organisation: Option<OrganisationId>,
    pub organisation_name: Option<String>,
    pub class_name: Option<String>,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
    /// «Приказ от 01.09.2026 № 57», as typed.
    pub order_text: Option<String>,
    pub order_act: Option<ActId>,
    pub left_reason: Option<LeftReason>,
}
kit::db::row!(Member {
    id,
    learner,
    full_name,
    organisation,
    organisation_name,
    class_name,
    from,
    until,
    order_text,
    order_act,
    left_reason
});

/// A membership to be written.
#[derive(Clone, Debug)]
pub struct NewMembership {
    pub learner: PersonId,
    pub from: NaiveDate,
    /// The last day, where the term is known.
    pub until: Option<NaiveDate>,
    pub order_text: Option<String>,
    pub order_act: Option<ActId>,
}

/// What the form of the Centre says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct CentreForm {
    pub title: String,
    pub contact: String,
    pub version: String,
}

impl CentreForm {
    pub fn of(c: &Centre) -> Self {
        Self { title: c.title.clone(), contact: c.contact.clone().unwrap_or_default(), version: c.version.to_string() }
    }

    /// Title and contact.
    ///
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self) -> Result<(String, Option<String>), Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let title = check.required("title", &self.title, 200);
        let length = self.contact.chars().count();
        if length > 500 {
            let message = Message::new("form-too-long").with("limit", 500).with("length", length);
            problems.add("contact", message);
        }
        problems.into_result((title, tidy_lines(&self.contact)))
    }
}

/// What the form of entering says.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct EnterForm {
    pub learner: String,
    pub from: String,
    pub order_text: String,
    /// What was looked for; the page shows the same again.
    pub q: String,
}

impl EnterForm {
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self, c: &Centre, today: NaiveDate) -> Result<NewMembership, Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let learner = self.learner.parse().ok();
        check.required("from", &self.from, 20);
        let from = check.date("from", &self.from);
        let order_text = Some(check.required("order_text", &self.order_text, 200));
        if learner.is_none() {
            problems.add("learner", Message::new("centre-choose-learner"));
        }
        if from.is_some_and(|day| day < c.opened_on) {
            let message = Message::new("centre-not-before").with("date", Lang::Ru.date(c.opened_on));
            problems.add("from", message);
        }
        if from.is_some_and(|day| day > today) {
            problems.add("from", Message::new("form-not-after").with("date", Lang::Ru.date(today)));
        }
        problems.into_result(NewMembership {
            // Not read when `problems` names the field.
            learner: learner.unwrap_or(PersonId(uuid::Uuid::nil())),
            from: from.unwrap_or(today),
            until: None,
            order_text,
            order_act: None,
        })
    }
}

/// What the form of leaving says.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct LeaveForm {
    /// The last day.
    pub on: String,
    pub reason: String,
}

impl LeaveForm {
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self, today: NaiveDate) -> Result<(NaiveDate, LeftReason), Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        check.required("on", &self.on, 20);
        let on = check.date("on", &self.on);
        if on.is_some_and(|day| day > today) {
            problems.add("on", Message::new("form-not-after").with("date", Lang::Ru.date(today)));
        }
        let reason = self.reason.parse().ok();
        if reason.is_none() {
            problems.add("reason", Message::new("form-choose"));
        }
        problems.into_result((on.unwrap_or(today), reason.unwrap_or(LeftReason::TermOver)))
    }
}
