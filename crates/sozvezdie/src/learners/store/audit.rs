//! The SQL of who looked at a child's record.
use super::super::Look;
use crate::{organisations::OrganisationId, people::PersonId};
use chrono::NaiveDate;
use kit::{
    Fault,
    cursor::{Cursor, Slice},
    db::{Net, Where},
};

/// The looks at a record and at those that went over into it, the latest first.
pub async fn looks(net: &Net, id: PersonId, cursor: Option<&Cursor>, size: i64) -> Result<Slice<Look>, Fault> {
    let mut w = Where::of("s");
    let id = w.arg(id);
    w.and_raw(&format!(
        "s.person_id IN (SELECT m.id FROM learner m WHERE m.network_id = $1 AND m.id = {id}
           UNION SELECT m.id FROM learner m WHERE m.network_id = $1 AND m.merged_into = {id})"
    ));
    w.and_raw("e.action IN ('read', 'export')");
    let from = "audit_subject s JOIN audit_entry e ON e.network_id = $1 AND e.id = s.entry_id";
    let total: i64 = net.scalar(format!("SELECT COUNT(*) FROM {from} WHERE {}", w.sql()), w.args.clone()).await?;
    if let Some(cursor) = cursor {
        w.and("s.entry_id < ?", cursor.id);
    }
    let limit = w.arg(size + 1);
    let sql = format!(
        "SELECT e.id, e.at, e.actor, e.action, e.fields FROM {from} WHERE {} ORDER BY s.entry_id DESC LIMIT {limit}",
        w.sql()
    );
    let mut items: Vec<Look> = net.all(sql, w.args).await?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let more = items.len() > size;
    items.truncate(size);
    let next = items.last().filter(|_| more).map(|look| Cursor { value: String::new(), id: look.id });
    Ok(Slice { items, next, total })
}

/// The roles that these people hold today, with the organisation: to say who looked.
pub async fn posts(
    net: &Net,
    people: &[uuid::Uuid],
    today: NaiveDate,
) -> Result<Vec<(uuid::Uuid, String, Option<OrganisationId>)>, Fault> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let mut w = Where::of("r");
    w.and_in("r.person_id", people.iter().copied()).and("r.from_date <= ?", today);
    w.and("(r.until_date IS NULL OR r.until_date >= ?)", today);
    let sql = format!(
        "SELECT r.person_id, r.role, r.organisation_id FROM role_grant r WHERE {} ORDER BY r.from_date, r.id",
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}
