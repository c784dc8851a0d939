//! `kill -9` at any moment: nothing acknowledged is lost, nothing is done twice.
use crate::{
    cluster::Cluster,
    ledger::{Ledger, Verdict, Worker},
    program::{Place, amount, database},
};
use kit::db::{NetworkId, Tx, args};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::Duration,
};
use uuid::Uuid;

const WORKERS: usize = 4;

/// Workers over a place; `trouble` happens meanwhile; then everybody ends what they do.
fn under_work(place: &Place, trouble: impl FnOnce()) -> Arc<Ledger> {
    let (ledger, stop) = (Arc::new(Ledger::default()), Arc::new(AtomicBool::new(false)));
    let program = place.serve();
    let (owner, asker) = (place.client("naturalists"), place.client("deputy1"));
    let sides = (owner.organisation("Станция юных натуралистов"), asker.organisation("Разуменская СОШ №\u{a0}2"));
    drop(program);
    let workers: Vec<_> = (0..WORKERS)
        .map(|n| {
            let worker = Worker {
                ledger: ledger.clone(),
                stop: stop.clone(),
                name: format!("работник {n}"),
                owner: owner.clone(),
                asker: asker.clone(),
                sides: sides.clone(),
            };
            std::thread::spawn(move || worker.work())
        })
        .collect();
    trouble();
    stop.store(true, SeqCst);
    for worker in workers {
        worker.join().unwrap();
    }
    ledger
}

fn survives(place: &Place, kills: usize) {
    let mut starts: Vec<Duration> = Vec::new();
    let mut last = None;
    let ledger = under_work(place, || {
        for _ in 0..kills {
            let program = place.serve();
            starts.push(program.took);
            // Long enough for some deeds, short enough to fall into the midst of others.
            std::thread::sleep(Duration::from_millis(rand::random_range(5..250)));
            program.kill();
        }
        last = Some(place.serve());
        std::thread::sleep(Duration::from_millis(500));
    });
    starts.sort();
    let deeds = ledger.deeds().len();
    println!(
        "{kills} kills, {deeds} deeds, {} attempts without an answer; ready after {:?}, at most {:?}",
        ledger.unanswered.load(SeqCst),
        starts[starts.len() / 2],
        starts[starts.len() - 1]
    );
    assert!(deeds >= kills, "too little was done to say anything: {deeds}");
    assert!(ledger.unanswered.load(SeqCst) > 0, "no kill hit anybody");
    ledger.answers_alike(7);
    kit::db::testing::block_on(async {
        assert_eq!(ledger.verdict(place).await, Verdict { lost: 0, doubled: 0 });
    });
    let stopped = last.take().unwrap().stop();
    assert_eq!(stopped.code(), Some(0), "asked to stop, it stops");
    let (code, said) = place.once("check", &[]);
    assert_eq!(code, 0, "{said}");
    controls(place, &ledger);
}

/// The verdict must see a lost row and a deed that an unsafe client sent under a second key.
#[expect(clippy::disallowed_methods, reason = "a client makes its own keys")]
fn controls(place: &Place, ledger: &Ledger) {
    let program = place.serve();
    let act = ledger.deeds().into_iter().find(|deed| deed.table == Some("act")).unwrap();
    assert_eq!(act.by.post(&act.path, &Uuid::new_v4().to_string(), &act.body).status, 201);
    kit::db::testing::block_on(async {
        assert!(ledger.verdict(place).await.doubled > 0, "a doubled act is not seen");
        let db = database(place).await;
        let network: Uuid = db.directory().scalar("SELECT id FROM network", args![]).await.unwrap();
        let net = db.network(NetworkId(network));
        let sql = "DELETE FROM act WHERE network_id = $1 AND id = $2";
        net.transact(async |tx: &mut Tx| tx.run(sql, args![act.object]).await).await.unwrap();
        assert!(ledger.verdict(place).await.lost > 0, "a lost act is not seen");
    });
    drop(program);
}

#[test]
fn nothing_is_lost_or_doubled_when_the_program_is_killed() {
    survives(&Place::demo(None), amount("SOZVEZDIE_KILLS", 200));
}

#[test]
fn nothing_is_lost_or_doubled_on_postgres_either() {
    let cluster = Cluster::start();
    survives(&Place::demo(Some(cluster.url())), amount("SOZVEZDIE_KILLS", 200).div_ceil(8));
}

/// The database goes down under the program, as when its machine loses power, and comes back.
#[test]
fn a_database_that_goes_away_takes_nothing_along() {
    let cluster = Cluster::start();
    let place = Place::demo(Some(cluster.url()));
    let mut program = None;
    let ledger = under_work(&place, || {
        program = Some(place.serve());
        for _ in 0..3 {
            std::thread::sleep(Duration::from_millis(700));
            cluster.down();
            std::thread::sleep(Duration::from_millis(300));
            cluster.up();
        }
        std::thread::sleep(Duration::from_millis(700));
    });
    assert!(ledger.unanswered.load(SeqCst) > 0, "nobody noticed");
    ledger.answers_alike(7);
    kit::db::testing::block_on(async {
        assert_eq!(ledger.verdict(&place).await, Verdict { lost: 0, doubled: 0 });
    });
    assert_eq!(program.unwrap().stop().code(), Some(0));
    assert_eq!(place.once("check", &[]).0, 0);
    controls(&place, &ledger);
}
