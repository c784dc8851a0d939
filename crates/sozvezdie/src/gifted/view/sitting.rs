//! Sittings of the commission and their papers.
use super::{crumbs, kinds, state_tag};
use crate::{
    centre,
    gifted::{
        SITTINGS,
        model::{Decided, OrderForm, Profile, Sitting, SittingForm},
        sitting::url,
        url as child_url,
        web::new_sitting_url,
    },
    shell::Page,
};
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
};
use maud::{Markup, html};
use std::borrow::Cow;

pub fn list(visit: &Visit, found: &[Sitting], waiting: i64) -> Markup {
    let t = visit.lang;
    let title = t.say("gifted-sittings");
    let actions = html! { @if waiting > 0 { (piece::link_button(&new_sitting_url(), "plus", t.say("gifted-sitting-new"), true)) } };
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(t, &title))
        (piece::head(&title, html! { p { (t.say_with("gifted-waiting", &[("count", waiting.into())])) } }, actions))
        (centre::sections(visit, SITTINGS))
        section.panel.mt aria-label=(title) {
            @if found.is_empty() { (piece::empty("scale", &t.say("gifted-sittings-none"), html! {})) }
            @else { ul.queue { @for s in found { li {
                (piece::icon("scale"))
                div {
                    a.t href=(url(s.id)) { (t.say_with("gifted-sitting-one", &[("number", s.protocol_number.as_str().into()), ("day", t.date(s.held_on).into())])) } " "
                    (order_tag(t, s))
                    p.muted.sm { (s.chair) }
                }
            } } } }
        }
    })
}

fn order_tag(t: Lang, s: &Sitting) -> Markup {
    match (&s.order_number, s.order_on) {
        (Some(n), Some(day)) => piece::tag(
            Tone::Ok,
            t.say_with("gifted-ordered", &[("number", n.as_str().into()), ("day", t.date(day).into())]),
        ),
        _ => piece::tag(Tone::Warn, t.say("gifted-order-waits")),
    }
}

pub fn form(visit: &Visit, waiting: &[Profile], form: &SittingForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("gifted-sitting-new");
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(t, &title))
        (piece::head(&title, html! { p { (t.say("gifted-sitting-about")) } }, html! {}))
        section.panel {
            @if waiting.is_empty() { (piece::empty("scale", &t.say("gifted-nobody-waits"), html! {})) }
            @else { form.form.wide.body action=(SITTINGS) method="post" {
                (f.summary())
                (piece::key_field(&visit.new_key()))
                div.two {
                    (f.line("protocol_number", &t.say("gifted-protocol-number"), &form.protocol_number, Line { required: true, ..Line::TEXT }))
                    (f.line("held_on", &t.say("gifted-held-on"), &form.held_on, Line { kind: "date", required: true, ..Line::TEXT }))
                }
                (f.line("chair", &t.say("gifted-chair"), &form.chair, Line { required: true, hint: &t.say("gifted-chair-hint"), ..Line::TEXT }))
                (f.text("members", &t.say("gifted-members"), &form.members, &t.say("gifted-members-hint"), true))
                fieldset.field #f-admit {
                    legend { (t.say("gifted-decisions")) }
                    ul.queue { @for p in waiting { li { (decision(t, p, form)) } } }
                    @if let Some(message) = problems.at("admit") { p.err #e-admit { (message.say(t)) } }
                }
                div.actions { button.btn.primary { (t.say("gifted-hold-do")) } a.btn href=(SITTINGS) { (t.say("cancel")) } }
            } }
        }
    })
}

