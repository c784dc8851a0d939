//! The week as a table, on a phone as an agenda; the page of the links.
use super::{Asked, FEEDS, Feed, PAGE, Scope};
use crate::{
    exchange::{self, Booking, BookingState},
    organisations::Listed,
    resources::Class,
    shell::Page,
};
use chrono::{Datelike as _, Duration, NaiveDate};
use kit::{
    Lang, Visit,
    clock::{LOCAL, start_of_day},
    html::{self as piece, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

pub fn page(visit: &Visit, asked: &Asked, monday: NaiveDate, bookings: &[Booking], choices: &[Listed]) -> Markup {
    let (t, year) = (visit.lang, visit.today.year());
    let title = t.say("nav-calendar");
    let week = format!("{} — {}", t.day(monday, year), t.day(monday + Duration::days(6), year));
    let scopes: Vec<_> = Scope::ALL
        .iter()
        .map(|s| {
            (
                Asked { of: s.code().into(), organisation: String::new(), ..asked.clone() }.at(monday),
                t.say(&text_prefix!("calendar-of-", s.code())).into_owned(),
                None,
                *s == asked.scope(),
            )
        })
        .collect();
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (week) } }, piece::link_button(FEEDS, "calendar-plus", t.say("calendar-feeds"), false)))
        (piece::tabs(&title, &scopes))
        div.row.mb {
            a.btn href=(asked.at(monday - Duration::days(7))) { (piece::icon("chevron-left")) (t.say("calendar-before")) }
            a.btn href=(asked.at(visit.today)) { (t.say("calendar-now")) }
            a.btn href=(asked.at(monday + Duration::days(7))) { (t.say("calendar-after")) (piece::icon("chevron-right")) }
            @if asked.scope() == Scope::Organisations && choices.len() > 1 { (chooser(t, asked, monday, choices)) }
        }
        section.panel aria-label=(week) {
            @if bookings.is_empty() { (piece::empty("calendar-days", &t.say("calendar-empty"), piece::link_button("/resources", "search", t.say("home-find"), false))) }
            @else { (table(visit, monday, bookings)) (agenda(visit, monday, bookings)) }
        }
    })
}

fn chooser(t: Lang, asked: &Asked, monday: NaiveDate, choices: &[Listed]) -> Markup {
    html! { form.row.end action=(PAGE) data-autosubmit {
        input type="hidden" name="week" value=(monday);
        label for="by-organisation" { (t.say("organisation-one")) }
        select.in #by-organisation name="organisation" {
            option value="" { (t.say("list-any")) }
            @for o in choices { option value=(o.id) selected[asked.organisation == o.id.to_string()] { (o.short_name) } }
        }
        button.btn { (t.say("list-show")) }
    } }
}

fn of_day(bookings: &[Booking], day: NaiveDate) -> impl Iterator<Item = &Booking> {
    let (start, end) = (start_of_day(day), start_of_day(day + Duration::days(1)));
    bookings.iter().filter(move |b| b.span.start < end && b.span.end > start)
}

/// Its hours on this day; «весь день» where it goes over both ends.
fn hours(t: Lang, b: &Booking, day: NaiveDate) -> String {
    let (start, end) = (start_of_day(day), start_of_day(day + Duration::days(1)));
    let clock = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&LOCAL).format("%-H:%M").to_string();
    match (b.span.start < start, b.span.end > end) {
        (true, true) => t.say("calendar-all-day").into_owned(),
        (true, false) => t.say_with("calendar-until", &[("time", clock(b.span.end).into())]).into_owned(),
        (false, true) => t.say_with("calendar-from", &[("time", clock(b.span.start).into())]).into_owned(),
        (false, false) => format!("{}–{}", clock(b.span.start), clock(b.span.end)),
    }
}

fn colour(class: Class) -> &'static str {
    match class {
        Class::Staff => "c1",
        Class::Technological => "c4",
        Class::Methodical => "c5",
    }
}

fn waits(b: &Booking) -> bool {
    matches!(b.state, BookingState::Requested | BookingState::Countered)
}

fn days(monday: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    monday.iter_days().take(7)
}

