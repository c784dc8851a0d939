//! How imports look: the steps of the wizard and the list of what was imported.
pub mod columns;
pub mod preview;
pub mod start;
pub mod summary;

use super::{
    LIST,
    model::{Batch, BatchState, Outcome, Status},
    url,
};
use crate::shell::Page;
use kit::{
    Lang, Visit,
    cursor::{Cursor, Slice},
    html as piece,
    text::text_prefix,
};
use maud::{Markup, Render, html};
use std::collections::HashMap;
use uuid::Uuid;

pub fn kind_words(t: Lang, kind: &str) -> String {
    t.say(&text_prefix!("import-kind-", kind)).into_owned()
}

/// What a field of a kind is called.
pub fn field_words(t: Lang, kind: &str, field: &str) -> String {
    t.say(&text_prefix!("import-field-", format!("{kind}-{field}"))).into_owned()
}

pub fn state_tag(t: Lang, state: BatchState) -> Markup {
    piece::tag(state.tone(), t.say(&text_prefix!("import-state-", state.code())))
}

pub fn status_tag(t: Lang, status: Status) -> Markup {
    piece::tag(status.tone(), t.say(&text_prefix!("import-status-", status.code())))
}

pub fn outcome_tag(t: Lang, outcome: Outcome) -> Markup {
    piece::tag(outcome.tone(), t.say(&text_prefix!("import-outcome-", outcome.code())))
}

/// The file's name, or that it was pasted.
pub fn file_words(t: Lang, batch: &Batch) -> String {
    if batch.file_name.is_empty() { t.say("import-pasted").into_owned() } else { batch.file_name.clone() }
}

/// The four steps of the wizard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    File,
    Columns,
    Preview,
    Summary,
}

fn steps(t: Lang, here: Step, batch: Option<&Batch>) -> Markup {
    let all = [
        (Step::File, "import-step-file", None),
        (Step::Columns, "import-step-columns", Some("columns")),
        (Step::Preview, "import-step-preview", Some("preview")),
        (Step::Summary, "import-step-summary", None),
    ];
    let waits = batch.filter(|batch| batch.state == BatchState::Ready);
    html! {
        ol.steps aria-label=(t.say("import-steps")) {
            @for (step, words, path) in all {
                @let link = waits.zip(path).filter(|_| step != here);
                li.done[step < here] aria-current=[(step == here).then_some("step")] {
                    @match link {
                        Some((batch, path)) => { a href={ (url(batch.id)) "/" (path) } { (t.say(words)) } }
                        None => { (t.say(words)) }
                    }
                }
            }
        }
    }
}

/// A step's page: the way to it, its title, where it stands among the others.
fn page(
    visit: &Visit,
    title: &str,
    step: Step,
    batch: Option<&Batch>,
    actions: impl Render,
    body: impl Render,
) -> Markup {
    let t = visit.lang;
    let below =
        html! { @if let Some(batch) = batch { p { (kind_words(t, &batch.kind)) " · " (file_words(t, batch)) } } };
    Page::new(visit, title).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("imports-title").into_owned())], title))
        (piece::head(title, below, actions))
        (steps(t, step, batch))
        (body)
    })
}

/// «Этот файл уже загружали»: and where to look at it.
fn same_file(visit: &Visit, twin: Option<&Batch>) -> Markup {
    let t = visit.lang;
    html! { @if let Some(twin) = twin { div.mb {
        (piece::alert(piece::Tone::Info, html! {
            (t.say_with("import-same-file", &[("when", moment(visit, twin.created_at).into())])) " " (state_tag(t, twin.state)) " "
            a href=(url(twin.id)) { (t.say("import-look-at-it")) }
        }))
    } } }
}

fn moment(visit: &Visit, at: chrono::DateTime<chrono::Utc>) -> String {
    visit.lang.moment(at, chrono::Datelike::year(&visit.today))
}

/// A button that does one thing.
fn press(visit: &Visit, action: &str, class: &str, icon: &str, words: &str) -> Markup {
    html! {
        form action=(action) method="post" hx-boost="false" {
            (piece::key_field(&visit.new_key()))
            button class=(class) { (piece::icon(icon)) (words) }
        }
    }
}

/// What was imported, the latest first.
pub fn list(visit: &Visit, slice: &Slice<Batch>, names: &HashMap<Uuid, String>, is_later: bool) -> Markup {
    let t = visit.lang;
    let title = t.say("imports-title");
    let add = piece::link_button("/imports/new", "upload", t.say("import-new"), true);
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say("imports-about")) } }, &add))
        section.panel aria-label=(t.say("imports-list")) {
            @if slice.items.is_empty() {
                (piece::empty("upload", &t.say("imports-none"), &add))
            } @else {
                (table(visit, &slice.items, names))
                (piece::pager(
                    t,
                    &t.say_with("list-count", &[("shown", slice.items.len().into()), ("total", slice.total.into())]),
                    is_later.then_some(LIST),
                    slice.next.as_ref().map(|next: &Cursor| format!("{LIST}?after={}", next.encode())).as_deref(),
                ))
            }
        }
    })
}

fn table(visit: &Visit, items: &[Batch], names: &HashMap<Uuid, String>) -> Markup {
    let t = visit.lang;
    let who = |id: Uuid| names.get(&id).cloned().unwrap_or_else(|| t.say("somebody").into_owned());
    html! {
        div.scroll-x { table.tbl.cards role="table" {
            caption.vh { (t.say("imports-list")) }
            thead role="rowgroup" { tr role="row" {
                @for key in ["import-file", "import-kind", "import-when", "import-who", "import-written", "list-state"] {
                    th role="columnheader" scope="col" { (t.say(key)) }
                }
            } }
            tbody role="rowgroup" data-rows {
                @for batch in items {
                    tr role="row" {
                        td.main role="cell" { a.row-link href=(url(batch.id)) { (file_words(t, batch)) } }
                        td.a role="cell" { (kind_words(t, &batch.kind)) }
                        td.c role="cell" { (moment(visit, batch.created_at)) }
                        td.c role="cell" { (who(batch.created_by)) }
                        td.c role="cell" { (written(t, batch)) }
                        td.st role="cell" { (state_tag(t, batch.state)) }
                    }
                }
            }
        } }
    }
}

/// «19 добавлено, 1 изменена».
fn written(t: Lang, batch: &Batch) -> String {
    match batch.state {
        BatchState::Applied | BatchState::Undone => {
            let tally = &batch.tally;
            t.say_with("import-tally", &[("added", tally.added.into()), ("changed", tally.changed.into())]).into_owned()
        }
        BatchState::Ready | BatchState::Cancelled => String::new(),
    }
}
