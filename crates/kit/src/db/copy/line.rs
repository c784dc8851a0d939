//! One row as a line: a JSON array that is the same whichever engine gave the row.
//!
//! Whole numbers and truth are numbers, text is text, ids and bytes are `{"x":"hex"}`, real numbers
//! `{"r":"text"}`, since not every reader of JSON gives back the last bit.

use std::io::Write as _;

use anyhow::{Context as _, bail};

use super::super::{Cell, Col, Mismatch, Result, Row, RowRef, row::Source};

/// A row with its line end.
pub(super) struct Line(pub Vec<u8>);

impl Row for Line {
    fn from_row(row: RowRef<'_>) -> Result<Line> {
        let width = match row.0 {
            Source::Sqlite(row) => row.as_ref().column_count(),
            Source::Postgres(row) => row.len(),
        };
        let mut line = vec![b'['];
        for index in 0..width {
            if index > 0 {
                line.push(b',');
            }
            line.append(&mut row.get::<Text>(index)?.0);
        }
        line.extend_from_slice(b"]\n");
        Ok(Line(line))
    }
}

/// One column as it stands in a line.
struct Text(Vec<u8>);

impl Col for Text {
    fn from_cell(cell: Cell<'_>) -> Result<Text, Mismatch> {
        let mut text = Vec::new();
        // Writing to a Vec cannot fail.
        let _ = match cell {
            Cell::Null => write!(text, "null"),
            Cell::Int(v) => write!(text, "{v}"),
            Cell::Bool(v) => write!(text, "{}", i64::from(v)),
            Cell::Real(v) => write!(text, "{{\"r\":\"{v}\"}}"),
            Cell::Id(v) => write!(text, "{{\"x\":\"{}\"}}", v.simple()),
            Cell::Bytes(v) => write!(text, "{{\"x\":\"{}\"}}", hex::encode(v)),
            Cell::Text(v) => serde_json::to_writer(&mut text, v).map_err(std::io::Error::other),
        };
        Ok(Text(text))
    }
}

/// One column of a line that is read.
#[derive(Debug, PartialEq)]
pub(super) enum Field {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A line's columns.
pub(super) fn read(line: &str) -> anyhow::Result<Vec<Field>> {
    let values: Vec<serde_json::Value> = serde_json::from_str(line)?;
    values.into_iter().map(field).collect()
}

fn field(value: serde_json::Value) -> anyhow::Result<Field> {
    Ok(match value {
        serde_json::Value::Null => Field::Null,
        serde_json::Value::String(text) => Field::Text(text),
        serde_json::Value::Number(number) => Field::Int(number.as_i64().context("a whole number")?),
        serde_json::Value::Object(map) => match map.iter().next() {
            Some((kind, serde_json::Value::String(text))) if kind == "x" => Field::Bytes(hex::decode(text)?),
            Some((kind, serde_json::Value::String(text))) if kind == "r" => Field::Real(text.parse()?),
            _ => bail!("neither bytes nor a real number"),
        },
        serde_json::Value::Bool(_) | serde_json::Value::Array(_) => bail!("nothing that a column holds"),
    })
}

impl Field {
    /// As PostgreSQL reads it from text, whatever the column's type.
    pub fn words(self) -> Option<String> {
        match self {
            Field::Null => None,
            Field::Int(v) => Some(v.to_string()),
            Field::Real(v) => Some(v.to_string()),
            Field::Text(v) => Some(v),
            Field::Bytes(v) => Some(hex::encode(v)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn written(cell: Cell<'_>) -> String {
        String::from_utf8(Text::from_cell(cell).unwrap().0).unwrap()
    }

    #[test]
    fn the_engines_words_for_one_thing_give_one_text() {
        let id = Uuid::from_u128(0x0123);
        assert_eq!(written(Cell::Id(id)), written(Cell::Bytes(id.as_bytes())));
        assert_eq!(written(Cell::Bool(true)), written(Cell::Int(1)));
    }

    proptest! {
        #[test]
        fn a_line_gives_back_what_was_written(int: i64, real in any::<f64>().prop_filter("a number", |v| !v.is_nan()), text: String, bytes: Vec<u8>) {
            let line = format!("[{},{},{},{},null]", written(Cell::Int(int)), written(Cell::Real(real)),
                written(Cell::Text(&text)), written(Cell::Bytes(&bytes)));
            prop_assert!(!line.contains('\n'));
            let fields = read(&line).unwrap();
            prop_assert_eq!(fields, vec![Field::Int(int), Field::Real(real), Field::Text(text), Field::Bytes(bytes), Field::Null]);
        }
    }
}
