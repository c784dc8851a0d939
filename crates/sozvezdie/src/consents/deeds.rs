//! What is done to a consent: asked for, given, withdrawn.
use super::{
    KIND,
    model::{Category, ConsentId, ConsentState, Granting, Purpose},
    store,
};
use crate::{learners, organisations::OrganisationId, people::PersonId};
use chrono::NaiveDate;
use kit::{Fault, Visit, audit::Entry, db::Tx, text::Message};
use uuid::Uuid;

/// The consent that allows a use on a day, if there is one: for a transfer the one to this recipient,
/// or the one to every organisation of the network. Whoever opens a child's record to others keeps
/// the id with what was opened, so that a withdrawal closes it.
///
/// # Errors
/// The database's.
pub async fn granted(
    tx: &mut Tx,
    learner: PersonId,
    purpose: Purpose,
    recipient: Option<OrganisationId>,
    on: NaiveDate,
) -> Result<Option<Uuid>, Fault> {
    store::granted(tx, learner, purpose, recipient, on).await
}

/// Whether the family permits all of these to be shown to everybody on a day.
///
/// # Errors
/// The database's.
pub async fn may_be_shown(tx: &mut Tx, learner: PersonId, what: &[Category], on: NaiveDate) -> Result<bool, Fault> {
    let permitted = store::published(tx, learner, on).await?;
    Ok(what.iter().all(|category| permitted.contains(category)))
}

/// Enters a signed consent: of the printed form, if there is one. One that is in force already is
/// left as it is. For the bulk of them with its `batch`, so that it can be undone.
///
/// # Errors
/// [`Fault::NotFound`] for an unknown child; the database's.
pub async fn grant_of_batch(tx: &mut Tx, visit: &Visit, g: &Granting, batch: Option<Uuid>) -> Result<ConsentId, Fault> {
    store::expire(tx, visit, g.learner, g.purpose).await?;
    if let Some(id) = store::find_same(tx, g.learner, g.purpose, g.recipient, ConsentState::Signed).await? {
        return Ok(id);
    }
    let id = draft(tx, visit, g.learner, g.purpose, g.recipient).await?;
    if !store::sign(tx, visit, id, g, batch).await? {
        return Err(Fault::conflict("state", Message::new("consent-changed")));
    }
    Entry::new("sign", KIND, id).fields(&[g.purpose.code()]).write(tx, visit).await?;
    Ok(id)
}

/// Enters a signed consent; see [`grant_of_batch`].
///
/// # Errors
/// [`Fault::NotFound`] for an unknown child; the database's.
pub async fn grant(tx: &mut Tx, visit: &Visit, g: &Granting) -> Result<Uuid, Fault> {
    grant_of_batch(tx, visit, g, None).await.map(|id| id.0)
}

/// The printed form of a kind, made where there is none.
///
/// # Errors
/// [`Fault::NotFound`] for an unknown child; the database's.
pub async fn draft(
    tx: &mut Tx,
    visit: &Visit,
    learner: PersonId,
    purpose: Purpose,
    recipient: Option<OrganisationId>,
) -> Result<ConsentId, Fault> {
    if let Some(id) = store::find_same(tx, learner, purpose, recipient, ConsentState::Draft).await? {
        return Ok(id);
    }
    let operator = store::operator(tx, learner).await?.ok_or(Fault::NotFound)?;
    let number = store::take_numbers(tx, 1).await?;
    store::insert_draft(tx, visit, number, learner, purpose, recipient, operator).await?;
    // Somebody else may have been quicker: theirs is the form then.
    store::find_same(tx, learner, purpose, recipient, ConsentState::Draft).await?.ok_or(Fault::NotFound)
}

/// What was kept by a withdrawn consent is destroyed: of the consent stays that it was.
///
/// # Errors
/// The database's.
pub async fn destroy(tx: &mut Tx, visit: &Visit, id: ConsentId) -> Result<(), Fault> {
    store::destroy(tx, visit, id).await?;
    Entry::new("destroy", KIND, id).fields(&["state"]).write(tx, visit).await
}

/// Withdraws a consent and closes at once what it had opened.
///
/// # Errors
/// [`Fault::Conflict`] `state` when it is not in force.
pub async fn withdraw(tx: &mut Tx, visit: &Visit, id: ConsentId) -> Result<(), Fault> {
    if !store::withdraw(tx, visit, id).await? {
        return Err(Fault::conflict("state", Message::new("consent-not-in-force")));
    }
    learners::close_consent(tx, id.0, visit.today).await?;
    Entry::new("withdraw-consent", KIND, id).fields(&["state"]).write(tx, visit).await
}
