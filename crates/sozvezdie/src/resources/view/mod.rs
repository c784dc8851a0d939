//! How resources look.
pub mod form;
pub mod list;
pub mod record;

use super::model::{Class, Listed, ResourceKind, ResourceState, Sharing};
use kit::{Lang, html as piece, text::text_prefix};
use maud::Markup;

pub fn class_words(t: Lang, class: Class) -> String {
    t.say(&text_prefix!("resource-class-", class.code())).into_owned()
}

pub fn kind_words(t: Lang, kind: ResourceKind) -> String {
    t.say(&text_prefix!("resource-kind-", kind.code())).into_owned()
}

pub fn sharing_words(t: Lang, sharing: Sharing) -> String {
    t.say(&text_prefix!("resource-sharing-", sharing.code())).into_owned()
}

pub fn state_tag(t: Lang, state: ResourceState) -> Markup {
    piece::tag(state.tone(), t.say(&text_prefix!("resource-state-", state.code())))
}

/// «до 15 чел.», «15 мест», «6 штук».
pub fn size_words(t: Lang, sharing: Sharing, capacity: Option<i64>) -> Option<String> {
    capacity.map(|n| t.say_with(&text_prefix!("resource-size-", sharing.code()), &[("n", n.into())]).into_owned())
}

/// Nobody books a person: a laboratory is applied for, a pedagogue invited, a kit taken for a while.
pub fn ask_words(t: Lang, class: Class, loanable: bool) -> String {
    let key = match (class, loanable) {
        (Class::Staff, _) => "invite",
        (_, true) => "borrow",
        _ => "apply",
    };
    t.say(&text_prefix!("resource-ask-", key)).into_owned()
}

/// For whom, by age.
pub fn ages(t: Lang, l: &Listed) -> Option<String> {
    match (l.age_from, l.age_to) {
        (Some(from), Some(to)) => {
            Some(t.say_with("resource-ages", &[("from", from.into()), ("to", to.into())]).into_owned())
        }
        (Some(from), None) => Some(t.say_with("resource-age-from", &[("from", from.into())]).into_owned()),
        (None, Some(to)) => Some(t.say_with("resource-age-to", &[("to", to.into())]).into_owned()),
        (None, None) => None,
    }
}
