//! What every answer carries and every request leaves behind.
pub use crate::upload::Upload;
use crate::{
    Fault, Visit,
    once::{Done, Once},
    text::Message,
    visit::FLASH_COOKIE,
};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, MatchedPath, Request},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// Nothing from outside, nothing inline, nobody's frame.
const CSP: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Security headers, a line in the log and the metrics of one request.
pub async fn surround(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "unmatched".into(), |p| p.as_str().to_owned());
    let started = Instant::now();
    let mut response = next.run(request).await;
    let elapsed = started.elapsed();
    let status = response.status();
    let visit = response.extensions().get::<Visit>().cloned();
    let id = visit.as_ref().map_or("-", |v| v.request.as_str());
    if let Some(fault) = response.extensions().get::<Arc<Fault>>()
        && let Some(internals) = fault.internals()
    {
        tracing::error!(request = id, %method, route, "{internals}");
    }
    // The path is the route's pattern: ids and queries of people stay out of the log.
    tracing::info!(request = id, %method, route, status = status.as_u16(), micros = elapsed.as_micros(), "request");
    let labels = [("route", route), ("method", known(&method).to_owned()), ("status", status.as_u16().to_string())];
    metrics::histogram!("http_request_seconds", &labels).record(elapsed.as_secs_f64());

    let signed_in = visit.as_ref().is_some_and(|v| !v.viewer.is_guest());
    // Said once: the page that showed the word takes the cookie back.
    if status == StatusCode::OK && visit.as_ref().is_some_and(|v| v.flash.is_some() && !v.fragment && !v.api) {
        response.headers_mut().append(header::SET_COOKIE, flash_cookie("", 0));
    }
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(header::CONTENT_SECURITY_POLICY, CSP);
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "same-origin");
    put(HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=(), interest-cohort=()");
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    put(header::CACHE_CONTROL, if signed_in { "no-store" } else { "private, no-cache" });
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert("x-request-id", value);
    }
    response
}

/// The method as a label: anybody may make up a method, and every label is kept for good.
fn known(method: &Method) -> &str {
    match *method {
        Method::GET | Method::HEAD | Method::POST | Method::PATCH | Method::PUT | Method::DELETE | Method::OPTIONS => {
            method.as_str()
        }
        _ => "other",
    }
}

fn flash_cookie(key: &'static str, seconds: u32) -> HeaderValue {
    let cookie = format!("{FLASH_COOKIE}={key}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax");
    HeaderValue::from_str(&cookie).unwrap_or(HeaderValue::from_static(""))
}

/// PostgreSQL has no zero in a text: a request that brings one is unreadable, not a defect of ours.
fn holds_zero(raw: &[u8]) -> bool {
    raw.contains(&0) || raw.windows(3).any(|w| w == b"%00") || raw.windows(6).any(|w| w == b"\\u0000")
}

fn unreadable(detail: impl std::fmt::Display) -> Fault {
    Fault::field("body", crate::text::Message::new("fault-unreadable").with("detail", detail))
}

/// The parts of an address. What is no id cannot be known: it answers as an unknown id does.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        if holds_zero(parts.uri.path().as_bytes()) {
            return Err(Fault::NotFound);
        }
        let found = axum::extract::Path::from_request_parts(parts, state).await;
        found.map(|axum::extract::Path(data)| Self(data)).map_err(|_| Fault::NotFound)
    }
}

/// The query of an address as data.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        let raw = parts.uri.query().unwrap_or_default();
        if holds_zero(raw.as_bytes()) {
            return Err(unreadable("NUL"));
        }
        serde_html_form::from_str(raw).map(Self).map_err(unreadable)
    }
}

/// What was sent: a form or JSON, whichever the content type says, with its idempotency key.
pub struct Sent<T> {
    pub data: T,
    key: Option<String>,
    raw: Bytes,
}

impl<T> Sent<T> {
    /// The attempt to carry out `what` with this body, once.
    pub fn once(&self, visit: &Visit, what: &str) -> Once {
        Once::new(visit.actor(), self.key.as_deref(), what, &self.raw, visit.now)
    }
}

fn header_of(request: &Request, name: &str) -> Option<String> {
    request.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned)
}

/// The idempotency key. One that cannot be read is refused: passed over, it would let a thing sent
/// twice be done twice.
fn key_of(headers: &HeaderMap) -> Result<Option<String>, Fault> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    match std::str::from_utf8(value.as_bytes()) {
        Ok(key) => Ok(Some(key.to_owned())),
        Err(_) => Err(unreadable("Idempotency-Key")),
    }
}

