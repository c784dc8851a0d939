//! `cargo xtask bench`: what the release binary costs, measured from outside.
//!
//! CPU time per request is the figure to quote: it hardly depends on what else the machine does, and
//! its ratio to a floor measured in the same run hardly on the machine. The floor of an address is
//! a bare route that runs the same statements through the driver alone and returns as many bytes
//! (`crates/sozvezdie/src/floor.rs`). Nothing is asserted in tests.

mod figures;
mod http;
mod people;
mod process;
mod table;
mod writes;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::shell;
use http::{Client, Load, Request};
use people::{As, People};
use process::{Account, Home, Program};
use table::{Table, megabytes, shown};

#[derive(Args, Clone)]
pub struct Options {
    /// Measured requests for each line
    #[arg(long, default_value_t = 2000)]
    requests: usize,
    /// Connections, kept alive
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// Measure this program instead of building one
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
    /// Measure the generated networks on an empty PostgreSQL instead of SQLite; not with `growth`
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Only these parts: demo, lists, growth, search, writes, figures
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
}

/// What a person meets in the demo.
const PAGES: &[(&str, &str)] = &[
    ("home", "/"),
    ("organisations", "/organisations"),
    ("an organisation", "/organisations/{organisation}"),
    ("the map", "/organisations/map"),
    ("resources", "/resources"),
    ("a resource", "/resources/{resource}"),
    ("bookings", "/bookings"),
    ("asking for a resource", "/bookings/new?resource={resource}"),
    ("needs", "/needs"),
    ("calendar", "/calendar"),
    ("acts", "/acts"),
    ("search", "/search?q=%D0%B3%D0%B8%D0%BC%D0%BD"),
];

/// Lists and records of a generated network: at most half as much again as their floor.
const LISTS: &[(&str, &str, As)] = &[
    ("organisations, API, 100 rows", "/api/v1/organisations?page_size=100", As::Token),
    ("organisations, page", "/organisations", As::Session),
    ("resources, API, 100 rows", "/api/v1/resources?page_size=100", As::Token),
    ("resources, page", "/resources", As::Session),
    ("an organisation, API", "/api/v1/organisations/{organisation}", As::Token),
    ("an organisation, page", "/organisations/{organisation}", As::Session),
    ("a resource, page", "/resources/{resource}", As::Session),
];

const SEARCHES: usize = 200;
const RATIO: f64 = 1.5;
const GROWTH: f64 = 1.3;
/// The role that measures: it sees what most people of a school see.
const ROLE: &str = "deputy_head";

struct Bench {
    binary: PathBuf,
    options: Options,
    table: Table,
}

/// What one part of the bench does.
type Part = fn(&mut Bench) -> Result<()>;

pub fn run(root: &Path, options: &Options) -> Result<bool> {
    let binary = match &options.binary {
        Some(binary) => binary.clone(),
        None => {
            println!("building the release binary");
            let words = ["build", "--release", "--package", "sozvezdie", "--bin", "sozvezdie"];
            shell::run(shell::cargo(root).args(words))?;
            root.join("target/release/sozvezdie")
        }
    };
    let mut bench = Bench { binary, options: options.clone(), table: Table::default() };
    println!(
        "{} requests over {} connections for each line; CPU is per request",
        options.requests, options.connections
    );
    bench.table.head();
    let parts: [(&str, Part); 6] = [
        ("demo", Bench::demo),
        ("lists", Bench::lists),
        ("growth", Bench::growth),
        ("search", Bench::search),
        ("writes", writes::measure),
        ("figures", figures::measure),
    ];
    for (name, part) in parts {
        if options.only.is_empty() || options.only.iter().any(|wanted| wanted == name) {
            part(&mut bench)?;
        }
    }
    println!("\n{} missed", bench.table.missed());
    Ok(true)
}

