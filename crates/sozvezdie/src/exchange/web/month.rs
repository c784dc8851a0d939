//! The sheet of a month: what one side has to confirm, all at one press or singly.
use super::own;
use crate::{
    exchange::{
        DECIDE, MonthForm, REQUEST, VIEW, form,
        model::{Booking, BookingState, Side},
        outcome::confirm_month,
        store::{self, Filter},
        view,
    },
    organisations::{Listed as Organisation, OrganisationId},
};
use axum::response::Response;
use chrono::{Datelike as _, NaiveDate};
use kit::{
    Fault, Visit,
    http::{Query, Sent, go},
    once::Done,
    text::url_part,
};
use maud::Markup;
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub organisation: String,
    /// «2026-11»; this month unless said.
    pub month: String,
}

/// A line of the sheet: a booking, and the side on which the organisation stands.
pub struct Entry {
    pub booking: Booking,
    pub side: Side,
}

/// The organisations for which this viewer confirms anything.
async fn answering(visit: &Visit) -> Result<Vec<Organisation>, Fault> {
    let mut all = own(visit, REQUEST).await?;
    for o in own(visit, DECIDE).await? {
        if all.iter().all(|known| known.id != o.id) {
            all.push(o);
        }
    }
    Ok(all)
}

/// The first day of a month as it stands in an address.
fn first_of(visit: &Visit, text: &str) -> NaiveDate {
    let said = form::month(text).map(|span| kit::clock::local_date(span.start));
    said.unwrap_or_else(|| visit.today.with_day(1).unwrap_or(visit.today))
}

pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let all = answering(&visit).await?;
    let first = first_of(&visit, &asked.month);
    let wanted = asked.organisation.parse::<OrganisationId>().ok();
    let chosen =
        all.iter().find(|o| Some(o.id) == wanted).or_else(|| all.first().filter(|_| wanted.is_none())).cloned();
    let entries = match &chosen {
        Some(o) => entries(&visit, o.id, first).await?,
        None => Vec::new(),
    };
    Ok(view::month::page(&visit, &view::month::Sheet { all, chosen, first, entries }))
}

/// What happened in the month and is not settled yet, for the sides that the viewer may act for.
async fn entries(visit: &Visit, organisation: OrganisationId, first: NaiveDate) -> Result<Vec<Entry>, Fault> {
    let Some(span) = form::month(&first.format("%Y-%m").to_string()) else { return Ok(Vec::new()) };
    let filter = Filter {
        organisation: Some(organisation),
        during: Some(span),
        states: vec![BookingState::TookPlace, BookingState::Disputed, BookingState::Planned],
        ..Filter::new(visit.viewer.reach(VIEW))
    };
    let may = |permission| visit.viewer.reach(permission).covers(Some(organisation.0));
    let (decides, asks) = (may(DECIDE), may(REQUEST));
    let mut entries = Vec::new();
    for booking in store::between(&visit.net, &filter).await? {
        let in_month = span.start <= booking.span.start && booking.span.start < span.end;
        let is_over = booking.state != BookingState::Planned || booking.span.end <= visit.now;
        if !in_month || !is_over {
            continue;
        }
        let side = if decides && booking.owner_id == organisation {
            Some(Side::Owner)
        } else {
            (asks && booking.organisation_id == organisation).then_some(Side::Asker)
        };
        entries.extend(side.map(|side| Entry { booking, side }));
    }
    Ok(entries)
}

pub async fn confirm(visit: Visit, sent: Sent<MonthForm>) -> Result<Response, Fault> {
    let done = confirm_month(&visit, &sent.once(&visit, "bookings.month"), &sent.data).await?;
    let back = format!(
        "/bookings/month?organisation={}&month={}",
        url_part(&sent.data.organisation_id),
        url_part(&sent.data.month)
    );
    Ok(go(&Done { location: Some(back), ..done }, "done-month-confirmed"))
}
