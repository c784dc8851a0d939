//! The rules that keep the schema ready for sharding by network, checked from the catalogue.

use super::{Db, Engine, Error, Result, row};

/// The rules; a reader of SQL finds them named in the first column.
const RULES: &str = include_str!("schema_lint.sql");

/// A rule that the schema breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule: `no network_id`, `key without network_id` …
    pub rule: String,
    pub table: String,
    /// The key, index or trigger, where it is not the table as a whole.
    pub object: String,
}

row!(Finding { rule, table, object });

impl Db {
    /// Looks through the schema; empty when all is well.
    ///
    /// # Errors
    /// [`Error::Other`] on SQLite: its tables come from the same text, so PostgreSQL's are looked at.
    pub async fn schema_lint(&self) -> Result<Vec<Finding>> {
        if self.engine() == Engine::Sqlite {
            return Err(Error::Other("the schema is looked through on PostgreSQL".to_owned()));
        }
        let rules = RULES.trim().trim_end_matches(';');
        self.directory()
            .all(format!("SELECT * FROM ({rules}) AS found(rule, relation, object) ORDER BY 1, 2, 3"), vec![])
            .await
    }
}
