//! How consents look.
pub mod child;
pub mod grounds;
pub mod list;
pub mod record;
pub mod stack;

use super::model::{Category, Consent, ConsentState, Purpose};
use chrono::NaiveDate;
use kit::{
    Lang,
    form::Problems,
    html::{self as piece, Fields, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

pub fn purpose_words(t: Lang, purpose: Purpose) -> String {
    t.say(&text_prefix!("consent-purpose-", purpose.code())).into_owned()
}

/// Shorter, for the head of a column.
pub fn purpose_short(t: Lang, purpose: Purpose) -> String {
    t.say(&text_prefix!("consent-short-", purpose.code())).into_owned()
}

pub fn state_tag(t: Lang, c: &Consent, today: NaiveDate) -> Markup {
    let state = c.shown_state(today);
    let tone = match state {
        ConsentState::Signed => Tone::Ok,
        ConsentState::Draft => Tone::Warn,
        ConsentState::Withdrawn | ConsentState::Expired | ConsentState::Destroyed => Tone::Plain,
    };
    piece::tag(tone, t.say(&text_prefix!("consent-state-", state.code())))
}

/// What may be permitted, to be ticked.
pub fn permits(t: Lang, legend: &str, purposes: &[Purpose], chosen: &[String], problems: &Problems) -> Markup {
    let mut all: Vec<Category> = purposes.iter().flat_map(|p| p.categories().iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    let options: Vec<_> = all
        .iter()
        .map(|c| (c.code().to_owned(), t.say(&text_prefix!("consent-category-", c.code())).into_owned()))
        .collect();
    html! { @if !options.is_empty() { (Fields { lang: t, problems }.checks("categories", legend, chosen, &options)) } }
}
