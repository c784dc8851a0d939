//! The pages of a section: its jury and programme, and the sheet of a juror.
use super::{back, crumbs};
use crate::{
    conferences::{
        marks::{Sheet, field},
        model::{Criterion, clock, timetable},
        papers::{Bylines, section_line},
        programme::{PlanForm, SectionForm},
        section_url,
        web::Plan,
    },
    groups,
    shell::Page,
};
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
};
use maud::{Markup, html};
use std::collections::BTreeMap;

pub fn page(visit: &Visit, p: &Plan, typed: &SectionForm, planned: &PlanForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let Some(section) = p.c.section(p.id) else { return html! {} };
    let here = section_url(p.id);
    let f = Fields { lang: t, problems };
    let required = Line { required: true, ..Line::TEXT };
    let actions = html! { @if p.c.jury(p.id).next().is_some() {
        (piece::link_button(&format!("{here}/marks"), "scale", t.say("conference-marks"), false))
    } };
    Page::new(visit, section.title.as_str()).show(html! {
        (crumbs(visit, &p.c, Some(back(t, &p.c)), &section.title))
        (piece::head(&section.title, html! { p { (section_line(t, section)) } }, actions))
        @if let Some(message) = problems.at("clash") { div.mb { (piece::alert(Tone::Warn, html! { p { (message.say(t)) } })) } }
        div.grid.cols {
            div.stack {
                (programme(visit, p, planned, &f))
            }
            div.stack {
                (jury(visit, p, &f))
                section.panel {
                    header { h2 { (t.say("conference-section")) } }
                    form.form.pa action=(here) method="post" {
                        (piece::key_field(&visit.new_key()))
                        input type="hidden" name="version" value=(typed.version);
                        (f.line("title", &t.say("conference-section-title"), &typed.title, required))
                        (f.line("room", &t.say("conference-room"), &typed.room, Line::TEXT))
                        (f.line("on_date", &t.say("conference-day"), &typed.on_date, Line { kind: "date", ..required }))
                        (f.line("starts_at", &t.say("conference-starts"), &typed.starts_at, Line { hint: &t.say("conference-clock-hint"), ..required }))
                        div.actions { button.btn { (t.say("save")) } }
                    }
                }
            }
        }
    })
}

