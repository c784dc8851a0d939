//! The house as its users meet it: through its routes, on both engines.
//!
//! `app` is the program under test and its clients; `world` what stands in its database (`foreign`
//! the part that must not show, `make` how it is made); `table` and `matrix` say who may what;
//! `html` and `tables` read pages and tables. The other modules are the tests, each by one concern.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed, which is what it is for"
)]

mod accounts;
mod app;
mod attack;
mod canaries;
mod check;
mod contract;
mod exports;
mod finding;
mod foreign;
mod forged;
mod html;
mod imports;
mod letters;
mod limits;
mod lists;
mod make;
mod matrix;
mod migrations;
mod once;
mod organisations;
mod pages;
mod personal;
mod quiet;
mod schema;
mod sign_in;
mod table;
mod tables;
mod trail;
mod unwritable;
mod world;
