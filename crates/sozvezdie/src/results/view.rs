//! Pages of results.
use super::{
    Award, LIST, ParticipationId, ResultState, State, certificates,
    sheet::{self, Said, SheetForm, Typed},
    store::{
        Numbered,
        list::{Entry, Progress},
    },
    url,
    web::{GroundForm, Opened},
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
/// A sheet with more rows has its button at the foot too.
const LONG: usize = 12;

pub fn list(visit: &Visit, year: AcademicYear, all: &[Progress]) -> Markup {
    let t = visit.lang;
    let this = AcademicYear::of(visit.today).0;
    let title = t.say("nav-results");
    let heads = [
        text_key("results-all"),
        text_key("results-awaited"),
        text_key("results-entered"),
        text_key("results-disputed"),
        text_key("results-confirmed"),
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
    let state =
        (e.state != State::TookPart).then(|| t.say(&text_prefix!("participation-state-", e.state.code())).into_owned());
    state.into_iter().chain(outcome_words(t, e.award, e.degree, e.place)).collect::<Vec<_>>().join(", ")
}

/// What the jury gave: «призёр», «диплом II степени», «2 место»; nothing of who just took part unnamed.
pub fn outcome_words(t: Lang, award: Option<Award>, degree: Option<i64>, place: Option<i64>) -> Vec<String> {
    let award = award.map(|award| t.say(&text_prefix!("result-award-", award.code())).into_owned());
    let degree = degree.map(|degree| {
        let roman = "I".repeat(usize::try_from(degree.clamp(1, 3)).unwrap_or(1));
        t.say_with("result-degree", &[("degree", roman.into())]).into_owned()
    });
    let place = place.map(|place| t.say_with("result-place", &[("place", place.into())]).into_owned());
    award.into_iter().chain(degree).chain(place).collect()
}

/// What was typed into the sheet.
pub struct Typing<'a> {
    pub typed: &'a SheetForm,
    pub problems: &'a Problems,
    /// The text that says where what stands in the sheet comes from; nothing of that is kept yet.
    pub note: Option<&'static str>,
    /// The block that was to be pasted.
    pub table: &'a str,
}

pub fn stage(visit: &Visit, o: &Opened, typing: &Typing<'_>, document_form: (&GroundForm, &Problems)) -> Markup {
    let t = visit.lang;
    let p = &o.progress;
    let title = t.say_with("results-of", &[("title", p.title.clone().into())]);
    let below = html! { p { (t.say(&text_prefix!("event-level-", p.level.code()))) " · " (p.year) " · " (p.stage_title) @if p.is_published { " · " (t.say("event-state-published")) } } };
    let actions = html! {
        (piece::link_button(&events::entries_url(p.stage), "users", t.say("entry-list"), false))
        (piece::link_button(&events::url(p.edition), "calendar-days", t.say("figures-row-event"), false))
    };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-results").into_owned())], &p.title))
        (piece::head(&title, below, actions))
        div.grid {
            @if o.may && !o.entries.is_empty() { (document(visit, p, document_form.0, document_form.1)) }
            @if o.entries.is_empty() {
                section.panel { (piece::empty("users", &t.say("results-nobody"), piece::link_button(&events::entries_url(p.stage), "users", t.say("entry-list"), false))) }
            } @else if o.may && sheet::is_open(&o.entries) {
                (typed(visit, o, typing))
            } @else {
                section.panel {
                    header { h2 { (t.say("results-rows")) } span.muted.sm { (t.number(p.all)) } }
                    (table(visit, o, None))
                }
            }
            (papers(visit, o))
        }
        @if o.may { (dispute_form(visit, p)) }
    })
}

