//! Groups on both engines: never over capacity, who is named to whom, rooms, the closed register.
use super::{
    GroupForm, GroupId, Mark, Member, RegisterForm, SessionForm, SessionId, Standing, StateForm, add, change,
    members::{self, JoinForm, PlaceForm, admit, join, leave},
    move_to, open, sessions,
    store::{self, members as rows},
};
use crate::{
    consents::{self, ConsentId, Granting, Purpose, tests::let_in},
    learners::{self, GroundKind, LearnerForm, Whom, tests::ground},
    organisations::{self, OrganisationForm, OrganisationId, OrganisationState},
    people::{self, NetworkDraft, PersonDraft, PersonId, PersonName},
    resources::{self, ResourceForm, ResourceState},
    roles::{self, Role},
    slices::MIGRATIONS,
};
use chrono::{Duration, NaiveDate};
use kit::{
    Chance, Clock, Fault, Visit,
    access::{Grant, Viewer},
    db::{Db, NetworkId, Tx, testing::both_engines},
    once::{Done, Once},
};
use std::collections::BTreeMap;
use uuid::Uuid;

const NETWORK: Uuid = Uuid::from_u128(0xA);

fn once() -> Once {
    Once::new(Uuid::nil(), None, "test", b"", chrono::DateTime::UNIX_EPOCH)
}

fn id_of(done: &Done) -> Uuid {
    done.body.as_ref().unwrap()["id"].as_str().unwrap().parse().unwrap()
}

