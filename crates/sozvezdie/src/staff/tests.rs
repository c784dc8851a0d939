//! Posts on both engines: who may give them, who sees them, one person in two organisations.
use super::{EndForm, PositionForm, PositionId, add, change, end, open_person, working_in};
use crate::{
    organisations::{self, Kind, OrganisationDraft, OrganisationForm, OrganisationId, OrganisationState},
    people::PersonId,
    roles,
    slices::MIGRATIONS,
};
use chrono::{Duration, NaiveDate};
use kit::{
    Chance, Clock, Fault, Visit,
    access::{Grant, Viewer},
    db::{Db, NetworkId, Tx, testing::both_engines},
    once::{Done, Once},
};
use uuid::Uuid;

const NETWORK: Uuid = Uuid::from_u128(0xA);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A visit on 24 November 2026 of somebody with this role in this organisation.
fn visit(db: &Db, role: &str, organisation: Option<OrganisationId>, seed: u64) -> Visit {
    let clock = Clock::fixed(kit::clock::start_of_day(day("2026-11-24")) + Duration::hours(10));
    let grants = vec![Grant { role: role.into(), organisation: organisation.map(|o| o.0) }];
    let viewer = Viewer::person(Uuid::from_u128(7), Uuid::nil(), "Кто-то".into(), String::new(), grants, roles::policy);
    Visit::by_program(db.network(NetworkId(NETWORK)), db.directory(), viewer, &clock, Chance::seeded(seed))
}

fn draft(name: &str) -> OrganisationDraft {
    OrganisationForm { kind: Kind::General.code().into(), name: name.into(), ..OrganisationForm::default() }
        .check("4722")
        .unwrap()
}

async fn schools(db: &Db) -> (OrganisationId, OrganisationId) {
    let visit = visit(db, "department_specialist", None, 1);
    let put = async |name: &str| {
        let draft = draft(name);
        visit
            .net
            .transact(async |tx: &mut Tx| organisations::insert(tx, &visit, &draft, OrganisationState::Active).await)
            .await
            .unwrap()
    };
    (put("Первая школа").await, put("Вторая школа").await)
}

fn once() -> Once {
    Once::new(Uuid::nil(), None, "test", b"", chrono::DateTime::UNIX_EPOCH)
}

fn form(of: OrganisationId) -> PositionForm {
    PositionForm {
        organisation_id: of.to_string(),
        last_name: "Демонов".into(),
        first_name: "Семён".into(),
        patronymic: "Учебнович".into(),
        post: "учитель физики".into(),
        rate: "0,5".into(),
        from: "2026-09-01".into(),
        ..PositionForm::default()
    }
}

fn made(done: &Done) -> (PositionId, PersonId) {
    let body = done.body.as_ref().unwrap();
    let id = |name: &str| body[name].as_str().unwrap().parse::<Uuid>().unwrap();
    (PositionId(id("id")), PersonId(id("person_id")))
}

both_engines! {
    migrations: MIGRATIONS;

    async fn one_person_works_in_two_schools_and_is_one(db: Db) {
        let (first, second) = schools(&db).await;
        let (mine, theirs) = (visit(&db, "head", Some(first), 2), visit(&db, "head", Some(second), 3));
        let (_, person) = made(&add(&mine, &once(), &form(first)).await.unwrap());
        // The second school types the name of somebody who is there already, and is asked.
        let Err(Fault::Invalid(problems)) = add(&theirs, &once(), &form(second)).await else { panic!("a double was made") };
        assert!(problems.at("person_id").is_some());
        let same = PositionForm { person_id: person.to_string(), ..form(second) };
        let (_, again) = made(&add(&theirs, &once(), &same).await.unwrap());
        assert_eq!(again, person);
        assert_eq!(open_person(&theirs, person).await.unwrap().1.len(), 2, "both posts are seen by either school");
        let other = PositionForm { is_other: "true".into(), ..form(second) };
        let (_, stranger) = made(&add(&theirs, &once(), &other).await.unwrap());
        assert_ne!(stranger, person);
        assert!(matches!(open_person(&mine, stranger).await, Err(Fault::NotFound)), "works only elsewhere");
        assert_eq!(working_in(&mine.net, second, mine.today).await.unwrap().len(), 2);
    }

    async fn nobody_fills_posts_of_another_school_nor_takes_a_stranger_by_id(db: Db) {
        let (first, second) = schools(&db).await;
        let mine = visit(&db, "head", Some(first), 2);
        assert!(matches!(add(&mine, &once(), &form(second)).await, Err(Fault::Forbidden(_))));
        let (_, stranger) = made(&add(&visit(&db, "head", Some(second), 3), &once(), &form(second)).await.unwrap());
        let guessed = PositionForm { person_id: stranger.to_string(), last_name: String::new(), ..form(first) };
        assert!(matches!(add(&mine, &once(), &guessed).await, Err(Fault::Invalid(_))));
    }

    async fn a_post_is_changed_by_version_and_ends_once(db: Db) {
        let (first, second) = schools(&db).await;
        let mine = visit(&db, "head", Some(first), 2);
        let (id, person) = made(&add(&mine, &once(), &form(first)).await.unwrap());
        let sent = PositionForm { rate: "1".into(), version: "1".into(), ..form(first) };
        change(&mine, &once(), id, &sent).await.unwrap();
        assert!(matches!(change(&mine, &once(), id, &sent).await, Err(Fault::Conflict(c)) if c.code == "stale"));
        assert_eq!(open_person(&mine, person).await.unwrap().1[0].rate, 100);
        let theirs = visit(&db, "head", Some(second), 3);
        assert!(matches!(change(&theirs, &once(), id, &sent).await, Err(Fault::NotFound)));
        let on = |day: &str| EndForm { until: day.into() };
        assert!(matches!(end(&mine, &once(), id, &on("2026-08-31")).await, Err(Fault::Invalid(_))));
        end(&mine, &once(), id, &on("2026-11-23")).await.unwrap();
        assert!(matches!(end(&mine, &once(), id, &on("2026-11-24")).await, Err(Fault::Conflict(_))));
        assert!(working_in(&mine.net, first, mine.today).await.unwrap().is_empty());
        assert_eq!(open_person(&mine, person).await.unwrap().1.len(), 1, "the record stays");
    }
}
