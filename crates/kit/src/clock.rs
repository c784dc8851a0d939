//! Time comes in as a parameter, so that a test or the demo can stand on any day.
use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use std::sync::Arc;

/// The network's local time until a network says otherwise.
pub const LOCAL: Tz = chrono_tz::Europe::Moscow;

/// Tells what time it is. Cheap to clone.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// The machine's clock.
    #[expect(clippy::disallowed_methods, reason = "the one place that looks at the wall clock")]
    pub fn system() -> Self {
        Self(Arc::new(Utc::now))
    }

    /// The machine's clock moved by whole days so that today is `date`; hours go on as they are.
    pub fn on(date: NaiveDate) -> Self {
        let system = Self::system();
        let days = date.signed_duration_since(system.today()).num_days();
        Self(Arc::new(move || system.now() + Duration::days(days)))
    }

    /// Shows what it is told: for tests in which time passes.
    pub fn told(by: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(by))
    }

    /// Stands still: for tests.
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self(Arc::new(move || at))
    }

    /// This instant, cut to the microseconds that both databases keep.
    pub fn now(&self) -> DateTime<Utc> {
        let now = (self.0)();
        DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
    }

    /// Today by local time.
    pub fn today(&self) -> NaiveDate {
        local_date(self.now())
    }
}

/// The local calendar day of an instant: it decides the academic year a thing belongs to.
pub fn local_date(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&LOCAL).date_naive()
}

/// The first instant of a local day. Where the clocks jump over midnight, the first one after it.
pub fn start_of_day(date: NaiveDate) -> DateTime<Utc> {
    (0..=3)
        .filter_map(|hour| date.and_hms_opt(hour, 0, 0))
        .find_map(|time| LOCAL.from_local_datetime(&time).earliest())
        .map_or_else(|| date.and_time(chrono::NaiveTime::MIN).and_utc(), |time| time.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_day_starts_at_its_own_midnight() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        assert_eq!(start_of_day(day).to_rfc3339(), "2026-11-23T21:00:00+00:00");
        assert_eq!(local_date(start_of_day(day)), day);
    }

    #[test]
    fn a_clock_can_stand_on_another_day() {
        let day = NaiveDate::from_ymd_opt(2016, 2, 29).unwrap();
        assert_eq!(Clock::on(day).today(), day);
    }
}
