//! The second wall and the failures that only a server has.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is what it is for")]

use kit::db::{
    Db, Error, Migration, NetworkId, Settings, Tx, args,
    testing::{block_on, connect, postgres_migrated, postgres_temp, postgres_url},
};
use uuid::Uuid;

const STEPS: &[Migration] = &[Migration {
    name: "0001_wall",
    sql: "
-- dist
CREATE TABLE place (network_id {id} NOT NULL, id {int} NOT NULL, name {text} NOT NULL, PRIMARY KEY (network_id, id));
-- dist
CREATE TABLE empty (network_id {id} NOT NULL, id {int} NOT NULL, PRIMARY KEY (network_id, id));
-- local
CREATE TABLE login (id {int} PRIMARY KEY);
",
}];

const A: NetworkId = NetworkId(Uuid::from_u128(1));
const B: NetworkId = NetworkId(Uuid::from_u128(2));

/// Names the network and yet filters by nothing.
const WRONG: &str = "SELECT name FROM place WHERE $1 IS NOT NULL OR network_id = $1 ORDER BY name";

async fn add(db: &Db, network: NetworkId, id: i64, name: &str) {
    let insert = "INSERT INTO place (network_id, id, name) VALUES ($1, $2, $3)";
    db.network(network).transact(async |tx: &mut Tx| tx.run(insert, args![id, name]).await).await.unwrap();
}

async fn names(db: &Db, network: NetworkId, sql: &'static str) -> Vec<String> {
    let rows: Vec<(String,)> = db.network(network).all(sql, args![]).await.unwrap();
    rows.into_iter().map(|(name,)| name).collect()
}

async fn filled() -> Db {
    let db = postgres_migrated(&postgres_url(), STEPS).await;
    add(&db, A, 1, "a").await;
    add(&db, B, 1, "b").await;
    db
}

/// The same database with a pool of one connection, and what keeps the database alive.
async fn with_one_connection(db: &Db) -> (Db, String) {
    let (login, app): (String, String) =
        db.directory().one("SELECT CAST(session_user AS TEXT), CAST(current_user AS TEXT)", args![]).await.unwrap();
    let admin = postgres_url();
    let host = admin.rsplit('@').next().unwrap().split('/').next().unwrap().to_owned();
    let mut settings = Settings::new(format!("postgres://{login}:{login}@{host}/{login}"));
    settings.app_role = Some(app);
    settings.pool = 1;
    (Db::open(&settings).await.unwrap(), login)
}

async fn end_connections_of(login: &str) {
    let sql = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{login}'");
    connect(&postgres_url()).await.batch_execute(&sql).await.unwrap();
}

#[test]
fn a_wrong_statement_sees_its_own_network_only() {
    block_on(async {
        let db = filled().await;
        for _ in 0..3 {
            assert_eq!(names(&db, A, WRONG).await, ["a"]);
            assert_eq!(names(&db, B, WRONG).await, ["b"]);
        }
        let mut tx = db.network(A).begin().await.unwrap();
        assert_eq!(tx.run("DELETE FROM place WHERE $1 IS NOT NULL OR network_id = $1", args![]).await.unwrap(), 1);
        let foreign =
            tx.run("INSERT INTO place (network_id, id, name) SELECT $2, 2, 'x' WHERE $1 <> $2", args![B]).await;
        assert!(foreign.is_err(), "a row of another network was written");
        drop(tx);
        assert_eq!(names(&db, A, WRONG).await, ["a"]);
    });
}

#[test]
fn one_connection_serves_all_networks_in_turn() {
    block_on(async {
        let db = filled().await;
        let (one, _) = with_one_connection(&db).await;
        for _ in 0..10 {
            assert_eq!(names(&one, A, WRONG).await, ["a"]);
            assert!(one.directory().all::<(String,)>("SELECT name FROM place", args![]).await.is_err());
            drop(one.network(B).begin().await.unwrap());
            let mut tx = one.network(B).begin().await.unwrap();
            let seen: String = tx.scalar(WRONG, args![]).await.unwrap();
            assert_eq!(seen, "b");
            drop(tx);
            let mut reader = one.network(A).reader().await.unwrap();
            for _ in 0..2 {
                assert_eq!(reader.all::<(String,)>(WRONG, args![]).await.unwrap(), [("a".to_owned(),)]);
            }
        }
    });
}

