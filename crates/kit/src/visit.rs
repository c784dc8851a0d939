//! One request's who, where, when and how: what every handler takes first.
use crate::{
    Chance, Clock, Fault, Lang,
    access::{Policy, Viewer},
    db::{Db, Directory, Net, NetworkId},
    session::{self, Kind},
};
use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use std::{
    future::Future,
    ops::Deref,
    pin::Pin,
    sync::{Arc, OnceLock},
};
use uuid::Uuid;

/// The session cookie. `__Host-` keeps it to this host, this path and secure origins.
pub const COOKIE: &str = "__Host-session";
/// The low-vision settings, e.g. `150.wb.wide.noimg`.
pub const LOOK_COOKIE: &str = "__Host-look";
/// The chosen language.
pub const LANG_COOKIE: &str = "__Host-lang";
/// The key of a text to show once on the next page.
pub const FLASH_COOKIE: &str = "__Host-flash";

/// A number in the frame, under its name.
pub type Count = (&'static str, i64);
/// The numbers on their way.
pub type Counting = Pin<Box<dyn Future<Output = Result<Vec<Count>, Fault>> + Send>>;

/// What the program knows before anybody knocks.
pub struct Door {
    pub db: Db,
    pub clock: Clock,
    pub chance: Chance,
    pub policy: Policy,
    /// The numbers in the frame of a page, fetched before it is drawn.
    pub counts: fn(Visit) -> Counting,
    /// The network that guests see.
    pub guests: NetworkId,
    /// The key of a text that stands over every page, e.g. that the data are made up.
    pub notice: Option<&'static str>,
    /// Scheme, host and port of our own pages; without it they come plainly from the host that was asked.
    pub origin: Option<String>,
    /// Whoever was told to set a second factor up must have done so in time.
    pub demands_factor: bool,
}

impl Door {
    fn duty(&self, session: &session::Session, now: DateTime<Utc>) -> Option<Duty> {
        if session.must_change_password {
            return Some(Duty::Password);
        }
        let is_due = self.demands_factor && session.factor_due.is_some_and(|due| due <= now);
        is_due.then_some(Duty::SecondFactor)
    }
}

/// What a person must do before anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// The password is one that somebody else issued.
    Password,
    /// The days for setting the second factor up are over.
    SecondFactor,
}

/// The low-vision version: `None` everywhere is the usual look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// 125, 150 or 200 per cent.
    pub size: Option<&'static str>,
    /// `wb` black on white, `bw` white on black, `blue` dark blue on light blue.
    pub scheme: Option<&'static str>,
    pub wide: bool,
    pub no_images: bool,
}

impl Look {
    pub fn parse(text: &str) -> Self {
        let mut look = Self::default();
        for part in text.split('.') {
            match part {
                "125" => look.size = Some("125"),
                "150" => look.size = Some("150"),
                "200" => look.size = Some("200"),
                "wb" => look.scheme = Some("wb"),
                "bw" => look.scheme = Some("bw"),
                "blue" => look.scheme = Some("blue"),
                "wide" => look.wide = true,
                "noimg" => look.no_images = true,
                _ => {}
            }
        }
        look
    }

    /// As the cookie holds it.
    pub fn to_cookie(&self) -> String {
        let parts = [self.size, self.scheme, self.wide.then_some("wide"), self.no_images.then_some("noimg")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(".")
    }
}

/// The facts of one request. Cheap to clone.
#[derive(Clone)]
pub struct Visit(Arc<Facts>);

pub struct Facts {
    pub net: Net,
    pub directory: Directory,
    pub viewer: Viewer,
    pub lang: Lang,
    pub look: Look,
    pub now: DateTime<Utc>,
    pub today: NaiveDate,
    /// Names the request in the log and on a page of a fault.
    pub request: String,
    /// Path and query as asked.
    pub url: String,
    /// Called through `/api/`.
    pub api: bool,
    /// Wants a part of a page, not the frame.
    pub fragment: bool,
    /// Guards forms against other sites; empty for guests.
    pub csrf: String,
    /// A text to show once.
    pub flash: Option<String>,
    /// A text that stands over every page.
    pub notice: Option<&'static str>,
    /// What this person must do before anything else.
    pub duty: Option<Duty>,
    secret: Option<String>,
    chance: Chance,
    counts: OnceLock<Vec<Count>>,
}

impl Deref for Visit {
    type Target = Facts;
    fn deref(&self) -> &Facts {
        &self.0
    }
}

impl Visit {
    /// The visit of a request that came through [`enter`].
    pub fn of(request: &Request) -> Option<&Self> {
        request.extensions().get()
    }

