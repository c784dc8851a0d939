//! Pages of notifications.
use super::{Asked, ReadForm, list as page_of, mark, mark_all, model::NotificationId, store, view};
use crate::organisations;
use axum::response::{IntoResponse as _, Redirect, Response};
use kit::{
    Fault, Visit,
    db::Tx,
    http::{Path, Query, Sent, go},
};
use maud::Markup;

/// Lines of one page.
const PAGE: i64 = 30;

pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let lines = page_of(&visit, &asked, PAGE).await?;
    let names = organisations::short_names(&visit.net).await?;
    Ok(view::page(&visit, &asked, &lines, &names.into_iter().collect()))
}

/// The way to the record; on it the line is read.
pub async fn open(visit: Visit, Path(id): Path<NotificationId>) -> Result<Response, Fault> {
    let found = store::find(&visit.net, id, visit.actor()).await?.ok_or(Fault::NotFound)?;
    let read = visit
        .net
        .transact(async |tx: &mut Tx| store::mark(tx, visit.actor(), &found.bunch, Some(visit.now)).await)
        .await;
    if let Err(e) = read {
        // Reading goes on over a full disk; the line only stays new.
        tracing::warn!("a notification is not marked: {e:?}");
    }
    Ok(Redirect::to(&found.link).into_response())
}

pub async fn read(visit: Visit, Path(id): Path<NotificationId>, sent: Sent<ReadForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("notifications.read {id}"));
    let flash = if sent.data.read == "false" { "done-notification-new" } else { "done-notification-read" };
    Ok(go(&mark(&visit, &once, id, &sent.data).await?, flash))
}

pub async fn read_all(visit: Visit, sent: Sent<ReadForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, "notifications.read_all");
    Ok(go(&mark_all(&visit, &once, &sent.data).await?, "done-notifications-read"))
}
