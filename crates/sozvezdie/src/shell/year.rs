//! The academic year: 1 September to 31 August, by the local date (`CONTEXT.md`).
use chrono::{Datelike as _, NaiveDate};
use kit::db::{Bind, Cell, Col, Mismatch, Val};
use serde::{Serialize, Serializer};
use std::{fmt, str::FromStr};

/// An academic year by the year in which it begins: 2015 is «2015-2016». A database holds that number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AcademicYear(pub i64);

/// The years that anything here can belong to.
const YEARS: std::ops::Range<i64> = 1990..2200;

impl AcademicYear {
    /// The year that a day belongs to.
    pub fn of(day: NaiveDate) -> Self {
        Self(i64::from(day.year()) - i64::from(day.month() < 9))
    }

    /// 1 September.
    pub fn first_day(self) -> NaiveDate {
        i32::try_from(self.0).ok().and_then(|year| NaiveDate::from_ymd_opt(year, 9, 1)).unwrap_or(NaiveDate::MIN)
    }

    /// 31 August.
    pub fn last_day(self) -> NaiveDate {
        self.next().first_day().pred_opt().unwrap_or(NaiveDate::MIN)
    }

    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// Two years as they were chosen, the earlier first; what names no year is left as it is.
    pub fn turned(from: &str, to: &str) -> (String, String) {
        let later = from.parse::<Self>().ok().zip(to.parse::<Self>().ok()).is_some_and(|(from, to)| from > to);
        let (from, to) = if later { (to, from) } else { (from, to) };
        (from.to_owned(), to.to_owned())
    }

    /// Several years in words: «2015-2016 – 2016-2017», one alone as itself.
    pub fn span(from: Self, to: Self) -> String {
        if from == to { from.to_string() } else { format!("{from} – {to}") }
    }

    /// «2026/27», where there is little room.
    pub fn short(self) -> String {
        format!("{}/{:02}", self.0, (self.0 + 1).rem_euclid(100))
    }
}

/// «2026-2027», as addresses and the API have it.
impl fmt::Display for AcademicYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.0, self.0 + 1)
    }
}

/// A text that names no academic year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoYear;

/// «2026-2027», «2026/2027», «2026/27» or «2026».
impl FromStr for AcademicYear {
    type Err = NoYear;
    fn from_str(text: &str) -> Result<Self, NoYear> {
        let (first, rest) = text.trim().split_once(['-', '/', '–']).map_or((text.trim(), ""), |(a, b)| (a, b));
        let year = Self(first.parse::<i64>().ok().filter(|y| YEARS.contains(y)).ok_or(NoYear)?);
        let next = year.0 + 1;
        let agrees = rest.is_empty() || rest == next.to_string() || rest == format!("{:02}", next % 100);
        agrees.then_some(year).ok_or(NoYear)
    }
}

impl Serialize for AcademicYear {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Bind for AcademicYear {
    const NULL: Val = Val::Int(None);
    fn bind(self) -> Val {
        Val::Int(Some(self.0))
    }
}

impl Col for AcademicYear {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Mismatch> {
        i64::from_cell(cell).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_academic_year_turns_on_the_first_of_september() {
        let year = |text: &str| AcademicYear::of(text.parse().unwrap()).0;
        assert_eq!((year("2026-08-31"), year("2026-09-01"), year("2027-01-01")), (2025, 2026, 2026));
        let year = AcademicYear(2015);
        assert_eq!(
            (year.first_day().to_string(), year.last_day().to_string()),
            ("2015-09-01".into(), "2016-08-31".into())
        );
    }

    #[test]
    fn a_year_is_read_as_people_write_it() {
        for text in ["2026-2027", "2026/27", "2026/2027", " 2026–2027 ", "2026"] {
            assert_eq!(text.parse(), Ok(AcademicYear(2026)), "{text}");
        }
        assert_eq!("1999-2000".parse(), Ok(AcademicYear(1999)));
        assert_eq!("1999/00".parse(), Ok(AcademicYear(1999)));
        for text in ["", "2026-2028", "26/27", "2026-2027-2028", "1800", "99999999999999999999", "Ⅻ"] {
            assert_eq!(text.parse::<AcademicYear>(), Err(NoYear), "{text}");
        }
        assert_eq!(
            (AcademicYear(2026).to_string(), AcademicYear(2026).short()),
            ("2026-2027".into(), "2026/27".into())
        );
    }
}
