//! How portfolios look.
use super::{
    STAFF,
    model::{
        Achievement, AtLevel, Circle, Counts, Fellowship, Method, OfChild, OfPedagogue, Period, Way, Work, by_level,
    },
    staff_url, url,
};
use crate::{
    events, groups, learners,
    people::PersonId,
    research, resources, results,
    routes::{self, RouteId},
    shell::{AcademicYear, Page},
    societies, staff,
};
use chrono::{Datelike as _, NaiveDate};
use kit::{
    Lang, Visit, html as piece,
    text::{text_key, text_prefix},
};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Years that one can choose, back from this one.
const YEARS: i64 = 15;

/// A child's.
pub fn child(visit: &Visit, p: &OfChild) -> Markup {
    let t = visit.lang;
    let here = url(p.learner.id);
    let name = &p.learner.full_name;
    let title = t.say("portfolio-title");
    let below = html! { p.muted { (name) " · " (p.organisation) @if let Some(class) = &p.learner.class_name { ", " (class) } } };
    let is_family = visit.viewer.may(learners::OWN) && !visit.viewer.may(learners::VIEW);
    let list = if is_family {
        ("/".to_owned(), t.say("nav-home").into_owned())
    } else {
        (learners::LIST.to_owned(), t.say("learners-title").into_owned())
    };
    Page::new(visit, format!("{title}: {name}").as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[list, (learners::url(p.learner.id), name.clone())], &title))
        (piece::head(&title, below, pdf(t, &here, &p.period)))
        (filter(visit, &here, &p.period))
        div.grid.mt {
            (child_stats(visit, p))
            (summary(visit, &p.achievements, false))
            (events_of(visit, &p.achievements, p.is_cut, Whose::Child))
            div.halves {
                (works(visit, &p.works, text_key("portfolio-research"), false))
                (circles(visit, &p.groups, text_key("portfolio-groups"), false))
                (fellowships(visit, &p.societies))
                (ways(visit, &p.routes))
            }
            p.muted.sm { (t.say("portfolio-rules")) }
        }
    })
}

/// A pedagogue's.
pub fn pedagogue(visit: &Visit, p: &OfPedagogue) -> Markup {
    let t = visit.lang;
    let here = staff_url(p.id);
    let is_own = visit.viewer.person == Some(p.id.0);
    let title = t.say(if is_own { "portfolio-own" } else { "portfolio-pedagogue" });
    let posts: Vec<String> = p.posts.iter().map(|o| format!("{}, {}", o.post, o.organisation)).collect();
    let below = html! { p.muted { (p.name) @for post in &posts { " · " (post) } } };
    let crumbs: Vec<_> = visit
        .viewer
        .may(STAFF)
        .then(|| (staff::url(p.id), p.name.clone()))
        .into_iter()
        .filter(|_| visit.viewer.may(staff::VIEW))
        .collect();
    let whose = Whose::Pedagogue;
    Page::new(visit, format!("{title}: {}", p.name).as_str()).show(html! {
        @if !crumbs.is_empty() { (piece::crumbs(&t.say("crumbs"), &crumbs, &title)) }
        (piece::head(&title, below, pdf(t, &here, &p.period)))
        (filter(visit, &here, &p.period))
        div.grid.mt {
            (pedagogue_stats(visit, p))
            (summary(visit, &p.achievements, Counts::of(p.achievements.iter()).is_shared()))
            (events_of(visit, &p.achievements, p.is_cut, whose))
            div.halves {
                (circles(visit, &p.groups, text_key("portfolio-led"), true))
                (works(visit, &p.works, text_key("portfolio-supervised"), true))
                (methods(visit, &p.methods))
            }
            p.muted.sm { (t.say("portfolio-pedagogue-rules")) }
        }
    })
}

/// The way in from a person's record as a member of staff.
pub fn door(visit: &Visit, id: PersonId) -> Markup {
    let t = visit.lang;
    let open = piece::link_button(&staff_url(id), "medal", t.say("portfolio-open"), true);
    piece::panel(
        &t.say("portfolio-title"),
        html! {},
        html! { div.body.stack { p { (t.say("portfolio-door")) } p { (open) } } },
    )
}

fn pdf(t: Lang, here: &str, period: &Period) -> Markup {
    html! { a.btn href=(period.at(&format!("{here}.pdf"))) download { (piece::icon("printer")) (t.say("portfolio-print")) } }
}

