//! Entering children, on both engines: consents and classes, the organiser's sight, codes, invitations.
mod races;

use super::{
    Application, EntryState, Sight, admit, apply, give_codes, invite, list, open_stage, open_to_organise, store,
    withdraw,
};
use crate::{
    consents::{self, Granting, Purpose, tests::let_in},
    events::{
        EditionDraft, StageDraft, StageId, StageState, enter,
        tests::{Place, day, olympiad},
    },
    learners::{self, ClassName, GroundKind, LearnerDraft},
    people::{PersonId, PersonName},
    slices::MIGRATIONS,
};
use kit::{
    Fault, Visit,
    db::{Tx, args, testing::both_engines},
    once::{Done, Once},
};
use uuid::Uuid;

fn once(visit: &Visit) -> Once {
    Once::new(visit.actor(), None, "test", b"", visit.now)
}

async fn child(place: &Place, last: &str, class: &str, agreed: &[Purpose]) -> PersonId {
    let visit = place.guest();
    let draft = LearnerDraft {
        name: PersonName { last: last.into(), first: "Анна".into(), patronymic: None },
        birth_date: day("2013-05-01"),
        sex: None,
        snils: None,
        guardian_phone: None,
        organisation: place.school,
        class: ClassName::read(class),
        from: day("2026-09-01"),
        basis: None,
    };
    visit
        .net
        .transact(async |tx: &mut Tx| {
            let id = learners::insert(tx, &visit, &draft).await?;
            for purpose in agreed {
                consents::grant(tx, &visit, &Granting::paper(id, *purpose, day("2026-09-10"))).await?;
            }
            Ok::<_, Fault>(id)
        })
        .await
        .unwrap()
}

const BOTH: &[Purpose] = &[Purpose::Processing, Purpose::Transfer];

/// An olympiad of the other school: the first stage takes applications.
async fn stages(place: &Place) -> Vec<StageId> {
    let visit = place.department();
    let mut draft = EditionDraft { organiser_id: Some(place.other), ..olympiad() };
    draft.stages = vec![
        StageDraft {
            state: StageState::Entering, pass_score: Some(20.0), ..StageDraft::plain("Школьный этап")
        },
        StageDraft::plain("Муниципальный этап"),
    ];
    visit.net.transact(async |tx: &mut Tx| enter(tx, &visit, &draft).await).await.unwrap().stages
}

fn application(children: &[PersonId]) -> Application {
    Application { learner: children.iter().map(ToString::to_string).collect(), ..Application::default() }
}

async fn send(place: &Place, stage: StageId, form: &Application) -> Result<Done, Fault> {
    let visit = place.deputy();
    apply(&visit, &once(&visit), stage, form).await
}

fn why(outcome: &Result<Done, Fault>, field: &str) -> String {
    match outcome {
        Err(Fault::Invalid(problems)) => {
            problems.at(field).map(|m| m.say(kit::Lang::Ru).to_string()).unwrap_or_default()
        }
        other => panic!("{other:?}"),
    }
}

