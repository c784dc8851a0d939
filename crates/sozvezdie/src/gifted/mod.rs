//! The register of gifted children and the way into it: nomination, what those who teach the child
//! say, diagnostics, application and petition, the commission, the order, support, leaving.
//!
//! The register stands on the membership of the Centre: an order enters a child in both. There is no
//! score of a child anywhere, and raw results of a diagnostics are the psychologist's alone.
mod api;
mod documents;
mod model;
mod sitting;
mod store;
mod subject;
#[cfg(test)]
mod tests;
mod view;
mod web;

pub use model::{
    ApplyForm, AskForm, Basis, ConclusionForm, DiagnosticsForm, GiftKind, NewSitting, OrderForm, Profile, ProfileId,
    Proposal, ProposeForm, SayForm, SittingForm, SittingId, State,
};
pub use sitting::{hold, hold_in, order, order_in};
pub use store::{Filter, asked_of};

use crate::{
    centre::{self, LeaveForm},
    consents::{self, Purpose},
    learners::{self, GroundKind, How, NewGround, Scope, Whom},
    organisations::OrganisationId,
    people::PersonId,
    shell::Slice,
};
use kit::{
    Fault, Visit,
    access::Permission,
    audit::Entry,
    db::Tx,
    once::{Done, Once},
    routes::Routes,
    text::Message,
};
use model::Contribution;
use uuid::Uuid;

/// Opens the register; whose lines one sees there is said by `learners::Scope`.
pub const SEE: Permission = Permission("gifted.see");
pub const PROPOSE: Permission = Permission("gifted.propose");
/// The school's side: whom to ask, who diagnoses, application and petition.
pub const LEAD: Permission = Permission("gifted.lead");
/// Diagnostics with its raw results: the psychologist's own.
pub const DIAGNOSE: Permission = Permission("gifted.diagnose");
/// The commission, the order, support and leaving.
pub const DECIDE: Permission = Permission("gifted.decide");
/// Taking a nomination back, or a child out of the register.
pub const END: Permission = Permission("gifted.end");
/// Saying one's word where one was asked.
pub const SAY: Permission = Permission("gifted.say");

/// The kinds of record in audit.
pub const KIND: &str = "gifted_profile";
pub const SITTING: &str = "gifted_sitting";

/// The register's address.
pub const LIST: &str = "/centre/register";
/// Where one says one's word.
pub const ASKED: &str = "/centre/asked";
pub const SITTINGS: &str = "/centre/sittings";

/// Lines that the register shows at once.
const MOST: i64 = 500;

pub fn url(id: ProfileId) -> String {
    format!("{LIST}/{id}")
}

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/centre/register", SEE, web::list)
        .post("/centre/register", PROPOSE, web::propose)
        .get("/centre/register/new", PROPOSE, web::new)
        .get("/centre/register/{id}", SEE, web::show)
        .post("/centre/register/{id}/asking", LEAD, web::ask)
        .post("/centre/register/{id}/psychologist", LEAD, web::charge)
        .post("/centre/register/{id}/application", LEAD, web::apply)
        .post("/centre/register/{id}/diagnostics", DIAGNOSE, web::diagnose)
        .post("/centre/register/{id}/conclusion", DIAGNOSE, web::conclude)
        .post("/centre/register/{id}/support", DECIDE, web::support)
        .post("/centre/register/{id}/leaving", END, web::leave)
        .get("/centre/register/{id}/{paper}/{format}", SEE, web::paper)
        .get("/centre/asked", SAY, web::asked)
        .post("/centre/asked/{id}", SAY, web::say)
        .get("/centre/sittings", DECIDE, web::sittings)
        .post("/centre/sittings", DECIDE, web::hold)
        .get("/centre/sittings/new", DECIDE, web::new_sitting)
        .get("/centre/sittings/{id}", DECIDE, web::sitting)
        .post("/centre/sittings/{id}/order", DECIDE, web::order)
        .get("/centre/sittings/{id}/{paper}/{format}", DECIDE, web::sitting_paper)
        .get("/api/v1/gifted-profiles", SEE, api::list)
        .post("/api/v1/gifted-profiles", PROPOSE, api::propose)
        .get("/api/v1/gifted-profiles/{id}", SEE, api::show)
        .post("/api/v1/gifted-profiles/{id}/application", LEAD, api::apply)
        .post("/api/v1/gifted-profiles/{id}/conclusion", DIAGNOSE, api::conclude)
        .post("/api/v1/gifted-profiles/{id}/leaving", END, api::leave);
    Slice::new("gifted", routes).described(api::document()).keeping(subject::OF_LEARNER)
}

