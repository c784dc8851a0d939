//! Answering: the owner agrees, declines or offers something else; the asker takes the offer or
//! not; either side gives it up.
use super::{
    act::{self, changed, demand, go, open, revise, wrong},
    book::{Instead, taken, wish_like},
    consent,
    model::{Asked, Booking, BookingId, BookingState, Side},
    news, store,
};
use crate::notifications::Kind;
use crate::resources::{self, Known, Read, ResourceId, Span, moment};
use kit::{
    Fault, Visit,
    db::Tx,
    form::{Check, Problems, tidy},
    once::{Done, Once},
    text::Message,
};
use serde::{Deserialize, Serialize};

/// A deed with a word on why: what was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ReasonForm {
    pub reason: String,
    /// `owner` or `asker`, for who could act for both.
    pub side: String,
}

impl ReasonForm {
    fn read(&self, is_needed: bool) -> Result<Option<String>, Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let reason = if is_needed {
            Some(check.required("reason", &self.reason, 500))
        } else {
            check.optional("reason", &self.reason, 500)
        };
        problems.into_result(reason)
    }
}

/// The owner agrees: requested → planned.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `state`.
pub async fn confirm(visit: &Visit, once: &Once, id: BookingId) -> Result<Done, Fault> {
    demand(visit, &open(visit, id).await?, Side::Owner)?;
    once.run(&visit.net, async |tx: &mut Tx| confirm_in(tx, visit, id).await).await
}

/// The same inside a transaction, for who may decide for the owner.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] `state`, `no-consent`.
pub async fn confirm_in(tx: &mut Tx, visit: &Visit, id: BookingId) -> Result<Done, Fault> {
    let before = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?;
    if before.state != BookingState::Requested {
        return Err(wrong(visit, before.state));
    }
    consent::with_confirmation(tx, visit, &before).await?;
    let booking = revise(tx, visit, id, "confirm", |b| {
        // An offer of the owner's own waits for the asker.
        if b.state == BookingState::Requested {
            go(visit, b, BookingState::Planned)
        } else {
            Err(wrong(visit, b.state))
        }
    })
    .await?;
    news::told(tx, visit, &booking, Kind::Confirmed, &[Side::Asker]).await?;
    resources::settle(tx, id.0).await?;
    Ok(changed(&booking))
}

/// The owner declines and says why; the capacity is free again.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state`.
pub async fn decline(visit: &Visit, once: &Once, id: BookingId, form: &ReasonForm) -> Result<Done, Fault> {
    demand(visit, &open(visit, id).await?, Side::Owner)?;
    let reason = form.read(true)?;
    give_up(visit, once, id, "decline", BookingState::Declined, reason).await
}

/// Either side gives it up before it begins. The owner of what is agreed says why.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state`, or
/// `begun` when it has begun.
pub async fn cancel(visit: &Visit, once: &Once, id: BookingId, form: &ReasonForm) -> Result<Done, Fault> {
    let booking = open(visit, id).await?;
    let side = act::side(visit, &booking, &form.side)?;
    let reason = form.read(side == Side::Owner && booking.state == BookingState::Planned && !booking.is_own_use())?;
    give_up(visit, once, id, "cancel", BookingState::Cancelled, reason).await
}

/// The asker refuses what the owner offers instead.
///
/// # Errors
/// As [`cancel`].
pub async fn refuse_offer(visit: &Visit, once: &Once, id: BookingId, form: &ReasonForm) -> Result<Done, Fault> {
    let booking = open(visit, id).await?;
    demand(visit, &booking, Side::Asker)?;
    if booking.state != BookingState::Countered {
        return Err(wrong(visit, booking.state));
    }
    give_up(visit, once, id, "refuse", BookingState::Cancelled, form.read(false)?).await
}

async fn give_up(
    visit: &Visit,
    once: &Once,
    id: BookingId,
    action: &'static str,
    next: BookingState,
    reason: Option<String>,
) -> Result<Done, Fault> {
    once.run(&visit.net, async |tx: &mut Tx| {
        Ok(changed(&give_up_in(tx, visit, id, action, next, reason.clone()).await?))
    })
    .await
}

async fn give_up_in(
    tx: &mut Tx,
    visit: &Visit,
    id: BookingId,
    action: &'static str,
    next: BookingState,
    reason: Option<String>,
) -> Result<Booking, Fault> {
    let booking = revise(tx, visit, id, action, |b| {
        if next == BookingState::Cancelled && b.state == BookingState::Planned && b.has_begun(visit.now) {
            return Err(Fault::conflict("begun", Message::new("booking-begun")));
        }
        b.reason.clone_from(&reason);
        go(visit, b, next)
    })
    .await?;
    resources::release(tx, id.0).await?;
    super::need::reopen(tx, visit, &booking).await?;
    let (kind, sides): (_, &[Side]) = match action {
        "decline" => (Kind::Declined, &[Side::Asker]),
        "refuse" => (Kind::Refused, &[Side::Owner]),
        _ => (Kind::Cancelled, &[Side::Owner, Side::Asker]),
    };
    news::told(tx, visit, &booking, kind, sides).await?;
    Ok(booking)
}

