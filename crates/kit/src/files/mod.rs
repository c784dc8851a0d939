//! Uploaded files: the bytes in a folder, what they belong to in the database.
//!
//! The way of a file: it streams into `incoming/` while its hash and kind are found
//! ([`Files::begin`], [`Incoming`]); [`Files::settle`] notes the content in the database, then
//! moves it to `network/first two/sha256`, on disk for good before any row speaks of it;
//! [`attach`] writes the row in the transaction of the deed. What never got a row is taken away by
//! [`Files::sweep`] a day later. Two who bring the same bytes share them.
//!
//! The bytes may be personal data: they leave only through a slice that knows who may see the
//! record they belong to, by [`Files::serve`].
mod media;
mod name;
mod saved;
mod store;

pub use media::{Media, Refused};
pub use store::{FileId, Settled, StoredFile, attach, count, detach, find, of};

use crate::{
    Fault,
    db::{Net, NetworkId},
};
use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;
use chrono::{DateTime, Duration, Utc};
use media::{Shape, Sniffer};
use object_store::{ObjectStoreExt as _, WriteMultipart, local::LocalFileSystem, path::Path as Place};
use sha2::{Digest as _, Sha256};
use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::Arc,
};
use uuid::Uuid;

/// Largest file, in bytes: 25 MiB.
pub const LIMIT: u64 = 25 * 1024 * 1024;
/// Content that nobody names stays so long: a backup copies the database first, the files after it.
pub const KEPT: Duration = Duration::hours(24);
/// Bytes written to the disk at a time.
const PIECE: usize = 256 * 1024;
/// A file gets an origin of its own, in which nothing runs.
const POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";
/// The PDF viewers of Chromium and Safari do not open in a sandbox and style themselves inline. A
/// PDF is no page of ours: what it holds runs in the viewer's own process, never at our address.
const PDF_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'";
const INCOMING: &str = "incoming";

/// The folder of the files. Cheap to clone. Without a folder every upload is refused.
#[derive(Clone, Default)]
pub struct Files(Option<Arc<Folder>>);

struct Folder {
    root: PathBuf,
    store: LocalFileSystem,
}

impl std::fmt::Debug for Files {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Files").field(&self.0.as_ref().map(|folder| &folder.root)).finish()
    }
}

/// A file that has come in whole. Dropped before it is settled, it is gone.
#[derive(Debug)]
pub struct Received {
    pub sha256: [u8; 32],
    /// In bytes.
    pub size: u64,
    pub media: Media,
    /// As it may be shown and saved.
    pub name: String,
    place: Guard,
}

/// Takes the incoming file away unless it was moved.
#[derive(Debug)]
struct Guard {
    files: Files,
    place: Option<Place>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        let (Some(folder), Some(place)) = (self.files.0.clone(), self.place.take()) else { return };
        // Without a runtime the sweep finds it.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move { folder.store.delete(&place).await });
        }
    }
}

/// A file on its way in.
pub struct Incoming {
    files: Files,
    place: Place,
    writer: WriteMultipart,
    hash: Sha256,
    sniffer: Sniffer,
    size: u64,
}

