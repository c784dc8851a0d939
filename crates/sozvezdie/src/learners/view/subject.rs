//! The form of destroying a child's data.
use crate::{
    learners::{
        LIST,
        model::Learner,
        subject::{DestructionForm, Ground},
        url,
    },
    shell::Page,
};
use kit::{
    Visit,
    form::Problems,
    html::{self as piece, Fields, Line},
    text::text_prefix,
};
use maud::{Markup, html};

pub fn destruction(visit: &Visit, l: &Learner, form: &DestructionForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("learner-destroy");
    let way = [(LIST.to_owned(), t.say("learners-title").into_owned()), (url(l.id), l.full_name.clone())];
    let grounds: Vec<_> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(
            Ground::ALL
                .iter()
                .map(|g| (g.code().to_owned(), t.say(&text_prefix!("destruction-ground-", g.code())).into_owned())),
        )
        .collect();
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &way, &title))
        (piece::head(&title, html! {}, html! {}))
        (piece::alert(piece::Tone::Warn, t.say("destruction-about")))
        section.panel { form.form.body action={ (url(l.id)) "/destruction" } method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            (f.select("ground", &t.say("destruction-ground"), &form.ground, &grounds, "", true))
            (f.line("last_name", &t.say("destruction-last-name"), &form.last_name, Line { required: true, hint: &t.say("destruction-last-name-hint"), autocomplete: "off", ..Line::TEXT }))
            div.actions { button.btn.primary { (piece::icon("trash-2")) (t.say("destruction-do")) } a.btn href=(url(l.id)) { (t.say("cancel")) } }
        } }
    })
}
