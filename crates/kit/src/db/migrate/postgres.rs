//! Schema steps on PostgreSQL, and the role that serves.

use std::fmt::Write as _;

use tokio_postgres::{Client, error::SqlState};
use uuid::Uuid;

use super::{
    super::{
        Engine, Error, Result,
        postgres::{Postgres, describe},
    },
    Applied, Migration, in_step, pending,
    text::{self, Mark, Table},
};

/// «sozvezdi» in ASCII: whoever migrates holds the advisory lock of this number.
const LOCK: i64 = i64::from_be_bytes(*b"sozvezdi");

pub(super) async fn migrate(db: &Postgres, steps: &[Migration]) -> Result<Vec<&'static str>> {
    // Dropped at any await, the connection closes: the open step is rolled back, the lock is free.
    let client = db.connect_as_login().await?;
    // A second process waits for the first here; a table in use is not waited for until doomsday.
    client.batch_execute("SET lock_timeout = '60s'; SET client_min_messages = warning").await?;
    client.execute("SELECT pg_advisory_lock($1)", &[&LOCK]).await?;
    prepare_role(&client, db.role()).await?;
    prepare_schema(&client, db.role()).await?;
    let rows = client.query("SELECT name, checksum FROM schema_step", &[]).await?;
    let applied: Applied = rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect::<Result<_>>()?;
    let mut done = Vec::new();
    for step in pending(steps, &applied)? {
        apply(&client, step, db.role()).await.map_err(|error| in_step(step.name, error))?;
        done.push(step.name);
    }
    Ok(done)
}

/// Makes the app role, unless it is there, and lets the login take it.
async fn prepare_role(client: &Client, role: &str) -> Result<()> {
    let find = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = $1";
    let mut found = client.query_opt(find, &[&role]).await?;
    if found.is_none() {
        let made = client
            .batch_execute(&format!(
                "CREATE ROLE {role} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT"
            ))
            .await;
        match made {
            Ok(()) => {}
            // Roles belong to the whole server: a migration of another database was faster.
            Err(e) if matches!(e.code(), Some(&SqlState::DUPLICATE_OBJECT | &SqlState::UNIQUE_VIOLATION)) => {}
            Err(e) => {
                return Err(Error::Other(format!(
                    "the login may not make the role {role}; let an administrator run \
                     «CREATE ROLE {role} NOLOGIN; GRANT {role} TO the login»: {}",
                    describe(&e)
                )));
            }
        }
        found = client.query_opt(find, &[&role]).await?;
    }
    let row = found.ok_or_else(|| Error::Other(format!("the role {role} vanished")))?;
    if row.try_get(0)? {
        return Err(Error::Other(format!(
            "the role {role} is a superuser or has BYPASSRLS: row-level security would not bind it"
        )));
    }
    // Trying is the only question that all versions answer: since 16 a member may lack the right.
    if client.batch_execute(&format!("SET ROLE {role}; RESET ROLE")).await.is_err() {
        client.batch_execute(&format!("GRANT {role} TO CURRENT_USER")).await?;
    }
    Ok(())
}

/// What stands before the first step.
async fn prepare_schema(client: &Client, role: &str) -> Result<()> {
    client
        .batch_execute(&format!(
            "BEGIN;
             GRANT USAGE ON SCHEMA public TO {role};
             CREATE COLLATION IF NOT EXISTS ru (provider = icu, locale = 'ru', deterministic = true);
             CREATE TABLE IF NOT EXISTS schema_step
                 (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL);
             COMMENT ON TABLE schema_step IS 'local';
             GRANT SELECT ON schema_step TO {role};
             COMMIT"
        ))
        .await?;
    Ok(())
}

async fn apply(client: &Client, step: &Migration, role: &str) -> Result<()> {
    let script = text::script(step, Engine::Postgres)?;
    client.batch_execute("BEGIN").await?;
    let result = within(client, step, &script, role).await;
    let end = if result.is_ok() { "COMMIT" } else { "ROLLBACK" };
    let ended = client.batch_execute(end).await;
    result?;
    Ok(ended?)
}

async fn within(client: &Client, step: &Migration, script: &text::Script, role: &str) -> Result<()> {
    for part in &script.parts {
        if !part.each_network {
            client.batch_execute(part.sql()).await?;
            continue;
        }
        for row in client.query("SELECT id FROM network", &[]).await? {
            let id: Uuid = row.try_get(0)?;
            // Row-level security binds the owner too: without the setting this would fail.
            client.batch_execute(&format!("SET LOCAL app.network_id TO '{id}'")).await?;
            client.batch_execute(&part.for_network(&format!("'{id}'::uuid"))).await?;
        }
        client.batch_execute("SET LOCAL app.network_id TO ''").await?;
    }
    let guards: String = script.tables.iter().map(|table| guard(table, role)).collect();
    client.batch_execute(&guards).await?;
    let unmarked = client
        .query(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
             AND COALESCE(obj_description(oid, 'pg_class'), '') NOT IN ('dist', 'ref', 'local')",
            &[],
        )
        .await?;
    if let Some(row) = unmarked.first() {
        let name: String = row.try_get(0)?;
        return Err(Error::Other(format!("the table {name} has no mark (-- dist, -- ref, -- local)")));
    }
    // The database's clock: this moment is for people who look for a cause, no rule reads it.
    client
        .execute(
            "INSERT INTO schema_step (name, checksum, applied_at)
             VALUES ($1, $2, CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT))",
            &[&step.name, &step.checksum()],
        )
        .await?;
    Ok(())
}

/// The comment, the rights and, for rows of networks, the second wall.
fn guard(Table { name, mark }: &Table, role: &str) -> String {
    let mut sql = format!(
        "COMMENT ON TABLE {name} IS '{mark}';
         GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO {role};\n"
    );
    if *mark == Mark::Dist {
        // Without missing_ok: a setting that was forgotten must fail, not read nothing.
        let own = "network_id = current_setting('app.network_id')::uuid";
        // Writing to a String cannot fail.
        let _ = write!(
            sql,
            "ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;
             ALTER TABLE {name} FORCE ROW LEVEL SECURITY;
             CREATE POLICY network ON {name} USING ({own}) WITH CHECK ({own});\n"
        );
    }
    sql
}
