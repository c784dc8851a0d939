//! Schema steps: once, as a whole, in order, by several at once, and never changed.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is what it is for")]

use kit::db::{
    Db, Engine, Error, Migration, NetworkId, Tx, args,
    testing::{both_engines, postgres_migrated, postgres_url, sqlite_temp},
};
use uuid::Uuid;

const ONE: Migration = Migration {
    name: "0001_one",
    sql: "
-- ref
CREATE TABLE one (id {id} PRIMARY KEY, name {text} NOT NULL {ru}, at {time}, note {json} NOT NULL DEFAULT '{}');
CREATE INDEX one_name ON one (name);
",
};
const TWO: Migration = Migration {
    name: "0002_two",
    sql: "
-- dist
CREATE TABLE two (network_id {id} NOT NULL, id {id} NOT NULL, open {bool} NOT NULL DEFAULT TRUE, PRIMARY KEY (network_id, id));
-- sqlite:
INSERT INTO one (id, name) VALUES (x'00000000000000000000000000000001', 'sqlite');
-- end
-- postgres:
INSERT INTO one (id, name) VALUES ('00000000-0000-0000-0000-000000000001', 'postgres');
-- end
",
};
const THREE: Migration =
    Migration { name: "0003_three", sql: "ALTER TABLE two ADD COLUMN size {int} NOT NULL DEFAULT 7;" };
/// The first statement is fine, the second is not.
const BROKEN: Migration = Migration {
    name: "0003_three",
    sql: "ALTER TABLE two ADD COLUMN size {int} NOT NULL DEFAULT 7;\nINSERT INTO nowhere VALUES (1);",
};

async fn steps_of(db: &Db) -> Vec<String> {
    let rows = db.directory().all::<(String,)>("SELECT name FROM schema_step ORDER BY name", args![]).await.unwrap();
    rows.into_iter().map(|(name,)| name).collect()
}

async fn size_exists(db: &Db) -> bool {
    db.network(NetworkId(Uuid::nil()))
        .all::<(i64,)>("SELECT size FROM two WHERE network_id = $1", args![])
        .await
        .is_ok()
}

