//! The SQL of groups.
pub mod members;
pub mod sessions;

use super::{
    form::GroupDraft,
    model::{Group, GroupId, GroupKind, GroupState, Teacher},
};
use crate::{
    organisations::OrganisationId,
    people::{PersonId, PersonName},
};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    cursor::{COUNTED, Cursor, Slice},
    db::{Net, Tx, Where, args},
    text::name_key,
};
use uuid::Uuid;

/// Which groups, in the order of titles.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub q: Option<String>,
    pub kind: Option<GroupKind>,
    pub organisation: Option<OrganisationId>,
    pub state: Option<GroupState>,
    /// Led by this person.
    pub led_by: Option<Uuid>,
    /// With a free place.
    pub free: bool,
}

impl Filter {
    fn conditions(&self) -> Where {
        let mut w = Where::of("g");
        // A person types words, not patterns.
        let pattern = self.q.as_deref().map(|q| format!("%{}%", name_key(q).replace(['\\', '%', '_'], " ")));
        w.and_opt("g.title_key LIKE ?", pattern)
            .and_opt("g.kind = ?", self.kind)
            .and_opt("g.organisation_id = ?", self.organisation);
        match self.state {
            Some(state) => w.and("g.state = ?", state),
            // What is over is found when asked for.
            None => w.and_raw("g.state IN ('planned', 'running')"),
        };
        if let Some(person) = self.led_by {
            w.and("EXISTS (SELECT 1 FROM joint_group_teacher t WHERE t.network_id = $1 AND t.group_id = g.id AND t.person_id = ?)", person);
        }
        if self.free {
            w.and_raw("g.taken < g.capacity");
        }
        w
    }
}

const COLUMNS: &str =
    "g.id, g.organisation_id, o.short_name, g.kind, g.title, g.subject, g.edition_id, g.target, g.plan, g.product,
    g.capacity, g.taken, g.starts_on, g.ends_on, g.state, g.updated_at, g.updated_by, g.version";
const FROM: &str = "joint_group g JOIN organisation o ON o.network_id = $1 AND o.id = g.organisation_id";

/// One page of the list after `cursor`, and how many there are in all.
pub async fn list(net: &Net, filter: &Filter, cursor: Option<&Cursor>, size: i64) -> Result<Slice<Group>, Fault> {
    let mut w = filter.conditions();
    let mut reader = net.reader().await?;
    let count = format!(
        "SELECT COUNT(*) FROM (SELECT 1 FROM joint_group g WHERE {} LIMIT {}) AS counted",
        w.sql(),
        COUNTED + 1
    );
    let total: i64 = reader.scalar(count, w.args.clone()).await?;
    if let Some(cursor) = cursor {
        let (value, id) = (w.arg(cursor.value.as_str()), w.arg(cursor.id));
        w.and_raw(&format!("(g.title, g.id) > ({value}, {id})"));
    }
    let limit = w.arg(size + 1);
    let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE {} ORDER BY g.title, g.id LIMIT {limit}", w.sql());
    let mut items: Vec<Group> = reader.all(sql, w.args).await?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let more = items.len() > size;
    items.truncate(size);
    let next = items.last().filter(|_| more).map(|g| Cursor { value: g.title.clone(), id: g.id.0 });
    Ok(Slice { items, next, total })
}

/// The organisations that hold groups, for the filter.
pub async fn holders(net: &Net) -> Result<Vec<(OrganisationId, String)>, Fault> {
    let sql = "SELECT o.id, o.short_name FROM organisation o WHERE o.network_id = $1 AND o.id IN
                 (SELECT g.organisation_id FROM joint_group g WHERE g.network_id = $1) ORDER BY o.short_name, o.id";
    Ok(net.all(sql, args![]).await?)
}

pub async fn find(net: &Net, id: GroupId) -> Result<Option<Group>, Fault> {
    Ok(net.opt(format!("SELECT {COLUMNS} FROM {FROM} WHERE g.network_id = $1 AND g.id = $2"), args![id]).await?)
}

pub async fn find_in(tx: &mut Tx, id: GroupId) -> Result<Option<Group>, Fault> {
    Ok(tx.opt(format!("SELECT {COLUMNS} FROM {FROM} WHERE g.network_id = $1 AND g.id = $2"), args![id]).await?)
}

pub async fn find_all(net: &Net, ids: &[Uuid]) -> Result<Vec<Group>, Fault> {
    let mut w = Where::of("g");
    w.and_in("g.id", ids.iter().copied());
    Ok(net.all(format!("SELECT {COLUMNS} FROM {FROM} WHERE {}", w.sql()), w.args).await?)
}

