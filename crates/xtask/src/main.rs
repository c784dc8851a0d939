//! The workspace's own tool: `cargo xtask test | check | bench | new-slice`.
//!
//! It is compiled first on a cold machine, so it depends on almost nothing; what it needs from the
//! outside (a database server, a browser) it finds or installs itself.

mod bench;
mod check;
mod new_slice;
mod shell;
mod test;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "xtask", about = "Созвездие: tests, rules, measurements")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run everything that must pass; installs what is missing on a Debian-like machine (as root)
    Test(test::Options),
    /// Hold the rules of the house against the code
    Check,
    /// Measure the release binary serving the demo: CPU per request, latency, start, memory
    Bench(bench::Options),
    /// Write the skeleton of a slice
    NewSlice(new_slice::Options),
}

fn main() -> ExitCode {
    match run(Cli::parse().task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<bool> {
    let root = workspace_root()?;
    match task {
        Task::Test(options) => test::run(&root, &options),
        Task::Check => check::run(&root),
        Task::Bench(options) => bench::run(&root, &options),
        Task::NewSlice(options) => new_slice::run(&root, &options),
    }
}

/// The folder of the workspace, wherever inside it the command was called.
fn workspace_root() -> Result<PathBuf> {
    let start = match std::env::var_os("CARGO_MANIFEST_DIR") {
        Some(crate_folder) => PathBuf::from(crate_folder),
        None => std::env::current_dir().context("no current folder")?,
    };
    let is_root = |folder: &&Path| folder.join("Cargo.lock").is_file();
    let found = start.ancestors().find(is_root);
    found.map(Path::to_path_buf).context("not inside the workspace")
}