/// A child of the list with the boxes of what may be decided.
fn decision(t: Lang, p: &Profile, form: &SittingForm) -> Markup {
    let id = p.id.to_string();
    let tick = |name: &str, words: &str, chosen: &[String]| {
        html! { label.check {
            input type="checkbox" name=(name) value=(id) checked[chosen.contains(&id)];
            span { (words) span.vh { ": " (p.full_name) } }
        } }
    };
    html! {
        (piece::icon("graduation-cap"))
        div {
            a.t href=(child_url(p.id)) { (p.full_name) }
            p.muted.sm { @if let Some(class) = &p.class_name { (class) ", " } (p.organisation_name) }
            p.sm { (kinds(t, p)) }
        }
        div.acts { (tick("admit", &t.say("gifted-admit"), &form.admit)) (tick("other", &t.say("gifted-other"), &form.other)) }
    }
}

pub fn page(visit: &Visit, s: &Sitting, decided: &[Decided], form: &OrderForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let here = url(s.id);
    let title = t.say_with(
        "gifted-sitting-one",
        &[("number", s.protocol_number.as_str().into()), ("day", t.date(s.held_on).into())],
    );
    let links = [
        (centre::PAGE.to_owned(), t.say("nav-centre").into_owned()),
        (SITTINGS.to_owned(), t.say("gifted-sittings").into_owned()),
    ];
    let mut rows = vec![("protocol", t.say("gifted-paper-protocol"))];
    // Without a list there is nothing to order.
    if decided.iter().any(|d| d.admit) {
        rows.push(("order", t.say("gifted-paper-order")));
    }
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &links, &title))
        (piece::head(&title, html! { p.row { (order_tag(t, s)) } }, html! {}))
        @if let Some(message) = problems.at("body") { (piece::alert(Tone::Warn, message.say(t))) }
        div.grid.cols.mt {
            div.stack {
                (piece::panel(&t.say("gifted-decisions"), html! {}, piece::scroll(&t.say("gifted-decisions"), html! { table.tbl {
                    thead { tr { th scope="col" { (t.say("learner-one")) } th scope="col" { (t.say("gifted-decision")) } th scope="col" { (t.say("gifted-state")) } } }
                    tbody { @for d in decided { tr {
                        td { a href=(child_url(d.profile)) { (d.full_name) } small { @if let Some(class) = &d.class_name { (class) ", " } (d.organisation_name) } }
                        td { (t.say(if d.admit { "gifted-admit" } else { "gifted-other" })) }
                        td { (state_tag(t, d.state)) }
                    } } }
                } })))
            }
            div.stack {
                (piece::panel(&t.say("gifted-papers"), html! {}, papers(t, &here, &rows)))
                @if s.order_on.is_none() { (piece::panel(&t.say("gifted-order"), html! {}, html! { form.form.body action={ (here) "/order" } method="post" {
                    (f.summary())
                    (piece::key_field(&visit.new_key()))
                    p.muted.sm { (t.say("gifted-order-about")) }
                    (f.line("order_number", &t.say("gifted-order-number"), &form.order_number, Line { required: true, ..Line::TEXT }))
                    (f.line("order_on", &t.say("gifted-order-on"), &form.order_on, Line { kind: "date", required: true, ..Line::TEXT }))
                    div.actions { button.btn.primary { (t.say("gifted-order-do")) } }
                } })) }
                (piece::panel(&t.say("gifted-commission"), html! {}, html! { div.body { p.strong { (s.chair) } @for line in s.members.lines() { p { (line) } } } }))
            }
        }
    })
}

/// Papers to sign and to edit further.
pub fn papers(t: Lang, base: &str, rows: &[(&str, Cow<'_, str>)]) -> Markup {
    html! { ul.list { @for (code, name) in rows { li.flex {
        (piece::icon("file-text"))
        span { (name) }
        span.row.end {
            a.btn.sm.quiet href={ (base) "/" (code) "/pdf" } hx-boost="false" download { "PDF" span.vh { ": " (t.say("file-download")) ", " (name) } }
            a.btn.sm.quiet href={ (base) "/" (code) "/docx" } hx-boost="false" download { "DOCX" span.vh { ": " (t.say("file-download")) ", " (name) } }
        }
    } } } }
}
