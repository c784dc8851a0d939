//! Cases on both engines: withdrawal with its terms, requests of a family, and who may.
use super::{AskForm, CaseKind, CaseState, Step, StepForm, ask, finish, list, of_child, open, store, withdraw};
use crate::{
    consents::{
        self, ConsentId, ConsentState, Granting, Purpose,
        tests::{Place, let_in},
    },
    learners::{self, GroundKind, Relation},
    people::{self, PersonDraft, PersonId, PersonName},
    slices::MIGRATIONS,
};
use chrono::NaiveDate;
use kit::{
    Fault, Visit,
    db::{Tx, args, testing::both_engines},
    once::Once,
};
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn once() -> Once {
    Once::new(Uuid::nil(), None, "test", b"", chrono::DateTime::UNIX_EPOCH)
}

async fn mother(place: &Place, child: PersonId) -> PersonId {
    let visit = place.at("2026-09-01", &[]);
    let name = PersonName { last: "Учебнова".into(), first: "Вера".into(), patronymic: None };
    visit
        .net
        .transact(async |tx: &mut Tx| {
            let draft = PersonDraft { name: name.clone(), email: None, phone: None };
            let id = people::add(tx, &visit, &draft).await?;
            learners::name_guardian(tx, &visit, child, id, Relation::Mother).await?;
            Ok::<_, Fault>(id)
        })
        .await
        .unwrap()
}

fn case_of(done: &kit::once::Done) -> super::CaseId {
    serde_json::from_value(done.body.as_ref().unwrap()["id"].clone()).unwrap()
}

