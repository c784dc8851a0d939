//! What families ask of those who keep their children's data, with the terms of the law: a consent is
//! withdrawn, data are to be corrected, told or destroyed.
mod api;
mod model;
mod store;
mod subject;
#[cfg(test)]
mod tests;
mod view;
mod web;

pub use model::{Case, CaseId, CaseKind, CaseState, Due, Step};
pub use store::NewCase;
pub use view::{kind_words, rows};

use crate::{
    consents::{self, Child, ConsentId},
    learners::{self, How},
    notifications::{self, News, To},
    organisations,
    people::{self, PersonId},
    shell::Slice,
};
use kit::{
    Fault, Visit,
    access::{Permission, Reach},
    audit::Entry,
    db::Tx,
    form::{Problems, tidy_lines},
    once::{Done, Once},
    routes::Routes,
    text::Message,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

/// Answering families.
pub const DECIDE: Permission = Permission("cases.decide");
/// Asking for one's own children and for oneself.
pub const ASK: Permission = Permission("cases.ask");

/// The kind of record in audit.
pub const KIND: &str = "subject_case";

/// The list's address.
pub const LIST: &str = "/cases";

/// A case's address.
pub fn url(id: CaseId) -> String {
    format!("{LIST}/{id}")
}

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/cases", DECIDE, web::list)
        .get("/cases/{id}", learners::SEE, web::show)
        .post("/cases/{id}/steps", DECIDE, web::finish_step)
        .get("/cases/of/{id}", ASK, web::new)
        .post("/cases/of/{id}", ASK, web::create)
        .post("/consents/{id}/withdrawal", learners::SEE, web::withdraw)
        .get("/api/v1/cases", DECIDE, api::list)
        .post("/api/v1/consents/{id}/withdrawal", learners::SEE, api::withdraw);
    Slice::new("cases", routes).keeping(subject::OF_LEARNER).described(api::document())
}

/// A consent is withdrawn by the family, or by those who got its letter: it ends at once with all that
/// it opened, and the case with its terms begins.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] when it is not in force.
pub async fn withdraw(visit: &Visit, once: &Once, id: ConsentId) -> Result<Done, Fault> {
    let (consent, child, rights) = consents::open(visit, id).await?;
    if !(rights.speaks || rights.collects) {
        return Err(Fault::NotFound);
    }
    let new = NewCase {
        id: CaseId(visit.new_id()),
        learner: consent.learner,
        organisation: child.organisation,
        kind: CaseKind::Withdrawal,
        purpose: Some(consent.purpose),
        consent: Some(id),
        details: None,
    };
    once.run(&visit.net, async |tx: &mut Tx| {
        consents::withdraw(tx, visit, id).await?;
        begin(tx, visit, &new).await
    })
    .await
}

/// Begins a case; its terms run from today.
///
/// # Errors
/// The database's.
pub async fn enter(tx: &mut Tx, visit: &Visit, new: &NewCase) -> Result<(), Fault> {
    store::insert(tx, visit, new).await?;
    Entry::new("create", KIND, new.id).fields(&[new.kind.code()]).write(tx, visit).await
}

async fn begin(tx: &mut Tx, visit: &Visit, new: &NewCase) -> Result<Done, Fault> {
    enter(tx, visit, new).await?;
    let to = To::Holders(DECIDE, vec![new.organisation.0]);
    notifications::tell(tx, visit, &to, &[news(notifications::Kind::Family, new.id, new.kind)]).await?;
    Ok(Done::created(url(new.id), serde_json::json!({ "id": new.id })))
}

/// A word of a case: it names nobody.
fn news(kind: notifications::Kind, id: CaseId, of: CaseKind) -> News {
    let subject = of.code().to_owned();
    News { kind, bunch: id.to_string(), record: id.0, link: url(id), subject, other: None, starts_at: None }
}

/// What a family asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct AskForm {
    pub kind: String,
    pub details: String,
}

