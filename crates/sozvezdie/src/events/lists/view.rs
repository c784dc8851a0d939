//! How official lists look.
use super::{AmendmentForm, Decision, Entry, EventList, LIST, ListForm, Listing, Suggestion, Why, url, web::Asked};
use crate::{
    acts,
    events::{self, ListKind, view::list_name},
    shell::Page,
};
use chrono::NaiveDate;
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    text::list_url,
};
use maud::{Markup, html};

fn crumbs(t: Lang, more: Option<(String, String)>, here: &str) -> Markup {
    let mut links = vec![
        (events::LIST.to_owned(), t.say("nav-events").into_owned()),
        (LIST.to_owned(), t.say("lists-title").into_owned()),
    ];
    links.extend(more);
    piece::crumbs(&t.say("crumbs"), &links, here)
}

/// Why a line is suggested, in words.
pub fn why_words(t: Lang, why: Why) -> String {
    match why {
        Why::Quoted => t.say("list-why-quoted").into_owned(),
        Why::Words => t.say("list-why-words").into_owned(),
        Why::Near(share) => t.say_with("list-why-near", &[("share", i64::from(share).into())]).into_owned(),
    }
}

/// All lists.
pub fn lists(visit: &Visit, all: &[EventList]) -> Markup {
    let t = visit.lang;
    let title = t.say("lists-title");
    let may_keep = visit.viewer.may(super::KEEP);
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(events::LIST.into(), t.say("nav-events").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("lists-about")) } }, html! { @if may_keep { (piece::link_button("/event-lists/new", "plus", t.say("list-add"), true)) } }))
        section.panel aria-label=(title) {
            @if all.is_empty() { (piece::empty("file-text", &t.say("lists-none"), html! {})) }
            @else { div.scroll-x { table.tbl.cards role="table" {
                caption.vh { (title) }
                thead role="rowgroup" { tr role="row" {
                    th role="columnheader" scope="col" { (t.say("event-list")) }
                    th role="columnheader" scope="col" { (t.say("event-year")) }
                    th role="columnheader" scope="col" { (t.say("list-title")) }
                    th.num role="columnheader" scope="col" { (t.say("list-lines")) }
                } }
                tbody role="rowgroup" data-rows { @for l in all { tr role="row" {
                    td.main role="cell" { a.row-link href=(url(l.id)) { (list_name(t, l.kind, None)) } }
                    td.a role="cell" { (l.academic_year) }
                    td.d role="cell" { (l.title) }
                    td.num role="cell" data-l=(t.say("list-lines")) { (l.lines) }
                } } }
            } } }
        }
    })
}

/// Everything the page of a list shows.
pub struct Shown {
    pub list: EventList,
    pub on: NaiveDate,
    pub lines: Vec<Entry>,
    pub listings: Vec<Listing>,
    pub offered: Vec<Suggestion>,
    pub act: Option<acts::Act>,
    pub days: Vec<NaiveDate>,
    pub can_keep: bool,
}

