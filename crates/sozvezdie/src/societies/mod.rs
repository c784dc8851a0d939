//! Student societies: charter, sections by focus, council, members of several schools, meetings with
//! their protocols. Who is named to whom goes by the same rule as in groups.
mod api;
mod model;
mod protocol;
mod store;
mod subject;
#[cfg(test)]
mod tests;
mod view;
mod web;

pub use model::{
    Fellow, FellowId, Meeting, MeetingDraft, MeetingForm, MeetingId, MeetingKind, Post, SectionDraft, SectionForm,
    SectionId, Society, SocietyDraft, SocietyForm, SocietyId,
};

use crate::{
    consents::{self, Purpose},
    groups::SEND,
    learners::{self, GroundKind, NewGround, Whom},
    organisations,
    people::PersonId,
    shell::{Slice, drafts, search},
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
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What societies there are; never who is in them.
pub const VIEW: Permission = Permission("societies.view");
/// Societies of the own organisation, and everything with them.
pub const EDIT: Permission = Permission("societies.edit");
/// Meetings and members of a society in which one leads a section.
pub const LEAD: Permission = Permission("societies.lead");

/// Bringing a child into a society: for those who speak for the child, and for who leads there.
pub const JOIN: Permission = Permission("societies.join");

/// The kinds of record in search and audit.
pub const KIND: &str = "student_society";
pub const MEETING_KIND: &str = "society_meeting";

/// The list's address.
pub const LIST: &str = "/societies";

/// A record's address.
pub fn url(id: SocietyId) -> String {
    format!("{LIST}/{id}")
}

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/societies", VIEW, web::list)
        .post("/societies", EDIT, web::create)
        .get("/societies/new", EDIT, web::new)
        .get("/societies/meetings/{id}/edit", LEAD, web::edit_meeting)
        .post("/societies/meetings/{id}", LEAD, web::update_meeting)
        .get("/societies/meetings/{id}/{format}", LEAD, web::protocol)
        .get("/societies/{id}", VIEW, web::show)
        .post("/societies/{id}", EDIT, web::update)
        .get("/societies/{id}/edit", EDIT, web::edit)
        .post("/societies/{id}/sections", EDIT, web::add_section)
        .get("/societies/{id}/members/new", JOIN, web::new_member)
        .post("/societies/{id}/members", JOIN, web::join)
        .post("/societies/{id}/members/post", LEAD, web::appoint)
        .post("/societies/{id}/members/removal", JOIN, web::leave)
        .get("/societies/{id}/meetings/new", LEAD, web::new_meeting)
        .post("/societies/{id}/meetings", LEAD, web::create_meeting)
        .get("/api/v1/societies", VIEW, api::list)
        .get("/api/v1/societies/{id}", VIEW, api::show);
    let source = search::Source {
        kind: KIND,
        title: "nav-societies",
        icon: "users",
        needs: VIEW,
        resolve: |visit, ids| Box::pin(web::hits(visit, ids)),
    };
    Slice::new("societies", routes)
        .found_by(source)
        .described(api::document())
        .checked(|net, now| Box::pin(check(net, now)))
        .keeping(subject::OF_LEARNER)
}

/// What a viewer may do with a society.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Can {
    pub edit: bool,
    /// Read the names, appoint, write protocols.
    pub lead: bool,
    /// Send children.
    pub send: bool,
}

impl Can {
    /// # Errors
    /// The database's.
    pub async fn of(visit: &Visit, s: &Society) -> Result<Self, Fault> {
        let edit = visit.viewer.reach(EDIT).covers(Some(s.organisation_id.0));
        let lead = edit || (visit.viewer.may(LEAD) && store::leads(&visit.net, s.id, visit.actor()).await?);
        Ok(Self { edit, lead, send: lead || visit.viewer.may(JOIN) })
    }
}

/// The record; the same for all who may open the section.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn open(visit: &Visit, id: SocietyId) -> Result<Society, Fault> {
    store::find(&visit.net, id).await?.ok_or(Fault::NotFound)
}

async fn open_to_edit(visit: &Visit, id: SocietyId) -> Result<Society, Fault> {
    let society = open(visit, id).await?;
    visit.viewer.demand(EDIT, Some(society.organisation_id.0))?;
    Ok(society)
}

async fn open_to_lead(visit: &Visit, id: SocietyId) -> Result<Society, Fault> {
    let society = open(visit, id).await?;
    if Can::of(visit, &society).await?.lead { Ok(society) } else { Err(Fault::Forbidden(LEAD)) }
}

