//! The pool of read-only connections.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    super::{Error, Result, Row, Val},
    Access, Sqlite,
    connection::{all, identity, open},
};

/// How long a read waits for a free connection.
const WAIT: Duration = Duration::from_secs(3);

pub(super) struct Pool {
    idle: Mutex<Vec<Idle>>,
    permits: Arc<Semaphore>,
}

struct Idle {
    connection: Connection,
    file: Option<(u64, u64)>,
}

impl Pool {
    pub fn new(size: usize) -> Pool {
        Pool { idle: Mutex::default(), permits: Arc::new(Semaphore::new(size)) }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Idle>> {
        // Nothing under this lock can leave the list half-changed.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes what is idle. Connections of one process share what they know of the file, and one that
    /// found it read-only keeps the next ones from writing.
    pub fn forget_idle(&self) {
        self.idle().clear();
    }

    /// An idle connection to the file that is there now, or a new one.
    fn take(&self, path: &Path) -> Result<Idle> {
        let file = identity(path);
        loop {
            let Some(idle) = self.idle().pop() else { break };
            if file.is_some() && idle.file == file {
                return Ok(idle);
            }
        }
        Ok(Idle { connection: open(path, Access::Read)?, file })
    }
}

/// A connection for reading, lent until it is dropped.
pub(in crate::db) struct Reader {
    lent: Option<Idle>,
    sqlite: Arc<Sqlite>,
    _permit: OwnedSemaphorePermit,
}

impl Sqlite {
    /// Lends a connection for reading.
    pub async fn reader(self: &Arc<Self>) -> Result<Reader> {
        let permit = tokio::time::timeout(WAIT, Arc::clone(&self.readers.permits).acquire_owned())
            .await
            .map_err(|_| Error::Gone(format!("no reader was free within {WAIT:?}")))?
            .map_err(Error::other)?;
        let lent = self.readers.take(&self.path)?;
        Ok(Reader { lent: Some(lent), sqlite: Arc::clone(self), _permit: permit })
    }
}

impl Reader {
    pub fn all<T: Row>(&mut self, sql: &str, args: &[Val]) -> Result<Vec<T>> {
        let Some(lent) = &self.lent else {
            return Err(Error::Gone("the connection was given up after an error".to_owned()));
        };
        let result = all(&lent.connection, sql, args);
        if result.as_ref().is_err_and(Error::spoils_connection) {
            self.lent = None; // the next reader opens a new one
        }
        result
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.sqlite.readers.idle().extend(self.lent.take());
    }
}
