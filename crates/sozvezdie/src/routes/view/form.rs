//! The form of a route.
use crate::{
    routes::{LIST, form::RouteForm, model::Route, url, web::write::Choices},
    shell::{Page, trail},
};
use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line},
    text::Message,
};
use maud::{Markup, html};

/// The form of a new route (`r` is none, with what is chosen from) or of a change.
pub fn page(
    visit: &Visit,
    r: Option<&Route>,
    form: &RouteForm,
    choices: Option<&Choices>,
    problems: &Problems,
    restored: bool,
) -> Markup {
    let t = visit.lang;
    let (title, action, draft) = match r {
        Some(r) => (t.say("route-edit").into_owned(), url(r.id), format!("route-{}", r.id)),
        None => (t.say("route-new").into_owned(), LIST.to_owned(), "route-new".to_owned()),
    };
    let mut way = vec![(LIST.to_owned(), t.say("nav-routes").into_owned())];
    way.extend(r.map(|r| (url(r.id), r.title.clone())));
    Page::new(visit, title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &way, &title))
        (piece::head(&title, html! { @if let Some(r) = r { p { (r.learner_name) } } }, html! {}))
        @if restored { (piece::alert(piece::Tone::Info, t.say("draft-restored"))) }
        @if let Some(choices) = choices { (templates(t, choices, form)) }
        section.panel { form.form.body action=(action) method="post" data-draft=(draft) {
            (Fields { lang: t, problems }.summary())
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="version" value=(form.version);
            input type="hidden" name="template" value=(form.template);
            @if let Some(choices) = choices { (whose(t, form, choices, problems)) }
            (entries(t, form, problems, r.is_some()))
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(action) { (t.say("cancel")) } }
        } }
    })
}

/// The templates that a new route may begin with.
fn templates(t: Lang, choices: &Choices, form: &RouteForm) -> Markup {
    if choices.templates.is_empty() {
        return html! {};
    }
    html! {
        form.filters.panel.mb action="/routes/new" data-autosubmit {
            input type="hidden" name="learner" value=(form.learner);
            div.field.first { label for="by-template" { (t.say("route-template")) }
                select.in #by-template name="template" {
                    option value="" { (t.say("route-template-none")) }
                    @for (id, words) in &choices.templates { option value=(id) selected[form.template == *id] { (words) } }
                }
            }
            button.btn { (t.say("route-template-take")) }
        }
    }
}

fn whose(t: Lang, form: &RouteForm, choices: &Choices, problems: &Problems) -> Markup {
    let f = Fields { lang: t, problems };
    let none = (String::new(), t.say("form-choose-one").into_owned());
    let learners: Vec<_> = std::iter::once(none).chain(choices.learners.iter().cloned()).collect();
    let only = choices.organisations.first().filter(|_| choices.organisations.len() == 1);
    html! {
        (f.select("learner", &t.say("learner-one"), &form.learner, &learners, "", true))
        @match only {
            Some((id, _)) if problems.at("organisation").is_none() => { input type="hidden" name="organisation" value=(id); }
            _ => { (f.select("organisation", &t.say("route-leads"), &form.organisation, &choices.organisations, "", true)) }
        }
    }
}

fn entries(t: Lang, form: &RouteForm, problems: &Problems, is_change: bool) -> Markup {
    let f = Fields { lang: t, problems };
    let needed = Line { required: true, autocomplete: "off", ..Line::TEXT };
    let date = Line { kind: "date", required: true, ..Line::TEXT };
    html! {
        (f.line("title", &t.say("route-title"), &form.title, Line { hint: &t.say("route-title-hint"), ..needed }))
        div.two {
            (f.line("from", &t.say("route-from"), &form.from, date))
            (f.line("until", &t.say("route-until"), &form.until, date))
        }
        (f.text("goal", &t.say("route-goal"), &form.goal, "", true))
        (f.text("tasks", &t.say("route-tasks"), &form.tasks, &t.say("route-tasks-hint"), false))
        (f.text("note", &t.say("route-note"), &form.note, &t.say("route-note-hint"), false))
        (f.text("support", &t.say("route-support"), &form.support, "", false))
        (f.text("results", &t.say("route-results"), &form.results, "", false))
        @if is_change { (f.line("load_reason", &t.say("route-load-reason"), &form.load_reason, Line { hint: &t.say("route-load-reason-hint"), autocomplete: "off", ..Line::TEXT })) }
    }
}

/// Two people wrote one route: what differs, and what was typed stays.
pub fn stale(visit: &Visit, r: &Route, mine: &RouteForm, message: &Message) -> Response {
    let t = visit.lang;
    let pairs = |f: &RouteForm| -> Vec<(&'static str, String)> {
        let f = f.clone();
        vec![
            ("title", f.title),
            ("goal", f.goal),
            ("tasks", f.tasks),
            ("note", f.note),
            ("support", f.support),
            ("results", f.results),
        ]
    };
    let page = Page::new(visit, r.title.as_str()).show(html! {
        (piece::head(&r.title, html! {}, html! {}))
        (piece::alert(piece::Tone::Warn, message.say(t)))
        (trail::differences(t, pairs(mine), pairs(&RouteForm::of(r))))
        section.panel.mt { form.form.body action=(url(r.id)) method="post" {
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="version" value=(mine.version);
            details { summary { (t.say("stale-edit-mine")) } (entries(t, mine, &Problems::default(), true)) }
            div.actions { button.btn.primary { (t.say("stale-keep-mine")) } a.btn href=(url(r.id)) { (t.say("stale-keep-theirs")) } }
        } }
    });
    (StatusCode::CONFLICT, page).into_response()
}
