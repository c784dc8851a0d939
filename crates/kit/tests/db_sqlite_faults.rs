//! SQLite when things go wrong: requests that go away, panics, a full disk, a vanished file.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is what it is for")]

use std::{
    future::poll_fn,
    path::{Path, PathBuf},
    pin::pin,
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
    task::Poll,
};

use kit::db::{Db, Error, Migration, Net, NetworkId, Settings, Tx, args, testing::sqlite_migrated};
use uuid::Uuid;

const STEPS: &[Migration] = &[Migration {
    name: "0001_faults",
    sql: "
-- dist
CREATE TABLE entry (network_id {id} NOT NULL, id {int} NOT NULL, body {text} NOT NULL, PRIMARY KEY (network_id, id));
-- dist
CREATE TABLE remark (
    network_id {id} NOT NULL, id {int} NOT NULL, entry_id {int} NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, entry_id) REFERENCES entry (network_id, id)
);
",
}];
const INSERT: &str = "INSERT INTO entry (network_id, id, body) VALUES ($1, $2, $3)";
/// Nothing here waits that long, unless for ever.
const HANGS: std::time::Duration = std::time::Duration::from_secs(30);
const NETWORK: NetworkId = NetworkId(Uuid::from_u128(1));

async fn temp() -> Net {
    sqlite_migrated(STEPS).await.network(NETWORK)
}

/// A database in `folder` whose file the test can get at.
async fn at(folder: &Path) -> (Db, PathBuf) {
    let path = folder.join("faults.db");
    let db = Db::open(&Settings::new(format!("sqlite:{}", path.display()))).await.unwrap();
    db.migrate(STEPS).await.unwrap();
    (db, path)
}

async fn ids(net: &Net) -> Vec<i64> {
    let rows: Vec<(i64,)> = net.all("SELECT id FROM entry WHERE network_id = $1 ORDER BY id", args![]).await.unwrap();
    rows.into_iter().map(|(id,)| id).collect()
}

async fn insert(net: &Net, id: i64) -> Result<(), Error> {
    let mut tx = net.begin().await?;
    tx.run(INSERT, args![id, "x"]).await?;
    tx.commit().await
}

/// Polls a future some times and then gives it up; its answer if it came by then.
async fn give_up_after<T>(polls: usize, work: impl Future<Output = T>) -> Option<T> {
    let (mut work, mut left) = (pin!(work), polls);
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending if left <= 1 => Poll::Ready(None),
        Poll::Pending => {
            left -= 1;
            context.waker().wake_by_ref();
            Poll::Pending
        }
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn commits_and_rollbacks_from_many_tasks_are_all_kept_apart() {
    const TASKS: i64 = 16;
    const EACH: i64 = 125;
    let net = temp().await;
    let mut tasks = tokio::task::JoinSet::new();
    for task in 0..TASKS {
        let net = net.clone();
        tasks.spawn(async move {
            let mut kept = Vec::new();
            for n in 0..EACH {
                let id = task * EACH + n;
                let mut tx = net.begin().await.unwrap();
                tx.run(INSERT, args![id, "x"]).await.unwrap();
                match id % 5 {
                    0 => drop(tx),
                    1 => tx.rollback().await,
                    // A rule refuses: the row goes, the rest stays.
                    2 => {
                        tx.savepoint("rule").await.unwrap();
                        tx.run(INSERT, args![id + 1_000_000, "refused"]).await.unwrap();
                        tx.rollback_to("rule").await.unwrap();
                        tx.commit().await.unwrap();
                        kept.push(id);
                    }
                    _ => {
                        tx.commit().await.unwrap();
                        kept.push(id);
                        // Who was told «done» finds it done.
                        let found: i64 = net
                            .scalar("SELECT COUNT(*) FROM entry WHERE network_id = $1 AND id = $2", args![id])
                            .await
                            .unwrap();
                        assert_eq!(found, 1);
                    }
                }
            }
            kept
        });
    }
    let mut kept = tasks.join_all().await.concat();
    kept.sort_unstable();
    assert_eq!(ids(&net).await, kept);
    assert_eq!(kept.len(), 1200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_on_a_single_thread_and_in_the_slow_mode() {
    let runtime = std::thread::spawn(|| {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
            let net = temp().await;
            let inserts: Vec<_> = (0..50)
                .map(|id| {
                    let net = net.clone();
                    tokio::spawn(async move { insert(&net, id).await })
                })
                .collect();
            for done in inserts {
                done.await.unwrap().unwrap();
            }
            assert_eq!(ids(&net).await.len(), 50);
        });
    });
    tokio::task::spawn_blocking(|| runtime.join().unwrap()).await.unwrap();

    let net = temp().await.slow();
    let mut tasks = tokio::task::JoinSet::new();
    for id in 0..50 {
        let net = net.clone();
        tasks.spawn(async move { insert(&net, id).await });
    }
    assert!(tasks.join_all().await.iter().all(Result::is_ok));
    assert_eq!(ids(&net).await.len(), 50);
}

/// A waits for the group that B, next in the queue, was to finish; B goes away before or after
/// its turn. A must get its answer, and its row must be there.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_group_is_finished_when_the_one_it_waits_for_goes_away() {
    let net = temp().await;
    for round in 0..40_i64 {
        let mut first = net.begin().await.unwrap();
        first.run(INSERT, args![round * 2, "first"]).await.unwrap();
        // In the queue behind the first.
        let (second_net, polls) = (net.clone(), usize::try_from(round % 4).unwrap());
        let (queued, is_queued) = tokio::sync::oneshot::channel();
        let (go_away, goes_away) = tokio::sync::oneshot::channel::<()>();
        let second = tokio::spawn(async move {
            let mut waiting = pin!(insert(&second_net, 10_000 + round));
            // One poll puts it into the queue.
            let pending = poll_fn(|context| Poll::Ready(waiting.as_mut().poll(context).is_pending())).await;
            assert!(pending);
            queued.send(()).unwrap();
            if polls == 0 {
                goes_away.await.unwrap();
                return None; // gives up its place
            }
            give_up_after(polls, waiting).await
        });
        is_queued.await.unwrap();
        let commit = tokio::spawn(first.commit());
        if polls == 0 {
            go_away.send(()).unwrap();
        }
        let answered = tokio::time::timeout(HANGS, commit).await;
        answered.expect("nobody finishes the group").unwrap().unwrap();
        second.await.unwrap();
        assert!(ids(&net).await.contains(&(round * 2)));
    }
    insert(&net, 999).await.unwrap();
}