/// Why a file did not come in: it is not one we take, or we could not.
#[derive(Debug)]
pub enum Failure {
    Refused(Refused),
    Fault(Fault),
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

fn failed(error: object_store::Error) -> Fault {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(e) = cause {
        if let Some(io) = e.downcast_ref::<std::io::Error>() {
            return io_fault(io);
        }
        cause = e.source();
    }
    // The store's words hold the path on the server, but no name a person gave.
    Fault::Internal(anyhow::Error::new(error).context("the files folder"))
}

fn io_fault(io: &std::io::Error) -> Fault {
    match io.kind() {
        ErrorKind::StorageFull
        | ErrorKind::QuotaExceeded
        | ErrorKind::ReadOnlyFilesystem
        | ErrorKind::PermissionDenied => Fault::Full(format!("the files folder: {io}")),
        _ => Fault::Internal(anyhow::anyhow!("the files folder: {io}")),
    }
}

/// Where a content lies.
fn place_of(network: NetworkId, sha256: &[u8]) -> Place {
    let hex = hex::encode(sha256);
    Place::from(format!("{}/{}/{hex}", network.0, hex.get(..2).unwrap_or_default()))
}

impl Files {
    /// Keeps files in this folder, made where there is none.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder.join(INCOMING))?;
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self(Some(Arc::new(Folder { root: folder.to_owned(), store }))))
    }

    fn folder(&self) -> Result<&Folder, Fault> {
        self.0.as_deref().ok_or_else(|| Fault::Full("no folder for files was given".into()))
    }

    /// Starts taking a file in; `id` names it while it is incoming.
    ///
    /// # Errors
    /// [`Fault::Full`] when nothing can be written.
    pub async fn begin(&self, id: Uuid) -> Result<Incoming, Fault> {
        let place = Place::from(format!("{INCOMING}/{id}"));
        let upload = self.folder()?.store.put_multipart(&place).await.map_err(failed)?;
        Ok(Incoming {
            files: self.clone(),
            place,
            writer: WriteMultipart::new_with_chunk_size(upload, PIECE),
            hash: Sha256::new(),
            sniffer: Sniffer::default(),
            size: 0,
        })
    }

    /// Takes in bytes that are at hand: for the demo, for files the program makes itself.
    ///
    /// # Errors
    /// As [`Incoming::finish`].
    pub async fn take(&self, id: Uuid, name: &str, bytes: &[u8]) -> Result<Received, Failure> {
        let mut incoming = self.begin(id).await?;
        incoming.write(bytes).await?;
        incoming.finish(name).await
    }

    /// Notes the content and moves it to where it stays. After this a transaction may
    /// [`attach`] it; if none does, the sweep takes it away.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] while the sweep is taking the same content away; the disk's.
    pub async fn settle(&self, net: &Net, mut received: Received, now: DateTime<Utc>) -> Result<Settled, Fault> {
        let settled = Settled {
            sha256: received.sha256,
            size: received.size,
            media: received.media,
            name: received.name.clone(),
        };
        // First the row, then the bytes: whatever lies in the folder is known, so the sweep need not walk it.
        if !store::note(net, &settled, now).await? {
            return Err(Fault::Unavailable("the sweep is taking this content away".into()));
        }
        if let Some(place) = received.place.place.take() {
            let target = place_of(net.id(), &settled.sha256);
            self.folder()?.store.rename(&place, &target).await.map_err(failed)?;
        }
        Ok(settled)
    }

    /// The bytes, for who may see the record. Only PDF and pictures are shown in the browser, and
    /// only when asked; everything else is saved. Nothing of it can run or reach our pages.
    ///
    /// # Errors
    /// The disk's.
    pub async fn serve(&self, net: &Net, file: &StoredFile, shown: bool) -> Result<Response, Fault> {
        let found = self.folder()?.store.get(&place_of(net.id(), &file.sha256)).await.map_err(failed)?;
        let shown = shown && file.media.may_be_shown();
        let mut response = Body::from_stream(found.into_stream()).into_response();
        let mut put = |name: HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                response.headers_mut().insert(name, value);
            }
        };
        put(header::CONTENT_TYPE, file.media.mime());
        put(header::CONTENT_LENGTH, &file.size.to_string());
        put(header::CONTENT_DISPOSITION, &name::disposition(&file.name, shown));
        put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        put(header::CONTENT_SECURITY_POLICY, if shown && file.media == Media::Pdf { PDF_POLICY } else { POLICY });
        Ok(response)
    }

    /// The bytes whole, for what the program itself reads.
    ///
    /// # Errors
    /// The disk's.
    pub async fn bytes(&self, net: &Net, file: &StoredFile) -> Result<Bytes, Fault> {
        let found = self.folder()?.store.get(&place_of(net.id(), &file.sha256)).await.map_err(failed)?;
        found.bytes().await.map_err(failed)
    }

    /// Takes away what nobody names any more and what never came in whole. Returns how many
    /// contents went.
    ///
    /// # Errors
    /// The database's or the disk's; what is left is taken next time.
    pub async fn sweep(&self, net: &Net, now: DateTime<Utc>) -> Result<u64, Fault> {
        let folder = self.folder()?;
        let mut gone = 0;
        for sha256 in store::unnamed(net, now - KEPT).await? {
            if !store::doom(net, &sha256, now - KEPT).await? {
                continue;
            }
            match folder.store.delete(&place_of(net.id(), &sha256)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(e) => return Err(failed(e)),
            }
            store::forget(net, &sha256).await?;
            gone += 1;
        }
        self.sweep_incoming().await?;
        Ok(gone)
    }

    /// Reads every file that a record names: those that are not there, or are not what they were.
    ///
    /// # Errors
    /// The database's; [`Fault::Unavailable`] without a folder.
    pub async fn damage(&self, net: &Net) -> Result<Vec<String>, Fault> {
        let named = store::named(net).await?;
        let mut found = Vec::new();
        for (sha256, size) in named {
            let folder = self.folder()?;
            let name = hex::encode(&sha256);
            let content = match folder.store.get(&place_of(net.id(), &sha256)).await {
                Ok(content) => content.bytes().await.map_err(failed),
                Err(object_store::Error::NotFound { .. }) => {
                    found.push(format!("the file {name} is not there"));
                    continue;
                }
                Err(e) => Err(failed(e)),
            };
            match content {
                Err(fault) => found.push(format!("the file {name} cannot be read: {fault}")),
                Ok(bytes) if Sha256::digest(&bytes).as_slice() != sha256 || i64::try_from(bytes.len()) != Ok(size) => {
                    found.push(format!("the file {name} is not what was uploaded"));
                }
                Ok(_) => {}
            }
        }
        Ok(found)
    }

    /// By the file system's own clock, since incoming files have no row. The store hides the
    /// halves of files that a killed process left, so the folder is read directly.
    async fn sweep_incoming(&self) -> Result<(), Fault> {
        let folder = self.folder()?.root.join(INCOMING);
        let longest = KEPT.to_std().unwrap_or_default();
        let done = tokio::task::spawn_blocking(move || {
            for entry in std::fs::read_dir(folder)? {
                let entry = entry?;
                let age = entry.metadata()?.modified()?.elapsed().unwrap_or_default();
                if age > longest {
                    std::fs::remove_file(entry.path())?;
                }
            }
            Ok::<_, std::io::Error>(())
        });
        done.await.map_err(anyhow::Error::from)?.map_err(|e| io_fault(&e))
    }
}

