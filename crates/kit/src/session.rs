//! Accounts and sessions: the small directory that all networks share.
use crate::{
    Fault,
    access::Grant,
    chance::digest,
    db::{Directory, DirectoryTx, Net, args, row},
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
    /// An issued password opens until then, and must be changed; `None`: the person's own.
    pub password_until: Option<DateTime<Utc>>,
    /// By then the second factor must be set up, where it is obligatory.
    pub factor_due: Option<DateTime<Utc>>,
}
row!(Login { id, network_id, person_id, email, name, password, totp, totp_step, disabled, password_until, factor_due });

/// What a new account needs.
pub struct NewLogin<'a> {
    pub id: Uuid,
    pub network: Uuid,
    pub person: Uuid,
    pub email: &'a str,
    pub name: &'a str,
    /// Already hashed.
    pub password: &'a str,
    /// Somebody else chose the password: until when it opens.
    pub password_until: Option<DateTime<Utc>>,
}

/// What a person is told of where a session was opened. No more is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whence {
    /// «Firefox, Windows», as far as the browser says.
    pub device: Option<String>,
    pub place: Option<String>,
}

/// A session as its owner sees it.
#[derive(Clone, Debug)]
pub struct Opened {
    pub token: Vec<u8>,
    pub kind: String,
    pub made_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub device: Option<String>,
    pub place: Option<String>,
}
row!(Opened { token, kind, made_at, seen_at, ends_at, device, place });

impl Opened {
    /// What a page calls the session. It opens nothing: it is a digest of what is stored.
    pub fn name(&self) -> String {
        name_of(&self.token)
    }

    pub fn is_token(&self) -> bool {
        self.kind == Kind::Token.code()
    }
}

fn name_of(stored: &[u8]) -> String {
    hex::encode(digest(&format!("session:{}", hex::encode(stored))).get(..12).unwrap_or_default())
}

/// What a page calls the session of this secret.
pub fn name(secret: &str) -> String {
    name_of(&digest(secret))
}

/// A living session with its account.
pub struct Session {
    pub login_id: Uuid,
    pub network_id: Uuid,
    pub person_id: Uuid,
    pub name: String,
    pub email: String,
    pub seen_at: DateTime<Utc>,
    /// The password is one that somebody else issued.
    pub must_change_password: bool,
    /// By then a second factor must be set up; `None` when it is, or none is asked for.
    pub factor_due: Option<DateTime<Utc>>,
}
row!(Session { login_id, network_id, person_id, name, email, seen_at, must_change_password, factor_due });

/// The account of an address, written in any case.
///
/// # Errors
/// The database's.
pub async fn find_login(directory: &Directory, email: &str) -> Result<Option<Login>, Fault> {
    let sql =
        "SELECT id, network_id, person_id, email, name, password, totp, totp_step, disabled, password_until, factor_due
               FROM login WHERE email_key = $1";
    Ok(directory.opt(sql, args![email.trim().to_lowercase()]).await?)
}

/// Adds an account. False when the address is taken.
///
/// # Errors
/// The database's.
pub async fn add_login(directory: &Directory, new: &NewLogin<'_>, now: DateTime<Utc>) -> Result<bool, Fault> {
    let sql = "INSERT INTO login (id, network_id, person_id, email, email_key, name, password, totp, totp_step, disabled, created_at, password_until)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $11) ON CONFLICT DO NOTHING";
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
        now,
        new.password_until
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
/// used up) or off, with its recovery codes, and ends every session of the account.
///
/// # Errors
/// The database's.
pub async fn set_totp(
    directory: &Directory,
    login: Uuid,
    factor: Option<(&str, i64)>,
    recovery: &[String],
) -> Result<(), Fault> {
    let (secret, step) = factor.map_or((None, 0), |(secret, step)| (Some(secret), step));
    let mut tx = directory.begin().await?;
    tx.run("UPDATE login SET totp = $2, totp_step = $3 WHERE id = $1", args![login, secret, step]).await?;
    put_recovery(&mut tx, login, recovery).await?;
    tx.run("DELETE FROM session WHERE login_id = $1", args![login]).await?;
    Ok(tx.commit().await?)
}

async fn put_recovery(tx: &mut DirectoryTx, login: Uuid, codes: &[String]) -> Result<(), Fault> {
    tx.run("DELETE FROM recovery_code WHERE login_id = $1", args![login]).await?;
    for code in codes {
        let digest = digest(&crate::second_factor::bare(code));
        tx.run("INSERT INTO recovery_code (login_id, digest) VALUES ($1, $2)", args![login, digest]).await?;
    }
    Ok(())
}

/// Puts new recovery codes; the old ones open nothing any more.
///
/// # Errors
/// The database's.
pub async fn set_recovery(directory: &Directory, login: Uuid, codes: &[String]) -> Result<(), Fault> {
    let mut tx = directory.begin().await?;
    put_recovery(&mut tx, login, codes).await?;
    Ok(tx.commit().await?)
}

/// Takes a recovery code, once.
///
/// # Errors
/// The database's.
pub async fn use_recovery(directory: &Directory, login: Uuid, code: &str) -> Result<bool, Fault> {
    let digest = digest(&crate::second_factor::bare(code));
    let sql = "DELETE FROM recovery_code WHERE login_id = $1 AND digest = $2";
    Ok(directory.run(sql, args![login, digest]).await? == 1)
}

/// How many recovery codes are left.
///
/// # Errors
/// The database's.
pub async fn recovery_left(directory: &Directory, login: Uuid) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) FROM recovery_code WHERE login_id = $1";
    Ok(directory.opt::<(i64,)>(sql, args![login]).await?.map_or(0, |(left,)| left))
}

