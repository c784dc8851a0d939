//! Pages of replies: the requests with a place for the next blank, and one blank as it would be filled.
use super::{
    KEPT_DAYS, LIST, Shown,
    fill::field_words,
    model::{Cell, Meaning, Reply, Rows, Told},
    upload::LIMIT,
    url,
};
use crate::{
    events::Level,
    figures::{Of, Whose},
    shell::{AcademicYear, Page},
};
use kit::{
    Lang, Visit,
    form::Problems,
    html as piece,
    text::{text_key, text_prefix},
};
use maud::{Markup, html};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Lines that the page shows; the file has all.
const LINES: usize = 60;
/// Years that one can choose.
const YEARS: i64 = 15;

pub fn list(visit: &Visit, all: &[Reply], names: &HashMap<Uuid, String>, typed: &str, problems: &Problems) -> Markup {
    let t = visit.lang;
    let title = t.say("nav-replies");
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say("reply-about")) } }, html! {}))
        div.grid {
            (start(visit, typed, problems))
            section.panel {
                header { h2 { (t.say("reply-all")) } }
                @if all.is_empty() { (piece::empty("send", &t.say("reply-none"), html! {})) } @else {
                    (piece::scroll(&t.say("reply-all"), html! { table.tbl.cards {
                        thead { tr {
                            th scope="col" { (t.say("reply-title")) } th scope="col" { (t.say("reply-rows")) }
                            th scope="col" { (t.say("reply-begun")) } th scope="col" { (t.say("reply-taken")) }
                        } }
                        tbody { @for r in all { tr {
                            td.main { a href=(url(r.id)) { (r.title) } " " span.muted.sm { (r.file_name) } }
                            td data-l=(t.say("reply-rows")) { (rows_words(t, r.setup.rows())) }
                            td data-l=(t.say("reply-begun")) { (moment(visit, r.created_at)) @if let Some(name) = names.get(&r.created_by) { " · " (name) } }
                            td data-l=(t.say("reply-taken")) { @if let Some(at) = r.taken_at { (moment(visit, at)) } @else { span.muted { (t.say("reply-not-taken")) } } }
                        } } }
                    } }))
                }
            }
            p.muted.sm { (t.say_with("reply-kept-for", &[("days", KEPT_DAYS.into())])) }
        }
    })
}

fn moment(visit: &Visit, at: chrono::DateTime<chrono::Utc>) -> String {
    visit.lang.moment(at, chrono::Datelike::year(&visit.today))
}

fn rows_words(t: Lang, rows: Rows) -> String {
    t.say(&text_prefix!("reply-rows-", rows.code())).into_owned()
}

/// The form with the next blank.
fn start(visit: &Visit, typed: &str, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = piece::Fields { lang: t, problems };
    let problem = problems.at("file");
    html! { section.panel {
        header { h2 { (t.say("reply-new")) } }
        form.form.body action=(LIST) method="post" enctype="multipart/form-data" hx-boost="false" data-nodraft {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            (f.line("title", &t.say("reply-title"), typed, piece::Line { required: true, hint: &t.say("reply-title-hint"), ..piece::Line::TEXT }))
            div {
                label.drop {
                    (piece::icon("file-spreadsheet"))
                    span.strong { (t.say("reply-choose-file")) }
                    span.hint #h-file { (t.say_with("reply-file-hint", &[("limit", (LIMIT / 1024 / 1024).into())])) }
                    input #f-file type="file" name="file" accept=".xlsx,.docx" data-max=(LIMIT) required
                        aria-invalid=[problem.map(|_| "true")] aria-describedby=(if problem.is_some() { "e-file h-file" } else { "h-file" });
                    output {}
                }
                @if let Some(message) = problem { p.err #e-file { (message.say(t)) } }
            }
            div.actions { button.btn.primary { (piece::icon("upload")) (t.say("reply-read")) } }
        }
    } }
}

/// One request: its settings, its columns, and the table as it would be filled.
pub fn reply(visit: &Visit, s: &Shown, typed: Option<&BTreeMap<String, String>>, problems: &Problems) -> Markup {
    let t = visit.lang;
    let r = &s.reply;
    let below = html! { p { (r.file_name) " · " (rows_words(t, r.setup.rows())) " · " (period(r)) } };
    let actions = html! {
        a.btn.primary href={ (url(r.id)) "/file" } download { (piece::icon("file-down")) (t.say("reply-take")) }
    };
    Page::new(visit, r.title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-replies").into_owned())], &r.title))
        (piece::head(&r.title, below, actions))
        div.grid {
            @if r.remembered { (piece::alert(piece::Tone::Ok, t.say("reply-remembered"))) }
            (left_out(t, s))
            (preview(visit, s))
            (settings(visit, s, typed, problems))
            section.panel { div.body { form.row method="post" action={ (url(r.id)) "/removal" } {
                (piece::key_field(&visit.new_key()))
                span.muted { (t.say("reply-removal-about")) }
                button.btn.danger { (piece::icon("trash-2")) (t.say("reply-remove")) }
            } } }
        }
    })
}