/// What the form says, when the charter is an act of that organisation.
async fn checked(visit: &Visit, form: &SocietyForm) -> Result<SocietyDraft, Fault> {
    let draft = form.check()?;
    visit.viewer.demand(EDIT, Some(draft.organisation.0))?;
    if let Some(charter) = draft.charter {
        let known = store::charters(&visit.net, draft.organisation).await?;
        if known.iter().all(|(id, _)| *id != charter.0) {
            return Err(Fault::field("charter", Message::new("form-choose")));
        }
    }
    Ok(draft)
}

/// Founds a society.
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn add(visit: &Visit, once: &Once, form: &SocietyForm) -> Result<Done, Fault> {
    let mut form = form.clone();
    if let (true, kit::access::Reach::Organisations(own)) = (form.organisation.is_empty(), visit.viewer.reach(EDIT))
        && let [only] = own.as_slice()
    {
        form.organisation = only.to_string();
    }
    let draft = checked(visit, &form).await?;
    organisations::open(visit, draft.organisation).await.map_err(|fault| match fault {
        Fault::NotFound => Fault::field("organisation", Message::new("form-choose")),
        other => other,
    })?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = insert(tx, visit, &draft).await?;
        drafts::drop(tx, visit.actor(), "society-new").await?;
        Ok(Done::created(url(id), json!({ "id": id })))
    })
    .await
}

/// Writes a new society. For [`add`] and the demo.
///
/// # Errors
/// The database's.
pub async fn insert(tx: &mut Tx, visit: &Visit, draft: &SocietyDraft) -> Result<SocietyId, Fault> {
    let id = SocietyId(visit.new_id());
    store::insert(tx, id, draft, visit.viewer.person, visit.now).await?;
    kit::search::index(tx, KIND, id.0, &[(&draft.title, 10)]).await?;
    Entry::new("create", KIND, id).write(tx, visit).await?;
    Ok(id)
}

/// Changes what is said of a society.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `stale`.
pub async fn change(visit: &Visit, once: &Once, id: SocietyId, form: &SocietyForm) -> Result<Done, Fault> {
    let before = open_to_edit(visit, id).await?;
    let form = SocietyForm { organisation: before.organisation_id.to_string(), ..form.clone() };
    let draft = checked(visit, &form).await?;
    let version = kit::form::version(&form.version, before.version)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::update(tx, id, version, &draft, visit.viewer.person, visit.now).await? {
            return Err(Fault::conflict("stale", Message::new("society-stale")));
        }
        kit::search::index(tx, KIND, id.0, &[(&draft.title, 10)]).await?;
        drafts::drop(tx, visit.actor(), &format!("society-{id}")).await?;
        Entry::new("update", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(id), json!({ "id": id, "version": version + 1 })))
    })
    .await
}

/// Opens a section, or changes the one that the form names.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn add_section(visit: &Visit, once: &Once, id: SocietyId, form: &SectionForm) -> Result<Done, Fault> {
    let society = open_to_edit(visit, id).await?;
    let draft = form.check()?;
    if let Some(leader) = draft.leader {
        let known = crate::groups::staff(visit, Some(society.organisation_id)).await?;
        if known.iter().all(|(id, ..)| *id != leader) {
            return Err(Fault::field("leader", Message::new("form-choose")));
        }
    }
    let changed = section_of(&form.section)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let Some(section) = changed else {
            let section = insert_section(tx, visit, id, &draft).await?;
            return Ok(Done::created(url(id), json!({ "id": section })));
        };
        if !store::update_section(tx, section, id, &draft).await? {
            return Err(Fault::field("section", Message::new("form-choose")));
        }
        Entry::new("update", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(id), json!({ "id": section })))
    })
    .await
}

/// Writes a new section. For [`add_section`] and the demo.
///
/// # Errors
/// The database's.
pub async fn insert_section(
    tx: &mut Tx,
    visit: &Visit,
    id: SocietyId,
    draft: &SectionDraft,
) -> Result<SectionId, Fault> {
    let section = SectionId(visit.new_id());
    store::insert_section(tx, section, id, draft).await?;
    Entry::new("section", KIND, id).write(tx, visit).await?;
    Ok(section)
}

/// Who is to come in, and into which section.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct JoinForm {
    pub learner: String,
    pub section: String,
    /// What was looked for; the page shows the same again.
    pub q: String,
}

/// Takes a child in whom the viewer speaks for, or may name and leads the society; a child of another
/// organisation only with a consent.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn join(visit: &Visit, once: &Once, id: SocietyId, form: &JoinForm) -> Result<Done, Fault> {
    let society = open(visit, id).await?;
    let can = Can::of(visit, &society).await?;
    let choose = || Fault::field("learner", Message::new("group-choose-learner"));
    let learner: PersonId = form.learner.parse().map_err(|_| choose())?;
    if !may_bring(visit, can, learner).await? {
        return Err(choose());
    }
    let section = section_of(&form.section)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let fellow = insert_fellow(tx, visit, &society, learner, section, Post::Member).await?;
        Ok(Done::created(format!("{}?tab=members", url(id)), json!({ "id": fellow })))
    })
    .await
}

