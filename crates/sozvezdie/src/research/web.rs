//! Pages of research: extract, call, answer.
use super::{
    AuthorForm, EDIT, LEAD, Project, ProjectForm, ProjectId, ReviewId, SheetForm, StepForm, TextForm, add, change,
    open,
    review::{self, AssignForm, ReviewForm},
    store, view,
};
use crate::{groups, organisations, papers, people, shell::drafts};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    form::{Problems, tidy},
    http::{Path, Query, Sent, go},
    text::name_key,
};
use maud::Markup;
use serde::Deserialize;
use uuid::Uuid;

/// The list's address as data: the URL is the state.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub q: String,
    pub stage: String,
}

/// The projects that this viewer sees, narrowed by the words of the title.
pub async fn visible(visit: &Visit, asked: &Asked) -> Result<Vec<Project>, Fault> {
    let mut all = store::list(visit, &super::keeps(visit), asked.stage.parse().ok()).await?;
    if let Some(q) = tidy(&asked.q.chars().take(200).collect::<String>()) {
        let key = name_key(&q);
        all.retain(|p| name_key(&p.title).contains(&key));
    }
    Ok(all)
}

pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let reviews = match visit.viewer.person {
        Some(person) if visit.viewer.may(super::REVIEW) => store::to_review(&visit.net, person).await?,
        _ => Vec::new(),
    };
    Ok(view::list(&visit, &asked, &visible(&visit, &asked).await?, &reviews))
}

