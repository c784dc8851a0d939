//! Several requests agreed to at once, each by its own rule.
use super::{
    DECIDE, LIST, act,
    decide::confirm_in,
    model::{BookingId, BookingState},
    store, url,
    web::list::{Asked, waiting_ids},
};
use crate::shell::list::{Chosen, Outcome, Refused};
use kit::{
    Fault, Visit,
    db::Tx,
    once::{Done, Once},
    text::Message,
};

/// Agrees to the chosen requests. What cannot be agreed to stays, and the answer says why.
///
/// # Errors
/// [`Fault::Invalid`] for an unknown deed or no row at all.
pub async fn deal(visit: &Visit, once: &Once, chosen: &Chosen) -> Result<Done, Fault> {
    if chosen.deed != "confirmation" {
        return Err(Fault::field("deed", Message::new("form-choose")));
    }
    let own = visit.viewer.reach(DECIDE);
    let ids: Vec<BookingId> = if chosen.all == "true" {
        waiting_ids(visit, &chosen.conditions::<Asked>()).await?
    } else {
        chosen.ids.iter().filter_map(|id| id.parse().ok()).take(500).collect()
    };
    if ids.is_empty() {
        return Err(Fault::field("ids", Message::new("list-none-chosen")));
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        let mut outcome = Outcome::default();
        for id in &ids {
            let Some(b) = store::find_in(tx, *id).await?.filter(|b| act::may_be_seen(visit, b)) else { continue };
            let refused = if !own.covers(Some(b.owner_id.0)) {
                Some(visit.lang.say("list-not-yours").into_owned())
            } else if b.state == BookingState::Requested && b.span.start <= visit.now {
                Some(visit.lang.say("booking-begun").into_owned())
            } else {
                match confirm_in(tx, visit, *id).await {
                    Ok(_) => None,
                    Err(Fault::Conflict(conflict)) => Some(conflict.message.say(visit.lang).into_owned()),
                    Err(fault) => return Err(fault),
                }
            };
            match refused {
                None => outcome.done += 1,
                Some(why) => outcome.refused.push(Refused {
                    name: format!("{}, {}", b.resource_name, visit.lang.date(kit::clock::local_date(b.span.start))),
                    href: url(*id),
                    why,
                }),
            }
        }
        Ok(Done::changed(chosen.back(LIST).to_owned(), serde_json::json!(outcome)))
    })
    .await
}
