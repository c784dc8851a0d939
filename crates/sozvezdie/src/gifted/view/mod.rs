//! How the register looks.
pub mod asked;
pub mod form;
pub mod list;
pub mod record;
pub mod sitting;

use super::model::{GiftKind, Profile, State};
use crate::centre;
use kit::{Lang, html as piece, text::text_prefix};
use maud::Markup;

pub fn state_tag(t: Lang, state: State) -> Markup {
    piece::tag(state.tone(), t.say(&text_prefix!("gifted-state-", state.code())))
}

pub fn kind_words(t: Lang, kind: GiftKind) -> String {
    t.say(&text_prefix!("gifted-kind-", kind.code())).into_owned()
}

/// The kinds of a child with the subject, in one line.
pub fn kinds(t: Lang, p: &Profile) -> String {
    let all: Vec<String> = p.kinds().into_iter().map(|k| kind_words(t, k)).collect();
    let subject = p.subject.as_ref().map(|s| format!(" ({s})")).unwrap_or_default();
    format!("{}{subject}", all.join(", "))
}

/// The way from the menu to the register.
pub fn crumbs(t: Lang, here: &str) -> Markup {
    let links = [
        (centre::PAGE.to_owned(), t.say("nav-centre").into_owned()),
        (super::LIST.to_owned(), t.say("gifted-register").into_owned()),
    ];
    piece::crumbs(&t.say("crumbs"), &links, here)
}
