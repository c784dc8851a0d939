//! Schema steps: one text for both engines, applied once, each as a whole.
//!
//! Tokens stand for the words in which the engines differ: `{id} {int} {bool} {time} {real}
//! {bytes} {text} {json} {ru}`. What only one engine knows stands between `-- sqlite:` or
//! `-- postgres:` and `-- end`. Directly above each CREATE TABLE a line says whose rows it holds:
//!
//! * `-- dist`: each row belongs to a network; on PostgreSQL row-level security is forced on it;
//! * `-- ref`: the same for all networks (classifiers, the list of networks itself);
//! * `-- local`: the installation's own (logins, sessions, jobs).
//!
//! Rows of networks are changed between `-- each network:` and `-- end`: that part runs once for
//! each row of the table `network`, with its id for `{network}`.
//!
//! SQLite's tables become STRICT by themselves. A step that was applied never changes: its
//! checksum is kept in `schema_step`.

mod postgres;
mod sqlite;
mod text;

use sha2::{Digest, Sha256};

use super::{Db, Engines, Error, Result};

/// One step of the schema.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Its name, for ever: `0001_organisations`.
    pub name: &'static str,
    /// Its text, which never changes once it was released.
    pub sql: &'static str,
}

impl Migration {
    /// What `schema_step` keeps of the text. Line ends do not count: a checkout may turn them.
    #[must_use]
    pub fn checksum(&self) -> String {
        hex::encode(Sha256::digest(self.sql.replace("\r\n", "\n")))
    }
}

impl Db {
    /// Applies the steps that are not applied yet, in order, and gives their names. Each is
    /// applied as a whole or not at all; several processes may do this at once.
    ///
    /// On PostgreSQL this runs with the login's rights, on a connection of its own, and makes the
    /// app role and the collation `ru` first.
    ///
    /// # Errors
    /// [`Error::Other`] naming the step whose text was changed since, whose text is not in order
    /// or which this program does not know; otherwise what the engine answers, with the name of
    /// the step before it.
    pub async fn migrate(&self, steps: &[Migration]) -> Result<Vec<&'static str>> {
        let applied = match &self.engines {
            Engines::Sqlite(db) => sqlite::migrate(db, steps).await?,
            Engines::Postgres(db) => postgres::migrate(db, steps).await?,
        };
        for name in &applied {
            tracing::info!(step = name, "schema step applied");
        }
        Ok(applied)
    }
}

/// What `schema_step` says was applied: name and checksum.
pub(super) type Applied = Vec<(String, String)>;

/// The steps that are still to be applied.
fn pending<'m>(steps: &'m [Migration], applied: &Applied) -> Result<Vec<&'m Migration>> {
    for (name, _) in applied {
        if !steps.iter().any(|step| step.name == name) {
            return Err(Error::Other(format!(
                "the database has the schema step {name}, which this program does not know: it is newer"
            )));
        }
    }
    let mut open = Vec::new();
    for step in steps {
        match applied.iter().find(|(name, _)| name == step.name) {
            None => open.push(step),
            Some((_, checksum)) if *checksum == step.checksum() => {}
            Some(_) => {
                return Err(Error::Other(format!("the schema step {} was changed after it was applied", step.name)));
            }
        }
    }
    Ok(open)
}

/// The same error with the step's name before its text.
fn in_step(name: &str, error: Error) -> Error {
    let named = |text: String| format!("schema step {name}: {text}");
    match error {
        Error::Unique(text) => Error::Unique(named(text)),
        Error::ForeignKey(text) => Error::ForeignKey(named(text)),
        Error::Check(text) => Error::Check(named(text)),
        Error::Retry(text) => Error::Retry(named(text)),
        Error::Unknown(text) => Error::Unknown(named(text)),
        Error::Gone(text) => Error::Gone(named(text)),
        Error::Full(text) => Error::Full(named(text)),
        Error::ReadOnly(text) => Error::ReadOnly(named(text)),
        Error::NotFound => Error::Other(named("a row is missing".to_owned())),
        Error::Other(text) => Error::Other(named(text)),
    }
}
