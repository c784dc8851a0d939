//! The SQL of official lists.
use super::model::{AmendmentDraft, Decision, Entry, EntryId, EventList, LineDraft, ListDraft, ListId, Listing};
use crate::{
    acts::ActId,
    events::{EditionId, ListKind},
    shell::AcademicYear,
};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    db::{Net, Tx, Where, args},
    text::name_key,
};
use uuid::Uuid;

const LIST: &str = "l.id, l.kind, l.academic_year, l.title, l.act_id,
    (SELECT COUNT(*) FROM event_list_entry n WHERE n.network_id = $1 AND n.list_id = l.id AND n.until_date IS NULL), l.version";
const ENTRY: &str = "id, list_id, number, title, organiser, subjects, rsosh_level, from_date, until_date, act_id";

/// Every list, the latest year first.
pub async fn all(net: &Net) -> Result<Vec<EventList>, Fault> {
    let sql = format!("SELECT {LIST} FROM event_list l WHERE l.network_id = $1 ORDER BY l.academic_year DESC, l.kind");
    Ok(net.all(sql, args![]).await?)
}

pub async fn find(net: &Net, id: ListId) -> Result<Option<EventList>, Fault> {
    Ok(net.opt(format!("SELECT {LIST} FROM event_list l WHERE l.network_id = $1 AND l.id = $2"), args![id]).await?)
}

/// False when there is a list of this kind and year already.
pub async fn insert(
    tx: &mut Tx,
    id: ListId,
    d: &ListDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql =
        "INSERT INTO event_list (network_id, id, kind, academic_year, title, act_id, created_at, created_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, args![id, d.kind, d.academic_year, &d.title, d.act_id, now, actor]).await? == 1)
}

/// Writes lines that are in force from a day on.
pub async fn insert_lines(
    tx: &mut Tx,
    list: ListId,
    lines: &[(EntryId, &LineDraft)],
    from: NaiveDate,
    act: Option<ActId>,
) -> Result<(), Fault> {
    let rows = lines
        .iter()
        .map(|(id, d)| {
            let none: Option<NaiveDate> = None;
            args![
                *id,
                list,
                &d.number,
                &d.title,
                name_key(&d.title),
                &d.organiser,
                &d.subjects,
                d.rsosh_level,
                from,
                none,
                act
            ]
        })
        .collect();
    let into = "event_list_entry (network_id, id, list_id, number, title, title_key, organiser, subjects, rsosh_level, from_date, until_date, act_id)";
    Ok(tx.insert(into, rows).await?)
}

/// Ends lines with the day before an amendment; those that begin on its day or later go on. Their number.
pub async fn end_lines(tx: &mut Tx, list: ListId, d: &AmendmentDraft) -> Result<u64, Fault> {
    let mut w = Where::new();
    w.and("list_id = ?", list)
        .and_in("id", d.ends.iter().copied())
        .and("from_date < ?", d.on)
        .and_raw("until_date IS NULL");
    let last = w.arg(d.on.pred_opt());
    Ok(tx.run(format!("UPDATE event_list_entry SET until_date = {last} WHERE {}", w.sql()), w.args).await?)
}

pub async fn touch(tx: &mut Tx, list: ListId) -> Result<(), Fault> {
    tx.run("UPDATE event_list SET version = version + 1 WHERE network_id = $1 AND id = $2", args![list]).await?;
    Ok(())
}

/// The lines of a list that were in force on a day, by number and title.
pub async fn lines(net: &Net, list: ListId, on: NaiveDate, q: Option<&str>) -> Result<Vec<Entry>, Fault> {
    let mut w = Where::new();
    w.and("list_id = ?", list).and("from_date <= ?", on).and("(until_date IS NULL OR until_date >= ?)", on);
    let pattern = q.map(|q| format!("%{}%", name_key(q).replace(['\\', '%', '_'], " ")));
    w.and_opt("title_key LIKE ?", pattern);
    let sql = format!("SELECT {ENTRY} FROM event_list_entry WHERE {} ORDER BY title, id LIMIT 3000", w.sql());
    let mut lines: Vec<Entry> = net.all(sql, w.args).await?;
    // A number is text in the official papers: «12», «12.1», «12а». Its leading digits order it.
    lines.sort_by_cached_key(|line| {
        let number = line.number.clone().unwrap_or_default();
        let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
        (digits.parse::<u64>().unwrap_or(u64::MAX), number)
    });
    Ok(lines)
}

/// Every line of the lists of a year that is in force, with the kind of its list.
pub async fn lines_of_year(
    net: &Net,
    year: AcademicYear,
) -> Result<Vec<(EntryId, ListKind, String, Option<i64>)>, Fault> {
    let sql = "SELECT n.id, l.kind, n.title, n.rsosh_level FROM event_list_entry n
               JOIN event_list l ON l.network_id = $1 AND l.id = n.list_id
               WHERE n.network_id = $1 AND l.academic_year = $2 ORDER BY n.title, n.id";
    Ok(net.all(sql, args![year]).await?)
}

