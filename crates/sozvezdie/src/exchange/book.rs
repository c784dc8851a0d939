//! Asking: the capacity is held from the first moment, for all dates and resources in one
//! transaction, or the answer says what stands in the way and what is free instead.
use super::{
    DECIDE, KIND, REQUEST,
    form::{BookingDraft, BookingForm, form_of},
    model::{Booking, BookingId, BookingState, Form, Loan, Mode, Review, Side},
    store, url,
};
use crate::{
    organisations,
    resources::{self, Clash, Known, Read, Resource, Span, Taken, Wish},
};
use kit::{
    Fault, Visit,
    access::Reach,
    audit::Entry,
    db::Tx,
    fault::Conflict,
    once::{Done, Once},
    text::Message,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// Asks for a resource, or several, at a time, or several.
///
/// # Errors
/// [`Fault::Forbidden`] for another's organisation, [`Fault::NotFound`] for an unknown resource,
/// [`Fault::Invalid`]; [`Fault::Conflict`] `not-offered`, or `taken` with what stands in the way and
/// the nearest alternatives.
pub async fn book(visit: &Visit, once: &Once, form: &BookingForm) -> Result<Done, Fault> {
    let prepared = prepare(visit, form).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let (bookings, outcome) = carry_out(tx, visit, &prepared).await?;
        if let Some(cart) = prepared.group.cart {
            super::common::bind(tx, visit, cart, &prepared.draft).await?;
        }
        super::news::asked(tx, visit, &bookings).await?;
        crate::shell::drafts::drop(tx, visit.actor(), "booking-new").await?;
        Ok(done(&bookings, &outcome))
    })
    .await
}

/// What was asked for, looked at and allowed, to be carried out in a transaction.
pub struct Prepared {
    draft: BookingDraft,
    known: Known,
    wishes: Vec<Wish>,
    group: Group,
    foreseen: Option<Instead>,
}

/// Looks at what is asked for before the transaction.
///
/// # Errors
/// As [`book`].
pub async fn prepare(visit: &Visit, form: &BookingForm) -> Result<Prepared, Fault> {
    let draft = form.check(visit)?;
    visit.viewer.demand(REQUEST, Some(draft.organisation.0))?;
    if visit.viewer.reach(REQUEST) == Reach::Network {
        organisations::find(&visit.net, draft.organisation).await?.ok_or(Fault::NotFound)?;
    }
    let known = look(visit, &draft).await?;
    let wishes = wishes(visit, &draft, &known)?;
    let group = Group::of(visit, &draft);
    let foreseen = if draft.partly { None } else { foresee(visit, &known, &wishes).await? };
    Ok(Prepared { draft, known, wishes, group, foreseen })
}

/// Books in the transaction of what the booking is for, a lesson of a group for one.
///
/// # Errors
/// As [`book`].
pub async fn book_in(tx: &mut Tx, visit: &Visit, prepared: &Prepared) -> Result<Vec<Booking>, Fault> {
    let (bookings, _) = carry_out(tx, visit, prepared).await?;
    super::news::asked(tx, visit, &bookings).await?;
    Ok(bookings)
}

async fn carry_out(tx: &mut Tx, visit: &Visit, prepared: &Prepared) -> Result<(Vec<Booking>, Taken), Fault> {
    let Prepared { draft, known, wishes, group, foreseen } = prepared;
    let outcome = resources::take(tx, known, wishes, &[], draft.partly, visit.now).await?;
    if let Some(clash) = outcome.clashes.first().filter(|_| !draft.partly || outcome.taken.is_empty()) {
        let instead = match foreseen {
            Some(instead) => instead.clone(),
            None => Instead::find(&mut Read::Tx(tx), known, clash, &[], visit).await?,
        };
        return Err(taken(visit, &outcome.clashes, &instead));
    }
    let bookings = write(tx, visit, draft, known, group, &outcome).await?;
    Ok((bookings, outcome))
}

/// The resources with their calendar, outside the transaction: nobody waits for this.
async fn look(visit: &Visit, draft: &BookingDraft) -> Result<Known, Fault> {
    let mut ids = draft.resources.clone();
    ids.sort_unstable();
    let known = Known::load(&mut Read::Net(&visit.net), &ids, resources::hull(draft.spans.iter().copied())).await?;
    if known.resources.values().all(|r| resources::may_be_seen(visit, r)) { Ok(known) } else { Err(Fault::NotFound) }
}

