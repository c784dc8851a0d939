//! Writing an archive while others work.
use super::{FORMAT, MANIFEST, Manifest, SEAL, Tell, VERSION, hash_before_seal};
use crate::{
    db::{Db, NetworkId, Target},
    files::Files,
};
use anyhow::{Context as _, ensure};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    fs::{File, OpenOptions},
    io::{BufWriter, Seek as _, SeekFrom, Write},
    path::{Path, PathBuf},
};
use uuid::Uuid;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

type Zip = ZipWriter<BufWriter<File>>;

fn packed() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true)
}

/// Tables as entries of the archive.
struct Tables<'z> {
    zip: &'z mut Zip,
    /// The lines of the table `file` are at hand.
    keeps: bool,
    /// Those lines: which uploaded files belong to the rows. Asked later, the database may have others.
    kept: Vec<u8>,
}

impl Target for Tables<'_> {
    fn table(&mut self, name: &str) -> anyhow::Result<&mut dyn Write> {
        self.zip.start_file(format!("tables/{name}.jsonl"), packed())?;
        self.keeps = name == "file";
        Ok(self)
    }
}

impl Write for Tables<'_> {
    fn write(&mut self, piece: &[u8]) -> std::io::Result<usize> {
        let written = self.zip.write(piece)?;
        if self.keeps {
            self.kept.extend_from_slice(piece.get(..written).unwrap_or_default());
        }
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.zip.flush()
    }
}

/// The file under the name it has until it is whole; taken away unless it becomes so.
struct Partial(PathBuf);

impl Drop for Partial {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Writes everything to `target`, which must not be there yet. The rows are those of one instant;
/// others read and write meanwhile. Nobody but the owner may read the file.
///
/// # Errors
/// The database's and the disk's; nothing is left at `target` then.
pub async fn write(
    db: &Db,
    files: &Files,
    target: &Path,
    now: DateTime<Utc>,
    tell: Tell<'_>,
) -> anyhow::Result<Manifest> {
    ensure!(!target.exists(), "{} is there already", target.display());
    let mut name = target.as_os_str().to_owned();
    name.push(".partial");
    let partial = Partial(name.into());
    let said = || target.display().to_string();
    let file = private(&partial.0).with_context(said)?;
    let manifest = fill(file, db, files, now, tell).await.with_context(said)?;
    seal(&partial.0).with_context(said)?;
    // A backup that was made meanwhile under this name is not to be lost.
    std::fs::hard_link(&partial.0, target).or_else(|_| {
        ensure!(!target.exists(), "{} is there already", target.display());
        std::fs::rename(&partial.0, target).with_context(said)
    })?;
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).with_context(said)?;
    Ok(manifest)
}

fn private(path: &Path) -> std::io::Result<File> {
    let _ = std::fs::remove_file(path);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

async fn fill(file: File, db: &Db, files: &Files, now: DateTime<Utc>, tell: Tell<'_>) -> anyhow::Result<Manifest> {
    let mut zip = ZipWriter::new(BufWriter::with_capacity(1 << 18, file));
    // The rows first: a file that they name stays in its folder for a day at least.
    let mut tables = Tables { zip: &mut zip, keeps: false, kept: Vec::new() };
    let dump = db.dump(&mut tables, &|table, rows| tell(table, rows, None)).await?;
    let kept = tables.kept;
    let mut manifest = Manifest {
        format: FORMAT.into(),
        version: VERSION,
        program: env!("CARGO_PKG_VERSION").into(),
        made_at: now.to_rfc3339_opts(SecondsFormat::Secs, true),
        content: dump.content_hash(),
        steps: dump.steps,
        tables: dump.tables,
        files: 0,
        missing: Vec::new(),
    };
    let contents = contents(&manifest, &kept)?;
    put_files(&mut zip, files, &contents, &mut manifest, tell).await?;
    zip.start_file(MANIFEST, packed())?;
    serde_json::to_writer_pretty(&mut zip, &manifest)?;
    zip.set_comment("0".repeat(SEAL))?;
    let file = zip.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(manifest)
}

/// A network, and the SHA-256 of a file that one of its records names.
type Content = (NetworkId, Vec<u8>);

fn contents(manifest: &Manifest, lines: &[u8]) -> anyhow::Result<BTreeSet<Content>> {
    let table = manifest.tables.iter().find(|table| table.name == "file");
    let place = |name: &str| table.and_then(|table| table.columns.iter().position(|column| column == name));
    let (Some(network), Some(sha256)) = (place("network_id"), place("sha256")) else { return Ok(BTreeSet::new()) };
    let bytes = |row: &Value, place: usize| {
        let hex = row.get(place).and_then(|field| field.get("x")).and_then(Value::as_str).context("a row of files")?;
        Ok::<_, anyhow::Error>(hex::decode(hex)?)
    };
    let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let row: Value = serde_json::from_slice(line)?;
            Ok((NetworkId(Uuid::from_slice(&bytes(&row, network)?)?), bytes(&row, sha256)?))
        })
        .collect()
}

/// One whose bytes are not there is told, not silently left out.
async fn put_files(
    zip: &mut Zip,
    files: &Files,
    contents: &BTreeSet<Content>,
    manifest: &mut Manifest,
    tell: Tell<'_>,
) -> anyhow::Result<()> {
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let all = contents.len() as u64;
    for (done, (network, sha256)) in contents.iter().enumerate() {
        let name = Files::place(*network, sha256);
        match files.content(*network, sha256).await? {
            Some(bytes) => {
                zip.start_file(format!("files/{name}"), plain)?;
                zip.write_all(&bytes)?;
                manifest.files += 1;
            }
            None => manifest.missing.push(name),
        }
        tell("files", done as u64 + 1, Some(all));
    }
    Ok(())
}

/// Writes the hash of everything over the place that was kept for it.
fn seal(path: &Path) -> std::io::Result<()> {
    let (hash, _) = hash_before_seal(path)?;
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.seek(SeekFrom::End(-i64::try_from(SEAL).unwrap_or_default()))?;
    file.write_all(hash.as_bytes())?;
    file.sync_all()
}
