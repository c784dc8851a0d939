//! The values of a row after reading: compact, because an upload may have a hundred thousand rows, and
//! serialised as the JSON that people's truth files have.

use chrono::NaiveDate;
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::values::Class;

/// One value.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing there, or not usable.
    #[default]
    Null,
    /// Text.
    Text(Box<str>),
    /// A number: points, a capacity, a place.
    Number(f64),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Date(NaiveDate),
    /// A class of a school.
    Class(Class),
    /// Several values.
    List(Box<[Self]>),
    /// Values by name.
    Map(Box<[(&'static str, Self)]>),
}

impl Value {
    /// A text; an empty one is nothing.
    #[must_use]
    pub fn text(text: impl Into<Box<str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Null } else { Self::Text(text) }
    }

    /// A list of texts.
    #[must_use]
    pub fn texts(texts: Vec<String>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    /// Whether there is nothing.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The text, when it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, when it is one.
    #[must_use]
    pub const fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The day, when it is one.
    #[must_use]
    pub const fn as_date(&self) -> Option<NaiveDate> {
        match self {
            Self::Date(day) => Some(*day),
            _ => None,
        }
    }

    /// The class, when it is one.
    #[must_use]
    pub const fn as_class(&self) -> Option<Class> {
        match self {
            Self::Class(class) => Some(*class),
            _ => None,
        }
    }

    /// The parts of a list; none for anything else.
    #[must_use]
    pub fn as_list(&self) -> &[Self] {
        match self {
            Self::List(values) => values,
            _ => &[],
        }
    }

    /// A part of a map.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries.iter().find(|(key, _)| *key == name).map(|(_, value)| value),
            _ => None,
        }
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Null, Self::text)
    }
}

impl From<NaiveDate> for Value {
    fn from(day: NaiveDate) -> Self {
        Self::Date(day)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            #[expect(clippy::cast_possible_truncation, reason = "whole and within the guard")]
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                serializer.serialize_i64(*number as i64)
            }
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Bool(truth) => serializer.serialize_bool(*truth),
            Self::Date(day) => serializer.collect_str(day),
            Self::Class(class) => class.serialize(serializer),
            Self::List(values) => serializer.collect_seq(values.iter()),
            Self::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (name, value) in entries {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stays_small() {
        // 100,000 rows of ten of these are what an upload holds in memory at most.
        assert!(size_of::<Value>() <= 24);
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        assert_eq!(serde_json::to_string(&Value::Number(39.0)).unwrap(), "39");
        assert_eq!(serde_json::to_string(&Value::Number(32.5)).unwrap(), "32.5");
    }
}
