//! Sign-in, sign-out and a person's own account. Own accounts only; a foreign sign-in service
//! would hand children's school life to a third party (273-ФЗ, 152-ФЗ).
use super::{
    Page, drafts,
    limits::{Address, Try},
    look::local,
};
use crate::app::App;
use axum::{
    Json,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    db::Tx,
    form::Problems,
    html::{self as piece, Fields, Line},
    http::{Query, Sent},
    password, second_factor,
    session::{self, Kind, Login},
    text::Message,
    visit::COOKIE,
};
use maud::{Markup, PreEscaped, html};
use serde::Deserialize;
use uuid::Uuid;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Next {
    next: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct SignIn {
    email: String,
    password: String,
    code: String,
    next: String,
}

pub async fn sign_in_form(visit: Visit, State(app): State<App>, Query(asked): Query<Next>) -> Response {
    if !visit.viewer.is_guest() {
        return (StatusCode::SEE_OTHER, [(header::LOCATION, local(&asked.next).to_owned())]).into_response();
    }
    sign_in_page(&visit, &app, &SignIn { next: asked.next, ..SignIn::default() }, &Problems::default()).into_response()
}

fn sign_in_page(visit: &Visit, app: &App, form: &SignIn, problems: &Problems) -> Markup {
    let t = visit.lang;
    let fields = Fields { lang: t, problems };
    let demo = &app.options.demo_accounts;
    Page::new(visit, t.say("sign-in")).show(html! {
        div.signin.wide[!demo.is_empty()] {
            section.panel { div.body {
                h1 tabindex="-1" { (t.say("sign-in-title")) }
                form.form action="/sign-in" method="post" hx-boost="false" {
                    (fields.summary())
                    input type="hidden" name="next" value=(form.next);
                    (fields.line("email", &t.say("account-email"), &form.email, Line { kind: "email", required: true, autocomplete: "username", ..Line::TEXT }))
                    (fields.line("password", &t.say("account-password"), "", Line { kind: "password", required: true, autocomplete: "current-password", ..Line::TEXT }))
                    (fields.line("code", &t.say("account-code"), "", Line { autocomplete: "one-time-code", hint: &t.say("account-code-hint"), ..Line::TEXT }))
                    div.actions { button.btn.primary { (t.say("sign-in-do")) } }
                    p.muted.sm { (t.say("sign-in-forgotten")) }
                }
            } }
            @if let Some(first) = demo.first() {
                section.panel aria-label=(t.say("demo-accounts")) {
                    header { h2 { (t.say("demo-accounts")) } }
                    div.body {
                        p { (t.say("demo-password")) " " code { (first.password) } }
                        ul.accounts { @for account in demo {
                            li { form action="/sign-in" method="post" hx-boost="false" {
                                input type="hidden" name="email" value=(account.email);
                                input type="hidden" name="password" value=(account.password);
                                input type="hidden" name="next" value=(form.next);
                                button { span { b.strong { (t.say(&kit::text::text_prefix!("role-", account.role))) } " " small.muted { (account.organisation) } } }
                            } }
                        } }
                    }
                }
            }
        }
    })
}

/// Whether a person may come in. The same answer, after the same time, for an unknown address.
async fn authenticate(visit: &Visit, app: &App, from: &Address, form: &SignIn) -> Result<Login, Fault> {
    let this = Try::new(&form.email, from, visit.now);
    let permit = app.limits.admit(&this).await?;
    let login = session::find_login(&visit.directory, &form.email).await?;
    let right = is_right(&form.password, login.as_ref().map(|l| l.password.clone())).await?;
    let Some(login) = login.filter(|l| right && !l.disabled) else {
        app.limits.failed(&this);
        metrics::counter!("sign_in_failures").increment(1);
        tracing::warn!(request = visit.request, "sign-in refused");
        return Err(Fault::field("email", Message::new("sign-in-wrong")));
    };
    drop(permit);
    if let Some(secret) = &login.totp {
        if form.code.trim().is_empty() {
            return Err(Fault::field("code", Message::new("sign-in-code-needed")));
        }
        take_code(visit, app, login.id, secret, &form.code).await?;
    }
    app.limits.succeeded(&this);
    tracing::info!(request = visit.request, login = %login.id, "signed in");
    Ok(login)
}

/// Hashes beside the runtime's threads. `None` for an unknown account takes as long.
async fn is_right(typed: &str, stored: Option<String>) -> Result<bool, Fault> {
    let typed: String = typed.chars().take(password::LONGEST + 1).collect();
    let verified = tokio::task::spawn_blocking(move || password::verify(&typed, stored.as_deref()));
    Ok(verified.await.map_err(anyhow::Error::from)?)
}

/// Takes a one-time code, once.
async fn take_code(visit: &Visit, app: &App, login: Uuid, secret: &str, code: &str) -> Result<(), Fault> {
    app.limits.check_code(login, visit.now)?;
    match second_factor::step(secret, code, visit.now)? {
        Some(step) if session::use_step(&visit.directory, login, step).await? => Ok(()),
        _ => {
            app.limits.code_failed(login, visit.now);
            metrics::counter!("sign_in_failures").increment(1);
            tracing::warn!(request = visit.request, %login, "one-time code refused");
            Err(Fault::field("code", Message::new("sign-in-code-wrong")))
        }
    }
}

/// The account of whoever looks, after the password was said again: something weighty follows.
async fn confirmed(visit: &Visit, app: &App, from: &Address, password: &str) -> Result<Login, Fault> {
    let login = session::find_login(&visit.directory, &visit.viewer.email).await?.ok_or(Fault::SignIn)?;
    let this = Try::new(&login.email, from, visit.now);
    let _permit = app.limits.admit(&this).await?;
    if is_right(password, Some(login.password.clone())).await? {
        return Ok(login);
    }
    app.limits.failed(&this);
    Err(Fault::field("password", Message::new("account-password-wrong")))
}

pub async fn sign_in(
    visit: Visit,
    State(app): State<App>,
    from: Address,
    Sent { data: form, .. }: Sent<SignIn>,
) -> Result<Response, Fault> {
    match authenticate(&visit, &app, &from, &form).await {
        Ok(login) => {
            // A new secret at every sign-in; the old one, if any, opens nothing any more.
            if let Some(old) = visit.secret() {
                session::close(&visit.directory, old).await?;
            }
            let secret = session::open(&visit.directory, &login, Kind::Web, visit.now).await?;
            let mut response =
                (StatusCode::SEE_OTHER, [(header::LOCATION, local(&form.next).to_owned())]).into_response();
            set_session(&mut response, &secret, session::LONGEST.num_seconds());
            Ok(response)
        }
        Err(Fault::Invalid(problems)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, sign_in_page(&visit, &app, &form, &problems)).into_response())
        }
        Err(fault) => Err(fault),
    }
}

