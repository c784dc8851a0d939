//! Appeals and the last protocol, by two at once.
use super::*;
use crate::events::{self, StageState};
use kit::db::testing::second;

/// Results that are made known, and who speaks for the school of the children.
async fn shown(db: kit::db::Db) -> (World, Visit) {
    let world = World::new(db).await;
    world.judged(&["40", "30", "20"]).await;
    deeds::publish(&world.head(), &once(), world.stage, &days("2026-11-20", "2026-11-24")).await.unwrap();
    let deputy = world.teacher("Завучева", world.other).await;
    let school = world.at(deputy.0, "deputy_head", Some(world.other));
    (world, school)
}

both_engines! {
    migrations: MIGRATIONS;

    async fn the_last_protocol_is_signed_once(db: Db) {
        let (world, _) = shown(db).await;
        let (head, once) = (world.on("2026-11-25", world.leader, "head", Some(world.home)), once());
        let (first, then) = (FinalForm { ground: "Протокол № 5".into() }, FinalForm { ground: "Протокол № 6".into() });
        let (one, other) = tokio::join!(
            ending::conclude(&head, &once, world.stage, &first),
            ending::conclude(&head, &once, world.stage, &then)
        );
        let signed = if one.is_ok() { "Протокол № 5" } else { "Протокол № 6" };
        assert_eq!(code(second(one, other)), "closed");
        let stage = events::stage(&head.net, world.stage).await.unwrap().unwrap();
        assert_eq!(stage.state, StageState::Final);
        let opened = results::open_stage(&head, world.stage).await.unwrap();
        assert!(opened.entries.iter().all(|e| e.result == ResultState::Confirmed && e.ground.as_deref() == Some(signed)));
        let trail = kit::audit::history(&head.net, crate::appeals::KIND, world.stage.0, 50).await.unwrap();
        assert_eq!(trail.iter().filter(|l| l.action == "final").count(), 1);
    }

    async fn a_result_is_appealed_against_once_and_numbers_follow_each_other(db: Db) {
        let (world, school) = shown(db).await;
        let family = guardian(&world, world.children[2]).await;
        let (once, words) = (once(), text("Не так"));
        let works = [world.work(world.children[0]).await, world.work(world.children[1]).await];
        let work = world.work(world.children[2]).await;
        let (one, other) =
            tokio::join!(deeds::send(&family, &once, work, &words), deeds::send(&school, &once, work, &words));
        assert_eq!(code(second(one, other)), "state");
        let (one, other) =
            tokio::join!(deeds::send(&school, &once, works[0], &words), deeds::send(&school, &once, works[1], &words));
        one.unwrap();
        other.unwrap();
        let all = open(&world.head(), world.stage).await.unwrap().appeals;
        assert_eq!(all.iter().map(|a| a.number).collect::<Vec<_>>(), [1, 2, 3]);
    }

    async fn an_appeal_is_decided_once(db: Db) {
        let (world, school) = shown(db).await;
        let (head, once) = (world.head(), once());
        let work = world.work(world.children[2]).await;
        let appeal = id_of(&deeds::send(&school, &once, work, &text("Не так")).await.unwrap());
        let (more, most) = (upheld("35"), upheld("45"));
        let (one, other) =
            tokio::join!(deeds::decide(&head, &once, appeal, &more), deeds::decide(&head, &once, appeal, &most));
        let (score, place) = if one.is_ok() { (35.0, 2) } else { (45.0, 1) };
        assert_eq!(code(second(one, other)), "state");
        let last = standing(&world).await[2];
        assert_eq!((last.0, last.1), (Some(score), Some(place)));
    }

    async fn places_follow_from_both_appeals_that_are_decided_at_once(db: Db) {
        let (world, school) = shown(db).await;
        let (head, once) = (world.head(), once());
        let mut appeals = Vec::new();
        for child in &world.children[1..] {
            let work = world.work(*child).await;
            appeals.push(id_of(&deeds::send(&school, &once, work, &text("Не так")).await.unwrap()));
        }
        let (more, most) = (upheld("42"), upheld("45"));
        let (one, other) =
            tokio::join!(deeds::decide(&head, &once, appeals[0], &more), deeds::decide(&head, &once, appeals[1], &most));
        one.unwrap();
        other.unwrap();
        assert_eq!(standing(&world).await, [
            (Some(40.0), Some(3), Some(Award::Participant)),
            (Some(42.0), Some(2), Some(Award::PrizeWinner)),
            (Some(45.0), Some(1), Some(Award::Winner)),
        ]);
    }
}
