//! «Занятия и выдачи».
use super::{
    amount_words, choice, form_words, headings, organisation_options, people_words, span_words, state_tag, state_words,
};
use crate::{
    exchange::{
        COMMONS, DECIDE, LIST, NEEDS, REQUEST,
        model::{Booking, BookingState},
        url,
        web::list::Asked,
    },
    organisations::{Listed as Organisation, OrganisationId},
    resources::Class,
    shell::{Page, list, views},
};
use kit::{
    Lang, Visit,
    access::Reach,
    clock::local_date,
    cursor::Slice,
    html as piece,
    text::{list_url, text_prefix},
};
use maud::{Markup, html};

/// Everything the list's page shows.
pub struct ListPage {
    pub slice: Slice<Booking>,
    /// The own organisation to which the tabs refer.
    pub mine: Option<OrganisationId>,
    pub own: Vec<Organisation>,
    pub others: Vec<Organisation>,
    pub views: Vec<views::View>,
}

/// The list's address with one thing changed; paging starts anew.
pub fn with(asked: &Asked, base: &str, name: &str, value: &str) -> String {
    let pairs = vec![
        ("tab", asked.tab.as_str()),
        ("mine", &asked.mine),
        ("state", &asked.state),
        ("month", &asked.month),
        ("year", &asked.year),
        ("class", &asked.class),
        ("partner", &asked.partner),
        ("organisation", &asked.organisation),
        ("resource", &asked.resource),
        ("sort", &asked.sort),
    ];
    list_url(base, pairs, name, value)
}

fn is_filtered(asked: &Asked) -> bool {
    [&asked.state, &asked.month, &asked.year, &asked.class, &asked.partner, &asked.organisation, &asked.resource]
        .iter()
        .any(|v| !v.is_empty())
}

pub fn page(visit: &Visit, asked: &Asked, p: &ListPage) -> Markup {
    let t = visit.lang;
    let title = t.say("nav-bookings");
    let is_all = asked.tab != "in" && asked.tab != "out";
    let mut tabs = vec![(with(asked, LIST, "tab", ""), t.say("bookings-all").into_owned(), None, is_all)];
    if p.mine.is_some() {
        tabs.insert(0, (with(asked, LIST, "tab", "out"), t.say("bookings-out").into_owned(), None, asked.tab == "out"));
        tabs.insert(0, (with(asked, LIST, "tab", "in"), t.say("bookings-in").into_owned(), None, asked.tab == "in"));
    }
    tabs.extend(views::tabs(visit, LIST, &p.views));
    let actions = html! {
        (views::keeper(visit, LIST, &p.views))
        details.menu {
            summary.btn { (piece::icon("ellipsis")) (t.say("bookings-more")) }
            ul {
                li { a href=(with(asked, "/bookings/export.xlsx", "", "")) { (piece::icon("file-spreadsheet")) "Excel" } }
                li { a href=(with(asked, "/bookings/export.csv", "", "")) { (piece::icon("file-down")) "CSV" } }
                @if visit.viewer.may(REQUEST) { li { a href="/bookings/distance" { (piece::icon("monitor")) (t.say("distance-title")) } } }
                li { a href=(COMMONS) { (piece::icon("clipboard-list")) (t.say("common-title")) } }
                li { a href=(NEEDS) { (piece::icon("hand-helping")) (t.say("needs-title")) } }
            }
        }
        (piece::link_button("/bookings/month", "clipboard-check", t.say("month-title"), false))
        @if visit.viewer.may(REQUEST) { (piece::link_button("/resources", "plus", t.say("booking-new"), true)) }
    };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say("bookings-about")) } }, actions))
        (piece::tabs(&t.say("bookings-views"), &tabs))
        section.panel.mt aria-label=(t.say("bookings-list")) {
            (filters(visit, asked, p))
            @if !p.slice.items.is_empty() { (list::chips(t, &conditions(t, asked, p), &with(&Asked { tab: asked.tab.clone(), ..Asked::default() }, LIST, "", ""))) }
            @if p.slice.items.is_empty() {
                @if is_filtered(asked) { (list::nothing(t, &conditions(t, asked, p), &with(&Asked { tab: asked.tab.clone(), ..Asked::default() }, LIST, "", ""))) }
                @else { (piece::empty("calendar-days", &t.say("bookings-none"), piece::link_button("/resources", "search", t.say("booking-new"), false))) }
            } @else {
                @let own = visit.viewer.reach(DECIDE);
                @let waits = p.slice.items.iter().any(|b| may_confirm(&own, b));
                div data-bulk {
                    @if waits { (bulk(t, asked, p).bar(visit)) }
                    (table(visit, asked, &p.slice.items, if waits { &own } else { &Reach::Nowhere }))
                }
                (piece::pager(
                    t,
                    &t.say_with("list-count", &[("shown", p.slice.items.len().into()), ("total", p.slice.total.into())]),
                    (!asked.after.is_empty()).then(|| with(asked, LIST, "", "")).as_deref(),
                    p.slice.next.as_ref().map(|c| with(asked, LIST, "after", &c.encode())).as_deref(),
                ))
            }
        }
    })
}