/// The guardian, the learner and the own organisation speak for a child; the society's council takes in
/// those who study in the own organisation. A child out of reach is as unknown as one that never was.
async fn may_bring(visit: &Visit, can: Can, learner: PersonId) -> Result<bool, Fault> {
    if can.lead && learners::may_name(visit, learner).await? {
        return Ok(true);
    }
    learners::speaks_for(visit, learner, SEND).await
}

/// Children whom the viewer could bring in, by a search.
///
/// # Errors
/// The database's; [`Fault::Unavailable`].
pub async fn candidates(visit: &Visit, can: Can, q: &str) -> Result<Vec<learners::Listed>, Fault> {
    let mut all = Vec::new();
    for child in crate::groups::candidates(visit, q).await? {
        if may_bring(visit, can, child.id).await? {
            all.push(child);
        }
    }
    Ok(all)
}

fn section_of(text: &str) -> Result<Option<SectionId>, Fault> {
    let section = kit::form::tidy(text).map(|text| text.parse::<SectionId>());
    section.transpose().map_err(|_| Fault::field("section", Message::new("form-choose")))
}

/// Writes a new member. For [`join`] and the demo.
///
/// # Errors
/// [`Fault::Invalid`] without a consent, or for a child who is there already.
pub async fn insert_fellow(
    tx: &mut Tx,
    visit: &Visit,
    s: &Society,
    learner: PersonId,
    section: Option<SectionId>,
    post: Post,
) -> Result<FellowId, Fault> {
    if let Some(section) = section
        && !store::has_section(tx, s.id, section).await?
    {
        return Err(Fault::field("section", Message::new("form-choose")));
    }
    let nowhere = || Fault::field("learner", Message::new("group-learner-left"));
    let home = crate::groups::home(tx, learner).await?.ok_or_else(nowhere)?;
    let consent = match home == s.organisation_id {
        true => None,
        false => {
            let host = Some(s.organisation_id);
            let given = consents::granted(tx, learner, Purpose::Transfer, host, visit.today).await?;
            let none = || Message::new("group-no-consent").with("organisation", &s.organisation_name);
            Some(given.ok_or_else(|| Fault::field("learner", none()))?)
        }
    };
    let id = FellowId(visit.new_id());
    let new = store::NewFellow { id, society: s.id, section, learner, organisation: home, post, from: visit.today };
    if !store::insert_fellow(tx, &new, visit.viewer.person, visit.now).await? {
        return Err(Fault::field("learner", Message::new("society-learner-there")));
    }
    if let Some(consent) = consent {
        let ground = NewGround {
            id: visit.new_id(),
            learner,
            kind: GroundKind::Enrolment,
            whom: Whom::Organisation(s.organisation_id.0),
            source: id.0,
            consent: Some(consent),
            from: visit.today,
            until: None,
        };
        learners::open_to(tx, visit, &ground).await?;
    }
    Entry::new("join", KIND, s.id).write(tx, visit).await?;
    Ok(id)
}

/// Which member, and what is to become of them.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct FellowForm {
    pub member: String,
    pub post: String,
    pub section: String,
}

impl FellowForm {
    fn id(&self) -> Result<FellowId, Fault> {
        self.member.parse().map_err(|_| Fault::field("member", Message::new("form-choose")))
    }
}

/// Appoints a member: to the council, as its chair or secretary, into a section.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn appoint(visit: &Visit, once: &Once, id: SocietyId, form: &FellowForm) -> Result<Done, Fault> {
    open_to_lead(visit, id).await?;
    let fellow = form.id()?;
    let post: Post = form.post.parse().map_err(|_| Fault::field("post", Message::new("form-choose")))?;
    let section = section_of(&form.section)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if let Some(section) = section
            && !store::has_section(tx, id, section).await?
        {
            return Err(Fault::field("section", Message::new("form-choose")));
        }
        if !store::appoint(tx, id, fellow, post, section).await? {
            return Err(Fault::field("member", Message::new("form-choose")));
        }
        Entry::new("appoint", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(format!("{}?tab=members", url(id)), json!({ "id": fellow, "post": post })))
    })
    .await
}

