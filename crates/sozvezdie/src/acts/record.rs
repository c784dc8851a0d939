//! How one act looks.
use super::{
    LIST,
    model::{Act, ActState, Kind, Linked, Relation},
    url,
    view::{kind_words, reference, state_tag},
};
use crate::{
    organisations::{self, OrganisationId},
    shell::{Page, trail, upload},
};
use kit::{
    Lang, Visit, audit,
    files::StoredFile,
    form::Problems,
    html::{self as piece, Fields, Tone},
    text::text_prefix,
};
use maud::{Markup, html};
use std::collections::HashMap;
use uuid::Uuid;

/// What happened to it, and the names of whoever did it.
pub type History = (Vec<audit::Line>, HashMap<Uuid, String>);

/// Everything a record's page shows.
pub struct Record {
    pub act: Act,
    pub links: Vec<Linked>,
    pub files: Vec<StoredFile>,
    pub namesakes: Vec<Act>,
    pub organisations: Vec<(OrganisationId, String)>,
    pub owner: Option<(OrganisationId, String)>,
    pub can_edit: bool,
    pub history: Option<History>,
}

/// The page. `problems` are those of a file that was to be added or taken away.
pub fn page(visit: &Visit, r: &Record, problems: &Problems) -> Markup {
    let t = visit.lang;
    let a = &r.act;
    let here = url(a.id);
    let reference = reference(t, a);
    let tabs = [
        (here.clone(), t.say("tab-overview").into_owned(), None, r.history.is_none()),
        (format!("{here}?tab=history"), t.say("tab-history").into_owned(), None, r.history.is_some()),
    ];
    let actions = html! {
        @if r.can_edit { (piece::link_button(&format!("{here}/edit"), "pencil", t.say("edit"), true)) }
    };
    Page::new(visit, a.title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-acts").into_owned())], &reference))
        (piece::head(&a.title, html! { p.row { (state_tag(visit, a)) span { (reference) } } }, actions))
        @if r.can_edit { (piece::tabs(&t.say("act-sections"), &tabs)) }
        @match &r.history {
            Some((lines, names)) => div.mt { (trail::panel(visit, lines, names)) },
            None => (overview(visit, r, problems)),
        }
    })
}

fn overview(visit: &Visit, r: &Record, problems: &Problems) -> Markup {
    let t = visit.lang;
    html! {
        (fate(visit, r))
        div.grid.cols.mt {
            div.stack {
                (files(visit, r, problems))
                @if let Some(note) = &r.act.note {
                    (piece::panel(&t.say("act-note"), html! {}, html! { div.body { @for line in note.lines().filter(|l| !l.is_empty()) { p { (line) } } } }))
                }
                (chain(visit, r))
            }
            div.stack {
                (piece::panel(&t.say("act-facts"), html! {}, html! { div.body { (facts(t, r)) } }))
                @if !r.organisations.is_empty() {
                    (piece::panel(&t.say("act-organisations"), html! {}, html! { ul.list { @for (id, name) in &r.organisations {
                        li.flex { (piece::icon("building-2")) a.t href=(organisations::url(*id)) { (name) } }
                    } } }))
                }
                @if !r.namesakes.is_empty() {
                    (piece::panel(&t.say("act-namesakes"), html! {}, html! {
                        div.body { p.muted.sm { (t.say("act-namesakes-why")) } }
                        ul.list { @for other in &r.namesakes { li { a.t href=(url(other.id)) { (other.title) } p.muted.sm { (kind_words(t, other.kind)) ", " (other.issuer) } } } }
                    }))
                }
                @if r.can_edit { (archive(visit, &r.act)) }
            }
        }
    }
}

/// Says above all else that another act is to be read instead.
fn fate(visit: &Visit, r: &Record) -> Markup {
    let t = visit.lang;
    let (relation, day, key) = match r.act.days().state(visit.today) {
        ActState::Replaced => (Relation::Replaces, r.act.replaced_on, "act-replaced-by"),
        ActState::Repealed => (Relation::Repeals, r.act.repealed_on, "act-repealed-by"),
        _ => return html! {},
    };
    let by: Vec<&Act> = r.links.iter().filter(|l| !l.outgoing && l.relation == relation).map(|l| &l.act).collect();
    html! {
        div.mt { (piece::alert(Tone::Warn, html! {
            p { (t.say_with(key, &[("date", day.map(|d| t.date(d)).unwrap_or_default().into())])) }
            @for other in by { p { a href=(url(other.id)) { (other.title) } span.muted { " · " (reference(t, other)) } } }
        })) }
    }
}

