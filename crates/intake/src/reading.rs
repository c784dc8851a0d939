//! What was read out of a file, row by row, with everything that was left out and why.
//! The JSON form is a contract: outside checks compare it with what a careful person reads.

use documents::TextInfo;
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use crate::Context;
use crate::value::Value;
use crate::values::Note;

/// A file as it was read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Code of the kind: `organisations`, `resources` …
    pub kind: &'static str,
    /// What the bytes are: `xlsx`, `csv` …
    pub container: &'static str,
    /// How the text was written; only for text files.
    pub text: Option<TextInfo>,
    /// What the person knew besides the file.
    pub context: Context,
    /// Rows that say the same.
    pub duplicates: Duplicates,
    /// Rows that look the same and are not.
    pub look_alikes: Vec<Group>,
    /// Rows about the same event, whatever its title; only for results.
    pub events: Vec<EventGroup>,
    /// All sheets of the file.
    pub sheets: Vec<SheetReading>,
}

/// Rows that say the same.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Duplicates {
    /// Equal after cleaning.
    pub exact: Vec<Group>,
    /// The same thing in another writing.
    pub near: Vec<Group>,
}

/// Rows that belong together, and why.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Group {
    /// `exact`, `yo_variant`, `twin` …
    pub reason: &'static str,
    /// The rows.
    pub rows: Vec<Place>,
}

/// Rows of one event.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct EventGroup {
    /// A label for the group.
    pub key: String,
    /// All titles under which it stands.
    pub titles: Vec<String>,
    /// Sheet and row of each.
    pub rows: Vec<(String, u32)>,
}

/// A row of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct Place {
    /// Name of the sheet.
    pub sheet: String,
    /// Number of the row, from 1.
    pub row: u32,
}

/// One sheet as it was read.
#[derive(Clone, Debug, Default)]
pub struct SheetReading {
    /// Name on the tab.
    pub name: String,
    /// Place among the sheets, from 0.
    pub index: usize,
    /// Hidden by its author.
    pub hidden: bool,
    /// Why it is left out; `None` when it is used.
    pub reason: Option<&'static str>,
    /// Rows of the header; none when the table has none.
    pub header_rows: Vec<u32>,
    /// Columns that are read.
    pub columns: Vec<Column>,
    /// Columns that are not.
    pub columns_ignored: Vec<IgnoredColumn>,
    /// Values that stand outside the columns, with `from`.
    pub defaults: Vec<(&'static str, Value)>,
    /// Fields whose merged cell holds for the rows below it.
    pub fill_down: Vec<&'static str>,
    /// Names of the values of every row, in their order.
    pub value_names: Vec<&'static str>,
    /// Rows that are read.
    pub rows: Vec<RowReading>,
    /// Rows that are not.
    pub ignored: Vec<IgnoredRow>,
}

/// A column that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Column from 0.
    pub column: u16,
    /// Its header, `upper / leaf`.
    pub header: String,
    /// Code of the field.
    pub field: &'static str,
    /// Hidden by its author.
    pub hidden: bool,
}

/// A column that is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoredColumn {
    /// Column from 0.
    pub column: u16,
    /// Its header, `upper / leaf`.
    pub header: String,
    /// `counter empty hidden_outdated computed other_person not_needed`.
    pub reason: &'static str,
    /// Hidden by its author.
    pub hidden: bool,
}

/// A row that is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct IgnoredRow {
    /// Number of the row, from 1.
    pub row: u32,
    /// `blank title column_numbers subtotal signature section_title repeated_header note stray_cell`.
    pub reason: &'static str,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The row is taken without the cell.
    Warning,
    /// The row is not taken as it stands.
    Error,
}

/// Something wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// Address of the cell, `B7`.
    pub cell: String,
    /// Column from 0, for marking the cell.
    #[serde(skip)]
    pub column: u16,
    /// Code of the field.
    pub field: &'static str,
    /// What is wrong; see [`crate::sentences`].
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What stands in the cell.
    pub raw: Option<String>,
}

/// A row that is read.
#[derive(Clone, Debug, Default)]
pub struct RowReading {
    /// Number of the row, from 1.
    pub row: u32,
    /// Hidden, but part of the list.
    pub hidden: bool,
    /// The values in the order of [`SheetReading::value_names`].
    pub values: Box<[Value]>,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What had to be cleaned in names.
    pub notes: Vec<Note>,
}

impl RowReading {
    /// The worst of its problems; `None` when the row is fine.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        self.problems.iter().map(|problem| problem.severity).max()
    }

    /// `ok`, `warning` or `error`.
    #[must_use]
    pub fn status(&self) -> &'static str {
        match self.severity() {
            None => "ok",
            Some(Severity::Warning) => "warning",
            Some(Severity::Error) => "error",
        }
    }
}

impl SheetReading {
    /// Whether its rows are taken.
    #[must_use]
    pub const fn is_used(&self) -> bool {
        self.reason.is_none()
    }

    /// A value of a row by its name; `None` when this sheet has no such value.
    #[must_use]
    pub fn value<'r>(&self, row: &'r RowReading, name: &str) -> Option<&'r Value> {
        let place = self.value_names.iter().position(|known| *known == name)?;
        row.values.get(place)
    }

    pub(crate) fn place(&self, row: u32) -> Place {
        Place { sheet: self.name.clone(), row }
    }
}

