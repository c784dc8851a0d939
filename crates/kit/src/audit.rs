//! Who did and who saw what. Rows are written in the transaction of the deed and chained by
//! [`seal`] within a second, so that no write waits for the head of the chain.
use crate::{
    Fault,
    db::{self, Net, Tx, args, row},
    visit::Visit,
};
use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// One line of the trail. It holds ids and names of fields, never their values.
#[derive(Clone, Debug)]
pub struct Entry {
    pub action: &'static str,
    pub kind: &'static str,
    pub object: Option<Uuid>,
    /// Changed fields, comma-separated; or why an export was made.
    pub fields: String,
    /// The children whose records were read: a list is one entry.
    pub subjects: Vec<Uuid>,
}

impl Entry {
    pub fn new(action: &'static str, kind: &'static str, object: impl Into<Uuid>) -> Self {
        Self { action, kind, object: Some(object.into()), fields: String::new(), subjects: Vec::new() }
    }

    #[must_use]
    pub fn fields(mut self, fields: &[&str]) -> Self {
        self.fields = fields.join(",");
        self
    }

    #[must_use]
    pub fn subjects(mut self, subjects: Vec<Uuid>) -> Self {
        self.subjects = subjects;
        self
    }

    /// Writes the line.
    ///
    /// # Errors
    /// The database's; the deed must then not happen either.
    pub async fn write(self, tx: &mut Tx, visit: &Visit) -> Result<(), Fault> {
        Self::write_all(vec![self], tx, visit).await
    }

    /// Writes many lines of one deed.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    pub async fn write_all(entries: Vec<Self>, tx: &mut Tx, visit: &Visit) -> Result<(), Fault> {
        let (mut lines, mut subjects) = (Vec::with_capacity(entries.len()), Vec::new());
        for entry in entries {
            let id = visit.new_id();
            subjects.extend(entry.subjects.iter().collect::<BTreeSet<_>>().into_iter().map(|s| args![id, *s]));
            let (at, actor, request) = (visit.now, visit.viewer.person, visit.request.as_str());
            lines.push(args![id, at, actor, entry.action, entry.kind, entry.object, entry.fields, request]);
        }
        tx.insert("audit_entry (network_id, id, at, actor, action, kind, object, fields, request)", lines).await?;
        Ok(tx.insert("audit_subject (network_id, entry_id, person_id)", subjects).await?)
    }
}

/// A line as it is read back: what happened to one object.
pub struct Line {
    pub at: DateTime<Utc>,
    pub actor: Option<Uuid>,
    pub action: String,
    pub fields: String,
}
row!(Line { at, actor, action, fields });

/// The latest lines of one object, newest first.
///
/// # Errors
/// The database's.
pub async fn history(net: &Net, kind: &str, object: Uuid, limit: i64) -> db::Result<Vec<Line>> {
    let sql = "SELECT at, actor, action, fields FROM audit_entry
               WHERE network_id = $1 AND kind = $2 AND object = $3 AND action <> 'read' ORDER BY id DESC LIMIT $4";
    net.all(sql, args![kind, object, limit]).await
}

struct Unsealed {
    id: Uuid,
    at: DateTime<Utc>,
    actor: Option<Uuid>,
    action: String,
    kind: String,
    object: Option<Uuid>,
    fields: String,
    request: String,
}
row!(Unsealed { id, at, actor, action, kind, object, fields, request });

impl Unsealed {
    fn hash(&self, previous: &[u8], subjects: &[Uuid]) -> Vec<u8> {
        let text = |id: Option<Uuid>| id.map(|i| i.to_string()).unwrap_or_default();
        let mut hash = Sha256::new();
        hash.update(previous);
        let parts = [
            self.id.to_string(),
            self.at.timestamp_micros().to_string(),
            text(self.actor),
            self.action.clone(),
            self.kind.clone(),
            text(self.object),
            self.fields.clone(),
            self.request.clone(),
            subjects.iter().map(|s| s.simple().to_string()).collect(),
        ];
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        hash.finalize().to_vec()
    }
}

const COLUMNS: &str = "id, at, actor, action, kind, object, fields, request";

/// Whose records were read, entry by entry, for the entries from one id to another.
const SUBJECTS: &str = "SELECT entry_id, person_id FROM audit_subject
    WHERE network_id = $1 AND entry_id >= $2 AND entry_id <= $3 ORDER BY entry_id, person_id";

