//! The SQL of sessions and of the register.
use super::super::{
    family::Engagement,
    model::{Correction, GroupId, Mark, MemberId, Session, SessionId, SessionMode},
};
use crate::people::PersonId;
use chrono::{DateTime, Utc};
use kit::{
    Fault,
    db::{Net, Tx, args},
};
use uuid::Uuid;

const COLUMNS: &str = "s.id, s.group_id, s.starts_at, s.ends_at, s.topic, s.place, s.mode, s.booking_id, r.name, b.state, s.state, s.reason,
    (SELECT COUNT(*) FROM joint_group_mark k WHERE k.network_id = $1 AND k.session_id = s.id AND k.mark IN ('present', 'late')),
    (SELECT COUNT(*) FROM joint_group_mark k WHERE k.network_id = $1 AND k.session_id = s.id), s.version";
const FROM: &str = "joint_group_session s
    LEFT JOIN booking b ON b.network_id = $1 AND b.id = s.booking_id
    LEFT JOIN resource r ON r.network_id = $1 AND r.id = b.resource_id";

/// All sessions of a group, the latest first.
pub async fn of(net: &Net, group: GroupId) -> Result<Vec<Session>, Fault> {
    let sql = format!(
        "SELECT {COLUMNS} FROM {FROM} WHERE s.network_id = $1 AND s.group_id = $2 ORDER BY s.starts_at DESC, s.id DESC LIMIT 500"
    );
    Ok(net.all(sql, args![group]).await?)
}

pub async fn find(net: &Net, id: SessionId) -> Result<Option<Session>, Fault> {
    Ok(net.opt(format!("SELECT {COLUMNS} FROM {FROM} WHERE s.network_id = $1 AND s.id = $2"), args![id]).await?)
}

/// What is to be written of a new session.
pub struct New<'a> {
    pub id: SessionId,
    pub group: GroupId,
    pub series: Option<Uuid>,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub topic: Option<&'a str>,
    pub place: Option<&'a str>,
    pub mode: SessionMode,
    pub booking: Option<Uuid>,
}

pub async fn insert(tx: &mut Tx, s: &New<'_>, actor: Option<Uuid>, now: DateTime<Utc>) -> Result<(), Fault> {
    let sql = "INSERT INTO joint_group_session (network_id, id, group_id, series_id, starts_at, ends_at, topic, place, mode, booking_id, state,
                 created_at, created_by, updated_at, updated_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'planned', $11, $12, $11, $12, 1)";
    let values =
        args![s.id, s.group, s.series, s.starts_at, s.ends_at, s.topic, s.place, s.mode, s.booking, now, actor];
    tx.run(sql, values).await?;
    Ok(())
}

/// Notes that it was held. False when somebody else wrote in between, or it was called off.
pub async fn hold(
    tx: &mut Tx,
    id: SessionId,
    version: i64,
    topic: Option<&str>,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE joint_group_session SET state = 'held', topic = COALESCE($4, topic), updated_at = $5, updated_by = $6, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3 AND state <> 'cancelled'";
    Ok(tx.run(sql, args![id, version, topic, now, actor]).await? == 1)
}

/// False when it was held or called off already.
pub async fn call_off(
    tx: &mut Tx,
    id: SessionId,
    reason: &str,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE joint_group_session SET state = 'cancelled', reason = $3, updated_at = $4, updated_by = $5, version = version + 1
               WHERE network_id = $1 AND id = $2 AND state = 'planned'";
    Ok(tx.run(sql, args![id, reason, now, actor]).await? == 1)
}

pub async fn marks(net: &Net, id: SessionId) -> Result<Vec<(MemberId, Mark)>, Fault> {
    Ok(net
        .all("SELECT member_id, mark FROM joint_group_mark WHERE network_id = $1 AND session_id = $2", args![id])
        .await?)
}

pub async fn mark_in(tx: &mut Tx, id: SessionId, member: MemberId) -> Result<Option<Mark>, Fault> {
    let sql = "SELECT mark FROM joint_group_mark WHERE network_id = $1 AND session_id = $2 AND member_id = $3";
    let row: Option<(Mark,)> = tx.opt(sql, args![id, member]).await?;
    Ok(row.map(|(mark,)| mark))
}

/// Writes a mark; marked again, the newer word holds.
pub async fn put_mark(
    tx: &mut Tx,
    id: SessionId,
    member: MemberId,
    mark: Mark,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO joint_group_mark (network_id, session_id, member_id, mark, at, by_person) VALUES ($1, $2, $3, $4, $5, $6)
               ON CONFLICT (network_id, session_id, member_id) DO UPDATE SET mark = excluded.mark, at = excluded.at, by_person = excluded.by_person";
    tx.run(sql, args![id, member, mark, now, actor]).await?;
    Ok(())
}

pub async fn insert_correction(tx: &mut Tx, id: Uuid, session: SessionId, c: &Correction) -> Result<(), Fault> {
    let sql = "INSERT INTO joint_group_correction (network_id, id, session_id, member_id, before, after, reason, at, by_person)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    tx.run(sql, args![id, session, c.member, c.before, c.after, &c.reason, c.at, c.by]).await?;
    Ok(())
}

/// What was corrected after the month was closed, the latest first.
pub async fn corrections(net: &Net, id: SessionId) -> Result<Vec<Correction>, Fault> {
    let sql = "SELECT member_id, before, after, reason, at, by_person FROM joint_group_correction
               WHERE network_id = $1 AND session_id = $2 ORDER BY at DESC, id DESC LIMIT 200";
    Ok(net.all(sql, args![id]).await?)
}

/// The sessions of the groups that a child is a member of, without those called off, by time.
pub async fn engagements(
    net: &Net,
    learner: PersonId,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Engagement>, Fault> {
    let sql = "SELECT g.title, g.organisation_id, s.starts_at, s.ends_at FROM joint_group_member m
               JOIN joint_group g ON g.network_id = $1 AND g.id = m.group_id AND g.state IN ('planned', 'running')
               JOIN joint_group_session s ON s.network_id = $1 AND s.group_id = g.id
               WHERE m.network_id = $1 AND m.learner_id = $2 AND m.state = 'member' AND s.state = 'planned'
                 AND s.starts_at >= $3 AND s.starts_at < $4 ORDER BY s.starts_at, s.id LIMIT 500";
    Ok(net.all(sql, args![learner, from, until]).await?)
}

/// Sessions of the groups of a person that are over and have no register, oldest first.
pub async fn unmarked(
    net: &Net,
    person: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<(SessionId, DateTime<Utc>, String)>, Fault> {
    let sql = "SELECT s.id, s.starts_at, g.title FROM joint_group_session s
               JOIN joint_group g ON g.network_id = $1 AND g.id = s.group_id
               JOIN joint_group_teacher t ON t.network_id = $1 AND t.group_id = s.group_id AND t.person_id = $2
               WHERE s.network_id = $1 AND s.state = 'planned' AND s.ends_at < $3 ORDER BY s.starts_at, s.id LIMIT 50";
    Ok(net.all(sql, args![person, now]).await?)
}