#[test]
fn the_directory_cannot_look_into_networks() {
    block_on(async {
        let db = filled().await;
        let directory = db.directory();
        for sql in ["SELECT id FROM place", "SELECT id FROM empty", "SELECT COUNT(*) FROM place"] {
            let seen = directory.all::<(i64,)>(sql, args![]).await;
            assert!(matches!(seen, Err(Error::Other(_))), "{sql}: {seen:?}");
        }
        assert!(directory.run("UPDATE place SET name = 'x'", args![]).await.is_err());
        assert_eq!(names(&db, A, WRONG).await, ["a"]);
    });
}

#[test]
fn the_app_role_owns_nothing_and_a_mighty_one_is_refused() {
    block_on(async {
        let db = filled().await;
        let directory = db.directory();
        for sql in [
            "CREATE TABLE mine (id INT)",
            "DROP TABLE login",
            "ALTER TABLE place DISABLE ROW LEVEL SECURITY",
            "DELETE FROM schema_step",
        ] {
            assert!(directory.run(sql, args![]).await.is_err(), "{sql}");
        }
        // A superuser's login is no harm as long as the app role is a small one; the superuser as
        // the app role is.
        let mut settings = Settings::new(postgres_url());
        settings.app_role = Some("postgres".to_owned());
        let refused = Db::open(&settings).await.err().unwrap();
        assert!(refused.to_string().contains("superuser or has BYPASSRLS"), "{refused}");
        let admin = connect(&postgres_url()).await;
        let _ = admin.batch_execute("CREATE ROLE test_sees_all NOLOGIN BYPASSRLS").await;
        settings.app_role = Some("test_sees_all".to_owned());
        let refused = Db::open(&settings).await.err().unwrap();
        assert!(refused.to_string().contains("superuser or has BYPASSRLS"), "{refused}");
        let refused = Db::open(&Settings { app_role: Some("a; DROP".into()), ..settings }).await.err().unwrap();
        assert!(refused.to_string().contains("plain name"), "{refused}");
    });
}

#[test]
fn before_migrate_it_opens_but_does_not_serve() {
    block_on(async {
        let db = postgres_temp(&postgres_url()).await;
        let refused = db.ready().await.unwrap_err();
        assert!(matches!(&refused, Error::Gone(text) if text.contains("migrate")), "{refused:?}");
        db.migrate(STEPS).await.unwrap();
        db.ready().await.unwrap();
    });
}

#[test]
fn the_owner_is_bound_too() {
    block_on(async {
        let db = filled().await;
        let step = Migration { name: "0002_careless", sql: "UPDATE place SET name = 'x';" };
        let all: Vec<Migration> = STEPS.iter().copied().chain([step]).collect();
        let error = db.migrate(&all).await.unwrap_err();
        assert!(error.to_string().contains("0002_careless"), "{error}");
        assert_eq!(names(&db, A, WRONG).await, ["a"]);
    });
}

#[test]
fn reading_survives_a_server_that_closed_the_connections() {
    block_on(async {
        let db = filled().await;
        let (one, login) = with_one_connection(&db).await;
        for _ in 0..5 {
            assert_eq!(names(&one, A, WRONG).await, ["a"]);
            end_connections_of(&login).await;
        }
        assert_eq!(names(&one, A, WRONG).await, ["a"]);
    });
}

#[test]
fn a_connection_lost_in_the_middle_is_tried_again_by_transact() {
    block_on(async {
        let db = filled().await;
        let (one, login) = with_one_connection(&db).await;
        let attempts = std::sync::atomic::AtomicUsize::new(0);
        let insert = "INSERT INTO place (network_id, id, name) VALUES ($1, $2, $3)";
        one.network(A)
            .transact(async |tx: &mut Tx| {
                tx.run(insert, args![9, "again"]).await?;
                if attempts.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0 {
                    end_connections_of(&login).await;
                }
                tx.run(insert, args![10, "and again"]).await
            })
            .await
            .unwrap();
        assert_eq!(attempts.into_inner(), 2);
        assert_eq!(names(&one, A, WRONG).await, ["a", "again", "and again"]);
    });
}

#[test]
fn a_connection_lost_at_commit_leaves_the_outcome_unknown() {
    block_on(async {
        let db = filled().await;
        let (one, login) = with_one_connection(&db).await;
        let attempts = std::sync::atomic::AtomicUsize::new(0);
        let lost: Result<u64, Error> = one
            .network(A)
            .transact(async |tx: &mut Tx| {
                attempts.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                let done = tx.run("INSERT INTO place (network_id, id, name) VALUES ($1, 9, 'x')", args![]).await?;
                end_connections_of(&login).await;
                Ok(done)
            })
            .await;
        assert!(matches!(lost, Err(Error::Unknown(_))), "{lost:?}");
        assert_eq!(attempts.into_inner(), 1, "an unknown outcome was tried again");
        assert_eq!(names(&one, A, WRONG).await, ["a"]);
    });
}

