//! «Что и на каком основании».
use super::purpose_words;
use crate::{
    consents::{
        GROUNDS, LIST, NETWORK, VIEW,
        grounds::Own,
        model::{Ground, Purpose, USES, Use},
    },
    shell::Page,
};
use kit::{
    Lang, Visit,
    html::{self as piece, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

pub fn page(visit: &Visit, own: &[Own], signs_here: bool) -> Markup {
    let t = visit.lang;
    let title = t.say("consent-grounds");
    let way = if visit.viewer.may(VIEW) {
        (LIST.to_owned(), t.say("consents-title").into_owned())
    } else {
        ("/".to_owned(), t.say("nav-home").into_owned())
    };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[way], &title))
        (piece::head(&title, html! { p { (t.say("consent-grounds-about")) } }, html! {}))
        section.panel { (piece::scroll(&title, html! { table.tbl.cards {
            thead { tr { th scope="col" { (t.say("use-what")) } th scope="col" { (t.say("use-ground")) } th scope="col" { (t.say("use-basis")) } th scope="col" { (t.say("use-paper")) } } }
            tbody { @for u in USES { (line(t, u)) } }
        } })) }
        @for o in own { (needs(visit, o)) }
        @if visit.viewer.may(NETWORK) { (signing(visit, signs_here)) }
    })
}

fn line(t: Lang, u: &Use) -> Markup {
    let tone = if u.ground == Ground::Consent { Tone::Warn } else { Tone::Ok };
    html! { tr {
        td.main { (t.say(&text_prefix!("use-of-", u.code))) }
        td data-l=(t.say("use-ground")) { (piece::tag(tone, t.say(&text_prefix!("use-ground-", u.ground.code())))) }
        td data-l=(t.say("use-basis")) { (t.say(&text_prefix!("use-basis-", u.code))) }
        td data-l=(t.say("use-paper")) { @match u.purpose { Some(purpose) => { (purpose_words(t, purpose)) } None => { (t.say("use-no-paper")) } } }
    } }
}

fn needs(visit: &Visit, o: &Own) -> Markup {
    let t = visit.lang;
    let title = t.say_with("consent-needs-of", &[("name", o.name.as_str().into())]);
    html! { div.mt { (piece::panel(&title, html! {}, html! { form.form.body action=(GROUNDS) method="post" {
        (piece::key_field(&visit.new_key()))
        input type="hidden" name="organisation" value=(o.id);
        fieldset.field { legend { (t.say("consent-needs-about")) }
            div.checks { @for purpose in Purpose::ALL {
                label.check { input type="checkbox" name="purposes" value=(purpose.code()) checked[o.collected.contains(purpose)]; span { (purpose_words(t, *purpose)) } }
            } }
        }
        div.actions { button.btn { (t.say("save")) } }
    } })) } }
}

fn signing(visit: &Visit, signs_here: bool) -> Markup {
    let t = visit.lang;
    html! { div.mt { (piece::panel(&t.say("consent-signing"), html! {}, html! { form.form.body action={ (GROUNDS) "/signing" } method="post" {
        (piece::key_field(&visit.new_key()))
        p { (t.say("consent-signing-about")) }
        label.check { input type="checkbox" name="is_allowed" value="true" checked[signs_here]; span { (t.say("consent-signing-allow")) } }
        div.actions { button.btn { (t.say("save")) } }
    } })) } }
}
