//! The form of a resource, and of days with other hours.
use super::{class_words, form_words, kind_words, sharing_words};
use crate::{
    organisations::Listed as Organisation,
    resources::{
        ExceptionForm, LIST,
        competence::WorkForm,
        form::ResourceForm,
        model::{Class, Resource, ResourceKind, Sharing},
        url,
    },
    shell::Page,
};
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line},
    text::text_prefix,
};
use maud::{Markup, html};
use uuid::Uuid;

/// What the form offers to choose from.
pub struct Choices {
    pub owners: Vec<Organisation>,
    pub people: Vec<(Uuid, String)>,
}

/// The form of a new resource (`r` is none) or of a change.
pub fn page(
    visit: &Visit,
    r: Option<&Resource>,
    choices: &Choices,
    form: &ResourceForm,
    problems: &Problems,
    restored: bool,
) -> Markup {
    let t = visit.lang;
    let (title, action, draft) = match r {
        Some(r) => (r.name.clone(), url(r.id), format!("resource-{}", r.id)),
        None => (t.say("resource-new").into_owned(), LIST.to_owned(), "resource-new".to_owned()),
    };
    Page::new(visit, title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("resources-title").into_owned())], &title))
        (piece::head(&title, html! { @if r.is_none() { p { (t.say("resource-new-about")) } } }, html! {}))
        @if restored { (piece::alert(piece::Tone::Info, t.say("draft-restored"))) }
        section.panel { form.form.body action=(action) method="post" data-draft=(draft) {
            (Fields { lang: t, problems }.summary())
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="version" value=(form.version);
            (entries(visit, r, choices, form, problems))
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(action) { (t.say("cancel")) } }
        } }
    })
}

fn entries(visit: &Visit, r: Option<&Resource>, choices: &Choices, form: &ResourceForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let choose = (String::new(), t.say("form-choose-one").into_owned());
    let list = |all: Vec<(String, String)>| std::iter::once(choose.clone()).chain(all).collect::<Vec<_>>();
    let classes = list(Class::ALL.iter().map(|c| (c.code().into(), class_words(t, *c))).collect());
    let kinds = list(ResourceKind::ALL.iter().map(|k| (k.code().into(), kind_words(t, *k))).collect());
    let sharings: Vec<_> = Sharing::ALL.iter().map(|s| (s.code().to_owned(), sharing_words(t, *s))).collect();
    let needed = Line { required: true, ..Line::TEXT };
    let number = Line { kind: "number", ..Line::TEXT };
    html! {
        @if r.is_none() {
            (f.select("owner_id", &t.say("resource-owner"), &form.owner_id, &list(choices.owners.iter().map(|o| (o.id.to_string(), o.short_name.clone())).collect()), "", true))
        }
        (f.line("name", &t.say("resource-name"), &form.name, Line { hint: &t.say("resource-name-hint"), ..needed }))
        (f.select("class", &t.say("resource-class"), &form.class, &classes, "", true))
        (f.select("kind", &t.say("resource-kind"), &form.kind, &kinds, "", true))
        (person(t, &f, choices, form))
        (f.text("description", &t.say("resource-what"), &form.description, &t.say("resource-what-hint"), false))
        (f.line("capacity", &t.say("resource-capacity"), &form.capacity, Line { hint: &t.say("resource-capacity-hint"), ..number }))
        (f.select("sharing", &t.say("resource-sharing"), &form.sharing, &sharings, &t.say("resource-sharing-hint"), false))
        (f.check("loanable", &t.say("resource-loanable"), form.loanable == "true"))
        (f.check("travels", &t.say("resource-travels"), form.travels == "true"))
        (f.line("place", &t.say("resource-place"), &form.place, Line::TEXT))
        fieldset.field {
            legend { (t.say("resource-hours")) }
            p.hint { (t.say("resource-hours-hint")) }
            @for day in 1..=7_usize {
                @let value = form.hours.get(day - 1).map_or("", String::as_str);
                div.field.mid { label for={ "f-hours-" (day) } { (t.say(&text_prefix!("weekday-", day - 1))) } input.in id={ "f-hours-" (day) } name="hours" value=(value); }
            }
            @if let Some(message) = problems.at("hours") { p.err #f-hours { (message.say(t)) } }
        }
        (f.line("conditions", &t.say("resource-conditions"), &form.conditions, Line { hint: &t.say("resource-conditions-hint"), ..Line::TEXT }))
        (f.line("decides_name", &t.say("resource-decides"), &form.decides_name, Line::TEXT))
        (f.line("answer_days", &t.say("resource-answer-days"), &form.answer_days, number))
        (f.line("lead_days", &t.say("resource-lead"), &form.lead_days, Line { hint: &t.say("resource-lead-hint"), ..number }))
        (f.line("cancel_rule", &t.say("resource-cancel"), &form.cancel_rule, Line::TEXT))
        details {
            summary { (t.say("resource-more")) }
            (f.line("audience", &t.say("resource-for-whom"), &form.audience, Line::TEXT))
            (f.line("age_from", &t.say("resource-age-least"), &form.age_from, number))
            (f.line("age_to", &t.say("resource-age-most"), &form.age_to, number))
            (f.text("safety", &t.say("resource-safety"), &form.safety, "", false))
            (f.line("licence", &t.say("resource-licence"), &form.licence, Line::TEXT))
            (f.line("inventory_number", &t.say("resource-inventory"), &form.inventory_number, Line::TEXT))
        }
    }
}

/// Who stands behind a staff resource, in which forms they work and how many hours they give. Of no
/// meaning for a room: there it stays empty.
fn person(t: Lang, f: &Fields<'_>, choices: &Choices, form: &ResourceForm) -> Markup {
    let people: Vec<_> = std::iter::once((String::new(), t.say("resource-nobody").into_owned()))
        .chain(choices.people.iter().map(|(id, name)| (id.to_string(), name.clone())))
        .collect();
    let forms: Vec<_> = WorkForm::ALL.iter().map(|w| (w.code().to_owned(), form_words(t, *w))).collect();
    let number = Line { kind: "number", hint: &t.say("resource-hours-per-week-hint"), ..Line::TEXT };
    html! {
        fieldset.box {
            legend { (t.say("resource-staff")) }
            (f.select("person_id", &t.say("resource-person"), &form.person_id, &people, &t.say("resource-person-hint"), false))
            (f.line("subject", &t.say("resource-subject"), &form.subject, Line { hint: &t.say("resource-subject-hint"), ..Line::TEXT }))
            (f.checks("forms", &t.say("resource-form"), &form.forms, &forms))
            (f.line("hours_per_week", &t.say("resource-hours-per-week"), &form.hours_per_week, number))
        }
    }
}

pub fn exception_page(visit: &Visit, r: &Resource, form: &ExceptionForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("resource-exception-add");
    let day = Line { kind: "date", ..Line::TEXT };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("resources-title").into_owned()), (url(r.id), r.name.clone())], &title))
        (piece::head(&title, html! { p { (t.say("resource-exception-about")) } }, html! {}))
        section.panel { form.form.body action={ (url(r.id)) "/exceptions" } method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            (f.line("on", &t.say("resource-exception-from"), &form.on, Line { required: true, ..day }))
            (f.line("until", &t.say("resource-exception-until"), &form.until, day))
            (f.line("hours", &t.say("resource-hours"), &form.hours, Line { hint: &t.say("resource-exception-hours-hint"), ..Line::TEXT }))
            (f.line("reason", &t.say("resource-exception-reason"), &form.reason, Line::TEXT))
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(url(r.id)) { (t.say("cancel")) } }
        } }
    })
}
