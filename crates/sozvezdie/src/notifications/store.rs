//! The SQL of notifications.
pub mod letters;

use super::model::{Bunch, Kind, News, Notification, NotificationId};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault, Visit,
    cursor::{COUNTED, Cursor, Slice},
    db::{Net, Tx, Val, Where, args},
};
use uuid::Uuid;

const WHOLE: &str = "id, kind, bunch, link, subject, other_id, starts_at, needs_deed, at, read_at, settled_at";

/// Who holds one of these roles in one of these organisations on a day.
pub async fn holders(
    tx: &mut Tx,
    roles: &[&'static str],
    organisations: &[Uuid],
    today: NaiveDate,
) -> Result<Vec<Uuid>, Fault> {
    let mut w = Where::new();
    w.and_in("organisation_id", organisations.iter().copied()).and_in("role", roles.iter().copied());
    w.and("from_date <= ? AND (until_date IS NULL OR until_date >= ?)", today);
    let rows: Vec<(Uuid,)> =
        tx.all(format!("SELECT DISTINCT person_id FROM role_grant WHERE {}", w.sql()), w.args).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// What happens to a notification that was told before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// It is new again.
    Renew,
    /// It stays as it is, read or done.
    Leave,
}

/// Writes the news to each of these people.
pub async fn put(tx: &mut Tx, visit: &Visit, people: &[Uuid], news: &[News], again: Again) -> Result<(), Fault> {
    let again = match again {
        Again::Leave => "NOTHING",
        Again::Renew => {
            "UPDATE SET at = excluded.at, link = excluded.link, subject = excluded.subject, other_id = excluded.other_id,
               starts_at = excluded.starts_at, read_at = NULL, settled_at = NULL, mailed_at = NULL"
        }
    };
    let all: Vec<(Uuid, &News)> = people.iter().flat_map(|person| news.iter().map(move |n| (*person, n))).collect();
    for some in all.chunks(100) {
        let mut values: Vec<Val> = Vec::new();
        let mut rows = Vec::with_capacity(some.len());
        for (person, n) in some {
            let own = args![
                visit.new_id(),
                *person,
                n.kind,
                &n.bunch,
                n.record,
                &n.link,
                &n.subject,
                n.other,
                n.starts_at,
                n.kind.needs_deed(),
                visit.now
            ];
            let numbers: Vec<String> =
                (values.len() + 2..values.len() + 2 + own.len()).map(|n| format!("${n}")).collect();
            rows.push(format!("($1, {})", numbers.join(", ")));
            values.extend(own);
        }
        let sql = format!(
            "INSERT INTO notification (network_id, id, person_id, kind, bunch, record_id, link, subject, other_id, starts_at, needs_deed, at)
             VALUES {} ON CONFLICT (network_id, person_id, bunch, record_id) DO {again}",
            rows.join(", ")
        );
        tx.run(sql, values).await?;
    }
    Ok(())
}

/// The deed is done: nobody is asked for it any more.
pub async fn settle(tx: &mut Tx, record: Uuid, now: DateTime<Utc>) -> Result<(), Fault> {
    let sql = "UPDATE notification SET settled_at = $3
               WHERE network_id = $1 AND record_id = $2 AND needs_deed AND settled_at IS NULL";
    tx.run(sql, args![record, now]).await?;
    Ok(())
}

/// The deeds of a bunch are done, but for those with these records.
pub async fn settle_but(tx: &mut Tx, bunch: &str, open: &[Uuid], now: DateTime<Utc>) -> Result<(), Fault> {
    let mut w = Where::new();
    w.and("bunch = ?", bunch).and_raw("needs_deed AND settled_at IS NULL");
    if !open.is_empty() {
        let open: Vec<String> = open.iter().map(|id| w.arg(*id)).collect();
        w.and_raw(&format!("record_id NOT IN ({})", open.join(", ")));
    }
    let at = w.arg(now);
    tx.run(format!("UPDATE notification SET settled_at = {at} WHERE {}", w.sql()), w.args).await?;
    Ok(())
}

/// Kinds that the person (`$2`) wants to see in the program.
const SEEN: &str = "kind NOT IN (SELECT c.kind FROM notification_choice c WHERE c.network_id = $1 AND c.person_id = $2 AND NOT c.in_app)";

/// Lines that nobody has read, up to a hundred.
pub async fn count_new(net: &Net, person: Uuid) -> Result<i64, Fault> {
    let sql = format!(
        "SELECT COUNT(*) FROM (SELECT DISTINCT bunch FROM notification
         WHERE network_id = $1 AND person_id = $2 AND read_at IS NULL AND settled_at IS NULL AND {SEEN} LIMIT 100) AS lines"
    );
    let rows: Vec<(i64,)> = net.all(sql, args![person]).await?;
    Ok(rows.first().map_or(0, |r| r.0))
}

