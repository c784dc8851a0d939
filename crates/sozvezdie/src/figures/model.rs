//! What is counted, and how one asks for it. Pure.
use crate::{
    events::{Format, Level, ListKind},
    organisations::OrganisationId,
    results::Award,
    shell::AcademicYear,
};
use kit::{
    Fault,
    db::{Cell, Col, Mismatch},
    form::Problems,
    text::{Message, url_part},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, str::FromStr};

/// Public counts below this are not told.
pub const LEAST: i64 = 5;

kit::codes! {
    /// By what a figure is broken down.
    pub enum By {
        Year = "year",
        Level = "level",
        Format = "format",
        List = "list",
        Organisation = "organisation",
        Subject = "subject",
        Class = "class",
        Age = "age",
    }
}

kit::codes! {
    /// Which of a participation's organisations is meant.
    pub enum Side { Main = "main", Sending = "sending", Preparing = "preparing" }
}

kit::codes! {
    /// Which rows: all that are counted, those of prize places, or those whose results are awaited.
    pub enum Of { Counted = "counted", Prizes = "prizes", Pending = "pending" }
}

kit::codes! {
    /// Whose participations: the Centre's members, as they were on the day of the event, or everybody's.
    pub enum Whose { Centre = "centre", All = "all" }
}

/// On an official list of the edition's year, on any of them, or on none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnList {
    Of(ListKind),
    Any,
    None,
}

impl FromStr for OnList {
    type Err = kit::codes::UnknownCode;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "any" => Ok(Self::Any),
            "none" => Ok(Self::None),
            code => code.parse().map(Self::Of),
        }
    }
}

/// An attribute that a row may lack: «none» asks for those without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maybe<T>(pub Option<T>);

/// Several values of one attribute, as the rows of a table name them: `level:school|municipal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Among {
    pub by: By,
    pub keys: Vec<String>,
}

/// Most values that are asked for at once.
const VALUES: usize = 1000;

impl FromStr for Among {
    type Err = kit::codes::UnknownCode;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (by, keys) = text.split_once(':').ok_or(kit::codes::UnknownCode)?;
        let by: By = by.parse()?;
        let is_value = |key: &&str| match by {
            By::Organisation => key.parse::<uuid::Uuid>().is_ok(),
            By::Level => key.parse::<Level>().is_ok(),
            By::Format => key.parse::<Format>().is_ok(),
            By::List => key.parse::<ListKind>().is_ok(),
            By::Year | By::Class | By::Age => key.parse::<i64>().is_ok(),
            By::Subject => !key.is_empty(),
        };
        let keys: Vec<&str> = keys.split('|').collect();
        if keys.len() > VALUES || !keys.iter().all(is_value) {
            return Err(kit::codes::UnknownCode);
        }
        Ok(Self { by, keys: keys.into_iter().map(str::to_owned).collect() })
    }
}

impl std::fmt::Display for Among {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.by.code(), self.keys.join("|"))
    }
}

/// The address as data.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub from: String,
    pub to: String,
    pub by: String,
    pub side: String,
    pub level: String,
    pub format: String,
    pub list: String,
    pub organisation: String,
    pub subject: String,
    pub class: String,
    pub age: String,
    /// `no`: contests outside the lists that ask for money are left out.
    pub paid: String,
    pub whose: String,
    pub of: String,
    /// The event's edition.
    pub edition: String,
    /// What the jury gave.
    pub award: String,
    /// Several values of one attribute, see [`Among`].
    pub among: String,
    pub after: String,
}

/// What a checked address asks for.
#[derive(Clone, Debug)]
pub struct Selection {
    pub from: AcademicYear,
    pub to: AcademicYear,
    pub by: Option<By>,
    pub side: Side,
    pub level: Option<Level>,
    pub format: Option<Format>,
    pub list: Option<OnList>,
    pub organisation: Option<Maybe<OrganisationId>>,
    pub subject: Option<Maybe<String>>,
    pub class: Option<Maybe<i64>>,
    pub age: Option<Maybe<i64>>,
    pub without_paid: bool,
    pub whose: Whose,
    pub of: Of,
    pub edition: Option<uuid::Uuid>,
    pub award: Option<Award>,
    pub among: Option<Among>,
}

/// Most years that are counted at once.
const YEARS: i64 = 30;

fn read<T: FromStr>(problems: &mut Problems, field: &'static str, text: &str) -> Option<T> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let value = text.parse().ok();
    if value.is_none() {
        problems.add(field, Message::new("form-unknown-code").with("code", text.chars().take(60).collect::<String>()));
    }
    value
}

fn maybe<T: FromStr>(problems: &mut Problems, field: &'static str, text: &str) -> Option<Maybe<T>> {
    if text.trim() == "none" { Some(Maybe(None)) } else { read(problems, field, text).map(|value| Maybe(Some(value))) }
}

/// What is wrong with a span of academic years, of which `most` are taken at once.
pub fn years_problem(from: AcademicYear, to: AcademicYear, most: i64) -> Option<Message> {
    if to < from {
        return Some(Message::new("figures-years-turned"));
    }
    (to.0 - from.0 >= most).then(|| Message::new("figures-years-many").with("most", most))
}