/// The sheet to type results into.
fn typed(visit: &Visit, o: &Opened, typing: &Typing<'_>) -> Markup {
    let t = visit.lang;
    let fields = piece::Fields { lang: t, problems: typing.problems };
    let here = url(o.progress.stage);
    let may_propose = sheet::has_rules(&o.stage) && o.entries.iter().any(|e| e.score.is_some() && e.may_be_typed());
    html! { section.panel {
        header { h2 { (t.say("results-rows")) } span.muted.sm { (t.number(o.progress.all)) } }
        (paste_form(visit, &here, typing))
        form method="post" action={ (here) "/rows" } data-paste-grid {
            (piece::key_field(&visit.new_key()))
            div.form.pa {
                (fields.summary())
                @if let Some(note) = typing.note { (piece::alert(piece::Tone::Info, t.say(note))) } @else { p.muted { (t.say("results-sheet-about")) } }
                div.two {
                    (fields.line("max_score", &t.say("results-max"), &typing.typed.max_score, piece::Line { hint: &t.say("results-max-hint"), ..piece::Line::TEXT }))
                }
                div.row {
                    button.btn.primary { (piece::icon("check")) (t.say("results-keep")) }
                    @if may_propose && typing.note.is_none() { (piece::link_button(&format!("{here}?propose=1"), "lightbulb", t.say("results-propose"), false)) }
                    @if typing.note.is_some() { a.btn href=(here) { (t.say("cancel")) } }
                }
            }
            (table(visit, o, Some(typing)))
            @if o.entries.len() > LONG { div.pa { button.btn.primary { (piece::icon("check")) (t.say("results-keep")) } } }
        }
    } }
}

/// Where a block of cells is pasted without any script, or all at once.
fn paste_form(visit: &Visit, here: &str, typing: &Typing<'_>) -> Markup {
    let t = visit.lang;
    let problem = typing.problems.at("table");
    html! { details.pa open[problem.is_some()] {
        summary { (t.say("results-paste")) }
        form.form method="post" action={ (here) "/pasted" } data-nodraft {
            (piece::key_field(&visit.new_key()))
            div.field { label for="f-table" { (t.say("results-paste-here")) }
                textarea.in #f-table name="table" rows="6" required aria-describedby="h-table" aria-invalid=[problem.map(|_| "true")] { (typing.table) }
                span.hint #h-table { (t.say("results-paste-hint")) }
                @if let Some(message) = problem { span.err #e-table { (message.say(t)) } }
            }
            div.actions { button.btn { (piece::icon("clipboard-list")) (t.say("results-paste-read")) } }
        }
    } }
}

/// Diplomas and certificates: numbers to give, sheets to print.
fn papers(visit: &Visit, o: &Opened) -> Markup {
    let t = visit.lang;
    let waiting = if o.may { o.entries.iter().filter(|e| e.is_unnumbered()).count() } else { 0 };
    let has_some = o.entries.iter().any(|e| e.certificate.is_some() && e.name.is_some() && e.result.counts());
    if waiting == 0 && !has_some {
        return html! {};
    }
    html! { section.panel {
        header { h2 { (t.say("certificates-title")) } }
        div.body.stack {
            p.muted { (t.say("certificates-about")) " " a href=(certificates::CHECK) { (t.say("certificate-check")) } }
            div.row {
                @if waiting > 0 { form method="post" action={ (url(o.progress.stage)) "/certificates" } {
                    (piece::key_field(&visit.new_key()))
                    button.btn.primary { (piece::icon("award")) (t.say_with("certificates-issue", &[("count", waiting.into())])) }
                } }
                @if has_some { a.btn href=(certificates::file_url(o.progress.stage)) download { (piece::icon("file-down")) (t.say("certificates-file")) } }
            }
        }
    } }
}

/// The public page: a number in, what it stands for out.
pub fn check(visit: &Visit, typed: &str, found: Option<&Numbered>) -> Markup {
    let t = visit.lang;
    let title = t.say("certificate-check");
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say("certificate-check-about")) } }, html! {}))
        section.panel { form.form.body action=(certificates::CHECK) {
            div.field { label for="f-number" { (t.say("certificate-number-label")) }
                input.in #f-number name="number" value=(typed) autocomplete="off" required placeholder="K7M42X-Q9TRAB"; }
            div.actions { button.btn.primary { (piece::icon("search")) (t.say("certificate-do-check")) } }
        } }
        @match found {
            Some(v) => (vouched(t, v)),
            None if typed.is_empty() => {},
            None => div.mt { (piece::alert(piece::Tone::Warn, html! { p { (t.say("certificate-unknown")) } })) },
        }
    })
}

