//! What is written is read back as it was, and what is marked is marked.

#![expect(clippy::unwrap_used, reason = "a test says by failing what went wrong")]

use std::io::{Cursor, Read};

use chrono::NaiveDate;
use documents::write::{Column, Field, Kind, Mark, Table, annotate, csv, xlsx};
use documents::{Container, Limits, Value, Workbook, read};
use proptest::prelude::*;

fn open(bytes: &[u8]) -> Workbook {
    read(bytes, None, &Limits::default()).unwrap()
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 3, 1).unwrap()
}

fn table() -> Table {
    Table {
        title: "Отчёт: весна".to_owned(),
        columns: vec![
            Column::new("Название", Kind::Text),
            Column::new("Мест", Kind::Integer),
            Column::new("Доля", Kind::Decimal),
            Column::new("День", Kind::Date),
        ],
        rows: vec![
            vec!["=1+1".into(), 25.into(), 0.5.into(), day().into()],
            vec!["- только в каникулы; «утром»".into(), (-5).into(), Field::Empty, Field::Empty],
            vec!["@school\nвторая строка".into()],
        ],
        footer: vec!["Составила Демонова С. У., 01.03.2025, для отчёта центра".to_owned()],
        made: Some(day().and_hms_opt(12, 0, 0).unwrap()),
    }
}

#[test]
fn a_workbook_is_read_as_it_was_written() {
    let workbook = open(&xlsx(&table()).unwrap());
    assert_eq!(workbook.container, Container::Xlsx);
    let sheet = &workbook.sheets[0];
    assert_eq!(sheet.name, "Отчёт  весна");
    assert_eq!(sheet.rows[0].value(1).to_string(), "Мест");
    assert_eq!(sheet.rows[1].value(0), &Value::Text("=1+1".into()));
    assert!(!sheet.rows[1].cells[0].formula, "text that looks like a formula stays text");
    assert_eq!(sheet.rows[1].value(1), &Value::Number(25.0));
    assert_eq!(sheet.rows[1].value(2), &Value::Number(0.5));
    assert_eq!(sheet.rows[1].value(3), &Value::Date(day()));
    assert_eq!(sheet.rows[2].value(1), &Value::Number(-5.0));
    assert_eq!(sheet.rows[3].value(0), &Value::Text("@school\nвторая строка".into()));
    assert_eq!(sheet.rows[4].number, 6);
    assert!(sheet.rows[4].value(0).to_string().starts_with("Составила"));
}

#[test]
fn equal_tables_make_equal_files() {
    assert_eq!(xlsx(&table()).unwrap(), xlsx(&table()).unwrap());
}

#[test]
fn a_text_opens_in_excel_and_runs_nothing() {
    let bytes = csv(&table());
    assert!(bytes.starts_with("\u{feff}Название;Мест;Доля;День\r\n".as_bytes()));
    let workbook = open(&bytes);
    let info = workbook.text.as_ref().unwrap();
    assert_eq!((info.charset, info.bom, info.delimiter), ("utf-8", true, Some(';')));
    let rows = &workbook.sheets[0].rows;
    let row = |place: usize| (0..4).map(|column| rows[place].value(column).to_string()).collect::<Vec<_>>();
    assert_eq!(row(1), ["'=1+1", "25", "0,50", "01.03.2025"]);
    assert_eq!(row(2), ["'- только в каникулы; «утром»", "-5", "", ""]);
    assert_eq!(row(3)[0], "'@school\nвторая строка");
}

#[test]
fn marked_cells_are_filled_noted_and_explained() {
    let source = open("Имя;Почта\nАнна;anna(at)demo\nОлег;oleg@demo.ru\n;x\n".as_bytes());
    let mark =
        |row, column, sentence: &str| Mark { sheet: 0, row, column, sentence: sentence.to_owned(), is_error: true };
    let marks = [mark(2, Some(1), "это не адрес"), mark(4, Some(0), "нет имени"), mark(4, None, "строка не полна")];
    let bytes = annotate(&source, &marks, "Что исправить").unwrap();
    let workbook = open(&bytes);
    let rows = &workbook.sheets[0].rows;
    assert_eq!(rows[0].value(2).to_string(), "Что исправить");
    assert_eq!(rows[1].value(1).to_string(), "anna(at)demo");
    assert_eq!(rows[1].value(2).to_string(), "это не адрес");
    assert_eq!(rows[2].value(2), &Value::Empty);
    assert_eq!(rows[3].value(2).to_string(), "нет имени\nстрока не полна");
    assert!(part(&bytes, "xl/comments1.xml").contains("это не адрес"));
    assert!(part(&bytes, "xl/styles.xml").contains("FFFFC7CE"));
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_comes_back(texts in prop::collection::vec("[^\u{0}-\u{1f}\u{7f}-\u{9f}\u{fffe}\u{ffff}]{1,30}", 1..8)) {
        let columns = vec![Column::new("Текст", Kind::Text), Column::new("Ещё", Kind::Text)];
        let rows: Vec<Vec<Field>> = texts.iter().map(|text| vec![Field::from(text.as_str()), Field::from("да")]).collect();
        let table = Table { title: "т".to_owned(), columns, rows, ..Table::default() };
        let workbook = open(&xlsx(&table).unwrap());
        for (row, text) in workbook.sheets[0].rows.iter().skip(1).zip(&texts) {
            prop_assert_eq!(row.value(0).to_string(), text.clone());
        }
        let workbook = open(&csv(&table));
        for (row, text) in workbook.sheets[0].rows.iter().skip(1).zip(&texts) {
            let read = row.value(0).to_string();
            prop_assert_eq!(read.strip_prefix('\'').filter(|_| !text.starts_with('\'')).unwrap_or(&read), text.as_str());
        }
    }
}
