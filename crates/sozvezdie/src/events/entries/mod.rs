//! Entering people: applications of schools and families, admission, codes of works, seats, and who
//! is invited from stage to stage.
//!
//! An entry is a row of `participation` with the snapshot of the child on the day of the event;
//! what the child achieves is written there by the slice of results.
mod family;
pub mod model;
mod papers;
mod store;
mod subject;
#[cfg(test)]
mod tests;
mod view;
pub mod web;

pub use family::coming;
pub use model::{Application, Bar, Candidate, Entry, EntryId, EntryState, Seat, Source, code, seat};
pub use store::{candidates, pupils};
pub use subject::OF_LEARNER;

use super::{Edition, EditionState, Level, Stage, StageId, StageState, open};
use crate::{
    centre,
    consents::{self, Purpose},
    learners::{self, GroundKind, NewGround, Scope, Whom},
    people::PersonId,
};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault, Visit,
    access::{Permission, Reach},
    audit::Entry as Line,
    db::Tx,
    once::{Done, Once},
    text::Message,
};
use uuid::Uuid;

/// Opens the lists of participants; whose names one sees there is said by [`Sight`].
pub const ENTRIES: Permission = Permission("events.entries");
/// Admission, codes, seats: whoever holds the event.
pub const ORGANISE: Permission = Permission("events.organise");

/// The address of the list of a stage.
pub fn url(stage: StageId) -> String {
    format!("/events/stages/{stage}/entries")
}

/// Whose names a viewer sees at a stage.
pub enum Sight {
    /// Everybody's: the organiser.
    All,
    /// Those of children whom the viewer could enter: an organisation to which a child comes for something
    /// else does not learn of it.
    Within(Scope),
}

/// A stage with its edition, and whose names the viewer sees there.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn open_stage(visit: &Visit, id: StageId) -> Result<(Edition, Stage, Sight), Fault> {
    let stage = super::stage(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    let edition = open(visit, stage.edition_id).await?;
    let sight = match organises(visit, &edition, &stage) {
        true => Sight::All,
        false => Sight::Within(Scope::of(visit).await?.naming()),
    };
    Ok((edition, stage, sight))
}

/// Whether the viewer holds the stage: the organiser's people; the department where it is a district
/// event of no organisation's own (`domain.md` §6: «names only where a district event needs them»).
pub fn organises(visit: &Visit, edition: &Edition, stage: &Stage) -> bool {
    match visit.viewer.reach(ORGANISE) {
        Reach::Network => {
            edition.organiser_id.is_none() && matches!(edition.level, Level::Municipal | Level::Intermunicipal)
        }
        reach => [edition.organiser_id, stage.organiser_id].into_iter().flatten().any(|id| reach.covers(Some(id.0))),
    }
}

/// A stage for whoever holds it.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`].
pub async fn open_to_organise(visit: &Visit, id: StageId) -> Result<(Edition, Stage), Fault> {
    let (edition, stage, sight) = open_stage(visit, id).await?;
    match sight {
        Sight::All => Ok((edition, stage)),
        Sight::Within(_) => Err(Fault::Forbidden(ORGANISE)),
    }
}

/// The entries of a stage that the viewer sees; the look is noted.
///
/// # Errors
/// The database's; [`Fault::Unavailable`].
pub async fn list(visit: &Visit, stage: StageId, sight: &Sight) -> Result<Vec<Entry>, Fault> {
    let scope = match sight {
        Sight::All => None,
        Sight::Within(scope) => Some(scope),
    };
    let found = store::list(&visit.net, stage, scope).await?;
    let ids: Vec<PersonId> = found.iter().map(|e| e.learner).collect();
    learners::note_read(visit, learners::How::Elsewhere, &ids).await?;
    Ok(found)
}

/// The day on which the snapshot of a child is taken.
pub fn held_on(edition: &Edition, stage: &Stage, today: NaiveDate) -> NaiveDate {
    stage.starts_on.or(stage.ends_on).or(edition.starts_on).or(edition.ends_on).unwrap_or(today)
}

