//! The command line. Exit codes: 0 done, 1 failed, 2 refused or wrongly called.
mod backup;
pub mod check;
mod data;
mod generate;
mod import;
mod report;
mod settings;
mod users;

use crate::demo;
use anyhow::Context as _;
use clap::{Parser, Subcommand};
use settings::Settings;
use std::process::ExitCode;

/// Созвездие: a district's educational organisations as one network.
#[derive(Parser)]
#[command(name = "sozvezdie", version, about, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build (once) and serve the demo network «Белгородский район».
    Demo(demo::Args),
    /// Serve the networks of the database.
    Serve(Settings),
    /// Bring the database's schema up to date, and say which steps were taken.
    Migrate(Settings),
    /// Check that the data hold together: pages and keys, audit chain, files, capacity, search.
    /// Exit code 0: they do; 1: they do not; 2: they could not be looked at.
    Check(Settings),
    /// Save all data into one file, while they are in use.
    Backup(backup::Backup),
    /// Restore a backup into an empty place, of either engine.
    Restore(backup::Restore),
    /// Make a synthetic network of any size, for measuring.
    Generate(generate::Generate),
    /// Read a spreadsheet into the registers, or only say what is in it.
    Import(import::Import),
    /// A report as a file: DOCX, XLSX, PDF or JSON.
    Report(report::Report),
    /// Accounts of people.
    User(users::Users),
    /// Tokens for programs.
    Token(users::Tokens),
    /// Make the first network of an empty database.
    Network(users::Networks),
}

/// Carries the command out.
pub fn run(cli: Cli) -> ExitCode {
    let outcome =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().context("the runtime").and_then(|runtime| {
            runtime.block_on(async {
                crate::texts::install()?;
                match cli.command {
                    Command::Demo(args) => demo::run(args).await,
                    Command::Serve(settings) => serve(settings).await,
                    Command::Migrate(settings) => data::migrate(&settings).await,
                    Command::Check(settings) => check::run(&settings).await,
                    Command::Backup(backup) => backup::save(&backup).await,
                    Command::Restore(restore) => backup::restore(&restore).await,
                    Command::Generate(generate) => generate::run(generate).await,
                    Command::Import(import) => import::import(import).await,
                    Command::Report(report) => report::run(report).await,
                    Command::User(users) => users::user(users).await,
                    Command::Token(tokens) => users::token(tokens).await,
                    Command::Network(networks) => users::network(networks).await,
                }
            })
        });
    match outcome {
        Ok(code) => code,
        Err(e) => {
            eprintln!("sozvezdie: {e:#}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(settings: Settings) -> anyhow::Result<ExitCode> {
    settings.log();
    let settings = settings.resolved()?;
    let app = settings.open().await?;
    let listener = settings.bind().await?;
    println!("http://{}", listener.local_addr()?);
    crate::server::serve(app, listener).await;
    Ok(ExitCode::SUCCESS)
}

pub use settings::{FactorDays, Settings as ServeSettings};
