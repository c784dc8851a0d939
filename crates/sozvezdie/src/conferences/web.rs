//! Pages of conferences: extract, call, answer.
use super::{
    Conference, listed,
    marks::{self, open_sheet},
    model::{Author, Mark, Review, ReviewId, SectionId, Thesis, ThesisForm, ThesisId},
    open, open_section, open_to_hold,
    papers::{self, Bylines, Works},
    points,
    programme::{self, JurorForm, PlanForm, RulesForm, SectionForm},
    review::{self, AskForm, ReviewForm},
    store::theses as rows,
    theses::{self, DecisionForm, Opened},
    view,
};
use crate::{
    events::{ORGANISE, StageId},
    groups, learners,
    papers::{Format, answer},
    people::{self, PersonId, PersonName},
    research,
    shell::export,
};
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use chrono::NaiveDate;
use kit::{
    Fault, Visit,
    files::StoredFile,
    form::Problems,
    http::{Path, Query, Sent, go},
};
use maud::Markup;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

fn mend(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

/// Everything that the page of a conference shows.
pub struct Board {
    pub c: Conference,
    /// What of the programme everybody may see.
    pub works: Works,
    pub by: Bylines,
    /// Theses that the viewer sees, with their authors.
    pub theses: Vec<Thesis>,
    pub authors: Vec<Author>,
    pub marks: Vec<Mark>,
    pub to_review: Vec<(ReviewId, String, NaiveDate)>,
    pub to_judge: Vec<SectionId>,
    pub may_results: bool,
}

async fn board(visit: &Visit, stage: StageId) -> Result<Board, Fault> {
    let c = open(visit, stage).await?;
    let works = papers::accepted(visit, &c).await?;
    let by = match c.holds {
        true => papers::full(visit.lang, &works.authors),
        false => papers::agreed(visit, visit.lang, &works.authors).await?,
    };
    let (theses, authors) = listed(visit, &c).await?;
    let marks = if c.holds { points(visit, &c).await? } else { Vec::new() };
    let me = visit.actor();
    let to_review = match visit.viewer.may(super::REVIEW) {
        true => rows::to_review(&visit.net, stage, me).await?,
        false => Vec::new(),
    };
    let to_judge = match visit.viewer.may(super::JUDGE) {
        true => super::store::judged(&visit.net, PersonId(me), stage).await?,
        false => Vec::new(),
    };
    let may_results = visit.viewer.reach(crate::results::EDIT).covers(c.edition.owner());
    Ok(Board { c, works, by, theses, authors, marks, to_review, to_judge, may_results })
}

pub async fn show(visit: Visit, Path(stage): Path<StageId>) -> Result<Markup, Fault> {
    let board = board(&visit, stage).await?;
    let typed = (RulesForm::of(&board.c.rules), view::fresh_section(&board.c));
    Ok(view::board::page(&visit, &board, &typed.0, &typed.1, &Problems::default()))
}

pub async fn set_rules(visit: Visit, Path(stage): Path<StageId>, sent: Sent<RulesForm>) -> Result<Response, Fault> {
    match programme::set_rules(&visit, &sent.once(&visit, &format!("conferences.rules {stage}")), stage, &sent.data)
        .await
    {
        Ok(done) => Ok(go(&done, "done-conference-rules")),
        Err(Fault::Invalid(problems)) => {
            let board = board(&visit, stage).await?;
            let section = view::fresh_section(&board.c);
            Ok(mend(view::board::page(&visit, &board, &sent.data, &section, &problems)))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn add_section(visit: Visit, Path(stage): Path<StageId>, sent: Sent<SectionForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("conferences.section {stage}"));
    match programme::add_section(&visit, &once, stage, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-conference-section")),
        Err(Fault::Invalid(problems)) => {
            let board = board(&visit, stage).await?;
            let rules = RulesForm::of(&board.c.rules);
            Ok(mend(view::board::page(&visit, &board, &rules, &sent.data, &problems)))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn hand_over(visit: Visit, Path(stage): Path<StageId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("conferences.points {stage}"));
    Ok(go(&marks::hand_over(&visit, &once, stage).await?, "done-conference-points"))
}

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

/// Everything that the page of a section shows.
pub struct Plan {
    pub c: Conference,
    pub id: SectionId,
    pub works: Works,
    pub by: Bylines,
    /// Accepted works of the section without an hour.
    pub waiting: Vec<Thesis>,
    pub staff: Vec<(PersonId, PersonName, String)>,
}

async fn plan_page(
    visit: &Visit,
    id: SectionId,
    typed: Option<&SectionForm>,
    planned: &PlanForm,
    problems: &Problems,
) -> Result<Markup, Fault> {
    let (c, section) = open_section(visit, id).await?;
    if !c.holds {
        return Err(Fault::Forbidden(ORGANISE));
    }
    let works = papers::accepted(visit, &c).await?;
    super::note(visit, &papers::of_section(&works, &c, id)).await?;
    let by = papers::full(visit.lang, &works.authors);
    let mut waiting = marks::works(visit, &c, id).await?;
    waiting.retain(|t| c.slots.iter().all(|s| s.thesis != Some(t.id)));
    let staff = groups::jurors(visit).await?;
    let own = view::form_of(&section);
    let plan = Plan { c, id, works, by, waiting, staff };
    Ok(view::section::page(visit, &plan, typed.unwrap_or(&own), planned, problems))
}

pub async fn section(visit: Visit, Path(id): Path<SectionId>) -> Result<Markup, Fault> {
    plan_page(&visit, id, None, &PlanForm::default(), &Problems::default()).await
}

pub async fn change_section(
    visit: Visit,
    Path(id): Path<SectionId>,
    sent: Sent<SectionForm>,
) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("conferences.section {id}"));
    match programme::change_section(&visit, &once, id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-conference-section")),
        Err(Fault::Invalid(problems)) => {
            Ok(mend(plan_page(&visit, id, Some(&sent.data), &PlanForm::default(), &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn jury(visit: Visit, Path(id): Path<SectionId>, sent: Sent<JurorForm>) -> Result<Response, Fault> {
    match programme::jury(&visit, &sent.once(&visit, &format!("conferences.jury {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-conference-jury")),
        Err(Fault::Invalid(problems)) => Ok(mend(plan_page(&visit, id, None, &PlanForm::default(), &problems).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn plan(visit: Visit, Path(id): Path<SectionId>, sent: Sent<PlanForm>) -> Result<Response, Fault> {
    match programme::plan(&visit, &sent.once(&visit, &format!("conferences.plan {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-conference-plan")),
        Err(Fault::Invalid(problems)) => Ok(mend(plan_page(&visit, id, None, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

/// Whose sheet is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub juror: String,
}

async fn marks_page(
    visit: &Visit,
    id: SectionId,
    juror: &str,
    typed: Option<&BTreeMap<String, String>>,
    problems: &Problems,
) -> Result<Markup, Fault> {
    let sheet = open_sheet(visit, id, juror).await?;
    let works = papers::accepted(visit, &sheet.conference).await?;
    let authors: Vec<Author> =
        works.authors.into_iter().filter(|a| sheet.works.iter().any(|(t, _)| t.id == a.thesis)).collect();
    super::note(visit, &authors).await?;
    let by = papers::full(visit.lang, &authors);
    Ok(view::section::marks(visit, &sheet, &by, typed, problems))
}

pub async fn marks(visit: Visit, Path(id): Path<SectionId>, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    marks_page(&visit, id, &asked.juror, None, &Problems::default()).await
}

pub async fn keep_marks(
    visit: Visit,
    Path(id): Path<SectionId>,
    sent: Sent<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    match marks::keep(&visit, &sent.once(&visit, &format!("conferences.marks {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-conference-marks")),
        Err(Fault::Invalid(problems)) => {
            let juror = sent.data.get("juror").map_or("", String::as_str);
            Ok(mend(marks_page(&visit, id, juror, Some(&sent.data), &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn criteria_sheet(
    visit: Visit,
    Path(id): Path<SectionId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let sheet = open_sheet(&visit, id, &asked.juror).await?;
    let works = papers::accepted(&visit, &sheet.conference).await?;
    let authors: Vec<Author> =
        works.authors.into_iter().filter(|a| sheet.works.iter().any(|(t, _)| t.id == a.thesis)).collect();
    papers::note(&visit, &authors, "conference_sheet").await?;
    let paper = papers::sheet(&visit, &sheet, &authors);
    answer(&visit, paper, Format::Pdf, "criteria").await
}

pub async fn programme_file(visit: Visit, Path(stage): Path<StageId>) -> Result<Response, Fault> {
    let c = open(&visit, stage).await?;
    if c.sections.is_empty() {
        return Err(Fault::NotFound);
    }
    let works = papers::accepted(&visit, &c).await?;
    // What is printed is pinned to a door: whoever prints it.
    let by = papers::agreed(&visit, kit::Lang::Ru, &works.authors).await?;
    let paper = papers::programme(&visit, &c, &works, &by);
    answer(&visit, paper, Format::Pdf, "programme").await
}

pub async fn collection(visit: Visit, Path(stage): Path<StageId>) -> Result<Response, Fault> {
    let c = open_to_hold(&visit, stage).await?;
    let all = papers::collection(&visit, &c).await?;
    let day = visit.today;
    let title = format!("{}. {}", all.kind, all.title);
    let name = export::disposition(&visit, &title, "collection", Format::Pdf.code());
    // Milliseconds of a processor for each page: not on the threads that serve requests.
    let bytes = tokio::task::spawn_blocking(move || lay_out(&all, day)).await.map_err(anyhow::Error::from)??;
    let headers = [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

#[cfg(feature = "pdf")]
pub fn lay_out(all: &papers::Collection, day: NaiveDate) -> Result<Vec<u8>, anyhow::Error> {
    Ok(documents::pdf::render(documents::pdf::Template::Collection, &all, day)?)
}

#[cfg(not(feature = "pdf"))]
pub fn lay_out(_: &papers::Collection, _: NaiveDate) -> Result<Vec<u8>, anyhow::Error> {
    Err(anyhow::anyhow!("this program was built without the feature `pdf`"))
}

/// What was typed on the page of theses and is shown again.
#[derive(Default)]
pub struct Typed {
    pub ask: AskForm,
    pub decision: DecisionForm,
}

/// Everything that the page of theses shows.
pub struct Record {
    pub o: Opened,
    pub supervisor: String,
    pub reviews: Vec<Review>,
    /// Who reviewed, only for who may know.
    pub names: HashMap<Uuid, String>,
    pub files: Vec<StoredFile>,
    pub staff: Vec<(PersonId, PersonName, String)>,
}

async fn record(visit: &Visit, id: ThesisId, typed: &Typed, problems: &Problems) -> Result<Markup, Fault> {
    let o = theses::open_thesis(visit, id).await?;
    let reviews = rows::reviews(&visit.net, id).await?;
    let named: Vec<Uuid> = reviews.iter().filter(|_| o.can.reviewers).map(|r| r.reviewer.0).collect();
    let supervisor = people::find_name(&visit.net, o.thesis.supervisor_id).await?.map(|n| n.full()).unwrap_or_default();
    let asks = o.can.reviewers && o.thesis.state.is_open();
    let page = Record {
        supervisor,
        names: people::names(&visit.net, &named).await?,
        reviews,
        files: kit::files::of(&visit.net, super::KIND, id.0).await?,
        staff: if asks { review::possible(visit, &o.thesis).await? } else { Vec::new() },
        o,
    };
    Ok(view::thesis::record(visit, &page, typed, problems))
}

pub async fn thesis(visit: Visit, Path(id): Path<ThesisId>) -> Result<Markup, Fault> {
    record(&visit, id, &Typed::default(), &Problems::default()).await
}

/// The page of theses with what was wrong, for what is sent from it.
pub async fn mended(visit: &Visit, id: ThesisId, typed: &Typed, problems: &Problems) -> Result<Response, Fault> {
    Ok(mend(record(visit, id, typed, problems).await?))
}

pub async fn ask(visit: Visit, Path(id): Path<ThesisId>, sent: Sent<AskForm>) -> Result<Response, Fault> {
    match review::assign(&visit, &sent.once(&visit, &format!("conferences.ask {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-research-assigned")),
        Err(Fault::Invalid(problems)) => {
            mended(&visit, id, &Typed { ask: sent.data.clone(), ..Typed::default() }, &problems).await
        }
        Err(fault) => Err(fault),
    }
}

pub async fn decide(visit: Visit, Path(id): Path<ThesisId>, sent: Sent<DecisionForm>) -> Result<Response, Fault> {
    match theses::decide(&visit, &sent.once(&visit, &format!("conferences.decide {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-conference-decided")),
        Err(Fault::Invalid(problems)) => {
            mended(&visit, id, &Typed { decision: sent.data.clone(), ..Typed::default() }, &problems).await
        }
        Err(fault) => Err(fault),
    }
}

pub async fn withdraw(visit: Visit, Path(id): Path<ThesisId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("conferences.withdraw {id}"));
    Ok(go(&theses::withdraw(&visit, &once, id).await?, "done-conference-withdrawn"))
}

async fn form_page(visit: &Visit, stage: StageId, typed: &ThesisForm, problems: &Problems) -> Result<Markup, Fault> {
    let c = open(visit, stage).await?;
    let projects = research::led(visit).await?;
    let mut found: Vec<(String, String)> = Vec::new();
    if typed.project.is_empty() {
        let listed: Vec<learners::Listed> = groups::candidates(visit, &typed.q).await?;
        found = listed
            .into_iter()
            .map(|l| {
                let place =
                    [l.class_name, Some(l.organisation_name)].into_iter().flatten().collect::<Vec<_>>().join(", ");
                (l.id.to_string(), format!("{}, {place}", l.full_name))
            })
            .collect();
    }
    Ok(view::thesis::form(visit, &c, None, (&projects, &found), typed, problems))
}

pub async fn new_thesis(
    visit: Visit,
    Path(stage): Path<StageId>,
    Query(mut typed): Query<ThesisForm>,
) -> Result<Markup, Fault> {
    let c = open(&visit, stage).await?;
    if !c.takes_theses(&visit) {
        return Err(Fault::conflict("closed", kit::text::Message::new("conference-closed")));
    }
    // A project gives its title and the text that names nobody.
    if let Some(p) = research::led(&visit).await?.into_iter().find(|p| p.id.to_string() == typed.project) {
        typed.title = p.title;
        typed.body = p.review_text.unwrap_or_default();
    } else {
        typed.project.clear();
    }
    form_page(&visit, stage, &typed, &Problems::default()).await
}

pub async fn submit(visit: Visit, Path(stage): Path<StageId>, sent: Sent<ThesisForm>) -> Result<Response, Fault> {
    match theses::submit(&visit, &sent.once(&visit, &format!("conferences.submit {stage}")), stage, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-conference-submitted")),
        Err(Fault::Invalid(problems)) => Ok(mend(form_page(&visit, stage, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn edit_thesis(visit: Visit, Path(id): Path<ThesisId>) -> Result<Markup, Fault> {
    let o = theses::to_write(&visit, id).await?;
    let typed = view::thesis_form(&o.thesis);
    Ok(view::thesis::form(&visit, &o.conference, Some(&o.thesis), (&[], &[]), &typed, &Problems::default()))
}

pub async fn change_thesis(visit: Visit, Path(id): Path<ThesisId>, sent: Sent<ThesisForm>) -> Result<Response, Fault> {
    match theses::change(&visit, &sent.once(&visit, &format!("conferences.change {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-conference-submitted")),
        Err(Fault::Invalid(problems)) => {
            let o = theses::to_write(&visit, id).await?;
            Ok(mend(view::thesis::form(&visit, &o.conference, Some(&o.thesis), (&[], &[]), &sent.data, &problems)))
        }
        Err(Fault::Conflict(conflict)) if conflict.code == "stale" => {
            // What was typed stays; saved again, it stands instead of theirs.
            let o = theses::to_write(&visit, id).await?;
            let mine = ThesisForm { version: o.thesis.version.to_string(), ..sent.data.clone() };
            let problems = Problems::one("body", conflict.message.clone());
            let page = view::thesis::form(&visit, &o.conference, Some(&o.thesis), (&[], &[]), &mine, &problems);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

pub async fn review(visit: Visit, Path(id): Path<ReviewId>) -> Result<Markup, Fault> {
    let (review, thesis) = review::open_review(&visit, id).await?;
    Ok(view::thesis::review(&visit, &review, &thesis, &ReviewForm::default(), &Problems::default()))
}

pub async fn write_review(visit: Visit, Path(id): Path<ReviewId>, sent: Sent<ReviewForm>) -> Result<Response, Fault> {
    match review::write(&visit, &sent.once(&visit, &format!("conferences.review {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-research-review")),
        Err(Fault::Invalid(problems)) => {
            let (review, thesis) = review::open_review(&visit, id).await?;
            Ok(mend(view::thesis::review(&visit, &review, &thesis, &sent.data, &problems)))
        }
        Err(fault) => Err(fault),
    }
}
