//! The first page of somebody signed in.
use super::{DECIDES, FIRST, Figures, Home, Unconfirmed, WAITING, centre, heat, hours, queue};
use crate::{
    accounts,
    exchange::{self, Booking, Need},
    resources,
    shell::{AcademicYear, Page},
};
use chrono::{Datelike as _, NaiveDate};
use kit::{
    Lang, Visit,
    clock::{LOCAL, local_date},
    html as piece,
    text::text_prefix,
};
use maud::{Markup, html};

pub fn page(visit: &Visit, home: &Home) -> Markup {
    let t = visit.lang;
    let decides = visit.viewer.may(DECIDES);
    Page::new(visit, t.say("nav-home")).show(html! {
        (piece::head(&today(visit), html! { p { @if decides { (queue::sentence(visit, &home.waiting, home.others, home.families)) } @else { (t.say("home-about")) } } }, actions(visit)))
        div.grid {
            (strip(visit, &home.figures))
            div.grid.cols {
                div.stack {
                    (queue::other(visit, &home.todos))
                    @if visit.viewer.may(accounts::GOVERN) { (govern(t)) }
                    (centre::panel(visit, &home.centre))
                    @if decides { (waiting(visit, home)) }
                    (wanted(visit, &home.needs))
                    (home.streams)
                }
                div.stack {
                    (week(visit, &home.week))
                    @if let Some(late) = &home.unconfirmed { (unconfirmed(visit, late)) }
                    @if visit.viewer.may(exchange::VIEW) { (soon(visit, &home.soon)) }
                    (heat::panel(visit, &home.heat))
                }
            }
        }
    })
}

/// «Вторник, 24 ноября».
pub fn today(visit: &Visit) -> String {
    let number = visit.today.weekday().num_days_from_monday();
    let weekday = visit.lang.say(&text_prefix!("weekday-", number));
    format!("{weekday}, {}", visit.lang.day(visit.today, visit.today.year()))
}

fn actions(visit: &Visit) -> Markup {
    let t = visit.lang;
    html! {
        @if visit.viewer.may(resources::EDIT) { (piece::link_button("/resources/new", "plus", t.say("home-share"), false)) }
        @if visit.viewer.may(exchange::REQUEST) { (piece::link_button("/resources", "search", t.say("home-find"), true)) }
    }
}

/// Where an administrator works: this home has no queue for them.
fn govern(t: Lang) -> Markup {
    let way = |href: &str, icon: &str, title: &str, about: &str| html! { li { (piece::icon(icon)) div { a.t href=(href) { (title) } p.muted.sm { (about) } } } };
    piece::panel(
        &t.say("home-govern"),
        html! {},
        html! { ul.queue {
            (way(accounts::LIST, "users", &t.say("accounts-title"), &t.say("accounts-about")))
            (way("/personal-data", "shield", &t.say("personal-title"), &t.say("personal-about")))
        } },
    )
}

fn figure(href: &str, name: &str, value: &str, below: &str) -> Markup {
    html! { div { dt { (name) } dd { a href=(href) { b { (value) } } } dd { (below) } } }
}

/// The network in numbers, each the way to what it counts.
fn strip(visit: &Visit, f: &Figures) -> Markup {
    let t = visit.lang;
    let sum = |counts: &mut dyn Iterator<Item = i64>| t.number(counts.sum());
    let kinds: Vec<_> = f
        .organisations
        .iter()
        .map(|(kind, n)| t.say_with(&text_prefix!("home-kind-", kind.code()), &[("count", (*n).into())]))
        .collect();
    let classes: Vec<_> = f
        .resources
        .iter()
        .map(|(class, n)| t.say_with(&text_prefix!("home-class-", class.code()), &[("count", (*n).into())]))
        .collect();
    let given = match f.own {
        None => {
            let sum = format!("{}\u{a0}{}", hours(t, f.minutes), t.say("home-hours"));
            let of = t.say_with("academic-year", &[("years", AcademicYear(f.year).short().into())]);
            figure("/links", &t.say("home-given"), &sum, &of)
        }
        Some((given, got)) => {
            let sums = format!("{} / {}\u{a0}{}", hours(t, given), hours(t, got), t.say("home-hours"));
            let of = t.say_with("home-own-about", &[("all", hours(t, f.minutes).into())]);
            figure("/links#balance", &t.say("home-own"), &sums, &of)
        }
    };
    html! { div.panel.scroll-x tabindex="0" role="group" aria-label=(t.say("home-figures")) { dl.stats.four {
        (figure("/organisations", &t.say("nav-organisations"), &sum(&mut f.organisations.iter().map(|c| c.1)), &kinds.join(" · ")))
        (figure("/resources", &t.say("home-shared"), &sum(&mut f.resources.iter().map(|c| c.1)), &classes.join(" · ")))
        (given)
        @if visit.viewer.may(exchange::VIEW) { (figure("/bookings?state=requested", &t.say("home-open"), &t.number(f.open), &t.say("home-open-about"))) }
    } } }
}

