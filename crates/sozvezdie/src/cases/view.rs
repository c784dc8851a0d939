//! How cases look.
use super::{AskForm, CaseKind, CaseState, Due, LIST, Line, Open, StepForm, url};
use crate::{
    consents::{self, Child, purpose_words},
    learners,
    shell::Page,
};
use chrono::NaiveDate;
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

/// «Отзыв согласия: Фото и видео».
pub fn kind_words(t: Lang, line: &super::Case) -> String {
    let kind = t.say(&text_prefix!("case-kind-", line.kind.code())).into_owned();
    line.purpose.map_or(kind.clone(), |purpose| format!("{kind}: {}", purpose_words(t, purpose)))
}

/// How soon: days left, today, or how long it is over.
fn pressing(t: Lang, due: &Due, today: NaiveDate) -> Markup {
    let days = (due.due_on - today).num_days();
    match days {
        ..0 => piece::tag(Tone::Bad, t.say_with("case-over", &[("days", (-days).into())])),
        0 => piece::tag(Tone::Warn, t.say("case-today")),
        1..=3 => piece::tag(Tone::Warn, t.say_with("case-left", &[("days", days.into())])),
        _ => piece::tag(Tone::Plain, t.say_with("case-until", &[("date", t.date(due.due_on).into())])),
    }
}

fn step_words(t: Lang, due: &Due) -> String {
    t.say(&text_prefix!("case-step-", due.step.code())).into_owned()
}

/// The lines of a list, for this slice's page and for «На решении».
pub fn rows(visit: &Visit, lines: &[&Line]) -> Markup {
    let t = visit.lang;
    html! { ul.queue { @for line in lines { li {
        (piece::icon("scale"))
        div {
            a.t href=(url(line.case.id)) { (kind_words(t, &line.case)) } " "
            @if let Some(due) = line.next() { (pressing(t, due, visit.today)) }
            @else { (piece::tag(Tone::Ok, t.say("case-state-closed"))) }
            p.muted.sm {
                (line.child.as_deref().unwrap_or("")) " · " (t.say_with("case-opened", &[("date", t.date(line.case.opened_on).into())]))
                @if let Some(due) = line.next() { " · " (step_words(t, due)) }
            }
        }
        div.acts { a.btn.sm href=(url(line.case.id)) { (t.say("case-open")) span.vh { ": " (kind_words(t, &line.case)) ", " (line.child.as_deref().unwrap_or("")) } } }
    } } } }
}

pub fn list(visit: &Visit, lines: &[Line], state: CaseState) -> Markup {
    let t = visit.lang;
    let title = t.say("cases-title");
    let tab = |of: CaseState| {
        let href = if of == CaseState::Open { LIST.to_owned() } else { format!("{LIST}?state={}", of.code()) };
        (href, t.say(&text_prefix!("cases-tab-", of.code())).into_owned(), None, of == state)
    };
    let all: Vec<&Line> = lines.iter().collect();
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say("cases-about")) } }, html! { @if visit.viewer.may(learners::DESTROY) { (piece::link_button(learners::destructions::ACTS, "file-text", t.say("destruction-acts"), false)) } }))
        (piece::tabs(&title, &[tab(CaseState::Open), tab(CaseState::Closed)]))
        section.panel aria-label=(title) {
            @if all.is_empty() { (piece::empty("circle-check", &t.say(if state == CaseState::Open { "cases-none" } else { "cases-none-closed" }), html! {})) }
            @else { (rows(visit, &all)) }
        }
    })
}

