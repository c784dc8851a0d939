//! Every column that may say something of a person is declared with its purpose.
use crate::{app::TestApp, tables};
use kit::db::{Engine, args, testing::both_engines};
use sozvezdie::{
    personal::fields::{OTHERS, PERSONAL},
    roles::Role,
    slices::MIGRATIONS,
};
use std::collections::BTreeSet;

/// Tables of the migrations themselves.
const SCHEMA: &str = "schema_step";

both_engines! {
    migrations: MIGRATIONS;

    async fn every_column_with_text_is_declared_once(db: Db) {
        let mut real: BTreeSet<String> = tables::all(&db)
            .await
            .into_iter()
            .flat_map(|t| t.columns.into_iter().filter(|c| c.is_text).map(move |c| format!("{}.{}", t.name, c.name)))
            .collect();
        if db.engine() == Engine::Postgres {
            // On SQLite ids are bytes too.
            let sql = "SELECT c.relname::TEXT, a.attname::TEXT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                       JOIN pg_attribute a ON a.attrelid = c.oid
                       WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attnum > 0 AND a.atttypid = 'bytea'::REGTYPE";
            let bytes: Vec<(String, String)> = db.directory().all(sql, args![]).await.unwrap();
            real.extend(bytes.into_iter().filter(|(table, _)| table != SCHEMA).map(|(table, column)| format!("{table}.{column}")));
        }
        let others = OTHERS.iter().flat_map(|(table, columns)| columns.iter().map(move |c| format!("{table}.{c}")));
        let mut declared = BTreeSet::new();
        for name in PERSONAL.iter().map(|(name, _)| (*name).to_owned()).chain(others) {
            assert!(declared.insert(name.clone()), "{name} stands twice in personal/fields.rs");
        }
        let missing: Vec<_> = real.difference(&declared).collect();
        assert!(missing.is_empty(), "declare in personal/fields.rs what these columns hold, a line each: {missing:#?}");
        if db.engine() == Engine::Postgres {
            let gone: Vec<_> = declared.difference(&real).collect();
            assert!(gone.is_empty(), "no such column any more: {gone:#?}");
        }
    }

    async fn the_administrator_reads_what_is_kept_and_why(db: Db) {
        let app = TestApp::new(db).await;
        let page = app.as_role(Role::SystemAdministrator).await.get("/personal-data").await.expect(200).text();
        for (name, _) in PERSONAL {
            assert!(page.contains(name), "{name}");
        }
    }
}
