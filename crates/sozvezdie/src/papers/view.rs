//! Pages of documents.
use super::{
    WORDS,
    words::{Correction, InCase, WordForm},
};
use crate::shell::Page;
use chrono::Datelike as _;
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line},
    text::text_prefix,
};
use maud::{Markup, html};
use std::collections::HashMap;
use uuid::Uuid;

fn case_words(t: Lang, case: InCase) -> String {
    t.say(&text_prefix!("paper-case-", case.code())).into_owned()
}

/// How names and posts are declined where a person has corrected the program.
pub fn words(
    visit: &Visit,
    corrections: &[Correction],
    names: &HashMap<Uuid, String>,
    form: &WordForm,
    problems: &Problems,
) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("paper-words-title");
    let cases: Vec<_> = InCase::ALL.iter().map(|case| (case.code().to_owned(), case_words(t, *case))).collect();
    let who = |c: &Correction| c.updated_by.and_then(|id| names.get(&id)).cloned().unwrap_or_default();
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p.muted { (t.say("paper-words-about")) } }, html! {}))
        div.grid.cols {
            section.panel {
                @if corrections.is_empty() { (piece::empty("pencil", &t.say("paper-words-none"), html! {})) }
                @else { (piece::scroll(&title, html! { table.tbl {
                    caption.vh { (title) }
                    thead { tr { th scope="col" { (t.say("paper-word-phrase")) } th scope="col" { (t.say("paper-word-case")) } th scope="col" { (t.say("paper-word-form")) } th scope="col" { (t.say("paper-word-who")) } } }
                    tbody { @for c in corrections { tr { th scope="row" { (c.phrase) } td { (case_words(t, c.in_case)) } td { (c.form) } td { (who(c)) div.muted.sm { (t.moment(c.updated_at, visit.today.year())) } } } } }
                } })) }
            }
            (piece::panel(&t.say("paper-word-new"), html! {}, html! {
                form.form.body action=(WORDS) method="post" {
                    (f.summary())
                    (piece::key_field(&visit.new_key()))
                    (f.line("phrase", &t.say("paper-word-phrase"), &form.phrase, Line { required: true, hint: &t.say("paper-word-phrase-hint"), ..Line::TEXT }))
                    (f.select("in_case", &t.say("paper-word-case"), &form.in_case, &cases, "", true))
                    (f.line("form", &t.say("paper-word-form"), &form.form, Line { required: true, hint: &t.say("paper-word-form-hint"), ..Line::TEXT }))
                    div.actions { button.btn.primary { (t.say("paper-word-do")) } }
                }
            }))
        }
    })
}
