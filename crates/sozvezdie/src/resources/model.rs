//! What a resource is, the states it goes through, and how it is shared. Pure: no SQL, no async.
use super::schedule::Span;
use crate::organisations::OrganisationId;
use chrono::{DateTime, Duration, Utc};
use kit::html::Tone;
use serde::{Serialize, Serializer};
use uuid::Uuid;

kit::db::id_type!(
    /// Something that an organisation gives to others.
    ResourceId
);

kit::codes! {
    /// The three classes of the source text.
    pub enum Class { Staff = "staff", Technological = "technological", Methodical = "methodical" }
}

kit::codes! {
    /// What people look for.
    pub enum ResourceKind {
        Laboratory = "laboratory",
        Workshop = "workshop",
        Classroom = "classroom",
        Hall = "hall",
        Sport = "sport",
        Equipment = "equipment",
        Transport = "transport",
        Pedagogue = "pedagogue",
        Psychologist = "psychologist",
        Course = "course",
        Methodical = "methodical",
        Other = "other",
    }
}

kit::codes! {
    /// Who may use it at the same time: one; several while there are places; several while there
    /// are pieces.
    pub enum Sharing { Exclusive = "exclusive", ByPlace = "by_place", ByPiece = "by_piece" }
}

kit::codes! {
    /// draft → published ⇄ paused → closed.
    pub enum ResourceState { Draft = "draft", Published = "published", Paused = "paused", Closed = "closed" }
}

impl ResourceState {
    /// The table of allowed moves.
    pub fn may_become(self, next: Self) -> bool {
        use ResourceState::{Closed, Draft, Paused, Published};
        matches!((self, next), (Draft | Paused, Published) | (Published, Paused) | (Draft | Published | Paused, Closed))
    }

    pub fn tone(self) -> Tone {
        match self {
            Self::Published => Tone::Ok,
            Self::Draft => Tone::Info,
            Self::Paused => Tone::Warn,
            Self::Closed => Tone::Plain,
        }
    }
}

impl ResourceKind {
    /// The class that it usually belongs to.
    pub fn class(self) -> Class {
        match self {
            Self::Pedagogue | Self::Psychologist => Class::Staff,
            Self::Course | Self::Methodical => Class::Methodical,
            _ => Class::Technological,
        }
    }
}

/// Longest stay of anything but a loan.
pub const LONGEST_STAY: Duration = Duration::days(14);
/// Longest loan, unless the owner says less.
pub const LONGEST_LOAN: Duration = Duration::days(365);
pub const SHORTEST_STAY: Duration = Duration::minutes(5);
/// How far ahead one may ask.
pub const HORIZON: Duration = Duration::days(2 * 366);
/// Way between two organisations for a person, until it is taken from the distance: the district
/// is about 50 km across, and half an hour covers most neighbours.
pub const TRAVEL: Duration = Duration::minutes(30);

/// One resource.
#[derive(Clone, Debug)]
pub struct Resource {
    pub id: ResourceId,
    pub owner_id: OrganisationId,
    pub owner_name: String,
    pub class: Class,
    pub kind: ResourceKind,
    pub name: String,
    pub description: Option<String>,
    /// The person of a staff resource.
    pub person_id: Option<Uuid>,
    pub place: Option<String>,
    /// It comes to whoever asks: a visiting pedagogue, a mobile class, a bus.
    pub travels: bool,
    pub sharing: Sharing,
    /// Headcount (`exclusive`), places or pieces. Empty for methodical ones, which are not booked.
    pub capacity: Option<i64>,
    pub safety: Option<String>,
    pub conditions: Option<String>,
    pub audience: Option<String>,
    /// Years of age, both included.
    pub age_from: Option<i64>,
    pub age_to: Option<i64>,
    pub subject: Option<String>,
    pub licence: Option<String>,
    /// May be taken away and brought back.
    pub loanable: bool,
    pub inventory_number: Option<String>,
    pub hours_per_week: Option<i64>,
    pub decides_name: Option<String>,
    pub answer_days: Option<i64>,
    /// Others ask at least so many days ahead.
    pub lead_days: i64,
    pub cancel_rule: Option<String>,
    pub state: ResourceState,
    pub booking_seq: i64,
    pub updated_at: DateTime<Utc>,
    pub updated_by: Option<Uuid>,
    pub version: i64,
}
kit::db::row!(Resource {
    id,
    owner_id,
    owner_name,
    class,
    kind,
    name,
    description,
    person_id,
    place,
    travels,
    sharing,
    capacity,
    safety,
    conditions,
    audience,
    age_from,
    age_to,
    subject,
    licence,
    loanable,
    inventory_number,
    hours_per_week,
    decides_name,
    answer_days,
    lead_days,
    cancel_rule,
    state,
    booking_seq,
    updated_at,
    updated_by,
    version
});

impl Resource {
    /// What can be asked for at all.
    pub fn is_bookable(&self) -> bool {
        self.state == ResourceState::Published && self.class != Class::Methodical
    }

    pub fn capacity(&self) -> Capacity {
        Capacity { sharing: self.sharing, size: self.capacity.unwrap_or(0) }
    }

    /// The first moment that this organisation may ask for.
    pub fn earliest(&self, by: OrganisationId, now: DateTime<Utc>) -> DateTime<Utc> {
        if by == self.owner_id || self.lead_days == 0 {
            return now;
        }
        let day = kit::clock::local_date(now) + Duration::days(self.lead_days);
        kit::clock::start_of_day(day)
    }
}

/// How much there is, and how it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    pub sharing: Sharing,
    pub size: i64,
}

