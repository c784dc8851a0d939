//! The command `check` finds what was damaged behind the program's back.
use crate::app::TestApp;
use crate::matrix::Whose;
use kit::{
    Clock,
    db::{Db, Settings, Tx, args, testing::both_engines},
    files::Files,
};
use sozvezdie::{commands::check::findings, slices, slices::MIGRATIONS};
use std::path::Path;

async fn found(app: &TestApp) -> Vec<String> {
    findings(&app.app.db, &app.app.options.files, &slices::all(), app.app.clock.now()).await.unwrap()
}

/// The one file below a folder.
fn a_file(folder: &Path) -> Option<std::path::PathBuf> {
    let mut inside: Vec<_> = std::fs::read_dir(folder).ok()?.map(|e| e.unwrap().path()).collect();
    inside.sort();
    inside.into_iter().find_map(|path| if path.is_dir() { a_file(&path) } else { Some(path) })
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_sound_network_is_sound_and_each_damage_is_named(db: Db) {
        let app = TestApp::new(db).await;
        // What stands in the world past the slices is not indexed; what the slices write is.
        let before = found(&app).await;
        assert!(before.iter().all(|words| words.contains("not found by search") || words.contains("audit") || words.contains("file") || words.contains("hold")), "{before:#?}");

        app.act_file(Whose::Own).await;
        let clean = found(&app).await;
        let file = a_file(&app.folder().join(app.world.network.0.to_string())).or_else(|| a_file(app.folder())).unwrap();
        let sound = std::fs::read(&file).unwrap();
        let mut flipped = sound.clone();
        flipped[3] ^= 1;
        std::fs::write(&file, &flipped).unwrap();
        let news = |now: Vec<String>| now.into_iter().filter(|words| !clean.contains(words)).collect::<Vec<_>>();
        let now = news(found(&app).await);
        assert!(now.len() == 1 && now[0].contains("is not what was uploaded"), "{now:?}");
        std::fs::remove_file(&file).unwrap();
        let now = news(found(&app).await);
        assert!(now.len() == 1 && now[0].contains("is not there"), "{now:?}");
        std::fs::write(&file, &sound).unwrap();
        assert_eq!(news(found(&app).await), Vec::<String>::new());

        let resource = app.world.resource;
        let sql = "DELETE FROM search_term WHERE network_id = $1 AND record_id = $2";
        app.write(app.world.network, async move |tx: &mut Tx| tx.run(sql, args![resource]).await.map(drop)).await;
        let now = news(found(&app).await);
        assert!(now.iter().any(|words| words.contains("resources are not found by search")), "{now:?}");

        let sql = "INSERT INTO resource_hold (network_id, id, resource_id, organisation_id, starts_at, ends_at, headcount, units) VALUES ($1, $2, $3, $4, $5, $6, 99, 1)";
        for _ in 0..2 {
            let (id, organisation, now) = (app.new_id(), app.world.other, app.app.clock.now());
            app.write(app.world.network, async move |tx: &mut Tx| {
                tx.run(sql, args![id, resource, organisation, now, now + chrono::Duration::hours(1)]).await.map(drop)
            })
            .await;
        }
        let now = news(found(&app).await);
        assert!(now.iter().any(|words| words.contains("is taken 2 times, 1 are there")), "{now:?}");
        assert!(now.iter().any(|words| words.contains("belong to no booking")), "{now:?}");
    }
}

#[test]
fn a_flipped_bit_in_the_embedded_database_is_found() {
    kit::db::testing::block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sozvezdie.sqlite");
        let open = async || Db::open(&Settings::new(format!("sqlite:{}", path.display()))).await.unwrap();
        let files = Files::open(folder.path()).unwrap();
        let db = open().await;
        db.migrate(MIGRATIONS).await.unwrap();
        let app = TestApp::new(db.clone()).await;
        assert_eq!(db.damage().await.unwrap(), Vec::<String>::new());
        drop(app);
        drop(db);
        // The last connection to close carries the log over into the file.
        let log = folder.path().join("sozvezdie.sqlite-wal");
        assert!((0..50_000_000).any(|_| std::fs::metadata(&log).map_or(true, |m| m.len() == 0)), "still open");
        let mut bytes = std::fs::read(&path).unwrap();
        let mut noticed = 0;
        for page in [3, 7, 11, 15, 19] {
            let at = page * 4096 + 5;
            bytes[at] ^= 0x10;
            let broken = folder.path().join(format!("broken-{page}.sqlite"));
            std::fs::write(&broken, &bytes).unwrap();
            bytes[at] ^= 0x10;
            let wrong = match Db::open(&Settings::new(format!("sqlite:{}", broken.display()))).await {
                Err(_) => true,
                Ok(db) => findings(&db, &files, &slices::all(), Clock::system().now())
                    .await
                    .map_or(true, |found| !found.is_empty()),
            };
            noticed += usize::from(wrong);
        }
        assert!(noticed >= 4, "only {noticed} of 5 flipped bits were noticed");
    });
}
