//! A protocol out of a file on both engines: it finds children, itself, and never guesses.
use super::{GroundForm, ParticipationId, Protocols, SheetForm, Typed, dispute, issue, keep_sheet, settle_by, vouch};
use crate::{
    consents,
    figures::{self, Asked},
    imports::{self, BatchId, Desk, Progress, Upload},
    learners::{self, ClassName, LearnerDraft},
    organisations::{self, OrganisationForm, OrganisationId, OrganisationState},
    people::{self, NetworkDraft, PersonName},
    roles,
    slices::{self, MIGRATIONS},
};
use chrono::{Duration, NaiveDate};
use kit::{
    Chance, Clock, Lang, Visit,
    access::{Grant, Reach, Viewer},
    db::{Db, NetworkId, Tx, args, testing::both_engines},
    once::Once,
};
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn once() -> Once {
    Once::new(Uuid::nil(), None, "test", b"", chrono::DateTime::UNIX_EPOCH)
}

struct Place {
    db: Db,
    chance: Chance,
    school: OrganisationId,
}

impl Place {
    async fn new(db: Db) -> Self {
        let mut place = Self { db, chance: Chance::seeded(2), school: OrganisationId(Uuid::nil()) };
        let visit = place.by("department_specialist", None);
        let network = NetworkDraft {
            name: "Сеть".into(),
            territory: "Район".into(),
            founder: None,
            area_code: "4722".into(),
            is_demo: false,
        };
        people::add_network(&visit, &network).await.unwrap();
        let mut tx = visit.net.begin().await.unwrap();
        for name in ["Первая школа", "Вторая школа"] {
            let form = OrganisationForm { kind: "general".into(), name: name.into(), ..Default::default() };
            let id = organisations::insert(&mut tx, &visit, &form.check("4722").unwrap(), OrganisationState::Active)
                .await
                .unwrap();
            if name == "Первая школа" {
                place.school = id;
            }
        }
        for (last, first) in [("Примеров", "Иван"), ("Макетов", "Пётр"), ("Учебнов", "Лев")]
        {
            let draft = LearnerDraft {
                name: PersonName { last: last.into(), first: first.into(), patronymic: Some("Ильич".into()) },
                birth_date: day("2012-05-05"),
                sex: None,
                snils: None,
                guardian_phone: None,
                organisation: place.school,
                class: ClassName::read("7 А"),
                from: day("2025-09-01"),
                basis: None,
            };
            learners::insert(&mut tx, &visit, &draft).await.unwrap();
        }
        tx.commit().await.unwrap();
        place
    }

    fn by(&self, role: &str, organisation: Option<OrganisationId>) -> Visit {
        let net = self.db.network(NetworkId(Uuid::from_u128(1)));
        let grants = vec![Grant { role: role.into(), organisation: organisation.map(|o| o.0) }];
        let viewer = Viewer::person(
            Uuid::from_u128(9),
            Uuid::from_u128(8),
            "Кто-то".into(),
            "a@b.ru".into(),
            grants,
            roles::policy,
        );
        let clock = Clock::fixed(kit::clock::start_of_day(day("2026-11-24")) + Duration::hours(10));
        Visit::by_program(net, self.db.directory(), viewer, &clock, self.chance.clone())
    }
}

async fn begin(desk: &Desk, visit: &Visit, text: &str) -> BatchId {
    let upload = Upload {
        kind: "results".into(),
        file_name: "протокол.csv".into(),
        content: text.as_bytes().to_vec(),
        ..Upload::default()
    };
    let done = imports::begin(desk, visit, &once(), upload).await.unwrap();
    done.body.unwrap()["id"].as_str().unwrap().parse().unwrap()
}

async fn statuses(visit: &Visit, id: BatchId) -> Vec<&'static str> {
    imports::rows(&visit.net, id).await.iter().map(|row| row.status.code()).collect()
}

const HEAD: &str = "ФИО участника;Класс;Мероприятие;Уровень;Форма участия;Дата проведения;Результат\n";

