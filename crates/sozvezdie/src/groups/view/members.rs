//! Who is in a group, who waits and for what, and sending somebody.
use super::{crumbs, record::Record};
use crate::{
    groups::{
        members::{JoinForm, sent},
        model::{Group, Member, Standing},
        url,
    },
    learners,
    shell::Page,
};
use kit::{
    Visit,
    form::Problems,
    html::{self as piece, Fields},
    text::text_prefix,
};
use maud::{Markup, html};

/// The members with what each waits for.
pub fn table(visit: &Visit, r: &Record) -> Markup {
    let t = visit.lang;
    let shown: Vec<&Member> =
        r.members.iter().filter(|m| m.state != Standing::Left || m.learner_id.is_some()).collect();
    html! { section.panel.mt aria-label=(t.say("group-members")) {
        @if shown.is_empty() {
            (piece::empty("users", &t.say("group-no-members"), html! {
                @if r.can.send && r.group.state.is_open() { (piece::link_button(&format!("{}/members/new", url(r.group.id)), "user-plus", t.say("group-send"), false)) }
            }))
        } @else { div.scroll-x { table.tbl.cards role="table" {
            caption.vh { (t.say("group-members")) }
            thead role="rowgroup" { tr role="row" {
                th role="columnheader" scope="col" { (t.say("learner-one")) }
                th role="columnheader" scope="col" { (t.say("group-state")) }
                th role="columnheader" scope="col" { (t.say("group-sent-by")) }
                th role="columnheader" scope="col" { (t.say("group-missing")) }
                th role="columnheader" scope="col" { (t.say("group-deeds")) }
            } }
            tbody role="rowgroup" { @for m in shown { (row(visit, r, m)) } }
        } } }
    }
    @if shown_hidden(r) { p.muted.sm.mt { (t.say("group-hidden-about")) } } }
}

fn shown_hidden(r: &Record) -> bool {
    r.members.iter().any(|m| m.learner_id.is_none() && m.state != Standing::Left)
}

fn row(visit: &Visit, r: &Record, m: &Member) -> Markup {
    let t = visit.lang;
    let may = r.group.state.is_open() && (r.can.lead || (r.can.send && m.learner_id.is_some()));
    html! { tr role="row" {
        td.main role="cell" {
            @match (&m.full_name, m.learner_id) {
                (Some(name), Some(id)) => {
                    @if visit.viewer.may(learners::SEE) { a href=(learners::url(id)) { (name) } } @else { (name) }
                    @if let Some(class) = &m.class_name { " " span.muted.sm.nowrap { (class) } }
                },
                _ => span.muted { (t.say("group-name-hidden")) },
            }
        }
        td.st role="cell" { (piece::tag(m.state.tone(), t.say_with(&text_prefix!("group-standing-", m.state.code()), &[("number", m.number.into())]))) }
        td.a role="cell" { (m.organisation_name) }
        td.c role="cell" { (missing(visit, r, m)) }
        td.c role="cell" { @if may { div.row { (deeds(visit, r, m)) } } }
    } }
}

/// What stands in the way of a place.
fn missing(visit: &Visit, r: &Record, m: &Member) -> Markup {
    let t = visit.lang;
    html! { @match m.state {
        Standing::Consent => (t.say_with("group-missing-consent", &[("organisation", r.group.organisation_name.as_str().into())])),
        Standing::Queue => (t.say_with("group-missing-place", &[("number", m.number.into())])),
        Standing::Member if m.learner_id.is_none() && r.can.register => (t.say("group-missing-withdrawn")),
        _ => {},
    } }
}

fn deeds(visit: &Visit, r: &Record, m: &Member) -> Markup {
    let t = visit.lang;
    let g = &r.group;
    let may_end = r.can.lead || sent(visit, m);
    // The Centre asks again for its members.
    let may_ask = may_end || (m.learner_id.is_some() && visit.viewer.may(learners::MEMBERS));
    let whose = m.full_name.as_deref().unwrap_or(&m.organisation_name);
    let press = |path: &str, words: &str| {
        html! { form action={ (url(g.id)) "/members/" (path) } method="post" {
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="member" value=(m.id);
            button.btn.sm { (words) span.vh { ": " (whose) } }
        } }
    };
    html! {
        @if m.state == Standing::Consent && may_ask { (press("admission", &t.say("group-admit"))) }
        @if m.state != Standing::Left && may_end { (press("removal", &t.say(if m.state == Standing::Member { "group-expel" } else { "group-withdraw" }))) }
    }
}

/// Whom to send: found by a search, then chosen.
pub fn page(visit: &Visit, g: &Group, found: &[learners::Listed], typed: &JoinForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let title = t.say("group-send");
    let here = url(g.id);
    let f = Fields { lang: t, problems };
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(visit, Some(g), &title))
        (piece::head(&title, html! { p { (t.say("group-send-about")) } }, html! {}))
        section.panel {
            form.filters role="search" action={ (here) "/members/new" } {
                div.field.first { label for="by-q" { (t.say("learners-find")) } input.in #by-q type="search" name="q" value=(typed.q) placeholder=(t.say("learners-find-hint")); }
                button.btn { (piece::icon("search")) (t.say("search-do")) }
            }
            @if found.is_empty() { (piece::empty("search", &t.say("group-send-nobody"), html! {})) }
            @else { form.form.body action={ (here) "/members" } method="post" {
                (f.summary())
                (piece::key_field(&visit.new_key()))
                input type="hidden" name="q" value=(typed.q);
                fieldset.field #f-learner {
                    legend { (t.say("group-whom")) }
                    div.checks { @for l in found {
                        @let id = l.id.to_string();
                        label.check { input type="radio" name="learner" value=(id) required checked[typed.learner == id];
                            span { (l.full_name) " " span.muted.sm { (l.class_name.as_deref().unwrap_or("")) @if l.class_name.is_some() { ", " } (l.organisation_name) } } }
                    } }
                    @if let Some(message) = problems.at("learner") { p.err #e-learner { (message.say(t)) } }
                }
                @if g.free() <= 0 { (piece::alert(piece::Tone::Info, t.say("group-full-now"))) }
                div.actions { button.btn.primary { (t.say("group-send-do")) } a.btn href=(here) { (t.say("cancel")) } }
            } }
        }
    })
}
