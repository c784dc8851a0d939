//! Forms of acts: the act itself, somebody else's change in between, a link to another act.
use super::{
    LIST, LinkForm,
    model::{Act, ActForm, Kind, Relation},
    record::relation_words,
    url,
    view::{kind_words, reference},
};
use crate::shell::{Page, trail};
use kit::{
    Lang, Visit,
    access::Reach,
    form::Problems,
    html::{self as piece, Fields, Line},
    text::Message,
};
use maud::{Markup, html};

/// Ids and names to choose from.
type Known = [(String, String)];

/// The form of a new record (`act` is none) or of a change.
pub fn page(
    visit: &Visit,
    act: Option<&Act>,
    form: &ActForm,
    problems: &Problems,
    known: &Known,
    restored: bool,
) -> Markup {
    let t = visit.lang;
    let (title, action, draft) = match act {
        Some(a) => (a.title.clone(), url(a.id), format!("act-{}", a.id)),
        None => (t.say("act-new").into_owned(), LIST.to_owned(), "act-new".to_owned()),
    };
    Page::new(visit, title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-acts").into_owned())], &title))
        (piece::head(&title, html! {}, html! {}))
        @if restored { (piece::alert(piece::Tone::Info, t.say("draft-restored"))) }
        section.panel { form.form.body action=(action) method="post" data-draft=(draft) {
            (Fields { lang: t, problems }.summary())
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="version" value=(form.version);
            (entries(visit, form, problems, known))
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(action) { (t.say("cancel")) } }
        } }
    })
}

fn entries(visit: &Visit, form: &ActForm, problems: &Problems, known: &Known) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let choose = (String::new(), t.say("form-choose-one").into_owned());
    let kinds: Vec<_> = Kind::ALL.iter().map(|k| (k.code().to_owned(), kind_words(t, *k))).collect();
    let kinds: Vec<_> = form.kind.is_empty().then_some(choose.clone()).into_iter().chain(kinds).collect();
    let owners: Vec<_> = match visit.viewer.reach(super::EDIT) {
        Reach::Network => std::iter::once((String::new(), t.say("act-owner-network").into_owned()))
            .chain(known.iter().cloned())
            .collect(),
        reach => {
            let own: Vec<_> = known.iter().filter(|(id, _)| reach.covers(id.parse().ok())).cloned().collect();
            if own.len() > 1 && form.owner.is_empty() { std::iter::once(choose).chain(own).collect() } else { own }
        }
    };
    let date = |hint: &'static str| Line { kind: "date", hint, ..Line::TEXT };
    html! {
        (f.select("kind", &t.say("act-kind"), &form.kind, &kinds, "", true))
        div.two {
            (f.line("number", &t.say("act-number"), &form.number, Line { hint: &t.say("act-number-hint"), ..Line::TEXT }))
            (f.line("issued_on", &t.say("act-issued-on"), &form.issued_on, Line { required: true, ..date("") }))
        }
        (f.line("title", &t.say("act-title"), &form.title, Line { required: true, hint: &t.say("act-title-hint"), ..Line::TEXT }))
        (f.line("issuer", &t.say("act-issuer"), &form.issuer, Line { required: true, ..Line::TEXT }))
        // «всей сети» is the empty choice, and a right one: a browser must not demand another.
        (f.select("owner", &t.say("act-owner"), &form.owner, &owners, &t.say("act-owner-hint"), visit.viewer.reach(super::EDIT) != Reach::Network))
        div.two {
            (f.line("effective_from", &t.say("act-from"), &form.effective_from, Line { kind: "date", hint: &t.say("act-from-hint"), ..Line::TEXT }))
            (f.line("effective_until", &t.say("act-until"), &form.effective_until, Line { kind: "date", hint: &t.say("act-until-hint"), ..Line::TEXT }))
        }
        (f.text("note", &t.say("act-note"), &form.note, &t.say("act-note-hint"), false))
        (about(t, form, problems, known))
    }
}

