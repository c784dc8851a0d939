//! The catalogue: who has what, and when it is free.
use super::{ages, ask_words, class_words, form_words, gather, kind_words, left_words, size_words, state_tag};
use crate::{
    organisations::{self, Focus, Listed as Organisation, OrganisationId},
    resources::{
        ASK, CART, EDIT, LIST, ask_url,
        competence::WorkForm,
        import::IMPORT,
        list::Asked,
        may_ask,
        model::{Class, Listed, ResourceId, ResourceKind, ResourceState},
        schedule::Span,
        url,
    },
    shell::{Page, list, views},
};
use chrono::Datelike as _;
use kit::{
    Lang, Visit,
    access::Reach,
    cursor::Slice,
    html::{self as piece, Tone},
    text::{list_url, text_key, text_prefix},
};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Everything the list's page shows.
pub struct ListPage {
    pub slice: Slice<Listed>,
    /// The nearest free lesson.
    pub soonest: BTreeMap<ResourceId, Span>,
    pub counts: Vec<(Class, i64)>,
    pub owners: Vec<Organisation>,
    /// The subjects that one can ask for.
    pub subjects: Vec<String>,
    /// Minutes that are left this week of what people offer.
    pub left: BTreeMap<ResourceId, i64>,
    pub views: Vec<views::View>,
}

/// The list's address with one thing changed; paging starts anew.
pub fn with(asked: &Asked, base: &str, name: &str, value: &str) -> String {
    let pairs = vec![
        ("q", asked.q.as_str()),
        ("class", &asked.class),
        ("kind", &asked.kind),
        ("owner", &asked.owner),
        ("state", &asked.state),
        ("age", &asked.age),
        ("free_from", &asked.free_from),
        ("free_to", &asked.free_to),
        ("headcount", &asked.headcount),
        ("hour_from", &asked.hour_from),
        ("hour_to", &asked.hour_to),
        ("minutes", &asked.minutes),
        ("focus", &asked.focus),
        ("subject", &asked.subject),
        ("form", &asked.form),
        ("within", &asked.within),
    ];
    list_url(base, pairs, name, value)
}

fn is_filtered(asked: &Asked) -> bool {
    with(asked, "", "", "").contains('?')
}

/// The rows of one table and what is known of each.
pub struct Rows<'a> {
    pub asked: &'a Asked,
    pub slice: &'a Slice<Listed>,
    pub soonest: &'a BTreeMap<ResourceId, Span>,
    pub left: &'a BTreeMap<ResourceId, i64>,
    /// Whose rows can be chosen.
    pub own: Reach,
}