fn set_session(response: &mut Response, secret: &str, seconds: i64) {
    let cookie = format!("{COOKIE}={secret}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={seconds}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

pub async fn sign_out(visit: Visit) -> Result<Response, Fault> {
    if let Some(secret) = visit.secret() {
        session::close(&visit.directory, secret).await?;
    }
    if let Some(person) = visit.viewer.person {
        visit.net.transact(async |tx: &mut Tx| drafts::drop_all(tx, person).await).await?;
    }
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, "/")]).into_response();
    set_session(&mut response, "", 0);
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    Ok(response)
}

/// What `POST /api/v1/tokens` takes.
#[derive(Deserialize, Default, utoipa::ToSchema)]
#[serde(default)]
pub struct TokenForm {
    email: String,
    password: String,
    /// The one-time code, where the account has a second factor.
    code: String,
}

/// Sign in as a program: gives a token for `Authorization: Bearer`, good for 30 days.
#[utoipa::path(post, path = "/api/v1/tokens", request_body = TokenForm,
    responses((status = 200, description = "`{token}`"), (status = 422, description = "wrong"), (status = 429, description = "too many tries")))]
pub async fn token(
    visit: Visit,
    State(app): State<App>,
    from: Address,
    Sent { data: f, .. }: Sent<TokenForm>,
) -> Result<Response, Fault> {
    let form = SignIn { email: f.email, password: f.password, code: f.code, next: String::new() };
    let login = authenticate(&visit, &app, &from, &form).await?;
    let token = session::open(&visit.directory, &login, Kind::Token, visit.now).await?;
    Ok(Json(serde_json::json!({ "token": token })).into_response())
}

