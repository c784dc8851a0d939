//! `cargo xtask test`: everything that must pass, cheapest first.
//!
//! Nothing is skipped silently: the run stops at the first part that fails, and a part that did not
//! run is named in the summary and makes the whole fail.

mod browser;
mod cargo_test;
mod postgres;

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::{Args, ValueEnum};

use crate::shell::{self, Installing};
use browser::Browser;
use cargo_test::Tally;
use postgres::Cluster;

#[derive(Args)]
pub struct Options {
    /// Say what is missing instead of installing it
    #[arg(long)]
    no_install: bool,
    /// Run only these parts (a partial run, and the summary says so)
    #[arg(long, value_enum, value_delimiter = ',', value_name = "PART")]
    only: Vec<Part>,
}

/// In the order in which they run.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Every file is formatted
    Fmt,
    /// `cargo xtask check`
    Rules,
    /// PostgreSQL's server, Chromium and its driver are here and the cluster starts
    Tools,
    /// No warning anywhere
    Clippy,
    /// Unit and integration tests, on SQLite and PostgreSQL
    Unit,
    /// Journeys in a real Chromium
    Browser,
    /// Documentation tests
    Doc,
}

impl Part {
    const ALL: [Part; 7] = [Part::Fmt, Part::Rules, Part::Tools, Part::Clippy, Part::Unit, Part::Browser, Part::Doc];

    fn name(self) -> &'static str {
        match self {
            Part::Fmt => "fmt",
            Part::Rules => "rules",
            Part::Tools => "tools",
            Part::Clippy => "clippy",
            Part::Unit => "unit",
            Part::Browser => "browser",
            Part::Doc => "doc",
        }
    }
}

enum Outcome {
    Passed(Duration),
    Failed(Duration),
    DidNotRun,
}

/// The integration test binary that needs a browser.
const JOURNEYS: &str = "journeys";

struct Suite<'a> {
    root: &'a Path,
    installing: Installing,
    cluster: Option<Cluster>,
    browser: Option<Browser>,
    tally: Tally,
}

pub fn run(root: &Path, options: &Options) -> Result<bool> {
    let whole = options.only.is_empty();
    let chosen = Part::ALL.into_iter().filter(|part| whole || options.only.contains(part));
    let mut suite = Suite {
        root,
        installing: if options.no_install { Installing::Forbidden } else { Installing::Allowed },
        cluster: None,
        browser: None,
        tally: Tally::default(),
    };
    let began = Instant::now();
    let mut outcomes = Vec::new();
    let mut going = true;
    for part in chosen {
        if !going {
            outcomes.push((part, Outcome::DidNotRun));
            continue;
        }
        println!("── {}", part.name());
        let part_began = Instant::now();
        let result = suite.run(part);
        let took = part_began.elapsed();
        if let Err(error) = &result {
            eprintln!("{}: {error:#}", part.name());
        }
        going = result.is_ok();
        outcomes.push((part, if going { Outcome::Passed(took) } else { Outcome::Failed(took) }));
    }
    let tally = std::mem::take(&mut suite.tally);
    drop(suite);
    print_summary(&outcomes, whole, began.elapsed(), &tally);
    Ok(going)
}

fn print_summary(outcomes: &[(Part, Outcome)], whole: bool, took: Duration, tally: &Tally) {
    println!("── summary");
    for (part, outcome) in outcomes {
        let (word, took) = match outcome {
            Outcome::Passed(took) => ("passed", Some(took)),
            Outcome::Failed(took) => ("FAILED", Some(took)),
            Outcome::DidNotRun => ("did not run", None),
        };
        let took = took.map_or(String::new(), |took| format!("{:7.1} s", took.as_secs_f64()));
        let line = format!("  {word:12} {:8} {took}", part.name());
        println!("{}", line.trim_end());
    }
    println!("  {:21} {:7.1} s", if whole { "all" } else { "a partial run" }, took.as_secs_f64());
    for name in &tally.ignored {
        println!("  ignored test: {name}");
    }
    if tally.passed + tally.failed > 0 {
        println!("{}", tally.closing_line());
    }
}

impl Suite<'_> {
    fn run(&mut self, part: Part) -> Result<()> {
        match part {
            Part::Fmt => shell::run(self.cargo().args(["fmt", "--all", "--", "--check"])),
            Part::Rules => {
                ensure!(crate::check::run(self.root)?, "the rules of the house are broken");
                Ok(())
            }
            Part::Tools => {
                self.cluster()?;
                self.browser()?;
                Ok(())
            }
            Part::Clippy => {
                let mut clippy = self.cargo();
                clippy.args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]);
                shell::run(&mut clippy)
            }
            Part::Unit => {
                let mut arguments = vec!["--lib".to_owned(), "--bins".to_owned()];
                for name in cargo_test::integration_binaries(self.root)? {
                    if name != JOURNEYS {
                        arguments.extend(["--test".to_owned(), name]);
                    }
                }
                self.cargo_test(&arguments, true)
            }
            Part::Browser => {
                self.browser()?;
                self.cargo_test(&["--test".to_owned(), JOURNEYS.to_owned()], true)
            }
            Part::Doc => self.cargo_test(&["--doc".to_owned()], false),
        }
    }

    /// Always the whole workspace: another choice of packages would mean other features and a second build.
    fn cargo_test(&mut self, arguments: &[String], some_must_run: bool) -> Result<()> {
        let mut command = self.cargo();
        command.args(["test", "--workspace", "--no-fail-fast"]).args(arguments);
        command.env("SOZVEZDIE_TEST_POSTGRES", self.cluster()?.url());
        if let Some(browser) = &self.browser {
            browser.tell(&mut command);
        }
        let tally = cargo_test::run(&mut command)?;
        let ran = tally.passed + tally.failed;
        let failed = tally.failed;
        let succeeded = tally.succeeded;
        self.tally.add(tally);
        ensure!(failed == 0, "{failed} tests failed");
        ensure!(succeeded, "cargo test failed");
        ensure!(ran > 0 || !some_must_run, "no test ran");
        Ok(())
    }

    fn cargo(&self) -> std::process::Command {
        shell::cargo(self.root)
    }

    fn cluster(&mut self) -> Result<&Cluster> {
        if self.cluster.is_none() {
            self.cluster = Some(Cluster::start(self.installing).context("PostgreSQL")?);
        }
        self.cluster.as_ref().context("no cluster")
    }

    fn browser(&mut self) -> Result<&Browser> {
        if self.browser.is_none() {
            self.browser = Some(Browser::find(self.installing).context("the browser")?);
        }
        self.browser.as_ref().context("no browser")
    }
}
