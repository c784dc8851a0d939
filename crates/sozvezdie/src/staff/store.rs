//! The SQL of posts.
use super::model::{Position, PositionDraft, PositionId};
use crate::{
    organisations::OrganisationId,
    people::{PersonId, PersonName},
};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    db::{Net, Tx, args},
    text::name_key,
};
use uuid::Uuid;

const WHOLE: &str = "s.id, s.person_id, p.last_name, p.first_name, p.patronymic, s.organisation_id, o.short_name, s.post, s.rate, s.subjects,
    s.category, s.from_date, s.until_date, s.updated_at, s.updated_by, s.version";
const FROM: &str = "staff_position s
    JOIN person p ON p.network_id = s.network_id AND p.id = s.person_id
    JOIN organisation o ON o.network_id = s.network_id AND o.id = s.organisation_id";

pub async fn find(net: &Net, id: PositionId) -> Result<Option<Position>, Fault> {
    Ok(net.opt(format!("SELECT {WHOLE} FROM {FROM} WHERE s.network_id = $1 AND s.id = $2"), args![id]).await?)
}

pub async fn find_in(tx: &mut Tx, id: PositionId) -> Result<Option<Position>, Fault> {
    Ok(tx.opt(format!("SELECT {WHOLE} FROM {FROM} WHERE s.network_id = $1 AND s.id = $2"), args![id]).await?)
}

/// Every post of one person, the latest first.
pub async fn of_person(net: &Net, person: PersonId) -> Result<Vec<Position>, Fault> {
    let sql = format!(
        "SELECT {WHOLE} FROM {FROM} WHERE s.network_id = $1 AND s.person_id = $2 ORDER BY s.from_date DESC, o.short_name, s.id"
    );
    Ok(net.all(sql, args![person]).await?)
}

/// The posts of one organisation by name: those of a day, or (`None`) all there ever were.
pub async fn of_organisation(
    net: &Net,
    organisation: OrganisationId,
    on: Option<NaiveDate>,
) -> Result<Vec<Position>, Fault> {
    let sql = format!(
        "SELECT {WHOLE} FROM {FROM} WHERE s.network_id = $1 AND s.organisation_id = $2
           AND (CAST($3 AS TEXT) IS NULL OR s.until_date IS NULL OR s.until_date >= $3)
         ORDER BY p.last_name, p.first_name, p.patronymic, s.from_date DESC, s.id LIMIT 1000"
    );
    Ok(net.all(sql, args![organisation, on]).await?)
}

/// Somebody who can be chosen, and where they work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    pub id: PersonId,
    pub last: String,
    pub first: String,
    pub patronymic: Option<String>,
    /// The organisation by which they are known.
    pub place: String,
}
kit::db::row!(Colleague { id, last, first, patronymic, place });

impl Colleague {
    pub fn name(&self) -> PersonName {
        PersonName { last: self.last.clone(), first: self.first.clone(), patronymic: self.patronymic.clone() }
    }
}

/// Who has a post in an organisation on a day, by name.
///
/// # Errors
/// The database's.
pub async fn working_in(net: &Net, organisation: OrganisationId, on: NaiveDate) -> Result<Vec<Colleague>, Fault> {
    let sql = "SELECT DISTINCT p.id, p.last_name, p.first_name, p.patronymic, o.short_name
               FROM staff_position s
               JOIN person p ON p.network_id = s.network_id AND p.id = s.person_id
               JOIN organisation o ON o.network_id = s.network_id AND o.id = s.organisation_id
               WHERE s.network_id = $1 AND s.organisation_id = $2 AND s.from_date <= $3 AND (s.until_date IS NULL OR s.until_date >= $3)
               ORDER BY p.last_name, p.first_name, p.patronymic, p.id";
    Ok(net.all(sql, args![organisation, on]).await?)
}

/// Roles of families: holding one makes nobody a colleague.
const FAMILY: &str = "('learner', 'guardian', 'guest')";

