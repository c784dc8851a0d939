//! The SQL of what is taken.
use super::{Read, ids, places};
use crate::resources::{
    model::{Hold, ResourceId},
    schedule::Span,
};
use chrono::{DateTime, Utc};
use kit::{
    Fault,
    db::{Net, Tx, Val, args},
};
use std::collections::HashMap;
use uuid::Uuid;

const HOLD: &str =
    "id, resource_id, person_id, organisation_id, place_id, starts_at, ends_at, headcount, units, is_pending";

/// Takes the place in the row that all who want this resource share; the others wait here until
/// this transaction ends. Gives the new number and the version, `None` for an unknown resource.
pub async fn raise(tx: &mut Tx, id: ResourceId) -> Result<Option<(i64, i64)>, Fault> {
    let sql = "UPDATE resource SET booking_seq = booking_seq + 1 WHERE network_id = $1 AND id = $2 RETURNING booking_seq, version";
    Ok(tx.opt(sql, args![id]).await?)
}

/// The same for a person, whichever resources they stand behind.
pub async fn raise_person(tx: &mut Tx, person: Uuid) -> Result<(), Fault> {
    let sql = "INSERT INTO person_calendar (network_id, person_id, booking_seq) VALUES ($1, $2, 1)
               ON CONFLICT (network_id, person_id) DO UPDATE SET booking_seq = person_calendar.booking_seq + 1";
    tx.run(sql, args![person]).await?;
    Ok(())
}

fn of_resources(wanted: &[ResourceId], window: Span) -> (String, Vec<Val>) {
    between("resource_id", ids(wanted), &places(wanted.len()), window)
}

fn of_people(people: &[Uuid], window: Span) -> (String, Vec<Val>) {
    let args: Vec<Val> =
        if people.is_empty() { args![None::<Uuid>] } else { people.iter().map(|id| Val::from(*id)).collect() };
    between("person_id", args, &places(people.len()), window)
}

fn between(column: &str, mut args: Vec<Val>, places: &str, window: Span) -> (String, Vec<Val>) {
    let sql = format!(
        "SELECT {HOLD} FROM resource_hold WHERE network_id = $1 AND {column} IN ({places}) AND ends_at > ${} AND starts_at < ${} ORDER BY starts_at, id",
        args.len() + 2,
        args.len() + 3
    );
    args.push(window.start.into());
    args.push(window.end.into());
    (sql, args)
}

/// What is taken of these resources in `window`, by time.
pub async fn holds(read: &mut Read<'_>, wanted: &[ResourceId], window: Span) -> Result<Vec<Hold>, Fault> {
    let (sql, args) = of_resources(wanted, window);
    read.all(sql, args).await
}

/// What these people are taken for in `window`, by time.
pub async fn people_holds(read: &mut Read<'_>, people: &[Uuid], window: Span) -> Result<Vec<Hold>, Fault> {
    let (sql, args) = of_people(people, window);
    read.all(sql, args).await
}

/// Writes what is taken.
pub async fn insert_holds(tx: &mut Tx, all: &[Hold]) -> Result<(), Fault> {
    let row = |h: &Hold| {
        let (start, end) = (h.span.start, h.span.end);
        let (place, pending) = (h.place_id, h.is_pending);
        args![h.id, h.resource_id, h.person_id, h.organisation_id, place, start, end, h.headcount, h.units, pending]
    };
    Ok(tx.insert(&format!("resource_hold (network_id, {HOLD})"), all.iter().map(row).collect()).await?)
}

/// True when it was held.
pub async fn delete_hold(tx: &mut Tx, id: Uuid) -> Result<bool, Fault> {
    Ok(tx.run("DELETE FROM resource_hold WHERE network_id = $1 AND id = $2", args![id]).await? == 1)
}

/// It waits for nobody's answer any more.
pub async fn settle_hold(tx: &mut Tx, id: Uuid) -> Result<(), Fault> {
    tx.run("UPDATE resource_hold SET is_pending = FALSE WHERE network_id = $1 AND id = $2", args![id]).await?;
    Ok(())
}

/// How many minutes of these begin within `week`. One lesson for several organisations is one.
pub async fn hours_taken(
    read: &mut Read<'_>,
    wanted: &[ResourceId],
    week: Span,
) -> Result<HashMap<ResourceId, i64>, Fault> {
    const MINUTE: i64 = 60_000_000;
    let mut args = ids(wanted);
    let sql = format!(
        "SELECT s.resource_id, CAST(SUM(s.length) AS BIGINT)
         FROM (SELECT DISTINCT resource_id, starts_at, ends_at - starts_at AS length FROM resource_hold
               WHERE network_id = $1 AND resource_id IN ({}) AND starts_at >= ${} AND starts_at < ${}) s
         GROUP BY s.resource_id",
        places(wanted.len()),
        args.len() + 2,
        args.len() + 3
    );
    args.push(week.start.into());
    args.push(week.end.into());
    let rows: Vec<(ResourceId, i64)> = read.all(sql, args).await?;
    Ok(rows.into_iter().map(|(id, micros)| (id, micros / MINUTE)).collect())
}

/// Later than any booking may lie.
fn never() -> DateTime<Utc> {
    DateTime::from_timestamp(32_503_680_000, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// It was handed over: it is gone until it is taken back.
pub async fn hold_until_back(tx: &mut Tx, id: Uuid) -> Result<(), Fault> {
    tx.run("UPDATE resource_hold SET until_back = TRUE WHERE network_id = $1 AND id = $2", args![id]).await?;
    Ok(())
}

/// What was handed over and should be back by now holds on without an end.
pub async fn stretch(tx: &mut Tx, wanted: &[ResourceId], now: DateTime<Utc>) -> Result<(), Fault> {
    let mut args = ids(wanted);
    let sql = format!(
        "UPDATE resource_hold SET ends_at = ${} WHERE network_id = $1 AND resource_id IN ({}) AND until_back AND ends_at <= ${}",
        args.len() + 2,
        places(wanted.len()),
        args.len() + 3
    );
    args.push(never().into());
    args.push(now.into());
    tx.run(sql, args).await?;
    Ok(())
}

/// It is back: it holds no longer than until `end`.
pub async fn is_back(tx: &mut Tx, id: Uuid, end: DateTime<Utc>) -> Result<(), Fault> {
    let sql =
        "UPDATE resource_hold SET until_back = FALSE, ends_at = $3 WHERE network_id = $1 AND id = $2 AND until_back";
    tx.run(sql, args![id, end]).await?;
    Ok(())
}

/// What holds capacity from `now` on, but for overdue loans: they were not promised so long.
pub async fn to_come(net: &Net, now: DateTime<Utc>) -> Result<Vec<Hold>, Fault> {
    let sql = format!(
        "SELECT {HOLD} FROM resource_hold WHERE network_id = $1 AND ends_at > $2 AND ends_at < $3 ORDER BY resource_id, starts_at, id"
    );
    Ok(net.all(sql, args![now, never()]).await?)
}

/// It happens at a distance now: at no place.
pub async fn to_distance(tx: &mut Tx, id: Uuid) -> Result<(), Fault> {
    tx.run("UPDATE resource_hold SET place_id = NULL WHERE network_id = $1 AND id = $2", args![id]).await?;
    Ok(())
}