fn vouched(t: Lang, v: &Numbered) -> Markup {
    let text = |words: String| (!words.is_empty()).then(|| html! { (words) });
    let (tone, words) = if v.is_in_force() {
        (piece::Tone::Ok, t.say_with("certificate-true", &[("number", v.number.clone().into())]))
    } else {
        (piece::Tone::Warn, t.say_with("certificate-paused", &[("number", v.number.clone().into())]))
    };
    let name = match &v.name {
        Some(name) => html! { (name) },
        None => html! { span.muted { (t.say("certificate-no-name")) } },
    };
    html! {
        div.mt { (piece::alert(tone, html! { p { (words) } })) }
        section.panel.mt { div.body { (piece::facts(&[
            (&t.say("certificate-whose"), Some(name)),
            (&t.say("certificate-rank"), text(certificates::rank(t, v.award, v.degree)).filter(|_| v.is_in_force())),
            (&t.say("figures-row-event"), text(v.title.clone())),
            (&t.say("certificate-stage"), text(v.stage.clone())),
            (&t.say("figures-by-level"), text(t.say(&text_prefix!("event-level-", v.level.code())).into_owned())),
            (&t.say("figures-by-format"), text(t.say(&text_prefix!("event-format-", v.format.code())).into_owned())),
            (&t.say("figures-by-year"), text(v.year.to_string())),
            (&t.say("figures-row-ground"), v.ground.clone().and_then(text).filter(|_| v.is_in_force())),
            (&t.say("certificate-given-on"), v.given_on.and_then(|day| text(t.date(day)))),
        ])) } }
    }
}