impl Incoming {
    /// Takes the next piece.
    ///
    /// # Errors
    /// [`Refused::TooLarge`] as soon as the limit is passed; the disk's.
    pub async fn write(&mut self, piece: &[u8]) -> Result<(), Failure> {
        self.size += piece.len() as u64;
        if self.size > LIMIT {
            return Err(Refused::TooLarge.into());
        }
        self.hash.update(piece);
        self.sniffer.feed(piece);
        // Two pieces on their way to the disk at most: a fast sender must not fill the memory.
        self.writer.wait_for_capacity(2).await.map_err(failed)?;
        self.writer.write(piece);
        Ok(())
    }

    /// The file is whole: what it is, and under which name it is kept.
    ///
    /// # Errors
    /// What it is refused for; the disk's.
    pub async fn finish(self, name: &str) -> Result<Received, Failure> {
        let shape = self.sniffer.shape()?;
        self.writer.finish().await.map_err(failed)?;
        let place = Guard { files: self.files, place: Some(self.place) };
        let media = match shape {
            Shape::Known(media) => media,
            Shape::Text if name.to_lowercase().ends_with(".csv") => Media::Csv,
            Shape::Text => Media::Txt,
            Shape::Zip => archive(&place, self.sniffer.head(), self.size).await?,
        };
        Ok(Received {
            sha256: self.hash.finalize().into(),
            size: self.size,
            media,
            name: name::tidy(name, media),
            place,
        })
    }
}

async fn archive(guard: &Guard, head: &[u8], size: u64) -> Result<Media, Failure> {
    let Some(place) = &guard.place else { return Err(Refused::Damaged.into()) };
    let store = &guard.files.folder()?.store;
    let tail = store.get_range(place, size.saturating_sub(media::TAIL)..size).await.map_err(failed)?;
    let range = media::directory(&tail, size)?;
    let directory = store.get_range(place, range).await.map_err(failed)?;
    Ok(media::archive(&directory, head, size)?)
}
