//! What the tests of several pieces share: the kit's own schema and somebody who acts.
#![allow(dead_code, reason = "each test binary uses its part")]

use chrono::{DateTime, Utc};
use kit::{
    Chance, Clock, Visit,
    access::{Permission, Viewer, Width},
    db::{Db, Migration, Net, NetworkId},
};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering::SeqCst},
};
use uuid::Uuid;

pub const STEPS: &[Migration] = &[
    Migration { name: "0001_foundation", sql: include_str!("../../../../migrations/0001_foundation.sql") },
    Migration { name: "0004_kit", sql: include_str!("../../../../migrations/0004_kit.sql") },
];

fn nobody(_: &str, _: Permission) -> Option<Width> {
    None
}

/// A clock that goes when it is told to.
#[derive(Clone)]
pub struct Hands(Arc<AtomicI64>);

impl Hands {
    pub fn new() -> Self {
        Self(Arc::new(AtomicI64::new(1_790_000_000_000_000)))
    }

    pub fn forward(&self, by: chrono::Duration) {
        self.0.fetch_add(by.num_microseconds().unwrap(), SeqCst);
    }

    pub fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.load(SeqCst)).unwrap()
    }

    pub fn clock(&self) -> Clock {
        let hands = self.clone();
        Clock::told(move || hands.now())
    }
}

pub fn net(db: &Db, number: u128) -> Net {
    db.network(NetworkId(Uuid::from_u128(number)))
}

pub fn visit(db: &Db, net: &Net, clock: &Clock) -> Visit {
    let viewer =
        Viewer::person(Uuid::from_u128(7), Uuid::from_u128(8), String::new(), String::new(), Vec::new(), nobody);
    Visit::by_program(net.clone(), db.directory(), viewer, clock, Chance::system())
}
