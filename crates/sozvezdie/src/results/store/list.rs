//! The SQL of the pages of results: stages with how far their results are, and the rows of one.
use super::super::model::{Award, ParticipationId, ResultState, State};
use crate::{
    events::{Edition, EditionId, EditionState, Level, Stage, StageId},
    learners::Scope,
    people::PersonId,
    shell::AcademicYear,
};
use chrono::NaiveDate;
use kit::{
    Fault,
    access::Reach,
    db::{Net, Where},
    text::name_key,
};
use uuid::Uuid;

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

impl Progress {
    /// A stage where nobody stands yet.
    pub fn blank(edition: &Edition, stage: &Stage) -> Self {
        Self {
            stage: stage.id,
            edition: edition.id,
            title: edition.title.clone(),
            stage_title: stage.title.clone(),
            level: edition.level,
            year: edition.academic_year,
            is_published: edition.state == EditionState::Published,
            all: 0,
            awaited: 0,
            entered: 0,
            disputed: 0,
            confirmed: 0,
        }
    }
}

/// The stages of a year at which anybody within reach took part, those that wait first.
pub async fn progress(
    net: &Net,
    year: AcademicYear,
    stage: Option<StageId>,
    reach: &Reach,
) -> Result<Vec<Progress>, Fault> {
    let mut w = Where::of("p");
    w.and_raw("p.state <> 'withdrawn'");
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
    pub team_id: Option<Uuid>,
    pub team: Option<String>,
    pub organisation: String,
    pub class: Option<i64>,
    /// The class for which the child wrote, where it is a higher one.
    pub for_class: Option<i64>,
    pub state: State,
    pub result: ResultState,
    pub award: Option<Award>,
    pub degree: Option<i64>,
    pub place: Option<i64>,
    pub score: Option<f64>,
    pub max_score: Option<f64>,
    pub ground: Option<String>,
    /// The number of its diploma or certificate.
    pub certificate: Option<String>,
    pub certificate_on: Option<NaiveDate>,
}
kit::db::row!(Entry {
    id,
    learner,
    name,
    team_id,
    team,
    organisation,
    class,
    for_class,
    state,
    result,
    award,
    degree,
    place,
    score,
    max_score,
    ground,
    certificate,
    certificate_on
});

/// The rows of a stage within reach, the best first; of those about whom nothing is said yet, by
/// class and name. Without a scope everybody is named: to whoever holds the stage.
pub async fn entries(net: &Net, stage: StageId, reach: &Reach, scope: Option<&Scope>) -> Result<Vec<Entry>, Fault> {
    let mut w = Where::of("p");
    w.and("p.stage_id = ?", stage).and_raw("p.state <> 'withdrawn'");
    let ways = [
        reach.sql("p.organisation_id", &mut w.args),
        reach.sql("p.sending_id", &mut w.args),
        reach.sql("e.organiser_id", &mut w.args),
    ];
    w.and_raw(&format!("({})", ways.join(" OR ")));
    let may = scope.map_or_else(|| "1 = 1".to_owned(), |scope| scope.sql("c", &mut w.args));
    let sql = format!(
        "SELECT p.id, CASE WHEN {may} THEN c.id END, CASE WHEN {may} THEN c.full_name END, p.team_id, m.title, o.short_name,
           p.class_number, p.for_class, p.state, p.result_state, p.award, p.degree, p.place, p.score, p.max_score, p.ground, p.certificate, p.certificate_on
         FROM participation p JOIN event_edition e ON e.network_id = $1 AND e.id = p.edition_id
         JOIN learner c ON c.network_id = $1 AND c.id = p.learner_id JOIN organisation o ON o.network_id = $1 AND o.id = p.organisation_id
         LEFT JOIN event_team m ON m.network_id = $1 AND m.id = p.team_id
         WHERE {} ORDER BY p.prize DESC, COALESCE(p.score, -1) DESC, p.id LIMIT 1000",
        w.sql()
    );
    let mut all: Vec<Entry> = net.all(sql, w.args).await?;
    all.sort_by_cached_key(|e| {
        let is_bare = e.award.is_none() && e.degree.is_none() && e.place.is_none() && e.score.is_none();
        let name = e.name.as_deref().map(name_key).unwrap_or_default();
        if is_bare { (true, e.for_class.or(e.class), name) } else { (false, None, String::new()) }
    });
    Ok(all)
}