/// Where a person is expected, at their record.
pub fn of_person(visit: &Visit, items: &[Booking]) -> Markup {
    let t = visit.lang;
    piece::panel(
        &t.say("bookings-of-person"),
        html! {},
        html! {
            @if items.is_empty() { (piece::empty("calendar-days", &t.say("bookings-none-of-person"), html! {})) }
            @else { (table(visit, &Asked { sort: "starts_at".into(), ..Asked::default() }, items, &Reach::Nowhere)) }
        },
    )
}

/// The conditions in force.
fn conditions(t: Lang, asked: &Asked, p: &ListPage) -> Vec<list::Chip> {
    let name = |code: &str| p.others.iter().find(|o| o.id.to_string() == code).map(|o| o.short_name.clone());
    let resource = |_: &str| p.slice.items.first().map(|b| b.resource_name.clone());
    list::Chips::new(|field: &str| with(asked, LIST, field, ""))
        .with("month", &t.say("bookings-month"), &asked.month, |month| {
            month.split_once('-').map(|(year, month)| format!("{month}.{year}"))
        })
        .with("year", &t.say("bookings-year"), &asked.year, |_| None)
        .with("state", &t.say("list-state"), &asked.state, |code| Some(state_words(t, code.parse().ok()?)))
        .with("class", &t.say("resource-class"), &asked.class, |code| {
            let class: Class = code.parse().ok()?;
            Some(t.say(&text_prefix!("resource-class-", class.code())).into_owned())
        })
        .with("organisation", &t.say("bookings-organisation"), &asked.organisation, name)
        .with("partner", &t.say("bookings-partner"), &asked.partner, name)
        .with("resource", &t.say("booking-what"), &asked.resource, resource)
        .all()
}

/// What can be agreed to without a further look: it waits for this viewer.
fn may_confirm(own: &Reach, b: &Booking) -> bool {
    b.state == BookingState::Requested && own.covers(Some(b.owner_id.0))
}

fn bulk(t: Lang, asked: &Asked, p: &ListPage) -> list::Bulk<'static> {
    let words = t.say("booking-do-confirmation").into_owned();
    list::Bulk {
        action: "/bookings/bulk",
        deeds: vec![list::Deed { code: "confirmation", words, icon: "check" }],
        here: with(asked, LIST, "", ""),
        total: p.slice.total,
        shown: p.slice.items.len(),
    }
}

