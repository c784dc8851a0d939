//! The list of a class: who has given what, and the ticks for what came back.
use super::{permits, purpose_short, purpose_words};
use crate::{
    consents::{
        COLLECT, Consent, GROUNDS, LIST, STACK,
        collect::{Asked, Desk, TickForm},
        model::{ConsentState, Purpose},
        of_child_url,
        store::list::{Child, Shown},
        url,
    },
    shell::Page,
};
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

pub fn page(visit: &Visit, asked: &Asked, desk: &Desk, typed: &TickForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let title = t.say("consents-title");
    let collects = visit.viewer.may(COLLECT);
    let actions = html! {
        (piece::link_button(GROUNDS, "shield", t.say("consent-grounds"), false))
        @if collects { (piece::link_button(STACK, "clipboard-check", t.say("consent-stack"), false)) }
    };
    let fields = Fields { lang: t, problems };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say("consents-about")) } }, actions))
        (taken(visit, asked, desk))
        (fields.summary())
        @if collects { (print(visit, asked, desk)) }
        (tabs(t, asked))
        section.panel #f-back aria-label=(t.say("consents-list")) {
            (filters(t, asked, desk))
            @if desk.slice.items.is_empty() { (nothing(t, asked)) }
            @else if collects { (ticks(visit, asked, desk, typed, problems)) }
            @else { (table(visit, desk, typed, false)) }
            (piece::pager(
                t,
                &counted(t, desk),
                (!asked.after.is_empty()).then(|| asked.at("after", "")).as_deref(),
                desk.slice.next.as_ref().map(|c| asked.at("after", &c.encode())).as_deref(),
            ))
        }
    })
}

/// «Показано 100 из 412», or of more than were counted.
fn counted(t: Lang, desk: &Desk) -> String {
    let shown = desk.slice.items.len();
    if desk.slice.total > desk.counted {
        return t
            .say_with("consents-count-more", &[("shown", shown.into()), ("total", desk.counted.into())])
            .into_owned();
    }
    t.say_with("list-count", &[("shown", shown.into()), ("total", desk.slice.total.into())]).into_owned()
}

/// What has just been entered, and the way to take it back.
fn taken(visit: &Visit, asked: &Asked, desk: &Desk) -> Markup {
    let t = visit.lang;
    html! { @if desk.taken > 0 {
        div.alert.ok role="status" { (piece::icon("check")) div {
            p { (t.say_with("consents-taken", &[("count", desk.taken.into())])) }
            form action={ (LIST) "/receipts/" (asked.batch) "/reversal" } method="post" {
                (piece::key_field(&visit.new_key()))
                button.btn.sm { (piece::icon("undo-2")) (t.say("consents-take-back")) }
            }
        } }
    } }
}

fn tabs(t: Lang, asked: &Asked) -> Markup {
    let tab = |shown: Shown| {
        let code = if shown == Shown::All { "" } else { shown.code() };
        let words = t.say(&text_prefix!("consents-shown-", shown.code())).into_owned();
        (asked.at("shown", code), words, None, asked.shown() == shown)
    };
    let tabs: Vec<_> = Shown::ALL.iter().map(|shown| tab(*shown)).collect();
    piece::tabs(&t.say("consents-list"), &tabs)
}

fn nothing(t: Lang, asked: &Asked) -> Markup {
    if asked.is_filtered() {
        let reset = piece::link_button(&asked.bare(), "x", t.say("list-reset"), false);
        return piece::empty("search", &t.say("list-nothing"), reset);
    }
    let words = match asked.shown() {
        Shown::All => t.say("consents-nobody"),
        Shown::Missing => t.say("consents-none-missing"),
        Shown::Printed => t.say("consents-none-printed"),
    };
    piece::empty("circle-check", &words, html! {})
}

/// The forms of the children shown, as one file.
fn print(visit: &Visit, asked: &Asked, desk: &Desk) -> Markup {
    let t = visit.lang;
    let organisation = desk.organisation.map(|id| id.to_string()).unwrap_or_default();
    html! { @if desk.organisation.is_some() { details.menu.left {
        summary.btn.primary { (piece::icon("printer")) (t.say("consents-print")) }
        form.form.pa action={ (LIST) "/forms" } method="post" hx-boost="false" data-download data-refresh="#f-back" {
            (piece::key_field(&visit.new_key()))
            @for (name, value) in [("organisation", organisation.as_str()), ("class", &asked.class), ("q", &asked.q)] {
                @if !value.is_empty() { input type="hidden" name=(name) value=(value); }
            }
            fieldset.field #f-purposes { legend { (t.say("consents-print-what")) }
                div.checks { @for purpose in Purpose::ALL {
                    label.check { input type="checkbox" name="purposes" value=(purpose.code()) checked[desk.purposes.contains(purpose)]; span { (purpose_words(t, *purpose)) } }
                } }
            }
            p.muted.sm #f-class { @if asked.class.is_empty() { (t.say("consents-print-all")) } @else { (t.say_with("consents-print-class", &[("class", asked.class.as_str().into())])) } }
            button.btn.primary { (piece::icon("download")) (t.say("consents-print-do")) }
        }
    } } }
}

