//! Who is given charge of children: class teachers of their classes, psychologists and pedagogues of
//! single children.
mod view;
pub mod web;

use super::{
    EDIT, KIND,
    access::{self, editable, to_change},
    model::Learner,
    store::{
        self,
        charges::{self as sql, Charge, Lead},
        scope::NewGround,
    },
    url,
};
use crate::{
    organisations::{self, OrganisationId},
    people::PersonId,
    roles::Role,
};
use kit::{
    Fault, Visit,
    access::Reach,
    audit::Entry,
    db::Tx,
    form::{Check, Problems},
    once::{Done, Once},
    text::Message,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The page of class teachers.
pub const LEADS: &str = "/learners/class-leads";

/// An organisation with its classes and those who lead them.
pub struct School {
    pub id: OrganisationId,
    pub name: String,
    pub classes: Vec<(String, i64)>,
    pub leads: Vec<Lead>,
    /// Who may be appointed: the class teachers of the organisation.
    pub people: Vec<(PersonId, String)>,
}

/// The organisations in which the viewer appoints, with what stands there.
///
/// # Errors
/// The database's.
pub async fn schools(visit: &Visit) -> Result<Vec<School>, Fault> {
    let own = match visit.viewer.reach(EDIT) {
        Reach::Organisations(own) => own,
        Reach::Nowhere | Reach::Network => Vec::new(),
    };
    let scope = super::Scope::of(visit).await?;
    let mut all = Vec::new();
    for o in organisations::listed(&visit.net, &own).await? {
        all.push(School {
            id: o.id,
            name: o.short_name,
            classes: store::classes(&visit.net, &scope, Some(o.id)).await?,
            leads: sql::leads(&visit.net, o.id, visit.today).await?,
            people: sql::holders(&visit.net, o.id, &[Role::ClassTeacher.code()], visit.today).await?,
        });
    }
    Ok(all)
}

/// Who is to lead which class.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct LeadForm {
    pub organisation: String,
    pub class: String,
    pub person: String,
}

/// Appoints a class teacher from today on; who led the class before does so no more.
///
/// # Errors
/// [`Fault::Invalid`], [`Fault::Forbidden`].
pub async fn appoint(visit: &Visit, once: &Once, form: &LeadForm) -> Result<Done, Fault> {
    let mut problems = Problems::default();
    let mut check = Check { problems: &mut problems };
    let class = check.required("class", &form.class, 60);
    let organisation = form.organisation.parse::<OrganisationId>().ok();
    let person = form.person.parse::<PersonId>().ok();
    for (field, is_there) in [("organisation", organisation.is_some()), ("person", person.is_some())] {
        if !is_there {
            problems.add(field, Message::new("form-choose"));
        }
    }
    problems.into_result(())?;
    let (Some(organisation), Some(person)) = (organisation, person) else { return Err(Fault::NotFound) };
    visit.viewer.demand(EDIT, Some(organisation.0))?;
    let people = sql::holders(&visit.net, organisation, &[Role::ClassTeacher.code()], visit.today).await?;
    if !people.iter().any(|(id, _)| *id == person) {
        return Err(Fault::field("person", Message::new("form-choose")));
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        sql::end_leads_of(tx, organisation, &class, visit.today).await?;
        let id = super::lead_class(tx, visit, organisation, &class, person).await?;
        Ok(Done::changed(LEADS.into(), serde_json::json!({ "id": id })))
    })
    .await
}

/// Ends the lead of a class: from today on its children are not seen any more.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn dismiss(visit: &Visit, once: &Once, id: Uuid) -> Result<Done, Fault> {
    let own = match editable(visit).await? {
        Reach::Organisations(own) => own,
        Reach::Nowhere | Reach::Network => Vec::new(),
    };
    once.run(&visit.net, async |tx: &mut Tx| {
        if !sql::end_lead(tx, id, &own, visit.today).await? {
            return Err(Fault::NotFound);
        }
        Entry::new("unlead", "class_lead", id).write(tx, visit).await?;
        Ok(Done::changed(LEADS.into(), serde_json::json!({ "id": id })))
    })
    .await
}

/// Whose charge a child is in, and whose it could be.
pub struct OfChild {
    pub learner: Learner,
    pub charges: Vec<Charge>,
    pub people: Vec<(PersonId, String)>,
}

/// Who may be given charge of single children.
const SPECIALISTS: &[&str] = &[Role::Psychologist.code(), Role::Pedagogue.code()];

/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`].
pub async fn of_child(visit: &Visit, id: PersonId) -> Result<OfChild, Fault> {
    let learner = to_change(visit, id).await?;
    access::note_read(visit, super::How::Record, &[id]).await?;
    Ok(OfChild {
        charges: sql::charges(&visit.net, id, visit.today).await?,
        people: sql::holders(&visit.net, learner.organisation, SPECIALISTS, visit.today).await?,
        learner,
    })
}

/// Whom a child is given into charge, and until when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct ChargeForm {
    pub person: String,
    pub until: String,
}

/// Gives a child into the charge of a psychologist or a pedagogue of its school.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn charge(visit: &Visit, once: &Once, id: PersonId, form: &ChargeForm) -> Result<Done, Fault> {
    let learner = to_change(visit, id).await?;
    let people = sql::holders(&visit.net, learner.organisation, SPECIALISTS, visit.today).await?;
    let mut problems = Problems::default();
    let until = Check { problems: &mut problems }.date("until", &form.until);
    if until.is_some_and(|day| day < visit.today) {
        problems.add("until", Message::new("charge-until-past"));
    }
    let person = form.person.parse::<PersonId>().ok().filter(|id| people.iter().any(|(known, _)| known == id));
    if person.is_none() {
        problems.add("person", Message::new("form-choose"));
    }
    problems.into_result(())?;
    let Some(person) = person else { return Err(Fault::NotFound) };
    once.run(&visit.net, async |tx: &mut Tx| {
        let ground = NewGround {
            id: visit.new_id(),
            learner: id,
            kind: super::GroundKind::Assignment,
            whom: super::Whom::Person(person.0),
            source: person.0,
            consent: None,
            from: visit.today,
            until,
        };
        // Given anew, the older word ends.
        sql::end_charges_of(tx, id, person, visit.today).await?;
        access::open_to(tx, visit, &ground).await?;
        Ok(Done::changed(format!("{}/charges", url(id)), serde_json::json!({ "id": ground.id })))
    })
    .await
}

/// Which charge is to end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct EndForm {
    pub charge: String,
}

/// Ends a charge: from today on the child is not seen any more.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn discharge(visit: &Visit, once: &Once, id: PersonId, form: &EndForm) -> Result<Done, Fault> {
    to_change(visit, id).await?;
    let charge: Uuid = form.charge.parse().map_err(|_| Fault::field("charge", Message::new("form-choose")))?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !sql::end_charge(tx, id, charge, visit.today).await? {
            return Err(Fault::field("charge", Message::new("form-choose")));
        }
        Entry::new("shut-out", KIND, id).fields(&["assignment"]).write(tx, visit).await?;
        Ok(Done::changed(format!("{}/charges", url(id)), serde_json::json!({ "id": id })))
    })
    .await
}
