//! How plans and mentors look.
pub mod figures;
pub mod form;
pub mod list;
pub mod mentors;
pub mod record;

use super::model::State;
use crate::centre;
use kit::{Lang, html as piece, text::text_prefix};
use maud::Markup;

pub fn state_tag(t: Lang, state: State) -> Markup {
    piece::tag(state.tone(), t.say(&text_prefix!("plan-state-", state.code())))
}

/// «2026–2027»
pub fn years(year: i64) -> String {
    format!("{year}–{}", year + 1)
}

/// The way from the menu to the plans.
pub fn crumbs(t: Lang, here: &str) -> Markup {
    let links = [
        (centre::PAGE.to_owned(), t.say("nav-centre").into_owned()),
        (super::LIST.to_owned(), t.say("plans-title").into_owned()),
    ];
    piece::crumbs(&t.say("crumbs"), &links, here)
}
