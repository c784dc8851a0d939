//! Where the table of a blank is: its header, the rows that wait, the labels that name them. Pure.
use super::model::{Meaning, Rows, Setup};
use crate::{
    events::{Format, Level},
    imports::{are_close, digits, words},
    shell::AcademicYear,
};
use documents::{Row, Sheet, blank::Blank};
use intake::{
    blank::{Asked, asked, indicator, is_counted, is_total},
    values::{event, organisation::short_name, text::clean},
};
use kit::text::name_key;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A row that the blank has a name for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub row: u32,
    pub text: String,
}

/// A table that waits to be filled.
#[derive(Clone, Debug)]
pub struct Layout {
    pub asked: Asked,
    /// Rows that the blank names; without any, rows are made.
    pub labels: Vec<Label>,
    /// How many blank rows there are; none where the sheet has no end.
    pub room: Option<u32>,
    /// The last row that the table has of its own, which new ones look like.
    pub last: u32,
    /// The texts that stand in labelled rows, which stay.
    pub kept: BTreeMap<u32, BTreeMap<u16, String>>,
}

/// The table of a sheet.
pub fn of(blank: &Blank, index: usize) -> Option<Layout> {
    let place = blank.sheets.iter().position(|s| s.index == index)?;
    let sheet = blank.sheets.get(place)?;
    let asked = asked(sheet)?;
    let end = blank.lengths.get(place).copied();
    let labels = labels(sheet, &asked);
    let kept = labels.iter().filter_map(|l| Some((l.row, texts(row(sheet, l.row)?)))).collect();
    let (room, last) = room(sheet, &asked, end);
    Some(Layout { asked, labels, room, last, kept })
}

/// The first sheet with a table that waits: one in which some words are known before any other.
pub fn first(blank: &Blank) -> Option<usize> {
    let known = |s: &&Sheet| {
        of(blank, s.index).map(|l| l.asked.columns.iter().filter(|c| c.field.is_some()).count()).filter(|n| *n > 0)
    };
    let shown = || blank.sheets.iter().filter(|s| !s.hidden);
    let best = shown().filter(|s| known(s).is_some()).max_by_key(|s| (known(s), std::cmp::Reverse(s.index)));
    best.or_else(|| shown().find(|s| of(blank, s.index).is_some())).map(|s| s.index)
}

fn row(sheet: &Sheet, number: u32) -> Option<&Row> {
    sheet.rows.iter().find(|row| row.number == number)
}

fn texts(row: &Row) -> BTreeMap<u16, String> {
    row.cells.iter().map(|cell| (cell.column, clean(&cell.value.to_string()))).filter(|(_, t)| !t.is_empty()).collect()
}

/// Whether a row only bears its number, or formulas that wait for the others.
fn is_waiting(row: &Row, asked: &Asked) -> bool {
    let number = asked.columns.iter().find(|c| c.field == Some("number")).map_or(0, |c| c.column);
    row.cells.iter().all(|cell| {
        cell.formula
            || cell.value.is_blank()
            || (cell.column == number && cell.value.to_string().trim_end_matches('.').parse::<u32>().is_ok())
    })
}

/// The names that stand in rows directly under the header.
fn labels(sheet: &Sheet, asked: &Asked) -> Vec<Label> {
    let mut found = Vec::new();
    for number in asked.first_row.. {
        let Some(row) = row(sheet, number).filter(|row| !is_waiting(row, asked)) else { break };
        let number_column = asked.columns.iter().find(|c| c.field == Some("number")).map(|c| c.column);
        let label = row.cells.iter().find(|cell| {
            Some(cell.column) != number_column
                && cell.value.as_text().is_some_and(|text| text.chars().any(char::is_alphanumeric))
        });
        let Some(label) = label else { break };
        found.push(Label { row: number, text: clean(&label.value.to_string()) });
    }
    found
}

/// How many rows wait, and which is the last of them. Before a signature one blank row stays, before a
/// sum none does.
fn room(sheet: &Sheet, asked: &Asked, end: Option<u32>) -> (Option<u32>, u32) {
    let below = sheet.rows.iter().filter(|row| row.number >= asked.first_row);
    let numbered = below.clone().take_while(|row| is_waiting(row, asked)).map(|row| row.number).last();
    let foot = below.into_iter().find(|row| !is_waiting(row, asked));
    match (foot, end) {
        (Some(foot), _) => {
            let free = foot.number - asked.first_row;
            let is_sum = foot.cells.iter().any(|cell| cell.formula || cell.value.as_text().is_some_and(is_total));
            let is_tight = is_sum || end.is_some() || numbered.is_some_and(|last| last + 1 == foot.number);
            let free = if is_tight || free == 0 { free } else { free - 1 };
            (Some(free), (asked.first_row + free).saturating_sub(1))
        }
        (None, Some(end)) => (Some((end + 1).saturating_sub(asked.first_row)), end),
        (None, None) => (None, numbered.unwrap_or(asked.first_row)),
    }
}

