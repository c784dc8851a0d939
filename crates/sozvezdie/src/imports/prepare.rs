//! The steps before anything is written to the registers: taking a file in, naming its columns,
//! mending its cells, deciding about its doubles.
use super::{
    KIND,
    desk::Desk,
    model::{Batch, BatchId, BatchState, Candidate, Content, Decision, Known, Mended, Row, Setup, Sheet, Status},
    open, reading, store,
    target::{Finding, Incoming, Scope, Target, Verdict},
    url,
};
use kit::{
    Fault, Lang, Visit,
    access::Reach,
    audit::Entry,
    db::Tx,
    form::{Check, Problems, tidy},
    once::{Done, Once},
    text::Message,
};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Longest text that a cell is mended with.
const LONGEST_CELL: usize = 2000;

/// A file as it was sent, with what was said about it.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    pub kind: String,
    pub organisation: String,
    pub area_code: String,
    pub as_of: String,
    /// Empty for a table that was pasted.
    pub file_name: String,
    pub content: Vec<u8>,
}

struct Checked {
    target: &'static dyn Target,
    organisation: Option<Uuid>,
    setup: Setup,
}

/// Takes a file in: reads it, compares it, and keeps it for the next steps. Nothing is written to
/// the registers yet.
///
/// # Errors
/// [`Fault::Forbidden`]; [`Fault::Invalid`], at `file` with the reason when it cannot be read;
/// [`Fault::TooMany`].
pub async fn begin(desk: &Desk, visit: &Visit, once: &Once, upload: Upload) -> Result<Done, Fault> {
    let checked = check(desk, visit, &upload).await?;
    let patience = visit.actor().to_string();
    desk.uploads.check(&patience, visit.now)?;
    desk.uploads.failed(&patience, visit.now);
    let Checked { target, organisation, setup } = checked;
    let file_hash = Sha256::digest(&upload.content).to_vec();
    let (content, file_name) = (upload.content, file_name(&upload.file_name));
    let mut batch =
        Batch { kind: target.code().into(), organisation, file_name, file_hash, setup, ..Batch::new(visit) };
    let taken = take(desk, visit, &batch, content.clone()).await?;
    batch.sheets = taken.sheets;
    let (scope, contents) = (scope(visit, &batch), taken.rows);
    once.run(&visit.net, async |tx: &mut Tx| {
        store::insert(tx, &batch, &content).await?;
        let rows = settle(tx, target, &scope, &batch.sheets, contents.clone()).await?;
        store::put_rows(tx, batch.id, &rows).await?;
        Entry::new("create", KIND, batch.id).write(tx, visit).await?;
        Ok(Done::created(
            format!("{}/columns", url(batch.id)),
            serde_json::json!({ "id": batch.id, "state": batch.state }),
        ))
    })
    .await
}

/// What the rows of a file would do, and keeps nothing of it: for the command line, where whoever
/// holds the database may look.
///
/// # Errors
/// [`Fault::Invalid`], at `file` with the reason when it cannot be read.
pub async fn compare(desk: &Desk, visit: &Visit, upload: Upload) -> Result<serde_json::Value, Fault> {
    let Some(target) = desk.target(&upload.kind) else { return Err(Fault::field("kind", Message::new("form-choose"))) };
    let as_of = Check { problems: &mut Problems::default() }.date("as_of", &upload.as_of);
    let area_code = match upload.area_code.as_str() {
        "" => (desk.surroundings.area_code)(&visit.directory, visit.net.id()).await?,
        code => code.to_owned(),
    };
    let batch = Batch {
        kind: upload.kind.clone(),
        organisation: upload.organisation.parse().ok(),
        file_name: file_name(&upload.file_name),
        setup: Setup { area_code, as_of, ..Setup::default() },
        ..Batch::new(visit)
    };
    let taken = take(desk, visit, &batch, upload.content).await?;
    let scope = scope(visit, &batch);
    let mut tx = visit.net.begin().await?;
    let rows = settle(&mut tx, target, &scope, &taken.sheets, taken.rows).await?;
    tx.rollback().await;
    let mut counts = serde_json::Map::new();
    for status in Status::ALL {
        let count = rows.iter().filter(|row| row.status == *status).count();
        counts.insert(status.code().into(), count.into());
    }
    let rows: Vec<_> = rows.iter().map(|row| row.to_json(&taken.sheets)).collect();
    Ok(serde_json::json!({ "counts": counts, "rows": rows }))
}

