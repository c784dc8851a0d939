//! One plan: its actions, its mentor, what came of it.
use super::{crumbs, list::progress, state_tag, years};
use crate::{
    learners,
    plans::{
        model::{CloseForm, Form, Item, ItemForm, ItemId, Plan, State, Suggestion},
        url,
    },
    shell::{Page, trail},
};
use kit::{
    Visit, audit,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    text::text_prefix,
};
use maud::{Markup, html};
use std::collections::HashMap;
use uuid::Uuid;

/// Everything that a plan's page shows.
pub struct Record {
    pub plan: Plan,
    pub items: Vec<Item>,
    /// The action that is to be changed, as it stands.
    pub meant: Option<ItemForm>,
    pub mentor: Option<String>,
    /// What happened to it, for who writes it, with the names of who did it.
    pub lines: Vec<audit::Line>,
    pub names: HashMap<Uuid, String>,
    pub suggestions: Vec<Suggestion>,
    pub edits: bool,
    pub marks: bool,
    /// The child's record may be opened.
    pub opens: bool,
}

/// What was typed in the form that is to be mended.
#[derive(Default)]
pub struct Typed {
    /// The action that is to be changed.
    pub meant: Option<ItemId>,
    pub item: Option<ItemForm>,
    pub close: Option<CloseForm>,
}

/// Mentors that are suggested at once.
const SUGGESTED: usize = 5;

pub fn page(visit: &Visit, r: &Record, typed: &Typed, problems: &Problems) -> Markup {
    let t = visit.lang;
    let p = &r.plan;
    let title = t.say_with("plan-title", &[("name", p.full_name.as_str().into()), ("years", years(p.year).into())]);
    let below = html! { p.row { (state_tag(t, p.state)) span { (progress(t, p)) } } };
    let actions = html! {
        @if r.edits && p.state != State::Closed { (piece::link_button(&format!("{}/edit", url(p.id)), "pencil", t.say("plan-change"), false)) }
        @if r.opens { (piece::link_button(&learners::url(p.learner), "graduation-cap", t.say("gifted-to-child"), false)) }
    };
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(t, &title))
        (piece::head(&title, below, actions))
        @if r.edits && p.state == State::Approved && p.mentor.is_none() { (piece::alert(Tone::Warn, t.say("plan-needs-mentor"))) }
        div.grid.cols.mt {
            div.stack {
                (items(visit, r))
                @if r.edits && p.state != State::Closed { (add(visit, r, typed, problems)) }
            }
            div.stack {
                (piece::panel(&t.say("plan-about"), html! {}, html! { div.body { (piece::facts(&[
                    (&t.say("plan-goal"), Some(html! { (p.goal) })),
                    (&t.say("gifted-subject"), p.subject.as_ref().map(|s| html! { (s) })),
                    (&t.say("plan-mentor"), r.mentor.as_ref().map(|name| html! { (name) })),
                    (&t.say("plan-approved-on"), p.approved_on.map(|d| html! { (t.date(d)) })),
                    (&t.say("plan-outcome"), p.outcome.as_ref().map(|text| html! { @for line in text.lines() { p { (line) } } })),
                ])) } }))
                @if r.edits && p.state != State::Closed { (mentor(visit, r)) }
                @if r.edits && p.state == State::Draft && !r.items.is_empty() { (approve(visit, p)) }
                @if r.edits && p.state == State::Approved { (close(visit, p, typed, problems)) }
                @if !r.lines.is_empty() { (trail::panel(visit, &r.lines, &r.names)) }
            }
        }
    })
}

fn items(visit: &Visit, r: &Record) -> Markup {
    let t = visit.lang;
    piece::panel(
        &t.say("plan-items"),
        html! {},
        html! {
            @if r.items.is_empty() { (piece::empty("clipboard-list", &t.say("plan-items-none"), html! {})) }
            @else { ul.queue { @for i in &r.items { (item(visit, r, i)) } } }
        },
    )
}

fn item(visit: &Visit, r: &Record, i: &Item) -> Markup {
    let t = visit.lang;
    let p = &r.plan;
    let here = format!("{}/items/{}", url(p.id), i.id);
    let late = i.done_on.is_none() && p.state == State::Approved && i.due_on < visit.today;
    html! { li {
        (piece::icon(if i.done_on.is_some() { "circle-check" } else { "clock" }))
        div {
            p.strong { (i.work) }
            p.muted.sm {
                (t.say(&text_prefix!("plan-form-", i.form.code()))) " · " (t.say_with("plan-until", &[("day", t.date(i.due_on).into())]))
                @if let Some(who) = &i.responsible { " · " (who) }
            }
            @if let Some(text) = &i.expected { p.muted.sm { (t.say("plan-expected")) ": " (text) } }
            @match i.done_on {
                Some(day) => p { (piece::tag(Tone::Ok, t.say_with("plan-done-on", &[("day", t.date(day).into())]))) @if let Some(text) = &i.result { " " (text) } },
                None => @if late { p { (piece::tag(Tone::Bad, t.say("plan-late"))) } },
            }
            @if r.marks && p.state == State::Approved {
                @if i.done_on.is_none() {
                    details {
                        summary { (t.say("plan-mark")) span.vh { ": " (i.work) } }
                        form.form.body action={ (here) "/mark" } method="post" {
                            (piece::key_field(&visit.new_key()))
                            input type="hidden" name="on" value=(visit.today);
                            div.field { label for={ "r-" (i.id) } { (t.say("plan-result")) } input.in id={ "r-" (i.id) } type="text" name="result"; }
                            div.actions { button.btn.sm.primary { (t.say("plan-mark-do")) } }
                        }
                    }
                } @else {
                    form action={ (here) "/mark" } method="post" {
                        (piece::key_field(&visit.new_key()))
                        button.btn.sm.quiet { (piece::icon("undo-2")) (t.say("plan-unmark")) span.vh { ": " (i.work) } }
                    }
                }
            }
        }
        @if r.edits && i.done_on.is_none() && p.state != State::Closed {
            div.acts {
                a.btn.sm.quiet href={ (url(p.id)) "?item=" (i.id) "#f-work" } { (piece::icon("pencil")) (t.say("edit")) span.vh { ": " (i.work) } }
                form action={ (here) "/removal" } method="post" {
                    (piece::key_field(&visit.new_key()))
                    button.btn.sm.quiet { (piece::icon("x")) (t.say("plan-drop")) span.vh { ": " (i.work) } }
                }
            }
        }
    } }
}

