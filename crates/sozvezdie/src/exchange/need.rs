//! A need that nobody offers yet. Any organisation answers with a resource of its own; the answer
//! is an offer like any counter-offer: it holds its capacity and waits for whoever asked.
use super::{
    DECIDE, NEED_KIND, REQUEST, VIEW,
    act::go,
    book::{Instead, new, taken},
    model::{Booking, BookingState, Side},
    need_url, news, store, url,
};
use crate::{
    notifications::{self, Kind},
    organisations::{self, OrganisationId},
    resources::{self, Asker, Class, Known, Read, ResourceId, Span, Wish, loose, moment, whole, whole_required},
};
use chrono::{DateTime, Utc};
use kit::{
    Fault, Visit,
    access::Reach,
    audit::Entry,
    db::Tx,
    form::{Check, Problems, tidy_lines},
    once::{Done, Once},
    text::{Message, text_prefix},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

kit::db::id_type!(
    /// A need.
    NeedId
);

kit::codes! {
    /// How much it presses.
    pub enum Priority { Low = "low", Usual = "usual", Urgent = "urgent" }
}

kit::codes! {
    /// submitted → answered (somebody offers) → fulfilled (the offer is taken) or cancelled.
    pub enum NeedState { Submitted = "submitted", Answered = "answered", Fulfilled = "fulfilled", Cancelled = "cancelled" }
}

impl NeedState {
    /// The table of allowed moves. An offer that is not taken leaves the need open.
    pub fn may_become(self, next: Self) -> bool {
        use NeedState::{Answered, Cancelled, Fulfilled, Submitted};
        matches!(
            (self, next),
            (Submitted, Answered | Cancelled) | (Answered, Answered | Submitted | Fulfilled | Cancelled)
        )
    }
}

/// One need.
#[derive(Clone, Debug)]
pub struct Need {
    pub id: NeedId,
    pub organisation_id: OrganisationId,
    pub organisation_name: String,
    pub title: String,
    pub details: Option<String>,
    pub class: Option<Class>,
    pub span: Span,
    /// Another time would do as well.
    pub is_flexible: bool,
    pub headcount: i64,
    pub priority: Priority,
    pub state: NeedState,
    pub created_at: DateTime<Utc>,
    pub created_by: Option<Uuid>,
    pub updated_at: DateTime<Utc>,
    pub updated_by: Option<Uuid>,
    pub version: i64,
}

impl kit::db::Row for Need {
    fn from_row(row: kit::db::RowRef<'_>) -> kit::db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            organisation_id: row.get(1)?,
            organisation_name: row.get(2)?,
            title: row.get(3)?,
            details: row.get(4)?,
            class: row.get(5)?,
            span: Span::new(row.get(6)?, row.get(7)?),
            is_flexible: row.get(8)?,
            headcount: row.get(9)?,
            priority: row.get(10)?,
            state: row.get(11)?,
            created_at: row.get(12)?,
            created_by: row.get(13)?,
            updated_at: row.get(14)?,
            updated_by: row.get(15)?,
            version: row.get(16)?,
        })
    }
}

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct NeedForm {
    pub organisation_id: String,
    pub title: String,
    pub details: String,
    pub class: String,
    pub starts_at: String,
    pub ends_at: String,
    #[serde(deserialize_with = "loose")]
    pub is_flexible: String,
    #[serde(deserialize_with = "loose")]
    pub headcount: String,
    pub priority: String,
}

