//! Tables that are messy in other ways than the samples.

#![expect(clippy::unwrap_used, reason = "a test says by failing what went wrong")]

use documents::{Limits, Workbook};
use intake::{Context, Mapping, Reading, Severity, Value, problem_sentence, read, sentences::Lang};
use proptest::prelude::*;

fn open(text: &str) -> Workbook {
    documents::read(text.as_bytes(), None, &Limits::upload()).unwrap()
}

fn reading(kind: &str, text: &str) -> Reading {
    read(kind, &open(text), &Context::default(), None).unwrap()
}

fn texts(reading: &Reading, name: &str) -> Vec<String> {
    let shown = |value: Option<&Value>| value.and_then(Value::as_text).unwrap_or_default().to_owned();
    reading.rows().map(|(sheet, row)| shown(sheet.value(row, name))).collect()
}

#[test]
fn a_remembered_mapping_overrules_the_guess() {
    let text = "Имечко;Название;Вид\nТеплица;А-1;кабинет\nАвтобус;Б-2;транспорт\n";
    assert_eq!(texts(&reading("resources", text), "name"), ["А-1", "Б-2"]);
    let mut mapping = Mapping::default();
    mapping.remember("Имечко", Some("name"));
    mapping.remember("название", None);
    let again = read("resources", &open(text), &Context::default(), Some(&mapping)).unwrap();
    assert_eq!(texts(&again, "name"), ["Теплица", "Автобус"]);
    assert_eq!(again.sheets[0].columns_ignored[0].reason, "not_needed");
    // What a reading used is what the next one is given, in any writing of the headers.
    let next = read("resources", &open(&text.to_uppercase()), &Context::default(), Some(&Mapping::of(&again))).unwrap();
    assert_eq!(texts(&next, "name"), ["ТЕПЛИЦА", "АВТОБУС"]);
}

#[test]
fn a_mapping_finds_a_header_in_words_of_its_own() {
    let mut mapping = Mapping::default();
    mapping.remember("Штука", Some("name"));
    mapping.remember("Сорт", Some("class"));
    let text = "Наше хозяйство;\nШтука;Сорт\nТеплица;кабинет\n";
    let reading = read("resources", &open(text), &Context::default(), Some(&mapping)).unwrap();
    assert_eq!(reading.sheets[0].header_rows, [2]);
    assert_eq!(texts(&reading, "class"), ["technological"]);
}

#[test]
fn lines_between_the_rows_say_what_follows() {
    let text = "Наименование;Телефон\nДошкольные учреждения;\nЦентр «Радуга»;8 000 000 00 01\nУчреждения дополнительного образования;\n\
                Центр «Мечта»;8 000 000 00 02\n";
    let reading = reading("organisations", text);
    assert_eq!(texts(&reading, "kind"), ["preschool", "additional"]);
    assert_eq!(reading.sheets[0].ignored.iter().filter(|row| row.reason == "section_title").count(), 2);
}

#[test]
fn classes_in_lines_and_in_titles() {
    let lines = "ФИО;Дата рождения\n5 «А» класс;\nЛесов Пётр Ильич;01.02.2014\n5 Б;\nЛугова Анна Ильинична;03.04.2014\nИтого: 2;\n";
    let classes = |reading: &Reading| -> Vec<String> {
        reading.rows().map(|(sheet, row)| sheet.value(row, "class").unwrap().as_class().unwrap().to_string()).collect()
    };
    assert_eq!(classes(&reading("contingent", lines)), ["5 А", "5 Б"]);
    let title = "Список учащихся 7 «Б» класса;\nФИО;Дата рождения\nЛесов Пётр Ильич;01.02.2012\nЛугова Анна Ильинична;03.04.2012\n";
    assert_eq!(classes(&reading("contingent", title)), ["7 Б", "7 Б"]);
}

#[test]
fn a_table_without_a_header_is_read_by_its_content() {
    let text =
        "Лесов Пётр Ильич;01.02.2014;5 А\nЛугова Анна Ильинична;03.04.2014;5 А\nПолев Олег Львович;05.06.2014;5 Б\n";
    let reading = reading("contingent", text);
    assert!(reading.sheets[0].header_rows.is_empty());
    assert_eq!(texts(&reading, "last_name"), ["Лесов", "Лугова", "Полев"]);
    assert_eq!(reading.counts().ok, 3);
}

#[test]
fn known_organisations_are_named_as_the_network_names_them() {
    let context = Context { organisations: vec!["Журавлёвская СОШ".to_owned()], ..Context::default() };
    let text = "Название;Вид;Владелец\nТеплица;кабинет;МОУ «Журавлевская СОШ»\n";
    let reading = read("resources", &open(text), &context, None).unwrap();
    assert_eq!(texts(&reading, "owner"), ["Журавлёвская СОШ"]);
}

#[test]
fn every_problem_has_a_sentence_in_both_languages() {
    let text = "Наименование;Тип;Телефон;Почта;ИНН\n;прочее;нет;нет;7707083894\n";
    let reading = reading("organisations", text);
    let (_, row) = reading.rows().next().unwrap();
    let codes: Vec<&str> = row.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["missing_name", "unknown_type", "bad_phone", "bad_email", "bad_inn"]);
    assert_eq!(row.severity(), Some(Severity::Error));
    let fallback = [problem_sentence("?", "", None, Lang::Ru), problem_sentence("?", "", None, Lang::En)];
    for problem in &row.problems {
        for (lang, fallback) in [Lang::Ru, Lang::En].into_iter().zip(&fallback) {
            assert_ne!(&problem_sentence(problem.code, problem.field, None, lang), fallback, "{}", problem.code);
        }
    }
}

#[test]
fn an_unknown_kind_is_said_to_be_one() {
    assert!(read("weather", &open("a;b\n1;2\n"), &Context::default(), None).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_table_is_read_without_panic(
        kind in prop::sample::select(vec!["organisations", "resources", "contingent", "results"]),
        header in prop::sample::select(vec!["ФИО;Класс;Дата рождения", "Название;Вид;Владелец", "Участник;Мероприятие;Результат", ""]),
        rows in prop::collection::vec("[А-Яа-яё0-9 .;«»\"/:№-]{0,40}", 0..12),
    ) {
        let text = format!("{header}\n{}\n", rows.join("\n"));
        if let Ok(workbook) = documents::read(text.as_bytes(), None, &Limits::upload()) {
            let reading = read(kind, &workbook, &Context::default(), None).unwrap();
            let counts = reading.counts();
            prop_assert_eq!(counts.rows, counts.ok + counts.warning + counts.error);
            // Every row that is not blank is either read or left out with a reason, never both.
            for sheet in reading.sheets.iter().filter(|sheet| sheet.is_used()) {
                let mut seen: Vec<u32> = sheet.rows.iter().map(|row| row.row).collect();
                seen.extend(sheet.ignored.iter().map(|row| row.row));
                seen.extend(&sheet.header_rows);
                let all = seen.len();
                seen.sort_unstable();
                seen.dedup();
                prop_assert_eq!(seen.len(), all);
            }
        }
    }

    #[test]
    fn a_spoilt_binary_file_never_panics(place in 512_usize..13_000, bytes in prop::collection::vec(any::<u8>(), 1..6)) {
        let mut spoilt = include_bytes!("samples/contingent-serial-dates.xls").to_vec();
        let end = (place + bytes.len()).min(spoilt.len());
        spoilt.splice(place.min(end)..end, bytes);
        if let Ok(workbook) = documents::read(&spoilt, None, &Limits::upload()) {
            let _ = read("contingent", &workbook, &Context::default(), None);
        }
    }
}