async fn step(visit: &Visit, id: super::CaseId, step: Step) -> Result<kit::once::Done, Fault> {
    finish(visit, &once(), id, &StepForm { step: step.code().into(), note: "Готово".into() }).await
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_family_withdraws_and_the_school_has_terms_to_keep(db: Db) {
        let place = Place::new(db).await;
        let child = place.child("Учебнова", "2013-05-01", "7 Б").await;
        let guardian = mother(&place, child).await;
        let office = place.at("2026-11-24", &[("deputy_head", place.own)]);
        let family = place.of("2026-11-24", guardian.0, &[("guardian", place.own)]);
        let id = ConsentId(place.give(&office, Granting::paper(child, Purpose::Publication, office.today)).await);
        let transfer = let_in(&office, child, GroundKind::Enrolment, place.other).await;
        let host = place.at("2026-11-24", &[("host_operator", place.other)]);
        assert!(learners::may_see(&host, child).await.unwrap());

        // Nobody else withdraws: another family, another school.
        let stranger = place.of("2026-11-24", Uuid::from_u128(77), &[("guardian", place.own)]);
        let other = place.at("2026-11-24", &[("deputy_head", place.other)]);
        for visit in [&stranger, &other, &host] {
            assert!(matches!(withdraw(visit, &once(), id).await, Err(Fault::NotFound)));
        }
        withdraw(&family, &once(), transfer).await.unwrap();
        assert!(!learners::may_see(&host, child).await.unwrap());

        let case = case_of(&withdraw(&family, &once(), id).await.unwrap());
        assert!(matches!(withdraw(&family, &once(), id).await, Err(Fault::Conflict(_))));
        assert_eq!(place.granted(child, Purpose::Publication, None, "2026-11-24").await, None);
        let found = open(&office, case).await.unwrap();
        let due: Vec<_> = found.steps.iter().map(|s| (s.step, s.due_on)).collect();
        assert_eq!(due, [(Step::Stop, day("2026-11-27")), (Step::Answer, day("2026-12-08")), (Step::Destroy, day("2026-12-24"))]);
        assert_eq!(list(&office, CaseState::Open).await.unwrap().len(), 2);
        assert_eq!(list(&other, CaseState::Open).await.unwrap().len(), 0);
        assert!(matches!(open(&other, case).await, Err(Fault::NotFound)));
        // The family sees it and does not answer itself.
        assert!(!open(&family, case).await.unwrap().decides);
        assert!(matches!(step(&family, case, Step::Stop).await, Err(Fault::Forbidden(_))));

        step(&office, case, Step::Stop).await.unwrap();
        assert!(matches!(step(&office, case, Step::Stop).await, Err(Fault::Conflict(_))));
        assert!(matches!(step(&office, case, Step::Correct).await, Err(Fault::Conflict(_))));
        let silent = StepForm { step: "answer".into(), note: " ".into() };
        assert!(matches!(finish(&office, &once(), case, &silent).await, Err(Fault::Invalid(_))));
        step(&office, case, Step::Answer).await.unwrap();
        assert_eq!(open(&office, case).await.unwrap().case.state, CaseState::Open);
        step(&office, case, Step::Destroy).await.unwrap();
        let closed = open(&office, case).await.unwrap().case;
        assert_eq!((closed.state, closed.kept_until), (CaseState::Closed, Some(day("2029-11-24"))));
        assert_eq!(consents::of_learner(&office.net, child).await.unwrap().iter().filter(|c| c.state == ConsentState::Withdrawn).count(), 1);
    }

    async fn a_family_asks_and_its_words_go_with_the_child(db: Db) {
        let place = Place::new(db).await;
        let child = place.child("Учебнова", "2013-05-01", "7 Б").await;
        let guardian = mother(&place, child).await;
        let family = place.of("2026-11-24", guardian.0, &[("guardian", place.own)]);
        let form = |kind: &str, details: &str| AskForm { kind: kind.into(), details: details.into() };
        for bad in [form("", "x"), form("withdrawal", "x"), form("correct", "")] {
            assert!(matches!(ask(&family, &once(), child, &bad).await, Err(Fault::Invalid(_))), "{bad:?}");
        }
        let case = case_of(&ask(&family, &once(), child, &form("correct", "КАНАРЕЙКА не та")).await.unwrap());
        let own = of_child(&family, child).await.unwrap();
        assert_eq!((own.len(), own[0].case.kind, own[0].next().unwrap().due_on), (1, CaseKind::Correct, day("2026-12-03")));
        let office = place.at("2026-11-24", &[("deputy_head", place.own)]);
        step(&office, case, Step::Answer).await.unwrap();
        office.net.transact(async |tx: &mut Tx| store::forget(tx, child).await).await.unwrap();
        let left: i64 = office.net.scalar(
            "SELECT COUNT(*) FROM subject_case WHERE network_id = $1 AND details IS NOT NULL", args![]).await.unwrap();
        let notes: i64 = office.net.scalar(
            "SELECT COUNT(*) FROM case_step WHERE network_id = $1 AND note IS NOT NULL", args![]).await.unwrap();
        assert_eq!((left, notes), (0, 0));
    }

    async fn on_the_eighteenth_birthday_a_guardian_sees_and_asks_nothing_more(db: Db) {
        let place = Place::new(db).await;
        for (born, last, first) in [
            ("2009-05-10", "2027-05-09", "2027-05-10"),
            // 2026 has no 29 February: of age on the first of March, as the law counts.
            ("2008-02-29", "2026-02-28", "2026-03-01"),
            ("2010-02-28", "2028-02-27", "2028-02-28"),
            ("2010-03-01", "2028-02-29", "2028-03-01"),
        ] {
            assert_eq!(learners::comes_of_age(day(born)), Some(day(first)));
            let child = place.child("Учебнова", born, "11 А").await;
            let guardian = mother(&place, child).await;
            let before = place.of(last, guardian.0, &[("guardian", place.own)]);
            let after = place.of(first, guardian.0, &[("guardian", place.own)]);
            assert!(learners::may_see(&before, child).await.unwrap(), "{born}");
            assert!(consents::child(&before, child).await.unwrap().1.speaks, "{born}");
            assert!(!learners::may_see(&after, child).await.unwrap(), "{born}");
            assert!(matches!(consents::child(&after, child).await, Err(Fault::NotFound)), "{born}");
            // The learner goes on, and speaks for themself.
            let own = place.of(first, child.0, &[("learner", place.own)]);
            assert!(consents::child(&own, child).await.unwrap().1.speaks, "{born}");
        }
    }
}
