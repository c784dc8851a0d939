//! Who is told of what happens to a booking or a need, in the deed's own transaction.
use super::{
    DECIDE, REQUEST, consent,
    model::{Booking, BookingState, Side},
    need::Need,
    need_url, store, url,
};
use crate::notifications::{self, Kind, News, To};
use kit::{Fault, Visit, db::Tx};
use uuid::Uuid;

fn side_of(b: &Booking, side: Side) -> To {
    match side {
        Side::Owner => To::Holders(DECIDE, vec![b.owner_id.0]),
        Side::Asker => To::Holders(REQUEST, vec![b.organisation_id.0]),
    }
}

/// Those of one series or common request are one line.
pub fn line(b: &Booking, kind: Kind, to: Side) -> News {
    let together = b.cart_id.or(b.series_id).unwrap_or(b.id.0);
    let other = if to == Side::Owner { b.organisation_id } else { b.owner_id };
    News {
        kind,
        bunch: format!("{}:{together}", kind.code()),
        record: b.id.0,
        link: url(b.id),
        subject: b.resource_name.clone(),
        other: (!b.is_own_use()).then_some(other.0),
        starts_at: Some(b.span.start),
    }
}

/// New requests: those who decide for each owner.
///
/// # Errors
/// The database's.
pub async fn asked(tx: &mut Tx, visit: &Visit, bookings: &[Booking]) -> Result<(), Fault> {
    let waiting: Vec<&Booking> = bookings.iter().filter(|b| b.state == BookingState::Requested).collect();
    let mut owners: Vec<Uuid> = waiting.iter().map(|b| b.owner_id.0).collect();
    owners.sort_unstable();
    owners.dedup();
    for owner in owners {
        let own: Vec<News> =
            waiting.iter().filter(|b| b.owner_id.0 == owner).map(|b| line(b, Kind::Requested, Side::Owner)).collect();
        notifications::tell(tx, visit, &To::Holders(DECIDE, vec![owner]), &own).await?;
    }
    for b in waiting.iter().filter(|b| consent::is_needed(b)) {
        let Some(person) = b.person_id else { continue };
        notifications::tell(tx, visit, &To::Person(person), &[line(b, Kind::Consent, Side::Owner)]).await?;
    }
    Ok(())
}

/// A deed with a booking: what was asked for is settled, and these sides learn what happened.
pub async fn told(tx: &mut Tx, visit: &Visit, b: &Booking, kind: Kind, sides: &[Side]) -> Result<(), Fault> {
    notifications::settle(tx, visit, b.id.0).await?;
    for side in sides {
        // Of one's own use both sides are the same.
        if *side == Side::Asker && b.is_own_use() && sides.len() > 1 {
            continue;
        }
        notifications::tell(tx, visit, &side_of(b, *side), &[line(b, kind, *side)]).await?;
    }
    Ok(())
}

/// A side has stated what came of it: the other is asked, both of what they dispute.
pub async fn stated(tx: &mut Tx, visit: &Visit, b: &Booking, by: Side) -> Result<(), Fault> {
    let other = if by == Side::Owner { Side::Asker } else { Side::Owner };
    match b.state {
        BookingState::Disputed => told(tx, visit, b, Kind::Disputed, &[Side::Owner, Side::Asker]).await,
        BookingState::TookPlace | BookingState::DidNotTakePlace if b.stated(other).is_none() => {
            told(tx, visit, b, Kind::Stated, &[other]).await
        }
        _ => notifications::settle(tx, visit, b.id.0).await,
    }
}

/// Visits of one day go to distance: one line for each day.
pub async fn switched(tx: &mut Tx, visit: &Visit, bookings: &[Booking]) -> Result<(), Fault> {
    for b in bookings {
        for side in [Side::Owner, Side::Asker] {
            let day = kit::clock::local_date(b.span.start);
            let news = News { bunch: format!("{}:{day}", Kind::Distance.code()), ..line(b, Kind::Distance, side) };
            notifications::tell(tx, visit, &side_of(b, side), &[news]).await?;
        }
    }
    Ok(())
}

/// A need: those who decide for the organisations that share such a resource.
pub async fn needed(tx: &mut Tx, visit: &Visit, need: &Need) -> Result<(), Fault> {
    let owners = store::owners_of(tx, need.class, need.organisation_id).await?;
    let news = News {
        kind: Kind::Need,
        bunch: format!("{}:{}", Kind::Need.code(), need.id),
        record: need.id.0,
        link: need_url(need.id),
        subject: need.title.clone(),
        other: Some(need.organisation_id.0),
        starts_at: Some(need.span.start),
    };
    notifications::tell(tx, visit, &To::Holders(DECIDE, owners), &[news]).await
}
