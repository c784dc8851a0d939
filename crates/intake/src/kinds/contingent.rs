//! The contingent: pupils of a school by classes, children of a kindergarten by groups.

use chrono::{Datelike, NaiveDate};
use documents::{Row, Value as Cell};

use super::people;
use crate::Context;
use crate::duplicates::entries;
use crate::kind::{Facts, Field, Kind, RowView, RowWriter, Section};
use crate::reading::{Duplicates, EventGroup, Group, Severity, SheetReading};
use crate::table::Plan;
use crate::value::Value;
use crate::values::class::{Class, Stage};
use crate::values::contact::phones;
use crate::values::date::{self, DateFault};
use crate::values::name;
use crate::values::organisation::short_name;
use crate::values::requisites::snils;
use crate::values::text::{clean, fold_latin, is_letter};

/// `contingent`.
pub(crate) struct Contingent;

const FIELDS: &[Field] = &[
    Field::new("last_name", &["фамилия"]).anchor().fitting(is_name_part),
    Field::new("first_name", &["имя"]).fitting(is_name_part),
    Field::new("patronymic", &["отчество"]).fitting(is_patronymic),
    Field::new(
        "full_name",
        &[
            "фио",
            "фамилия имя отчество",
            "фамилия имя",
            "фи",
            "полное имя",
            "обучающ",
            "учащ",
            "ученик",
            "воспитанник",
            "ребенок",
            "ребенк",
        ],
    )
    .anchor()
    .fitting(is_whole_name),
    Field::new("birth_date", &["дата рожд", "день рожд", "др", "год рожд"]).fitting(is_date),
    Field::new("class", &["класс", "кл"]).fitting(is_class),
    Field::new("group", &["возрастная группа", "группа", "гр"]),
    Field::new("gender", &["пол"]).fitting(is_gender),
    Field::new("snils", &["снилс"]),
    Field::new(
        "guardian_phone",
        &[
            "телефон родител",
            "тел родител",
            "телефон законн",
            "телефон матер",
            "телефон мам",
            "контактный телефон",
            "номер телефон",
            "телефон",
            "тел",
        ],
    )
    .fitting(is_phone),
    Field::new("additional_education", &["доп образован", "дополнительное образован", "кружк", "секци"]),
    Field::new(
        "organisation",
        &[
            "школа",
            "организация",
            "образовательная организац",
            "учреждение",
            "образовательное учрежден",
            "оо",
            "оу",
            "детский сад",
            "доу",
        ],
    ),
];

/// Ages, in full years, at which one is in a kindergarten or at school.
const AGES: std::ops::RangeInclusive<i32> = 1..=21;

/// Years by which a pupil may be older or younger than the class-mates.
const AGE_SPREAD: i32 = 6;

fn shown(cell: &Cell) -> String {
    clean(&cell.to_string())
}

fn is_name_part(cell: &Cell) -> bool {
    cell.as_text().is_some_and(|text| name::part(text).is_ok_and(|part| !part.contains(' ')))
}

fn is_patronymic(cell: &Cell) -> bool {
    let one = |text: &str| match text.split(' ').collect::<Vec<_>>().as_slice() {
        [one] => name::is_patronymic(one),
        [_, suffix] => matches!(*suffix, "оглы" | "кызы" | "гызы" | "улы"),
        _ => false,
    };
    cell.as_text().is_some_and(|text| name::part(text).is_ok_and(|part| one(&part)))
}

fn is_whole_name(cell: &Cell) -> bool {
    cell.as_text().is_some_and(name::looks_like_name)
}

fn is_date(cell: &Cell) -> bool {
    matches!(date::read(cell, fallback_latest()), Ok(_) | Err(DateFault::Impossible))
}

fn is_class(cell: &Cell) -> bool {
    Class::parse(&shown(cell)).is_some()
}

fn is_gender(cell: &Cell) -> bool {
    gender(&shown(cell)).is_some()
}

fn is_phone(cell: &Cell) -> bool {
    let text = cell.to_string();
    text.chars().filter(char::is_ascii_digit).count() >= 5
        && !text.chars().any(|letter| is_letter(letter) && letter > 'я')
}

fn fallback_latest() -> NaiveDate {
    NaiveDate::from_ymd_opt(2049, 12, 31).unwrap_or_default()
}

