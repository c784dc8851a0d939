//! Anonymous review: who may be asked, what a reviewer gets, what comes back.
use super::{
    EDIT, KIND, REVIEW_KIND,
    model::{Advice, Hands, ProjectId, ProjectState, Review, ReviewId, ReviewState, Stage, Standing},
    open, review_url, store, url,
};
use crate::{
    groups,
    people::{PersonId, PersonName},
    resources::whole_required,
};
use chrono::NaiveDate;
use documents::paper::{Block, Paper};
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    form::{Check, Problems, loose},
    once::{Done, Once},
    text::Message,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashSet;

/// Who is asked, and by when.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct AssignForm {
    pub reviewer: String,
    pub due_on: String,
}

/// Those who may be asked: nobody too close to the work, and nobody who is asked already. At writing
/// [`assign`] looks again.
///
/// # Errors
/// The database's.
pub async fn possible(visit: &Visit, id: ProjectId) -> Result<Vec<(PersonId, PersonName, String)>, Fault> {
    let not = store::not_to_ask(&visit.net, id, visit.today).await?;
    let staff = groups::staff(visit, None).await?;
    Ok(staff.into_iter().filter(|(person, ..)| !not.contains(person)).collect())
}

/// Asks somebody to review. Nobody of the project's or an author's organisation, not the supervisor,
/// nobody who teaches an author.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state` when it is not
/// under review.
pub async fn assign(visit: &Visit, once: &Once, id: ProjectId, form: &AssignForm) -> Result<Done, Fault> {
    let (project, _, can) = open(visit, id).await?;
    if !can.reviewers {
        return Err(Fault::Forbidden(EDIT));
    }
    let mut problems = Problems::default();
    let reviewer: Option<PersonId> = form.reviewer.parse().ok();
    let staff = groups::staff(visit, None).await?;
    let known = reviewer.filter(|id| staff.iter().any(|(known, ..)| known == id));
    if known.is_none() {
        problems.add("reviewer", Message::new("form-choose"));
    }
    let mut check = Check { problems: &mut problems };
    check.required("due_on", &form.due_on, 20);
    let due = check.date("due_on", &form.due_on);
    if due.is_some_and(|due| due < visit.today) {
        problems.add("due_on", Message::new("research-due-past"));
    }
    let (reviewer, due) = problems.into_result((known, due))?;
    let (Some(reviewer), Some(due)) = (reviewer, due) else { return Err(Fault::NotFound) };
    if project.standing() != (Standing { stage: Stage::Review, state: ProjectState::Running }) {
        return Err(Fault::conflict("state", Message::new("research-not-under-review")));
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        let review = insert_review(tx, visit, id, reviewer, due).await?;
        Ok(Done::created(url(id), json!({ "id": review })))
    })
    .await
}

/// Whether somebody is too close to a work to review it: of the organisation of the work or of an
/// author, the supervisor, or whoever teaches an author or is its guardian (ADR 20).
///
/// # Errors
/// The database's.
pub async fn is_close(tx: &mut Tx, visit: &Visit, work: &Hands, reviewer: PersonId) -> Result<bool, Fault> {
    store::is_close(tx, work, reviewer, visit.today).await
}

/// Everybody who is too close to a work, as [`is_close`] says: they are not offered as reviewers.
///
/// # Errors
/// The database's.
pub async fn close_to(visit: &Visit, work: &Hands) -> Result<HashSet<PersonId>, Fault> {
    store::close_to(&visit.net, work, visit.today).await
}

/// Writes the asking. For [`assign`] and the demo.
///
/// # Errors
/// [`Fault::Invalid`] for somebody too close, or asked already.
pub async fn insert_review(
    tx: &mut Tx,
    visit: &Visit,
    project: ProjectId,
    reviewer: PersonId,
    due: NaiveDate,
) -> Result<ReviewId, Fault> {
    let work = store::hands(tx, project).await?.ok_or(Fault::NotFound)?;
    if is_close(tx, visit, &work, reviewer).await? {
        return Err(Fault::field("reviewer", Message::new("research-reviewer-close")));
    }
    let id = ReviewId(visit.new_id());
    if !store::insert_review(tx, id, project, reviewer, due, visit.viewer.person, visit.now).await? {
        return Err(Fault::field("reviewer", Message::new("research-reviewer-there")));
    }
    Entry::new("assign", KIND, project).write(tx, visit).await?;
    Ok(id)
}

