//! Dates in the many ways people write them. The day comes first: «1/9/2012» is 1 September.

use chrono::{Datelike, NaiveDate};
use documents::Value;

use super::text::clean;

/// Why no date could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// Nothing there.
    Missing,
    /// Something there, but no date: «янв. 2016», «не изв.».
    Unreadable,
    /// A date that no calendar has: 31.02.
    Impossible,
}

/// Serial numbers that a person's or an event's date may have: 1927 to 2064. What is outside is a year, an
/// age or a mistake.
const SERIALS: std::ops::Range<f64> = 10_000.0..60_000.0;

const MONTHS: [&str; 12] = ["янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"];

/// The date in a cell. `latest` settles two-digit years: no date of the column lies after it.
///
/// # Errors
/// A [`DateFault`] when there is none.
pub fn read(value: &Value, latest: NaiveDate) -> Result<NaiveDate, DateFault> {
    match value {
        Value::Empty => Err(DateFault::Missing),
        Value::Date(day) => Ok(*day),
        Value::DateTime(moment) => Ok(moment.date()),
        Value::Number(number) => serial(*number).ok_or(DateFault::Unreadable),
        Value::Text(text) => parse(text, latest),
        Value::Bool(_) | Value::Error(_) => Err(DateFault::Unreadable),
    }
}

fn serial(number: f64) -> Option<NaiveDate> {
    if !SERIALS.contains(&number) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "within the range above")]
    let days = chrono::Days::new(number as u64);
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(days)
}

/// The date in a text.
///
/// # Errors
/// A [`DateFault`] when there is none.
pub fn parse(text: &str, latest: NaiveDate) -> Result<NaiveDate, DateFault> {
    let text = clean(text).to_lowercase();
    if text.is_empty() {
        return Err(DateFault::Missing);
    }
    // A time after the date, as databases write it, says nothing more.
    let text = text.split_once([' ', 't']).filter(|(_, time)| is_time(time)).map_or(text.as_str(), |(date, _)| date);
    let text = ["года", "год", "г"].iter().fold(text.trim_end_matches('.').trim_end(), |text, word| {
        text.strip_suffix(word)
            .filter(|rest| rest.ends_with([' ', '.']) || rest.ends_with(|last: char| last.is_ascii_digit()))
            .unwrap_or(text)
    });
    let text = text.trim_end_matches(['.', ' ', ',']);
    let parts: Vec<&str> =
        text.split(['.', '/', '-', '–', ' ', ',', '«', '»', '"']).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [one] => one.parse().ok().and_then(serial).ok_or(DateFault::Unreadable),
        [year, month, day] if year.len() == 4 => ymd(number(year)?, number(month)?, number(day)?),
        [day, month, year] if matches!(year.len(), 2 | 4) => {
            let month = month_of(month).map_or_else(|| number(month), Ok)?;
            let year = if year.len() == 2 { full_year(number(year)?, latest) } else { number(year)? };
            ymd(year, month, number(day)?)
        }
        _ => Err(DateFault::Unreadable),
    }
}

fn is_time(text: &str) -> bool {
    text.contains(':') && text.chars().all(|letter| letter.is_ascii_digit() || ":.z".contains(letter))
}

fn number(text: &str) -> Result<u32, DateFault> {
    let plain = text.len() <= 4 && text.chars().all(|letter| letter.is_ascii_digit());
    text.parse().ok().filter(|_| plain).ok_or(DateFault::Unreadable)
}

fn month_of(text: &str) -> Option<u32> {
    // «мар» before «ма»: both begin March.
    let place = MONTHS.iter().position(|month| text.starts_with(month))?;
    u32::try_from(place + 1).ok()
}

fn full_year(year: u32, latest: NaiveDate) -> u32 {
    let this_century = u32::try_from(latest.year()).unwrap_or(2000) / 100 * 100;
    if this_century + year <= u32::try_from(latest.year()).unwrap_or(2000) {
        this_century + year
    } else {
        this_century - 100 + year
    }
}

fn ymd(year: u32, month: u32, day: u32) -> Result<NaiveDate, DateFault> {
    if !(1900..2100).contains(&year) {
        return Err(DateFault::Unreadable);
    }
    let year = i32::try_from(year).map_err(|_| DateFault::Unreadable)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateFault::Impossible)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn latest() -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 9, 1).unwrap()
    }

    fn read_text(text: &str) -> Result<String, DateFault> {
        parse(text, latest()).map(|day| day.to_string())
    }

    #[test]
    fn many_writings_of_one_day() {
        for text in [
            "06.06.2018 г.",
            "6/6/2018",
            "2018-06-06",
            "06.06.18",
            "6 июня 2018 года",
            "«06» июня 2018 г",
            "43257",
            "2018-06-06T00:00:00",
            "06.06.2018 00:00",
            "06-06-2018",
            "06.06.2018г.",
        ] {
            assert_eq!(read_text(text).as_deref(), Ok("2018-06-06"), "{text}");
        }
        assert_eq!(read_text("1/9/2012").as_deref(), Ok("2012-09-01"));
        assert_eq!(read_text("1 мая 09").as_deref(), Ok("2009-05-01"));
        assert_eq!(read_text("1 марта 75").as_deref(), Ok("1975-03-01"));
    }

    #[test]
    fn what_is_no_date() {
        for text in ["31.02.2011", "30.02.2015", "29.02.2021", "31.11.2024", "01.13.2012"] {
            assert_eq!(read_text(text), Err(DateFault::Impossible), "{text}");
        }
        for text in ["2015", "янв. 2016", "??.??.2017", "не изв.", "нет данных", "12", "1.2.3.4", "1.1.20155"]
        {
            assert_eq!(read_text(text), Err(DateFault::Unreadable), "{text}");
        }
        assert_eq!(read_text(" \u{a0}"), Err(DateFault::Missing));
        assert_eq!(read(&Value::Number(42_304.0), latest()).unwrap().to_string(), "2015-10-27");
        assert_eq!(read(&Value::Number(2015.0), latest()), Err(DateFault::Unreadable));
    }

    proptest! {
        #[test]
        fn a_day_reads_as_itself(days in 0_u64..40_000) {
            let day = NaiveDate::from_ymd_opt(1950, 1, 1).unwrap() + chrono::Days::new(days);
            for format in ["%Y-%m-%d", "%d.%m.%Y", "%-d/%-m/%Y", "%d.%m.%Y г."] {
                prop_assert_eq!(parse(&day.format(format).to_string(), latest()), Ok(day));
            }
        }

        #[test]
        fn nothing_panics(text in ".{0,20}") {
            let _ = parse(&text, latest());
        }
    }
}
