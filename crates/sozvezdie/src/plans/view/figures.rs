//! The Centre's figures, each with what it means and the rows behind it.
use crate::{
    centre,
    plans::{EDIT, FIGURES, Figures, LIST, MENTORS, model::Mentor},
    shell::Page,
};
use chrono::NaiveDate;
use kit::{Lang, Visit, html as piece};
use maud::{Markup, html};

pub fn page(visit: &Visit, on: NaiveDate, f: &Figures, mentors: &[Mentor]) -> Markup {
    let t = visit.lang;
    let title = t.say("centre-figures");
    let none = || t.say("figure-none").into_owned();
    let percent = |value: Option<f64>| value.map_or_else(none, |v| format!("{}\u{a0}%", t.decimal(v)));
    let of =
        |part: i64, whole: i64| t.say_with("figure-of", &[("part", part.into()), ("whole", whole.into())]).into_owned();
    let rows = [
        (
            "K6",
            t.say("figure-k6"),
            percent(f.share.percent),
            of(f.share.members, f.share.pupils),
            t.say("figure-k6-about"),
            format!("/centre/members?on={on}"),
        ),
        (
            "K7",
            t.say("figure-k7"),
            percent(f.with_plan_percent),
            of(f.with_plan, f.share.members),
            t.say("figure-k7-about"),
            LIST.to_owned(),
        ),
        (
            "K14",
            t.say("figure-k14"),
            f.mentors_per_child.map_or_else(none, |v| t.decimal(v)),
            t.say_with("figure-k14-of", &[("mentors", f.mentors.into()), ("children", f.share.members.into())])
                .into_owned(),
            t.say("figure-k14-about"),
            if visit.viewer.may(EDIT) { MENTORS.to_owned() } else { LIST.to_owned() },
        ),
    ];
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(centre::PAGE.into(), t.say("nav-centre").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say_with("centre-figures-on", &[("day", t.date(on).into())])) } }, html! {}))
        (centre::sections(visit, FIGURES))
        section.panel.mt aria-label=(title) {
            form.filters role="search" action=(FIGURES) {
                div.field.first { label for="by-on" { (t.say("centre-on")) } input.in #by-on type="date" name="on" value=(on); }
                button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
            }
            (piece::scroll(&title, html! { table.tbl {
                thead { tr { th scope="col" { (t.say("figure-code")) } th scope="col" { (t.say("figure-name")) } th.num scope="col" { (t.say("figure-value")) } th scope="col" { (t.say("figure-meaning")) } } }
                tbody { @for (code, name, value, parts, about, href) in &rows { tr {
                    td.nowrap { (code) }
                    td { (name) }
                    td.num { a href=(href) { b { (value) } } small { (parts) } }
                    td { p.muted.sm { (about) } }
                } } }
            } }))
        }
        @if !mentors.is_empty() { (load(t, mentors)) }
    })
}

/// How many children each mentor leads.
fn load(t: Lang, mentors: &[Mentor]) -> Markup {
    html! { div.mt { (piece::panel(&t.say("mentor-load-title"), html! { a.more href=(MENTORS) { (t.say("mentors-title")) } }, piece::scroll(&t.say("mentor-load-title"), html! { table.tbl {
        thead { tr { th scope="col" { (t.say("mentor-name")) } th.num scope="col" { (t.say("mentor-load")) } th.ld scope="col" { span.vh { (t.say("mentor-load")) } } } }
        tbody { @for m in mentors {
            @let full = m.load.saturating_mul(100).checked_div(m.capacity).unwrap_or(0).min(100);
            tr {
                td { (m.name) }
                td.num.nowrap { (t.say_with("mentor-load-of", &[("load", m.load.into()), ("capacity", m.capacity.into())])) }
                td.ld { span.load { svg.bar viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" { rect width=(full) height="1" {} } } }
            }
        } }
    } }))) } }
}
