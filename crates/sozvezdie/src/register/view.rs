//! The page of the reconciliation: who is ready, and who lacks a consent.
use super::{LIST, Prize, Reconciled, children};
use crate::{
    consents, events,
    events::ListKind,
    figures, learners,
    shell::{AcademicYear, Page},
};
use kit::{
    Lang, Visit, html as piece,
    text::{text_key, text_prefix},
};
use maud::{Markup, html};

/// Years that one can choose.
const YEARS: i64 = 15;

pub fn lists_words(t: Lang, lists: &[ListKind]) -> String {
    let words = lists.iter().map(|l| t.say(&text_prefix!("event-list-kind-", l.code())).into_owned());
    words.collect::<Vec<_>>().join(", ")
}

pub fn page(visit: &Visit, r: &Reconciled) -> Markup {
    let t = visit.lang;
    let title = t.say("nav-register");
    let years = format!("from={}&to={}", r.from, r.to);
    let actions = html! { @if !r.ready.is_empty() {
        (piece::link_button(&format!("{LIST}/export.xlsx?{years}"), "file-spreadsheet", t.say("register-take"), true))
    } };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say("register-about")) } }, actions))
        (filter(visit, r))
        div.grid.mt {
            p { (years_words(t, r)) }
            @if r.unnamed > 0 { (piece::alert(piece::Tone::Info, t.say_with("register-unnamed", &[("count", r.unnamed.into())]))) }
            @if r.is_cut { (piece::alert(piece::Tone::Warn, t.say("register-cut"))) }
            section.panel {
                header { h2 { (t.say("register-ready")) } span.muted.sm { (count(t, &r.ready)) } }
                @if r.ready.is_empty() { (piece::empty("medal", &t.say("register-nobody"), html! {})) } @else { (table(t, &t.say("register-ready"), &r.ready, false)) }
            }
            @if !r.without_consent.is_empty() { section.panel {
                header { h2 { (t.say("register-lacking")) } span.muted.sm { (count(t, &r.without_consent)) } }
                div.body { p.muted { (t.say("register-lacking-about")) } }
                (table(t, &t.say("register-lacking"), &r.without_consent, true))
            } }
            p.muted.sm { (t.say("register-basis")) }
        }
    })
}

/// Which years are looked at, and why these.
fn years_words(t: Lang, r: &Reconciled) -> String {
    let years = AcademicYear::span(r.from, r.to);
    t.say_with(if r.is_latest { "register-years-latest" } else { "register-years" }, &[("years", years.into())])
        .into_owned()
}

/// «2 ребёнка · 3 результата».
fn count(t: Lang, prizes: &[Prize]) -> String {
    let values = [("children", children(prizes).into()), ("results", prizes.len().into())];
    t.say_with("register-count", &values).into_owned()
}

fn filter(visit: &Visit, r: &Reconciled) -> Markup {
    let t = visit.lang;
    let this = AcademicYear::of(visit.today);
    let mut years: Vec<AcademicYear> =
        (0..YEARS).map(|back| AcademicYear(this.0 - back)).chain([r.from, r.to]).collect();
    years.sort_unstable();
    years.dedup();
    let choice = |name: &str, label: &str, chosen: AcademicYear| {
        html! { div.field.first { label for={ "by-" (name) } { (label) } select.in id={ "by-" (name) } name=(name) {
            @for year in years.iter().rev() { option value=(year) selected[*year == chosen] { (year) } }
        } } }
    };
    html! { form.filters action=(LIST) data-autosubmit {
        (choice("from", &t.say("figures-from"), r.from))
        (choice("to", &t.say("figures-to"), r.to))
        button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
    } }
}

fn table(t: Lang, label: &str, prizes: &[Prize], is_lacking: bool) -> Markup {
    let heads = [
        text_key("figures-row-child"),
        text_key("organisation-one"),
        text_key("figures-by-class"),
        text_key("figures-row-event"),
        text_key("figures-by-list"),
        text_key("figures-by-year"),
        text_key("figures-row-result"),
    ];
    piece::scroll(
        label,
        html! { table.tbl.cards {
            thead { tr { @for key in heads { th scope="col" { (t.say(key)) } } @if is_lacking { th scope="col" { (t.say("list-action")) } } } }
            tbody { @for p in prizes { tr {
                td.main { a href=(learners::url(p.child)) { (p.row.learner.as_deref().unwrap_or_default()) } }
                td data-l=(t.say("organisation-one")) { (p.row.organisation) }
                td data-l=(t.say("figures-by-class")) { (p.row.class.map(|c| c.to_string()).unwrap_or_default()) }
                td data-l=(t.say("figures-row-event")) { a href=(events::url(p.row.edition_id)) { (p.row.title) } }
                td data-l=(t.say("figures-by-list")) { (lists_words(t, &p.lists)) }
                td data-l=(t.say("figures-by-year")) { (p.row.academic_year) }
                td data-l=(t.say("figures-row-result")) { (figures::result_words(t, &p.row)) }
                @if is_lacking { td data-l=(t.say("list-action")) { a href=(consents::of_child_url(p.child)) { (t.say("register-ask")) } } }
            } } }
        } },
    )
}
