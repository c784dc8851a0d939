//! Who works where: posts of people in organisations. One person may have several, in several
//! organisations; what they offer to others is a resource, and their visits never overlap whichever
//! organisation offers them (`resources`).
mod api;
mod model;
mod store;
#[cfg(test)]
mod tests;
mod view;
mod web;

pub use model::{Category, Position, PositionDraft, PositionForm, PositionId, Who};
pub use store::{Colleague, places_of, working_in};

use crate::{
    organisations::{self, OrganisationId},
    people::{self, PersonDraft, PersonId, PersonName},
    shell::{Slice, tie},
};
use chrono::Datelike as _;
use kit::{
    Fault, Visit,
    access::Permission,
    audit::Entry,
    db::Tx,
    form::{Check, Problems},
    once::{Done, Once},
    routes::Routes,
    text::{Message, text_key},
};
use serde::{Deserialize, Serialize};

pub const VIEW: Permission = Permission("staff.view");
pub const EDIT: Permission = Permission("staff.edit");

/// The kind of record in audit.
pub const KIND: &str = "position";
/// A person's record as a member of staff, for what later slices show there.
pub const PERSON: &str = "staff";

/// The address of everything here.
pub const BASE: &str = "/staff";

/// A person's record.
pub fn url(person: PersonId) -> String {
    format!("{BASE}/{person}")
}

pub fn slice() -> Slice {
    let routes = Routes::default()
        .post("/staff", EDIT, web::create)
        .get("/staff/new", EDIT, web::new)
        .get("/staff/{id}", VIEW, web::show)
        .get("/staff/positions/{id}/edit", EDIT, web::edit)
        .post("/staff/positions/{id}", EDIT, web::update)
        .post("/staff/positions/{id}/end", EDIT, web::end)
        .get("/api/v1/staff-positions", VIEW, api::list)
        .post("/api/v1/staff-positions", EDIT, api::create)
        .patch("/api/v1/staff-positions/{id}", EDIT, api::update)
        .post("/api/v1/staff-positions/{id}/end", EDIT, api::end);
    let tab = tie::Tie {
        of: organisations::KIND,
        code: "staff",
        title: text_key("staff-tab"),
        rank: 10,
        may: |visit, id| visit.viewer.reach(VIEW).covers(Some(id)),
        show: |visit, id, asked| Box::pin(web::of_organisation(visit, OrganisationId(id), asked)),
    };
    Slice::new("staff", routes).tied(tab).described(api::document())
}

/// A person of the staff and every post of theirs, the latest first, if this viewer may see who works
/// where they do, or is the person.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown id and one out of reach.
pub async fn open_person(visit: &Visit, person: PersonId) -> Result<(PersonName, Vec<Position>), Fault> {
    let name = people::find_name(&visit.net, person).await?.ok_or(Fault::NotFound)?;
    let places = store::places_of(&visit.net, person).await?;
    let reach = visit.viewer.reach(VIEW);
    let is_seen = visit.viewer.person == Some(person.0) || places.iter().any(|(id,)| reach.covers(Some(id.0)));
    if is_seen && !places.is_empty() {
        Ok((name, store::of_person(&visit.net, person).await?))
    } else {
        Err(Fault::NotFound)
    }
}

