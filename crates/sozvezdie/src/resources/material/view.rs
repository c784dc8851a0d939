//! Files and adoptions on the record of a methodical resource.
use super::{ADOPT, Adoption, AdoptionState, FileAccess, Material, Version};
use crate::{
    organisations::{self, Listed as Organisation},
    resources::{model::Resource, url},
    shell::upload,
};
use kit::{
    Lang, Visit,
    clock::local_date,
    form::Problems,
    html::{self as piece, Fields, Line},
    text::text_prefix,
};
use maud::{Markup, html};

/// What is wrong with these fields: each form of the page speaks of its own.
fn of_fields(problems: &Problems, fields: &[&str]) -> Problems {
    let mut own = Problems::default();
    for (field, message) in problems.iter().filter(|(field, _)| fields.contains(field)) {
        own.add(field.to_owned(), message.clone());
    }
    own
}

fn access_words(t: Lang, access: FileAccess) -> String {
    t.say(&text_prefix!("file-access-", access.code())).into_owned()
}

fn state_words(t: Lang, state: AdoptionState) -> String {
    t.say(&text_prefix!("adoption-", state.code())).into_owned()
}

/// The versions, the way to take them, and for the owner the way to bring a new one.
pub fn files(visit: &Visit, r: &Resource, m: &Material, can_edit: bool, problems: &Problems) -> Markup {
    let t = visit.lang;
    piece::panel(
        &t.say("material-files"),
        html! { span.more.muted { (access_words(t, m.access)) } },
        html! {
            @if m.versions.is_empty() { div.body { p.muted { (t.say("material-no-files")) } } }
            @else {
                ul.list { @for v in &m.versions { (version(visit, m, v)) } }
                @if !m.may_take { div.body { (piece::alert(piece::Tone::Info, t.say(if visit.viewer.is_guest() { "material-sign-in" } else { "material-adopt-first" }))) } }
            }
            @if can_edit { (bring(visit, r, &of_fields(problems, &["file", "note"]))) (access_form(visit, r, m, &of_fields(problems, &["access"]))) }
        },
    )
}

fn version(visit: &Visit, m: &Material, v: &Version) -> Markup {
    let t = visit.lang;
    let address = format!("/resources/files/{}", v.file.id);
    let shown = if v.file.media.may_be_shown() { format!("{address}?show=yes") } else { address.clone() };
    let facts = [
        t.say_with("material-version", &[("n", v.number.into())]).into_owned(),
        upload::size(t, v.file.size),
        t.date(local_date(v.file.uploaded_at)),
        t.say_with("material-downloads", &[("n", v.downloads.into())]).into_owned(),
    ];
    html! { li.flex {
        (piece::icon("file-text"))
        div {
            @if m.may_take { a.t href=(shown) hx-boost="false" { (v.file.name) } } @else { span.t { (v.file.name) } }
            @if let Some(note) = &v.note { p { (note) } }
            p.muted.sm { (facts.join(" · ")) }
        }
        @if m.may_take { div.row.end {
            a.btn.sm.quiet href=(address) hx-boost="false" download { (piece::icon("download")) (t.say("file-download")) span.vh { " " (v.file.name) } }
        } }
    } }
}

fn bring(visit: &Visit, r: &Resource, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    html! { form.form.wide.body action={ (url(r.id)) "/versions" } method="post" enctype="multipart/form-data" hx-boost="false" {
        (f.summary())
        (piece::key_field(&visit.new_key()))
        (upload::drop_zone(t, problems))
        (f.line("note", &t.say("material-note"), "", Line { hint: &t.say("material-note-hint"), ..Line::TEXT }))
        div.actions { button.btn { (t.say("material-add")) } }
    } }
}

fn access_form(visit: &Visit, r: &Resource, m: &Material, problems: &Problems) -> Markup {
    let t = visit.lang;
    html! { form.form.wide.body action={ (url(r.id)) "/file-access" } method="post" {
        (Fields { lang: t, problems }.summary())
        (piece::key_field(&visit.new_key()))
        div.field {
            label for="f-access" { (t.say("file-access")) }
            select.in #f-access name="access" { @for access in FileAccess::ALL { option value=(access.code()) selected[*access == m.access] { (access_words(t, *access)) } } }
        }
        div.actions { button.btn { (t.say("file-access-save")) } }
    } }
}

/// Who adopts it, and for those who may, the mark of the own organisation. Guests see only numbers.
pub fn adoptions(visit: &Visit, r: &Resource, m: &Material, own: &[Organisation], problems: &Problems) -> Markup {
    let t = visit.lang;
    let count = |state: AdoptionState| m.adoptions.iter().filter(|a| a.state == state).count();
    piece::panel(
        &t.say("adoption-title"),
        html! {},
        html! {
            @if visit.viewer.is_guest() {
                div.body { (piece::facts(&[
                    (&state_words(t, AdoptionState::Adopted), Some(html! { (count(AdoptionState::Adopted)) })),
                    (&state_words(t, AdoptionState::Trial), Some(html! { (count(AdoptionState::Trial)) })),
                    (&state_words(t, AdoptionState::Study), Some(html! { (count(AdoptionState::Study)) })),
                ])) }
            } @else if m.adoptions.is_empty() {
                div.body { p.muted { (t.say("adoption-none")) } }
            } @else {
                ul.list { @for a in &m.adoptions { (adoption(t, a)) } }
            }
            @if visit.viewer.may(ADOPT) && !own.is_empty() { (adopt_form(visit, r, m, own, &of_fields(problems, &["organisation_id", "state", "remark"]))) }
        },
    )
}

fn adoption(t: Lang, a: &Adoption) -> Markup {
    html! { li.flex {
        div {
            a.t href=(organisations::url(a.organisation_id)) { (a.organisation_name) }
            @if let Some(note) = &a.note { p { (note) } }
            p.muted.sm { (t.date(local_date(a.updated_at))) }
        }
        div.end { (piece::tag(a.state.tone(), state_words(t, a.state))) }
    } }
}

fn adopt_form(visit: &Visit, r: &Resource, m: &Material, own: &[Organisation], problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let before = |o: &Organisation| m.adoptions.iter().find(|a| a.organisation_id == o.id).map(|a| a.state);
    let allowed = |s: AdoptionState| own.iter().any(|o| s.may_follow(before(o)));
    let states: Vec<_> =
        AdoptionState::ALL.iter().filter(|s| allowed(**s)).map(|s| (s.code().to_owned(), state_words(t, *s))).collect();
    let now = own.first().and_then(before).map(AdoptionState::code).unwrap_or_default();
    let organisations: Vec<_> = own.iter().map(|o| (o.id.to_string(), o.short_name.clone())).collect();
    html! { form.form.wide.body action={ (url(r.id)) "/adoptions" } method="post" {
        (piece::key_field(&visit.new_key()))
        (f.summary())
        (f.select("organisation_id", &t.say("organisation-one"), "", &organisations, "", true))
        (f.select("state", &t.say("adoption-step"), now, &states, &t.say("adoption-hint"), true))
        (f.line("remark", &t.say("adoption-note"), "", Line { hint: &t.say("adoption-note-hint"), ..Line::TEXT }))
        div.actions { button.btn.primary { (t.say("adoption-save")) } }
    } }
}
