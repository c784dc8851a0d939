//! Appeals on both engines: a place and a figure change by one, within the term and once.
mod races;

use super::{
    deeds, ending,
    model::{AppealForm, AppealId, AppealState, DecisionForm, FinalForm, OrderForm, ShowingForm},
    open, open_case,
    papers::{Sheet, write},
    store,
};
use crate::{
    acts::{self, ActForm},
    figures::{self, Asked},
    judging::tests::{World, code, day, once},
    people::PersonId,
    results::{self, Award, ResultState},
    shell::AcademicYear,
    slices::MIGRATIONS,
};
use kit::{
    Lang, Visit,
    access::Reach,
    db::{Tx, args, testing::both_engines},
};
use uuid::Uuid;

fn days(from: &str, until: &str) -> ShowingForm {
    ShowingForm {
        from: from.into(), until: until.into(), appeal_until: until.into(), place: "Кабинет 21".into()
    }
}

fn text(body: &str) -> AppealForm {
    AppealForm { task: "Задание 2".into(), body: body.into() }
}

fn upheld(score: &str) -> DecisionForm {
    DecisionForm {
        state: "upheld".into(),
        score: score.into(),
        answer: "Решение верно.".into(),
        by_rules: "yes".into(),
    }
}

/// A guardian of a child.
async fn guardian(world: &World, child: PersonId) -> Visit {
    let id = world.teacher("Родителева", world.other).await;
    let head = world.head();
    let sql = "INSERT INTO guardian (network_id, learner_id, person_id, relation) VALUES ($1, $2, $3, 'mother')";
    let adding = async |tx: &mut Tx| tx.run(sql, args![child, id]).await;
    head.net.transact(adding).await.unwrap();
    world.at(id.0, "guardian", Some(world.other))
}

async fn standing(world: &World) -> Vec<(Option<f64>, Option<i64>, Option<Award>)> {
    let rows = results::protocol(&world.head(), world.stage).await.unwrap();
    let of = |child: &PersonId| rows.iter().find(|r| r.learner == *child).map(|r| (r.score, r.place, r.award)).unwrap();
    world.children.iter().map(of).collect()
}

async fn prizes(world: &World) -> (i64, i64) {
    let s = Asked { whose: "all".into(), ..Asked::default() }.check(AcademicYear(2026)).unwrap();
    let found = figures::count(&world.head().net, Lang::Ru, &s, &Reach::Network).await.unwrap();
    let k1 = found.total.k1();
    (k1.numerator, k1.denominator)
}

fn id_of(done: &kit::once::Done) -> AppealId {
    done.body.as_ref().unwrap()["id"].as_str().unwrap().parse().unwrap()
}

