//! Jobs: written with the deed, done at least once, by one process at a time.
#![expect(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "a test that panics has failed; handlers own what they get"
)]
mod support;

use chrono::Duration;
use kit::{
    Chance, Fault,
    db::{Db, Net, Tx, args, testing::both_engines},
    job::{self, Doing, Handler, LEASE, Order, Runner, Work},
};
use std::sync::{Arc, Mutex};
use support::{Hands, STEPS, net, visit};

/// The running program of these tests: what its handlers did.
#[derive(Clone, Default)]
struct Program {
    done: Arc<Mutex<Vec<String>>>,
    /// Called while a job is being done.
    meanwhile: Option<(Db, Order)>,
}

impl Program {
    fn done(&self) -> Vec<String> {
        std::mem::take(&mut self.done.lock().unwrap())
    }
}

fn note(program: Program, work: Work) -> Doing {
    Box::pin(async move {
        let word: Option<String> = work.read()?;
        program.done.lock().unwrap().push(format!("{} #{}", word.as_deref().unwrap_or("-"), work.attempt));
        Ok(())
    })
}

fn fail(program: Program, work: Work) -> Doing {
    Box::pin(async move {
        program.done.lock().unwrap().push(format!("failed #{}", work.attempt));
        Err(Fault::Unavailable("the other side is away".into()))
    })
}

fn panic(_: Program, _: Work) -> Doing {
    Box::pin(async { panic!("a handler's own fault") })
}

fn runner() -> Runner<Program> {
    Runner::new(vec![
        Handler::new("note", note),
        Handler::new("fail", fail),
        Handler::new("panic", panic),
        Handler::every("daily", Duration::days(1), note),
    ])
}

async fn enqueue(db: &Db, net: &Net, hands: &Hands, order: Order) {
    let visit = visit(db, net, &hands.clock());
    net.transact(async |tx: &mut Tx| order.clone().enqueue(tx, &visit).await).await.unwrap();
}

async fn turn(runner: &Runner<Program>, program: &Program, net: &Net, hands: &Hands) -> Vec<String> {
    runner.turn(program, net, &hands.clock(), &Chance::system()).await.unwrap();
    program.done()
}

async fn rows(net: &Net) -> Vec<(String, String, i64, Option<String>)> {
    let sql = "SELECT kind, state, attempts, last_error FROM job WHERE network_id = $1 AND kind <> 'daily' ORDER BY id";
    net.all(sql, args![]).await.unwrap()
}

