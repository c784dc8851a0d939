//! The exchange for programs.
pub mod common;

use super::{
    BookingForm, CompletionForm, DistanceForm, LoanForm, MonthForm, NeedForm, QualityForm, ReasonForm, ResponseForm,
    TimeForm, VIEW, act,
    book::book,
    decide,
    model::{Booking, BookingId, BookingState, Form, Review, Stated},
    need::{self, Need, NeedId, NeedState},
    outcome, shift,
    store::{self, Filter},
    waiting as queue,
};
use crate::{
    resources::{Class, Span, read_moment},
    shell::AcademicYear,
};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use chrono::{Duration, NaiveDate};
use kit::{
    Fault, Visit,
    cursor::{Cursor, page_size},
    form::{Problems, tidy},
    http::{Path, Query, Sent, answer, etag},
    text::Message,
};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(
        list,
        create,
        show,
        confirm,
        decline,
        counter,
        accept,
        refuse,
        cancel,
        move_booking,
        complete,
        absence,
        quality,
        hand_over,
        take_back,
        distance,
        month,
        waiting,
        needs,
        submit_need,
        need,
        cancel_need,
        respond,
        balance,
        pairs
    ))]
    struct Part;
    Part::openapi()
}

/// A list's address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    state: String,
    resource: String,
    organisation: String,
    side: String,
    person: String,
    class: String,
    form: String,
    need: String,
    from: String,
    to: String,
    sort: String,
    page_size: Option<i64>,
    cursor: String,
}

impl Asked {
    fn filter(&self, visit: &Visit) -> Result<Filter, Fault> {
        let mut problems = Problems::default();
        let mut filter = Filter::new(visit.viewer.reach(VIEW));
        let states: Vec<_> = self.state.split(',').filter(|s| !s.is_empty()).map(str::parse::<BookingState>).collect();
        if states.iter().any(Result::is_err) {
            problems.add("state", Message::new("form-unknown-code").with("code", &self.state));
        }
        filter.states = states.into_iter().filter_map(Result::ok).collect();
        filter.resource = read(&mut problems, "resource", &self.resource);
        filter.organisation = read(&mut problems, "organisation", &self.organisation);
        filter.side = read(&mut problems, "side", &self.side);
        filter.person = read(&mut problems, "person", &self.person);
        filter.class = read(&mut problems, "class", &self.class);
        filter.form = read(&mut problems, "form", &self.form);
        filter.need = read(&mut problems, "need", &self.need);
        filter.is_backwards = self.sort == "-starts_at";
        filter.during = period(&mut problems, &self.from, &self.to);
        problems.into_result(filter)
    }
}

fn read<T: std::str::FromStr>(problems: &mut Problems, field: &'static str, text: &str) -> Option<T> {
    let text = tidy(text)?;
    let value = text.parse().ok();
    if value.is_none() {
        problems.add(field, Message::new("form-unknown-code").with("code", text));
    }
    value
}

/// From one moment or day to another, either open.
fn period(problems: &mut Problems, from: &str, to: &str) -> Option<Span> {
    let mut read = |field: &'static str, text: &str, plus: i64| {
        let text = tidy(text)?;
        let day = text.parse::<NaiveDate>().ok().map(|day| kit::clock::start_of_day(day + Duration::days(plus)));
        let at = day.or_else(|| read_moment(&text));
        if at.is_none() {
            problems.add(field, Message::new("form-bad-moment"));
        }
        at
    };
    let (start, end) = (read("from", from, 0), read("to", to, 1));
    if start.is_none() && end.is_none() {
        return None;
    }
    let far = Duration::days(366 * 200);
    let first = start.unwrap_or_else(|| end.unwrap_or_default() - far);
    Some(Span::new(first, end.unwrap_or(first + far)))
}

