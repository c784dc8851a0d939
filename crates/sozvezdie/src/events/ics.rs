//! Events as iCalendar text (RFC 5545): whole days, nobody's name.
use super::Edition;
use crate::shell::ics::{escape, put};
use chrono::{Days, NaiveDate};
use kit::{Lang, text::text_prefix};

/// The whole calendar; editions without a day are left out.
pub fn write(t: Lang, name: &str, editions: &[Edition]) -> String {
    let mut out = String::new();
    for line in
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sozvezdie//Events//RU", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    {
        put(&mut out, line);
    }
    put(&mut out, &format!("X-WR-CALNAME:{}", escape(name)));
    for e in editions {
        event(&mut out, t, e);
    }
    put(&mut out, "END:VCALENDAR");
    out
}

fn event(out: &mut String, t: Lang, e: &Edition) {
    let Some(first) = e.starts_on.or(e.ends_on) else { return };
    // The end of whole days is the day after the last.
    let end = e.ends_on.unwrap_or(first) + Days::new(1);
    let day = |day: NaiveDate| day.format("%Y%m%d").to_string();
    let status = if e.state == super::EditionState::Cancelled { "CANCELLED" } else { "CONFIRMED" };
    let words =
        [t.say(&text_prefix!("event-level-", e.level.code())), t.say(&text_prefix!("event-format-", e.format.code()))];
    put(out, "BEGIN:VEVENT");
    put(out, &format!("UID:{}@sozvezdie", e.id));
    put(out, &format!("SEQUENCE:{}", e.version));
    put(out, &format!("DTSTAMP:{}", e.updated_at.format("%Y%m%dT%H%M%SZ")));
    put(out, &format!("DTSTART;VALUE=DATE:{}", day(first)));
    put(out, &format!("DTEND;VALUE=DATE:{}", day(end)));
    put(out, &format!("STATUS:{status}"));
    put(out, "TRANSP:TRANSPARENT");
    put(out, &format!("SUMMARY:{}", escape(&e.title)));
    put(out, &format!("DESCRIPTION:{}", escape(&words.join(", "))));
    if let Some(place) = &e.place {
        put(out, &format!("LOCATION:{}", escape(place)));
    }
    put(out, "END:VEVENT");
}
