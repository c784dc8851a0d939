//! The catalogue of resources that organisations share.

use documents::Value as Cell;

use crate::Context;
use crate::duplicates::{Entry, entries, equal_by, fingerprint, group, why_differs};
use crate::kind::{Facts, Field, Kind, RowView, RowWriter, Section};
use crate::reading::{Duplicates, EventGroup, Group, Severity, SheetReading};
use crate::value::Value;
use crate::values::organisation::short_name;
use crate::values::text::{clean, fold_latin, is_letter, is_letter_or_digit, name_key};

/// `resources`.
pub(crate) struct Resources;

const FIELDS: &[Field] = &[
    Field::new("name", &["название ресурса", "наименование ресурса", "ресурс", "название", "наименование"])
        .anchor()
        .fitting(is_name),
    Field::new(
        "class",
        &["вид ресурса", "тип ресурса", "категория ресурса", "класс ресурса", "вид", "тип", "категория"],
    )
    .fitting(is_class),
    Field::new(
        "owner",
        &[
            "владелец",
            "балансодержатель",
            "организация владелец",
            "организация",
            "учреждение",
            "образовательная организац",
            "школа",
            "оо",
            "чей",
        ],
    ),
    Field::new("capacity", &["вместимость", "количество мест", "кол во мест", "число мест", "мест", "наполняемость"])
        .fitting(is_capacity),
    Field::new("conditions", &["условия использован", "условия предоставлен", "условия доступ", "условия"]),
];

fn is_name(cell: &Cell) -> bool {
    cell.as_text().is_some_and(|text| text.chars().filter(|letter| is_letter(*letter)).count() >= 3)
}

fn is_class(cell: &Cell) -> bool {
    class(&cell.to_string()).is_some()
}

fn is_capacity(cell: &Cell) -> bool {
    capacity(&cell.to_string()).is_some()
}

/// The class of a resource: `staff`, `technological` or `methodical`.
fn class(text: &str) -> Option<&'static str> {
    let text = fold_latin(&clean(text)).to_lowercase();
    let words: Vec<&str> =
        text.split(|letter: char| !is_letter_or_digit(letter)).filter(|word| !word.is_empty()).collect();
    let begins = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    // «учебно-методический комплекс» and «методист»: the word for a person decides first.
    if begins(&[
        "кадр",
        "специалист",
        "педагог",
        "человеческ",
        "преподавател",
        "учител",
        "методист",
        "тренер",
        "наставник",
    ]) {
        Some("staff")
    } else if begins(&["метод", "умк", "дидактич", "информационн", "программн"]) {
        Some("methodical")
    } else if begins(&[
        "матер",
        "мат",
        "тех",
        "мтб",
        "оборудован",
        "помещен",
        "кабинет",
        "инфраструктур",
        "лаборатор",
        "транспорт",
    ]) {
        Some("technological")
    } else {
        None
    }
}

/// How many people a room or a vehicle takes: `25 чел.`, `до 30 человек`, `15 мест`, from 1 to 9,999.
fn capacity(text: &str) -> Option<u32> {
    let text = clean(text).to_lowercase();
    let mut words = text.split(' ').filter(|word| !matches!(*word, "до" | "на" | "не" | "более" | "около" | "~" | "≤"));
    let first = words.next()?;
    let digits = first.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(first.len());
    let (number, unit) = first.split_at(digits);
    let fraction = unit.strip_prefix(['.', ',']).filter(|rest| rest.chars().all(|letter| letter == '0'));
    let known =
        |unit: &str| ["чел", "мест", "уч", "дет", "обуч"].iter().any(|stem| unit.starts_with(stem)) || unit.is_empty();
    let unit_is_fine = fraction.is_some() || known(unit);
    let rest_is_fine = words.all(known);
    number.parse().ok().filter(|number| (1..10_000).contains(number) && unit_is_fine && rest_is_fine)
}