/// Bookings of which the viewer is a side; all for the department.
#[utoipa::path(get, path = "/api/v1/bookings",
    params(("state" = Option<String>, Query, description = "one or several, by comma: requested, countered, planned, took_place, confirmed, disputed, declined, cancelled, did_not_take_place, moved"),
           ("resource" = Option<uuid::Uuid>, Query, description = "of one resource"),
           ("organisation" = Option<uuid::Uuid>, Query, description = "with this organisation on either side"),
           ("side" = Option<String>, Query, description = "owner or asker: the side on which `organisation` stands"),
           ("person" = Option<uuid::Uuid>, Query, description = "visits of a person"),
           ("class" = Option<String>, Query, description = "staff, technological"),
           ("form" = Option<String>, Query, description = "stay, visit, loan"),
           ("need" = Option<uuid::Uuid>, Query, description = "offers for a need"),
           ("from" = Option<String>, Query, description = "RFC 3339 or a day"),
           ("to" = Option<String>, Query, description = "RFC 3339 or a day, included"),
           ("sort" = Option<String>, Query, description = "starts_at, -starts_at"),
           ("page_size" = Option<i64>, Query, description = "1 to 200, 50 unless said"),
           ("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "`{items, next_cursor, total}`"), (status = 422, description = "a code that is none")))]
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let filter = asked.filter(&visit)?;
    let cursor = if asked.cursor.is_empty() { None } else { Some(Cursor::decode(&asked.cursor)?) };
    let slice = store::list(&visit.net, &filter, cursor.as_ref(), page_size(asked.page_size)).await?;
    let items: Vec<Value> = slice.items.iter().map(whole).collect();
    Ok(Json(kit::cursor::Slice { items, next: slice.next, total: slice.total }).into_response())
}

/// One booking.
#[utoipa::path(get, path = "/api/v1/bookings/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "the booking, with its ETag"), (status = 404, description = "unknown, or of others")))]
pub async fn show(visit: Visit, Path(id): Path<BookingId>) -> Result<Response, Fault> {
    let booking = act::open(&visit, id).await?;
    Ok((etag(booking.version), Json(whole(&booking))).into_response())
}

fn hours(minutes: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "minutes of a network stay far below 2^52")]
    let hours = minutes as f64 / 60.0;
    hours
}

fn stated(b: &Booking, s: Option<Stated>) -> Value {
    let Some(s) = s else { return Value::Null };
    let (key, amount) =
        if b.form == Form::Loan { ("days", json!(s.what.amount)) } else { ("hours", json!(hours(s.what.amount))) };
    let mut said = json!({ "headcount": s.what.headcount, "at": s.at });
    if let Some(map) = said.as_object_mut() {
        map.insert(key.into(), amount);
    }
    said
}

fn review(r: &Review) -> Value {
    json!({ "quality": r.quality, "comment": r.comment })
}

/// A booking as its sides see it.
fn whole(b: &Booking) -> Value {
    json!({
        "id": b.id, "state": b.state,
        "resource": { "id": b.resource_id, "name": b.resource_name },
        "owner": { "id": b.owner_id, "name": b.owner_name },
        "organisation": { "id": b.organisation_id, "name": b.organisation_name },
        "class": b.class, "form": b.form, "mode": b.mode, "person_id": b.person_id,
        "starts_at": b.span.start, "ends_at": b.span.end, "headcount": b.headcount, "units": b.units, "purpose": b.purpose,
        "number": b.number, "reason": b.reason, "series_id": b.series_id, "cart_id": b.cart_id, "need_id": b.need_id,
        "moved_from": b.moved_from, "moved_to": b.moved_to,
        "asked": b.asked.map(|a| json!({ "resource_id": a.resource_id, "starts_at": a.span.start, "ends_at": a.span.end })),
        "stated": { "owner": stated(b, b.owner_stated), "asker": stated(b, b.asker_stated) },
        "agreed": (b.state == BookingState::Confirmed).then(|| json!({ "headcount": b.agreed_headcount, "hours": hours(b.agreed_minutes), "days": b.agreed_days })),
        "quality": { "owner": review(&b.owner_review), "asker": review(&b.asker_review) },
        "loan": (b.form == Form::Loan).then(|| json!({
            "handed_on": b.loan.handed_on, "taken_back_on": b.loan.taken_back_on, "inventory_number": b.loan.inventory_number,
            "responsible": b.loan.responsible, "note": b.loan.note,
        })),
        "created_at": b.created_at, "updated_at": b.updated_at, "version": b.version,
    })
}

