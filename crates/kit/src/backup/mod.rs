//! The whole of the data in one file: rows, uploaded files, a manifest, hashes.
//!
//! The file is a ZIP archive that any program opens. `manifest.json` says what is in it;
//! `tables/NAME.jsonl` holds rows in words that both engines share ([`crate::db::Dump`]), so a backup of
//! SQLite can be restored into PostgreSQL and back; `files/` holds the uploaded files under their
//! SHA-256. The archive's comment, its last 64 bytes, is the SHA-256 of everything before it in
//! hexadecimal: no bit can turn unnoticed.
mod read;
mod write;

pub use read::{Archive, Refusal, restore};
pub use write::write;

use crate::db::Written;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{
    fs::File,
    io::{BufReader, Read, Seek as _, SeekFrom},
    path::Path,
};

/// What the manifest calls this kind of file.
const FORMAT: &str = "sozvezdie-backup";
/// Raised when older programs can no longer read it.
const VERSION: u32 = 1;
const MANIFEST: &str = "manifest.json";
/// Bytes of the hash at the end.
const SEAL: usize = 64;

/// What an archive holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub format: String,
    pub version: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// When, RFC 3339.
    pub made_at: String,
    /// The steps of the schema: name and checksum.
    pub steps: Vec<(String, String)>,
    pub tables: Vec<Written>,
    /// One hash for all rows, the same on both engines.
    pub content: String,
    /// How many uploaded files there are.
    pub files: u64,
    /// Uploaded files that records name and that were not in the folder.
    pub missing: Vec<String>,
}

impl Manifest {
    /// Rows of all tables.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

/// Told what is at hand, how much is done, and of how much, where that is known.
pub type Tell<'t> = &'t dyn Fn(&str, u64, Option<u64>);

/// The hash of a file up to its seal, and the seal.
fn hash_before_seal(path: &Path) -> std::io::Result<(String, String)> {
    let mut file = File::open(path)?;
    let size = file.seek(SeekFrom::End(0))?;
    let Some(before) = size.checked_sub(SEAL as u64) else { return Ok(Default::default()) };
    file.rewind()?;
    let mut file = BufReader::with_capacity(1 << 20, file);
    let mut hash = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    let mut body = (&mut file).take(before);
    loop {
        let read = body.read(&mut piece)?;
        if read == 0 {
            break;
        }
        hash.update(piece.get(..read).unwrap_or_default());
    }
    let mut seal = Vec::new();
    file.read_to_end(&mut seal)?;
    Ok((hex::encode(hash.finalize()), String::from_utf8_lossy(&seal).into_owned()))
}
