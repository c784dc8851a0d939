//! What a protocol says, that it names nobody whom it may not, and who brings a child in.
use super::{
    Can, FellowForm, JoinForm, SocietyForm, add, candidates, join, leave,
    model::{Fellow, FellowId, Meeting, MeetingId, MeetingKind, Post, Society, SocietyId},
    open,
    protocol::paper,
};
use crate::{
    consents::{self, Granting, Purpose},
    learners::{self, GroundKind, LearnerForm, Relation, Whom, tests::ground},
    organisations::{self, OrganisationForm, OrganisationId, OrganisationState},
    papers::Party,
    people::{self, NetworkDraft, PersonDraft, PersonId, PersonName},
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

fn society() -> Society {
    Society {
        id: SocietyId(Uuid::from_u128(1)),
        organisation_id: OrganisationId(Uuid::from_u128(2)),
        organisation_name: "Станция".into(),
        title: "Общество «Биотоп»".into(),
        about: None,
        charter_id: None,
        charter: None,
        founded_on: "2011-02-01".parse().unwrap(),
        members: 2,
        version: 1,
    }
}

fn fellow(n: u128, name: Option<&str>) -> Fellow {
    Fellow {
        id: FellowId(Uuid::from_u128(n)),
        post: Post::Chair,
        section_id: None,
        section: None,
        organisation_id: OrganisationId(Uuid::from_u128(3)),
        organisation_name: "Школа".into(),
        from: "2026-09-01".parse().unwrap(),
        learner_id: name.map(|_| PersonId(Uuid::from_u128(n))),
        full_name: name.map(str::to_owned),
        class_name: None,
    }
}

#[test]
fn a_protocol_numbers_its_points_and_leaves_a_blank_for_who_is_not_named() {
    let meeting = Meeting {
        id: MeetingId(Uuid::from_u128(3)),
        society_id: society().id,
        kind: MeetingKind::Council,
        number: 4,
        held_on: "2026-11-24".parse().unwrap(),
        place: None,
        present: 5,
        chair_id: Some(FellowId(Uuid::from_u128(10))),
        secretary_id: Some(FellowId(Uuid::from_u128(11))),
        agenda: "Темы исследований.\n\nКонференция".into(),
        decisions: None,
        updated_at: chrono::DateTime::UNIX_EPOCH,
        version: 1,
    };
    let fellows = [fellow(10, Some("Демонов Семён Учебнович")), fellow(11, None)];
    let host = Party { name: "Станция".into(), place: "п. Майский".into(), ..Party::default() };
    let text = paper(&society(), &meeting, &fellows, &host).text();
    for part in [
        "ПРОТОКОЛ",
        "24.11.2026",
        "заседания совета",
        "1. Темы исследований.",
        "2. Конференция.",
        "Демонов",
        "п. Майский",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(text.contains("___"), "{text}");
    let file = documents::docx::write(&paper(&society(), &meeting, &fellows, &host)).unwrap();
    assert!(file.starts_with(b"PK"));
}

fn once() -> Once {
    Once::new(Uuid::nil(), None, "test", b"", chrono::DateTime::UNIX_EPOCH)
}

fn id_of(done: &Done) -> Uuid {
    done.body.as_ref().unwrap()["id"].as_str().unwrap().parse().unwrap()
}

fn at(db: &Db, chance: &Chance, person: Uuid, grants: &[(&str, Option<OrganisationId>)]) -> Visit {
    let day: NaiveDate = "2026-11-24".parse().unwrap();
    let clock = Clock::fixed(kit::clock::start_of_day(day) + Duration::hours(10));
    let grants = grants.iter().map(|(role, o)| Grant { role: (*role).into(), organisation: o.map(|o| o.0) });
    let viewer = Viewer::person(person, Uuid::nil(), "Кто-то".into(), String::new(), grants.collect(), roles::policy);
    let net = db.network(NetworkId(Uuid::from_u128(0xA)));
    Visit::by_program(net, db.directory(), viewer, &clock, chance.clone())
}

async fn organisation(visit: &Visit, name: &str) -> OrganisationId {
    let form = OrganisationForm { kind: "general".into(), name: name.into(), ..OrganisationForm::default() };
    let draft = form.check("4722").unwrap();
    let tx = async |tx: &mut Tx| organisations::insert(tx, visit, &draft, OrganisationState::Active).await;
    visit.net.transact(tx).await.unwrap()
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_child_is_brought_in_by_those_who_speak_for_it(db: Db) {
        crate::texts::install().unwrap();
        let chance = Chance::seeded(1);
        let visit = at(&db, &chance, Uuid::from_u128(1), &[("department_specialist", None)]);
        let network =
            NetworkDraft { name: "Сеть".into(), territory: "Район".into(), founder: None, area_code: "4722".into(), is_demo: false };
        people::add_network(&visit, &network).await.unwrap();
        let station = organisation(&visit, "Станция").await;
        let school = organisation(&visit, "Школа").await;
        let centre = organisation(&visit, "Центр").await;
        let form = SocietyForm {
            organisation: station.to_string(),
            title: "Биотоп".into(),
            founded_on: "2011-02-01".into(),
            ..SocietyForm::default()
        };
        let council = at(&db, &chance, Uuid::from_u128(7), &[("head", Some(station))]);
        let society = SocietyId(id_of(&add(&council, &once(), &form).await.unwrap()));
        let deputy = at(&db, &chance, Uuid::from_u128(8), &[("deputy_head", Some(school))]);
        let form = LearnerForm {
            last_name: "Демонов".into(),
            first_name: "Семён".into(),
            birth_date: "2013-04-12".into(),
            organisation: school.to_string(),
            class: "7 Б".into(),
            from: "2026-09-01".into(),
            ..LearnerForm::default()
        };
        let draft = form.check("4722", deputy.today).unwrap();
        let written = async |tx: &mut Tx| {
            let child = learners::insert(tx, &deputy, &draft).await?;
            let name = PersonName { last: "Демонова".into(), first: "Анна".into(), patronymic: None };
            let mother = people::add(tx, &deputy, &PersonDraft { name, email: None, phone: None }).await?;
            learners::name_guardian(tx, &deputy, child, mother, Relation::Mother).await?;
            consents::grant(tx, &deputy, &Granting::paper(child, Purpose::Transfer, deputy.today)).await?;
            Ok::<_, Fault>((child, mother))
        };
        let (child, mother) = deputy.net.transact(written).await.unwrap();
        for host in [centre, station] {
            ground(&deputy, child, GroundKind::Membership, Whom::Organisation(host.0), None).await.unwrap();
        }
        let form = JoinForm { learner: child.to_string(), ..JoinForm::default() };

        // Whoever merely sees the child brings nobody in, and is offered nobody.
        let sees = at(&db, &chance, Uuid::from_u128(9), &[("centre_coordinator", Some(centre))]);
        assert!(learners::may_see(&sees, child).await.unwrap());
        assert!(matches!(join(&sees, &once(), society, &form).await, Err(Fault::Invalid(_))));
        let shown = open(&sees, society).await.unwrap();
        let can = Can::of(&sees, &shown).await.unwrap();
        assert!(candidates(&sees, can, "").await.unwrap().is_empty());

        let guardian = at(&db, &chance, mother.0, &[("guardian", Some(school))]);
        let learner = at(&db, &chance, child.0, &[("learner", Some(school))]);
        let chairs = at(&db, &chance, Uuid::from_u128(10), &[("centre_coordinator", Some(station))]);
        for visit in [guardian, learner, deputy, chairs] {
            let shown = open(&visit, society).await.unwrap();
            let can = Can::of(&visit, &shown).await.unwrap();
            assert_eq!(candidates(&visit, can, "").await.unwrap().len(), 1);
            let fellow = id_of(&join(&visit, &once(), society, &form).await.unwrap()).to_string();
            let gone = FellowForm { member: fellow, ..FellowForm::default() };
            assert!(matches!(leave(&sees, &once(), society, &gone).await, Err(Fault::Forbidden(_) | Fault::Invalid(_))));
            leave(&visit, &once(), society, &gone).await.unwrap();
        }
    }
}
