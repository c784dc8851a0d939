//! How resources look.
pub mod form;
pub mod list;
pub mod record;

use super::{
    ASK, CART,
    competence::WorkForm,
    model::{Class, Listed, ResourceId, ResourceKind, ResourceState, Sharing},
};
use kit::{Lang, Visit, html as piece, text::text_prefix};
use maud::{Markup, html};

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

/// «Добавить в общую заявку», for whoever may ask; the page `back` is shown again.
pub fn gather(visit: &Visit, id: ResourceId, name: &str, back: &str, small: bool) -> Markup {
    let words = visit.lang.say("common-add");
    html! { @if visit.viewer.may(ASK) {
        form action={ (CART) "/lines" } method="post" {
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="resource_id" value=(id);
            input type="hidden" name="back" value=(back);
            @if small { button.btn.sm.icon title=(words) { (piece::icon("plus")) span.vh { (words) ": " (name) } } }
            @else { button.btn { (piece::icon("plus")) (words) } }
        }
    } }
}

pub fn form_words(t: Lang, form: WorkForm) -> String {
    t.say(&text_prefix!("work-form-", form.code())).into_owned()
}

/// «на этой неделе осталось 2,5 ч».
pub fn left_words(t: Lang, minutes: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "minutes of a week")]
    let hours = minutes as f64 / 60.0;
    t.say_with("resource-hours-left", &[("hours", t.decimal(hours).into())]).into_owned()
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
