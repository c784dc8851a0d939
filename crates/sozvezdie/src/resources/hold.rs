//! Taking and giving back: the one way to a resource's capacity.
//!
//! Whoever takes first raises the counter in the row that all rivals share (several rows in the
//! order of ids, people after resources, so that nobody waits in a circle), and looks only then.
//! On PostgreSQL the rivals wait at that row and each sees what the one before has taken; on SQLite
//! they wait for the only writer. Nothing is checked before and trusted after.
use super::{
    calendar::{Calendar, Want},
    load,
    model::{
        Class, HORIZON, Hold, LONGEST_LOAN, LONGEST_STAY, Resource, ResourceId, ResourceState, SHORTEST_STAY, Sharing,
    },
    schedule::{Span, at},
    store::{self, Read},
};
use crate::organisations::OrganisationId;
use chrono::{DateTime, Duration, Utc};
use kit::{
    Fault,
    clock::local_date,
    db::{Net, Tx},
    form::Problems,
    text::Message,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What somebody wants to take.
#[derive(Clone, Debug)]
pub struct Wish {
    pub hold: Hold,
    pub by: Asker,
}

/// Who asks, for how many, and how.
#[derive(Clone, Copy, Debug)]
pub struct Asker {
    pub organisation: OrganisationId,
    pub headcount: i64,
    /// Pieces; as many as people where nothing is said.
    pub units: Option<i64>,
    pub at_distance: bool,
    /// Taken away and brought back later.
    pub is_loan: bool,
    /// The owner itself proposes it, so that nobody needs to be asked days ahead.
    pub by_owner: bool,
}

impl Wish {
    pub fn new(id: Uuid, r: &Resource, span: Span, by: &Asker) -> Self {
        let want = by.want(r);
        let hold = Hold {
            id,
            resource_id: r.id,
            person_id: r.person_id,
            organisation_id: by.organisation,
            place_id: want.place_id,
            span,
            headcount: want.headcount,
            units: want.units,
            is_pending: true,
        };
        Self { hold, by: *by }
    }

    /// The first moment that may be asked for.
    fn earliest(&self, r: &Resource, now: DateTime<Utc>) -> DateTime<Utc> {
        if self.by.by_owner { now } else { r.earliest(self.hold.organisation_id, now) }
    }

    fn want(&self) -> Want {
        Want { headcount: self.hold.headcount, units: self.hold.units, place_id: self.hold.place_id }
    }
}

impl Asker {
    /// How much of this resource is wanted, and where.
    pub fn want(&self, r: &Resource) -> Want {
        let units = if r.sharing == Sharing::ByPiece { self.units.unwrap_or(self.headcount) } else { 1 };
        let place = if r.travels || self.is_loan { self.organisation } else { r.owner_id };
        Want { headcount: self.headcount, units, place_id: (!self.at_distance).then_some(place) }
    }
}

/// Resources with their calendar of the time in question.
#[derive(Clone, Debug)]
pub struct Known {
    pub resources: BTreeMap<ResourceId, Resource>,
    pub calendar: Calendar,
}

impl Known {
    /// # Errors
    /// [`Fault::NotFound`] when one is unknown.
    pub async fn load(read: &mut Read<'_>, wanted: &[ResourceId], window: Span) -> Result<Self, Fault> {
        let resources = store::find_all(read, wanted).await?;
        let calendar = Calendar::load(read, &resources, window).await?;
        let known = Self { resources: resources.into_iter().map(|r| (r.id, r)).collect(), calendar };
        if wanted.iter().all(|id| known.resources.contains_key(id)) { Ok(known) } else { Err(Fault::NotFound) }
    }

    /// # Errors
    /// [`Fault::NotFound`] when it is unknown.
    pub fn resource(&self, id: ResourceId) -> Result<&Resource, Fault> {
        self.resources.get(&id).ok_or(Fault::NotFound)
    }
}

/// A wish that cannot be had, and what stands in the way.
#[derive(Clone, Debug)]
pub struct Clash {
    pub wish: Wish,
    pub blocking: Vec<Hold>,
}

/// What came of the wishes.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// With the resource's number of the taking: the order among rivals.
    pub taken: Vec<(Wish, i64)>,
    pub clashes: Vec<Clash>,
}