/// Whose ways the viewer sees: an organisation that merely receives a child knows nothing of its gift.
async fn scope(visit: &Visit) -> Result<Scope, Fault> {
    Ok(Scope::of(visit).await?.without_received())
}

/// One child's way, if the viewer may see the child. It leaves no trace: whoever shows it calls
/// `learners::note_read`.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown id and one out of reach.
pub async fn within(visit: &Visit, id: ProfileId) -> Result<Profile, Fault> {
    store::find(&visit.net, &scope(visit).await?, id).await?.ok_or(Fault::NotFound)
}

/// The ways of the children whom the viewer may see; the look is noted.
///
/// # Errors
/// The database's; [`Fault::Unavailable`].
pub async fn list(visit: &Visit, filter: &Filter) -> Result<Vec<Profile>, Fault> {
    let found = store::list(&visit.net, &scope(visit).await?, filter, MOST).await?;
    let children: Vec<PersonId> = found.iter().map(|p| p.learner).collect();
    learners::note_read(visit, How::Elsewhere, &children).await?;
    Ok(found)
}

/// How many the viewer would see; nothing of a child is shown.
///
/// # Errors
/// The database's.
pub async fn count(visit: &Visit, filter: &Filter) -> Result<i64, Fault> {
    if !visit.viewer.may(SEE) {
        return Ok(0);
    }
    let found = store::list(&visit.net, &scope(visit).await?, filter, MOST).await?;
    Ok(i64::try_from(found.len()).unwrap_or(i64::MAX))
}

/// Sittings of the viewer's Centre whose order was not written yet.
///
/// # Errors
/// The database's.
pub async fn without_order(visit: &Visit) -> Result<i64, Fault> {
    let found = store::sittings(&visit.net, &visit.viewer.reach(DECIDE)).await?;
    Ok(i64::try_from(found.iter().filter(|s| s.order_on.is_none()).count()).unwrap_or(i64::MAX))
}

/// Whether the viewer acts for the school of the child.
pub fn leads(visit: &Visit, p: &Profile) -> bool {
    visit.viewer.reach(LEAD).covers(Some(p.organisation.0))
}

/// Whether the viewer decides for the Centre.
pub fn decides(visit: &Visit, p: &Profile) -> bool {
    visit.viewer.reach(DECIDE).covers(Some(p.centre_organisation.0))
}

/// Whether the viewer diagnoses this child, and so sees raw results: a psychologist of the child's
/// school or of the Centre who was given charge of the child.
pub fn diagnoses(visit: &Visit, p: &Profile) -> bool {
    let reach = visit.viewer.reach(DIAGNOSE);
    reach.covers(Some(p.organisation.0)) || reach.covers(Some(p.centre_organisation.0))
}

