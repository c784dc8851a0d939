//! One SQLite connection, set up so that the same text means the same as on PostgreSQL.

use std::{path::Path, time::Duration};

use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use rusqlite::{CachedStatement, Connection, OpenFlags, config::DbConfig, functions::FunctionFlags, types::ValueRef};

use super::super::{
    Error, Result, Row, Val,
    row::{RowRef, Source},
};

/// How a connection is opened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::db) enum Access {
    /// Makes the file if there is none.
    Create,
    /// The file must exist: a vanished one must not come back empty.
    Write,
    /// As `Write`, but refuses every change.
    Read,
}

/// Prepared statements kept per connection.
const STATEMENTS: usize = 256;

/// Opens the file and sets everything that belongs to a connection.
pub(in crate::db) fn open(path: &Path, access: Access) -> Result<Connection> {
    // A reader is not opened SQLITE_OPEN_READ_ONLY: it may have to recover the WAL after a crash.
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if access == Access::Create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.execute_batch(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;
         PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8000; PRAGMA journal_size_limit=67108864;
         PRAGMA case_sensitive_like=ON; PRAGMA trusted_schema=OFF;",
    )?;
    // The plan of a statement does not depend on its arguments. Otherwise SQLite compares them with the conditions
    // of partial indices, and a statement that has one is prepared anew whenever it is bound: a quarter of the
    // time of a booking. `LIKE $2` therefore never walks an index: prefixes are asked for as ranges.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // No mmap: a file that shrinks or a bad sector would then kill the process, not the statement.
    if access == Access::Read {
        connection.execute_batch("PRAGMA query_only=ON")?;
    }
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    add_russian(&connection)?;
    Ok(connection)
}

/// The collation `ru` and a `lower` that knows Cyrillic, as PostgreSQL's ICU has them.
fn add_russian(connection: &Connection) -> Result<()> {
    let collator = russian()?;
    connection.create_collation("ru", move |a: &str, b: &str| {
        // PostgreSQL's deterministic collations break ties by bytes too.
        collator.compare(a, b).then_with(|| a.cmp(b))
    })?;
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("lower", 1, flags, |context| {
        Ok(match context.get_raw(0) {
            ValueRef::Null => None,
            value => Some(value.as_str()?.to_lowercase()),
        })
    })?;
    Ok(())
}

fn russian() -> Result<CollatorBorrowed<'static>> {
    Collator::try_new(icu_locale_core::locale!("ru").into(), CollatorOptions::default())
        .map_err(|e| Error::Other(format!("no Russian collation: {e}")))
}

/// SQLite takes `$2` for a *name* and numbers names by first appearance, so values are bound by
/// the number that is written.
fn prepare<'c>(connection: &'c Connection, sql: &str, args: &[Val]) -> Result<CachedStatement<'c>> {
    let mut statement = connection.prepare_cached(sql)?;
    for index in 1..=statement.parameter_count() {
        let number: Option<usize> =
            statement.parameter_name(index).and_then(|name| name.strip_prefix('$')?.parse().ok());
        let Some(value) = number.and_then(|n| args.get(n.checked_sub(1)?)) else {
            let name = statement.parameter_name(index).unwrap_or("?").to_owned();
            return Err(Error::Other(format!("no argument for {name}: {} given", args.len())));
        };
        statement.raw_bind_parameter(index, value)?;
    }
    Ok(statement)
}

/// Runs a statement and gives the number of rows it changed.
pub(in crate::db) fn run(connection: &Connection, sql: &str, args: &[Val]) -> Result<u64> {
    let changed = prepare(connection, sql, args)?.raw_execute()?;
    Ok(u64::try_from(changed).unwrap_or(u64::MAX))
}

/// Runs a query and gives its rows.
pub(in crate::db) fn all<T: Row>(connection: &Connection, sql: &str, args: &[Val]) -> Result<Vec<T>> {
    let mut statement = prepare(connection, sql, args)?;
    let mut rows = statement.raw_query();
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(T::from_row(RowRef(Source::Sqlite(row)))?);
    }
    Ok(found)
}

/// Which file a path means just now. Two different answers: somebody put another file there.
#[cfg(unix)]
pub(in crate::db) fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|meta| (meta.dev(), meta.ino()))
}

/// Elsewhere an open file cannot be replaced, so existence is enough.
#[cfg(not(unix))]
pub(in crate::db) fn identity(path: &Path) -> Option<(u64, u64)> {
    path.exists().then_some((0, 0))
}
