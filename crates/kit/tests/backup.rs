//! Backups: under load, into an empty place, from one engine to the other; and what is refused.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is what it is for")]

use chrono::DateTime;
use kit::{
    backup::{self, Archive, Manifest, Refusal},
    db::{Db, Engine, Migration, NetworkId, Tx, args, testing},
    files::Files,
};
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use uuid::Uuid;

/// Tables by name are not tables by key, rows point at later rows, and texts sort otherwise in Russian.
const ONE: Migration = Migration {
    name: "0001_one",
    sql: "
-- ref
CREATE TABLE network (id {id} NOT NULL PRIMARY KEY, name TEXT NOT NULL);
-- ref
CREATE TABLE grade (id {int} NOT NULL PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO grade (id, name) VALUES (1, 'put there by the step');
-- local
CREATE TABLE login (id {id} NOT NULL PRIMARY KEY, network_id {id} NOT NULL REFERENCES network (id));
-- dist
CREATE TABLE thing (
  network_id {id} NOT NULL, id {int} NOT NULL, body {text} NOT NULL {ru}, open {bool}, size {real}, raw {bytes}, at {time},
  after_id {int}, PRIMARY KEY (network_id, id), FOREIGN KEY (network_id, after_id) REFERENCES thing (network_id, id)
);
-- dist
CREATE TABLE a_remark (
  network_id {id} NOT NULL, word {text} NOT NULL {ru}, thing_id {int} NOT NULL,
  PRIMARY KEY (network_id, word), FOREIGN KEY (network_id, thing_id) REFERENCES thing (network_id, id)
);
-- dist
CREATE TABLE file (network_id {id} NOT NULL, id {int} NOT NULL, sha256 {bytes} NOT NULL, PRIMARY KEY (network_id, id));
",
};
const TWO: Migration = Migration {
    name: "0002_two",
    sql: "
ALTER TABLE thing ADD COLUMN about {text};
-- each network:
UPDATE thing SET about = body WHERE network_id = {network};
-- end
",
};
const STEPS: &[Migration] = &[ONE, TWO];
const NETWORKS: [NetworkId; 2] = [NetworkId(Uuid::from_u128(7)), NetworkId(Uuid::from_u128(3))];
const LETTER: &[u8] = "Уважаемые коллеги!".as_bytes();

async fn database(engine: Engine) -> Db {
    match engine {
        Engine::Sqlite => testing::sqlite_temp().await,
        Engine::Postgres => testing::postgres_temp(&testing::postgres_url()).await,
    }
}

/// A database with something of everything, and the folder of its files.
async fn filled(engine: Engine, steps: &[Migration]) -> (Db, Files, TempDir) {
    let db = database(engine).await;
    db.migrate(steps).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let files = Files::open(&folder.path().join("files")).unwrap();
    for network in NETWORKS {
        db.directory().run("INSERT INTO network (id, name) VALUES ($1, 'сеть')", args![network]).await.unwrap();
        db.directory().run("INSERT INTO login (id, network_id) VALUES ($1, $1)", args![network]).await.unwrap();
        put_rows(&db, network).await;
        put_letter(folder.path(), network);
    }
    (db, files, folder)
}

async fn put_rows(db: &Db, network: NetworkId) {
    let sql = "INSERT INTO thing (network_id, id, body, open, size, raw, at, after_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let odd = "«ё»\u{a0}\"\\\n\t\u{1}🌟 NULL \\N";
    let full = args![1, odd, true, 0.1 + 0.2, &[0_u8, 255, 10][..], i64::MIN, Some(2)];
    let plain = args![2, "", None::<bool>, None::<f64>, None::<Vec<u8>>, None::<i64>, None::<i64>];
    db.network(network)
        .transact(async |tx: &mut Tx| {
            tx.run(sql, plain).await?;
            tx.run(sql, full).await?;
            for word in ["ёлка", "Ель", "ель", "яблоко", "apple", "Apple"] {
                tx.run("INSERT INTO a_remark (network_id, word, thing_id) VALUES ($1, $2, 1)", args![word]).await?;
            }
            let hash: Vec<u8> = Sha256::digest(LETTER).to_vec();
            tx.run("INSERT INTO file (network_id, id, sha256) VALUES ($1, 1, $2)", args![hash]).await
        })
        .await
        .unwrap();
}

fn place(folder: &Path, network: NetworkId) -> PathBuf {
    folder.join("files").join(Files::place(network, &Sha256::digest(LETTER)))
}

fn put_letter(folder: &Path, network: NetworkId) {
    let place = place(folder, network);
    std::fs::create_dir_all(place.parent().unwrap()).unwrap();
    std::fs::write(place, LETTER).unwrap();
}

async fn save(db: &Db, files: &Files, target: &Path) -> Manifest {
    backup::write(db, files, target, DateTime::UNIX_EPOCH, &|_, _, _| ()).await.unwrap()
}

async fn restore(archive: &Path, db: &Db, folder: &Path, steps: &[Migration]) -> anyhow::Result<()> {
    let files = Files::open(&folder.join("files")).unwrap();
    backup::restore(db, &files, &mut Archive::open(archive)?, steps, &|_, _, _| ()).await
}

fn refusal(result: anyhow::Result<impl Sized>) -> Refusal {
    result.err().unwrap().downcast().unwrap()
}

async fn moves_everything(from: Engine, to: Engine) {
    let (db, files, folder) = filled(from, STEPS).await;
    let archive = folder.path().join("a.zip");
    let manifest = save(&db, &files, &archive).await;
    assert_eq!((manifest.rows(), manifest.files), (1 + 2 + 2 + 2 * (2 + 6 + 1), 2));
    let (target, empty) = (database(to).await, tempfile::tempdir().unwrap());
    restore(&archive, &target, empty.path(), STEPS).await.unwrap();
    assert_eq!(target.content_hash().await.unwrap(), db.content_hash().await.unwrap());
    assert_eq!(target.content_hash().await.unwrap(), manifest.content);
    for network in NETWORKS {
        assert_eq!(std::fs::read(place(empty.path(), network)).unwrap(), LETTER);
    }
    // The control: a single row less is another content.
    let net = target.network(NETWORKS[0]);
    let sql = "DELETE FROM a_remark WHERE network_id = $1 AND word = 'Ель'";
    net.transact(async |tx: &mut Tx| tx.run(sql, args![]).await).await.unwrap();
    assert_ne!(target.content_hash().await.unwrap(), manifest.content);
    // And nothing is poured into what is there.
    let refused = refusal(restore(&archive, &target, empty.path(), STEPS).await);
    assert!(matches!(refused, Refusal::NotEmpty(_)), "{refused}");
}

#[test]
fn sqlite_to_sqlite() {
    testing::block_on(moves_everything(Engine::Sqlite, Engine::Sqlite));
}

#[test]
fn sqlite_to_postgres() {
    testing::block_on(moves_everything(Engine::Sqlite, Engine::Postgres));
}

#[test]
fn postgres_to_sqlite() {
    testing::block_on(moves_everything(Engine::Postgres, Engine::Sqlite));
}

#[test]
fn postgres_to_postgres() {
    testing::block_on(moves_everything(Engine::Postgres, Engine::Postgres));
}

/// An older backup takes the steps it lacks, with its rows in it.
#[test]
fn an_older_backup_is_brought_up_to_date() {
    testing::block_on(async {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let (db, files, folder) = filled(engine, &[ONE]).await;
            let archive = folder.path().join("a.zip");
            save(&db, &files, &archive).await;
            let (target, empty) = (database(engine).await, tempfile::tempdir().unwrap());
            restore(&archive, &target, empty.path(), STEPS).await.unwrap();
            let sql = "SELECT about FROM thing WHERE network_id = $1 AND id = 1";
            let about: String = target.network(NETWORKS[1]).scalar(sql, args![]).await.unwrap();
            assert!(about.contains('🌟'), "{about}");
        }
    });
}

