//! No resource is ever over capacity, and nothing valid is refused.
use super::*;
use crate::{resources::at, slices::MIGRATIONS};
use kit::db::testing::both_engines;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use std::collections::BTreeMap;

/// Minutes of Wednesday, 25 November 2026, in which the random bookings lie.
const FIRST: i64 = 600;
const LAST: i64 = 840;

fn wednesday() -> chrono::NaiveDate {
    "2026-11-25".parse().unwrap()
}

fn text(minute: i64) -> String {
    at(wednesday(), minute).to_rfc3339()
}

fn span(random: &mut StdRng) -> (i64, i64) {
    let from = random.random_range(FIRST..LAST - 5);
    (from, random.random_range(from + 5..=LAST.min(from + 90)))
}

/// What is held, looked at minute by minute: the model that cannot be wrong.
#[derive(Default)]
struct Minutes(BTreeMap<BookingId, (i64, i64, i64)>);

impl Minutes {
    fn fits(&self, (from, to): (i64, i64), amount: i64, limit: i64, but: Option<BookingId>) -> bool {
        (from..to).all(|minute| {
            let others = self.0.iter().filter(|(id, _)| Some(**id) != but).map(|(_, b)| b);
            others.filter(|(f, t, _)| (*f..*t).contains(&minute)).map(|(_, _, n)| n).sum::<i64>() + amount <= limit
        })
    }
}

/// Books, cancels and moves at random; every answer must be the model's.
async fn compare(world: &World, sharing: Sharing, limit: i64, seed: u64) {
    let resource = world.resource(&world.laboratory(sharing, 10)).await;
    let school = world.head(world.school);
    let mut random = StdRng::seed_from_u64(seed);
    let mut model = Minutes::default();
    let (mut yes, mut no) = (0, 0);
    for _ in 0..160 {
        let headcount = random.random_range(1..=6);
        let amount = if sharing == Sharing::Exclusive { 1 } else { headcount };
        let (from, to) = span(&mut random);
        let chosen = model.0.keys().nth(random.random_range(0..model.0.len().max(1))).copied();
        match (random.random_range(0..10), chosen) {
            (0..=1, Some(id)) => {
                cancel(&school, &once(&school), id, &ReasonForm::default()).await.unwrap();
                model.0.remove(&id);
            }
            (2..=3, Some(old)) => {
                let amount = model.0[&old].2;
                let fits = model.fits((from, to), amount, limit, Some(old));
                let form = TimeForm { starts_at: text(from), ends_at: text(to), ..TimeForm::default() };
                match move_booking(&school, &once(&school), old, &form).await {
                    Ok(done) => {
                        assert!(fits, "moved over capacity");
                        model.0.remove(&old);
                        model.0.insert(id(&done), (from, to, amount));
                    }
                    refused => {
                        assert_eq!(code(refused), "taken");
                        assert!(!fits, "a valid move refused");
                        assert_eq!(open(&school, old).await.unwrap().state, BookingState::Requested);
                    }
                }
            }
            _ => {
                let fits = model.fits((from, to), amount, limit, None);
                match ask(&school, &asked(resource, &text(from), &text(to), headcount)).await {
                    Ok(done) => {
                        assert!(fits, "{from}-{to} {headcount} taken over capacity");
                        model.0.insert(id(&done), (from, to, amount));
                        yes += 1;
                    }
                    refused => {
                        assert_eq!(code(refused), "taken");
                        assert!(!fits, "{from}-{to} {headcount} refused though it fits");
                        no += 1;
                    }
                }
            }
        }
    }
    assert!(yes > 20 && no > 20, "{yes} taken, {no} refused: both must be tried");
}