/// Who has or had a post in an organisation, or holds a role of staff there, by name.
pub async fn known_in(net: &Net, organisation: OrganisationId) -> Result<Vec<Colleague>, Fault> {
    let sql = format!(
        "SELECT DISTINCT p.id, p.last_name, p.first_name, p.patronymic, o.short_name
         FROM person p
         JOIN organisation o ON o.network_id = p.network_id AND o.id = $2
         WHERE p.network_id = $1 AND (
           EXISTS (SELECT 1 FROM staff_position s WHERE s.network_id = $1 AND s.person_id = p.id AND s.organisation_id = $2)
           OR EXISTS (SELECT 1 FROM role_grant g WHERE g.network_id = $1 AND g.person_id = p.id AND g.organisation_id = $2 AND g.role NOT IN {FAMILY}))
         ORDER BY p.last_name, p.first_name, p.patronymic, p.id"
    );
    Ok(net.all(sql, args![organisation]).await?)
}

/// Where a person works or worked, or holds a role of staff.
pub async fn places_of(net: &Net, person: PersonId) -> Result<Vec<(OrganisationId,)>, Fault> {
    let sql = format!(
        "SELECT organisation_id FROM staff_position WHERE network_id = $1 AND person_id = $2
         UNION
         SELECT organisation_id FROM role_grant WHERE network_id = $1 AND person_id = $2 AND organisation_id IS NOT NULL AND role NOT IN {FAMILY}"
    );
    Ok(net.all(sql, args![person]).await?)
}

/// Members of staff anywhere in the network who are called so.
pub async fn namesakes(net: &Net, name: &PersonName) -> Result<Vec<Colleague>, Fault> {
    let sql = format!(
        "SELECT p.id, p.last_name, p.first_name, p.patronymic, MIN(o.short_name)
         FROM person p
         JOIN (
           SELECT s.person_id, s.organisation_id FROM staff_position s WHERE s.network_id = $1
           UNION
           SELECT g.person_id, g.organisation_id FROM role_grant g WHERE g.network_id = $1 AND g.organisation_id IS NOT NULL AND g.role NOT IN {FAMILY}
         ) w ON w.person_id = p.id
         JOIN organisation o ON o.network_id = $1 AND o.id = w.organisation_id
         WHERE p.network_id = $1 AND p.name_key = $2
         GROUP BY p.id, p.last_name, p.first_name, p.patronymic ORDER BY p.id LIMIT 20"
    );
    Ok(net.all(sql, args![name_key(&name.full())]).await?)
}

pub async fn insert(
    tx: &mut Tx,
    id: PositionId,
    person: PersonId,
    d: &PositionDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO staff_position (network_id, id, person_id, organisation_id, post, rate, subjects, category, from_date, until_date,
                 created_at, created_by, updated_at, updated_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $11, $12, 1)";
    let args =
        args![id, person, d.organisation_id, &d.post, d.rate, &d.subjects, d.category, d.from, d.until, now, actor];
    tx.run(sql, args).await?;
    Ok(())
}

/// False when the version is no longer the one that was edited.
pub async fn update(
    tx: &mut Tx,
    id: PositionId,
    version: i64,
    d: &PositionDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql =
        "UPDATE staff_position SET post = $4, rate = $5, subjects = $6, category = $7, from_date = $8, until_date = $9,
                 updated_at = $10, updated_by = $11, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3";
    let args = args![id, version, &d.post, d.rate, &d.subjects, d.category, d.from, d.until, now, actor];
    Ok(tx.run(sql, args).await? == 1)
}

/// False when it has an end already.
pub async fn end(
    tx: &mut Tx,
    id: PositionId,
    until: NaiveDate,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE staff_position SET until_date = $3, updated_at = $4, updated_by = $5, version = version + 1
               WHERE network_id = $1 AND id = $2 AND until_date IS NULL AND from_date <= $3";
    Ok(tx.run(sql, args![id, until, now, actor]).await? == 1)
}
