//! The SQL of imports.
use super::model::{
    Batch, BatchId, BatchState, Content, Counts, Decision, Outcome, Reversal, Row, Setup, Sheet, Status, Tally,
};
use chrono::{DateTime, Utc};
use intake::Mapping;
use kit::{
    Fault,
    access::Reach,
    cursor::{Cursor, Slice},
    db::{Cell, Col, Mismatch, Net, RowRef, Tx, Where, args},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as Json;
use uuid::Uuid;

/// A column of JSON text.
struct Text<T>(T);

impl<T: DeserializeOwned> Col for Text<T> {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Mismatch> {
        serde_json::from_str(cell.text()?).map(Text).map_err(|_| cell.mismatch("JSON of its kind"))
    }
}

fn json(value: &impl Serialize) -> Result<String, Fault> {
    Ok(serde_json::to_string(value).map_err(anyhow::Error::from)?)
}

const BATCH: &str =
    "id, kind, state, organisation_id, file_name, file_hash, setup, sheets, tally, created_at, created_by,
    ended_at, ended_by, purged, version";

impl kit::db::Row for Batch {
    fn from_row(row: RowRef<'_>) -> kit::db::Result<Self> {
        row.expect_columns(15)?;
        Ok(Self {
            id: row.get(0)?,
            kind: row.get(1)?,
            state: row.get(2)?,
            organisation: row.get(3)?,
            file_name: row.get(4)?,
            file_hash: row.get(5)?,
            setup: row.get::<Text<Setup>>(6)?.0,
            sheets: row.get::<Text<Vec<Sheet>>>(7)?.0,
            tally: row.get::<Text<Tally>>(8)?.0,
            created_at: row.get(9)?,
            created_by: row.get(10)?,
            ended_at: row.get(11)?,
            ended_by: row.get(12)?,
            purged: row.get(13)?,
            version: row.get(14)?,
        })
    }
}

pub async fn insert(tx: &mut Tx, b: &Batch, content: &[u8]) -> Result<(), Fault> {
    let sql = "INSERT INTO import_batch (network_id, id, kind, state, organisation_id, file_name, file_hash, setup, sheets, tally,
                 created_at, created_by, purged, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)";
    let args = args![
        b.id,
        &b.kind,
        b.state,
        b.organisation,
        &b.file_name,
        b.file_hash.clone(),
        json(&b.setup)?,
        json(&b.sheets)?,
        json(&b.tally)?,
        b.created_at,
        b.created_by,
        b.purged
    ];
    tx.run(sql, args).await?;
    let sql = "INSERT INTO import_file (network_id, batch_id, content) VALUES ($1, $2, $3)";
    tx.run(sql, args![b.id, content]).await?;
    Ok(())
}

/// False when it is no longer waiting at this version.
pub async fn update(tx: &mut Tx, id: BatchId, version: i64, setup: &Setup, sheets: &[Sheet]) -> Result<bool, Fault> {
    let sql = "UPDATE import_batch SET setup = $4, sheets = $5, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3 AND state = 'ready'";
    Ok(tx.run(sql, args![id, version, json(setup)?, json(&sheets)?]).await? == 1)
}

/// Counts one more change. False when it is no longer waiting.
pub async fn touch(tx: &mut Tx, id: BatchId) -> Result<bool, Fault> {
    let sql = "UPDATE import_batch SET version = version + 1 WHERE network_id = $1 AND id = $2 AND state = 'ready'";
    Ok(tx.run(sql, args![id]).await? == 1)
}

/// False when the state is not `from` any more: somebody was quicker.
pub async fn move_state(
    tx: &mut Tx,
    id: BatchId,
    from: BatchState,
    to: BatchState,
    actor: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE import_batch SET state = $4, ended_at = $5, ended_by = $6, version = version + 1
               WHERE network_id = $1 AND id = $2 AND state = $3 AND NOT purged";
    Ok(tx.run(sql, args![id, from, to, now, actor]).await? == 1)
}

pub async fn set_tally(tx: &mut Tx, id: BatchId, tally: &Tally) -> Result<(), Fault> {
    tx.run("UPDATE import_batch SET tally = $3 WHERE network_id = $1 AND id = $2", args![id, json(tally)?]).await?;
    Ok(())
}

pub async fn find(net: &Net, id: BatchId) -> Result<Option<Batch>, Fault> {
    Ok(net.opt(format!("SELECT {BATCH} FROM import_batch WHERE network_id = $1 AND id = $2"), args![id]).await?)
}

pub async fn find_in(tx: &mut Tx, id: BatchId) -> Result<Option<Batch>, Fault> {
    Ok(tx.opt(format!("SELECT {BATCH} FROM import_batch WHERE network_id = $1 AND id = $2"), args![id]).await?)
}

