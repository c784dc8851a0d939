//! One box over all slices, filtered by rights.
use super::Page;
use crate::app::App;
use axum::extract::State;
use kit::{Fault, Visit, access::Permission, html as piece, http::Query, search};
use maud::{Markup, html};
use serde::Deserialize;
use std::{future::Future, pin::Pin};
use uuid::Uuid;

/// A found record as a line of the results.
pub struct Hit {
    pub id: Uuid,
    pub title: String,
    pub note: String,
    pub href: String,
}

type Hits<'a> = Pin<Box<dyn Future<Output = Result<Vec<Hit>, Fault>> + Send + 'a>>;

/// Where records of one kind are found. `resolve` gives only what the viewer may see.
#[derive(Clone)]
pub struct Source {
    pub kind: &'static str,
    /// The words over the group of results.
    pub title: &'static str,
    pub icon: &'static str,
    pub needs: Permission,
    pub resolve: for<'a> fn(&'a Visit, Vec<Uuid>) -> Hits<'a>,
}

/// Where records are found that the shared words may not know of: the slice looks for itself,
/// within what the viewer may see.
#[derive(Clone)]
pub struct Lookup {
    /// The words over the group of results.
    pub title: &'static str,
    pub icon: &'static str,
    pub needs: Permission,
    pub find: for<'a> fn(&'a Visit, &'a str, i64) -> Hits<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    q: String,
    fragment: String,
}

struct Group {
    title: &'static str,
    icon: &'static str,
    hits: Vec<Hit>,
}

async fn find(app: &App, visit: &Visit, q: &str, limit: i64) -> Result<Vec<Group>, Fault> {
    let sources: Vec<&Source> = app.sources.iter().filter(|s| visit.viewer.may(s.needs)).collect();
    let kinds: Vec<&'static str> = sources.iter().map(|s| s.kind).collect();
    let found = search::find(&visit.net, q, &kinds, limit).await?;
    let mut groups = Vec::new();
    for source in sources {
        let ids: Vec<Uuid> = found.iter().filter(|f| f.kind == source.kind).map(|f| f.record_id).collect();
        if ids.is_empty() {
            continue;
        }
        let mut hits = (source.resolve)(visit, ids.clone()).await?;
        // The order is the search's, not the slice's.
        hits.sort_by_key(|h| ids.iter().position(|id| *id == h.id));
        if !hits.is_empty() {
            groups.push(Group { title: source.title, icon: source.icon, hits });
        }
    }
    for lookup in app.lookups.iter().filter(|l| visit.viewer.may(l.needs)) {
        let hits = (lookup.find)(visit, q, limit).await?;
        if !hits.is_empty() {
            groups.push(Group { title: lookup.title, icon: lookup.icon, hits });
        }
    }
    Ok(groups)
}

pub async fn show(visit: Visit, State(app): State<App>, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let t = visit.lang;
    let q: String = asked.q.chars().take(200).collect();
    let palette = asked.fragment == "palette";
    let groups = find(&app, &visit, &q, if palette { 12 } else { 60 }).await?;
    if palette {
        let places = super::nav::visible(&visit).filter(|e| q.trim().is_empty() || starts(&t.say(e.key), &q));
        return Ok(html! {
            @for (i, e) in places.enumerate() {
                a #{ "place-" (i) } role="option" href=(e.href) tabindex="-1" { (piece::icon(e.icon)) span { (t.say(e.key)) } }
            }
            @for group in &groups {
                div.grp role="presentation" { (t.say(group.title)) }
                @for hit in &group.hits {
                    a #{ "hit-" (hit.id.simple()) } role="option" href=(hit.href) tabindex="-1" { (piece::icon(group.icon)) span { (hit.title) small { (hit.note) } } }
                }
            }
            @if groups.is_empty() && !q.trim().is_empty() { p.muted { (t.say("search-nothing")) } }
        });
    }
    Ok(Page::new(&visit, t.say("search-title")).show(html! {
        (piece::head(&t.say("search-title"), html! {}, html! {}))
        section.panel.mb { form.filters role="search" action="/search" {
            div.field.first { label for="q" { (t.say("search-label")) } input.in #q type="search" name="q" value=(q) placeholder=(t.say("search-placeholder")); }
            button.btn.primary { (piece::icon("search")) (t.say("search-do")) }
        } }
        @if groups.is_empty() {
            @if q.trim().is_empty() { (piece::empty("search", &t.say("search-hint"), html! {})) }
            @else { (piece::empty("search", &t.say_with("search-nothing-for", &[("q", q.as_str().into())]), html! {})) }
        }
        @for group in &groups {
            (piece::panel(&t.say(group.title), html! { span.muted.sm { (group.hits.len()) } }, html! {
                ul.queue { @for hit in &group.hits {
                    li { (piece::icon(group.icon)) div { a.t href=(hit.href) { (hit.title) } p.muted.sm { (hit.note) } } }
                } }
            }))
        }
    }))
}

/// «орг» finds «Организации», and so does «jhu».
fn starts(words: &str, q: &str) -> bool {
    let words = kit::text::name_key(words);
    let hit = |q: &str| words.split(' ').any(|w| w.starts_with(q));
    let q = kit::text::name_key(q);
    hit(&q) || hit(&search::other_layout(&q))
}
