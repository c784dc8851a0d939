//! From the bytes of a file to its rows, with what people decided about columns and cells. Pure;
//! the meaning of cells is read by `intake`.
use super::model::{Column, Content, Issue, Mended, Setup, Sheet, Twin};
use documents::{Cell, Limits, Refusal, Value, Workbook};
use intake::{Context, Mapping, Reading, RowReading, Severity, SheetReading};
use serde_json::{Map, Value as Json};
use std::{collections::HashMap, sync::Arc};

/// First cells of a column that are shown beside it.
const SAMPLES: usize = 3;
/// Columns of a sheet without a table that are offered.
const OFFERED: u16 = 40;

/// What was read.
pub struct Taken {
    pub sheets: Vec<Sheet>,
    /// Rows in the order of the file; the place is the index.
    pub rows: Vec<Content>,
}

/// The workbook of an upload, within the limits of a server that serves others meanwhile.
///
/// # Errors
/// The reason why the file cannot or must not be read.
pub fn open(bytes: &[u8], name: &str) -> Result<Workbook, Refusal> {
    documents::read(bytes, Some(if name.is_empty() { "table.tsv" } else { name }), &Limits::upload())
}

/// Reads a workbook as this kind of file, `organisations` being the network's.
pub fn take(
    kind: &str,
    mut workbook: Workbook,
    setup: &Setup,
    organisation: Option<String>,
    organisations: Vec<String>,
) -> Option<Taken> {
    let known = intake::kind(kind)?;
    let context = Context {
        organisation,
        area_code: Some(setup.area_code.clone()).filter(|c| !c.is_empty()),
        as_of: setup.as_of,
        organisations,
    };
    let mut headers = setup.headers.clone();
    title_columns(known, &mut workbook, setup, &mut headers);
    let mut reading = intake::read_as(known, &workbook, &context, Some(&headers));
    if !setup.mended.is_empty() {
        for cell in &setup.mended {
            mend(known, &mut workbook, &reading, cell, &mut headers);
        }
        reading = intake::read_as(known, &workbook, &context, Some(&headers));
    }
    let sheets = reading.sheets.iter().map(|sheet| describe(sheet, &workbook)).collect();
    Some(Taken { sheets, rows: rows(&reading) })
}

/// Writes a header over columns whose meaning a person gave, where the sheet has none of its own.
fn title_columns(kind: &dyn intake::Kind, workbook: &mut Workbook, setup: &Setup, headers: &mut Mapping) {
    for (index, columns) in &setup.columns {
        let Some(sheet) = workbook.sheets.iter_mut().find(|sheet| sheet.index == *index) else { continue };
        let titled = columns.iter().filter_map(|(column, field)| Some((*column, title(kind, field)?, field)));
        let mut cells = Vec::new();
        for (column, title, field) in titled {
            headers.remember(title, Some(field));
            cells.push(Cell { value: Value::Text(title.into()), column, formula: false });
        }
        sheet.hidden = false;
        sheet.rows.insert(0, documents::Row { number: 0, hidden: false, cells });
    }
}

/// The usual header of a field.
fn title(kind: &dyn intake::Kind, field: &str) -> Option<&'static str> {
    kind.fields().iter().find(|known| known.code == field)?.headers.first().copied()
}

/// Puts a new text into a cell. A field that has no column gets one at the right.
fn mend(kind: &dyn intake::Kind, workbook: &mut Workbook, reading: &Reading, cell: &Mended, headers: &mut Mapping) {
    let Some(read) = reading.sheets.iter().find(|sheet| sheet.index == cell.sheet) else { return };
    let Some(sheet) = workbook.sheets.iter_mut().find(|sheet| sheet.index == cell.sheet) else { return };
    let known = read.columns.iter().find(|column| column.field == cell.field).map(|column| column.column);
    let column = match known {
        Some(column) => column,
        None => {
            let (Some(title), Some(at)) = (title(kind, &cell.field), read.header_rows.last()) else { return };
            headers.remember(title, Some(&cell.field));
            let head = sheet.rows.iter().find(|row| row.number == *at);
            let titled =
                head.and_then(|row| row.cells.iter().find(|c| c.value.as_text() == Some(title))).map(|c| c.column);
            let right = sheet.rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column).max().unwrap_or(0);
            let column = titled.unwrap_or_else(|| right.saturating_add(1));
            put(sheet, *at, column, title);
            column
        }
    };
    put(sheet, cell.row, column, &cell.text);
}

