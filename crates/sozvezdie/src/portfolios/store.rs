//! The SQL of portfolios. What counts is said by `figures`.
use super::model::{Achievement, Circle, Fellowship, Method, Office, Period, Way, Work};
use crate::{
    events::{EditionId, Format, Level, ListKind},
    figures::{COUNTED, PENDING, TAKEN},
    learners::Scope,
    people::PersonId,
    results::{Award, ParticipationId},
    shell::AcademicYear,
};
use chrono::NaiveDate;
use kit::{
    Fault,
    db::{Net, Where, args},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// Rows of one portfolio.
const MOST: usize = 2000;
/// Of anything else in it.
const FEW: i64 = 300;

struct Row {
    id: ParticipationId,
    edition: EditionId,
    title: String,
    stage: String,
    level: Level,
    format: Format,
    year: AcademicYear,
    subject: Option<String>,
    class: Option<i64>,
    organisation: String,
    team_id: Option<Uuid>,
    team: Option<String>,
    award: Option<Award>,
    degree: Option<i64>,
    place: Option<i64>,
    is_prize: bool,
    certificate: Option<String>,
    learner: PersonId,
    name: Option<String>,
    share: i64,
}
kit::db::row!(Row {
    id,
    edition,
    title,
    stage,
    level,
    format,
    year,
    subject,
    class,
    organisation,
    team_id,
    team,
    award,
    degree,
    place,
    is_prize,
    certificate,
    learner,
    name,
    share
});

const FROM: &str = "participation p JOIN event_edition e ON e.network_id = $1 AND e.id = p.edition_id
    JOIN event_stage g ON g.network_id = $1 AND g.id = p.stage_id
    JOIN learner c ON c.network_id = $1 AND c.id = p.learner_id
    JOIN organisation o ON o.network_id = $1 AND o.id = p.organisation_id
    LEFT JOIN event_team m ON m.network_id = $1 AND m.id = p.team_id";

/// The counted participations of a condition, the latest first, and whether there are more than fit.
async fn rows(net: &Net, from: &str, w: Where, name: &str, share: &str) -> Result<(Vec<Achievement>, bool), Fault> {
    let sql = format!(
        "SELECT p.id, p.edition_id, e.title, g.title, e.level, e.format, p.academic_year, e.subject, p.class_number, o.short_name,
           p.team_id, m.title, p.award, p.degree, p.place, p.prize, p.certificate, p.learner_id, {name}, {share}
         FROM {from} WHERE {} AND {TAKEN} AND {COUNTED} ORDER BY p.academic_year DESC, p.id DESC LIMIT {}",
        w.sql(),
        MOST + 1
    );
    let mut found: Vec<Row> = net.all(sql, w.args).await?;
    let is_cut = found.len() > MOST;
    found.truncate(MOST);
    let lists = lists(net, found.iter().map(|r| r.edition.0).collect()).await?;
    let all = found.into_iter().map(|r| Achievement {
        lists: lists.get(&r.edition.0).cloned().unwrap_or_default(),
        id: r.id,
        edition: r.edition,
        title: r.title,
        stage: r.stage,
        level: r.level,
        format: r.format,
        year: r.year,
        subject: r.subject,
        class: r.class,
        organisation: r.organisation,
        team_id: r.team_id,
        team: r.team,
        award: r.award,
        degree: r.degree,
        place: r.place,
        is_prize: r.is_prize,
        certificate: r.certificate,
        learner: r.learner,
        name: r.name,
        share: r.share,
    });
    Ok((all.collect(), is_cut))
}

/// On which official lists editions stand, as a person confirmed it.
async fn lists(net: &Net, editions: BTreeSet<Uuid>) -> Result<BTreeMap<Uuid, Vec<ListKind>>, Fault> {
    let mut w = Where::of("x");
    w.and_in("x.edition_id", editions).and_raw("x.state = 'confirmed'");
    let sql = format!(
        "SELECT DISTINCT x.edition_id, l.kind FROM event_listing x
         JOIN event_list_entry n ON n.network_id = $1 AND n.id = x.entry_id
         JOIN event_list l ON l.network_id = $1 AND l.id = n.list_id WHERE {}",
        w.sql()
    );
    let mut found: BTreeMap<Uuid, Vec<ListKind>> = BTreeMap::new();
    for (edition, kind) in net.all::<(Uuid, ListKind)>(sql, w.args).await? {
        found.entry(edition).or_default().push(kind);
    }
    for kinds in found.values_mut() {
        kinds.sort_by_key(|kind| ListKind::ALL.iter().position(|k| k == kind));
    }
    Ok(found)
}

/// What a child took part in; whether the child may be named is settled before.
pub async fn of_child(net: &Net, learner: PersonId) -> Result<(Vec<Achievement>, bool), Fault> {
    let mut w = Where::of("p");
    w.and("p.learner_id = ?", learner);
    rows(net, FROM, w, "c.full_name", "100").await
}

/// What those took part in whom a pedagogue prepared, with the part of the preparation. A child within
/// the scope is named.
pub async fn of_pedagogue(net: &Net, person: PersonId, scope: &Scope) -> Result<(Vec<Achievement>, bool), Fault> {
    let mut w = Where::of("p");
    w.and("k.person_id = ?", person);
    let may = scope.sql("c", &mut w.args);
    let from = format!("{FROM} JOIN participation_mentor k ON k.network_id = $1 AND k.participation_id = p.id");
    rows(net, &from, w, &format!("CASE WHEN {may} THEN c.full_name END"), "k.share").await
}

/// How many participations of a child await their results.
pub async fn pending(net: &Net, learner: PersonId, period: &Period) -> Result<i64, Fault> {
    let mut w = Where::of("p");
    w.and("p.learner_id = ?", learner)
        .and_opt("p.academic_year >= ?", period.from)
        .and_opt("p.academic_year <= ?", period.to);
    let sql = format!("SELECT COUNT(*) FROM {FROM} WHERE {} AND {TAKEN} AND {PENDING}", w.sql());
    Ok(net.scalar(sql, w.args).await?)
}

/// Names of children, after the consents were asked.
pub async fn names(net: &Net, learners: &[PersonId]) -> Result<HashMap<PersonId, String>, Fault> {
    let mut w = Where::new();
    w.and_in("id", learners.iter().copied());
    let sql = format!("SELECT id, full_name FROM learner WHERE {}", w.sql());
    Ok(net.all::<(PersonId, String)>(sql, w.args).await?.into_iter().collect())
}

const WORK: &str = "SELECT r.id, r.title, r.subject, r.academic_year, r.stage, r.state,
      s.last_name || ' ' || s.first_name || COALESCE(' ' || s.patronymic, ''),
      (SELECT COUNT(*) FROM research_author n WHERE n.network_id = $1 AND n.project_id = r.id)
    FROM research_project r JOIN person s ON s.network_id = $1 AND s.id = r.supervisor_id
    WHERE r.network_id = $1 AND r.state <> 'stopped'";

/// Research of a child.
pub async fn works_of_child(net: &Net, learner: PersonId) -> Result<Vec<Work>, Fault> {
    let sql = format!(
        "{WORK} AND EXISTS (SELECT 1 FROM research_author a WHERE a.network_id = $1 AND a.project_id = r.id AND a.learner_id = $2)
         ORDER BY r.academic_year DESC, r.title, r.id LIMIT $3"
    );
    Ok(net.all(sql, args![learner, FEW]).await?)
}

/// Research that a pedagogue supervises.
pub async fn works_of_pedagogue(net: &Net, person: PersonId) -> Result<Vec<Work>, Fault> {
    let sql = format!("{WORK} AND r.supervisor_id = $2 ORDER BY r.academic_year DESC, r.title, r.id LIMIT $3");
    Ok(net.all(sql, args![person, FEW]).await?)
}

/// Groups and workshops in which a child has or had a place.
pub async fn groups_of_child(net: &Net, learner: PersonId) -> Result<Vec<Circle>, Fault> {
    let sql = "SELECT g.id, g.title, g.kind, g.subject, o.short_name, m.from_date, COALESCE(m.until_date, g.ends_on), CAST(1 AS BIGINT)
               FROM joint_group_member m JOIN joint_group g ON g.network_id = $1 AND g.id = m.group_id
               JOIN organisation o ON o.network_id = $1 AND o.id = g.organisation_id
               WHERE m.network_id = $1 AND m.learner_id = $2 AND m.state IN ('member', 'left') AND m.from_date IS NOT NULL
                 AND g.state <> 'cancelled' ORDER BY m.from_date DESC, g.title, g.id LIMIT $3";
    Ok(net.all(sql, args![learner, FEW]).await?)
}

/// Groups and workshops that a pedagogue leads.
pub async fn groups_of_pedagogue(net: &Net, person: PersonId) -> Result<Vec<Circle>, Fault> {
    let sql = "SELECT g.id, g.title, g.kind, g.subject, o.short_name, g.starts_on, g.ends_on,
                 (SELECT COUNT(*) FROM joint_group_member m WHERE m.network_id = $1 AND m.group_id = g.id AND m.from_date IS NOT NULL)
               FROM joint_group_teacher h JOIN joint_group g ON g.network_id = $1 AND g.id = h.group_id
               JOIN organisation o ON o.network_id = $1 AND o.id = g.organisation_id
               WHERE h.network_id = $1 AND h.person_id = $2 AND g.state <> 'cancelled'
               ORDER BY g.starts_on DESC, g.title, g.id LIMIT $3";
    Ok(net.all(sql, args![person, FEW]).await?)
}

/// Societies of a child.
pub async fn societies_of_child(net: &Net, learner: PersonId) -> Result<Vec<Fellowship>, Fault> {
    let sql = "SELECT s.id, s.title, m.post, m.from_date, m.until_date FROM society_member m
               JOIN student_society s ON s.network_id = $1 AND s.id = m.society_id
               WHERE m.network_id = $1 AND m.learner_id = $2 ORDER BY m.from_date DESC, s.title, m.id LIMIT $3";
    Ok(net.all(sql, args![learner, FEW]).await?)
}

/// Routes that a child completed.
pub async fn routes_of_child(net: &Net, learner: PersonId) -> Result<Vec<Way>, Fault> {
    let sql = "SELECT r.id, r.title, o.short_name, r.from_date, r.until_date FROM individual_route r
               JOIN organisation o ON o.network_id = $1 AND o.id = r.organisation_id
               WHERE r.network_id = $1 AND r.learner_id = $2 AND r.state = 'completed' ORDER BY r.from_date DESC, r.id LIMIT $3";
    Ok(net.all(sql, args![learner, FEW]).await?)
}

/// What a pedagogue put into the catalogue of methods, with how many adopted it.
pub async fn methods(net: &Net, person: PersonId) -> Result<Vec<Method>, Fault> {
    let sql = "SELECT r.id, r.name, r.subject,
                 (SELECT COUNT(*) FROM resource_adoption a WHERE a.network_id = $1 AND a.resource_id = r.id AND a.state = 'adopted')
               FROM resource r WHERE r.network_id = $1 AND r.class = 'methodical' AND r.state IN ('published', 'paused')
                 AND COALESCE(r.person_id, r.created_by) = $2 ORDER BY r.name, r.id LIMIT $3";
    Ok(net.all(sql, args![person, FEW]).await?)
}

/// The posts of a person on a day.
pub async fn posts(net: &Net, person: PersonId, on: NaiveDate) -> Result<Vec<Office>, Fault> {
    let sql = "SELECT s.post, o.short_name FROM staff_position s JOIN organisation o ON o.network_id = $1 AND o.id = s.organisation_id
               WHERE s.network_id = $1 AND s.person_id = $2 AND s.from_date <= $3 AND (s.until_date IS NULL OR s.until_date >= $3)
               ORDER BY s.rate DESC, s.id";
    Ok(net.all(sql, args![person, on]).await?)
}