fn filters(t: Lang, asked: &Asked, desk: &Desk) -> Markup {
    html! { form.filters role="search" action=(LIST) data-autosubmit {
        div.field.first { label for="by-q" { (t.say("learners-find")) } input.in #by-q type="search" name="q" value=(asked.q) autocomplete="off"; }
        @if desk.organisations.len() > 1 { div.field { label for="by-organisation" { (t.say("learner-organisation")) }
            select.in #by-organisation name="organisation" { @for (id, name) in &desk.organisations { option value=(id) selected[desk.organisation == Some(*id)] { (name) } } }
        } }
        @if !desk.classes.is_empty() { div.field { label for="by-class" { (t.say("learner-class")) }
            select.in #by-class name="class" {
                option value="" { (t.say("list-any")) }
                @for (name, n) in &desk.classes { option value=(name) selected[asked.class == *name] { (name) " (" (n) ")" } }
            }
        } }
        div.field { label for="by-purpose" { (t.say("consent-purpose")) }
            select.in #by-purpose name="purpose" {
                option value="" { (t.say("consents-collected")) }
                @for purpose in Purpose::ALL { option value=(purpose.code()) selected[asked.purpose == purpose.code()] { (purpose_words(t, *purpose)) } }
            }
        }
        @if !asked.shown.is_empty() { input type="hidden" name="shown" value=(asked.shown); }
        button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
        @if asked.is_filtered() { a.btn.quiet href=(asked.bare()) { (t.say("list-reset")) } }
    } }
}

fn ticks(visit: &Visit, asked: &Asked, desk: &Desk, typed: &TickForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let signed_on = if typed.signed_on.is_empty() { visit.today.to_string() } else { typed.signed_on.clone() };
    let state = serde_html_form::to_string(asked).unwrap_or_default();
    // What was ticked on another page may need categories that this list has no column for.
    let purposes = if problems.at("categories").is_some() { Purpose::ALL } else { &desk.purposes };
    html! { form action={ (LIST) "/receipts" } method="post" {
        (piece::key_field(&visit.new_key()))
        input type="hidden" name="asked" value=(state);
        (table(visit, desk, typed, true))
        div.form.pa {
            p.muted { (t.say("consents-tick-about")) }
            @if let Some(message) = problems.at("back") { p.err { (message.say(t)) } }
            (f.line("signed_on", &t.say("consent-signed-on"), &signed_on, Line { kind: "date", required: true, ..Line::TEXT }))
            (permits(t, &t.say("consents-permitted"), purposes, &typed.categories, problems))
            div.actions { button.btn.primary { (piece::icon("check")) (t.say("consents-tick")) } }
        }
    } }
}

fn table(visit: &Visit, desk: &Desk, typed: &TickForm, may_tick: bool) -> Markup {
    let t = visit.lang;
    piece::scroll(
        &t.say("consents-list"),
        html! { table.tbl.pin {
            thead { tr {
                th scope="col" { (t.say("learner-one")) }
                th scope="col" { (t.say("learner-class")) }
                @for purpose in &desk.purposes { th scope="col" title=(purpose_words(t, *purpose)) { (purpose_short(t, *purpose)) } }
            } }
            tbody { @for child in &desk.slice.items { tr {
                td { a href=(of_child_url(child.id)) { (child.full_name) } }
                td.nowrap { (child.class_name.as_deref().unwrap_or("")) }
                @for purpose in &desk.purposes { td.nowrap { (cell(visit, desk, child, *purpose, typed, may_tick)) } }
            } } }
        } },
    )
}

/// The consent in force, of a child for a purpose; else the form that is out.
fn best<'d>(visit: &Visit, desk: &'d Desk, child: &Child, purpose: Purpose) -> Option<&'d Consent> {
    let mut of = desk.consents.iter().filter(|c| c.learner == child.id && c.purpose == purpose);
    let holding = of.clone().find(|c| c.holds(visit.today));
    holding.or_else(|| of.find(|c| c.state == ConsentState::Draft))
}

fn cell(visit: &Visit, desk: &Desk, child: &Child, purpose: Purpose, typed: &TickForm, may_tick: bool) -> Markup {
    let t = visit.lang;
    let found = best(visit, desk, child, purpose);
    if let Some(c) = found.filter(|c| c.state == ConsentState::Signed) {
        return html! { a href=(url(c.id)) { (piece::tag(Tone::Ok, t.say("consent-there"))) span.vh { ": " (child.full_name) ", " (purpose_words(t, purpose)) } } };
    }
    let value = format!("{}:{}", child.id, purpose.code());
    let words = html! {
        @match found {
            Some(c) => (piece::tag(Tone::Warn, t.say_with("consent-out", &[("number", c.number.into())]))),
            None => (piece::tag(Tone::Plain, t.say("consent-missing"))),
        }
    };
    html! { @if may_tick {
        label.check {
            input type="checkbox" name="back" value=(value) checked[typed.back.contains(&value)];
            span { (words) span.vh { ": " (t.say("consents-came-back")) ", " (child.full_name) ", " (purpose_words(t, purpose)) } }
        }
    } @else { (words) } }
}
