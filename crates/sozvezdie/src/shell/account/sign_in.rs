//! Coming in and going out, for people and for programs.
use super::{
    super::{
        Page, drafts,
        limits::{Address, Try},
        look::local,
    },
    factor, is_right, set_session,
};
use crate::{app::App, roles};
use axum::{
    Json,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::Duration;
use kit::{
    Fault, Visit,
    clock::local_date,
    db::{NetworkId, Tx},
    form::Problems,
    html::{Fields, Line},
    http::{Query, Sent},
    session::{self, Kind, Login},
    text::{Message, text_prefix},
};
use maud::{Markup, html};
use serde::Deserialize;

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
    page(&visit, &app, &SignIn { next: asked.next, ..SignIn::default() }, &Problems::default()).into_response()
}

fn page(visit: &Visit, app: &App, form: &SignIn, problems: &Problems) -> Markup {
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
                                button { span { b.strong { (t.say(&text_prefix!("role-", account.role))) } " " small.muted { (account.organisation) } } }
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
    let Some(mut login) = login.filter(|l| right && !l.disabled) else {
        app.limits.failed(&this);
        metrics::counter!("sign_in_failures").increment(1);
        tracing::warn!(request = visit.request, "sign-in refused");
        return Err(Fault::field("email", Message::new("sign-in-wrong")));
    };
    drop(permit);
    if login.password_until.is_some_and(|until| until <= visit.now) {
        return Err(Fault::field("password", Message::new("sign-in-password-over")));
    }
    if login.totp.is_some() {
        if form.code.trim().is_empty() {
            return Err(Fault::field("code", Message::new("sign-in-code-needed")));
        }
        factor::take_code(visit, app, &login, &form.code).await?;
    } else if let Some(days) = app.options.second_factor_days
        && login.factor_due.is_none()
        && is_staff(visit, app, &login).await?
    {
        let due = visit.now + Duration::days(i64::from(days));
        session::begin_grace(&visit.directory, login.id, due).await?;
        login.factor_due = Some(due);
    }
    app.limits.succeeded(&this);
    tracing::info!(request = visit.request, login = %login.id, "signed in");
    Ok(login)
}

/// Whether the account opens more than a family's own pages.
async fn is_staff(visit: &Visit, app: &App, login: &Login) -> Result<bool, Fault> {
    let net = app.db.network(NetworkId::from(login.network_id));
    let grants = session::grants(&net, login.person_id, local_date(visit.now)).await?;
    Ok(grants.iter().filter_map(|g| g.role.parse().ok()).any(roles::Role::is_staff))
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
            let secret = session::open(&visit.directory, &login, Kind::Web, &from.whence(), visit.now).await?;
            let asked_for = app.options.second_factor_days.is_some() && login.totp.is_none();
            let location = match (login.password_until, login.factor_due.filter(|_| asked_for)) {
                (Some(_), _) => "/account/password",
                (None, Some(_)) => "/account/second-factor",
                (None, None) => local(&form.next),
            };
            let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, location.to_owned())]).into_response();
            set_session(&mut response, &secret, session::LONGEST.num_seconds());
            Ok(response)
        }
        Err(Fault::Invalid(problems)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&visit, &app, &form, &problems)).into_response())
        }
        Err(fault) => Err(fault),
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
    // What a page would ask for first, a program cannot do.
    if login.password_until.is_some() {
        return Err(Fault::field("password", Message::new("fault-password-issued")));
    }
    let is_due = login.factor_due.is_some_and(|due| due <= visit.now);
    if is_due && login.totp.is_none() && app.options.second_factor_days.is_some() {
        return Err(Fault::field("code", Message::new("fault-second-factor-due")));
    }
    let token = session::open(&visit.directory, &login, Kind::Token, &from.whence(), visit.now).await?;
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