both_engines! {
    migrations: MIGRATIONS;

    async fn only_children_of_the_class_with_both_consents_are_entered(db: Db) {
        crate::texts::install().unwrap();
        let place = Place::new(db).await;
        let stage = stages(&place).await[0];
        let agreed = child(&place, "Учебнова", "7 Б", BOTH).await;
        let silent = child(&place, "Макетова", "7 Б", &[]).await;
        let half = child(&place, "Тестова", "8 А", &[Purpose::Processing]).await;
        let small = child(&place, "Примерова", "3 А", BOTH).await;

        let refused = send(&place, stage, &application(&[agreed, silent, half, small])).await;
        let words = why(&refused, "learner");
        for name in ["Макетова", "Тестова", "Примерова"] {
            assert!(words.contains(name), "{words}");
        }
        assert!(!words.contains("Учебнова"), "{words}");
        assert!(why(&send(&place, stage, &application(&[])).await, "learner").len() > 5);
        let (_, _, sight) = open_stage(&place.deputy(), stage).await.unwrap();
        assert!(list(&place.deputy(), stage, &sight).await.unwrap().is_empty(), "all of them or none");

        send(&place, stage, &application(&[agreed])).await.unwrap();
        let entries = list(&place.deputy(), stage, &sight).await.unwrap();
        assert!(matches!(entries.as_slice(), [e] if e.learner == agreed && e.state == EntryState::Entered && e.class_number == Some(7)));
        // The same child twice, and another school's child at all, are refused.
        assert!(why(&send(&place, stage, &application(&[agreed])).await, "learner").contains("Учебнова"));
        assert!(why(&send(&place, stage, &application(&[PersonId(Uuid::from_u128(5))])).await, "learner").len() > 5);
    }

    async fn the_organiser_sees_everybody_and_a_stranger_nobody(db: Db) {
        let place = Place::new(db).await;
        let stage = stages(&place).await[0];
        let agreed = child(&place, "Учебнова", "7 Б", BOTH).await;
        send(&place, stage, &application(&[agreed])).await.unwrap();

        let organiser = place.deputy_of_other();
        let (_, _, sight) = open_stage(&organiser, stage).await.unwrap();
        assert!(matches!(sight, Sight::All));
        assert_eq!(list(&organiser, stage, &sight).await.unwrap().len(), 1);
        // The consent opened the record to the organiser; a withdrawal shuts it.
        assert!(learners::may_see(&organiser, agreed).await.unwrap());
        let entry = list(&organiser, stage, &sight).await.unwrap()[0].id;
        let school = place.deputy();
        withdraw(&school, &once(&school), entry).await.unwrap();
        assert!(!learners::may_see(&organiser, agreed).await.unwrap());
        assert!(matches!(withdraw(&school, &once(&school), entry).await, Err(Fault::Conflict(_))));
        // The department does not hold this event, nor does the school.
        for visit in [place.deputy(), place.department(), place.guest()] {
            assert!(matches!(open_to_organise(&visit, stage).await, Err(Fault::Forbidden(_))));
        }
        // What was withdrawn may be sent again.
        send(&place, stage, &application(&[agreed])).await.unwrap();
        assert!(learners::may_see(&organiser, agreed).await.unwrap());
    }

    async fn whoever_merely_receives_a_child_neither_enters_nor_withdraws_it(db: Db) {
        let place = Place::new(db).await;
        // Held by the department: neither school is its organiser.
        let visit = place.department();
        let mut draft = olympiad();
        draft.stages = vec![StageDraft { state: StageState::Entering, ..StageDraft::plain("Этап") }];
        let stage = visit.net.transact(async |tx: &mut Tx| enter(tx, &visit, &draft).await).await.unwrap().stages[0];
        let agreed = child(&place, "Учебнова", "7 Б", BOTH).await;
        let_in(&visit, agreed, GroundKind::Route, place.other).await;
        let host = place.deputy_of_other();
        assert!(learners::may_see(&host, agreed).await.unwrap());
        let tried = apply(&host, &once(&host), stage, &application(&[agreed])).await;
        assert!(matches!(tried, Err(Fault::Invalid(_))));
        send(&place, stage, &application(&[agreed])).await.unwrap();
        let (_, _, sight) = open_stage(&place.deputy(), stage).await.unwrap();
        let entry = list(&place.deputy(), stage, &sight).await.unwrap()[0].id;
        assert!(matches!(withdraw(&host, &once(&host), entry).await, Err(Fault::NotFound)));
        let school = place.deputy();
        withdraw(&school, &once(&school), entry).await.unwrap();
    }

    async fn codes_differ_and_are_given_once(db: Db) {
        let place = Place::new(db).await;
        let stage = stages(&place).await[0];
        let mut all = Vec::new();
        for last in ["Учебнова", "Макетова", "Тестова"] {
            all.push(child(&place, last, "7 Б", BOTH).await);
        }
        send(&place, stage, &application(&all)).await.unwrap();
        let organiser = place.deputy_of_other();
        give_codes(&organiser, &once(&organiser), stage).await.unwrap();
        let codes = async || {
            let entries = list(&organiser, stage, &Sight::All).await.unwrap();
            entries.into_iter().filter_map(|e| e.code).collect::<std::collections::BTreeSet<_>>()
        };
        assert!(codes().await.is_empty(), "who is not admitted has no work");
        admit(&organiser, &once(&organiser), stage).await.unwrap();
        give_codes(&organiser, &once(&organiser), stage).await.unwrap();
        let given = codes().await;
        assert_eq!(given.len(), 3);
        give_codes(&organiser, &once(&organiser), stage).await.unwrap();
        assert_eq!(codes().await, given);
    }

    async fn the_pass_score_invites_and_a_higher_class_stays(db: Db) {
        let place = Place::new(db).await;
        let stages = stages(&place).await;
        let passed = child(&place, "Учебнова", "7 Б", BOTH).await;
        let failed = child(&place, "Макетова", "7 Б", BOTH).await;
        let form = Application { for_class: "9".into(), ..application(&[passed]) };
        assert!(why(&send(&place, stages[0], &Application { for_class: "6".into(), ..form.clone() }).await, "for_class").len() > 5);
        send(&place, stages[0], &form).await.unwrap();
        send(&place, stages[0], &application(&[failed])).await.unwrap();
        let organiser = place.deputy_of_other();
        // Results come from the slice below: here they are simply there.
        for (learner, score, state) in [(passed, 20.0, "confirmed"), (failed, 19.5, "confirmed")] {
            let sql = "UPDATE participation SET state = 'took_part', score = $3, result_state = $4 WHERE network_id = $1 AND learner_id = $2";
            organiser.net.transact(async |tx: &mut Tx| tx.run(sql, args![learner, score, state]).await).await.unwrap();
        }
        invite(&organiser, &once(&organiser), stages[1]).await.unwrap();
        let invited = list(&organiser, stages[1], &Sight::All).await.unwrap();
        assert!(matches!(invited.as_slice(), [e] if e.learner == passed && e.for_class == Some(9) && e.source == "organiser"));
        assert!(matches!(invite(&organiser, &once(&organiser), stages[0]).await, Err(Fault::Conflict(_))));
        // Invited twice is invited once.
        invite(&organiser, &once(&organiser), stages[1]).await.unwrap();
        assert_eq!(list(&organiser, stages[1], &Sight::All).await.unwrap().len(), 1);
        assert_eq!(store::classes(&organiser.net, &learners::Scope::of(&place.deputy()).await.unwrap()).await.unwrap(), [7]);
    }
}
