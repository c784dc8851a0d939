//! Rows into values: a [`Cell`] is what either engine gives for one column, [`Col`] makes a Rust
//! value of it, [`Row`] a struct or tuple of the columns in the order written.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use rusqlite::types::ValueRef;
use tokio_postgres::types::{FromSql, Type};
use uuid::Uuid;

use super::{Error, Result};

/// One column of one row as the engine gave it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    Null,
    Int(i64),
    Real(f64),
    Bool(bool),
    Text(&'a str),
    Id(Uuid),
    Bytes(&'a [u8]),
}

/// A cell that is not what the Rust type wants: `wanted`, and what was found. Never the value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{wanted} wanted, {found} found")]
pub struct Mismatch {
    pub wanted: &'static str,
    pub found: &'static str,
}

impl<'a> Cell<'a> {
    /// The error for a cell that is not `wanted`.
    #[must_use]
    pub fn mismatch(self, wanted: &'static str) -> Mismatch {
        let found = match self {
            Cell::Null => "NULL",
            Cell::Int(_) => "a whole number",
            Cell::Real(_) => "a real number",
            Cell::Bool(_) => "a boolean",
            Cell::Text(_) => "text",
            Cell::Id(_) => "an id",
            Cell::Bytes(_) => "bytes",
        };
        Mismatch { wanted, found }
    }

    /// The text of a text cell; for `Col` of enums that are stored as text.
    pub fn text(self) -> Result<&'a str, Mismatch> {
        match self {
            Cell::Text(v) => Ok(v),
            other => Err(other.mismatch("text")),
        }
    }

    fn from_sqlite(value: ValueRef<'a>) -> Result<Cell<'a>, Mismatch> {
        Ok(match value {
            ValueRef::Null => Cell::Null,
            ValueRef::Integer(v) => Cell::Int(v),
            ValueRef::Real(v) => Cell::Real(v),
            ValueRef::Text(v) => Cell::Text(
                std::str::from_utf8(v).map_err(|_| Mismatch { wanted: "text", found: "text that is not UTF-8" })?,
            ),
            ValueRef::Blob(v) => Cell::Bytes(v),
        })
    }
}

impl<'a> FromSql<'a> for Cell<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(match *ty {
            Type::INT8 => Cell::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => Cell::Int(i32::from_sql(ty, raw)?.into()),
            Type::INT2 => Cell::Int(i16::from_sql(ty, raw)?.into()),
            Type::FLOAT8 => Cell::Real(f64::from_sql(ty, raw)?),
            Type::FLOAT4 => Cell::Real(f32::from_sql(ty, raw)?.into()),
            Type::BOOL => Cell::Bool(bool::from_sql(ty, raw)?),
            Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN => {
                Cell::Text(<&str>::from_sql(ty, raw)?)
            }
            Type::UUID => Cell::Id(Uuid::from_sql(ty, raw)?),
            Type::BYTEA => Cell::Bytes(raw),
            // SUM over BIGINT is NUMERIC: the text should say CAST(SUM(x) AS BIGINT).
            _ => return Err(format!("a column of type {ty}: cast it in the statement").into()),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Cell::Null)
    }

    fn accepts(_: &Type) -> bool {
        true // decided above, with a better message
    }
}