/// What a reviewer gets: nothing that says who wrote it.
#[derive(Clone, Debug, Serialize)]
pub struct Work {
    pub code: String,
    pub title: String,
    pub subject: Option<String>,
    pub text: Option<String>,
}

/// A review of the viewer's own, with the work.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown one and somebody else's.
pub async fn open_review(visit: &Visit, id: ReviewId) -> Result<(Review, Work), Fault> {
    let review = store::review_of(&visit.net, id, visit.actor()).await?.ok_or(Fault::NotFound)?;
    let (code, title, subject, text) = store::work(&visit.net, review.project_id).await?.ok_or(Fault::NotFound)?;
    Ok((review, Work { code, title, subject, text }))
}

/// The work as our own document: its properties and its name say nothing of anybody.
pub fn copy(work: &Work) -> Paper {
    let text = work.text.as_deref().unwrap_or_default();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    Paper {
        title: format!("Работа {}", work.code),
        kind: format!("Работа {}", work.code),
        heading: work.title.clone(),
        body: lines.map(|line| Block::Text { text: line.to_owned() }).collect(),
        ..Paper::default()
    }
}

/// What a reviewer typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ReviewForm {
    #[serde(deserialize_with = "loose")]
    pub novelty: String,
    #[serde(deserialize_with = "loose")]
    pub method: String,
    #[serde(deserialize_with = "loose")]
    pub writing: String,
    pub advice: String,
    pub body: String,
}

/// Writes the review down, once.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Invalid`]; [`Fault::Conflict`] `state` when it was written already.
pub async fn write_review(visit: &Visit, once: &Once, id: ReviewId, form: &ReviewForm) -> Result<Done, Fault> {
    let (before, _) = open_review(visit, id).await?;
    let mut problems = Problems::default();
    let mut points = |field, text: &str| whole_required(&mut problems, field, text, 0, 10);
    let (novelty, method) = (points("novelty", &form.novelty), points("method", &form.method));
    let writing = points("writing", &form.writing);
    let advice: Option<Advice> = form.advice.parse().ok();
    if advice.is_none() {
        problems.add("advice", Message::new("form-choose"));
    }
    let body = groups::long(&mut problems, "body", &form.body);
    if body.is_none() && problems.at("body").is_none() {
        problems.add("body", Message::new("form-required"));
    }
    // A reviewer who signs tells the authors who it was.
    let me = [visit.viewer.name.split(' ').next().unwrap_or_default().to_owned()];
    let own = crate::people::find_name(&visit.net, before.reviewer_id).await?.map(|n| vec![n.last]);
    if let Some(name) = body.as_deref().and_then(|text| super::betrays(text, own.as_deref().unwrap_or(&me))) {
        problems.add("body", Message::new("research-review-names").with("name", name));
    }
    let review = problems.into_result(Review { novelty, method, writing, advice, body, ..before })?;
    once.run(&visit.net, async |tx: &mut Tx| {
        record_review(tx, visit, &review).await?;
        Ok(Done::changed(review_url(id), json!({ "id": id, "state": ReviewState::Written })))
    })
    .await
}

/// Writes a review. For [`write_review`] and the demo.
///
/// # Errors
/// [`Fault::Conflict`] `state`.
pub async fn record_review(tx: &mut Tx, visit: &Visit, review: &Review) -> Result<(), Fault> {
    if !store::write_review(tx, review, visit.now).await? {
        return Err(Fault::conflict("state", Message::new("research-review-written")));
    }
    Entry::new("review", REVIEW_KIND, review.id).write(tx, visit).await
}
