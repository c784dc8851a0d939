//! How judging looks: the page of whoever holds the stage, and the sheet of a judge.
use super::{
    Judging,
    marks::{Sheet, field},
    model::{Part, Verdict, needed, sums, verdict},
    rules::{JurorForm, RulesForm},
    url,
    web::Board,
    works_url,
};
use crate::{
    conferences::{with_most, words_of_points},
    events, groups, results,
    shell::Page,
};
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Tone},
    text::text_prefix,
};
use maud::{Markup, html};
use std::collections::BTreeMap;

fn crumbs(t: Lang, o: &Judging, more: Option<(String, String)>, here: &str) -> Markup {
    let mut links = vec![
        (events::LIST.to_owned(), t.say("nav-events").into_owned()),
        (events::url(o.edition.id), o.edition.title.clone()),
    ];
    links.extend(more);
    piece::crumbs(&t.say("crumbs"), &links, here)
}

pub fn board(visit: &Visit, b: &Board, rules: &RulesForm, juror: &JurorForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let o = &b.judging;
    let title = t.say("judging-title");
    let f = Fields { lang: t, problems };
    let actions = html! {
        (piece::link_button(&events::entries_url(o.stage.id), "users", t.say("entry-list"), false))
        (piece::link_button(&results::url(o.stage.id), "trophy", t.say("event-results"), false))
    };
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(t, o, None, &title))
        (piece::head(&title, html! { p { (o.edition.title) " · " (o.stage.title) } }, actions))
        (f.summary())
        @if o.is_over() { div.mb { (piece::alert(Tone::Ok, t.say("judging-over"))) } }
        div.grid.cols {
            div.stack { (progress(visit, b)) }
            div.stack { (jury(visit, b, juror, &f)) @if !o.is_over() { (rules_form(visit, o, rules, &f)) } }
        }
    })
}

fn state(t: Lang, verdict: Verdict) -> Markup {
    match verdict {
        Verdict::Unread => piece::tag(Tone::Plain, t.say("judging-unread")),
        Verdict::Half => piece::tag(Tone::Info, t.say("judging-half")),
        Verdict::Third => piece::tag(Tone::Warn, t.say("judging-third")),
        Verdict::Settled(_) => piece::tag(Tone::Ok, t.say("judging-settled")),
    }
}

/// How far each work is: codes and sums, no names.
fn progress(visit: &Visit, b: &Board) -> Markup {
    let t = visit.lang;
    let o = &b.judging;
    let (tasks, needed) = (o.rules.tasks.0.len(), needed(&o.jury));
    let rows: Vec<_> = b
        .works
        .iter()
        .map(|work| {
            let given: Vec<i64> = sums(&b.marks, work.id, tasks).into_iter().map(|(_, sum)| sum).collect();
            let verdict = verdict(&given, needed, o.rules.threshold);
            (work, given, verdict)
        })
        .collect();
    let settled = rows.iter().filter(|(_, _, v)| matches!(v, Verdict::Settled(_))).count();
    let quarrels = rows.iter().any(|(_, _, v)| *v == Verdict::Third);
    let waits = |id: results::ParticipationId, v: &Verdict| match v {
        Verdict::Half | Verdict::Third => true,
        Verdict::Unread => b.marks.iter().any(|m| m.work == id),
        Verdict::Settled(_) => false,
    };
    let open: Vec<&str> = rows.iter().filter(|(w, _, v)| waits(w.id, v)).map(|(w, ..)| w.code.as_str()).collect();
    let title = t.say("judging-progress");
    html! { section.panel {
        header { h2 { (title) } span.muted.sm { (t.say_with("judging-count", &[("settled", settled.into()), ("all", rows.len().into())])) } }
        @if rows.is_empty() { (piece::empty("scale", &t.say("judging-no-works"), html! {})) } @else {
            @if quarrels && o.judges().count() < 3 { div.body { (piece::alert(Tone::Warn, t.say("judging-needs-third"))) } }
            (piece::scroll(&title, html! { table.tbl.cards {
                thead { tr { th scope="col" { (t.say("entry-code")) } th scope="col" { (t.say("judging-sums")) }
                    th.num scope="col" { (t.say("judging-total")) } th scope="col" { (t.say("list-state")) } } }
                tbody { @for (work, given, verdict) in &rows { tr {
                    td.main { strong { (work.code) } }
                    td data-l=(t.say("judging-sums")) { @for (number, sum) in given.iter().enumerate() { @if number > 0 { " · " } (sum) } @if given.is_empty() { "—" } }
                    td.num data-l=(t.say("judging-total")) { @if let Verdict::Settled(total) = verdict { (words_of_points(t, *total)) } @else { "—" } }
                    td data-l=(t.say("list-state")) { (state(t, *verdict)) }
                } } }
            } }))
        }
        @if !open.is_empty() && !o.is_over() {
            // Codes beyond the first ten stand in the table above.
            @let codes = open.iter().take(10).copied().collect::<Vec<_>>().join(", ");
            p.pa.muted { (t.say_with("judging-unsettled", &[("count", open.len().into()), ("codes", codes.into())])) }
        } @else if settled > 0 && !o.is_over() { form.pa action={ (url(o.stage.id)) "/decoding" } method="post" {
            (piece::key_field(&visit.new_key()))
            p.muted.mb { (t.say("judging-decode-about")) }
            button.btn.primary { (piece::icon("key")) (t.say("judging-decode")) }
        } }
    } }
}