fn put(sheet: &mut documents::Sheet, row: u32, column: u16, text: &str) {
    let Some(row) = sheet.rows.iter_mut().find(|known| known.number == row) else { return };
    row.cells.retain(|cell| cell.column != column);
    if !text.is_empty() {
        let place = row.cells.partition_point(|cell| cell.column < column);
        row.cells.insert(place, Cell { value: Value::Text(text.into()), column, formula: false });
    }
}

fn describe(read: &SheetReading, workbook: &Workbook) -> Sheet {
    let sheet = workbook.sheets.iter().find(|sheet| sheet.index == read.index);
    let first = read.header_rows.last().map_or(0, |last| last + 1);
    let samples = |column: u16| sheet.map(|sheet| samples(sheet, first, column)).unwrap_or_default();
    let mut columns: Vec<Column> = Vec::new();
    for c in &read.columns {
        columns.push(Column {
            column: c.column,
            header: c.header.clone(),
            field: Some(c.field.into()),
            reason: None,
            samples: samples(c.column),
        });
    }
    for c in &read.columns_ignored {
        columns.push(Column {
            column: c.column,
            header: c.header.clone(),
            field: None,
            reason: Some(c.reason.into()),
            samples: samples(c.column),
        });
    }
    if let Some(sheet) = sheet.filter(|_| !read.is_used()) {
        let mut filled: Vec<u16> =
            sheet.rows.iter().take(50).flat_map(|row| row.cells.iter().map(|cell| cell.column)).collect();
        filled.sort_unstable();
        filled.dedup();
        columns.extend(filled.into_iter().filter(|c| *c < OFFERED).map(|column| Column {
            column,
            samples: samples(column),
            ..Column::default()
        }));
    }
    columns.sort_by_key(|column| column.column);
    Sheet {
        index: read.index,
        name: read.name.clone(),
        hidden: read.hidden,
        reason: read.reason.map(str::to_owned),
        // A header that a person gave is none of the file's.
        header_rows: read.header_rows.iter().copied().filter(|row| *row > 0).collect(),
        columns,
        rows: read.rows.len(),
        ignored: read.ignored.len(),
    }
}

fn samples(sheet: &documents::Sheet, first: u32, column: u16) -> Vec<String> {
    let body = sheet.rows.iter().filter(|row| row.number >= first.max(1));
    let texts =
        body.map(|row| row.value(column)).filter(|value| !value.is_blank()).map(|value| cut(&value.to_string(), 60));
    texts.take(SAMPLES).collect()
}

/// The beginning of a text, for showing.
fn cut(text: &str, length: usize) -> String {
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(length).collect();
    if letters.next().is_some() { format!("{}…", start.trim_end()) } else { start }
}

fn rows(reading: &Reading) -> Vec<Content> {
    let mut places: HashMap<(&str, u32), i64> = HashMap::new();
    let mut rows: Vec<Content> = Vec::new();
    for (place, (sheet, row)) in (0_i64..).zip(reading.rows()) {
        places.insert((&sheet.name, row.row), place);
        rows.push(content(sheet, row));
    }
    let duplicates = &reading.duplicates;
    // Equal rows last, so that their word stands where a row is in both.
    for group in duplicates.near.iter().chain(&duplicates.exact) {
        let mut places: Vec<i64> =
            group.rows.iter().filter_map(|r| places.get(&(r.sheet.as_str(), r.row)).copied()).collect();
        places.sort_unstable();
        let Some((first, later)) = places.split_first() else { continue };
        for place in later {
            if let Some(row) = usize::try_from(*place).ok().and_then(|place| rows.get_mut(place)) {
                row.twin = Some(Twin { place: *first, why: group.reason.into() });
            }
        }
    }
    rows
}

