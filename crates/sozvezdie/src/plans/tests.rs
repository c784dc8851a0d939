//! Plans and mentors on both engines.
use super::{
    CloseForm, DoneForm, Filter, GoalForm, ItemForm, KIND, MentorForm, PlanForm, PlanId, State, academic_year,
    add_item, approve, change, close, count, create, figures, list, mark, mentors, open, set_mentor, store,
    subject::OF_LEARNER,
};
use crate::{
    centre::tests::{Place, once},
    consents::{self, Granting, Purpose, tests::let_in},
    learners::{self, GroundKind},
    people::{self, PersonId},
    roles::Role,
    slices::MIGRATIONS,
};
use kit::{
    Fault, Visit,
    db::{Tx, testing::both_engines},
};

struct Year {
    place: Place,
    child: PersonId,
    mentor: PersonId,
}

impl Year {
    async fn new(db: kit::db::Db) -> Self {
        let place = Place::new(db).await;
        let child = place.child("Демонов Семён Учебнович", place.school, "7 Б").await;
        place.member(child, "2026-09-05", None).await.unwrap();
        let mentor = place.person("Наставникова").await;
        Self { place, child, mentor }
    }

    async fn grant(&self, person: PersonId, role: Role) {
        let visit = self.place.coordinator();
        let place = Some(self.place.school.0);
        visit.net.transact(async |tx: &mut Tx| people::grant(tx, &visit, person, role, place).await).await.unwrap();
    }

    async fn mentor(&self, role: Role, external: bool, certificate: &str, capacity: &str) -> Result<(), Fault> {
        self.grant(self.mentor, role).await;
        let form = MentorForm {
            person: self.mentor.to_string(),
            organisation: self.place.school.to_string(),
            external: if external { "true".into() } else { String::new() },
            subjects: "химия, биология".into(),
            capacity: capacity.into(),
            certificate_on: certificate.into(),
        };
        let key = format!("mentor {external} {certificate} {capacity}");
        mentors::save(&self.place.coordinator(), &once(&key), &form).await.map(drop)
    }

    async fn plan(&self) -> PlanId {
        let form = PlanForm {
            learner: self.child.to_string(),
            goal: "Подготовиться к олимпиаде".into(),
            subject: "химия".into(),
            from: "academic".into(),
        };
        create(&self.place.coordinator(), &once("plan"), &form).await.unwrap();
        list(&self.place.coordinator(), &Filter::default()).await.unwrap().first().unwrap().id
    }

    fn as_mentor(&self, role: &str) -> Visit {
        self.place.at("2026-11-24", self.mentor.0, &[(role, Some(self.place.school))])
    }
}

