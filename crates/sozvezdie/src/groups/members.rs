//! Children in a group: asking, the consent, the place, the waiting list.
//!
//! Whoever changes who is in a group first takes the group's row (`store::lock`), so that rivals
//! wait there and each sees what the one before has done; the place itself is taken under its own
//! condition.
use super::{
    Can, Group, GroupId, KIND, LEAD, MemberId, SEND, Standing, open, open_to_lead,
    store::{self, members as rows},
    url,
};
use crate::{
    consents::{self, Purpose},
    learners::{self, GroundKind, NewGround, Whom},
    organisations::OrganisationId,
    people::PersonId,
};
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    once::{Done, Once},
    text::Message,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Who is to come in.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct JoinForm {
    pub learner: String,
    /// What was looked for; the page shows the same again.
    pub q: String,
}

/// Whose place it is about.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct PlaceForm {
    pub member: String,
}

impl PlaceForm {
    fn id(&self) -> Result<MemberId, Fault> {
        self.member.parse().map_err(|_| Fault::field("member", Message::new("form-choose")))
    }
}

/// Asks for a place for a child: by the school or the Centre that answers for it, or by who leads the group.
/// Without a consent the child waits for it, without a free place in the waiting list.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state`.
pub async fn join(visit: &Visit, once: &Once, id: GroupId, form: &JoinForm) -> Result<Done, Fault> {
    let group = open(visit, id).await?;
    let can = Can::of(visit, &group).await?;
    Can::demand(can.send, SEND)?;
    let choose = || Fault::field("learner", Message::new("group-choose-learner"));
    let learner: PersonId = form.learner.parse().map_err(|_| choose())?;
    if !may_bring(visit, can, learner).await? {
        return Err(choose());
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        let (member, state) = insert(tx, visit, &group, learner).await?;
        Ok(Done::created(url(id), json!({ "id": member, "state": state })))
    })
    .await
}

/// Seeing a child is not enough: the own school and the Centre send it, who leads the group takes in those who
/// study in the own organisation. A child out of reach is as unknown as one that never was.
async fn may_bring(visit: &Visit, can: Can, learner: PersonId) -> Result<bool, Fault> {
    if can.lead && learners::may_name(visit, learner).await? {
        return Ok(true);
    }
    Ok(visit.viewer.may(SEND) && learners::may_send(visit, learner, SEND).await?)
}

/// Writes the child down and gives what can be given. For [`join`] and the demo.
///
/// # Errors
/// [`Fault::Conflict`] `state`; [`Fault::Invalid`] for a child who is there already or studies nowhere.
pub async fn insert(tx: &mut Tx, visit: &Visit, g: &Group, learner: PersonId) -> Result<(MemberId, Standing), Fault> {
    let number = ask(tx, g.id).await?;
    let nowhere = || Fault::field("learner", Message::new("group-learner-left"));
    let home = rows::home(tx, learner).await?.ok_or_else(nowhere)?;
    let m = rows::Place { id: MemberId(visit.new_id()), learner, organisation: home, number, state: Standing::Queue };
    if !rows::insert(tx, g.id, &m, visit.viewer.person, visit.now).await? {
        return Err(Fault::field("learner", Message::new("group-learner-there")));
    }
    let state = settle(tx, visit, g.id, g.organisation_id, &m).await?;
    Entry::new("join", KIND, g.id).fields(&[state.code()]).write(tx, visit).await?;
    Ok((m.id, state))
}

/// Takes the group's row and the next number of those who ask.
async fn ask(tx: &mut Tx, id: GroupId) -> Result<i64, Fault> {
    store::ask(tx, id).await?.ok_or_else(|| Fault::conflict("state", Message::new("group-not-open")))
}

