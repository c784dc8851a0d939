//! The SQL of common requests and their drafts.
use super::{FROM, WHOLE};
use crate::{
    exchange::{
        common::{Basket, BasketLine, Common, CommonDraft, CommonId},
        model::{Booking, BookingId},
    },
    organisations::OrganisationId,
    resources::ResourceId,
};
use chrono::{DateTime, Utc};
use kit::{
    Fault,
    access::Reach,
    cursor::{COUNTED, Cursor, Slice},
    db::{Net, Tx, Val, Where, args},
};
use uuid::Uuid;

const COMMON: &str = "c.id, c.organisation_id, o.short_name, c.title, c.details, c.starts_at, c.ends_at, c.headcount, c.created_at, c.created_by, c.version";
const COMMON_FROM: &str =
    "common_request c JOIN organisation o ON o.network_id = c.network_id AND o.id = c.organisation_id";

pub async fn find_common(net: &Net, id: CommonId) -> Result<Option<Common>, Fault> {
    let sql =
        format!("SELECT {COMMON} FROM {COMMON_FROM} WHERE c.network_id = $1 AND c.id = $2 AND c.state = 'submitted'");
    Ok(net.opt(sql, args![id]).await?)
}

/// One page of those of which either side is in reach, the latest event first.
pub async fn commons(net: &Net, seen: &Reach, cursor: Option<&Cursor>, size: i64) -> Result<Slice<Common>, Fault> {
    let mut w = Where::of("c");
    w.and_raw("c.state = 'submitted'");
    if *seen != Reach::Network {
        let asked = seen.sql("c.organisation_id", &mut w.args);
        let given = seen.sql("b.owner_id", &mut w.args);
        w.and_raw(&format!(
            "({asked} OR EXISTS (SELECT 1 FROM booking b WHERE b.network_id = $1 AND b.cart_id = c.id AND {given}))"
        ));
    }
    let total = format!(
        "SELECT COUNT(*) FROM (SELECT 1 FROM common_request c WHERE {} LIMIT {}) AS counted",
        w.sql(),
        COUNTED + 1
    );
    let mut reader = net.reader().await?;
    let total: i64 = reader.scalar(total, w.args.clone()).await?;
    if let Some(cursor) = cursor {
        let (at, id) = (w.arg(cursor.value.parse::<i64>().unwrap_or(i64::MAX)), w.arg(cursor.id));
        w.and_raw(&format!("(c.starts_at, c.id) < ({at}, {id})"));
    }
    let sql = format!(
        "SELECT {COMMON} FROM {COMMON_FROM} WHERE {} ORDER BY c.starts_at DESC, c.id DESC LIMIT {}",
        w.sql(),
        size + 1
    );
    let mut items: Vec<Common> = reader.all(sql, w.args).await?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let more = items.len() > size;
    items.truncate(size);
    let next = items
        .last()
        .filter(|_| more)
        .map(|c| Cursor { value: c.span.start.timestamp_micros().to_string(), id: c.id.0 });
    Ok(Slice { items, next, total })
}

/// All bookings of these requests, by time: also those in whose place others stand.
pub async fn bookings_of(net: &Net, ids: &[CommonId]) -> Result<Vec<Booking>, Fault> {
    let mut w = Where::of("b");
    w.and_in("b.cart_id", ids.iter().map(|id| id.0));
    let sql = format!("SELECT {WHOLE} FROM {FROM} WHERE {} ORDER BY b.starts_at, r.name, b.id LIMIT 2000", w.sql());
    Ok(net.all(sql, w.args).await?)
}

/// The same of one request inside a transaction, in the order of ids: whoever changes several takes
/// them so.
pub async fn bookings_in(tx: &mut Tx, id: CommonId) -> Result<Vec<Booking>, Fault> {
    let sql = format!("SELECT {WHOLE} FROM {FROM} WHERE b.network_id = $1 AND b.cart_id = $2 ORDER BY b.id");
    Ok(tx.all(sql, args![id.0]).await?)
}

/// Another booking stands in the place of one that came to nothing. False when one stands there
/// already.
pub async fn put_in_place(tx: &mut Tx, old: BookingId, new: BookingId) -> Result<bool, Fault> {
    let sql = "UPDATE booking SET moved_to = $3, version = version + 1
               WHERE network_id = $1 AND id = $2 AND moved_to IS NULL AND state IN ('declined', 'cancelled')";
    Ok(tx.run(sql, args![old, new]).await? == 1)
}

/// Writes a request that is submitted at once.
pub async fn insert_common(
    tx: &mut Tx,
    id: CommonId,
    d: &CommonDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO common_request (network_id, id, organisation_id, title, details, starts_at, ends_at, headcount, state,
                 created_at, created_by, updated_at, updated_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'submitted', $9, $10, $9, $10, 1)";
    let args = args![id, d.organisation, &d.title, &d.details, d.span.start, d.span.end, d.headcount, now, actor];
    tx.run(sql, args).await?;
    Ok(())
}

const BASKET: &str = "id, organisation_id, title, details, starts_at, ends_at, headcount";
const LINE: &str = "resource_id, starts_at, ends_at, headcount, units, is_loan";

/// The draft of a person, with its lines in the order in which they were put there.
pub async fn basket(net: &Net, person: Uuid) -> Result<Option<Basket>, Fault> {
    let sql =
        format!("SELECT {BASKET} FROM common_request WHERE network_id = $1 AND created_by = $2 AND state = 'draft'");
    let mut reader = net.reader().await?;
    let Some(mut basket) = reader.opt::<Basket>(sql, args![person]).await? else { return Ok(None) };
    basket.lines = reader.all(lines_sql(), args![basket.id]).await?;
    Ok(Some(basket))
}

