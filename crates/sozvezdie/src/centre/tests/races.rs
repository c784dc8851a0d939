//! A child entered in the Centre, or taken out of it, by two at once.
use super::*;
use crate::centre::store;
use kit::db::testing::second;

both_engines! {
    migrations: MIGRATIONS;

    async fn entered_twice_at_once_a_child_is_a_member_once(db: Db) {
        let place = Place::new(db).await;
        // No index says that two terms overlap.
        let term = Some("2026-12-31");
        for (name, first, then) in
            [("Демонов Семён", None, None), ("Макетова Анна", term, term), ("Образцов Пётр", None, term)]
        {
            let child = place.child(name, place.school, "7 Б").await;
            let (one, other) =
                tokio::join!(place.member(child, "2026-09-05", first), place.member(child, "2026-10-01", then));
            assert!(matches!(second(one, other), Err(Fault::Conflict(_))), "{name}");
            assert_eq!(store::of_learner(&place.coordinator().net, child).await.unwrap().len(), 1, "{name}");
        }
    }

    async fn a_member_leaves_once(db: Db) {
        let place = Place::new(db).await;
        let child = place.child("Демонов Семён", place.school, "7 Б").await;
        let id = place.member(child, "2026-09-05", None).await.unwrap();
        let (visit, once) = (place.coordinator(), once("leave"));
        let form = |reason: &str| LeaveForm { on: "2026-11-20".into(), reason: reason.into() };
        let (wish, move_away) = (form("own_wish"), form("moved"));
        let (one, other) = tokio::join!(
            end_member(&visit, &once, id.into(), &wish),
            end_member(&visit, &once, id.into(), &move_away)
        );
        let reason = if one.is_ok() { LeftReason::OwnWish } else { LeftReason::Moved };
        assert!(matches!(second(one, other), Err(Fault::Conflict(_))));
        let known = store::of_learner(&visit.net, child).await.unwrap();
        assert_eq!(known[0].left_reason, Some(reason), "what was said first stands");
    }
}
