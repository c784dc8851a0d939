//! The SQL of the links: who takes part, and what became of the requests.
use crate::{organisations::OrganisationId, resources::Class};
use chrono::{DateTime, Utc};
use kit::{
    Fault,
    db::{Net, Where},
};

/// Requests of a year by what became of them, and the median wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Requests {
    pub asked: i64,
    pub fulfilled: i64,
    /// From asking to the visit, in hours, of those fulfilled.
    pub median_hours: Option<i64>,
    /// Resources that were used, of those that are offered.
    pub used: i64,
    pub offered: i64,
}

/// Requests of others for a year: an organisation's own use is none.
fn asked(year: i64, class: Option<Class>) -> Where {
    let mut w = Where::of("b");
    w.and("b.school_year = ?", year).and_opt("b.class = ?", class);
    w.and_raw("b.owner_id <> b.organisation_id");
    w
}

/// Everybody who gave (true) or received (false) something that both sides confirmed.
pub async fn ends(net: &Net, year: i64, class: Option<Class>) -> Result<Vec<(OrganisationId, bool)>, Fault> {
    let w = asked(year, class);
    let condition = format!("{} AND b.state = 'confirmed'", w.sql());
    let sql = format!(
        "SELECT b.owner_id, TRUE FROM booking b WHERE {condition} GROUP BY b.owner_id
         UNION ALL SELECT b.organisation_id, FALSE FROM booking b WHERE {condition} GROUP BY b.organisation_id"
    );
    Ok(net.all(sql, w.args).await?)
}

/// What became of the year's requests. What was moved is counted where it stands now.
pub async fn requests(net: &Net, year: i64, class: Option<Class>) -> Result<Requests, Fault> {
    let w = asked(year, class);
    let condition = w.sql();
    let sql = format!(
        "SELECT CAST(COALESCE(SUM(CASE WHEN b.state <> 'moved' THEN 1 ELSE 0 END), 0) AS BIGINT),
           CAST(COALESCE(SUM(CASE WHEN b.state = 'confirmed' THEN 1 ELSE 0 END), 0) AS BIGINT),
           COUNT(DISTINCT CASE WHEN b.state = 'confirmed' THEN b.resource_id END)
         FROM booking b WHERE {condition}"
    );
    let (all, fulfilled, used): (i64, i64, i64) = net.one(sql, w.args.clone()).await?;
    let mut offer = Where::of("r");
    offer.and_opt("r.class = ?", class).and_raw("r.state IN ('published', 'paused') AND r.class <> 'methodical'");
    let offered: i64 = net.scalar(format!("SELECT COUNT(*) FROM resource r WHERE {}", offer.sql()), offer.args).await?;
    let middle = format!(
        "SELECT b.created_at, b.starts_at FROM booking b WHERE {condition} AND b.state = 'confirmed'
         ORDER BY b.starts_at - b.created_at, b.id LIMIT 1 OFFSET {}",
        fulfilled / 2
    );
    let middle: Option<(DateTime<Utc>, DateTime<Utc>)> = net.opt(middle, w.args).await?;
    let median_hours = middle.map(|(made, begins)| (begins - made).num_hours().max(0));
    Ok(Requests { asked: all, fulfilled, median_hours, used, offered })
}