fn jury(visit: &Visit, b: &Board, typed: &JurorForm, f: &Fields<'_>) -> Markup {
    let t = visit.lang;
    let o = &b.judging;
    let here = format!("{}/jury", url(o.stage.id));
    let sits = |id| o.jury.iter().any(|j| j.person == id);
    let staff = groups::to_choose(t, &b.staff, sits);
    let parts: Vec<(String, String)> = [Part::Member, Part::Chair, Part::Secretary]
        .iter()
        .map(|part| (part.code().to_owned(), t.say(&text_prefix!("judging-part-", part.code())).into_owned()))
        .collect();
    piece::panel(
        &t.say("judging-jury"),
        html! {},
        html! {
            @if o.jury.is_empty() { div.body { p.muted { (t.say("judging-no-jury")) } } }
            @else { ul.list { @for j in &o.jury { li.flex {
                (piece::icon("user-round"))
                div { (j.name) p.muted.sm { (t.say(&text_prefix!("judging-part-", j.part.code())))
                    @if j.judges() && !o.is_over() { " · " a href={ (works_url(o.stage.id)) "?judge=" (j.person) } { (t.say("judging-from-paper")) span.vh { ": " (j.name) } } } } }
                form.end action=(here) method="post" {
                    (piece::key_field(&visit.new_key()))
                    input type="hidden" name="out" value="yes";
                    input type="hidden" name="person" value=(j.person);
                    button.linkish { (t.say("research-author-remove")) span.vh { ": " (j.name) } }
                }
            } } } }
            form.form.pa action=(here) method="post" {
                (piece::key_field(&visit.new_key()))
                (f.select("person", &t.say("judging-juror"), &typed.person, &staff, "", true))
                (f.select("part", &t.say("judging-part"), &typed.part, &parts, "", true))
                div.actions { button.btn { (piece::icon("user-plus")) (t.say("judging-juror-add")) } }
            }
        },
    )
}

fn rules_form(visit: &Visit, o: &Judging, typed: &RulesForm, f: &Fields<'_>) -> Markup {
    let t = visit.lang;
    html! { section.panel {
        header { h2 { (t.say("judging-rules")) } }
        form.form.pa action={ (url(o.stage.id)) "/rules" } method="post" {
            (piece::key_field(&visit.new_key()))
            (f.text("criteria", &t.say("judging-tasks"), &typed.criteria, &t.say("judging-tasks-hint"), true))
            (f.line("threshold", &t.say("judging-threshold"), &typed.threshold, piece::Line { kind: "number", required: true, hint: &t.say("judging-threshold-hint"), autocomplete: "" }))
            div.actions { button.btn { (t.say("save")) } }
        }
    } }
}

