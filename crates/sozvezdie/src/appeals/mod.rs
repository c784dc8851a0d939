//! Preliminary results, the showing of works, appeals, the last protocol and the order on results.
//!
//! A stage's results are made known to the families and schools of those who have one; within the term each
//! may appeal for the own child. A decision changes points, places follow, and what a result was before stays
//! as a version. The last protocol confirms, the department's order approves.
mod api;
mod deeds;
mod ending;
mod model;
mod papers;
mod store;
mod subject;
#[cfg(test)]
mod tests;
mod view;
mod web;

pub use deeds::{decide_found, publish_in, send_in};
pub use model::{AppealForm, AppealId, Decision, Showing, ShowingForm};

use crate::{
    events::{self, Edition, EventKind, Sight, Stage, StageId},
    learners, results,
    shell::{Slice, Todo},
};
use kit::{
    Fault, Visit,
    access::{Permission, Reach},
    routes::Routes,
};
use model::{Appeal, Shown};

/// Appealing: for the own child, or for a child of the own school.
pub const SEND: Permission = Permission("appeals.send");

/// Being told of results of the own school's children.
pub const SCHOOL: Permission = Permission("appeals.school");

/// The kind of record in the audit.
pub const KIND: &str = "appeal";

/// The address of the showing of a stage.
pub fn url(stage: StageId) -> String {
    format!("/appeals/{stage}")
}

/// The address of an appeal.
pub fn appeal_url(id: AppealId) -> String {
    format!("/appeals/cases/{id}")
}

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/appeals/{stage}", events::ENTRIES, web::show)
        .post("/appeals/{stage}/showing", events::ORGANISE, web::publish)
        .post("/appeals/{stage}/final", events::ORGANISE, web::conclude)
        .post("/appeals/{stage}/order", events::ORGANISE, web::approve)
        .get("/appeals/{stage}/{file}", events::ORGANISE, web::paper)
        .get("/appeals/results/{id}", SEND, web::new)
        .post("/appeals/results/{id}", SEND, web::send)
        .get("/appeals/cases/{id}", events::ENTRIES, web::case)
        .post("/appeals/cases/{id}/decision", events::ORGANISE, web::decide)
        .post("/appeals/cases/{id}/withdrawal", SEND, web::withdraw)
        .get("/api/v1/stages/{id}/appeals", events::ENTRIES, api::list)
        .post("/api/v1/participations/{id}/appeals", SEND, api::send)
        .post("/api/v1/appeals/{id}/decision", events::ORGANISE, api::decide);
    Slice::new("appeals", routes)
        .described(api::document())
        .keeping(subject::OF_LEARNER)
        .awaiting(|visit| Box::pin(todos(visit)))
}

/// A stage with its showing, and what of it the viewer sees.
pub struct Opened {
    pub edition: Edition,
    pub stage: Stage,
    pub showing: Option<Showing>,
    pub rows: Vec<Shown>,
    /// All appeals, for whoever holds the stage.
    pub appeals: Vec<Appeal>,
    pub holds: bool,
}

impl Opened {
    /// Whether the last protocol is signed.
    fn is_closed(&self) -> bool {
        self.showing.as_ref().is_some_and(|s| s.closed_at.is_some())
    }

    /// Whether the order is awaited: the last protocol confirmed something that no order approved yet.
    fn takes_order(&self) -> bool {
        self.is_closed() && self.rows.iter().any(|r| r.result == results::ResultState::Confirmed)
    }
}

/// A stage with the results that the viewer may see; the look is noted. Before they are made known only
/// whoever holds the stage sees any.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Unavailable`] when the look cannot be noted.
pub async fn open(visit: &Visit, id: StageId) -> Result<Opened, Fault> {
    let (edition, stage, sight) = events::open_stage(visit, id).await?;
    if edition.kind == EventKind::Conference {
        return Err(Fault::NotFound);
    }
    let showing = store::showing(&visit.net, id).await?;
    let (holds, rows, appeals) = match &sight {
        Sight::All => (true, store::shown(&visit.net, id, None).await?, store::of_stage(&visit.net, id).await?),
        Sight::Within(scope) if showing.is_some() => {
            (false, store::shown(&visit.net, id, Some(scope)).await?, Vec::new())
        }
        Sight::Within(_) => (false, Vec::new(), Vec::new()),
    };
    let seen: Vec<_> = rows.iter().map(|r| r.learner).collect();
    learners::note_read(visit, learners::How::Elsewhere, &seen).await?;
    Ok(Opened { edition, stage, showing, rows, appeals, holds })
}

/// A stage for whoever holds it.
async fn open_to_hold(visit: &Visit, id: StageId) -> Result<Opened, Fault> {
    let found = open(visit, id).await?;
    if found.holds { Ok(found) } else { Err(Fault::Forbidden(events::ORGANISE)) }
}

/// An appeal with its stage.
pub struct Case {
    pub edition: Edition,
    pub stage: Stage,
    pub appeal: Appeal,
    pub holds: bool,
    /// Whether the viewer may take it back: the family any, the school what it sent itself.
    pub takes_back: bool,
}

/// An appeal, if the viewer holds its stage or sees the child; the look is noted.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown one and one out of reach; [`Fault::Unavailable`].
pub async fn open_case(visit: &Visit, id: AppealId) -> Result<Case, Fault> {
    let (stage, appeal) = store::find(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    let (edition, stage, sight) = events::open_stage(visit, stage).await.map_err(|_| Fault::NotFound)?;
    let holds = matches!(sight, Sight::All);
    let speaks = learners::speaks_for(visit, appeal.learner, SEND).await?;
    if !holds && !speaks {
        return Err(Fault::NotFound);
    }
    learners::note_read(visit, learners::How::Elsewhere, &[appeal.learner]).await?;
    let takes_back = speaks && (appeal.source == model::Sender::School || is_family(visit, appeal.learner).await?);
    Ok(Case { edition, stage, appeal, holds, takes_back })
}

/// Whether the viewer is the child or a guardian: the own child's appeal is decided by others.
async fn is_family(visit: &Visit, child: crate::people::PersonId) -> Result<bool, Fault> {
    learners::is_family(visit, child).await
}

/// Appeals that wait for the decision of this viewer.
async fn todos(visit: &Visit) -> Result<Vec<Todo>, Fault> {
    let reach = visit.viewer.reach(events::ORGANISE);
    if reach == Reach::Nowhere {
        return Ok(Vec::new());
    }
    let t = visit.lang;
    let all = store::waiting(&visit.net, &reach).await?;
    Ok(all
        .into_iter()
        .map(|(stage, edition, title, count)| Todo {
            icon: "scale",
            href: url(stage),
            title: format!("{edition}. {title}"),
            why: t.say_with("appeal-todo", &[("count", count.into())]).into_owned(),
            act: t.say("home-look").into_owned(),
        })
        .collect())
}
