//! What waits for a decision: one line, one action.
use super::{WAITING, days_left};
use crate::{
    cases,
    exchange::{self, Booking, Form, Party, Side, Task, Waiting},
    resources::Class,
    shell::{Page, Todo},
};
use chrono::Datelike as _;
use kit::{
    Lang, Visit,
    clock::{LOCAL, local_date},
    html::{self as piece, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

/// When it is: «24 ноября, вт, 14:00–15:30»; of a loan, its days.
pub fn when(t: Lang, b: &Booking, year: i32) -> String {
    if b.form == Form::Loan {
        return format!("{} — {}", t.day(local_date(b.span.start), year), t.day(local_date(b.span.end), year));
    }
    format!("{}–{}", t.moment(b.span.start, year), b.span.end.with_timezone(&LOCAL).format("%-H:%M"))
}

pub fn icon(b: &Booking) -> &'static str {
    match (b.form, b.class) {
        (Form::Loan, _) => "package",
        (_, Class::Staff) => "user-round",
        (_, Class::Technological) => "microscope",
        (_, Class::Methodical) => "book-open",
    }
}

/// How soon: a day or the state that asks for the deed.
fn pressing(visit: &Visit, w: &Waiting) -> Markup {
    let t = visit.lang;
    match (days_left(visit.today, w), w.due) {
        (Some(0), _) => piece::tag(Tone::Warn, t.say("home-due-today")),
        (Some(days), _) if days < 0 => piece::tag(Tone::Bad, t.say_with("home-due-over", &[("days", (-days).into())])),
        (Some(_), Some(due)) => {
            let day = t.day(local_date(due), visit.today.year());
            piece::tag(Tone::Plain, t.say_with("home-due-until", &[("day", day.into())]))
        }
        _ => piece::tag(w.booking.state.tone(), t.say(&text_prefix!("booking-state-", w.booking.state.code()))),
    }
}

fn why(t: Lang, w: &Waiting) -> String {
    let b = &w.booking;
    let other = if w.side == Side::Owner { &b.organisation_name } else { &b.owner_name };
    let values = [
        ("owner", b.owner_name.as_str().into()),
        ("asker", b.organisation_name.as_str().into()),
        ("other", other.as_str().into()),
        ("purpose", b.purpose.trim_end_matches('.').into()),
        ("headcount", b.headcount.into()),
    ];
    t.say_with(&text_prefix!("home-why-", w.task.code()), &values).into_owned()
}

/// What can be done in one click is a button, all else leads to the record.
fn action(visit: &Visit, w: &Waiting) -> Markup {
    let t = visit.lang;
    let words = html! { (t.say(&text_prefix!("home-act-", w.task.code()))) span.vh { ": " (w.booking.resource_name) ", " (when(t, &w.booking, visit.today.year())) } };
    let url = exchange::url(w.booking.id);
    if w.task == Task::Decide {
        return html! { form action={ (url) "/confirmation" } method="post" {
            (piece::key_field(&visit.new_key()))
            button.btn.sm { (words) }
        } };
    }
    let party = match w.task {
        Task::Consent => Some(Party::Person),
        Task::LetGo => Some(Party::Head),
        _ => None,
    };
    if let Some(party) = party {
        return exchange::agree_form(visit, &w.booking, party, &words, "btn sm");
    }
    html! { a.btn.sm href=(url) { (words) } }
}

/// The lines of a queue.
pub fn lines<'w>(visit: &Visit, some: impl Iterator<Item = &'w Waiting>) -> Markup {
    let (t, year) = (visit.lang, visit.today.year());
    html! { ul.queue { @for w in some { li {
        (piece::icon(icon(&w.booking)))
        div {
            a.t href=(exchange::url(w.booking.id)) { (w.booking.resource_name) " · " (when(t, &w.booking, year)) } " "
            (pressing(visit, w))
            p.muted.sm { (why(t, w)) }
        }
        div.acts { (action(visit, w)) }
    } } } }
}

