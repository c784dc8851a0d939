//! What a route and its steps are, and the states they go through. Pure: no SQL, no async.
use crate::{organisations::OrganisationId, people::PersonId, resources::ResourceId};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use kit::html::Tone;
use uuid::Uuid;

kit::db::id_type!(
    /// One individual educational route.
    RouteId
);

kit::db::id_type!(
    /// One step of a route.
    StepId
);

kit::codes! {
    /// Draft → offered to the organisations → accepted by all → the guardian agreed → approved →
    /// running → completed. A correction goes the same way once more; see [`RouteState::may_become`].
    pub enum RouteState {
        Draft = "draft",
        /// Waits for the organisations, each for its own steps.
        Offered = "offered",
        /// Waits for the guardian.
        Accepted = "accepted",
        /// Waits for whoever approves.
        Agreed = "agreed",
        Approved = "approved",
        Running = "running",
        /// A new version is being written; the last approved one holds meanwhile.
        Corrected = "corrected",
        Completed = "completed",
        Stopped = "stopped",
    }
}

impl RouteState {
    /// The table of allowed moves. Back to a draft goes what was never approved, back to a
    /// correction what was: see [`Self::to_write`].
    pub fn may_become(self, next: Self) -> bool {
        use RouteState::{Accepted, Agreed, Approved, Completed, Corrected, Draft, Offered, Running, Stopped};
        matches!(
            (self, next),
            (Draft | Corrected, Offered | Stopped)
                | (Offered, Accepted | Draft | Corrected | Stopped)
                | (Accepted, Agreed | Draft | Corrected | Stopped)
                | (Agreed, Approved | Draft | Corrected | Stopped)
                | (Approved, Running | Corrected | Stopped)
                | (Running, Corrected | Completed | Stopped)
        )
    }

    /// Where a route goes to be written on: a draft, or a correction of what was approved.
    pub fn to_write(number: i64) -> Self {
        if number == 0 { Self::Draft } else { Self::Corrected }
    }

    /// Its texts and steps may be changed.
    pub fn is_written(self) -> bool {
        matches!(self, Self::Draft | Self::Corrected)
    }

    /// Somebody still has to say yes.
    pub fn is_decided_on(self) -> bool {
        self.is_written() || matches!(self, Self::Offered | Self::Accepted | Self::Agreed)
    }

    /// Steps are being made: an approved version holds.
    pub fn is_in_force(self, number: i64) -> bool {
        number > 0 && !matches!(self, Self::Completed | Self::Stopped)
    }

    /// Nothing follows.
    pub fn is_final(self) -> bool {
        Self::ALL.iter().all(|next| !self.may_become(*next))
    }

    pub fn tone(self) -> Tone {
        match self {
            Self::Draft | Self::Stopped => Tone::Plain,
            Self::Offered | Self::Accepted | Self::Agreed | Self::Corrected => Tone::Warn,
            Self::Approved => Tone::Info,
            Self::Running | Self::Completed => Tone::Ok,
        }
    }
}

kit::codes! {
    /// What a step waits for, or what became of it.
    pub enum StepState {
        Planned = "planned",
        /// Its organisation is asked.
        Asked = "asked",
        Accepted = "accepted",
        Declined = "declined",
        Completed = "completed",
        /// Not made, with a reason.
        Missed = "missed",
        /// Another step of the same choice is taken.
        SetAside = "set_aside",
    }
}

impl StepState {
    /// The table of allowed moves.
    pub fn may_become(self, next: Self) -> bool {
        use StepState::{Accepted, Asked, Completed, Declined, Missed, Planned, SetAside};
        matches!(
            (self, next),
            (Planned, Asked | Accepted | SetAside)
                | (Asked, Accepted | Declined | Planned)
                | (Declined, Planned | SetAside)
                | (Accepted, Completed | Missed | Planned | SetAside)
                | (SetAside, Planned)
        )
    }

