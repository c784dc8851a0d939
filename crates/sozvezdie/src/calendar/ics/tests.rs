//! The text that leaves the house, read back as another program reads it.
use super::*;
use crate::shell::ics::LINE;
use crate::{
    exchange::{BookingId, Form, Loan, Mode, Review},
    organisations::OrganisationId,
    resources::{Class, ResourceId, Span},
};
use proptest::prelude::*;
use uuid::Uuid;

fn moment(local: &str) -> DateTime<Utc> {
    crate::resources::read_moment(local).unwrap()
}

fn booking(resource: &str, from: &str, to: &str) -> Booking {
    Booking {
        id: BookingId(Uuid::from_u128(5)),
        resource_id: ResourceId(Uuid::from_u128(6)),
        resource_name: resource.into(),
        owner_id: OrganisationId(Uuid::from_u128(7)),
        owner_name: "Станция юных натуралистов".into(),
        organisation_id: OrganisationId(Uuid::from_u128(8)),
        organisation_name: "Дубовская СОШ".into(),
        class: Class::Technological,
        form: Form::Stay,
        person_id: None,
        series_id: None,
        cart_id: None,
        need_id: None,
        number: 1,
        span: Span::new(moment(from), moment(to)),
        headcount: 12,
        units: 1,
        purpose: "Занятие с Ваней Ивановым\r\nATTACH:http://evil.example".into(),
        mode: Mode::InPerson,
        state: BookingState::Planned,
        reason: None,
        asked: None,
        moved_from: None,
        moved_to: None,
        owner_stated: None,
        asker_stated: None,
        agreed_headcount: 0,
        agreed_minutes: 0,
        agreed_days: 0,
        owner_review: Review::default(),
        asker_review: Review::default(),
        loan: Loan::default(),
        created_at: moment(from),
        created_by: None,
        updated_at: moment(from),
        updated_by: None,
        version: 3,
    }
}

/// The lines as a calendar program unfolds them.
fn unfolded(text: &str) -> Vec<String> {
    text.replace("\r\n ", "").split("\r\n").filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The value of the one line of this name.
fn value<'l>(lines: &'l [String], name: &str) -> &'l str {
    let mut found = lines.iter().filter_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let value = found.next().unwrap_or_else(|| panic!("no {name} in {lines:?}"));
    assert!(found.next().is_none(), "{name} stands twice in {lines:?}");
    value
}

/// A value as it was before it was escaped.
fn plain(value: &str) -> String {
    let (mut out, mut letters) = (String::new(), value.chars());
    while let Some(c) = letters.next() {
        let escaped = if c == '\\' { letters.next() } else { None };
        out.push(match escaped {
            Some('n' | 'N') => '\n',
            Some(other) => other,
            None => c,
        });
    }
    out
}

fn written(bookings: &[Booking]) -> String {
    crate::texts::install().unwrap();
    write(Lang::Ru, "Мои занятия", bookings)
}

#[test]
fn what_is_typed_cannot_add_a_line() {
    assert_eq!(escape("Зал; сцена, 2\\3\r\nEND:VEVENT\rX\u{0}"), "Зал\\; сцена\\, 2\\\\3\\nEND:VEVENT\\nX");
    let lines =
        unfolded(&written(&[booking("Зал\r\nEND:VEVENT\r\nBEGIN:VALARM", "2026-11-25T10:00", "2026-11-25T11:00")]));
    for once in ["BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR"] {
        assert_eq!(lines.iter().filter(|line| *line == once).count(), 1, "{once}");
    }
    assert!(!lines.iter().any(|line| line == "BEGIN:VALARM"));
}

#[test]
fn what_somebody_typed_of_a_visit_does_not_leave() {
    let text = written(&[booking("Зал", "2026-11-25T10:00", "2026-11-25T11:00")]);
    let whole = unfolded(&text).join("\n");
    assert!(!whole.contains("Ваней") && !whole.contains("ATTACH"), "{whole}");
}

#[test]
fn times_are_utc_whatever_the_clocks_do() {
    // In Belgorod the clocks stand at UTC+3 all the year, also when those of others are turned.
    for (local, utc) in [
        ("2026-03-29T02:30", "20260328T233000Z"),
        ("2026-10-25T03:30", "20261025T003000Z"),
        ("2028-02-29T00:15", "20280228T211500Z"),
        ("2027-01-01T01:00", "20261231T220000Z"),
        // Until 26 October 2014 it was UTC+4.
        ("2014-10-25T10:00", "20141025T060000Z"),
        ("2014-10-27T10:00", "20141027T070000Z"),
    ] {
        assert_eq!(stamp(moment(local)), utc, "{local}");
    }
    let lines = unfolded(&written(&[booking("Зал", "2026-12-31T23:00", "2027-01-01T01:00")]));
    assert_eq!((value(&lines, "DTSTART"), value(&lines, "DTEND")), ("20261231T200000Z", "20261231T220000Z"));
    assert!(!lines.iter().any(|line| line.contains("TZID")), "no zone to be read wrongly");
}

#[test]
fn a_change_is_told_from_the_first_word() {
    let lines = unfolded(&written(&[booking("Зал", "2026-11-25T10:00", "2026-11-25T11:00")]));
    assert_eq!(value(&lines, "UID"), "00000000-0000-0000-0000-000000000005@sozvezdie");
    assert_eq!((value(&lines, "SEQUENCE"), value(&lines, "STATUS")), ("3", "CONFIRMED"));
    let asked = Booking { state: BookingState::Requested, ..booking("Зал", "2026-11-25T10:00", "2026-11-25T11:00") };
    assert_eq!(value(&unfolded(&written(&[asked])), "STATUS"), "TENTATIVE");
}

#[test]
fn long_lines_are_folded_between_letters() {
    let text = "Станция юных натуралистов ".repeat(12);
    let mut out = String::new();
    put(&mut out, &text);
    assert!(out.ends_with("\r\n"));
    assert!(out.split("\r\n").all(|line| line.len() <= LINE), "{out}");
    assert_eq!(out.replace("\r\n ", "").trim_end_matches("\r\n"), text);
}

proptest! {
    /// Any name comes back whole, no line is longer than 75 octets, and no line was added.
    #[test]
    fn any_name_comes_back_whole(name in "[а-яА-ЯёЁa-z0-9 ,;:\\\\\"\r\n\t🙂é]{1,200}") {
        let text = written(&[booking(&name, "2026-11-25T10:00", "2026-11-25T11:00")]);
        prop_assert!(text.split("\r\n").all(|line| line.len() <= LINE), "{}", text);
        prop_assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "a line ends with both signs");
        let lines = unfolded(&text);
        let expected: String = name.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        prop_assert_eq!(plain(value(&lines, "SUMMARY")), expected);
        prop_assert_eq!(lines.len(), 17);
    }
}