/// Asks for a resource: `{resource_id, organisation_id, starts_at, ends_at, headcount, purpose}`, and
/// if wanted `units, mode, loan, resource_ids, dates, until, partly`. Holds the capacity at once.
/// Takes `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/bookings",
    responses((status = 201, description = "`{id, state}`; of several also `{series_id, cart_id, items, refused}`"),
              (status = 403, description = "not yours to do"), (status = 404, description = "unknown resource"),
              (status = 409, description = "taken: `{bookings, alternatives, other_resources, refused}`, or not offered"),
              (status = 422, description = "fields to mend")))]
pub async fn create(visit: Visit, sent: Sent<BookingForm>) -> Result<Response, Fault> {
    Ok(answer(book(&visit, &sent.once(&visit, "bookings.book"), &sent.data).await?))
}

#[derive(Deserialize, Default)]
pub struct Press {}

/// The owner agrees: requested → planned.
#[utoipa::path(post, path = "/api/v1/bookings/{id}/confirmation", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state, version}`"), (status = 403, description = "not the owner's side"), (status = 409, description = "not from this state")))]
pub async fn confirm(visit: Visit, Path(id): Path<BookingId>, sent: Sent<Press>) -> Result<Response, Fault> {
    Ok(answer(decide::confirm(&visit, &sent.once(&visit, &format!("bookings.confirm {id}")), id).await?))
}

/// The owner declines: `{reason}`. Frees the capacity.
#[utoipa::path(post, path = "/api/v1/bookings/{id}/declination", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state, version}`"), (status = 409, description = "not from this state"), (status = 422, description = "no reason")))]
pub async fn decline(visit: Visit, Path(id): Path<BookingId>, sent: Sent<ReasonForm>) -> Result<Response, Fault> {
    Ok(answer(decide::decline(&visit, &sent.once(&visit, &format!("bookings.decline {id}")), id, &sent.data).await?))
}

/// The owner offers another time or resource: `{starts_at, ends_at, resource_id, reason}`.
#[utoipa::path(post, path = "/api/v1/bookings/{id}/counter-offer", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state, version}`"), (status = 409, description = "taken, or not from this state"), (status = 422, description = "fields to mend")))]
pub async fn counter(visit: Visit, Path(id): Path<BookingId>, sent: Sent<TimeForm>) -> Result<Response, Fault> {
    Ok(answer(decide::counter(&visit, &sent.once(&visit, &format!("bookings.counter {id}")), id, &sent.data).await?))
}

/// The asker takes the owner's offer.
#[utoipa::path(post, path = "/api/v1/bookings/{id}/acceptance", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state, version}`"), (status = 409, description = "nothing is offered")))]
pub async fn accept(visit: Visit, Path(id): Path<BookingId>, sent: Sent<Press>) -> Result<Response, Fault> {
    Ok(answer(decide::accept_offer(&visit, &sent.once(&visit, &format!("bookings.accept {id}")), id).await?))
}

/// The asker refuses the owner's offer: `{reason}`. Frees the capacity.
#[utoipa::path(post, path = "/api/v1/bookings/{id}/refusal", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state, version}`"), (status = 409, description = "nothing is offered")))]
pub async fn refuse(visit: Visit, Path(id): Path<BookingId>, sent: Sent<ReasonForm>) -> Result<Response, Fault> {
    Ok(answer(
        decide::refuse_offer(&visit, &sent.once(&visit, &format!("bookings.refuse {id}")), id, &sent.data).await?,
    ))
}

/// Either side gives it up before it begins: `{reason, side}`. Frees the capacity.
#[utoipa::path(post, path = "/api/v1/bookings/{id}/cancellation", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state, version}`"), (status = 409, description = "begun, or not from this state"), (status = 422, description = "fields to mend")))]
pub async fn cancel(visit: Visit, Path(id): Path<BookingId>, sent: Sent<ReasonForm>) -> Result<Response, Fault> {
    Ok(answer(decide::cancel(&visit, &sent.once(&visit, &format!("bookings.cancel {id}")), id, &sent.data).await?))
}