/// Gives a place, or writes down what the child waits for.
async fn settle(
    tx: &mut Tx,
    visit: &Visit,
    group: GroupId,
    host: OrganisationId,
    m: &rows::Place,
) -> Result<Standing, Fault> {
    let is_own = m.organisation == host;
    let consent = match is_own {
        true => None,
        false => consents::granted(tx, m.learner, Purpose::Transfer, Some(host), visit.today).await?,
    };
    let next = if !is_own && consent.is_none() {
        Standing::Consent
    } else if store::take_place(tx, group).await? {
        Standing::Member
    } else {
        Standing::Queue
    };
    rows::settle(tx, m.id, next, consent, visit.today).await?;
    if let (Standing::Member, Some(consent)) = (next, consent) {
        let until = store::find_in(tx, group).await?.and_then(|g| g.ends_on);
        let ground = NewGround {
            id: visit.new_id(),
            learner: m.learner,
            kind: GroundKind::Enrolment,
            whom: Whom::Organisation(host.0),
            source: m.id.0,
            consent: Some(consent),
            from: visit.today,
            until,
        };
        learners::open_to(tx, visit, &ground).await?;
    }
    Ok(next)
}

/// Looks anew at what a child waits for: the consent may have come.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `consent` while there is none, `full`
/// while all places are taken, `state` when the child waits no longer.
pub async fn admit(visit: &Visit, once: &Once, id: GroupId, form: &PlaceForm) -> Result<Done, Fault> {
    let group = open(visit, id).await?;
    let can = Can::of(visit, &group).await?;
    let member = form.id()?;
    let seen = rows::visible(visit, &group, can.register, Some(member)).await?;
    let seen = seen.into_iter().next().ok_or(Fault::NotFound)?;
    // Whoever may send the child may ask again too.
    let may = can.lead
        || match seen.learner_id {
            Some(learner) => may_bring(visit, can, learner).await?,
            None => false,
        };
    Can::demand(may, SEND)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let waits = |m: &rows::Place| matches!(m.state, Standing::Consent | Standing::Queue);
        store::lock(tx, id).await?;
        let place = rows::place(tx, id, member).await?.filter(waits).ok_or_else(over)?;
        let state = settle(tx, visit, id, group.organisation_id, &place).await?;
        if state == place.state {
            return Err(match state {
                Standing::Consent => Fault::conflict(
                    "consent",
                    Message::new("group-no-consent").with("organisation", &group.organisation_name),
                ),
                _ => Fault::conflict("full", Message::new("group-full")),
            });
        }
        Entry::new("take-in", KIND, id).fields(&[state.code()]).write(tx, visit).await?;
        Ok(Done::changed(url(id), json!({ "id": member, "state": state })))
    })
    .await
}

fn over() -> Fault {
    Fault::conflict("state", Message::new("group-place-moved"))
}

/// Whether the viewer answers for the school that sent this child: seeing the child is not enough.
pub fn sent(visit: &Visit, m: &super::Member) -> bool {
    m.learner_id.is_some() && visit.viewer.reach(SEND).covers(Some(m.organisation_id.0))
}

/// Ends a child's place, for who leads there and for the school that sent the child: the record closes to
/// the others at once, and the first who waits comes in.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `state` when the child has left already.
pub async fn leave(visit: &Visit, once: &Once, id: GroupId, form: &PlaceForm) -> Result<Done, Fault> {
    let group = open(visit, id).await?;
    let can = Can::of(visit, &group).await?;
    let member = form.id()?;
    let seen = rows::visible(visit, &group, can.register, Some(member)).await?;
    let seen = seen.into_iter().next().ok_or(Fault::NotFound)?;
    Can::demand(can.lead || sent(visit, &seen), LEAD)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        store::lock(tx, id).await?;
        let place = rows::place(tx, id, member).await?.ok_or(Fault::NotFound)?;
        if !rows::leave(tx, member, visit.today).await? {
            return Err(over());
        }
        if place.state == Standing::Member {
            store::free_place(tx, id).await?;
        }
        learners::close_source(tx, member.0, visit.today).await?;
        fill(tx, visit, id).await?;
        Entry::new("leave", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(id), json!({ "id": member, "state": Standing::Left })))
    })
    .await
}

