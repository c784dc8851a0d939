//! Pages of results.
use super::{
    LIST, ResultState, State,
    store::list::{Entry, Progress},
    url,
    web::GroundForm,
};
use crate::{
    events, learners,
    shell::{AcademicYear, Page},
};
use kit::{
    Lang, Visit,
    form::Problems,
    html as piece,
    text::{text_key, text_prefix},
};
use maud::{Markup, html};

/// Years that one can choose.
const YEARS: i64 = 12;

pub fn list(visit: &Visit, year: AcademicYear, all: &[Progress]) -> Markup {
    let t = visit.lang;
    let this = AcademicYear::of(visit.today).0;
    let title = t.say("nav-results");
    let heads = [
        text_key("results-all"),
        text_key("results-awaited"),
        text_key("result-state-entered"),
        text_key("result-state-disputed"),
        text_key("result-state-confirmed"),
    ];
    let actions = html! { @if visit.viewer.may(super::import::IMPORT) {
        (piece::link_button("/imports/new?kind=results", "upload", t.say("results-import"), true))
    } };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say("results-about")) } }, actions))
        form.filters action=(LIST) data-autosubmit {
            div.field.first { label for="by-year" { (t.say("figures-by-year")) } select.in #by-year name="year" {
                @for y in (this - YEARS..=this).rev().map(AcademicYear) { option value=(y) selected[y == year] { (y) } }
            } }
            button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
        }
        section.panel.mt {
            @if all.is_empty() { (piece::empty("trophy", &t.say("results-nothing"), html! {})) } @else {
                (piece::scroll(&title, html! { table.tbl.cards {
                    thead { tr { th scope="col" { (t.say("figures-row-event")) } th scope="col" { (t.say("figures-by-level")) } @for key in heads { th.num scope="col" { (t.say(key)) } } } }
                    tbody { @for p in all { tr {
                        td.main { a href=(url(p.stage)) { (p.title) } " " span.muted { (p.stage_title) } }
                        td data-l=(t.say("figures-by-level")) { (t.say(&text_prefix!("event-level-", p.level.code()))) }
                        @for (n, key) in [p.all, p.awaited, p.entered, p.disputed, p.confirmed].into_iter().zip(heads) { td.num data-l=(t.say(key)) { (t.number(n)) } }
                    } } }
                } }))
            }
        }
    })
}

fn result_words(t: Lang, e: &Entry) -> String {
    let mut words = Vec::new();
    if e.state != State::TookPart {
        words.push(t.say(&text_prefix!("participation-state-", e.state.code())).into_owned());
    }
    if let Some(award) = e.award {
        words.push(t.say(&text_prefix!("result-award-", award.code())).into_owned());
    }
    if let Some(degree) = e.degree {
        words.push(
            t.say_with(
                "result-degree",
                &[("degree", "I".repeat(usize::try_from(degree.clamp(1, 3)).unwrap_or(1)).into())],
            )
            .into_owned(),
        );
    }
    if let Some(place) = e.place {
        words.push(t.say_with("result-place", &[("place", place.into())]).into_owned());
    }
    words.join(", ")
}

pub fn stage(visit: &Visit, p: &Progress, entries: &[Entry], form: Option<(&GroundForm, &Problems)>) -> Markup {
    let t = visit.lang;
    let title = t.say_with("results-of", &[("title", p.title.clone().into())]);
    let below = html! { p { (t.say(&text_prefix!("event-level-", p.level.code()))) " · " (p.year) " · " (p.stage_title) @if p.is_published { " · " (t.say("event-state-published")) } } };
    let actions = piece::link_button(&events::url(p.edition), "calendar-days", t.say("figures-row-event"), false);
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-results").into_owned())], &p.title))
        (piece::head(&title, below, actions))
        div.grid {
            @if let Some((form, problems)) = form { (document(visit, p, form, problems)) }
            section.panel {
                header { h2 { (t.say("results-rows")) } span.muted.sm { (t.number(p.all)) } }
                (table(visit, p, entries, form.is_some()))
            }
        }
    })
}

/// The form by which a document confirms the results.
fn document(visit: &Visit, p: &Progress, form: &GroundForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let fields = piece::Fields { lang: t, problems };
    let mut steps: Vec<(String, String)> = Vec::new();
    let mut add = |n: i64, code: &str, key: &'static str| {
        if n > 0 {
            steps.push((code.to_owned(), t.say_with(key, &[("count", n.into())]).into_owned()));
        }
    };
    add(p.entered, "confirmed", text_key("results-step-confirmed"));
    add(p.disputed, "settled", text_key("results-step-settled"));
    add(p.confirmed, "approved", text_key("results-step-approved"));
    html! { section.panel {
        header { h2 { (t.say("results-document")) } }
        div.body {
            @if steps.is_empty() { p.muted { (t.say("results-no-step")) } } @else {
                form.form method="post" action={ (url(p.stage)) "/confirmation" } {
                    (piece::key_field(&visit.new_key()))
                    (fields.summary())
                    (fields.select("step", &t.say("results-step"), &form.step, &steps, "", true))
                    (fields.line("ground", &t.say("results-ground"), &form.ground, piece::Line { required: true, hint: &t.say("results-ground-hint"), ..piece::Line::TEXT }))
                    div.actions { button.btn.primary { (t.say("results-do")) } }
                }
            }
        }
    } }
}

fn table(visit: &Visit, p: &Progress, entries: &[Entry], may: bool) -> Markup {
    let t = visit.lang;
    let heads = [
        text_key("figures-row-child"),
        text_key("organisation-one"),
        text_key("figures-by-class"),
        text_key("results-score"),
        text_key("figures-row-result"),
        text_key("figures-row-state"),
        text_key("figures-row-ground"),
    ];
    piece::scroll(
        &t.say("results-rows"),
        html! { table.tbl.cards {
            thead { tr { @for key in heads { th scope="col" { (t.say(key)) } } @if may { th scope="col" { (t.say("list-action")) } } } }
            tbody { @for e in entries { tr {
                td.main {
                    @match (&e.name, e.learner) {
                        (Some(name), Some(id)) => a href=(learners::url(id)) { (name) },
                        _ => (t.say("figures-unnamed")),
                    }
                    @if let Some(team) = &e.team { " " span.muted { (team) } }
                }
                td data-l=(t.say("organisation-one")) { (e.organisation) }
                td data-l=(t.say("figures-by-class")) { (e.class.map(|c| c.to_string()).unwrap_or_default()) }
                td data-l=(t.say("results-score")) { (e.score.map(|s| t.decimal(s)).unwrap_or_default()) }
                td data-l=(t.say("figures-row-result")) { (result_words(t, e)) }
                td data-l=(t.say("figures-row-state")) { (piece::tag(e.result.tone(), t.say(&text_prefix!("result-state-", e.result.code())))) }
                td data-l=(t.say("figures-row-ground")) { (e.ground.as_deref().unwrap_or_default()) }
                @if may { td data-l=(t.say("list-action")) { @if !matches!(e.result, ResultState::None | ResultState::Disputed) {
                    form method="post" action={ (url(p.stage)) "/disputes" } {
                        (piece::key_field(&visit.new_key()))
                        input type="hidden" name="participation" value=(e.id);
                        button.btn.sm { (t.say("results-dispute")) }
                    }
                } } }
            } } }
        } },
    )
}
