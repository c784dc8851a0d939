//! The commission sits, the head orders: from the protocol into the register and the Centre.
use super::{
    DECIDE, KIND, SITTING, SITTINGS,
    model::{NewSitting, OrderForm, Sitting, SittingForm, SittingId, State},
    moved_on, store,
};
use crate::{
    centre::{self, Centre, CentreId, LeftReason, NewMembership},
    learners,
};
use chrono::NaiveDate;
use kit::{
    Fault, Lang, Visit,
    audit::Entry,
    db::Tx,
    once::{Done, Once},
    text::Message,
};
use uuid::Uuid;

pub fn url(id: SittingId) -> String {
    format!("{SITTINGS}/{id}")
}

/// The sitting, if the viewer decides for its Centre.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown id and one out of reach.
pub async fn open(visit: &Visit, id: SittingId) -> Result<Sitting, Fault> {
    let found = store::find_sitting(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    visit.viewer.reach(DECIDE).covers(Some(found.organisation.0)).then_some(found).ok_or(Fault::NotFound)
}

/// Writes down a sitting: every child of its list is considered.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state` when one
/// of them does not wait for the commission.
pub async fn hold(visit: &Visit, once: &Once, form: &SittingForm) -> Result<Done, Fault> {
    let centre = centre::open(visit).await?;
    visit.viewer.demand(DECIDE, Some(centre.organisation.0))?;
    let new = form.check(visit.today)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = hold_in(tx, visit, centre.id, &new).await?;
        Ok(Done::created(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// The sitting itself. For [`hold`] and the demo.
///
/// # Errors
/// [`Fault::Conflict`] `state`.
pub async fn hold_in(tx: &mut Tx, visit: &Visit, centre: CentreId, new: &NewSitting) -> Result<SittingId, Fault> {
    let id = SittingId(visit.new_id());
    for (profile, _) in &new.decisions {
        if !store::consider(tx, visit, *profile, centre).await? {
            return Err(moved_on());
        }
    }
    store::insert_sitting(tx, visit, id, centre, new).await?;
    Entry::new("hold", SITTING, id).write(tx, visit).await?;
    Ok(id)
}

/// Writes the head's order: those to be admitted stand in the register and are members of the Centre
/// from its day; of the others the way ends, with another form of support.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Invalid`]; [`Fault::Conflict`] `ordered` when it was written already.
pub async fn order(visit: &Visit, once: &Once, id: SittingId, form: &OrderForm) -> Result<Done, Fault> {
    let sitting = open(visit, id).await?;
    let centre = centre::open(visit).await?;
    let (number, on) = form.check(&sitting, visit.today)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        order_in(tx, visit, &centre, id, (&number, on)).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// The order itself, with its number and day. For [`order`] and the demo.
///
/// # Errors
/// [`Fault::Conflict`] `ordered`.
pub async fn order_in(
    tx: &mut Tx,
    visit: &Visit,
    centre: &Centre,
    id: SittingId,
    (number, on): (&str, NaiveDate),
) -> Result<(), Fault> {
    if !store::order(tx, id, number, on).await? {
        return Err(Fault::conflict("ordered", Message::new("gifted-ordered-already")));
    }
    let text = format!("Приказ от {} №\u{a0}{number}", Lang::Ru.date(on));
    let mut children: Vec<Uuid> = Vec::new();
    // Whoever was taken out in between stays out.
    for d in store::decided_in(tx, id).await?.into_iter().filter(|d| d.state == State::Considered) {
        children.push(d.learner.0);
        if !d.admit {
            store::leave(tx, visit, d.profile, on, LeftReason::OtherForm).await?;
            learners::close_source(tx, d.profile.0, visit.today).await?;
            continue;
        }
        store::step(tx, visit, d.profile, State::Considered, State::Registered).await?;
        Entry::new("register", KIND, d.profile).write(tx, visit).await?;
        if centre::member_on(tx, d.learner, on).await?.is_none() {
            let new = NewMembership {
                learner: d.learner,
                from: on,
                until: None,
                order_text: Some(text.clone()),
                order_act: None,
            };
            centre::enter(tx, visit, centre, &new).await?;
        }
    }
    Entry::new("order", SITTING, id).subjects(children).write(tx, visit).await
}