/// Lets those in who wait for a place, in their order. One whose consent is gone waits for it again.
pub async fn fill(tx: &mut Tx, visit: &Visit, id: GroupId) -> Result<(), Fault> {
    store::lock(tx, id).await?;
    let Some(group) = store::find_in(tx, id).await?.filter(|g| g.state.is_open()) else { return Ok(()) };
    let mut free = group.free();
    for place in rows::queue(tx, id).await? {
        if free <= 0 {
            break;
        }
        if settle(tx, visit, id, group.organisation_id, &place).await? == Standing::Member {
            free -= 1;
            Entry::new("take-in", KIND, id).fields(&[Standing::Member.code()]).write(tx, visit).await?;
        }
    }
    Ok(())
}

/// Closes what a group opened of its children: it is over.
pub async fn close(tx: &mut Tx, visit: &Visit, id: GroupId) -> Result<(), Fault> {
    for member in rows::of_state(tx, id, Standing::Member).await? {
        learners::close_source(tx, member.0, visit.today).await?;
    }
    Ok(())
}

/// Where a child studies; none when nowhere.
///
/// # Errors
/// The database's.
pub async fn home(tx: &mut Tx, learner: PersonId) -> Result<Option<OrganisationId>, Fault> {
    rows::home(tx, learner).await
}

/// The places of one standing, in the order of asking: for the demo.
///
/// # Errors
/// The database's.
pub async fn members_of(tx: &mut Tx, id: GroupId, state: Standing) -> Result<Vec<MemberId>, Fault> {
    rows::of_state(tx, id, state).await
}

/// The children of the group for this page; the look at those who are named is noted.
///
/// # Errors
/// The database's; [`Fault::Unavailable`].
pub async fn list(visit: &Visit, g: &Group, can: Can) -> Result<Vec<super::Member>, Fault> {
    let members = rows::visible(visit, g, can.register, None).await?;
    let named: Vec<PersonId> = members.iter().filter_map(|m| m.learner_id).collect();
    learners::note_read(visit, learners::How::Elsewhere, &named).await?;
    Ok(members)
}

/// The same for a page that counts them and names nobody: nothing of a child is shown, nothing is noted.
///
/// # Errors
/// The database's.
pub async fn count(visit: &Visit, g: &Group) -> Result<Vec<super::Member>, Fault> {
    let mut members = rows::visible(visit, g, false, None).await?;
    for m in &mut members {
        (m.learner_id, m.full_name, m.class_name) = (None, None, None);
    }
    Ok(members)
}

/// Children who could be named into something, by a search.
///
/// # Errors
/// The database's; [`Fault::Unavailable`].
pub async fn candidates(visit: &Visit, q: &str) -> Result<Vec<learners::Listed>, Fault> {
    let q = kit::form::tidy(&q.chars().take(200).collect::<String>());
    let filter = learners::Filter { q, ..learners::Filter::default() };
    learners::to_name(visit, learners::How::Elsewhere, &filter, 25).await
}

/// Children whom the viewer could bring into this group, by a search.
///
/// # Errors
/// The database's; [`Fault::Unavailable`].
pub async fn to_bring(visit: &Visit, can: Can, q: &str) -> Result<Vec<learners::Listed>, Fault> {
    let found = candidates(visit, q).await?;
    if can.lead {
        return Ok(found);
    }
    let mut all = Vec::new();
    for child in found {
        if may_bring(visit, can, child.id).await? {
            all.push(child);
        }
    }
    Ok(all)
}

/// Makes sure that whoever plans may: for the pages of a group.
pub async fn leader(visit: &Visit, id: GroupId) -> Result<Group, Fault> {
    open_to_lead(visit, id).await
}
