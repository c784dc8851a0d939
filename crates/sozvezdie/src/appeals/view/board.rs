//! The page of a stage between its preliminary results and its last protocol.
use super::{crumbs, points, state_tag};
use crate::{
    acts::{self, Act},
    appeals::{
        Opened, SEND, appeal_url,
        model::{AppealState, Showing, ShowingForm, Shown},
        papers::place,
        url,
        web::Typed,
    },
    events, judging, learners, results,
    shell::Page,
};
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

pub fn page(
    visit: &Visit,
    o: &Opened,
    showing: &ShowingForm,
    typed: &Typed<'_>,
    orders: &[Act],
    problems: &Problems,
) -> Markup {
    let t = visit.lang;
    let title = t.say("appeal-title");
    let f = Fields { lang: t, problems };
    let actions = html! { @if o.holds {
        (piece::link_button(&judging::url(o.stage.id), "scale", t.say("judging-title"), false))
        (piece::link_button(&results::url(o.stage.id), "trophy", t.say("event-results"), false))
    } };
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(t, &o.edition, None, &title))
        (piece::head(&title, html! { p { (o.edition.title) " · " (o.stage.title) } }, actions))
        (f.summary())
        div.grid {
            (term(visit, o))
            @if o.holds { (waiting(t, o)) }
            (table(visit, o))
            @if o.holds { (arranging(visit, o, showing, typed, orders, &f)) }
        }
    })
}

/// When the works are shown and until when one may appeal.
fn term(visit: &Visit, o: &Opened) -> Markup {
    let t = visit.lang;
    let Some(s) = &o.showing else {
        // Days can be appointed when there are points to show.
        let key = if o.holds && !o.rows.is_empty() { "appeal-not-shown" } else { "appeal-not-yet" };
        return piece::alert(Tone::Info, t.say(key));
    };
    let text = |words: String| Some(html! { (words) });
    let days = if s.from == s.until { t.date(s.from) } else { format!("{} — {}", t.date(s.from), t.date(s.until)) };
    html! { section.panel {
        header { h2 { (t.say("appeal-showing")) } (state(t, visit, s)) }
        div.body {
            (piece::facts(&[
                (&t.say("appeal-days"), text(days)),
                (&t.say("appeal-place"), s.place.clone().and_then(text)),
                (&t.say("appeal-until"), text(t.date(s.appeal_until))),
                (&t.say("appeal-last-protocol"), s.ground.clone().and_then(text)),
            ]))
            @if s.closed_at.is_none() { p.muted.sm.mt { (t.say("appeal-about")) } }
        }
    } }
}

fn state(t: Lang, visit: &Visit, s: &Showing) -> Markup {
    if s.closed_at.is_some() {
        piece::tag(Tone::Ok, t.say("appeal-stage-final"))
    } else if s.takes_appeals(visit.today) {
        piece::tag(Tone::Warn, t.say("appeal-stage-open"))
    } else {
        piece::tag(Tone::Info, t.say("appeal-stage-preliminary"))
    }
}

/// The appeals of the stage, those that wait first.
fn waiting(t: Lang, o: &Opened) -> Markup {
    if o.appeals.is_empty() {
        return html! {};
    }
    let open = o.appeals.iter().filter(|a| a.state == AppealState::Submitted).count();
    let mut all: Vec<_> = o.appeals.iter().collect();
    all.sort_by_key(|a| (a.state != AppealState::Submitted, a.number));
    html! { section.panel {
        header { h2 { (t.say("appeal-list")) } @if open > 0 { span.muted.sm { (t.say_with("appeal-open", &[("count", open.into())])) } } }
        ul.queue { @for a in all { li {
            (piece::icon("scale"))
            div {
                a.t href=(appeal_url(a.id)) { "№\u{a0}" (a.number) ". " (a.name) } " " (state_tag(t, a.state))
                p.muted.sm { (a.organisation) @if let Some(task) = &a.task { " · " (task) }
                    @if let Some(after) = a.score_after { " · " (points(t, a.score_before, None)) " → " (t.decimal(after)) } }
            }
            div.acts.row { @if a.state == AppealState::Submitted { a.btn.primary href=(appeal_url(a.id)) { (t.say("appeal-to-decide")) span.vh { ": №\u{a0}" (a.number) } } } }
        } } }
    } }
}

/// Whoever holds the stage sees everybody, and speaks for the own school's children alone.
fn may_send(visit: &Visit, o: &Opened, r: &Shown) -> bool {
    visit.viewer.may(SEND) && (!o.holds || visit.viewer.reach(SEND).covers(Some(r.organisation_id)))
}

fn table(visit: &Visit, o: &Opened) -> Markup {
    let t = visit.lang;
    let is_open = o.showing.as_ref().is_some_and(|s| s.takes_appeals(visit.today));
    let title = t.say(if o.showing.as_ref().is_some_and(|s| s.closed_at.is_some()) {
        "appeal-results-final"
    } else {
        "appeal-results"
    });
    if o.rows.is_empty() && o.showing.is_none() && !o.holds {
        return html! {};
    }
    html! { section.panel {
        header { h2 { (title) } @if !o.rows.is_empty() { span.muted.sm { (t.number(i64::try_from(o.rows.len()).unwrap_or(i64::MAX))) } } }
        @if o.rows.is_empty() { (piece::empty("users", &t.say(if o.holds { "appeal-no-results" } else { "appeal-none-own" }), html! {})) } @else {
            (piece::scroll(&title, html! { table.tbl.cards {
                thead { tr {
                    th scope="col" { (t.say("entry-name")) } th scope="col" { (t.say("entry-school")) } th scope="col" { (t.say("entry-class")) }
                    th.num scope="col" { (t.say("results-score")) } th.num scope="col" { (t.say("results-place")) }
                    th scope="col" { (t.say("figures-row-result")) } th scope="col" { (t.say("appeal-one")) }
                } }
                tbody { @for r in &o.rows { (row(visit, r, is_open && may_send(visit, o, r))) } }
            } }))
        }
    } }
}

