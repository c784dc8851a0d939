//! What the documents say, on both engines and without any.
use super::{
    loan::{Act, paper},
    parts::Party,
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
        requisites: vec!["с. Примерное, ул. Школьная, 1".into(), "ИНН\u{a0}3100000000".into()],
        place: "с.\u{a0}Примерное".into(),
        post: "директор".into(),
        head: Some("Демонова Анна Учебновна".into()),
        ..Party::default()
    }
}

pub fn borrower() -> Party {
    Party {
        name: "Муниципальное дошкольное образовательное учреждение «Детский сад № 7»".into(),
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
