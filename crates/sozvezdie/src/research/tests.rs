//! Research on both engines: stages with their grounds, who may review, and that nobody learns who is who.
use super::{
    AuthorForm, Project, ProjectForm, ProjectId, ProjectState, ReviewForm, ReviewId, SheetForm, StepForm, TextForm,
    add, add_sheet, join, open, put_text,
    review::{self, AssignForm, assign, copy, open_review, write_review},
    step,
};
use crate::{
    consents::tests::let_in,
    groups,
    learners::{self, GroundKind, LearnerForm},
    organisations::{self, OrganisationForm, OrganisationId, OrganisationState},
    people::{self, NetworkDraft, PersonDraft, PersonId, PersonName},
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
use std::io::Read as _;
use uuid::Uuid;

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

struct World {
    db: Db,
    chance: Chance,
    home: OrganisationId,
    other: OrganisationId,
}

impl World {
    async fn new(db: Db) -> Self {
        let nobody = OrganisationId(Uuid::nil());
        let mut world = Self { db, chance: Chance::seeded(1), home: nobody, other: nobody };
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
        let day: NaiveDate = "2026-11-24".parse().unwrap();
        let clock = Clock::fixed(kit::clock::start_of_day(day) + Duration::hours(10));
        let grants = vec![Grant { role: role.into(), organisation: organisation.map(|o| o.0) }];
        let viewer = Viewer::person(person, Uuid::nil(), "Кто-то".into(), String::new(), grants, roles::policy);
        let net = self.db.network(NetworkId(Uuid::from_u128(0xA)));
        Visit::by_program(net, self.db.directory(), viewer, &clock, self.chance.clone())
    }

    fn head(&self) -> Visit {
        self.at(Uuid::from_u128(7), "head", Some(self.home))
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

    async fn child(&self) -> PersonId {
        self.child_of(self.home).await
    }

    async fn child_of(&self, organisation: OrganisationId) -> PersonId {
        let visit = self.head();
        let form = LearnerForm {
            last_name: "Звёздкин".into(),
            first_name: "Семён".into(),
            birth_date: "2012-05-01".into(),
            organisation: organisation.to_string(),
            class: "9 Б".into(),
            from: "2026-09-01".into(),
            ..LearnerForm::default()
        };
        let draft = form.check("4722", visit.today).unwrap();
        visit.net.transact(async |tx: &mut Tx| learners::insert(tx, &visit, &draft).await).await.unwrap()
    }

    async fn project(&self, supervisor: PersonId) -> ProjectId {
        let form = ProjectForm {
            organisation: self.home.to_string(),
            title: "Вода пруда".into(),
            supervisor: supervisor.to_string(),
            ..ProjectForm::default()
        };
        ProjectId(id_of(&add(&self.head(), &once(), &form).await.unwrap()))
    }

    async fn go(&self, id: ProjectId, to: &str) -> Result<Done, Fault> {
        step(&self.head(), &once(), id, &StepForm { step: to.into() }).await
    }

    async fn found(&self, visit: &Visit, id: ProjectId) -> Project {
        open(visit, id).await.unwrap().0
    }
}

fn text(text: &str) -> TextForm {
    TextForm { text: text.into() }
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_project_from_topic_to_defence(db: Db) {
        let world = World::new(db).await;
        let supervisor = world.teacher("Ботаникова", world.home).await;
        let reviewer = world.teacher("Формулин", world.other).await;
        let id = world.project(supervisor).await;
        let head = world.head();
        let author = AuthorForm { learner: world.child().await.to_string(), ..AuthorForm::default() };
        join(&head, &once(), id, &author).await.unwrap();
        assert_eq!(code(join(&head, &once(), id, &author).await), "learner");
        assert_eq!(code(world.go(id, "research").await), "state", "no stage is left out");
        for stage in ["plan", "research", "paper"] {
            world.go(id, stage).await.unwrap();
        }
        assert_eq!(code(world.go(id, "review").await), "missing");
        assert_eq!(code(put_text(&head, &once(), id, &text("Работу сделал Звездкин")).await), "text");
        put_text(&head, &once(), id, &text("Пробы воды брали каждую неделю.")).await.unwrap();
        world.go(id, "review").await.unwrap();
        assert_eq!(code(put_text(&head, &once(), id, &text("Иначе")).await), "state");
        assert_eq!(code(world.go(id, "defence").await), "missing");
        let due = |reviewer: PersonId| AssignForm { reviewer: reviewer.to_string(), due_on: "2026-12-10".into() };
        assert_eq!(code(assign(&head, &once(), id, &due(supervisor)).await), "reviewer", "the supervisor");
        let colleague = world.teacher("Коллегин", world.home).await;
        assert_eq!(code(assign(&head, &once(), id, &due(colleague)).await), "reviewer", "of the same organisation");
        // They are not offered either; whoever is asked is not offered again.
        let offered = async || -> Vec<PersonId> {
            review::possible(&head, id).await.unwrap().into_iter().map(|(id, ..)| id).collect()
        };
        let may = offered().await;
        assert!(may.contains(&reviewer) && !may.contains(&supervisor) && !may.contains(&colleague), "{may:?}");
        let review = review_id(&assign(&head, &once(), id, &due(reviewer)).await.unwrap());
        assert!(!offered().await.contains(&reviewer));
        let theirs = world.at(reviewer.0, "pedagogue", Some(world.other));
        assert!(matches!(open(&theirs, id).await, Err(Fault::NotFound)), "a reviewer never gets the project");
        let written = ReviewForm {
            novelty: "7".into(),
            method: "8".into(),
            writing: "9".into(),
            advice: "accept".into(),
            body: "Хорошая работа. Формулин".into(),
        };
        assert_eq!(code(write_review(&theirs, &once(), review, &written).await), "body", "signed");
        let written = ReviewForm { body: "Хорошая работа.".into(), ..written };
        assert_eq!(code(write_review(&head, &once(), review, &written).await), "404", "somebody else's");
        write_review(&theirs, &once(), review, &written).await.unwrap();
        assert_eq!(code(write_review(&theirs, &once(), review, &written).await), "state");
        world.go(id, "defence").await.unwrap();
        assert_eq!(code(world.go(id, "complete").await), "missing");
        let sheet = SheetForm { juror: "Судья".into(), content: "9".into(), talk: "8".into(), answers: "10".into(), note: String::new() };
        add_sheet(&head, &once(), id, &sheet).await.unwrap();
        world.go(id, "complete").await.unwrap();
        assert_eq!(world.found(&head, id).await.state, ProjectState::Completed);
    }

    async fn a_child_who_merely_comes_for_a_step_is_named_by_the_own_school_alone(db: Db) {
        let world = World::new(db).await;
        let supervisor = world.teacher("Ботаникова", world.home).await;
        let id = world.project(supervisor).await;
        let head = world.head();
        let child = world.child_of(world.other).await;
        let author = AuthorForm { learner: child.to_string(), ..AuthorForm::default() };
        for kind in [GroundKind::Route, GroundKind::Participation] {
            let_in(&head, child, kind, world.home).await;
            assert!(learners::may_see(&head, child).await.unwrap());
            assert!(groups::candidates(&head, "").await.unwrap().is_empty(), "nor is it offered");
            assert_eq!(code(join(&head, &once(), id, &author).await), "learner");
        }
        // In a group or a society of the organisation it studies there.
        let_in(&head, child, GroundKind::Enrolment, world.home).await;
        assert_eq!(groups::candidates(&head, "").await.unwrap().len(), 1);
        join(&head, &once(), id, &author).await.unwrap();
    }

    async fn nobody_learns_who_is_who(db: Db) {
        let world = World::new(db).await;
        let supervisor = world.teacher("Ботаникова", world.home).await;
        let reviewer = world.teacher("Формулин", world.other).await;
        let id = world.project(supervisor).await;
        let head = world.head();
        join(&head, &once(), id, &AuthorForm { learner: world.child().await.to_string(), ..AuthorForm::default() }).await.unwrap();
        put_text(&head, &once(), id, &text("Пробы воды брали каждую неделю.")).await.unwrap();
        for stage in ["plan", "research", "paper", "review"] {
            world.go(id, stage).await.unwrap();
        }
        let due = AssignForm { reviewer: reviewer.to_string(), due_on: "2026-12-10".into() };
        let review = review_id(&assign(&head, &once(), id, &due).await.unwrap());
        let theirs = world.at(reviewer.0, "pedagogue", Some(world.other));
        let (_, work) = open_review(&theirs, review).await.unwrap();
        let mut seen = serde_json::to_string(&work).unwrap();
        let file = documents::docx::write(&copy(&work)).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
        for i in 0..archive.len() {
            archive.by_index(i).unwrap().read_to_string(&mut seen).unwrap();
        }
        for name in ["Звёздкин", "Звездкин", "Ботаникова", "Станция"] {
            assert!(!seen.contains(name), "{name} in what a reviewer gets");
        }
        assert!(seen.contains("Пробы воды"));
        let led = world.at(supervisor.0, "pedagogue", Some(world.home));
        let (.., can) = open(&led, id).await.unwrap();
        assert!(can.lead && !can.reviewers, "a supervisor leads and does not know who reviews");
    }
}

fn review_id(done: &Done) -> ReviewId {
    ReviewId(id_of(done))
}
