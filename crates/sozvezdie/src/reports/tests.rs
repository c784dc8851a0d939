//! Reports on both engines: who may do what, copies that never change, calls that remind once a day, and
//! the same numbers in every format.
use super::{
    Around, Format, Kind, Period, ReportId, State, bytes, calls, count, create, decide,
    model::{CallForm, CallId, MoveForm, NewForm, TextForm},
    open, store, submit, text, waiting, write,
};
use crate::{
    centre::tests::{Place, day, once},
    events::{self, EditionDraft, EditionState, EventKind, Level, StageDraft},
    organisations::OrganisationId,
    people::{self, PersonId},
    results::{self, Award, Ground, Outcome, ParticipationId, Row},
    roles::Role,
    shell::AcademicYear,
    slices::MIGRATIONS,
};
use calamine::{Reader as _, Xlsx};
use kit::{
    Fault, Lang, Visit,
    db::{Tx, args, testing::both_engines},
    once::Done,
};
use std::io::Cursor;
use uuid::Uuid;

const LAST: Period = Period { from: AcademicYear(2025), to: AcademicYear(2025) };

fn department(place: &Place) -> Visit {
    place.at("2026-11-24", Uuid::from_u128(3), &[("department_specialist", None)])
}

fn deputy(place: &Place) -> Visit {
    place.visit("deputy_head", place.school)
}

fn whole(years: &str, kind: Kind) -> NewForm {
    NewForm { kind: kind.code().into(), from: years.into(), ..NewForm::default() }
}

fn id_of(done: &Done) -> Uuid {
    done.body.as_ref().unwrap()["id"].as_str().unwrap().parse().unwrap()
}

async fn begin(visit: &Visit, kind: Kind) -> ReportId {
    let done = create(visit, &once(kind.code()), &whole("2025-2026", kind)).await.unwrap();
    ReportId(id_of(&done))
}

async fn version(visit: &Visit, id: ReportId) -> String {
    open(visit, id).await.unwrap().version.to_string()
}

async fn hand_in(visit: &Visit, id: ReportId) {
    submit(visit, &once("submit"), id, &MoveForm::default()).await.unwrap();
}

fn reason(text: &str) -> MoveForm {
    MoveForm { reason: text.into(), ..MoveForm::default() }
}

/// A confirmed result of a child in an event of its own.
async fn result(visit: &Visit, child: PersonId, title: &str, award: Award) {
    let on = day("2026-02-10");
    let mut draft =
        EditionDraft::plain(title, EventKind::Contest, AcademicYear(2025), Level::Regional, events::Format::InPerson);
    (draft.starts_on, draft.ends_on, draft.state) = (Some(on), Some(on), EditionState::Published);
    draft.subject = Some("=1+1".into());
    draft.stages = vec![StageDraft { counted: true, ..StageDraft::plain("Этап") }];
    let mut tx = visit.net.begin().await.unwrap();
    let entered = events::enter(&mut tx, visit, &draft).await.unwrap();
    let edition = events::find_in(&mut tx, entered.edition).await.unwrap().unwrap();
    let stage = events::stages_in(&mut tx, edition.id).await.unwrap().remove(0);
    let snapshot = results::snapshot(&mut tx, child, on).await.unwrap().unwrap();
    let row = Row::new(ParticipationId(visit.new_id()), &edition, &stage, child, snapshot);
    results::enter(&mut tx, visit, std::slice::from_ref(&row)).await.unwrap();
    let outcome = Outcome { award: Some(award), score: Some(5.0), ..Outcome::default() };
    results::put_outcome(&mut tx, visit, row.id, results::State::TookPart, &outcome).await.unwrap();
    results::confirm(&mut tx, visit, stage.id, &Ground { text: "Протокол".into(), act: None }).await.unwrap();
    tx.commit().await.unwrap();
}

/// The school with two events, one of them with a prize.
async fn with_results(place: &Place) -> PersonId {
    let child = place.child("Демонов Семён Учебнович", place.school, "7 Б").await;
    result(&department(place), child, "Олимпиада", Award::Winner).await;
    result(&department(place), child, "Конкурс", Award::Participant).await;
    child
}

async fn call(place: &Place) -> CallId {
    let form = CallForm {
        from: "2025-2026".into(),
        due_on: "2026-12-01".into(),
        kinds: vec!["general".into()],
        ..CallForm::default()
    };
    CallId(id_of(&calls::create(&department(place), &once("call"), &form).await.unwrap()))
}

