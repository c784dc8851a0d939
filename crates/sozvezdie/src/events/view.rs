//! How the list and the calendar of events look.
use super::{Edition, EditionId, EditionState, EventKind, Format, LIST, Level, ListKind, url, web::Asked};
use crate::{
    organisations::Listed,
    shell::{AcademicYear, Page, views},
};
use chrono::{Datelike as _, Duration, NaiveDate};
use kit::{
    Lang, Visit,
    cursor::Slice,
    html as piece,
    text::{text_key, text_prefix},
};
use maud::{Markup, html};
use std::collections::HashMap;

pub fn level_words(t: Lang, level: Level) -> String {
    t.say(&text_prefix!("event-level-", level.code())).into_owned()
}

pub fn format_words(t: Lang, format: Format) -> String {
    t.say(&text_prefix!("event-format-", format.code())).into_owned()
}

pub fn kind_words(t: Lang, kind: EventKind) -> String {
    t.say(&text_prefix!("event-kind-", kind.code())).into_owned()
}

pub fn state_tag(t: Lang, state: EditionState) -> Markup {
    piece::tag(state.tone(), t.say(&text_prefix!("event-state-", state.code())))
}

/// «Федеральный перечень, перечень РСОШ, II уровень».
pub fn list_words(t: Lang, lists: &[(ListKind, Option<i64>)]) -> String {
    let words = lists.iter().map(|(kind, level)| list_name(t, *kind, *level));
    words.collect::<Vec<_>>().join("; ")
}

pub fn list_name(t: Lang, kind: ListKind, level: Option<i64>) -> String {
    let name = t.say(&text_prefix!("event-list-kind-", kind.code()));
    match level {
        Some(level @ 1..=3) => format!("{name}, {} {}", roman(level), t.say("event-rsosh-level")),
        _ => name.into_owned(),
    }
}

fn roman(level: i64) -> &'static str {
    match level {
        1 => "I",
        2 => "II",
        _ => "III",
    }
}

/// «7–9», «с 5», «все».
pub fn classes(t: Lang, e: &Edition) -> String {
    match (e.class_from, e.class_to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from}–{to}"),
        (Some(from), None) => t.say_with("event-classes-from", &[("from", from.into())]).into_owned(),
        (None, Some(to)) => t.say_with("event-classes-to", &[("to", to.into())]).into_owned(),
        (None, None) => t.say("event-classes-any").into_owned(),
    }
}

/// «24.11.2026 – 26.11.2026», one day, or nothing.
pub fn days(t: Lang, e: &Edition) -> Option<String> {
    span(t, e.starts_on, e.ends_on)
}

pub fn span(t: Lang, starts: Option<NaiveDate>, ends: Option<NaiveDate>) -> Option<String> {
    match (starts, ends) {
        (Some(from), Some(to)) if from != to => Some(format!("{} – {}", t.date(from), t.date(to))),
        (from, to) => from.or(to).map(|day| t.date(day)),
    }
}

/// A line below a title: kind, level, format, year.
pub fn line(t: Lang, e: &Edition) -> String {
    [kind_words(t, e.kind), level_words(t, e.level), format_words(t, e.format), e.academic_year.to_string()].join(" · ")
}

/// Everything the list's page shows.
pub struct List {
    pub slice: Slice<Edition>,
    pub lists: HashMap<EditionId, Vec<(ListKind, Option<i64>)>>,
    pub counts: Vec<(EventKind, i64)>,
    pub years: Vec<AcademicYear>,
    pub subjects: Vec<String>,
    pub organisers: Vec<Listed>,
    pub views: Vec<views::View>,
}

pub fn list(visit: &Visit, asked: &Asked, page: &List) -> Markup {
    let t = visit.lang;
    let title = t.say("nav-events");
    let all: i64 = page.counts.iter().map(|(_, n)| n).sum();
    let mut tabs =
        vec![(asked.with(LIST, "kind", ""), t.say("events-all").into_owned(), Some(all), asked.kind.is_empty())];
    for (kind, n) in &page.counts {
        let words = t.say(&text_prefix!("events-of-", kind.code())).into_owned();
        tabs.push((asked.with(LIST, "kind", kind.code()), words, Some(*n), asked.kind == kind.code()));
    }
    tabs.extend(views::tabs(visit, LIST, &page.views));
    let actions = html! {
        (views::keeper(visit, LIST, &page.views))
        (piece::link_button("/event-lists", "file-text", t.say("lists-title"), false))
        (piece::link_button("/events/calendar", "calendar-days", t.say("event-calendar"), false))
        (piece::link_button(&asked.with("/events/export.xlsx", "", ""), "file-spreadsheet", "Excel", false))
        @if visit.viewer.may(super::EDIT) { (piece::link_button("/events/new", "plus", t.say("event-add"), true)) }
    };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say("events-about")) } }, actions))
        (piece::tabs(&t.say("events-views"), &tabs))
        section.panel.mt aria-label=(t.say("events-list")) {
            (filters(visit, asked, page))
            @if page.slice.items.is_empty() {
                @if asked.is_filtered() {
                    (piece::empty("search", &t.say("list-nothing"), piece::link_button(LIST, "x", t.say("list-reset"), false)))
                } @else {
                    (piece::empty("calendar-days", &t.say("events-none"), html! {}))
                }
            } @else {
                (table(visit, asked, page))
                (piece::pager(
                    t,
                    &t.say_with("list-count", &[("shown", page.slice.items.len().into()), ("total", page.slice.total.into())]),
                    (!asked.after.is_empty()).then(|| asked.with(LIST, "", "")).as_deref(),
                    page.slice.next.as_ref().map(|c| asked.with(LIST, "after", &c.encode())).as_deref(),
                ))
            }
        }
    })
}

