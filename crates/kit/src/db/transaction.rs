//! Transactions: the raw one of either engine, and what slices hold of it.

use std::borrow::Cow;

use super::{
    Error, NetworkId, Result, Row, Val,
    access::{Scope, one_value},
    postgres, sqlite,
    sqlite::Mode,
};

/// The text of a statement.
pub(super) type Sql = Cow<'static, str>;

/// A transaction of either engine. Arguments are complete here, the network's included.
pub(super) struct Transaction {
    engine: EngineTx,
    mode: Mode,
    /// The first error of a statement. PostgreSQL takes nothing more after it, so neither does
    /// SQLite: one text must behave the same on both.
    failed: Option<Error>,
}

#[expect(clippy::large_enum_variant, reason = "one per transaction, moved twice; a box would cost more")]
enum EngineTx {
    /// `None` while a statement runs on the blocking pool; stays so if that was given up.
    Sqlite(Option<sqlite::WriteTx>),
    Postgres(postgres::Session),
}

impl Transaction {
    pub fn sqlite(tx: sqlite::WriteTx, mode: Mode) -> Transaction {
        Transaction { engine: EngineTx::Sqlite(Some(tx)), mode, failed: None }
    }

    pub fn postgres(session: postgres::Session) -> Transaction {
        Transaction { engine: EngineTx::Postgres(session), mode: Mode::Inline, failed: None }
    }

    async fn on_sqlite<R: Send + 'static>(
        mode: Mode,
        place: &mut Option<sqlite::WriteTx>,
        work: impl FnOnce(&mut sqlite::WriteTx) -> Result<R> + Send + 'static,
    ) -> Result<R> {
        let tx = place.take().ok_or_else(|| Error::Retry("the transaction was given up".to_owned()))?;
        let (tx, result) = sqlite::on(mode, tx, work).await;
        *place = Some(tx);
        result
    }

    fn refuse_after_failure(&self) -> Result<()> {
        match &self.failed {
            None => Ok(()),
            Some(first) => Err(first.clone()),
        }
    }

    fn noting<R>(&mut self, result: Result<R>) -> Result<R> {
        if let Err(error) = &result {
            self.failed.get_or_insert_with(|| error.clone());
        }
        result
    }

    pub async fn run(&mut self, sql: Sql, args: Vec<Val>) -> Result<u64> {
        self.refuse_after_failure()?;
        let result = match &mut self.engine {
            EngineTx::Sqlite(tx) => Self::on_sqlite(self.mode, tx, move |tx| tx.run(&sql, &args)).await,
            EngineTx::Postgres(session) => session.run(&sql, &args).await,
        };
        self.noting(result)
    }

    pub async fn all<T: Row>(&mut self, sql: Sql, args: Vec<Val>) -> Result<Vec<T>> {
        self.refuse_after_failure()?;
        let result = match &mut self.engine {
            EngineTx::Sqlite(tx) => Self::on_sqlite(self.mode, tx, move |tx| tx.all(&sql, &args)).await,
            EngineTx::Postgres(session) => session.all(&sql, &args).await,
        };
        self.noting(result)
    }

    async fn control(&mut self, sql: String) -> Result<()> {
        match &mut self.engine {
            EngineTx::Sqlite(tx) => Self::on_sqlite(self.mode, tx, move |tx| tx.run(&sql, &[]).map(drop)).await,
            EngineTx::Postgres(session) => session.script(&sql).await,
        }
    }

    pub async fn savepoint(&mut self, name: &str) -> Result<()> {
        self.refuse_after_failure()?;
        let sql = format!("SAVEPOINT {}", savepoint_name(name)?);
        let result = self.control(sql).await;
        self.noting(result)
    }

    pub async fn rollback_to(&mut self, name: &str) -> Result<()> {
        let sql = format!("ROLLBACK TO SAVEPOINT {}", savepoint_name(name)?);
        self.control(sql).await?;
        self.failed = None;
        Ok(())
    }

    pub async fn release(&mut self, name: &str) -> Result<()> {
        self.refuse_after_failure()?;
        let sql = format!("RELEASE SAVEPOINT {}", savepoint_name(name)?);
        let result = self.control(sql).await;
        self.noting(result)
    }

    pub async fn commit(self) -> Result<()> {
        // PostgreSQL would answer COMMIT with a ROLLBACK and no error.
        if let Err(first) = self.refuse_after_failure() {
            self.rollback().await;
            return Err(first);
        }
        match self.engine {
            EngineTx::Sqlite(tx) => {
                let mut tx = tx.ok_or_else(|| Error::Retry("the transaction was given up".to_owned()))?;
                let ack = tx.commit()?;
                drop(tx); // the next in the queue goes on, and finishes the group
                match ack {
                    None => Ok(()),
                    Some(ack) => ack.await.map_err(|_| Error::Unknown("the writer went away".to_owned()))?,
                }
            }
            EngineTx::Postgres(mut session) => session.commit().await,
        }
    }

    pub async fn rollback(self) {
        match self.engine {
            EngineTx::Sqlite(tx) => drop(tx),
            EngineTx::Postgres(session) => session.rollback().await,
        }
    }
}

