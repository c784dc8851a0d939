//! Which numbers are days: a spreadsheet stores 45,000 and only the cell's format says it is 15.03.2023.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};

use crate::budget::Budget;
use crate::model::Value;
use crate::refusal::Refusal;

/// What a number format shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shows {
    /// The number itself.
    #[default]
    Number,
    /// A day, perhaps with a time.
    Day,
    /// A time of day or a length of time.
    Time,
}

/// The formats that files refer to by number without spelling them out.
pub(crate) const fn built_in(id: u32) -> Shows {
    match id {
        14..=17 | 22 | 27..=31 | 34..=36 | 50..=58 => Shows::Day,
        18..=21 | 32 | 33 | 45..=47 => Shows::Time,
        _ => Shows::Number,
    }
}

/// A format that is spelt out, such as `dd.mm.yyyy;@`.
pub(crate) fn spelt_out(code: &str) -> Shows {
    let mut letters = code.chars();
    let (mut day, mut month, mut time) = (false, false, false);
    while let Some(letter) = letters.next() {
        match letter {
            '"' => {
                letters.by_ref().find(|inner| *inner == '"');
            }
            '\\' | '_' | '*' => {
                letters.next();
            }
            '[' => {
                // [h], [mm] and [ss] are lengths of time; anything else is a colour, a locale or a condition.
                let inside: String = letters.by_ref().take_while(|inner| *inner != ']').collect();
                if !inside.is_empty() && inside.chars().all(|inner| matches!(inner, 'h' | 'H' | 'm' | 'M' | 's' | 'S'))
                {
                    time = true;
                }
            }
            ';' => break,
            'd' | 'D' | 'y' | 'Y' | 'д' | 'Д' | 'г' | 'Г' => day = true,
            'm' | 'M' | 'м' | 'М' => month = true,
            'h' | 'H' | 's' | 'S' | 'ч' | 'Ч' | 'с' | 'С' => time = true,
            '0' | '#' | '?' => return Shows::Number,
            _ => {}
        }
    }
    if code.eq_ignore_ascii_case("general") || code.eq_ignore_ascii_case("standard") {
        Shows::Number
    } else if day || (month && !time) {
        Shows::Day
    } else if time {
        Shows::Time
    } else {
        Shows::Number
    }
}

/// The value of a numeric cell. `from_1904`: the file counts days from 1904, as old Macintoshes did.
pub(crate) fn value(number: f64, shows: Shows, from_1904: bool, budget: &Budget) -> Result<Value, Refusal> {
    Ok(match shows {
        Shows::Day => match moment(number, from_1904) {
            Some(moment) if moment.time() == NaiveTime::MIN => Value::Date(moment.date()),
            Some(moment) => Value::DateTime(moment),
            None => Value::Number(number),
        },
        Shows::Time if (0.0..1000.0).contains(&number) => {
            #[expect(clippy::cast_possible_truncation, reason = "below 1,440,000 by the guard")]
            let minutes = (number * 1440.0).round() as i64;
            Value::Text(budget.text(&format!("{:02}:{:02}", minutes / 60, minutes % 60))?)
        }
        Shows::Number | Shows::Time => Value::Number(number),
    })
}

/// The moment of a serial number, to the second.
pub(crate) fn moment(serial: f64, from_1904: bool) -> Option<NaiveDateTime> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let base = if from_1904 {
        NaiveDate::from_ymd_opt(1904, 1, 1)?
    } else if serial < 60.0 {
        // The format takes 1900 for a leap year; from March on the count is one day ahead.
        NaiveDate::from_ymd_opt(1899, 12, 31)?
    } else {
        NaiveDate::from_ymd_opt(1899, 12, 30)?
    };
    #[expect(clippy::cast_possible_truncation, reason = "below 2^42 by the guard")]
    let seconds = (serial * 86_400.0).round() as i64;
    base.and_time(NaiveTime::MIN).checked_add_signed(Duration::seconds(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_tell_days_from_numbers() {
        for day in ["dd.mm.yyyy", "dd/mm/yy;@", "[$-419]d mmm yyyy", "ДД.ММ.ГГГГ", "mmm", "yyyy\\-mm\\-dd"] {
            assert_eq!(spelt_out(day), Shows::Day, "{day}");
        }
        for number in ["General", "0.00", "#,##0\\ \"дней\"", "[Red]0", "@", "Standard", "0.00E+00"] {
            assert_eq!(spelt_out(number), Shows::Number, "{number}");
        }
        for time in ["hh:mm", "[h]:mm:ss", "mm:ss"] {
            assert_eq!(spelt_out(time), Shows::Time, "{time}");
        }
    }

    #[test]
    fn serial_numbers_are_days() {
        let day = |serial, from_1904| moment(serial, from_1904).map(|moment| moment.to_string());
        assert_eq!(day(1.0, false).as_deref(), Some("1900-01-01 00:00:00"));
        assert_eq!(day(61.0, false).as_deref(), Some("1900-03-01 00:00:00"));
        assert_eq!(day(45_000.5, false).as_deref(), Some("2023-03-15 12:00:00"));
        assert_eq!(day(0.0, true).as_deref(), Some("1904-01-01 00:00:00"));
        assert_eq!(day(f64::NAN, false), None);
        assert_eq!(day(-1.0, false), None);
        assert_eq!(day(1e300, false), None);
    }
}