fn gender(text: &str) -> Option<&'static str> {
    let text = fold_latin(&clean(text)).to_lowercase();
    match text.trim_end_matches('.') {
        "м" | "муж" | "мужской" | "мальчик" | "юноша" => Some("male"),
        "ж" | "жен" | "женский" | "девочка" | "девушка" => Some("female"),
        _ => None,
    }
}

/// The class that a title speaks of: «Список учащихся 7 «Б» класса».
fn class_in(title: &str) -> Option<Class> {
    let words: Vec<&str> = title.split(' ').collect();
    let at = words.iter().position(|word| word.to_lowercase().starts_with("класс"))?;
    let before = words.get(at.saturating_sub(2)..at)?;
    Class::parse(&before.join(" ")).or_else(|| Class::parse(before.last()?))
}

impl Kind for Contingent {
    fn code(&self) -> &'static str {
        "contingent"
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn without_table(&self) -> &'static str {
        "no_people"
    }

    fn other_people(&self) -> &'static [&'static str] {
        &[
            "родител",
            "законн",
            "представител",
            "мать",
            "матер",
            "мам",
            "отец",
            "отц",
            "пап",
            "опекун",
            "классн",
            "руководител",
            "учител",
            "педагог",
            "воспитател",
            "тьютор",
        ]
    }

    /// «7 Б класс» or «Старшая группа «Гномики»» between the rows.
    fn section(&self, text: &str) -> Option<Section> {
        let lower = text.to_lowercase();
        if lower.contains("групп")
            || lower.contains("гр.")
            || (Stage::parse(text).is_some() && lower.split(' ').count() <= 2)
        {
            return Some(Section { name: "group", value: Value::text(text) });
        }
        let class = Class::parse(text).or_else(|| class_in(text))?;
        let speaks = class.letter.is_some() || lower.contains("кл");
        speaks.then_some(Section { name: "class", value: Value::Class(class) })
    }

    fn defaults(&self, sheet: &Facts<'_>) -> Vec<(&'static str, Value)> {
        if sheet.has("class") || sheet.has("group") || sheet.has_sections {
            return Vec::new();
        }
        let named = Class::parse(sheet.sheet_name).map(|class| (class, "sheet_name"));
        let found =
            named.or_else(|| sheet.titles.iter().find_map(|title| class_in(title)).map(|class| (class, "title")));
        let Some((class, from)) = found else { return Vec::new() };
        let letter = class.letter.map(String::from);
        let entries = [
            ("number", Value::Number(f64::from(class.number))),
            ("letter", letter.into()),
            ("from", Value::text(from)),
        ];
        vec![("class", Value::Map(Box::new(entries)))]
    }

    /// From the birthdays and the classes: whoever is in class 1 was born six or seven years before.
    fn guess_as_of(&self, rows: &[Row], plan: &Plan) -> Option<NaiveDate> {
        let born = plan.column_of("birth_date")?;
        let class = plan.column_of("class");
        let mut years: Vec<i32> = Vec::new();
        for row in rows.iter().filter(|row| row.number >= plan.first_row).take(1000) {
            let Ok(day) = date::read(row.value(born), fallback_latest()) else { continue };
            match class.map(|column| Class::parse(&shown(row.value(column)))) {
                Some(Some(class)) => years.push(day.year() + i32::from(class.number) + 7),
                Some(None) => {}
                // Without classes: the list may be of any; in the middle of its children's school years.
                None => years.push(day.year() + 10),
            }
        }
        years.sort_unstable();
        let year = years.get(years.len() / 2).copied()?;
        NaiveDate::from_ymd_opt(year, 9, 1)
    }

    fn value_names(&self, facts: &Facts<'_>) -> Vec<&'static str> {
        let mut names = vec!["last_name", "first_name", "patronymic", "birth_date"];
        if facts.has("group") || facts.has_sections && !facts.has("class") {
            names.extend(["group", "group_stage"]);
        }
        names.push("class");
        let optional = ["gender", "snils", "guardian_phone", "additional_education", "organisation"];
        names.extend(optional.into_iter().filter(|name| facts.has(name)));
        names
    }

    fn read_row(&self, row: &RowView<'_>, out: &mut RowWriter<'_>) {
        let person = people::read_name(row, out);
        out.set("last_name", person.last.into());
        out.set("first_name", person.first.into());
        out.set("patronymic", person.patronymic.into());
        let class = read_place(row, out);
        read_birth_date(row, out, class);
        if let Some(gender) = gender(&row.text("gender")) {
            out.set("gender", Value::text(gender));
        }
        if let Some(raw) = row.raw("snils") {
            let number = snils(&raw);
            if number.is_none() {
                out.problem("snils", "bad_snils", Severity::Error, Some(raw));
            }
            out.set("snils", number.into());
        }
        if let Some(raw) = row.raw("guardian_phone") {
            let stated = phones(&raw, row.facts.context.area_code.as_deref());
            if stated.good.is_empty() && stated.has_bad {
                out.problem("guardian_phone", "bad_phone", Severity::Warning, Some(raw));
            }
            out.set("guardian_phone", stated.good.into_iter().next().into());
        }
        out.set("additional_education", Value::text(row.text("additional_education")));
        let organisation = row.text("organisation");
        if !organisation.is_empty() {
            out.set("organisation", Value::text(short_name(&organisation)));
        }
    }

    fn harmonise(&self, sheets: &mut [SheetReading], context: &Context) -> Vec<EventGroup> {
        super::one_writing(sheets, "organisation", &context.organisations);
        Vec::new()
    }

    fn duplicates(&self, sheets: &[SheetReading]) -> (Duplicates, Vec<Group>) {
        people::duplicates(&entries(sheets))
    }
}

