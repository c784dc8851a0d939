//! The SQL of choices and letters.
use super::super::model::{Choice, Kind};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    chance::digest,
    db::{Directory, Net, NetworkId, Tx, Val, Where, args, row},
};
use std::collections::HashMap;
use uuid::Uuid;

/// What a person has chosen; kinds without a row go their usual way.
pub async fn choices(net: &Net, person: Uuid) -> Result<Vec<Choice>, Fault> {
    Ok(net.all(CHOICES, args![person]).await?)
}

const CHOICES: &str = "SELECT kind, in_app, by_mail FROM notification_choice WHERE network_id = $1 AND person_id = $2";

/// Keeps what a person chooses, all kinds at once.
pub async fn choose(tx: &mut Tx, person: Uuid, choices: &[Choice]) -> Result<(), Fault> {
    tx.run("DELETE FROM notification_choice WHERE network_id = $1 AND person_id = $2", args![person]).await?;
    let rows: Vec<Vec<Val>> = choices.iter().map(|c| args![person, c.kind, c.in_app, c.by_mail]).collect();
    Ok(tx.insert("notification_choice (network_id, person_id, kind, in_app, by_mail)", rows).await?)
}

/// Whether the person wants letters: until they say no, they do.
pub async fn wants(net: &Net, person: Uuid) -> Result<bool, Fault> {
    let sql = "SELECT wanted FROM notification_letters WHERE network_id = $1 AND person_id = $2";
    Ok(net.opt::<(bool,)>(sql, args![person]).await?.is_none_or(|(wanted,)| wanted))
}

pub async fn want(tx: &mut Tx, person: Uuid, wanted: bool) -> Result<(), Fault> {
    let sql = "INSERT INTO notification_letters (network_id, person_id, wanted) VALUES ($1, $2, $3)
               ON CONFLICT (network_id, person_id) DO UPDATE SET wanted = excluded.wanted";
    tx.run(sql, args![person, wanted]).await?;
    Ok(())
}

/// Who has anything that no letter spoke of, and was not looked at today.
pub async fn waiting(net: &Net, since: DateTime<Utc>, today: NaiveDate) -> Result<Vec<Uuid>, Fault> {
    let sql = "SELECT DISTINCT n.person_id FROM notification n
               WHERE n.network_id = $1 AND n.mailed_at IS NULL AND n.read_at IS NULL AND n.settled_at IS NULL AND n.at > $2
                 AND NOT EXISTS (SELECT 1 FROM notification_letters l WHERE l.network_id = $1 AND l.person_id = n.person_id
                                   AND (NOT l.wanted OR l.looked_on >= $3))
               ORDER BY n.person_id";
    let rows: Vec<(Uuid,)> = net.all(sql, args![since, today]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The addresses of these people, of those whose sign-in is open.
pub async fn addresses(
    directory: &Directory,
    network: NetworkId,
    people: &[Uuid],
) -> Result<HashMap<Uuid, String>, Fault> {
    let mut found = HashMap::new();
    for some in people.chunks(500) {
        let mut w = Where::directory();
        w.and("network_id = ?", network).and_in("person_id", some.iter().copied()).and_raw("NOT disabled");
        let sql = format!("SELECT person_id, email FROM login WHERE {}", w.sql());
        found.extend(directory.all::<(Uuid, String)>(sql, w.args).await?);
    }
    Ok(found)
}

/// Takes the person's turn of this day. False when it was taken, or they want no letters.
pub async fn take_turn(tx: &mut Tx, person: Uuid, today: NaiveDate) -> Result<bool, Fault> {
    let sql = "INSERT INTO notification_letters (network_id, person_id, wanted, looked_on) VALUES ($1, $2, $3, $4)
               ON CONFLICT (network_id, person_id) DO UPDATE SET looked_on = excluded.looked_on
               WHERE notification_letters.wanted AND (notification_letters.looked_on IS NULL OR notification_letters.looked_on < excluded.looked_on)";
    Ok(tx.run(sql, args![person, true, today]).await? == 1)
}

/// What is to be written of: a kind, and how many lines of it.
pub struct Lines {
    pub kind: Kind,
    pub count: i64,
}
row!(Lines { kind, count });

/// Takes what no letter spoke of and the person wants to read in one; it is not written of again.
pub async fn take(tx: &mut Tx, person: Uuid, since: DateTime<Utc>, now: DateTime<Utc>) -> Result<Vec<Lines>, Fault> {
    let chosen: Vec<Choice> = tx.all(CHOICES, args![person]).await?;
    let is_wanted =
        |kind: Kind| chosen.iter().find(|c| c.kind == kind).copied().unwrap_or_else(|| Choice::usual(kind)).by_mail;
    let mut w = Where::new();
    w.and("person_id = ?", person).and("at > ?", since).and("at <= ?", now);
    w.and_raw("mailed_at IS NULL AND read_at IS NULL AND settled_at IS NULL");
    w.and_in("kind", Kind::ALL.iter().copied().filter(|kind| is_wanted(*kind)));
    let sql = format!("SELECT kind, COUNT(DISTINCT bunch) FROM notification WHERE {} GROUP BY kind", w.sql());
    let mut lines: Vec<Lines> = tx.all(sql, w.args.clone()).await?;
    lines.sort_by_key(|l| Kind::ALL.iter().position(|kind| *kind == l.kind));
    let at = w.arg(now);
    tx.run(format!("UPDATE notification SET mailed_at = {at} WHERE {}", w.sql()), w.args).await?;
    Ok(lines)
}

/// Keeps what a letter's secret leads to.
pub async fn put_key(tx: &mut Tx, secret: &str, person: Uuid, now: DateTime<Utc>) -> Result<(), Fault> {
    let sql = "INSERT INTO letter_key (network_id, digest, person_id, made_at) VALUES ($1, $2, $3, $4)";
    tx.run(sql, args![digest(secret), person, now]).await?;
    Ok(())
}

/// Whose letters a secret stops.
pub async fn key(directory: &Directory, secret: &str) -> Result<Option<(Uuid, Uuid)>, Fault> {
    let sql = "SELECT network_id, person_id FROM letter_key WHERE digest = $1";
    Ok(directory.opt(sql, args![digest(secret)]).await?)
}

/// Forgets secrets of letters that nobody opens any more.
pub async fn sweep(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), Fault> {
    tx.run("DELETE FROM letter_key WHERE network_id = $1 AND made_at < $2", args![before]).await?;
    Ok(())
}
