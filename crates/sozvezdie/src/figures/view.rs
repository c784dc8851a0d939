//! «Показатели»: the figures, their breakdown drawn and as a table, and the rows behind them.
use super::{
    Behind, By, Counts, Figures, Key, LIST, Line, Of, ROWS, Selection, Share, Side, Whose,
    model::{Maybe, OnList},
    told, told_share,
};
use crate::{
    events::{self, Format, Level, ListKind},
    learners, results,
    shell::{AcademicYear, Page},
};
use kit::{
    Lang, Visit,
    cursor::{Cursor, Slice},
    html as piece,
    text::{text_key, text_prefix},
};
use maud::{Markup, html};

/// What the page shows.
pub struct Shown<'a> {
    pub selection: &'a Selection,
    pub figures: &'a Figures,
    /// Year by year, where there are several.
    pub yearly: Option<&'a Figures>,
    pub years: &'a [AcademicYear],
    pub subjects: &'a [String],
}

pub fn page(visit: &Visit, shown: &Shown<'_>) -> Markup {
    let t = visit.lang;
    let s = shown.selection;
    let by = [("by", s.by.map(By::code).unwrap_or_default().to_owned())];
    let actions = html! {
        (piece::link_button(&s.at("/figures/export.xlsx", &by), "file-spreadsheet", "Excel", false))
    };
    Page::new(visit, t.say("nav-figures")).show(html! {
        (piece::head(&t.say("nav-figures"), html! { p { (t.say("figures-about")) } }, actions))
        @if is_model(visit, s) { (piece::alert(piece::Tone::Info, t.say("figures-model"))) }
        (filter(visit, shown))
        div.grid.mt {
            (stats(visit, s, &shown.figures.total))
            (breakdown(visit, s, shown.figures))
            @if let Some(yearly) = shown.yearly { (years(visit, s, yearly)) }
            p.muted.sm { (t.say("figures-rules")) }
        }
    })
}

/// The demo's numbers of these years are made so that they give the share of the source text.
fn is_model(visit: &Visit, s: &Selection) -> bool {
    visit.notice.is_some() && s.years().any(|y| matches!(y.0, 2015 | 2016))
}

pub fn years_words(s: &Selection) -> String {
    AcademicYear::span(s.from, s.to)
}

pub fn by_words(t: Lang, by: By) -> String {
    t.say(&text_prefix!("figures-by-", by.code())).into_owned()
}

fn percents(t: Lang, value: Option<f64>) -> String {
    let Some(value) = value else { return "—".into() };
    // Always one decimal: «30,0 %» says that it was counted.
    let text = format!("{value:.1}");
    format!("{}\u{a0}%", if t == Lang::Ru { text.replace('.', ",") } else { text })
}

fn number(visit: &Visit, n: i64) -> String {
    match told(visit, n) {
        Some(n) => visit.lang.number(n),
        None => visit.lang.say("figures-few").into_owned(),
    }
}

/// «12 из 40».
fn of_words(visit: &Visit, share: Share) -> String {
    let values = [("some", number(visit, share.numerator).into()), ("all", number(visit, share.denominator).into())];
    visit.lang.say_with("figures-of", &values).into_owned()
}

fn link(visit: &Visit, href: &str, words: &str) -> Markup {
    html! { @if visit.viewer.may(ROWS) { a href=(href) { (words) } } @else { (words) } }
}

fn select(name: &str, label: &str, any: &str, chosen: &str, options: &[(String, String)]) -> Markup {
    html! { div.field.first {
        label for={ "by-" (name) } { (label) }
        select.in id={ "by-" (name) } name=(name) {
            @if !any.is_empty() { option value="" { (any) } }
            @for (code, words) in options { option value=(code) selected[code == chosen] { (words) } }
        }
    } }
}

