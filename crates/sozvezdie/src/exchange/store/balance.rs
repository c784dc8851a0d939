//! The SQL of «отдано / получено»: sums over what both sides confirmed, from one index.
use crate::{organisations::OrganisationId, resources::Class};
use kit::{
    Fault,
    access::Reach,
    db::{Net, Where},
};

/// What one organisation gave and received. Minutes, days of loans, learner-minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub organisation_id: OrganisationId,
    pub organisation_name: String,
    pub given: i64,
    pub received: i64,
    pub given_days: i64,
    pub received_days: i64,
    pub given_learner_minutes: i64,
    pub received_learner_minutes: i64,
}
kit::db::row!(Row {
    organisation_id,
    organisation_name,
    given,
    received,
    given_days,
    received_days,
    given_learner_minutes,
    received_learner_minutes
});

/// What counts: confirmed, and not an organisation's own use.
fn counted(year: i64, class: Option<Class>) -> Where {
    let mut w = Where::of("b");
    w.and("b.school_year = ?", year).and_opt("b.class = ?", class);
    w.and_raw("b.state = 'confirmed' AND b.owner_id <> b.organisation_id");
    w
}

/// The rows of the organisations in reach, by name. Over the whole network they sum to zero.
pub async fn balance(net: &Net, year: i64, class: Option<Class>, seen: &Reach) -> Result<Vec<Row>, Fault> {
    let mut w = counted(year, class);
    let condition = w.sql().to_owned();
    let own = seen.sql("o.id", &mut w.args);
    let sql = format!(
        "SELECT o.id, o.short_name,
           CAST(SUM(s.given) AS BIGINT), CAST(SUM(s.received) AS BIGINT), CAST(SUM(s.given_days) AS BIGINT),
           CAST(SUM(s.received_days) AS BIGINT), CAST(SUM(s.given_learners) AS BIGINT), CAST(SUM(s.received_learners) AS BIGINT)
         FROM (
           SELECT b.owner_id AS organisation_id, SUM(b.agreed_minutes) AS given, 0 AS received, SUM(b.agreed_days) AS given_days,
             0 AS received_days, SUM(b.agreed_minutes * b.agreed_headcount) AS given_learners, 0 AS received_learners
           FROM booking b WHERE {condition} GROUP BY b.owner_id
           UNION ALL
           SELECT b.organisation_id, 0, SUM(b.agreed_minutes), 0, SUM(b.agreed_days), 0, SUM(b.agreed_minutes * b.agreed_headcount)
           FROM booking b WHERE {condition} GROUP BY b.organisation_id
         ) s
         JOIN organisation o ON o.network_id = $1 AND o.id = s.organisation_id
         WHERE {own} GROUP BY o.id, o.short_name ORDER BY o.short_name, o.id"
    );
    Ok(net.all(sql, w.args).await?)
}

/// Who gave whom how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    pub owner_id: OrganisationId,
    pub owner_name: String,
    pub organisation_id: OrganisationId,
    pub organisation_name: String,
    pub minutes: i64,
    pub days: i64,
    pub bookings: i64,
}
kit::db::row!(Pair { owner_id, owner_name, organisation_id, organisation_name, minutes, days, bookings });

/// The pairs in reach of either side, the largest first.
pub async fn pairs(net: &Net, year: i64, class: Option<Class>, seen: &Reach) -> Result<Vec<Pair>, Fault> {
    let mut w = counted(year, class);
    if *seen != Reach::Network {
        let given = seen.sql("b.owner_id", &mut w.args);
        let received = seen.sql("b.organisation_id", &mut w.args);
        w.and_raw(&format!("({given} OR {received})"));
    }
    let sql = format!(
        "SELECT p.owner_id, g.short_name, p.organisation_id, o.short_name, p.minutes, p.days, p.bookings
         FROM (
           SELECT b.owner_id, b.organisation_id, CAST(SUM(b.agreed_minutes) AS BIGINT) AS minutes, CAST(SUM(b.agreed_days) AS BIGINT) AS days,
             COUNT(*) AS bookings
           FROM booking b WHERE {} GROUP BY b.owner_id, b.organisation_id
         ) p
         JOIN organisation g ON g.network_id = $1 AND g.id = p.owner_id
         JOIN organisation o ON o.network_id = $1 AND o.id = p.organisation_id
         ORDER BY p.minutes DESC, p.days DESC, p.owner_id, p.organisation_id",
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}

/// The network as a whole: minutes, days of loans, bookings, organisations that gave, that received.
pub async fn totals(net: &Net, year: i64, class: Option<Class>) -> Result<(i64, i64, i64, i64, i64), Fault> {
    let w = counted(year, class);
    let sql = format!(
        "SELECT CAST(COALESCE(SUM(b.agreed_minutes), 0) AS BIGINT), CAST(COALESCE(SUM(b.agreed_days), 0) AS BIGINT), COUNT(*),
           COUNT(DISTINCT b.owner_id), COUNT(DISTINCT b.organisation_id)
         FROM booking b WHERE {}",
        w.sql()
    );
    Ok(net.one(sql, w.args).await?)
}