/// A digest of the header's words and of what its rows name.
pub fn shape(layout: &Layout) -> String {
    let mut hash = Sha256::new();
    hash.update(layout.asked.shape().as_bytes());
    hash.update([u8::from(layout.labels.is_empty())]);
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a blank probably wants. `latest`: the year whose results are the newest.
pub fn guess(layout: &Layout, sheet: usize, names: &[(Uuid, String)], latest: AcademicYear) -> Setup {
    let columns: BTreeMap<u16, Meaning> = layout
        .asked
        .columns
        .iter()
        .map(|c| {
            let year = c.parts.iter().find_map(|part| year_in(part)).map(|y| y.to_string()).unwrap_or_default();
            let meaning =
                Meaning { field: c.field.unwrap_or_default().into(), level: c.level.unwrap_or_default().into(), year };
            (c.column, meaning)
        })
        .collect();
    let mut setup = Setup {
        sheet,
        rows: String::new(),
        from: latest.to_string(),
        to: latest.to_string(),
        whose: "centre".into(),
        of: "counted".into(),
        columns,
    };
    let has = |codes: &[&str]| setup.columns.values().any(|m| codes.contains(&m.field.as_str()));
    let counted = setup.columns.values().any(|m| is_counted(&m.field));
    let wins = layout.asked.columns.iter().any(|c| {
        let words = c.title().to_lowercase();
        words.contains("победител") || words.contains("призер") || words.contains("призёр")
    });
    let rows = by_labels(layout, names).unwrap_or({
        let child = has(super::model::PERSONAL);
        match () {
            () if child && has(&["event", "result", "place", "level"]) => Rows::Participation,
            () if child => Rows::Learner,
            () if has(&["event"]) => Rows::Edition,
            () if has(&["organisation", "organisation_full"]) => Rows::Organisation,
            () if has(&["indicator"]) => Rows::Indicator,
            () if counted && has(&["level"]) => Rows::Level,
            () if counted && has(&["subject"]) => Rows::Subject,
            () if counted && has(&["class"]) => Rows::Class,
            () if counted && has(&["format"]) => Rows::Format,
            () if counted && has(&["year"]) => Rows::Year,
            () => Rows::One,
        }
    });
    if wins && matches!(rows, Rows::Participation | Rows::Learner) {
        setup.of = "prizes".into();
    }
    rows.code().clone_into(&mut setup.rows);
    setup
}

/// What most of the labels name.
fn by_labels(layout: &Layout, names: &[(Uuid, String)]) -> Option<Rows> {
    let all = layout.labels.iter().filter(|l| !is_total(&l.text)).count();
    if all == 0 {
        return None;
    }
    let most = |is: &dyn Fn(&str) -> bool| layout.labels.iter().filter(|l| is(&l.text)).count() * 2 >= all;
    match () {
        () if most(&|text| organisation(text, names).is_some()) => Some(Rows::Organisation),
        () if most(&|text| indicator(text).is_some()) => Some(Rows::Indicator),
        () if most(&|text| level(text).is_some()) => Some(Rows::Level),
        () if most(&|text| format(text).is_some()) => Some(Rows::Format),
        () if most(&|text| year_in(text).is_some()) => Some(Rows::Year),
        () if most(&|text| class(text).is_some()) => Some(Rows::Class),
        () => None,
    }
}

/// The organisation that a label means: the same name, the same words, or a slip away from it. Of two
/// that fit none is taken.
pub fn organisation(text: &str, names: &[(Uuid, String)]) -> Option<Uuid> {
    let key = name_key(&short_name(text));
    let only = |fits: &dyn Fn(&str) -> bool| {
        let mut found = names.iter().filter(|(_, name)| fits(&name_key(name)));
        match (found.next(), found.next()) {
            (Some((id, _)), None) => Some(*id),
            _ => None,
        }
    };
    only(&|name| name == key)
        .or_else(|| only(&|name| words(name) == words(&key)))
        .or_else(|| only(&|name| digits(name) == digits(&key) && are_close(name, &key)))
}

pub fn level(text: &str) -> Option<Level> {
    event::level(text)?.parse().ok()
}

pub fn format(text: &str) -> Option<Format> {
    event::format(text)?.parse().ok()
}

/// The academic year that a title names.
pub fn year_in(text: &str) -> Option<AcademicYear> {
    let text = text.replace(['–', '—'], "-").replace(" - ", "-");
    let mut parts = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '/')));
    parts.find_map(|part| if part.contains(['-', '/']) { part.parse().ok() } else { None })
}

/// «7 класс», «7».
pub fn class(text: &str) -> Option<i64> {
    let digits: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
    let rest = text.trim().get(digits.len()..).unwrap_or_default().trim().to_lowercase();
    let is_class = rest.is_empty() || rest.starts_with("кл") || rest.starts_with("-й");
    digits.parse().ok().filter(|n| is_class && (1..=11).contains(n))
}