both_engines! {
    migrations: MIGRATIONS;

    async fn an_appeal_changes_a_place_and_the_figure(db: Db) {
        let world = World::new(db).await;
        let head = world.head();
        assert_eq!(code(deeds::publish(&head, &once(), world.stage, &days("2026-11-20", "2026-11-24")).await), "results");
        world.judged(&["40", "30", "20"]).await;
        let family = guardian(&world, world.children[2]).await;
        let none = open(&family, world.stage).await.unwrap();
        assert!(none.rows.is_empty(), "what is not made known is nobody's business");
        deeds::publish(&head, &once(), world.stage, &days("2026-11-20", "2026-11-24")).await.unwrap();
        assert_eq!(standing(&world).await, [(Some(40.0), Some(1), None), (Some(30.0), Some(2), None), (Some(20.0), Some(3), None)]);
        let seen = open(&family, world.stage).await.unwrap();
        assert_eq!(seen.rows.iter().map(|r| r.learner).collect::<Vec<_>>(), [world.children[2]], "a guardian sees the own child alone");

        let mine = world.work(world.children[2]).await;
        let theirs = world.work(world.children[0]).await;
        assert_eq!(code(deeds::send(&family, &once(), theirs, &text("Не так")).await), "404");
        assert_eq!(code(deeds::send(&family, &once(), mine, &text(" ")).await), "body");
        let appeal = id_of(&deeds::send(&family, &once(), mine, &text("Ответ верен")).await.unwrap());
        assert_eq!(code(deeds::send(&family, &once(), mine, &text("Ещё раз")).await), "state");
        let all = world.head();
        let state = async || open(&all, world.stage).await.unwrap().rows.iter().find(|r| r.id == mine).map(|r| r.result);
        assert_eq!(state().await, Some(ResultState::Disputed));
        let last = FinalForm { ground: "Протокол № 5".into() };
        assert_eq!(code(ending::conclude(&head, &once(), world.stage, &last).await), "waiting");

        assert_eq!(code(deeds::decide(&family, &once(), appeal, &upheld("45")).await), "403");
        assert_eq!(code(deeds::decide(&head, &once(), appeal, &upheld("51")).await), "score");
        let done = deeds::decide(&head, &once(), appeal, &upheld("45")).await.unwrap();
        assert_eq!(done.body.unwrap()["results_moved"], 3);
        assert_eq!(code(deeds::decide(&head, &once(), appeal, &upheld("46")).await), "state");
        assert_eq!(standing(&world).await, [
            (Some(40.0), Some(2), Some(Award::PrizeWinner)),
            (Some(30.0), Some(3), Some(Award::Participant)),
            (Some(45.0), Some(1), Some(Award::Winner)),
        ]);
        let history = results::revisions(&head, mine).await.unwrap();
        assert_eq!(history.last().map(|r| (r.score, r.place)), Some((Some(20.0), Some(3))));
        assert!(history.iter().all(|r| r.by == Some(world.leader) && r.reason.contains("№ 1")));
        assert_eq!(prizes(&world).await, (0, 0), "nothing counts before a document confirms it");

        assert_eq!(code(ending::conclude(&head, &once(), world.stage, &last).await), "term");
        let shorter = deeds::publish(&head, &once(), world.stage, &days("2026-11-20", "2026-11-23")).await;
        assert_eq!(code(shorter), "appeal_until", "families count on the term");
        let head = world.on("2026-11-25", world.leader, "head", Some(world.home));
        assert_eq!(code(ending::conclude(&head, &once(), world.stage, &FinalForm::default()).await), "ground");
        ending::conclude(&head, &once(), world.stage, &last).await.unwrap();
        assert_eq!(prizes(&world).await, (1, 1));
        assert_eq!(code(ending::conclude(&head, &once(), world.stage, &last).await), "closed");
        assert_eq!(code(deeds::publish(&head, &once(), world.stage, &days("2026-11-20", "2026-11-25")).await), "closed");
        assert_eq!(code(ending::approve(&head, &once(), world.stage, &OrderForm::default()).await), "act");
        let form = ActForm {
            kind: "order".into(), title: "Об итогах".into(), number: "118".into(), issued_on: "2026-11-24".into(),
            issuer: "Станция".into(), owner: world.home.to_string(), ..ActForm::default()
        };
        // Nothing but an order approves.
        let plan = ActForm { kind: "plan".into(), number: "119".into(), ..form.clone() };
        let plan = acts::add(&head, &once(), &plan).await.unwrap();
        let plan = plan.body.unwrap()["id"].as_str().unwrap().to_owned();
        assert_eq!(code(ending::approve(&head, &once(), world.stage, &OrderForm { act: plan }).await), "act");
        let act = acts::add(&head, &once(), &form).await.unwrap();
        let act = act.body.unwrap()["id"].as_str().unwrap().to_owned();
        ending::approve(&head, &once(), world.stage, &OrderForm { act }).await.unwrap();
        assert_eq!(state().await, Some(ResultState::Approved));
    }

    async fn rejected_and_taken_back_a_result_is_what_it_was(db: Db) {
        let world = World::new(db).await;
        let head = world.head();
        world.judged(&["40", "30", "20"]).await;
        deeds::publish(&head, &once(), world.stage, &days("2026-11-20", "2026-11-24")).await.unwrap();
        let deputy = world.teacher("Завучева", world.other).await;
        let school = world.at(deputy.0, "deputy_head", Some(world.other));
        let stranger = world.at(Uuid::from_u128(71), "deputy_head", Some(world.home));
        let work = world.work(world.children[1]).await;
        assert_eq!(code(deeds::send(&stranger, &once(), work, &text("Не так")).await), "404");
        let first = id_of(&deeds::send(&school, &once(), work, &text("Не так")).await.unwrap());
        assert_eq!(code(open_case(&world.at(Uuid::from_u128(72), "guardian", None), first).await.map(|_| ())), "404");
        deeds::withdraw(&school, &once(), first).await.unwrap();
        let second = id_of(&deeds::send(&school, &once(), work, &text("Всё же не так")).await.unwrap());
        let rejected = DecisionForm { state: "rejected".into(), ..DecisionForm::default() };
        assert_eq!(code(deeds::decide(&head, &once(), second, &rejected).await), "answer");
        let rejected = DecisionForm { answer: "Ошибка в ходе решения.".into(), ..rejected };
        deeds::decide(&head, &once(), second, &rejected).await.unwrap();
        let o = open(&head, world.stage).await.unwrap();
        let row = o.rows.iter().find(|r| r.id == work).unwrap();
        assert_eq!((row.result, row.score, row.appeal_state), (ResultState::Entered, Some(30.0), Some(AppealState::Rejected)));
        assert_eq!(o.appeals.iter().map(|a| a.number).collect::<Vec<_>>(), [2]);
        // Once decided it is decided.
        assert_eq!(code(deeds::withdraw(&school, &once(), second).await), "state");
        assert_eq!(code(deeds::send(&school, &once(), work, &text("И ещё")).await), "state");
        // Outside the term nobody appeals.
        let school = world.on("2026-11-25", deputy.0, "deputy_head", Some(world.other));
        let other = world.work(world.children[0]).await;
        assert_eq!(code(deeds::send(&school, &once(), other, &text("Поздно")).await), "term");
    }

    async fn what_a_family_sent_no_school_takes_back(db: Db) {
        let world = World::new(db).await;
        let head = world.head();
        world.judged(&["40", "30", "20"]).await;
        deeds::publish(&head, &once(), world.stage, &days("2026-11-20", "2026-11-24")).await.unwrap();
        let family = guardian(&world, world.children[2]).await;
        let deputy = world.teacher("Завучева", world.other).await;
        let school = world.at(deputy.0, "deputy_head", Some(world.other));
        let work = world.work(world.children[2]).await;
        let theirs = id_of(&deeds::send(&family, &once(), work, &text("Ответ верен")).await.unwrap());
        assert!(!open_case(&school, theirs).await.unwrap().takes_back, "it is read, and no more");
        assert_eq!(code(deeds::withdraw(&school, &once(), theirs).await), "403");
        deeds::withdraw(&family, &once(), theirs).await.unwrap();
        let sent_for_them = id_of(&deeds::send(&school, &once(), work, &text("Ответ верен")).await.unwrap());
        deeds::withdraw(&family, &once(), sent_for_them).await.unwrap();
    }

    async fn protocols_name_the_jury_in_its_case_and_the_order_its_winners(db: Db) {
        let world = World::new(db).await;
        let head = world.head();
        world.judged(&["40", "30", "20"]).await;
        deeds::publish(&head, &once(), world.stage, &days("2026-11-20", "2026-11-24")).await.unwrap();
        let family = guardian(&world, world.children[2]).await;
        let work = world.work(world.children[2]).await;
        let appeal = id_of(&deeds::send(&family, &once(), work, &text("Ответ верен")).await.unwrap());
        deeds::decide(&head, &once(), appeal, &upheld("45")).await.unwrap();
        let o = open(&head, world.stage).await.unwrap();
        let paper = write(&head, &o, Sheet::Protocol).await.unwrap().text();
        assert!(paper.contains("ПРЕДВАРИТЕЛЬНЫЙ ПРОТОКОЛ") && paper.contains("председателя жюри Судейкиной Анны"), "{paper}");
        assert!(paper.contains("1 | Третьяков Семён | 9 | Школа | 45 | 1 | победитель"), "{paper}");
        let paper = write(&head, &o, Sheet::Appeals).await.unwrap().text();
        assert!(paper.contains("| 20 | 45 | удовлетворена | Решение верно."), "{paper}");
        let paper = write(&head, &o, Sheet::Order).await.unwrap().text();
        assert!(paper.contains("2. Признать победителем:") && paper.contains("Третьякова Семёна, 9 класс"), "{paper}");
    }

    async fn an_appeal_goes_with_the_child(db: Db) {
        let world = World::new(db).await;
        let head = world.head();
        world.judged(&["40", "30", "20"]).await;
        deeds::publish(&head, &once(), world.stage, &days("2026-11-20", "2026-11-24")).await.unwrap();
        let deputy = world.teacher("Завучева", world.other).await;
        let school = world.at(deputy.0, "deputy_head", Some(world.other));
        let work = world.work(world.children[1]).await;
        deeds::send(&school, &once(), work, &text("Не так")).await.unwrap();
        let gone = head.net.transact(async |tx: &mut Tx| store::forget(tx, world.children[1]).await).await.unwrap();
        assert_eq!((gone, day("2026-11-24")), (1, head.today));
    }
}