#[test]
fn what_is_no_sound_backup_of_ours_is_refused() {
    testing::block_on(async {
        let (db, files, folder) = filled(Engine::Sqlite, STEPS).await;
        let archive = folder.path().join("a.zip");
        save(&db, &files, &archive).await;
        let target = database(Engine::Sqlite).await;
        let empty = tempfile::tempdir().unwrap();
        let newer = refusal(restore(&archive, &target, empty.path(), &[ONE]).await);
        assert!(matches!(&newer, Refusal::Newer(step) if step == TWO.name), "{newer}");
        let other = Migration { sql: "SELECT 1;", ..TWO };
        let other = refusal(restore(&archive, &target, empty.path(), &[ONE, other]).await);
        assert!(matches!(&other, Refusal::OtherSchema(step) if step == TWO.name), "{other}");

        let whole = std::fs::read(&archive).unwrap();
        let (bad, mut found) = (folder.path().join("bad.zip"), 0);
        // Every hundredth byte and the last ones, where the seal is: one bit each.
        for at in (0..whole.len()).step_by(97).chain(whole.len() - 70..whole.len()) {
            let mut turned = whole.clone();
            turned[at] ^= 1 << (at % 8);
            std::fs::write(&bad, &turned).unwrap();
            let refused = refusal(Archive::open(&bad));
            assert!(matches!(refused, Refusal::Damaged(_) | Refusal::Foreign), "byte {at}: {refused}");
            found += 1;
        }
        assert!(found > 80, "{found}");
        std::fs::write(&bad, &whole[..whole.len() / 2]).unwrap();
        assert!(matches!(refusal(Archive::open(&bad)), Refusal::Damaged(_) | Refusal::Foreign));
        std::fs::write(&bad, LETTER).unwrap();
        assert!(matches!(refusal(Archive::open(&bad)), Refusal::Foreign));
        assert!(
            target.is_empty().await.unwrap() && std::fs::read_dir(empty.path().join("files")).unwrap().count() == 1
        );
        // The control: untouched, it goes in.
        restore(&archive, &target, empty.path(), STEPS).await.unwrap();
    });
}

