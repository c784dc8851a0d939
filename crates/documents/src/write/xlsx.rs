//! Workbooks of one sheet, written row by row: memory does not grow with the table.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use rust_xlsxwriter::{Chart, ChartType, DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Column, Field, Kind, Sheet, Table, WriteError};

/// A cell holds no more characters than this.
const LONGEST_TEXT: usize = 32_767;

/// Writes a table as xlsx: bold header that stays in sight, filters, widths by content, typed cells.
/// Text stays text whatever it begins with: it is stored as such, not typed in.
///
/// # Errors
/// When the temporary file cannot be written, or the table has more than 1,048,576 rows.
pub fn xlsx(table: &Table) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&table.title, table.made));
    fill(workbook.add_worksheet_with_constant_memory()?, &tab_name(&table.title), table)?;
    Ok(workbook.save_to_buffer()?)
}

/// Writes several sheets as one workbook, each as [`xlsx`] does, with charts of bars where they are wanted.
///
/// # Errors
/// As [`xlsx`].
pub fn book(title: &str, sheets: &[Sheet]) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(title, sheets.first().and_then(|sheet| sheet.table.made)));
    let mut names: Vec<String> = Vec::new();
    for sheet in sheets {
        let name = Some(tab_name(&sheet.table.title)).filter(|name| !names.contains(name));
        let name = name.unwrap_or_else(|| (names.len() + 1).to_string());
        let target = workbook.add_worksheet_with_constant_memory()?;
        fill(target, &name, &sheet.table)?;
        if let Some(wanted) = sheet.chart.as_ref().filter(|chart| chart.rows > 0) {
            let last = wanted.rows;
            let mut chart = Chart::new(ChartType::Bar);
            chart.add_series().set_categories((name.as_str(), 1, wanted.names, last, wanted.names)).set_values((
                name.as_str(),
                1,
                wanted.numbers,
                last,
                wanted.numbers,
            ));
            chart.title().set_name(&wanted.title);
            chart.legend().set_hidden();
            let below = u32::try_from(sheet.table.rows.len() + sheet.table.footer.len()).unwrap_or(u32::MAX);
            target.insert_chart(below.saturating_add(4), 0, &chart)?;
        }
        names.push(name);
    }
    Ok(workbook.save_to_buffer()?)
}

fn fill(sheet: &mut Worksheet, name: &str, table: &Table) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    let last_column = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let last_row = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    for (column, width) in widths(table) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    if !table.columns.is_empty() {
        sheet.autofilter(0, 0, last_row, last_column)?;
    }
    let bold = Format::new().set_bold().set_text_wrap();
    for (column, header) in (0_u16..).zip(&table.columns) {
        sheet.write_string_with_format(0, column, cut(&header.title), &bold)?;
    }
    let formats: Vec<Format> = table.columns.iter().map(|column| format(column.kind)).collect();
    for (row, cells) in (1_u32..).zip(&table.rows) {
        for ((column, cell), format) in (0_u16..).zip(cells).zip(&formats) {
            write(sheet, row, column, cell, format)?;
        }
    }
    for (row, line) in (last_row.saturating_add(2)..).zip(&table.footer) {
        sheet.write_string(row, 0, cut(line))?;
    }
    Ok(())
}

pub(super) fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Field,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Field::Empty => {}
        Field::Text(text) => {
            sheet.write_string_with_format(row, column, cut(text), format)?;
        }
        Field::Number(number) => {
            sheet.write_number_with_format(row, column, *number, format)?;
        }
        Field::Date(day) => match moment(day.and_time(chrono::NaiveTime::MIN)) {
            Some(moment) => {
                sheet.write_datetime_with_format(row, column, &moment, format)?;
            }
            // Days before 1900 exist for people, not for spreadsheets.
            None => {
                sheet.write_string(row, column, day.format("%d.%m.%Y").to_string())?;
            }
        },
    }
    Ok(())
}

/// A moment as workbooks store it; `None` before 1900.
pub(super) fn moment(moment: NaiveDateTime) -> Option<ExcelDateTime> {
    let day = moment.date();
    let part = |number: u32| u8::try_from(number).ok();
    let year = u16::try_from(day.year()).ok().filter(|year| (1900..10_000).contains(year))?;
    let time = moment.time();
    ExcelDateTime::from_ymd(year, part(day.month())?, part(day.day())?)
        .ok()?
        .and_hms(u16::try_from(time.hour()).ok()?, part(time.minute())?, f64::from(time.second()))
        .ok()
}

/// The library would put the wall clock into the file; the caller's time makes equal tables equal files.
pub(super) fn properties(title: &str, made: Option<NaiveDateTime>) -> DocProperties {
    let start = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default().and_time(chrono::NaiveTime::MIN);
    let properties = DocProperties::new().set_title(cut(title));
    match moment(made.unwrap_or(start)) {
        Some(moment) => properties.set_creation_datetime(&moment),
        None => properties,
    }
}

/// A tab holds 31 characters and none of `[ ] : * ? / \`.
pub(super) fn tab_name(title: &str) -> String {
    let allowed = title.chars().map(|letter| if "[]:*?/\\".contains(letter) { ' ' } else { letter });
    let name: String = allowed.take(31).collect();
    let name = name.trim_matches(|letter: char| letter == '\'' || letter.is_whitespace());
    if name.is_empty() { "1".to_owned() } else { name.to_owned() }
}

pub(super) fn cut(text: &str) -> String {
    // Excel counts UTF-16 units.
    let mut units = 0;
    text.chars()
        .take_while(|letter| {
            units += letter.len_utf16();
            units <= LONGEST_TEXT
        })
        .collect()
}

fn format(kind: Kind) -> Format {
    match kind {
        Kind::Text => Format::new().set_num_format("@").set_text_wrap(),
        Kind::Integer => Format::new().set_num_format("0"),
        Kind::Decimal => Format::new().set_num_format("0.00"),
        Kind::Date => Format::new().set_num_format("dd.mm.yyyy"),
    }
}

/// Widths that show most of the first thousand rows, within reason.
fn widths(table: &Table) -> impl Iterator<Item = (u16, f64)> + '_ {
    (0_u16..).zip(&table.columns).map(|(place, column): (u16, &Column)| {
        let cells = table.rows.iter().take(1000).filter_map(|row| row.get(usize::from(place)));
        let longest = cells.map(shown_length).max().unwrap_or(0).max(column.title.chars().count());
        (place, f64::from(u32::try_from(longest).unwrap_or(60).clamp(8, 60)) + 2.0)
    })
}

fn shown_length(cell: &Field) -> usize {
    match cell {
        Field::Empty => 0,
        Field::Text(text) => text.lines().map(|line| line.chars().count()).max().unwrap_or(0),
        Field::Number(_) | Field::Date(_) => 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_take_any_title() {
        assert_eq!(tab_name("Отчёт: 2024/2025 [Центр]"), "Отчёт  2024 2025  Центр");
        assert_eq!(tab_name("'?'"), "1");
        assert_eq!(tab_name(&"я".repeat(40)).chars().count(), 31);
    }
}