both_engines! {
    migrations: MIGRATIONS;

    async fn whoever_merely_receives_a_child_knows_nothing_of_its_plan(db: Db) {
        let year = Year::new(db).await;
        let id = year.plan().await;
        let_in(&year.place.coordinator(), year.child, GroundKind::Route, year.place.gymnasium).await;
        let host = year.place.visit("deputy_head", year.place.gymnasium);
        assert!(learners::may_see(&host, year.child).await.unwrap(), "its name on a list");
        assert!(matches!(open(&host, id).await, Err(Fault::NotFound)));
        assert_eq!(count(&host, &Filter::default()).await.unwrap(), 0);
    }

    async fn a_year_from_a_template_to_its_outcome(db: Db) {
        let year = Year::new(db).await;
        let coordinator = year.place.coordinator();
        let id = year.plan().await;
        let plan = open(&coordinator, id).await.unwrap();
        assert_eq!((plan.year, plan.items, plan.done, plan.overdue, plan.state), (2026, 5, 0, 0, State::Draft));
        approve(&coordinator, &once("approve"), id).await.unwrap();
        assert!(matches!(approve(&coordinator, &once("approve2"), id).await, Err(Fault::Conflict(_))));
        // The school stage of October is late; done, it is late no more.
        assert_eq!(open(&coordinator, id).await.unwrap().overdue, 1);
        assert_eq!(count(&coordinator, &Filter { overdue: true, ..Filter::default() }).await.unwrap(), 1);
        let first = store::items(&coordinator.net, id).await.unwrap().remove(0).id;
        let done = DoneForm { on: "2026-11-20".into(), result: "участвовал".into() };
        mark(&coordinator, &once("mark"), id, first, &done).await.unwrap();
        assert_eq!(open(&coordinator, id).await.unwrap().overdue, 0);
        let item = ItemForm { work: "Конференция".into(), how: "contest".into(), due_on: "2027-03-01".into(), ..ItemForm::default() };
        add_item(&coordinator, &once("item"), id, &item).await.unwrap();
        close(&coordinator, &once("close"), id, &CloseForm { outcome: "Призёр.".into() }).await.unwrap();
        assert!(matches!(add_item(&coordinator, &once("item2"), id, &item).await, Err(Fault::Conflict(_))));
        assert!(matches!(mark(&coordinator, &once("mark2"), id, first, &DoneForm::default()).await, Err(Fault::Conflict(_))));

        // Next year begins with last year's steps, a year on and nothing done.
        let next = year.place.at("2027-09-10", uuid::Uuid::from_u128(7), &[("centre_coordinator", Some(year.place.gymnasium))]);
        let form = PlanForm { learner: year.child.to_string(), goal: "Дальше".into(), from: "last".into(), ..PlanForm::default() };
        create(&next, &once("next"), &form).await.unwrap();
        let plans = list(&next, &Filter { year: Some(2027), ..Filter::default() }).await.unwrap();
        assert_eq!(plans.iter().map(|p| (p.items, p.done)).collect::<Vec<_>>(), [(6, 0)]);
        let items = store::items(&next.net, plans[0].id).await.unwrap();
        assert!(items.iter().all(|i| academic_year(i.due_on) == 2027));
        assert!(matches!(create(&next, &once("again"), &form).await, Err(Fault::Conflict(_))), "one a year");
    }

    async fn a_goal_is_changed_and_what_it_was_is_not_written_over_unseen(db: Db) {
        let year = Year::new(db).await;
        let coordinator = year.place.coordinator();
        let id = year.plan().await;
        let stands = GoalForm::of(&open(&coordinator, id).await.unwrap());
        let form = GoalForm { goal: "Написать исследование о реке".into(), subject: "биология".into(), ..stands.clone() };
        let wrong = GoalForm { goal: " ".into(), ..form.clone() };
        assert!(matches!(change(&coordinator, &once("wrong"), id, &wrong).await, Err(Fault::Invalid(_))));
        let theirs = year.as_mentor("pedagogue");
        assert!(change(&theirs, &once("mentor"), id, &form).await.is_err());
        change(&coordinator, &once("goal"), id, &form).await.unwrap();
        let now = open(&coordinator, id).await.unwrap();
        assert_eq!((now.goal.as_str(), now.subject.as_deref()), ("Написать исследование о реке", Some("биология")));
        let line = kit::audit::history(&coordinator.net, KIND, id.0, 1).await.unwrap().remove(0);
        assert_eq!((line.action.as_str(), line.fields.contains("goal")), ("update", true));
        // The form of before the change.
        let late = change(&coordinator, &once("late"), id, &GoalForm { goal: "Иначе".into(), ..stands }).await;
        assert!(matches!(late, Err(Fault::Conflict(c)) if c.code == "stale"));
        approve(&coordinator, &once("approve"), id).await.unwrap();
        close(&coordinator, &once("close"), id, &CloseForm { outcome: "Призёр.".into() }).await.unwrap();
        let version = open(&coordinator, id).await.unwrap().version.to_string();
        let over = change(&coordinator, &once("over"), id, &GoalForm { version, ..form }).await;
        assert!(matches!(over, Err(Fault::Conflict(c)) if c.code == "state"));
    }

    async fn plans_are_for_members_and_by_the_centre(db: Db) {
        let year = Year::new(db).await;
        let form = PlanForm { learner: year.child.to_string(), goal: "Цель".into(), ..PlanForm::default() };
        for role in ["head", "deputy_head", "gifted_lead"] {
            let visit = year.place.visit(role, year.place.school);
            assert!(matches!(create(&visit, &once(role), &form).await, Err(Fault::Forbidden(_))), "{role}");
        }
        let stranger = year.place.child("Макетова Анна", year.place.school, "8 А").await;
        let other = PlanForm { learner: stranger.to_string(), ..form };
        assert!(matches!(create(&year.place.coordinator(), &once("x"), &other).await, Err(Fault::Invalid(_))));
        let last = PlanForm { learner: year.child.to_string(), goal: "Цель".into(), from: "last".into(), ..PlanForm::default() };
        assert!(matches!(create(&year.place.coordinator(), &once("y"), &last).await, Err(Fault::Invalid(_))), "there is no last year");
    }

    async fn a_mentor_is_not_given_more_than_they_take(db: Db) {
        let year = Year::new(db).await;
        let coordinator = year.place.coordinator();
        year.mentor(Role::Pedagogue, false, "", "1").await.unwrap();
        let id = year.plan().await;
        let plan = open(&coordinator, id).await.unwrap();
        let suggested = mentors::suggested(&coordinator, &plan).await.unwrap();
        assert_eq!(suggested.iter().map(|s| s.why.len()).collect::<Vec<_>>(), [3], "the subject, the school, the room");
        let person = year.mentor.to_string();
        set_mentor(&coordinator, &once("mentor"), id, &person).await.unwrap();
        assert!(learners::may_see(&year.as_mentor("pedagogue"), year.child).await.unwrap());
        let second = year.place.child("Макетова Анна", year.place.school, "8 А").await;
        year.place.member(second, "2026-09-05", None).await.unwrap();
        let form = PlanForm { learner: second.to_string(), goal: "Цель".into(), from: "sport".into(), ..PlanForm::default() };
        create(&coordinator, &once("second"), &form).await.unwrap();
        let no_mentor = list(&coordinator, &Filter { no_mentor: true, ..Filter::default() }).await.unwrap();
        assert_eq!(no_mentor.iter().map(|p| p.learner).collect::<Vec<_>>(), [second]);
        let full = set_mentor(&coordinator, &once("full"), no_mentor[0].id, &person).await;
        assert!(matches!(full, Err(Fault::Conflict(_))));
        assert!(mentors::suggested(&coordinator, &no_mentor[0]).await.unwrap().is_empty());

        approve(&coordinator, &once("approve"), id).await.unwrap();
        let found = figures(&coordinator.net, &year.place.centre().await, coordinator.today).await.unwrap();
        assert_eq!((found.share.members, found.with_plan, found.with_plan_percent, found.mentors), (2, 1, Some(50.0), 1));
        assert_eq!(found.mentors_per_child, Some(0.5));
        close(&coordinator, &once("close"), id, &CloseForm { outcome: "Готово.".into() }).await.unwrap();
        assert!(!learners::may_see(&year.as_mentor("pedagogue"), year.child).await.unwrap(), "the charge is over");
    }

    async fn one_of_another_school_leads_by_consent(db: Db) {
        let year = Year::new(db).await;
        let coordinator = year.place.coordinator();
        let elsewhere = year.place.organisation("Беловская СОШ").await;
        let granting = async |tx: &mut Tx| people::grant(tx, &coordinator, year.mentor, Role::Pedagogue, Some(elsewhere.0)).await;
        coordinator.net.transact(granting).await.unwrap();
        let form = MentorForm {
            person: year.mentor.to_string(),
            organisation: elsewhere.to_string(),
            subjects: "химия".into(),
            capacity: "2".into(),
            ..MentorForm::default()
        };
        mentors::save(&coordinator, &once("mentor"), &form).await.unwrap();
        let (id, person) = (year.plan().await, year.mentor.to_string());
        let Err(Fault::Conflict(conflict)) = set_mentor(&coordinator, &once("early"), id, &person).await else {
            panic!("no consent")
        };
        assert_eq!(conflict.code, "consent");
        let there = year.place.at("2026-11-24", year.mentor.0, &[("pedagogue", Some(elsewhere))]);
        assert!(matches!(open(&there, id).await, Err(Fault::NotFound)));
        let paper = Granting { recipient: Some(elsewhere), ..Granting::paper(year.child, Purpose::Transfer, coordinator.today) };
        let consent = coordinator.net.transact(async |tx: &mut Tx| consents::grant(tx, &coordinator, &paper).await).await.unwrap();
        set_mentor(&coordinator, &once("mentor"), id, &person).await.unwrap();
        assert!(learners::may_see(&there, year.child).await.unwrap());
        // Withdrawn, it closes what it opened.
        let closing = async |tx: &mut Tx| learners::close_consent(tx, consent, coordinator.today).await;
        coordinator.net.transact(closing).await.unwrap();
        assert!(!learners::may_see(&there, year.child).await.unwrap());
    }

    async fn one_from_outside_is_told_a_first_name_and_nothing_before_the_certificate(db: Db) {
        let year = Year::new(db).await;
        let coordinator = year.place.coordinator();
        year.mentor(Role::ExternalMentor, true, "", "2").await.unwrap();
        let id = year.plan().await;
        let person = year.mentor.to_string();
        let early = set_mentor(&coordinator, &once("early"), id, &person).await;
        assert!(matches!(early, Err(Fault::Conflict(_))), "no certificate");
        year.mentor(Role::ExternalMentor, true, "2026-11-01", "2").await.unwrap();
        set_mentor(&coordinator, &once("mentor"), id, &person).await.unwrap();
        approve(&coordinator, &once("approve"), id).await.unwrap();
        let outside = year.as_mentor("external_mentor");
        let plan = open(&outside, id).await.unwrap();
        assert_eq!((plan.full_name.as_str(), plan.class_name, plan.organisation_name.as_str()), ("Семён", None, ""));
        assert!(!learners::may_see(&outside, year.child).await.unwrap(), "no record");
        let item = store::items(&outside.net, id).await.unwrap().remove(0).id;
        mark(&outside, &once("mark"), id, item, &DoneForm { on: "2026-11-20".into(), result: String::new() }).await.unwrap();
        let stranger = year.place.visit("external_mentor", year.place.school);
        assert!(matches!(open(&stranger, id).await, Err(Fault::NotFound)));
        // The certificate taken back shuts everything.
        year.mentor(Role::ExternalMentor, true, "", "2").await.unwrap();
        assert!(matches!(open(&outside, id).await, Err(Fault::NotFound)));
        assert_eq!(list(&outside, &Filter::default()).await.unwrap().len(), 0);
    }

    async fn nothing_of_a_child_is_left(db: Db) {
        let year = Year::new(db).await;
        let visit = year.place.coordinator();
        year.plan().await;
        let kept = (OF_LEARNER.export)(&visit, year.child.0).await.unwrap().to_string();
        assert!(kept.contains("олимпиаде"), "{kept}");
        let gone = visit.net.transact(async |tx: &mut Tx| (OF_LEARNER.forget)(tx, year.child.0).await).await.unwrap();
        assert_eq!(gone, 6);
    }
}
