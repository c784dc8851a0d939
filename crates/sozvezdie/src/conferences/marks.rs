//! The points of a jury: each juror gives their own, the mean goes to the sheet of results.
use super::{
    Conference, KIND,
    model::{Mark, SectionId, Thesis, ThesisId, ThesisState, average},
    open_section, open_to_hold, section_url,
    store::{self, theses as rows},
    url,
};
use crate::{
    events::{self, StageId, StageState},
    people::PersonId,
    results,
};
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    form::{Problems, tidy},
    once::{Done, Once},
    text::Message,
};
use serde_json::json;
use std::collections::BTreeMap;

/// The sheet of one juror in one section.
pub struct Sheet {
    pub conference: Conference,
    pub section: SectionId,
    pub juror: PersonId,
    /// The works that are talked about, in the order of the programme; works of own pupils and own children
    /// are judged by the others.
    pub works: Vec<(Thesis, bool)>,
    pub marks: Vec<Mark>,
}

impl Sheet {
    pub fn points(&self, thesis: ThesisId, criterion: i64) -> Option<i64> {
        let is = |m: &&Mark| m.thesis == thesis && m.juror == self.juror && m.criterion == criterion;
        self.marks.iter().find(is).map(|m| m.points)
    }
}

/// The works of a section in the order of its programme, then those without an hour.
pub async fn works(visit: &Visit, c: &Conference, section: SectionId) -> Result<Vec<Thesis>, Fault> {
    let mut all = rows::in_section(&visit.net, section).await?;
    let place = |t: &Thesis| c.slots.iter().position(|s| s.thesis == Some(t.id)).unwrap_or(usize::MAX);
    all.sort_by_key(place);
    Ok(all)
}

/// The sheet of a juror: one's own, or anybody's for whoever holds the conference and types from paper.
///
/// # Errors
/// [`Fault::NotFound`] for a section whose jury the viewer does not belong to.
pub async fn open_sheet(visit: &Visit, id: SectionId, juror: &str) -> Result<Sheet, Fault> {
    let (conference, _) = open_section(visit, id).await?;
    let me = PersonId(visit.actor());
    let asked: Option<PersonId> = juror.parse().ok();
    let chosen = if conference.holds {
        let first = conference.jury(id).next().map(|j| j.person);
        let mine = conference.judges(id, me).then_some(me);
        asked.filter(|person| conference.judges(id, *person)).or(mine).or(first)
    } else {
        conference.judges(id, me).then_some(me)
    };
    let juror = chosen.ok_or(Fault::NotFound)?;
    let works = works(visit, &conference, id).await?;
    let close = rows::close(&visit.net, id, juror).await?;
    let is_own = |t: &Thesis| t.supervisor_id == juror || close.contains(&t.id);
    let works = works.into_iter().map(|t| (is_own(&t), t)).map(|(own, t)| (t, own)).collect();
    let marks = store::marks(&visit.net, conference.stage.id).await?;
    Ok(Sheet { conference, section: id, juror, works, marks })
}

/// The name of a field of the sheet.
pub fn field(thesis: ThesisId, criterion: i64) -> String {
    format!("p-{criterion}-{thesis}")
}

/// Keeps the points of one juror.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Invalid`] naming every wrong number; [`Fault::Conflict`] `closed` once the
/// protocol is signed.
pub async fn keep(visit: &Visit, once: &Once, id: SectionId, fields: &BTreeMap<String, String>) -> Result<Done, Fault> {
    let sheet = open_sheet(visit, id, fields.get("juror").map_or("", String::as_str)).await?;
    if sheet.conference.stage.state == StageState::Final {
        return Err(Fault::conflict("closed", Message::new("conference-marks-closed")));
    }
    let mut problems = Problems::default();
    let mut changed = Vec::new();
    for (thesis, _) in sheet.works.iter().filter(|(_, is_own)| !is_own) {
        for (number, criterion) in (0..).zip(&sheet.conference.rules.criteria.0) {
            let name = field(thesis.id, number);
            let Some(text) = fields.get(&name) else { continue };
            let typed = tidy(text);
            let points =
                typed.as_deref().and_then(|text| text.parse().ok()).filter(|n| (0..=criterion.most).contains(n));
            if typed.is_some() && points.is_none() {
                let wrong = Message::new("conference-bad-points").with("work", &thesis.title);
                problems.add(name, wrong.with("criterion", &criterion.title).with("most", criterion.most));
            } else if points != sheet.points(thesis.id, number) {
                changed.push((thesis.id, number, points));
            }
        }
    }
    let changed = problems.into_result(changed)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        // Two changes wait for each other: the protocol may have been signed meanwhile, or the juror taken out.
        if !changed.is_empty() {
            store::take(tx, sheet.conference.stage.id).await?;
        }
        let stage = events::stage_in(tx, sheet.conference.stage.id).await?.ok_or(Fault::NotFound)?;
        if stage.state == StageState::Final {
            return Err(Fault::conflict("closed", Message::new("conference-marks-closed")));
        }
        let jurors = store::jurors_in(tx, stage.id).await?;
        if !jurors.iter().any(|j| j.section == id && j.person == sheet.juror) {
            return Err(Fault::NotFound);
        }
        for (thesis, criterion, points) in &changed {
            give(tx, visit, (*thesis, sheet.juror, *criterion), *points).await?;
        }
        let back = format!("{}/marks?juror={}", section_url(id), sheet.juror);
        Ok(Done::changed(back, json!({ "section": id, "kept": changed.len() })))
    })
    .await
}

/// Writes one mark of a juror, or takes it away. For [`keep`] and the demo.
///
/// # Errors
/// The database's.
pub async fn give(
    tx: &mut Tx,
    visit: &Visit,
    which: (ThesisId, PersonId, i64),
    points: Option<i64>,
) -> Result<(), Fault> {
    store::put_mark(tx, which, points, (visit.viewer.person, visit.now)).await?;
    Entry::new("points", KIND, which.0).write(tx, visit).await
}

/// Gives the means to the sheet of results: winners and prize-winners are proposed there by the rules
/// of the stage and decided by the jury's protocol.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `points` when no sheet is whole.
pub async fn hand_over(visit: &Visit, once: &Once, stage: StageId) -> Result<Done, Fault> {
    let c = open_to_hold(visit, stage).await?;
    visit.viewer.demand(results::EDIT, c.edition.owner())?;
    let theses = rows::list(&visit.net, stage, &rows::Whose::All).await?;
    let most = c.rules.criteria.sum();
    once.run(&visit.net, async |tx: &mut Tx| {
        // What was read earlier would overwrite means that somebody else handed over meanwhile.
        store::take(tx, stage).await?;
        let marks = store::marks_in(tx, stage).await?;
        let mut given = 0;
        for thesis in theses.iter().filter(|t| t.state == ThesisState::Accepted) {
            let Some(mean) = average(&marks, thesis.id, c.rules.criteria.0.len()) else { continue };
            for (learner, _) in rows::of_thesis_in(tx, thesis.id).await? {
                let (score, max) = (as_points(mean), as_points(most * 100));
                given += i64::from(results::put_score(tx, visit, (stage, learner), score, max).await?);
            }
        }
        if given == 0 {
            return Err(Fault::conflict("points", Message::new("conference-no-means")));
        }
        Entry::new("points", crate::events::KIND, c.edition.id).write(tx, visit).await?;
        Ok(Done::changed(results::url(stage), json!({ "stage": stage, "given": given, "conference": url(stage) })))
    })
    .await
}

fn as_points(hundredths: i64) -> f64 {
    f64::from(i32::try_from(hundredths).unwrap_or(i32::MAX)) / 100.0
}
