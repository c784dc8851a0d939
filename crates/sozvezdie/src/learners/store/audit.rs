//! The SQL of who looked at a child's record.
use super::super::Look;
use crate::people::PersonId;
use kit::{
    Fault,
    cursor::{Cursor, Slice},
    db::{Net, Where},
};

/// The looks at a record, the latest first.
pub async fn looks(net: &Net, id: PersonId, cursor: Option<&Cursor>, size: i64) -> Result<Slice<Look>, Fault> {
    let mut w = Where::of("s");
    w.and("s.person_id = ?", id).and_raw("e.action IN ('read', 'export')");
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
