//! The SQL of acts.
use super::model::{Act, ActDraft, ActId, ActState, Kind, Linked, Relation};
use crate::organisations::OrganisationId;
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    access::Reach,
    cursor::{COUNTED, Cursor, Slice},
    db::{Directory, Net, NetworkId, Row, RowRef, Tx, Val, Where, args},
    text::name_key,
};
use uuid::Uuid;

kit::codes! {
    /// The order of the list.
    pub enum Sort { DateDown = "-date", Date = "date", Title = "title", TitleDown = "-title" }
}

/// Which acts, in which order.
#[derive(Clone, Debug)]
pub struct Filter {
    pub q: Option<String>,
    pub kind: Option<Kind>,
    pub year: Option<i32>,
    pub state: Option<ActState>,
    /// Of this organisation or about it.
    pub organisation: Option<OrganisationId>,
    pub sort: Sort,
    /// The day that states are told for.
    pub today: NaiveDate,
    /// Only what stands in the archive, where the viewer may see it.
    pub archived: bool,
    pub archive: Reach,
}

impl Filter {
    fn conditions(&self) -> Where {
        let mut w = Where::new();
        // A person types words, not patterns.
        let pattern = self.q.as_deref().map(|q| format!("%{}%", name_key(q).replace(['\\', '%', '_'], " ")));
        w.and_opt("name_key LIKE ?", pattern).and_opt("kind = ?", self.kind);
        if let Some(year) = self.year {
            w.and("issued_on >= ?", format!("{year:04}-01-01")).and("issued_on <= ?", format!("{year:04}-12-31"));
        }
        let about = "(organisation_id = ? OR id IN (SELECT act_id FROM act_organisation WHERE network_id = $1 AND organisation_id = ?))";
        w.and_opt(about, self.organisation);
        if let Some(state) = self.state {
            let day = w.arg(self.today);
            w.and_raw(&in_state(state, &day));
        }
        if self.archived {
            let own = self.archive.sql("organisation_id", &mut w.args);
            w.and_raw(&format!("archived AND {own}"));
        } else {
            w.and_raw("NOT archived");
        }
        w
    }
}

/// The rule of `Days::state` as a condition; a test holds the two together.
fn in_state(state: ActState, day: &str) -> String {
    let open = format!("(repealed_on IS NULL OR repealed_on > {day})");
    let stands = format!("{open} AND (replaced_on IS NULL OR replaced_on > {day})");
    match state {
        ActState::Repealed => format!("repealed_on <= {day}"),
        ActState::Replaced => format!("{open} AND replaced_on <= {day}"),
        ActState::NotYet => format!("{stands} AND effective_from > {day}"),
        ActState::Expired => format!("{stands} AND effective_from <= {day} AND effective_until < {day}"),
        ActState::InForce => {
            format!("{stands} AND effective_from <= {day} AND (effective_until IS NULL OR effective_until >= {day})")
        }
    }
}

const WHOLE: &str =
    "id, kind, number, issued_on, issuer, title, note, organisation_id, effective_from, effective_until, replaced_on,
    repealed_on, archived, updated_at, updated_by, version";

/// One page of the list after `cursor`, and how many there are in all.
pub async fn list(net: &Net, filter: &Filter, cursor: Option<&Cursor>, size: i64) -> Result<Slice<Act>, Fault> {
    let mut w = filter.conditions();
    let total = format!("SELECT COUNT(*) FROM (SELECT 1 FROM act WHERE {} LIMIT {}) AS counted", w.sql(), COUNTED + 1);
    let mut reader = net.reader().await?;
    let total: i64 = reader.scalar(total, w.args.clone()).await?;

    let (column, down) = match filter.sort {
        Sort::DateDown => ("issued_on", true),
        Sort::Date => ("issued_on", false),
        Sort::Title => ("title", false),
        Sort::TitleDown => ("title", true),
    };
    if let Some(cursor) = cursor {
        let (value, id) = (w.arg(cursor.value.as_str()), w.arg(cursor.id));
        let sign = if down { '<' } else { '>' };
        w.and_raw(&format!("({column}, id) {sign} ({value}, {id})"));
    }
    let order = if down { "DESC" } else { "ASC" };
    let sql =
        format!("SELECT {WHOLE} FROM act WHERE {} ORDER BY {column} {order}, id {order} LIMIT {}", w.sql(), size + 1);
    let mut items: Vec<Act> = reader.all(sql, w.args).await?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let more = items.len() > size;
    items.truncate(size);
    let next = items.last().filter(|_| more).map(|last| Cursor {
        value: match filter.sort {
            Sort::DateDown | Sort::Date => last.issued_on.to_string(),
            Sort::Title | Sort::TitleDown => last.title.clone(),
        },
        id: last.id.0,
    });
    Ok(Slice { items, next, total })
}

