//! Work that follows a deed: written down in its transaction, done after it, at least once.
//!
//! A job is a row. Whoever serves this network looks for rows that are due, takes one by a
//! conditional UPDATE that holds it for [`LEASE`], does it, and deletes the row. A process that
//! dies in between leaves a lease that runs out, and another does the job again: a handler must
//! bear that. One that fails is tried again later and later, [`ATTEMPTS`] times.
use crate::{
    Clock, Fault, Visit,
    db::{Net, NetworkId, Tx, Val, args, row},
};
use chrono::{DateTime, Duration, Utc};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    collections::HashSet,
    future::Future,
    pin::Pin,
    sync::{Mutex, PoisonError},
};
use uuid::Uuid;

/// A job is held so long by whoever does it.
pub const LEASE: Duration = Duration::minutes(5);
/// …and given up by them before that.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(4 * 60);
/// After so many failures a job waits for a person.
pub const ATTEMPTS: i64 = 10;
/// The first pause after a failure; each next is four times as long, up to the longest.
const PAUSE: Duration = Duration::seconds(10);
const LONGEST_PAUSE: Duration = Duration::hours(6);
/// Jobs of one network that one turn takes before it looks at the next network.
const TURN: usize = 50;

/// A job to be written down.
#[derive(Clone, Debug)]
pub struct Order {
    kind: &'static str,
    payload: String,
    at: Option<DateTime<Utc>>,
    key: Option<String>,
}

impl Order {
    /// `payload` is what the handler reads. It should hold ids rather than personal data.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn new(kind: &'static str, payload: &impl Serialize) -> Result<Self, Fault> {
        let payload = serde_json::to_string(payload).map_err(anyhow::Error::from)?;
        Ok(Self { kind, payload, at: None, key: None })
    }

    /// Not before this instant.
    #[must_use]
    pub fn at(mut self, at: DateTime<Utc>) -> Self {
        self.at = Some(at);
        self
    }

    /// One job of this key is enough: asked for again before it begins, it runs once; asked for
    /// while it runs, it runs once more.
    #[must_use]
    pub fn once_per(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Writes the job down, in the transaction of the deed.
    ///
    /// # Errors
    /// The database's; the deed must then not happen either.
    pub async fn enqueue(self, tx: &mut Tx, visit: &Visit) -> Result<(), Fault> {
        let at = self.at.unwrap_or(visit.now);
        write(tx, visit.new_id(), &self, at, visit.now).await
    }
}

async fn write(tx: &mut Tx, id: Uuid, order: &Order, at: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), Fault> {
    let sql =
        "INSERT INTO job (network_id, id, kind, key, payload, state, run_at, attempts, locked_until, again, made_at)
               VALUES ($1, $2, $3, $4, $5, 'waiting', $6, 0, 0, $7, $8)
               ON CONFLICT (network_id, key) DO UPDATE SET
                 again = $9, state = 'waiting', payload = excluded.payload,
                 attempts = CASE WHEN job.state = 'failed' THEN 0 ELSE job.attempts END,
                 run_at = CASE WHEN excluded.run_at < job.run_at THEN excluded.run_at ELSE job.run_at END";
    tx.run(sql, args![id, order.kind, &order.key, &order.payload, at, false, now, true]).await?;
    Ok(())
}

/// A job while it is being done.
#[derive(Clone)]
pub struct Work {
    pub id: Uuid,
    pub net: Net,
    pub now: DateTime<Utc>,
    /// 1 at the first try.
    pub attempt: i64,
    payload: String,
}

impl Work {
    /// What was written down.
    ///
    /// # Errors
    /// When it was written by another version of the program.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        Ok(serde_json::from_str(&self.payload).map_err(anyhow::Error::from)?)
    }
}

/// What a handler gives: done, or why not. The reason must hold no personal data.
pub type Doing = Pin<Box<dyn Future<Output = Result<(), Fault>> + Send>>;

/// Who does the jobs of one kind. `S` is the running program.
pub struct Handler<S> {
    kind: &'static str,
    run: fn(S, Work) -> Doing,
    every: Option<Duration>,
}

impl<S> Clone for Handler<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Handler<S> {}

