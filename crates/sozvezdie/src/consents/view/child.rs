//! All consents of one child: for the family, and for those who collect.
use super::{purpose_words, state_tag};
use crate::{
    consents::{
        Consent, LIST,
        model::{ConsentState, Purpose},
        of_child_url,
        record::Rights,
        store::list::Child,
        url,
    },
    learners,
    organisations::OrganisationId,
    shell::Page,
};
use kit::{
    Visit,
    html::{self as piece, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

pub struct Shown {
    pub child: Child,
    pub rights: Rights,
    pub consents: Vec<Consent>,
    /// What the school asks of all.
    pub collected: Vec<Purpose>,
    pub signs_here: bool,
    /// Of the recipients.
    pub names: Vec<(OrganisationId, String)>,
}

pub fn page(visit: &Visit, s: &Shown) -> Markup {
    let t = visit.lang;
    let title = t.say_with("consents-of", &[("name", s.child.full_name.as_str().into())]);
    let way = match s.rights.family {
        true => vec![("/".to_owned(), t.say("nav-home").into_owned())],
        false => vec![(LIST.to_owned(), t.say("consents-title").into_owned())],
    };
    let actions = html! {
        a.btn href=(learners::url(s.child.id)) { (piece::icon("user-round")) (t.say("consent-record")) }
        @if s.rights.family { a.btn href={ (learners::url(s.child.id)) "?tab=reads" } { (piece::icon("eye")) (t.say("learner-reads")) } }
    };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &way, &s.child.full_name))
        (piece::head(&title, html! { p { (t.say("consents-of-about")) } }, actions))
        @if s.rights.family && !s.rights.speaks { div.mb { (piece::alert(Tone::Info, t.say("family-young"))) } }
        @else if s.rights.family && !s.signs_here { div.mb { (piece::alert(Tone::Info, t.say("consent-paper-about"))) } }
        section.panel aria-label=(title) { ul.queue { @for purpose in Purpose::ALL { (line(visit, s, *purpose)) } } }
    })
}

fn line(visit: &Visit, s: &Shown, purpose: Purpose) -> Markup {
    let t = visit.lang;
    let of: Vec<&Consent> = s.consents.iter().filter(|c| c.purpose == purpose).collect();
    let is_open = of.iter().any(|c| c.state == ConsentState::Draft || c.holds(visit.today));
    html! { li {
        (piece::icon(if of.iter().any(|c| c.holds(visit.today)) { "circle-check" } else { "file-text" }))
        div {
            p.strong { (purpose_words(t, purpose)) " " @if !is_open && s.collected.contains(&purpose) { (piece::tag(Tone::Warn, t.say("consent-wanted"))) } }
            p.muted.sm { (t.say(&text_prefix!("consent-why-", purpose.code()))) }
            @for c in &of { p.sm {
                a href=(url(c.id)) { (t.say_with("consent-number", &[("number", c.number.into())])) } " "
                (state_tag(t, c, visit.today))
                @if let Some(day) = c.signed_on { " " span.muted { (t.say_with("consent-from", &[("date", t.date(day).into())])) } }
                @if let Some(name) = c.recipient.and_then(|id| s.names.iter().find(|(of, _)| *of == id)) { " " span.muted { "→ " (name.1) } }
            } }
        }
        div.acts { @if !is_open && (s.rights.speaks || s.rights.collects) {
            form action=(of_child_url(s.child.id)) method="post" {
                (piece::key_field(&visit.new_key()))
                input type="hidden" name="purpose" value=(purpose.code());
                button.btn.sm { (t.say("consent-ask")) span.vh { ": " (purpose_words(t, purpose)) } }
            }
        } }
    } }
}
