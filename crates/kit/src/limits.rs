//! Patience with wrong tries: counted per key, forgotten after a while.
use chrono::{DateTime, Duration, Utc};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Counts failures only, so that a whole school behind one address may sign in at eight o'clock.
pub struct Failures {
    most: u32,
    window: Duration,
    seen: Mutex<HashMap<String, (u32, DateTime<Utc>)>>,
}

/// Keys kept at most; beyond it the stale ones go.
const KEPT: usize = 50_000;

impl Failures {
    /// `most` failures within `window` since the first of them.
    pub fn new(most: u32, window: Duration) -> Self {
        Self { most, window, seen: Mutex::default() }
    }

    /// # Errors
    /// [`crate::Fault::TooMany`] with the seconds to wait.
    pub fn check(&self, key: &str, now: DateTime<Utc>) -> Result<(), crate::Fault> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        match seen.get(key) {
            Some((count, since)) if *count >= self.most && now - *since < self.window => {
                let left = (self.window - (now - *since)).num_seconds().max(1);
                Err(crate::Fault::TooMany { seconds: u64::try_from(left).unwrap_or(1) })
            }
            _ => Ok(()),
        }
    }

    /// Counts one more, if there is room: for what is dear although nothing is wrong with it.
    ///
    /// # Errors
    /// [`crate::Fault::TooMany`] with the seconds to wait.
    pub fn spend(&self, key: &str, now: DateTime<Utc>) -> Result<(), crate::Fault> {
        self.check(key, now)?;
        self.failed(key, now);
        Ok(())
    }

    pub fn failed(&self, key: &str, now: DateTime<Utc>) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= KEPT {
            seen.retain(|_, (_, since)| now - *since < self.window);
        }
        let entry = seen.entry(key.to_owned()).or_insert((0, now));
        if now - entry.1 >= self.window {
            *entry = (0, now);
        }
        entry.0 += 1;
    }

    pub fn succeeded(&self, key: &str) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_ends_and_comes_back() {
        let failures = Failures::new(2, Duration::minutes(5));
        let start = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        failures.failed("a", start);
        assert!(failures.check("a", start).is_ok());
        failures.failed("a", start);
        assert!(matches!(failures.check("a", start), Err(crate::Fault::TooMany { seconds: 300 })));
        assert!(failures.check("b", start).is_ok());
        assert!(failures.check("a", start + Duration::minutes(5)).is_ok());
        failures.succeeded("a");
        assert!(failures.check("a", start).is_ok());
    }
}
