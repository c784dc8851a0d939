//! The low-vision version and the language: cookies that the server sets, so that they work
//! without JavaScript and without an account.
use super::Page;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Lang, Visit,
    html::{self as piece, Fields},
    http::Sent,
    visit::{LANG_COOKIE, LOOK_COOKIE, Look},
};
use maud::{Markup, html};
use serde::Deserialize;

/// A year.
const LASTS: &str = "Path=/; Max-Age=31536000; Secure; HttpOnly; SameSite=Lax";

pub async fn form(visit: Visit) -> Markup {
    let t = visit.lang;
    let options = |codes: &[&str]| {
        codes
            .iter()
            .map(|code| {
                (
                    (*code).to_owned(),
                    t.say(&kit::text::text_prefix!("look-", if code.is_empty() { "usual" } else { code })).into_owned(),
                )
            })
            .collect::<Vec<_>>()
    };
    let fields = Fields { lang: t, problems: &kit::form::Problems::default() };
    let look = &visit.look;
    Page::new(&visit, t.say("look-title")).show(html! {
        (piece::head(&t.say("look-title"), html! { p { (t.say("look-about")) } }, html! {}))
        section.panel.vi {
            form.form.body action="/look" method="post" hx-boost="false" {
                (fields.select("size", &t.say("look-size"), look.size.unwrap_or_default(), &options(&["", "125", "150", "200"]), "", true))
                (fields.select("scheme", &t.say("look-scheme"), look.scheme.unwrap_or_default(), &options(&["", "wb", "bw", "blue"]), "", true))
                (fields.check("wide", &t.say("look-wide"), look.wide))
                (fields.check("noimg", &t.say("look-noimg"), look.no_images))
                div.actions { button.btn.primary { (t.say("look-save")) } button.btn name="reset" value="true" { (t.say("look-reset")) } }
            }
        }
    })
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct LookForm {
    size: String,
    scheme: String,
    wide: bool,
    noimg: bool,
    reset: bool,
}

pub async fn save(Sent { data: f, .. }: Sent<LookForm>) -> Result<Response, Fault> {
    let text = if f.reset {
        String::new()
    } else {
        let mut parts = vec![f.size, f.scheme];
        parts.extend(f.wide.then(|| "wide".to_owned()));
        parts.extend(f.noimg.then(|| "noimg".to_owned()));
        // Through the parser: only what it knows is written back.
        Look::parse(&parts.join(".")).to_cookie()
    };
    Ok(with_cookie(LOOK_COOKIE, &text, "/look"))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct LanguageForm {
    lang: String,
    back: String,
}

pub async fn language(Sent { data: f, .. }: Sent<LanguageForm>) -> Result<Response, Fault> {
    Ok(with_cookie(LANG_COOKIE, Lang::from_code(&f.lang).code(), local(&f.back)))
}

/// An address of ours, or the home page: a redirect must not lead elsewhere.
pub fn local(address: &str) -> &str {
    let plain = address.starts_with('/')
        && !address.starts_with("//")
        && !address.contains(|c: char| c == '\\' || c.is_control());
    if plain { address } else { "/" }
}

fn with_cookie(name: &str, value: &str, back: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    if let Ok(cookie) = HeaderValue::from_str(&format!("{name}={value}; {LASTS}")) {
        headers.insert(header::SET_COOKIE, cookie);
    }
    headers.insert(header::LOCATION, HeaderValue::from_str(back).unwrap_or(HeaderValue::from_static("/")));
    response
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn a_redirect_stays_at_home() {
        assert_eq!(local("/organisations?kind=general"), "/organisations?kind=general");
        for bad in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: x",
            "/a\u{1}",
        ] {
            assert_eq!(local(bad), "/", "{bad}");
        }
    }
}
