//! `sozvezdie generate`: a synthetic network of any size.
use super::settings::Settings;
use crate::{
    generate::{self, Size},
    roles,
};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use kit::{Chance, Clock, Visit, access::Viewer, db::NetworkId};
use std::process::ExitCode;

#[derive(Args)]
pub struct Generate {
    /// How many organisations
    #[arg(long, default_value_t = 1000)]
    organisations: usize,
    /// How many resources they have together
    #[arg(long, default_value_t = 1000)]
    resources: usize,
    /// How many bookings of these resources, the latest in three weeks
    #[arg(long, default_value_t = 10_000)]
    bookings: usize,
    /// How many children they teach together
    #[arg(long, default_value_t = 0)]
    learners: usize,
    /// How often these children took part in events of the last ten academic years
    #[arg(long, default_value_t = 0)]
    participations: usize,
    /// The same seed makes the same network
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What the network is called
    #[arg(long, default_value = "Синтетическая сеть")]
    name: String,
    #[command(flatten)]
    settings: Settings,
}

pub async fn run(generate: Generate) -> anyhow::Result<ExitCode> {
    let size = Size {
        organisations: generate.organisations,
        resources: generate.resources,
        bookings: generate.bookings,
        learners: generate.learners,
        participations: generate.participations,
    };
    if size.participations > 0 && size.learners == 0 || size.learners > 0 && size.organisations == 0 {
        eprintln!("sozvezdie: learners need organisations, participations need learners");
        return Ok(ExitCode::from(2));
    }
    if size.organisations == 0 && size.resources + size.bookings > 0 {
        eprintln!("sozvezdie: resources and bookings need organisations");
        return Ok(ExitCode::from(2));
    }
    if size.resources == 0 && size.bookings > 0 {
        eprintln!("sozvezdie: bookings need resources");
        return Ok(ExitCode::from(2));
    }
    let db = generate.settings.resolved()?.migrated().await?;
    let clock = Clock::system();
    let network = NetworkId(Chance::system().id(clock.now()));
    let chance = Chance::seeded(generate.seed);
    let visit = Visit::by_program(db.network(network), db.directory(), Viewer::guest(roles::policy), &clock, chance);
    let bar = ProgressBar::new(size.total());
    bar.set_style(ProgressStyle::with_template("{bar:40} {human_pos} of {human_len}, {eta} left")?);
    let wrote = |more: usize| bar.inc(u64::try_from(more).unwrap_or_default());
    generate::network(&visit, generate.name, size, generate.seed, wrote).await.map_err(super::users::said)?;
    bar.finish_and_clear();
    println!("{}", network.0);
    Ok(ExitCode::SUCCESS)
}
