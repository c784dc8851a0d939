//! Who can be a mentor.
use super::{
    EDIT, MENTOR, MENTORS,
    model::{Mentor, MentorForm, NewMentor, Plan, Suggestion, suggest},
    store,
};
use crate::centre::{self, CentreId};
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    once::{Done, Once},
    text::Message,
};

/// The mentors of the Centre, for who gives them.
///
/// # Errors
/// [`Fault::Forbidden`]; [`Fault::NotFound`] where there is no Centre.
pub async fn all(visit: &Visit) -> Result<Vec<Mentor>, Fault> {
    let centre = centre::open(visit).await?;
    visit.viewer.demand(EDIT, Some(centre.organisation.0))?;
    store::mentors(&visit.net, centre.id).await
}

/// Whom to suggest for a plan, the best first, with the reasons.
///
/// # Errors
/// The database's.
pub async fn suggested(visit: &Visit, plan: &Plan) -> Result<Vec<Suggestion>, Fault> {
    let all = store::mentors(&visit.net, plan.centre).await?;
    let others = all.into_iter().filter(|m| Some(m.person) != plan.mentor).collect();
    Ok(suggest(others, plan.subject.as_deref(), plan.organisation))
}

/// Enters a mentor, or writes what is known of them now.
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn save(visit: &Visit, once: &Once, form: &MentorForm) -> Result<Done, Fault> {
    let centre = centre::open(visit).await?;
    visit.viewer.demand(EDIT, Some(centre.organisation.0))?;
    let new = form.check(visit.today)?;
    let known = store::candidates(&visit.net, visit.today).await?;
    if known.iter().all(|(id, ..)| *id != new.person) {
        return Err(Fault::field("person", Message::new("form-choose")));
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        put(tx, visit, centre.id, &new).await?;
        Ok(Done::changed(MENTORS.into(), serde_json::json!({ "person": new.person })))
    })
    .await
}

/// Writes a mentor. For [`save`] and the demo.
///
/// # Errors
/// The database's.
pub async fn put(tx: &mut Tx, visit: &Visit, centre: CentreId, new: &NewMentor) -> Result<(), Fault> {
    store::put_mentor(tx, visit, centre, new).await?;
    Entry::new("update", MENTOR, new.person).write(tx, visit).await
}
