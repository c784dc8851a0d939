//! The SQL of research.
use super::model::{
    Author, AuthorId, Hands, Project, ProjectDraft, ProjectId, Review, ReviewId, Sheet, Stage, Standing, Term,
};
use crate::{learners::Scope, organisations::OrganisationId, people::PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault, Visit,
    access::Reach,
    db::{Net, Tx, Val, Where, args},
};
use std::collections::HashSet;
use uuid::Uuid;

const COLUMNS: &str =
    "p.id, p.organisation_id, o.short_name, p.title, p.subject, p.question, p.academic_year, p.supervisor_id, p.stage,
    p.state, p.code, p.review_text, p.edition_id, p.submitted_to, s.due_on, p.version";
const FROM: &str = "research_project p JOIN organisation o ON o.network_id = $1 AND o.id = p.organisation_id
    LEFT JOIN research_stage s ON s.network_id = $1 AND s.project_id = p.id AND s.stage = p.stage";

/// Whose projects a viewer sees: the own organisation's, those supervised, those of children for whom they
/// answer; not of those whom the organisation merely receives.
async fn seen(visit: &Visit, keeps: &Reach, args: &mut Vec<Val>) -> Result<String, Fault> {
    let own = keeps.sql("p.organisation_id", args);
    args.push(Val::from(visit.actor()));
    let me = args.len() + 1;
    let children = Scope::of(visit).await?.without_received().sql("l", args);
    Ok(format!(
        "({own} OR p.supervisor_id = ${me} OR EXISTS (SELECT 1 FROM research_author a
           JOIN learner l ON l.network_id = $1 AND l.id = a.learner_id
           WHERE a.network_id = $1 AND a.project_id = p.id AND {children}))"
    ))
}

/// The projects that this viewer sees, the latest year first.
pub async fn list(visit: &Visit, keeps: &Reach, stage: Option<Stage>) -> Result<Vec<Project>, Fault> {
    let mut w = Where::of("p");
    let may = seen(visit, keeps, &mut w.args).await?;
    w.and_raw(&may).and_opt("p.stage = ?", stage);
    let sql = format!(
        "SELECT {COLUMNS} FROM {FROM} WHERE {} ORDER BY p.academic_year DESC, p.title, p.id LIMIT 500",
        w.sql()
    );
    Ok(visit.net.all(sql, w.args).await?)
}

pub async fn find(visit: &Visit, keeps: &Reach, id: ProjectId) -> Result<Option<Project>, Fault> {
    let mut w = Where::of("p");
    w.and("p.id = ?", id);
    let may = seen(visit, keeps, &mut w.args).await?;
    w.and_raw(&may);
    Ok(visit.net.opt(format!("SELECT {COLUMNS} FROM {FROM} WHERE {}", w.sql()), w.args).await?)
}

pub async fn insert(
    tx: &mut Tx,
    id: ProjectId,
    code: &str,
    year: i64,
    d: &ProjectDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO research_project (network_id, id, organisation_id, title, subject, question, academic_year, supervisor_id, stage, state,
                 code, edition_id, submitted_to, created_at, created_by, updated_at, updated_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'topic', 'running', $9, $10, $11, $12, $13, $12, $13, 1)";
    let values = args![
        id,
        d.organisation,
        &d.title,
        &d.subject,
        &d.question,
        year,
        d.supervisor,
        code,
        d.edition,
        &d.submitted_to,
        now,
        actor
    ];
    tx.run(sql, values).await?;
    put_due(tx, id, d).await
}

/// False when the version moved on.
pub async fn update(
    tx: &mut Tx,
    id: ProjectId,
    version: i64,
    d: &ProjectDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE research_project SET title = $4, subject = $5, question = $6, supervisor_id = $7, edition_id = $8, submitted_to = $9,
                 updated_at = $10, updated_by = $11, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3";
    let values =
        args![id, version, &d.title, &d.subject, &d.question, d.supervisor, d.edition, &d.submitted_to, now, actor];
    if tx.run(sql, values).await? != 1 {
        return Ok(false);
    }
    put_due(tx, id, d).await?;
    Ok(true)
}

async fn put_due(tx: &mut Tx, id: ProjectId, d: &ProjectDraft) -> Result<(), Fault> {
    for (stage, due) in &d.due {
        let sql = "INSERT INTO research_stage (network_id, project_id, stage, due_on) VALUES ($1, $2, $3, $4)
                   ON CONFLICT (network_id, project_id, stage) DO UPDATE SET due_on = excluded.due_on";
        tx.run(sql, args![id, *stage, *due]).await?;
    }
    Ok(())
}

