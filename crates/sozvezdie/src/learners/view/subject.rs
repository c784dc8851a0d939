//! The form of destroying a child's data, and the acts of what was destroyed.
use crate::{
    learners::{
        LIST,
        destructions::{ACTS, Act},
        model::Learner,
        subject::{DestructionForm, Ground},
        url,
    },
    shell::Page,
};
use kit::{
    Visit,
    form::Problems,
    html::{self as piece, Fields, Line},
    text::text_prefix,
};
use maud::{Markup, html};
use std::collections::HashMap;
use uuid::Uuid;

pub fn destruction(visit: &Visit, l: &Learner, form: &DestructionForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("learner-destroy");
    let way = [(LIST.to_owned(), t.say("learners-title").into_owned()), (url(l.id), l.full_name.clone())];
    let grounds: Vec<_> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(
            Ground::ALL
                .iter()
                .map(|g| (g.code().to_owned(), t.say(&text_prefix!("destruction-ground-", g.code())).into_owned())),
        )
        .collect();
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &way, &title))
        (piece::head(&title, html! {}, piece::link_button(ACTS, "file-text", t.say("destruction-acts"), false)))
        div.mb { (piece::alert(piece::Tone::Warn, t.say("destruction-about"))) }
        section.panel { form.form.body action={ (url(l.id)) "/destruction" } method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            (f.select("ground", &t.say("destruction-ground"), &form.ground, &grounds, "", true))
            (f.line("last_name", &t.say("destruction-last-name"), &form.last_name, Line { required: true, hint: &t.say("destruction-last-name-hint"), autocomplete: "off", ..Line::TEXT }))
            div.actions { button.btn.danger { (piece::icon("trash-2")) (t.say("destruction-do")) } a.btn href=(url(l.id)) { (t.say("cancel")) } }
        } }
    })
}

/// What was destroyed: days, grounds, who; no names of children.
pub fn acts(visit: &Visit, acts: &[Act], names: &HashMap<Uuid, String>) -> Markup {
    let t = visit.lang;
    let title = t.say("destruction-acts");
    let year = chrono::Datelike::year(&visit.today);
    let who = |act: &Act| act.by_person.and_then(|id| names.get(&id)).cloned();
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.to_owned(), t.say("learners-title").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("destruction-acts-about")) } }, html! {}))
        section.panel aria-label=(title) {
            @if acts.is_empty() { (piece::empty("file-text", &t.say("destruction-acts-none"), html! {})) }
            @else { (piece::scroll(&title, html! { table.tbl.cards role="table" {
                caption.vh { (title) }
                thead role="rowgroup" { tr role="row" {
                    @for words in [t.say("destruction-at"), t.say("destruction-ground"), t.say("destruction-by"), t.say("destruction-records"), t.say("destruction-act")] { th role="columnheader" scope="col" { (words) } }
                } }
                tbody role="rowgroup" { @for act in acts { tr role="row" {
                    td.main.nowrap role="cell" { (t.moment(act.at, year)) }
                    td.a role="cell" { (t.say(&text_prefix!("destruction-ground-", act.ground.code()))) }
                    td.c role="cell" data-l=(t.say("destruction-by")) { (who(act).unwrap_or_else(|| t.say("somebody").into_owned())) }
                    td.c role="cell" data-l=(t.say("destruction-records")) { (t.number(act.records)) }
                    td.go role="cell" { a.btn.sm href={ (ACTS) "/" (act.id) "/pdf" } hx-boost="false" download { (piece::icon("printer")) (t.say("destruction-print")) span.vh { ": " (t.moment(act.at, year)) } } }
                } } }
            } })) }
        }
    })
}
