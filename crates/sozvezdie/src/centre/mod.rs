//! The Centre for gifted children: a unit of an organisation, with its coordinator and its acts,
//! and who is its member by order, from a day to a day.
//!
//! Membership drives every figure on the Centre's children: [`member_on`] is asked for the day of
//! the event. It opens the child's record to the Centre's organisation; leaving shuts it again.
mod api;
mod figures;
mod model;
mod store;
mod subject;
#[cfg(test)]
pub mod tests;
mod view;
mod web;

pub use figures::{Share, percent, share, told};
pub use model::{Centre, CentreForm, CentreId, EnterForm, LeaveForm, LeftReason, Member, MembershipId, NewMembership};
pub use store::{NewCentre, core as core_of, core_in as core, member_on};
pub use view::sections;

use crate::{
    learners::{self, GroundKind, How, NewGround, Scope, Whom},
    people::PersonId,
    shell::Slice,
};
use chrono::NaiveDate;
use kit::{
    Fault, Visit,
    access::Permission,
    audit::Entry,
    db::Tx,
    form::tidy,
    once::{Done, Once},
    routes::Routes,
    text::Message,
};

pub const VIEW: Permission = Permission("centre.view");
/// What the page of the Centre says of it.
pub const EDIT: Permission = Permission("centre.edit");
/// Entering members and noting that they left.
pub const ENROL: Permission = Permission("centre.enrol");

/// The kinds of record in audit.
pub const KIND: &str = "gifted_centre";
pub const MEMBERSHIP: &str = "centre_membership";

/// The Centre's page, and the list of its members.
pub const PAGE: &str = "/centre";
pub const MEMBERS: &str = "/centre/members";

/// More members than a district's Centre has had at once.
pub const MOST: i64 = 1000;

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/centre", VIEW, web::show)
        .post("/centre", EDIT, web::update)
        .get("/centre/edit", EDIT, web::edit)
        .get("/centre/members", learners::SEE, web::members)
        .post("/centre/members", ENROL, web::enter)
        .get("/centre/members/new", ENROL, web::new)
        .get("/centre/members/{id}/leaving", ENROL, web::leaving)
        .post("/centre/members/{id}/leaving", ENROL, web::leave)
        .get("/api/v1/centre", VIEW, api::show)
        .patch("/api/v1/centre", EDIT, api::update)
        .get("/api/v1/centre/members", learners::SEE, api::members)
        .post("/api/v1/centre/members", ENROL, api::enter)
        .post("/api/v1/centre/members/{id}/leaving", ENROL, api::leave)
        .get("/api/v1/figures/centre-members", VIEW, api::share);
    Slice::new("centre", routes).described(api::document()).keeping(subject::OF_LEARNER)
}

/// Opens a Centre. For the demo and the programs that set a network up.
///
/// # Errors
/// The database's.
pub async fn insert(tx: &mut Tx, visit: &Visit, centre: &NewCentre<'_>) -> Result<CentreId, Fault> {
    let id = CentreId(visit.new_id());
    store::insert(tx, id, centre, visit.viewer.person, visit.now).await?;
    Entry::new("create", KIND, id).write(tx, visit).await?;
    Ok(id)
}

/// The network's Centre.
///
/// # Errors
/// [`Fault::NotFound`] where there is none yet.
pub async fn open(visit: &Visit) -> Result<Centre, Fault> {
    store::core(&visit.net).await?.ok_or(Fault::NotFound)
}

/// Changes what the page says of the Centre.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `stale`.
pub async fn change(visit: &Visit, once: &Once, form: &CentreForm) -> Result<Done, Fault> {
    let before = open(visit).await?;
    visit.viewer.demand(EDIT, Some(before.organisation.0))?;
    let (title, contact) = form.check()?;
    let version = kit::form::version(&form.version, before.version)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let said = (title.as_str(), contact.as_deref());
        if !store::update(tx, before.id, version, said, visit.viewer.person, visit.now).await? {
            return Err(Fault::conflict("stale", Message::new("centre-stale")));
        }
        let fields: Vec<&str> = [("title", before.title != title), ("contact", before.contact != contact)]
            .into_iter()
            .filter_map(|(name, differs)| differs.then_some(name))
            .collect();
        Entry::new("update", KIND, before.id).fields(&fields).write(tx, visit).await?;
        Ok(Done::changed(PAGE.into(), serde_json::json!({ "id": before.id, "version": version + 1 })))
    })
    .await
}

