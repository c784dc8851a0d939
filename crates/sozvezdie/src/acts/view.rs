//! How the list of acts looks.
use super::{
    LIST,
    model::{Act, ActState, Kind},
    url,
    web::Asked,
};
use crate::{
    organisations::Organisation,
    shell::{Page, list, views},
};
use kit::{Lang, Visit, cursor::Slice, html as piece, text::text_prefix};
use maud::{Markup, html};

pub fn kind_words(t: Lang, kind: Kind) -> String {
    t.say(&text_prefix!("act-kind-", kind.code())).into_owned()
}

/// «Приказ отменён», «концепция отменена».
pub fn state_words(t: Lang, kind: Kind, state: ActState) -> String {
    t.say_with(&text_prefix!("act-state-", state.code()), &[("kind", kind.code().into())]).into_owned()
}

pub fn state_tag(visit: &Visit, a: &Act) -> Markup {
    let state = a.days().state(visit.today);
    let t = visit.lang;
    html! {
        (piece::tag(state.tone(), state_words(t, a.kind, state)))
        @if a.archived { " " (piece::tag(piece::Tone::Warn, t.say("act-in-archive"))) }
    }
}

/// «Приказ № 1017 от 14.10.2010».
pub fn reference(t: Lang, a: &Act) -> String {
    let (kind, date) = (kind_words(t, a.kind), t.date(a.issued_on));
    match &a.number {
        Some(number) => t.say_with(
            "act-reference",
            &[("kind", kind.into()), ("number", number.as_str().into()), ("date", date.into())],
        ),
        None => t.say_with("act-reference-no-number", &[("kind", kind.into()), ("date", date.into())]),
    }
    .into_owned()
}

/// Everything the list's page shows.
pub struct List {
    pub slice: Slice<Act>,
    pub counts: Vec<(Kind, i64)>,
    pub years: Vec<String>,
    pub views: Vec<views::View>,
    /// The organisation that the list is narrowed to.
    pub about: Option<Organisation>,
}