fn filter(visit: &Visit, shown: &Shown<'_>) -> Markup {
    let t = visit.lang;
    let s = shown.selection;
    let mut years: Vec<AcademicYear> = shown.years.to_vec();
    years.extend([s.from, s.to]);
    years.sort_unstable();
    years.dedup();
    let years: Vec<(String, String)> = years.iter().rev().map(|y| (y.to_string(), y.to_string())).collect();
    let bys: Vec<(String, String)> = By::ALL.iter().map(|by| (by.code().to_owned(), by_words(t, *by))).collect();
    let sides: Vec<(String, String)> = Side::ALL
        .iter()
        .map(|side| (side.code().to_owned(), t.say(&text_prefix!("figures-side-", side.code())).into_owned()))
        .collect();
    let levels: Vec<(String, String)> = Level::ALL
        .iter()
        .map(|l| (l.code().to_owned(), t.say(&text_prefix!("event-level-", l.code())).into_owned()))
        .collect();
    let formats: Vec<(String, String)> = Format::ALL
        .iter()
        .map(|f| (f.code().to_owned(), t.say(&text_prefix!("event-format-", f.code())).into_owned()))
        .collect();
    let mut lists: Vec<(String, String)> = vec![("any".into(), t.say("figures-list-any").into_owned())];
    lists.extend(
        ListKind::ALL
            .iter()
            .map(|l| (l.code().to_owned(), t.say(&text_prefix!("event-list-kind-", l.code())).into_owned())),
    );
    lists.push(("none".into(), t.say("figures-none-list").into_owned()));
    let subjects: Vec<(String, String)> = shown.subjects.iter().map(|s| (s.clone(), s.clone())).collect();
    let whose: Vec<(String, String)> = Whose::ALL
        .iter()
        .map(|w| (w.code().to_owned(), t.say(&text_prefix!("figures-whose-", w.code())).into_owned()))
        .collect();
    let any = t.say("event-any");
    let list = match s.list {
        Some(OnList::Any) => "any",
        Some(OnList::None) => "none",
        Some(OnList::Of(kind)) => kind.code(),
        None => "",
    };
    let subject = match &s.subject {
        Some(Maybe(Some(subject))) => subject.as_str(),
        _ => "",
    };
    html! { form.filters action=(LIST) data-autosubmit {
        (select("from", &t.say("figures-from"), "", &s.from.to_string(), &years))
        (select("to", &t.say("figures-to"), "", &s.to.to_string(), &years))
        (select("by", &t.say("figures-by"), "", s.by.map(By::code).unwrap_or_default(), &bys))
        @if s.by == Some(By::Organisation) { (select("side", &t.say("figures-side"), "", s.side.code(), &sides)) }
        (select("whose", &t.say("figures-whose"), "", s.whose.code(), &whose))
        (select("level", &t.say("figures-by-level"), &any, s.level.map(Level::code).unwrap_or_default(), &levels))
        (select("format", &t.say("figures-by-format"), &any, s.format.map(Format::code).unwrap_or_default(), &formats))
        (select("list", &t.say("figures-by-list"), &any, list, &lists))
        (select("subject", &t.say("figures-by-subject"), &any, subject, &subjects))
        div.field.first { label.check { input type="checkbox" name="paid" value="no" checked[s.without_paid]; span { (t.say("figures-without-paid")) } } }
        button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
        a.btn.quiet href=(LIST) { (t.say("list-reset")) }
    } }
}

/// K1–K4, each number the way to its rows.
fn stats(visit: &Visit, s: &Selection, c: &Counts) -> Markup {
    let t = visit.lang;
    let (all, prizes, pending) = (
        s.rows(super::BEHIND, None, Of::Counted),
        s.rows(super::BEHIND, None, Of::Prizes),
        s.rows(super::BEHIND, None, Of::Pending),
    );
    let card = |key: &str, share: Share| {
        let (_, _, value) = told_share(visit, share);
        html! { div {
            dt { (t.say(key)) }
            dd { b { (percents(t, value)) } }
            dd { (link(visit, &prizes, &number(visit, share.numerator))) " " (t.say("figures-out-of")) " " (link(visit, &all, &number(visit, share.denominator))) }
        } }
    };
    html! { div.panel.scroll-x tabindex="0" role="group" aria-label=(t.say("nav-figures")) { dl.stats {
        (card("figures-k1", c.k1()))
        (card("figures-k2", c.k2()))
        (card("figures-k3", c.k3()))
        div { dt { (t.say("figures-places")) } dd { b { (link(visit, &prizes, &number(visit, c.prize_places))) } } dd { (t.say("figures-team-is-one")) } }
        div { dt { (t.say("figures-pending")) } dd { b { (link(visit, &pending, &number(visit, c.pending))) } } dd { (t.say("figures-pending-about")) } }
    } } }
}

fn breakdown(visit: &Visit, s: &Selection, figures: &Figures) -> Markup {
    let t = visit.lang;
    let title = s.by.map(|by| by_words(t, by)).unwrap_or_default();
    html! { section.panel #breakdown {
        header { h2 { (title) } span.muted.sm { (years_words(s)) } }
        @if figures.lines.is_empty() {
            (piece::empty("trophy", &t.say("figures-nothing"), html! { @if visit.viewer.may(events::VIEW) { (piece::link_button(events::LIST, "calendar-days", t.say("nav-events"), false)) } }))
        } @else {
            div.body { (piece::scroll(&title, chart(visit, s, figures))) }
            (table(visit, s, figures))
            @if figures.exceed() { div.body { p.muted.sm { (t.say("figures-exceed")) } } }
        }
    } }
}