/// A post, for who may edit it.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`].
pub async fn open_to_edit(visit: &Visit, id: PositionId) -> Result<Position, Fault> {
    let found = store::find(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    if !visit.viewer.reach(VIEW).covers(Some(found.organisation_id.0)) {
        return Err(Fault::NotFound);
    }
    visit.viewer.demand(EDIT, Some(found.organisation_id.0))?;
    Ok(found)
}

/// Gives a post to somebody who is known here, or to a new person.
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::NotFound`]; [`Fault::Invalid`], also at `person_id` when somebody of
/// this name works in the network already and it was not said who is meant.
pub async fn add(visit: &Visit, once: &Once, form: &PositionForm) -> Result<Done, Fault> {
    let draft = form.check()?;
    organisations::open(visit, draft.organisation_id).await?;
    visit.viewer.demand(EDIT, Some(draft.organisation_id.0))?;
    match &draft.who {
        Who::Known(person) => {
            let known = choices(visit, draft.organisation_id, None).await?;
            let namesakes = match form.name() {
                Some(name) => store::namesakes(&visit.net, &name).await?,
                None => Vec::new(),
            };
            if !known.iter().chain(&namesakes).any(|c| c.id == *person) {
                return Err(Fault::field("person_id", Message::new("form-choose")));
            }
        }
        Who::New(name) if !form.is_other() => {
            if let Some(known) = store::namesakes(&visit.net, name).await?.first() {
                let message = Message::new("staff-namesake").with("where", &known.place);
                return Err(Fault::field("person_id", message));
            }
        }
        Who::New(_) => {}
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        let (id, person) = insert(tx, visit, &draft).await?;
        crate::shell::drafts::drop(tx, visit.actor(), "position-new").await?;
        Ok(Done::created(url(person), serde_json::json!({ "id": id, "person_id": person })))
    })
    .await
}

/// Writes a post, and its person where they are new. For [`add`] and the demo.
///
/// # Errors
/// The database's.
pub async fn insert(tx: &mut Tx, visit: &Visit, draft: &PositionDraft) -> Result<(PositionId, PersonId), Fault> {
    let person = match &draft.who {
        Who::Known(person) => *person,
        Who::New(name) => people::add(tx, visit, &PersonDraft { name: name.clone(), email: None, phone: None }).await?,
    };
    let id = PositionId(visit.new_id());
    store::insert(tx, id, person, draft, visit.viewer.person, visit.now).await?;
    Entry::new("create", KIND, id).write(tx, visit).await?;
    Ok((id, person))
}

/// Changes a post; whose it is and where never changes.
///
/// # Errors
/// As [`open_to_edit`]; [`Fault::Invalid`]; [`Fault::Conflict`] `stale` naming whoever saved in between.
pub async fn change(visit: &Visit, once: &Once, id: PositionId, form: &PositionForm) -> Result<Done, Fault> {
    let before = open_to_edit(visit, id).await?;
    let form = PositionForm {
        organisation_id: before.organisation_id.to_string(),
        person_id: before.person_id.to_string(),
        ..form.clone()
    };
    let draft = form.check()?;
    let version = kit::form::version(&form.version, before.version)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::update(tx, id, version, &draft, visit.viewer.person, visit.now).await? {
            let now = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?;
            return Err(stale(visit, &now).await?);
        }
        Entry::new("update", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(before.person_id), serde_json::json!({ "id": id, "version": version + 1 })))
    })
    .await
}

async fn stale(visit: &Visit, now: &Position) -> Result<Fault, Fault> {
    let names = people::names(&visit.net, now.updated_by.as_slice()).await?;
    let who = now
        .updated_by
        .and_then(|id| names.get(&id).cloned())
        .unwrap_or_else(|| visit.lang.say("somebody").into_owned());
    let when = visit.lang.moment(now.updated_at, visit.today.year());
    Ok(Fault::conflict("stale", Message::new("form-stale").with("who", who).with("when", when)))
}

/// The last day of a post: what was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct EndForm {
    pub until: String,
}

/// The post ends; the record stays.
///
/// # Errors
/// As [`open_to_edit`]; [`Fault::Invalid`] for a day before the first; [`Fault::Conflict`] `state` when it
/// has ended already.
pub async fn end(visit: &Visit, once: &Once, id: PositionId, form: &EndForm) -> Result<Done, Fault> {
    let before = open_to_edit(visit, id).await?;
    let mut problems = Problems::default();
    let until = Check { problems: &mut problems }.date("until", &form.until).unwrap_or(visit.today);
    if until < before.from {
        problems.add("until", Message::new("form-not-before").with("date", before.from));
    }
    problems.into_result(())?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::end(tx, id, until, visit.viewer.person, visit.now).await? {
            return Err(Fault::conflict("state", Message::new("staff-ended-already")));
        }
        Entry::new("update", KIND, id).fields(&["until"]).write(tx, visit).await?;
        Ok(Done::changed(url(before.person_id), serde_json::json!({ "id": id, "until": until })))
    })
    .await
}

/// Whom one can choose for a post here: those who work or hold a role here, and with a name those
/// of the network who are called so.
///
/// # Errors
/// The database's.
pub async fn choices(
    visit: &Visit,
    organisation: OrganisationId,
    name: Option<&PersonName>,
) -> Result<Vec<Colleague>, Fault> {
    let mut all = store::known_in(&visit.net, organisation).await?;
    if let Some(name) = name {
        for found in store::namesakes(&visit.net, name).await? {
            if all.iter().all(|c| c.id != found.id) {
                all.push(found);
            }
        }
    }
    Ok(all)
}