impl Asked {
    /// What is asked for; without years the one of today.
    ///
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self, this: AcademicYear) -> Result<Selection, Fault> {
        let mut problems = Problems::default();
        let mut year = |field: &'static str, text: &str| {
            let text = text.trim();
            let year = if text.is_empty() { None } else { Some(text.parse::<AcademicYear>()) };
            if matches!(year, Some(Err(_))) {
                problems.add(field, Message::new("form-bad-year"));
            }
            year.and_then(Result::ok)
        };
        let (from, to) = (year("from", &self.from), year("to", &self.to));
        let from = from.or(to).unwrap_or(this);
        let to = to.unwrap_or(from);
        if let Some(problem) = years_problem(from, to, YEARS) {
            problems.add("to", problem);
        }
        let p = &mut problems;
        let selection = Selection {
            from,
            to,
            by: read(p, "by", &self.by),
            side: read(p, "side", &self.side).unwrap_or(Side::Main),
            level: read(p, "level", &self.level),
            format: read(p, "format", &self.format),
            list: read(p, "list", &self.list),
            organisation: maybe(p, "organisation", &self.organisation),
            subject: maybe(p, "subject", &self.subject.chars().take(200).collect::<String>()),
            class: maybe(p, "class", &self.class),
            age: maybe(p, "age", &self.age),
            without_paid: match self.paid.trim() {
                "" => false,
                "no" => true,
                other => {
                    p.add(
                        "paid",
                        Message::new("form-unknown-code").with("code", other.chars().take(60).collect::<String>()),
                    );
                    false
                }
            },
            whose: read(p, "whose", &self.whose).unwrap_or(Whose::Centre),
            of: read(p, "of", &self.of).unwrap_or(Of::Counted),
            edition: read(p, "edition", &self.edition),
            award: read(p, "award", &self.award),
            among: read(p, "among", &self.among),
        };
        problems.into_result(selection)
    }
}

impl Selection {
    /// Every academic year of it.
    pub fn years(&self) -> impl Iterator<Item = AcademicYear> + use<> {
        (self.from.0..=self.to.0).map(AcademicYear)
    }

    /// Everything that narrows it, as pairs of an address.
    fn pairs(&self) -> Vec<(&'static str, String)> {
        fn or_none<T: ToString>(value: Option<&Maybe<T>>) -> String {
            value.map_or_else(String::new, |Maybe(v)| v.as_ref().map_or_else(|| "none".into(), ToString::to_string))
        }
        let code = |code: Option<&'static str>| code.unwrap_or_default().to_owned();
        let list = self.list.map(|l| match l {
            OnList::Of(kind) => kind.code(),
            OnList::Any => "any",
            OnList::None => "none",
        });
        vec![
            ("from", self.from.to_string()),
            ("to", self.to.to_string()),
            ("whose", code((self.whose != Whose::Centre).then_some(self.whose.code()))),
            ("side", code((self.side != Side::Main).then_some(self.side.code()))),
            ("level", code(self.level.map(Level::code))),
            ("format", code(self.format.map(Format::code))),
            ("list", code(list)),
            ("organisation", or_none(self.organisation.as_ref())),
            ("subject", or_none(self.subject.as_ref())),
            ("class", or_none(self.class.as_ref())),
            ("age", or_none(self.age.as_ref())),
            ("paid", code(self.without_paid.then_some("no"))),
            ("edition", self.edition.map(|id| id.to_string()).unwrap_or_default()),
            ("award", code(self.award.map(Award::code))),
            ("among", self.among.as_ref().map(ToString::to_string).unwrap_or_default()),
        ]
    }

    /// The address at `base` with these pairs put over it.
    pub fn at(&self, base: &str, over: &[(&'static str, String)]) -> String {
        let mut pairs: BTreeMap<&'static str, String> = self.pairs().into_iter().collect();
        pairs.extend(over.iter().cloned());
        let query: Vec<String> =
            pairs.iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| format!("{n}={}", url_part(v))).collect();
        format!("{base}?{}", query.join("&"))
    }

    /// The address of the rows that a figure counts, of one line of its breakdown where `key` is given.
    pub fn rows(&self, base: &str, key: Option<&Key>, of: Of) -> String {
        let mut over = vec![("of", if of == Of::Counted { String::new() } else { of.code().to_owned() })];
        if let (Some(by), Some(key)) = (self.by, key) {
            let value = key.0.clone().unwrap_or_else(|| "none".into());
            match by {
                By::Year => {
                    let year = value.parse().map_or(self.from, AcademicYear).to_string();
                    over.extend([("from", year.clone()), ("to", year)]);
                }
                _ => over.push((by.code(), value)),
            }
        }
        self.at(base, &over)
    }
}

/// What a line of a breakdown stands for; none: the rows that lack the attribute.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(pub Option<String>);

impl Col for Key {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Mismatch> {
        Ok(Self(match cell {
            Cell::Null => None,
            Cell::Int(number) => Some(number.to_string()),
            Cell::Text(text) => Some(text.to_owned()),
            Cell::Id(id) => Some(id.to_string()),
            Cell::Bytes(_) => Some(uuid::Uuid::from_cell(cell)?.to_string()),
            Cell::Real(_) | Cell::Bool(_) => return Err(cell.mismatch("a key")),
        }))
    }
}

/// Everything that is counted of some rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// K1: editions with a counted participation, and those with a prize among them.
    pub editions: i64,
    pub prize_editions: i64,
    /// K2.
    pub participations: i64,
    pub prize_participations: i64,
    /// K3: different children.
    pub children: i64,
    pub prize_children: i64,
    /// K4: a team is one.
    pub prize_places: i64,
    /// Editions none of whose results is counted yet, and participations whose results are awaited.
    pub pending_editions: i64,
    pub pending: i64,
}

