//! The whole database as lines of text that both engines write and read alike: for backups, for
//! moving from one engine to the other, and for asking whether two databases hold the same.
//!
//! Tables come by name, columns by name, rows by primary key and byte by byte, so the same rows
//! give the same lines on either engine. Rows of networks come network by network: row-level
//! security shows no more than one at a time.

mod line;
mod postgres;
mod sqlite;

use std::{
    collections::BTreeSet,
    io::{BufRead, Write},
};

use anyhow::{Context as _, bail, ensure};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Db, Engines, migrate::Applied};

/// One table, as the engine's own catalogue has it.
#[derive(Clone, Debug)]
pub(in crate::db) struct Table {
    name: String,
    /// By name.
    columns: Vec<Column>,
    /// The columns of the primary key, in its order.
    key: Vec<String>,
    /// Holds rows of networks.
    is_dist: bool,
    /// Tables that its foreign keys name, itself left out.
    points_at: BTreeSet<String>,
}

#[derive(Clone, Debug)]
struct Column {
    name: String,
    /// In the engine's words.
    kind: String,
}

/// What was written of one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    pub name: String,
    pub columns: Vec<String>,
    pub rows: u64,
    /// Of its lines, in hexadecimal.
    pub sha256: String,
}

/// Everything that was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dump {
    /// The steps of the schema: name and checksum.
    pub steps: Vec<(String, String)>,
    /// By name.
    pub tables: Vec<Written>,
}

impl Dump {
    /// One hash for all rows: equal on both engines when the rows are equal.
    #[must_use]
    pub fn content_hash(&self) -> String {
        let mut hash = Sha256::new();
        for table in &self.tables {
            hash.update(format!("{}\t{}\t{}\n", table.name, table.rows, table.sha256));
        }
        hex::encode(hash.finalize())
    }
}

/// Told the table at hand, and how many rows of all tables are done.
pub type Tell<'t> = &'t dyn Fn(&str, u64);

/// Where the lines go.
pub trait Target {
    /// The next table's lines follow.
    ///
    /// # Errors
    /// The target's own.
    fn table(&mut self, name: &str) -> anyhow::Result<&mut dyn Write>;
}

/// Lines that nobody keeps: only their hash is asked for.
struct Nowhere(std::io::Sink);

impl Target for Nowhere {
    fn table(&mut self, _name: &str) -> anyhow::Result<&mut dyn Write> {
        Ok(&mut self.0)
    }
}

/// Where the lines come from.
pub trait Source {
    /// What there is.
    fn tables(&self) -> &[Written];
    /// The lines of one table.
    ///
    /// # Errors
    /// The source's own.
    fn lines<'s>(&'s mut self, table: &str) -> anyhow::Result<Box<dyn BufRead + 's>>;
}

impl Db {
    /// Writes all rows as they are at one instant; others read and write meanwhile. It writes on
    /// the worker that asks: for the command line, not for a request.
    ///
    /// # Errors
    /// The database's and the target's.
    pub async fn dump(&self, target: &mut dyn Target, tell: Tell<'_>) -> anyhow::Result<Dump> {
        match &self.engines {
            Engines::Sqlite(sqlite) => sqlite::dump(sqlite.path(), target, tell),
            Engines::Postgres(postgres) => postgres::dump(postgres, target, tell).await,
        }
    }

    /// One hash of all rows: the same on both engines for the same rows.
    ///
    /// # Errors
    /// The database's.
    pub async fn content_hash(&self) -> anyhow::Result<String> {
        Ok(self.dump(&mut Nowhere(std::io::sink()), &|_, _| ()).await?.content_hash())
    }

    /// Whether nobody has put anything into the database yet; one without a schema is empty too.
    ///
    /// # Errors
    /// The database's.
    pub async fn is_empty(&self) -> anyhow::Result<bool> {
        match &self.engines {
            Engines::Sqlite(sqlite) => sqlite::is_empty(sqlite.path()),
            Engines::Postgres(postgres) => postgres::is_empty(postgres).await,
        }
    }

    /// Reads all rows into an empty database that has the schema of the source, in one transaction,
    /// and commits only after the rows were read back and found to be the same.
    ///
    /// # Errors
    /// The database's and the source's; nothing is written then.
    pub async fn load(&self, source: &mut dyn Source, tell: Tell<'_>) -> anyhow::Result<()> {
        match &self.engines {
            Engines::Sqlite(sqlite) => sqlite::load(sqlite.path(), source, tell),
            Engines::Postgres(postgres) => postgres::load(postgres, source, tell).await,
        }
    }
}

/// Rows between two words about progress, and rows that are held at a time.
const BATCH: usize = 1000;

