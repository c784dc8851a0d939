//! The form of an appeal, and the page of one with its decision.
use super::{crumbs, points, state_tag};
use crate::{
    appeals::{
        Case, appeal_url,
        model::{AppealForm, AppealState, DecisionForm},
        papers::place,
        url,
    },
    conferences::words_of_points,
    events::{Edition, Stage},
    results::{self, ParticipationId, Protocolled, Revision},
    shell::Page,
};
use chrono::Datelike as _;
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    text::text_prefix,
};
use maud::{Markup, html};
use std::collections::HashMap;
use uuid::Uuid;

/// Title, mean in hundredths, the most.
type Task = (String, i64, i64);

/// What the judges gave, task by task.
fn tasks(t: Lang, all: &[Task]) -> Markup {
    if all.is_empty() {
        return html! {};
    }
    html! { (piece::scroll(&t.say("appeal-tasks"), html! { table.tbl {
        caption.vh { (t.say("appeal-tasks")) }
        thead { tr { th scope="col" { (t.say("appeal-task")) } th.num scope="col" { (t.say("results-score")) } } }
        tbody { @for (title, mean, most) in all { tr { td.main { (title) } td.num { (t.say_with("conference-of", &[("points", words_of_points(t, *mean).into()), ("most", (*most).into())])) } } } }
    } })) }
}

fn result(t: Lang, r: &Protocolled) -> Markup {
    let text = |words: String| (!words.is_empty()).then(|| html! { (words) });
    piece::facts(&[
        (&t.say("entry-name"), text(r.name.clone())),
        (&t.say("entry-school"), text(r.organisation.clone())),
        (&t.say("entry-class"), text(r.class.map(|c| c.to_string()).unwrap_or_default())),
        (&t.say("results-score"), text(points(t, r.score, r.max_score))),
        (&t.say("results-place"), text(place(r.place, r.place_to))),
        (&t.say("figures-row-result"), text(results::outcome_words(t, r.award, r.degree, None).join(", "))),
    ])
}

pub fn form(
    visit: &Visit,
    (edition, stage): (&Edition, &Stage),
    row: &Protocolled,
    shown: &[Task],
    is_open: bool,
    typed: &AppealForm,
    problems: &Problems,
) -> Markup {
    let t = visit.lang;
    let title = t.say("appeal-send");
    let f = Fields { lang: t, problems };
    let id: ParticipationId = row.id;
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(t, edition, Some((url(stage.id), t.say("appeal-title").into_owned())), &title))
        (piece::head(&title, html! { p { (edition.title) " · " (stage.title) } }, html! {}))
        div.grid.cols {
            section.panel {
                header { h2 { (t.say("appeal-about-what")) } }
                @if is_open { form.form.pa action={ "/appeals/results/" (id) } method="post" {
                    (f.summary())
                    (piece::key_field(&visit.new_key()))
                    (f.line("task", &t.say("appeal-task"), &typed.task, Line { hint: &t.say("appeal-task-hint"), ..Line::TEXT }))
                    (f.text("body", &t.say("appeal-body"), &typed.body, &t.say("appeal-body-hint"), true))
                    div.actions { button.btn.primary { (piece::icon("check")) (t.say("appeal-do-send")) } a.btn href=(url(stage.id)) { (t.say("cancel")) } }
                } } @else { div.body { p { (t.say("appeal-out-of-term")) } } }
            }
            section.panel {
                header { h2 { (t.say("appeal-result")) } }
                div.body { (result(t, row)) }
                (tasks(t, shown))
            }
        }
    })
}

/// Everything that the page of an appeal shows.
pub struct Shown<'a> {
    pub case: &'a Case,
    pub row: &'a Protocolled,
    pub tasks: &'a [Task],
    pub history: &'a [Revision],
    /// Who decided, for whoever holds the stage.
    pub names: &'a HashMap<Uuid, String>,
}

