//! The move of a whole organisation into a new school year: classes go up, the eleventh and whoever
//! leaves after the ninth end, the preparatory group of a preschool goes to school.
//!
//! One transaction for each organisation and year, and it can be taken back as long as the records
//! stand as it left them.
use super::{
    EDIT, How, KIND,
    access::note_read,
    change::place,
    model::ClassName,
    store::{
        self, places,
        rollover::{self as sql, Moved, Pupil},
    },
};
use crate::{
    organisations::{self, OrganisationId},
    people::PersonId,
};
use chrono::{Datelike, NaiveDate};
use intake::values::Stage;
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    form::{Check, Problems},
    once::{Done, Once},
    text::Message,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The page's address.
pub const PAGE: &str = "/learners/rollover";

/// After this class one may leave with a certificate.
const BASIC: i64 = 9;

/// What becomes of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    Up(ClassName),
    /// All leave: graduates, and a preschool's preparatory group.
    Leave,
    /// A group whose children stay in it.
    Stay,
}

/// What becomes of a class in the year to come.
pub fn next(class: Option<i64>, name: &str) -> Next {
    match (class, ClassName::read(name).and_then(|c| c.next())) {
        (Some(_), Some(up)) => Next::Up(up),
        (Some(_), None) => Next::Leave,
        (None, _) if Stage::parse(name) == Some(Stage::Preparatory) => Next::Leave,
        (None, _) => Next::Stay,
    }
}

/// A class of the plan.
pub struct Step {
    pub class: String,
    pub next: Next,
    pub children: usize,
    /// Those of whom somebody must say whether they leave.
    pub may_leave: Vec<(PersonId, String)>,
}

/// What the move would do: nothing is written.
///
/// # Errors
/// [`Fault::Forbidden`]; the database's.
pub async fn plan(visit: &Visit, organisation: OrganisationId) -> Result<Vec<Step>, Fault> {
    visit.viewer.demand(EDIT, Some(organisation.0))?;
    let mut steps: BTreeMap<(i64, String), Step> = BTreeMap::new();
    let mut shown = Vec::new();
    for pupil in sql::pupils(&visit.net, organisation).await? {
        let name = pupil.class_name.clone().unwrap_or_default();
        let step = steps.entry((pupil.class_number.unwrap_or(0), name.clone())).or_insert_with(|| Step {
            next: next(pupil.class_number, &name),
            class: name,
            children: 0,
            may_leave: Vec::new(),
        });
        step.children += 1;
        if pupil.class_number == Some(BASIC) {
            shown.push(pupil.id);
            step.may_leave.push((pupil.id, pupil.full_name));
        }
    }
    note_read(visit, How::Rollover, &shown).await?;
    Ok(steps.into_values().collect())
}

/// What the form says.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct RolloverForm {
    pub organisation: String,
    /// The first day of the new year.
    pub on: String,
    /// Who leaves after the ninth class.
    pub leaves: Vec<String>,
}

impl RolloverForm {
    /// The form before anybody typed: the school year that began last.
    pub fn of(organisation: OrganisationId, today: NaiveDate) -> Self {
        let year = today.year() - i32::from(today.month() < 9);
        Self { organisation: organisation.to_string(), on: format!("{year:04}-09-01"), leaves: Vec::new() }
    }
}

/// Moves an organisation into the new year.
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] when that year was done already.
pub async fn carry_out(visit: &Visit, once: &Once, form: &RolloverForm) -> Result<Done, Fault> {
    // Without an organisation there is no plan, and nothing else to mend.
    let organisation: OrganisationId =
        form.organisation.parse().map_err(|_| Fault::field("organisation", Message::new("form-choose")))?;
    let mut problems = Problems::default();
    let mut check = Check { problems: &mut problems };
    check.required("on", &form.on, 20);
    let on = check.date("on", &form.on).unwrap_or(visit.today);
    if on > visit.today {
        problems.add("on", Message::new("form-not-after").with("date", kit::Lang::Ru.date(visit.today)));
    }
    problems.into_result(())?;
    visit.viewer.demand(EDIT, Some(organisation.0))?;
    let leaves: Vec<PersonId> = form.leaves.iter().filter_map(|id| id.parse().ok()).collect();
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = visit.new_id();
        if !sql::begin(tx, id, organisation, on, visit.viewer.person, visit.now).await? {
            return Err(Fault::conflict("rollover-done", Message::new("rollover-done")));
        }
        let mut moved = Vec::new();
        for pupil in sql::pupils_in(tx, organisation, on).await? {
            moved.extend(step(tx, visit, organisation, &pupil, on, leaves.contains(&pupil.id)).await?);
        }
        sql::keep(tx, id, &moved).await?;
        Entry::new("create", "learner_rollover", id).write(tx, visit).await?;
        let address = format!("{PAGE}?organisation={organisation}");
        Ok(Done::changed(address, serde_json::json!({ "id": id, "moved": moved.len() })))
    })
    .await
}

