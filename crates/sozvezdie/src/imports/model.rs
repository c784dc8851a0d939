//! What an import is: its states, its rows and what may be decided about them. Pure.
use chrono::{DateTime, NaiveDate, Utc};
use intake::{Mapping, sentences};
use kit::{Lang, Visit, html::Tone, text::Message};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use std::{collections::BTreeMap, fmt, str::FromStr};
use uuid::Uuid;

kit::db::id_type!(
    /// One file on its way into the network.
    BatchId
);

kit::codes! {
    /// ready → applied → undone, or ready → cancelled.
    pub enum BatchState { Ready = "ready", Applied = "applied", Undone = "undone", Cancelled = "cancelled" }
}

kit::codes! {
    /// What a row would do.
    pub enum Status { New = "new", Changed = "changed", Same = "same", Duplicate = "duplicate", Error = "error" }
}

kit::codes! {
    /// What a row did.
    pub enum Outcome { Added = "added", Changed = "changed", Same = "same", Skipped = "skipped", Refused = "refused" }
}

kit::codes! {
    /// What became of a row's deed when the import was undone.
    pub enum Reversal { Removed = "removed", Restored = "restored", Kept = "kept" }
}

impl BatchState {
    pub fn tone(self) -> Tone {
        match self {
            Self::Ready => Tone::Info,
            Self::Applied => Tone::Ok,
            Self::Undone => Tone::Warn,
            Self::Cancelled => Tone::Plain,
        }
    }
}

impl Status {
    pub fn tone(self) -> Tone {
        match self {
            Self::New => Tone::Ok,
            Self::Changed => Tone::Info,
            Self::Same => Tone::Plain,
            Self::Duplicate => Tone::Warn,
            Self::Error => Tone::Bad,
        }
    }
}

impl Outcome {
    pub fn tone(self) -> Tone {
        match self {
            Self::Added => Tone::Ok,
            Self::Changed => Tone::Info,
            Self::Same => Tone::Plain,
            Self::Skipped => Tone::Warn,
            Self::Refused => Tone::Bad,
        }
    }
}

/// What a person decided about a row that may be another's double.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Skip,
    Add,
    /// Its values go into this record.
    Into(Uuid),
    /// Its values go where those of an earlier row of the file go.
    Row(i64),
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Skip => f.write_str("skip"),
            Self::Add => f.write_str("add"),
            Self::Into(record) => write!(f, "into:{record}"),
            Self::Row(place) => write!(f, "row:{place}"),
        }
    }
}

impl FromStr for Decision {
    type Err = kit::codes::UnknownCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = kit::codes::UnknownCode;
        match text.split_once(':') {
            None if text == "skip" => Ok(Self::Skip),
            None if text == "add" => Ok(Self::Add),
            Some(("into", id)) => id.parse().map(Self::Into).map_err(|_| unknown),
            Some(("row", place)) => place.parse().map(Self::Row).map_err(|_| unknown),
            _ => Err(unknown),
        }
    }
}

impl Serialize for Decision {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decision {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| serde::de::Error::custom("no decision"))
    }
}

/// Something wrong with a cell, or with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    pub field: String,
    /// Address of the cell, `B7`; none when the file has no column for the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u16>,
    pub is_error: bool,
    /// What is wrong, in the codes of `intake`; `rule` when `message` says it.
    pub code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
}

impl Issue {
    /// A rule of the record that the row breaks.
    pub fn rule(field: &str, message: Message) -> Self {
        Self {
            field: field.into(),
            cell: None,
            column: None,
            is_error: true,
            code: "rule".into(),
            raw: None,
            message: Some(message),
        }
    }

    /// What a person should know although the row is taken.
    pub fn note(field: &str, message: Message) -> Self {
        Self { is_error: false, ..Self::rule(field, message) }
    }

    /// What is wrong and how to mend it.
    pub fn sentence(&self, t: Lang) -> String {
        let lang = match t {
            Lang::Ru => sentences::Lang::Ru,
            Lang::En => sentences::Lang::En,
        };
        match &self.message {
            Some(message) => message.say(t).into_owned(),
            None => intake::problem_sentence(&self.code, &self.field, self.raw.as_deref(), lang),
        }
    }
}

/// What a doubtful row may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    pub decision: Decision,
    pub title: String,
    /// Why it is thought of; the words are the text `import-why-…`.
    pub why: String,
}

/// A value that would change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    pub field: String,
    pub old: Json,
    pub new: Json,
}

/// The record that a row speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    pub record: Uuid,
    pub version: i64,
    pub title: String,
}

/// An earlier row of the file that says the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Twin {
    pub place: i64,
    pub why: String,
}

/// A row of the file with all that was found about it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// Place of the sheet in the file, from 0.
    pub sheet: usize,
    /// Number of the row, from 1.
    pub row: u32,
    pub values: Map<String, Json>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub twin: Option<Twin>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<Known>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Candidate>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
}

impl Content {
    /// Whether some cell is left out.
    pub fn is_warned(&self) -> bool {
        self.issues.iter().any(|issue| !issue.is_error)
    }

    pub fn issues_at(&self, field: &str) -> impl Iterator<Item = &Issue> {
        self.issues.iter().filter(move |issue| issue.field == field)
    }
}

/// A row of the file on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub place: i64,
    pub status: Status,
    pub decision: Option<Decision>,
    pub content: Content,
    pub outcome: Option<Outcome>,
    pub record: Option<Uuid>,
    pub undone: Option<Reversal>,
}

