//! The consents to a visit of a person: theirs and the head's, with who gave them and when. Silence
//! is no consent; it is reminded of in «На решении» and stands on the booking's page.
use super::{
    DECIDE, KIND, REQUEST,
    act::{self, changed, go, revise},
    model::{Booking, BookingId, BookingState, Side},
    news, store,
};
use crate::{notifications::Kind, resources, resources::Class};
use chrono::{DateTime, Utc};
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

kit::codes! {
    /// Who must agree to a visit: the one who goes, and the head who lets them.
    pub enum Party { Person = "person", Head = "head" }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    pub party: Party,
    pub is_given: bool,
    pub reason: Option<String>,
    pub answered_at: DateTime<Utc>,
    pub answered_by: Option<Uuid>,
}
kit::db::row!(Consent { party, is_given, reason, answered_at, answered_by });

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ConsentForm {
    /// `person` or `head`, for who could answer as both.
    pub party: String,
    /// `yes` or `no`.
    pub answer: String,
    /// Of a refusal: the other side reads it.
    pub reason: String,
}

/// Somebody goes to another organisation, or receives its people: they are asked.
pub fn is_needed(b: &Booking) -> bool {
    b.class == Class::Staff && b.person_id.is_some() && !b.is_own_use()
}

/// While there is still something to agree to.
pub fn is_open(visit: &Visit, b: &Booking) -> bool {
    is_needed(b)
        && matches!(b.state, BookingState::Requested | BookingState::Countered | BookingState::Planned)
        && b.span.start > visit.now
}

/// Whether this viewer answers as this party.
pub fn answers_as(visit: &Visit, b: &Booking, party: Party) -> bool {
    match party {
        Party::Person => b.person_id.is_some() && b.person_id == visit.viewer.person,
        Party::Head => is_head(visit, b),
    }
}

/// Leads some organisation, or stands in for who does.
pub fn leads(visit: &Visit) -> bool {
    visit.viewer.has_role("head") || visit.viewer.has_role("deputy_head")
}

/// The head of the owner, or who stands in for them.
fn is_head(visit: &Visit, b: &Booking) -> bool {
    leads(visit) && visit.viewer.reach(DECIDE).covers(Some(b.owner_id.0))
}

/// A person or a head answers. A refusal of what is agreed calls it off; of what is only asked for,
/// the owner decides what to offer instead.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state` when there
/// is nothing to agree to any more.
pub async fn answer(visit: &Visit, once: &Once, id: BookingId, form: &ConsentForm) -> Result<Done, Fault> {
    let booking = act::open(visit, id).await?;
    if !is_open(visit, &booking) {
        return Err(act::wrong(visit, booking.state));
    }
    let party = party(visit, &booking, &form.party)?;
    let mut problems = Problems::default();
    let is_given = match form.answer.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    if is_given.is_none() {
        problems.add("answer", Message::new("form-choose"));
    }
    let mut check = Check { problems: &mut problems };
    let reason = match is_given {
        Some(false) => Some(check.required("reason", &form.reason, 500)),
        _ => None,
    };
    problems.into_result(())?;
    let consent = Consent {
        party,
        is_given: is_given.unwrap_or(false),
        reason,
        answered_at: visit.now,
        answered_by: visit.viewer.person,
    };
    once.run(&visit.net, async |tx: &mut Tx| {
        let now = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?;
        // The booking may have got another person, or have begun, since it was looked at.
        if !is_open(visit, &now) || (party == Party::Person && now.person_id != visit.viewer.person) {
            return Err(act::wrong(visit, now.state));
        }
        put(tx, visit, &now, &consent).await
    })
    .await
}

fn party(visit: &Visit, b: &Booking, said: &str) -> Result<Party, Fault> {
    let mine: Vec<Party> = Party::ALL.iter().copied().filter(|p| answers_as(visit, b, *p)).collect();
    match (said.parse::<Party>(), mine.as_slice()) {
        (Ok(party), mine) if mine.contains(&party) => Ok(party),
        (Err(_), [only]) => Ok(*only),
        (Err(_), [_, ..]) => Err(Fault::field("party", Message::new("form-choose"))),
        _ => Err(Fault::Forbidden(REQUEST)),
    }
}

async fn put(tx: &mut Tx, visit: &Visit, now: &Booking, consent: &Consent) -> Result<Done, Fault> {
    store::put_consent(tx, now.id, consent).await?;
    let action = if consent.is_given { "consent" } else { "no_consent" };
    Entry::new(action, KIND, now.id).fields(&[consent.party.code()]).write(tx, visit).await?;
    if consent.is_given {
        return Ok(changed(now));
    }
    if now.state != BookingState::Planned {
        news::told(tx, visit, now, Kind::Consent, &[Side::Owner]).await?;
        return Ok(changed(now));
    }
    let booking = revise(tx, visit, now.id, "cancel", |b| {
        b.reason.clone_from(&consent.reason);
        go(visit, b, BookingState::Cancelled)
    })
    .await?;
    resources::release(tx, now.id.0).await?;
    super::need::reopen(tx, visit, &booking).await?;
    news::told(tx, visit, &booking, Kind::Cancelled, &[Side::Owner, Side::Asker]).await?;
    Ok(changed(&booking))
}

/// Whoever leads the owner agrees with the deed itself: nobody is asked twice. What the person has
/// refused cannot be agreed to over their head.
///
/// # Errors
/// [`Fault::Conflict`] `no-consent`.
pub async fn with_confirmation(tx: &mut Tx, visit: &Visit, b: &Booking) -> Result<(), Fault> {
    if !is_needed(b) {
        return Ok(());
    }
    let refused = store::consents_in(tx, b.id).await?.into_iter().find(|c| !c.is_given);
    if let Some(c) = refused.filter(|c| c.party == Party::Person) {
        let message = Message::new("consent-refused-by-person").with("reason", c.reason.unwrap_or_default());
        return Err(Fault::conflict("no-consent", message));
    }
    with_offer(tx, visit, b).await
}

/// What the head offers or agrees to themself needs no further word of theirs.
///
/// # Errors
/// The database's.
pub async fn with_offer(tx: &mut Tx, visit: &Visit, b: &Booking) -> Result<(), Fault> {
    if is_needed(b) && is_head(visit, b) {
        note(tx, b.id, Party::Head, visit.viewer.person, visit.now).await?;
    }
    Ok(())
}

/// Writes down that a party agrees. Also for the demo.
///
/// # Errors
/// The database's.
pub async fn note(tx: &mut Tx, id: BookingId, party: Party, by: Option<Uuid>, at: DateTime<Utc>) -> Result<(), Fault> {
    let consent = Consent { party, is_given: true, reason: None, answered_at: at, answered_by: by };
    store::put_consent(tx, id, &consent).await
}
