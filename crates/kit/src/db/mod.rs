//! The data seam: one SQL text, two engines.
//!
//! SQLite is embedded and the default, PostgreSQL serves a region; nothing else in the program
//! names a driver. A slice gets a [`Net`] (the rows of one network) and writes plain SQL:
//!
//! ```no_run
//! # use kit::db::{Error, Net, NetworkId, Tx, args, id_type, row};
//! id_type!(PlaceId);
//! struct Place { id: PlaceId, name: String }
//! row!(Place { id, name });
//!
//! async fn list(net: &Net, kind: &str) -> Result<Vec<Place>, Error> {
//!     net.all(
//!         "SELECT id, name FROM place WHERE network_id = $1 AND kind = $2 ORDER BY name COLLATE ru",
//!         args![kind],
//!     )
//!     .await
//! }
//!
//! async fn take(net: &Net, id: PlaceId) -> Result<bool, Error> {
//!     net.transact(async |tx: &mut Tx| {
//!         let taken = tx
//!             .run("UPDATE place SET taken = taken + 1 WHERE network_id = $1 AND id = $2 AND taken < capacity", args![id])
//!             .await?;
//!         Ok(taken == 1)
//!     })
//!     .await
//! }
//! ```
//!
//! What must hold in such texts: arguments are `$1`, `$2` …, and `$1` is the network, put there by
//! [`Net`] and [`Tx`]; `CAST(SUM(x) AS BIGINT)`; `WHERE open`, not `open = 1`; conditional UPDATE
//! and a look at the count instead of check-then-insert; no `FOR UPDATE`; `ORDER BY name COLLATE ru`.
//!
//! | Module | Holds |
//! |---|---|
//! | [`value`] | arguments, `args!` |
//! | [`row`](mod@row) | columns and rows, `row!` |
//! | [`ident`] | `id_type!`, [`NetworkId`] |
//! | `access`, `transaction`, `retry` | what the program holds: [`Net`], [`Directory`], [`Tx`] |
//! | `filter` | [`Where`] |
//! | `sqlite`, `postgres` | the engines |
//! | `migrate`, `schema_lint` | the schema |
//! | `copy` | all rows, in words that both engines share |
//! | [`bare`] | the floor of measurements |
//! | [`testing`] | databases for tests |

mod access;
pub mod bare;
mod copy;
mod error;
mod filter;
pub mod ident;
mod migrate;
mod postgres;
mod retry;
pub mod row;
mod schema_lint;
mod sqlite;
#[doc(hidden)]
pub mod testing;
mod transaction;
pub mod value;

use std::{any::Any, fmt, sync::Arc};

pub use access::{Directory, Net, Reader};
pub use copy::{Dump, Source, Target, Tell, Written};
pub use error::{Error, Result, Retryable};
pub use filter::Where;
pub use ident::{NetworkId, id_type};
pub use migrate::Migration;
pub use row::{Cell, Col, Mismatch, Row, RowRef, row};
pub use schema_lint::Finding;
pub use transaction::{DirectoryTx, Tx};
pub use value::{Bind, Val, args};

/// What the macros need in crates that do not depend on it themselves.
#[doc(hidden)]
pub mod reexport {
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
    pub use uuid::{Error as UuidError, Uuid};
}

/// The role that serves on PostgreSQL unless the settings name another.
pub const APP_ROLE: &str = "sozvezdie_app";

/// Which database, and how much of it.
#[derive(Clone)]
pub struct Settings {
    /// `sqlite:PATH` or `postgres://user:password@host/database?sslmode=require&sslrootcert=FILE`.
    pub url: String,
    /// SQLite: connections for reading.
    pub readers: usize,
    /// PostgreSQL: connections.
    pub pool: usize,
    /// PostgreSQL: the role that serves, [`APP_ROLE`] if none is given.
    pub app_role: Option<String>,
}

/// Without the URL, which may hold a password: settings find their way into logs.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Settings { url: _, readers, pool, app_role } = self;
        f.debug_struct("Settings")
            .field("readers", readers)
            .field("pool", pool)
            .field("app_role", app_role)
            .finish_non_exhaustive()
    }
}