fn period(r: &Reply) -> String {
    if r.setup.from == r.setup.to { r.setup.from.clone() } else { format!("{} – {}", r.setup.from, r.setup.to) }
}

/// What is not in the table, and why: nobody is left out in silence.
fn left_out(t: Lang, s: &Shown) -> Markup {
    let left = &s.filled.left;
    let mut lines: Vec<String> = Vec::new();
    let mut add = |n: usize, key: &'static str| {
        if n > 0 {
            lines.push(t.say_with(key, &[("count", n.into())]).into_owned());
        }
    };
    add(left.without_consent, text_key("reply-left-consent"));
    add(left.out_of_reach, text_key("reply-left-reach"));
    add(left.unmatched, text_key("reply-left-unmatched"));
    add(
        s.layout.asked.columns.iter().filter(|c| s.reply.setup.meaning(c.column).field.is_empty()).count(),
        text_key("reply-left-columns"),
    );
    if left.over_limit {
        lines.push(t.say("reply-left-limit").into_owned());
    }
    html! { @if !lines.is_empty() { (piece::alert(piece::Tone::Warn, html! { @for line in &lines { p { (line) } } })) } }
}

fn preview(visit: &Visit, s: &Shown) -> Markup {
    let t = visit.lang;
    let columns = &s.layout.asked.columns;
    let all = s.filled.lines.len();
    html! { section.panel {
        header { h2 { (t.say("reply-preview")) } span.muted.sm { (t.say_with("reply-lines", &[("count", all.into())])) } }
        @if all == 0 { (piece::empty("search", &t.say("reply-no-lines"), html! {})) } @else {
            div.body { p.muted.sm { (t.say("reply-preview-about")) } }
            (piece::scroll(&t.say("reply-preview"), html! { table.tbl.dense {
                thead { tr { @for c in columns { th scope="col" { (c.title()) } } } }
                tbody { @for (_, cells) in s.filled.lines.iter().take(LINES) { tr {
                    @for c in columns { (cell(t, cells.get(&c.column))) }
                } } }
            } }))
            @if all > LINES { div.body { p.muted.sm { (t.say_with("reply-more-lines", &[("count", (all - LINES).into())])) } } }
        }
    } }
}

fn cell(t: Lang, cell: Option<&Cell>) -> Markup {
    let Some(cell) = cell else { return html! { td {} } };
    let words = match &cell.told {
        Told::Text(words) => words.clone(),
        Told::Number(n) => t.number(*n),
        Told::Decimal(n) | Told::Percents(n) => t.decimal(*n),
        Told::Nothing => "—".into(),
        Told::Unknown => return html! { td.cell-warn { span.vh { (t.say("reply-unknown")) } } },
        Told::Kept(words) => return html! { td.strong { (words) } },
    };
    let is_number = matches!(cell.told, Told::Number(_) | Told::Decimal(_) | Told::Percents(_));
    html! { td.num[is_number] { @match &cell.href {
        Some(href) => a href=(href) { (words) },
        None => (words),
    } } }
}

type Choices = Vec<(String, String)>;

