//! Research projects of children: authors, supervisor, stages with days, files with versions, anonymous
//! review, defence, submission to an event.
//!
//! A reviewer never gets the project, only a text that names nobody, in our own document; the authors
//! and the supervisor never get who reviewed. See ADR 20.
mod api;
mod family;
mod files;
mod model;
mod review;
mod store;
mod subject;
#[cfg(test)]
mod tests;
mod view;
mod web;

pub use family::due;
pub use model::{
    Advice, Author, AuthorId, Grounds, Hands, Move, Project, ProjectDraft, ProjectForm, ProjectId, ProjectState,
    Review, ReviewId, ReviewState, Sheet, Stage, Standing, betrays, year_of,
};
pub use review::{ReviewForm, assign, close_to, insert_review, is_close, record_review, write_review};
pub use store::NEAR;

use crate::{
    consents::{self, Purpose},
    groups, learners,
    learners::{GroundKind, NewGround, Whom},
    people::PersonId,
    resources::whole_required,
    shell::{Slice, drafts},
};
use kit::{
    Fault, Visit,
    access::{Permission, Reach},
    audit::Entry,
    db::Tx,
    form::{Check, Problems, loose, tidy_lines},
    once::{Done, Once},
    routes::Routes,
    text::Message,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Opens the section; which projects one sees there is said by `store::seen`.
pub const VIEW: Permission = Permission("research.view");
/// Projects of the own organisation: reviewers, defence, and everything else.
pub const EDIT: Permission = Permission("research.edit");
/// Starting a project and leading those that one supervises.
pub const LEAD: Permission = Permission("research.lead");
/// Files and the text for reviewers, of a project that one sees as supervisor or author.
pub const WORK: Permission = Permission("research.work");
/// Reviews that one was asked for.
pub const REVIEW: Permission = Permission("research.review");

/// The kinds of record in audit and files.
pub const KIND: &str = "research_project";
pub const REVIEW_KIND: &str = "research_review";

/// The list's address.
pub const LIST: &str = "/research";

/// Files of one project at most; letters of a text for reviewers.
pub const FILES: i64 = 40;
const TEXT: usize = 100_000;

/// A record's address.
pub fn url(id: ProjectId) -> String {
    format!("{LIST}/{id}")
}

/// The address of a review, for the reviewer.
pub fn review_url(id: ReviewId) -> String {
    format!("{LIST}/reviews/{id}")
}

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/research", VIEW, web::list)
        .post("/research", LEAD, web::create)
        .get("/research/new", LEAD, web::new)
        .get("/research/files/{id}", VIEW, files::download)
        .get("/research/reviews/{id}", REVIEW, web::review)
        .post("/research/reviews/{id}", REVIEW, web::write_review)
        .get("/research/reviews/{id}/{format}", REVIEW, web::review_copy)
        .get("/research/{id}", VIEW, web::show)
        .post("/research/{id}", LEAD, web::update)
        .get("/research/{id}/edit", LEAD, web::edit)
        .post("/research/{id}/stage", LEAD, web::step)
        .post("/research/{id}/text", WORK, web::put_text)
        .post("/research/{id}/files", WORK, files::upload)
        .get("/research/{id}/authors/new", LEAD, web::new_author)
        .post("/research/{id}/authors", LEAD, web::join)
        .post("/research/{id}/authors/removal", LEAD, web::leave)
        .post("/research/{id}/reviews", EDIT, web::assign)
        .post("/research/{id}/sheets", EDIT, web::add_sheet)
        .get("/api/v1/research", VIEW, api::list)
        .get("/api/v1/research/{id}", VIEW, api::show)
        .post("/api/v1/research/{id}/stage", LEAD, api::step)
        .get("/api/v1/research/reviews/{id}", REVIEW, api::review)
        .post("/api/v1/research/reviews/{id}", REVIEW, api::write_review);
    Slice::new("research", routes).described(api::document()).keeping(subject::OF_LEARNER)
}

/// What a viewer may do with a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Can {
    /// Ask reviewers, keep the defence; sees who reviewed, unless it is the own pupils' work.
    pub edit: bool,
    /// Lead it: stages, authors, plan.
    pub lead: bool,
    /// Bring files and the text.
    pub work: bool,
    /// Read who reviewed.
    pub reviewers: bool,
}

impl Can {
    pub fn of(visit: &Visit, p: &Project, authors: &[Author]) -> Self {
        let me = visit.viewer.person.map(PersonId);
        let edit = visit.viewer.reach(EDIT).covers(Some(p.organisation_id.0));
        let supervises = me == Some(p.supervisor_id);
        let is_author = authors.iter().any(|a| a.learner_id.is_some() && a.learner_id == me);
        let lead = edit || (supervises && visit.viewer.may(LEAD));
        let work = lead || (is_author && visit.viewer.may(WORK));
        Self { edit, lead, work, reviewers: edit && !supervises && !is_author }
    }
}

