//! What a group is, how its states move, when a register is closed. Pure.
use crate::{organisations::OrganisationId, people::PersonId};
use chrono::{DateTime, Datelike as _, Days, NaiveDate, Utc};
use kit::{db::row, html::Tone};
use serde::Serialize;
use uuid::Uuid;

kit::db::id_type!(
    /// A group across organisations.
    GroupId
);
kit::db::id_type!(
    /// One child's place in a group.
    MemberId
);
kit::db::id_type!(
    /// One meeting of a group.
    SessionId
);

kit::codes! {
    /// For an event that is to come, or for a thing that is to be made.
    pub enum GroupKind { Preparation = "preparation", Workshop = "workshop" }
}

kit::codes! {
    pub enum GroupState { Planned = "planned", Running = "running", Completed = "completed", Cancelled = "cancelled" }
}

impl GroupState {
    /// The one table of moves.
    pub fn may_become(self, next: Self) -> bool {
        use GroupState::{Cancelled, Completed, Planned, Running};
        matches!((self, next), (Planned, Running | Cancelled) | (Running, Completed | Cancelled))
    }

    /// Takes children and holds sessions.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Planned | Self::Running)
    }

    pub fn tone(self) -> Tone {
        match self {
            Self::Planned => Tone::Info,
            Self::Running => Tone::Ok,
            Self::Completed => Tone::Plain,
            Self::Cancelled => Tone::Bad,
        }
    }
}

kit::codes! {
    /// Where a child stands: waits for a consent, waits for a place, holds one, has left.
    pub enum Standing { Consent = "consent", Queue = "queue", Member = "member", Left = "left" }
}

impl Standing {
    pub fn tone(self) -> Tone {
        match self {
            Self::Consent => Tone::Warn,
            Self::Queue => Tone::Info,
            Self::Member => Tone::Ok,
            Self::Left => Tone::Plain,
        }
    }
}

kit::codes! {
    pub enum SessionState { Planned = "planned", Held = "held", Cancelled = "cancelled" }
}

kit::codes! {
    /// How a session is held.
    pub enum SessionMode { InPerson = "in_person", Distance = "distance" }
}

kit::codes! {
    /// What the register says of a child.
    pub enum Mark { Present = "present", Late = "late", Ill = "ill", Absent = "absent" }
}

impl Mark {
    /// Was there, be it late.
    pub fn came(self) -> bool {
        matches!(self, Self::Present | Self::Late)
    }
}

/// Children of one group at most.
pub const LARGEST: i64 = 200;

/// Until this day of the next month the register of a month stays open.
pub const GRACE: u64 = 5;

/// Whether the register of that day's month is closed today: a change then needs a reason.
pub fn is_closed(held_on: NaiveDate, today: NaiveDate) -> bool {
    let next = held_on.with_day(1).and_then(|first| first.checked_add_months(chrono::Months::new(1)));
    next.and_then(|first| first.checked_add_days(Days::new(GRACE))).is_some_and(|closes| today >= closes)
}

/// A group as it is today.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    pub id: GroupId,
    /// Who holds it.
    pub organisation_id: OrganisationId,
    pub organisation_name: String,
    pub kind: GroupKind,
    pub title: String,
    pub subject: Option<String>,
    /// The edition of the event that it prepares for.
    pub edition_id: Option<Uuid>,
    /// The same in words.
    pub target: Option<String>,
    pub plan: Option<String>,
    /// What came out of it.
    pub product: Option<String>,
    pub capacity: i64,
    /// Who holds a place.
    pub taken: i64,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub state: GroupState,
    pub updated_at: DateTime<Utc>,
    pub updated_by: Option<Uuid>,
    pub version: i64,
}
row!(Group {
    id,
    organisation_id,
    organisation_name,
    kind,
    title,
    subject,
    edition_id,
    target,
    plan,
    product,
    capacity,
    taken,
    starts_on,
    ends_on,
    state,
    updated_at,
    updated_by,
    version
});

impl Group {
    pub fn free(&self) -> i64 {
        self.capacity - self.taken
    }
}

/// Somebody who leads a group.
#[derive(Clone, Debug, Serialize)]
pub struct Teacher {
    pub id: PersonId,
    pub name: String,
}

/// A child in a group, as this viewer may see it: without a name where they may not.
#[derive(Clone, Debug, Serialize)]
pub struct Member {
    pub id: MemberId,
    pub state: Standing,
    pub number: i64,
    /// The school that sent the child.
    pub organisation_id: OrganisationId,
    pub organisation_name: String,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    /// The rest only for who may see the child.
    pub learner_id: Option<PersonId>,
    pub full_name: Option<String>,
    pub class_name: Option<String>,
}
row!(Member { id, state, number, organisation_id, organisation_name, from, until, learner_id, full_name, class_name });

/// One meeting.
#[derive(Clone, Debug, Serialize)]
pub struct Session {
    pub id: SessionId,
    pub group_id: GroupId,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub topic: Option<String>,
    pub place: Option<String>,
    pub mode: SessionMode,
    pub booking_id: Option<Uuid>,
    /// The room of the booking.
    pub room: Option<String>,
    /// How the booking stands.
    pub booking_state: Option<String>,
    pub state: SessionState,
    pub reason: Option<String>,
    pub came: i64,
    pub marked: i64,
    pub version: i64,
}
row!(Session {
    id,
    group_id,
    starts_at,
    ends_at,
    topic,
    place,
    mode,
    booking_id,
    room,
    booking_state,
    state,
    reason,
    came,
    marked,
    version
});

/// A mark of a closed month that was corrected.
#[derive(Clone, Debug)]
pub struct Correction {
    pub member: MemberId,
    pub before: Option<Mark>,
    pub after: Mark,
    pub reason: String,
    pub at: DateTime<Utc>,
    pub by: Option<Uuid>,
}
row!(Correction { member, before, after, reason, at, by });

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_register_closes_on_the_sixth_of_the_next_month() {
        assert!(!is_closed(day("2026-11-01"), day("2026-11-30")));
        assert!(!is_closed(day("2026-11-30"), day("2026-12-05")));
        assert!(is_closed(day("2026-11-30"), day("2026-12-06")));
        assert!(is_closed(day("2026-12-31"), day("2027-01-06")));
        assert!(!is_closed(day("2026-12-31"), day("2027-01-05")));
    }

    #[test]
    fn what_is_over_stays_over() {
        for over in [GroupState::Completed, GroupState::Cancelled] {
            assert!(GroupState::ALL.iter().all(|next| !over.may_become(*next)));
        }
        assert!(
            GroupState::Planned.may_become(GroupState::Running) && !GroupState::Running.may_become(GroupState::Planned)
        );
    }
}
