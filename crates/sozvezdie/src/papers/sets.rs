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
    exchange::{self, Booking, BookingId, CommonId, Form, Mode},
    organisations::{self, Kind, OrganisationId},
    people,
    resources::{self, Class, Resource, ResourceKind},
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

/// A booking with its resource.
struct Leg {
    booking: Booking,
    resource: Option<Resource>,
}

impl Leg {
    async fn all(visit: &Visit, bookings: Vec<Booking>) -> Result<Vec<Leg>, Fault> {
        let mut legs = Vec::with_capacity(bookings.len());
        for booking in bookings {
            if booking.mode != Mode::Distance && !booking.is_own_use() && booking.state.holds() {
                let resource = resources::find(&visit.net, booking.resource_id).await?;
                legs.push(Leg { booking, resource });
            }
        }
        Ok(legs)
    }

    /// A thing that comes to whoever asked: a bus, or what a bus brings.
    fn comes(&self) -> bool {
        self.booking.class == Class::Technological && self.resource.as_ref().is_some_and(|r| r.travels)
    }

    /// Who goes somewhere: learners to the owner's place, a person of the owner's to whoever asked.
    fn traveller(&self) -> Option<OrganisationId> {
        match self.booking.form {
            _ if self.comes() => None,
            Form::Stay => Some(self.booking.organisation_id),
            Form::Visit => Some(self.booking.owner_id),
            Form::Loan => None,
        }
    }
}

/// Puts the four papers of a trip together for a booking. Asked again, leads to those that there are.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `no-trip` when nobody goes anywhere.
pub async fn assemble(visit: &Visit, once: &Once, id: BookingId) -> Result<Done, Fault> {
    let booking = exchange::open(visit, id).await?;
    let legs = Leg::all(visit, vec![booking]).await?;
    let organisation = legs.first().and_then(Leg::traveller).ok_or_else(no_trip)?;
    put_together(visit, once, organisation, legs).await
}

/// The same for a common request: one trip of its organisation, with the vehicle that was asked for.
///
/// # Errors
/// As [`assemble`].
pub async fn assemble_common(visit: &Visit, once: &Once, id: CommonId) -> Result<Done, Fault> {
    let (common, _) = exchange::open_common(visit, id).await?;
    let legs = Leg::all(visit, exchange::bookings_of_common(&visit.net, id).await?).await?;
    put_together(visit, once, common.organisation_id, legs).await
}

fn no_trip() -> Fault {
    Fault::conflict("no-trip", Message::new("paper-no-trip"))
}

async fn put_together(visit: &Visit, once: &Once, organisation: OrganisationId, legs: Vec<Leg>) -> Result<Done, Fault> {
    visit.viewer.demand(EDIT, Some(organisation.0))?;
    let draft = gather(visit, organisation, legs).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let (id, is_new) = write(tx, visit, &draft).await?;
        let body = serde_json::json!({ "id": id });
        Ok(if is_new { Done::created(url(id), body) } else { Done::changed(url(id), body) })
    })
    .await
}

/// What the papers of a trip are made of, gathered before anything is written.
pub struct Gathered {
    organisation: OrganisationId,
    bookings: Vec<Booking>,
    trip: Trip,
    words: Words,
}

/// Gathers what is known of a trip of an organisation.
///
/// # Errors
/// [`Fault::Conflict`] `no-trip`.
pub async fn prepare(visit: &Visit, organisation: OrganisationId, bookings: Vec<Booking>) -> Result<Gathered, Fault> {
    gather(visit, organisation, Leg::all(visit, bookings).await?).await
}

async fn gather(visit: &Visit, organisation: OrganisationId, mut legs: Vec<Leg>) -> Result<Gathered, Fault> {
    let goes = |leg: &Leg| leg.traveller() == Some(organisation);
    legs.retain(|leg| goes(leg) || leg.comes() && leg.booking.organisation_id == organisation);
    legs.sort_by_key(|leg| (leg.booking.span.start, leg.booking.id));
    if !legs.iter().any(goes) {
        return Err(no_trip());
    }
    let words = Words::load(&visit.net).await?;
    let trip = trip(visit, organisation, &legs).await?;
    Ok(Gathered { organisation, bookings: legs.into_iter().map(|leg| leg.booking).collect(), trip, words })
}

/// Writes the papers, once for the same bookings: says which set it is, and whether it is new.
///
/// # Errors
/// The database's.
pub async fn write(tx: &mut Tx, visit: &Visit, of: &Gathered) -> Result<(SetId, bool), Fault> {
    let id = SetId(visit.new_id());
    let set = new_set(visit, id, of.organisation, &of.trip);
    store::insert_set(tx, &set).await?;
    for booking in &of.bookings {
        if !store::claim(tx, of.organisation, booking.id, id).await? {
            // Somebody was quicker, or it was asked before: nothing is left of this attempt.
            let there = store::set_of(tx, of.organisation, booking.id).await?.ok_or(Fault::NotFound)?;
            store::drop_set(tx, id).await?;
            return Ok((there, false));
        }
    }
    for kind in PaperKind::ALL {
        let paper = new_paper(visit, id, *kind, &of.trip, &of.words);
        store::insert(tx, &paper).await?;
    }
    Entry::new("create", KIND, id).write(tx, visit).await?;
    Ok((id, true))
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

async fn trip(visit: &Visit, organisation: OrganisationId, legs: &[Leg]) -> Result<Trip, Fault> {
    let home = organisations::open(visit, organisation).await?;
    let mut stops = Vec::new();
    let mut transport = None;
    let mut person = None;
    let mut is_visit = false;
    for leg in legs {
        let Leg { booking: b, resource } = leg;
        if leg.comes() {
            // A vehicle that comes for us; what else is brought to us moves nobody.
            if resource.as_ref().is_some_and(|r| r.kind == ResourceKind::Transport) {
                transport = Some((b.resource_name.clone(), parts::party(visit, b.owner_id).await?));
            }
            continue;
        }
        let host = if b.form == Form::Visit { b.organisation_id } else { b.owner_id };
        let party = parts::party(visit, host).await?;
        is_visit |= b.form == Form::Visit;
        person = person.or(b.person_id.filter(|_| b.form == Form::Visit));
        stops.push(Stop {
            host: party,
            resource: b.resource_name.clone(),
            safety: resource.as_ref().and_then(|r| r.safety.clone()),
            purpose: b.purpose.clone(),
            span: b.span,
            headcount: b.headcount,
        });
    }
    let travellers = if is_visit {
        let name = match person {
            Some(id) => people::find_name(&visit.net, people::PersonId(id)).await?,
            None => None,
        };
        Travellers::Person(name.map(|name| name.full()))
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
