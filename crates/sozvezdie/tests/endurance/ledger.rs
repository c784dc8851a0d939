//! What was asked and what was answered, and whether the database agrees.
use crate::program::{Answer, Client, Place, database};
use kit::db::{NetworkId, args};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};
use uuid::Uuid;

/// Nobody waits longer for one answer, restarts included.
const PATIENCE: Duration = Duration::from_secs(180);

/// One acknowledged deed.
#[derive(Clone)]
pub struct Deed {
    pub by: Client,
    pub method: &'static str,
    pub path: String,
    pub key: String,
    pub body: Value,
    pub answer: Answer,
    pub object: Uuid,
    /// What was made new; none for a change.
    pub table: Option<&'static str>,
}

/// All that was acknowledged.
#[derive(Default)]
pub struct Ledger {
    deeds: Mutex<Vec<Deed>>,
    /// Attempts that ended without an answer, or with «later».
    pub unanswered: std::sync::atomic::AtomicUsize,
}

/// Somebody who does one thing after another, and each until it is acknowledged.
pub struct Worker {
    pub ledger: Arc<Ledger>,
    pub stop: Arc<AtomicBool>,
    pub name: String,
    pub owner: Client,
    pub asker: Client,
    /// Ids of the owning and the asking organisation.
    pub sides: (String, String),
}

impl Worker {
    /// The same request with the same key until it is answered, and then anew with another key if
    /// somebody else was faster.
    fn deed(&self, by: &Client, method: &'static str, path: &str, table: Option<&'static str>, body: &Value) -> Uuid {
        loop {
            if let Some(object) = self.attempt(by, method, path, table, body) {
                return object;
            }
        }
    }

    #[expect(clippy::disallowed_methods, reason = "a client makes its own keys, a new one for every deed")]
    fn attempt(
        &self,
        by: &Client,
        method: &'static str,
        path: &str,
        table: Option<&'static str>,
        body: &Value,
    ) -> Option<Uuid> {
        let key = Uuid::new_v4().to_string();
        let began = Instant::now();
        let answer = loop {
            match by.send(method, path, Some(&key), Some(body)) {
                Ok(answer) if answer.status < 500 => break answer,
                _ => {}
            }
            self.ledger.unanswered.fetch_add(1, SeqCst);
            assert!(began.elapsed() < PATIENCE, "{method} {path} is not answered");
            std::thread::sleep(Duration::from_millis(5));
        };
        if answer.status == 409 && answer.json()["code"] == "stale" {
            return None;
        }
        assert!(answer.status < 300, "{method} {path} {body}: {answer:?}");
        let object: Uuid = answer.json()["id"].as_str().unwrap_or_else(|| panic!("{answer:?}")).parse().unwrap();
        let deed = Deed { by: by.clone(), method, path: path.into(), key, body: body.clone(), answer, object, table };
        self.ledger.deeds.lock().unwrap().push(deed);
        Some(object)
    }

    /// Every kind of change, round after round.
    pub fn work(&self) {
        let mut round = 0;
        while !self.stop.load(SeqCst) {
            self.round(&format!("{} {round}", self.name));
            round += 1;
        }
    }

    fn round(&self, mark: &str) {
        let (owner, asker) = (&self.owner, &self.asker);
        let hours = vec!["8:00–20:00"; 7];
        let resource = json!({ "owner_id": self.sides.0, "class": "technological", "name": mark, "sharing": "by_place", "capacity": "500", "hours": hours });
        let resource = self.deed(owner, "POST", "/api/v1/resources", Some("resource"), &resource);
        self.deed(owner, "POST", &format!("/api/v1/resources/{resource}/publication"), None, &json!({}));
        let booking = |purpose: &str| {
            json!({ "resource_id": resource, "organisation_id": self.sides.1, "starts_at": "2027-03-10T10:00",
            "ends_at": "2027-03-10T11:00", "headcount": 2, "purpose": purpose })
        };
        let held = self.deed(asker, "POST", "/api/v1/bookings", Some("booking"), &booking(&format!("{mark} а")));
        self.deed(owner, "POST", &format!("/api/v1/bookings/{held}/confirmation"), None, &json!({}));
        for side in [asker, owner] {
            let done = json!({ "headcount": 2, "hours": "1" });
            self.deed(side, "POST", &format!("/api/v1/bookings/{held}/completion"), None, &done);
        }
        let freed = self.deed(asker, "POST", "/api/v1/bookings", Some("booking"), &booking(&format!("{mark} б")));
        let reason = json!({ "reason": "передумали" });
        self.deed(asker, "POST", &format!("/api/v1/bookings/{freed}/cancellation"), None, &reason);
        let need = json!({ "organisation_id": self.sides.1, "title": mark, "starts_at": "2027-03-10T10:00", "ends_at": "2027-03-10T11:00", "headcount": 3 });
        let need = self.deed(asker, "POST", "/api/v1/needs", Some("exchange_need"), &need);
        self.deed(asker, "POST", &format!("/api/v1/needs/{need}/cancellation"), None, &json!({}));
        let act = json!({ "kind": "order", "number": mark, "issued_on": "2026-09-01", "issuer": "Школа", "title": mark, "owner": self.sides.1 });
        self.deed(asker, "POST", "/api/v1/acts", Some("act"), &act);
        let school = format!("/api/v1/organisations/{}", self.sides.1);
        self.deed(asker, "PATCH", &school, None, &json!({ "about": mark }));
    }
}

