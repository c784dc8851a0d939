//! Pages of results: the stages and how far they are, and one stage with its document.
use super::{
    EDIT, Ground, ResultState, VIEW, certificates as sheets,
    model::ParticipationId,
    paste,
    sheet::{self, SheetForm},
    store::list::{self, Entry, Progress},
    view,
};
use crate::{
    app::App,
    events::{self, Edition, EventKind, Stage, StageId},
    learners::{self, How, Scope},
    organisations,
    people::PersonId,
    shell::AcademicYear,
};
use axum::{
    extract::State as Of,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use kit::{
    Fault, Visit,
    access::Reach,
    db::Tx,
    form::{Check, Problems},
    http::{Path, Query, Sent, go},
    once::{Done, Once},
    text::{Message, text_key},
};
use maud::Markup;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

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

/// The stage, if the viewer sees anything of it. Who holds it sees it empty too.
async fn one(visit: &Visit, stage: StageId) -> Result<Progress, Fault> {
    let found = list::progress(&visit.net, AcademicYear(0), Some(stage), &reach(visit).await?).await?;
    if let Some(progress) = found.into_iter().next() {
        return Ok(progress);
    }
    let stage = events::stage(&visit.net, stage).await?.ok_or(Fault::NotFound)?;
    let edition = events::open(visit, stage.edition_id).await?;
    let is_kept = visit.viewer.reach(EDIT).covers(edition.owner()) || events::organises(visit, &edition, &stage);
    is_kept.then(|| Progress::blank(&edition, &stage)).ok_or(Fault::NotFound)
}

/// A stage with the rows that the viewer sees; whose record is named there is noted as read.
pub struct Opened {
    pub progress: Progress,
    pub edition: Edition,
    pub stage: Stage,
    pub entries: Vec<Entry>,
    /// Whether the viewer types and confirms the results.
    pub may: bool,
}

/// # Errors
/// [`Fault::NotFound`]; [`Fault::Unavailable`] when the look cannot be noted.
pub async fn open(visit: &Visit, id: StageId) -> Result<Opened, Fault> {
    let progress = one(visit, id).await?;
    let edition = events::open(visit, progress.edition).await?;
    let stage = events::stage(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    let scope = match events::organises(visit, &edition, &stage) {
        true => None,
        false => Some(Scope::of(visit).await?),
    };
    let entries = list::entries(&visit.net, id, &reach(visit).await?, scope.as_ref()).await?;
    let named: BTreeSet<PersonId> = entries.iter().filter_map(|e| e.learner).collect();
    learners::note_read(visit, How::Elsewhere, &named.into_iter().collect::<Vec<_>>()).await?;
    let may = visit.viewer.reach(EDIT).covers(edition.owner());
    Ok(Opened { progress, edition, stage, entries, may })
}

/// What the address of a stage asks for besides it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Proposal {
    /// Anything: the rules of the stage fill the sheet in.
    pub propose: String,
}

pub async fn show(visit: Visit, Path(stage): Path<StageId>, Query(asked): Query<Proposal>) -> Result<Markup, Fault> {
    let opened = open(&visit, stage).await?;
    let mut typed = SheetForm::of(&opened.entries);
    let is_proposed = opened.may && !asked.propose.is_empty() && sheet::has_rules(&opened.stage);
    if is_proposed {
        let by_class = opened.edition.kind == EventKind::Olympiad;
        sheet::propose(&mut typed, &opened.entries, &opened.stage, by_class);
    }
    let none = Problems::default();
    let note = is_proposed.then_some(text_key("results-proposed"));
    let page = view::Typing { typed: &typed, problems: &none, note, table: "" };
    Ok(view::stage(&visit, &opened, &page, (&GroundForm::default(), &none)))
}

/// Keeps the rows of the sheet that were changed.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state` when a
/// result was confirmed meanwhile.
pub async fn keep_sheet(visit: &Visit, once: &Once, stage: StageId, form: &SheetForm) -> Result<Done, Fault> {
    let opened = open(visit, stage).await?;
    visit.viewer.demand(EDIT, opened.edition.owner())?;
    let rows = form.check(&opened.entries)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        for (id, state, outcome) in &rows {
            super::put_outcome(tx, visit, *id, *state, outcome).await?;
        }
        Ok(Done::changed(super::url(stage), serde_json::json!({ "stage": stage, "kept": rows.len() })))
    })
    .await
}