both_engines! {
    migrations: MIGRATIONS;

    async fn every_sharing_answers_as_a_look_at_every_minute(db: Db) {
        let world = World::new(db).await;
        compare(&world, Sharing::Exclusive, 1, 1).await;
        compare(&world, Sharing::ByPlace, 10, 2).await;
        compare(&world, Sharing::ByPiece, 10, 3).await;
    }

    async fn a_person_is_never_in_two_places_nor_on_two_ways(db: Db) {
        let world = World::new(db).await;
        let person = world.person("Демонов").await;
        // Two organisations offer the same person.
        let offers = [world.visiting(world.lab, person).await, world.visiting(world.other, person).await];
        let schools = [world.head(world.school), world.head(world.other)];
        let mut random = StdRng::seed_from_u64(4);
        let mut visits: Vec<(i64, i64, usize)> = Vec::new();
        let (mut yes, mut no) = (0, 0);
        for _ in 0..150 {
            let (from, to) = span(&mut random);
            let (from, to) = ((from - FIRST) * 3 + 480, (to - FIRST) * 3 + 480);
            let (offer, place) = (offers[random.random_range(0..2)], random.random_range(0..2));
            // Minute by minute: half an hour must lie between two places.
            let fits = visits.iter().all(|(f, t, p)| {
                let apart = if *p == place { 1 } else { 31 };
                (from..to).all(|a| (*f..*t).all(|b| (a - b).abs() >= apart))
            });
            match ask(&schools[place], &asked(offer, &text(from), &text(to), 5)).await {
                Ok(_) => {
                    assert!(fits, "{from}-{to} at {place} beside {visits:?}");
                    visits.push((from, to, place));
                    yes += 1;
                }
                refused => {
                    assert_eq!(code(refused), "taken");
                    assert!(!fits, "{from}-{to} at {place} refused beside {visits:?}");
                    no += 1;
                }
            }
        }
        assert!(yes > 3 && no > 20, "{yes} {no}");
    }

    async fn the_answer_to_a_conflict_can_be_booked(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::Exclusive, 15)).await;
        let twin = world.resource(&world.laboratory(Sharing::Exclusive, 15)).await;
        let (school, other) = (world.head(world.school), world.head(world.other));
        ask(&school, &asked(lab, "2026-11-25T10:00", "2026-11-25T12:00", 10)).await.unwrap();
        let form = asked(lab, "2026-11-25T11:00", "2026-11-25T12:30", 12);
        let Err(Fault::Conflict(conflict)) = ask(&other, &form).await else { panic!("taken") };
        let alternatives = conflict.details["alternatives"].as_array().unwrap();
        assert_eq!(alternatives.len(), 3);
        assert_eq!(alternatives[0]["starts_at"], "2026-11-25T09:00:00Z", "the nearest is after");
        assert_eq!(conflict.details["other_resources"][0]["resource_id"], serde_json::json!(twin));
        // Strangers learn when, not who.
        let block = &conflict.details["bookings"][0];
        assert_eq!(block["starts_at"], "2026-11-25T07:00:00Z");
        assert!(block.get("organisation_id").is_none());
        for alternative in alternatives {
            let text = |key: &str| alternative[key].as_str().unwrap().to_owned();
            ask(&other, &asked(lab, &text("starts_at"), &text("ends_at"), 12)).await.unwrap();
        }
        let Err(Fault::Conflict(conflict)) = ask(&school, &form).await else { panic!("taken") };
        assert_eq!(conflict.details["bookings"][0]["organisation_id"], serde_json::json!(world.school), "one's own is named");
    }

    async fn rules_name_every_field(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::ByPlace, 15)).await;
        let school = world.head(world.school);
        let refused = async |from: &str, to: &str, headcount| fields(ask(&school, &asked(lab, from, to, headcount)).await);
        assert_eq!(refused("2026-11-24T08:00", "2026-11-24T08:30", 16).await, ["starts_at", "headcount"]);
        assert_eq!(refused("2026-11-25T10:00", "2026-11-25T10:04", 1).await, ["ends_at"]);
        assert_eq!(refused("2026-11-25T10:00", "2026-11-25T09:00", 1).await, ["ends_at"]);
        assert_eq!(refused("2026-11-25T19:30", "2026-11-25T20:30", 1).await, ["starts_at"], "closed");
        assert_eq!(refused("2026-11-28T10:00", "2026-11-28T11:00", 1).await, ["starts_at"], "closed on Saturday");
        assert_eq!(refused("2026-11-25T10:00", "2026-12-25T10:00", 1).await, ["ends_at"], "too long");
        assert_eq!(refused("", "завтра", 0).await, ["starts_at", "ends_at", "headcount"]);
        let loan = BookingForm { loan: "true".into(), ..asked(lab, "2026-11-25T10:00", "2026-11-27T10:00", 1) };
        assert_eq!(fields(ask(&school, &loan).await), ["loan"]);
        let methodical = world.resource(&ResourceDraft { class: Class::Methodical, ..world.laboratory(Sharing::Exclusive, 1) }).await;
        assert_eq!(code(ask(&school, &asked(methodical, "2026-11-25T10:00", "2026-11-25T11:00", 1)).await), "not-offered");
        let ahead = world.resource(&ResourceDraft { lead_days: 2, ..world.laboratory(Sharing::Exclusive, 20) }).await;
        assert_eq!(fields(ask(&school, &asked(ahead, "2026-11-25T10:00", "2026-11-25T11:00", 1)).await), ["starts_at"]);
        ask(&school, &asked(ahead, "2026-11-26T10:00", "2026-11-26T11:00", 1)).await.unwrap();
        let owner = world.head(world.lab);
        ask(&owner, &asked(ahead, "2026-11-25T10:00", "2026-11-25T11:00", 1)).await.unwrap();
    }

    async fn a_resource_never_shrinks_below_what_is_promised(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::ByPlace, 15)).await;
        let (school, owner) = (world.head(world.school), world.head(world.lab));
        ask(&school, &asked(lab, "2026-11-25T10:00", "2026-11-25T12:00", 10)).await.unwrap();
        let r = resources::open(&owner, lab).await.unwrap();
        let form = |capacity: &str, sharing: &str| resources::ResourceForm {
            capacity: capacity.into(), sharing: sharing.into(), ..resources::ResourceForm::of(&r, &[], &[])
        };
        assert_eq!(code(resources::change(&owner, &once(&owner), lab, &form("9", "by_place")).await), "capacity-taken");
        resources::change(&owner, &once(&owner), lab, &form("10", "by_place")).await.unwrap();
        assert_eq!(code(resources::change(&owner, &once(&owner), lab, &form("20", "by_place")).await), "stale");
    }
}
