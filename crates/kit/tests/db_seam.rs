//! One text on two engines: what is written is read, and what is refused is refused alike.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is what it is for")]

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use kit::db::{
    Db, Engine, Error, Migration, Net, NetworkId, Retryable, Tx, Where, args, id_type, row, testing::both_engines,
};
use uuid::Uuid;

id_type!(PlaceId);

#[derive(Debug, PartialEq)]
struct Place {
    id: PlaceId,
    name: String,
    capacity: i64,
    taken: i64,
}
row!(Place { id, name, capacity, taken });

const STEPS: &[Migration] = &[Migration {
    name: "0001_seam",
    sql: "
-- ref
CREATE TABLE network (id {id} PRIMARY KEY, name {text} NOT NULL);
-- local
CREATE TABLE login (id {id} PRIMARY KEY, email {text} NOT NULL UNIQUE);
-- dist
CREATE TABLE place (
    network_id {id} NOT NULL REFERENCES network (id),
    id {id} NOT NULL,
    name {text} NOT NULL,
    capacity {int} NOT NULL DEFAULT 1 CONSTRAINT capacity_positive CHECK (capacity > 0),
    taken {int} NOT NULL DEFAULT 0,
    PRIMARY KEY (network_id, id),
    UNIQUE (network_id, name)
);
-- dist
CREATE TABLE booking (
    network_id {id} NOT NULL,
    id {id} NOT NULL,
    place_id {id} NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, place_id) REFERENCES place (network_id, id)
);
-- dist
CREATE TABLE every (
    network_id {id} NOT NULL, id {id} NOT NULL,
    i {int}, r {real}, b {bool}, t {text}, u {id}, x {bytes}, at {time}, d {text}, h {text},
    PRIMARY KEY (network_id, id)
);
",
}];

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

async fn network(db: &Db, n: u128) -> Net {
    db.directory()
        .run("INSERT INTO network (id, name) VALUES ($1, $2)", args![id(n), format!("network {n}")])
        .await
        .unwrap();
    db.network(NetworkId(id(n)))
}

async fn place(net: &Net, n: u128, name: &str) -> Result<u64, Error> {
    let name = name.to_owned();
    net.transact(async |tx: &mut Tx| {
        tx.run("INSERT INTO place (network_id, id, name) VALUES ($1, $2, $3)", args![PlaceId(id(n)), &name]).await
    })
    .await
}

async fn places(net: &Net) -> Vec<String> {
    let rows: Vec<(String,)> =
        net.all("SELECT name FROM place WHERE network_id = $1 ORDER BY name COLLATE ru", args![]).await.unwrap();
    rows.into_iter().map(|(name,)| name).collect()
}

type Everything = (
    Option<i64>,
    Option<f64>,
    Option<bool>,
    Option<String>,
    Option<Uuid>,
    Option<Vec<u8>>,
    Option<DateTime<Utc>>,
    Option<NaiveDate>,
    Option<NaiveTime>,
);

async fn there_and_back(net: &Net, n: u128, given: Everything) -> Everything {
    let g = given.clone();
    let mut tx = net.begin().await.unwrap();
    let inserted = tx
        .run(
            "INSERT INTO every (network_id, id, i, r, b, t, u, x, at, d, h)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            args![id(n), g.0, g.1, g.2, g.3, g.4, g.5, g.6, g.7, g.8],
        )
        .await
        .unwrap();
    assert_eq!(inserted, 1);
    tx.commit().await.unwrap();
    net.one("SELECT i, r, b, t, u, x, at, d, h FROM every WHERE network_id = $1 AND id = $2", args![id(n)])
        .await
        .unwrap()
}

/// Serves as an error type of a slice.
#[derive(Debug, PartialEq)]
enum Refusal {
    Full,
    Database(Error),
}
impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Refusal::Database(error)
    }
}
impl Retryable for Refusal {
    fn retryable(&self) -> bool {
        matches!(self, Refusal::Database(error) if error.retryable())
    }
}

