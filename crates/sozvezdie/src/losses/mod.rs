//! «Кого мы теряем»: children who won prizes in the last years and of whom this year nothing is heard, or who
//! left their teacher behind with their school. Each with the reason, for people to decide; nothing is
//! added up (ADR 18). Whose children each sees is said by `learners::Scope`.
mod api;
mod model;
mod store;
mod view;
mod web;

pub use model::{Loss, Missing};

use crate::{
    learners::{self, How, Scope},
    people::PersonId,
    shell::{AcademicYear, Slice},
};
use kit::{Fault, Visit, access::Permission, routes::Routes};

/// Those for whom one answers.
pub const SEE: Permission = Permission("losses.see");

/// The page's address.
pub const LIST: &str = "/centre/losses";

pub fn slice() -> Slice {
    let routes = Routes::default().get("/centre/losses", SEE, web::show).get("/api/v1/losses", SEE, api::list_losses);
    Slice::new("losses", routes).described(api::document())
}

/// Children of the viewer's scope who are being lost, by school, class and name.
async fn found(visit: &Visit) -> Result<Vec<Loss>, Fault> {
    // One's own family is no business of the office.
    let scope = Scope::of(visit).await?.answering();
    let year = AcademicYear::of(visit.today);
    let winners = store::winners(&visit.net, &scope, year, visit.today).await?;
    let left = store::left_teachers(&visit.net, &scope, year, visit.today).await?;
    let prizes = store::prizes(&visit.net, &scope, year).await?;
    Ok(model::losses(winners, &left, &prizes))
}

/// Whom we lose; the look at each is noted.
///
/// # Errors
/// The database's; [`Fault::Unavailable`] when the look cannot be noted.
pub async fn list(visit: &Visit) -> Result<Vec<Loss>, Fault> {
    let found = found(visit).await?;
    let seen: Vec<PersonId> = found.iter().map(|l| l.learner).collect();
    learners::note_read(visit, How::Elsewhere, &seen).await?;
    Ok(found)
}

/// How many: names nobody and notes nothing.
///
/// # Errors
/// The database's.
pub async fn count(visit: &Visit) -> Result<i64, Fault> {
    if !visit.viewer.may(SEE) {
        return Ok(0);
    }
    Ok(i64::try_from(found(visit).await?.len()).unwrap_or(i64::MAX))
}