async fn check(desk: &Desk, visit: &Visit, upload: &Upload) -> Result<Checked, Fault> {
    let Some(target) = desk.target(&upload.kind) else { return Err(Fault::field("kind", Message::new("form-choose"))) };
    let reach = visit.viewer.reach(target.permission());
    let mut problems = Problems::default();
    let organisation = match (&reach, upload.organisation.trim()) {
        (Reach::Nowhere, _) => return Err(Fault::Forbidden(target.permission())),
        (Reach::Organisations(own), "") if own.len() == 1 => own.first().copied(),
        (Reach::Network, "") => None,
        (_, text) => {
            let known = (desk.surroundings.organisations)(&visit.net).await?;
            let id =
                text.parse::<Uuid>().ok().filter(|id| reach.covers(Some(*id)) && known.iter().any(|(o, _)| o == id));
            if id.is_none() {
                problems.add("organisation", Message::new("form-choose"));
            }
            id
        }
    };
    let area_code = match tidy(&upload.area_code) {
        None => (desk.surroundings.area_code)(&visit.directory, visit.net.id()).await?,
        Some(code) => {
            if !(3..=5).contains(&code.len()) || !code.chars().all(|c| c.is_ascii_digit()) {
                problems.add("area_code", Message::new("import-bad-area-code"));
            }
            code
        }
    };
    let as_of = Check { problems: &mut problems }.date("as_of", &upload.as_of);
    if as_of.is_some_and(|day| day > visit.today) {
        problems.add("as_of", Message::new("form-not-after").with("date", visit.today));
    }
    if upload.content.is_empty() {
        problems.add("file", Message::new("import-no-file"));
    }
    problems.into_result(())?;
    let headers = store::headers(&visit.net, target.code(), organisation).await?;
    Ok(Checked { target, organisation, setup: Setup { area_code, as_of, headers, ..Setup::default() } })
}

/// The last part of a path, without what a name never holds.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    clean.trim().to_owned()
}

/// Reads the file of a batch with all that was decided about it.
async fn take(desk: &Desk, visit: &Visit, batch: &Batch, content: Vec<u8>) -> Result<reading::Taken, Fault> {
    let known = (desk.surroundings.organisations)(&visit.net).await?;
    let own = batch.organisation.and_then(|id| known.iter().find(|(o, _)| *o == id)).map(|(_, name)| name.clone());
    let names = known.into_iter().map(|(_, name)| name).collect();
    let (kind, setup, name) = (batch.kind.clone(), batch.setup.clone(), batch.file_name.clone());
    let read = desk
        .read(move || reading::open(&content, &name).map(|workbook| reading::take(&kind, workbook, &setup, own, names)))
        .await?;
    match read {
        Ok(Some(taken)) => Ok(taken),
        Ok(None) => Err(Fault::field("kind", Message::new("form-choose"))),
        Err(refusal) => {
            let sentence = if visit.lang == Lang::Ru { refusal.sentence_ru() } else { refusal.sentence_en() };
            Err(Fault::field("file", Message::new("import-refused").with("sentence", sentence)))
        }
    }
}

/// What holds for all rows of a batch.
pub fn scope(visit: &Visit, batch: &Batch) -> Scope {
    Scope {
        organisation: batch.organisation,
        area_code: batch.setup.area_code.clone(),
        as_of: batch.setup.as_of.unwrap_or(visit.today),
    }
}