both_engines! {
    migrations: MIGRATIONS;

    async fn a_protocol_comes_in_once_and_counts_when_a_document_confirms_it(db: Db) {
        let place = Place::new(db).await;
        let desk = slices::import_desk();
        assert_eq!(imports::Target::code(&Protocols), "results");
        let visit = place.by("deputy_head", Some(place.school));
        let text = format!(
            "{HEAD}Примеров Иван Ильич;7А;Конкурс «Росток»;муниципальный;очная;12.03.2026;победитель\n\
             Макетов П. И.;7А;Конкурс «Росток»;муниципальный;очная;12.03.2026;участник\n\
             Учебнов Лев Ильич;7А;Конкурс «Росток»;космический;очная;12.03.2026;участник\n\
             Чужой Олег Ильич;7А;Конкурс «Росток»;муниципальный;очная;12.03.2026;участник\n"
        );
        let id = begin(&desk, &visit, &text).await;
        let found = statuses(&visit, id).await;
        assert_eq!(found, ["new", "new", "error", "error"], "a name with initials is read too");
        imports::apply(&desk, &visit, &once(), id, &Progress::default()).await.unwrap();
        let rows: Vec<(String, String)> = visit
            .net
            .all("SELECT state, result_state FROM participation WHERE network_id = $1", args![])
            .await
            .unwrap();
        assert!(!rows.is_empty() && rows.iter().all(|(state, result)| state == "took_part" && result == "entered"), "{rows:?}");
        // The same again finds itself.
        let again = begin(&desk, &visit, &text).await;
        assert!(!statuses(&visit, again).await.contains(&"new"), "{:?}", statuses(&visit, again).await);
        let stage: (Uuid,) = visit.net.one("SELECT stage_id FROM participation WHERE network_id = $1 LIMIT 1", args![]).await.unwrap();
        let asked = Asked { from: "2025-2026".into(), whose: "all".into(), ..Asked::default() };
        let s = asked.check(crate::shell::AcademicYear(2025)).unwrap();
        let total = async || figures::count(&visit.net, Lang::Ru, &s, &Reach::Network).await.unwrap().total;
        assert_eq!((total().await.editions, total().await.pending), (0, i64::try_from(rows.len()).unwrap()));
        let department = place.by("department_specialist", None);
        let form = GroundForm { step: "confirmed".into(), ground: "Протокол жюри № 4".into() };
        settle_by(&department, &once(), stage.0.into(), &form).await.unwrap();
        assert_eq!((total().await.prize_editions, total().await.editions, total().await.pending), (1, 1, 0));
        // What is confirmed is not taken back by undoing the import.
        drop(imports::undo(&desk, &visit, &once(), id, &Progress::default()).await);
        assert_eq!(total().await.editions, 1);
        let mut tx: Tx = visit.net.begin().await.unwrap();
        let left: i64 = tx.scalar("SELECT COUNT(*) FROM participation WHERE network_id = $1", args![]).await.unwrap();
        assert_eq!(left, i64::try_from(rows.len()).unwrap());
    }

    async fn a_sheet_keeps_what_was_typed_until_a_document_confirms_it(db: Db) {
        let place = Place::new(db).await;
        let desk = slices::import_desk();
        let visit = place.by("deputy_head", Some(place.school));
        let text = format!(
            "{HEAD}Примеров Иван Ильич;7А;Олимпиада «Исток»;муниципальный;очная;12.03.2026;участник\n\
             Учебнов Лев Ильич;7А;Олимпиада «Исток»;муниципальный;очная;12.03.2026;участник\n"
        );
        let id = begin(&desk, &visit, &text).await;
        imports::apply(&desk, &visit, &once(), id, &Progress::default()).await.unwrap();
        let rows: Vec<(Uuid, Uuid)> = visit
            .net
            .all("SELECT id, stage_id FROM participation WHERE network_id = $1 ORDER BY id", args![])
            .await
            .unwrap();
        let stage = rows[0].1.into();
        let department = place.by("department_specialist", None);
        let typed = |said: &str, score: &str| Typed { said: said.into(), score: score.into(), ..Typed::default() };
        let mut form = SheetForm { max_score: "50".into(), ..SheetForm::default() };
        form.rows.insert(rows[0].0.to_string(), typed("winner", "60"));
        form.rows.insert(rows[1].0.to_string(), typed("no_show", ""));
        assert!(matches!(keep_sheet(&department, &once(), stage, &form).await, Err(kit::Fault::Invalid(_))));
        form.rows.insert(rows[0].0.to_string(), typed("winner", "48,5"));
        // A school types nothing of an event that it does not hold.
        assert!(matches!(keep_sheet(&visit, &once(), stage, &form).await, Err(kit::Fault::Forbidden(_))));
        let done = keep_sheet(&department, &once(), stage, &form).await.unwrap();
        assert_eq!(done.body.unwrap()["kept"], 2);
        let sql = "SELECT state, award, score FROM participation WHERE network_id = $1 ORDER BY id";
        let kept = async || visit.net.all::<(String, Option<String>, Option<f64>)>(sql, args![]).await.unwrap();
        assert_eq!(kept().await[0], ("took_part".into(), Some("winner".into()), Some(48.5)));
        assert_eq!(kept().await[1], ("no_show".into(), None, None));
        let ground = GroundForm { step: "confirmed".into(), ground: "Протокол жюри № 4".into() };
        settle_by(&department, &once(), stage, &ground).await.unwrap();
        // What a document has confirmed is no longer typed over.
        form.rows.insert(rows[0].0.to_string(), typed("participant", "1"));
        let done = keep_sheet(&department, &once(), stage, &form).await.unwrap();
        assert_eq!(done.body.unwrap()["kept"], 0);
        assert_eq!(kept().await[0].2, Some(48.5));
    }

    async fn a_number_vouches_for_what_is_confirmed_and_names_nobody_without_consent(db: Db) {
        let place = Place::new(db).await;
        let desk = slices::import_desk();
        let school = place.by("deputy_head", Some(place.school));
        let text = format!("{HEAD}Примеров Иван Ильич;7А;Олимпиада «Исток»;муниципальный;очная;12.03.2026;победитель\n");
        let id = begin(&desk, &school, &text).await;
        imports::apply(&desk, &school, &once(), id, &Progress::default()).await.unwrap();
        let (stage, learner): (Uuid, Uuid) = school
            .net
            .one("SELECT stage_id, learner_id FROM participation WHERE network_id = $1", args![])
            .await
            .unwrap();
        let department = place.by("department_specialist", None);
        // What nobody has confirmed gets no number.
        assert!(matches!(issue(&department, &once(), stage.into()).await, Err(kit::Fault::Conflict(_))));
        let ground = GroundForm { step: "confirmed".into(), ground: "Протокол жюри № 4".into() };
        settle_by(&department, &once(), stage.into(), &ground).await.unwrap();
        assert!(matches!(issue(&school, &once(), stage.into()).await, Err(kit::Fault::Forbidden(_))));
        issue(&department, &once(), stage.into()).await.unwrap();
        assert!(matches!(issue(&department, &once(), stage.into()).await, Err(kit::Fault::Conflict(_))));
        let (number,): (String,) =
            school.net.one("SELECT certificate FROM participation WHERE network_id = $1", args![]).await.unwrap();
        let guest = place.by("guest", None);
        let told = vouch(&guest, &number.to_lowercase()).await.unwrap().unwrap();
        assert!(told.is_in_force() && told.name.is_none() && told.title == "Олимпиада «Исток»");
        assert!(vouch(&guest, "AAAAAA-AAAAAA").await.unwrap().is_none());
        let mut tx = department.net.begin().await.unwrap();
        let paper = consents::Granting::paper(learner.into(), consents::Purpose::Publication, department.today);
        consents::grant(&mut tx, &department, &paper).await.unwrap();
        tx.commit().await.unwrap();
        let told = vouch(&guest, &number).await.unwrap().unwrap();
        assert_eq!(told.name.as_deref(), Some("Примеров Иван Ильич"));
        // A disputed result is not vouched for.
        let mut tx = department.net.begin().await.unwrap();
        let id: (Uuid,) = tx.one("SELECT id FROM participation WHERE network_id = $1", args![]).await.unwrap();
        dispute(&mut tx, &department, ParticipationId(id.0)).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!vouch(&guest, &number).await.unwrap().unwrap().is_in_force());
    }
}
