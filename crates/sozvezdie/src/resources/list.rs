//! The list of resources, also of those only that are free.
use super::{
    calendar::{Calendar, Want},
    fields::{minute_of_day, read_moment},
    hold::{Slot, daily, proposable},
    model::{Listed, Resource, ResourceId},
    schedule::Span,
    store::{self, Filter, Read},
};
use crate::organisations::{self, OrganisationId, Point};
use chrono::{Duration, NaiveDate};
use kit::{
    Fault, Visit,
    access::Reach,
    cursor::{Cursor, Slice},
    form::{Problems, tidy},
    text::Message,
};
use serde::Deserialize;

/// The list's address as data: the URL is the state.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub q: String,
    pub class: String,
    pub kind: String,
    pub owner: String,
    pub state: String,
    pub age: String,
    pub loanable: String,
    /// Free all the time from one moment to another, or at least for a lesson within some days.
    pub free_from: String,
    pub free_to: String,
    /// For so many people.
    pub headcount: String,
    /// Within these hours of the day, «14:00».
    pub hour_from: String,
    pub hour_to: String,
    /// At least so many minutes; a lesson unless said.
    pub minutes: String,
    /// Of organisations that work in this focus.
    pub focus: String,
    /// What its person can do.
    pub subject: String,
    pub form: String,
    /// Not further from the viewer's own organisations than so many kilometres.
    pub within: String,
    pub after: String,
}

/// When it must be free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Free {
    /// All the time.
    Throughout(Span),
    /// For a lesson at any time of these days.
    Sometime(Span),
}

/// Resources that are looked through at once.
const BATCH: i64 = 200;

impl Asked {
    /// Unknown codes filter nothing rather than everything away.
    pub fn filter(&self, visit: &Visit) -> Filter {
        Filter {
            q: tidy(&self.q),
            class: self.class.parse().ok(),
            kind: self.kind.parse().ok(),
            owner: self.owner.parse().ok(),
            state: self.state.parse().ok(),
            age: self.age.parse().ok(),
            loanable: (self.loanable == "true").then_some(true),
            focus: self.focus.parse().ok(),
            subject: tidy(&self.subject),
            form: self.form.parse().ok(),
            owners: None,
            own: visit.viewer.reach(super::EDIT),
        }
    }

    /// What to look for in each row: the length, the headcount and the hours that were asked for.
    pub fn slot(&self) -> Slot {
        let within = match (minute_of_day(&self.hour_from), minute_of_day(&self.hour_to)) {
            (None, None) => None,
            (from, to) => Some((from.unwrap_or(0), to.unwrap_or(super::schedule::DAY))).filter(|(from, to)| from < to),
        };
        let minutes = self.minutes.parse().ok().filter(|m| (5..=24 * 60).contains(m));
        Slot {
            length: minutes.map_or(Slot::LESSON.length, Duration::minutes),
            headcount: self.headcount.parse().unwrap_or(1).max(1),
            within,
        }
    }

    /// The time in which it must be free.
    ///
    /// # Errors
    /// [`Fault::Invalid`] for what is neither moments nor days, or no span.
    pub fn free(&self) -> Result<Option<Free>, Fault> {
        let mut problems = Problems::default();
        let (from, to) = (tidy(&self.free_from), tidy(&self.free_to));
        let (Some(from), Some(to)) = (from.clone().or_else(|| to.clone()), to.or(from)) else { return Ok(None) };
        let day = |text: &str| text.parse::<NaiveDate>().ok().map(kit::clock::start_of_day);
        let days = day(&from).zip(day(&to)).map(|(from, to)| Free::Sometime(Span::new(from, to + Duration::days(1))));
        let moments = || Some(Free::Throughout(Span::new(read_moment(&from)?, read_moment(&to)?)));
        let free = days.or_else(moments);
        let right = free.filter(|free| {
            let (Free::Throughout(span) | Free::Sometime(span)) = free;
            span.start < span.end && span.length() <= Duration::days(366)
        });
        if right.is_none() {
            problems.add(if free.is_none() { "free_from" } else { "free_to" }, Message::new("form-bad-span"));
        }
        problems.into_result(right)
    }
}