    /// A visit made by the program itself: the demo, an import from the command line, a test.
    pub fn by_program(net: Net, directory: Directory, viewer: Viewer, clock: &Clock, chance: Chance) -> Self {
        let now = clock.now();
        Self(Arc::new(Facts {
            net,
            directory,
            viewer,
            lang: Lang::Ru,
            look: Look::default(),
            now,
            today: crate::clock::local_date(now),
            request: "program".into(),
            url: "/".into(),
            api: false,
            fragment: false,
            csrf: String::new(),
            flash: None,
            notice: None,
            duty: None,
            secret: None,
            chance,
            counts: OnceLock::new(),
        }))
    }

    /// An id for a new record.
    pub fn new_id(&self) -> Uuid {
        self.chance.id(self.now)
    }

    /// A fresh idempotency key for a form.
    pub fn new_key(&self) -> String {
        self.chance.id(self.now).simple().to_string()
    }

    /// The actor of a change: the person, or nobody's id for a guest.
    pub fn actor(&self) -> Uuid {
        self.viewer.person.unwrap_or_default()
    }

    /// The secret of this browser's session, to end it or to keep it while others end.
    pub fn secret(&self) -> Option<&str> {
        self.secret.as_deref()
    }

    /// Binds a text that a form carries to this session, so that it comes back as it went out.
    pub fn seal(&self, purpose: &str, text: &str) -> String {
        // The session's secret stands last: nobody can extend the hash without it.
        let secret = self.secret.as_deref().unwrap_or_default();
        hex::encode(crate::chance::digest(&format!("seal:{purpose}:{text}:{secret}")))
    }

    /// Whether the seal is that of [`Self::seal`]. No session, no seal.
    pub fn is_sealed(&self, purpose: &str, text: &str, seal: &str) -> bool {
        self.secret.is_some()
            && subtle::ConstantTimeEq::ct_eq(self.seal(purpose, text).as_bytes(), seal.as_bytes()).into()
    }

    /// A number in the frame; `None` when it is zero or nobody counted.
    pub fn count(&self, name: &str) -> Option<i64> {
        self.counts.get()?.iter().find(|c| c.0 == name).map(|c| c.1).filter(|n| *n > 0)
    }