impl Settings {
    /// The settings for a URL with the usual sizes.
    pub fn new(url: impl Into<String>) -> Settings {
        Settings { url: url.into(), readers: 4, pool: 16, app_role: None }
    }
}

/// Which engine answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    Sqlite,
    Postgres,
}

#[derive(Clone)]
enum Engines {
    Sqlite(Arc<sqlite::Sqlite>),
    Postgres(Arc<postgres::Postgres>),
}

/// An opened database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    engines: Engines,
    mode: sqlite::Mode,
    /// What must live as long as the database: a test's folder.
    keep: Option<Arc<dyn Any + Send + Sync>>,
}

impl Db {
    /// Opens the database. On PostgreSQL the app role is refused if row-level security would not
    /// bind it; on a fresh server the role is made by [`migrate`](Db::migrate).
    ///
    /// # Errors
    /// [`Error::Gone`] if it cannot be reached, [`Error::Other`] for a URL that means nothing.
    pub async fn open(settings: &Settings) -> Result<Db> {
        let url = settings.url.as_str();
        let engines = if let Some(path) = url.strip_prefix("sqlite:") {
            Engines::Sqlite(sqlite::Sqlite::open(path, settings.readers)?)
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let role = settings.app_role.as_deref().unwrap_or(APP_ROLE);
            Engines::Postgres(postgres::Postgres::open(url, settings.pool, role).await?)
        } else {
            // Not the URL itself: it may hold a password.
            return Err(Error::Other("a database URL starts with sqlite: or postgres://".to_owned()));
        };
        Ok(Db { engines, mode: sqlite::Mode::Inline, keep: None })
    }

    /// Which engine answers.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match &self.engines {
            Engines::Sqlite(_) => Engine::Sqlite,
            Engines::Postgres(_) => Engine::Postgres,
        }
    }

    /// The rows of one network.
    #[must_use]
    pub fn network(&self, id: NetworkId) -> Net {
        Net { db: self.clone(), scope: access::Scope::Network(id) }
    }

    /// The tables outside the networks.
    #[must_use]
    pub fn directory(&self) -> Directory {
        Directory { db: self.clone(), scope: access::Scope::Directory }
    }

    /// The same database for reports and other statements of more than a few milliseconds: on
    /// SQLite they run on the pool for blocking work and keep no worker from its requests.
    #[must_use]
    pub fn slow(&self) -> Db {
        Db { mode: sqlite::Mode::Blocking, ..self.clone() }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`Error::Gone`] or what else keeps it from answering.
    pub async fn ready(&self) -> Result<()> {
        // On SQLite a bare SELECT 1 would not even look at the file.
        let sql = match self.engine() {
            Engine::Sqlite => "SELECT COUNT(*) FROM sqlite_schema",
            Engine::Postgres => "SELECT 1",
        };
        self.directory().all::<(i64,)>(sql, args![]).await.map(drop)
    }

    /// What the engine itself finds wrong with the file: damaged pages, rows that point nowhere.
    /// PostgreSQL keeps both right by itself.
    ///
    /// # Errors
    /// The database's, when it is too damaged to be asked.
    pub async fn damage(&self) -> Result<Vec<String>> {
        if self.engine() == Engine::Postgres {
            return Ok(Vec::new());
        }
        let directory = self.slow().directory();
        let pages: Vec<(String,)> =
            directory.all("SELECT integrity_check FROM pragma_integrity_check", args![]).await?;
        let mut found: Vec<String> = pages.into_iter().map(|(words,)| words).filter(|words| words != "ok").collect();
        let sql = "SELECT \"table\", parent, COUNT(*) FROM pragma_foreign_key_check GROUP BY 1, 2";
        let lost: Vec<(String, String, i64)> = directory.all(sql, args![]).await?;
        found.extend(
            lost.into_iter().map(|(table, parent, rows)| format!("{rows} rows of {table} point to no {parent}")),
        );
        Ok(found)
    }

    /// Ties something to the life of the database.
    pub(crate) fn keeping(mut self, what: impl Any + Send + Sync) -> Db {
        self.keep = Some(Arc::new(what));
        self
    }
}