impl Bench {
    /// Start, memory, every page of the demo.
    fn demo(&mut self) -> Result<()> {
        self.table.section("the demo");
        let home = Home::new("demo", None)?;
        let words = ["demo", "--json"];
        let first = Program::start(&self.binary, &home, &words)?.start;
        let program = Program::start(&self.binary, &home, &words)?;
        self.table.line("started, the network being made", &shown(first), "", None, "", None);
        self.under("started", program.start, Duration::from_secs(1));
        let account = program.account(ROLE).with_context(|| format!("the demo has no account for {ROLE}"))?;
        let people = People::sign_in(&program, &account)?;
        for (name, path) in PAGES {
            let measured = self.measure(&program, &people, path, As::Session)?;
            let name = format!("{name}: p95");
            self.under(&name, measured.load.percentile(95), Duration::from_millis(100));
            let cpu = format!("{} CPU, {} bytes", shown(measured.cpu), measured.load.bytes);
            self.table.note(&format!("  {cpu}"));
        }
        let before = program.usage()?.resident;
        for (_, path) in PAGES {
            self.measure(&program, &people, path, As::Session)?;
        }
        let after = program.usage()?;
        let is_met = Some(after.most_resident < 150_000_000);
        self.table.line("resident, at most", &megabytes(after.most_resident), "", None, "< 150 MB", is_met);
        let grown = after.resident as f64 / before as f64;
        let (now, was) = (megabytes(after.resident), megabytes(before));
        self.table.line("resident after as much again", &now, &was, Some(grown), "≤ 1.05", Some(grown <= 1.05));
        Ok(())
    }

    fn under(&mut self, name: &str, time: Duration, limit: Duration) {
        self.table.line(name, &shown(time), "", None, &format!("< {}", shown(limit)), Some(time < limit));
    }

    /// Lists and records against their floor.
    fn lists(&mut self) -> Result<()> {
        self.table.section("lists and records, 1,000 organisations, 1,000 resources, 10,000 bookings: CPU");
        let world = World::new(self, "lists", [1000, 1000, 10_000])?;
        for (name, path, by) in LISTS {
            let own = self.measure(&world.program, &world.people, path, *by)?;
            let floor = self.measure(&world.program, &world.people, &floor_of(&world.people.path(path)), *by)?;
            if own.load.bytes != floor.load.bytes {
                bail!("{path}: {} bytes, its floor {}", own.load.bytes, floor.load.bytes);
            }
            let ratio = own.cpu.as_secs_f64() / floor.cpu.as_secs_f64().max(1e-9);
            let (cpu, base) = (shown(own.cpu), shown(floor.cpu));
            self.table.line(name, &cpu, &base, Some(ratio), &format!("≤ {RATIO}"), Some(ratio <= RATIO));
        }
        Ok(())
    }

    /// The same lists in a network ten times as large.
    fn growth(&mut self) -> Result<()> {
        if self.options.database.is_some() {
            return Ok(());
        }
        self.table.section("ten times the network (2,000 of each, then 20,000): CPU, the small one as floor");
        let small = World::new(self, "small", [2000, 2000, 20_000])?;
        let large = World::new(self, "large", [20_000, 20_000, 200_000])?;
        for (name, path, by) in LISTS {
            let before = self.measure(&small.program, &small.people, path, *by)?;
            let after = self.measure(&large.program, &large.people, path, *by)?;
            let ratio = after.cpu.as_secs_f64() / before.cpu.as_secs_f64().max(1e-9);
            let (cpu, base) = (shown(after.cpu), shown(before.cpu));
            self.table.line(name, &cpu, &base, Some(ratio), &format!("≤ {GROWTH}"), Some(ratio <= GROWTH));
        }
        Ok(())
    }

