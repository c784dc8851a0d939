//! From every earlier schema, with data in every table, to the newest; each step interrupted first.
//!
//! A row is put into each table as soon as the step that makes it is taken, so every later step
//! finds data. A new table needs nothing here, unless it has a condition that a plain row breaks:
//! then its value stands in [`SPECIAL`].
use kit::db::{
    Db, Engine, Migration, NetworkId, Val, args,
    testing::{block_on, postgres_temp, postgres_url, sqlite_temp},
};
use sozvezdie::slices::MIGRATIONS;
use std::collections::BTreeMap;
use uuid::Uuid;

const NETWORK: Uuid = Uuid::from_u128(0x0A);
/// The id of every record: so whatever a row names is there.
const ONE: Uuid = Uuid::from_u128(0x01);

/// What a plain row would break: table, column, value.
const SPECIAL: &[(&str, &str, Special)] = &[
    ("network", "id", Special::Network),
    ("resource", "class", Special::Text("methodical")),
    ("learner_ground", "organisation_id", Special::One),
    ("subject_case", "consent_id", Special::One),
    ("joint_group", "taken", Special::Number(0)),
];

#[derive(Clone, Copy)]
enum Special {
    Network,
    One,
    Text(&'static str),
    Number(i64),
}

/// A column as a step declares it.
struct Column {
    name: &'static str,
    kind: &'static str,
    is_needed: bool,
    /// The first value that its condition allows.
    first: Option<&'static str>,
}

struct Table {
    name: &'static str,
    is_dist: bool,
    columns: Vec<Column>,
}

/// The tables that a step makes.
fn made_by(sql: &'static str) -> Vec<Table> {
    let (mut tables, mut is_dist) = (Vec::<Table>::new(), false);
    let mut is_open = false;
    for line in sql.lines() {
        if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
            let name = rest.split([' ', '(']).next().unwrap();
            tables.push(Table { name, is_dist, columns: Vec::new() });
            is_open = true;
        } else if line.starts_with(')') {
            is_open = false;
        } else if is_open {
            tables.last_mut().unwrap().columns.extend(column(line));
        }
        is_dist = line.trim() == "-- dist" || (is_dist && line.starts_with("--"));
    }
    tables
}

fn column(line: &'static str) -> Option<Column> {
    let mut words = line.trim().split(' ');
    let (name, kind) = (words.next()?, words.next()?.trim_end_matches(','));
    let is_column = name.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit());
    let first = line.split_once(" IN ('").and_then(|(_, rest)| rest.split('\'').next());
    is_column.then_some(Column { name, kind, is_needed: line.contains("NOT NULL"), first })
}

/// A value for a column that needs one, or that a condition wants; `n` grows along the row, so that
/// what begins is before what ends.
fn value(table: &Table, c: &Column, n: i64) -> Option<Val> {
    let special = SPECIAL.iter().find(|(of, column, _)| *of == table.name && *column == c.name);
    if let Some((_, _, special)) = special {
        return Some(match special {
            Special::Network => NETWORK.into(),
            Special::One => ONE.into(),
            Special::Text(text) => (*text).into(),
            Special::Number(number) => (*number).into(),
        });
    }
    if !c.is_needed {
        return None;
    }
    Some(match (c.kind, c.first) {
        ("{id}", _) if c.name == "network_id" => NETWORK.into(),
        ("{id}", _) => ONE.into(),
        ("{bool}", _) => false.into(),
        ("{int}" | "{time}", _) => n.into(),
        ("{real}", _) => 1.5_f64.into(),
        ("{bytes}", _) => vec![7_u8; 32].into(),
        ("{json}", _) => "{}".into(),
        (_, Some(first)) => first.into(),
        (_, None) if c.name.ends_with("_on") || c.name.ends_with("_date") => "2026-11-24".into(),
        (_, None) => "ё".into(),
    })
}

