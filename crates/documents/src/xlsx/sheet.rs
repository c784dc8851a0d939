//! One sheet of an xlsx as a stream: columns, rows, cells, merged regions.

use std::borrow::Cow;
use std::io::BufRead;
use std::ops::RangeInclusive;

use chrono::{NaiveDate, NaiveDateTime};
use quick_xml::events::BytesStart;

use super::Book;
use crate::model::{Cell, Region, Row, Sheet, Value, cell_reference};
use crate::number_format;
use crate::refusal::{Reason, Refusal};
use crate::xml::{Mark, Node, Xml, attribute, is_set};

const MAX_COLUMNS: u16 = 16_384;
const MAX_ROWS: u32 = 1_048_576;

pub(super) fn read<R: BufRead + Mark>(
    mut xml: Xml<'_, R>,
    book: &Book<'_>,
    mut sheet: Sheet,
) -> Result<Sheet, Refusal> {
    let mut last_row = 0;
    loop {
        match xml.next()? {
            Node::Open(tag) => match tag.local_name().as_ref() {
                "col" => hide_columns(&tag, &mut sheet),
                "row" => {
                    let number = attribute(&tag, "r").and_then(|text| text.parse().ok());
                    let number: u32 = number.unwrap_or(last_row + 1);
                    if number == 0 || number > MAX_ROWS {
                        return Err(Refusal::new(Reason::Corrupted, "a row beyond the last"));
                    }
                    last_row = number;
                    let row = Row { number, hidden: is_set(&tag, "hidden"), cells: Vec::new() };
                    if let Some(row) = read_row(&mut xml, book, row)? {
                        sheet.rows.push(row);
                    }
                }
                "mergeCell" => {
                    let region = attribute(&tag, "ref").and_then(|text| region(&text));
                    sheet.merges.extend(region.filter(|_| book.budget.region()));
                }
                _ => {}
            },
            Node::End => break,
            _ => {}
        }
    }
    if !sheet.rows.is_sorted_by_key(|row| row.number) {
        sheet.rows.sort_by_key(|row| row.number);
    }
    sheet.rows.dedup_by_key(|row| row.number);
    Ok(sheet)
}

fn hide_columns(tag: &BytesStart<'_>, sheet: &mut Sheet) {
    let number = |name| attribute(tag, name).and_then(|text| text.parse::<u16>().ok());
    if !is_set(tag, "hidden") {
        return;
    }
    if let (Some(first), Some(last)) = (number("min"), number("max"))
        && let Some(columns) = columns(first, last)
    {
        sheet.hidden_columns.extend(columns);
    }
}

fn columns(first: u16, last: u16) -> Option<RangeInclusive<u16>> {
    Some(first.checked_sub(1)?..=last.min(MAX_COLUMNS).checked_sub(1)?)
}

fn region(text: &str) -> Option<Region> {
    let (first, last) = text.split_once(':')?;
    let (first_row, first_column) = cell_reference(first)?;
    let (last_row, last_column) = cell_reference(last)?;
    let ordered = first_row <= last_row && first_column <= last_column;
    let several = (first_row, first_column) != (last_row, last_column);
    (ordered && several).then_some(Region { first_row, last_row, first_column, last_column })
}

/// The row, or nothing when none of its cells is filled.
fn read_row<R: BufRead + Mark>(xml: &mut Xml<'_, R>, book: &Book<'_>, mut row: Row) -> Result<Option<Row>, Refusal> {
    let depth = xml.depth();
    let mut next_column = 0;
    while xml.depth() >= depth {
        match xml.next()? {
            Node::Open(tag) if tag.local_name().as_ref() == "c" => {
                let head = CellHead::of(&tag);
                let column = head.column.unwrap_or(next_column);
                if column >= MAX_COLUMNS {
                    return Err(Refusal::new(Reason::Corrupted, "a column beyond the last"));
                }
                next_column = column + 1;
                let (value, formula) = read_cell(xml, book, head.kind, head.format)?;
                if value != Value::Empty {
                    if row.cells.is_empty() {
                        book.budget.row()?;
                    }
                    book.budget.cell()?;
                    row.cells.push(Cell { value, column, formula });
                }
            }
            Node::End => return Err(Refusal::new(Reason::Corrupted, "ends within a row")),
            _ => {}
        }
    }
    if !row.cells.is_sorted_by_key(|cell| cell.column) {
        row.cells.sort_by_key(|cell| cell.column);
    }
    row.cells.dedup_by_key(|cell| cell.column);
    // Doubling left room for as many again; a hundred thousand rows would keep it.
    row.cells.shrink_to_fit();
    Ok((!row.cells.is_empty()).then_some(row))
}

/// What the tag of a cell says. Read in one go: there are a million of them.
#[derive(Default)]
struct CellHead {
    column: Option<u16>,
    kind: Kind,
    format: usize,
}

impl CellHead {
    fn of(tag: &BytesStart<'_>) -> Self {
        let mut head = Self::default();
        let mut attributes = tag.attributes();
        attributes.with_checks(false);
        for attribute in attributes.flatten() {
            match attribute.key.as_ref() {
                "r" => head.column = cell_reference(&attribute.value).map(|(_, column)| column),
                "t" => head.kind = Kind::of(&attribute.value),
                "s" => head.format = attribute.value.parse().unwrap_or(0),
                _ => {}
            }
        }
        head
    }
}

