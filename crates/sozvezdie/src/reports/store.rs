//! The SQL of reports.
pub mod calls;

use super::{
    Sight,
    model::{Copy, Kind, Period, Report, ReportId, State},
};
use crate::organisations::OrganisationId;
use kit::{
    Fault, Visit,
    access::Reach,
    cursor::{COUNTED, Cursor, Slice},
    db::{Directory, Net, NetworkId, Tx, Val, Where, args},
};
use uuid::Uuid;

const WHOLE: &str =
    "r.id, r.kind, r.organisation_id, o.short_name, r.first_year, r.last_year, r.body, r.state, r.reason, r.copy,
    r.updated_at, r.updated_by, r.version";
/// The same for a list: without the text.
const LISTED: &str =
    "r.id, r.kind, r.organisation_id, o.short_name, r.first_year, r.last_year, '', r.state, r.reason, r.copy,
    r.updated_at, r.updated_by, r.version";
const FROM: &str = "report r LEFT JOIN organisation o ON o.network_id = $1 AND o.id = r.organisation_id";

/// The founder of the network and its territory.
pub async fn network(directory: &Directory, id: NetworkId) -> Result<(Option<String>, String), Fault> {
    let row = directory.opt("SELECT founder, territory FROM network WHERE id = $1", vec![Val::from(id)]).await?;
    Ok(row.unwrap_or_default())
}

/// Begins a report. False when there is one of these years already.
pub async fn insert(
    tx: &mut Tx,
    visit: &Visit,
    id: ReportId,
    (kind, organisation): (Kind, Option<OrganisationId>),
    period: Period,
    body: &str,
) -> Result<bool, Fault> {
    let sql = "INSERT INTO report (network_id, id, kind, organisation_id, first_year, last_year, body, state, created_at, created_by,
                 updated_at, updated_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, 'draft', $8, $9, $8, $9, 1) ON CONFLICT DO NOTHING";
    let values = args![id, kind, organisation, period.from, period.to, body, visit.now, visit.viewer.person];
    Ok(tx.run(sql, values).await? == 1)
}

pub async fn find(net: &Net, id: ReportId) -> Result<Option<Report>, Fault> {
    Ok(net.opt(format!("SELECT {WHOLE} FROM {FROM} WHERE r.network_id = $1 AND r.id = $2"), args![id]).await?)
}

pub async fn find_in(tx: &mut Tx, id: ReportId) -> Result<Option<Report>, Fault> {
    Ok(tx.opt(format!("SELECT {WHOLE} FROM {FROM} WHERE r.network_id = $1 AND r.id = $2"), args![id]).await?)
}

/// The report of these years.
pub async fn of_period(
    tx: &mut Tx,
    kind: Kind,
    organisation: Option<OrganisationId>,
    period: Period,
) -> Result<Option<ReportId>, Fault> {
    let mut w = Where::new();
    w.and("kind = ?", kind).and("first_year = ?", period.from).and("last_year = ?", period.to);
    match organisation {
        Some(id) => w.and("organisation_id = ?", id),
        None => w.and_raw("organisation_id IS NULL"),
    };
    let row: Option<(ReportId,)> = tx.opt(format!("SELECT id FROM report WHERE {}", w.sql()), w.args).await?;
    Ok(row.map(|(id,)| id))
}

/// The same rule as [`Sight::covers`], as a condition.
fn seen(sight: &Sight, args: &mut Vec<Val>) -> String {
    let all = sight.all.sql("r.organisation_id", args);
    let centre = sight.centre.sql("r.organisation_id", args);
    let own: Vec<String> = sight
        .writes
        .iter()
        .map(|(kind, reach)| format!("(r.kind = '{}' AND {})", kind.code(), reach.sql("r.organisation_id", args)))
        .collect();
    format!("({all} OR (r.kind = 'centre' AND {centre})) AND (r.state <> 'draft' OR {})", own.join(" OR "))
}

/// These reports within reach, for search.
pub async fn some(net: &Net, sight: &Sight, ids: &[Uuid]) -> Result<Vec<Report>, Fault> {
    let mut w = Where::of("r");
    w.and_in("r.id", ids.iter().copied());
    let may = seen(sight, &mut w.args);
    w.and_raw(&may);
    Ok(net.all(format!("SELECT {LISTED} FROM {FROM} WHERE {}", w.sql()), w.args).await?)
}

/// Which reports.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub state: Option<State>,
    pub kind: Option<Kind>,
    /// Of which the report tells among others.
    pub year: Option<crate::shell::AcademicYear>,
}

