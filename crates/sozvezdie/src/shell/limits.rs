//! What holds back guessing, without locking a school or a person out.
//!
//! Only failures count. A person's wrong passwords count per account and place, so that nobody
//! can shut another out from afar; a place counts for itself, and an account over all places, at
//! numbers that a forgetful staff room does not reach.
use crate::app::App;
use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{Uri, header, request::Parts},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use chrono::{DateTime, Duration, Utc};
use kit::{Fault, Visit, limits::Failures, session::Whence};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use tokio::sync::{Semaphore, SemaphorePermit};
use uuid::Uuid;

pub struct Limits {
    account_here: Failures,
    account: Failures,
    place: Failures,
    codes: Failures,
    exports_of_account: Failures,
    exports_of_place: Failures,
    searches_of_account: Failures,
    searches_of_place: Failures,
    /// Calls of the API by the signed-in that are on their way.
    pub calls: Semaphore,
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
            exports_of_account: Failures::new(EXPORTS, window),
            exports_of_place: Failures::new(5 * EXPORTS, window),
            searches_of_account: Failures::new(10 * EXPORTS, window),
            searches_of_place: Failures::new(20 * EXPORTS, window),
            calls: Semaphore::new(CALLS),
            hashing: Semaphore::new(2),
        }
    }
}

/// Exports of one account in five minutes; a place of guests, which may be a school, has five times as many.
pub const EXPORTS: u32 = 60;
/// Calls of the API by the signed-in at once. Who comes then is told to come again in a moment.
pub const CALLS: usize = 512;

/// What is dear although nothing is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dear {
    Export,
    Search,
}

impl Dear {
    fn of(uri: &Uri) -> Option<Self> {
        let path = uri.path();
        if [".xlsx", ".csv", ".pdf", ".docx"].iter().any(|end| path.ends_with(end)) {
            return Some(Self::Export);
        }
        let asks = uri.query().is_some_and(|q| q.split('&').any(|pair| pair.len() > 2 && pair.starts_with("q=")));
        asks.then_some(Self::Search)
    }
}

/// Holds back what would take the machine from everybody else: exports and searches counted per
/// account, those of guests per place, and calls of the API beyond what can be done at once.
pub async fn restrain(State(app): State<App>, from: Address, request: Request, next: Next) -> Response {
    let Some(visit) = Visit::of(&request).cloned() else { return next.run(request).await };
    if let Some(dear) = Dear::of(request.uri())
        && let Err(fault) = app.limits.afford(dear, visit.viewer.login, &from, visit.now)
    {
        return fault.into_response();
    }
    let _permit = if visit.api && !visit.viewer.is_guest() {
        match app.limits.calls.try_acquire() {
            Ok(permit) => Some(permit),
            Err(_) => return Fault::Busy.into_response(),
        }
    } else {
        None
    };
    next.run(request).await
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

    fn afford(&self, dear: Dear, login: Option<Uuid>, from: &Address, now: DateTime<Utc>) -> Result<(), Fault> {
        match (dear, login) {
            (Dear::Export, Some(login)) => self.exports_of_account.spend(&login.to_string(), now),
            (Dear::Export, None) => self.exports_of_place.spend(&from.place(), now),
            (Dear::Search, Some(login)) => self.searches_of_account.spend(&login.to_string(), now),
            (Dear::Search, None) => self.searches_of_place.spend(&from.place(), now),
        }
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
#[derive(Clone, Debug)]
pub struct Address {
    ip: IpAddr,
    device: Option<String>,
}

impl Address {
    /// What the account's page says of a session.
    pub fn whence(&self) -> Whence {
        Whence { device: self.device.clone(), place: Some(self.ip.to_canonical().to_string()) }
    }

    /// As failures are counted: a household or a server owns a whole /64 of IPv6.
    fn place(&self) -> String {
        match self.ip.to_canonical() {
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
        let ip = told.filter(|_| app.options.behind_proxy).unwrap_or_else(|| peer.0.ip());
        let device = parts.headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).and_then(device);
        Ok(Self { ip, device })
    }
}

/// A browser and its system in words: «Firefox, Windows». What nobody knows is left out.
fn device(agent: &str) -> Option<String> {
    // The first that fits: most browsers also call themselves Chrome and Safari.
    const BROWSERS: [(&str, &str); 9] = [
        ("YaBrowser", "Яндекс Браузер"),
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrom", "Chrome"),
        ("Safari", "Safari"),
        ("curl", "curl"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let known =
        |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    let parts: Vec<&str> = [known(&BROWSERS), known(&SYSTEMS)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(text: &str) -> Address {
        Address { ip: text.parse().unwrap(), device: None }
    }

    #[test]
    fn a_network_of_ipv6_is_one_place() {
        assert_eq!(from("2001:db8:1:2:3:4:5:6").place(), from("2001:db8:1:2::1").place());
        assert_ne!(from("2001:db8:1:3::1").place(), from("2001:db8:1:2::1").place());
        assert_eq!(from("::ffff:192.0.2.1").place(), "192.0.2.1");
    }

    #[test]
    fn a_browser_is_named_as_its_owner_calls_it() {
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36";
        assert_eq!(device(windows).as_deref(), Some("Chrome, Windows"));
        assert_eq!(device(&format!("{windows} Edg/130.0")).as_deref(), Some("Edge, Windows"));
        assert_eq!(
            device("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0").as_deref(),
            Some("Firefox, Linux")
        );
        assert_eq!(device("<script>"), None);
    }

    #[test]
    fn a_school_behind_one_address_searches_on_and_one_who_takes_all_waits() {
        let (limits, now) = (Limits::default(), DateTime::from_timestamp(1_700_000_000, 0).unwrap());
        let school = from("192.0.2.1");
        let (teacher, other) = (Some(Uuid::from_u128(1)), Some(Uuid::from_u128(2)));
        let spent =
            |dear, who, from: &Address| (0..5_000).take_while(|_| limits.afford(dear, who, from, now).is_ok()).count();
        assert_eq!(spent(Dear::Export, teacher, &school), 60);
        assert_eq!(spent(Dear::Search, teacher, &school), 600);
        assert_eq!(spent(Dear::Export, other, &school), 60, "a colleague at the same address has their own");
        assert_eq!(spent(Dear::Export, None, &school), 300);
        assert_eq!(spent(Dear::Search, None, &school), 1200);
        assert_eq!(spent(Dear::Export, None, &from("192.0.2.2")), 300);
        assert!(limits.afford(Dear::Export, teacher, &school, now + Duration::minutes(5)).is_ok());
        let dear = |text: &str| Dear::of(&text.parse().unwrap());
        assert_eq!(dear("/organisations/export.xlsx?q=a"), Some(Dear::Export));
        assert_eq!(
            (dear("/search?q=a"), dear("/api/v1/resources?kind=x&q=a")),
            (Some(Dear::Search), Some(Dear::Search))
        );
        assert_eq!(
            (dear("/search?q="), dear("/organisations?page=2"), dear("/api/v1/openapi.json")),
            (None, None, None)
        );
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