both_engines! {
    migrations: STEPS;

    async fn a_job_is_done_after_its_deed_and_only_if_the_deed_was(db: Db) {
        let (hands, net, program, runner) = (Hands::new(), net(&db, 1), Program::default(), runner());
        turn(&runner, &program, &net, &hands).await;
        enqueue(&db, &net, &hands, Order::new("note", &"a").unwrap()).await;
        let visit = visit(&db, &net, &hands.clock());
        let undone: Result<(), Fault> = net.transact(async |tx: &mut Tx| {
            Order::new("note", &"undone")?.enqueue(tx, &visit).await?;
            Err(Fault::NotFound)
        }).await;
        assert!(undone.is_err());
        assert_eq!(turn(&runner, &program, &net, &hands).await, ["a #1"]);
        assert!(rows(&net).await.is_empty());
        assert!(turn(&runner, &program, &net, &hands).await.is_empty());
    }

    async fn jobs_wait_for_their_time_and_stay_in_their_network(db: Db) {
        let (hands, one, two, program, runner) = (Hands::new(), net(&db, 1), net(&db, 2), Program::default(), runner());
        let later = hands.now() + Duration::hours(1);
        enqueue(&db, &one, &hands, Order::new("note", &"later").unwrap().at(later)).await;
        enqueue(&db, &one, &hands, Order::new("note", &"now").unwrap()).await;
        assert_eq!(turn(&runner, &program, &two, &hands).await, ["- #1"]);
        // Both are due at the same moment; their ids, which are chance, decide which goes first.
        let mut both = turn(&runner, &program, &one, &hands).await;
        both.sort_unstable();
        assert_eq!(both, ["- #1", "now #1"]);
        hands.forward(Duration::hours(1));
        assert_eq!(turn(&runner, &program, &one, &hands).await, ["later #1"]);
    }

    async fn a_failure_is_tried_again_later_and_given_up_at_last(db: Db) {
        let (hands, net, program, runner) = (Hands::new(), net(&db, 1), Program::default(), runner());
        turn(&runner, &program, &net, &hands).await;
        enqueue(&db, &net, &hands, Order::new("fail", &"x").unwrap()).await;
        assert_eq!(turn(&runner, &program, &net, &hands).await, ["failed #1"]);
        assert!(turn(&runner, &program, &net, &hands).await.is_empty(), "not at once");
        hands.forward(Duration::seconds(10));
        assert_eq!(turn(&runner, &program, &net, &hands).await, ["failed #2"]);
        for _ in 2..job::ATTEMPTS {
            hands.forward(Duration::hours(6));
            turn(&runner, &program, &net, &hands).await;
        }
        let error = Some("the other side is away".to_owned());
        assert_eq!(rows(&net).await, [("fail".to_owned(), "failed".to_owned(), job::ATTEMPTS, error)]);
        hands.forward(Duration::days(1));
        assert!(!turn(&runner, &program, &net, &hands).await.contains(&"failed #11".to_owned()));
        assert_eq!(job::sweep(&net, hands.now()).await.unwrap(), 1);
    }

    async fn a_panic_is_a_failure_like_any_other(db: Db) {
        let (hands, net, program, runner) = (Hands::new(), net(&db, 1), Program::default(), runner());
        enqueue(&db, &net, &hands, Order::new("panic", &()).unwrap()).await;
        enqueue(&db, &net, &hands, Order::new("note", &"after").unwrap()).await;
        assert!(turn(&runner, &program, &net, &hands).await.contains(&"after #1".to_owned()));
        assert_eq!(rows(&net).await, [("panic".to_owned(), "waiting".to_owned(), 1, Some("panicked".to_owned()))]);
    }

    async fn of_two_processes_one_does_it(db: Db) {
        let (hands, net, program) = (Hands::new(), net(&db, 1), Program::default());
        for n in 0..20 {
            enqueue(&db, &net, &hands, Order::new("note", &n.to_string()).unwrap()).await;
        }
        let processes: Vec<_> = (0..4).map(|_| {
            let (program, net, hands) = (program.clone(), net.clone(), hands.clone());
            tokio::spawn(async move { runner().turn(&program, &net, &hands.clock(), &Chance::system()).await.unwrap() })
        }).collect();
        let mut tried = 0;
        for process in processes {
            tried += process.await.unwrap();
        }
        let mut done = program.done();
        done.retain(|word| !word.starts_with('-'));
        done.sort_unstable();
        done.dedup();
        assert_eq!((tried, done.len()), (21, 20));
    }

    async fn what_a_dead_process_held_is_done_by_another(db: Db) {
        let (hands, net, program, runner) = (Hands::new(), net(&db, 1), Program::default(), runner());
        turn(&runner, &program, &net, &hands).await;
        enqueue(&db, &net, &hands, Order::new("note", &"held").unwrap()).await;
        // As a process leaves it that died after taking the job.
        let until = hands.now() + LEASE;
        let sql = "UPDATE job SET locked_until = $2, attempts = 1 WHERE network_id = $1 AND kind = 'note'";
        net.transact(async |tx: &mut Tx| tx.run(sql, args![until]).await).await.unwrap();
        assert!(turn(&runner, &program, &net, &hands).await.is_empty());
        hands.forward(LEASE);
        assert_eq!(turn(&runner, &program, &net, &hands).await, ["held #2"]);
    }

    async fn one_job_of_a_key_is_enough(db: Db) {
        let (hands, net, program, runner) = (Hands::new(), net(&db, 1), Program::default(), runner());
        turn(&runner, &program, &net, &hands).await;
        for _ in 0..3 {
            enqueue(&db, &net, &hands, Order::new("note", &"digest").unwrap().once_per("digest of 7")).await;
        }
        assert_eq!(turn(&runner, &program, &net, &hands).await, ["digest #1"]);
        assert!(rows(&net).await.is_empty());
        // Given up, it can be asked for anew.
        enqueue(&db, &net, &hands, Order::new("fail", &()).unwrap().once_per("k")).await;
        let sql = "UPDATE job SET state = 'failed', attempts = 10 WHERE network_id = $1 AND kind = 'fail'";
        net.transact(async |tx: &mut Tx| tx.run(sql, args![]).await).await.unwrap();
        enqueue(&db, &net, &hands, Order::new("fail", &()).unwrap().once_per("k")).await;
        assert_eq!(turn(&runner, &program, &net, &hands).await, ["failed #1"]);
    }

    async fn asked_for_while_it_runs_it_runs_once_more(db: Db) {
        let (hands, net) = (Hands::new(), net(&db, 1));
        fn ask(program: Program, work: Work) -> Doing {
            Box::pin(async move {
                program.done.lock().unwrap().push("ran".into());
                let is_first = program.done.lock().unwrap().len() == 1;
                if let Some((db, order)) = program.meanwhile.filter(|_| is_first) {
                    let visit = visit(&db, &work.net, &kit::Clock::fixed(work.now));
                    work.net.transact(async |tx: &mut Tx| order.clone().enqueue(tx, &visit).await).await?;
                }
                Ok(())
            })
        }
        let order = Order::new("ask", &()).unwrap().once_per("k");
        let program = Program { meanwhile: Some((db.clone(), order.clone())), ..Program::default() };
        let runner = Runner::new(vec![Handler::new("ask", ask)]);
        enqueue(&db, &net, &hands, order).await;
        assert_eq!(turn(&runner, &program, &net, &hands).await, ["ran", "ran"]);
        assert!(rows(&net).await.is_empty());
    }

    async fn what_recurs_comes_back_and_is_there_once(db: Db) {
        let (hands, net, program) = (Hands::new(), net(&db, 1), Program::default());
        // Two processes start.
        let (one, two) = (runner(), runner());
        assert_eq!(turn(&one, &program, &net, &hands).await, ["- #1"]);
        assert!(turn(&two, &program, &net, &hands).await.is_empty());
        hands.forward(Duration::days(1));
        assert_eq!(turn(&two, &program, &net, &hands).await, ["- #1"]);
        assert!(turn(&one, &program, &net, &hands).await.is_empty());
    }
}
