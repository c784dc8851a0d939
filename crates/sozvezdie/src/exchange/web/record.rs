//! The page of one booking.
use crate::{
    exchange::{
        KIND, act,
        model::{Booking, BookingId},
        store, view,
    },
    people, resources,
};
use kit::{
    Fault, Visit, audit,
    http::{Path, Query},
};
use maud::Markup;
use serde::Deserialize;
use uuid::Uuid;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Shown {
    tab: String,
}

pub async fn show(visit: Visit, Path(id): Path<BookingId>, Query(shown): Query<Shown>) -> Result<Markup, Fault> {
    let booking = act::open(&visit, id).await?;
    let history = if shown.tab == "history" {
        let lines = audit::history(&visit.net, KIND, id.0, 100).await?;
        let actors: Vec<Uuid> = lines.iter().filter_map(|l| l.actor).collect();
        Some((lines, people::names(&visit.net, &actors).await?))
    } else {
        None
    };
    let consents = store::consents(&visit.net, id).await?;
    let mut people = named(&booking);
    people.extend(consents.iter().filter_map(|c| c.answered_by));
    let record = view::record::Record {
        consents,
        together: together(&visit, &booking).await?,
        people: people::names(&visit.net, &people).await?,
        place: resources::find(&visit.net, booking.resource_id).await?.and_then(|r| r.place.filter(|_| !r.travels)),
        asked: match booking.asked {
            Some(asked) if asked.resource_id != booking.resource_id => {
                resources::find(&visit.net, asked.resource_id).await?.map(|r| r.name)
            }
            _ => None,
        },
        history,
        booking,
    };
    Ok(view::record::page(&visit, &record))
}

/// Everybody who is named on the page.
fn named(b: &Booking) -> Vec<Uuid> {
    let stated = [b.owner_stated, b.asker_stated].into_iter().flatten().filter_map(|s| s.by);
    stated.chain(b.created_by).chain(b.person_id).collect()
}

/// The others of the same series or common request that this viewer may see.
async fn together(visit: &Visit, b: &Booking) -> Result<Vec<Booking>, Fault> {
    if b.series_id.is_none() && b.cart_id.is_none() {
        return Ok(Vec::new());
    }
    let all = store::together(&visit.net, b).await?;
    Ok(all.into_iter().filter(|other| act::may_be_seen(visit, other)).collect())
}
