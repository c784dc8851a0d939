//! What is done to a child's record: adding, changing, another class, leaving, guardians.
use super::{
    EDIT, KIND,
    access::{to_change, within},
    duplicates,
    model::{Attachment, AttachmentKind, ClassName, Learner, LearnerDraft, LearnerForm, Relation},
    store::{self, places},
    url,
};
use crate::{
    organisations::{self, OrganisationId, OrganisationState},
    people::{self, PersonDraft, PersonId, PersonName},
    roles::Role,
    shell::drafts,
};
use chrono::NaiveDate;
use intake::values::{contact, name};
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    form::{Check, Problems},
    once::{Done, Once},
    text::Message,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Adds a child to an organisation.
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn add(visit: &Visit, once: &Once, form: &LearnerForm) -> Result<Done, Fault> {
    let area_code = organisations::local_area_code(&visit.directory, visit.net.id()).await?;
    let draft = form.check(&area_code, visit.today)?;
    visit.viewer.demand(EDIT, Some(draft.organisation.0))?;
    is_open(visit, draft.organisation).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = insert(tx, visit, &draft).await?;
        drafts::drop(tx, visit.actor(), "learner-new").await?;
        Ok(Done::created(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

async fn is_open(visit: &Visit, id: OrganisationId) -> Result<(), Fault> {
    let known = organisations::find(&visit.net, id).await?;
    let open = known.is_some_and(|o| matches!(o.state, OrganisationState::Active | OrganisationState::Suspended));
    open.then_some(()).ok_or_else(|| Fault::field("organisation", Message::new("form-choose")))
}

/// Writes a new child with the first attachment, and looks for doubles. For [`add`], the import and
/// the demo.
///
/// # Errors
/// The database's.
pub async fn insert(tx: &mut Tx, visit: &Visit, draft: &LearnerDraft) -> Result<PersonId, Fault> {
    let person = PersonDraft { name: draft.name.clone(), email: None, phone: None };
    let id = people::add(tx, visit, &person).await?;
    enter(tx, visit, id, draft).await?;
    Ok(id)
}

/// Makes a learner of a person who is there already, by this name.
///
/// # Errors
/// The database's.
pub async fn enter(tx: &mut Tx, visit: &Visit, id: PersonId, draft: &LearnerDraft) -> Result<(), Fault> {
    store::insert(tx, id, draft, visit.viewer.person, visit.now).await?;
    place(tx, visit, id, draft.organisation, draft.class.as_ref(), draft.from, draft.basis.as_deref()).await?;
    duplicates::suspect(tx, visit, id, draft).await?;
    Entry::new("create", KIND, id).write(tx, visit).await
}

/// Puts a child into a class of an organisation for basic study from a day on; what was open there
/// before ends the day before. On the day on which the open one began it is corrected instead.
///
/// # Errors
/// [`Fault::Invalid`] for a day before the open attachment began.
pub async fn place(
    tx: &mut Tx,
    visit: &Visit,
    learner: PersonId,
    organisation: OrganisationId,
    class: Option<&ClassName>,
    from: NaiveDate,
    basis: Option<&str>,
) -> Result<(), Fault> {
    let early = || Fault::field("from", Message::new("learner-from-too-early"));
    if let Some(open) = places::open_basic(tx, learner).await? {
        if open.from == from {
            places::correct(tx, open.id, organisation, class).await?;
            return places::refresh(tx, learner).await;
        }
        let last = from.pred_opt().ok_or_else(early)?;
        if !places::close(tx, open.id, last).await? {
            return Err(early());
        }
    }
    let new = places::Place { id: visit.new_id(), organisation, kind: AttachmentKind::Basic, class, from, basis };
    places::insert(tx, learner, &new, visit.viewer.person, visit.now).await?;
    places::refresh(tx, learner).await
}

/// Changes a child's record. Another class begins on the day that the form says, today unless said.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `stale`.
pub async fn change(visit: &Visit, once: &Once, id: PersonId, form: &LearnerForm) -> Result<Done, Fault> {
    let before = to_change(visit, id).await?;
    let name = people::find_name(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    let mut form = form.clone();
    form.organisation = before.organisation.to_string();
    let area_code = organisations::local_area_code(&visit.directory, visit.net.id()).await?;
    let draft = form.check(&area_code, visit.today)?;
    let version = form.version.parse().unwrap_or(before.version);
    once.run(&visit.net, async |tx: &mut Tx| {
        if !write(tx, visit, &before, &name, &draft, version).await? {
            return Err(stale(visit, id).await?);
        }
        drafts::drop(tx, visit.actor(), &format!("learner-{id}")).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "version": version + 1 })))
    })
    .await
}

