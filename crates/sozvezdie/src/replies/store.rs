//! The SQL of replies: the requests, and the facts that a blank asks for beside the figures.
use super::model::{Reply, ReplyId, Setup};
use crate::{events::EditionId, organisations::OrganisationId, people::PersonId, results::ParticipationId};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault, Visit,
    access::Reach,
    db::{Cell, Col, Mismatch, Net, RowRef, Tx, Where, args},
};
use std::collections::HashMap;

/// Requests on the list.
const LISTED: i64 = 200;

/// A column of JSON text.
struct Json(Setup);

impl Col for Json {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Mismatch> {
        serde_json::from_str(cell.text()?).map(Self).map_err(|_| cell.mismatch("a setup"))
    }
}

fn json(setup: &Setup) -> Result<String, Fault> {
    Ok(serde_json::to_string(setup).map_err(anyhow::Error::from)?)
}

const WHOLE: &str = "id, title, organisation_id, file_name, form, setup, remembered, created_at, created_by, taken_at, taken_by, version";

impl kit::db::Row for Reply {
    fn from_row(row: RowRef<'_>) -> kit::db::Result<Self> {
        row.expect_columns(12)?;
        Ok(Self {
            id: row.get(0)?,
            title: row.get(1)?,
            organisation: row.get(2)?,
            file_name: row.get(3)?,
            form: row.get(4)?,
            setup: row.get::<Json>(5)?.0,
            remembered: row.get(6)?,
            created_at: row.get(7)?,
            created_by: row.get(8)?,
            taken_at: row.get(9)?,
            taken_by: row.get(10)?,
            version: row.get(11)?,
        })
    }
}

pub async fn insert(tx: &mut Tx, r: &Reply, content: &[u8]) -> Result<(), Fault> {
    let sql = "INSERT INTO reply (network_id, id, title, organisation_id, file_name, form, content, setup, remembered, created_at, created_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)";
    let values = args![
        r.id,
        &r.title,
        r.organisation,
        &r.file_name,
        r.form,
        content,
        json(&r.setup)?,
        r.remembered,
        r.created_at,
        r.created_by
    ];
    tx.run(sql, values).await?;
    Ok(())
}

/// False when somebody else was quicker.
pub async fn update(tx: &mut Tx, id: ReplyId, version: i64, setup: &Setup) -> Result<bool, Fault> {
    let sql = "UPDATE reply SET setup = $4, version = version + 1 WHERE network_id = $1 AND id = $2 AND version = $3";
    Ok(tx.run(sql, args![id, version, json(setup)?]).await? == 1)
}

/// Notes that the filled form was taken.
pub async fn take(tx: &mut Tx, visit: &Visit, id: ReplyId) -> Result<(), Fault> {
    let sql = "UPDATE reply SET taken_at = $3, taken_by = $4 WHERE network_id = $1 AND id = $2";
    tx.run(sql, args![id, visit.now, visit.actor()]).await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, id: ReplyId) -> Result<bool, Fault> {
    Ok(tx.run("DELETE FROM reply WHERE network_id = $1 AND id = $2", args![id]).await? == 1)
}

/// Forgets requests made before this instant.
pub async fn forget(net: &Net, before: DateTime<Utc>) -> Result<u64, Fault> {
    let sql = "DELETE FROM reply WHERE network_id = $1 AND created_at < $2";
    net.transact(async |tx: &mut Tx| Ok(tx.run(sql, args![before]).await?)).await
}

pub async fn find(net: &Net, id: ReplyId) -> Result<Option<Reply>, Fault> {
    Ok(net.opt(format!("SELECT {WHOLE} FROM reply WHERE network_id = $1 AND id = $2"), args![id]).await?)
}

pub async fn content(net: &Net, id: ReplyId) -> Result<Vec<u8>, Fault> {
    let found: Option<(Vec<u8>,)> =
        net.opt("SELECT content FROM reply WHERE network_id = $1 AND id = $2", args![id]).await?;
    found.map(|(bytes,)| bytes).ok_or(Fault::NotFound)
}

/// The latest first.
pub async fn list(net: &Net, reach: &Reach) -> Result<Vec<Reply>, Fault> {
    let mut w = Where::new();
    let seen = reach.sql("organisation_id", &mut w.args);
    w.and_raw(&seen);
    let sql = format!("SELECT {WHOLE} FROM reply WHERE {} ORDER BY created_at DESC, id DESC LIMIT {LISTED}", w.sql());
    Ok(net.all(sql, w.args).await?)
}

/// What a header of this shape meant last time.
pub async fn remembered(net: &Net, shape: &str) -> Result<Option<Setup>, Fault> {
    let sql = "SELECT setup FROM reply_shape WHERE network_id = $1 AND shape = $2";
    Ok(net.opt::<(Json,)>(sql, args![shape]).await?.map(|(Json(setup),)| setup))
}

