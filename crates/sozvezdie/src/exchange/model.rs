//! What a booking is, the states it goes through, and how two statements settle. Pure: no SQL, no
//! async.
use crate::{
    organisations::OrganisationId,
    resources::{Class, ResourceId, Span},
    shell::AcademicYear,
};
use chrono::{DateTime, NaiveDate, Utc};
use kit::html::Tone;
use uuid::Uuid;

kit::db::id_type!(
    /// One visit, stay or loan.
    BookingId
);

kit::codes! {
    /// How something is used: where it stands, by a person's visit, or taken away for a while.
    pub enum Form { Stay = "stay", Visit = "visit", Loan = "loan" }
}

kit::codes! {
    /// How people meet.
    pub enum Mode { InPerson = "in_person", Distance = "distance" }
}

kit::codes! {
    /// «Получили, что хотели?»
    pub enum Quality { Yes = "yes", Partly = "partly", No = "no" }
}

kit::codes! {
    /// The two sides of a booking: who gives, and who asked and receives.
    pub enum Side { Owner = "owner", Asker = "asker" }
}

kit::codes! {
    /// requested → planned → took place → confirmed or disputed; see [`BookingState::may_become`].
    pub enum BookingState {
        /// Holds its capacity and waits for the owner.
        Requested = "requested",
        /// The owner offers another time or resource, held already; the asker decides.
        Countered = "countered",
        Planned = "planned",
        /// One side has stated what came of it.
        TookPlace = "took_place",
        /// Both stated the same: it counts.
        Confirmed = "confirmed",
        /// They stated different things.
        Disputed = "disputed",
        Declined = "declined",
        Cancelled = "cancelled",
        DidNotTakePlace = "did_not_take_place",
        /// Another booking stands in its place.
        Moved = "moved",
    }
}

impl BookingState {
    /// The table of allowed moves.
    pub fn may_become(self, next: Self) -> bool {
        use BookingState::{
            Cancelled, Confirmed, Countered, Declined, DidNotTakePlace, Disputed, Moved, Planned, Requested, TookPlace,
        };
        matches!(
            (self, next),
            (Requested, Planned | Declined | Cancelled | Countered | Moved)
                | (Countered, Planned | Declined | Cancelled | Countered)
                | (Planned, TookPlace | Confirmed | DidNotTakePlace | Cancelled | Moved)
                | (TookPlace, TookPlace | Confirmed | Disputed | DidNotTakePlace)
                | (Disputed, Disputed | Confirmed | DidNotTakePlace)
                | (DidNotTakePlace, DidNotTakePlace | TookPlace | Disputed)
        )
    }

    /// Whether its capacity is taken. What did not take place kept others away all the same.
    pub fn holds(self) -> bool {
        !matches!(self, Self::Declined | Self::Cancelled | Self::Moved)
    }

    /// Nothing follows.
    pub fn is_final(self) -> bool {
        Self::ALL.iter().all(|next| !self.may_become(*next))
    }

    pub fn tone(self) -> Tone {
        match self {
            Self::Requested | Self::Countered => Tone::Warn,
            Self::Planned => Tone::Info,
            Self::TookPlace | Self::Confirmed => Tone::Ok,
            Self::Disputed => Tone::Bad,
            Self::Declined | Self::Cancelled | Self::DidNotTakePlace | Self::Moved => Tone::Plain,
        }
    }
}

/// What one side says came of it. Zero says that it did not take place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    pub headcount: i64,
    /// Minutes; for a loan, days.
    pub amount: i64,
}

impl Statement {
    /// It did not take place.
    pub const NOTHING: Self = Self { headcount: 0, amount: 0 };
}

/// What follows from what the sides have stated.
pub fn settle(owner: Option<Statement>, asker: Option<Statement>) -> BookingState {
    let one =
        |s: Statement| if s == Statement::NOTHING { BookingState::DidNotTakePlace } else { BookingState::TookPlace };
    match (owner, asker) {
        (None, None) => BookingState::Planned,
        (Some(s), None) | (None, Some(s)) => one(s),
        (Some(a), Some(b)) if a != b => BookingState::Disputed,
        (Some(s), Some(_)) if s == Statement::NOTHING => BookingState::DidNotTakePlace,
        (Some(_), Some(_)) => BookingState::Confirmed,
    }
}

/// A statement with who made it and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stated {
    pub what: Statement,
    pub by: Option<Uuid>,
    pub at: DateTime<Utc>,
}

/// What one side answers to «Получили, что хотели?».
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    pub quality: Option<Quality>,
    pub comment: Option<String>,
}

/// What both sides keep of a loan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loan {
    pub handed_on: Option<NaiveDate>,
    pub taken_back_on: Option<NaiveDate>,
    pub inventory_number: Option<String>,
    pub responsible: Option<String>,
    pub note: Option<String>,
}

/// What was asked for before the owner offered something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    pub resource_id: ResourceId,
    pub span: Span,
}

