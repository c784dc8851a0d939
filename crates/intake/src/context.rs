//! What the person who imports knows besides the file.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::reading::Reading;
use crate::table::header_key;

/// Knowledge from outside the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// Whose file it is: the usual short name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The telephone area code for local numbers, without 8: `4722`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_code: Option<String>,
    /// The day on which the list was true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<NaiveDate>,
    /// Short names of the network's organisations: other writings of them are read as these.
    #[serde(default, skip_serializing)]
    pub organisations: Vec<String>,
}

/// What each header meant last time: confirmed by a person, so it overrules any guess.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    columns: Vec<(String, Option<String>)>,
}

impl Mapping {
    /// Remembers that a header means a field, or (`None`) that its column is to be left out.
    pub fn remember(&mut self, header: &str, field: Option<&str>) {
        let key = header_key(header);
        self.columns.retain(|(known, _)| *known != key);
        self.columns.push((key, field.map(str::to_owned)));
    }

    /// What a header means: `None` when nothing is remembered, `Some(None)` when it is to be left out.
    #[must_use]
    pub fn field_of(&self, header: &str) -> Option<Option<&str>> {
        let key = header_key(header);
        if key.is_empty() {
            return None;
        }
        self.columns.iter().find(|(known, _)| *known == key).map(|(_, field)| field.as_deref())
    }

    /// The mapping that a reading used, to be remembered for the next file of the same people.
    #[must_use]
    pub fn of(reading: &Reading) -> Self {
        let mut mapping = Self::default();
        for sheet in reading.sheets.iter().filter(|sheet| sheet.is_used()) {
            for column in &sheet.columns {
                mapping.remember(&column.header, Some(column.field));
            }
            for column in sheet.columns_ignored.iter().filter(|column| !column.header.is_empty()) {
                mapping.remember(&column.header, None);
            }
        }
        mapping
    }
}
