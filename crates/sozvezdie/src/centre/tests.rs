//! The Centre and its members on both engines.
mod races;

use super::{
    Centre, EnterForm, LeaveForm, LeftReason, NewCentre, NewMembership, add_member, core, end_member, enter, insert,
    member_on, members_on, share,
};
use crate::{
    learners::{self, LearnerForm},
    organisations::{self, OrganisationForm, OrganisationId, OrganisationState},
    people::{self, NetworkDraft, PersonDraft, PersonId, PersonName},
    roles,
    slices::MIGRATIONS,
};
use chrono::{Duration, NaiveDate};
use kit::{
    Chance, Clock, Fault, Visit,
    access::{Grant, Viewer},
    db::{Db, NetworkId, Tx, testing::both_engines},
    once::Once,
};
use uuid::Uuid;

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Something that was sent once, called `what`.
pub fn once(what: &str) -> Once {
    Once::new(Uuid::nil(), None, what, b"", chrono::DateTime::UNIX_EPOCH)
}

/// A network with the Centre at a gymnasium, and a school. Tests of the slices above use it too.
pub struct Place {
    db: Db,
    chance: Chance,
    pub gymnasium: OrganisationId,
    pub school: OrganisationId,
}

impl Place {
    pub async fn new(db: Db) -> Self {
        let nobody = OrganisationId(Uuid::nil());
        let mut place = Self { db, chance: Chance::seeded(1), gymnasium: nobody, school: nobody };
        let visit = place.at("2026-11-24", Uuid::from_u128(1), &[]);
        let network = NetworkDraft {
            name: "Сеть".into(),
            territory: "Район".into(),
            founder: None,
            area_code: "4722".into(),
            is_demo: false,
        };
        people::add_network(&visit, &network).await.unwrap();
        place.gymnasium = place.organisation("Майская гимназия").await;
        place.school = place.organisation("Дубовская СОШ").await;
        let new = NewCentre {
            organisation: place.gymnasium,
            title: "Центр для одарённых детей",
            coordinator: None,
            contact: None,
            act: None,
            opened_on: day("2010-10-14"),
        };
        visit.net.transact(async |tx: &mut Tx| insert(tx, &visit, &new).await).await.unwrap();
        place
    }

    pub async fn organisation(&self, name: &str) -> OrganisationId {
        let form = OrganisationForm { kind: "general".into(), name: name.into(), ..OrganisationForm::default() };
        let draft = form.check("4722").unwrap();
        let visit = self.at("2026-11-24", Uuid::from_u128(1), &[]);
        let tx = async |tx: &mut Tx| organisations::insert(tx, &visit, &draft, OrganisationState::Active).await;
        visit.net.transact(tx).await.unwrap()
    }

    pub fn at(&self, today: &str, person: Uuid, grants: &[(&str, Option<OrganisationId>)]) -> Visit {
        let clock = Clock::fixed(kit::clock::start_of_day(day(today)) + Duration::hours(10));
        let grants = grants.iter().map(|(role, o)| Grant { role: (*role).into(), organisation: o.map(|o| o.0) });
        let viewer =
            Viewer::person(person, Uuid::nil(), "Кто-то".into(), String::new(), grants.collect(), roles::policy);
        let net = self.db.network(NetworkId(Uuid::from_u128(0xA)));
        Visit::by_program(net, self.db.directory(), viewer, &clock, self.chance.clone())
    }

    pub fn visit(&self, role: &str, organisation: OrganisationId) -> Visit {
        self.at("2026-11-24", Uuid::from_u128(7), &[(role, Some(organisation))])
    }

    pub fn coordinator(&self) -> Visit {
        self.visit("centre_coordinator", self.gymnasium)
    }

    pub async fn child(&self, name: &str, organisation: OrganisationId, class: &str) -> PersonId {
        let visit = self.visit("deputy_head", organisation);
        let mut parts = name.split(' ').map(str::to_owned);
        let form = LearnerForm {
            last_name: parts.next().unwrap_or_default(),
            first_name: parts.next().unwrap_or_default(),
            patronymic: parts.next().unwrap_or_default(),
            birth_date: "2014-05-01".into(),
            organisation: organisation.to_string(),
            class: class.into(),
            from: "2025-09-01".into(),
            ..LearnerForm::default()
        };
        let draft = form.check("4722", visit.today).unwrap();
        visit.net.transact(async |tx: &mut Tx| learners::insert(tx, &visit, &draft).await).await.unwrap()
    }

