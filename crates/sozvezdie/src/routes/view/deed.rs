//! The deeds that need a word: reasons, what came of a step, its visits.
use super::{crumbs, learner_words, step_when, title, warnings};
use crate::{
    routes::{
        access::Seen,
        deeds::{Deed, DeedForm},
        load::Warning,
        model::{Step, StepState},
        progress::OutcomeForm,
        store::Tie,
        url,
    },
    shell::Page,
};
use chrono::Datelike as _;
use kit::{
    Visit,
    form::Problems,
    html::{self as piece, Fields, Line},
    text::text_prefix,
};
use maud::{Markup, html};

/// A deed with a route.
pub fn page(
    visit: &Visit,
    seen: &Seen,
    deed: Deed,
    warned: &[Warning],
    form: &DeedForm,
    problems: &Problems,
) -> Markup {
    let t = visit.lang;
    let words = t.say(&text_prefix!("route-do-", deed.code()));
    let here = url(seen.route.id);
    let needed = deed.asks_why() || !warned.is_empty();
    let label = t.say(if deed == Deed::Offer { "route-load-reason" } else { "route-reason" });
    let f = Fields { lang: t, problems };
    Page::new(visit, words.as_ref()).show(html! {
        (crumbs(visit, seen, Some(&words)))
        (piece::head(&words, html! { p { (title(visit, seen)) " · " (learner_words(visit, seen)) } }, html! {}))
        (warnings(t, warned, None))
        section.panel.mt { form.form.body action={ (here) "/" (deed.address()) } method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            @if deed == Deed::Offer && warned.is_empty() { p { (t.say("route-deed-about-offering")) } }
            @else { p { (t.say(&text_prefix!("route-deed-about-", deed.code()))) } }
            @if needed { (f.text("reason", &label, &form.reason, "", true)) }
            div.actions { button.btn.primary { (words) } a.btn href=(here) { (t.say("cancel")) } }
        } }
    })
}

/// An organisation declines a step.
pub fn declination(visit: &Visit, seen: &Seen, s: &Step, form: &DeedForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let words = t.say("route-decline-title");
    let here = url(seen.route.id);
    let f = Fields { lang: t, problems };
    Page::new(visit, words.as_ref()).show(html! {
        (crumbs(visit, seen, Some(&words)))
        (piece::head(&words, html! { p { (s.title) " · " (step_when(t, s)) } }, html! {}))
        section.panel { form.form.body action={ (here) "/steps/" (s.id) "/declination" } method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            (f.text("reason", &t.say("route-reason"), &form.reason, &t.say("route-decline-hint"), true))
            div.actions { button.btn.primary { (t.say("route-decline")) } a.btn href=(here) { (t.say("cancel")) } }
        } }
    })
}

/// What came of a step.
pub fn outcome(visit: &Visit, seen: &Seen, s: &Step, form: &OutcomeForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let words = t.say("route-settle");
    let here = url(seen.route.id);
    let f = Fields { lang: t, problems };
    let states = [StepState::Completed, StepState::Missed];
    let states: Vec<_> = states
        .iter()
        .map(|s| (s.code().to_owned(), t.say(&text_prefix!("route-step-", s.code())).into_owned()))
        .collect();
    let free = Line { autocomplete: "off", ..Line::TEXT };
    Page::new(visit, words.as_ref()).show(html! {
        (crumbs(visit, seen, Some(&words)))
        (piece::head(&words, html! { p { (s.title) " · " (learner_words(visit, seen)) } }, html! {}))
        section.panel { form.form.body action={ (here) "/steps/" (s.id) "/outcome" } method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            (f.select("state", &t.say("route-outcome"), &form.state, &states, "", true))
            (f.text("result", &t.say("route-result"), &form.result, s.expected.as_deref().unwrap_or(""), false))
            (f.line("mark", &t.say("route-mark"), &form.mark, Line { hint: &t.say("route-mark-hint"), ..free }))
            (f.line("reason", &t.say("route-missed-why"), &form.reason, Line { hint: &t.say("route-missed-hint"), ..free }))
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(here) { (t.say("cancel")) } }
        } }
    })
}

/// The visits of the exchange by which a step is made.
pub fn visits(visit: &Visit, seen: &Seen, s: &Step, known: &[Tie]) -> Markup {
    let t = visit.lang;
    let year = visit.today.year();
    let words = t.say("route-tie");
    let here = url(seen.route.id);
    Page::new(visit, words.as_ref()).show(html! {
        (crumbs(visit, seen, Some(&words)))
        (piece::head(&words, html! { p { (s.title) " · " (learner_words(visit, seen)) } }, html! {}))
        section.panel {
            @if known.is_empty() { (piece::empty("calendar-days", &t.say("route-tie-none"), piece::link_button(&here, "arrow-right", t.say("route-back"), false))) }
            @else { form.form.body action={ (here) "/steps/" (s.id) "/visits" } method="post" {
                (piece::key_field(&visit.new_key()))
                fieldset.field { legend { (t.say("route-tie-which")) }
                    div.checks { @for (id, name, from, until, state, tied) in known {
                        label.check { input type="checkbox" name="booking" value=(id) checked[*tied]; span {
                            (t.moment(*from, year)) "–" (until.with_timezone(&kit::clock::LOCAL).format("%-H:%M")) " · " (name) " "
                            span.muted { (t.say(&text_prefix!("booking-state-", state))) }
                        } }
                    } }
                }
                div.actions { button.btn.primary { (t.say("save")) } a.btn href=(here) { (t.say("cancel")) } }
            } }
        }
    })
}