pub fn page(visit: &Visit, s: &Shown<'_>, typed: &DecisionForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let (case, a) = (s.case, &s.case.appeal);
    let title = t.say_with("appeal-number", &[("number", a.number.into())]);
    let f = Fields { lang: t, problems };
    let waits = a.state == AppealState::Submitted;
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(t, &case.edition, Some((url(case.stage.id), t.say("appeal-title").into_owned())), &title))
        (piece::head(&title, html! { p.row { span { (case.edition.title) " · " (case.stage.title) } (state_tag(t, a.state)) } }, html! {}))
        div.grid.cols {
            div.stack {
                section.panel {
                    header { h2 { (t.say("appeal-text")) } }
                    div.body.stack {
                        p.muted.sm { (t.say(&text_prefix!("appeal-source-", a.source.code()))) ", " (t.moment(a.created_at, visit.today.year())) }
                        @if let Some(task) = &a.task { p { strong { (t.say("appeal-task")) ": " } (task) } }
                        @for line in a.body.lines() { p { (line) } }
                        @if waits && case.takes_back { form action={ (appeal_url(a.id)) "/withdrawal" } method="post" {
                            (piece::key_field(&visit.new_key()))
                            button.btn { (piece::icon("undo-2")) (t.say("appeal-withdraw")) }
                        } }
                    }
                }
                @if waits && case.holds { (decision_form(visit, s, typed, &f)) }
                @if !waits && a.decided_at.is_some() { (decided(visit, s)) }
            }
            div.stack {
                section.panel {
                    header { h2 { (t.say("appeal-result")) } }
                    div.body { (result(t, s.row)) }
                    (tasks(t, s.tasks))
                }
                @if !s.history.is_empty() { (history(visit, s)) }
            }
        }
    })
}

fn decision_form(visit: &Visit, s: &Shown<'_>, typed: &DecisionForm, f: &Fields<'_>) -> Markup {
    let t = visit.lang;
    let options: Vec<(String, String)> =
        [("", t.say("form-choose-one")), ("upheld", t.say("appeal-uphold")), ("rejected", t.say("appeal-reject"))]
            .into_iter()
            .map(|(code, words)| (code.to_owned(), words.into_owned()))
            .collect();
    html! { section.panel {
        header { h2 { (t.say("appeal-decision-of")) } }
        form.form.pa action={ (appeal_url(s.case.appeal.id)) "/decision" } method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            (f.select("state", &t.say("appeal-decision"), &typed.state, &options, "", true))
            (f.line("score", &t.say("appeal-after"), &typed.score, Line { hint: &t.say_with("appeal-after-hint", &[("before", points(t, s.case.appeal.score_before, s.row.max_score).into())]), ..Line::TEXT }))
            (f.text("answer", &t.say("appeal-answer"), &typed.answer, &t.say("appeal-answer-hint"), true))
            label.check { input type="checkbox" name="by_rules" value="yes" checked[typed.by_rules == "yes"]; span { (t.say("appeal-by-rules")) } }
            div.actions { button.btn.primary { (piece::icon("check")) (t.say("appeal-do-decide")) } }
        }
    } }
}

fn decided(visit: &Visit, s: &Shown<'_>) -> Markup {
    let t = visit.lang;
    let a = &s.case.appeal;
    let text = |words: String| Some(html! { (words) });
    let who = a.decided_by.and_then(|id| s.names.get(&id).cloned());
    html! { section.panel {
        header { h2 { (t.say("appeal-decision-of")) } }
        div.body { (piece::facts(&[
            (&t.say("appeal-decision"), Some(state_tag(t, a.state))),
            (&t.say("appeal-before"), text(points(t, a.score_before, None))),
            (&t.say("appeal-after"), a.score_after.map(|n| html! { (t.decimal(n)) })),
            (&t.say("appeal-answer"), a.answer.clone().map(|answer| html! { @for line in answer.lines() { p { (line) } } })),
            (&t.say("appeal-when"), a.decided_at.and_then(|at| text(t.moment(at, visit.today.year())))),
            (&t.say("appeal-who"), who.and_then(text)),
        ])) }
    } }
}

/// What the result was before, with who changed it and why.
fn history(visit: &Visit, s: &Shown<'_>) -> Markup {
    let t = visit.lang;
    html! { section.panel {
        header { h2 { (t.say("appeal-history")) } }
        ul.list { @for r in s.history { li {
            p { (t.say_with("appeal-was", &[("points", points(t, r.score, None).into()), ("place", place(r.place, r.place_to).into())]))
                @if let Some(award) = r.award { " · " (piece::tag(Tone::Plain, t.say(&text_prefix!("result-award-", award.code())))) } }
            p.muted.sm { (r.reason) " · " (t.moment(r.at, visit.today.year())) @if let Some(name) = r.by.and_then(|id| s.names.get(&id)) { " · " (name) } }
        } } }
    } }
}
