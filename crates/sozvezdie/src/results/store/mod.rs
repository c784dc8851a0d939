//! The SQL of participations and their results.
pub mod list;
pub mod revisions;

use super::model::{Award, Outcome, ParticipationId, ResultState, Snapshot, Source, State};
use crate::{
    acts::ActId,
    centre,
    events::{Edition, EditionId, Format, Level, ListKind, Stage, StageId},
    learners::age,
    organisations::OrganisationId,
    people::PersonId,
    shell::AcademicYear,
};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    db::{Net, Tx, Val, Where, args},
};
use uuid::Uuid;

/// A participation to be written.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: ParticipationId,
    pub edition: EditionId,
    pub stage: StageId,
    pub learner: PersonId,
    pub team: Option<Uuid>,
    pub academic_year: AcademicYear,
    pub counted: bool,
    pub snapshot: Snapshot,
    /// The class written for, where it is a higher one.
    pub for_class: Option<i64>,
    pub sending: OrganisationId,
    pub preparing: Option<OrganisationId>,
    pub state: State,
    pub outcome: Outcome,
    /// Whether the outcome is a prize at this edition, see [`Outcome::is_prize`].
    pub is_prize: bool,
    pub result: ResultState,
    pub source: Source,
}

impl Row {
    /// A child of its own school at a stage, who took part.
    pub fn new(id: ParticipationId, edition: &Edition, stage: &Stage, learner: PersonId, snapshot: Snapshot) -> Self {
        Self {
            id,
            edition: edition.id,
            stage: stage.id,
            learner,
            team: None,
            academic_year: edition.academic_year,
            counted: stage.counted,
            snapshot,
            for_class: None,
            sending: snapshot.organisation,
            preparing: None,
            state: State::TookPart,
            outcome: Outcome::default(),
            is_prize: false,
            result: ResultState::None,
            source: Source::Organiser,
        }
    }
}

const COLUMNS: &str =
    "participation (network_id, id, edition_id, stage_id, learner_id, team_id, academic_year, counted, class_number,
    for_class, age, organisation_id, sending_id, preparing_id, centre_member, state, score, max_score, place,
    place_to, award, degree, prize, result_state, source, created_at, created_by,
    updated_at, updated_by, version)";

/// Writes participations. A child stands once at a stage: the second row is refused
/// by the database.
pub async fn insert(tx: &mut Tx, rows: &[Row], actor: Option<Uuid>, now: DateTime<Utc>) -> Result<(), Fault> {
    let values = |r: &Row| -> Vec<Val> {
        args![
            r.id,
            r.edition,
            r.stage,
            r.learner,
            r.team,
            r.academic_year,
            r.counted,
            r.snapshot.class,
            r.for_class,
            r.snapshot.age,
            r.snapshot.organisation,
            r.sending,
            r.preparing,
            r.snapshot.centre_member,
            r.state,
            r.outcome.score,
            r.outcome.max_score,
            r.outcome.place,
            r.outcome.place_to,
            r.outcome.award,
            r.outcome.degree,
            r.is_prize,
            r.result,
            r.source,
            now,
            actor,
            now,
            actor,
            1
        ]
    };
    Ok(tx.insert(COLUMNS, rows.iter().map(values).collect()).await?)
}

/// What the child was on a day. None for somebody who is no learner.
pub async fn snapshot(tx: &mut Tx, learner: PersonId, on: NaiveDate) -> Result<Option<Snapshot>, Fault> {
    let sql = "SELECT birth_date, organisation_id, class_number FROM learner WHERE network_id = $1 AND id = $2";
    let Some((born, now_at, now_in)): Option<(NaiveDate, OrganisationId, Option<i64>)> =
        tx.opt(sql, args![learner]).await?
    else {
        return Ok(None);
    };
    let sql = "SELECT organisation_id, class_number FROM attachment WHERE network_id = $1 AND learner_id = $2 AND kind = 'basic'
               AND from_date <= $3 AND (until_date IS NULL OR until_date >= $3) ORDER BY from_date DESC LIMIT 1";
    let then: Option<(OrganisationId, Option<i64>)> = tx.opt(sql, args![learner, on]).await?;
    let (organisation, class) = then.unwrap_or((now_at, now_in));
    let centre_member = centre::member_on(tx, learner, on).await?.is_some();
    Ok(Some(Snapshot { organisation, class, age: i64::from(age(born, on)), centre_member }))
}