/// A deferred key (which migrations refuse) is broken only at COMMIT, and so for the whole group.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_member_is_told_when_the_groups_commit_fails() {
    let net = temp().await;
    let mut good = net.begin().await.unwrap();
    good.run(INSERT, args![1, "good"]).await.unwrap();
    // In the queue before the good one commits, so that both are one group.
    let mut queued = Box::pin(net.begin());
    let pending = poll_fn(|context| Poll::Ready(queued.as_mut().poll(context).is_pending())).await;
    assert!(pending);
    let told = tokio::spawn(good.commit());
    let mut bad = queued.await.unwrap();
    assert!(!told.is_finished(), "told before it was on disk");
    let _: Vec<(i64,)> = bad.all("PRAGMA defer_foreign_keys=ON -- $1", args![]).await.unwrap();
    bad.run("INSERT INTO remark (network_id, id, entry_id) VALUES ($1, 1, 999)", args![]).await.unwrap();
    let failed = bad.commit().await;
    assert!(matches!(failed, Err(Error::ForeignKey(_))), "{failed:?}");
    assert_eq!(told.await.unwrap(), failed);
    assert_eq!(ids(&net).await, Vec::<i64>::new());
    insert(&net, 2).await.unwrap();
    assert_eq!(ids(&net).await, [2]);
}

