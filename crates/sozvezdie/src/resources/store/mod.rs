//! The SQL of resources.
mod competence;
pub mod heat;
mod hold;
mod hours;
pub mod import;
mod read;

pub use competence::{competences, put_competences, subjects};
pub use hold::{
    delete_hold, hold_until_back, holds, hours_taken, insert_holds, is_back, people_holds, raise, raise_person,
    settle_hold, stretch, to_come, to_distance,
};
pub use hours::{delete_exception, insert_exception, insert_hours, put_hours, schedules};
pub use read::Read;

use super::{
    competence::WorkForm,
    form::ResourceDraft,
    model::{Class, Listed, Resource, ResourceId, ResourceKind, ResourceState},
};
use crate::organisations::{Focus, OrganisationId};
use chrono::{DateTime, Utc};
use kit::{
    Fault,
    access::Reach,
    cursor::{COUNTED, Cursor, Slice},
    db::{Net, Tx, Val, Where, args},
    text::name_key,
};
use uuid::Uuid;

/// Which resources, in the order of names.
#[derive(Clone, Debug)]
pub struct Filter {
    pub q: Option<String>,
    pub class: Option<Class>,
    pub kind: Option<ResourceKind>,
    pub owner: Option<OrganisationId>,
    pub state: Option<ResourceState>,
    /// Fit for this age, in years.
    pub age: Option<i64>,
    pub loanable: Option<bool>,
    /// Of organisations that work in this focus.
    pub focus: Option<Focus>,
    /// Whose person can do this: a subject, a form of work.
    pub subject: Option<String>,
    pub form: Option<WorkForm>,
    /// Of these organisations only.
    pub owners: Option<Vec<OrganisationId>>,
    /// Where drafts and closed ones may be seen.
    pub own: Reach,
}

impl Filter {
    fn conditions(&self) -> Where {
        let mut w = Where::of("r");
        // A person types words, not patterns.
        let pattern = self.q.as_deref().map(|q| format!("%{}%", name_key(q).replace(['\\', '%', '_'], " ")));
        w.and_opt("r.name_key LIKE ?", pattern).and_opt("r.class = ?", self.class).and_opt("r.kind = ?", self.kind);
        w.and_opt("r.owner_id = ?", self.owner).and_opt("r.loanable = ?", self.loanable);
        w.and_opt("(r.age_from IS NULL OR r.age_from <= ?)", self.age)
            .and_opt("(r.age_to IS NULL OR r.age_to >= ?)", self.age);
        w.and_opt(
            "r.owner_id IN (SELECT organisation_id FROM organisation_focus WHERE network_id = $1 AND focus = ?)",
            self.focus,
        );
        let can = |kind: &str| {
            format!(
                "r.id IN (SELECT resource_id FROM resource_competence WHERE network_id = $1 AND kind = '{kind}' AND value = ?)"
            )
        };
        w.and_opt(&can("subject"), self.subject.as_deref().map(str::to_lowercase)).and_opt(&can("form"), self.form);
        if let Some(owners) = &self.owners {
            w.and_in("r.owner_id", owners.iter().copied());
        }
        match self.state {
            Some(state) => w.and("r.state = ?", state),
            // Closed ones are found when asked for.
            None => w.and_raw("r.state <> 'closed'"),
        };
        if self.own != Reach::Network {
            let own = self.own.sql("r.owner_id", &mut w.args);
            w.and_raw(&format!("(r.state IN ('published', 'paused') OR {own})"));
        }
        w
    }
}

const LISTED: &str =
    "r.id, r.name, r.class, r.kind, r.sharing, r.owner_id, o.short_name, r.capacity, r.place, r.travels, r.loanable,
    r.age_from, r.age_to, r.conditions, r.state";
const FROM: &str = "resource r JOIN organisation o ON o.network_id = r.network_id AND o.id = r.owner_id";