fn filter(visit: &Visit, here: &str, period: &Period) -> Markup {
    let t = visit.lang;
    let this = AcademicYear::of(visit.today).0;
    let mut years: Vec<AcademicYear> = (this - YEARS..=this).map(AcademicYear).collect();
    years.extend([period.from, period.to].into_iter().flatten());
    years.sort_unstable();
    years.dedup();
    let select = |name: &str, label: &str, chosen: Option<AcademicYear>| {
        html! { div.field.first {
            label for={ "by-" (name) } { (label) }
            select.in id={ "by-" (name) } name=(name) {
                option value="" { (t.say("portfolio-any-year")) }
                @for year in years.iter().rev() { option value=(year) selected[chosen == Some(*year)] { (year) } }
            }
        } }
    };
    html! { form.filters role="search" aria-label=(t.say("portfolio-years")) action=(here) data-autosubmit {
        (select("from", &t.say("figures-from"), period.from))
        (select("to", &t.say("figures-to"), period.to))
        button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
        @if *period != Period::default() { a.btn.quiet href=(here) { (t.say("list-reset")) } }
    } }
}

fn stat(t: Lang, key: &str, value: &str, note: &Markup) -> Markup {
    html! { div { dt { (t.say(key)) } dd { b { (value) } } dd { (note) } } }
}

/// The way down to the rows of a number.
fn rows_link(t: Lang) -> Markup {
    html! { a href="#rows" { (t.say("portfolio-rows-below")) } }
}

fn child_stats(visit: &Visit, p: &OfChild) -> Markup {
    let t = visit.lang;
    let c = Counts::of(p.achievements.iter());
    html! { div.panel.scroll-x tabindex="0" role="group" aria-label=(t.say("portfolio-summary")) { dl.stats.four {
        (stat(t, "portfolio-participations", &t.number(c.participations), &rows_link(t)))
        (stat(t, "portfolio-prizes", &t.number(c.prize_participations), &rows_link(t)))
        (stat(t, "figures-places", &t.number(c.prize_places), &html! { (t.say("figures-team-is-one")) }))
        (stat(t, "figures-pending", &t.number(p.pending), &html! { (t.say("portfolio-pending-about")) }))
    } } }
}

/// «3,5»: hundredths as a number of participations.
pub fn by_share(t: Lang, hundredths: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "at most a hundred times the rows of a portfolio")]
    let whole = hundredths as f64 / 100.0;
    t.decimal(whole)
}

fn pedagogue_stats(visit: &Visit, p: &OfPedagogue) -> Markup {
    let t = visit.lang;
    let c = Counts::of(p.achievements.iter());
    let shared = |hundredths: i64| {
        html! { @if c.is_shared() { (t.say_with("portfolio-by-share", &[("n", by_share(t, hundredths).into())])) } @else { (rows_link(t)) } }
    };
    html! { div.panel.scroll-x tabindex="0" role="group" aria-label=(t.say("portfolio-summary")) { dl.stats.four {
        (stat(t, "portfolio-participations", &t.number(c.participations), &shared(c.shares)))
        (stat(t, "portfolio-prizes", &t.number(c.prize_participations), &shared(c.prize_shares)))
        (stat(t, "portfolio-pupils", &t.number(c.children), &rows_link(t)))
        (stat(t, "portfolio-prize-pupils", &t.number(c.prize_children), &rows_link(t)))
    } } }
}

/// «3 призовых из 8», with shares where somebody else has a part.
fn cell(t: Lang, c: &Counts, is_shared: bool) -> Markup {
    if c.is_empty() {
        return html! { "—" };
    }
    let words = t.say_with(
        "portfolio-prizes-of",
        &[("prizes", c.prize_participations.into()), ("all", c.participations.into())],
    );
    html! { (words) @if is_shared { p.muted.sm { (t.say_with("portfolio-prizes-by-share", &[("n", by_share(t, c.prize_shares).into())])) } } }
}

/// Levels, with official events and others apart.
fn summary(visit: &Visit, rows: &[Achievement], is_shared: bool) -> Markup {
    let t = visit.lang;
    let levels = by_level(rows);
    if levels.is_empty() {
        return html! {};
    }
    let title = t.say("portfolio-levels");
    let all = |official: bool| Counts::of(rows.iter().filter(|a| a.is_official() == official));
    let heads = [t.say("portfolio-official"), t.say("portfolio-other")];
    let line = |words: Markup, official: &Counts, other: &Counts| {
        html! { tr {
            td.main { (words) }
            @for (head, counts) in heads.iter().zip([official, other]) { td data-l=(head) { (cell(t, counts, is_shared)) } }
        } }
    };
    let level = |l: &AtLevel| html! { (t.say(&text_prefix!("event-level-", l.level.code()))) };
    html! { section.panel {
        header { h2 { (title) } }
        (piece::scroll(&title, html! { table.tbl.cards {
            thead { tr { th scope="col" { (t.say("figures-by-level")) } @for head in &heads { th scope="col" { (head) } } } }
            tbody {
                @for l in &levels { (line(level(l), &l.official, &l.other)) }
                (line(html! { b { (t.say("figures-total")) } }, &all(true), &all(false)))
            }
        } }))
    } }
}

