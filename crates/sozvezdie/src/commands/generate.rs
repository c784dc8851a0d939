//! A synthetic network of any size, the same for the same seed: for measuring. No real names.
use super::settings::Settings;
use crate::{
    organisations::{self, Kind, OrganisationDraft, OrganisationState},
    people::{self, NetworkDraft},
    roles,
};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use kit::{
    Chance, Clock, Fault, Visit,
    access::Viewer,
    db::{NetworkId, Tx},
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use std::process::ExitCode;

#[derive(Args)]
pub struct Generate {
    /// How many organisations
    #[arg(long, default_value_t = 1000)]
    organisations: u32,
    /// The same seed makes the same network
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What the network is called
    #[arg(long, default_value = "Синтетическая сеть")]
    name: String,
    #[command(flatten)]
    settings: Settings,
}

/// Rows of one transaction: large enough to be quick, small enough to show progress.
const BATCH: u32 = 500;

const STEMS: [&str; 12] = [
    "Берёзовская",
    "Луговая",
    "Полевая",
    "Озёрная",
    "Сосновская",
    "Заречная",
    "Степная",
    "Ключевская",
    "Раздольная",
    "Холмовская",
    "Родниковская",
    "Дубравинская",
];

pub async fn run(generate: Generate) -> anyhow::Result<ExitCode> {
    let db = generate.settings.resolved()?.migrated().await?;
    let clock = Clock::system();
    let network = NetworkId(Chance::system().id(clock.now()));
    let chance = Chance::seeded(generate.seed);
    let visit = Visit::by_program(db.network(network), db.directory(), Viewer::guest(roles::policy), &clock, chance);
    let mut random = StdRng::seed_from_u64(generate.seed);
    let bar = ProgressBar::new(generate.organisations.into());
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} organisations, {eta} left")?);
    let mut made = 0;
    while made < generate.organisations {
        let until = (made + BATCH).min(generate.organisations);
        let drafts: Vec<OrganisationDraft> = (made..until).map(|number| draft(number, &mut random)).collect();
        visit
            .net
            .transact(async |tx: &mut Tx| {
                for draft in &drafts {
                    organisations::insert(tx, &visit, draft, OrganisationState::Active).await?;
                }
                Ok::<_, Fault>(())
            })
            .await
            .map_err(super::users::said)?;
        made = until;
        bar.set_position(made.into());
    }
    bar.finish_and_clear();
    let named = NetworkDraft {
        name: generate.name,
        territory: "Синтетический район".into(),
        founder: None,
        area_code: "4722".into(),
        is_demo: true,
    };
    people::add_network(&visit, &named).await.map_err(super::users::said)?;
    println!("{}", network.0);
    Ok(ExitCode::SUCCESS)
}

fn draft(number: u32, random: &mut StdRng) -> OrganisationDraft {
    let kind = match random.random_range(0..70) {
        0..34 => Kind::General,
        34..65 => Kind::Preschool,
        _ => Kind::Additional,
    };
    let stem = STEMS.get(random.random_range(0..STEMS.len())).copied().unwrap_or_default();
    let what = match kind {
        Kind::General => "школа",
        Kind::Preschool => "группа детского сада",
        Kind::Additional => "станция творчества",
    };
    let short = format!("{stem} {what} №\u{a0}{:05}", number + 1);
    OrganisationDraft {
        kind,
        subkind: None,
        name: short.clone(),
        short_name: short,
        inn: None,
        kpp: None,
        ogrn: None,
        licence: None,
        address: Some(format!("с. Синтетическое, ул. Условная, {}", random.random_range(1..200))),
        latitude: Some(50.0 + f64::from(random.random_range(0..10_000)) / 10_000.0),
        longitude: Some(36.0 + f64::from(random.random_range(0..10_000)) / 10_000.0),
        phones: format!("+7000{:07}", random.random_range(0..10_000_000)),
        email: Some(format!("org{number}@example.invalid")),
        site: None,
        head_name: None,
        about: None,
        synthetic_name: true,
        focuses: Vec::new(),
    }
}
