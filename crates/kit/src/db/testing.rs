//! Databases for tests: real engines, a fresh one for each test, gone when the test is over.
//!
//! PostgreSQL is a throw-away cluster that `cargo xtask test` starts; the environment variable
//! [`POSTGRES`] holds the URL of its superuser. Without it a test *fails*: nothing is skipped.
#![expect(clippy::expect_used, reason = "test support: a panic with a name is the right answer here")]

use std::{fmt::Debug, future::Future, time::Duration};

use sha2::{Digest, Sha256};
use tokio_postgres::{Client, NoTls, error::SqlState};

use super::{Db, Migration, Settings};

/// The variable with the URL of the throw-away cluster's superuser.
pub const POSTGRES: &str = "SOZVEZDIE_TEST_POSTGRES";

/// The URL of the throw-away cluster.
///
/// # Panics
/// Without the variable [`POSTGRES`].
#[must_use]
pub fn postgres_url() -> String {
    std::env::var(POSTGRES).unwrap_or_else(|_| {
        panic!(
            "{POSTGRES} is not set: this test needs a throw-away PostgreSQL (postgres://postgres@127.0.0.1:PORT/postgres). \
             `cargo xtask test` starts one"
        )
    })
}

/// Runs a test on a runtime like the server's.
pub fn block_on<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(test)
}

/// Of two who did the same at once: what became of the one who came second. The first succeeded.
///
/// # Errors
/// What the second was told.
///
/// # Panics
/// When neither succeeded.
pub fn second<T: Debug, E: Debug>(one: Result<T, E>, other: Result<T, E>) -> Result<T, E> {
    match (one, other) {
        (Ok(_), second) | (second, Ok(_)) => second,
        (one, other) => panic!("neither succeeded: {one:?}, {other:?}"),
    }
}

/// An empty SQLite database in a folder of its own.
pub async fn sqlite_temp() -> Db {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    Db::open(&Settings::new(url)).await.expect("an empty SQLite database").keeping(folder)
}

/// A SQLite database with the schema of `steps`.
pub async fn sqlite_migrated(steps: &[Migration]) -> Db {
    let db = sqlite_temp().await;
    db.migrate(steps).await.expect("the schema");
    db
}

/// An empty PostgreSQL database with a login that owns it and is no superuser.
pub async fn postgres_temp(admin_url: &str) -> Db {
    let name = unique_name();
    let admin = connect(admin_url).await;
    run(&admin, &format!("CREATE ROLE {name} LOGIN CREATEROLE PASSWORD '{name}'")).await;
    run(&admin, &format!("CREATE DATABASE {name} OWNER {name}")).await;
    let app = format!("{name}_app");
    let temporary =
        Temporary { admin_url: admin_url.to_owned(), database: name.clone(), roles: vec![app.clone(), name.clone()] };
    open(admin_url, &name, &app).await.keeping(temporary)
}

/// A PostgreSQL database with the schema of `steps`, copied from a template that is made once per
/// cluster and schema.
pub async fn postgres_migrated(admin_url: &str, steps: &[Migration]) -> Db {
    if steps.is_empty() {
        return postgres_temp(admin_url).await;
    }
    let mut hash = Sha256::new();
    // A migrator that was changed makes other tables of the same steps.
    hash.update(include_str!("migrate/postgres.rs"));
    hash.update(include_str!("migrate/text.rs"));
    for step in steps {
        hash.update(step.name);
        hash.update(step.checksum());
    }
    let key: String = hex::encode(hash.finalize()).chars().take(20).collect();
    let template = format!("template_{key}");
    let app = format!("{template}_app");
    let name = unique_name();

    let admin = connect(admin_url).await;
    // Until this connection closes: one process makes the template, the others wait for it.
    run(&admin, &format!("SELECT pg_advisory_lock(hashtext('{template}'))")).await;
    let ready = admin
        .query_opt("SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate", &[&template])
        .await
        .expect("the catalogue")
        .is_some();
    if !ready {
        // One that a killed run left half-made goes.
        run(&admin, &format!("DROP DATABASE IF EXISTS {template} WITH (FORCE)")).await;
        let role = admin.query_opt("SELECT 1 FROM pg_roles WHERE rolname = $1", &[&template]).await;
        if role.expect("the catalogue").is_none() {
            run(&admin, &format!("CREATE ROLE {template} LOGIN CREATEROLE PASSWORD '{template}'")).await;
        }
        run(&admin, &format!("CREATE DATABASE {template} OWNER {template}")).await;
        let db = open(admin_url, &template, &app).await;
        db.migrate(steps).await.expect("the schema");
        drop(db);
        run(&admin, &format!("ALTER DATABASE {template} IS_TEMPLATE true")).await;
    }
    run(&admin, &format!("CREATE ROLE {name} LOGIN PASSWORD '{name}' IN ROLE {template}, {app}")).await;
    run(&admin, &format!("CREATE DATABASE {name} OWNER {name} TEMPLATE {template}")).await;
    drop(admin);
    let temporary = Temporary { admin_url: admin_url.to_owned(), database: name.clone(), roles: vec![name.clone()] };
    open(admin_url, &name, &app).await.keeping(temporary)
}

