//! The exchange: organisations ask one another for what they offer, agree, meet, and both say what
//! came of it. «Отдано / получено» sums up what both sides confirmed.
//!
//! A booking holds its capacity from the first moment (the rule is in `resources`), so a request
//! that is answered late is still good. Nothing here is checked first and trusted later: every deed
//! reads the booking, changes it along the table of states and writes it only if nobody was quicker.
mod act;
mod api;
mod book;
mod bulk;
mod common;
mod consent;
mod decide;
mod form;
mod model;
mod need;
mod news;
mod outcome;
mod remind;
mod shift;
mod store;
#[cfg(test)]
pub mod tests;
mod view;
mod waiting;
mod web;

pub use act::{may_be_seen, open};
pub use book::{Prepared, book, book_in, new as new_booking, prepare};
pub use common::{
    Common, CommonDraft, CommonForm, CommonId, LineForm, Progress, bookings as bookings_of_common, open_common,
    submit as submit_common,
};
pub use consent::{Party, is_needed as needs_consent, note as note_consent};
pub use decide::{ReasonForm, TimeForm, accept_offer, cancel, cancel_in, confirm, counter, decline, refuse_offer};
pub use form::{BookingDraft, BookingForm, month};
pub use model::{
    Asked, Booking, BookingId, BookingState, Form, Loan, Mode, Quality, Review, Side, Stated, Statement, loan_days,
    settle,
};
pub use need::{
    Need, NeedForm, NeedId, NeedState, Priority, ResponseForm, cancel_need, open_need, respond, submit_need,
};
pub use news::asked as announce;
pub use outcome::{
    CompletionForm, LoanForm, MonthForm, QualityForm, answer_quality, complete, confirm_month, did_not_take_place,
    hand_over, take_back,
};
pub use remind::{remind, unconfirmed};
pub use shift::{DistanceForm, move_booking, switch_to_distance};
pub use store::{Filter, Pair, Row as BalanceRow, insert, insert_common, list, needs, states, together};
pub use view::consent::agree as agree_form;
pub use waiting::{Can, Task, Waiting, Whose, count_waiting, span, task, waiting, week};

use crate::{
    resources::Class,
    shell::{Slice, tie},
    staff,
};
use kit::{Fault, Visit, access::Permission, routes::Routes, text::text_key};

/// Bookings of either side.
pub const VIEW: Permission = crate::resources::VIEW_USE;
/// Asking for an organisation, and what follows from that on its side.
pub const REQUEST: Permission = Permission("exchange.request");
/// Answering for the owner, and what follows from that on its side.
pub const DECIDE: Permission = Permission("exchange.decide");
/// Sums of the network; rows of organisations go by [`VIEW`].
pub const FIGURES: Permission = Permission("exchange.figures");

/// The kinds of record in audit.
pub const KIND: &str = "booking";
pub const NEED_KIND: &str = "need";
pub const COMMON_KIND: &str = "common_request";

/// The list's address.
pub const LIST: &str = "/bookings";
pub const NEEDS: &str = "/needs";
pub const COMMONS: &str = "/common-requests";

/// A booking's address.
pub fn url(id: BookingId) -> String {
    format!("{LIST}/{id}")
}

/// A common request's address.
pub fn common_url(id: CommonId) -> String {
    format!("{COMMONS}/{id}")
}