fn wishes(visit: &Visit, draft: &BookingDraft, known: &Known) -> Result<Vec<Wish>, Fault> {
    let asker = draft.asker();
    let mut wishes = Vec::with_capacity(draft.resources.len() * draft.spans.len());
    for id in &draft.resources {
        for span in &draft.spans {
            wishes.push(Wish::new(visit.new_id(), known.resource(*id)?, *span, &asker));
        }
    }
    Ok(wishes)
}

/// What binds several bookings of one request.
struct Group {
    series: Option<Uuid>,
    cart: Option<Uuid>,
}

impl Group {
    fn of(visit: &Visit, draft: &BookingDraft) -> Self {
        Self {
            series: (draft.spans.len() > 1).then(|| visit.new_id()),
            cart: (draft.resources.len() > 1).then(|| visit.new_id()),
        }
    }
}

async fn write(
    tx: &mut Tx,
    visit: &Visit,
    draft: &BookingDraft,
    known: &Known,
    group: &Group,
    outcome: &Taken,
) -> Result<Vec<Booking>, Fault> {
    let mut bookings = Vec::with_capacity(outcome.taken.len());
    for (wish, number) in &outcome.taken {
        let r = known.resource(wish.hold.resource_id)?;
        let mut booking = new(visit, r, wish, *number, &draft.purpose);
        (booking.series_id, booking.cart_id) = (group.series, group.cart);
        // Who decides anyhow need not answer to themselves.
        if booking.is_own_use() && visit.viewer.reach(DECIDE).covers(Some(r.owner_id.0)) {
            booking.state = BookingState::Planned;
        }
        bookings.push(booking);
    }
    store::insert(tx, &bookings).await?;
    for booking in bookings.iter().filter(|b| b.state == BookingState::Planned) {
        resources::settle(tx, booking.id.0).await?;
    }
    Entry::write_all(bookings.iter().map(|b| Entry::new("create", KIND, b.id)).collect(), tx, visit).await?;
    Ok(bookings)
}

/// A booking of what was taken, as it is first written.
pub fn new(visit: &Visit, r: &Resource, wish: &Wish, number: i64, purpose: &str) -> Booking {
    let hold = &wish.hold;
    Booking {
        id: BookingId(hold.id),
        resource_id: r.id,
        resource_name: r.name.clone(),
        owner_id: r.owner_id,
        owner_name: r.owner_name.clone(),
        organisation_id: hold.organisation_id,
        organisation_name: String::new(),
        class: r.class,
        form: form_of(r, wish.by.is_loan),
        person_id: hold.person_id,
        series_id: None,
        cart_id: None,
        need_id: None,
        number,
        span: hold.span,
        headcount: hold.headcount,
        units: hold.units,
        purpose: purpose.to_owned(),
        mode: if wish.by.at_distance { Mode::Distance } else { Mode::InPerson },
        state: BookingState::Requested,
        reason: None,
        asked: None,
        moved_from: None,
        moved_to: None,
        owner_stated: None,
        asker_stated: None,
        agreed_headcount: 0,
        agreed_minutes: 0,
        agreed_days: 0,
        owner_review: Review::default(),
        asker_review: Review::default(),
        loan: Loan::default(),
        created_at: visit.now,
        created_by: visit.viewer.person,
        updated_at: visit.now,
        updated_by: visit.viewer.person,
        version: 1,
    }
}

/// The wish to have what a booking has, at another time or of another resource.
pub fn wish_like(b: &Booking, r: &Resource, span: Span, id: BookingId, by: Side) -> Wish {
    let asker = resources::Asker {
        organisation: b.organisation_id,
        headcount: b.headcount,
        units: Some(b.units),
        at_distance: b.mode == Mode::Distance,
        is_loan: b.form == Form::Loan,
        by_owner: by == Side::Owner,
    };
    Wish::new(id.0, r, span, &asker)
}

