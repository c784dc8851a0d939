//! What a reply is: a request with its blank, what its rows stand for, what its columns ask. Pure.
use super::{layout::Layout, said::MOST_YEARS};
use crate::{
    events::Level,
    figures::{Of, years_problem},
    shell::AcademicYear,
};
use chrono::{DateTime, Utc};
use kit::{Fault, form::Problems, text::Message};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

kit::db::id_type!(
    /// A request with its blank.
    ReplyId
);

kit::codes! {
    /// What a row of the table stands for.
    pub enum Rows {
        Organisation = "organisation",
        Learner = "learner",
        Participation = "participation",
        Edition = "edition",
        Indicator = "indicator",
        Level = "level",
        Format = "format",
        List = "list",
        Subject = "subject",
        Class = "class",
        Year = "year",
        One = "one",
    }
}

kit::codes! {
    /// The kind of file that the blank is.
    pub enum FormCode { Xlsx = "xlsx", Docx = "docx" }
}

kit::codes! {
    /// Whose participations fill a blank: the Centre's members, everybody's within the viewer's reach, or
    /// those of the organisation that answers.
    pub enum Whom { Centre = "centre", All = "all", Own = "own" }
}

impl Rows {
    /// Whether its rows are single participations, children or events, and not sums.
    pub fn is_listed(self) -> bool {
        matches!(self, Self::Learner | Self::Participation | Self::Edition)
    }
}

/// What a column asks for; an empty field is unknown and stays yellow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Meaning {
    pub field: String,
    pub level: String,
    pub year: String,
}

/// What a person said of a blank, or the program guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Setup {
    pub sheet: usize,
    pub rows: String,
    pub from: String,
    pub to: String,
    pub whose: String,
    pub of: String,
    pub columns: BTreeMap<u16, Meaning>,
}

impl Setup {
    /// What the rows stand for; sums of the whole where nothing is said.
    pub fn rows(&self) -> Rows {
        self.rows.parse().unwrap_or(Rows::One)
    }

    pub fn meaning(&self, column: u16) -> &Meaning {
        const NONE: &Meaning = &Meaning { field: String::new(), level: String::new(), year: String::new() };
        self.columns.get(&column).unwrap_or(NONE)
    }

    /// Whether it gives away who the children are.
    pub fn names_children(&self) -> bool {
        matches!(self.rows(), Rows::Learner | Rows::Participation)
            && self.columns.values().any(|m| PERSONAL.contains(&m.field.as_str()))
    }

    /// The fields of a page: `rows`, `from`, … and `field-3`, `level-3`, `year-3` of each column.
    ///
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn of_page(fields: &BTreeMap<String, String>, before: &Self, layout: &Layout) -> Result<Self, Fault> {
        let text = |name: &str| fields.get(name).map(|v| v.trim().to_owned()).unwrap_or_default();
        let mut setup = Self {
            sheet: before.sheet,
            rows: text("rows"),
            from: text("from"),
            to: text("to"),
            whose: text("whose"),
            of: text("of"),
            columns: BTreeMap::new(),
        };
        let mut problems = Problems::default();
        setup.check(&mut problems);
        for column in &layout.asked.columns {
            let at = |what: &str| text(&format!("{what}-{}", column.column));
            let meaning = Meaning { field: at("field"), level: at("level"), year: at("year") };
            let mut known = |what: &str, is_known: bool| {
                if !is_known {
                    problems.add(format!("{what}-{}", column.column), Message::new("form-choose"));
                }
            };
            known("field", meaning.field.is_empty() || intake::blank::FIELDS.iter().any(|f| f.code == meaning.field));
            known("level", meaning.level.is_empty() || meaning.level.parse::<Level>().is_ok());
            known("year", meaning.year.is_empty() || meaning.year.parse::<AcademicYear>().is_ok());
            setup.columns.insert(column.column, meaning);
        }
        problems.into_result(setup)
    }

    fn check(&self, problems: &mut Problems) {
        let mut bad = |field: &'static str, is_good: bool, key: &'static str| {
            if !is_good {
                problems.add(field, Message::named(key.into()));
            }
        };
        bad("rows", self.rows.parse::<Rows>().is_ok(), "form-choose");
        let years = (self.from.parse::<AcademicYear>(), self.to.parse::<AcademicYear>());
        bad("from", years.0.is_ok(), "form-bad-year");
        bad("to", years.1.is_ok(), "form-bad-year");
        if let (Ok(from), Ok(to)) = years {
            bad("to", from <= to, "reply-years-turned");
            // Otherwise what is kept could not be counted again.
            if let Some(problem) = years_problem(from, to, MOST_YEARS).filter(|_| from <= to) {
                problems.add("to", problem);
            }
        }
        let mut bad = |field: &'static str, is_good: bool| {
            if !is_good {
                problems.add(field, Message::new("form-choose"));
            }
        };
        bad("whose", self.whose.parse::<Whom>().is_ok());
        bad("of", self.of.parse::<Of>().is_ok());
    }
}

/// Fields that say who a child is.
pub const PERSONAL: &[&str] = &["learner", "last_name", "first_name", "patronymic", "birth_date"];

/// A request with its blank, without the file.
#[derive(Clone, Debug)]
pub struct Reply {
    pub id: ReplyId,
    pub title: String,
    pub organisation: Option<Uuid>,
    pub file_name: String,
    pub form: FormCode,
    pub setup: Setup,
    /// The header was known from an earlier blank.
    pub remembered: bool,
    pub created_at: DateTime<Utc>,
    pub created_by: Uuid,
    pub taken_at: Option<DateTime<Utc>>,
    pub taken_by: Option<Uuid>,
    pub version: i64,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    Text(String),
    Number(i64),
    Decimal(f64),
    Percents(f64),
    /// Known, and there is nothing to say.
    Nothing,
    /// Nobody knows: yellow.
    Unknown,
    /// The blank's own words, which stay.
    Kept(String),
}

/// A cell, and where the rows behind it are.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub told: Told,
    pub href: Option<String>,
}

impl Cell {
    pub fn plain(told: Told) -> Self {
        Self { told, href: None }
    }
}

/// What was left out, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Left {
    /// Rows of children without a consent to hand their data over, and how many children these are.
    pub without_consent: usize,
    pub children_without_consent: usize,
    /// Rows of children whom the viewer may not see by name.
    pub out_of_reach: usize,
    /// There are more rows than a reply takes.
    pub over_limit: bool,
    /// Rows of the blank whose labels nothing of ours bears.
    pub unmatched: usize,
}

/// A filled table.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    pub lines: Vec<(u32, BTreeMap<u16, Cell>)>,
    pub template: u32,
    pub inserted: u32,
    pub left: Left,
    /// Whose data are in it.
    pub subjects: Vec<Uuid>,
}
