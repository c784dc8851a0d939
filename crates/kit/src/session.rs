//! Accounts and sessions: the small directory that all networks share.
use crate::{
    Fault,
    access::Grant,
    chance::digest,
    db::{Directory, Net, args, row},
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use uuid::Uuid;

/// A browser's session ends after so long without a click…
pub const IDLE: Duration = Duration::hours(12);
/// …and after so long in any case.
pub const LONGEST: Duration = Duration::days(14);
/// A program's token lives so long.
pub const TOKEN: Duration = Duration::days(30);

/// How a session came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A cookie.
    Web,
    /// `Authorization: Bearer …`.
    Token,
}

impl Kind {
    fn code(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Token => "token",
        }
    }
}

/// An account as sign-in sees it.
pub struct Login {
    pub id: Uuid,
    pub network_id: Uuid,
    pub person_id: Uuid,
    pub email: String,
    pub name: String,
    pub password: String,
    pub totp: Option<String>,
    pub totp_step: i64,
    pub disabled: bool,
}
row!(Login { id, network_id, person_id, email, name, password, totp, totp_step, disabled });

/// What a new account needs.
pub struct NewLogin<'a> {
    pub id: Uuid,
    pub network: Uuid,
    pub person: Uuid,
    pub email: &'a str,
    pub name: &'a str,
    /// Already hashed.
    pub password: &'a str,
}

/// A living session with its account.
pub struct Session {
    pub login_id: Uuid,
    pub network_id: Uuid,
    pub person_id: Uuid,
    pub name: String,
    pub email: String,
    pub seen_at: DateTime<Utc>,
}
row!(Session { login_id, network_id, person_id, name, email, seen_at });

/// The account of an address, written in any case.
///
/// # Errors
/// The database's.
pub async fn find_login(directory: &Directory, email: &str) -> Result<Option<Login>, Fault> {
    let sql = "SELECT id, network_id, person_id, email, name, password, totp, totp_step, disabled FROM login WHERE email_key = $1";
    Ok(directory.opt(sql, args![email.trim().to_lowercase()]).await?)
}

/// Adds an account. False when the address is taken.
///
/// # Errors
/// The database's.
pub async fn add_login(directory: &Directory, new: &NewLogin<'_>, now: DateTime<Utc>) -> Result<bool, Fault> {
    let sql = "INSERT INTO login (id, network_id, person_id, email, email_key, name, password, totp, totp_step, disabled, created_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10) ON CONFLICT DO NOTHING";
    let email = new.email.trim();
    let args = args![
        new.id,
        new.network,
        new.person,
        email,
        email.to_lowercase(),
        new.name,
        new.password,
        None::<String>,
        false,
        now
    ];
    Ok(directory.run(sql, args).await? == 1)
}

/// Takes a one-time code's step once: false when it, or a later one, was used before.
///
/// # Errors
/// The database's.
pub async fn use_step(directory: &Directory, login: Uuid, step: i64) -> Result<bool, Fault> {
    Ok(directory.run("UPDATE login SET totp_step = $2 WHERE id = $1 AND totp_step < $2", args![login, step]).await?
        == 1)
}

/// Turns the second factor on (its secret, and the step of the code that proved it: that code is
/// used up) or off, and ends every session of the account but `keep`.
///
/// # Errors
/// The database's.
pub async fn set_totp(
    directory: &Directory,
    login: Uuid,
    factor: Option<(&str, i64)>,
    keep: Option<&str>,
) -> Result<(), Fault> {
    let (secret, step) = factor.map_or((None, 0), |(secret, step)| (Some(secret), step));
    let mut tx = directory.begin().await?;
    tx.run("UPDATE login SET totp = $2, totp_step = $3 WHERE id = $1", args![login, secret, step]).await?;
    let kept = keep.map(digest).unwrap_or_default();
    tx.run("DELETE FROM session WHERE login_id = $1 AND token <> $2", args![login, kept]).await?;
    Ok(tx.commit().await?)
}

