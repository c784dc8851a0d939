//! What an account needs: a person, an address, a role and where it is held. Pure.
use crate::{
    people::{PersonDraft, PersonId, PersonName},
    roles::Role,
};
use chrono::NaiveDate;
use kit::{
    form::{Check, Problems},
    text::Message,
};
use serde::{Deserialize, Serialize};

/// A line of the list: a person.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: PersonId,
    pub last: String,
    pub first: String,
    pub patronymic: Option<String>,
    pub email: Option<String>,
}
kit::db::row!(Listed { id, last, first, patronymic, email });

impl Listed {
    pub fn name(&self) -> PersonName {
        PersonName { last: self.last.clone(), first: self.first.clone(), patronymic: self.patronymic.clone() }
    }
}

/// A role that a person has or had, with the organisation's short name.
#[derive(Clone, Debug)]
pub struct Held {
    pub id: uuid::Uuid,
    pub person_id: PersonId,
    pub role: Role,
    pub organisation: Option<String>,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}
kit::db::row!(Held { id, person_id, role, organisation, from, until });

/// What was typed of a new person with an account.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct PersonForm {
    pub last_name: String,
    pub first_name: String,
    pub patronymic: String,
    pub email: String,
    pub role: String,
    pub organisation: String,
}

/// What was typed to let in somebody who is known here already.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct EntryForm {
    pub email: String,
}

/// What was typed of a role to give.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct RoleForm {
    pub role: String,
    pub organisation: String,
}

/// A role and where it is held; `None` is the whole network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Post {
    pub role: Role,
    pub organisation: Option<uuid::Uuid>,
}

impl RoleForm {
    /// The role, or what is to be mended: a network's role takes no organisation, any other needs one.
    pub fn check(&self, problems: &mut Problems) -> Option<Post> {
        let role: Option<Role> = self.role.parse().ok().filter(|r| *r != Role::Guest);
        if role.is_none() {
            problems.add("role", Message::new("form-choose"));
        }
        let organisation = self.organisation.trim().parse().ok();
        match role? {
            role if role.is_networkwide() => Some(Post { role, organisation: None }),
            _ if organisation.is_none() => {
                problems.add("organisation", Message::new("account-role-where"));
                None
            }
            role => Some(Post { role, organisation }),
        }
    }
}

impl PersonForm {
    /// What the form says, every problem at once.
    ///
    /// # Errors
    /// [`kit::Fault::Invalid`].
    pub fn check(&self) -> Result<(PersonDraft, Post), kit::Fault> {
        let mut problems = Problems::default();
        let mut name = |field: &'static str, text: &str, needed: bool| {
            let mut check = Check { problems: &mut problems };
            let text = if needed { Some(check.required(field, text, 60)) } else { check.optional(field, text, 60) };
            let text = text.filter(|t| !t.is_empty())?;
            let read = intake::values::name::part(&text);
            if read.is_err() {
                problems.add(field, Message::new("account-bad-name"));
            }
            read.ok()
        };
        let last = name("last_name", &self.last_name, true).unwrap_or_default();
        let first = name("first_name", &self.first_name, true).unwrap_or_default();
        let patronymic = name("patronymic", &self.patronymic, false);
        let email = intake::values::contact::email(&self.email);
        if email.is_none() {
            problems.add("email", Message::new("account-bad-email"));
        }
        let post = RoleForm { role: self.role.clone(), organisation: self.organisation.clone() }.check(&mut problems);
        let draft = PersonDraft { name: PersonName { last, first, patronymic }, email, phone: None };
        match post {
            Some(post) => problems.into_result((draft, post)),
            None => Err(kit::Fault::Invalid(problems)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_of_a_school_needs_the_school() {
        let form = PersonForm {
            last_name: "Примерова".into(),
            first_name: "Алёна".into(),
            email: "a@example.invalid".into(),
            role: "deputy_head".into(),
            ..PersonForm::default()
        };
        let Err(kit::Fault::Invalid(problems)) = form.check() else { panic!("taken without a school") };
        assert!(problems.at("organisation").is_some());
        let organisation = uuid::Uuid::nil().to_string();
        let network = PersonForm { role: "department_specialist".into(), organisation, ..form.clone() };
        assert_eq!(network.check().unwrap().1, Post { role: Role::DepartmentSpecialist, organisation: None });
        assert!(PersonForm { role: "guest".into(), ..form }.check().is_err());
    }

    #[test]
    fn an_empty_form_names_what_is_missing() {
        let Err(kit::Fault::Invalid(problems)) = PersonForm::default().check() else { panic!("taken") };
        let fields: Vec<_> = problems.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["last_name", "first_name", "email", "role"]);
    }
}
