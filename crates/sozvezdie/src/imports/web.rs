//! The wizard's steps, each with an address of its own.
use super::{
    LIST, apply, begin, cancel, decide,
    desk::{Desk, Ending},
    errors, mend,
    model::{Batch, BatchId, BatchState, Decision, Mended, Outcome, Status},
    open, reaches, refresh, set_columns, store, undo,
    upload::{Posted, Typed},
    url, view,
};
use axum::{
    extract::{Path, Query},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use kit::{
    Fault, Visit,
    cursor::Cursor,
    form::Problems,
    http::{Sent, go},
    once::{Done, Once},
    text::Message,
};
use maud::Markup;
use serde::Deserialize;
use std::time::Duration;

/// Rows of a page.
pub const PAGE: i64 = 100;
/// Longer work gets a page of its own that shows how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Paging {
    after: String,
}

pub async fn list(visit: Visit, desk: Desk, Query(paging): Query<Paging>) -> Result<Markup, Fault> {
    let cursor = if paging.after.is_empty() { None } else { Some(Cursor::decode(&paging.after)?) };
    let slice = store::list(&visit.net, &reaches(&desk, &visit), cursor.as_ref(), 50).await?;
    let mut people: Vec<_> = slice.items.iter().map(|batch| batch.created_by).collect();
    people.sort_unstable();
    people.dedup();
    let names = (desk.surroundings.people)(&visit.net, &people).await?;
    Ok(view::list(&visit, &slice, &names, !paging.after.is_empty()))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Chosen {
    kind: String,
}

pub async fn new(visit: Visit, desk: Desk, Query(chosen): Query<Chosen>) -> Result<Markup, Fault> {
    let typed = Typed { kind: chosen.kind, ..Typed::default() };
    start(&visit, &desk, &typed, &Problems::default()).await
}

async fn start(visit: &Visit, desk: &Desk, typed: &Typed, problems: &Problems) -> Result<Markup, Fault> {
    let area_code = (desk.surroundings.area_code)(&visit.directory, visit.net.id()).await?;
    let organisations = (desk.surroundings.organisations)(&visit.net).await?;
    let kinds = reaches(desk, visit);
    let seen = organisations
        .into_iter()
        .filter(|(id, _)| kinds.iter().any(|(_, reach)| reach.covers(Some(*id))))
        .collect::<Vec<_>>();
    Ok(view::start::page(visit, &kinds, &seen, &area_code, typed, problems))
}

pub async fn create(visit: Visit, desk: Desk, posted: Posted) -> Result<Response, Fault> {
    let once = posted.once(&visit);
    let (typed, upload) = posted.into_parts();
    match begin(&desk, &visit, &once, upload).await {
        Ok(done) => Ok(see(done.location.as_deref().unwrap_or(LIST))),
        Err(Fault::Invalid(problems)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, start(&visit, &desk, &typed, &problems).await?).into_response())
        }
        Err(fault) => Err(fault),
    }
}

fn see(address: &str) -> Response {
    Redirect::to(address).into_response()
}

/// The batch's own page: how far it is, what came of it, or the step at which it waits.
pub async fn show(
    visit: Visit,
    desk: Desk,
    Path(id): Path<BatchId>,
    Query(asked): Query<Looked>,
) -> Result<Response, Fault> {
    let batch = open(&desk, &visit, id).await?;
    if let Some(progress) = desk.jobs.running(id) {
        // A plain header: the page renews itself without any script.
        let again = [(HeaderName::from_static("refresh"), "2")];
        return Ok((again, view::summary::progress(&visit, &batch, progress.now())).into_response());
    }
    if batch.state == BatchState::Ready {
        return Ok(see(&format!("{}/preview", url(id))));
    }
    Ok(summary(&visit, &desk, &batch, &asked, None).await?.into_response())
}

async fn summary(
    visit: &Visit,
    desk: &Desk,
    batch: &Batch,
    asked: &Looked,
    alert: Option<&Message>,
) -> Result<Markup, Fault> {
    let target = desk.target(&batch.kind).ok_or(Fault::NotFound)?;
    let filter = store::RowFilter {
        outcome: asked.outcome.parse().ok(),
        kept: asked.outcome == "kept",
        ..store::RowFilter::default()
    };
    let rows = store::rows(&visit.net, batch.id, filter, asked.after(), PAGE + 1).await?;
    let people: Vec<_> = [Some(batch.created_by), batch.ended_by].into_iter().flatten().collect();
    let names = (desk.surroundings.people)(&visit.net, &people).await?;
    Ok(view::summary::page(visit, target, batch, &rows, asked, &names, alert))
}

/// What the summary's or the preview's address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Looked {
    pub status: String,
    pub outcome: String,
    after: String,
}

impl Looked {
    pub fn after(&self) -> i64 {
        self.after.parse().unwrap_or(-1)
    }

    /// Past the first page.
    pub fn is_later(&self) -> bool {
        self.after() >= 0
    }

    pub fn status(&self) -> Option<Status> {
        self.status.parse().ok()
    }

