//! Which rows under the header are rows of the list, and what the others are.

use std::collections::BTreeMap;

use documents::{Row, Value};

use super::{Plan, lexicon};
use crate::kind::{Kind, Section};
use crate::values::text::{clean, is_letter, is_letter_or_digit};

/// What a row is.
#[derive(Debug, PartialEq)]
pub(crate) enum Class {
    /// A row of the list.
    Data,
    /// A line that opens a section.
    Section(Section),
    /// Something else.
    Ignored(&'static str),
}

/// Words with which a line under the table begins that somebody signs. By their beginnings.
const SIGNERS: [&str; 19] = [
    "директор",
    "заведующ",
    "заместител",
    "зам",
    "исполнител",
    "председател",
    "член",
    "жюри",
    "секретар",
    "ответственн",
    "руководител",
    "подпись",
    "составил",
    "начальник",
    "специалист",
    "методист",
    "классный",
    "утвержда",
    "согласован",
];

/// Tells the rows of one sheet apart.
pub(crate) struct Classifier<'a> {
    kind: &'a dyn Kind,
    plan: &'a Plan,
    titles: BTreeMap<u16, String>,
    seen_data: bool,
}

impl<'a> Classifier<'a> {
    pub(crate) fn new(kind: &'a dyn Kind, plan: &'a Plan) -> Self {
        let title = |column: u16, header: &str| (column, lexicon::key(header.rsplit(" / ").next().unwrap_or(header)));
        let titles = plan.columns.iter().map(|column| title(column.column, &column.header));
        let titles = titles.chain(plan.ignored.iter().map(|column| title(column.column, &column.header)));
        Self { kind, plan, titles: titles.filter(|(_, title)| !title.is_empty()).collect(), seen_data: false }
    }

    pub(crate) fn classify(&mut self, row: &Row) -> Class {
        let class = self.look(row);
        self.seen_data |= class == Class::Data;
        class
    }

    fn look(&self, row: &Row) -> Class {
        let filled: Vec<(u16, &Value)> =
            row.cells.iter().filter(|cell| !cell.value.is_blank()).map(|cell| (cell.column, &cell.value)).collect();
        if filled.is_empty() {
            return Class::Ignored("blank");
        }
        if !self.seen_data && is_numbering(&filled) {
            return Class::Ignored("column_numbers");
        }
        if self.repeats_header(&filled) {
            return Class::Ignored("repeated_header");
        }
        let mapped: Vec<(u16, &Value)> =
            filled.iter().copied().filter(|(column, _)| self.plan.is_mapped(*column)).collect();
        let good = mapped.iter().filter(|(column, value)| self.fits(*column, value)).count();
        let texts: Vec<String> = filled.iter().filter_map(|(_, value)| value.as_text()).map(clean).collect();
        let first = texts.first().map_or("", String::as_str);
        if is_total(first) && good <= 1 {
            return Class::Ignored("subtotal");
        }
        if is_signed(first, &texts) && (good * 2 <= mapped.len() || texts.len() == 1) {
            return Class::Ignored("signature");
        }
        let spoken: Vec<&(u16, &Value)> = filled.iter().filter(|(column, _)| !self.plan.is_counter(*column)).collect();
        if let [(_, only)] = spoken.as_slice() {
            return self.lonely(only, &mapped, good);
        }
        if mapped.is_empty() {
            return Class::Ignored(if spoken.is_empty() { "blank" } else { stray_or_note(&texts) });
        }
        Class::Data
    }

    /// A row of which one cell speaks.
    fn lonely(&self, only: &Value, mapped: &[(u16, &Value)], good: usize) -> Class {
        let text = only.as_text().map(clean).unwrap_or_default();
        if let Some(section) = self.kind.section(&text) {
            return Class::Section(section);
        }
        let anchored =
            mapped.iter().any(|(column, value)| self.plan.is_anchor(*column, self.kind) && self.fits(*column, value));
        let sentence = text.starts_with('*')
            || text.to_lowercase().starts_with("примечан")
            || text.ends_with('.')
            || text.chars().count() > 120;
        if mapped.is_empty() || good == 0 || sentence {
            return Class::Ignored(stray_or_note(&[text]));
        }
        if anchored { Class::Data } else { Class::Ignored("stray_cell") }
    }

    /// Whether a cell looks like the field of its column; free text does when it is no rule of signs.
    fn fits(&self, column: u16, value: &Value) -> bool {
        let field =
            self.plan.field_at(column).and_then(|code| self.kind.fields().iter().find(|field| field.code == code));
        match field.and_then(|field| field.fits) {
            Some(fits) => fits(value),
            None => value.as_text().is_none_or(|text| text.chars().any(is_letter_or_digit) && !text.contains("__")),
        }
    }

    fn repeats_header(&self, filled: &[(u16, &Value)]) -> bool {
        let same = filled.iter().filter(|(column, value)| {
            let title = self.titles.get(column);
            title.is_some_and(|title| value.as_text().is_some_and(|text| lexicon::key(text) == *title))
        });
        let same = same.count();
        same >= 2.min(self.titles.len()) && same * 2 > filled.len() && same > 0
    }
}

/// 1, 2, 3 … under the titles.
fn is_numbering(filled: &[(u16, &Value)]) -> bool {
    let number = |value: &Value| match value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    };
    let numbers: Option<Vec<f64>> = filled.iter().map(|(_, value)| number(value)).collect();
    numbers.is_some_and(|numbers| {
        numbers.len() > 2
            && numbers.windows(2).all(|pair| matches!(pair, [one, next] if (next - one - 1.0).abs() < 1e-9))
    })
}

fn is_total(text: &str) -> bool {
    let text = text.to_lowercase();
    ["итог", "всего", "итого", "в том числе", "из них"].iter().any(|word| text.starts_with(word))
}

fn is_signed(first: &str, texts: &[String]) -> bool {
    let word = first.to_lowercase();
    SIGNERS.iter().any(|signer| word.starts_with(signer)) || texts.iter().any(|text| text.contains("____"))
}

fn stray_or_note(texts: &[String]) -> &'static str {
    let words: usize =
        texts.iter().map(|text| text.split(' ').filter(|word| word.chars().any(is_letter)).count()).sum();
    if words > 1 { "note" } else { "stray_cell" }
}
