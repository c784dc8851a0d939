//! When a resource is open: weekly hours, days with other hours, and the span of time that
//! everything else is counted in. Pure: no SQL, no async.
use chrono::{DateTime, Datelike, Duration, NaiveDate, TimeZone, Utc};
use kit::clock::{LOCAL, local_date};
use serde::Serialize;

/// Minutes of a day.
pub const DAY: i64 = 24 * 60;

/// From its start up to, but not including, its end: two that touch do not overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Span {
    #[serde(rename = "starts_at")]
    pub start: DateTime<Utc>,
    #[serde(rename = "ends_at")]
    pub end: DateTime<Utc>,
}

impl Span {
    pub fn new(start: DateTime<Utc>, end: DateTime<Utc>) -> Self {
        Self { start, end }
    }

    pub fn length(self) -> Duration {
        self.end - self.start
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The part of both, if there is one.
    pub fn clip(self, other: Self) -> Option<Self> {
        let both = Self { start: self.start.max(other.start), end: self.end.min(other.end) };
        (both.start < both.end).then_some(both)
    }

    /// Wider on both sides.
    #[must_use]
    pub fn widened(self, by: Duration) -> Self {
        Self { start: self.start - by, end: self.end + by }
    }

    /// The local days that it touches.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        let last = local_date(self.end - Duration::microseconds(1)).max(local_date(self.start));
        local_date(self.start).iter_days().take_while(move |day| *day <= last)
    }
}

/// The hours of one weekday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hours {
    /// 1 is Monday.
    pub weekday: i64,
    /// Minutes of the local day.
    pub opens: i64,
    pub closes: i64,
    pub valid_from: Option<NaiveDate>,
    pub valid_until: Option<NaiveDate>,
}
kit::db::row!(Hours { weekday, opens, closes, valid_from, valid_until });

impl Hours {
    fn holds_on(&self, day: NaiveDate) -> bool {
        self.weekday == i64::from(day.weekday().number_from_monday())
            && self.valid_from.is_none_or(|from| from <= day)
            && self.valid_until.is_none_or(|until| day <= until)
    }
}

/// A day that does not follow its weekday. Without hours it is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Exception {
    pub on: NaiveDate,
    pub opens: Option<i64>,
    pub closes: Option<i64>,
    pub reason: Option<String>,
}
kit::db::row!(Exception { on, opens, closes, reason });

/// When a resource is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    pub hours: Vec<Hours>,
    pub exceptions: Vec<Exception>,
}

impl Schedule {
    /// The spans of `window` in which it is open, in order; what touches is one span.
    pub fn open(&self, window: Span) -> Vec<Span> {
        let mut spans: Vec<Span> = window
            .days()
            .flat_map(|day| {
                self.on(day).into_iter().map(move |(opens, closes)| Span::new(at(day, opens), at(day, closes)))
            })
            .filter_map(|span| span.clip(window))
            .collect();
        spans.sort_unstable();
        joined(spans)
    }

    /// Whether it is open all the while.
    pub fn is_open_for(&self, span: Span) -> bool {
        self.open(span).first() == Some(&span)
    }

    /// Whether something can be handed over at this moment, the first and the last included.
    pub fn is_open_at(&self, moment: DateTime<Utc>) -> bool {
        let around = Span::new(moment, moment).widened(Duration::minutes(1));
        self.open(around).iter().any(|span| span.start <= moment && moment <= span.end)
    }

    /// Opening and closing of a day, in minutes.
    fn on(&self, day: NaiveDate) -> Vec<(i64, i64)> {
        let mut special = self.exceptions.iter().filter(|e| e.on == day).peekable();
        if special.peek().is_some() {
            return special
                .filter_map(|e| Some((e.opens?, e.closes?)))
                .filter(|(opens, closes)| opens < closes)
                .collect();
        }
        if self.hours.is_empty() {
            return vec![(0, DAY)];
        }
        if is_holiday(day) {
            return Vec::new();
        }
        self.hours.iter().filter(|h| h.holds_on(day)).map(|h| (h.opens, h.closes)).collect()
    }
}

/// Holidays on which nobody works (Labour Code, art. 112), as (month, day). Days off that the
/// government moves from year to year are exceptions of the resource.
const HOLIDAYS: [(u32, u32); 14] =
    [(1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (1, 6), (1, 7), (1, 8), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)];

/// Weekly hours do not hold on a public holiday; an exception with hours opens it.
pub fn is_holiday(day: NaiveDate) -> bool {
    HOLIDAYS.contains(&(day.month(), day.day()))
}

