//! Where the table of a blank is: its header, the rows that wait, the labels that name them. Pure.
use super::{
    model::{Meaning, Rows, Setup, Whom},
    said::{self, Years},
};
use crate::{
    events::{Format, Level},
    imports::{are_close, digits, words},
    shell::AcademicYear,
};
use documents::{
    Row, Sheet,
    blank::{Blank, Form},
};
use intake::{
    blank::{Asked, asked, indicator, is_counted, is_total},
    values::{event, organisation::short_name, text::clean},
};
use kit::text::name_key;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Most rows that a blank may name: more is no blank.
pub const LABELS: usize = 1000;
/// Tables of a file that are looked at.
const TABLES: usize = 40;
/// Rows under a table whose words are read.
const BELOW: usize = 10;

/// The tables of a file that wait to be filled.
pub struct Tables {
    pub form: Form,
    pub all: Vec<Table>,
}

/// One of them.
pub struct Table {
    pub index: usize,
    pub name: String,
    pub layout: Layout,
}

impl Tables {
    /// Reads every table of a file once.
    pub fn of(blank: &Blank) -> Self {
        let shown = blank.sheets.iter().filter(|sheet| !sheet.hidden).take(TABLES);
        let table = |sheet: &Sheet| {
            let layout = of(blank, sheet.index)?;
            Some(Table { index: sheet.index, name: sheet.name.clone(), layout })
        };
        Self { form: blank.form, all: shown.filter_map(table).collect() }
    }

    pub fn get(&self, index: usize) -> Option<&Layout> {
        self.all.iter().find(|table| table.index == index).map(|table| &table.layout)
    }

    /// The table that asks for most of what is known, else the first.
    pub fn best(&self) -> Option<&Table> {
        let known = |t: &Table| t.layout.asked.columns.iter().filter(|c| c.field.is_some()).count();
        self.all.iter().max_by_key(|t| (known(t), std::cmp::Reverse(t.index)))
    }
}

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
    /// The row of the sum under rows that wait.
    pub foot: Option<Label>,
    /// The words above the table, the nearest first, with those of its sheet.
    pub above: Vec<String>,
    /// The words under it.
    pub below: Vec<String>,
}

impl Layout {
    /// The years that the words of a request name: above the table, in the title, under the table.
    pub fn years(&self, title: &str, file_name: &str) -> Option<Years> {
        said::first_years(self.texts(title, file_name))
    }

    /// Whose children these words mean.
    pub fn whom(&self, title: &str, file_name: &str) -> Option<Whom> {
        said::first_whom(self.texts(title, file_name))
    }

    fn texts<'a>(&'a self, title: &'a str, file_name: &'a str) -> impl Iterator<Item = &'a str> {
        let (above, below) = (self.above.iter().map(String::as_str), self.below.iter().map(String::as_str));
        above.chain([title, file_name]).chain(below)
    }
}

/// The table of a sheet.
pub fn of(blank: &Blank, index: usize) -> Option<Layout> {
    let place = blank.sheets.iter().position(|s| s.index == index)?;
    let sheet = blank.sheets.get(place)?;
    let asked = asked(sheet)?;
    let end = blank.lengths.get(place).copied();
    let labels = labels(sheet, &asked);
    let mut kept: BTreeMap<u32, BTreeMap<u16, String>> =
        labels.iter().filter_map(|l| Some((l.row, texts(row(sheet, l.row)?)))).collect();
    let (room, last) = room(sheet, &asked, end);
    let foot = if labels.is_empty() { foot(sheet, &asked) } else { None };
    if let Some(found) = foot.as_ref().and_then(|f| row(sheet, f.row)) {
        kept.insert(found.number, texts(found));
    }
    let line = |row: &Row| texts(row).into_values().collect::<Vec<_>>().join(" ");
    let header = asked.header_rows.first().copied().unwrap_or(1);
    let mut above: Vec<String> = sheet.rows.iter().filter(|row| row.number < header).map(line).collect();
    above.reverse();
    above.extend(blank.captions.get(place).into_iter().flat_map(|words| words.lines().rev()).map(clean));
    above.push(sheet.name.clone());
    let end = labels.last().map_or(asked.first_row, |l| l.row + 1).max(foot.as_ref().map_or(0, |f| f.row + 1));
    let below = sheet.rows.iter().filter(|row| row.number >= end).take(BELOW).map(line).collect();
    Some(Layout { asked, labels, room, last, kept, foot, above, below })
}

