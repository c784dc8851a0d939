//! The draft of a common request: the event above, its lines below, each with its answer.
use super::{clock, organisation_options, people_words, span_words};
use crate::{
    exchange::{
        COMMONS, REQUEST,
        common::{Assessed, CartForm, field_of},
    },
    organisations::Listed as Organisation,
    resources::{self, CART, Resource, Sharing, Span},
    shell::Page,
};
use chrono::{DateTime, Utc};
use kit::{
    Visit,
    access::Reach,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

/// Everything the page shows.
pub struct CartPage<'a> {
    pub form: CartForm,
    pub problems: &'a Problems,
    pub resources: Vec<Resource>,
    pub askers: Vec<Organisation>,
    /// The answers to the lines; none while the event is not filled in.
    pub assessed: Vec<Assessed>,
    /// The nearest times at which everything is free.
    pub times: Vec<Span>,
}

pub fn page(visit: &Visit, p: &CartPage<'_>) -> Markup {
    let t = visit.lang;
    let title = t.say("common-draft-title");
    let links = [
        (resources::LIST.to_owned(), t.say("resources-title").into_owned()),
        (COMMONS.to_owned(), t.say("common-title").into_owned()),
    ];
    let find = piece::link_button(resources::LIST, "plus", t.say("common-add-more"), false);
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &links, &title))
        (piece::head(&title, html! { p { (t.say("common-draft-about")) } }, html! { @if !p.form.line.is_empty() { (find) } }))
        @if p.form.line.is_empty() {
            section.panel { (piece::empty("package", &t.say("common-draft-empty"), piece::link_button(resources::LIST, "search", t.say("common-find"), true))) }
        } @else {
            form.stack #cart action=(CART) method="post" {
                (piece::key_field(&visit.new_key()))
                input type="hidden" name="draft" value=(p.form.draft);
                (Fields { lang: t, problems: p.problems }.summary())
                (event(visit, p))
                (answer(visit, p))
                @for (n, id) in p.form.line.iter().enumerate() {
                    @if let Some(r) = p.resources.iter().find(|r| r.id.to_string() == *id) { (line(visit, p, n, r)) }
                }
                div.actions {
                    button.btn.primary formaction=(COMMONS) { (piece::icon("send")) (t.say("booking-ask-common")) }
                    button.btn { (piece::icon("save")) (t.say("common-keep")) }
                }
            }
            form.mt action={ (CART) "/removal" } method="post" {
                (piece::key_field(&visit.new_key()))
                button.linkish { (t.say("common-clear")) }
            }
        }
    })
}

fn event(visit: &Visit, p: &CartPage<'_>) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems: p.problems };
    let form = &p.form;
    let needed = Line { required: true, ..Line::TEXT };
    let time = Line { kind: "time", ..needed };
    let own = organisation_options(t.say("form-choose-one").into_owned(), &p.askers);
    piece::panel(
        &t.say("common-event"),
        html! {},
        html! { div.form.body {
            (f.line("title", &t.say("common-event-title"), &form.title, Line { hint: &t.say("common-event-hint"), ..needed }))
            (f.line("details", &t.say("booking-purpose"), &form.details, Line::TEXT))
            @if visit.viewer.reach(REQUEST) != Reach::Network && p.askers.len() == 1 {
                input type="hidden" name="organisation_id" value=(form.organisation_id);
            } @else {
                (f.select("organisation_id", &t.say("booking-asker"), &form.organisation_id, &own, "", true))
            }
            div.two {
                (f.line("on", &t.say("booking-date"), &form.on, Line { kind: "date", ..needed }))
                (f.line("headcount", &t.say("booking-headcount"), &form.headcount, Line { kind: "number", ..needed }))
            }
            div.two { (f.line("from", &t.say("booking-from"), &form.from, time)) (f.line("to", &t.say("booking-to"), &form.to, time)) }
            // First in the form, so that Enter looks and does not submit.
            div.actions { button.btn formnovalidate { (piece::icon("refresh-cw")) (t.say("common-look")) } }
        } },
    )
}