fn keeps(visit: &Visit) -> Reach {
    match visit.viewer.reach(EDIT) {
        // No role keeps the projects of a whole network: that width would mean a slip in the table.
        Reach::Network => Reach::Nowhere,
        reach => reach,
    }
}

/// The record, if this viewer may see it; the look at its authors is noted.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown id and one out of reach.
pub async fn open(visit: &Visit, id: ProjectId) -> Result<(Project, Vec<Author>, Can), Fault> {
    let project = store::find(visit, &keeps(visit), id).await?.ok_or(Fault::NotFound)?;
    let leads = visit.viewer.reach(EDIT).covers(Some(project.organisation_id.0))
        || visit.viewer.person == Some(project.supervisor_id.0);
    let authors = store::authors(visit, &project, leads).await?;
    let named: Vec<PersonId> = authors.iter().filter_map(|a| a.learner_id).collect();
    learners::note_read(visit, learners::How::Elsewhere, &named).await?;
    let can = Can::of(visit, &project, &authors);
    Ok((project, authors, can))
}

/// The running projects that the viewer leads, the latest year first.
///
/// # Errors
/// The database's.
pub async fn led(visit: &Visit) -> Result<Vec<Project>, Fault> {
    let mut all = store::list(visit, &keeps(visit), None).await?;
    let own = visit.viewer.reach(EDIT);
    all.retain(|p| p.supervisor_id.0 == visit.actor() || own.covers(Some(p.organisation_id.0)));
    all.retain(|p| p.state == ProjectState::Running);
    Ok(all)
}

async fn open_to(visit: &Visit, id: ProjectId, may: fn(Can) -> bool, needs: Permission) -> Result<Project, Fault> {
    let (project, _, can) = open(visit, id).await?;
    if may(can) { Ok(project) } else { Err(Fault::Forbidden(needs)) }
}

/// What the form says, when the supervisor works in the network and the event is there.
async fn checked(visit: &Visit, form: &ProjectForm) -> Result<ProjectDraft, Fault> {
    let draft = form.check()?;
    let staff = groups::staff(visit, Some(draft.organisation)).await?;
    if staff.iter().all(|(id, ..)| *id != draft.supervisor) {
        return Err(Fault::field("supervisor", Message::new("form-choose")));
    }
    if let Some(edition) = draft.edition
        && !groups::has_edition(visit, edition).await?
    {
        return Err(Fault::field("edition", Message::new("form-choose")));
    }
    Ok(draft)
}

/// Starts a project. Whoever does not keep those of the organisation supervises it.
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn add(visit: &Visit, once: &Once, form: &ProjectForm) -> Result<Done, Fault> {
    let mut form = form.clone();
    if let (true, Reach::Organisations(own)) = (form.organisation.is_empty(), visit.viewer.reach(LEAD))
        && let [only] = own.as_slice()
    {
        form.organisation = only.to_string();
    }
    if !visit.viewer.reach(EDIT).covers(form.organisation.parse().ok()) {
        form.supervisor = visit.actor().to_string();
    }
    let draft = checked(visit, &form).await?;
    visit.viewer.demand(LEAD, Some(draft.organisation.0))?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = insert(tx, visit, &draft).await?;
        drafts::drop(tx, visit.actor(), "research-new").await?;
        Ok(Done::created(url(id), json!({ "id": id })))
    })
    .await
}

/// Writes a new project. For [`add`] and the demo.
///
/// # Errors
/// The database's.
pub async fn insert(tx: &mut Tx, visit: &Visit, draft: &ProjectDraft) -> Result<ProjectId, Fault> {
    let id = ProjectId(visit.new_id());
    // Says nothing of who or where.
    let code = format!("Р-{}", id.0.simple().to_string().chars().rev().take(6).collect::<String>().to_uppercase());
    store::insert(tx, id, &code, year_of(visit.today), draft, visit.viewer.person, visit.now).await?;
    Entry::new("create", KIND, id).write(tx, visit).await?;
    Ok(id)
}