/// Moves it to another time: `{starts_at, ends_at, resource_id, reason, side}`; a new booking stands in
/// its place.
#[utoipa::path(post, path = "/api/v1/bookings/{id}/move", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 201, description = "`{id, state, starts_at, ends_at, moved_from}`"), (status = 409, description = "taken, or not from this state"), (status = 422, description = "fields to mend")))]
pub async fn move_booking(visit: Visit, Path(id): Path<BookingId>, sent: Sent<TimeForm>) -> Result<Response, Fault> {
    Ok(answer(shift::move_booking(&visit, &sent.once(&visit, &format!("bookings.move {id}")), id, &sent.data).await?))
}

/// One side states what came of it: `{headcount, hours}`, of a loan `{headcount, days}`; `side` for who
/// could act for both. First → took_place, equal second → confirmed, unequal → disputed.
#[utoipa::path(post, path = "/api/v1/bookings/{id}/completion", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state, version}`"), (status = 409, description = "not from this state"), (status = 422, description = "fields to mend")))]
pub async fn complete(visit: Visit, Path(id): Path<BookingId>, sent: Sent<CompletionForm>) -> Result<Response, Fault> {
    Ok(answer(outcome::complete(&visit, &sent.once(&visit, &format!("bookings.complete {id}")), id, &sent.data).await?))
}

/// One side states that it did not take place: `{reason, side}`.
#[utoipa::path(post, path = "/api/v1/bookings/{id}/absence", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state, version}`"), (status = 409, description = "not begun, or not from this state"), (status = 422, description = "no reason")))]
pub async fn absence(visit: Visit, Path(id): Path<BookingId>, sent: Sent<ReasonForm>) -> Result<Response, Fault> {
    Ok(answer(
        outcome::did_not_take_place(&visit, &sent.once(&visit, &format!("bookings.absence {id}")), id, &sent.data)
            .await?,
    ))
}

/// One side answers «Получили, что хотели?»: `{quality: yes|partly|no, comment, side}`.
#[utoipa::path(post, path = "/api/v1/bookings/{id}/quality", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state, version}`"), (status = 409, description = "not yet"), (status = 422, description = "fields to mend")))]
pub async fn quality(visit: Visit, Path(id): Path<BookingId>, sent: Sent<QualityForm>) -> Result<Response, Fault> {
    Ok(answer(
        outcome::answer_quality(&visit, &sent.once(&visit, &format!("bookings.quality {id}")), id, &sent.data).await?,
    ))
}

/// The owner hands a loan over: `{on, inventory_number, responsible, note}`.
#[utoipa::path(post, path = "/api/v1/bookings/{id}/handing-over", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state, version}`"), (status = 409, description = "no planned loan"), (status = 422, description = "fields to mend")))]
pub async fn hand_over(visit: Visit, Path(id): Path<BookingId>, sent: Sent<LoanForm>) -> Result<Response, Fault> {
    Ok(answer(
        outcome::hand_over(&visit, &sent.once(&visit, &format!("bookings.hand-over {id}")), id, &sent.data).await?,
    ))
}

/// The owner takes a loan back: `{on, headcount, note}`; that is the owner's statement in days.
#[utoipa::path(post, path = "/api/v1/bookings/{id}/taking-back", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state, version}`"), (status = 409, description = "not handed over"), (status = 422, description = "fields to mend")))]
pub async fn take_back(visit: Visit, Path(id): Path<BookingId>, sent: Sent<LoanForm>) -> Result<Response, Fault> {
    Ok(answer(
        outcome::take_back(&visit, &sent.once(&visit, &format!("bookings.take-back {id}")), id, &sent.data).await?,
    ))
}

/// Switches all visits of a day to distance: `{on, place_id}`.
#[utoipa::path(post, path = "/api/v1/bookings/distance",
    responses((status = 200, description = "`{switched, ids}`"), (status = 422, description = "fields to mend")))]
pub async fn distance(visit: Visit, sent: Sent<DistanceForm>) -> Result<Response, Fault> {
    Ok(answer(shift::switch_to_distance(&visit, &sent.once(&visit, "bookings.distance"), &sent.data).await?))
}

