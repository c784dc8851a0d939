//! The SQL of the Centre and its members.
use super::model::{Centre, CentreId, LeftReason, Member, MembershipId, NewMembership};
use crate::{acts::ActId, learners::Scope, organisations::OrganisationId, people::PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    access::Reach,
    db::{Net, Tx, Where, args},
    text::name_key,
};
use uuid::Uuid;

const CENTRE: &str = "c.id, c.organisation_id, o.short_name, c.title, c.coordinator_id, c.contact, c.act_id, c.opened_on, c.closed_on, c.version";
const FROM: &str = "gifted_centre c JOIN organisation o ON o.network_id = $1 AND o.id = c.organisation_id";
/// The first that was opened and is not closed.
const CORE: &str = "c.closed_on IS NULL ORDER BY c.opened_on, c.id LIMIT 1";

/// The network's Centre: the first that was opened and is not closed.
///
/// # Errors
/// The database's.
pub async fn core(net: &Net) -> Result<Option<Centre>, Fault> {
    Ok(net.opt(format!("SELECT {CENTRE} FROM {FROM} WHERE c.network_id = $1 AND {CORE}"), args![]).await?)
}

/// The same inside a transaction.
///
/// # Errors
/// The database's.
pub async fn core_in(tx: &mut Tx) -> Result<Option<Centre>, Fault> {
    Ok(tx.opt(format!("SELECT {CENTRE} FROM {FROM} WHERE c.network_id = $1 AND {CORE}"), args![]).await?)
}

pub async fn find(net: &Net, id: CentreId) -> Result<Option<Centre>, Fault> {
    Ok(net.opt(format!("SELECT {CENTRE} FROM {FROM} WHERE c.network_id = $1 AND c.id = $2"), args![id]).await?)
}

/// A Centre to be written.
pub struct NewCentre<'a> {
    pub organisation: OrganisationId,
    pub title: &'a str,
    pub coordinator: Option<PersonId>,
    pub contact: Option<&'a str>,
    pub act: Option<ActId>,
    pub opened_on: NaiveDate,
}

pub async fn insert(
    tx: &mut Tx,
    id: CentreId,
    c: &NewCentre<'_>,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let sql =
        "INSERT INTO gifted_centre (network_id, id, organisation_id, title, coordinator_id, contact, act_id, opened_on,
                 created_at, created_by, updated_at, updated_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9, $10, 1)";
    let values = args![id, c.organisation, c.title, c.coordinator, c.contact, c.act, c.opened_on, now, actor];
    tx.run(sql, values).await?;
    Ok(())
}

/// False when somebody was quicker.
pub async fn update(
    tx: &mut Tx,
    id: CentreId,
    version: i64,
    (title, contact): (&str, Option<&str>),
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql =
        "UPDATE gifted_centre SET title = $4, contact = $5, updated_at = $6, updated_by = $7, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3";
    Ok(tx.run(sql, args![id, version, title, contact, now, actor]).await? == 1)
}

/// The Centre that a child is a member of on a day; records merged into the child's count as its.
///
/// # Errors
/// The database's.
pub async fn member_on(tx: &mut Tx, learner: PersonId, on: NaiveDate) -> Result<Option<Uuid>, Fault> {
    let sql = "SELECT m.centre_id FROM centre_membership m WHERE m.network_id = $1
               AND (m.learner_id = $2 OR m.learner_id IN (SELECT l.id FROM learner l WHERE l.network_id = $1 AND l.merged_into = $2))
               AND m.from_date <= $3 AND (m.until_date IS NULL OR m.until_date >= $3) ORDER BY m.from_date, m.id LIMIT 1";
    let row: Option<(Uuid,)> = tx.opt(sql, args![learner, on]).await?;
    Ok(row.map(|(id,)| id))
}

/// Takes a Centre for a new member: two memberships of one child wait for each other, also those with a last
/// day, of which no index says that they overlap.
pub async fn take(tx: &mut Tx, id: CentreId) -> Result<(), Fault> {
    tx.run("UPDATE gifted_centre SET version = version WHERE network_id = $1 AND id = $2", args![id]).await?;
    Ok(())
}

