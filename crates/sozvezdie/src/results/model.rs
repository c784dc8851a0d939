//! A child's participation in a stage of an event and what came of it. Pure.
use crate::{
    events::{PrizeDegree, PrizeDegrees},
    organisations::OrganisationId,
};
use chrono::NaiveDate;
use kit::html::Tone;

kit::db::id_type!(
    /// One child at one stage.
    ParticipationId
);

kit::codes! {
    /// How far a participation came. Who did not come or withdrew did not take part; who was
    /// disqualified did, without a prize.
    pub enum State {
        Entered = "entered",
        Admitted = "admitted",
        TookPart = "took_part",
        NoShow = "no_show",
        Withdrawn = "withdrawn",
        Disqualified = "disqualified",
    }
}

kit::codes! {
    /// How sure a result is. Only a confirmed and an approved one count.
    pub enum ResultState {
        None = "none",
        Entered = "entered",
        Confirmed = "confirmed",
        Disputed = "disputed",
        Approved = "approved",
    }
}

kit::codes! {
    /// What the jury gave.
    pub enum Award {
        Winner = "winner",
        PrizeWinner = "prize_winner",
        Laureate = "laureate",
        DiplomaHolder = "diploma_holder",
        Participant = "participant",
    }
}

kit::codes! {
    /// Who entered the child.
    pub enum Source { School = "school", Guardian = "guardian", Organiser = "organiser", Import = "import" }
}

impl ResultState {
    /// What this one may become. A confirmed result is opened again by a dispute alone.
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::None => &[Self::Entered],
            Self::Entered => &[Self::Confirmed, Self::Disputed],
            Self::Confirmed => &[Self::Disputed, Self::Approved],
            Self::Disputed => &[Self::Confirmed, Self::Approved],
            Self::Approved => &[Self::Disputed],
        }
    }

    pub fn may_become(self, next: Self) -> bool {
        self.next().contains(&next)
    }

    /// Whether it enters the figures.
    pub fn counts(self) -> bool {
        matches!(self, Self::Confirmed | Self::Approved)
    }

    pub fn tone(self) -> Tone {
        match self {
            Self::None => Tone::Plain,
            Self::Entered => Tone::Info,
            Self::Disputed => Tone::Warn,
            Self::Confirmed | Self::Approved => Tone::Ok,
        }
    }
}

/// What came of a participation, as a protocol says it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outcome {
    pub score: Option<f64>,
    pub max_score: Option<f64>,
    /// Equal results share a place: 2 to 3.
    pub place: Option<i64>,
    pub place_to: Option<i64>,
    pub award: Option<Award>,
    /// Of the diploma: 1 to 3.
    pub degree: Option<i64>,
}

impl Outcome {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it is a prize place at an edition with these degrees. Winners and prize-winners
    /// always are.
    pub fn is_prize(&self, degrees: &PrizeDegrees) -> bool {
        let award = match self.award {
            Some(Award::Winner | Award::PrizeWinner) => true,
            Some(Award::Laureate) => degrees.hold(PrizeDegree::Laureate),
            Some(Award::DiplomaHolder) => degrees.hold(PrizeDegree::Diploma),
            Some(Award::Participant) | None => false,
        };
        award || self.degree.is_some_and(|degree| degrees.hold_degree(degree))
    }
}

/// What a child was on the day of the event. It is not rewritten later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Where the child was in basic study.
    pub organisation: OrganisationId,
    pub class: Option<i64>,
    /// Full years.
    pub age: i64,
    pub centre_member: bool,
}

/// The day that a snapshot is taken on: the last of the stage, else of the edition, else today.
pub fn day_of(
    stage: (Option<NaiveDate>, Option<NaiveDate>),
    edition: (Option<NaiveDate>, Option<NaiveDate>),
    today: NaiveDate,
) -> NaiveDate {
    [stage.1, stage.0, edition.1, edition.0].into_iter().flatten().next().unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_confirmed_counts_and_nothing_is_confirmed_unseen() {
        let counted: Vec<_> = ResultState::ALL.iter().filter(|s| s.counts()).collect();
        assert_eq!(counted, [&ResultState::Confirmed, &ResultState::Approved]);
        assert!(!ResultState::None.may_become(ResultState::Confirmed));
        assert!(!ResultState::Confirmed.may_become(ResultState::Entered));
        for state in ResultState::ALL {
            assert!(!state.may_become(ResultState::None) && !state.may_become(*state));
        }
    }

    #[test]
    fn the_regulation_says_which_diplomas_are_prizes() {
        let of = |award, degree| Outcome { award, degree, ..Outcome::default() };
        let usual = PrizeDegrees::default();
        let strict = PrizeDegrees(vec![PrizeDegree::First]);
        assert!(of(Some(Award::Winner), None).is_prize(&strict));
        assert!(of(Some(Award::PrizeWinner), None).is_prize(&PrizeDegrees(Vec::new())));
        assert!(of(None, Some(3)).is_prize(&usual) && !of(None, Some(3)).is_prize(&strict));
        assert!(of(Some(Award::Laureate), None).is_prize(&usual) && !of(Some(Award::Laureate), None).is_prize(&strict));
        assert!(!of(Some(Award::DiplomaHolder), None).is_prize(&usual));
        assert!(!of(Some(Award::Participant), None).is_prize(&usual) && !Outcome::default().is_prize(&usual));
    }

    #[test]
    fn the_day_is_the_end_of_what_is_known() {
        let day = |d: u32| NaiveDate::from_ymd_opt(2016, 3, d);
        let today = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        assert_eq!(day_of((day(1), day(2)), (day(1), day(9)), today), day(2).unwrap());
        assert_eq!(day_of((None, None), (day(7), None), today), day(7).unwrap());
        assert_eq!(day_of((None, None), (None, None), today), today);
    }
}
