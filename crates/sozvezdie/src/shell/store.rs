//! The SQL of the shell: drafts of forms and saved views of lists.
use super::views::View;
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    db::{Net, Tx, args, row},
};
use uuid::Uuid;

/// So many drafts of a person are kept, the latest…
const DRAFTS: i64 = 50;
/// …as far as they have so many bytes together.
const DRAFT_BYTES: i64 = 512 * 1024;

/// So many views of one list a person keeps: more are no tabs any more.
pub const VIEWS: i64 = 20;

/// Keeps what stands in a form; what stood there before goes, and so do the oldest drafts of the
/// person when there are too many of them.
pub async fn put_draft(tx: &mut Tx, person: Uuid, form: &str, body: &str, now: DateTime<Utc>) -> Result<(), Fault> {
    let sql = "INSERT INTO draft (network_id, person_id, form, body, saved_at) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (network_id, person_id, form) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at";
    tx.run(sql, args![person, form, body, now]).await?;
    // The body is written as an address is: a letter is a byte.
    let sql = "DELETE FROM draft WHERE network_id = $1 AND person_id = $2 AND form IN (
                 SELECT form FROM (
                   SELECT form, ROW_NUMBER() OVER latest AS place, SUM(LENGTH(body)) OVER latest AS bytes
                   FROM draft WHERE network_id = $1 AND person_id = $2
                   WINDOW latest AS (ORDER BY CASE WHEN form = $3 THEN 0 ELSE 1 END, saved_at DESC, form)) AS ranked
                 WHERE place > $4 OR bytes > $5)";
    tx.run(sql, args![person, form, DRAFTS, DRAFT_BYTES]).await?;
    Ok(())
}

pub async fn draft(net: &Net, person: Uuid, form: &str) -> Result<Option<String>, Fault> {
    let sql = "SELECT body FROM draft WHERE network_id = $1 AND person_id = $2 AND form = $3";
    let found: Option<(String,)> = net.opt(sql, args![person, form]).await?;
    Ok(found.map(|(body,)| body))
}

/// Drops one draft of a person, or (`form` is none) all of them.
pub async fn drop_drafts(tx: &mut Tx, person: Uuid, form: Option<&str>) -> Result<(), Fault> {
    let sql = "DELETE FROM draft WHERE network_id = $1 AND person_id = $2 AND ($3 IS NULL OR form = $3)";
    tx.run(sql, args![person, form]).await?;
    Ok(())
}

pub async fn views(net: &Net, person: Uuid, list: &str) -> Result<Vec<View>, Fault> {
    let sql = "SELECT id, name, query FROM saved_view WHERE network_id = $1 AND person_id = $2 AND list = $3 ORDER BY name, id";
    Ok(net.all(sql, args![person, list]).await?)
}

/// Keeps a view. The same name again takes the new filter; false when there is no room for a new one.
pub async fn put_view(tx: &mut Tx, id: Uuid, person: Uuid, list: &str, name: &str, query: &str) -> Result<bool, Fault> {
    let others =
        "SELECT COUNT(*) FROM saved_view WHERE network_id = $1 AND person_id = $2 AND list = $3 AND name <> $4";
    if tx.one::<(i64,)>(others, args![person, list, name]).await?.0 >= VIEWS {
        return Ok(false);
    }
    let sql = "INSERT INTO saved_view (network_id, id, person_id, list, name, query) VALUES ($1, $2, $3, $4, $5, $6)
               ON CONFLICT (network_id, person_id, list, name) DO UPDATE SET query = excluded.query";
    tx.run(sql, args![id, person, list, name, query]).await?;
    Ok(true)
}

/// Drops a view of this person and names its list; `None` when there is none.
pub async fn drop_view(tx: &mut Tx, id: Uuid, person: Uuid) -> Result<Option<String>, Fault> {
    let sql = "SELECT list FROM saved_view WHERE network_id = $1 AND id = $2 AND person_id = $3";
    let found: Option<(String,)> = tx.opt(sql, args![id, person]).await?;
    tx.run("DELETE FROM saved_view WHERE network_id = $1 AND id = $2 AND person_id = $3", args![id, person]).await?;
    Ok(found.map(|(list,)| list))
}

/// Drops everybody's drafts of one form.
pub async fn drop_drafts_of_form(tx: &mut Tx, form: &str) -> Result<(), Fault> {
    tx.run("DELETE FROM draft WHERE network_id = $1 AND form = $2", args![form]).await?;
    Ok(())
}

/// Who makes a file: the name, and the post with the most hours on that day.
pub struct Maker {
    pub last: String,
    pub first: String,
    pub patronymic: Option<String>,
    pub post: Option<String>,
    pub organisation: Option<String>,
}
row!(Maker { last, first, patronymic, post, organisation });

pub async fn maker(net: &Net, person: Uuid, on: NaiveDate) -> Result<Option<Maker>, Fault> {
    let sql = "SELECT p.last_name, p.first_name, p.patronymic, s.post, o.short_name FROM person p
               LEFT JOIN staff_position s ON s.network_id = p.network_id AND s.person_id = p.id
                 AND s.from_date <= $3 AND (s.until_date IS NULL OR s.until_date >= $3)
               LEFT JOIN organisation o ON o.network_id = s.network_id AND o.id = s.organisation_id
               WHERE p.network_id = $1 AND p.id = $2 ORDER BY s.rate DESC, s.id LIMIT 1";
    Ok(net.opt(sql, args![person, on]).await?)
}
