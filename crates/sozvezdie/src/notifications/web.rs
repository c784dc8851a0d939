//! Pages of notifications.
use super::{
    Asked, LIST, ReadForm,
    letters::{self, ChoicesForm, STOP},
    list as page_of, mark, mark_all,
    model::NotificationId,
    view,
};
use crate::{app::App, organisations};
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Redirect, Response},
};
use kit::{
    Fault, Visit,
    http::{Path, Query, Sent, go},
    mail::Mail,
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

pub async fn settings(visit: Visit, State(app): State<App>) -> Result<Markup, Fault> {
    let sends = !matches!(app.options.mail, Mail::Off);
    Ok(view::letters::settings(&visit, &letters::choices(&visit).await?, sends))
}

pub async fn choose(visit: Visit, sent: Sent<ChoicesForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, "notifications.choose");
    Ok(go(&letters::choose(&visit, &once, &sent.data).await?, "done-notification-choices"))
}

pub async fn stopping(visit: Visit, State(app): State<App>, Path(secret): Path<String>) -> Result<Response, Fault> {
    let (_, _, wants) = letters::stopping(&app, &visit, &secret).await?;
    let mut page = view::letters::stop(&visit, &secret, wants).into_response();
    // The address is a secret: it goes to no other site and into no cache.
    page.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    page.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(page)
}

/// A press on the page, or a mail program by itself (RFC 8058): what it sends is not looked at.
pub async fn stop(visit: Visit, State(app): State<App>, Path(secret): Path<String>) -> Result<Redirect, Fault> {
    letters::stop(&app, &visit, &secret).await?;
    Ok(Redirect::to(&format!("{STOP}/{secret}")))
}