/// «12 дел ждут вашего решения. Срочных: 2.»: what of the exchange waits, what of other slices, and these
/// families. The badge of the menu counts the same, see [`super::count_waiting`].
pub fn sentence(visit: &Visit, all: &[Waiting], others: usize, families: i64) -> String {
    let t = visit.lang;
    let count = i64::try_from(all.len().saturating_add(others)).unwrap_or(i64::MAX).saturating_add(families);
    let first = t.say_with("home-waiting", &[("count", count.into())]);
    let urgent = all.iter().filter(|w| days_left(visit.today, w).is_some_and(|days| days <= 0)).count();
    if urgent == 0 {
        return first.into_owned();
    }
    let urgent = i64::try_from(urgent).unwrap_or(i64::MAX);
    format!("{first} {}", t.say_with("home-urgent", &[("count", urgent.into())]))
}

/// Nothing waits: says so and offers the first step.
pub fn nothing(t: Lang) -> Markup {
    piece::empty(
        "circle-check",
        &t.say("home-nothing-waits"),
        piece::link_button("/resources", "search", t.say("home-find"), false),
    )
}

/// Nothing of the exchange waits, though other things do.
pub fn no_visits(t: Lang) -> Markup {
    html! { div.body { p.muted { (t.say("home-no-visits-wait")) } } }
}

/// What of other slices waits.
pub fn other(visit: &Visit, todos: &[Todo]) -> Markup {
    if todos.is_empty() {
        return html! {};
    }
    let title = visit.lang.say("home-todos");
    piece::panel(
        &title,
        html! {},
        html! { ul.queue { @for todo in todos { li {
            (piece::icon(todo.icon))
            div { a.t href=(todo.href) { (todo.title) } p.muted.sm { (todo.why) } }
            div.acts { a.btn.sm href=(todo.href) { (todo.act) span.vh { ": " (todo.title) } } }
        } } } },
    )
}

fn tabs(t: Lang, all: &[Waiting], chosen: Option<Task>) -> Markup {
    let count = |task: Task| i64::try_from(all.iter().filter(|w| w.task == task).count()).unwrap_or(i64::MAX);
    let whole = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let mut tabs = vec![(WAITING.to_owned(), t.say("waiting-all").into_owned(), Some(whole), chosen.is_none())];
    for task in Task::ALL.iter().copied().filter(|task| count(*task) > 0 || chosen == Some(*task)) {
        let words = t.say(&text_prefix!("waiting-tab-", task.code())).into_owned();
        tabs.push((format!("{WAITING}?task={}", task.code()), words, Some(count(task)), chosen == Some(task)));
    }
    piece::tabs(&t.say("nav-waiting"), &tabs)
}

/// «На решении»: all of it, by kind of deed.
pub fn page(visit: &Visit, all: &[Waiting], todos: &[Todo], chosen: Option<Task>, families: &[cases::Line]) -> Markup {
    let t = visit.lang;
    let title = t.say("nav-waiting");
    let some = || all.iter().filter(|w| chosen.is_none_or(|task| task == w.task));
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (sentence(visit, all, todos.len(), i64::try_from(families.len()).unwrap_or(i64::MAX))) } }, html! {}))
        (other(visit, todos))
        @if !all.is_empty() { (tabs(t, all, chosen)) }
        @if chosen.is_some() || !all.is_empty() || (todos.is_empty() && families.is_empty()) {
            section.panel aria-label=(title) {
                @if some().next().is_some() { (lines(visit, some())) } @else { (nothing(t)) }
            }
        }
        @if !families.is_empty() && chosen.is_none() { div.mt { (piece::panel(&t.say("cases-title"), html! { a.more href=(cases::LIST) { (t.say("cases-tab-open")) } }, cases::rows(visit, &families.iter().collect::<Vec<_>>()))) } }
    })
}
