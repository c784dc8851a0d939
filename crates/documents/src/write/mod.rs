//! Rows out: workbooks and delimited texts that open well in the programs people have.

mod annotate;
mod csv;
mod xlsx;

use chrono::{NaiveDate, NaiveDateTime};

pub use annotate::{Mark, annotate};
pub use csv::csv;
pub use xlsx::{book, xlsx};

/// A table to be written.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Name of the sheet; cut to what a tab may hold.
    pub title: String,
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// The rows; cells beyond the columns are left out.
    pub rows: Vec<Vec<Field>>,
    /// Lines under the table: who made it, when and why.
    pub footer: Vec<String>,
    /// When it was made, local time; written into the properties of the file.
    pub made: Option<NaiveDateTime>,
}

/// A sheet of a workbook of several.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// What stands on it.
    pub table: Table,
    /// A chart of bars beside it: the column with the words, the one with the numbers, and the first rows.
    pub chart: Option<Chart>,
}

/// A chart of bars drawn from the cells of its sheet.
#[derive(Clone, Debug)]
pub struct Chart {
    /// What stands over it.
    pub title: String,
    /// The column of names.
    pub names: u16,
    /// The column of numbers.
    pub numbers: u16,
    /// How many rows it draws, from the first.
    pub rows: u32,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// The header.
    pub title: String,
    /// How its cells are shown.
    pub kind: Kind,
}

impl Column {
    /// A column.
    #[must_use]
    pub fn new(title: impl Into<String>, kind: Kind) -> Self {
        Self { title: title.into(), kind }
    }
}

/// How the cells of a column are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// As text, whatever it looks like.
    Text,
    /// A whole number.
    Integer,
    /// A number with two decimals.
    Decimal,
    /// A day.
    Date,
}

/// A cell to be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Field {
    /// Nothing.
    #[default]
    Empty,
    /// Text. It stays text, also when it begins with `=`.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Date(NaiveDate),
}

impl From<&str> for Field {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Field {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<f64> for Field {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Field {
    fn from(number: i32) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<NaiveDate> for Field {
    fn from(day: NaiveDate) -> Self {
        Self::Date(day)
    }
}

impl<T: Into<Self>> From<Option<T>> for Field {
    fn from(field: Option<T>) -> Self {
        field.map_or(Self::Empty, Into::into)
    }
}

/// A file that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the workbook could not be written: {0}")]
pub struct WriteError(#[from] rust_xlsxwriter::XlsxError);
