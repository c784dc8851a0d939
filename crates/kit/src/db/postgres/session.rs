//! A lent connection, and what has to be said on it before the first statement.

use deadpool_postgres::Object;
use tokio::runtime::Handle;
use tokio_postgres::{
    Statement,
    types::{ToSql, Type},
};
use uuid::Uuid;

use super::{
    super::{
        Error, Result, Row, Val,
        row::{RowRef, Source},
    },
    fault::{describe, lost},
};

/// Prepared statements kept per connection; beyond that all are forgotten and made anew.
const STATEMENTS: usize = 500;

/// What a connection is lent for. Row-level security reads `app.network_id`, so every loan sets
/// it; without a network it is made empty, and a policy that reads it then fails loudly.
#[derive(Clone, Copy)]
pub(in crate::db) enum Start {
    Read(Option<Uuid>),
    Transaction(Option<Uuid>),
}

impl Start {
    /// In one message, sent together with the first statement: it costs no round trip of its own.
    fn text(self) -> String {
        let text = |network: Option<Uuid>| network.map_or_else(String::new, |id| id.to_string());
        match self {
            Start::Read(network) => format!("SET app.network_id TO '{}'", text(network)),
            Start::Transaction(network) => format!("BEGIN; SET LOCAL app.network_id TO '{}'", text(network)),
        }
    }
}

/// A lent connection. Dropped within a transaction it rolls back before anybody else has it.
pub(in crate::db) struct Session {
    client: Option<Object>,
    start: Start,
    started: bool,
}

impl Session {
    pub(super) fn new(client: Object, start: Start) -> Session {
        Session { client: Some(client), start, started: false }
    }

    fn client(&self) -> Result<&Object> {
        self.client.as_ref().ok_or_else(|| Error::Retry("the connection was given up".to_owned()))
    }

    /// Closes the connection instead of giving it back.
    fn close(&mut self) {
        drop(self.client.take().map(Object::take));
    }

    /// Prepares with the types of the arguments. Left to find them out, the server refuses
    /// `$2 IS NULL OR kind = $2`, which SQLite takes.
    async fn prepare(&self, sql: &str, args: &[Val]) -> Result<Statement> {
        let types: Vec<Type> = args.iter().map(Val::postgres_type).collect();
        let client = self.client()?;
        if client.statement_cache.size() >= STATEMENTS {
            client.statement_cache.clear();
        }
        Ok(client.prepare_typed_cached(sql, &types).await?)
    }

    /// Sends the start (once) and `work` in one go and waits for both.
    async fn with_start<R>(
        &mut self,
        work: impl AsyncFnOnce(&Object) -> Result<R, tokio_postgres::Error>,
    ) -> Result<R> {
        let first = !std::mem::replace(&mut self.started, true);
        let start = self.start.text();
        let client = self.client()?;
        let (begun, done) = if first {
            // `biased`: the start must be on the wire before the statement.
            tokio::join!(biased; client.batch_execute(&start), work(client))
        } else {
            (Ok(()), work(client).await)
        };
        if let Err(error) = begun {
            // The statement ran under nobody knows which network.
            self.close();
            return Err(error.into());
        }
        let done = done.map_err(Error::from);
        if done.as_ref().is_err_and(Error::spoils_connection) && matches!(self.start, Start::Read(_)) {
            self.close(); // a standby after a failover, say
        }
        done
    }

    pub async fn run(&mut self, sql: &str, args: &[Val]) -> Result<u64> {
        let statement = self.prepare(sql, args).await?;
        let params = params(args);
        self.with_start(async |client: &Object| client.execute(&statement, &params).await).await
    }

    pub async fn all<T: Row>(&mut self, sql: &str, args: &[Val]) -> Result<Vec<T>> {
        let statement = self.prepare(sql, args).await?;
        let params = params(args);
        let rows = self.with_start(async |client: &Object| client.query(&statement, &params).await).await?;
        rows.iter().map(|row| T::from_row(RowRef(Source::Postgres(row)))).collect()
    }

    /// A statement without arguments and rows: savepoints.
    pub async fn script(&mut self, sql: &str) -> Result<()> {
        self.with_start(async |client: &Object| client.batch_execute(sql).await).await
    }

    /// Commits. A connection that is lost meanwhile leaves the outcome unknown.
    pub async fn commit(&mut self) -> Result<()> {
        if !self.started {
            return Ok(());
        }
        match self.client()?.batch_execute("COMMIT").await {
            Ok(()) => {
                self.started = false;
                Ok(())
            }
            Err(error) if lost(&error) => {
                self.close();
                Err(Error::Unknown(describe(&error)))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Rolls back and gives the connection back.
    pub async fn rollback(mut self) {
        if self.started {
            let done = match self.client() {
                Ok(client) => client.batch_execute("ROLLBACK").await.is_ok(),
                Err(_) => true,
            };
            if !done {
                self.close();
            }
            self.started = false;
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if !self.started || matches!(self.start, Start::Read(_)) {
            return;
        }
        // The pool would hand the connection on with its transaction open.
        let Some(client) = self.client.take() else { return };
        match Handle::try_current() {
            Ok(runtime) => {
                runtime.spawn(async move {
                    if client.batch_execute("ROLLBACK").await.is_err() {
                        drop(Object::take(client));
                    }
                });
            }
            // Closing rolls back too.
            Err(_) => drop(Object::take(client)),
        }
    }
}

fn params(args: &[Val]) -> Vec<&(dyn ToSql + Sync)> {
    args.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}