impl Capacity {
    /// The most that may be taken at one moment, in the measure of [`Capacity::amount`].
    pub fn limit(self) -> i64 {
        match self.sharing {
            Sharing::Exclusive => 1,
            Sharing::ByPlace | Sharing::ByPiece => self.size,
        }
    }

    /// What somebody with so many people and pieces takes.
    pub fn amount(self, headcount: i64, units: i64) -> i64 {
        match self.sharing {
            Sharing::Exclusive => 1,
            Sharing::ByPlace => headcount,
            Sharing::ByPiece => units,
        }
    }

    /// Whether so many people and pieces could fit at all.
    pub fn fits(self, headcount: i64, units: i64) -> bool {
        let needed = if self.sharing == Sharing::ByPiece { units } else { headcount };
        (1..=self.size).contains(&needed)
    }

    /// What is left when so much is taken: people or pieces that may still come.
    pub fn left(self, taken: i64) -> i64 {
        match self.sharing {
            Sharing::Exclusive if taken > 0 => 0,
            Sharing::Exclusive => self.size,
            Sharing::ByPlace | Sharing::ByPiece => (self.size - taken).max(0),
        }
    }
}

/// A line of the list.
#[derive(Clone, Debug, Serialize)]
pub struct Listed {
    pub id: ResourceId,
    pub name: String,
    pub class: Class,
    pub kind: ResourceKind,
    pub sharing: Sharing,
    #[serde(serialize_with = "owner")]
    pub owner: (OrganisationId, String),
    pub capacity: Option<i64>,
    pub place: Option<String>,
    pub travels: bool,
    pub loanable: bool,
    pub age_from: Option<i64>,
    pub age_to: Option<i64>,
    pub conditions: Option<String>,
    pub state: ResourceState,
}

fn owner<S: Serializer>((id, name): &(OrganisationId, String), s: S) -> Result<S::Ok, S::Error> {
    serde_json::json!({ "id": id, "name": name }).serialize(s)
}

impl kit::db::Row for Listed {
    fn from_row(row: kit::db::RowRef<'_>) -> kit::db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            name: row.get(1)?,
            class: row.get(2)?,
            kind: row.get(3)?,
            sharing: row.get(4)?,
            owner: (row.get(5)?, row.get(6)?),
            capacity: row.get(7)?,
            place: row.get(8)?,
            travels: row.get(9)?,
            loanable: row.get(10)?,
            age_from: row.get(11)?,
            age_to: row.get(12)?,
            conditions: row.get(13)?,
            state: row.get(14)?,
        })
    }
}

/// Something taken: by whom, when, how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// The id of the booking.
    pub id: Uuid,
    pub resource_id: ResourceId,
    pub person_id: Option<Uuid>,
    pub organisation_id: OrganisationId,
    /// Where it happens; `None` at a distance.
    pub place_id: Option<OrganisationId>,
    pub span: Span,
    pub headcount: i64,
    pub units: i64,
    /// Asked for, and not agreed yet.
    pub is_pending: bool,
}

impl kit::db::Row for Hold {
    fn from_row(row: kit::db::RowRef<'_>) -> kit::db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            resource_id: row.get(1)?,
            person_id: row.get(2)?,
            organisation_id: row.get(3)?,
            place_id: row.get(4)?,
            span: Span::new(row.get(5)?, row.get(6)?),
            headcount: row.get(7)?,
            units: row.get(8)?,
            is_pending: row.get(9)?,
        })
    }
}

impl Hold {
    /// The time in which its person cannot be at `place`: with the way there and back when both
    /// are somewhere and not at the same place.
    pub fn engaged(&self, place: Option<OrganisationId>) -> Span {
        match (self.place_id, place) {
            (Some(here), Some(there)) if here != there => self.span.widened(TRAVEL),
            _ => self.span,
        }
    }

    /// Whether its person is free for `other` as well: at another time, or in one lesson for
    /// several organisations at one place.
    pub fn person_allows(&self, other: &Self) -> bool {
        let one_lesson = self.resource_id == other.resource_id && self.place_id == other.place_id;
        one_lesson || !self.engaged(other.place_id).overlaps(other.span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_is_final_and_nothing_becomes_a_draft_again() {
        for next in ResourceState::ALL {
            assert!(!ResourceState::Closed.may_become(*next));
            assert!(!next.may_become(ResourceState::Draft));
            assert!(!next.may_become(*next));
        }
        assert!(ResourceState::Paused.may_become(ResourceState::Published));
        assert!(!ResourceState::Draft.may_become(ResourceState::Paused));
    }

    #[test]
    fn each_sharing_counts_in_its_own_measure() {
        let of = |sharing| Capacity { sharing, size: 10 };
        assert_eq!((of(Sharing::Exclusive).limit(), of(Sharing::Exclusive).amount(7, 3)), (1, 1));
        assert_eq!((of(Sharing::ByPlace).limit(), of(Sharing::ByPlace).amount(7, 3)), (10, 7));
        assert_eq!((of(Sharing::ByPiece).limit(), of(Sharing::ByPiece).amount(7, 3)), (10, 3));
        assert!(of(Sharing::ByPiece).fits(30, 10) && !of(Sharing::ByPiece).fits(1, 11));
        assert!(!of(Sharing::ByPlace).fits(11, 1) && !of(Sharing::Exclusive).fits(0, 1));
        assert_eq!(
            (of(Sharing::Exclusive).left(0), of(Sharing::Exclusive).left(1), of(Sharing::ByPlace).left(4)),
            (10, 0, 6)
        );
    }
}