    /// It is part of the route: counts for the load, is printed and asked for.
    pub fn is_taken(self) -> bool {
        !matches!(self, Self::SetAside | Self::Declined)
    }

    pub fn tone(self) -> Tone {
        match self {
            Self::Planned | Self::SetAside | Self::Missed => Tone::Plain,
            Self::Asked => Tone::Warn,
            Self::Accepted => Tone::Info,
            Self::Declined => Tone::Bad,
            Self::Completed => Tone::Ok,
        }
    }
}

kit::codes! {
    /// The four stages of a route, as practised.
    pub enum Stage {
        Diagnostic = "diagnostic",
        Design = "design",
        Implementation = "implementation",
        Reflection = "reflection",
    }
}

kit::codes! {
    /// A module with hours, an event to take part in, psychological support.
    pub enum StepKind { Module = "module", Event = "event", Support = "support" }
}

kit::codes! {
    /// How a step is studied.
    pub enum StudyForm { InPerson = "in_person", Mixed = "mixed", Distance = "distance" }
}

kit::codes! {
    /// Whose words: the learner's, the guardian's, of those who lead.
    pub enum WordKind { Reflection = "reflection", Comment = "comment", Note = "note" }
}

kit::codes! {
    /// What was signed.
    pub enum SignatureKind { Step = "step", Guardian = "guardian", Approval = "approval" }
}

/// A route with the child it is of, and by which way the viewer sees it.
#[derive(Clone, Debug)]
pub struct Route {
    pub id: RouteId,
    pub learner: PersonId,
    pub learner_name: String,
    pub birth_date: NaiveDate,
    pub class_name: Option<String>,
    /// Where the child is in basic study.
    pub school: OrganisationId,
    pub school_name: String,
    /// Who leads the route.
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub title: String,
    pub note: Option<String>,
    pub goal: String,
    pub tasks: Option<String>,
    pub support: Option<String>,
    pub results: Option<String>,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub state: RouteState,
    /// The last approved version.
    pub number: i64,
    pub load_reason: Option<String>,
    pub load_by: Option<Uuid>,
    pub reason: Option<String>,
    pub author: Option<Uuid>,
    pub updated_at: DateTime<Utc>,
    pub updated_by: Option<Uuid>,
    pub version: i64,
    /// The viewer answers for the child.
    pub is_staff: bool,
    /// The viewer is the child or the guardian.
    pub is_family: bool,
}
kit::db::row!(Route {
    id,
    learner,
    learner_name,
    birth_date,
    class_name,
    school,
    school_name,
    organisation,
    organisation_name,
    title,
    note,
    goal,
    tasks,
    support,
    results,
    from,
    until,
    state,
    number,
    load_reason,
    load_by,
    reason,
    author,
    updated_at,
    updated_by,
    version,
    is_staff,
    is_family
});

/// A step with what came of it.
#[derive(Clone, Debug)]
pub struct Step {
    pub id: StepId,
    pub route: RouteId,
    pub number: i64,
    pub stage: Stage,
    pub kind: StepKind,
    pub title: String,
    pub about: Option<String>,
    pub organisation: Option<OrganisationId>,
    pub organisation_name: Option<String>,
    pub resource: Option<ResourceId>,
    pub teacher: Option<String>,
    pub hours: i64,
    pub form: StudyForm,
    pub from: NaiveDate,
    pub until: NaiveDate,
    /// 1 is Monday.
    pub weekday: Option<u8>,
    pub starts: Option<NaiveTime>,
    pub ends: Option<NaiveTime>,
    /// Steps of one choice stand for each other.
    pub choice: Option<String>,
    pub control: Option<String>,
    pub expected: Option<String>,
    pub state: StepState,
    pub reason: Option<String>,
    pub result: Option<String>,
    pub mark: Option<String>,
    pub settled_on: Option<NaiveDate>,
    pub settled_by: Option<Uuid>,
    /// What the visits tied to it came to.
    pub minutes: i64,
    pub visits: i64,
    /// Its organisation sees the child today.
    pub is_open: bool,
}
kit::db::row!(Step {
    id,
    route,
    number,
    stage,
    kind,
    title,
    about,
    organisation,
    organisation_name,
    resource,
    teacher,
    hours,
    form,
    from,
    until,
    weekday,
    starts,
    ends,
    choice,
    control,
    expected,
    state,
    reason,
    result,
    mark,
    settled_on,
    settled_by,
    minutes,
    visits,
    is_open
});