/// Changes what is said of a project and the days of its stages.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `stale`.
pub async fn change(visit: &Visit, once: &Once, id: ProjectId, form: &ProjectForm) -> Result<Done, Fault> {
    let (before, _, can) = open(visit, id).await?;
    if !can.lead {
        return Err(Fault::Forbidden(LEAD));
    }
    let mut form = ProjectForm { organisation: before.organisation_id.to_string(), ..form.clone() };
    if !can.edit {
        form.supervisor = before.supervisor_id.to_string();
    }
    let draft = checked(visit, &form).await?;
    let version = kit::form::version(&form.version, before.version)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::update(tx, id, version, &draft, visit.viewer.person, visit.now).await? {
            return Err(Fault::conflict("stale", Message::new("research-stale")));
        }
        drafts::drop(tx, visit.actor(), &format!("research-{id}")).await?;
        Entry::new("update", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(id), json!({ "id": id, "version": version + 1 })))
    })
    .await
}

/// What a press on a step says: a stage, `complete`, `stop` or `resume`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct StepForm {
    pub step: String,
}

impl StepForm {
    fn read(&self) -> Result<Move, Fault> {
        Ok(match self.step.as_str() {
            "complete" => Move::Complete,
            "stop" => Move::Stop,
            "resume" => Move::Resume,
            stage => Move::To(stage.parse().map_err(|_| Fault::field("step", Message::new("form-choose")))?),
        })
    }
}

/// Moves a project along the table, when what the step needs is there.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state`, or `missing`
/// naming what the step needs.
pub async fn step(visit: &Visit, once: &Once, id: ProjectId, form: &StepForm) -> Result<Done, Fault> {
    let project = open_to(visit, id, |can| can.lead, LEAD).await?;
    let step = form.read()?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let now = advance(tx, visit, &project, step).await?;
        Ok(Done::changed(url(id), json!({ "id": id, "stage": now.stage, "state": now.state })))
    })
    .await
}

/// The step itself. For [`step()`] and the demo.
///
/// # Errors
/// [`Fault::Conflict`] `state` or `missing`.
pub async fn advance(tx: &mut Tx, visit: &Visit, p: &Project, step: Move) -> Result<Standing, Fault> {
    let from = p.standing();
    let moved = || Fault::conflict("state", Message::new("research-moved"));
    if !from.may(step) {
        return Err(moved());
    }
    let (reviews, sheets) = store::counts(tx, p.id).await?;
    let grounds = Grounds { has_text: p.review_text.is_some(), reviews, sheets };
    if let Some(missing) = from.missing(step, grounds) {
        return Err(Fault::conflict("missing", Message::new(missing)));
    }
    let to = from.after(step);
    if !store::set_standing(tx, p.id, from, to, visit.viewer.person, visit.now).await? {
        return Err(moved());
    }
    if to.stage > from.stage || to.state == ProjectState::Completed {
        store::set_done(tx, p.id, from.stage, Some(visit.today)).await?;
    } else if to.stage < from.stage {
        store::set_done(tx, p.id, to.stage, None).await?;
    }
    Entry::new("step", KIND, p.id).fields(&[to.stage.code()]).write(tx, visit).await?;
    Ok(to)
}

/// The text that reviewers get.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct TextForm {
    pub text: String,
}

/// Writes the text for reviewers. It must not name the authors or the supervisor.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state` once it is
/// under review.
pub async fn put_text(visit: &Visit, once: &Once, id: ProjectId, form: &TextForm) -> Result<Done, Fault> {
    open_to(visit, id, |can| can.work, WORK).await?;
    let text = tidy_lines(&form.text);
    let length = text.as_deref().map_or(0, |text| text.chars().count());
    if length > TEXT {
        return Err(Fault::field("text", Message::new("form-too-long").with("limit", TEXT).with("length", length)));
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        set_text(tx, visit, id, text.as_deref()).await?;
        Ok(Done::changed(url(id), json!({ "id": id })))
    })
    .await
}

/// Writes the text. For [`put_text`] and the demo.
///
/// # Errors
/// [`Fault::Invalid`] for a text that names somebody; [`Fault::Conflict`] `state`.
pub async fn set_text(tx: &mut Tx, visit: &Visit, id: ProjectId, text: Option<&str>) -> Result<(), Fault> {
    let names = store::last_names(tx, id).await?;
    if let Some(name) = text.and_then(|text| betrays(text, &names)) {
        return Err(Fault::field("text", Message::new("research-text-names").with("name", name)));
    }
    if !store::put_text(tx, id, text, visit.viewer.person, visit.now).await? {
        return Err(Fault::conflict("state", Message::new("research-text-closed")));
    }
    Entry::new("text", KIND, id).write(tx, visit).await
}

/// Who is to take part.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct AuthorForm {
    pub learner: String,
    pub author: String,
    /// What was looked for; the page shows the same again.
    pub q: String,
}

