//! «Кому подходит этот конкурс»: which of the children whom the viewer may enter are near to an event, and
//! why, in words. No number stands behind it (ADR 18): children are told under the plainest reason, and
//! within it by class and name. People decide.
mod api;
mod model;
mod store;
mod view;
mod web;

pub use model::{Fit, Reason, Why};

use crate::{
    events::{self, Edition, EditionId, Stage, StageState},
    learners::{self, How, Scope},
    people::PersonId,
    shell::Slice,
};
use kit::{Fault, Visit, db::Tx, routes::Routes};
use uuid::Uuid;

/// Children of one page.
const MOST: usize = 300;

pub fn slice() -> Slice {
    let routes = Routes::default().get("/events/{id}/candidates", events::SUIT, web::show).get(
        "/api/v1/editions/{id}/candidates",
        events::SUIT,
        api::list,
    );
    Slice::new("candidates", routes).described(api::document())
}

/// An event with the children whom it suits.
pub struct Candidates {
    pub edition: Edition,
    /// The stage that applications go to, or would.
    pub stage: Stage,
    /// Whether applications are taken there today.
    pub is_open: bool,
    /// In the order in which they are told.
    pub fits: Vec<Fit>,
    /// There are more than one page tells.
    pub is_cut: bool,
}

/// Whom an edition suits, of the children whom the viewer sees; the look at each is noted.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Unavailable`] when the look cannot be noted.
pub async fn of_edition(visit: &Visit, id: EditionId) -> Result<Candidates, Fault> {
    let edition = events::open(visit, id).await?;
    let stages = events::stages(&visit.net, id).await?;
    let open = stages.iter().find(|s| events::takes_entries(&edition, s, visit.today));
    let is_open = open.is_some();
    // When none takes them: the next to come, or the last one that was.
    let to_come = || stages.iter().find(|s| s.state == StageState::Planned);
    let stage = open.or_else(to_come).or_else(|| stages.last()).cloned().ok_or(Fault::NotFound)?;
    // Those whom the viewer could enter.
    let scope = Scope::of(visit).await?.naming();
    let asked = store::Asked { edition: &edition, stage: &stage, scope: &scope, today: visit.today };
    let known = model::Known {
        past: store::past(&visit.net, &asked).await?,
        interests: store::interests(&visit.net, &asked).await?,
        members: store::members(&visit.net, &asked).await?,
    };
    let mut reasons = model::reasons(&edition, stage.level.unwrap_or(edition.level), known);
    let is_cut = reasons.len() > MOST;
    reasons.truncate(MOST);
    let ids: Vec<Uuid> = reasons.iter().map(|(child, _)| child.0).collect();
    let children = events::candidates(&visit.net, &scope, None, Some(&ids)).await?;
    let seen: Vec<PersonId> = children.iter().map(|c| c.id).collect();
    learners::note_read(visit, How::Elsewhere, &seen).await?;
    let barred = visit
        .net
        .transact(async |tx: &mut Tx| events::bars(tx, visit, (&edition, &stage), &children, None).await)
        .await?;
    let fits = model::in_order(children, barred, &reasons);
    Ok(Candidates { edition, stage, is_open, fits, is_cut })
}
