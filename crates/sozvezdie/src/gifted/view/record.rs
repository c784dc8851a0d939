//! One child's way: what was said, what is to be done next, and the papers.
use super::{crumbs, kinds, state_tag};
use crate::{
    centre::{LeaveForm, LeftReason},
    consents::{self, Purpose},
    gifted::{
        model::{ApplyForm, ConclusionForm, Contribution, Diagnostics, DiagnosticsForm, Profile, State},
        url,
    },
    learners,
    people::PersonId,
    shell::Page,
};
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    text::text_prefix,
};
use maud::{Markup, html};
use std::collections::HashMap;
use uuid::Uuid;

/// Everything that a record's page shows.
pub struct Record {
    pub p: Profile,
    pub contributions: Vec<Contribution>,
    /// Raw results: filled for the psychologist alone.
    pub raw: Vec<Diagnostics>,
    /// Who was given charge of the child.
    pub charged: Vec<PersonId>,
    /// What of the consents that the way needs is there: filled for the school alone.
    pub consents: Vec<(Purpose, bool)>,
    pub names: HashMap<Uuid, String>,
    pub teachers: Vec<(PersonId, String)>,
    pub psychologists: Vec<(PersonId, String)>,
    pub leads: bool,
    pub decides: bool,
    pub diagnoses: bool,
}

/// What was typed in the form that is to be mended.
#[derive(Default)]
pub struct Typed {
    pub apply: Option<ApplyForm>,
    pub diagnostics: Option<DiagnosticsForm>,
    pub conclusion: Option<ConclusionForm>,
    pub leave: Option<LeaveForm>,
}

pub fn page(visit: &Visit, r: &Record, typed: &Typed, problems: &Problems) -> Markup {
    let t = visit.lang;
    let p = &r.p;
    let below = html! { p.row { (state_tag(t, p.state)) span { @if let Some(class) = &p.class_name { (class) ", " } (p.organisation_name) } } };
    let actions =
        html! { (piece::link_button(&learners::url(p.learner), "graduation-cap", t.say("gifted-to-child"), false)) };
    let open = p.state.may_be_considered();
    Page::new(visit, p.full_name.as_str()).show(html! {
        (crumbs(t, &p.full_name))
        (piece::head(&p.full_name, below, actions))
        @if let Some(message) = problems.at("body") { (piece::alert(Tone::Warn, message.say(t))) }
        (way(t, p.state))
        div.grid.cols.mt {
            div.stack {
                (piece::panel(&t.say("gifted-nomination"), html! {}, html! { div.body { (facts(t, r)) } }))
                (said(visit, r))
                @if r.leads && open { (ask(visit, r, problems)) (application(visit, p, typed, problems)) }
                @if r.diagnoses { (diagnostics(visit, r, typed, problems)) }
            }
            div.stack {
                @if r.leads && open { (consents_of(t, r)) }
                @if (r.leads || r.decides) && p.state != State::Left { (papers(t, p)) }
                @if r.decides && p.state == State::Registered { (support(visit, p)) }
                @if p.state != State::Left && (r.decides || (r.leads && !p.state.is_in_register())) { (leaving(visit, p, typed, problems)) }
            }
        }
    })
}

/// The steps of the way; the one that the child stands on is marked.
fn way(t: Lang, at: State) -> Markup {
    html! { ol.steps aria-label=(t.say("gifted-way")) {
        @for state in State::ALL.iter().filter(|s| **s != State::Left) {
            li.done[*state < at && at != State::Left] aria-current=[(*state == at).then_some("step")] { (t.say(&text_prefix!("gifted-state-", state.code()))) }
        }
    } }
}

fn facts(t: Lang, r: &Record) -> Markup {
    let p = &r.p;
    let lines = |text: &str| html! { @for line in text.lines() { p { (line) } } };
    let who = |id: Option<Uuid>| id.and_then(|id| r.names.get(&id).cloned()).unwrap_or_default();
    piece::facts(&[
        (&t.say("gifted-kinds"), Some(html! { (kinds(t, p)) })),
        (&t.say("gifted-basis"), Some(html! { (t.say(&text_prefix!("gifted-basis-", p.basis.code()))) })),
        (&t.say("gifted-reason"), Some(lines(&p.reason))),
        (&t.say("gifted-proposed-on"), Some(html! { (t.date(p.proposed_on)) " " span.muted { (who(p.proposed_by)) } })),
        (&t.say("gifted-psychologist"), (!r.charged.is_empty()).then(|| html! { @for id in &r.charged { p { (who(Some(id.0))) } } })),
        (&t.say("gifted-conclusion"), p.conclusion.as_deref().map(lines)),
        (&t.say("gifted-concluded"), p.concluded_on.map(|day| html! { (t.date(day)) " " span.muted { (who(p.concluded_by)) } })),
        (&t.say("gifted-applied-on"), p.applied_on.map(|day| html! { (t.date(day)) @if let Some(a) = &p.applicant { ", " (a) } })),
        (&t.say("gifted-petition-on"), p.petition_on.map(|day| html! { (t.date(day)) @if let Some(n) = &p.petition_number { ", №\u{a0}" (n) } })),
        (&t.say("gifted-left-on"), p.left_on.map(|day| html! { (t.date(day)) @if let Some(reason) = p.left_reason { ", " (t.say(&text_prefix!("centre-left-", reason.code()))) } })),
    ])
}

