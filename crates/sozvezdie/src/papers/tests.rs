//! What the documents say, on both engines and without any.
mod sets;

use super::{
    loan::{Act, paper},
    parts::Party,
    record::{PaperForm, PaperId, PaperKind, Record, Set, SetId},
    trip::{Stop, Travellers, Trip},
    words::{Correction, InCase, Words},
};
use crate::exchange::{self, Booking, BookingState, Form, Loan, Mode};
use chrono::{NaiveDate, TimeDelta};
use kit::clock::start_of_day;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn booking() -> Booking {
    let start = start_of_day(day("2026-11-24")) + TimeDelta::hours(10);
    let id = Uuid::from_u128(1);
    Booking {
        id: exchange::BookingId(id),
        resource_id: crate::resources::ResourceId(id),
        resource_name: "Мобильный класс: 12 ноутбуков".into(),
        owner_id: crate::organisations::OrganisationId(id),
        owner_name: "Станция юных техников".into(),
        organisation_id: crate::organisations::OrganisationId(Uuid::from_u128(2)),
        organisation_name: "Майская гимназия".into(),
        class: crate::resources::Class::Technological,
        form: Form::Loan,
        person_id: None,
        series_id: None,
        cart_id: None,
        need_id: None,
        number: 1,
        span: crate::resources::Span::new(start, start + TimeDelta::days(14)),
        headcount: 12,
        units: 1,
        purpose: "Подготовка к олимпиаде по информатике.".into(),
        mode: Mode::InPerson,
        state: BookingState::Planned,
        reason: None,
        asked: None,
        moved_from: None,
        moved_to: None,
        owner_stated: None,
        asker_stated: None,
        agreed_headcount: 0,
        agreed_minutes: 0,
        agreed_days: 0,
        owner_review: exchange::Review::default(),
        asker_review: exchange::Review::default(),
        loan: Loan::default(),
        created_at: start,
        created_by: None,
        updated_at: start,
        updated_by: None,
        version: 1,
    }
}

pub fn owner() -> Party {
    Party {
        name: "Муниципальное учреждение дополнительного образования «Станция юных техников»".into(),
        short_name: "Станция юных техников".into(),
        address: Some("с. Примерное, ул. Школьная, 1".into()),
        requisites: vec!["с. Примерное, ул. Школьная, 1".into(), "ИНН\u{a0}3100000000".into()],
        place: "с.\u{a0}Примерное".into(),
        post: "директор".into(),
        head: Some("Демонова Анна Учебновна".into()),
    }
}

pub fn borrower() -> Party {
    Party {
        name: "Муниципальное дошкольное образовательное учреждение «Детский сад № 7»".into(),
        short_name: "Детский сад № 7".into(),
        post: "заведующий".into(),
        head: Some("Примеров Пётр Ильич".into()),
        ..Party::default()
    }
}

fn says(paper: &documents::paper::Paper, words: &[&str]) {
    let text = paper.text().replace('\u{a0}', " ");
    for words in words {
        assert!(text.contains(words), "no «{words}» in:\n{text}");
    }
}

#[test]
fn an_act_of_handing_over_says_all_that_the_booking_says() {
    let mut b = booking();
    b.loan = Loan {
        handed_on: Some(day("2026-11-24")),
        inventory_number: Some("41012400012".into()),
        responsible: Some("Цветкова Ольга Макетовна, старший воспитатель".into()),
        note: Some("исправно, полный комплект".into()),
        ..Loan::default()
    };
    says(
        &paper(&b, Act::HandingOver, &owner(), &borrower(), &Words::default()),
        &[
            "в лице директора Демоновой Анны Учебновны, действующей на основании Устава, с одной стороны",
            "в лице заведующего Примерова Петра Ильича, действующего на основании Устава",
            "1 | Мобильный класс: 12 ноутбуков | 41012400012 | 1 | исправно, полный комплект",
            "с 24.11.2026 по 08.12.2026. Цель: Подготовка к олимпиаде по информатике.",
            "возлагается на Цветкову Ольгу Макетовну, старшего воспитателя.",
            "5. Акт составлен в двух экземплярах",
            "Директор / А. У. Демонова",
            "Заведующий / П. И. Примеров",
        ],
    );
}

