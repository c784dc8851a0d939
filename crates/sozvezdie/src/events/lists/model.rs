//! Official lists: what one is, the lines that were pasted, and what they say. Pure.
use super::super::{EditionId, ListKind};
use crate::{acts::ActId, shell::AcademicYear};
use chrono::NaiveDate;
use kit::{
    Fault,
    form::{Check, Problems, tidy},
    text::Message,
};
use serde::{Deserialize, Serialize};

kit::db::id_type!(
    /// A list of one academic year.
    ListId
);
kit::db::id_type!(
    /// A line of a list.
    EntryId
);

/// A list with the number of its lines today.
#[derive(Clone, Debug, Serialize)]
pub struct EventList {
    pub id: ListId,
    pub kind: ListKind,
    pub academic_year: AcademicYear,
    pub title: String,
    pub act_id: Option<ActId>,
    pub lines: i64,
    pub version: i64,
}
kit::db::row!(EventList { id, kind, academic_year, title, act_id, lines, version });

/// A line of a list, in force from one day to another.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    pub id: EntryId,
    pub list_id: ListId,
    pub number: Option<String>,
    pub title: String,
    pub organiser: Option<String>,
    pub subjects: Option<String>,
    pub rsosh_level: Option<i64>,
    pub from_date: NaiveDate,
    pub until_date: Option<NaiveDate>,
    pub act_id: Option<ActId>,
}
kit::db::row!(Entry { id, list_id, number, title, organiser, subjects, rsosh_level, from_date, until_date, act_id });

kit::codes! {
    /// What became of a suggestion.
    pub enum Decision { Confirmed = "confirmed", Refused = "refused" }
}

/// That an edition is, or is not, the one of a line.
#[derive(Clone, Debug, Serialize)]
pub struct Listing {
    pub edition: EditionId,
    pub entry: EntryId,
    pub state: Decision,
    pub why: String,
    pub title: String,
}
kit::db::row!(Listing { edition, entry, state, why, title });

/// Lines of one paste at most.
const LINES: usize = 2000;

/// A line as it was pasted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineDraft {
    pub number: Option<String>,
    pub title: String,
    pub organiser: Option<String>,
    pub subjects: Option<String>,
    pub rsosh_level: Option<i64>,
}

/// What was typed of a new list.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ListForm {
    pub kind: String,
    #[serde(deserialize_with = "kit::form::loose")]
    pub academic_year: String,
    pub title: String,
    pub act_id: String,
    /// From which day; empty: 1 September.
    pub from: String,
    /// Cells between tabs, a line each: number, title, organiser, subjects, level.
    pub lines: String,
}

/// What was typed of an amendment within the year.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct AmendmentForm {
    pub on: String,
    pub act_id: String,
    /// Ids of lines that end.
    pub ends: Vec<String>,
    pub lines: String,
}

/// A checked list.
#[derive(Clone, Debug)]
pub struct ListDraft {
    pub kind: ListKind,
    pub academic_year: AcademicYear,
    pub title: String,
    pub act_id: Option<ActId>,
    pub from: NaiveDate,
    pub lines: Vec<LineDraft>,
}

/// A checked amendment.
#[derive(Clone, Debug)]
pub struct AmendmentDraft {
    pub on: NaiveDate,
    pub act_id: Option<ActId>,
    pub ends: Vec<EntryId>,
    pub lines: Vec<LineDraft>,
}

fn act(problems: &mut Problems, id: &str) -> Option<ActId> {
    let id = tidy(id)?;
    let known = id.parse().ok();
    if known.is_none() {
        problems.add("act_id", Message::new("form-choose"));
    }
    known
}

impl ListForm {
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self) -> Result<ListDraft, Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let title = check.required("title", &self.title, 300);
        let from = check.date("from", &self.from);
        let kind: Option<ListKind> = self.kind.parse().ok();
        if kind.is_none() {
            problems.add("kind", Message::new("form-choose"));
        }
        let year: Option<AcademicYear> = self.academic_year.parse().ok();
        if year.is_none() {
            problems.add("academic_year", Message::new("event-bad-year"));
        }
        let act_id = act(&mut problems, &self.act_id);
        let lines = lines(&mut problems, &self.lines);
        let year = year.unwrap_or(AcademicYear(2000));
        let from = from.unwrap_or_else(|| year.first_day());
        if AcademicYear::of(from) != year && problems.is_empty() {
            problems.add("from", Message::new("list-outside-year"));
        }
        problems.into_result(ListDraft {
            kind: kind.unwrap_or(ListKind::Federal),
            academic_year: year,
            title,
            act_id,
            from,
            lines,
        })
    }
}

