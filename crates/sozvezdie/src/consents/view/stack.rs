//! A stack of signed forms, entered by their numbers or by a scan.
use super::{permits, purpose_words};
use crate::{
    consents::{
        LIST, SCANS, STACK,
        collect::StackForm,
        model::Purpose,
        scan::{LIMIT, Left, Recognised, Stack, Why, trouble_words},
    },
    shell::Page,
};
use kit::{
    Visit,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
};
use maud::{Markup, html};

pub fn page(visit: &Visit, form: &StackForm, stack: Option<&Stack>, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("consent-stack");
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("consents-title").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("consent-stack-about")) } }, html! {}))
        (f.summary())
        div.stack {
            @match stack {
                Some(stack) => {
                    (count(visit, stack))
                    @if !stack.left.is_empty() { (left(visit, &stack.left)) }
                }
                None => (drop_zone(visit, problems)),
            }
            section.panel { form.form.body action=(STACK) method="post" {
                (piece::key_field(&visit.new_key()))
                @if let Some(stack) = stack.filter(|stack| !stack.found.is_empty()) { (found(visit, form, &stack.found)) }
                (f.text("numbers", &t.say(if stack.is_some() { "consent-numbers-more" } else { "consent-numbers" }), &form.numbers, &t.say("consent-numbers-hint"), stack.is_none()))
                (f.line("signed_on", &t.say("consent-signed-on"), &form.signed_on, Line { kind: "date", required: true, ..Line::TEXT }))
                (permits(t, &t.say("consents-permitted"), Purpose::ALL, &form.categories, problems))
                div.actions { button.btn.primary { (t.say("consents-tick")) } a.btn href=(LIST) { (t.say("cancel")) } }
            } }
        }
    })
}

/// Where a scan is dropped or chosen.
fn drop_zone(visit: &Visit, problems: &Problems) -> Markup {
    let t = visit.lang;
    let problem = problems.at("file");
    piece::panel(
        &t.say("consent-scan"),
        html! {},
        html! { form.form.body action=(SCANS) method="post" enctype="multipart/form-data" {
            (piece::key_field(&visit.new_key()))
            p.muted { (t.say("consent-scan-about")) }
            label.drop for="f-file" {
                (piece::icon("upload"))
                span { (t.say("file-drop")) }
                input #f-file type="file" name="file" required multiple data-max=(LIMIT) accept=".pdf,.png,.jpg,.jpeg"
                    aria-invalid=[problem.map(|_| "true")] aria-describedby={ "h-file" @if problem.is_some() { " e-file" } };
                output {}
                span.hint #h-file { (t.say_with("consent-scan-hint", &[("limit", (LIMIT / 1024 / 1024).into())])) }
                @if let Some(message) = problem { span.err #e-file { (message.say(t)) } }
            }
            div.actions { button.btn { (piece::icon("search")) (t.say("consent-scan-do")) } }
        } },
    )
}

fn count(visit: &Visit, stack: &Stack) -> Markup {
    let t = visit.lang;
    let tone = if stack.found.is_empty() { Tone::Warn } else { Tone::Info };
    piece::alert(
        tone,
        html! {
            p { (t.say_with("consent-scan-found", &[("count", stack.found.len().into())])) }
            a href=(STACK) { (t.say("consent-scan-again")) }
        },
    )
}

/// What was recognised, ticked: a person takes a tick away where the sheet is not signed.
fn found(visit: &Visit, form: &StackForm, all: &[Recognised]) -> Markup {
    let t = visit.lang;
    html! { fieldset.field #f-forms { legend { (t.say("consent-scan-confirm")) }
        div.checks { @for one in all {
            @let number = one.number.to_string();
            label.check { input type="checkbox" name="forms" value=(number) checked[form.forms.contains(&number)];
                span {
                    b.strong { (one.child.full_name) } @if let Some(class) = &one.child.class_name { ", " (class) }
                    " – " (purpose_words(t, one.purpose)) " " span.muted.sm.nowrap { (t.say_with("consent-number", &[("number", number.as_str().into())])) }
                } }
        } }
    } }
}

/// Pages whose numbers are to be written by hand.
fn left(visit: &Visit, all: &[Left]) -> Markup {
    let t = visit.lang;
    let why = |left: &Left| match left.why {
        Why::NoCode => t.say("consent-scan-no-code").into_owned(),
        Why::Broken => t.say("consent-scan-broken").into_owned(),
        Why::Foreign => t.say("consent-scan-foreign").into_owned(),
        Why::Strange(number) => {
            t.say_with("consent-scan-strange", &[("number", number.to_string().into())]).into_owned()
        }
        Why::File(trouble) => trouble_words(trouble).say(t).into_owned(),
    };
    piece::panel(
        &t.say("consent-scan-left"),
        html! {},
        html! {
            p.body.muted { (t.say("consent-scan-left-about")) }
            ul.queue { @for one in all { li {
                (piece::icon("file-text"))
                div { b.strong { (t.say_with("consent-scan-page", &[("page", one.page.into()), ("file", one.file.as_str().into())])) } p.muted.sm { (why(one)) } }
            } } }
        },
    )
}