/// Puts a new password (hashed) and ends every session of the account but `keep`.
///
/// # Errors
/// The database's.
pub async fn set_password(directory: &Directory, login: Uuid, hashed: &str, keep: Option<&str>) -> Result<(), Fault> {
    let mut tx = directory.begin().await?;
    tx.run("UPDATE login SET password = $2 WHERE id = $1", args![login, hashed]).await?;
    let kept = keep.map(digest).unwrap_or_default();
    tx.run("DELETE FROM session WHERE login_id = $1 AND token <> $2", args![login, kept]).await?;
    Ok(tx.commit().await?)
}

/// Opens a session and gives its secret, which is stored nowhere.
///
/// # Errors
/// The database's.
pub async fn open(directory: &Directory, login: &Login, kind: Kind, now: DateTime<Utc>) -> Result<String, Fault> {
    let secret = crate::chance::secret();
    let ends = now
        + match kind {
            Kind::Web => LONGEST,
            Kind::Token => TOKEN,
        };
    let sql = "INSERT INTO session (token, login_id, network_id, person_id, kind, made_at, seen_at, ends_at)
               VALUES ($1, $2, $3, $4, $5, $6, $6, $7)";
    let args = args![digest(&secret), login.id, login.network_id, login.person_id, kind.code(), now, ends];
    directory.run(sql, args).await?;
    Ok(secret)
}

/// The living session of a secret. A session that has been idle too long is none.
///
/// # Errors
/// The database's.
pub async fn find(
    directory: &Directory,
    secret: &str,
    kind: Kind,
    now: DateTime<Utc>,
) -> Result<Option<Session>, Fault> {
    let sql = "SELECT s.login_id, s.network_id, s.person_id, l.name, l.email, s.seen_at
               FROM session s JOIN login l ON l.id = s.login_id
               WHERE s.token = $1 AND s.kind = $2 AND s.ends_at > $3 AND NOT l.disabled";
    let found: Option<Session> = directory.opt(sql, args![digest(secret), kind.code(), now]).await?;
    Ok(found.filter(|s| kind == Kind::Token || now - s.seen_at < IDLE))
}

/// Notes that the session is alive; callers do it every few minutes at most.
///
/// # Errors
/// The database's.
pub async fn touch(directory: &Directory, secret: &str, now: DateTime<Utc>) -> Result<(), Fault> {
    directory.run("UPDATE session SET seen_at = $2 WHERE token = $1", args![digest(secret), now]).await?;
    Ok(())
}

/// Ends one session.
///
/// # Errors
/// The database's.
pub async fn close(directory: &Directory, secret: &str) -> Result<(), Fault> {
    directory.run("DELETE FROM session WHERE token = $1", args![digest(secret)]).await?;
    Ok(())
}

/// Ends every session of a person: their rights have changed.
///
/// # Errors
/// The database's.
pub async fn close_all(directory: &Directory, network: Uuid, person: Uuid) -> Result<(), Fault> {
    directory.run("DELETE FROM session WHERE network_id = $1 AND person_id = $2", args![network, person]).await?;
    Ok(())
}

/// Forgets sessions of a network that have ended by themselves.
///
/// # Errors
/// The database's.
pub async fn sweep(directory: &Directory, network: Uuid, now: DateTime<Utc>) -> Result<u64, Fault> {
    let sql = "DELETE FROM session WHERE network_id = $1 AND (ends_at < $2 OR (kind = 'web' AND seen_at < $3))";
    Ok(directory.run(sql, args![network, now, now - IDLE]).await?)
}

struct RoleRow {
    role: String,
    organisation_id: Option<Uuid>,
}
row!(RoleRow { role, organisation_id });

/// The roles a person has today.
///
/// # Errors
/// The database's.
pub async fn grants(net: &Net, person: Uuid, today: NaiveDate) -> Result<Vec<Grant>, Fault> {
    let sql = "SELECT role, organisation_id FROM role_grant
               WHERE network_id = $1 AND person_id = $2 AND from_date <= $3 AND (until_date IS NULL OR until_date >= $3)
               ORDER BY role, organisation_id";
    let rows: Vec<RoleRow> = net.all(sql, args![person, today]).await?;
    Ok(rows.into_iter().map(|r| Grant { role: r.role, organisation: r.organisation_id }).collect())
}
