//! The SQL of people.
use super::model::{NetworkDraft, PersonDraft, PersonId, PersonName};
use crate::roles::Role;
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    db::{Directory, Net, NetworkId, Tx, Where, args},
    text::name_key,
};
use std::collections::HashMap;
use uuid::Uuid;

/// Every network of this database.
///
/// # Errors
/// The database's.
pub async fn networks(directory: &Directory) -> Result<Vec<NetworkId>, Fault> {
    let rows: Vec<(NetworkId,)> = directory.all("SELECT id FROM network ORDER BY created_at, id", args![]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

pub async fn insert_network(
    directory: &Directory,
    id: NetworkId,
    n: &NetworkDraft,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO network (id, name, territory, founder, area_code, is_demo, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    directory.run(sql, args![id, &n.name, &n.territory, &n.founder, &n.area_code, n.is_demo, now]).await?;
    Ok(())
}

pub async fn insert(tx: &mut Tx, id: PersonId, draft: &PersonDraft, now: DateTime<Utc>) -> Result<(), Fault> {
    let sql = "INSERT INTO person (network_id, id, last_name, first_name, patronymic, name_key, email, phone, created_at, updated_at, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 1)";
    let name = &draft.name;
    let args =
        args![id, &name.last, &name.first, &name.patronymic, name_key(&name.full()), &draft.email, &draft.phone, now];
    tx.run(sql, args).await?;
    Ok(())
}

pub async fn insert_grant(
    tx: &mut Tx,
    id: Uuid,
    person: PersonId,
    role: Role,
    organisation: Option<Uuid>,
    from: NaiveDate,
) -> Result<(), Fault> {
    let sql = "INSERT INTO role_grant (network_id, id, person_id, role, organisation_id, from_date) VALUES ($1, $2, $3, $4, $5, $6)";
    tx.run(sql, args![id, person, role, organisation, from]).await?;
    Ok(())
}

/// «И. О. Фамилия» of these people, for lines that say who did what.
///
/// # Errors
/// The database's.
pub async fn names(net: &Net, ids: &[Uuid]) -> Result<HashMap<Uuid, String>, Fault> {
    let mut wanted = ids.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let places: Vec<String> = (0..wanted.len()).map(|i| format!("${}", i + 2)).collect();
    let sql = format!(
        "SELECT id, last_name, first_name, patronymic FROM person WHERE network_id = $1 AND id IN ({})",
        places.join(", ")
    );
    let rows: Vec<(Uuid, String, String, Option<String>)> =
        net.all(sql, wanted.into_iter().map(Into::into).collect()).await?;
    Ok(rows
        .into_iter()
        .map(|(id, last, first, patronymic)| (id, super::PersonName { last, first, patronymic }.short()))
        .collect())
}

/// Whether anybody holds or held a role in an organisation.
///
/// # Errors
/// The database's.
pub async fn is_granted_in(tx: &mut Tx, organisation: Uuid) -> Result<bool, Fault> {
    let sql = "SELECT 1 FROM role_grant WHERE network_id = $1 AND organisation_id = $2 LIMIT 1";
    Ok(tx.opt::<(i64,)>(sql, args![organisation]).await?.is_some())
}

const NAME: &str = "SELECT last_name, first_name, patronymic FROM person WHERE network_id = $1 AND id = $2";

/// A person's name in its parts.
///
/// # Errors
/// The database's.
pub async fn find_name(net: &Net, id: PersonId) -> Result<Option<PersonName>, Fault> {
    Ok(net.opt(NAME, args![id]).await?)
}

/// The same inside a transaction.
///
/// # Errors
/// The database's.
pub async fn name_in(tx: &mut Tx, id: PersonId) -> Result<Option<PersonName>, Fault> {
    Ok(tx.opt(NAME, args![id]).await?)
}

/// The names of these people in their parts.
///
/// # Errors
/// The database's.
pub async fn names_in(tx: &mut Tx, ids: &[PersonId]) -> Result<HashMap<PersonId, PersonName>, Fault> {
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let mut w = Where::new();
        w.and_in("id", chunk.iter().copied());
        let sql = format!("SELECT id, last_name, first_name, patronymic FROM person WHERE {}", w.sql());
        let rows: Vec<(PersonId, String, String, Option<String>)> = tx.all(sql, w.args).await?;
        found
            .extend(rows.into_iter().map(|(id, last, first, patronymic)| (id, PersonName { last, first, patronymic })));
    }
    Ok(found)
}

/// Gives a person another name.
///
/// # Errors
/// The database's.
pub async fn put_name(tx: &mut Tx, id: PersonId, name: &PersonName, now: DateTime<Utc>) -> Result<(), Fault> {
    let sql = "UPDATE person SET last_name = $3, first_name = $4, patronymic = $5, name_key = $6, updated_at = $7, version = version + 1
               WHERE network_id = $1 AND id = $2";
    tx.run(sql, args![id, &name.last, &name.first, &name.patronymic, name_key(&name.full()), now]).await?;
    Ok(())
}

/// What is a person's alone and goes with them; `$2` is the person.
const OWN: [&str; 11] = [
    "DELETE FROM role_grant WHERE network_id = $1 AND person_id = $2",
    "DELETE FROM draft WHERE network_id = $1 AND person_id = $2",
    "DELETE FROM saved_view WHERE network_id = $1 AND person_id = $2",
    "DELETE FROM notification WHERE network_id = $1 AND (person_id = $2 OR record_id = $2)",
    "DELETE FROM notification_choice WHERE network_id = $1 AND person_id = $2",
    "DELETE FROM notification_letters WHERE network_id = $1 AND person_id = $2",
    "DELETE FROM letter_key WHERE network_id = $1 AND person_id = $2",
    "DELETE FROM calendar_feed_key WHERE network_id = $1 AND feed_id IN (SELECT id FROM calendar_feed WHERE network_id = $1 AND person_id = $2)",
    "DELETE FROM calendar_feed WHERE network_id = $1 AND person_id = $2",
    "DELETE FROM idempotency WHERE network_id = $1 AND actor = $2",
    "DELETE FROM person WHERE network_id = $1 AND id = $2",
];

/// Copies that speak of a person by their id: answers kept for repetition, work that waits. `$2` is
/// the id anywhere in a text.
const COPIES: [&str; 2] = [
    "DELETE FROM idempotency WHERE network_id = $1 AND answer LIKE $2",
    "DELETE FROM job WHERE network_id = $1 AND (key LIKE $2 OR payload LIKE $2)",
];

/// Takes a person out of the network with all that is theirs, and with the copies that speak of
/// them: the data were to be destroyed, or came in by mistake. Refused by the database when
/// something else still speaks of them.
///
/// # Errors
/// The database's.
pub async fn erase(tx: &mut Tx, id: PersonId) -> Result<(), Fault> {
    for sql in COPIES {
        tx.run(sql, args![format!("%{id}%")]).await?;
    }
    for sql in OWN {
        tx.run(sql, args![id]).await?;
    }
    Ok(())
}

/// Takes out the copies that hold a person's name: answers kept for repetition, and what somebody was
/// typing of them. Another of the same name loses a draft; that is the smaller harm.
///
/// # Errors
/// The database's.
pub async fn erase_name(tx: &mut Tx, name: &PersonName) -> Result<(), Fault> {
    let anywhere = |text: &str| format!("%{}%", text.replace(['%', '_', '\\'], "_"));
    let sql = "DELETE FROM idempotency WHERE network_id = $1 AND answer LIKE $2 AND answer LIKE $3";
    tx.run(sql, args![anywhere(&name.last), anywhere(&name.first)]).await?;
    // A draft is kept as an address is written.
    let typed = |part: &str| kit::text::url_part(part).to_string().replace("%2D", "-").replace("%20", "+");
    let [last, first] = [&name.last, &name.first].map(|part| anywhere(&typed(part)));
    let sql = "DELETE FROM draft WHERE network_id = $1 AND body LIKE $2 AND body LIKE $3";
    tx.run(sql, args![last, first]).await?;
    Ok(())
}

/// Takes a person's sign-in out of the directory, with all that was opened by it.
///
/// # Errors
/// The database's.
pub async fn erase_login(directory: &Directory, network: NetworkId, person: PersonId) -> Result<(), Fault> {
    let login = "(SELECT id FROM login WHERE network_id = $1 AND person_id = $2)";
    let mut tx = directory.begin().await?;
    for sql in [
        format!("DELETE FROM session WHERE login_id IN {login}"),
        format!("DELETE FROM calendar_feed_key WHERE login_id IN {login}"),
        format!("DELETE FROM recovery_code WHERE login_id IN {login}"),
        "DELETE FROM login WHERE network_id = $1 AND person_id = $2".to_owned(),
    ] {
        tx.run(sql, args![network, person]).await?;
    }
    Ok(tx.commit().await?)
}