/// Height of a line of the chart, and where its bars begin and end.
const ROW: usize = 30;
const LEFT: f64 = 270.0;
const RIGHT: f64 = 720.0;

/// The share of events with prizes, line by line.
fn chart(visit: &Visit, s: &Selection, figures: &Figures) -> Markup {
    let t = visit.lang;
    let shown: Vec<&(Line, String)> = figures.lines.iter().filter(|(l, _)| l.counts.editions > 0).take(24).collect();
    let height = shown.len() * ROW + 8;
    html! { svg.chart.wide viewBox={ "0 0 880 " (height) } role="group" aria-label=(t.say("figures-k1")) {
        line.axis x1=(LEFT) y1="0" x2=(LEFT) y2=(height) {}
        @for (i, (line, title)) in shown.iter().enumerate() {
            @let (_, _, value) = told_share(visit, line.counts.k1());
            @let width = value.unwrap_or(0.0) * (RIGHT - LEFT) / 100.0;
            @let y = i * ROW + 8;
            @let bar = html! {
                text x=(LEFT - 10.0) y=(y + 15) text-anchor="end" { (cut(title)) @if cut(title) != *title { title { (title) } } }
                rect.col.now x=(LEFT) y=(y) width=(format!("{:.1}", width.max(1.0))) height="20" rx="2" {}
                text.v x=(format!("{:.1}", LEFT + width + 8.0)) y=(y + 15) { (percents(t, value)) " · " (of_words(visit, line.counts.k1())) }
            };
            @if visit.viewer.may(ROWS) { a href=(s.rows(super::BEHIND, Some(&line.key), Of::Counted)) { (bar) } } @else { g { (bar) } }
        }
    } }
}

/// A title that fits beside its bar.
fn cut(title: &str) -> String {
    if title.chars().count() <= 36 {
        return title.to_owned();
    }
    let head: String = title.chars().take(35).collect();
    format!("{}…", head.trim_end())
}

fn table(visit: &Visit, s: &Selection, figures: &Figures) -> Markup {
    let t = visit.lang;
    let label = s.by.map(|by| by_words(t, by)).unwrap_or_default();
    let heads = [
        text_key("figures-k1"),
        text_key("figures-share"),
        text_key("figures-k2"),
        text_key("figures-k3"),
        text_key("figures-places"),
        text_key("figures-pending"),
    ];
    let row = |title: &str, key: Option<&Key>, c: &Counts, is_total: bool| {
        let (all, prizes, pending) = (
            s.rows(super::BEHIND, key, Of::Counted),
            s.rows(super::BEHIND, key, Of::Prizes),
            s.rows(super::BEHIND, key, Of::Pending),
        );
        let pair = |share: Share| {
            html! {
                (link(visit, &prizes, &number(visit, share.numerator))) " " (t.say("figures-out-of")) " " (link(visit, &all, &number(visit, share.denominator)))
            }
        };
        let head = |i: usize| heads.get(i).map(|key| t.say(key));
        html! { tr {
            td.main { @if is_total { b { (title) } } @else { (title) } }
            td.num data-l=[head(0)] { (pair(c.k1())) }
            td.num data-l=[head(1)] { b { (percents(t, told_share(visit, c.k1()).2)) } }
            td.num data-l=[head(2)] { (pair(c.k2())) }
            td.num data-l=[head(3)] { (pair(c.k3())) }
            td.num data-l=[head(4)] { (link(visit, &prizes, &number(visit, c.prize_places))) }
            td.num data-l=[head(5)] { (link(visit, &pending, &number(visit, c.pending))) }
        } }
    };
    piece::scroll(
        &label,
        html! { table.tbl.cards {
            thead { tr { th scope="col" { (label) } @for key in heads { th.num scope="col" { (t.say(key)) } } } }
            tbody {
                @for (line, title) in &figures.lines { (row(title, Some(&line.key), &line.counts, false)) }
                (row(&t.say("figures-total"), None, &figures.total, true))
            }
        } },
    )
}

/// The years beside one another. The total pools their counts: it is no mean of percentages.
fn years(visit: &Visit, s: &Selection, yearly: &Figures) -> Markup {
    let t = visit.lang;
    let s = Selection { by: Some(By::Year), ..s.clone() };
    html! { section.panel #years {
        header { h2 { (t.say("figures-years")) } span.muted.sm { (t.say("figures-pooled")) } }
        (table(visit, &s, yearly))
    } }
}

