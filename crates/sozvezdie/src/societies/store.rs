//! The SQL of societies.
use super::model::{
    Fellow, FellowId, Meeting, MeetingDraft, MeetingId, Post, Section, SectionDraft, SectionId, Society, SocietyDraft,
    SocietyId,
};
use crate::{
    learners::Scope,
    organisations::{Focus, OrganisationId},
    people::{PersonId, PersonName},
};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault, Visit,
    db::{Net, Tx, Where, args},
    text::name_key,
};
use uuid::Uuid;

const COLUMNS: &str = "s.id, s.organisation_id, o.short_name, s.title, s.about, s.charter_id, a.title, s.founded_on,
    (SELECT COUNT(*) FROM society_member m WHERE m.network_id = $1 AND m.society_id = s.id AND m.until_date IS NULL), s.version";
const FROM: &str = "student_society s JOIN organisation o ON o.network_id = $1 AND o.id = s.organisation_id
    LEFT JOIN act a ON a.network_id = $1 AND a.id = s.charter_id";

/// All of them: a district has a few.
pub async fn all(net: &Net) -> Result<Vec<Society>, Fault> {
    let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE s.network_id = $1 ORDER BY s.title, s.id LIMIT 500");
    Ok(net.all(sql, args![]).await?)
}

pub async fn find(net: &Net, id: SocietyId) -> Result<Option<Society>, Fault> {
    Ok(net.opt(format!("SELECT {COLUMNS} FROM {FROM} WHERE s.network_id = $1 AND s.id = $2"), args![id]).await?)
}

pub async fn find_all(net: &Net, ids: &[Uuid]) -> Result<Vec<Society>, Fault> {
    let mut w = Where::of("s");
    w.and_in("s.id", ids.iter().copied());
    Ok(net.all(format!("SELECT {COLUMNS} FROM {FROM} WHERE {}", w.sql()), w.args).await?)
}

pub async fn insert(
    tx: &mut Tx,
    id: SocietyId,
    d: &SocietyDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO student_society (network_id, id, organisation_id, title, title_key, about, charter_id, founded_on, meetings,
                 created_at, created_by, updated_at, updated_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $9, $10, 1)";
    let values = args![id, d.organisation, &d.title, name_key(&d.title), &d.about, d.charter, d.founded_on, now, actor];
    tx.run(sql, values).await?;
    Ok(())
}

/// False when the version moved on.
pub async fn update(
    tx: &mut Tx,
    id: SocietyId,
    version: i64,
    d: &SocietyDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE student_society SET title = $4, title_key = $5, about = $6, charter_id = $7, founded_on = $8,
                 updated_at = $9, updated_by = $10, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3";
    let values = args![id, version, &d.title, name_key(&d.title), &d.about, d.charter, d.founded_on, now, actor];
    Ok(tx.run(sql, values).await? == 1)
}

/// Acts of an organisation that may be a charter.
pub async fn charters(net: &Net, organisation: OrganisationId) -> Result<Vec<(Uuid, String)>, Fault> {
    let sql = "SELECT id, title FROM act WHERE network_id = $1 AND organisation_id = $2 AND NOT archived ORDER BY title, id LIMIT 200";
    Ok(net.all(sql, args![organisation]).await?)
}

type SectionRow =
    (SectionId, String, Option<Focus>, Option<PersonId>, Option<String>, Option<String>, Option<String>, i64);

pub async fn sections(net: &Net, society: SocietyId) -> Result<Vec<Section>, Fault> {
    let sql = "SELECT c.id, c.title, c.focus, c.leader_id, p.last_name, p.first_name, p.patronymic,
                 (SELECT COUNT(*) FROM society_member m WHERE m.network_id = $1 AND m.section_id = c.id AND m.until_date IS NULL)
               FROM society_section c LEFT JOIN person p ON p.network_id = $1 AND p.id = c.leader_id
               WHERE c.network_id = $1 AND c.society_id = $2 ORDER BY c.title, c.id";
    let rows: Vec<SectionRow> = net.all(sql, args![society]).await?;
    let read = |(id, title, focus, leader_id, last, first, patronymic, members): SectionRow| {
        let leader = last.zip(first).map(|(last, first)| PersonName { last, first, patronymic }.full());
        Section { id, title, focus, leader_id, leader, members }
    };
    Ok(rows.into_iter().map(read).collect())
}

pub async fn insert_section(tx: &mut Tx, id: SectionId, society: SocietyId, d: &SectionDraft) -> Result<(), Fault> {
    let sql = "INSERT INTO society_section (network_id, id, society_id, title, focus, leader_id) VALUES ($1, $2, $3, $4, $5, $6)";
    tx.run(sql, args![id, society, &d.title, d.focus, d.leader]).await?;
    Ok(())
}

