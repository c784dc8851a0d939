//! How candidates are told.
use super::{Candidates, Fit, Reason, Why, model::Work};
use crate::{
    events::{self, Bar, LIST},
    learners, results,
    shell::Page,
};
use kit::{
    Lang, Visit,
    html::{self as piece, Tone},
    text::{text_key, text_prefix},
};
use maud::{Markup, html};

/// A reason in words.
pub fn words(t: Lang, reason: &Reason) -> String {
    match reason {
        Reason::Past(_, p) => {
            let mut came = results::outcome_words(t, p.award, p.degree, p.place);
            if came.is_empty() {
                came.push(t.say("portfolio-took-part").into_owned());
            }
            let values = [
                ("result", came.join(", ").into()),
                ("title", p.title.clone().into()),
                ("level", t.say(&text_prefix!("event-level-", p.level.code())).into_owned().into()),
                ("year", p.year.to_string().into()),
            ];
            t.say_with("candidate-past", &values).into_owned()
        }
        Reason::Work(i) => {
            let key = match i.work {
                Work::Group => text_key("candidate-group"),
                Work::Plan => text_key("candidate-plan"),
                Work::Research => text_key("candidate-research"),
            };
            t.say_with(key, &[("title", i.title.clone().into())]).into_owned()
        }
        Reason::Member => t.say("candidate-member").into_owned(),
    }
}

pub fn page(visit: &Visit, found: &Candidates) -> Markup {
    let t = visit.lang;
    let title = t.say("candidates-title");
    let e = &found.edition;
    let crumbs = [(LIST.to_owned(), t.say("nav-events").into_owned()), (events::url(e.id), e.title.clone())];
    let deadline = match e.apply_until {
        Some(day) if found.is_open => Some(t.say_with("event-open-until", &[("date", t.date(day).into())])),
        _ => None,
    };
    Page::new(visit, format!("{title}: {}", e.title).as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &crumbs, &title))
        (piece::head(&title, html! { p { (e.title) " · " (found.stage.title) } }, html! {}))
        p.muted { (t.say("candidates-about")) }
        @if !found.is_open { div.mt { (piece::alert(Tone::Info, t.say("candidates-closed"))) } }
        @else if let Some(words) = &deadline { div.mt { (piece::alert(Tone::Info, words.as_ref())) } }
        @if found.is_cut { div.mt { (piece::alert(Tone::Warn, t.say("candidates-cut"))) } }
        @if found.fits.is_empty() {
            section.panel.mt { (piece::empty("users", &t.say("candidates-none"), html! { @if found.is_open { (piece::link_button(&format!("{}/new", events::entries_url(found.stage.id)), "plus", t.say("candidates-choose"), false)) } })) }
        } @else { form.grid.mt action={ (events::entries_url(found.stage.id)) "/new" } {
            @for why in Why::ALL { (part(visit, found, *why)) }
            @if may_enter(found) { div.row { button.btn.primary { (piece::icon("check")) (t.say("candidates-enter")) } } }
        } }
    })
}

fn may_enter(found: &Candidates) -> bool {
    found.is_open && found.fits.iter().any(|f| f.bar.is_none())
}

/// The children of one reason.
fn part(visit: &Visit, found: &Candidates, why: Why) -> Markup {
    let t = visit.lang;
    let some: Vec<&Fit> = found.fits.iter().filter(|f| f.why() == why).collect();
    if some.is_empty() {
        return html! {};
    }
    let title = t.say(&text_prefix!("candidates-why-", why.code()));
    html! { section.panel {
        header { h2 { (title) } span.muted.sm { (t.number(i64::try_from(some.len()).unwrap_or(i64::MAX))) } }
        (piece::scroll(&title, html! { table.tbl.cards {
            thead { tr {
                @if found.is_open { th scope="col" { (t.say("candidates-chosen")) } }
                th scope="col" { (t.say("figures-row-child")) } th scope="col" { (t.say("figures-by-class")) }
                th scope="col" { (t.say("candidates-reason")) } th scope="col" { (t.say("list-state")) }
            } }
            tbody { @for f in some { tr {
                @if found.is_open { td.sel { @if f.bar.is_none() {
                    input type="checkbox" name="learner" value=(f.child.id) aria-label=(t.say_with("candidates-choose-who", &[("name", f.child.full_name.clone().into())]));
                } } }
                td.main { a href=(learners::url(f.child.id)) { (f.child.full_name) } p.muted.sm { (f.child.organisation_name) } }
                td.nowrap data-l=(t.say("figures-by-class")) { (f.child.class_name.as_deref().unwrap_or_default()) }
                td data-l=(t.say("candidates-reason")) { ul { @for reason in &f.reasons { li { (words(t, reason)) } } } }
                td data-l=(t.say("list-state")) { (state(t, f.bar)) }
            } } }
        } }))
    } }
}

/// Whether an application is there, or what stands in its way.
fn state(t: Lang, bar: Option<Bar>) -> Markup {
    match bar {
        None => html! { span.muted { (t.say("candidates-free")) } },
        Some(Bar::There) => piece::tag(Tone::Ok, t.say("candidates-there")),
        Some(bar) => piece::tag(Tone::Warn, t.say(&text_prefix!("entry-bar-", bar.code()))),
    }
}
