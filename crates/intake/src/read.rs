//! From a workbook to a reading.

use std::collections::HashMap;

use chrono::NaiveDate;
use documents::{Row, Sheet, Workbook};

use crate::kind::{Facts, Kind, RowView, RowWriter, Section, find as find_kind};
use crate::reading::{Duplicates, IgnoredRow, Reading, RowReading, SheetReading};
use crate::table::{self, Class, Classifier, Plan};
use crate::value::Value;
use crate::values::text::clean;
use crate::{Context, Mapping};

/// Blank rows in a row that are named one by one; beyond them the table has only been scrolled past.
const NAMED_BLANKS: u32 = 1000;

/// There is no kind of this code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownKind;

impl std::fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("unknown kind of file")
    }
}

impl std::error::Error for UnknownKind {}

/// Reads a workbook as a kind of file, by its code: `organisations`, `resources`.
///
/// # Errors
/// When there is no such kind.
pub fn read(
    kind: &str,
    workbook: &Workbook,
    context: &Context,
    mapping: Option<&Mapping>,
) -> Result<Reading, UnknownKind> {
    Ok(read_as(find_kind(kind).ok_or(UnknownKind)?, workbook, context, mapping))
}

/// Reads a workbook as a kind of file.
#[must_use]
pub fn read_as(kind: &dyn Kind, workbook: &Workbook, context: &Context, mapping: Option<&Mapping>) -> Reading {
    let mut sheets: Vec<SheetReading> =
        workbook.sheets.iter().map(|sheet| read_sheet(kind, sheet, context, mapping)).collect();
    let events = kind.harmonise(&mut sheets, context);
    let (mut duplicates, look_alikes) = kind.duplicates(&sheets);
    let by_place = |groups: &mut Vec<crate::reading::Group>| groups.retain(|group| group.rows.len() > 1);
    let Duplicates { exact, near } = &mut duplicates;
    by_place(exact);
    by_place(near);
    Reading {
        kind: kind.code(),
        container: workbook.container.code(),
        text: workbook.text.clone(),
        context: context.clone(),
        duplicates,
        look_alikes,
        events,
        sheets,
    }
}

fn read_sheet(kind: &dyn Kind, sheet: &Sheet, context: &Context, mapping: Option<&Mapping>) -> SheetReading {
    let left_out = |reason| SheetReading {
        name: sheet.name.clone(),
        index: sheet.index,
        hidden: sheet.hidden,
        reason: Some(reason),
        ..SheetReading::default()
    };
    if sheet.rows.is_empty() {
        return left_out("empty");
    }
    if is_instruction(sheet) {
        return left_out("instructions");
    }
    let Some(plan) = table::find(sheet, kind, mapping) else {
        return left_out(if sheet.hidden { "hidden_list_of_values" } else { kind.without_table() });
    };
    if sheet.hidden {
        return left_out("hidden");
    }
    let reading = read_rows(kind, sheet, &plan, context);
    if reading.rows.is_empty() { left_out(kind.without_table()) } else { reading }
}

/// A sheet that explains how to fill in the others.
fn is_instruction(sheet: &Sheet) -> bool {
    let first =
        sheet.rows.first().and_then(|row| row.cells.first()).map(|cell| cell.value.to_string()).unwrap_or_default();
    let speaks = |text: &str, words: &[&str]| {
        let text = text.trim().to_lowercase();
        words.iter().any(|word| text.starts_with(word))
    };
    let narrow = sheet.rows.iter().all(|row| row.cells.len() <= 2);
    speaks(&sheet.name, &["инструкц", "памятк", "порядок", "как заполн", "пояснен", "readme"])
        || (narrow && speaks(&first, &["инструкц", "памятк", "порядок заполнен", "как заполн", "правила заполнен"]))
}

