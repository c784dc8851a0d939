//! «Подать общую заявку»: several resources of several owners for one event.
//!
//! What is gathered is a draft, one a person. Submitted, all its lines hold their capacity or none
//! does, in one transaction; then each is a booking like any other and its owner decides it alone.
//! What binds them is `cart_id`, so a line that is moved or replaced stays in its request.
mod assess;
mod basket;
mod form;

pub use assess::{Assessed, assess, common_times, look, to_json};
pub use basket::{Basket, BasketLine, CartForm, add, basket, clear, keep};
pub use form::{CommonDraft, CommonForm, LineDraft, LineForm, field_of};

use super::{
    COMMON_KIND, DECIDE, KIND, REQUEST, VIEW,
    act::{self, go, revise, wrong},
    book::{new, taken, wish_like},
    common_url,
    decide::{ReasonForm, TimeForm},
    model::{Booking, BookingId, BookingState, Side},
    news, store,
};
use crate::{
    notifications::Kind,
    organisations::{self, OrganisationId},
    resources::{self, Known, Read, Span, Wish},
};
use chrono::{DateTime, Utc};
use kit::{
    Fault, Visit,
    access::Reach,
    audit::Entry,
    db::{Net, Tx},
    form::{Check, Problems},
    html::Tone,
    once::{Done, Once},
    text::Message,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

kit::db::id_type!(
    /// A common request, also while it is a draft.
    CommonId
);

/// Most resources of one common request.
pub const LINES: usize = 20;

/// A submitted common request.
#[derive(Clone, Debug)]
pub struct Common {
    pub id: CommonId,
    pub organisation_id: OrganisationId,
    pub organisation_name: String,
    /// The event.
    pub title: String,
    pub details: Option<String>,
    pub span: Span,
    pub headcount: i64,
    pub created_at: DateTime<Utc>,
    pub created_by: Option<Uuid>,
    pub version: i64,
}

impl kit::db::Row for Common {
    fn from_row(row: kit::db::RowRef<'_>) -> kit::db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            organisation_id: row.get(1)?,
            organisation_name: row.get(2)?,
            title: row.get(3)?,
            details: row.get(4)?,
            span: Span::new(row.get(5)?, row.get(6)?),
            headcount: row.get(7)?,
            created_at: row.get(8)?,
            created_by: row.get(9)?,
            version: row.get(10)?,
        })
    }
}

kit::codes! {
    /// How far the owners have come with a common request.
    pub enum Progress {
        /// Somebody has still to decide.
        Waiting = "waiting",
        /// Some lines are agreed, others wait or were declined.
        Partly = "partly",
        /// All lines are agreed, or over.
        Agreed = "agreed",
        /// Nothing is left of it.
        Gone = "gone",
    }
}

impl Progress {
    pub fn of(lines: &[Booking]) -> Self {
        let waits = |b: &&Booking| matches!(b.state, BookingState::Requested | BookingState::Countered);
        let waiting = lines.iter().filter(waits).count();
        let held = lines.iter().filter(|b| b.state.holds()).count();
        match (held - waiting, waiting) {
            (0, 0) => Self::Gone,
            (0, _) => Self::Waiting,
            (agreed, 0) if agreed == lines.len() => Self::Agreed,
            _ => Self::Partly,
        }
    }

    pub fn tone(self) -> Tone {
        match self {
            Self::Waiting => Tone::Warn,
            Self::Partly => Tone::Info,
            Self::Agreed => Tone::Ok,
            Self::Gone => Tone::Plain,
        }
    }
}

/// The bookings of a common request that stand now, by time: without those in whose place others
/// stand. For whoever makes papers of them.
///
/// # Errors
/// The database's.
pub async fn bookings(net: &Net, id: CommonId) -> Result<Vec<Booking>, Fault> {
    Ok(standing(store::bookings_of(net, &[id]).await?))
}

/// Leaves out those in whose place others stand.
pub fn standing(all: Vec<Booking>) -> Vec<Booking> {
    all.into_iter().filter(|b| b.moved_to.is_none()).collect()
}

