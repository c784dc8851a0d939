//! The list of routes, the own organisation's steps above it, and the rows of K9.
use super::{state_tag, step_when_part};
use crate::{
    learners,
    routes::{
        EDIT, FIGURES, LIST,
        model::RouteState,
        store::{Listed, Module, Part},
        url,
        web::{
            list::{Asked, Shown},
            write::may_add,
        },
    },
    shell::Page,
};
use kit::{Lang, Visit, html as piece, text::text_prefix};
use maud::{Markup, html};

pub fn page(visit: &Visit, asked: &Asked, shown: &Shown, year: i64) -> Markup {
    let t = visit.lang;
    let title = t.say("nav-routes");
    let actions = html! {
        @if visit.viewer.may(EDIT) || visit.viewer.may(FIGURES) { (piece::link_button("/routes/limits", "scale", t.say("route-limits"), false)) }
        @if may_add(visit) { (piece::link_button("/routes/new", "plus", t.say("route-add"), true)) }
    };
    let staff = visit.viewer.may(EDIT) || shown.is_nameless;
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say(if shown.is_nameless { "routes-about-nameless" } else { "routes-about" })) } }, actions))
        @if staff { (figures(t, asked, shown)) }
        @if !shown.parts.is_empty() { (parts(visit, &shown.parts)) }
        section.panel.mt aria-label=(t.say("routes-list")) {
            @if staff { (filters(t, asked, year)) }
            @if shown.slice.items.is_empty() {
                @if asked.is_filtered() {
                    (piece::empty("search", &t.say("list-nothing"), piece::link_button(LIST, "x", t.say("list-reset"), false)))
                } @else {
                    (piece::empty("route", &t.say(if may_add(visit) { "routes-none-yet" } else { "routes-none" }), html! {}))
                }
            } @else {
                (table(visit, &shown.slice.items, shown.is_nameless))
                (piece::pager(
                    t,
                    &t.say_with("list-count", &[("shown", shown.slice.items.len().into()), ("total", shown.slice.total.into())]),
                    (!asked.after.is_empty()).then(|| asked.with(LIST, "after", "")).as_deref(),
                    shown.slice.next.as_ref().map(|c| asked.with(LIST, "after", &c.encode())).as_deref(),
                ))
            }
        }
    })
}

/// Each number opens its rows.
fn figures(t: Lang, asked: &Asked, shown: &Shown) -> Markup {
    let (routes, over, modules) = shown.figures;
    let of_year = Asked { year: asked.year.clone(), ..Asked::default() };
    let approved = Asked { approved: "yes".into(), ..of_year.clone() };
    let all = [
        (t.say("route-figure-approved"), approved.with(LIST, "after", ""), routes),
        (t.say("route-figure-several"), approved.with(LIST, "hosts", "2"), over),
        (t.say("route-figure-modules"), of_year.with("/routes/modules", "after", ""), modules),
    ];
    html! {
        div.panel.scroll-x.mb tabindex="0" role="group" aria-label=(t.say("route-figures")) { dl.stats.three {
            @for (name, href, number) in &all { div { dt { (name) } dd { a href=(href) { b { (t.number(*number)) } } } } }
        } }
    }
}

/// The steps of the own organisations in routes that others lead.
fn parts(visit: &Visit, parts: &[Part]) -> Markup {
    let t = visit.lang;
    piece::panel(
        &t.say("route-parts"),
        html! {},
        html! { ul.queue { @for p in parts { li {
            (piece::icon("route"))
            div {
                a.t href=(url(p.route)) { (p.title) } " "
                (piece::tag(p.state.tone(), t.say(&text_prefix!("route-step-", p.state.code()))))
                p.muted.sm { (whose(visit, p)) " · " (p.organisation_name) " · " (t.say_with("route-hours", &[("hours", p.hours.into())])) " · " (step_when_part(t, p)) }
            }
            div.acts { a.btn.sm href=(url(p.route)) { (t.say("route-open")) span.vh { ": " (p.title) } } }
        } } } },
    )
}

fn whose(visit: &Visit, p: &Part) -> String {
    let t = visit.lang;
    if let Some(name) = &p.learner_name {
        return name.clone();
    }
    let years = i64::from(learners::age(p.birth_date, visit.today));
    let age = t.say_with("learner-years", &[("years", years.into())]);
    t.say_with(
        "route-nameless",
        &[("class", p.class_name.as_deref().unwrap_or_default().into()), ("age", age.as_ref().into())],
    )
    .into_owned()
}

