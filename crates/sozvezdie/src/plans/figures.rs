//! K6, K7 and K14 of `domain.md` §5, as of a day.
use super::store;
use crate::centre::{self, Centre, Share};
use chrono::NaiveDate;
use kit::{Fault, db::Net};
use serde::Serialize;

/// The three figures on the Centre's children.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Figures {
    /// K6.
    pub share: Share,
    /// K7: members with an approved plan of the year, of all members.
    pub with_plan: i64,
    /// Per cent; none, not 0, when there is no member.
    pub with_plan_percent: Option<f64>,
    /// Mentors who lead at least one member.
    pub mentors: i64,
    /// K14: mentors per child, in hundredths; none when there is no member.
    pub mentors_per_child: Option<f64>,
}

/// # Errors
/// The database's.
pub async fn figures(net: &Net, centre: &Centre, on: NaiveDate) -> Result<Figures, Fault> {
    let share = centre::share(net, centre, on).await?;
    let with_plan = store::members_with_plan(net, centre.id, on).await?;
    let mentors = store::mentors_of_members(net, centre.id, on).await?;
    Ok(Figures {
        share,
        with_plan,
        with_plan_percent: centre::percent(with_plan, share.members),
        mentors,
        mentors_per_child: per_child(mentors, share.members),
    })
}

/// Hundredths: 6 mentors of 24 children are 0.25.
fn per_child(mentors: i64, children: i64) -> Option<f64> {
    let hundredths = mentors.checked_mul(200)?.checked_add(children)?.checked_div(children.checked_mul(2)?)?;
    #[expect(clippy::cast_precision_loss, reason = "hundredths of a small number")]
    let value = hundredths as f64 / 100.0;
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::per_child;

    #[test]
    fn mentors_per_child_are_rounded_hundredths_and_none_without_children() {
        assert_eq!(per_child(6, 24), Some(0.25));
        assert_eq!(per_child(2, 3), Some(0.67));
        assert_eq!(per_child(0, 0), None);
    }
}
