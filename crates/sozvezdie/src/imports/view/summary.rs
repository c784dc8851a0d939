//! The last step: what came of it, and the way back.
use super::{Step, field_words, file_words, moment, outcome_tag, press, state_tag};
use crate::imports::{
    KEPT_DAYS,
    model::{Batch, BatchState, Outcome, Reversal, Row},
    target::Target,
    url,
    web::{Looked, PAGE},
};
use kit::{
    Lang, Visit, html as piece,
    text::{Message, text_prefix},
};
use maud::{Markup, html};
use std::collections::HashMap;
use uuid::Uuid;

/// How far a long job is. The page renews itself.
pub fn progress(visit: &Visit, batch: &Batch, (done, total): (u64, u64)) -> Markup {
    let t = visit.lang;
    let title = t.say("import-under-way");
    let body = html! {
        section.panel { div.body {
            p #so-far { (t.say_with("import-so-far", &[("done", done.into()), ("total", total.into())])) }
            progress.progress.mt value=(done) max=(total.max(1)) aria-labelledby="so-far" {}
            p.muted.mt { (t.say("import-may-leave")) }
            div.actions { a.btn href=(url(batch.id)) { (piece::icon("refresh-cw")) (t.say("import-look-again")) } }
        } }
    };
    super::page(visit, &title, Step::Summary, Some(batch), html! {}, body)
}

pub fn page(
    visit: &Visit,
    target: &'static dyn Target,
    batch: &Batch,
    rows: &[Row],
    asked: &Looked,
    names: &HashMap<Uuid, String>,
    alert: Option<&Message>,
) -> Markup {
    let t = visit.lang;
    let here = url(batch.id);
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let shown = rows.get(..most).unwrap_or(rows);
    let next = shown
        .last()
        .filter(|_| rows.len() > most)
        .map(|row| format!("{here}?outcome={}&after={}", code(asked), row.place));
    let undoable = batch.state == BatchState::Applied && !batch.purged;
    let actions = html! { (piece::link_button(target.list(), "list", t.say("import-to-list"), false)) };
    let body = html! {
        @if let Some(message) = alert { div.mb { (piece::alert(piece::Tone::Warn, message.say(t))) } }
        @if batch.tally.kept > 0 {
            div.mb { (piece::alert(piece::Tone::Warn, html! {
                (t.say_with("import-kept-some", &[("rows", batch.tally.kept.into())])) " " a href={ (here) "?outcome=kept" } { (t.say("import-kept-which")) }
            })) }
        }
        section.panel aria-label=(t.say("import-step-summary")) {
            div.body { (history(visit, batch, names)) }
            @if matches!(batch.state, BatchState::Applied | BatchState::Undone) { (figures(t, batch)) }
            @if undoable || (batch.tally.refused > 0 && !batch.purged) {
                div.body.row.mt {
                    @if batch.tally.refused > 0 { (piece::link_button(&format!("{here}/errors.xlsx"), "file-down", t.say("import-errors-file"), false)) }
                    @if undoable {
                        (press(visit, &format!("{here}/reversal"), "btn", "undo-2", &t.say("import-undo")))
                        span.muted { (t.say_with("import-undo-until", &[("date", t.date(until(batch)).into())])) }
                    }
                }
            }
        }
        @if batch.purged {
            p.muted.mt { (t.say_with("import-purged", &[("days", KEPT_DAYS.into())])) }
        } @else if !shown.is_empty() {
            section.panel.mt aria-label=(t.say("import-rows")) {
                (table(t, target, batch, shown))
                (piece::pager(
                    t,
                    &t.say_with("import-rows-shown", &[("rows", shown.len().into())]),
                    (asked.is_later() || !asked.outcome.is_empty()).then_some(&here).map(String::as_str),
                    next.as_deref(),
                ))
            }
        } @else if !asked.outcome.is_empty() {
            section.panel.mt { (piece::empty("search", &t.say("import-no-such-rows"), html! {})) }
        }
    };
    let title = match batch.state {
        BatchState::Undone => t.say("import-undone-title"),
        BatchState::Cancelled => t.say("import-cancelled-title"),
        BatchState::Ready | BatchState::Applied => t.say("import-summary-title"),
    };
    super::page(visit, &title, Step::Summary, Some(batch), actions, body)
}