type Options = Vec<(String, String)>;

/// «Любой», «любая», «любое»: as the label asks.
fn any(t: Lang, key: &'static str, rest: impl IntoIterator<Item = (String, String)>) -> Options {
    std::iter::once((String::new(), t.say(key).into_owned())).chain(rest).collect()
}

fn filters(visit: &Visit, asked: &Asked, page: &List) -> Markup {
    let t = visit.lang;
    let years = any(t, text_key("event-any"), page.years.iter().map(|y| (y.to_string(), y.to_string())));
    let levels = any(t, text_key("event-any"), Level::ALL.iter().map(|l| (l.code().into(), level_words(t, *l))));
    let formats =
        any(t, text_key("event-any-format"), Format::ALL.iter().map(|f| (f.code().into(), format_words(t, *f))));
    let lists = any(
        t,
        text_key("event-any"),
        ListKind::ALL
            .iter()
            .map(|l| (l.code().to_owned(), list_name(t, *l, None)))
            .chain([("none".to_owned(), t.say("event-list-none").into_owned())]),
    );
    let states = any(
        t,
        text_key("list-any"),
        EditionState::ALL
            .iter()
            .filter(|s| **s != EditionState::Draft || visit.viewer.may(super::EDIT))
            .map(|s| (s.code().to_owned(), t.say(&text_prefix!("event-state-", s.code())).into_owned())),
    );
    let subjects = any(t, text_key("event-any"), page.subjects.iter().map(|s| (s.clone(), s.clone())));
    let organisers =
        any(t, text_key("event-any"), page.organisers.iter().map(|o| (o.id.to_string(), o.short_name.clone())));
    let select = |extra: bool, name: &str, label: &str, value: &str, options: &Options| {
        html! { div.field.extra[extra] {
            label for={ "by-" (name) } { (label) }
            select.in id={ "by-" (name) } name=(name) { @for (code, words) in options { option value=(code) selected[code == value] { (words) } } }
        } }
    };
    let hidden = [("kind", &asked.kind), ("sort", &asked.sort)];
    html! {
        form.filters role="search" action=(LIST) data-autosubmit {
            @for (name, value) in hidden.iter().filter(|(_, v)| !v.is_empty()) { input type="hidden" name=(name) value=(value); }
            div.field.first { label for="by-q" { (t.say("events-find")) } input.in #by-q type="search" name="q" value=(asked.q) placeholder=(t.say("events-find-hint")); }
            (select(false, "year", &t.say("event-year"), &asked.year, &years))
            (select(false, "level", &t.say("event-level"), &asked.level, &levels))
            (select(true, "format", &t.say("event-format"), &asked.format, &formats))
            (select(true, "list", &t.say("event-list"), &asked.list, &lists))
            @if !page.subjects.is_empty() { (select(true, "subject", &t.say("event-subject"), &asked.subject, &subjects)) }
            @if !page.organisers.is_empty() { (select(true, "organiser", &t.say("event-organiser"), &asked.organiser, &organisers)) }
            (select(true, "state", &t.say("list-state"), &asked.state, &states))
            label.btn.only-phone { input.vh type="checkbox" data-more; (t.say("nav-more")) }
            button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
            @if asked.is_filtered() { a.btn.quiet href=(LIST) { (t.say("list-reset")) } }
        }
    }
}

/// A column's heading that sorts.
fn sorted(t: Lang, asked: &Asked, key: &str, words: &str) -> Markup {
    let now = if asked.sort.is_empty() { "-date" } else { &asked.sort };
    let (direction, next) = match now {
        _ if now == key => (Some("ascending"), format!("-{key}")),
        _ if now.strip_prefix('-') == Some(key) => (Some("descending"), key.to_owned()),
        _ => (None, key.to_owned()),
    };
    let arrow = match direction {
        Some("ascending") => " ↑",
        Some(_) => " ↓",
        None => "",
    };
    html! {
        th role="columnheader" scope="col" aria-sort=[direction] {
            a href=(asked.with(LIST, "sort", &next)) title=(t.say("list-sort")) { (words) (arrow) }
        }
    }
}

fn table(visit: &Visit, asked: &Asked, page: &List) -> Markup {
    let t = visit.lang;
    html! {
        div.scroll-x { table.tbl.cards role="table" {
            caption.vh { (t.say("events-list")) }
            thead role="rowgroup" { tr role="row" {
                (sorted(t, asked, "title", &t.say("event-one")))
                th role="columnheader" scope="col" { (t.say("event-level")) ", " (t.say("event-format")) }
                (sorted(t, asked, "date", &t.say("event-days")))
                th role="columnheader" scope="col" { (t.say("event-classes")) }
                th role="columnheader" scope="col" { (t.say("event-lists")) }
                th role="columnheader" scope="col" { (t.say("list-state")) }
            } }
            tbody role="rowgroup" data-rows {
                @for e in &page.slice.items {
                    tr role="row" {
                        td.main role="cell" {
                            a.row-link href=(url(e.id)) { (e.title) }
                            @if let Some(organiser) = &e.organiser { p.muted.sm { (organiser) } }
                        }
                        td.a role="cell" { (level_words(t, e.level)) ", " (format_words(t, e.format)) }
                        td.c role="cell" { @match days(t, e) { Some(days) => span.nowrap { (days) }, None => (e.academic_year.to_string()) } }
                        td.num role="cell" data-l=(t.say("event-classes")) { (classes(t, e)) }
                        td.d role="cell" {
                            @if let Some(lists) = page.lists.get(&e.id) { (list_words(t, lists)) }
                            @else if e.paid { (piece::tag(piece::Tone::Warn, t.say("event-paid-unlisted"))) }
                        }
                        td.st role="cell" { (state_tag(t, e.state)) }
                    }
                }
            }
        } }
    }
}

/// A month of events, day by day.
pub fn calendar(visit: &Visit, first: NaiveDate, last: NaiveDate, items: &[Edition]) -> Markup {
    let t = visit.lang;
    let title = t.say("event-calendar");
    let at = |day: NaiveDate| format!("/events/calendar?month={}", day.format("%Y-%m"));
    let name = t.say_with(
        "event-month",
        &[
            ("month", t.say(&text_prefix!("month-", first.month())).into_owned().into()),
            ("year", first.year().to_string().into()),
        ],
    );
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-events").into_owned())], &title))
        (piece::head(&title, html! { p { (name) } }, piece::link_button("/events/calendar.ics", "calendar-plus", t.say("event-feed"), false)))
        div.row.mb {
            a.btn href=(at(first - Duration::days(1))) { (piece::icon("chevron-left")) (t.say("event-month-before")) }
            a.btn href="/events/calendar" { (t.say("event-month-now")) }
            a.btn href=(at(last + Duration::days(1))) { (t.say("event-month-after")) (piece::icon("chevron-right")) }
        }
        section.panel aria-label=(name) {
            @if items.is_empty() { (piece::empty("calendar-days", &t.say("event-month-empty"), piece::link_button(LIST, "search", t.say("event-all-events"), false))) }
            @else { (month(visit, first, last, items)) (agenda(visit, items)) }
        }
        p.muted.sm.mt { (t.say("event-feed-about")) }
    })
}

