//! The form of a nomination.
use super::{crumbs, kind_words};
use crate::{
    gifted::{
        LIST,
        model::{Basis, GiftKind, ProposeForm},
    },
    learners::Listed,
    shell::Page,
};
use kit::{
    Visit,
    form::Problems,
    html::{self as piece, Fields, Line},
    text::text_prefix,
};
use maud::{Markup, html};

pub fn propose(visit: &Visit, found: &[Listed], form: &ProposeForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("gifted-propose-title");
    let bases: Vec<_> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(
            Basis::ALL
                .iter()
                .map(|b| (b.code().to_owned(), t.say(&text_prefix!("gifted-basis-", b.code())).into_owned())),
        )
        .collect();
    let kinds: Vec<_> = GiftKind::ALL.iter().map(|k| (k.code().to_owned(), kind_words(t, *k))).collect();
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(t, &title))
        (piece::head(&title, html! { p { (t.say("gifted-propose-about")) } }, html! {}))
        section.panel {
            form.filters role="search" action="/centre/register/new" {
                div.field.first { label for="by-q" { (t.say("learners-find")) } input.in #by-q type="search" name="q" value=(form.q) autocomplete="off"; }
                button.btn { (piece::icon("search")) (t.say("search-do")) }
            }
            @if found.is_empty() {
                (piece::empty("search", &t.say(if form.q.trim().is_empty() { "centre-enter-search" } else { "centre-enter-nobody" }), html! {}))
            } @else { form.form.body action=(LIST) method="post" {
                (f.summary())
                (piece::key_field(&visit.new_key()))
                input type="hidden" name="q" value=(form.q);
                fieldset.field #f-learner {
                    legend { (t.say("learner-one")) }
                    div.checks { @for l in found { @let id = l.id.to_string();
                        label.check { input type="radio" name="learner" value=(id) required checked[form.learner == id]; span { (l.full_name) " " span.muted.sm { (l.organisation_name) @if let Some(class) = &l.class_name { ", " (class) } } } }
                    } }
                    @if let Some(message) = problems.at("learner") { p.err #e-learner { (message.say(t)) } }
                }
                (f.select("basis", &t.say("gifted-basis"), &form.basis, &bases, "", true))
                (f.checks("kinds", &t.say("gifted-kinds"), &form.kinds, &kinds))
                (f.line("subject", &t.say("gifted-subject"), &form.subject, Line { hint: &t.say("gifted-subject-hint"), ..Line::TEXT }))
                (f.text("reason", &t.say("gifted-reason"), &form.reason, &t.say("gifted-reason-hint"), true))
                div.actions { button.btn.primary { (t.say("gifted-propose")) } a.btn href=(LIST) { (t.say("cancel")) } }
            } }
        }
    })
}
