//! The links drawn: streams and a circle, each with the same as a table.
use super::{
    Links, graph,
    sankey::{self, Flow, Picture},
    short,
    view::hour_words,
};
use crate::{
    exchange::{Pair, Side},
    organisations::{self, OrganisationId},
};
use kit::{Lang, Visit, html as piece};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Letters of a name beside its bar.
const LETTERS: usize = 34;

/// One column: whom its bars stand for; after the last, if so, all others together.
struct Column {
    keys: Vec<OrganisationId>,
    has_rest: bool,
}

impl Column {
    fn of(pairs: &[Pair], names: &BTreeMap<OrganisationId, String>, end: impl Fn(&Pair) -> OrganisationId) -> Self {
        let mut sums: BTreeMap<OrganisationId, i64> = BTreeMap::new();
        for p in pairs.iter().filter(|p| p.minutes > 0) {
            *sums.entry(end(p)).or_default() += p.minutes;
        }
        let (keys, has_rest) = sankey::largest(&sums, names);
        Self { keys, has_rest }
    }

    fn len(&self) -> usize {
        self.keys.len() + usize::from(self.has_rest)
    }

    fn index(&self, id: OrganisationId) -> usize {
        self.keys.iter().position(|k| *k == id).unwrap_or(self.keys.len())
    }

    fn key(&self, i: usize) -> Option<OrganisationId> {
        self.keys.get(i).copied()
    }

    fn name(&self, t: Lang, i: usize, names: &BTreeMap<OrganisationId, String>) -> String {
        self.key(i).and_then(|k| names.get(&k).cloned()).unwrap_or_else(|| t.say("links-others").into_owned())
    }
}

fn names(pairs: &[Pair]) -> BTreeMap<OrganisationId, String> {
    let ends = pairs
        .iter()
        .flat_map(|p| [(p.owner_id, p.owner_name.clone()), (p.organisation_id, p.organisation_name.clone())]);
    ends.collect()
}

/// «Кто кому сколько часов».
pub fn streams(visit: &Visit, links: &Links) -> Markup {
    let t = visit.lang;
    let names = names(&links.pairs);
    let left = Column::of(&links.pairs, &names, |p| p.owner_id);
    let right = Column::of(&links.pairs, &names, |p| p.organisation_id);
    let mut sums: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    for p in &links.pairs {
        *sums.entry((left.index(p.owner_id), right.index(p.organisation_id))).or_default() += p.minutes;
    }
    let flows: Vec<Flow> =
        sums.into_iter().map(|((from, to), amount)| Flow { from, to, amount }).filter(|f| f.amount > 0).collect();
    let picture = sankey::lay_out(left.len(), right.len(), &flows);
    let title = t.say("links-streams");
    html! { @if !flows.is_empty() { section.panel {
        header { h2 { (title) } span.muted.sm { (t.say("links-streams-about")) } }
        div.body { (piece::scroll(&title, drawing(t, links, &picture, [&left, &right], &names))) }
        (twin(visit, links))
    } } }
}

fn colour(i: usize) -> String {
    format!("c{}", i % 6 + 1)
}

fn drawing(
    t: Lang,
    links: &Links,
    p: &Picture,
    [left, right]: [&Column; 2],
    names: &BTreeMap<OrganisationId, String>,
) -> Markup {
    let middle = f64::midpoint(sankey::LEFT + sankey::THICK, sankey::RIGHT);
    html! { svg.chart.wide.sankey viewBox={ "0 0 " (sankey::WIDTH) " " (format!("{:.0}", p.height)) } role="group" aria-label=(t.say("links-streams")) {
        @for r in &p.ribbons {
            @let (from, to) = (left.name(t, r.flow.from, names), right.name(t, r.flow.to, names));
            @let words = format!("{from} → {to}: {}", hour_words(t, r.flow.amount));
            @let href = match left.key(r.flow.from) {
                Some(owner) => links.rows(Some(owner), Side::Owner, right.key(r.flow.to)),
                None => links.rows(right.key(r.flow.to), Side::Asker, None),
            };
            a href=(href) aria-label=(words) {
                path.flow.(colour(r.flow.from)) stroke-width=(format!("{:.1}", r.width.max(1.0)))
                    d=(format!("M{:.1} {:.1}C{middle:.1} {:.1} {middle:.1} {:.1} {:.1} {:.1}", sankey::LEFT + sankey::THICK, r.start, r.start, r.end, sankey::RIGHT, r.end)) { title { (words) } }
            }
        }
        @for (i, n) in p.left.iter().enumerate() { (bar(t, links, (left.key(i), left.name(t, i, names)), *n, Side::Owner, Some(i))) }
        @for (i, n) in p.right.iter().enumerate() { (bar(t, links, (right.key(i), right.name(t, i, names)), *n, Side::Asker, None)) }
    } }
}

