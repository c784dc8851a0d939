//! Ids and secrets. Chance comes in as a parameter, so that the demo is the same each time.
use chrono::{DateTime, Utc};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// Makes ids. Cheap to clone; clones share one stream.
#[derive(Clone)]
pub struct Chance(Arc<Mutex<StdRng>>);

impl Chance {
    /// Seeded by the operating system.
    pub fn system() -> Self {
        Self(Arc::new(Mutex::new(StdRng::from_rng(&mut rand::rng()))))
    }

    /// The same stream for the same seed.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    /// A UUIDv7: ordered by `now`, random within a millisecond. An id is never a secret.
    pub fn id(&self, now: DateTime<Utc>) -> Uuid {
        let mut random = [0u8; 10];
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut random);
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}

/// 256 random bits from the operating system, as text that fits into a URL or a cookie.
pub fn secret() -> String {
    use base64::Engine as _;
    let mut bytes = [0u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

/// What is stored of a secret: its SHA-256, so that a stolen database opens no session.
pub fn digest(secret: &str) -> Vec<u8> {
    use sha2::Digest as _;
    sha2::Sha256::digest(secret.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_time_and_repeat_with_the_seed() {
        let at = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let later = at + chrono::Duration::milliseconds(1);
        let (a, b) = (Chance::seeded(7), Chance::seeded(7));
        let first = a.id(at);
        assert_eq!(first, b.id(at));
        assert!(first < a.id(later));
        assert_eq!(first.get_version_num(), 7);
    }

    #[test]
    fn secrets_are_long_and_differ() {
        assert_eq!(secret().len(), 43);
        assert_ne!(secret(), secret());
    }
}