impl NeedForm {
    fn read(&self, visit: &Visit) -> Result<Need, Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let title = check.required("title", &self.title, 200);
        let details = tidy_lines(&self.details).map(|text| text.chars().take(4000).collect());
        let own = match visit.viewer.reach(REQUEST) {
            Reach::Organisations(own) if own.len() == 1 => own.first().copied().map(OrganisationId),
            _ => None,
        };
        let organisation = self.organisation_id.trim().parse().ok().or(own);
        if organisation.is_none() {
            problems.add("organisation_id", Message::new("form-choose"));
        }
        let class = if self.class.is_empty() {
            None
        } else {
            self.class.parse().map_err(|_| problems.add("class", Message::new("form-choose"))).ok()
        };
        let start = moment(&mut problems, "starts_at", &self.starts_at);
        let end = moment(&mut problems, "ends_at", &self.ends_at);
        for (field, text) in [("starts_at", &self.starts_at), ("ends_at", &self.ends_at)] {
            if text.trim().is_empty() {
                problems.add(field, Message::new("form-required"));
            }
        }
        if start.is_some_and(|at| at < visit.now) {
            problems.add("starts_at", Message::new("hold-past"));
        }
        if start.zip(end).is_some_and(|(start, end)| end <= start) {
            problems.add("ends_at", Message::new("hold-ends-before"));
        }
        let headcount = whole_required(&mut problems, "headcount", &self.headcount, 1, 100_000).unwrap_or(1);
        let need = Need {
            id: NeedId(visit.new_id()),
            organisation_id: organisation.unwrap_or(OrganisationId(Uuid::nil())),
            organisation_name: String::new(),
            title,
            details,
            class,
            // Not read when `problems` names the field.
            span: Span::new(start.unwrap_or(visit.now), end.unwrap_or(visit.now)),
            is_flexible: super::form::is_yes(&self.is_flexible),
            headcount,
            priority: self.priority.parse().unwrap_or(Priority::Usual),
            state: NeedState::Submitted,
            created_at: visit.now,
            created_by: visit.viewer.person,
            updated_at: visit.now,
            updated_by: visit.viewer.person,
            version: 1,
        };
        problems.into_result(need)
    }
}

/// The need, which everybody in the exchange may see.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn open_need(visit: &Visit, id: NeedId) -> Result<Need, Fault> {
    if !visit.viewer.may(VIEW) {
        return Err(Fault::NotFound);
    }
    store::find_need(&visit.net, id).await?.ok_or(Fault::NotFound)
}

/// Tells the network what is needed.
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn submit_need(visit: &Visit, once: &Once, form: &NeedForm) -> Result<Done, Fault> {
    let need = form.read(visit)?;
    visit.viewer.demand(REQUEST, Some(need.organisation_id.0))?;
    if visit.viewer.reach(REQUEST) == Reach::Network {
        organisations::find(&visit.net, need.organisation_id).await?.ok_or(Fault::NotFound)?;
    }
    once.run(&visit.net, async |tx: &mut Tx| {
        store::insert_need(tx, &need).await?;
        Entry::new("create", NEED_KIND, need.id).write(tx, visit).await?;
        news::needed(tx, visit, &need).await?;
        crate::shell::drafts::drop(tx, visit.actor(), "need-new").await?;
        Ok(Done::created(need_url(need.id), json!({ "id": need.id, "state": need.state })))
    })
    .await
}

/// Nobody needs it any more. Offers that nobody took stay to be refused one by one.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `state`.
pub async fn cancel_need(visit: &Visit, once: &Once, id: NeedId) -> Result<Done, Fault> {
    let need = open_need(visit, id).await?;
    visit.viewer.demand(REQUEST, Some(need.organisation_id.0))?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let need = step(tx, visit, id, NeedState::Cancelled).await?.ok_or_else(|| wrong(visit, &need))?;
        Ok(Done::changed(need_url(id), json!({ "id": id, "state": need.state })))
    })
    .await
}

fn wrong(visit: &Visit, need: &Need) -> Fault {
    let state = visit.lang.say(&text_prefix!("need-state-", need.state.code()));
    Fault::conflict("state", Message::new("need-wrong-state").with("state", state))
}

/// Moves a need along its table; `None` when it cannot go there.
async fn step(tx: &mut Tx, visit: &Visit, id: NeedId, next: NeedState) -> Result<Option<Need>, Fault> {
    for _ in 0..8 {
        let mut need = store::find_need_in(tx, id).await?.ok_or(Fault::NotFound)?;
        if !need.state.may_become(next) {
            return Ok(None);
        }
        (need.state, need.updated_at, need.updated_by) = (next, visit.now, visit.viewer.person);
        if store::save_need(tx, &need).await? {
            if matches!(next, NeedState::Fulfilled | NeedState::Cancelled) {
                notifications::settle(tx, visit, id.0).await?;
            }
            Entry::new(next.code(), NEED_KIND, id).fields(&["state"]).write(tx, visit).await?;
            return Ok(Some(need));
        }
    }
    Err(Fault::Unavailable("the need changes too quickly".into()))
}