/// Writes the text for reviewers; only until the review is over.
pub async fn put_text(
    tx: &mut Tx,
    id: ProjectId,
    text: Option<&str>,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql = "UPDATE research_project SET review_text = $3, updated_at = $4, updated_by = $5, version = version + 1
               WHERE network_id = $1 AND id = $2 AND state = 'running' AND stage IN ('topic', 'plan', 'research', 'paper')";
    Ok(tx.run(sql, args![id, text, now, actor]).await? == 1)
}

/// False when it no longer stands where it was to move from.
pub async fn set_standing(
    tx: &mut Tx,
    id: ProjectId,
    from: Standing,
    to: Standing,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql =
        "UPDATE research_project SET stage = $5, state = $6, updated_at = $7, updated_by = $8, version = version + 1
               WHERE network_id = $1 AND id = $2 AND stage = $3 AND state = $4";
    Ok(tx.run(sql, args![id, from.stage, from.state, to.stage, to.state, now, actor]).await? == 1)
}

/// Notes when a stage was done; none when it is taken up again.
pub async fn set_done(tx: &mut Tx, id: ProjectId, stage: Stage, on: Option<NaiveDate>) -> Result<(), Fault> {
    let sql = "INSERT INTO research_stage (network_id, project_id, stage, done_on) VALUES ($1, $2, $3, $4)
               ON CONFLICT (network_id, project_id, stage) DO UPDATE SET done_on = excluded.done_on";
    tx.run(sql, args![id, stage, on]).await?;
    Ok(())
}

pub async fn terms(net: &Net, id: ProjectId) -> Result<Vec<Term>, Fault> {
    let sql = "SELECT stage, due_on, done_on FROM research_stage WHERE network_id = $1 AND project_id = $2";
    let mut all: Vec<Term> = net.all(sql, args![id]).await?;
    all.sort_by_key(|t| t.stage);
    Ok(all)
}

/// The authors, named as the members of a group are.
pub async fn authors(visit: &Visit, p: &Project, leads: bool) -> Result<Vec<Author>, Fault> {
    let scope = Scope::of(visit).await?.without_received();
    let mut w = Where::of("a");
    w.and("a.project_id = ?", p.id);
    let may = scope.sql("l", &mut w.args);
    let led = if leads {
        let (host, today) = (w.arg(p.organisation_id), w.arg(visit.today));
        format!(
            "(l.merged_into IS NULL AND (l.organisation_id = {host} OR EXISTS (
               SELECT 1 FROM learner_ground g WHERE g.network_id = $1 AND g.source_id = a.id AND g.learner_id = l.id
                 AND g.from_date <= {today} AND (g.until_date IS NULL OR g.until_date >= {today}))))"
        )
    } else {
        "FALSE".to_owned()
    };
    let sql = format!(
        "SELECT a.id, o.short_name, l.id, l.full_name, l.class_name FROM research_author a
         JOIN organisation o ON o.network_id = $1 AND o.id = a.organisation_id
         LEFT JOIN learner l ON l.network_id = $1 AND l.id = a.learner_id AND ({may} OR {led})
         WHERE {} ORDER BY a.id",
        w.sql()
    );
    Ok(visit.net.all(sql, w.args).await?)
}

/// False when the child is there already.
pub async fn insert_author(
    tx: &mut Tx,
    id: AuthorId,
    project: ProjectId,
    learner: PersonId,
    home: OrganisationId,
) -> Result<bool, Fault> {
    let sql = "INSERT INTO research_author (network_id, id, project_id, learner_id, organisation_id) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, args![id, project, learner, home]).await? == 1)
}

pub async fn delete_author(tx: &mut Tx, project: ProjectId, id: AuthorId) -> Result<bool, Fault> {
    let sql = "DELETE FROM research_author WHERE network_id = $1 AND project_id = $2 AND id = $3";
    Ok(tx.run(sql, args![project, id]).await? == 1)
}

/// The last names of those whom a text for reviewers must not name: authors and supervisor.
pub async fn last_names(tx: &mut Tx, id: ProjectId) -> Result<Vec<String>, Fault> {
    let sql = "SELECT n.last_name FROM person n WHERE n.network_id = $1 AND (
                 n.id IN (SELECT learner_id FROM research_author WHERE network_id = $1 AND project_id = $2)
                 OR n.id = (SELECT supervisor_id FROM research_project WHERE network_id = $1 AND id = $2))";
    let rows: Vec<(String,)> = tx.all(sql, args![id]).await?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}

