//! Reading an archive into an empty place.
use super::{FORMAT, MANIFEST, Manifest, SEAL, Tell, VERSION, hash_before_seal};
use crate::{
    db::{Db, Migration, Source, Written},
    files::Files,
};
use anyhow::Context as _;
use sha2::{Digest as _, Sha256};
use std::{
    fs::File,
    io::{BufRead, BufReader, Read as _},
    path::Path,
};
use zip::ZipArchive;

/// Why an archive is not restored. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("the archive is damaged: {0}")]
    Damaged(String),
    #[error("this is no backup of Sozvezdie")]
    Foreign,
    #[error("the backup was made by a newer program: {0}")]
    Newer(String),
    #[error("the schema step {0} of the backup is another one than this program's")]
    OtherSchema(String),
    #[error("{0}: a backup is restored into an empty place only")]
    NotEmpty(String),
}

/// An archive that was looked through from its first byte to its last.
pub struct Archive {
    zip: ZipArchive<BufReader<File>>,
    pub manifest: Manifest,
}

fn damaged(e: impl std::fmt::Display) -> anyhow::Error {
    Refusal::Damaged(e.to_string()).into()
}

impl Archive {
    /// Opens an archive, having checked its hash.
    ///
    /// # Errors
    /// [`Refusal`], or the disk's.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let said = || path.display().to_string();
        let (found, seal) = hash_before_seal(path).with_context(said)?;
        let file = File::open(path).with_context(said)?;
        let zip = ZipArchive::new(BufReader::new(file));
        let is_seal = seal.len() == SEAL && seal.bytes().all(|b| b.is_ascii_hexdigit());
        if found != seal || !is_seal {
            // Another file altogether, or ours with a bit turned?
            return match zip {
                Err(_) if !is_seal => Err(Refusal::Foreign.into()),
                _ => Err(damaged("its hash is not the one it was sealed with")),
            };
        }
        let mut zip = zip.map_err(damaged)?;
        let manifest: serde_json::Value =
            serde_json::from_reader(zip.by_name(MANIFEST).map_err(|_| Refusal::Foreign)?).map_err(damaged)?;
        if manifest.get("format").and_then(serde_json::Value::as_str) != Some(FORMAT) {
            return Err(Refusal::Foreign.into());
        }
        match manifest.get("version").and_then(serde_json::Value::as_u64) {
            Some(version) if version <= VERSION.into() => {}
            version => return Err(Refusal::Newer(format!("form {}", version.unwrap_or_default())).into()),
        }
        Ok(Self { zip, manifest: serde_json::from_value(manifest).map_err(damaged)? })
    }

    /// How many of the program's steps the archive's schema has.
    fn steps(&self, known: &[Migration]) -> Result<usize, Refusal> {
        for (index, (name, checksum)) in self.manifest.steps.iter().enumerate() {
            match known.get(index) {
                None => return Err(Refusal::Newer(name.clone())),
                Some(step) if step.name != name && known.iter().all(|k| k.name != name) => {
                    return Err(Refusal::Newer(name.clone()));
                }
                Some(step) if step.name != name || step.checksum() != *checksum => {
                    return Err(Refusal::OtherSchema(name.clone()));
                }
                Some(_) => {}
            }
        }
        Ok(self.manifest.steps.len())
    }

    /// The names of the uploaded files: network, first two digits, SHA-256.
    fn files(&self) -> Vec<String> {
        let names = self.zip.file_names().filter_map(Result::ok);
        names.filter_map(|name| name.strip_prefix("files/").map(str::to_owned)).collect()
    }
}

impl Source for Archive {
    fn tables(&self) -> &[Written] {
        &self.manifest.tables
    }

    fn lines<'s>(&'s mut self, table: &str) -> anyhow::Result<Box<dyn BufRead + 's>> {
        let entry = self.zip.by_name(&format!("tables/{table}.jsonl")).map_err(damaged)?;
        Ok(Box::new(BufReader::with_capacity(1 << 18, entry)))
    }
}

/// Restores an archive into an empty database and an empty folder, and brings the schema up to
/// date. Cut short, it may simply be done again.
///
/// # Errors
/// [`Refusal`], the database's and the disk's; the database holds nothing then.
pub async fn restore(
    db: &Db,
    files: &Files,
    archive: &mut Archive,
    known: &[Migration],
    tell: Tell<'_>,
) -> anyhow::Result<()> {
    let steps = archive.steps(known)?;
    if !db.is_empty().await? {
        return Err(Refusal::NotEmpty("the database holds data".into()).into());
    }
    let names = archive.files();
    if let Some(strange) = files.stranger(&names)? {
        return Err(Refusal::NotEmpty(format!("the files folder holds {strange}")).into());
    }
    // The backup's own schema first: its rows fit no other.
    db.migrate(known.get(..steps).unwrap_or(known)).await?;
    let all = names.len() as u64;
    for (done, name) in names.iter().enumerate() {
        put_file(files, archive, name)?;
        tell("files", done as u64 + 1, Some(all));
    }
    let rows = archive.manifest.rows();
    db.load(archive, &|table, done| tell(table, done, Some(rows))).await?;
    db.migrate(known).await?;
    Ok(())
}

fn put_file(files: &Files, archive: &mut Archive, name: &str) -> anyhow::Result<()> {
    let mut bytes = Vec::new();
    archive.zip.by_name(&format!("files/{name}")).map_err(damaged)?.read_to_end(&mut bytes)?;
    let hash = hex::encode(Sha256::digest(&bytes));
    if !name.ends_with(&hash) {
        return Err(damaged(format!("the file {name} has another content than its name says")));
    }
    files.put_back(name, &bytes)
}
