//! The end of a stage: the jury's last protocol confirms its results, the department's order approves them.
use super::{
    KIND,
    model::{AppealState, FinalForm, OrderForm},
    open_to_hold, store, url,
};
use crate::{
    acts::{self, ActId},
    events::{self, StageId, StageState},
    results::{self, Ground},
};
use kit::{
    Fault, Lang, Visit,
    audit::Entry,
    db::Tx,
    form::{Check, Problems},
    once::{Done, Once},
    text::Message,
};
use serde_json::json;

/// Signs the last protocol: what was entered is confirmed by it, and the edition is published when this was
/// the stage that counts.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `waiting` while an appeal
/// waits, `term` before the term is over, `closed` when it was signed already.
pub async fn conclude(visit: &Visit, once: &Once, stage: StageId, form: &FinalForm) -> Result<Done, Fault> {
    let o = open_to_hold(visit, stage).await?;
    let mut problems = Problems::default();
    let text = Check { problems: &mut problems }.required("ground", &form.ground, 300);
    let text = problems.into_result(text)?;
    let showing = o.showing.ok_or_else(|| Fault::conflict("closed", Message::new("appeal-not-shown")))?;
    if o.appeals.iter().any(|a| a.state == AppealState::Submitted) {
        return Err(Fault::conflict("waiting", Message::new("appeal-still-waiting")));
    }
    if showing.closed_at.is_none() && showing.appeal_until >= visit.today {
        return Err(Fault::conflict("term", Message::new("appeal-term-runs").with("day", showing.appeal_until)));
    }
    let ground = Ground { text, act: None };
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::close(tx, stage, &ground.text, visit.today, visit.now).await? {
            return Err(Fault::conflict("closed", Message::new("appeal-closed")));
        }
        let confirmed = results::confirm(tx, visit, stage, &ground).await?;
        events::step_stage(tx, visit, stage, StageState::Final).await?;
        results::publish_if_last(tx, visit, stage).await?;
        Entry::new("final", KIND, stage).write(tx, visit).await?;
        Ok(Done::changed(url(stage), json!({ "stage": stage, "confirmed": confirmed })))
    })
    .await
}

fn nothing_to_approve() -> Fault {
    Fault::conflict("state", Message::new("appeal-nothing-to-approve"))
}

/// Approves the confirmed results by an act: the order on results.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state` where there is
/// nothing confirmed.
pub async fn approve(visit: &Visit, once: &Once, stage: StageId, form: &OrderForm) -> Result<Done, Fault> {
    if !open_to_hold(visit, stage).await?.takes_order() {
        return Err(nothing_to_approve());
    }
    let choose = || Fault::field("act", Message::new("form-choose"));
    let act: ActId = form.act.parse().map_err(|_| choose())?;
    let act = acts::open(visit, act).await.map_err(|_| choose())?;
    if !matches!(act.kind, acts::Kind::Order) {
        return Err(choose());
    }
    let ground = Ground { text: acts::reference(Lang::Ru, &act), act: Some(act.id) };
    once.run(&visit.net, async |tx: &mut Tx| {
        let approved = results::approve(tx, visit, stage, &ground).await?;
        if approved == 0 {
            return Err(nothing_to_approve());
        }
        Entry::new("order", KIND, stage).write(tx, visit).await?;
        Ok(Done::changed(url(stage), json!({ "stage": stage, "approved": approved })))
    })
    .await
}
