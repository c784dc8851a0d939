//! OpenDocument spreadsheets. Rows and cells are written once with «repeated» beside them; what is blank
//! is never multiplied out, what is filled is counted as often as it stands.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use quick_xml::events::BytesStart;

use crate::archive::{Archive, Part};
use crate::budget::Budget;
use crate::model::{Cell, Container, Region, Row, Sheet, Value, Workbook};
use crate::refusal::{Reason, Refusal};
use crate::xml::{Node, Xml, attribute};

const MAX_COLUMNS: u32 = 16_384;
const MAX_ROWS: u32 = 1_048_576;
const MAX_SHEETS: usize = 1024;

type Content<'p, 'a> = Xml<'a, Part<'p, 'a>>;

pub(crate) fn read(archive: &mut Archive<'_>) -> Result<Workbook, Refusal> {
    read_workbook(archive).map_err(|refusal| refusal.within(Some(Container::Ods)))
}

fn read_workbook(archive: &mut Archive<'_>) -> Result<Workbook, Refusal> {
    refuse_encrypted(archive)?;
    let budget = archive.budget;
    let Some(mut xml) = archive.xml("content.xml")? else {
        return Err(Refusal::new(Reason::NotATable, "no content"));
    };
    let mut sheets = Vec::new();
    let mut hidden_styles: HashSet<String> = HashSet::new();
    let mut style = String::new();
    let mut spreadsheet = false;
    loop {
        match xml.next()? {
            Node::Open(tag) => match tag.local_name().as_ref() {
                "style" => {
                    style = attribute(&tag, "name").map(String::from).unwrap_or_default();
                }
                "table-properties" if attribute(&tag, "display").as_deref() == Some("false") => {
                    hidden_styles.insert(std::mem::take(&mut style));
                }
                "spreadsheet" => spreadsheet = true,
                // Old values kept for «track changes» would come in as a second copy of the rows.
                "tracked-changes" => xml.skip()?,
                "table" if spreadsheet => {
                    if sheets.len() >= MAX_SHEETS {
                        return Err(Refusal::new(Reason::TooLarge, "sheets"));
                    }
                    let name = attribute(&tag, "name").map(String::from).unwrap_or_default();
                    let hidden =
                        attribute(&tag, "style-name").is_some_and(|style| hidden_styles.contains(style.as_ref()));
                    let sheet = Sheet { name, index: sheets.len(), hidden, ..Sheet::default() };
                    sheets.push(Table::new(sheet, budget).read(&mut xml)?);
                }
                _ => {}
            },
            Node::End => break,
            _ => {}
        }
    }
    if !spreadsheet {
        return Err(Refusal::new(Reason::NotATable, "an OpenDocument letter or drawing"));
    }
    Ok(Workbook { container: Container::Ods, text: None, sheets })
}

fn refuse_encrypted(archive: &mut Archive<'_>) -> Result<(), Refusal> {
    let Some(mut xml) = archive.xml("META-INF/manifest.xml")? else {
        return Ok(());
    };
    loop {
        match xml.next()? {
            Node::Open(tag) if tag.local_name().as_ref() == "encryption-data" => {
                return Err(Refusal::new(Reason::PasswordProtected, "encrypted OpenDocument"));
            }
            Node::End => return Ok(()),
            _ => {}
        }
    }
}

/// A sheet while it is read.
struct Table<'b> {
    sheet: Sheet,
    /// Column that the next `table-column` describes, from 0.
    next_column: u32,
    /// Number of the row before the next one.
    last_row: u32,
    budget: &'b Budget,
}

impl<'b> Table<'b> {
    fn new(sheet: Sheet, budget: &'b Budget) -> Self {
        Self { sheet, next_column: 0, last_row: 0, budget }
    }

    fn read(mut self, xml: &mut Content<'_, '_>) -> Result<Sheet, Refusal> {
        let depth = xml.depth();
        while xml.depth() >= depth {
            match xml.next()? {
                Node::Open(tag) => match tag.local_name().as_ref() {
                    "table-column" => {
                        let first = self.next_column;
                        self.next_column =
                            first.saturating_add(repeated(&tag, "number-columns-repeated")).min(MAX_COLUMNS);
                        if is_hidden(&tag) {
                            let columns = (first..self.next_column).filter_map(|column| u16::try_from(column).ok());
                            self.sheet.hidden_columns.extend(columns);
                        }
                    }
                    "table-row" => {
                        let times = repeated(&tag, "number-rows-repeated");
                        let hidden = is_hidden(&tag);
                        self.read_rows(xml, times, hidden)?;
                    }
                    // Drawings on the sheet hold texts and even tables of their own.
                    "shapes" | "forms" | "named-expressions" | "title" | "desc" => xml.skip()?,
                    _ => {}
                },
                Node::End => return Err(Refusal::new(Reason::Corrupted, "ends within a table")),
                _ => {}
            }
        }
        Ok(self.sheet)
    }

