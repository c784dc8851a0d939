//! The form of a step, and the offers of the exchange that it may be taken from.
use crate::{
    resources::{self, Resource},
    routes::{
        LIST,
        form::StepForm,
        model::{Route, Stage, StepId, StepKind, StudyForm},
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

/// What the form is drawn with.
pub struct Shown<'a> {
    pub step: Option<StepId>,
    pub hosts: &'a [(String, String)],
    /// The resource that it is taken from.
    pub offer: Option<&'a Resource>,
    pub restored: bool,
}

fn crumbs(t: Lang, r: &Route, here: &str) -> Markup {
    let way = [(LIST.to_owned(), t.say("nav-routes").into_owned()), (url(r.id), r.title.clone())];
    piece::crumbs(&t.say("crumbs"), &way, here)
}

pub fn page(visit: &Visit, r: &Route, shown: &Shown<'_>, form: &StepForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let title = t.say(if shown.step.is_some() { "route-step-edit" } else { "route-step-add" });
    let here = format!("{}/steps", url(r.id));
    let action = shown.step.map_or_else(|| here.clone(), |step| format!("{here}/{step}"));
    let draft = shown.step.is_none().then(|| format!("route-step-{}", r.id));
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(t, r, &title))
        (piece::head(&title, html! { p { (r.learner_name) } }, html! {}))
        @if shown.restored { (piece::alert(piece::Tone::Info, t.say("draft-restored"))) }
        @if shown.step.is_some() { (piece::alert(piece::Tone::Info, t.say("route-step-asked-anew"))) }
        section.panel { form.form.body action=(action) method="post" data-draft=[draft] {
            (Fields { lang: t, problems }.summary())
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="version" value=(form.version);
            input type="hidden" name="resource" value=(form.resource);
            (entries(t, shown, form, problems))
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(url(r.id)) { (t.say("cancel")) } }
        } }
    })
}

fn entries(t: Lang, shown: &Shown<'_>, form: &StepForm, problems: &Problems) -> Markup {
    let f = Fields { lang: t, problems };
    let free = Line { autocomplete: "off", ..Line::TEXT };
    let date = Line { kind: "date", required: true, ..Line::TEXT };
    let time = Line { kind: "time", ..Line::TEXT };
    let said = |key: String| t.say(&key).into_owned();
    let stages: Vec<_> =
        Stage::ALL.iter().map(|s| (s.code().to_owned(), said(text_prefix!("route-stage-", s.code())))).collect();
    let kinds: Vec<_> =
        StepKind::ALL.iter().map(|s| (s.code().to_owned(), said(text_prefix!("route-kind-", s.code())))).collect();
    let forms: Vec<_> =
        StudyForm::ALL.iter().map(|s| (s.code().to_owned(), said(text_prefix!("route-form-", s.code())))).collect();
    let none = || (String::new(), t.say("route-host-none").into_owned());
    let hosts: Vec<_> = std::iter::once(none()).chain(shown.hosts.iter().cloned()).collect();
    let no_day = (String::new(), t.say("route-weekday-none").into_owned());
    let days: Vec<_> = std::iter::once(no_day)
        .chain((1..=7_u8).map(|d| (d.to_string(), said(text_prefix!("route-weekday-", d)))))
        .collect();
    html! {
        div.two {
            (f.select("stage", &t.say("route-stage"), &form.stage, &stages, "", true))
            (f.select("kind", &t.say("route-kind"), &form.kind, &kinds, "", true))
        }
        (f.line("title", &t.say("route-step-title"), &form.title, Line { required: true, ..free }))
        @match shown.offer {
            Some(offer) => {
                input type="hidden" name="organisation" value=(form.organisation);
                p { span.muted { (t.say("route-taken-from")) ": " } a href=(resources::url(offer.id)) { (offer.name) } " · " (offer.owner_name) }
            }
            None => { (f.select("organisation", &t.say("route-host"), &form.organisation, &hosts, &t.say("route-host-hint"), false)) }
        }
        (f.line("teacher", &t.say("route-teacher"), &form.teacher, free))
        div.two {
            (f.line("hours", &t.say("route-hours-column"), &form.hours, Line { kind: "number", required: true, ..free }))
            (f.select("how", &t.say("route-form"), &form.how, &forms, "", true))
        }
        div.two {
            (f.line("from", &t.say("route-from"), &form.from, date))
            (f.line("until", &t.say("route-until"), &form.until, date))
        }
        div.two {
            (f.select("weekday", &t.say("route-weekday"), &form.weekday, &days, "", false))
            (f.line("starts", &t.say("route-starts"), &form.starts, time))
            (f.line("ends", &t.say("route-ends"), &form.ends, time))
        }
        (f.text("about", &t.say("route-step-about"), &form.about, "", false))
        (f.line("control", &t.say("route-control"), &form.control, Line { hint: &t.say("route-control-hint"), ..free }))
        (f.text("expected", &t.say("route-expected"), &form.expected, "", false))
        (f.line("choice", &t.say("route-choice"), &form.choice, Line { hint: &t.say("route-choice-hint"), ..free }))
    }
}

/// Live offers of the exchange: from one of them a step is taken.
pub fn offers(visit: &Visit, r: &Route, q: &str, found: &[resources::Listed], total: i64) -> Markup {
    let t = visit.lang;
    let title = t.say("route-offers");
    let here = format!("{}/offers", url(r.id));
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(t, r, &title))
        (piece::head(&title, html! { p { (t.say("route-offers-about")) } }, html! {}))
        section.panel aria-label=(title) {
            form.filters role="search" action=(here) data-autosubmit {
                div.field.first { label for="by-q" { (t.say("route-offers-find")) } input.in #by-q type="search" name="q" value=(q) autocomplete="off"; }
                button.btn { (piece::icon("search")) (t.say("list-show")) }
            }
            @if found.is_empty() { (piece::empty("search", &t.say("list-nothing"), piece::link_button(&here, "x", t.say("list-reset"), false))) }
            @else {
                ul.queue { @for o in found { li {
                    (piece::icon("arrow-left-right"))
                    div { a.t href=(resources::url(o.id)) { (o.name) } p.muted.sm { (o.owner.1) } }
                    div.acts { a.btn.sm href={ (url(r.id)) "/steps/new?resource=" (o.id) } { (t.say("route-take")) span.vh { ": " (o.name) } } }
                } } }
                (piece::pager(t, &t.say_with("list-count", &[("shown", found.len().into()), ("total", total.into())]), None, None))
            }
        }
    })
}