/// Longest letter of a family, in characters.
const LONGEST: usize = 2_000;

/// The child, if the viewer may ask for it; the look is noted.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn child(visit: &Visit, learner: PersonId) -> Result<Child, Fault> {
    let (child, rights) = consents::child(visit, learner).await?;
    if rights.speaks { Ok(child) } else { Err(Fault::NotFound) }
}

/// A family asks for its data to be corrected, told or destroyed.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Invalid`].
pub async fn ask(visit: &Visit, once: &Once, learner: PersonId, form: &AskForm) -> Result<Done, Fault> {
    let child = child(visit, learner).await?;
    let mut problems = Problems::default();
    let kind = form.kind.parse().ok().filter(|kind| *kind != CaseKind::Withdrawal);
    if kind.is_none() {
        problems.add("kind", Message::new("form-choose"));
    }
    let details = words(&form.details, "details", kind == Some(CaseKind::Correct), &mut problems);
    problems.into_result(())?;
    let new = NewCase {
        id: CaseId(visit.new_id()),
        learner,
        organisation: child.organisation,
        kind: kind.ok_or(Fault::NotFound)?,
        purpose: None,
        consent: None,
        details,
    };
    once.run(&visit.net, async |tx: &mut Tx| begin(tx, visit, &new).await).await
}

fn words(text: &str, field: &'static str, is_required: bool, problems: &mut Problems) -> Option<String> {
    let found = tidy_lines(text);
    let length = found.as_deref().map_or(0, |words| words.chars().count());
    if length > LONGEST {
        problems.add(field, Message::new("form-too-long").with("limit", LONGEST).with("length", length));
    }
    if found.is_none() && is_required {
        problems.add(field, Message::new("form-required"));
    }
    found
}

/// Where the viewer answers families, with the organisations that went over into those.
async fn reach(visit: &Visit) -> Result<Vec<Uuid>, Fault> {
    match visit.viewer.reach(DECIDE) {
        Reach::Organisations(own) => organisations::with_predecessors(&visit.net, &own).await,
        Reach::Nowhere | Reach::Network => Ok(Vec::new()),
    }
}

/// A case with all that its page shows.
pub struct Open {
    pub case: Case,
    pub steps: Vec<Due>,
    /// The child's name; none when the record is gone.
    pub child: Option<String>,
    pub organisation: String,
    pub names: HashMap<Uuid, String>,
    pub decides: bool,
    /// Of the family, and may ask for the child.
    pub speaks: bool,
}

