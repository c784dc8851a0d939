//! The program as a process, and a client that speaks HTTP with it.
use serde_json::{Value, json};
use std::{
    fs::OpenOptions,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// A start in a debug build beside other work.
const PATIENCE: Duration = Duration::from_secs(180);
const PASSWORD: &str = "zvezda-nad-shkoloy-1";

/// Where a program keeps its data, and how it was started last.
pub struct Place {
    pub folder: PathBuf,
    pub database: Option<String>,
    pub address: String,
    _keep: Option<TempDir>,
}

/// A running program; killed when dropped.
pub struct Program {
    child: Child,
    /// From the start to the word that it is ready.
    pub took: Duration,
}

impl Place {
    /// The demo network in a folder of its own, built and stopped again.
    pub fn demo(database: Option<String>) -> Self {
        let keep = tempfile::tempdir().unwrap();
        Self::demo_in(keep.path().join("place"), database, Some(keep))
    }

    /// In a folder that is given.
    pub fn demo_in(folder: PathBuf, database: Option<String>, keep: Option<TempDir>) -> Self {
        let mut place = Self { folder, database, address: "127.0.0.1:0".into(), _keep: keep };
        let (_program, line) = place.run(place.command("demo").arg("--json"), "{");
        let ready: Value = serde_json::from_str(&line).unwrap();
        place.address = ready["url"].as_str().unwrap().trim_start_matches("http://").into();
        place
    }

    /// The program's command with this place's flags.
    pub fn command(&self, name: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sozvezdie"));
        command.arg(name).arg("--data").arg(self.folder.join("data")).args(["--listen", &self.address]);
        if let Some(url) = &self.database {
            command.args(["--database", url]);
        }
        command
    }

    /// Serves what is there.
    pub fn serve(&self) -> Program {
        self.run(&mut self.command("serve"), "http").0
    }

    /// The same in a process that a limit on the size of files does not kill.
    pub fn serve_small(&self) -> Program {
        let inner = self.command("serve");
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; exec \"$@\"", "sh"]).arg(inner.get_program()).args(inner.get_args());
        self.run(&mut command, "http").0
    }

    /// Starts a command and waits for the line that begins so.
    pub fn run(&self, command: &mut Command, ready: &str) -> (Program, String) {
        let log = self.folder.parent().unwrap().join(format!("sozvezdie-{}.log", std::process::id()));
        let log = OpenOptions::new().create(true).append(true).open(log).unwrap();
        let began = Instant::now();
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        let mut program = Program { child, took: Duration::ZERO };
        let (sender, told) = mpsc::channel();
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        loop {
            let line = told.recv_timeout(PATIENCE).expect("the program did not say that it is ready");
            if line.starts_with(ready) {
                program.took = began.elapsed();
                return (program, line);
            }
        }
    }

    /// A one-shot command: its exit code and what it printed.
    pub fn once(&self, name: &str, args: &[&str]) -> (i32, String) {
        let output = self.command(name).args(args).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&said).into_owned())
    }

    pub fn client(&self, email: &str) -> Client {
        let mut client = Client { address: self.address.clone(), token: String::new() };
        let body = json!({ "email": format!("{email}@example.invalid"), "password": PASSWORD });
        let answer = client.send("POST", "/api/v1/tokens", None, Some(&body)).unwrap();
        client.token = answer.json()["token"].as_str().unwrap_or_else(|| panic!("{answer:?}")).to_owned();
        client
    }
}

impl Program {
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asked politely, as by `systemctl stop`.
    pub fn stop(mut self) -> ExitStatus {
        assert!(Command::new("kill").arg(self.child.id().to_string()).status().unwrap().success());
        self.child.wait().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Somebody with a token.
#[derive(Clone)]
pub struct Client {
    address: String,
    token: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{self:?}"))
    }
}

impl Client {
    pub fn guest(place: &Place) -> Self {
        Self { address: place.address.clone(), token: String::new() }
    }

    /// One request on a connection of its own. An error means that nobody knows whether it was done.
    pub fn send(&self, method: &str, path: &str, key: Option<&str>, body: Option<&Value>) -> std::io::Result<Answer> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let body = body.map(Value::to_string).unwrap_or_default();
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        head += &format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len());
        if !self.token.is_empty() {
            head += &format!("Authorization: Bearer {}\r\n", self.token);
        }
        if let Some(key) = key {
            head += &format!("Idempotency-Key: {key}\r\n");
        }
        stream.write_all(format!("{head}\r\n{body}").as_bytes())?;
        let mut whole = Vec::new();
        stream.read_to_end(&mut whole)?;
        read(&String::from_utf8_lossy(&whole))
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None, None).unwrap()
    }

    pub fn post(&self, path: &str, key: &str, body: &Value) -> Answer {
        self.send("POST", path, Some(key), Some(body)).unwrap()
    }

    /// The organisation of a resource or person by its short name.
    pub fn organisation(&self, name: &str) -> String {
        let all = self.get("/api/v1/organisations?page_size=200").json();
        let found = all["items"].as_array().unwrap().iter().find(|o| o["short_name"] == name || o["name"] == name);
        found.unwrap_or_else(|| panic!("no organisation {name}"))["id"].as_str().unwrap().to_owned()
    }
}

fn read(whole: &str) -> std::io::Result<Answer> {
    let cut = || std::io::Error::other("an answer cut short");
    let (head, body) = whole.split_once("\r\n\r\n").ok_or_else(cut)?;
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).ok_or_else(cut)?;
    let lower = head.to_lowercase();
    let length = lower.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next()?.parse().ok());
    if length.is_some_and(|length: usize| length != body.len()) {
        return Err(cut());
    }
    Ok(Answer { status, head: lower, body: body.to_owned() })
}

/// How much of something, by an environment variable or as usual.
pub fn amount(variable: &str, usual: usize) -> usize {
    std::env::var(variable).ok().map_or(usual, |text| text.parse().expect("a whole number"))
}

/// The database of a place, for looking behind the program's back.
pub async fn database(place: &Place) -> kit::db::Db {
    let embedded = || format!("sqlite:{}", Path::new(&place.folder).join("data/sozvezdie.sqlite").display());
    let url = place.database.clone().unwrap_or_else(embedded);
    kit::db::Db::open(&kit::db::Settings::new(url)).await.unwrap()
}
