//! «Персональные данные: что и зачем храним»: the page of the system administrator, drawn from the
//! table that the schema is tested against.
pub mod fields;

use crate::{
    accounts::GOVERN,
    shell::{Page, Slice},
};
use fields::{Erase, Kind, PERSONAL};
use kit::{Visit, html as piece, routes::Routes, text::text_prefix};
use maud::{Markup, html};

pub fn slice() -> Slice {
    Slice::new("personal", Routes::default().get("/personal-data", GOVERN, show))
}

async fn show(visit: Visit) -> Markup {
    let t = visit.lang;
    let title = t.say("personal-title");
    let heads = [
        t.say("personal-what"),
        t.say("personal-why"),
        t.say("personal-ground"),
        t.say("personal-how-long"),
        t.say("personal-rights"),
        t.say("personal-where"),
    ];
    Page::new(&visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say("personal-about")) } }, html! {}))
        section.panel aria-label=(title) { div.scroll-x { table.tbl.cards role="table" {
            caption.vh { (title) }
            thead role="rowgroup" { tr role="row" { @for words in heads { th role="columnheader" scope="col" { (words) } } } }
            tbody role="rowgroup" { @for kind in Kind::ALL { tr role="row" {
                td.main role="cell" { b { (t.say(&text_prefix!("personal-kind-", kind.code()))) } }
                td role="cell" { (t.say(&text_prefix!("personal-purpose-", kind.code()))) }
                td role="cell" { (t.say(&text_prefix!("personal-ground-", kind.code()))) }
                td role="cell" { (t.say(&text_prefix!("personal-retention-", kind.code()))) }
                td role="cell" {
                    p { (t.say(if kind.is_exported() { "personal-exported" } else { "personal-not-exported" })) }
                    p { (t.say(match kind.erase() { Erase::Row => "personal-erase-row", Erase::Blank => "personal-erase-blank", Erase::Keep => "personal-erase-keep" })) }
                }
                td role="cell" { details { summary { (t.say_with("personal-columns", &[("count", columns(*kind).count().into())])) } ul { @for name in columns(*kind) { li { code { (name) } } } } } }
            } } }
        } } }
    })
}

fn columns(kind: Kind) -> impl Iterator<Item = &'static str> {
    PERSONAL.iter().filter(move |(_, k)| *k == kind).map(|(name, _)| *name)
}
