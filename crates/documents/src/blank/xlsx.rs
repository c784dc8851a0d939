//! A workbook filled in place: one sheet's cells, the styles that yellow needs, and what refers to rows that
//! moved down.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::markup::{Kind, Tag, slice, tag, tags};
use super::references::{Found, mapped, moved};
use super::styles::Styles;
use super::{Entry, Filling, Put};
use crate::archive::{Archive, plain_name};
use crate::docx::text as escaped;
use crate::model::{cell_reference, column_letters};
use crate::refusal::{Reason, Refusal};
use crate::xlsx::parts;

/// Letters that a cell holds.
const LONGEST: usize = 32_767;

/// Elements whose text is a formula.
const FORMULAS: [&str; 5] = ["f", "formula", "formula1", "formula2", "definedName"];

type Changed = HashMap<String, Option<String>>;

pub(super) fn changed(archive: &mut Archive<'_>, filling: &Filling) -> Result<Changed, Refusal> {
    let parts = parts(archive)?;
    let Some((_, name, part)) = parts.sheets.iter().find(|(index, ..)| *index == filling.sheet).cloned() else {
        return Err(Refusal::new(Reason::Corrupted, "no such sheet"));
    };
    let mut styles = Styles::read(archive.text(&parts.styles)?);
    let xml = archive.text(&part)?;
    let mut all: Changed = HashMap::new();
    all.insert(plain_name(&part), Some(sheet(&xml, filling, &name, &mut styles)?));
    all.insert(plain_name(&parts.styles), Some(styles.written()));
    let shift = Shift { edge: filling.template, count: filling.inserted, sheet: &name };
    let book = archive.text(&parts.workbook)?;
    let book = if filling.inserted > 0 { shift.formulas(&book, false) } else { book };
    all.insert(plain_name(&parts.workbook), Some(recalculated(&book)));
    if filling.inserted > 0 {
        for (_, _, other) in parts.sheets.iter().filter(|(index, ..)| *index != filling.sheet) {
            let xml = archive.text(other)?;
            if xml.contains('!') {
                all.insert(plain_name(other), Some(shift.formulas(&xml, false)));
            }
        }
    }
    // The order of calculation names cells that have moved; a program makes it anew.
    if let Some(chain) = parts.chain {
        let without = |xml: &str, end: &str| without_tag(xml, |t| t.raw.contains(end));
        let end = chain.rsplit('/').next().unwrap_or("calcChain.xml").to_owned();
        let types = archive.text("[Content_Types].xml")?;
        all.insert(plain_name("[Content_Types].xml"), Some(without(&types, &end)));
        let relations = archive.text(&parts.relations)?;
        all.insert(plain_name(&parts.relations), Some(without(&relations, &end)));
        all.insert(plain_name(&chain), None);
    }
    Ok(all)
}

fn without_tag(xml: &str, is_gone: impl Fn(&Tag<'_>) -> bool) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut done = 0;
    for found in tags(xml).filter(|t| t.kind == Kind::Empty && is_gone(t)) {
        out.push_str(slice(xml, done, found.start));
        done = found.end;
    }
    out + xml.get(done..).unwrap_or_default()
}

/// Asks the program that opens the file to count its formulas anew.
fn recalculated(book: &str) -> String {
    let all: Vec<Tag<'_>> = tags(book).collect();
    if let Some(found) = all.iter().find(|t| t.is("calcPr") && t.kind != Kind::Close) {
        let mut kept: Vec<(&str, &str)> =
            found.attributes().into_iter().filter(|(name, _)| *name != "fullCalcOnLoad").collect();
        kept.push(("fullCalcOnLoad", "1"));
        let anew = tag(found.full_name, &kept, found.kind == Kind::Empty);
        return [slice(book, 0, found.start), &anew, book.get(found.end..).unwrap_or_default()].concat();
    }
    let last = all.iter().rev().find(|t| {
        t.kind != Kind::Open && matches!(t.name(), "sheets" | "functionGroups" | "externalReferences" | "definedNames")
    });
    let Some(last) = last else { return book.to_owned() };
    let anew = format!("<{}calcPr fullCalcOnLoad=\"1\"/>", last.prefix());
    [slice(book, 0, last.end), &anew, book.get(last.end..).unwrap_or_default()].concat()
}

/// Rows that moved down.
struct Shift<'s> {
    edge: u32,
    count: u32,
    sheet: &'s str,
}

