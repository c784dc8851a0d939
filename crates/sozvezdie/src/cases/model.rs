//! What a family may ask, what must be done then and by when. Pure.
use crate::{
    consents::{ConsentId, Purpose},
    organisations::OrganisationId,
    people::PersonId,
    resources::is_holiday,
};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc, Weekday};
use kit::db::row;

kit::db::id_type!(
    /// A case: one thing asked by a family.
    CaseId
);

kit::codes! {
    /// What is asked: a consent is withdrawn; data are to be corrected, told, destroyed.
    pub enum CaseKind { Withdrawal = "withdrawal", Correct = "correct", Tell = "tell", Destroy = "destroy" }
}

kit::codes! {
    /// A case is closed when its last step is done.
    pub enum CaseState { Open = "open", Closed = "closed" }
}

kit::codes! {
    /// What must be done.
    pub enum Step { Stop = "stop", Correct = "correct", Answer = "answer", Destroy = "destroy" }
}

/// A term of the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Term {
    WorkingDays(u32),
    Days(u64),
}

impl Step {
    /// `domain.md` §3: 152-ФЗ ст. 10.1 (stop), 20 (answer), 21 (correct, destroy).
    fn term(self) -> Term {
        match self {
            Self::Stop => Term::WorkingDays(3),
            Self::Correct => Term::WorkingDays(7),
            Self::Answer => Term::WorkingDays(10),
            Self::Destroy => Term::Days(30),
        }
    }

    /// The last day for it when it was asked on a day.
    pub fn due(self, asked: NaiveDate) -> NaiveDate {
        match self.term() {
            Term::WorkingDays(days) => after_working_days(asked, days),
            Term::Days(days) => asked.checked_add_days(Days::new(days)).unwrap_or(asked),
        }
    }
}

impl CaseKind {
    /// What must be done; of a withdrawal it depends on what the consent was for.
    pub fn steps(self, purpose: Option<Purpose>) -> &'static [Step] {
        match (self, purpose) {
            (Self::Withdrawal, Some(Purpose::Publication | Purpose::Image)) => {
                &[Step::Stop, Step::Answer, Step::Destroy]
            }
            (Self::Withdrawal | Self::Destroy, _) => &[Step::Answer, Step::Destroy],
            (Self::Correct, _) => &[Step::Correct, Step::Answer],
            (Self::Tell, _) => &[Step::Answer],
        }
    }
}

/// The act of a destruction is kept so many months.
const KEPT_MONTHS: u32 = 36;

/// Until when the act of a destruction is kept.
pub fn kept_until(closed: NaiveDate) -> NaiveDate {
    closed.checked_add_months(Months::new(KEPT_MONTHS)).unwrap_or(closed)
}

/// A day on which terms run. The days off that the government moves from year to year are unknown: the
/// term then ends a day early, which harms nobody.
pub fn is_working(day: NaiveDate) -> bool {
    !is_holiday(day) && !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The working day that so many working days end on, counted from the day after.
pub fn after_working_days(from: NaiveDate, days: u32) -> NaiveDate {
    let (mut day, mut left) = (from, days);
    while left > 0 {
        let Some(next) = day.succ_opt() else { return day };
        day = next;
        left -= u32::from(is_working(day));
    }
    day
}

/// One thing asked by a family.
#[derive(Clone, Debug)]
pub struct Case {
    pub id: CaseId,
    pub learner: PersonId,
    pub organisation: OrganisationId,
    pub kind: CaseKind,
    /// Of the consent that was withdrawn.
    pub purpose: Option<Purpose>,
    pub consent: Option<ConsentId>,
    pub state: CaseState,
    /// In the family's words.
    pub details: Option<String>,
    pub opened_on: NaiveDate,
    pub closed_on: Option<NaiveDate>,
    /// Of a destruction: how long its act is kept.
    pub kept_until: Option<NaiveDate>,
    pub created_at: DateTime<Utc>,
    pub created_by: Option<uuid::Uuid>,
}
row!(Case {
    id,
    learner,
    organisation,
    kind,
    purpose,
    consent,
    state,
    details,
    opened_on,
    closed_on,
    kept_until,
    created_at,
    created_by
});

/// One step of a case.
#[derive(Clone, Debug)]
pub struct Due {
    pub case: CaseId,
    pub step: Step,
    pub due_on: NaiveDate,
    pub done_on: Option<NaiveDate>,
    pub done_by: Option<uuid::Uuid>,
    pub note: Option<String>,
}
row!(Due { case, step, due_on, done_on, done_by, note });

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn terms_are_counted_in_working_days_over_weekends_and_holidays() {
        // A Tuesday: three working days end on Friday, ten a fortnight later.
        assert_eq!(Step::Stop.due(day("2026-11-24")), day("2026-11-27"));
        assert_eq!(Step::Correct.due(day("2026-11-24")), day("2026-12-03"));
        assert_eq!(Step::Answer.due(day("2026-11-24")), day("2026-12-08"));
        assert_eq!(Step::Destroy.due(day("2026-11-24")), day("2026-12-24"));
        // Over the New Year holidays.
        assert_eq!(Step::Stop.due(day("2026-12-30")), day("2027-01-12"));
        // Asked on a Saturday.
        assert_eq!(Step::Stop.due(day("2026-11-28")), day("2026-12-02"));
        // The fourth of November is a Wednesday.
        assert_eq!(Step::Stop.due(day("2026-11-03")), day("2026-11-09"));
        assert_eq!(kept_until(day("2028-02-29")), day("2031-02-28"));
    }

    proptest! {
        #[test]
        fn a_term_ends_on_a_working_day_with_exactly_so_many_before(offset in 0_i64..20_000, days in 1_u32..40) {
            let from = day("2000-01-01") + chrono::Duration::days(offset);
            let end = after_working_days(from, days);
            prop_assert!(is_working(end) && end > from);
            let between = from.iter_days().skip(1).take_while(|d| *d <= end).filter(|d| is_working(*d)).count();
            prop_assert_eq!(between, days as usize);
        }
    }

    #[test]
    fn a_publication_stops_first_and_every_case_is_answered() {
        for kind in CaseKind::ALL {
            for purpose in Purpose::ALL.iter().map(|p| Some(*p)).chain([None]) {
                let steps = kind.steps(purpose);
                assert!(steps.contains(&Step::Answer), "{kind:?} {purpose:?}");
                let public = matches!(purpose, Some(Purpose::Publication | Purpose::Image));
                assert_eq!(steps.contains(&Step::Stop), *kind == CaseKind::Withdrawal && public);
            }
        }
    }
}