/// Whether applications are taken at a stage.
pub fn takes_entries(edition: &Edition, stage: &Stage, today: NaiveDate) -> bool {
    matches!(edition.state, EditionState::Announced | EditionState::Running)
        && (stage.state == StageState::Entering
            || (stage.state == StageState::Planned && stage.position == 1 && edition.is_open_on(today)))
}

/// What stands in the way of these children, in the same order.
///
/// # Errors
/// The database's.
pub async fn bars(
    tx: &mut Tx,
    visit: &Visit,
    (edition, stage): (&Edition, &Stage),
    children: &[Candidate],
    for_class: Option<i64>,
) -> Result<Vec<Option<Bar>>, Fault> {
    let there = store::there(tx, stage.id).await?;
    let mut all = Vec::with_capacity(children.len());
    for child in children {
        all.push(if there.contains(&child.id) {
            Some(Bar::There)
        } else if !edition.takes_class(for_class.or(child.class_number)) {
            Some(Bar::Class)
        } else if consents::granted(tx, child.id, Purpose::Processing, None, visit.today).await?.is_none() {
            Some(Bar::Processing)
        } else if needs_transfer(edition, child)
            && consents::granted(tx, child.id, Purpose::Transfer, edition.organiser_id, visit.today).await?.is_none()
        {
            Some(Bar::Transfer)
        } else {
            None
        });
    }
    Ok(all)
}

/// The own school hands nothing over.
fn needs_transfer(edition: &Edition, child: &Candidate) -> bool {
    edition.organiser_id != Some(child.organisation)
}

/// Enters children at a stage: all of them or none.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] `closed`; [`Fault::Invalid`] naming who may not enter and why.
pub async fn apply(visit: &Visit, once: &Once, id: StageId, form: &Application) -> Result<Done, Fault> {
    let (edition, stage, sight) = open_stage(visit, id).await?;
    let is_organiser = matches!(sight, Sight::All);
    let may_late = is_organiser && stage.state != StageState::Final;
    if !takes_entries(&edition, &stage, visit.today) && !may_late {
        return Err(Fault::conflict("closed", Message::new("entry-closed")));
    }
    let ids: Vec<Uuid> = form.learner.iter().filter_map(|id| id.parse().ok()).collect();
    // Whose record is merely open for a step or another event is entered by the own school.
    let children = store::candidates(&visit.net, &Scope::of(visit).await?.naming(), None, Some(&ids)).await?;
    let Some(first) = children.first() else { return Err(Fault::field("learner", Message::new("entry-choose"))) };
    if children.len() < ids.len() {
        return Err(Fault::field("learner", Message::new("entry-unknown-child")));
    }
    let for_class = higher_class(form, &children)?;
    let team = team(form, &edition, &children)?;
    let source = if visit.viewer.may(learners::VIEW) || visit.viewer.may(learners::MEMBERS) {
        Source::School
    } else {
        Source::Guardian
    };
    let preparing = match visit.viewer.reach(learners::MEMBERS) {
        Reach::Organisations(own) => own.first().map(|id| (*id).into()),
        _ => None,
    };
    once.run(&visit.net, async |tx: &mut Tx| {
        let barred = bars(tx, visit, (&edition, &stage), &children, for_class).await?;
        refuse(visit, &children, &barred)?;
        let team_id = match &team {
            Some((title, captain)) => {
                let team = visit.new_id();
                store::insert_team(tx, team, id, title, first.organisation, *captain).await?;
                Some(team)
            }
            None => None,
        };
        for child in &children {
            let preparing = preparing.filter(|own| *own != child.organisation);
            let how = How { for_class, team: team_id, preparing, source };
            if enter(tx, visit, (&edition, &stage), child, &how).await?.is_none() {
                // Somebody else entered the child after we looked.
                refuse(visit, std::slice::from_ref(child), &[Some(Bar::There)])?;
            }
        }
        let subjects = children.iter().map(|c| c.id.0).collect();
        Line::new("enter", super::KIND, edition.id).subjects(subjects).write(tx, visit).await?;
        Ok(Done::created(url(id), serde_json::json!({ "stage": id, "entered": children.len(), "team": team_id })))
    })
    .await
}

