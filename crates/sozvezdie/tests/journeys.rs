//! Journeys in a real browser.

#[path = "browser/support.rs"]
mod support;

#[path = "browser/harness.rs"]
mod harness;