/// Names an author for whom the viewer answers or who studies in the own organisation; a child of another
/// organisation only with a consent.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn join(visit: &Visit, once: &Once, id: ProjectId, form: &AuthorForm) -> Result<Done, Fault> {
    let project = open_to(visit, id, |can| can.lead, LEAD).await?;
    let choose = || Fault::field("learner", Message::new("group-choose-learner"));
    let learner: PersonId = form.learner.parse().map_err(|_| choose())?;
    if !learners::may_name(visit, learner).await? {
        return Err(choose());
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        let author = insert_author(tx, visit, &project, learner).await?;
        Ok(Done::created(url(id), json!({ "id": author })))
    })
    .await
}

/// Writes an author down. For [`join`] and the demo.
///
/// # Errors
/// [`Fault::Invalid`] without a consent, or for a child who is there already.
pub async fn insert_author(tx: &mut Tx, visit: &Visit, p: &Project, learner: PersonId) -> Result<AuthorId, Fault> {
    let nowhere = || Fault::field("learner", Message::new("group-learner-left"));
    let home = groups::home(tx, learner).await?.ok_or_else(nowhere)?;
    let host = p.organisation_id;
    let consent = match home == host {
        true => None,
        false => {
            let given = consents::granted(tx, learner, Purpose::Transfer, Some(host), visit.today).await?;
            let none = || Message::new("group-no-consent").with("organisation", &p.organisation_name);
            Some(given.ok_or_else(|| Fault::field("learner", none()))?)
        }
    };
    let id = AuthorId(visit.new_id());
    if !store::insert_author(tx, id, p.id, learner, home).await? {
        return Err(Fault::field("learner", Message::new("research-author-there")));
    }
    if let Some(consent) = consent {
        let ground = NewGround {
            id: visit.new_id(),
            learner,
            kind: GroundKind::Enrolment,
            whom: Whom::Organisation(host.0),
            source: id.0,
            consent: Some(consent),
            from: visit.today,
            until: None,
        };
        learners::open_to(tx, visit, &ground).await?;
    }
    Entry::new("join", KIND, p.id).write(tx, visit).await?;
    Ok(id)
}

/// Takes an author off; what the part opened closes at once.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn leave(visit: &Visit, once: &Once, id: ProjectId, form: &AuthorForm) -> Result<Done, Fault> {
    open_to(visit, id, |can| can.lead, LEAD).await?;
    let gone = || Fault::field("author", Message::new("form-choose"));
    let author: AuthorId = form.author.parse().map_err(|_| gone())?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::delete_author(tx, id, author).await? {
            return Err(gone());
        }
        learners::close_source(tx, author.0, visit.today).await?;
        Entry::new("leave", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(id), json!({ "id": author })))
    })
    .await
}

/// One juror's sheet, as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct SheetForm {
    pub juror: String,
    #[serde(deserialize_with = "loose")]
    pub content: String,
    #[serde(deserialize_with = "loose")]
    pub talk: String,
    #[serde(deserialize_with = "loose")]
    pub answers: String,
    pub note: String,
}

/// Adds a juror's sheet of the defence.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state` when it is not
/// being defended.
pub async fn add_sheet(visit: &Visit, once: &Once, id: ProjectId, form: &SheetForm) -> Result<Done, Fault> {
    let project = open_to(visit, id, |can| can.edit, EDIT).await?;
    let mut problems = Problems::default();
    let juror = Check { problems: &mut problems }.required("juror", &form.juror, 150);
    let note = Check { problems: &mut problems }.optional("note", &form.note, 500);
    let mut points = |field, text: &str| whole_required(&mut problems, field, text, 0, 10).unwrap_or(0);
    let (content, talk) = (points("content", &form.content), points("talk", &form.talk));
    let answers = points("answers", &form.answers);
    let sheet = problems.into_result(Sheet { juror, content, talk, answers, note })?;
    if project.standing() != (Standing { stage: Stage::Defence, state: ProjectState::Running }) {
        return Err(Fault::conflict("state", Message::new("research-no-defence")));
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        insert_sheet(tx, visit, id, &sheet).await?;
        Ok(Done::created(url(id), json!({ "id": id, "sum": sheet.sum() })))
    })
    .await
}

/// Writes a sheet. For [`add_sheet`] and the demo.
///
/// # Errors
/// The database's.
pub async fn insert_sheet(tx: &mut Tx, visit: &Visit, id: ProjectId, sheet: &Sheet) -> Result<(), Fault> {
    store::insert_sheet(tx, visit.new_id(), id, sheet, visit.viewer.person, visit.now).await?;
    Entry::new("sheet", KIND, id).write(tx, visit).await
}
