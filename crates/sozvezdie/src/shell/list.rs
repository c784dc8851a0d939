//! What every list has in common: the conditions in force as chips, an empty answer that offers to
//! drop one of them, headings that sort, rows that are chosen and dealt with at once.
use super::Page;
use kit::{Fault, Lang, Visit, html as piece, once::Done};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

/// A condition in force, and the address of the list without it.
pub struct Chip {
    pub words: String,
    pub href: String,
}

/// Gathers the conditions in force: those whose value is not empty.
pub struct Chips<F: Fn(&str) -> String> {
    without: F,
    all: Vec<Chip>,
}

impl<F: Fn(&str) -> String> Chips<F> {
    /// `without` gives the address of the list with one field emptied.
    pub fn new(without: F) -> Self {
        Self { without, all: Vec::new() }
    }

    /// A condition «label: value», when there is a value; `words` says a code as people do.
    #[must_use]
    pub fn with(mut self, field: &str, label: &str, value: &str, words: impl FnOnce(&str) -> Option<String>) -> Self {
        if !value.trim().is_empty() {
            // What cannot be read filters nothing, and can be dropped all the same.
            let said = words(value).unwrap_or_else(|| value.to_owned());
            self.all.push(Chip { words: format!("{label}: {said}"), href: (self.without)(field) });
        }
        self
    }

    pub fn all(self) -> Vec<Chip> {
        self.all
    }
}

fn chip(t: Lang, chip: &Chip) -> Markup {
    html! { a.chip href=(chip.href) aria-label=(t.say_with("list-drop", &[("condition", chip.words.as_str().into())])) { (chip.words) (piece::icon("x")) } }
}

/// The conditions in force, each dropped by one click. Nothing when there are none.
pub fn chips(t: Lang, all: &[Chip], reset: &str) -> Markup {
    html! { @if !all.is_empty() { p.chips {
        @for one in all { (chip(t, one)) }
        @if all.len() > 1 { a href=(reset) { (t.say("list-reset")) } }
    } } }
}

/// Nothing matches: offers to drop one condition, or all.
pub fn nothing(t: Lang, all: &[Chip], reset: &str) -> Markup {
    let offers = html! {
        p.chips { @for one in all { (chip(t, one)) } }
        (piece::link_button(reset, "x", t.say("list-reset"), false))
    };
    piece::empty("search", &t.say("list-nothing"), offers)
}

/// A column's heading that sorts. `now` is the order in force; `-key` is the same downwards.
pub fn sorted(t: Lang, key: &str, words: &str, now: &str, href: impl Fn(&str) -> String) -> Markup {
    let (direction, next) = match now {
        _ if now == key => (Some("ascending"), format!("-{key}")),
        _ if now.strip_prefix('-') == Some(key) => (Some("descending"), key.to_owned()),
        _ => (None, key.to_owned()),
    };
    let arrow = match direction {
        Some("ascending") => " ↑",
        Some(_) => " ↓",
        None => "",
    };
    html! {
        th role="columnheader" scope="col" aria-sort=[direction] {
            a href=(href(&next)) title=(t.say("list-sort")) { (words) (arrow) }
        }
    }
}

/// A deed for the rows that were chosen.
pub struct Deed {
    pub code: &'static str,
    pub words: String,
    pub icon: &'static str,
}

/// Rows that can be chosen, and what can be done with them.
pub struct Bulk<'a> {
    /// Where the choice goes.
    pub action: &'a str,
    pub deeds: Vec<Deed>,
    /// The list's own address: the conditions for who chooses all of them, and the way back.
    pub here: String,
    /// How many there are in all, and on this page.
    pub total: i64,
    pub shown: usize,
}

/// Joins the boxes in the rows to their form: rows have forms of their own, and forms do not nest.
const FORM: &str = "bulk";

impl Bulk<'_> {
    /// The bar above the table. It appears with the first chosen row.
    pub fn bar(&self, visit: &Visit) -> Markup {
        let t = visit.lang;
        let is_longer = self.total > i64::try_from(self.shown).unwrap_or(i64::MAX);
        html! { form.bulk id=(FORM) action=(self.action) method="post" {
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="here" value=(self.here);
            span data-count role="status" { (t.say("list-chosen")) }
            @if is_longer { label.check data-when-all {
                input type="checkbox" name="all" value="true";
                span { (t.say_with("list-choose-all", &[("total", self.total.into())])) }
            } }
            @for deed in &self.deeds { button.btn.sm name="deed" value=(deed.code) { (piece::icon(deed.icon)) (deed.words) } }
        } }
    }

    /// The box that chooses the whole page.
    pub fn heading(t: Lang) -> Markup {
        html! { th.sel role="columnheader" scope="col" { label.chk { input type="checkbox" data-select-all; span.vh { (t.say("list-choose-page")) } } } }
    }

    /// The box of one row.
    pub fn cell(t: Lang, id: impl std::fmt::Display, name: &str) -> Markup {
        html! { td.sel role="cell" { label.chk { input type="checkbox" form=(FORM) name="ids" value=(id) data-select; span.vh { (t.say_with("list-choose-row", &[("name", name.into())])) } } } }
    }
}

