//! The figures of the Centre or the district for any years: what a report of them would say today.
use super::{
    super::{
        FIGURES, Format, LIST,
        counted::Counted,
        model::Kind,
        paper::{self, Around},
        text,
    },
    document, years,
};
use crate::shell::Page;
use kit::{
    Visit, html as piece,
    text::{text_prefix, url_part},
};
use maud::{Markup, html};

pub fn page(visit: &Visit, counted: &Counted) -> Markup {
    let t = visit.lang;
    let years = years(visit);
    let (from, to) = (counted.from.to_string(), counted.to.to_string());
    let why = t.say("report-why-usual");
    let file = |format: Format| {
        format!("{LIST}/{}?from={from}&to={to}&format={}&why={}", counted.kind.code(), format.code(), url_part(&why))
    };
    let save = |format: Format, icon: &str, words: &str, primary: bool| html! { a.btn.primary[primary] href=(file(format)) data-download { (piece::icon(icon)) (words) } };
    let actions = html! {
        (save(Format::Docx, "file-text", "Word", true))
        (save(Format::Pdf, "file-down", "PDF", false))
        (save(Format::Xlsx, "file-spreadsheet", "Excel", false))
    };
    let tab = |kind: Kind| {
        let href = format!("{FIGURES}?kind={}&from={from}&to={to}", kind.code());
        (href, t.say(&text_prefix!("report-title-", kind.code())).into_owned(), None, kind == counted.kind)
    };
    let title = t.say("report-figures");
    let around = Around { day: visit.today, ..Around::default() };
    let document = paper::of_text(counted, text::usual(counted.kind), &around);
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-reports").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("report-figures-about")) } }, actions))
        (piece::tabs(&title, &[tab(Kind::Centre), tab(Kind::District)]))
        form.filters action=(FIGURES) data-autosubmit {
            input type="hidden" name="kind" value=(counted.kind.code());
            (super::select("from", &t.say("figures-from"), "", &from, &years))
            (super::select("to", &t.say("figures-to"), "", &to, &years))
            button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
            a.btn.quiet href={ "/figures?from=" (from) "&to=" (to) @if counted.kind == Kind::District { "&whose=all" } } { (piece::icon("chart-column")) (t.say("report-rows")) }
        }
        div.grid.mt {
            (document::sheet(&document))
            (document::sums(visit, counted, None, &counted.total))
        }
    })
}
