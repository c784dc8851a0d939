//! Spreadsheets in, rows out; rows in, spreadsheets out. The heavy dependencies live here alone,
//! and no word of what the rows are about: reading meaning into them is the caller's business.
//!
//! [`read`] takes the bytes of an uploaded file and gives a [`Workbook`] or a [`Refusal`] that says
//! in plain words what is wrong and how to mend it. Four promises hold for any input, however hostile:
//!
//! - nothing is reserved because a file *declares* it: sizes are counted while unpacking;
//! - no entity is resolved and no document type definition is accepted;
//! - names inside an archive are only compared, never used as paths;
//! - no panic, and memory is bounded by [`Limits`].
//!
//! [`blank`] fills a form that somebody else made, in place. [`write`] makes xlsx and csv whose text cells stay text whatever they begin with. [`paper`] is an
//! official document as data; [`pdf`] and [`docx`] lay it out, and [`cases`] puts Russian names and
//! posts into the case that a sentence asks for.
//! [`scan`] finds the QR codes on scanned pages.

mod archive;
pub mod blank;
mod budget;
pub mod cases;
mod cfb;
pub mod docx;
mod html;
mod model;
mod number_format;
mod ods;
pub mod paper;
#[cfg(feature = "pdf")]
pub mod pdf;
mod refusal;
pub mod scan;
mod sniff;
mod text;
pub mod write;
mod xls;
mod xlsx;
mod xml;

pub use budget::Limits;
pub use model::{Cell, Container, Region, Row, Sheet, TextInfo, Value, Workbook, column_letters};
pub use refusal::{Reason, Refusal};

use budget::Budget;
use sniff::Shape;

/// Reads a spreadsheet or a delimited text. What the bytes are is told by the bytes;
/// `name_hint` (the file's name) only decides between equals, and never overrules the content.
///
/// # Errors
/// A [`Refusal`] with its reason when the file cannot or must not be read, or holds no filled cell.
pub fn read(bytes: &[u8], name_hint: Option<&str>, limits: &Limits) -> Result<Workbook, Refusal> {
    if bytes.len() as u64 > limits.input {
        return Err(Refusal::new(Reason::TooLarge, "the file itself"));
    }
    let budget = Budget::new(limits.clone());
    let shape = sniff::shape(bytes, name_hint)?;
    let container = shape.container();
    let workbook = match shape {
        Shape::Zip => archive::read_office(bytes, &budget),
        Shape::CompoundFile => xls::read(bytes, &budget),
        Shape::Html => html::read(bytes, &budget),
        Shape::Text => text::read(bytes, &budget),
    };
    let workbook = workbook.map_err(|refusal| refusal.within(container))?;
    if workbook.sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(Refusal::new(Reason::Empty, "no filled cell").within(Some(workbook.container)));
    }
    Ok(workbook)
}
