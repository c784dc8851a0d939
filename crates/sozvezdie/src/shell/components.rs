//! A page that shows every piece of the set, so that a builder finds one before making another.
use super::Page;
use kit::{
    Visit,
    access::Permission,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    text::Message,
};
use maud::{Markup, html};

pub const VIEW: Permission = Permission("components.view");

pub async fn show(visit: Visit) -> Markup {
    let t = visit.lang;
    let mut problems = Problems::default();
    problems.add("sample", Message::new("form-required"));
    let fields = Fields { lang: t, problems: &problems };
    let options = vec![("a".to_owned(), "А".to_owned()), ("b".to_owned(), "Б".to_owned())];
    let sample = t.say("components-sample");
    Page::new(&visit, t.say("components-title")).show(html! {
        (piece::head(&t.say("components-title"), html! { p { (t.say("components-about")) } }, html! {
            (piece::link_button("#", "plus", &sample, true)) (piece::link_button("#", "download", &sample, false))
        }))
        (piece::tabs(&t.say("components-title"), &[("#main".into(), sample.to_string(), Some(3), true), ("#main".into(), sample.to_string(), None, false)]))
        div.grid.cols {
            div.stack {
                (piece::panel(&t.say("components-forms"), html! {}, html! { form.form.body {
                    (fields.summary())
                    (fields.line("sample", &sample, "", Line { required: true, hint: &sample, ..Line::TEXT }))
                    (fields.line("plain", &sample, "…", Line::TEXT))
                    (fields.text("lines", &sample, "…", "", false))
                    (fields.select("choice", &sample, "b", &options, "", false))
                    (fields.checks("several", &sample, &["a".to_owned()], &options))
                    (fields.check("yes", &sample, true))
                } }))
            }
            div.stack {
                (piece::panel(&t.say("components-tags"), html! {}, html! { div.body.row {
                    @for tone in [Tone::Plain, Tone::Ok, Tone::Warn, Tone::Bad, Tone::Info] { (piece::tag(tone, &sample)) }
                } }))
                @for tone in [Tone::Ok, Tone::Warn, Tone::Bad, Tone::Info] { (piece::alert(tone, &sample)) }
                (piece::panel(&t.say("components-facts"), html! {}, html! { div.body { (piece::facts(&[(&sample, Some(html! { "…" }))])) } }))
                (piece::panel(&t.say("components-empty"), html! {}, piece::empty("inbox", &sample, html! {})))
                (piece::irrevocable(&sample, &sample, html! { button.btn.danger { (sample) } }))
                (piece::pager(t, "1–12", None, Some("#")))
            }
        }
    })
}