#[test]
fn rivals_that_lock_crosswise_both_get_through() {
    block_on(async {
        let db = filled().await;
        add(&db, A, 2, "other").await;
        let barrier = std::sync::Arc::new(tokio::sync::Barrier::new(2));
        let mut tasks = tokio::task::JoinSet::new();
        for (first, second) in [(1_i64, 2_i64), (2, 1)] {
            let (net, barrier) = (db.network(A), barrier.clone());
            tasks.spawn(async move {
                let met = std::sync::atomic::AtomicBool::new(false);
                net.transact(async |tx: &mut Tx| {
                    let touch = "UPDATE place SET name = name || '!' WHERE network_id = $1 AND id = $2";
                    tx.run(touch, args![first]).await?;
                    if !met.swap(true, std::sync::atomic::Ordering::SeqCst) {
                        barrier.wait().await;
                    }
                    tx.run(touch, args![second]).await
                })
                .await
            });
        }
        assert!(tasks.join_all().await.iter().all(Result::is_ok));
        assert_eq!(names(&db, A, WRONG).await, ["a!!", "other!!"]);
    });
}

#[test]
fn no_free_connection_and_no_server_are_gone() {
    block_on(async {
        let db = filled().await;
        let (one, _) = with_one_connection(&db).await;
        let held = one.network(A).reader().await.unwrap();
        let busy = one.ready().await;
        assert!(matches!(busy, Err(Error::Gone(_))), "{busy:?}");
        drop(held);
        one.ready().await.unwrap();
        let nobody = Db::open(&Settings::new("postgres://nobody@127.0.0.1:1/none")).await.err().unwrap();
        assert!(matches!(nobody, Error::Gone(_)), "{nobody:?}");
    });
}

#[test]
fn a_statement_nobody_waits_for_is_cancelled() {
    block_on(async {
        let db = filled().await;
        let (one, login) = with_one_connection(&db).await;
        let net = one.network(A);
        // An hour's work, given up once the server is at it.
        let report = tokio::spawn(async move {
            net.all::<(String,)>("SELECT name FROM place WHERE network_id = $1 AND pg_sleep(3600) IS NOT NULL", args![])
                .await
        });
        let admin = connect(&postgres_url()).await;
        let asleep = format!("SELECT 1 FROM pg_stat_activity WHERE usename = '{login}' AND wait_event = 'PgSleep'");
        while admin.query(&asleep, &[]).await.unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
        report.abort();
        assert!(report.await.unwrap_err().is_cancelled());
        assert_eq!(names(&one, A, WRONG).await, ["a"], "the only connection is free again");
        while !admin.query(&asleep, &[]).await.unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
    });
}

#[test]
fn a_table_that_changes_under_prepared_statements_is_read_on() {
    block_on(async {
        let db = filled().await;
        let (one, _) = with_one_connection(&db).await;
        let read = "SELECT id, name FROM place WHERE network_id = $1 ORDER BY id";
        let before: Vec<(i64, String)> = one.network(A).all(read, args![]).await.unwrap();
        let change = Migration { name: "0002_change", sql: "ALTER TABLE place ALTER COLUMN name TYPE VARCHAR(50);" };
        let all: Vec<Migration> = STEPS.iter().copied().chain([change]).collect();
        db.migrate(&all).await.unwrap();
        let after: Vec<(i64, String)> = one.network(A).all(read, args![]).await.unwrap();
        assert_eq!(before, after);
    });
}

#[test]
fn requests_given_up_anywhere_leave_the_pool_whole() {
    block_on(async {
        let db = filled().await;
        let (one, _) = with_one_connection(&db).await;
        let insert = "INSERT INTO place (network_id, id, name) VALUES ($1, $2, $3)";
        for polls in 0..12 {
            let net = one.network(B);
            let mut work = Box::pin(async move {
                let mut tx = net.begin().await?;
                tx.run(insert, args![100, "given up"]).await?;
                let _: i64 = tx.scalar("SELECT COUNT(*) FROM place WHERE network_id = $1", args![]).await?;
                std::future::pending::<()>().await;
                tx.commit().await
            });
            let mut left = polls;
            std::future::poll_fn(|context| {
                let _ = work.as_mut().poll(context);
                if left == 0 {
                    return std::task::Poll::Ready(());
                }
                left -= 1;
                context.waker().wake_by_ref();
                std::task::Poll::Pending
            })
            .await;
            drop(work);
            assert_eq!(names(&one, A, WRONG).await, ["a"]);
            assert_eq!(names(&one, B, WRONG).await, ["b"]);
        }
    });
}
