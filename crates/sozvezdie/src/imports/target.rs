//! What a slice must know to have its records imported: it implements [`Target`], and `slices.rs`
//! hands it over. Reading the file is `intake`'s business, showing and keeping the rows ours.
use super::model::{Candidate, Difference, Issue};
use chrono::NaiveDate;
use kit::{
    Fault, Lang, Visit,
    access::Permission,
    db::{Directory, Net, NetworkId, Tx},
};
use serde_json::{Map, Value as Json};
use std::{collections::HashMap, future::Future, pin::Pin, sync::Arc};
use uuid::Uuid;

/// A future of a trait's function.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, Fault>> + Send + 'a>>;

/// Where rows of one kind of file go. All three of `compare`, `apply` and `undo` run in the
/// transaction of the import: what one of them refuses undoes everything.
pub trait Target: Send + Sync {
    /// The kind's code, as `intake` has it.
    fn code(&self) -> &'static str;

    /// Who may. Held in one organisation only, it binds the import to that organisation.
    fn permission(&self) -> Permission;

    /// The address of the list that the records stand in.
    fn list(&self) -> &'static str;

    /// A record's address.
    fn url(&self, record: Uuid) -> String;

    /// Fields that are read and then left aside, with the reason given on the page of columns.
    fn unused_fields(&self) -> &'static [&'static str] {
        &[]
    }

    /// What the summary calls a row: its name, a person's name in full, or the event it speaks of.
    fn title(&self, values: &Map<String, Json>) -> String {
        let words = |fields: &[&str]| {
            let texts = fields.iter().filter_map(|field| values.get(*field).and_then(Json::as_str));
            texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let names =
            [words(&["name"]), words(&["last_name", "first_name", "patronymic"]), words(&["event"]), words(&["title"])];
        names.into_iter().find(|name| !name.is_empty()).unwrap_or_else(|| "—".to_owned())
    }

    /// Fields whose value is read into others: shown only where it could not be.
    fn spread_fields(&self) -> &'static [&'static str] {
        &[]
    }

    /// The value that a column shows; another name where the reading made something else of it.
    fn value_of(&self, field: &'static str) -> &'static str {
        field
    }

    /// A value as people read it.
    fn shown(&self, t: Lang, field: &str, value: &Json) -> String {
        let _ = (t, field);
        plainly(value)
    }

    /// What each row would do: one finding for each, in the same order.
    fn compare<'a>(&'a self, tx: &'a mut Tx, scope: &'a Scope, rows: &'a [Incoming]) -> Pending<'a, Vec<Finding>>;

    /// Writes one row.
    fn apply<'a>(
        &'a self,
        tx: &'a mut Tx,
        visit: &'a Visit,
        scope: &'a Scope,
        order: &'a Order,
    ) -> Pending<'a, Applied>;

    /// Takes one deed back, unless its record was changed since.
    fn undo<'a>(&'a self, tx: &'a mut Tx, visit: &'a Visit, deed: &'a Deed) -> Pending<'a, Undone>;
}

/// Texts, numbers and lists of them; nothing for anything else.
pub fn plainly(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        Json::Array(parts) => parts.iter().map(plainly).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}

/// Finds something in the network, borrowing it.
type Finds<T> = for<'a> fn(&'a Net) -> Pending<'a, T>;
/// Finds something about some ids.
type FindsOf<T> = for<'a> fn(&'a Net, &'a [Uuid]) -> Pending<'a, T>;

/// What imports must know of the network and may not ask of other slices themselves.
#[derive(Clone, Copy)]
pub struct Surroundings {
    /// «И. О. Фамилия» of people.
    pub people: FindsOf<HashMap<Uuid, String>>,
    /// The organisations by their usual names: other writings in a file are read as these.
    pub organisations: Finds<Vec<(Uuid, String)>>,
    /// The area code of local telephone numbers.
    pub area_code: for<'a> fn(&'a Directory, NetworkId) -> Pending<'a, String>,
}

/// What holds for a whole file.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The organisation it is bound to; `None` for the network's own files.
    pub organisation: Option<Uuid>,
    pub area_code: String,
    /// The day on which the file was true, today unless said.
    pub as_of: NaiveDate,
}

/// A row as it was read.
#[derive(Clone, Debug)]
pub struct Incoming {
    pub place: i64,
    pub values: Map<String, Json>,
    /// Fields that have a column of their own; other values were derived from these.
    pub stated: Arc<Vec<String>>,
}

impl Incoming {
    /// The text of a value; `None` when there is none.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.values.get(field).and_then(Json::as_str).filter(|text| !text.is_empty())
    }

    pub fn has_column(&self, field: &str) -> bool {
        self.stated.iter().any(|known| known == field)
    }
}

/// What a row would do.
#[derive(Clone, Debug)]
pub enum Verdict {
    New,
    /// It speaks of this record, at this version.
    Known {
        record: Uuid,
        version: i64,
        title: String,
        differences: Vec<Difference>,
    },
    /// A person must say what it is.
    Unclear(Vec<Candidate>),
    /// It cannot be taken.
    Refused(Vec<Issue>),
}

/// What a row would do, and which earlier row of the file says the same, if one does.
#[derive(Clone, Debug)]
pub struct Finding {
    pub verdict: Verdict,
    pub repeats: Option<i64>,
    /// What a person should know although the row is taken.
    pub notes: Vec<Issue>,
}

/// What is to be done with a row.
#[derive(Clone, Debug)]
pub struct Order {
    pub row: Incoming,
    /// `None` adds a record.
    pub into: Option<Uuid>,
    /// The record is that of an earlier row of the same file: a person said that this row repeats it.
    pub repeats: bool,
}

/// What was done.
#[derive(Clone, Debug)]
pub struct Applied {
    pub record: Uuid,
    /// The record's version after it; with it the deed can be taken back as long as it stands.
    pub version: i64,
    /// What stood there before: `None` for a record that was added.
    pub before: Option<Json>,
    /// False when the record said all of it already.
    pub changed: bool,
}

/// A deed to be taken back.
#[derive(Clone, Debug)]
pub struct Deed {
    pub record: Uuid,
    pub version: i64,
    pub before: Option<Json>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undone {
    /// The added record is gone.
    Removed,
    /// The record is as before, at this version.
    Restored { version: i64 },
    /// Changed or used since, and so left as it is.
    Kept,
}