    /// `path` without the query.
    pub fn path(&self) -> &str {
        self.url.split('?').next().unwrap_or("/")
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        parts.extensions.get().cloned().ok_or_else(|| Fault::Internal(anyhow::anyhow!("a route outside the door")))
    }
}

/// Finds out who looks, and refuses forged requests. The response carries the visit on, so that the
/// shell can draw a fault in the right language and frame.
pub async fn enter(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match recognise(&door, &parts).await {
        Ok(visit) => {
            count(&door, &visit).await;
            parts.extensions.insert(visit.clone());
            let mut response = next.run(Request::from_parts(parts, body)).await;
            response.extensions_mut().insert(visit);
            response
        }
        Err(fault) => fault.into_response(),
    }
}

/// Whether the address names a file (`/bookings/export.xlsx`, `/acts/files/…`): what comes has no frame.
fn names_a_file(path: &str) -> bool {
    let mut parts = path.rsplit('/');
    parts.next().is_some_and(|last| last.contains('.')) || parts.next() == Some("files")
}

/// Fetches the numbers of the frame for whoever gets a page. A form that is sent may come back as a
/// page, so it counts as one.
async fn count(door: &Door, visit: &Visit) {
    if visit.viewer.is_guest() || visit.api || visit.fragment || names_a_file(visit.path()) {
        return;
    }
    match (door.counts)(visit.clone()).await {
        Ok(counts) => drop(visit.counts.set(counts)),
        // A page without numbers is a page.
        Err(e) => tracing::warn!("the numbers of the frame are out of reach: {e:?}"),
    }
}

async fn recognise(door: &Door, request: &Parts) -> Result<Visit, Fault> {
    let headers = &request.headers;
    let now = door.clock.now();
    let today = crate::clock::local_date(now);
    let directory = door.db.directory();
    let api = request.uri.path().starts_with("/api/");

    // A cookie does not open the API to other sites' forms, and a token needs no protection from them.
    let bearer =
        header_text(headers, &header::AUTHORIZATION).and_then(|v| v.strip_prefix("Bearer ").map(str::to_owned));
    let (secret, kind) = match bearer {
        Some(token) => (Some(token), Kind::Token),
        None => (cookie(headers, COOKIE), Kind::Web),
    };
    let found = match &secret {
        Some(secret) => session::find(&directory, secret, kind, now).await?,
        None => None,
    };
    let mut csrf = String::new();
    let mut duty = None;
    let (net, viewer) = match found {
        None if kind == Kind::Token => return Err(Fault::SignIn),
        None => (door.db.network(door.guests), Viewer::guest(door.policy)),
        Some(found) => {
            duty = door.duty(&found, now);
            if let Some(secret) = &secret {
                if kind == Kind::Web {
                    csrf = csrf_token(secret);
                    check_origin(&request.method, headers, &csrf, door.origin.as_deref())?;
                }
                if now - found.seen_at > Duration::minutes(5)
                    && let Err(e) = session::touch(&directory, secret, now).await
                {
                    // Reading goes on over a full disk; the session only ends a little early.
                    tracing::warn!("a session's last click is not noted: {e:?}");
                }
            }
            let net = door.db.network(NetworkId::from(found.network_id));
            let grants = session::grants(&net, found.person_id, today).await?;
            (net, Viewer::person(found.person_id, found.login_id, found.name, found.email, grants, door.policy))
        }
    };
    if viewer.is_guest() {
        check_origin(&request.method, headers, "", door.origin.as_deref())?;
    }

    let lang = cookie(headers, LANG_COOKIE).map_or_else(Lang::default, |code| Lang::from_code(&code));
    let lang = if api { header_text(headers, &header::ACCEPT_LANGUAGE).map_or(lang, Lang::from_code) } else { lang };
    Ok(Visit(Arc::new(Facts {
        net,
        directory,
        viewer,
        lang,
        look: cookie(headers, LOOK_COOKIE).map(|text| Look::parse(&text)).unwrap_or_default(),
        now,
        today,
        request: door.chance.id(now).to_string(),
        url: request.uri.path_and_query().map_or_else(|| "/".into(), ToString::to_string),
        api,
        fragment: headers.contains_key("hx-request") && !headers.contains_key("hx-boosted"),
        csrf,
        flash: cookie(headers, FLASH_COOKIE),
        notice: door.notice,
        duty,
        secret: secret.filter(|_| kind == Kind::Web),
        chance: door.chance.clone(),
        counts: OnceLock::new(),
    })))
}

fn header_text<'h>(headers: &'h HeaderMap, name: &header::HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|v| v.to_str().ok())
}

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
        .filter(|v| !v.is_empty())
}

/// The form's guard: derived from the session's secret, so that it needs no store.
pub fn csrf_token(secret: &str) -> String {
    hex::encode(crate::chance::digest(&format!("csrf:{secret}")).get(..16).unwrap_or_default())
}