/// How the text of a cell's value is to be taken.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    SharedText,
    Text,
    Bool,
    Error,
    Moment,
}

impl Kind {
    fn of(code: &str) -> Self {
        match code {
            "s" => Self::SharedText,
            "str" | "inlineStr" => Self::Text,
            "b" => Self::Bool,
            "e" => Self::Error,
            "d" => Self::Moment,
            _ => Self::Number,
        }
    }
}

fn read_cell<R: BufRead + Mark>(
    xml: &mut Xml<'_, R>,
    book: &Book<'_>,
    kind: Kind,
    format: usize,
) -> Result<(Value, bool), Refusal> {
    enum Part {
        Value,
        Inline,
        Formula,
        Other,
    }
    let depth = xml.depth();
    let mut text = String::new();
    let mut formula = false;
    let mut within = Part::Other;
    while xml.depth() >= depth {
        match xml.next()? {
            Node::Open(tag) => {
                within = match tag.local_name().as_ref() {
                    "v" => Part::Value,
                    "is" => Part::Inline,
                    "f" => Part::Formula,
                    _ => Part::Other,
                };
                match within {
                    Part::Inline => {
                        rich_text(xml, &mut text)?;
                        within = Part::Other;
                    }
                    Part::Formula => formula = true,
                    Part::Value | Part::Other => {}
                }
            }
            Node::Text(piece) if matches!(within, Part::Value) => text.push_str(&piece),
            Node::Close => within = Part::Other,
            Node::End => return Err(Refusal::new(Reason::Corrupted, "ends within a cell")),
            _ => {}
        }
    }
    Ok((value(&text, kind, format, book)?, formula))
}

fn value(text: &str, kind: Kind, format: usize, book: &Book<'_>) -> Result<Value, Refusal> {
    if text.is_empty() {
        return Ok(Value::Empty);
    }
    Ok(match kind {
        Kind::SharedText => {
            let shared = text.trim().parse().ok().and_then(|place: usize| book.texts.get(place));
            let shared = shared.ok_or_else(|| Refusal::new(Reason::Corrupted, "a shared text that is not there"))?;
            if shared.is_empty() { Value::Empty } else { Value::Text(shared.clone()) }
        }
        Kind::Text => Value::Text(book.budget.text(&unescape(text))?),
        Kind::Bool => Value::Bool(text.trim() == "1" || text.trim() == "true"),
        Kind::Error => Value::Error(book.budget.text(text)?),
        Kind::Moment => match moment(text.trim()) {
            Some(moment) => moment,
            None => Value::Text(book.budget.text(text)?),
        },
        Kind::Number => match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => {
                let shows = book.formats.get(format).copied().unwrap_or_default();
                number_format::value(number, shows, book.from_1904, book.budget)?
            }
            _ => Value::Text(book.budget.text(text)?),
        },
    })
}

fn moment(text: &str) -> Option<Value> {
    let text = text.trim_end_matches('Z');
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(Value::Date(day));
    }
    let moment = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
    Some(if moment.time() == chrono::NaiveTime::MIN { Value::Date(moment.date()) } else { Value::DateTime(moment) })
}

/// Collects the text of a rich text up to its end; furigana and the like are left out.
pub(super) fn rich_text<R: BufRead + Mark>(xml: &mut Xml<'_, R>, text: &mut String) -> Result<(), Refusal> {
    let depth = xml.depth();
    let mut within = false;
    while xml.depth() >= depth {
        match xml.next()? {
            Node::Open(tag) => match tag.local_name().as_ref() {
                "t" => within = true,
                "rPh" => xml.skip()?,
                _ => within = false,
            },
            Node::Text(piece) if within => {
                if text.len() + piece.len() > 1 << 20 {
                    return Err(Refusal::new(Reason::TooLarge, "one text"));
                }
                text.push_str(&piece);
            }
            Node::Close => within = false,
            Node::End => return Err(Refusal::new(Reason::Corrupted, "ends within a text")),
            _ => {}
        }
    }
    Ok(())
}

/// Undoes `_x000D_`, the way in which texts hold characters that XML forbids.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let code = from.get(2..6).filter(|_| from.get(6..7) == Some("_"));
        let letter = code.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
        if let Some(letter) = letter {
            plain.push(letter);
            rest = from.get(7..).unwrap_or_default();
        } else {
            plain.push_str("_x");
            rest = from.get(2..).unwrap_or_default();
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_forbidden_characters_are_undone() {
        assert_eq!(unescape("a_x000D_\nb"), "a\r\nb");
        assert_eq!(unescape("_x005F_x000D_"), "_x000D_");
        assert_eq!(unescape("file_x1.txt _xж"), "file_x1.txt _xж");
    }

    #[test]
    fn regions_of_one_cell_or_upside_down_are_none() {
        assert!(region("A1:B2").is_some());
        assert!(region("A1:A1").is_none());
        assert!(region("B2:A1").is_none());
        assert!(region("A1").is_none());
    }
}