pub fn show(visit: &Visit, asked: &Asked, s: &Shown) -> Markup {
    let t = visit.lang;
    let here = url(s.list.id);
    let title = format!("{}, {}", list_name(t, s.list.kind, None), s.list.academic_year);
    let export =
        list_url(&format!("{here}/export.xlsx"), vec![("on", asked.on.as_str()), ("q", asked.q.as_str())], "", "");
    Page::new(visit, title.as_str()).show(html! {
        (crumbs(t, None, &title))
        (piece::head(&title, html! {
            p { (s.list.title) @if let Some(act) = &s.act { " · " a href=(acts::url(act.id)) { (acts::reference(t, act)) } } }
        }, html! {
            (piece::link_button(&export, "file-spreadsheet", "Excel", false))
            @if s.can_keep { (piece::link_button(&format!("{here}/amendments/new"), "pencil", t.say("list-amend"), false)) }
        }))
        @if !s.offered.is_empty() { (offered(visit, s)) }
        section.panel.mt aria-label=(title) {
            form.filters role="search" action=(here) {
                div.field.first { label for="by-q" { (t.say("events-find")) } input.in #by-q type="search" name="q" value=(asked.q); }
                div.field { label for="by-on" { (t.say("list-on")) } input.in #by-on type="date" name="on" value=(s.on); }
                button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
                @if !asked.q.is_empty() || !asked.on.is_empty() { a.btn.quiet href=(here) { (t.say("list-reset")) } }
            }
            @if s.days.len() > 1 { p.chips { @for day in &s.days {
                a.chip href=(list_url(&here, Vec::new(), "on", &day.to_string())) { (t.say_with("list-since", &[("date", t.date(*day).into())])) }
            } } }
            @if s.lines.is_empty() { (piece::empty("search", &t.say("list-nothing"), piece::link_button(&here, "x", t.say("list-reset"), false))) }
            @else { (lines(t, s)) }
        }
    })
}

fn lines(t: Lang, s: &Shown) -> Markup {
    let has_levels = s.list.kind == ListKind::Rsosh;
    let linked =
        |e: &Entry| s.listings.iter().filter(|l| l.entry == e.id && l.state == Decision::Confirmed).collect::<Vec<_>>();
    html! { div.scroll-x { table.tbl.cards role="table" {
        caption.vh { (s.list.title) }
        thead role="rowgroup" { tr role="row" {
            th role="columnheader" scope="col" { (t.say("list-number")) }
            th role="columnheader" scope="col" { (t.say("event-title")) }
            th role="columnheader" scope="col" { (t.say("event-organiser")) }
            th role="columnheader" scope="col" { (t.say("event-subject")) }
            @if has_levels { th role="columnheader" scope="col" { (t.say("list-level")) } }
            th role="columnheader" scope="col" { (t.say("list-here")) }
        } }
        tbody role="rowgroup" { @for e in &s.lines { tr role="row" {
            td.b role="cell" { (e.number.as_deref().unwrap_or_default()) }
            td.main role="cell" { (e.title) }
            td.a role="cell" { (e.organiser.as_deref().unwrap_or_default()) }
            td.c role="cell" { (e.subjects.as_deref().unwrap_or_default()) }
            @if has_levels { td.st role="cell" data-l=(t.say("list-level")) { (e.rsosh_level.map(|l| l.to_string()).unwrap_or_default()) } }
            td.d role="cell" { @for l in linked(e) { p { a href=(events::url(l.edition)) { (l.title) } } } }
        } } }
    } } }
}

/// The hidden fields and two buttons of a suggestion.
pub fn asks(visit: &Visit, edition: events::EditionId, entry: super::EntryId, why: Why) -> Markup {
    let t = visit.lang;
    html! { @for decision in Decision::ALL {
        form action="/event-lists/decisions" method="post" {
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="edition" value=(edition);
            input type="hidden" name="entry" value=(entry);
            input type="hidden" name="why" value=(why.code());
            input type="hidden" name="decision" value=(decision.code());
            button.btn.sm.primary[*decision == Decision::Confirmed] { (t.say(if *decision == Decision::Confirmed { "list-confirm" } else { "list-refuse" })) }
        }
    } }
}

fn offered(visit: &Visit, s: &Shown) -> Markup {
    let t = visit.lang;
    let title_of = |entry| s.lines.iter().find(|l| l.id == entry).map(|l| l.title.as_str()).unwrap_or_default();
    piece::panel(
        &t.say_with("list-offered", &[("n", s.offered.len().into())]),
        html! {},
        html! { ul.queue { @for o in s.offered.iter().take(20) { li {
            (piece::icon("link"))
            div {
                span.t { (title_of(o.entry)) }
                p.sm { (t.say("list-is-it")) " " a href=(events::url(o.edition)) { (o.edition_title) } }
                p.muted.sm { (why_words(t, o.why)) }
            }
            div.acts.row { (asks(visit, o.edition, o.entry, o.why)) }
        } } } },
    )
}

fn act_options(t: Lang, all: &[acts::Act]) -> Vec<(String, String)> {
    std::iter::once((String::new(), t.say("event-not-said").into_owned()))
        .chain(all.iter().map(|a| (a.id.to_string(), format!("{} · {}", acts::reference(t, a), a.title))))
        .collect()
}

/// The form of a new list.
pub fn form(visit: &Visit, typed: &ListForm, problems: &Problems, all: &[acts::Act], restored: bool) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("list-add");
    let kinds: Vec<(String, String)> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(ListKind::ALL.iter().map(|k| (k.code().to_owned(), list_name(t, *k, None))))
        .collect();
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(t, None, &title))
        (piece::head(&title, html! {}, html! {}))
        @if restored { (piece::alert(Tone::Info, t.say("draft-restored"))) }
        section.panel { form.form.wide.body action=(LIST) method="post" data-draft="event-list-new" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            div.two {
                (f.select("kind", &t.say("event-list"), &typed.kind, &kinds, "", true))
                (f.line("academic_year", &t.say("event-year"), &typed.academic_year, Line { required: true, ..Line::TEXT }))
            }
            (f.line("title", &t.say("list-title"), &typed.title, Line { required: true, ..Line::TEXT }))
            div.two {
                (f.select("act_id", &t.say("list-act"), &typed.act_id, &act_options(t, all), "", false))
                (f.line("from", &t.say("list-from"), &typed.from, Line { kind: "date", hint: &t.say("list-from-hint"), ..Line::TEXT }))
            }
            (f.text("lines", &t.say("list-paste"), &typed.lines, &t.say("list-paste-hint"), true))
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(LIST) { (t.say("cancel")) } }
        } }
    })
}

/// The form of an amendment.
pub fn amendment(
    visit: &Visit,
    list: &EventList,
    lines: &[Entry],
    typed: &AmendmentForm,
    problems: &Problems,
    all: &[acts::Act],
) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("list-amend");
    let here = url(list.id);
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(t, Some((here.clone(), list.title.clone())), &title))
        (piece::head(&title, html! { p { (list.title) } }, html! {}))
        section.panel { form.form.wide.body action={ (here) "/amendments" } method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            div.two {
                (f.line("on", &t.say("list-amended-on"), &typed.on, Line { kind: "date", required: true, ..Line::TEXT }))
                (f.select("act_id", &t.say("list-act"), &typed.act_id, &act_options(t, all), "", false))
            }
            (f.text("lines", &t.say("list-begin"), &typed.lines, &t.say("list-paste-hint"), false))
            fieldset.field #f-ends {
                legend { (t.say("list-end")) span.muted { " · " (t.say("form-optional")) } }
                div.checks.scroll tabindex="0" role="group" aria-label=(t.say("list-end")) { @for e in lines {
                    @let id = e.id.to_string();
                    label.check { input type="checkbox" name="ends" value=(id) checked[typed.ends.contains(&id)]; span { @if let Some(n) = &e.number { "№\u{a0}" (n) " " } (e.title) } }
                } }
                @if let Some(message) = problems.at("ends") { p.err { (message.say(t)) } }
            }
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(here) { (t.say("cancel")) } }
        } }
    })
}