pub async fn keep(
    visit: Visit,
    Path(stage): Path<StageId>,
    sent: Sent<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let mut form = SheetForm::of_page(&sent.data);
    // What was read of words is looked at by a person before it is kept.
    if form.read_words() {
        let opened = open(&visit, stage).await?;
        visit.viewer.demand(EDIT, opened.edition.owner())?;
        return Ok(read_page(&visit, &opened, &form, Problems::default()).into_response());
    }
    match keep_sheet(&visit, &sent.once(&visit, &format!("results.keep {stage}")), stage, &form).await {
        Ok(done) => Ok(go(&done, "done-results-kept")),
        Err(Fault::Invalid(problems)) => {
            let opened = open(&visit, stage).await?;
            let typing = view::Typing { typed: &form, problems: &problems, note: None, table: "" };
            let page = view::stage(&visit, &opened, &typing, (&GroundForm::default(), &Problems::default()));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// The sheet with what was read, each cell that cannot be kept named. Nothing is kept yet.
fn read_page(visit: &Visit, opened: &Opened, form: &SheetForm, mut problems: Problems) -> Markup {
    if let Err(Fault::Invalid(found)) = form.check(&opened.entries) {
        for (field, message) in found.iter() {
            problems.add(field.to_owned(), message.clone());
        }
    }
    let typing = view::Typing { typed: form, problems: &problems, note: Some(text_key("results-read")), table: "" };
    view::stage(visit, opened, &typing, (&GroundForm::default(), &Problems::default()))
}

/// A block copied from a spreadsheet.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Block {
    pub table: String,
}

/// Fills the sheet with a block; it is kept when a person has seen it.
pub async fn pasted(visit: Visit, Path(stage): Path<StageId>, sent: Sent<Block>) -> Result<Response, Fault> {
    let opened = open(&visit, stage).await?;
    visit.viewer.demand(EDIT, opened.edition.owner())?;
    let mut form = SheetForm::of(&opened.entries);
    let problems = paste::put(&mut form, &sent.data.table, &opened.entries);
    if form.rows == SheetForm::of(&opened.entries).rows && !problems.is_empty() {
        let typing = view::Typing { typed: &form, problems: &problems, note: None, table: &sent.data.table };
        let page = view::stage(&visit, &opened, &typing, (&GroundForm::default(), &Problems::default()));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    Ok(read_page(&visit, &opened, &form, problems).into_response())
}

/// What is to be done with all results of a stage, and by which document.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct GroundForm {
    /// `confirmed`, `approved`, `settled`.
    pub step: String,
    pub ground: String,
}

/// Confirms, approves or settles the results of a stage. With the first confirmation at a stage that
/// counts the edition's results are known.
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
        super::publish_if_last(tx, visit, stage).await?;
        Ok(Done::changed(super::url(stage), serde_json::json!({ "stage": stage, "moved": moved, "state": step.1 })))
    })
    .await
}

pub async fn confirm(visit: Visit, Path(stage): Path<StageId>, sent: Sent<GroundForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("results.settle {stage}"));
    match settle(&visit, &once, stage, &sent.data).await {
        Ok(done) => {
            let counts = events::stage(&visit.net, stage).await?.is_some_and(|s| s.counted);
            Ok(go(&done, if counts { "done-results-settled" } else { "done-results-passed" }))
        }
        Err(Fault::Invalid(problems)) => {
            let opened = open(&visit, stage).await?;
            let (typed, none) = (SheetForm::of(&opened.entries), Problems::default());
            let typing = view::Typing { typed: &typed, problems: &none, note: None, table: "" };
            let page = view::stage(&visit, &opened, &typing, (&sent.data, &problems));
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

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

pub async fn issue(visit: Visit, Path(stage): Path<StageId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("results.certificates {stage}"));
    Ok(go(&sheets::issue(&visit, &once, stage).await?, "done-certificates"))
}

pub async fn certificates(Of(app): Of<App>, visit: Visit, Path(stage): Path<StageId>) -> Result<Response, Fault> {
    let all = sheets::sheets(&visit, stage, None, app.options.public_url.as_deref()).await?;
    pdf(all, visit.today, "certificates").await
}

/// The sheets as one file.
pub async fn pdf(all: Vec<sheets::Sheet>, day: chrono::NaiveDate, name: &str) -> Result<Response, Fault> {
    // Milliseconds of a processor for each sheet: not on the threads that serve requests.
    let bytes = tokio::task::spawn_blocking(move || lay_out(&all, day)).await.map_err(anyhow::Error::from)??;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.pdf\"")),
    ];
    Ok((headers, bytes).into_response())
}

#[cfg(feature = "pdf")]
fn lay_out(all: &[sheets::Sheet], day: chrono::NaiveDate) -> Result<Vec<u8>, anyhow::Error> {
    Ok(documents::pdf::render(documents::pdf::Template::Certificates, &all, day)?)
}

#[cfg(not(feature = "pdf"))]
fn lay_out(_: &[sheets::Sheet], _: chrono::NaiveDate) -> Result<Vec<u8>, anyhow::Error> {
    Err(anyhow::anyhow!("this program was built without the feature `pdf`"))
}

/// Which number somebody wants to check.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Numbered {
    pub number: String,
}

pub async fn check_number(visit: Visit, Query(asked): Query<Numbered>) -> Result<Markup, Fault> {
    let typed: String = asked.number.trim().chars().take(60).collect();
    let found = if typed.is_empty() { None } else { sheets::vouch(&visit, &typed).await? };
    Ok(view::check(&visit, &typed, found.as_ref()))
}
