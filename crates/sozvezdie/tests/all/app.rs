//! The program under test: both networks in a fresh database, a clock that stands still, and
//! clients that speak to the router without a socket.
use crate::{
    html::Form,
    matrix::Whose,
    table::Record,
    world::{self, World},
};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode, header, request::Builder},
};
use chrono::{DateTime, Duration, Utc};
use kit::{
    Chance, Clock, Lang,
    db::{Db, Net, NetworkId, Tx},
    files::Files,
    session::{self, Kind},
    text::url_part,
    visit::COOKIE,
};
use sozvezdie::{
    app::{App, Options},
    roles::Role,
    server, slices,
};
use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Once},
};
use tokio::sync::Mutex;
use tower::ServiceExt as _;
use uuid::Uuid;

/// Tuesday, 24 November 2026, ten o'clock in Belgorod.
pub fn now() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-11-24T10:00:00+03:00").unwrap().to_utc()
}

/// The running program with what stands in its database.
pub struct TestApp {
    pub app: App,
    pub world: World,
    router: Router,
    folder: Arc<tempfile::TempDir>,
    /// Files of acts, for the tests that walk all routes.
    files: Arc<Mutex<HashMap<(Record, Whose), Uuid>>>,
}

impl TestApp {
    /// The two networks of [`world`] in an empty, migrated database.
    pub async fn new(db: Db) -> Self {
        static TEXTS: Once = Once::new();
        TEXTS.call_once(|| sozvezdie::texts::install().unwrap());
        let (clock, chance) = (Clock::fixed(now()), Chance::seeded(7));
        let world = world::build(&db, &clock, &chance).await;
        Self::over(db, clock, chance, world, Arc::new(tempfile::tempdir().unwrap()), Options::default())
    }

    fn over(
        db: Db,
        clock: Clock,
        chance: Chance,
        world: World,
        folder: Arc<tempfile::TempDir>,
        options: Options,
    ) -> Self {
        let options = Options { files: Files::open(folder.path()).unwrap(), ..options };
        let app = App::new(db, clock, chance, world.network, &slices::all(), options);
        let router = server::router(&app, slices::routes());
        Self { app, world, router, folder, files: Arc::default() }
    }

    /// The file of an act, brought by the deputy whose organisation's it is.
    pub async fn act_file(&self, whose: Whose) -> Uuid {
        self.brought(Record::Act, whose, "acts", "files", "id").await
    }

    /// The file of a methodical resource, alike; its licence lets everybody take it.
    pub async fn material_file(&self, whose: Whose) -> Uuid {
        let id = self.brought(Record::Material, whose, "resources", "versions", "file_id").await;
        let key = if whose == Whose::Own { "deputy_head" } else { "other_deputy" };
        let path = format!("/api/v1/resources/{}/file-access", self.world.records[&(Record::Material, whose)]);
        self.program(key).await.json("POST", &path, serde_json::json!({ "access": "everyone" })).await.expect(200);
        id
    }

    /// A file of a group, alike.
    pub async fn group_file(&self, whose: Whose) -> Uuid {
        self.brought(Record::Group, whose, "groups", "files", "id").await
    }

    /// Brought once, on the first call.
    async fn brought(&self, record: Record, whose: Whose, slice: &str, part: &str, id: &str) -> Uuid {
        let mut brought = self.files.lock().await;
        if let Some(id) = brought.get(&(record, whose)) {
            return *id;
        }
        let key = if whose == Whose::Own { "deputy_head" } else { "other_deputy" };
        let path = format!("/api/v1/{slice}/{}/{part}", self.world.records[&(record, whose)]);
        let sent = self.program(key).await.bring(&path, "приказ.pdf", b"%PDF-1.7\n%%EOF").await.expect(201).json();
        let id = sent[id].as_str().and_then(|id| id.parse().ok()).unwrap_or_else(|| panic!("{sent}"));
        brought.insert((record, whose), id);
        id
    }

    /// The same database after a while; the program was restarted meanwhile.
    pub fn later(&self, by: Duration) -> Self {
        let clock = Clock::fixed(self.app.clock.now() + by);
        self.again(clock, self.app.options.clone())
    }

    /// The same database, the program started with other options.
    pub fn with(&self, change: impl FnOnce(&mut Options)) -> Self {
        let mut options = self.app.options.clone();
        change(&mut options);
        self.again(self.app.clock.clone(), options)
    }

    fn again(&self, clock: Clock, options: Options) -> Self {
        let (db, chance) = (self.app.db.clone(), self.app.chance.clone());
        let again = Self::over(db, clock, chance, self.world.clone(), self.folder.clone(), options);
        Self { files: self.files.clone(), ..again }
    }

    /// Where uploaded files lie.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// The small network's rows.
    pub fn net(&self) -> Net {
        self.app.db.network(self.world.network)
    }

    /// The rows of the network that nobody here may see.
    pub fn foreign_net(&self) -> Net {
        self.app.db.network(self.world.foreign)
    }

    /// An id for a record that a test makes past the slices.
    pub fn new_id(&self) -> Uuid {
        self.app.chance.id(self.app.clock.now())
    }

    /// Writes past the slices: what no route makes.
    pub async fn write(&self, network: NetworkId, work: impl AsyncFnOnce(&mut Tx) -> kit::db::Result<()> + Clone) {
        self.app.db.network(network).transact(work).await.unwrap();
    }

    pub fn anon(&self) -> Client {
        let address = "192.0.2.1:5000".parse().unwrap();
        Client { router: self.router.clone(), pass: Pass::None, address, lang: Lang::Ru }
    }

