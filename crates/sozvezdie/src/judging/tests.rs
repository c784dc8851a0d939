//! Judging on both engines: by code alone, a third judge, own pupils away, decoding into the results.
mod races;

use super::{
    marks::{self, field, open_sheet},
    open, open_to_hold,
    rules::{self, JurorForm, RulesForm},
    shown, store,
};
use crate::{
    consents::{self, Granting, Purpose},
    events::{self, EditionDraft, EditionState, EventKind, Format, Level, StageDraft, StageId, StageState},
    learners::{self, LearnerForm},
    organisations::{self, OrganisationForm, OrganisationId, OrganisationState},
    people::{self, NetworkDraft, PersonDraft, PersonId, PersonName},
    results::{self, ParticipationId},
    roles::{self, Role},
    shell::AcademicYear,
    slices::MIGRATIONS,
};
use chrono::{Duration, NaiveDate};
use kit::{
    Chance, Clock, Fault, Visit,
    access::{Grant, Viewer},
    db::{Db, NetworkId, Tx, args, testing::both_engines},
    once::Once,
};
use std::collections::BTreeMap;
use uuid::Uuid;

pub fn once() -> Once {
    Once::new(Uuid::nil(), None, "test", b"", chrono::DateTime::UNIX_EPOCH)
}

/// What was refused, in one word.
pub fn code<T: std::fmt::Debug>(result: Result<T, Fault>) -> String {
    match result {
        Err(Fault::Conflict(conflict)) => conflict.code.to_string(),
        Err(Fault::Invalid(problems)) => {
            problems.iter().map(|(field, _)| field.to_owned()).collect::<Vec<_>>().join(",")
        }
        Err(Fault::NotFound) => "404".into(),
        Err(Fault::Forbidden(_)) => "403".into(),
        other => panic!("{other:?}"),
    }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An olympiad between two schools, held by the first, with three coded works.
pub struct World {
    pub db: Db,
    pub chance: Chance,
    pub home: OrganisationId,
    pub other: OrganisationId,
    pub stage: StageId,
    pub children: Vec<PersonId>,
    pub leader: Uuid,
}

impl World {
    pub async fn new(db: Db) -> Self {
        crate::texts::install().unwrap();
        let nobody = OrganisationId(Uuid::nil());
        let mut world = Self {
            db,
            chance: Chance::seeded(1),
            home: nobody,
            other: nobody,
            stage: StageId(Uuid::nil()),
            children: Vec::new(),
            leader: Uuid::from_u128(7),
        };
        let visit = world.at(Uuid::from_u128(1), "department_specialist", None);
        let network = NetworkDraft {
            name: "Сеть".into(),
            territory: "Район".into(),
            founder: None,
            area_code: "4722".into(),
            is_demo: false,
        };
        people::add_network(&visit, &network).await.unwrap();
        world.home = world.organisation("Станция").await;
        world.other = world.organisation("Школа").await;
        world.leader = world.teacher("Главнова", world.home).await.0;
        let head = world.head();
        let year = AcademicYear::of(head.today);
        let mut d = EditionDraft::plain("Олимпиада", EventKind::Olympiad, year, Level::Municipal, Format::InPerson);
        (d.organiser_id, d.state) = (Some(world.home), EditionState::Running);
        (d.starts_on, d.class_from, d.class_to) = (Some(day("2026-11-20")), Some(8), Some(11));
        let rules = StageDraft {
            winner_quota: Some(1),
            prize_quota: Some(1),
            state: StageState::Running,
            ..StageDraft::plain("Этап")
        };
        d.stages = vec![rules];
        let entered = head.net.transact(async |tx: &mut Tx| events::enter(tx, &head, &d).await).await.unwrap();
        world.stage = entered.stages[0];
        for last in ["Первов", "Второв", "Третьяков"] {
            let child = world.child(last).await;
            world.children.push(child);
        }
        world
    }

    async fn organisation(&self, name: &str) -> OrganisationId {
        let form = OrganisationForm { kind: "general".into(), name: name.into(), ..OrganisationForm::default() };
        let draft = form.check("4722").unwrap();
        let visit = self.at(Uuid::from_u128(1), "department_specialist", None);
        let tx = async |tx: &mut Tx| organisations::insert(tx, &visit, &draft, OrganisationState::Active).await;
        visit.net.transact(tx).await.unwrap()
    }

    pub fn at(&self, person: Uuid, role: &str, organisation: Option<OrganisationId>) -> Visit {
        self.on("2026-11-24", person, role, organisation)
    }

    /// Somebody's visit on a day.
    pub fn on(&self, date: &str, person: Uuid, role: &str, organisation: Option<OrganisationId>) -> Visit {
        let clock = Clock::fixed(kit::clock::start_of_day(day(date)) + Duration::hours(10));
        let grants = vec![Grant { role: role.into(), organisation: organisation.map(|o| o.0) }];
        let viewer = Viewer::person(person, Uuid::nil(), "Кто-то".into(), String::new(), grants, roles::policy);
        let net = self.db.network(NetworkId(Uuid::from_u128(0xA)));
        Visit::by_program(net, self.db.directory(), viewer, &clock, self.chance.clone())
    }

    pub fn head(&self) -> Visit {
        self.at(self.leader, "head", Some(self.home))
    }

    pub async fn teacher(&self, last: &str, organisation: OrganisationId) -> PersonId {
        let visit = self.head();
        let name = PersonName { last: last.into(), first: "Анна".into(), patronymic: None };
        let draft = PersonDraft { name, email: None, phone: None };
        let adding = async |tx: &mut Tx| {
            let id = people::add(tx, &visit, &draft).await?;
            people::grant(tx, &visit, id, Role::Pedagogue, Some(organisation.0)).await?;
            Ok::<_, Fault>(id)
        };
        visit.net.transact(adding).await.unwrap()
    }

    /// A child of the second school, entered for the stage with a code.
    async fn child(&self, last: &str) -> PersonId {
        let visit = self.head();
        let form = LearnerForm {
            last_name: last.into(),
            first_name: "Семён".into(),
            birth_date: "2011-05-01".into(),
            organisation: self.other.to_string(),
            class: "9 Б".into(),
            from: "2026-09-01".into(),
            ..LearnerForm::default()
        };
        let draft = form.check("4722", visit.today).unwrap();
        let adding = async |tx: &mut Tx| {
            let id = learners::insert(tx, &visit, &draft).await?;
            consents::grant(tx, &visit, &Granting::paper(id, Purpose::Processing, day("2026-09-02"))).await?;
            let edition = events::stage_in(tx, self.stage).await?.unwrap().edition_id;
            let edition = events::find_in(tx, edition).await?.unwrap();
            let stage = events::stage_in(tx, self.stage).await?.unwrap();
            let how = events::How { for_class: None, team: None, preparing: None, source: events::Source::School };
            let child = events::children(tx, &[id]).await?.remove(0);
            let entry = events::enter_learner(tx, &visit, (&edition, &stage), &child, &how).await?.unwrap();
            let sql = "UPDATE participation SET state = 'admitted', code = $3 WHERE network_id = $1 AND id = $2";
            tx.run(sql, args![entry.0, format!("КОД-{last}")]).await?;
            Ok::<_, Fault>(id)
        };
        visit.net.transact(adding).await.unwrap()
    }

    pub async fn work(&self, child: PersonId) -> ParticipationId {
        let sql = "SELECT id FROM participation WHERE network_id = $1 AND stage_id = $2 AND learner_id = $3";
        self.head().net.opt::<(ParticipationId,)>(sql, args![self.stage, child]).await.unwrap().unwrap().0
    }

    async fn seat(&self, person: PersonId, part: &str) -> Visit {
        let form = JurorForm { person: person.to_string(), part: part.into(), out: String::new() };
        rules::jury(&self.head(), &once(), self.stage, &form).await.unwrap();
        self.at(person.0, "pedagogue", Some(self.home))
    }

    /// One judge gives every child's work points for its one task.
    async fn marked(&self, points: &[&str]) -> Visit {
        let head = self.head();
        let form = RulesForm { criteria: "Задание — 50".into(), threshold: "2".into() };
        rules::set_rules(&head, &once(), self.stage, &form).await.unwrap();
        let judge = self.seat(self.teacher("Судейкина", self.home).await, "chair").await;
        let mut fields = BTreeMap::new();
        for (child, points) in self.children.iter().zip(points) {
            fields.insert(field(self.work(*child).await, 0), (*points).to_owned());
        }
        marks::keep(&judge, &once(), self.stage, &fields).await.unwrap();
        judge
    }

    /// The same, and the points go to the names.
    pub async fn judged(&self, points: &[&str]) {
        self.marked(points).await;
        marks::decode(&self.head(), &once(), self.stage).await.unwrap();
    }
}

both_engines! {
    migrations: MIGRATIONS;

    async fn two_read_by_code_a_third_where_they_differ_and_names_come_last(db: Db) {
        let world = World::new(db).await;
        let head = world.head();
        let bad = RulesForm { criteria: "Задание".into(), threshold: "-1".into() };
        assert_eq!(code(rules::set_rules(&head, &once(), world.stage, &bad).await), "criteria,threshold");
        let form = RulesForm { criteria: "Тест — 10\nЗадача — 20".into(), threshold: "3".into() };
        rules::set_rules(&head, &once(), world.stage, &form).await.unwrap();
        let stranger = world.at(world.teacher("Чужова", world.home).await.0, "pedagogue", Some(world.home));
        assert_eq!(code(open_sheet(&stranger, world.stage, "").await.map(|_| ())), "404");
        assert_eq!(code(open_to_hold(&stranger, world.stage).await.map(|_| ())), "403");
        let first = world.seat(world.teacher("Первая", world.home).await, "chair").await;
        let second = world.seat(world.teacher("Вторая", world.home).await, "member").await;
        // Of the school of the children: the works are read by others.
        let near = world.seat(world.teacher("Близкова", world.other).await, "member").await;
        let sheet = open_sheet(&near, world.stage, "").await.unwrap();
        assert_eq!((sheet.works.len(), sheet.kept_away), (0, 3));
        let sheet = open_sheet(&first, world.stage, "").await.unwrap();
        assert_eq!((sheet.works.len(), sheet.left()), (3, 3));

        let work = world.work(world.children[0]).await;
        let points = |a: &str, b: &str| BTreeMap::from([(field(work, 0), a.to_owned()), (field(work, 1), b.to_owned())]);
        assert!(matches!(marks::keep(&first, &once(), world.stage, &points("11", "x")).await, Err(Fault::Invalid(_))));
        marks::keep(&first, &once(), world.stage, &points("9", "")).await.unwrap();
        assert_eq!(code(marks::decode(&head, &once(), world.stage).await), "unsettled", "half a sheet is none");
        marks::keep(&first, &once(), world.stage, &points("9", "15")).await.unwrap();
        assert_eq!(code(marks::decode(&head, &once(), world.stage).await), "unsettled", "one of two");
        marks::keep(&second, &once(), world.stage, &points("5", "10")).await.unwrap();
        assert_eq!(code(marks::decode(&head, &once(), world.stage).await), "unsettled", "they differ by nine");
        let other = RulesForm { criteria: "Тест — 5".into(), threshold: "3".into() };
        assert_eq!(code(rules::set_rules(&head, &once(), world.stage, &other).await), "criteria", "tasks stand now");
        let third = world.seat(world.teacher("Третья", world.home).await, "member").await;
        marks::keep(&third, &once(), world.stage, &points("9", "14")).await.unwrap();
        let fourth = world.seat(world.teacher("Лишнева", world.home).await, "member").await;
        let sheet = open_sheet(&fourth, world.stage, "").await.unwrap();
        assert_eq!(sheet.works.len(), 2, "what is settled is read by nobody more");
        let late = async |tx: &mut Tx| {
            marks::give(tx, &fourth, world.stage, PersonId(fourth.actor()), &[(work, 0, Some(1))]).await
        };
        assert_eq!(code(fourth.net.transact(late).await), "read");

        assert_eq!(code(marks::decode(&first, &once(), world.stage).await), "403");
        marks::decode(&head, &once(), world.stage).await.unwrap();
        let opened = results::open_stage(&head, world.stage).await.unwrap();
        let row = opened.entries.iter().find(|e| e.learner == Some(world.children[0])).unwrap();
        assert_eq!((row.score, row.max_score), (Some(23.5), Some(30.0)), "24 and 23 are nearest");
        assert_eq!(opened.entries.iter().filter(|e| e.score.is_some()).count(), 1, "unread works say nothing");
        assert_eq!(code(marks::decode(&head, &once(), world.stage).await), "decoded");
        assert_eq!(code(marks::keep(&first, &once(), world.stage, &points("1", "1")).await), "decoded");
        let told = shown(&head, world.stage, work).await.unwrap();
        assert_eq!(told[0], ("Тест".to_owned(), 767, 10));
        assert!(open(&head, world.stage).await.unwrap().is_over());
        // Who signed the last protocol sat in the jury, and nobody else.
        let signed = async |tx: &mut Tx| {
            let sql = "UPDATE event_stage SET state = 'final' WHERE network_id = $1 AND id = $2";
            tx.run(sql, args![world.stage]).await
        };
        head.net.transact(signed).await.unwrap();
        let late = JurorForm { person: world.leader.to_string(), part: "member".into(), out: String::new() };
        assert_eq!(code(rules::jury(&head, &once(), world.stage, &late).await), "decoded");
    }

    async fn own_pupils_are_read_by_others_and_who_gave_points_stays(db: Db) {
        let world = World::new(db).await;
        let head = world.head();
        let form = RulesForm { criteria: "Задание — 50".into(), threshold: "2".into() };
        rules::set_rules(&head, &once(), world.stage, &form).await.unwrap();
        let judge = world.teacher("Наставникова", world.home).await;
        let visit = world.seat(judge, "member").await;
        let work = world.work(world.children[1]).await;
        let mentoring = async |tx: &mut Tx| results::put_mentor(tx, work, judge, 100).await;
        head.net.transact(mentoring).await.unwrap();
        let sheet = open_sheet(&visit, world.stage, "").await.unwrap();
        assert_eq!((sheet.works.len(), sheet.kept_away), (2, 1));
        assert!(sheet.works.iter().all(|w| w.id != work));
        let out = JurorForm { person: judge.to_string(), part: String::new(), out: "yes".into() };
        let first = world.work(world.children[0]).await;
        let points = BTreeMap::from([(field(first, 0), "40".to_owned())]);
        marks::keep(&visit, &once(), world.stage, &points).await.unwrap();
        assert_eq!(code(rules::jury(&head, &once(), world.stage, &out).await), "points");
        let secretary = world.teacher("Пискарёва", world.home).await;
        world.seat(secretary, "secretary").await;
        let unknown = JurorForm { person: Uuid::nil().to_string(), part: "member".into(), out: String::new() };
        assert_eq!(code(rules::jury(&head, &once(), world.stage, &unknown).await), "person");
        // Points go with the child.
        let gone = head.net.transact(async |tx: &mut Tx| store::forget(tx, world.children[0]).await).await.unwrap();
        assert_eq!(gone, 1);
    }
}