/// The heads of the rows behind a figure.
pub const HEADS: [&str; 9] = [
    text_key("figures-row-event"),
    text_key("figures-by-level"),
    text_key("figures-by-year"),
    text_key("figures-row-child"),
    text_key("organisation-one"),
    text_key("figures-by-class"),
    text_key("figures-row-result"),
    text_key("figures-row-state"),
    text_key("figures-row-ground"),
];

/// What the result is, in words.
pub fn result_words(t: Lang, r: &Behind) -> String {
    let words = results::outcome_words(t, r.award, r.degree, r.place);
    if words.is_empty() {
        return t.say(&text_prefix!("participation-state-", r.state.code())).into_owned();
    }
    words.join(", ")
}

/// A row in words, under [`HEADS`].
pub fn cells(t: Lang, r: &Behind) -> [String; 9] {
    let child = match (&r.learner, &r.team) {
        (Some(name), Some(team)) => format!("{name} ({team})"),
        (Some(name), None) => name.clone(),
        (None, team) => team.clone().unwrap_or_else(|| t.say("figures-unnamed").into_owned()),
    };
    [
        r.title.clone(),
        t.say(&text_prefix!("event-level-", r.level.code())).into_owned(),
        r.academic_year.to_string(),
        child,
        r.organisation.clone(),
        r.class.map(|c| c.to_string()).unwrap_or_default(),
        result_words(t, r),
        t.say(&text_prefix!("result-state-", r.result_state.code())).into_owned(),
        r.ground.clone().unwrap_or_default(),
    ]
}

/// How many events, children and places the rows come to: each number that leads here is one of these.
fn behind_words(t: Lang, of: Of, c: &Counts) -> String {
    let said = |key: &'static str, n: i64| t.say_with(key, &[("n", n.into())]).into_owned();
    let (rows, events, children) = match of {
        Of::Counted => (c.participations, c.editions, c.children),
        Of::Prizes => (c.prize_participations, c.prize_editions, c.prize_children),
        Of::Pending => return said(text_key("figures-told-rows"), c.pending),
    };
    let mut words = vec![
        said(text_key("figures-told-rows"), rows),
        said(text_key("figures-told-events"), events),
        said(text_key("figures-told-children"), children),
    ];
    if of == Of::Prizes {
        words.push(said(text_key("figures-told-places"), c.prize_places));
    }
    words.join(" · ")
}

/// The rows behind a figure.
pub fn rows(visit: &Visit, s: &Selection, slice: &Slice<Behind>, total: &Counts) -> Markup {
    let t = visit.lang;
    let of = t.say(&text_prefix!("figures-of-", s.of.code()));
    let title = t.say("figures-rows");
    let code = [("of", s.of.code().to_owned())];
    let actions = html! { @if !slice.items.is_empty() {
        (piece::link_button(&s.at("/participations/export.xlsx", &code), "file-spreadsheet", "Excel", false))
    } };
    let below = html! {
        p { (of) " · " (years_words(s)) @if s.of == Of::Counted { " · " (of_words(visit, total.k1())) " · " (percents(t, total.k1().percents())) } }
        p.muted.sm { (behind_words(t, s.of, total)) }
    };
    let count =
        t.say_with("list-count", &[("shown", slice.items.len().into()), ("total", t.number(slice.total).into())]);
    let forth = slice
        .next
        .as_ref()
        .map(|next| s.at(super::BEHIND, &[("of", s.of.code().to_owned()), ("after", Cursor::encode(next))]));
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(s.at(LIST, &[]), t.say("nav-figures").into_owned())], &title))
        (piece::head(&title, below, actions))
        section.panel {
            @if slice.items.is_empty() { (piece::empty("trophy", &t.say("figures-no-rows"), html! {})) } @else {
                (piece::scroll(&title, html! { table.tbl.cards {
                    thead { tr { @for key in HEADS { th scope="col" { (t.say(key)) } } } }
                    tbody { @for r in &slice.items {
                        @let words = cells(t, r);
                        tr { @for (i, (cell, key)) in words.iter().zip(HEADS).enumerate() {
                            @if i == 0 { td.main { a href=(events::url(r.edition_id)) { (cell) } } }
                            @else if let (3, Some(id)) = (i, r.learner_id) { td data-l=(t.say(key)) { a href=(learners::url(id)) { (cell) } } }
                            @else { td data-l=(t.say(key)) { (cell) } }
                        } }
                    } }
                } }))
            }
        }
        (piece::pager(t, &count, None, forth.as_deref()))
    })
}
