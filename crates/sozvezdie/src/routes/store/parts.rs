//! The SQL of what hangs on a route: words, signatures, versions, visits, templates, and the table of
//! limits.
use super::super::{
    content::Content,
    load::{Burden, Limit, Limits},
    model::{RouteId, Signature, StepId, Version, Word, WordKind},
};
use crate::{organisations::OrganisationId, people::PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault, Visit,
    db::{Net, Tx, args},
};
use std::collections::HashMap;
use uuid::Uuid;

/// The words said along the way, the latest first.
pub async fn words(net: &Net, id: RouteId) -> Result<Vec<Word>, Fault> {
    let sql = "SELECT kind, words, at, by_person FROM route_word WHERE network_id = $1 AND route_id = $2 ORDER BY at DESC, id DESC LIMIT 200";
    Ok(net.all(sql, args![id]).await?)
}

pub async fn insert_word(
    tx: &mut Tx,
    visit: &Visit,
    id: RouteId,
    kind: WordKind,
    words: &str,
    by: Uuid,
) -> Result<(), Fault> {
    let sql = "INSERT INTO route_word (network_id, id, route_id, kind, words, at, by_person) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    tx.run(sql, args![visit.new_id(), id, kind, words, visit.now, by]).await?;
    Ok(())
}

/// Who signed which version, in the order in which they did.
pub async fn signatures(net: &Net, id: RouteId) -> Result<Vec<Signature>, Fault> {
    let sql = "SELECT number, kind, step_id, organisation_id, person_id, at FROM route_signature
               WHERE network_id = $1 AND route_id = $2 ORDER BY at, id";
    Ok(net.all(sql, args![id]).await?)
}

pub async fn insert_signature(tx: &mut Tx, visit: &Visit, id: RouteId, s: &Signature) -> Result<(), Fault> {
    let sql =
        "INSERT INTO route_signature (network_id, id, route_id, number, kind, step_id, organisation_id, person_id, at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    tx.run(sql, args![visit.new_id(), id, s.number, s.kind, s.step, s.organisation, s.person, s.at]).await?;
    Ok(())
}

/// The approved versions, the latest first.
pub async fn versions(net: &Net, id: RouteId) -> Result<Vec<Version>, Fault> {
    let sql = "SELECT number, reason, approved_at, approved_by FROM route_version WHERE network_id = $1 AND route_id = $2 ORDER BY number DESC";
    Ok(net.all(sql, args![id]).await?)
}

/// What a version says.
pub async fn version(net: &Net, id: RouteId, number: i64) -> Result<Option<Content>, Fault> {
    let sql = "SELECT content FROM route_version WHERE network_id = $1 AND route_id = $2 AND number = $3";
    let found: Option<(String,)> = net.opt(sql, args![id, number]).await?;
    found.map(|(json,)| read(&json)).transpose()
}

/// The version that holds; none before the first approval.
pub async fn in_force(net: &Net, id: RouteId) -> Result<Option<Content>, Fault> {
    let found: Option<(String,)> = net.opt(IN_FORCE, args![id]).await?;
    found.map(|(json,)| read(&json)).transpose()
}

/// The same inside a transaction.
pub async fn in_force_in(tx: &mut Tx, id: RouteId) -> Result<Option<Content>, Fault> {
    let found: Option<(String,)> = tx.opt(IN_FORCE, args![id]).await?;
    found.map(|(json,)| read(&json)).transpose()
}

const IN_FORCE: &str = "SELECT v.content FROM route_version v
    JOIN individual_route r ON r.network_id = $1 AND r.id = v.route_id AND r.number = v.number
    WHERE v.network_id = $1 AND v.route_id = $2";

/// To which organisations the steps of a child's routes are open today: step, organisation.
pub async fn opened_to(net: &Net, learner: PersonId, today: NaiveDate) -> Result<Vec<(StepId, OrganisationId)>, Fault> {
    let sql = "SELECT DISTINCT source_id, organisation_id FROM learner_ground
               WHERE network_id = $1 AND learner_id = $2 AND kind = 'route' AND organisation_id IS NOT NULL
                 AND from_date <= $3 AND (until_date IS NULL OR until_date >= $3)";
    Ok(net.all(sql, args![learner, today]).await?)
}

