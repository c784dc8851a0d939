//! What happened to a record, as its history tab shows it.
use kit::{Lang, Visit, audit::Line, html as piece, text::text_prefix};
use maud::{Markup, html};
use std::collections::HashMap;
use uuid::Uuid;

/// The lines, newest first, with the names of who did it.
pub fn panel(visit: &Visit, lines: &[Line], names: &HashMap<Uuid, String>) -> Markup {
    let t = visit.lang;
    let year = chrono::Datelike::year(&visit.today);
    piece::panel(
        &t.say("tab-history"),
        html! {},
        html! { div.body {
            ol.log { @for line in lines {
                li {
                    b.strong { (line.actor.and_then(|id| names.get(&id).cloned()).unwrap_or_else(|| t.say("somebody").into_owned())) } " — "
                    (t.say(&text_prefix!("audit-", line.action)))
                    @if !line.fields.is_empty() { ": " (about(t, line)) }
                    p.muted { (t.moment(line.at, year)) }
                }
            } }
        } },
    )
}

/// What changed; of a file that was taken along, its name and what for, in the words of whoever took it.
fn about(t: Lang, line: &Line) -> String {
    if line.action == "export" {
        return line.fields.clone();
    }
    line.fields.split(',').map(|f| t.say(&text_prefix!("audit-field-", f)).into_owned()).collect::<Vec<_>>().join(", ")
}

/// What differs between what somebody saved meanwhile and what was typed, field by field.
pub fn differences(t: Lang, mine: Vec<(&'static str, String)>, theirs: Vec<(&'static str, String)>) -> Markup {
    let title = t.say("stale-difference");
    let differ = mine.into_iter().zip(theirs).filter(|((_, a), (_, b))| a.trim() != b.trim());
    let table = html! {
        table.tbl.diff {
            thead { tr { th scope="col" { (t.say("stale-field")) } th scope="col" { (t.say("stale-theirs")) } th scope="col" { (t.say("stale-mine")) } } }
            tbody { @for ((name, mine), (_, theirs)) in differ { tr { th scope="row" { (t.say(&text_prefix!("audit-field-", name))) } td { (theirs) } td { (mine) } } } }
        }
    };
    piece::panel(&title, html! {}, piece::scroll(&title, table))
}
