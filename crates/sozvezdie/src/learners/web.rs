//! Pages of learners: extract, call, answer.
use super::{
    DESTROY, EDIT, How, LIST, VIEW,
    access::{self, Look, editable, to_change},
    change::{self, GuardianForm, LeavingForm, add, add_guardian},
    duplicates::{self, Word},
    model::{Attachment, Guardian, LearnerForm},
    rollover::{self, RolloverForm},
    store::{self, Filter, places, scope::Scope},
    subject::{self, DestructionForm},
    view,
};
use crate::{
    app::App,
    organisations::{self, OrganisationId},
    people::{self, PersonId},
    shell::{OfLearner, Tie, drafts},
};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    cursor::{Cursor, Slice},
    form::{Problems, tidy},
    http::{Path, Query, Sent, go},
    text::url_part,
};
use maud::Markup;
use serde::Deserialize;
use std::collections::HashMap;
use uuid::Uuid;

/// Rows of a page of the list.
const PAGE: i64 = 100;

/// The list's address as data: the URL is the state.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub q: String,
    pub organisation: String,
    pub class: String,
    /// `yes`: also those who have left.
    pub left: String,
    pub after: String,
}

impl Asked {
    pub fn filter(&self) -> Filter {
        Filter {
            q: tidy(&self.q.chars().take(200).collect::<String>()),
            organisation: self.organisation.parse().ok(),
            class: tidy(&self.class),
            left: self.left == "yes",
        }
    }

    /// The same list at `base` with paging begun anew, or going on at `after`.
    pub fn at(&self, base: &str, after: &str) -> String {
        let pairs = [
            ("q", self.q.as_str()),
            ("organisation", &self.organisation),
            ("class", &self.class),
            ("left", &self.left),
            ("after", after),
        ];
        let query: Vec<String> =
            pairs.iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| format!("{n}={}", url_part(v))).collect();
        if query.is_empty() { base.to_owned() } else { format!("{base}?{}", query.join("&")) }
    }

    /// The same conditions but one, and from the beginning.
    pub fn without(&self, field: &str) -> Self {
        let mut less = Self { after: String::new(), ..self.clone() };
        match field {
            "q" => less.q.clear(),
            "organisation" => less.organisation.clear(),
            "class" => less.class.clear(),
            "left" => less.left.clear(),
            _ => {}
        }
        less
    }

    pub fn is_filtered(&self) -> bool {
        [&self.q, &self.organisation, &self.class, &self.left].iter().any(|v| !v.trim().is_empty())
    }
}

pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let cursor = if asked.after.is_empty() { None } else { Some(Cursor::decode(&asked.after)?) };
    let filter = asked.filter();
    let scope = Scope::of(&visit).await?;
    let slice = access::list(&visit, How::List, &filter, cursor.as_ref(), PAGE).await?;
    let choices = view::Choices {
        organisations: store::organisations(&visit.net, &scope).await?,
        classes: store::classes(&visit.net, &scope, filter.organisation).await?,
    };
    Ok(view::list::page(&visit, &asked, &slice, &choices))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Tab {
    tab: String,
    after: String,
}

/// Who looked: a name says little to a family without the post and the place.
pub struct Looker {
    /// «И. О. Фамилия».
    pub name: String,
    /// The code of the role of today; none of somebody who holds none any more.
    pub role: Option<String>,
    /// The usual name of the organisation of that role.
    pub organisation: Option<String>,
}

/// The looks at a record with those who looked.
pub type Looks = (Slice<Look>, HashMap<Uuid, Looker>);

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<PersonId>,
    Query(tab): Query<Tab>,
) -> Result<Markup, Fault> {
    let how = if tab.tab == "reads" { How::Reads } else { How::Record };
    let learner = access::open(&visit, id, how).await?;
    let guardians = store::guardians(&visit.net, id).await?;
    let can = Can::of(&visit, &learner.organisation, id, &guardians).await?;
    let attachments = places::history(&visit.net, id).await?;
    let looks = match can.reads && tab.tab == "reads" {
        true => Some(looks(&visit, id, &tab.after, PAGE).await?),
        false => None,
    };
    let ties = ties(&visit, &app.subjects, id).await?;
    let record = view::Record {
        is_let_in: !can.edit || change::has_role(&visit, id).await?,
        is_doubtful: can.edit && store::duplicates::is_open(&visit.net, id).await?,
        ties,
        organisations: names(&visit, &attachments, learner.organisation).await?,
        learner,
        guardians,
        attachments,
        looks,
    };
    Ok(view::record::page(&visit, &record, &can, &tab.tab))
}

