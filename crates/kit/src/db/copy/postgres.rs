//! All rows of a PostgreSQL database, with the login's rights and network by network.

use anyhow::{Context as _, ensure};
use tokio_postgres::{Client, types::ToSql};
use uuid::Uuid;

use super::{
    super::{
        RowRef,
        postgres::Postgres,
        row::{Row as _, Source as Engine},
    },
    BATCH, Batches, Column, Dump, Lines, Nowhere, Source, Table, Target, Tell, agree, in_order,
    line::{Field, Line},
    same, steps,
};

pub(super) async fn dump(db: &Postgres, target: &mut dyn Target, tell: Tell<'_>) -> anyhow::Result<Dump> {
    let client = db.connect_as_login().await?;
    // One transaction sees one instant, however long it takes. Dropping the connection ends it.
    client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?;
    within(&client, target, tell).await
}

async fn within(client: &Client, target: &mut dyn Target, tell: Tell<'_>) -> anyhow::Result<Dump> {
    ensure!(has_schema(client).await?, "the database has no schema yet");
    let found = client.query("SELECT name, checksum FROM schema_step", &[]).await?;
    let found = found.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect::<anyhow::Result<_>>()?;
    let mut dump = Dump { steps: steps(found)?, tables: vec![] };
    let networks = networks(client).await?;
    for table in tables(client).await? {
        let is_text = |name: &str| table.columns.iter().any(|column| column.name == name && column.kind == "text");
        let order = table.order(|name| {
            // Byte by byte, whatever the database's collation.
            if is_text(name) { format!("\"{name}\" COLLATE \"C\"") } else { format!("\"{name}\"") }
        });
        let select = format!("SELECT {} FROM \"{}\"", table.names(), table.name);
        let mut lines = Lines::of(target, &table, &dump, tell)?;
        if table.is_dist {
            for network in &networks {
                enter(client, *network).await?;
                let sql = format!("{select} WHERE network_id = '{network}' ORDER BY {order}");
                put_all(client, &sql, &mut lines).await?;
            }
        } else {
            put_all(client, &format!("{select} ORDER BY {order}"), &mut lines).await?;
        }
        dump.tables.push(lines.end(&table));
    }
    Ok(dump)
}

/// Row-level security binds the owner of the tables too.
async fn enter(client: &Client, network: Uuid) -> anyhow::Result<()> {
    Ok(client.batch_execute(&format!("SET LOCAL app.network_id TO '{network}'")).await?)
}

/// A piece at a time: a table may be larger than the memory.
async fn put_all(client: &Client, sql: &str, lines: &mut Lines<'_>) -> anyhow::Result<()> {
    client.batch_execute(&format!("DECLARE all_rows NO SCROLL CURSOR FOR {sql}")).await?;
    let fetch = client.prepare(&format!("FETCH {BATCH} FROM all_rows")).await?;
    loop {
        let rows = client.query(&fetch, &[]).await?;
        for row in &rows {
            lines.put(&Line::from_row(RowRef(Engine::Postgres(row)))?)?;
        }
        if rows.is_empty() {
            return Ok(client.batch_execute("CLOSE all_rows").await?);
        }
    }
}

async fn has_schema(client: &Client) -> anyhow::Result<bool> {
    Ok(client.query_one("SELECT to_regclass('public.schema_step') IS NOT NULL", &[]).await?.try_get(0)?)
}