fn lines_sql() -> String {
    format!("SELECT {LINE} FROM common_request_line WHERE network_id = $1 AND request_id = $2 ORDER BY id")
}

/// The id of the person's draft; a new one where there was none.
pub async fn open_basket(
    tx: &mut Tx,
    fresh: CommonId,
    organisation: Option<OrganisationId>,
    person: Uuid,
    now: DateTime<Utc>,
) -> Result<CommonId, Fault> {
    let sql = "INSERT INTO common_request (network_id, id, organisation_id, title, state, created_at, created_by, updated_at, updated_by, version)
               VALUES ($1, $2, $3, '', 'draft', $4, $5, $4, $5, 1) ON CONFLICT DO NOTHING";
    tx.run(sql, args![fresh, organisation, now, person]).await?;
    let sql = "SELECT id FROM common_request WHERE network_id = $1 AND created_by = $2 AND state = 'draft'";
    Ok(tx.scalar(sql, args![person]).await?)
}

/// Puts a resource into a draft; nothing when it is there.
pub async fn add_line(
    tx: &mut Tx,
    line: Uuid,
    id: CommonId,
    resource: ResourceId,
    is_loan: bool,
) -> Result<bool, Fault> {
    let sql = "INSERT INTO common_request_line (network_id, id, request_id, resource_id, is_loan)
               VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, args![line, id, resource, is_loan]).await? == 1)
}

pub async fn count_lines(tx: &mut Tx, id: CommonId) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) FROM common_request_line WHERE network_id = $1 AND request_id = $2";
    Ok(tx.scalar(sql, args![id]).await?)
}

/// Keeps what stands in the draft. False when it is no draft of this person any more.
pub async fn save_basket(tx: &mut Tx, b: &Basket, person: Uuid, now: DateTime<Utc>) -> Result<bool, Fault> {
    let sql = "UPDATE common_request SET organisation_id = $4, title = $5, details = $6, starts_at = $7, ends_at = $8, headcount = $9,
                 updated_at = $10, version = version + 1
               WHERE network_id = $1 AND id = $2 AND created_by = $3 AND state = 'draft'";
    let all = args![b.id, person, b.organisation_id, &b.title, &b.details, b.starts_at, b.ends_at, b.headcount, now];
    if tx.run(sql, all).await? != 1 {
        return Ok(false);
    }
    for line in &b.lines {
        let sql =
            "UPDATE common_request_line SET starts_at = $4, ends_at = $5, headcount = $6, units = $7, is_loan = $8
                   WHERE network_id = $1 AND request_id = $2 AND resource_id = $3";
        let all = args![b.id, line.resource_id, line.starts_at, line.ends_at, line.headcount, line.units, line.is_loan];
        tx.run(sql, all).await?;
    }
    Ok(true)
}

/// Puts another resource in the place of one, or takes it out where that one is there already.
pub async fn swap_line(tx: &mut Tx, id: CommonId, from: ResourceId, to: ResourceId) -> Result<(), Fault> {
    let there = "SELECT EXISTS (SELECT 1 FROM common_request_line WHERE network_id = $1 AND request_id = $2 AND resource_id = $3)";
    if tx.scalar::<bool>(there, args![id, to]).await? {
        return drop_line(tx, id, from).await;
    }
    let sql = "UPDATE common_request_line SET resource_id = $4 WHERE network_id = $1 AND request_id = $2 AND resource_id = $3";
    tx.run(sql, args![id, from, to]).await?;
    Ok(())
}

pub async fn drop_line(tx: &mut Tx, id: CommonId, resource: ResourceId) -> Result<(), Fault> {
    let sql = "DELETE FROM common_request_line WHERE network_id = $1 AND request_id = $2 AND resource_id = $3";
    tx.run(sql, args![id, resource]).await?;
    Ok(())
}

/// Drops the draft of a person.
pub async fn drop_basket(tx: &mut Tx, person: Uuid) -> Result<(), Fault> {
    let draft = "(SELECT id FROM common_request WHERE network_id = $1 AND created_by = $2 AND state = 'draft')";
    let sql = format!("DELETE FROM common_request_line WHERE network_id = $1 AND request_id IN {draft}");
    tx.run(sql, args![person]).await?;
    let sql = "DELETE FROM common_request WHERE network_id = $1 AND created_by = $2 AND state = 'draft'";
    tx.run(sql, args![person]).await?;
    Ok(())
}

/// The draft becomes a request, and its lines bookings. False when it is no draft of this person any
/// more.
pub async fn settle_basket(
    tx: &mut Tx,
    id: CommonId,
    d: &CommonDraft,
    person: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE common_request SET organisation_id = $4, title = $5, details = $6, starts_at = $7, ends_at = $8, headcount = $9,
                 state = 'submitted', created_at = $10, updated_at = $10, version = version + 1
               WHERE network_id = $1 AND id = $2 AND created_by = $3 AND state = 'draft'";
    let all: Vec<Val> =
        args![id, person, d.organisation, &d.title, &d.details, d.span.start, d.span.end, d.headcount, now];
    Ok(tx.run(sql, all).await? == 1)
}

/// The resources of a draft, inside a transaction.
pub async fn lines_in(tx: &mut Tx, id: CommonId) -> Result<Vec<BasketLine>, Fault> {
    Ok(tx.all(lines_sql(), args![id]).await?)
}

pub async fn drop_lines(tx: &mut Tx, id: CommonId) -> Result<(), Fault> {
    tx.run("DELETE FROM common_request_line WHERE network_id = $1 AND request_id = $2", args![id]).await?;
    Ok(())
}
