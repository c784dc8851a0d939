//! Commands about the data as a whole.
use super::settings::Settings;
use crate::slices;
use clap::Args;
use std::{path::PathBuf, process::ExitCode};

pub async fn migrate(settings: &Settings) -> anyhow::Result<ExitCode> {
    let db = settings.resolved()?.database().await?;
    let applied = db.migrate(slices::MIGRATIONS).await?;
    match applied.as_slice() {
        [] => println!("the schema is up to date"),
        steps => steps.iter().for_each(|step| println!("{step}")),
    }
    Ok(ExitCode::SUCCESS)
}

#[derive(Args)]
pub struct Backup {
    /// The file to write; must not be there yet
    file: PathBuf,
    #[command(flatten)]
    settings: Settings,
}

pub async fn backup(backup: &Backup) -> anyhow::Result<ExitCode> {
    let db = backup.settings.resolved()?.database().await?;
    db.backup_to(&backup.file).await?;
    println!("{}", backup.file.display());
    Ok(ExitCode::SUCCESS)
}
