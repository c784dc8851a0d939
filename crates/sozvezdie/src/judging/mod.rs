//! Judging of coded works: the jury of a stage, points by task, a third judge where two differ, decoding.
//!
//! A judge gets codes and nothing else. Whose work has which code is put together once, when all points
//! stand: then the totals go to the sheet of results, and nobody gives points any more.
mod api;
mod marks;
mod model;
mod rules;
mod store;
mod subject;
#[cfg(test)]
pub mod tests;
mod view;
mod web;

pub use marks::{decode_in, give};
pub use model::{Juror, Part};
pub use rules::{put_rules, seat};

use crate::{
    events::{self, Edition, EventKind, Level, Stage, StageId},
    people::PersonId,
    results::ParticipationId,
    shell::{Slice, Todo},
};
use kit::{Fault, Visit, access::Permission, routes::Routes};
use model::{Mark, Rules, Work};

/// Giving points to works of a stage in whose jury one sits.
pub const JUDGE: Permission = Permission("judging.judge");

/// The kind of record in the audit: the object is the stage.
pub const KIND: &str = "work_judging";

/// The address of the judging of a stage.
pub fn url(stage: StageId) -> String {
    format!("/judging/{stage}")
}

/// The address of the sheet of a judge.
pub fn works_url(stage: StageId) -> String {
    format!("/judging/{stage}/works")
}

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/judging/{stage}", events::ORGANISE, web::show)
        .post("/judging/{stage}/rules", events::ORGANISE, web::set_rules)
        .post("/judging/{stage}/jury", events::ORGANISE, web::jury)
        .post("/judging/{stage}/decoding", events::ORGANISE, web::decode)
        .get("/judging/{stage}/works", JUDGE, web::works)
        .post("/judging/{stage}/works", JUDGE, web::keep)
        .get("/api/v1/stages/{id}/judging", events::ORGANISE, api::progress)
        .get("/api/v1/stages/{id}/works", JUDGE, api::works)
        .post("/api/v1/stages/{id}/works", JUDGE, api::keep);
    Slice::new("judging", routes)
        .described(api::document())
        .keeping(subject::OF_LEARNER)
        .awaiting(|visit| Box::pin(todos(visit)))
}

/// The judging of a stage.
pub struct Judging {
    pub edition: Edition,
    pub stage: Stage,
    pub rules: Rules,
    pub jury: Vec<Juror>,
    /// Whether the viewer holds the stage.
    pub holds: bool,
}

impl Judging {
    pub fn is_over(&self) -> bool {
        self.rules.decoded_at.is_some()
    }

    fn judges(&self) -> impl Iterator<Item = &Juror> {
        self.jury.iter().filter(|j| j.judges())
    }

    fn is_judge(&self, person: PersonId) -> bool {
        self.judges().any(|j| j.person == person)
    }
}

/// The judging of a stage whose event the viewer may see. A conference judges talks, not works.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn open(visit: &Visit, id: StageId) -> Result<Judging, Fault> {
    let stage = events::stage(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    let edition = events::open(visit, stage.edition_id).await?;
    if edition.kind == EventKind::Conference {
        return Err(Fault::NotFound);
    }
    Ok(Judging {
        rules: store::rules(&visit.net, id).await?.unwrap_or_default(),
        jury: store::jury(&visit.net, id).await?,
        holds: events::organises(visit, &edition, &stage),
        edition,
        stage,
    })
}

/// The judging of a stage for whoever holds it.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`].
pub async fn open_to_hold(visit: &Visit, id: StageId) -> Result<Judging, Fault> {
    let found = open(visit, id).await?;
    if found.holds { Ok(found) } else { Err(Fault::Forbidden(events::ORGANISE)) }
}

/// The jury of a stage, the chair first: for its protocols.
///
/// # Errors
/// The database's.
pub async fn jury_of(visit: &Visit, stage: StageId) -> Result<Vec<Juror>, Fault> {
    store::jury(&visit.net, stage).await
}

/// What the judges gave a work by task, once it is decoded: title, the mean in hundredths, the most.
///
/// # Errors
/// The database's.
pub async fn shown(visit: &Visit, stage: StageId, work: ParticipationId) -> Result<Vec<(String, i64, i64)>, Fault> {
    let Some(rules) = store::rules(&visit.net, stage).await?.filter(|r| r.decoded_at.is_some()) else {
        return Ok(Vec::new());
    };
    let marks = store::marks(&visit.net, stage).await?;
    let mean = |task: i64| {
        let points: Vec<i64> = marks.iter().filter(|m| m.work == work && m.task == task).map(|m| m.points).collect();
        let count = i64::try_from(points.len()).ok().filter(|n| *n > 0)?;
        Some((points.iter().sum::<i64>() * 100 + count / 2) / count)
    };
    let tasks = (0_i64..).zip(&rules.tasks.0);
    Ok(tasks.filter_map(|(number, task)| mean(number).map(|mean| (task.title.clone(), mean, task.most))).collect())
}

/// Whether schools compete with each other at a stage: then nobody judges the own school's works.
fn is_between_schools(edition: &Edition, stage: &Stage) -> bool {
    stage.level.unwrap_or(edition.level) != Level::School
}

/// Works that wait for the points of this viewer.
async fn todos(visit: &Visit) -> Result<Vec<Todo>, Fault> {
    if !visit.viewer.may(JUDGE) {
        return Ok(Vec::new());
    }
    let t = visit.lang;
    let me = PersonId(visit.actor());
    let mut all = Vec::new();
    for stage in store::judged(&visit.net, me).await? {
        let sheet = match marks::open_sheet(visit, stage, "").await {
            Ok(sheet) => sheet,
            Err(Fault::NotFound) => continue,
            Err(fault) => return Err(fault),
        };
        let left = sheet.left();
        if left > 0 {
            all.push(Todo {
                icon: "scale",
                href: works_url(stage),
                title: format!("{}. {}", sheet.judging.edition.title, sheet.judging.stage.title),
                why: t.say_with("judging-todo", &[("count", left.into())]).into_owned(),
                act: t.say("judging-todo-act").into_owned(),
            });
        }
    }
    Ok(all)
}