async fn open(admin_url: &str, login: &str, app: &str) -> Db {
    let mut settings = Settings::new(login_url(admin_url, login));
    settings.app_role = Some(app.to_owned());
    settings.pool = 8;
    Db::open(&settings).await.expect("the test's PostgreSQL database")
}

/// The same server, another login and its database.
fn login_url(admin_url: &str, login: &str) -> String {
    let rest = admin_url.split_once("://").map_or(admin_url, |(_, rest)| rest);
    let (address, options) = rest.split_once('?').map_or((rest, String::new()), |(a, o)| (a, format!("?{o}")));
    let server = address.split('/').next().unwrap_or_default();
    let host = server.rsplit('@').next().unwrap_or_default();
    format!("postgres://{login}:{login}@{host}/{login}{options}")
}

/// Connects as the cluster's superuser, for what the seam itself must not be able to do.
pub async fn connect(admin_url: &str) -> Client {
    let (client, connection) =
        tokio_postgres::connect(admin_url, NoTls).await.expect("the throw-away PostgreSQL answers");
    tokio::spawn(connection);
    client
}

/// Runs an administrator's statement. A template whose last connection is just closing is waited for.
async fn run(admin: &Client, sql: &str) {
    for _ in 0..500 {
        match admin.batch_execute(sql).await {
            Err(e) if e.code() == Some(&SqlState::OBJECT_IN_USE) => {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            done => {
                return done.unwrap_or_else(|e| panic!("{sql}: {}", super::postgres::describe(&e)));
            }
        }
    }
    panic!("{sql}: still in use");
}

fn unique_name() -> String {
    format!("test_{:016x}", rand::random::<u64>())
}

/// Drops the database when the last handle of it goes.
struct Temporary {
    admin_url: String,
    database: String,
    roles: Vec<String>,
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let mut sql = vec![format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.database)];
        sql.extend(self.roles.iter().map(|role| format!("DROP ROLE IF EXISTS {role}")));
        let admin_url = self.admin_url.clone();
        // A runtime of its own: the test's may be gone already. What fails stays behind in a
        // cluster that is thrown away anyhow.
        let cleaner = std::thread::spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
                return;
            };
            runtime.block_on(async {
                let Ok((client, connection)) = tokio_postgres::connect(&admin_url, NoTls).await else {
                    return;
                };
                tokio::spawn(connection);
                for statement in sql {
                    let _ = client.batch_execute(&statement).await;
                }
            });
        });
        let _ = cleaner.join();
    }
}

/// Defines tests that run on both engines: a module of the test's name with `sqlite` and
/// `postgres`. With `migrations: STEPS;` first, the databases have that schema.
///
/// ```ignore
/// both_engines! {
///     migrations: &[Migration { name: "0001", sql: "…" }];
///     async fn places_are_sorted(db: Db) { … }
/// }
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! __db_both_engines {
    (migrations: $steps:expr; $($(#[$meta:meta])* async fn $name:ident($db:ident: Db) $body:block)+) => { $(
        mod $name {
            use super::*;

            async fn test($db: $crate::db::Db) $body

            #[test]
            $(#[$meta])*
            fn sqlite() {
                $crate::db::testing::block_on(async {
                    test($crate::db::testing::sqlite_migrated($steps).await).await;
                });
            }

            #[test]
            $(#[$meta])*
            fn postgres() {
                let url = $crate::db::testing::postgres_url();
                $crate::db::testing::block_on(async {
                    test($crate::db::testing::postgres_migrated(&url, $steps).await).await;
                });
            }
        }
    )+ };
    ($($(#[$meta:meta])* async fn $name:ident($db:ident: Db) $body:block)+) => {
        $crate::db::testing::both_engines! { migrations: &[]; $($(#[$meta])* async fn $name($db: Db) $body)+ }
    };
}
pub use crate::__db_both_engines as both_engines;
