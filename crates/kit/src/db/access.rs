//! What the program holds of a database: [`Net`] and [`Directory`], and a [`Reader`] of either.

use std::time::Duration;

use super::{
    Col, Db, Engines, Error, NetworkId, Result, Retryable, Row, Val, bare, postgres,
    postgres::Start,
    retry::{self, Attempts},
    sqlite,
    sqlite::Mode,
    transaction::{DirectoryTx, Sql, Transaction, Tx},
};

/// Whose rows a statement may see.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope {
    Network(NetworkId),
    Directory,
}

impl Scope {
    /// Puts the network's id before the caller's arguments.
    pub fn complete(self, sql: Sql, mut args: Vec<Val>) -> Result<(Sql, Vec<Val>)> {
        if let Scope::Network(NetworkId(id)) = self {
            debug_assert!(names_network(&sql), "a statement of a network must use $1, the network's id: {sql}");
            args.insert(0, Val::Id(Some(id)));
        }
        bare::note(&sql, &args);
        Ok((sql, args))
    }

    fn id(self) -> Option<uuid::Uuid> {
        match self {
            Scope::Network(NetworkId(id)) => Some(id),
            Scope::Directory => None,
        }
    }
}

/// Whether `$1` stands in the text, and not only as the beginning of `$12`.
fn names_network(sql: &str) -> bool {
    sql.split("$1").skip(1).any(|after| !after.starts_with(|c: char| c.is_ascii_digit()))
}

pub(super) fn one_value<T>((value,): (T,)) -> T {
    value
}

/// A connection lent for reading.
enum Checkout {
    /// `None` while a statement runs on the blocking pool; stays so if that was given up.
    Sqlite(Option<sqlite::Reader>, Mode),
    Postgres(postgres::Session),
}

impl Checkout {
    async fn of(db: &Db, scope: Scope) -> Result<Checkout> {
        Ok(match &db.engines {
            Engines::Sqlite(sqlite) => Checkout::Sqlite(Some(sqlite.reader().await?), db.mode),
            Engines::Postgres(postgres) => Checkout::Postgres(postgres.session(Start::Read(scope.id())).await?),
        })
    }

    async fn all<T: Row>(&mut self, sql: Sql, args: Vec<Val>) -> Result<Vec<T>> {
        match self {
            Checkout::Sqlite(place, mode) => {
                let reader = place.take().ok_or_else(|| Error::other("the reader was given up"))?;
                let (reader, rows) = sqlite::on(*mode, reader, move |r| r.all(&sql, &args)).await;
                *place = Some(reader);
                rows
            }
            Checkout::Postgres(session) => session.all(&sql, &args).await,
        }
    }
}

/// One connection for the several reads of a request. They are not one snapshot: rows that another
/// transaction commits in between are seen.
pub struct Reader {
    checkout: Checkout,
    scope: Scope,
}

impl Reader {
    /// All rows of a query.
    pub async fn all<T: Row>(&mut self, sql: impl Into<Sql>, args: Vec<Val>) -> Result<Vec<T>> {
        let (sql, args) = self.scope.complete(sql.into(), args)?;
        self.checkout.all(sql, args).await
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
    pub async fn scalar<T: Col + Send + 'static>(&mut self, sql: impl Into<Sql>, args: Vec<Val>) -> Result<T> {
        self.one(sql, args).await.map(one_value)
    }
}

impl Db {
    async fn read<T: Row>(&self, scope: Scope, sql: Sql, args: Vec<Val>) -> Result<Vec<T>> {
        let (sql, args) = scope.complete(sql, args)?;
        let first = Checkout::of(self, scope).await?.all(sql.clone(), args.clone()).await;
        match first {
            // A single read has no effects, so a connection that a restarted server closed may be
            // replaced without asking anybody.
            Err(error) if error.retryable() => Checkout::of(self, scope).await?.all(sql, args).await,
            done => done,
        }
    }

    async fn start(&self, scope: Scope) -> Result<Transaction> {
        Ok(match &self.engines {
            Engines::Sqlite(sqlite) => Transaction::sqlite(sqlite.begin().await?, self.mode),
            Engines::Postgres(postgres) => {
                Transaction::postgres(postgres.session(Start::Transaction(scope.id())).await?)
            }
        })
    }
}