fn settings(visit: &Visit, s: &Shown, typed: Option<&BTreeMap<String, String>>, problems: &Problems) -> Markup {
    let t = visit.lang;
    let r = &s.reply;
    let f = piece::Fields { lang: t, problems };
    let value =
        |name: &str, now: &str| typed.and_then(|all| all.get(name)).map_or_else(|| now.to_owned(), Clone::clone);
    let sheets: Choices = s.sheets.iter().map(|(index, name)| (index.to_string(), name.clone())).collect();
    let rows: Choices = Rows::ALL.iter().map(|rows| (rows.code().into(), rows_words(t, *rows))).collect();
    let whose: Choices = Whose::ALL
        .iter()
        .map(|w| (w.code().into(), t.say(&text_prefix!("figures-whose-", w.code())).into_owned()))
        .collect();
    let of: Choices = Of::ALL
        .iter()
        .map(|of| (of.code().into(), t.say(&text_prefix!("reply-of-", of.code())).into_owned()))
        .collect();
    let years = years(visit, &[&r.setup.from, &r.setup.to]);
    html! { section.panel #settings {
        header { h2 { (t.say("reply-settings")) } }
        form method="post" action=(url(r.id)) {
            div.form.wide.pa {
                (f.summary())
                (piece::key_field(&visit.new_key()))
                input type="hidden" name="version" value=(r.version);
                @if sheets.len() > 1 { (f.select("sheet", &t.say("reply-sheet"), &value("sheet", &r.setup.sheet.to_string()), &sheets, &t.say("reply-sheet-hint"), true)) }
                (f.select("rows", &t.say("reply-rows"), &value("rows", &r.setup.rows), &rows, &t.say("reply-rows-hint"), true))
                div.two {
                    (f.select("from", &t.say("figures-from"), &value("from", &r.setup.from), &years, "", true))
                    (f.select("to", &t.say("figures-to"), &value("to", &r.setup.to), &years, "", true))
                }
                div.two {
                    (f.select("whose", &t.say("figures-whose"), &value("whose", &r.setup.whose), &whose, "", true))
                    (f.select("of", &t.say("reply-of"), &value("of", &r.setup.of), &of, "", true))
                }
            }
            (columns(visit, s, &value, problems))
            div.pa { button.btn.primary { (piece::icon("refresh-cw")) (t.say("reply-keep")) } }
        }
    } }
}

/// The latest years, and those that are chosen already.
fn years(visit: &Visit, chosen: &[&str]) -> Choices {
    let this = AcademicYear::of(visit.today);
    let mut all: Vec<AcademicYear> = (0..YEARS).map(|back| AcademicYear(this.0 - back)).collect();
    all.extend(chosen.iter().filter_map(|year| year.parse::<AcademicYear>().ok()));
    all.sort_unstable();
    all.dedup();
    all.iter().rev().map(|year| (year.to_string(), year.to_string())).collect()
}

/// What each column of the blank asks for.
fn columns(visit: &Visit, s: &Shown, value: &dyn Fn(&str, &str) -> String, problems: &Problems) -> Markup {
    let t = visit.lang;
    let fields: Choices = std::iter::once((String::new(), t.say("reply-field-unknown").into_owned()))
        .chain(intake::blank::FIELDS.iter().map(|f| (f.code.to_owned(), field_words(t, f.code))))
        .collect();
    let levels: Choices = std::iter::once((String::new(), t.say("event-any").into_owned()))
        .chain(
            Level::ALL
                .iter()
                .map(|l| (l.code().to_owned(), t.say(&text_prefix!("event-level-", l.code())).into_owned())),
        )
        .collect();
    let used: Vec<&str> = s.reply.setup.columns.values().map(|m| m.year.as_str()).collect();
    let years: Choices =
        std::iter::once((String::new(), t.say("reply-whole-period").into_owned())).chain(years(visit, &used)).collect();
    let select = |what: &str, column: u16, title: &str, label: &'static str, now: &str, choices: &Choices| {
        let name = format!("{what}-{column}");
        let now = value(&name, now);
        let problem = problems.at(&name);
        html! { td.cell-bad[problem.is_some()] data-l=(t.say(label)) {
            select.in id={ "f-" (name) } name=(name) aria-label=(format!("{}: {title}", t.say(label))) aria-invalid=[problem.map(|_| "true")] {
                @for (code, words) in choices { option value=(code) selected[*code == now] { (words) } }
            }
            @if let Some(message) = problem { small.err { (message.say(t)) } }
        } }
    };
    html! {
        (piece::scroll(&t.say("reply-columns"), html! { table.tbl.cards.edit {
            thead { tr {
                th scope="col" { (t.say("reply-column")) } th scope="col" { (t.say("reply-meaning")) }
                th scope="col" { (t.say("figures-by-level")) } th scope="col" { (t.say("figures-by-year")) }
            } }
            tbody { @for c in &s.layout.asked.columns {
                @let title = c.title();
                @let Meaning { field, level, year } = s.reply.setup.meaning(c.column);
                tr {
                    td.main { (title) }
                    (select("field", c.column, &title, text_key("reply-meaning"), field, &fields))
                    (select("level", c.column, &title, text_key("figures-by-level"), level, &levels))
                    (select("year", c.column, &title, text_key("figures-by-year"), year, &years))
                }
            } }
        } }))
    }
}
