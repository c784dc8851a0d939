//! Theses: handed in, mended, decided, taken back.
use super::{
    Conference, KEEP, KIND, SUBMIT,
    model::{Author, Thesis, ThesisDraft, ThesisForm, ThesisId, ThesisState},
    note, open,
    store::{
        self,
        theses::{self as rows, New, Whose},
    },
    thesis_url, whose,
};
use crate::{
    events::{self, Bar, How, ORGANISE, Source, StageId},
    groups, learners,
    organisations::OrganisationId,
    people::{self, PersonId},
    research::{self, ProjectId},
};
use kit::{
    Fault, Visit,
    access::Reach,
    audit::Entry,
    db::Tx,
    form::Problems,
    once::{Done, Once},
    text::{Message, text_prefix},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

/// What a viewer may do with theses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Can {
    /// Ask reviewers and decide.
    pub hold: bool,
    /// Mend the text, add files, take it back.
    pub write: bool,
    /// Read who reviewed: whoever holds the conference and has no part in the work.
    pub reviewers: bool,
}

/// Theses with their conference and authors; the look at those is noted.
pub struct Opened {
    pub conference: Conference,
    pub thesis: Thesis,
    pub authors: Vec<Author>,
    pub can: Can,
}

/// Theses, if the viewer may see them.
///
/// # Errors
/// [`Fault::NotFound`], alike for unknown ones and those out of reach.
pub async fn open_thesis(visit: &Visit, id: ThesisId) -> Result<Opened, Fault> {
    let found = rows::find(&visit.net, id, &Whose::All).await?.ok_or(Fault::NotFound)?;
    let conference = open(visit, found.stage_id).await?;
    let thesis = rows::find(&visit.net, id, &whose(visit, conference.holds)).await?.ok_or(Fault::NotFound)?;
    let mut authors = rows::authors(&visit.net, thesis.stage_id).await?;
    authors.retain(|a| a.thesis == id);
    note(visit, &authors).await?;
    let supervises = visit.viewer.person == Some(thesis.supervisor_id.0);
    let keeps =
        visit.viewer.reach(KEEP) != Reach::Network && visit.viewer.reach(KEEP).covers(Some(thesis.organisation_id.0));
    let hold = conference.holds;
    let can = Can { hold, write: supervises || keeps, reviewers: hold && !supervises };
    Ok(Opened { conference, thesis, authors, can })
}

/// Where a work comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    pub project: Option<ProjectId>,
    pub organisation: OrganisationId,
    pub supervisor: PersonId,
    pub authors: Vec<PersonId>,
}

/// Where theses come from: a project that the viewer leads, or children whom the viewer may name.
async fn origin(visit: &Visit, form: &ThesisForm) -> Result<Origin, Fault> {
    if !form.project.trim().is_empty() {
        let choose = || Fault::field("project", Message::new("form-choose"));
        let id: ProjectId = form.project.parse().map_err(|_| choose())?;
        let project = research::led(visit).await?.into_iter().find(|p| p.id == id).ok_or_else(choose)?;
        let (_, authors, _) = research::open(visit, id).await?;
        let authors: Vec<PersonId> = authors.iter().filter_map(|a| a.learner_id).collect();
        if authors.is_empty() {
            return Err(Fault::field("project", Message::new("conference-no-authors")));
        }
        let (organisation, supervisor) = (project.organisation_id, project.supervisor_id);
        return Ok(Origin { project: Some(id), organisation, supervisor, authors });
    }
    let mut authors: Vec<PersonId> = form.learner.iter().filter_map(|id| id.parse().ok()).collect();
    authors.sort_unstable_by_key(|id| id.0);
    authors.dedup();
    if authors.is_empty() || authors.len() > 10 {
        return Err(Fault::field("learner", Message::new("conference-choose-authors")));
    }
    for learner in &authors {
        if !learners::may_name(visit, *learner).await? {
            return Err(Fault::field("learner", Message::new("entry-unknown-child")));
        }
    }
    let organisation = match visit.viewer.reach(SUBMIT) {
        Reach::Organisations(own) => own.first().map(|id| OrganisationId(*id)),
        Reach::Network | Reach::Nowhere => None,
    };
    let organisation = organisation.ok_or(Fault::Forbidden(SUBMIT))?;
    Ok(Origin { project: None, organisation, supervisor: PersonId(visit.actor()), authors })
}

