//! Finding the header: the row, or the two or three rows, whose titles speak of most fields.

use std::collections::{BTreeMap, BTreeSet};

use documents::{Region, Row, Sheet, Value};

use super::lexicon::Lexicon;
use crate::kind::Field;
use crate::values::text::clean;

/// Rows from the top among which a header is looked for. Title pages and explanations may stand above it.
const SEARCHED: usize = 60;

/// Levels a header may have.
const LEVELS: usize = 3;

/// Longer texts are sentences, not titles.
const LONGEST_TITLE: usize = 120;

/// A header that was found.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// Its rows.
    pub(super) rows: Vec<u32>,
    /// The titles of each column that has some, from upper to leaf.
    pub(super) titles: BTreeMap<u16, Vec<String>>,
}

impl Header {
    /// The title of a column, `upper / leaf`.
    pub(super) fn title(&self, column: u16) -> String {
        self.titles.get(&column).map(|parts| parts.join(" / ")).unwrap_or_default()
    }
}

/// The best header of a sheet, when any speaks of an anchor and of one more field.
pub(super) fn find(sheet: &Sheet, fields: &[Field], lexicon: &Lexicon) -> Option<Header> {
    let top: Vec<&Row> = sheet.rows.iter().take(SEARCHED).collect();
    let mut best: Option<(u32, Header)> = None;
    for start in 0..top.len() {
        for levels in 1..=LEVELS {
            let Some(rows) = top.get(start..start + levels) else { break };
            if levels > 1 && !interlocked(sheet, rows) {
                break;
            }
            let header = Header { rows: rows.iter().map(|row| row.number).collect(), titles: titles(sheet, rows) };
            let Some(score) = score(&header, fields, lexicon) else { continue };
            if best.as_ref().is_none_or(|(known, _)| score > *known) {
                best = Some((score, header));
            }
        }
    }
    best.map(|(_, header)| header)
}

/// The header with the levels under it that only name parts of its columns, in words of no field.
pub(super) fn deepened(sheet: &Sheet, header: Header) -> Header {
    let mut rows = header.rows;
    while rows.len() < LEVELS {
        let next = rows.last().map_or(0, |last| last + 1);
        let all: Vec<&Row> = sheet.rows.iter().filter(|r| rows.contains(&r.number) || r.number == next).collect();
        if all.len() != rows.len() + 1 || !interlocked(sheet, &all) {
            break;
        }
        rows.push(next);
    }
    let all: Vec<&Row> = sheet.rows.iter().filter(|r| rows.contains(&r.number)).collect();
    Header { titles: titles(sheet, &all), rows }
}

/// The first rows that look like a header whatever they speak of: short texts beside each other.
pub(super) fn shaped(sheet: &Sheet) -> Option<Header> {
    let top: Vec<&Row> = sheet.rows.iter().take(SEARCHED).collect();
    let is_title = |row: &Row| {
        let texts = row.cells.iter().filter(|cell| {
            cell.value.as_text().is_some_and(|text| (1..=LONGEST_TITLE).contains(&clean(text).chars().count()))
        });
        texts.count() >= 2
    };
    let start = top.iter().position(|row| is_title(row))?;
    let levels = (2..=LEVELS)
        .take_while(|levels| top.get(start..start + levels).is_some_and(|rows| interlocked(sheet, rows)))
        .last()
        .unwrap_or(1);
    let rows = top.get(start..start + levels)?;
    Some(Header { rows: rows.iter().map(|row| row.number).collect(), titles: titles(sheet, rows) })
}

/// The titles over each column, merged cells spread over what they cover.
pub(super) fn titles(sheet: &Sheet, rows: &[&Row]) -> BTreeMap<u16, Vec<String>> {
    let first = rows.first().map_or(0, |row| row.number);
    let last = rows.last().map_or(0, |row| row.number);
    let merges: Vec<&Region> =
        sheet.merges.iter().filter(|region| region.first_row <= last && region.last_row >= first).collect();
    let mut columns: BTreeSet<u16> = rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.column)).collect();
    columns.extend(
        merges
            .iter()
            .filter(|region| region.last_column - region.first_column < 200)
            .flat_map(|region| region.first_column..=region.last_column),
    );
    let mut titles = BTreeMap::new();
    for column in columns {
        let mut parts: Vec<String> = Vec::new();
        for (level, row) in rows.iter().enumerate() {
            let title = title(row, column, &merges, rows, level);
            if !title.is_empty() && parts.last() != Some(&title) {
                parts.push(title);
            }
        }
        if !parts.is_empty() {
            titles.insert(column, parts);
        }
    }
    titles
}