/// Compares rows with what is there. What an earlier comparison found is dropped first.
///
/// # Errors
/// The database's.
pub async fn settle(
    tx: &mut Tx,
    target: &dyn Target,
    scope: &Scope,
    sheets: &[Sheet],
    contents: Vec<Content>,
) -> Result<Vec<Row>, Fault> {
    let stated = reading::stated(sheets);
    let mut rows: Vec<Row> = (0_i64..).zip(contents).map(|(place, content)| bare(place, content)).collect();
    let sound = rows.iter().filter(|row| row.status != Status::Error);
    let incoming: Vec<Incoming> = sound
        .map(|row| Incoming {
            place: row.place,
            values: row.content.values.clone(),
            stated: stated.get(&row.content.sheet).cloned().unwrap_or_default(),
        })
        .collect();
    let findings = target.compare(tx, scope, &incoming).await?;
    let mut found: HashMap<i64, Finding> = incoming.iter().map(|row| row.place).zip(findings).collect();
    let mut claimed: HashMap<Uuid, i64> = HashMap::new();
    // The number of every row before that can be merged into.
    let mut earlier: HashMap<i64, u32> = HashMap::new();
    for row in &mut rows {
        let Some(finding) = found.remove(&row.place) else { continue };
        row.content.issues.extend(finding.notes);
        note(row, finding.verdict);
        if row.status == Status::Error {
            continue;
        }
        let again = row.content.known.as_ref().and_then(|known| claimed.get(&known.record)).copied();
        let twin = row.content.twin.clone().map(|twin| (twin.place, twin.why));
        let twin = twin
            .or(finding.repeats.map(|place| (place, "same_number".into())))
            .or(again.map(|place| (place, "same_record".into())));
        if let Some((place, why)) = twin
            && let Some(number) = earlier.get(&place)
        {
            row.status = Status::Duplicate;
            row.content.known = None;
            row.content.differences.clear();
            row.content
                .candidates
                .insert(0, Candidate { decision: Decision::Row(place), title: number.to_string(), why });
        } else if let Some(known) = &row.content.known {
            claimed.insert(known.record, row.place);
        }
        earlier.insert(row.place, row.content.row);
    }
    Ok(rows)
}

fn bare(place: i64, mut content: Content) -> Row {
    content.issues.retain(|issue| issue.code != "rule");
    (content.known, content.candidates, content.differences) = (None, Vec::new(), Vec::new());
    let status = if content.issues.iter().any(|issue| issue.is_error) { Status::Error } else { Status::New };
    Row { place, status, decision: None, content, outcome: None, record: None, undone: None }
}

fn note(row: &mut Row, verdict: Verdict) {
    match verdict {
        Verdict::New => row.status = Status::New,
        Verdict::Known { record, version, title, differences } => {
            row.status = if differences.is_empty() { Status::Same } else { Status::Changed };
            row.content.known = Some(Known { record, version, title });
            row.content.differences = differences;
        }
        Verdict::Unclear(candidates) => {
            row.status = Status::Duplicate;
            row.content.candidates = candidates;
        }
        Verdict::Refused(issues) => {
            row.status = Status::Error;
            row.content.issues.extend(issues);
        }
    }
}

/// A choice that is still offered stays.
pub fn keep_decisions(rows: &mut [Row], before: &[Row]) {
    let chosen: HashMap<(usize, u32), Decision> =
        before.iter().filter_map(|row| Some(((row.content.sheet, row.content.row), row.decision?))).collect();
    for row in rows {
        let wish = chosen.get(&(row.content.sheet, row.content.row)).copied();
        row.decision = wish.filter(|wish| may_decide(row, *wish));
    }
}

fn may_decide(row: &Row, wish: Decision) -> bool {
    match (row.status, wish) {
        (Status::New | Status::Changed | Status::Duplicate, Decision::Skip) | (Status::Duplicate, Decision::Add) => {
            true
        }
        (Status::Duplicate, wish) => row.content.candidates.iter().any(|candidate| candidate.decision == wish),
        _ => false,
    }
}

