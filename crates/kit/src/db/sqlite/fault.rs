//! SQLite's result codes as [`Error`].

use rusqlite::ffi;

use super::super::Error;

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        let text = error.to_string();
        let Some(code) = error.sqlite_error().map(|e| e.extended_code) else {
            return Error::Other(text);
        };
        // «UNIQUE constraint failed: t.a, t.b»: what follows the colon is the name.
        let name = || text.split_once("constraint failed: ").map_or_else(String::new, |(_, name)| name.to_owned());
        match code {
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
                Error::Unique(name())
            }
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY | ffi::SQLITE_CONSTRAINT_TRIGGER => Error::ForeignKey(name()),
            ffi::SQLITE_CONSTRAINT_CHECK | ffi::SQLITE_CONSTRAINT_NOTNULL => Error::Check(name()),
            // The shared-memory file cannot grow: in practice the disk is full.
            ffi::SQLITE_IOERR_SHMSIZE => Error::Full(text),
            _ => match code & 0xff {
                ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => Error::Retry(text),
                ffi::SQLITE_FULL => Error::Full(text),
                ffi::SQLITE_READONLY => Error::ReadOnly(text),
                ffi::SQLITE_CANTOPEN => Error::Gone(format!("the database file cannot be opened: {text}")),
                ffi::SQLITE_IOERR => Error::Gone(format!("the disk gives errors ({code}): {text}")),
                ffi::SQLITE_NOTADB => Error::Gone(format!("the file is not a database: {text}")),
                ffi::SQLITE_CORRUPT => Error::Gone(format!("the database file is damaged: {text}")),
                _ => Error::Other(text),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: i32) -> Error {
        rusqlite::Error::SqliteFailure(ffi::Error::new(code), None).into()
    }

    #[test]
    fn trouble_with_the_disk_has_names_of_its_own() {
        assert!(matches!(of(ffi::SQLITE_FULL), Error::Full(_)));
        assert!(matches!(of(ffi::SQLITE_IOERR_SHMSIZE), Error::Full(_)));
        assert!(matches!(of(ffi::SQLITE_READONLY_DBMOVED), Error::ReadOnly(_)));
        assert!(matches!(of(ffi::SQLITE_IOERR_FSYNC), Error::Gone(_)));
        assert!(matches!(of(ffi::SQLITE_CANTOPEN), Error::Gone(_)));
        assert!(matches!(of(ffi::SQLITE_NOTADB), Error::Gone(_)));
        assert!(matches!(of(ffi::SQLITE_CORRUPT_INDEX), Error::Gone(_)));
        assert!(matches!(of(ffi::SQLITE_BUSY_SNAPSHOT), Error::Retry(_)));
        assert!(matches!(of(ffi::SQLITE_ERROR), Error::Other(_)));
    }
}