async fn networks(client: &Client) -> anyhow::Result<Vec<Uuid>> {
    let rows = client.query("SELECT id FROM network ORDER BY id", &[]).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// By name.
async fn tables(client: &Client) -> anyhow::Result<Vec<Table>> {
    let sql = "SELECT c.relname::text, COALESCE(obj_description(c.oid, 'pg_class'), '') = 'dist',
                 ARRAY(SELECT a.attname::text FROM pg_index i
                       CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
                       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
                       WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY k.place),
                 ARRAY(SELECT DISTINCT f.relname::text FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid
                       WHERE k.conrelid = c.oid AND k.contype = 'f' AND f.oid <> c.oid),
                 ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
                       AND NOT a.attisdropped ORDER BY a.attname::text COLLATE \"C\"),
                 ARRAY(SELECT a.atttypid::regtype::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
                       AND NOT a.attisdropped ORDER BY a.attname::text COLLATE \"C\")
               FROM pg_class c
               WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'schema_step'
               ORDER BY c.relname::text COLLATE \"C\"";
    let rows = client.query(sql, &[]).await?;
    rows.iter()
        .map(|row| {
            let name: String = row.try_get(0)?;
            let (key, points_at): (Vec<String>, Vec<String>) = (row.try_get(2)?, row.try_get(3)?);
            let (columns, kinds): (Vec<String>, Vec<String>) = (row.try_get(4)?, row.try_get(5)?);
            ensure!(!key.is_empty(), "the table {name} has no primary key");
            let columns = columns.into_iter().zip(kinds).map(|(name, kind)| Column { name, kind }).collect();
            let points_at = points_at.into_iter().collect();
            Ok(Table { name, columns, key, is_dist: row.try_get(1)?, points_at })
        })
        .collect()
}

pub(super) async fn is_empty(db: &Postgres) -> anyhow::Result<bool> {
    let client = db.connect_as_login().await?;
    if !has_schema(&client).await? {
        return Ok(true);
    }
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM network) AND NOT EXISTS (SELECT 1 FROM login)";
    Ok(client.query_one(sql, &[]).await?.try_get(0)?)
}

pub(super) async fn load(db: &Postgres, source: &mut dyn Source, tell: Tell<'_>) -> anyhow::Result<()> {
    let client = db.connect_as_login().await?;
    client.batch_execute("SET client_min_messages = warning; BEGIN").await?;
    let tables = tables(&client).await?;
    agree(&tables, source)?;
    let ordered = in_order(tables)?;
    // What the steps themselves put there comes again.
    for table in ordered.iter().rev().filter(|table| !table.is_dist) {
        client.batch_execute(&format!("DELETE FROM \"{}\"", table.name)).await?;
    }
    let mut done = 0;
    for table in &ordered {
        fill(&client, table, source, &mut done, tell).await.with_context(|| table.name.clone())?;
    }
    same(source.tables(), &within(&client, &mut Nowhere(std::io::sink()), &|_, _| ()).await?)?;
    client.batch_execute("COMMIT").await?;
    Ok(())
}

/// First into a table without keys, then in one statement to where the rows belong: keys are checked
/// at its end, so that rows of one table may point at one another.
async fn fill(
    client: &Client,
    table: &Table,
    source: &mut dyn Source,
    done: &mut u64,
    tell: Tell<'_>,
) -> anyhow::Result<()> {
    let name = &table.name;
    client.batch_execute(&format!("CREATE TEMPORARY TABLE incoming_rows (LIKE \"{name}\")")).await?;
    let places: Vec<String> = (1..=table.columns.len()).map(|n| format!("${n}::text[]")).collect();
    let given: Vec<String> = (1..=table.columns.len()).map(|n| format!("c{n}")).collect();
    let cast: Vec<String> = table.columns.iter().zip(&given).map(|(column, given)| cast(column, given)).collect();
    let sql = format!(
        "INSERT INTO incoming_rows ({}) SELECT {} FROM unnest({}) AS given ({})",
        table.names(),
        cast.join(", "),
        places.join(", "),
        given.join(", ")
    );
    let insert = client.prepare(&sql).await?;
    let mut batches = Batches::of(source, table)?;
    loop {
        let rows = batches.next()?;
        if rows.is_empty() {
            break;
        }
        *done += rows.len() as u64;
        let columns = turned(rows, table.columns.len());
        let values: Vec<&(dyn ToSql + Sync)> = columns.iter().map(|column| column as &(dyn ToSql + Sync)).collect();
        client.execute(&insert, &values).await?;
        tell(name, *done);
    }
    drop(batches);
    settle(client, table).await?;
    Ok(client.batch_execute("DROP TABLE incoming_rows").await?)
}

async fn settle(client: &Client, table: &Table) -> anyhow::Result<()> {
    let (name, columns) = (&table.name, table.names());
    let all = format!("INSERT INTO \"{name}\" ({columns}) SELECT {columns} FROM incoming_rows");
    if !table.is_dist {
        return Ok(client.batch_execute(&all).await?);
    }
    for row in client.query("SELECT DISTINCT network_id FROM incoming_rows", &[]).await? {
        let network: Uuid = row.try_get(0)?;
        enter(client, network).await?;
        client.batch_execute(&format!("{all} WHERE network_id = '{network}'")).await?;
    }
    Ok(())
}

/// The text of a field as the column's type.
fn cast(column: &Column, given: &str) -> String {
    match column.kind.as_str() {
        "bytea" => format!("decode({given}, 'hex')"),
        kind => format!("CAST({given} AS {kind})"),
    }
}

/// Rows as columns.
fn turned(rows: Vec<Vec<Field>>, width: usize) -> Vec<Vec<Option<String>>> {
    let mut columns: Vec<Vec<Option<String>>> = (0..width).map(|_| Vec::with_capacity(rows.len())).collect();
    for row in rows {
        for (column, field) in columns.iter_mut().zip(row) {
            column.push(field.words());
        }
    }
    columns
}
