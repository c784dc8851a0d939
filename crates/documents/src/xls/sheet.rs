//! One sheet of the binary format.

use std::collections::HashSet;

use super::Book;
use super::record::{Bytes, Records, kind, short_number};
use crate::model::{Cell, Region, Row, Sheet, Value};
use crate::number_format;
use crate::refusal::Refusal;

/// A sheet while it is read. Cells come in the order of their rows as a rule, but nothing promises it.
struct Reading<'b> {
    book: &'b Book<'b>,
    cells: Vec<(u16, Cell)>,
    hidden_rows: HashSet<u16>,
    sheet: Sheet,
    /// The cell whose formula gave a text: the text stands in a record of its own.
    awaits_text: Option<(u16, u16)>,
}

pub(super) fn read(mut records: Records<'_>, book: &Book<'_>, sheet: Sheet) -> Result<Sheet, Refusal> {
    let mut reading = Reading { book, cells: Vec::new(), hidden_rows: HashSet::new(), sheet, awaits_text: None };
    // Charts inside a sheet are streams inside the stream.
    let mut depth = 0;
    for record in records.by_ref() {
        match record.kind {
            kind::BEGIN => depth += 1,
            kind::END if depth <= 1 => break,
            kind::END => depth -= 1,
            kind if depth <= 1 => {
                reading.take(kind, Bytes::new(record.data))?;
            }
            _ => {}
        }
    }
    reading.finish()
}

