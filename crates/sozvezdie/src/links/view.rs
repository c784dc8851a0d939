//! The page of the links: figures, the balance, the pictures.
use super::{Asked, LEAST, LIST, Links, count, hours, pictures};
use crate::{
    exchange::{self, Side},
    organisations,
    resources::Class,
    shell::{AcademicYear, Page},
};
use kit::{Lang, Visit, html as piece, text::text_prefix};
use maud::{Markup, html};

/// Years that one can choose.
const YEARS: i64 = 4;

pub fn page(visit: &Visit, asked: &Asked, links: &Links) -> Markup {
    let t = visit.lang;
    let title = t.say("nav-links");
    let actions = html! { @if !links.balance.rows.is_empty() {
        (piece::link_button(&asked.at("/links/export.xlsx"), "file-spreadsheet", "Excel", false))
        (piece::link_button(&asked.at("/links/export.csv"), "file-down", "CSV", false))
    } };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say("links-about")) } }, actions))
        (filter(visit, asked, links))
        div.grid {
            (strip(visit, links))
            (pictures::streams(visit, links))
            (balance(visit, links))
            (pictures::circle(visit, links))
            (isolated(visit, links))
        }
    })
}

fn class_words(t: Lang, class: Class) -> String {
    t.say(&text_prefix!("resource-class-", class.code())).into_owned()
}

fn filter(visit: &Visit, asked: &Asked, links: &Links) -> Markup {
    let t = visit.lang;
    let this = AcademicYear::of(visit.today).0;
    html! { form.filters action=(LIST) data-autosubmit {
        div.field.first { label for="by-year" { (t.say("links-year")) } select.in #by-year name="year" {
            @for year in (this - YEARS + 1..=this).rev() { option value=(AcademicYear(year)) selected[year == links.year] { (AcademicYear(year)) } }
        } }
        div.field.first { label for="by-class" { (t.say("links-class")) } select.in #by-class name="class" {
            option value="" { (t.say("list-any")) }
            // What is downloaded is not booked.
            @for class in Class::ALL.iter().filter(|c| **c != Class::Methodical) { option value=(class.code()) selected[links.class == Some(*class)] { (class_words(t, *class)) } }
        } }
        button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
        @if !asked.year.is_empty() || !asked.class.is_empty() { a.btn.quiet href=(LIST) { (t.say("list-reset")) } }
    } }
}

/// A count that guests are told only when it is not small.
fn counted(visit: &Visit, n: i64) -> String {
    if visit.viewer.is_guest() && (1..LEAST).contains(&n) {
        return visit.lang.say_with("links-few", &[("least", LEAST.into())]).into_owned();
    }
    visit.lang.number(n)
}

/// Hours with at most one decimal.
pub fn hour_words(t: Lang, minutes: i64) -> String {
    format!("{}\u{a0}{}", t.decimal(hours(minutes)), t.say("links-hours"))
}

/// K15–K22, each with the way to what it counts.
fn strip(visit: &Visit, links: &Links) -> Markup {
    let t = visit.lang;
    let sees = visit.viewer.may(exchange::VIEW);
    let r = &links.requests;
    let of = |n: i64| t.say_with("links-of", &[("all", counted(visit, n).into())]).into_owned();
    let wait = r.median_hours.map_or_else(String::new, |h| {
        #[expect(clippy::cast_precision_loss, reason = "hours of a wait are few")]
        let days = t.decimal(h as f64 / 24.0);
        format!(" · {}", t.say_with("links-median", &[("days", days.into())]))
    });
    let rows = links.rows(None, Side::Owner, None);
    let all_requests = rows.replace("state=confirmed&", "");
    let figures = [
        (
            "links-exchanged",
            hour_words(t, links.balance.minutes),
            t.say_with("links-days", &[("count", links.balance.days.into())]).into_owned(),
            sees.then_some(rows),
        ),
        (
            "links-both",
            counted(visit, links.both),
            t.say_with(
                "links-sides",
                &[
                    ("givers", counted(visit, links.balance.givers).into()),
                    ("receivers", counted(visit, links.balance.receivers).into()),
                ],
            )
            .into_owned(),
            Some("#balance".to_owned()),
        ),
        ("links-used", counted(visit, r.used), of(r.offered), Some("/resources".to_owned())),
        ("links-fulfilled", counted(visit, r.fulfilled), of(r.asked) + &wait, sees.then_some(all_requests)),
        (
            "links-isolated",
            counted(visit, links.isolated_count),
            of(count(links.active.len())),
            Some("#isolated".to_owned()),
        ),
    ];
    html! { div.panel.scroll-x tabindex="0" role="group" aria-label=(t.say("links-figures")) { dl.stats {
        @for (key, value, below, href) in figures {
            div { dt { (t.say(key)) } dd { @match href { Some(href) => a href=(href) { b { (value) } }, None => b { (value) } } } dd { (below) } }
        }
    } } }
}

fn amount(t: Lang, minutes: i64, href: &str) -> Markup {
    html! { @if minutes == 0 { "—" } @else { a href=(href) { (t.decimal(hours(minutes))) } } }
}

/// «Отдано / получено»: in the order of names, for a table of merits it is not.
fn balance(visit: &Visit, links: &Links) -> Markup {
    let t = visit.lang;
    let b = &links.balance;
    let title = t.say("links-balance");
    let heads = [
        "links-given",
        "links-received",
        "links-difference",
        "links-learner-hours",
        "links-days-given",
        "links-days-received",
    ];
    let label = |i: usize| heads.get(i).map(|key| t.say(key));
    let body = html! {
        @if b.rows.is_empty() {
            div.body { p.muted { (t.say(if visit.viewer.may(exchange::VIEW) { "links-nothing" } else { "links-sums-only" })) } }
        } @else { (piece::scroll(&title, html! { table.tbl.cards {
            thead { tr { th scope="col" { (t.say("organisation-one")) } @for key in heads { th.num scope="col" { (t.say(key)) } } } }
            tbody { @for r in &b.rows { tr {
                td.main { a href=(organisations::url(r.organisation_id)) { (r.organisation_name) } }
                td.num data-l=[label(0)] { (amount(t, r.given, &links.rows(Some(r.organisation_id), Side::Owner, None))) }
                td.num data-l=[label(1)] { (amount(t, r.received, &links.rows(Some(r.organisation_id), Side::Asker, None))) }
                td.num data-l=[label(2)] { (t.decimal(hours(r.given - r.received))) }
                td.num data-l=[label(3)] { (t.decimal(hours(r.given_learner_minutes))) }
                td.num data-l=[label(4)] { (t.number(r.given_days)) }
                td.num data-l=[label(5)] { (t.number(r.received_days)) }
            } } }
        } })) }
        div.body.mt { p.muted.sm { (t.say_with("links-zero", &[("hours", t.decimal(hours(b.minutes)).into()), ("days", b.days.into())])) } }
    };
    html! { section.panel #balance { header { h2 { (title) } span.muted.sm { (t.say("links-balance-about")) } } (body) } }
}

/// Those that neither gave nor received.
fn isolated(visit: &Visit, links: &Links) -> Markup {
    let t = visit.lang;
    html! { section.panel #isolated {
        header { h2 { (t.say("links-isolated")) } span.muted.sm { (counted(visit, links.isolated_count)) } }
        div.body {
            p.muted.sm { (t.say("links-isolated-about")) }
            @if !links.isolated.is_empty() { ul.tiles.mt { @for o in &links.isolated { li { a href=(organisations::url(o.id)) { (o.short_name) } } } } }
        }
    } }
}