/// One page of the list after `cursor`, and how many there are in all.
pub async fn list(net: &Net, filter: &Filter, cursor: Option<&Cursor>, size: i64) -> Result<Slice<Listed>, Fault> {
    let mut w = filter.conditions();
    let total =
        format!("SELECT COUNT(*) FROM (SELECT 1 FROM resource r WHERE {} LIMIT {}) AS counted", w.sql(), COUNTED + 1);
    let mut reader = net.reader().await?;
    let total: i64 = reader.scalar(total, w.args.clone()).await?;
    if let Some(cursor) = cursor {
        let (value, id) = (w.arg(cursor.value.as_str()), w.arg(cursor.id));
        w.and_raw(&format!("(r.name, r.id) > ({value}, {id})"));
    }
    let sql = format!("SELECT {LISTED} FROM {FROM} WHERE {} ORDER BY r.name, r.id LIMIT {}", w.sql(), size + 1);
    let mut items: Vec<Listed> = reader.all(sql, w.args).await?;
    let next = cut(&mut items, size);
    Ok(Slice { items, next, total })
}

/// Leaves one page; gives where the next begins.
pub fn cut(items: &mut Vec<Listed>, size: i64) -> Option<Cursor> {
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let more = items.len() > size;
    items.truncate(size);
    items.last().filter(|_| more).map(|last| Cursor { value: last.name.clone(), id: last.id.0 })
}

/// How many published ones there are of each class.
pub async fn counts(net: &Net) -> Result<Vec<(Class, i64)>, Fault> {
    let sql = "SELECT class, COUNT(*) FROM resource WHERE network_id = $1 AND state IN ('published', 'paused') GROUP BY class ORDER BY class";
    Ok(net.all(sql, args![]).await?)
}

const WHOLE: &str = "r.id, r.owner_id, o.short_name, r.class, r.kind, r.name, r.description, r.person_id, r.place, r.travels, r.sharing,
    r.capacity, r.safety, r.conditions, r.audience, r.age_from, r.age_to, r.subject, r.licence, r.loanable, r.inventory_number,
    r.hours_per_week, r.decides_name, r.answer_days, r.lead_days, r.cancel_rule, r.state, r.booking_seq, r.updated_at, r.updated_by, r.version";

fn whole(count: usize) -> String {
    format!("SELECT {WHOLE} FROM {FROM} WHERE r.network_id = $1 AND r.id IN ({}) ORDER BY r.id", places(count))
}

/// `$2, $3 …` for so many values after the network's.
pub(super) fn places(count: usize) -> String {
    (0..count.max(1)).map(|i| format!("${}", i + 2)).collect::<Vec<_>>().join(", ")
}

pub(super) fn ids(ids: &[ResourceId]) -> Vec<Val> {
    if ids.is_empty() { args![None::<Uuid>] } else { ids.iter().map(|id| Val::from(*id)).collect() }
}

pub async fn find(net: &Net, id: ResourceId) -> Result<Option<Resource>, Fault> {
    Ok(net.opt(whole(1), args![id]).await?)
}

/// Those of these that are there, in the order of ids.
pub async fn find_all(read: &mut Read<'_>, wanted: &[ResourceId]) -> Result<Vec<Resource>, Fault> {
    read.all(whole(wanted.len()), ids(wanted)).await
}

/// Lines of the list for these ids, in the order of names.
pub async fn listed(net: &Net, wanted: &[ResourceId]) -> Result<Vec<Listed>, Fault> {
    let sql = format!(
        "SELECT {LISTED} FROM {FROM} WHERE r.network_id = $1 AND r.id IN ({}) ORDER BY r.name, r.id",
        places(wanted.len())
    );
    Ok(net.all(sql, ids(wanted)).await?)
}