/// Where a participation stands, and in which team.
pub async fn place(tx: &mut Tx, id: ParticipationId) -> Result<Option<(EditionId, Option<Uuid>)>, Fault> {
    let sql = "SELECT edition_id, team_id FROM participation WHERE network_id = $1 AND id = $2";
    Ok(tx.opt(sql, args![id]).await?)
}

/// Writes a result that nobody has confirmed yet; a team's result goes to all its members. False
/// when there is a confirmed one.
pub async fn put_outcome(
    tx: &mut Tx,
    id: ParticipationId,
    team: Option<Uuid>,
    (state, o, is_prize): (State, &Outcome, bool),
    (actor, now): (Option<Uuid>, DateTime<Utc>),
) -> Result<bool, Fault> {
    let which = if team.is_some() { "team_id = $2" } else { "id = $2" };
    let result = if o.is_empty() { ResultState::None } else { ResultState::Entered };
    let sql = format!(
        "UPDATE participation SET state = $3, score = $4, max_score = $5, place = $6, place_to = $7, award = $8, degree = $9, prize = $10,
           result_state = CASE WHEN result_state = 'disputed' THEN result_state ELSE $11 END, updated_at = $12, updated_by = $13, version = version + 1
         WHERE network_id = $1 AND {which} AND result_state IN ('none', 'entered', 'disputed')"
    );
    let key = team.unwrap_or(id.0);
    let values =
        args![key, state, o.score, o.max_score, o.place, o.place_to, o.award, o.degree, is_prize, result, now, actor];
    Ok(tx.run(sql, values).await? > 0)
}

/// By what a result is confirmed.
#[derive(Clone, Debug)]
pub struct Ground {
    /// «Протокол жюри от 12.03.2016».
    pub text: String,
    pub act: Option<ActId>,
}

/// Moves the results of a stage from one state to the next; how many there were.
pub async fn move_results(
    tx: &mut Tx,
    stage: StageId,
    (from, to): (ResultState, ResultState),
    ground: &Ground,
    (actor, now): (Option<Uuid>, DateTime<Utc>),
) -> Result<u64, Fault> {
    let sql = "UPDATE participation SET result_state = $4, ground = $5, ground_act_id = $6, confirmed_at = $7, confirmed_by = $8,
                 updated_at = $7, updated_by = $8, version = version + 1
               WHERE network_id = $1 AND stage_id = $2 AND result_state = $3";
    Ok(tx.run(sql, args![stage, from, to, &ground.text, ground.act, now, actor]).await?)
}

/// Opens one result again. False when it is not in one of the states that can be disputed.
pub async fn dispute(
    tx: &mut Tx,
    id: ParticipationId,
    (actor, now): (Option<Uuid>, DateTime<Utc>),
) -> Result<bool, Fault> {
    let sql =
        "UPDATE participation SET result_state = 'disputed', updated_at = $3, updated_by = $4, version = version + 1
               WHERE network_id = $1 AND id = $2 AND result_state IN ('entered', 'confirmed', 'approved')";
    Ok(tx.run(sql, args![id, now, actor]).await? == 1)
}

/// Notes who prepared a child, in whole percents.
pub async fn put_mentor(tx: &mut Tx, id: ParticipationId, person: PersonId, share: i64) -> Result<(), Fault> {
    let sql =
        "INSERT INTO participation_mentor (network_id, participation_id, person_id, share) VALUES ($1, $2, $3, $4)
               ON CONFLICT (network_id, participation_id, person_id) DO UPDATE SET share = excluded.share";
    tx.run(sql, args![id, person, share]).await?;
    Ok(())
}

/// Makes a team at a stage.
pub async fn put_team(
    tx: &mut Tx,
    id: Uuid,
    stage: StageId,
    title: &str,
    organisation: Option<OrganisationId>,
    captain: Option<PersonId>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO event_team (network_id, id, stage_id, title, organisation_id, captain_id) VALUES ($1, $2, $3, $4, $5, $6)";
    tx.run(sql, args![id, stage, title, organisation, captain]).await?;
    Ok(())
}

/// Children who were members of a Centre on a day, in the order in which they came.
pub async fn members_on(tx: &mut Tx, on: NaiveDate) -> Result<Vec<PersonId>, Fault> {
    let sql = "SELECT DISTINCT learner_id FROM centre_membership WHERE network_id = $1 AND from_date <= $2
               AND (until_date IS NULL OR until_date >= $2) ORDER BY learner_id";
    Ok(tx.all::<(PersonId,)>(sql, args![on]).await?.into_iter().map(|(id,)| id).collect())
}

