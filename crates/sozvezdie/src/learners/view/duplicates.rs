//! The queue of records that may be one child.
use crate::{
    learners::{
        LIST,
        duplicates::{PairState, QUEUE, Waiting},
        model::Learner,
        url,
    },
    shell::Page,
};
use kit::{Lang, Visit, html as piece, text::text_prefix};
use maud::{Markup, html};

pub fn page(visit: &Visit, queue: &[Waiting]) -> Markup {
    let t = visit.lang;
    let title = t.say("duplicates-title");
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("learners-title").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("duplicates-about")) } }, html! {}))
        @if queue.is_empty() { section.panel { (piece::empty("circle-check", &t.say("duplicates-none"), html! {})) } }
        @else { div.stack { @for waiting in queue { (pair(visit, waiting)) } } }
    })
}

fn pair(visit: &Visit, w: &Waiting) -> Markup {
    let t = visit.lang;
    let press = |deed: &str, icon: &str, words: &str| {
        html! { form action={ (QUEUE) "/" (w.id) "/" (deed) } method="post" { (piece::key_field(&visit.new_key())) button.btn { (piece::icon(icon)) (words) } } }
    };
    let why = t.say(&text_prefix!("duplicate-why-", w.why.code()));
    piece::panel(
        &why,
        html! {},
        html! {
            ul.queue { (side(t, w.first.as_ref())) (side(t, w.second.as_ref())) }
            div.body.row {
                @match w.state {
                    PairState::Merged => {
                        (piece::tag(piece::Tone::Ok, t.say("duplicate-merged")))
                        (press("separation", "undo-2", &t.say("duplicate-split")))
                    }
                    _ if w.agreed => {
                        (piece::tag(piece::Tone::Info, t.say("duplicate-agreed")))
                        (press("difference", "x", &t.say("duplicate-apart")))
                    }
                    _ => {
                        (press("merging", "git-merge", &t.say("duplicate-same")))
                        (press("difference", "x", &t.say("duplicate-apart")))
                    }
                }
            }
        },
    )
}

fn side(t: Lang, learner: Option<&Learner>) -> Markup {
    html! { li { (piece::icon("user-round")) div {
        @match learner {
            Some(l) => {
                a.t href=(url(l.id)) { (l.full_name) }
                p.muted.sm { (t.date(l.birth_date)) @if let Some(class) = &l.class_name { " · " (class) } }
            }
            None => p.muted { (t.say("duplicate-elsewhere")) },
        }
    } } }
}
