//! How notifications look.
pub mod letters;

use super::{
    Asked, LIST, SETTINGS, kinds,
    model::{Bunch, Kind},
};
use crate::shell::Page;
use chrono::Datelike as _;
use kit::{
    Visit,
    cursor::Slice,
    html::{self as piece, Tone},
    text::text_prefix,
};
use maud::{Markup, html};
use std::collections::HashMap;
use uuid::Uuid;

pub fn page(visit: &Visit, asked: &Asked, lines: &Slice<Bunch>, names: &HashMap<Uuid, String>) -> Markup {
    let t = visit.lang;
    let title = t.say("notifications-title");
    let has_new = lines.items.iter().any(|b| b.is_new);
    let acts = html! { (piece::link_button(SETTINGS, "settings", t.say("notification-settings"), false)) @if has_new { form action={ (LIST) "/reading" } method="post" {
        (piece::key_field(&visit.new_key()))
        input type="hidden" name="until" value=(visit.now.timestamp_micros());
        button.btn { (piece::icon("check")) (t.say("notifications-read-all")) }
    } } };
    let only_new = asked.state == "new";
    let tabs = [
        (address("", &asked.kind), t.say("notifications-all").into_owned(), None, !only_new),
        (address("new", &asked.kind), t.say("notifications-new").into_owned(), None, only_new),
    ];
    let next = lines.next.as_ref().map(|c| format!("{}&cursor={}", address(&asked.state, &asked.kind), c.encode()));
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say("notifications-about")) } }, acts))
        (piece::tabs(&title, &tabs))
        (filter(visit, asked))
        section.panel aria-label=(title) {
            @if lines.items.is_empty() { (nothing(visit, asked)) }
            @else { ul.queue { @for b in &lines.items { (line(visit, b, names)) } } }
            @if next.is_some() || !asked.cursor.is_empty() {
                (piece::pager(t, "", (!asked.cursor.is_empty()).then_some(LIST), next.as_deref()))
            }
        }
    })
}

fn address(state: &str, kind: &str) -> String {
    format!("{LIST}?state={state}&kind={kind}")
}

fn filter(visit: &Visit, asked: &Asked) -> Markup {
    let t = visit.lang;
    html! { form.filters action=(LIST) data-autosubmit {
        input type="hidden" name="state" value=(asked.state);
        div.field.first { label for="by-kind" { (t.say("notifications-kind")) } select.in #by-kind name="kind" {
            option value="" { (t.say("list-any")) }
            @for kind in kinds(visit) { option value=(kind.code()) selected[asked.kind == kind.code()] { (t.say(&text_prefix!("notification-kind-", kind.code()))) } }
        } }
        button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
    } }
}

fn nothing(visit: &Visit, asked: &Asked) -> Markup {
    let t = visit.lang;
    let is_filtered = !asked.kind.is_empty() || asked.state == "new";
    html! {
        @if is_filtered { (piece::empty("bell", &t.say("notifications-no-match"), piece::link_button(LIST, "x", t.say("notifications-show-all"), false))) }
        @else if kinds(visit).any(|kind| kind == Kind::Requested) { (piece::empty("bell", &t.say("notifications-none"), html! {})) }
        @else { (piece::empty("bell", &t.say("notifications-none-family"), html! {})) }
    }
}

fn line(visit: &Visit, b: &Bunch, names: &HashMap<Uuid, String>) -> Markup {
    let (t, year, n) = (visit.lang, visit.today.year(), &b.first);
    let count = i64::try_from(b.count).unwrap_or(i64::MAX);
    let words = t.say_with(&text_prefix!("notification-line-", n.kind.code()), &[("count", count.into())]);
    let subject = match n.kind {
        Kind::Role => t.say(&text_prefix!("role-", n.subject.as_str())).into_owned(),
        Kind::Family | Kind::Answered => t.say(&text_prefix!("case-kind-", n.subject.as_str())).into_owned(),
        _ => n.subject.clone(),
    };
    let about: Vec<String> = [
        (!subject.is_empty()).then(|| subject.clone()),
        n.starts_at.map(|at| match n.kind {
            // A report is due on a day, at no hour of it.
            Kind::ReportDue => t.day(kit::clock::local_date(at), year),
            _ => t.moment(at, year),
        }),
        n.other_id.and_then(|id| names.get(&id).cloned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let href = format!("{LIST}/{}", n.id);
    html! { li {
        (piece::icon(n.kind.icon()))
        div {
            a.t href=(n.link) { (words) } " "
            @if b.is_new { (piece::tag(Tone::Info, t.say("notification-is-new"))) }
            @if b.is_settled { (piece::tag(Tone::Ok, t.say("notification-is-settled"))) }
            p.muted.sm { (about.join(" · ")) @if b.count > 1 { " · " (t.say_with("notification-more", &[("count", (count - 1).into())])) } }
            p.muted.sm { (t.moment(n.at, year)) }
        }
        div.acts {
            @if n.needs_deed && !b.is_settled { form action={ (href) "/reading" } method="post" {
                (piece::key_field(&visit.new_key()))
                input type="hidden" name="open" value="true";
                button.btn.sm { (t.say(&text_prefix!("notification-act-", n.kind.code()))) span.vh { ": " (subject) } }
            } }
            @if !b.is_settled { form action={ (href) "/reading" } method="post" {
                (piece::key_field(&visit.new_key()))
                input type="hidden" name="read" value=(if b.is_new { "true" } else { "false" });
                button.btn.sm.quiet { (t.say(if b.is_new { "notification-mark-read" } else { "notification-mark-new" })) span.vh { ": " (words) ", " (subject) } }
            } }
        }
    } }
}