/// Stands outside the sheet, whose rows hold its buttons: a form within a form there is not.
fn dispute_form(visit: &Visit, p: &Progress) -> Markup {
    html! { form #dispute method="post" action={ (url(p.stage)) "/disputes" } { (piece::key_field(&visit.new_key())) } }
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

fn table(visit: &Visit, o: &Opened, typing: Option<&Typing<'_>>) -> Markup {
    let t = visit.lang;
    let typed_heads = [
        text_key("results-score"),
        text_key("figures-row-result"),
        text_key("results-degree"),
        text_key("results-place"),
    ];
    let told_heads = [text_key("results-score"), text_key("figures-row-result")];
    let middle = if typing.is_some() { typed_heads.as_slice() } else { told_heads.as_slice() };
    let heads: Vec<&str> = [text_key("figures-row-child"), text_key("organisation-one"), text_key("figures-by-class")]
        .into_iter()
        .chain(middle.iter().copied())
        .chain([text_key("figures-row-state"), text_key("figures-row-ground")])
        .collect();
    let first: Vec<ParticipationId> = sheet::heads(&o.entries).map(|e| e.id).collect();
    piece::scroll(
        &t.say("results-rows"),
        html! { table.tbl.cards.edit[typing.is_some()] {
            thead { tr { @for key in heads { th scope="col" { (t.say(key)) } } @if o.may { th scope="col" { (t.say("list-action")) } } } }
            tbody { @for e in &o.entries { tr {
                td.main {
                    @match (&e.name, e.learner) {
                        (Some(name), Some(id)) => a href=(learners::url(id)) { (name) },
                        _ => (t.say("figures-unnamed")),
                    }
                    @if let Some(team) = &e.team { " " span.muted { (team) } }
                }
                td data-l=(t.say("organisation-one")) { (e.organisation) }
                td data-l=(t.say("figures-by-class")) { (class(t, e)) }
                @match typing {
                    Some(typing) if e.may_be_typed() && first.contains(&e.id) => (cells(t, e, typing)),
                    _ => (told(t, e, typing.is_some())),
                }
                td data-l=(t.say("figures-row-state")) { (piece::tag(e.result.tone(), t.say(&text_prefix!("result-state-", e.result.code())))) @if let Some(number) = &e.certificate { p.muted.sm.nowrap { "№\u{a0}" (number) } } }
                td data-l=(t.say("figures-row-ground")) { (e.ground.as_deref().unwrap_or_default()) }
                @if o.may { td data-l=(t.say("list-action")) { @if !matches!(e.result, ResultState::None | ResultState::Disputed) {
                    button.btn.sm form="dispute" name="participation" value=(e.id) aria-label=[e.name.as_ref().map(|name| t.say_with("results-dispute-who", &[("name", name.clone().into())]))] { (t.say("results-dispute")) }
                } } }
            } } }
        } },
    )
}

/// «7», «7, пишет за 9».
fn class(t: Lang, e: &Entry) -> String {
    let own = e.class.map(|class| class.to_string()).unwrap_or_default();
    match e.for_class {
        Some(higher) => t.say_with("entry-for-class", &[("own", own.into()), ("higher", higher.into())]).into_owned(),
        None => own,
    }
}

/// The result in words, over the columns of the sheet where it stands among typed rows.
fn told(t: Lang, e: &Entry, is_sheet: bool) -> Markup {
    html! {
        td data-l=(t.say("results-score")) { (e.score.map(|s| t.decimal(s)).unwrap_or_default()) }
        td data-l=(t.say("figures-row-result")) colspan=[is_sheet.then_some("3")] { (result_words(t, e)) }
    }
}

/// The fields of a row.
fn cells(t: Lang, e: &Entry, typing: &Typing<'_>) -> Markup {
    let blank = Typed::default();
    let typed = typing.typed.rows.get(&e.id.to_string()).unwrap_or(&blank);
    let who = e.name.as_deref().unwrap_or_default();
    let said: Vec<(&str, String)> = std::iter::once(("", t.say("results-said-none").into_owned()))
        .chain(Said::ALL.iter().map(|s| (s.code(), t.say(&text_prefix!("results-said-", s.code())).into_owned())))
        .collect();
    let degrees = [("", "—"), ("1", "I"), ("2", "II"), ("3", "III")];
    let cell = |what: &str, key: &'static str, control: &dyn Fn(&str, &str, Option<&'static str>) -> Markup| {
        let name = format!("{what}-{}", e.id);
        let label = format!("{}: {who}", t.say(key));
        let problem = typing.problems.at(&name);
        html! { td.cell-bad[problem.is_some()] data-l=(t.say(key)) {
            (control(&name, &label, problem.map(|_| "true")))
            @if let Some(message) = problem { small.err { (message.say(t)) } }
        } }
    };
    let line = |value: &str, mode: &'static str| {
        let value = value.to_owned();
        move |name: &str, label: &str, invalid: Option<&'static str>| {
            html! { input.in id={ "f-" (name) } name=(name) value=(value) inputmode=(mode) autocomplete="off" aria-label=(label) aria-invalid=[invalid]; }
        }
    };
    html! {
        (cell("score", text_key("results-score"), &line(&typed.score, "decimal")))
        (cell("said", text_key("figures-row-result"), &|name, label, invalid| html! {
            select.in id={ "f-" (name) } name=(name) data-words aria-label=(label) aria-invalid=[invalid] {
                @if said.iter().all(|(code, _)| *code != typed.said) { option value=(typed.said) selected { (typed.said) } }
                @for (code, words) in &said { option value=(code) selected[*code == typed.said] { (words) } }
            }
        }))
        (cell("degree", text_key("results-degree"), &|name, label, invalid| html! {
            select.in id={ "f-" (name) } name=(name) data-words aria-label=(label) aria-invalid=[invalid] {
                @if degrees.iter().all(|(code, _)| *code != typed.degree) { option value=(typed.degree) selected { (typed.degree) } }
                @for (code, words) in degrees { option value=(code) selected[code == typed.degree] { (words) } }
            }
        }))
        (cell("place", text_key("results-place"), &line(&typed.place, "numeric")))
    }
}