/// Whose portfolio: a pedagogue's names the pupil and the part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Child,
    Pedagogue,
}

/// The rows, official events and others apart.
fn events_of(visit: &Visit, rows: &[Achievement], is_cut: bool, whose: Whose) -> Markup {
    let t = visit.lang;
    let parts = [(true, text_key("portfolio-official-rows")), (false, text_key("portfolio-other-rows"))];
    html! { div.stack #rows {
        @if is_cut { (piece::alert(piece::Tone::Warn, t.say("portfolio-cut"))) }
        @if rows.is_empty() {
            section.panel { (piece::empty("trophy", &t.say(if whose == Whose::Child { "portfolio-nothing" } else { "portfolio-pedagogue-nothing" }), html! {})) }
        } @else { @for (official, key) in parts {
            @let some: Vec<&Achievement> = rows.iter().filter(|a| a.is_official() == official).collect();
            section.panel {
                header { h2 { (t.say(key)) } span.muted.sm { (t.number(i64::try_from(some.len()).unwrap_or(i64::MAX))) } }
                @if some.is_empty() { div.body { p.muted { (t.say("portfolio-none-here")) } } }
                @else if whose == Whose::Child { (table(visit, &some, whose, official)) }
                @else { @for (number, (year, of_year)) in by_year(&some).iter().enumerate() { details open[number == 0] {
                    summary { b { (year) } " · " (cell(t, &Counts::of(of_year.iter().copied()), false)) }
                    (table(visit, of_year, whose, official))
                } } }
            }
        } }
    } }
}

/// The rows of each year, the latest first: a pedagogue's years are many, and one is read at a time.
pub fn by_year<'a>(rows: &[&'a Achievement]) -> Vec<(AcademicYear, Vec<&'a Achievement>)> {
    let mut years: BTreeMap<AcademicYear, Vec<&'a Achievement>> = BTreeMap::new();
    for row in rows {
        years.entry(row.year).or_default().push(row);
    }
    years.into_iter().rev().collect()
}

/// What came of it, in words.
pub fn result(t: Lang, a: &Achievement) -> String {
    let mut words = results::outcome_words(t, a.award, a.degree, a.place);
    if words.is_empty() {
        words.push(t.say("portfolio-took-part").into_owned());
    }
    if let Some(team) = &a.team {
        words.push(t.say_with("portfolio-team", &[("team", team.clone().into())]).into_owned());
    }
    words.join(", ")
}

/// «федеральный, региональный».
pub fn lists(t: Lang, a: &Achievement) -> String {
    a.lists
        .iter()
        .map(|l| t.say(&text_prefix!("event-list-kind-", l.code())).into_owned())
        .collect::<Vec<_>>()
        .join(", ")
}

fn table(visit: &Visit, rows: &[&Achievement], whose: Whose, official: bool) -> Markup {
    let t = visit.lang;
    let is_pedagogue = whose == Whose::Pedagogue;
    let head = |key: &'static str| html! { th scope="col" { (t.say(key)) } };
    piece::scroll(
        &t.say(if official { "portfolio-official-rows" } else { "portfolio-other-rows" }),
        html! { table.tbl.cards {
            thead { tr {
                (head("figures-row-event")) (head("figures-by-level")) (head("figures-by-year"))
                @if is_pedagogue { (head("portfolio-pupil")) }
                (head("figures-by-class")) (head("figures-row-result"))
                @if official { (head("figures-by-list")) }
                @if is_pedagogue { (head("portfolio-share")) }
            } }
            tbody { @for a in rows { tr {
                td.main { a href=(events::url(a.edition)) { (a.title) } @if let Some(subject) = &a.subject { p.muted.sm { (subject) } } }
                td data-l=(t.say("figures-by-level")) { (t.say(&text_prefix!("event-level-", a.level.code()))) }
                td.nowrap data-l=(t.say("figures-by-year")) { (a.year) }
                @if is_pedagogue { td data-l=(t.say("portfolio-pupil")) { (pupil(visit, a)) } }
                td data-l=(t.say("figures-by-class")) { (a.class.map(|c| c.to_string()).unwrap_or_default()) }
                td data-l=(t.say("figures-row-result")) {
                    @if a.is_prize { (piece::tag(piece::Tone::Ok, result(t, a))) } @else { (result(t, a)) }
                    @if let Some(number) = &a.certificate { p.muted.sm.nowrap { a href={ "/certificates?number=" (number) } { "№\u{a0}" (number) } } }
                }
                @if official { td data-l=(t.say("figures-by-list")) { (lists(t, a)) } }
                @if is_pedagogue { td.num data-l=(t.say("portfolio-share")) { (a.share) "\u{a0}%" } }
            } } }
        } },
    )
}