/// Agrees with all that the others stated for a month: `{organisation_id, month, ids, with_planned}`.
#[utoipa::path(post, path = "/api/v1/bookings/month",
    responses((status = 200, description = "`{confirmed, stated, ids, stated_ids}`"), (status = 403, description = "not yours to do"), (status = 422, description = "fields to mend")))]
pub async fn month(visit: Visit, sent: Sent<MonthForm>) -> Result<Response, Fault> {
    Ok(answer(outcome::confirm_month(&visit, &sent.once(&visit, "bookings.month"), &sent.data).await?))
}

/// What waits for the viewer.
#[utoipa::path(get, path = "/api/v1/waiting", responses((status = 200, description = "`{items: [{task, side, due, booking}], total}`")))]
pub async fn waiting(visit: Visit) -> Result<Response, Fault> {
    let all = queue::waiting(&visit).await?;
    let items: Vec<Value> = all
        .iter()
        .map(|w| json!({ "task": w.task, "side": w.side, "due": w.due, "booking": whole(&w.booking) }))
        .collect();
    Ok(Json(json!({ "total": items.len(), "items": items })).into_response())
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct AskedNeeds {
    state: String,
    page_size: Option<i64>,
    cursor: String,
}

/// What is needed and not offered yet.
#[utoipa::path(get, path = "/api/v1/needs",
    params(("state" = Option<String>, Query, description = "submitted, answered, fulfilled, cancelled; the first two unless said"),
           ("page_size" = Option<i64>, Query, description = "1 to 200, 50 unless said"),
           ("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "`{items, next_cursor, total}`"), (status = 422, description = "a code that is none")))]
pub async fn needs(visit: Visit, Query(asked): Query<AskedNeeds>) -> Result<Response, Fault> {
    let mut problems = Problems::default();
    let state: Option<NeedState> = read(&mut problems, "state", &asked.state);
    problems.into_result(())?;
    let states = state.map_or_else(|| vec![NeedState::Submitted, NeedState::Answered], |state| vec![state]);
    let cursor = if asked.cursor.is_empty() { None } else { Some(Cursor::decode(&asked.cursor)?) };
    let slice = store::needs(&visit.net, &states, cursor.as_ref(), page_size(asked.page_size)).await?;
    let items: Vec<Value> = slice.items.iter().map(whole_need).collect();
    Ok(Json(kit::cursor::Slice { items, next: slice.next, total: slice.total }).into_response())
}

fn whole_need(n: &Need) -> Value {
    json!({
        "id": n.id, "organisation": { "id": n.organisation_id, "name": n.organisation_name }, "title": n.title, "details": n.details,
        "class": n.class, "starts_at": n.span.start, "ends_at": n.span.end, "is_flexible": n.is_flexible, "headcount": n.headcount,
        "priority": n.priority, "state": n.state, "created_at": n.created_at, "version": n.version,
    })
}

/// Tells the network what is needed: `{organisation_id, title, details, class, starts_at, ends_at,
/// is_flexible, headcount, priority}`.
#[utoipa::path(post, path = "/api/v1/needs",
    responses((status = 201, description = "`{id, state}`"), (status = 403, description = "not yours to do"), (status = 422, description = "fields to mend")))]
pub async fn submit_need(visit: Visit, sent: Sent<NeedForm>) -> Result<Response, Fault> {
    Ok(answer(need::submit_need(&visit, &sent.once(&visit, "needs.submit"), &sent.data).await?))
}

/// One need.
#[utoipa::path(get, path = "/api/v1/needs/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "the need, with its ETag"), (status = 404, description = "unknown")))]
pub async fn need(visit: Visit, Path(id): Path<NeedId>) -> Result<Response, Fault> {
    let need = need::open_need(&visit, id).await?;
    Ok((etag(need.version), Json(whole_need(&need))).into_response())
}

/// Nobody needs it any more.
#[utoipa::path(post, path = "/api/v1/needs/{id}/cancellation", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state}`"), (status = 409, description = "not from this state")))]
pub async fn cancel_need(visit: Visit, Path(id): Path<NeedId>, sent: Sent<Press>) -> Result<Response, Fault> {
    Ok(answer(need::cancel_need(&visit, &sent.once(&visit, &format!("needs.cancel {id}")), id).await?))
}

/// Answers a need with a resource of one's own: `{resource_id, starts_at, ends_at, units, note}`.
#[utoipa::path(post, path = "/api/v1/needs/{id}/responses", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 201, description = "`{id, state, need_id}`: a booking that waits for whoever asked"), (status = 409, description = "taken, not offered, or not from this state"), (status = 422, description = "fields to mend")))]
pub async fn respond(visit: Visit, Path(id): Path<NeedId>, sent: Sent<ResponseForm>) -> Result<Response, Fault> {
    Ok(answer(need::respond(&visit, &sent.once(&visit, &format!("needs.respond {id}")), id, &sent.data).await?))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Year {
    year: String,
    class: String,
}

impl Year {
    fn read(&self, visit: &Visit) -> Result<(AcademicYear, Option<Class>), Fault> {
        let mut problems = Problems::default();
        let class = read(&mut problems, "class", &self.class);
        let year = if self.year.trim().is_empty() { Ok(AcademicYear::of(visit.today)) } else { self.year.parse() };
        if year.is_err() {
            problems.add("year", Message::new("form-bad-year"));
        }
        problems.into_result((year.unwrap_or(AcademicYear::of(visit.today)), class))
    }
}

/// «Отдано / получено» of an academic year in hours: what both sides confirmed, an organisation's own
/// use left out, loans apart in days. Sums to zero over the network. One's own rows, all for the
/// department; the totals are for everybody.
#[utoipa::path(get, path = "/api/v1/figures/exchange-balance",
    params(("year" = Option<String>, Query, description = "2026-2027; the present one unless said"),
           ("class" = Option<String>, Query, description = "staff, technological")),
    responses((status = 200, description = "`{year, items: [{organisation, given, received, balance, given_days, received_days, given_learner_hours, received_learner_hours}], totals}`"), (status = 422, description = "no such year")))]
