//! Tables of web pages: what many registries save under the extension xls. Only simple ones: a table
//! becomes a sheet, a cell its text; nested tables are taken for part of their cell.

use crate::budget::Budget;
use crate::model::{Cell, Container, Region, Row, Sheet, Value, Workbook};
use crate::refusal::{Reason, Refusal};
use crate::text::decode;

const MAX_SPAN: u32 = 1000;
const MAX_SHEETS: usize = 200;

pub(crate) fn read(bytes: &[u8], budget: &Budget) -> Result<Workbook, Refusal> {
    let decoded = decode(bytes)?;
    let mut page = Page::new(budget);
    let mut rest: &str = &decoded.text;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        page.text(text);
        if let Some(comment) = tag.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let Some((inside, after)) = tag.get(1..).and_then(|tag| tag.split_once('>')) else {
            break;
        };
        rest = after;
        let name: String =
            inside.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '/').collect();
        let name = name.to_ascii_lowercase();
        if matches!(name.as_str(), "style" | "script" | "title") {
            let end = format!("</{name}");
            let at = after.to_ascii_lowercase().find(&end).unwrap_or(after.len());
            rest = after.get(at..).unwrap_or_default();
        }
        page.tag(name.trim_end_matches('/'), inside)?;
    }
    page.end_row()?;
    if page.sheets.is_empty() {
        return Err(Refusal::new(Reason::NotATable, "a web page without a table"));
    }
    Ok(Workbook { container: Container::Html, text: None, sheets: page.sheets })
}

struct Page<'b> {
    sheets: Vec<Sheet>,
    depth: u32,
    row: Row,
    column: u32,
    columns_spanned: u32,
    text: Option<String>,
    budget: &'b Budget,
}

impl<'b> Page<'b> {
    fn new(budget: &'b Budget) -> Self {
        Self { sheets: Vec::new(), depth: 0, row: Row::default(), column: 0, columns_spanned: 1, text: None, budget }
    }

    fn text(&mut self, piece: &str) {
        if let Some(text) = &mut self.text {
            text.push_str(piece);
        }
    }

    fn tag(&mut self, name: &str, inside: &str) -> Result<(), Refusal> {
        match name {
            "table" => {
                self.depth += 1;
                if self.depth == 1 {
                    if self.sheets.len() >= MAX_SHEETS {
                        return Err(Refusal::new(Reason::TooLarge, "tables"));
                    }
                    let index = self.sheets.len();
                    self.sheets.push(Sheet { name: format!("html {}", index + 1), index, ..Sheet::default() });
                    self.row = Row::default();
                }
            }
            "/table" => {
                self.end_row_at(1)?;
                self.depth = self.depth.saturating_sub(1);
            }
            "tr" if self.depth == 1 => {
                self.end_row()?;
                self.row.number += 1;
                self.column = 0;
            }
            "/tr" => self.end_row_at(1)?,
            "td" | "th" if self.depth == 1 => {
                self.end_cell()?;
                self.begin_cell(inside);
            }
            "/td" | "/th" if self.depth == 1 => self.end_cell()?,
            "br" | "p" | "div" => self.text("\u{0}"),
            _ => {}
        }
        Ok(())
    }

    fn begin_cell(&mut self, inside: &str) {
        let Some(sheet) = self.sheets.last_mut() else {
            return;
        };
        let span = |name| attribute(inside, name).and_then(|text| text.parse().ok()).unwrap_or(1).clamp(1, MAX_SPAN);
        let (columns, rows) = (span("colspan"), span("rowspan"));
        let number = self.row.number.max(1);
        // Cells that hang down from rows above take their places first.
        let hanging = |column: u32| {
            let column = u16::try_from(column).ok()?;
            sheet
                .merges
                .iter()
                .rev()
                .take(256)
                .find(|region| region.first_row < number && region.contains(number, column))
        };
        while let Some(region) = hanging(self.column) {
            self.column = u32::from(region.last_column) + 1;
        }
        if (columns, rows) != (1, 1)
            && self.budget.region()
            && let (Ok(first_column), Ok(last_column)) =
                (u16::try_from(self.column), u16::try_from(self.column + columns - 1))
        {
            sheet.merges.push(Region { first_row: number, last_row: number + rows - 1, first_column, last_column });
        }
        self.columns_spanned = columns;
        self.text = Some(String::new());
    }