    /// Words of a hundred thousand records.
    fn search(&mut self) -> Result<()> {
        self.table.section("search among 100,000 records, one person: p95");
        let world = World::new(self, "search", [20_000, 80_000, 0])?;
        // «Луговая школа», «лаборатор», «синтетическая», «00042», «ко»: two words, a beginning, what
        // stands in every record, a number, two letters.
        let asked = [
            ("two words", "%D0%BB%D1%83%D0%B3%D0%BE%D0%B2%D0%B0%D1%8F+%D1%88%D0%BA%D0%BE%D0%BB%D0%B0"),
            ("a beginning", "%D0%BB%D0%B0%D0%B1%D0%BE%D1%80%D0%B0%D1%82%D0%BE%D1%80"),
            (
                "a word of every record",
                "%D1%81%D0%B8%D0%BD%D1%82%D0%B5%D1%82%D0%B8%D1%87%D0%B5%D1%81%D0%BA%D0%B0%D1%8F",
            ),
            ("a number", "00042"),
            ("two letters", "%D0%BA%D0%BE"),
        ];
        for (name, text) in asked {
            let path = format!("/search?q={text}");
            let measured = self.measured(&world.program, &world.people, &path, As::Session, 100, 1)?;
            self.under(name, measured.load.percentile(95), Duration::from_millis(20));
        }
        Ok(())
    }

    fn measure(&self, program: &Program, people: &People, path: &str, by: As) -> Result<Measured> {
        // Nobody may search so often as pages are asked for here.
        let most = if path.starts_with("/search") { SEARCHES } else { usize::MAX };
        self.measured(program, people, path, by, self.options.requests.min(most), self.options.connections)
    }

    fn measured(
        &self,
        program: &Program,
        people: &People,
        path: &str,
        by: As,
        requests: usize,
        connections: usize,
    ) -> Result<Measured> {
        let request = people.asking(Request::get(&people.path(path)), by);
        let answer = Client::connect(program.address)?.send(&request)?;
        if answer.status != 200 {
            bail!("{} answers {}", people.path(path), answer.status);
        }
        // A tenth beforehand: caches fill, statements are prepared.
        Load::run(program.address, &request, requests.div_ceil(10), connections)?;
        let before = program.usage()?;
        let load = Load::run(program.address, &request, requests, connections)?;
        let after = program.usage()?;
        let count = u32::try_from(load.count()).unwrap_or(u32::MAX).max(1);
        Ok(Measured { cpu: after.cpu.saturating_sub(before.cpu) / count, load })
    }
}

struct Measured {
    cpu: Duration,
    load: Load,
}

fn floor_of(path: &str) -> String {
    format!("/bench/floor/read?{}", http::form(&[("of".to_owned(), path.to_owned())]))
}

/// A generated network, served.
struct World {
    people: People,
    program: Program,
    /// Dropped after the program that writes into it.
    _home: Home,
}

impl World {
    /// So many organisations, resources and bookings.
    fn new(bench: &Bench, name: &str, [organisations, resources, bookings]: [u32; 3]) -> Result<Self> {
        let (organisations, resources, bookings) =
            (organisations.to_string(), resources.to_string(), bookings.to_string());
        let size = ["generate", "--organisations", &organisations, "--resources", &resources, "--bookings", &bookings];
        Self::made(bench, name, &size, Some(ROLE))
    }

    /// What this command makes, seen by a role of its first organisation, or by the department.
    fn made(bench: &Bench, name: &str, size: &[&str], role: Option<&str>) -> Result<Self> {
        let home = Home::new(name, bench.options.database.clone())?;
        let began = std::time::Instant::now();
        home.run(&bench.binary, size)?;
        bench.table.note(&format!("  generated in {}", shown(began.elapsed())));
        let program = Program::start(&bench.binary, &home, &["serve"])?;
        let list = Client::connect(program.address)?.send(&Request::get("/api/v1/organisations?page_size=1"))?;
        let organisation = http::json_text(&list.text(), "short_name").context("an organisation")?;
        let email = format!("{name}@example.invalid");
        let user = ["user", "add", "--email", &email, "--name", "Измерителев Пётр Демонович", "--role"];
        let of = match role {
            Some(role) => vec![role, "--organisation", &organisation],
            None => vec!["department_specialist"],
        };
        let user = [&user[..], &of].concat();
        let password = home.run(&bench.binary, &user)?.trim().to_owned();
        let account = people::own_password(&program, Account { email, password })?;
        let people = People::sign_in(&program, &account)?;
        Ok(Self { people, program, _home: home })
    }
}
