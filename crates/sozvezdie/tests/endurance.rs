//! The real program under hard treatment: killed, rushed, without disk, without database.
//!
//! Everything here goes over HTTP, as outside programs do. Each test has a control that fails when
//! the thing it looks for is there.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed, which is what it is for"
)]

#[path = "endurance/cluster.rs"]
mod cluster;
#[path = "endurance/commands.rs"]
mod commands;
#[path = "endurance/kills.rs"]
mod kills;
#[path = "endurance/ledger.rs"]
mod ledger;
#[path = "endurance/program.rs"]
mod program;
#[path = "endurance/rush.rs"]
mod rush;
#[path = "endurance/trouble.rs"]
mod trouble;