async fn fill(db: &Db, table: &Table) {
    let (mut names, mut values): (Vec<&str>, Vec<Val>) = (Vec::new(), Vec::new());
    for c in table.columns.iter().filter(|c| !(table.is_dist && c.name == "network_id")) {
        if let Some(value) = value(table, c, i64::try_from(values.len()).unwrap() + 1) {
            names.push(c.name);
            values.push(value);
        }
    }
    let written = if table.is_dist {
        let places: Vec<String> = (2..values.len() + 2).map(|n| format!("${n}")).collect();
        let sql =
            format!("INSERT INTO {} (network_id, {}) VALUES ($1, {})", table.name, names.join(", "), places.join(", "));
        db.network(NetworkId(NETWORK))
            .transact(async |tx: &mut kit::db::Tx| tx.run(sql.clone(), values.clone()).await)
            .await
    } else {
        let places: Vec<String> = (1..=values.len()).map(|n| format!("${n}")).collect();
        let sql = format!("INSERT INTO {} ({}) VALUES ({})", table.name, names.join(", "), places.join(", "));
        db.directory().run(sql, values).await
    };
    if let Err(e) = written {
        panic!("a row for {}: {e:?}; say in SPECIAL what its conditions want", table.name);
    }
}

/// What stands in each table, in the columns that it was made with.
async fn contents(db: &Db, tables: &[Table]) -> BTreeMap<&'static str, Vec<String>> {
    let mut all = BTreeMap::new();
    for table in tables {
        let names: Vec<&str> = table.columns.iter().map(|c| c.name).collect();
        let row = match db.engine() {
            Engine::Sqlite => names.iter().map(|c| format!("quote({c})")).collect::<Vec<_>>().join(" || ',' || "),
            Engine::Postgres => format!("CAST(ROW({}) AS TEXT)", names.join(", ")),
        };
        let rows: Vec<(String,)> = if table.is_dist {
            let sql = format!("SELECT {row} FROM {} WHERE network_id = $1", table.name);
            db.network(NetworkId(NETWORK)).all(sql, args![]).await.unwrap()
        } else {
            db.directory().all(format!("SELECT {row} FROM {}", table.name), args![]).await.unwrap()
        };
        all.insert(table.name, rows.into_iter().map(|(row,)| row).collect());
    }
    all
}

async fn steps(db: &Db) -> i64 {
    let rows: Vec<(i64,)> = db.directory().all("SELECT COUNT(*) FROM schema_step", args![]).await.unwrap();
    rows[0].0
}

async fn climb(db: Db) {
    let mut tables: Vec<Table> = Vec::new();
    for (n, step) in MIGRATIONS.iter().enumerate() {
        let before = contents(&db, &tables).await;
        if n > 0 {
            // The step breaks at its last statement: nothing of it stays.
            let broken: &'static str =
                Box::leak(format!("{}\nINSERT INTO nowhere VALUES (1);", step.sql).into_boxed_str());
            let mut torn = MIGRATIONS[..n].to_vec();
            torn.push(Migration { name: step.name, sql: broken });
            db.migrate(&torn).await.expect_err("the step was torn");
            assert_eq!(steps(&db).await, i64::try_from(n).unwrap(), "{} counts as taken", step.name);
            assert_eq!(contents(&db, &tables).await, before, "half of {} was done", step.name);
        }
        assert_eq!(db.migrate(&MIGRATIONS[..=n]).await.unwrap(), [step.name]);
        assert_eq!(contents(&db, &tables).await, before, "{} lost or changed rows", step.name);
        for table in made_by(step.sql) {
            fill(&db, &table).await;
            tables.push(table);
        }
    }
    let end = contents(&db, &tables).await;
    assert!(tables.len() > 40 && end.values().all(|rows| rows.len() == 1), "a row in every table: {end:#?}");
    assert!(db.migrate(MIGRATIONS).await.unwrap().is_empty());
    assert!(db.damage().await.unwrap().is_empty(), "pages and keys hold together");
}

#[test]
fn every_step_keeps_the_rows_on_sqlite() {
    block_on(async { climb(sqlite_temp().await).await });
}

#[test]
fn every_step_keeps_the_rows_on_postgres() {
    block_on(async { climb(postgres_temp(&postgres_url()).await).await });
}
