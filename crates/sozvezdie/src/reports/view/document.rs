//! The document as a page, and what the data say today beside what was handed in.
use super::super::{
    counted::{Counted, Line, Part},
    model::Kind,
    paper,
};
use crate::figures::{self, By, Counts, Of, Selection, Share};
use documents::paper::{Bar, Block, Paper};
use kit::{
    Lang, Visit,
    access::Reach,
    html::{self as piece, Tone},
    text::text_key,
};
use maud::{Markup, html};

/// A document is Russian whatever the page is.
pub fn sheet(document: &Paper) -> Markup {
    html! { article.doc.mt lang="ru" {
        @for line in &document.aside { p.end { (line) } }
        @for line in &document.issuer { p.strong { (line) } }
        p { (document.kind) " · " (document.date) }
        h2 { (document.heading) }
        @for block in &document.body { (shown(block)) }
    } }
}

fn shown(block: &Block) -> Markup {
    match block {
        Block::Text { text } | Block::Flush { text } => html! { p { (text) } },
        Block::Heading { text } => html! { h3.mt { (text) } },
        Block::Table { columns, rows } => piece::scroll(
            columns.first().map_or("", String::as_str),
            html! { table.tbl {
                thead { tr { @for (i, title) in columns.iter().enumerate() { th.num[i > 0] scope="col" { (title) } } } }
                tbody { @for row in rows { tr { @for (i, cell) in row.iter().enumerate() { td.num[i > 0] { (cell) } } } } }
            } },
        ),
        Block::Chart { title, bars } => chart(title, bars),
    }
}

/// Bars as lines of text: on a narrow screen a line breaks, and nothing is cut.
fn chart(title: &str, bars: &[Bar]) -> Markup {
    html! {
        p.mt { (title) }
        ul.bars { @for bar in bars { li {
            span { (bar.title) }
            svg.bar viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true" { rect width=(bar.tenths.min(1000)) height="1" {} }
            span { (bar.words) }
        } } }
    }
}

/// The rows that a figure is the way to. What the viewer may not open whole is no link.
fn selection(visit: &Visit, counted: &Counted, by: Option<By>) -> Option<Selection> {
    let opens = match visit.viewer.reach(figures::ROWS) {
        Reach::Network => true,
        own @ Reach::Organisations(_) => {
            counted.kind == Kind::Organisation && own.covers(counted.organisation.map(|id| id.0))
        }
        Reach::Nowhere => false,
    };
    if opens { counted.selection(by) } else { None }
}

fn link(rows: Option<&str>, words: &str) -> Markup {
    html! { @match rows { Some(href) => a href=(href) { (words) }, None => (words) } }
}