/// Writes a membership. False when the child is a member on any of its days already.
pub async fn insert_membership(
    tx: &mut Tx,
    id: MembershipId,
    centre: CentreId,
    m: &NewMembership,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "INSERT INTO centre_membership (network_id, id, centre_id, learner_id, from_date, until_date, order_text, order_act_id, created_at, created_by)
               SELECT $1, $2, $3, l.id, $5, $6, $7, $8, $9, $10 FROM learner l
               WHERE l.network_id = $1 AND l.id = $4 AND l.merged_into IS NULL AND NOT EXISTS (
                 SELECT 1 FROM centre_membership o WHERE o.network_id = $1 AND o.centre_id = $3 AND o.learner_id = $4
                 AND (o.until_date IS NULL OR o.until_date >= $5) AND o.from_date <= COALESCE($6, '9999-12-31'))
               ON CONFLICT DO NOTHING";
    let values = args![id, centre, m.learner, m.from, m.until, m.order_text.as_deref(), m.order_act, now, actor];
    Ok(tx.run(sql, values).await? == 1)
}

/// Ends a membership with this day as its last. False when it is over, or had not begun.
pub async fn end(tx: &mut Tx, id: MembershipId, on: NaiveDate, reason: LeftReason) -> Result<bool, Fault> {
    let sql = "UPDATE centre_membership SET until_date = $3, left_reason = $4
               WHERE network_id = $1 AND id = $2 AND left_reason IS NULL AND from_date <= $3
               AND (until_date IS NULL OR until_date >= $3)";
    Ok(tx.run(sql, args![id, on, reason]).await? == 1)
}

/// The open membership of a child, for who ends it.
pub async fn open_membership(tx: &mut Tx, learner: PersonId, on: NaiveDate) -> Result<Option<MembershipId>, Fault> {
    let sql = "SELECT id FROM centre_membership WHERE network_id = $1 AND learner_id = $2 AND left_reason IS NULL
               AND from_date <= $3 AND (until_date IS NULL OR until_date >= $3) ORDER BY from_date LIMIT 1";
    let row: Option<(MembershipId,)> = tx.opt(sql, args![learner, on]).await?;
    Ok(row.map(|(id,)| id))
}

/// Which members: of whom the viewer may see, on a day.
pub struct Filter<'a> {
    pub centre: &'a Centre,
    pub on: NaiveDate,
    pub q: Option<String>,
    pub scope: &'a Scope,
    /// Where the viewer keeps the Centre's own list: those who have left stand in it too.
    pub keeps: Reach,
}

/// What an attachment says on the day `{day}`; of those that overlap, the latest.
fn at(column: &str, day: &str) -> String {
    format!(
        "(SELECT a.{column} FROM attachment a WHERE a.network_id = $1 AND a.learner_id = l.id AND a.kind = 'basic'
           AND a.from_date <= {day} AND (a.until_date IS NULL OR a.until_date >= {day}) ORDER BY a.from_date DESC LIMIT 1)"
    )
}

/// The members on a day by name. A merged record shows the child that it went into.
pub async fn members(net: &Net, f: &Filter<'_>, limit: i64) -> Result<Vec<Member>, Fault> {
    let mut w = Where::of("m");
    w.and("m.centre_id = ?", f.centre.id);
    let day = w.arg(f.on);
    w.and_raw(&format!("m.from_date <= {day} AND (m.until_date IS NULL OR m.until_date >= {day})"));
    let may = f.scope.sql("l", &mut w.args);
    if f.keeps.covers(Some(f.centre.organisation.0)) {
        w.and_raw("l.merged_into IS NULL");
    } else {
        w.and_raw(&may);
    }
    for word in f.q.iter().flat_map(|q| words(q)).take(5) {
        w.and("(' ' || l.name_key) LIKE ?", format!("% {word}%"));
    }
    let limit = w.arg(limit);
    let (place, class) = (at("organisation_id", &day), at("class_name", &day));
    let sql = format!(
        "SELECT x.id, x.learner_id, x.full_name, x.place, o.short_name, x.class_name, x.from_date, x.until_date, x.order_text, x.order_act_id, x.left_reason
         FROM (SELECT m.id, l.id AS learner_id, l.full_name, {place} AS place, {class} AS class_name, m.from_date, m.until_date,
                 m.order_text, m.order_act_id, m.left_reason
               FROM centre_membership m
               JOIN learner r ON r.network_id = $1 AND r.id = m.learner_id
               JOIN learner l ON l.network_id = $1 AND l.id = COALESCE(r.merged_into, r.id)
               WHERE {} LIMIT {limit}) x
         LEFT JOIN organisation o ON o.network_id = $1 AND o.id = x.place
         ORDER BY x.full_name, x.id",
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}

fn words(q: &str) -> Vec<String> {
    let key = name_key(q).replace(['\\', '%', '_'], " ");
    key.split_whitespace().map(str::to_owned).collect()
}

/// One membership with its Centre's organisation.
pub async fn membership(net: &Net, id: MembershipId) -> Result<Option<(PersonId, CentreId)>, Fault> {
    let sql = "SELECT learner_id, centre_id FROM centre_membership WHERE network_id = $1 AND id = $2";
    Ok(net.opt(sql, args![id]).await?)
}

/// How many children were members on a day.
pub async fn count_on(net: &Net, centre: CentreId, on: NaiveDate) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(DISTINCT learner_id) FROM centre_membership WHERE network_id = $1 AND centre_id = $2
               AND from_date <= $3 AND (until_date IS NULL OR until_date >= $3)";
    Ok(net.scalar(sql, args![centre, on]).await?)
}