both_engines! {
    migrations: STEPS;

    async fn every_type_comes_back(db: Db) {
        let net = network(&db, 1).await;
        let at = DateTime::from_timestamp_micros(1_489_000_000_123_456).unwrap();
        let full: Everything = (
            Some(i64::MIN), Some(0.1), Some(true), Some("Ёлка\u{0}".replace('\u{0}', "'\"")), Some(id(7)),
            Some(vec![0, 255, 1]), Some(at), NaiveDate::from_ymd_opt(2016, 2, 29), NaiveTime::from_hms_opt(23, 5, 0),
        );
        assert_eq!(there_and_back(&net, 1, full.clone()).await, full);
        let empty: Everything = (None, None, None, None, None, None, None, None, None);
        assert_eq!(there_and_back(&net, 2, empty.clone()).await, empty);
        let zero: Everything = (Some(0), Some(-1.5), Some(false), Some(String::new()), Some(Uuid::nil()), Some(vec![]), None, None, None);
        assert_eq!(there_and_back(&net, 3, zero.clone()).await, zero);
    }

    async fn booleans_and_nulls_filter_alike(db: Db) {
        let net = network(&db, 1).await;
        for (n, b) in [(1, Some(true)), (2, Some(false)), (3, None)] {
            there_and_back(&net, n, (Some(5), None, b, None, None, None, None, None, None)).await;
        }
        let found: Vec<(Uuid,)> = net.all("SELECT id FROM every WHERE network_id = $1 AND b", args![]).await.unwrap();
        assert_eq!(found, [(id(1),)]);
        let found: Vec<(Uuid,)> = net.all("SELECT id FROM every WHERE network_id = $1 AND b = $2", args![false]).await.unwrap();
        assert_eq!(found, [(id(2),)]);
        let all: bool = net.scalar("SELECT EXISTS (SELECT 1 FROM every WHERE network_id = $1)", args![]).await.unwrap();
        assert!(all);
        let sum: i64 = net.scalar("SELECT CAST(SUM(i) AS BIGINT) FROM every WHERE network_id = $1", args![]).await.unwrap();
        assert_eq!(sum, 15);
        let none: Option<i64> = net.scalar("SELECT CAST(SUM(i) AS BIGINT) FROM every WHERE network_id = $1 AND i > $2", args![9]).await.unwrap();
        assert_eq!(none, None);
    }

    async fn russian_names_are_sorted_as_russians_do(db: Db) {
        let net = network(&db, 1).await;
        // Letter by letter, ё beside е, small before capital where nothing else differs, Latin last.
        let expected = [
            "ёж", "Ёлка", "ель", "Жук", "Лицей № 10", "лицей № 2", "школа", "Школа", "Щит", "яблоко", "apple",
        ];
        for (n, name) in expected.iter().rev().enumerate() {
            place(&net, n as u128, name).await.unwrap();
        }
        assert_eq!(places(&net).await, expected);
    }

    async fn lower_knows_cyrillic_and_like_knows_case(db: Db) {
        let net = network(&db, 1).await;
        place(&net, 1, "Гимназия").await.unwrap();
        place(&net, 2, "School").await.unwrap();
        let count = async |sql: &'static str, text: &str| -> i64 { net.scalar(sql, args![text]).await.unwrap() };
        let lower = "SELECT COUNT(*) FROM place WHERE network_id = $1 AND lower(name) LIKE $2";
        assert_eq!(count(lower, "%гимназ%").await, 1);
        assert_eq!(count(lower, "%Гимназ%").await, 0);
        let plain = "SELECT COUNT(*) FROM place WHERE network_id = $1 AND name LIKE $2";
        assert_eq!(count(plain, "school%").await, 0);
        assert_eq!(count(plain, "School%").await, 1);
    }

    async fn broken_rules_have_names(db: Db) {
        let net = network(&db, 1).await;
        place(&net, 1, "Лицей").await.unwrap();
        let unique = place(&net, 2, "Лицей").await.unwrap_err();
        assert!(matches!(&unique, Error::Unique(name) if name.contains("name")), "{unique:?}");
        assert!(!unique.to_string().contains("Лицей"), "a value in the text: {unique}");
        let key = place(&net, 1, "Гимназия").await.unwrap_err();
        assert!(matches!(key, Error::Unique(_)), "{key:?}");
        let run = async |sql: &'static str, args: Vec<kit::db::Val>| {
            net.transact(async |tx: &mut Tx| tx.run(sql, args.clone()).await).await.unwrap_err()
        };
        let orphan = run("INSERT INTO booking (network_id, id, place_id) VALUES ($1, $2, $3)", args![id(1), id(99)]).await;
        assert!(matches!(orphan, Error::ForeignKey(_)), "{orphan:?}");
        let check = run("UPDATE place SET capacity = 0 WHERE network_id = $1", args![]).await;
        assert!(matches!(&check, Error::Check(name) if name == "capacity_positive"), "{check:?}");
        let null = run("INSERT INTO place (network_id, id, name) VALUES ($1, $2, $3)", args![id(3), None::<String>]).await;
        assert!(matches!(&null, Error::Check(name) if name.contains("name")), "{null:?}");
        let nothing = net.one::<(String,)>("SELECT name FROM place WHERE network_id = $1 AND id = $2", args![id(50)]).await;
        assert_eq!(nothing, Err(Error::NotFound));
        let syntax = net.all::<(i64,)>("SELEC $1", args![]).await.unwrap_err();
        assert!(matches!(syntax, Error::Other(_)), "{syntax:?}");
    }

    async fn a_row_type_must_fit(db: Db) {
        let net = network(&db, 1).await;
        place(&net, 1, "Лицей").await.unwrap();
        let place: Place = net.one("SELECT id, name, capacity, taken FROM place WHERE network_id = $1", args![]).await.unwrap();
        assert_eq!(place, Place { id: PlaceId(id(1)), name: "Лицей".into(), capacity: 1, taken: 0 });
        let wide = net.all::<(String,)>("SELECT name, capacity FROM place WHERE network_id = $1", args![]).await.unwrap_err();
        assert!(wide.to_string().contains("2 columns"), "{wide}");
        let wrong = net.all::<(i64,)>("SELECT name FROM place WHERE network_id = $1", args![]).await.unwrap_err();
        assert!(wrong.to_string().contains("(name)") && !wrong.to_string().contains("Лицей"), "{wrong}");
    }

    async fn arguments_may_stand_in_any_order_and_twice(db: Db) {
        let net = network(&db, 1).await;
        place(&net, 1, "a").await.unwrap();
        let sql = "SELECT CAST($3 AS TEXT), CAST($2 AS TEXT), CAST($3 AS TEXT) FROM place WHERE network_id = $1";
        let found: (String, String, String) = net.one(sql, args!["two", "three"]).await.unwrap();
        assert_eq!(found, ("three".into(), "two".into(), "three".into()));
        let open = "SELECT COUNT(*) FROM place WHERE ($2 IS NULL OR name = $2) AND ($3 IS NULL OR capacity = $3) AND network_id = $1";
        let count: i64 = net.scalar(open, args![None::<&str>, None::<i64>]).await.unwrap();
        assert_eq!(count, 1);
        let count: i64 = net.scalar(open, args!["b", 1]).await.unwrap();
        assert_eq!(count, 0);
        let sql = "SELECT COUNT(*) FROM place WHERE network_id = $1 AND ($2 = '' OR name = $2) AND capacity = $12
                   AND $3 = $4 AND $5 = $6 AND $7 = $8 AND $9 = $10 AND $11 = ''";
        let count: i64 = net.scalar(sql, args!["a", "", "", "", "", "", "", "", "", "", 1]).await.unwrap();
        assert_eq!(count, 1);
    }

    async fn networks_do_not_meet(db: Db) {
        let (a, b) = (network(&db, 1).await, network(&db, 2).await);
        place(&a, 1, "Лицей").await.unwrap();
        place(&b, 1, "Лицей").await.unwrap();
        place(&b, 2, "Гимназия").await.unwrap();
        assert_eq!(places(&a).await, ["Лицей"]);
        assert_eq!(places(&b).await, ["Гимназия", "Лицей"]);
    }

    async fn filters_number_their_arguments(db: Db) {
        let net = network(&db, 1).await;
        for (n, name) in ["a", "b", "c"].iter().enumerate() {
            place(&net, n as u128, name).await.unwrap();
        }
        let mut w = Where::of("p");
        w.and_opt("p.name = ?", None::<&str>).and("(p.name > ? OR ? = '')", "a").and_in("p.name", ["a", "b"]);
        let limit = w.arg(5);
        let sql = format!("SELECT p.name FROM place p WHERE {} ORDER BY p.name LIMIT {limit}", w.sql());
        assert_eq!(net.all::<(String,)>(sql, w.args).await.unwrap(), [("b".to_owned(),)]);
        let mut w = Where::new();
        w.and_in("name", Vec::<String>::new());
        let sql = format!("SELECT name FROM place WHERE {}", w.sql());
        assert_eq!(net.all::<(String,)>(sql, w.args).await.unwrap(), []);
    }

    async fn a_dropped_transaction_leaves_nothing(db: Db) {
        let net = network(&db, 1).await;
        for _ in 0..20 {
            let mut tx = net.begin().await.unwrap();
            tx.run("INSERT INTO place (network_id, id, name) VALUES ($1, $2, $3)", args![id(1), "x"]).await.unwrap();
            drop(tx);
            assert_eq!(places(&net).await, Vec::<String>::new());
        }
        let mut tx = net.begin().await.unwrap();
        tx.run("INSERT INTO place (network_id, id, name) VALUES ($1, $2, $3)", args![id(1), "x"]).await.unwrap();
        tx.rollback().await;
        place(&net, 1, "y").await.unwrap();
        assert_eq!(places(&net).await, ["y"]);
    }

    async fn after_an_error_only_a_savepoint_helps(db: Db) {
        let net = network(&db, 1).await;
        place(&net, 1, "x").await.unwrap();
        let insert = "INSERT INTO place (network_id, id, name) VALUES ($1, $2, $3)";

        let mut tx = net.begin().await.unwrap();
        tx.run(insert, args![id(2), "y"]).await.unwrap();
        assert!(matches!(tx.run(insert, args![id(3), "x"]).await, Err(Error::Unique(_))));
        assert!(matches!(tx.run(insert, args![id(4), "z"]).await, Err(Error::Unique(_))), "goes on");
        assert!(matches!(tx.commit().await, Err(Error::Unique(_))), "half of it is written");
        assert_eq!(places(&net).await, ["x"]);

        let mut tx = net.begin().await.unwrap();
        tx.run(insert, args![id(2), "y"]).await.unwrap();
        tx.savepoint("rule").await.unwrap();
        tx.run(insert, args![id(3), "gone"]).await.unwrap();
        assert!(tx.run(insert, args![id(4), "x"]).await.is_err());
        tx.rollback_to("rule").await.unwrap();
        tx.release("rule").await.unwrap();
        tx.savepoint("rule").await.unwrap();
        tx.run(insert, args![id(5), "z"]).await.unwrap();
        tx.release("rule").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(places(&net).await, ["x", "y", "z"]);

        let mut tx = net.begin().await.unwrap();
        assert!(tx.savepoint("a; DROP TABLE place").await.is_err());
    }

    async fn a_transaction_sees_itself_and_no_one_else_does(db: Db) {
        let net = network(&db, 1).await;
        let mut tx = net.begin().await.unwrap();
        assert_eq!(tx.network(), net.id());
        tx.run("INSERT INTO place (network_id, id, name) VALUES ($1, $2, $3)", args![id(1), "x"]).await.unwrap();
        let inside: i64 = tx.scalar("SELECT COUNT(*) FROM place WHERE network_id = $1", args![]).await.unwrap();
        let mut reader = net.reader().await.unwrap();
        let outside: i64 = reader.scalar("SELECT COUNT(*) FROM place WHERE network_id = $1", args![]).await.unwrap();
        assert_eq!((inside, outside), (1, 0));
        tx.commit().await.unwrap();
        let outside: i64 = reader.scalar("SELECT COUNT(*) FROM place WHERE network_id = $1", args![]).await.unwrap();
        assert_eq!(outside, 1);
    }

    async fn transact_tries_again_what_may_be_tried_again(db: Db) {
        let net = network(&db, 1).await;
        let tries = AtomicUsize::new(0);
        let done: Result<usize, Refusal> = net
            .transact(async |tx: &mut Tx| {
                let n = tries.fetch_add(1, SeqCst);
                tx.run("INSERT INTO place (network_id, id, name) VALUES ($1, $2, $3)", args![id(n as u128), "x"]).await?;
                if n < 3 { Err(Refusal::Database(Error::Retry("by hand".into()))) } else { Ok(n) }
            })
            .await;
        assert_eq!(done, Ok(3));
        assert_eq!(places(&net).await, ["x"], "an attempt that failed left its row");

        for error in [Refusal::Full, Refusal::Database(Error::Unknown("lost".into())), Refusal::Database(Error::NotFound)] {
            let tries = AtomicUsize::new(0);
            let done: Result<(), Refusal> = net
                .transact(async |_: &mut Tx| {
                    tries.fetch_add(1, SeqCst);
                    Err(match &error {
                        Refusal::Full => Refusal::Full,
                        Refusal::Database(e) => Refusal::Database(e.clone()),
                    })
                })
                .await;
            assert_eq!((done, tries.into_inner()), (Err(error), 1));
        }
        let endless: Result<(), Error> = net
            .transact_within(std::time::Duration::from_millis(30), async |_: &mut Tx| Err(Error::Retry("ever".into())))
            .await;
        assert_eq!(endless, Err(Error::Retry("ever".into())));
    }

    async fn rivals_for_the_last_places_get_as_many_as_there_are(db: Db) {
        let net = network(&db, 1).await;
        place(&net, 1, "hall").await.unwrap();
        net.transact(async |tx: &mut Tx| tx.run("UPDATE place SET capacity = 50 WHERE network_id = $1", args![]).await).await.unwrap();
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..120_u128 {
            let net = net.clone();
            // Spawned: the future of `transact` has to be Send.
            tasks.spawn(async move {
                net.transact(async |tx: &mut Tx| {
                    let sql = "UPDATE place SET taken = taken + 1 WHERE network_id = $1 AND id = $2 AND taken < capacity";
                    if tx.run(sql, args![id(1)]).await? == 0 {
                        return Err(Refusal::Full);
                    }
                    tx.run("INSERT INTO booking (network_id, id, place_id) VALUES ($1, $2, $3)", args![id(n), id(1)]).await?;
                    Ok(())
                })
                .await
            });
        }
        let results = tasks.join_all().await;
        assert_eq!(results.iter().filter(|r| r.is_ok()).count(), 50);
        assert!(results.iter().all(|r| matches!(r, Ok(()) | Err(Refusal::Full))), "{results:?}");
        let booked: i64 = net.scalar("SELECT COUNT(*) FROM booking WHERE network_id = $1", args![]).await.unwrap();
        assert_eq!(booked, 50);
    }

    async fn the_slow_way_gives_the_same(db: Db) {
        let net = network(&db, 1).await.slow();
        place(&net, 1, "x").await.unwrap();
        assert_eq!(places(&net).await, ["x"]);
        let mut reader = net.reader().await.unwrap();
        let count: i64 = reader.scalar("SELECT COUNT(*) FROM place WHERE network_id = $1", args![]).await.unwrap();
        assert_eq!(count, 1);
        let mut tx = net.begin().await.unwrap();
        tx.run("DELETE FROM place WHERE network_id = $1", args![]).await.unwrap();
        drop(tx);
        assert_eq!(places(&net).await, ["x"]);
    }

    async fn the_directory_stands_beside_the_networks(db: Db) {
        let directory = db.directory();
        directory.run("INSERT INTO login (id, email) VALUES ($1, $2)", args![id(1), "a@b"]).await.unwrap();
        let twice = directory.run("INSERT INTO login (id, email) VALUES ($1, $2)", args![id(2), "a@b"]).await.unwrap_err();
        assert!(matches!(twice, Error::Unique(_)), "{twice:?}");
        let mut tx = directory.begin().await.unwrap();
        tx.run("DELETE FROM login WHERE email = $1", args!["a@b"]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(directory.opt::<(Uuid,)>("SELECT id FROM login", args![]).await.unwrap(), None);
    }

    async fn it_says_that_it_is_ready(db: Db) {
        db.ready().await.unwrap();
        assert!(matches!(db.engine(), Engine::Sqlite | Engine::Postgres));
    }

    #[cfg_attr(debug_assertions, should_panic(expected = "must use $1"))]
    async fn a_statement_without_the_network_is_a_mistake(db: Db) {
        let net = network(&db, 1).await;
        let _ = net.all::<(i64,)>("SELECT COUNT(*) FROM place", args![]).await;
    }
}

#[test]
fn settings_do_not_tell_the_password() {
    let settings = kit::db::Settings::new("postgres://user:secret@host/db");
    assert!(!format!("{settings:?}").contains("secret"));
}
