//! Routes on both engines: who sees what at every turn, what a consent opens and its withdrawal
//! closes, that each deed happens once, and that an approved version stays as it was.
mod load;

use super::{
    access::{Way, open, within},
    compose::{add, add_step, change_step, choose, remove_step, warnings},
    content::{Change, Content, changes},
    deeds::{Deed, DeedForm, accept, carry_out, decline},
    form::{RouteForm, StepForm},
    load::Warning,
    model::{RouteId, RouteState, StepId, StepState, WordKind},
    progress::{OutcomeForm, WordForm, say, settle},
    store::{self, Filter, Whose},
    waiting::{Doing, waiting},
};
use crate::{
    consents::{self, ConsentId, Granting, Purpose},
    groups::{self, GroupForm},
    learners::{self, GroundKind, LearnerForm, Relation, Whom, tests::ground},
    organisations::{self, OrganisationForm, OrganisationId, OrganisationState},
    people::{self, NetworkDraft, PersonDraft, PersonId, PersonName},
    resources::Span,
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

const NETWORK: Uuid = Uuid::from_u128(0xA);
const TODAY: &str = "2026-11-24";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn once() -> Once {
    Once::new(Uuid::nil(), None, "test", b"", chrono::DateTime::UNIX_EPOCH)
}

/// The Centre's organisation, the child's school, two hosts; a child with a guardian.
struct Place {
    db: Db,
    chance: Chance,
    centre: OrganisationId,
    school: OrganisationId,
    station: OrganisationId,
    other: OrganisationId,
    child: PersonId,
    mother: PersonId,
}

impl Place {
    async fn new(db: Db) -> Self {
        crate::texts::install().unwrap();
        let nobody = OrganisationId(Uuid::nil());
        let none = PersonId(Uuid::nil());
        let chance = Chance::seeded(1);
        let mut place = Self {
            db,
            chance,
            centre: nobody,
            school: nobody,
            station: nobody,
            other: nobody,
            child: none,
            mother: none,
        };
        let visit = place.at(TODAY, Uuid::from_u128(1), &[("department_specialist", None)]);
        let network = NetworkDraft {
            name: "Сеть".into(),
            territory: "Район".into(),
            founder: None,
            area_code: "4722".into(),
            is_demo: false,
        };
        people::add_network(&visit, &network).await.unwrap();
        place.centre = place.organisation("Гимназия").await;
        place.school = place.organisation("Сельская школа").await;
        place.station = place.organisation("Станция").await;
        place.other = place.organisation("Дальняя школа").await;
        let visit = place.deputy();
        let form = LearnerForm {
            last_name: "Демонов".into(),
            first_name: "Семён".into(),
            birth_date: "2013-04-12".into(),
            organisation: place.school.to_string(),
            class: "7 Б".into(),
            from: "2026-09-01".into(),
            ..LearnerForm::default()
        };
        let draft = form.check("4722", visit.today).unwrap();
        (place.child, place.mother) = visit
            .net
            .transact(async |tx: &mut Tx| {
                let child = learners::insert(tx, &visit, &draft).await?;
                let name = PersonName { last: "Демонова".into(), first: "Анна".into(), patronymic: None };
                let mother = people::add(tx, &visit, &PersonDraft { name, email: None, phone: None }).await?;
                learners::name_guardian(tx, &visit, child, mother, Relation::Mother).await?;
                Ok::<_, Fault>((child, mother))
            })
            .await
            .unwrap();
        let centre = Whom::Organisation(place.centre.0);
        ground(&visit, place.child, GroundKind::Membership, centre, None).await.unwrap();
        place
    }

    async fn organisation(&self, name: &str) -> OrganisationId {
        let form = OrganisationForm { kind: "general".into(), name: name.into(), ..OrganisationForm::default() };
        let draft = form.check("4722").unwrap();
        let visit = self.at(TODAY, Uuid::from_u128(1), &[]);
        let tx = async |tx: &mut Tx| organisations::insert(tx, &visit, &draft, OrganisationState::Active).await;
        visit.net.transact(tx).await.unwrap()
    }

    fn at(&self, today: &str, person: Uuid, grants: &[(&str, Option<OrganisationId>)]) -> Visit {
        let clock = Clock::fixed(kit::clock::start_of_day(day(today)) + Duration::hours(10));
        let grants = grants.iter().map(|(role, o)| Grant { role: (*role).into(), organisation: o.map(|o| o.0) });
        let viewer =
            Viewer::person(person, Uuid::nil(), "Кто-то".into(), String::new(), grants.collect(), roles::policy);
        Visit::by_program(self.db.network(NetworkId(NETWORK)), self.db.directory(), viewer, &clock, self.chance.clone())
    }

    fn as_role(&self, role: &str, organisation: OrganisationId) -> Visit {
        self.at(TODAY, Uuid::from_u128(7), &[(role, Some(organisation))])
    }

    fn coordinator(&self) -> Visit {
        self.as_role("centre_coordinator", self.centre)
    }

    fn deputy(&self) -> Visit {
        self.as_role("deputy_head", self.school)
    }

    fn station(&self) -> Visit {
        self.as_role("head", self.station)
    }

    fn guardian(&self) -> Visit {
        self.at(TODAY, self.mother.0, &[("guardian", Some(self.school))])
    }

    fn learner(&self) -> Visit {
        self.at(TODAY, self.child.0, &[("learner", Some(self.school))])
    }

    /// A draft led by the Centre, with a step at the Centre, one at the station, one far away.
    async fn route(&self) -> (RouteId, Vec<StepId>) {
        let visit = self.coordinator();
        let form = RouteForm {
            learner: self.child.to_string(),
            organisation: self.centre.to_string(),
            title: "Юный исследователь".into(),
            goal: "Исследовать реку".into(),
            from: "2026-11-01".into(),
            until: "2027-05-31".into(),
            ..RouteForm::default()
        };
        add(&visit, &once(), &form).await.unwrap();
        let (staff, family) = crate::routes::access::scopes(&visit).await.unwrap();
        let whose = Whose::Seen { staff: &staff, family: &family };
        let all = store::list(&visit.net, &whose, &Filter::default(), visit.today, None, 10).await.unwrap();
        let id = all.items[0].id;
        for (title, host, weekday) in
            [("План", self.centre, "1"), ("Практикум", self.station, "2"), ("Таблицы", self.other, "4")]
        {
            add_step(&visit, &once(), id, &step(title, Some(host), weekday)).await.unwrap();
        }
        let steps = within(&visit, id).await.unwrap().steps.iter().map(|s| s.id).collect();
        (id, steps)
    }

    async fn consent(&self, to: Option<OrganisationId>) -> Uuid {
        let visit = self.deputy();
        let given = Granting { recipient: to, ..Granting::paper(self.child, Purpose::Transfer, day("2026-09-10")) };
        visit.net.transact(async |tx: &mut Tx| consents::grant(tx, &visit, &given).await).await.unwrap()
    }

    /// The child is in a workshop of the own school, which meets at this time.
    async fn busy(&self, (starts, ends): (chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::Utc>)) {
        let visit = self.deputy();
        let form = GroupForm {
            organisation: self.school.to_string(),
            kind: "workshop".into(),
            title: "Мастерская".into(),
            capacity: "10".into(),
            starts_on: "2026-09-01".into(),
            teachers: vec![self.mother.to_string()],
            ..GroupForm::default()
        };
        let draft = form.check().unwrap();
        let done = async |tx: &mut Tx| {
            let group = groups::insert(tx, &visit, &draft).await?;
            let group = groups::find_in(tx, group).await?.ok_or(Fault::NotFound)?;
            groups::insert_member(tx, &visit, &group, self.child).await?;
            let spans = vec![Span::new(starts, ends)];
            let mode = groups::SessionMode::InPerson;
            let session = groups::SessionDraft { spans: spans.clone(), topic: None, place: None, mode, resource: None };
            groups::plan_in(tx, &visit, group.id, &spans, &session, &[]).await.map(drop)
        };
        visit.net.transact(done).await.unwrap();
    }

    async fn deed(&self, visit: &Visit, id: RouteId, deed: Deed) -> Result<(), Fault> {
        let form = DeedForm { reason: if deed.asks_why() { "Так решили".into() } else { String::new() } };
        carry_out(visit, &once(), id, deed, &form).await.map(drop)
    }

    async fn state(&self, id: RouteId) -> RouteState {
        within(&self.coordinator(), id).await.unwrap().route.state
    }

    /// Offered, accepted by both hosts with a consent, agreed to, approved.
    async fn approved(&self) -> (RouteId, Vec<StepId>) {
        let (id, steps) = self.route().await;
        self.consent(None).await;
        self.deed(&self.coordinator(), id, Deed::Offer).await.unwrap();
        accept(&self.station(), &once(), id, steps[1]).await.unwrap();
        accept(&self.as_role("deputy_head", self.other), &once(), id, steps[2]).await.unwrap();
        self.deed(&self.guardian(), id, Deed::Agree).await.unwrap();
        self.deed(&self.coordinator(), id, Deed::Approve).await.unwrap();
        (id, steps)
    }
}

fn step(title: &str, host: Option<OrganisationId>, weekday: &str) -> StepForm {
    StepForm {
        stage: "implementation".into(),
        kind: "module".into(),
        how: "in_person".into(),
        title: title.into(),
        organisation: host.map(|h| h.to_string()).unwrap_or_default(),
        hours: "12".into(),
        from: "2026-11-10".into(),
        until: "2026-12-20".into(),
        weekday: weekday.into(),
        starts: "15:00".into(),
        ends: "16:30".into(),
        ..StepForm::default()
    }
}

fn is_unknown(outcome: &Result<crate::routes::access::Seen, Fault>) -> bool {
    matches!(outcome, Err(Fault::NotFound))
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_route_over_three_organisations_asks_everybody(db: Db) {
        let place = Place::new(db).await;
        let (id, steps) = place.route().await;
        assert_eq!(place.state(id).await, RouteState::Draft);
        // A draft is seen by those who answer for the child, and by nobody else.
        assert_eq!(open(&place.deputy(), id).await.unwrap().way, Way::Staff);
        for visit in [place.station(), place.guardian(), place.learner(), place.as_role("head", place.other)] {
            assert!(is_unknown(&open(&visit, id).await));
        }
        place.deed(&place.coordinator(), id, Deed::Offer).await.unwrap();
        assert_eq!(place.state(id).await, RouteState::Offered);

        // Asked, the station sees its own step and not the name.
        let asked = open(&place.station(), id).await.unwrap();
        assert_eq!((asked.way, asked.is_named, asked.steps.len()), (Way::Partner, false, 1));
        assert!(asked.route.learner_name.is_empty() && asked.route.title.is_empty() && asked.route.goal.is_empty());
        assert_eq!(waiting(&place.station()).await.unwrap()[0].doing, Doing::Answer);
        assert_eq!(waiting(&place.station()).await.unwrap()[0].title, "Практикум");

        // Without a consent nothing is accepted, and nothing opens.
        let outcome = accept(&place.station(), &once(), id, steps[1]).await;
        assert!(matches!(outcome, Err(Fault::Conflict(c)) if c.code == "no-consent"));
        assert!(!learners::may_see(&place.station(), place.child).await.unwrap());
        // One given to another organisation opens nothing here.
        place.consent(Some(place.other)).await;
        assert!(accept(&place.station(), &once(), id, steps[1]).await.is_err());
        accept(&place.as_role("head", place.other), &once(), id, steps[2]).await.unwrap();
        place.consent(Some(place.station)).await;
        accept(&place.station(), &once(), id, steps[1]).await.unwrap();
        assert_eq!(place.state(id).await, RouteState::Accepted);
        assert!(learners::may_see(&place.station(), place.child).await.unwrap());
        let named = open(&place.station(), id).await.unwrap();
        assert_eq!((named.is_named, named.steps.len()), (true, 1), "the own step alone");

        // The guardian, not the child and not the staff.
        assert_eq!(waiting(&place.guardian()).await.unwrap()[0].doing, Doing::Agree);
        for visit in [place.learner(), place.coordinator(), place.deputy()] {
            assert!(matches!(place.deed(&visit, id, Deed::Agree).await, Err(Fault::NotFound)));
        }
        assert!(place.deed(&place.coordinator(), id, Deed::Approve).await.is_err(), "not before the guardian");
        place.deed(&place.guardian(), id, Deed::Agree).await.unwrap();
        // The child's school sees it whole, and does not approve what the Centre leads.
        assert!(matches!(place.deed(&place.deputy(), id, Deed::Approve).await, Err(Fault::Forbidden(_))));
        place.deed(&place.coordinator(), id, Deed::Approve).await.unwrap();
        assert_eq!(place.state(id).await, RouteState::Running, "its first step has begun");
        assert!(place.deed(&place.coordinator(), id, Deed::Approve).await.is_err(), "once");
    }

    async fn a_withdrawn_consent_closes_at_once(db: Db) {
        let place = Place::new(db).await;
        let (id, steps) = place.route().await;
        let consent = place.consent(None).await;
        place.deed(&place.coordinator(), id, Deed::Offer).await.unwrap();
        accept(&place.station(), &once(), id, steps[1]).await.unwrap();
        assert!(open(&place.station(), id).await.is_ok());
        let visit = place.deputy();
        visit.net.transact(async |tx: &mut Tx| consents::withdraw(tx, &visit, ConsentId(consent)).await).await.unwrap();
        assert!(is_unknown(&open(&place.station(), id).await));
        assert!(!learners::may_see(&place.station(), place.child).await.unwrap());
        assert!(store::parts(&visit.net, &place.station().viewer.reach(crate::routes::PART), None, visit.today, 10).await.unwrap().is_empty());
        assert!(is_unknown(&crate::routes::progress::to_settle(&place.station(), id, steps[1]).await.map(|(seen, _)| seen)));
    }

    async fn an_organisation_sees_a_child_for_the_term_alone(db: Db) {
        let place = Place::new(db).await;
        let (id, _) = place.approved().await;
        let station = |on: &str| place.at(on, Uuid::from_u128(7), &[("head", Some(place.station))]);
        assert!(open(&station("2026-12-20"), id).await.is_ok());
        assert!(is_unknown(&open(&station("2026-12-21"), id).await), "the step is over");
        assert!(is_unknown(&open(&place.at(TODAY, Uuid::from_u128(9), &[("head", Some(OrganisationId(Uuid::from_u128(5))))]), id).await));
        // Of its host nobody sees another's step, nor what is said and signed around it.
        let part = open(&station(TODAY), id).await.unwrap();
        assert!(part.steps.iter().all(|s| s.organisation == Some(place.station)));
        let form = WordForm { words: "Привет".into() };
        assert!(matches!(say(&station(TODAY), &once(), id, &form).await, Err(Fault::NotFound)));
    }

    async fn a_declined_step_goes_back_to_be_changed(db: Db) {
        let place = Place::new(db).await;
        let (id, steps) = place.route().await;
        place.consent(None).await;
        place.deed(&place.coordinator(), id, Deed::Offer).await.unwrap();
        let silent = DeedForm::default();
        assert!(matches!(decline(&place.station(), &once(), id, steps[1], &silent).await, Err(Fault::Invalid(_))));
        let why = DeedForm { reason: "Нет педагога".into() };
        decline(&place.station(), &once(), id, steps[1], &why).await.unwrap();
        assert!(is_unknown(&open(&place.station(), id).await), "declined, it is no longer theirs");
        accept(&place.as_role("head", place.other), &once(), id, steps[2]).await.unwrap();
        assert_eq!(place.state(id).await, RouteState::Offered, "a declined step is no yes");
        assert_eq!(waiting(&place.coordinator()).await.unwrap()[0].doing, Doing::Replace);
        place.deed(&place.coordinator(), id, Deed::Recall).await.unwrap();
        assert!(place.deed(&place.coordinator(), id, Deed::Offer).await.is_err(), "a declined step is left");
        change_step(&place.coordinator(), &once(), id, steps[1], &step("Дома", None, "2")).await.unwrap();
        place.deed(&place.coordinator(), id, Deed::Offer).await.unwrap();
        assert_eq!(place.state(id).await, RouteState::Accepted, "nobody else is asked");
    }

    async fn a_correction_keeps_the_old_version_as_it_was(db: Db) {
        let place = Place::new(db).await;
        let (id, steps) = place.approved().await;
        let net = place.coordinator().net.clone();
        let first = store::version(&net, id, 1).await.unwrap().unwrap();
        assert_eq!(first.steps.len(), 3);
        assert!(matches!(add_step(&place.coordinator(), &once(), id, &step("Хор", None, "5")).await, Err(Fault::Conflict(_))));
        place.deed(&place.coordinator(), id, Deed::Correct).await.unwrap();
        remove_step(&place.coordinator(), &once(), id, steps[2]).await.unwrap();
        let far = place.as_role("head", place.other);
        let held = open(&far, id).await.unwrap();
        let titles: Vec<&str> = held.held.iter().map(|s| s.title.as_str()).collect();
        assert_eq!((titles, held.steps.len(), held.is_named), (vec!["Таблицы"], 0, true), "holds until the approval");
        assert!(open(&place.station(), id).await.is_ok(), "the others go on");
        add_step(&place.coordinator(), &once(), id, &step("Хор", None, "5")).await.unwrap();
        place.deed(&place.coordinator(), id, Deed::Offer).await.unwrap();
        place.deed(&place.guardian(), id, Deed::Agree).await.unwrap();
        place.deed(&place.coordinator(), id, Deed::Approve).await.unwrap();
        assert!(!learners::may_see(&far, place.child).await.unwrap(), "closed with the version that had it");
        assert!(is_unknown(&open(&far, id).await));
        let second = store::version(&net, id, 2).await.unwrap().unwrap();
        assert_eq!(store::version(&net, id, 1).await.unwrap().unwrap(), first, "readable as it was");
        let found = changes(&first, &second);
        assert!(found.iter().any(|c| matches!(c, Change::Added(s) if s.title == "Хор")), "{found:?}");
        assert!(found.iter().any(|c| matches!(c, Change::Removed(s) if s.title == "Таблицы")), "{found:?}");
        let versions = store::versions(&net, id).await.unwrap();
        assert_eq!(versions.len(), 2);
        assert_eq!(versions[0].reason.as_deref(), Some("Так решили"));
    }

    async fn a_host_keeps_its_part_of_the_version_in_force_while_it_is_corrected(db: Db) {
        let place = Place::new(db).await;
        let (id, steps) = place.approved().await;
        let (station, far) = (place.station(), place.as_role("head", place.other));
        place.deed(&place.coordinator(), id, Deed::Correct).await.unwrap();
        // The step is written anew for the same host, then given to another one.
        change_step(&place.coordinator(), &once(), id, steps[1], &step("Практикум 2", Some(place.station), "3")).await.unwrap();
        let seen = open(&station, id).await.unwrap();
        assert_eq!((seen.held[0].title.as_str(), seen.steps.len(), seen.is_named), ("Практикум", 0, true));
        assert!(seen.route.title.is_empty() && seen.route.goal.is_empty(), "its part alone");
        let parts = |visit: Visit| async move {
            let reach = visit.viewer.reach(crate::routes::PART);
            store::held_parts(&visit.net, &reach, visit.today, 10).await.unwrap()
        };
        assert_eq!(parts(place.station()).await.iter().map(|p| p.title.as_str()).collect::<Vec<_>>(), ["Практикум"]);
        change_step(&place.coordinator(), &once(), id, steps[1], &step("Практикум 3", Some(place.other), "3")).await.unwrap();
        assert_eq!(open(&station, id).await.unwrap().held.len(), 1);
        place.deed(&place.coordinator(), id, Deed::Offer).await.unwrap();
        let asked = open(&far, id).await.unwrap();
        let new = asked.steps.iter().find(|s| s.id == steps[1]).unwrap();
        assert!(!new.is_open, "what is open to the station is not open to the next host");
        accept(&far, &once(), id, steps[1]).await.unwrap();
        assert!(learners::may_see(&station, place.child).await.unwrap(), "the version before still holds");
        place.deed(&place.guardian(), id, Deed::Agree).await.unwrap();
        place.deed(&place.coordinator(), id, Deed::Approve).await.unwrap();
        assert!(is_unknown(&open(&station, id).await));
        assert!(!learners::may_see(&station, place.child).await.unwrap());
        assert!(parts(place.station()).await.is_empty());
        assert_eq!(open(&far, id).await.unwrap().steps.len(), 2);
    }

    async fn a_stop_closes_what_only_the_version_in_force_had(db: Db) {
        let place = Place::new(db).await;
        let (id, steps) = place.approved().await;
        place.deed(&place.coordinator(), id, Deed::Correct).await.unwrap();
        remove_step(&place.coordinator(), &once(), id, steps[2]).await.unwrap();
        place.deed(&place.coordinator(), id, Deed::Stop).await.unwrap();
        assert!(!learners::may_see(&place.as_role("head", place.other), place.child).await.unwrap());
    }

    async fn progress_is_said_by_the_host_and_counts(db: Db) {
        let place = Place::new(db).await;
        let (id, steps) = place.approved().await;
        let done = OutcomeForm { state: "completed".into(), mark: "зачёт".into(), ..OutcomeForm::default() };
        let teacher = place.as_role("pedagogue", place.station);
        assert!(settle(&teacher, &once(), id, steps[0], &done).await.is_err(), "not their step");
        settle(&teacher, &once(), id, steps[1], &done).await.unwrap();
        assert!(settle(&teacher, &once(), id, steps[1], &done).await.is_err(), "once");
        let missed = OutcomeForm { state: "missed".into(), ..OutcomeForm::default() };
        assert!(matches!(settle(&place.coordinator(), &once(), id, steps[0], &missed).await, Err(Fault::Invalid(_))), "why?");
        let visit = place.coordinator();
        let (staff, family) = crate::routes::access::scopes(&visit).await.unwrap();
        let whose = Whose::Seen { staff: &staff, family: &family };
        assert_eq!(store::figures(&visit.net, &whose, &Filter::default()).await.unwrap(), (1, 1, 1));
        let rows = store::modules(&visit.net, &whose, &Filter::default(), 10).await.unwrap();
        assert_eq!(rows.len(), 1, "K9 opens its rows");
        let over = Filter { hosts: Some(2), approved: true, ..Filter::default() };
        let rows = store::list(&visit.net, &whose, &over, visit.today, None, 10).await.unwrap();
        assert_eq!((rows.total, rows.items[0].hosts, rows.items[0].completed), (1, 3, 1), "K8 opens its rows");
        let nameless = store::list(&visit.net, &Whose::Everybody, &over, visit.today, None, 10).await.unwrap();
        assert_eq!((nameless.total, nameless.items[0].learner_name.clone()), (1, None));

        assert!(place.deed(&visit, id, Deed::Complete).await.is_err(), "not all is settled");
        for step in [steps[0], steps[2]] {
            settle(&visit, &once(), id, step, &done).await.unwrap();
        }
        place.deed(&visit, id, Deed::Complete).await.unwrap();
        assert!(!learners::may_see(&place.station(), place.child).await.unwrap(), "over is over");
    }

    async fn words_are_told_apart_by_who_says_them(db: Db) {
        let place = Place::new(db).await;
        let (id, _) = place.approved().await;
        let form = WordForm { words: "Было интересно".into() };
        for (visit, kind) in [
            (place.learner(), WordKind::Reflection),
            (place.guardian(), WordKind::Comment),
            (place.coordinator(), WordKind::Note),
        ] {
            say(&visit, &once(), id, &form).await.unwrap();
            assert!(store::words(&visit.net, id).await.unwrap().iter().any(|w| w.kind == kind));
        }
        assert!(matches!(say(&place.learner(), &once(), id, &WordForm { words: " ".into() }).await, Err(Fault::Invalid(_))));
    }

    async fn too_great_a_load_asks_why(db: Db) {
        let place = Place::new(db).await;
        let (id, _) = place.route().await;
        let visit = place.coordinator();
        let late = StepForm { starts: "20:00".into(), ends: "21:30".into(), ..step("Астрономия", None, "5") };
        add_step(&visit, &once(), id, &late).await.unwrap();
        let seen = within(&visit, id).await.unwrap();
        let found = warnings(&visit, &seen.route, &seen.steps).await.unwrap();
        assert!(matches!(found.as_slice(), [Warning::Hours { .. }]), "{found:?}");
        assert!(matches!(place.deed(&visit, id, Deed::Offer).await, Err(Fault::Invalid(_))));
        let why = DeedForm { reason: "Звёзды видны вечером".into() };
        carry_out(&visit, &once(), id, Deed::Offer, &why).await.unwrap();
        let kept = within(&visit, id).await.unwrap().route;
        assert_eq!((kept.load_reason.as_deref(), kept.load_by), (Some("Звёзды видны вечером"), visit.viewer.person));
    }

    async fn sessions_of_the_childs_groups_count_and_clash(db: Db) {
        let place = Place::new(db).await;
        let (id, _) = place.route().await;
        let visit = place.coordinator();
        let seen = within(&visit, id).await.unwrap();
        assert_eq!(warnings(&visit, &seen.route, &seen.steps).await.unwrap(), []);
        let start = kit::clock::start_of_day(day("2026-12-01")) + Duration::hours(16);
        let span = (start, start + Duration::minutes(45));
        place.busy(span).await;
        let found = warnings(&visit, &seen.route, &seen.steps).await.unwrap();
        // A Tuesday, as the practical at the station from 15:00 to 16:30.
        let [Warning::Clash { one, other, day: Some(on), from: 960, until: 990, .. }] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!((one.as_str(), other.as_str(), *on), ("Практикум", "Мастерская", day("2026-12-01")));
        assert!(matches!(place.deed(&visit, id, Deed::Offer).await, Err(Fault::Invalid(_))), "asks why");
    }

    async fn of_a_choice_one_is_taken(db: Db) {
        let place = Place::new(db).await;
        let (id, _) = place.route().await;
        let visit = place.coordinator();
        for title in ["Хор", "Театр"] {
            add_step(&visit, &once(), id, &StepForm { choice: "1".into(), ..step(title, None, "3") }).await.unwrap();
        }
        let steps = within(&visit, id).await.unwrap().steps;
        let theatre = steps.iter().find(|s| s.title == "Театр").unwrap().id;
        choose(&visit, &once(), id, theatre).await.unwrap();
        let now = within(&visit, id).await.unwrap().steps;
        let state = |title: &str| now.iter().find(|s| s.title == title).unwrap().state;
        assert_eq!((state("Хор"), state("Театр")), (StepState::SetAside, StepState::Planned));
        assert!(choose(&visit, &once(), id, steps[0].id).await.is_err(), "no choice there");
    }

    async fn a_stopped_route_is_over_for_its_organisations(db: Db) {
        let place = Place::new(db).await;
        let (id, _) = place.approved().await;
        place.deed(&place.coordinator(), id, Deed::Stop).await.unwrap();
        assert!(is_unknown(&open(&place.station(), id).await));
        assert!(!learners::may_see(&place.station(), place.child).await.unwrap());
        assert_eq!(open(&place.guardian(), id).await.unwrap().way, Way::Family, "the family keeps it");
        let seen = within(&place.coordinator(), id).await.unwrap();
        assert_eq!(Deed::offered(&place.coordinator(), &seen), [], "nothing follows");
    }

    async fn destroyed_with_the_child(db: Db) {
        let place = Place::new(db).await;
        let (id, _) = place.approved().await;
        say(&place.guardian(), &once(), id, &WordForm { words: "Канарейка".into() }).await.unwrap();
        let visit = place.coordinator();
        let kept = (crate::routes::subject::OF_LEARNER.export)(&place.guardian(), place.child.0).await.unwrap();
        assert!(kept.to_string().contains("Канарейка") && kept.to_string().contains("Практикум"));
        let gone = visit.net.transact(async |tx: &mut Tx| store::forget(tx, place.child).await).await.unwrap();
        assert!(gone > 8, "{gone}");
        assert!(is_unknown(&open(&visit, id).await));
        assert!(store::version(&visit.net, id, 1).await.unwrap().is_none());
    }
}

#[test]
fn a_content_survives_its_json() {
    let content = Content { title: "Маршрут".into(), from: Some(day(TODAY)), ..Content::default() };
    let json = serde_json::to_string(&content).unwrap();
    assert_eq!(serde_json::from_str::<Content>(&json).unwrap(), content);
}
