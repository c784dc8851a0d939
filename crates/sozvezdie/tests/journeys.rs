//! Journeys in a real browser, one file each below `browser/`.

#[path = "browser/support.rs"]
mod support;

#[path = "browser/accounts.rs"]
mod accounts;
#[path = "browser/acts.rs"]
mod acts;
#[path = "browser/appeals.rs"]
mod appeals;
#[path = "browser/conferences.rs"]
mod conferences;
#[path = "browser/consents.rs"]
mod consents;
#[path = "browser/exchange.rs"]
mod exchange;
#[path = "browser/gifted.rs"]
mod gifted;
#[path = "browser/harness.rs"]
mod harness;
#[path = "browser/imports.rs"]
mod imports;
#[path = "browser/network.rs"]
mod network;
#[path = "browser/organisations.rs"]
mod organisations;
#[path = "browser/pages.rs"]
mod pages;
#[path = "browser/reports.rs"]
mod reports;
#[path = "browser/research.rs"]
mod research;
#[path = "browser/results.rs"]
mod results;
#[path = "browser/routes.rs"]
mod routes;