/// The sheet of a judge: codes down, tasks across.
pub fn sheet(visit: &Visit, s: &Sheet, typed: Option<&BTreeMap<String, String>>, problems: &Problems) -> Markup {
    let t = visit.lang;
    let o = &s.judging;
    let title = t.say("judging-works");
    let here = works_url(o.stage.id);
    let f = Fields { lang: t, problems };
    let tasks = &o.rules.tasks.0;
    let value = |name: &str, points: Option<i64>| {
        typed
            .and_then(|all| all.get(name).cloned())
            .unwrap_or_else(|| points.map(|n| n.to_string()).unwrap_or_default())
    };
    let name = o.jury.iter().find(|j| j.person == s.judge).map(|j| j.name.as_str()).unwrap_or_default();
    let back = o.holds.then(|| (url(o.stage.id), t.say("judging-title").into_owned()));
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(t, o, back, &title))
        (piece::head(&title, html! { p { (o.edition.title) " · " (o.stage.title) } }, html! {}))
        @if o.holds && o.judges().count() > 1 { form.filters action=(here) data-autosubmit {
            div.field.first { label for="by-judge" { (t.say("judging-judge")) } select.in #by-judge name="judge" {
                @for j in o.judges() { option value=(j.person) selected[j.person == s.judge] { (j.name) } }
            } }
            button.btn { (t.say("list-show")) }
        } }
        @if o.is_over() { div.mt { (piece::alert(Tone::Ok, t.say("judging-over"))) } }
        section.panel.mt {
            header { h2 { (name) } }
            @if tasks.is_empty() { (piece::empty("scale", &t.say("judging-no-tasks"), html! {})) }
            @else if s.works.is_empty() { (piece::empty("circle-check", &t.say("judging-nothing-left"), html! {})) }
            @else { form action=(here) method="post" {
                (piece::key_field(&visit.new_key()))
                input type="hidden" name="judge" value=(s.judge);
                div.form.pa { (f.summary()) p.muted { (t.say("judging-works-about"))
                    @if s.kept_away > 0 { " " (t.say_with("judging-kept-away", &[("count", s.kept_away.into())])) } } }
                (piece::scroll(&title, html! { table.tbl.cards.edit {
                    thead { tr { th scope="col" { (t.say("entry-code")) }
                        @for task in tasks { th.num scope="col" { (task.title) p.muted.sm { (t.say_with("conference-to", &[("most", task.most.into())])) } } }
                    } }
                    tbody { @for work in &s.works { tr {
                        td.main { strong { (work.code) } }
                        @for (number, task) in (0_i64..).zip(tasks) {
                            @let name = field(work.id, number);
                            @let wrong = problems.at(&name);
                            td.num.cell-bad[wrong.is_some()] data-l=(with_most(t, task)) {
                                input.in.short id={ "f-" (name) } name=(name) inputmode="numeric" autocomplete="off" disabled[o.is_over()]
                                    value=(value(&name, s.points(work.id, number)))
                                    aria-label={ (with_most(t, task)) ": " (work.code) } aria-invalid=[wrong.map(|_| "true")]
                                    aria-describedby=[wrong.map(|_| format!("e-{name}"))];
                                @if wrong.is_some() { p.err id={ "e-" (name) } { (t.say_with("conference-from-to", &[("most", task.most.into())])) } }
                            }
                        }
                    } } }
                } }))
                @if !o.is_over() { div.pa { button.btn.primary { (piece::icon("check")) (t.say("judging-keep")) } } }
            } }
        }
    })
}
