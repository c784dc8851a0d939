//! «Меня спросили»: what a teacher was asked to say of children.
use crate::{
    centre,
    gifted::{
        ASKED,
        model::{Contribution, Profile, SayForm},
        web::say_url,
    },
    shell::Page,
};
use kit::{
    Visit,
    form::Problems,
    html::{self as piece, Fields, Line},
};
use maud::{Markup, html};
use uuid::Uuid;

pub fn page(
    visit: &Visit,
    lines: &[(Contribution, Profile)],
    open: Option<Uuid>,
    form: &SayForm,
    problems: &Problems,
) -> Markup {
    let t = visit.lang;
    let title = t.say("gifted-asked-title");
    // One form of the page is open at once: its fields have the names of the page.
    let open = open.or_else(|| lines.iter().find(|(c, _)| c.said.is_none()).map(|(c, _)| c.id));
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(centre::PAGE.into(), t.say("nav-centre").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("gifted-asked-about")) } }, html! {}))
        (centre::sections(visit, ASKED))
        div.stack.mt {
            @if lines.is_empty() { section.panel { (piece::empty("message-square", &t.say("gifted-asked-none"), html! {})) } }
            @for (c, p) in lines {
                (piece::panel(&p.full_name, html! { @if let Some(class) = &p.class_name { span.muted { (class) ", " (p.organisation_name) } } }, html! {
                    @if Some(c.id) == open { (ask(visit, c, if problems.is_empty() { None } else { Some(form) }, problems)) }
                    @else { div.body.stack {
                        @if let Some(said) = &c.said { @for line in said.lines() { p { (line) } } } @else { p.muted { (t.say("gifted-asked-next")) } }
                    } }
                }))
            }
        }
    })
}

fn ask(visit: &Visit, c: &Contribution, typed: Option<&SayForm>, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let now = SayForm { subject: c.subject.clone().unwrap_or_default(), said: c.said.clone().unwrap_or_default() };
    let form = typed.unwrap_or(&now);
    html! { form.form.body action=(say_url(c.id)) method="post" {
        (f.summary())
        (piece::key_field(&visit.new_key()))
        (f.line("subject", &t.say("gifted-said-subject"), &form.subject, Line::TEXT))
        (f.text("said", &t.say("gifted-said"), &form.said, &t.say("gifted-said-hint"), true))
        div.actions { button.btn.primary { (t.say("gifted-say")) } }
    } }
}