/// Rows whose copies or prize do not agree with their stage, edition or state.
pub async fn mismatches(net: &Net) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) FROM participation p JOIN event_edition e ON e.network_id = $1 AND e.id = p.edition_id
               JOIN event_stage s ON s.network_id = $1 AND s.id = p.stage_id
               WHERE p.network_id = $1 AND (p.academic_year <> e.academic_year OR p.counted <> s.counted OR s.edition_id <> p.edition_id
                 OR (p.prize AND p.state <> 'took_part'))";
    Ok(net.scalar(sql, args![]).await?)
}

/// Puts an edition on an official list of its year, making the list where there is none.
pub async fn put_on_list(
    tx: &mut Tx,
    (list, entry): (Uuid, Uuid),
    e: &Edition,
    kind: ListKind,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO event_list (network_id, id, kind, academic_year, title, created_at, version) VALUES ($1, $2, $3, $4, $5, $6, 1)
               ON CONFLICT DO NOTHING";
    let year = e.academic_year;
    let title = match kind {
        ListKind::Federal => "Федеральный перечень",
        ListKind::Rsosh => "Перечень РСОШ",
        ListKind::Regional => "Региональный перечень",
        ListKind::Municipal => "Муниципальный перечень",
    };
    tx.run(sql, args![list, kind, year, format!("{title}, {year} (демо)"), now]).await?;
    let sql = "INSERT INTO event_list_entry (network_id, id, list_id, title, title_key, from_date)
               SELECT $1, $2, l.id, $3, $4, $5 FROM event_list l WHERE l.network_id = $1 AND l.kind = $6 AND l.academic_year = $7";
    tx.run(sql, args![entry, &e.title, kit::text::name_key(&e.title), year.first_day(), kind, year]).await?;
    let sql = "INSERT INTO event_listing (network_id, edition_id, entry_id, state, why, decided_at) VALUES ($1, $2, $3, 'confirmed', $4, $5)";
    tx.run(sql, args![e.id, entry, "наименование совпадает", now]).await?;
    Ok(())
}

/// A child that a protocol may speak of.
pub struct Known {
    pub id: PersonId,
    pub full_name: String,
    pub born: NaiveDate,
    pub organisation: OrganisationId,
    pub class: Option<i64>,
}
kit::db::row!(Known { id, full_name, born, organisation, class });

/// The children of these organisations with one of these last names (of any, where there are none
/// or many), those who have left among them.
pub async fn children_of(tx: &mut Tx, organisations: &[Uuid], lasts: &[String]) -> Result<Vec<Known>, Fault> {
    let mut w = Where::new();
    w.and_in("organisation_id", organisations.iter().copied()).and_raw("merged_into IS NULL");
    if (1..=40).contains(&lasts.len()) {
        let named: Vec<String> = lasts
            .iter()
            .map(|last| format!("name_key LIKE {}", w.arg(format!("{} %", last.replace(['%', '_', '\\'], "")))))
            .collect();
        w.and_raw(&format!("({})", named.join(" OR ")));
    }
    let sql = format!(
        "SELECT id, full_name, birth_date, organisation_id, class_number FROM learner WHERE {} ORDER BY id",
        w.sql()
    );
    Ok(tx.all(sql, w.args).await?)
}

/// The edition of a title in a year at a level.
pub async fn edition_of(
    tx: &mut Tx,
    title_key: &str,
    year: AcademicYear,
    level: Level,
) -> Result<Option<EditionId>, Fault> {
    let sql =
        "SELECT id FROM event_edition WHERE network_id = $1 AND title_key = $2 AND academic_year = $3 AND level = $4
               AND state <> 'cancelled' ORDER BY id LIMIT 1";
    Ok(tx.opt::<(EditionId,)>(sql, args![title_key, year, level]).await?.map(|(id,)| id))
}

/// A participation with what came of it.
pub struct Kept {
    pub id: ParticipationId,
    pub state: State,
    pub result: ResultState,
    pub score: Option<f64>,
    pub place: Option<i64>,
    pub award: Option<Award>,
    pub degree: Option<i64>,
    pub version: i64,
}
kit::db::row!(Kept { id, state, result, score, place, award, degree, version });