/// One booking, with the names of today.
#[derive(Clone, Debug)]
pub struct Booking {
    pub id: BookingId,
    pub resource_id: ResourceId,
    pub resource_name: String,
    pub owner_id: OrganisationId,
    pub owner_name: String,
    /// The side that receives.
    pub organisation_id: OrganisationId,
    pub organisation_name: String,
    pub class: Class,
    pub form: Form,
    pub person_id: Option<Uuid>,
    pub series_id: Option<Uuid>,
    pub cart_id: Option<Uuid>,
    pub need_id: Option<Uuid>,
    /// Its place among all who ever asked for the resource.
    pub number: i64,
    pub span: Span,
    pub headcount: i64,
    pub units: i64,
    pub purpose: String,
    pub mode: Mode,
    pub state: BookingState,
    /// Of a refusal, a cancellation, a counter-offer.
    pub reason: Option<String>,
    pub asked: Option<Asked>,
    pub moved_from: Option<BookingId>,
    pub moved_to: Option<BookingId>,
    pub owner_stated: Option<Stated>,
    pub asker_stated: Option<Stated>,
    pub agreed_headcount: i64,
    pub agreed_minutes: i64,
    pub agreed_days: i64,
    pub owner_review: Review,
    pub asker_review: Review,
    pub loan: Loan,
    pub created_at: DateTime<Utc>,
    pub created_by: Option<Uuid>,
    pub updated_at: DateTime<Utc>,
    pub updated_by: Option<Uuid>,
    pub version: i64,
}

impl Booking {
    /// An organisation's own use of what it owns.
    pub fn is_own_use(&self) -> bool {
        self.owner_id == self.organisation_id
    }

    /// It is its time, or the loan is in the borrower's hands already: no longer to be called off.
    pub fn has_begun(&self, now: DateTime<Utc>) -> bool {
        self.span.start <= now || self.loan.handed_on.is_some()
    }

    pub fn stated(&self, side: Side) -> Option<Stated> {
        match side {
            Side::Owner => self.owner_stated,
            Side::Asker => self.asker_stated,
        }
    }

    /// The planned length in its own measure: minutes, or days of a loan.
    pub fn planned_amount(&self) -> i64 {
        if self.form == Form::Loan {
            loan_days(local(self.span.start), local(self.span.end))
        } else {
            self.span.length().num_minutes()
        }
    }

    /// One side states what came of it; for one's own use both are the same.
    ///
    /// # Errors
    /// The state it is in, when that is not the time for it.
    pub fn state_outcome(&mut self, side: Side, said: Stated) -> Result<(), BookingState> {
        if !matches!(
            self.state,
            BookingState::Planned | BookingState::TookPlace | BookingState::Disputed | BookingState::DidNotTakePlace
        ) {
            return Err(self.state);
        }
        if side == Side::Owner || self.is_own_use() {
            self.owner_stated = Some(said);
        }
        if side == Side::Asker || self.is_own_use() {
            self.asker_stated = Some(said);
        }
        let next = settle(self.owner_stated.map(|s| s.what), self.asker_stated.map(|s| s.what));
        self.go(next)?;
        if next == BookingState::Confirmed {
            self.agreed_headcount = said.what.headcount;
            (self.agreed_minutes, self.agreed_days) =
                if self.form == Form::Loan { (0, said.what.amount) } else { (said.what.amount, 0) };
        }
        Ok(())
    }

    /// Goes to another state along the table.
    ///
    /// # Errors
    /// The state it is in.
    pub fn go(&mut self, next: BookingState) -> Result<(), BookingState> {
        if !self.state.may_become(next) {
            return Err(self.state);
        }
        self.state = next;
        Ok(())
    }

    pub fn school_year(&self) -> i64 {
        AcademicYear::of(local(self.span.start)).0
    }
}

fn local(at: DateTime<Utc>) -> NaiveDate {
    kit::clock::local_date(at)
}

/// The days of a loan: the day of handing over counts, and one is the least.
pub fn loan_days(from: NaiveDate, to: NaiveDate) -> i64 {
    (to - from).num_days().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use BookingState::*;

    fn said(headcount: i64, amount: i64) -> Option<Statement> {
        Some(Statement { headcount, amount })
    }

    #[test]
    fn two_statements_settle() {
        let no = Some(Statement::NOTHING);
        assert_eq!(settle(None, None), Planned);
        assert_eq!(settle(said(12, 90), None), TookPlace);
        assert_eq!(settle(None, said(12, 90)), TookPlace);
        assert_eq!(settle(said(12, 90), said(12, 90)), Confirmed);
        assert_eq!(settle(said(12, 90), said(11, 90)), Disputed);
        assert_eq!(settle(said(12, 90), said(12, 60)), Disputed);
        assert_eq!(settle(None, no), DidNotTakePlace);
        assert_eq!(settle(no, no), DidNotTakePlace);
        assert_eq!(settle(no, said(12, 90)), Disputed);
    }

    #[test]
    fn whatever_settles_is_a_move_of_the_table() {
        let all = [None, Some(Statement::NOTHING), said(12, 90), said(11, 60)];
        for owner in all {
            for asker in all {
                for next in all.into_iter().skip(1) {
                    let before = settle(owner, asker);
                    if before == Confirmed {
                        continue;
                    }
                    for after in [settle(next, asker), settle(owner, next)] {
                        assert!(before.may_become(after), "{before:?} → {after:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn final_states_are_final() {
        let finals: Vec<_> = BookingState::ALL.iter().filter(|s| s.is_final()).collect();
        assert_eq!(finals, [&Confirmed, &Declined, &Cancelled, &Moved]);
    }

    #[test]
    fn nothing_becomes_requested_and_nothing_given_back_holds_again() {
        for state in BookingState::ALL {
            assert!(!state.may_become(Requested));
            for next in BookingState::ALL {
                assert!(state.holds() || !state.may_become(*next), "{state:?} → {next:?}");
            }
        }
    }

    #[test]
    fn a_loan_lasts_a_day_at_least() {
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(loan_days(day("2026-11-24"), day("2026-11-24")), 1);
        assert_eq!(loan_days(day("2026-11-24"), day("2026-12-01")), 7);
    }
}