impl Kind for Resources {
    fn code(&self) -> &'static str {
        "resources"
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn other_people(&self) -> &'static [&'static str] {
        &["ответственн", "телефон", "контакт"]
    }

    /// «Кадровые ресурсы» between the rows: the class of all below.
    fn section(&self, text: &str) -> Option<Section> {
        let lower = text.to_lowercase();
        let class = class(text).filter(|_| lower.contains("ресурс") && !lower.contains(['«', '"']))?;
        Some(Section { name: "class", value: Value::text(class) })
    }

    fn value_names(&self, facts: &Facts<'_>) -> Vec<&'static str> {
        let always = ["name", "class", "owner"];
        let names = FIELDS.iter().map(|field| field.code);
        names.filter(|name| always.contains(name) || facts.has(name)).collect()
    }

    fn read_row(&self, row: &RowView<'_>, out: &mut RowWriter<'_>) {
        let name = row.text("name");
        if name.is_empty() {
            out.problem("name", "missing_name", Severity::Error, None);
        }
        out.set("name", Value::text(name));
        match (row.raw("class"), row.section) {
            (None, Some(section)) => out.set("class", section.value.clone()),
            (raw, _) => match raw.as_deref().and_then(class) {
                Some(class) => out.set("class", Value::text(class)),
                None => out.problem("class", "unknown_resource_kind", Severity::Error, raw),
            },
        }
        let owner = row.text("owner");
        let owner = if owner.is_empty() {
            row.facts.context.organisation.clone().unwrap_or_default()
        } else {
            short_name(&owner)
        };
        out.set("owner", Value::text(owner));
        if let Some(raw) = row.raw("capacity") {
            match capacity(&raw) {
                Some(places) => out.set("capacity", Value::Number(f64::from(places))),
                None => out.problem("capacity", "bad_capacity", Severity::Error, Some(raw)),
            }
        }
        out.set("conditions", Value::text(row.text("conditions")));
    }

    fn harmonise(&self, sheets: &mut [SheetReading], context: &Context) -> Vec<EventGroup> {
        super::one_writing(sheets, "owner", &context.organisations);
        Vec::new()
    }

    fn duplicates(&self, sheets: &[SheetReading]) -> (Duplicates, Vec<Group>) {
        let entries = entries(sheets);
        let text = |entry: &Entry<'_>, name| entry.0.value(entry.1, name).and_then(Value::as_text).map(str::to_owned);
        let exact = equal_by(&entries, |(_, row)| Some(fingerprint(&row.values)));
        let near = equal_by(&entries, |entry| {
            let name = name_key(&text(entry, "name")?);
            let owner = name_key(&text(entry, "owner").unwrap_or_default());
            Some((name, owner, text(entry, "class")))
        });
        let near = near.into_iter().filter_map(|mut rows| {
            let mut seen = Vec::new();
            rows.retain(|(_, row)| {
                let own = fingerprint(&row.values);
                let new = !seen.contains(&own);
                seen.push(own);
                new
            });
            let [first, second, ..] = rows.as_slice() else { return None };
            let names = (text(first, "name")?, text(second, "name")?);
            Some(group(why_differs(&names.0, &names.1), &rows))
        });
        let near = near.collect();
        (Duplicates { exact: exact.iter().map(|rows| group("exact", rows)).collect(), near }, Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capacities() {
        for (text, places) in
            [("25 чел.", 25), ("до 30 человек", 30), ("15 мест", 15), ("12", 12), ("20чел", 20), ("15.0", 15)]
        {
            assert_eq!(capacity(text), Some(places), "{text}");
        }
        for text in ["много", "-5", "0", "", "12345", "10 штук"] {
            assert_eq!(capacity(text), None, "{text}");
        }
    }

    #[test]
    fn classes() {
        for (text, expected) in [
            ("УМК", "methodical"),
            ("кадровый", "staff"),
            ("Методический ресурс", "methodical"),
            ("мат.-тех.", "technological"),
            ("метод. разработка", "methodical"),
            ("Материальный ресурс", "technological"),
            ("специалист", "staff"),
            ("кадры", "staff"),
            ("материально-технический", "technological"),
        ] {
            assert_eq!(class(text), Some(expected), "{text}");
        }
        assert_eq!(class("другое"), None);
    }
}
