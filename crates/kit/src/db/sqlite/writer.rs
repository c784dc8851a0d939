//! The one writer, and how waiting transactions share a COMMIT.
//!
//! A fair mutex holds the only connection that writes. Each transaction is a SAVEPOINT in an outer
//! BEGIN IMMEDIATE. At its commit a transaction RELEASEs its savepoint; if others stand in the
//! queue it leaves a [`oneshot`] and passes the lock on, so that the next one joins the same outer
//! transaction; the last one (or the [`GROUP`]th) does the real COMMIT, one fsync for all, and
//! answers everybody. Nobody is told «done» before that fsync.
//!
//! The invariant that keeps waiters from hanging: *whenever the lock is free and somebody waits
//! for the group, somebody stands in the queue*. A place in the queue that is given up early is
//! therefore seen to by [`Place`].

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use rusqlite::Connection;
use tokio::{
    runtime::{Handle, RuntimeFlavor},
    sync::{Mutex, OwnedMutexGuard, oneshot},
    time::{Instant, timeout},
};

use super::{
    super::{Error, Result, Row, Val},
    Access, Sqlite,
    connection::{all, identity, open, run},
};

/// The most transactions that share one COMMIT.
const GROUP: usize = 64;
/// How long a transaction stands in the queue.
const QUEUE: Duration = Duration::from_secs(10);
/// How long it then waits for another process (the command line beside the server) to finish.
const OTHER_PROCESS: Duration = Duration::from_secs(5);

pub(super) struct Queue {
    writer: Arc<Mutex<Writer>>,
    /// How many wait for the lock.
    length: Arc<AtomicUsize>,
}

/// Told when the group that a transaction belongs to is on disk, or is not.
pub(in crate::db) type Ack = oneshot::Receiver<Result<()>>;

struct Writer {
    path: std::path::PathBuf,
    connection: Option<Connection>,
    /// The file that `connection` has open.
    file: Option<(u64, u64)>,
    /// The connection met an error of the disk and is opened anew before the next group.
    spoilt: bool,
    /// Members of the open group that are released but not yet on disk.
    members: Vec<oneshot::Sender<Result<()>>>,
}

impl Queue {
    pub fn open(path: &Path) -> Result<Queue> {
        let mut writer =
            Writer { path: path.to_owned(), connection: None, file: None, spoilt: false, members: Vec::new() };
        writer.connect(Access::Create)?;
        Ok(Queue { writer: Arc::new(Mutex::new(writer)), length: Arc::default() })
    }
}

impl Writer {
    fn connect(&mut self, access: Access) -> Result<()> {
        let connection = open(&self.path, access)?;
        // BEGIN IMMEDIATE must not block a worker; `Sqlite::begin` waits without a thread.
        connection.busy_timeout(Duration::ZERO)?;
        self.file = identity(&self.path);
        self.connection = Some(connection);
        self.spoilt = false;
        Ok(())
    }

    /// The connection inside the outer transaction. SQLite ends a transaction by itself after some
    /// errors (disk full); further statements would then commit one by one.
    fn inside(&self) -> Result<&Connection> {
        match &self.connection {
            Some(connection) if !connection.is_autocommit() => Ok(connection),
            _ => Err(Error::Retry("the database ended the transaction".to_owned())),
        }
    }

    fn exec(&mut self, sql: &str) -> Result<()> {
        let result = run(self.inside()?, sql, &[]).map(drop);
        self.noting(result)
    }

    fn noting<T>(&mut self, result: Result<T>) -> Result<T> {
        self.spoilt |= result.as_ref().is_err_and(Error::spoils_connection);
        result
    }

    /// Starts the outer transaction if there is none.
    fn start_group(&mut self) -> Result<()> {
        if self.inside().is_ok() {
            return Ok(());
        }
        self.fail_members("the database ended the shared transaction");
        let file = identity(&self.path);
        if self.spoilt || self.file.is_none() || self.file != file {
            self.connection = None;
        }
        if self.connection.is_none() {
            self.connect(Access::Write)?;
        }
        let begun = match &self.connection {
            Some(connection) => run(connection, "BEGIN IMMEDIATE", &[]).map(drop),
            None => Err(Error::Gone("no connection".to_owned())),
        };
        self.noting(begun)
    }

    /// The real COMMIT, and the answer to every member.
    fn commit_group(&mut self) -> Result<()> {
        let result = self.exec("COMMIT");
        if result.is_err() {
            let _ = self.exec("ROLLBACK");
        }
        for member in self.members.drain(..) {
            // Nobody listens any more: the request went away. Its rows are committed all the same.
            let _ = member.send(result.clone());
        }
        result
    }

    fn rollback_group(&mut self) {
        if self.inside().is_ok() && self.exec("ROLLBACK").is_err() {
            self.connection = None; // closing rolls back for certain
        }
        self.fail_members("the shared transaction was rolled back");
    }

