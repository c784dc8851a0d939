//! The tables of a letter: read as sheets, filled in place. A cell keeps how its first paragraph and its first
//! run look.

use std::collections::HashMap;
use std::sync::Arc;

use super::markup::{Kind, Tag, slice, tag, tags};
use super::{Blank, Filling, Form, Put};
use crate::archive::{Archive, plain_name};
use crate::docx::text as escaped;
use crate::model::{Cell, Region, Row, Sheet, Value};
use crate::refusal::{Reason, Refusal};

const PART: &str = "word/document.xml";

/// Tables, rows and columns that are looked at.
const MAX_TABLES: usize = 200;
const MAX_ROWS: usize = 5000;
const MAX_COLUMNS: u16 = 200;

/// Bytes of the words above a table.
const MAX_CAPTION: usize = 4000;

/// Elements of a cell's properties that stand behind its shading.
const BEHIND_SHADING: [&str; 6] = ["noWrap", "tcMar", "textDirection", "tcFitText", "vAlign", "hideMark"];

struct Table {
    /// The words above it.
    caption: String,
    rows: Vec<Line>,
}

/// A row, by its places in the text.
struct Line {
    start: usize,
    end: usize,
    cells: Vec<Place>,
}

struct Place {
    start: usize,
    end: usize,
    column: u16,
    span: u16,
    /// Merged with the cell above.
    is_below: bool,
    words: String,
}

pub(super) fn read(archive: &mut Archive<'_>) -> Result<Blank, Refusal> {
    let xml = archive.text(PART)?;
    let found = tables(&xml)?;
    if found.is_empty() {
        return Err(Refusal::new(Reason::NotATable, "a letter without a table"));
    }
    let sheets: Vec<Sheet> = found.iter().enumerate().map(|(index, table)| sheet(index, table)).collect();
    match sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        true => Err(Refusal::new(Reason::Empty, "no words in any table")),
        false => Ok(Blank {
            form: Form::Docx,
            sheets,
            lengths: found.iter().map(|table| u32::try_from(table.rows.len()).unwrap_or(u32::MAX)).collect(),
            captions: found.into_iter().map(|table| table.caption).collect(),
        }),
    }
}

fn sheet(index: usize, table: &Table) -> Sheet {
    let mut rows = Vec::new();
    let mut merges: Vec<Region> = Vec::new();
    for (number, line) in (1_u32..).zip(&table.rows) {
        let mut cells = Vec::new();
        for place in &line.cells {
            let last_column = place.column.saturating_add(place.span.saturating_sub(1));
            if place.is_below {
                let above =
                    merges.iter_mut().rev().find(|m| m.first_column == place.column && m.last_row + 1 == number);
                match above {
                    Some(region) => region.last_row = number,
                    None => merges.push(Region {
                        first_row: number.saturating_sub(1).max(1),
                        last_row: number,
                        first_column: place.column,
                        last_column,
                    }),
                }
                continue;
            }
            if place.span > 1 {
                merges.push(Region { first_row: number, last_row: number, first_column: place.column, last_column });
            }
            if !place.words.trim().is_empty() {
                let value = Value::Text(Arc::from(place.words.as_str()));
                cells.push(Cell { value, column: place.column, formula: false });
            }
        }
        if !cells.is_empty() {
            rows.push(Row { number, hidden: false, cells });
        }
    }
    let name = format!("Таблица {}", index + 1);
    Sheet { name, index, rows, merges, ..Sheet::default() }
}

fn tables(xml: &str) -> Result<Vec<Table>, Refusal> {
    let mut all: Vec<Table> = Vec::new();
    let mut depth = 0_usize;
    let mut words_from: Option<usize> = None;
    let mut caption = String::new();
    for tag in tags(xml) {
        match (tag.name(), tag.kind) {
            ("tbl", Kind::Open) => {
                depth += 1;
                if depth == 1 {
                    if all.len() >= MAX_TABLES {
                        return Err(Refusal::new(Reason::TooLarge, "tables"));
                    }
                    all.push(Table { caption: std::mem::take(&mut caption), rows: Vec::new() });
                }
            }
            ("tbl", Kind::Close) => depth = depth.saturating_sub(1),
            _ if depth == 1 => inside(xml, &mut all, &tag, &mut words_from)?,
            _ if depth == 0 => outside(xml, &mut caption, &tag, &mut words_from),
            _ => {}
        }
    }
    Ok(all)
}