    pub fn outcome(&self) -> Option<Outcome> {
        self.outcome.parse().ok()
    }

    /// The address that shows the same.
    pub fn address(&self) -> String {
        let status = match self.status.as_str() {
            "warning" => "warning",
            _ => self.status().map_or("", Status::code),
        };
        let parts = [
            ("status", status.to_owned()),
            ("after", if self.is_later() { self.after().to_string() } else { String::new() }),
        ];
        let query: Vec<String> = parts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if query.is_empty() { "/preview".into() } else { format!("/preview?{}", query.join("&")) }
    }
}

pub async fn columns(visit: Visit, desk: Desk, Path(id): Path<BatchId>) -> Result<Response, Fault> {
    let batch = open(&desk, &visit, id).await?;
    if batch.state != BatchState::Ready {
        return Ok(see(&url(id)));
    }
    Ok(columns_page(&visit, &desk, &batch, None, &Problems::default()).await?.into_response())
}

async fn columns_page(
    visit: &Visit,
    desk: &Desk,
    batch: &Batch,
    chosen: Option<&[super::prepare::Choice]>,
    problems: &Problems,
) -> Result<Markup, Fault> {
    let target = desk.target(&batch.kind).ok_or(Fault::NotFound)?;
    let twin = store::same_file(&visit.net, batch).await?;
    Ok(view::columns::page(visit, target, batch, twin.as_ref(), chosen, problems))
}

/// A form with fields whose names are made of places.
type Fields = Sent<Vec<(String, String)>>;

pub async fn name_columns(visit: Visit, desk: Desk, Path(id): Path<BatchId>, sent: Fields) -> Result<Response, Fault> {
    let choices: Vec<super::prepare::Choice> = sent
        .data
        .iter()
        .filter_map(|(name, field)| {
            let (sheet, column) = name.strip_prefix("c-")?.split_once('-')?;
            Some((sheet.parse().ok()?, column.parse().ok()?, field.clone()))
        })
        .collect();
    let once = sent.once(&visit, &format!("imports.columns {id}"));
    match set_columns(&desk, &visit, &once, id, &choices).await {
        Ok(done) => Ok(see(done.location.as_deref().unwrap_or(LIST))),
        Err(Fault::Invalid(problems)) => {
            let batch = open(&desk, &visit, id).await?;
            Ok((
                StatusCode::UNPROCESSABLE_ENTITY,
                columns_page(&visit, &desk, &batch, Some(&choices), &problems).await?,
            )
                .into_response())
        }
        Err(fault) => Err(fault),
    }
}

pub async fn preview(
    visit: Visit,
    desk: Desk,
    Path(id): Path<BatchId>,
    Query(asked): Query<Looked>,
) -> Result<Response, Fault> {
    let batch = open(&desk, &visit, id).await?;
    if batch.state != BatchState::Ready || desk.jobs.running(id).is_some() {
        return Ok(see(&url(id)));
    }
    let refusal = desk.jobs.take_refusal(id);
    Ok(preview_page(&visit, &desk, &batch, &asked, refusal.as_ref(), &Problems::default()).await?.into_response())
}

async fn preview_page(
    visit: &Visit,
    desk: &Desk,
    batch: &Batch,
    asked: &Looked,
    alert: Option<&Message>,
    problems: &Problems,
) -> Result<Markup, Fault> {
    let target = desk.target(&batch.kind).ok_or(Fault::NotFound)?;
    let filter =
        store::RowFilter { status: asked.status(), warned: asked.status == "warning", ..store::RowFilter::default() };
    let preview = view::preview::Preview {
        rows: store::rows(&visit.net, batch.id, filter, asked.after(), PAGE + 1).await?,
        counts: store::counts(&visit.net, batch.id).await?,
        twin: store::same_file(&visit.net, batch).await?,
        target,
        batch,
        asked,
        alert,
        problems,
    };
    Ok(preview.page(visit))
}

pub async fn decisions(visit: Visit, desk: Desk, Path(id): Path<BatchId>, sent: Fields) -> Result<Response, Fault> {
    let wishes: Vec<(i64, Decision)> = sent
        .data
        .iter()
        .filter_map(|(name, wish)| Some((name.strip_prefix("d-")?.parse().ok()?, wish.parse().ok()?)))
        .collect();
    let back = looked(&sent.data);
    let once = sent.once(&visit, &format!("imports.decide {id}"));
    let done = decide(&desk, &visit, &once, id, &wishes, &back.address()).await;
    answer_at_preview(&visit, &desk, id, &back, done, "done-import-decided").await
}

