//! A consistent copy of the file while others read and write.

use std::{fs::File, path::Path, sync::Arc};

use super::{
    super::{Error, Result},
    Access, Sqlite, open,
};

impl Sqlite {
    /// Writes a compact copy of the state at one instant to `target`, which must not exist.
    /// Writers go on meanwhile; the copy is complete and on disk when this returns.
    pub async fn backup_to(self: &Arc<Self>, target: &Path) -> Result<()> {
        let (source, target) = (self.path.clone(), target.to_owned());
        tokio::task::spawn_blocking(move || copy(&source, &target)).await.map_err(Error::other)?
    }
}

fn copy(source: &Path, target: &Path) -> Result<()> {
    if target.exists() {
        return Err(Error::Other(format!("{} exists already", target.display())));
    }
    // Under a name of its own first: a backup that was interrupted must not look like one.
    let mut partial = target.as_os_str().to_owned();
    partial.push(".partial");
    let partial = Path::new(&partial);
    let io = |e: std::io::Error| Error::Other(format!("{}: {e}", target.display()));
    if partial.exists() {
        std::fs::remove_file(partial).map_err(io)?;
    }
    let name = partial.to_str().ok_or_else(|| Error::Other("the path is not UTF-8".to_owned()))?;
    let connection = open(source, Access::Write)?;
    // VACUUM INTO reads within one transaction, so the copy is of one instant.
    connection.execute("VACUUM INTO ?1", [name])?;
    File::open(partial).and_then(|file| file.sync_all()).map_err(io)?;
    std::fs::rename(partial, target).map_err(io)?;
    #[cfg(unix)]
    if let Some(folder) = target.parent().filter(|p| !p.as_os_str().is_empty()) {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(io)?;
    }
    Ok(())
}
