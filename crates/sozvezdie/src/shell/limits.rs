//! What holds back guessing, without locking a school or a person out.
//!
//! Only failures count. A person's wrong passwords count per account and place, so that nobody
//! can shut another out from afar; a place counts for itself, and an account over all places, at
//! numbers that a forgetful staff room does not reach.
use crate::app::App;
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::request::Parts,
};
use chrono::{DateTime, Duration, Utc};
use kit::{Fault, limits::Failures};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use tokio::sync::{Semaphore, SemaphorePermit};
use uuid::Uuid;

pub struct Limits {
    account_here: Failures,
    account: Failures,
    place: Failures,
    codes: Failures,
    /// Hashing takes 19 MiB and a core: a burst of sign-ins must not take the machine.
    hashing: Semaphore,
}

impl Default for Limits {
    fn default() -> Self {
        let window = Duration::minutes(5);
        Self {
            account_here: Failures::new(8, window),
            account: Failures::new(60, window),
            place: Failures::new(100, window),
            codes: Failures::new(8, window),
            hashing: Semaphore::new(2),
        }
    }
}

/// One try of a password: for which account, from where, when.
pub struct Try {
    account: String,
    place: String,
    now: DateTime<Utc>,
}

impl Try {
    pub fn new(email: &str, from: &Address, now: DateTime<Utc>) -> Self {
        // No address is longer; what is typed must not fill the memory.
        let account = email.trim().to_lowercase().chars().take(254).collect();
        Self { account, place: from.place(), now }
    }

    fn here(&self) -> String {
        format!("{} {}", self.place, self.account)
    }
}

impl Limits {
    /// Room to hash a password. Those who waited together are counted one after another: hold the
    /// permit until the outcome is told.
    ///
    /// # Errors
    /// [`Fault::TooMany`].
    pub async fn admit(&self, this: &Try) -> Result<SemaphorePermit<'_>, Fault> {
        self.check(this)?;
        let permit = self.hashing.acquire().await.map_err(anyhow::Error::from)?;
        self.check(this)?;
        Ok(permit)
    }

    fn check(&self, this: &Try) -> Result<(), Fault> {
        self.account_here.check(&this.here(), this.now)?;
        self.account.check(&this.account, this.now)?;
        self.place.check(&this.place, this.now)
    }

    pub fn failed(&self, this: &Try) {
        self.account_here.failed(&this.here(), this.now);
        self.account.failed(&this.account, this.now);
        self.place.failed(&this.place, this.now);
    }

    pub fn succeeded(&self, this: &Try) {
        self.account_here.succeeded(&this.here());
        self.account.succeeded(&this.account);
    }

    /// Whether a one-time code may be tried: six digits fall to whoever may guess on.
    ///
    /// # Errors
    /// [`Fault::TooMany`].
    pub fn check_code(&self, login: Uuid, now: DateTime<Utc>) -> Result<(), Fault> {
        self.codes.check(&login.to_string(), now)
    }

    pub fn code_failed(&self, login: Uuid, now: DateTime<Utc>) {
        self.codes.failed(&login.to_string(), now);
    }
}

/// Where a request comes from: the peer, or behind a proxy of ours what the proxy says.
pub struct Address(IpAddr);

impl Address {
    /// As failures are counted: a household or a server owns a whole /64 of IPv6.
    fn place(&self) -> String {
        match self.0.to_canonical() {
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => Ipv6Addr::from_bits(ip.to_bits() >> 64 << 64).to_string(),
        }
    }
}

impl FromRequestParts<App> for Address {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let peer = ConnectInfo::<SocketAddr>::from_request_parts(parts, app).await.map_err(anyhow::Error::from)?;
        // Only the last entry is the proxy's own; those before it are whatever the visitor sent.
        let told = parts.headers.get_all("x-forwarded-for").iter().next_back();
        let told = told.and_then(|v| v.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        Ok(Self(told.filter(|_| app.options.behind_proxy).unwrap_or_else(|| peer.0.ip())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(text: &str) -> Address {
        Address(text.parse().unwrap())
    }

    #[test]
    fn a_network_of_ipv6_is_one_place() {
        assert_eq!(from("2001:db8:1:2:3:4:5:6").place(), from("2001:db8:1:2::1").place());
        assert_ne!(from("2001:db8:1:3::1").place(), from("2001:db8:1:2::1").place());
        assert_eq!(from("::ffff:192.0.2.1").place(), "192.0.2.1");
    }

    #[tokio::test]
    async fn a_stranger_shuts_nobody_out_and_a_crowd_is_counted_one_by_one() {
        let (limits, now) = (Limits::default(), DateTime::from_timestamp(1_700_000_000, 0).unwrap());
        let there = Try::new("a@b.ru", &from("192.0.2.1"), now);
        let mut admitted = 0;
        while let Ok(_permit) = limits.admit(&there).await {
            admitted += 1;
            limits.failed(&there);
        }
        assert_eq!(admitted, 8);
        assert!(limits.admit(&Try::new("A@b.ru ", &from("192.0.2.2"), now)).await.is_ok());
    }
}