/// Who the token belongs to, and what they may.
#[utoipa::path(get, path = "/api/v1/me", responses((status = 200, description = "`{person, name, roles}`")))]
pub async fn me(visit: Visit) -> Response {
    let roles: Vec<_> = visit
        .viewer
        .grants
        .iter()
        .map(|g| serde_json::json!({ "role": g.role, "organisation_id": g.organisation }))
        .collect();
    Json(serde_json::json!({ "person_id": visit.viewer.person, "name": visit.viewer.name, "roles": roles }))
        .into_response()
}

pub async fn show(visit: Visit) -> Result<Markup, Fault> {
    account_page(&visit, &Problems::default()).await
}

async fn account_page(visit: &Visit, problems: &Problems) -> Result<Markup, Fault> {
    let t = visit.lang;
    let fields = Fields { lang: t, problems };
    let login = session::find_login(&visit.directory, &visit.viewer.email).await?;
    let protected = login.is_some_and(|l| l.totp.is_some());
    let roles: Vec<String> = visit
        .viewer
        .grants
        .iter()
        .filter(|g| g.role != "guest")
        .map(|g| t.say(&kit::text::text_prefix!("role-", g.role)).into_owned())
        .collect();
    Ok(Page::new(visit, t.say("account-title")).show(html! {
        (piece::head(&t.say("account-title"), html! { p { (visit.viewer.name) " · " (visit.viewer.email) } }, html! {}))
        div.grid.cols {
            (piece::panel(&t.say("account-change-password"), html! {}, html! {
                form.form.body action="/account/password" method="post" hx-boost="false" {
                    (fields.summary())
                    (fields.line("password", &t.say("account-password-now"), "", Line { kind: "password", required: true, autocomplete: "current-password", ..Line::TEXT }))
                    (fields.line("new_password", &t.say("account-password-new"), "", Line { kind: "password", required: true, autocomplete: "new-password", hint: &t.say_with("account-password-hint", &[("least", password::SHORTEST.into())]) }))
                    div.actions { button.btn.primary { (t.say("account-change-password")) } }
                }
            }))
            div.stack {
                (piece::panel(&t.say("account-second-factor"), html! {}, html! { div.body {
                    @if protected {
                        p { (t.say("account-second-factor-on")) }
                        form.form action="/account/second-factor/removal" method="post" hx-boost="false" {
                            (fields.line("code", &t.say("account-code"), "", Line { required: true, autocomplete: "one-time-code", ..Line::TEXT }))
                            button.btn { (t.say("account-second-factor-remove")) }
                        }
                    } @else {
                        p { (t.say("account-second-factor-off")) }
                        (piece::link_button("/account/second-factor", "shield", t.say("account-second-factor-add"), false))
                    }
                } }))
                (piece::panel(&t.say("account-roles"), html! {}, html! { div.body { ul { @for role in roles { li { (role) } } } } }))
            }
        }
    }))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct PasswordForm {
    password: String,
    new_password: String,
}

pub async fn change_password(
    visit: Visit,
    State(app): State<App>,
    from: Address,
    Sent { data: form, .. }: Sent<PasswordForm>,
) -> Result<Response, Fault> {
    let attempt = async {
        if let Some(weak) = password::weakness(&form.new_password, &visit.viewer.email) {
            return Err(Fault::field("new_password", Message::new(weak).with("least", password::SHORTEST)));
        }
        let login = confirmed(&visit, &app, &from, &form.password).await?;
        let new = form.new_password.clone();
        let hashed = tokio::task::spawn_blocking(move || password::hash(&new)).await.map_err(anyhow::Error::from)??;
        session::set_password(&visit.directory, login.id, &hashed, visit.secret()).await
    };
    settled(&visit, attempt.await, "done-password").await
}

/// Back to the account with a word, or with what is to be mended.
async fn settled(visit: &Visit, outcome: Result<(), Fault>, flash: &'static str) -> Result<Response, Fault> {
    match outcome {
        Ok(()) => Ok(kit::http::go(&kit::once::Done::changed("/account".into(), serde_json::Value::Null), flash)),
        Err(Fault::Invalid(problems)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, account_page(visit, &problems).await?).into_response())
        }
        Err(fault) => Err(fault),
    }
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
    factor_page(&visit, &second_factor::new_secret(), &Problems::default())
}