fn waiting(visit: &Visit, home: &Home) -> Markup {
    let t = visit.lang;
    let all = home.waiting.len();
    let more = html! {
        @if all > FIRST { span.muted.sm { (t.say_with("home-first-of", &[("some", FIRST.into()), ("all", all.into())])) } }
        @if all > 0 || home.others > 0 || home.families > 0 { a.more href=(WAITING) { (t.say("home-all-waiting")) } }
    };
    let body = if all == 0 && home.others == 0 && home.families == 0 {
        queue::nothing(t)
    } else if all == 0 {
        queue::no_visits(t)
    } else {
        queue::lines(visit, home.waiting.iter().take(FIRST))
    };
    piece::panel(&t.say("home-waits"), more, body)
}

/// Day and month of a leaf of the calendar.
fn leaf(t: Lang, day: NaiveDate) -> Markup {
    let month: String = t.day(day, day.year()).chars().filter(|c| c.is_alphabetic()).take(3).collect();
    html! { time datetime=(day) { b { (day.day()) } (month) ", " (t.weekday_short(day)) } }
}

/// The next visits of a list, by leaves of the calendar.
fn leaves(t: Lang, some: &[Booking]) -> Markup {
    html! { ul.soon { @for b in some {
        @let at = b.span.start.with_timezone(&LOCAL);
        li { (leaf(t, at.date_naive())) div {
            a href=(exchange::url(b.id)) { (b.resource_name) ": " (b.purpose) }
            p.muted.sm { (at.format("%-H:%M")) " · " (b.owner_name) " → " (b.organisation_name) }
        } }
    } } }
}

/// What one holds oneself this week; who holds nothing is not told so.
fn week(visit: &Visit, some: &[Booking]) -> Markup {
    let t = visit.lang;
    let more = html! { a.more href="/calendar?of=person" { (t.say("nav-calendar")) } };
    html! { @if !some.is_empty() { (piece::panel(&t.say("home-week"), more, leaves(t, some))) } }
}

/// Names that are shown of those who have not confirmed; the rest is a number.
const NAMES: usize = 6;

/// «Октябрь не подтвердили: 6 из 70», for who answers for the whole network.
fn unconfirmed(visit: &Visit, late: &Unconfirmed) -> Markup {
    let t = visit.lang;
    let month = t.say(&text_prefix!("home-month-", late.first.month()));
    let title = t.say_with("home-unconfirmed", &[("month", month.into())]);
    let all = late.organisations.len();
    let body = if all == 0 {
        html! { div.body { p.muted { (t.say("home-all-confirmed")) } } }
    } else {
        html! { ul.list {
            @for (id, name) in late.organisations.iter().take(NAMES) { li { a href={ "/bookings?organisation=" (id) "&state=took_place" } { (name) } } }
            @if all > NAMES { li { span.muted { (t.say_with("home-unconfirmed-more", &[("count", (all - NAMES).into())])) } } }
        } }
    };
    piece::panel(&title, html! { span.muted.sm { (all) } }, body)
}

fn soon(visit: &Visit, some: &[Booking]) -> Markup {
    let t = visit.lang;
    let body = if some.is_empty() {
        piece::empty(
            "calendar-days",
            &t.say("home-nothing-soon"),
            piece::link_button("/resources", "search", t.say("home-find"), false),
        )
    } else {
        leaves(t, some)
    };
    piece::panel(&t.say("home-soon"), html! { a.more href="/calendar" { (t.say("nav-calendar")) } }, body)
}

/// What others look for. Nobody looks: nothing is shown.
fn wanted(visit: &Visit, needs: &[Need]) -> Markup {
    let t = visit.lang;
    let more = html! { a.more href=(exchange::NEEDS) { (t.say("home-all-needs")) } };
    html! { @if !needs.is_empty() { (piece::panel(&t.say("home-needs"), more, html! { ul.queue { @for n in needs { li {
        (piece::icon("hand-helping"))
        div {
            a.t href=(exchange::need_url(n.id)) { (n.title) }
            p.muted.sm { (n.organisation_name) " · " (t.day(local_date(n.span.start), visit.today.year())) " · " (t.say_with("home-people", &[("count", n.headcount.into())])) }
        }
        div.acts { @if visit.viewer.may(exchange::DECIDE) { a.btn.sm href=(exchange::need_url(n.id)) { (t.say("home-offer")) span.vh { ": " (n.title) } } } }
    } } } })) } }
}