/// The case, for whoever answers it and for the family.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown one and one out of reach.
pub async fn open(visit: &Visit, id: CaseId) -> Result<Open, Fault> {
    let case = store::find(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    let decides = reach(visit).await?.contains(&case.organisation.0);
    let rights = if decides { None } else { consents::child(visit, case.learner).await.ok().map(|(_, rights)| rights) };
    if !(decides || rights.as_ref().is_some_and(|rights| rights.family)) {
        return Err(Fault::NotFound);
    }
    if decides {
        learners::note_read(visit, How::Elsewhere, &[case.learner]).await?;
    }
    let steps = store::steps(&visit.net, &[id]).await?;
    let people: Vec<Uuid> = steps.iter().filter_map(|s| s.done_by).chain(case.created_by).collect();
    let organisation = organisations::listed(&visit.net, &[case.organisation.0]).await?;
    Ok(Open {
        child: people::find_name(&visit.net, case.learner).await?.map(|name| name.full()),
        organisation: organisation.into_iter().next().map(|o| o.short_name).unwrap_or_default(),
        names: people::names(&visit.net, &people).await?,
        case,
        steps,
        decides,
        speaks: rights.is_some_and(|rights| rights.speaks),
    })
}

/// A line of a list of cases.
pub struct Line {
    pub case: Case,
    pub steps: Vec<Due>,
    pub child: Option<String>,
}

impl Line {
    /// What has to be done first.
    pub fn next(&self) -> Option<&Due> {
        self.steps.iter().find(|s| s.done_on.is_none())
    }
}

/// The cases that the viewer answers; the look at their children is noted.
///
/// # Errors
/// The database's; [`Fault::Unavailable`].
pub async fn list(visit: &Visit, state: CaseState) -> Result<Vec<Line>, Fault> {
    let own = reach(visit).await?;
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let cases = store::of_organisations(&visit.net, &own, state).await?;
    let ids: Vec<PersonId> = cases.iter().map(|k| k.learner).collect();
    learners::note_read(visit, How::Elsewhere, &ids).await?;
    with_steps(visit, cases).await
}

/// What was asked for a child whom the viewer's family may be: the family's own.
///
/// # Errors
/// [`Fault::NotFound`] for a child that is not the viewer's.
pub async fn of_child(visit: &Visit, learner: PersonId) -> Result<Vec<Line>, Fault> {
    if !learners::is_family(visit, learner).await? || !visit.viewer.may(ASK) {
        return Err(Fault::NotFound);
    }
    with_steps(visit, store::of_learner(&visit.net, learner).await?).await
}

async fn with_steps(visit: &Visit, cases: Vec<Case>) -> Result<Vec<Line>, Fault> {
    let mut lines = Vec::with_capacity(cases.len());
    for some in cases.chunks(200) {
        let ids: Vec<CaseId> = some.iter().map(|k| k.id).collect();
        let steps = store::steps(&visit.net, &ids).await?;
        let children: Vec<PersonId> = some.iter().map(|k| k.learner).collect();
        let names = visit.net.transact(async |tx: &mut Tx| people::names_in(tx, &children).await).await?;
        for case in some {
            let steps = steps.iter().filter(|s| s.case == case.id).cloned().collect();
            let child = names.get(&case.learner).map(people::PersonName::full);
            lines.push(Line { case: case.clone(), steps, child });
        }
    }
    Ok(lines)
}

/// How many cases wait for this viewer.
///
/// # Errors
/// The database's.
pub async fn count_waiting(visit: &Visit) -> Result<i64, Fault> {
    let own = reach(visit).await?;
    if own.is_empty() { Ok(0) } else { store::count_open(&visit.net, &own).await }
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct StepForm {
    pub step: String,
    pub note: String,
}

/// Notes that a step is done; the last one closes the case, and a destruction leaves an act.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] when it was done before.
pub async fn finish(visit: &Visit, once: &Once, id: CaseId, form: &StepForm) -> Result<Done, Fault> {
    let open = open(visit, id).await?;
    if !open.decides {
        return Err(Fault::Forbidden(DECIDE));
    }
    let mut problems = Problems::default();
    let step = form.step.parse::<Step>().ok();
    if step.is_none() {
        problems.add("step", Message::new("form-choose"));
    }
    let note = words(&form.note, "note", step == Some(Step::Answer), &mut problems);
    problems.into_result(())?;
    let Some(step) = step else { return Err(Fault::NotFound) };
    let destroys = open.steps.iter().any(|s| s.step == Step::Destroy);
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::finish(tx, visit, id, step, note.as_deref()).await? {
            return Err(Fault::conflict("state", Message::new("case-step-done")));
        }
        if let (Step::Destroy, Some(consent)) = (step, open.case.consent) {
            consents::destroy(tx, visit, consent).await?;
        }
        let kept = destroys.then(|| model::kept_until(visit.today));
        let is_closed = store::close(tx, id, visit.today, kept).await?;
        if is_closed {
            notifications::settle(tx, visit, id.0).await?;
        }
        if let (Step::Answer, Some(asker)) = (step, open.case.created_by) {
            let answered = news(notifications::Kind::Answered, id, open.case.kind);
            notifications::tell(tx, visit, &To::Person(asker), &[answered]).await?;
        }
        Entry::new("case-step", KIND, id).fields(&[step.code()]).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "closed": is_closed })))
    })
    .await
}
