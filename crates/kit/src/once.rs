//! Do a thing once, however often it is sent.
//!
//! Every mutation runs through [`Once::run`]: permission, rule, writing, audit and the stored
//! answer share one transaction. A refusal by a rule is rolled back to a savepoint and its answer
//! is stored too; what may succeed at another time (a busy database) stores nothing.
use crate::{
    Fault,
    db::{Net, Tx, args, row},
    fault::Conflict,
    form::Problems,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// What a mutation answers: enough to answer again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Done {
    /// 200, 201…
    pub status: u16,
    /// Where a browser goes next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// What a program gets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<serde_json::Value>,
}

impl Done {
    /// Made anew: 201, at this address.
    pub fn created(location: String, body: serde_json::Value) -> Self {
        Self { status: 201, location: Some(location), body: Some(body) }
    }

    /// Changed: 200, shown at this address.
    pub fn changed(location: String, body: serde_json::Value) -> Self {
        Self { status: 200, location: Some(location), body: Some(body) }
    }
}

/// One attempt by one actor: its key and what was asked.
#[derive(Clone, Debug)]
pub struct Once {
    actor: Uuid,
    key: Option<String>,
    fingerprint: Vec<u8>,
    now: DateTime<Utc>,
}

#[derive(Serialize, Deserialize)]
enum Stored {
    Done(Done),
    Invalid(Problems),
    Conflict(Conflict),
    NotFound,
}

struct Row {
    fingerprint: Vec<u8>,
    answer: String,
}
row!(Row { fingerprint, answer });

impl Once {
    /// `what` names the action and its object; `body` is what was sent. Without a key every call
    /// counts, and so does every call of nobody in particular: all guests are one actor, and one
    /// guest must not be given another's answer.
    pub fn new(actor: Uuid, key: Option<&str>, what: &str, body: &[u8], now: DateTime<Utc>) -> Self {
        let mut hash = Sha256::new();
        hash.update(what.as_bytes());
        hash.update([0]);
        hash.update(body);
        let key =
            key.map(str::trim).filter(|k| !k.is_empty() && !actor.is_nil()).map(|k| k.chars().take(200).collect());
        Self { actor, key, fingerprint: hash.finalize().to_vec(), now }
    }

    /// Runs `f` in one transaction, or answers as it was answered the first time.
    ///
    /// # Errors
    /// Whatever `f` refuses with; [`Fault::KeyReused`] when the key came with another body.
    pub async fn run(
        &self,
        net: &Net,
        f: impl AsyncFnOnce(&mut Tx) -> Result<Done, Fault> + Clone,
    ) -> Result<Done, Fault> {
        net.transact(async |tx: &mut Tx| {
            let Some(key) = &self.key else { return f(tx).await.map(Ok) };
            if !self.claim(tx, key).await? {
                return self.recall(tx, key).await.map(Ok);
            }
            tx.savepoint("once").await?;
            let outcome = f(tx).await;
            let stored = match &outcome {
                Ok(done) => Stored::Done(done.clone()),
                Err(Fault::Invalid(problems)) => Stored::Invalid(problems.clone()),
                Err(Fault::Conflict(conflict)) => Stored::Conflict((**conflict).clone()),
                Err(Fault::NotFound) => Stored::NotFound,
                // Not an answer to keep: let the whole transaction go.
                Err(_) => return outcome.map(Ok),
            };
            if outcome.is_err() {
                tx.rollback_to("once").await?;
            }
            tx.release("once").await?;
            self.store(tx, key, &stored).await?;
            // A refusal is an answer: the transaction that keeps it commits.
            Ok(outcome)
        })
        .await?
    }

    /// True when the key is new. Waits for another attempt with the same key to end.
    async fn claim(&self, tx: &mut Tx, key: &str) -> Result<bool, Fault> {
        let sql = "INSERT INTO idempotency (network_id, actor, key, fingerprint, answer, at)
                   VALUES ($1, $2, $3, $4, '', $5) ON CONFLICT DO NOTHING";
        Ok(tx.run(sql, args![self.actor, key, self.fingerprint.clone(), self.now]).await? == 1)
    }

    async fn recall(&self, tx: &mut Tx, key: &str) -> Result<Done, Fault> {
        let sql = "SELECT fingerprint, answer FROM idempotency WHERE network_id = $1 AND actor = $2 AND key = $3";
        let row: Row = tx.one(sql, args![self.actor, key]).await?;
        if row.fingerprint != self.fingerprint {
            return Err(Fault::KeyReused);
        }
        match serde_json::from_str(&row.answer).map_err(anyhow::Error::from)? {
            Stored::Done(done) => Ok(done),
            Stored::Invalid(problems) => Err(Fault::Invalid(problems)),
            Stored::Conflict(conflict) => Err(Fault::Conflict(Box::new(conflict))),
            Stored::NotFound => Err(Fault::NotFound),
        }
    }

    async fn store(&self, tx: &mut Tx, key: &str, stored: &Stored) -> Result<(), Fault> {
        let answer = serde_json::to_string(stored).map_err(anyhow::Error::from)?;
        let sql = "UPDATE idempotency SET answer = $4 WHERE network_id = $1 AND actor = $2 AND key = $3";
        tx.run(sql, args![self.actor, key, answer]).await?;
        Ok(())
    }
}

/// Forgets answers given before this instant: nobody sends the same thing again after two weeks.
///
/// # Errors
/// The database's.
pub async fn sweep(net: &Net, before: DateTime<Utc>) -> Result<u64, Fault> {
    let mut gone = 0;
    loop {
        // A bite at a time: SQLite's only writer must not be held for long.
        let sql = "DELETE FROM idempotency WHERE network_id = $1 AND (actor, key) IN (
                     SELECT actor, key FROM idempotency WHERE network_id = $1 AND at < $2 ORDER BY at LIMIT 1000)";
        let bite = net.transact(async |tx: &mut Tx| tx.run(sql, args![before]).await).await?;
        gone += bite;
        if bite < 1000 {
            return Ok(gone);
        }
    }
}