impl Row {
    /// What is to happen with the row as it was decided. A double that nobody decided about is
    /// left out: that is the choice that can be mended later.
    pub fn plan(&self) -> Plan {
        match (self.status, self.decision) {
            (Status::Error, _) => Plan::Leave(Outcome::Refused),
            (Status::Same, _) => Plan::Leave(Outcome::Same),
            (_, Some(Decision::Skip)) | (Status::Duplicate, None) => Plan::Leave(Outcome::Skipped),
            (_, Some(Decision::Into(record))) => Plan::Into(record),
            (_, Some(Decision::Row(place))) => Plan::Row(place),
            (_, Some(Decision::Add)) | (Status::New, None) => Plan::Add,
            (Status::Changed, None) => self.content.known.as_ref().map_or(Plan::Add, |known| Plan::Into(known.record)),
        }
    }
}

impl Row {
    /// For programs: where it stands, what it says and what it would do.
    pub fn to_json(&self, sheets: &[Sheet]) -> Json {
        let content = &self.content;
        let sheet = sheets.iter().find(|sheet| sheet.index == content.sheet).map_or("", |sheet| sheet.name.as_str());
        serde_json::json!({
            "place": self.place, "sheet": sheet, "row": content.row, "status": self.status, "values": content.values,
            "problems": content.issues, "record": self.record.or(content.known.as_ref().map(|known| known.record)),
            "differences": content.differences, "candidates": content.candidates, "decision": self.decision,
            "outcome": self.outcome, "undone": self.undone,
        })
    }
}

/// What is to happen with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    Leave(Outcome),
    Add,
    Into(Uuid),
    Row(i64),
}

/// What the person said besides the file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Setup {
    pub area_code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<NaiveDate>,
    /// What headers mean: remembered, then decided.
    pub headers: Mapping,
    /// Columns of sheets without a header, by sheet.
    pub columns: BTreeMap<usize, BTreeMap<u16, String>>,
    pub mended: Vec<Mended>,
}

/// A cell that was written anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mended {
    pub sheet: usize,
    pub row: u32,
    pub field: String,
    pub text: String,
}

/// What was found in a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    pub index: usize,
    pub name: String,
    pub hidden: bool,
    /// Why it is left out; none when it is used.
    pub reason: Option<String>,
    pub header_rows: Vec<u32>,
    pub columns: Vec<Column>,
    pub rows: usize,
    pub ignored: usize,
}

/// A column with the first of its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub column: u16,
    pub header: String,
    pub field: Option<String>,
    /// Why it is left out.
    pub reason: Option<String>,
    pub samples: Vec<String>,
}

impl Sheet {
    pub fn is_used(&self) -> bool {
        self.reason.is_none()
    }

    /// Its fields, in the order of its columns.
    pub fn fields(&self) -> Vec<String> {
        self.columns.iter().filter_map(|column| column.field.clone()).collect()
    }
}

/// One file on its way into the network.
#[derive(Clone, Debug)]
pub struct Batch {
    pub id: BatchId,
    pub kind: String,
    pub state: BatchState,
    pub organisation: Option<Uuid>,
    /// Empty when the table was pasted.
    pub file_name: String,
    pub file_hash: Vec<u8>,
    pub setup: Setup,
    pub sheets: Vec<Sheet>,
    pub tally: Tally,
    pub created_at: DateTime<Utc>,
    pub created_by: Uuid,
    pub ended_at: Option<DateTime<Utc>>,
    pub ended_by: Option<Uuid>,
    /// Rows and file are gone: too old to be looked at or undone.
    pub purged: bool,
    pub version: i64,
}

impl Batch {
    /// One that begins now.
    pub fn new(visit: &Visit) -> Self {
        Self {
            id: BatchId(visit.new_id()),
            kind: String::new(),
            state: BatchState::Ready,
            organisation: None,
            file_name: String::new(),
            file_hash: Vec::new(),
            setup: Setup::default(),
            sheets: Vec::new(),
            tally: Tally::default(),
            created_at: visit.now,
            created_by: visit.actor(),
            ended_at: None,
            ended_by: None,
            purged: false,
            version: 1,
        }
    }
}

/// How many rows came to what. Kept when the rows themselves are gone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    pub added: i64,
    pub changed: i64,
    pub same: i64,
    pub skipped: i64,
    pub refused: i64,
    /// Left as they are when the rest was undone.
    pub kept: i64,
}

impl Tally {
    pub fn count(&mut self, outcome: Outcome) {
        let place = match outcome {
            Outcome::Added => &mut self.added,
            Outcome::Changed => &mut self.changed,
            Outcome::Same => &mut self.same,
            Outcome::Skipped => &mut self.skipped,
            Outcome::Refused => &mut self.refused,
        };
        *place += 1;
    }

    pub fn of(&self, outcome: Outcome) -> i64 {
        match outcome {
            Outcome::Added => self.added,
            Outcome::Changed => self.changed,
            Outcome::Same => self.same,
            Outcome::Skipped => self.skipped,
            Outcome::Refused => self.refused,
        }
    }
}

/// Rows of a file by what they would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub rows: i64,
    pub new: i64,
    pub changed: i64,
    pub same: i64,
    pub duplicate: i64,
    pub error: i64,
    /// Of all these: rows without some cell.
    pub warning: i64,
    /// Of the duplicates: those nobody decided about.
    pub undecided: i64,
    /// Rows that will write something.
    pub writing: i64,
}
