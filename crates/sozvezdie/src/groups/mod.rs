//! Groups across organisations: preparation for an event, creative workshops. Plan, teachers,
//! members with a waiting list, sessions with a room of the exchange, the register, what came of it.
//!
//! The group itself is seen by everybody who works in the network, so that a school finds where to
//! send a child. Names are not: a child of another organisation is named to those who lead the group
//! only while a consent lets them in (`members`).
mod api;
mod family;
mod files;
mod form;
mod members;
mod model;
mod sessions;
mod store;
mod subject;
#[cfg(test)]
mod tests;
mod view;
mod web;

pub use family::{Coming, Engagement, coming, engagements};
pub use form::{GroupDraft, GroupForm, RegisterForm, SessionDraft, SessionForm, long};
pub use members::{JoinForm, admit, candidates, home, insert as insert_member, join, leave, members_of};
pub use model::{
    Group, GroupId, GroupKind, GroupState, Mark, Member, MemberId, Session, SessionId, SessionMode, Standing,
};
pub use sessions::{call_off, hold_in, keep, plan, plan_in, record_in, waiting};

use crate::{
    organisations::{self, OrganisationId},
    people::PersonId,
    shell::{Slice, drafts, search},
};
use kit::{
    Fault, Lang, Visit,
    access::Permission,
    audit::Entry,
    db::Tx,
    once::{Done, Once},
    routes::Routes,
    text::Message,
};
use serde::{Deserialize, Serialize};

/// What groups there are; never who is in them.
pub const VIEW: Permission = Permission("groups.view");
/// Making groups of the own organisation, and everything with them.
pub const EDIT: Permission = Permission("groups.edit");
/// Those one leads oneself, wherever they are held.
pub const LEAD: Permission = Permission("groups.lead");
/// Sending children for whom one answers; seeing them is not enough: `members::join`.
pub const SEND: Permission = Permission("groups.send");
/// Keeping the register of a group: whoever leads it, and [`RECEIVE`].
pub const REGISTER: Permission = Permission("groups.register");
/// The list of names and the register of what the own organisation holds.
pub const RECEIVE: Permission = Permission("groups.receive");

/// The kind of record in search, audit and files.
pub const KIND: &str = "joint_group";
pub const SESSION_KIND: &str = "joint_group_session";

/// The list's address.
pub const LIST: &str = "/groups";

/// A record's address.
pub fn url(id: GroupId) -> String {
    format!("{LIST}/{id}")
}

/// The address of a session's register.
pub fn session_url(id: SessionId) -> String {
    format!("{LIST}/sessions/{id}")
}

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/groups", VIEW, web::list)
        .post("/groups", EDIT, web::create)
        .get("/groups/new", EDIT, web::new)
        .get("/groups/files/{id}", VIEW, files::download)
        .get("/groups/sessions/{id}", REGISTER, web::session)
        .post("/groups/sessions/{id}", REGISTER, web::keep)
        .post("/groups/sessions/{id}/cancellation", LEAD, web::call_off)
        .get("/groups/{id}", VIEW, web::show)
        .post("/groups/{id}", LEAD, web::update)
        .get("/groups/{id}/edit", LEAD, web::edit)
        .post("/groups/{id}/state", EDIT, web::change_state)
        .get("/groups/{id}/members/new", SEND, web::new_member)
        .post("/groups/{id}/members", SEND, web::join)
        .post("/groups/{id}/members/admission", SEND, web::admit)
        .post("/groups/{id}/members/removal", SEND, web::leave)
        .get("/groups/{id}/sessions/new", LEAD, web::new_session)
        .post("/groups/{id}/sessions", LEAD, web::plan)
        .post("/groups/{id}/files", LEAD, files::upload)
        .post("/groups/{id}/files/removal", LEAD, files::remove)
        .get("/api/v1/groups", VIEW, api::list)
        .post("/api/v1/groups", EDIT, api::create)
        .get("/api/v1/groups/sessions/{id}", REGISTER, api::session)
        .post("/api/v1/groups/sessions/{id}", REGISTER, api::keep)
        .get("/api/v1/groups/{id}", VIEW, api::show)
        .patch("/api/v1/groups/{id}", LEAD, api::update)
        .post("/api/v1/groups/{id}/members", SEND, api::join)
        .post("/api/v1/groups/{id}/members/admission", SEND, api::admit)
        .post("/api/v1/groups/{id}/members/removal", SEND, api::leave)
        .post("/api/v1/groups/{id}/sessions", LEAD, api::plan)
        .post("/api/v1/groups/{id}/files", LEAD, api::upload)
        .get("/api/v1/groups/files/{id}", VIEW, files::download);
    let source = search::Source {
        kind: KIND,
        title: "nav-groups",
        icon: "puzzle",
        needs: VIEW,
        resolve: |visit, ids| Box::pin(web::hits(visit, ids)),
    };
    Slice::new("groups", routes)
        .found_by(source)
        .described(api::document())
        .checked(|net, now| Box::pin(check(net, now)))
        .keeping(subject::OF_LEARNER)
}

