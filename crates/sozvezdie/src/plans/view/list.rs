//! The plans of a year.
use super::{state_tag, years};
use crate::{
    centre,
    plans::{
        EDIT, Filter, LIST, MARK, is_outside,
        model::{Plan, academic_year},
        url,
        web::Asked,
    },
    shell::Page,
};
use kit::{
    Lang, Visit,
    html::{self as piece, Tone},
    text::text_key,
};
use maud::{Markup, html};
use std::collections::HashMap;
use uuid::Uuid;

pub fn page(visit: &Visit, asked: &Asked, f: &Filter, found: &[Plan], names: &HashMap<Uuid, String>) -> Markup {
    let t = visit.lang;
    let title = t.say("plans-title");
    let year = f.year.unwrap_or_else(|| academic_year(visit.today));
    let edits = visit.viewer.may(EDIT);
    let actions = html! { @if edits { (piece::link_button("/centre/plans/new", "plus", t.say("plan-new"), true)) } };
    let shows = [
        ("", text_key("plans-all"), true),
        ("no_mentor", text_key("plans-no-mentor"), edits),
        ("overdue", text_key("plans-overdue"), true),
        ("mine", text_key("plans-mine"), visit.viewer.may(MARK)),
    ];
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(centre::PAGE.into(), t.say("nav-centre").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say_with("academic-year", &[("years", years(year).into())])) } }, actions))
        (centre::sections(visit, LIST))
        section.panel.mt aria-label=(title) {
            form.filters role="search" action=(LIST) data-autosubmit {
                div.field.first { label for="by-show" { (t.say("plans-show")) }
                    select.in #by-show name="show" {
                        @for (code, key, _) in shows.iter().filter(|(_, _, may)| *may) { option value=(code) selected[asked.show == *code] { (t.say(key)) } }
                    }
                }
                div.field { label for="by-year" { (t.say("centre-year")) }
                    select.in #by-year name="year" {
                        @let now = academic_year(visit.today);
                        @for y in (now - 4..=now).rev() { option value=(y) selected[y == year] { (years(y)) } }
                    }
                }
                button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
                @if !asked.show.is_empty() || !asked.year.is_empty() { a.btn.quiet href=(LIST) { (t.say("list-reset")) } }
            }
            @if found.is_empty() {
                @if asked.show.is_empty() { (piece::empty("clipboard-list", &t.say("plans-none"), html! {})) }
                @else { (piece::empty("circle-check", &t.say("plans-none-such"), piece::link_button(LIST, "x", t.say("list-reset"), false))) }
            } @else { (table(visit, found, names)) }
        }
    })
}

fn table(visit: &Visit, found: &[Plan], names: &HashMap<Uuid, String>) -> Markup {
    let t = visit.lang;
    let outside = is_outside(visit);
    html! { div.scroll-x { table.tbl.cards role="table" {
        caption.vh { (t.say("plans-title")) }
        thead role="rowgroup" { tr role="row" {
            th role="columnheader" scope="col" { (t.say("learner-one")) }
            th role="columnheader" scope="col" { (t.say("plan-state")) }
            th role="columnheader" scope="col" { (t.say("plan-goal")) }
            th role="columnheader" scope="col" { (t.say("plan-mentor")) }
            th role="columnheader" scope="col" { (t.say("plan-progress")) }
        } }
        tbody role="rowgroup" data-rows { @for p in found { tr role="row" {
            td.main role="cell" { a.row-link href=(url(p.id)) { (p.full_name) } @if !outside { small { @if let Some(class) = &p.class_name { (class) ", " } (p.organisation_name) } } }
            td.st role="cell" { (state_tag(t, p.state)) }
            td.a role="cell" { (p.goal) }
            td.b role="cell" { @match p.mentor { Some(m) => { (names.get(&m.0).map_or("", String::as_str)) } None => { (piece::tag(Tone::Warn, t.say("plan-no-mentor"))) } } }
            td.c role="cell" { (progress(t, p)) }
        } } }
    } } }
}

/// «3 из 5», and how many are late.
pub fn progress(t: Lang, p: &Plan) -> Markup {
    html! {
        span.nowrap { (t.say_with("plan-done-of", &[("done", p.done.into()), ("all", p.items.into())])) } " "
        @if p.overdue > 0 { (piece::tag(Tone::Bad, t.say_with("plan-overdue", &[("count", p.overdue.into())]))) }
    }
}
