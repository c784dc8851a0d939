//! Files into the registers: take one in, name its columns, look at what it would do row by row and
//! cell by cell, write all of it in one transaction, and take it back if it was wrong.
//!
//! Every step is kept in the database, so that one may go on tomorrow, or after a restart. What the
//! rows mean is known to the slices whose records they become: each hands over a [`Target`], and
//! this slice knows none of them.
mod api;
mod carry;
mod closeness;
mod desk;
mod errors;
mod model;
mod prepare;
mod reading;
mod store;
mod target;
#[cfg(test)]
mod tests;
mod upload;
mod view;
mod web;

pub use carry::{apply, purge, undo};
pub use closeness::{are_close, digits, words};
pub use desk::{Desk, Progress};
pub use model::{
    Batch, BatchId, BatchState, Candidate, Counts, Decision, Difference, Issue, Mended, Row, Status, Tally,
};
pub use prepare::{Upload, begin, cancel, compare, decide, mend, refresh, set_columns};
pub use store::counts;
pub use target::{
    Applied, Deed, Finding, Incoming, Order, Pending, Scope, Surroundings, Target, Undone, Verdict, plainly,
};

use crate::{app::App, shell::Slice};
use axum::{
    Extension,
    extract::DefaultBodyLimit,
    handler::{Handler, Layered},
};
use kit::{
    Fault, Visit,
    access::{Permission, Reach},
    job::{Doing, Handler as Worker},
    routes::Routes,
};

/// Opens the section; each kind of file asks for a permission of its own.
pub const VIEW: Permission = Permission("imports.view");

/// The kind of record in the audit.
pub const KIND: &str = "import";

/// The list's address.
pub const LIST: &str = "/imports";

/// Files and rows are kept so long, and may be undone so long.
pub const KEPT_DAYS: i64 = 30;

/// Forgets old files and rows, network by network.
const PURGE: Worker<App> = Worker::every("imports-purge", chrono::Duration::days(1), |_, work| {
    Box::pin(async move { purge(&work.net, work.now).await.map(drop) }) as Doing
});

/// A batch's address.
pub fn url(id: BatchId) -> String {
    format!("{LIST}/{id}")
}

/// Hands the desk to a handler.
fn at<T, H: Handler<T, App>>(desk: &Desk, handler: H) -> Layered<Extension<Desk>, H, T, App> {
    handler.layer(Extension(desk.clone()))
}

/// The slice, with the kinds of file that the other slices bring.
pub fn slice(desk: &Desk) -> Slice {
    let large = DefaultBodyLimit::max(upload::LIMIT);
    let routes = Routes::default()
        .get("/imports", VIEW, at(desk, web::list))
        .post("/imports", VIEW, at(desk, web::create).layer(large))
        .get("/imports/new", VIEW, at(desk, web::new))
        .get("/imports/{id}", VIEW, at(desk, web::show))
        .get("/imports/{id}/columns", VIEW, at(desk, web::columns))
        .post("/imports/{id}/columns", VIEW, at(desk, web::name_columns))
        .get("/imports/{id}/preview", VIEW, at(desk, web::preview))
        .post("/imports/{id}/decisions", VIEW, at(desk, web::decisions))
        .post("/imports/{id}/cells", VIEW, at(desk, web::cells))
        .post("/imports/{id}/cancellation", VIEW, at(desk, web::cancellation))
        .post("/imports/{id}/application", VIEW, at(desk, web::application))
        .post("/imports/{id}/reversal", VIEW, at(desk, web::reversal))
        .get("/imports/{id}/errors.xlsx", VIEW, at(desk, web::error_rows))
        .post("/api/v1/imports", VIEW, at(desk, api::create).layer(large))
        .get("/api/v1/imports/{id}", VIEW, at(desk, api::show))
        .post("/api/v1/imports/{id}/application", VIEW, at(desk, api::apply))
        .post("/api/v1/imports/{id}/reversal", VIEW, at(desk, api::undo));
    Slice::new("imports", routes).described(api::document()).working(PURGE)
}

/// Where the viewer may import what.
fn reaches(desk: &Desk, visit: &Visit) -> Vec<(&'static str, Reach)> {
    let all = desk.targets.iter().map(|target| (target.code(), visit.viewer.reach(target.permission())));
    all.filter(|(_, reach)| *reach != Reach::Nowhere).collect()
}

/// The batch, if this viewer may see it.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown id and one out of reach.
pub async fn open(desk: &Desk, visit: &Visit, id: BatchId) -> Result<Batch, Fault> {
    let batch = store::find(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    let target = desk.target(&batch.kind).ok_or(Fault::NotFound)?;
    let seen = visit.viewer.reach(target.permission()).covers(batch.organisation);
    seen.then_some(batch).ok_or(Fault::NotFound)
}

/// The first rows of a batch, for the tests of those whose kind it is.
///
/// # Panics
/// When the database does not answer.
#[cfg(test)]
pub async fn rows(net: &kit::db::Net, id: BatchId) -> Vec<Row> {
    store::rows(net, id, store::RowFilter::default(), -1, 1000).await.unwrap()
}