/// Writes a membership and opens the child's record to the Centre's organisation for its days. For
/// [`add_member`], the order on the register and the demo.
///
/// # Errors
/// [`Fault::Conflict`] `member` when the child is a member on one of the days already.
pub async fn enter(tx: &mut Tx, visit: &Visit, centre: &Centre, new: &NewMembership) -> Result<MembershipId, Fault> {
    let id = MembershipId(visit.new_id());
    store::take(tx, centre.id).await?;
    if !store::insert_membership(tx, id, centre.id, new, visit.viewer.person, visit.now).await? {
        return Err(Fault::conflict("member", Message::new("centre-member-already")));
    }
    if new.until.is_none_or(|day| day >= visit.today) {
        let ground = NewGround {
            id: visit.new_id(),
            learner: new.learner,
            kind: GroundKind::Membership,
            whom: Whom::Organisation(centre.organisation.0),
            source: id.0,
            consent: None,
            from: new.from,
            until: new.until,
        };
        learners::open_to(tx, visit, &ground).await?;
    }
    Entry::new("enter", MEMBERSHIP, id).subjects(vec![new.learner.0]).write(tx, visit).await?;
    Ok(id)
}

/// Ends a membership with this day as its last, and with it what it opened.
///
/// # Errors
/// [`Fault::Conflict`] `left` when it is over, or had not begun by then.
pub async fn end(tx: &mut Tx, visit: &Visit, id: MembershipId, on: NaiveDate, reason: LeftReason) -> Result<(), Fault> {
    if !store::end(tx, id, on, reason).await? {
        return Err(Fault::conflict("left", Message::new("centre-left-already")));
    }
    learners::close_source(tx, id.0, on.succ_opt().unwrap_or(on)).await?;
    Entry::new("leave", MEMBERSHIP, id).fields(&[reason.code()]).write(tx, visit).await
}

/// Ends the membership of a child, where there is one on that day.
///
/// # Errors
/// The database's.
pub async fn end_of(
    tx: &mut Tx,
    visit: &Visit,
    learner: PersonId,
    on: NaiveDate,
    reason: LeftReason,
) -> Result<(), Fault> {
    match store::open_membership(tx, learner, on).await? {
        Some(id) => end(tx, visit, id, on, reason).await,
        None => Ok(()),
    }
}

/// Enters a child of the own organisation, or one that the register brings.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `member`.
pub async fn add_member(visit: &Visit, once: &Once, form: &EnterForm) -> Result<Done, Fault> {
    let centre = open(visit).await?;
    visit.viewer.demand(ENROL, Some(centre.organisation.0))?;
    let new = form.check(&centre, visit.today)?;
    if !learners::may_name(visit, new.learner).await? {
        return Err(Fault::field("learner", Message::new("centre-choose-learner")));
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = enter(tx, visit, &centre, &new).await?;
        Ok(Done::created(MEMBERS.into(), serde_json::json!({ "id": id })))
    })
    .await
}

/// The membership, if the viewer keeps the list of its Centre.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown id and one out of reach.
pub async fn to_end(visit: &Visit, id: MembershipId) -> Result<PersonId, Fault> {
    let (learner, centre) = store::membership(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    let centre = store::find(&visit.net, centre).await?.ok_or(Fault::NotFound)?;
    if !visit.viewer.reach(ENROL).covers(Some(centre.organisation.0)) {
        return Err(Fault::NotFound);
    }
    Ok(learner)
}

/// Notes that a member left.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Invalid`]; [`Fault::Conflict`] `left`.
pub async fn end_member(visit: &Visit, once: &Once, id: MembershipId, form: &LeaveForm) -> Result<Done, Fault> {
    to_end(visit, id).await?;
    let (on, reason) = form.check(visit.today)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        end(tx, visit, id, on, reason).await?;
        Ok(Done::changed(MEMBERS.into(), serde_json::json!({ "id": id })))
    })
    .await
}

/// The members of a Centre on a day whom the viewer may see: those of their own scope; whoever keeps
/// the Centre's list sees all of it, those who have left as well. The look is noted.
///
/// # Errors
/// The database's; [`Fault::Unavailable`].
pub async fn members_on(visit: &Visit, centre: &Centre, on: NaiveDate, q: &str) -> Result<Vec<Member>, Fault> {
    let scope = Scope::of(visit).await?.without_received();
    let filter = store::Filter {
        centre,
        on,
        q: tidy(&q.chars().take(200).collect::<String>()),
        scope: &scope,
        keeps: visit.viewer.reach(learners::MEMBERS),
    };
    let found = store::members(&visit.net, &filter, MOST).await?;
    let children: Vec<PersonId> = found.iter().map(|m| m.learner).collect();
    learners::note_read(visit, How::Elsewhere, &children).await?;
    Ok(found)
}
