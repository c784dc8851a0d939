//! Consents to the use of a child's data: one purpose each, asked for, given, withdrawn.
//!
//! Every use of data outside the law and an agreement asks [`granted`] and keeps the id that it
//! answers with what was opened; a withdrawal closes that at once. [`grant`] enters a consent that was
//! given. Which uses need one at all is told by [`USES`].
mod api;
mod collect;
mod deeds;
mod forms;
mod grounds;
mod model;
mod record;
mod scan;
mod sheet;
mod store;
mod subject;
#[cfg(test)]
pub(crate) mod tests;
mod view;
mod web;

pub use collect::{Asked, collected, count_missing, reach};
pub use deeds::{destroy, draft, grant, granted, may_be_shown, withdraw};
pub use model::{Authority, Category, Consent, ConsentId, ConsentState, Granting, Ground, Purpose, USES, Use, Way};
pub use record::{Rights, child, open};
pub use store::{holders, list::Child, of_learner};
pub use view::{purpose_words, state_tag};

use crate::{learners, people::PersonId, shell::Slice};
use axum::{extract::DefaultBodyLimit, handler::Handler};
use kit::{
    access::Permission,
    routes::{Need, Routes},
};

/// Seeing which consents the children of the own organisation, or of the own class, have.
pub const VIEW: Permission = Permission("consents.view");
/// Printing forms and entering those that came back.
pub const COLLECT: Permission = Permission("consents.collect");
/// Saying which consents an organisation collects.
pub const GOVERN: Permission = Permission("consents.govern");
/// Saying whether the network takes a signature in the program.
pub const NETWORK: Permission = Permission("consents.network");
/// Signing and withdrawing for oneself and one's children.
pub const OWN: Permission = Permission("consents.own");

/// The kind of record in audit.
pub const KIND: &str = "consent";

/// The list's address.
pub const LIST: &str = "/consents";
/// Which uses need a paper.
pub const GROUNDS: &str = "/consents/grounds";
/// Where a stack of signed forms is entered.
pub const STACK: &str = "/consents/stack";
/// Where the scan of such a stack is read.
pub const SCANS: &str = "/consents/scans";

/// A consent's address.
pub fn url(id: ConsentId) -> String {
    format!("{LIST}/{id}")
}

/// The address of all consents of a child.
pub fn of_child_url(id: PersonId) -> String {
    format!("{LIST}/of/{id}")
}

pub fn slice() -> Slice {
    let large = DefaultBodyLimit::max(scan::LIMIT);
    let routes = Routes::default()
        .get("/consents", VIEW, web::list)
        .post("/consents/forms", COLLECT, web::print)
        .post("/consents/receipts", COLLECT, web::tick)
        .post("/consents/receipts/{id}/reversal", COLLECT, web::take_back)
        .get("/consents/stack", COLLECT, web::stack)
        .post("/consents/stack", COLLECT, web::register)
        .get("/consents/scans", COLLECT, web::stack)
        .post("/consents/scans", COLLECT, web::scans.layer(large))
        .get("/consents/grounds", Need::SignedIn, web::grounds)
        .post("/consents/grounds", GOVERN, web::put_needs)
        .post("/consents/grounds/signing", NETWORK, web::put_signing)
        .get("/consents/number/{number}", learners::SEE, web::numbered)
        .get("/consents/of/{id}", learners::SEE, web::of_child)
        .post("/consents/of/{id}", learners::SEE, web::ask)
        .get("/consents/{id}", learners::SEE, web::show)
        .get("/consents/{id}/form.pdf", learners::SEE, web::file)
        .post("/consents/{id}/permissions", COLLECT, web::permit)
        .post("/consents/{id}/signature", OWN, web::sign)
        .get("/api/v1/consents", VIEW, api::list)
        .post("/api/v1/consents/receipts", COLLECT, api::tick)
        .get("/api/v1/learners/{id}/consents", learners::SEE, api::of_child);
    Slice::new("consents", routes).keeping(subject::OF_LEARNER).described(api::document())
}
