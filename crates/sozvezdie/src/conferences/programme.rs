//! What whoever holds a conference arranges: its rules, sections, juries and the programme.
use super::{
    Conference, SECTION_KIND, keep_apart,
    model::{Criteria, Rules, SectionId, SlotId, ThesisId, read_clock},
    open_section, open_to_hold, section_url,
    store::{self, SectionDraft},
    url,
};
use crate::{
    events::{ORGANISE, StageId},
    groups,
    people::PersonId,
    resources::whole_required,
};
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    form::{Check, Problems, loose},
    once::{Done, Once},
    text::Message,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The most minutes of a talk or a break.
const LONG: i64 = 240;

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct RulesForm {
    #[serde(deserialize_with = "loose")]
    pub talk_minutes: String,
    /// «Доклад — 10», a line each.
    pub criteria: String,
}

impl RulesForm {
    pub fn of(r: &Rules) -> Self {
        Self { talk_minutes: r.talk_minutes.to_string(), criteria: r.criteria.text() }
    }
}

/// Writes the length of a talk and the criteria. With the first points given the criteria stand.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn set_rules(visit: &Visit, once: &Once, stage: StageId, form: &RulesForm) -> Result<Done, Fault> {
    let c = open_to_hold(visit, stage).await?;
    let mut problems = Problems::default();
    let talk_minutes = whole_required(&mut problems, "talk_minutes", &form.talk_minutes, 1, LONG);
    let criteria = Criteria::read(&mut problems, &form.criteria);
    let has_points = !store::marks(&visit.net, stage).await?.is_empty();
    if has_points && criteria != c.rules.criteria && problems.at("criteria").is_none() {
        problems.add("criteria", Message::new("conference-criteria-stand"));
    }
    let (talk_minutes, criteria) = problems.into_result((talk_minutes, criteria))?;
    let rules = Rules { talk_minutes: talk_minutes.unwrap_or(c.rules.talk_minutes), criteria, version: 0 };
    once.run(&visit.net, async |tx: &mut Tx| {
        store::put_rules(tx, stage, &rules).await?;
        // From here on nobody gives points: somebody may have given the first ones meanwhile.
        if rules.criteria != c.rules.criteria && store::has_marks(tx, stage).await? {
            return Err(Fault::field("criteria", Message::new("conference-criteria-stand")));
        }
        Entry::new("conference", crate::events::KIND, c.edition.id).write(tx, visit).await?;
        Ok(Done::changed(url(stage), json!({ "stage": stage })))
    })
    .await
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct SectionForm {
    pub title: String,
    pub room: String,
    pub on_date: String,
    pub starts_at: String,
    pub version: String,
}

impl SectionForm {
    /// A section meets on a day of its stage; where that has no days yet, on any.
    fn check(&self, c: &Conference) -> Result<SectionDraft, Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let title = check.required("title", &self.title, 120);
        let room = check.optional("room", &self.room, 60);
        check.required("on_date", &self.on_date, 20);
        let on_date = check.date("on_date", &self.on_date);
        if let (Some(day), Some((first, last))) = (on_date, c.days())
            && !(first..=last).contains(&day)
        {
            let wrong = if first == last {
                Message::new("conference-day-other").with("day", first)
            } else {
                Message::new("conference-day-outside").with("from", first).with("to", last)
            };
            check.problems.add("on_date", wrong);
        }
        check.required("starts_at", &self.starts_at, 10);
        let starts_at = read_clock(&self.starts_at);
        if starts_at.is_none() && problems.at("starts_at").is_none() {
            problems.add("starts_at", Message::new("conference-bad-clock"));
        }
        let (title, room, on_date, starts_at) = problems.into_result((title, room, on_date, starts_at))?;
        let (Some(on_date), Some(starts_at)) = (on_date, starts_at) else { return Err(Fault::NotFound) };
        Ok(SectionDraft { title, room, on_date, starts_at })
    }
}

