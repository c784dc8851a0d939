//! Conferences on both engines: theses, who may review, nobody in two rooms, means in the sheet.
mod races;

use super::{
    SlotDraft, ThesisForm, ThesisId, ask_in, insert_slot,
    marks::{field, hand_over, keep, open_sheet},
    model::{SectionId, ThesisState},
    open,
    programme::{self, JurorForm, PlanForm, SectionForm},
    review::{AskForm, ReviewForm, assign, open_review, possible, write},
    store,
    theses::{self, DecisionForm},
};
use crate::{
    consents::{self, Granting, Purpose},
    events::{self, EditionDraft, EditionState, EventKind, Format, Level, StageId},
    learners::{self, LearnerForm, Relation},
    organisations::{self, OrganisationForm, OrganisationId, OrganisationState},
    people::{self, NetworkDraft, PersonDraft, PersonId, PersonName},
    roles::{self, Role},
    shell::AcademicYear,
    slices::MIGRATIONS,
};
use chrono::{Duration, NaiveDate};
use kit::{
    Chance, Clock, Fault, Visit,
    access::{Grant, Viewer},
    db::{Db, NetworkId, Tx, args, testing::both_engines},
    once::{Done, Once},
};
use std::collections::BTreeMap;
use uuid::Uuid;

fn once() -> Once {
    Once::new(Uuid::nil(), None, "test", b"", chrono::DateTime::UNIX_EPOCH)
}

fn id_of(done: &Done) -> Uuid {
    done.body.as_ref().unwrap()["id"].as_str().unwrap().parse().unwrap()
}

