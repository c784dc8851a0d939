//! The SQL of who is in a group.
use super::super::model::{Group, GroupId, GroupKind, Mark, Member, MemberId, Standing};
use crate::{learners::Scope, organisations::OrganisationId, people::PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault, Visit,
    db::{Net, Tx, Where, args, row},
};
use uuid::Uuid;

/// A place as the rules see it.
#[derive(Clone, Debug)]
pub struct Place {
    pub id: MemberId,
    pub learner: PersonId,
    pub organisation: OrganisationId,
    pub number: i64,
    pub state: Standing,
}
row!(Place { id, learner, organisation, number, state });

const PLACE: &str = "id, learner_id, organisation_id, number, state";

/// Where a child studies; none when nowhere.
pub async fn home(tx: &mut Tx, learner: PersonId) -> Result<Option<OrganisationId>, Fault> {
    let sql =
        "SELECT organisation_id FROM learner WHERE network_id = $1 AND id = $2 AND enrolled AND merged_into IS NULL";
    let row: Option<(OrganisationId,)> = tx.opt(sql, args![learner]).await?;
    Ok(row.map(|(id,)| id))
}

/// False when the child is there already.
pub async fn insert(
    tx: &mut Tx,
    group: GroupId,
    m: &Place,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "INSERT INTO joint_group_member (network_id, id, group_id, learner_id, organisation_id, state, number, created_at, created_by)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
    let values = args![m.id, group, m.learner, m.organisation, m.state, m.number, now, actor];
    Ok(tx.run(sql, values).await? == 1)
}

/// Writes what became of the asking.
pub async fn settle(
    tx: &mut Tx,
    id: MemberId,
    state: Standing,
    consent: Option<Uuid>,
    today: NaiveDate,
) -> Result<(), Fault> {
    let from = (state == Standing::Member).then_some(today);
    let sql = "UPDATE joint_group_member SET state = $3, consent_id = $4, from_date = COALESCE(from_date, $5) WHERE network_id = $1 AND id = $2";
    tx.run(sql, args![id, state, consent, from]).await?;
    Ok(())
}

pub async fn place(tx: &mut Tx, group: GroupId, id: MemberId) -> Result<Option<Place>, Fault> {
    let sql = format!("SELECT {PLACE} FROM joint_group_member WHERE network_id = $1 AND group_id = $2 AND id = $3");
    Ok(tx.opt(sql, args![group, id]).await?)
}

/// Those who wait for a place, in their order.
pub async fn queue(tx: &mut Tx, group: GroupId) -> Result<Vec<Place>, Fault> {
    let sql = format!(
        "SELECT {PLACE} FROM joint_group_member WHERE network_id = $1 AND group_id = $2 AND state = 'queue' ORDER BY number"
    );
    Ok(tx.all(sql, args![group]).await?)
}

