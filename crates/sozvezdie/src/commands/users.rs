//! The first network and the first account are made here; everything after that in the program.
use super::settings::Settings;
use crate::{
    organisations, people,
    people::{NetworkDraft, PersonDraft, PersonName},
    roles::Role,
};
use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use kit::{
    Chance, Clock, Fault, Visit,
    access::Viewer,
    db::{Db, NetworkId, Tx},
    password, session,
};
use std::process::ExitCode;

#[derive(Args)]
pub struct Networks {
    #[command(subcommand)]
    what: NetworkCommand,
}

#[derive(Subcommand)]
enum NetworkCommand {
    /// Add a network
    Add {
        #[arg(long)]
        name: String,
        #[arg(long)]
        territory: String,
        /// Of local telephone numbers
        #[arg(long, default_value = "4722")]
        area_code: String,
        #[command(flatten)]
        settings: Settings,
    },
}

#[derive(Args)]
pub struct Users {
    #[command(subcommand)]
    what: UserCommand,
}

#[derive(Subcommand)]
enum UserCommand {
    /// Add a person with an account and a role; prints a password to be changed within seven days
    Add {
        #[arg(long)]
        email: String,
        /// «Фамилия Имя Отчество»
        #[arg(long)]
        name: String,
        #[arg(long, value_parser = |code: &str| code.parse::<Role>().map_err(|_| "no such role"))]
        role: Role,
        /// Name of the organisation that the role is given in; none for the whole network
        #[arg(long)]
        organisation: Option<String>,
        #[command(flatten)]
        settings: Settings,
    },
}

#[derive(Args)]
pub struct Tokens {
    #[command(subcommand)]
    what: TokenCommand,
}

#[derive(Subcommand)]
enum TokenCommand {
    /// Print a token for the API, good for 30 days
    Create {
        /// E-mail of the account
        #[arg(long)]
        user: String,
        #[command(flatten)]
        settings: Settings,
    },
}

pub(super) fn said(fault: Fault) -> anyhow::Error {
    match fault {
        Fault::Internal(e) => e,
        other => anyhow::anyhow!("{}", other.message().say(kit::Lang::En)),
    }
}

fn program(db: &Db, network: NetworkId) -> Visit {
    let viewer = Viewer::guest(crate::roles::policy);
    Visit::by_program(db.network(network), db.directory(), viewer, &Clock::system(), Chance::system())
}

async fn first_network(db: &Db) -> anyhow::Result<NetworkId> {
    let networks = people::networks(&db.directory()).await.map_err(said)?;
    networks.first().copied().context("no network yet: «sozvezdie network add»")
}

pub async fn network(networks: Networks) -> anyhow::Result<ExitCode> {
    let NetworkCommand::Add { name, territory, area_code, settings } = networks.what;
    let db = settings.resolved()?.migrated().await?;
    let id = NetworkId(Chance::system().id(Clock::system().now()));
    let draft = NetworkDraft { name, territory, founder: None, area_code, is_demo: false };
    people::add_network(&program(&db, id), &draft).await.map_err(said)?;
    println!("{}", id.0);
    Ok(ExitCode::SUCCESS)
}

pub async fn user(users: Users) -> anyhow::Result<ExitCode> {
    let UserCommand::Add { email, name, role, organisation, settings } = users.what;
    let db = settings.resolved()?.migrated().await?;
    let visit = program(&db, first_network(&db).await?);
    let organisation = match organisation {
        None => None,
        Some(name) => match organisations::by_name(&visit.net, &name).await.map_err(said)?.as_slice() {
            [one] => Some(one.0),
            [] => bail!("no organisation is called «{name}»"),
            _ => bail!("several organisations are called «{name}»: say the full name"),
        },
    };
    let mut words = name.split_whitespace().map(str::to_owned);
    let (Some(last), Some(first)) = (words.next(), words.next()) else {
        bail!("--name takes «Фамилия Имя Отчество»")
    };
    let rest: Vec<String> = words.collect();
    let name = PersonName { last, first, patronymic: (!rest.is_empty()).then(|| rest.join(" ")) };
    if session::find_login(&visit.directory, &email).await.map_err(said)?.is_some() {
        bail!("an account with this address is there already");
    }
    let draft = PersonDraft { name: name.clone(), email: Some(email.clone()), phone: None };
    let person = visit
        .net
        .transact(async |tx: &mut Tx| {
            let person = people::add(tx, &visit, &draft).await?;
            people::grant(tx, &visit, person, role, organisation).await?;
            Ok::<_, Fault>(person)
        })
        .await
        .map_err(said)?;
    let secret = password::issue();
    let new = session::NewLogin {
        id: visit.new_id(),
        network: visit.net.id().0,
        person: person.0,
        email: &email,
        name: &name.address(),
        password: &password::hash(&secret)?,
        password_until: Some(visit.now + password::ISSUED),
    };
    if !session::add_login(&visit.directory, &new, visit.now).await.map_err(said)? {
        bail!("an account with this address is there already");
    }
    println!("{secret}");
    Ok(ExitCode::SUCCESS)
}

pub async fn token(tokens: Tokens) -> anyhow::Result<ExitCode> {
    let TokenCommand::Create { user, settings } = tokens.what;
    let db = settings.resolved()?.migrated().await?;
    let login =
        session::find_login(&db.directory(), &user).await.map_err(said)?.context("no account has this address")?;
    let whence = session::Whence { device: Some("sozvezdie token create".into()), place: None };
    let now = Clock::system().now();
    let token = session::open(&db.directory(), &login, session::Kind::Token, &whence, now).await.map_err(said)?;
    println!("{token}");
    Ok(ExitCode::SUCCESS)
}