    pub async fn person(&self, last: &str) -> PersonId {
        let visit = self.coordinator();
        let name =
            PersonName { last: last.into(), first: "Анна".into(), patronymic: Some("Учебновна".into()) };
        let draft = PersonDraft { name, email: None, phone: None };
        visit.net.transact(async |tx: &mut Tx| people::add(tx, &visit, &draft).await).await.unwrap()
    }

    pub async fn centre(&self) -> Centre {
        let visit = self.coordinator();
        visit.net.transact(async |tx: &mut Tx| core(tx).await).await.unwrap().unwrap()
    }

    pub async fn member(&self, learner: PersonId, from: &str, until: Option<&str>) -> Result<Uuid, Fault> {
        let (visit, centre) = (self.coordinator(), self.centre().await);
        let new = NewMembership {
            learner,
            from: day(from),
            until: until.map(day),
            order_text: Some("Приказ № 58".into()),
            order_act: None,
        };
        Ok(visit.net.transact(async |tx: &mut Tx| enter(tx, &visit, &centre, &new).await).await?.0)
    }

    pub async fn is_member(&self, learner: PersonId, on: &str) -> bool {
        let visit = self.coordinator();
        visit.net.transact(async |tx: &mut Tx| member_on(tx, learner, day(on)).await).await.unwrap().is_some()
    }
}

async fn seen(place: &Place, visit: &Visit, on: &str) -> Vec<String> {
    let found = members_on(visit, &place.centre().await, day(on), "").await.unwrap();
    found.into_iter().map(|m| m.full_name).collect()
}

