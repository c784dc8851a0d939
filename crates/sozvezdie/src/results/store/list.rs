//! The SQL of the pages of results: stages with how far their results are, and the rows of one.
use super::super::model::{Award, ParticipationId, ResultState, State};
use crate::{
    events::{EditionId, Level, StageId},
    learners::Scope,
    people::PersonId,
    shell::AcademicYear,
};
use kit::{
    Fault,
    access::Reach,
    db::{Net, Where},
};

/// A stage with how many of its results are how far.
pub struct Progress {
    pub stage: StageId,
    pub edition: EditionId,
    pub title: String,
    pub stage_title: String,
    pub level: Level,
    pub year: AcademicYear,
    pub is_published: bool,
    pub all: i64,
    pub awaited: i64,
    pub entered: i64,
    pub disputed: i64,
    pub confirmed: i64,
}
kit::db::row!(Progress {
    stage,
    edition,
    title,
    stage_title,
    level,
    year,
    is_published,
    all,
    awaited,
    entered,
    disputed,
    confirmed
});

/// The stages of a year at which anybody within reach took part, those that wait first.
pub async fn progress(
    net: &Net,
    year: AcademicYear,
    stage: Option<StageId>,
    reach: &Reach,
) -> Result<Vec<Progress>, Fault> {
    let mut w = Where::of("p");
    if stage.is_none() {
        w.and("p.academic_year = ?", year);
    }
    w.and_opt("p.stage_id = ?", stage);
    let ways = [
        reach.sql("p.organisation_id", &mut w.args),
        reach.sql("p.sending_id", &mut w.args),
        reach.sql("e.organiser_id", &mut w.args),
    ];
    w.and_raw(&format!("({})", ways.join(" OR ")));
    let of = |condition: &str| format!("CAST(SUM(CASE WHEN {condition} THEN 1 ELSE 0 END) AS BIGINT)");
    let awaited = of("p.state IN ('entered', 'admitted', 'took_part') AND p.result_state = 'none'");
    let (entered, disputed) = (of("p.result_state = 'entered'"), of("p.result_state = 'disputed'"));
    let confirmed = of("p.result_state IN ('confirmed', 'approved')");
    let sql = format!(
        "SELECT g.id, e.id, e.title, g.title, e.level, e.academic_year, e.state = 'published', COUNT(*), {awaited}, {entered}, {disputed}, {confirmed}
         FROM participation p JOIN event_edition e ON e.network_id = $1 AND e.id = p.edition_id
         JOIN event_stage g ON g.network_id = $1 AND g.id = p.stage_id WHERE {}
         GROUP BY g.id, e.id, e.title, g.title, e.level, e.academic_year, e.state ORDER BY e.title, g.title, g.id LIMIT 300",
        w.sql()
    );
    let mut all: Vec<Progress> = net.all(sql, w.args).await?;
    all.sort_by_key(|p| p.entered + p.disputed == 0);
    Ok(all)
}

/// A row of a stage. The child is named to those alone who may see its record.
pub struct Entry {
    pub id: ParticipationId,
    pub learner: Option<PersonId>,
    pub name: Option<String>,
    pub team: Option<String>,
    pub organisation: String,
    pub class: Option<i64>,
    pub state: State,
    pub result: ResultState,
    pub award: Option<Award>,
    pub degree: Option<i64>,
    pub place: Option<i64>,
    pub score: Option<f64>,
    pub ground: Option<String>,
}
kit::db::row!(Entry {
    id,
    learner,
    name,
    team,
    organisation,
    class,
    state,
    result,
    award,
    degree,
    place,
    score,
    ground
});

/// The rows of a stage within reach, the best first.
pub async fn entries(net: &Net, stage: StageId, reach: &Reach, scope: &Scope) -> Result<Vec<Entry>, Fault> {
    let mut w = Where::of("p");
    w.and("p.stage_id = ?", stage);
    let ways = [
        reach.sql("p.organisation_id", &mut w.args),
        reach.sql("p.sending_id", &mut w.args),
        reach.sql("e.organiser_id", &mut w.args),
    ];
    w.and_raw(&format!("({})", ways.join(" OR ")));
    let may = scope.sql("c", &mut w.args);
    let sql = format!(
        "SELECT p.id, CASE WHEN {may} THEN c.id END, CASE WHEN {may} THEN c.full_name END, m.title, o.short_name,
           p.class_number, p.state, p.result_state, p.award, p.degree, p.place, p.score, p.ground
         FROM participation p JOIN event_edition e ON e.network_id = $1 AND e.id = p.edition_id
         JOIN learner c ON c.network_id = $1 AND c.id = p.learner_id JOIN organisation o ON o.network_id = $1 AND o.id = p.organisation_id
         LEFT JOIN event_team m ON m.network_id = $1 AND m.id = p.team_id
         WHERE {} ORDER BY p.prize DESC, COALESCE(p.score, -1) DESC, p.id LIMIT 1000",
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}