/// An answer to a need: what was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ResponseForm {
    pub resource_id: String,
    /// The need's own time unless said.
    pub starts_at: String,
    pub ends_at: String,
    #[serde(deserialize_with = "loose")]
    pub units: String,
    pub note: String,
}

/// An organisation answers with a resource of its own: a booking that waits for whoever asked.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state`,
/// `not-offered`, `taken`.
pub async fn respond(visit: &Visit, once: &Once, id: NeedId, form: &ResponseForm) -> Result<Done, Fault> {
    let need = open_need(visit, id).await?;
    let mut problems = Problems::default();
    let start = moment(&mut problems, "starts_at", &form.starts_at).unwrap_or(need.span.start);
    let end = moment(&mut problems, "ends_at", &form.ends_at).unwrap_or(start + need.span.length());
    let units = whole(&mut problems, "units", &form.units, 1, 100_000);
    let note = Check { problems: &mut problems }.optional("note", &form.note, 500);
    let resource = form.resource_id.trim().parse::<ResourceId>().ok();
    if resource.is_none() {
        problems.add("resource_id", Message::new("form-choose"));
    }
    problems.into_result(())?;
    let Some(resource) = resource else { return Err(Fault::NotFound) };
    let span = Span::new(start, end);
    let known = Known::load(&mut Read::Net(&visit.net), &[resource], span).await?;
    visit.viewer.demand(DECIDE, Some(known.resource(resource)?.owner_id.0))?;
    let asker = Asker {
        organisation: need.organisation_id,
        headcount: need.headcount,
        units,
        at_distance: false,
        is_loan: false,
        by_owner: true,
    };
    let wish = Wish::new(visit.new_id(), known.resource(resource)?, span, &asker);
    once.run(&visit.net, async |tx: &mut Tx| {
        step(tx, visit, id, NeedState::Answered).await?.ok_or_else(|| wrong(visit, &need))?;
        let outcome = resources::take(tx, &known, std::slice::from_ref(&wish), &[], false, visit.now).await?;
        let Some((wish, number)) = outcome.taken.first() else {
            let Some(clash) = outcome.clashes.first() else { return Err(Fault::NotFound) };
            let instead = Instead::find(&mut Read::Tx(tx), &known, clash, &[], visit).await?;
            return Err(taken(visit, &outcome.clashes, &instead));
        };
        let mut booking = new(visit, known.resource(resource)?, wish, *number, &need.title);
        booking.need_id = Some(id.0);
        booking.reason.clone_from(&note);
        go(visit, &mut booking, BookingState::Countered)?;
        store::insert(tx, std::slice::from_ref(&booking)).await?;
        super::consent::with_offer(tx, visit, &booking).await?;
        Entry::new("create", super::KIND, booking.id).write(tx, visit).await?;
        news::told(tx, visit, &booking, Kind::Response, &[Side::Asker]).await?;
        Ok(Done::created(url(booking.id), json!({ "id": booking.id, "state": booking.state, "need_id": id })))
    })
    .await
}

/// The offer was taken: the need is met.
pub async fn fulfil(tx: &mut Tx, visit: &Visit, b: &Booking) -> Result<(), Fault> {
    match b.need_id {
        Some(id) => step(tx, visit, NeedId(id), NeedState::Fulfilled).await.map(drop),
        None => Ok(()),
    }
}

/// The offer was not taken: the need waits for another.
pub async fn reopen(tx: &mut Tx, visit: &Visit, b: &Booking) -> Result<(), Fault> {
    match b.need_id {
        Some(id) if !store::has_other_offers(tx, id, b.id).await? => {
            step(tx, visit, NeedId(id), NeedState::Submitted).await.map(drop)
        }
        _ => Ok(()),
    }
}
