//! A stack of signed forms, entered by their numbers.
use super::permits;
use crate::{
    consents::{LIST, STACK, collect::StackForm, model::Purpose},
    shell::Page,
};
use kit::{
    Visit,
    form::Problems,
    html::{self as piece, Fields, Line},
};
use maud::{Markup, html};

pub fn page(visit: &Visit, form: &StackForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("consent-stack");
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("consents-title").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("consent-stack-about")) } }, html! {}))
        section.panel { form.form.body action=(STACK) method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            (f.text("numbers", &t.say("consent-numbers"), &form.numbers, &t.say("consent-numbers-hint"), true))
            (f.line("signed_on", &t.say("consent-signed-on"), &form.signed_on, Line { kind: "date", required: true, ..Line::TEXT }))
            (permits(t, &t.say("consents-permitted"), Purpose::ALL, &form.categories, problems))
            div.actions { button.btn.primary { (t.say("consents-tick")) } a.btn href=(LIST) { (t.say("cancel")) } }
        } }
    })
}
