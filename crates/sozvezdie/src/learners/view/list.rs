//! The list of learners.
use super::Choices;
use crate::{
    learners::{
        LIST,
        export::Why,
        model::Listed,
        url,
        web::{Asked, list_url, may_add, may_export, may_import},
    },
    shell::{Page, list},
};
use kit::{Lang, Visit, cursor::Slice, html as piece, text::text_prefix};
use maud::{Markup, html};

pub fn page(visit: &Visit, asked: &Asked, slice: &Slice<Listed>, choices: &Choices) -> Markup {
    let t = visit.lang;
    let title = t.say("learners-title");
    let actions = html! {
        @if may_export(visit) && !slice.items.is_empty() { (export_menu(t, asked)) }
        @if may_add(visit) { (piece::link_button("/learners/rollover", "arrow-up-right", t.say("rollover-title"), false)) }
        @if may_add(visit) { (piece::link_button(crate::learners::charges::LEADS, "users", t.say("class-leads-title"), false)) }
        @if may_add(visit) { (piece::link_button("/learners/duplicates", "git-merge", t.say("duplicates-title"), false)) }
        @if may_import(visit) { (piece::link_button("/imports/new?kind=contingent", "upload", t.say("nav-imports"), false)) }
        @if may_add(visit) { (piece::link_button("/learners/new", "plus", t.say("learner-add"), true)) }
    };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say("learners-about")) } }, actions))
        section.panel aria-label=(t.say("learners-list")) {
            (filters(t, asked, choices))
            @if !slice.items.is_empty() { (list::chips(t, &conditions(t, asked, choices), LIST)) }
            @if slice.items.is_empty() {
                @if asked.is_filtered() {
                    (list::nothing(t, &conditions(t, asked, choices), LIST))
                } @else {
                    (piece::empty("graduation-cap", &t.say(if may_add(visit) { "learners-none-yet" } else { "learners-none" }), html! {}))
                }
            } @else {
                (table(t, &slice.items, choices.organisations.len() > 1))
                (piece::pager(
                    t,
                    &t.say_with("list-count", &[("shown", slice.items.len().into()), ("total", slice.total.into())]),
                    (!asked.after.is_empty()).then(|| list_url(asked, "")).as_deref(),
                    slice.next.as_ref().map(|c| list_url(asked, &c.encode())).as_deref(),
                ))
            }
        }
    })
}

/// The conditions in force.
fn conditions(t: Lang, asked: &Asked, choices: &Choices) -> Vec<list::Chip> {
    let school =
        |code: &str| choices.organisations.iter().find(|(id, _)| id.to_string() == code).map(|(_, name)| name.clone());
    list::Chips::new(|field: &str| list_url(&asked.without(field), ""))
        .with("q", &t.say("learners-find"), &asked.q, |_| None)
        .with("organisation", &t.say("learner-organisation"), &asked.organisation, school)
        .with("class", &t.say("learner-class"), &asked.class, |_| None)
        .with("left", &t.say("learners-who"), &asked.left, |_| Some(t.say("learners-all").into_owned()))
        .all()
}

/// Names leave the program only with a reason.
fn export_menu(t: Lang, asked: &Asked) -> Markup {
    html! {
        details.menu.left {
            summary.btn { (piece::icon("file-spreadsheet")) "Excel" }
            form.form.pa action="/learners/export.xlsx" hx-boost="false" data-download {
                @for (name, value) in [("q", &asked.q), ("organisation", &asked.organisation), ("class", &asked.class), ("left", &asked.left)] {
                    @if !value.is_empty() { input type="hidden" name=(name) value=(value); }
                }
                div.field {
                    label for="export-why" { (t.say("learners-export-why")) }
                    select.in #export-why name="why" required {
                        @for why in Why::ALL { option value=(why.code()) { (t.say(&text_prefix!("learners-export-why-", why.code()))) } }
                    }
                }
                p.muted.sm { (t.say("learners-export-noted")) }
                button.btn.primary { (piece::icon("download")) (t.say("learners-export-do")) }
            }
        }
    }
}

fn filters(t: Lang, asked: &Asked, choices: &Choices) -> Markup {
    html! {
        form.filters role="search" action=(LIST) data-autosubmit {
            div.field.first { label for="by-q" { (t.say("learners-find")) } input.in #by-q type="search" name="q" value=(asked.q) placeholder=(t.say("learners-find-hint")) autocomplete="off"; }
            @if choices.organisations.len() > 1 {
                div.field { label for="by-organisation" { (t.say("learner-organisation")) }
                    select.in #by-organisation name="organisation" {
                        option value="" { (t.say("list-any")) }
                        @for (id, name) in &choices.organisations { option value=(id) selected[asked.organisation == id.to_string()] { (name) } }
                    }
                }
            }
            @if !choices.classes.is_empty() {
                div.field { label for="by-class" { (t.say("learner-class")) }
                    select.in #by-class name="class" {
                        option value="" { (t.say("list-any")) }
                        @for (name, n) in &choices.classes { option value=(name) selected[asked.class == *name] { (name) " (" (n) ")" } }
                    }
                }
            }
            div.field { label for="by-left" { (t.say("learners-who")) }
                select.in #by-left name="left" {
                    option value="" { (t.say("learners-here")) }
                    option value="yes" selected[asked.left == "yes"] { (t.say("learners-all")) }
                }
            }
            button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
            @if asked.is_filtered() { a.btn.quiet href=(LIST) { (t.say("list-reset")) } }
        }
    }
}

fn table(t: Lang, items: &[Listed], several: bool) -> Markup {
    html! {
        div.scroll-x { table.tbl.cards role="table" {
            caption.vh { (t.say("learners-list")) }
            thead role="rowgroup" { tr role="row" {
                th role="columnheader" scope="col" { (t.say("learner-one")) }
                th role="columnheader" scope="col" { (t.say("learner-class")) }
                th role="columnheader" scope="col" { (t.say("learner-birth-date")) }
                @if several { th role="columnheader" scope="col" { (t.say("learner-organisation")) } }
            } }
            tbody role="rowgroup" data-rows {
                @for l in items {
                    tr role="row" {
                        td.main role="cell" { a.row-link href=(url(l.id)) { (l.full_name) } @if !l.enrolled { " " (piece::tag(piece::Tone::Plain, t.say("learner-left"))) } }
                        td.a.nowrap role="cell" { (l.class_name.as_deref().unwrap_or("")) }
                        td.c.nowrap role="cell" { (t.date(l.birth_date)) }
                        @if several { td.d role="cell" { (l.organisation_name) } }
                    }
                }
            }
        } }
    }
}
