//! The consents to a visit: on the booking's page, and the form of an answer.
use super::{record::crumbs, span_words};
use crate::{
    exchange::{
        consent::{self, Consent, ConsentForm, Party},
        model::Booking,
        url,
    },
    shell::Page,
};
use chrono::Datelike as _;
use kit::{
    Visit,
    form::Problems,
    html::{self as piece, Fields, Tone},
    text::text_prefix,
};
use maud::{Markup, html};
use std::collections::HashMap;
use uuid::Uuid;

fn party_words(visit: &Visit, party: Party) -> String {
    visit.lang.say(&text_prefix!("consent-party-", party.code())).into_owned()
}

/// Who has agreed and who is still silent. Nothing where nobody goes anywhere.
pub fn panel(visit: &Visit, b: &Booking, all: &[Consent], people: &HashMap<Uuid, String>) -> Markup {
    let t = visit.lang;
    if !consent::is_needed(b) || (all.is_empty() && !consent::is_open(visit, b)) {
        return html! {};
    }
    let year = visit.today.year();
    let name = |c: &Consent| c.answered_by.and_then(|id| people.get(&id)).cloned().unwrap_or_default();
    let line = |party: Party| {
        let given = all.iter().find(|c| c.party == party);
        html! { li.flex {
            span.t {
                b.strong { (party_words(visit, party)) }
                @if let Some(c) = given {
                    div.muted.sm { (name(c)) ", " (t.moment(c.answered_at, year)) }
                    @if let Some(reason) = &c.reason { div { (reason) } }
                }
            }
            @match given {
                Some(c) if c.is_given => (piece::tag(Tone::Ok, t.say("consent-given"))),
                Some(_) => (piece::tag(Tone::Bad, t.say("consent-refused"))),
                None => (piece::tag(Tone::Warn, t.say("consent-waits"))),
            }
        } }
    };
    let asked = |party: &Party| {
        consent::is_open(visit, b) && consent::answers_as(visit, b, *party) && all.iter().all(|c| c.party != *party)
    };
    piece::panel(
        &t.say("consent-title"),
        html! {},
        html! {
            ul.list { @for party in Party::ALL { (line(*party)) } }
            @for party in Party::ALL.iter().filter(|p| asked(p)) { div.body.row { (buttons(visit, b, *party)) } }
        },
    )
}

/// Agree at one press, refuse with a word on why.
fn buttons(visit: &Visit, b: &Booking, party: Party) -> Markup {
    let t = visit.lang;
    html! {
        (agree(visit, b, party, &html! { (piece::icon("check")) (t.say(&text_prefix!("consent-agree-", party.code()))) }, "btn primary"))
        a.btn href={ (url(b.id)) "/consent?party=" (party.code()) } { (piece::icon("x")) (t.say("consent-refuse")) }
    }
}

/// The one press; for the record and for «На решении».
pub fn agree(visit: &Visit, b: &Booking, party: Party, words: &Markup, class: &str) -> Markup {
    html! { form action={ (url(b.id)) "/consent" } method="post" {
        (piece::key_field(&visit.new_key()))
        input type="hidden" name="party" value=(party.code());
        input type="hidden" name="answer" value="yes";
        button class=(class) { (words) }
    } }
}

/// Refusing says why.
pub fn page(visit: &Visit, b: &Booking, mine: &[Party], form: &ConsentForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("consent-refuse-title");
    let parties: Vec<_> = mine.iter().map(|p| (p.code().to_owned(), party_words(visit, *p))).collect();
    let party = mine.iter().find(|p| p.code() == form.party).or_else(|| mine.first());
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(visit, b, Some(&title)))
        (piece::head(&title, html! { p { (b.resource_name) " · " (span_words(visit, b.span)) " · " (b.organisation_name) } }, html! {}))
        section.panel { form.form.body action={ (url(b.id)) "/consent" } method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="answer" value="no";
            @if let (true, Some(party)) = (mine.len() > 1, party) { (f.select("party", &t.say("consent-as"), party.code(), &parties, "", true)) }
            @else if let Some(party) = party { input type="hidden" name="party" value=(party.code()); }
            (f.text("reason", &t.say("booking-why"), &form.reason, &t.say("booking-why-hint"), true))
            div.actions { button.btn.primary { (t.say("consent-refuse")) } a.btn href=(url(b.id)) { (t.say("cancel")) } }
        } }
    })
}
