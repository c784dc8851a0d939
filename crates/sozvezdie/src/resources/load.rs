//! How much of a resource is taken at each moment, and what is left. Pure: no SQL, no async.
//!
//! The rule of capacity stands here once: [`peak`] looks at slices of time. Adding up all bookings
//! that overlap a wish refuses valid ones (two that follow each other need the place once), and
//! looking at the start of a wish alone misses what begins later.
use super::schedule::{Span, joined};
use chrono::{DateTime, Duration, Utc};

/// A span of time and how much is taken in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    pub span: Span,
    pub amount: i64,
}

/// `window` cut into slices of equal load, the empty ones included.
pub fn profile(window: Span, loads: &[Load]) -> Vec<Load> {
    // At one moment an end comes before a start only in sum, so order among them does not matter.
    let mut steps: Vec<(DateTime<Utc>, i64)> = Vec::with_capacity(loads.len() * 2 + 1);
    for load in loads {
        if let Some(span) = load.span.clip(window) {
            steps.push((span.start, load.amount));
            steps.push((span.end, -load.amount));
        }
    }
    steps.sort_unstable_by_key(|(at, _)| *at);
    let mut slices: Vec<Load> = Vec::with_capacity(steps.len() + 1);
    let (mut from, mut amount) = (window.start, 0);
    let mut put = |from, to, amount| {
        if from < to {
            match slices.last_mut() {
                Some(last) if last.amount == amount => last.span.end = to,
                _ => slices.push(Load { span: Span::new(from, to), amount }),
            }
        }
    };
    for (at, step) in steps {
        put(from, at, amount);
        (from, amount) = (at, amount + step);
    }
    put(from, window.end, amount);
    slices
}

/// The most that is taken at any moment of `window`.
pub fn peak(window: Span, loads: &[Load]) -> i64 {
    profile(window, loads).iter().map(|slice| slice.amount).max().unwrap_or(0)
}

/// The parts of `open` in which `amount` more fits below `capacity`.
pub fn free(open: &[Span], loads: &[Load], capacity: i64, amount: i64) -> Vec<Span> {
    let fits = |slice: &Load| slice.amount + amount <= capacity;
    open.iter()
        .flat_map(|span| joined(profile(*span, loads).into_iter().filter(fits).map(|slice| slice.span).collect()))
        .collect()
}

/// Up to `count` spans of the length of `wish` inside `free`, the nearest to it first.
///
/// They do not overlap one another: three starts five minutes apart are no choice.
pub fn nearest(free: &[Span], wish: Span, count: usize) -> Vec<Span> {
    let length = wish.length();
    let mut found: Vec<Span> = Vec::new();
    for gap in free.iter().filter(|gap| gap.length() >= length) {
        let best = wish.start.clamp(gap.start, gap.end - length);
        for step in -i32::try_from(count).unwrap_or(8)..=i32::try_from(count).unwrap_or(8) {
            let start = best + length * step;
            let span = Span::new(start, start + length);
            if gap.contains(span) {
                found.push(span);
            }
        }
    }
    found.sort_by_key(|span| (distance(*span, wish), span.start));
    found.truncate(count);
    found
}

fn distance(a: Span, b: Span) -> Duration {
    (a.start - b.start).abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

    fn minute(n: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000 / 60 * 60 + n * 60, 0).unwrap()
    }

    fn span(from: i64, to: i64) -> Span {
        Span::new(minute(from), minute(to))
    }

    fn load(from: i64, to: i64, amount: i64) -> Load {
        Load { span: span(from, to), amount }
    }

    #[test]
    fn two_that_follow_each_other_need_the_place_once() {
        let loads = [load(0, 30, 6), load(30, 60, 6)];
        assert_eq!(peak(span(0, 60), &loads), 6);
    }

    #[test]
    fn one_that_starts_together_with_a_longer_one_is_seen() {
        assert_eq!(peak(span(0, 10), &[load(0, 60, 3), load(0, 10, 4)]), 7);
        assert_eq!(peak(span(0, 60), &[load(50, 60, 9)]), 9);
    }

    #[test]
    fn touching_is_no_overlap() {
        assert_eq!(peak(span(30, 60), &[load(0, 30, 5), load(60, 90, 5)]), 0);
    }

    #[test]
    fn what_is_free_is_joined_over_slices() {
        let loads = [load(10, 20, 2), load(20, 30, 1), load(40, 50, 3)];
        assert_eq!(free(&[span(0, 60)], &loads, 3, 1), [span(0, 40), span(50, 60)]);
        assert_eq!(free(&[span(0, 60)], &loads, 3, 2), [span(0, 10), span(20, 40), span(50, 60)]);
    }

    #[test]
    fn the_nearest_are_before_and_after_and_apart() {
        let free = [span(0, 25), span(40, 45), span(60, 100)];
        assert_eq!(nearest(&free, span(30, 40), 3), [span(15, 25), span(5, 15), span(60, 70)]);
        assert!(nearest(&free, span(0, 50), 3).is_empty());
    }

    #[test]
    fn slices_agree_with_a_look_at_every_minute() {
        let mut random = StdRng::seed_from_u64(20_261_124);
        for _ in 0..2_000 {
            let loads: Vec<Load> = (0..random.random_range(0..9))
                .map(|_| {
                    let from = random.random_range(0..100);
                    load(from, from + random.random_range(1..60), random.random_range(1..6))
                })
                .collect();
            let from = random.random_range(0..100);
            let window = span(from, from + random.random_range(1..60));
            let at = |m: i64| loads.iter().filter(|l| l.span.overlaps(span(m, m + 1))).map(|l| l.amount).sum::<i64>();
            let minutes: Vec<i64> = (0..200).filter(|m| window.overlaps(span(*m, *m + 1))).collect();
            let expected = minutes.iter().map(|m| at(*m)).max().unwrap();
            assert_eq!(peak(window, &loads), expected, "{loads:?} {window:?}");

            let (capacity, amount) = (random.random_range(1..9), random.random_range(1..4));
            let gaps = free(&[window], &loads, capacity, amount);
            for m in minutes {
                let is_free = gaps.iter().any(|gap| gap.overlaps(span(m, m + 1)));
                assert_eq!(is_free, at(m) + amount <= capacity, "minute {m} of {loads:?}");
            }
            assert!(gaps.windows(2).all(|pair| pair[0].end < pair[1].start), "joined and in order: {gaps:?}");
            for found in nearest(&gaps, span(from + 5, from + 15), 3) {
                assert!(gaps.iter().any(|gap| gap.contains(found)));
            }
        }
    }
}
