//! What waits for somebody, and the calendar: what home and the pages of the calendar show.
use super::{
    DECIDE, REQUEST, VIEW, act,
    consent::{self, Party},
    model::{Booking, BookingState, Form, Side},
    store::{self, Filter, ToDo},
};
use crate::{
    organisations::OrganisationId,
    resources::{ResourceId, Span},
};
use chrono::{Duration, NaiveDate};
use kit::{Fault, Visit, access::Reach, clock::start_of_day};
use uuid::Uuid;

kit::codes! {
    /// What a booking waits for. The words of the one action are the text `waiting-…` of the code.
    pub enum Task {
        /// The owner agrees, declines or offers something else.
        Decide = "decide",
        /// The asker takes the owner's offer or not.
        AnswerOffer = "answer_offer",
        /// One side states what came of it.
        StateOutcome = "state_outcome",
        /// The other side has stated; this one agrees or not.
        ConfirmOutcome = "confirm_outcome",
        /// They stated different things.
        Settle = "settle",
        HandOver = "hand_over",
        /// The person is asked whether they go.
        Consent = "consent",
        /// Somebody else agreed for the owner; the head is asked whether they let the person go.
        LetGo = "let_go",
        /// A loan is due or overdue: the owner takes it back.
        TakeBack = "take_back",
        /// The same for the borrower.
        BringBack = "bring_back",
    }
}

/// A booking that waits for this viewer.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub booking: Booking,
    pub task: Task,
    /// For which side they act.
    pub side: Side,
    /// Until when it should be done.
    pub due: Option<chrono::DateTime<chrono::Utc>>,
}

/// Most lines that are looked at; a queue of more is no queue.
const MOST: i64 = 500;

/// What waits for this viewer, the most pressing first.
///
/// # Errors
/// The database's.
pub async fn waiting(visit: &Visit) -> Result<Vec<Waiting>, Fault> {
    let mut all: Vec<Waiting> = consents(visit).await?;
    let (owner, asker) = sides(visit);
    if owner == Reach::Nowhere && asker == Reach::Nowhere {
        return Ok(all);
    }
    let soon = start_of_day(visit.today + Duration::days(2));
    let of = ToDo { owner: &owner, asker: &asker, now: visit.now, soon };
    for booking in store::todo(&visit.net, &of, MOST).await? {
        let sides = [
            (Side::Owner, owner.covers(Some(booking.owner_id.0))),
            (Side::Asker, asker.covers(Some(booking.organisation_id.0))),
        ];
        // One line for who could act for both.
        let line =
            sides.into_iter().filter(|(_, may)| *may).find_map(|(side, _)| Some((side, task(visit, &booking, side)?)));
        if let Some((side, task)) = line {
            let due = due(&booking, task);
            all.push(Waiting { booking, task, side, due });
        }
    }
    all.sort_by_key(|w| (w.due.is_none(), w.due, w.booking.span.start));
    Ok(all)
}

/// How many lines [`waiting`] gives: one indexed count.
///
/// # Errors
/// The database's.
pub async fn count_waiting(visit: &Visit) -> Result<i64, Fault> {
    let (owner, asker) = sides(visit);
    let consents = count_consents(visit).await?;
    if owner == Reach::Nowhere && asker == Reach::Nowhere {
        return Ok(consents);
    }
    let soon = start_of_day(visit.today + Duration::days(2));
    let of = ToDo { owner: &owner, asker: &asker, now: visit.now, soon };
    Ok(consents + store::count_todo(&visit.net, &of, MOST).await?)
}

/// Visits that wait for this viewer's consent: as the one who goes, or as the head.
async fn consents(visit: &Visit) -> Result<Vec<Waiting>, Fault> {
    let mut all = Vec::new();
    for (party, task, owners) in asked_as(visit) {
        let person = visit.viewer.person;
        for booking in store::without_consent(&visit.net, party, person, &owners, visit.now, MOST).await? {
            let due = due(&booking, task);
            all.push(Waiting { booking, task, side: Side::Owner, due });
        }
    }
    Ok(all)
}

async fn count_consents(visit: &Visit) -> Result<i64, Fault> {
    let mut count = 0;
    for (party, _, owners) in asked_as(visit) {
        count += store::count_without_consent(&visit.net, party, visit.viewer.person, &owners, visit.now, MOST).await?;
    }
    Ok(count)
}

/// As whom this viewer is asked for consents at all.
fn asked_as(visit: &Visit) -> Vec<(Party, Task, Reach)> {
    let mut all = Vec::new();
    // Families have no visits to agree to; asking for theirs would cost every page of theirs.
    if visit.viewer.person.is_some() && visit.viewer.may(VIEW) {
        all.push((Party::Person, Task::Consent, Reach::Nowhere));
    }
    let owners = visit.viewer.reach(DECIDE);
    if owners != Reach::Nowhere && consent::leads(visit) {
        all.push((Party::Head, Task::LetGo, owners));
    }
    all
}

