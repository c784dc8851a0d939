//! Commands about the data as a whole.
use super::settings::Settings;
use crate::{people, slices};
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

pub async fn check(settings: &Settings) -> anyhow::Result<ExitCode> {
    let db = settings.resolved()?.database().await?;
    let mut code = ExitCode::SUCCESS;
    for network in people::networks(&db.directory()).await? {
        match kit::audit::verify(&db.network(network)).await? {
            None => println!("{}: the audit chain holds", network.0),
            Some(place) => {
                println!("{}: the audit chain breaks at place {place}", network.0);
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}