/// The name in SQL. The prefix keeps it apart from the seam's own savepoint.
fn savepoint_name(name: &str) -> Result<String> {
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain { Ok(format!("sp_{name}")) } else { Err(Error::Other(format!("«{name}» is no name of a savepoint"))) }
}

macro_rules! transaction {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        pub struct $name {
            pub(super) raw: Transaction,
            pub(super) scope: Scope,
        }

        impl $name {
            /// All rows of a query.
            pub async fn all<T: Row>(&mut self, sql: impl Into<Sql>, args: Vec<Val>) -> Result<Vec<T>> {
                let (sql, args) = self.scope.complete(sql.into(), args)?;
                self.raw.all(sql, args).await
            }

            /// The first row of a query, if there is one.
            pub async fn opt<T: Row>(&mut self, sql: impl Into<Sql>, args: Vec<Val>) -> Result<Option<T>> {
                Ok(self.all(sql, args).await?.into_iter().next())
            }

            /// The first row of a query; [`Error::NotFound`] without one.
            pub async fn one<T: Row>(&mut self, sql: impl Into<Sql>, args: Vec<Val>) -> Result<T> {
                self.opt(sql, args).await?.ok_or(Error::NotFound)
            }

            /// The only column of the first row; [`Error::NotFound`] without one.
            pub async fn scalar<T: super::Col + Send + 'static>(
                &mut self,
                sql: impl Into<Sql>,
                args: Vec<Val>,
            ) -> Result<T> {
                self.one(sql, args).await.map(one_value)
            }

            /// Runs a statement and gives the number of rows it changed.
            ///
            /// After an error of any statement the transaction takes nothing more (on both
            /// engines) except [`rollback_to`](Self::rollback_to) a savepoint set before it.
            pub async fn run(&mut self, sql: impl Into<Sql>, args: Vec<Val>) -> Result<u64> {
                let (sql, args) = self.scope.complete(sql.into(), args)?;
                self.raw.run(sql, args).await
            }

            /// Sets a savepoint.
            pub async fn savepoint(&mut self, name: &str) -> Result<()> {
                self.raw.savepoint(name).await
            }

            /// Undoes everything since the savepoint, an error included. The savepoint stays.
            pub async fn rollback_to(&mut self, name: &str) -> Result<()> {
                self.raw.rollback_to(name).await
            }

            /// Forgets the savepoint and keeps what was done since.
            pub async fn release(&mut self, name: &str) -> Result<()> {
                self.raw.release(name).await
            }

            /// Commits; everything is on disk when this returns `Ok`.
            ///
            /// [`Error::Unknown`] means that the connection was lost meanwhile. If a statement
            /// failed before, its error is given and nothing is written.
            pub async fn commit(self) -> Result<()> {
                self.raw.commit().await
            }

            /// Rolls back. Dropping does the same, a little later.
            pub async fn rollback(self) {
                self.raw.rollback().await;
            }
        }
    };
}

transaction!(
    /// A transaction of one network. `$1` of every statement is the network's id and is put there
    /// by the transaction; the caller's arguments start at `$2`. Dropped, it rolls back.
    ///
    /// It holds SQLite's only writer: read files, hash passwords and ask other services before.
    Tx
);

transaction!(
    /// A transaction on the tables outside the networks. Arguments start at `$1`.
    DirectoryTx
);

/// Arguments of one statement of [`Tx::insert`]: far below what either engine takes, and past the
/// point from which longer texts are no quicker.
const INSERTED: usize = 2000;

impl Tx {
    /// Writes rows, many in one statement. `into` is the table with its columns, `network_id`
    /// first; a row gives the others.
    ///
    /// # Errors
    /// As [`run`](Self::run); for a row of another width than the first.
    pub async fn insert(&mut self, into: &str, rows: Vec<Vec<Val>>) -> Result<()> {
        let width = rows.first().map_or(1, Vec::len).max(1);
        if rows.iter().any(|row| row.len() != width) {
            return Err(Error::Other(format!("rows of different widths for {into}")));
        }
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let args: Vec<Val> = rows.by_ref().take((INSERTED / width).max(1)).flatten().collect();
            let places: Vec<String> = (0..args.len() / width).map(|row| places(row * width, width)).collect();
            self.run(format!("INSERT INTO {into} VALUES {}", places.join(", ")), args).await?;
        }
        Ok(())
    }

    /// The network whose rows this transaction sees.
    #[must_use]
    pub fn network(&self) -> NetworkId {
        match self.scope {
            Scope::Network(id) => id,
            // A `Tx` is only ever made by `Net`.
            Scope::Directory => NetworkId(uuid::Uuid::nil()),
        }
    }
}

/// `($1, $7, $8)`: a row of so many arguments after so many others.
fn places(before: usize, width: usize) -> String {
    let mut text = String::from("($1");
    for number in before + 2..before + 2 + width {
        text.push_str(", $");
        text.push_str(&number.to_string());
    }
    text.push(')');
    text
}