#[test]
fn a_folder_with_other_files_is_refused_and_a_lost_file_is_told() {
    testing::block_on(async {
        let (db, files, folder) = filled(Engine::Sqlite, STEPS).await;
        std::fs::remove_file(place(folder.path(), NETWORKS[0])).unwrap();
        let archive = folder.path().join("a.zip");
        let manifest = save(&db, &files, &archive).await;
        assert_eq!((manifest.files, manifest.missing.len()), (1, 1));
        let again = backup::write(&db, &files, &archive, DateTime::UNIX_EPOCH, &|_, _, _| ()).await;
        assert!(again.unwrap_err().to_string().contains("is there already"));

        let (target, full) = (database(Engine::Sqlite).await, tempfile::tempdir().unwrap());
        std::fs::create_dir_all(full.path().join("files/x")).unwrap();
        std::fs::write(full.path().join("files/x/y"), "чужое").unwrap();
        let refused = refusal(restore(&archive, &target, full.path(), STEPS).await);
        assert!(matches!(refused, Refusal::NotEmpty(_)), "{refused}");
        std::fs::remove_dir_all(full.path().join("files/x")).unwrap();
        restore(&archive, &target, full.path(), STEPS).await.unwrap();
    });
}

/// Rows that come in pairs; every backup holds whole pairs, and all that was acknowledged before it began.
#[test]
fn a_backup_under_load_is_of_one_instant() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        testing::block_on(async {
            let (db, files, folder) = filled(engine, STEPS).await;
            let (net, stop) = (db.network(NETWORKS[0]), tokio::sync::watch::channel(false));
            let (writers, stopped) = (net.clone(), stop.1.clone());
            let writer = tokio::spawn(async move {
                let mut pair = 10_i64;
                while !*stopped.borrow() {
                    let sql = "INSERT INTO thing (network_id, id, body) VALUES ($1, $2, 'x')";
                    let done = writers
                        .transact(async |tx: &mut Tx| {
                            tx.run(sql, args![pair * 2]).await?;
                            tx.run(sql, args![pair * 2 + 1]).await
                        })
                        .await;
                    done.unwrap();
                    pair += 1;
                }
            });
            let count = "SELECT COUNT(*) FROM thing WHERE network_id = $1";
            for n in 0..3 {
                let before: i64 = net.scalar(count, args![]).await.unwrap();
                let archive = folder.path().join(format!("{n}.zip"));
                save(&db, &files, &archive).await;
                let (target, empty) = (database(Engine::Sqlite).await, tempfile::tempdir().unwrap());
                restore(&archive, &target, empty.path(), STEPS).await.unwrap();
                let after: i64 = target.network(NETWORKS[0]).scalar(count, args![]).await.unwrap();
                assert!(after >= before && after % 2 == 0, "{before} before, {after} in the backup");
            }
            stop.0.send(true).unwrap();
            writer.await.unwrap();
        });
    }
}

#[test]
fn a_database_without_a_schema_has_nothing_to_save() {
    testing::block_on(async {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let db = database(engine).await;
            assert!(db.is_empty().await.unwrap());
            assert!(db.content_hash().await.unwrap_err().to_string().contains("no schema"));
        }
    });
}

/// Cut at any word it says of its progress, a restore leaves nothing that hinders the next.
#[test]
fn a_restore_cut_short_is_simply_begun_again() {
    testing::block_on(async {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let (db, files, folder) = filled(engine, STEPS).await;
            let archive = folder.path().join("a.zip");
            let manifest = save(&db, &files, &archive).await;
            let (target, empty) = (database(engine).await, tempfile::tempdir().unwrap());
            let mut cuts = 0;
            while !restore_until(cuts, &archive, &target, empty.path()).await {
                assert!(target.is_empty().await.unwrap(), "{engine:?}: rows stay after {cuts} words");
                cuts += 1;
            }
            assert!(cuts > 3, "{engine:?}: cut {cuts} times only");
            assert_eq!(target.content_hash().await.unwrap(), manifest.content);
        }
    });
}

/// Restores and dies after so many words. False: it died.
async fn restore_until(words: u64, archive: &Path, target: &Db, folder: &Path) -> bool {
    let (archive, target, folder) = (archive.to_owned(), target.clone(), folder.join("files"));
    let runtime = tokio::runtime::Handle::current();
    let restored = tokio::task::spawn_blocking(move || {
        runtime.block_on(async {
            let said = std::sync::atomic::AtomicU64::new(0);
            let say = |_: &str, _: u64, _: Option<u64>| {
                assert!(said.fetch_add(1, std::sync::atomic::Ordering::Relaxed) < words, "cut here");
            };
            let files = Files::open(&folder).unwrap();
            backup::restore(&target, &files, &mut Archive::open(&archive).unwrap(), STEPS, &say).await.unwrap();
        });
    });
    restored.await.is_ok()
}