/// Hands theses in: consent and class of every author are looked at, and they are entered for the stage.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Invalid`]; [`Fault::Conflict`] `closed`.
pub async fn submit(visit: &Visit, once: &Once, stage: StageId, form: &ThesisForm) -> Result<Done, Fault> {
    let c = open(visit, stage).await?;
    if !c.takes_theses(visit) {
        return Err(Fault::conflict("closed", Message::new("conference-closed")));
    }
    let mut problems = Problems::default();
    let mut gather = |fault: Fault| match fault {
        Fault::Invalid(found) => {
            for (field, message) in found.iter() {
                problems.add(field.to_owned(), message.clone());
            }
            Ok(())
        }
        other => Err(other),
    };
    let draft = match form.check(&c.sections) {
        Ok(draft) => Some(draft),
        Err(fault) => gather(fault).map(|()| None)?,
    };
    let from = match origin(visit, form).await {
        Ok(from) => Some(from),
        Err(fault) => gather(fault).map(|()| None)?,
    };
    let (Some(draft), Some(from)) = problems.into_result((draft, from))? else { return Err(Fault::NotFound) };
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = insert(tx, visit, &c, &from, &draft).await?;
        Ok(Done::created(thesis_url(id), json!({ "id": id, "state": ThesisState::Submitted })))
    })
    .await
}

/// Writes theses and enters their authors. For [`submit`] and the demo.
///
/// # Errors
/// [`Fault::Invalid`] for a text that names somebody, an author who may not come, a project that is there.
pub async fn insert(
    tx: &mut Tx,
    visit: &Visit,
    c: &Conference,
    from: &Origin,
    draft: &ThesisDraft,
) -> Result<ThesisId, Fault> {
    let mut named = from.authors.clone();
    named.push(from.supervisor);
    keep_nameless(tx, &named, draft).await?;
    let id = ThesisId(visit.new_id());
    let new = New {
        id,
        stage: c.stage.id,
        project: from.project.map(|p| p.0),
        organisation: from.organisation,
        supervisor: from.supervisor,
        // Says nothing of who or where.
        code: format!("Т-{}", id.0.simple().to_string().chars().rev().take(6).collect::<String>().to_uppercase()),
    };
    if !rows::insert(tx, &new, draft, (visit.viewer.person, visit.now)).await? {
        return Err(Fault::field("project", Message::new("conference-project-there")));
    }
    let homes = enter(tx, visit, c, &from.authors, Some(id)).await?;
    let subjects: Vec<Uuid> = homes.iter().map(|id| id.0).collect();
    Entry::new("create", KIND, id).subjects(subjects).write(tx, visit).await?;
    Ok(id)
}

/// The text goes to a reviewer as it stands.
async fn keep_nameless(tx: &mut Tx, who: &[PersonId], draft: &ThesisDraft) -> Result<(), Fault> {
    let names: Vec<String> = people::names_in(tx, who).await?.into_values().map(|n| n.last).collect();
    for (field, text) in [("title", &draft.title), ("body", &draft.body)] {
        if let Some(name) = research::betrays(text, &names) {
            return Err(Fault::field(field, Message::new("conference-text-names").with("name", name)));
        }
    }
    Ok(())
}

/// Enters the authors for the stage, each unless there already; writes them beside a new work.
async fn enter(
    tx: &mut Tx,
    visit: &Visit,
    c: &Conference,
    authors: &[PersonId],
    fresh: Option<ThesisId>,
) -> Result<Vec<PersonId>, Fault> {
    let children = events::children(tx, authors).await?;
    let barred = events::bars(tx, visit, (&c.edition, &c.stage), &children, None).await?;
    let stopped = children.iter().zip(&barred).filter_map(|(child, bar)| match bar {
        None | Some(Bar::There) => None,
        Some(bar) => {
            let why = visit.lang.say(&text_prefix!("entry-bar-", bar.code()));
            Some(format!("{}: {why}", child.full_name))
        }
    });
    let told: Vec<String> = stopped.collect();
    if !told.is_empty() {
        return Err(Fault::field("learner", Message::new("entry-barred").with("who", told.join("; "))));
    }
    let how = How { for_class: None, team: None, preparing: None, source: Source::School };
    for child in &children {
        events::enter_learner(tx, visit, (&c.edition, &c.stage), child, &how).await?;
        if let Some(thesis) = fresh {
            rows::insert_author(tx, thesis, child.id, child.organisation, child.class_number).await?;
        }
    }
    Ok(children.iter().map(|child| child.id).collect())
}

