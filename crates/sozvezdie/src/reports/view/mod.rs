//! «Отчёты»: the list, what is called for, and the pages behind them.
pub mod calls;
pub mod document;
pub mod figures;
pub mod form;
pub mod record;

use super::{
    DECIDE, FIGURES, LIST,
    model::{Call, Kind, Report, State},
    url,
    waiting::due,
};
use crate::shell::{AcademicYear, Page};
use chrono::Datelike as _;
use kit::{
    Lang, Visit,
    access::Reach,
    cursor::{Cursor, Slice},
    html as piece,
    text::{list_url, text_prefix},
};
use maud::{Markup, html};

/// The first year that a report is asked for in the source text.
pub const FIRST: i64 = 2010;

pub fn state_tag(t: Lang, state: State) -> Markup {
    piece::tag(state.tone(), t.say(&text_prefix!("report-state-", state.code())))
}

/// The address as data.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Asked {
    pub state: String,
    pub kind: String,
    pub year: String,
    pub after: String,
}

impl Asked {
    fn pairs(&self) -> Vec<(&str, &str)> {
        vec![("state", &self.state), ("kind", &self.kind), ("year", &self.year)]
    }

    fn is_filtered(&self) -> bool {
        self.pairs().iter().any(|(_, value)| !value.is_empty())
    }
}

/// A call with how far it is, for the department; with what the own organisations owe, for others.
pub struct Called {
    pub call: Call,
    /// How many handed in, and how many were asked.
    pub progress: Option<(i64, i64)>,
    /// Names of own organisations that owe.
    pub owing: Vec<String>,
}

/// What the viewer may begin: nothing, for who only decides.
pub fn may_begin(visit: &Visit) -> Vec<Kind> {
    Kind::ALL.iter().copied().filter(|kind| visit.viewer.may(kind.written_by())).collect()
}

/// Academic years to choose from, the latest first.
pub fn years(visit: &Visit) -> Vec<(String, String)> {
    let this = AcademicYear::of(visit.today).0;
    (FIRST..=this).rev().map(|y| (AcademicYear(y).to_string(), AcademicYear(y).to_string())).collect()
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

pub fn list(visit: &Visit, asked: &Asked, called: &[Called], found: &Slice<Report>) -> Markup {
    let t = visit.lang;
    let page_title = t.say("nav-reports");
    let actions = html! {
        @if visit.viewer.may(super::COUNT) { (piece::link_button(FIGURES, "chart-column", t.say("report-figures"), false)) }
        @if !may_begin(visit).is_empty() { (piece::link_button("/reports/new", "plus", t.say("report-prepare"), true)) }
    };
    let count =
        t.say_with("list-count", &[("shown", found.items.len().into()), ("total", t.number(found.total).into())]);
    let next = found.next.as_ref().map(Cursor::encode);
    let forth = next.as_ref().map(|next| list_url(LIST, asked.pairs(), "after", next));
    let back = (!asked.after.is_empty()).then(|| list_url(LIST, asked.pairs(), "", ""));
    Page::new(visit, page_title.as_ref()).show(html! {
        (piece::head(&page_title, html! { p { (t.say("report-about")) } }, actions))
        (calls_panel(visit, called))
        (filter(visit, asked))
        section.panel aria-label=(page_title) {
            @if found.items.is_empty() { (nothing(visit, asked)) } @else { (table(visit, &found.items)) }
        }
        @if !found.items.is_empty() { (piece::pager(t, &count, back.as_deref(), forth.as_deref())) }
    })
}

fn filter(visit: &Visit, asked: &Asked) -> Markup {
    let t = visit.lang;
    let any = t.say("list-any");
    let states: Vec<_> = State::ALL
        .iter()
        .map(|s| (s.code().to_owned(), t.say(&text_prefix!("report-state-", s.code())).into_owned()))
        .collect();
    let kinds: Vec<_> = Kind::ALL
        .iter()
        .map(|k| (k.code().to_owned(), t.say(&text_prefix!("report-title-", k.code())).into_owned()))
        .collect();
    html! { form.filters action=(LIST) data-autosubmit {
        (select("state", &t.say("report-state"), &any, &asked.state, &states))
        (select("kind", &t.say("report-whose"), &any, &asked.kind, &kinds))
        (select("year", &t.say("figures-by-year"), &any, &asked.year, &years(visit)))
        button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
        @if asked.is_filtered() { a.btn.quiet href=(LIST) { (t.say("list-reset")) } }
    } }
}

fn nothing(visit: &Visit, asked: &Asked) -> Markup {
    let t = visit.lang;
    if asked.is_filtered() {
        return piece::empty(
            "scroll-text",
            &t.say("report-no-match"),
            piece::link_button(LIST, "x", t.say("list-reset"), false),
        );
    }
    let first = html! { @if !may_begin(visit).is_empty() { (piece::link_button("/reports/new", "plus", t.say("report-prepare"), true)) } };
    piece::empty("scroll-text", &t.say("report-none"), first)
}

fn table(visit: &Visit, reports: &[Report]) -> Markup {
    let t = visit.lang;
    let (years, state, changed) = (t.say("report-years-head"), t.say("report-state"), t.say("report-changed"));
    piece::scroll(
        &t.say("nav-reports"),
        html! { table.tbl.cards data-rows {
            thead { tr { th scope="col" { (t.say("report-whose")) } th scope="col" { (years) } th scope="col" { (state) } th scope="col" { (changed) } } }
            tbody { @for r in reports { tr {
                td.main { a.row-link href=(url(r.id)) { (whose(t, r)) } }
                td data-l=(years) { (r.from) @if r.from != r.to { " – " (r.to) } }
                td data-l=(state) { (state_tag(t, r.state)) }
                td data-l=(changed) { (t.moment(r.updated_at, visit.today.year())) }
            } } }
        } },
    )
}

/// «Отчёт Центра», «Дубовская СОШ».
fn whose(t: Lang, r: &Report) -> String {
    let name = r.organisation_name.clone().filter(|_| r.kind == Kind::Organisation);
    name.unwrap_or_else(|| t.say(&text_prefix!("report-title-", r.kind.code())).into_owned())
}

/// What is called for and not over.
fn calls_panel(visit: &Visit, called: &[Called]) -> Markup {
    let t = visit.lang;
    let decides = visit.viewer.reach(DECIDE) == Reach::Network;
    let more = html! { @if decides { a.more href="/reports/calls/new" { (t.say("report-call")) } } };
    html! { @if decides || !called.is_empty() { (piece::panel(&t.say("report-calls"), more, html! {
        @if called.is_empty() { div.body { p.muted { (t.say("report-calls-none")) } } }
        @else { ul.queue { @for c in called { (call_line(visit, c)) } } }
    })) } }
}

fn call_line(visit: &Visit, c: &Called) -> Markup {
    let t = visit.lang;
    let words = t.say_with("report-call-for", &[("years", c.call.period().words(t).into())]);
    let href = super::call_url(c.call.id);
    html! { li {
        (piece::icon("bell"))
        div {
            a.t href=(href) { (words) } " "
            @match c.progress {
                Some((some, all)) => (piece::tag(if some == all { piece::Tone::Ok } else { piece::Tone::Warn }, t.say_with("report-progress", &[("some", some.into()), ("all", all.into())]))),
                None => (piece::tag(piece::Tone::Warn, t.say("report-owed"))),
            }
            p.muted.sm { (due(visit, &c.call)) @if !c.owing.is_empty() { " · " (c.owing.join(", ")) } }
        }
        div.acts { a.btn.sm href=(href) { (t.say("home-look")) span.vh { ": " (words) } } }
    } }
}
