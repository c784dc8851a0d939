//! The SQL of theses: the works, who wrote them, who reviews them.
use crate::{
    conferences::model::{Advice, Author, Review, ReviewId, SectionId, Thesis, ThesisDraft, ThesisId, ThesisState},
    events::StageId,
    organisations::OrganisationId,
    people::PersonId,
    research::NEAR,
};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    access::Reach,
    db::{Net, Tx, Where, args},
};
use uuid::Uuid;

const THESIS: &str =
    "t.id, t.stage_id, t.section_id, t.project_id, t.organisation_id, o.short_name, t.supervisor_id, t.code, t.title,
    t.body, t.state, t.verdict, t.version";
const FROM: &str = "conference_thesis t JOIN organisation o ON o.network_id = $1 AND o.id = t.organisation_id";

/// Whose theses somebody sees: all of a stage, or those of the own organisation and those supervised.
pub enum Whose {
    All,
    Own { keeps: Reach, me: Uuid },
}

impl Whose {
    fn narrow(&self, w: &mut Where) {
        let Self::Own { keeps, me } = self else { return };
        let own = keeps.sql("t.organisation_id", &mut w.args);
        let me = w.arg(*me);
        w.and_raw(&format!("({own} OR t.supervisor_id = {me})"));
    }
}

/// The theses of a conference that somebody sees, by title.
pub async fn list(net: &Net, stage: StageId, whose: &Whose) -> Result<Vec<Thesis>, Fault> {
    let mut w = Where::of("t");
    w.and("t.stage_id = ?", stage);
    whose.narrow(&mut w);
    let sql = format!("SELECT {THESIS} FROM {FROM} WHERE {} ORDER BY t.title, t.id LIMIT 1000", w.sql());
    Ok(net.all(sql, w.args).await?)
}

pub async fn find(net: &Net, id: ThesisId, whose: &Whose) -> Result<Option<Thesis>, Fault> {
    let mut w = Where::of("t");
    w.and("t.id = ?", id);
    whose.narrow(&mut w);
    Ok(net.opt(format!("SELECT {THESIS} FROM {FROM} WHERE {}", w.sql()), w.args).await?)
}

/// What a new record of theses holds besides what was typed.
pub struct New {
    pub id: ThesisId,
    pub stage: StageId,
    pub project: Option<Uuid>,
    pub organisation: OrganisationId,
    pub supervisor: PersonId,
    pub code: String,
}

/// False when this project is at the conference already.
pub async fn insert(
    tx: &mut Tx,
    n: &New,
    d: &ThesisDraft,
    (actor, now): (Option<Uuid>, DateTime<Utc>),
) -> Result<bool, Fault> {
    let sql = "INSERT INTO conference_thesis (network_id, id, stage_id, section_id, project_id, organisation_id, supervisor_id, code, title, body,
                 state, created_at, created_by, updated_at, updated_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'submitted', $11, $12, $11, $12, 1) ON CONFLICT DO NOTHING";
    let values = args![
        n.id,
        n.stage,
        d.section,
        n.project,
        n.organisation,
        n.supervisor,
        &n.code,
        &d.title,
        &d.body,
        now,
        actor
    ];
    Ok(tx.run(sql, values).await? == 1)
}

/// Writes what the authors mended and hands it in again. False when it is decided or changed meanwhile.
pub async fn update(
    tx: &mut Tx,
    id: ThesisId,
    version: i64,
    d: &ThesisDraft,
    (actor, now): (Option<Uuid>, DateTime<Utc>),
) -> Result<bool, Fault> {
    let sql = "UPDATE conference_thesis SET section_id = $4, title = $5, body = $6, state = 'submitted', updated_at = $7, updated_by = $8,
                 version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3 AND state IN ('submitted', 'revise')";
    Ok(tx.run(sql, args![id, version, d.section, &d.title, &d.body, now, actor]).await? == 1)
}