/// Takes all wishes, or with `partly` those that can be had; giving up `instead_of` in the same
/// moment. Without `partly` nothing is taken if one cannot be had.
///
/// # Errors
/// [`Fault::NotFound`] for an unknown resource, [`Fault::Invalid`] for a wish against the rules,
/// [`Fault::Conflict`] `not-offered`.
pub async fn take(
    tx: &mut Tx,
    known: &Known,
    wishes: &[Wish],
    instead_of: &[Uuid],
    partly: bool,
    now: DateTime<Utc>,
) -> Result<Taken, Fault> {
    let mut ids: Vec<ResourceId> = wishes.iter().map(|w| w.hold.resource_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut known = known.clone();
    let mut numbers = BTreeMap::new();
    let mut is_fresh = true;
    for id in &ids {
        let (number, version) = store::raise(tx, *id).await?.ok_or(Fault::NotFound)?;
        is_fresh &= known.resources.get(id).is_some_and(|r| r.version == version);
        numbers.insert(*id, number);
    }
    if !is_fresh {
        // Somebody changed a resource since it was looked at: its person, its hours, its size.
        known = Known::load(&mut Read::Tx(tx), &ids, hull(wishes.iter().map(|w| w.hold.span))).await?;
    }
    let wishes: Vec<Wish> = wishes
        .iter()
        .map(|w| Ok(Wish::new(w.hold.id, known.resource(w.hold.resource_id)?, w.hold.span, &w.by)))
        .collect::<Result<_, Fault>>()?;
    let mut people: Vec<Uuid> = wishes.iter().filter_map(|w| w.hold.person_id).collect();
    people.sort_unstable();
    people.dedup();
    for person in people {
        store::raise_person(tx, person).await?;
    }
    store::stretch(tx, &ids, now).await?;
    known.calendar.look(&mut Read::Tx(tx)).await?;
    for id in instead_of {
        known.calendar.remove(*id);
    }
    let mut outcome = Taken::default();
    for wish in wishes {
        let r = known.resource(wish.hold.resource_id)?;
        allowed(r, &known.calendar, &wish, now)?;
        let blocking = known.calendar.in_the_way(r, &wish.hold);
        if blocking.is_empty() {
            known.calendar.put(wish.hold.clone());
            let number = numbers.get(&wish.hold.resource_id).copied().unwrap_or(0);
            outcome.taken.push((wish, number));
        } else {
            outcome.clashes.push(Clash { wish, blocking });
        }
    }
    if outcome.clashes.is_empty() || partly {
        for id in instead_of {
            store::delete_hold(tx, *id).await?;
        }
        let holds: Vec<Hold> = outcome.taken.iter().map(|(wish, _)| wish.hold.clone()).collect();
        store::insert_holds(tx, &holds).await?;
    }
    Ok(outcome)
}

/// Gives back what a booking holds.
///
/// # Errors
/// The database's.
pub async fn release(tx: &mut Tx, id: Uuid) -> Result<(), Fault> {
    store::delete_hold(tx, id).await.map(drop)
}

/// What was asked for is agreed: it waits no longer.
///
/// # Errors
/// The database's.
pub async fn settle(tx: &mut Tx, id: Uuid) -> Result<(), Fault> {
    store::settle_hold(tx, id).await
}

/// It was handed over: it holds its capacity until [`is_back`], also beyond its end.
///
/// # Errors
/// The database's.
pub async fn hold_until_back(tx: &mut Tx, id: Uuid) -> Result<(), Fault> {
    store::hold_until_back(tx, id).await
}

/// It is back after all: it holds no longer than until `end`, the end that was agreed.
///
/// # Errors
/// The database's.
pub async fn is_back(tx: &mut Tx, id: Uuid, end: DateTime<Utc>) -> Result<(), Fault> {
    store::is_back(tx, id, end).await
}

/// The smallest span around all of these.
pub fn hull(spans: impl Iterator<Item = Span>) -> Span {
    spans
        .reduce(|a, b| Span::new(a.start.min(b.start), a.end.max(b.end)))
        .unwrap_or(Span::new(DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH))
}

/// The rules that do not depend on others: is it offered, is it the time for it, is it large enough.
///
/// # Errors
/// [`Fault::Conflict`] `not-offered`; [`Fault::Invalid`] with every field at once.
pub fn allowed(r: &Resource, calendar: &Calendar, wish: &Wish, now: DateTime<Utc>) -> Result<(), Fault> {
    if !r.is_bookable() {
        let message = match (r.class, r.state) {
            (Class::Methodical, _) => Message::new("hold-methodical"),
            (_, ResourceState::Paused) => Message::new("hold-paused"),
            _ => Message::new("hold-not-offered"),
        };
        return Err(Fault::conflict("not-offered", message.with("name", &r.name)));
    }
    let mut problems = Problems::default();
    times(&mut problems, r, wish, now);
    if problems.is_empty() {
        during_hours(&mut problems, calendar, wish);
    }
    let (headcount, units) = (wish.hold.headcount, wish.hold.units);
    if !r.capacity().fits(headcount, units) {
        let field = if r.sharing == Sharing::ByPiece && units != headcount { "units" } else { "headcount" };
        problems.add(field, Message::new("hold-too-many").with("capacity", r.capacity.unwrap_or(0)));
    }
    problems.into_result(())
}

fn times(problems: &mut Problems, r: &Resource, wish: &Wish, now: DateTime<Utc>) {
    let span = wish.hold.span;
    let earliest = wish.earliest(r, now);
    let longest = if wish.by.is_loan { LONGEST_LOAN } else { LONGEST_STAY };
    if span.start < now {
        problems.add("starts_at", Message::new("hold-past"));
    } else if span.start < earliest {
        problems.add("starts_at", Message::new("hold-lead").with("date", local_date(earliest)));
    } else if span.start > now + HORIZON {
        problems.add("starts_at", Message::new("hold-too-far").with("date", local_date(now + HORIZON)));
    }
    if span.end <= span.start {
        problems.add("ends_at", Message::new("hold-ends-before"));
    } else if span.length() < SHORTEST_STAY {
        problems.add("ends_at", Message::new("hold-too-short").with("minutes", SHORTEST_STAY.num_minutes()));
    } else if span.length() > longest {
        problems.add("ends_at", Message::new("hold-too-long").with("days", longest.num_days()));
    }
    if wish.by.is_loan && !r.loanable {
        problems.add("loan", Message::new("hold-not-loanable"));
    }
}

/// A stay keeps within opening hours; a loan is only handed over and brought back in them.
fn during_hours(problems: &mut Problems, calendar: &Calendar, wish: &Wish) {
    let Some(schedule) = calendar.schedule(wish.hold.resource_id) else { return };
    let span = wish.hold.span;
    let closed = |moment| Message::new("hold-closed").with("date", local_date(moment));
    if wish.by.is_loan {
        for (field, moment) in [("starts_at", span.start), ("ends_at", span.end)] {
            if !schedule.is_open_at(moment) {
                problems.add(field, closed(moment));
            }
        }
    } else if !schedule.is_open_for(span) {
        problems.add("starts_at", closed(span.start));
    }
}

/// How far around a wish alternatives are looked for.
const AROUND: Duration = Duration::days(28);

/// The nearest spans of the same length in which the same wish could be had.
///
/// # Errors
/// The database's.
pub async fn alternatives(
    read: &mut Read<'_>,
    r: &Resource,
    wish: &Wish,
    instead_of: &[Uuid],
    now: DateTime<Utc>,
) -> Result<Vec<Span>, Fault> {
    let span = wish.hold.span;
    let wide = span.widened(AROUND);
    let window = Span::new(wide.start.max(proposable(wish.earliest(r, now), now)), wide.end);
    if window.start >= window.end {
        return Ok(Vec::new());
    }
    let mut calendar = Calendar::load(read, std::slice::from_ref(r), window).await?;
    for id in instead_of {
        calendar.remove(*id);
    }
    if wish.by.is_loan {
        let gaps = calendar.free(r, wish.want(), window, false);
        let mut spans: Vec<Span> =
            (1..=AROUND.num_days()).flat_map(|day| [-day, day]).map(|day| shifted(span, day)).collect();
        spans.retain(|s| gaps.iter().any(|gap| gap.contains(*s)) && opens_and_closes(&calendar, r.id, *s));
        spans.truncate(3);
        return Ok(spans);
    }
    let gaps = calendar.free(r, wish.want(), window, true);
    Ok(load::nearest(&gaps, span, 3))
}

/// The nearest spans in which all of these wishes, which are for one time, could be had at once.
///
/// # Errors
/// The database's.
pub async fn common_times(
    read: &mut Read<'_>,
    wishes: &[(&Resource, &Wish)],
    now: DateTime<Utc>,
) -> Result<Vec<Span>, Fault> {
    let span = hull(wishes.iter().map(|(_, w)| w.hold.span));
    let wide = span.widened(AROUND);
    let earliest = wishes.iter().map(|(r, w)| w.earliest(r, now)).max().unwrap_or(now);
    let window = Span::new(wide.start.max(proposable(earliest, now)), wide.end);
    if window.start >= window.end {
        return Ok(Vec::new());
    }
    let resources: Vec<Resource> = wishes.iter().map(|(r, _)| (*r).clone()).collect();
    let calendar = Calendar::load(read, &resources, window).await?;
    let mut gaps = vec![window];
    for (r, wish) in wishes {
        let free = calendar.free(r, wish.want(), window, true);
        gaps = gaps.iter().flat_map(|gap| free.iter().filter_map(|span| gap.clip(*span))).collect();
    }
    Ok(load::nearest(&gaps, span, 3))
}

/// The same local time some days on, whatever the clocks do in between.
fn shifted(span: Span, days: i64) -> Span {
    let local = |moment: DateTime<Utc>| {
        let midnight = kit::clock::start_of_day(local_date(moment));
        at(local_date(moment) + Duration::days(days), (moment - midnight).num_minutes())
    };
    let start = local(span.start);
    Span::new(start, start + span.length())
}

fn opens_and_closes(calendar: &Calendar, id: ResourceId, span: Span) -> bool {
    calendar.schedule(id).is_none_or(|schedule| schedule.is_open_at(span.start) && schedule.is_open_at(span.end))
}

/// Others of the same kind that could be had at the very same time.
///
/// # Errors
/// The database's.
pub async fn others(
    read: &mut Read<'_>,
    of: &Resource,
    wish: &Wish,
    now: DateTime<Utc>,
) -> Result<Vec<Resource>, Fault> {
    let siblings = store::siblings(read, of, 24).await?;
    let calendar = Calendar::load(read, &siblings, wish.hold.span).await?;
    let free = siblings.into_iter().filter(|r| {
        let wish = Wish::new(wish.hold.id, r, wish.hold.span, &wish.by);
        allowed(r, &calendar, &wish, now).is_ok() && calendar.in_the_way(r, &wish.hold).is_empty()
    });
    Ok(free.take(3).collect())
}

/// What is looked for in each row of a list: so long, for so many, within these hours of the day.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    pub length: Duration,
    pub headcount: i64,
    /// Minutes of the local day.
    pub within: Option<(i64, i64)>,
}