fn programme(visit: &Visit, p: &Plan, planned: &PlanForm, f: &Fields<'_>) -> Markup {
    let t = visit.lang;
    let Some(section) = p.c.section(p.id) else { return html! {} };
    let here = format!("{}/programme", section_url(p.id));
    let lines = timetable(section, &p.c.slots);
    let last = lines.len().saturating_sub(1);
    let press = |slot: &str, step: &str, icon: &str, words: String| {
        html! { form action=(here) method="post" {
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="slot" value=(slot);
            button.btn.sm.quiet.icon name="step" value=(step) aria-label=(words) title=(words) { (piece::icon(icon)) }
        } }
    };
    let works: Vec<(String, String)> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(p.waiting.iter().map(|w| (w.id.to_string(), w.title.clone())))
        .collect();
    let minutes = Line { kind: "number", hint: "", required: false, autocomplete: "" };
    html! { section.panel {
        header { h2 { (t.say("conference-programme")) } }
        @if lines.is_empty() { (piece::empty("calendar-days", &t.say("conference-no-lines"), html! {})) } @else {
            (piece::scroll(&t.say("conference-programme"), html! { table.tbl.cards {
                thead { tr { th scope="col" { (t.say("conference-time")) } th scope="col" { (t.say("conference-talk")) } th scope="col" { (t.say("list-action")) } } }
                tbody { @for (number, line) in lines.iter().enumerate() {
                    @let title = line.slot.thesis.and_then(|id| p.works.titles.get(&id)).map(|(title, _)| title.clone()).or(line.slot.title.clone()).unwrap_or_default();
                    @let id = line.slot.id.to_string();
                    tr {
                        td.nowrap data-l=(t.say("conference-time")) { (clock(line.from)) "–" (clock(line.until)) }
                        td.main { @if line.slot.thesis.is_none() { span.muted { (title) } } @else { (title) }
                            @for name in line.slot.thesis.and_then(|id| p.by.get(&id)).into_iter().flatten() { p.muted.sm { (name) } }
                        }
                        td data-l=(t.say("list-action")) { div.row {
                            @if number > 0 { (press(&id, "up", "arrow-up", t.say_with("conference-up", &[("title", title.as_str().into())]).into_owned())) }
                            @if number < last { (press(&id, "down", "arrow-down", t.say_with("conference-down", &[("title", title.as_str().into())]).into_owned())) }
                            (press(&id, "out", "x", t.say_with("conference-out", &[("title", title.as_str().into())]).into_owned()))
                        } }
                    }
                } }
            } }))
        }
        @if !p.waiting.is_empty() { form.form.pa action=(here) method="post" {
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="step" value="talk";
            (f.select("thesis", &t.say("conference-put-talk"), &planned.thesis, &works, &t.say("conference-put-hint"), true))
            (f.line("minutes", &t.say("conference-minutes-one"), if planned.step == "talk" { &planned.minutes } else { "" }, minutes))
            div.actions { button.btn.primary { (piece::icon("plus")) (t.say("conference-put")) } }
        } }
        form.form.pa action=(here) method="post" {
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="step" value="break";
            div.two {
                div.field { label for="f-break" { (t.say("conference-break")) }
                    input.in #f-break name="title" value=(if planned.step == "break" { planned.title.as_str() } else { "" }) required maxlength="80";
                    @if planned.step == "break" { @if let Some(message) = f.problems.at("title") { p.err { (message.say(t)) } } }
                }
                div.field { label for="f-break-minutes" { (t.say("conference-minutes-one")) }
                    input.in #f-break-minutes name="minutes" type="number" min="1" max="240" required value=(if planned.step == "break" { planned.minutes.as_str() } else { "15" }); }
            }
            div.actions { button.btn { (piece::icon("plus")) (t.say("conference-break-add")) } }
        }
    } }
}

fn jury(visit: &Visit, p: &Plan, f: &Fields<'_>) -> Markup {
    let t = visit.lang;
    let here = format!("{}/jury", section_url(p.id));
    let sits = |id| p.c.jury(p.id).any(|j| j.person == id);
    let staff = groups::to_choose(t, &p.staff, sits);
    piece::panel(
        &t.say("conference-jury"),
        html! {},
        html! {
            @if p.c.jury(p.id).next().is_none() { div.body { p.muted { (t.say("conference-no-jury")) } } }
            @else { ul.list { @for j in p.c.jury(p.id) { li.flex {
                (piece::icon("user-round"))
                div { (j.name) @if j.chair { " " (piece::tag(Tone::Info, t.say("conference-chair"))) }
                    p.sm { a href={ (section_url(p.id)) "/criteria.pdf?juror=" (j.person) } download { (t.say("conference-sheet-file")) span.vh { ": " (j.name) } } } }
                form.end action=(here) method="post" {
                    (piece::key_field(&visit.new_key()))
                    input type="hidden" name="out" value="yes";
                    input type="hidden" name="person" value=(j.person);
                    button.linkish { (t.say("research-author-remove")) span.vh { ": " (j.name) } }
                }
            } } } }
            form.form.pa action=(here) method="post" {
                (piece::key_field(&visit.new_key()))
                (f.select("person", &t.say("conference-juror-who"), "", &staff, "", true))
                label.check { input type="checkbox" name="chair" value="yes"; span { (t.say("conference-leads")) } }
                div.actions { button.btn { (piece::icon("user-plus")) (t.say("conference-juror-add")) } }
            }
        },
    )
}

/// «Доклад, до 10»: a card on a phone has no head of columns.
pub fn with_most(t: Lang, k: &Criterion) -> String {
    format!("{}, {}", k.title, t.say_with("conference-to", &[("most", k.most.into())]))
}

/// The sheet of a juror: works down, criteria across.
pub fn marks(
    visit: &Visit,
    s: &Sheet,
    by: &Bylines,
    typed: Option<&BTreeMap<String, String>>,
    problems: &Problems,
) -> Markup {
    let t = visit.lang;
    let c = &s.conference;
    let title = c.section(s.section).map(|s| s.title.clone()).unwrap_or_default();
    let here = format!("{}/marks", section_url(s.section));
    let f = Fields { lang: t, problems };
    let name = c.jury(s.section).find(|j| j.person == s.juror).map(|j| j.name.as_str()).unwrap_or_default();
    let criteria = &c.rules.criteria.0;
    let value = |name: &str, points: Option<i64>| {
        typed
            .and_then(|all| all.get(name).cloned())
            .unwrap_or_else(|| points.map(|n| n.to_string()).unwrap_or_default())
    };
    let more = c.holds.then(|| (section_url(s.section), title.clone()));
    Page::new(visit, t.say("conference-marks").as_ref()).show(html! {
        (crumbs(visit, c, Some(more.unwrap_or_else(|| back(t, c))), &t.say("conference-marks")))
        (piece::head(&t.say("conference-marks"), html! { p { (title) } }, html! {
            a.btn href={ (section_url(s.section)) "/criteria.pdf?juror=" (s.juror) } download { (piece::icon("printer")) (t.say("conference-sheet-file")) }
        }))
        @if c.holds { form.filters action=(here) data-autosubmit {
            div.field.first { label for="by-juror" { (t.say("conference-juror")) } select.in #by-juror name="juror" {
                @for j in c.jury(s.section) { option value=(j.person) selected[j.person == s.juror] { (j.name) } }
            } }
            button.btn { (t.say("list-show")) }
        } }
        section.panel.mt {
            header { h2 { (name) } }
            @if s.works.is_empty() { (piece::empty("scale", &t.say("conference-no-works"), html! {})) } @else {
                form action=(here) method="post" {
                    (piece::key_field(&visit.new_key()))
                    input type="hidden" name="juror" value=(s.juror);
                    div.form.pa { (f.summary()) p.muted { (t.say("conference-marks-about")) } }
                    (piece::scroll(&t.say("conference-marks"), html! { table.tbl.cards.edit {
                        thead { tr { th scope="col" { (t.say("conference-work")) }
                            @for k in criteria { th.num scope="col" { (k.title) p.muted.sm { (t.say_with("conference-to", &[("most", k.most.into())])) } } }
                        } }
                        tbody { @for (work, is_own) in &s.works { tr {
                            td.main { (work.title) @for name in by.get(&work.id).into_iter().flatten() { p.muted.sm { (name) } } }
                            @if *is_own { td colspan=(criteria.len()) { span.muted { (t.say("conference-own-pupil")) } } }
                            @else { @for (number, k) in (0_i64..).zip(criteria) {
                                @let name = field(work.id, number);
                                @let wrong = problems.at(&name);
                                td.num.cell-bad[wrong.is_some()] data-l=(with_most(t, k)) {
                                    input.in.short id={ "f-" (name) } name=(name) inputmode="numeric" autocomplete="off" value=(value(&name, s.points(work.id, number)))
                                        aria-label={ (with_most(t, k)) ": " (work.title) } aria-invalid=[wrong.map(|_| "true")]
                                        aria-describedby=[wrong.map(|_| format!("e-{name}"))];
                                    // Which mark it is stands in the summary above; here there is room for the rule alone.
                                    @if wrong.is_some() { p.err id={ "e-" (name) } { (t.say_with("conference-from-to", &[("most", k.most.into())])) } }
                                }
                            } }
                        } } }
                    } }))
                    div.pa { button.btn.primary { (piece::icon("check")) (t.say("conference-marks-keep")) } }
                }
            }
        }
    })
}
