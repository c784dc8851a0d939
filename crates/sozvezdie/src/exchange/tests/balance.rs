//! «Отдано / получено» against a plain recount.
use super::*;
use crate::{
    resources::{Span, at},
    slices::MIGRATIONS,
};
use chrono::Duration;
use kit::db::testing::both_engines;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use std::collections::BTreeMap;

async fn random_bookings(world: &World, random: &mut StdRng) -> Vec<Booking> {
    let visit = world.program();
    let lab = world.resource(&world.laboratory(Sharing::ByPlace, 1000)).await;
    let known = resources::find(&visit.net, lab).await.unwrap().unwrap();
    let sides = [world.lab, world.school, world.other];
    let mut all = Vec::new();
    for _ in 0..300 {
        // From July 2026 to October 2027: parts of three academic years.
        let day = chrono::NaiveDate::from_ymd_opt(2026, 7, 1).unwrap() + Duration::days(random.random_range(0..480));
        let start = at(day, random.random_range(0..1440));
        let asker = resources::Asker {
            organisation: *sides.choose(random).unwrap(),
            headcount: random.random_range(1..30),
            units: None,
            at_distance: false,
            is_loan: false,
            by_owner: false,
        };
        let wish =
            resources::Wish::new(visit.new_id(), &known, Span::new(start, start + Duration::minutes(45)), &asker);
        let mut booking = super::super::book::new(&visit, &known, &wish, 1, "Проба");
        booking.owner_id = *sides.choose(random).unwrap();
        booking.class = *[Class::Staff, Class::Technological].choose(random).unwrap();
        booking.state = *BookingState::ALL.choose(random).unwrap();
        if random.random_range(0..3) > 0 {
            booking.state = BookingState::Confirmed;
        }
        // Sums must look at the state, not at what stands there.
        booking.agreed_headcount = random.random_range(1..30);
        if random.random_range(0..6) == 0 {
            (booking.form, booking.agreed_days) = (Form::Loan, random.random_range(1..20));
        } else {
            booking.agreed_minutes = random.random_range(5..600);
        }
        all.push(booking);
    }
    visit.net.transact(async |tx: &mut Tx| insert(tx, &all).await).await.unwrap();
    all
}

both_engines! {
    migrations: MIGRATIONS;

    async fn sums_agree_with_a_recount_and_come_to_zero(db: Db) {
        let world = World::new(db).await;
        let mut random = StdRng::seed_from_u64(5);
        let all = random_bookings(&world, &mut random).await;
        let department = world.as_role(Role::DepartmentSpecialist, None, now());
        for year in [2025, 2026, 2027] {
            for class in [None, Some(Class::Staff), Some(Class::Technological)] {
                let mut expected: BTreeMap<OrganisationId, [i64; 6]> = BTreeMap::new();
                for b in &all {
                    let local = b.span.start.with_timezone(&kit::clock::LOCAL).date_naive();
                    let first = chrono::NaiveDate::from_ymd_opt(year, 9, 1).unwrap();
                    let last = chrono::NaiveDate::from_ymd_opt(year + 1, 8, 31).unwrap();
                    let counts = b.state == BookingState::Confirmed && b.owner_id != b.organisation_id && class.is_none_or(|c| c == b.class);
                    if counts && (first..=last).contains(&local) {
                        for (organisation, at) in [(b.owner_id, 0), (b.organisation_id, 1)] {
                            let row = expected.entry(organisation).or_default();
                            row[at] += b.agreed_minutes;
                            row[at + 2] += b.agreed_days;
                            row[at + 4] += b.agreed_minutes * b.agreed_headcount;
                        }
                    }
                }
                let found = balance(&department, i64::from(year), class).await.unwrap();
                let rows: BTreeMap<_, _> = found
                    .rows
                    .iter()
                    .map(|r| (r.organisation_id, [r.given, r.received, r.given_days, r.received_days, r.given_learner_minutes, r.received_learner_minutes]))
                    .collect();
                assert_eq!(rows, expected, "{year} {class:?}");
                assert!(year != 2026 || !rows.is_empty());
                assert_eq!(found.rows.iter().map(|r| r.given - r.received).sum::<i64>(), 0);
                assert_eq!(found.rows.iter().map(|r| r.given_days - r.received_days).sum::<i64>(), 0);
                assert_eq!(found.minutes, expected.values().map(|r| r[0]).sum::<i64>());
                let pairs = pairs(&department, i64::from(year), class).await.unwrap();
                assert_eq!(pairs.iter().map(|p| p.minutes).sum::<i64>(), found.minutes);
            }
        }
    }

    async fn others_rows_are_for_the_department(db: Db) {
        let world = World::new(db).await;
        random_bookings(&world, &mut StdRng::seed_from_u64(6)).await;
        let own = balance(&world.head(world.school), 2026, None).await.unwrap();
        assert_eq!(own.rows.iter().map(|r| r.organisation_id).collect::<Vec<_>>(), [world.school]);
        let guest = balance(&world.guest(), 2026, None).await.unwrap();
        assert!(guest.rows.is_empty());
        assert_eq!((guest.minutes, guest.bookings), (own.minutes, own.bookings), "the sums are for everybody");
        assert!(guest.minutes > 0);
        let seen = pairs(&world.head(world.school), 2026, None).await.unwrap();
        assert!(seen.iter().all(|p| p.owner_id == world.school || p.organisation_id == world.school) && !seen.is_empty());
        assert!(pairs(&world.guest(), 2026, None).await.unwrap().is_empty());
    }
}