fn title(row: &Row, column: u16, merges: &[&Region], rows: &[&Row], level: usize) -> String {
    let own = shown(row.value(column));
    if !own.is_empty() {
        return own;
    }
    if let Some(region) = merges.iter().find(|region| region.contains(row.number, column)) {
        let top = rows.iter().find(|row| row.number == region.first_row);
        return top.map(|row| shown(row.value(region.first_column))).unwrap_or_default();
    }
    // Texts know no merged cells: an upper title holds to its right as long as only leaves stand there.
    let is_leaf_level = level + 1 == rows.len();
    let has_leaf = rows.get(level + 1..).unwrap_or_default().iter().any(|lower| !lower.value(column).is_blank());
    if is_leaf_level || !has_leaf || !merges.is_empty() {
        return String::new();
    }
    let left = row.cells.iter().rev().find(|cell| cell.column < column && !cell.value.is_blank());
    let left_has_leaf =
        left.is_some_and(|left| rows.iter().skip(level + 1).any(|lower| !lower.value(left.column).is_blank()));
    left.filter(|_| left_has_leaf).map(|cell| shown(&cell.value)).unwrap_or_default()
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => clean(text),
        value => value.to_string(),
    }
}

/// Whether rows are levels of one header: each is tied to the next by merged cells, or fills its gaps.
fn interlocked(sheet: &Sheet, rows: &[&Row]) -> bool {
    (1..rows.len()).all(|level| {
        let Some((lower, above)) = rows.get(..=level).and_then(|rows| rows.split_last()) else { return false };
        let Some(upper) = above.last() else { return false };
        if lower.number != upper.number + 1 || upper.cells.len() + lower.cells.len() < 3 {
            return false;
        }
        let tied = sheet.merges.iter().any(|region| {
            let down = region.first_row <= upper.number && region.last_row == lower.number;
            let across = region.first_row == upper.number
                && region.last_row == upper.number
                && region.last_column > region.first_column;
            let under = lower
                .cells
                .iter()
                .filter(|cell| region.first_column <= cell.column && cell.column <= region.last_column)
                .count();
            down || (across && under > 1 && upper.cells.len() > 1)
        });
        let filled = |row: &Row, column| !row.value(column).is_blank();
        // A word under a title that no gap stands beside is the first value, not a part of the title.
        let leaf_only = lower.cells.iter().any(|cell| above.iter().all(|row| !filled(row, cell.column)));
        let upper_only = upper.cells.iter().any(|cell| !filled(lower, cell.column));
        let all_texts = lower.cells.iter().all(|cell| matches!(cell.value, Value::Text(_)));
        tied || (sheet.merges.is_empty() && leaf_only && upper_only && all_texts)
    })
}

/// How much a header says about the fields; `None` when it cannot be one.
fn score(header: &Header, fields: &[Field], lexicon: &Lexicon) -> Option<u32> {
    let mut best: BTreeMap<usize, u32> = BTreeMap::new();
    let mut sentences = 0;
    for parts in header.titles.values() {
        if parts.iter().any(|part| part.chars().count() > LONGEST_TITLE) {
            sentences += 1;
        }
        let own = lexicon.matches(parts).into_iter().max_by_key(|(_, score)| *score);
        if let Some((place, score)) = own {
            let known = best.entry(place).or_default();
            *known = score.max(*known);
        }
    }
    let anchors = best.keys().filter(|place| fields.get(**place).is_some_and(|field| field.is_anchor)).count();
    let only_column = header.titles.len() == 1 && best.values().all(|score| *score == 100);
    if anchors == 0 || sentences > 0 || (best.len() < 2 && !only_column) {
        return None;
    }
    Some(best.values().sum())
}