pub fn page(visit: &Visit, asked: &Asked, p: &ListPage) -> Markup {
    let t = visit.lang;
    let title = t.say("resources-title");
    let all: i64 = p.counts.iter().map(|(_, n)| n).sum();
    let mut tabs =
        vec![(with(asked, LIST, "class", ""), t.say("resources-all").into_owned(), Some(all), asked.class.is_empty())];
    for (class, n) in &p.counts {
        tabs.push((
            with(asked, LIST, "class", class.code()),
            class_words(t, *class),
            Some(*n),
            asked.class == class.code(),
        ));
    }
    tabs.extend(views::tabs(visit, LIST, &p.views));
    let actions = html! {
        (views::keeper(visit, LIST, &p.views))
        (piece::link_button(&with(asked, "/resources/export.xlsx", "", ""), "file-spreadsheet", "Excel", false))
        @if visit.viewer.may(IMPORT) { (piece::link_button("/imports/new?kind=resources", "upload", t.say("nav-imports"), false)) }
        @if visit.viewer.may(ASK) { (piece::link_button(CART, "clipboard-list", t.say("common-draft-title"), false)) }
        @if visit.viewer.may(EDIT) { (piece::link_button("/resources/new", "plus", t.say("resource-add"), true)) }
    };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say("resources-about")) } }, actions))
        (piece::tabs(&t.say("resources-views"), &tabs))
        section.panel.mt aria-label=(t.say("resources-list")) {
            (filters(visit, asked, &p.owners, &p.subjects))
            @if !p.slice.items.is_empty() { (list::chips(t, &conditions(t, asked, &p.owners), LIST)) }
            @if p.slice.items.is_empty() {
                @if is_filtered(asked) { (list::nothing(t, &conditions(t, asked, &p.owners), LIST)) }
                @else { (piece::empty("package", &t.say("resources-none"), html! {})) }
            } @else {
                @let own = visit.viewer.reach(EDIT);
                div data-bulk {
                    @if own != Reach::Nowhere { (bulk(t, asked, p).bar(visit)) }
                    (table(visit, &Rows { asked, slice: &p.slice, soonest: &p.soonest, left: &p.left, own }))
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

/// What an organisation gives, at its record.
pub fn of_organisation(visit: &Visit, owner: OrganisationId, rows: &Rows<'_>) -> Markup {
    let (t, asked) = (visit.lang, rows.asked);
    let more = html! { a.more href=(with(asked, LIST, "", "")) { (t.say("list-all")) } };
    let add = html! { @if visit.viewer.reach(EDIT).covers(Some(owner.0)) { (piece::link_button("/resources/new", "plus", t.say("resource-add"), false)) } };
    piece::panel(
        &t.say("resources-tab"),
        more,
        html! {
            @if rows.slice.items.is_empty() { (piece::empty("package", &t.say("resources-none-here"), add)) }
            @else { (table(visit, rows)) div.body { (add) } }
        },
    )
}

/// What a person offers to others, at their record.
pub fn of_person(visit: &Visit, rows: &Rows<'_>) -> Markup {
    let t = visit.lang;
    piece::panel(
        &t.say("resources-of-person"),
        html! {},
        html! {
            @if rows.slice.items.is_empty() { (piece::empty("package", &t.say("resources-none-of-person"), html! {})) }
            @else { (table(visit, rows)) }
        },
    )
}

/// The conditions in force. The class has its tabs.
fn conditions(t: Lang, asked: &Asked, owners: &[Organisation]) -> Vec<list::Chip> {
    let owner = |code: &str| owners.iter().find(|o| o.id.to_string() == code).map(|o| o.short_name.clone());
    let n =
        |key: &'static str| move |n: &str| Some(t.say_with(key, &[("n", n.parse::<i64>().ok()?.into())]).into_owned());
    let state = |code: &str| {
        let state: ResourceState = code.parse().ok()?;
        Some(t.say(&text_prefix!("resource-state-", state.code())).into_owned())
    };
    let day = |text: &str| Some(t.date(text.parse().ok()?));
    list::Chips::new(|field: &str| with(asked, LIST, field, ""))
        .with("q", &t.say("resources-find"), &asked.q, |_| None)
        .with("kind", &t.say("resource-kind"), &asked.kind, |code| Some(kind_words(t, code.parse().ok()?)))
        .with("owner", &t.say("resource-owner"), &asked.owner, owner)
        .with("state", &t.say("list-state"), &asked.state, state)
        .with("age", &t.say("resources-age"), &asked.age, |_| None)
        .with("loanable", &t.say("resource-loanable"), &asked.loanable, |_| Some(t.say("list-yes").into_owned()))
        .with("free_from", &t.say("resources-free-on"), &asked.free_from, day)
        .with("free_to", &t.say("resources-free-until"), &asked.free_to, day)
        .with("headcount", &t.say("resources-headcount"), &asked.headcount, |_| None)
        .with("hour_from", &t.say("resources-hour-from"), &asked.hour_from, |_| None)
        .with("hour_to", &t.say("resources-hour-to"), &asked.hour_to, |_| None)
        .with("minutes", &t.say("resources-minutes"), &asked.minutes, n("resources-length"))
        .with("subject", &t.say("resource-subject"), &asked.subject, |_| None)
        .with("form", &t.say("resource-form"), &asked.form, |code| Some(form_words(t, code.parse().ok()?)))
        .with("focus", &t.say("organisation-focus"), &asked.focus, |code| {
            Some(organisations::focus_words(t, code.parse().ok()?))
        })
        .with("within", &t.say("resources-within"), &asked.within, n("resources-kilometres"))
        .all()
}

/// What can be done with several of the own rows at once.
fn bulk(t: Lang, asked: &Asked, p: &ListPage) -> list::Bulk<'static> {
    let deed = |code, key: &'static str, icon| list::Deed { code, words: t.say(key).into_owned(), icon };
    list::Bulk {
        action: "/resources/bulk",
        deeds: vec![
            deed("publication", text_key("resource-publish"), "play"),
            deed("pause", text_key("resource-pause"), "pause"),
            deed("closure", text_key("resource-close"), "x"),
        ],
        here: with(asked, LIST, "", ""),
        total: p.slice.total,
        shown: p.slice.items.len(),
    }
}

fn filters(visit: &Visit, asked: &Asked, owners: &[Organisation], subjects: &[String]) -> Markup {
    let t = visit.lang;
    let any = (String::new(), t.say("list-any").into_owned());
    let kinds: Vec<_> = std::iter::once(any.clone())
        .chain(ResourceKind::ALL.iter().map(|k| (k.code().into(), kind_words(t, *k))))
        .collect();
    let owners: Vec<_> =
        std::iter::once(any).chain(owners.iter().map(|o| (o.id.to_string(), o.short_name.clone()))).collect();
    let select = |name: &str, label: &str, value: &str, options: &[(String, String)]| {
        html! { div.field {
            label for={ "by-" (name) } { (label) }
            select.in id={ "by-" (name) } name=(name) { @for (code, words) in options { option value=(code) selected[code == value] { (words) } } }
        } }
    };
    html! {
        form.filters role="search" action=(LIST) data-autosubmit {
            @if !asked.class.is_empty() { input type="hidden" name="class" value=(asked.class); }
            div.field.first { label for="by-q" { (t.say("resources-find")) } input.in #by-q type="search" name="q" value=(asked.q) placeholder=(t.say("resources-find-hint")); }
            (select("kind", &t.say("resource-kind"), &asked.kind, &kinds))
            (select("owner", &t.say("resource-owner"), &asked.owner, &owners))
            div.field { label for="by-day" { (t.say("resources-free-on")) } input.in #by-day type="date" name="free_from" value=(asked.free_from); }
            div.field { label for="by-headcount" { (t.say("resources-headcount")) } input.in #by-headcount type="number" min="1" name="headcount" value=(asked.headcount); }
            div.row {
                label.btn { input.vh type="checkbox" data-more checked[asks_more(asked)]; (t.say("nav-more")) }
                button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
                @if is_filtered(asked) { a.btn.quiet href=(LIST) { (t.say("list-reset")) } }
            }
            (more_filters(visit, asked, subjects))
        }
    }
}

/// Whether something is asked for that stands under «Ещё».
fn asks_more(asked: &Asked) -> bool {
    let more = [&asked.free_to, &asked.hour_from, &asked.hour_to, &asked.minutes, &asked.focus, &asked.within];
    more.into_iter().chain([&asked.subject, &asked.form]).any(|value| !value.is_empty())
}

fn more_filters(visit: &Visit, asked: &Asked, subjects: &[String]) -> Markup {
    let t = visit.lang;
    let n = |key: &str, n: i64| (n.to_string(), t.say_with(key, &[("n", n.into())]).into_owned());
    let lengths: Vec<_> = [30, 45, 60, 90, 120, 180, 240].map(|minutes| n("resources-length", minutes)).into();
    let distances: Vec<_> = [3, 5, 10, 20, 50].map(|km| n("resources-kilometres", km)).into();
    let focuses: Vec<_> = Focus::ALL.iter().map(|f| (f.code().to_owned(), organisations::focus_words(t, *f))).collect();
    let forms: Vec<_> = WorkForm::ALL.iter().map(|f| (f.code().to_owned(), form_words(t, *f))).collect();
    let subjects: Vec<_> = subjects.iter().map(|s| (s.clone(), s.clone())).collect();
    let select = |name: &str, label: &str, value: &str, options: &[(String, String)]| {
        html! { div.field.extra {
            label for={ "by-" (name) } { (label) }
            select.in id={ "by-" (name) } name=(name) {
                option value="" { (t.say("list-any")) }
                @for (code, words) in options { option value=(code) selected[code == value] { (words) } }
            }
        } }
    };
    let line = |name: &str, label: &str, kind: &str, value: &str| {
        html! { div.field.extra { label for={ "by-" (name) } { (label) } input.in id={ "by-" (name) } type=(kind) name=(name) value=(value); } }
    };
    html! {
        (line("free_to", &t.say("resources-free-until"), "date", &asked.free_to))
        (line("hour_from", &t.say("resources-hour-from"), "time", &asked.hour_from))
        (line("hour_to", &t.say("resources-hour-to"), "time", &asked.hour_to))
        (select("minutes", &t.say("resources-minutes"), &asked.minutes, &lengths))
        @if !subjects.is_empty() { (select("subject", &t.say("resource-subject"), &asked.subject, &subjects)) }
        (select("form", &t.say("resource-form"), &asked.form, &forms))
        (select("focus", &t.say("organisation-focus"), &asked.focus, &focuses))
        // Measured from the viewer's own organisations; the department has none.
        @if matches!(visit.viewer.reach(ASK), Reach::Organisations(_)) {
            (select("within", &t.say("resources-within"), &asked.within, &distances))
        }
    }
}

fn table(visit: &Visit, rows: &Rows<'_>) -> Markup {
    let t = visit.lang;
    let here = with(rows.asked, LIST, "after", &rows.asked.after);
    let year = visit.today.year();
    let choosing = rows.own != Reach::Nowhere;
    let heading = |key: std::borrow::Cow<'static, str>| html! { th role="columnheader" scope="col" { (key) } };
    html! {
        div.scroll-x { table.tbl.cards role="table" {
            caption.vh { (t.say("resources-list")) }
            thead role="rowgroup" { tr role="row" {
                @if choosing { (list::Bulk::heading(t)) }
                th role="columnheader" scope="col" aria-sort="ascending" { (t.say("resource-and-owner")) } (heading(t.say("resource-kind"))) (heading(t.say("resource-conditions"))) (heading(t.say("resource-soonest"))) (heading(t.say("list-state")))
                th role="columnheader" scope="col" { span.vh { (t.say("list-action")) } }
            } }
            tbody role="rowgroup" data-rows { @for l in &rows.slice.items {
                @let next = rows.soonest.get(&l.id);
                tr role="row" {
                    @if choosing { @if rows.own.covers(Some(l.owner.0.0)) { (list::Bulk::cell(t, l.id, &l.name)) } @else { td.sel role="cell" {} } }
                    td.main role="cell" { a.row-link href=(url(l.id)) { (l.name) } small { (l.owner.1) } }
                    td.a role="cell" { (kind_words(t, l.kind)) }
                    td.b role="cell" { (size_words(t, l.sharing, l.capacity).unwrap_or_default()) @if let Some(ages) = ages(t, l) { div.muted { (ages) } } }
                    td role="cell" data-l={ (t.say("resource-soonest")) ":" } {
                        @match next {
                            // What is taken away for days has a day, not an hour.
                            Some(span) if l.loanable => (t.day(kit::clock::local_date(span.start), year)),
                            Some(span) => (t.moment(span.start, year)),
                            None if l.class == Class::Methodical => (t.say("resource-always")),
                            None => span.muted { (t.say("resource-no-soon")) },
                        }
                        @if let Some(minutes) = rows.left.get(&l.id).filter(|_| l.class == Class::Staff) { div.muted.sm { (left_words(t, *minutes)) } }
                    }
                    td.st role="cell" { (availability(t, l, next.is_some())) }
                    td.go.num role="cell" { @if l.state == ResourceState::Published && l.class != Class::Methodical {
                        div.row.right {
                            @if may_ask(visit) { a.btn.sm href=(ask_url(l.id, next.map(|s| s.start))) { (ask_words(t, l.class, l.loanable)) span.vh { ": " (l.name) } } }
                            (gather(visit, l.id, &l.name, &here, true))
                        }
                    } }
                }
            } }
        } }
    }
}

fn availability(t: Lang, l: &Listed, soon: bool) -> Markup {
    match l.state {
        ResourceState::Published if l.class == Class::Methodical => {
            piece::tag(Tone::Info, t.say("resource-to-download"))
        }
        ResourceState::Published if soon => piece::tag(Tone::Ok, t.say("resource-is-free")),
        ResourceState::Published => piece::tag(Tone::Warn, t.say("resource-is-full")),
        other => state_tag(t, other),
    }
}

/// The same rows as on the page, for Excel.
pub fn rows(t: Lang, items: Vec<Listed>) -> documents::write::Table {
    use documents::write::{Column, Kind, Table};
    let titles = [
        t.say("resource-name"),
        t.say("resource-owner"),
        t.say("resource-class"),
        t.say("resource-kind"),
        t.say("resource-capacity"),
        t.say("resource-conditions"),
        t.say("list-state"),
    ];
    let columns = titles.map(|words| Column::new(words, Kind::Text));
    let rows = items.into_iter().map(|l| {
        let state = t.say(&text_prefix!("resource-state-", l.state.code())).into_owned();
        let size = size_words(t, l.sharing, l.capacity);
        vec![
            l.name.into(),
            l.owner.1.into(),
            class_words(t, l.class).into(),
            kind_words(t, l.kind).into(),
            size.into(),
            l.conditions.into(),
            state.into(),
        ]
    });
    Table { title: t.say("resources-title").into(), columns: columns.into(), rows: rows.collect(), ..Table::default() }
}

/// Where the owner's record is.
pub fn owner_url(id: crate::organisations::OrganisationId) -> String {
    organisations::url(id)
}
