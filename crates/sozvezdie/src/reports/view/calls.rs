//! Calls for reports: «Кто не сдал».
use super::{
    super::{
        CALLS, LIST, call_url,
        calls::Open,
        model::{Asked, CallForm, Kind},
        url,
        waiting::due,
    },
    state_tag, years,
};
use crate::{organisations, shell::Page};
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

pub fn form(visit: &Visit, form: &CallForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("report-call");
    let kinds: Vec<_> = organisations::Kind::ALL
        .iter()
        .map(|k| (k.code().to_owned(), t.say(&text_prefix!("report-call-kind-", k.code())).into_owned()))
        .collect();
    let date = Line { kind: "date", required: true, ..Line::TEXT };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-reports").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("report-call-about")) } }, html! {}))
        section.panel { form.form.body action=(CALLS) method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            div.two {
                (f.select("from", &t.say("figures-from"), &form.from, &years(visit), "", true))
                (f.select("to", &t.say("figures-to"), &form.to, &years(visit), "", true))
            }
            (f.line("due_on", &t.say("report-due-on"), &form.due_on, date))
            (f.checks("kinds", &t.say("report-call-kinds"), &form.kinds, &kinds))
            (f.line("note", &t.say("report-call-note"), &form.note, Line { hint: &t.say("report-call-note-hint"), ..Line::TEXT }))
            div.actions { button.btn.primary { (t.say("report-call-begin")) } a.btn.quiet href=(LIST) { (t.say("report-cancel")) } }
        } }
    })
}

/// «Отчёты организаций за 2025-2026 учебный год».
pub fn title(t: Lang, o: &Open) -> String {
    t.say_with("report-call-for", &[("years", o.call.period().words(t).into())]).into_owned()
}

pub fn page(visit: &Visit, o: &Open, only_owing: bool) -> Markup {
    let t = visit.lang;
    let title = title(t, o);
    let here = call_url(o.call.id);
    let owing = o.owing().count();
    let is_over = o.call.closed_at.is_some();
    let (nobody, reachable): (Vec<&Asked>, Vec<&Asked>) = o.owing().partition(|a| o.nobody.contains(&a.organisation.0));
    let fresh = reachable.iter().filter(|a| a.reminded_on.is_none_or(|day| day < visit.today)).count();
    let actions = html! { @if o.decides {
        (piece::link_button(&format!("{here}/export.xlsx"), "file-spreadsheet", "Excel", false))
        @if !is_over {
            @if fresh > 0 { form action={ (here) "/reminder" } method="post" {
                (piece::key_field(&visit.new_key()))
                button.btn.primary { (piece::icon("bell")) (t.say_with("report-remind", &[("count", fresh.into())])) }
            } }
        }
    } };
    let all = o.asked.len();
    let below = html! { p.row {
        @if is_over { (piece::tag(Tone::Plain, t.say("report-call-is-over"))) } @else { (piece::tag(if owing == 0 { Tone::Ok } else { Tone::Warn }, due(visit, &o.call))) }
        @if o.decides { span { (t.say_with("report-missing", &[("some", owing.into()), ("all", all.into())])) } }
    } };
    let tabs = [
        (here.clone(), t.say("report-tab-owing").into_owned(), i64::try_from(owing).ok(), only_owing),
        (format!("{here}?show=all"), t.say("list-any").into_owned(), i64::try_from(all).ok(), !only_owing),
    ];
    let shown: Vec<&Asked> = o.asked.iter().filter(|a| !only_owing || !a.has_handed_in()).collect();
    Page::new(visit, title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-reports").into_owned())], &title))
        (piece::head(&title, below, actions))
        @if let Some(note) = &o.call.note { p.mb { (note) } }
        @if o.decides && !is_over {
            @if fresh == 0 && !reachable.is_empty() { (piece::alert(Tone::Info, t.say("report-reminded-all"))) }
            @if !nobody.is_empty() { p.muted.mb { (t.say_with("report-nobody-count", &[("count", nobody.len().into())])) } }
        }
        @if o.decides { (piece::tabs(&title, &tabs)) }
        section.panel aria-label=(title) {
            @if shown.is_empty() { (piece::empty("circle-check", &t.say("report-nobody-owes"), html! {})) } @else { (table(visit, o, &shown)) }
        }
        @if o.decides && !is_over { div.mt { (closing(visit, o, owing)) } }
    })
}

/// A call that is over does not begin again: who still owes is said before.
fn closing(visit: &Visit, o: &Open, owing: usize) -> Markup {
    let t = visit.lang;
    let about = t.say_with("report-call-close-about", &[("title", title(t, o).into()), ("owing", owing.into())]);
    let form = html! { form action={ (call_url(o.call.id)) "/closing" } method="post" {
        (piece::key_field(&visit.new_key()))
        button.btn.danger { (piece::icon("lock")) (t.say("report-call-close-sure")) }
    } };
    piece::irrevocable(&t.say("report-call-close"), &about, form)
}

fn table(visit: &Visit, o: &Open, shown: &[&Asked]) -> Markup {
    let t = visit.lang;
    let (state, reminded) = (t.say("report-state"), t.say("report-reminded"));
    piece::scroll(
        &title(t, o),
        html! { table.tbl.cards {
            thead { tr { th scope="col" { (t.say("organisation-one")) } th scope="col" { (state) } @if o.decides { th scope="col" { (reminded) } } @else { th scope="col" { span.vh { (t.say("report-prepare")) } } } } }
            tbody { @for a in shown { tr {
                td.main { (a.name) }
                td data-l=(state) { (standing(t, o, a)) }
                @if o.decides { td data-l=(reminded) { (last_word(visit, o, a)) } }
                @else { td { (own_act(visit, o, a)) } }
            } } }
        } },
    )
}

/// How far an organisation is; a report that the department may open is a link.
fn standing(t: Lang, o: &Open, a: &Asked) -> Markup {
    match (a.report, a.state) {
        (Some(id), Some(state)) if !o.decides || state != super::super::State::Draft => {
            html! { a href=(url(id)) { (t.say("report-tab")) } " " (state_tag(t, state)) }
        }
        (Some(_), Some(state)) => state_tag(t, state),
        _ => piece::tag(Tone::Bad, t.say("report-not-begun")),
    }
}

fn last_word(visit: &Visit, o: &Open, a: &Asked) -> Markup {
    let t = visit.lang;
    html! {
        @match (a.reminded_on, a.reminded) {
            (Some(day), Some(times)) => (t.say_with("report-reminded-on", &[("day", t.date(day).into()), ("times", times.into())])),
            _ => "—",
        }
        @if o.nobody.contains(&a.organisation.0) { " " (piece::tag(Tone::Warn, t.say("report-nobody-to-remind"))) }
    }
}

/// The next step of the own organisation.
fn own_act(visit: &Visit, o: &Open, a: &Asked) -> Markup {
    let t = visit.lang;
    html! { @match a.report {
        Some(id) => a.btn.sm href=(url(id)) { (t.say("report-open")) span.vh { ": " (a.name) } },
        None => form action=(LIST) method="post" {
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="kind" value=(Kind::Organisation.code());
            input type="hidden" name="organisation" value=(a.organisation);
            input type="hidden" name="from" value=(o.call.from);
            input type="hidden" name="to" value=(o.call.to);
            button.btn.sm.primary { (t.say("report-prepare")) span.vh { ": " (a.name) } }
        },
    } }
}