/// Who looked at a record.
pub async fn looks(visit: &Visit, id: PersonId, after: &str, size: i64) -> Result<Looks, Fault> {
    let cursor = if after.is_empty() { None } else { Some(Cursor::decode(after)?) };
    let slice = store::audit::looks(&visit.net, id, cursor.as_ref(), size).await?;
    let mut actors: Vec<Uuid> = slice.items.iter().filter_map(|look| look.actor).collect();
    actors.sort_unstable();
    actors.dedup();
    let posts = store::audit::posts(&visit.net, &actors, visit.today).await?;
    let places: Vec<Uuid> = posts.iter().filter_map(|(_, _, place)| place.map(|id| id.0)).collect();
    let places = organisations::listed(&visit.net, &places).await?;
    let names = people::names(&visit.net, &actors).await?.into_iter();
    let lookers = names.map(|(id, name)| {
        let post = posts.iter().find(|(person, ..)| *person == id);
        let place = post.and_then(|(_, _, place)| *place);
        let organisation = places.iter().find(|o| Some(o.id) == place).map(|o| o.short_name.clone());
        (id, Looker { name, role: post.map(|(_, role, _)| role.clone()), organisation })
    });
    Ok((slice, lookers.collect()))
}

/// The usual names of the organisations of a history.
pub async fn names(
    visit: &Visit,
    attachments: &[Attachment],
    also: OrganisationId,
) -> Result<HashMap<OrganisationId, String>, Fault> {
    let mut ids: Vec<Uuid> = attachments.iter().map(|a| a.organisation.0).collect();
    ids.push(also.0);
    ids.sort_unstable();
    ids.dedup();
    let found = organisations::listed(&visit.net, &ids).await?;
    Ok(found.into_iter().map(|o| (o.id, o.short_name)).collect())
}

/// What other capabilities keep of the child: nothing of it is told to whoever merely receives the child.
pub async fn ties(visit: &Visit, subjects: &[OfLearner], id: PersonId) -> Result<Vec<Tie>, Fault> {
    let mut all = Vec::new();
    if access::sees_whole(visit, id).await? {
        for subject in subjects {
            all.extend((subject.ties)(visit, id.0).await?);
        }
    }
    Ok(all)
}

/// What a viewer may do with a record.
pub struct Can {
    pub edit: bool,
    /// See who looked: the family, and those who answer for the record.
    pub reads: bool,
    /// Destroy all that is kept.
    pub destroy: bool,
    /// See numbers and contacts: not those who are merely lent the child's name.
    pub details: bool,
}

impl Can {
    pub async fn of(
        visit: &Visit,
        organisation: &OrganisationId,
        id: PersonId,
        guardians: &[Guardian],
    ) -> Result<Self, Fault> {
        let person = visit.viewer.person.map(PersonId);
        let family = person == Some(id) || guardians.iter().any(|g| Some(g.person) == person);
        let edit = editable(visit).await?.covers(Some(organisation.0));
        let own = Scope::of(visit).await?.own().contains(&organisation.0);
        let leads = visit.viewer.reach(super::CLASS).covers(Some(organisation.0));
        let destroy = edit && visit.viewer.reach(DESTROY).covers(Some(organisation.0));
        Ok(Self { edit, destroy, reads: family || edit, details: family || own || leads })
    }
}

/// The organisations in which the viewer may add a child.
async fn own(visit: &Visit) -> Result<Vec<(String, String)>, Fault> {
    let reach = visit.viewer.reach(EDIT);
    let active = organisations::active(&visit.net).await?;
    Ok(active.into_iter().filter(|o| reach.covers(Some(o.id.0))).map(|o| (o.id.to_string(), o.short_name)).collect())
}

pub async fn new(visit: Visit) -> Result<Markup, Fault> {
    let draft = drafts::find(&visit, "learner-new").await?;
    let form = draft.clone().unwrap_or_default();
    Ok(view::form::page(&visit, None, &form, &own(&visit).await?, &Problems::default(), draft.is_some()))
}

