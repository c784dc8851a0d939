//! The schema keeps the rules that let a network move to another machine.
use kit::db::{
    Migration,
    testing::{block_on, postgres_migrated, postgres_url},
};
use sozvezdie::slices::MIGRATIONS;

#[test]
fn the_schema_lint_finds_nothing() {
    let url = postgres_url();
    block_on(async {
        let found = postgres_migrated(&url, MIGRATIONS).await.schema_lint().await.unwrap();
        assert_eq!(found, []);
    });
}

#[test]
fn the_schema_lint_finds_a_bad_table_among_ours() {
    const BAD: Migration = Migration {
        name: "9999_bad",
        sql: "
-- dist
CREATE TABLE medal (
  network_id {id} NOT NULL,
  id {id} NOT NULL PRIMARY KEY,
  person_id {id} NOT NULL
);
-- local
CREATE TABLE cupboard (
  id {id} NOT NULL PRIMARY KEY,
  network_id {id} NOT NULL,
  person_id {id} NOT NULL,
  FOREIGN KEY (network_id, person_id) REFERENCES person (network_id, id)
);
",
    };
    let url = postgres_url();
    block_on(async {
        let steps: Vec<Migration> = MIGRATIONS.iter().copied().chain([BAD]).collect();
        let found = postgres_migrated(&url, &steps).await.schema_lint().await.unwrap();
        let found: Vec<(&str, &str)> = found.iter().map(|f| (f.rule.as_str(), f.table.as_str())).collect();
        assert_eq!(found, [("fk from ref/local to dist", "cupboard"), ("key without network_id", "medal")]);
    });
}
