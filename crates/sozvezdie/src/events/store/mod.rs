//! The SQL of events, editions and stages.
pub mod list;

use super::model::{
    Edition, EditionDraft, EditionId, EditionState, EventDraft, EventId, Stage, StageDraft, StageId, StageState,
};
use chrono::{DateTime, Utc};
use kit::{
    Fault,
    db::{Net, Tx, Where, args},
    text::name_key,
};
use uuid::Uuid;

const WHOLE: &str = "e.id, e.event_id, v.kind, v.paid, e.title, e.academic_year, e.level, e.format, e.subject, e.organiser, e.organiser_id,
    e.class_from, e.class_to, e.team_size, e.starts_on, e.ends_on, e.apply_until, e.place, e.site, e.act_id, e.prize_degrees, e.state,
    e.published_at, e.updated_at, e.updated_by, e.version";
const FROM: &str = "event_edition e JOIN event v ON v.network_id = $1 AND v.id = e.event_id";

const STAGE: &str = "id, edition_id, position, title, level, organiser_id, starts_on, ends_on, place, counted, min_pct_winner, winner_quota,
    prize_quota, tie_policy, pass_score, state, version";

pub async fn find(net: &Net, id: EditionId) -> Result<Option<Edition>, Fault> {
    Ok(net.opt(format!("SELECT {WHOLE} FROM {FROM} WHERE e.network_id = $1 AND e.id = $2"), args![id]).await?)
}

pub async fn find_in(tx: &mut Tx, id: EditionId) -> Result<Option<Edition>, Fault> {
    Ok(tx.opt(format!("SELECT {WHOLE} FROM {FROM} WHERE e.network_id = $1 AND e.id = $2"), args![id]).await?)
}

/// Those of these ids that are there, the latest first.
pub async fn find_all(net: &Net, ids: &[Uuid]) -> Result<Vec<Edition>, Fault> {
    let mut w = Where::of("e");
    w.and_in("e.id", ids.iter().copied());
    let sql = format!("SELECT {WHOLE} FROM {FROM} WHERE {} ORDER BY e.academic_year DESC, e.title, e.id", w.sql());
    Ok(net.all(sql, w.args).await?)
}

/// The stages of an edition in the order in which they are held.
pub async fn stages(net: &Net, id: EditionId) -> Result<Vec<Stage>, Fault> {
    let sql = format!("SELECT {STAGE} FROM event_stage WHERE network_id = $1 AND edition_id = $2 ORDER BY position");
    Ok(net.all(sql, args![id]).await?)
}

pub async fn stages_in(tx: &mut Tx, id: EditionId) -> Result<Vec<Stage>, Fault> {
    let sql = format!("SELECT {STAGE} FROM event_stage WHERE network_id = $1 AND edition_id = $2 ORDER BY position");
    Ok(tx.all(sql, args![id]).await?)
}

pub async fn stage(net: &Net, id: StageId) -> Result<Option<Stage>, Fault> {
    Ok(net.opt(format!("SELECT {STAGE} FROM event_stage WHERE network_id = $1 AND id = $2"), args![id]).await?)
}

pub async fn stage_in(tx: &mut Tx, id: StageId) -> Result<Option<Stage>, Fault> {
    Ok(tx.opt(format!("SELECT {STAGE} FROM event_stage WHERE network_id = $1 AND id = $2"), args![id]).await?)
}

/// Takes a stage for a change of what belongs to it: two changes, and a step of its state, wait for each other.
///
/// # Errors
/// The database's.
pub async fn take_stage(tx: &mut Tx, id: StageId) -> Result<(), Fault> {
    tx.run("UPDATE event_stage SET version = version WHERE network_id = $1 AND id = $2", args![id]).await?;
    Ok(())
}

/// The event of this title and kind, the archive left out.
pub async fn event_of(tx: &mut Tx, draft: &EventDraft) -> Result<Option<EventId>, Fault> {
    let sql = "SELECT id FROM event WHERE network_id = $1 AND title_key = $2 AND kind = $3 AND archived_at IS NULL ORDER BY id LIMIT 1";
    Ok(tx.opt::<(EventId,)>(sql, args![name_key(&draft.title), draft.kind]).await?.map(|(id,)| id))
}

pub async fn insert_event(
    tx: &mut Tx,
    id: EventId,
    d: &EventDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO event (network_id, id, title, title_key, kind, organiser, site, about, paid, created_at, created_by, updated_at,
                 updated_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $10, $11, 1)";
    let args = args![id, &d.title, name_key(&d.title), d.kind, &d.organiser, &d.site, &d.about, d.paid, now, actor];
    tx.run(sql, args).await?;
    Ok(())
}

pub async fn insert(
    tx: &mut Tx,
    id: EditionId,
    event: EventId,
    d: &EditionDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO event_edition (network_id, id, event_id, title, title_key, academic_year, level, format, subject, organiser,
                 organiser_id, class_from, class_to, team_size, starts_on, ends_on, apply_until, place, site, act_id, prize_degrees, state,
                 published_at, created_at, created_by, updated_at, updated_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
                 $24, $25, 1)";
    let published = (d.state == EditionState::Published).then_some(now);
    let args = args![
        id,
        event,
        &d.title,
        name_key(&d.title),
        d.academic_year,
        d.level,
        d.format,
        &d.subject,
        &d.organiser,
        d.organiser_id,
        d.class_from,
        d.class_to,
        d.team_size,
        d.starts_on,
        d.ends_on,
        d.apply_until,
        &d.place,
        &d.site,
        d.act_id,
        &d.prize_degrees,
        d.state,
        published,
        now,
        actor
    ];
    tx.run(sql, args).await?;
    Ok(())
}

