//! The rows of files.
use super::{Media, Refused};
use crate::{
    Fault, Visit,
    db::{Net, Tx, args, id_type, row},
    text::Message,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

id_type!(
    /// A file of a record.
    FileId
);

/// A content that lies where it stays and waits for its row.
#[derive(Clone, Debug)]
pub struct Settled {
    pub sha256: [u8; 32],
    /// In bytes.
    pub size: u64,
    pub media: Media,
    pub name: String,
}

/// A file of a record.
#[derive(Clone, Debug)]
pub struct StoredFile {
    pub id: FileId,
    /// The record it belongs to.
    pub record_id: Uuid,
    pub sha256: Vec<u8>,
    /// In bytes.
    pub size: u64,
    pub media: Media,
    pub name: String,
    pub uploaded_by: Option<Uuid>,
    pub uploaded_at: DateTime<Utc>,
}
row!(StoredFile { id, record_id, sha256, size, media, name, uploaded_by, uploaded_at });

const COLUMNS: &str = "id, record_id, sha256, size, media, name, uploaded_by, uploaded_at";

/// Gives a record the file, in the transaction of the deed.
///
/// # Errors
/// [`Fault::Invalid`] at `file` when the record has the same bytes already.
pub async fn attach(
    tx: &mut Tx,
    visit: &Visit,
    file: &Settled,
    kind: &'static str,
    record: Uuid,
) -> Result<FileId, Fault> {
    let id = FileId(visit.new_id());
    let sql = "INSERT INTO file (network_id, id, kind, record_id, sha256, size, media, name, uploaded_by, uploaded_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (network_id, kind, record_id, sha256) DO NOTHING";
    let args = args![id, kind, record, file.sha256, file.size, file.media, &file.name, visit.viewer.person, visit.now];
    match tx.run(sql, args).await? {
        1 => Ok(id),
        _ => Err(Fault::field("file", Message::new("file-already-there"))),
    }
}

/// Takes a file from its record; the bytes go a day later. False when there is none.
///
/// # Errors
/// The database's.
pub async fn detach(tx: &mut Tx, visit: &Visit, kind: &'static str, record: Uuid, id: FileId) -> Result<bool, Fault> {
    let sql = "UPDATE file_content SET used_at = $5 WHERE network_id = $1
                 AND sha256 IN (SELECT sha256 FROM file WHERE network_id = $1 AND id = $2 AND kind = $3 AND record_id = $4)";
    tx.run(sql, args![id, kind, record, visit.now]).await?;
    let sql = "DELETE FROM file WHERE network_id = $1 AND id = $2 AND kind = $3 AND record_id = $4";
    Ok(tx.run(sql, args![id, kind, record]).await? == 1)
}

/// The files of a record, the oldest first.
///
/// # Errors
/// The database's.
pub async fn of(net: &Net, kind: &'static str, record: Uuid) -> Result<Vec<StoredFile>, Fault> {
    let sql = format!(
        "SELECT {COLUMNS} FROM file WHERE network_id = $1 AND kind = $2 AND record_id = $3 ORDER BY uploaded_at, id"
    );
    Ok(net.all(sql, args![kind, record]).await?)
}

/// A file of a record of this kind. Whether it may be seen, its record says.
///
/// # Errors
/// The database's.
pub async fn find(net: &Net, kind: &'static str, id: FileId) -> Result<Option<StoredFile>, Fault> {
    let sql = format!("SELECT {COLUMNS} FROM file WHERE network_id = $1 AND id = $2 AND kind = $3");
    Ok(net.opt(sql, args![id, kind]).await?)
}

/// How many files a record has, as its transaction sees it.
///
/// # Errors
/// The database's.
pub async fn count(tx: &mut Tx, kind: &'static str, record: Uuid) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) FROM file WHERE network_id = $1 AND kind = $2 AND record_id = $3";
    Ok(tx.scalar(sql, args![kind, record]).await?)
}

/// Notes that somebody brings this content. False while it is being taken away.
pub(super) async fn note(net: &Net, file: &Settled, now: DateTime<Utc>) -> Result<bool, Fault> {
    let sql = "INSERT INTO file_content (network_id, sha256, size, used_at, going) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (network_id, sha256) DO UPDATE SET used_at = excluded.used_at WHERE NOT file_content.going";
    let changed =
        net.transact(async |tx: &mut Tx| tx.run(sql, args![file.sha256, file.size, now, false]).await).await?;
    Ok(changed == 1)
}

const UNNAMED: &str = "(going OR used_at < $2) AND NOT EXISTS (
    SELECT 1 FROM file WHERE file.network_id = $1 AND file.sha256 = file_content.sha256)";

/// Contents that no record names since `before`.
/// Every content that some record names, with its size.
pub(super) async fn named(net: &Net) -> Result<Vec<(Vec<u8>, i64)>, Fault> {
    Ok(net.all("SELECT DISTINCT sha256, size FROM file WHERE network_id = $1 ORDER BY sha256", args![]).await?)
}

pub(super) async fn unnamed(net: &Net, before: DateTime<Utc>) -> Result<Vec<Vec<u8>>, Fault> {
    let sql = format!("SELECT sha256 FROM file_content WHERE network_id = $1 AND {UNNAMED} ORDER BY sha256 LIMIT 1000");
    let rows: Vec<(Vec<u8>,)> = net.all(sql, args![before]).await?;
    Ok(rows.into_iter().map(|(sha256,)| sha256).collect())
}

/// Marks a content as going, if still nobody names it. From here on nobody can bring it anew
/// until it is forgotten.
pub(super) async fn doom(net: &Net, sha256: &[u8], before: DateTime<Utc>) -> Result<bool, Fault> {
    let sql = format!("UPDATE file_content SET going = $4 WHERE network_id = $1 AND sha256 = $3 AND {UNNAMED}");
    let changed = net.transact(async |tx: &mut Tx| tx.run(sql, args![before, sha256, true]).await).await?;
    Ok(changed == 1)
}

/// The bytes are gone.
pub(super) async fn forget(net: &Net, sha256: &[u8]) -> Result<(), Fault> {
    let sql = "DELETE FROM file_content WHERE network_id = $1 AND sha256 = $2 AND going";
    net.transact(async |tx: &mut Tx| tx.run(sql, args![sha256]).await).await?;
    Ok(())
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        Self::field("file", refused.message())
    }
}
