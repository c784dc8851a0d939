//! `cargo xtask bench`: what the release binary costs, measured from outside.
//!
//! CPU time per request is the figure to quote: it hardly depends on what else the machine does, and
//! its ratio to a floor measured in the same run hardly on the machine. Nothing is asserted here.

mod http;
mod process;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::shell;
use http::{Client, Load, Request};
use process::{Demo, Usage};

#[derive(Args)]
pub struct Options {
    /// Measured requests for each row
    #[arg(long, default_value_t = 2000)]
    requests: usize,
    /// Connections, kept alive
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// Measure this program instead of building one
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
    /// Only rows whose name contains this
    #[arg(long)]
    only: Option<String>,
}

/// Who asks.
#[derive(Clone, Copy)]
enum As {
    /// Nobody signed in
    Guest,
    /// `Authorization: Bearer`
    Token,
    /// A session cookie
    Session,
}

struct Row {
    name: &'static str,
    /// `{id}` stands for the id of the first organisation of the list.
    path: &'static str,
    by: As,
    /// A route that runs the same SQL through the bare driver and returns as many bytes.
    floor: Option<&'static str>,
}

const ROWS: &[Row] = &[
    Row { name: "health", path: "/healthz", by: As::Guest, floor: None },
    Row {
        name: "organisations, API, 100 rows",
        path: "/api/v1/organisations?page_size=100",
        by: As::Token,
        floor: Some("/bench/floor/organisations"),
    },
    Row {
        name: "one organisation, API",
        path: "/api/v1/organisations/{id}",
        by: As::Token,
        floor: Some("/bench/floor/organisation/{id}"),
    },
    Row { name: "organisations, page", path: "/organisations", by: As::Session, floor: None },
    Row { name: "one organisation, page", path: "/organisations/{id}", by: As::Session, floor: None },
    Row { name: "home, page", path: "/", by: As::Session, floor: None },
    Row { name: "search", path: "/search?q=%D0%B3%D0%B8%D0%BC%D0%BD", by: As::Session, floor: None },
];

/// The role that measures: it sees what most people of a school see.
const ROLE: &str = "deputy_head";

pub fn run(root: &Path, options: &Options) -> Result<bool> {
    let demo = match &options.binary {
        Some(binary) => Demo::start(binary)?,
        None => {
            println!("building the release binary");
            shell::run(shell::cargo(root).args([
                "build",
                "--release",
                "--package",
                "sozvezdie",
                "--bin",
                "sozvezdie",
            ]))?;
            Demo::start(&root.join("target/release/sozvezdie"))?
        }
    };
    println!("a new demo was ready after {}", shown(demo.first_start));
    println!("started again with the same data, ready after {}", shown(demo.start));
    println!("resident when ready: {}", megabytes(demo.usage()?.resident));

    let people = People::sign_in(&demo)?;
    println!("{} requests over {} connections for each row\n", options.requests, options.connections);
    println!("{:32} {:>10} {:>9} {:>9} {:>9} {:>8} {:>9}", "", "CPU/req", "p50", "p95", "req/s", "bytes", "× floor");
    let mut whole = true;
    for row in ROWS {
        if options.only.as_ref().is_some_and(|wanted| !row.name.contains(wanted.as_str())) {
            continue;
        }
        match measure(&demo, &people, row.path, row.by, options) {
            Ok(measured) => {
                let floor = row.floor.map(|path| measure(&demo, &people, path, row.by, options));
                print_row(row.name, &measured, floor);
            }
            Err(error) => {
                whole = false;
                println!("{:32} {error:#}", row.name);
            }
        }
    }
    let usage = demo.usage()?;
    println!("\nresident now {}, at most {}", megabytes(usage.resident), megabytes(usage.most_resident));
    Ok(whole)
}

struct People {
    token: String,
    cookie: String,
    organisation: String,
}

