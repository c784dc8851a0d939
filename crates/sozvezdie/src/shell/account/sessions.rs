//! Where an account is open, and ending it there.
use super::onward;
use axum::response::Response;
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    html::{self as piece, Tone},
    http::Sent,
    session::{self, Opened},
};
use maud::{Markup, html};
use serde::Deserialize;

/// All sessions but the one that asks.
pub const OTHERS: &str = "others";

pub(super) async fn of_own(visit: &Visit) -> Result<Vec<Opened>, Fault> {
    let person = visit.viewer.person.ok_or(Fault::SignIn)?;
    session::opened(&visit.directory, visit.net.id().0, person, visit.now).await
}

/// The sessions as lines; `action` is where a press on «Завершить» goes.
pub fn list(visit: &Visit, opened: &[Opened], action: &str) -> Markup {
    let t = visit.lang;
    let here = visit.secret().map(session::name);
    let year = chrono::Datelike::year(&visit.today);
    let moment = |at| t.moment(at, year);
    html! {
        @if opened.is_empty() { div.body { p.muted { (t.say("account-sessions-none")) } } }
        ul.list { @for s in opened { li.flex {
            @let name = s.name();
            div {
                b.strong { @if s.is_token() { (t.say("account-session-token")) } @else { (s.device.as_deref().unwrap_or(&t.say("account-session-browser"))) } }
                @if here.as_deref() == Some(name.as_str()) { " " (piece::tag(Tone::Ok, t.say("account-session-here"))) }
                p.muted.sm {
                    @if let Some(place) = &s.place { (place) " · " }
                    (t.say_with("account-session-made", &[("when", moment(s.made_at).into())])) " · "
                    (t.say_with("account-session-seen", &[("when", moment(s.seen_at).into())]))
                }
            }
            @if here.as_deref() != Some(name.as_str()) { div.end {
                form action=(action) method="post" {
                    input type="hidden" name="session" value=(name);
                    button.btn { (piece::icon("x")) (t.say("account-session-end")) }
                }
            } }
        } } }
    }
}

pub(super) fn own_list(visit: &Visit, opened: &[Opened]) -> Markup {
    let t = visit.lang;
    html! {
        (list(visit, opened, "/account/sessions/removal"))
        @if opened.len() > 1 { div.body {
            form action="/account/sessions/removal" method="post" {
                input type="hidden" name="session" value=(OTHERS);
                button.btn { (t.say("account-sessions-end-others")) }
            }
        } }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct EndForm {
    /// What the page called the session, or `others`.
    pub session: String,
}

/// Ends one of the own sessions, or all but this one.
pub async fn end(visit: Visit, Sent { data: form, .. }: Sent<EndForm>) -> Result<Response, Fault> {
    let person = visit.viewer.person.ok_or(Fault::SignIn)?;
    let here = visit.secret().map(session::name).unwrap_or_default();
    let is_meant = |name: &str| if form.session == OTHERS { name != here } else { name == form.session };
    if form.session != OTHERS && !of_own(&visit).await?.iter().any(|s| is_meant(&s.name())) {
        return Err(Fault::NotFound);
    }
    visit
        .net
        .transact(async |tx: &mut Tx| Entry::new("end_sessions", "person", person).write(tx, &visit).await)
        .await?;
    session::close_named(&visit.directory, visit.net.id().0, person, is_meant).await?;
    Ok(onward(&visit, "done-sessions"))
}
