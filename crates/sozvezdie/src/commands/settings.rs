//! Where the data are and where people come in: flags, `SOZVEZDIE_*` variables, a TOML file, in
//! this order.
use crate::{
    app::{App, Options},
    people,
    shell::ops,
    slices,
};
use anyhow::{Context as _, bail};
use clap::Args;
use kit::{Chance, Clock, db::Db, files::Files, mail::Mail};
use serde::Deserialize;
use std::{net::SocketAddr, path::PathBuf};

/// The file of the embedded database.
const EMBEDDED: &str = "sozvezdie.sqlite";

#[derive(Args, Clone, Debug, Default)]
pub struct Settings {
    /// Where to listen [default: 127.0.0.1:8080]
    #[arg(long, env = "SOZVEZDIE_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// The folder of the embedded database and of files [default: data]
    #[arg(long, env = "SOZVEZDIE_DATA")]
    pub data: Option<PathBuf>,
    /// `postgres://…` instead of the embedded database
    #[arg(long, env = "SOZVEZDIE_DATABASE")]
    pub database: Option<String>,
    /// The address by which people reach the program, e.g. https://set.example.ru
    #[arg(long, env = "SOZVEZDIE_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// A proxy in front writes the visitor's address as the last of X-Forwarded-For
    #[arg(long, env = "SOZVEZDIE_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// Opens /metrics to whoever shows it as a bearer token
    #[arg(long, env = "SOZVEZDIE_METRICS_TOKEN")]
    pub metrics_token: Option<String>,
    /// In how many days after the first sign-in a member of staff must set up one-time codes; «off»: nobody must [default: 14]
    #[arg(long, env = "SOZVEZDIE_SECOND_FACTOR", value_parser = factor_days)]
    pub second_factor: Option<FactorDays>,
    /// How letters leave: smtps://user:password@host, smtp://host?tls=required or folder:PATH; none, if not given
    #[arg(long, env = "SOZVEZDIE_MAIL", hide_env_values = true)]
    pub mail: Option<String>,
    /// Who letters come from, e.g. «Созвездие <set@example.ru>»
    #[arg(long, env = "SOZVEZDIE_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// A TOML file with the same names
    #[arg(long, env = "SOZVEZDIE_CONFIG")]
    pub config: Option<PathBuf>,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct File {
    listen: Option<SocketAddr>,
    data: Option<PathBuf>,
    database: Option<String>,
    public_url: Option<String>,
    behind_proxy: bool,
    metrics_token: Option<String>,
    second_factor: Option<String>,
    mail: Option<String>,
    mail_from: Option<String>,
}

/// Days until the second factor is obligatory; `None`: it never is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactorDays(pub Option<u16>);

fn factor_days(text: &str) -> Result<FactorDays, String> {
    match text {
        "off" => Ok(FactorDays(None)),
        days => days.parse().map(|d| FactorDays(Some(d))).map_err(|_| "a number of days, or «off»".to_owned()),
    }
}

impl Settings {
    /// The settings with the file's put in where nothing else was said.
    pub fn resolved(&self) -> anyhow::Result<Self> {
        let Some(path) = &self.config else { return Ok(self.clone()) };
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let file: File = toml::from_str(&text).with_context(|| path.display().to_string())?;
        let mut all = self.clone();
        all.listen = all.listen.or(file.listen);
        all.data = all.data.or(file.data);
        all.database = all.database.or(file.database);
        all.public_url = all.public_url.or(file.public_url);
        all.behind_proxy |= file.behind_proxy;
        all.metrics_token = all.metrics_token.or(file.metrics_token);
        let from_file = file.second_factor.as_deref().map(factor_days).transpose();
        all.second_factor = all.second_factor.or(from_file.map_err(|e| anyhow::anyhow!("second_factor: {e}"))?);
        all.mail = all.mail.or(file.mail);
        all.mail_from = all.mail_from.or(file.mail_from);
        Ok(all)
    }

    pub fn folder(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(|| "data".into())
    }

    /// Opens the database; the embedded one is made where there is none.
    pub async fn database(&self) -> anyhow::Result<Db> {
        let url = match &self.database {
            Some(url) => url.clone(),
            None => {
                let folder = self.folder();
                std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
                format!("sqlite:{}", folder.join(EMBEDDED).display())
            }
        };
        let db = Db::open(&kit::db::Settings::new(url)).await.context("the database")?;
        Ok(db)
    }

    /// Opening would make an empty database where somebody mistyped the folder.
    ///
    /// # Errors
    /// When there is none yet.
    pub fn refuse_without_data(&self) -> anyhow::Result<()> {
        if self.database.is_none() && !self.folder().join(EMBEDDED).exists() {
            bail!("there are no data in {}", self.folder().display())
        }
        Ok(())
    }

    /// The database with its schema up to date.
    pub async fn migrated(&self) -> anyhow::Result<Db> {
        let db = self.database().await?;
        db.migrate(slices::MIGRATIONS).await.context("the schema")?;
        Ok(db)
    }

    /// The folder of the files; made where there is none.
    pub fn files(&self) -> anyhow::Result<Files> {
        let files = self.folder().join("files");
        Files::open(&files).with_context(|| files.display().to_string())
    }

    /// What the running program needs of the settings. Makes the folder of the files.
    pub fn options(&self) -> anyhow::Result<Options> {
        let mail = match &self.mail {
            None => Mail::Off,
            Some(url) => Mail::new(url, self.mail_from.as_deref().context("--mail-from says who letters come from")?)?,
        };
        Ok(Options {
            public_url: self.public_url.clone(),
            listen: self.listen,
            behind_proxy: self.behind_proxy,
            metrics_token: self.metrics_token.clone(),
            second_factor_days: self.second_factor.unwrap_or(FactorDays(Some(14))).0,
            demo_accounts: Vec::new(),
            files: self.files()?,
            mail,
        })
    }

    /// The program over the first network of the database.
    pub async fn open(&self) -> anyhow::Result<App> {
        let options = self.options()?;
        let db = self.migrated().await?;
        let networks = people::networks(&db.directory()).await?;
        let Some(network) = networks.first() else {
            bail!("the database holds no network yet: make one with «sozvezdie network add», or try «sozvezdie demo»")
        };
        ops::install_metrics()?;
        Ok(App::new(db, Clock::system(), Chance::system(), *network, &slices::all(), options))
    }

    /// Listens. Other addresses than this machine's own need `--public-url https://…`: cookies and
    /// children's data must not travel open.
    pub async fn bind(&self) -> anyhow::Result<tokio::net::TcpListener> {
        let address = self.listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
        let protected = self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"));
        if !address.ip().is_loopback() && !protected {
            bail!("to listen on {address} say by which address people come, with TLS in front: --public-url https://…")
        }
        if protected && !self.behind_proxy {
            tracing::warn!(
                "all visitors through the proxy count as one when they mistype passwords: see --behind-proxy"
            );
        }
        tokio::net::TcpListener::bind(address).await.with_context(|| address.to_string())
    }

    /// Starts the log: to standard error, by `RUST_LOG`.
    pub fn log(&self) {
        let filter = tracing_subscriber::EnvFilter::try_from_default_env()
            .unwrap_or_else(|_| "warn,sozvezdie=info,kit=info".into());
        // Colours are for a person's eyes: a file or a collector gets plain lines.
        let is_seen = std::io::IsTerminal::is_terminal(&std::io::stderr());
        let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(is_seen).with_writer(std::io::stderr);
        let _ = log.try_init();
    }
}
