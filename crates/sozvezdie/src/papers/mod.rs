//! Documents out of the program: acts of loans, the set of papers of a trip, and how names in them are
//! declined.
//!
//! The program fills in what it knows and leaves blanks where it does not; a person reads, mends and signs.
//! Nothing is sent anywhere.
mod api;
mod files;
mod loan;
mod parts;
mod store;
#[cfg(test)]
mod tests;
mod view;
mod web;
mod words;

pub use loan::Act;
pub use words::{Correction, InCase, WordForm, Words, correct};

use crate::{exchange, shell::Slice};
use kit::{access::Permission, routes::Routes};

/// Making and editing documents of the own organisation.
pub const EDIT: Permission = Permission("papers.edit");

/// Where corrected forms are kept.
pub const WORDS: &str = "/papers/words";

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/papers/words", EDIT, web::words)
        .post("/papers/words", EDIT, web::correct)
        .get("/bookings/{id}/handing-over.pdf", exchange::VIEW, web::handing_over)
        .get("/bookings/{id}/taking-back.pdf", exchange::VIEW, web::taking_back)
        .get("/api/v1/bookings/{id}/handing-over.pdf", exchange::VIEW, api::handing_over)
        .get("/api/v1/bookings/{id}/taking-back.pdf", exchange::VIEW, api::taking_back);
    Slice::new("papers", routes).described(api::document())
}