impl AmendmentForm {
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self, year: AcademicYear) -> Result<AmendmentDraft, Fault> {
        let mut problems = Problems::default();
        let on = Check { problems: &mut problems }.date("on", &self.on);
        match on {
            Some(on) if AcademicYear::of(on) != year => problems.add("on", Message::new("list-outside-year")),
            None if problems.is_empty() => problems.add("on", Message::new("form-required")),
            _ => {}
        }
        let act_id = act(&mut problems, &self.act_id);
        let ends: Result<Vec<EntryId>, _> = self.ends.iter().map(|id| id.parse()).collect();
        if ends.is_err() {
            problems.add("ends", Message::new("form-choose"));
        }
        let ends = ends.unwrap_or_default();
        let lines = if self.lines.trim().is_empty() && !ends.is_empty() {
            Vec::new()
        } else {
            lines(&mut problems, &self.lines)
        };
        problems.into_result(AmendmentDraft { on: on.unwrap_or_default(), act_id, ends, lines })
    }
}

/// The lines of a paste; what is wrong with one is said with its number.
fn lines(problems: &mut Problems, text: &str) -> Vec<LineDraft> {
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        match read(line) {
            Some(line) => found.push(line),
            None if problems.at("lines").is_none() => {
                problems.add("lines", Message::new("list-bad-line").with("n", number));
            }
            None => {}
        }
    }
    if found.is_empty() && problems.at("lines").is_none() {
        problems.add("lines", Message::new("list-no-lines"));
    }
    if found.len() > LINES {
        problems.add("lines", Message::new("list-many-lines").with("limit", LINES));
    }
    found
}

/// One line: cells between tabs (or semicolons), a number first where there is one, a level of РСОШ last.
fn read(line: &str) -> Option<LineDraft> {
    let sign = if line.contains('\t') { '\t' } else { ';' };
    let mut cells: Vec<Option<String>> = line.split(sign).map(tidy).collect();
    if cells.iter().flatten().any(|cell| cell.chars().count() > 500 || cell.chars().any(char::is_control)) {
        return None;
    }
    let is_number = |cell: &Option<String>| {
        cell.as_deref().is_none_or(|c| c.trim_end_matches('.').chars().all(|c| c.is_ascii_digit() || c == '.'))
    };
    let number = if cells.len() > 1 && cells.first().is_some_and(is_number) { cells.remove(0) } else { None };
    let rsosh_level = cells.last().and_then(|cell| level(cell.as_deref()?));
    if rsosh_level.is_some() {
        cells.pop();
    }
    let mut cells = cells.into_iter();
    let title = cells.next().flatten().filter(|title| title.chars().filter(|c| c.is_alphabetic()).count() >= 3)?;
    let (organiser, subjects) = (cells.next().flatten(), cells.next().flatten());
    let number = number.map(|n| n.trim_end_matches('.').to_owned()).filter(|n| !n.is_empty());
    Some(LineDraft { number, title, organiser, subjects, rsosh_level })
}

/// «II», «2», «2 уровень», also with Cyrillic letters.
fn level(cell: &str) -> Option<i64> {
    let cell = cell.to_uppercase();
    match cell.split_whitespace().next()? {
        "I" | "1" | "І" => Some(1),
        "II" | "2" | "ІІ" => Some(2),
        "III" | "3" | "ІІІ" => Some(3),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_line_is_read_with_and_without_its_number() {
        let line = read("12.\tОлимпиада «Физтех»\tМФТИ\tфизика, математика\tI").unwrap();
        assert_eq!(
            (line.number.as_deref(), line.title.as_str(), line.rsosh_level),
            (Some("12"), "Олимпиада «Физтех»", Some(1))
        );
        assert_eq!((line.organiser.as_deref(), line.subjects.as_deref()), (Some("МФТИ"), Some("физика, математика")));
        let bare = read("Конкурс чтецов").unwrap();
        assert_eq!((bare.number, bare.organiser, bare.rsosh_level), (None, None, None));
        assert_eq!(read("7\t\t"), None);
        assert_eq!(read(&"ё".repeat(600)), None);
    }

    #[test]
    fn an_amendment_stays_within_its_year() {
        let form =
            |on: &str| AmendmentForm { on: on.into(), lines: "Конкурс".into(), ..AmendmentForm::default() };
        assert!(form("2026-12-01").check(AcademicYear(2026)).is_ok());
        assert!(form("2027-12-01").check(AcademicYear(2026)).is_err());
        assert!(form("").check(AcademicYear(2026)).is_err());
    }
}
