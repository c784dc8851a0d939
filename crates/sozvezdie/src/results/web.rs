//! Pages of results: the stages and how far they are, and one stage with its document.
use super::{
    EDIT, Ground, ResultState, VIEW,
    model::ParticipationId,
    store::list::{self, Progress},
    view,
};
use crate::{
    events::{self, EditionState, StageId},
    learners::{self, How, Scope},
    organisations,
    people::PersonId,
    shell::AcademicYear,
};
use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use kit::{
    Fault, Visit,
    access::Reach,
    db::Tx,
    form::{Check, Problems},
    http::{Path, Query, Sent, go},
    once::{Done, Once},
    text::Message,
};
use maud::Markup;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub year: String,
    /// Leads on to the stage of this participation.
    pub participation: String,
}

/// Where the viewer sees results: what the own organisations sent, taught or held.
async fn reach(visit: &Visit) -> Result<Reach, Fault> {
    Ok(match visit.viewer.reach(VIEW) {
        Reach::Organisations(own) => Reach::Organisations(organisations::with_predecessors(&visit.net, &own).await?),
        other => other,
    })
}

pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    if let Ok(id) = asked.participation.parse::<ParticipationId>() {
        let stage = super::store::stage_of(&visit.net, id).await?.ok_or(Fault::NotFound)?;
        one(&visit, stage).await?;
        return Ok(axum::response::Redirect::to(&super::url(stage)).into_response());
    }
    let this = AcademicYear::of(visit.today);
    let year = asked.year.parse().unwrap_or(this);
    let all = list::progress(&visit.net, year, None, &reach(&visit).await?).await?;
    Ok(view::list(&visit, year, &all).into_response())
}

/// The stage, if the viewer sees anything of it.
async fn one(visit: &Visit, stage: StageId) -> Result<Progress, Fault> {
    let found = list::progress(&visit.net, AcademicYear(0), Some(stage), &reach(visit).await?).await?;
    found.into_iter().next().ok_or(Fault::NotFound)
}

pub async fn show(visit: Visit, Path(stage): Path<StageId>) -> Result<Markup, Fault> {
    page(&visit, stage, &GroundForm::default(), &Problems::default()).await
}

async fn page(visit: &Visit, stage: StageId, form: &GroundForm, problems: &Problems) -> Result<Markup, Fault> {
    let progress = one(visit, stage).await?;
    let entries = list::entries(&visit.net, stage, &reach(visit).await?, &Scope::of(visit).await?).await?;
    let named: BTreeSet<PersonId> = entries.iter().filter_map(|e| e.learner).collect();
    learners::note_read(visit, How::Elsewhere, &named.into_iter().collect::<Vec<_>>()).await?;
    let edition = events::open(visit, progress.edition).await?;
    let may = visit.viewer.reach(EDIT).covers(edition.owner());
    Ok(view::stage(visit, &progress, &entries, may.then_some((form, problems))))
}

/// What is to be done with all results of a stage, and by which document.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct GroundForm {
    /// `confirmed`, `approved`, `settled`.
    pub step: String,
    pub ground: String,
}

/// Confirms, approves or settles the results of a stage. With the first confirmation the edition's
/// results are known.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state` when
/// there is nothing to move.
pub async fn settle(visit: &Visit, once: &Once, stage: StageId, form: &GroundForm) -> Result<Done, Fault> {
    let progress = one(visit, stage).await?;
    let edition = events::open(visit, progress.edition).await?;
    visit.viewer.demand(EDIT, edition.owner())?;
    let mut problems = Problems::default();
    let text = Check { problems: &mut problems }.required("ground", &form.ground, 300);
    let step = match form.step.trim() {
        "confirmed" => Some((ResultState::Entered, ResultState::Confirmed)),
        "approved" => Some((ResultState::Confirmed, ResultState::Approved)),
        "settled" => Some((ResultState::Disputed, ResultState::Confirmed)),
        _ => None,
    };
    if step.is_none() {
        problems.add("step", Message::new("form-choose"));
    }
    let (text, step) = problems.into_result((text, step))?;
    let Some(step) = step else { return Err(Fault::NotFound) };
    let ground = Ground { text, act: None };
    once.run(&visit.net, async |tx: &mut Tx| {
        let moved = super::move_results(tx, visit, stage, step, &ground).await?;
        if moved == 0 {
            return Err(Fault::conflict("state", Message::new("result-nothing-to-confirm")));
        }
        let now = events::find_in(tx, progress.edition).await?.ok_or(Fault::NotFound)?;
        if now.state.may_become(EditionState::Published) {
            events::step(tx, visit, now.id, EditionState::Published).await?;
        }
        Ok(Done::changed(super::url(stage), serde_json::json!({ "stage": stage, "moved": moved, "state": step.1 })))
    })
    .await
}

pub async fn confirm(visit: Visit, Path(stage): Path<StageId>, sent: Sent<GroundForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("results.settle {stage}"));
    match settle(&visit, &once, stage, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-results-settled")),
        Err(Fault::Invalid(problems)) => {
            let page = page(&visit, stage, &sent.data, &problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// Which result is disputed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DisputeForm {
    pub participation: String,
}

pub async fn dispute(visit: Visit, Path(stage): Path<StageId>, sent: Sent<DisputeForm>) -> Result<Response, Fault> {
    let progress = one(&visit, stage).await?;
    let edition = events::open(&visit, progress.edition).await?;
    visit.viewer.demand(EDIT, edition.owner())?;
    let id: ParticipationId = sent.data.participation.parse().map_err(|_| Fault::NotFound)?;
    if super::store::stage_of(&visit.net, id).await? != Some(stage) {
        return Err(Fault::NotFound);
    }
    let once = sent.once(&visit, &format!("results.dispute {id}"));
    let done = once
        .run(&visit.net, async |tx: &mut Tx| {
            super::dispute(tx, &visit, id).await?;
            Ok(Done::changed(super::url(stage), serde_json::json!({ "id": id })))
        })
        .await?;
    Ok(go(&done, "done-results-disputed"))
}
