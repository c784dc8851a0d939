//! The file a person gave, handed back with what is wrong marked in it.

use std::collections::HashMap;

use rust_xlsxwriter::{Color, Format, FormatPattern, Note, Workbook as Writer, Worksheet};

use super::xlsx::{cut, moment, properties, tab_name};
use super::{Field, WriteError, xlsx};
use crate::model::{Cell, Sheet, Value, Workbook};

/// Notes a sheet carries at most; Excel slows down with more. The sentence stands in the last column anyway.
const MAX_NOTES: usize = 2000;

/// What is wrong with a cell or a row.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Place of the sheet in the file, from 0.
    pub sheet: usize,
    /// Number of the row, from 1.
    pub row: u32,
    /// Column from 0; `None` when the whole row is meant.
    pub column: Option<u16>,
    /// What is wrong and how to mend it.
    pub sentence: String,
    /// Without mending it the row is not taken; else only the cell is not.
    pub is_error: bool,
}

/// The rows of a workbook as xlsx, with bad cells filled and noted, and one more column that says what to
/// mend. Names of sheets, places of cells and hidden sheets stay; formats and formulas do not, their values do.
///
/// # Errors
/// When the workbook cannot be written.
pub fn annotate(workbook: &Workbook, marks: &[Mark], column_title: &str) -> Result<Vec<u8>, WriteError> {
    let mut writer = Writer::new();
    writer.set_properties(&properties("", None));
    let mut names: Vec<String> = Vec::new();
    for sheet in &workbook.sheets {
        let target = writer.add_worksheet_with_constant_memory()?;
        let name = Some(tab_name(&sheet.name)).filter(|name| !names.contains(name));
        let name = name.unwrap_or_else(|| format!("{}", sheet.index + 1));
        target.set_name(&name)?;
        names.push(name);
        let marks: Vec<&Mark> = marks.iter().filter(|mark| mark.sheet == sheet.index).collect();
        write_sheet(target, sheet, &marks, column_title)?;
        if sheet.hidden && workbook.sheets.iter().any(|sheet| !sheet.hidden) {
            target.set_hidden(true);
        }
    }
    let first_shown = workbook.sheets.iter().position(|sheet| !sheet.hidden).unwrap_or(0);
    writer.worksheet_from_index(first_shown)?.set_active(true);
    Ok(writer.save_to_buffer()?)
}

fn write_sheet(target: &mut Worksheet, sheet: &Sheet, marks: &[&Mark], column_title: &str) -> Result<(), WriteError> {
    let mut by_row: HashMap<u32, Vec<&Mark>> = HashMap::new();
    for mark in marks {
        by_row.entry(mark.row).or_default().push(mark);
    }
    let last = sheet.rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column).max().unwrap_or(0);
    let advice_column = last.saturating_add(1);
    let first_marked = marks.iter().map(|mark| mark.row).min();
    // The title of the new column stands in the last filled row above the first mark, as a rule the header.
    let title_row = first_marked.and_then(|first| {
        let above = sheet.rows.iter().filter(|row| row.number < first && row.cells.len() > 1);
        above.map(|row| row.number).next()
    });
    for column in &sheet.hidden_columns {
        target.set_column_hidden(*column)?;
    }
    if first_marked.is_some() {
        target.set_column_width(advice_column, 60.0)?;
    }
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap();
    let mut notes = 0;
    for row in &sheet.rows {
        let number = row.number - 1;
        let marks = by_row.get(&row.number).map(Vec::as_slice).unwrap_or_default();
        let mut columns: Vec<u16> = row.cells.iter().map(|cell| cell.column).collect();
        columns.extend(marks.iter().filter_map(|mark| mark.column));
        columns.sort_unstable();
        columns.dedup();
        for column in columns {
            let here: Vec<&&Mark> = marks.iter().filter(|mark| mark.column == Some(column)).collect();
            let empty = Cell { value: Value::Empty, column, formula: false };
            let cell = row.cell(column).unwrap_or(&empty);
            write_cell(target, number, cell, &cell_format(&cell.value, &here))?;
            if !here.is_empty() && notes < MAX_NOTES {
                let text = here.iter().map(|mark| mark.sentence.as_str()).collect::<Vec<_>>().join("\n");
                target.insert_note(number, column, &Note::new(short(&text)).add_author_prefix(false))?;
                notes += 1;
            }
        }
        if title_row == Some(row.number) {
            target.write_string_with_format(number, advice_column, cut(column_title), &bold)?;
        } else if !marks.is_empty() {
            let text = marks.iter().map(|mark| mark.sentence.as_str()).collect::<Vec<_>>().join("\n");
            target.write_string_with_format(number, advice_column, cut(&text), &wrapped)?;
        }
        if row.hidden {
            target.set_row_hidden(number)?;
        }
    }
    Ok(())
}

fn short(text: &str) -> String {
    text.chars().take(1000).collect()
}

fn cell_format(value: &Value, marks: &[&&Mark]) -> Format {
    let format = match value {
        Value::Date(_) => Format::new().set_num_format("dd.mm.yyyy"),
        Value::DateTime(_) => Format::new().set_num_format("dd.mm.yyyy hh:mm"),
        Value::Text(_) => Format::new().set_num_format("@"),
        _ => Format::new(),
    };
    let colour = match marks {
        [] => return format,
        marks if marks.iter().any(|mark| mark.is_error) => 0x00FF_C7CE,
        _ => 0x00FF_EB9C,
    };
    format.set_background_color(Color::RGB(colour)).set_pattern(FormatPattern::Solid)
}

fn write_cell(target: &mut Worksheet, row: u32, cell: &Cell, format: &Format) -> Result<(), WriteError> {
    let field = match &cell.value {
        Value::Empty => {
            target.write_blank(row, cell.column, format)?;
            return Ok(());
        }
        Value::Bool(truth) => {
            target.write_boolean_with_format(row, cell.column, *truth, format)?;
            return Ok(());
        }
        Value::DateTime(day) => {
            if let Some(moment) = moment(*day) {
                target.write_datetime_with_format(row, cell.column, &moment, format)?;
                return Ok(());
            }
            Field::Text(cell.value.to_string())
        }
        Value::Text(text) | Value::Error(text) => Field::Text(text.to_string()),
        Value::Number(number) => Field::Number(*number),
        Value::Date(day) => Field::Date(*day),
    };
    Ok(xlsx::write(target, row, cell.column, &field, format)?)
}
