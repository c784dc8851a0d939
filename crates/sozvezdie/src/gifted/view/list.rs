//! The register as a list.
use super::{kinds, state_tag};
use crate::{
    centre,
    gifted::{
        DECIDE, DIAGNOSE, LIST, PROPOSE, SITTINGS,
        model::{Profile, State},
        url,
        web::Asked,
    },
    shell::Page,
};
use kit::{Lang, Visit, html as piece, text::text_prefix};
use maud::{Markup, html};

pub fn page(visit: &Visit, asked: &Asked, found: &[Profile]) -> Markup {
    let t = visit.lang;
    let state = asked.state.parse::<State>().ok();
    let is_queue = asked.asked == "me";
    let is_filtered = state.is_some() || is_queue;
    let title = t.say("gifted-register");
    let actions = html! {
        @if visit.viewer.may(DECIDE) { (piece::link_button(SITTINGS, "scale", t.say("gifted-sittings"), false)) }
        @if visit.viewer.may(PROPOSE) { (piece::link_button("/centre/register/new", "plus", t.say("gifted-propose"), true)) }
    };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(centre::PAGE.into(), t.say("nav-centre").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("gifted-register-about")) } }, actions))
        (centre::sections(visit, LIST))
        section.panel.mt aria-label=(title) {
            form.filters role="search" action=(LIST) data-autosubmit {
                div.field.first { label for="by-state" { (t.say("gifted-state")) }
                    select.in #by-state name="state" {
                        option value="" { (t.say("gifted-all-but-left")) }
                        @for s in State::ALL { option value=(s.code()) selected[state == Some(*s)] { (t.say(&text_prefix!("gifted-state-", s.code()))) } }
                    }
                }
                @if visit.viewer.may(DIAGNOSE) {
                    label.check { input type="checkbox" name="asked" value="me" checked[is_queue]; span { (t.say("gifted-asked-me")) } }
                }
                button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
                @if is_filtered { a.btn.quiet href=(LIST) { (t.say("list-reset")) } }
            }
            @if found.is_empty() {
                @if is_filtered { (piece::empty("search", &t.say("list-nothing"), piece::link_button(LIST, "x", t.say("list-reset"), false))) }
                @else { (piece::empty("sparkles", &t.say("gifted-none"), html! {})) }
            } @else { (table(t, found)) }
        }
    })
}

fn table(t: Lang, found: &[Profile]) -> Markup {
    html! { div.scroll-x { table.tbl.cards role="table" {
        caption.vh { (t.say("gifted-register")) }
        thead role="rowgroup" { tr role="row" {
            th role="columnheader" scope="col" { (t.say("learner-one")) }
            th role="columnheader" scope="col" { (t.say("gifted-state")) }
            th role="columnheader" scope="col" { (t.say("gifted-kinds")) }
            th role="columnheader" scope="col" { (t.say("learner-organisation")) }
            th role="columnheader" scope="col" { (t.say("gifted-proposed-on")) }
        } }
        tbody role="rowgroup" data-rows { @for p in found { tr role="row" {
            td.main role="cell" { a.row-link href=(url(p.id)) { (p.full_name) } @if let Some(class) = &p.class_name { small { (class) } } }
            td.st role="cell" { (state_tag(t, p.state)) }
            td.a role="cell" { (kinds(t, p)) }
            td.b role="cell" { (p.organisation_name) }
            td.c.nowrap role="cell" { (t.date(p.proposed_on)) }
        } } }
    } } }
}