/// Writes what a draft says over a record, with its audit line. False when the version moved on.
pub(super) async fn write(
    tx: &mut Tx,
    visit: &Visit,
    before: &Learner,
    name: &PersonName,
    draft: &LearnerDraft,
    version: i64,
) -> Result<bool, Fault> {
    let id = before.id;
    if !store::update(tx, id, version, draft, visit.viewer.person, visit.now).await? {
        return Ok(false);
    }
    let fields = changed(before, name, draft);
    if *name != draft.name {
        people::put_name(tx, id, &draft.name, visit.now).await?;
    }
    if fields.contains(&"class") {
        let (class, basis) = (draft.class.as_ref(), draft.basis.as_deref());
        place(tx, visit, id, draft.organisation, class, draft.from, basis).await?;
    }
    if ["name", "birth_date", "snils"].iter().any(|field| fields.contains(field)) {
        duplicates::suspect(tx, visit, id, draft).await?;
    }
    Entry::new("update", KIND, id).fields(&fields).write(tx, visit).await?;
    Ok(true)
}

/// The names of the fields in which they differ.
fn changed(l: &Learner, name: &PersonName, d: &LearnerDraft) -> Vec<&'static str> {
    let class = d.class.as_ref().map(|c| c.name.as_str());
    let pairs = [
        ("name", *name != d.name),
        ("birth_date", l.birth_date != d.birth_date),
        ("sex", l.sex != d.sex),
        ("snils", l.snils != d.snils),
        ("guardian_phone", l.guardian_phone != d.guardian_phone),
        ("class", l.class_name.as_deref() != class || !l.enrolled),
    ];
    pairs.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

/// Whose change stands there now.
async fn stale(visit: &Visit, id: PersonId) -> Result<Fault, Fault> {
    let now = within(visit, id).await?;
    let names = people::names(&visit.net, now.updated_by.as_slice()).await?;
    let who = now
        .updated_by
        .and_then(|id| names.get(&id).cloned())
        .unwrap_or_else(|| visit.lang.say("somebody").into_owned());
    let when = visit.lang.moment(now.updated_at, chrono::Datelike::year(&visit.today));
    Ok(Fault::conflict("stale", Message::new("form-stale").with("who", who).with("when", when)))
}

/// What the form of leaving says.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct LeavingForm {
    /// The last day.
    pub on: String,
}

/// Ends a child's basic study. The record and its history stay.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] when the child
/// has left already.
pub async fn leave(visit: &Visit, once: &Once, id: PersonId, form: &LeavingForm) -> Result<Done, Fault> {
    to_change(visit, id).await?;
    let mut problems = Problems::default();
    let mut check = Check { problems: &mut problems };
    check.required("on", &form.on, 20);
    let on = check.date("on", &form.on).unwrap_or(visit.today);
    if on > visit.today {
        problems.add("on", Message::new("form-not-after").with("date", kit::Lang::Ru.date(visit.today)));
    }
    problems.into_result(())?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let gone = || Fault::conflict("left", Message::new("learner-has-left"));
        let open: Attachment = places::open_basic(tx, id).await?.ok_or_else(gone)?;
        if !places::close(tx, open.id, on).await? {
            return Err(Fault::field("on", Message::new("learner-from-too-early")));
        }
        places::refresh(tx, id).await?;
        store::touch(tx, id, visit.viewer.person, visit.now).await?;
        Entry::new("leave", KIND, id).fields(&["class"]).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// Ends the open basic study of a child with this day as its last, where there is one. For the demo.
///
/// # Errors
/// The database's.
pub async fn end_study(tx: &mut Tx, id: PersonId, on: NaiveDate) -> Result<(), Fault> {
    if let Some(open) = places::open_basic(tx, id).await? {
        places::close(tx, open.id, on).await?;
        places::refresh(tx, id).await?;
    }
    Ok(())
}

/// Lets a learner come in: gives the role, so that the administrator opens an account. Given once.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] when the learner has the role.
pub async fn let_in(visit: &Visit, once: &Once, id: PersonId) -> Result<Done, Fault> {
    let learner = to_change(visit, id).await?;
    let has_role = has_role(visit, id).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if has_role {
            return Err(Fault::conflict("role", Message::new("learner-has-role")));
        }
        people::grant(tx, visit, id, Role::Learner, Some(learner.organisation.0)).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// Whether a learner was let in already.
///
/// # Errors
/// The database's.
pub async fn has_role(visit: &Visit, id: PersonId) -> Result<bool, Fault> {
    let posts = store::audit::posts(&visit.net, &[id.0], visit.today).await?;
    Ok(posts.iter().any(|(_, role, _)| role == Role::Learner.code()))
}

/// What the form of a guardian says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct GuardianForm {
    pub last_name: String,
    pub first_name: String,
    pub patronymic: String,
    pub relation: String,
    pub phone: String,
    pub email: String,
}

/// Names a guardian of a child: somebody who is one already, else a new person, to whom the administrator
/// may give a sign-in.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn add_guardian(visit: &Visit, once: &Once, id: PersonId, form: &GuardianForm) -> Result<Done, Fault> {
    let learner = to_change(visit, id).await?;
    let area_code = organisations::local_area_code(&visit.directory, visit.net.id()).await?;
    let (draft, relation) = form.check(&area_code)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let (email, phone) = (draft.email.as_deref(), draft.phone.as_deref());
        let person = match store::known_guardian(tx, &draft.name.full(), email, phone).await? {
            Some(known) => known,
            None => people::add(tx, visit, &draft).await?,
        };
        if !store::is_guardian_in(tx, person, learner.organisation).await? {
            people::grant(tx, visit, person, Role::Guardian, Some(learner.organisation.0)).await?;
        }
        name_guardian(tx, visit, id, person, relation).await?;
        Ok(Done::created(url(id), serde_json::json!({ "id": id, "guardian": person })))
    })
    .await
}

