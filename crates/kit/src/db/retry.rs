//! How often, how long and with which pauses a transaction is tried again.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// How long [`transact`](super::Net::transact) goes on trying.
pub(super) const DEADLINE: Duration = Duration::from_secs(5);
const FIRST_PAUSE: Duration = Duration::from_millis(4);
const LONGEST_PAUSE: Duration = Duration::from_millis(250);

/// The attempts at one transaction.
pub(super) struct Attempts {
    until: Instant,
    pause: Duration,
}

impl Attempts {
    pub fn within(deadline: Duration) -> Attempts {
        Attempts { until: Instant::now() + deadline, pause: FIRST_PAUSE }
    }

    /// Waits a random while, longer each time, so that rivals part; `false` at the deadline.
    pub async fn another(&mut self) -> bool {
        let pause = self.pause.mul_f64(rand::random_range(0.5..1.5));
        if Instant::now() + pause >= self.until {
            return false;
        }
        sleep(pause).await;
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        true
    }
}
