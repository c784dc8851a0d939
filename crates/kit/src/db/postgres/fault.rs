//! PostgreSQL's SQLSTATEs and lost connections as [`Error`].

use deadpool_postgres::{HookError, PoolError, TimeoutType};
use tokio_postgres::error::SqlState;

use super::super::Error;

/// The error's text without DETAIL (it quotes values) but with the cause that the driver hides.
pub(in crate::db) fn describe(error: &tokio_postgres::Error) -> String {
    use std::error::Error as _;
    match (error.as_db_error(), error.source()) {
        (Some(db), _) => format!("{} ({})", db.message(), db.code().code()),
        (None, Some(cause)) => format!("{error}: {cause}"),
        (None, None) => error.to_string(),
    }
}

/// Whether the connection is gone, so that the server may or may not have done the work.
pub(super) fn lost(error: &tokio_postgres::Error) -> bool {
    use std::error::Error as _;
    match error.as_db_error() {
        // A server that shuts down or fails over ends sessions with class 57P or 08.
        Some(db) => db.code().code().starts_with("08") || db.code().code().starts_with("57P"),
        None => error.is_closed() || error.source().is_some_and(<dyn std::error::Error>::is::<std::io::Error>),
    }
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Error {
        let text = describe(&error);
        if lost(&error) {
            return Error::Retry(text);
        }
        let Some(db) = error.as_db_error() else {
            return Error::Other(text);
        };
        let name = || db.constraint().or(db.column()).unwrap_or("unnamed").to_owned();
        match *db.code() {
            SqlState::UNIQUE_VIOLATION | SqlState::EXCLUSION_VIOLATION => Error::Unique(name()),
            SqlState::FOREIGN_KEY_VIOLATION | SqlState::RESTRICT_VIOLATION => Error::ForeignKey(name()),
            SqlState::CHECK_VIOLATION | SqlState::NOT_NULL_VIOLATION => Error::Check(name()),
            SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED | SqlState::LOCK_NOT_AVAILABLE => {
                Error::Retry(text)
            }
            SqlState::DISK_FULL => Error::Full(text),
            SqlState::READ_ONLY_SQL_TRANSACTION => Error::ReadOnly(text),
            SqlState::TOO_MANY_CONNECTIONS | SqlState::OUT_OF_MEMORY | SqlState::IO_ERROR => Error::Gone(text),
            _ => Error::Other(text),
        }
    }
}

/// Anything that keeps a connection from being had is «gone»; a refusal of the role keeps its text.
impl From<PoolError> for Error {
    fn from(error: PoolError) -> Error {
        match error {
            PoolError::Timeout(TimeoutType::Wait) => Error::Gone("all connections are busy".to_owned()),
            PoolError::Timeout(_) => Error::Gone("the database server does not answer".to_owned()),
            PoolError::Backend(cause) | PoolError::PostCreateHook(HookError::Backend(cause)) => {
                Error::Gone(describe(&cause))
            }
            PoolError::PostCreateHook(HookError::Message(text)) => Error::Gone(text.into_owned()),
            PoolError::Closed | PoolError::NoRuntimeSpecified => Error::Other(error.to_string()),
        }
    }
}