fn pupil(visit: &Visit, a: &Achievement) -> Markup {
    html! {
        @match &a.name {
            Some(name) => a href=(learners::url(a.learner)) { (name) },
            None => span.muted { (visit.lang.say("portfolio-a-pupil")) },
        }
        p.muted.sm { (a.organisation) }
    }
}

/// A list of parts of a portfolio; left out where it is empty.
fn part(t: Lang, key: &'static str, lines: &[Markup]) -> Markup {
    html! { @if !lines.is_empty() {
        (piece::panel(&t.say(key), html! {}, html! { ul.list { @for line in lines { li.flex { span.t { (line) } } } } }))
    } }
}

fn line(href: Option<String>, title: &str, note: &str) -> Markup {
    html! { @match href { Some(href) => a href=(href) { (title) }, None => span { (title) } } div.muted.sm { (note) } }
}

/// «сентябрь 2026 — май 2027» as dates.
pub fn dates(t: Lang, from: NaiveDate, until: Option<NaiveDate>, today: NaiveDate) -> String {
    match until.filter(|day| *day <= today) {
        Some(day) => format!("{} — {}", t.date(from), t.date(day)),
        None => t.say_with("portfolio-since", &[("day", t.day(from, today.year()).into())]).into_owned(),
    }
}

/// What a research project is about and how far it is.
pub fn work_note(t: Lang, w: &Work, is_supervisor: bool) -> String {
    let stage = match w.state {
        research::ProjectState::Running => t.say(&text_prefix!("research-stage-", w.stage.code())),
        state => t.say(&text_prefix!("research-state-", state.code())),
    };
    let more = if is_supervisor {
        t.say_with("portfolio-authors", &[("n", w.authors.into())]).into_owned()
    } else {
        t.say_with("portfolio-supervisor", &[("who", w.supervisor.clone().into())]).into_owned()
    };
    [w.subject.clone(), Some(w.year.to_string()), Some(stage.into_owned()), Some(more)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

fn works(visit: &Visit, all: &[Work], key: &'static str, is_supervisor: bool) -> Markup {
    let may = visit.viewer.may(research::VIEW);
    let lines: Vec<Markup> = all
        .iter()
        .map(|w| line(may.then(|| research::url(w.id)), &w.title, &work_note(visit.lang, w, is_supervisor)))
        .collect();
    part(visit.lang, key, &lines)
}

/// Which group it is, where and when.
pub fn circle_note(t: Lang, c: &Circle, today: NaiveDate, with_children: bool) -> String {
    let children = with_children.then(|| t.say_with("portfolio-children", &[("n", c.children.into())]).into_owned());
    let kind = t.say(&text_prefix!("group-kind-", c.kind.code())).into_owned();
    [Some(kind), c.subject.clone(), Some(c.organisation.clone()), Some(dates(t, c.from, c.until, today)), children]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

fn circles(visit: &Visit, all: &[Circle], key: &'static str, with_children: bool) -> Markup {
    let may = visit.viewer.may(groups::VIEW);
    let lines: Vec<Markup> = all
        .iter()
        .map(|c| {
            let href = may.then(|| groups::url(groups::GroupId(c.id)));
            line(href, &c.title, &circle_note(visit.lang, c, visit.today, with_children))
        })
        .collect();
    part(visit.lang, key, &lines)
}

fn fellowships(visit: &Visit, all: &[Fellowship]) -> Markup {
    let t = visit.lang;
    let may = visit.viewer.may(societies::VIEW);
    let lines: Vec<Markup> = all
        .iter()
        .map(|f| {
            let post = t.say(&text_prefix!("society-post-", f.post.code()));
            let href = may.then(|| societies::url(societies::SocietyId(f.id)));
            line(href, &f.title, &format!("{post} · {}", dates(t, f.from, f.until, visit.today)))
        })
        .collect();
    part(t, text_key("portfolio-societies"), &lines)
}

fn ways(visit: &Visit, all: &[Way]) -> Markup {
    let t = visit.lang;
    let may = visit.viewer.may(routes::OPEN);
    let lines: Vec<Markup> = all
        .iter()
        .map(|w| {
            let note = format!("{} · {}", w.organisation, dates(t, w.from, w.until, visit.today));
            line(may.then(|| routes::url(RouteId(w.id))), &w.title, &note)
        })
        .collect();
    part(t, text_key("portfolio-routes"), &lines)
}

fn methods(visit: &Visit, all: &[Method]) -> Markup {
    let t = visit.lang;
    let lines: Vec<Markup> = all
        .iter()
        .map(|m| {
            let adopted = t.say_with("portfolio-adopted", &[("n", m.adopted.into())]).into_owned();
            let note = [m.subject.clone(), Some(adopted)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            line(Some(resources::url(resources::ResourceId(m.id))), &m.title, &note)
        })
        .collect();
    part(t, text_key("portfolio-methods"), &lines)
}
