//! Official lists of events: the federal one, РСОШ with levels, regional and municipal ones.

use documents::Value as Cell;

use crate::duplicates::{Entry, entries, equal_by, fingerprint, group};
use crate::kind::{Facts, Field, Kind, RowView, RowWriter};
use crate::reading::{Duplicates, Group, Severity, SheetReading};
use crate::value::Value;
use crate::values::text::{clean, is_letter, name_key};

/// `event-lists`.
pub(crate) struct EventLists;

const FIELDS: &[Field] = &[
    Field::new("number", &["номер в перечне", "номер п п", "номер"]).fitting(is_number),
    Field::new(
        "title",
        &[
            "полное наименование",
            "наименование мероприяти",
            "наименование олимпиад",
            "наименование конкурс",
            "название мероприяти",
            "название олимпиад",
            "название конкурс",
            "наименование",
            "название",
            "мероприятие",
            "олимпиада",
        ],
    )
    .anchor()
    .fitting(is_title),
    Field::new(
        "organiser",
        &["организатор", "полное наименование организатор", "наименование организатор", "учредител"],
    ),
    Field::new("subjects", &["общеобразовательн предмет", "предмет", "профиль", "направлен"]),
    Field::new("rsosh_level", &["уровень олимпиад", "уровень"]).fitting(is_level),
];

fn is_number(cell: &Cell) -> bool {
    let text = cell.to_string();
    let digits = text.trim().trim_end_matches('.');
    !digits.is_empty() && digits.len() <= 5 && digits.chars().all(|letter| letter.is_ascii_digit())
}

fn is_title(cell: &Cell) -> bool {
    cell.as_text().is_some_and(|text| text.chars().filter(|letter| is_letter(*letter)).count() >= 3)
}

fn is_level(cell: &Cell) -> bool {
    level(&cell.to_string()).is_some()
}

/// «I», «2», «III уровень», also with Cyrillic letters: 1 to 3.
fn level(text: &str) -> Option<f64> {
    let text = clean(text).to_uppercase();
    match text.split(' ').next()? {
        "I" | "І" | "1" | "1.0" => Some(1.0),
        "II" | "ІІ" | "2" | "2.0" => Some(2.0),
        "III" | "ІІІ" | "3" | "3.0" => Some(3.0),
        _ => None,
    }
}

/// Whose list it is, by what stands above the table.
fn list(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    if lower.contains("рсош")
        || lower.contains("российского совета олимпиад")
        || lower.contains("перечень олимпиад школьников")
    {
        Some("rsosh")
    } else if lower.contains("муниципальн") {
        Some("municipal")
    } else if lower.contains("региональн") || lower.contains("областн") || lower.contains("краев")
    {
        Some("regional")
    } else if lower.contains("федеральн") || lower.contains("министерств") || lower.contains("минпросвещ")
    {
        Some("federal")
    } else {
        None
    }
}

/// The academic year in a title: «2026/27», «2026-2027», «2026–2027 учебный год» give 2026.
fn year(text: &str) -> Option<f64> {
    let letters: Vec<char> = text.chars().collect();
    letters.windows(5).find_map(|five| {
        let (four, sign) = five.split_at(4);
        let digits: String = four.iter().collect();
        let year: u32 = digits.parse().ok().filter(|year| (1990..2200).contains(year))?;
        sign.iter().all(|sign| ['-', '/', '–', '—'].contains(sign)).then(|| f64::from(year))
    })
}

impl Kind for EventLists {
    fn code(&self) -> &'static str {
        "event-lists"
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn other_people(&self) -> &'static [&'static str] {
        &["ответственн", "телефон", "контакт"]
    }

    fn defaults(&self, sheet: &Facts<'_>) -> Vec<(&'static str, Value)> {
        let lines = || sheet.titles.iter().map(String::as_str).chain([sheet.sheet_name]);
        let kind = lines().find_map(list).map(|kind| ("list", Value::text(kind)));
        let year = lines().find_map(year).map(|year| ("year", Value::Number(year)));
        let title = sheet.titles.iter().find(|line| line.to_lowercase().contains("переч"));
        let title = title.map(|line| ("list_title", Value::text(clean(line))));
        [kind, year, title].into_iter().flatten().collect()
    }

    fn value_names(&self, _: &Facts<'_>) -> Vec<&'static str> {
        vec!["number", "title", "organiser", "subjects", "rsosh_level", "list", "year", "list_title"]
    }

    fn read_row(&self, row: &RowView<'_>, out: &mut RowWriter<'_>) {
        let title = row.text("title");
        if title.is_empty() {
            out.problem("title", "missing_name", Severity::Error, None);
        }
        out.set("title", Value::text(title));
        let number = row.text("number");
        out.set("number", Value::text(number.trim_end_matches('.').trim_end_matches(".0")));
        out.set("organiser", Value::text(row.text("organiser")));
        out.set("subjects", Value::text(row.text("subjects")));
        if let Some(level) = row.raw("rsosh_level").as_deref().and_then(level) {
            out.set("rsosh_level", Value::Number(level));
        }
        for name in ["list", "year", "list_title"] {
            if let Some(value) = row.facts.default(name) {
                out.set(name, value.clone());
            }
        }
    }

    fn duplicates(&self, sheets: &[SheetReading]) -> (Duplicates, Vec<Group>) {
        let entries = entries(sheets);
        let text = |entry: &Entry<'_>, name| entry.0.value(entry.1, name).and_then(Value::as_text).map(str::to_owned);
        let exact = equal_by(&entries, |(_, row)| Some(fingerprint(&row.values)));
        // One olympiad stands once for every subject: only the same title and subject are suspicious.
        let near = equal_by(&entries, |entry| {
            Some((name_key(&text(entry, "title")?), name_key(&text(entry, "subjects").unwrap_or_default())))
        });
        let near = near.into_iter().filter(|rows| {
            let first = rows.first().map(|(_, row)| fingerprint(&row.values));
            rows.iter().any(|(_, row)| Some(fingerprint(&row.values)) != first)
        });
        let near = near.map(|rows| group("other_writing", &rows)).collect();
        (Duplicates { exact: exact.iter().map(|rows| group("exact", rows)).collect(), near }, Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_list_and_of_which_year_stands_above_it() {
        for (text, kind, begins) in [
            ("Перечень олимпиад школьников на 2026/27 учебный год", Some("rsosh"), Some(2026.0)),
            ("Региональный перечень мероприятий, 2025–2026 учебный год", Some("regional"), Some(2025.0)),
            ("Перечень Минпросвещения России на 2026-2027 учебный год", Some("federal"), Some(2026.0)),
            ("Муниципальный перечень конкурсов", Some("municipal"), None),
            ("Приложение № 2026 к приказу", None, None),
        ] {
            assert_eq!((list(text), year(text)), (kind, begins), "{text}");
        }
    }

    #[test]
    fn levels_are_read_in_both_alphabets() {
        for (text, expected) in [("I", 1.0), ("ІІ", 2.0), ("3", 3.0), ("II уровень", 2.0)] {
            assert_eq!(level(text), Some(expected), "{text}");
        }
        assert_eq!(level("IV"), None);
    }
}
