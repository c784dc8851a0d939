//! What a journey is told with: a person at a window of the real program.
//!
//! `cargo xtask test --only browser` sets the variables that say where Chromium and its driver are.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on says so by panicking")]

mod process;
mod webdriver;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use base64::Engine;
use serde_json::{Value, json};

use process::{Running, temporary_folder};
use webdriver::{Element, Session};

/// How long a person waits for something to appear before calling it broken.
const PATIENCE: Duration = Duration::from_secs(10);
/// The demo network is made in a debug build, perhaps beside other builds.
const DEMO: Duration = Duration::from_secs(180);

/// The real binary, serving the demo network from a folder of its own.
pub struct Product {
    url: String,
    accounts: Value,
    _program: Running,
}

impl Product {
    pub fn start() -> Self {
        let folder = temporary_folder("demo");
        let mut command = Command::new(env!("CARGO_BIN_EXE_sozvezdie"));
        command.args(["demo", "--json", "--listen", "127.0.0.1:0", "--data"]).arg(folder.join("data"));
        let line = |line: &str| serde_json::from_str::<Value>(line).ok();
        let (program, ready) = Running::start("sozvezdie demo", command, &folder, DEMO, line);
        let url = ready["url"].as_str().expect("demo --json gives url").trim_end_matches('/').to_owned();
        Self { url, accounts: ready["accounts"].clone(), _program: program }
    }

    /// Without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// One for all journeys that do not mind what others do in it.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Product> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// By role, or by what stands before the @ where a role has several accounts.
    fn account(&self, who: &str) -> (&str, &str) {
        let accounts = self.accounts.as_array().expect("demo --json gives accounts");
        let is_meant = |account: &&Value| {
            let name = account["email"].as_str().and_then(|email| email.split('@').next());
            account["role"] == who || name == Some(who)
        };
        let account = accounts.iter().find(is_meant).unwrap_or_else(|| panic!("the demo has no account for {who}"));
        let field = |name: &str| account[name].as_str().expect("an account has email and password");
        (field("email"), field("password"))
    }
}

#[derive(Clone, Copy)]
pub enum Window {
    /// 1440 × 900
    Desk,
    /// 390 × 844
    Phone,
}

impl Window {
    fn size(self) -> (u32, u32) {
        match self {
            Window::Desk => (1440, 900),
            Window::Phone => (390, 844),
        }
    }
}

/// A browser window. Every step waits for what it needs and panics with the page's text when it
/// does not come.
pub struct Browser {
    session: Session,
    base: String,
    window: Window,
}

impl Browser {
    /// At the home page of a site.
    pub fn open(url: &str, window: Window) -> Self {
        let session = Session::start();
        let (width, height) = window.size();
        session.resize(width, height);
        let browser = Self { session, base: url.trim_end_matches('/').to_owned(), window };
        browser.goto("/");
        browser
    }

    /// Signed in to the product with one of the demo's accounts: by role, or by the name of its address.
    pub fn signed_in(product: &Product, who: &str, window: Window) -> Self {
        let browser = Self::open(&product.url, window);
        browser.sign_in(product, who);
        browser
    }

    /// Leaves the sign-in page, whatever it is called, by its one form with a password.
    pub fn sign_in(&self, product: &Product, who: &str) {
        let (email, password) = product.account(who);
        self.goto("/sign-in");
        for (field, value) in [("input[type=email]", email), ("input[type=password]", password)] {
            let field = self.found(&format!("a field {field}"), || self.css(field));
            self.session.clear(&field);
            self.session.type_into(&field, value);
        }
        self.press(ENTER);
        self.wait_until("the sign-in page is left", || self.css("input[type=password]").is_none());
    }

    /// A path of the site, with or without a query.
    pub fn goto(&self, path: &str) {
        self.session.goto(&format!("{}{path}", self.base));
    }

    /// Path and query of the page that is shown.
    pub fn path(&self) -> String {
        self.session.url().trim_start_matches(&self.base).to_owned()
    }

    /// Clicks the link, button, tab or summary that reads exactly so; what the page itself offers comes
    /// before its frame.
    pub fn click_text(&self, text: &str) {
        let what = format!("something to click that reads «{text}»");
        let mut refused = String::new();
        let done = poll(|| {
            let element = self.session.element(CLICKABLE, &[json!(text)])?;
            self.session.click(&element).map_err(|reason| refused = reason).ok()
        });
        done.unwrap_or_else(|| self.give_up(&format!("{what} {refused}")));
    }

    /// Puts a value into the field with this label: types into text fields, chooses in a select by
    /// what the option reads, sets dates in ISO form, ticks a box with `yes` and clears it with `no`.
    pub fn fill(&self, label: &str, value: &str) {
        let field = self.found(&format!("a field «{label}»"), || self.session.element(LABELLED, &[json!(label)]));
        let answer = self.session.script_on(&field, FILL, value);
        match answer.as_str() {
            Some("type") => {
                self.session.clear(&field);
                self.session.type_into(&field, value);
            }
            Some("set") => {}
            _ => self.give_up(&format!("an option «{value}» in «{label}»")),
        }
    }