/// What a viewer may do with a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Can {
    /// Change it and its teachers, and everything below.
    pub edit: bool,
    /// Plan sessions, take children in and out, write down what came of it.
    pub lead: bool,
    /// Read the names and keep the register.
    pub register: bool,
    /// Send children.
    pub send: bool,
}

impl Can {
    /// # Errors
    /// The database's.
    pub async fn of(visit: &Visit, g: &Group) -> Result<Self, Fault> {
        let here = Some(g.organisation_id.0);
        let edit = visit.viewer.reach(EDIT).covers(here);
        let lead = edit || (visit.viewer.may(LEAD) && store::leads(&visit.net, g.id, visit.actor()).await?);
        let register = lead || visit.viewer.reach(RECEIVE).covers(here);
        Ok(Self { edit, lead, register, send: lead || visit.viewer.may(SEND) })
    }

    fn demand(allowed: bool, permission: Permission) -> Result<(), Fault> {
        allowed.then_some(()).ok_or(Fault::Forbidden(permission))
    }
}

/// The record; the same for all who may open the section.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn open(visit: &Visit, id: GroupId) -> Result<Group, Fault> {
    store::find(&visit.net, id).await?.ok_or(Fault::NotFound)
}

/// The record for who leads it.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`].
async fn open_to_lead(visit: &Visit, id: GroupId) -> Result<Group, Fault> {
    let group = open(visit, id).await?;
    Can::demand(Can::of(visit, &group).await?.lead, LEAD)?;
    Ok(group)
}

/// What the form says, when the organisation, the teachers and the event are there.
async fn checked(visit: &Visit, form: &GroupForm) -> Result<GroupDraft, Fault> {
    let draft = form.check()?;
    let known = store::staff(&visit.net, visit.today, &draft.teachers).await?;
    if known.len() < draft.teachers.len() {
        return Err(Fault::field("teachers", Message::new("form-choose")));
    }
    if let Some(edition) = draft.edition
        && !store::has_edition(&visit.net, edition).await?
    {
        return Err(Fault::field("edition", Message::new("form-choose")));
    }
    Ok(draft)
}

/// The group as it stands in a transaction, for the demo.
///
/// # Errors
/// The database's.
pub async fn find_in(tx: &mut Tx, id: GroupId) -> Result<Option<Group>, Fault> {
    store::find_in(tx, id).await
}

/// Those who may lead something together with others: they work in an organisation of the network.
///
/// # Errors
/// The database's.
pub async fn staff(visit: &Visit, own: Option<OrganisationId>) -> Result<Vec<Colleague>, Fault> {
    store::possible_teachers(&visit.net, visit.today, own).await
}

/// Those who may sit in a jury: pedagogues of the network, and whoever was given the role of a juror, from
/// outside perhaps; where they are from is empty then.
///
/// # Errors
/// The database's.
pub async fn jurors(visit: &Visit) -> Result<Vec<Colleague>, Fault> {
    store::possible_jurors(&visit.net, visit.today).await
}

/// Somebody who may do a work for the network, and where they are from.
pub type Colleague = (PersonId, crate::people::PersonName, String);

/// Those who are not asked yet, to choose from; whoever comes from outside has no organisation here.
pub fn to_choose(t: Lang, all: &[Colleague], is_asked: impl Fn(PersonId) -> bool) -> Vec<(String, String)> {
    let named = |(id, name, place): &Colleague| {
        let place = if place.is_empty() { String::new() } else { format!(", {place}") };
        (id.to_string(), format!("{}{place}", name.full()))
    };
    let first = (String::new(), t.say("form-choose-one").into_owned());
    std::iter::once(first).chain(all.iter().filter(|(id, ..)| !is_asked(*id)).map(named)).collect()
}