/// The higher class for which all of them write.
fn higher_class(form: &Application, children: &[Candidate]) -> Result<Option<i64>, Fault> {
    let text = form.for_class.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let class = text.parse().ok().filter(|class| (1..=11).contains(class));
    let fits = class.is_some_and(|class| children.iter().all(|c| c.class_number.is_some_and(|own| own <= class)));
    if fits { Ok(class) } else { Err(Fault::field("for_class", Message::new("entry-lower-class"))) }
}

/// The team's name and captain, where teams compete.
fn team(
    form: &Application,
    edition: &Edition,
    children: &[Candidate],
) -> Result<Option<(String, Option<PersonId>)>, Fault> {
    let Some(size) = edition.team_size else { return Ok(None) };
    let mut problems = kit::form::Problems::default();
    let title = kit::form::Check { problems: &mut problems }.required("team", &form.team, 120);
    if i64::try_from(children.len()).unwrap_or(i64::MAX) > size {
        problems.add("learner", Message::new("entry-team-too-large").with("size", size));
    }
    let captain = form.captain.parse().ok().map(PersonId).filter(|id| children.iter().any(|c| c.id == *id));
    if !form.captain.trim().is_empty() && captain.is_none() {
        problems.add("captain", Message::new("entry-captain-elsewhere"));
    }
    problems.into_result(Some((title, captain)))
}

/// Names everybody who may not enter, and why.
fn refuse(visit: &Visit, children: &[Candidate], barred: &[Option<Bar>]) -> Result<(), Fault> {
    let told: Vec<String> = children
        .iter()
        .zip(barred)
        .filter_map(|(child, bar)| bar.map(|bar| (child, bar)))
        .map(|(child, bar)| {
            let why = visit.lang.say(&kit::text::text_prefix!("entry-bar-", bar.code()));
            format!("{}: {why}", child.full_name)
        })
        .collect();
    if told.is_empty() {
        return Ok(());
    }
    Err(Fault::field("learner", Message::new("entry-barred").with("who", told.join("; "))))
}

/// What is said of an entry besides the child.
pub struct How {
    pub for_class: Option<i64>,
    pub team: Option<Uuid>,
    pub preparing: Option<crate::organisations::OrganisationId>,
    pub source: Source,
}

/// Writes one entry with the snapshot of the child, and lets the organiser see the record with the
/// child's consent. None when the child stands there already. For applications, invitations and
/// the demo.
///
/// # Errors
/// The database's.
pub async fn enter(
    tx: &mut Tx,
    visit: &Visit,
    (edition, stage): (&Edition, &Stage),
    child: &Candidate,
    how: &How,
) -> Result<Option<EntryId>, Fault> {
    let on = held_on(edition, stage, visit.today);
    let new = store::New {
        id: EntryId(visit.new_id()),
        edition,
        stage,
        child,
        for_class: how.for_class.filter(|class| Some(*class) != child.class_number),
        age: learners::age(child.birth_date, on),
        team: how.team,
        preparing: how.preparing,
        centre_member: centre::member_on(tx, child.id, on).await?.is_some(),
        source: how.source,
    };
    let Some(id) = store::insert(tx, &new, visit.viewer.person, visit.now).await? else { return Ok(None) };
    if let Some(organiser) = edition.organiser_id.filter(|_| needs_transfer(edition, child))
        && let Some(consent) = consents::granted(tx, child.id, Purpose::Transfer, Some(organiser), visit.today).await?
    {
        let ground = NewGround {
            id: visit.new_id(),
            learner: child.id,
            kind: GroundKind::Participation,
            whom: Whom::Organisation(organiser.0),
            source: id.0,
            consent: Some(consent),
            from: visit.today,
            until: Some(on.max(visit.today) + chrono::Days::new(60)),
        };
        learners::open_to(tx, visit, &ground).await?;
    }
    Ok(Some(id))
}

