//! From nomination to the register and out of it, on both engines.
mod races;

use super::{
    ApplyForm, ConclusionForm, DiagnosticsForm, Filter, OrderForm, ProfileId, ProposeForm, SayForm, SittingForm, State,
    apply, asked_of, charge, conclude, diagnose, diagnoses, hold, leave, list, order, propose, say, store,
    subject::OF_LEARNER, support, within,
};
use crate::{
    centre::{
        LeaveForm,
        tests::{Place, day, once},
    },
    consents::{self, Granting, Purpose, tests::let_in},
    learners::{self, GroundKind, lead_class},
    people::{self, PersonId},
    roles::Role,
    slices::MIGRATIONS,
};
use kit::{
    Fault, Visit,
    db::{Tx, testing::both_engines},
};
use uuid::Uuid;

struct Way {
    place: Place,
    child: PersonId,
    psychologist: PersonId,
    teacher: PersonId,
}

fn nomination(child: PersonId) -> ProposeForm {
    ProposeForm {
        learner: child.to_string(),
        basis: "teacher".into(),
        kinds: vec!["academic".into(), "creative".into()],
        subject: "химия".into(),
        reason: "Сам ставит опыты и объясняет их классу.".into(),
        ..ProposeForm::default()
    }
}

fn application() -> ApplyForm {
    ApplyForm {
        applicant: "Демонова Наталья Учебновна".into(),
        applied_on: "2026-11-20".into(),
        petition_number: "12".into(),
        petition_on: "2026-11-20".into(),
    }
}

fn sitting(admit: &[ProfileId], other: &[ProfileId]) -> SittingForm {
    let ids = |all: &[ProfileId]| all.iter().map(ToString::to_string).collect();
    SittingForm {
        held_on: "2026-11-23".into(),
        protocol_number: "3".into(),
        chair: "Директоров П. М.".into(),
        members: "Внимательная Е. П.".into(),
        admit: ids(admit),
        other: ids(other),
    }
}

impl Way {
    async fn new(db: kit::db::Db) -> Self {
        let place = Place::new(db).await;
        let child = place.child("Демонов Семён Учебнович", place.school, "7 Б").await;
        let (psychologist, teacher) = (place.person("Внимательная").await, place.person("Классная").await);
        let visit = place.visit("deputy_head", place.school);
        visit
            .net
            .transact(async |tx: &mut Tx| {
                people::grant(tx, &visit, psychologist, Role::Psychologist, Some(place.school.0)).await?;
                people::grant(tx, &visit, teacher, Role::ClassTeacher, Some(place.school.0)).await?;
                lead_class(tx, &visit, place.school, "7 Б", teacher).await
            })
            .await
            .unwrap();
        Self { place, child, psychologist, teacher }
    }

    fn lead(&self) -> Visit {
        self.place.visit("gifted_lead", self.place.school)
    }

    fn psychologist(&self) -> Visit {
        self.place.at("2026-11-24", self.psychologist.0, &[("psychologist", Some(self.place.school))])
    }

    fn teacher(&self) -> Visit {
        self.place.at("2026-11-24", self.teacher.0, &[("class_teacher", Some(self.place.school))])
    }

    async fn consent(&self, purpose: Purpose) -> Uuid {
        let visit = self.lead();
        let given = Granting::paper(self.child, purpose, day("2026-11-01"));
        visit.net.transact(async |tx: &mut Tx| consents::grant(tx, &visit, &given).await).await.unwrap()
    }

    async fn propose(&self) -> ProfileId {
        propose(&self.lead(), &once("propose"), &nomination(self.child)).await.unwrap();
        list(&self.lead(), &Filter::default()).await.unwrap().first().unwrap().id
    }

    async fn state(&self, id: ProfileId) -> State {
        within(&self.lead(), id).await.unwrap().state
    }
}