pub async fn remember(tx: &mut Tx, visit: &Visit, shape: &str, setup: &Setup) -> Result<(), Fault> {
    let sql = "INSERT INTO reply_shape (network_id, shape, setup, updated_at, updated_by) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (network_id, shape) DO UPDATE SET setup = excluded.setup, updated_at = excluded.updated_at, updated_by = excluded.updated_by";
    tx.run(sql, args![shape, json(setup)?, visit.now, visit.viewer.person]).await?;
    Ok(())
}

/// An organisation as blanks ask for it.
#[derive(Clone, Debug)]
pub struct Place {
    pub id: OrganisationId,
    pub short_name: String,
    pub name: String,
    pub address: Option<String>,
    pub email: Option<String>,
    pub inn: Option<String>,
    pub head: Option<String>,
    pub phones: String,
}
kit::db::row!(Place { id, short_name, name, address, email, inn, head, phones });

/// Organisations that work, within reach, by name.
pub async fn places(net: &Net, reach: &Reach) -> Result<Vec<Place>, Fault> {
    let mut w = Where::new();
    w.and_raw("state IN ('active', 'suspended')");
    let seen = reach.sql("id", &mut w.args);
    w.and_raw(&seen);
    let sql = format!(
        "SELECT id, short_name, name, address, email, inn, head_name, phones FROM organisation WHERE {} ORDER BY short_name, id",
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}

/// Birth dates of children.
pub async fn born(net: &Net, ids: &[PersonId]) -> Result<HashMap<PersonId, NaiveDate>, Fault> {
    let mut all = HashMap::new();
    for some in ids.chunks(500) {
        let mut w = Where::new();
        w.and_in("id", some.iter().copied());
        let sql = format!("SELECT id, birth_date FROM learner WHERE {}", w.sql());
        all.extend(net.all::<(PersonId, NaiveDate)>(sql, w.args).await?);
    }
    Ok(all)
}

/// When and where an edition was held, and by whom.
#[derive(Clone, Debug)]
pub struct Held {
    pub id: EditionId,
    pub organiser: Option<String>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub place: Option<String>,
}
kit::db::row!(Held { id, organiser, starts_on, ends_on, place });

pub async fn held(net: &Net, ids: &[EditionId]) -> Result<HashMap<EditionId, Held>, Fault> {
    let mut all = HashMap::new();
    for some in ids.chunks(500) {
        let mut w = Where::of("e");
        w.and_in("e.id", some.iter().copied());
        let sql = format!(
            "SELECT e.id, COALESCE(o.short_name, e.organiser), e.starts_on, e.ends_on, e.place FROM event_edition e
             LEFT JOIN organisation o ON o.network_id = $1 AND o.id = e.organiser_id WHERE {}",
            w.sql()
        );
        all.extend(net.all::<Held>(sql, w.args).await?.into_iter().map(|h| (h.id, h)));
    }
    Ok(all)
}

/// The lists that editions stand on, by the codes of their kinds.
pub async fn lists(net: &Net, ids: &[EditionId]) -> Result<HashMap<EditionId, Vec<String>>, Fault> {
    let mut all: HashMap<EditionId, Vec<String>> = HashMap::new();
    for some in ids.chunks(500) {
        let mut w = Where::of("g");
        w.and_raw("g.state = 'confirmed'").and_in("g.edition_id", some.iter().copied());
        let sql = format!(
            "SELECT DISTINCT g.edition_id, l.kind FROM event_listing g JOIN event_list_entry n ON n.network_id = $1 AND n.id = g.entry_id
             JOIN event_list l ON l.network_id = $1 AND l.id = n.list_id WHERE {} ORDER BY g.edition_id, l.kind",
            w.sql()
        );
        for (id, kind) in net.all::<(EditionId, String)>(sql, w.args).await? {
            all.entry(id).or_default().push(kind);
        }
    }
    Ok(all)
}

/// Who prepared the children of these participations.
pub async fn mentors(net: &Net, ids: &[ParticipationId]) -> Result<HashMap<ParticipationId, Vec<String>>, Fault> {
    let mut all: HashMap<ParticipationId, Vec<String>> = HashMap::new();
    for some in ids.chunks(500) {
        let mut w = Where::of("m");
        w.and_in("m.participation_id", some.iter().copied());
        let sql = format!(
            "SELECT m.participation_id, p.last_name, p.first_name, p.patronymic FROM participation_mentor m
             JOIN person p ON p.network_id = $1 AND p.id = m.person_id WHERE {} ORDER BY m.participation_id, m.share DESC, p.last_name",
            w.sql()
        );
        for (id, last, first, patronymic) in
            net.all::<(ParticipationId, String, String, Option<String>)>(sql, w.args).await?
        {
            let name = [Some(last), Some(first), patronymic].into_iter().flatten().collect::<Vec<_>>().join(" ");
            all.entry(id).or_default().push(name);
        }
    }
    Ok(all)
}