impl Shift<'_> {
    fn one(&self, text: &str, is_here: bool) -> String {
        mapped(text, |found: Found<'_>| {
            let is_ours = found.sheet.map_or(is_here, |named| named == self.sheet);
            if is_ours { moved(found, self.edge, self.count) } else { found.row }
        })
    }

    /// The part with its formulas moved; `is_here` when it is of the very sheet.
    fn formulas(&self, xml: &str, is_here: bool) -> String {
        let mut out = String::with_capacity(xml.len() + 64);
        let mut done = 0;
        for found in tags(xml).filter(|t| t.kind == Kind::Close && FORMULAS.contains(&t.name())) {
            let before = slice(xml, done, found.start);
            let at = before.rfind('>').map_or(0, |at| at + 1);
            out.push_str(before.get(..at).unwrap_or_default());
            out.push_str(&self.one(before.get(at..).unwrap_or_default(), is_here));
            done = found.start;
        }
        out + xml.get(done..).unwrap_or_default()
    }
}

#[derive(Clone)]
struct Cell<'x> {
    column: u16,
    attributes: Attributes<'x>,
    inner: Cow<'x, str>,
}

impl Cell<'_> {
    fn style(&self) -> u32 {
        self.attributes.iter().find(|(name, _)| *name == "s").and_then(|(_, s)| s.parse().ok()).unwrap_or(0)
    }

    fn is_formula(&self) -> bool {
        tags(&self.inner).any(|t| t.is("f"))
    }

    fn is_blank(&self) -> bool {
        !tags(&self.inner).any(|t| matches!(t.name(), "v" | "is" | "f"))
    }

    fn set(&mut self, name: &'static str, value: Option<String>) {
        self.attributes.retain(|(known, _)| *known != name);
        if let Some(value) = value {
            self.attributes.push((name, value.into()));
        }
    }
}

/// The attributes of an element, by name.
type Attributes<'x> = Vec<(&'x str, Cow<'x, str>)>;

struct Line<'x> {
    attributes: Vec<(&'x str, &'x str)>,
    cells: Vec<Cell<'x>>,
}

fn sheet(xml: &str, filling: &Filling, name: &str, styles: &mut Styles) -> Result<String, Refusal> {
    let all: Vec<Tag<'_>> = tags(xml).collect();
    let data = all.iter().position(|t| t.is("sheetData"));
    let (Some(first), Some(last)) = (data, all.iter().rposition(|t| t.is("sheetData"))) else {
        return Err(Refusal::new(Reason::Corrupted, "no cells"));
    };
    let within = all.get(first + 1..last).unwrap_or_default();
    let (Some(open), Some(close)) = (all.get(first), all.get(last)) else {
        return Err(Refusal::new(Reason::Corrupted, "no cells"));
    };
    let mut rows = lines(xml, within);
    let shift = Shift { edge: filling.template, count: filling.inserted, sheet: name };
    settle(&mut rows, &shift);
    put(&mut rows, filling, open.prefix(), styles);
    let before = head(slice(xml, 0, open.start));
    let after = tail(xml.get(close.end..).unwrap_or_default(), &shift);
    let p = open.prefix();
    let mut out = before;
    out.push_str(&format!("<{p}sheetData>"));
    for (number, line) in &rows {
        write(&mut out, p, *number, line);
    }
    out.push_str(&format!("</{p}sheetData>"));
    Ok(out + &after)
}

/// What stands before the cells, without the size of the sheet: it may be left out, and it has changed.
fn head(before: &str) -> String {
    without_tag(before, |t| t.is("dimension"))
}

