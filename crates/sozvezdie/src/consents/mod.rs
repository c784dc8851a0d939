//! Consents to the use of a child's data: one purpose each, asked for, given, withdrawn.
//!
//! Every use of data outside the law and an agreement asks [`granted`] and keeps the id that it
//! answers with what was opened; a withdrawal closes that at once. [`grant`] enters a consent that was
//! given.
mod deeds;
mod model;
mod store;
mod subject;
#[cfg(test)]
mod tests;

pub use deeds::{draft, grant, granted, withdraw};
pub use model::{Authority, Category, Consent, ConsentId, ConsentState, Granting, Ground, Purpose, USES, Use, Way};

use crate::shell::Slice;
use kit::routes::Routes;

/// The kind of record in audit.
pub const KIND: &str = "consent";

pub fn slice() -> Slice {
    Slice::new("consents", Routes::default()).keeping(subject::OF_LEARNER)
}