/// The days on which a list changed, the first one first.
pub async fn days(net: &Net, list: ListId) -> Result<Vec<NaiveDate>, Fault> {
    let sql =
        "SELECT DISTINCT from_date FROM event_list_entry WHERE network_id = $1 AND list_id = $2 ORDER BY from_date";
    let mut days: Vec<NaiveDate> =
        net.all::<(NaiveDate,)>(sql, args![list]).await?.into_iter().map(|(day,)| day).collect();
    let sql = "SELECT DISTINCT until_date FROM event_list_entry WHERE network_id = $1 AND list_id = $2 AND until_date IS NOT NULL";
    let ends: Vec<(NaiveDate,)> = net.all(sql, args![list]).await?;
    days.extend(ends.into_iter().filter_map(|(day,)| day.succ_opt()));
    days.sort_unstable();
    days.dedup();
    Ok(days)
}

/// What people have decided about the lines of a list.
pub async fn listings(net: &Net, list: ListId) -> Result<Vec<Listing>, Fault> {
    let sql = "SELECT g.edition_id, g.entry_id, g.state, g.why, e.title FROM event_listing g
               JOIN event_list_entry n ON n.network_id = $1 AND n.id = g.entry_id
               JOIN event_edition e ON e.network_id = $1 AND e.id = g.edition_id
               WHERE g.network_id = $1 AND n.list_id = $2 AND g.state IN ('confirmed', 'refused') ORDER BY e.title, e.id";
    Ok(net.all(sql, args![list]).await?)
}

/// What people have decided about an edition.
pub async fn decided(net: &Net, edition: EditionId) -> Result<Vec<(EntryId, Decision)>, Fault> {
    let sql = "SELECT entry_id, state FROM event_listing WHERE network_id = $1 AND edition_id = $2 AND state IN ('confirmed', 'refused')";
    Ok(net.all(sql, args![edition]).await?)
}

/// The editions of a year that may stand on lists, drafts left out.
pub async fn editions(net: &Net, year: AcademicYear) -> Result<Vec<(EditionId, String)>, Fault> {
    let sql = "SELECT id, title FROM event_edition WHERE network_id = $1 AND academic_year = $2 AND state NOT IN ('draft', 'cancelled') ORDER BY title, id LIMIT 2000";
    Ok(net.all(sql, args![year]).await?)
}

/// The year of a line's list, if there is such a line.
pub async fn year_of(tx: &mut Tx, entry: EntryId) -> Result<Option<(ListId, AcademicYear)>, Fault> {
    let sql = "SELECT l.id, l.academic_year FROM event_list_entry n JOIN event_list l ON l.network_id = $1 AND l.id = n.list_id
               WHERE n.network_id = $1 AND n.id = $2";
    Ok(tx.opt(sql, args![entry]).await?)
}

/// Writes what a person decided; deciding otherwise later replaces it.
pub async fn decide(
    tx: &mut Tx,
    (edition, entry): (EditionId, EntryId),
    decision: Decision,
    why: &str,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO event_listing (network_id, edition_id, entry_id, state, why, decided_at, decided_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
               ON CONFLICT (network_id, edition_id, entry_id) DO UPDATE SET state = excluded.state, why = excluded.why,
                 decided_at = excluded.decided_at, decided_by = excluded.decided_by";
    tx.run(sql, args![edition, entry, decision, why, now, actor]).await?;
    Ok(())
}

/// The lines of a list, for who has just written them.
pub async fn lines_in(tx: &mut Tx, list: ListId) -> Result<Vec<(EntryId, String)>, Fault> {
    let sql = "SELECT id, title FROM event_list_entry WHERE network_id = $1 AND list_id = $2 ORDER BY title, id";
    Ok(tx.all(sql, args![list]).await?)
}

/// The list of a kind and year, and when it was made.
pub async fn of_year(
    tx: &mut Tx,
    kind: ListKind,
    year: AcademicYear,
) -> Result<Option<(ListId, DateTime<Utc>)>, Fault> {
    let sql = "SELECT id, created_at FROM event_list WHERE network_id = $1 AND kind = $2 AND academic_year = $3";
    Ok(tx.opt(sql, args![kind, year]).await?)
}

/// What the lines of a list in force are known again by.
pub async fn keys(tx: &mut Tx, list: ListId) -> Result<Vec<String>, Fault> {
    let sql =
        "SELECT title, subjects FROM event_list_entry WHERE network_id = $1 AND list_id = $2 AND until_date IS NULL";
    let rows: Vec<(String, Option<String>)> = tx.all(sql, args![list]).await?;
    Ok(rows.iter().map(|(title, subjects)| super::import::key(title, subjects.as_deref())).collect())
}

/// Removes a line that came by mistake. False when an edition was linked to it, or it is gone.
pub async fn remove_line(tx: &mut Tx, id: EntryId) -> Result<bool, Fault> {
    let sql = "DELETE FROM event_list_entry WHERE network_id = $1 AND id = $2
               AND NOT EXISTS (SELECT 1 FROM event_listing g WHERE g.network_id = $1 AND g.entry_id = $2)";
    Ok(tx.run(sql, args![id]).await? == 1)
}