/// Whether an edition of an event is there.
pub async fn has_edition(net: &Net, id: Uuid) -> Result<bool, Fault> {
    let sql = "SELECT 1 FROM event_edition WHERE network_id = $1 AND id = $2";
    Ok(net.opt::<(i64,)>(sql, args![id]).await?.is_some())
}

pub async fn insert(
    tx: &mut Tx,
    id: GroupId,
    d: &GroupDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO joint_group (network_id, id, organisation_id, kind, title, title_key, subject, edition_id, target, plan, product,
                 capacity, taken, asked, starts_on, ends_on, state, created_at, created_by, updated_at, updated_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0, $13, $14, 'planned', $15, $16, $15, $16, 1)";
    let values = args![
        id,
        d.organisation,
        d.kind,
        &d.title,
        name_key(&d.title),
        &d.subject,
        d.edition,
        &d.target,
        &d.plan,
        &d.product,
        d.capacity,
        d.starts_on,
        d.ends_on,
        now,
        actor
    ];
    tx.run(sql, values).await?;
    Ok(())
}

/// False when the version moved on, or more hold a place than there would be.
pub async fn update(
    tx: &mut Tx,
    id: GroupId,
    version: i64,
    d: &GroupDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE joint_group SET kind = $4, title = $5, title_key = $6, subject = $7, edition_id = $8, target = $9, plan = $10,
                 product = $11, capacity = $12, starts_on = $13, ends_on = $14, updated_at = $15, updated_by = $16, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3 AND taken <= $12";
    let values = args![
        id,
        version,
        d.kind,
        &d.title,
        name_key(&d.title),
        &d.subject,
        d.edition,
        &d.target,
        &d.plan,
        &d.product,
        d.capacity,
        d.starts_on,
        d.ends_on,
        now,
        actor
    ];
    Ok(tx.run(sql, values).await? == 1)
}

/// False when it is no longer in the state from which it was to move.
pub async fn set_state(
    tx: &mut Tx,
    id: GroupId,
    from: GroupState,
    next: GroupState,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE joint_group SET state = $4, updated_at = $5, updated_by = $6, version = version + 1
               WHERE network_id = $1 AND id = $2 AND state = $3";
    Ok(tx.run(sql, args![id, from, next, now, actor]).await? == 1)
}

/// Takes the row that all rivals share.
pub async fn lock(tx: &mut Tx, id: GroupId) -> Result<(), Fault> {
    tx.run("UPDATE joint_group SET asked = asked WHERE network_id = $1 AND id = $2", args![id]).await?;
    Ok(())
}

/// Takes the row and the next number of those who ask; none when the group takes nobody.
pub async fn ask(tx: &mut Tx, id: GroupId) -> Result<Option<i64>, Fault> {
    let sql = "UPDATE joint_group SET asked = asked + 1 WHERE network_id = $1 AND id = $2 AND state IN ('planned', 'running')";
    if tx.run(sql, args![id]).await? == 0 {
        return Ok(None);
    }
    Ok(Some(tx.scalar("SELECT asked FROM joint_group WHERE network_id = $1 AND id = $2", args![id]).await?))
}

/// Takes a place, if there is one.
pub async fn take_place(tx: &mut Tx, id: GroupId) -> Result<bool, Fault> {
    let sql = "UPDATE joint_group SET taken = taken + 1
               WHERE network_id = $1 AND id = $2 AND taken < capacity AND state IN ('planned', 'running')";
    Ok(tx.run(sql, args![id]).await? == 1)
}

/// Gives a place back.
pub async fn free_place(tx: &mut Tx, id: GroupId) -> Result<(), Fault> {
    tx.run("UPDATE joint_group SET taken = taken - 1 WHERE network_id = $1 AND id = $2", args![id]).await?;
    Ok(())
}

/// Groups whose counter is not the number of those who hold a place.
pub async fn miscounted(net: &Net) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) FROM joint_group g WHERE g.network_id = $1 AND g.taken <>
                 (SELECT COUNT(*) FROM joint_group_member m WHERE m.network_id = $1 AND m.group_id = g.id AND m.state = 'member')";
    Ok(net.scalar(sql, args![]).await?)
}

/// Whether a person leads the group.
pub async fn leads(net: &Net, id: GroupId, person: Uuid) -> Result<bool, Fault> {
    let sql = "SELECT 1 FROM joint_group_teacher WHERE network_id = $1 AND group_id = $2 AND person_id = $3";
    Ok(net.opt::<(i64,)>(sql, args![id, person]).await?.is_some())
}

