//! The record of an organisation: what it is and was, where it stands, how to reach it.
use super::{
    HISTORY, LIST,
    model::{DatedName, Focus, Kind, Organisation, OrganisationState},
    place::Place,
    store::Kin,
    url,
    view::{focus_words, kind_words, phone, state_tag},
    web::Can,
};
use crate::shell::{Page, tie::Ties, trail};
use chrono::NaiveDate;
use kit::{Lang, Visit, audit::Line as Trail, html as piece, text::text_prefix};
use maud::{Markup, html};
use std::collections::HashMap;
use uuid::Uuid;

pub fn phones(stored: &str) -> Option<Markup> {
    let all: Vec<&str> = stored.split_whitespace().collect();
    (!all.is_empty()).then(|| html! { @for (i, p) in all.iter().enumerate() { @if i > 0 { ", " } a.nowrap href={ "tel:" (p) } { (phone(p)) } } })
}

/// «условное название»: the demo makes no claim about a real kindergarten.
pub fn badge(t: Lang, synthetic: bool) -> Markup {
    html! { @if synthetic { " " span.badge-synthetic { (t.say("organisation-synthetic")) } } }
}

/// The head is called otherwise in a preschool.
pub fn head_label(t: Lang, kind: Kind) -> String {
    t.say(&text_prefix!("organisation-head-", kind.code())).into_owned()
}

/// Everything a record's page shows.
pub struct Record {
    pub organisation: Organisation,
    pub focuses: Vec<Focus>,
    pub names: Vec<DatedName>,
    /// The day that the name is asked for.
    pub on: Option<NaiveDate>,
    pub places: Vec<Place>,
    pub kin: Vec<Kin>,
    /// What later slices show here, and what they show under the chosen tab.
    pub ties: Ties,
    pub tied: Option<Markup>,
    /// Lines and the names of who stands in them; none where the viewer may not read it.
    pub history: Option<(Vec<Trail>, HashMap<Uuid, String>)>,
}

pub fn page(visit: &Visit, r: &Record, tab: &str) -> Markup {
    let t = visit.lang;
    let o = &r.organisation;
    let can = Can::of(visit, o.id);
    let here = url(o.id);
    let is_first = r.tied.is_none() && r.history.is_none();
    let mut tabs = vec![(here.clone(), t.say("organisation-tab-about").into_owned(), None, is_first)];
    tabs.extend(r.ties.tabs(visit, &here, tab));
    if visit.viewer.reach(HISTORY).covers(Some(o.id.0)) {
        tabs.push((format!("{here}?tab=history"), t.say("tab-history").into_owned(), None, tab == "history"));
    }
    let actions = html! {
        @if can.edit { (piece::link_button(&format!("{here}/edit"), "pencil", t.say("edit"), true)) }
    };
    let below = html! { p.row { (state_tag(t, o.state)) span { (kind_words(t, o.kind)) @if let Some(s) = &o.subkind { " · " (s) } } (badge(t, o.synthetic_name)) } };
    Page::new(visit, o.short_name.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("organisations-title").into_owned())], &o.short_name))
        (piece::head(&o.short_name, below, actions))
        (piece::tabs(&t.say("organisation-sections"), &tabs))
        @match (&r.tied, &r.history) {
            (Some(tied), _) => div.mt { (tied) },
            (None, Some((lines, names))) => div.mt { (trail::panel(visit, lines, names)) },
            (None, None) => (about(visit, r, &can)),
        }
    })
}

fn about(visit: &Visit, r: &Record, can: &Can) -> Markup {
    let t = visit.lang;
    let o = &r.organisation;
    html! {
        div.grid.cols.mt {
            div.stack {
                @if let Some(about) = &o.about { (piece::panel(&t.say("organisation-about"), html! {}, html! { div.body { @for line in about.lines().filter(|l| !l.is_empty()) { p { (line) } } } })) }
                @if !r.focuses.is_empty() {
                    (piece::panel(&t.say("organisation-focuses"), html! {}, html! { div.body.row { @for f in &r.focuses { (piece::tag(piece::Tone::Plain, focus_words(t, *f))) } } }))
                }
                (places(visit, o, &r.places, can))
                (requisites(t, o))
                (names(visit, r, can))
                @if !r.kin.is_empty() {
                    (piece::panel(&t.say("organisation-kin"), html! {}, html! { div.body { ul { @for k in &r.kin {
                        li { (t.say(if k.is_successor { "organisation-successor" } else { "organisation-predecessor" })) ": " a href=(url(k.id)) { (k.short_name) } ", " (t.date(k.on)) }
                    } } } }))
                }
            }
            div.stack {
                (contacts(t, o))
                @if can.govern { (government(visit, o)) }
            }
        }
    }
}

fn text(value: Option<&String>) -> Option<Markup> {
    value.map(|v| html! { (v) })
}

fn contacts(t: Lang, o: &Organisation) -> Markup {
    let rows = piece::facts(&[
        (&t.say("organisation-address"), text(o.address.as_ref())),
        (&t.say("organisation-phones"), phones(&o.phones)),
        (&t.say("organisation-email"), o.email.as_ref().map(|e| html! { a href={ "mailto:" (e) } { (e) } })),
        (
            &t.say("organisation-site"),
            o.site.as_ref().map(|s| html! { a href={ "https://" (s) } rel="noopener noreferrer" { (s) } }),
        ),
        (&head_label(t, o.kind), text(o.head_name.as_ref())),
    ]);
    piece::panel(&t.say("organisation-contacts"), html! {}, html! { div.body { (rows) } })
}

