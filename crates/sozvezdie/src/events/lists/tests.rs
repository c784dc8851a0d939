//! Official lists on both engines.
use super::{AmendmentForm, Decision, DecisionForm, ListForm, ListId, add, amend, decide, open, store, suggestions};
use crate::{
    events::{
        EditionDraft,
        tests::{Place, day, olympiad},
    },
    slices::MIGRATIONS,
};
use kit::{Fault, Visit, db::testing::both_engines, once::Once};

fn once(visit: &Visit) -> Once {
    Once::new(visit.actor(), None, "test", b"", visit.now)
}

fn form() -> ListForm {
    ListForm {
        kind: "regional".into(),
        academic_year: "2026-2027".into(),
        title: "Региональный перечень".into(),
        lines: "1.\tОлимпиада школьников по биологии\tЦентр\tбиология\n2.\tСлёт краеведов\tЦентр\tкраеведение".into(),
        ..ListForm::default()
    }
}

async fn made(visit: &Visit) -> ListId {
    let done = add(visit, &once(visit), &form()).await.unwrap();
    done.body.unwrap()["id"].as_str().unwrap().parse().unwrap()
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_list_of_any_day_is_shown_as_it_was(db: Db) {
        let place = Place::new(db).await;
        let visit = place.department();
        let id = made(&visit).await;
        let titles = async |on: &str| -> Vec<String> {
            store::lines(&visit.net, id, day(on), None).await.unwrap().into_iter().map(|l| l.title).collect()
        };
        assert_eq!(titles("2026-11-24").await.len(), 2);
        assert!(titles("2026-08-31").await.is_empty());
        let gone = store::lines(&visit.net, id, day("2026-11-24"), Some("слёт")).await.unwrap();
        let amendment = AmendmentForm {
            on: "2026-12-01".into(),
            ends: gone.iter().map(|l| l.id.to_string()).collect(),
            lines: "3\tКонкурс чтецов".into(),
            ..AmendmentForm::default()
        };
        amend(&visit, &once(&visit), id, &amendment).await.unwrap();
        assert_eq!(titles("2026-11-30").await.len(), 2);
        assert_eq!(titles("2026-12-01").await, ["Олимпиада школьников по биологии", "Конкурс чтецов"]);
        assert_eq!(store::days(&visit.net, id).await.unwrap(), [day("2026-09-01"), day("2026-12-01")]);
        // What is out is not put out again, and the list is one of its kind and year.
        assert!(matches!(amend(&visit, &once(&visit), id, &amendment).await, Err(Fault::Invalid(_))));
        assert!(matches!(add(&visit, &once(&visit), &form()).await, Err(Fault::Invalid(p)) if p.at("kind").is_some()));
        assert!(matches!(add(&place.deputy(), &once(&visit), &form()).await, Err(Fault::Forbidden(_))));
    }

    async fn a_likely_line_is_asked_about_until_a_person_decides(db: Db) {
        let place = Place::new(db).await;
        let visit = place.department();
        let mut draft = olympiad();
        draft.title = "XV олимпиада по биологии школьников".into();
        let edition = place.enter(&draft).await;
        let last_year = place.enter(&EditionDraft { academic_year: crate::shell::AcademicYear(2025), ..draft }).await;
        let id = made(&visit).await;
        let list = open(&visit, id).await.unwrap();
        let lines = store::lines(&visit.net, id, visit.today, None).await.unwrap();
        let asked = async || {
            let decided = store::listings(&visit.net, id).await.unwrap();
            suggestions(&visit, &list, &lines, &decided).await.unwrap()
        };
        let found = asked().await;
        assert!(matches!(found.as_slice(), [s] if s.edition == edition.id));
        let form = DecisionForm {
            edition: edition.id.to_string(),
            entry: found[0].entry.to_string(),
            decision: Decision::Confirmed.code().into(),
            why: found[0].why.code(),
        };
        let other_year = DecisionForm { edition: last_year.id.to_string(), ..form.clone() };
        assert!(matches!(decide(&visit, &once(&visit), &other_year).await, Err(Fault::Invalid(_))));
        decide(&visit, &once(&visit), &form).await.unwrap();
        assert!(asked().await.is_empty());
        let on = crate::events::store::list::lists_of(&visit.net, &[edition.id]).await.unwrap();
        assert_eq!(on.get(&edition.id).unwrap().len(), 1);
        decide(&visit, &once(&visit), &DecisionForm { decision: "refused".into(), ..form }).await.unwrap();
        assert!(crate::events::store::list::lists_of(&visit.net, &[edition.id]).await.unwrap().is_empty());
    }
}