    fn end_cell(&mut self) -> Result<(), Refusal> {
        let Some(text) = self.text.take() else {
            return Ok(());
        };
        let text = plain(&text);
        if !text.is_empty() {
            self.budget.cell()?;
            let column = u16::try_from(self.column).map_err(|_| Refusal::new(Reason::TooLarge, "columns"))?;
            self.row.cells.push(Cell { value: Value::Text(self.budget.text(&text)?), column, formula: false });
        }
        self.column = self.column.saturating_add(self.columns_spanned);
        Ok(())
    }

    fn end_row_at(&mut self, depth: u32) -> Result<(), Refusal> {
        if self.depth == depth { self.end_row() } else { Ok(()) }
    }

    fn end_row(&mut self) -> Result<(), Refusal> {
        self.end_cell()?;
        let number = self.row.number;
        let cells = std::mem::take(&mut self.row.cells);
        if let Some(sheet) = self.sheets.last_mut()
            && !cells.is_empty()
        {
            self.budget.row()?;
            sheet.rows.push(Row { number: number.max(1), hidden: false, cells });
        }
        Ok(())
    }
}

/// The value of an attribute of a tag, quoted or not.
fn attribute<'t>(inside: &'t str, name: &str) -> Option<&'t str> {
    let lower = inside.to_ascii_lowercase();
    let at = lower.find(&format!("{name}="))? + name.len() + 1;
    let value = inside.get(at..)?;
    match value.chars().next()? {
        quote @ ('"' | '\'') => value.get(1..)?.split(quote).next(),
        _ => value.split(|letter: char| letter.is_whitespace() || letter == '/').next(),
    }
}

/// Text as a browser shows it: runs of spaces are one, breaks are lines, references are letters.
fn plain(raw: &str) -> String {
    let lines = raw.split('\u{0}').map(|line| line.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
    let text = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    if !text.contains('&') {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let known =
            from.get(1..).and_then(|name| name.split_once(';')).and_then(|(name, after)| Some((letter(name)?, after)));
        if let Some((letter, after)) = known {
            plain.push(letter);
            rest = after;
        } else {
            plain.push('&');
            rest = from.get(1..).unwrap_or_default();
        }
    }
    plain.push_str(rest);
    plain.trim_matches(|letter: char| letter.is_whitespace()).to_owned()
}

fn letter(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "laquo" => '«',
        "raquo" => '»',
        "ndash" => '–',
        "mdash" => '—',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    fn rows(page: &str) -> Vec<Vec<(u16, String)>> {
        let budget = Budget::new(Limits::default());
        let workbook = read(page.as_bytes(), &budget).unwrap();
        let row = |row: &Row| row.cells.iter().map(|cell| (cell.column, cell.value.to_string())).collect();
        workbook.sheets[0].rows.iter().map(row).collect()
    }

    #[test]
    fn cells_spans_and_references() {
        let page = "<html><style>td>b{}</style><table><tr><td rowspan=2>№<th colspan='2'>ФИО &amp; класс\n<tr><TD>А&nbsp;Б<br>В<td>7</table>";
        let text = |column, text: &str| (column, text.to_owned());
        assert_eq!(
            rows(page),
            [vec![text(0, "№"), text(1, "ФИО & класс")], vec![text(1, "А\u{a0}Б\nВ"), text(2, "7")]]
        );
    }

    #[test]
    fn a_page_without_a_table_is_none() {
        let budget = Budget::new(Limits::default());
        assert_eq!(read(b"<html><p>letter", &budget).unwrap_err().reason, Reason::NotATable);
    }
}
