//! What is done with an edition and its stages by those who may.
use super::{
    EDIT, Edition, EditionId, EditionState, KIND, Stage, StageId, StageState, enter,
    form::{EditionForm, StageForm},
    index,
    model::{EditionDraft, StageDraft},
    open, step, step_stage, store, url,
};
use crate::{acts, organisations, shell::drafts};
use kit::{
    Fault, Visit,
    access::Reach,
    audit::Entry,
    db::Tx,
    once::{Done, Once},
    text::Message,
};

/// The record, for who may change it.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`].
pub async fn open_to_edit(visit: &Visit, id: EditionId) -> Result<Edition, Fault> {
    let edition = open(visit, id).await?;
    visit.viewer.demand(EDIT, edition.owner())?;
    Ok(edition)
}

/// A stage with its edition, for who may change it.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`].
pub async fn open_stage(visit: &Visit, id: StageId) -> Result<(Edition, Stage), Fault> {
    let stage = store::stage(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    Ok((open_to_edit(visit, stage.edition_id).await?, stage))
}

/// What the form says, with the organiser that goes without saying: who may keep events of one
/// organisation only, keeps them for it. What is not there is a field to mend.
async fn checked(visit: &Visit, form: &EditionForm) -> Result<EditionDraft, Fault> {
    let mut draft = form.check(visit.today)?;
    if let (None, Reach::Organisations(own)) = (draft.organiser_id, visit.viewer.reach(EDIT))
        && let [only] = own.as_slice()
    {
        draft.organiser_id = Some((*only).into());
    }
    visit.viewer.demand(EDIT, draft.organiser_id.map(|id| id.0))?;
    if let Some(id) = draft.organiser_id {
        let found = organisations::open(visit, id).await.map_err(|fault| absent(fault, "organiser_id"))?;
        draft.organiser.get_or_insert(found.short_name);
    }
    if let Some(id) = draft.act_id {
        acts::open(visit, id).await.map_err(|fault| absent(fault, "act_id"))?;
    }
    Ok(draft)
}

fn absent(fault: Fault, field: &'static str) -> Fault {
    match fault {
        Fault::NotFound => Fault::field(field, Message::new("form-choose")),
        other => other,
    }
}

/// Adds an edition as a draft.
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn add(visit: &Visit, once: &Once, form: &EditionForm) -> Result<Done, Fault> {
    let draft = checked(visit, form).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let entered = enter(tx, visit, &draft).await?;
        drafts::drop(tx, visit.actor(), "event-new").await?;
        let body = serde_json::json!({ "id": entered.edition, "event": entered.event, "stages": entered.stages, "state": draft.state });
        Ok(Done::created(url(entered.edition), body))
    })
    .await
}

/// Changes an edition. Its state and stages have ways of their own.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `stale`.
pub async fn change(visit: &Visit, once: &Once, id: EditionId, form: &EditionForm) -> Result<Done, Fault> {
    let before = open_to_edit(visit, id).await?;
    let draft = checked(visit, form).await?;
    let version = kit::form::version(&form.version, before.version)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::update(tx, id, version, &draft, visit.viewer.person, visit.now).await? {
            return Err(stale(visit, id).await?);
        }
        store::update_event(tx, before.event_id, &draft.event, visit.viewer.person, visit.now).await?;
        index(tx, id, &draft).await?;
        drafts::drop(tx, visit.actor(), &format!("event-{id}")).await?;
        Entry::new("update", KIND, id).fields(&changed(&before, &draft)).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "version": version + 1 })))
    })
    .await
}

/// Whose change stands there now.
async fn stale(visit: &Visit, id: EditionId) -> Result<Fault, Fault> {
    let now = store::find(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    let names = crate::people::names(&visit.net, now.updated_by.as_slice()).await?;
    let who = now
        .updated_by
        .and_then(|id| names.get(&id).cloned())
        .unwrap_or_else(|| visit.lang.say("somebody").into_owned());
    let when = visit.lang.moment(now.updated_at, chrono::Datelike::year(&visit.today));
    Ok(Fault::conflict("stale", Message::new("form-stale").with("who", who).with("when", when)))
}

/// The names of the fields in which they differ.
fn changed(e: &Edition, d: &EditionDraft) -> Vec<&'static str> {
    let pairs = [
        ("title", e.title != d.title),
        ("kind", e.kind != d.event.kind),
        ("academic_year", e.academic_year != d.academic_year),
        ("level", e.level != d.level),
        ("format", e.format != d.format),
        ("subject", e.subject != d.subject),
        ("organiser", e.organiser != d.organiser || e.organiser_id != d.organiser_id),
        ("classes", e.class_from != d.class_from || e.class_to != d.class_to),
        ("team_size", e.team_size != d.team_size),
        ("days", e.starts_on != d.starts_on || e.ends_on != d.ends_on),
        ("apply_until", e.apply_until != d.apply_until),
        ("place", e.place != d.place),
        ("site", e.site != d.site),
        ("act", e.act_id != d.act_id),
        ("prize_degrees", e.prize_degrees != d.prize_degrees),
        ("paid", e.paid != d.event.paid),
    ];
    pairs.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

/// Moves an edition to another state.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `state`.
pub async fn move_to(visit: &Visit, once: &Once, id: EditionId, next: EditionState) -> Result<Done, Fault> {
    open_to_edit(visit, id).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        step(tx, visit, id, next).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "state": next })))
    })
    .await
}

/// Adds a stage after the others.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn add_stage(visit: &Visit, once: &Once, id: EditionId, form: &StageForm) -> Result<Done, Fault> {
    open_to_edit(visit, id).await?;
    let draft = checked_stage(visit, form).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let place = 1 + store::stages_in(tx, id).await?.last().map_or(0, |s| s.position);
        let stage = StageId(visit.new_id());
        store::insert_stage(tx, stage, id, place, &draft).await?;
        Entry::new("update", KIND, id).fields(&["stages"]).write(tx, visit).await?;
        Ok(Done::created(url(id), serde_json::json!({ "id": stage, "edition": id, "position": place })))
    })
    .await
}

/// Changes a stage.
///
/// # Errors
/// As [`add_stage`]; [`Fault::Conflict`] `stale`.
pub async fn change_stage(visit: &Visit, once: &Once, id: StageId, form: &StageForm) -> Result<Done, Fault> {
    let (edition, before) = open_stage(visit, id).await?;
    let draft = checked_stage(visit, form).await?;
    let version = kit::form::version(&form.version, before.version)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::update_stage(tx, id, version, &draft).await? {
            return Err(stale(visit, edition.id).await?);
        }
        Entry::new("update", KIND, edition.id).fields(&["stages"]).write(tx, visit).await?;
        Ok(Done::changed(url(edition.id), serde_json::json!({ "id": id, "version": version + 1 })))
    })
    .await
}

async fn checked_stage(visit: &Visit, form: &StageForm) -> Result<StageDraft, Fault> {
    let draft = form.check()?;
    if let Some(id) = draft.organiser_id {
        organisations::open(visit, id).await.map_err(|fault| absent(fault, "organiser_id"))?;
    }
    Ok(draft)
}

/// Moves a stage to another state.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `state`.
pub async fn move_stage(visit: &Visit, once: &Once, id: StageId, next: StageState) -> Result<Done, Fault> {
    let (edition, _) = open_stage(visit, id).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        step_stage(tx, visit, id, next).await?;
        Ok(Done::changed(url(edition.id), serde_json::json!({ "id": id, "state": next })))
    })
    .await
}
