//! Several requests agreed to, or several lessons given up, at once, each by its own rule.
use super::{
    LIST, act,
    decide::{cancel_in, confirm_in},
    model::{Booking, BookingId, BookingState, Side},
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
pub async fn agree(visit: &Visit, once: &Once, chosen: &Chosen) -> Result<Done, Fault> {
    if chosen.deed != "confirmation" {
        return Err(Fault::field("deed", Message::new("form-choose")));
    }
    let ids = match chosen.all.as_str() {
        "true" => waiting_ids(visit, &chosen.conditions::<Asked>()).await?,
        _ => named(chosen),
    };
    deal(visit, once, chosen, &ids, Side::Owner).await
}

/// Gives up the chosen lessons for the asker.
///
/// # Errors
/// [`Fault::Invalid`] for no row at all.
pub async fn give_up(visit: &Visit, once: &Once, chosen: &Chosen) -> Result<Done, Fault> {
    deal(visit, once, chosen, &named(chosen), Side::Asker).await
}

fn named(chosen: &Chosen) -> Vec<BookingId> {
    chosen.ids.iter().filter_map(|id| id.parse().ok()).take(500).collect()
}

async fn deal(visit: &Visit, once: &Once, chosen: &Chosen, ids: &[BookingId], side: Side) -> Result<Done, Fault> {
    if ids.is_empty() {
        return Err(Fault::field("ids", Message::new("list-none-chosen")));
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        let mut outcome = Outcome::default();
        for id in ids {
            let Some(b) = store::find_in(tx, *id).await?.filter(|b| act::may_be_seen(visit, b)) else { continue };
            match refused(tx, visit, &b, side).await? {
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

/// Does it for this side; else why not.
async fn refused(tx: &mut Tx, visit: &Visit, b: &Booking, side: Side) -> Result<Option<String>, Fault> {
    if !act::acts_for(visit, b, side) {
        return Ok(Some(visit.lang.say("list-not-yours").into_owned()));
    }
    let did = match side {
        Side::Owner if b.state == BookingState::Requested && b.has_begun(visit.now) => {
            return Ok(Some(visit.lang.say("booking-begun").into_owned()));
        }
        Side::Owner => confirm_in(tx, visit, b.id).await.map(drop),
        Side::Asker => cancel_in(tx, visit, b.id, None).await,
    };
    match did {
        Ok(()) => Ok(None),
        Err(Fault::Conflict(conflict)) => Ok(Some(conflict.message.say(visit.lang).into_owned())),
        Err(fault) => Err(fault),
    }
}
