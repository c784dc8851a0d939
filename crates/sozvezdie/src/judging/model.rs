//! Judging of coded works: the jury of a stage, the points of two judges, and a third where they differ. Pure.
use crate::{conferences::Criteria, people::PersonId, results::ParticipationId};
use chrono::{DateTime, Utc};
use kit::db::row;

kit::codes! {
    /// What somebody does in a jury. A secretary signs and gives no points.
    pub enum Part { Chair = "chair", Member = "member", Secretary = "secretary" }
}

#[derive(Clone, Debug)]
pub struct Juror {
    pub person: PersonId,
    pub name: String,
    pub part: Part,
}
row!(Juror { person, name, part });

impl Juror {
    pub fn judges(&self) -> bool {
        self.part != Part::Secretary
    }
}

/// How the works of a stage are judged.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Tasks or criteria, each with its most points.
    pub tasks: Criteria,
    /// A third judge reads where two differ by more points than this.
    pub threshold: i64,
    /// When the points went to the names: nobody gives points any more.
    pub decoded_at: Option<DateTime<Utc>>,
}
row!(Rules { tasks, threshold, decoded_at });

impl Default for Rules {
    fn default() -> Self {
        Self { tasks: Criteria(Vec::new()), threshold: 3, decoded_at: None }
    }
}

/// A work as a judge sees it: a code.
#[derive(Clone, Debug)]
pub struct Work {
    pub id: ParticipationId,
    pub code: String,
}
row!(Work { id, code });

/// The points of one judge for one task.
#[derive(Clone, Debug)]
pub struct Mark {
    pub work: ParticipationId,
    pub judge: PersonId,
    pub task: i64,
    pub points: i64,
}
row!(Mark { work, judge, task, points });

/// How far the judging of a work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nobody has looked at it whole.
    Unread,
    /// One of two has.
    Half,
    /// Two differ beyond the threshold.
    Third,
    /// The total in hundredths of a point.
    Settled(i64),
}

/// What each judge gave a work, of whole sheets alone.
pub fn sums(marks: &[Mark], work: ParticipationId, tasks: usize) -> Vec<(PersonId, i64)> {
    let mut all: Vec<(PersonId, usize, i64)> = Vec::new();
    let known = i64::try_from(tasks).unwrap_or(0);
    for m in marks.iter().filter(|m| m.work == work && (0..known).contains(&m.task)) {
        match all.iter_mut().find(|(judge, ..)| *judge == m.judge) {
            Some((_, count, sum)) => (*count, *sum) = (*count + 1, *sum + m.points),
            None => all.push((m.judge, 1, m.points)),
        }
    }
    all.into_iter().filter(|(_, count, _)| *count == tasks).map(|(judge, _, sum)| (judge, sum)).collect()
}

/// What the sums of judges come to. Two who agree within the threshold make the mean; where a third was
/// asked, the two nearest sums do, of equally near ones the higher. `needed`: one where the jury is one.
pub fn verdict(sums: &[i64], needed: usize, threshold: i64) -> Verdict {
    match sums {
        [] => Verdict::Unread,
        [one] if needed == 1 => Verdict::Settled(one * 100),
        [_] => Verdict::Half,
        [a, b] if (a - b).abs() > threshold => Verdict::Third,
        _ => {
            let mut sorted = sums.to_vec();
            sorted.sort_unstable_by(|a, b| b.cmp(a));
            let pairs = sorted.iter().zip(sorted.iter().skip(1));
            pairs.min_by_key(|(a, b)| *a - *b).map_or(Verdict::Unread, |(a, b)| Verdict::Settled((a + b) * 50))
        }
    }
}

/// How many judges read each work.
pub fn needed(jury: &[Juror]) -> usize {
    jury.iter().filter(|j| j.judges()).count().clamp(1, 2)
}

/// Whether a judge still reads a work: one's own sheet, a work that waits for a judge, or for a third.
pub fn is_for(
    judge: PersonId,
    marks: &[Mark],
    work: ParticipationId,
    tasks: usize,
    needed: usize,
    rules: &Rules,
) -> bool {
    if marks.iter().any(|m| m.work == work && m.judge == judge) {
        return true;
    }
    let sums: Vec<i64> = sums(marks, work, tasks).into_iter().map(|(_, sum)| sum).collect();
    !matches!(verdict(&sums, needed, rules.threshold), Verdict::Settled(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn two_who_agree_make_the_mean_and_a_third_breaks_a_quarrel() {
        assert_eq!(verdict(&[], 2, 3), Verdict::Unread);
        assert_eq!(verdict(&[20], 2, 3), Verdict::Half);
        assert_eq!(verdict(&[20], 1, 3), Verdict::Settled(2000));
        assert_eq!(verdict(&[20, 23], 2, 3), Verdict::Settled(2150));
        assert_eq!(verdict(&[20, 24], 2, 3), Verdict::Third);
        assert_eq!(verdict(&[20, 30, 28], 2, 3), Verdict::Settled(2900));
        assert_eq!(verdict(&[20, 30, 25], 2, 3), Verdict::Settled(2750), "equally near: the higher pair");
    }

    #[test]
    fn only_a_whole_sheet_is_a_sum() {
        let work = ParticipationId(Uuid::from_u128(1));
        let judge = |n: u128| PersonId(Uuid::from_u128(n));
        let mark = |n, task, points| Mark { work, judge: judge(n), task, points };
        let marks = [mark(1, 0, 4), mark(1, 1, 5), mark(2, 0, 9)];
        assert_eq!(sums(&marks, work, 2), [(judge(1), 9)]);
        let rules = Rules::default();
        assert!(is_for(judge(2), &marks, work, 2, 2, &rules), "a sheet begun stays one's own");
        assert!(is_for(judge(3), &marks, work, 2, 2, &rules));
        assert!(!is_for(judge(3), &marks, work, 2, 1, &rules), "one is enough where the jury is one");
    }
}
