//! The SQL of calls for reports: who was asked, who has not handed in, who was reminded.
use super::super::model::{Asked, Call, CallId, NewCall, Period};
use crate::organisations::{self, OrganisationId};
use chrono::NaiveDate;
use kit::{
    Fault, Visit,
    db::{Net, Tx, Where, args},
};
use uuid::Uuid;

const WHOLE: &str = "id, first_year, last_year, due_on, note, general, preschool, additional, closed_at";

/// False when these years were called for already.
pub async fn insert(tx: &mut Tx, visit: &Visit, id: CallId, new: &NewCall) -> Result<bool, Fault> {
    use organisations::Kind::{Additional, General, Preschool};
    let sql = "INSERT INTO report_call (network_id, id, first_year, last_year, due_on, note, general, preschool, additional, created_at, created_by)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING";
    let asked = |kind| new.kinds.contains(&kind);
    let values = args![
        id,
        new.period.from,
        new.period.to,
        new.due_on,
        new.note.as_deref(),
        asked(General),
        asked(Preschool),
        asked(Additional),
        visit.now,
        visit.viewer.person
    ];
    Ok(tx.run(sql, values).await? == 1)
}

pub async fn find(net: &Net, id: CallId) -> Result<Option<Call>, Fault> {
    Ok(net.opt(format!("SELECT {WHOLE} FROM report_call WHERE network_id = $1 AND id = $2"), args![id]).await?)
}

/// Calls that are not over, the most pressing first.
pub async fn open(net: &Net) -> Result<Vec<Call>, Fault> {
    let sql = format!(
        "SELECT {WHOLE} FROM report_call WHERE network_id = $1 AND closed_at IS NULL ORDER BY due_on, id LIMIT 20"
    );
    Ok(net.all(sql, args![]).await?)
}

/// Every call, the latest first.
pub async fn all(net: &Net) -> Result<Vec<Call>, Fault> {
    let sql = format!(
        "SELECT {WHOLE} FROM report_call WHERE network_id = $1 ORDER BY last_year DESC, first_year DESC LIMIT 60"
    );
    Ok(net.all(sql, args![]).await?)
}

/// The call for these years.
pub async fn of_period(net: &Net, period: Period) -> Result<Option<Call>, Fault> {
    let sql = format!("SELECT {WHOLE} FROM report_call WHERE network_id = $1 AND first_year = $2 AND last_year = $3");
    Ok(net.opt(sql, args![period.from, period.to]).await?)
}

/// Ends a call. False when it is over already.
pub async fn close(tx: &mut Tx, visit: &Visit, id: CallId) -> Result<bool, Fault> {
    let sql = "UPDATE report_call SET closed_at = $3 WHERE network_id = $1 AND id = $2 AND closed_at IS NULL";
    Ok(tx.run(sql, args![id, visit.now]).await? == 1)
}

/// Active organisations of the kinds that are asked, each with its report and its last reminder.
fn joined(call: &Call) -> (Where, String) {
    let mut w = Where::of("o");
    w.and_raw("o.state = 'active'").and_in("o.kind", call.kinds());
    let (first, last, id) = (w.arg(call.from), w.arg(call.to), w.arg(call.id));
    let from = format!(
        "organisation o
         LEFT JOIN report r ON r.network_id = $1 AND r.kind = 'organisation' AND r.organisation_id = o.id
           AND r.first_year = {first} AND r.last_year = {last}
         LEFT JOIN report_reminder m ON m.network_id = $1 AND m.call_id = {id} AND m.organisation_id = o.id"
    );
    (w, from)
}

const ASKED: &str = "o.id, o.short_name, o.kind, r.id, r.state, m.last_on, m.times";
const HANDED_IN: &str = "r.state IN ('submitted', 'accepted', 'closed')";

/// Whom a call asks, by name.
pub async fn organisations(net: &Net, call: &Call) -> Result<Vec<Asked>, Fault> {
    let (w, from) = joined(call);
    Ok(net.all(format!("SELECT {ASKED} FROM {from} WHERE {} ORDER BY o.short_name, o.id", w.sql()), w.args).await?)
}

/// Those of some organisations that a call asks.
pub async fn of_own(net: &Net, call: &Call, own: &[Uuid]) -> Result<Vec<Asked>, Fault> {
    let (mut w, from) = joined(call);
    w.and_in("o.id", own.iter().copied());
    Ok(net.all(format!("SELECT {ASKED} FROM {from} WHERE {} ORDER BY o.short_name, o.id", w.sql()), w.args).await?)
}

