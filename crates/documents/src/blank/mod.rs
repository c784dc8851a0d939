//! Forms that somebody else made: a blank table in a workbook or in a letter, read as it is and filled in
//! place. Only the cells that are filled change; styles, other sheets, pictures and texts stay as they lie in
//! the package.
//!
//! [`open`] shows the tables as sheets, those of a letter too, so that one reader finds headers in both.
//! [`fill`] puts values into cells that are blank; what stands in a cell already is never written over.

mod docx;
mod markup;
mod references;
mod styles;
#[cfg(test)]
mod tests;
mod xlsx;

use crate::archive::Archive;
use crate::budget::{Budget, Limits};
use crate::model::{Container, Sheet};
use crate::refusal::{Reason, Refusal};
use crate::{read, sniff};

/// What the form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A workbook.
    Xlsx,
    /// A letter with tables.
    Docx,
}

impl Form {
    /// The code, which is the file's extension too.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
        }
    }

    /// The kind of content for a browser.
    #[must_use]
    pub const fn media(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }
}

/// A form that was read.
#[derive(Clone, Debug)]
pub struct Blank {
    /// What it is.
    pub form: Form,
    /// Its sheets, or the tables of a letter as sheets.
    pub sheets: Vec<Sheet>,
    /// Rows of each table of a letter, blank ones too; a workbook's sheet has no end.
    pub lengths: Vec<u32>,
    /// The words that stand above each table of a letter, down from the table before it.
    pub captions: Vec<String>,
}

/// What is put into a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Put {
    /// Text; it stays text whatever it begins with.
    Text(String),
    /// A number.
    Number(f64),
    /// A share in percents; where the form's cell shows percents, it gets the fraction.
    Percents(f64),
    /// Nothing is known: the cell is marked yellow.
    Mark,
}

/// A cell to be filled.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Row from 1, counted after the insertion.
    pub row: u32,
    /// Column from 0.
    pub column: u16,
    /// What goes in.
    pub put: Put,
}

/// How one table is filled.
#[derive(Clone, Debug, Default)]
pub struct Filling {
    /// Place of the sheet or table.
    pub sheet: usize,
    /// The row that rows which are not there yet look like; inserted ones stand right under it.
    pub template: u32,
    /// How many rows are inserted under the template.
    pub inserted: u32,
    /// The cells.
    pub entries: Vec<Entry>,
}

/// A form that could not be filled.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// It cannot be read any more.
    #[error("the form cannot be read: {0}")]
    Read(#[from] Refusal),
    /// The archive.
    #[error("the archive cannot be written: {0}")]
    Archive(#[from] zip::result::ZipError),
    /// The archive.
    #[error("the archive cannot be written: {0}")]
    Write(#[from] std::io::Error),
}

/// Bounds for a form: a blank is small.
const LIMITS: Limits = Limits { input: 10 << 20, unpacked: 48 << 20, rows: 20_000, cells: 200_000, text: 8 << 20 };

/// Largest form, in bytes.
pub const LIMIT: u64 = LIMITS.input;

/// Reads a form.
///
/// # Errors
/// The reason why it cannot or must not be read.
pub fn open(bytes: &[u8], name: &str) -> Result<Blank, Refusal> {
    if bytes.len() as u64 > LIMITS.input {
        return Err(Refusal::new(Reason::TooLarge, "the file itself"));
    }
    if bytes.is_empty() {
        return Err(Refusal::new(Reason::Empty, "no bytes"));
    }
    if matches!(sniff::shape(bytes, Some(name))?, sniff::Shape::Zip) {
        let budget = Budget::new(LIMITS);
        let mut archive = Archive::open(bytes, &budget)?;
        archive.refuse_document_types()?;
        if archive.has("xl/vbaProject.bin") || archive.has("word/vbaProject.bin") {
            return Err(Refusal::new(Reason::Macros, "a part with macros"));
        }
        if archive.has("word/document.xml") {
            return docx::read(&mut archive);
        }
    }
    let book = read(bytes, Some(name), &LIMITS)?;
    if book.container != Container::Xlsx {
        return Err(Refusal::new(Reason::UnsupportedFormat, book.container.code()));
    }
    Ok(Blank { form: Form::Xlsx, sheets: book.sheets, lengths: Vec::new(), captions: Vec::new() })
}

/// Fills a form.
///
/// # Errors
/// As [`open`]; the archive's own.
pub fn fill(bytes: &[u8], form: Form, filling: &Filling) -> Result<Vec<u8>, FillError> {
    let budget = Budget::new(LIMITS);
    let mut archive = Archive::open(bytes, &budget)?;
    let changed = match form {
        Form::Xlsx => xlsx::changed(&mut archive, filling)?,
        Form::Docx => docx::changed(&mut archive, filling)?,
    };
    archive.with(&changed)
}
