//! Individual educational routes (ИОМ): one child's way through several organisations, each of which
//! sees its own steps alone, for their term, and only with the guardian's consent.
//!
//! A route is offered to the organisations of its steps; each answers for itself; then the guardian
//! agrees, and whoever leads approves. An approved version is kept as it was: a correction makes the
//! next one. Progress comes from the visits of the exchange that are tied to a step, and from what its
//! organisation says came of it.
mod access;
mod api;
mod compose;
mod content;
mod deeds;
mod enter;
mod family;
mod form;
mod load;
mod model;
mod paper;
mod progress;
mod store;
mod subject;
#[cfg(test)]
mod tests;
mod view;
mod waiting;
mod web;

pub use compose::{add, add_step};
pub use content::{Content, StepContent};
pub use deeds::{Deed, DeedForm, accept, carry_out, decline};
pub use enter::{Entered, EnteredStep, enter};
pub use family::{Told, next_day, told};
pub use form::{RouteDraft, RouteForm, StepDraft, StepForm};
pub use model::{RouteId, RouteState, Stage, StepId, StepKind, StepState, StudyForm, WordKind};
pub use progress::{OutcomeForm, WordForm, say, settle};
pub use store::{insert_template, insert_word, members};
pub use waiting::next_step;

use crate::shell::Slice;
use kit::{access::Permission, routes::Routes};

/// Opens the section; whose routes one sees there, say `learners::Scope` and the own steps.
pub const SEE: Permission = Permission("routes.see");
/// Opening one route. Not for those who see sums alone.
pub const OPEN: Permission = Permission("routes.open");
/// Leading routes: writing them, offering them, correcting them.
pub const EDIT: Permission = Permission("routes.edit");
/// Answering for the own organisation's steps.
pub const ACCEPT: Permission = Permission("routes.accept");
/// Seeing the own organisation's steps, and saying what came of them.
pub const PART: Permission = Permission("routes.part");
pub const APPROVE: Permission = Permission("routes.approve");
/// Agreeing for a child.
pub const AGREE: Permission = Permission("routes.agree");
/// The table of permitted loads.
pub const LIMITS: Permission = Permission("routes.limits");
/// The sums of the network, without names.
pub const FIGURES: Permission = Permission("routes.figures");

/// The kind of record in audit.
pub const KIND: &str = "individual_route";

/// The list's address.
pub const LIST: &str = "/routes";

/// A record's address.
pub fn url(id: RouteId) -> String {
    format!("{LIST}/{id}")
}

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/routes", SEE, web::list::list)
        .post("/routes", EDIT, web::write::create)
        .get("/routes/new", EDIT, web::write::new)
        .get("/routes/limits", SEE, web::list::limits)
        .post("/routes/limits", LIMITS, web::list::set_limits)
        .get("/routes/modules", SEE, web::list::modules)
        .get("/routes/{id}", OPEN, web::record::show)
        .post("/routes/{id}", EDIT, web::write::update)
        .get("/routes/{id}/edit", EDIT, web::write::edit)
        .get("/routes/{id}/offers", EDIT, web::write::offers)
        .post("/routes/{id}/template", EDIT, web::write::keep_template)
        .get("/routes/{id}/steps/new", EDIT, web::write::new_step)
        .post("/routes/{id}/steps", EDIT, web::write::create_step)
        .get("/routes/{id}/steps/{step}", EDIT, web::write::edit_step)
        .post("/routes/{id}/steps/{step}", EDIT, web::write::update_step)
        .post("/routes/{id}/steps/{step}/removal", EDIT, web::write::remove_step)
        .post("/routes/{id}/steps/{step}/choice", EDIT, web::write::choose)
        .post("/routes/{id}/steps/{step}/acceptance", ACCEPT, web::record::accept)
        .get("/routes/{id}/steps/{step}/declination", ACCEPT, web::record::declination)
        .post("/routes/{id}/steps/{step}/declination", ACCEPT, web::record::decline)
        .get("/routes/{id}/steps/{step}/outcome", PART, web::record::outcome)
        .post("/routes/{id}/steps/{step}/outcome", PART, web::record::settle)
        .get("/routes/{id}/steps/{step}/visits", PART, web::record::visits)
        .post("/routes/{id}/steps/{step}/visits", PART, web::record::tie)
        .get("/routes/{id}/deeds/{deed}", EDIT, web::record::deed)
        .post("/routes/{id}/deeds/{deed}", EDIT, web::record::carry_out)
        .get("/routes/{id}/consent/{deed}", AGREE, web::record::consent)
        .post("/routes/{id}/consent/{deed}", AGREE, web::record::answer_for_child)
        .post("/routes/{id}/approval", APPROVE, web::record::approve)
        .post("/routes/{id}/words", OPEN, web::record::say)
        .get("/routes/{id}/versions/{number}", OPEN, web::record::version)
        .get("/routes/{id}/paper/{format}", OPEN, web::record::paper)
        .get("/api/v1/routes", SEE, api::list)
        .get("/api/v1/routes/{id}", OPEN, api::show)
        .post("/api/v1/routes/{id}/steps/{step}/acceptance", ACCEPT, api::accept)
        .post("/api/v1/routes/{id}/steps/{step}/declination", ACCEPT, api::decline)
        .get("/api/v1/figures/routes", SEE, api::figures);
    Slice::new("routes", routes)
        .described(api::document())
        .keeping(subject::OF_LEARNER)
        .awaiting(|visit| Box::pin(waiting::todos(visit)))
}
