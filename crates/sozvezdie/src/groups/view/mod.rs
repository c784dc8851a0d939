//! How groups look: the list, and what all their pages share.
pub mod form;
pub mod members;
pub mod record;
pub mod session;

use super::{
    EDIT, LIST,
    model::{Group, GroupKind, GroupState, SessionId},
    session_url, url,
    web::Asked,
};
use crate::{organisations::OrganisationId, shell::Page};
use chrono::{DateTime, Datelike as _, Utc};
use kit::{Lang, Visit, cursor::Slice, html as piece, text::text_prefix};
use maud::{Markup, html};

pub fn kind_words(t: Lang, kind: GroupKind) -> String {
    t.say(&text_prefix!("group-kind-", kind.code())).into_owned()
}

pub fn state_words(t: Lang, state: GroupState) -> String {
    t.say(&text_prefix!("group-state-", state.code())).into_owned()
}

pub fn state_tag(t: Lang, state: GroupState) -> Markup {
    piece::tag(state.tone(), state_words(t, state))
}

/// «8 из 12 мест занято».
pub fn places(t: Lang, g: &Group) -> String {
    t.say_with("group-places", &[("taken", g.taken.into()), ("capacity", g.capacity.into())]).into_owned()
}

/// «с 1 октября 2026 по 20 мая 2027».
pub fn term(t: Lang, g: &Group) -> String {
    match g.ends_on {
        Some(end) => {
            t.say_with("group-term", &[("from", t.date(g.starts_on).into()), ("to", t.date(end).into())]).into_owned()
        }
        None => t.say_with("group-term-open", &[("from", t.date(g.starts_on).into())]).into_owned(),
    }
}

/// The way to a record and below it.
pub fn crumbs(visit: &Visit, g: Option<&Group>, here: &str) -> Markup {
    let t = visit.lang;
    let mut links = vec![(LIST.to_owned(), t.say("nav-groups").into_owned())];
    links.extend(g.map(|g| (url(g.id), g.title.clone())));
    piece::crumbs(&t.say("crumbs"), &links, here)
}

/// Everything the list's page shows.
pub struct List {
    pub slice: Slice<Group>,
    pub holders: Vec<(OrganisationId, String)>,
    /// Sessions of the viewer's own groups that wait for their register: which, when, of which group.
    pub unmarked: Vec<(SessionId, DateTime<Utc>, String)>,
}

pub fn list(visit: &Visit, asked: &Asked, page: &List) -> Markup {
    let t = visit.lang;
    let title = t.say("nav-groups");
    let may_lead = visit.viewer.may(super::LEAD);
    let mut tabs = vec![(asked.with("own", ""), t.say("groups-all").into_owned(), None, asked.own.is_empty())];
    if may_lead {
        tabs.push((asked.with("own", "yes"), t.say("groups-mine").into_owned(), None, asked.own == "yes"));
    }
    let actions =
        html! { @if visit.viewer.may(EDIT) { (piece::link_button("/groups/new", "plus", t.say("group-add"), true)) } };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say("groups-about")) } }, actions))
        @if !page.unmarked.is_empty() { (waiting(visit, &page.unmarked)) }
        @if tabs.len() > 1 { (piece::tabs(&t.say("groups-views"), &tabs)) }
        section.panel.mt[tabs.len() > 1] aria-label=(t.say("groups-list")) {
            (filters(t, asked, page))
            @if page.slice.items.is_empty() {
                @if asked.is_filtered() { (piece::empty("search", &t.say("list-nothing"), piece::link_button(LIST, "x", t.say("list-reset"), false))) }
                @else { (piece::empty("puzzle", &t.say("groups-none"), html! {})) }
            } @else {
                (table(t, &page.slice.items))
                (piece::pager(
                    t,
                    &t.say_with("list-count", &[("shown", page.slice.items.len().into()), ("total", page.slice.total.into())]),
                    (!asked.after.is_empty()).then(|| asked.with("", "")).as_deref(),
                    page.slice.next.as_ref().map(|c| asked.with("after", &c.encode())).as_deref(),
                ))
            }
        }
    })
}

/// Registers that nobody has kept yet.
fn waiting(visit: &Visit, unmarked: &[(SessionId, DateTime<Utc>, String)]) -> Markup {
    let (t, year) = (visit.lang, visit.today.year());
    piece::panel(
        &t.say("group-waits"),
        html! {},
        html! { ul.queue { @for (id, at, title) in unmarked { li {
            (piece::icon("clipboard-list"))
            div { a.t href=(session_url(*id)) { (title) } p.muted.sm { (t.moment(*at, year)) } }
            div.acts { a.btn.sm href=(session_url(*id)) { (t.say("group-register-fill")) span.vh { ": " (title) ", " (t.moment(*at, year)) } } }
        } } } },
    )
}

fn filters(t: Lang, asked: &Asked, page: &List) -> Markup {
    html! {
        form.filters role="search" action=(LIST) data-autosubmit {
            @if !asked.own.is_empty() { input type="hidden" name="own" value=(asked.own); }
            div.field.first { label for="by-q" { (t.say("groups-find")) } input.in #by-q type="search" name="q" value=(asked.q) placeholder=(t.say("groups-find-hint")) autocomplete="off"; }
            div.field { label for="by-kind" { (t.say("group-kind")) } select.in #by-kind name="kind" {
                option value="" { (t.say("list-any")) }
                @for kind in GroupKind::ALL { option value=(kind.code()) selected[asked.kind == kind.code()] { (kind_words(t, *kind)) } }
            } }
            div.field { label for="by-organisation" { (t.say("group-organisation")) } select.in #by-organisation name="organisation" {
                option value="" { (t.say("list-any")) }
                @for (id, name) in &page.holders { option value=(id) selected[asked.organisation == id.to_string()] { (name) } }
            } }
            div.field { label for="by-state" { (t.say("group-state")) } select.in #by-state name="state" {
                option value="" { (t.say("groups-open")) }
                @for state in GroupState::ALL { option value=(state.code()) selected[asked.state == state.code()] { (state_words(t, *state)) } }
            } }
            label.check { input type="checkbox" name="free" value="yes" checked[asked.free == "yes"]; span { (t.say("groups-free")) } }
            button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
            @if asked.is_filtered() { a.btn.quiet href=(LIST) { (t.say("list-reset")) } }
        }
    }
}

fn table(t: Lang, items: &[Group]) -> Markup {
    html! { div.scroll-x { table.tbl.cards role="table" {
        caption.vh { (t.say("groups-list")) }
        thead role="rowgroup" { tr role="row" {
            th role="columnheader" scope="col" { (t.say("group-title")) }
            th role="columnheader" scope="col" { (t.say("group-state")) }
            th role="columnheader" scope="col" { (t.say("group-organisation")) }
            th role="columnheader" scope="col" { (t.say("group-for")) }
            th role="columnheader" scope="col" { (t.say("group-capacity")) }
        } }
        tbody role="rowgroup" data-rows { @for g in items { tr role="row" {
            td.main role="cell" { a.row-link href=(url(g.id)) { (g.title) } p.muted.sm { (kind_words(t, g.kind)) } }
            td.st role="cell" { (state_tag(t, g.state)) }
            td.a role="cell" { (g.organisation_name) }
            td.c role="cell" { (g.target.as_deref().or(g.subject.as_deref()).unwrap_or("")) }
            td.c role="cell" { (places(t, g)) }
        } } }
    } } }
}