fn row(visit: &Visit, r: &Shown, may_send: bool) -> Markup {
    let t = visit.lang;
    html! { tr {
        td.main { @if visit.viewer.may(learners::SEE) { a href=(learners::url(r.learner)) { (r.name) } } @else { strong { (r.name) } } }
        td data-l=(t.say("entry-school")) { (r.organisation) }
        td data-l=(t.say("entry-class")) { (r.class.map(|c| c.to_string()).unwrap_or_default()) }
        td.num data-l=(t.say("results-score")) { (points(t, r.score, r.max_score)) }
        td.num data-l=(t.say("results-place")) { (place(r.place, r.place_to)) }
        td data-l=(t.say("figures-row-result")) {
            (results::outcome_words(t, r.award, r.degree, None).join(", ")) " "
            (piece::tag(r.result.tone(), t.say(&text_prefix!("result-state-", r.result.code()))))
        }
        td data-l=(t.say("appeal-one")) {
            @match (r.appeal, r.appeal_state) {
                (Some(id), Some(state)) => { a href=(appeal_url(id)) { (t.say(&text_prefix!("appeal-state-", state.code()))) } }
                _ if may_send => { a href={ "/appeals/results/" (r.id) } { (t.say("appeal-send")) span.vh { ": " (r.name) } } }
                _ => "—",
            }
        }
    } }
}

/// What whoever holds the stage arranges: the days, the papers, the end.
fn arranging(
    visit: &Visit,
    o: &Opened,
    showing: &ShowingForm,
    typed: &Typed<'_>,
    orders: &[Act],
    f: &Fields<'_>,
) -> Markup {
    let t = visit.lang;
    let here = url(o.stage.id);
    let is_closed = o.is_closed();
    let date = Line { kind: "date", required: true, ..Line::TEXT };
    html! { div.grid.halves {
        @if !is_closed && !o.rows.is_empty() { section.panel {
            header { h2 { (t.say(if o.showing.is_none() { "appeal-publish" } else { "appeal-change-days" })) } }
            form.form.pa action={ (here) "/showing" } method="post" {
                (piece::key_field(&visit.new_key()))
                @if o.showing.is_none() { p.muted { (t.say("appeal-publish-about")) } }
                div.two {
                    (f.line("from", &t.say("appeal-from"), &showing.from, date))
                    (f.line("until", &t.say("appeal-to"), &showing.until, date))
                }
                (f.line("appeal_until", &t.say("appeal-until"), &showing.appeal_until, date))
                (f.line("place", &t.say("appeal-place"), &showing.place, Line { hint: &t.say("appeal-place-hint"), ..Line::TEXT }))
                div.actions { button.btn.primary[o.showing.is_none()] { (t.say(if o.showing.is_none() { "appeal-do-publish" } else { "save" })) } }
            }
        } }
        @if !o.rows.is_empty() { section.panel {
            header { h2 { (t.say("appeal-papers")) } }
            div.body.row {
                a.btn href={ (here) "/protocol.pdf" } download { (piece::icon("file-down")) (t.say(if is_closed { "protocol-final" } else { "protocol-preliminary" })) }
                a.btn href={ (here) "/protocol.docx" } download { (piece::icon("file-text")) "DOCX" span.vh { ": " (t.say("protocol-final")) } }
                @if !o.appeals.is_empty() { a.btn href={ (here) "/appeals.pdf" } download { (piece::icon("file-down")) (t.say("protocol-of-appeals")) } }
                @if is_closed { a.btn href={ (here) "/order.docx" } download { (piece::icon("file-text")) (t.say("order-draft")) } }
            }
            @if let Some(s) = o.showing.as_ref().filter(|s| s.takes_appeals(visit.today) && f.problems.at("ground").is_none()) {
                p.pa.muted { (t.say_with("appeal-term-runs", &[("day", t.date(s.appeal_until).into())])) }
            } @else if !is_closed && o.showing.is_some() { form.form.pa action={ (here) "/final" } method="post" {
                (piece::key_field(&visit.new_key()))
                (f.line("ground", &t.say("appeal-last-protocol"), &typed.last.ground, Line { required: true, hint: &t.say("appeal-final-hint"), ..Line::TEXT }))
                div.actions { button.btn.primary { (piece::icon("check")) (t.say("appeal-do-final")) } }
            } }
            @if o.takes_order() { (order_form(visit, o, typed, orders, f)) }
        } }
    } }
}

/// The department's order approves what the protocol confirmed.
fn order_form(visit: &Visit, o: &Opened, typed: &Typed<'_>, orders: &[Act], f: &Fields<'_>) -> Markup {
    let t = visit.lang;
    let options: Vec<(String, String)> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(orders.iter().map(|a| (a.id.to_string(), format!("{}. {}", acts::reference(t, a), a.title))))
        .collect();
    html! { form.form.pa action={ (url(o.stage.id)) "/order" } method="post" {
        (piece::key_field(&visit.new_key()))
        (f.select("act", &t.say("appeal-order"), &typed.order.act, &options, &t.say("appeal-order-hint"), true))
        div.actions {
            button.btn.primary { (t.say("appeal-do-order")) }
            @if visit.viewer.may(acts::EDIT) { a.btn href={ (acts::LIST) "/new" } { (t.say("appeal-add-act")) } }
            a.btn href=(events::url(o.edition.id)) { (t.say("cancel")) }
        }
    } }
}
