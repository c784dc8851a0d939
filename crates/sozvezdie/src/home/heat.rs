//! «Загрузка по дням»: how full the weeks behind were, as a table whose cells are coloured.
use crate::resources::{WEEKS, WeekLoad};
use kit::{Visit, html as piece, text::text_prefix};
use maud::{Markup, html};

/// The table; nothing where nothing is open.
pub fn panel(visit: &Visit, rows: &[WeekLoad]) -> Markup {
    let t = visit.lang;
    let title = t.say("home-heat");
    let monday = chrono::NaiveDate::from_isoywd_opt(2026, 1, chrono::Weekday::Mon).unwrap_or(visit.today);
    let about = t.say_with("home-heat-about", &[("weeks", WEEKS.into())]);
    html! { @if !rows.is_empty() {
        (piece::panel(&title, html! { span.muted.sm { (about) } }, html! { div.body { table.heat {
            caption.vh { (title) ", " (about) }
            thead { tr { td {} @for day in monday.iter_days().take(6) { th scope="col" { (t.weekday_short(day)) } } } }
            tbody { @for row in rows { tr {
                th scope="row" { a href={ "/resources?kind=" (row.kind.code()) } { (t.say(&text_prefix!("home-heat-", row.kind.code()))) } }
                @for day in row.days { @match day {
                    Some(part) => td.(shade(part)) { (part) },
                    None => td { span aria-hidden="true" { "·" } span.vh { (t.say("home-heat-closed")) } },
                } }
            } } }
        } } }))
    } }
}

/// Five shades, by fifths.
fn shade(part: i64) -> &'static str {
    match part {
        ..10 => "q0",
        10..30 => "q1",
        30..50 => "q2",
        50..75 => "q3",
        _ => "q4",
    }
}
