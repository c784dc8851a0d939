//! What is typed into fields and sent by programs: numbers, moments and hours of the day.
use chrono::{DateTime, NaiveDateTime, NaiveTime, TimeZone as _, Timelike as _, Utc};
use kit::{
    clock::LOCAL,
    form::{Problems, tidy},
    text::Message,
};

/// A whole number of at least `least` and at most `most`; empty is nothing.
pub fn whole(problems: &mut Problems, field: &'static str, text: &str, least: i64, most: i64) -> Option<i64> {
    let text = tidy(text)?;
    let value = text.replace(['\u{a0}', ' '], "").parse::<i64>().ok().filter(|n| (least..=most).contains(n));
    if value.is_none() {
        problems.add(field, Message::new("form-whole-between").with("least", least).with("most", most));
    }
    value
}

/// The same, and it must be there.
pub fn whole_required(problems: &mut Problems, field: &'static str, text: &str, least: i64, most: i64) -> Option<i64> {
    if tidy(text).is_none() {
        problems.add(field, Message::new("form-required"));
    }
    whole(problems, field, text, least, most)
}

/// Hours as people write them («1,5», «1.5», «1:30») in whole minutes, at most `most` of them.
pub fn hours(problems: &mut Problems, field: &'static str, text: &str, most: i64) -> Option<i64> {
    let Some(text) = tidy(text) else {
        problems.add(field, Message::new("form-required"));
        return None;
    };
    let minutes = match text.split_once(':') {
        Some((hours, minutes)) => {
            let part = |text: &str| text.parse::<i64>().ok().filter(|n| (0..100_000).contains(n));
            part(hours).zip(part(minutes).filter(|m| *m < 60)).map(|(h, m)| h * 60 + m)
        }
        None => text.replace(',', ".").parse::<f64>().ok().filter(|h| h.is_finite() && h.abs() < 100_000.0).map(|h| {
            #[expect(clippy::cast_possible_truncation, reason = "below 6,000,000")]
            let minutes = (h * 60.0).round() as i64;
            minutes
        }),
    };
    let right = minutes.filter(|m| (1..=most).contains(m));
    if right.is_none() {
        problems.add(field, Message::new("form-bad-hours").with("most", most / 60));
    }
    right
}

/// A moment: RFC 3339, or local time as a date-and-time field sends it. Empty is nothing.
pub fn moment(problems: &mut Problems, field: &'static str, text: &str) -> Option<DateTime<Utc>> {
    let text = tidy(text)?;
    let value = read_moment(&text);
    if value.is_none() {
        problems.add(field, Message::new("form-bad-moment"));
    }
    value
}

/// A moment as [`moment`] reads it, within the years that this program is for.
pub fn read_moment(text: &str) -> Option<DateTime<Utc>> {
    let zoned = DateTime::parse_from_rfc3339(text).ok().map(|at| at.with_timezone(&Utc));
    let local = || {
        let naive = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M"]
            .iter()
            .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())?;
        LOCAL.from_local_datetime(&naive).earliest().map(|at| at.with_timezone(&Utc))
    };
    let at = zoned.or_else(local).filter(|at| (1900..2200).contains(&chrono::Datelike::year(at)))?;
    // Both databases keep microseconds.
    DateTime::from_timestamp_micros(at.timestamp_micros())
}

/// A time of the day in minutes: «9:00», «17.30», «24:00».
pub fn minute_of_day(text: &str) -> Option<i64> {
    let text = tidy(text)?.replace('.', ":");
    if text == "24:00" {
        return Some(super::schedule::DAY);
    }
    let time = NaiveTime::parse_from_str(&text, "%H:%M").ok()?;
    Some(i64::from(time.hour() * 60 + time.minute()))
}

/// «9:00», as lists of hours say it.
pub fn clock(minute: i64) -> String {
    format!("{}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_understood_as_people_write_them() {
        let read = |text| hours(&mut Problems::default(), "hours", text, 600);
        assert_eq!(read("1,5"), Some(90));
        assert_eq!(read("0.75"), Some(45));
        assert_eq!(read("1:30"), Some(90));
        assert_eq!(read("2"), Some(120));
        for bad in ["", "0", "-1", "11", "1:75", "много", "NaN", "1e9"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_moment_is_zoned_or_local() {
        let noon = read_moment("2026-11-24T12:00:00+03:00").unwrap();
        assert_eq!(read_moment("2026-11-24T12:00"), Some(noon));
        assert_eq!(read_moment("24.11.2026 12:00"), Some(noon));
        assert_eq!(read_moment("2026-11-24T09:00:00.0000009Z"), Some(noon));
        assert_eq!(read_moment("2026-13-24T09:00:00Z"), None);
        assert_eq!(read_moment("+262000-01-01T00:00:00Z"), None);
    }

    #[test]
    fn times_of_the_day_have_a_last_one() {
        assert_eq!(minute_of_day("9:00"), Some(540));
        assert_eq!(minute_of_day("17.30"), Some(1050));
        assert_eq!(minute_of_day("24:00"), Some(1440));
        assert_eq!(minute_of_day("24:01"), None);
        assert_eq!(clock(545), "9:05");
    }
}