/// Children by their ids, for [`enter`].
///
/// # Errors
/// The database's.
pub async fn children(tx: &mut Tx, ids: &[PersonId]) -> Result<Vec<Candidate>, Fault> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    store::children_in(tx, &ids).await
}

/// Takes an entry back: the school or family that made it, or the organiser. The organiser's sight
/// of the record ends with it.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] `state` when the child took part already.
pub async fn withdraw(visit: &Visit, once: &Once, id: EntryId) -> Result<Done, Fault> {
    let (stage_id, learner) = store::find(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    let (edition, _, sight) = open_stage(visit, stage_id).await?;
    if matches!(sight, Sight::Within(_)) && !learners::may_name(visit, learner).await? {
        return Err(Fault::NotFound);
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        let from = [EntryState::Entered, EntryState::Admitted];
        let gone = store::set_state(tx, id, &from, EntryState::Withdrawn, visit.viewer.person, visit.now).await?;
        if !gone {
            return Err(Fault::conflict("state", Message::new("entry-not-withdrawn")));
        }
        learners::close_source(tx, id.0, visit.today).await?;
        Line::new("withdraw", super::KIND, edition.id).subjects(vec![learner.0]).write(tx, visit).await?;
        Ok(Done::changed(url(stage_id), serde_json::json!({ "id": id, "state": EntryState::Withdrawn })))
    })
    .await
}

/// Takes a child's entry at a stage back, with the organiser's sight of the record, where nothing came
/// of it yet. For a work that is not taken.
///
/// # Errors
/// The database's.
pub async fn withdraw_in(tx: &mut Tx, visit: &Visit, stage: StageId, learner: PersonId) -> Result<(), Fault> {
    let Some(id) = store::of_child(tx, stage, learner).await? else { return Ok(()) };
    let from = [EntryState::Entered, EntryState::Admitted];
    if store::set_state(tx, id, &from, EntryState::Withdrawn, visit.viewer.person, visit.now).await? {
        learners::close_source(tx, id.0, visit.today).await?;
    }
    Ok(())
}

/// Admits one entry and gives its work a code. For the demo.
///
/// # Errors
/// The database's.
pub async fn admit_coded(tx: &mut Tx, visit: &Visit, id: EntryId, code: &str) -> Result<(), Fault> {
    let (from, to) = ([EntryState::Entered], EntryState::Admitted);
    store::set_state(tx, id, &from, to, visit.viewer.person, visit.now).await?;
    store::put_code(tx, id, code).await.map(drop)
}

/// Admits everybody who is entered.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`].
pub async fn admit(visit: &Visit, once: &Once, id: StageId) -> Result<Done, Fault> {
    let (edition, _) = open_to_organise(visit, id).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let admitted = store::admit_all(tx, id, visit.viewer.person, visit.now).await?;
        Line::new("admit", super::KIND, edition.id).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "stage": id, "admitted": admitted })))
    })
    .await
}

/// Gives every admitted child without one a code for the work.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`].
pub async fn give_codes(visit: &Visit, once: &Once, id: StageId) -> Result<Done, Fault> {
    let (edition, _) = open_to_organise(visit, id).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let mut known = store::codes(tx, id).await?;
        let mut given = 0;
        for entry in store::without_code(tx, id).await? {
            let fresh = loop {
                // A secret of forty letters holds six of the alphabet all but always.
                match code(&kit::chance::secret()) {
                    Some(fresh) if !known.contains(&fresh) => break fresh,
                    _ => {}
                }
            };
            given += i64::from(store::put_code(tx, entry, &fresh).await?);
            known.push(fresh);
        }
        Line::new("codes", super::KIND, edition.id).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "stage": id, "codes": given })))
    })
    .await
}

/// The kind of record in the audit of the codes of a stage.
const CODES: &str = "event_stage";