fn filters(visit: &Visit, asked: &Asked, p: &ListPage) -> Markup {
    let t = visit.lang;
    let any = t.say("list-any").into_owned();
    let states: Vec<_> = std::iter::once((String::new(), any.clone()))
        .chain(BookingState::ALL.iter().map(|s| (s.code().into(), state_words(t, *s))))
        .collect();
    let mine: Vec<_> = p.own.iter().map(|o| (o.id.to_string(), o.short_name.clone())).collect();
    html! {
        form.filters role="search" action=(LIST) data-autosubmit {
            @for (name, value) in [("tab", &asked.tab), ("year", &asked.year), ("class", &asked.class), ("partner", &asked.partner), ("resource", &asked.resource), ("sort", &asked.sort)] {
                @if !value.is_empty() { input type="hidden" name=(name) value=(value); }
            }
            div.field.first { label for="by-month" { (t.say("bookings-month")) } input.in #by-month type="month" name="month" value=(asked.month); }
            @if mine.len() > 1 { (choice("mine", &t.say("bookings-mine"), &p.mine.map(|id| id.to_string()).unwrap_or_default(), &mine)) }
            (choice("state", &t.say("list-state"), &asked.state, &states))
            (choice("organisation", &t.say("bookings-organisation"), &asked.organisation, &organisation_options(any, &p.others)))
            button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
            @if is_filtered(asked) { a.btn.quiet href=(with(&Asked { tab: asked.tab.clone(), ..Asked::default() }, LIST, "", "")) { (t.say("list-reset")) } }
        }
    }
}

/// Rows that wait for the own answer (`own`) can be chosen.
fn table(visit: &Visit, asked: &Asked, items: &[Booking], own: &Reach) -> Markup {
    let t = visit.lang;
    let choosing = *own != Reach::Nowhere;
    let turned = if asked.sort == "starts_at" { "" } else { "starts_at" };
    html! {
        div.scroll-x { table.tbl.cards role="table" {
            caption.vh { (t.say("bookings-list")) }
            thead role="rowgroup" { tr role="row" {
                @if choosing { (list::Bulk::heading(t)) }
                (headings(&[t.say("booking-what").into_owned()]))
                th role="columnheader" scope="col" aria-sort=(if turned.is_empty() { "ascending" } else { "descending" }) {
                    a href=(with(asked, LIST, "sort", turned)) { (t.say("booking-when")) " " (piece::icon(if turned.is_empty() { "arrow-up" } else { "arrow-down" })) }
                }
                (headings(&[t.say("booking-gives").into_owned(), t.say("booking-receives").into_owned(), t.say("booking-how-much").into_owned(), t.say("list-state").into_owned()]))
            } }
            tbody role="rowgroup" data-rows { @for b in items {
                tr role="row" {
                    @if choosing { @if may_confirm(own, b) { (list::Bulk::cell(t, b.id, &format!("{}, {}", b.resource_name, span_words(visit, b.span)))) } @else { td.sel role="cell" {} } }
                    td.main role="cell" { a.row-link href=(url(b.id)) { (b.resource_name) } small { (form_words(t, b.form)) " · " (b.purpose) } }
                    td.a role="cell" { (span_words(visit, b.span)) }
                    td role="cell" data-l={ (t.say("booking-gives")) ":" } { (b.owner_name) }
                    td role="cell" data-l={ (t.say("booking-receives")) ":" } { (b.organisation_name) }
                    td.b role="cell" { (people_words(t, b.headcount)) ", " (amount_words(t, b.form, b.planned_amount())) }
                    td.st role="cell" { (state_tag(t, b.state)) }
                }
            } }
        } }
    }
}

/// The same rows as on the page, for Excel.
pub fn rows(t: Lang, items: &[Booking]) -> documents::write::Table {
    use documents::write::{Column, Field, Kind, Table};
    let day = |at| Field::from(local_date(at));
    let number = |n: i64| Field::from(i32::try_from(n).unwrap_or(i32::MAX));
    let columns = vec![
        Column::new(t.say("booking-what"), Kind::Text),
        Column::new(t.say("booking-purpose"), Kind::Text),
        Column::new(t.say("booking-date"), Kind::Date),
        Column::new(t.say("booking-from"), Kind::Text),
        Column::new(t.say("booking-to"), Kind::Text),
        Column::new(t.say("booking-gives"), Kind::Text),
        Column::new(t.say("booking-receives"), Kind::Text),
        Column::new(t.say("booking-headcount"), Kind::Integer),
        Column::new(t.say("booking-hours-planned"), Kind::Decimal),
        Column::new(t.say("booking-hours-agreed"), Kind::Decimal),
        Column::new(t.say("list-state"), Kind::Text),
    ];
    let rows = items.iter().map(|b| {
        let planned = Field::from(super::hours(b.span.length().num_minutes()));
        let agreed = if b.state == BookingState::Confirmed {
            Field::from(super::hours(b.agreed_minutes))
        } else {
            Field::from("")
        };
        vec![
            b.resource_name.clone().into(),
            b.purpose.clone().into(),
            day(b.span.start),
            super::clock(b.span.start).into(),
            super::clock(b.span.end).into(),
            b.owner_name.clone().into(),
            b.organisation_name.clone().into(),
            number(b.headcount),
            planned,
            agreed,
            state_words(t, b.state).into(),
        ]
    });
    Table { title: t.say("nav-bookings").into(), columns, rows: rows.collect(), ..Table::default() }
}
