//! Who can be a mentor.
use crate::{
    centre,
    people::PersonId,
    plans::{
        MENTORS,
        model::{Mentor, MentorForm},
    },
    shell::Page,
};
use kit::{
    Visit,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
};
use maud::{Markup, html};

pub fn list(visit: &Visit, found: &[Mentor]) -> Markup {
    let t = visit.lang;
    let title = t.say("mentors-title");
    let actions = piece::link_button("/centre/mentors/new", "user-plus", t.say("mentor-add"), true);
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(centre::PAGE.into(), t.say("nav-centre").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("mentors-about")) } }, actions))
        (centre::sections(visit, MENTORS))
        section.panel.mt aria-label=(title) {
            @if found.is_empty() { (piece::empty("users", &t.say("mentors-none"), html! {})) }
            @else { div.scroll-x { table.tbl.cards role="table" {
                caption.vh { (title) }
                thead role="rowgroup" { tr role="row" {
                    th role="columnheader" scope="col" { (t.say("mentor-name")) }
                    th role="columnheader" scope="col" { (t.say("mentor-subjects")) }
                    th role="columnheader" scope="col" { (t.say("mentor-place")) }
                    th role="columnheader" scope="col" { (t.say("mentor-load")) }
                    th role="columnheader" scope="col" { (t.say("mentor-certificate")) }
                } }
                tbody role="rowgroup" data-rows { @for m in found { tr role="row" {
                    td.main role="cell" { a.row-link href={ "/centre/mentors/new?person=" (m.person) } { (m.name) } @if m.is_external { " " (piece::tag(Tone::Info, t.say("mentor-external"))) } }
                    td.a role="cell" { (m.subjects) }
                    td.b role="cell" { (m.organisation_name.as_deref().unwrap_or("")) }
                    td.c.nowrap role="cell" { (t.say_with("mentor-load-of", &[("load", m.load.into()), ("capacity", m.capacity.into())])) }
                    td.d role="cell" { @match m.certificate_on {
                        Some(day) => { (t.date(day)) }
                        None => @if m.is_external { (piece::tag(Tone::Warn, t.say("mentor-no-certificate"))) },
                    } }
                } } }
            } } }
        }
    })
}

pub fn form(
    visit: &Visit,
    form: &MentorForm,
    people: &[(PersonId, String, Option<String>)],
    places: &[(String, String)],
    problems: &Problems,
) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("mentor-add");
    let choose = (String::new(), t.say("form-choose-one").into_owned());
    let line = |(id, name, place): &(PersonId, String, Option<String>)| {
        (id.to_string(), place.as_ref().map_or_else(|| name.clone(), |p| format!("{name}, {p}")))
    };
    let people: Vec<_> = std::iter::once(choose).chain(people.iter().map(line)).collect();
    let none = (String::new(), t.say("mentor-no-place").into_owned());
    let places: Vec<_> = std::iter::once(none).chain(places.iter().cloned()).collect();
    let links = [
        (centre::PAGE.to_owned(), t.say("nav-centre").into_owned()),
        (MENTORS.to_owned(), t.say("mentors-title").into_owned()),
    ];
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &links, &title))
        (piece::head(&title, html! { p { (t.say("mentor-about")) } }, html! {}))
        section.panel { form.form.body action=(MENTORS) method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            (f.select("person", &t.say("mentor-name"), &form.person, &people, &t.say("mentor-name-hint"), true))
            (f.line("subjects", &t.say("mentor-subjects"), &form.subjects, Line { required: true, hint: &t.say("mentor-subjects-hint"), ..Line::TEXT }))
            (f.select("organisation", &t.say("mentor-place"), &form.organisation, &places, "", false))
            (f.line("capacity", &t.say("mentor-capacity"), &form.capacity, Line { kind: "number", required: true, ..Line::TEXT }))
            (f.check("external", &t.say("mentor-external-check"), form.external == "true"))
            (f.line("certificate_on", &t.say("mentor-certificate"), &form.certificate_on, Line { kind: "date", hint: &t.say("mentor-certificate-hint"), ..Line::TEXT }))
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(MENTORS) { (t.say("cancel")) } }
        } }
    })
}