/// Behind what a person stands.
pub async fn of_person(net: &Net, person: Uuid) -> Result<Vec<ResourceId>, Fault> {
    let sql = "SELECT id FROM resource WHERE network_id = $1 AND person_id = $2 ORDER BY name, id LIMIT 200";
    let rows: Vec<(ResourceId,)> = net.all(sql, args![person]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Others of the same kind that may be asked for, those of the same size first.
pub async fn siblings(read: &mut Read<'_>, of: &Resource, limit: i64) -> Result<Vec<Resource>, Fault> {
    let sql = format!(
        "SELECT {WHOLE} FROM {FROM} WHERE r.network_id = $1 AND r.kind = $2 AND r.id <> $3 AND r.state = 'published' AND r.class <> 'methodical'
         ORDER BY ABS(COALESCE(r.capacity, 0) - CAST($4 AS BIGINT)), r.name, r.id LIMIT $5"
    );
    read.all(sql, args![of.kind, of.id, of.capacity.unwrap_or(0), limit]).await
}

/// What a form decides of: the same columns for a new record and a changed one.
const DRAFT: &str = "class, kind, name, name_key, description, person_id, place, travels, sharing, capacity, safety, conditions, audience,
    age_from, age_to, subject, licence, loanable, inventory_number, hours_per_week, decides_name, answer_days, lead_days, cancel_rule";

/// The values of [`DRAFT`], in its order.
fn draft_args(d: &ResourceDraft) -> Vec<Val> {
    args![
        d.class,
        d.kind,
        &d.name,
        name_key(&d.name),
        &d.description,
        d.person_id,
        &d.place,
        d.travels,
        d.sharing,
        d.capacity,
        &d.safety,
        &d.conditions,
        &d.audience,
        d.age_from,
        d.age_to,
        &d.subject,
        &d.licence,
        d.loanable,
        &d.inventory_number,
        d.hours_per_week,
        &d.decides_name,
        d.answer_days,
        d.lead_days,
        &d.cancel_rule
    ]
}

/// Writes new resources, without their hours and competences.
pub async fn insert(
    tx: &mut Tx,
    all: &[(ResourceId, &ResourceDraft)],
    state: ResourceState,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let row = |(id, d): &(ResourceId, &ResourceDraft)| {
        let mut row = args![*id, d.owner_id, state, 0, now, actor, now, actor, 1];
        row.extend(draft_args(d));
        row
    };
    let into = format!(
        "resource (network_id, id, owner_id, state, booking_seq, created_at, created_by, updated_at, updated_by, version, {DRAFT})"
    );
    Ok(tx.insert(&into, all.iter().map(row).collect()).await?)
}

/// False when the version is no longer the one that was edited. The owner never changes.
pub async fn update(
    tx: &mut Tx,
    id: ResourceId,
    version: i64,
    d: &ResourceDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let mut all = args![id, version, now, actor];
    let draft = draft_args(d);
    let values: Vec<String> = (0..draft.len()).map(|i| format!("${}", all.len() + i + 2)).collect();
    let sql = format!(
        "UPDATE resource SET ({DRAFT}) = ({}), updated_at = $4, updated_by = $5, version = version + 1
         WHERE network_id = $1 AND id = $2 AND version = $3",
        values.join(", ")
    );
    all.extend(draft);
    Ok(tx.run(sql, all).await? == 1)
}

/// False when the state is not `from` any more.
pub async fn set_state(
    tx: &mut Tx,
    id: ResourceId,
    from: ResourceState,
    to: ResourceState,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE resource SET state = $4, updated_at = $5, updated_by = $6, version = version + 1
               WHERE network_id = $1 AND id = $2 AND state = $3";
    Ok(tx.run(sql, args![id, from, to, now, actor]).await? == 1)
}

/// Raises the version: what stands in other tables of the resource has changed.
pub async fn touch(tx: &mut Tx, id: ResourceId, actor: Option<Uuid>, now: DateTime<Utc>) -> Result<bool, Fault> {
    let sql =
        "UPDATE resource SET updated_at = $3, updated_by = $4, version = version + 1 WHERE network_id = $1 AND id = $2";
    Ok(tx.run(sql, args![id, now, actor]).await? == 1)
}
