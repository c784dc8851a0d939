//! What whoever holds a stage sets before works are judged: tasks, the threshold, the jury.
use super::{KIND, model::Part, open_to_hold, store, url};
use crate::{
    conferences::Criteria,
    events::{self, StageId, StageState},
    groups,
    people::PersonId,
    resources::whole_required,
};
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    form::{Problems, loose},
    once::{Done, Once},
    text::Message,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Tasks at most.
const TASKS: usize = 12;

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct RulesForm {
    /// «Задание 1 — 10», a line each.
    pub criteria: String,
    #[serde(deserialize_with = "loose")]
    pub threshold: String,
}

/// Writes tasks and threshold. With the first points given the tasks stand.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `decoded`.
pub async fn set_rules(visit: &Visit, once: &Once, stage: StageId, form: &RulesForm) -> Result<Done, Fault> {
    let o = open_to_hold(visit, stage).await?;
    let mut problems = Problems::default();
    let tasks = Criteria::read_few(&mut problems, &form.criteria, TASKS);
    let threshold = whole_required(&mut problems, "threshold", &form.threshold, 0, 1000);
    let has_points = !store::marks(&visit.net, stage).await?.is_empty();
    if has_points && tasks != o.rules.tasks && problems.at("criteria").is_none() {
        problems.add("criteria", Message::new("judging-tasks-stand"));
    }
    let (tasks, threshold) = problems.into_result((tasks, threshold))?;
    once.run(&visit.net, async |tx: &mut Tx| {
        put_rules(tx, visit, stage, tasks.clone(), threshold.unwrap_or(o.rules.threshold)).await?;
        // From here on nobody gives points: somebody may have given the first ones meanwhile.
        if tasks != o.rules.tasks && !store::marks_in(tx, stage).await?.is_empty() {
            return Err(Fault::field("criteria", Message::new("judging-tasks-stand")));
        }
        Ok(Done::changed(url(stage), json!({ "stage": stage })))
    })
    .await
}

/// Writes the rules. For [`set_rules`] and the demo.
///
/// # Errors
/// [`Fault::Conflict`] `decoded`.
pub async fn put_rules(
    tx: &mut Tx,
    visit: &Visit,
    stage: StageId,
    tasks: Criteria,
    threshold: i64,
) -> Result<(), Fault> {
    if !store::put_rules(tx, stage, tasks, threshold).await? {
        return Err(Fault::conflict("decoded", Message::new("judging-over")));
    }
    Entry::new("rules", KIND, stage).write(tx, visit).await
}

/// Who sits in a jury, or leaves it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct JurorForm {
    pub person: String,
    pub part: String,
    /// `yes`: sits there no more.
    pub out: String,
}

/// Names a juror or takes one out, until the protocol that they sign.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `points` for one who
/// has given points, `decoded` once the last protocol is signed.
pub async fn jury(visit: &Visit, once: &Once, stage: StageId, form: &JurorForm) -> Result<Done, Fault> {
    let over = || Fault::conflict("decoded", Message::new("judging-over"));
    if open_to_hold(visit, stage).await?.stage.state == StageState::Final {
        return Err(over());
    }
    let choose = |field: &'static str| Fault::field(field, Message::new("form-choose"));
    let person: PersonId = form.person.parse().map_err(|_| choose("person"))?;
    let leaves = form.out == "yes";
    let part: Option<Part> = form.part.parse().ok();
    if !leaves && groups::jurors(visit).await?.iter().all(|(known, ..)| *known != person) {
        return Err(choose("person"));
    }
    if !leaves && part.is_none() {
        return Err(choose("part"));
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        store::take_jury(tx, stage).await?;
        // The protocol may have been signed meanwhile.
        if events::stage_in(tx, stage).await?.is_none_or(|now| now.state == StageState::Final) {
            return Err(over());
        }
        match part {
            Some(part) if !leaves => seat(tx, visit, stage, person, part).await?,
            _ if store::drop_juror(tx, stage, person).await? => {
                Entry::new("jury", KIND, stage).write(tx, visit).await?;
            }
            _ => return Err(Fault::conflict("points", Message::new("conference-juror-stays"))),
        }
        Ok(Done::changed(url(stage), json!({ "stage": stage })))
    })
    .await
}

/// Seats a juror. For [`jury`] and the demo.
///
/// # Errors
/// The database's.
pub async fn seat(tx: &mut Tx, visit: &Visit, stage: StageId, person: PersonId, part: Part) -> Result<(), Fault> {
    store::put_juror(tx, stage, person, part).await?;
    Entry::new("jury", KIND, stage).write(tx, visit).await
}
