//! Which column is which field, and why the others are left out.

use std::collections::{BTreeMap, BTreeSet};

use documents::{Row, Sheet, Value};

use super::header::Header;
use super::lexicon::{Lexicon, is_counter};
use crate::Mapping;
use crate::kind::Field;
use crate::reading::{Column, IgnoredColumn};

/// Rows looked at for the content of columns.
const SAMPLE: usize = 400;

/// The least a header must say for its column to be taken.
const ENOUGH: u32 = 60;

/// A header that says nothing but the field.
const PLAIN: u32 = 95;

/// What is known about a column.
#[derive(Default)]
struct Content<'a> {
    cells: Vec<&'a Value>,
    formulas: usize,
}

impl Content<'_> {
    fn is_computed(&self) -> bool {
        self.formulas * 2 > self.cells.len()
    }

    /// Share of cells that fit a field, in percent.
    fn fitting(&self, fits: fn(&Value) -> bool) -> usize {
        self.cells.iter().filter(|value| fits(value)).count() * 100 / self.cells.len().max(1)
    }

    /// Whether the cells count 1, 2, 3 … for the most part.
    fn counts(&self) -> bool {
        let numbers: Vec<f64> = self.cells.iter().filter_map(|value| number(value)).collect();
        let steps =
            numbers.windows(2).filter(|pair| matches!(pair, [one, next] if (next - one - 1.0).abs() < 1e-9)).count();
        self.cells.len() > 2 && steps * 10 >= self.cells.len() * 7
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => text.trim().trim_end_matches('.').parse().ok(),
        _ => None,
    }
}

/// Divides the columns of a sheet among the fields.
pub(super) fn assign(
    sheet: &Sheet,
    header: &Header,
    fields: &'static [Field],
    lexicon: &Lexicon,
    mapping: Option<&Mapping>,
) -> (Vec<Column>, Vec<IgnoredColumn>) {
    let first_row = header.rows.last().map_or(0, |last| last + 1);
    let body = sheet.rows.iter().filter(|row| row.number >= first_row).take(SAMPLE);
    let contents = contents(body);
    let mut assignment =
        Assignment { sheet, header, contents, fields, lexicon, by_field: BTreeMap::new(), decided: BTreeSet::new() };
    if let Some(mapping) = mapping {
        assignment.take_remembered(mapping);
    }
    assignment.take_by_header();
    assignment.take_by_content();
    assignment.finish()
}

fn contents<'a>(rows: impl Iterator<Item = &'a Row>) -> BTreeMap<u16, Content<'a>> {
    let mut contents: BTreeMap<u16, Content<'_>> = BTreeMap::new();
    for cell in rows.flat_map(|row| &row.cells).filter(|cell| !cell.value.is_blank()) {
        let content = contents.entry(cell.column).or_default();
        content.cells.push(&cell.value);
        content.formulas += usize::from(cell.formula);
    }
    contents
}

struct Assignment<'a> {
    sheet: &'a Sheet,
    header: &'a Header,
    contents: BTreeMap<u16, Content<'a>>,
    fields: &'static [Field],
    lexicon: &'a Lexicon,
    /// Column of each field that has one, by the field's place.
    by_field: BTreeMap<usize, u16>,
    /// Columns about which nothing is to be guessed any more.
    decided: BTreeSet<u16>,
}