pub async fn teacher_ids(net: &Net, id: GroupId) -> Result<Vec<PersonId>, Fault> {
    let sql = "SELECT person_id FROM joint_group_teacher WHERE network_id = $1 AND group_id = $2 ORDER BY person_id";
    let rows: Vec<(PersonId,)> = net.all(sql, args![id]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Who leads the group, by name.
pub async fn teachers(net: &Net, id: GroupId) -> Result<Vec<Teacher>, Fault> {
    let sql = "SELECT p.id, p.last_name, p.first_name, p.patronymic FROM joint_group_teacher t
               JOIN person p ON p.network_id = $1 AND p.id = t.person_id
               WHERE t.network_id = $1 AND t.group_id = $2 ORDER BY p.last_name, p.first_name, p.id";
    let rows: Vec<(PersonId, String, String, Option<String>)> = net.all(sql, args![id]).await?;
    Ok(rows
        .into_iter()
        .map(|(id, last, first, patronymic)| Teacher { id, name: PersonName { last, first, patronymic }.full() })
        .collect())
}

pub async fn put_teachers(tx: &mut Tx, id: GroupId, teachers: &[PersonId]) -> Result<(), Fault> {
    tx.run("DELETE FROM joint_group_teacher WHERE network_id = $1 AND group_id = $2", args![id]).await?;
    for person in teachers {
        let sql = "INSERT INTO joint_group_teacher (network_id, group_id, person_id) VALUES ($1, $2, $3)";
        tx.run(sql, args![id, *person]).await?;
    }
    Ok(())
}

/// Who of these may lead a group: they work in an organisation of the network today.
pub async fn staff(net: &Net, today: NaiveDate, ids: &[PersonId]) -> Result<Vec<PersonId>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut w = Where::of("r");
    w.and_in("r.person_id", ids.iter().copied()).and_raw(STAFF);
    let day = w.arg(today);
    w.and_raw(&format!("r.from_date <= {day} AND (r.until_date IS NULL OR r.until_date >= {day})"));
    let rows: Vec<(PersonId,)> =
        net.all(format!("SELECT DISTINCT r.person_id FROM role_grant r WHERE {}", w.sql()), w.args).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

const STAFF: &str =
    "r.organisation_id IS NOT NULL AND r.role IN ('pedagogue', 'class_teacher', 'psychologist', 'gifted_lead',
    'deputy_head', 'head', 'centre_coordinator')";

/// Those who may lead a group, with where they work: pedagogues of all organisations and everybody
/// of this one.
pub async fn possible_teachers(
    net: &Net,
    today: NaiveDate,
    own: Option<OrganisationId>,
) -> Result<Vec<(PersonId, PersonName, String)>, Fault> {
    let sql = format!(
        "SELECT p.id, p.last_name, p.first_name, p.patronymic, MIN(o.short_name) FROM role_grant r
         JOIN person p ON p.network_id = $1 AND p.id = r.person_id
         JOIN organisation o ON o.network_id = $1 AND o.id = r.organisation_id
         WHERE r.network_id = $1 AND {STAFF} AND (r.role = 'pedagogue' OR r.organisation_id = $2)
           AND r.from_date <= $3 AND (r.until_date IS NULL OR r.until_date >= $3)
         GROUP BY p.id, p.last_name, p.first_name, p.patronymic ORDER BY p.last_name, p.first_name, p.id LIMIT 5000"
    );
    Ok(net.all(sql, args![own.map(|o| o.0), today]).await?.into_iter().map(named).collect())
}

type Placed = (PersonId, String, String, Option<String>, String);

fn named((id, last, first, patronymic, place): Placed) -> (PersonId, PersonName, String) {
    (id, PersonName { last, first, patronymic }, place)
}

/// Those who may sit in a jury, with where they are from: pedagogues of all organisations and who was given
/// the role of a juror, from outside perhaps.
pub async fn possible_jurors(net: &Net, today: NaiveDate) -> Result<Vec<(PersonId, PersonName, String)>, Fault> {
    let sql = "SELECT p.id, p.last_name, p.first_name, p.patronymic, COALESCE(MIN(o.short_name), '') FROM role_grant r
         JOIN person p ON p.network_id = $1 AND p.id = r.person_id
         LEFT JOIN organisation o ON o.network_id = $1 AND o.id = r.organisation_id
         WHERE r.network_id = $1 AND (r.role = 'jury' OR (r.role = 'pedagogue' AND r.organisation_id IS NOT NULL))
           AND r.from_date <= $2 AND (r.until_date IS NULL OR r.until_date >= $2)
         GROUP BY p.id, p.last_name, p.first_name, p.patronymic ORDER BY p.last_name, p.first_name, p.id LIMIT 5000";
    Ok(net.all(sql, args![today]).await?.into_iter().map(named).collect())
}
