//! Documents out of the program: acts of loans, the set of papers of a trip, and how names in them are
//! declined.
//!
//! The program fills in what it knows and leaves blanks where it does not; a person reads, mends and signs.
//! Nothing is sent anywhere.
mod api;
mod files;
mod loan;
mod parts;
mod record;
mod sets;
mod store;
#[cfg(test)]
mod tests;
mod trip;
mod view;
mod web;
mod words;

pub use files::{Format, answer, lay_out};
pub use loan::Act;
pub use parts::{Party, capital, party};
pub use record::{PaperForm, PaperId, PaperKind, SetId};
pub use sets::{assemble, assemble_common, change, open, prepare, write};
pub use words::{Correction, InCase, WordForm, Words, correct};

use crate::{exchange, shell::Slice};
use kit::{access::Permission, routes::Routes};

/// Making and editing documents of the own organisation.
pub const EDIT: Permission = Permission("papers.edit");

/// Where corrected forms are kept.
pub const WORDS: &str = "/papers/words";

/// The address of the papers of a trip.
pub fn url(id: SetId) -> String {
    format!("/papers/{id}")
}

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/papers/words", EDIT, web::words)
        .post("/papers/words", EDIT, web::correct)
        .post("/bookings/{id}/papers", EDIT, web::assemble)
        .post("/common-requests/{id}/papers", EDIT, web::assemble_common)
        .get("/papers/{id}", EDIT, web::show)
        .get("/papers/{id}/{kind}", EDIT, web::edit)
        .post("/papers/{id}/{kind}", EDIT, web::update)
        .get("/papers/{id}/{kind}/{format}", EDIT, web::file)
        .get("/bookings/{id}/handing-over.pdf", exchange::VIEW, web::handing_over)
        .get("/bookings/{id}/taking-back.pdf", exchange::VIEW, web::taking_back)
        .post("/api/v1/bookings/{id}/papers", EDIT, api::assemble)
        .post("/api/v1/common-requests/{id}/papers", EDIT, api::assemble_common)
        .get("/api/v1/papers/{id}", EDIT, api::show)
        .get("/api/v1/papers/{id}/{kind}/{format}", EDIT, api::file)
        .get("/api/v1/bookings/{id}/handing-over.pdf", exchange::VIEW, api::handing_over)
        .get("/api/v1/bookings/{id}/taking-back.pdf", exchange::VIEW, api::taking_back);
    Slice::new("papers", routes).described(api::document())
}
