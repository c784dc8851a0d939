//! What a spreadsheet is once it is read: sheets of rows of cells, sparse, so that a stray cell at
//! XFD1048576 costs one cell.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};

/// A file that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Workbook {
    /// What the bytes really are.
    pub container: Container,
    /// How the text was written; only for csv, tsv and txt.
    pub text: Option<TextInfo>,
    /// The sheets in the order of their tabs. A text file has one, named after its container.
    pub sheets: Vec<Sheet>,
}

/// What the bytes of a file are, whatever its extension says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Container {
    /// Office Open XML.
    Xlsx,
    /// Office Open XML closed with a password.
    EncryptedOoxml,
    /// The binary format of Excel 5 to 2003.
    Xls,
    /// OpenDocument.
    Ods,
    /// A table of a web page, often saved under the extension xls.
    Html,
    /// Text divided by `;`, `,` or `|`.
    Csv,
    /// Text divided by tabs.
    Tsv,
    /// Text with one value a line.
    Txt,
}

impl Container {
    /// The code used in reports and on the command line.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::EncryptedOoxml => "encrypted-ooxml",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Txt => "txt",
        }
    }
}

/// How a text file was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextInfo {
    /// `utf-8`, `utf-16le`, `utf-16be`, `windows-1251`, `koi8-r` or `ibm866`.
    pub charset: &'static str,
    /// Whether a byte order mark stood in front. Without a meaning for one-byte charsets.
    pub bom: bool,
    /// The character between cells; `None` when there is one column.
    pub delimiter: Option<char>,
    /// The character around cells that hold a delimiter or a line break.
    pub quote: char,
}

/// One sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The name on the tab.
    pub name: String,
    /// Place among all sheets of the file, from 0.
    pub index: usize,
    /// Hidden by its author.
    pub hidden: bool,
    /// Rows with at least one filled cell, by rising number. A number that is missing is a blank row.
    pub rows: Vec<Row>,
    /// Columns hidden by their author, from 0.
    pub hidden_columns: BTreeSet<u16>,
    /// Merged regions of more than one cell.
    pub merges: Vec<Region>,
}

/// One row that is not blank.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Number as a spreadsheet shows it, from 1. In text files: the number of the record.
    pub number: u32,
    /// Hidden by its author or by a filter.
    pub hidden: bool,
    /// Filled cells by rising column.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell in a column (from 0), when it is filled.
    #[must_use]
    pub fn cell(&self, column: u16) -> Option<&Cell> {
        // Most rows are dense from column A, so the column is usually the place as well.
        if let Some(cell) = self.cells.get(usize::from(column))
            && cell.column == column
        {
            return Some(cell);
        }
        let place = self.cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        self.cells.get(place)
    }

    /// The value in a column (from 0); [`Value::Empty`] when nothing stands there.
    #[must_use]
    pub fn value(&self, column: u16) -> &Value {
        self.cell(column).map_or(&Value::Empty, |cell| &cell.value)
    }
}

/// One filled cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What the cell shows. Never [`Value::Empty`], nor an empty text.
    pub value: Value,
    /// Column from 0.
    pub column: u16,
    /// The value was computed by a formula and stored beside it.
    pub formula: bool,
}

/// The value of a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Text as written, with its spaces; equal texts of a file share their memory.
    Text(Arc<str>),
    /// A number without a date format.
    Number(f64),
    /// A truth value.
    Bool(bool),
    /// A number shown as a day.
    Date(NaiveDate),
    /// A number shown as a day with a time.
    DateTime(NaiveDateTime),
    /// An error such as `#N/A`.
    Error(Arc<str>),
}

impl Value {
    /// The text, when it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Nothing to see: no value, or a text of spaces.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.chars().all(char::is_whitespace),
            _ => false,
        }
    }
}

impl fmt::Display for Value {
    /// What a person sees in the cell: whole numbers without a point, days as `31.12.2025`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(text) | Self::Error(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Bool(true) => f.write_str("ИСТИНА"),
            Self::Bool(false) => f.write_str("ЛОЖЬ"),
            Self::Date(day) => write!(f, "{}", day.format("%d.%m.%Y")),
            Self::DateTime(moment) => write!(f, "{}", moment.format("%d.%m.%Y %H:%M")),
        }
    }
}

/// A rectangle of cells, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Topmost row, from 1.
    pub first_row: u32,
    /// Lowest row, from 1.
    pub last_row: u32,
    /// Leftmost column, from 0.
    pub first_column: u16,
    /// Rightmost column, from 0.
    pub last_column: u16,
}

impl Region {
    /// Whether a cell lies inside.
    #[must_use]
    pub const fn contains(&self, row: u32, column: u16) -> bool {
        self.first_row <= row && row <= self.last_row && self.first_column <= column && column <= self.last_column
    }
}

/// The letters of a column as spreadsheets show them: 0 is `A`, 26 is `AA`.
#[must_use]
pub fn column_letters(column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// Reads a reference such as `AB12` into (row from 1, column from 0).
pub(crate) fn cell_reference(text: &str) -> Option<(u32, u16)> {
    let text = text.as_bytes();
    let mut column: u32 = 0;
    let mut place = 0;
    for byte in text {
        let letter = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a',
            b'$' => {
                place += 1;
                continue;
            }
            _ => break,
        };
        column = column.checked_mul(26)?.checked_add(u32::from(letter) + 1)?;
        place += 1;
    }
    let digits = std::str::from_utf8(text.get(place..)?).ok()?;
    let row: u32 = digits.parse().ok()?;
    let column = u16::try_from(column.checked_sub(1)?).ok()?;
    (row > 0 && column < 16_384).then_some((row, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_references_agree() {
        for column in [0, 1, 25, 26, 27, 701, 702, 16_383] {
            assert_eq!(cell_reference(&format!("{}7", column_letters(column))), Some((7, column)));
        }
        assert_eq!(column_letters(16_383), "XFD");
        assert_eq!(cell_reference("A0"), None);
        assert_eq!(cell_reference("XFE1"), None);
        assert_eq!(cell_reference("ZZZZZZZZZZZZ1"), None);
        assert_eq!(cell_reference("$B$3"), Some((3, 1)));
    }

    #[test]
    fn a_row_finds_cells_dense_or_sparse() {
        let cell = |column| Cell { value: Value::Number(f64::from(column)), column, formula: false };
        let row = Row { number: 1, hidden: false, cells: vec![cell(0), cell(1), cell(5)] };
        assert_eq!(row.value(1), &Value::Number(1.0));
        assert_eq!(row.value(5), &Value::Number(5.0));
        assert_eq!(row.value(2), &Value::Empty);
    }
}