/// The batches within reach, kind by kind, the latest first.
pub async fn list(
    net: &Net,
    reaches: &[(&'static str, Reach)],
    cursor: Option<&Cursor>,
    size: i64,
) -> Result<Slice<Batch>, Fault> {
    let mut w = Where::new();
    let mut kinds = vec!["FALSE".to_owned()];
    for (kind, reach) in reaches {
        let code = w.arg(*kind);
        kinds.push(format!("(kind = {code} AND {})", reach.sql("organisation_id", &mut w.args)));
    }
    w.and_raw(&format!("({})", kinds.join(" OR ")));
    let total: i64 = net.scalar(format!("SELECT COUNT(*) FROM import_batch WHERE {}", w.sql()), w.args.clone()).await?;
    if let Some(cursor) = cursor {
        let at = w.arg(cursor.value.parse::<i64>().unwrap_or(i64::MAX));
        let id = w.arg(cursor.id);
        w.and_raw(&format!("(created_at, id) < ({at}, {id})"));
    }
    let sql = format!(
        "SELECT {BATCH} FROM import_batch WHERE {} ORDER BY created_at DESC, id DESC LIMIT {}",
        w.sql(),
        size + 1
    );
    let mut items: Vec<Batch> = net.all(sql, w.args).await?;
    let most = usize::try_from(size).unwrap_or(usize::MAX);
    let more = items.len() > most;
    items.truncate(most);
    let next = items
        .last()
        .filter(|_| more)
        .map(|b| Cursor { value: b.created_at.timestamp_micros().to_string(), id: b.id.0 });
    Ok(Slice { items, next, total })
}

/// The latest other batch of the same bytes that was not given up.
pub async fn same_file(net: &Net, batch: &Batch) -> Result<Option<Batch>, Fault> {
    let sql = format!(
        "SELECT {BATCH} FROM import_batch WHERE network_id = $1 AND kind = $2 AND file_hash = $3 AND id <> $4 AND created_at <= $5
         AND state <> 'cancelled' ORDER BY created_at DESC, id DESC LIMIT 1"
    );
    Ok(net.opt(sql, args![&batch.kind, batch.file_hash.clone(), batch.id, batch.created_at]).await?)
}

pub async fn content(net: &Net, id: BatchId) -> Result<Option<Vec<u8>>, Fault> {
    let found: Option<(Vec<u8>,)> =
        net.opt("SELECT content FROM import_file WHERE network_id = $1 AND batch_id = $2", args![id]).await?;
    Ok(found.map(|(bytes,)| bytes))
}

const ROW: &str = "place, status, decision, content, outcome, record_id, undone";

impl kit::db::Row for Row {
    fn from_row(row: RowRef<'_>) -> kit::db::Result<Self> {
        row.expect_columns(7)?;
        let decision: Option<String> = row.get(2)?;
        Ok(Self {
            place: row.get(0)?,
            status: row.get(1)?,
            decision: decision.and_then(|text| text.parse().ok()),
            content: row.get::<Text<Content>>(3)?.0,
            outcome: row.get(4)?,
            record: row.get(5)?,
            undone: row.get(6)?,
        })
    }
}

/// Rows of one statement.
const CHUNK: usize = 200;

/// Puts the rows of a batch in the place of those it had.
pub async fn put_rows(tx: &mut Tx, id: BatchId, rows: &[Row]) -> Result<(), Fault> {
    tx.run("DELETE FROM import_row WHERE network_id = $1 AND batch_id = $2", args![id]).await?;
    for chunk in rows.chunks(CHUNK) {
        let mut args = args![id];
        let mut lines = Vec::with_capacity(chunk.len());
        for row in chunk {
            let first = args.len() + 2;
            lines.push(format!("($1, $2, ${first}, ${}, ${}, ${}, ${})", first + 1, first + 2, first + 3, first + 4));
            args.extend(args![
                row.place,
                row.status,
                row.content.is_warned(),
                row.decision.map(|d| d.to_string()),
                json(&row.content)?
            ]);
        }
        let sql = format!(
            "INSERT INTO import_row (network_id, batch_id, place, status, warned, decision, content) VALUES {}",
            lines.join(", ")
        );
        tx.run(sql, args).await?;
    }
    Ok(())
}

/// Every row of a batch, in order.
pub async fn rows_in(tx: &mut Tx, id: BatchId) -> Result<Vec<Row>, Fault> {
    Ok(tx
        .all(format!("SELECT {ROW} FROM import_row WHERE network_id = $1 AND batch_id = $2 ORDER BY place"), args![id])
        .await?)
}

/// Which rows of a batch are looked at.
#[derive(Clone, Copy, Debug, Default)]
pub struct RowFilter {
    pub status: Option<Status>,
    pub outcome: Option<Outcome>,
    pub warned: bool,
    pub kept: bool,
}

/// A page of the rows after `after`.
pub async fn rows(net: &Net, id: BatchId, filter: RowFilter, after: i64, size: i64) -> Result<Vec<Row>, Fault> {
    let mut w = Where::new();
    w.and("batch_id = ?", id)
        .and("place > ?", after)
        .and_opt("status = ?", filter.status)
        .and_opt("outcome = ?", filter.outcome);
    if filter.warned {
        w.and_raw("warned");
    }
    if filter.kept {
        w.and_raw("undone = 'kept'");
    }
    let limit = w.arg(size);
    let sql = format!("SELECT {ROW} FROM import_row WHERE {} ORDER BY place LIMIT {limit}", w.sql());
    Ok(net.all(sql, w.args).await?)
}

/// One row.
pub async fn row(net: &Net, id: BatchId, place: i64) -> Result<Option<Row>, Fault> {
    Ok(net
        .opt(
            format!("SELECT {ROW} FROM import_row WHERE network_id = $1 AND batch_id = $2 AND place = $3"),
            args![id, place],
        )
        .await?)
}

pub async fn counts(net: &Net, id: BatchId) -> Result<Counts, Fault> {
    let sql = "SELECT status, warned, COALESCE(decision, ''), COUNT(*) FROM import_row
               WHERE network_id = $1 AND batch_id = $2 GROUP BY status, warned, COALESCE(decision, '')";
    let groups: Vec<(Status, bool, String, i64)> = net.all(sql, args![id]).await?;
    let mut counts = Counts::default();
    for (status, warned, decision, n) in groups {
        counts.rows += n;
        let place = match status {
            Status::New => &mut counts.new,
            Status::Changed => &mut counts.changed,
            Status::Same => &mut counts.same,
            Status::Duplicate => &mut counts.duplicate,
            Status::Error => &mut counts.error,
        };
        *place += n;
        if warned && status != Status::Error {
            counts.warning += n;
        }
        let decided = !decision.is_empty();
        if status == Status::Duplicate && !decided {
            counts.undecided += n;
        }
        let writes = match status {
            Status::New | Status::Changed => decision != "skip",
            Status::Duplicate => decided && decision != "skip",
            Status::Same | Status::Error => false,
        };
        if writes {
            counts.writing += n;
        }
    }
    Ok(counts)
}

pub async fn decide(tx: &mut Tx, id: BatchId, place: i64, decision: Decision) -> Result<(), Fault> {
    let sql = "UPDATE import_row SET decision = $4 WHERE network_id = $1 AND batch_id = $2 AND place = $3";
    tx.run(sql, args![id, place, decision.to_string()]).await?;
    Ok(())
}

/// What a row did: the record, its version after it and what stood there before.
pub struct Done<'a> {
    pub outcome: Outcome,
    pub record: Option<Uuid>,
    pub version: Option<i64>,
    pub before: Option<&'a Json>,
}

pub async fn set_outcome(tx: &mut Tx, id: BatchId, place: i64, done: &Done<'_>) -> Result<(), Fault> {
    let sql = "UPDATE import_row SET outcome = $4, record_id = $5, record_version = $6, before_image = $7
               WHERE network_id = $1 AND batch_id = $2 AND place = $3";
    let before = done.before.map(json).transpose()?;
    tx.run(sql, args![id, place, done.outcome, done.record, done.version, before]).await?;
    Ok(())
}

/// What is left by rows that wrote nothing, all at once.
pub async fn set_idle_outcome(tx: &mut Tx, id: BatchId, places: &[i64], outcome: Outcome) -> Result<(), Fault> {
    for chunk in places.chunks(CHUNK) {
        let mut w = Where::new();
        w.and("batch_id = ?", id).and_in("place", chunk.iter().copied());
        let outcome = w.arg(outcome);
        tx.run(format!("UPDATE import_row SET outcome = {outcome} WHERE {}", w.sql()), w.args).await?;
    }
    Ok(())
}

/// A deed to be taken back.
pub struct Written {
    pub place: i64,
    pub record: Uuid,
    pub version: i64,
    pub before: Option<Json>,
}

impl kit::db::Row for Written {
    fn from_row(row: RowRef<'_>) -> kit::db::Result<Self> {
        row.expect_columns(4)?;
        let before: Option<Text<Json>> = row.get(3)?;
        Ok(Self { place: row.get(0)?, record: row.get(1)?, version: row.get(2)?, before: before.map(|text| text.0) })
    }
}

/// The deeds of a batch, the last first.
pub async fn written(tx: &mut Tx, id: BatchId) -> Result<Vec<Written>, Fault> {
    let sql = "SELECT place, record_id, record_version, before_image FROM import_row
               WHERE network_id = $1 AND batch_id = $2 AND outcome IN ('added', 'changed') AND record_version IS NOT NULL ORDER BY place DESC";
    Ok(tx.all(sql, args![id]).await?)
}

pub async fn set_undone(tx: &mut Tx, id: BatchId, place: i64, undone: Reversal) -> Result<(), Fault> {
    let sql = "UPDATE import_row SET undone = $4 WHERE network_id = $1 AND batch_id = $2 AND place = $3";
    tx.run(sql, args![id, place, undone]).await?;
    Ok(())
}

/// What headers meant last time.
pub async fn headers(net: &Net, kind: &str, organisation: Option<Uuid>) -> Result<Mapping, Fault> {
    let sql = "SELECT headers FROM import_mapping WHERE network_id = $1 AND kind = $2 AND organisation_id = $3";
    let found: Option<(Text<Mapping>,)> = net.opt(sql, args![kind, organisation.unwrap_or_default()]).await?;
    Ok(found.map(|(text,)| text.0).unwrap_or_default())
}

pub async fn put_headers(tx: &mut Tx, kind: &str, organisation: Option<Uuid>, headers: &Mapping) -> Result<(), Fault> {
    let sql = "INSERT INTO import_mapping (network_id, kind, organisation_id, headers) VALUES ($1, $2, $3, $4)
               ON CONFLICT (network_id, kind, organisation_id) DO UPDATE SET headers = excluded.headers";
    tx.run(sql, args![kind, organisation.unwrap_or_default(), json(headers)?]).await?;
    Ok(())
}

/// Waits until no other import of the kind is being applied.
pub async fn take_turn(tx: &mut Tx, kind: &str) -> Result<(), Fault> {
    tx.run("INSERT INTO import_turn (network_id, kind, turn) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING", args![kind])
        .await?;
    tx.run("UPDATE import_turn SET turn = turn + 1 WHERE network_id = $1 AND kind = $2", args![kind]).await?;
    Ok(())
}

/// Drops files and rows of batches made before a moment; that they were, and what came of them, stays.
pub async fn purge(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, Fault> {
    for table in ["import_file", "import_row"] {
        let sql = format!(
            "DELETE FROM {table} WHERE network_id = $1 AND batch_id IN
             (SELECT id FROM import_batch WHERE network_id = $1 AND created_at < $2 AND NOT purged)"
        );
        tx.run(sql, args![before]).await?;
    }
    let sql = "UPDATE import_batch SET purged = TRUE, setup = '{}', sheets = '[]',
                 state = CASE WHEN state = 'ready' THEN 'cancelled' ELSE state END, version = version + 1
               WHERE network_id = $1 AND created_at < $2 AND NOT purged";
    Ok(tx.run(sql, args![before]).await?)
}

/// Drops files and rows that may speak of a record whose data are destroyed: those of the batches
/// that touched it, and of every batch of the kind of these organisations. Such a batch cannot be
/// undone any more.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, kind: &str, organisations: &[Uuid], record: Uuid) -> Result<(), Fault> {
    let mut w = Where::new();
    let word = w.arg(format!("%{record}%"));
    let (record, kind) = (w.arg(record), w.arg(kind));
    let own = Reach::Organisations(organisations.to_vec()).sql("organisation_id", &mut w.args);
    w.and_raw(&format!(
        "NOT purged AND ((kind = {kind} AND {own}) OR id IN (SELECT batch_id FROM import_row WHERE network_id = $1
           AND (record_id = {record} OR content LIKE {word})))"
    ));
    let found: Vec<(BatchId,)> =
        tx.all(format!("SELECT id FROM import_batch WHERE {} ORDER BY id", w.sql()), w.args).await?;
    for (id,) in found {
        for table in ["import_file", "import_row"] {
            tx.run(format!("DELETE FROM {table} WHERE network_id = $1 AND batch_id = $2"), args![id]).await?;
        }
        let sql = "UPDATE import_batch SET purged = TRUE, file_name = '', setup = '{}', sheets = '[]',
                     state = CASE WHEN state = 'ready' THEN 'cancelled' ELSE state END, version = version + 1
                   WHERE network_id = $1 AND id = $2";
        tx.run(sql, args![id]).await?;
    }
    Ok(())
}