impl Slot {
    /// A lesson for one person, at any hour.
    pub const LESSON: Self = Self { length: Duration::minutes(45), headcount: 1, within: None };
}

/// Hours at which people meet where nobody has said any.
const USUAL: (i64, i64) = (8 * 60, 20 * 60);

/// The parts of these gaps that lie between two minutes of each local day.
pub(super) fn daily(gaps: Vec<Span>, within: Option<(i64, i64)>) -> Vec<Span> {
    let Some((first, last)) = within else { return gaps };
    let parts = |gap: &Span| {
        gap.days().filter_map(|day| gap.clip(Span::new(at(day, first), at(day, last)))).collect::<Vec<_>>()
    };
    gaps.iter().flat_map(parts).collect()
}

/// The soonest span for such a slot within a window, in each of these resources.
///
/// # Errors
/// The database's.
pub async fn soonest(
    net: &Net,
    resources: &[Resource],
    slot: Slot,
    window: Span,
    now: DateTime<Utc>,
) -> Result<BTreeMap<ResourceId, Span>, Fault> {
    if window.start >= window.end {
        return Ok(BTreeMap::new());
    }
    let calendar = Calendar::load(&mut Read::Net(net), resources, window).await?;
    let found = resources.iter().filter(|r| r.is_bookable()).filter_map(|r| {
        let start = proposable(r.earliest(OrganisationId(Uuid::nil()), now), now);
        let window = Span::new(round_up(window.start).max(start), window.end);
        let want = Want { headcount: slot.headcount, units: slot.headcount, place_id: Some(r.owner_id) };
        let gaps = if window.start < window.end { calendar.free(r, want, window, true) } else { Vec::new() };
        // What is open by agreement is not proposed for the night.
        let by_agreement = || calendar.schedule(r.id).is_none().then_some(USUAL);
        let gaps = daily(gaps, slot.within.or_else(by_agreement));
        let gap = gaps.into_iter().find(|gap| gap.length() >= slot.length)?;
        Some((r.id, Span::new(gap.start, gap.start + slot.length)))
    });
    Ok(found.collect())
}

/// Where a proposal may begin: a quarter of an hour ahead at least, lest it passes while the form is filled.
pub(super) fn proposable(earliest: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    if earliest > now { earliest } else { round_up(now + Duration::seconds(QUARTER)) }
}

/// Seconds in a quarter of an hour.
const QUARTER: i64 = 15 * 60;

/// The next full quarter of an hour: nobody meets at 13:07.
fn round_up(moment: DateTime<Utc>) -> DateTime<Utc> {
    let seconds = moment.timestamp();
    let up = seconds + (QUARTER - seconds.rem_euclid(QUARTER)) % QUARTER;
    DateTime::from_timestamp(if up == seconds && moment.timestamp_subsec_nanos() > 0 { up + QUARTER } else { up }, 0)
        .unwrap_or(moment)
}
