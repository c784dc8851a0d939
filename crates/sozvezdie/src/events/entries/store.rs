//! The SQL of entering: rows of `participation` before there is a result, and teams.
use super::model::{Candidate, Entry, EntryId, EntryState, Source};
use crate::{
    events::{Edition, Stage, StageId},
    learners::Scope,
    organisations::OrganisationId,
    people::PersonId,
    shell::AcademicYear,
};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    db::{Net, Tx, Where, args},
};
use uuid::Uuid;

const ENTRY: &str =
    "p.id, p.learner_id, l.full_name, p.organisation_id, o.short_name, p.class_number, p.for_class, t.title,
    COALESCE(t.captain_id = p.learner_id, FALSE), p.centre_member, p.state, p.code, p.source";
const FROM: &str = "participation p JOIN learner l ON l.network_id = $1 AND l.id = p.learner_id
    JOIN organisation o ON o.network_id = $1 AND o.id = p.organisation_id
    LEFT JOIN event_team t ON t.network_id = $1 AND t.id = p.team_id";

/// The entries of a stage, by class and name: all of them, or those of children within a scope.
pub async fn list(net: &Net, stage: StageId, scope: Option<&Scope>) -> Result<Vec<Entry>, Fault> {
    let mut w = Where::of("p");
    w.and("p.stage_id = ?", stage);
    if let Some(scope) = scope {
        let may = scope.sql("l", &mut w.args);
        w.and_raw(&may);
    }
    let sql = format!(
        "SELECT {ENTRY} FROM {FROM} WHERE {} ORDER BY COALESCE(p.for_class, p.class_number), t.title, l.full_name, p.id LIMIT 2000",
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}

/// One entry and its stage.
pub async fn find(net: &Net, id: EntryId) -> Result<Option<(StageId, PersonId)>, Fault> {
    Ok(net.opt("SELECT stage_id, learner_id FROM participation WHERE network_id = $1 AND id = $2", args![id]).await?)
}

const CANDIDATE: &str =
    "l.id, l.full_name, l.birth_date, l.organisation_id, o.short_name, l.class_number, l.class_name";

/// Children within the scope who study today: of one class, or those of these ids.
pub async fn candidates(
    net: &Net,
    scope: &Scope,
    class: Option<i64>,
    ids: Option<&[Uuid]>,
) -> Result<Vec<Candidate>, Fault> {
    let mut w = Where::of("l");
    let may = scope.sql("l", &mut w.args);
    w.and_raw(&may).and_raw("l.enrolled").and_opt("l.class_number = ?", class);
    if let Some(ids) = ids {
        w.and_in("l.id", ids.iter().copied());
    }
    let sql = format!(
        "SELECT {CANDIDATE} FROM learner l JOIN organisation o ON o.network_id = $1 AND o.id = l.organisation_id
         WHERE {} ORDER BY l.class_number, l.class_name, l.full_name, l.id LIMIT 400",
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}

/// Children of the whole network by their ids: for whoever was invited, not chosen.
pub async fn children_in(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<Candidate>, Fault> {
    let mut w = Where::of("l");
    w.and_in("l.id", ids.iter().copied());
    let sql = format!(
        "SELECT {CANDIDATE} FROM learner l JOIN organisation o ON o.network_id = $1 AND o.id = l.organisation_id WHERE {} ORDER BY l.full_name, l.id",
        w.sql()
    );
    Ok(tx.all(sql, w.args).await?)
}

/// The classes within the scope, lowest first.
pub async fn classes(net: &Net, scope: &Scope) -> Result<Vec<i64>, Fault> {
    let mut w = Where::of("l");
    let may = scope.sql("l", &mut w.args);
    w.and_raw(&may).and_raw("l.enrolled AND l.class_number IS NOT NULL");
    let sql = format!("SELECT DISTINCT l.class_number FROM learner l WHERE {} ORDER BY l.class_number", w.sql());
    Ok(net.all::<(i64,)>(sql, w.args).await?.into_iter().map(|(class,)| class).collect())
}

/// Who stands in the list of a stage already, those withdrawn left out.
pub async fn there(tx: &mut Tx, stage: StageId) -> Result<Vec<PersonId>, Fault> {
    let sql = "SELECT learner_id FROM participation WHERE network_id = $1 AND stage_id = $2 AND state <> 'withdrawn'";
    Ok(tx.all::<(PersonId,)>(sql, args![stage]).await?.into_iter().map(|(id,)| id).collect())
}

/// What is written of a child who enters.
pub struct New<'a> {
    pub id: EntryId,
    pub edition: &'a Edition,
    pub stage: &'a Stage,
    pub child: &'a Candidate,
    pub for_class: Option<i64>,
    pub age: i32,
    pub team: Option<Uuid>,
    pub preparing: Option<OrganisationId>,
    pub centre_member: bool,
    pub source: Source,
}

/// Enters a child, or takes a withdrawn entry up again. None when the child stands there already.
pub async fn insert(
    tx: &mut Tx,
    n: &New<'_>,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Option<EntryId>, Fault> {
    let sql = "INSERT INTO participation (network_id, id, edition_id, stage_id, learner_id, team_id, academic_year, counted, class_number, for_class,
                 age, organisation_id, sending_id, preparing_id, centre_member, state, prize, result_state, source, created_at, created_by,
                 updated_at, updated_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13, $14, 'entered', FALSE, 'none', $15, $16, $17, $16, $17, 1)
               ON CONFLICT (network_id, stage_id, learner_id) DO UPDATE SET state = 'entered', team_id = excluded.team_id,
                 class_number = excluded.class_number, for_class = excluded.for_class, age = excluded.age,
                 organisation_id = excluded.organisation_id, sending_id = excluded.sending_id, preparing_id = excluded.preparing_id,
                 centre_member = excluded.centre_member, source = excluded.source, updated_at = excluded.updated_at,
                 updated_by = excluded.updated_by, version = participation.version + 1
               WHERE participation.state = 'withdrawn' AND participation.result_state = 'none'";
    let args = args![
        n.id,
        n.edition.id,
        n.stage.id,
        n.child.id,
        n.team,
        n.edition.academic_year,
        n.stage.counted,
        n.child.class_number,
        n.for_class,
        n.age,
        n.child.organisation,
        n.preparing,
        n.centre_member,
        n.source,
        now,
        actor
    ];
    if tx.run(sql, args).await? == 0 {
        return Ok(None);
    }
    of_child(tx, n.stage.id, n.child.id).await
}

/// The entry of a child at a stage.
pub async fn of_child(tx: &mut Tx, stage: StageId, learner: PersonId) -> Result<Option<EntryId>, Fault> {
    let sql = "SELECT id FROM participation WHERE network_id = $1 AND stage_id = $2 AND learner_id = $3";
    Ok(tx.opt::<(EntryId,)>(sql, args![stage, learner]).await?.map(|(id,)| id))
}

pub async fn insert_team(
    tx: &mut Tx,
    id: Uuid,
    stage: StageId,
    title: &str,
    organisation: OrganisationId,
    captain: Option<PersonId>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO event_team (network_id, id, stage_id, title, organisation_id, captain_id) VALUES ($1, $2, $3, $4, $5, $6)";
    tx.run(sql, args![id, stage, title, organisation, captain]).await?;
    Ok(())
}

/// False when the entry is in none of these states any more, or has a result.
pub async fn set_state(
    tx: &mut Tx,
    id: EntryId,
    from: &[EntryState],
    to: EntryState,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let mut w = Where::new();
    w.and("id = ?", id).and_in("state", from.iter().copied()).and_raw("result_state = 'none'");
    let (state, at, by) = (w.arg(to), w.arg(now), w.arg(actor));
    let sql = format!(
        "UPDATE participation SET state = {state}, updated_at = {at}, updated_by = {by}, version = version + 1 WHERE {}",
        w.sql()
    );
    Ok(tx.run(sql, w.args).await? == 1)
}

/// Admits everybody who is entered at a stage: their number, and theirs.
pub async fn admit_all(tx: &mut Tx, stage: StageId, actor: Option<Uuid>, now: DateTime<Utc>) -> Result<u64, Fault> {
    let sql = "UPDATE participation SET state = 'admitted', updated_at = $3, updated_by = $4, version = version + 1
               WHERE network_id = $1 AND stage_id = $2 AND state = 'entered'";
    Ok(tx.run(sql, args![stage, now, actor]).await?)
}

/// The entries of a stage that are admitted and have no code yet.
pub async fn without_code(tx: &mut Tx, stage: StageId) -> Result<Vec<EntryId>, Fault> {
    let sql = "SELECT id FROM participation WHERE network_id = $1 AND stage_id = $2 AND state IN ('admitted', 'took_part') AND code IS NULL ORDER BY id";
    Ok(tx.all::<(EntryId,)>(sql, args![stage]).await?.into_iter().map(|(id,)| id).collect())
}

/// The codes that a stage has given out.
pub async fn codes(tx: &mut Tx, stage: StageId) -> Result<Vec<String>, Fault> {
    let sql = "SELECT code FROM participation WHERE network_id = $1 AND stage_id = $2 AND code IS NOT NULL";
    Ok(tx.all::<(String,)>(sql, args![stage]).await?.into_iter().map(|(code,)| code).collect())
}

/// False when the entry has a code already.
pub async fn put_code(tx: &mut Tx, id: EntryId, code: &str) -> Result<bool, Fault> {
    let sql =
        "UPDATE participation SET code = $3, version = version + 1 WHERE network_id = $1 AND id = $2 AND code IS NULL";
    Ok(tx.run(sql, args![id, code]).await? == 1)
}

/// Who reached the pass score of a stage, and for which class they wrote: only results that a
/// document confirms.
pub async fn passed(tx: &mut Tx, stage: StageId, score: f64) -> Result<Vec<(PersonId, Option<i64>)>, Fault> {
    let sql = "SELECT learner_id, for_class FROM participation WHERE network_id = $1 AND stage_id = $2 AND score >= $3
                 AND state = 'took_part' AND result_state IN ('confirmed', 'approved') ORDER BY learner_id";
    Ok(tx.all(sql, args![stage, score]).await?)
}

/// Winners and prize-winners of the year before at a stage of this level of the same event and
/// subject; who has left school is left out.
pub async fn laureates(tx: &mut Tx, edition: &Edition, level: crate::events::Level) -> Result<Vec<PersonId>, Fault> {
    let sql = "SELECT DISTINCT p.learner_id FROM participation p
               JOIN event_edition e ON e.network_id = $1 AND e.id = p.edition_id
               JOIN event_stage s ON s.network_id = $1 AND s.id = p.stage_id
               JOIN learner l ON l.network_id = $1 AND l.id = p.learner_id
               WHERE p.network_id = $1 AND e.event_id = $2 AND e.academic_year = $3 AND COALESCE(s.level, e.level) = $4
                 AND COALESCE(e.subject, '') = COALESCE($5, '') AND p.award IN ('winner', 'prize_winner')
                 AND p.result_state IN ('confirmed', 'approved') AND l.enrolled ORDER BY p.learner_id";
    let args = args![edition.event_id, edition.academic_year.0 - 1, level, edition.subject.as_deref()];
    Ok(tx.all::<(PersonId,)>(sql, args).await?.into_iter().map(|(id,)| id).collect())
}

/// Some children of the network who study in classes, by school and name: for the demo.
pub async fn pupils(tx: &mut Tx, limit: i64) -> Result<Vec<Candidate>, Fault> {
    let sql = format!(
        "SELECT {CANDIDATE} FROM learner l JOIN organisation o ON o.network_id = $1 AND o.id = l.organisation_id
         WHERE l.network_id = $1 AND l.enrolled AND l.class_number >= 5 AND l.merged_into IS NULL ORDER BY l.full_name, l.id LIMIT $2"
    );
    Ok(tx.all(sql, args![limit]).await?)
}

/// Where a child was entered, of all years.
pub struct Past {
    pub edition: Uuid,
    pub title: String,
    pub academic_year: AcademicYear,
    pub stage: String,
    pub class_number: Option<i64>,
    pub for_class: Option<i64>,
    pub team: Option<String>,
    pub state: EntryState,
    pub code: Option<String>,
    pub source: String,
    /// What came of it, in the codes of the slice of results.
    pub score: Option<f64>,
    pub place: Option<i64>,
    pub award: Option<String>,
    pub degree: Option<i64>,
    pub result_state: String,
    pub ground: Option<String>,
    pub certificate: Option<String>,
    pub certificate_on: Option<NaiveDate>,
}
kit::db::row!(Past {
    edition,
    title,
    academic_year,
    stage,
    class_number,
    for_class,
    team,
    state,
    code,
    source,
    score,
    place,
    award,
    degree,
    result_state,
    ground,
    certificate,
    certificate_on
});

/// Where a child was entered, the latest first.
pub async fn of_learner(net: &Net, learner: PersonId, limit: i64) -> Result<Vec<Past>, Fault> {
    let sql = "SELECT p.edition_id, e.title, p.academic_year, s.title, p.class_number, p.for_class, t.title, p.state, p.code, p.source,
                 p.score, p.place, p.award, p.degree, p.result_state, p.ground, p.certificate, p.certificate_on
               FROM participation p
               JOIN event_edition e ON e.network_id = $1 AND e.id = p.edition_id
               JOIN event_stage s ON s.network_id = $1 AND s.id = p.stage_id
               LEFT JOIN event_team t ON t.network_id = $1 AND t.id = p.team_id
               WHERE p.network_id = $1 AND p.learner_id = $2 ORDER BY p.academic_year DESC, p.id DESC LIMIT $3";
    Ok(net.all(sql, args![learner, limit]).await?)
}

/// Takes every row away that speaks of a child: for a destruction. A team stays without its captain.
pub async fn forget(tx: &mut Tx, learner: PersonId) -> Result<u64, Fault> {
    let sql = "DELETE FROM participation_mentor WHERE network_id = $1
               AND participation_id IN (SELECT id FROM participation WHERE network_id = $1 AND learner_id = $2)";
    let mentors = tx.run(sql, args![learner]).await?;
    tx.run("UPDATE event_team SET captain_id = NULL WHERE network_id = $1 AND captain_id = $2", args![learner]).await?;
    Ok(mentors + tx.run("DELETE FROM participation WHERE network_id = $1 AND learner_id = $2", args![learner]).await?)
}