/// The class or the group: of the row's own cell, else of the section, else of the sheet.
fn read_place(row: &RowView<'_>, out: &mut RowWriter<'_>) -> Option<Class> {
    let stated = row.text("group");
    let section = row.section.filter(|section| section.name == "group").and_then(|section| section.value.as_text());
    let group = Some(stated.as_str()).filter(|text| !text.is_empty()).or(section);
    if let Some(group) = group {
        out.set("group", Value::text(group));
        out.set("group_stage", Stage::parse(group).map(|stage| stage.code().to_owned()).into());
    }
    if let Some(raw) = row.raw("class") {
        let class = Class::parse(&row.text("class"));
        match class {
            Some(class) => out.set("class", Value::Class(class)),
            None => out.problem("class", "unknown_class", Severity::Error, Some(raw)),
        }
        return class;
    }
    let of_section = row.section.and_then(|section| section.value.as_class());
    if let Some(class) = of_section.or_else(|| of_sheet(row)) {
        out.set("class", Value::Class(class));
        return Some(class);
    }
    if group.is_none() {
        // A list without any class can still be taken; a blank cell among filled ones is a slip.
        let severity =
            if row.facts.has("class") || row.facts.has("group") { Severity::Error } else { Severity::Warning };
        let field = if row.facts.has("group") && !row.facts.has("class") { "group" } else { "class" };
        out.problem(field, "missing_class", severity, None);
    }
    None
}

fn of_sheet(row: &RowView<'_>) -> Option<Class> {
    let class = row.facts.default("class")?;
    let number = class.get("number").and_then(Value::as_number)?;
    let letter = class.get("letter").and_then(Value::as_text).unwrap_or_default();
    Class::parse(&format!("{number}{letter}"))
}

fn read_birth_date(row: &RowView<'_>, out: &mut RowWriter<'_>, class: Option<Class>) {
    let as_of = row.facts.as_of;
    let code = match date::read(row.cell("birth_date"), as_of) {
        Ok(day) if is_plausible(day, as_of, class) => {
            out.set("birth_date", Value::Date(day));
            return;
        }
        Ok(_) => "implausible_date",
        Err(DateFault::Missing) => "missing_date",
        Err(DateFault::Unreadable) => "bad_date",
        Err(DateFault::Impossible) => "impossible_date",
    };
    out.problem("birth_date", code, Severity::Error, row.raw("birth_date"));
}

/// Whether somebody born on this day can be in the list.
fn is_plausible(day: NaiveDate, as_of: NaiveDate, class: Option<Class>) -> bool {
    let before_birthday = (as_of.month(), as_of.day()) < (day.month(), day.day());
    let age = as_of.year() - day.year() - i32::from(before_birthday);
    let usual = class.is_none_or(|class| (age - i32::from(class.number) - 6).abs() <= AGE_SPREAD);
    AGES.contains(&age) && usual
}