fn lines<'x>(xml: &'x str, within: &[Tag<'x>]) -> BTreeMap<u32, Line<'x>> {
    let mut rows: BTreeMap<u32, Line<'_>> = BTreeMap::new();
    let (mut number, mut column) = (0_u32, None::<u16>);
    let mut inner: Option<(usize, Attributes<'_>, u16)> = None;
    for tag in within {
        match (tag.name(), tag.kind) {
            ("row", Kind::Open | Kind::Empty) => {
                number = tag.attribute("r").and_then(|r| r.parse().ok()).unwrap_or(number + 1);
                column = None;
                let attributes = tag.attributes().into_iter().filter(|(n, _)| !matches!(*n, "r" | "spans")).collect();
                rows.insert(number, Line { attributes, cells: Vec::new() });
            }
            ("c", Kind::Open | Kind::Empty) => {
                let at = tag.attribute("r").and_then(cell_reference).map(|(_, at)| at);
                let at = at.unwrap_or_else(|| column.map_or(0, |last| last.saturating_add(1)));
                column = Some(at);
                let kept = tag.attributes().into_iter().filter(|(n, _)| *n != "r").map(|(n, v)| (n, v.into()));
                let attributes: Attributes<'_> = kept.collect();
                if tag.kind == Kind::Open {
                    inner = Some((tag.end, attributes, at));
                } else if let Some(line) = rows.get_mut(&number) {
                    line.cells.push(Cell { column: at, attributes, inner: "".into() });
                }
            }
            ("c", Kind::Close) => {
                if let (Some((from, attributes, at)), Some(line)) = (inner.take(), rows.get_mut(&number)) {
                    line.cells.push(Cell { column: at, attributes, inner: slice(xml, from, tag.start).into() });
                }
            }
            _ => {}
        }
    }
    rows
}

/// Moves what stands under the template down, makes rows like it, and lets formulas be counted anew.
fn settle(rows: &mut BTreeMap<u32, Line<'_>>, shift: &Shift<'_>) {
    let lower = rows.split_off(&(shift.edge + 1));
    rows.extend(lower.into_iter().map(|(number, line)| (number.saturating_add(shift.count), line)));
    for line in rows.values_mut() {
        for cell in line.cells.iter_mut().filter(|c| c.is_formula()) {
            let formula = without_value(&cell.inner);
            let formula = if shift.count > 0 { shift.formulas(&formula, true) } else { formula };
            cell.inner = formula.into();
            cell.set("t", None);
        }
    }
    let Some(template) = rows.get(&shift.edge) else { return };
    let attributes = template.attributes.clone();
    let cells = template.cells.clone();
    for step in 1..=shift.count {
        let mut cells = cells.clone();
        for cell in &mut cells {
            cell.set("t", None);
            cell.inner = match cell.is_formula() && !cell.inner.contains("shared") {
                true => own_row(&cell.inner, shift.edge, step).into(),
                false => "".into(),
            };
        }
        rows.insert(shift.edge + step, Line { attributes: attributes.clone(), cells });
    }
}

/// The formula of a cell without the value it had.
fn without_value(inner: &str) -> String {
    match inner.find("</").and_then(|_| tags(inner).find(|t| t.is("v") && t.kind != Kind::Close)) {
        Some(value) => slice(inner, 0, value.start).to_owned(),
        None => inner.to_owned(),
    }
}

/// The template's formula in a row further down: what it says of its own row it says of that one.
fn own_row(inner: &str, template: u32, step: u32) -> String {
    let Some(close) = tags(inner).find(|t| t.is("f") && t.kind == Kind::Close) else { return String::new() };
    let before = slice(inner, 0, close.start);
    let at = before.rfind('>').map_or(0, |at| at + 1);
    let formula = mapped(before.get(at..).unwrap_or_default(), |found| {
        let is_own = found.sheet.is_none() && found.row == template && !found.is_fixed;
        if is_own { template + step } else { found.row }
    });
    format!("{}{formula}{}", before.get(..at).unwrap_or_default(), close.raw)
}

fn put(rows: &mut BTreeMap<u32, Line<'_>>, filling: &Filling, prefix: &str, styles: &mut Styles) {
    let looks: BTreeMap<u16, u32> = rows
        .get(&filling.template)
        .map(|l| l.cells.iter().map(|c| (c.column, c.style())).collect())
        .unwrap_or_default();
    let likeness = rows.get(&filling.template).map(|l| l.attributes.clone()).unwrap_or_default();
    for entry in &filling.entries {
        let line = rows.entry(entry.row).or_insert_with(|| Line { attributes: likeness.clone(), cells: Vec::new() });
        let place = line.cells.partition_point(|cell| cell.column < entry.column);
        if line.cells.get(place).is_none_or(|cell| cell.column != entry.column) {
            let mut cell = Cell { column: entry.column, attributes: Vec::new(), inner: "".into() };
            cell.set("s", looks.get(&entry.column).map(ToString::to_string));
            line.cells.insert(place, cell);
        }
        if let Some(cell) = line.cells.get_mut(place).filter(|cell| cell.is_blank()) {
            put_one(cell, entry, prefix, styles);
        }
    }
}

fn put_one(cell: &mut Cell<'_>, entry: &Entry, p: &str, styles: &mut Styles) {
    let style = cell.style();
    cell.set("t", None);
    let number = |n: f64| format!("<{p}v>{n}</{p}v>");
    match &entry.put {
        Put::Mark => cell.set("s", Some(styles.marked(style).to_string())),
        Put::Number(n) => cell.inner = number(*n).into(),
        Put::Percents(n) => cell.inner = number(if styles.shows_percents(style) { n / 100.0 } else { *n }).into(),
        Put::Text(words) => {
            let words: String = words.chars().take(LONGEST).collect();
            cell.set("t", Some("inlineStr".into()));
            cell.inner = format!("<{p}is><{p}t xml:space=\"preserve\">{}</{p}t></{p}is>", escaped(&words)).into();
        }
    }
}

fn write(out: &mut String, p: &str, number: u32, line: &Line<'_>) {
    let own = number.to_string();
    let mut attributes = vec![("r", own.as_str())];
    attributes.extend(line.attributes.iter().copied());
    out.push_str(&tag(&format!("{p}row"), &attributes, line.cells.is_empty()));
    if line.cells.is_empty() {
        return;
    }
    for cell in &line.cells {
        let place = format!("{}{number}", column_letters(cell.column));
        let mut attributes = vec![("r", place.as_str())];
        attributes.extend(cell.attributes.iter().map(|(name, value)| (*name, value.as_ref())));
        out.push_str(&tag(&format!("{p}c"), &attributes, cell.inner.is_empty()));
        if !cell.inner.is_empty() {
            out.push_str(&cell.inner);
            out.push_str(&format!("</{p}c>"));
        }
    }
    out.push_str(&format!("</{p}row>"));
}

/// What stands behind the cells: merged regions, conditions, checks and links of rows that moved.
fn tail(after: &str, shift: &Shift<'_>) -> String {
    if shift.count == 0 {
        return after.to_owned();
    }
    let mut out = String::with_capacity(after.len() + 256);
    let mut done = 0;
    let within =
        |t: &Tag<'_>| t.kind != Kind::Close && (t.attribute("ref").is_some() || t.attribute("sqref").is_some());
    for found in tags(after).filter(|t| within(t) || (t.is("mergeCells") && t.kind == Kind::Open)) {
        out.push_str(slice(after, done, found.start));
        done = found.end;
        let moved: Vec<(&str, String)> = found
            .attributes()
            .into_iter()
            .filter(|(name, _)| *name != "count")
            .map(|(name, value)| match name {
                "ref" | "sqref" => (name, shift.regions(value, found.is("mergeCell"))),
                _ => (name, value.to_owned()),
            })
            .collect();
        let plain: Vec<(&str, &str)> = moved.iter().map(|(name, value)| (*name, value.as_str())).collect();
        out.push_str(&tag(found.full_name, &plain, found.kind == Kind::Empty));
        if found.is("mergeCell") {
            let region = found.attribute("ref").unwrap_or_default();
            out.extend(shift.repeated(region).map(|region| tag(found.full_name, &[("ref", &region)], true)));
        }
    }
    out.push_str(after.get(done..).unwrap_or_default());
    shift.formulas(&out, true)
}

impl Shift<'_> {
    /// A region moved; a merged one of the template's own row does not grow.
    fn regions(&self, regions: &str, is_merged: bool) -> String {
        let rows = |region: &str| rows_of(region);
        let all = regions.split(' ').map(|region| match rows(region) {
            Some((first, last)) if is_merged && first == self.edge && last == self.edge => region.to_owned(),
            _ => self.one(region, true),
        });
        all.collect::<Vec<_>>().join(" ")
    }

    /// The same merged region in each inserted row.
    fn repeated<'r>(&'r self, region: &'r str) -> impl Iterator<Item = String> + 'r {
        let is_own = rows_of(region) == Some((self.edge, self.edge));
        (1..=if is_own { self.count } else { 0 }).map(move |step| mapped(region, |found| found.row + step))
    }
}

fn rows_of(region: &str) -> Option<(u32, u32)> {
    let (first, last) = region.split_once(':')?;
    Some((cell_reference(first)?.0, cell_reference(last)?.0))
}
