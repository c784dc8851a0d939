//! Pages of replies: the requests with a place for the next blank, and one blank as it would be filled.
use super::{
    KEPT_DAYS, LIST, Shown,
    fill::field_words,
    model::{Cell, Left, Meaning, Reply, Rows, Told, Whom},
    upload::LIMIT,
    url, whose,
};
use crate::{
    consents::{self, Purpose},
    events::Level,
    figures::Of,
    results,
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
    let below = html! { p { (r.file_name) " · " (rows_words(t, r.setup.rows())) " · " (period(r)) " · " (whom_words(t, s.whom)) } };
    let actions = html! {
        a.btn.primary href={ (url(r.id)) "/file" } download { (piece::icon("file-down")) (t.say("reply-take")) }
    };
    let f = piece::Fields { lang: t, problems };
    let value =
        |name: &str, now: &str| typed.and_then(|all| all.get(name)).map_or_else(|| now.to_owned(), Clone::clone);
    Page::new(visit, r.title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-replies").into_owned())], &r.title))
        (piece::head(&r.title, below, actions))
        div.grid {
            @if r.remembered { (piece::alert(piece::Tone::Ok, t.say("reply-remembered"))) }
            form method="post" action=(url(r.id)) { div.grid {
                (f.summary())
                (piece::key_field(&visit.new_key()))
                input type="hidden" name="version" value=(r.version);
                (counted(visit, s, &f, &value))
                (left_out(visit, s))
                (preview(visit, s))
                (settings(visit, s, &f, &value))
            } }
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

fn whom_words(t: Lang, whom: Whom) -> String {
    t.say(&text_prefix!("reply-whose-", whom.code())).into_owned()
}

/// Whether any cell depends on the years of the whole reply.
fn asks_for_years(s: &Shown) -> bool {
    let setup = &s.reply.setup;
    let counts = |m: &Meaning| intake::blank::is_counted(&m.field) && m.year.is_empty();
    setup.rows().is_listed() || (setup.rows() != Rows::Year && setup.columns.values().any(counts))
}

/// Which years were taken, and why these.
fn years_taken(t: Lang, s: &Shown) -> Option<(piece::Tone, String)> {
    let r = &s.reply;
    let say = |key: &'static str| t.say_with(key, &[("years", period(r).into())]).into_owned();
    let told = match s.years {
        _ if !asks_for_years(s) => return None,
        Some(y) if y.from.to_string() != r.setup.from || y.to.to_string() != r.setup.to => {
            let said = AcademicYear::span(y.from, y.to);
            let values = [("said", said.into()), ("years", period(r).into())];
            (piece::Tone::Warn, t.say_with("reply-year-differs", &values).into_owned())
        }
        Some(y) if y.is_calendar => (piece::Tone::Warn, say(text_key("reply-year-calendar"))),
        Some(_) => (piece::Tone::Info, say(text_key("reply-year-said"))),
        None if r.version > 1 => (piece::Tone::Info, say(text_key("reply-year-chosen"))),
        None => (piece::Tone::Warn, say(text_key("reply-year-unsaid"))),
    };
    Some(told)
}

/// For which years and whose children the table is filled: to be looked at before all else.
fn counted(visit: &Visit, s: &Shown, f: &piece::Fields<'_>, value: &dyn Fn(&str, &str) -> String) -> Markup {
    let t = visit.lang;
    let setup = &s.reply.setup;
    let whom: Choices = whose::choices(visit, s.reply.organisation)
        .into_iter()
        .map(|whom| (whom.code().to_owned(), whom_words(t, whom)))
        .collect();
    let of: Choices = Of::ALL
        .iter()
        .map(|of| (of.code().into(), t.say(&text_prefix!("reply-of-", of.code())).into_owned()))
        .collect();
    let years = years(visit, &[&setup.from, &setup.to]);
    html! { section.panel #period {
        header { h2 { (t.say("reply-counted")) } }
        div.form.wide.pa {
            @if let Some((tone, words)) = years_taken(t, s) { (piece::alert(tone, words)) }
            div.two {
                (f.select("from", &t.say("figures-from"), &value("from", &setup.from), &years, "", true))
                (f.select("to", &t.say("figures-to"), &value("to", &setup.to), &years, "", true))
            }
            div.two {
                (f.select("whose", &t.say("figures-whose"), &value("whose", s.whom.code()), &whom, "", true))
                (f.select("of", &t.say("reply-of"), &value("of", &setup.of), &of, "", true))
            }
            div.actions { button.btn { (piece::icon("refresh-cw")) (t.say("reply-recount")) } }
        }
    } }
}

/// Rows of children that are not in, why, and where that is mended.
fn children_left(visit: &Visit, left: &Left) -> Vec<Markup> {
    let t = visit.lang;
    let mut lines = Vec::new();
    if left.without_consent > 0 {
        let values = [("count", left.without_consent.into()), ("children", left.children_without_consent.into())];
        let list = format!("{}?purpose={}&shown=missing", consents::LIST, Purpose::Transfer.code());
        lines.push(html! {
            (t.say_with("reply-left-consent", &values))
            @if visit.viewer.may(consents::VIEW) { " " a href=(list) { (t.say("reply-mend-consent")) } }
        });
    }
    if left.out_of_reach > 0 {
        lines.push(html! { (t.say_with("reply-left-reach", &[("count", left.out_of_reach.into())])) });
    }
    lines
}

/// What is not in the table, and why: nobody is left out in silence.
fn left_out(visit: &Visit, s: &Shown) -> Markup {
    let t = visit.lang;
    let left = &s.filled.left;
    // Where no row is left, the table itself says so.
    let mut lines = if s.filled.lines.is_empty() { Vec::new() } else { children_left(visit, left) };
    let mut add = |n: usize, key: &'static str| {
        if n > 0 {
            lines.push(html! { (t.say_with(key, &[("count", n.into())])) });
        }
    };
    add(left.unmatched, text_key("reply-left-unmatched"));
    add(
        s.layout.asked.columns.iter().filter(|c| s.reply.setup.meaning(c.column).field.is_empty()).count(),
        text_key("reply-left-columns"),
    );
    if left.over_limit {
        lines.push(html! { (t.say("reply-left-limit")) });
    }
    html! { @if !lines.is_empty() { (piece::alert(piece::Tone::Warn, html! { @for line in &lines { p { (line) } } })) } }
}

/// A table without a row: whether there was nobody, or nobody who may stand in it.
fn nobody(visit: &Visit, s: &Shown) -> Markup {
    let t = visit.lang;
    let lines = children_left(visit, &s.filled.left);
    let words = t.say(if lines.is_empty() { "reply-no-lines" } else { "reply-all-left" });
    piece::empty(
        "search",
        &words,
        html! {
            @for line in &lines { p { (line) } }
            p.row {
                a href="#period" { (t.say("reply-mend-period")) }
                @if lines.is_empty() && visit.viewer.may(results::VIEW) { a href=(results::LIST) { (t.say("reply-mend-results")) } }
            }
        },
    )
}

fn preview(visit: &Visit, s: &Shown) -> Markup {
    let t = visit.lang;
    let columns = &s.layout.asked.columns;
    let all = s.filled.lines.len();
    html! { section.panel {
        header { h2 { (t.say("reply-preview")) } span.muted.sm { (t.say_with("reply-lines", &[("count", all.into())])) } }
        @if all == 0 { (nobody(visit, s)) } @else {
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

fn settings(visit: &Visit, s: &Shown, f: &piece::Fields<'_>, value: &dyn Fn(&str, &str) -> String) -> Markup {
    let t = visit.lang;
    let r = &s.reply;
    let sheets: Choices = s.sheets.iter().map(|(index, name)| (index.to_string(), name.clone())).collect();
    let rows: Choices = Rows::ALL.iter().map(|rows| (rows.code().into(), rows_words(t, *rows))).collect();
    html! { section.panel #settings {
        header { h2 { (t.say("reply-settings")) } }
        div.form.wide.pa {
            @if sheets.len() > 1 { (f.select("sheet", &t.say("reply-sheet"), &value("sheet", &r.setup.sheet.to_string()), &sheets, &t.say("reply-sheet-hint"), true)) }
            (f.select("rows", &t.say("reply-rows"), &value("rows", &r.setup.rows), &rows, &t.say("reply-rows-hint"), true))
        }
        (columns(visit, s, value, f.problems))
        div.pa { button.btn.primary { (piece::icon("refresh-cw")) (t.say("reply-keep")) } }
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
