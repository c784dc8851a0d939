//! One consent with every field that the law names.
use super::{permits, purpose_words, state_tag};
use crate::{
    consents::{Consent, LIST, model::ConsentState, of_child_url, record::Rights, store::list::Child, url},
    learners,
    organisations::{self, OrganisationId},
    shell::Page,
};
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

pub struct Shown {
    pub consent: Consent,
    pub child: Child,
    pub rights: Rights,
    /// Of the operator and the recipient.
    pub names: Vec<(OrganisationId, String)>,
    pub signer: Option<String>,
    /// The network takes a signature in the program.
    pub signs_here: bool,
}

pub fn page(visit: &Visit, s: &Shown, problems: &Problems) -> Markup {
    let t = visit.lang;
    let c = &s.consent;
    let title = purpose_words(t, c.purpose);
    let way = match s.rights.family {
        true => vec![(of_child_url(s.child.id), s.child.full_name.clone())],
        false => vec![
            (LIST.to_owned(), t.say("consents-title").into_owned()),
            (of_child_url(s.child.id), s.child.full_name.clone()),
        ],
    };
    let below = html! { p.row { (state_tag(t, c, visit.today)) span { (t.say_with("consent-number", &[("number", c.number.into())])) } } };
    let print = html! { a.btn href={ (url(c.id)) "/form.pdf" } hx-boost="false" download { (piece::icon("printer")) (t.say("consent-print-one")) } };
    Page::new(visit, title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &way, &title))
        (piece::head(&title, below, print))
        div.grid.cols.mt {
            div.stack { (piece::panel(&t.say("consent-fields"), html! {}, html! { div.body { (facts(visit, s)) } })) }
            div.stack { (deeds(visit, s, problems)) }
        }
    })
}

fn name(s: &Shown, id: OrganisationId) -> &str {
    s.names.iter().find(|(of, _)| *of == id).map_or("", |(_, name)| name)
}

fn facts(visit: &Visit, s: &Shown) -> Markup {
    let t = visit.lang;
    let c = &s.consent;
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| html! { (t.date(day)) });
    let recipient = match (c.recipient, c.purpose) {
        (Some(id), _) => html! { (name(s, id)) },
        (None, purpose) => html! { (t.say(&text_prefix!("consent-recipients-", purpose.code()))) },
    };
    let permitted = c.categories();
    let permitted = (!permitted.is_empty()).then(|| {
        let words: Vec<_> = permitted.iter().map(|k| t.say(&text_prefix!("consent-category-", k.code()))).collect();
        html! { (words.join(", ")) }
    });
    piece::facts(&[
        (&t.say("consent-subject"), Some(html! { a href=(learners::url(s.child.id)) { (s.child.full_name) } })),
        (&t.say("consent-signer"), signer(t, s)),
        (
            &t.say("consent-operator"),
            Some(html! { a href=(organisations::url(c.organisation)) { (name(s, c.organisation)) } }),
        ),
        (&t.say("consent-purpose"), Some(html! { (purpose_words(t, c.purpose)) })),
        (&t.say("consent-data"), Some(html! { (t.say(&text_prefix!("consent-data-", c.purpose.code()))) })),
        (&t.say("consent-recipients"), Some(recipient)),
        (&t.say("consent-actions"), Some(html! { (t.say(&text_prefix!("consent-actions-", c.purpose.code()))) })),
        (&t.say("consents-permitted"), permitted),
        (&t.say("consent-signed-on"), day(c.signed_on)),
        (&t.say("consent-way"), c.way.map(|way| html! { (t.say(&text_prefix!("consent-way-", way.code()))) })),
        (
            &t.say("consent-until"),
            Some(
                html! { @match c.until { Some(day) => { (t.date(day)) } None => { (t.say("consent-until-withdrawn")) } } },
            ),
        ),
        (&t.say("consent-ended-on"), day(c.ended_on)),
        (&t.say("consent-how-to-withdraw"), Some(html! { (t.say("consent-withdraw-way")) })),
    ])
}

fn signer(t: Lang, s: &Shown) -> Option<Markup> {
    let authority = s.consent.authority?;
    let authority = t.say(&text_prefix!("consent-authority-", authority.code()));
    Some(html! { @match &s.signer {
        Some(name) => { (name) " (" (authority) ")" }
        None => { (authority) ", " (t.say("consent-signer-on-paper")) }
    } })
}

fn deeds(visit: &Visit, s: &Shown, problems: &Problems) -> Markup {
    let t = visit.lang;
    let c = &s.consent;
    let here = url(c.id);
    let chosen: Vec<String> = c.categories().iter().map(|k| k.code().to_owned()).collect();
    let holds = c.holds(visit.today);
    html! {
        @if s.rights.speaks && c.state == ConsentState::Draft { (piece::panel(&t.say("consent-sign"), html! {}, html! { div.body {
            @if s.signs_here { form.form action={ (here) "/signature" } method="post" {
                (piece::key_field(&visit.new_key()))
                p { (t.say("consent-sign-about")) }
                (permits(t, &t.say("consent-permit"), &[c.purpose], &[], problems))
                div.actions { button.btn.primary { (t.say("consent-sign-do")) } }
            } } @else { (piece::alert(Tone::Info, t.say("consent-paper-about"))) }
        } })) }
        @if (s.rights.speaks || s.rights.collects) && holds { (piece::panel(&t.say("consent-withdraw"), html! {}, html! { div.body {
            form.form action={ (here) "/withdrawal" } method="post" {
                (piece::key_field(&visit.new_key()))
                p { (t.say(if s.rights.speaks { "consent-withdraw-about" } else { "consent-withdraw-office" })) }
                div.actions { button.btn.danger { (t.say("consent-withdraw-do")) } }
            }
        } })) }
        @if s.rights.collects && c.state == ConsentState::Draft { (piece::panel(&t.say("consents-came-back"), html! {}, html! { div.body {
            form.form action={ (LIST) "/receipts" } method="post" {
                (piece::key_field(&visit.new_key()))
                input type="hidden" name="back" value={ (s.child.id) ":" (c.purpose.code()) };
                div.field { label for="f-signed_on" { (t.say("consent-signed-on")) } input.in #f-signed_on type="date" name="signed_on" value=(visit.today) required; }
                (permits(t, &t.say("consents-permitted"), &[c.purpose], &[], problems))
                div.actions { button.btn.primary { (piece::icon("check")) (t.say("consents-tick")) } }
            }
        } })) }
        @if s.rights.collects && holds && c.purpose.has_categories() { (piece::panel(&t.say("consent-permit-change"), html! {}, html! { div.body {
            form.form action={ (here) "/permissions" } method="post" {
                (piece::key_field(&visit.new_key()))
                (permits(t, &t.say("consents-permitted"), &[c.purpose], &chosen, problems))
                div.actions { button.btn { (t.say("save")) } }
            }
        } })) }
    }
}