fn code<T: std::fmt::Debug>(result: Result<T, Fault>) -> String {
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

struct World {
    db: Db,
    chance: Chance,
    home: OrganisationId,
    other: OrganisationId,
    stage: StageId,
    leader: Uuid,
}

impl World {
    async fn new(db: Db) -> Self {
        crate::texts::install().unwrap();
        let nobody = OrganisationId(Uuid::nil());
        let mut world = Self {
            db,
            chance: Chance::seeded(1),
            home: nobody,
            other: nobody,
            stage: StageId(Uuid::nil()),
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
        let mut d = EditionDraft::plain("Чтения", EventKind::Conference, year, Level::Municipal, Format::InPerson);
        (d.organiser_id, d.state) = (Some(world.home), EditionState::Announced);
        (d.starts_on, d.class_from, d.class_to) = (Some(day("2026-12-12")), Some(8), Some(11));
        let entered = head.net.transact(async |tx: &mut Tx| events::enter(tx, &head, &d).await).await.unwrap();
        world.stage = entered.stages[0];
        world
    }

    async fn organisation(&self, name: &str) -> OrganisationId {
        let form = OrganisationForm { kind: "general".into(), name: name.into(), ..OrganisationForm::default() };
        let draft = form.check("4722").unwrap();
        let visit = self.at(Uuid::from_u128(1), "department_specialist", None);
        let tx = async |tx: &mut Tx| organisations::insert(tx, &visit, &draft, OrganisationState::Active).await;
        visit.net.transact(tx).await.unwrap()
    }

    fn at(&self, person: Uuid, role: &str, organisation: Option<OrganisationId>) -> Visit {
        let clock = Clock::fixed(kit::clock::start_of_day(day("2026-11-24")) + Duration::hours(10));
        let grants = vec![Grant { role: role.into(), organisation: organisation.map(|o| o.0) }];
        let viewer = Viewer::person(person, Uuid::nil(), "Кто-то".into(), String::new(), grants, roles::policy);
        let net = self.db.network(NetworkId(Uuid::from_u128(0xA)));
        Visit::by_program(net, self.db.directory(), viewer, &clock, self.chance.clone())
    }

    fn head(&self) -> Visit {
        self.at(self.leader, "head", Some(self.home))
    }

    fn by(&self, teacher: PersonId, organisation: OrganisationId) -> Visit {
        self.at(teacher.0, "pedagogue", Some(organisation))
    }

    async fn teacher(&self, last: &str, organisation: OrganisationId) -> PersonId {
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

    /// A teacher of the other school whose child it is.
    async fn parent(&self, child: PersonId) -> PersonId {
        let parent = self.teacher("Родителева", self.other).await;
        let visit = self.head();
        let naming = async |tx: &mut Tx| learners::name_guardian(tx, &visit, child, parent, Relation::Mother).await;
        visit.net.transact(naming).await.unwrap();
        parent
    }

    async fn child(&self, last: &str, class: &str, agrees: bool) -> PersonId {
        let visit = self.head();
        let form = LearnerForm {
            last_name: last.into(),
            first_name: "Семён".into(),
            birth_date: "2011-05-01".into(),
            organisation: self.home.to_string(),
            class: class.into(),
            from: "2026-09-01".into(),
            ..LearnerForm::default()
        };
        let draft = form.check("4722", visit.today).unwrap();
        let adding = async |tx: &mut Tx| {
            let id = learners::insert(tx, &visit, &draft).await?;
            if agrees {
                consents::grant(tx, &visit, &Granting::paper(id, Purpose::Processing, day("2026-09-02"))).await?;
            }
            Ok::<_, Fault>(id)
        };
        visit.net.transact(adding).await.unwrap()
    }

    async fn section(&self, title: &str, starts_at: &str) -> SectionId {
        let form = SectionForm {
            title: title.into(),
            on_date: "2026-12-12".into(),
            starts_at: starts_at.into(),
            ..SectionForm::default()
        };
        SectionId(id_of(&programme::add_section(&self.head(), &once(), self.stage, &form).await.unwrap()))
    }

    fn form(&self, section: SectionId, authors: &[PersonId]) -> ThesisForm {
        ThesisForm {
            section: section.to_string(),
            title: "Птицы двора".into(),
            body: "Считали птиц у кормушек.".into(),
            learner: authors.iter().map(ToString::to_string).collect(),
            ..ThesisForm::default()
        }
    }

    async fn accepted(&self, section: SectionId, author: PersonId) -> ThesisId {
        let head = self.head();
        let done = theses::submit(&head, &once(), self.stage, &self.form(section, &[author])).await.unwrap();
        let id = ThesisId(id_of(&done));
        let yes = DecisionForm { state: "accepted".into(), ..DecisionForm::default() };
        theses::decide(&head, &once(), id, &yes).await.unwrap();
        id
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn talk(thesis: ThesisId) -> PlanForm {
    PlanForm { step: "talk".into(), thesis: thesis.to_string(), minutes: "10".into(), ..PlanForm::default() }
}

both_engines! {
    migrations: MIGRATIONS;

    async fn theses_want_consent_class_and_a_text_without_names(db: Db) {
        let world = World::new(db).await;
        let head = world.head();
        let child = world.child("Звёздкин", "9 Б", true).await;
        let shy = world.child("Тихонов", "9 Б", false).await;
        let young = world.child("Малышкин", "5 А", true).await;
        assert_eq!(code(theses::submit(&head, &once(), world.stage, &world.form(SectionId(Uuid::nil()), &[child])).await), "closed");
        let section = world.section("Экология", "10:00").await;
        let send = async |form: ThesisForm| theses::submit(&head, &once(), world.stage, &form).await;
        assert_eq!(code(send(ThesisForm::default()).await), "section,title,body,learner");
        assert_eq!(code(send(world.form(section, &[shy])).await), "learner");
        assert_eq!(code(send(world.form(section, &[young])).await), "learner");
        let signed = ThesisForm { body: "Работа Звёздкина".into(), ..world.form(section, &[child]) };
        assert_eq!(code(send(signed).await), "body");
        let long = ThesisForm { body: "я".repeat(8_001), ..world.form(section, &[child]) };
        assert_eq!(code(send(long).await), "body");
        let id = ThesisId(id_of(&send(world.form(section, &[child])).await.unwrap()));
        let stranger = world.by(world.teacher("Чужова", world.other).await, world.other);
        assert_eq!(code(theses::open_thesis(&stranger, id).await.map(|_| ())), "404");
        // Sent back, mended, declined: who is declined is entered no more.
        let revise = DecisionForm { state: "revise".into(), ..DecisionForm::default() };
        assert_eq!(code(theses::decide(&head, &once(), id, &revise).await), "verdict");
        let revise = DecisionForm { verdict: "Мало данных".into(), ..revise };
        theses::decide(&head, &once(), id, &revise).await.unwrap();
        let mended = ThesisForm { body: "Считали птиц дважды.".into(), ..world.form(section, &[]) };
        theses::change(&head, &once(), id, &mended).await.unwrap();
        let state = async || theses::open_thesis(&head, id).await.unwrap().thesis.state;
        assert_eq!(state().await, ThesisState::Submitted);
        let decline = DecisionForm { state: "declined".into(), verdict: "Не по теме".into() };
        theses::decide(&head, &once(), id, &decline).await.unwrap();
        assert_eq!(code(theses::change(&head, &once(), id, &mended).await), "state");
        let (_, _, sight) = events::open_stage(&head, world.stage).await.unwrap();
        let entries = events::entries_of(&head, world.stage, &sight).await.unwrap();
        assert!(entries.iter().all(|e| !e.state.is_expected()));
    }

    async fn a_section_meets_on_a_day_of_its_stage(db: Db) {
        let world = World::new(db).await;
        let head = world.head();
        let section = world.section("Экология", "10:00").await;
        let on = |day: &str| SectionForm {
            title: "Физика".into(),
            on_date: day.into(),
            starts_at: "10:00".into(),
            ..SectionForm::default()
        };
        for wrong in ["2026-12-11", "2026-12-13"] {
            assert_eq!(code(programme::add_section(&head, &once(), world.stage, &on(wrong)).await), "on_date");
            assert_eq!(code(programme::change_section(&head, &once(), section, &on(wrong)).await), "on_date");
        }
        programme::change_section(&head, &once(), section, &on("2026-12-12")).await.unwrap();
    }

    async fn a_reviewer_is_a_stranger_and_sees_no_name(db: Db) {
        let world = World::new(db).await;
        let head = world.head();
        let child = world.child("Звёздкин", "9 Б", true).await;
        let section = world.section("Экология", "10:00").await;
        let done = theses::submit(&head, &once(), world.stage, &world.form(section, &[child])).await.unwrap();
        let id = ThesisId(id_of(&done));
        let colleague = world.teacher("Близкова", world.home).await;
        let stranger = world.teacher("Далёкова", world.other).await;
        let form = |who: PersonId| AskForm { reviewer: who.to_string(), due_on: "2026-12-01".into() };
        // Whoever leads the work does not learn who reviews it, even as the organiser.
        assert_eq!(code(assign(&head, &once(), id, &form(stranger)).await), "403");
        let head = world.at(colleague.0, "deputy_head", Some(world.home));
        assert_eq!(code(assign(&head, &once(), id, &form(colleague)).await), "reviewer");
        let parent = world.parent(child).await;
        assert_eq!(code(assign(&head, &once(), id, &form(parent)).await), "reviewer", "the own child's");
        let offered = async || -> Vec<PersonId> {
            let thesis = theses::open_thesis(&head, id).await.unwrap().thesis;
            possible(&head, &thesis).await.unwrap().into_iter().map(|(id, ..)| id).collect()
        };
        assert_eq!(offered().await, [stranger], "nobody too close is offered");
        let late = AskForm { due_on: "2026-11-01".into(), ..form(stranger) };
        assert_eq!(code(assign(&head, &once(), id, &late).await), "due_on");
        assign(&head, &once(), id, &form(stranger)).await.unwrap();
        assert!(offered().await.is_empty(), "nor who is asked already");
        let again = head.net.transact(async |tx: &mut Tx| ask_in(tx, &head, id, stranger, day("2026-12-01")).await).await;
        assert_eq!(code(again), "reviewer");
        let reviewer = world.by(stranger, world.other);
        let asked = store::theses::to_review(&reviewer.net, world.stage, stranger.0).await.unwrap();
        let (review, work) = open_review(&reviewer, asked[0].0).await.unwrap();
        assert!(work.organisation.is_empty());
        assert_eq!(code(theses::open_thesis(&reviewer, id).await.map(|_| ())), "404");
        assert_eq!(code(open_review(&head, review.id).await.map(|_| ())), "404");
        let signed = ReviewForm { advice: "accept".into(), body: "Хорошо. Далёкова".into() };
        assert_eq!(code(write(&reviewer, &once(), review.id, &signed).await), "body");
        let fine = ReviewForm { body: "Хорошо.".into(), ..signed };
        write(&reviewer, &once(), review.id, &fine).await.unwrap();
        assert_eq!(code(write(&reviewer, &once(), review.id, &fine).await), "state");
    }

    async fn nobody_is_in_two_rooms_and_the_means_reach_the_sheet(db: Db) {
        let world = World::new(db).await;
        let head = world.head();
        let (child, friend) = (world.child("Звёздкин", "9 Б", true).await, world.child("Друзьев", "9 Б", true).await);
        let (one, two) = (world.section("Экология", "10:00").await, world.section("Физика", "10:00").await);
        let mine = world.accepted(one, child).await;
        let other = world.accepted(two, child).await;
        let friends = world.accepted(two, friend).await;
        programme::plan(&head, &once(), one, &talk(mine)).await.unwrap();
        assert_eq!(code(programme::plan(&head, &once(), two, &talk(other)).await), "clash");
        assert_eq!(code(programme::plan(&head, &once(), two, &talk(mine)).await), "thesis");
        programme::plan(&head, &once(), two, &talk(friends)).await.unwrap();
        programme::plan(&head, &once(), two, &talk(other)).await.unwrap();
        let c = open(&head, world.stage).await.unwrap();
        let last = c.slots.iter().find(|s| s.thesis == Some(other)).unwrap().id;
        // Moved up it would meet the other talk of the child.
        let up = PlanForm { step: "up".into(), slot: last.to_string(), ..PlanForm::default() };
        assert_eq!(code(programme::plan(&head, &once(), two, &up).await), "clash");
        let planned = DecisionForm { state: "revise".into(), verdict: "Ещё раз".into() };
        assert_eq!(code(theses::decide(&head, &once(), mine, &planned).await), "planned");

        let juror = world.teacher("Судейкина", world.other).await;
        let seat = JurorForm { person: juror.to_string(), chair: "yes".into(), ..JurorForm::default() };
        programme::jury(&head, &once(), one, &seat).await.unwrap();
        assert_eq!(code(programme::jury(&head, &once(), two, &seat).await), "clash");
        let judge = world.by(juror, world.other);
        let marks = |points: [&str; 4]| -> BTreeMap<String, String> {
            points.iter().zip(0..).map(|(p, n)| (field(mine, n), (*p).to_owned())).collect()
        };
        assert_eq!(code(keep(&judge, &once(), two, &marks(["1", "1", "1", "1"])).await), "404");
        let Err(Fault::Invalid(wrong)) = keep(&judge, &once(), one, &marks(["11", "x", "1", "1"])).await else { panic!() };
        let told: Vec<String> = wrong.iter().map(|(_, message)| message.say(kit::Lang::Ru).into_owned()).collect();
        assert!(told.len() == 2 && told[0] != told[1] && told.iter().all(|words| words.contains("Птицы двора")), "{told:?}");
        keep(&judge, &once(), one, &marks(["9", "8", "7", ""])).await.unwrap();
        assert_eq!(code(hand_over(&head, &once(), world.stage).await), "points");
        keep(&judge, &once(), one, &marks(["9", "8", "7", "6"])).await.unwrap();
        assert_eq!(code(hand_over(&judge, &once(), world.stage).await), "403");
        hand_over(&head, &once(), world.stage).await.unwrap();
        let opened = crate::results::open_stage(&head, world.stage).await.unwrap();
        let row = opened.entries.iter().find(|e| e.learner == Some(child)).unwrap();
        assert_eq!((row.score, row.max_score), (Some(30.0), Some(40.0)));
        let out = JurorForm { out: "yes".into(), ..seat };
        assert_eq!(code(programme::jury(&head, &once(), one, &out).await), "points");
        // Whoever is near the child judges the other works; an expert from outside may sit there too.
        let parent = world.parent(child).await;
        let expert = world.teacher("Учёнова", world.other).await;
        let now_outside = async |tx: &mut Tx| {
            let sql = "UPDATE role_grant SET role = 'jury', organisation_id = NULL WHERE network_id = $1 AND person_id = $2";
            tx.run(sql, args![expert]).await
        };
        head.net.transact(now_outside).await.unwrap();
        for person in [parent, expert] {
            let seat = JurorForm { person: person.to_string(), ..JurorForm::default() };
            programme::jury(&head, &once(), one, &seat).await.unwrap();
        }
        let sheet = open_sheet(&world.by(parent, world.other), one, "").await.unwrap();
        assert!(sheet.works.iter().all(|(_, is_own)| *is_own) && !sheet.works.is_empty());
        let done = keep(&world.by(parent, world.other), &once(), one, &marks(["9", "9", "9", "9"])).await.unwrap();
        assert_eq!(done.body.unwrap()["kept"], 0);
        let sheet = open_sheet(&world.at(expert.0, "jury", None), one, "").await.unwrap();
        assert!(sheet.works.iter().all(|(_, is_own)| !is_own));
        let pause = SlotDraft::Break("Чай".into());
        let adding = async |tx: &mut Tx| insert_slot(tx, &head, (world.stage, one), &pause, 15).await;
        head.net.transact(adding).await.unwrap();
    }
}