#[test]
fn an_act_of_taking_back_leaves_blanks_for_what_nobody_said() {
    let mut b = booking();
    b.loan.handed_on = Some(day("2026-11-24"));
    let unknown = Party { head: None, ..borrower() };
    says(
        &paper(&b, Act::TakingBack, &owner(), &unknown, &Words::default()),
        &[
            "о возврате имущества из временного пользования",
            "в лице заведующего ________________, действующего(-ей) на основании Устава",
            "| ________________ | 1 | ________________",
            "с 24.11.2026 по «____» ______________ 20____ г.",
            "4. Акт составлен в двух экземплярах",
        ],
    );
}

#[test]
fn a_corrected_form_is_used_next_time() {
    let right = Correction {
        phrase: "демонова анна учебновна".into(),
        in_case: InCase::Genitive,
        form: "Дэмоновой Анны Учебновны".into(),
        updated_at: chrono::DateTime::UNIX_EPOCH,
        updated_by: None,
    };
    let words = Words::new(vec![right]);
    assert!(owner().represented(&words).contains("Дэмоновой"));
    assert_eq!(words.person("Демонова  Анна Учебновна", InCase::Dative), "Демоновой Анне Учебновне");
    assert_eq!(words.addressee("Демонова Анна Учебновна", InCase::Dative), "Демоновой\u{a0}А.\u{a0}У.");
}

fn stop(purpose: &str, hour: i64, headcount: i64) -> Stop {
    let start = start_of_day(day("2026-11-24")) + TimeDelta::hours(hour);
    Stop {
        host: owner(),
        resource: "Лаборатория робототехники".into(),
        safety: Some("Не включать станки без педагога.".into()),
        purpose: purpose.into(),
        span: crate::resources::Span::new(start, start + TimeDelta::minutes(90)),
        headcount,
    }
}

fn trip(headcount: i64) -> Trip {
    Trip {
        party: borrower(),
        travellers: Travellers::Learners { preschool: false },
        stops: vec![stop("Сборка робота.", 10, headcount)],
        transport: None,
    }
}

fn texts(trip: &Trip, kind: PaperKind) -> String {
    let d = trip.draft(kind, &Words::default());
    [d.aside, d.heading, d.body, d.grid, d.ending].join("\n").replace('\u{a0}', " ")
}

#[test]
fn an_order_sends_learners_and_leaves_blanks_for_who_goes_with_them() {
    let order = texts(&trip(12), PaperKind::Order);
    for words in [
        "О направлении обучающихся",
        "ПРИКАЗЫВАЮ:",
        "1. Направить 24 ноября 2026 года 12 обучающихся для участия в занятиях: на базе Станции юных техников (с. Примерное, ул. Школьная, 1) с 10:00 до 11:30, тема: «Сборка робота», ресурс: Лаборатория робототехники.",
        "в пути и на занятиях: ________________, ________________.",
    ] {
        assert!(order.contains(words), "no «{words}» in:\n{order}");
    }
    assert!(texts(&trip(21), PaperKind::Order).contains("21 обучающегося"));
    assert!(texts(&trip(111), PaperKind::Order).contains("111 обучающихся"));
}

#[test]
fn lists_have_a_row_for_each_and_no_more_than_there_is_sense_in() {
    let list = texts(&trip(12), PaperKind::List);
    assert!(list.contains("обучающихся Детского сада № 7, направляемых на занятия 24 ноября 2026 года"), "{list}");
    assert!(list.contains("\n12 | | |") && !list.contains("\n13 |"), "{list}");
    assert!(texts(&trip(12), PaperKind::Instruction).contains("4) не включать станки без педагога"));
    assert!(!texts(&trip(100_000), PaperKind::List).contains("\n301 |"));
}

#[test]
fn a_booked_bus_is_asked_of_its_owner() {
    let without = texts(&trip(12), PaperKind::Transport);
    assert!(without.contains("Руководителю\n____"), "{without}");
    let with = Trip { transport: Some(("Автобус на 22 места".into(), owner())), ..trip(12) };
    let with = texts(&with, PaperKind::Transport);
    for words in [
        "Директору\nСтанции юных техников\nДемоновой А. У.",
        "«Автобус на 22 места»",
        "прибыть до 10:00",
        "выехать после 11:30",
        "12 обучающихся и сопровождающих",
    ] {
        assert!(with.contains(words), "no «{words}» in:\n{with}");
    }
}