type Subjects = HashMap<Uuid, Vec<Uuid>>;

fn by_entry(rows: Vec<(Uuid, Uuid)>) -> Subjects {
    rows.into_iter().fold(Subjects::new(), |mut all, (entry, person)| {
        all.entry(entry).or_default().push(person);
        all
    })
}

fn subjects_of(all: &Subjects, entry: Uuid) -> &[Uuid] {
    all.get(&entry).map_or(&[], Vec::as_slice)
}

fn first_and_last(lines: &[Unsealed]) -> (Option<Uuid>, Option<Uuid>) {
    (lines.iter().map(|l| l.id).min(), lines.iter().map(|l| l.id).max())
}

/// Chains what has been written since the last time. Returns how many lines were sealed.
///
/// # Errors
/// The database's; the lines stay unsealed until the next call.
pub async fn seal(net: &Net) -> Result<u64, Fault> {
    // Most seconds nothing was written: then the one writer is left alone. A line that comes now is for the next call.
    let waits = "SELECT id FROM audit_entry WHERE network_id = $1 AND place IS NULL ORDER BY id LIMIT 1";
    if net.opt::<(Uuid,)>(waits, args![]).await?.is_none() {
        return Ok(0);
    }
    net.transact(async |tx: &mut Tx| {
        // The head is the row that sealers share: taken first, so that two never interleave.
        tx.run(
            "INSERT INTO audit_head (network_id, place, seal) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING",
            args![Vec::<u8>::new()],
        )
        .await?;
        tx.run("UPDATE audit_head SET place = place WHERE network_id = $1", args![]).await?;
        let (mut place, mut previous): (i64, Vec<u8>) =
            tx.one("SELECT place, seal FROM audit_head WHERE network_id = $1", args![]).await?;
        let sql =
            format!("SELECT {COLUMNS} FROM audit_entry WHERE network_id = $1 AND place IS NULL ORDER BY id LIMIT 1000");
        let lines: Vec<Unsealed> = tx.all(sql, args![]).await?;
        let (first, last) = first_and_last(&lines);
        let subjects = by_entry(tx.all(SUBJECTS, args![first, last]).await?);
        for line in &lines {
            place += 1;
            previous = line.hash(&previous, subjects_of(&subjects, line.id));
            let sql = "UPDATE audit_entry SET place = $3, seal = $4 WHERE network_id = $1 AND id = $2";
            tx.run(sql, args![line.id, place, previous.clone()]).await?;
        }
        if !lines.is_empty() {
            tx.run("UPDATE audit_head SET place = $2, seal = $3 WHERE network_id = $1", args![place, previous]).await?;
        }
        Ok(lines.len() as u64)
    })
    .await
}

/// Walks the chain. `None` when it holds, else the place of the first line that does not.
///
/// # Errors
/// The database's.
pub async fn verify(net: &Net) -> Result<Option<i64>, Fault> {
    let (mut place, mut previous) = (0_i64, Vec::<u8>::new());
    loop {
        let sql =
            format!("SELECT {COLUMNS} FROM audit_entry WHERE network_id = $1 AND place > $2 ORDER BY place LIMIT 1000");
        let lines: Vec<Unsealed> = net.all(sql, args![place]).await?;
        let seals: Vec<(i64, Vec<u8>)> = net
            .all(
                "SELECT place, seal FROM audit_entry WHERE network_id = $1 AND place > $2 ORDER BY place LIMIT 1000",
                args![place],
            )
            .await?;
        if lines.is_empty() {
            break;
        }
        let (first, last) = first_and_last(&lines);
        let subjects = by_entry(net.all(SUBJECTS, args![first, last]).await?);
        for (line, (at, seal)) in lines.iter().zip(&seals) {
            let expected = line.hash(&previous, subjects_of(&subjects, line.id));
            if *at != place + 1 || *seal != expected {
                return Ok(Some(place + 1));
            }
            (place, previous) = (*at, expected);
        }
    }
    let head: Option<(i64, Vec<u8>)> =
        net.opt("SELECT place, seal FROM audit_head WHERE network_id = $1", args![]).await?;
    let (last, seal) = head.unwrap_or_default();
    Ok((last != place || seal != previous).then_some(place + 1))
}
