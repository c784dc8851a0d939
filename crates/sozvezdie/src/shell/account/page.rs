//! The page of one's own account, and the change of the password.
use super::{
    super::{Page, limits::Address},
    confirmed, onward, own, reopened, sessions,
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
    password, session,
    text::{Message, text_prefix},
    visit::Duty,
};
use maud::{Markup, html};
use serde::Deserialize;

pub async fn show(visit: Visit) -> Result<Markup, Fault> {
    account(&visit, &Problems::default()).await
}

/// The account's page, with what is to be mended in one of its forms.
pub(super) async fn account(visit: &Visit, problems: &Problems) -> Result<Markup, Fault> {
    let t = visit.lang;
    let fields = Fields { lang: t, problems };
    let login = own(visit).await?;
    let left = session::recovery_left(&visit.directory, login.id).await?;
    let opened = sessions::of_own(visit).await?;
    let roles: Vec<String> = visit
        .viewer
        .grants
        .iter()
        .filter(|g| g.role != "guest")
        .map(|g| t.say(&text_prefix!("role-", g.role)).into_owned())
        .collect();
    Ok(Page::new(visit, t.say("account-title")).show(html! {
        (piece::head(&t.say("account-title"), html! { p { (visit.viewer.name) " · " (visit.viewer.email) } }, html! {}))
        (fields.summary())
        div.grid.cols {
            div.stack {
                (piece::panel(&t.say("account-sessions"), html! {}, sessions::own_list(visit, &opened, &fields)))
                (piece::panel(&t.say("notification-settings"), html! {}, html! { div.body.stack {
                    p { (t.say("account-notifications")) }
                    p { (piece::link_button("/notifications/settings", "bell", t.say("account-notifications-choose"), false)) }
                } }))
                (piece::panel(&t.say("account-roles"), html! {}, html! { div.body { ul { @for role in roles { li { (role) } } } } }))
            }
            div.stack {
                (piece::panel(&t.say("account-change-password"), html! {}, password_fields(&fields)))
                (piece::panel(&t.say("account-second-factor"), html! {}, html! { div.body.stack {
                    @if login.totp.is_some() {
                        p { (t.say("account-second-factor-on")) " " (t.say_with("account-recovery-left", &[("left", left.into())])) }
                        form.form action="/account/recovery-codes" method="post" hx-boost="false" {
                            (fields.line("code", &t.say("account-code"), "", Line { required: true, autocomplete: "one-time-code", ..Line::TEXT }))
                            div.row {
                                button.btn { (t.say("account-recovery-renew")) }
                                button.btn formaction="/account/second-factor/removal" { (t.say("account-second-factor-remove")) }
                            }
                        }
                    } @else {
                        p { (t.say("account-second-factor-off")) }
                        p { (piece::link_button("/account/second-factor", "shield", t.say("account-second-factor-add"), false)) }
                    }
                } }))
            }
        }
    }))
}

fn password_fields(fields: &Fields<'_>) -> Markup {
    let t = fields.lang;
    html! {
        form.form.body action="/account/password" method="post" hx-boost="false" {
            (fields.line("password", &t.say("account-password-now"), "", Line { kind: "password", required: true, autocomplete: "current-password", ..Line::TEXT }))
            (fields.line("new_password", &t.say("account-password-new"), "", Line { kind: "password", required: true, autocomplete: "new-password", hint: &t.say_with("account-password-hint", &[("least", password::SHORTEST.into())]) }))
            div.actions { button.btn.primary { (t.say("account-change-password")) } }
        }
    }
}

/// The form alone: where whoever came in with an issued password is led first.
pub async fn password_form(visit: Visit) -> Markup {
    form_page(&visit, &Problems::default())
}

fn form_page(visit: &Visit, problems: &Problems) -> Markup {
    let t = visit.lang;
    Page::new(visit, t.say("account-change-password")).show(html! {
        (piece::head(&t.say("account-change-password"), html! {}, html! {}))
        @if visit.duty == Some(Duty::Password) { (piece::alert(Tone::Info, html! { p { (t.say("account-password-own-first")) } })) }
        (Fields { lang: t, problems }.summary())
        section.panel { (password_fields(&Fields { lang: t, problems })) }
    })
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
        if form.new_password == form.password {
            return Err(Fault::field("new_password", Message::new("password-same")));
        }
        let login = confirmed(&visit, &app, &from, &form.password).await?;
        let new = form.new_password.clone();
        let hashed = tokio::task::spawn_blocking(move || password::hash(&new)).await.map_err(anyhow::Error::from)??;
        session::set_password(&visit.directory, login.id, &hashed, None).await?;
        Ok(login)
    };
    match attempt.await {
        Ok(login) => reopened(&visit, &from, &login, onward(&visit, "done-password")).await,
        Err(Fault::Invalid(problems)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, form_page(&visit, &problems)).into_response())
        }
        Err(fault) => Err(fault),
    }
}