both_engines! {
    async fn each_step_is_applied_once(db: Db) {
        assert_eq!(db.migrate(&[ONE]).await.unwrap(), [ONE.name]);
        assert_eq!(db.migrate(&[ONE]).await.unwrap(), Vec::<&str>::new());
        assert_eq!(db.migrate(&[ONE, TWO, THREE]).await.unwrap(), [TWO.name, THREE.name]);
        assert_eq!(db.migrate(&[ONE, TWO, THREE]).await.unwrap(), Vec::<&str>::new());
        let engine: String = db.directory().scalar("SELECT name FROM one", args![]).await.unwrap();
        assert_eq!(engine, if db.engine() == Engine::Sqlite { "sqlite" } else { "postgres" });
        let net = db.network(NetworkId(Uuid::max()));
        net.transact(async |tx: &mut Tx| tx.run("INSERT INTO two (network_id, id) VALUES ($1, $1)", args![]).await).await.unwrap();
        let open: (bool, i64) = net.one("SELECT open, size FROM two WHERE network_id = $1", args![]).await.unwrap();
        assert_eq!(open, (true, 7));
    }

    async fn a_changed_text_is_named(db: Db) {
        db.migrate(&[ONE, TWO]).await.unwrap();
        let changed = Migration { sql: "SELECT 1", ..ONE };
        let error = db.migrate(&[changed, TWO, THREE]).await.unwrap_err().to_string();
        assert!(error.contains("0001_one was changed"), "{error}");
        assert_eq!(steps_of(&db).await, [ONE.name, TWO.name]);
        // Another checkout's line ends are no change.
        let windows = Migration { sql: ONE.sql.replace('\n', "\r\n").leak(), ..ONE };
        assert_eq!(db.migrate(&[windows, TWO]).await.unwrap(), Vec::<&str>::new());
    }

    async fn a_newer_database_is_refused(db: Db) {
        db.migrate(&[ONE, TWO]).await.unwrap();
        let error = db.migrate(&[ONE]).await.unwrap_err().to_string();
        assert!(error.contains("0002_two") && error.contains("newer"), "{error}");
    }

    async fn a_broken_step_leaves_nothing_and_the_mended_one_goes_on(db: Db) {
        let error = db.migrate(&[ONE, TWO, BROKEN]).await.unwrap_err().to_string();
        assert!(error.contains("0003_three"), "{error}");
        assert_eq!(steps_of(&db).await, [ONE.name, TWO.name]);
        assert!(!size_exists(&db).await, "half of the step stayed");
        assert_eq!(db.migrate(&[ONE, TWO, THREE]).await.unwrap(), [THREE.name]);
        assert!(size_exists(&db).await);
    }

    async fn several_at_once_apply_each_step_once(db: Db) {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..6 {
            let db = db.clone();
            tasks.spawn(async move { db.migrate(&[ONE, TWO, THREE]).await.unwrap() });
        }
        let mut applied: Vec<&str> = tasks.join_all().await.concat();
        applied.sort_unstable();
        assert_eq!(applied, [ONE.name, TWO.name, THREE.name]);
    }

    /// Given up after every possible number of polls, the next run goes on where it stopped.
    async fn given_up_anywhere_it_goes_on(db: Db) {
        let mut polls = 0;
        loop {
            let (mut run, mut left) = (Box::pin(db.migrate(&[ONE, TWO, THREE])), polls);
            let finished = std::future::poll_fn(|context| match run.as_mut().poll(context) {
                std::task::Poll::Ready(result) => std::task::Poll::Ready(Some(result)),
                std::task::Poll::Pending if left == 0 => std::task::Poll::Ready(None),
                std::task::Poll::Pending => {
                    left -= 1;
                    std::task::Poll::Pending
                }
            })
            .await;
            drop(run);
            polls += 1;
            if let Some(result) = finished {
                result.unwrap();
                break;
            }
        }
        db.migrate(&[ONE, TWO, THREE]).await.unwrap();
        assert_eq!(steps_of(&db).await, [ONE.name, TWO.name, THREE.name]);
        assert!(size_exists(&db).await);
    }

    async fn a_table_without_a_mark_is_refused(db: Db) {
        for sql in [
            "CREATE TABLE loose (id {id} PRIMARY KEY);",
            "-- dist\n\n-- about it\nCREATE TABLE loose (id {id} PRIMARY KEY);",
            "-- ref\nCREATE TABLE bound (id {id} PRIMARY KEY);\nCREATE TABLE loose (id {id} PRIMARY KEY);",
        ] {
            let error = db.migrate(&[Migration { name: "0001", sql }]).await.unwrap_err().to_string();
            assert!(error.contains("0001") && error.contains("loose"), "{error}");
        }
        assert_eq!(db.migrate(&[ONE]).await.unwrap(), [ONE.name]);
    }

    async fn rows_are_changed_network_by_network(db: Db) {
        let first = Migration {
            name: "0001",
            sql: "
-- ref
CREATE TABLE network (id {id} PRIMARY KEY);
-- dist
CREATE TABLE entry (network_id {id} NOT NULL, id {int} NOT NULL, size {int}, PRIMARY KEY (network_id, id));
",
        };
        let second = Migration {
            name: "0002",
            sql: "
ALTER TABLE entry ADD COLUMN twice {int};
-- each network:
UPDATE entry SET twice = size * 2 WHERE network_id = {network};
-- end
ALTER TABLE entry ADD COLUMN more {int} NOT NULL DEFAULT 1;
",
        };
        db.migrate(&[first]).await.unwrap();
        for n in 1..=3 {
            let id = Uuid::from_u128(n);
            db.directory().run("INSERT INTO network (id) VALUES ($1)", args![id]).await.unwrap();
            let net = db.network(NetworkId(id));
            let insert = "INSERT INTO entry (network_id, id, size) VALUES ($1, 1, $2)";
            net.transact(async |tx: &mut Tx| tx.run(insert, args![n as u64]).await).await.unwrap();
        }
        assert_eq!(db.migrate(&[first, second]).await.unwrap(), ["0002"]);
        for n in 1..=3 {
            let net = db.network(NetworkId(Uuid::from_u128(n)));
            let found: (i64, i64) = net.one("SELECT twice, more FROM entry WHERE network_id = $1", args![]).await.unwrap();
            assert_eq!(found, (n as i64 * 2, 1));
        }
    }

    async fn types_are_strict(db: Db) {
        db.migrate(&[ONE]).await.unwrap();
        let wrong = db.directory().run("INSERT INTO one (id, name, at) VALUES ($1, $2, $3)", args![Uuid::nil(), "x", "noon"]).await;
        assert!(matches!(wrong, Err(Error::Other(_))), "{wrong:?}");
    }
}

