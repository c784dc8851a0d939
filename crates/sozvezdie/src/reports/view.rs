//! «Отчёты»: the report of the Centre for a period, to look at and to take along.
use super::{Format, LIST, Report, paper};
use crate::shell::{AcademicYear, Page};
use documents::paper::Block;
use kit::{Visit, html as piece};
use maud::{Markup, html};

/// The first year that a report is asked for in the source text.
const FIRST: i64 = 2010;

pub fn page(visit: &Visit, report: &Report) -> Markup {
    let t = visit.lang;
    let s = &report.selection;
    let file = |format: Format| format!("{LIST}/centre?from={}&to={}&format={}", s.from, s.to, format.code());
    let actions = html! {
        (piece::link_button(&file(Format::Docx), "file-text", "Word", true))
        (piece::link_button(&file(Format::Pdf), "file-down", "PDF", false))
        (piece::link_button(&file(Format::Xlsx), "file-spreadsheet", "Excel", false))
    };
    let this = AcademicYear::of(visit.today).0;
    let select = |name: &str, label: &str, chosen: AcademicYear| {
        html! {
            div.field.first { label for={ "by-" (name) } { (label) } select.in id={ "by-" (name) } name=(name) {
                @for year in (FIRST..=this.max(s.to.0)).rev().map(AcademicYear) { option value=(year) selected[year == chosen] { (year) } }
            } }
        }
    };
    let document = paper::of_report(report, "", visit.today);
    Page::new(visit, t.say("nav-reports")).show(html! {
        (piece::head(&t.say("report-centre"), html! { p { (t.say("report-about")) } }, actions))
        form.filters action=(LIST) data-autosubmit {
            (select("from", &t.say("figures-from"), s.from))
            (select("to", &t.say("figures-to"), s.to))
            button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
            a.btn.quiet href={ "/figures?from=" (s.from) "&to=" (s.to) } { (piece::icon("chart-column")) (t.say("report-rows")) }
        }
        article.doc.mt lang="ru" {
            p.strong { (document.kind) }
            h2 { (document.heading) }
            @for block in &document.body { @match block {
                Block::Text { text } => p { (text) },
                Block::Flush { text } => h3.mt { (text) },
                Block::Table { columns, rows } => (piece::scroll(columns.first().map_or("", String::as_str), html! { table.tbl {
                    thead { tr { @for (i, title) in columns.iter().enumerate() { th.num[i > 0] scope="col" { (title) } } } }
                    tbody { @for row in rows { tr { @for (i, cell) in row.iter().enumerate() { td.num[i > 0] { (cell) } } } } }
                } })),
            } }
        }
    })
}
