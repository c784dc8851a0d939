//! Backup and restore: the whole of the data in one file, and back into an empty place. So the data
//! also move from SQLite to PostgreSQL.
use super::settings::Settings;
use crate::slices;
use anyhow::bail;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use kit::{
    Clock,
    backup::{self, Archive, Refusal},
    files::Files,
};
use std::{path::PathBuf, process::ExitCode};

#[derive(Args)]
pub struct Backup {
    /// The file to write; must not be there yet
    file: PathBuf,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Args)]
pub struct Restore {
    /// The file that «backup» wrote
    file: PathBuf,
    #[command(flatten)]
    settings: Settings,
}

/// Saves while others work. Exit code 1 also when the archive is whole but files were missing.
pub async fn save(command: &Backup) -> anyhow::Result<ExitCode> {
    let settings = command.settings.resolved()?;
    settings.refuse_without_data()?;
    let db = settings.database().await?;
    let bar = bar()?;
    let tell = |what: &str, done: u64, all: Option<u64>| told(&bar, what, done, all);
    let written = backup::write(&db, &files(&settings)?, &command.file, Clock::system().now(), &tell).await;
    bar.finish_and_clear();
    let manifest = written?;
    println!("{}", command.file.display());
    println!("{} rows, {} files, content {}", manifest.rows(), manifest.files, manifest.content);
    if manifest.missing.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    for name in &manifest.missing {
        eprintln!("sozvezdie: not in the files folder, although a record names it: {name}");
    }
    Ok(ExitCode::FAILURE)
}

/// Restores into an empty place. Exit code 2 when the archive or the place is refused.
pub async fn restore(command: &Restore) -> anyhow::Result<ExitCode> {
    let restored = carry_out(command).await;
    match restored {
        Err(e) if e.is::<Refusal>() => {
            eprintln!("sozvezdie: {e:#}");
            Ok(ExitCode::from(2))
        }
        done => done.map(|()| ExitCode::SUCCESS),
    }
}

async fn carry_out(command: &Restore) -> anyhow::Result<()> {
    let settings = command.settings.resolved()?;
    // Looked through first: a damaged archive does not even make a folder.
    let mut archive = Archive::open(&command.file)?;
    let db = settings.database().await?;
    let bar = bar()?;
    let tell = |what: &str, done: u64, all: Option<u64>| told(&bar, what, done, all);
    let restored = backup::restore(&db, &files(&settings)?, &mut archive, slices::MIGRATIONS, &tell).await;
    bar.finish_and_clear();
    restored?;
    let manifest = &archive.manifest;
    println!("restored as of {}", manifest.made_at);
    println!("{} rows, {} files, content {}", manifest.rows(), manifest.files, manifest.content);
    for name in &manifest.missing {
        eprintln!("sozvezdie: was missing already when the backup was made: {name}");
    }
    Ok(())
}

fn files(settings: &Settings) -> anyhow::Result<Files> {
    let folder = settings.folder().join("files");
    match Files::open(&folder) {
        Ok(files) => Ok(files),
        Err(e) => bail!("{}: {e:#}", folder.display()),
    }
}

fn bar() -> anyhow::Result<ProgressBar> {
    let bar = ProgressBar::new_spinner();
    bar.set_style(ProgressStyle::with_template("{spinner} {pos} {msg}, {elapsed}")?);
    Ok(bar)
}

fn told(bar: &ProgressBar, what: &str, done: u64, all: Option<u64>) {
    if let Some(all) = all
        && bar.length() != Some(all)
    {
        bar.set_length(all);
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}, {eta} left") {
            bar.set_style(style);
        }
    }
    bar.set_message(what.to_owned());
    bar.set_position(done);
}
