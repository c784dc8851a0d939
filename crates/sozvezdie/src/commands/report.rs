//! `sozvezdie report`: a report as a file.
use super::{settings::Settings, users::said};
use crate::{
    people,
    reports::{self, Around, Format, Kind, Period},
    shell::{AcademicYear, export},
};
use anyhow::Context as _;
use clap::Args;
use kit::{Clock, Lang, clock::LOCAL};
use std::{io::Write as _, path::PathBuf, process::ExitCode};

#[derive(Args)]
pub struct Report {
    /// centre: the results of the Centre's members; district: those of all children
    #[arg(value_parser = kind)]
    kind: Kind,
    /// The first academic year, e.g. 2015-2016
    #[arg(long, value_parser = year)]
    from: AcademicYear,
    /// The last academic year [default: the first]
    #[arg(long, value_parser = year)]
    to: Option<AcademicYear>,
    /// docx, xlsx, pdf, json
    #[arg(long, default_value = "docx", value_parser = |code: &str| code.parse::<Format>().map_err(|_| "docx, xlsx, pdf or json"))]
    format: Format,
    /// Where the report goes [default: the standard output]
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// What it is made for, as it stands in the file
    #[arg(long, default_value = "")]
    why: String,
    /// Whose report it is, by the network's id [default: the only one]
    #[arg(long)]
    network: Option<uuid::Uuid>,
    #[command(flatten)]
    settings: Settings,
}

fn kind(text: &str) -> Result<Kind, &'static str> {
    match text {
        "centre" => Ok(Kind::Centre),
        "district" => Ok(Kind::District),
        _ => Err("centre or district"),
    }
}

fn year(text: &str) -> Result<AcademicYear, &'static str> {
    text.parse().map_err(|_| "an academic year, e.g. 2015-2016")
}

pub async fn run(report: Report) -> anyhow::Result<ExitCode> {
    let to = report.to.unwrap_or(report.from);
    if to < report.from {
        eprintln!("sozvezdie: --to is before --from");
        return Ok(ExitCode::from(2));
    }
    let settings = report.settings.resolved()?;
    settings.refuse_without_data()?;
    let db = settings.database().await?;
    let networks = people::networks(&db.directory()).await.map_err(said)?;
    let network = match (report.network, networks.as_slice()) {
        (None, [only]) => *only,
        (None, [_, _, ..]) => anyhow::bail!("there are several networks: name one with --network"),
        (Some(id), all) => *all.iter().find(|n| n.0 == id).context("there is no such network")?,
        (None, []) => anyhow::bail!("there is no network yet"),
    };
    let period = Period { from: report.from, to };
    let net = db.network(network);
    let counted = reports::count(&net, &db.directory(), Lang::Ru, report.kind, period).await.map_err(said)?;
    let now = Clock::system().now();
    let day = kit::clock::local_date(now);
    let who = Lang::Ru.say("report-by-program").into_owned();
    let mut made = export::made_by(Lang::Ru, who, now);
    if let Some(why) = kit::form::tidy(&report.why) {
        made = format!("{made} {}", Lang::Ru.say_with("report-made-why", &[("why", why.into())]));
    }
    let signer = reports::signer(&net, report.kind, None).await.map_err(said)?;
    let around = Around { day, mark: None, made, signer };
    let text = reports::usual_text(report.kind);
    let bytes = reports::bytes(&counted, text, report.format, &around, now.with_timezone(&LOCAL).naive_local())?;
    match &report.output {
        Some(path) => std::fs::write(path, &bytes).with_context(|| path.display().to_string())?,
        None => std::io::stdout().lock().write_all(&bytes)?,
    }
    Ok(ExitCode::SUCCESS)
}
