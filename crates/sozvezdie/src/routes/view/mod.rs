//! How routes look.
pub mod deed;
pub mod form;
pub mod limits;
pub mod list;
pub mod record;
pub mod step;
pub mod version;

use super::{
    LIST,
    access::Seen,
    content::StepContent,
    load::Warning,
    model::{RouteState, Step, StepState},
    paper::when,
    url,
};
use crate::learners;
use kit::{
    Lang, Visit,
    html::{self as piece, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

pub fn state_tag(t: Lang, state: RouteState) -> Markup {
    piece::tag(state.tone(), t.say(&text_prefix!("route-state-", state.code())))
}

/// The state of a step; whether it goes on or is late, only while the route is in force.
pub fn step_tag(t: Lang, s: &Step, visit: &Visit, in_force: bool) -> Markup {
    html! {
        (piece::tag(s.state.tone(), t.say(&text_prefix!("route-step-", s.state.code()))))
        @if in_force && s.is_overdue(visit.today) { " " (piece::tag(Tone::Bad, t.say("route-overdue"))) }
        @if in_force && s.state == StepState::Accepted && s.from <= visit.today && !s.is_overdue(visit.today) { " " (piece::tag(Tone::Ok, t.say("route-going-on"))) }
    }
}

/// «01.10.2026–20.12.2026, вт 15:00–16:30».
pub fn step_when(t: Lang, s: &Step) -> String {
    when(t, &StepContent::of(s))
}

/// Whose route it is: the name where it may be shown, else class and age.
pub fn learner_words(visit: &Visit, seen: &Seen) -> String {
    let t = visit.lang;
    if seen.is_named {
        return seen.route.learner_name.clone();
    }
    let years = i64::from(learners::age(seen.route.birth_date, visit.today));
    let age = t.say_with("learner-years", &[("years", years.into())]);
    let class = seen.route.class_name.as_deref().unwrap_or_default();
    t.say_with("route-nameless", &[("class", class.into()), ("age", age.as_ref().into())]).into_owned()
}

/// The way to a route, or to a form of it.
pub fn crumbs(visit: &Visit, seen: &Seen, here: Option<&str>) -> Markup {
    let t = visit.lang;
    let title = title(visit, seen);
    let mut links = vec![(LIST.to_owned(), t.say("nav-routes").into_owned())];
    if here.is_some() {
        links.push((url(seen.route.id), title.clone()));
    }
    piece::crumbs(&t.say("crumbs"), &links, here.unwrap_or(&title))
}

/// The title of the page: an organisation of a step does not read that of the route.
pub fn title(visit: &Visit, seen: &Seen) -> String {
    if seen.route.title.is_empty() { visit.lang.say("route-part-title").into_owned() } else { seen.route.title.clone() }
}

/// What breaks the table of limits, one sentence each.
pub fn warning_words(t: Lang, w: &Warning) -> String {
    let clock = |minute: i64| format!("{}:{:02}", minute / 60, minute % 60);
    let day = |weekday: u8| t.say(&text_prefix!("route-weekday-", weekday)).into_owned();
    match w {
        Warning::Week { monday, minutes, limit } => {
            #[expect(clippy::cast_precision_loss, reason = "minutes of a week are few")]
            let hours = *minutes as f64 / 60.0;
            let values =
                [("date", t.date(*monday).into()), ("hours", t.decimal(hours).into()), ("limit", (*limit).into())];
            t.say_with("route-warn-week", &values)
        }
        Warning::Hours { title, from, until } => {
            let values =
                [("title", title.as_str().into()), ("from", clock(*from).into()), ("until", clock(*until).into())];
            t.say_with("route-warn-hours", &values)
        }
        Warning::Clash { one, other, weekday, day: on, from, until } => {
            let day = on.map_or_else(|| day(*weekday), |on| t.date(on));
            let values = [
                ("one", one.as_str().into()),
                ("other", other.as_str().into()),
                ("day", day.into()),
                ("from", clock(*from).into()),
                ("until", clock(*until).into()),
            ];
            t.say_with("route-warn-clash", &values)
        }
        Warning::Break { one, other, weekday, minutes, needed } => {
            let values = [
                ("one", one.as_str().into()),
                ("other", other.as_str().into()),
                ("day", day(*weekday).into()),
                ("minutes", (*minutes).into()),
                ("needed", (*needed).into()),
            ];
            t.say_with("route-warn-break", &values)
        }
        Warning::Way { one, other, weekday, minutes, needed } => {
            let values = [
                ("one", one.as_str().into()),
                ("other", other.as_str().into()),
                ("day", day(*weekday).into()),
                ("minutes", (*minutes).into()),
                ("needed", (*needed).into()),
            ];
            t.say_with("route-warn-way", &values)
        }
    }
    .into_owned()
}

/// The warnings of a route, with why it may be so.
pub fn warnings(t: Lang, all: &[Warning], reason: Option<(&str, &str)>) -> Markup {
    if all.is_empty() {
        return html! {};
    }
    piece::alert(
        Tone::Warn,
        html! {
            p.strong { (t.say("route-warnings")) }
            ul { @for w in all { li { (warning_words(t, w)) } } }
            @if let Some((why, who)) = reason { p { (t.say_with("route-load-explained", &[("who", who.into())])) " " (why) } }
        },
    )
}

/// The days of an organisation's step.
pub fn step_when_part(t: Lang, p: &super::store::Part) -> String {
    format!("{}–{}", t.date(p.from), t.date(p.until))
}
