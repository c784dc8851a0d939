//! The big engine: a pool of connections that have given up their login's rights.
//!
//! Every connection of the pool does `SET ROLE` to the app role, which owns nothing and is bound
//! by row-level security, and is refused if that role could look past it.

mod fault;
mod session;
mod tls;

use std::{sync::Arc, time::Duration};

use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use tokio_postgres::{CancelToken, Client, Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{Error, Result};

pub(super) use fault::describe;
pub(super) use session::{Session, Start};

/// How long a request waits for a free connection, and the server for its answer to a new one.
const WAIT: Duration = Duration::from_secs(3);

/// An opened PostgreSQL database.
pub(super) struct Postgres {
    pool: Pool,
    login: Config,
    tls: Option<MakeRustlsConnect>,
    role: String,
}

impl Postgres {
    /// Prepares the pool and, where `migrate` has been here already, checks the app role.
    pub async fn open(url: &str, size: usize, role: &str) -> Result<Arc<Postgres>> {
        check_name(role)?;
        let (mut login, tls) = tls::parse(url)?;
        if login.get_connect_timeout().is_none() {
            login.connect_timeout(WAIT);
        }
        if login.get_tcp_user_timeout().is_none() {
            // A server whose machine went dark must not keep requests for the kernel's 15 minutes.
            login.tcp_user_timeout(Duration::from_secs(15));
        }
        if login.get_application_name().is_none() {
            login.application_name("sozvezdie");
        }
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = match tls.clone() {
            Some(tls) => Manager::from_config(login.clone(), tls, recycling),
            None => Manager::from_config(login.clone(), NoTls, recycling),
        };
        let pool = Pool::builder(manager)
            .max_size(size.max(1))
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(WAIT))
            .create_timeout(Some(WAIT))
            .recycle_timeout(Some(WAIT))
            .post_create(step_down(role.to_owned()))
            .build()
            .map_err(Error::other)?;
        let opened = Arc::new(Postgres { pool, login, tls, role: role.to_owned() });
        let login = opened.connect_as_login().await?;
        let migrated = login.query_opt("SELECT 1 FROM pg_roles WHERE rolname = $1", &[&role]).await?.is_some();
        if migrated {
            drop(opened.pool.get().await?);
        }
        Ok(opened)
    }

    /// A connection of its own with the login's rights: for `migrate`. Dropping it closes it.
    pub async fn connect_as_login(&self) -> Result<Client> {
        let gone = |e: tokio_postgres::Error| Error::Gone(describe(&e));
        match self.tls.clone() {
            Some(tls) => {
                let (client, connection) = self.login.connect(tls).await.map_err(gone)?;
                tokio::spawn(connection);
                Ok(client)
            }
            None => {
                let (client, connection) = self.login.connect(NoTls).await.map_err(gone)?;
                tokio::spawn(connection);
                Ok(client)
            }
        }
    }

    /// How the login connects.
    pub fn login(&self) -> &Config {
        &self.login
    }

    /// The app role, as it stands in SQL (checked to need no quoting).
    pub fn role(&self) -> &str {
        &self.role
    }

    /// Lends a connection.
    pub async fn session(self: &Arc<Self>, start: Start) -> Result<Session> {
        Ok(Session::new(self.pool.get().await?, Arc::clone(self), start))
    }

    /// Asks the server to stop a statement. It may have ended meanwhile, so nothing is answered.
    async fn cancel(&self, token: CancelToken) {
        let asked = match self.tls.clone() {
            Some(tls) => token.cancel_query(tls).await,
            None => token.cancel_query(NoTls).await,
        };
        if let Err(error) = asked {
            tracing::warn!(error = describe(&error), "an abandoned statement could not be cancelled");
        }
    }
}

/// What every new connection does first: take the app role, and see that it is a harmless one.
fn step_down(role: String) -> Hook {
    Hook::async_fn(move |client, _| {
        let role = role.clone();
        Box::pin(async move {
            let refuse = |text: String| HookError::message(text);
            client
                .batch_execute(&format!("SET ROLE {role}"))
                .await
                .map_err(|e| refuse(format!("the role {role} cannot be taken, has `migrate` run? {}", describe(&e))))?;
            let row = client
                .query_one(
                    "SELECT current_user = $1, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user",
                    &[&role],
                )
                .await
                .map_err(HookError::Backend)?;
            let is_app: bool = row.try_get(0).map_err(HookError::Backend)?;
            let sees_all: bool = row.try_get(1).map_err(HookError::Backend)?;
            if !is_app || sees_all {
                return Err(refuse(format!(
                    "the role {role} is a superuser or has BYPASSRLS: row-level security would not bind it"
                )));
            }
            Ok(())
        })
    })
}

/// Roles and the like are put into statements as they are, so only plain names will do.
pub(super) fn check_name(name: &str) -> Result<()> {
    let plain = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.len() < 60
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if plain { Ok(()) } else { Err(Error::Other(format!("«{name}» is not a plain name (a-z, 0-9, _)"))) }
}