/// A page of one person's lines, the latest first.
pub async fn list(
    net: &Net,
    person: Uuid,
    (kind, only_new): (Option<Kind>, bool),
    cursor: Option<&Cursor>,
    size: i64,
) -> Result<Slice<Bunch>, Fault> {
    let mut w = Where::new();
    w.and("person_id = ?", person).and_raw(SEEN).and_opt("kind = ?", kind);
    if only_new {
        w.and_raw("read_at IS NULL AND settled_at IS NULL");
    }
    let counted = format!(
        "SELECT COUNT(*) FROM (SELECT DISTINCT bunch FROM notification WHERE {} LIMIT {}) AS lines",
        w.sql(),
        COUNTED + 1
    );
    let total: Vec<(i64,)> = net.all(counted, w.args.clone()).await?;
    let condition = w.sql().to_owned();
    let after = cursor.and_then(|c| {
        let (at, bunch) = c.value.split_once(' ')?;
        Some((at.parse::<i64>().ok()?, bunch.to_owned()))
    });
    let having = after.map_or_else(String::new, |(at, bunch)| {
        let (at, bunch) = (w.arg(at), w.arg(bunch));
        format!("HAVING MAX(at) < {at} OR (MAX(at) = {at} AND bunch > {bunch})")
    });
    let sql = format!(
        "SELECT bunch, MAX(at) AS latest FROM notification WHERE {condition} GROUP BY bunch {having} ORDER BY latest DESC, bunch LIMIT {}",
        size + 1
    );
    let mut keys: Vec<(String, i64)> = net.all(sql, w.args).await?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let more = keys.len() > size;
    keys.truncate(size);
    let next =
        keys.last().filter(|_| more).map(|(bunch, at)| Cursor { value: format!("{at} {bunch}"), id: Uuid::nil() });
    let rows = of_bunches(net, person, &keys).await?;
    let items = keys
        .iter()
        .filter_map(|(key, _)| {
            let own: Vec<Notification> = rows.iter().filter(|n| n.bunch == *key).cloned().collect();
            Bunch::of(&own)
        })
        .collect();
    Ok(Slice { items, next, total: total.first().map_or(0, |r| r.0) })
}

async fn of_bunches(net: &Net, person: Uuid, keys: &[(String, i64)]) -> Result<Vec<Notification>, Fault> {
    let mut w = Where::new();
    w.and("person_id = ?", person).and_in("bunch", keys.iter().map(|(key, _)| key.as_str()));
    Ok(net.all(format!("SELECT {WHOLE} FROM notification WHERE {} ORDER BY at DESC, id", w.sql()), w.args).await?)
}

/// A notification of this person.
pub async fn find(net: &Net, id: NotificationId, person: Uuid) -> Result<Option<Notification>, Fault> {
    let sql = format!("SELECT {WHOLE} FROM notification WHERE network_id = $1 AND id = $2 AND person_id = $3");
    Ok(net.opt(sql, args![id, person]).await?)
}

/// Reads a line, or takes that back.
pub async fn mark(tx: &mut Tx, person: Uuid, bunch: &str, at: Option<DateTime<Utc>>) -> Result<(), Fault> {
    let sql = "UPDATE notification SET read_at = $4 WHERE network_id = $1 AND person_id = $2 AND bunch = $3";
    tx.run(sql, args![person, bunch, at]).await?;
    Ok(())
}

/// Reads all that had come by `until`; gives how many there were.
pub async fn mark_all(tx: &mut Tx, person: Uuid, until: DateTime<Utc>, now: DateTime<Utc>) -> Result<u64, Fault> {
    let sql = "UPDATE notification SET read_at = $4 WHERE network_id = $1 AND person_id = $2 AND at <= $3 AND read_at IS NULL";
    Ok(tx.run(sql, args![person, until, now]).await?)
}