/// Begins the grace in which the second factor is to be set up. A second beginning changes nothing.
///
/// # Errors
/// The database's.
pub async fn begin_grace(directory: &Directory, login: Uuid, due: DateTime<Utc>) -> Result<(), Fault> {
    let sql = "UPDATE login SET factor_due = $2 WHERE id = $1 AND factor_due IS NULL";
    directory.run(sql, args![login, due]).await?;
    Ok(())
}

/// Puts a new password (hashed), with the end of an issued one, and ends every session of the account.
///
/// # Errors
/// The database's.
pub async fn set_password(
    directory: &Directory,
    login: Uuid,
    hashed: &str,
    until: Option<DateTime<Utc>>,
) -> Result<(), Fault> {
    let mut tx = directory.begin().await?;
    let sql = "UPDATE login SET password = $2, password_until = $3 WHERE id = $1";
    tx.run(sql, args![login, hashed, until]).await?;
    tx.run("DELETE FROM session WHERE login_id = $1", args![login]).await?;
    Ok(tx.commit().await?)
}

/// Opens a session and gives its secret, which is stored nowhere.
///
/// # Errors
/// The database's.
pub async fn open(
    directory: &Directory,
    login: &Login,
    kind: Kind,
    whence: &Whence,
    now: DateTime<Utc>,
) -> Result<String, Fault> {
    let secret = crate::chance::secret();
    let ends = now
        + match kind {
            Kind::Web => LONGEST,
            Kind::Token => TOKEN,
        };
    let sql =
        "INSERT INTO session (token, login_id, network_id, person_id, kind, made_at, seen_at, ends_at, device, place)
               VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9)";
    let (device, place) = (&whence.device, &whence.place);
    let args =
        args![digest(&secret), login.id, login.network_id, login.person_id, kind.code(), now, ends, device, place];
    directory.run(sql, args).await?;
    Ok(secret)
}

/// The living sessions of a person, the latest first.
///
/// # Errors
/// The database's.
pub async fn opened(
    directory: &Directory,
    network: Uuid,
    person: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<Opened>, Fault> {
    let sql = "SELECT token, kind, made_at, seen_at, ends_at, device, place FROM session
               WHERE network_id = $1 AND person_id = $2 AND ends_at > $3 AND (kind = 'token' OR seen_at > $4)
               ORDER BY seen_at DESC, token";
    Ok(directory.all(sql, args![network, person, now, now - IDLE]).await?)
}

/// Ends the sessions of a person that are called so.
///
/// # Errors
/// The database's.
pub async fn close_named(
    directory: &Directory,
    network: Uuid,
    person: Uuid,
    is_meant: impl Fn(&str) -> bool,
) -> Result<(), Fault> {
    let sql = "SELECT token FROM session WHERE network_id = $1 AND person_id = $2";
    let all: Vec<(Vec<u8>,)> = directory.all(sql, args![network, person]).await?;
    let meant: Vec<Vec<u8>> = all.into_iter().map(|(token,)| token).filter(|t| is_meant(&name_of(t))).collect();
    for token in meant {
        directory.run("DELETE FROM session WHERE token = $1", args![token]).await?;
    }
    Ok(())
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
    let sql = "SELECT s.login_id, s.network_id, s.person_id, l.name, l.email, s.seen_at, l.password_until IS NOT NULL,
                 CASE WHEN l.totp IS NULL THEN l.factor_due END
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