/// A common request with those of its lines that this viewer may see: all for whoever asks, their
/// own for an owner.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown id and one out of reach.
pub async fn open_common(visit: &Visit, id: CommonId) -> Result<(Common, Vec<Booking>), Fault> {
    let common = store::find_common(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    let mut lines = store::bookings_of(&visit.net, &[id]).await?;
    lines.retain(|b| act::may_be_seen(visit, b));
    if lines.is_empty() && !visit.viewer.reach(VIEW).covers(Some(common.organisation_id.0)) {
        return Err(Fault::NotFound);
    }
    Ok((common, lines))
}

/// Checks a request without taking anything: every line with its answer.
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::NotFound`], [`Fault::Invalid`].
pub async fn check(visit: &Visit, form: &CommonForm) -> Result<Vec<Assessed>, Fault> {
    let draft = form.check(visit)?;
    visit.viewer.demand(REQUEST, Some(draft.organisation.0))?;
    let known = look(visit, &draft).await?;
    assess(visit, &known, &draft).await
}

/// Submits a common request: all lines or none.
///
/// # Errors
/// [`Fault::Forbidden`] for another's organisation, [`Fault::NotFound`] for an unknown resource,
/// [`Fault::Invalid`]; [`Fault::Conflict`] `taken` with every line in the way, `stale` when the draft
/// holds other resources by now or is submitted.
pub async fn submit(visit: &Visit, once: &Once, form: &CommonForm) -> Result<Done, Fault> {
    let draft = form.check(visit)?;
    visit.viewer.demand(REQUEST, Some(draft.organisation.0))?;
    if visit.viewer.reach(REQUEST) == Reach::Network {
        organisations::find(&visit.net, draft.organisation).await?.ok_or(Fault::NotFound)?;
    }
    let known = look(visit, &draft).await?;
    let foreseen = assess(visit, &known, &draft).await?;
    assess::demand_rules(&foreseen)?;
    let wishes: Vec<Wish> = foreseen.iter().map(|a| a.wish.clone()).collect();
    let fresh = CommonId(visit.new_id());
    once.run(&visit.net, async |tx: &mut Tx| {
        let outcome = resources::take(tx, &known, &wishes, &[], false, visit.now).await?;
        if !outcome.clashes.is_empty() {
            return Err(assess::taken(visit, &mut Read::Tx(tx), &foreseen, &outcome.clashes).await?);
        }
        let id = put(tx, visit, form, &draft, fresh).await?;
        let mut bookings = Vec::with_capacity(outcome.taken.len());
        for (wish, number) in &outcome.taken {
            let r = known.resource(wish.hold.resource_id)?;
            let mut booking = new(visit, r, wish, *number, &draft.purpose());
            booking.cart_id = Some(id.0);
            // Who decides anyhow need not answer to themselves.
            if booking.is_own_use() && visit.viewer.reach(DECIDE).covers(Some(r.owner_id.0)) {
                booking.state = BookingState::Planned;
            }
            bookings.push(booking);
        }
        store::insert(tx, &bookings).await?;
        for booking in &bookings {
            if booking.state == BookingState::Planned {
                resources::settle(tx, booking.id.0).await?;
            }
            Entry::new("create", KIND, booking.id).write(tx, visit).await?;
        }
        news::asked(tx, visit, &bookings).await?;
        Ok(Done::created(
            common_url(id),
            json!({ "id": id, "state": Progress::of(&bookings), "items": items(&bookings) }),
        ))
    })
    .await
}

/// The request's own row: the draft's, or a new one.
async fn put(
    tx: &mut Tx,
    visit: &Visit,
    form: &CommonForm,
    draft: &CommonDraft,
    fresh: CommonId,
) -> Result<CommonId, Fault> {
    let stale = || Fault::conflict("stale", Message::new("common-stale"));
    let id = match form.draft {
        None => {
            store::insert_common(tx, fresh, draft, visit.viewer.person, visit.now).await?;
            fresh
        }
        Some(id) => {
            if !store::settle_basket(tx, id, draft, visit.viewer.person, visit.now).await? {
                return Err(stale());
            }
            // Put there from another page meanwhile: the person has not seen it here.
            let lines = store::lines_in(tx, id).await?;
            if lines.iter().any(|l| draft.lines.iter().all(|d| d.resource != l.resource_id)) {
                return Err(stale());
            }
            store::drop_lines(tx, id).await?;
            id
        }
    };
    Entry::new("create", COMMON_KIND, id).write(tx, visit).await?;
    Ok(id)
}

/// The lines for programs.
pub fn items(bookings: &[Booking]) -> Value {
    let item = |b: &Booking| {
        json!({ "id": b.id, "state": b.state, "resource": { "id": b.resource_id, "name": b.resource_name },
                "owner": { "id": b.owner_id, "name": b.owner_name },
                "starts_at": b.span.start, "ends_at": b.span.end, "headcount": b.headcount, "units": b.units,
                "reason": b.reason, "replaces": b.moved_from })
    };
    bookings.iter().map(item).collect()
}

/// Whether «отменить всё» would still change this line.
pub fn can_be_cancelled(b: &Booking, now: DateTime<Utc>) -> bool {
    b.state.may_become(BookingState::Cancelled) && (b.state != BookingState::Planned || b.span.start > now)
}

/// «Отменить всё»: every line that has not begun; the rest stays as it is.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state` when
/// nothing is left to cancel.
pub async fn cancel_all(visit: &Visit, once: &Once, id: CommonId, form: &ReasonForm) -> Result<Done, Fault> {
    let (common, _) = open_common(visit, id).await?;
    visit.viewer.demand(REQUEST, Some(common.organisation_id.0))?;
    let mut problems = Problems::default();
    let reason = Check { problems: &mut problems }.optional("reason", &form.reason, 500);
    problems.into_result(())?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let mut cancelled = Vec::new();
        for line in store::bookings_in(tx, id).await?.into_iter().filter(|b| can_be_cancelled(b, visit.now)) {
            let booking = revise(tx, visit, line.id, "cancel", |b| {
                if !can_be_cancelled(b, visit.now) {
                    return Err(wrong(visit, b.state));
                }
                b.reason.clone_from(&reason);
                go(visit, b, BookingState::Cancelled)
            })
            .await?;
            resources::release(tx, booking.id.0).await?;
            news::told(tx, visit, &booking, Kind::Cancelled, &[Side::Owner, Side::Asker]).await?;
            cancelled.push(booking.id);
        }
        if cancelled.is_empty() {
            return Err(Fault::conflict("state", Message::new("common-nothing-left")));
        }
        Entry::new("cancel", COMMON_KIND, id).write(tx, visit).await?;
        Ok(Done::changed(common_url(id), json!({ "id": id, "cancelled": cancelled })))
    })
    .await
}

