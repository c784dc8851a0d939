//! All rows of a SQLite file.

use std::path::Path;

use anyhow::{Context as _, ensure};
use rusqlite::{Connection, ToSql, params_from_iter, types::Value};
use uuid::Uuid;

use super::{
    super::{
        RowRef,
        row::{Row as _, Source as Engine},
        sqlite::{Access, all, open},
    },
    Batches, Column, Dump, Lines, Nowhere, Source, Table, Target, Tell, agree, in_order,
    line::{Field, Line},
    same, steps,
};

pub(super) fn dump(path: &Path, target: &mut dyn Target, tell: Tell<'_>) -> anyhow::Result<Dump> {
    let connection = open(path, Access::Read)?;
    // One transaction sees one instant, however long it takes.
    connection.execute_batch("BEGIN")?;
    within(&connection, target, tell)
}

fn within(connection: &Connection, target: &mut dyn Target, tell: Tell<'_>) -> anyhow::Result<Dump> {
    ensure!(has_schema(connection)?, "the database has no schema yet");
    let mut dump =
        Dump { steps: steps(all(connection, "SELECT name, checksum FROM schema_step", &[])?)?, tables: vec![] };
    let networks: Vec<(Uuid,)> = all(connection, "SELECT id FROM network ORDER BY id", &[])?;
    for table in tables(connection)? {
        let order = table.order(|name| format!("\"{name}\" COLLATE BINARY"));
        let select = format!("SELECT {} FROM \"{}\"", table.names(), table.name);
        let mut lines = Lines::of(target, &table, &dump, tell)?;
        if table.is_dist {
            let sql = format!("{select} WHERE network_id = ?1 ORDER BY {order}");
            for (network,) in &networks {
                put_all(connection, &sql, &[&network.as_bytes().as_slice()], &mut lines)?;
            }
        } else {
            put_all(connection, &format!("{select} ORDER BY {order}"), &[], &mut lines)?;
        }
        dump.tables.push(lines.end(&table));
    }
    Ok(dump)
}

fn put_all(connection: &Connection, sql: &str, args: &[&dyn ToSql], lines: &mut Lines<'_>) -> anyhow::Result<()> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query(args)?;
    while let Some(row) = rows.next()? {
        lines.put(&Line::from_row(RowRef(Engine::Sqlite(row)))?)?;
    }
    Ok(())
}

fn has_schema(connection: &Connection) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_step')";
    connection.query_row(sql, [], |row| row.get(0))
}

/// By name.
fn tables(connection: &Connection) -> anyhow::Result<Vec<Table>> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'schema_step'
               AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name";
    let names: Vec<(String,)> = all(connection, sql, &[])?;
    names.into_iter().map(|(name,)| table(connection, name)).collect()
}

fn table(connection: &Connection, name: String) -> anyhow::Result<Table> {
    let mut statement = connection.prepare("SELECT name, type, pk FROM pragma_table_info(?1) ORDER BY name")?;
    let columns: Vec<(String, String, i64)> = statement
        .query_map([&name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut key: Vec<(i64, String)> =
        columns.iter().filter(|(_, _, at)| *at > 0).map(|(name, _, at)| (*at, name.clone())).collect();
    key.sort();
    let key: Vec<String> = key.into_iter().map(|(_, name)| name).collect();
    ensure!(!key.is_empty(), "the table {name} has no primary key");
    let mut statement = connection.prepare("SELECT DISTINCT \"table\" FROM pragma_foreign_key_list(?1)")?;
    let mut points_at: std::collections::BTreeSet<String> =
        statement.query_map([&name], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    points_at.remove(&name);
    Ok(Table {
        is_dist: key.iter().any(|name| name == "network_id"),
        columns: columns.into_iter().map(|(name, kind, _)| Column { name, kind }).collect(),
        name,
        key,
        points_at,
    })
}

pub(super) fn is_empty(path: &Path) -> anyhow::Result<bool> {
    let connection = open(path, Access::Read)?;
    if !has_schema(&connection)? {
        return Ok(true);
    }
    for table in tables(&connection)? {
        // What is the same for all networks may have been put there by the steps themselves.
        let counts = table.is_dist || table.name == "network" || table.name == "login";
        let sql = format!("SELECT EXISTS (SELECT 1 FROM \"{}\")", table.name);
        if counts && connection.query_row(&sql, [], |row| row.get(0))? {
            return Ok(false);
        }
    }
    Ok(true)
}

pub(super) fn load(path: &Path, source: &mut dyn Source, tell: Tell<'_>) -> anyhow::Result<()> {
    let connection = open(path, Access::Write)?;
    // Rows of one table may point at one another; the keys are checked below.
    connection.execute_batch("PRAGMA foreign_keys=OFF; BEGIN IMMEDIATE")?;
    let tables = tables(&connection)?;
    agree(&tables, source)?;
    let mut done = 0;
    for table in in_order(tables)? {
        // What the steps themselves put there comes again.
        connection.execute(&format!("DELETE FROM \"{}\"", table.name), [])?;
        fill(&connection, &table, source, &mut done, tell).with_context(|| table.name.clone())?;
    }
    let broken: Option<String> =
        connection.query_row("SELECT MIN(\"table\") FROM pragma_foreign_key_check", [], |row| row.get(0))?;
    ensure!(broken.is_none(), "a row of {} points at nothing", broken.unwrap_or_default());
    same(source.tables(), &within(&connection, &mut Nowhere(std::io::sink()), &|_, _| ())?)?;
    connection.execute_batch("COMMIT")?;
    Ok(())
}

fn fill(
    connection: &Connection,
    table: &Table,
    source: &mut dyn Source,
    done: &mut u64,
    tell: Tell<'_>,
) -> anyhow::Result<()> {
    let places: Vec<String> = (1..=table.columns.len()).map(|n| format!("?{n}")).collect();
    let sql = format!("INSERT INTO \"{}\" ({}) VALUES ({})", table.name, table.names(), places.join(", "));
    let mut insert = connection.prepare(&sql)?;
    let mut batches = Batches::of(source, table)?;
    loop {
        let rows = batches.next()?;
        if rows.is_empty() {
            return Ok(());
        }
        *done += rows.len() as u64;
        for row in rows {
            insert.execute(params_from_iter(row.into_iter().map(value)))?;
        }
        tell(&table.name, *done);
    }
}

fn value(field: Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Int(v) => Value::Integer(v),
        Field::Real(v) => Value::Real(v),
        Field::Text(v) => Value::Text(v),
        Field::Bytes(v) => Value::Blob(v),
    }
}
