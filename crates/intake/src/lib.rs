//! Reads messy tables as a careful person would: finds the sheet, the header and the rows, says what each
//! column means, normalises every value, and says of everything left out why. Pure: no file is opened, no
//! clock is read. It knows the vocabulary of schools; what a spreadsheet is made of is `documents`' business.
//!
//! ```
//! use intake::{Context, read};
//!
//! let text = "Название;Вид ресурса;Вместимость\nТеплица;кабинет;до 15 чел.\n";
//! let workbook = documents::read(text.as_bytes(), None, &documents::Limits::default()).unwrap();
//! let reading = read("resources", &workbook, &Context::default(), None).unwrap();
//! let (sheet, row) = reading.rows().next().unwrap();
//! assert_eq!(sheet.value(row, "capacity").and_then(|value| value.as_number()), Some(15.0));
//! ```
//!
//! A new kind of file is a module under `kinds`: a table of fields with the words of their headers, and a
//! function that makes values of a row.

pub mod blank;
mod context;
mod duplicates;
mod kind;
mod kinds;
mod read;
mod reading;
pub mod sentences;
mod table;
mod value;
pub mod values;

pub use context::{Context, Mapping};
pub use kind::{Facts, Field, Kind, RowView, RowWriter, Section, find as kind};
pub use read::{UnknownKind, read, read_as};
pub use reading::{
    Column, Counts, Duplicates, EventGroup, Group, IgnoredColumn, IgnoredRow, Place, Problem, Reading, RowReading,
    Severity, SheetReading,
};
pub use sentences::problem_sentence;
pub use value::Value;
