//! What is open and what is taken of some resources in a span of time: where every question of
//! «when is it free» is answered.
use super::{
    load::{self, Load},
    model::{Hold, Resource, ResourceId, TRAVEL},
    schedule::{Schedule, Span},
    store::{self, Read},
};
use kit::Fault;
use std::collections::HashMap;
use uuid::Uuid;

/// Opening hours and holds of some resources and their people.
#[derive(Clone, Debug)]
pub struct Calendar {
    window: Span,
    resources: Vec<ResourceId>,
    people: Vec<Uuid>,
    schedules: HashMap<ResourceId, Schedule>,
    holds: HashMap<ResourceId, Vec<Hold>>,
    visits: HashMap<Uuid, Vec<Hold>>,
}

/// How much somebody wants, and where it happens.
#[derive(Clone, Copy, Debug)]
pub struct Want {
    pub headcount: i64,
    pub units: i64,
    pub place_id: Option<crate::organisations::OrganisationId>,
}

impl Calendar {
    /// Reads the calendar of `window`.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(read: &mut Read<'_>, resources: &[Resource], window: Span) -> Result<Self, Fault> {
        let ids: Vec<ResourceId> = resources.iter().map(|r| r.id).collect();
        let mut people: Vec<Uuid> = resources.iter().filter_map(|r| r.person_id).collect();
        people.sort_unstable();
        people.dedup();
        let schedules = store::schedules(read, &ids, window).await?;
        let mut calendar =
            Self { window, resources: ids, people, schedules, holds: HashMap::new(), visits: HashMap::new() };
        calendar.look(read).await?;
        Ok(calendar)
    }

    /// Looks again at what is taken.
    ///
    /// # Errors
    /// The database's.
    pub async fn look(&mut self, read: &mut Read<'_>) -> Result<(), Fault> {
        self.holds.clear();
        self.visits.clear();
        for hold in store::holds(read, &self.resources, self.window).await? {
            self.holds.entry(hold.resource_id).or_default().push(hold);
        }
        if !self.people.is_empty() {
            for hold in store::people_holds(read, &self.people, self.window.widened(TRAVEL)).await? {
                if let Some(person) = hold.person_id {
                    self.visits.entry(person).or_default().push(hold);
                }
            }
        }
        Ok(())
    }

    /// Opening hours, unless it is open at any time.
    pub fn schedule(&self, id: ResourceId) -> Option<&Schedule> {
        self.schedules.get(&id)
    }

    /// The spans of `window` in which it is open.
    pub fn open(&self, id: ResourceId, window: Span) -> Vec<Span> {
        self.schedule(id).map_or_else(|| vec![window], |schedule| schedule.open(window))
    }

    /// What is taken of a resource, by time.
    pub fn holds(&self, id: ResourceId) -> &[Hold] {
        self.holds.get(&id).map_or(&[], Vec::as_slice)
    }

    /// What is taken of a resource, in its own measure.
    pub fn loads(&self, r: &Resource) -> Vec<Load> {
        let capacity = r.capacity();
        self.holds(r.id).iter().map(|h| Load { span: h.span, amount: capacity.amount(h.headcount, h.units) }).collect()
    }

    /// Counts in what has just been taken.
    pub fn put(&mut self, hold: Hold) {
        if let Some(person) = hold.person_id {
            self.visits.entry(person).or_default().push(hold.clone());
        }
        self.holds.entry(hold.resource_id).or_default().push(hold);
    }

    /// Leaves out what is about to be given up.
    pub fn remove(&mut self, id: Uuid) {
        for holds in self.holds.values_mut().chain(self.visits.values_mut()) {
            holds.retain(|h| h.id != id);
        }
    }

    /// The spans of `window` in which somebody who wants so much fits in: open, below capacity, and
    /// the person not elsewhere or on the way. Within opening hours only if `during_hours`.
    pub fn free(&self, r: &Resource, want: Want, window: Span, during_hours: bool) -> Vec<Span> {
        let capacity = r.capacity();
        if !capacity.fits(want.headcount, want.units) {
            return Vec::new();
        }
        let open = if during_hours { self.open(r.id, window) } else { vec![window] };
        let mut loads = self.loads(r);
        for visit in r.person_id.and_then(|p| self.visits.get(&p)).into_iter().flatten() {
            let one_lesson = visit.resource_id == r.id && visit.place_id == want.place_id;
            if !one_lesson {
                loads.push(Load { span: visit.engaged(want.place_id), amount: capacity.limit() });
            }
        }
        load::free(&open, &loads, capacity.limit(), capacity.amount(want.headcount, want.units))
    }

    /// What stands in the way of taking this as well: none when it fits.
    pub fn in_the_way(&self, r: &Resource, wish: &Hold) -> Vec<Hold> {
        let capacity = r.capacity();
        let amount = capacity.amount(wish.headcount, wish.units);
        let full: Vec<Span> = load::profile(wish.span, &self.loads(r))
            .into_iter()
            .filter(|slice| slice.amount + amount > capacity.limit())
            .map(|slice| slice.span)
            .collect();
        let mut blocking: Vec<Hold> =
            self.holds(r.id).iter().filter(|h| full.iter().any(|s| s.overlaps(h.span))).cloned().collect();
        for visit in wish.person_id.and_then(|p| self.visits.get(&p)).into_iter().flatten() {
            if !visit.person_allows(wish) && blocking.iter().all(|h| h.id != visit.id) {
                blocking.push(visit.clone());
            }
        }
        blocking
    }
}