    /// The members' rows are gone for certain, so each may try again.
    fn fail_members(&mut self, why: &str) {
        for member in self.members.drain(..) {
            let _ = member.send(Err(Error::Retry(why.to_owned())));
        }
    }
}

/// A place in the queue. Given up early (the request went away), it sees to it that the group it
/// was counted on to finish is committed.
struct Place {
    sqlite: Arc<Sqlite>,
    reached: bool,
}

impl Place {
    fn take(sqlite: &Arc<Sqlite>) -> Place {
        sqlite.writer.length.fetch_add(1, SeqCst);
        Place { sqlite: Arc::clone(sqlite), reached: false }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let last = self.sqlite.writer.length.fetch_sub(1, SeqCst) == 1;
        if !last || self.reached {
            return;
        }
        // Whoever holds the lock may already have counted on this place. The lock is needed to
        // know, and Drop cannot wait for it. Without a runtime no waiter is alive either.
        if let Ok(runtime) = Handle::try_current() {
            let sqlite = Arc::clone(&self.sqlite);
            runtime.spawn(async move {
                let mut writer = sqlite.writer.writer.lock().await;
                if !writer.members.is_empty() && sqlite.writer.length.load(SeqCst) == 0 {
                    let _ = in_place(|| writer.commit_group());
                }
            });
        }
    }
}

/// Tells tokio that this worker waits for the disk, where tokio can be told.
fn in_place<R>(work: impl FnOnce() -> R) -> R {
    // On a current-thread runtime block_in_place panics; in a panic a second one would abort.
    let multi = Handle::try_current().is_ok_and(|h| h.runtime_flavor() == RuntimeFlavor::MultiThread);
    if multi && !std::thread::panicking() { tokio::task::block_in_place(work) } else { work() }
}

/// A transaction that holds the writer. Dropped without [`commit`](WriteTx::commit) it leaves
/// nothing behind.
pub(in crate::db) struct WriteTx {
    writer: OwnedMutexGuard<Writer>,
    sqlite: Arc<Sqlite>,
    /// Its savepoint stands.
    live: bool,
}

impl Sqlite {
    /// Waits for the writer and starts a transaction.
    pub async fn begin(self: &Arc<Self>) -> Result<WriteTx> {
        let mut place = Place::take(self);
        let writer = timeout(QUEUE, Arc::clone(&self.writer.writer).lock_owned())
            .await
            .map_err(|_| Error::Retry(format!("the writer was not free within {QUEUE:?}")))?;
        place.reached = true;
        drop(place);
        let mut tx = WriteTx { writer, sqlite: Arc::clone(self), live: false };
        let deadline = Instant::now() + OTHER_PROCESS;
        loop {
            match tx.start() {
                Err(Error::Retry(_)) if Instant::now() < deadline => {
                    tokio::time::sleep(Duration::from_millis(rand::random_range(2..20))).await;
                }
                started => {
                    if matches!(started, Err(Error::ReadOnly(_))) {
                        self.readers.forget_idle();
                    }
                    return started.map(|()| tx);
                }
            }
        }
    }
}

impl WriteTx {
    fn start(&mut self) -> Result<()> {
        self.writer.start_group()?;
        self.writer.exec("SAVEPOINT member")?;
        self.live = true;
        Ok(())
    }

    pub fn run(&mut self, sql: &str, args: &[Val]) -> Result<u64> {
        let result = run(self.writer.inside()?, sql, args);
        self.writer.noting(result)
    }

    pub fn all<T: Row>(&mut self, sql: &str, args: &[Val]) -> Result<Vec<T>> {
        let result = all(self.writer.inside()?, sql, args);
        self.writer.noting(result)
    }

    /// `None`: it is on disk. `Some`: it is in the group, wait for the answer *after* dropping
    /// this transaction, so that the next in the queue can go on.
    pub fn commit(&mut self) -> Result<Option<Ack>> {
        self.writer.exec("RELEASE member")?;
        self.live = false;
        if self.sqlite.writer.length.load(SeqCst) > 0 && self.writer.members.len() < GROUP {
            let (member, ack) = oneshot::channel();
            self.writer.members.push(member);
            return Ok(Some(ack));
        }
        in_place(|| self.writer.commit_group()).map(|()| None)
    }
}

impl Drop for WriteTx {
    fn drop(&mut self) {
        let writer = &mut *self.writer;
        if writer.inside().is_err() {
            writer.fail_members("the database ended the shared transaction");
            return;
        }
        if self.live {
            let undone = !writer.members.is_empty()
                && writer.exec("ROLLBACK TO member").and_then(|()| writer.exec("RELEASE member")).is_ok();
            if !undone {
                writer.rollback_group();
            }
        }
        if writer.members.is_empty() {
            writer.rollback_group(); // a savepoint that never stood
        } else if self.sqlite.writer.length.load(SeqCst) == 0 {
            let _ = in_place(|| writer.commit_group());
        }
    }
}
