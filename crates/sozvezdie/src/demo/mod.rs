//! The demo network «Белгородский район» (`domain.md` §8): real names of organisations as they are
//! public, everything else plainly made up.
mod acts;
mod appeals;
mod catalogue;
mod centre;
mod commons;
mod conferences;
mod consents;
mod events;
mod exchange;
mod gifted;
mod groups;
mod lately;
mod learners;
mod materials;
mod network;
mod papers;
mod posts;
mod replies;
mod reports;
mod research;
mod results;
mod routes;
mod societies;
mod staff;

use crate::{
    app::{App, Options},
    commands::{FactorDays, ServeSettings},
    people::{self, NetworkDraft},
    roles, server, slices,
};
use chrono::NaiveDate;
use kit::{
    Chance, Clock, Fault, Visit,
    access::Viewer,
    db::{NetworkId, Tx},
    files::Files,
};
use std::process::ExitCode;

/// An account of the demo, shown to whoever runs it.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Account {
    pub role: &'static str,
    pub email: String,
    pub password: String,
    pub organisation: String,
}

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    settings: ServeSettings,
    /// The day around which things happen [default: today]
    #[arg(long)]
    today: Option<NaiveDate>,
    /// Another seed gives other people and other passwords
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print one line of JSON when ready, and nothing else
    #[arg(long)]
    json: bool,
}

/// Builds the demo where there is none yet, then serves it. What was changed in it stays.
///
/// # Errors
/// When the database or the address cannot be had.
pub async fn run(args: Args) -> anyhow::Result<ExitCode> {
    let mut settings = args.settings.resolved()?;
    settings.log();
    // The demo's letters reach nobody: they lie in a folder.
    settings.mail = Some(format!("folder:{}", settings.folder().join("mail").display()));
    settings.mail_from = Some("Созвездие <sozvezdie@example.invalid>".into());
    let tell = |words: &str| {
        if !args.json {
            println!("{words}");
        }
    };
    tell("Готовлю базу…");
    let db = settings.migrated().await?;
    let clock = args.today.map_or_else(Clock::system, Clock::on);
    let accounts = staff::accounts(args.seed);
    // The printed accounts open with the password alone, unless one asks for more.
    settings.second_factor = settings.second_factor.or(Some(FactorDays(None)));
    let mut options = Options { demo_accounts: accounts.clone(), ..settings.options()? };
    let known = people::networks(&db.directory()).await?;
    let network = match known.first() {
        Some(network) => *network,
        None => {
            tell("Собираю демонстрационную сеть: 70 организаций…");
            let chance = Chance::seeded(args.seed);
            let network = NetworkId(Chance::system().id(clock.now()));
            let visit =
                Visit::by_program(db.network(network), db.directory(), Viewer::guest(roles::policy), &clock, chance);
            build(&visit, &accounts, &options.files).await?;
            network
        }
    };
    crate::shell::ops::install_metrics()?;
    let listener = settings.bind().await?;
    options.listen = Some(listener.local_addr()?);
    let app = App::new(db, clock, Chance::system(), network, &slices::all(), options);
    let url = format!("http://{}", listener.local_addr()?);
    if args.json {
        println!("{}", serde_json::json!({ "url": url, "accounts": accounts }));
    } else {
        println!(
            "\nСозвездие открыто: {url}\nПароль у всех один: {}\n",
            accounts.first().map_or("", |a| a.password.as_str())
        );
        for account in &accounts {
            let role = kit::Lang::Ru.say(&kit::text::text_prefix!("role-", account.role));
            println!("  {:<42} {:<36} {}", role, account.email, account.organisation);
        }
        println!("\nОстановить: Ctrl+C");
    }
    server::serve(app, listener).await;
    Ok(ExitCode::SUCCESS)
}

/// Writes the demo. The content first, in one transaction; the network's name last, so that a
/// demo cut short in the middle is simply built again.
///
/// # Errors
/// The database's.
pub async fn build(visit: &Visit, accounts: &[Account], files: &Files) -> Result<(), Fault> {
    let hashed = kit::password::hash(accounts.first().map_or("", |a| a.password.as_str()))?;
    let (logins, regulation, commons, organisations) = visit
        .net
        .transact(async |tx: &mut Tx| {
            let organisations = network::organisations(tx, visit).await?;
            let (regulation, order) = acts::acts(tx, visit, &organisations).await?;
            let logins = staff::people(tx, visit, &organisations, accounts).await?;
            posts::accounts(tx, visit, &organisations, &logins).await?;
            let pedagogue = logins.iter().find(|(_, _, email)| email.starts_with("pedagogue@")).map(|(id, _, _)| *id);
            let commons = exchange::build(tx, visit, &organisations, pedagogue).await?;
            let staff = learners::Staff(&logins);
            let children = learners::build(tx, visit, &organisations, &staff).await?;
            consents::build(tx, visit, &children).await?;
            centre::build(tx, visit, &organisations, order, &staff, &children).await?;
            gifted::build(tx, visit, &organisations, &staff, &children).await?;
            results::build(tx, visit, &organisations, &logins).await?;
            routes::build(tx, visit, &organisations, &staff, &children).await?;
            let teachers = groups::build(tx, visit, &organisations, &staff, &children).await?;
            societies::build(tx, visit, &organisations, &staff, &children, &teachers).await?;
            research::build(tx, visit, &organisations, &staff, &children, &teachers).await?;
            lately::build(tx, visit, &organisations, &staff, &children).await?;
            events::build(tx, visit, &organisations).await?;
            conferences::build(tx, visit, &organisations, &staff, &children, &teachers).await?;
            appeals::build(tx, visit, &staff, &teachers).await?;
            Ok::<_, Fault>((logins, regulation, commons, organisations))
        })
        .await?;
    acts::file(visit, files, regulation).await?;
    materials::files(visit, files).await?;
    papers::trip(visit, &commons).await?;
    if let Some((coordinator, ..)) = logins.iter().find(|(_, _, email)| email.starts_with("coordinator@")) {
        replies::build(visit, coordinator.0).await?;
    }
    // What is handed in is counted from what the first transaction wrote.
    reports::build(visit, &organisations, &logins).await?;
    let name = NetworkDraft {
        name: "Сетевое взаимодействие образовательных организаций".into(),
        territory: "Белгородский район".into(),
        founder: Some("Управление образования администрации Белгородского района".into()),
        area_code: "4722".into(),
        is_demo: true,
    };
    people::add_network(visit, &name).await?;
    for (person, name, email) in &logins {
        let new = kit::session::NewLogin {
            id: visit.new_id(),
            network: visit.net.id().0,
            person: person.0,
            email,
            name,
            password: &hashed,
            password_until: None,
        };
        kit::session::add_login(&visit.directory, &new, visit.now).await?;
    }
    Ok(())
}
