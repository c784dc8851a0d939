//! The few words of the WebDriver protocol that journeys need: JSON over plain HTTP to chromedriver.
//!
//! Own code, because the client crates bring some thirty packages and an async runtime for these
//! hundred lines, and a journey reads best as a plain sequence of steps.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use super::process::{Running, temporary_folder};

/// How the protocol marks an element in JSON.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// Longer than any single command; a driver that hangs must not hang the tests.
const ANSWER: Duration = Duration::from_secs(60);
const START: Duration = Duration::from_secs(30);

/// A browser of its own behind a chromedriver of its own.
pub struct Session {
    port: u16,
    path: String,
    _driver: Running,
}

/// An element of the page that is shown now.
pub struct Element(String);

impl Session {
    pub fn start() -> Self {
        let chromium = variable("SOZVEZDIE_CHROMIUM");
        // It looks for a port that is free for one family of addresses and gives up where another has it
        // for the other family.
        let (driver, port, profile) = Self::driver()
            .or_else(|_| Self::driver())
            .or_else(|_| Self::driver())
            .unwrap_or_else(|reason| panic!("{reason}"));
        let mut arguments: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
        arguments.push(format!("--user-data-dir={profile}"));
        if std::env::var_os("SOZVEZDIE_NO_SANDBOX").is_some() {
            arguments.push("--no-sandbox".to_owned());
        }
        let mut session = Self { port, path: "/session".to_owned(), _driver: driver };
        let opened = session.post(
            "",
            &json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": { "binary": chromium, "args": arguments, "prefs": { "intl.accept_languages": "ru" } },
            "goog:loggingPrefs": { "browser": "ALL" },
        } } }),
        );
        let id = opened["sessionId"].as_str().expect("a session has an id");
        session.path = format!("/session/{id}");
        session
    }

    /// A chromedriver with its port, and the folder for its browser.
    fn driver() -> Result<(Running, u16, String), String> {
        let mut command = Command::new(variable("SOZVEZDIE_CHROMEDRIVER"));
        // Chromium takes the language of its own controls (dates!) from here, not from its flags.
        command.arg("--port=0").env("LANGUAGE", "ru").env("LC_ALL", "ru_RU.UTF-8");
        let folder = temporary_folder("browser");
        let profile = folder.join("profile").display().to_string();
        let ready = |line: &str| {
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse().ok()
        };
        let (driver, port) = Running::try_start("chromedriver", command, &folder, START, ready)?;
        Ok((driver, port, profile))
    }

    /// Exactly this many CSS pixels, as a telephone when it is narrow (windows cannot be that narrow).
    pub fn resize(&self, width: u32, height: u32) {
        let mobile = width < 600;
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
        self.devtools("Emulation.setDeviceMetricsOverride", &size);
    }

    pub fn goto(&self, url: &str) {
        self.post("/url", &json!({ "url": url }));
    }

    pub fn url(&self) -> String {
        self.get("/url").as_str().unwrap_or_default().to_owned()
    }

    /// Runs the body of a function in the page.
    pub fn script(&self, body: &str, arguments: &[Value]) -> Value {
        self.post("/execute/sync", &json!({ "script": body, "args": arguments }))
    }

    /// The same with an element and a value as arguments.
    pub fn script_on(&self, Element(id): &Element, body: &str, value: &str) -> Value {
        self.script(body, &[json!({ ELEMENT: id }), json!(value)])
    }

    /// The same for a body that gives a promise.
    pub fn script_later(&self, body: &str) -> Value {
        let body = format!("const done = arguments[0]; (async () => {{ {body} }})().then(done, e => done(String(e)));");
        self.post("/execute/async", &json!({ "script": body, "args": [] }))
    }

    /// A script that gives an element, or null.
    pub fn element(&self, body: &str, arguments: &[Value]) -> Option<Element> {
        self.script(body, arguments)[ELEMENT].as_str().map(|id| Element(id.to_owned()))
    }

    /// A click of a real pointer: it fails where something else lies above; gives the reason.
    /// First scrolled to the middle, as a person does: the bar at the foot of a telephone covers the last lines.
    pub fn click(&self, element: &Element) -> Result<(), String> {
        let Element(id) = element;
        let scroll = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        // The page may be another one by now: that too is a reason, and no end of the journey.
        self.try_post("/execute/sync", &json!({ "script": scroll, "args": [{ ELEMENT: id }] }))?;
        self.try_post(&format!("/element/{id}/click"), &json!({})).map(|_| ())
    }

    pub fn clear(&self, Element(id): &Element) {
        self.post(&format!("/element/{id}/clear"), &json!({}));
    }

    /// Real key strokes into the element.
    pub fn type_into(&self, Element(id): &Element, text: &str) {
        self.post(&format!("/element/{id}/value"), &json!({ "text": text }));
    }

    /// One key into whatever has the focus.
    pub fn press(&self, key: char) {
        let key = key.to_string();
        let strokes = [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })];
        self.post("/actions", &json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] }));
    }

    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// What the console said since the last look.
    pub fn console(&self) -> Vec<Value> {
        self.post("/se/log", &json!({ "type": "browser" })).as_array().cloned().unwrap_or_default()
    }

    fn get(&self, command: &str) -> Value {
        self.ask("GET", command, "").unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    fn post(&self, command: &str, body: &Value) -> Value {
        self.try_post(command, body).unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    fn try_post(&self, command: &str, body: &Value) -> Result<Value, String> {
        self.ask("POST", command, &body.to_string())
    }

    fn ask(&self, method: &str, command: &str, body: &str) -> Result<Value, String> {
        let answer = self.send(method, command, body).map_err(|error| format!("chromedriver: {error}"))?;
        let mut answer: Value = serde_json::from_str(&answer).map_err(|error| format!("{error}: {answer}"))?;
        let value = answer["value"].take();
        match value.get("error") {
            Some(_) => Err(value["message"].as_str().unwrap_or_default().lines().next().unwrap_or_default().to_owned()),
            None => Ok(value),
        }
    }

    fn send(&self, method: &str, command: &str, body: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(ANSWER))?;
        let (path, port, length) = (&self.path, self.port, body.len());
        write!(
            stream,
            "{method} {path}{command} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )?;
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            if line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        Ok(String::from_utf8_lossy(&body).into_owned())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.ask("DELETE", "", "");
    }
}

/// Without the background flags Chromium looks for its maker's servers at every start.
const FLAGS: &[&str] = &[
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--disable-search-engine-choice-screen",
    "--hide-scrollbars",
    "--lang=ru",
];

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run `cargo xtask test --only browser`"))
}