/// The filter as it may stand in an address again.
fn code(asked: &Looked) -> &'static str {
    if asked.outcome == "kept" { "kept" } else { asked.outcome().map_or("", Outcome::code) }
}

fn until(batch: &Batch) -> chrono::NaiveDate {
    kit::clock::local_date(batch.created_at + chrono::Duration::days(KEPT_DAYS))
}

fn history(visit: &Visit, batch: &Batch, names: &HashMap<Uuid, String>) -> Markup {
    let t = visit.lang;
    let who =
        |id: Option<Uuid>| id.and_then(|id| names.get(&id).cloned()).unwrap_or_else(|| t.say("somebody").into_owned());
    let ended = batch.ended_at.map(|at| html! { (moment(visit, at)) ", " (who(batch.ended_by)) });
    piece::facts(&[
        (&t.say("list-state"), Some(state_tag(t, batch.state))),
        (&t.say("import-file"), Some(html! { (file_words(t, batch)) })),
        (&t.say("import-taken"), Some(html! { (moment(visit, batch.created_at)) ", " (who(Some(batch.created_by))) })),
        (&t.say(&text_prefix!("import-ended-", batch.state.code())), ended),
    ])
}

fn figures(t: Lang, batch: &Batch) -> Markup {
    let here = url(batch.id);
    piece::scroll(
        &t.say("import-step-summary"),
        html! {
            dl.stats { @for outcome in Outcome::ALL {
                @let n = batch.tally.of(*outcome);
                div {
                    dt { (t.say(&text_prefix!("import-figure-", outcome.code()))) }
                    dd { b { @if n > 0 && !batch.purged { a href={ (here) "?outcome=" (outcome.code()) } { (t.number(n)) } } @else { (t.number(n)) } } }
                }
            } }
        },
    )
}

fn table(t: Lang, target: &dyn Target, batch: &Batch, rows: &[Row]) -> Markup {
    let undone = batch.state == BatchState::Undone;
    piece::scroll(
        &t.say("import-rows"),
        html! {
            table.tbl.cards role="table" {
                caption.vh { (t.say("import-rows")) }
                thead role="rowgroup" { tr role="row" {
                    th role="columnheader" scope="col" { (t.say("import-record")) }
                    th role="columnheader" scope="col" { (t.say("list-state")) }
                    th role="columnheader" scope="col" { (t.say("import-row")) }
                    th role="columnheader" scope="col" { (t.say("import-what")) }
                } }
                tbody role="rowgroup" { @for row in rows { tr role="row" {
                    td.main role="cell" { (record(target, row, undone)) }
                    td.st role="cell" {
                        @if let Some(outcome) = row.outcome { (outcome_tag(t, outcome)) }
                        @if let Some(reversal) = row.undone { " " (reversal_tag(t, reversal)) }
                    }
                    td.c.nowrap role="cell" { (t.say_with("import-row-n", &[("row", i64::from(row.content.row).into())])) }
                    td.c role="cell" { (what(t, target, row)) }
                } } }
            }
        },
    )
}

/// A link to the record, unless it is gone again.
fn record(target: &dyn Target, row: &Row, undone: bool) -> Markup {
    let title = target.title(&row.content.values);
    let known = row.record.or(row.content.known.as_ref().map(|known| known.record));
    let gone = undone && matches!(row.undone, Some(Reversal::Removed));
    match known.filter(|_| !gone) {
        Some(id) => html! { a href=(target.url(id)) { (title) } },
        None => html! { (title) },
    }
}

fn reversal_tag(t: Lang, reversal: Reversal) -> Markup {
    let tone = if reversal == Reversal::Kept { piece::Tone::Warn } else { piece::Tone::Plain };
    piece::tag(tone, t.say(&text_prefix!("import-reversal-", reversal.code())))
}

/// Which fields were changed, or why the row was not taken.
fn what(t: Lang, target: &dyn Target, row: &Row) -> Markup {
    let changed: Vec<String> =
        row.content.differences.iter().map(|d| field_words(t, target.code(), &d.field)).collect();
    html! {
        @if row.outcome == Some(Outcome::Refused) { @for issue in row.content.issues.iter().filter(|issue| issue.is_error) { div { (issue.sentence(t)) } } }
        @else { (changed.join(", ")) }
    }
}