fn of_day(items: &[Edition], day: NaiveDate) -> impl Iterator<Item = &Edition> {
    items.iter().filter(move |e| {
        let (from, to) = (e.starts_on.or(e.ends_on), e.ends_on.or(e.starts_on));
        from.is_some_and(|from| from <= day) && to.is_some_and(|to| to >= day)
    })
}

fn colour(level: Level) -> &'static str {
    match level {
        Level::School => "c5",
        Level::Municipal | Level::Intermunicipal => "c1",
        Level::Regional | Level::Interregional => "c4",
        Level::National | Level::International => "c2",
    }
}

fn month(visit: &Visit, first: NaiveDate, last: NaiveDate, items: &[Edition]) -> Markup {
    let t = visit.lang;
    let monday = first - Duration::days(i64::from(first.weekday().num_days_from_monday()));
    let days: Vec<NaiveDate> = monday.iter_days().take_while(|day| *day <= last).collect();
    html! { table.cal.month {
        caption.vh { (t.say("event-calendar")) }
        thead { tr { @for day in monday.iter_days().take(7) { th scope="col" { (t.weekday_short(day)) } } } }
        tbody { @for week in days.chunks(7) { tr { @for i in 0..7 { @match week.get(i) {
            Some(day) if *day >= first => td.today[*day == visit.today] { b { (day.day()) } @for e in of_day(items, *day) {
                a.ev.(colour(e.level)) href=(url(e.id)) { (e.title) }
            } },
            _ => td.off {},
        } } } } }
    } }
}

fn agenda(visit: &Visit, items: &[Edition]) -> Markup {
    let t = visit.lang;
    html! { div.agenda { ul { @for e in items { li {
        span { (days(t, e).unwrap_or_default()) }
        span { a href=(url(e.id)) { (e.title) } " " (state_tag(t, e.state)) br; (level_words(t, e.level)) ", " (format_words(t, e.format)) }
    } } } } }
}
