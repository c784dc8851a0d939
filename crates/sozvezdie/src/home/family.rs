//! The home of a family and of a learner: what waits, what comes this week, one child at a time.
use crate::{
    cases,
    consents::{self, purpose_words},
    exchange,
    learners::{self, Filter, How, Listed, age},
    people::PersonId,
    shell::{Later, Page},
};
use chrono::{Datelike as _, Days, NaiveDate};
use kit::{Fault, Lang, Visit, html as piece, http::Query};
use maud::{Markup, html};
use serde::Deserialize;

/// How far ahead one looks.
const WEEK: u64 = 7;
/// Children of one family, and lines of one list.
const MOST: i64 = 30;

/// One line of a family's home: a thing to do, or a thing that comes on a day.
pub struct Item {
    /// The day on which it is, or by which it must be done; none: whenever one likes.
    pub day: Option<NaiveDate>,
    pub icon: &'static str,
    pub title: String,
    pub note: String,
    pub href: String,
    /// Something to do, not only to know.
    pub is_deed: bool,
}

/// What a slice tells the family of one child.
type Contribution = for<'a> fn(&'a Visit, &'a Listed) -> Later<'a, Vec<Item>>;

/// **A slice that has something to tell a family adds its function here**: a step of a route, a
/// session of a group, an event to take part in.
const CONTRIBUTIONS: &[Contribution] = &[
    |visit, child| Box::pin(wanted_consents(visit, child)),
    |visit, child| Box::pin(open_cases(visit, child)),
    |visit, child| Box::pin(async move { Ok(coming_of_age(visit, child)) }),
];

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
    let mut items = Vec::new();
    if let Some(child) = chosen {
        for told in CONTRIBUTIONS {
            items.extend(told(visit, child).await?);
        }
        items.sort_by_key(|item| (item.day.is_none(), item.day));
    }
    Ok(draw(visit, &children, chosen, &items))
}

/// Consents that the school asks for and the family has not given.
async fn wanted_consents(visit: &Visit, child: &Listed) -> Result<Vec<Item>, Fault> {
    let given = consents::of_learner(&visit.net, child.id).await?;
    let wanted = consents::collected(visit, child.organisation).await?;
    let t = visit.lang;
    let missing =
        wanted.into_iter().filter(|purpose| !given.iter().any(|c| c.purpose == *purpose && c.holds(visit.today)));
    Ok(missing
        .map(|purpose| Item {
            day: None,
            icon: "file-text",
            title: t.say_with("family-consent", &[("purpose", purpose_words(t, purpose).into())]).into_owned(),
            note: t.say("family-consent-note").into_owned(),
            href: consents::of_child_url(child.id),
            is_deed: true,
        })
        .collect())
}

/// What the family asked the school and waits for.
async fn open_cases(visit: &Visit, child: &Listed) -> Result<Vec<Item>, Fault> {
    let t = visit.lang;
    let lines = cases::of_child(visit, child.id).await?;
    Ok(lines
        .iter()
        .filter_map(|line| {
            let due = line.next()?;
            Some(Item {
                day: Some(due.due_on),
                icon: "scale",
                title: t.say("family-case").into_owned(),
                note: t.say_with("family-case-note", &[("date", t.date(due.due_on).into())]).into_owned(),
                href: cases::url(line.case.id),
                is_deed: false,
            })
        })
        .collect())
}

/// The day on which a child is eighteen, half a year before: from then on it speaks for itself.
fn coming_of_age(visit: &Visit, child: &Listed) -> Vec<Item> {
    let t = visit.lang;
    let half = visit.today.checked_add_days(Days::new(183)).unwrap_or(visit.today);
    let day = learners::comes_of_age(child.birth_date).filter(|day| *day > visit.today && *day <= half);
    let Some(day) = day.filter(|_| visit.viewer.person != Some(child.id.0)) else { return Vec::new() };
    vec![Item {
        day: Some(day),
        icon: "shield",
        title: t.say_with("family-adult", &[("date", t.date(day).into())]).into_owned(),
        note: t.say("family-adult-note").into_owned(),
        href: learners::url(child.id),
        is_deed: false,
    }]
}

fn draw(visit: &Visit, children: &[Listed], chosen: Option<&Listed>, items: &[Item]) -> Markup {
    let t = visit.lang;
    let title = super::view::today(visit);
    Page::new(visit, t.say("nav-home")).show(html! { div.easy {
        (piece::head(&title, html! { p { (t.say(if children.is_empty() { "family-nobody" } else { "family-about" })) } }, html! {}))
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
    let end = visit.today.checked_add_days(Days::new(WEEK)).unwrap_or(visit.today);
    let is_week = |item: &&Item| !item.is_deed && item.day.is_some_and(|day| day <= end);
    let deeds: Vec<&Item> = items.iter().filter(|item| item.is_deed).collect();
    let week: Vec<&Item> = items.iter().filter(is_week).collect();
    let later: Vec<&Item> = items.iter().filter(|item| !item.is_deed && !is_week(item)).collect();
    let own = visit.viewer.person == Some(child.id.0);
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
                @if own && age(child.birth_date, visit.today) < 14 { p.muted.sm { (t.say("family-young")) } } }
            ul.queue {
                (way(&learners::url(child.id), "user-round", &t.say("family-record"), &t.say("family-record-note")))
                (way(&consents::of_child_url(child.id), "file-text", &t.say("consents-title"), &t.say("family-consents-note")))
                (way(&format!("{}?tab=reads", learners::url(child.id)), "eye", &t.say("learner-reads"), &t.say("family-reads-note")))
                @if !own || age(child.birth_date, visit.today) >= 14 { (way(&format!("{}/of/{}", cases::LIST, child.id), "inbox", &t.say("cases-family"), &t.say("family-cases-note"))) }
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
