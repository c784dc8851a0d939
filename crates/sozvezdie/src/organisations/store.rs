//! The SQL of organisations.
pub mod import;
pub mod place;

use super::model::{
    DatedName, Focus, Kind, Listed, Organisation, OrganisationDraft, OrganisationId, OrganisationState,
};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    access::Reach,
    cursor::{COUNTED, Cursor, Slice},
    db::{Net, Tx, Val, Where, args},
    text::name_key,
};
use uuid::Uuid;

kit::codes! {
    /// The order of the list.
    pub enum Sort { Name = "name", NameDown = "-name", Updated = "-updated" }
}

/// Which organisations, in which order.
#[derive(Clone, Debug)]
pub struct Filter {
    pub q: Option<String>,
    pub kind: Option<Kind>,
    pub focus: Option<Focus>,
    pub state: Option<OrganisationState>,
    pub sort: Sort,
    /// Where drafts may be seen.
    pub drafts: Reach,
}

impl Filter {
    fn conditions(&self) -> Where {
        let mut w = Where::new();
        // A person types words, not patterns.
        let pattern = self.q.as_deref().map(|q| format!("%{}%", name_key(q).replace(['\\', '%', '_'], " ")));
        w.and_opt("name_key LIKE ?", pattern).and_opt("kind = ?", self.kind).and_opt("state = ?", self.state);
        w.and_opt(
            "id IN (SELECT organisation_id FROM organisation_focus WHERE network_id = $1 AND focus = ?)",
            self.focus,
        );
        if self.drafts != Reach::Network {
            let own = self.drafts.sql("id", &mut w.args);
            w.and_raw(&format!("(state <> 'draft' OR {own})"));
        }
        w
    }
}

const LISTED: &str = "id, kind, name, short_name, address, phones, email, state, synthetic_name";

/// One page of the list after `cursor`, and how many there are in all.
pub async fn list(net: &Net, filter: &Filter, cursor: Option<&Cursor>, size: i64) -> Result<Slice<Listed>, Fault> {
    let mut w = filter.conditions();
    let total =
        format!("SELECT COUNT(*) FROM (SELECT 1 FROM organisation WHERE {} LIMIT {}) AS counted", w.sql(), COUNTED + 1);
    let mut reader = net.reader().await?;
    let total: i64 = reader.scalar(total, w.args.clone()).await?;

    let (column, down) = match filter.sort {
        Sort::Name => ("short_name", false),
        Sort::NameDown => ("short_name", true),
        Sort::Updated => ("updated_at", true),
    };
    if let Some(cursor) = cursor {
        let value = match filter.sort {
            Sort::Updated => w.arg(cursor.value.parse::<i64>().unwrap_or(i64::MAX)),
            Sort::Name | Sort::NameDown => w.arg(cursor.value.as_str()),
        };
        let id = w.arg(cursor.id);
        let sign = if down { '<' } else { '>' };
        w.and_raw(&format!("({column}, id) {sign} ({value}, {id})"));
    }
    let order = if down { "DESC" } else { "ASC" };
    let sql = format!(
        "SELECT {LISTED}, updated_at FROM organisation WHERE {} ORDER BY {column} {order}, id {order} LIMIT {}",
        w.sql(),
        size + 1
    );
    let mut rows: Vec<ListedRow> = reader.all(sql, w.args).await?;
    let more = rows.len() > usize::try_from(size).unwrap_or(usize::MAX);
    rows.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|last| Cursor {
        value: match filter.sort {
            Sort::Updated => last.updated_at.timestamp_micros().to_string(),
            Sort::Name | Sort::NameDown => last.listed.short_name.clone(),
        },
        id: last.listed.id.0,
    });
    Ok(Slice { items: rows.into_iter().map(|r| r.listed).collect(), next, total })
}

struct ListedRow {
    listed: Listed,
    updated_at: DateTime<Utc>,
}

impl kit::db::Row for ListedRow {
    fn from_row(row: kit::db::RowRef<'_>) -> kit::db::Result<Self> {
        let listed = Listed {
            id: row.get(0)?,
            kind: row.get(1)?,
            name: row.get(2)?,
            short_name: row.get(3)?,
            address: row.get(4)?,
            phones: row.get(5)?,
            email: row.get(6)?,
            state: row.get(7)?,
            synthetic_name: row.get(8)?,
        };
        Ok(Self { listed, updated_at: row.get(9)? })
    }
}