/// Whether the viewer speaks for this member: seeing the child is not enough.
///
/// # Errors
/// The database's.
pub async fn sent(visit: &Visit, f: &Fellow) -> Result<bool, Fault> {
    let Some(learner) = f.learner_id else { return Ok(false) };
    Ok(visit.viewer.reach(SEND).covers(Some(f.organisation_id.0)) || learners::speaks_for(visit, learner, SEND).await?)
}

/// Ends a membership, for who leads there, the school that sent the child and the family; what it opened
/// closes at once.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn leave(visit: &Visit, once: &Once, id: SocietyId, form: &FellowForm) -> Result<Done, Fault> {
    let society = open(visit, id).await?;
    let can = Can::of(visit, &society).await?;
    let fellow = form.id()?;
    let gone = || Fault::field("member", Message::new("form-choose"));
    let seen = store::visible(visit, &society, can.lead, Some(fellow)).await?.into_iter().next().ok_or_else(gone)?;
    if !can.lead && !sent(visit, &seen).await? {
        return Err(Fault::Forbidden(LEAD));
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::leave(tx, id, fellow, visit.today).await? {
            return Err(gone());
        }
        learners::close_source(tx, fellow.0, visit.today).await?;
        Entry::new("leave", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(format!("{}?tab=members", url(id)), json!({ "id": fellow })))
    })
    .await
}

/// A meeting's draft, when its chair and secretary belong to the society.
async fn checked_meeting(visit: &Visit, id: SocietyId, form: &MeetingForm) -> Result<MeetingDraft, Fault> {
    let draft = form.check()?;
    let named: Vec<FellowId> = [draft.chair, draft.secretary].into_iter().flatten().collect();
    if !store::are_fellows(&visit.net, id, &named).await? {
        return Err(Fault::field("chair", Message::new("form-choose")));
    }
    Ok(draft)
}

/// Writes a meeting down; its protocol gets the next number.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn add_meeting(visit: &Visit, once: &Once, id: SocietyId, form: &MeetingForm) -> Result<Done, Fault> {
    open_to_lead(visit, id).await?;
    let draft = checked_meeting(visit, id, form).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let meeting = insert_meeting(tx, visit, id, &draft).await?;
        Ok(Done::created(format!("{}?tab=meetings", url(id)), json!({ "id": meeting })))
    })
    .await
}

/// Writes a new meeting. For [`add_meeting`] and the demo.
///
/// # Errors
/// The database's.
pub async fn insert_meeting(
    tx: &mut Tx,
    visit: &Visit,
    id: SocietyId,
    draft: &MeetingDraft,
) -> Result<MeetingId, Fault> {
    let meeting = MeetingId(visit.new_id());
    let number = store::next_number(tx, id).await?;
    store::insert_meeting(tx, meeting, id, number, draft, visit.viewer.person, visit.now).await?;
    Entry::new("create", MEETING_KIND, meeting).write(tx, visit).await?;
    Ok(meeting)
}

/// A meeting with its society, for who leads there.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`].
pub async fn open_meeting(visit: &Visit, id: MeetingId) -> Result<(Society, Meeting), Fault> {
    let meeting = store::meeting(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    Ok((open_to_lead(visit, meeting.society_id).await?, meeting))
}

/// Changes what a protocol says.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `stale`.
pub async fn change_meeting(visit: &Visit, once: &Once, id: MeetingId, form: &MeetingForm) -> Result<Done, Fault> {
    let (society, before) = open_meeting(visit, id).await?;
    let draft = checked_meeting(visit, society.id, form).await?;
    let version = kit::form::version(&form.version, before.version)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::update_meeting(tx, id, version, &draft, visit.viewer.person, visit.now).await? {
            return Err(Fault::conflict("stale", Message::new("society-stale")));
        }
        Entry::new("update", MEETING_KIND, id).write(tx, visit).await?;
        Ok(Done::changed(format!("{}?tab=meetings", url(society.id)), json!({ "id": id, "version": version + 1 })))
    })
    .await
}

/// The members for this page; the look at those who are named is noted.
async fn fellows(visit: &Visit, s: &Society, can: Can) -> Result<Vec<Fellow>, Fault> {
    let all = store::visible(visit, s, can.lead, None).await?;
    let named: Vec<PersonId> = all.iter().filter_map(|f| f.learner_id).collect();
    learners::note_read(visit, learners::How::Elsewhere, &named).await?;
    Ok(all)
}

/// Whether search knows every record.
async fn check(net: &kit::db::Net, _: chrono::DateTime<chrono::Utc>) -> Result<Vec<String>, Fault> {
    let lost = kit::search::lost(net, KIND, "student_society").await?;
    Ok(if lost == 0 { Vec::new() } else { vec![format!("{lost} societies are not found by search")] })
}