/// What row-level security would hide behind a rebuild must not vanish: keys are checked.
#[tokio::test(flavor = "multi_thread")]
async fn sqlite_rebuilds_a_table_without_losing_what_points_at_it() {
    let db = sqlite_temp().await;
    let base = Migration {
        name: "0001",
        sql: "
-- ref
CREATE TABLE parent (id {int} PRIMARY KEY, name {text});
-- ref
CREATE TABLE child (id {int} PRIMARY KEY, parent_id {int} NOT NULL REFERENCES parent (id) ON DELETE CASCADE);
INSERT INTO parent (id, name) VALUES (1, 'a');
INSERT INTO child (id, parent_id) VALUES (1, 1);
",
    };
    let rebuild = Migration {
        name: "0002",
        sql: "
-- sqlite:
-- ref
CREATE TABLE parent_new (id {int} PRIMARY KEY, name {text} NOT NULL);
INSERT INTO parent_new SELECT id, name FROM parent;
DROP TABLE parent;
ALTER TABLE parent_new RENAME TO parent;
-- end
",
    };
    let careless = Migration { name: "0003", sql: "DELETE FROM parent;" };
    db.migrate(&[base, rebuild]).await.unwrap();
    let children: i64 = db.directory().scalar("SELECT COUNT(*) FROM child", args![]).await.unwrap();
    assert_eq!(children, 1);
    let error = db.migrate(&[base, rebuild, careless]).await.unwrap_err();
    assert!(matches!(&error, Error::ForeignKey(text) if text.contains("child")), "{error:?}");
    let parents: i64 = db.directory().scalar("SELECT COUNT(*) FROM parent", args![]).await.unwrap();
    assert_eq!(parents, 1);
}

#[test]
fn the_schema_lint_finds_a_bad_schema_and_passes_a_good_one() {
    let good = [ONE, TWO];
    let bad = [Migration {
        name: "0001_bad",
        sql: "
-- ref
CREATE TABLE kind (id {id} PRIMARY KEY);
-- dist
CREATE TABLE place (network_id {id} NOT NULL, id {id} PRIMARY KEY, kind_id {id} REFERENCES kind (id), UNIQUE (network_id, id));
-- dist
CREATE TABLE booking (
    network_id {id} NOT NULL, id {id} NOT NULL, place_id {id} REFERENCES place (id),
    PRIMARY KEY (network_id, id),
    CONSTRAINT forgetful FOREIGN KEY (network_id, place_id) REFERENCES place (network_id, id) ON DELETE SET NULL
);
-- local
CREATE TABLE note (id {id} PRIMARY KEY, place_id {id} REFERENCES place (id));
-- postgres:
ALTER TABLE note DISABLE ROW LEVEL SECURITY;
CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ begin return null; end $$;
CREATE TRIGGER busy AFTER INSERT ON booking EXECUTE FUNCTION nothing();
-- end
",
    }];
    let url = postgres_url();
    kit::db::testing::block_on(async {
        let clean = postgres_migrated(&url, &good).await.schema_lint().await.unwrap();
        assert_eq!(clean, []);
        let found = postgres_migrated(&url, &bad).await.schema_lint().await.unwrap();
        let found: Vec<(&str, &str)> = found.iter().map(|f| (f.rule.as_str(), f.table.as_str())).collect();
        for wanted in [
            ("key without network_id", "place"),
            ("fk not (network_id,..) to dist / not ref", "booking"),
            ("fk from ref/local to dist", "note"),
            ("fk set null touches network_id", "booking"),
            ("trigger", "booking"),
        ] {
            assert!(found.contains(&wanted), "{wanted:?} is not in {found:?}");
        }
        assert_eq!(found.len(), 5, "{found:?}");
        // Not a migration's doing: a table and a wall torn down by hand.
        let db = postgres_migrated(&url, &good).await;
        let sqlite = sqlite_temp().await.schema_lint().await;
        assert!(matches!(sqlite, Err(Error::Other(_))), "{sqlite:?}");
        drop(db);
    });
}
