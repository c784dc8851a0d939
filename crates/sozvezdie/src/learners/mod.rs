//! Children who study: who they are, where and in which class, who answers for them; and who may
//! see that.
//!
//! The person stands in `people`. Attachments stand here, not with organisations: they are written
//! only together with the child, and every question about them is a question about who may see it.
//!
//! For other slices: [`may_see`] and [`Scope`] say whose records a viewer sees, [`may_name`], [`may_send`] and
//! [`speaks_for`] for whom they act, [`open`] and [`note_read`] write down that they looked, [`open_to`] lets
//! somebody outside the own organisation in, [`close_source`] and [`close_consent`] shut them out again.
mod access;
mod api;
mod change;
mod charges;
pub(crate) mod destructions;
mod duplicates;
mod export;
mod import;
mod model;
mod rollover;
mod search;
mod sheet;
mod store;
mod subject;
#[cfg(test)]
pub(crate) mod tests;
mod view;
mod web;

pub use access::{
    GroundKind, How, Look, Whom, among, answered, close_consent, close_source, is_family, keep_source, list, may_name,
    may_see, may_send, note_export, note_read, open, open_to, sees_whole, speaks_for, to_name,
};
pub use change::{end_study, enter, insert, lead_class, name_guardian, place};
pub use import::Contingent;
pub use model::{
    Attachment, AttachmentKind, ClassName, Guardian, Learner, LearnerDraft, LearnerForm, Listed, Relation, Sex, age,
    comes_of_age,
};
pub use store::{
    Filter, classes,
    scope::{NewGround, Scope},
};

use crate::{
    people::PersonId,
    shell::{Slice, search::Lookup},
};
use kit::{access::Permission, routes::Routes};

/// Opens the section; whose records one sees there is said by [`Scope`].
pub const SEE: Permission = Permission("learners.see");
/// All children of an organisation.
pub const VIEW: Permission = Permission("learners.view");
pub const EDIT: Permission = Permission("learners.edit");
/// Destroying all that is kept of a child.
pub const DESTROY: Permission = Permission("learners.destroy");
/// The class that one leads.
pub const CLASS: Permission = Permission("learners.class");
/// The members of a Centre that the organisation keeps.
pub const MEMBERS: Permission = Permission("learners.members");
/// Those whom an organisation receives, with a consent, for the term.
pub const RECEIVED: Permission = Permission("learners.received");
/// Those one was given charge of.
pub const ASSIGNED: Permission = Permission("learners.assigned");
/// Oneself, and one's children until they are 18.
pub const OWN: Permission = Permission("learners.own");

/// The kind of record in audit.
pub const KIND: &str = "learner";

/// The list's address.
pub const LIST: &str = "/learners";

/// A record's address.
pub fn url(id: PersonId) -> String {
    format!("{LIST}/{id}")
}

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/learners", SEE, web::list)
        .post("/learners", EDIT, web::create)
        .get("/learners/new", EDIT, web::new)
        .get("/learners/export.xlsx", VIEW, export::xlsx)
        .get("/learners/duplicates", EDIT, web::duplicates)
        .post("/learners/duplicates/{id}/merging", EDIT, web::merge)
        .post("/learners/duplicates/{id}/difference", EDIT, web::tell_apart)
        .post("/learners/duplicates/{id}/separation", EDIT, web::separate)
        .get("/learners/rollover", EDIT, web::rollover)
        .post("/learners/rollover", EDIT, web::roll_over)
        .post("/learners/rollover/{id}/reversal", EDIT, web::roll_back)
        .get("/learners/class-leads", EDIT, charges::web::leads)
        .post("/learners/class-leads", EDIT, charges::web::appoint)
        .post("/learners/class-leads/{id}/ending", EDIT, charges::web::dismiss)
        .get("/learners/{id}/charges", EDIT, charges::web::charges)
        .post("/learners/{id}/charges", EDIT, charges::web::charge)
        .post("/learners/{id}/charges/ending", EDIT, charges::web::discharge)
        .get("/learners/{id}", SEE, web::show)
        .post("/learners/{id}", EDIT, web::update)
        .get("/learners/{id}/edit", EDIT, web::edit)
        .get("/learners/{id}/leaving", EDIT, web::leaving)
        .post("/learners/{id}/leaving", EDIT, web::leave)
        .get("/learners/{id}/guardians/new", EDIT, web::new_guardian)
        .post("/learners/{id}/guardians", EDIT, web::create_guardian)
        .post("/learners/{id}/guardians/removal", EDIT, web::remove_guardian)
        .post("/learners/{id}/entry", EDIT, web::let_in)
        .post("/learners/{id}/export", SEE, web::export)
        .get("/learners/destructions", DESTROY, destructions::show)
        .get("/learners/destructions/{id}/pdf", DESTROY, destructions::print)
        .get("/learners/{id}/destruction", DESTROY, web::destruction)
        .post("/learners/{id}/destruction", DESTROY, web::destroy)
        .get("/api/v1/learners", SEE, api::list)
        .post("/api/v1/learners", EDIT, api::create)
        .get("/api/v1/learners/{id}", SEE, api::show)
        .patch("/api/v1/learners/{id}", EDIT, api::update)
        .get("/api/v1/learners/{id}/reads", SEE, api::reads)
        .post("/api/v1/learners/{id}/export", SEE, api::export);
    let lookup = Lookup {
        title: "nav-learners",
        icon: "graduation-cap",
        needs: SEE,
        find: |visit, q, limit| Box::pin(search::hits(visit, q, limit)),
    };
    Slice::new("learners", routes).looked_up_by(lookup).described(api::document())
}
