//! How bookings and needs look.
pub mod ask;
pub mod cart;
pub mod common;
pub mod consent;
pub mod deed;
pub mod distance;
pub mod list;
pub mod month;
pub mod need;
pub mod record;

use super::model::{Booking, BookingState, Form, Mode, Quality, Statement};
use crate::{organisations::Listed as Organisation, resources::Span};
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use kit::{
    Lang, Visit,
    clock::{LOCAL, local_date},
    html as piece,
    text::text_prefix,
};
use maud::{Markup, html};

pub fn state_words(t: Lang, state: BookingState) -> String {
    t.say(&text_prefix!("booking-state-", state.code())).into_owned()
}

pub fn state_tag(t: Lang, state: BookingState) -> Markup {
    piece::tag(state.tone(), t.say(&text_prefix!("booking-tag-", state.code())))
}

pub fn form_words(t: Lang, form: Form) -> String {
    t.say(&text_prefix!("booking-form-", form.code())).into_owned()
}

pub fn mode_words(t: Lang, mode: Mode) -> String {
    t.say(&text_prefix!("booking-mode-", mode.code())).into_owned()
}

pub fn quality_words(t: Lang, quality: Quality) -> String {
    t.say(&text_prefix!("booking-quality-", quality.code())).into_owned()
}

/// «9:00», local.
pub fn clock(at: DateTime<Utc>) -> String {
    at.with_timezone(&LOCAL).format("%-H:%M").to_string()
}

/// «24 ноября, вт, 14:00–15:30»; over several days both moments.
pub fn span_words(visit: &Visit, span: Span) -> String {
    let (t, year) = (visit.lang, visit.today.year());
    if local_date(span.start) == local_date(span.end) {
        format!("{}–{}", t.moment(span.start, year), clock(span.end))
    } else {
        format!("{} — {}", t.moment(span.start, year), t.moment(span.end, year))
    }
}

/// «1,5 ч», or «6 дней» of a loan.
pub fn amount_words(t: Lang, form: Form, amount: i64) -> String {
    if form == Form::Loan {
        t.say_with("booking-days", &[("n", amount.into())]).into_owned()
    } else {
        hours_words(t, amount)
    }
}

/// «1,5 ч»; what is no half hour in minutes: «45 мин», «1 ч 15 мин».
pub fn hours_words(t: Lang, minutes: i64) -> String {
    let whole = |n: f64| t.say_with("booking-hours", &[("n", t.decimal(n).into())]).into_owned();
    if minutes % 30 == 0 {
        return whole(hours(minutes));
    }
    let rest = t.say_with("booking-minutes", &[("n", (minutes % 60).into())]).into_owned();
    if minutes < 60 { rest } else { format!("{} {rest}", whole(hours(minutes - minutes % 60))) }
}

pub fn hours(minutes: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "minutes of one booking are far below 2^52")]
    let minutes = minutes as f64;
    minutes / 60.0
}

pub fn people_words(t: Lang, n: i64) -> String {
    t.say_with("booking-people", &[("n", n.into())]).into_owned()
}

/// «12 чел., 1,5 ч»; «не состоялось».
pub fn statement_words(t: Lang, b: &Booking, s: Statement) -> String {
    if s == Statement::NOTHING {
        state_words(t, BookingState::DidNotTakePlace)
    } else {
        format!("{}, {}", people_words(t, s.headcount), amount_words(t, b.form, s.amount))
    }
}

/// «ноябрь 2026»
pub fn month_words(t: Lang, first: NaiveDate) -> String {
    format!("{} {}", t.say(&text_prefix!("month-", first.month())), first.year())
}

/// Organisations as a list to choose from, after the one that says nothing.
pub fn organisation_options(none: String, all: &[Organisation]) -> Vec<(String, String)> {
    std::iter::once((String::new(), none)).chain(all.iter().map(|o| (o.id.to_string(), o.short_name.clone()))).collect()
}

/// A list of a filter.
pub fn choice(name: &str, label: &str, value: &str, options: &[(String, String)]) -> Markup {
    html! { div.field {
        label for={ "by-" (name) } { (label) }
        select.in id={ "by-" (name) } name=(name) { @for (code, words) in options { option value=(code) selected[code == value] { (words) } } }
    } }
}

/// A table's heading cells.
pub fn headings(words: &[String]) -> Markup {
    html! { @for w in words { th role="columnheader" scope="col" { (w) } } }
}