fn done(bookings: &[Booking], outcome: &Taken) -> Done {
    let item = |b: &Booking| json!({ "id": b.id, "state": b.state, "resource_id": b.resource_id, "starts_at": b.span.start, "ends_at": b.span.end, "number": b.number });
    let Some(first) = bookings.first() else { return Done::changed(super::LIST.into(), json!({})) };
    let mut body = item(first);
    if let (true, Some(map)) = (bookings.len() > 1 || !outcome.clashes.is_empty(), body.as_object_mut()) {
        map.insert("series_id".into(), json!(first.series_id));
        map.insert("cart_id".into(), json!(first.cart_id));
        map.insert("items".into(), bookings.iter().map(item).collect());
        map.insert("refused".into(), outcome.clashes.iter().map(|c| place(&c.wish)).collect());
    }
    Done::created(url(first.id), body)
}

fn place(wish: &Wish) -> Value {
    json!({ "resource_id": wish.hold.resource_id, "starts_at": wish.hold.span.start, "ends_at": wish.hold.span.end })
}

/// What can be had instead.
#[derive(Clone, Debug, Default)]
pub struct Instead {
    resource: Option<Uuid>,
    spans: Vec<Span>,
    others: Vec<Resource>,
    of: Option<Span>,
}

impl Instead {
    /// # Errors
    /// The database's.
    pub async fn find(
        read: &mut Read<'_>,
        known: &Known,
        clash: &Clash,
        instead_of: &[Uuid],
        visit: &Visit,
    ) -> Result<Self, Fault> {
        let r = known.resource(clash.wish.hold.resource_id)?;
        let spans = resources::alternatives(read, r, &clash.wish, instead_of, visit.now).await?;
        let others = resources::others(read, r, &clash.wish, visit.now).await?;
        Ok(Self { resource: Some(r.id.0), spans, others, of: Some(clash.wish.hold.span) })
    }
}

/// Looks for alternatives before the transaction when what is asked for is plainly taken, so that
/// nobody waits for the search. The transaction decides anew.
async fn foresee(visit: &Visit, known: &Known, wishes: &[Wish]) -> Result<Option<Instead>, Fault> {
    for wish in wishes {
        let r = known.resource(wish.hold.resource_id)?;
        let blocking = known.calendar.in_the_way(r, &wish.hold);
        if !blocking.is_empty() && resources::allowed(r, &known.calendar, wish, visit.now).is_ok() {
            let clash = Clash { wish: wish.clone(), blocking };
            return Instead::find(&mut Read::Net(&visit.net), known, &clash, &[], visit).await.map(Some);
        }
    }
    Ok(None)
}

/// The answer to a wish that cannot be had. Who stands in the way is said only to those who may
/// know; that and when, to everybody who asks.
pub fn taken(visit: &Visit, clashes: &[Clash], instead: &Instead) -> Fault {
    let seen = visit.viewer.reach(super::VIEW);
    let in_the_way: Vec<Value> = clashes
        .iter()
        .flat_map(|c| &c.blocking)
        .map(|hold| {
            let mut block =
                json!({ "starts_at": hold.span.start, "ends_at": hold.span.end, "headcount": hold.headcount });
            if let (true, Some(map)) = (seen.covers(Some(hold.organisation_id.0)), block.as_object_mut()) {
                map.insert("id".into(), json!(hold.id));
                map.insert("organisation_id".into(), json!(hold.organisation_id));
            }
            block
        })
        .take(50)
        .collect();
    let span = |s: &Span| json!({ "resource_id": instead.resource, "starts_at": s.start, "ends_at": s.end });
    let other = |r: &Resource| {
        json!({ "resource_id": r.id, "name": r.name, "owner": { "id": r.owner_id, "name": r.owner_name },
                "starts_at": instead.of.map(|s| s.start), "ends_at": instead.of.map(|s| s.end) })
    };
    let mut details = serde_json::Map::new();
    details.insert("bookings".into(), in_the_way.into());
    details.insert("alternatives".into(), instead.spans.iter().map(span).collect());
    details.insert("other_resources".into(), instead.others.iter().map(other).collect());
    details.insert("refused".into(), clashes.iter().map(|c| place(&c.wish)).collect());
    let message = Message::new("booking-taken").with("count", clashes.len());
    Fault::Conflict(Box::new(Conflict { code: "taken".into(), message, details }))
}
