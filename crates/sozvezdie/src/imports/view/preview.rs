//! The third step: what the file would do, row by row and cell by cell.
use super::{Step, field_words, page, press, same_file, status_tag};
use crate::imports::{
    model::{Batch, Candidate, Content, Counts, Decision, Difference, Issue, Row, Status},
    target::Target,
    url,
    web::{Looked, PAGE},
};
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields},
    text::{Message, text_prefix},
};
use maud::{Markup, html};
use serde_json::Value as Json;

/// Everything the page shows.
pub struct Preview<'a> {
    pub target: &'static dyn Target,
    pub batch: &'a Batch,
    pub twin: Option<Batch>,
    pub counts: Counts,
    /// One more than the page when there are more.
    pub rows: Vec<Row>,
    pub asked: &'a Looked,
    pub alert: Option<&'a Message>,
    pub problems: &'a Problems,
}

/// The form that the choices of all rows belong to.
const CHOICES: &str = "choices";

impl Preview<'_> {
    pub fn page(&self, visit: &Visit) -> Markup {
        let t = visit.lang;
        let here = url(self.batch.id);
        let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let shown = self.rows.get(..most).unwrap_or(&self.rows);
        let next = self
            .rows
            .get(most.saturating_sub(1))
            .filter(|_| self.rows.len() > most)
            .map(|row| self.address(&self.asked.status, Some(row.place)));
        let doubles = shown.iter().any(|row| row.status == Status::Duplicate);
        let body = html! {
            (same_file(visit, self.twin.as_ref()))
            @if let Some(message) = self.alert { div.mb { (piece::alert(piece::Tone::Warn, message.say(t))) } }
            @if !self.problems.is_empty() { div.mb { (Fields { lang: t, problems: self.problems }.summary()) } }
            (self.verdict(visit))
            div.mt { (piece::tabs(&t.say("import-by-status"), &self.tabs(t))) }
            section.panel.mt aria-label=(t.say("import-rows")) {
                @if shown.is_empty() {
                    (piece::empty("search", &t.say("import-no-such-rows"), html! {}))
                } @else {
                    (self.table(visit, shown))
                    @if doubles {
                        form.body #(CHOICES) action={ (here) "/decisions" } method="post" {
                            (piece::key_field(&visit.new_key()))
                            (self.place())
                            div.actions { button.btn { (piece::icon("check")) (t.say("import-save-choices")) } }
                        }
                    }
                    (piece::pager(
                        t,
                        &t.say_with("list-count", &[("shown", shown.len().into()), ("total", self.total().into())]),
                        self.asked.is_later().then(|| self.address(&self.asked.status, None)).as_deref(),
                        next.as_deref(),
                    ))
                }
            }
        };
        page(visit, &t.say("import-preview-title"), Step::Preview, Some(self.batch), html! {}, body)
    }

    /// What will happen, and the button that does it.
    fn verdict(&self, visit: &Visit) -> Markup {
        let t = visit.lang;
        let c = &self.counts;
        let here = url(self.batch.id);
        html! {
            section.panel aria-label=(t.say("import-verdict")) {
                div.body {
                    p.strong { (t.say_with("import-will-write", &[("rows", c.writing.into())])) }
                    @if c.undecided > 0 { p.muted { (t.say_with("import-will-skip", &[("rows", c.undecided.into())])) } }
                    @if c.error > 0 { p.muted { (t.say_with("import-will-refuse", &[("rows", c.error.into())])) } }
                    @if c.warning > 0 { p.muted { (t.say_with("import-will-drop-cells", &[("rows", c.warning.into())])) } }
                    div.row.mt {
                        @if c.writing > 0 {
                            (press(visit, &format!("{here}/application"), "btn primary", "check", &t.say_with("import-apply", &[("rows", c.writing.into())])))
                        }
                        @if c.error + c.warning > 0 { (piece::link_button(&format!("{here}/errors.xlsx"), "file-down", t.say("import-errors-file"), false)) }
                        (piece::link_button(&format!("{here}/columns"), "sliders-horizontal", t.say("import-step-columns"), false))
                        (press(visit, &format!("{here}/cancellation"), "btn quiet", "x", &t.say("import-cancel")))
                    }
                }
            }
        }
    }

    fn tabs(&self, t: Lang) -> Vec<(String, String, Option<i64>, bool)> {
        let c = &self.counts;
        let all = [
            ("", c.rows),
            ("new", c.new),
            ("changed", c.changed),
            ("same", c.same),
            ("duplicate", c.duplicate),
            ("warning", c.warning),
            ("error", c.error),
        ];
        let seen = all.into_iter().filter(|(code, n)| code.is_empty() || *n > 0 || *code == self.asked.status);
        seen.map(|(code, n)| {
            let key = if code.is_empty() { "all" } else { code };
            (
                self.address(code, None),
                t.say(&text_prefix!("import-tab-", key)).into_owned(),
                Some(n),
                self.asked.status == code,
            )
        })
        .collect()
    }

    /// Rows under the tab that is looked at.
    fn total(&self) -> i64 {
        let c = &self.counts;
        match self.asked.status() {
            Some(Status::New) => c.new,
            Some(Status::Changed) => c.changed,
            Some(Status::Same) => c.same,
            Some(Status::Duplicate) => c.duplicate,
            Some(Status::Error) => c.error,
            None if self.asked.status == "warning" => c.warning,
            None => c.rows,
        }
    }

    fn address(&self, status: &str, after: Option<i64>) -> String {
        let mut parts = Vec::new();
        if !status.is_empty() {
            parts.push(format!("status={status}"));
        }
        parts.extend(after.map(|place| format!("after={place}")));
        let query = if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) };
        format!("{}/preview{query}", url(self.batch.id))
    }

    /// Where a form on this page comes back to.
    fn place(&self) -> Markup {
        html! {
            @if !self.asked.status.is_empty() { input type="hidden" name="status" value=(self.asked.status); }
            @if self.asked.is_later() { input type="hidden" name="after" value=(self.asked.after()); }
        }
    }

    /// The fields that some row has something to say about, in the order of the kind.
    fn fields(&self, rows: &[Row]) -> Vec<&'static str> {
        let all = intake::kind(self.target.code()).map(intake::Kind::fields).unwrap_or_default();
        let used = |field: &str| {
            let is_spread = self.target.spread_fields().contains(&field);
            let in_file = self
                .batch
                .sheets
                .iter()
                .any(|sheet| sheet.columns.iter().any(|column| column.field.as_deref() == Some(field)));
            (in_file && !is_spread)
                || rows
                    .iter()
                    .any(|row| row.content.values.contains_key(field) || row.content.issues_at(field).next().is_some())
        };
        all.iter()
            .map(|field| field.code)
            .filter(|field| !self.target.unused_fields().contains(field) && used(field))
            .collect()
    }

    fn table(&self, visit: &Visit, rows: &[Row]) -> Markup {
        let t = visit.lang;
        let fields = self.fields(rows);
        let several = self.batch.sheets.iter().filter(|sheet| sheet.is_used()).count() > 1;
        let table = html! {
            table.tbl.cards role="table" {
                caption.vh { (t.say("import-rows")) }
                thead role="rowgroup" { tr role="row" {
                    th role="columnheader" scope="col" { (t.say("import-row")) }
                    th role="columnheader" scope="col" { (t.say("list-state")) }
                    @for field in &fields { th role="columnheader" scope="col" { (field_words(t, self.target.code(), field)) } }
                } }
                tbody role="rowgroup" {
                    @for row in rows {
                        tr role="row" {
                            td.main.nowrap role="cell" { (t.say_with("import-row-n", &[("row", i64::from(row.content.row).into())])) @if several { small { (self.sheet(row)) } } }
                            td.a role="cell" { (status_tag(t, row.status)) (self.known(t, row)) (self.choice(t, row)) }
                            @for field in &fields { (self.cell(visit, row, field)) }
                        }
                    }
                }
            }
        };
        piece::scroll(&t.say("import-rows"), table)
    }

    fn sheet(&self, row: &Row) -> &str {
        self.batch.sheets.iter().find(|sheet| sheet.index == row.content.sheet).map_or("", |sheet| sheet.name.as_str())
    }

    /// The record that a row speaks of.
    fn known(&self, t: Lang, row: &Row) -> Markup {
        html! { @if let Some(known) = &row.content.known {
            small { (t.say("import-into")) " " a href=(self.target.url(known.record)) { (known.title) } }
        } }
    }

    /// What a row may be, for a person to choose.
    fn choice(&self, t: Lang, row: &Row) -> Markup {
        let name = format!("d-{}", row.place);
        let now = row.decision.unwrap_or(Decision::Skip);
        let number = i64::from(row.content.row);
        let options = |candidate: &Candidate| self.option(t, candidate);
        html! { @if row.status == Status::Duplicate {
            @for candidate in &row.content.candidates { small { (t.say(&text_prefix!("import-why-", candidate.why))) ": " (self.who(t, candidate)) } }
            select.in id={ "f-" (name) } name=(name) form=(CHOICES) aria-label=(t.say_with("import-choice-of", &[("row", number.into())])) {
                option value="skip" selected[now == Decision::Skip] { (t.say("import-choice-skip")) }
                @for candidate in &row.content.candidates { option value=(candidate.decision) selected[now == candidate.decision] { (options(candidate)) } }
                option value="add" selected[now == Decision::Add] { (t.say("import-choice-add")) }
            }
            @if row.decision.is_none() { small.muted { (t.say("import-undecided")) } }
        } }
    }

    fn option(&self, t: Lang, candidate: &Candidate) -> String {
        match candidate.decision {
            Decision::Row(_) => {
                t.say_with("import-choice-row", &[("row", number(&candidate.title).into())]).into_owned()
            }
            _ => t.say_with("import-choice-into", &[("name", candidate.title.as_str().into())]).into_owned(),
        }
    }

    fn who(&self, t: Lang, candidate: &Candidate) -> Markup {
        match candidate.decision {
            Decision::Into(record) => html! { a href=(self.target.url(record)) { (candidate.title) } },
            _ => html! { (t.say_with("import-row-n", &[("row", number(&candidate.title).into())])) },
        }
    }

    fn cell(&self, visit: &Visit, row: &Row, field: &'static str) -> Markup {
        let t = visit.lang;
        let issues: Vec<&Issue> = row.content.issues_at(field).collect();
        let class = match issues.iter().map(|issue| issue.is_error).max() {
            Some(true) => "c cell-bad",
            Some(false) => "c cell-warn",
            None => "c",
        };
        let difference = row.content.differences.iter().find(|difference| difference.field == field);
        let label = field_words(t, self.target.code(), field);
        let value = row.content.values.get(self.target.value_of(field));
        let text = self.shown(t, field, value);
        if issues.is_empty() && difference.is_none() && text.is_empty() {
            return html! { td.c.off role="cell" {} };
        }
        html! {
            td class=(class) role="cell" data-l=(label) {
                @match difference {
                    Some(difference) => (self.difference(t, difference)),
                    None => (text),
                }
                @for issue in &issues { small { (issue.sentence(t)) } }
                @if !issues.is_empty() { (self.mend(visit, &row.content, field, &label, issues.first().and_then(|issue| issue.raw.as_deref()))) }
            }
        }
    }

    fn shown(&self, t: Lang, field: &str, value: Option<&Json>) -> String {
        value.map(|value| self.target.shown(t, field, value)).unwrap_or_default()
    }

    /// «было → стало».
    fn difference(&self, t: Lang, difference: &Difference) -> Markup {
        let old = self.target.shown(t, &difference.field, &difference.old);
        let new = self.target.shown(t, &difference.field, &difference.new);
        html! {
            @if !old.is_empty() { span.vh { (t.say("import-was")) " " } del { (old) } " " }
            span.vh { (t.say("import-becomes")) " " } ins { (new) }
        }
    }

    /// A bad cell is written anew on the spot.
    fn mend(&self, visit: &Visit, content: &Content, field: &str, label: &str, raw: Option<&str>) -> Markup {
        let t = visit.lang;
        let words = t.say_with("import-mend-cell", &[("field", label.into()), ("row", i64::from(content.row).into())]);
        html! {
            form.form.inline action={ (url(self.batch.id)) "/cells" } method="post" {
                (piece::key_field(&visit.new_key()))
                (self.place())
                input type="hidden" name="sheet" value=(content.sheet);
                input type="hidden" name="row" value=(content.row);
                input type="hidden" name="field" value=(field);
                input.in type="text" name="text" value=(raw.unwrap_or_default()) aria-label=(words);
                button.btn.sm { (t.say("import-mend")) }
            }
        }
    }
}

fn number(text: &str) -> i64 {
    text.parse().unwrap_or_default()
}
