//! A pedagogue goes nowhere over their own head, nor over their head's.
use super::*;
use crate::exchange::consent::{Consent, ConsentForm, Party, answer};
use crate::slices::MIGRATIONS;
use kit::db::testing::both_engines;

const FROM: &str = "2026-11-25T10:00";
const TO: &str = "2026-11-25T12:00";

fn says(party: &str, word: &str, reason: &str) -> ConsentForm {
    ConsentForm { party: party.into(), answer: word.into(), reason: reason.into() }
}

/// The pedagogue themself, with a role at the owner's.
fn themself(world: &World, person: PersonId, at: DateTime<Utc>) -> Visit {
    let grant = Grant { role: Role::Pedagogue.code().into(), organisation: Some(world.lab.0) };
    let viewer = Viewer::person(person.0, person.0, "Демонов".into(), String::new(), vec![grant], roles::policy);
    Visit::by_program(
        world.db.network(world.net),
        world.db.directory(),
        viewer,
        &Clock::fixed(at),
        world.chance.clone(),
    )
}

async fn given(visit: &Visit, id: BookingId) -> Vec<(Party, bool)> {
    let all: Vec<Consent> = store::consents(&visit.net, id).await.unwrap();
    all.into_iter().map(|c| (c.party, c.is_given)).collect()
}

/// A visit that a school has asked for.
async fn asked_for(world: &World, person: PersonId) -> BookingId {
    let offer = world.visiting(world.lab, person).await;
    let school = world.head(world.school);
    id(&ask(&school, &asked(offer, FROM, TO, 10)).await.unwrap())
}

both_engines! {
    migrations: MIGRATIONS;

    async fn both_consents_are_kept_with_who_and_when(db: Db) {
        let world = World::new(db).await;
        let person = world.person("Опытников").await;
        let visit = asked_for(&world, person).await;
        let (owner, pedagogue) = (world.head(world.lab), themself(&world, person, now()));
        let tasks = async |v: &Visit| waiting(v).await.unwrap().into_iter().map(|w| w.task).collect::<Vec<_>>();
        assert_eq!(tasks(&pedagogue).await, [Task::Consent], "silence is reminded of");
        assert_eq!(count_waiting(&pedagogue).await.unwrap(), 1);
        assert_eq!(given(&owner, visit).await, [], "and is no consent");
        answer(&pedagogue, &once(&pedagogue), visit, &says("person", "yes", "")).await.unwrap();
        assert_eq!(tasks(&pedagogue).await, []);
        confirm(&owner, &once(&owner), visit).await.unwrap();
        assert_eq!(given(&owner, visit).await, [(Party::Head, true), (Party::Person, true)], "the head agrees with the deed itself");
        let all = store::consents(&owner.net, visit).await.unwrap();
        assert_eq!((all[1].answered_by, all[1].answered_at), (Some(person.0), now()));
        assert_eq!(tasks(&owner).await, []);
    }

    async fn a_coordinator_agrees_and_the_head_is_asked(db: Db) {
        let world = World::new(db).await;
        let person = world.person("Опытников").await;
        let visit = asked_for(&world, person).await;
        let coordinator = world.as_role(Role::CentreCoordinator, Some(world.lab), now());
        confirm(&coordinator, &once(&coordinator), visit).await.unwrap();
        assert_eq!(given(&coordinator, visit).await, []);
        let owner = world.head(world.lab);
        let waits = waiting(&owner).await.unwrap();
        assert_eq!(waits.iter().map(|w| w.task).collect::<Vec<_>>(), [Task::LetGo]);
        assert_eq!(code(answer(&coordinator, &once(&coordinator), visit, &says("head", "yes", "")).await.map_err(|_| Fault::conflict("no", kit::text::Message::new("form-choose")))), "no");
        answer(&owner, &once(&owner), visit, &says("", "yes", "")).await.unwrap();
        assert_eq!(given(&owner, visit).await, [(Party::Head, true)]);
        assert_eq!(count_waiting(&owner).await.unwrap(), 0);
    }

    async fn who_refuses_before_is_not_sent_and_after_it_is_called_off(db: Db) {
        let world = World::new(db).await;
        let person = world.person("Опытников").await;
        let visit = asked_for(&world, person).await;
        let (owner, school, pedagogue) = (world.head(world.lab), world.head(world.school), themself(&world, person, now()));
        assert_eq!(fields(answer(&pedagogue, &once(&pedagogue), visit, &says("person", "no", " ")).await), ["reason"]);
        assert!(matches!(answer(&school, &once(&school), visit, &says("person", "no", "нет")).await, Err(Fault::Forbidden(_))));
        answer(&pedagogue, &once(&pedagogue), visit, &says("person", "no", "В этот день сессия.")).await.unwrap();
        assert_eq!(code(confirm(&owner, &once(&owner), visit).await), "no-consent");
        // Another time is another question.
        let other = TimeForm { starts_at: "2026-11-26T10:00".into(), ends_at: "2026-11-26T12:00".into(), ..TimeForm::default() };
        counter(&owner, &once(&owner), visit, &other).await.unwrap();
        assert_eq!(given(&owner, visit).await, [(Party::Head, true)], "whoever offers it agrees to it");
        accept_offer(&school, &once(&school), visit).await.unwrap();
        let done = answer(&pedagogue, &once(&pedagogue), visit, &says("person", "no", "Заболела.")).await.unwrap();
        assert_eq!(state(&done), "cancelled");
        assert_eq!(open(&school, visit).await.unwrap().reason.as_deref(), Some("Заболела."));
        let again = ask(&world.head(world.other), &asked(open(&owner, visit).await.unwrap().resource_id, "2026-11-26T10:00", "2026-11-26T12:00", 5)).await;
        assert!(again.is_ok(), "the time is free again: {again:?}");
        assert_eq!(code(answer(&pedagogue, &once(&pedagogue), visit, &says("person", "yes", "")).await), "state");
    }

    async fn a_room_asks_nobody_and_what_has_begun_neither(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::Exclusive, 15)).await;
        let (school, owner) = (world.head(world.school), world.head(world.lab));
        let room = id(&ask(&school, &asked(lab, FROM, TO, 10)).await.unwrap());
        assert_eq!(code(answer(&owner, &once(&owner), room, &says("head", "yes", "")).await), "state");
        let person = world.person("Опытников").await;
        let visit = asked_for(&world, person).await;
        let late = themself(&world, person, resources::read_moment("2026-11-25T10:30").unwrap());
        assert_eq!(code(answer(&late, &once(&late), visit, &says("person", "yes", "")).await), "state");
    }

    async fn one_person_with_two_posts_is_in_one_place_at_a_time(db: Db) {
        let world = World::new(db).await;
        let person = world.person("Опытников").await;
        let (here, there) = (world.visiting(world.lab, person).await, world.visiting(world.other, person).await);
        let school = world.head(world.school);
        ask(&school, &asked(here, FROM, TO, 10)).await.unwrap();
        let elsewhere = world.head(world.lab);
        assert_eq!(code(ask(&elsewhere, &asked(there, "2026-11-25T12:10", "2026-11-25T13:00", 10)).await), "taken", "on the way");
        ask(&elsewhere, &asked(there, "2026-11-25T12:30", "2026-11-25T13:00", 10)).await.unwrap();
    }
}