/// Rows of a child and whoever is too near to it to review or judge: who teaches or leads it otherwise than as
/// the head of a class, by a charge, a group, a society, a project; and its guardians.
pub const NEAR: &str = "
    SELECT w.learner_id, w.person_id FROM guardian w WHERE w.network_id = $1
    UNION ALL
    SELECT g.learner_id, g.person_id FROM learner_ground g WHERE g.network_id = $1 AND g.person_id IS NOT NULL
    UNION ALL SELECT m.learner_id, t.person_id FROM joint_group_member m
      JOIN joint_group_teacher t ON t.network_id = $1 AND t.group_id = m.group_id WHERE m.network_id = $1
    UNION ALL SELECT m.learner_id, c.leader_id FROM society_member m
      JOIN society_section c ON c.network_id = $1 AND c.id = m.section_id
      WHERE m.network_id = $1 AND c.leader_id IS NOT NULL
    UNION ALL SELECT b.learner_id, q.supervisor_id FROM research_author b
      JOIN research_project q ON q.network_id = $1 AND q.id = b.project_id WHERE b.network_id = $1";

/// Asks who may not review a work: the supervisor, whoever works where it is kept or where an author
/// learns, and whoever teaches an author.
fn close(work: &Hands, today: NaiveDate) -> (String, Vec<Val>) {
    let mut w = Where::of("r");
    w.and("r.from_date <= ?", today).and("(r.until_date IS NULL OR r.until_date >= ?)", today);
    let homes = work.authors.iter().map(|(_, organisation)| *organisation);
    w.and_in("r.organisation_id", std::iter::once(work.organisation).chain(homes));
    let works = w.sql().to_owned();
    let authors: Vec<String> = work.authors.iter().map(|(learner, _)| w.arg(*learner)).collect();
    let authors = if authors.is_empty() { "NULL".into() } else { authors.join(", ") };
    let supervisor = w.arg(work.supervisor);
    let sql = format!(
        "SELECT r.person_id FROM role_grant r WHERE {works}
         UNION SELECT t.person_id FROM ({NEAR}) t WHERE t.learner_id IN ({authors})
         UNION SELECT p.id FROM person p WHERE p.network_id = $1 AND p.id = {supervisor}"
    );
    (sql, w.args)
}

/// Those who need not be offered as reviewers of a project: too close, or asked already.
pub async fn not_to_ask(net: &Net, id: ProjectId, today: NaiveDate) -> Result<HashSet<PersonId>, Fault> {
    let Some((organisation, supervisor)) = net.opt(KEPT, args![id]).await? else { return Ok(HashSet::new()) };
    let work = Hands { organisation, supervisor, authors: net.all(AUTHORS, args![id]).await? };
    let mut all = close_to(net, &work, today).await?;
    let sql = "SELECT reviewer_id FROM research_review WHERE network_id = $1 AND project_id = $2";
    all.extend(net.all::<(PersonId,)>(sql, args![id]).await?.into_iter().map(|(id,)| id));
    Ok(all)
}

/// Those who may not review a work.
pub async fn close_to(net: &Net, work: &Hands, today: NaiveDate) -> Result<HashSet<PersonId>, Fault> {
    let (sql, args) = close(work, today);
    Ok(net.all::<(PersonId,)>(sql, args).await?.into_iter().map(|(id,)| id).collect())
}

const KEPT: &str = "SELECT organisation_id, supervisor_id FROM research_project WHERE network_id = $1 AND id = $2";
const AUTHORS: &str =
    "SELECT learner_id, organisation_id FROM research_author WHERE network_id = $1 AND project_id = $2";

/// Where a project is kept, who leads it, and who writes it from where.
pub async fn hands(tx: &mut Tx, id: ProjectId) -> Result<Option<Hands>, Fault> {
    let Some((organisation, supervisor)) = tx.opt(KEPT, args![id]).await? else { return Ok(None) };
    Ok(Some(Hands { organisation, supervisor, authors: tx.all(AUTHORS, args![id]).await? }))
}

/// Whether somebody is one of those who may not review.
pub async fn is_close(tx: &mut Tx, work: &Hands, person: PersonId, today: NaiveDate) -> Result<bool, Fault> {
    let (sql, mut args) = close(work, today);
    args.push(person.into());
    let sql = format!("SELECT 1 FROM ({sql}) c WHERE c.person_id = ${} LIMIT 1", args.len() + 1);
    Ok(tx.opt::<(i64,)>(sql, args).await?.is_some())
}

const REVIEW: &str = "id, project_id, reviewer_id, due_on, state, novelty, method, writing, advice, body, written_at";