/// Ties a person to a child as guardian. For [`add_guardian`] and the demo.
///
/// # Errors
/// The database's.
pub async fn name_guardian(
    tx: &mut Tx,
    visit: &Visit,
    learner: PersonId,
    person: PersonId,
    relation: Relation,
) -> Result<(), Fault> {
    store::put_guardian(tx, learner, person, relation, None).await?;
    store::touch(tx, learner, visit.viewer.person, visit.now).await?;
    Entry::new("update", KIND, learner).fields(&["guardian"]).write(tx, visit).await
}

/// Ends a guardian's right from today on.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`].
pub async fn end_guardian(visit: &Visit, once: &Once, id: PersonId, person: &str) -> Result<Done, Fault> {
    to_change(visit, id).await?;
    let person: PersonId = person.parse().map_err(|_| Fault::field("person", Message::new("form-choose")))?;
    let yesterday = visit.today.pred_opt().unwrap_or(visit.today);
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::end_guardian(tx, id, person, yesterday).await? {
            return Err(Fault::field("person", Message::new("form-choose")));
        }
        store::touch(tx, id, visit.viewer.person, visit.now).await?;
        Entry::new("update", KIND, id).fields(&["guardian"]).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// Says who leads a class from today on; the class teacher sees its children.
///
/// # Errors
/// The database's.
pub async fn lead_class(
    tx: &mut Tx,
    visit: &Visit,
    organisation: OrganisationId,
    class: &str,
    person: PersonId,
) -> Result<Uuid, Fault> {
    let id = visit.new_id();
    store::put_lead(tx, id, organisation, class, person, visit.today).await?;
    Entry::new("lead", "class_lead", id).write(tx, visit).await?;
    Ok(id)
}

impl GuardianForm {
    fn check(&self, area_code: &str) -> Result<(PersonDraft, Relation), Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let last = check.required("last_name", &self.last_name, 80);
        let first = check.required("first_name", &self.first_name, 80);
        let patronymic = check.optional("patronymic", &self.patronymic, 80);
        let phone = check.optional("phone", &self.phone, 60);
        let email = check.optional("email", &self.email, 200);
        for (field, text) in [("last_name", &last), ("first_name", &first)] {
            if !text.is_empty() && name::part(text).is_err() {
                problems.add(field, Message::new("account-bad-name"));
            }
        }
        if patronymic.as_deref().is_some_and(|text| name::part(text).is_err()) {
            problems.add("patronymic", Message::new("account-bad-name"));
        }
        let clean = |text: String| name::part(&text).unwrap_or(text);
        let relation = self.relation.parse().ok();
        if relation.is_none() {
            problems.add("relation", Message::new("form-choose"));
        }
        let phones = phone.map(|text| contact::phones(&text, Some(area_code))).unwrap_or_default();
        if phones.has_bad {
            problems.add("phone", Message::new("organisation-bad-phone"));
        }
        let address = email.as_deref().map(contact::email);
        if address == Some(None) {
            problems.add("email", Message::new("organisation-bad-email"));
        }
        let draft = PersonDraft {
            name: PersonName { last: clean(last), first: clean(first), patronymic: patronymic.map(clean) },
            email: address.flatten(),
            phone: phones.good.into_iter().next(),
        };
        problems.into_result((draft, relation.unwrap_or(Relation::Other)))
    }
}