/// Nominates a child for whom the viewer answers, and asks the class teacher for their word.
///
/// # Errors
/// [`Fault::Invalid`]; [`Fault::Conflict`] `proposed` when the child is on the way already.
pub async fn propose(visit: &Visit, once: &Once, form: &ProposeForm) -> Result<Done, Fault> {
    let new = form.check()?;
    if !learners::sees_whole(visit, new.learner).await? {
        return Err(Fault::field("learner", Message::new("centre-choose-learner")));
    }
    let centre = centre::open(visit).await?;
    let school = learners::open(visit, new.learner, How::Elsewhere).await?.organisation;
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = insert(tx, visit, centre.id, school, &new).await?;
        Ok(Done::created(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// Writes a nomination. For [`propose`] and the demo.
///
/// # Errors
/// [`Fault::Conflict`] `proposed`.
pub async fn insert(
    tx: &mut Tx,
    visit: &Visit,
    centre: centre::CentreId,
    school: OrganisationId,
    new: &model::Proposal,
) -> Result<ProfileId, Fault> {
    let id = ProfileId(visit.new_id());
    if !store::insert(tx, visit, id, centre, school, new).await? {
        return Err(Fault::conflict("proposed", Message::new("gifted-proposed-already")));
    }
    for teacher in store::class_teachers(tx, new.learner, visit.today).await? {
        if teacher.0 != visit.actor() {
            store::ask(tx, visit, id, teacher).await?;
        }
    }
    Entry::new("propose", KIND, id).fields(&[new.basis.code()]).subjects(vec![new.learner.0]).write(tx, visit).await?;
    Ok(id)
}

async fn to_lead(visit: &Visit, id: ProfileId) -> Result<Profile, Fault> {
    let p = within(visit, id).await?;
    visit.viewer.demand(LEAD, Some(p.organisation.0))?;
    Ok(p)
}

/// Asks people of the school who teach the child for their word.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn ask(visit: &Visit, once: &Once, id: ProfileId, form: &AskForm) -> Result<Done, Fault> {
    let p = to_lead(visit, id).await?;
    let known = may_be_asked(visit, &p).await?;
    let asked: Vec<PersonId> = form.people.iter().filter_map(|id| id.parse().ok()).collect();
    if asked.is_empty() || asked.iter().any(|id| known.iter().all(|(k, _)| k != id)) {
        return Err(Fault::field("people", Message::new("gifted-choose-people")));
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        for person in &asked {
            store::ask(tx, visit, id, *person).await?;
        }
        Entry::new("ask", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// Teachers of the child's school, by name.
///
/// # Errors
/// The database's.
pub async fn may_be_asked(visit: &Visit, p: &Profile) -> Result<Vec<(PersonId, String)>, Fault> {
    store::staff(&visit.net, p.organisation, &["class_teacher", "pedagogue"], visit.today).await
}

/// Psychologists of the child's school and of the Centre, by name.
///
/// # Errors
/// The database's.
pub async fn may_diagnose(visit: &Visit, p: &Profile) -> Result<Vec<(PersonId, String)>, Fault> {
    let mut all = store::staff(&visit.net, p.organisation, &["psychologist"], visit.today).await?;
    if p.centre_organisation != p.organisation {
        all.extend(store::staff(&visit.net, p.centre_organisation, &["psychologist"], visit.today).await?);
    }
    Ok(all)
}

/// Gives a psychologist charge of the child, until the way ends.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `consent`, `state` when
/// the way is over.
pub async fn charge(visit: &Visit, once: &Once, id: ProfileId, person: &str) -> Result<Done, Fault> {
    let p = to_lead(visit, id).await?;
    let known = may_diagnose(visit, &p).await?;
    let person = person.parse::<PersonId>().ok().filter(|id| known.iter().any(|(k, _)| k == id));
    let person = person.ok_or_else(|| Fault::field("person", Message::new("form-choose")))?;
    once.run(&visit.net, async |tx: &mut Tx| {
        charge_in(tx, visit, id, p.learner, person).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

async fn charge_in(
    tx: &mut Tx,
    visit: &Visit,
    id: ProfileId,
    learner: PersonId,
    person: PersonId,
) -> Result<(), Fault> {
    if !store::take(tx, id).await? {
        return Err(moved_on());
    }
    let consent = diagnostics_consent(tx, visit, learner).await?;
    if store::is_charged(tx, id, person, visit.today).await? {
        return Ok(());
    }
    let ground = NewGround {
        id: visit.new_id(),
        learner,
        kind: GroundKind::Assignment,
        whom: Whom::Person(person.0),
        source: id.0,
        // Withdrawn, it closes the record to the psychologist at once.
        consent: Some(consent),
        from: visit.today,
        until: None,
    };
    learners::open_to(tx, visit, &ground).await?;
    Entry::new("charge", KIND, id).write(tx, visit).await
}

/// Which of the consents that the way needs are there: to diagnostics, and of another organisation's
/// child to the transfer.
///
/// # Errors
/// The database's.
pub async fn consents_needed(visit: &Visit, p: &Profile) -> Result<Vec<(Purpose, bool)>, Fault> {
    let given = consents::of_learner(&visit.net, p.learner).await?;
    let reaches = |c: &consents::Consent| c.recipient.is_none_or(|to| to == p.centre_organisation);
    let is_there = |purpose: Purpose| {
        given
            .iter()
            .any(|c| c.purpose == purpose && c.holds(visit.today) && (purpose != Purpose::Transfer || reaches(c)))
    };
    let mut needed = vec![(Purpose::Diagnostics, is_there(Purpose::Diagnostics))];
    if p.organisation != p.centre_organisation {
        needed.push((Purpose::Transfer, is_there(Purpose::Transfer)));
    }
    Ok(needed)
}

async fn diagnostics_consent(tx: &mut Tx, visit: &Visit, learner: PersonId) -> Result<Uuid, Fault> {
    consents::granted(tx, learner, Purpose::Diagnostics, None, visit.today)
        .await?
        .ok_or_else(|| Fault::conflict("consent", Message::new("gifted-no-diagnostics-consent")))
}

/// Says one's word of a child where one was asked.
///
/// # Errors
/// [`Fault::NotFound`] when nobody asked, or the commission has met; [`Fault::Invalid`].
pub async fn say(visit: &Visit, once: &Once, id: Uuid, form: &SayForm) -> Result<Done, Fault> {
    let asked = asked_of(&visit.net, visit.actor()).await?;
    let asked: &Contribution = asked.iter().find(|c| c.id == id).ok_or(Fault::NotFound)?;
    let (subject, said) = form.check()?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::say(tx, visit, id, subject.as_deref(), &said).await? {
            return Err(Fault::NotFound);
        }
        Entry::new("say", KIND, asked.profile).write(tx, visit).await?;
        Ok(Done::changed(ASKED.into(), serde_json::json!({ "id": id })))
    })
    .await
}

async fn to_diagnose(visit: &Visit, id: ProfileId) -> Result<Profile, Fault> {
    let p = within(visit, id).await?;
    if !diagnoses(visit, &p) {
        return Err(Fault::NotFound);
    }
    Ok(p)
}

/// Keeps raw results of a diagnostics, where the family consented.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Invalid`]; [`Fault::Conflict`] `consent`.
pub async fn diagnose(visit: &Visit, once: &Once, id: ProfileId, form: &DiagnosticsForm) -> Result<Done, Fault> {
    let p = to_diagnose(visit, id).await?;
    let (method, on, raw) = form.check(visit.today)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let consent = diagnostics_consent(tx, visit, p.learner).await?;
        store::add_diagnostics(tx, visit, id, (&method, on, &raw), consent).await?;
        Entry::new("diagnose", KIND, id).subjects(vec![p.learner.0]).write(tx, visit).await?;
        Ok(Done::created(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// Writes the conclusion of a diagnostics, for all who accompany the child.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Invalid`]; [`Fault::Conflict`] `consent`, `state`.
pub async fn conclude(visit: &Visit, once: &Once, id: ProfileId, form: &ConclusionForm) -> Result<Done, Fault> {
    let p = to_diagnose(visit, id).await?;
    let said = form.check()?;
    once.run(&visit.net, async |tx: &mut Tx| {
        diagnostics_consent(tx, visit, p.learner).await?;
        if !store::conclude(tx, visit, id, &said).await? {
            return Err(moved_on());
        }
        Entry::new("conclude", KIND, id).subjects(vec![p.learner.0]).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "state": State::Diagnosed })))
    })
    .await
}

/// The child no longer stands where the deed begins.
pub fn moved_on() -> Fault {
    Fault::conflict("state", Message::new("gifted-moved-on"))
}

/// Notes that the family applied and the school petitioned: now the Centre sees the child. Of
/// another organisation's child only with the consent to the transfer.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `consent`, `state`.
pub async fn apply(visit: &Visit, once: &Once, id: ProfileId, form: &ApplyForm) -> Result<Done, Fault> {
    let p = to_lead(visit, id).await?;
    let new = form.check(visit.today)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        apply_in(tx, visit, &p, &new).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

async fn apply_in(tx: &mut Tx, visit: &Visit, p: &Profile, new: &model::Application) -> Result<(), Fault> {
    if !store::take(tx, p.id).await? {
        return Err(moved_on());
    }
    // Somebody else may have noted it meanwhile.
    let now = store::find_in(tx, p.id).await?.ok_or(Fault::NotFound)?;
    open_to_centre(tx, visit, &now).await?;
    if !store::apply(tx, visit, p.id, new).await? {
        return Err(moved_on());
    }
    Entry::new("apply", KIND, p.id).subjects(vec![p.learner.0]).write(tx, visit).await
}

/// Notes the papers of a child as signed today. For the demo.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] `consent`, `state`.
pub async fn note_application(tx: &mut Tx, visit: &Visit, id: ProfileId, applicant: &str) -> Result<(), Fault> {
    let p = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?;
    let new = model::Application {
        applicant: applicant.to_owned(),
        applied_on: visit.today,
        petition_number: None,
        petition_on: visit.today,
    };
    apply_in(tx, visit, &p, &new).await
}

/// Gives a psychologist charge of a child. For the demo.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] `consent`, `state`.
pub async fn give_charge(tx: &mut Tx, visit: &Visit, id: ProfileId, person: PersonId) -> Result<(), Fault> {
    let p = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?;
    charge_in(tx, visit, id, p.learner, person).await
}

async fn open_to_centre(tx: &mut Tx, visit: &Visit, p: &Profile) -> Result<(), Fault> {
    let consent = if p.organisation == p.centre_organisation {
        None
    } else {
        let to = Some(p.centre_organisation);
        let given = consents::granted(tx, p.learner, Purpose::Transfer, to, visit.today).await?;
        Some(given.ok_or_else(|| Fault::conflict("consent", Message::new("gifted-no-transfer-consent")))?)
    };
    if p.applied_on.is_some() {
        // Noted before: it is open already.
        return Ok(());
    }
    let ground = NewGround {
        id: visit.new_id(),
        learner: p.learner,
        kind: GroundKind::Membership,
        whom: Whom::Organisation(p.centre_organisation.0),
        source: p.id.0,
        consent,
        from: visit.today,
        until: None,
    };
    learners::open_to(tx, visit, &ground).await
}

/// Notes that support of a child in the register has begun.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `state`.
pub async fn support(visit: &Visit, once: &Once, id: ProfileId) -> Result<Done, Fault> {
    let p = within(visit, id).await?;
    visit.viewer.demand(DECIDE, Some(p.centre_organisation.0))?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::step(tx, visit, id, State::Registered, State::Supported).await? {
            return Err(moved_on());
        }
        Entry::new("support", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "state": State::Supported })))
    })
    .await
}

/// Ends the way with a neutral reason. Out of the register the child goes by the Centre alone, and
/// the membership ends with it; before that the school may take its nomination back.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state`.
pub async fn leave(visit: &Visit, once: &Once, id: ProfileId, form: &LeaveForm) -> Result<Done, Fault> {
    let p = within(visit, id).await?;
    if !decides(visit, &p) && (p.state.is_in_register() || !leads(visit, &p)) {
        return Err(Fault::Forbidden(if p.state.is_in_register() { DECIDE } else { LEAD }));
    }
    let (on, reason) = form.check(visit.today)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::leave(tx, visit, id, on, reason).await? {
            return Err(moved_on());
        }
        learners::close_source(tx, id.0, visit.today).await?;
        if p.state.is_in_register() {
            centre::end_of(tx, visit, p.learner, on, reason).await?;
        }
        Entry::new("leave", KIND, id).fields(&[reason.code()]).subjects(vec![p.learner.0]).write(tx, visit).await?;
        Ok(Done::changed(LIST.into(), serde_json::json!({ "id": id, "state": State::Left })))
    })
    .await
}