fn requisites(t: Lang, o: &Organisation) -> Markup {
    let rows = piece::facts(&[
        (&t.say("organisation-full-name"), Some(html! { (o.name) })),
        (&t.say("organisation-inn"), text(o.inn.as_ref())),
        (&t.say("organisation-kpp"), text(o.kpp.as_ref())),
        (&t.say("organisation-ogrn"), text(o.ogrn.as_ref())),
        (&t.say("organisation-licence"), text(o.licence.as_ref())),
    ]);
    piece::panel(&t.say("organisation-requisites"), html! {}, html! { div.body { (rows) } })
}

/// The other buildings. Nothing where there is none and nobody to add one.
fn places(visit: &Visit, o: &Organisation, places: &[Place], can: &Can) -> Markup {
    let t = visit.lang;
    if places.is_empty() && !can.edit {
        return html! {};
    }
    let add = html! { @if can.edit { a.more href={ (url(o.id)) "/places/new" } { (t.say("place-add")) } } };
    piece::panel(
        &t.say("places-title"),
        add,
        html! {
            @if places.is_empty() { div.body { p.muted { (t.say("places-none")) } } }
            @else { ul.list { @for p in places { li.flex {
                span.t { b.strong { (p.name) } div.muted.sm { (p.address) } }
                @if can.edit { a.btn.sm href={ (url(o.id)) "/places/" (p.id) "/edit" } { (t.say("edit")) span.vh { ": " (p.name) } } }
            } } } }
        },
    )
}

/// Every name there was, and the one of the day that is asked for.
fn names(visit: &Visit, r: &Record, can: &Can) -> Markup {
    let t = visit.lang;
    let here = url(r.organisation.id);
    let title = t.say("organisation-names");
    let more = html! { @if can.govern { a.more href={ (here) "/names/new" } { (t.say("organisation-rename")) } } };
    let table = html! { table.tbl {
        caption.vh { (title) }
        thead { tr { th scope="col" { (t.say("organisation-name-from")) } th scope="col" { (t.say("organisation-full-name")) } th scope="col" { (t.say("organisation-short-name")) } th scope="col" { (t.say("organisation-name-reason")) } } }
        tbody { @for n in &r.names { tr.on[r.on.is_some_and(|day| name_on(&r.names, day).is_some_and(|x| x.from == n.from))] {
            td.nowrap { (t.date(n.from)) } td { (n.name) } td { (n.short_name) } td { (n.reason.as_deref().unwrap_or("")) }
        } } }
    } };
    let asked = html! {
        form.form.inline.body action=(here) {
            div.field { label for="name-on" { (t.say("organisation-name-on")) } input.in #name-on type="date" name="on" value=[r.on]; }
            button.btn { (t.say("list-show")) }
        }
        @if let Some(day) = r.on { div.body { p role="status" {
            @match name_on(&r.names, day) {
                Some(n) => (t.say_with("organisation-was-called", &[("date", t.date(day).into()), ("name", n.name.as_str().into())])),
                None => (t.say_with("organisation-not-yet", &[("date", t.date(day).into())])),
            }
        } } }
    };
    html! { section.panel #names { header { h2 { (title) } (more) } @if r.names.len() > 1 || r.on.is_some() { (asked) } (piece::scroll(&title, table)) } }
}

/// The name that was in force; `names` stand the latest first.
pub fn name_on(names: &[DatedName], day: NaiveDate) -> Option<&DatedName> {
    names.iter().find(|n| n.from <= day)
}

fn government(visit: &Visit, o: &Organisation) -> Markup {
    let t = visit.lang;
    let here = url(o.id);
    let press = |action: &str, icon: &str, words: &str| {
        html! { form action={ (here) "/" (action) } method="post" { (piece::key_field(&visit.new_key())) button.btn { (piece::icon(icon)) (words) } } }
    };
    let may = |next| o.state.may_become(next);
    html! {
        @if OrganisationState::ALL.iter().any(|s| may(*s)) {
            (piece::panel(&t.say("organisation-government"), html! {}, html! { div.body.row {
                @if may(OrganisationState::Active) { (press("activation", "play", &t.say("organisation-activate"))) }
                @if may(OrganisationState::Suspended) { (press("suspension", "pause", &t.say("organisation-suspend"))) }
                @if may(OrganisationState::Reorganised) { (piece::link_button(&format!("{here}/reorganisation"), "git-merge", t.say("organisation-reorganise"), false)) }
                (piece::link_button(&format!("{here}/names/new"), "pencil", t.say("organisation-rename"), false))
            } }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_that_of_its_day() {
        let name = |from: &str, name: &str| DatedName {
            from: from.parse().unwrap(),
            name: name.into(),
            short_name: name.into(),
            reason: None,
        };
        let names = [name("2020-09-01", "новое"), name("2010-10-14", "старое")];
        let on = |day: &str| name_on(&names, day.parse().unwrap()).map(|n| n.name.as_str());
        assert_eq!(on("2026-01-01"), Some("новое"));
        assert_eq!(on("2020-09-01"), Some("новое"));
        assert_eq!(on("2020-08-31"), Some("старое"));
        assert_eq!(on("2010-10-13"), None);
    }
}
