//! What stands in the tables, read past the slices: for tests that compare before and after, or
//! look for texts nobody thought of.
use kit::db::{Db, Engine, NetworkId, args};
use sozvezdie::slices::MIGRATIONS;
use std::collections::BTreeMap;

/// A table as the migrations declare it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub class: Class,
    pub columns: Vec<Column>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub is_text: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Rows of one network.
    Dist,
    /// The directory.
    Shared,
}

/// Every table of the schema.
pub async fn all(db: &Db) -> Vec<Table> {
    let classes = classes();
    let sql = match db.engine() {
        Engine::Sqlite => {
            "SELECT m.name, p.name, p.type = 'TEXT' FROM sqlite_schema m JOIN pragma_table_info(m.name) p
             WHERE m.type = 'table' ORDER BY m.name, p.cid"
        }
        Engine::Postgres => {
            "SELECT c.relname::TEXT, a.attname::TEXT, a.atttypid = 'text'::REGTYPE FROM pg_class c
             JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
             WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname, a.attnum"
        }
    };
    let rows: Vec<(String, String, bool)> = db.directory().all(sql, args![]).await.unwrap();
    let mut tables: BTreeMap<String, Vec<Column>> = BTreeMap::new();
    for (table, name, is_text) in rows {
        tables.entry(table).or_default().push(Column { name, is_text });
    }
    let found = tables.into_iter().filter_map(|(name, columns)| {
        let class = *classes.get(name.as_str())?;
        Some(Table { name, class, columns })
    });
    let found: Vec<Table> = found.collect();
    assert_eq!(found.len(), classes.len(), "a table of the migrations is not there, or was not understood");
    found
}

/// The table's class stands in the comment above it.
fn classes() -> BTreeMap<&'static str, Class> {
    let mut classes = BTreeMap::new();
    let mut class = None;
    for line in MIGRATIONS.iter().flat_map(|m| m.sql.lines()) {
        if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
            let name = rest.split([' ', '(']).next().unwrap();
            classes.insert(name, class.take().unwrap_or_else(|| panic!("{name} has no class")));
        }
        class = match line.trim() {
            "-- dist" => Some(Class::Dist),
            "-- ref" | "-- local" => Some(Class::Shared),
            _ => None,
        };
    }
    classes
}

/// The rows of a table as text, sorted; of a network's table only that network's.
pub async fn rows(db: &Db, network: NetworkId, table: &Table, but: &[&str]) -> Vec<String> {
    let columns: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).filter(|c| !but.contains(c)).collect();
    let row = match db.engine() {
        Engine::Sqlite => columns.iter().map(|c| format!("quote({c})")).collect::<Vec<_>>().join(" || ',' || "),
        Engine::Postgres => format!("CAST(ROW({}) AS TEXT)", columns.join(", ")),
    };
    let name = &table.name;
    let rows: Vec<(String,)> = match table.class {
        Class::Dist => {
            db.network(network).all(format!("SELECT {row} FROM {name} WHERE network_id = $1"), args![]).await
        }
        Class::Shared => db.directory().all(format!("SELECT {row} FROM {name}"), args![]).await,
    }
    .unwrap();
    let mut rows: Vec<String> = rows.into_iter().map(|(row,)| row).collect();
    rows.sort();
    rows
}

/// What a look leaves in the trail: a reading, or a file that was taken away.
const LOOKS: [&str; 4] = ["'read'", ",read,", "'export'", ",export,"];

/// Everything that stands in the tables of these networks, but what every look may touch: when a
/// session was last seen, and the trail of readings.
pub async fn contents(db: &Db, networks: &[NetworkId]) -> BTreeMap<String, Vec<String>> {
    let mut contents = BTreeMap::new();
    for table in all(db).await {
        let but: &[&str] = if table.name == "session" { &["seen_at"] } else { &[] };
        for network in networks {
            let mut rows = rows(db, *network, &table, but).await;
            match table.name.as_str() {
                "audit_entry" => rows.retain(|row| !LOOKS.iter().any(|word| row.contains(word))),
                "audit_subject" => rows.clear(),
                _ => {}
            }
            let of = if table.class == Class::Dist { format!(" of {network}") } else { String::new() };
            contents.insert(format!("{}{of}", table.name), rows);
        }
    }
    contents
}
