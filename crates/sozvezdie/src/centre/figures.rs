//! How many children the Centre reaches: K6 of `domain.md` §5.
use super::{model::Centre, store};
use chrono::NaiveDate;
use kit::{Fault, Visit, db::Net};
use serde::Serialize;

/// Below this a cell of a public view is not told: so few children could be guessed.
pub const FEWEST: i64 = 5;

/// A count of children as it is told to this viewer: everybody is told of none and of many, few are
/// told only to those who work with children or answer for the network.
pub fn told(visit: &Visit, n: i64) -> Option<i64> {
    let knows = visit.viewer.may(crate::learners::SEE) || visit.viewer.may(super::EDIT);
    (knows || !(1..FEWEST).contains(&n)).then_some(n)
}

/// K6: members of the Centre of all learners of classes 1 to 11 on a day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Share {
    pub on: NaiveDate,
    pub members: i64,
    pub pupils: i64,
    /// Per cent with one decimal; none, not 0, where nobody studies.
    pub percent: Option<f64>,
}

impl Share {
    fn new(on: NaiveDate, members: i64, pupils: i64) -> Self {
        Self { on, members, pupils, percent: percent(members, pupils) }
    }
}

/// Tenths of a per cent; none when there is nothing to divide by.
pub fn percent(part: i64, whole: i64) -> Option<f64> {
    let tenths = part.checked_mul(2000)?.checked_add(whole)?.checked_div(whole.checked_mul(2)?)?;
    #[expect(clippy::cast_precision_loss, reason = "tenths of a per cent stay far below 2^52")]
    let value = tenths as f64 / 10.0;
    Some(value)
}

/// K6 on a day.
///
/// # Errors
/// The database's.
pub async fn share(net: &Net, centre: &Centre, on: NaiveDate) -> Result<Share, Fault> {
    let members = store::count_on(net, centre.id, on).await?;
    Ok(Share::new(on, members, store::count_pupils(net, on).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_nobody_is_none_and_tenths_are_rounded() {
        let share = |a, b| percent(a, b);
        assert_eq!(share(0, 0), None);
        assert_eq!(share(0, 7), Some(0.0));
        assert_eq!(share(12, 40), Some(30.0));
        assert_eq!(share(24, 622), Some(3.9));
        assert_eq!(share(2, 3), Some(66.7));
    }
}