fn row(sheet: &Sheet, number: u32) -> Option<&Row> {
    let place = sheet.rows.binary_search_by_key(&number, |row| row.number).ok()?;
    sheet.rows.get(place)
}

/// The sum under rows that wait.
fn foot(sheet: &Sheet, asked: &Asked) -> Option<Label> {
    let mut below = sheet.rows.iter().filter(|row| row.number >= asked.first_row);
    let found = below.find(|row| !is_waiting(row, asked))?;
    let text = found.cells.iter().filter_map(|cell| cell.value.as_text()).find(|text| is_total(text))?;
    Some(Label { row: found.number, text: clean(text) })
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
        if found.len() > LABELS {
            break;
        }
        let Some(row) = row(sheet, number).filter(|row| !is_waiting(row, asked)) else { break };
        let number_column = asked.columns.iter().find(|c| c.field == Some("number")).map(|c| c.column);
        let label = row.cells.iter().find(|cell| {
            // «Итого» often stands under «№ п/п», over all the first columns.
            cell.value.as_text().is_some_and(|text| {
                is_total(text) || (Some(cell.column) != number_column && text.chars().any(char::is_alphanumeric))
            })
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

/// A digest of the header's words with their places, of what its rows name, and of whose memory it is: an
/// organisation teaches itself and nobody else.
pub fn shape(layout: &Layout, of: Option<Uuid>) -> String {
    let mut hash = Sha256::new();
    hash.update(layout.asked.shape().as_bytes());
    for column in &layout.asked.columns {
        hash.update(column.column.to_be_bytes());
    }
    hash.update([u8::from(layout.labels.is_empty())]);
    if let Some(id) = of {
        hash.update(id.as_bytes());
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a blank probably wants. `told`: for which years it is, and whose children it means.
pub fn guess(layout: &Layout, sheet: usize, names: &[(Uuid, String)], told: (Years, Option<Whom>)) -> Setup {
    let (years, whom) = told;
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
        from: years.from.to_string(),
        to: years.to.to_string(),
        whose: String::new(),
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
    // A table of organisations is of all their children, where it does not speak of the Centre.
    let usual = if rows == Rows::Organisation { Whom::All } else { Whom::Centre };
    whom.unwrap_or(usual).code().clone_into(&mut setup.whose);
    if rows == Rows::Year {
        // Years that stand in the rows are the period.
        let named = layout.labels.iter().filter_map(|l| year_in(&l.text));
        let (first, last) = (named.clone().min(), named.max());
        if let Some((first, last)) = first.zip(last).filter(|(first, last)| last.0 - first.0 < said::MOST_YEARS) {
            (setup.from, setup.to) = (first.to_string(), last.to_string());
        }
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

/// The one academic year that a title names.
pub fn year_in(text: &str) -> Option<AcademicYear> {
    said::years(text).filter(|y| y.from == y.to && !y.is_calendar).map(|y| y.from)
}

/// «7 класс», «7».
pub fn class(text: &str) -> Option<i64> {
    let digits: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
    let rest = text.trim().get(digits.len()..).unwrap_or_default().trim().to_lowercase();
    let is_class = rest.is_empty() || rest.starts_with("кл") || rest.starts_with("-й");
    digits.parse().ok().filter(|n| is_class && (1..=11).contains(n))
}