/// The instant of a minute of a local day. Where the clocks jump forward over it, the first moment
/// after the jump; where they go back, the first of the two.
pub fn at(day: NaiveDate, minute: i64) -> DateTime<Utc> {
    let naive = day.and_time(chrono::NaiveTime::MIN) + Duration::minutes(minute);
    (0..=3)
        .find_map(|hour| LOCAL.from_local_datetime(&(naive + Duration::hours(hour))).earliest())
        .map_or_else(|| naive.and_utc(), |moment| moment.with_timezone(&Utc))
}

/// Joins sorted spans that touch or overlap.
pub fn joined(spans: Vec<Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn weekdays(opens: i64, closes: i64) -> Schedule {
        let hours =
            (1..=5).map(|weekday| Hours { weekday, opens, closes, valid_from: None, valid_until: None }).collect();
        Schedule { hours, exceptions: Vec::new() }
    }

    fn on(day: NaiveDate, opens: i64, closes: i64) -> Span {
        Span::new(at(day, opens), at(day, closes))
    }

    #[test]
    fn open_on_weekdays_only() {
        let week = Span::new(at(day("2026-11-23"), 0), at(day("2026-11-30"), 0));
        let open = weekdays(540, 1020).open(week);
        assert_eq!(open.len(), 5);
        assert_eq!(open[0], on(day("2026-11-23"), 540, 1020));
        assert_eq!(open[0].start.to_rfc3339(), "2026-11-23T06:00:00+00:00");
    }

    #[test]
    fn a_special_day_replaces_its_weekday() {
        let mut schedule = weekdays(540, 1020);
        let tuesday = day("2026-11-24");
        schedule.exceptions.push(Exception { on: tuesday, opens: None, closes: None, reason: None });
        assert!(!schedule.is_open_for(on(tuesday, 600, 660)));
        schedule.exceptions[0] = Exception { on: tuesday, opens: Some(600), closes: Some(660), reason: None };
        assert!(schedule.is_open_for(on(tuesday, 600, 660)));
        assert!(!schedule.is_open_for(on(tuesday, 600, 661)));
    }

    #[test]
    fn a_holiday_is_closed_unless_it_is_opened() {
        let mut schedule = weekdays(540, 1020);
        let holiday = day("2026-11-04");
        assert!(!schedule.is_open_for(on(holiday, 600, 660)));
        schedule.exceptions.push(Exception { on: holiday, opens: Some(600), closes: Some(660), reason: None });
        assert!(schedule.is_open_for(on(holiday, 600, 660)));
        assert!(Schedule::default().is_open_for(on(holiday, 600, 660)), "by agreement, as on any day");
    }

    #[test]
    fn morning_and_afternoon_that_touch_are_one_span() {
        let mut schedule = weekdays(540, 720);
        schedule.hours.push(Hours { opens: 720, closes: 1020, ..schedule.hours[1].clone() });
        assert!(schedule.is_open_for(on(day("2026-11-24"), 660, 780)));
    }

    #[test]
    fn hours_hold_for_their_term_only() {
        let mut schedule = weekdays(540, 1020);
        for hours in &mut schedule.hours {
            hours.valid_until = Some(day("2026-11-24"));
        }
        assert!(schedule.is_open_for(on(day("2026-11-24"), 540, 600)));
        assert!(!schedule.is_open_for(on(day("2026-11-25"), 540, 600)));
    }

    #[test]
    fn without_hours_it_is_open_by_agreement_across_midnight() {
        let span = Span::new(at(day("2026-11-24"), 23 * 60), at(day("2026-11-25"), 60));
        assert!(Schedule::default().is_open_for(span));
    }

    #[test]
    fn the_moment_of_closing_is_still_good_for_handing_over() {
        let schedule = weekdays(540, 1020);
        let moment = |minute| at(day("2026-11-24"), minute);
        assert!(schedule.is_open_at(moment(540)) && schedule.is_open_at(moment(1020)));
        assert!(!schedule.is_open_at(moment(539)) && !schedule.is_open_at(moment(1021)));
    }

    #[test]
    fn days_when_the_clocks_change_lose_and_double_nothing() {
        // Moscow went forward on 27.03.2011 at 02:00 and back on 26.10.2014 at 02:00.
        let spring = day("2011-03-27");
        assert_eq!(at(spring, 150), at(spring, 210));
        assert_eq!(on(spring, 0, DAY).length(), Duration::hours(23));
        assert_eq!(on(day("2014-10-26"), 0, DAY).length(), Duration::hours(25));
        assert_eq!(Schedule::default().open(on(spring, 0, DAY)), [on(spring, 0, DAY)]);
    }

    #[test]
    fn a_span_that_ends_at_midnight_touches_one_day() {
        assert_eq!(on(day("2026-11-24"), 0, DAY).days().count(), 1);
        assert_eq!(on(day("2028-02-29"), 60, DAY + 1).days().count(), 2);
    }
}
