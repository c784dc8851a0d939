//! Arguments of statements: a few typed values, with typed NULL.
//!
//! PostgreSQL refuses a value of another type than the column's, SQLite takes anything, so the
//! types here are the strict ones and both engines bind from them.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use rusqlite::types::{ToSqlOutput, ValueRef};
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use uuid::Uuid;

/// One argument of a statement. `None` is a NULL that still knows its type.
#[derive(Clone, Debug, PartialEq)]
pub enum Val {
    /// `{int}`, and `{time}` as microseconds since 1970 UTC.
    Int(Option<i64>),
    /// `{real}`
    Real(Option<f64>),
    /// `{bool}`
    Bool(Option<bool>),
    /// `{text}`, and dates as ISO text.
    Text(Option<String>),
    /// `{id}`
    Id(Option<Uuid>),
    /// `{bytes}`
    Bytes(Option<Vec<u8>>),
}

/// A type that can stand as an argument. Everything that is `Bind` is `Into<Val>`, and so is an
/// `Option` or a reference of it.
///
/// Implement it for a newtype by giving the value it wraps; for ids [`id_type!`](crate::db::id_type)
/// does it.
pub trait Bind {
    /// The NULL of this type.
    const NULL: Val;
    /// The value as an argument.
    fn bind(self) -> Val;
}

impl<T: Bind> From<T> for Val {
    fn from(value: T) -> Val {
        value.bind()
    }
}

impl<T: Bind> Bind for Option<T> {
    const NULL: Val = T::NULL;
    fn bind(self) -> Val {
        self.map_or(T::NULL, T::bind)
    }
}

impl<T: Bind + Clone> Bind for &T {
    const NULL: Val = T::NULL;
    fn bind(self) -> Val {
        self.clone().bind()
    }
}

macro_rules! bind {
    ($($type:ty => $variant:ident, $convert:expr;)*) => { $(
        impl Bind for $type {
            const NULL: Val = Val::$variant(None);
            fn bind(self) -> Val {
                Val::$variant(Some($convert(self)))
            }
        }
    )* };
}

bind! {
    i64 => Int, |v| v;
    i32 => Int, i64::from;
    i16 => Int, i64::from;
    u32 => Int, i64::from;
    u16 => Int, i64::from;
    u8 => Int, i64::from;
    // A count beyond i64 does not exist in this program; the largest number is honest enough.
    usize => Int, |v: usize| i64::try_from(v).unwrap_or(i64::MAX);
    u64 => Int, |v: u64| i64::try_from(v).unwrap_or(i64::MAX);
    f64 => Real, |v| v;
    bool => Bool, |v| v;
    String => Text, |v| v;
    &str => Text, str::to_owned;
    Cow<'_, str> => Text, |v: Cow<'_, str>| v.into_owned();
    Uuid => Id, |v| v;
    Vec<u8> => Bytes, |v| v;
    &[u8] => Bytes, <[u8]>::to_vec;
    DateTime<Utc> => Int, |v: DateTime<Utc>| v.timestamp_micros();
    NaiveDate => Text, |v: NaiveDate| v.format("%Y-%m-%d").to_string();
    NaiveTime => Text, |v: NaiveTime| v.format("%H:%M").to_string();
}

impl<const N: usize> Bind for [u8; N] {
    const NULL: Val = Val::Bytes(None);
    fn bind(self) -> Val {
        Val::Bytes(Some(self.to_vec()))
    }
}

/// The arguments of a statement: `args![kind, from, to]`.
#[macro_export]
#[doc(hidden)]
macro_rules! __db_args {
    ($($value:expr),* $(,)?) => { ::std::vec![$($crate::db::Val::from($value)),*] };
}
pub use crate::__db_args as args;

impl rusqlite::ToSql for Val {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match self {
            Val::Int(Some(v)) => ValueRef::Integer(*v),
            Val::Real(Some(v)) => ValueRef::Real(*v),
            Val::Bool(Some(v)) => ValueRef::Integer(i64::from(*v)),
            Val::Text(Some(v)) => ValueRef::Text(v.as_bytes()),
            Val::Id(Some(v)) => ValueRef::Blob(v.as_bytes()),
            Val::Bytes(Some(v)) => ValueRef::Blob(v),
            Val::Int(None) | Val::Real(None) | Val::Bool(None) | Val::Text(None) | Val::Id(None) | Val::Bytes(None) => {
                ValueRef::Null
            }
        };
        Ok(ToSqlOutput::Borrowed(value))
    }
}

type Fault = Box<dyn std::error::Error + Sync + Send>;

impl ToSql for Val {
    fn to_sql(&self, ty: &Type, out: &mut bytes::BytesMut) -> Result<IsNull, Fault> {
        match (self, ty) {
            (Val::Int(Some(v)), &Type::INT8) => v.to_sql(ty, out),
            (Val::Int(Some(v)), &Type::INT4) => i32::try_from(*v)?.to_sql(ty, out),
            (Val::Int(Some(v)), &Type::INT2) => i16::try_from(*v)?.to_sql(ty, out),
            (Val::Real(Some(v)), &Type::FLOAT8) => v.to_sql(ty, out),
            (Val::Bool(Some(v)), &Type::BOOL) => v.to_sql(ty, out),
            (Val::Text(Some(v)), &Type::TEXT | &Type::VARCHAR | &Type::BPCHAR | &Type::NAME | &Type::UNKNOWN) => {
                v.to_sql(ty, out)
            }
            (Val::Id(Some(v)), &Type::UUID) => v.to_sql(ty, out),
            (Val::Bytes(Some(v)), &Type::BYTEA) => v.to_sql(ty, out),
            (
                Val::Int(None) | Val::Real(None) | Val::Bool(None) | Val::Text(None) | Val::Id(None) | Val::Bytes(None),
                _,
            ) => Ok(IsNull::Yes),
            // The variant only: a value may be personal.
            (given, wanted) => Err(format!("{} given where {wanted} is wanted", given.variant()).into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true // decided per value above
    }

    to_sql_checked!();
}

impl Val {
    /// The type that PostgreSQL is told. Where one of its functions wants another (`substr` wants
    /// a small whole number), `CAST($2 AS INTEGER)` is understood by both engines.
    pub(super) fn postgres_type(&self) -> Type {
        match self {
            Val::Int(_) => Type::INT8,
            Val::Real(_) => Type::FLOAT8,
            Val::Bool(_) => Type::BOOL,
            Val::Text(_) => Type::TEXT,
            Val::Id(_) => Type::UUID,
            Val::Bytes(_) => Type::BYTEA,
        }
    }

    fn variant(&self) -> &'static str {
        match self {
            Val::Int(_) => "Int",
            Val::Real(_) => "Real",
            Val::Bool(_) => "Bool",
            Val::Text(_) => "Text",
            Val::Id(_) => "Id",
            Val::Bytes(_) => "Bytes",
        }
    }
}
