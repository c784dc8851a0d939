//! Writing an import to the registers in one transaction, taking it back in one, and forgetting
//! old ones.
use super::{
    KEPT_DAYS, KIND,
    desk::{Desk, Progress},
    model::{BatchId, BatchState, Outcome, Plan, Reversal, Row, Tally},
    open,
    prepare::{keep_decisions, moved_on, scope, settle},
    reading, store,
    target::{Deed, Incoming, Order, Scope, Target, Undone},
    url,
};
use kit::{
    Fault, Lang, Visit,
    audit::Entry,
    db::{Net, Tx},
    once::{Done, Once},
    text::Message,
};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

/// Writes what the preview shows: all of it, or nothing.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `import-state` when somebody was
/// quicker, `import-stale` when the registers changed since the preview, `import-row` when a row
/// cannot be written.
pub async fn apply(desk: &Desk, visit: &Visit, once: &Once, id: BatchId, progress: &Progress) -> Result<Done, Fault> {
    let batch = open(desk, visit, id).await?;
    let target = desk.target(&batch.kind).ok_or(Fault::NotFound)?;
    visit.viewer.demand(target.permission(), batch.organisation)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        store::take_turn(tx, &batch.kind).await?;
        if !store::move_state(tx, id, BatchState::Ready, BatchState::Applied, visit.actor(), visit.now).await? {
            return Err(moved_on());
        }
        // Decisions and mended cells of a moment ago count too.
        let batch = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?;
        let rows = store::rows_in(tx, id).await?;
        let scope = scope(visit, &batch);
        let contents = rows.iter().map(|row| row.content.clone()).collect();
        let mut now = settle(tx, target, &scope, &batch.sheets, contents).await?;
        keep_decisions(&mut now, &rows);
        let same =
            |old: &Row, new: &Row| (old.status, &old.content, old.decision) == (new.status, &new.content, new.decision);
        if !rows.iter().zip(&now).all(|(old, new)| same(old, new)) {
            return Err(Fault::conflict("import-stale", Message::new("import-stale")));
        }
        progress.expect(rows.len());
        let stated = reading::stated(&batch.sheets);
        let mut writer = Writer {
            tx,
            visit,
            target,
            scope: &scope,
            id,
            tally: Tally::default(),
            records: HashMap::new(),
            idle: HashMap::new(),
        };
        for row in &rows {
            let fields = stated.get(&row.content.sheet).cloned().unwrap_or_default();
            writer.row(row, fields).await?;
            progress.step().await;
        }
        let tally = writer.finish().await?;
        Entry::new("apply", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "state": BatchState::Applied, "tally": tally })))
    })
    .await
}

struct Writer<'a> {
    tx: &'a mut Tx,
    visit: &'a Visit,
    target: &'static dyn Target,
    scope: &'a Scope,
    id: BatchId,
    tally: Tally,
    /// The records that rows were written to.
    records: HashMap<i64, Uuid>,
    /// Rows that write nothing.
    idle: HashMap<&'static str, (Outcome, Vec<i64>)>,
}

