//! Commands about the data as a whole.
use super::settings::Settings;
use crate::slices;
use std::process::ExitCode;

pub async fn migrate(settings: &Settings) -> anyhow::Result<ExitCode> {
    let db = settings.resolved()?.database().await?;
    let applied = db.migrate(slices::MIGRATIONS).await?;
    match applied.as_slice() {
        [] => println!("the schema is up to date"),
        steps => steps.iter().for_each(|step| println!("{step}")),
    }
    Ok(ExitCode::SUCCESS)
}