/// Where the viewer decides and where they ask. The department may ask for anybody, but is not the
/// one who owes an answer.
fn sides(visit: &Visit) -> (Reach, Reach) {
    let asker = visit.viewer.reach(REQUEST);
    (visit.viewer.reach(DECIDE), if asker == Reach::Network { Reach::Nowhere } else { asker })
}

/// What the booking waits for on this side, if for anything.
pub fn task(visit: &Visit, b: &Booking, side: Side) -> Option<Task> {
    let is_over = b.span.end <= visit.now;
    match (b.state, side) {
        (BookingState::Requested, Side::Owner) => Some(Task::Decide),
        (BookingState::Countered, Side::Asker) => Some(Task::AnswerOffer),
        (BookingState::Disputed, _) => Some(Task::Settle),
        (BookingState::TookPlace, _) if b.stated(side).is_none() => Some(Task::ConfirmOutcome),
        (BookingState::Planned, _) if b.form == Form::Loan => match (b.loan.handed_on, side) {
            (None, Side::Owner) => Some(Task::HandOver),
            (Some(_), Side::Owner) => Some(Task::TakeBack),
            (Some(_), Side::Asker) => Some(Task::BringBack),
            (None, Side::Asker) => None,
        },
        (BookingState::Planned, _) if is_over => Some(Task::StateOutcome),
        _ => None,
    }
}

/// Requests are due before they begin, loans at their end.
fn due(b: &Booking, task: Task) -> Option<chrono::DateTime<chrono::Utc>> {
    match task {
        Task::Decide | Task::AnswerOffer | Task::HandOver | Task::Consent | Task::LetGo => Some(b.span.start),
        Task::TakeBack | Task::BringBack => Some(b.span.end),
        Task::StateOutcome | Task::ConfirmOutcome | Task::Settle => None,
    }
}

/// Whose calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Resource(ResourceId),
    Organisation(OrganisationId),
    Person(Uuid),
    /// Everything that the viewer may see.
    Mine,
}

/// The bookings that touch seven days from `monday` on and hold something, by time: those that the
/// viewer may see. What others have of a resource shows [`crate::resources`] as taken, without names.
///
/// # Errors
/// The database's.
pub async fn week(visit: &Visit, whose: Whose, monday: NaiveDate) -> Result<Vec<Booking>, Fault> {
    span(visit, whose, Span::new(start_of_day(monday), start_of_day(monday + Duration::days(7)))).await
}

/// The same for any span.
///
/// # Errors
/// The database's.
pub async fn span(visit: &Visit, whose: Whose, during: Span) -> Result<Vec<Booking>, Fault> {
    let mut filter = Filter { during: Some(during), ..Filter::new(visit.viewer.reach(VIEW)) };
    match whose {
        Whose::Resource(id) => filter.resource = Some(id),
        Whose::Organisation(id) => filter.organisation = Some(id),
        Whose::Person(id) => filter.person = Some(id),
        Whose::Mine => {}
    }
    store::between(&visit.net, &filter).await
}

/// What the viewer may do with a booking now: the buttons of its page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Can {
    pub confirm: bool,
    pub decline: bool,
    pub counter: bool,
    pub accept_offer: bool,
    pub cancel: bool,
    pub move_it: bool,
    pub complete: bool,
    pub did_not_take_place: bool,
    pub answer_quality: bool,
    pub hand_over: bool,
    pub take_back: bool,
    /// On which side they stand; `None` for who only looks.
    pub side: Option<Side>,
}

impl Can {
    pub fn of(visit: &Visit, b: &Booking) -> Self {
        let (owner, asker) = (act::acts_for(visit, b, Side::Owner), act::acts_for(visit, b, Side::Asker));
        let either = owner || asker;
        let has_begun = b.has_begun(visit.now);
        let (s, is_loan) = (b.state, b.form == Form::Loan);
        let is_agreed = matches!(
            s,
            BookingState::Planned | BookingState::TookPlace | BookingState::Disputed | BookingState::DidNotTakePlace
        );
        Self {
            confirm: owner && s == BookingState::Requested,
            decline: owner && s.may_become(BookingState::Declined),
            counter: owner && s.may_become(BookingState::Countered),
            accept_offer: asker && s == BookingState::Countered,
            cancel: either && s.may_become(BookingState::Cancelled) && !(s == BookingState::Planned && has_begun),
            move_it: either && s.may_become(BookingState::Moved) && !has_begun,
            complete: either && is_agreed && has_begun && (!is_loan || b.loan.taken_back_on.is_some()),
            did_not_take_place: either && is_agreed && has_begun && b.loan.handed_on.is_none(),
            answer_quality: either
                && matches!(s, BookingState::TookPlace | BookingState::Confirmed | BookingState::Disputed),
            hand_over: owner && is_loan && s == BookingState::Planned && b.loan.handed_on.is_none(),
            take_back: owner && is_loan && b.loan.handed_on.is_some() && b.loan.taken_back_on.is_none(),
            side: if owner { Some(Side::Owner) } else { asker.then_some(Side::Asker) },
        }
    }
}
