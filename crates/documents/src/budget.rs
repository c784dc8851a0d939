//! How much a file may make us do, and the counters that hold it to that.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::sync::Arc;

use crate::refusal::{Reason, Refusal};

/// Upper bounds for one file. Counted while reading; what a file declares about itself is not believed.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of the file as it lies on the disk.
    pub input: u64,
    /// Bytes of all parts of an archive after unpacking.
    pub unpacked: u64,
    /// Rows with something in them, all sheets together.
    pub rows: usize,
    /// Filled cells, all sheets together.
    pub cells: usize,
    /// Bytes of texts kept, all sheets together; frequent texts are kept once.
    pub text: usize,
}

impl Default for Limits {
    /// For a file given on the command line: 200,000 rows, 3,000,000 cells, 256 MiB unpacked; what is kept
    /// stays under 200 MiB.
    fn default() -> Self {
        Self { input: 64 << 20, unpacked: 256 << 20, rows: 200_000, cells: 3_000_000, text: 64 << 20 }
    }
}

impl Limits {
    /// For a file sent to a server that serves others meanwhile: a table of 100,000 rows by 10 columns
    /// passes, and what is kept of any file stays under 64 MiB.
    #[must_use]
    pub const fn upload() -> Self {
        Self { input: 32 << 20, unpacked: 192 << 20, rows: 120_000, cells: 1_100_000, text: 24 << 20 }
    }
}

/// The counters of one reading. Shared, because the unpacker counts while the parser holds it.
pub(crate) struct Budget {
    limits: Limits,
    unpacked: Cell<u64>,
    rows: Cell<usize>,
    cells: Cell<usize>,
    text: Cell<usize>,
    steps: Cell<usize>,
    regions: Cell<usize>,
    tripped: Cell<Option<Reason>>,
    texts: RefCell<HashSet<Arc<str>>>,
}

/// What one kept text costs beside its bytes: the counters of `Arc` and the allocator.
const TEXT_OVERHEAD: usize = 24;

/// Texts of at most so many bytes are shared, and so many of them: schools, classes and dates repeat, names
/// of people do not, and remembering all of those would cost more than it saves.
const SHARED_LENGTH: usize = 128;
const SHARED_TEXTS: usize = 16_384;

/// Pieces of markup for each cell that may be kept: a filled cell takes about five. More is markup for its own
/// sake, which costs time and gives no rows.
const STEPS_PER_CELL: usize = 11;

/// Merged regions of a file that are remembered; honest files have tens, the rest is dropped in silence.
const MAX_REGIONS: usize = 50_000;

impl Budget {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            unpacked: Cell::new(0),
            rows: Cell::new(0),
            cells: Cell::new(0),
            text: Cell::new(0),
            steps: Cell::new(0),
            regions: Cell::new(0),
            tripped: Cell::new(None),
            texts: RefCell::new(HashSet::new()),
        }
    }

    /// Counts unpacked bytes; false when there were too many.
    pub(crate) fn unpack(&self, bytes: usize) -> bool {
        self.unpacked.set(self.unpacked.get().saturating_add(bytes as u64));
        if self.unpacked.get() > self.limits.unpacked {
            self.trip(Reason::TooLargeUnpacked);
            return false;
        }
        true
    }

    /// Remembers why the unpacker stopped: the parser above it reports only that reading failed.
    pub(crate) fn trip(&self, reason: Reason) {
        if self.tripped.get().is_none() {
            self.tripped.set(Some(reason));
        }
    }

    /// The refusal for a failure: the reason for which the unpacker stopped, else corruption.
    pub(crate) fn failure(&self, detail: impl Into<String>) -> Refusal {
        Refusal::new(self.tripped.get().unwrap_or(Reason::Corrupted), detail)
    }

    pub(crate) fn row(&self) -> Result<(), Refusal> {
        Self::count(&self.rows, 1, self.limits.rows, "rows")
    }

    pub(crate) fn cell(&self) -> Result<(), Refusal> {
        Self::count(&self.cells, 1, self.limits.cells, "cells")
    }

    /// Counts a piece of markup.
    pub(crate) fn step(&self) -> Result<(), Refusal> {
        self.steps.set(self.steps.get() + 1);
        if self.steps.get() / STEPS_PER_CELL > self.limits.cells {
            return Err(Refusal::new(Reason::TooLargeUnpacked, "more markup than cells"));
        }
        Ok(())
    }

    /// Whether one more merged region may be remembered.
    pub(crate) fn region(&self) -> bool {
        self.regions.set(self.regions.get() + 1);
        self.regions.get() <= MAX_REGIONS
    }

    /// A text, as a rule shared with its equals of the same file.
    pub(crate) fn text(&self, text: &str) -> Result<Arc<str>, Refusal> {
        let mut texts = self.texts.borrow_mut();
        if let Some(known) = texts.get(text) {
            return Ok(Arc::clone(known));
        }
        Self::count(&self.text, text.len() + TEXT_OVERHEAD, self.limits.text, "text")?;
        let text: Arc<str> = text.into();
        if text.len() <= SHARED_LENGTH && texts.len() < SHARED_TEXTS {
            texts.insert(Arc::clone(&text));
        }
        Ok(text)
    }

    fn count(counter: &Cell<usize>, add: usize, limit: usize, what: &str) -> Result<(), Refusal> {
        counter.set(counter.get().saturating_add(add));
        if counter.get() > limit {
            return Err(Refusal::new(Reason::TooLarge, format!("more than {limit} of {what}")));
        }
        Ok(())
    }
}