/// The words between tables. Of a long letter the last ones are kept, which stand next to the table.
fn outside(xml: &str, caption: &mut String, tag: &Tag<'_>, words_from: &mut Option<usize>) {
    match (tag.name(), tag.kind) {
        ("t", Kind::Open) => *words_from = Some(tag.end),
        ("t", Kind::Close) => {
            if let Some(from) = words_from.take() {
                let raw = slice(xml, from, tag.start);
                *caption += &quick_xml::escape::unescape(raw).unwrap_or(raw.into());
            }
        }
        ("br" | "tab", _) => caption.push(' '),
        ("p", Kind::Close) => caption.push('\n'),
        _ => {}
    }
    if caption.len() > 2 * MAX_CAPTION {
        let cut = caption.len() - MAX_CAPTION;
        let cut = (cut..caption.len()).find(|at| caption.is_char_boundary(*at)).unwrap_or(caption.len());
        caption.drain(..cut);
    }
}

fn inside(xml: &str, all: &mut [Table], tag: &Tag<'_>, words_from: &mut Option<usize>) -> Result<(), Refusal> {
    let Some(table) = all.last_mut() else { return Ok(()) };
    match (tag.name(), tag.kind) {
        ("tr", Kind::Open) => {
            if table.rows.len() >= MAX_ROWS {
                return Err(Refusal::new(Reason::TooLarge, "rows"));
            }
            table.rows.push(Line { start: tag.start, end: tag.end, cells: Vec::new() });
        }
        ("tr", Kind::Close) => {
            if let Some(line) = table.rows.last_mut() {
                line.end = tag.end;
            }
        }
        ("tc", Kind::Open) => {
            if let Some(line) = table.rows.last_mut() {
                let column = line.cells.last().map_or(0, |last| last.column.saturating_add(last.span)).min(MAX_COLUMNS);
                let place =
                    Place { start: tag.start, end: tag.end, column, span: 1, is_below: false, words: String::new() };
                line.cells.push(place);
            }
        }
        _ => {
            let Some(place) = table.rows.last_mut().and_then(|line| line.cells.last_mut()) else { return Ok(()) };
            match (tag.name(), tag.kind) {
                ("tc", Kind::Close) => place.end = tag.end,
                ("gridSpan", _) => {
                    place.span = tag.attribute("val").and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, MAX_COLUMNS);
                }
                ("vMerge", _) => place.is_below = tag.attribute("val").is_none_or(|v| v == "continue"),
                ("t", Kind::Open) => *words_from = Some(tag.end),
                ("t", Kind::Close) => {
                    if let Some(from) = words_from.take() {
                        let raw = slice(xml, from, tag.start);
                        place.words += &quick_xml::escape::unescape(raw).unwrap_or(raw.into());
                    }
                }
                ("br" | "tab", _) => place.words.push(' '),
                ("p", Kind::Close) => place.words.push('\n'),
                _ => {}
            }
        }
    }
    Ok(())
}

pub(super) fn changed(
    archive: &mut Archive<'_>,
    filling: &Filling,
) -> Result<HashMap<String, Option<String>>, Refusal> {
    let xml = archive.text(PART)?;
    let all = tables(&xml)?;
    let table = all.get(filling.sheet).ok_or_else(|| Refusal::new(Reason::Corrupted, "no such table"))?;
    let mut puts: HashMap<u32, HashMap<u16, &Put>> = HashMap::new();
    for entry in &filling.entries {
        puts.entry(entry.row).or_default().insert(entry.column, &entry.put);
    }
    let none = HashMap::new();
    let mut out = String::with_capacity(xml.len() * 2);
    let mut done = 0;
    for (number, line) in (1_u32..).zip(&table.rows) {
        out.push_str(slice(&xml, done, line.start));
        done = line.end;
        let moved = if number > filling.template { number + filling.inserted } else { number };
        row(&mut out, &xml, line, puts.get(&moved).unwrap_or(&none), false);
        if number == filling.template {
            for step in 1..=filling.inserted {
                row(&mut out, &xml, line, puts.get(&(number + step)).unwrap_or(&none), true);
            }
        }
    }
    out.push_str(xml.get(done..).unwrap_or_default());
    Ok(HashMap::from([(plain_name(PART), Some(out))]))
}

