//! The SQL of calendar feeds.
use super::{Feed, FeedId};
use chrono::{DateTime, Utc};
use kit::{
    Fault,
    chance::digest,
    db::{Directory, Net, Tx, args, row},
};
use uuid::Uuid;

/// False when the person has so many already.
pub async fn insert(tx: &mut Tx, feed: &Feed, person: Uuid, most: i64) -> Result<bool, Fault> {
    let living = "SELECT COUNT(*) FROM calendar_feed WHERE network_id = $1 AND person_id = $2 AND revoked_at IS NULL";
    if tx.one::<(i64,)>(living, args![person]).await?.0 >= most {
        return Ok(false);
    }
    let sql = "INSERT INTO calendar_feed (network_id, id, person_id, scope, created_at) VALUES ($1, $2, $3, $4, $5)";
    tx.run(sql, args![feed.id, person, feed.scope, feed.created_at]).await?;
    Ok(true)
}

/// Whether this is a living feed of the person.
pub async fn is_own(tx: &mut Tx, id: FeedId, person: Uuid) -> Result<bool, Fault> {
    let sql = "SELECT 1 FROM calendar_feed WHERE network_id = $1 AND id = $2 AND person_id = $3 AND revoked_at IS NULL";
    Ok(tx.opt::<(i64,)>(sql, args![id, person]).await?.is_some())
}

/// The person's living feeds, the oldest first.
pub async fn of(net: &Net, person: Uuid) -> Result<Vec<Feed>, Fault> {
    let sql = "SELECT id, scope, created_at FROM calendar_feed
               WHERE network_id = $1 AND person_id = $2 AND revoked_at IS NULL ORDER BY id";
    Ok(net.all(sql, args![person]).await?)
}

pub async fn find(net: &Net, id: FeedId) -> Result<Option<Feed>, Fault> {
    let sql =
        "SELECT id, scope, created_at FROM calendar_feed WHERE network_id = $1 AND id = $2 AND revoked_at IS NULL";
    Ok(net.opt(sql, args![id]).await?)
}

/// False when the person has no such feed.
pub async fn revoke(tx: &mut Tx, id: FeedId, person: Uuid, now: DateTime<Utc>) -> Result<bool, Fault> {
    let sql = "UPDATE calendar_feed SET revoked_at = $4 WHERE network_id = $1 AND id = $2 AND person_id = $3 AND revoked_at IS NULL";
    Ok(tx.run(sql, args![id, person, now]).await? == 1)
}

/// Where a secret leads.
pub struct Key {
    pub network: Uuid,
    pub feed: FeedId,
    pub login: Uuid,
    pub person: Uuid,
}
row!(Key { network, feed, login, person });

/// What a secret opens; of an account that is closed, nothing.
pub async fn key(directory: &Directory, secret: &str) -> Result<Option<Key>, Fault> {
    let sql = "SELECT k.network_id, k.feed_id, k.login_id, l.person_id FROM calendar_feed_key k JOIN login l ON l.id = k.login_id
               WHERE k.digest = $1 AND NOT l.disabled";
    Ok(directory.opt(sql, args![digest(secret)]).await?)
}

/// Keeps where a secret leads, with its feed or not at all.
pub async fn put_key(tx: &mut Tx, secret: &str, feed: FeedId, login: Uuid) -> Result<(), Fault> {
    let sql = "INSERT INTO calendar_feed_key (network_id, digest, feed_id, login_id) VALUES ($1, $2, $3, $4)";
    tx.run(sql, args![digest(secret), feed, login]).await?;
    Ok(())
}

/// The secret opens nothing any more.
pub async fn drop_key(tx: &mut Tx, feed: FeedId) -> Result<(), Fault> {
    tx.run("DELETE FROM calendar_feed_key WHERE network_id = $1 AND feed_id = $2", args![feed]).await?;
    Ok(())
}
