//! Judging by several at once.
use super::*;
use crate::judging::{Mark, Part};
use kit::db::testing::second;

/// One judge gives one work points for its first task.
async fn gives(world: &World, judge: &Visit, work: ParticipationId, points: i64) -> Result<(), Fault> {
    let giving = async |tx: &mut Tx| {
        marks::give(tx, judge, world.stage, PersonId(judge.actor()), &[(work, 0, Some(points))]).await
    };
    judge.net.transact(giving).await
}

/// One task, and two from which on a third judge reads.
async fn with_one_task(world: &World) {
    let form = RulesForm { criteria: "Задание — 50".into(), threshold: "2".into() };
    rules::set_rules(&world.head(), &once(), world.stage, &form).await.unwrap();
}

async fn all_marks(world: &World) -> Vec<Mark> {
    store::marks(&world.head().net, world.stage).await.unwrap()
}

fn seats(person: PersonId, part: &str) -> JurorForm {
    JurorForm { person: person.to_string(), part: part.into(), out: String::new() }
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_sheet_typed_twice_at_once_is_one_of_the_two_and_whole(db: Db) {
        let world = World::new(db).await;
        let (head, once) = (world.head(), once());
        let form = RulesForm { criteria: "Тест — 10\nЗадача — 20".into(), threshold: "3".into() };
        rules::set_rules(&head, &once, world.stage, &form).await.unwrap();
        let judge = world.seat(world.teacher("Первая", world.home).await, "chair").await;
        let work = world.work(world.children[0]).await;
        let points = |a: &str, b: &str| {
            BTreeMap::from([
                ("judge".to_owned(), judge.actor().to_string()),
                (field(work, 0), a.to_owned()),
                (field(work, 1), b.to_owned()),
            ])
        };
        // The judge on the own screen, whoever holds the stage from paper.
        let (own, typed) = (points("9", "15"), points("5", "10"));
        let (one, other) = tokio::join!(
            marks::keep(&judge, &once, world.stage, &own),
            marks::keep(&head, &once, world.stage, &typed)
        );
        one.unwrap();
        other.unwrap();
        let given: Vec<i64> = all_marks(&world).await.iter().map(|m| m.points).collect();
        assert!(given == [9, 15] || given == [5, 10], "{given:?}");
    }

    async fn of_two_third_judges_at_once_one_reads(db: Db) {
        let world = World::new(db).await;
        with_one_task(&world).await;
        let mut judges = Vec::new();
        for last in ["Первая", "Вторая", "Третья", "Четвёртая"] {
            judges.push(world.seat(world.teacher(last, world.home).await, "member").await);
        }
        let work = world.work(world.children[0]).await;
        gives(&world, &judges[0], work, 10).await.unwrap();
        gives(&world, &judges[1], work, 20).await.unwrap();
        let (one, other) = tokio::join!(gives(&world, &judges[2], work, 19), gives(&world, &judges[3], work, 18));
        assert_eq!(code(second(one, other)), "read");
        assert_eq!(all_marks(&world).await.len(), 3, "two and one third");
    }

    async fn a_jury_named_at_once_has_each_once_and_one_chair(db: Db) {
        let world = World::new(db).await;
        let (head, once) = (world.head(), once());
        let (first, then) = (world.teacher("Первая", world.home).await, world.teacher("Вторая", world.home).await);
        let (a, b) = (seats(first, "chair"), seats(then, "chair"));
        let (one, other) =
            tokio::join!(rules::jury(&head, &once, world.stage, &a), rules::jury(&head, &once, world.stage, &b));
        one.unwrap();
        other.unwrap();
        let third = world.teacher("Третья", world.home).await;
        let member = seats(third, "member");
        let (one, other) = tokio::join!(
            rules::jury(&head, &once, world.stage, &member),
            rules::jury(&head, &once, world.stage, &member)
        );
        one.unwrap();
        other.unwrap();
        let jury = store::jury(&head.net, world.stage).await.unwrap();
        assert_eq!(jury.len(), 3);
        assert_eq!(jury.iter().filter(|j| j.part == Part::Chair).count(), 1, "the later takes the place of the earlier");
    }

    async fn who_gives_points_does_not_leave_the_jury_meanwhile(db: Db) {
        let world = World::new(db).await;
        with_one_task(&world).await;
        let (head, once) = (world.head(), once());
        let judge = world.seat(world.teacher("Первая", world.home).await, "member").await;
        let work = world.work(world.children[0]).await;
        let out = JurorForm { out: "yes".into(), ..seats(PersonId(judge.actor()), "") };
        let (gone, given) =
            tokio::join!(rules::jury(&head, &once, world.stage, &out), gives(&world, &judge, work, 30));
        let sits = !store::jury(&head.net, world.stage).await.unwrap().is_empty();
        assert_eq!(gone.is_err(), sits);
        assert_eq!(given.is_ok(), all_marks(&world).await.len() == 1);
        assert!(given.is_err() || sits, "points have a judge who sits there");
    }

    async fn works_are_decoded_once(db: Db) {
        let world = World::new(db).await;
        world.marked(&["40", "30", "20"]).await;
        let (head, once) = (world.head(), once());
        let (one, other) =
            tokio::join!(marks::decode(&head, &once, world.stage), marks::decode(&head, &once, world.stage));
        assert_eq!(code(second(one, other)), "decoded");
        let opened = results::open_stage(&head, world.stage).await.unwrap();
        let mut scores: Vec<f64> = opened.entries.iter().filter_map(|e| e.score).collect();
        scores.sort_by(f64::total_cmp);
        assert_eq!(scores, [20.0, 30.0, 40.0]);
        let trail = kit::audit::history(&head.net, crate::judging::KIND, world.stage.0, 50).await.unwrap();
        assert_eq!(trail.iter().filter(|l| l.action == "decode").count(), 1);
    }

    async fn points_given_while_works_are_decoded_count_or_are_refused(db: Db) {
        let world = World::new(db).await;
        let judge = world.marked(&["40", "30", "20"]).await;
        let (head, once, work) = (world.head(), once(), world.work(world.children[0]).await);
        let (given, decoded) =
            tokio::join!(gives(&world, &judge, work, 45), marks::decode(&head, &once, world.stage));
        decoded.unwrap();
        let expected = if given.is_ok() { 45.0 } else { 40.0 };
        if given.is_err() {
            assert_eq!(code(given), "decoded");
        }
        let opened = results::open_stage(&head, world.stage).await.unwrap();
        let row = opened.entries.iter().find(|e| e.learner == Some(world.children[0])).unwrap();
        assert_eq!(row.score, Some(expected));
    }
}
