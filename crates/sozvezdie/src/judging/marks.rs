//! The points of judges by code, and the decoding that gives them to names.
use super::{
    Judging, KIND, Mark, Work, is_between_schools,
    model::{Verdict, is_for, needed, sums, verdict},
    open, open_to_hold, store, works_url,
};
use crate::{
    events::{StageId, StageState},
    people::PersonId,
    results::{self, ParticipationId},
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
use uuid::Uuid;

/// The sheet of one judge at a stage: codes alone.
pub struct Sheet {
    pub judging: Judging,
    pub judge: PersonId,
    /// The works that wait for this judge or have the judge's points.
    pub works: Vec<Work>,
    pub marks: Vec<Mark>,
    /// How many works are read by others: of own pupils, or of the own school.
    pub kept_away: usize,
}

impl Sheet {
    pub fn points(&self, work: ParticipationId, task: i64) -> Option<i64> {
        let is = |m: &&Mark| m.work == work && m.judge == self.judge && m.task == task;
        self.marks.iter().find(is).map(|m| m.points)
    }

    /// How many works of the sheet have no whole points of this judge.
    pub fn left(&self) -> usize {
        let tasks = self.judging.rules.tasks.0.len();
        let is_whole =
            |work: ParticipationId| sums(&self.marks, work, tasks).iter().any(|(judge, _)| *judge == self.judge);
        self.works.iter().filter(|w| !is_whole(w.id)).count()
    }
}

/// The sheet of a judge: one's own, or anybody's for whoever holds the stage and types from paper.
///
/// # Errors
/// [`Fault::NotFound`] for a stage in whose jury the viewer does not sit.
pub async fn open_sheet(visit: &Visit, stage: StageId, judge: &str) -> Result<Sheet, Fault> {
    let judging = open(visit, stage).await?;
    let me = PersonId(visit.actor());
    let asked: Option<PersonId> = judge.parse().ok();
    let mine = judging.is_judge(me).then_some(me);
    let chosen = if judging.holds {
        asked.filter(|id| judging.is_judge(*id)).or(mine).or(judging.judges().next().map(|j| j.person))
    } else {
        mine
    };
    let judge = chosen.ok_or(Fault::NotFound)?;
    let own_school = is_between_schools(&judging.edition, &judging.stage);
    let away = store::close(&visit.net, stage, judge, own_school, visit.today).await?;
    let marks = store::marks(&visit.net, stage).await?;
    let mut works = store::works(&visit.net, stage).await?;
    let before = works.len();
    works.retain(|w| !away.contains(&w.id));
    let kept_away = before - works.len();
    let (tasks, needed) = (judging.rules.tasks.0.len(), needed(&judging.jury));
    works.retain(|w| is_for(judge, &marks, w.id, tasks, needed, &judging.rules));
    Ok(Sheet { judging, judge, works, marks, kept_away })
}

/// The name of a field of the sheet.
pub fn field(work: ParticipationId, task: i64) -> String {
    format!("p-{task}-{work}")
}

/// Keeps the points of one judge.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Invalid`] naming every wrong number; [`Fault::Conflict`] `decoded` once the
/// judging is over, `read` when others have read the work meanwhile.
pub async fn keep(
    visit: &Visit,
    once: &Once,
    stage: StageId,
    fields: &BTreeMap<String, String>,
) -> Result<Done, Fault> {
    let sheet = open_sheet(visit, stage, fields.get("judge").map_or("", String::as_str)).await?;
    let mut problems = Problems::default();
    let mut changed = Vec::new();
    for work in &sheet.works {
        for (number, task) in (0..).zip(&sheet.judging.rules.tasks.0) {
            let name = field(work.id, number);
            let Some(text) = fields.get(&name) else { continue };
            let typed = tidy(text);
            let points = typed.as_deref().and_then(|text| text.parse().ok()).filter(|n| (0..=task.most).contains(n));
            if typed.is_some() && points.is_none() {
                let wrong = Message::new("conference-bad-points").with("work", &work.code);
                problems.add(name, wrong.with("criterion", &task.title).with("most", task.most));
            } else if points != sheet.points(work.id, number) {
                changed.push((work.id, number, points));
            }
        }
    }
    let changed = problems.into_result(changed)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        give(tx, visit, stage, sheet.judge, &changed).await?;
        let back = format!("{}?judge={}", works_url(stage), sheet.judge);
        Ok(Done::changed(back, json!({ "stage": stage, "kept": changed.len() })))
    })
    .await
}

