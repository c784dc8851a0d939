//! The home of a family and of a learner: what waits, what comes this week, one child at a time.
use super::told::{Item, items, may_sign};
use crate::{
    cases, consents, exchange,
    learners::{self, Filter, How, Listed},
    people::PersonId,
    portfolios,
    shell::Page,
};
use chrono::{Datelike as _, Days};
use kit::{Fault, Lang, Visit, html as piece, http::Query};
use maud::{Markup, html};
use serde::Deserialize;

/// How far ahead one looks.
const WEEK: u64 = 7;
/// Children of one family.
const MOST: i64 = 30;
/// What comes after the week: so many lines.
const LATER: usize = 12;

/// Whether this viewer's home is a family's: somebody with children here, or a learner, and no work.
pub fn is_family(visit: &Visit) -> bool {
    visit.viewer.may(consents::OWN) && !visit.viewer.may(exchange::VIEW)
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    child: String,
}

/// The page; `child` of the address says whose.
///
/// # Errors
/// The database's; [`Fault::Unavailable`] when the look cannot be noted.
pub async fn page(visit: &Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let filter = Filter { left: true, ..Filter::default() };
    let children = learners::list(visit, How::List, &filter, None, MOST).await?.items;
    let named = asked.child.parse::<PersonId>().ok();
    let chosen = children.iter().find(|c| Some(c.id) == named).or_else(|| children.first());
    let items = match chosen {
        Some(child) => items(visit, child).await?,
        None => Vec::new(),
    };
    Ok(draw(visit, &children, chosen, &items))
}

fn draw(visit: &Visit, children: &[Listed], chosen: Option<&Listed>, items: &[Item]) -> Markup {
    let t = visit.lang;
    let title = super::view::today(visit);
    let about = match chosen {
        Some(child) if visit.viewer.person == Some(child.id.0) => t.say("family-own-about"),
        Some(_) => t.say("family-about"),
        None => t.say("family-nobody"),
    };
    Page::new(visit, t.say("nav-home")).show(html! { div.easy {
        (piece::head(&title, html! { p { (about) } }, html! {}))
        @if children.len() > 1 { (switch(t, children, chosen)) }
        @if let Some(child) = chosen { (of_one(visit, child, items)) }
        @else { section.panel { (piece::empty("graduation-cap", &t.say("family-nobody-help"), html! {})) } }
    } })
}

fn switch(t: Lang, children: &[Listed], chosen: Option<&Listed>) -> Markup {
    let tabs: Vec<_> = children
        .iter()
        .map(|c| (format!("/?child={}", c.id), first_name(c).to_owned(), None, chosen.is_some_and(|of| of.id == c.id)))
        .collect();
    piece::tabs(&t.say("family-children"), &tabs)
}

/// «Тимофей» of «Демонов Тимофей Учебнович».
fn first_name(c: &Listed) -> &str {
    c.full_name.split_whitespace().nth(1).unwrap_or(&c.full_name)
}

fn of_one(visit: &Visit, child: &Listed, items: &[Item]) -> Markup {
    let t = visit.lang;
    let own = visit.viewer.person == Some(child.id.0);
    let end = visit.today.checked_add_days(Days::new(WEEK)).unwrap_or(visit.today);
    let is_week = |item: &&Item| !item.is_deed && item.day.is_none_or(|day| day <= end);
    // A learner's next step stands first of all, even where it is only to come.
    let step = items.iter().find(|item| own && item.is_step);
    let deeds: Vec<&Item> = step.into_iter().chain(items.iter().filter(|item| item.is_deed)).collect();
    let week: Vec<&Item> = items.iter().filter(is_week).collect();
    let later: Vec<&Item> = items.iter().filter(|item| !item.is_deed && !is_week(item)).take(LATER).collect();
    html! { div.grid.cols.mt {
        div.stack {
            (piece::panel(&t.say(if own { "family-next" } else { "family-deeds" }), html! {}, html! {
                @if deeds.is_empty() { (piece::empty("circle-check", &t.say("family-no-deeds"), html! {})) } @else { (lines(visit, &deeds)) }
            }))
            (piece::panel(&t.say(if own { "family-my-week" } else { "family-week" }), html! {}, html! {
                @if week.is_empty() { (piece::empty("calendar-days", &t.say("family-no-week"), html! {})) } @else { (lines(visit, &week)) }
            }))
            @if !later.is_empty() { (piece::panel(&t.say("family-later"), html! {}, lines(visit, &later))) }
        }
        div.stack { (piece::panel(&child.full_name, html! {}, html! {
            div.body { p.muted { (child.organisation_name) @if let Some(class) = &child.class_name { ", " (class) } }
                @if own && !may_sign(visit, child) { p.muted.sm { (t.say("family-young")) } } }
            ul.queue {
                (way(&learners::url(child.id), "user-round", &t.say("family-record"), &t.say("family-record-note")))
                (way(&portfolios::url(child.id), "medal", &t.say("portfolio-title"), &t.say("portfolio-tie")))
                (way(&consents::of_child_url(child.id), "file-text", &t.say("consents-title"), &t.say("family-consents-note")))
                (way(&format!("{}?tab=reads", learners::url(child.id)), "eye", &t.say("learner-reads"), &t.say("family-reads-note")))
                @if may_sign(visit, child) { (way(&format!("{}/of/{}", cases::LIST, child.id), "inbox", &t.say("cases-family"), &t.say("family-cases-note"))) }
                (way(consents::GROUNDS, "shield", &t.say("consent-grounds"), &t.say("family-grounds-note")))
            }
        })) }
    } }
}

fn way(href: &str, icon: &str, title: &str, note: &str) -> Markup {
    html! { li { (piece::icon(icon)) div { a.t href=(href) { (title) } p.muted.sm { (note) } } } }
}

fn lines(visit: &Visit, items: &[&Item]) -> Markup {
    html! { ul.queue { @for item in items { li {
        (piece::icon(item.icon))
        div {
            a.t href=(item.href) { (item.title) }
            p.muted.sm { @if let Some(day) = item.day { (visit.lang.day(day, visit.today.year())) " · " } (item.note) }
        }
    } } } }
}
