//! «Собрать выезд» and what follows: putting the papers together once, editing them, one at a time.
use super::{
    EDIT,
    parts::{self, Party},
    record::{PaperForm, PaperId, PaperKind, Record, Set, SetId},
    store,
    trip::{Stop, Travellers, Trip},
    url,
    words::Words,
};
use crate::{
    exchange::{self, Booking, BookingId, Form, Mode},
    organisations::{self, Kind, OrganisationId},
    people,
    resources::{self, ResourceKind},
};
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    once::{Done, Once},
    text::Message,
};

/// The kind of record in audit.
pub const KIND: &str = "paper";

/// Who goes somewhere for a booking: learners to the owner's place, a person of the owner's to whoever asked.
fn traveller(b: &Booking) -> Option<OrganisationId> {
    if b.mode == Mode::Distance || b.is_own_use() || !b.state.holds() {
        return None;
    }
    match b.form {
        Form::Stay => Some(b.organisation_id),
        Form::Visit => Some(b.owner_id),
        Form::Loan => None,
    }
}

/// Puts the four papers of a trip together from the bookings of one event. Asked again, leads to those that
/// there are.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `no-trip` when nobody goes anywhere.
pub async fn assemble(visit: &Visit, once: &Once, ids: &[BookingId]) -> Result<Done, Fault> {
    let mut bookings = Vec::with_capacity(ids.len());
    for id in ids {
        bookings.push(exchange::open(visit, *id).await?);
    }
    bookings.sort_by_key(|b| (b.span.start, b.id));
    let no_trip = || Fault::conflict("no-trip", Message::new("paper-no-trip"));
    let organisation = bookings.iter().find_map(traveller).ok_or_else(no_trip)?;
    visit.viewer.demand(EDIT, Some(organisation.0))?;
    bookings.retain(|b| traveller(b) == Some(organisation));
    let words = Words::load(&visit.net).await?;
    let trip = trip(visit, organisation, &bookings).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = SetId(visit.new_id());
        let set = new_set(visit, id, organisation, &trip);
        store::insert_set(tx, &set).await?;
        for booking in &bookings {
            if !store::claim(tx, organisation, booking.id, id).await? {
                // Somebody was quicker, or it was asked before: nothing is left of this attempt.
                let there = store::set_of(tx, organisation, booking.id).await?.ok_or(Fault::NotFound)?;
                store::drop_set(tx, id).await?;
                return Ok(Done::changed(url(there), serde_json::json!({ "id": there })));
            }
        }
        for kind in PaperKind::ALL {
            let paper = new_paper(visit, id, *kind, &trip, &words);
            store::insert(tx, &paper).await?;
        }
        Entry::new("create", KIND, id).write(tx, visit).await?;
        Ok(Done::created(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

fn new_set(visit: &Visit, id: SetId, organisation: OrganisationId, trip: &Trip) -> Set {
    let title = trip.stops.first().map(|stop| format!("{}, {}", stop.host.short_name, trip.day())).unwrap_or_default();
    Set {
        id,
        organisation_id: organisation,
        title,
        issuer: trip.party.name.clone(),
        requisites: trip.party.requisites.join("\n"),
        place: trip.party.place.clone(),
        created_at: visit.now,
        created_by: visit.viewer.person,
    }
}

fn new_paper(visit: &Visit, set: SetId, kind: PaperKind, trip: &Trip, words: &Words) -> Record {
    let draft = trip.draft(kind, words);
    Record {
        id: PaperId(visit.new_id()),
        set_id: set,
        kind,
        number: String::new(),
        dated: None,
        aside: draft.aside,
        heading: draft.heading,
        body: draft.body,
        grid: draft.grid,
        ending: draft.ending,
        post: parts::capital(&trip.party.post),
        signatory: trip.party.head.clone().unwrap_or_default(),
        updated_at: visit.now,
        updated_by: visit.viewer.person,
        version: 1,
    }
}

async fn trip(visit: &Visit, organisation: OrganisationId, bookings: &[Booking]) -> Result<Trip, Fault> {
    let home = organisations::open(visit, organisation).await?;
    let mut stops = Vec::new();
    let mut transport = None;
    let mut person = None;
    let mut is_visit = false;
    for b in bookings {
        let resource = resources::find(&visit.net, b.resource_id).await?;
        let is_transport = resource.as_ref().is_some_and(|r| r.kind == ResourceKind::Transport);
        let host = if b.form == Form::Visit { b.organisation_id } else { b.owner_id };
        let party = parts::party(visit, host).await?;
        if is_transport && bookings.len() > 1 {
            transport = Some((b.resource_name.clone(), party));
            continue;
        }
        is_visit |= b.form == Form::Visit;
        person = person.or(b.person_id.filter(|_| b.form == Form::Visit));
        stops.push(Stop {
            host: party,
            resource: b.resource_name.clone(),
            safety: resource.and_then(|r| r.safety),
            purpose: b.purpose.clone(),
            span: b.span,
            headcount: b.headcount,
        });
    }
    let travellers = if is_visit {
        let names = people::names(&visit.net, person.as_slice()).await?;
        Travellers::Person(person.and_then(|id| names.get(&id).cloned()))
    } else {
        Travellers::Learners { preschool: home.kind == Kind::Preschool }
    };
    Ok(Trip { party: Party::of(&home), travellers, stops, transport })
}

/// The papers of a trip, if this viewer prepares them.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown id and one out of reach.
pub async fn open(visit: &Visit, id: SetId) -> Result<(Set, Vec<Record>), Fault> {
    let set = store::find_set(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    if !visit.viewer.reach(EDIT).covers(Some(set.organisation_id.0)) {
        return Err(Fault::NotFound);
    }
    Ok((set, store::papers(&visit.net, id).await?))
}

/// One of them.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn open_one(visit: &Visit, id: SetId, kind: PaperKind) -> Result<(Set, Record), Fault> {
    let (set, papers) = open(visit, id).await?;
    let paper = papers.into_iter().find(|paper| paper.kind == kind).ok_or(Fault::NotFound)?;
    Ok((set, paper))
}

/// Saves what a person has made of a paper.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Invalid`]; [`Fault::Conflict`] `stale` naming whoever saved in between.
pub async fn change(visit: &Visit, once: &Once, id: SetId, kind: PaperKind, form: &PaperForm) -> Result<Done, Fault> {
    let (_, before) = open_one(visit, id, kind).await?;
    let version = form.version.parse().unwrap_or(before.version);
    let mut next = form.apply(&before)?;
    (next.version, next.updated_at, next.updated_by) = (version, visit.now, visit.viewer.person);
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::update(tx, &next).await? {
            return Err(stale(visit, &before).await?);
        }
        Entry::new("update", KIND, id).fields(&[kind.code()]).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "kind": kind, "version": version + 1 })))
    })
    .await
}

/// Whose change stands there now.
async fn stale(visit: &Visit, now: &Record) -> Result<Fault, Fault> {
    let names = people::names(&visit.net, now.updated_by.as_slice()).await?;
    let who = now.updated_by.and_then(|id| names.get(&id).cloned());
    let who = who.unwrap_or_else(|| visit.lang.say("somebody").into_owned());
    let when = visit.lang.moment(now.updated_at, chrono::Datelike::year(&visit.today));
    Ok(Fault::conflict("stale", Message::new("form-stale").with("who", who).with("when", when)))
}