    fn read_rows(&mut self, xml: &mut Content<'_, '_>, times: u32, hidden: bool) -> Result<(), Refusal> {
        let depth = xml.depth();
        let number = self.last_row + 1;
        let mut cells: Vec<Cell> = Vec::new();
        let mut column: u32 = 0;
        while xml.depth() >= depth {
            match xml.next()? {
                Node::Open(tag) if matches!(tag.local_name().as_ref(), "table-cell" | "covered-table-cell") => {
                    let times = repeated(&tag, "number-columns-repeated");
                    let head = CellHead::of(&tag);
                    self.remember_merge(&tag, number, column);
                    let formula = head.formula;
                    let value = head.read(xml, self.budget)?;
                    if value != Value::Empty {
                        for column in column..column.saturating_add(times).min(MAX_COLUMNS) {
                            self.budget.cell()?;
                            let column = u16::try_from(column).unwrap_or(u16::MAX);
                            cells.push(Cell { value: value.clone(), column, formula });
                        }
                    }
                    column = column.saturating_add(times);
                }
                Node::End => return Err(Refusal::new(Reason::Corrupted, "ends within a row")),
                _ => {}
            }
        }
        self.last_row = self.last_row.saturating_add(times).min(MAX_ROWS);
        if cells.is_empty() {
            return Ok(());
        }
        cells.shrink_to_fit();
        for copy in number..=self.last_row {
            self.budget.row()?;
            if copy > number {
                cells.iter().try_for_each(|_| self.budget.cell())?;
            }
            self.sheet.rows.push(Row { number: copy, hidden, cells: cells.clone() });
        }
        Ok(())
    }

    fn remember_merge(&mut self, tag: &BytesStart<'_>, row: u32, column: u32) {
        let rows = repeated(tag, "number-rows-spanned");
        let columns = repeated(tag, "number-columns-spanned");
        if (rows, columns) == (1, 1) || !self.budget.region() {
            return;
        }
        let last_row = row.saturating_add(rows - 1).min(MAX_ROWS);
        let last_column = column.saturating_add(columns - 1).min(MAX_COLUMNS - 1);
        if let (Ok(first_column), Ok(last_column)) = (u16::try_from(column), u16::try_from(last_column)) {
            self.sheet.merges.push(Region { first_row: row, last_row, first_column, last_column });
        }
    }
}

/// How often something stands; at least once.
fn repeated(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|text| text.parse().ok()).unwrap_or(1).clamp(1, MAX_ROWS)
}

fn is_hidden(tag: &BytesStart<'_>) -> bool {
    matches!(attribute(tag, "visibility").as_deref(), Some("collapse" | "filter"))
}

/// What the tag of a cell says; the text may follow inside of it.
struct CellHead {
    kind: String,
    value: Option<String>,
    formula: bool,
}

impl CellHead {
    fn of(tag: &BytesStart<'_>) -> Self {
        let mut found: HashMap<String, String> = HashMap::new();
        let mut attributes = tag.attributes();
        attributes.with_checks(false);
        for attribute in attributes.flatten() {
            // Several programs write `calcext:value-type` beside `office:value-type`; the latter counts.
            let name = attribute.key.local_name().as_ref().to_owned();
            if attribute.key.prefix().is_none_or(|prefix| prefix.as_ref() != "calcext") {
                found.insert(name, quick_xml::escape::unescape(&attribute.value).unwrap_or_default().into_owned());
            }
        }
        let kind = found.remove("value-type").unwrap_or_default();
        let name = match kind.as_str() {
            "date" => "date-value",
            "time" => "time-value",
            "boolean" => "boolean-value",
            "string" => "string-value",
            _ => "value",
        };
        Self { kind, value: found.remove(name), formula: found.contains_key("formula") }
    }

    fn read(self, xml: &mut Content<'_, '_>, budget: &Budget) -> Result<Value, Refusal> {
        let shown = cell_text(xml)?;
        let value = self.value.as_deref().map(str::trim);
        let typed = match self.kind.as_str() {
            "float" | "percentage" | "currency" => {
                value.and_then(|text| text.parse::<f64>().ok()).filter(|number| number.is_finite()).map(Value::Number)
            }
            "date" => value.and_then(moment),
            "boolean" => value.map(|text| Value::Bool(text == "true")),
            "string" => self
                .value
                .as_deref()
                .filter(|text| !text.is_empty())
                .map(|text| budget.text(text).map(Value::Text))
                .transpose()?,
            _ => None,
        };
        Ok(match typed {
            Some(value) => value,
            None if shown.is_empty() => Value::Empty,
            None => Value::Text(budget.text(&shown)?),
        })
    }
}

fn moment(text: &str) -> Option<Value> {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(Value::Date(day));
    }
    let moment = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
    Some(if moment.time() == NaiveTime::MIN { Value::Date(moment.date()) } else { Value::DateTime(moment) })
}

/// The text inside a cell: paragraphs on lines of their own, without comments and drawings.
fn cell_text(xml: &mut Content<'_, '_>) -> Result<String, Refusal> {
    let depth = xml.depth();
    let mut text = String::new();
    let mut paragraphs = 0;
    let mut paragraph_depth = None;
    while xml.depth() >= depth {
        match xml.next()? {
            Node::Open(tag) => match tag.local_name().as_ref() {
                "p" | "h" => {
                    if paragraphs > 0 {
                        text.push('\n');
                    }
                    paragraphs += 1;
                    paragraph_depth = Some(xml.depth());
                }
                // Runs of spaces are written as one tag with a count, which nobody checks.
                "s" => {
                    let count = repeated(&tag, "c").min(256);
                    text.extend((0..count).map(|_| ' '));
                }
                "tab" => text.push('\t'),
                "line-break" => text.push('\n'),
                "annotation" | "frame" | "custom-shape" | "table" => xml.skip()?,
                _ => {}
            },
            Node::Text(piece) if paragraph_depth.is_some() => {
                if text.len() + piece.len() > 1 << 20 {
                    return Err(Refusal::new(Reason::TooLarge, "one text"));
                }
                text.push_str(&piece);
            }
            Node::Close => paragraph_depth = paragraph_depth.filter(|open| xml.depth() >= *open),
            Node::End => return Err(Refusal::new(Reason::Corrupted, "ends within a cell")),
            _ => {}
        }
    }
    Ok(text)
}