/// Writes points of one judge: work, task, points. For [`keep`] and the demo.
///
/// # Errors
/// [`Fault::NotFound`] for one who does not sit in the jury; [`Fault::Conflict`] `decoded`, `read`.
pub async fn give(
    tx: &mut Tx,
    visit: &Visit,
    stage: StageId,
    judge: PersonId,
    points: &[(ParticipationId, i64, Option<i64>)],
) -> Result<(), Fault> {
    // From here on nobody else writes points of this stage: whose turn it is cannot change.
    if !store::take(tx, stage).await? {
        return Err(Fault::conflict("decoded", Message::new("judging-over")));
    }
    let rules = store::rules_in(tx, stage).await?.unwrap_or_default();
    let (marks, jury) = (store::marks_in(tx, stage).await?, store::jury_in(tx, stage).await?);
    // Somebody may have been taken out of the jury meanwhile.
    if !jury.iter().any(|j| j.person == judge && j.judges()) {
        return Err(Fault::NotFound);
    }
    let (tasks, needed) = (rules.tasks.0.len(), needed(&jury));
    for (work, task, points) in points {
        if !is_for(judge, &marks, *work, tasks, needed, &rules) {
            return Err(Fault::conflict("read", Message::new("judging-read")));
        }
        store::put_mark(tx, (*work, judge, *task), *points, (visit.viewer.person, visit.now)).await?;
    }
    Entry::new("points", KIND, stage).write(tx, visit).await
}

/// Puts names to codes: the totals go to the sheet of results, where the rules of the stage propose winners
/// and prize-winners and the jury's protocol decides.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `unsettled` while works wait for a judge,
/// `points` where there are none, `decoded`.
pub async fn decode(visit: &Visit, once: &Once, stage: StageId) -> Result<Done, Fault> {
    let o = open_to_hold(visit, stage).await?;
    if o.stage.state == StageState::Final {
        return Err(Fault::conflict("decoded", Message::new("judging-over")));
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        let given = decode_in(tx, visit, stage).await?;
        Ok(Done::changed(results::url(stage), json!({ "stage": stage, "given": given })))
    })
    .await
}

/// The decoding itself: how many works got their total. For [`decode`] and the demo.
///
/// # Errors
/// As [`decode`].
pub async fn decode_in(tx: &mut Tx, visit: &Visit, stage: StageId) -> Result<usize, Fault> {
    if !store::decode(tx, stage, (visit.viewer.person, visit.now)).await? {
        return Err(Fault::conflict("decoded", Message::new("judging-over")));
    }
    let rules = store::rules_in(tx, stage).await?.unwrap_or_default();
    let (marks, jury) = (store::marks_in(tx, stage).await?, store::jury_in(tx, stage).await?);
    let (tasks, needed) = (rules.tasks.0.len(), needed(&jury));
    let whose = store::whose(tx, stage).await?;
    let most = as_points(rules.tasks.sum() * 100);
    let (mut open, mut subjects): (Vec<String>, Vec<Uuid>) = (Vec::new(), Vec::new());
    for work in store::works_in(tx, stage).await? {
        let given: Vec<i64> = sums(&marks, work.id, tasks).into_iter().map(|(_, sum)| sum).collect();
        match verdict(&given, needed, rules.threshold) {
            // Nobody touched it: the child did not come, which the sheet of results says.
            Verdict::Unread if marks.iter().all(|m| m.work != work.id) => {}
            Verdict::Unread | Verdict::Half | Verdict::Third => open.push(work.code),
            Verdict::Settled(total) => {
                let Some((_, learner)) = whose.iter().find(|(id, _)| *id == work.id) else { continue };
                if results::put_score(tx, visit, (stage, *learner), as_points(total), most).await? {
                    subjects.push(learner.0);
                }
            }
        }
    }
    if !open.is_empty() {
        let count = open.len();
        let codes = open.into_iter().take(10).collect::<Vec<_>>().join(", ");
        return Err(Fault::conflict(
            "unsettled",
            Message::new("judging-unsettled").with("count", count).with("codes", codes),
        ));
    }
    if subjects.is_empty() {
        return Err(Fault::conflict("points", Message::new("judging-no-points")));
    }
    let given = subjects.len();
    Entry::new("decode", KIND, stage).subjects(subjects).write(tx, visit).await?;
    Ok(given)
}

fn as_points(hundredths: i64) -> f64 {
    f64::from(i32::try_from(hundredths).unwrap_or(i32::MAX)) / 100.0
}
