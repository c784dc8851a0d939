//! What every deed with a booking shares: who may see it, on which side one stands, and how a
//! change is written when somebody else writes too.
use super::{
    DECIDE, KIND, REQUEST, VIEW,
    model::{Booking, BookingId, BookingState, Side},
    store, url,
};
use crate::resources;
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    once::Done,
    text::{Message, text_prefix},
};
use serde_json::json;

/// The booking, if this viewer may see it: one of the sides, the person who goes, or the department.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown id and one out of reach.
pub async fn open(visit: &Visit, id: BookingId) -> Result<Booking, Fault> {
    let found = store::find(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    may_be_seen(visit, &found).then_some(found).ok_or(Fault::NotFound)
}

pub fn may_be_seen(visit: &Visit, b: &Booking) -> bool {
    let reach = visit.viewer.reach(VIEW);
    let is_theirs = b.person_id.is_some() && b.person_id == visit.viewer.person;
    is_theirs || reach.covers(Some(b.owner_id.0)) || reach.covers(Some(b.organisation_id.0))
}

/// Whether the viewer may act for this side.
pub fn acts_for(visit: &Visit, b: &Booking, side: Side) -> bool {
    match side {
        Side::Owner => visit.viewer.reach(DECIDE).covers(Some(b.owner_id.0)),
        Side::Asker => visit.viewer.reach(REQUEST).covers(Some(b.organisation_id.0)),
    }
}

/// # Errors
/// [`Fault::Forbidden`] when the viewer does not act for this side.
pub fn demand(visit: &Visit, b: &Booking, side: Side) -> Result<(), Fault> {
    match side {
        Side::Owner => visit.viewer.demand(DECIDE, Some(b.owner_id.0)),
        Side::Asker => visit.viewer.demand(REQUEST, Some(b.organisation_id.0)),
    }
}

/// The side that the viewer acts for. Who could act for both says which; for one's own use both
/// are the same.
///
/// # Errors
/// [`Fault::Forbidden`] for neither; [`Fault::Invalid`] at `side` when it must be said.
pub fn side(visit: &Visit, b: &Booking, said: &str) -> Result<Side, Fault> {
    if let Ok(side) = said.parse() {
        demand(visit, b, side)?;
        return Ok(side);
    }
    match (acts_for(visit, b, Side::Owner), acts_for(visit, b, Side::Asker)) {
        (true, true) if b.is_own_use() => Ok(Side::Owner),
        (true, true) => Err(Fault::field("side", Message::new("booking-which-side"))),
        (true, false) => Ok(Side::Owner),
        (false, _) => demand(visit, b, Side::Asker).map(|()| Side::Asker),
    }
}

/// How often a change is tried when others write the same booking in between.
const ATTEMPTS: usize = 8;

/// Lets `change` have the booking as it stands, writes it and its audit line; again when somebody
/// was quicker.
///
/// # Errors
/// What `change` refuses with.
pub async fn revise(
    tx: &mut Tx,
    visit: &Visit,
    id: BookingId,
    action: &'static str,
    change: impl Fn(&mut Booking) -> Result<(), Fault>,
) -> Result<Booking, Fault> {
    for _ in 0..ATTEMPTS {
        let mut booking = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?;
        change(&mut booking)?;
        booking.updated_at = visit.now;
        booking.updated_by = visit.viewer.person;
        if store::save(tx, &booking).await? {
            booking.version += 1;
            Entry::new(action, KIND, id).fields(&["state"]).write(tx, visit).await?;
            if booking.loan.taken_back_on.is_some() || booking.state == BookingState::Confirmed {
                resources::is_back(tx, id.0, booking.span.end).await?;
            }
            return Ok(booking);
        }
    }
    Err(Fault::Unavailable("the booking changes too quickly".into()))
}

/// A step of the table of states, or the answer that it is not the time for it.
///
/// # Errors
/// [`Fault::Conflict`] `state`.
pub fn go(visit: &Visit, b: &mut Booking, next: BookingState) -> Result<(), Fault> {
    b.go(next).map_err(|now| wrong(visit, now))
}

/// It is not the time for this: says in which state the booking is.
pub fn wrong(visit: &Visit, now: BookingState) -> Fault {
    let state = visit.lang.say(&text_prefix!("booking-state-", now.code()));
    Fault::conflict("state", Message::new("booking-wrong-state").with("state", state))
}

/// The answer after a change.
pub fn changed(b: &Booking) -> Done {
    Done::changed(url(b.id), json!({ "id": b.id, "state": b.state, "version": b.version }))
}
