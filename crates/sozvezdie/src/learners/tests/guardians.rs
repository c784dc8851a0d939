//! A mother of two is one person, in one school or in two; and what of a child is told to whom.
use super::{MIGRATIONS, Place, once};
use crate::{
    learners::{
        GroundKind, Whom,
        change::{GuardianForm, add_guardian},
        may_see,
        web::ties,
    },
    people::PersonId,
    shell::{OfLearner, Tie},
};
use kit::{
    Visit,
    db::{args, testing::both_engines},
};
use uuid::Uuid;

async fn name(visit: &Visit, child: PersonId, first: &str, email: &str, phone: &str) {
    let form = GuardianForm {
        last_name: "Канарейкина".into(),
        first_name: first.into(),
        relation: "mother".into(),
        email: email.into(),
        phone: phone.into(),
        ..GuardianForm::default()
    };
    add_guardian(visit, &once(), child, &form).await.unwrap();
}

/// How many people are guardians, and how many roles of guardians there are.
async fn counted(visit: &Visit) -> (i64, i64) {
    let people = "SELECT COUNT(DISTINCT person_id) FROM guardian WHERE network_id = $1";
    let roles = "SELECT COUNT(*) FROM role_grant WHERE network_id = $1 AND role = 'guardian'";
    let one = async |sql: &'static str| visit.net.opt::<(i64,)>(sql, args![]).await.unwrap().unwrap().0;
    (one(people).await, one(roles).await)
}

both_engines! {
    migrations: MIGRATIONS;

    async fn whoever_merely_receives_a_child_is_not_told_what_is_kept_of_it(db: Db) {
        let place = Place::new(db).await;
        let child = place.child("Канарейкин Лев", "2013-04-12", place.own, "7 Б").await;
        let host = place.visit("deputy_head", place.other);
        let consent = Some(Uuid::from_u128(5));
        place.ground(child, GroundKind::Route, Whom::Organisation(place.other.0), consent).await.unwrap();
        let kept = [OfLearner {
            name: "kept",
            ties: |_, _| {
                let tie = Tie { href: "/kept".into(), icon: "mic", title: "Работа".into(), note: String::new() };
                Box::pin(async move { Ok(vec![tie]) })
            },
            export: |_, _| Box::pin(async { Ok(serde_json::Value::Null) }),
            forget: |_, _| Box::pin(async { Ok(0) }),
        }];
        assert!(may_see(&host, child).await.unwrap(), "its name on a list");
        assert_eq!(ties(&host, &kept, child).await.unwrap().len(), 0);
        assert_eq!(ties(&place.deputy(), &kept, child).await.unwrap().len(), 1);
    }

    async fn the_same_name_and_address_or_telephone_is_the_same_mother(db: Db) {
        let place = Place::new(db).await;
        let deputy = place.deputy();
        let elsewhere = place.visit("deputy_head", place.other);
        let first = place.child("Канарейкин Лев", "2013-04-12", place.own, "7 Б").await;
        let second = place.child("Канарейкина Ева", "2015-05-13", place.own, "5 А").await;
        let third = place.child("Канарейкин Ян", "2017-06-14", place.other, "3 А").await;

        name(&deputy, first, "Анна", "anna@example.invalid", "+7 000 200-00-01").await;
        name(&deputy, second, "Анна", "Anna@example.invalid", "").await;
        assert_eq!(counted(&deputy).await, (1, 1));
        // In another school she is the same person with a role there too.
        name(&elsewhere, third, "Анна", "", "+7 000 200-00-01").await;
        assert_eq!(counted(&deputy).await, (1, 2));
        // A namesake with another address and another woman at the same telephone are other people.
        name(&deputy, first, "Анна", "other@example.invalid", "").await;
        name(&deputy, first, "Вера", "", "+7 000 200-00-01").await;
        assert_eq!(counted(&deputy).await, (3, 4));
    }
}