/// A line that came to nothing, and what is asked for instead: what was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ReplacementForm {
    pub booking_id: String,
    /// The same resource unless said.
    pub resource_id: String,
    /// The same time unless said.
    pub starts_at: String,
    pub ends_at: String,
}

/// The line that may be replaced: declined or given up, and nothing stands in its place yet.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] `state`.
pub fn replaceable<'a>(visit: &Visit, lines: &'a [Booking], id: &str) -> Result<&'a Booking, Fault> {
    let id: BookingId = id.trim().parse().map_err(|_| Fault::NotFound)?;
    let line = lines.iter().find(|b| b.id == id).ok_or(Fault::NotFound)?;
    if line.moved_to.is_none() && matches!(line.state, BookingState::Declined | BookingState::Cancelled) {
        Ok(line)
    } else {
        Err(wrong(visit, line.state))
    }
}

/// Asks for another resource, or another time, in the place of a line that came to nothing.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state`, `taken`.
pub async fn replace(visit: &Visit, once: &Once, id: CommonId, form: &ReplacementForm) -> Result<Done, Fault> {
    let (common, lines) = open_common(visit, id).await?;
    visit.viewer.demand(REQUEST, Some(common.organisation_id.0))?;
    let old = replaceable(visit, &lines, &form.booking_id)?.clone();
    let typed = TimeForm {
        resource_id: form.resource_id.clone(),
        starts_at: form.starts_at.clone(),
        ends_at: form.ends_at.clone(),
        ..TimeForm::default()
    };
    let other = typed.read(old.span)?;
    let target = other.resource.unwrap_or(old.resource_id);
    let known = Known::load(&mut Read::Net(&visit.net), &[target], other.span).await?;
    let r = known.resource(target)?;
    if !resources::may_be_seen(visit, r) {
        return Err(Fault::NotFound);
    }
    let new_id = BookingId(visit.new_id());
    let mut wish = wish_like(&old, r, other.span, new_id, Side::Asker);
    if wish.by.is_loan && !r.loanable {
        wish = Wish::new(new_id.0, r, other.span, &resources::Asker { is_loan: false, ..wish.by });
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::put_in_place(tx, old.id, new_id).await? {
            return Err(wrong(visit, old.state));
        }
        let outcome = resources::take(tx, &known, std::slice::from_ref(&wish), &[], false, visit.now).await?;
        let Some((wish, number)) = outcome.taken.first() else {
            let Some(clash) = outcome.clashes.first() else { return Err(Fault::NotFound) };
            let instead = super::book::Instead::find(&mut Read::Tx(tx), &known, clash, &[], visit).await?;
            return Err(taken(visit, &outcome.clashes, &instead));
        };
        let mut booking = new(visit, known.resource(target)?, wish, *number, &old.purpose);
        (booking.cart_id, booking.moved_from) = (Some(id.0), Some(old.id));
        store::insert(tx, std::slice::from_ref(&booking)).await?;
        Entry::new("replace", KIND, old.id).write(tx, visit).await?;
        Entry::new("create", KIND, booking.id).write(tx, visit).await?;
        news::asked(tx, visit, std::slice::from_ref(&booking)).await?;
        let body = json!({ "id": booking.id, "state": booking.state, "replaces": old.id, "common_request_id": id });
        Ok(Done::created(common_url(id), body))
    })
    .await
}

/// The common request of several resources asked for at once, with nothing of its own but the
/// purpose: so that their page is the same.
///
/// # Errors
/// The database's.
pub async fn bind(tx: &mut Tx, visit: &Visit, id: Uuid, draft: &super::BookingDraft) -> Result<(), Fault> {
    let Some(first) = draft.spans.first() else { return Ok(()) };
    let common = CommonDraft {
        organisation: draft.organisation,
        title: draft.purpose.chars().take(200).collect(),
        details: None,
        span: *first,
        headcount: draft.headcount,
        lines: Vec::new(),
    };
    store::insert_common(tx, CommonId(id), &common, visit.viewer.person, visit.now).await?;
    Entry::new("create", COMMON_KIND, id).write(tx, visit).await
}
