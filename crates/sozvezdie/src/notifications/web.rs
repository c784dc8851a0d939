//! Pages of notifications.
use super::{Asked, LIST, ReadForm, list as page_of, mark, mark_all, model::NotificationId, view};
use crate::organisations;
use axum::response::{IntoResponse as _, Redirect, Response};
use kit::{
    Fault, Visit,
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

pub async fn read(visit: Visit, Path(id): Path<NotificationId>, sent: Sent<ReadForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("notifications.read {id}"));
    let done = mark(&visit, &once, id, &sent.data).await?;
    if sent.data.open == "true" {
        return Ok(Redirect::to(done.location.as_deref().unwrap_or(LIST)).into_response());
    }
    Ok(go(&done, if sent.data.read == "false" { "done-notification-new" } else { "done-notification-read" }))
}

pub async fn read_all(visit: Visit, sent: Sent<ReadForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, "notifications.read_all");
    Ok(go(&mark_all(&visit, &once, &sent.data).await?, "done-notifications-read"))
}
