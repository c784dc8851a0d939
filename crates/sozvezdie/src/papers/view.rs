//! Pages of documents.
use super::{
    WORDS,
    record::{PaperForm, PaperKind, Record, Set},
    url,
    words::{Correction, InCase, WordForm},
};
use crate::{
    exchange::{self, BookingId},
    shell::Page,
};
use chrono::Datelike as _;
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    text::{Message, text_prefix},
};
use maud::{Markup, html};
use std::collections::HashMap;
use uuid::Uuid;

fn case_words(t: Lang, case: InCase) -> String {
    t.say(&text_prefix!("paper-case-", case.code())).into_owned()
}

/// How names and posts are declined where a person has corrected the program.
pub fn words(
    visit: &Visit,
    corrections: &[Correction],
    names: &HashMap<Uuid, String>,
    form: &WordForm,
    problems: &Problems,
) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("paper-words-title");
    let cases: Vec<_> = InCase::ALL.iter().map(|case| (case.code().to_owned(), case_words(t, *case))).collect();
    let who = |c: &Correction| c.updated_by.and_then(|id| names.get(&id)).cloned().unwrap_or_default();
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p.muted { (t.say("paper-words-about")) } }, html! {}))
        div.grid.cols {
            section.panel {
                @if corrections.is_empty() { (piece::empty("pencil", &t.say("paper-words-none"), html! {})) }
                @else { (piece::scroll(&title, html! { table.tbl {
                    caption.vh { (title) }
                    thead { tr { th scope="col" { (t.say("paper-word-phrase")) } th scope="col" { (t.say("paper-word-case")) } th scope="col" { (t.say("paper-word-form")) } th scope="col" { (t.say("paper-word-who")) } } }
                    tbody { @for c in corrections { tr { th scope="row" { (c.phrase) } td { (case_words(t, c.in_case)) } td { (c.form) } td { (who(c)) div.muted.sm { (t.moment(c.updated_at, visit.today.year())) } } } } }
                } })) }
            }
            (piece::panel(&t.say("paper-word-new"), html! {}, html! {
                form.form.body action=(WORDS) method="post" {
                    (f.summary())
                    (piece::key_field(&visit.new_key()))
                    (f.line("phrase", &t.say("paper-word-phrase"), &form.phrase, Line { required: true, hint: &t.say("paper-word-phrase-hint"), ..Line::TEXT }))
                    (f.select("in_case", &t.say("paper-word-case"), &form.in_case, &cases, "", true))
                    (f.line("right", &t.say("paper-word-form"), &form.right, Line { required: true, hint: &t.say("paper-word-form-hint"), ..Line::TEXT }))
                    div.actions { button.btn.primary { (t.say("paper-word-do")) } }
                }
            }))
        }
    })
}

fn kind_words(t: Lang, kind: PaperKind) -> String {
    t.say(&text_prefix!("paper-kind-", kind.code())).into_owned()
}

/// The papers of a trip: what is ready, what is still blank.
pub fn set(visit: &Visit, set: &Set, papers: &[Record], bookings: &[BookingId], history: Option<Markup>) -> Markup {
    let t = visit.lang;
    let here = url(set.id);
    let title = t.say_with("paper-set-title", &[("what", set.title.as_str().into())]).into_owned();
    let tabs = [
        (here.clone(), t.say("paper-set-tab").into_owned(), None, history.is_none()),
        (format!("{here}?tab=history"), t.say("tab-history").into_owned(), None, history.is_some()),
    ];
    let crumbs: Vec<(String, String)> =
        bookings.first().map(|id| (exchange::url(*id), t.say("paper-set-booking").into_owned())).into_iter().collect();
    Page::new(visit, title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &crumbs, &title))
        (piece::head(&title, html! { p.muted { (t.say("paper-set-about")) } }, piece::link_button(WORDS, "pencil", t.say("paper-words-title"), false)))
        (piece::tabs(&t.say("paper-set-sections"), &tabs))
        @match history {
            Some(history) => div.mt { (history) },
            None => div.stack.mt { @for paper in papers { (one(t, set, paper)) } },
        }
    })
}

fn one(t: Lang, set: &Set, paper: &Record) -> Markup {
    let blanks = paper.blanks();
    let here = format!("{}/{}", url(set.id), paper.kind.code());
    let title = kind_words(t, paper.kind);
    let count = (!blanks.is_empty())
        .then(|| piece::tag(Tone::Warn, t.say_with("paper-blanks-count", &[("n", blanks.len().into())])));
    piece::panel(
        &title,
        html! { @if let Some(count) = count { (count) } },
        html! { div.body {
            p { (paper.heading) }
            @if !blanks.is_empty() {
                p.muted { (t.say("paper-blanks")) }
                ul { @for line in blanks { li { (line) } } }
            }
            div.actions.mt {
                (piece::link_button(&here, "pencil", html! { (t.say("paper-edit")) span.vh { ": " (title) } }, false))
                (piece::link_button(&format!("{here}/pdf"), "file-down", html! { "PDF" span.vh { ": " (title) } }, false))
                (piece::link_button(&format!("{here}/docx"), "file-down", html! { "DOCX" span.vh { ": " (title) } }, false))
            }
        } },
    )
}

/// The form of one paper.
pub fn edit(
    visit: &Visit,
    set: &Set,
    kind: PaperKind,
    form: &PaperForm,
    problems: &Problems,
    stale: Option<&Message>,
) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = kind_words(t, kind);
    let here = url(set.id);
    let way = t.say_with("paper-set-title", &[("what", set.title.as_str().into())]).into_owned();
    Page::new(visit, title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(here.clone(), way)], &title))
        (piece::head(&title, html! { p.muted { (t.say("paper-edit-about")) } }, html! {}))
        @if let Some(message) = stale {
            (piece::alert(Tone::Warn, html! { (message.say(t)) " " (t.say("paper-stale")) " " a href={ (here) "/" (kind.code()) } { (t.say("paper-stale-theirs")) } }))
        }
        section.panel { form.form.body action={ (here) "/" (kind.code()) } method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="version" value=(form.version);
            div.two {
                (f.line("number", &t.say("paper-number"), &form.number, Line::TEXT))
                (f.line("dated", &t.say("paper-dated"), &form.dated, Line { kind: "date", ..Line::TEXT }))
            }
            (f.text("aside", &t.say("paper-aside"), &form.aside, "", false))
            (f.line("heading", &t.say("paper-heading"), &form.heading, Line::TEXT))
            (f.text("body", &t.say("paper-body"), &form.body, &t.say("paper-lines-hint"), false))
            (f.text("grid", &t.say("paper-grid"), &form.grid, &t.say("paper-grid-hint"), false))
            (f.text("ending", &t.say("paper-ending"), &form.ending, "", false))
            div.two {
                (f.line("post", &t.say("paper-post"), &form.post, Line::TEXT))
                (f.line("signatory", &t.say("paper-signatory"), &form.signatory, Line::TEXT))
            }
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(here) { (t.say("cancel")) } }
        } }
    })
}
