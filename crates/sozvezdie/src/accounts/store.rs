//! The SQL of accounts. Persons and roles are the network's; logins stand in the directory.
use super::model::{Held, Listed};
use crate::people::PersonId;
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    cursor::{COUNTED, Cursor, Slice},
    db::{Directory, Net, NetworkId, Tx, Where, args},
    text::name_key,
};
use std::collections::HashMap;
use uuid::Uuid;

/// One page of the people who have or had a role, by name.
pub async fn list(net: &Net, q: Option<&str>, cursor: Option<&Cursor>, size: i64) -> Result<Slice<Listed>, Fault> {
    let mut w = Where::new();
    w.and_raw("id IN (SELECT person_id FROM role_grant WHERE network_id = $1)");
    w.and_opt("name_key LIKE ?", q.map(|q| format!("%{}%", name_key(q).replace(['\\', '%', '_'], " "))));
    let mut reader = net.reader().await?;
    let count =
        format!("SELECT COUNT(*) FROM (SELECT 1 FROM person WHERE {} LIMIT {}) AS counted", w.sql(), COUNTED + 1);
    let total = reader.scalar(count, w.args.clone()).await?;
    if let Some(cursor) = cursor {
        let (value, id) = (w.arg(cursor.value.as_str()), w.arg(cursor.id));
        w.and_raw(&format!("(name_key, id) > ({value}, {id})"));
    }
    let sql = format!(
        "SELECT name_key, id, last_name, first_name, patronymic, email FROM person WHERE {} ORDER BY name_key, id LIMIT {}",
        w.sql(),
        size + 1
    );
    type Row = (String, PersonId, String, String, Option<String>, Option<String>);
    let mut rows: Vec<Row> = reader.all(sql, w.args).await?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| more).map(|(key, id, ..)| Cursor { value: key.clone(), id: id.0 });
    let items = rows
        .into_iter()
        .map(|(_, id, last, first, patronymic, email)| Listed { id, last, first, patronymic, email })
        .collect();
    Ok(Slice { items, next, total })
}

pub async fn find(net: &Net, id: PersonId) -> Result<Option<Listed>, Fault> {
    let sql = "SELECT id, last_name, first_name, patronymic, email FROM person
               WHERE network_id = $1 AND id = $2 AND id IN (SELECT person_id FROM role_grant WHERE network_id = $1)";
    Ok(net.opt(sql, args![id]).await?)
}

/// The address that somebody comes in with is also the one to write to.
pub async fn put_email(tx: &mut Tx, id: PersonId, email: &str, now: DateTime<Utc>) -> Result<(), Fault> {
    let sql = "UPDATE person SET email = $3, updated_at = $4, version = version + 1 WHERE network_id = $1 AND id = $2";
    tx.run(sql, args![id, email, now]).await?;
    Ok(())
}

/// The roles of these people, the latest first.
pub async fn held(net: &Net, ids: &[PersonId]) -> Result<Vec<Held>, Fault> {
    let mut w = Where::of("g");
    w.and_in("g.person_id", ids.iter().copied());
    let sql = format!(
        "SELECT g.id, g.person_id, g.role, o.short_name, g.from_date, g.until_date FROM role_grant g
         LEFT JOIN organisation o ON o.network_id = $1 AND o.id = g.organisation_id
         WHERE {} ORDER BY g.from_date DESC, g.id",
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}

/// Ends a role the day before `today`, so that it opens nothing from now on. False when it is over already.
pub async fn end_grant(tx: &mut Tx, person: PersonId, grant: Uuid, today: NaiveDate) -> Result<bool, Fault> {
    let yesterday = today.pred_opt().unwrap_or(today);
    let sql = "UPDATE role_grant SET until_date = $4
               WHERE network_id = $1 AND person_id = $2 AND id = $3 AND (until_date IS NULL OR until_date >= $5)";
    Ok(tx.run(sql, args![person, grant, yesterday, today]).await? == 1)
}

/// Whether each of these people can sign in; those without an account are left out.
pub async fn logins(directory: &Directory, network: NetworkId, ids: &[PersonId]) -> Result<HashMap<Uuid, bool>, Fault> {
    let mut w = Where::directory();
    w.and("network_id = ?", network).and_in("person_id", ids.iter().copied());
    let rows: Vec<(Uuid, bool)> =
        directory.all(format!("SELECT person_id, NOT disabled FROM login WHERE {}", w.sql()), w.args).await?;
    Ok(rows.into_iter().collect())
}

/// The id of a person's account.
pub async fn login(directory: &Directory, network: NetworkId, person: PersonId) -> Result<Option<Uuid>, Fault> {
    let sql = "SELECT id FROM login WHERE network_id = $1 AND person_id = $2";
    Ok(directory.opt::<(Uuid,)>(sql, args![network, person]).await?.map(|(id,)| id))
}

/// Takes back an account that nobody has come in with.
pub async fn drop_login(directory: &Directory, id: Uuid) -> Result<(), Fault> {
    directory.run("DELETE FROM login WHERE id = $1", args![id]).await?;
    Ok(())
}

/// Whether a person's account asks for a second factor.
pub async fn has_factor(directory: &Directory, network: NetworkId, person: PersonId) -> Result<bool, Fault> {
    let sql = "SELECT 1 FROM login WHERE network_id = $1 AND person_id = $2 AND totp IS NOT NULL";
    Ok(directory.opt::<(i64,)>(sql, args![network, person]).await?.is_some())
}

/// Opens or closes the account.
pub async fn set_disabled(
    directory: &Directory,
    network: NetworkId,
    person: PersonId,
    disabled: bool,
) -> Result<bool, Fault> {
    let sql = "UPDATE login SET disabled = $3 WHERE network_id = $1 AND person_id = $2";
    Ok(directory.run(sql, args![network, person, disabled]).await? > 0)
}
