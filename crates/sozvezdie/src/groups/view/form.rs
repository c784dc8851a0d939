//! The form of a group.
use super::{crumbs, kind_words};
use crate::{
    groups::{
        LIST,
        form::GroupForm,
        model::{Group, GroupKind},
        url,
    },
    organisations::OrganisationId,
    people::{PersonId, PersonName},
    shell::Page,
};
use kit::{
    Visit,
    form::Problems,
    html::{self as piece, Fields, Line},
};
use maud::{Markup, html};

/// What can be chosen.
pub struct Choices {
    pub organisations: Vec<(OrganisationId, String)>,
    pub teachers: Vec<(PersonId, PersonName, String)>,
}

/// The form of a new group (`g` is none) or of a change. Who only leads it writes the plan and what
/// came of it.
pub fn page(
    visit: &Visit,
    g: Option<&Group>,
    whole: bool,
    form: &GroupForm,
    choices: &Choices,
    problems: &Problems,
    restored: bool,
) -> Markup {
    let t = visit.lang;
    let (title, action, draft) = match g {
        Some(g) => (g.title.clone(), url(g.id), format!("group-{}", g.id)),
        None => (t.say("group-new").into_owned(), LIST.to_owned(), "group-new".to_owned()),
    };
    let f = Fields { lang: t, problems };
    Page::new(visit, title.as_str()).show(html! {
        (crumbs(visit, None, &title))
        (piece::head(&title, html! {}, html! {}))
        @if restored { (piece::alert(piece::Tone::Info, t.say("draft-restored"))) }
        section.panel { form.form.body action=(action) method="post" data-draft=(draft) {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="version" value=(form.version);
            input type="hidden" name="edition" value=(form.edition);
            @if whole { (entries(visit, g.is_none(), form, choices, &f)) }
            (f.text("plan", &t.say("group-plan"), &form.plan, &t.say("group-plan-hint"), false))
            @if g.is_some() { (f.text("product", &t.say("group-product"), &form.product, &t.say("group-product-hint"), false)) }
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(action) { (t.say("cancel")) } }
        } }
    })
}

fn entries(visit: &Visit, is_new: bool, form: &GroupForm, choices: &Choices, f: &Fields<'_>) -> Markup {
    let t = visit.lang;
    let choose = (String::new(), t.say("form-choose-one").into_owned());
    let kinds = GroupKind::ALL.iter().map(|k| (k.code().to_owned(), kind_words(t, *k)));
    let kinds: Vec<_> = form.kind.is_empty().then_some(choose.clone()).into_iter().chain(kinds).collect();
    let own = choices.organisations.iter().map(|(id, name)| (id.to_string(), name.clone()));
    let own: Vec<_> = (choices.organisations.len() > 1).then_some(choose).into_iter().chain(own).collect();
    let date = Line { kind: "date", ..Line::TEXT };
    let (ticked, rest): (Vec<_>, Vec<_>) =
        choices.teachers.iter().partition(|(id, ..)| form.teachers.contains(&id.to_string()));
    html! {
        div.two {
            (f.select("kind", &t.say("group-kind"), &form.kind, &kinds, "", true))
            (f.line("capacity", &t.say("group-capacity"), &form.capacity, Line { kind: "number", required: true, hint: &t.say("group-capacity-hint"), ..Line::TEXT }))
        }
        (f.line("title", &t.say("groups-find"), &form.title, Line { required: true, hint: &t.say("group-title-hint"), ..Line::TEXT }))
        @if is_new { (f.select("organisation", &t.say("group-organisation"), &form.organisation, &own, &t.say("group-organisation-hint"), true)) }
        div.two {
            (f.line("subject", &t.say("group-subject"), &form.subject, Line::TEXT))
            (f.line("target", &t.say("group-target"), &form.target, Line { hint: &t.say("group-target-hint"), ..Line::TEXT }))
        }
        div.two {
            (f.line("starts_on", &t.say("group-starts"), &form.starts_on, Line { required: true, ..date }))
            (f.line("ends_on", &t.say("group-ends"), &form.ends_on, date))
        }
        fieldset.field #f-teachers {
            legend { (t.say("group-teachers")) span.muted { " · " (t.say("form-optional")) } }
            @if choices.teachers.is_empty() { p.muted { (t.say("group-no-teachers")) } }
            @else { div.checks.cols2.scroll tabindex="0" role="group" aria-label=(t.say("group-teachers")) {
                @for (id, name, place) in ticked.into_iter().chain(rest) {
                    @let id = id.to_string();
                    label.check { input type="checkbox" name="teachers" value=(id) checked[form.teachers.contains(&id)]; span { (name.full()) " " span.muted.sm { (place) } } }
                }
            } }
            @if let Some(message) = f.problems.at("teachers") { p.err { (message.say(t)) } }
        }
    }
}