/// How many acts of each kind there are, the archive left out.
pub async fn counts(net: &Net) -> Result<Vec<(Kind, i64)>, Fault> {
    let sql = "SELECT kind, COUNT(*) FROM act WHERE network_id = $1 AND NOT archived GROUP BY kind";
    let mut rows: Vec<(Kind, i64)> = net.all(sql, args![]).await?;
    rows.sort_unstable_by_key(|(kind, _)| *kind);
    Ok(rows)
}

/// The years in which acts were issued, the latest first.
pub async fn years(net: &Net) -> Result<Vec<String>, Fault> {
    let sql = "SELECT DISTINCT substr(issued_on, 1, 4) AS year FROM act WHERE network_id = $1 AND NOT archived ORDER BY year DESC";
    let rows: Vec<(String,)> = net.all(sql, args![]).await?;
    Ok(rows.into_iter().map(|(year,)| year).collect())
}

pub async fn find(net: &Net, id: ActId) -> Result<Option<Act>, Fault> {
    Ok(net.opt(format!("SELECT {WHOLE} FROM act WHERE network_id = $1 AND id = $2"), args![id]).await?)
}

pub async fn find_in(tx: &mut Tx, id: ActId) -> Result<Option<Act>, Fault> {
    Ok(tx.opt(format!("SELECT {WHOLE} FROM act WHERE network_id = $1 AND id = $2"), args![id]).await?)
}

/// Those of these ids that are there.
pub async fn find_all(net: &Net, ids: &[Uuid]) -> Result<Vec<Act>, Fault> {
    let mut w = Where::new();
    w.and_in("id", ids.iter().copied());
    Ok(net.all(format!("SELECT {WHOLE} FROM act WHERE {} ORDER BY issued_on DESC, id", w.sql()), w.args).await?)
}

/// Other acts of this number and day, whoever issued them.
pub async fn namesakes(net: &Net, act: &Act) -> Result<Vec<Act>, Fault> {
    let Some(number) = &act.number else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT {WHOLE} FROM act
         WHERE network_id = $1 AND number_key = $2 AND issued_on = $3 AND id <> $4 AND NOT archived ORDER BY id LIMIT 20"
    );
    Ok(net.all(sql, args![name_key(number), act.issued_on, act.id]).await?)
}

fn keys(d: &ActDraft) -> (String, String) {
    let number = name_key(d.number.as_deref().unwrap_or_default());
    let name = format!("{number} {} {}", name_key(&d.title), name_key(&d.issuer));
    (number, name)
}

pub async fn insert(
    tx: &mut Tx,
    id: ActId,
    d: &ActDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO act (network_id, id, kind, number, number_key, issued_on, issuer, title, name_key, note, organisation_id,
                 effective_from, effective_until, archived, created_at, created_by, updated_at, updated_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $15, $16, 1)";
    let (number_key, name_key) = keys(d);
    let args = args![
        id,
        d.kind,
        &d.number,
        number_key,
        d.issued_on,
        &d.issuer,
        &d.title,
        name_key,
        &d.note,
        d.owner,
        d.effective_from,
        d.effective_until,
        false,
        now,
        actor
    ];
    tx.run(sql, args).await?;
    put_organisations(tx, id, &d.organisations).await
}

/// False when the version is no longer the one that was edited.
pub async fn update(
    tx: &mut Tx,
    id: ActId,
    version: i64,
    d: &ActDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE act SET kind = $4, number = $5, number_key = $6, issued_on = $7, issuer = $8, title = $9, name_key = $10, note = $11,
                 organisation_id = $12, effective_from = $13, effective_until = $14, updated_at = $15, updated_by = $16, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3";
    let (number_key, name_key) = keys(d);
    let args = args![
        id,
        version,
        d.kind,
        &d.number,
        number_key,
        d.issued_on,
        &d.issuer,
        &d.title,
        name_key,
        &d.note,
        d.owner,
        d.effective_from,
        d.effective_until,
        now,
        actor
    ];
    if tx.run(sql, args).await? == 0 {
        return Ok(false);
    }
    put_organisations(tx, id, &d.organisations).await?;
    Ok(true)
}

/// Puts an act into the archive or takes it out. False when it stands there already.
pub async fn set_archived(
    tx: &mut Tx,
    id: ActId,
    archived: bool,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE act SET archived = $3, updated_at = $4, updated_by = $5, version = version + 1
               WHERE network_id = $1 AND id = $2 AND archived <> $3";
    Ok(tx.run(sql, args![id, archived, now, actor]).await? == 1)
}

