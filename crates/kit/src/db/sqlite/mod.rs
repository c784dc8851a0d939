//! The embedded engine: one file, one writer, several readers.
//!
//! Statements run on the worker that asks (a list takes less time than handing it to another
//! thread); [`Mode::Blocking`] is for reports. Only COMMIT waits for the disk, see [`writer`].

mod connection;
mod fault;
mod reader;
mod writer;

use std::{path::PathBuf, sync::Arc};

use super::{Error, Result};

pub(super) use connection::{Access, all, open, run};
pub(super) use reader::Reader;
pub(super) use writer::WriteTx;

/// Where a statement runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mode {
    /// On the worker that asks for it.
    Inline,
    /// On the pool for blocking work; for statements of more than a few milliseconds.
    Blocking,
}

/// Does `work` with `subject` where `mode` says. `subject` goes along by value: if the caller is
/// cancelled meanwhile, it ends its life (and rolls back) where the work is done.
pub(super) async fn on<S: Send + 'static, R: Send + 'static>(
    mode: Mode,
    mut subject: S,
    work: impl FnOnce(&mut S) -> R + Send + 'static,
) -> (S, R) {
    match mode {
        Mode::Inline => {
            // A loop of statements that never waits would keep the worker from everybody else.
            tokio::task::consume_budget().await;
            let result = work(&mut subject);
            (subject, result)
        }
        Mode::Blocking => {
            let task = tokio::task::spawn_blocking(move || {
                let result = work(&mut subject);
                (subject, result)
            });
            match task.await {
                Ok(done) => done,
                // A blocking task cannot be cancelled once it runs, so this is a panic.
                Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
            }
        }
    }
}

/// An opened SQLite database.
pub(super) struct Sqlite {
    path: PathBuf,
    readers: reader::Pool,
    writer: writer::Queue,
}

impl Sqlite {
    /// Opens (and makes, if need be) the file behind `sqlite:PATH`.
    pub fn open(path: &str, readers: usize) -> Result<Arc<Sqlite>> {
        let path = path.strip_prefix("//").unwrap_or(path);
        if path.is_empty() || path.starts_with(":memory:") {
            return Err(Error::Other("sqlite: needs the path of a file".to_owned()));
        }
        // An absolute path keeps its meaning when the process changes its directory.
        let path = std::path::absolute(path).map_err(Error::other)?;
        let writer = writer::Queue::open(&path)?;
        Ok(Arc::new(Sqlite { readers: reader::Pool::new(readers.max(1)), writer, path }))
    }

    pub fn path(&self) -> &std::path::Path {
        &self.path
    }
}