/// Whether an edition of an event is there.
///
/// # Errors
/// The database's.
pub async fn has_edition(visit: &Visit, edition: uuid::Uuid) -> Result<bool, Fault> {
    store::has_edition(&visit.net, edition).await
}

/// Makes a group.
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn add(visit: &Visit, once: &Once, form: &GroupForm) -> Result<Done, Fault> {
    let mut form = form.clone();
    if let (true, kit::access::Reach::Organisations(own)) = (form.organisation.is_empty(), visit.viewer.reach(EDIT))
        && let [only] = own.as_slice()
    {
        form.organisation = only.to_string();
    }
    let draft = checked(visit, &form).await?;
    visit.viewer.demand(EDIT, Some(draft.organisation.0))?;
    organisations::open(visit, draft.organisation).await.map_err(|fault| match fault {
        Fault::NotFound => Fault::field("organisation", Message::new("form-choose")),
        other => other,
    })?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = insert(tx, visit, &draft).await?;
        drafts::drop(tx, visit.actor(), "group-new").await?;
        Ok(Done::created(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// Writes a new group with its search terms and its audit line. For [`add`] and the demo.
///
/// # Errors
/// The database's.
pub async fn insert(tx: &mut Tx, visit: &Visit, draft: &GroupDraft) -> Result<GroupId, Fault> {
    let id = GroupId(visit.new_id());
    store::insert(tx, id, draft, visit.viewer.person, visit.now).await?;
    store::put_teachers(tx, id, &draft.teachers).await?;
    index(tx, id, draft).await?;
    Entry::new("create", KIND, id).write(tx, visit).await?;
    Ok(id)
}

async fn index(tx: &mut Tx, id: GroupId, d: &GroupDraft) -> Result<(), Fault> {
    let rest = format!("{} {}", d.subject.as_deref().unwrap_or_default(), d.target.as_deref().unwrap_or_default());
    kit::search::index(tx, KIND, id.0, &[(&d.title, 10), (&rest, 4)]).await
}

/// Changes a group. More places let those in who wait. Whoever leads it may write the plan and what
/// came of it; the rest is for whoever answers for the organisation.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `stale`.
pub async fn change(visit: &Visit, once: &Once, id: GroupId, form: &GroupForm) -> Result<Done, Fault> {
    let before = open_to_lead(visit, id).await?;
    let teachers = store::teacher_ids(&visit.net, id).await?;
    let now = GroupForm::of(&before, &teachers);
    let mut form = GroupForm { organisation: now.organisation.clone(), ..form.clone() };
    if !Can::of(visit, &before).await?.edit {
        form = GroupForm { plan: form.plan, product: form.product, version: form.version, ..now };
    }
    let draft = checked(visit, &form).await?;
    let version = kit::form::version(&form.version, before.version)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::update(tx, id, version, &draft, visit.viewer.person, visit.now).await? {
            return Err(refused(tx, visit, id, version).await?);
        }
        store::put_teachers(tx, id, &draft.teachers).await?;
        members::fill(tx, visit, id).await?;
        index(tx, id, &draft).await?;
        drafts::drop(tx, visit.actor(), &format!("group-{id}")).await?;
        Entry::new("update", KIND, id).fields(&changed(&before, &teachers, &draft)).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "version": version + 1 })))
    })
    .await
}

/// Why a change was not written: somebody else's stands there, or more hold a place than would fit.
async fn refused(tx: &mut Tx, visit: &Visit, id: GroupId, version: i64) -> Result<Fault, Fault> {
    let now = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?;
    if now.version == version {
        return Ok(Fault::field("capacity", Message::new("group-capacity-taken").with("taken", now.taken)));
    }
    let names = crate::people::names(&visit.net, now.updated_by.as_slice()).await?;
    let who = now
        .updated_by
        .and_then(|id| names.get(&id).cloned())
        .unwrap_or_else(|| visit.lang.say("somebody").into_owned());
    let when = visit.lang.moment(now.updated_at, chrono::Datelike::year(&visit.today));
    Ok(Fault::conflict("stale", Message::new("form-stale").with("who", who).with("when", when)))
}