/// Writes a stage at its place.
pub async fn insert_stage(
    tx: &mut Tx,
    id: StageId,
    edition: EditionId,
    position: i64,
    d: &StageDraft,
) -> Result<(), Fault> {
    let sql = format!(
        "INSERT INTO event_stage (network_id, {STAGE})
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1)"
    );
    let args = args![
        id,
        edition,
        position,
        &d.title,
        d.level,
        d.organiser_id,
        d.starts_on,
        d.ends_on,
        &d.place,
        d.counted,
        d.min_pct_winner,
        d.winner_quota,
        d.prize_quota,
        d.tie_policy,
        d.pass_score,
        d.state
    ];
    tx.run(sql, args).await?;
    Ok(())
}

/// False when the state is not `from` any more. The day of publishing goes with the state.
pub async fn set_state(
    tx: &mut Tx,
    id: EditionId,
    from: EditionState,
    to: EditionState,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE event_edition SET state = $4, published_at = $5, updated_at = $6, updated_by = $7, version = version + 1
               WHERE network_id = $1 AND id = $2 AND state = $3";
    let published = (to == EditionState::Published).then_some(now);
    Ok(tx.run(sql, args![id, from, to, published, now, actor]).await? == 1)
}

/// False when the stage is not `from` any more.
pub async fn set_stage_state(tx: &mut Tx, id: StageId, from: StageState, to: StageState) -> Result<bool, Fault> {
    let sql =
        "UPDATE event_stage SET state = $4, version = version + 1 WHERE network_id = $1 AND id = $2 AND state = $3";
    Ok(tx.run(sql, args![id, from, to]).await? == 1)
}

/// What is said of the event itself.
pub async fn about(net: &Net, id: EventId) -> Result<Option<String>, Fault> {
    let found: Option<(Option<String>,)> =
        net.opt("SELECT about FROM event WHERE network_id = $1 AND id = $2", args![id]).await?;
    Ok(found.and_then(|(about,)| about))
}

/// Other editions of an event, the latest first.
pub async fn siblings(net: &Net, event: EventId, but: EditionId) -> Result<Vec<Edition>, Fault> {
    let sql = format!(
        "SELECT {WHOLE} FROM {FROM} WHERE e.network_id = $1 AND e.event_id = $2 AND e.id <> $3 AND e.state <> 'draft'
         ORDER BY e.academic_year DESC, e.title, e.id LIMIT 30"
    );
    Ok(net.all(sql, args![event, but]).await?)
}

/// Changes what an edition takes from its event.
pub async fn update_event(
    tx: &mut Tx,
    id: EventId,
    d: &EventDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let sql =
        "UPDATE event SET kind = $3, about = $4, paid = $5, updated_at = $6, updated_by = $7, version = version + 1
               WHERE network_id = $1 AND id = $2";
    tx.run(sql, args![id, d.kind, &d.about, d.paid, now, actor]).await?;
    Ok(())
}

/// False when the version is no longer the one that was edited.
pub async fn update(
    tx: &mut Tx,
    id: EditionId,
    version: i64,
    d: &EditionDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE event_edition SET title = $4, title_key = $5, academic_year = $6, level = $7, format = $8, subject = $9, organiser = $10,
                 organiser_id = $11, class_from = $12, class_to = $13, team_size = $14, starts_on = $15, ends_on = $16, apply_until = $17,
                 place = $18, site = $19, act_id = $20, prize_degrees = $21, updated_at = $22, updated_by = $23, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3";
    let args = args![
        id,
        version,
        &d.title,
        name_key(&d.title),
        d.academic_year,
        d.level,
        d.format,
        &d.subject,
        &d.organiser,
        d.organiser_id,
        d.class_from,
        d.class_to,
        d.team_size,
        d.starts_on,
        d.ends_on,
        d.apply_until,
        &d.place,
        &d.site,
        d.act_id,
        &d.prize_degrees,
        now,
        actor
    ];
    if tx.run(sql, args).await? == 0 {
        return Ok(false);
    }
    // The copies that the figures read.
    let sql =
        "UPDATE participation SET academic_year = $3 WHERE network_id = $1 AND edition_id = $2 AND academic_year <> $3";
    tx.run(sql, args![id, d.academic_year]).await?;
    Ok(true)
}

/// False when the version is no longer the one that was edited.
pub async fn update_stage(tx: &mut Tx, id: StageId, version: i64, d: &StageDraft) -> Result<bool, Fault> {
    let sql = "UPDATE event_stage SET title = $4, level = $5, organiser_id = $6, starts_on = $7, ends_on = $8, place = $9, counted = $10,
                 min_pct_winner = $11, winner_quota = $12, prize_quota = $13, tie_policy = $14, pass_score = $15, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3";
    let args = args![
        id,
        version,
        &d.title,
        d.level,
        d.organiser_id,
        d.starts_on,
        d.ends_on,
        &d.place,
        d.counted,
        d.min_pct_winner,
        d.winner_quota,
        d.prize_quota,
        d.tie_policy,
        d.pass_score
    ];
    if tx.run(sql, args).await? == 0 {
        return Ok(false);
    }
    let sql = "UPDATE participation SET counted = $3 WHERE network_id = $1 AND stage_id = $2 AND counted <> $3";
    tx.run(sql, args![id, d.counted]).await?;
    Ok(true)
}