const KEPT: &str = "id, state, result_state, score, place, award, degree, version";

pub async fn kept(tx: &mut Tx, id: ParticipationId) -> Result<Option<Kept>, Fault> {
    Ok(tx.opt(format!("SELECT {KEPT} FROM participation WHERE network_id = $1 AND id = $2"), args![id]).await?)
}

/// The child's participation in a stage.
pub async fn kept_at(tx: &mut Tx, stage: StageId, learner: PersonId) -> Result<Option<Kept>, Fault> {
    let sql = format!("SELECT {KEPT} FROM participation WHERE network_id = $1 AND stage_id = $2 AND learner_id = $3");
    Ok(tx.opt(sql, args![stage, learner]).await?)
}

/// Takes a participation out again, with its whole team: it came in by mistake.
pub async fn remove(tx: &mut Tx, id: ParticipationId) -> Result<(), Fault> {
    let Some((_, team)) = place(tx, id).await? else { return Ok(()) };
    let (which, key) = (if team.is_some() { "team_id = $2" } else { "id = $2" }, team.unwrap_or(id.0));
    let sql = format!(
        "DELETE FROM participation_mentor WHERE network_id = $1 AND participation_id IN
           (SELECT id FROM participation WHERE network_id = $1 AND {which})"
    );
    tx.run(sql, args![key]).await?;
    let sql = format!(
        "DELETE FROM result_version WHERE network_id = $1 AND participation_id IN
           (SELECT id FROM participation WHERE network_id = $1 AND {which})"
    );
    tx.run(sql, args![key]).await?;
    tx.run(format!("DELETE FROM participation WHERE network_id = $1 AND {which}"), args![key]).await?;
    if let Some(team) = team {
        tx.run("DELETE FROM event_team WHERE network_id = $1 AND id = $2", args![team]).await?;
    }
    Ok(())
}

/// The stage of a participation.
pub async fn stage_of(net: &Net, id: ParticipationId) -> Result<Option<StageId>, Fault> {
    let sql = "SELECT stage_id FROM participation WHERE network_id = $1 AND id = $2";
    Ok(net.opt::<(StageId,)>(sql, args![id]).await?.map(|(stage,)| stage))
}

/// Gives a confirmed result its number, once. False when it has one, or is not confirmed.
pub async fn put_certificate(tx: &mut Tx, id: ParticipationId, number: &str, on: NaiveDate) -> Result<bool, Fault> {
    let sql = "UPDATE participation SET certificate = $3, certificate_on = $4 WHERE network_id = $1 AND id = $2
               AND certificate IS NULL AND state = 'took_part' AND result_state IN ('confirmed', 'approved')";
    Ok(tx.run(sql, args![id, number, on]).await? == 1)
}

/// What stands behind the number of a certificate.
pub struct Numbered {
    pub number: String,
    pub learner: PersonId,
    /// None once it may not be told.
    pub name: Option<String>,
    pub title: String,
    pub stage: String,
    pub level: Level,
    pub format: Format,
    pub year: AcademicYear,
    pub award: Option<Award>,
    pub degree: Option<i64>,
    pub is_prize: bool,
    pub result: ResultState,
    pub ground: Option<String>,
    pub given_on: Option<NaiveDate>,
}
kit::db::row!(Numbered {
    number,
    learner,
    name,
    title,
    stage,
    level,
    format,
    year,
    award,
    degree,
    is_prize,
    result,
    ground,
    given_on
});

impl Numbered {
    /// False while the result is disputed: the sheet is not vouched for.
    pub fn is_in_force(&self) -> bool {
        self.result.counts()
    }
}

pub async fn numbered(tx: &mut Tx, number: &str) -> Result<Option<Numbered>, Fault> {
    let sql = "SELECT p.certificate, c.id, c.full_name, e.title, g.title, COALESCE(g.level, e.level), e.format, e.academic_year, p.award,
                 p.degree, p.prize, p.result_state, p.ground, p.certificate_on
               FROM participation p JOIN event_edition e ON e.network_id = $1 AND e.id = p.edition_id
               JOIN event_stage g ON g.network_id = $1 AND g.id = p.stage_id
               JOIN learner c ON c.network_id = $1 AND c.id = p.learner_id
               WHERE p.network_id = $1 AND p.certificate = $2";
    Ok(tx.opt(sql, args![number]).await?)
}