/// How many handed in, and how many were asked.
pub async fn progress(net: &Net, call: &Call) -> Result<(i64, i64), Fault> {
    let (w, from) = joined(call);
    let sql = format!(
        "SELECT CAST(COALESCE(SUM(CASE WHEN {HANDED_IN} THEN 1 ELSE 0 END), 0) AS BIGINT), COUNT(*) FROM {from} WHERE {}",
        w.sql()
    );
    Ok(net.one(sql, w.args).await?)
}

/// That somebody with one of these roles works at the organisation `o`.
fn manned(w: &mut Where, roles: &[&'static str], today: NaiveDate) -> String {
    let roles: Vec<String> = roles.iter().map(|role| w.arg(*role)).collect();
    let day = w.arg(today);
    format!(
        "EXISTS (SELECT 1 FROM role_grant g WHERE g.network_id = $1 AND g.organisation_id = o.id AND g.role IN ({})
           AND g.from_date <= {day} AND (g.until_date IS NULL OR g.until_date >= {day}))",
        roles.join(", ")
    )
}

/// Notes that those who have not handed in and were not reminded today are reminded now, where one of these
/// roles can read it; gives whom, with the id that the word to them is known by.
pub async fn take_turn(
    tx: &mut Tx,
    visit: &Visit,
    call: &Call,
    roles: &[&'static str],
) -> Result<Vec<(Uuid, OrganisationId)>, Fault> {
    let (mut w, from) = joined(call);
    let is_manned = manned(&mut w, roles, visit.today);
    w.and_raw(&is_manned);
    w.and_raw(&format!("(r.id IS NULL OR NOT {HANDED_IN})"));
    w.and("(m.last_on IS NULL OR m.last_on < ?)", visit.today);
    let sql = format!("SELECT o.id FROM {from} WHERE {} ORDER BY o.id", w.sql());
    let owing: Vec<(OrganisationId,)> = tx.all(sql, w.args).await?;
    let mut reminded = Vec::with_capacity(owing.len());
    for some in owing.chunks(300) {
        let mut values = Vec::new();
        let mut rows = Vec::with_capacity(some.len());
        for (organisation,) in some {
            let n = values.len() + 2;
            rows.push(format!("($1, ${n}, ${}, ${}, ${}, 1)", n + 1, n + 2, n + 3));
            values.extend(args![visit.new_id(), call.id, *organisation, visit.today]);
        }
        // Two press at once: the day of the second finds the first one's, and nobody gets two words.
        let sql = format!(
            "INSERT INTO report_reminder (network_id, id, call_id, organisation_id, last_on, times) VALUES {}
             ON CONFLICT (network_id, call_id, organisation_id) DO UPDATE SET last_on = excluded.last_on, times = report_reminder.times + 1
               WHERE report_reminder.last_on < excluded.last_on
             RETURNING id, organisation_id",
            rows.join(", ")
        );
        let written: Vec<(Uuid, OrganisationId)> = tx.all(sql, values).await?;
        reminded.extend(written);
    }
    Ok(reminded)
}

/// The words by which an organisation was reminded of a report of these years.
pub async fn reminders(tx: &mut Tx, organisation: OrganisationId, period: Period) -> Result<Vec<Uuid>, Fault> {
    let sql = "SELECT m.id FROM report_reminder m JOIN report_call c ON c.network_id = $1 AND c.id = m.call_id
               WHERE m.network_id = $1 AND m.organisation_id = $2 AND c.first_year = $3 AND c.last_year = $4";
    let rows: Vec<(Uuid,)> = tx.all(sql, args![organisation, period.from, period.to]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Every word of a call, when it is over.
pub async fn reminders_of(tx: &mut Tx, call: CallId) -> Result<Vec<Uuid>, Fault> {
    let rows: Vec<(Uuid,)> =
        tx.all("SELECT id FROM report_reminder WHERE network_id = $1 AND call_id = $2", args![call]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Whether anybody who hands in works at each of these: those without one, by name.
pub async fn nobody_at(
    net: &Net,
    organisations: &[Uuid],
    roles: &[&'static str],
    today: NaiveDate,
) -> Result<Vec<Uuid>, Fault> {
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    let mut w = Where::of("o");
    w.and_in("o.id", organisations.iter().copied());
    let is_manned = manned(&mut w, roles, today);
    w.and_raw(&format!("NOT {is_manned}"));
    let rows: Vec<(Uuid,)> = net.all(format!("SELECT o.id FROM organisation o WHERE {}", w.sql()), w.args).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