/// How many children were members at some time between two days.
pub async fn count_between(net: &Net, centre: CentreId, from: NaiveDate, until: NaiveDate) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(DISTINCT learner_id) FROM centre_membership WHERE network_id = $1 AND centre_id = $2
               AND from_date <= $4 AND (until_date IS NULL OR until_date >= $3)";
    Ok(net.scalar(sql, args![centre, from, until]).await?)
}

/// Members on a day by the school in which they study then.
pub async fn count_by_school(net: &Net, centre: CentreId, on: NaiveDate) -> Result<Vec<(String, i64)>, Fault> {
    let sql = format!(
        "SELECT o.short_name, COUNT(DISTINCT x.learner_id) FROM
           (SELECT l.id AS learner_id, {} AS place FROM centre_membership m
            JOIN learner r ON r.network_id = $1 AND r.id = m.learner_id
            JOIN learner l ON l.network_id = $1 AND l.id = COALESCE(r.merged_into, r.id)
            WHERE m.network_id = $1 AND m.centre_id = $2 AND m.from_date <= $3 AND (m.until_date IS NULL OR m.until_date >= $3)) x
         JOIN organisation o ON o.network_id = $1 AND o.id = x.place
         GROUP BY o.id, o.short_name ORDER BY 2 DESC, o.short_name",
        at("organisation_id", "$3")
    );
    Ok(net.all(sql, args![centre, on]).await?)
}

/// Children in basic study in classes 1 to 11 on a day.
pub async fn count_pupils(net: &Net, on: NaiveDate) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(DISTINCT learner_id) FROM attachment WHERE network_id = $1 AND kind = 'basic'
               AND class_number BETWEEN 1 AND 11 AND from_date <= $2 AND (until_date IS NULL OR until_date >= $2)";
    Ok(net.scalar(sql, args![on]).await?)
}

const OF_CHILD: &str = "(m.learner_id = $2 OR m.learner_id IN (SELECT l.id FROM learner l WHERE l.network_id = $1 AND l.merged_into = $2))";

/// All memberships of a child, the latest first.
pub async fn of_learner(net: &Net, learner: PersonId) -> Result<Vec<Member>, Fault> {
    let sql = format!(
        "SELECT m.id, l.id, l.full_name, l.organisation_id, o.short_name, l.class_name, m.from_date, m.until_date, m.order_text,
           m.order_act_id, m.left_reason
         FROM centre_membership m JOIN learner l ON l.network_id = $1 AND l.id = m.learner_id
         JOIN organisation o ON o.network_id = $1 AND o.id = l.organisation_id
         WHERE m.network_id = $1 AND {OF_CHILD} ORDER BY m.from_date DESC, m.id"
    );
    Ok(net.all(sql, args![learner]).await?)
}

/// Takes away every row about a child; gives how many.
pub async fn forget(tx: &mut Tx, learner: Uuid) -> Result<u64, Fault> {
    let sql = format!(
        "DELETE FROM centre_membership WHERE network_id = $1 AND id IN (SELECT m.id FROM centre_membership m WHERE m.network_id = $1 AND {OF_CHILD})"
    );
    Ok(tx.run(sql, args![learner]).await?)
}
