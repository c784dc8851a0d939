//! The SQL of conferences: rules, sections, juries, programmes and points.
pub mod theses;

use super::model::{Juror, Mark, Rules, Section, SectionId, Slot, SlotId, ThesisId};
use crate::{events::StageId, people::PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    db::{Net, Tx, args},
};
use uuid::Uuid;

pub async fn rules(net: &Net, stage: StageId) -> Result<Option<Rules>, Fault> {
    let sql = "SELECT talk_minutes, criteria, version FROM conference WHERE network_id = $1 AND stage_id = $2";
    Ok(net.opt(sql, args![stage]).await?)
}

/// Writes the rules; makes the conference where there is none yet.
pub async fn put_rules(tx: &mut Tx, stage: StageId, r: &Rules) -> Result<(), Fault> {
    let sql = "INSERT INTO conference (network_id, stage_id, talk_minutes, criteria, version) VALUES ($1, $2, $3, $4, 1)
               ON CONFLICT (network_id, stage_id) DO UPDATE SET talk_minutes = excluded.talk_minutes, criteria = excluded.criteria,
                 version = conference.version + 1";
    tx.run(sql, args![stage, r.talk_minutes, r.criteria.clone()]).await?;
    Ok(())
}

/// Takes the conference for a change of its programme: two changes wait for each other.
pub async fn take(tx: &mut Tx, stage: StageId) -> Result<(), Fault> {
    let rules = Rules::default();
    let sql =
        "INSERT INTO conference (network_id, stage_id, talk_minutes, criteria, version) VALUES ($1, $2, $3, $4, 1)
               ON CONFLICT (network_id, stage_id) DO UPDATE SET version = conference.version + 1";
    tx.run(sql, args![stage, rules.talk_minutes, rules.criteria]).await?;
    Ok(())
}

const SECTION: &str = "id, stage_id, title, room, on_date, starts_at, version";

pub async fn sections(net: &Net, stage: StageId) -> Result<Vec<Section>, Fault> {
    let sql = format!(
        "SELECT {SECTION} FROM conference_section WHERE network_id = $1 AND stage_id = $2 ORDER BY on_date, title, id"
    );
    Ok(net.all(sql, args![stage]).await?)
}

pub async fn sections_in(tx: &mut Tx, stage: StageId) -> Result<Vec<Section>, Fault> {
    let sql = format!(
        "SELECT {SECTION} FROM conference_section WHERE network_id = $1 AND stage_id = $2 ORDER BY on_date, title, id"
    );
    Ok(tx.all(sql, args![stage]).await?)
}

pub async fn section(net: &Net, id: SectionId) -> Result<Option<Section>, Fault> {
    let sql = format!("SELECT {SECTION} FROM conference_section WHERE network_id = $1 AND id = $2");
    Ok(net.opt(sql, args![id]).await?)
}

/// What is said of a section.
#[derive(Clone, Debug)]
pub struct SectionDraft {
    pub title: String,
    pub room: Option<String>,
    pub on_date: NaiveDate,
    pub starts_at: i64,
}

pub async fn insert_section(tx: &mut Tx, id: SectionId, stage: StageId, d: &SectionDraft) -> Result<(), Fault> {
    let sql = "INSERT INTO conference_section (network_id, id, stage_id, title, room, on_date, starts_at, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, 1)";
    tx.run(sql, args![id, stage, &d.title, &d.room, d.on_date, d.starts_at]).await?;
    Ok(())
}

/// False when the version moved on.
pub async fn update_section(tx: &mut Tx, id: SectionId, version: i64, d: &SectionDraft) -> Result<bool, Fault> {
    let sql = "UPDATE conference_section SET title = $4, room = $5, on_date = $6, starts_at = $7, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3";
    Ok(tx.run(sql, args![id, version, &d.title, &d.room, d.on_date, d.starts_at]).await? == 1)
}

const JURORS: &str = "SELECT j.section_id, j.person_id, TRIM(p.last_name || ' ' || p.first_name || ' ' || COALESCE(p.patronymic, '')), j.chair
    FROM conference_juror j JOIN conference_section s ON s.network_id = $1 AND s.id = j.section_id
    JOIN person p ON p.network_id = $1 AND p.id = j.person_id
    WHERE j.network_id = $1 AND s.stage_id = $2 ORDER BY j.chair DESC, p.last_name, p.first_name, p.id";

/// The juries of a conference, the chair first.
pub async fn jurors(net: &Net, stage: StageId) -> Result<Vec<Juror>, Fault> {
    Ok(net.all(JURORS, args![stage]).await?)
}

pub async fn jurors_in(tx: &mut Tx, stage: StageId) -> Result<Vec<Juror>, Fault> {
    Ok(tx.all(JURORS, args![stage]).await?)
}

/// Names a juror; a section has one chair, so that a new one takes the place of the old.
pub async fn put_juror(tx: &mut Tx, section: SectionId, person: PersonId, chair: bool) -> Result<(), Fault> {
    if chair {
        let sql = "UPDATE conference_juror SET chair = FALSE WHERE network_id = $1 AND section_id = $2 AND chair";
        tx.run(sql, args![section]).await?;
    }
    let sql = "INSERT INTO conference_juror (network_id, section_id, person_id, chair) VALUES ($1, $2, $3, $4)
               ON CONFLICT (network_id, section_id, person_id) DO UPDATE SET chair = excluded.chair";
    tx.run(sql, args![section, person, chair]).await?;
    Ok(())
}