#[derive(serde::Deserialize)]
struct Hidden {
    #[serde(default)]
    key: String,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let kind = header_of(&request, "content-type").unwrap_or_default();
        let mut key = key_of(request.headers())?;
        let api = request.uri().path().starts_with("/api/");
        let body = tokio::time::timeout(BODY_WAIT, Bytes::from_request(request, state))
            .await
            .map_err(|_| unreadable("timeout"))?;
        let raw = body.map_err(|_| Fault::TooLarge { limit: BODY_LIMIT })?;
        if holds_zero(&raw) {
            return Err(unreadable("NUL"));
        }
        let data = if kind.starts_with("application/json") || (api && kind.is_empty()) {
            let text: &[u8] = if raw.is_empty() { b"{}" } else { &raw };
            serde_json::from_slice(text).map_err(unreadable)?
        } else {
            let hidden: Option<Hidden> = serde_html_form::from_bytes(&raw).ok();
            key = key.or(hidden.map(|h| h.key));
            serde_html_form::from_bytes(&raw).map_err(unreadable)?
        };
        Ok(Self { data, key, raw })
    }
}

/// Largest body of an ordinary form, in bytes. Uploads have limits of their own.
pub const BODY_LIMIT: usize = 1024 * 1024;

/// The body must be here by then.
const BODY_WAIT: Duration = Duration::from_secs(60);

/// After a change a browser goes to the record, and is told once what has happened.
pub fn go(done: &Done, flash: &'static str) -> Response {
    let location = done.location.as_deref().unwrap_or("/");
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, location.to_owned())]).into_response();
    response.headers_mut().append(header::SET_COOKIE, flash_cookie(flash, 60));
    response
}

/// After a change a program gets the body, and the address of what was made.
pub fn answer(done: Done) -> Response {
    let status = StatusCode::from_u16(done.status).unwrap_or(StatusCode::OK);
    let mut response = (status, axum::Json(done.body.unwrap_or_default())).into_response();
    let location = done.location.and_then(|l| HeaderValue::from_str(&l).ok());
    if let (StatusCode::CREATED, Some(location)) = (status, location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// The version that `If-Match` asks for: `"7"`. A tag that we never gave is the version of nothing;
/// without the header, or with `*`, any version will do.
fn if_match(headers: &HeaderMap) -> Option<i64> {
    let asked = headers.get(header::IF_MATCH)?.to_str().unwrap_or_default().trim();
    // A proxy that packs the answer makes the tag a weak one.
    let tag = asked.strip_prefix("W/").unwrap_or(asked);
    (tag != "*").then(|| tag.strip_prefix('"').and_then(|t| t.strip_suffix('"')?.parse().ok()).unwrap_or(-1))
}

/// What is there with what was sent over it: fields that were not sent stay, and `If-Match` is the version.
///
/// # Errors
/// [`Fault::Invalid`] for a value of another kind than its field's.
pub fn patched<T: Serialize + DeserializeOwned>(
    now: &T,
    sent: serde_json::Map<String, serde_json::Value>,
    headers: &HeaderMap,
) -> Result<T, Fault> {
    let mut form = serde_json::to_value(now).map_err(anyhow::Error::from)?;
    if let Some(map) = form.as_object_mut() {
        map.extend(sent);
        if let Some(version) = if_match(headers) {
            map.insert("version".into(), version.to_string().into());
        }
    }
    serde_json::from_value(form).map_err(|e| Fault::field("body", Message::new("fault-unreadable").with("detail", e)))
}

/// `ETag` of a version.
pub fn etag(version: i64) -> [(HeaderName, String); 1] {
    [(header::ETAG, format!("\"{version}\""))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zero_is_seen_however_it_is_written() {
        for bad in [b"a\0b".as_slice(), b"name=a%00b", b"{\"name\":\"a\\u0000b\"}"] {
            assert!(holds_zero(bad), "{bad:?}");
        }
        assert!(!holds_zero("name=100%25&note=ёлка".as_bytes()));
    }

    #[test]
    fn a_tag_that_is_none_of_ours_matches_nothing() {
        let asked =
            |tag: &'static str| if_match(&HeaderMap::from_iter([(header::IF_MATCH, HeaderValue::from_static(tag))]));
        assert_eq!((asked("\"7\""), asked(" W/\"7\" "), asked("*")), (Some(7), Some(7), None));
        for bad in ["", "7", "\"\"", "\"7x\"", "abc", "\"1\", \"7\""] {
            assert_eq!(asked(bad), Some(-1), "{bad}");
        }
        assert_eq!(if_match(&HeaderMap::new()), None);
    }

    #[test]
    fn a_key_in_any_alphabet_counts_and_an_unreadable_one_is_refused() {
        let sent = |bytes: &[u8]| {
            key_of(&HeaderMap::from_iter([(
                HeaderName::from_static("idempotency-key"),
                HeaderValue::from_bytes(bytes).unwrap(),
            )]))
        };
        assert_eq!(sent("заявка №\u{a0}7".as_bytes()).unwrap().as_deref(), Some("заявка №\u{a0}7"));
        assert!(sent(b"\xff\xfe").is_err());
        assert_eq!(key_of(&HeaderMap::new()).unwrap(), None);
    }

    #[test]
    fn a_made_up_method_makes_no_label_of_its_own() {
        assert_eq!(known(&Method::PATCH), "PATCH");
        assert_eq!(known(&Method::from_bytes(b"X123").unwrap()), "other");
    }
}
