//! The house as its users meet it: through its routes, on both engines.
//!
//! `app` is the program under test and its clients, `world` what stands in its database, `html` and
//! `tables` read pages and tables, `table` and `matrix` say who may what; the other modules are the tests, each by one concern.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed, which is what it is for"
)]

mod app;
mod canaries;
mod html;
mod imports;
mod matrix;
mod pages;
mod quiet;
mod table;
mod tables;
mod world;
