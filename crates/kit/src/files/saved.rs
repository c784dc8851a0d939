//! Files as a backup sees them: by content, whatever record they belong to.
use super::{Files, INCOMING, failed, place_of};
use crate::{Fault, db::NetworkId};
use anyhow::{Context as _, ensure};
use bytes::Bytes;
use object_store::ObjectStoreExt as _;
use std::{
    collections::HashSet,
    fs::File,
    io::Write as _,
    path::{Component, Path},
};

impl Files {
    /// The name of a content in the folder and in a backup.
    #[must_use]
    pub fn place(network: NetworkId, sha256: &[u8]) -> String {
        place_of(network, sha256).to_string()
    }

    /// The bytes of a content, if they are there.
    pub(crate) async fn content(&self, network: NetworkId, sha256: &[u8]) -> Result<Option<Bytes>, Fault> {
        match self.folder()?.store.get(&place_of(network, sha256)).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(failed)?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(e) => Err(failed(e)),
        }
    }

    /// A file of the folder that is none of these.
    pub(crate) fn stranger(&self, known: &[String]) -> anyhow::Result<Option<String>> {
        let root = &self.folder()?.root;
        let known: HashSet<&str> = known.iter().map(String::as_str).collect();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
                let path = entry?.path();
                let name = path.strip_prefix(root)?.to_string_lossy().into_owned();
                if path.is_dir() {
                    if name != INCOMING {
                        folders.push(path);
                    }
                } else if !known.contains(name.as_str()) && !name.ends_with(HALF) {
                    return Ok(Some(name));
                }
            }
        }
        Ok(None)
    }

    /// Puts a content back where it was, for good before this returns.
    pub(crate) fn put_back(&self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let place = Path::new(name);
        // An archive is what somebody handed us: no way out of the folder.
        let plain = place.components().count() == 3 && place.components().all(|c| matches!(c, Component::Normal(_)));
        ensure!(plain, "{name} is no name of a file");
        let target = self.folder()?.root.join(place);
        let said = || target.display().to_string();
        let folder = target.parent().with_context(said)?;
        std::fs::create_dir_all(folder).with_context(said)?;
        let half = target.with_extension(HALF);
        let mut file = File::create(&half).with_context(said)?;
        file.write_all(bytes).and_then(|()| file.sync_all()).with_context(said)?;
        std::fs::rename(&half, &target).with_context(said)?;
        File::open(folder).and_then(|folder| folder.sync_all()).with_context(said)?;
        Ok(())
    }
}

/// Of a file that was being put back.
const HALF: &str = "half";