/// What the database and the ledger disagree about.
#[derive(Debug, Default, PartialEq)]
pub struct Verdict {
    pub lost: usize,
    pub doubled: usize,
}

impl Ledger {
    pub fn deeds(&self) -> Vec<Deed> {
        self.deeds.lock().unwrap().clone()
    }

    /// Every deed leaves one line of audit, in the transaction of its rows: fewer are lost deeds, more
    /// are doubled ones. What was made new must be there once, under the mark that it was given.
    pub async fn verdict(&self, place: &Place) -> Verdict {
        let db = database(place).await;
        let network: Uuid = db.directory().scalar("SELECT id FROM network", args![]).await.unwrap();
        let net = db.network(NetworkId(network));
        let deeds = self.deeds();
        let made = deeds.iter().filter(|deed| deed.table.is_some());
        let since = since_of(made.map(|deed| deed.object).min().unwrap_or_default());
        let mut wanted: HashMap<Uuid, i64> = HashMap::new();
        for deed in &deeds {
            *wanted.entry(deed.object).or_default() += 1;
        }
        // Ids rise with time: the demo's own lines come before.
        let sql = "SELECT object, COUNT(*) FROM audit_entry WHERE network_id = $1 AND id > $2 AND object IS NOT NULL GROUP BY object";
        let found: Vec<(Uuid, i64)> = net.all(sql, args![since]).await.unwrap();
        let found: HashMap<Uuid, i64> = found.into_iter().collect();
        let mut verdict = Verdict::default();
        for (object, wanted) in &wanted {
            let found = found.get(object).copied().unwrap_or_default();
            verdict.lost += usize::try_from((wanted - found).max(0)).unwrap();
            verdict.doubled += usize::try_from((found - wanted).max(0)).unwrap();
        }
        // Rows that nobody was told of: made twice.
        verdict.doubled += found.keys().filter(|object| !wanted.contains_key(object)).count();
        for table in ["resource", "booking", "exchange_need", "act"] {
            let sql = format!("SELECT id FROM {table} WHERE network_id = $1 AND id > $2");
            let rows: Vec<(Uuid,)> = net.all(sql, args![since]).await.unwrap();
            let rows: Vec<Uuid> = rows.into_iter().map(|(id,)| id).collect();
            let made = deeds.iter().filter(|deed| deed.table == Some(table));
            verdict.lost += made.clone().filter(|deed| !rows.contains(&deed.object)).count();
            verdict.doubled += rows.len().saturating_sub(made.count());
        }
        verdict
    }

    /// Sent once more with its key, each gets the answer that it got.
    pub fn answers_alike(&self, every: usize) {
        for deed in self.deeds().iter().step_by(every) {
            let again = deed.by.send(deed.method, &deed.path, Some(&deed.key), Some(&deed.body)).unwrap();
            assert_eq!(
                (again.status, &again.body),
                (deed.answer.status, &deed.answer.body),
                "{} {}",
                deed.method,
                deed.path
            );
        }
    }
}

/// A moment before the first id.
fn since_of(first: Uuid) -> Uuid {
    Uuid::from_u128(first.as_u128() & !((1 << 80) - 1))
}