fn mend(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

pub async fn show(visit: Visit, Path(id): Path<ProjectId>) -> Result<Markup, Fault> {
    record(&visit, id, &view::Typed::default(), &Problems::default()).await
}

async fn record(visit: &Visit, id: ProjectId, typed: &view::Typed, problems: &Problems) -> Result<Markup, Fault> {
    let (project, authors, can) = open(visit, id).await?;
    let reviews = store::reviews(&visit.net, id).await?;
    let named: Vec<Uuid> = reviews.iter().filter(|_| can.reviewers).map(|r| r.reviewer_id.0).collect();
    let supervisor = people::find_name(&visit.net, project.supervisor_id).await?.map(|n| n.full()).unwrap_or_default();
    let page = view::Record {
        authors,
        supervisor,
        terms: store::terms(&visit.net, id).await?,
        names: people::names(&visit.net, &named).await?,
        reviews,
        sheets: store::sheets(&visit.net, id).await?,
        files: kit::files::of(&visit.net, super::KIND, id.0).await?,
        staff: if can.reviewers { review::possible(visit, id).await? } else { Vec::new() },
        can,
        project,
    };
    Ok(view::record(visit, &page, typed, problems))
}

/// The record's page with what was wrong, for what is sent from it.
pub async fn mended(visit: &Visit, id: ProjectId, problems: &Problems) -> Result<Response, Fault> {
    Ok(mend(record(visit, id, &view::Typed::default(), problems).await?))
}

async fn form(
    visit: &Visit,
    p: Option<&Project>,
    typed: &ProjectForm,
    problems: &Problems,
    restored: bool,
) -> Result<Markup, Fault> {
    let reach = visit.viewer.reach(LEAD);
    let active = organisations::active(&visit.net).await?;
    let own: Vec<_> =
        active.into_iter().filter(|o| reach.covers(Some(o.id.0))).map(|o| (o.id.to_string(), o.short_name)).collect();
    let host = p.map(|p| p.organisation_id).or_else(|| own.first().and_then(|(id, _)| id.parse().ok()));
    let staff = match visit.viewer.reach(EDIT).covers(host.map(|o| o.0)) {
        true => groups::staff(visit, host).await?,
        false => Vec::new(),
    };
    Ok(view::form(visit, p, typed, &own, &staff, problems, restored))
}

pub async fn new(visit: Visit) -> Result<Markup, Fault> {
    let draft: Option<ProjectForm> = drafts::find(&visit, "research-new").await?;
    let restored = draft.is_some();
    form(&visit, None, &draft.unwrap_or_default(), &Problems::default(), restored).await
}

pub async fn create(visit: Visit, sent: Sent<ProjectForm>) -> Result<Response, Fault> {
    match add(&visit, &sent.once(&visit, "research.add"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-research-added")),
        Err(Fault::Invalid(problems)) => Ok(mend(form(&visit, None, &sent.data, &problems, false).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn edit(visit: Visit, Path(id): Path<ProjectId>) -> Result<Markup, Fault> {
    let project = super::open_to(&visit, id, |can| can.lead, LEAD).await?;
    let typed = ProjectForm::of(&project, &store::terms(&visit.net, id).await?);
    let draft: Option<ProjectForm> = drafts::find(&visit, &format!("research-{id}")).await?;
    let restored = draft.is_some();
    form(&visit, Some(&project), &draft.unwrap_or(typed), &Problems::default(), restored).await
}

pub async fn update(visit: Visit, Path(id): Path<ProjectId>, sent: Sent<ProjectForm>) -> Result<Response, Fault> {
    match change(&visit, &sent.once(&visit, &format!("research.change {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-research-changed")),
        Err(Fault::Invalid(problems)) => {
            let (project, ..) = open(&visit, id).await?;
            Ok(mend(form(&visit, Some(&project), &sent.data, &problems, false).await?))
        }
        Err(Fault::Conflict(conflict)) if conflict.code == "stale" => {
            // What was typed stays; saved again, it stands instead of theirs.
            let (project, ..) = open(&visit, id).await?;
            let mine = ProjectForm { version: project.version.to_string(), ..sent.data.clone() };
            let page =
                form(&visit, Some(&project), &mine, &Problems::one("body", conflict.message.clone()), false).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

pub async fn step(visit: Visit, Path(id): Path<ProjectId>, sent: Sent<StepForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("research.step {id}"));
    match super::step(&visit, &once, id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-research-step")),
        // What is missing is said on the page where it can be mended.
        Err(Fault::Conflict(conflict)) if conflict.code == "missing" => {
            let problems = Problems::one("body", conflict.message.clone());
            let page = record(&visit, id, &view::Typed::default(), &problems).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

pub async fn put_text(visit: Visit, Path(id): Path<ProjectId>, sent: Sent<TextForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("research.text {id}"));
    match super::put_text(&visit, &once, id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-research-text")),
        Err(Fault::Invalid(problems)) => {
            let typed = view::Typed { text: Some(sent.data.text.clone()), ..view::Typed::default() };
            Ok(mend(record(&visit, id, &typed, &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn new_author(
    visit: Visit,
    Path(id): Path<ProjectId>,
    Query(typed): Query<AuthorForm>,
) -> Result<Markup, Fault> {
    author_page(&visit, id, &typed, &Problems::default()).await
}

async fn author_page(visit: &Visit, id: ProjectId, typed: &AuthorForm, problems: &Problems) -> Result<Markup, Fault> {
    let project = super::open_to(visit, id, |can| can.lead, LEAD).await?;
    let found = groups::candidates(visit, &typed.q).await?;
    Ok(view::author(visit, &project, &found, typed, problems))
}

pub async fn join(visit: Visit, Path(id): Path<ProjectId>, sent: Sent<AuthorForm>) -> Result<Response, Fault> {
    match super::join(&visit, &sent.once(&visit, &format!("research.join {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-research-changed")),
        Err(Fault::Invalid(problems)) => Ok(mend(author_page(&visit, id, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn leave(visit: Visit, Path(id): Path<ProjectId>, sent: Sent<AuthorForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("research.leave {id}"));
    Ok(go(&super::leave(&visit, &once, id, &sent.data).await?, "done-research-changed"))
}

pub async fn assign(visit: Visit, Path(id): Path<ProjectId>, sent: Sent<AssignForm>) -> Result<Response, Fault> {
    match review::assign(&visit, &sent.once(&visit, &format!("research.assign {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-research-assigned")),
        Err(Fault::Invalid(problems)) => {
            let typed = view::Typed { assign: sent.data.clone(), ..view::Typed::default() };
            Ok(mend(record(&visit, id, &typed, &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn add_sheet_page(
    visit: &Visit,
    id: ProjectId,
    typed: SheetForm,
    problems: &Problems,
) -> Result<Response, Fault> {
    let typed = view::Typed { sheet: typed, ..view::Typed::default() };
    Ok(mend(record(visit, id, &typed, problems).await?))
}

pub async fn add_sheet(visit: Visit, Path(id): Path<ProjectId>, sent: Sent<SheetForm>) -> Result<Response, Fault> {
    match super::add_sheet(&visit, &sent.once(&visit, &format!("research.sheet {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-research-sheet")),
        Err(Fault::Invalid(problems)) => add_sheet_page(&visit, id, sent.data.clone(), &problems).await,
        Err(fault) => Err(fault),
    }
}

pub async fn review(visit: Visit, Path(id): Path<ReviewId>) -> Result<Markup, Fault> {
    let (review, work) = review::open_review(&visit, id).await?;
    Ok(view::review(&visit, &review, &work, &ReviewForm::default(), &Problems::default()))
}

pub async fn write_review(visit: Visit, Path(id): Path<ReviewId>, sent: Sent<ReviewForm>) -> Result<Response, Fault> {
    match review::write_review(&visit, &sent.once(&visit, &format!("research.review {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-research-review")),
        Err(Fault::Invalid(problems)) => {
            let (review, work) = review::open_review(&visit, id).await?;
            Ok(mend(view::review(&visit, &review, &work, &sent.data, &problems)))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn review_copy(visit: Visit, Path((id, format)): Path<(ReviewId, String)>) -> Result<Response, Fault> {
    let (_, work) = review::open_review(&visit, id).await?;
    let format = format.parse().map_err(|_| Fault::NotFound)?;
    papers::answer(&visit, review::copy(&work), format, "rabota").await
}