fn table(visit: &Visit, monday: NaiveDate, bookings: &[Booking]) -> Markup {
    let t = visit.lang;
    html! { table.cal.month {
        caption.vh { (t.say("nav-calendar")) }
        thead { tr { @for day in days(monday) { th.today[day == visit.today] scope="col" { (t.weekday_short(day)) " " b { (day.day()) } } } } }
        tbody { tr { @for day in days(monday) { td { @for b in of_day(bookings, day) {
            a.ev.(colour(b.class)).wait[waits(b)] href=(exchange::url(b.id)) {
                b { (hours(t, b, day)) } (b.resource_name) " · " (b.organisation_name)
                @if waits(b) { span.vh { ", " (t.say(&text_prefix!("booking-state-", b.state.code()))) } }
            }
        } } } } }
    } }
}

fn agenda(visit: &Visit, monday: NaiveDate, bookings: &[Booking]) -> Markup {
    let t = visit.lang;
    html! { div.agenda { @for day in days(monday) { @if of_day(bookings, day).next().is_some() {
        h2.sm.body { (t.day(day, visit.today.year())) ", " (t.weekday_short(day)) }
        ul { @for b in of_day(bookings, day) { li {
            span.nowrap { (hours(t, b, day)) }
            span { a href=(exchange::url(b.id)) { (b.resource_name) } " " (piece::tag(b.state.tone(), t.say(&text_prefix!("booking-state-", b.state.code())))) br; (b.owner_name) " → " (b.organisation_name) }
        } } }
    } } } }
}

/// One's links: make one, see them, revoke them. A fresh one is shown once.
pub fn feeds(visit: &Visit, all: &[Feed], fresh: Option<&str>) -> Markup {
    let t = visit.lang;
    let title = t.say("calendar-feeds");
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(PAGE.into(), t.say("nav-calendar").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("calendar-feeds-about")) } }, html! {}))
        div.stack {
            @if let Some(link) = fresh {
                (piece::alert(Tone::Ok, html! { p { (t.say("calendar-fresh")) } }))
                div.field { label for="fresh" { (t.say("calendar-link")) } input.in #fresh readonly value=(link); }
            }
            (piece::panel(&t.say("calendar-make"), html! {}, html! { form.form.body action=(FEEDS) method="post" {
                (piece::key_field(&visit.new_key()))
                fieldset.field { legend { (t.say("calendar-whose")) } div.checks { @for (i, s) in Scope::ALL.iter().enumerate() {
                    label.check { input type="radio" name="scope" value=(s.code()) checked[i == 0]; span { (t.say(&text_prefix!("calendar-of-", s.code()))) } }
                } } }
                div.actions { button.btn.primary { (piece::icon("link")) (t.say("calendar-make-do")) } }
            } }))
            @if !all.is_empty() { (piece::panel(&t.say("calendar-made"), html! {}, html! { ul.queue { @for feed in all { li {
                (piece::icon("calendar-check"))
                div { (t.say(&text_prefix!("calendar-of-", feed.scope.code()))) p.muted.sm { (t.say("calendar-made-on")) " " (t.moment(feed.created_at, visit.today.year())) } }
                div.acts {
                    form action={ (FEEDS) "/" (feed.id) "/renewal" } method="post" {
                        (piece::key_field(&visit.new_key()))
                        button.btn.sm { (t.say("calendar-renew")) (of_feed(visit, feed)) }
                    }
                    form action={ (FEEDS) "/" (feed.id) "/removal" } method="post" {
                        (piece::key_field(&visit.new_key()))
                        button.btn.sm.danger { (t.say("calendar-revoke")) (of_feed(visit, feed)) }
                    }
                }
            } } } })) }
        }
    })
}

/// Which link a button is about, for who does not see the row.
fn of_feed(visit: &Visit, feed: &Feed) -> Markup {
    let t = visit.lang;
    let whose = t.say(&text_prefix!("calendar-of-", feed.scope.code()));
    html! { span.vh { ": " (whose) ", " (t.moment(feed.created_at, visit.today.year())) } }
}