/// Reads the file anew with another setup, and compares.
async fn again(
    desk: &Desk,
    visit: &Visit,
    once: &Once,
    batch: &Batch,
    setup: Setup,
    remember: bool,
    to: &str,
) -> Result<Done, Fault> {
    let target = desk.target(&batch.kind).ok_or(Fault::NotFound)?;
    let content = store::content(&visit.net, batch.id).await?.ok_or(Fault::NotFound)?;
    let changed = Batch { setup, ..batch.clone() };
    let taken = take(desk, visit, &changed, content).await?;
    let (scope, location) = (scope(visit, &changed), format!("{}{to}", url(batch.id)));
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::update(tx, batch.id, batch.version, &changed.setup, &taken.sheets).await? {
            return Err(moved_on());
        }
        if remember {
            store::put_headers(tx, &batch.kind, batch.organisation, &changed.setup.headers).await?;
        }
        let before = store::rows_in(tx, batch.id).await?;
        let mut rows = settle(tx, target, &scope, &taken.sheets, taken.rows.clone()).await?;
        keep_decisions(&mut rows, &before);
        store::put_rows(tx, batch.id, &rows).await?;
        Ok(Done::changed(location.clone(), serde_json::json!({ "id": batch.id, "rows": rows.len() })))
    })
    .await
}

/// Somebody else went on with the same file.
pub fn moved_on() -> Fault {
    Fault::conflict("import-state", Message::new("import-moved-on"))
}

/// The batch, when it is still waiting.
pub async fn open_ready(desk: &Desk, visit: &Visit, id: BatchId) -> Result<Batch, Fault> {
    let batch = open(desk, visit, id).await?;
    if batch.state == BatchState::Ready && !batch.purged { Ok(batch) } else { Err(moved_on()) }
}

/// Meanings of columns as a person chose them: the sheet, the column, the field or nothing.
pub type Choice = (usize, u16, String);

/// Gives columns their meanings, remembers those of headers, and reads the file again.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] when somebody went on; [`Fault::Invalid`] when two
/// columns of a sheet got one meaning, or none got the one that a row cannot be without.
pub async fn set_columns(
    desk: &Desk,
    visit: &Visit,
    once: &Once,
    id: BatchId,
    choices: &[Choice],
) -> Result<Done, Fault> {
    let batch = open_ready(desk, visit, id).await?;
    let kind = intake::kind(&batch.kind).ok_or(Fault::NotFound)?;
    let mut setup = batch.setup.clone();
    let mut problems = Problems::default();
    let mut has_anchor = false;
    for sheet in &batch.sheets {
        let chosen: BTreeMap<u16, &str> = choices
            .iter()
            .filter(|(index, _, _)| *index == sheet.index)
            .map(|(_, column, field)| (*column, field.as_str()))
            .collect();
        if chosen.is_empty() {
            continue;
        }
        let mut taken: Vec<&str> = Vec::new();
        for (column, field) in &chosen {
            let name = format!("c-{}-{column}", sheet.index);
            let known = field.is_empty() || kind.fields().iter().any(|known| known.code == *field);
            if !known {
                problems.add(name, Message::new("form-choose"));
            } else if !field.is_empty() && taken.contains(field) {
                problems.add(name, Message::new("import-column-twice"));
            }
            taken.push(field);
        }
        has_anchor |= kind.fields().iter().any(|field| field.is_anchor && taken.contains(&field.code));
        remember(sheet, &chosen, &mut setup);
    }
    if !has_anchor {
        problems.add("columns", Message::new("import-no-anchor"));
    }
    problems.into_result(())?;
    again(desk, visit, once, &batch, setup, true, "/preview").await
}

