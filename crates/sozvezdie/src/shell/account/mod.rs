//! Sign-in, sign-out and a person's own account. Own accounts only; a foreign sign-in service
//! would hand children's school life to a third party (273-ФЗ, 152-ФЗ).
//!
//! Whatever changes how an account opens (password, second factor) ends every session of it and
//! gives this browser a new one.
mod factor;
mod page;
mod sessions;
mod sign_in;

pub use factor::{renew_codes, second_factor, turn_off_second_factor, turn_on_second_factor};
pub use page::{change_password, password_form, show};
pub use sessions::{EndForm, end as end_sessions, list as session_list};
pub use sign_in::{me, sign_in, sign_in_form, sign_out, token};

pub(super) use sign_in::{__path_me, __path_token};

use super::limits::{Address, Try};
use crate::app::App;
use axum::{
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    once::Done,
    password,
    session::{self, Kind, Login},
    text::Message,
    visit::COOKIE,
};

/// Where whoever has a duty may still go: to do it, to leave, to read in another way.
const OPEN: &[&str] = &["/account", "/sign-in", "/sign-out", "/language", "/look"];

/// First the duty, then everything else.
pub async fn duty_first(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_open =
        OPEN.iter().any(|open| path.strip_prefix(open).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    match Visit::of(&request).and_then(|visit| visit.duty) {
        Some(duty) if !is_open => Fault::Duty(duty).into_response(),
        _ => next.run(request).await,
    }
}

/// Hashes beside the runtime's threads. `None` for an unknown account takes as long.
async fn is_right(typed: &str, stored: Option<String>) -> Result<bool, Fault> {
    let typed: String = typed.chars().take(password::LONGEST + 1).collect();
    let verified = tokio::task::spawn_blocking(move || password::verify(&typed, stored.as_deref()));
    Ok(verified.await.map_err(anyhow::Error::from)?)
}

async fn own(visit: &Visit) -> Result<Login, Fault> {
    session::find_login(&visit.directory, &visit.viewer.email).await?.ok_or(Fault::SignIn)
}

/// The account of whoever looks, after the password was said again: something weighty follows.
async fn confirmed(visit: &Visit, app: &App, from: &Address, password: &str) -> Result<Login, Fault> {
    let login = own(visit).await?;
    let this = Try::new(&login.email, from, visit.now);
    let _permit = app.limits.admit(&this).await?;
    if is_right(password, Some(login.password.clone())).await? {
        return Ok(login);
    }
    app.limits.failed(&this);
    Err(Fault::field("password", Message::new("account-password-wrong")))
}

fn set_session(response: &mut Response, secret: &str, seconds: i64) {
    let cookie = format!("{COOKIE}={secret}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={seconds}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// A new session for this browser, put into what it is answered.
async fn reopened(visit: &Visit, from: &Address, login: &Login, mut response: Response) -> Result<Response, Fault> {
    let secret = session::open(&visit.directory, login, Kind::Web, &from.whence(), visit.now).await?;
    set_session(&mut response, &secret, session::LONGEST.num_seconds());
    Ok(response)
}

/// On with a word: to the account, or to the first page when a duty is done.
fn onward(visit: &Visit, flash: &'static str) -> Response {
    let to = if visit.duty.is_some() { "/" } else { "/account" };
    kit::http::go(&Done::changed(to.into(), serde_json::Value::Null), flash)
}