    /// A browser in which the person of this role is signed in; the guest's is just a browser.
    pub async fn as_role(&self, role: Role) -> Client {
        if role == Role::Guest { self.anon() } else { self.as_person(role.code()).await }
    }

    /// A browser in which one of the world's people is signed in.
    pub async fn as_person(&self, key: &str) -> Client {
        Client { pass: Pass::Cookie(self.secret(key, Kind::Web).await), ..self.anon() }
    }

    /// A program with the token of one of the world's people.
    pub async fn program(&self, key: &str) -> Client {
        Client { pass: Pass::Token(self.secret(key, Kind::Token).await), ..self.anon() }
    }

    /// A session without the password: hashing is slow on purpose.
    async fn secret(&self, key: &str, kind: Kind) -> String {
        let directory = self.app.db.directory();
        let login = session::find_login(&directory, &world::email(key)).await.unwrap();
        session::open(
            &directory,
            &login.unwrap_or_else(|| panic!("nobody is called {key}")),
            kind,
            &session::Whence::default(),
            self.app.clock.now(),
        )
        .await
        .unwrap()
    }
}

/// How a client shows who it is.
#[derive(Clone)]
pub enum Pass {
    None,
    Cookie(String),
    Token(String),
}

/// A browser or a program.
#[derive(Clone)]
pub struct Client {
    pub router: Router,
    pub pass: Pass,
    pub address: SocketAddr,
    pub lang: Lang,
}

impl Client {
    pub async fn get(&self, path: &str) -> Answer {
        self.call("GET", path).send().await
    }

    /// Sends a form as the browser does from our own page.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.call("POST", path).form(fields).send().await
    }

    /// Sends a file.
    pub async fn bring(&self, path: &str, name: &str, content: &[u8]) -> Answer {
        let head = format!("--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        let body = [head.as_bytes(), content, b"\r\n--line--\r\n"].concat();
        self.call("POST", path).raw("multipart/form-data; boundary=line", body).send().await
    }

    /// Sends a form that a page holds.
    pub async fn submit(&self, form: &Form) -> Answer {
        self.post(&form.action, &form.pairs()).await
    }

    /// Sends JSON as a program does.
    pub async fn json(&self, method: &str, path: &str, body: serde_json::Value) -> Answer {
        self.call(method, path).json(&body).send().await
    }

    /// A request from our own page (or a program), to be filled and sent.
    pub fn call(&self, method: &str, path: &str) -> Call {
        let bare = self.bare(method, path);
        match self.pass {
            Pass::Token(_) => bare,
            _ => bare.header("sec-fetch-site", "same-origin"),
        }
    }

    /// A request that does not say where it comes from.
    pub fn bare(&self, method: &str, path: &str) -> Call {
        let mut cookies = vec![format!("{}={}", kit::visit::LANG_COOKIE, self.lang.code())];
        let path: String = path.chars().map(addressable).collect();
        let mut request = Request::builder().method(method).uri(path).extension(ConnectInfo(self.address));
        match &self.pass {
            Pass::None => {}
            Pass::Cookie(secret) => cookies.push(format!("{COOKIE}={secret}")),
            Pass::Token(token) => request = request.header(header::AUTHORIZATION, format!("Bearer {token}")),
        }
        request = request.header(header::COOKIE, cookies.join("; ")).header(header::HOST, "127.0.0.1:8080");
        if matches!(self.lang, Lang::En) {
            request = request.header(header::ACCEPT_LANGUAGE, "en");
        }
        Call { request, body: Bytes::new(), router: self.router.clone() }
    }
}

/// A character as a browser puts it into an address.
fn addressable(c: char) -> String {
    let plain = c.is_ascii() && !c.is_ascii_control() && !" \"<>\\^`{|}".contains(c);
    if plain { c.to_string() } else { url_part(c.to_string().as_str()).to_string() }
}

/// A request that is being written.
pub struct Call {
    request: Builder,
    body: Bytes,
    router: Router,
}

impl Call {
    #[must_use]
    pub fn header(mut self, name: &str, value: impl AsRef<str>) -> Self {
        self.request = self.request.header(name, value.as_ref());
        self
    }

    #[must_use]
    pub fn form(self, fields: &[(&str, &str)]) -> Self {
        self.raw("application/x-www-form-urlencoded", serde_html_form::to_string(fields).unwrap())
    }

    #[must_use]
    pub fn json(self, body: &serde_json::Value) -> Self {
        self.raw("application/json", body.to_string())
    }

    #[must_use]
    pub fn raw(mut self, kind: &str, body: impl Into<Bytes>) -> Self {
        self.request = self.request.header(header::CONTENT_TYPE, kind);
        self.body = body.into();
        self
    }

    pub async fn send(self) -> Answer {
        let request = self.request.body(Body::from(self.body)).unwrap();
        let (parts, body) = self.router.oneshot(request).await.unwrap().into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn code(&self) -> u16 {
        self.status.as_u16()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }

    pub fn is_page(&self) -> bool {
        self.header("content-type").starts_with("text/html")
    }

    /// The value that a cookie was set to.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let set = self.headers.get_all("set-cookie").iter().filter_map(|v| v.to_str().ok());
        set.filter_map(|v| v.strip_prefix(name)?.strip_prefix('=')?.split(';').next()).map(str::to_owned).next()
    }

    /// Fails with the body shown when the status is another.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.code(), status, "{}", self.text());
        self
    }

    /// The id in an address like `/organisations/…`.
    pub fn new_id(&self) -> Uuid {
        self.location()
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .parse()
            .unwrap_or_else(|_| panic!("{:?}", self.location()))
    }
}