/// Changes what is said of a section. False when the society has none such.
pub async fn update_section(tx: &mut Tx, id: SectionId, society: SocietyId, d: &SectionDraft) -> Result<bool, Fault> {
    let sql = "UPDATE society_section SET title = $4, focus = $5, leader_id = $6
               WHERE network_id = $1 AND id = $2 AND society_id = $3";
    Ok(tx.run(sql, args![id, society, &d.title, d.focus, d.leader]).await? == 1)
}

/// Whether a section belongs to a society.
pub async fn has_section(tx: &mut Tx, society: SocietyId, id: SectionId) -> Result<bool, Fault> {
    let sql = "SELECT 1 FROM society_section WHERE network_id = $1 AND society_id = $2 AND id = $3";
    Ok(tx.opt::<(i64,)>(sql, args![society, id]).await?.is_some())
}

/// Whether a person leads a section of the society.
pub async fn leads(net: &Net, society: SocietyId, person: Uuid) -> Result<bool, Fault> {
    let sql = "SELECT 1 FROM society_section WHERE network_id = $1 AND society_id = $2 AND leader_id = $3 LIMIT 1";
    Ok(net.opt::<(i64,)>(sql, args![society, person]).await?.is_some())
}

/// What is to be written of a new member.
pub struct NewFellow {
    pub id: FellowId,
    pub society: SocietyId,
    pub section: Option<SectionId>,
    pub learner: PersonId,
    pub organisation: OrganisationId,
    pub post: Post,
    pub from: NaiveDate,
}

/// False when the child is there already, or the post is another's.
pub async fn insert_fellow(tx: &mut Tx, f: &NewFellow, actor: Option<Uuid>, now: DateTime<Utc>) -> Result<bool, Fault> {
    let sql = "INSERT INTO society_member (network_id, id, society_id, section_id, learner_id, organisation_id, post, from_date, created_at, created_by)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING";
    let values = args![f.id, f.society, f.section, f.learner, f.organisation, f.post, f.from, now, actor];
    Ok(tx.run(sql, values).await? == 1)
}

/// Gives a member a post and a section; whoever held a single post until then stays in the council.
pub async fn appoint(
    tx: &mut Tx,
    society: SocietyId,
    id: FellowId,
    post: Post,
    section: Option<SectionId>,
) -> Result<bool, Fault> {
    if matches!(post, Post::Chair | Post::Secretary) {
        let sql = "UPDATE society_member SET post = 'council' WHERE network_id = $1 AND society_id = $2 AND post = $3 AND until_date IS NULL AND id <> $4";
        tx.run(sql, args![society, post, id]).await?;
    }
    let sql = "UPDATE society_member SET post = $4, section_id = $5 WHERE network_id = $1 AND society_id = $2 AND id = $3 AND until_date IS NULL";
    Ok(tx.run(sql, args![society, id, post, section]).await? == 1)
}

/// False when the member has left already.
pub async fn leave(tx: &mut Tx, society: SocietyId, id: FellowId, today: NaiveDate) -> Result<bool, Fault> {
    let sql = "UPDATE society_member SET until_date = $4 WHERE network_id = $1 AND society_id = $2 AND id = $3 AND until_date IS NULL";
    Ok(tx.run(sql, args![society, id, today]).await? == 1)
}

/// The members of today, or one of them: named as the members of a group are.
pub async fn visible(visit: &Visit, s: &Society, leads: bool, one: Option<FellowId>) -> Result<Vec<Fellow>, Fault> {
    let scope = Scope::of(visit).await?.naming();
    let mut w = Where::of("m");
    w.and("m.society_id = ?", s.id).and_opt("m.id = ?", one).and_raw("m.until_date IS NULL");
    let may = scope.sql("l", &mut w.args);
    let led = if leads {
        let (host, today) = (w.arg(s.organisation_id), w.arg(visit.today));
        format!(
            "(l.merged_into IS NULL AND (l.organisation_id = {host} OR EXISTS (
               SELECT 1 FROM learner_ground g WHERE g.network_id = $1 AND g.source_id = m.id AND g.learner_id = l.id
                 AND g.from_date <= {today} AND (g.until_date IS NULL OR g.until_date >= {today}))))"
        )
    } else {
        "FALSE".to_owned()
    };
    let sql = format!(
        "SELECT m.id, m.post, m.section_id, c.title, m.organisation_id, o.short_name, m.from_date, l.id, l.full_name, l.class_name
         FROM society_member m
         JOIN organisation o ON o.network_id = $1 AND o.id = m.organisation_id
         LEFT JOIN society_section c ON c.network_id = $1 AND c.id = m.section_id
         LEFT JOIN learner l ON l.network_id = $1 AND l.id = m.learner_id AND ({may} OR {led})
         WHERE {} ORDER BY CASE m.post WHEN 'chair' THEN 0 WHEN 'secretary' THEN 1 WHEN 'council' THEN 2 ELSE 3 END,
           CASE WHEN l.full_name IS NULL THEN 1 ELSE 0 END, l.full_name, m.id LIMIT 1000",
        w.sql()
    );
    Ok(visit.net.all(sql, w.args).await?)
}

