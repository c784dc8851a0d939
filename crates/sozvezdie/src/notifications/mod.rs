//! Notifications: a word to everybody who has to know of a deed, written in the deed's own
//! transaction. What several people were asked for is done for all when one of them does it.
mod api;
mod letters;
mod model;
mod store;
#[cfg(test)]
mod tests;
mod view;
mod web;

pub use model::{Kind, News, To};

use crate::{
    roles::{self, Role},
    shell::Slice,
};
use chrono::{DateTime, Utc};
use kit::{
    Fault, Visit,
    access::Width,
    cursor::{Cursor, Slice as Lines},
    db::Tx,
    once::{Done, Once},
    routes::{Need, Routes},
};
use model::{Bunch, NotificationId};
use serde::Deserialize;
use store::Again;
use uuid::Uuid;

/// The list's address.
pub const LIST: &str = "/notifications";
/// Where each chooses what to read where.
pub const SETTINGS: &str = "/notifications/settings";

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/notifications", Need::SignedIn, web::list)
        .post("/notifications/reading", Need::SignedIn, web::read_all)
        .post("/notifications/{id}/reading", Need::SignedIn, web::read)
        .get("/notifications/settings", Need::SignedIn, web::settings)
        .post("/notifications/settings", Need::SignedIn, web::choose)
        .get("/letters/{secret}", Need::Nothing, web::stopping)
        .post("/letters/{secret}", Need::Nothing, web::stop)
        .get("/api/v1/notifications", Need::SignedIn, api::list)
        .post("/api/v1/notifications/reading", Need::SignedIn, api::read_all)
        .post("/api/v1/notifications/{id}/reading", Need::SignedIn, api::read)
        .get("/api/v1/notifications/settings", Need::SignedIn, api::settings)
        .post("/api/v1/notifications/settings", Need::SignedIn, api::choose);
    Slice::new("notifications", routes).described(api::document()).working(letters::JOB)
}

/// Tells people of a deed, in its transaction.
///
/// # Errors
/// The database's; the deed must then not happen either.
pub async fn tell(tx: &mut Tx, visit: &Visit, to: &To, news: &[News]) -> Result<(), Fault> {
    put(tx, visit, to, news, Again::Renew).await
}

/// Reminds people of what waits or comes due. Each is reminded of one thing once: what was read is
/// not new again, however often the program looks.
///
/// # Errors
/// The database's.
pub async fn remind(tx: &mut Tx, visit: &Visit, to: &To, news: &[News]) -> Result<(), Fault> {
    put(tx, visit, to, news, Again::Leave).await
}

async fn put(tx: &mut Tx, visit: &Visit, to: &To, news: &[News], again: Again) -> Result<(), Fault> {
    let mut people = match to {
        To::Person(person) => vec![*person],
        To::Holders(permission, organisations) => {
            // Who holds it in the whole network is not the one who owes an answer.
            let holds = |r: &&Role| roles::policy(r.code(), *permission) == Some(Width::Organisation);
            let roles: Vec<_> = Role::ALL.iter().filter(holds).map(|r| r.code()).collect();
            store::holders(tx, &roles, organisations, visit.today).await?
        }
    };
    people.retain(|person| visit.viewer.person != Some(*person));
    store::put(tx, visit, &people, news, again).await
}

/// What was asked for about this record is done, by whomever.
///
/// # Errors
/// The database's.
pub async fn settle(tx: &mut Tx, visit: &Visit, record: Uuid) -> Result<(), Fault> {
    store::settle(tx, record, visit.now).await
}

/// What a bunch asked for is done, but for these records.
///
/// # Errors
/// The database's.
pub async fn settle_but(tx: &mut Tx, visit: &Visit, bunch: &str, open: &[Uuid]) -> Result<(), Fault> {
    store::settle_but(tx, bunch, open, visit.now).await
}

/// The number at the bell.
///
/// # Errors
/// The database's.
pub async fn count_new(visit: &Visit) -> Result<i64, Fault> {
    match visit.viewer.person {
        Some(person) => store::count_new(&visit.net, person).await,
        None => Ok(0),
    }
}

/// The kinds that this viewer can be told of.
fn kinds(visit: &Visit) -> impl Iterator<Item = Kind> {
    Kind::ALL.iter().copied().filter(|kind| kind.of().is_none_or(|permission| visit.viewer.may(permission)))
}

/// The list's address as data.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub kind: String,
    /// `new`, or all.
    pub state: String,
    pub cursor: String,
    pub page_size: Option<i64>,
}

/// A page of the viewer's own lines.
///
/// # Errors
/// [`Fault::Invalid`] for a cursor that is none.
async fn list(visit: &Visit, asked: &Asked, size: i64) -> Result<Lines<Bunch>, Fault> {
    let cursor = if asked.cursor.is_empty() { None } else { Some(Cursor::decode(&asked.cursor)?) };
    let which = (asked.kind.parse().ok(), asked.state == "new");
    store::list(&visit.net, visit.actor(), which, cursor.as_ref(), size).await
}

/// What is sent with a mark.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReadForm {
    /// `false` makes it new again.
    pub read: String,
    /// `true` goes on to the record.
    pub open: String,
    /// Reads all up to this moment in microseconds: what came since nobody has seen.
    pub until: String,
}

/// Reads one line, or makes it new again.
///
/// # Errors
/// [`Fault::NotFound`], also for another's.
async fn mark(visit: &Visit, once: &Once, id: NotificationId, form: &ReadForm) -> Result<Done, Fault> {
    let found = store::find(&visit.net, id, visit.actor()).await?.ok_or(Fault::NotFound)?;
    let at = (form.read != "false").then_some(visit.now);
    once.run(&visit.net, async |tx: &mut Tx| {
        store::mark(tx, visit.actor(), &found.bunch, at).await?;
        let next = if form.open == "true" { found.link.clone() } else { LIST.into() };
        Ok(Done::changed(next, serde_json::json!({ "id": id, "read": at.is_some() })))
    })
    .await
}

/// Reads everything that the page showed.
///
/// # Errors
/// The database's.
async fn mark_all(visit: &Visit, once: &Once, form: &ReadForm) -> Result<Done, Fault> {
    let shown = form.until.parse().ok().and_then(DateTime::<Utc>::from_timestamp_micros);
    let until = shown.map_or(visit.now, |at| at.min(visit.now));
    once.run(&visit.net, async |tx: &mut Tx| {
        let count = store::mark_all(tx, visit.actor(), until, visit.now).await?;
        Ok(Done::changed(LIST.into(), serde_json::json!({ "read": count })))
    })
    .await
}