fn add(visit: &Visit, r: &Record, typed: &Typed, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let blank = ItemForm::default();
    let form = typed.item.as_ref().or(r.meant.as_ref()).unwrap_or(&blank);
    let is_new = form.item.is_empty();
    let forms: Vec<_> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(
            Form::ALL.iter().map(|x| (x.code().to_owned(), t.say(&text_prefix!("plan-form-", x.code())).into_owned())),
        )
        .collect();
    piece::panel(
        &t.say(if is_new { "plan-add" } else { "plan-item-edit" }),
        html! {},
        html! { form.form.wide.body action={ (url(r.plan.id)) "/items" } method="post" {
            @if typed.item.is_some() { (f.summary()) }
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="item" value=(form.item);
            (f.line("work", &t.say("plan-work"), &form.work, Line { required: true, ..Line::TEXT }))
            div.two {
                (f.select("how", &t.say("plan-form"), &form.how, &forms, "", true))
                (f.line("due_on", &t.say("plan-due"), &form.due_on, Line { kind: "date", required: true, ..Line::TEXT }))
            }
            div.two {
                (f.line("responsible", &t.say("plan-responsible"), &form.responsible, Line::TEXT))
                (f.line("expected", &t.say("plan-expected"), &form.expected, Line::TEXT))
            }
            div.actions {
                @if is_new { button.btn { (piece::icon("plus")) (t.say("plan-add-do")) } }
                @else { button.btn.primary { (t.say("save")) } a.btn href=(url(r.plan.id)) { (t.say("cancel")) } }
            }
        } },
    )
}

/// Whom to ask to be the mentor, the best first, each with the reasons.
fn mentor(visit: &Visit, r: &Record) -> Markup {
    let t = visit.lang;
    let action = format!("{}/mentor", url(r.plan.id));
    let title = t.say(if r.plan.mentor.is_some() { "plan-mentor-change" } else { "plan-mentor-choose" });
    piece::panel(
        &title,
        html! {},
        html! {
            @if r.suggestions.is_empty() { div.body { p.muted { (t.say("plan-mentors-none")) } } }
            @else { ul.queue { @for s in r.suggestions.iter().take(SUGGESTED) { li {
                (piece::icon("user-round"))
                div {
                    p.strong { (s.mentor.name) @if s.mentor.is_external { " " (piece::tag(Tone::Info, t.say("mentor-external"))) } }
                    p.muted.sm { (s.mentor.subjects) @if let Some(place) = &s.mentor.organisation_name { ", " (place) } }
                    p.sm { @for (n, why) in s.why.iter().enumerate() {
                        @if n > 0 { "; " }
                        (t.say_with(&text_prefix!("mentor-why-", why.code()), &[("load", s.mentor.load.into()), ("capacity", s.mentor.capacity.into())]))
                    } }
                }
                form.acts action=(action) method="post" {
                    (piece::key_field(&visit.new_key()))
                    input type="hidden" name="person" value=(s.mentor.person);
                    button.btn.sm { (t.say("plan-mentor-do")) span.vh { ": " (s.mentor.name) } }
                }
            } } } }
        },
    )
}

fn approve(visit: &Visit, p: &Plan) -> Markup {
    let t = visit.lang;
    piece::panel(
        &t.say("plan-approve"),
        html! {},
        html! { form.body action={ (url(p.id)) "/approval" } method="post" {
            (piece::key_field(&visit.new_key()))
            p.muted.sm { (t.say("plan-approve-about")) }
            button.btn.primary.mt { (t.say("plan-approve-do")) }
        } },
    )
}

fn close(visit: &Visit, p: &Plan, typed: &Typed, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let blank = CloseForm::default();
    let form = typed.close.as_ref().unwrap_or(&blank);
    piece::panel(
        &t.say("plan-close"),
        html! {},
        html! { form.form.body action={ (url(p.id)) "/closing" } method="post" {
            @if typed.close.is_some() { (f.summary()) }
            (piece::key_field(&visit.new_key()))
            (f.text("outcome", &t.say("plan-outcome"), &form.outcome, &t.say("plan-outcome-hint"), true))
            div.actions { button.btn { (t.say("plan-close-do")) } }
        } },
    )
}