fn read_rows(kind: &dyn Kind, sheet: &Sheet, plan: &Plan, context: &Context) -> SheetReading {
    let top = plan.header_rows.first().copied().unwrap_or(plan.first_row);
    let classes = classify(kind, sheet, plan);
    let fallback = NaiveDate::from_ymd_opt(2049, 12, 31).unwrap_or_default();
    let mut facts = Facts {
        sheet_name: &sheet.name,
        titles: titles(sheet, top),
        fields: plan.columns.iter().map(|column| column.field).collect(),
        has_sections: classes.iter().any(|(_, class)| matches!(class, Class::Section(_))),
        context,
        as_of: context.as_of.or_else(|| kind.guess_as_of(&sheet.rows, plan)).unwrap_or(fallback),
        defaults: Vec::new(),
    };
    facts.defaults = kind.defaults(&facts);
    let names = kind.value_names(&facts);
    let mut reading = SheetReading {
        name: sheet.name.clone(),
        index: sheet.index,
        header_rows: plan.header_rows.clone(),
        columns: plan.columns.clone(),
        columns_ignored: plan.ignored.clone(),
        defaults: shown_defaults(&facts, &classes),
        fill_down: plan.fill_down(),
        ignored: rows_above(sheet, top, &plan.header_rows),
        ..SheetReading::default()
    };
    let mut section: Option<Section> = None;
    let mut last = plan.first_row.saturating_sub(1);
    for (row, class) in classes {
        name_blanks(&mut reading.ignored, last + 1, row.number);
        last = row.number;
        match class {
            Class::Ignored(reason) => reading.ignored.push(IgnoredRow { row: row.number, reason }),
            Class::Section(opened) => {
                reading.ignored.push(IgnoredRow { row: row.number, reason: "section_title" });
                section = Some(opened);
            }
            Class::Data => {
                let uppers: Vec<(u16, u32)> = plan.upper_rows(row.number).collect();
                let merged: HashMap<u16, &Row> =
                    uppers.into_iter().filter_map(|(column, number)| Some((column, row_of(sheet, number)?))).collect();
                let view = RowView { row, plan, facts: &facts, section: section.as_ref(), merged: &merged };
                let values = vec![Value::Null; names.len()].into_boxed_slice();
                let blank = RowReading { row: row.number, hidden: row.hidden, values, ..RowReading::default() };
                let mut writer = RowWriter { names: &names, plan, row: blank };
                kind.read_row(&view, &mut writer);
                reading.rows.push(writer.row);
            }
        }
    }
    reading.value_names = names;
    reading
}

fn row_of(sheet: &Sheet, number: u32) -> Option<&Row> {
    let place = sheet.rows.binary_search_by_key(&number, |row| row.number).ok()?;
    sheet.rows.get(place)
}

fn classify<'s>(kind: &dyn Kind, sheet: &'s Sheet, plan: &Plan) -> Vec<(&'s Row, Class)> {
    let mut classifier = Classifier::new(kind, plan);
    let under = sheet.rows.iter().filter(|row| row.number >= plan.first_row);
    let mut classes: Vec<(&Row, Class)> = under.map(|row| (row, classifier.classify(row))).collect();
    // What is blank at the end is not part of the sheet.
    while classes.last().is_some_and(|(_, class)| *class == Class::Ignored("blank")) {
        classes.pop();
    }
    classes
}

fn titles(sheet: &Sheet, top: u32) -> Vec<String> {
    let above = sheet.rows.iter().take_while(|row| row.number < top);
    above
        .flat_map(|row| &row.cells)
        .map(|cell| clean(&cell.value.to_string()))
        .filter(|text| !text.is_empty())
        .collect()
}

fn rows_above(sheet: &Sheet, top: u32, header_rows: &[u32]) -> Vec<IgnoredRow> {
    let mut ignored = Vec::new();
    let mut last = 0;
    for row in sheet.rows.iter().take_while(|row| row.number < top) {
        name_blanks(&mut ignored, last + 1, row.number);
        last = row.number;
        let blank = row.cells.iter().all(|cell| cell.value.is_blank());
        if !header_rows.contains(&row.number) {
            ignored.push(IgnoredRow { row: row.number, reason: if blank { "blank" } else { "title" } });
        }
    }
    name_blanks(&mut ignored, last + 1, top);
    ignored
}

/// Names the blank rows from one number up to, but without, another.
fn name_blanks(ignored: &mut Vec<IgnoredRow>, from: u32, to: u32) {
    if to.saturating_sub(from) <= NAMED_BLANKS {
        ignored.extend((from..to).map(|row| IgnoredRow { row, reason: "blank" }));
    }
}

/// The defaults as the reading shows them, with sections named as a source.
fn shown_defaults(facts: &Facts<'_>, classes: &[(&Row, Class)]) -> Vec<(&'static str, Value)> {
    let mut shown = facts.defaults.clone();
    let section = classes.iter().find_map(|(_, class)| match class {
        Class::Section(section) => Some(section.name),
        _ => None,
    });
    if let Some(name) = section {
        shown.push((name, Value::Map(Box::new([("from", Value::text("section_rows"))]))));
    }
    shown
}