/// A row with what is put into it; a copy has nothing of the words of its pattern.
fn row(out: &mut String, xml: &str, line: &Line, puts: &HashMap<u16, &Put>, is_copy: bool) {
    let mut done = line.start;
    if is_copy && let Some(first) = tags(slice(xml, line.start, line.end)).next() {
        // The row's own ids must not stand twice in a letter.
        out.push_str(&tag(first.full_name, &[], false));
        done += first.end;
    }
    for place in &line.cells {
        out.push_str(slice(xml, done, place.start));
        done = place.end;
        let raw = slice(xml, place.start, place.end);
        let put = puts.get(&place.column).filter(|_| is_copy || place.words.trim().is_empty());
        match put {
            Some(put) => out.push_str(&cell(raw, Some(put))),
            None if is_copy => out.push_str(&cell(raw, None)),
            None => out.push_str(raw),
        }
    }
    out.push_str(slice(xml, done, line.end));
}

/// A cell written anew: its properties, one paragraph that looks like its first.
fn cell(raw: &str, put: Option<&Put>) -> String {
    let p = tags(raw).next().map(|t| t.prefix()).unwrap_or_default();
    let mut properties = element(raw, "tcPr").map(unmerged).unwrap_or_default();
    if put == Some(&Put::Mark) {
        properties = shaded(&properties, p);
    }
    let body = match (tags(raw).next(), element(raw, "tcPr")) {
        (_, Some(known)) => raw.find(known).and_then(|at| raw.get(at + known.len()..)).unwrap_or(raw),
        _ => raw,
    };
    let look = element(body, "pPr").unwrap_or_default();
    let run = after_paragraph(body, look);
    let words = match put {
        Some(Put::Text(words)) => escaped(words),
        Some(Put::Number(n) | Put::Percents(n)) => format!("{n}").replace('.', ","),
        Some(Put::Mark) | None => String::new(),
    };
    let run = if words.is_empty() {
        String::new()
    } else {
        format!("<{p}r>{run}<{p}t xml:space=\"preserve\">{words}</{p}t></{p}r>")
    };
    format!("<{p}tc>{properties}<{p}p>{look}{run}</{p}p></{p}tc>")
}

/// How the words of a cell look: as its first run, else as its paragraph's own mark.
fn after_paragraph<'x>(body: &'x str, look: &'x str) -> String {
    let rest = body.find(look).and_then(|at| body.get(at + look.len()..)).unwrap_or(body);
    let run = element(rest, "rPr").or_else(|| element(look, "rPr"));
    run.unwrap_or_default().to_owned()
}

/// The first element of this name, whole.
fn element<'x>(xml: &'x str, name: &str) -> Option<&'x str> {
    let mut open = None;
    for tag in tags(xml).filter(|t| t.is(name)) {
        match (tag.kind, open) {
            (Kind::Empty, None) => return Some(tag.raw),
            (Kind::Open, None) => open = Some(tag.start),
            (Kind::Close, Some(start)) => return Some(slice(xml, start, tag.end)),
            _ => {}
        }
    }
    None
}

/// A copy is merged with nothing above it.
fn unmerged(properties: &str) -> String {
    match tags(properties).find(|t| t.is("vMerge")) {
        Some(found) => [slice(properties, 0, found.start), properties.get(found.end..).unwrap_or_default()].concat(),
        None => properties.to_owned(),
    }
}

/// The properties with a yellow ground, at the place that the format asks for.
fn shaded(properties: &str, p: &str) -> String {
    let shade = format!("<{p}shd {p}val=\"clear\" {p}color=\"auto\" {p}fill=\"FFFF00\"/>");
    if properties.is_empty() || tags(properties).next().is_some_and(|t| t.kind == Kind::Empty) {
        return format!("<{p}tcPr>{shade}</{p}tcPr>");
    }
    let bare = match element(properties, "shd") {
        Some(known) => properties.replacen(known, "", 1),
        None => properties.to_owned(),
    };
    let at = tags(&bare)
        .find(|t| BEHIND_SHADING.contains(&t.name()) || (t.is("tcPr") && t.kind == Kind::Close))
        .map_or(bare.len(), |t| t.start);
    [bare.get(..at).unwrap_or_default(), &shade, bare.get(at..).unwrap_or_default()].concat()
}