impl<S> Handler<S> {
    /// Does jobs that somebody enqueued.
    pub const fn new(kind: &'static str, run: fn(S, Work) -> Doing) -> Self {
        Self { kind, run, every: None }
    }

    /// Does the same again and again in every network; its payload is `null`.
    pub const fn every(kind: &'static str, pause: Duration, run: fn(S, Work) -> Doing) -> Self {
        Self { kind, run, every: Some(pause) }
    }
}

struct Due {
    id: Uuid,
    kind: String,
    payload: String,
    attempts: i64,
}
row!(Due { id, kind, payload, attempts });

/// Does the jobs of every network it is shown.
pub struct Runner<S> {
    handlers: Vec<Handler<S>>,
    /// Networks whose recurring jobs are written down.
    known: Mutex<HashSet<NetworkId>>,
}

impl<S: Clone + Send + Sync + 'static> Runner<S> {
    /// # Panics
    /// Never; of two handlers of one kind the first does the work.
    pub fn new(handlers: Vec<Handler<S>>) -> Self {
        Self { handlers, known: Mutex::default() }
    }

    /// Does what is due in this network, one job after the other; gives how many were tried.
    ///
    /// # Errors
    /// The database's. A job that fails is not an error of the turn.
    pub async fn turn(&self, state: &S, net: &Net, clock: &Clock, chance: &crate::Chance) -> Result<usize, Fault> {
        self.write_recurring(net, clock, chance).await?;
        let mut tried = 0;
        while tried < TURN {
            let due = self.due(net, clock.now()).await?;
            if due.is_empty() {
                break;
            }
            for job in due {
                if let Some((handler, work)) = self.claim(net, job, clock.now()).await? {
                    tried += 1;
                    let outcome = perform(handler, state.clone(), work.clone()).await;
                    settle(handler, &work, outcome, clock.now()).await?;
                }
            }
        }
        Ok(tried)
    }

    async fn write_recurring(&self, net: &Net, clock: &Clock, chance: &crate::Chance) -> Result<(), Fault> {
        let known =
            |set: &Mutex<HashSet<NetworkId>>| set.lock().unwrap_or_else(PoisonError::into_inner).contains(&net.id());
        if known(&self.known) {
            return Ok(());
        }
        let now = clock.now();
        for handler in self.handlers.iter().filter(|h| h.every.is_some()) {
            let sql = "INSERT INTO job (network_id, id, kind, key, payload, state, run_at, attempts, locked_until, again, made_at)
                       VALUES ($1, $2, $3, $3, 'null', 'waiting', $4, 0, 0, $5, $4) ON CONFLICT DO NOTHING";
            let id = chance.id(now);
            net.transact(async |tx: &mut Tx| tx.run(sql, args![id, handler.kind, now, false]).await).await?;
        }
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(net.id());
        Ok(())
    }

    /// Rows that are due and free, of kinds that this program knows.
    async fn due(&self, net: &Net, now: DateTime<Utc>) -> Result<Vec<Due>, Fault> {
        if self.handlers.is_empty() {
            return Ok(Vec::new());
        }
        let mut args = args![now];
        let kinds: Vec<String> = self
            .handlers
            .iter()
            .map(|h| {
                args.push(Val::from(h.kind));
                format!("${}", args.len() + 1)
            })
            .collect();
        let sql = format!(
            "SELECT id, kind, payload, attempts FROM job
             WHERE network_id = $1 AND state = 'waiting' AND run_at <= $2 AND locked_until <= $2 AND kind IN ({})
             ORDER BY run_at, id LIMIT 10",
            kinds.join(", ")
        );
        Ok(net.all(sql, args).await?)
    }

    /// Takes the row, unless another process was quicker. The count of attempts is the ticket:
    /// who comes back after the lease has run out finds another number there. A job that comes again
    /// and again begins to count anew, so the time it is due must still have come.
    async fn claim(&self, net: &Net, job: Due, now: DateTime<Utc>) -> Result<Option<(Handler<S>, Work)>, Fault> {
        let Some(handler) = self.handlers.iter().find(|h| h.kind == job.kind).copied() else { return Ok(None) };
        let sql = "UPDATE job SET locked_until = $4, attempts = attempts + 1, again = $5
                   WHERE network_id = $1 AND id = $2 AND attempts = $3 AND state = 'waiting' AND run_at <= $6 AND locked_until <= $6";
        let (id, attempts) = (job.id, job.attempts);
        let taken =
            net.transact(async |tx: &mut Tx| tx.run(sql, args![id, attempts, now + LEASE, false, now]).await).await?;
        let work = Work { id, net: net.clone(), now, attempt: attempts + 1, payload: job.payload };
        Ok((taken == 1).then_some((handler, work)))
    }
}

