//! The program: one binary, one command line.
use clap::Parser as _;
use sozvezdie::commands::{Cli, run};

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    run(Cli::parse())
}