both_engines! {
    migrations: MIGRATIONS;

    async fn membership_has_both_its_days_and_opens_the_record_for_them(db: Db) {
        let place = Place::new(db).await;
        let child = place.child("Демонов Семён", place.school, "7 Б").await;
        let id = place.member(child, "2026-09-05", None).await.unwrap();
        for (on, is) in [("2026-09-04", false), ("2026-09-05", true), ("2030-01-01", true)] {
            assert_eq!(place.is_member(child, on).await, is, "{on}");
        }
        assert!(learners::may_see(&place.coordinator(), child).await.unwrap());
        assert!(!learners::may_see(&place.visit("centre_coordinator", place.school), child).await.unwrap());
        let form = LeaveForm { on: "2026-11-20".into(), reason: "own_wish".into() };
        end_member(&place.coordinator(), &once("leave"), id.into(), &form).await.unwrap();
        assert!(place.is_member(child, "2026-11-20").await && !place.is_member(child, "2026-11-21").await);
        assert!(!learners::may_see(&place.coordinator(), child).await.unwrap(), "shut again");
        let again = end_member(&place.coordinator(), &once("again"), id.into(), &form).await;
        assert!(matches!(again, Err(Fault::Conflict(_))));
    }

    async fn nobody_is_a_member_twice_on_one_day(db: Db) {
        let place = Place::new(db).await;
        let child = place.child("Демонов Семён", place.school, "7 Б").await;
        place.member(child, "2016-09-01", Some("2017-06-30")).await.unwrap();
        for (from, until) in [("2017-06-30", None), ("2015-01-01", Some("2016-09-01")), ("2016-10-01", Some("2016-11-01"))] {
            assert!(matches!(place.member(child, from, until).await, Err(Fault::Conflict(_))), "{from}");
        }
        place.member(child, "2017-07-01", None).await.unwrap();
        assert!(matches!(place.member(child, "2026-01-01", None).await, Err(Fault::Conflict(_))));
        assert!(matches!(place.member(PersonId(Uuid::from_u128(9)), "2026-01-01", None).await, Err(Fault::Conflict(_))), "nobody");
    }

    async fn each_sees_the_members_of_the_own_scope_and_the_coordinator_all(db: Db) {
        let place = Place::new(db).await;
        let here = place.child("Демонов Семён", place.school, "7 Б").await;
        let there = place.child("Макетова Анна", place.gymnasium, "8 А").await;
        let id = place.member(here, "2026-09-05", None).await.unwrap();
        place.member(there, "2026-09-05", None).await.unwrap();
        let today = "2026-11-24";
        assert_eq!(seen(&place, &place.coordinator(), today).await, ["Демонов Семён", "Макетова Анна"]);
        assert_eq!(seen(&place, &place.visit("deputy_head", place.school), today).await, ["Демонов Семён"]);
        assert_eq!(seen(&place, &place.visit("head", place.gymnasium), today).await, ["Макетова Анна"]);
        for role in ["department_specialist", "system_administrator", "jury", "guardian", "pedagogue"] {
            assert_eq!(seen(&place, &place.visit(role, place.gymnasium), today).await, [""; 0], "{role}");
        }
        // Who left stays in the Centre's own list of earlier days.
        let form = LeaveForm { on: "2026-11-23".into(), reason: "moved".into() };
        end_member(&place.coordinator(), &once("leave"), id.into(), &form).await.unwrap();
        assert_eq!(seen(&place, &place.coordinator(), today).await, ["Макетова Анна"]);
        assert_eq!(seen(&place, &place.coordinator(), "2026-11-23").await, ["Демонов Семён", "Макетова Анна"]);
        let member = members_on(&place.coordinator(), &place.centre().await, day("2026-11-23"), "дем").await.unwrap();
        assert_eq!(member.first().map(|m| (m.class_name.as_deref(), m.left_reason)), Some((Some("7 Б"), Some(LeftReason::Moved))));
    }

    async fn only_the_centres_own_people_enter_and_end(db: Db) {
        let place = Place::new(db).await;
        let child = place.child("Демонов Семён", place.gymnasium, "7 Б").await;
        let form = EnterForm { learner: child.to_string(), from: "2026-11-01".into(), order_text: "Приказ № 1".into(), ..EnterForm::default() };
        let stranger = place.visit("head", place.school);
        assert!(matches!(add_member(&stranger, &once("a"), &form).await, Err(Fault::Forbidden(_))));
        // The coordinator does not see the child yet: it must come through an application.
        assert!(matches!(add_member(&place.coordinator(), &once("b"), &form).await, Err(Fault::Invalid(_))));
        let head = place.visit("head", place.gymnasium);
        add_member(&head, &once("c"), &form).await.unwrap();
        let early = EnterForm { from: "2010-10-13".into(), order_text: String::new(), ..form };
        let Err(Fault::Invalid(problems)) = add_member(&head, &once("d"), &early).await else { panic!("taken") };
        assert_eq!(problems.iter().map(|(field, _)| field.to_owned()).collect::<Vec<_>>(), ["order_text", "from"]);
        let id = place.member(place.child("Макетова Анна", place.school, "8 А").await, "2026-09-05", None).await.unwrap();
        let form = LeaveForm { on: "2026-11-23".into(), reason: "moved".into() };
        assert!(matches!(end_member(&stranger, &once("e"), id.into(), &form).await, Err(Fault::NotFound)));
        assert!(matches!(end_member(&head, &once("f"), Uuid::from_u128(3).into(), &form).await, Err(Fault::NotFound)));
    }

    async fn the_share_counts_children_of_classes_on_the_day(db: Db) {
        let place = Place::new(db).await;
        let net = place.coordinator().net.clone();
        let centre = place.centre().await;
        assert_eq!(share(&net, &centre, day("2026-11-24")).await.unwrap().percent, None, "nobody studies");
        let first = place.child("Демонов Семён", place.school, "7 Б").await;
        for name in ["Макетова Анна", "Образцов Пётр"] {
            place.child(name, place.gymnasium, "8 А").await;
        }
        place.child("Дошкольный Иван", place.gymnasium, "Старшая группа").await;
        place.member(first, "2026-09-05", None).await.unwrap();
        let now = share(&net, &centre, day("2026-11-24")).await.unwrap();
        assert_eq!((now.members, now.pupils, now.percent), (1, 3, Some(33.3)));
        assert_eq!(share(&net, &centre, day("2026-09-04")).await.unwrap().members, 0);
    }
}
