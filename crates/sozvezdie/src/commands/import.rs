//! A file from the command line: what would be imported, or the import itself.
use super::settings::Settings;
use crate::{
    imports::{self, BatchId, Counts, Desk, Progress, Upload},
    people, roles, slices,
};
use anyhow::{Context as _, bail};
use chrono::NaiveDate;
use clap::Args;
use documents::{Limits, Refusal};
use kit::{
    Chance, Clock, Fault, Visit,
    access::Viewer,
    db::{Db, NetworkId},
    once::Once,
    session,
};
use serde_json::json;
use std::{
    io::{BufWriter, Write as _},
    path::PathBuf,
    process::ExitCode,
};

#[derive(Args)]
pub struct Import {
    /// organisations, resources, contingent, results
    #[arg(value_parser = |code: &str| intake::kind(code).map(|kind| kind.code()).ok_or("no such kind of file"))]
    kind: &'static str,
    file: PathBuf,
    /// Whose file it is: the usual short name
    #[arg(long)]
    organisation: Option<String>,
    /// Of local telephone numbers, e.g. 4722 [default: the network's, where there is one]
    #[arg(long)]
    area_code: Option<String>,
    /// The day on which the file was true, e.g. 2026-09-01
    #[arg(long)]
    as_of: Option<NaiveDate>,
    /// Say what would be imported and change nothing
    #[arg(long)]
    dry_run: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
    /// E-mail of the account that imports; its rights count
    #[arg(long)]
    user: Option<String>,
    #[command(flatten)]
    settings: Settings,
}

pub async fn import(import: Import) -> anyhow::Result<ExitCode> {
    let bytes = std::fs::read(&import.file).with_context(|| import.file.display().to_string())?;
    if import.dry_run { dry_run(import, bytes).await } else { carry_out(import, bytes).await }
}

