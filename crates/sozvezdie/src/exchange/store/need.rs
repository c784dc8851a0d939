//! The SQL of needs.
use crate::exchange::{
    model::BookingId,
    need::{Need, NeedId, NeedState},
};
use crate::{organisations::OrganisationId, resources::Class};
use kit::{
    Fault,
    cursor::{COUNTED, Cursor, Slice},
    db::{Net, Tx, Where, args},
};
use uuid::Uuid;

const WHOLE: &str = "n.id, n.organisation_id, o.short_name, n.title, n.details, n.class, n.starts_at, n.ends_at, n.is_flexible, n.headcount,
    n.priority, n.state, n.created_at, n.created_by, n.updated_at, n.updated_by, n.version";
const FROM: &str = "exchange_need n JOIN organisation o ON o.network_id = n.network_id AND o.id = n.organisation_id";

pub async fn find_need(net: &Net, id: NeedId) -> Result<Option<Need>, Fault> {
    Ok(net.opt(format!("SELECT {WHOLE} FROM {FROM} WHERE n.network_id = $1 AND n.id = $2"), args![id]).await?)
}

pub async fn find_need_in(tx: &mut Tx, id: NeedId) -> Result<Option<Need>, Fault> {
    Ok(tx.opt(format!("SELECT {WHOLE} FROM {FROM} WHERE n.network_id = $1 AND n.id = $2"), args![id]).await?)
}

/// One page of needs, the soonest first.
pub async fn needs(net: &Net, states: &[NeedState], cursor: Option<&Cursor>, size: i64) -> Result<Slice<Need>, Fault> {
    let mut w = Where::of("n");
    if !states.is_empty() {
        w.and_in("n.state", states.iter().copied());
    }
    let total = format!(
        "SELECT COUNT(*) FROM (SELECT 1 FROM exchange_need n WHERE {} LIMIT {}) AS counted",
        w.sql(),
        COUNTED + 1
    );
    let mut reader = net.reader().await?;
    let total: i64 = reader.scalar(total, w.args.clone()).await?;
    if let Some(cursor) = cursor {
        let (at, id) = (w.arg(cursor.value.parse::<i64>().unwrap_or(i64::MIN)), w.arg(cursor.id));
        w.and_raw(&format!("(n.starts_at, n.id) > ({at}, {id})"));
    }
    let sql = format!("SELECT {WHOLE} FROM {FROM} WHERE {} ORDER BY n.starts_at, n.id LIMIT {}", w.sql(), size + 1);
    let mut items: Vec<Need> = reader.all(sql, w.args).await?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let more = items.len() > size;
    items.truncate(size);
    let next = items
        .last()
        .filter(|_| more)
        .map(|n| Cursor { value: n.span.start.timestamp_micros().to_string(), id: n.id.0 });
    Ok(Slice { items, next, total })
}

pub async fn insert_need(tx: &mut Tx, n: &Need) -> Result<(), Fault> {
    let sql = "INSERT INTO exchange_need (network_id, id, organisation_id, title, details, class, starts_at, ends_at, is_flexible, headcount, priority,
                 state, created_at, created_by, updated_at, updated_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 1)";
    let args = args![
        n.id,
        n.organisation_id,
        &n.title,
        &n.details,
        n.class,
        n.span.start,
        n.span.end,
        n.is_flexible,
        n.headcount,
        n.priority,
        n.state,
        n.created_at,
        n.created_by,
        n.updated_at,
        n.updated_by
    ];
    tx.run(sql, args).await?;
    Ok(())
}

/// Writes its state. False when somebody was quicker.
pub async fn save_need(tx: &mut Tx, n: &Need) -> Result<bool, Fault> {
    let sql = "UPDATE exchange_need SET state = $4, updated_at = $5, updated_by = $6, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3";
    Ok(tx.run(sql, args![n.id, n.version, n.state, n.updated_at, n.updated_by]).await? == 1)
}

/// Whether another offer for the need still waits or was taken.
pub async fn has_other_offers(tx: &mut Tx, need: Uuid, but: BookingId) -> Result<bool, Fault> {
    let sql = "SELECT EXISTS (SELECT 1 FROM booking WHERE network_id = $1 AND need_id = $2 AND id <> $3
               AND state NOT IN ('declined', 'cancelled', 'moved', 'did_not_take_place'))";
    Ok(tx.scalar(sql, args![need, but]).await?)
}

/// Organisations other than the asker that share something of this class, or of any.
pub async fn owners_of(tx: &mut Tx, class: Option<Class>, asker: OrganisationId) -> Result<Vec<Uuid>, Fault> {
    let mut w = Where::new();
    w.and("owner_id <> ?", asker).and_opt("class = ?", class).and_raw("state = 'published'");
    let rows: Vec<(Uuid,)> =
        tx.all(format!("SELECT DISTINCT owner_id FROM resource WHERE {}", w.sql()), w.args).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