const MEETING: &str = "id, society_id, kind, number, held_on, place, present, chair_id, secretary_id, agenda, decisions, updated_at, version";

pub async fn meetings(net: &Net, society: SocietyId) -> Result<Vec<Meeting>, Fault> {
    let sql = format!(
        "SELECT {MEETING} FROM society_meeting WHERE network_id = $1 AND society_id = $2 ORDER BY number DESC LIMIT 300"
    );
    Ok(net.all(sql, args![society]).await?)
}

pub async fn meeting(net: &Net, id: MeetingId) -> Result<Option<Meeting>, Fault> {
    Ok(net.opt(format!("SELECT {MEETING} FROM society_meeting WHERE network_id = $1 AND id = $2"), args![id]).await?)
}

/// The next number of a society's protocols.
pub async fn next_number(tx: &mut Tx, society: SocietyId) -> Result<i64, Fault> {
    tx.run("UPDATE student_society SET meetings = meetings + 1 WHERE network_id = $1 AND id = $2", args![society])
        .await?;
    Ok(tx.scalar("SELECT meetings FROM student_society WHERE network_id = $1 AND id = $2", args![society]).await?)
}

pub async fn insert_meeting(
    tx: &mut Tx,
    id: MeetingId,
    society: SocietyId,
    number: i64,
    d: &MeetingDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO society_meeting (network_id, id, society_id, kind, number, held_on, place, present, chair_id, secretary_id, agenda,
                 decisions, created_at, created_by, updated_at, updated_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $13, $14, 1)";
    let values = args![
        id,
        society,
        d.kind,
        number,
        d.held_on,
        &d.place,
        d.present,
        d.chair,
        d.secretary,
        &d.agenda,
        &d.decisions,
        now,
        actor
    ];
    tx.run(sql, values).await?;
    Ok(())
}

/// False when the version moved on.
pub async fn update_meeting(
    tx: &mut Tx,
    id: MeetingId,
    version: i64,
    d: &MeetingDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE society_meeting SET kind = $4, held_on = $5, place = $6, present = $7, chair_id = $8, secretary_id = $9, agenda = $10,
                 decisions = $11, updated_at = $12, updated_by = $13, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3";
    let values = args![
        id,
        version,
        d.kind,
        d.held_on,
        &d.place,
        d.present,
        d.chair,
        d.secretary,
        &d.agenda,
        &d.decisions,
        now,
        actor
    ];
    Ok(tx.run(sql, values).await? == 1)
}

/// Whether all of these are members of the society, today or once.
pub async fn are_fellows(net: &Net, society: SocietyId, ids: &[FellowId]) -> Result<bool, Fault> {
    for id in ids {
        let sql = "SELECT 1 FROM society_member WHERE network_id = $1 AND society_id = $2 AND id = $3";
        if net.opt::<(i64,)>(sql, args![society, *id]).await?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The societies of a child: which, in which post, from and until.
pub async fn of_learner(
    net: &Net,
    learner: PersonId,
) -> Result<Vec<(SocietyId, String, Post, NaiveDate, Option<NaiveDate>)>, Fault> {
    let sql = "SELECT s.id, s.title, m.post, m.from_date, m.until_date FROM society_member m
               JOIN student_society s ON s.network_id = $1 AND s.id = m.society_id
               WHERE m.network_id = $1 AND m.learner_id = $2 ORDER BY m.from_date DESC, m.id";
    Ok(net.all(sql, args![learner]).await?)
}

/// Takes away every row of a child.
pub async fn forget(tx: &mut Tx, learner: PersonId) -> Result<u64, Fault> {
    let of = "(SELECT id FROM society_member WHERE network_id = $1 AND learner_id = $2)";
    for column in ["chair_id", "secretary_id"] {
        let sql = format!("UPDATE society_meeting SET {column} = NULL WHERE network_id = $1 AND {column} IN {of}");
        tx.run(sql, args![learner]).await?;
    }
    Ok(tx.run("DELETE FROM society_member WHERE network_id = $1 AND learner_id = $2", args![learner]).await?)
}
