//! Bookings. Each resource has its own row of lessons, from three weeks ahead back into the past,
//! and takes the next one each time: so no two bookings of a resource ever overlap.
use super::{
    BATCH, one_of,
    resources::{CLOSES, OPENS},
};
use crate::{
    exchange::{self, Booking, BookingState, Stated, Statement},
    organisations::OrganisationId,
    resources::{self, Asker, Hold, Read, Resource, ResourceId, Sharing, Span, Wish, at},
};
use chrono::{Datelike as _, Duration, NaiveDate};
use kit::{Fault, Visit, audit::Entry, db::Tx};
use rand::{RngExt as _, rngs::StdRng, seq::IndexedRandom as _};

/// Minutes of a lesson, and how many there are in a day.
const LESSON: i64 = 90;
const LESSONS: i64 = (CLOSES - OPENS) / LESSON;
/// How many days ahead the latest is.
const AHEAD: i64 = 21;
/// Resources whose bookings are made at once.
const RESOURCES: usize = 200;

const PURPOSES: [&str; 4] =
    ["Практикум 8 класса", "Занятие группы", "Исследовательский проект", "Подготовка к олимпиаде"];

pub async fn write(
    visit: &Visit,
    count: usize,
    askers: &[OrganisationId],
    bookable: &[ResourceId],
    random: &mut StdRng,
    wrote: impl Fn(usize),
) -> Result<(), Fault> {
    // Of one resource all at once: the first few have one more when it does not come out even.
    let (each, more) = (count / bookable.len().max(1), count % bookable.len().max(1));
    let mut waiting: Vec<Booking> = Vec::new();
    for (part, ids) in bookable.chunks(RESOURCES).enumerate() {
        let resources = resources::find_all(&mut Read::Net(&visit.net), ids).await?;
        for (place, resource) in resources.iter().enumerate() {
            let own = each + usize::from(part * RESOURCES + place < more);
            for turn in 0..own {
                waiting.extend(booking(visit, resource, turn, askers, random));
                if waiting.len() == BATCH {
                    save(visit, &waiting).await?;
                    wrote(waiting.len());
                    waiting.clear();
                }
            }
        }
    }
    save(visit, &waiting).await?;
    wrote(waiting.len());
    Ok(())
}

async fn save(visit: &Visit, bookings: &[Booking]) -> Result<(), Fault> {
    let holds: Vec<Hold> = bookings.iter().filter(|b| b.state.holds()).map(hold).collect();
    visit
        .net
        .transact(async |tx: &mut Tx| {
            exchange::insert(tx, bookings).await?;
            resources::insert_holds(tx, &holds).await?;
            let entries = bookings.iter().map(|b| Entry::new("create", exchange::KIND, b.id)).collect();
            Entry::write_all(entries, tx, visit).await
        })
        .await
}

fn hold(b: &Booking) -> Hold {
    Hold {
        id: b.id.0,
        resource_id: b.resource_id,
        person_id: b.person_id,
        organisation_id: b.organisation_id,
        place_id: Some(b.owner_id),
        span: b.span,
        headcount: b.headcount,
        units: b.units,
        is_pending: b.state == BookingState::Requested,
    }
}

/// The booking of a resource's `turn`-th lesson from the last one on backwards.
fn booking(
    visit: &Visit,
    r: &Resource,
    turn: usize,
    askers: &[OrganisationId],
    random: &mut StdRng,
) -> Option<Booking> {
    let turn = i64::try_from(turn).ok()?;
    let day = working_day(visit.today + Duration::days(AHEAD), turn / LESSONS);
    let begin = at(day, OPENS + turn % LESSONS * LESSON);
    let headcount = random.random_range(1..=r.capacity?);
    let units = (r.sharing == Sharing::ByPiece).then_some(headcount);
    let organisation = *askers.choose(random)?;
    let asker = Asker { organisation, headcount, units, at_distance: false, is_loan: false, by_owner: false };
    let wish = Wish::new(visit.new_id(), r, Span::new(begin, begin + Duration::minutes(LESSON)), &asker);
    let booking = exchange::new_booking(visit, r, &wish, turn + 1, one_of(&PURPOSES, random));
    Some(settled(visit, booking, random))
}

/// So many working days before that day, or before the Friday before it.
fn working_day(from: NaiveDate, back: i64) -> NaiveDate {
    let into_week = i64::from(from.weekday().num_days_from_monday());
    let number = into_week.min(4) - back;
    from + Duration::days(number.div_euclid(5) * 7 + number.rem_euclid(5) - into_week)
}

/// What became of it: most of the past is confirmed, of the future half is still to be answered.
fn settled(visit: &Visit, b: Booking, random: &mut StdRng) -> Booking {
    if b.span.end > visit.now {
        let state = if random.random_bool(0.5) { BookingState::Planned } else { BookingState::Requested };
        return Booking { state, ..b };
    }
    if random.random_bool(0.1) {
        return Booking {
            state: BookingState::Cancelled, reason: Some("Карантин в классе.".into()), ..b
        };
    }
    let what = Statement { headcount: b.headcount, amount: LESSON };
    let said = Some(Stated { what, by: None, at: b.span.end });
    Booking {
        state: BookingState::Confirmed,
        owner_stated: said,
        asker_stated: said,
        agreed_headcount: b.headcount,
        agreed_minutes: LESSON,
        ..b
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn working_days_go_back_over_the_weekend() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        // A Tuesday and a Sunday.
        assert_eq!(working_day(day("2026-11-24"), 0), day("2026-11-24"));
        assert_eq!(working_day(day("2026-11-24"), 2), day("2026-11-20"));
        assert_eq!(working_day(day("2026-11-24"), 7), day("2026-11-13"));
        assert_eq!(working_day(day("2026-11-22"), 0), day("2026-11-20"));
    }
}