/// Writes and hashes the lines of one table.
struct Lines<'t> {
    out: &'t mut dyn Write,
    tell: Tell<'t>,
    table: &'t str,
    hash: Sha256,
    rows: u64,
    /// Rows of the tables before it.
    before: u64,
}

impl<'t> Lines<'t> {
    fn of(target: &'t mut dyn Target, table: &'t Table, dump: &Dump, tell: Tell<'t>) -> anyhow::Result<Lines<'t>> {
        let before = dump.tables.iter().map(|table| table.rows).sum();
        tell(&table.name, before);
        Ok(Lines { out: target.table(&table.name)?, tell, table: &table.name, hash: Sha256::new(), rows: 0, before })
    }

    fn put(&mut self, line: &line::Line) -> anyhow::Result<()> {
        self.hash.update(&line.0);
        self.out.write_all(&line.0)?;
        self.rows += 1;
        if self.rows.is_multiple_of(BATCH as u64) {
            (self.tell)(self.table, self.before + self.rows);
        }
        Ok(())
    }

    fn end(self, table: &Table) -> Written {
        Written {
            name: table.name.clone(),
            columns: table.columns.iter().map(|column| column.name.clone()).collect(),
            rows: self.rows,
            sha256: hex::encode(self.hash.finalize()),
        }
    }
}

impl Table {
    fn names(&self) -> String {
        let names: Vec<String> = self.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
        names.join(", ")
    }

    fn order(&self, collated: impl Fn(&str) -> String) -> String {
        self.key.iter().map(|name| collated(name)).collect::<Vec<_>>().join(", ")
    }
}

/// The tables so that each comes after those it points at.
fn in_order(mut left: Vec<Table>) -> anyhow::Result<Vec<Table>> {
    let mut ordered: Vec<Table> = Vec::new();
    while !left.is_empty() {
        let open: BTreeSet<&String> = left.iter().map(|table| &table.name).collect();
        let ready: Vec<bool> =
            left.iter().map(|table| table.points_at.iter().all(|other| !open.contains(other))).collect();
        if !ready.contains(&true) {
            bail!("tables point at each other in a circle: {open:?}")
        }
        let mut ready = ready.into_iter();
        let (next, later): (Vec<Table>, Vec<Table>) = left.into_iter().partition(|_| ready.next().unwrap_or(false));
        ordered.extend(next);
        left = later;
    }
    Ok(ordered)
}

/// Whether the source has the tables and columns of the target: it does, if both have the same steps.
fn agree(tables: &[Table], source: &dyn Source) -> anyhow::Result<()> {
    let names = |columns: &[Column]| columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>();
    let wanted: Vec<(&str, Vec<String>)> = tables.iter().map(|t| (t.name.as_str(), names(&t.columns))).collect();
    let found: Vec<(&str, Vec<String>)> =
        source.tables().iter().map(|t| (t.name.as_str(), t.columns.clone())).collect();
    ensure!(wanted == found, "the tables of the archive are not those of the database");
    Ok(())
}

/// What was read back is what was to be written.
fn same(wanted: &[Written], found: &Dump) -> anyhow::Result<()> {
    for (wanted, found) in wanted.iter().zip(&found.tables) {
        let Written { name, rows, .. } = wanted;
        ensure!(wanted == found, "{name}: {rows} rows were to be written, and {} others were", found.rows);
    }
    ensure!(wanted.len() == found.tables.len(), "a table is missing");
    Ok(())
}

/// Reads the lines of one table, a number of rows at a time.
struct Batches<'s> {
    lines: Box<dyn BufRead + 's>,
    width: usize,
    text: String,
}

impl<'s> Batches<'s> {
    fn of(source: &'s mut dyn Source, table: &Table) -> anyhow::Result<Batches<'s>> {
        Ok(Batches { lines: source.lines(&table.name)?, width: table.columns.len(), text: String::new() })
    }

    /// The next rows; none at the end.
    fn next(&mut self) -> anyhow::Result<Vec<Vec<line::Field>>> {
        let mut batch = Vec::new();
        while batch.len() < BATCH {
            self.text.clear();
            if self.lines.read_line(&mut self.text)? == 0 {
                break;
            }
            let row = line::read(&self.text).context("a line of the archive")?;
            ensure!(row.len() == self.width, "a line of the archive has {} columns, not {}", row.len(), self.width);
            batch.push(row);
        }
        Ok(batch)
    }
}

/// The steps that were applied, and none that is only half there.
fn steps(mut applied: Applied) -> anyhow::Result<Applied> {
    ensure!(!applied.is_empty(), "the database has no schema yet");
    applied.sort();
    Ok(applied)
}