/// The whole in one sentence, and the times at which everything is free.
fn answer(visit: &Visit, p: &CartPage<'_>) -> Markup {
    let t = visit.lang;
    let busy = p.assessed.iter().filter(|a| !a.is_free()).count();
    html! {
        @if p.assessed.is_empty() { (piece::alert(Tone::Info, t.say("common-fill-in"))) }
        @else if busy == 0 { (piece::alert(Tone::Ok, t.say_with("common-all-free", &[("n", p.assessed.len().into())]))) }
        @else {
            (piece::alert(Tone::Warn, html! {
                p { (t.say_with("common-some-busy", &[("busy", busy.into()), ("all", p.assessed.len().into())])) }
                @if !p.times.is_empty() {
                    p.strong { (t.say("common-all-free-at")) }
                    div.row { @for span in &p.times { (press("when", &span_value(*span), html! { (piece::icon("clock")) (span_words(visit, *span)) })) } }
                }
            }))
        }
    }
}

fn span_value(span: Span) -> String {
    let at = |moment: DateTime<Utc>| moment.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    format!("{} {}", at(span.start), at(span.end))
}

/// Keeps the draft with one thing changed.
fn press(name: &str, value: &str, words: impl maud::Render) -> Markup {
    html! { button.btn.sm formnovalidate name=(name) value=(value) { (words) } }
}

fn line(visit: &Visit, p: &CartPage<'_>, n: usize, r: &Resource) -> Markup {
    let t = visit.lang;
    let id = r.id.to_string();
    let answer = p.assessed.iter().find(|a| a.resource.id == r.id);
    let state = match answer {
        None => html! {},
        Some(a) if a.is_free() => piece::tag(Tone::Ok, t.say("booking-date-free")),
        Some(a) if a.problems.is_empty() => piece::tag(Tone::Warn, t.say("booking-date-taken")),
        Some(_) => piece::tag(Tone::Warn, t.say("booking-date-closed")),
    };
    let decides = r.decides_name.clone().unwrap_or_else(|| r.owner_name.clone());
    let fast = r.answer_days.map(|days| t.say_with("resource-answers-in", &[("n", days.into())]).into_owned());
    let size = r
        .capacity
        .map(|c| t.say_with(&text_prefix!("resource-size-", r.sharing.code()), &[("n", c.into())]).into_owned());
    html! {
        section.panel {
            header {
                h2 { a href=(resources::url(r.id)) { (r.name) } }
                (state)
                span.more { (press("remove", &id, html! { (piece::icon("x")) (t.say("common-remove")) span.vh { ": " (r.name) } })) }
            }
            div.body.stack {
                p { (r.owner_name) @if let Some(size) = size { " · " (size) } span.muted { " · " (t.say("resource-decides")) ": " (decides) @if let Some(fast) = fast { ", " (fast) } } }
                @if let Some(a) = answer.filter(|a| !a.is_free()) { (in_the_way(visit, a)) }
                (own_fields(visit, p, n, r))
            }
        }
    }
}

/// What stands in the way of one line, and what is free instead, each at one press.
fn in_the_way(visit: &Visit, a: &Assessed) -> Markup {
    let t = visit.lang;
    let id = a.resource.id.to_string();
    html! {
        @for (_, message) in a.problems.iter() { p.err { (message.say(t)) } }
        @if !a.blocking.is_empty() {
            ul { @for h in a.blocking.iter().take(5) { li { span.nowrap { (span_words(visit, h.span)) } span.muted { " · " (t.say("booking-date-taken")) " · " (people_words(t, h.headcount)) } } } }
        }
        @if !a.spans.is_empty() {
            div {
                p.strong { (t.say("clash-nearest")) }
                div.row { @for span in &a.spans { (press("take", &format!("{id} {}", span_value(*span)), html! { (piece::icon("clock")) (span_words(visit, *span)) })) } }
            }
        }
        @if !a.others.is_empty() {
            div {
                p.strong { (t.say("clash-others")) }
                div.row { @for r in &a.others { (press("swap", &format!("{id} {}", r.id), html! { (r.name) " · " (r.owner_name) })) } }
            }
        }
        @if a.spans.is_empty() && a.others.is_empty() && !a.blocking.is_empty() { p.muted { (t.say("clash-nothing")) } }
    }
}