/// A share as «12 из 40».
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    pub numerator: i64,
    pub denominator: i64,
}

impl Share {
    /// Percents with one decimal; none, and not zero, of nothing.
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
    pub fn percents(self) -> Option<f64> {
        (self.denominator > 0).then(|| (self.numerator as f64 * 1000.0 / self.denominator as f64).round() / 10.0)
    }
}

impl Counts {
    pub fn k1(&self) -> Share {
        Share { numerator: self.prize_editions, denominator: self.editions }
    }

    pub fn k2(&self) -> Share {
        Share { numerator: self.prize_participations, denominator: self.participations }
    }

    pub fn k3(&self) -> Share {
        Share { numerator: self.prize_children, denominator: self.children }
    }
}

/// A line of a breakdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub key: Key,
    pub counts: Counts,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Asked {
        let object = pairs.iter().map(|(k, v)| ((*k).to_owned(), serde_json::json!(v))).collect();
        serde_json::from_value(serde_json::Value::Object(object)).unwrap()
    }

    #[test]
    fn a_share_of_nothing_is_no_number() {
        assert_eq!(Share { numerator: 0, denominator: 0 }.percents(), None);
        assert_eq!(Share { numerator: 0, denominator: 3 }.percents(), Some(0.0));
        assert_eq!(Share { numerator: 12, denominator: 40 }.percents(), Some(30.0));
        assert_eq!(Share { numerator: 2, denominator: 3 }.percents(), Some(66.7));
    }

    #[test]
    fn what_is_asked_stands_in_the_address_again() {
        let pairs = [
            ("from", "2015-2016"),
            ("to", "2016/17"),
            ("by", "level"),
            ("list", "none"),
            ("subject", "Биология & экология"),
            ("class", "none"),
            ("paid", "no"),
            ("among", "level:school|municipal"),
        ];
        let s = asked(&pairs).check(AcademicYear(2026)).unwrap();
        assert_eq!(s.years().map(|y| y.0).collect::<Vec<_>>(), [2015, 2016]);
        let url = s.rows("/rows", Some(&Key(Some("regional".into()))), Of::Prizes);
        let query = url.strip_prefix("/rows?").unwrap();
        let back: Asked = serde_urlencoded(query);
        let again = back.check(AcademicYear(2026)).unwrap();
        assert_eq!((again.level, again.of), (Some(Level::Regional), Of::Prizes));
        assert_eq!((again.from, again.to, again.list), (s.from, s.to, Some(OnList::None)));
        assert_eq!((again.subject, again.class, again.without_paid), (s.subject, s.class, true));
        assert!(again.among.is_some());
        assert_eq!(again.among, s.among);
    }

    /// A query as the other side reads it.
    fn serde_urlencoded(query: &str) -> Asked {
        let decoded = |text: &str| {
            let mut bytes = Vec::new();
            let mut rest = text.bytes();
            while let Some(byte) = rest.next() {
                let pair: Vec<u8> = if byte == b'%' { rest.by_ref().take(2).collect() } else { Vec::new() };
                let hex = std::str::from_utf8(&pair).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok());
                bytes.push(hex.unwrap_or(byte));
            }
            String::from_utf8(bytes).unwrap()
        };
        let pairs: Vec<(String, String)> =
            query.split('&').filter_map(|pair| pair.split_once('=')).map(|(k, v)| (k.to_owned(), decoded(v))).collect();
        asked(&pairs.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect::<Vec<_>>())
    }

    #[test]
    fn nonsense_is_named_and_not_taken_for_everything() {
        for (field, value) in [
            ("from", "2015-2020"),
            ("level", "cosmic"),
            ("by", "colour"),
            ("class", "x"),
            ("paid", "perhaps"),
            ("among", "level:"),
            ("among", "organisation:1|2"),
        ] {
            let Err(Fault::Invalid(problems)) = asked(&[(field, value)]).check(AcademicYear(2026)) else {
                panic!("{field}={value} was taken")
            };
            assert!(problems.at(field).is_some());
        }
        assert!(asked(&[("from", "2016-2017"), ("to", "2015-2016")]).check(AcademicYear(2026)).is_err());
        let s = asked(&[]).check(AcademicYear(2026)).unwrap();
        assert_eq!((s.from.0, s.to.0, s.whose), (2026, 2026, Whose::Centre));
    }
}