macro_rules! access {
    ($(#[$meta:meta])* $name:ident, $tx:ident) => {
        $(#[$meta])*
        #[derive(Clone)]
        pub struct $name {
            pub(super) db: Db,
            pub(super) scope: Scope,
        }

        impl $name {
            /// All rows of a query.
            pub async fn all<T: Row>(&self, sql: impl Into<Sql>, args: Vec<Val>) -> Result<Vec<T>> {
                self.db.read(self.scope, sql.into(), args).await
            }

            /// The first row of a query, if there is one.
            pub async fn opt<T: Row>(&self, sql: impl Into<Sql>, args: Vec<Val>) -> Result<Option<T>> {
                Ok(self.all(sql, args).await?.into_iter().next())
            }

            /// The first row of a query; [`Error::NotFound`] without one.
            pub async fn one<T: Row>(&self, sql: impl Into<Sql>, args: Vec<Val>) -> Result<T> {
                self.opt(sql, args).await?.ok_or(Error::NotFound)
            }

            /// The only column of the first row; [`Error::NotFound`] without one.
            pub async fn scalar<T: Col + Send + 'static>(
                &self,
                sql: impl Into<Sql>,
                args: Vec<Val>,
            ) -> Result<T> {
                self.one(sql, args).await.map(one_value)
            }

            /// Lends one connection for several reads.
            pub async fn reader(&self) -> Result<Reader> {
                Ok(Reader { checkout: Checkout::of(&self.db, self.scope).await?, scope: self.scope })
            }

            /// Starts a transaction. On SQLite this waits for the only writer.
            pub async fn begin(&self) -> Result<$tx> {
                Ok($tx { raw: self.db.start(self.scope).await?, scope: self.scope })
            }

            /// Begins, does `work`, commits; again and again with a random pause if the database
            /// says so ([`Error::Retry`]), for at most 5 seconds. `work` may therefore run several
            /// times and must have no other effects. [`Error::Unknown`] is never retried.
            ///
            /// `work` is cloned for each attempt, so it borrows what it needs or owns what is
            /// `Clone`, and cannot change it. (As an `AsyncFnMut` it would make every handler that
            /// lends it a reference «not Send».)
            ///
            /// # Errors
            /// What `work` answers (its changes are rolled back then) or what the database answers.
            pub async fn transact<R, E: From<Error> + Retryable>(
                &self,
                work: impl AsyncFnOnce(&mut $tx) -> Result<R, E> + Clone,
            ) -> Result<R, E> {
                self.transact_within(retry::DEADLINE, work).await
            }

            /// [`transact`](Self::transact) with a deadline of its own.
            pub async fn transact_within<R, E: From<Error> + Retryable>(
                &self,
                deadline: Duration,
                work: impl AsyncFnOnce(&mut $tx) -> Result<R, E> + Clone,
            ) -> Result<R, E> {
                let mut attempts = Attempts::within(deadline);
                loop {
                    let result = match self.begin().await {
                        Err(error) => Err(error.into()),
                        Ok(mut tx) => match work.clone()(&mut tx).await {
                            Ok(value) => tx.commit().await.map(|()| value).map_err(E::from),
                            Err(error) => {
                                tx.rollback().await;
                                Err(error)
                            }
                        },
                    };
                    match result {
                        Err(error) if error.retryable() && attempts.another().await => {}
                        done => return done,
                    }
                }
            }

            /// The same for reports: statements run on the pool for blocking work.
            #[must_use]
            pub fn slow(&self) -> Self {
                Self { db: self.db.slow(), scope: self.scope }
            }

            /// Which engine answers; for the few statements that must differ.
            #[must_use]
            pub fn engine(&self) -> super::Engine {
                self.db.engine()
            }
        }
    };
}

access!(
    /// The rows of one network: the only thing a slice gets of the database.
    ///
    /// `$1` of every statement is the network's id and is put there by `Net`; the caller's
    /// arguments start at `$2`:
    /// `net.all("SELECT id, name FROM place WHERE network_id = $1 AND kind = $2", args![kind])`.
    /// On PostgreSQL row-level security sees to it a second time.
    Net, Tx
);

access!(
    /// The tables outside the networks: logins, sessions, the list of networks. Arguments start
    /// at `$1`. A table of the networks' fails here on PostgreSQL, as no network is set.
    Directory, DirectoryTx
);

impl Net {
    /// The network.
    #[must_use]
    pub fn id(&self) -> NetworkId {
        match self.scope {
            Scope::Network(id) => id,
            // A `Net` is only ever made by `Db::network`.
            Scope::Directory => NetworkId(uuid::Uuid::nil()),
        }
    }
}

impl Directory {
    /// Runs one statement in a transaction of its own and gives the number of rows it changed.
    pub async fn run(&self, sql: impl Into<Sql>, args: Vec<Val>) -> Result<u64> {
        let sql = sql.into();
        self.transact(async |tx: &mut DirectoryTx| tx.run(sql.clone(), args.clone()).await).await
    }
}

#[cfg(test)]
mod tests {
    use super::names_network;

    #[test]
    fn the_network_is_the_first_argument_and_not_the_twelfth() {
        assert!(names_network("SELECT 1 FROM t WHERE network_id = $1"));
        assert!(names_network("SELECT 1 FROM t WHERE a = $12 AND network_id=$1 AND b = $2"));
        assert!(!names_network("SELECT 1 FROM t WHERE a = $12"));
        assert!(!names_network("SELECT 1 FROM t"));
    }
}