/// The places of one standing, in the order of asking.
pub async fn of_state(tx: &mut Tx, group: GroupId, state: Standing) -> Result<Vec<MemberId>, Fault> {
    let sql =
        "SELECT id FROM joint_group_member WHERE network_id = $1 AND group_id = $2 AND state = $3 ORDER BY number";
    let rows: Vec<(MemberId,)> = tx.all(sql, args![group, state]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// False when the child has left already.
pub async fn leave(tx: &mut Tx, id: MemberId, today: NaiveDate) -> Result<bool, Fault> {
    let sql = "UPDATE joint_group_member SET state = 'left', until_date = $3 WHERE network_id = $1 AND id = $2 AND state <> 'left'";
    Ok(tx.run(sql, args![id, today]).await? == 1)
}

/// Those in the group, or one of them. A child is named to who may see it by the rule of learners, without
/// those to whom it merely comes for a step or an event; and to who keeps the register (`leads`) while it holds a place: a child of the own organisation, or
/// one whom a consent in force lets in by this very place.
pub async fn visible(visit: &Visit, g: &Group, leads: bool, one: Option<MemberId>) -> Result<Vec<Member>, Fault> {
    let scope = Scope::of(visit).await?.naming();
    let mut w = Where::of("m");
    w.and("m.group_id = ?", g.id).and_opt("m.id = ?", one);
    let may = scope.sql("l", &mut w.args);
    let led = if leads {
        let (host, today) = (w.arg(g.organisation_id), w.arg(visit.today));
        format!(
            "(l.merged_into IS NULL AND m.state = 'member' AND (l.organisation_id = {host} OR EXISTS (
               SELECT 1 FROM learner_ground g WHERE g.network_id = $1 AND g.source_id = m.id AND g.learner_id = l.id
                 AND g.from_date <= {today} AND (g.until_date IS NULL OR g.until_date >= {today}))))"
        )
    } else {
        "FALSE".to_owned()
    };
    let sql = format!(
        "SELECT m.id, m.state, m.number, m.organisation_id, o.short_name, m.from_date, m.until_date,
           l.id, l.full_name, l.class_name
         FROM joint_group_member m
         JOIN organisation o ON o.network_id = $1 AND o.id = m.organisation_id
         LEFT JOIN learner l ON l.network_id = $1 AND l.id = m.learner_id AND ({may} OR {led})
         WHERE {} ORDER BY CASE m.state WHEN 'member' THEN 0 WHEN 'queue' THEN 1 WHEN 'consent' THEN 2 ELSE 3 END,
           CASE WHEN m.state = 'member' AND l.full_name IS NOT NULL THEN 0 ELSE 1 END,
           CASE WHEN m.state = 'member' THEN l.full_name END, m.number",
        w.sql()
    );
    Ok(visit.net.all(sql, w.args).await?)
}

/// A child's place in one group.
pub struct PlaceOf {
    pub group: GroupId,
    pub title: String,
    pub kind: GroupKind,
    pub state: Standing,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}
row!(PlaceOf { group, title, kind, state, from, until });

/// The groups of a child, the latest first.
pub async fn of_learner(net: &Net, learner: PersonId) -> Result<Vec<PlaceOf>, Fault> {
    let sql = "SELECT g.id, g.title, g.kind, m.state, m.from_date, m.until_date FROM joint_group_member m
               JOIN joint_group g ON g.network_id = $1 AND g.id = m.group_id
               WHERE m.network_id = $1 AND m.learner_id = $2 ORDER BY m.created_at DESC, m.id DESC";
    Ok(net.all(sql, args![learner]).await?)
}

/// What the registers say of a child: when, in which group, what.
pub async fn marks_of_learner(net: &Net, learner: PersonId) -> Result<Vec<(DateTime<Utc>, Uuid, Mark)>, Fault> {
    let sql = "SELECT s.starts_at, s.group_id, k.mark FROM joint_group_member m
               JOIN joint_group_mark k ON k.network_id = $1 AND k.member_id = m.id
               JOIN joint_group_session s ON s.network_id = $1 AND s.id = k.session_id
               WHERE m.network_id = $1 AND m.learner_id = $2 ORDER BY s.starts_at";
    Ok(net.all(sql, args![learner]).await?)
}

/// Takes away every row of a child; the place becomes free.
pub async fn forget(tx: &mut Tx, learner: PersonId) -> Result<u64, Fault> {
    let of = "(SELECT id FROM joint_group_member WHERE network_id = $1 AND learner_id = $2)";
    let mut gone = 0;
    for table in ["joint_group_correction", "joint_group_mark"] {
        let sql = format!("DELETE FROM {table} WHERE network_id = $1 AND member_id IN {of}");
        gone += tx.run(sql, args![learner]).await?;
    }
    let sql = "UPDATE joint_group SET taken = taken - 1 WHERE network_id = $1 AND id IN
                 (SELECT group_id FROM joint_group_member WHERE network_id = $1 AND learner_id = $2 AND state = 'member')";
    tx.run(sql, args![learner]).await?;
    gone += tx.run("DELETE FROM joint_group_member WHERE network_id = $1 AND learner_id = $2", args![learner]).await?;
    Ok(gone)
}