pub async fn balance(visit: Visit, Query(asked): Query<Year>) -> Result<Response, Fault> {
    let (year, class) = asked.read(&visit)?;
    let balance = super::balance(&visit, year.0, class).await?;
    let items: Vec<Value> = balance
        .rows
        .iter()
        .map(|r| {
            json!({
                "organisation": { "id": r.organisation_id, "name": r.organisation_name },
                "given": hours(r.given), "received": hours(r.received), "balance": hours(r.given - r.received),
                "given_days": r.given_days, "received_days": r.received_days,
                "given_learner_hours": hours(r.given_learner_minutes), "received_learner_hours": hours(r.received_learner_minutes),
            })
        })
        .collect();
    let totals = json!({ "hours": hours(balance.minutes), "days": balance.days, "bookings": balance.bookings, "givers": balance.givers, "receivers": balance.receivers });
    Ok(Json(json!({ "year": year, "class": class, "items": items, "totals": totals })).into_response())
}

/// Who gave whom how much: pairs of which the viewer is a side, all for the department.
#[utoipa::path(get, path = "/api/v1/figures/exchange-pairs",
    params(("year" = Option<String>, Query, description = "2026-2027; the present one unless said"),
           ("class" = Option<String>, Query, description = "staff, technological")),
    responses((status = 200, description = "`{year, items: [{owner, organisation, hours, days, bookings}]}`"), (status = 422, description = "no such year")))]
pub async fn pairs(visit: Visit, Query(asked): Query<Year>) -> Result<Response, Fault> {
    let (year, class) = asked.read(&visit)?;
    let items: Vec<Value> = super::pairs(&visit, year.0, class)
        .await?
        .iter()
        .map(|p| {
            json!({
                "owner": { "id": p.owner_id, "name": p.owner_name }, "organisation": { "id": p.organisation_id, "name": p.organisation_name },
                "hours": hours(p.minutes), "days": p.days, "bookings": p.bookings,
            })
        })
        .collect();
    Ok(Json(json!({ "year": year, "class": class, "items": items })).into_response())
}