    /// The visible text of the first element, spaces made single.
    pub fn text_of(&self, css: &str) -> String {
        let text = self.found(css, || self.session.script(TEXT, &[json!(css)]).as_str().map(str::to_owned));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Until something visible matches.
    pub fn wait_for(&self, css: &str) {
        self.found(css, || self.css(css));
    }

    /// Until the page reads so somewhere.
    pub fn wait_for_text(&self, text: &str) {
        self.wait_until(&format!("the text «{text}»"), || self.page_text().contains(text));
    }

    /// Until a condition of the journey's own holds.
    pub fn wait_until(&self, what: &str, condition: impl Fn() -> bool) {
        self.found(what, || condition().then_some(()));
    }

    /// Everything visible, spaces made single.
    pub fn page_text(&self) -> String {
        let text = self.session.script("return document.body ? document.body.innerText : ''", &[]);
        text.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// One key: [`ENTER`], [`TAB`] or a letter.
    pub fn press(&self, key: char) {
        self.session.press(key);
    }

    /// What has the focus, as a person would name it.
    pub fn focus(&self) -> String {
        self.session.script(FOCUS, &[]).as_str().unwrap_or_default().to_owned()
    }

    /// Runs a function's body in the page, for what no other step says.
    pub fn script(&self, body: &str) -> Value {
        self.session.script(body, &[])
    }

    /// Panics unless axe finds nothing, the console is silent and nothing is wider than the window.
    pub fn check_page(&self) {
        let faults = self.faults();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    /// What [`Self::check_page`] would panic with.
    pub fn faults(&self) -> Vec<String> {
        let all = self.axe().into_iter().chain(self.console_errors()).chain(self.wider_than_window());
        let (path, (width, _)) = (self.path(), self.window.size());
        all.map(|fault| format!("{path} at {width}: {fault}")).collect()
    }

    /// Switches the language of the pages, `ru` or `en`.
    pub fn speak(&self, language: &str) {
        let there = format!("return document.documentElement.lang === '{language}'");
        if self.script(&there) == true {
            return;
        }
        let switch = "document.querySelector('form[action=\"/language\"]').requestSubmit()";
        self.script(switch);
        self.wait_until("the other language", || self.script(&there) == true);
    }

    /// What axe has against the page: rule, impact, help, and for each place its selector and markup.
    pub fn axe(&self) -> Vec<String> {
        self.session.script(&axe_source(), &[]);
        let found = self.session.script_later(AXE);
        let Some(found) = found.as_array() else { panic!("axe does not run: {found}") };
        found.iter().map(|violation| violation.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Errors, refusals of the content security policy and files that are missing, since the last look.
    /// That the program refused a request (404, 422) is what a page then shows, and no error.
    pub fn console_errors(&self) -> Vec<String> {
        let assets = format!("{}/assets/", self.base);
        let refused = |message: &str| message.contains("responded with a status of 4") && !message.contains(&assets);
        let said = self.session.console().into_iter().filter(|entry| entry["level"] == "SEVERE");
        let words = said.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned());
        words.filter(|message| !refused(message)).map(|message| format!("console: {message}")).collect()
    }

    fn wider_than_window(&self) -> Option<String> {
        let width = self.session.script("return document.documentElement.scrollWidth - window.innerWidth", &[]);
        let over = width.as_i64().filter(|over| *over > 0)?;
        Some(format!("the page is {over} px wider than the window"))
    }

    /// The window as it is, into `target/shots/NAME-WIDTH.png`; with `SOZVEZDIE_SHOTS=1` the whole page
    /// too, into `…-whole.png`; with `SOZVEZDIE_GUIDE_SHOTS=1` the window on a desk also into the
    /// guide, in place of its picture of this name (a page in Russian goes without `-ru`).
    pub fn screenshot(&self, name: &str) {
        let (width, _) = self.window.size();
        let shots = workspace().join("target/shots");
        let shot = self.capture(&json!({ "format": "png" }));
        save(&shots, &format!("{name}-{width}.png"), &shot);
        if wanted("SOZVEZDIE_SHOTS") {
            let all = self.session.script(WHOLE, &[]);
            let whole = self.capture(&json!({ "format": "png", "captureBeyondViewport": true, "clip": all }));
            save(&shots, &format!("{name}-{width}-whole.png"), &whole);
        }
        let picture = format!("{}.png", name.strip_suffix("-ru").unwrap_or(name));
        let guide = workspace().join("docs/guide/shots");
        if wanted("SOZVEZDIE_GUIDE_SHOTS") && width > 1000 && guide.join(&picture).exists() {
            save(&guide, &picture, &shot);
        }
    }

    fn capture(&self, parameters: &Value) -> Vec<u8> {
        let shot = self.session.devtools("Page.captureScreenshot", parameters);
        let data = shot["data"].as_str().expect("a screenshot has data");
        base64::engine::general_purpose::STANDARD.decode(data).expect("a screenshot is in base64")
    }

    fn css(&self, css: &str) -> Option<Element> {
        self.session.element(VISIBLE, &[json!(css)])
    }

    fn found<T>(&self, what: &str, look: impl FnMut() -> Option<T>) -> T {
        poll(look).unwrap_or_else(|| self.give_up(what))
    }

    fn give_up(&self, what: &str) -> ! {
        let test = std::thread::current().name().unwrap_or_default().replace("::", "-");
        self.screenshot(&format!("given-up-{test}"));
        panic!("{what} did not come at {}, which reads:\n{}", self.path(), self.page_text());
    }
}

pub const ENTER: char = '\u{E007}';
pub const TAB: char = '\u{E004}';

/// Looks again and again until it finds something or patience ends.
fn poll<T>(mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return Some(found);
        }
        if Instant::now() > deadline {
            return None;
        }
        std::thread::sleep(Duration::from_millis(25));
    }
}

fn wanted(variable: &str) -> bool {
    std::env::var(variable).is_ok_and(|value| value == "1")
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn save(folder: &Path, name: &str, shot: &[u8]) {
    std::fs::create_dir_all(folder).expect("a folder for screenshots");
    std::fs::write(folder.join(name), shot).expect("a screenshot is written");
}

fn axe_source() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/axe/axe.min.js");
    std::fs::read_to_string(file).expect("tests/axe/axe.min.js")
}

const VISIBLE: &str = "return [...document.querySelectorAll(arguments[0])].find(e => e.checkVisibility()) || null;";

const TEXT: &str = "const e = document.querySelector(arguments[0]); return e ? e.innerText : null;";

const CLICKABLE: &str = r#"
const plain = text => (text || '').replace(/\s+/g, ' ').trim(), wanted = plain(arguments[0]);
const seen = e => {
    const copy = e.cloneNode(true);
    copy.querySelectorAll('.vh').forEach(hidden => hidden.remove());
    return copy.textContent;
};
const names = e => [e.innerText, e.textContent, seen(e), e.value, e.getAttribute('aria-label'), e.title];
const fits = e => e.checkVisibility() && names(e).some(name => plain(name) === wanted);
const all = [...document.querySelectorAll(`a[href], button, summary, label, input[type=submit],
    [role=tab], [role=button], [role=menuitem], [role=option]`)].filter(fits);
return all.find(e => e.closest('main, dialog')) || all[0] || null;"#;

/// By label, `aria-label` or placeholder; remarks in spans and the mark of a required field do not count.
const LABELLED: &str = r#"
const plain = text => (text || '').replace(/[\s*]+/g, ' ').trim(), wanted = plain(arguments[0]);
const own = label => {
    const copy = label.cloneNode(true);
    copy.querySelectorAll('input, select, textarea, button, span').forEach(e => e.remove());
    return copy.textContent;
};
const label = [...document.querySelectorAll('label')].find(e => e.control && plain(own(e)) === wanted);
return label ? label.control : [...document.querySelectorAll('input, select, textarea')]
    .find(e => [e.ariaLabel, e.placeholder].some(name => plain(name) === wanted)) || null;"#;

/// Says `type` when the text is still to be typed, `set` when all is done, else nothing.
const FILL: &str = r#"
const [field, value] = arguments, kind = field.localName === 'select' ? 'select' : field.type;
const tell = () => ['input', 'change'].forEach(name => field.dispatchEvent(new Event(name, { bubbles: true })));
if (kind === 'select') {
    const option = [...field.options].find(o => o.label.trim() === value || o.value === value);
    if (!option) return null;
    field.value = option.value; tell(); return 'set';
}
if (kind === 'checkbox' || kind === 'radio') { if (field.checked !== (value !== 'no')) field.click(); return 'set'; }
if (['date', 'time', 'datetime-local', 'month', 'week', 'color', 'range'].includes(kind)) { field.value = value; tell(); return 'set'; }
return 'type';"#;

const FOCUS: &str = "const e = document.activeElement; return e ? (e.ariaLabel || e.innerText || e.name || e.id || e.localName).trim() : '';";

const WHOLE: &str = "const e = document.documentElement; return { x: 0, y: 0, width: e.scrollWidth, height: e.scrollHeight, scale: 1 };";

const AXE: &str = r#"
const { violations } = await axe.run(document, { resultTypes: ['violations'], preload: false, iframes: false });
return violations.map(v => [`${v.id} (${v.impact}): ${v.help}`,
    ...v.nodes.map(n => `    ${n.target.join(' ')}  ${n.html.slice(0, 200)}\n      ${n.failureSummary.replace(/\n\s*/g, ' ')}`)].join('\n'));"#;