pub fn page(visit: &Visit, asked: &Asked, page: &List) -> Markup {
    let t = visit.lang;
    let title = t.say("nav-acts");
    let all: i64 = page.counts.iter().map(|(_, n)| n).sum();
    // Counts are of the whole network: beside a narrowed list they would mislead.
    let count = |n: i64| page.about.is_none().then_some(n);
    let mut tabs =
        vec![(asked.with(LIST, "kind", ""), t.say("acts-all").into_owned(), count(all), asked.kind.is_empty())];
    for (kind, n) in &page.counts {
        let words = t.say(&text_prefix!("acts-of-", kind.code())).into_owned();
        tabs.push((asked.with(LIST, "kind", kind.code()), words, count(*n), asked.kind == kind.code()));
    }
    tabs.extend(views::tabs(visit, LIST, &page.views));
    let may_add = visit.viewer.may(super::EDIT);
    let actions = html! {
        (views::keeper(visit, LIST, &page.views))
        (piece::link_button(&asked.with("/acts/export.xlsx", "", ""), "file-spreadsheet", "Excel", false))
        @if may_add { (piece::link_button("/acts/new", "plus", t.say("act-add"), true)) }
    };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say("acts-about")) } }, actions))
        (piece::tabs(&t.say("acts-views"), &tabs))
        section.panel.mt aria-label=(t.say("acts-list")) {
            (filters(visit, asked, page))
            @if page.slice.items.is_empty() {
                @if asked.is_filtered() {
                    (list::nothing(t, &conditions(t, asked, page.about.as_ref()), LIST))
                } @else {
                    (piece::empty("file-text", &t.say("acts-none"), html! {}))
                }
            } @else {
                (table(visit, asked, &page.slice.items))
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

/// The acts at an organisation's record.
pub fn of_organisation(visit: &Visit, asked: &Asked, slice: &Slice<Act>) -> Markup {
    let t = visit.lang;
    let more = html! { a.more href=(asked.with(LIST, "", "")) { (t.say("list-all")) } };
    piece::panel(
        &t.say("acts-list"),
        more,
        html! {
            @if slice.items.is_empty() { (piece::empty("file-text", &t.say("acts-none-here"), html! {})) }
            @else { (table(visit, asked, &slice.items)) }
        },
    )
}

fn filters(visit: &Visit, asked: &Asked, page: &List) -> Markup {
    let t = visit.lang;
    let any = (String::new(), t.say("list-any").into_owned());
    let years: Vec<_> = std::iter::once((String::new(), t.say("act-any-year").into_owned()))
        .chain(page.years.iter().map(|y| (y.clone(), y.clone())))
        .collect();
    let states: Vec<_> = std::iter::once(any)
        .chain(
            ActState::ALL
                .iter()
                .map(|s| (s.code().to_owned(), t.say(&text_prefix!("act-state-", s.code())).into_owned())),
        )
        .collect();
    let select = |name: &str, label: &str, value: &str, options: &[(String, String)]| {
        html! { div.field {
            label for={ "by-" (name) } { (label) }
            select.in id={ "by-" (name) } name=(name) { @for (code, words) in options { option value=(code) selected[code == value] { (words) } } }
        } }
    };
    let hidden = [
        ("kind", &asked.kind),
        ("organisation", &asked.organisation),
        ("archive", &asked.archive),
        ("sort", &asked.sort),
    ];
    html! {
        form.filters role="search" action=(LIST) data-autosubmit {
            @for (name, value) in hidden.iter().filter(|(_, v)| !v.is_empty()) { input type="hidden" name=(name) value=(value); }
            div.field.first { label for="by-q" { (t.say("acts-find")) } input.in #by-q type="search" name="q" value=(asked.q) placeholder=(t.say("acts-find-hint")); }
            (select("year", &t.say("act-year"), &asked.year, &years))
            (select("state", &t.say("list-state"), &asked.state, &states))
            label.btn.only-phone { input.vh type="checkbox" data-more; (t.say("nav-more")) }
            button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
            @if asked.is_filtered() { a.btn.quiet href=(LIST) { (t.say("list-reset")) } }
        }
        @if !page.slice.items.is_empty() { (list::chips(t, &conditions(t, asked, page.about.as_ref()), LIST)) }
        @if asked.archive.is_empty() && visit.viewer.may(super::EDIT) {
            p.chips { a.chip href=(asked.with(LIST, "archive", "yes")) { (piece::icon("archive")) (t.say("acts-archive")) } }
        }
    }
}

/// The conditions in force. The kind has its tabs.
fn conditions(t: Lang, asked: &Asked, about: Option<&Organisation>) -> Vec<list::Chip> {
    list::Chips::new(|field: &str| asked.with(LIST, field, ""))
        .with("q", &t.say("acts-find"), &asked.q, |_| None)
        .with("year", &t.say("act-year"), &asked.year, |_| None)
        .with("state", &t.say("list-state"), &asked.state, |code| {
            let state: ActState = code.parse().ok()?;
            Some(t.say(&text_prefix!("act-state-", state.code())).into_owned())
        })
        .with("organisation", &t.say("organisation-one"), &asked.organisation, |_| about.map(|o| o.short_name.clone()))
        .with("archive", &t.say("acts-archive"), &asked.archive, |_| Some(t.say("list-yes").into_owned()))
        .all()
}

/// The order in force.
fn order(asked: &Asked) -> &str {
    if asked.sort.is_empty() { "-date" } else { &asked.sort }
}

fn table(visit: &Visit, asked: &Asked, items: &[Act]) -> Markup {
    let t = visit.lang;
    html! {
        div.scroll-x { table.tbl.cards role="table" {
            caption.vh { (t.say("acts-list")) }
            thead role="rowgroup" { tr role="row" {
                (list::sorted(t, "title", &t.say("act-one"), order(asked), |next| asked.with(LIST, "sort", next)))
                th role="columnheader" scope="col" { (t.say("act-kind")) }
                (list::sorted(t, "date", &t.say("act-number-and-date"), order(asked), |next| asked.with(LIST, "sort", next)))
                th role="columnheader" scope="col" { (t.say("act-issuer")) }
                th role="columnheader" scope="col" { (t.say("list-state")) }
            } }
            tbody role="rowgroup" data-rows {
                @for a in items {
                    tr role="row" {
                        td.main role="cell" { a.row-link href=(url(a.id)) { (a.title) } }
                        td.a role="cell" { (kind_words(t, a.kind)) }
                        td.c role="cell" { @if let Some(number) = &a.number { span.nowrap { "№\u{a0}" (number) } " " } span.nowrap { (t.say_with("act-of-date", &[("date", t.date(a.issued_on).into())])) } }
                        td.d role="cell" { (a.issuer) }
                        td.st role="cell" { (state_tag(visit, a)) }
                    }
                }
            }
        } }
    }
}
