//! Journeys in a real browser, one file each below `browser/`.

#[path = "browser/support.rs"]
mod support;

#[path = "browser/harness.rs"]
mod harness;
#[path = "browser/organisations.rs"]
mod organisations;
#[path = "browser/pages.rs"]
mod pages;