/// False when this reviewer has it already.
pub async fn insert_review(
    tx: &mut Tx,
    id: ReviewId,
    project: ProjectId,
    reviewer: PersonId,
    due: NaiveDate,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql =
        "INSERT INTO research_review (network_id, id, project_id, reviewer_id, due_on, state, assigned_at, assigned_by)
               VALUES ($1, $2, $3, $4, $5, 'assigned', $6, $7) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, args![id, project, reviewer, due, now, actor]).await? == 1)
}

pub async fn reviews(net: &Net, project: ProjectId) -> Result<Vec<Review>, Fault> {
    let sql = format!(
        "SELECT {REVIEW} FROM research_review WHERE network_id = $1 AND project_id = $2 ORDER BY assigned_at, id"
    );
    Ok(net.all(sql, args![project]).await?)
}

/// A review of this person's, with the work without names: code, title, subject, text.
pub async fn review_of(net: &Net, id: ReviewId, reviewer: Uuid) -> Result<Option<Review>, Fault> {
    let sql = format!("SELECT {REVIEW} FROM research_review WHERE network_id = $1 AND id = $2 AND reviewer_id = $3");
    Ok(net.opt(sql, args![id, reviewer]).await?)
}

pub async fn work(
    net: &Net,
    project: ProjectId,
) -> Result<Option<(String, String, Option<String>, Option<String>)>, Fault> {
    let sql = "SELECT code, title, subject, review_text FROM research_project WHERE network_id = $1 AND id = $2";
    Ok(net.opt(sql, args![project]).await?)
}

/// What a person has to review, the most urgent first.
pub async fn to_review(net: &Net, reviewer: Uuid) -> Result<Vec<(ReviewId, String, NaiveDate)>, Fault> {
    let sql = "SELECT v.id, p.code, v.due_on FROM research_review v JOIN research_project p ON p.network_id = $1 AND p.id = v.project_id
               WHERE v.network_id = $1 AND v.reviewer_id = $2 AND v.state = 'assigned' ORDER BY v.due_on, v.id LIMIT 100";
    Ok(net.all(sql, args![reviewer]).await?)
}

/// Writes a review. False when it was written already.
pub async fn write_review(tx: &mut Tx, r: &Review, now: DateTime<Utc>) -> Result<bool, Fault> {
    let sql = "UPDATE research_review SET state = 'written', novelty = $3, method = $4, writing = $5, advice = $6, body = $7, written_at = $8
               WHERE network_id = $1 AND id = $2 AND state = 'assigned'";
    Ok(tx.run(sql, args![r.id, r.novelty, r.method, r.writing, r.advice, &r.body, now]).await? == 1)
}

/// Written reviews and sheets of a project.
pub async fn counts(tx: &mut Tx, project: ProjectId) -> Result<(i64, i64), Fault> {
    let sql =
        "SELECT (SELECT COUNT(*) FROM research_review WHERE network_id = $1 AND project_id = $2 AND state = 'written'),
                      (SELECT COUNT(*) FROM research_sheet WHERE network_id = $1 AND project_id = $2)";
    Ok(tx.one(sql, args![project]).await?)
}

pub async fn insert_sheet(
    tx: &mut Tx,
    id: Uuid,
    project: ProjectId,
    s: &Sheet,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let sql =
        "INSERT INTO research_sheet (network_id, id, project_id, juror, content, talk, answers, note, at, by_person)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    tx.run(sql, args![id, project, &s.juror, s.content, s.talk, s.answers, &s.note, now, actor]).await?;
    Ok(())
}

pub async fn sheets(net: &Net, project: ProjectId) -> Result<Vec<Sheet>, Fault> {
    let sql = "SELECT juror, content, talk, answers, note FROM research_sheet WHERE network_id = $1 AND project_id = $2 ORDER BY at, id";
    Ok(net.all(sql, args![project]).await?)
}

/// The projects of a child.
pub async fn of_learner(net: &Net, learner: PersonId) -> Result<Vec<(ProjectId, String, Stage)>, Fault> {
    let sql = "SELECT p.id, p.title, p.stage FROM research_author a JOIN research_project p ON p.network_id = $1 AND p.id = a.project_id
               WHERE a.network_id = $1 AND a.learner_id = $2 ORDER BY p.academic_year DESC, p.id";
    Ok(net.all(sql, args![learner]).await?)
}

/// Takes a child's name off every project.
pub async fn forget(tx: &mut Tx, learner: PersonId) -> Result<u64, Fault> {
    Ok(tx.run("DELETE FROM research_author WHERE network_id = $1 AND learner_id = $2", args![learner]).await?)
}