both_engines! {
    migrations: MIGRATIONS;

    async fn the_whole_way_into_the_register_and_out(db: Db) {
        let way = Way::new(db).await;
        let (lead, coordinator) = (way.lead(), way.place.coordinator());
        let id = way.propose().await;
        assert!(matches!(propose(&lead, &once("again"), &nomination(way.child)).await, Err(Fault::Conflict(_))));
        assert!(matches!(within(&coordinator, id).await, Err(Fault::NotFound)), "not before the application");

        // The class teacher was asked by itself, says a word, and is asked no more after the commission.
        let asked = asked_of(&lead.net, way.teacher.0).await.unwrap();
        let word = SayForm { subject: "химия".into(), said: "Тихий, упорный.".into() };
        let question = asked.first().unwrap().id;
        assert!(matches!(say(&lead, &once("stranger"), question, &word).await, Err(Fault::NotFound)));
        say(&way.teacher(), &once("word"), question, &word).await.unwrap();
        assert_eq!(store::contributions(&lead.net, id).await.unwrap()[0].said.as_deref(), Some("Тихий, упорный."));

        way.consent(Purpose::Diagnostics).await;
        let queue = async || {
            let mine = way.psychologist();
            let filter = Filter { to_diagnose: Some((mine.actor(), mine.today)), ..Filter::default() };
            crate::gifted::count(&mine, &filter).await.unwrap()
        };
        assert_eq!(queue().await, 0, "nobody has asked yet");
        charge(&lead, &once("charge"), id, &way.psychologist.to_string()).await.unwrap();
        assert_eq!(queue().await, 1);
        let conclusion = ConclusionForm { conclusion: "Рекомендовано сопровождение.".into() };
        conclude(&way.psychologist(), &once("conclude"), id, &conclusion).await.unwrap();
        assert_eq!((way.state(id).await, queue().await), (State::Diagnosed, 0));

        way.consent(Purpose::Transfer).await;
        apply(&lead, &once("apply"), id, &application()).await.unwrap();
        within(&coordinator, id).await.unwrap();
        hold(&coordinator, &once("hold"), &sitting(&[id], &[])).await.unwrap();
        assert_eq!(way.state(id).await, State::Considered);
        assert!(asked_of(&lead.net, way.teacher.0).await.unwrap().is_empty());
        assert!(matches!(hold(&coordinator, &once("twice"), &sitting(&[id], &[])).await, Err(Fault::Conflict(_))));

        let sittings = store::sittings(&coordinator.net, &kit::access::Reach::Network).await.unwrap();
        let form = OrderForm { order_number: "58".into(), order_on: "2026-11-24".into() };
        let sitting = sittings.first().unwrap().id;
        assert!(matches!(order(&way.lead(), &once("theirs"), sitting, &form).await, Err(Fault::NotFound)));
        order(&coordinator, &once("order"), sitting, &form).await.unwrap();
        assert!(matches!(order(&coordinator, &once("order2"), sitting, &form).await, Err(Fault::Conflict(_))));
        assert_eq!(way.state(id).await, State::Registered);
        assert!(way.place.is_member(way.child, "2026-11-24").await && !way.place.is_member(way.child, "2026-11-23").await);
        support(&coordinator, &once("support"), id).await.unwrap();
        assert_eq!(way.state(id).await, State::Supported);

        let end = LeaveForm { on: "2026-11-24".into(), reason: "own_wish".into() };
        assert!(matches!(leave(&lead, &once("school"), id, &end).await, Err(Fault::Forbidden(_))), "out of the register by the Centre alone");
        leave(&coordinator, &once("leave"), id, &end).await.unwrap();
        assert!(!way.place.is_member(way.child, "2026-11-25").await);
        assert!(!learners::may_see(&way.psychologist(), way.child).await.unwrap(), "the charge is over");
        // A new way may begin.
        propose(&lead, &once("anew"), &nomination(way.child)).await.unwrap();
    }

    async fn nothing_is_done_without_the_familys_consent(db: Db) {
        let way = Way::new(db).await;
        let lead = way.lead();
        let id = way.propose().await;
        let person = way.psychologist.to_string();
        assert!(matches!(charge(&lead, &once("a"), id, &person).await, Err(Fault::Conflict(_))));
        assert!(matches!(apply(&lead, &once("b"), id, &application()).await, Err(Fault::Conflict(_))));
        let consent = way.consent(Purpose::Diagnostics).await;
        charge(&lead, &once("c"), id, &person).await.unwrap();
        let raw = DiagnosticsForm { method: "Методика А".into(), on: "2026-11-23".into(), raw: "сырые 17, 23, 9".into() };
        diagnose(&way.psychologist(), &once("d"), id, &raw).await.unwrap();
        lead.net.transact(async |tx: &mut Tx| consents::withdraw(tx, &lead, consents::ConsentId(consent)).await).await.unwrap();
        assert!(matches!(within(&way.psychologist(), id).await, Err(Fault::NotFound)), "withdrawn: at once");
        let transfer = way.consent(Purpose::Transfer).await;
        apply(&lead, &once("e"), id, &application()).await.unwrap();
        within(&way.place.coordinator(), id).await.unwrap();
        lead.net.transact(async |tx: &mut Tx| consents::withdraw(tx, &lead, consents::ConsentId(transfer)).await).await.unwrap();
        assert!(matches!(within(&way.place.coordinator(), id).await, Err(Fault::NotFound)));
    }

    async fn raw_results_are_the_psychologists_alone(db: Db) {
        let way = Way::new(db).await;
        let id = way.propose().await;
        way.consent(Purpose::Diagnostics).await;
        charge(&way.lead(), &once("c"), id, &way.psychologist.to_string()).await.unwrap();
        let raw = DiagnosticsForm { method: "Методика А".into(), on: "2026-11-23".into(), raw: "сырые 17".into() };
        for (n, role) in ["head", "deputy_head", "gifted_lead"].into_iter().enumerate() {
            let visit = way.place.visit(role, way.place.school);
            let p = within(&visit, id).await.unwrap();
            assert!(!diagnoses(&visit, &p), "{role}");
            assert!(matches!(diagnose(&visit, &once(&format!("r{n}")), id, &raw).await, Err(Fault::NotFound)), "{role}");
        }
        // A psychologist of the same school without the charge knows nothing of the child.
        let other = way.place.visit("psychologist", way.place.school);
        assert!(matches!(within(&other, id).await, Err(Fault::NotFound)));
        assert!(diagnoses(&way.psychologist(), &within(&way.psychologist(), id).await.unwrap()));
        diagnose(&way.psychologist(), &once("raw"), id, &raw).await.unwrap();
        let visit = way.lead();
        let kept = (OF_LEARNER.export)(&visit, way.child.0).await.unwrap().to_string();
        assert!(kept.contains("ставит опыты") && !kept.contains("сырые"), "{kept}");
        let gone = visit.net.transact(async |tx: &mut Tx| (OF_LEARNER.forget)(tx, way.child.0).await).await.unwrap();
        assert!(gone >= 3, "{gone}");
    }

    async fn whoever_merely_receives_a_child_knows_nothing_of_its_gift(db: Db) {
        let way = Way::new(db).await;
        let id = way.propose().await;
        let lead = way.lead();
        for kind in [GroundKind::Route, GroundKind::Participation, GroundKind::Enrolment] {
            let_in(&lead, way.child, kind, way.place.gymnasium).await;
        }
        let host = way.place.visit("deputy_head", way.place.gymnasium);
        assert!(learners::may_see(&host, way.child).await.unwrap(), "its name on a list");
        assert!(matches!(within(&host, id).await, Err(Fault::NotFound)));
        assert!(list(&host, &Filter::default()).await.unwrap().is_empty());
        assert!((OF_LEARNER.ties)(&host, way.child.0).await.unwrap().is_empty());
        assert!(matches!(propose(&host, &once("host"), &nomination(way.child)).await, Err(Fault::Invalid(_))));
        assert!(within(&lead, id).await.is_ok());
    }

    async fn the_commission_may_offer_another_form(db: Db) {
        let way = Way::new(db).await;
        let id = way.propose().await;
        way.consent(Purpose::Transfer).await;
        apply(&way.lead(), &once("apply"), id, &application()).await.unwrap();
        let coordinator = way.place.coordinator();
        assert!(matches!(hold(&way.lead(), &once("theirs"), &sitting(&[], &[id])).await, Err(Fault::Forbidden(_))));
        hold(&coordinator, &once("hold"), &sitting(&[], &[id])).await.unwrap();
        let sitting = store::sittings(&coordinator.net, &kit::access::Reach::Network).await.unwrap().remove(0).id;
        let early = OrderForm { order_number: "58".into(), order_on: "2026-11-22".into() };
        assert!(matches!(order(&coordinator, &once("early"), sitting, &early).await, Err(Fault::Invalid(_))));
        order(&coordinator, &once("order"), sitting, &OrderForm { order_on: "2026-11-24".into(), ..early }).await.unwrap();
        assert_eq!(way.state(id).await, State::Left);
        assert!(!way.place.is_member(way.child, "2026-11-24").await);
        assert!(matches!(within(&coordinator, id).await, Err(Fault::NotFound)), "closed to the Centre");
    }
}
