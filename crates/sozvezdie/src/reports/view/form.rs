//! Beginning a report and writing its text.
use super::{
    super::{
        LIST,
        model::{Kind, NewForm, Report, TextForm},
        text, title, url,
    },
    may_begin, years,
};
use crate::{organisations::OrganisationId, shell::Page};
use kit::{
    Visit,
    form::Problems,
    html::{self as piece, Fields, Tone},
    text::{Message, text_prefix},
};
use maud::{Markup, html};

pub fn begin(visit: &Visit, form: &NewForm, own: &[(OrganisationId, String)], problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let page_title = t.say("report-new");
    let kinds: Vec<_> = may_begin(visit)
        .into_iter()
        .map(|k| (k.code().to_owned(), t.say(&text_prefix!("report-title-", k.code())).into_owned()))
        .collect();
    let organisations: Vec<_> = own.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    let hint = t.say("report-new-hint");
    Page::new(visit, page_title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-reports").into_owned())], &page_title))
        (piece::head(&page_title, html! { p { (hint) } }, html! {}))
        section.panel { form.form.body action=(LIST) method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            (f.select("kind", &t.say("report-whose"), &form.kind, &kinds, "", true))
            @if organisations.len() > 1 { (f.select("organisation", &t.say("organisation-one"), &form.organisation, &organisations, "", true)) }
            div.two {
                (f.select("from", &t.say("figures-from"), &form.from, &years(visit), "", true))
                (f.select("to", &t.say("figures-to"), &form.to, &years(visit), "", true))
            }
            div.actions { button.btn.primary { (t.say("report-begin")) } a.btn.quiet href=(LIST) { (t.say("report-cancel")) } }
        } }
    })
}

/// The text with what may be put into it. `theirs`: what somebody else wrote meanwhile, and the words about it.
pub fn write(
    visit: &Visit,
    r: &Report,
    form: &TextForm,
    problems: &Problems,
    theirs: Option<(&str, &Message)>,
) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let page_title = title(t, r);
    let here = url(r.id);
    let described = if problems.at("text").is_some() { "e-text h-text" } else { "h-text" };
    Page::new(visit, page_title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-reports").into_owned()), (here.clone(), page_title.clone())], &t.say("report-edit")))
        (piece::head(&page_title, html! { p { (t.say("report-edit-about")) } }, html! {}))
        @if let Some((_, message)) = theirs { (piece::alert(Tone::Warn, message.say(t))) }
        div.grid.cols {
            div.stack {
                section.panel { form.form.wide.body action=(here) method="post" data-draft={ "report-" (r.id) } {
                    (f.summary())
                    (piece::key_field(&visit.new_key()))
                    input type="hidden" name="version" value=(if theirs.is_some() { r.version.to_string() } else { form.version.clone() });
                    div.field {
                        label for="f-text" { (t.say("report-text")) }
                        p.hint #h-text { (t.say("report-text-hint")) }
                        textarea.in #f-text name="text" rows="26" lang="ru" required aria-describedby=(described) aria-invalid=[problems.at("text").map(|_| "true")] { (form.text) }
                        @if let Some(message) = problems.at("text") { p.err #e-text { (message.say(t)) } }
                    }
                    div.actions { button.btn.primary { (t.say(if theirs.is_some() { "stale-keep-mine" } else { "report-save" })) } a.btn.quiet href=(here) { (t.say(if theirs.is_some() { "stale-keep-theirs" } else { "report-cancel" })) } }
                } }
                @if let Some((text, _)) = theirs { (piece::panel(&t.say("stale-theirs"), html! {}, html! { div.body.prose lang="ru" { @for line in text.lines().filter(|line| !line.trim().is_empty()) { p { (line) } } } })) }
            }
            div.stack { (known(visit, r.kind)) }
        }
    })
}

/// What may stand between braces.
fn known(visit: &Visit, kind: Kind) -> Markup {
    let t = visit.lang;
    piece::panel(
        &t.say("report-places"),
        html! {},
        html! { div.body {
            p.muted.sm { (t.say("report-places-about")) }
            ul.list lang="ru" { @for name in text::known(kind) { li { code { "{" (name) "}" } } } }
        } },
    )
}
