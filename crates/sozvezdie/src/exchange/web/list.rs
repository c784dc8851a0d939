//! «Занятия и выдачи»: the list, and the same for Excel.
use super::{PAGE, own};
use crate::{
    exchange::{
        DECIDE, LIST, VIEW, bulk, form,
        model::{Booking, BookingId, BookingState, Side},
        store::{self, Filter},
        view,
        waiting::{self, Whose},
    },
    organisations::{self, OrganisationId},
    resources::Span,
    shell::{
        export,
        list::{Chosen, Outcome, outcome},
        views,
    },
};
use axum::response::Response;
use chrono::Duration;
use kit::{
    Fault, Visit,
    access::Reach,
    cursor::{COUNTED, Cursor},
    http::{Query, Sent},
};
use maud::Markup;
use serde::Deserialize;

/// The list's address as data: the URL is the state.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// `in`, `out`, or all.
    pub tab: String,
    /// For which of the own organisations.
    pub mine: String,
    pub state: String,
    /// «2026-11»
    pub month: String,
    /// «2026-2027», and the class of resource: as the figures lead here.
    pub year: String,
    pub class: String,
    /// With `organisation`, for who sees the whole network: the other of the two.
    pub partner: String,
    /// The other side.
    pub organisation: String,
    pub resource: String,
    /// `starts_at` for the earliest first.
    pub sort: String,
    pub after: String,
}

impl Asked {
    /// Unknown codes filter nothing rather than everything away.
    fn filter(&self, visit: &Visit, mine: Option<OrganisationId>) -> Filter {
        let reach = visit.viewer.reach(VIEW);
        let mut filter = Filter::new(reach.clone());
        filter.states = self.state.parse().into_iter().collect();
        filter.resource = self.resource.parse().ok();
        filter.class = self.class.parse().ok();
        filter.during = form::month(&self.month).or_else(|| form::academic_year(&self.year));
        if let (Reach::Network, Ok(partner)) = (&reach, self.partner.parse::<OrganisationId>()) {
            filter.seen = Reach::Organisations(vec![partner.0]);
        }
        filter.is_backwards = self.sort != "starts_at";
        let other: Option<OrganisationId> = self.organisation.parse().ok();
        match (mine, self.side()) {
            (Some(mine), Some(side)) => {
                (filter.organisation, filter.side) = (Some(mine), Some(side));
                // The own side is fixed, so that what is in reach of the other is theirs.
                if let Some(other) = other {
                    filter.seen = Reach::Organisations(vec![other.0]);
                }
            }
            (None, side) => (filter.organisation, filter.side) = (other, side.filter(|_| other.is_some())),
            (Some(_), None) => filter.organisation = other,
        }
        filter
    }

    /// Incoming: asked of the own organisation. Outgoing: asked for it.
    fn side(&self) -> Option<Side> {
        match self.tab.as_str() {
            "in" => Some(Side::Owner),
            "out" => Some(Side::Asker),
            _ => None,
        }
    }
}

/// The own organisation to which the tabs refer; the department has none.
fn mine(visit: &Visit, asked: &Asked) -> Option<OrganisationId> {
    let Reach::Organisations(own) = visit.viewer.reach(VIEW) else { return None };
    let said = asked.mine.parse::<OrganisationId>().ok().filter(|id| own.contains(&id.0));
    said.or_else(|| own.first().copied().map(OrganisationId))
}

pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let cursor = if asked.after.is_empty() { None } else { Some(Cursor::decode(&asked.after)?) };
    let mine = mine(&visit, &asked);
    let own = if mine.is_some() { own(&visit, VIEW).await? } else { Vec::new() };
    let page = view::list::ListPage {
        slice: store::list(&visit.net, &asked.filter(&visit, mine), cursor.as_ref(), PAGE).await?,
        others: organisations::active(&visit.net).await?,
        views: views::of(&visit, LIST).await?,
        mine,
        own,
    };
    Ok(view::list::page(&visit, &asked, &page))
}

/// How far ahead a person's record looks for visits, in days.
const AHEAD: i64 = 90;

/// The tab of a person's record: where they are expected, as far as the viewer may see it.
pub async fn of_person(visit: &Visit, person: uuid::Uuid) -> Result<Markup, Fault> {
    let during = Span::new(visit.now, visit.now + Duration::days(AHEAD));
    let items = waiting::span(visit, Whose::Person(person), during).await?;
    Ok(view::list::of_person(visit, &items))
}

/// Several at once; what could not be done is told row by row.
pub async fn bulk(visit: Visit, sent: Sent<Chosen>) -> Result<Markup, Fault> {
    let done = bulk::agree(&visit, &sent.once(&visit, "bookings.bulk"), &sent.data).await?;
    let title = visit.lang.say("bookings-bulk");
    Ok(outcome(&visit, &title, sent.data.back(LIST), &Outcome::of(&done)?))
}

/// Several lessons given up at once.
pub async fn cancellations(visit: Visit, sent: Sent<Chosen>) -> Result<Markup, Fault> {
    let done = bulk::give_up(&visit, &sent.once(&visit, "bookings.cancellations"), &sent.data).await?;
    let title = visit.lang.say("bookings-cancellations");
    Ok(outcome(&visit, &title, sent.data.back(LIST), &Outcome::of(&done)?))
}

/// Most that are agreed to at once.
const MOST: i64 = 500;

/// What waits for the viewer's answer among all that the conditions give.
pub async fn waiting_ids(visit: &Visit, asked: &Asked) -> Result<Vec<BookingId>, Fault> {
    let own = visit.viewer.reach(DECIDE);
    let all = store::list(&visit.net, &asked.filter(visit, mine(visit, asked)), None, MOST).await?.items;
    let waits = |b: &Booking| b.state == BookingState::Requested && own.covers(Some(b.owner_id.0));
    Ok(all.iter().filter(|b| waits(b)).map(|b| b.id).collect())
}

async fn rows(visit: &Visit, asked: &Asked) -> Result<documents::write::Table, Fault> {
    let slice = store::list(&visit.net, &asked.filter(visit, mine(visit, asked)), None, COUNTED).await?;
    Ok(view::list::rows(visit.lang, &slice.items))
}

pub async fn xlsx(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    export::xlsx(&visit, rows(&visit, &asked).await?, "bookings").await
}

pub async fn csv(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    export::csv(&visit, rows(&visit, &asked).await?, "bookings").await
}