/// A choice of rows as it comes in.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Chosen {
    pub deed: String,
    pub ids: Vec<String>,
    /// `true`: every row that the conditions of `here` give, not only those of the page.
    pub all: String,
    pub here: String,
}

impl Chosen {
    /// The way back: only ever to a page of our own list.
    pub fn back<'s>(&'s self, list: &'s str) -> &'s str {
        let is_own = self.here == list || self.here.strip_prefix(list).is_some_and(|rest| rest.starts_with('?'));
        if is_own { &self.here } else { list }
    }

    /// The conditions of the list that the rows were chosen in.
    pub fn conditions<T: serde::de::DeserializeOwned + Default>(&self) -> T {
        let query = self.here.split_once('?').map_or("", |(_, query)| query);
        serde_html_form::from_str(query).unwrap_or_default()
    }
}

/// What came of one row.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Refused {
    pub name: String,
    pub href: String,
    pub why: String,
}

/// What came of all chosen rows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Outcome {
    pub done: usize,
    pub refused: Vec<Refused>,
}

impl Outcome {
    /// Reads back what the deed answered, also when it was answered before.
    ///
    /// # Errors
    /// A defect: the deed answers with nothing else.
    pub fn of(done: &Done) -> Result<Self, Fault> {
        let body = done.body.clone().unwrap_or_default();
        Ok(serde_json::from_value(body).map_err(anyhow::Error::from)?)
    }
}

/// Says how many are done, and of each row that is not, why.
pub fn outcome(visit: &Visit, title: &str, back: &str, outcome: &Outcome) -> Markup {
    let t = visit.lang;
    let said = t.say_with("list-outcome-done", &[("n", outcome.done.into())]);
    let not = t.say_with("list-outcome-refused", &[("n", outcome.refused.len().into())]);
    Page::new(visit, title).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(back.to_owned(), t.say("list-back-to").into_owned())], title))
        (piece::head(title, html! {}, piece::link_button(back, "list", t.say("list-back-to"), true)))
        (piece::alert(if outcome.refused.is_empty() { piece::Tone::Ok } else { piece::Tone::Warn }, html! { p { (said) } @if !outcome.refused.is_empty() { p { (not) } } }))
        @if !outcome.refused.is_empty() { section.panel.mt {
            header { h2 { (t.say("list-outcome-left")) } }
            div.scroll-x { table.tbl.cards role="table" {
                caption.vh { (t.say("list-outcome-left")) }
                thead role="rowgroup" { tr role="row" { th role="columnheader" scope="col" { (t.say("list-outcome-row")) } th role="columnheader" scope="col" { (t.say("list-outcome-why")) } } }
                tbody role="rowgroup" { @for r in &outcome.refused { tr role="row" { td.main role="cell" { a href=(r.href) { (r.name) } } td role="cell" { (r.why) } } } }
            } }
        } }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_never_leads_away() {
        let chosen = |here: &str| Chosen { here: here.into(), ..Chosen::default() };
        assert_eq!(chosen("/resources?kind=hall").back("/resources"), "/resources?kind=hall");
        for here in ["https://elsewhere.example/resources", "//elsewhere", "/resourcesx", ""] {
            assert_eq!(chosen(here).back("/resources"), "/resources");
        }
    }

    #[test]
    fn an_empty_condition_is_no_chip() {
        let chips = Chips::new(|field: &str| format!("/list?without={field}"))
            .with("q", "Название", " ", |_| None)
            .with("kind", "Вид", "hall", |_| Some("зал".into()))
            .with("state", "Состояние", "unknown", |_| None)
            .all();
        let words: Vec<_> = chips.iter().map(|c| (c.words.as_str(), c.href.as_str())).collect();
        assert_eq!(words, [("Вид: зал", "/list?without=kind"), ("Состояние: unknown", "/list?without=state")]);
    }
}