/// How many rows of which status there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Rows that are read.
    pub rows: usize,
    /// Of them without problems.
    pub ok: usize,
    /// Of them taken without some cell.
    pub warning: usize,
    /// Of them not taken.
    pub error: usize,
    /// Rows that are left out of the sheets in use.
    pub ignored: usize,
    /// Groups of equal rows.
    pub exact_duplicate_groups: usize,
    /// Groups of nearly equal rows.
    pub near_duplicate_groups: usize,
}

impl Reading {
    /// The rows that are read, with their sheets.
    pub fn rows(&self) -> impl Iterator<Item = (&SheetReading, &RowReading)> {
        self.sheets
            .iter()
            .filter(|sheet| sheet.is_used())
            .flat_map(|sheet| sheet.rows.iter().map(move |row| (sheet, row)))
    }

    /// How many rows of which status there are.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts {
            ignored: self.sheets.iter().filter(|sheet| sheet.is_used()).map(|sheet| sheet.ignored.len()).sum(),
            exact_duplicate_groups: self.duplicates.exact.len(),
            near_duplicate_groups: self.duplicates.near.len(),
            ..Counts::default()
        };
        for (_, row) in self.rows() {
            counts.rows += 1;
            match row.severity() {
                None => counts.ok += 1,
                Some(Severity::Warning) => counts.warning += 1,
                Some(Severity::Error) => counts.error += 1,
            }
        }
        counts
    }

    /// The JSON form. For large files serialise the reading itself into a writer: this builds it in memory.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

impl Serialize for Reading {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("container", self.container)?;
        map.serialize_entry("expect", "import")?;
        map.serialize_entry("kind", self.kind)?;
        if let Some(text) = &self.text {
            map.serialize_entry("text", &TextJson(text))?;
        }
        map.serialize_entry("context", &self.context)?;
        map.serialize_entry("counts", &self.counts())?;
        map.serialize_entry("duplicates", &self.duplicates)?;
        map.serialize_entry("look_alikes", &self.look_alikes)?;
        if !self.events.is_empty() {
            map.serialize_entry("events", &self.events)?;
        }
        map.serialize_entry("sheets", &self.sheets)?;
        map.end()
    }
}

struct TextJson<'a>(&'a TextInfo);

impl Serialize for TextJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("charset", self.0.charset)?;
        // A byte order mark has a meaning in Unicode only.
        if self.0.charset.starts_with("utf") {
            map.serialize_entry("bom", &self.0.bom)?;
        }
        map.serialize_entry("delimiter", &self.0.delimiter)?;
        map.serialize_entry("quote", &self.0.quote)?;
        map.end()
    }
}

impl Serialize for SheetReading {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("index", &self.index)?;
        map.serialize_entry("hidden", &self.hidden)?;
        map.serialize_entry("use", &self.is_used())?;
        if let Some(reason) = self.reason {
            map.serialize_entry("reason", reason)?;
            return map.end();
        }
        map.serialize_entry("header_rows", &self.header_rows)?;
        map.serialize_entry("columns", &self.columns)?;
        map.serialize_entry("columns_ignored", &self.columns_ignored)?;
        map.serialize_entry("defaults", &Entries(&self.defaults))?;
        map.serialize_entry("fill_down", &self.fill_down)?;
        let rows: Rows<'_> = Rows(self);
        map.serialize_entry("rows", &rows)?;
        map.serialize_entry("ignored", &self.ignored)?;
        map.end()
    }
}

struct Entries<'a>(&'a [(&'static str, Value)]);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

struct Rows<'a>(&'a SheetReading);

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.rows.iter().map(|row| RowJson { sheet: self.0, row }))
    }
}

struct RowJson<'a> {
    sheet: &'a SheetReading,
    row: &'a RowReading,
}

struct ValuesJson<'a>(&'a RowJson<'a>);

impl Serialize for ValuesJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.sheet.value_names.iter().zip(&self.0.row.values))
    }
}

impl Serialize for RowJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("row", &self.row.row)?;
        map.serialize_entry("status", self.row.status())?;
        map.serialize_entry("values", &ValuesJson(self))?;
        if !self.row.problems.is_empty() {
            map.serialize_entry("problems", &self.row.problems)?;
        }
        if !self.row.notes.is_empty() {
            let notes: Vec<&str> = self.row.notes.iter().map(|note| note.code()).collect();
            map.serialize_entry("notes", &notes)?;
        }
        if self.row.hidden {
            map.serialize_entry("hidden", &true)?;
        }
        map.end()
    }
}

impl Serialize for Column {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Column", 4)?;
        out.serialize_field("column", &documents::column_letters(self.column))?;
        out.serialize_field("header", &self.header)?;
        if self.hidden {
            out.serialize_field("hidden", &true)?;
        }
        out.serialize_field("field", self.field)?;
        out.end()
    }
}

impl Serialize for IgnoredColumn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("IgnoredColumn", 4)?;
        out.serialize_field("column", &documents::column_letters(self.column))?;
        out.serialize_field("header", &self.header)?;
        if self.hidden {
            out.serialize_field("hidden", &true)?;
        }
        out.serialize_field("reason", self.reason)?;
        out.end()
    }
}