/// An unsafe request must come from our own pages. Browsers say where it comes from
/// (`Sec-Fetch-Site`, `Origin`); a program without either shows the form's token in a header.
fn check_origin(method: &Method, headers: &HeaderMap, csrf: &str, ours: Option<&str>) -> Result<(), Fault> {
    if method.is_safe() {
        return Ok(());
    }
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    // What a browser says twice must agree: one strange answer is enough.
    let site = text("sec-fetch-site").map(|site| matches!(site, "same-origin" | "none"));
    let origin =
        headers.get("origin").map(|origin| origin.to_str().is_ok_and(|origin| is_ours(origin, ours, text("host"))));
    match (site, origin) {
        (Some(false), _) | (_, Some(false)) => return Err(Fault::Forged),
        (Some(true), _) | (_, Some(true)) => return Ok(()),
        (None, None) => {}
    }
    let shown = text("x-csrf-token").unwrap_or_default();
    // A guest has no session to misuse.
    if csrf.is_empty() || subtle::ConstantTimeEq::ct_eq(shown.as_bytes(), csrf.as_bytes()).into() {
        Ok(())
    } else {
        Err(Fault::Forged)
    }
}

/// Whether this is the origin of our own pages: scheme, host and port.
fn is_ours(origin: &str, ours: Option<&str>, host: Option<&str>) -> bool {
    match (ours, host) {
        (Some(ours), _) => origin.eq_ignore_ascii_case(ours),
        (None, Some(host)) => origin.eq_ignore_ascii_case(&format!("http://{host}")),
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(k, v)| (header::HeaderName::from_static(k), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn only_our_own_pages_may_change_things() {
        let refused =
            |h: &[(&'static str, &'static str)]| check_origin(&Method::POST, &headers(h), "token", None).is_err();
        assert!(refused(&[]));
        assert!(refused(&[("sec-fetch-site", "cross-site")]));
        assert!(refused(&[("sec-fetch-site", "same-site")]));
        assert!(refused(&[("origin", "https://evil.example"), ("host", "a.example")]));
        assert!(refused(&[("origin", "null"), ("host", "a.example")]));
        assert!(refused(&[("origin", "https://a.example"), ("host", "a.example")]), "another scheme is another origin");
        assert!(refused(&[("origin", "http://a.example:81"), ("host", "a.example")]));
        assert!(refused(&[
            ("sec-fetch-site", "same-origin"),
            ("origin", "http://evil.example"),
            ("host", "a.example")
        ]));
        assert!(refused(&[("x-csrf-token", "guess")]));
        assert!(!refused(&[("sec-fetch-site", "same-origin")]));
        assert!(!refused(&[("origin", "http://a.example"), ("host", "a.example")]));
        assert!(!refused(&[("x-csrf-token", "token")]));
        assert!(check_origin(&Method::GET, &headers(&[("sec-fetch-site", "cross-site")]), "token", None).is_ok());
        // Behind TLS the host that the proxy asks for says nothing.
        let public = |origin: &'static str| {
            let sent = headers(&[("origin", origin), ("host", "127.0.0.1:8080")]);
            check_origin(&Method::POST, &sent, "token", Some("https://set.example.ru")).is_ok()
        };
        assert!(public("https://set.example.ru") && public("https://SET.example.ru"));
        assert!(!public("http://set.example.ru") && !public("http://127.0.0.1:8080") && !public("null"));
    }

    #[test]
    fn a_download_is_known_by_its_address() {
        for file in ["/bookings/export.xlsx", "/calendar/s3cret.ics", "/acts/files/2", "/links/export.csv"] {
            assert!(names_a_file(file), "{file}");
        }
        for page in ["/", "/bookings", "/acts/2/files", "/bookings/0198b2c4-aaaa-7000-8000-000000000000/confirmation"] {
            assert!(!names_a_file(page), "{page}");
        }
    }

    #[test]
    fn the_look_survives_its_cookie() {
        let look = Look::parse("150.bw.wide.noimg.<script>");
        assert_eq!(look.to_cookie(), "150.bw.wide.noimg");
        assert_eq!(Look::parse(&look.to_cookie()), look);
    }

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let headers = headers(&[("cookie", "xlook=1; look=150; lang=")]);
        assert_eq!(cookie(&headers, "look").as_deref(), Some("150"));
        assert_eq!(cookie(&headers, "lang"), None);
    }
}