/// What differs from the whole in one line.
fn own_fields(visit: &Visit, p: &CartPage<'_>, n: usize, r: &Resource) -> Markup {
    let t = visit.lang;
    let cell = |column: &'_ [String]| column.get(n).cloned().unwrap_or_default();
    let f = &p.form;
    let (starts, ends) = (cell(&f.line_starts_at), cell(&f.line_ends_at));
    let (headcount, units, loan) = (cell(&f.line_headcount), cell(&f.line_units), cell(&f.line_loan));
    let field = |name: &str, column: &str, kind: &str, label: &str, value: &str| {
        let key = field_of(n, name);
        let wrong = p.problems.at(&key);
        html! { div.field {
            label for={ "f-" (key) } { (label) }
            input.in id={ "f-" (key) } name=(column) type=(kind) value=(value) min=[(kind == "number").then_some("1")]
                aria-invalid=[wrong.map(|_| "true")] aria-describedby=[wrong.map(|_| format!("e-{key}"))];
            @if let Some(message) = wrong { p.err id={ "e-" (key) } { (message.say(t)) } }
        } }
    };
    let has_own = !(starts.is_empty() && ends.is_empty() && headcount.is_empty());
    let has_wrong = ["starts_at", "ends_at", "headcount", "units", "resource_id"]
        .iter()
        .any(|name| p.problems.at(&field_of(n, name)).is_some());
    let by_piece = r.sharing == Sharing::ByPiece;
    html! {
        input type="hidden" name="line" value=(r.id);
        @if let Some(message) = p.problems.at(&field_of(n, "resource_id")) { p.err id={ "f-" (field_of(n, "resource_id")) } { (message.say(t)) } }
        @if r.loanable || by_piece {
            div.form { div.two {
                @if by_piece { (field("units", "line_units", "number", &t.say("booking-units"), &units)) }
                @if r.loanable { div.field {
                    label for={ "f-" (field_of(n, "loan")) } { (t.say("booking-how")) }
                    select.in id={ "f-" (field_of(n, "loan")) } name="line_loan" {
                        option value="true" selected[loan == "true"] { (t.say("booking-how-loan")) }
                        option value="false" selected[loan != "true"] { (t.say("booking-how-stay")) }
                    }
                } }
            } }
        }
        @if !by_piece { input type="hidden" name="line_units" value=(units); }
        @if !r.loanable { input type="hidden" name="line_loan" value=(loan); }
        details open[has_own || has_wrong] {
            summary { (t.say("common-own")) @if has_own && !starts.is_empty() { span.muted { " " (own_words(visit, &starts, &ends)) } } }
            div.form.mt {
                div.two {
                    (field("starts_at", "line_starts_at", "datetime-local", &t.say("need-from"), &starts))
                    (field("ends_at", "line_ends_at", "datetime-local", &t.say("need-to"), &ends))
                }
                (field("headcount", "line_headcount", "number", &t.say("booking-headcount"), &headcount))
                p.hint { (t.say("common-own-hint")) }
            }
        }
    }
}

fn own_words(visit: &Visit, starts: &str, ends: &str) -> String {
    match (resources::read_moment(starts), resources::read_moment(ends)) {
        (Some(start), Some(end)) => span_words(visit, Span::new(start, end)),
        (Some(start), None) => clock(start),
        _ => String::new(),
    }
}