#[test]
fn a_person_who_visits_others_is_sent_by_name() {
    let person = Trip { travellers: Travellers::Person(Some("А. Д. Опытникова".into())), ..trip(30) };
    assert!(texts(&person, PaperKind::Order).contains("Направить 24 ноября 2026 года А. Д. Опытникову для участия"));
    assert!(texts(&person, PaperKind::List).contains("1 | А. Д. Опытникова |"));
}

/// What people will sign, whole: a change of a word is looked at before it goes out.
#[test]
fn the_papers_read_as_they_were_last_read() {
    let bus = Trip { transport: Some(("Автобус на 22 места".into(), owner())), ..trip(3) };
    let visit = Trip {
        travellers: Travellers::Person(Some("Опытникова Анна Демоновна".into())), ..trip(30)
    };
    let mut all: Vec<String> = Vec::new();
    for (name, trip) in [("обучающиеся едут автобусом", &bus), ("педагог едет к другим", &visit)]
    {
        for kind in PaperKind::ALL {
            all.push(format!("=== {name}: {}\n{}", kind.code(), texts(trip, *kind)));
        }
    }
    let mut loan = booking();
    loan.loan.handed_on = Some(day("2026-11-24"));
    for act in [Act::HandingOver, Act::TakingBack] {
        let text = paper(&loan, act, &owner(), &borrower(), &Words::default()).text().replace('\u{a0}', " ");
        all.push(format!("=== акт: {}\n{text}", act.code()));
    }
    insta::assert_snapshot!("papers", all.join("\n\n"));
}

fn record() -> Record {
    let d = trip(2).draft(PaperKind::List, &Words::default());
    Record {
        id: PaperId(Uuid::from_u128(1)),
        set_id: SetId(Uuid::from_u128(1)),
        kind: PaperKind::List,
        number: String::new(),
        dated: None,
        aside: d.aside,
        heading: d.heading,
        body: d.body,
        grid: d.grid,
        ending: d.ending,
        post: "Заведующий".into(),
        signatory: "Примеров Пётр Ильич".into(),
        updated_at: chrono::DateTime::UNIX_EPOCH,
        updated_by: None,
        version: 1,
    }
}

#[test]
fn what_people_type_becomes_the_paper() {
    let before = record();
    let form = PaperForm {
        grid: "№ | Кто\n1 | Иванов | лишнее\n2".into(),
        dated: "2026-11-20".into(),
        body: "Первый\r\n\r\nВТОРОЙ:".into(),
        ..PaperForm::of(&before)
    };
    let next = form.apply(&before).unwrap();
    let set = Set {
        id: before.set_id,
        organisation_id: crate::organisations::OrganisationId(Uuid::from_u128(2)),
        title: "Выезд".into(),
        issuer: "Школа".into(),
        requisites: String::new(),
        place: String::new(),
        created_at: chrono::DateTime::UNIX_EPOCH,
        created_by: None,
    };
    let paper = next.paper(&set);
    assert_eq!(
        paper.body[..3],
        [
            documents::paper::Block::Text { text: "Первый".into() },
            documents::paper::Block::Flush { text: "ВТОРОЙ:".into() },
            documents::paper::Block::Table {
                columns: vec!["№".into(), "Кто".into()],
                rows: vec![vec!["1".into(), "Иванов".into()], vec!["2".into(), String::new()]],
            },
        ]
    );
    assert_eq!(paper.signatures[0].name, "П.\u{a0}И.\u{a0}Примеров");
    let bad = PaperForm { dated: "вчера".into(), body: "я".repeat(20_001), ..PaperForm::of(&before) };
    let Err(kit::Fault::Invalid(problems)) = bad.apply(&before) else { panic!("took it") };
    let fields: Vec<_> = problems.iter().map(|(field, _)| field.to_owned()).collect();
    assert_eq!(fields, ["dated", "body"]);
}