fn content(sheet: &SheetReading, row: &RowReading) -> Content {
    let mut values = Map::new();
    for (name, value) in sheet.value_names.iter().zip(&row.values) {
        let json = serde_json::to_value(value).unwrap_or(Json::Null);
        if !json.is_null() {
            values.insert((*name).into(), json);
        }
    }
    let has_column = |field: &str| sheet.columns.iter().any(|column| column.field == field);
    let issues = row.problems.iter().map(|problem| Issue {
        field: problem.field.into(),
        cell: has_column(problem.field).then(|| problem.cell.clone()),
        column: has_column(problem.field).then_some(problem.column),
        is_error: problem.severity == Severity::Error,
        code: problem.code.into(),
        raw: problem.raw.clone(),
        message: None,
    });
    Content { sheet: sheet.index, row: row.row, values, issues: issues.collect(), ..Content::default() }
}

/// The fields that have a column, sheet by sheet.
pub fn stated(sheets: &[Sheet]) -> HashMap<usize, Arc<Vec<String>>> {
    sheets.iter().map(|sheet| (sheet.index, Arc::new(sheet.fields()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str, setup: &Setup) -> Taken {
        take("organisations", open(text.as_bytes(), "").unwrap(), setup, None, Vec::new()).unwrap()
    }

    fn text<'r>(row: &'r Content, field: &str) -> &'r str {
        row.values.get(field).and_then(Json::as_str).unwrap_or_default()
    }

    const LIST: &str = "Наименование\tE-mail\nМОУ «Беловская СОШ»\tшкола\nМОУ «Тавровская СОШ»\tb@example.invalid\n";

    #[test]
    fn a_mended_cell_is_read_like_one_of_the_file() {
        let before = taken(LIST, &Setup::default());
        assert_eq!(before.rows[0].issues[0].code, "bad_email");
        let mended = Mended { sheet: 0, row: 2, field: "email".into(), text: "a@example.invalid".into() };
        let after = taken(LIST, &Setup { mended: vec![mended], ..Setup::default() });
        assert_eq!(after.rows[0].issues, []);
        assert_eq!(text(&after.rows[0], "email"), "a@example.invalid");
        assert_eq!(text(&after.rows[1], "email"), "b@example.invalid");
    }

    #[test]
    fn a_field_without_a_column_is_mended_all_the_same() {
        let list = "Наименование\tТелефон\nРомашка\t+7 4722 39-25-75\nМОУ «Тавровская СОШ»\t+7 4722 39-25-76\n";
        let before = taken(list, &Setup::default());
        assert_eq!((before.rows[0].issues[0].code.as_str(), &before.rows[0].issues[0].cell), ("unknown_type", &None));
        let mended = Mended { sheet: 0, row: 2, field: "kind".into(), text: "детский сад".into() };
        let after = taken(list, &Setup { mended: vec![mended], ..Setup::default() });
        assert_eq!(text(&after.rows[0], "kind"), "preschool");
        assert_eq!(text(&after.rows[1], "kind"), "general");
        assert_eq!(after.rows[0].issues, []);
    }

    #[test]
    fn columns_of_a_sheet_without_a_header_can_be_named() {
        let list = "1\tРомашка\tул. Школьная\n2\tВасилёк\tул. Садовая\n";
        assert!(taken(list, &Setup::default()).rows.is_empty());
        let columns = [(0, [(1, "name".to_owned()), (2, "address".to_owned())].into())].into();
        let after = taken(list, &Setup { columns, ..Setup::default() });
        assert_eq!(after.rows.len(), 2);
        assert_eq!((after.rows[1].row, text(&after.rows[1], "name")), (2, "Василёк"));
        assert_eq!(text(&after.rows[0], "address"), "ул. Школьная");
    }

    #[test]
    fn a_header_taken_for_something_else_can_be_put_right() {
        let list = "Наименование\tСвязь\nМОУ «Беловская СОШ»\t39-25-75\n";
        let mut setup = Setup::default();
        setup.headers.remember("Связь", Some("phones"));
        setup.headers.remember("Наименование", Some("name"));
        let after = taken(list, &setup);
        assert!(after.rows[0].values.contains_key("phones"), "{:?}", after.rows);
    }

    #[test]
    fn a_repeated_row_knows_the_first() {
        let list =
            "Наименование\tE-mail\nМОУ «Беловская СОШ»\ta@example.invalid\nМОУ «Беловская СОШ»\ta@example.invalid\n";
        let twin = taken(list, &Setup::default()).rows[1].twin.clone();
        assert_eq!(twin, Some(Twin { place: 0, why: "exact".into() }));
    }
}
