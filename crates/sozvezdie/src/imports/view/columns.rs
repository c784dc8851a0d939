//! The second step: what each column means.
use super::{Step, field_words, same_file};
use crate::imports::{
    model::{Batch, Column, Sheet},
    prepare::Choice,
    target::Target,
    url,
};
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields},
    text::text_prefix,
};
use maud::{Markup, html};

pub fn page(
    visit: &Visit,
    target: &dyn Target,
    batch: &Batch,
    twin: Option<&Batch>,
    chosen: Option<&[Choice]>,
    problems: &Problems,
) -> Markup {
    let t = visit.lang;
    let form = Form { t, target, chosen, problems };
    let (used, left): (Vec<&Sheet>, Vec<&Sheet>) = batch.sheets.iter().partition(|sheet| sheet.is_used());
    let left: Vec<&Sheet> = left.into_iter().filter(|sheet| !sheet.columns.is_empty()).collect();
    let forth = html! {
        button.btn.primary { (t.say("import-to-preview")) (piece::icon("arrow-right")) }
        a.btn href="/imports/new" { (t.say("import-other-file")) }
    };
    let body = html! {
        (same_file(visit, twin))
        @if used.is_empty() && problems.is_empty() { div.mb { (piece::alert(piece::Tone::Warn, t.say("import-no-table"))) } }
        form action={ (url(batch.id)) "/columns" } method="post" {
            @if !problems.is_empty() { div.mb { (Fields { lang: t, problems }.summary()) } }
            (piece::key_field(&visit.new_key()))
            div.stack #f-columns {
                @for sheet in &used { (form.sheet(sheet, true)) }
                @for sheet in &left { (form.sheet(sheet, used.is_empty())) }
            }
            div.actions.mt { (forth) }
        }
        @for sheet in batch.sheets.iter().filter(|sheet| sheet.columns.is_empty()) { p.muted.mt { (left_out(t, sheet)) } }
    };
    super::page(visit, &t.say("import-columns-title"), Step::Columns, Some(batch), html! {}, body)
}

/// «Лист „Инструкция“ не загружается: …».
fn left_out(t: Lang, sheet: &Sheet) -> String {
    let reason = sheet.reason.as_deref().unwrap_or_default();
    let why = t.say(&text_prefix!("import-sheet-", reason));
    t.say_with("import-sheet-left", &[("sheet", sheet.name.as_str().into()), ("why", why.as_ref().into())]).into_owned()
}

struct Form<'a> {
    t: Lang,
    target: &'a dyn Target,
    chosen: Option<&'a [Choice]>,
    problems: &'a Problems,
}

impl Form<'_> {
    fn sheet(&self, sheet: &Sheet, is_open: bool) -> Markup {
        let t = self.t;
        let rows = ("rows", sheet.rows.into());
        let title = match sheet.name.as_str() {
            // A text has no sheets.
            "csv" | "tsv" | "txt" => t.say_with("import-one-table", &[rows]),
            name => t.say_with("import-sheet", &[("sheet", name.into()), rows]),
        };
        let table = piece::scroll(&title, self.table(sheet));
        html! {
            @if sheet.is_used() {
                (piece::panel(&title, html! {}, html! {
                    @if sheet.header_rows.is_empty() { div.body { p.muted { (t.say("import-no-header")) } } }
                    (table)
                }))
            } @else {
                section.panel { details open[is_open] { summary { (left_out(t, sheet)) " " (t.say("import-sheet-use")) } (table) } }
            }
        }
    }

    fn table(&self, sheet: &Sheet) -> Markup {
        let t = self.t;
        html! {
            table.tbl.cards role="table" {
                thead role="rowgroup" { tr role="row" {
                    th role="columnheader" scope="col" { (t.say("import-column")) }
                    th role="columnheader" scope="col" { (t.say("import-samples")) }
                    th role="columnheader" scope="col" { (t.say("import-means")) }
                } }
                tbody role="rowgroup" { @for column in &sheet.columns { (self.column(sheet, column)) } }
            }
        }
    }

    fn column(&self, sheet: &Sheet, column: &Column) -> Markup {
        let t = self.t;
        let name = format!("c-{}-{}", sheet.index, column.column);
        let letters = documents::column_letters(column.column);
        let title = if column.header.is_empty() { letters.clone() } else { column.header.clone() };
        let chosen =
            self.chosen.into_iter().flatten().find(|(index, at, _)| (*index, *at) == (sheet.index, column.column));
        let now = chosen.map(|(_, _, field)| field.as_str()).or(column.field.as_deref()).unwrap_or_default();
        let problem = self.problems.at(&name);
        // A column without a header is told by its letter only, and only where the sheet has none.
        let is_fixed = column.header.is_empty() && !sheet.header_rows.is_empty();
        html! {
            tr role="row" {
                td.main role="cell" { b { (title) } @if title != letters { small { (letters) } } }
                td.c role="cell" { @for sample in &column.samples { div.muted { (sample) } } }
                td.c role="cell" {
                    @if is_fixed {
                        span.muted { (column.field.as_deref().map_or_else(|| self.why(column), |field| field_words(t, self.target.code(), field))) }
                    } @else {
                        select.in id={ "f-" (name) } name=(name) aria-label=(t.say_with("import-means-of", &[("column", title.as_str().into())])) aria-invalid=[problem.map(|_| "true")] {
                            option value="" selected[now.is_empty()] { (t.say("import-leave-out")) }
                            @for field in intake::kind(self.target.code()).map(intake::Kind::fields).unwrap_or_default() {
                                option value=(field.code) selected[field.code == now] { (self.option(field.code)) }
                            }
                        }
                        @if let Some(message) = problem { p.err { (message.say(t)) } }
                        @else if column.field.is_none() && column.reason.is_some() { small.muted { (self.why(column)) } }
                    }
                }
            }
        }
    }

    fn option(&self, field: &str) -> String {
        let words = field_words(self.t, self.target.code(), field);
        if self.target.unused_fields().contains(&field) {
            format!("{words} {}", self.t.say("import-unused"))
        } else {
            words
        }
    }

    /// Why a column is left out.
    fn why(&self, column: &Column) -> String {
        column
            .reason
            .as_deref()
            .map(|reason| self.t.say(&text_prefix!("import-column-", reason)).into_owned())
            .unwrap_or_default()
    }
}