fn code(result: Result<Done, Fault>) -> String {
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

/// A station that holds groups, a school that sends children, a teacher of the station.
struct World {
    db: Db,
    chance: Chance,
    station: OrganisationId,
    school: OrganisationId,
    teacher: PersonId,
}

impl World {
    async fn new(db: Db) -> Self {
        let nobody = OrganisationId(Uuid::nil());
        let mut world =
            Self { db, chance: Chance::seeded(1), station: nobody, school: nobody, teacher: PersonId(Uuid::nil()) };
        let visit = world.at("2026-11-24", Uuid::from_u128(1), &[("department_specialist", None)]);
        let network = NetworkDraft {
            name: "Сеть".into(),
            territory: "Район".into(),
            founder: None,
            area_code: "4722".into(),
            is_demo: false,
        };
        people::add_network(&visit, &network).await.unwrap();
        world.station = world.organisation("Станция").await;
        world.school = world.organisation("Школа").await;
        let name = PersonName { last: "Демонов".into(), first: "Семён".into(), patronymic: None };
        let draft = PersonDraft { name, email: None, phone: None };
        let station = world.station;
        let adding = async |tx: &mut Tx| {
            let id = people::add(tx, &visit, &draft).await?;
            people::grant(tx, &visit, id, Role::Pedagogue, Some(station.0)).await?;
            Ok::<_, Fault>(id)
        };
        world.teacher = visit.net.transact(adding).await.unwrap();
        world
    }

    async fn organisation(&self, name: &str) -> OrganisationId {
        let form = OrganisationForm { kind: "general".into(), name: name.into(), ..OrganisationForm::default() };
        let draft = form.check("4722").unwrap();
        let visit = self.at("2026-11-24", Uuid::from_u128(1), &[]);
        let tx = async |tx: &mut Tx| organisations::insert(tx, &visit, &draft, OrganisationState::Active).await;
        visit.net.transact(tx).await.unwrap()
    }

    fn at(&self, today: &str, person: Uuid, grants: &[(&str, Option<OrganisationId>)]) -> Visit {
        let day: NaiveDate = today.parse().unwrap();
        let clock = Clock::fixed(kit::clock::start_of_day(day) + Duration::hours(10));
        let grants = grants.iter().map(|(role, o)| Grant { role: (*role).into(), organisation: o.map(|o| o.0) });
        let viewer =
            Viewer::person(person, Uuid::nil(), "Кто-то".into(), String::new(), grants.collect(), roles::policy);
        let net = self.db.network(NetworkId(NETWORK));
        Visit::by_program(net, self.db.directory(), viewer, &clock, self.chance.clone())
    }

    fn head(&self) -> Visit {
        self.at("2026-11-24", Uuid::from_u128(7), &[("head", Some(self.station))])
    }

    fn sender(&self) -> Visit {
        self.at("2026-11-24", Uuid::from_u128(8), &[("deputy_head", Some(self.school))])
    }

    fn pedagogue(&self) -> Visit {
        self.at("2026-11-24", self.teacher.0, &[("pedagogue", Some(self.station))])
    }

    async fn child(&self, number: usize, organisation: OrganisationId) -> PersonId {
        let visit = self.at("2026-11-24", Uuid::from_u128(9), &[("deputy_head", Some(organisation))]);
        let letter = char::from_u32(u32::try_from(1072 + number).unwrap()).unwrap();
        let form = LearnerForm {
            last_name: format!("Демонов{letter}"),
            first_name: "Семён".into(),
            birth_date: format!("2014-05-{:02}", number + 1),
            organisation: organisation.to_string(),
            class: "7 Б".into(),
            from: "2026-09-01".into(),
            ..LearnerForm::default()
        };
        let draft = form.check("4722", visit.today).unwrap();
        visit.net.transact(async |tx: &mut Tx| learners::insert(tx, &visit, &draft).await).await.unwrap()
    }

    async fn group(&self, capacity: i64) -> GroupId {
        let form = GroupForm {
            organisation: self.station.to_string(),
            kind: "workshop".into(),
            title: "Мастерская".into(),
            capacity: capacity.to_string(),
            starts_on: "2026-09-01".into(),
            teachers: vec![self.teacher.to_string()],
            ..GroupForm::default()
        };
        GroupId(id_of(&add(&self.head(), &once(), &form).await.unwrap()))
    }

    async fn consent(&self, child: PersonId) -> Uuid {
        let visit = self.sender();
        let paper =
            Granting { recipient: Some(self.station), ..Granting::paper(child, Purpose::Transfer, visit.today) };
        visit.net.transact(async |tx: &mut Tx| consents::grant(tx, &visit, &paper).await).await.unwrap()
    }

    async fn seen(&self, visit: &Visit, id: GroupId) -> Vec<Member> {
        let group = open(visit, id).await.unwrap();
        let can = crate::groups::Can::of(visit, &group).await.unwrap();
        members::list(visit, &group, can).await.unwrap()
    }
}

fn asks(child: PersonId) -> JoinForm {
    JoinForm { learner: child.to_string(), ..JoinForm::default() }
}

fn weekly(resource: &str) -> SessionForm {
    SessionForm {
        on: "2026-12-01".into(),
        from: "15:00".into(),
        to: "16:00".into(),
        until: "2026-12-15".into(),
        resource: resource.into(),
        ..SessionForm::default()
    }
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_rush_fills_the_places_and_the_list_in_order(db: Db) {
        let world = World::new(db).await;
        let group = world.group(3).await;
        let mut tasks = Vec::new();
        for i in 0..10 {
            let (child, head) = (world.child(i, world.station).await, world.head());
            // Twice each: at the same moment a child comes in once.
            for _ in 0..2 {
                let head = head.clone();
                tasks.push(tokio::spawn(async move { join(&head, &once(), group, &asks(child)).await.is_ok() }));
            }
        }
        let mut came = 0;
        for task in tasks {
            came += usize::from(task.await.unwrap());
        }
        assert_eq!(came, 10);
        let all = world.seen(&world.head(), group).await;
        let of = |state: Standing| all.iter().filter(|m| m.state == state).collect::<Vec<_>>();
        assert_eq!((of(Standing::Member).len(), of(Standing::Queue).len()), (3, 7));
        let mut numbers: Vec<i64> = all.iter().map(|m| m.number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), 10, "each a number of its own");
        let next = of(Standing::Queue).iter().map(|m| m.number).min().unwrap();
        let gone = of(Standing::Member).first().unwrap().id;
        let form = PlaceForm { member: gone.to_string() };
        leave(&world.head(), &once(), group, &form).await.unwrap();
        let now = world.seen(&world.head(), group).await;
        assert!(now.iter().any(|m| m.number == next && m.state == Standing::Member), "the first in the list comes in");
        assert_eq!(now.iter().filter(|m| m.state == Standing::Member).count(), 3);
        assert_eq!(code(leave(&world.head(), &once(), group, &form).await), "state");
        assert_eq!(store::miscounted(&world.head().net).await.unwrap(), 0);
    }

    async fn only_who_leads_and_the_childs_own_school_end_a_place(db: Db) {
        let world = World::new(db).await;
        let other = world.organisation("Мастерская").await;
        let (group, child) = (world.group(3).await, world.child(0, world.school).await);
        world.consent(child).await;
        join(&world.sender(), &once(), group, &asks(child)).await.unwrap();
        // The child goes to a workshop elsewhere too: there they see it, and no more.
        let_in(&world.sender(), child, GroundKind::Enrolment, other).await;
        let elsewhere = world.at("2026-11-24", Uuid::from_u128(11), &[("deputy_head", Some(other))]);
        let seen = world.seen(&elsewhere, group).await;
        assert!(seen[0].full_name.is_some(), "the child is seen there");
        let form = PlaceForm { member: seen[0].id.to_string() };
        assert_eq!(code(leave(&elsewhere, &once(), group, &form).await), "403");
        leave(&world.sender(), &once(), group, &form).await.unwrap();
    }

    async fn whoever_merely_receives_a_child_sends_it_nowhere(db: Db) {
        let world = World::new(db).await;
        let other = world.organisation("Мастерская").await;
        let (group, child) = (world.group(3).await, world.child(0, world.school).await);
        let offered = async |visit: &Visit| {
            let can = crate::groups::Can::of(visit, &open(visit, group).await.unwrap()).await.unwrap();
            members::to_bring(visit, can, "").await.unwrap().len()
        };
        // A step of a route stands there, and at the station itself: both see the child, and no more.
        let host = world.at("2026-11-24", Uuid::from_u128(11), &[("deputy_head", Some(other))]);
        for place in [other, world.station] {
            let_in(&world.sender(), child, GroundKind::Route, place).await;
        }
        for visit in [&host, &world.head()] {
            assert!(learners::may_see(visit, child).await.unwrap());
            assert_eq!(offered(visit).await, 0);
            assert_eq!(code(join(visit, &once(), group, &asks(child)).await), "learner", "as if it were unknown");
        }
        // Where it studies in a group it is taken into another of the same organisation, and sent nowhere else.
        let_in(&world.sender(), child, GroundKind::Enrolment, other).await;
        assert_eq!(code(join(&host, &once(), group, &asks(child)).await), "learner");
        // The Centre sends its members.
        ground(&world.sender(), child, GroundKind::Membership, Whom::Organisation(other.0), None).await.unwrap();
        let coordinator = world.at("2026-11-24", Uuid::from_u128(12), &[("centre_coordinator", Some(other))]);
        assert_eq!(offered(&coordinator).await, 1);
        join(&coordinator, &once(), group, &asks(child)).await.unwrap();
    }

    async fn who_leads_a_group_takes_in_those_who_study_there(db: Db) {
        let world = World::new(db).await;
        let (group, child) = (world.group(3).await, world.child(0, world.school).await);
        let_in(&world.sender(), child, GroundKind::Enrolment, world.station).await;
        join(&world.head(), &once(), group, &asks(child)).await.unwrap();
        assert_eq!(code(join(&world.sender(), &once(), group, &asks(child)).await), "learner", "there already");
    }

    async fn fewer_places_than_members_are_refused_and_more_let_in(db: Db) {
        let world = World::new(db).await;
        let group = world.group(2).await;
        for i in 0..3 {
            join(&world.head(), &once(), group, &asks(world.child(i, world.station).await)).await.unwrap();
        }
        let now = open(&world.head(), group).await.unwrap();
        let form = GroupForm { capacity: "1".into(), ..GroupForm::of(&now, &[world.teacher]) };
        assert_eq!(code(change(&world.head(), &once(), group, &form).await), "capacity");
        let form = GroupForm { capacity: "3".into(), ..form };
        change(&world.head(), &once(), group, &form).await.unwrap();
        assert_eq!(open(&world.head(), group).await.unwrap().taken, 3);
    }

    async fn a_child_of_another_school_is_named_only_by_a_consent(db: Db) {
        let world = World::new(db).await;
        let group = world.group(5).await;
        let child = world.child(0, world.school).await;
        assert_eq!(code(join(&world.head(), &once(), group, &asks(child)).await), "learner", "not the station's to see");
        let done = join(&world.sender(), &once(), group, &asks(child)).await.unwrap();
        assert_eq!(done.body.as_ref().unwrap()["state"], "consent");
        let form = PlaceForm { member: id_of(&done).to_string() };
        let named = async |visit: &Visit| world.seen(visit, group).await[0].full_name.is_some();
        assert!(named(&world.sender()).await && !named(&world.head()).await && !named(&world.pedagogue()).await);
        assert_eq!(code(admit(&world.head(), &once(), group, &form).await), "consent");
        let consent = world.consent(child).await;
        admit(&world.sender(), &once(), group, &form).await.unwrap();
        assert!(named(&world.head()).await && named(&world.pedagogue()).await);
        assert!(learners::may_see(&world.head(), child).await.unwrap(), "the receiving organisation sees the child");
        let other = world.at("2026-11-24", Uuid::from_u128(11), &[("pedagogue", Some(world.station))]);
        assert!(!named(&other).await, "a teacher of other groups");
        let visit = world.sender();
        visit.net.transact(async |tx: &mut Tx| consents::withdraw(tx, &visit, ConsentId(consent)).await).await.unwrap();
        assert!(!named(&world.head()).await && !named(&world.pedagogue()).await, "withdrawn: at once");
        assert!(named(&world.sender()).await);
    }

    async fn what_a_group_opened_closes_with_it(db: Db) {
        let world = World::new(db).await;
        let group = world.group(5).await;
        let child = world.child(0, world.school).await;
        world.consent(child).await;
        join(&world.sender(), &once(), group, &asks(child)).await.unwrap();
        assert!(learners::may_see(&world.head(), child).await.unwrap());
        for state in ["running", "completed"] {
            move_to(&world.head(), &once(), group, &StateForm { state: state.into() }).await.unwrap();
        }
        assert!(!learners::may_see(&world.head(), child).await.unwrap());
        assert_eq!(code(join(&world.sender(), &once(), group, &asks(child)).await), "state");
        assert_eq!(code(move_to(&world.head(), &once(), group, &StateForm { state: "running".into() }).await), "state");
    }

    async fn each_leads_the_own_groups(db: Db) {
        let world = World::new(db).await;
        let group = world.group(5).await;
        let form = weekly("");
        sessions::plan(&world.pedagogue(), &once(), group, &form).await.unwrap();
        for stranger in [
            world.at("2026-11-24", Uuid::from_u128(11), &[("pedagogue", Some(world.station))]),
            world.at("2026-11-24", Uuid::from_u128(11), &[("head", Some(world.school))]),
            world.at("2026-11-24", Uuid::from_u128(11), &[("host_operator", Some(world.station))]),
        ] {
            assert_eq!(code(sessions::plan(&stranger, &once(), group, &form).await), "403");
        }
        assert_eq!(store::sessions::of(&world.head().net, group).await.unwrap().len(), 3);
    }

    async fn a_room_is_taken_with_the_session_or_nothing_is_planned(db: Db) {
        let world = World::new(db).await;
        let group = world.group(5).await;
        let form = ResourceForm {
            owner_id: world.station.to_string(),
            class: "technological".into(),
            name: "Лаборатория".into(),
            capacity: "15".into(),
            hours: vec!["9:00–17:00".into(); 5],
            ..ResourceForm::default()
        };
        let head = world.head();
        let draft = form.check().unwrap();
        let room = head.net.transact(async |tx: &mut Tx| resources::insert(tx, &head, &draft, ResourceState::Published).await).await.unwrap();
        let form = weekly(&room.to_string());
        sessions::plan(&head, &once(), group, &form).await.unwrap();
        let planned = store::sessions::of(&head.net, group).await.unwrap();
        assert!(planned.len() == 3 && planned.iter().all(|s| s.room.as_deref() == Some("Лаборатория")));
        let Err(Fault::Conflict(conflict)) = sessions::plan(&head, &once(), group, &form).await else { panic!() };
        assert_eq!(conflict.code, "taken");
        assert!(!conflict.details["alternatives"].as_array().unwrap().is_empty(), "it says what is free instead");
        assert_eq!(store::sessions::of(&head.net, group).await.unwrap().len(), 3, "nothing was planned");
        let off = sessions::CallOffForm { why: "карантин".into() };
        let one = planned[0].id;
        sessions::call_off(&head, &once(), one, &off).await.unwrap();
        assert_eq!(code(sessions::call_off(&head, &once(), one, &off).await), "state");
        let again = SessionForm { on: "2026-12-15".into(), until: String::new(), ..form };
        sessions::plan(&head, &once(), group, &again).await.unwrap();
    }

    async fn a_closed_register_is_corrected_with_a_reason(db: Db) {
        let world = World::new(db).await;
        let group = world.group(5).await;
        let child = world.child(0, world.station).await;
        let done = join(&world.head(), &once(), group, &asks(child)).await.unwrap();
        let member = id_of(&done).to_string();
        let form = SessionForm { on: "2026-11-26".into(), until: String::new(), ..weekly("") };
        let session = SessionId(id_of(&sessions::plan(&world.head(), &once(), group, &form).await.unwrap()));
        let marked = |mark: &str, reason: &str, version: i64| RegisterForm {
            marks: BTreeMap::from([(member.clone(), mark.to_owned())]),
            reason: reason.into(),
            version: version.to_string(),
            ..RegisterForm::default()
        };
        assert_eq!(code(sessions::keep(&world.head(), &once(), session, &marked("present", "", 1)).await), "early");
        let teacher = |today: &str| world.at(today, world.teacher.0, &[("pedagogue", Some(world.station))]);
        sessions::keep(&teacher("2026-11-27"), &once(), session, &marked("absent", "", 1)).await.unwrap();
        assert_eq!(code(sessions::keep(&teacher("2026-11-27"), &once(), session, &marked("ill", "", 1)).await), "stale");
        assert_eq!(code(sessions::keep(&teacher("2026-12-06"), &once(), session, &marked("ill", "", 2)).await), "reason");
        sessions::keep(&teacher("2026-12-06"), &once(), session, &marked("ill", "справка", 2)).await.unwrap();
        let kept = store::sessions::corrections(&world.head().net, session).await.unwrap();
        assert!(kept.len() == 1 && kept[0].reason == "справка" && kept[0].before == Some(Mark::Absent));
        let strange = RegisterForm { marks: BTreeMap::from([(Uuid::from_u128(5).to_string(), "ill".into())]), version: "3".into(), reason: "х".into(), ..RegisterForm::default() };
        assert_eq!(code(sessions::keep(&teacher("2026-12-06"), &once(), session, &strange).await), "marks");
    }

    async fn a_destroyed_child_leaves_nothing_behind(db: Db) {
        let world = World::new(db).await;
        let group = world.group(1).await;
        let child = world.child(0, world.station).await;
        join(&world.head(), &once(), group, &asks(child)).await.unwrap();
        let visit = world.head();
        visit.net.transact(async |tx: &mut Tx| rows::forget(tx, child).await).await.unwrap();
        assert!(world.seen(&visit, group).await.is_empty());
        assert_eq!(open(&visit, group).await.unwrap().taken, 0);
    }
}