async fn put_organisations(tx: &mut Tx, id: ActId, organisations: &[OrganisationId]) -> Result<(), Fault> {
    tx.run("DELETE FROM act_organisation WHERE network_id = $1 AND act_id = $2", args![id]).await?;
    for organisation in organisations {
        let sql = "INSERT INTO act_organisation (network_id, act_id, organisation_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        tx.run(sql, args![id, *organisation]).await?;
    }
    Ok(())
}

/// The organisations that an act is about.
pub async fn organisations(net: &Net, id: ActId) -> Result<Vec<OrganisationId>, Fault> {
    let sql =
        "SELECT organisation_id FROM act_organisation WHERE network_id = $1 AND act_id = $2 ORDER BY organisation_id";
    let rows: Vec<(OrganisationId,)> = net.all(sql, args![id]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// False when the link is there already.
pub async fn put_link(tx: &mut Tx, source: ActId, target: ActId, relation: Relation) -> Result<bool, Fault> {
    let sql = "INSERT INTO act_link (network_id, source_id, target_id, relation) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, args![source, target, relation]).await? == 1)
}

/// False when there is no such link.
pub async fn drop_link(tx: &mut Tx, source: ActId, target: ActId, relation: Relation) -> Result<bool, Fault> {
    let sql = "DELETE FROM act_link WHERE network_id = $1 AND source_id = $2 AND target_id = $3 AND relation = $4";
    Ok(tx.run(sql, args![source, target, relation]).await? == 1)
}

/// Tells every act that this one replaces or repeals since when: called when its links, its days or
/// its place in the archive have changed. `also` is one that it has just let go.
pub async fn tell_targets(tx: &mut Tx, source: ActId, also: Option<ActId>) -> Result<(), Fault> {
    let first = |relation: &str| {
        format!(
            "(SELECT MIN(s.effective_from) FROM act_link l JOIN act s ON s.network_id = $1 AND s.id = l.source_id
              WHERE l.network_id = $1 AND l.target_id = act.id AND l.relation = '{relation}' AND NOT s.archived)"
        )
    };
    let sql = format!(
        "UPDATE act SET replaced_on = {}, repealed_on = {} WHERE network_id = $1
           AND (id = $3 OR id IN (SELECT target_id FROM act_link WHERE network_id = $1 AND source_id = $2))",
        first("replaces"),
        first("repeals")
    );
    tx.run(sql, args![source, also]).await?;
    Ok(())
}

struct LinkedRow(Linked);

impl Row for LinkedRow {
    fn from_row(row: RowRef<'_>) -> kit::db::Result<Self> {
        row.expect_columns(18)?;
        let act = Act {
            id: row.get(2)?,
            kind: row.get(3)?,
            number: row.get(4)?,
            issued_on: row.get(5)?,
            issuer: row.get(6)?,
            title: row.get(7)?,
            note: row.get(8)?,
            organisation_id: row.get(9)?,
            effective_from: row.get(10)?,
            effective_until: row.get(11)?,
            replaced_on: row.get(12)?,
            repealed_on: row.get(13)?,
            archived: row.get(14)?,
            updated_at: row.get(15)?,
            updated_by: row.get(16)?,
            version: row.get(17)?,
        };
        Ok(Self(Linked { relation: row.get(0)?, outgoing: row.get(1)?, act }))
    }
}

/// What this act does to others and others to it; those in the archive left out.
pub async fn links(net: &Net, id: ActId) -> Result<Vec<Linked>, Fault> {
    let sql = format!(
        "SELECT l.relation, l.source_id = $2, {} FROM act_link l
         JOIN act a ON a.network_id = $1 AND a.id = CASE WHEN l.source_id = $2 THEN l.target_id ELSE l.source_id END
         WHERE l.network_id = $1 AND (l.source_id = $2 OR l.target_id = $2) AND NOT a.archived
         ORDER BY a.issued_on, a.id",
        WHOLE.split(',').map(|c| format!("a.{}", c.trim())).collect::<Vec<_>>().join(", ")
    );
    let rows: Vec<LinkedRow> = net.all(sql, args![id]).await?;
    Ok(rows.into_iter().map(|LinkedRow(linked)| linked).collect())
}

/// Who issues the network's own acts, where the directory knows.
pub async fn founder(directory: &Directory, network: NetworkId) -> Result<Option<String>, Fault> {
    Ok(directory.scalar("SELECT founder FROM network WHERE id = $1", vec![Val::from(network)]).await?)
}
