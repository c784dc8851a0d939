//! Finding the table in a sheet: its header, its columns, its rows.

mod columns;
mod header;
mod lexicon;
mod rows;

use std::collections::HashMap;

use documents::{Row, Sheet};

use crate::Mapping;
use crate::kind::{Field, Kind};
use crate::reading::{Column, IgnoredColumn};

pub(crate) use lexicon::{Lexicon, is_counter, key as header_key, words};
pub(crate) use rows::{Class, Classifier};

use header::Header;

/// Where the table of a sheet is and what its columns mean.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) header_rows: Vec<u32>,
    pub(crate) columns: Vec<Column>,
    pub(crate) ignored: Vec<IgnoredColumn>,
    /// Number of the first row under the header.
    pub(crate) first_row: u32,
    /// For each column: merged rows under the header, from the top one to the lowest.
    merged: HashMap<u16, Vec<(u32, u32)>>,
}

impl Plan {
    /// The column of a field, from 0.
    #[must_use]
    pub fn column_of(&self, field: &str) -> Option<u16> {
        self.columns.iter().find(|column| column.field == field).map(|column| column.column)
    }

    pub(crate) fn field_at(&self, column: u16) -> Option<&'static str> {
        self.columns.iter().find(|known| known.column == column).map(|known| known.field)
    }

    pub(crate) fn is_mapped(&self, column: u16) -> bool {
        self.field_at(column).is_some()
    }

    pub(crate) fn is_anchor(&self, column: u16, kind: &dyn Kind) -> bool {
        self.field_at(column)
            .is_some_and(|code| kind.fields().iter().any(|field| field.code == code && field.is_anchor))
    }

    pub(crate) fn is_counter(&self, column: u16) -> bool {
        self.ignored.iter().any(|known| known.column == column && known.reason == "counter")
    }

    /// Fields whose merged cell holds for the rows below it.
    pub(crate) fn fill_down(&self) -> Vec<&'static str> {
        self.columns
            .iter()
            .filter(|column| self.merged.contains_key(&column.column))
            .map(|column| column.field)
            .collect()
    }

    /// For each merged column: the number of the row whose cell holds for this row.
    pub(crate) fn upper_rows(&self, row: u32) -> impl Iterator<Item = (u16, u32)> + '_ {
        self.merged.iter().filter_map(move |(column, spans)| {
            let place = spans.partition_point(|(first, _)| *first <= row).checked_sub(1)?;
            let (first, last) = spans.get(place)?;
            (*first < row && row <= *last).then_some((*column, *first))
        })
    }
}

/// The table of a sheet, if the kind finds one in it.
pub(crate) fn find(sheet: &Sheet, kind: &dyn Kind, mapping: Option<&Mapping>) -> Option<Plan> {
    let fields = kind.fields();
    let lexicon = Lexicon::new(fields, kind.other_people());
    let header = header::find(sheet, fields, &lexicon).or_else(|| remembered(sheet, mapping?)).unwrap_or_default();
    let (columns, ignored) = columns::assign(sheet, &header, fields, &lexicon, mapping);
    let is_anchor = |column: &Column| fields.iter().any(|field| field.is_anchor && field.code == column.field);
    // Without a header the content must speak for two columns, else any sheet of texts is a list.
    let least = if header.rows.is_empty() { 2 } else { 1 };
    if columns.len() < least || !columns.iter().any(is_anchor) {
        return None;
    }
    let first_row = match header.rows.last() {
        Some(last) => last + 1,
        None => first_fitting_row(&sheet.rows, &columns, fields)?,
    };
    let merged = merged(sheet, first_row, &columns);
    Some(Plan { header_rows: header.rows, columns, ignored, first_row, merged })
}

/// The rows of a header, and the titles over each column.
type Titles = (Vec<u32>, std::collections::BTreeMap<u16, Vec<String>>);

/// The header that speaks of most fields.
pub(crate) fn best_header(sheet: &Sheet, fields: &[Field], lexicon: &Lexicon) -> Option<Titles> {
    let found = header::find(sheet, fields, lexicon)?;
    let whole = header::deepened(sheet, found);
    Some((whole.rows, whole.titles))
}

/// A header told by its shape alone: the first rows with titles beside each other.
pub(crate) fn shaped_header(sheet: &Sheet) -> Option<Titles> {
    header::shaped(sheet).map(|header| (header.rows, header.titles))
}

/// A header in words only the person knows: the row with most of the remembered titles.
fn remembered(sheet: &Sheet, mapping: &Mapping) -> Option<Header> {
    let known =
        |row: &&Row| row.cells.iter().filter(|cell| mapping.field_of(&cell.value.to_string()).is_some()).count();
    let row = sheet
        .rows
        .iter()
        .take(60)
        .filter(|row| known(row) > 0)
        .max_by_key(|row| (known(row), std::cmp::Reverse(row.number)))?;
    Some(Header { rows: vec![row.number], titles: header::titles(sheet, &[row]) })
}

fn first_fitting_row(rows: &[Row], columns: &[Column], fields: &[Field]) -> Option<u32> {
    let fits = |row: &&Row| {
        let good = columns.iter().filter(|column| {
            let fits = fields.iter().find(|field| field.code == column.field).and_then(|field| field.fits);
            fits.is_some_and(|fits| fits(row.value(column.column)))
        });
        good.count() >= 2
    };
    rows.iter().find(fits).map(|row| row.number)
}

fn merged(sheet: &Sheet, first_row: u32, columns: &[Column]) -> HashMap<u16, Vec<(u32, u32)>> {
    let mut merged: HashMap<u16, Vec<(u32, u32)>> = HashMap::new();
    for region in &sheet.merges {
        let mapped = columns.iter().any(|column| column.column == region.first_column);
        if mapped && region.first_row >= first_row && region.last_row > region.first_row {
            merged.entry(region.first_column).or_default().push((region.first_row, region.last_row));
        }
    }
    for spans in merged.values_mut() {
        spans.sort_unstable();
    }
    merged
}