/// Headers carry their meaning to the next file; columns without one only here.
fn remember(sheet: &Sheet, chosen: &BTreeMap<u16, &str>, setup: &mut Setup) {
    let field = |column: u16| chosen.get(&column).copied().filter(|field| !field.is_empty());
    if sheet.header_rows.is_empty() {
        let named =
            chosen.iter().filter(|(_, field)| !field.is_empty()).map(|(column, field)| (*column, (*field).to_owned()));
        let named: BTreeMap<u16, String> = named.collect();
        if named.is_empty() {
            setup.columns.remove(&sheet.index);
        } else {
            setup.columns.insert(sheet.index, named);
        }
        return;
    }
    for column in sheet.columns.iter().filter(|column| !column.header.is_empty() && chosen.contains_key(&column.column))
    {
        setup.headers.remember(&column.header, field(column.column));
    }
}

/// Writes one cell anew and reads the file again.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] when somebody went on; [`Fault::Invalid`].
pub async fn mend(desk: &Desk, visit: &Visit, once: &Once, id: BatchId, cell: Mended, to: &str) -> Result<Done, Fault> {
    let batch = open_ready(desk, visit, id).await?;
    let kind = intake::kind(&batch.kind).ok_or(Fault::NotFound)?;
    if !kind.fields().iter().any(|field| field.code == cell.field) {
        return Err(Fault::NotFound);
    }
    let length = cell.text.chars().count();
    if length > LONGEST_CELL {
        return Err(Fault::field(
            "text",
            Message::new("form-too-long").with("limit", LONGEST_CELL).with("length", length),
        ));
    }
    let mut setup = batch.setup.clone();
    let text = tidy(&cell.text).unwrap_or_default();
    setup.mended.retain(|known| (known.sheet, known.row, &known.field) != (cell.sheet, cell.row, &cell.field));
    setup.mended.push(Mended { text, ..cell });
    again(desk, visit, once, &batch, setup, false, to).await
}

/// Compares once more with what is there now.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] when somebody went on.
pub async fn refresh(desk: &Desk, visit: &Visit, id: BatchId) -> Result<(), Fault> {
    let batch = open_ready(desk, visit, id).await?;
    let once = Once::new(visit.actor(), None, "imports.refresh", &[], visit.now);
    let setup = batch.setup.clone();
    again(desk, visit, &once, &batch, setup, false, "/preview").await.map(drop)
}

/// Decides about rows that may be doubles.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] when somebody went on; [`Fault::Invalid`] for a choice
/// that the row does not offer.
pub async fn decide(
    desk: &Desk,
    visit: &Visit,
    once: &Once,
    id: BatchId,
    wishes: &[(i64, Decision)],
    to: &str,
) -> Result<Done, Fault> {
    open_ready(desk, visit, id).await?;
    let mut problems = Problems::default();
    for (place, wish) in wishes {
        let row = store::row(&visit.net, id, *place).await?;
        if !row.is_some_and(|row| may_decide(&row, *wish)) {
            problems.add(format!("d-{place}"), Message::new("form-choose"));
        }
    }
    problems.into_result(())?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::touch(tx, id).await? {
            return Err(moved_on());
        }
        for (place, wish) in wishes {
            store::decide(tx, id, *place, *wish).await?;
        }
        Ok(Done::changed(format!("{}{to}", url(id)), serde_json::json!({ "id": id, "decided": wishes.len() })))
    })
    .await
}

/// Gives the file up: nothing of it will be written.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] when somebody went on.
pub async fn cancel(desk: &Desk, visit: &Visit, once: &Once, id: BatchId) -> Result<Done, Fault> {
    open(desk, visit, id).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::move_state(tx, id, BatchState::Ready, BatchState::Cancelled, visit.actor(), visit.now).await? {
            return Err(moved_on());
        }
        Entry::new("cancel", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(super::LIST.into(), serde_json::json!({ "id": id, "state": BatchState::Cancelled })))
    })
    .await
}
