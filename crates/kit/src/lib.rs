//! Plumbing without one school word. What a slice needs to stand on: a database of two
//! engines, a clock, errors that become pages, forms, HTML pieces, sessions, permissions,
//! an audit trail, jobs, files, search and texts in two languages.
pub mod db;