/// How many active organisations there are of each kind.
pub async fn counts(net: &Net) -> Result<Vec<(Kind, i64)>, Fault> {
    let sql = "SELECT kind, COUNT(*) FROM organisation WHERE network_id = $1 AND state = 'active' GROUP BY kind ORDER BY kind";
    Ok(net.all(sql, args![]).await?)
}

/// A point of the map.
pub struct Point {
    pub id: OrganisationId,
    pub kind: Kind,
    pub short_name: String,
    pub latitude: f64,
    pub longitude: f64,
}
kit::db::row!(Point { id, kind, short_name, latitude, longitude });

/// Where the active organisations stand.
pub async fn points(net: &Net) -> Result<Vec<Point>, Fault> {
    let sql = "SELECT id, kind, short_name, latitude, longitude FROM organisation
               WHERE network_id = $1 AND state = 'active' AND latitude IS NOT NULL AND longitude IS NOT NULL ORDER BY short_name, id";
    Ok(net.all(sql, args![]).await?)
}

const WHOLE: &str =
    "id, kind, subkind, legal_kind, name, short_name, inn, kpp, ogrn, licence, address, latitude, longitude, phones,
    email, site, head_name, about, synthetic_name, state, updated_at, updated_by, version";

pub async fn find(net: &Net, id: OrganisationId) -> Result<Option<Organisation>, Fault> {
    Ok(net.opt(format!("SELECT {WHOLE} FROM organisation WHERE network_id = $1 AND id = $2"), args![id]).await?)
}

pub async fn find_in(tx: &mut Tx, id: OrganisationId) -> Result<Option<Organisation>, Fault> {
    Ok(tx.opt(format!("SELECT {WHOLE} FROM organisation WHERE network_id = $1 AND id = $2"), args![id]).await?)
}

/// Those of these ids that are there, in the order of names.
pub async fn find_all(net: &Net, ids: &[Uuid]) -> Result<Vec<Listed>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (0..ids.len()).map(|i| format!("${}", i + 2)).collect();
    let sql = format!(
        "SELECT {LISTED} FROM organisation WHERE network_id = $1 AND id IN ({}) ORDER BY short_name, id",
        places.join(", ")
    );
    Ok(net.all(sql, ids.iter().map(|id| Val::from(*id)).collect()).await?)
}

/// Every active organisation, in the order of names: for lists to choose from.
pub async fn active(net: &Net) -> Result<Vec<Listed>, Fault> {
    let sql =
        format!("SELECT {LISTED} FROM organisation WHERE network_id = $1 AND state = 'active' ORDER BY short_name, id");
    Ok(net.all(sql, args![]).await?)
}

/// Every organisation that goes by this name today, written in any case.
pub async fn by_name(net: &Net, name: &str) -> Result<Vec<OrganisationId>, Fault> {
    let key = name_key(name);
    let rows: Vec<(OrganisationId, String, String)> = net
        .all(
            "SELECT id, name, short_name FROM organisation WHERE network_id = $1 AND name_key LIKE $2 ORDER BY id",
            args![format!("%{key}%")],
        )
        .await?;
    Ok(rows
        .into_iter()
        .filter(|(_, name, short)| name_key(name) == key || name_key(short) == key)
        .map(|(id, _, _)| id)
        .collect())
}

const NEW: &str = "id, kind, subkind, name, short_name, name_key, inn, kpp, ogrn, licence, address, latitude, longitude, phones, email,
    site, head_name, about, synthetic_name, state, created_at, created_by, updated_at, updated_by, version";

