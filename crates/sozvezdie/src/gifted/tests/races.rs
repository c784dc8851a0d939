//! The way of one child, taken by two at once.
use super::*;
use kit::{
    access::Reach,
    db::{args, testing::second},
    once::Done,
};

/// What was opened of a child's record for its way.
async fn opened(way: &Way, id: ProfileId) -> i64 {
    let sql = "SELECT COUNT(*) FROM learner_ground WHERE network_id = $1 AND source_id = $2";
    way.lead().net.scalar(sql, args![id]).await.unwrap()
}

/// The code of the conflict that the second met.
fn refused(one: Result<Done, Fault>, other: Result<Done, Fault>) -> String {
    match second(one, other) {
        Err(Fault::Conflict(conflict)) => conflict.code.to_string(),
        other => panic!("{other:?}"),
    }
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_child_is_proposed_once_and_its_teacher_asked_once(db: Db) {
        let way = Way::new(db).await;
        let (lead, once, form) = (way.lead(), once("propose"), nomination(way.child));
        let (one, other) = tokio::join!(propose(&lead, &once, &form), propose(&lead, &once, &form));
        assert_eq!(refused(one, other), "proposed");
        assert_eq!(list(&lead, &Filter::default()).await.unwrap().len(), 1);
        assert_eq!(asked_of(&lead.net, way.teacher.0).await.unwrap().len(), 1);
    }

    async fn a_record_is_opened_once_for_each_reason(db: Db) {
        let way = Way::new(db).await;
        let (lead, once) = (way.lead(), once("open"));
        let id = way.propose().await;
        way.consent(Purpose::Diagnostics).await;
        way.consent(Purpose::Transfer).await;
        let psychologist = way.psychologist.to_string();
        let (one, other) =
            tokio::join!(charge(&lead, &once, id, &psychologist), charge(&lead, &once, id, &psychologist));
        one.unwrap();
        other.unwrap();
        assert_eq!(opened(&way, id).await, 1, "to the psychologist");
        let form = application();
        let (one, other) = tokio::join!(apply(&lead, &once, id, &form), apply(&lead, &once, id, &form));
        one.unwrap();
        other.unwrap();
        assert_eq!(opened(&way, id).await, 2, "and to the Centre");
    }

    async fn nothing_is_opened_when_the_way_ends_meanwhile(db: Db) {
        let way = Way::new(db).await;
        let (lead, once) = (way.lead(), once("end"));
        let id = way.propose().await;
        way.consent(Purpose::Diagnostics).await;
        let end = LeaveForm { on: "2026-11-24".into(), reason: "own_wish".into() };
        let psychologist = way.psychologist.to_string();
        let (left, given) =
            tokio::join!(leave(&lead, &once, id, &end), charge(&lead, &once, id, &psychologist));
        left.unwrap();
        if given.is_err() {
            assert_eq!(opened(&way, id).await, 0);
        }
        assert!(!learners::may_see(&way.psychologist(), way.child).await.unwrap(), "over, whoever came first");
    }

    async fn one_sitting_considers_and_one_order_enters(db: Db) {
        let way = Way::new(db).await;
        let (coordinator, once) = (way.place.coordinator(), once("decide"));
        let id = way.propose().await;
        way.consent(Purpose::Transfer).await;
        apply(&way.lead(), &once, id, &application()).await.unwrap();
        let (admit, offer) = (sitting(&[id], &[]), sitting(&[], &[id]));
        let (one, other) = tokio::join!(hold(&coordinator, &once, &admit), hold(&coordinator, &once, &offer));
        let is_admitted = one.is_ok();
        assert_eq!(refused(one, other), "state");
        let held = store::sittings(&coordinator.net, &Reach::Network).await.unwrap();
        assert_eq!(held.len(), 1);

        let form = |number: &str| OrderForm { order_number: number.into(), order_on: "2026-11-24".into() };
        let (first, then) = (form("58"), form("59"));
        let (one, other) = tokio::join!(
            order(&coordinator, &once, held[0].id, &first),
            order(&coordinator, &once, held[0].id, &then)
        );
        assert_eq!(refused(one, other), "ordered");
        assert_eq!(way.state(id).await, if is_admitted { State::Registered } else { State::Left });
        let sql = "SELECT COUNT(*) FROM centre_membership WHERE network_id = $1 AND learner_id = $2";
        let memberships: i64 = coordinator.net.scalar(sql, args![way.child]).await.unwrap();
        assert_eq!(memberships, i64::from(is_admitted));
    }
}