fn factor_page(visit: &Visit, secret: &str, problems: &Problems) -> Result<Markup, Fault> {
    let t = visit.lang;
    let fields = Fields { lang: t, problems };
    let picture = second_factor::picture(secret, &visit.viewer.email)?;
    Ok(Page::new(visit, t.say("account-second-factor")).show(html! {
        (piece::head(&t.say("account-second-factor"), html! { p { (t.say("account-second-factor-how")) } }, html! {}))
        section.panel { form.form.body action="/account/second-factor" method="post" hx-boost="false" {
            (fields.summary())
            div.qr role="img" aria-label=(t.say("account-second-factor-picture")) { (PreEscaped(picture)) }
            p { (t.say("account-second-factor-secret")) " " code { (secret) } }
            input type="hidden" name="secret" value=(secret);
            input type="hidden" name="seal" value=(visit.seal(SEAL, secret));
            (fields.line("password", &t.say("account-password-now"), "", Line { kind: "password", required: true, autocomplete: "current-password", ..Line::TEXT }))
            (fields.line("code", &t.say("account-code"), "", Line { required: true, autocomplete: "one-time-code", ..Line::TEXT }))
            div.actions { button.btn.primary { (t.say("account-second-factor-add")) } a.btn href="/account" { (t.say("cancel")) } }
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
    let secret = if ours { form.secret.clone() } else { second_factor::new_secret() };
    let attempt = async {
        let step = second_factor::step(&secret, &form.code, visit.now)?.filter(|_| ours);
        let step = step.ok_or_else(|| Fault::field("code", Message::new("sign-in-code-wrong")))?;
        let login = confirmed(&visit, &app, &from, &form.password).await?;
        session::set_totp(&visit.directory, login.id, Some((&secret, step)), visit.secret()).await
    };
    match attempt.await {
        Err(Fault::Invalid(problems)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, factor_page(&visit, &secret, &problems)?).into_response())
        }
        outcome => settled(&visit, outcome, "done-second-factor").await,
    }
}

pub async fn turn_off_second_factor(
    visit: Visit,
    State(app): State<App>,
    Sent { data: form, .. }: Sent<FactorForm>,
) -> Result<Response, Fault> {
    let login = session::find_login(&visit.directory, &visit.viewer.email).await?.ok_or(Fault::SignIn)?;
    let secret = login.totp.ok_or(Fault::NotFound)?;
    let outcome = match take_code(&visit, &app, login.id, &secret, &form.code).await {
        Ok(()) => session::set_totp(&visit.directory, login.id, None, visit.secret()).await,
        refused => refused,
    };
    settled(&visit, outcome, "done-second-factor-off").await
}