async fn dry_run(import: Import, bytes: Vec<u8>) -> anyhow::Result<ExitCode> {
    let name = import.file.file_name().map(|name| name.to_string_lossy().into_owned());
    let workbook = match documents::read(&bytes, name.as_deref(), &Limits::default()) {
        Ok(workbook) => workbook,
        Err(refusal) => return Ok(refuse(&import, &refusal)),
    };
    let wanted = import.settings.data.is_some() || import.settings.database.is_some();
    // A kind that can be read may still have no register to go to.
    let compared = match wanted && slices::import_desk().target(import.kind).is_some() {
        true => Some(compare(&import, bytes).await?),
        false => None,
    };
    let context = intake::Context {
        organisation: import.organisation.clone(),
        area_code: import.area_code.clone(),
        as_of: import.as_of,
        organisations: Vec::new(),
    };
    let reading = intake::read(import.kind, &workbook, &context, None)?;
    drop(workbook);
    let mut out = BufWriter::new(std::io::stdout().lock());
    if import.json {
        // Written as it goes: a large file's JSON is never held as a whole.
        match &compared {
            None => serde_json::to_writer(&mut out, &reading)?,
            Some(compared) => serde_json::to_writer(&mut out, &Both { reading: &reading, comparison: compared })?,
        }
        writeln!(out)?;
    } else {
        tell(&mut out, &reading, compared.as_ref())?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The reading with what a comparison adds.
#[derive(serde::Serialize)]
struct Both<'a> {
    #[serde(flatten)]
    reading: &'a intake::Reading,
    comparison: &'a serde_json::Value,
}

fn refuse(import: &Import, refusal: &Refusal) -> ExitCode {
    if import.json {
        println!("{}", json!({ "expect": "refuse", "reason": refusal.reason.code() }));
    }
    eprintln!("{}", refusal.sentence_ru());
    ExitCode::from(2)
}

fn tell(
    out: &mut impl std::io::Write,
    reading: &intake::Reading,
    compared: Option<&serde_json::Value>,
) -> std::io::Result<()> {
    let counts = reading.counts();
    writeln!(
        out,
        "{} rows: {} fine, {} without some cell, {} with an error",
        counts.rows, counts.ok, counts.warning, counts.error
    )?;
    if let Some(counts) = compared.and_then(|compared| compared.get("counts")) {
        writeln!(out, "compared with the data: {counts}")?;
    }
    for (sheet, row) in reading.rows() {
        for problem in &row.problems {
            let sentence = intake::problem_sentence(
                problem.code,
                problem.field,
                problem.raw.as_deref(),
                intake::sentences::Lang::Ru,
            );
            writeln!(out, "{} {}: {sentence}", sheet.name, problem.cell)?;
        }
    }
    Ok(())
}

/// What the rows would do to the data. Nothing stays of it: not even a schema brought up to date.
async fn compare(import: &Import, bytes: Vec<u8>) -> anyhow::Result<serde_json::Value> {
    let settings = import.settings.resolved()?;
    settings.refuse_without_data()?;
    let db = settings.database().await?;
    let visit = visit(&db, import).await?;
    let desk = slices::import_desk();
    let upload = upload(&visit, import, bytes).await?;
    imports::compare(&desk, &visit, upload).await.map_err(said)
}

async fn carry_out(import: Import, bytes: Vec<u8>) -> anyhow::Result<ExitCode> {
    if import.user.is_none() {
        bail!("say who imports (--user EMAIL), or only look with --dry-run")
    }
    if let Err(refusal) = documents::read(&bytes, import.file.to_str(), &Limits::upload()) {
        return Ok(refuse(&import, &refusal));
    }
    let db = import.settings.resolved()?.migrated().await?;
    let visit = visit(&db, &import).await?;
    let desk = slices::import_desk();
    let upload = upload(&visit, &import, bytes).await?;
    let once = |what: &str| Once::new(visit.actor(), None, what, &[], visit.now);
    let done = imports::begin(&desk, &visit, &once("imports.begin"), upload).await.map_err(said)?;
    let id =
        done.body.as_ref().and_then(|body| body.get("id")).and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
    let id: BatchId = id.context("no batch")?;
    let counts = imports::counts(&visit.net, id).await.map_err(said)?;
    let applied = apply(&desk, &visit, id, counts).await?;
    let body = applied.unwrap_or_default();
    if import.json {
        println!("{body}");
    } else {
        println!("{}: {}", id, body.get("tally").cloned().unwrap_or_default());
    }
    Ok(ExitCode::SUCCESS)
}

/// Applies with a bar of progress.
async fn apply(desk: &Desk, visit: &Visit, id: BatchId, counts: Counts) -> anyhow::Result<Option<serde_json::Value>> {
    let progress = Progress::default();
    let once = Once::new(visit.actor(), None, "imports.apply", &[], visit.now);
    let bar = indicatif::ProgressBar::new(u64::try_from(counts.rows).unwrap_or_default());
    let work = imports::apply(desk, visit, &once, id, &progress);
    tokio::pin!(work);
    let mut tick = tokio::time::interval(std::time::Duration::from_millis(100));
    let done = loop {
        tokio::select! {
            done = &mut work => break done,
            _ = tick.tick() => bar.set_position(progress.now().0),
        }
    };
    bar.finish_and_clear();
    Ok(done.map_err(said)?.body)
}

async fn upload(visit: &Visit, import: &Import, content: Vec<u8>) -> anyhow::Result<Upload> {
    let organisation = match &import.organisation {
        None => String::new(),
        Some(name) => match crate::organisations::by_name(&visit.net, name).await.map_err(said)?.as_slice() {
            [one] => one.to_string(),
            [] => bail!("no organisation is called «{name}»"),
            _ => bail!("several organisations are called «{name}»: say the full name"),
        },
    };
    Ok(Upload {
        kind: import.kind.into(),
        organisation,
        area_code: import.area_code.clone().unwrap_or_default(),
        as_of: import.as_of.map(|day| day.to_string()).unwrap_or_default(),
        file_name: import.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        content,
    })
}

/// The person who imports; for a mere comparison nobody need be named.
async fn visit(db: &Db, import: &Import) -> anyhow::Result<Visit> {
    let (clock, chance) = (Clock::system(), Chance::system());
    let Some(email) = &import.user else {
        let networks = people::networks(&db.directory()).await.map_err(said)?;
        let network = networks.first().copied().context("no network yet: «sozvezdie network add»")?;
        return Ok(Visit::by_program(
            db.network(network),
            db.directory(),
            Viewer::guest(roles::policy),
            &clock,
            chance,
        ));
    };
    let login =
        session::find_login(&db.directory(), email).await.map_err(said)?.context("no account has this address")?;
    if login.disabled {
        bail!("the account is closed")
    }
    let net = db.network(NetworkId::from(login.network_id));
    let grants = session::grants(&net, login.person_id, kit::clock::local_date(clock.now())).await.map_err(said)?;
    let viewer = Viewer::person(login.person_id, login.id, login.name, email.clone(), grants, roles::policy);
    Ok(Visit::by_program(net, db.directory(), viewer, &clock, chance))
}

fn said(fault: Fault) -> anyhow::Error {
    match fault {
        Fault::Internal(e) => e,
        Fault::Invalid(problems) => {
            let said: Vec<String> =
                problems.iter().map(|(field, message)| format!("{field}: {}", message.say(kit::Lang::Ru))).collect();
            anyhow::anyhow!("{}", said.join("; "))
        }
        other => anyhow::anyhow!("{}", other.message().say(kit::Lang::Ru)),
    }
}
