//! A fault becomes a page, a fragment or `problem+json`, whichever was asked for.
use super::Page;
use crate::roles;
use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Lang, Visit, html as piece,
    visit::{self, Duty},
};
use maud::{DOCTYPE, Markup, html};
use std::sync::Arc;

/// Draws the fault that a response carries. Stands outside the door, so that it also draws what
/// the door itself could not do (the database is away).
pub async fn draw(request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let url = request.uri().path_and_query().map_or_else(|| "/".into(), ToString::to_string);
    let lang = lang_of(request.headers());
    let navigation = request.method().is_safe();
    let back = came_from(request.headers()).filter(|_| !navigation);
    let response = next.run(request).await;
    let Some(fault) = response.extensions().get::<Arc<Fault>>().cloned() else { return response };
    let visit = response.extensions().get::<Visit>().cloned();
    let lang = visit.as_ref().map_or(lang, |v| v.lang);

    let mut drawn = if api {
        problem(&fault, lang, visit.as_ref())
    } else if let Fault::Duty(duty) = *fault {
        let to = match duty {
            Duty::Password => "/account/password",
            Duty::SecondFactor => "/account/second-factor",
        };
        (axum::http::StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
    } else if matches!(*fault, Fault::SignIn) && navigation {
        let next = kit::text::url_part(&url);
        (axum::http::StatusCode::SEE_OTHER, [(header::LOCATION, format!("/sign-in?next={next}"))]).into_response()
    } else {
        let body = explain(&fault, lang, visit.as_ref(), back.as_deref());
        let page = match &visit {
            Some(v) if v.fragment => body,
            Some(v) => Page::new(v, lang.say("fault-title")).show(body),
            None => bare(lang, &body),
        };
        (fault.status(), page).into_response()
    };
    let seconds = match *fault {
        Fault::TooMany { seconds } => Some(seconds),
        Fault::Unavailable(_) | Fault::Unknown(_) | Fault::Busy => Some(2),
        _ => None,
    };
    if let Some(value) = seconds.and_then(|s| HeaderValue::from_str(&s.to_string()).ok()) {
        drawn.headers_mut().insert(header::RETRY_AFTER, value);
    }
    drawn.extensions_mut().insert(fault);
    if let Some(visit) = visit {
        drawn.extensions_mut().insert(visit);
    }
    drawn
}

/// The page of ours that a form was sent from.
fn came_from(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let (_, rest) = text(header::REFERER)?.split_once("://")?;
    let path = rest.strip_prefix(text(header::HOST)?)?;
    path.starts_with('/').then(|| path.to_owned())
}

fn lang_of(headers: &HeaderMap) -> Lang {
    visit::cookie(headers, visit::LANG_COOKIE).map_or_else(Lang::default, |code| Lang::from_code(&code))
}

/// RFC 9457. The same bytes for an unknown id and one that is out of scope.
fn problem(fault: &Fault, lang: Lang, visit: Option<&Visit>) -> Response {
    let mut json = serde_json::json!({
        "type": format!("/api#problem-{}", fault.code()),
        "title": fault.message().say(lang),
        "status": fault.status().as_u16(),
        "code": fault.code(),
    });
    if let Some(map) = json.as_object_mut() {
        match fault {
            Fault::Invalid(problems) => {
                map.insert("errors".into(), problems.to_json(lang));
            }
            Fault::Conflict(conflict) => map.extend(conflict.details.clone()),
            Fault::Forbidden(permission) => {
                map.insert("permission".into(), permission.0.into());
            }
            Fault::Internal(_) => {
                map.insert("request".into(), visit.map_or("", |v| v.request.as_str()).into());
            }
            _ => {}
        }
    }
    (fault.status(), [(header::CONTENT_TYPE, "application/problem+json")], json.to_string()).into_response()
}

/// What is wrong, and the way on.
fn explain(fault: &Fault, lang: Lang, visit: Option<&Visit>, back: Option<&str>) -> Markup {
    let who: Vec<String> = match fault {
        Fault::Forbidden(permission) => roles::holders(*permission)
            .map(|r| lang.say(&kit::text::text_prefix!("role-", r.code())).into_owned())
            .collect(),
        _ => Vec::new(),
    };
    html! {
        div.head { div {
            h1 tabindex="-1" { (fault.message().say(lang)) }
            @match fault {
                Fault::Forbidden(permission) => {
                    p { (lang.say_with("fault-forbidden-needs", &[("permission", lang.say(&permission.text_key()).into())])) }
                    p { (lang.say_with("fault-forbidden-grants", &[("roles", who.join(", ").into())])) }
                }
                Fault::Invalid(problems) => ul { @for (_, message) in problems.iter() { li { (message.say(lang)) } } },
                Fault::NotFound => p { (lang.say("fault-not-found-more")) },
                Fault::Forged => p { (lang.say("fault-forged-more")) },
                Fault::Internal(_) => {
                    p { (lang.say("fault-internal-more")) }
                    @if let Some(v) = visit { p.muted { (lang.say("fault-request")) " " code { (v.request) } } }
                }
                Fault::Unavailable(_) | Fault::Full(_) | Fault::Unknown(_) | Fault::Busy => p { (lang.say("fault-nothing-lost")) },
                _ => {}
            }
        } }
        p.row {
            @if matches!(fault, Fault::SignIn) { (piece::link_button("/sign-in", "log-in", lang.say("sign-in"), true)) }
            @if let (Fault::Conflict(_) | Fault::Invalid(_), Some(back)) = (fault, back) {
                (piece::link_button(back, "chevron-left", lang.say("fault-back"), true))
            }
            (piece::link_button("/", "house", lang.say("nav-home"), false))
        }
    }
}

/// The page when even the viewer is unknown.
fn bare(lang: Lang, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (lang.say("fault-title")) " · " (lang.say("product")) }
                link rel="stylesheet" href=(super::assets::url("css/tokens.css"));
                link rel="stylesheet" href=(super::assets::url("css/app.css"));
            }
            body { div.frame { main #main { (body) } } }
        }
    }
}
