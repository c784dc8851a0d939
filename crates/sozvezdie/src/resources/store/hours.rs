//! The SQL of opening hours.
use super::{Read, ids, places};
use crate::resources::{
    model::ResourceId,
    schedule::{Exception, Hours, Schedule, Span},
};
use chrono::NaiveDate;
use kit::{
    Fault,
    db::{Tx, Val, args},
};
use std::collections::HashMap;
use uuid::Uuid;

struct HoursRow {
    resource_id: ResourceId,
    hours: Hours,
}

impl kit::db::Row for HoursRow {
    fn from_row(row: kit::db::RowRef<'_>) -> kit::db::Result<Self> {
        let hours = Hours {
            weekday: row.get(1)?,
            opens: row.get(2)?,
            closes: row.get(3)?,
            valid_from: row.get(4)?,
            valid_until: row.get(5)?,
        };
        Ok(Self { resource_id: row.get(0)?, hours })
    }
}

struct ExceptionRow {
    resource_id: ResourceId,
    exception: Exception,
}

impl kit::db::Row for ExceptionRow {
    fn from_row(row: kit::db::RowRef<'_>) -> kit::db::Result<Self> {
        let exception = Exception { on: row.get(1)?, opens: row.get(2)?, closes: row.get(3)?, reason: row.get(4)? };
        Ok(Self { resource_id: row.get(0)?, exception })
    }
}

fn hours_sql(count: usize) -> String {
    format!(
        "SELECT resource_id, weekday, opens, closes, valid_from, valid_until FROM resource_hours
         WHERE network_id = $1 AND resource_id IN ({}) ORDER BY resource_id, weekday, opens",
        places(count)
    )
}

/// Exceptions of the local days that `window` touches.
fn exceptions_sql(wanted: &[ResourceId], window: Span) -> (String, Vec<Val>) {
    let mut args = ids(wanted);
    let sql = format!(
        "SELECT resource_id, on_date, opens, closes, reason FROM resource_exception
         WHERE network_id = $1 AND resource_id IN ({}) AND on_date BETWEEN ${} AND ${} ORDER BY resource_id, on_date, opens",
        places(wanted.len()),
        args.len() + 2,
        args.len() + 3
    );
    args.push(kit::clock::local_date(window.start).into());
    args.push(kit::clock::local_date(window.end).into());
    (sql, args)
}

fn gathered(hours: Vec<HoursRow>, exceptions: Vec<ExceptionRow>) -> HashMap<ResourceId, Schedule> {
    let mut all: HashMap<ResourceId, Schedule> = HashMap::new();
    for row in hours {
        all.entry(row.resource_id).or_default().hours.push(row.hours);
    }
    for row in exceptions {
        all.entry(row.resource_id).or_default().exceptions.push(row.exception);
    }
    all
}

/// When these are open, with the exceptions of `window`. One without any line is left out: it is
/// open at any time.
pub async fn schedules(
    read: &mut Read<'_>,
    wanted: &[ResourceId],
    window: Span,
) -> Result<HashMap<ResourceId, Schedule>, Fault> {
    let (sql, args) = exceptions_sql(wanted, window);
    let hours = read.all(hours_sql(wanted.len()), ids(wanted)).await?;
    Ok(gathered(hours, read.all(sql, args).await?))
}

/// Puts these weekly hours in place of the former; those of a season stay.
pub async fn put_hours(tx: &mut Tx, id: ResourceId, hours: &[(Uuid, Hours)]) -> Result<(), Fault> {
    let sql = "DELETE FROM resource_hours WHERE network_id = $1 AND resource_id = $2 AND valid_from IS NULL AND valid_until IS NULL";
    tx.run(sql, args![id]).await?;
    insert_hours(tx, hours.iter().map(|(line, h)| (*line, id, h)).collect()).await
}

/// Writes lines of weekly hours: the line's own id, whose it is, and when.
pub async fn insert_hours(tx: &mut Tx, lines: Vec<(Uuid, ResourceId, &Hours)>) -> Result<(), Fault> {
    let row = |(line, id, h): (Uuid, ResourceId, &Hours)| {
        args![line, id, h.weekday, h.opens, h.closes, h.valid_from, h.valid_until]
    };
    let into = "resource_hours (network_id, id, resource_id, weekday, opens, closes, valid_from, valid_until)";
    Ok(tx.insert(into, lines.into_iter().map(row).collect()).await?)
}

pub async fn insert_exception(tx: &mut Tx, line: Uuid, id: ResourceId, e: &Exception) -> Result<(), Fault> {
    let sql = "INSERT INTO resource_exception (network_id, id, resource_id, on_date, opens, closes, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    tx.run(sql, args![line, id, e.on, e.opens, e.closes, &e.reason]).await?;
    Ok(())
}

/// How many lines of that day there were.
pub async fn delete_exception(tx: &mut Tx, id: ResourceId, on: NaiveDate) -> Result<u64, Fault> {
    Ok(tx
        .run(
            "DELETE FROM resource_exception WHERE network_id = $1 AND resource_id = $2 AND on_date = $3",
            args![id, on],
        )
        .await?)
}