pub(super) fn read(json: &str) -> Result<Content, Fault> {
    serde_json::from_str(json).map_err(|e| Fault::Internal(e.into()))
}

fn written(content: &Content) -> Result<String, Fault> {
    serde_json::to_string(content).map_err(|e| Fault::Internal(e.into()))
}

pub async fn insert_version(
    tx: &mut Tx,
    visit: &Visit,
    id: RouteId,
    number: i64,
    content: &Content,
    reason: Option<&str>,
    by: Option<Uuid>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO route_version (network_id, route_id, number, content, reason, approved_at, approved_by)
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    tx.run(sql, args![id, number, written(content)?, reason, visit.now, by]).await?;
    Ok(())
}

/// A visit that may belong to a step: what and when, whether it is tied, and its state.
pub type Tie = (Uuid, String, DateTime<Utc>, DateTime<Utc>, String, bool);

/// The visits to the step's organisation, by those who lead or teach the child, within its days; what
/// is tied to another step is left out.
pub async fn offers_visits(
    net: &Net,
    (route, step): (RouteId, StepId),
    host: OrganisationId,
    askers: &[OrganisationId],
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Tie>, Fault> {
    let mut w = kit::db::Where::of("b");
    w.and("b.owner_id = ?", host).and_in("b.organisation_id", askers.iter().copied());
    w.and("b.starts_at >= ?", from).and("b.starts_at < ?", until);
    w.and_raw("b.form <> 'loan' AND b.state NOT IN ('declined', 'cancelled', 'moved')");
    let (route, step) = (w.arg(route), w.arg(step));
    w.and_raw(&format!(
        "NOT EXISTS (SELECT 1 FROM route_visit x WHERE x.network_id = $1 AND x.booking_id = b.id AND x.route_id = {route} AND x.step_id <> {step})"
    ));
    let sql = format!(
        "SELECT b.id, n.name, b.starts_at, b.ends_at, b.state,
           EXISTS (SELECT 1 FROM route_visit x WHERE x.network_id = $1 AND x.booking_id = b.id AND x.step_id = {step})
         FROM booking b JOIN resource n ON n.network_id = $1 AND n.id = b.resource_id WHERE {} ORDER BY b.starts_at, b.id LIMIT 200",
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}

/// Ties these visits to a step, and no others.
pub async fn set_visits(tx: &mut Tx, (route, step): (RouteId, StepId), bookings: &[Uuid]) -> Result<(), Fault> {
    tx.run("DELETE FROM route_visit WHERE network_id = $1 AND step_id = $2", args![step]).await?;
    for booking in bookings {
        let sql = "INSERT INTO route_visit (network_id, route_id, step_id, booking_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        tx.run(sql, args![route, step, *booking]).await?;
    }
    Ok(())
}

/// The visits tied to the steps of a route: step, what, when, state.
pub async fn linked(net: &Net, id: RouteId) -> Result<Vec<(StepId, Uuid, String, DateTime<Utc>, String)>, Fault> {
    let sql = "SELECT v.step_id, b.id, n.name, b.starts_at, b.state FROM route_visit v
               JOIN booking b ON b.network_id = $1 AND b.id = v.booking_id
               JOIN resource n ON n.network_id = $1 AND n.id = b.resource_id
               WHERE v.network_id = $1 AND v.route_id = $2 ORDER BY b.starts_at, b.id LIMIT 500";
    Ok(net.all(sql, args![id]).await?)
}

/// What else the child has to do in these days: the steps of other routes that are under way.
pub async fn commitments(
    net: &Net,
    learner: PersonId,
    except: RouteId,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Vec<Burden>, Fault> {
    let sql = "SELECT s.title, s.organisation_id, s.hours, s.from_date, s.until_date, s.weekday, s.starts, s.ends, s.choice, FALSE, s.id
               FROM route_step s JOIN individual_route r ON r.network_id = $1 AND r.id = s.route_id
               WHERE s.network_id = $1 AND r.learner_id = $2 AND r.id <> $3 AND s.from_date <= $5 AND s.until_date >= $4
                 AND r.state IN ('offered', 'accepted', 'agreed', 'approved', 'running', 'corrected')
                 AND s.state IN ('planned', 'asked', 'accepted') ORDER BY s.from_date, s.id LIMIT 200";
    Ok(net.all(sql, args![learner, except, from, until]).await?)
}

/// The agreed visits by which the steps of a child's routes are made, in this span: what, where, when,
/// which step.
pub async fn visits_of(
    net: &Net,
    learner: PersonId,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<(String, OrganisationId, DateTime<Utc>, DateTime<Utc>, StepId)>, Fault> {
    let sql = "SELECT n.name, b.owner_id, b.starts_at, b.ends_at, v.step_id FROM individual_route r
               JOIN route_visit v ON v.network_id = $1 AND v.route_id = r.id
               JOIN booking b ON b.network_id = $1 AND b.id = v.booking_id
               JOIN resource n ON n.network_id = $1 AND n.id = b.resource_id
               WHERE r.network_id = $1 AND r.learner_id = $2 AND r.state <> 'stopped'
                 AND b.state IN ('planned', 'took_place', 'confirmed', 'disputed') AND b.form <> 'loan'
                 AND b.starts_at >= $3 AND b.starts_at < $4 ORDER BY b.starts_at, b.id LIMIT 500";
    Ok(net.all(sql, args![learner, from, until]).await?)
}

/// The table of limits as it holds.
pub async fn limits(net: &Net) -> Result<Limits, Fault> {
    let rows: Vec<(Limit, i64)> = net.all("SELECT code, amount FROM load_limit WHERE network_id = $1", args![]).await?;
    Ok(Limits(rows.into_iter().collect::<HashMap<_, _>>()))
}

pub async fn put_limit(tx: &mut Tx, visit: &Visit, limit: Limit, amount: i64) -> Result<(), Fault> {
    let sql = "INSERT INTO load_limit (network_id, code, amount, updated_at, updated_by) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (network_id, code) DO UPDATE SET amount = excluded.amount, updated_at = excluded.updated_at, updated_by = excluded.updated_by";
    tx.run(sql, args![limit, amount, visit.now, visit.viewer.person]).await?;
    Ok(())
}

/// The templates that a route can begin with: id, title, whose.
pub async fn templates(net: &Net) -> Result<Vec<(Uuid, String, String)>, Fault> {
    let sql = "SELECT t.id, t.title, o.short_name FROM route_template t
               JOIN organisation o ON o.network_id = $1 AND o.id = t.organisation_id
               WHERE t.network_id = $1 ORDER BY t.title, t.id LIMIT 200";
    Ok(net.all(sql, args![]).await?)
}

pub async fn template(net: &Net, id: Uuid) -> Result<Option<Content>, Fault> {
    let sql = "SELECT content FROM route_template WHERE network_id = $1 AND id = $2";
    let found: Option<(String,)> = net.opt(sql, args![id]).await?;
    found.map(|(json,)| read(&json)).transpose()
}

pub async fn insert_template(
    tx: &mut Tx,
    visit: &Visit,
    organisation: OrganisationId,
    title: &str,
    content: &Content,
) -> Result<Uuid, Fault> {
    let id = visit.new_id();
    let sql = "INSERT INTO route_template (network_id, id, organisation_id, title, content, created_at, created_by)
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    tx.run(sql, args![id, organisation, title, written(content)?, visit.now, visit.viewer.person]).await?;
    Ok(id)
}

/// The routes of a child, whoever leads them.
pub async fn ids_of_learner(net: &Net, learner: PersonId) -> Result<Vec<RouteId>, Fault> {
    let sql = "SELECT id FROM individual_route WHERE network_id = $1 AND learner_id = $2 ORDER BY from_date, id";
    let rows: Vec<(RouteId,)> = net.all(sql, args![learner]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Takes away every row of a child's routes.
pub async fn forget(tx: &mut Tx, learner: PersonId) -> Result<u64, Fault> {
    let mut gone = 0;
    for table in ["route_visit", "route_word", "route_signature", "route_version", "route_step"] {
        let sql = format!(
            "DELETE FROM {table} WHERE network_id = $1 AND route_id IN (SELECT id FROM individual_route WHERE network_id = $1 AND learner_id = $2)"
        );
        gone += tx.run(sql, args![learner]).await?;
    }
    gone += tx.run("DELETE FROM individual_route WHERE network_id = $1 AND learner_id = $2", args![learner]).await?;
    // Words of a guardian or of the child in other children's routes stay with those.
    Ok(gone)
}