/// Organisations to tick, those ticked first. A frame that scrolls: a district has seventy.
fn about(t: Lang, form: &ActForm, problems: &Problems, known: &Known) -> Markup {
    let (ticked, rest): (Vec<_>, Vec<_>) = known.iter().partition(|(id, _)| form.organisations.contains(id));
    html! {
        fieldset.field #f-organisations {
            legend { (t.say("act-organisations")) span.muted { " · " (t.say("form-optional")) } }
            div.checks.cols2.scroll tabindex="0" role="group" aria-label=(t.say("act-organisations")) {
                @for (id, name) in ticked.into_iter().chain(rest) {
                    label.check { input type="checkbox" name="organisations" value=(id) checked[form.organisations.contains(id)]; span { (name) } }
                }
            }
            @if let Some(message) = problems.at("organisations") { p.err { (message.say(t)) } }
        }
    }
}

/// Two people edited one record: whose change stands there, what differs, keep mine or theirs.
pub fn stale(visit: &Visit, act: &Act, mine: &ActForm, theirs: &ActForm, message: &Message) -> Markup {
    let t = visit.lang;
    let pairs = |f: &ActForm| -> Vec<(&'static str, String)> {
        let f = f.clone();
        let kind = f.kind.parse().map(|k| kind_words(t, k)).unwrap_or_default();
        vec![
            ("kind", kind),
            ("number", f.number),
            ("issued_on", f.issued_on),
            ("title", f.title),
            ("issuer", f.issuer),
            ("effective_from", f.effective_from),
            ("effective_until", f.effective_until),
            ("note", f.note),
        ]
    };
    let mut same = ActForm { version: theirs.version.clone(), ..mine.clone() };
    let organisations = std::mem::take(&mut same.organisations);
    let hidden = [
        ("kind", &same.kind),
        ("number", &same.number),
        ("issued_on", &same.issued_on),
        ("title", &same.title),
        ("issuer", &same.issuer),
        ("owner", &same.owner),
        ("effective_from", &same.effective_from),
        ("effective_until", &same.effective_until),
        ("note", &same.note),
        ("version", &same.version),
    ];
    Page::new(visit, act.title.as_str()).show(html! {
        (piece::head(&act.title, html! {}, html! {}))
        (piece::alert(piece::Tone::Warn, message.say(t)))
        (trail::differences(t, pairs(mine), pairs(theirs)))
        section.panel.mt { form.form.body action=(url(act.id)) method="post" {
            (piece::key_field(&visit.new_key()))
            @for (name, value) in hidden { input type="hidden" name=(name) value=(value); }
            @for id in &organisations { input type="hidden" name="organisations" value=(id); }
            div.actions { button.btn.primary { (t.say("stale-keep-mine")) } a.btn href=(url(act.id)) { (t.say("stale-keep-theirs")) } }
        } }
    })
}

/// Which act this one approves, replaces, repeals or amends: found by a search, then chosen.
pub fn link(visit: &Visit, act: &Act, found: &[Act], typed: &LinkForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("act-link-title");
    let here = url(act.id);
    let relations: Vec<_> =
        Relation::ALL.iter().map(|r| (r.code().to_owned(), relation_words(t, act.kind, *r, true))).collect();
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-acts").into_owned()), (here.clone(), reference(t, act))], &title))
        (piece::head(&title, html! { p { (act.title) } }, html! {}))
        section.panel {
            form.filters role="search" action={ (here) "/links/new" } {
                input type="hidden" name="relation" value=(typed.relation);
                div.field.first { label for="by-q" { (t.say("acts-find")) } input.in #by-q type="search" name="q" value=(typed.q) placeholder=(t.say("acts-find-hint")); }
                button.btn { (piece::icon("search")) (t.say("search-do")) }
            }
            @if found.is_empty() { (piece::empty("search", &t.say("act-link-nothing"), html! {})) }
            @else { form.form.body action={ (here) "/links" } method="post" {
                (f.summary())
                (piece::key_field(&visit.new_key()))
                input type="hidden" name="q" value=(typed.q);
                (f.select("relation", &t.say("act-link-relation"), &typed.relation, &relations, "", true))
                fieldset.field #f-target {
                    legend { (t.say("act-link-target")) }
                    div.checks { @for other in found {
                        @let id = other.id.to_string();
                        label.check { input type="radio" name="target" value=(id) required checked[typed.target == id]; span { (other.title) " " span.muted.sm { (reference(t, other)) } } }
                    } }
                    @if let Some(message) = problems.at("target") { p.err #e-target { (message.say(t)) } }
                }
                div.actions { button.btn.primary { (t.say("act-link-do")) } a.btn href=(here) { (t.say("cancel")) } }
            } }
        }
    })
}
