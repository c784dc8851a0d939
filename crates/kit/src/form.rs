//! What was typed and what is wrong with it.
use crate::text::{Lang, Message};
use serde::{Deserialize, Deserializer, Serialize, de};
use std::{borrow::Cow, fmt};

/// Fields to mend, in the order of the form. Words at the field and in the summary are the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problems(Vec<(Cow<'static, str>, Message)>);

impl Problems {
    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, message: Message) {
        self.0.push((field.into(), message));
    }

    /// A single field to mend.
    pub fn one(field: impl Into<Cow<'static, str>>, message: Message) -> Self {
        Self(vec![(field.into(), message)])
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is wrong with one field.
    pub fn at(&self, field: &str) -> Option<&Message> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, message)| message)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &Message)> {
        self.0.iter().map(|(field, message)| (field.as_ref(), message))
    }

    /// `Ok(value)` when nothing is wrong.
    ///
    /// # Errors
    /// [`crate::Fault::Invalid`] with the fields to mend.
    pub fn into_result<T>(self, value: T) -> Result<T, crate::Fault> {
        if self.is_empty() { Ok(value) } else { Err(crate::Fault::Invalid(self)) }
    }

    /// For `problem+json`: `[{field, message}]`.
    pub fn to_json(&self, lang: Lang) -> serde_json::Value {
        self.iter()
            .map(|(field, m)| serde_json::json!({ "field": field, "code": m.key, "message": m.say(lang) }))
            .collect()
    }
}

/// Trims, squeezes inner white space, and takes an empty text for nothing.
pub fn tidy(text: &str) -> Option<String> {
    let tidy = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!tidy.is_empty()).then_some(tidy)
}

/// Trims a text of several lines, keeping its lines; empty is nothing.
pub fn tidy_lines(text: &str) -> Option<String> {
    let tidy = text.replace("\r\n", "\n").trim().to_owned();
    (!tidy.is_empty()).then_some(tidy)
}

/// The version that a form was filled from; empty is `current`.
///
/// # Errors
/// [`crate::Fault::Invalid`] when it is none: taken for the current one, it would write over
/// somebody else's change.
pub fn version(text: &str, current: i64) -> Result<i64, crate::Fault> {
    match text.trim() {
        "" => Ok(current),
        text => text.parse().map_err(|_| crate::Fault::field("version", Message::new("form-bad-version"))),
    }
}

/// For fields that are text in a form and may be a number in JSON.
///
/// # Errors
/// For lists and objects.
pub fn loose<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    struct Loose;
    impl<'de> de::Visitor<'de> for Loose {
        type Value = String;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text or a number")
        }
        fn visit_str<E>(self, v: &str) -> Result<String, E> {
            Ok(v.to_owned())
        }
        fn visit_string<E>(self, v: String) -> Result<String, E> {
            Ok(v)
        }
        fn visit_i64<E>(self, v: i64) -> Result<String, E> {
            Ok(v.to_string())
        }
        fn visit_u64<E>(self, v: u64) -> Result<String, E> {
            Ok(v.to_string())
        }
        fn visit_f64<E>(self, v: f64) -> Result<String, E> {
            Ok(v.to_string())
        }
        fn visit_bool<E>(self, v: bool) -> Result<String, E> {
            Ok(v.to_string())
        }
        fn visit_unit<E>(self) -> Result<String, E> {
            Ok(String::new())
        }
        fn visit_none<E>(self) -> Result<String, E> {
            Ok(String::new())
        }
        fn visit_some<D: Deserializer<'de>>(self, d: D) -> Result<String, D::Error> {
            d.deserialize_any(Self)
        }
    }
    deserializer.deserialize_any(Loose)
}

/// Checks the fields of one form, gathering what is wrong.
pub struct Check<'a> {
    pub problems: &'a mut Problems,
}

impl Check<'_> {
    /// A line that must be there, of at most `limit` characters.
    pub fn required(&mut self, field: &'static str, text: &str, limit: usize) -> String {
        let value = self.optional(field, text, limit);
        if value.is_none() && self.problems.at(field).is_none() {
            self.problems.add(field, Message::new("form-required"));
        }
        value.unwrap_or_default()
    }

    /// A line that may be empty, of at most `limit` characters.
    pub fn optional(&mut self, field: &'static str, text: &str, limit: usize) -> Option<String> {
        let value = tidy(text)?;
        if value.chars().any(char::is_control) {
            self.problems.add(field, Message::new("form-control-characters"));
            return None;
        }
        let length = value.chars().count();
        if length > limit {
            self.problems.add(field, Message::new("form-too-long").with("limit", limit).with("length", length));
            return None;
        }
        Some(value)
    }

    /// A day written as `2026-11-24` (what a date field sends) or `24.11.2026`.
    pub fn date(&mut self, field: &'static str, text: &str) -> Option<chrono::NaiveDate> {
        let text = tidy(text)?;
        let parsed = ["%Y-%m-%d", "%d.%m.%Y"].iter().find_map(|f| chrono::NaiveDate::parse_from_str(&text, f).ok());
        let sane = parsed.filter(|d| (1900..2200).contains(&chrono::Datelike::year(d)));
        if sane.is_none() {
            self.problems.add(field, Message::new("form-bad-date"));
        }
        sane
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_a_number_or_nothing() {
        assert_eq!(version(" ", 7).unwrap(), 7);
        assert_eq!(version("3", 7).unwrap(), 3);
        for bad in ["x", "7.0", "99999999999999999999", "7;"] {
            assert!(matches!(version(bad, 7), Err(crate::Fault::Invalid(_))), "{bad}");
        }
    }
}