/// Writes down that somebody opens whose work has which code; it comes before the file.
///
/// # Errors
/// [`Fault::Unavailable`] when it cannot be noted.
async fn note_codes(visit: &Visit, stage: StageId, entries: &[Entry]) -> Result<(), Fault> {
    let subjects: Vec<Uuid> = entries.iter().filter(|e| e.code.is_some()).map(|e| e.learner.0).collect();
    let line = Line::new("open_codes", CODES, stage).subjects(subjects);
    let noted: Result<(), Fault> = visit.net.transact(async |tx: &mut Tx| line.clone().write(tx, visit).await).await;
    noted.map_err(|fault| Fault::Unavailable(format!("an opening of codes is not noted: {fault:?}")))
}

/// Who opened the codes of a stage and when, the latest first.
///
/// # Errors
/// The database's.
async fn codes_opened(visit: &Visit, stage: StageId) -> Result<Vec<(DateTime<Utc>, String)>, Fault> {
    let lines = kit::audit::history(&visit.net, CODES, stage.0, 200).await?;
    let lines: Vec<_> = lines.into_iter().filter(|line| line.action == "open_codes").take(5).collect();
    let who: Vec<Uuid> = lines.iter().filter_map(|line| line.actor).collect();
    let names = crate::people::names(&visit.net, &who).await?;
    let name = |actor: Option<Uuid>| actor.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    Ok(lines.into_iter().map(|line| (line.at, name(line.actor))).collect())
}

/// Invites to a stage who reached the pass score of the one before, and without it the winners and
/// prize-winners of the year before at this level **[check]** (`domain.md` §7.4). Who wrote for a
/// higher class stays there. Only children with a consent; the others are counted apart.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `pass` without a pass score or an
/// earlier stage.
pub async fn invite(visit: &Visit, once: &Once, id: StageId) -> Result<Done, Fault> {
    let (edition, stage) = open_to_organise(visit, id).await?;
    let stages = super::stages(&visit.net, edition.id).await?;
    let before = stages.iter().rev().find(|s| s.position < stage.position);
    let Some((before, score)) = before.and_then(|s| s.pass_score.map(|score| (s, score))) else {
        return Err(Fault::conflict("pass", Message::new("entry-no-pass-score")));
    };
    let level = stage.level.unwrap_or(edition.level);
    once.run(&visit.net, async |tx: &mut Tx| {
        let passed = store::passed(tx, before.id, score).await?;
        let laureates = if level == Level::School { Vec::new() } else { store::laureates(tx, &edition, level).await? };
        let mut invited: Vec<(PersonId, Option<i64>)> = passed;
        for learner in laureates {
            if invited.iter().all(|(known, _)| *known != learner) {
                invited.push((learner, None));
            }
        }
        let ids: Vec<PersonId> = invited.iter().map(|(id, _)| *id).collect();
        let (mut entered, mut barred) = (Vec::new(), 0);
        for child in children(tx, &ids).await? {
            let for_class = invited.iter().find(|(id, _)| *id == child.id).and_then(|(_, class)| *class);
            match bars(tx, visit, (&edition, &stage), std::slice::from_ref(&child), for_class).await?.first() {
                Some(None) => {
                    let how = How { for_class, team: None, preparing: None, source: Source::Organiser };
                    if enter(tx, visit, (&edition, &stage), &child, &how).await?.is_some() {
                        entered.push(child.id.0);
                    }
                }
                Some(Some(Bar::There)) | None => {}
                Some(Some(_)) => barred += 1,
            }
        }
        let count = entered.len();
        Line::new("invite", super::KIND, edition.id).subjects(entered).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "stage": id, "invited": count, "without_consent": barred })))
    })
    .await
}

/// Whether the viewer may enter anybody at all.
pub fn may_apply(visit: &Visit) -> bool {
    visit.viewer.may(ENTRIES)
        && [learners::VIEW, learners::MEMBERS, learners::OWN].into_iter().any(|permission| visit.viewer.may(permission))
}
