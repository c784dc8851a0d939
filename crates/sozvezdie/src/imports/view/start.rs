//! The first step: what is in the file, and the file itself or a table pasted from Excel.
use super::{Step, kind_words};
use crate::imports::upload::{LIMIT, Typed};
use kit::{
    Visit,
    access::Reach,
    form::Problems,
    html::{self as piece, Fields, Line},
};
use maud::{Markup, html};
use uuid::Uuid;

/// Endings that the file dialogue offers. What the bytes are is told by the bytes.
const ENDINGS: &str = ".xlsx,.xls,.ods,.csv,.tsv,.txt";

/// The page, filled with what was typed.
pub fn page(
    visit: &Visit,
    kinds: &[(&'static str, Reach)],
    organisations: &[(Uuid, String)],
    area_code: &str,
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let t = visit.lang;
    let known = kinds.iter().any(|(kind, _)| *kind == typed.kind);
    let title = if known {
        t.say_with("import-of", &[("kind", kind_words(t, &typed.kind).into())])
    } else {
        t.say("import-new")
    };
    super::page(
        visit,
        &title,
        Step::File,
        None,
        html! {},
        form(visit, kinds, organisations, area_code, typed, problems),
    )
}

fn form(
    visit: &Visit,
    kinds: &[(&'static str, Reach)],
    organisations: &[(Uuid, String)],
    area_code: &str,
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let choices: Vec<(String, String)> =
        kinds.iter().map(|(kind, _)| ((*kind).to_owned(), kind_words(t, kind))).collect();
    // Whoever may in the whole network need not bind the file to one organisation.
    let widest = kinds.iter().any(|(_, reach)| *reach == Reach::Network);
    let own: Vec<(String, String)> = organisations.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    let any = widest || own.len() != 1;
    let own: Vec<_> = any
        .then(|| (String::new(), t.say(if widest { "import-whole-network" } else { "form-choose-one" }).into_owned()))
        .into_iter()
        .chain(own)
        .collect();
    let code = if typed.area_code.is_empty() { area_code } else { &typed.area_code };
    html! {
        section.panel { form.form.body action="/imports" method="post" enctype="multipart/form-data" hx-boost="false" data-nodraft {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            @if let [(kind, _)] = kinds { input type="hidden" name="kind" value=(kind); }
            @else { (f.select("kind", &t.say("import-kind"), &typed.kind, &choices, "", true)) }
            (file(visit, problems))
            (f.text("table", &t.say("import-table"), &typed.table, &t.say("import-table-hint"), false))
            details open[["organisation", "area_code", "as_of"].iter().any(|name| problems.at(name).is_some())] {
                summary { (t.say("import-more")) }
                (f.select("organisation", &t.say("import-organisation"), &typed.organisation, &own, &t.say("import-organisation-hint"), !widest))
                (f.line("area_code", &t.say("import-area-code"), code, Line { hint: &t.say("import-area-code-hint"), ..Line::TEXT }))
                (f.line("as_of", &t.say("import-as-of"), &typed.as_of, Line { kind: "date", hint: &t.say("import-as-of-hint"), ..Line::TEXT }))
            }
            div.actions { button.btn.primary { (piece::icon("upload")) (t.say("import-read")) } a.btn href="/imports" { (t.say("cancel")) } }
        } }
        p.muted.mt { (t.say("import-nothing-yet")) }
    }
}

fn file(visit: &Visit, problems: &Problems) -> Markup {
    let t = visit.lang;
    let problem = problems.at("file");
    let described = if problem.is_some() { "e-file h-file" } else { "h-file" };
    html! {
        div {
            label.drop {
                (piece::icon("file-spreadsheet"))
                span.strong { (t.say("import-choose-file")) }
                span.hint #h-file { (t.say_with("import-file-hint", &[("limit", (LIMIT / 1024 / 1024).into())])) }
                input #f-file type="file" name="file" accept=(ENDINGS) data-max=(LIMIT) aria-invalid=[problem.map(|_| "true")] aria-describedby=(described);
                output {}
            }
            @if let Some(message) = problem { p.err #e-file { (message.say(t)) } }
        }
    }
}