/// Adds a section.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn add_section(visit: &Visit, once: &Once, stage: StageId, form: &SectionForm) -> Result<Done, Fault> {
    let draft = form.check(&open_to_hold(visit, stage).await?)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = insert_section(tx, visit, stage, &draft).await?;
        Ok(Done::created(section_url(id), json!({ "id": id })))
    })
    .await
}

/// Writes a new section. For [`add_section`] and the demo.
///
/// # Errors
/// The database's.
pub async fn insert_section(
    tx: &mut Tx,
    visit: &Visit,
    stage: StageId,
    draft: &SectionDraft,
) -> Result<SectionId, Fault> {
    let id = SectionId(visit.new_id());
    store::take(tx, stage).await?;
    store::insert_section(tx, id, stage, draft).await?;
    Entry::new("create", SECTION_KIND, id).write(tx, visit).await?;
    Ok(id)
}

/// Changes a section; nobody may come to be in two rooms at once by that.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `stale`.
pub async fn change_section(visit: &Visit, once: &Once, id: SectionId, form: &SectionForm) -> Result<Done, Fault> {
    let stage = hold(visit, id).await?;
    let (c, before) = open_section(visit, id).await?;
    let draft = form.check(&c)?;
    let version = kit::form::version(&form.version, before.version)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        store::take(tx, stage).await?;
        if !store::update_section(tx, id, version, &draft).await? {
            return Err(Fault::conflict("stale", Message::new("conference-stale")));
        }
        keep_apart(tx, stage).await?;
        Entry::new("update", SECTION_KIND, id).write(tx, visit).await?;
        Ok(Done::changed(section_url(id), json!({ "id": id, "version": version + 1 })))
    })
    .await
}

/// The stage of a section whose conference the viewer holds.
async fn hold(visit: &Visit, id: SectionId) -> Result<StageId, Fault> {
    let (c, section) = open_section(visit, id).await?;
    if c.holds { Ok(section.stage_id) } else { Err(Fault::Forbidden(ORGANISE)) }
}

/// Who sits in a jury, or leaves it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct JurorForm {
    pub person: String,
    /// `yes`: leads the section.
    pub chair: String,
    /// `yes`: sits there no more.
    pub out: String,
}

/// Names a juror or takes one out.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `points` for one who
/// has given points.
pub async fn jury(visit: &Visit, once: &Once, id: SectionId, form: &JurorForm) -> Result<Done, Fault> {
    let stage = hold(visit, id).await?;
    let choose = || Fault::field("person", Message::new("form-choose"));
    let person: PersonId = form.person.parse().map_err(|_| choose())?;
    let leaves = form.out == "yes";
    if !leaves && groups::jurors(visit).await?.iter().all(|(known, ..)| *known != person) {
        return Err(choose());
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        if leaves {
            // Points that are being given wait for the conference too.
            store::take(tx, stage).await?;
            if !store::drop_juror(tx, id, person).await? {
                return Err(Fault::conflict("points", Message::new("conference-juror-stays")));
            }
            Entry::new("jury", SECTION_KIND, id).write(tx, visit).await?;
        } else {
            seat(tx, visit, (stage, id), person, form.chair == "yes").await?;
        }
        Ok(Done::changed(section_url(id), json!({ "id": id })))
    })
    .await
}

/// Seats a juror. For [`jury`] and the demo.
///
/// # Errors
/// [`Fault::Invalid`] `clash` for somebody who would have to be in two rooms at once.
pub async fn seat(
    tx: &mut Tx,
    visit: &Visit,
    (stage, section): (StageId, SectionId),
    person: PersonId,
    chair: bool,
) -> Result<(), Fault> {
    store::take(tx, stage).await?;
    store::put_juror(tx, section, person, chair).await?;
    keep_apart(tx, stage).await?;
    Entry::new("jury", SECTION_KIND, section).write(tx, visit).await
}

/// A change of a section's programme.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct PlanForm {
    /// `talk`, `break`, `up`, `down`, `out`.
    pub step: String,
    pub thesis: String,
    pub title: String,
    #[serde(deserialize_with = "loose")]
    pub minutes: String,
    pub slot: String,
}

