//! The floor of measurements: the statements of a request once more, through the bare driver, with
//! nothing of what the seam adds. `cargo xtask bench` compares with it; nobody else asks for it.

use std::{
    cell::RefCell,
    sync::{Arc, Mutex, PoisonError},
};

use deadpool_postgres::{Manager, Pool};
use rusqlite::Connection;
use tokio_postgres::{NoTls, types::ToSql};
use uuid::Uuid;

use super::{Db, Engines, Error, Result, Val, sqlite};

tokio::task_local! {
    static HEARD: RefCell<Vec<Statement>>;
}

/// A statement as the engine got it.
pub struct Statement {
    sql: String,
    args: Vec<Val>,
    /// The arguments by first appearance of their numbers: SQLite takes `$2` for a name.
    places: Vec<usize>,
}

impl Statement {
    fn new(sql: &str, args: &[Val]) -> Self {
        let mut places = Vec::new();
        for part in sql.split('$').skip(1) {
            let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
            match digits.parse::<usize>().ok().and_then(|number| number.checked_sub(1)) {
                Some(place) if !places.contains(&place) => places.push(place),
                _ => {}
            }
        }
        Self { sql: sql.to_owned(), args: args.to_vec(), places }
    }

    /// Its text.
    pub fn sql(&self) -> &str {
        &self.sql
    }

    /// Its arguments, the network first where it has one.
    pub fn args(&self) -> &[Val] {
        &self.args
    }
}

/// Does `work` and gives the statements that it ran.
pub async fn heard<T>(work: impl Future<Output = T>) -> (T, Vec<Statement>) {
    HEARD
        .scope(RefCell::default(), async {
            let done = work.await;
            (done, HEARD.with(RefCell::take))
        })
        .await
}

/// Called for every statement; listens only within [`heard`].
pub(super) fn note(sql: &str, args: &[Val]) {
    let _ = HEARD.try_with(|all| all.borrow_mut().push(Statement::new(sql, args)));
}

/// The same database, without the seam.
pub struct Bare(Engine);

enum Engine {
    Sqlite { of: Arc<sqlite::Sqlite>, idle: Mutex<Vec<Connection>>, writer: tokio::sync::Mutex<Connection> },
    Postgres(Pool),
}

/// As wide as a booking.
const WIDTH: usize = 400;

impl Bare {
    /// Opens it. Inserts go to a table of their own, on SQLite to a file of its own beside the
    /// database: same disk, same settings.
    ///
    /// # Errors
    /// The database's.
    pub async fn of(db: &Db) -> Result<Self> {
        match &db.engines {
            Engines::Sqlite(of) => {
                let writer = sqlite::open(&of.path().with_extension("floor"), sqlite::Access::Create)?;
                writer.execute_batch(
                    "CREATE TABLE IF NOT EXISTS floor (id BLOB PRIMARY KEY, body TEXT NOT NULL) STRICT",
                )?;
                Ok(Self(Engine::Sqlite { of: Arc::clone(of), idle: Mutex::default(), writer: writer.into() }))
            }
            Engines::Postgres(postgres) => {
                let pool = Pool::builder(Manager::new(postgres.login().clone(), NoTls)).max_size(16).build();
                let pool = pool.map_err(Error::other)?;
                let table = "CREATE TABLE IF NOT EXISTS bench_floor (id UUID PRIMARY KEY, body TEXT NOT NULL)";
                pool.get().await?.batch_execute(table).await?;
                Ok(Self(Engine::Postgres(pool)))
            }
        }
    }

    /// Runs the statements one after another on one connection and looks at every value. Gives how
    /// many values there were.
    ///
    /// # Errors
    /// The database's.
    pub async fn run(&self, statements: &[Statement]) -> Result<usize> {
        match &self.0 {
            Engine::Sqlite { of, idle, .. } => {
                let lent = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let connection = lent.map_or_else(|| sqlite::open(of.path(), sqlite::Access::Read), Ok)?;
                let mut values = 0;
                for statement in statements {
                    values += on_sqlite(&connection, statement)?;
                }
                idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
                Ok(values)
            }
            Engine::Postgres(pool) => {
                let client = pool.get().await?;
                let mut values = 0;
                for Statement { sql, args, .. } in statements {
                    let types: Vec<_> = args.iter().map(Val::postgres_type).collect();
                    let prepared = client.prepare_typed_cached(sql, &types).await?;
                    let params: Vec<&(dyn ToSql + Sync)> = args.iter().map(|value| value as _).collect();
                    values +=
                        client.query(&prepared, &params).await?.iter().map(tokio_postgres::Row::len).sum::<usize>();
                }
                Ok(values)
            }
        }
    }

    /// Inserts one row, durably.
    ///
    /// # Errors
    /// The database's.
    pub async fn insert(&self, id: Uuid) -> Result<()> {
        let body = "x".repeat(WIDTH);
        match &self.0 {
            Engine::Sqlite { writer, .. } => {
                let connection = writer.lock().await;
                tokio::task::block_in_place(|| {
                    let mut insert = connection.prepare_cached("INSERT INTO floor (id, body) VALUES (?1, ?2)")?;
                    insert.execute(rusqlite::params![id.as_bytes(), body])
                })?;
            }
            Engine::Postgres(pool) => {
                let client = pool.get().await?;
                let insert = client.prepare_cached("INSERT INTO bench_floor (id, body) VALUES ($1, $2)").await?;
                client.execute(&insert, &[&id, &body]).await?;
            }
        }
        Ok(())
    }
}

fn on_sqlite(connection: &Connection, statement: &Statement) -> Result<usize> {
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    for (index, place) in statement.places.iter().enumerate() {
        prepared.raw_bind_parameter(index + 1, statement.args.get(*place))?;
    }
    let width = prepared.column_count();
    let mut rows = prepared.raw_query();
    let mut values = 0;
    while let Some(row) = rows.next()? {
        for column in 0..width {
            std::hint::black_box(row.get_ref(column)?);
            values += 1;
        }
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{Migration, args, testing::both_engines};

    both_engines! {
        // A schema, so that there is a role to serve as.
        migrations: &[Migration { name: "0001", sql: "-- local\nCREATE TABLE measured (id {int} NOT NULL PRIMARY KEY);" }];

        async fn what_was_heard_runs_again_and_gives_as_much(db: Db) {
            let sql = "SELECT CAST($2 AS BIGINT), CAST($1 AS BIGINT), CAST($2 AS BIGINT) UNION ALL SELECT 1, 2, 3";
            let asked = db.directory();
            let (rows, statements) = heard(asked.all::<(i64, i64, i64)>(sql, args![7, 8])).await;
            assert_eq!(rows.unwrap(), [(8, 7, 8), (1, 2, 3)]);
            assert_eq!(statements.iter().map(|s| s.places.as_slice()).collect::<Vec<_>>(), [[1, 0]]);
            let bare = Bare::of(&db).await.unwrap();
            assert_eq!(bare.run(&statements).await.unwrap(), 6);
            bare.insert(Uuid::from_u128(1)).await.unwrap();
            bare.insert(Uuid::from_u128(1)).await.unwrap_err();
        }
    }
}