impl People {
    fn sign_in(demo: &Demo) -> Result<Self> {
        let account = demo.account(ROLE).with_context(|| format!("the demo has no account for {ROLE}"))?;
        let mut client = Client::connect(demo.address)?;
        let body = format!(r#"{{"email":"{}","password":"{}"}}"#, account.email, account.password);
        let request = Request::post("/api/v1/tokens", "application/json", &body);
        let answer = client.send(&request).context("signing in by API")?;
        let token = http::json_text(&answer.text(), "token").context("no token in the answer")?;
        let list = client.send(&Request::get("/api/v1/organisations?page_size=1").bearer(&token))?;
        let organisation = http::json_text(&list.text(), "id").unwrap_or_default();
        let cookie = sign_in_as_person(demo, &account).context("signing in by page")?;
        Ok(Self { token, cookie, organisation })
    }

    fn request(&self, path: &str, by: As) -> Request {
        let request = Request::get(&path.replace("{id}", &self.organisation));
        match by {
            As::Guest => request,
            As::Token => request.bearer(&self.token),
            As::Session => request.cookie(&self.cookie),
        }
    }
}

/// Fills in the form of the sign-in page as it stands there, hidden fields included.
fn sign_in_as_person(demo: &Demo, account: &process::Account) -> Result<String> {
    let mut client = Client::connect(demo.address)?;
    let page = client.send(&Request::get("/sign-in"))?;
    let mut cookies = page.cookies();
    let mut fields = http::hidden_fields(&page.text());
    fields.push(("email".to_owned(), account.email.clone()));
    fields.push(("password".to_owned(), account.password.clone()));
    let body = http::form(&fields);
    let request = Request::post("/sign-in", "application/x-www-form-urlencoded", &body).cookie(&cookies.join("; "));
    let answer = client.send(&request)?;
    if answer.status != 303 {
        bail!("the sign-in form was answered with {}", answer.status);
    }
    cookies.extend(answer.cookies());
    // The newest of each name.
    let mut kept: Vec<String> = Vec::new();
    for cookie in cookies.into_iter().rev() {
        let name = cookie.split('=').next().unwrap_or_default();
        if !kept.iter().any(|known| known.split('=').next() == Some(name)) {
            kept.push(cookie);
        }
    }
    Ok(kept.join("; "))
}

struct Measured {
    cpu: Duration,
    load: Load,
}

fn measure(demo: &Demo, people: &People, path: &str, by: As, options: &Options) -> Result<Measured> {
    let request = people.request(path, by);
    let answer = Client::connect(demo.address)?.send(&request)?;
    if answer.status != 200 {
        bail!("{} answers {}", path, answer.status);
    }
    // A tenth beforehand: caches fill, statements are prepared.
    Load::run(demo.address, &request, options.requests.div_ceil(10), options.connections)?;
    let before = demo.usage()?;
    let load = Load::run(demo.address, &request, options.requests, options.connections)?;
    let Usage { cpu, .. } = demo.usage()?;
    let count = u32::try_from(load.count()).unwrap_or(u32::MAX).max(1);
    Ok(Measured { cpu: cpu.saturating_sub(before.cpu) / count, load })
}

fn print_row(name: &str, measured: &Measured, floor: Option<Result<Measured>>) {
    let Measured { cpu, load } = measured;
    let ratio = match floor {
        None => String::new(),
        Some(Ok(floor)) => format!("{:.2}", cpu.as_secs_f64() / floor.cpu.as_secs_f64().max(1e-9)),
        Some(Err(error)) => format!("({error:#})"),
    };
    let (p50, p95) = (shown(load.percentile(50)), shown(load.percentile(95)));
    println!("{name:32} {:>10} {p50:>9} {p95:>9} {:>9.0} {:>8} {ratio:>9}", shown(*cpu), load.rate(), load.bytes);
}

fn shown(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    if micros < 1000.0 {
        format!("{micros:.0} µs")
    } else if micros < 1e6 {
        format!("{:.1} ms", micros / 1e3)
    } else {
        format!("{:.2} s", micros / 1e6)
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}
