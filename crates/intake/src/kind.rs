//! What a kind of file is: a table of fields, and how a row of it becomes values. A new kind is a module
//! under `kinds` that implements [`Kind`], and a line in [`find`].

use std::collections::HashMap;

use chrono::NaiveDate;
use documents::{Row, Value as Cell};

use crate::kinds;
use crate::reading::{Duplicates, EventGroup, Group, Problem, RowReading, Severity, SheetReading};
use crate::value::Value;
use crate::values::{Note, text::clean};
use crate::{Context, table::Plan};

/// A field of a kind.
#[derive(Debug)]
pub struct Field {
    /// The code, as in `columns[].field`.
    pub code: &'static str,
    /// What headers say for it: words in their order, each by its beginning («дата рожд»).
    pub headers: &'static [&'static str],
    /// Without one such field there is no table.
    pub is_anchor: bool,
    /// Whether a filled cell looks like this field. Used to tell columns apart, and rows from lines between
    /// them; `None` for free text.
    pub fits: Option<fn(&Cell) -> bool>,
}

impl Field {
    /// A field of free text.
    #[must_use]
    pub const fn new(code: &'static str, headers: &'static [&'static str]) -> Self {
        Self { code, headers, is_anchor: false, fits: None }
    }

    /// A field without which there is no table.
    #[must_use]
    pub const fn anchor(mut self) -> Self {
        self.is_anchor = true;
        self
    }

    /// A field whose cells are recognised by their content.
    #[must_use]
    pub const fn fitting(mut self, fits: fn(&Cell) -> bool) -> Self {
        self.fits = Some(fits);
        self
    }
}

/// A line between the rows that says something about the rows below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Name of the value that it gives.
    pub name: &'static str,
    /// The value.
    pub value: Value,
}

/// A kind of file.
pub trait Kind: Sync {
    /// The code on the command line.
    fn code(&self) -> &'static str;

    /// Its fields.
    fn fields(&self) -> &'static [Field];

    /// Why a sheet without a table is left out.
    fn without_table(&self) -> &'static str {
        "no_table"
    }

    /// Beginnings of words that make a column speak of somebody else than the rows do.
    fn other_people(&self) -> &'static [&'static str] {
        &[]
    }

    /// The section that a line of one text opens, if it does.
    fn section(&self, _text: &str) -> Option<Section> {
        None
    }

    /// Values that the titles above the table or the sheet's name give to all rows.
    fn defaults(&self, _sheet: &Facts<'_>) -> Vec<(&'static str, Value)> {
        Vec::new()
    }

    /// The day on which the list was made, guessed from its rows when the person did not say.
    fn guess_as_of(&self, _rows: &[Row], _plan: &Plan) -> Option<NaiveDate> {
        None
    }

    /// Names of the values of a row, in order.
    fn value_names(&self, facts: &Facts<'_>) -> Vec<&'static str>;

    /// Reads one row.
    fn read_row(&self, row: &RowView<'_>, out: &mut RowWriter<'_>);

    /// What can only be said when all rows are known: one writing for one organisation, groups of an event.
    fn harmonise(&self, _sheets: &mut [SheetReading], _context: &Context) -> Vec<EventGroup> {
        Vec::new()
    }

    /// Rows that say the same, and rows that only seem to.
    fn duplicates(&self, sheets: &[SheetReading]) -> (Duplicates, Vec<Group>);
}

/// The kind of a code: `organisations`, `resources`.
#[must_use]
pub fn find(code: &str) -> Option<&'static dyn Kind> {
    kinds::ALL.into_iter().find(|kind| kind.code() == code)
}

/// What is known about a sheet before its rows are read.
pub struct Facts<'a> {
    /// Name of the sheet.
    pub sheet_name: &'a str,
    /// Texts above the header, from top to bottom.
    pub titles: Vec<String>,
    /// Fields that have a column.
    pub fields: Vec<&'static str>,
    /// Whether lines between the rows divide them.
    pub has_sections: bool,
    /// What the person knows.
    pub context: &'a Context,
    /// The day on which the list was made, known or guessed.
    pub as_of: NaiveDate,
    /// Values for all rows.
    pub defaults: Vec<(&'static str, Value)>,
}

impl Facts<'_> {
    /// Whether a field has a column.
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        self.fields.contains(&field)
    }

    /// A value for all rows.
    #[must_use]
    pub fn default(&self, name: &str) -> Option<&Value> {
        self.defaults.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

/// A row as its kind sees it.
pub struct RowView<'a> {
    pub(crate) row: &'a Row,
    pub(crate) plan: &'a Plan,
    /// What is known about the sheet.
    pub facts: &'a Facts<'a>,
    /// The section the row stands in.
    pub section: Option<&'a Section>,
    pub(crate) merged: &'a HashMap<u16, &'a Row>,
}

static NOTHING: Cell = Cell::Empty;

impl RowView<'_> {
    /// The cell of a field; empty when there is no such column. A merged cell holds for the rows below it.
    #[must_use]
    pub fn cell(&self, field: &str) -> &Cell {
        let Some(column) = self.plan.column_of(field) else { return &NOTHING };
        let own = self.row.value(column);
        match self.merged.get(&column) {
            Some(upper) if own.is_blank() => upper.value(column),
            _ => own,
        }
    }

    /// What a person sees in the cell, cleaned; empty when there is nothing.
    #[must_use]
    pub fn text(&self, field: &str) -> String {
        match self.cell(field) {
            Cell::Text(text) => clean(text),
            cell => cell.to_string(),
        }
    }

    /// What stands in the cell, as written; `None` when it is blank.
    #[must_use]
    pub fn raw(&self, field: &str) -> Option<String> {
        let cell = self.cell(field);
        (!cell.is_blank()).then(|| cell.to_string())
    }
}

/// Where a kind puts what it read.
pub struct RowWriter<'a> {
    pub(crate) names: &'a [&'static str],
    pub(crate) plan: &'a Plan,
    pub(crate) row: RowReading,
}

impl RowWriter<'_> {
    /// Sets a value. A name that is none of [`Kind::value_names`] is passed over.
    pub fn set(&mut self, name: &str, value: Value) {
        let place = self.names.iter().position(|known| *known == name);
        if let Some(slot) = place.and_then(|place| self.row.values.get_mut(place)) {
            *slot = value;
        }
    }

    /// States that something is wrong with the cell of a field.
    pub fn problem(&mut self, field: &'static str, code: &'static str, severity: Severity, raw: Option<String>) {
        let column = self.plan.column_of(field).unwrap_or(0);
        let cell = format!("{}{}", documents::column_letters(column), self.row.row);
        self.row.problems.push(Problem { cell, column, field, code, severity, raw });
    }

    /// States what had to be cleaned in a name.
    pub fn note(&mut self, raw: &str) {
        for note in Note::of(raw) {
            if !self.row.notes.contains(&note) {
                self.row.notes.push(note);
            }
        }
    }
}
