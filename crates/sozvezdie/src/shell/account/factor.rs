//! The second factor: one-time codes of an application, and recovery codes for the day when the
//! telephone is lost.
use super::{
    super::{Page, limits::Address},
    confirmed, onward, own, page, reopened,
};
use crate::app::App;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    http::Sent,
    second_factor as codes,
    session::{self, Login},
    text::Message,
    visit::Duty,
};
use maud::{Markup, PreEscaped, html};
use serde::Deserialize;

/// Takes a one-time code or a recovery code, once.
pub(super) async fn take_code(visit: &Visit, app: &App, login: &Login, code: &str) -> Result<(), Fault> {
    app.limits.check_code(login.id, visit.now)?;
    let is_taken = if codes::is_recovery(code) {
        session::use_recovery(&visit.directory, login.id, code).await?
    } else {
        let secret = login.totp.as_deref().unwrap_or_default();
        match codes::step(secret, code, visit.now)? {
            Some(step) => session::use_step(&visit.directory, login.id, step).await?,
            None => false,
        }
    };
    if is_taken {
        return Ok(());
    }
    app.limits.code_failed(login.id, visit.now);
    metrics::counter!("sign_in_failures").increment(1);
    tracing::warn!(request = visit.request, login = %login.id, "one-time code refused");
    Err(Fault::field("code", Message::new("sign-in-code-wrong")))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct FactorForm {
    secret: String,
    /// Shows that the secret is the one we made for this session.
    seal: String,
    password: String,
    code: String,
}

/// What [`Visit::seal`] is for here.
const SEAL: &str = "second-factor";

pub async fn second_factor(visit: Visit) -> Result<Markup, Fault> {
    set_up(&visit, &codes::new_secret(), &Problems::default()).await
}

async fn set_up(visit: &Visit, secret: &str, problems: &Problems) -> Result<Markup, Fault> {
    let t = visit.lang;
    let fields = Fields { lang: t, problems };
    let picture = codes::picture(secret, &visit.viewer.email)?;
    let due = own(visit).await?.factor_due;
    let is_over = visit.duty == Some(Duty::SecondFactor);
    Ok(Page::new(visit, t.say("account-second-factor")).show(html! {
        (piece::head(&t.say("account-second-factor"), html! { p { (t.say("account-second-factor-how")) } }, html! {}))
        @if let Some(due) = due {
            (piece::alert(if is_over { Tone::Warn } else { Tone::Info }, html! {
                @if is_over { p { (t.say("account-second-factor-over")) } }
                @else { p { (t.say_with("account-second-factor-by", &[("date", t.date(kit::clock::local_date(due)).into())])) } }
            }))
        }
        section.panel { form.form.body action="/account/second-factor" method="post" hx-boost="false" {
            (fields.summary())
            div.qr role="img" aria-label=(t.say("account-second-factor-picture")) { (PreEscaped(picture)) }
            p { (t.say("account-second-factor-secret")) " " code { (secret) } }
            input type="hidden" name="secret" value=(secret);
            input type="hidden" name="seal" value=(visit.seal(SEAL, secret));
            (fields.line("password", &t.say("account-password-now"), "", Line { kind: "password", required: true, autocomplete: "current-password", ..Line::TEXT }))
            (fields.line("code", &t.say("account-code"), "", Line { required: true, autocomplete: "one-time-code", ..Line::TEXT }))
            div.actions {
                button.btn.primary { (t.say("account-second-factor-add")) }
                @if due.is_some() && !is_over { a.btn href="/" { (t.say("account-second-factor-later")) } }
                @else if !is_over { a.btn href="/account" { (t.say("cancel")) } }
            }
        } }
    }))
}

pub async fn turn_on_second_factor(
    visit: Visit,
    State(app): State<App>,
    from: Address,
    Sent { data: form, .. }: Sent<FactorForm>,
) -> Result<Response, Fault> {
    // A secret that is not ours, or of another session: begin anew.
    let ours = visit.is_sealed(SEAL, &form.secret, &form.seal);
    let secret = if ours { form.secret.clone() } else { codes::new_secret() };
    let recovery = codes::recovery_codes();
    let attempt = async {
        let login = confirmed(&visit, &app, &from, &form.password).await?;
        // Six digits may not be guessed on here either, and a running factor is not replaced by a password alone.
        app.limits.check_code(login.id, visit.now)?;
        if login.totp.is_some() {
            return Err(Fault::conflict("second-factor-on", Message::new("account-second-factor-is-on")));
        }
        let Some(step) = codes::step(&secret, &form.code, visit.now)?.filter(|_| ours) else {
            app.limits.code_failed(login.id, visit.now);
            return Err(Fault::field("code", Message::new("sign-in-code-wrong")));
        };
        session::set_totp(&visit.directory, login.id, Some((&secret, step)), &recovery).await?;
        Ok(login)
    };
    match attempt.await {
        Ok(login) => {
            let shown = recovery_page(&visit, &recovery, "done-second-factor").into_response();
            reopened(&visit, &from, &login, shown).await
        }
        Err(Fault::Invalid(problems)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, set_up(&visit, &secret, &problems).await?).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// The one page that shows recovery codes, and shows them once.
fn recovery_page(visit: &Visit, recovery: &[String], word: &'static str) -> Markup {
    let t = visit.lang;
    Page::new(visit, t.say("account-recovery")).show(html! {
        (piece::head(&t.say("account-recovery"), html! { p { (t.say("account-recovery-about")) } }, html! {}))
        (piece::alert(Tone::Ok, html! { p { (t.say(word)) } }))
        section.panel { div.body.stack {
            ul { @for code in recovery { li { code { (code) } } } }
            p.muted { (t.say("account-recovery-once")) }
            p { (piece::link_button("/", "check", t.say("account-recovery-kept"), true)) }
        } }
    })
}

pub async fn renew_codes(
    visit: Visit,
    State(app): State<App>,
    Sent { data: form, .. }: Sent<FactorForm>,
) -> Result<Response, Fault> {
    let login = own(&visit).await?;
    if login.totp.is_none() {
        return Err(Fault::NotFound);
    }
    match take_code(&visit, &app, &login, &form.code).await {
        Ok(()) => {
            let recovery = codes::recovery_codes();
            session::set_recovery(&visit.directory, login.id, &recovery).await?;
            Ok(recovery_page(&visit, &recovery, "done-recovery").into_response())
        }
        Err(Fault::Invalid(problems)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page::account(&visit, &problems).await?).into_response())
        }
        Err(fault) => Err(fault),
    }
}

pub async fn turn_off_second_factor(
    visit: Visit,
    State(app): State<App>,
    from: Address,
    Sent { data: form, .. }: Sent<FactorForm>,
) -> Result<Response, Fault> {
    let login = own(&visit).await?;
    if login.totp.is_none() {
        return Err(Fault::NotFound);
    }
    match take_code(&visit, &app, &login, &form.code).await {
        Ok(()) => {
            session::set_totp(&visit.directory, login.id, None, &[]).await?;
            reopened(&visit, &from, &login, onward(&visit, "done-second-factor-off")).await
        }
        Err(Fault::Invalid(problems)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page::account(&visit, &problems).await?).into_response())
        }
        Err(fault) => Err(fault),
    }
}