/// A Rust type that one column can become.
pub trait Col: Sized {
    /// The value of the cell.
    fn from_cell(cell: Cell<'_>) -> Result<Self, Mismatch>;
}

impl<T: Col> Col for Option<T> {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Mismatch> {
        match cell {
            Cell::Null => Ok(None),
            cell => T::from_cell(cell).map(Some),
        }
    }
}

macro_rules! col {
    ($($type:ty, $wanted:literal: $($pattern:pat => $value:expr),+;)*) => { $(
        impl Col for $type {
            fn from_cell(cell: Cell<'_>) -> Result<Self, Mismatch> {
                let value: Option<Self> = match cell {
                    $($pattern => $value,)+
                    _ => None,
                };
                value.ok_or_else(|| cell.mismatch($wanted))
            }
        }
    )* };
}

col! {
    i64, "a whole number": Cell::Int(v) => Some(v);
    i32, "a whole number of 32 bits": Cell::Int(v) => v.try_into().ok();
    i16, "a whole number of 16 bits": Cell::Int(v) => v.try_into().ok();
    u64, "a count": Cell::Int(v) => v.try_into().ok();
    u32, "a count of 32 bits": Cell::Int(v) => v.try_into().ok();
    u16, "a count of 16 bits": Cell::Int(v) => v.try_into().ok();
    u8, "a count of 8 bits": Cell::Int(v) => v.try_into().ok();
    usize, "a count": Cell::Int(v) => v.try_into().ok();
    // SQLite has no booleans; EXISTS and comparisons give 0 and 1 there.
    bool, "a boolean": Cell::Bool(v) => Some(v), Cell::Int(v @ 0..=1) => Some(v == 1);
    f64, "a real number": Cell::Real(v) => Some(v), Cell::Int(v) => Some(v as f64);
    String, "text": Cell::Text(v) => Some(v.to_owned());
    Uuid, "an id": Cell::Id(v) => Some(v), Cell::Bytes(v) => Uuid::from_slice(v).ok();
    Vec<u8>, "bytes": Cell::Bytes(v) => Some(v.to_vec());
    DateTime<Utc>, "an instant in microseconds": Cell::Int(v) => DateTime::from_timestamp_micros(v);
    NaiveDate, "a date as ISO text": Cell::Text(v) => NaiveDate::parse_from_str(v, "%Y-%m-%d").ok();
    NaiveTime, "a time HH:MM": Cell::Text(v) => NaiveTime::parse_from_str(v, "%H:%M").ok();
}

/// A row while it is read; either engine's.
#[derive(Clone, Copy)]
pub struct RowRef<'a>(pub(super) Source<'a>);

#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a tokio_postgres::Row),
}

impl RowRef<'_> {
    /// The column at `index` (from 0).
    pub fn get<T: Col>(&self, index: usize) -> Result<T> {
        let named = |text: String| {
            let name = match self.0 {
                Source::Sqlite(row) => row.as_ref().column_name(index).unwrap_or("?").to_owned(),
                Source::Postgres(row) => row.columns().get(index).map_or("?", |c| c.name()).to_owned(),
            };
            Error::Other(format!("column {index} ({name}): {text}"))
        };
        let cell = match self.0 {
            Source::Sqlite(row) => {
                let value = row.get_ref(index).map_err(|e| named(e.to_string()))?;
                Cell::from_sqlite(value).map_err(|e| named(e.to_string()))?
            }
            Source::Postgres(row) => row.try_get(index).map_err(|e| named(super::postgres::describe(&e)))?,
        };
        T::from_cell(cell).map_err(|e| named(e.to_string()))
    }

    /// Refuses a statement that gives another number of columns than the type has fields:
    /// columns are taken by position, so a surplus one shifts the rest.
    pub fn expect_columns(&self, wanted: usize) -> Result<()> {
        let found = match self.0 {
            Source::Sqlite(row) => row.as_ref().column_count(),
            Source::Postgres(row) => row.len(),
        };
        if found == wanted {
            Ok(())
        } else {
            Err(Error::Other(format!("the statement gives {found} columns, the row type has {wanted}")))
        }
    }
}

/// A type that a whole row can become: tuples of up to 12 columns, and structs by
/// [`row!`](crate::db::row).
pub trait Row: Sized + Send + 'static {
    /// Reads the columns in order.
    fn from_row(row: RowRef<'_>) -> Result<Self>;
}

/// Makes a struct a [`Row`]: columns are taken in the order written here.
///
/// ```
/// struct Place { id: i64, name: String }
/// kit::db::row!(Place { id, name });
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! __db_row {
    ($type:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::db::Row for $type {
            fn from_row(row: $crate::db::RowRef<'_>) -> $crate::db::Result<Self> {
                const WIDTH: usize = [$(::core::stringify!($field)),+].len();
                row.expect_columns(WIDTH)?;
                let mut columns = 0..WIDTH;
                // Fields are evaluated in the order written, so each takes the next column.
                ::core::result::Result::Ok($type {
                    $($field: row.get(columns.next().unwrap_or(WIDTH))?),+
                })
            }
        }
    };
}
pub use crate::__db_row as row;

macro_rules! tuples {
    ($($width:literal: $($name:ident $index:tt),+;)*) => { $(
        impl<$($name: Col + Send + 'static),+> Row for ($($name,)+) {
            fn from_row(row: RowRef<'_>) -> Result<Self> {
                row.expect_columns($width)?;
                Ok(($(row.get::<$name>($index)?,)+))
            }
        }
    )* };
}

tuples! {
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
    5: A 0, B 1, C 2, D 3, E 4;
    6: A 0, B 1, C 2, D 3, E 4, F 5;
    7: A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
    9: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8;
    10: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9;
    11: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10;
    12: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11;
}