fn said(visit: &Visit, r: &Record) -> Markup {
    let t = visit.lang;
    piece::panel(
        &t.say("gifted-contributions"),
        html! {},
        html! {
            @if r.contributions.is_empty() { div.body { p.muted { (t.say("gifted-contributions-none")) } } }
            @else { ul.queue { @for c in &r.contributions { li {
                (piece::icon("message-square"))
                div {
                    p.strong { (r.names.get(&c.person.0).map_or("", String::as_str)) @if let Some(s) = &c.subject { span.muted { ", " (s) } } }
                    @if let Some(text) = &c.said { @for line in text.lines() { p { (line) } } } @else { p.muted.sm { (t.say("gifted-contribution-waits")) } }
                }
            } } } }
        },
    )
}

/// What the family has consented to of what the way needs, and where the rest is collected.
fn consents_of(t: Lang, r: &Record) -> Markup {
    let more = html! { a.more href=(consents::of_child_url(r.p.learner)) { (t.say("consents-title")) } };
    piece::panel(
        &t.say("gifted-consents"),
        more,
        html! { ul.list { @for (purpose, is_there) in &r.consents { li.flex {
            (piece::icon("file-text"))
            span { (consents::purpose_words(t, *purpose)) }
            span.end { (if *is_there { piece::tag(Tone::Ok, t.say("gifted-consent-there")) } else { piece::tag(Tone::Warn, t.say("gifted-consent-missing")) }) }
        } } } },
    )
}

fn ask(visit: &Visit, r: &Record, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let here = url(r.p.id);
    let asked = |id: PersonId| r.contributions.iter().any(|c| c.person == id);
    let teachers: Vec<_> =
        r.teachers.iter().filter(|(id, _)| !asked(*id)).map(|(id, name)| (id.to_string(), name.clone())).collect();
    let free = r.psychologists.iter().filter(|(id, _)| !r.charged.contains(id));
    let psychologists: Vec<_> = free.map(|(id, name)| (id.to_string(), name.clone())).collect();
    html! { @if !teachers.is_empty() || !psychologists.is_empty() { (piece::panel(&t.say("gifted-ask"), html! {}, html! {
        @if !teachers.is_empty() {
            form.form.body action={ (here) "/asking" } method="post" {
                (piece::key_field(&visit.new_key()))
                (f.checks("people", &t.say("gifted-ask-whom"), &[], &teachers))
                div.actions { button.btn { (piece::icon("send")) (t.say("gifted-ask-do")) } }
            }
        }
        @if !psychologists.is_empty() {
            form.form.body action={ (here) "/psychologist" } method="post" {
                (piece::key_field(&visit.new_key()))
                (f.select("person", &t.say("gifted-psychologist"), "", &psychologists, &t.say("gifted-psychologist-hint"), true))
                div.actions { button.btn { (t.say("gifted-charge-do")) } }
            }
        }
    })) } }
}

fn application(visit: &Visit, p: &Profile, typed: &Typed, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let day = |day: Option<chrono::NaiveDate>| day.unwrap_or(visit.today).to_string();
    let now = ApplyForm {
        applicant: p.applicant.clone().unwrap_or_default(),
        applied_on: day(p.applied_on),
        petition_number: p.petition_number.clone().unwrap_or_default(),
        petition_on: day(p.petition_on),
    };
    let form = typed.apply.as_ref().unwrap_or(&now);
    piece::panel(
        &t.say("gifted-application"),
        html! {},
        html! { form.form.body action={ (url(p.id)) "/application" } method="post" {
            @if typed.apply.is_some() && problems.at("body").is_none() { (f.summary()) }
            (piece::key_field(&visit.new_key()))
            @if p.applied_on.is_none() { p.muted.sm { (t.say("gifted-application-about")) } }
            (f.line("applicant", &t.say("gifted-applicant"), &form.applicant, Line { required: true, hint: &t.say("gifted-applicant-hint"), ..Line::TEXT }))
            (f.line("applied_on", &t.say("gifted-applied-on"), &form.applied_on, Line { kind: "date", required: true, ..Line::TEXT }))
            div.two {
                (f.line("petition_number", &t.say("gifted-petition-number"), &form.petition_number, Line::TEXT))
                (f.line("petition_on", &t.say("gifted-petition-on"), &form.petition_on, Line { kind: "date", required: true, ..Line::TEXT }))
            }
            div.actions { button.btn.primary[p.applied_on.is_none()] { (t.say(if p.applied_on.is_none() { "gifted-apply-do" } else { "gifted-apply-mend" })) } }
        } },
    )
}

