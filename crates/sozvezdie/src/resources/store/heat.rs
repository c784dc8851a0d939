//! The SQL of how full the week is.
use crate::resources::{
    Span,
    heat::{Open, Taken},
};
use chrono::NaiveDate;
use kit::{
    Fault,
    access::Reach,
    db::{Net, Where},
};

/// Longer than this somebody has it at home: that says nothing of its hours.
const LONGEST: i64 = 14 * 3600 * 1_000_000;

/// The weekly hours of this day, by kind and weekday.
pub async fn open(net: &Net, reach: &Reach, today: NaiveDate) -> Result<Vec<Open>, Fault> {
    let mut w = Where::of("r");
    w.and_raw("r.state = 'published'");
    let own = reach.sql("r.owner_id", &mut w.args);
    w.and_raw(&own);
    w.and("(h.valid_from IS NULL OR h.valid_from <= ?)", today);
    w.and("(h.valid_until IS NULL OR h.valid_until >= ?)", today);
    let sql = format!(
        "SELECT r.kind, h.weekday, CAST(SUM(h.closes - h.opens) AS BIGINT)
         FROM resource r JOIN resource_hours h ON h.network_id = r.network_id AND h.resource_id = r.id
         WHERE {} GROUP BY r.kind, h.weekday",
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}

/// What was taken in a span, by resource and time.
pub async fn taken(net: &Net, reach: &Reach, during: Span) -> Result<Vec<Taken>, Fault> {
    let mut w = Where::of("r");
    w.and_raw("r.state = 'published'");
    let own = reach.sql("r.owner_id", &mut w.args);
    w.and_raw(&own);
    w.and("o.ends_at > ?", during.start).and("o.starts_at >= ?", during.start).and("o.starts_at < ?", during.end);
    w.and("o.ends_at - o.starts_at <= ?", LONGEST);
    let sql = format!(
        "SELECT r.kind, o.resource_id, o.starts_at, o.ends_at
         FROM resource r JOIN resource_hold o ON o.network_id = r.network_id AND o.resource_id = r.id
         WHERE {} ORDER BY o.resource_id, o.starts_at LIMIT 20000",
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}
