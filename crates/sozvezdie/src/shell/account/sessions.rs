//! Where an account is open, and ending it there.
use super::{super::limits::Address, confirmed, onward, page};
use crate::app::App;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    http::Sent,
    session::{self, Opened},
    text::Message,
};
use maud::{Markup, html};
use serde::Deserialize;

/// All sessions but the one that asks.
pub const OTHERS: &str = "others";

/// Where the own sessions are ended, and the field with the password that it takes.
const OWN: &str = "/account/sessions/removal";
const PASSWORD: &str = "session_password";
/// The form with the password, which the buttons of the lines send too.
const FORM: &str = "end-sessions";

pub(super) async fn of_own(visit: &Visit) -> Result<Vec<Opened>, Fault> {
    let person = visit.viewer.person.ok_or(Fault::SignIn)?;
    session::opened(&visit.directory, visit.net.id().0, person, visit.now).await
}

/// What a session is called: the browser, or that it is a program's.
fn title(visit: &Visit, s: &Opened) -> String {
    let t = visit.lang;
    let known = s.device.clone().unwrap_or_else(|| t.say("account-session-browser").into_owned());
    if s.is_token() { t.say("account-session-token").into_owned() } else { known }
}

/// The sessions as lines; `action` is where a press on «Завершить» goes.
pub fn list(visit: &Visit, opened: &[Opened], action: &str) -> Markup {
    let t = visit.lang;
    lines(visit, opened, |s| {
        html! { form action=(action) method="post" {
            input type="hidden" name="session" value=(s.name());
            button.btn { (piece::icon("x")) (t.say("account-session-end")) span.vh { ": " (title(visit, s)) } }
        } }
    })
}

/// The sessions, each but the own with what ends it.
fn lines(visit: &Visit, opened: &[Opened], end: impl Fn(&Opened) -> Markup) -> Markup {
    let t = visit.lang;
    let here = visit.secret().map(session::name);
    let year = chrono::Datelike::year(&visit.today);
    let moment = |at| t.moment(at, year);
    html! {
        @if opened.is_empty() { div.body { p.muted { (t.say("account-sessions-none")) } } }
        ul.list { @for s in opened { li.flex {
            @let is_here = here.as_deref() == Some(s.name().as_str());
            div {
                b.strong { (title(visit, s)) }
                @if is_here { " " (piece::tag(Tone::Ok, t.say("account-session-here"))) }
                p.muted.sm {
                    @if let Some(place) = &s.place { (place) " · " }
                    (t.say_with("account-session-made", &[("when", moment(s.made_at).into())])) " · "
                    (t.say_with("account-session-seen", &[("when", moment(s.seen_at).into())]))
                }
            }
            @if !is_here { div.end { (end(s)) } }
        } } }
    }
}

/// The own sessions, in one form with the password: whoever sits down at a machine left open must not
/// be able to throw its owner out everywhere else (ASVS 5.0, 7.5.2).
pub(super) fn own_list(visit: &Visit, opened: &[Opened], fields: &Fields<'_>) -> Markup {
    let t = visit.lang;
    if opened.len() < 2 {
        return list(visit, opened, OWN);
    }
    let line = Line {
        kind: "password",
        required: true,
        autocomplete: "current-password",
        hint: &t.say("account-session-why-password"),
    };
    html! {
        (lines(visit, opened, |s| {
            html! { button.btn form=(FORM) name="session" value=(s.name()) { (piece::icon("x")) (t.say("account-session-end")) span.vh { ": " (title(visit, s)) } } }
        }))
        form.form.body id=(FORM) action=(OWN) method="post" hx-boost="false" {
            (fields.line(PASSWORD, &t.say("account-password-now"), "", line))
            div.actions { button.btn name="session" value=(OTHERS) { (t.say("account-sessions-end-others")) } }
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct EndForm {
    /// What the page called the session, or `others`.
    pub session: String,
}

/// What is sent to end one's own sessions.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct OwnForm {
    session: String,
    session_password: String,
}

/// Ends one of the own sessions, or all but this one, after the password was said again.
pub async fn end(
    visit: Visit,
    State(app): State<App>,
    from: Address,
    Sent { data: form, .. }: Sent<OwnForm>,
) -> Result<Response, Fault> {
    let person = visit.viewer.person.ok_or(Fault::SignIn)?;
    let here = visit.secret().map(session::name).unwrap_or_default();
    let is_meant = |name: &str| if form.session == OTHERS { name != here } else { name == form.session };
    if form.session != OTHERS && !of_own(&visit).await?.iter().any(|s| is_meant(&s.name())) {
        return Err(Fault::NotFound);
    }
    match confirmed(&visit, &app, &from, &form.session_password).await {
        Ok(_) => {}
        Err(Fault::Invalid(_)) => {
            let mut problems = Problems::default();
            problems.add(PASSWORD, Message::new("account-password-wrong"));
            let page = page::account(&visit, &problems).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
        Err(fault) => return Err(fault),
    }
    visit
        .net
        .transact(async |tx: &mut Tx| Entry::new("end_sessions", "person", person).write(tx, &visit).await)
        .await?;
    session::close_named(&visit.directory, visit.net.id().0, person, is_meant).await?;
    Ok(onward(&visit, "done-sessions"))
}
