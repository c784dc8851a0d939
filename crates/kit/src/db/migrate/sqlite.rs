//! Schema steps on SQLite.

use std::{path::Path, sync::Arc, time::Duration};

use rusqlite::Connection;

use super::{
    super::{
        Engine, Error, NetworkId, Result,
        sqlite::{Access, Sqlite, all, open, run},
        value::args,
    },
    Applied, Migration, in_step, pending, text,
};

/// How long this waits for another process that migrates or writes.
const WAIT: Duration = Duration::from_secs(60);

pub(super) async fn migrate(db: &Arc<Sqlite>, steps: &[Migration]) -> Result<Vec<&'static str>> {
    let (path, steps) = (db.path().to_owned(), steps.to_vec());
    tokio::task::spawn_blocking(move || apply_all(&path, &steps)).await.map_err(Error::other)?
}

fn apply_all(path: &Path, steps: &[Migration]) -> Result<Vec<&'static str>> {
    let connection = open(path, Access::Write)?;
    connection.busy_timeout(WAIT)?;
    // A table that is rebuilt would otherwise take the rows that point at it along; the keys are
    // checked before each COMMIT instead. The pragma does nothing inside a transaction.
    connection.execute_batch("PRAGMA foreign_keys=OFF")?;
    let mut applied = Vec::new();
    while let Some(name) = apply_next(&connection, steps)? {
        applied.push(name);
    }
    Ok(applied)
}

/// Applies the first step that is not applied yet. What is applied is read within the same
/// transaction: another process may have been faster.
fn apply_next(connection: &Connection, steps: &[Migration]) -> Result<Option<&'static str>> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let result = within(connection, steps);
    // Nothing to apply: the empty transaction ends either way.
    let end = if matches!(result, Ok(Some(_))) { "COMMIT" } else { "ROLLBACK" };
    let ended = connection.execute_batch(end);
    let name = result?;
    ended?;
    Ok(name)
}

fn within(connection: &Connection, steps: &[Migration]) -> Result<Option<&'static str>> {
    let known: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_step')",
        [],
        |row| row.get(0),
    )?;
    let applied: Applied =
        if known { all(connection, "SELECT name, checksum FROM schema_step", &[])? } else { Vec::new() };
    let Some(step) = pending(steps, &applied)?.first().copied() else {
        return Ok(None);
    };
    if !known {
        connection.execute_batch(
            "CREATE TABLE schema_step (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT",
        )?;
    }
    apply(connection, step).map_err(|error| in_step(step.name, error))?;
    Ok(Some(step.name))
}

fn apply(connection: &Connection, step: &Migration) -> Result<()> {
    let script = text::script(step, Engine::Sqlite)?;
    for part in &script.parts {
        if !part.each_network {
            connection.execute_batch(part.sql())?;
            continue;
        }
        let networks: Vec<(NetworkId,)> = all(connection, "SELECT id FROM network", &[])?;
        for (id,) in networks {
            connection.execute_batch(&part.for_network(&format!("x'{}'", id.0.simple())))?;
        }
    }
    let broken: Vec<String> = connection
        .prepare("SELECT DISTINCT \"table\" FROM pragma_foreign_key_check")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    if !broken.is_empty() {
        return Err(Error::ForeignKey(broken.join(", ")));
    }
    // The database's clock: this moment is for people who look for a cause, no rule reads it.
    run(
        connection,
        "INSERT INTO schema_step (name, checksum, applied_at)
         VALUES ($1, $2, CAST(unixepoch('subsec') * 1000000 AS INTEGER))",
        &args![step.name, step.checksum()],
    )?;
    Ok(())
}
