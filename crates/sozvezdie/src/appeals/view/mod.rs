//! How showings and appeals look.
pub mod board;
pub mod case;

use super::model::AppealState;
use crate::events::{self, Edition};
use kit::{Lang, html as piece, text::text_prefix};
use maud::Markup;

fn crumbs(t: Lang, edition: &Edition, more: Option<(String, String)>, here: &str) -> Markup {
    let mut links = vec![
        (events::LIST.to_owned(), t.say("nav-events").into_owned()),
        (events::url(edition.id), edition.title.clone()),
    ];
    links.extend(more);
    piece::crumbs(&t.say("crumbs"), &links, here)
}

fn state_tag(t: Lang, state: AppealState) -> Markup {
    piece::tag(state.tone(), t.say(&text_prefix!("appeal-state-", state.code())))
}

fn points(t: Lang, score: Option<f64>, most: Option<f64>) -> String {
    match (score, most) {
        (Some(score), Some(most)) => format!("{} / {}", t.decimal(score), t.decimal(most)),
        (Some(score), None) => t.decimal(score),
        (None, _) => "—".into(),
    }
}