/// Tasks that are stopped at any of their awaits, among others that go on.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn requests_that_go_away_at_any_await_hurt_nobody_else() {
    for slow in [false, true] {
        let net = if slow { temp().await.slow() } else { temp().await };
        let (told, mut tasks) = (std::sync::Arc::new(AtomicUsize::new(0)), tokio::task::JoinSet::new());
        for task in 0..16_i64 {
            let (net, told) = (net.clone(), told.clone());
            tasks.spawn(async move {
                for n in 0..40_i64 {
                    let id = task * 40 + n;
                    if n % 2 == 0 {
                        insert(&net, id).await.unwrap();
                        told.fetch_add(1, SeqCst);
                    } else {
                        // Odd ids may or may not be there afterwards; nobody was told.
                        let polls = usize::try_from(n % 7 + 1).unwrap();
                        give_up_after(polls, insert(&net, id)).await;
                    }
                }
            });
        }
        tasks.join_all().await;
        insert(&net, 100_000).await.unwrap();
        let even = ids(&net).await.iter().filter(|id| **id % 2 == 0).count();
        assert_eq!(even, told.load(SeqCst) + 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_panic_within_rolls_back_and_lets_the_others_go_on() {
    let net = temp().await;
    let mut tasks = tokio::task::JoinSet::new();
    for id in 0..30_i64 {
        let net = net.clone();
        tasks.spawn(async move {
            let mut tx = net.begin().await.unwrap();
            tx.run(INSERT, args![id, "x"]).await.unwrap();
            assert!(id % 3 != 0, "on purpose");
            tx.commit().await.unwrap();
            id
        });
    }
    let mut done = Vec::new();
    while let Some(result) = tasks.join_next().await {
        done.extend(result.ok());
    }
    done.sort_unstable();
    assert_eq!(done.len(), 20);
    assert_eq!(ids(&net).await, done);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_full_disk_has_a_name_and_passes() {
    let net = temp().await;
    insert(&net, 1).await.unwrap();
    let directory_pragma = async |pages: i64| {
        let mut tx = net.begin().await.unwrap();
        let set: i64 = tx.scalar(format!("PRAGMA max_page_count={pages} -- $1"), args![]).await.unwrap();
        tx.commit().await.unwrap();
        set
    };
    let pages = directory_pragma(1).await; // not below what there is
    let large = "я".repeat(100_000);
    let full = {
        let mut tx = net.begin().await.unwrap();
        tx.run(INSERT, args![2, "small, but lost with the large one"]).await.unwrap();
        let full = tx.run(INSERT, args![3, large.as_str()]).await.unwrap_err();
        assert!(tx.run(INSERT, args![4, "x"]).await.is_err(), "would be committed by itself");
        assert!(matches!(tx.commit().await, Err(Error::Full(_))));
        full
    };
    assert!(matches!(full, Error::Full(_)), "{full:?}");
    assert_eq!(ids(&net).await, [1], "reading goes on");
    assert!(matches!(insert(&net, 5).await, Ok(()) | Err(Error::Full(_))));

    // Several at once: each is told, and what was told «done» is there.
    let mut tasks = tokio::task::JoinSet::new();
    for id in 10..40_i64 {
        let (net, body) = (net.clone(), if id % 2 == 0 { large.clone() } else { "x".to_owned() });
        tasks.spawn(async move {
            let done = net.transact(async |tx: &mut Tx| tx.run(INSERT, args![id, &body]).await).await;
            done.map(|_| id)
        });
    }
    let results = tasks.join_all().await;
    assert!(results.iter().all(|r| matches!(r, Ok(_) | Err(Error::Full(_)))), "{results:?}");
    assert!(results.iter().any(Result::is_err), "nothing was full");
    let mut told: Vec<i64> = results.into_iter().flatten().collect();
    told.sort_unstable();
    let found: Vec<i64> = ids(&net).await.into_iter().filter(|id| *id >= 10).collect();
    assert_eq!(found, told);

    assert!(directory_pragma(1_000_000).await > pages);
    net.transact(async |tx: &mut Tx| tx.run(INSERT, args![100, &large]).await).await.unwrap();
    assert!(ids(&net).await.contains(&100));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_vanished_file_is_told_and_its_return_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let (db, path) = at(folder.path()).await;
    let net = db.network(NETWORK);
    insert(&net, 1).await.unwrap();
    let copy = folder.path().join("copy.db");
    let plain = rusqlite::Connection::open(&path).unwrap();
    plain.execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    drop(plain);
    insert(&net, 2).await.unwrap();
    assert_eq!(ids(&net).await, [1, 2]);

    for name in ["faults.db", "faults.db-wal", "faults.db-shm"] {
        std::fs::remove_file(folder.path().join(name)).unwrap();
    }
    let gone = insert(&net, 3).await;
    assert!(matches!(gone, Err(Error::Gone(_))), "written into a file without a name: {gone:?}");
    let gone = db.ready().await;
    assert!(matches!(gone, Err(Error::Gone(_))), "{gone:?}");
    assert!(!path.exists(), "an empty database took its place");

    std::fs::rename(&copy, &path).unwrap();
    assert_eq!(ids(&net).await, [1]);
    insert(&net, 4).await.unwrap();
    assert_eq!(ids(&net).await, [1, 4]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_that_is_no_database_is_gone_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.txt");
    std::fs::write(&path, "Уважаемые коллеги! ".repeat(100)).unwrap();
    let refused = Db::open(&Settings::new(format!("sqlite:{}", path.display()))).await.err().unwrap();
    assert!(matches!(refused, Error::Gone(_)), "{refused:?}");
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("Уважаемые"));
    let refused = Db::open(&Settings::new("sqlite:/nowhere/at/all.db")).await.err().unwrap();
    assert!(matches!(refused, Error::Gone(_)), "{refused:?}");
    for url in ["sqlite:", "sqlite::memory:", "mysql://x:secret@y"] {
        let refused = Db::open(&Settings::new(url)).await.err().unwrap();
        assert!(!refused.to_string().contains("secret"), "{refused}");
    }
}

/// The command line beside a running server.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_programs_on_one_file_take_turns() {
    let folder = tempfile::tempdir().unwrap();
    let (server, path) = at(folder.path()).await;
    let other = Db::open(&Settings::new(format!("sqlite:{}", path.display()))).await.unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for id in 0..60_i64 {
        let net = if id % 3 == 0 { other.network(NETWORK) } else { server.network(NETWORK) };
        tasks.spawn(async move { net.transact(async |tx: &mut Tx| tx.run(INSERT, args![id, "x"]).await).await });
    }
    let results = tasks.join_all().await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(ids(&server.network(NETWORK)).await.len(), 60);

    // While the other holds the file, reading goes on.
    let held = other.network(NETWORK).begin().await.unwrap();
    assert_eq!(ids(&server.network(NETWORK)).await.len(), 60);
    drop(held);
    insert(&server.network(NETWORK), 60).await.unwrap();
}
