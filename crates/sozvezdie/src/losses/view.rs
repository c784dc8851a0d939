//! How losses are told.
use super::{Loss, Missing};
use crate::{centre, events, learners, plans, portfolios, results, routes, shell::Page};
use kit::{
    Lang, Visit,
    html::{self as piece, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

pub fn page(visit: &Visit, all: &[Loss]) -> Markup {
    let t = visit.lang;
    let title = t.say("losses-title");
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(centre::PAGE.into(), t.say("nav-centre").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("losses-about")) } }, html! {}))
        (centre::sections(visit, super::LIST))
        section.panel.mt aria-label=(title) {
            @if all.is_empty() { (piece::empty("circle-check", &t.say("losses-none"), html! {})) }
            @else { (table(visit, all)) }
        }
        p.muted.sm.mt { (t.say("losses-rules")) }
    })
}

fn table(visit: &Visit, all: &[Loss]) -> Markup {
    let t = visit.lang;
    let title = t.say("losses-title");
    piece::scroll(
        &title,
        html! { table.tbl.cards {
            thead { tr {
                th scope="col" { (t.say("figures-row-child")) } th scope="col" { (t.say("organisation-one")) }
                th scope="col" { (t.say("losses-won")) } th scope="col" { (t.say("losses-why")) } th scope="col" { (t.say("losses-act")) }
            } }
            tbody { @for l in all { tr {
                td.main {
                    a href=(learners::url(l.learner)) { (l.full_name) }
                    @if l.is_member { " " (piece::tag(Tone::Plain, t.say("entry-member"))) }
                }
                td data-l=(t.say("organisation-one")) { (l.organisation_name) @if let Some(class) = &l.class_name { p.muted.sm { (class) } } }
                td data-l=(t.say("losses-won")) { ul { @for prize in &l.prizes { li { (prize_words(t, prize)) } } } }
                td data-l=(t.say("losses-why")) { ul { @for reason in reasons(t, l) { li { (reason) } } } }
                td data-l=(t.say("losses-act")) { (acts(visit, l)) }
            } } }
        } },
    )
}

/// «призёр: «Олимпиада», муниципальный уровень, 2025-2026».
fn prize_words(t: Lang, p: &super::model::Prize) -> String {
    let came = results::outcome_words(t, p.award, p.degree, p.place).join(", ");
    let values = [
        ("result", came.into()),
        ("title", p.title.clone().into()),
        ("level", t.say(&text_prefix!("event-level-", p.level.code())).into_owned().into()),
        ("year", p.academic_year.to_string().into()),
    ];
    t.say_with("candidate-past", &values).into_owned()
}

fn reasons(t: Lang, l: &Loss) -> Vec<String> {
    let mut words = Vec::new();
    if l.is_silent() {
        words.push(t.say("losses-silent").into_owned());
    }
    for teacher in &l.left {
        let values = [("who", teacher.name.clone().into()), ("school", teacher.school.clone().into())];
        words.push(t.say_with("losses-left", &values).into_owned());
    }
    if !l.is_silent() {
        words.extend(l.missing.iter().map(|m| t.say(&text_prefix!("losses-missing-", m.code())).into_owned()));
    }
    words
}

/// The way to mend each thing that is not there, as far as the viewer may.
fn acts(visit: &Visit, l: &Loss) -> Markup {
    let t = visit.lang;
    let (may_route, may_plan, may_enter) =
        (visit.viewer.may(routes::EDIT), visit.viewer.may(plans::EDIT) && l.is_member, visit.viewer.may(events::SUIT));
    let act = |href: String, key: &'static str| {
        html! { li { a href=(href) { (t.say(key)) span.vh { ": " (l.full_name) } } } }
    };
    html! { ul {
        @if may_route && l.missing.contains(&Missing::Route) { (act(format!("{}/new?learner={}", routes::LIST, l.learner), kit::text::text_key("losses-start-route"))) }
        @if may_plan && l.missing.contains(&Missing::Mentor) { (act(format!("{}/new?learner={}", plans::LIST, l.learner), kit::text::text_key("losses-give-mentor"))) }
        @if may_enter && l.missing.contains(&Missing::Entry) { (act(format!("{}?state=announced", events::LIST), kit::text::text_key("losses-enter"))) }
        @if visit.viewer.may(portfolios::SEE) { (act(portfolios::url(l.learner), kit::text::text_key("losses-portfolio"))) }
    } }
}