async fn told(visit: &Visit, person: PersonId) -> Vec<(String, bool)> {
    let sql =
        "SELECT kind, settled_at IS NOT NULL FROM notification WHERE network_id = $1 AND person_id = $2 ORDER BY kind";
    visit.net.all(sql, args![person]).await.unwrap()
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_report_of_nothing_says_so_in_every_format(db: Db) {
        let place = Place::new(db).await;
        let visit = department(&place);
        let period = Period { from: AcademicYear(2015), to: AcademicYear(2016) };
        for kind in [Kind::Centre, Kind::District] {
            let counted = count(&visit.net, &visit.directory, Lang::Ru, kind, period).await.unwrap();
            let json = counted.to_json();
            assert_eq!((json["share"].clone(), json["denominator"].as_i64()), (serde_json::Value::Null, Some(0)));
            assert_eq!((json["from"].as_str(), json["to"].as_str()), (Some("2015-2016"), Some("2016-2017")));
            let at = day("2026-11-24").and_hms_opt(9, 0, 0).unwrap();
            for (format, magic) in [(Format::Docx, &b"PK"[..]), (Format::Xlsx, b"PK"), (Format::Json, b"{")] {
                let file = bytes(&counted, text::usual(kind), format, &Around::default(), at).unwrap();
                assert!(file.starts_with(magic), "{format:?}");
            }
        }
    }

    async fn a_closed_report_stays_while_the_data_go_on(db: Db) {
        let place = Place::new(db).await;
        let child = with_results(&place).await;
        let (author, boss) = (deputy(&place), department(&place));
        let id = begin(&author, Kind::Organisation).await;
        hand_in(&author, id).await;
        let kept = store::copy(&author.net, id, 1).await.unwrap().unwrap();
        let counted: crate::reports::Counted = serde_json::from_str(&kept.figures).unwrap();
        assert_eq!((counted.total.prize_editions, counted.total.editions), (1, 2));

        // Returned without a reason: no. Returned with one, written anew, handed in again.
        assert!(matches!(decide(&boss, &once("r"), id, State::Returned, &reason(" ")).await, Err(Fault::Invalid(_))));
        decide(&boss, &once("r2"), id, State::Returned, &reason("Добавьте выводы")).await.unwrap();
        assert_eq!(open(&author, id).await.unwrap().reason.as_deref(), Some("Добавьте выводы"));
        assert_eq!(waiting::count(&author).await.unwrap(), 1);
        let form = TextForm { text: "Выводы. Доля: {доля мероприятий}".into(), version: version(&author, id).await };
        write(&author, &once("write"), id, &form).await.unwrap();
        result(&boss, child, "Турнир", Award::PrizeWinner).await;
        hand_in(&author, id).await;
        decide(&boss, &once("a"), id, State::Accepted, &MoveForm::default()).await.unwrap();
        decide(&boss, &once("c"), id, State::Closed, &MoveForm::default()).await.unwrap();

        result(&boss, child, "Ещё турнир", Award::Winner).await;
        let closed = open(&author, id).await.unwrap();
        assert_eq!((closed.state, closed.copy), (State::Closed, Some(2)));
        let of_copy = async |number| {
            let copy = store::copy(&author.net, id, number).await.unwrap().unwrap();
            let counted: crate::reports::Counted = serde_json::from_str(&copy.figures).unwrap();
            (counted.total.prize_editions, counted.total.editions, copy.body.starts_with("Выводы"))
        };
        assert_eq!((of_copy(1).await, of_copy(2).await), ((1, 2, false), (2, 3, true)), "each as it was handed in");
        let today = crate::reports::count_report(&author, &closed).await.unwrap();
        assert_eq!((today.total.prize_editions, today.total.editions), (3, 4));
        for next in State::ALL {
            let moved = decide(&boss, &once("again"), id, *next, &reason("Ещё раз")).await;
            assert!(matches!(moved, Err(Fault::Conflict(_))), "{next:?}");
        }
        assert!(matches!(write(&author, &once("late"), id, &form).await, Err(Fault::Conflict(_))));
    }

    async fn the_second_of_two_is_told_whose_change_it_was(db: Db) {
        let place = Place::new(db).await;
        let author = deputy(&place);
        let person = place.person("Другова").await;
        let other = place.at("2026-11-24", person.0, &[("head", Some(place.school))]);
        let id = begin(&author, Kind::Organisation).await;
        let seen = version(&author, id).await;
        let form = |text: &str| TextForm { text: text.into(), version: seen.clone() };
        write(&other, &once("first"), id, &form("Первый текст")).await.unwrap();
        let Err(Fault::Conflict(conflict)) = write(&author, &once("second"), id, &form("Второй текст")).await else { panic!() };
        assert_eq!(conflict.code, "stale");
        assert!(conflict.message.values.iter().any(|(_, value)| value.contains("Другова")), "{conflict:?}");
        // What was looked at is handed in, or nothing.
        let old = MoveForm { version: seen, ..MoveForm::default() };
        assert!(matches!(submit(&author, &once("old"), id, &old).await, Err(Fault::Conflict(_))));
        hand_in(&other, id).await;
        let Err(Fault::Conflict(conflict)) = submit(&author, &once("late"), id, &MoveForm::default()).await else { panic!() };
        assert_eq!(conflict.code, "state");
        assert_eq!(store::copies(&author.net, id).await.unwrap().len(), 1);
    }

    async fn each_does_what_is_theirs(db: Db) {
        let place = Place::new(db).await;
        let (boss, author, coordinator) = (department(&place), deputy(&place), place.coordinator());
        let forbidden = async |visit: &Visit, kind: Kind| {
            let form = NewForm { organisation: place.school.to_string(), ..whole("2025-2026", kind) };
            matches!(create(visit, &once("no"), &form).await, Err(Fault::Forbidden(_)))
        };
        assert!(forbidden(&boss, Kind::Organisation).await && forbidden(&boss, Kind::Centre).await);
        assert!(forbidden(&author, Kind::Centre).await && forbidden(&author, Kind::District).await);
        assert!(forbidden(&coordinator, Kind::Organisation).await && forbidden(&coordinator, Kind::District).await);
        let stranger = place.visit("head", place.gymnasium);
        assert!(forbidden(&stranger, Kind::Organisation).await, "another's school");

        let id = begin(&author, Kind::Organisation).await;
        assert!(matches!(open(&boss, id).await, Err(Fault::NotFound)), "a draft is its author's");
        assert!(matches!(open(&stranger, id).await, Err(Fault::NotFound)));
        hand_in(&author, id).await;
        assert!(open(&boss, id).await.is_ok() && matches!(open(&stranger, id).await, Err(Fault::NotFound)));
        assert!(matches!(decide(&author, &once("a"), id, State::Accepted, &MoveForm::default()).await, Err(Fault::Forbidden(_))));
        let centre = begin(&coordinator, Kind::Centre).await;
        hand_in(&coordinator, centre).await;
        assert!(matches!(open(&coordinator, id).await, Err(Fault::NotFound)));
        let again = create(&coordinator, &once("again"), &whole("2025-2026", Kind::Centre)).await;
        assert!(matches!(again, Err(Fault::Conflict(c)) if c.details["id"] == centre.to_string()));
        let district = begin(&boss, Kind::District).await;
        assert!(matches!(open(&coordinator, district).await, Err(Fault::NotFound)));
        assert_eq!(waiting::count(&boss).await.unwrap(), 2);
        let seen = async |visit: &Visit| {
            let sight = crate::reports::Sight::of(visit).await.unwrap();
            store::list(&visit.net, &sight, &store::Filter::default(), None, 10).await.unwrap().total
        };
        assert_eq!((seen(&boss).await, seen(&author).await, seen(&coordinator).await, seen(&stranger).await), (3, 1, 1, 1));
    }

    async fn who_has_not_handed_in_is_reminded_once_a_day(db: Db) {
        let place = Place::new(db).await;
        let (boss, author) = (department(&place), deputy(&place));
        let head = place.person("Директорова").await;
        let grant = async |tx: &mut Tx| people::grant(tx, &boss, head, Role::Head, Some(place.school.0)).await;
        boss.net.transact(grant).await.unwrap();
        let id = call(&place).await;
        let same = CallForm { from: "2025-2026".into(), due_on: "2026-12-05".into(), kinds: vec!["preschool".into()], ..CallForm::default() };
        assert!(matches!(calls::create(&boss, &once("same"), &same).await, Err(Fault::Conflict(_))));
        let found = calls::open(&boss, id).await.unwrap();
        assert_eq!((found.owing().count(), found.nobody.len()), (2, 1), "the gymnasium has nobody who hands in");
        assert_eq!(calls::open(&author, id).await.unwrap().asked.iter().map(|a| a.organisation).collect::<Vec<_>>(), [place.school]);
        assert!(matches!(calls::open(&place.coordinator(), id).await, Err(Fault::NotFound)));
        assert_eq!(waiting::count(&author).await.unwrap(), 1);

        let remind = async |visit: &Visit, key: &str| {
            calls::remind(visit, &once(key), id).await.unwrap().body.unwrap()["reminded"].as_i64().unwrap()
        };
        assert_eq!((remind(&boss, "1").await, remind(&boss, "2").await), (1, 0), "once a day, where somebody reads it");
        assert_eq!(told(&boss, head).await, [("report_due".into(), false)]);
        let tomorrow = place.at("2026-11-25", Uuid::from_u128(3), &[("department_specialist", None)]);
        assert_eq!(remind(&tomorrow, "3").await, 1);

        let report = begin(&author, Kind::Organisation).await;
        hand_in(&author, report).await;
        assert_eq!(told(&boss, head).await, [("report_due".into(), true)], "done by one, done for all");
        assert_eq!(waiting::count(&author).await.unwrap(), 0);
        decide(&boss, &once("back"), report, State::Returned, &reason("Мало")).await.unwrap();
        assert_eq!(told(&boss, head).await, [("report_due".into(), true), ("report_returned".into(), false)]);
        assert_eq!((waiting::count(&author).await.unwrap(), calls::open(&boss, id).await.unwrap().owing().count()), (1, 2));

        let counted = count(&boss.net, &boss.directory, Lang::Ru, Kind::District, LAST).await.unwrap();
        assert_eq!(counted.handed_in, Some((0, 2)));
        calls::close(&boss, &once("close"), id).await.unwrap();
        assert!(matches!(calls::remind(&boss, &once("late"), id).await, Err(Fault::Conflict(_))));
        assert!(matches!(calls::close(&boss, &once("twice"), id).await, Err(Fault::Conflict(_))));
    }

    async fn what_looks_like_a_formula_is_a_text(db: Db) {
        let place = Place::new(db).await;
        with_results(&place).await;
        let visit = department(&place);
        let counted = count(&visit.net, &visit.directory, Lang::Ru, Kind::District, LAST).await.unwrap();
        let around = Around { made: "=cmd|'/c calc'!A1".into(), ..Around::default() };
        let at = day("2026-11-24").and_hms_opt(9, 0, 0).unwrap();
        let file = bytes(&counted, "=2+2\n{таблица по предметам}", Format::Xlsx, &around, at).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
        let names = book.sheet_names();
        assert!(names.len() >= 6, "{names:?}");
        let mut texts = Vec::new();
        for name in names {
            assert_eq!(book.worksheet_formula(&name).map_or(0, |f| f.used_cells().count()), 0, "{name}");
            texts.extend(book.worksheet_range(&name).unwrap().used_cells().map(|(_, _, cell)| cell.to_string()));
        }
        for text in ["=1+1", "=2+2", "=cmd|'/c calc'!A1"] {
            assert!(texts.iter().any(|t| t == text), "{text}");
        }
    }

    async fn an_organisation_tells_of_its_own_children_alone(db: Db) {
        let place = Place::new(db).await;
        with_results(&place).await;
        let other = place.child("Макетова Анна", place.gymnasium, "8 А").await;
        result(&department(&place), other, "Чужая олимпиада", Award::Winner).await;
        let of = async |organisation: OrganisationId| {
            let visit = department(&place);
            let subject = crate::reports::Subject::of(&visit.net, &visit.directory, Kind::Organisation, Some(organisation)).await.unwrap();
            let counted = subject.count(&visit.net, Lang::Ru, LAST).await.unwrap();
            (counted.total.prize_editions, counted.total.editions, counted.part(crate::figures::By::Organisation).is_none())
        };
        assert_eq!((of(place.school).await, of(place.gymnasium).await), ((1, 2, true), (1, 1, true)));
        let visit = department(&place);
        let counted = count(&visit.net, &visit.directory, Lang::Ru, Kind::District, LAST).await.unwrap();
        assert_eq!((counted.total.prize_editions, counted.total.editions), (2, 3));
        let paper = crate::reports::paper::of_text(&counted, text::usual(Kind::District), &Around::default()).text();
        for words in ["66,7\u{a0}%", "Дубовская СОШ", "Региональный"] {
            assert!(paper.to_lowercase().contains(&words.to_lowercase()), "{words} is not in {paper}");
        }
        assert!(!paper.contains('{'), "{paper}");
    }
}