/// Gives up for the asker, in the transaction of what the booking was for. Whoever calls this
/// answers for the permission.
///
/// # Errors
/// [`Fault::Conflict`] `state`, or `begun` when it has begun.
pub async fn cancel_in(tx: &mut Tx, visit: &Visit, id: BookingId, reason: Option<String>) -> Result<(), Fault> {
    give_up_in(tx, visit, id, "cancel", BookingState::Cancelled, reason).await.map(drop)
}

/// The asker takes what the owner offers: countered → planned. Its capacity is held already.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `state`.
pub async fn accept_offer(visit: &Visit, once: &Once, id: BookingId) -> Result<Done, Fault> {
    demand(visit, &open(visit, id).await?, Side::Asker)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let booking = revise(tx, visit, id, "accept", |b| {
            if b.state == BookingState::Countered {
                go(visit, b, BookingState::Planned)
            } else {
                Err(wrong(visit, b.state))
            }
        })
        .await?;
        resources::settle(tx, id.0).await?;
        super::need::fulfil(tx, visit, &booking).await?;
        news::told(tx, visit, &booking, Kind::Accepted, &[Side::Owner]).await?;
        Ok(changed(&booking))
    })
    .await
}

/// Another time, or another resource of the same owner: what was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct TimeForm {
    pub resource_id: String,
    pub starts_at: String,
    pub ends_at: String,
    pub reason: String,
    pub side: String,
}

/// What a checked form of another time says.
pub struct Other {
    /// The same resource when nothing is said.
    pub resource: Option<ResourceId>,
    pub span: Span,
    pub reason: Option<String>,
}

impl TimeForm {
    /// An end that is not said follows from the length that it had.
    pub fn read(&self, was: Span) -> Result<Other, Fault> {
        let mut problems = Problems::default();
        let start = moment(&mut problems, "starts_at", &self.starts_at).unwrap_or(was.start);
        let end = moment(&mut problems, "ends_at", &self.ends_at).unwrap_or(start + was.length());
        let reason = Check { problems: &mut problems }.optional("reason", &self.reason, 500);
        let resource = tidy(&self.resource_id).map(|text| text.parse::<ResourceId>());
        if matches!(resource, Some(Err(_))) {
            problems.add("resource_id", Message::new("form-choose"));
        }
        problems.into_result(Other { resource: resource.and_then(Result::ok), span: Span::new(start, end), reason })
    }
}

/// The other resource, which must be the same owner's.
pub async fn other_of(
    visit: &Visit,
    id: ResourceId,
    owner: crate::organisations::OrganisationId,
    span: Span,
) -> Result<Known, Fault> {
    let known = Known::load(&mut Read::Net(&visit.net), &[id], span).await?;
    if known.resource(id)?.owner_id == owner {
        Ok(known)
    } else {
        Err(Fault::field("resource_id", Message::new("booking-other-owner")))
    }
}

/// The owner offers another time or resource. What is offered is held at once, what was asked for
/// is free again: an offer that is gone when it is accepted would be none.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state`, `taken`.
pub async fn counter(visit: &Visit, once: &Once, id: BookingId, form: &TimeForm) -> Result<Done, Fault> {
    let before = open(visit, id).await?;
    demand(visit, &before, Side::Owner)?;
    let other = form.read(before.span)?;
    let target = other.resource.unwrap_or(before.resource_id);
    let known = other_of(visit, target, before.owner_id, other.span).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let r = known.resource(target)?;
        let mut booking = revise(tx, visit, id, "counter", |b| {
            go(visit, b, BookingState::Countered)?;
            b.asked = b.asked.or(Some(Asked { resource_id: b.resource_id, span: b.span }));
            b.reason.clone_from(&other.reason);
            (b.resource_id, b.class, b.person_id, b.span) = (r.id, r.class, r.person_id, other.span);
            Ok(())
        })
        .await?;
        store::drop_consents(tx, id).await?;
        consent::with_offer(tx, visit, &booking).await?;
        let wish = wish_like(&booking, r, other.span, id, Side::Owner);
        let outcome = resources::take(tx, &known, &[wish], &[id.0], false, visit.now).await?;
        if let Some(clash) = outcome.clashes.first() {
            let instead = Instead::find(&mut Read::Tx(tx), &known, clash, &[id.0], visit).await?;
            return Err(taken(visit, &outcome.clashes, &instead));
        }
        // The resource may have got another person since it was looked at.
        let person = outcome.taken.first().and_then(|(wish, _)| wish.hold.person_id);
        if person != booking.person_id {
            booking.person_id = person;
            store::save(tx, &booking).await?;
        }
        news::told(tx, visit, &booking, Kind::Countered, &[Side::Asker]).await?;
        Ok(changed(&booking))
    })
    .await
}