/// False when it no longer stands where it was to move from.
pub async fn set_state(
    tx: &mut Tx,
    id: ThesisId,
    (from, to): (ThesisState, ThesisState),
    verdict: Option<&str>,
    (actor, now): (Option<Uuid>, DateTime<Utc>),
) -> Result<bool, Fault> {
    let sql = "UPDATE conference_thesis SET state = $4, verdict = COALESCE($5, verdict), updated_at = $6, updated_by = $7, version = version + 1
               WHERE network_id = $1 AND id = $2 AND state = $3";
    Ok(tx.run(sql, args![id, from, to, verdict, now, actor]).await? == 1)
}

pub async fn insert_author(
    tx: &mut Tx,
    thesis: ThesisId,
    learner: PersonId,
    organisation: OrganisationId,
    class: Option<i64>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO conference_author (network_id, thesis_id, learner_id, organisation_id, class_number) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT DO NOTHING";
    tx.run(sql, args![thesis, learner, organisation, class]).await?;
    Ok(())
}

const AUTHORS: &str =
    "SELECT a.thesis_id, a.learner_id, l.full_name, o.short_name, a.class_number FROM conference_author a
    JOIN conference_thesis t ON t.network_id = $1 AND t.id = a.thesis_id
    JOIN learner l ON l.network_id = $1 AND l.id = a.learner_id
    JOIN organisation o ON o.network_id = $1 AND o.id = a.organisation_id
    WHERE a.network_id = $1 AND t.stage_id = $2 ORDER BY a.thesis_id, l.full_name, l.id";

/// Everybody who wrote something for a conference.
pub async fn authors(net: &Net, stage: StageId) -> Result<Vec<Author>, Fault> {
    Ok(net.all(AUTHORS, args![stage]).await?)
}

pub async fn authors_in(tx: &mut Tx, stage: StageId) -> Result<Vec<Author>, Fault> {
    Ok(tx.all(AUTHORS, args![stage]).await?)
}

/// Other live works of a child at the same conference.
pub async fn others_of(tx: &mut Tx, thesis: ThesisId, learner: PersonId, stage: StageId) -> Result<bool, Fault> {
    let sql = "SELECT 1 FROM conference_author a JOIN conference_thesis t ON t.network_id = $1 AND t.id = a.thesis_id
               WHERE a.network_id = $1 AND a.learner_id = $3 AND t.stage_id = $4 AND t.id <> $2
                 AND t.state IN ('submitted', 'revise', 'accepted') LIMIT 1";
    Ok(tx.opt::<(i64,)>(sql, args![thesis, learner, stage]).await?.is_some())
}

/// Where a work is kept and who leads it.
pub async fn led(tx: &mut Tx, thesis: ThesisId) -> Result<Option<(OrganisationId, PersonId)>, Fault> {
    let sql = "SELECT organisation_id, supervisor_id FROM conference_thesis WHERE network_id = $1 AND id = $2";
    Ok(tx.opt(sql, args![thesis]).await?)
}

/// The authors of one work: the child and where it studied then.
const OF_THESIS: &str = "SELECT learner_id, organisation_id FROM conference_author WHERE network_id = $1 AND thesis_id = $2 ORDER BY learner_id";

pub async fn of_thesis(net: &Net, thesis: ThesisId) -> Result<Vec<(PersonId, OrganisationId)>, Fault> {
    Ok(net.all(OF_THESIS, args![thesis]).await?)
}

pub async fn of_thesis_in(tx: &mut Tx, thesis: ThesisId) -> Result<Vec<(PersonId, OrganisationId)>, Fault> {
    Ok(tx.all(OF_THESIS, args![thesis]).await?)
}

const REVIEW: &str = "v.id, v.thesis_id, v.reviewer_id, v.due_on, v.advice, v.body";

pub async fn reviews(net: &Net, thesis: ThesisId) -> Result<Vec<Review>, Fault> {
    let sql = format!(
        "SELECT {REVIEW} FROM conference_review v WHERE v.network_id = $1 AND v.thesis_id = $2 ORDER BY v.assigned_at, v.id"
    );
    Ok(net.all(sql, args![thesis]).await?)
}

