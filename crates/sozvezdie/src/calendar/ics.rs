//! A calendar as iCalendar text (RFC 5545), by hand: a few fields, times in UTC.
//!
//! It leaves the house by a link, so it says what, where and whether it is agreed, and nothing that
//! somebody typed: a purpose may name a child.
use crate::{
    exchange::{Booking, BookingState},
    shell::ics::{escape, put},
};
use chrono::{DateTime, Utc};
use kit::{Lang, text::text_prefix};

/// The whole calendar.
pub fn write(t: Lang, name: &str, bookings: &[Booking]) -> String {
    let mut out = String::new();
    for line in
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sozvezdie//Calendar//RU", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    {
        put(&mut out, line);
    }
    put(&mut out, &format!("X-WR-CALNAME:{}", escape(name)));
    for b in bookings {
        event(&mut out, t, b);
    }
    put(&mut out, "END:VCALENDAR");
    out
}

fn event(out: &mut String, t: Lang, b: &Booking) {
    let state = t.say(&text_prefix!("booking-state-", b.state.code()));
    let status =
        if matches!(b.state, BookingState::Requested | BookingState::Countered) { "TENTATIVE" } else { "CONFIRMED" };
    let sides = format!("{} → {}", b.owner_name, b.organisation_name);
    put(out, "BEGIN:VEVENT");
    put(out, &format!("UID:{}@sozvezdie", b.id));
    put(out, &format!("SEQUENCE:{}", b.version));
    put(out, &format!("DTSTAMP:{}", stamp(b.updated_at)));
    put(out, &format!("DTSTART:{}", stamp(b.span.start)));
    put(out, &format!("DTEND:{}", stamp(b.span.end)));
    put(out, &format!("STATUS:{status}"));
    put(out, &format!("SUMMARY:{}", escape(&b.resource_name)));
    put(out, &format!("DESCRIPTION:{}", escape(&format!("{sides}\n{state}"))));
    put(out, "END:VEVENT");
}

fn stamp(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests;