/// What the page showed when a form on it was sent.
fn looked(fields: &[(String, String)]) -> Looked {
    let field = |wanted: &str| {
        fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    Looked { status: field("status"), after: field("after"), outcome: String::new() }
}

#[derive(Deserialize)]
pub struct CellForm {
    sheet: usize,
    row: u32,
    field: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    after: String,
}

pub async fn cells(visit: Visit, desk: Desk, Path(id): Path<BatchId>, sent: Sent<CellForm>) -> Result<Response, Fault> {
    let form = &sent.data;
    let back = Looked { status: form.status.clone(), after: form.after.clone(), outcome: String::new() };
    let cell = Mended { sheet: form.sheet, row: form.row, field: form.field.clone(), text: form.text.clone() };
    let once = sent.once(&visit, &format!("imports.mend {id}"));
    let done = mend(&desk, &visit, &once, id, cell, &back.address()).await;
    answer_at_preview(&visit, &desk, id, &back, done, "done-import-mended").await
}

async fn answer_at_preview(
    visit: &Visit,
    desk: &Desk,
    id: BatchId,
    back: &Looked,
    done: Result<Done, Fault>,
    flash: &'static str,
) -> Result<Response, Fault> {
    match done {
        Ok(done) => Ok(go(&done, flash)),
        Err(Fault::Invalid(problems)) => {
            let batch = open(desk, visit, id).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, preview_page(visit, desk, &batch, back, None, &problems).await?)
                .into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

pub async fn cancellation(
    visit: Visit,
    desk: Desk,
    Path(id): Path<BatchId>,
    sent: Sent<Press>,
) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("imports.cancel {id}"));
    match cancel(&desk, &visit, &once, id).await {
        Ok(done) => Ok(go(&done, "done-import-cancelled")),
        Err(fault) => stands(&visit, &desk, id, fault).await,
    }
}

/// The two deeds that may take long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Long {
    Application,
    Reversal,
}

/// Does a long deed. `None` when it goes on behind the page that shows how far it is.
///
/// # Errors
/// Those of [`apply`] and [`undo`], when it ended soon.
pub async fn run(visit: &Visit, desk: &Desk, once: Once, id: BatchId, long: Long) -> Result<Option<Done>, Fault> {
    // Whoever may not see it learns nothing of what goes on.
    open(desk, visit, id).await?;
    let Some(progress) = desk.jobs.start(id) else { return Ok(None) };
    let (inner, its_visit) = (desk.clone(), visit.clone());
    // A task of its own: it ends well even when the browser goes away.
    let task = tokio::spawn(async move {
        let _ending = Ending::of(&inner, id);
        let done = match long {
            Long::Application => apply(&inner, &its_visit, &once, id, &progress).await,
            Long::Reversal => undo(&inner, &its_visit, &once, id, &progress).await,
        };
        if matches!(&done, Err(Fault::Conflict(conflict)) if conflict.code == "import-stale") {
            refresh(&inner, &its_visit, id).await?;
        }
        if let Some(internals) = done.as_ref().err().and_then(Fault::internals) {
            tracing::error!(request = its_visit.request, "{internals}");
        }
        inner.jobs.end(id, done.as_ref().err().map(Fault::message));
        done
    });
    match tokio::time::timeout(PATIENCE, task).await {
        Err(_) => Ok(None),
        Ok(done) => {
            desk.jobs.take_refusal(id);
            done.map_err(anyhow::Error::from)?.map(Some)
        }
    }
}

async fn carry(visit: &Visit, desk: &Desk, id: BatchId, sent: &Sent<Press>, long: Long) -> Result<Response, Fault> {
    let once = sent.once(visit, &format!("imports.{long:?} {id}"));
    match run(visit, desk, once, id, long).await {
        Ok(Some(done)) => {
            Ok(go(&done, if long == Long::Application { "done-import-applied" } else { "done-import-undone" }))
        }
        Ok(None) => Ok(see(&url(id))),
        Err(fault) => stands(visit, desk, id, fault).await,
    }
}

/// What stands in the way is said over the page as it is now.
async fn stands(visit: &Visit, desk: &Desk, id: BatchId, fault: Fault) -> Result<Response, Fault> {
    let Fault::Conflict(conflict) = fault else { return Err(fault) };
    let batch = open(desk, visit, id).await?;
    let (asked, alert) = (Looked::default(), Some(&conflict.message));
    let page = match batch.state {
        BatchState::Ready => preview_page(visit, desk, &batch, &asked, alert, &Problems::default()).await?,
        _ => summary(visit, desk, &batch, &asked, alert).await?,
    };
    Ok((StatusCode::CONFLICT, page).into_response())
}

pub async fn application(
    visit: Visit,
    desk: Desk,
    Path(id): Path<BatchId>,
    sent: Sent<Press>,
) -> Result<Response, Fault> {
    carry(&visit, &desk, id, &sent, Long::Application).await
}

pub async fn reversal(visit: Visit, desk: Desk, Path(id): Path<BatchId>, sent: Sent<Press>) -> Result<Response, Fault> {
    carry(&visit, &desk, id, &sent, Long::Reversal).await
}

/// The file with its bad cells marked.
pub async fn error_rows(visit: Visit, desk: Desk, Path(id): Path<BatchId>) -> Result<Response, Fault> {
    let bytes = errors::workbook(&desk, &visit, id).await?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok((
        [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, "attachment; filename=\"import-errors.xlsx\"")],
        bytes,
    )
        .into_response())
}
