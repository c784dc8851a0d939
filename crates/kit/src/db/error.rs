//! What can go wrong in a database, in the words the rest of the program decides by.
//!
//! * A broken rule of the schema (`Unique`, `ForeignKey`, `Check`) is an answer; the caller
//!   knows what it means for the person.
//! * `Retry` means: nothing was written, the same thing may succeed at once.
//!   [`Net::transact`](super::Net::transact) does that by itself.
//! * `Unknown` means: the connection went away during COMMIT. Only the idempotency key can tell
//!   whether the change stands, so it is never retried here.
//!
//! Texts never hold values of a row: constraint and column names only. (PostgreSQL's DETAIL
//! quotes the key and is therefore dropped.)

/// A failure of the database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A key is taken. PostgreSQL gives the constraint's name, SQLite the columns (`t.a, t.b`).
    #[error("unique: {0}")]
    Unique(String),
    /// A row that is pointed at does not exist, or one that is still pointed at was to go.
    #[error("foreign key: {0}")]
    ForeignKey(String),
    /// A CHECK or NOT NULL rule is broken.
    #[error("check: {0}")]
    Check(String),
    /// Nothing was written and the same statement or transaction may be tried again.
    #[error("try again: {0}")]
    Retry(String),
    /// The connection was lost during COMMIT: the change may or may not stand.
    #[error("outcome unknown: {0}")]
    Unknown(String),
    /// The database cannot be reached, opened or read.
    #[error("database unavailable: {0}")]
    Gone(String),
    /// No space is left for the database.
    #[error("disk full: {0}")]
    Full(String),
    /// The database can be read but not written.
    #[error("database read-only: {0}")]
    ReadOnly(String),
    /// [`one`](super::Net::one) or [`scalar`](super::Net::scalar) found no row.
    #[error("no such row")]
    NotFound,
    /// A mistake in the program or the schema.
    #[error("{0}")]
    Other(String),
}

/// The result of everything in this module.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Lets [`transact`](super::Net::transact) see through the error type of a caller.
pub trait Retryable {
    /// Whether this wraps [`Error::Retry`].
    fn retryable(&self) -> bool;
}

impl Retryable for Error {
    fn retryable(&self) -> bool {
        matches!(self, Error::Retry(_))
    }
}

impl Error {
    pub(super) fn other(text: impl std::fmt::Display) -> Error {
        Error::Other(text.to_string())
    }

    /// Whether the connection that gave this error should be opened anew before further use.
    pub(super) fn spoils_connection(&self) -> bool {
        matches!(self, Error::Gone(_) | Error::ReadOnly(_))
    }
}