/// A page of those within reach, the latest years first.
pub async fn list(
    net: &Net,
    sight: &Sight,
    f: &Filter,
    cursor: Option<&Cursor>,
    size: i64,
) -> Result<Slice<Report>, Fault> {
    let mut w = Where::of("r");
    let may = seen(sight, &mut w.args);
    w.and_raw(&may).and_opt("r.state = ?", f.state).and_opt("r.kind = ?", f.kind);
    w.and_opt("r.first_year <= ? AND r.last_year >= ?", f.year);
    let mut reader = net.reader().await?;
    let count =
        format!("SELECT COUNT(*) FROM (SELECT 1 FROM report r WHERE {} LIMIT {}) AS counted", w.sql(), COUNTED + 1);
    let total: i64 = reader.scalar(count, w.args.clone()).await?;
    if let Some(cursor) = cursor {
        let year: i64 = cursor.value.parse().map_err(|_| Fault::NotFound)?;
        let (year, id) = (w.arg(year), w.arg(cursor.id));
        w.and_raw(&format!("(r.last_year, r.id) < ({year}, {id})"));
    }
    let limit = w.arg(size + 1);
    let sql =
        format!("SELECT {LISTED} FROM {FROM} WHERE {} ORDER BY r.last_year DESC, r.id DESC LIMIT {limit}", w.sql());
    let mut items: Vec<Report> = reader.all(sql, w.args).await?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let more = items.len() > size;
    items.truncate(size);
    let next = items.last().filter(|_| more).map(|r| Cursor { value: r.to.0.to_string(), id: r.id.0 });
    Ok(Slice { items, next, total })
}

/// How many reports wait for the department.
pub async fn count_submitted(net: &Net) -> Result<i64, Fault> {
    Ok(net.scalar("SELECT COUNT(*) FROM report WHERE network_id = $1 AND state = 'submitted'", args![]).await?)
}

/// Reports that were returned, within reach.
pub async fn returned(net: &Net, reach: &Reach, kinds: &[Kind]) -> Result<Vec<Report>, Fault> {
    let mut w = Where::of("r");
    let may = reach.sql("r.organisation_id", &mut w.args);
    w.and_raw(&may).and_raw("r.state = 'returned'").and_in("r.kind", kinds.iter().copied());
    Ok(net.all(format!("SELECT {LISTED} FROM {FROM} WHERE {} ORDER BY r.id LIMIT 20", w.sql()), w.args).await?)
}

/// Writes the text of an open report. False when somebody wrote in between or it is handed in.
pub async fn write(tx: &mut Tx, visit: &Visit, id: ReportId, version: i64, body: &str) -> Result<bool, Fault> {
    let sql = "UPDATE report SET body = $4, updated_at = $5, updated_by = $6, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3 AND state IN ('draft', 'returned')";
    Ok(tx.run(sql, args![id, version, body, visit.now, visit.viewer.person]).await? == 1)
}

/// Moves a report that is as it was looked at. `copy`: the number of the copy it is handed in with.
pub async fn step(
    tx: &mut Tx,
    visit: &Visit,
    (id, version): (ReportId, i64),
    (from, to): (State, State),
    copy: Option<i64>,
    reason: Option<&str>,
) -> Result<bool, Fault> {
    let sql = "UPDATE report SET state = $5, copy = COALESCE($6, copy), reason = COALESCE($7, reason), updated_at = $8, updated_by = $9,
                 version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3 AND state = $4";
    let values = args![id, version, from, to, copy, reason, visit.now, visit.viewer.person];
    Ok(tx.run(sql, values).await? == 1)
}

/// Keeps a copy for good.
pub async fn insert_copy(
    tx: &mut Tx,
    visit: &Visit,
    id: ReportId,
    number: i64,
    (body, figures): (&str, &str),
) -> Result<(), Fault> {
    let sql = "INSERT INTO report_copy (network_id, report_id, number, body, figures, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    tx.run(sql, args![id, number, body, figures, visit.now, visit.viewer.person]).await?;
    Ok(())
}

pub async fn copy(net: &Net, id: ReportId, number: i64) -> Result<Option<Copy>, Fault> {
    let sql = "SELECT number, body, figures, made_at, made_by FROM report_copy WHERE network_id = $1 AND report_id = $2 AND number = $3";
    Ok(net.opt(sql, args![id, number]).await?)
}

/// Number, when and by whom: every copy of a report, the latest first.
pub async fn copies(net: &Net, id: ReportId) -> Result<Vec<Copy>, Fault> {
    let sql = "SELECT number, '', '', made_at, made_by FROM report_copy WHERE network_id = $1 AND report_id = $2 ORDER BY number DESC LIMIT 50";
    Ok(net.all(sql, args![id]).await?)
}

/// Handed-in reports whose copy is missing: for the command `check`.
pub async fn without_copy(net: &Net) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) FROM report r WHERE r.network_id = $1 AND r.state IN ('submitted', 'accepted', 'closed')
               AND NOT EXISTS (SELECT 1 FROM report_copy c WHERE c.network_id = $1 AND c.report_id = r.id AND c.number = r.copy)";
    Ok(net.scalar(sql, args![]).await?)
}