/// The names of the fields in which they differ.
fn changed(a: &Group, teachers: &[PersonId], d: &GroupDraft) -> Vec<&'static str> {
    let pairs = [
        ("kind", a.kind != d.kind),
        ("title", a.title != d.title),
        ("subject", a.subject != d.subject),
        ("target", a.target != d.target || a.edition_id != d.edition),
        ("plan", a.plan != d.plan),
        ("product", a.product != d.product),
        ("capacity", a.capacity != d.capacity),
        ("starts_on", a.starts_on != d.starts_on),
        ("ends_on", a.ends_on != d.ends_on),
        ("teachers", teachers != d.teachers),
    ];
    pairs.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

/// What a press on a state says.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct StateForm {
    pub state: String,
}

/// Moves a group along the table of states. What it opened of its children is closed with it.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state`.
pub async fn move_to(visit: &Visit, once: &Once, id: GroupId, form: &StateForm) -> Result<Done, Fault> {
    let group = open(visit, id).await?;
    visit.viewer.demand(EDIT, Some(group.organisation_id.0))?;
    let next: GroupState = form.state.parse().map_err(|_| Fault::field("state", Message::new("form-choose")))?;
    once.run(&visit.net, async |tx: &mut Tx| {
        set_state(tx, visit, &group, next).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "state": next })))
    })
    .await
}

/// The move with its audit line. For [`move_to`] and the demo.
///
/// # Errors
/// [`Fault::Conflict`] `state`.
pub async fn set_state(tx: &mut Tx, visit: &Visit, g: &Group, next: GroupState) -> Result<(), Fault> {
    let allowed = g.state.may_become(next);
    if !allowed || !store::set_state(tx, g.id, g.state, next, visit.viewer.person, visit.now).await? {
        return Err(Fault::conflict("state", Message::new("group-state-moved")));
    }
    if !next.is_open() {
        members::close(tx, visit, g.id).await?;
    }
    Entry::new(next.code(), KIND, g.id).write(tx, visit).await
}

/// Gives a group a file of what came out of it.
///
/// # Errors
/// [`Fault::Invalid`] when it has too many.
pub async fn attach(visit: &Visit, once: &Once, id: GroupId, file: &kit::files::Settled) -> Result<Done, Fault> {
    once.run(&visit.net, async |tx: &mut Tx| {
        let file_id = kit::files::attach(tx, visit, file, KIND, id.0).await?;
        if kit::files::count(tx, KIND, id.0).await? > FILES {
            return Err(Fault::field("file", Message::new("group-too-many-files").with("limit", FILES)));
        }
        Entry::new("attach", KIND, id).write(tx, visit).await?;
        Ok(Done::created(url(id), serde_json::json!({ "id": file_id, "name": file.name, "size": file.size })))
    })
    .await
}

/// Files of one group at most.
pub const FILES: i64 = 20;

/// Takes a file away.
///
/// # Errors
/// [`Fault::Invalid`] when it is gone already.
pub async fn detach(visit: &Visit, once: &Once, id: GroupId, file: Option<kit::files::FileId>) -> Result<Done, Fault> {
    let gone = || Fault::field("file", Message::new("group-file-gone"));
    once.run(&visit.net, async |tx: &mut Tx| {
        if !kit::files::detach(tx, visit, KIND, id.0, file.ok_or_else(gone)?).await? {
            return Err(gone());
        }
        Entry::new("detach", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// The organisations for which this viewer may make a group.
async fn own(visit: &Visit) -> Result<Vec<(OrganisationId, String)>, Fault> {
    let reach = visit.viewer.reach(EDIT);
    let active = organisations::active(&visit.net).await?;
    Ok(active.into_iter().filter(|o| reach.covers(Some(o.id.0))).map(|o| (o.id, o.short_name)).collect())
}

/// Whether search knows every record, and the counter of places what it counts.
async fn check(net: &kit::db::Net, _: chrono::DateTime<chrono::Utc>) -> Result<Vec<String>, Fault> {
    let mut found = Vec::new();
    let lost = kit::search::lost(net, KIND, "joint_group").await?;
    if lost > 0 {
        found.push(format!("{lost} groups are not found by search"));
    }
    let miscounted = store::miscounted(net).await?;
    if miscounted > 0 {
        found.push(format!("{miscounted} groups count their places wrongly"));
    }
    Ok(found)
}
