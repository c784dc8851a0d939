//! An approved version as it was, and what differs from the one before.
use super::crumbs;
use crate::{
    routes::{
        access::Seen,
        content::{Change, Content, StepContent, changes},
        model::{Stage, Version},
        paper::when,
        url,
    },
    shell::Page,
};
use kit::{Lang, Visit, html as piece, text::text_prefix};
use maud::{Markup, html};

pub fn page(
    visit: &Visit,
    seen: &Seen,
    version: &Version,
    approved: &str,
    c: &Content,
    before: Option<&Content>,
) -> Markup {
    let t = visit.lang;
    let title = t.say_with("route-version-number", &[("number", version.number.into())]);
    let here = url(seen.route.id);
    let day = t.date(kit::clock::local_date(version.approved_at));
    let below =
        html! { p { (t.say_with("route-version-approved", &[("day", day.into()), ("who", approved.into())])) } };
    let paper = |format: &str| format!("{here}/paper/{format}?version={}", version.number);
    let actions = html! {
        (piece::link_button(&paper("pdf"), "printer", "PDF", false))
        (piece::link_button(&paper("docx"), "file-text", "DOCX", false))
    };
    Page::new(visit, format!("{} · {title}", c.title).as_str()).show(html! {
        (crumbs(visit, seen, Some(&title)))
        (piece::head(&format!("{}. {title}", c.title), below, actions))
        div.stack {
            @if let Some(reason) = &version.reason { (piece::alert(piece::Tone::Info, html! { (t.say("route-version-reason")) ": " (reason) })) }
            @if let Some(before) = before { (differences(t, &changes(before, c))) }
            (texts(t, c))
            @for stage in Stage::ALL { (steps(t, c, *stage)) }
        }
    })
}

fn texts(t: Lang, c: &Content) -> Markup {
    let rows = [
        ("route-goal", &c.goal),
        ("route-tasks", &c.tasks),
        ("route-note", &c.note),
        ("route-support", &c.support),
        ("route-results", &c.results),
    ];
    let rows: Vec<(String, Option<Markup>)> = rows
        .iter()
        .map(|(key, text)| {
            (t.say(key).into_owned(), (!text.is_empty()).then(|| html! { @for line in text.lines() { p { (line) } } }))
        })
        .collect();
    let rows: Vec<(&str, Option<Markup>)> = rows.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    piece::panel(&t.say("route-about"), html! {}, html! { div.body { (piece::facts(&rows)) } })
}

fn steps(t: Lang, c: &Content, stage: Stage) -> Markup {
    let all: Vec<&StepContent> = c.steps.iter().filter(|s| s.stage == stage.code()).collect();
    if all.is_empty() {
        return html! {};
    }
    let title = t.say(&text_prefix!("route-stage-", stage.code()));
    piece::panel(
        &title,
        html! {},
        piece::scroll(
            &title,
            html! { table.tbl {
                thead { tr { th scope="col" { (t.say("route-module")) } th scope="col" { (t.say("route-host")) } th.num scope="col" { (t.say("route-hours-column")) } th scope="col" { (t.say("route-days")) } } }
                tbody { @for s in all { tr {
                    td { (s.title) @if !s.control.is_empty() { small { (s.control) } } }
                    td { (s.organisation_name) @if !s.teacher.is_empty() { small { (s.teacher) } } }
                    td.num { (s.hours) }
                    td { (when(t, s)) }
                } } }
            } },
        ),
    )
}

/// One line of a step, as it is compared by eye.
fn line(t: Lang, s: &StepContent) -> String {
    let hours = t.say_with("route-hours", &[("hours", s.hours.into())]).into_owned();
    let parts = [
        s.title.clone(),
        s.organisation_name.clone(),
        s.teacher.clone(),
        hours,
        when(t, s),
        s.control.clone(),
        s.expected.clone(),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn differences(t: Lang, all: &[Change]) -> Markup {
    let title = t.say("route-differences");
    let row = |change: &Change| match change {
        Change::Text(name, before, after) => {
            (t.say(&text_prefix!("route-", name)).into_owned(), before.clone(), after.clone())
        }
        Change::Added(step) => (t.say("route-step-added").into_owned(), String::new(), line(t, step)),
        Change::Removed(step) => (t.say("route-step-removed").into_owned(), line(t, step), String::new()),
        Change::Changed(before, after) => (t.say("route-step-changed").into_owned(), line(t, before), line(t, after)),
    };
    if all.is_empty() {
        return piece::alert(piece::Tone::Info, t.say("route-differences-none"));
    }
    let table = html! { table.tbl {
        thead { tr { th scope="col" { (t.say("stale-field")) } th scope="col" { (t.say("route-was")) } th scope="col" { (t.say("route-became")) } } }
        tbody { @for change in all { @let (name, before, after) = row(change); tr { th scope="row" { (name) } td { (before) } td { (after) } } } }
    } };
    piece::panel(&title, html! {}, piece::scroll(&title, table))
}