/// False for somebody who has given points there, or does not sit there.
pub async fn drop_juror(tx: &mut Tx, section: SectionId, person: PersonId) -> Result<bool, Fault> {
    let sql = "DELETE FROM conference_juror WHERE network_id = $1 AND section_id = $2 AND person_id = $3
                 AND NOT EXISTS (SELECT 1 FROM conference_mark m JOIN conference_thesis t ON t.network_id = $1 AND t.id = m.thesis_id
                   WHERE m.network_id = $1 AND m.juror_id = $3 AND t.section_id = $2)";
    Ok(tx.run(sql, args![section, person]).await? == 1)
}

const SLOTS: &str = "SELECT l.id, l.section_id, l.position, l.thesis_id, l.title, l.minutes FROM conference_slot l
    JOIN conference_section s ON s.network_id = $1 AND s.id = l.section_id
    WHERE l.network_id = $1 AND s.stage_id = $2 ORDER BY l.section_id, l.position, l.id";

pub async fn slots(net: &Net, stage: StageId) -> Result<Vec<Slot>, Fault> {
    Ok(net.all(SLOTS, args![stage]).await?)
}

pub async fn slots_in(tx: &mut Tx, stage: StageId) -> Result<Vec<Slot>, Fault> {
    Ok(tx.all(SLOTS, args![stage]).await?)
}

/// Puts a line at the end of a section. False when the theses stand in a programme already.
pub async fn insert_slot(
    tx: &mut Tx,
    id: SlotId,
    section: SectionId,
    (thesis, title): (Option<ThesisId>, Option<&str>),
    minutes: i64,
) -> Result<bool, Fault> {
    let sql = "INSERT INTO conference_slot (network_id, id, section_id, position, thesis_id, title, minutes)
               SELECT $1, $2, $3, COALESCE(MAX(position), 0) + 1, $4, $5, $6 FROM conference_slot WHERE network_id = $1 AND section_id = $3
               ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, args![id, section, thesis, title, minutes]).await? == 1)
}

pub async fn drop_slot(tx: &mut Tx, section: SectionId, id: SlotId) -> Result<bool, Fault> {
    let sql = "DELETE FROM conference_slot WHERE network_id = $1 AND section_id = $2 AND id = $3";
    Ok(tx.run(sql, args![section, id]).await? == 1)
}

pub async fn put_position(tx: &mut Tx, id: SlotId, position: i64) -> Result<(), Fault> {
    let sql = "UPDATE conference_slot SET position = $3 WHERE network_id = $1 AND id = $2";
    tx.run(sql, args![id, position]).await?;
    Ok(())
}

/// Whether theses stand in a programme.
pub async fn is_planned(tx: &mut Tx, thesis: ThesisId) -> Result<bool, Fault> {
    let sql = "SELECT 1 FROM conference_slot WHERE network_id = $1 AND thesis_id = $2";
    Ok(tx.opt::<(i64,)>(sql, args![thesis]).await?.is_some())
}

const MARKS: &str = "SELECT m.thesis_id, m.juror_id, m.criterion, m.points FROM conference_mark m
    JOIN conference_thesis t ON t.network_id = $1 AND t.id = m.thesis_id
    WHERE m.network_id = $1 AND t.stage_id = $2 ORDER BY m.thesis_id, m.juror_id, m.criterion";

pub async fn marks(net: &Net, stage: StageId) -> Result<Vec<Mark>, Fault> {
    Ok(net.all(MARKS, args![stage]).await?)
}

pub async fn marks_in(tx: &mut Tx, stage: StageId) -> Result<Vec<Mark>, Fault> {
    Ok(tx.all(MARKS, args![stage]).await?)
}

/// Whether anybody gave points at a conference.
pub async fn has_marks(tx: &mut Tx, stage: StageId) -> Result<bool, Fault> {
    let sql =
        "SELECT COUNT(*) FROM conference_mark m JOIN conference_thesis t ON t.network_id = $1 AND t.id = m.thesis_id
               WHERE m.network_id = $1 AND t.stage_id = $2";
    let count: i64 = tx.scalar(sql, args![stage]).await?;
    Ok(count > 0)
}

/// Writes the points of one juror for one work anew; none takes a mark away.
pub async fn put_mark(
    tx: &mut Tx,
    (thesis, juror, criterion): (ThesisId, PersonId, i64),
    points: Option<i64>,
    (actor, now): (Option<Uuid>, DateTime<Utc>),
) -> Result<(), Fault> {
    let Some(points) = points else {
        let sql =
            "DELETE FROM conference_mark WHERE network_id = $1 AND thesis_id = $2 AND juror_id = $3 AND criterion = $4";
        tx.run(sql, args![thesis, juror, criterion]).await?;
        return Ok(());
    };
    let sql = "INSERT INTO conference_mark (network_id, thesis_id, juror_id, criterion, points, at, by_person) VALUES ($1, $2, $3, $4, $5, $6, $7)
               ON CONFLICT (network_id, thesis_id, juror_id, criterion) DO UPDATE SET points = excluded.points, at = excluded.at, by_person = excluded.by_person";
    tx.run(sql, args![thesis, juror, criterion, points, now, actor]).await?;
    Ok(())
}

/// The sections in which somebody judges: id, title, the day.
pub async fn judged(net: &Net, person: PersonId, stage: StageId) -> Result<Vec<SectionId>, Fault> {
    let sql =
        "SELECT s.id FROM conference_juror j JOIN conference_section s ON s.network_id = $1 AND s.id = j.section_id
               WHERE j.network_id = $1 AND j.person_id = $2 AND s.stage_id = $3 ORDER BY s.title, s.id";
    Ok(net.all::<(SectionId,)>(sql, args![person, stage]).await?.into_iter().map(|(id,)| id).collect())
}