/// One figure of the sums: its name, how it is taken, which rows make it.
type Figure = (&'static str, fn(&Counts) -> i64, Of);

const FIGURES: [Figure; 8] = [
    (text_key("figures-prize-events"), |c| c.prize_editions, Of::Prizes),
    (text_key("figures-events"), |c| c.editions, Of::Counted),
    (text_key("figures-prize-participations"), |c| c.prize_participations, Of::Prizes),
    (text_key("figures-participations"), |c| c.participations, Of::Counted),
    (text_key("figures-prize-children"), |c| c.prize_children, Of::Prizes),
    (text_key("figures-children"), |c| c.children, Of::Counted),
    (text_key("figures-places"), |c| c.prize_places, Of::Prizes),
    (text_key("figures-pending"), |c| c.pending, Of::Pending),
];

/// One share: its name and what it is of.
type Part3 = (&'static str, fn(&Counts) -> Share);

const SHARES: [Part3; 3] = [
    (text_key("figures-share"), Counts::k1),
    (text_key("figures-participations-share"), Counts::k2),
    (text_key("figures-children-share"), Counts::k3),
];

/// «+3», «−1», or a dash where they are the same.
fn difference(t: Lang, then: i64, now: i64) -> String {
    match now - then {
        0 => "—".to_owned(),
        more if more > 0 => format!("+{}", t.number(more)),
        less => t.number(less),
    }
}

/// The sums as they were handed in beside those of today. `None`: nothing is handed in.
pub fn sums(visit: &Visit, counted: &Counted, then: Option<&Counts>, now: &Counts) -> Markup {
    let t = visit.lang;
    let title = t.say(if then.is_some() { "report-today" } else { "report-sums" });
    let changed = then.is_some_and(|then| then != now);
    let selection = selection(visit, counted, None);
    let (in_report, today, differs) = (t.say("report-in-report"), t.say("report-now"), t.say("report-difference"));
    let body = html! {
        @if then.is_some() { div.body {
            @if changed { (piece::alert(Tone::Warn, t.say("report-differs"))) } @else { (piece::alert(Tone::Ok, t.say("report-same"))) }
        } }
        (piece::scroll(&title, html! { table.tbl.cards {
            thead { tr { th scope="col" { (t.say("report-figure")) } @if then.is_some() { th.num scope="col" { (in_report) } } th.num scope="col" { (today) } @if then.is_some() { th.num scope="col" { (differs) } } } }
            tbody {
                @for (name, of, rows) in FIGURES {
                    @let href = selection.as_ref().map(|s| s.rows(figures::BEHIND, None, rows));
                    tr {
                        td.main { (t.say(name)) }
                        @if let Some(then) = then { td.num data-l=(in_report) { (t.number(of(then))) } }
                        td.num data-l=(today) { (link(href.as_deref(), &t.number(of(now)))) }
                        @if let Some(then) = then { td.num data-l=(differs) { b { (difference(t, of(then), of(now))) } } }
                    }
                }
                @for (name, of) in SHARES { tr {
                    td.main { (t.say(name)) }
                    @if let Some(then) = then { td.num data-l=(in_report) { (paper::percents(t, of(then))) } }
                    td.num data-l=(today) { (paper::percents(t, of(now))) }
                    @if let Some(then) = then { td.num data-l=(differs) { b { (points(t, of(then), of(now))) } } }
                } }
            }
        } }))
    };
    piece::panel(&title, html! {}, body)
}

/// By how many points a share differs.
fn points(t: Lang, then: Share, now: Share) -> String {
    match (then.percents(), now.percents()) {
        (Some(then), Some(now)) if (now - then).abs() > 0.04 => paper::points(t, now - then),
        _ => "—".to_owned(),
    }
}

/// Every breakdown, line by line: as it was handed in, and as the data are today, each number of today
/// the way to its rows.
pub fn breakdowns(visit: &Visit, then: Option<&Counted>, now: &Counted) -> Markup {
    html! { @for part in &now.parts {
        @let before = then.and_then(|then| then.part(part.by));
        @if !part.lines.is_empty() || before.is_some_and(|b| !b.lines.is_empty()) { (breakdown(visit, now, before, part)) }
    } }
}

/// Lines of both, those that are only in the copy last.
fn merged<'a>(then: Option<&'a Part>, now: &'a Part) -> Vec<(&'a str, Option<&'a Line>, Option<&'a Line>)> {
    let of = |part: &'a Part, key: &Option<String>| part.lines.iter().find(|l| l.key == *key);
    let mut all: Vec<_> =
        now.lines.iter().map(|l| (l.title.as_str(), then.and_then(|then| of(then, &l.key)), Some(l))).collect();
    let gone = then.into_iter().flat_map(|then| &then.lines).filter(|l| of(now, &l.key).is_none());
    all.extend(gone.map(|l| (l.title.as_str(), Some(l), None)));
    all
}

fn breakdown(visit: &Visit, counted: &Counted, then: Option<&Part>, now: &Part) -> Markup {
    let t = visit.lang;
    let title = figures::by_words(t, now.by);
    let selection = selection(visit, counted, Some(now.by));
    let heads = [t.say("figures-k1"), t.say("figures-k2"), t.say("figures-k3"), t.say("figures-places")];
    let (in_report, today) = (t.say("report-in-report"), t.say("report-now"));
    let plain = |share: Share| {
        t.say_with(
            "figures-of",
            &[("some", t.number(share.numerator).into()), ("all", t.number(share.denominator).into())],
        )
        .into_owned()
    };
    let cells = |c: Option<&Counts>| -> [String; 4] {
        c.map_or_else(
            || ["—", "—", "—", "—"].map(str::to_owned),
            |c| {
                [
                    format!("{} · {}", plain(c.k1()), paper::percents(t, c.k1())),
                    plain(c.k2()),
                    plain(c.k3()),
                    t.number(c.prize_places),
                ]
            },
        )
    };
    let body = html! {
        (piece::scroll(&title, html! { table.tbl.cards {
            thead { tr { th scope="col" { (title) } @if then.is_some() { th scope="col" { (t.say("report-when")) } } @for head in &heads { th.num scope="col" { (head) } } } }
            tbody { @for (name, before, line) in merged(then, now) {
                @let is_other = then.is_some() && before.map(|l| &l.counts) != line.map(|l| &l.counts);
                @if is_other { tr {
                    td.main { (name) }
                    td data-l=(t.say("report-when")) { (in_report) }
                    @for (cell, head) in cells(before.map(|l| &l.counts)).iter().zip(&heads) { td.num data-l=(head) { (cell) } }
                } }
                tr {
                    td.main { (name) }
                    @if then.is_some() { td data-l=(t.say("report-when")) { (today) @if is_other { " " (piece::tag(Tone::Warn, t.say("report-other"))) } } }
                    @let href = selection.as_ref().zip(line).map(|(s, l)| s.rows(figures::BEHIND, Some(&figures::Key(l.key.clone())), Of::Counted));
                    @for (i, (cell, head)) in cells(line.map(|l| &l.counts)).iter().zip(&heads).enumerate() {
                        td.num data-l=(head) { @if i == 0 { (link(href.as_deref(), cell)) } @else { (cell) } }
                    }
                }
            } }
        } }))
        @if now.exceeds { div.body { p.muted.sm { (t.say("figures-exceed")) } } }
    };
    piece::panel(&title, html! {}, body)
}