/// Writes new organisations, with their first name.
pub async fn insert(
    tx: &mut Tx,
    all: &[(OrganisationId, &OrganisationDraft)],
    state: OrganisationState,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let row = |(id, d): &(OrganisationId, &OrganisationDraft)| {
        args![
            *id,
            d.kind,
            &d.subkind,
            &d.name,
            &d.short_name,
            key(d),
            &d.inn,
            &d.kpp,
            &d.ogrn,
            &d.licence,
            &d.address,
            d.latitude,
            d.longitude,
            &d.phones,
            &d.email,
            &d.site,
            &d.head_name,
            &d.about,
            d.synthetic_name,
            state,
            now,
            actor,
            now,
            actor,
            1
        ]
    };
    tx.insert(&format!("organisation (network_id, {NEW})"), all.iter().map(row).collect()).await?;
    let from = kit::clock::local_date(now);
    let name = |(id, d): &(OrganisationId, &OrganisationDraft)| args![*id, from, &d.name, &d.short_name];
    let into = "organisation_name (network_id, organisation_id, from_date, name, short_name)";
    tx.insert(into, all.iter().map(name).collect()).await?;
    insert_focuses(tx, all.iter().map(|(id, d)| (*id, d.focuses.as_slice()))).await
}

/// False when the version is no longer the one that was edited. The name is not touched: it is
/// dated, see [`put_name`].
pub async fn update(
    tx: &mut Tx,
    id: OrganisationId,
    version: i64,
    d: &OrganisationDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE organisation SET kind = $4, subkind = $5, inn = $6, kpp = $7, ogrn = $8, licence = $9, address = $10, latitude = $11,
                 longitude = $12, phones = $13, email = $14, site = $15, head_name = $16, about = $17,
                 updated_at = $18, updated_by = $19, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3";
    let args = args![
        id,
        version,
        d.kind,
        &d.subkind,
        &d.inn,
        &d.kpp,
        &d.ogrn,
        &d.licence,
        &d.address,
        d.latitude,
        d.longitude,
        &d.phones,
        &d.email,
        &d.site,
        &d.head_name,
        &d.about,
        now,
        actor
    ];
    if tx.run(sql, args).await? == 0 {
        return Ok(false);
    }
    put_focuses(tx, id, &d.focuses).await?;
    Ok(true)
}

/// False when the state is not `from` any more.
pub async fn set_state(
    tx: &mut Tx,
    id: OrganisationId,
    from: OrganisationState,
    to: OrganisationState,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE organisation SET state = $4, updated_at = $5, updated_by = $6, version = version + 1
               WHERE network_id = $1 AND id = $2 AND state = $3";
    Ok(tx.run(sql, args![id, from, to, now, actor]).await? == 1)
}

fn key(d: &OrganisationDraft) -> String {
    format!("{} {}", name_key(&d.short_name), name_key(&d.name))
}

async fn put_focuses(tx: &mut Tx, id: OrganisationId, focuses: &[Focus]) -> Result<(), Fault> {
    tx.run("DELETE FROM organisation_focus WHERE network_id = $1 AND organisation_id = $2", args![id]).await?;
    insert_focuses(tx, [(id, focuses)]).await
}

async fn insert_focuses<'a>(
    tx: &mut Tx,
    all: impl IntoIterator<Item = (OrganisationId, &'a [Focus])>,
) -> Result<(), Fault> {
    let mut rows = Vec::new();
    for (id, focuses) in all {
        let mut once: Vec<&str> = focuses.iter().map(|focus| focus.code()).collect();
        once.sort_unstable();
        once.dedup();
        rows.extend(once.into_iter().map(|focus| args![id, focus]));
    }
    Ok(tx.insert("organisation_focus (network_id, organisation_id, focus)", rows).await?)
}

pub async fn focuses(net: &Net, id: OrganisationId) -> Result<Vec<Focus>, Fault> {
    let rows: Vec<(Focus,)> = net
        .all(
            "SELECT focus FROM organisation_focus WHERE network_id = $1 AND organisation_id = $2 ORDER BY focus",
            args![id],
        )
        .await?;
    Ok(rows.into_iter().map(|(f,)| f).collect())
}

/// The names there have been, the latest first.
pub async fn names(net: &Net, id: OrganisationId) -> Result<Vec<DatedName>, Fault> {
    let sql = "SELECT from_date, name, short_name, reason FROM organisation_name
               WHERE network_id = $1 AND organisation_id = $2 ORDER BY from_date DESC";
    Ok(net.all(sql, args![id]).await?)
}