/// A review, for its reviewer alone.
pub async fn review_of(net: &Net, id: ReviewId, me: Uuid) -> Result<Option<Review>, Fault> {
    let sql = format!(
        "SELECT {REVIEW} FROM conference_review v WHERE v.network_id = $1 AND v.id = $2 AND v.reviewer_id = $3"
    );
    Ok(net.opt(sql, args![id, me]).await?)
}

/// What somebody is asked to review and has not: id, code of the work, by when.
pub async fn to_review(net: &Net, stage: StageId, me: Uuid) -> Result<Vec<(ReviewId, String, NaiveDate)>, Fault> {
    let sql = "SELECT v.id, t.code, v.due_on FROM conference_review v JOIN conference_thesis t ON t.network_id = $1 AND t.id = v.thesis_id
               WHERE v.network_id = $1 AND v.reviewer_id = $2 AND t.stage_id = $3 AND v.written_at IS NULL
                 AND t.state IN ('submitted', 'revise') ORDER BY v.due_on, v.id";
    Ok(net.all(sql, args![me, stage]).await?)
}

/// False when this reviewer has it already.
pub async fn insert_review(
    tx: &mut Tx,
    id: ReviewId,
    thesis: ThesisId,
    reviewer: PersonId,
    due: NaiveDate,
    (actor, now): (Option<Uuid>, DateTime<Utc>),
) -> Result<bool, Fault> {
    let sql = "INSERT INTO conference_review (network_id, id, thesis_id, reviewer_id, due_on, assigned_at, assigned_by)
               VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, args![id, thesis, reviewer, due, now, actor]).await? == 1)
}

/// False when it was written already.
pub async fn write_review(
    tx: &mut Tx,
    id: ReviewId,
    advice: Advice,
    body: &str,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE conference_review SET advice = $3, body = $4, written_at = $5
               WHERE network_id = $1 AND id = $2 AND written_at IS NULL";
    Ok(tx.run(sql, args![id, advice, body, now]).await? == 1)
}

/// The works of a child, the latest first.
pub async fn of_learner(net: &Net, learner: PersonId) -> Result<Vec<(StageId, String, ThesisState)>, Fault> {
    let sql = "SELECT t.stage_id, t.title, t.state FROM conference_author a JOIN conference_thesis t ON t.network_id = $1 AND t.id = a.thesis_id
               WHERE a.network_id = $1 AND a.learner_id = $2 ORDER BY t.created_at DESC, t.id";
    Ok(net.all(sql, args![learner]).await?)
}

/// Takes a child's name off every work.
pub async fn forget(tx: &mut Tx, learner: PersonId) -> Result<u64, Fault> {
    Ok(tx.run("DELETE FROM conference_author WHERE network_id = $1 AND learner_id = $2", args![learner]).await?)
}

/// Whether a work is accepted in this section.
pub async fn is_accepted(tx: &mut Tx, id: ThesisId, section: SectionId) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) FROM conference_thesis WHERE network_id = $1 AND id = $2 AND section_id = $3 AND state = 'accepted'";
    let count: i64 = tx.scalar(sql, args![id, section]).await?;
    Ok(count > 0)
}

/// The works of a section that somebody may not judge: of own pupils and own children.
pub async fn close(net: &Net, section: SectionId, juror: PersonId) -> Result<Vec<ThesisId>, Fault> {
    let sql = format!(
        "SELECT DISTINCT a.thesis_id FROM conference_author a
           JOIN conference_thesis t ON t.network_id = $1 AND t.id = a.thesis_id
           JOIN ({NEAR}) h ON h.learner_id = a.learner_id
         WHERE a.network_id = $1 AND t.section_id = $2 AND h.person_id = $3 ORDER BY a.thesis_id"
    );
    let found: Vec<(ThesisId,)> = net.all(sql, args![section, juror]).await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Where a section's works are: to look whether any stands there.
pub async fn in_section(net: &Net, section: SectionId) -> Result<Vec<Thesis>, Fault> {
    let sql = format!(
        "SELECT {THESIS} FROM {FROM} WHERE t.network_id = $1 AND t.section_id = $2 AND t.state = 'accepted' ORDER BY t.title, t.id"
    );
    Ok(net.all(sql, args![section]).await?)
}