async fn step(
    tx: &mut Tx,
    visit: &Visit,
    organisation: OrganisationId,
    pupil: &Pupil,
    on: NaiveDate,
    leaves: bool,
) -> Result<Option<Moved>, Fault> {
    let last = on.pred_opt().unwrap_or(on);
    let new = match next(pupil.class_number, pupil.class_name.as_deref().unwrap_or_default()) {
        Next::Stay => return Ok(None),
        Next::Up(class) if !(leaves && pupil.class_number == Some(BASIC)) => {
            place(tx, visit, pupil.id, organisation, Some(&class), on, None).await?;
            places::open_basic(tx, pupil.id).await?.map(|a| a.id)
        }
        Next::Up(_) | Next::Leave => {
            places::close(tx, pupil.attachment, last).await?;
            places::refresh(tx, pupil.id).await?;
            None
        }
    };
    store::touch(tx, pupil.id, visit.viewer.person, visit.now).await?;
    let action = if new.is_some() { "update" } else { "leave" };
    Entry::new(action, KIND, pupil.id).fields(&["class"]).write(tx, visit).await?;
    Ok(Some(Moved { learner: pupil.id, version: pupil.version + 1, closed: pupil.attachment, new }))
}

/// Takes a move back. Children whose records were changed since stay as they are.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] when it was taken back already.
pub async fn undo(visit: &Visit, once: &Once, id: Uuid) -> Result<Done, Fault> {
    let organisation = sql::organisation(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    if !visit.viewer.reach(EDIT).covers(Some(organisation.0)) {
        return Err(Fault::NotFound);
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        let moved = sql::end(tx, id, visit.now)
            .await?
            .ok_or_else(|| Fault::conflict("rollover-undone", Message::new("rollover-undone")))?;
        let mut kept = 0_i64;
        for m in &moved {
            if !sql::take_back(tx, m).await? {
                kept += 1;
                continue;
            }
            places::refresh(tx, m.learner).await?;
            store::touch(tx, m.learner, visit.viewer.person, visit.now).await?;
            Entry::new("update", KIND, m.learner).fields(&["class"]).write(tx, visit).await?;
        }
        Entry::new("undo", "learner_rollover", id).write(tx, visit).await?;
        let address = format!("{PAGE}?organisation={organisation}");
        Ok(Done::changed(address, serde_json::json!({ "id": id, "kept": kept })))
    })
    .await
}

/// The organisations that the viewer may move.
///
/// # Errors
/// The database's.
pub async fn own(visit: &Visit) -> Result<Vec<(OrganisationId, String)>, Fault> {
    let reach = visit.viewer.reach(EDIT);
    let active = organisations::active(&visit.net).await?;
    Ok(active.into_iter().filter(|o| reach.covers(Some(o.id.0))).map(|o| (o.id, o.short_name)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_go_up_and_the_last_leave() {
        assert_eq!(next(Some(7), "7 Б"), Next::Up(ClassName { number: Some(8), name: "8 Б".into() }));
        assert_eq!(next(Some(11), "11 А"), Next::Leave);
        assert_eq!(next(None, "Подготовительная группа «Ракеты»"), Next::Leave);
        assert_eq!(next(None, "Старшая группа"), Next::Stay);
        assert_eq!(next(None, ""), Next::Stay);
    }
}