/// In a task of its own, so that a panic is a failure like any other.
async fn perform<S: Send + 'static>(handler: Handler<S>, state: S, work: Work) -> Result<(), String> {
    let task = tokio::spawn((handler.run)(state, work));
    let abort = task.abort_handle();
    match tokio::time::timeout(PATIENCE, task).await {
        Ok(Ok(Ok(()))) => Ok(()),
        Ok(Ok(Err(fault))) => Err(fault.internals().unwrap_or_else(|| fault.code().to_owned())),
        Ok(Err(_)) => Err("panicked".into()),
        Err(_) => {
            abort.abort();
            Err("took too long".into())
        }
    }
}

async fn settle<S>(
    handler: Handler<S>,
    work: &Work,
    outcome: Result<(), String>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let result = if outcome.is_ok() { "done" } else { "failed" };
    metrics::counter!("jobs", "kind" => handler.kind, "result" => result).increment(1);
    work.net.transact(async |tx: &mut Tx| settle_in(tx, handler.every, handler.kind, work, &outcome, now).await).await
}

async fn settle_in(
    tx: &mut Tx,
    every: Option<Duration>,
    kind: &str,
    work: &Work,
    outcome: &Result<(), String>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let (id, ticket) = (work.id, work.attempt);
    let again = "UPDATE job SET run_at = $4, attempts = 0, locked_until = 0, again = $5, last_error = NULL
                 WHERE network_id = $1 AND id = $2 AND attempts = $3";
    match (outcome, every) {
        (Ok(()), Some(pause)) => {
            tx.run(again, args![id, ticket, now + pause, false]).await?;
        }
        (Ok(()), None) => {
            let sql = "DELETE FROM job WHERE network_id = $1 AND id = $2 AND attempts = $3 AND NOT again";
            if tx.run(sql, args![id, ticket]).await? == 0 {
                tx.run(again, args![id, ticket, now, false]).await?;
            }
        }
        (Err(why), every) => {
            let given_up = every.is_none() && ticket >= ATTEMPTS;
            tracing::warn!(job = %id, kind, attempt = ticket, given_up, "a job failed: {why}");
            let why: String = why.chars().take(300).collect();
            let pause = every.map_or_else(|| pause(ticket), |every| every.min(pause(ticket)));
            let sql = "UPDATE job SET run_at = $4, locked_until = 0, state = $5, last_error = $6
                       WHERE network_id = $1 AND id = $2 AND attempts = $3";
            tx.run(sql, args![id, ticket, now + pause, if given_up { "failed" } else { "waiting" }, why]).await?;
        }
    }
    Ok(())
}

/// 10 s, 40 s, 160 s … 6 h.
fn pause(attempt: i64) -> Duration {
    let factor = 4_i32.saturating_pow(u32::try_from(attempt - 1).unwrap_or(0).min(10));
    (PAUSE * factor).min(LONGEST_PAUSE)
}

/// Forgets jobs that were given up before this instant: their payload must not stay for ever.
///
/// # Errors
/// The database's.
pub async fn sweep(net: &Net, before: DateTime<Utc>) -> Result<u64, Fault> {
    let sql = "DELETE FROM job WHERE network_id = $1 AND state = 'failed' AND run_at < $2";
    Ok(net.transact(async |tx: &mut Tx| tx.run(sql, args![before]).await).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_six_hours() {
        let seconds: Vec<i64> = (1..=9).map(|n| pause(n).num_seconds()).collect();
        assert_eq!(seconds, [10, 40, 160, 640, 2560, 10_240, 21_600, 21_600, 21_600]);
    }
}
