//! Who is given charge of children.
use crate::{
    learners::{
        LIST,
        charges::{ChargeForm, LEADS, LeadForm, OfChild, School},
        url,
    },
    shell::Page,
};
use kit::{
    Visit,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
};
use maud::{Markup, html};

/// One school at a time; `form` says which.
pub fn leads(visit: &Visit, schools: &[School], form: &LeadForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let shown = schools.iter().find(|s| s.id.to_string() == form.organisation).or_else(|| schools.first());
    let tabs: Vec<_> = schools
        .iter()
        .map(|s| {
            let here = shown.is_some_and(|shown| shown.id == s.id);
            (format!("{LEADS}?organisation={}", s.id), s.name.clone(), None, here)
        })
        .collect();
    let title = t.say("class-leads-title");
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("learners-title").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("class-leads-about")) } }, html! {}))
        @if tabs.len() > 1 { (piece::tabs(&title, &tabs)) }
        @if let Some(school) = shown { div.mt { (piece::panel(&school.name, html! {}, of_school(visit, school, form, problems))) } }
    })
}

fn of_school(visit: &Visit, school: &School, form: &LeadForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let none = || (String::new(), t.say("form-choose-one").into_owned());
    let classes: Vec<_> =
        std::iter::once(none()).chain(school.classes.iter().map(|(name, _)| (name.clone(), name.clone()))).collect();
    let people: Vec<_> =
        std::iter::once(none()).chain(school.people.iter().map(|(id, name)| (id.to_string(), name.clone()))).collect();
    html! {
        @if school.leads.is_empty() { div.body { p.muted { (t.say("class-leads-none")) } } }
        @else { ul.queue { @for lead in &school.leads { li {
            (piece::icon("users"))
            div { p.strong { (lead.class) } p.muted.sm { (lead.name) " · " (t.say_with("charge-from", &[("date", t.date(lead.from).into())])) } }
            div.acts { form action={ (LEADS) "/" (lead.id) "/ending" } method="post" {
                (piece::key_field(&visit.new_key()))
                button.btn.sm.quiet { (piece::icon("x")) (t.say("charge-end")) span.vh { ": " (lead.class) ", " (lead.name) } }
            } }
        } } } }
        @if school.people.is_empty() { div.body { (piece::alert(Tone::Info, t.say("class-leads-nobody"))) } }
        @else { form.form.body action=(LEADS) method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            input #f-organisation type="hidden" name="organisation" value=(school.id);
            (f.select("class", &t.say("learner-class"), &form.class, &classes, "", true))
            (f.select("person", &t.say("class-lead"), &form.person, &people, "", true))
            div.actions { button.btn.primary { (t.say("class-lead-do")) } }
        } }
    }
}

pub fn of_child(visit: &Visit, c: &OfChild, form: &ChargeForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("charges-title");
    let way =
        [(LIST.to_owned(), t.say("learners-title").into_owned()), (url(c.learner.id), c.learner.full_name.clone())];
    let here = format!("{}/charges", url(c.learner.id));
    let people: Vec<_> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(c.people.iter().map(|(id, name)| (id.to_string(), name.clone())))
        .collect();
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &way, &title))
        (piece::head(&title, html! { p { (t.say("charges-about")) } }, html! {}))
        section.panel aria-label=(title) {
            @if c.charges.is_empty() { div.body { p.muted { (t.say("charges-none")) } } }
            @else { ul.queue { @for charge in &c.charges { li {
                (piece::icon("user-round"))
                div { p.strong { (charge.name) } p.muted.sm {
                    (t.say_with("charge-from", &[("date", t.date(charge.from).into())]))
                    @if let Some(day) = charge.until { " " (t.say_with("charge-until", &[("date", t.date(day).into())])) }
                } }
                div.acts { form action={ (here) "/ending" } method="post" {
                    (piece::key_field(&visit.new_key()))
                    input type="hidden" name="charge" value=(charge.id);
                    button.btn.sm.quiet { (piece::icon("x")) (t.say("charge-end")) span.vh { ": " (charge.name) } }
                } }
            } } } }
            @if c.people.is_empty() { div.body { (piece::alert(Tone::Info, t.say("charges-nobody"))) } }
            @else { form.form.body action=(here) method="post" {
                (f.summary())
                (piece::key_field(&visit.new_key()))
                (f.select("person", &t.say("charge-person"), &form.person, &people, "", true))
                (f.line("until", &t.say("charge-until-day"), &form.until, Line { kind: "date", ..Line::TEXT }))
                div.actions { button.btn.primary { (t.say("charge-do")) } a.btn href=(url(c.learner.id)) { (t.say("cancel")) } }
            } }
        }
    })
}
