//! Whether the data hold together: the database's own pages and keys, the audit chain, the files,
//! and what each slice knows of its records.
use super::settings::Settings;
use crate::{people, shell::Slice, slices};
use chrono::{DateTime, Utc};
use kit::{Clock, Fault, db::Db, files::Files};
use std::process::ExitCode;

/// Could not be looked at.
const UNSEEN: u8 = 2;

pub async fn run(settings: &Settings) -> anyhow::Result<ExitCode> {
    let looked = async {
        let settings = settings.resolved()?;
        settings.refuse_without_data()?;
        let db = settings.database().await?;
        let files = settings.files()?;
        anyhow::Ok(findings(&db, &files, &slices::all(), Clock::system().now()).await?)
    };
    match looked.await {
        Ok(found) if found.is_empty() => {
            println!("sound: pages, keys, audit chain, files, capacity, search");
            Ok(ExitCode::SUCCESS)
        }
        Ok(found) => {
            found.iter().for_each(|words| println!("{words}"));
            Ok(ExitCode::FAILURE)
        }
        Err(e) => {
            eprintln!("sozvezdie: the data could not be looked at: {e:#}");
            Ok(ExitCode::from(UNSEEN))
        }
    }
}

/// Everything that does not hold together, a line each.
///
/// # Errors
/// The database's, when it cannot be read at all.
pub async fn findings(db: &Db, files: &Files, slices: &[Slice], now: DateTime<Utc>) -> Result<Vec<String>, Fault> {
    let mut found: Vec<String> = db.damage().await?.into_iter().map(|words| format!("database: {words}")).collect();
    // What stands on damaged pages need not be asked for: it would only be wrong in other words.
    if !found.is_empty() {
        return Ok(found);
    }
    for id in people::networks(&db.directory()).await? {
        let net = db.slow().network(id);
        if let Some(place) = kit::audit::verify(&net).await? {
            found.push(format!("{}: the audit chain breaks at place {place}", id.0));
        }
        let mut all = files.damage(&net).await?;
        for check in slices.iter().flat_map(|slice| &slice.checks) {
            all.extend(check(&net, now).await?);
        }
        found.extend(all.into_iter().map(|words| format!("{}: {words}", id.0)));
    }
    Ok(found)
}