/// A line to be put at the end of a programme.
pub enum SlotDraft {
    Talk(ThesisId),
    Break(String),
}

/// Changes the programme of a section.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Invalid`], `clash` among them.
pub async fn plan(visit: &Visit, once: &Once, id: SectionId, form: &PlanForm) -> Result<Done, Fault> {
    let stage = hold(visit, id).await?;
    let (c, _) = open_section(visit, id).await?;
    let mut problems = Problems::default();
    let minutes = match form.minutes.trim() {
        "" => Some(c.rules.talk_minutes),
        text => whole_required(&mut problems, "minutes", text, 1, LONG),
    };
    let draft = match form.step.as_str() {
        "talk" => {
            let ready = store::theses::in_section(&visit.net, id).await?;
            let chosen = form.thesis.parse().ok().filter(|id| ready.iter().any(|t| t.id == *id));
            if chosen.is_none() {
                problems.add("thesis", Message::new("form-choose"));
            }
            chosen.map(SlotDraft::Talk)
        }
        "break" => Some(SlotDraft::Break(Check { problems: &mut problems }.required("title", &form.title, 80))),
        "up" | "down" | "out" => None,
        _ => return Err(Fault::field("step", Message::new("form-choose"))),
    };
    let (minutes, draft) = problems.into_result((minutes, draft))?;
    let slot: Option<SlotId> = form.slot.parse().ok();
    once.run(&visit.net, async |tx: &mut Tx| {
        store::take(tx, stage).await?;
        // Decisions wait for the conference too: the work may have been declined meanwhile.
        if let Some(SlotDraft::Talk(thesis)) = &draft
            && !store::theses::is_accepted(tx, *thesis, id).await?
        {
            return Err(Fault::field("thesis", Message::new("form-choose")));
        }
        match (&draft, slot) {
            (Some(draft), _) => insert_slot(tx, visit, (stage, id), draft, minutes.unwrap_or(1)).await?,
            (None, Some(slot)) => shift(tx, (stage, id), slot, &form.step).await?,
            (None, None) => return Err(Fault::NotFound),
        }
        keep_apart(tx, stage).await?;
        Entry::new("programme", SECTION_KIND, id).write(tx, visit).await?;
        Ok(Done::changed(section_url(id), json!({ "id": id })))
    })
    .await
}

/// Puts a line at the end of a programme. For [`plan`] and the demo.
///
/// # Errors
/// [`Fault::Invalid`] for a work that stands in a programme already; [`Fault::Invalid`] `clash`.
pub async fn insert_slot(
    tx: &mut Tx,
    visit: &Visit,
    (stage, section): (StageId, SectionId),
    draft: &SlotDraft,
    minutes: i64,
) -> Result<(), Fault> {
    let what = match draft {
        SlotDraft::Talk(thesis) => (Some(*thesis), None),
        SlotDraft::Break(title) => (None, Some(title.as_str())),
    };
    if !store::insert_slot(tx, SlotId(visit.new_id()), section, what, minutes).await? {
        return Err(Fault::field("thesis", Message::new("conference-planned")));
    }
    keep_apart(tx, stage).await
}

/// Takes a line out, or lets it change places with its neighbour.
async fn shift(tx: &mut Tx, (stage, section): (StageId, SectionId), slot: SlotId, step: &str) -> Result<(), Fault> {
    if step == "out" {
        return if store::drop_slot(tx, section, slot).await? { Ok(()) } else { Err(Fault::NotFound) };
    }
    let all = store::slots_in(tx, stage).await?;
    let mut own: Vec<SlotId> = all.iter().filter(|s| s.section == section).map(|s| s.id).collect();
    let at = own.iter().position(|id| *id == slot).ok_or(Fault::NotFound)?;
    let to = if step == "up" { at.saturating_sub(1) } else { (at + 1).min(own.len() - 1) };
    own.swap(at, to);
    for (position, id) in (1..).zip(own) {
        store::put_position(tx, id, position).await?;
    }
    Ok(())
}