fn bar(
    t: Lang,
    links: &Links,
    (key, name): (Option<OrganisationId>, String),
    n: sankey::Node,
    side: Side,
    tone: Option<usize>,
) -> Markup {
    let shown = short(&name, LETTERS);
    // What is read aloud is what is seen; the whole name is added only where it was cut.
    let whole = (shown != name).then(|| format!("{name}: {}", hour_words(t, n.amount)));
    let hours = t.decimal(super::hours(n.amount));
    let (x, text_x) = if side == Side::Owner {
        (sankey::LEFT, sankey::LEFT - 8.0)
    } else {
        (sankey::RIGHT, sankey::RIGHT + sankey::THICK + 8.0)
    };
    let class = tone.map(colour).unwrap_or_default();
    html! { a href=(links.rows(key, side, None)) {
        rect.node.(class) x=(x) y=(format!("{:.1}", n.top)) width=(sankey::THICK) height=(format!("{:.1}", n.height.max(1.0))) rx="2" { @if let Some(whole) = whole { title { (whole) } } }
        @let y = format!("{:.1}", n.top + n.height / 2.0 + 4.0);
        @if side == Side::Owner {
            text x=(text_x) y=(y) text-anchor="end" { (shown) " " tspan.v { (hours) } }
        } @else {
            text x=(text_x) y=(y) { tspan.v { (hours) } " " (shown) }
        }
    } }
}

/// The pictures' numbers as a table.
fn twin(visit: &Visit, links: &Links) -> Markup {
    let t = visit.lang;
    html! { details {
        summary { (t.say("as-table")) }
        (piece::scroll(&t.say("as-table"), html! { table.tbl {
            thead { tr { th scope="col" { (t.say("links-giver")) } th scope="col" { (t.say("links-receiver")) } th.num scope="col" { (t.say("links-given")) } th.num scope="col" { (t.say("links-days-given")) } th.num scope="col" { (t.say("links-bookings")) } } }
            tbody { @for p in &links.pairs { tr {
                td { (p.owner_name) }
                td { (p.organisation_name) }
                td.num { a href=(links.rows(Some(p.owner_id), Side::Owner, Some(p.organisation_id))) { (t.decimal(super::hours(p.minutes))) } }
                td.num { (t.number(p.days)) }
                td.num { (t.number(p.bookings)) }
            } } }
        } }))
    } }
}

/// The organisations around a circle, with whom they share.
pub fn circle(visit: &Visit, links: &Links) -> Markup {
    let t = visit.lang;
    let names = names(&links.pairs);
    let mut sums: BTreeMap<OrganisationId, i64> = BTreeMap::new();
    for p in links.pairs.iter().filter(|p| p.minutes > 0) {
        *sums.entry(p.owner_id).or_default() += p.minutes;
        *sums.entry(p.organisation_id).or_default() += p.minutes;
    }
    let mut keys: Vec<OrganisationId> = sums.keys().copied().collect();
    keys.sort_by_key(|k| std::cmp::Reverse(sums.get(k).copied().unwrap_or_default()));
    keys.truncate(graph::MOST);
    // The registry's order of names is the Russian one.
    let order = |id: &OrganisationId| links.active.iter().position(|o| o.id == *id).unwrap_or(usize::MAX);
    keys.sort_by_key(order);
    let places: BTreeMap<OrganisationId, graph::Place> =
        keys.iter().enumerate().map(|(i, k)| (*k, graph::place(i, keys.len()))).collect();
    let largest = links.pairs.iter().map(|p| p.minutes).max().unwrap_or_default();
    let title = t.say("links-graph");
    html! { @if !keys.is_empty() { section.panel {
        header { h2 { (title) } span.muted.sm { (t.say("links-graph-about")) } }
        div.body { (piece::scroll(&title, html! {
            svg.map.chart.wide viewBox={ "0 0 " (graph::WIDTH) " " (graph::HEIGHT) } role="group" aria-label=(title) {
                @for p in links.pairs.iter().filter(|p| p.minutes > 0) {
                    @if let (Some(from), Some(to)) = (places.get(&p.owner_id), places.get(&p.organisation_id)) {
                        @let words = format!("{} → {}: {}", p.owner_name, p.organisation_name, hour_words(t, p.minutes));
                        a href=(links.rows(Some(p.owner_id), Side::Owner, Some(p.organisation_id))) aria-label=(words) {
                            path.link d=(graph::bow(*from, *to)) stroke-width=(format!("{:.1}", graph::thickness(p.minutes, largest))) { title { (words) } }
                        }
                    }
                }
                @for key in &keys { @if let (Some(at), Some(name)) = (places.get(key), names.get(key)) {
                    @let shown = short(name, graph::LETTERS);
                    a href=(organisations::url(*key)) {
                        @if shown != *name { title { (name) } }
                        (mark(links, *key, *at))
                        text x=(format!("{:.1}", at.text_x)) y=(format!("{:.1}", at.text_y)) dy="4" text-anchor=[at.is_left.then_some("end")]
                            transform=(format!("rotate({:.1} {:.1} {:.1})", at.turn, at.text_x, at.text_y)) { (shown) }
                    }
                } }
            }
        })) }
        (twin(visit, links))
    } } }
}

/// The mark's colour is the kind of organisation; its name says who it is.
fn mark(links: &Links, key: OrganisationId, at: graph::Place) -> Markup {
    let kind = links.active.iter().find(|o| o.id == key).map(|o| match o.kind {
        organisations::Kind::General => "k-school",
        organisations::Kind::Preschool => "k-preschool",
        organisations::Kind::Additional => "k-extra",
    });
    html! { circle.pt.(kind.unwrap_or_default()) cx=(format!("{:.1}", at.x)) cy=(format!("{:.1}", at.y)) r=(graph::MARK) {} }
}
