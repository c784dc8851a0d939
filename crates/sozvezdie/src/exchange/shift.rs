//! Moving a booking to another time, and a day to distance.
use super::{
    DECIDE, KIND, LIST, REQUEST, VIEW,
    act::{self, go, open, revise},
    book::{Instead, new, taken, wish_like},
    consent,
    decide::{TimeForm, other_of},
    form::whole_day,
    model::{BookingId, BookingState, Mode, Side},
    news, store, url,
};
use crate::{
    notifications::{self, Kind},
    organisations::OrganisationId,
    resources::{self, Read},
};
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    form::{Check, Problems, tidy},
    once::{Done, Once},
    text::Message,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Moves a booking: the new time is held and the old one given up in one moment, or nothing
/// changes. The old booking stays as «перенесено» and points to the new one. Moved by the owner it
/// stays agreed, moved by the asker it waits for the owner again.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state`, `taken`.
pub async fn move_booking(visit: &Visit, once: &Once, id: BookingId, form: &TimeForm) -> Result<Done, Fault> {
    let before = open(visit, id).await?;
    let side = act::side(visit, &before, &form.side)?;
    let other = form.read(before.span)?;
    let target = other.resource.unwrap_or(before.resource_id);
    let known = other_of(visit, target, before.owner_id, other.span).await?;
    let new_id = BookingId(visit.new_id());
    once.run(&visit.net, async |tx: &mut Tx| {
        let old_state = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?.state;
        let old = revise(tx, visit, id, "move", |b| {
            if b.loan.handed_on.is_some() {
                return Err(act::wrong(visit, b.state));
            }
            go(visit, b, BookingState::Moved)?;
            b.moved_to = Some(new_id);
            b.reason.clone_from(&other.reason);
            Ok(())
        })
        .await?;
        let r = known.resource(target)?;
        let wish = wish_like(&old, r, other.span, new_id, side);
        let outcome = resources::take(tx, &known, &[wish], &[id.0], false, visit.now).await?;
        let Some((wish, number)) = outcome.taken.first() else {
            let Some(clash) = outcome.clashes.first() else { return Err(Fault::NotFound) };
            let instead = Instead::find(&mut Read::Tx(tx), &known, clash, &[id.0], visit).await?;
            return Err(taken(visit, &outcome.clashes, &instead));
        };
        let mut booking = new(visit, r, wish, *number, &old.purpose);
        (booking.series_id, booking.cart_id, booking.need_id) = (old.series_id, old.cart_id, old.need_id);
        booking.moved_from = Some(id);
        booking.state = if side == Side::Owner { old_state } else { BookingState::Requested };
        store::insert(tx, std::slice::from_ref(&booking)).await?;
        if booking.state == BookingState::Planned {
            resources::settle(tx, new_id.0).await?;
        }
        consent::with_offer(tx, visit, &booking).await?;
        Entry::new("create", KIND, booking.id).write(tx, visit).await?;
        notifications::settle(tx, visit, id.0).await?;
        if booking.state == BookingState::Requested {
            news::asked(tx, visit, std::slice::from_ref(&booking)).await?;
        } else {
            news::told(tx, visit, &booking, Kind::Moved, &[Side::Asker]).await?;
        }
        let body = json!({ "id": booking.id, "state": booking.state, "starts_at": booking.span.start, "ends_at": booking.span.end, "moved_from": id });
        Ok(Done::created(url(booking.id), body))
    })
    .await
}

/// Which bookings go to distance: what was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct DistanceForm {
    pub on: String,
    /// Only what happens at this organisation.
    pub place_id: String,
}

/// Switches all visits of a day, or those at one place, to distance: what the viewer may act for on
/// either side; everything for the department.
///
/// # Errors
/// [`Fault::Invalid`].
pub async fn switch_to_distance(visit: &Visit, once: &Once, form: &DistanceForm) -> Result<Done, Fault> {
    let mut problems = Problems::default();
    let on = Check { problems: &mut problems }.date("on", &form.on);
    if on.is_none() && problems.is_empty() {
        problems.add("on", Message::new("form-required"));
    }
    let place = tidy(&form.place_id).map(|text| text.parse::<OrganisationId>());
    if matches!(place, Some(Err(_))) {
        problems.add("place_id", Message::new("form-choose"));
    }
    problems.into_result(())?;
    let Some(day) = on.map(whole_day) else { return Err(Fault::NotFound) };
    let place = place.and_then(Result::ok);
    let (owner, asker) = (visit.viewer.reach(DECIDE), visit.viewer.reach(REQUEST));
    if !visit.viewer.may(VIEW) {
        visit.viewer.demand(REQUEST, None)?;
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        let (mut ids, mut switched) = (Vec::new(), Vec::new());
        for booking in store::of_day(tx, day, &owner, &asker, place).await? {
            let after = revise(tx, visit, booking.id, "distance", |b| {
                b.mode = Mode::Distance;
                Ok(())
            })
            .await?;
            resources::to_distance(tx, booking.id.0).await?;
            ids.push(booking.id);
            switched.push(after);
        }
        news::switched(tx, visit, &switched).await?;
        Ok(Done::changed(LIST.into(), json!({ "switched": ids.len(), "ids": ids })))
    })
    .await
}
