//! Entering by several at once.
use super::*;
use kit::db::testing::second;

both_engines! {
    migrations: MIGRATIONS;

    async fn a_child_is_entered_once_and_who_came_second_is_told(db: Db) {
        crate::texts::install().unwrap();
        let place = Place::new(db).await;
        let stage = stages(&place).await[0];
        let agreed = child(&place, "Учебнова", "7 Б", BOTH).await;
        let form = application(&[agreed]);
        let (one, other) = tokio::join!(send(&place, stage, &form), send(&place, stage, &form));
        let words = why(&second(one, other), "learner");
        assert!(words.contains("Учебнова"), "{words}");
        assert_eq!(list(&place.deputy_of_other(), stage, &Sight::All).await.unwrap().len(), 1);
    }

    async fn a_work_gets_one_code(db: Db) {
        crate::texts::install().unwrap();
        let place = Place::new(db).await;
        let stage = stages(&place).await[0];
        let mut all = Vec::new();
        for last in ["Учебнова", "Макетова", "Примерова"] {
            all.push(child(&place, last, "7 Б", BOTH).await);
        }
        send(&place, stage, &application(&all)).await.unwrap();
        let organiser = place.deputy_of_other();
        let once = once(&organiser);
        admit(&organiser, &once, stage).await.unwrap();
        let (one, other) = tokio::join!(give_codes(&organiser, &once, stage), give_codes(&organiser, &once, stage));
        let given = |done: Result<Done, Fault>| done.unwrap().body.unwrap()["codes"].as_i64().unwrap();
        assert_eq!(given(one) + given(other), 3, "nobody's code is given anew");
        let entries = list(&organiser, stage, &Sight::All).await.unwrap();
        assert!(entries.iter().all(|e| e.code.is_some()));
    }
}