impl Writer<'_> {
    async fn row(&mut self, row: &Row, stated: Arc<Vec<String>>) -> Result<(), Fault> {
        let plan = row.plan();
        let repeats = matches!(plan, Plan::Row(_));
        let into = match plan {
            Plan::Leave(outcome) => {
                self.leave(row, outcome);
                return Ok(());
            }
            Plan::Add => None,
            Plan::Into(record) => Some(record),
            Plan::Row(place) => match self.records.get(&place) {
                Some(record) => Some(*record),
                None => {
                    self.leave(row, Outcome::Skipped);
                    return Ok(());
                }
            },
        };
        let order =
            Order { row: Incoming { place: row.place, values: row.content.values.clone(), stated }, into, repeats };
        let applied = self
            .target
            .apply(self.tx, self.visit, self.scope, &order)
            .await
            .map_err(|fault| at_row(self.visit.lang, row, fault))?;
        self.records.insert(row.place, applied.record);
        let outcome = match (into, applied.changed) {
            (None, _) => Outcome::Added,
            (Some(_), true) => Outcome::Changed,
            (Some(_), false) => Outcome::Same,
        };
        self.tally.count(outcome);
        let version = (outcome != Outcome::Same).then_some(applied.version);
        let done = store::Done { outcome, record: Some(applied.record), version, before: applied.before.as_ref() };
        store::set_outcome(self.tx, self.id, row.place, &done).await
    }

    fn leave(&mut self, row: &Row, outcome: Outcome) {
        if let Some(known) = &row.content.known {
            self.records.insert(row.place, known.record);
        }
        self.tally.count(outcome);
        self.idle.entry(outcome.code()).or_insert((outcome, Vec::new())).1.push(row.place);
    }

    async fn finish(self) -> Result<Tally, Fault> {
        for (outcome, places) in self.idle.values() {
            store::set_idle_outcome(self.tx, self.id, places, *outcome).await?;
        }
        store::set_tally(self.tx, self.id, &self.tally).await?;
        Ok(self.tally)
    }
}

/// A field that a record refuses is a row that stands in the way of all.
fn at_row(t: Lang, row: &Row, fault: Fault) -> Fault {
    match fault {
        Fault::Invalid(problems) => {
            let why = problems.iter().next().map(|(_, message)| message.say(t).into_owned()).unwrap_or_default();
            Fault::conflict(
                "import-row",
                Message::new("import-row-refused").with("row", row.content.row).with("why", why),
            )
        }
        Fault::Conflict(conflict) => {
            let why = conflict.message.say(t).into_owned();
            Fault::conflict(
                "import-row",
                Message::new("import-row-refused").with("row", row.content.row).with("why", why),
            )
        }
        fault => fault,
    }
}

/// Takes an import back: what it added goes, what it changed becomes as it was. Records that were
/// changed since stay as they are and are named.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `import-state` when it is not
/// applied, or too long ago.
pub async fn undo(desk: &Desk, visit: &Visit, once: &Once, id: BatchId, progress: &Progress) -> Result<Done, Fault> {
    let batch = open(desk, visit, id).await?;
    let target = desk.target(&batch.kind).ok_or(Fault::NotFound)?;
    visit.viewer.demand(target.permission(), batch.organisation)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        store::take_turn(tx, &batch.kind).await?;
        if !store::move_state(tx, id, BatchState::Applied, BatchState::Undone, visit.actor(), visit.now).await? {
            return Err(moved_on());
        }
        let deeds = store::written(tx, id).await?;
        progress.expect(deeds.len());
        let mut tally = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?.tally;
        // A record that several rows wrote to goes back step by step: each step expects the
        // version that the one before it left.
        let mut versions: HashMap<Uuid, i64> = HashMap::new();
        for deed in deeds {
            let version = versions.get(&deed.record).copied().unwrap_or(deed.version);
            let undone = target.undo(tx, visit, &Deed { record: deed.record, version, before: deed.before }).await?;
            let reversal = match undone {
                Undone::Removed => Reversal::Removed,
                Undone::Restored { version } => {
                    versions.insert(deed.record, version);
                    Reversal::Restored
                }
                Undone::Kept => {
                    tally.kept += 1;
                    // Nor may the steps before it be taken back.
                    versions.insert(deed.record, -1);
                    Reversal::Kept
                }
            };
            store::set_undone(tx, id, deed.place, reversal).await?;
            progress.step().await;
        }
        store::set_tally(tx, id, &tally).await?;
        Entry::new("undo", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "state": BatchState::Undone, "kept": tally.kept })))
    })
    .await
}

/// Forgets files and rows of imports older than 30 days, of one network. That they were, by whom
/// and with which outcome stays.
///
/// # Errors
/// The database's.
pub async fn purge(net: &Net, now: chrono::DateTime<chrono::Utc>) -> Result<u64, Fault> {
    let before = now - chrono::Duration::days(KEPT_DAYS);
    net.transact(async |tx: &mut Tx| store::purge(tx, before).await).await
}
