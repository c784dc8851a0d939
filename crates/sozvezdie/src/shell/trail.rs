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
                    @if !line.fields.is_empty() { ": " (fields(t, &line.fields)) }
                    p.muted { (t.moment(line.at, year)) }
                }
            } }
        } },
    )
}

fn fields(t: Lang, stored: &str) -> String {
    stored.split(',').map(|f| t.say(&text_prefix!("audit-field-", f)).into_owned()).collect::<Vec<_>>().join(", ")
}