fn facts(t: Lang, r: &Record) -> Markup {
    let a = &r.act;
    let text = |value: &str| Some(html! { (value) });
    piece::facts(&[
        (&t.say("act-kind"), text(&kind_words(t, a.kind))),
        (&t.say("act-number"), a.number.as_ref().map(|n| html! { "№\u{a0}" (n) })),
        (&t.say("act-issued-on"), text(&t.date(a.issued_on))),
        (&t.say("act-issuer"), text(&a.issuer)),
        (&t.say("act-owner"), r.owner.as_ref().map(|(id, name)| html! { a href=(organisations::url(*id)) { (name) } })),
        (&t.say("act-from"), text(&t.date(a.effective_from))),
        (&t.say("act-until"), a.effective_until.map(|d| html! { (t.date(d)) })),
    ])
}

fn files(visit: &Visit, r: &Record, problems: &Problems) -> Markup {
    let t = visit.lang;
    let here = url(r.act.id);
    let f = Fields { lang: t, problems };
    piece::panel(
        &t.say("act-files"),
        html! {},
        html! {
            @if r.files.is_empty() && !r.can_edit { div.body { p.muted { (t.say("act-no-files")) } } }
            @if !r.files.is_empty() {
                ul.list { @for file in &r.files {
                    @let address = format!("/acts/files/{}", file.id);
                    li.flex {
                        (piece::icon("file-text"))
                        div {
                            a.t href=(if file.media.may_be_shown() { format!("{address}?show=yes") } else { address.clone() }) hx-boost="false" { (file.name) }
                            p.muted.sm { (upload::size(t, file.size)) ", " (t.date(kit::clock::local_date(file.uploaded_at))) }
                        }
                        div.row.end {
                            a.btn.sm.quiet href=(address) hx-boost="false" download { (piece::icon("download")) (t.say("file-download")) span.vh { " " (file.name) } }
                            @if r.can_edit {
                                form action={ (here) "/files/removal" } method="post" {
                                    (piece::key_field(&visit.new_key()))
                                    input type="hidden" name="file" value=(file.id);
                                    button.btn.sm.quiet { (piece::icon("trash-2")) (t.say("file-remove")) span.vh { " " (file.name) } }
                                }
                            }
                        }
                    }
                } }
            }
            @if r.can_edit {
                form.form.wide.body action={ (here) "/files" } method="post" enctype="multipart/form-data" hx-boost="false" {
                    (f.summary())
                    (piece::key_field(&visit.new_key()))
                    (upload::drop_zone(t, problems))
                    div.actions { button.btn { (t.say("file-attach")) } }
                }
            }
        },
    )
}

fn chain(visit: &Visit, r: &Record) -> Markup {
    let t = visit.lang;
    let here = url(r.act.id);
    let more = html! { @if r.can_edit { a.more href={ (here) "/links/new" } { (t.say("act-link-add")) } } };
    html! { @if r.can_edit || !r.links.is_empty() {
        (piece::panel(&t.say("act-chain"), more, html! {
            div.body { @if r.links.is_empty() { p.muted { (t.say("act-no-links")) } }
            @for outgoing in [true, false] { @for relation in Relation::ALL {
                @let links: Vec<&Linked> = r.links.iter().filter(|l| l.outgoing == outgoing && l.relation == *relation).collect();
                @if !links.is_empty() {
                    h3 { (relation_words(t, r.act.kind, *relation, outgoing)) }
                    ul.list.mb { @for l in links { li.flex {
                        div { a.t href=(url(l.act.id)) { (l.act.title) } p.muted.sm { (reference(t, &l.act)) } }
                        @if r.can_edit && outgoing {
                            form.end action={ (here) "/links/removal" } method="post" {
                                (piece::key_field(&visit.new_key()))
                                input type="hidden" name="target" value=(l.act.id);
                                input type="hidden" name="relation" value=(l.relation.code());
                                button.btn.sm.quiet { (piece::icon("x")) (t.say("act-link-remove")) span.vh { ": " (l.act.title) } }
                            }
                        }
                    } } }
                }
            } } }
        }))
    } }
}

/// «Утверждает» and, seen from the other side, «Чем утверждена» (of a concept).
pub fn relation_words(t: Lang, kind: Kind, relation: Relation, outgoing: bool) -> String {
    let key =
        if outgoing { text_prefix!("act-does-", relation.code()) } else { text_prefix!("act-done-", relation.code()) };
    t.say_with(&key, &[("kind", kind.code().into())]).into_owned()
}

fn archive(visit: &Visit, a: &Act) -> Markup {
    let t = visit.lang;
    let (action, icon, words) = if a.archived {
        ("restoration", "undo-2", t.say("act-restore"))
    } else {
        ("archiving", "archive", t.say("act-archive"))
    };
    piece::panel(
        &t.say("act-archive-title"),
        html! {},
        html! { div.body {
            @if !a.archived { p.muted.sm { (t.say("act-archive-why")) } }
            form.mt action={ (url(a.id)) "/" (action) } method="post" { (piece::key_field(&visit.new_key())) button.btn { (piece::icon(icon)) (words) } }
        } },
    )
}