/// Mends theses that nobody has decided on, or that came back; they are handed in again by it.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `stale` or `state`.
pub async fn change(visit: &Visit, once: &Once, id: ThesisId, form: &ThesisForm) -> Result<Done, Fault> {
    let o = to_write(visit, id).await?;
    if !o.thesis.state.is_open() {
        return Err(Fault::conflict("state", Message::new("conference-decided")));
    }
    let draft = form.check(&o.conference.sections)?;
    let version = kit::form::version(&form.version, o.thesis.version)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let mut named: Vec<PersonId> = o.authors.iter().map(|a| a.learner).collect();
        named.push(o.thesis.supervisor_id);
        keep_nameless(tx, &named, &draft).await?;
        if !rows::update(tx, id, version, &draft, (visit.viewer.person, visit.now)).await? {
            return Err(Fault::conflict("stale", Message::new("conference-stale")));
        }
        Entry::new("update", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(thesis_url(id), json!({ "id": id, "version": version + 1 })))
    })
    .await
}

/// Theses that the viewer may mend.
pub async fn to_write(visit: &Visit, id: ThesisId) -> Result<Opened, Fault> {
    let o = open_thesis(visit, id).await?;
    if o.can.write { Ok(o) } else { Err(Fault::Forbidden(SUBMIT)) }
}

/// What the organiser decides, and what is told with it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct DecisionForm {
    pub state: String,
    pub verdict: String,
}

/// Decides on theses.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state` or `planned`.
pub async fn decide(visit: &Visit, once: &Once, id: ThesisId, form: &DecisionForm) -> Result<Done, Fault> {
    let o = open_thesis(visit, id).await?;
    if !o.can.hold {
        return Err(Fault::Forbidden(ORGANISE));
    }
    let mut problems = Problems::default();
    let next = form.state.parse().ok().filter(|next| o.thesis.state.decisions().contains(next));
    if next.is_none() {
        problems.add("state", Message::new("form-choose"));
    }
    let verdict = groups::long(&mut problems, "verdict", &form.verdict);
    if verdict.is_none() && next.is_some_and(|n| n != ThesisState::Accepted) && problems.at("verdict").is_none() {
        problems.add("verdict", Message::new("conference-say-why"));
    }
    let (next, verdict) = problems.into_result((next, verdict))?;
    let Some(next) = next else { return Err(Fault::NotFound) };
    once.run(&visit.net, async |tx: &mut Tx| {
        decide_in(tx, visit, &o.conference, (id, o.thesis.state), next, verdict.as_deref()).await?;
        Ok(Done::changed(thesis_url(id), json!({ "id": id, "state": next })))
    })
    .await
}

/// The decision itself; who is declined is entered no more. For [`decide`] and the demo.
///
/// # Errors
/// [`Fault::Conflict`] `state`; `planned` when the work stands in the programme.
pub async fn decide_in(
    tx: &mut Tx,
    visit: &Visit,
    c: &Conference,
    (id, from): (ThesisId, ThesisState),
    next: ThesisState,
    verdict: Option<&str>,
) -> Result<(), Fault> {
    store::take(tx, c.stage.id).await?;
    if store::is_planned(tx, id).await? {
        return Err(Fault::conflict("planned", Message::new("conference-planned")));
    }
    if !rows::set_state(tx, id, (from, next), verdict, (visit.viewer.person, visit.now)).await? {
        return Err(Fault::conflict("state", Message::new("conference-stale")));
    }
    let authors: Vec<PersonId> = rows::of_thesis_in(tx, id).await?.into_iter().map(|(learner, _)| learner).collect();
    if next.is_live() {
        enter(tx, visit, c, &authors, None).await?;
    } else {
        leave(tx, visit, c.stage.id, id, &authors).await?;
    }
    Entry::new(next.code(), KIND, id).write(tx, visit).await
}

/// Ends the entries of authors who have no other live work here.
async fn leave(
    tx: &mut Tx,
    visit: &Visit,
    stage: StageId,
    thesis: ThesisId,
    authors: &[PersonId],
) -> Result<(), Fault> {
    for learner in authors {
        if !rows::others_of(tx, thesis, *learner, stage).await? {
            events::withdraw_in(tx, visit, stage, *learner).await?;
        }
    }
    Ok(())
}

/// Takes theses back.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `state`, or `planned` when the work stands
/// in the programme.
pub async fn withdraw(visit: &Visit, once: &Once, id: ThesisId) -> Result<Done, Fault> {
    let o = to_write(visit, id).await?;
    if !o.thesis.state.is_live() {
        return Err(Fault::conflict("state", Message::new("conference-decided")));
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        let next = ThesisState::Withdrawn;
        decide_in(tx, visit, &o.conference, (id, o.thesis.state), next, None).await?;
        Ok(Done::changed(thesis_url(id), json!({ "id": id, "state": next })))
    })
    .await
}