pub fn show(visit: &Visit, o: &Open, typed: &StepForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let title = kind_words(t, &o.case);
    let way = match (o.decides, o.speaks) {
        (true, _) => vec![(LIST.to_owned(), t.say("cases-title").into_owned())],
        (false, true) => vec![(format!("{LIST}/of/{}", o.case.learner), t.say("cases-family").into_owned())],
        (false, false) => vec![("/".to_owned(), t.say("nav-home").into_owned())],
    };
    let closed = o.case.state == CaseState::Closed;
    let tone = if closed { Tone::Ok } else { Tone::Warn };
    let below = html! { p.row { (piece::tag(tone, t.say(&text_prefix!("case-state-", o.case.state.code())))) span { (o.organisation) } } };
    Page::new(visit, title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &way, &title))
        (piece::head(&title, below, html! {}))
        (Fields { lang: t, problems }.summary())
        div.grid.cols.mt {
            div.stack { (piece::panel(&t.say(if o.decides { "case-steps" } else { "case-steps-family" }), html! {}, html! { ul.queue #f-step { @for due in &o.steps { (step(visit, o, due, typed, problems)) } } })) }
            div.stack { (piece::panel(&t.say("case-about"), html! {}, html! { div.body { (facts(visit, o)) } })) }
        }
    })
}

fn step(visit: &Visit, o: &Open, due: &Due, typed: &StepForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let is_typed = typed.step == due.step.code();
    let id = format!("note-{}", due.step.code());
    html! { li {
        (piece::icon(if due.done_on.is_some() { "circle-check" } else { "clock" }))
        div {
            p.strong { (step_words(t, due)) " " @match due.done_on {
                Some(day) => (piece::tag(Tone::Ok, t.say_with("case-done-on", &[("date", t.date(day).into())]))),
                None => (pressing(t, due, visit.today)),
            } }
            p.muted.sm { (t.say(&text_prefix!("case-term-", due.step.code()))) }
            @if let Some(name) = due.done_by.and_then(|id| o.names.get(&id)) { p.muted.sm { (name) } }
            @if let Some(note) = &due.note { p { (note) } }
            @if o.decides && due.done_on.is_none() {
                form.form action={ (url(o.case.id)) "/steps" } method="post" {
                    (piece::key_field(&visit.new_key()))
                    input type="hidden" name="step" value=(due.step.code());
                    div.field {
                        label for=(id) { (t.say(&text_prefix!("case-note-", due.step.code()))) }
                        textarea.in id=(id) name="note" rows="2" aria-invalid=[(is_typed && problems.at("note").is_some()).then_some("true")] { @if is_typed { (typed.note) } }
                        @if let Some(message) = problems.at("note").filter(|_| is_typed) { p.err #f-note { (message.say(t)) } }
                    }
                    button.btn.sm.primary { (piece::icon("check")) (t.say("case-step-do")) span.vh { ": " (step_words(t, due)) } }
                }
            }
        }
    } }
}

fn facts(visit: &Visit, o: &Open) -> Markup {
    let t = visit.lang;
    let k = &o.case;
    piece::facts(&[
        (
            &t.say("consent-subject"),
            Some(match &o.child {
                Some(name) => html! { a href=(learners::url(k.learner)) { (name) } },
                None => html! { (t.say("case-child-gone")) },
            }),
        ),
        (&t.say("case-asked-by"), k.created_by.and_then(|id| o.names.get(&id)).map(|name| html! { (name) })),
        (&t.say("case-asked-on"), Some(html! { (t.date(k.opened_on)) })),
        (
            &t.say("case-consent"),
            k.consent.map(|id| html! { a href=(consents::url(id)) { (t.say("case-consent-open")) } }),
        ),
        (&t.say("case-details"), k.details.as_ref().map(|words| html! { (words) })),
        (&t.say("case-closed-on"), k.closed_on.map(|day| html! { (t.date(day)) })),
        (&t.say("case-kept-until"), k.kept_until.map(|day| html! { (t.date(day)) })),
    ])
}

/// What a family asks for, and what it asked before.
pub fn ask(visit: &Visit, child: &Child, before: &[Line], form: &AskForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("cases-family");
    let kinds: Vec<_> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(
            CaseKind::ALL
                .iter()
                .filter(|kind| **kind != CaseKind::Withdrawal)
                .map(|kind| (kind.code().to_owned(), t.say(&text_prefix!("case-ask-", kind.code())).into_owned())),
        )
        .collect();
    let all: Vec<&Line> = before.iter().collect();
    let way = [("/".to_owned(), t.say("nav-home").into_owned()), (learners::url(child.id), child.full_name.clone())];
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &way, &title))
        (piece::head(&title, html! { p { (child.full_name) } }, html! {}))
        div.grid.cols.mt {
            div.stack { (piece::panel(&t.say("case-ask"), html! {}, html! { form.form.body action={ (LIST) "/of/" (child.id) } method="post" {
                (f.summary())
                (piece::key_field(&visit.new_key()))
                (f.select("kind", &t.say("case-ask-what"), &form.kind, &kinds, "", true))
                (f.text("details", &t.say("case-details"), &form.details, &t.say("case-details-hint"), false))
                div.actions { button.btn.primary { (t.say("case-ask-do")) } }
            } })) }
            div.stack { (piece::panel(&t.say("case-before"), html! {}, html! {
                @if all.is_empty() { div.body { p.muted { (t.say("case-before-none")) } } } @else { (rows(visit, &all)) }
            })) }
        }
    })
}