/// One page of the list after `cursor`, and how many there are in all.
///
/// # Errors
/// [`Fault::Invalid`] as [`Asked::free`].
pub async fn list(visit: &Visit, asked: &Asked, cursor: Option<&Cursor>, size: i64) -> Result<Slice<Listed>, Fault> {
    let filter = Filter { owners: near(visit, asked).await?, ..asked.filter(visit) };
    let Some(free) = asked.free()? else { return store::list(&visit.net, &filter, cursor, size).await };
    let slot = asked.slot();
    // What is free cannot be counted in SQL: peak load needs slices of time. So all are looked
    // through, some hundred at once.
    let mut all: Vec<Listed> = Vec::new();
    let mut next: Option<Cursor> = None;
    loop {
        let page = store::list(&visit.net, &filter, next.as_ref(), BATCH).await?;
        let found = free_of(visit, page.items, free, slot).await?;
        all.extend(found);
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
    if let Some(cursor) = cursor {
        let at = all.iter().position(|l| l.id.0 == cursor.id).map_or(0, |i| i + 1);
        all.drain(..at);
    }
    let next = store::cut(&mut all, size);
    Ok(Slice { items: all, next, total })
}

/// The organisations that are no further than asked for; all while nobody asks, or where it is not known
/// from where to measure.
async fn near(visit: &Visit, asked: &Asked) -> Result<Option<Vec<OrganisationId>>, Fault> {
    let Some(within) = asked.within.parse::<f64>().ok().filter(|km| *km > 0.0) else { return Ok(None) };
    let Reach::Organisations(own) = visit.viewer.reach(super::ASK) else { return Ok(None) };
    let points = organisations::points(&visit.net).await?;
    let mine: Vec<&Point> = points.iter().filter(|p| own.contains(&p.id.0)).collect();
    let is_near = |p: &&Point| mine.iter().any(|m| kilometres(m, p) <= within);
    Ok((!mine.is_empty()).then(|| points.iter().filter(is_near).map(|p| p.id).collect()))
}

/// As the crow flies; on the scale of a district the ground is flat.
fn kilometres(a: &Point, b: &Point) -> f64 {
    const DEGREE: f64 = 111.2;
    let east = (a.longitude - b.longitude) * a.latitude.to_radians().cos();
    DEGREE * east.hypot(a.latitude - b.latitude)
}

async fn free_of(visit: &Visit, items: Vec<Listed>, free: Free, slot: Slot) -> Result<Vec<Listed>, Fault> {
    if items.is_empty() {
        return Ok(items);
    }
    let ids: Vec<ResourceId> = items.iter().map(|l| l.id).collect();
    let (Free::Throughout(asked) | Free::Sometime(asked)) = free;
    let mut read = Read::Net(&visit.net);
    let resources = store::find_all(&mut read, &ids).await?;
    let calendar = Calendar::load(&mut read, &resources, asked).await?;
    let is_free = |r: &Resource| {
        let start = r.earliest(OrganisationId(uuid::Uuid::nil()), visit.now);
        let want = Want { headcount: slot.headcount, units: slot.headcount, place_id: Some(r.owner_id) };
        r.is_bookable()
            && match free {
                Free::Throughout(span) => {
                    start <= span.start && calendar.free(r, want, span, true).first() == Some(&span)
                }
                Free::Sometime(span) => {
                    let window = Span::new(span.start.max(proposable(start, visit.now)), span.end);
                    window.start < window.end
                        && daily(calendar.free(r, want, window, true), slot.within)
                            .iter()
                            .any(|gap| gap.length() >= slot.length)
                }
            }
    };
    let good: Vec<ResourceId> = resources.iter().filter(|r| is_free(r)).map(|r| r.id).collect();
    Ok(items.into_iter().filter(|l| good.contains(&l.id)).collect())
}