impl Route {
    /// A version holds while the next one is written and decided on.
    pub fn is_corrected(&self) -> bool {
        self.number > 0 && self.state.is_decided_on()
    }
}

impl Step {
    /// This organisation made the step its own: it is accepted, or over.
    pub fn is_settled_with(&self, host: OrganisationId) -> bool {
        self.organisation == Some(host)
            && matches!(self.state, StepState::Accepted | StepState::Completed | StepState::Missed)
    }

    /// It is going on, and should be over.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.state == StepState::Accepted && self.until < today
    }

    /// Two steps go on at the same time.
    pub fn is_beside(&self, other: &Self) -> bool {
        self.id != other.id && self.from <= other.until && other.from <= self.until
    }
}

/// Words said along the way.
#[derive(Clone, Debug)]
pub struct Word {
    pub kind: WordKind,
    pub words: String,
    pub at: DateTime<Utc>,
    pub by: Uuid,
}
kit::db::row!(Word { kind, words, at, by });

/// Who signed what.
#[derive(Clone, Debug)]
pub struct Signature {
    pub number: i64,
    pub kind: SignatureKind,
    pub step: Option<StepId>,
    pub organisation: Option<OrganisationId>,
    pub person: Option<Uuid>,
    pub at: DateTime<Utc>,
}
kit::db::row!(Signature { number, kind, step, organisation, person, at });

/// An approved version, without its content.
#[derive(Clone, Debug)]
pub struct Version {
    pub number: i64,
    pub reason: Option<String>,
    pub approved_at: DateTime<Utc>,
    pub approved_by: Option<Uuid>,
}
kit::db::row!(Version { number, reason, approved_at, approved_by });

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever is pressed in whatever order: nothing is approved past the organisations and the
        /// guardian, and what is over stays over.
        #[test]
        fn a_walk_along_the_table_asks_everybody(picks in prop::collection::vec(0..RouteState::ALL.len(), 0..60)) {
            let (mut state, mut accepted, mut agreed) = (RouteState::Draft, false, false);
            for pick in picks {
                let next = RouteState::ALL[pick];
                if !state.may_become(next) {
                    continue;
                }
                prop_assert!(!state.is_final());
                match next {
                    RouteState::Draft | RouteState::Corrected | RouteState::Offered => (accepted, agreed) = (false, false),
                    RouteState::Accepted => accepted = true,
                    RouteState::Agreed => { prop_assert!(accepted); agreed = true; }
                    RouteState::Approved => prop_assert!(accepted && agreed),
                    RouteState::Running => prop_assert!(agreed),
                    RouteState::Completed => prop_assert!(agreed),
                    RouteState::Stopped => {}
                }
                state = next;
            }
        }

        #[test]
        fn a_step_is_completed_only_when_accepted(picks in prop::collection::vec(0..StepState::ALL.len(), 0..40)) {
            let mut state = StepState::Planned;
            for pick in picks {
                let next = StepState::ALL[pick];
                if state.may_become(next) {
                    prop_assert!(next != StepState::Completed || state == StepState::Accepted);
                    prop_assert!(next != StepState::Declined || state == StepState::Asked);
                    state = next;
                }
            }
        }
    }

    #[test]
    fn only_the_end_is_final() {
        let ends: Vec<_> = RouteState::ALL.iter().filter(|s| s.is_final()).collect();
        assert_eq!(ends, [&RouteState::Completed, &RouteState::Stopped]);
    }
}
