//! Delimited text as Excel under Russian settings opens it by a double click.

use super::{Field, Kind, Table};

/// Writes a table as csv: UTF-8 with a byte order mark (else Excel takes it for windows-1251), `;` between
/// cells (the list separator of Russian settings), lines ended by CR LF, a comma in decimals.
///
/// Text that a spreadsheet would take for a formula (it begins with `= + - @`, a tab or a carriage return)
/// gets an apostrophe in front. Such a cell is an attack as often as it is a note «- только в каникулы»:
/// opened by somebody else, it may send their data away. Numbers are no text and keep their minus.
#[must_use]
pub fn csv(table: &Table) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    line(&mut out, table.columns.iter().map(|column| neutral(&column.title)));
    for row in &table.rows {
        let cells = table
            .columns
            .iter()
            .enumerate()
            .map(|(place, column)| row.get(place).map_or_else(String::new, |field| shown(field, column.kind)));
        line(&mut out, cells);
    }
    if !table.footer.is_empty() {
        out.push_str("\r\n");
    }
    for text in &table.footer {
        line(&mut out, std::iter::once(neutral(text)));
    }
    out.into_bytes()
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            out.push(';');
        }
        if cell.contains([';', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

fn shown(field: &Field, kind: Kind) -> String {
    match field {
        Field::Empty => String::new(),
        Field::Text(text) => neutral(text),
        Field::Number(number) if kind == Kind::Decimal => format!("{number:.2}").replace('.', ","),
        Field::Number(number) => number.to_string().replace('.', ","),
        Field::Date(day) => day.format("%d.%m.%Y").to_string(),
    }
}

fn neutral(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
