//! A lent connection, and what has to be said on it before the first statement.

use std::{sync::Arc, time::Duration};

use deadpool_postgres::Object;
use tokio::{runtime::Handle, time::timeout};
use tokio_postgres::{
    Statement,
    error::SqlState,
    types::{ToSql, Type},
};
use uuid::Uuid;

use super::{
    super::{
        Error, Result, Row, Val,
        row::{RowRef, Source},
    },
    Postgres,
    fault::{describe, lost},
};

/// Prepared statements kept per connection; beyond that all are forgotten and made anew.
const STATEMENTS: usize = 500;
/// How long a statement whose request went away may go on before it is cancelled.
const ABANDONED: Duration = Duration::from_secs(1);

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
            Start::Transaction(network) => {
                format!("BEGIN; SET LOCAL app.network_id TO '{}'", text(network))
            }
        }
    }
}

/// A lent connection. Dropped within a transaction it rolls back before anybody else has it.
pub(in crate::db) struct Session {
    client: Option<Object>,
    postgres: Arc<Postgres>,
    start: Start,
    started: bool,
    /// A statement is on its way: still so when dropped, its request went away.
    busy: bool,
}

impl Session {
    pub(super) fn new(client: Object, postgres: Arc<Postgres>, start: Start) -> Session {
        Session { client: Some(client), postgres, start, started: false, busy: false }
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
        self.busy = true;
        let client = self.client()?;
        let (begun, done) = if first {
            // `biased`: the start must be on the wire before the statement.
            tokio::join!(biased; client.batch_execute(&start), work(client))
        } else {
            (Ok(()), work(client).await)
        };
        self.busy = false;
        if let Err(error) = begun {
            // The statement ran under nobody knows which network.
            self.close();
            return Err(error.into());
        }
        done.map_err(|error| self.judge(error))
    }

    /// The error, and what it means for this connection.
    fn judge(&mut self, error: tokio_postgres::Error) -> Error {
        if error.code() == Some(&SqlState::FEATURE_NOT_SUPPORTED)
            && let Ok(client) = self.client()
        {
            // «cached plan must not change result type»: a migration changed the table. The text
            // may be in any language, so all of this class are prepared anew and tried again.
            client.statement_cache.clear();
            return Error::Retry(describe(&error));
        }
        let error = Error::from(error);
        if error.spoils_connection() {
            self.close(); // a standby after a failover, say; closing rolls back
        }
        error
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
        let open = self.started && matches!(self.start, Start::Transaction(_));
        if !open && !self.busy {
            return; // the pool has it back
        }
        let Some(client) = self.client.take() else {
            return;
        };
        let Ok(runtime) = Handle::try_current() else {
            // Closing rolls back too.
            drop(Object::take(client));
            return;
        };
        // The pool would hand the connection on with its transaction open, or the next one would
        // wait for a report that nobody wants any more.
        let postgres = Arc::clone(&self.postgres);
        runtime.spawn(async move {
            let end = if open { "ROLLBACK" } else { "" };
            match timeout(ABANDONED, client.batch_execute(end)).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => drop(Object::take(client)),
                Err(_) => {
                    postgres.cancel(client.cancel_token()).await;
                    drop(Object::take(client));
                }
            }
        });
    }
}

fn params(args: &[Val]) -> Vec<&(dyn ToSql + Sync)> {
    args.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}