/// Raw results and the conclusion: for the psychologist alone.
fn diagnostics(visit: &Visit, r: &Record, typed: &Typed, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let here = url(r.p.id);
    let blank = DiagnosticsForm { on: visit.today.to_string(), ..DiagnosticsForm::default() };
    let form = typed.diagnostics.as_ref().unwrap_or(&blank);
    let now = ConclusionForm { conclusion: r.p.conclusion.clone().unwrap_or_default() };
    let conclusion = typed.conclusion.as_ref().unwrap_or(&now);
    html! {
        (piece::panel(&t.say("gifted-diagnostics"), html! { (piece::tag(Tone::Info, t.say("gifted-only-you"))) }, html! {
            @if !r.raw.is_empty() { ul.queue { @for d in &r.raw { li { (piece::icon("clipboard-list")) div {
                p.strong { (d.method) span.muted { ", " (t.date(d.on)) } }
                @for line in d.raw.lines() { p { (line) } }
            } } } } }
            form.form.body action={ (here) "/diagnostics" } method="post" {
                @if typed.diagnostics.is_some() && problems.at("body").is_none() { (f.summary()) }
                (piece::key_field(&visit.new_key()))
                p.muted.sm { (t.say("gifted-diagnostics-about")) }
                div.two {
                    (f.line("method", &t.say("gifted-method"), &form.method, Line { required: true, ..Line::TEXT }))
                    (f.line("on", &t.say("gifted-diagnosed-on"), &form.on, Line { kind: "date", required: true, ..Line::TEXT }))
                }
                (f.text("raw", &t.say("gifted-raw"), &form.raw, "", true))
                div.actions { button.btn { (t.say("gifted-diagnose-do")) } }
            }
        }))
        @if r.p.state.may_be_considered() { (piece::panel(&t.say("gifted-conclusion"), html! {}, html! {
            form.form.body action={ (here) "/conclusion" } method="post" {
                @if typed.conclusion.is_some() && problems.at("body").is_none() { (f.summary()) }
                (piece::key_field(&visit.new_key()))
                (f.text("conclusion", &t.say("gifted-conclusion-for-all"), &conclusion.conclusion, &t.say("gifted-conclusion-hint"), true))
                div.actions { button.btn.primary { (t.say("gifted-conclude-do")) } }
            }
        })) }
    }
}

fn papers(t: Lang, p: &Profile) -> Markup {
    let here = url(p.id);
    let rows = [("application", t.say("gifted-paper-application")), ("petition", t.say("gifted-paper-petition"))];
    piece::panel(&t.say("gifted-papers"), html! {}, super::sitting::papers(t, &here, &rows))
}

fn support(visit: &Visit, p: &Profile) -> Markup {
    let t = visit.lang;
    piece::panel(
        &t.say("gifted-support"),
        html! {},
        html! { form.body action={ (url(p.id)) "/support" } method="post" {
            (piece::key_field(&visit.new_key()))
            p.muted.sm { (t.say("gifted-support-about")) }
            div.row.mt {
                button.btn { (t.say("gifted-support-do")) }
                a.btn.quiet href="/centre/plans" { (t.say("plans-title")) }
            }
        } },
    )
}

fn leaving(visit: &Visit, p: &Profile, typed: &Typed, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let blank = LeaveForm { on: visit.today.to_string(), ..LeaveForm::default() };
    let form = typed.leave.as_ref().unwrap_or(&blank);
    let reasons: Vec<_> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(
            LeftReason::ALL
                .iter()
                .map(|r| (r.code().to_owned(), t.say(&text_prefix!("centre-left-", r.code())).into_owned())),
        )
        .collect();
    let is_in = p.state.is_in_register();
    let title = t.say(if is_in { "gifted-leave-register" } else { "gifted-take-back" });
    let day = t.say(if is_in { "centre-leave-on" } else { "gifted-take-back-on" });
    piece::panel(
        &title,
        html! {},
        html! { form.form.body action={ (url(p.id)) "/leaving" } method="post" {
            @if typed.leave.is_some() && problems.at("body").is_none() { (f.summary()) }
            (piece::key_field(&visit.new_key()))
            (f.line("on", &day, &form.on, Line { kind: "date", required: true, ..Line::TEXT }))
            (f.select("reason", &t.say("centre-leave-reason"), &form.reason, &reasons, "", true))
            div.actions { button.btn { (title) } }
        } },
    )
}