/// A need's address.
pub fn need_url(id: NeedId) -> String {
    format!("{NEEDS}/{id}")
}

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/bookings", VIEW, web::list::list)
        .post("/bookings", REQUEST, web::ask::create)
        .post("/bookings/bulk", DECIDE, web::list::bulk)
        .post("/bookings/cancellations", REQUEST, web::list::cancellations)
        .get("/bookings/new", REQUEST, web::ask::new)
        .get("/bookings/export.xlsx", VIEW, web::list::xlsx)
        .get("/bookings/export.csv", VIEW, web::list::csv)
        .get("/bookings/month", VIEW, web::month::show)
        .post("/bookings/month", REQUEST, web::month::confirm)
        .get("/bookings/distance", REQUEST, web::distance::show)
        .post("/bookings/distance", REQUEST, web::distance::switch)
        .get("/bookings/{id}", VIEW, web::record::show)
        .get("/bookings/{id}/consent", VIEW, web::consent::form)
        .post("/bookings/{id}/consent", VIEW, web::consent::submit)
        .get("/bookings/{id}/{deed}", REQUEST, web::deed::form)
        .post("/bookings/{id}/{deed}", REQUEST, web::deed::submit)
        .get("/needs", VIEW, web::need::list)
        .post("/needs", REQUEST, web::need::create)
        .get("/needs/new", REQUEST, web::need::new)
        .get("/needs/{id}", VIEW, web::need::show)
        .post("/needs/{id}/responses", DECIDE, web::need::answer)
        .post("/needs/{id}/cancellation", REQUEST, web::need::cancel)
        .get("/common-requests", VIEW, web::common::list)
        .post("/common-requests", REQUEST, web::cart::submit)
        .get("/common-requests/draft", REQUEST, web::cart::show)
        .post("/common-requests/draft", REQUEST, web::cart::save)
        .post("/common-requests/draft/lines", REQUEST, web::cart::add)
        .post("/common-requests/draft/removal", REQUEST, web::cart::clear)
        .get("/common-requests/{id}", VIEW, web::common::show)
        .post("/common-requests/{id}/cancellation", REQUEST, web::common::cancel)
        .get("/common-requests/{id}/replacement", REQUEST, web::common::replacement)
        .post("/common-requests/{id}/replacement", REQUEST, web::common::replace)
        .get("/api/v1/common-requests", VIEW, api::common::list)
        .post("/api/v1/common-requests", REQUEST, api::common::submit)
        .post("/api/v1/common-requests/check", REQUEST, api::common::check)
        .get("/api/v1/common-requests/{id}", VIEW, api::common::show)
        .post("/api/v1/common-requests/{id}/cancellation", REQUEST, api::common::cancel)
        .post("/api/v1/common-requests/{id}/replacement", REQUEST, api::common::replace)
        .get("/api/v1/bookings", VIEW, api::list)
        .post("/api/v1/bookings", REQUEST, api::create)
        .post("/api/v1/bookings/distance", REQUEST, api::distance)
        .post("/api/v1/bookings/month", REQUEST, api::month)
        .get("/api/v1/bookings/{id}", VIEW, api::show)
        .post("/api/v1/bookings/{id}/confirmation", DECIDE, api::confirm)
        .post("/api/v1/bookings/{id}/declination", DECIDE, api::decline)
        .post("/api/v1/bookings/{id}/counter-offer", DECIDE, api::counter)
        .post("/api/v1/bookings/{id}/acceptance", REQUEST, api::accept)
        .post("/api/v1/bookings/{id}/refusal", REQUEST, api::refuse)
        .post("/api/v1/bookings/{id}/cancellation", REQUEST, api::cancel)
        .post("/api/v1/bookings/{id}/move", REQUEST, api::move_booking)
        .post("/api/v1/bookings/{id}/completion", REQUEST, api::complete)
        .post("/api/v1/bookings/{id}/absence", REQUEST, api::absence)
        .post("/api/v1/bookings/{id}/quality", REQUEST, api::quality)
        .post("/api/v1/bookings/{id}/handing-over", DECIDE, api::hand_over)
        .post("/api/v1/bookings/{id}/taking-back", DECIDE, api::take_back)
        .get("/api/v1/bookings/{id}/consent", VIEW, web::consent::api_show)
        .post("/api/v1/bookings/{id}/consent", VIEW, web::consent::api_submit)
        .get("/api/v1/waiting", VIEW, api::waiting)
        .get("/api/v1/needs", VIEW, api::needs)
        .post("/api/v1/needs", REQUEST, api::submit_need)
        .get("/api/v1/needs/{id}", VIEW, api::need)
        .post("/api/v1/needs/{id}/cancellation", REQUEST, api::cancel_need)
        .post("/api/v1/needs/{id}/responses", DECIDE, api::respond)
        .get("/api/v1/figures/exchange-balance", FIGURES, api::balance)
        .get("/api/v1/figures/exchange-pairs", FIGURES, api::pairs);
    let visits = tie::Tie {
        of: staff::PERSON,
        code: "visits",
        title: text_key("bookings-of-person"),
        rank: 30,
        may: |visit, _| visit.viewer.may(VIEW),
        show: |visit, id, _| Box::pin(web::list::of_person(visit, id)),
    };
    Slice::new("exchange", routes)
        .tied(visits)
        .described(api::document().merge_from(api::common::document()).merge_from(web::consent::document()))
        .checked(|net, now| Box::pin(check(net, now)))
        .working(remind::JOB)
}

/// «Отдано / получено» of an academic year: the rows that the viewer may see, and the network's sums
/// for everybody.
#[derive(Clone, Debug)]
pub struct Balance {
    pub rows: Vec<BalanceRow>,
    /// Minutes and days of loans that changed hands, bookings, organisations that gave and received.
    pub minutes: i64,
    pub days: i64,
    pub bookings: i64,
    pub givers: i64,
    pub receivers: i64,
}

/// K15, K16, K17 of `domain.md`: hours given, received and their difference.
///
/// # Errors
/// [`Fault::Forbidden`].
pub async fn balance(visit: &Visit, year: i64, class: Option<Class>) -> Result<Balance, Fault> {
    if !visit.viewer.may(FIGURES) {
        return Err(Fault::Forbidden(FIGURES));
    }
    let seen = visit.viewer.reach(VIEW);
    let rows = store::balance(&visit.net, year, class, &seen).await?;
    let (minutes, days, bookings, givers, receivers) = store::totals(&visit.net, year, class).await?;
    Ok(Balance { rows, minutes, days, bookings, givers, receivers })
}

/// Who gave whom how much in an academic year: the pairs of which the viewer is a side, all for the
/// department. For «Связи в сети».
///
/// # Errors
/// [`Fault::Forbidden`].
pub async fn pairs(visit: &Visit, year: i64, class: Option<Class>) -> Result<Vec<Pair>, Fault> {
    if !visit.viewer.may(FIGURES) {
        return Err(Fault::Forbidden(FIGURES));
    }
    store::pairs(&visit.net, year, class, &visit.viewer.reach(VIEW)).await
}

/// Whether every booking that waits holds its capacity, and nothing is held without a booking.
async fn check(net: &kit::db::Net, now: chrono::DateTime<chrono::Utc>) -> Result<Vec<String>, Fault> {
    let (unheld, unasked) = store::mismatches(net, now).await?;
    let mut found = Vec::new();
    if unheld > 0 {
        found.push(format!("{unheld} bookings to come hold nothing"));
    }
    if unasked > 0 {
        found.push(format!("{unasked} holds belong to no booking that holds"));
    }
    Ok(found)
}