/// Writes a name from a day on. A second name of the same day replaces the first.
pub async fn put_name(tx: &mut Tx, id: OrganisationId, n: &DatedName) -> Result<(), Fault> {
    let sql = "INSERT INTO organisation_name (network_id, organisation_id, from_date, name, short_name, reason) VALUES ($1, $2, $3, $4, $5, $6)
               ON CONFLICT (network_id, organisation_id, from_date)
               DO UPDATE SET name = excluded.name, short_name = excluded.short_name, reason = excluded.reason";
    tx.run(sql, args![id, n.from, &n.name, &n.short_name, &n.reason]).await?;
    Ok(())
}

/// Takes over the latest of the dated names as today's.
pub async fn refresh_name(
    tx: &mut Tx,
    id: OrganisationId,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(String, String), Fault> {
    let sql = "SELECT name, short_name FROM organisation_name WHERE network_id = $1 AND organisation_id = $2 ORDER BY from_date DESC LIMIT 1";
    let (name, short_name): (String, String) = tx.one(sql, args![id]).await?;
    let sql = "UPDATE organisation SET name = $3, short_name = $4, name_key = $5, updated_at = $6, updated_by = $7, version = version + 1
               WHERE network_id = $1 AND id = $2";
    let key = format!("{} {}", name_key(&short_name), name_key(&name));
    tx.run(sql, args![id, &name, &short_name, key, now, actor]).await?;
    Ok((name, short_name))
}

/// Notes that `predecessor` went over into `successor`.
pub async fn put_successor(
    tx: &mut Tx,
    predecessor: OrganisationId,
    successor: OrganisationId,
    on: NaiveDate,
    reason: Option<&str>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO organisation_successor (network_id, predecessor_id, successor_id, on_date, reason) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT DO NOTHING";
    tx.run(sql, args![predecessor, successor, on, reason]).await?;
    Ok(())
}

/// An organisation before or after this one.
pub struct Kin {
    pub id: OrganisationId,
    pub short_name: String,
    pub on: NaiveDate,
    pub is_successor: bool,
}
kit::db::row!(Kin { id, short_name, on, is_successor });

pub async fn kin(net: &Net, id: OrganisationId) -> Result<Vec<Kin>, Fault> {
    let sql = "SELECT o.id, o.short_name, s.on_date, s.predecessor_id = $2
               FROM organisation_successor s
               JOIN organisation o ON o.network_id = $1 AND o.id = CASE WHEN s.predecessor_id = $2 THEN s.successor_id ELSE s.predecessor_id END
               WHERE s.network_id = $1 AND (s.predecessor_id = $2 OR s.successor_id = $2)
               ORDER BY s.on_date, o.id";
    Ok(net.all(sql, args![id]).await?)
}

/// These organisations and all that went over into them, however long ago.
pub async fn with_predecessors(net: &Net, ids: &[Uuid]) -> Result<Vec<Uuid>, Fault> {
    let (mut all, mut latest) = (ids.to_vec(), ids.to_vec());
    while !latest.is_empty() {
        let (sql, args) = went_over(&latest);
        latest = unmet(&all, net.all(sql, args).await?);
        all.extend(latest.iter().copied());
    }
    Ok(all)
}

/// The same inside a transaction.
pub async fn with_predecessors_in(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<Uuid>, Fault> {
    let (mut all, mut latest) = (ids.to_vec(), ids.to_vec());
    while !latest.is_empty() {
        let (sql, args) = went_over(&latest);
        latest = unmet(&all, tx.all(sql, args).await?);
        all.extend(latest.iter().copied());
    }
    Ok(all)
}

/// One generation: what went over into these.
fn went_over(successors: &[Uuid]) -> (String, Vec<Val>) {
    let mut w = Where::new();
    w.and_in("successor_id", successors.iter().copied());
    (format!("SELECT DISTINCT predecessor_id FROM organisation_successor WHERE {}", w.sql()), w.args)
}

/// What went over in a circle is met once.
fn unmet(all: &[Uuid], found: Vec<(Uuid,)>) -> Vec<Uuid> {
    found.into_iter().map(|(id,)| id).filter(|id| !all.contains(id)).collect()
}

/// The area code of the network's local telephone numbers.
pub async fn area_code(directory: &kit::db::Directory, network: kit::db::NetworkId) -> Result<String, Fault> {
    Ok(directory.scalar("SELECT area_code FROM network WHERE id = $1", args![network]).await?)
}