impl Reading<'_> {
    /// `None` is a record too short for what it says; it is passed over.
    fn take(&mut self, kind: u16, mut data: Bytes<'_>) -> Result<Option<()>, Refusal> {
        match kind {
            kind::COLUMN => return Ok(self.column(&mut data)),
            kind::MERGED => return Ok(self.merged(&mut data)),
            kind::FORMULA_TEXT => return self.formula_text(&mut data),
            _ if !kind::OF_CELLS.contains(&kind) => return Ok(None),
            _ => {}
        }
        let (Some(row), Some(column)) = (data.short(), data.short()) else {
            return Ok(None);
        };
        match kind {
            kind::ROW => {
                if data.skip(8).and_then(Bytes::short).is_some_and(|flags| flags & 0x20 != 0) {
                    self.hidden_rows.insert(row);
                }
                return Ok(Some(()));
            }
            kind::SEVERAL_SHORT_NUMBERS => {
                let mut column = column;
                while data.remaining() >= 8 {
                    let (Some(format), Some(bits)) = (data.short(), data.long()) else {
                        break;
                    };
                    self.number(row, column, format, short_number(bits), false)?;
                    column = column.saturating_add(1);
                }
                return Ok(Some(()));
            }
            _ => {}
        }
        let Some(format) = data.short() else {
            return Ok(None);
        };
        match kind {
            kind::SHARED_LABEL => {
                let Some(place) = data.long() else {
                    return Ok(None);
                };
                if let Some(text) = self.book.texts.get(place as usize).cloned() {
                    self.push(row, column, Value::Text(text), false)?;
                }
            }
            kind::LABEL | kind::RICH_LABEL => {
                let Some(length) = data.short() else {
                    return Ok(None);
                };
                if let Some(text) = data.text(usize::from(length), self.book.charset) {
                    let text = self.book.budget.text(&text)?;
                    self.push(row, column, Value::Text(text), false)?;
                }
            }
            kind::NUMBER => {
                let Some(number) = data.double() else {
                    return Ok(None);
                };
                self.number(row, column, format, number, false)?;
            }
            kind::SHORT_NUMBER => {
                let Some(bits) = data.long() else {
                    return Ok(None);
                };
                self.number(row, column, format, short_number(bits), false)?;
            }
            kind::BOOL_OR_ERROR => {
                let (Some(value), Some(error)) = (data.byte(), data.byte()) else {
                    return Ok(None);
                };
                let value = if error == 0 { Value::Bool(value != 0) } else { self.error(value)? };
                self.push(row, column, value, false)?;
            }
            _ => self.formula(row, column, format, &mut data)?,
        }
        Ok(Some(()))
    }

    /// The stored outcome of a formula: a number, or a mark that it is something else.
    fn formula(&mut self, row: u16, column: u16, format: u16, data: &mut Bytes<'_>) -> Result<(), Refusal> {
        let Some(outcome) = data.double() else {
            return Ok(());
        };
        let [kind, _, value, _, _, _, mark @ ..] = outcome.to_le_bytes();
        if mark != [0xFF, 0xFF] {
            return self.number(row, column, format, outcome, true);
        }
        match kind {
            0 => self.awaits_text = Some((row, column)),
            1 => self.push(row, column, Value::Bool(value != 0), true)?,
            2 => {
                let error = self.error(value)?;
                self.push(row, column, error, true)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn formula_text(&mut self, data: &mut Bytes<'_>) -> Result<Option<()>, Refusal> {
        let Some((row, column)) = self.awaits_text.take() else {
            return Ok(None);
        };
        let Some(length) = data.short() else {
            return Ok(None);
        };
        let Some(text) = data.text(usize::from(length), self.book.charset) else {
            return Ok(None);
        };
        let text = self.book.budget.text(&text)?;
        self.push(row, column, Value::Text(text), true)?;
        Ok(Some(()))
    }

    fn number(&mut self, row: u16, column: u16, format: u16, number: f64, formula: bool) -> Result<(), Refusal> {
        if !number.is_finite() {
            return Ok(());
        }
        let shows = self.book.formats.get(usize::from(format)).copied().unwrap_or_default();
        let value = number_format::value(number, shows, self.book.from_1904, self.book.budget)?;
        self.push(row, column, value, formula)
    }

    fn error(&self, code: u8) -> Result<Value, Refusal> {
        let text = match code {
            0x00 => "#NULL!",
            0x07 => "#DIV/0!",
            0x0F => "#VALUE!",
            0x17 => "#REF!",
            0x1D => "#NAME?",
            0x24 => "#NUM!",
            _ => "#N/A",
        };
        Ok(Value::Error(self.book.budget.text(text)?))
    }

    fn push(&mut self, row: u16, column: u16, value: Value, formula: bool) -> Result<(), Refusal> {
        if value.as_text().is_none_or(|text| !text.is_empty()) {
            self.book.budget.cell()?;
            self.cells.push((row, Cell { value, column, formula }));
        }
        Ok(())
    }

    fn column(&mut self, data: &mut Bytes<'_>) -> Option<()> {
        let (first, last) = (data.short()?, data.short()?);
        let flags = data.skip(4)?.short()?;
        if flags & 1 == 1 {
            self.sheet.hidden_columns.extend(first..=last.min(255));
        }
        Some(())
    }

    fn merged(&mut self, data: &mut Bytes<'_>) -> Option<()> {
        for _ in 0..data.short()? {
            let (top, bottom) = (data.short()?, data.short()?);
            let (first_column, last_column) = (data.short()?, data.short()?);
            let ordered = top <= bottom && first_column <= last_column;
            if ordered && (top, first_column) != (bottom, last_column) && self.book.budget.region() {
                let (first_row, last_row) = (u32::from(top) + 1, u32::from(bottom) + 1);
                self.sheet.merges.push(Region { first_row, last_row, first_column, last_column });
            }
        }
        Some(())
    }

    fn finish(mut self) -> Result<Sheet, Refusal> {
        self.cells.sort_by_key(|(row, cell)| (*row, cell.column));
        self.cells.dedup_by_key(|(row, cell)| (*row, cell.column));
        for (row, cell) in self.cells {
            let number = u32::from(row) + 1;
            match self.sheet.rows.last_mut().filter(|last| last.number == number) {
                Some(last) => last.cells.push(cell),
                None => {
                    self.book.budget.row()?;
                    let hidden = self.hidden_rows.contains(&row);
                    self.sheet.rows.push(Row { number, hidden, cells: vec![cell] });
                }
            }
        }
        Ok(self.sheet)
    }
}
