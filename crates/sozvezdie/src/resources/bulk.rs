//! Several resources at once: published, paused or closed, each by its own rule.
use super::{
    EDIT, LIST,
    list::{self, Asked},
    may_be_seen,
    model::{ResourceId, ResourceState},
    store::{self, Read},
    url,
};
use crate::shell::list::{Chosen, Outcome, Refused};
use kit::{
    Fault, Visit,
    db::Tx,
    once::{Done, Once},
    text::Message,
};

/// Most that are dealt with at once.
const MOST: i64 = 500;

/// Moves the chosen resources to another state. What cannot be moved stays, and the answer says why.
///
/// # Errors
/// [`Fault::Invalid`] for an unknown deed or no row at all.
pub async fn deal(visit: &Visit, once: &Once, chosen: &Chosen) -> Result<Done, Fault> {
    let next = match chosen.deed.as_str() {
        "publication" => ResourceState::Published,
        "pause" => ResourceState::Paused,
        "closure" => ResourceState::Closed,
        _ => return Err(Fault::field("deed", Message::new("form-choose"))),
    };
    let own = visit.viewer.reach(EDIT);
    let ids = ids(visit, chosen).await?;
    if ids.is_empty() {
        return Err(Fault::field("ids", Message::new("list-none-chosen")));
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        let mut outcome = Outcome::default();
        let all = store::find_all(&mut Read::Tx(tx), &ids).await?;
        for r in all.iter().filter(|r| may_be_seen(visit, r)) {
            let refused = if own.covers(Some(r.owner_id.0)) {
                match super::step(tx, visit, r.id, next).await {
                    Ok(()) => None,
                    Err(Fault::Conflict(conflict)) => Some(conflict.message.say(visit.lang).into_owned()),
                    Err(fault) => return Err(fault),
                }
            } else {
                Some(visit.lang.say("list-not-yours").into_owned())
            };
            match refused {
                None => outcome.done += 1,
                Some(why) => outcome.refused.push(Refused { name: r.name.clone(), href: url(r.id), why }),
            }
        }
        Ok(Done::changed(chosen.back(LIST).to_owned(), serde_json::json!(outcome)))
    })
    .await
}

/// The rows of the page, or the own ones of all that the conditions give.
async fn ids(visit: &Visit, chosen: &Chosen) -> Result<Vec<ResourceId>, Fault> {
    if chosen.all != "true" {
        return Ok(chosen.ids.iter().filter_map(|id| id.parse().ok()).take(500).collect());
    }
    let own = visit.viewer.reach(EDIT);
    let all = list::list(visit, &chosen.conditions::<Asked>(), None, MOST).await?.items;
    Ok(all.into_iter().filter(|l| own.covers(Some(l.owner.0.0))).map(|l| l.id).collect())
}
