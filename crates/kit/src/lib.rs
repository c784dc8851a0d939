//! Plumbing without one school word. What a slice needs to stand on: a database of two
//! engines, a clock, errors that become pages, forms, HTML pieces, sessions, permissions,
//! an audit trail, jobs, files, search and texts in two languages.
pub mod access;
pub mod audit;
pub mod backup;
pub mod chance;
pub mod clock;
pub mod codes;
pub mod cursor;
pub mod db;
pub mod fault;
pub mod files;
pub mod form;
pub mod html;
pub mod http;
pub mod job;
pub mod limits;
pub mod mail;
pub mod once;
pub mod password;
pub mod routes;
pub mod search;
pub mod second_factor;
pub mod session;
pub mod text;
pub mod upload;
pub mod visit;

pub use chance::Chance;
pub use clock::Clock;
pub use fault::Fault;
pub use text::Lang;
pub use visit::Visit;
