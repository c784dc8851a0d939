//! Anonymous review of theses: a reviewer gets a code and a text, the authors get advice without a name.
use super::{
    KIND,
    model::{Advice, Review, ReviewId, Thesis, ThesisId},
    open_hidden, review_url,
    store::theses::{self as rows, Whose},
    theses::open_thesis,
    thesis_url,
};
use crate::{
    events::ORGANISE,
    groups,
    people::{self, PersonId, PersonName},
    research::{self, Hands},
};
use chrono::NaiveDate;
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    form::{Check, Problems},
    once::{Done, Once},
    text::Message,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The kind of record in the audit.
pub const REVIEW_KIND: &str = "conference_review";

/// Who is asked, and by when.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct AskForm {
    pub reviewer: String,
    pub due_on: String,
}

/// Those who may be asked: nobody too close to the work, and nobody who is asked already. At writing
/// [`assign`] looks again.
///
/// # Errors
/// The database's.
pub async fn possible(visit: &Visit, t: &Thesis) -> Result<Vec<(PersonId, PersonName, String)>, Fault> {
    let authors = rows::of_thesis(&visit.net, t.id).await?;
    let work = Hands { organisation: t.organisation_id, supervisor: t.supervisor_id, authors };
    let mut not = research::close_to(visit, &work).await?;
    not.extend(rows::reviews(&visit.net, t.id).await?.into_iter().map(|r| r.reviewer));
    let staff = groups::staff(visit, None).await?;
    Ok(staff.into_iter().filter(|(person, ..)| !not.contains(person)).collect())
}

/// Asks somebody to review: nobody of the work's or an author's organisation, nobody who teaches an author.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state` when it is decided.
pub async fn assign(visit: &Visit, once: &Once, id: ThesisId, form: &AskForm) -> Result<Done, Fault> {
    let o = open_thesis(visit, id).await?;
    if !o.can.reviewers {
        return Err(Fault::Forbidden(ORGANISE));
    }
    if !o.thesis.state.is_open() {
        return Err(Fault::conflict("state", Message::new("conference-decided")));
    }
    let mut problems = Problems::default();
    let reviewer: Option<PersonId> = form.reviewer.parse().ok();
    let staff = groups::staff(visit, None).await?;
    let reviewer = reviewer.filter(|id| staff.iter().any(|(known, ..)| known == id));
    if reviewer.is_none() {
        problems.add("reviewer", Message::new("form-choose"));
    }
    let mut check = Check { problems: &mut problems };
    check.required("due_on", &form.due_on, 20);
    let due = check.date("due_on", &form.due_on);
    if due.is_some_and(|due| due < visit.today) {
        problems.add("due_on", Message::new("research-due-past"));
    }
    let (Some(reviewer), Some(due)) = problems.into_result((reviewer, due))? else { return Err(Fault::NotFound) };
    once.run(&visit.net, async |tx: &mut Tx| {
        let review = ask_in(tx, visit, id, reviewer, due).await?;
        Ok(Done::created(thesis_url(id), json!({ "id": review })))
    })
    .await
}

/// Writes the asking. For [`assign`] and the demo.
///
/// # Errors
/// [`Fault::Invalid`] for somebody too close, or asked already.
pub async fn ask_in(
    tx: &mut Tx,
    visit: &Visit,
    thesis: ThesisId,
    reviewer: PersonId,
    due: NaiveDate,
) -> Result<ReviewId, Fault> {
    let (organisation, supervisor) = rows::led(tx, thesis).await?.ok_or(Fault::NotFound)?;
    let work = Hands { organisation, supervisor, authors: rows::of_thesis_in(tx, thesis).await? };
    if research::is_close(tx, visit, &work, reviewer).await? {
        return Err(Fault::field("reviewer", Message::new("research-reviewer-close")));
    }
    let id = ReviewId(visit.new_id());
    if !rows::insert_review(tx, id, thesis, reviewer, due, (visit.viewer.person, visit.now)).await? {
        return Err(Fault::field("reviewer", Message::new("research-reviewer-there")));
    }
    Entry::new("assign", KIND, thesis).write(tx, visit).await?;
    Ok(id)
}

/// A review of the viewer's own, with the work: its code, title and text, and nothing else is shown.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown one and somebody else's.
pub async fn open_review(visit: &Visit, id: ReviewId) -> Result<(Review, Thesis), Fault> {
    let review = rows::review_of(&visit.net, id, visit.actor()).await?.ok_or(Fault::NotFound)?;
    let thesis = rows::find(&visit.net, review.thesis, &Whose::All).await?.ok_or(Fault::NotFound)?;
    Ok((review, open_hidden(thesis)))
}

/// What a reviewer typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ReviewForm {
    pub advice: String,
    pub body: String,
}

/// Writes the review, once.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Invalid`]; [`Fault::Conflict`] `state` when it was written already.
pub async fn write(visit: &Visit, once: &Once, id: ReviewId, form: &ReviewForm) -> Result<Done, Fault> {
    let (before, _) = open_review(visit, id).await?;
    let mut problems = Problems::default();
    let advice: Option<Advice> = form.advice.parse().ok();
    if advice.is_none() {
        problems.add("advice", Message::new("form-choose"));
    }
    let body = groups::long(&mut problems, "body", &form.body);
    if body.is_none() && problems.at("body").is_none() {
        problems.add("body", Message::new("form-required"));
    }
    // A reviewer who signs tells the authors who it was.
    let own: Vec<String> = people::find_name(&visit.net, before.reviewer).await?.map(|n| n.last).into_iter().collect();
    if let Some(name) = body.as_deref().and_then(|text| research::betrays(text, &own)) {
        problems.add("body", Message::new("research-review-names").with("name", name));
    }
    let (Some(advice), Some(body)) = problems.into_result((advice, body))? else { return Err(Fault::NotFound) };
    once.run(&visit.net, async |tx: &mut Tx| {
        record(tx, visit, id, advice, &body).await?;
        Ok(Done::changed(review_url(id), json!({ "id": id, "advice": advice })))
    })
    .await
}

/// Writes a review down. For [`write`] and the demo.
///
/// # Errors
/// [`Fault::Conflict`] `state`.
pub async fn record(tx: &mut Tx, visit: &Visit, id: ReviewId, advice: Advice, body: &str) -> Result<(), Fault> {
    if !rows::write_review(tx, id, advice, body, visit.now).await? {
        return Err(Fault::conflict("state", Message::new("research-review-written")));
    }
    Entry::new("review", REVIEW_KIND, id).write(tx, visit).await
}