fn filters(t: Lang, asked: &Asked, year: i64) -> Markup {
    html! {
        form.filters role="search" action=(LIST) data-autosubmit {
            div.field.first { label for="by-state" { (t.say("route-state")) }
                select.in #by-state name="state" {
                    option value="" { (t.say("list-any")) }
                    @for s in RouteState::ALL { option value=(s.code()) selected[asked.state == s.code()] { (t.say(&text_prefix!("route-state-", s.code()))) } }
                }
            }
            div.field { label for="by-year" { (t.say("route-year")) }
                select.in #by-year name="year" {
                    option value="" { (t.say("list-any")) }
                    @for y in [year, year - 1, year - 2] { option value=(y) selected[asked.year == y.to_string()] { (y) "/" (y + 1) } }
                }
            }
            div.field { label for="by-hosts" { (t.say("route-hosts")) }
                select.in #by-hosts name="hosts" {
                    option value="" { (t.say("list-any")) }
                    @for n in ["2", "3"] { option value=(n) selected[asked.hosts == n] { (t.say_with("route-hosts-least", &[("count", n.into())])) } }
                }
            }
            button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
            @if asked.is_filtered() { a.btn.quiet href=(LIST) { (t.say("list-reset")) } }
        }
    }
}

fn table(visit: &Visit, items: &[Listed], nameless: bool) -> Markup {
    let t = visit.lang;
    html! {
        div.scroll-x { table.tbl.cards role="table" {
            caption.vh { (t.say("routes-list")) }
            thead role="rowgroup" { tr role="row" {
                th role="columnheader" scope="col" { (t.say("route-one")) }
                th role="columnheader" scope="col" { (t.say("route-state")) }
                th role="columnheader" scope="col" { (t.say("route-progress")) }
                th role="columnheader" scope="col" { (t.say("route-days")) }
                th role="columnheader" scope="col" { (t.say("route-leads")) }
            } }
            tbody role="rowgroup" data-rows { @for l in items { tr role="row" {
                td.main role="cell" {
                    @if nameless { (l.class_name.as_deref().unwrap_or("")) small { (l.school_name) } }
                    @else { a.row-link href=(url(l.id)) { (l.learner_name.as_deref().unwrap_or("")) } small { (l.title) } }
                }
                td.st role="cell" {
                    (state_tag(t, l.state))
                    @if l.overdue > 0 { " " (piece::tag(piece::Tone::Bad, t.say_with("route-overdue-count", &[("count", l.overdue.into())]))) }
                    @if l.asked > 0 { " " (piece::tag(piece::Tone::Warn, t.say_with("route-asked-count", &[("count", l.asked.into())]))) }
                }
                td.a role="cell" { (t.say_with("route-steps-done", &[("done", l.completed.into()), ("all", l.steps.into())])) small { (t.say_with("route-hosts-count", &[("count", l.hosts.into())])) } }
                td.c.nowrap role="cell" { (t.date(l.from)) "–" (t.date(l.until)) }
                td.d role="cell" { (l.organisation_name) }
            } } }
        } }
    }
}

/// The completed modules behind K9.
pub fn modules(visit: &Visit, asked: &Asked, all: &[Module]) -> Markup {
    let t = visit.lang;
    let title = t.say("route-figure-modules");
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(asked.with(LIST, "after", ""), t.say("nav-routes").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say_with("route-modules-count", &[("count", all.len().into())])) } }, html! {}))
        section.panel aria-label=(title) {
            @if all.is_empty() { (piece::empty("route", &t.say("route-modules-none"), html! {})) }
            @else { (piece::scroll(&title, html! { table.tbl {
                thead { tr { th scope="col" { (t.say("route-module")) } th scope="col" { (t.say("learner-one")) } th scope="col" { (t.say("route-host")) } th.num scope="col" { (t.say("route-hours-column")) } th scope="col" { (t.say("route-mark")) } th scope="col" { (t.say("route-settled-on")) } } }
                tbody { @for m in all { tr {
                    td { @if m.learner_name.is_some() { a href=(url(m.route)) { (m.title) } } @else { (m.title) } }
                    td { (m.learner_name.as_deref().or(m.class_name.as_deref()).unwrap_or("")) }
                    td { (m.organisation_name.as_deref().unwrap_or("")) }
                    td.num { (m.hours) }
                    td { (m.mark.as_deref().unwrap_or("")) }
                    td.nowrap { (m.settled_on.map(|day| t.date(day)).unwrap_or_default()) }
                } } }
            } })) }
        }
    })
}