pub async fn create(visit: Visit, sent: Sent<LearnerForm>) -> Result<Response, Fault> {
    match add(&visit, &sent.once(&visit, "learners.add"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-learner-added")),
        Err(Fault::Invalid(problems)) => {
            Ok(mend(view::form::page(&visit, None, &sent.data, &own(&visit).await?, &problems, false)))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn edit(visit: Visit, Path(id): Path<PersonId>) -> Result<Markup, Fault> {
    let learner = to_change(&visit, id).await?;
    access::note_read(&visit, How::Record, &[id]).await?;
    let name = people::find_name(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    let form = LearnerForm::of(&learner, &name);
    let draft = drafts::find(&visit, &format!("learner-{id}")).await?;
    let shown = draft.as_ref().unwrap_or(&form);
    Ok(view::form::page(&visit, Some(&learner), shown, &[], &Problems::default(), draft.is_some()))
}

pub async fn update(visit: Visit, Path(id): Path<PersonId>, sent: Sent<LearnerForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("learners.change {id}"));
    match change::change(&visit, &once, id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-learner-changed")),
        Err(Fault::Invalid(problems)) => {
            let learner = access::open(&visit, id, How::Record).await?;
            Ok(mend(view::form::page(&visit, Some(&learner), &sent.data, &[], &problems, false)))
        }
        Err(Fault::Conflict(conflict)) if conflict.code == "stale" => {
            let learner = access::open(&visit, id, How::Record).await?;
            let name = people::find_name(&visit.net, id).await?.ok_or(Fault::NotFound)?;
            let theirs = LearnerForm::of(&learner, &name);
            let page = view::form::stale(&visit, &learner, &sent.data, &theirs, &conflict.message);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

fn mend(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

pub async fn leaving(visit: Visit, Path(id): Path<PersonId>) -> Result<Markup, Fault> {
    leaving_form(&visit, id, &LeavingForm { on: visit.today.to_string() }, &Problems::default()).await
}

async fn leaving_form(visit: &Visit, id: PersonId, form: &LeavingForm, problems: &Problems) -> Result<Markup, Fault> {
    let learner = to_change(visit, id).await?;
    access::note_read(visit, How::Record, &[id]).await?;
    Ok(view::form::leaving(visit, &learner, form, problems))
}

pub async fn leave(visit: Visit, Path(id): Path<PersonId>, sent: Sent<LeavingForm>) -> Result<Response, Fault> {
    match change::leave(&visit, &sent.once(&visit, &format!("learners.leave {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-learner-left")),
        Err(Fault::Invalid(problems)) => Ok(mend(leaving_form(&visit, id, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn new_guardian(visit: Visit, Path(id): Path<PersonId>) -> Result<Markup, Fault> {
    guardian_form(&visit, id, &GuardianForm::default(), &Problems::default()).await
}

async fn guardian_form(visit: &Visit, id: PersonId, form: &GuardianForm, problems: &Problems) -> Result<Markup, Fault> {
    let learner = to_change(visit, id).await?;
    access::note_read(visit, How::Record, &[id]).await?;
    Ok(view::form::guardian(visit, &learner, form, problems))
}

pub async fn create_guardian(
    visit: Visit,
    Path(id): Path<PersonId>,
    sent: Sent<GuardianForm>,
) -> Result<Response, Fault> {
    match add_guardian(&visit, &sent.once(&visit, &format!("learners.guardian {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-guardian-added")),
        Err(Fault::Invalid(problems)) => Ok(mend(guardian_form(&visit, id, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

/// Whose right is to end.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Ending {
    person: String,
}

pub async fn remove_guardian(visit: Visit, Path(id): Path<PersonId>, sent: Sent<Ending>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("learners.guardian-end {id}"));
    Ok(go(&change::end_guardian(&visit, &once, id, &sent.data.person).await?, "done-guardian-ended"))
}

pub async fn duplicates(visit: Visit) -> Result<Markup, Fault> {
    Ok(view::duplicates::page(&visit, &duplicates::queue(&visit).await?))
}

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

async fn decide(visit: &Visit, id: Uuid, sent: &Sent<Press>, word: Word) -> Result<Response, Fault> {
    let once = sent.once(visit, &format!("learners.decide {word:?} {id}"));
    Ok(go(&duplicates::decide(visit, &once, id, word).await?, "done-duplicate-decided"))
}

pub async fn merge(visit: Visit, Path(id): Path<Uuid>, sent: Sent<Press>) -> Result<Response, Fault> {
    decide(&visit, id, &sent, Word::Same).await
}

pub async fn tell_apart(visit: Visit, Path(id): Path<Uuid>, sent: Sent<Press>) -> Result<Response, Fault> {
    decide(&visit, id, &sent, Word::Apart).await
}

pub async fn separate(visit: Visit, Path(id): Path<Uuid>, sent: Sent<Press>) -> Result<Response, Fault> {
    decide(&visit, id, &sent, Word::Split).await
}

/// Whose move is looked at.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Of {
    organisation: String,
}

pub async fn rollover(visit: Visit, Query(of): Query<Of>) -> Result<Markup, Fault> {
    let own = rollover::own(&visit).await?;
    let asked = of.organisation.parse().ok();
    let chosen = own.iter().map(|(id, _)| *id).find(|id| Some(*id) == asked).or(own.first().map(|(id, _)| *id));
    let form = chosen.map(|id| RolloverForm::of(id, visit.today)).unwrap_or_default();
    rollover_page(&visit, &form, &Problems::default()).await
}

async fn rollover_page(visit: &Visit, form: &RolloverForm, problems: &Problems) -> Result<Markup, Fault> {
    let own = rollover::own(visit).await?;
    let (mut steps, mut past) = (Vec::new(), Vec::new());
    if let Ok(organisation) = form.organisation.parse::<OrganisationId>() {
        steps = rollover::plan(visit, organisation).await?;
        past = store::rollover::past(&visit.net, organisation).await?;
    }
    let shown = view::rollover::Shown { own: &own, steps: &steps, past: &past };
    Ok(view::rollover::page(visit, &shown, form, problems))
}

pub async fn roll_over(visit: Visit, sent: Sent<RolloverForm>) -> Result<Response, Fault> {
    match rollover::carry_out(&visit, &sent.once(&visit, "learners.rollover"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-rollover")),
        Err(Fault::Invalid(problems)) => Ok(mend(rollover_page(&visit, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn roll_back(visit: Visit, Path(id): Path<Uuid>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("learners.rollback {id}"));
    Ok(go(&rollover::undo(&visit, &once, id).await?, "done-rollover-undone"))
}

/// All that is kept of a child, as a file to save.
pub async fn archive(app: &App, visit: &Visit, id: PersonId) -> Result<Response, Fault> {
    let bytes = subject::export(visit, id, &app.subjects).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"learner.zip\""),
    ];
    Ok((headers, bytes).into_response())
}

pub async fn export(State(app): State<App>, visit: Visit, Path(id): Path<PersonId>) -> Result<Response, Fault> {
    archive(&app, &visit, id).await
}

pub async fn destruction(visit: Visit, Path(id): Path<PersonId>) -> Result<Markup, Fault> {
    destruction_form(&visit, id, &DestructionForm::default(), &Problems::default()).await
}

async fn destruction_form(
    visit: &Visit,
    id: PersonId,
    form: &DestructionForm,
    problems: &Problems,
) -> Result<Markup, Fault> {
    let learner = subject::to_destroy(visit, id).await?;
    access::note_read(visit, How::Record, &[id]).await?;
    Ok(view::subject::destruction(visit, &learner, form, problems))
}

pub async fn destroy(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<PersonId>,
    sent: Sent<DestructionForm>,
) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("learners.destroy {id}"));
    match subject::destroy(&visit, &once, id, &sent.data, &app.subjects).await {
        Ok(done) => Ok(go(&done, "done-learner-destroyed")),
        Err(Fault::Invalid(problems)) => Ok(mend(destruction_form(&visit, id, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn let_in(visit: Visit, Path(id): Path<PersonId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("learners.entry {id}"));
    Ok(go(&change::let_in(&visit, &once, id).await?, "done-learner-let-in"))
}

pub fn may_add(visit: &Visit) -> bool {
    visit.viewer.may(EDIT)
}

pub fn may_export(visit: &Visit) -> bool {
    visit.viewer.may(VIEW)
}

pub fn may_import(visit: &Visit) -> bool {
    visit.viewer.may(super::import::IMPORT)
}

/// Where the list is.
pub fn list_url(asked: &Asked, after: &str) -> String {
    asked.at(LIST, after)
}
