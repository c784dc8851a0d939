//! What all imports share: the kinds there are, one reader of files at a time, and the long jobs
//! that are under way.
use super::{
    model::BatchId,
    target::{Surroundings, Target},
};
use axum::{Extension, extract::FromRequestParts, http::request::Parts as RequestParts};
use kit::{Fault, limits::Failures, text::Message};
use std::{
    collections::HashMap,
    ops::Deref,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::sync::Semaphore;

/// Uploads of one person within an hour.
const UPLOADS: u32 = 100;

/// Shared by the handlers. Cheap to clone.
#[derive(Clone)]
pub struct Desk(Arc<Parts>);

pub struct Parts {
    pub targets: Vec<&'static dyn Target>,
    pub surroundings: Surroundings,
    pub jobs: Jobs,
    pub uploads: Failures,
    reading: Arc<Semaphore>,
}

impl Deref for Desk {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Desk {
    pub fn new(targets: Vec<&'static dyn Target>, surroundings: Surroundings) -> Self {
        let uploads = Failures::new(UPLOADS, chrono::Duration::hours(1));
        Self(Arc::new(Parts {
            targets,
            surroundings,
            jobs: Jobs::default(),
            uploads,
            reading: Arc::new(Semaphore::new(1)),
        }))
    }

    /// The kind of a code.
    pub fn target(&self, code: &str) -> Option<&'static dyn Target> {
        self.targets.iter().copied().find(|target| target.code() == code)
    }

    /// Reads or writes a file away from the requests, one at a time: a workbook may take 64 MiB.
    ///
    /// # Errors
    /// A defect of ours: the work broke down.
    pub async fn read<R: Send + 'static>(&self, work: impl FnOnce() -> R + Send + 'static) -> Result<R, Fault> {
        let permit = Arc::clone(&self.reading).acquire_owned().await.map_err(anyhow::Error::from)?;
        let done = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        });
        Ok(done.await.map_err(anyhow::Error::from)?)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Desk {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut RequestParts, state: &S) -> Result<Self, Fault> {
        let Extension(desk) = Extension::from_request_parts(parts, state).await.map_err(|e| anyhow::anyhow!("{e}"))?;
        Ok(desk)
    }
}

/// How far a long job is.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
    total: AtomicU64,
}

impl Progress {
    pub fn expect(&self, total: usize) {
        self.total.store(total as u64, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
    }

    /// Counts one more row. Lets other requests in now and then: a transaction on the embedded
    /// database never waits by itself.
    pub async fn step(&self) {
        if self.done.fetch_add(1, Ordering::Relaxed).is_multiple_of(32) {
            tokio::task::yield_now().await;
        }
    }

    /// Rows done, and rows in all.
    pub fn now(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }
}

/// The jobs under way in this process. Nothing is lost with them: a job is one transaction, so a
/// batch whose job died is as it was before.
#[derive(Default)]
pub struct Jobs(Mutex<HashMap<BatchId, Job>>);

#[derive(Clone)]
enum Job {
    Running(Arc<Progress>),
    Failed(Message),
}

impl Jobs {
    fn all(&self) -> std::sync::MutexGuard<'_, HashMap<BatchId, Job>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a job; `None` when one is under way already.
    pub fn start(&self, id: BatchId) -> Option<Arc<Progress>> {
        let mut all = self.all();
        if matches!(all.get(&id), Some(Job::Running(_))) {
            return None;
        }
        let progress = Arc::new(Progress::default());
        all.insert(id, Job::Running(Arc::clone(&progress)));
        Some(progress)
    }

    /// Ends a job; a refusal is kept for the page that waits.
    pub fn end(&self, id: BatchId, refusal: Option<Message>) {
        match refusal {
            None => self.all().remove(&id),
            Some(message) => self.all().insert(id, Job::Failed(message)),
        };
    }

    pub fn running(&self, id: BatchId) -> Option<Arc<Progress>> {
        match self.all().get(&id) {
            Some(Job::Running(progress)) => Some(Arc::clone(progress)),
            _ => None,
        }
    }

    /// Why the last job came to nothing; told once.
    pub fn take_refusal(&self, id: BatchId) -> Option<Message> {
        let mut all = self.all();
        match all.get(&id) {
            Some(Job::Failed(message)) => {
                let message = message.clone();
                all.remove(&id);
                Some(message)
            }
            _ => None,
        }
    }
}

/// Ends a job even when its task is dropped or panics.
pub struct Ending {
    desk: Desk,
    id: BatchId,
}

impl Ending {
    pub fn of(desk: &Desk, id: BatchId) -> Self {
        Self { desk: desk.clone(), id }
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        if self.desk.jobs.running(self.id).is_some() {
            self.desk.jobs.end(self.id, None);
        }
    }
}