impl Assignment<'_> {
    fn is_free(&self, column: u16) -> bool {
        !self.decided.contains(&column)
    }

    fn take(&mut self, place: usize, column: u16) {
        self.by_field.insert(place, column);
        self.decided.insert(column);
    }

    /// What the person decided last time for headers of the same words.
    fn take_remembered(&mut self, mapping: &Mapping) {
        for column in self.header.titles.keys().copied().collect::<Vec<_>>() {
            let Some(remembered) = mapping.field_of(&self.header.title(column)) else { continue };
            let place = remembered.and_then(|code| self.fields.iter().position(|field| field.code == code));
            match place {
                Some(place) if !self.by_field.contains_key(&place) => self.take(place, column),
                _ => {
                    self.decided.insert(column);
                }
            }
        }
    }

    fn take_by_header(&mut self) {
        let mut wishes: Vec<(u32, u16, usize)> = Vec::new();
        for (column, parts) in &self.header.titles {
            if !self.is_free(*column) {
                continue;
            }
            for (place, score) in self.lexicon.matches(parts) {
                if let Some(score) = self.weighed(*column, place, score) {
                    wishes.push((score, *column, place));
                }
            }
        }
        wishes.sort_by_key(|(score, column, _)| (std::cmp::Reverse(*score), *column));
        for (_, column, place) in wishes {
            if self.is_free(column) && !self.by_field.contains_key(&place) {
                self.take(place, column);
            }
        }
    }

    /// The score of a header after a look at the column; `None` when it is not to be taken.
    fn weighed(&self, column: u16, place: usize, score: u32) -> Option<u32> {
        let mut weighed = score;
        if self.sheet.hidden_columns.contains(&column) {
            weighed = weighed.saturating_sub(20);
        }
        if let Some(content) = self.contents.get(&column) {
            if content.is_computed() && score < PLAIN {
                return None;
            }
            let fits = self.fields.get(place).and_then(|field| field.fits);
            if content.cells.len() >= 3 && score < PLAIN && fits.is_some_and(|fits| content.fitting(fits) < 30) {
                return None;
            }
        }
        // A hidden or outdated column is taken only where no other speaks of its field.
        (score >= ENOUGH || weighed + 30 >= ENOUGH).then_some(weighed)
    }

    /// Columns whose header is blank or unknown, by what stands in them: only for anchors and only where the
    /// content is plain.
    fn take_by_content(&mut self) {
        let no_header = self.header.rows.is_empty();
        for (place, field) in self.fields.iter().enumerate() {
            let Some(fits) = field.fits.filter(|_| !self.by_field.contains_key(&place)) else { continue };
            if !no_header && (!field.is_anchor || self.has_anchor()) {
                continue;
            }
            let plain = self.contents.iter().filter(|(column, content)| {
                let others = self.header.titles.get(column).is_some_and(|parts| self.lexicon.is_about_others(parts));
                self.is_free(**column)
                    && !others
                    && content.cells.len() >= 2
                    && content.fitting(fits) >= 70
                    && !content.counts()
            });
            let best = plain.max_by_key(|(column, content)| (content.fitting(fits), std::cmp::Reverse(**column)));
            if let Some(column) = best.map(|(column, _)| *column) {
                self.take(place, column);
            }
        }
    }

    fn has_anchor(&self) -> bool {
        self.by_field.keys().any(|place| self.fields.get(*place).is_some_and(|field| field.is_anchor))
    }

    fn finish(self) -> (Vec<Column>, Vec<IgnoredColumn>) {
        let by_column: BTreeMap<u16, usize> = self.by_field.iter().map(|(place, column)| (*column, *place)).collect();
        let known = self.contents.keys().chain(self.header.titles.keys()).copied();
        let last = known.clone().filter(|column| self.matters(*column)).max();
        // Blank columns inside the table are named too; a stray cell far to the right does not stretch it.
        let mut all: BTreeSet<u16> = known.collect();
        all.extend(0..=last.unwrap_or(0).min(255));
        let first = by_column
            .keys()
            .copied()
            .min()
            .into_iter()
            .chain(all.iter().copied().filter(|column| self.matters(*column)))
            .min()
            .unwrap_or(0);
        let (mut columns, mut ignored) = (Vec::new(), Vec::new());
        for column in all.into_iter().filter(|column| *column >= first && Some(*column) <= last) {
            let header = self.header.title(column);
            let hidden = self.sheet.hidden_columns.contains(&column);
            match by_column.get(&column).and_then(|place| self.fields.get(*place)) {
                Some(field) => columns.push(Column { column, header, field: field.code, hidden }),
                None => ignored.push(IgnoredColumn {
                    column,
                    reason: self.why_not(column, &header, hidden),
                    header,
                    hidden,
                }),
            }
        }
        (columns, ignored)
    }

    /// A column with a title, or with cells in more than a few rows.
    fn matters(&self, column: u16) -> bool {
        self.header.titles.contains_key(&column)
            || self.contents.get(&column).is_some_and(|content| content.cells.len() > 2)
    }

    fn why_not(&self, column: u16, header: &str, hidden: bool) -> &'static str {
        let content = self.contents.get(&column);
        let leaf = self.header.titles.get(&column).and_then(|parts| parts.last()).map_or("", String::as_str);
        let Some(content) = content else {
            return if is_counter(leaf) { "counter" } else { "empty" };
        };
        if is_counter(leaf) || (header.is_empty() && content.counts()) {
            "counter"
        } else if content.is_computed() {
            "computed"
        } else if hidden {
            "hidden_outdated"
        } else if self.header.titles.get(&column).is_some_and(|parts| self.lexicon.is_about_others(parts)) {
            "other_person"
        } else {
            "not_needed"
        }
    }
}
