//! How accounts look.
use super::{
    model::{EntryForm, Held, Listed as Person, PersonForm, RoleForm},
    url,
    web::{Asked, BASE},
};
use crate::{
    organisations::Listed as Organisation,
    roles::Role,
    shell::{Page, account::session_list},
};
use kit::{
    Lang, Visit,
    cursor::Slice,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    session::Opened,
    text::{text_prefix, url_part},
};
use maud::{Markup, html};
use std::collections::HashMap;
use uuid::Uuid;

fn role_words(t: Lang, role: Role) -> String {
    t.say(&text_prefix!("role-", role.code())).into_owned()
}

fn account_tag(t: Lang, open: Option<bool>) -> Markup {
    match open {
        Some(true) => piece::tag(Tone::Ok, t.say("account-open")),
        Some(false) => piece::tag(Tone::Warn, t.say("account-closed")),
        None => piece::tag(Tone::Plain, t.say("account-none")),
    }
}

fn is_over(visit: &Visit, held: &Held) -> bool {
    held.until.is_some_and(|day| day < visit.today)
}

pub fn list(
    visit: &Visit,
    asked: &Asked,
    slice: &Slice<Person>,
    held: &[Held],
    logins: &HashMap<Uuid, bool>,
) -> Markup {
    let t = visit.lang;
    let title = t.say("accounts-title");
    let next = slice.next.as_ref().map(|c| format!("{BASE}?q={}&after={}", url_part(&asked.q), c.encode()));
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say("accounts-about")) } }, piece::link_button("/people/new", "user-plus", t.say("account-add"), true)))
        section.panel aria-label=(title) {
            form.filters role="search" action=(BASE) {
                div.field.first { label for="by-q" { (t.say("account-find")) } input.in #by-q type="search" name="q" value=(asked.q); }
                button.btn { (piece::icon("search")) (t.say("list-show")) }
                @if !asked.q.is_empty() { a.btn.quiet href=(BASE) { (t.say("list-reset")) } }
            }
            @if slice.items.is_empty() { (piece::empty("users", &t.say("list-nothing"), html! {})) }
            @else {
                div.scroll-x { table.tbl.cards role="table" {
                    caption.vh { (title) }
                    thead role="rowgroup" { tr role="row" {
                        @for words in [t.say("account-person"), t.say("account-email"), t.say("account-roles-held"), t.say("account-entry")] { th role="columnheader" scope="col" { (words) } }
                    } }
                    tbody role="rowgroup" data-rows { @for p in &slice.items { tr role="row" {
                        td.main role="cell" { a.row-link href=(url(p.id)) { (p.name().full()) } }
                        td.c role="cell" { (p.email.as_deref().unwrap_or("")) }
                        td.d role="cell" { @for h in held.iter().filter(|h| h.person_id == p.id && !is_over(visit, h)) { div { (role_words(t, h.role)) @if let Some(o) = &h.organisation { span.muted { " · " (o) } } } } }
                        td.st role="cell" { (account_tag(t, logins.get(&p.id.0).copied())) }
                    } } }
                } }
                (piece::pager(t, &t.say_with("list-count", &[("shown", slice.items.len().into()), ("total", slice.total.into())]),
                    (!asked.after.is_empty()).then_some(BASE), next.as_deref()))
            }
        }
    })
}

/// Where and as whom: the two fields of a role.
fn post(f: &Fields<'_>, organisations: &[Organisation], role: &str, organisation: &str) -> Markup {
    let t = f.lang;
    let choose = (String::new(), t.say("form-choose-one").into_owned());
    let roles: Vec<_> = std::iter::once(choose)
        .chain(Role::ALL.iter().filter(|r| **r != Role::Guest).map(|r| (r.code().to_owned(), role_words(t, *r))))
        .collect();
    let whole = (String::new(), t.say("account-whole-network").into_owned());
    let places: Vec<_> =
        std::iter::once(whole).chain(organisations.iter().map(|o| (o.id.to_string(), o.short_name.clone()))).collect();
    html! {
        (f.select("role", &t.say("account-role"), role, &roles, "", true))
        (f.select("organisation", &t.say("account-role-in"), organisation, &places, &t.say("account-role-in-hint"), false))
    }
}

pub fn new(visit: &Visit, organisations: &[Organisation], form: &PersonForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("account-add");
    let needed = Line { required: true, autocomplete: "off", ..Line::TEXT };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(BASE.into(), t.say("accounts-title").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("account-add-about")) } }, html! {}))
        section.panel { form.form.body action=(BASE) method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            (f.line("last_name", &t.say("account-last-name"), &form.last_name, needed))
            (f.line("first_name", &t.say("account-first-name"), &form.first_name, needed))
            (f.line("patronymic", &t.say("account-patronymic"), &form.patronymic, Line { autocomplete: "off", ..Line::TEXT }))
            (f.line("email", &t.say("account-email"), &form.email, Line { kind: "email", ..needed }))
            (post(&f, organisations, &form.role, &form.organisation))
            div.actions { button.btn.primary { (t.say("account-add")) } a.btn href=(BASE) { (t.say("cancel")) } }
        } }
    })
}

/// Everything a record's page shows.
pub struct Record {
    pub person: Person,
    pub held: Vec<Held>,
    /// Whether the account opens; `None` without one.
    pub open: Option<bool>,
    /// Whether it asks for a one-time code.
    pub has_factor: bool,
    pub sessions: Vec<Opened>,
    pub organisations: Vec<Organisation>,
    /// The address to let the person in with, where there is no account yet.
    pub entry: EntryForm,
}

pub fn record(visit: &Visit, r: &Record, form: &RoleForm, problems: &Problems, secret: Option<&str>) -> Markup {
    let t = visit.lang;
    let here = url(r.person.id);
    let name = r.person.name().full();
    let own = visit.viewer.person == Some(r.person.id.0);
    let press = |action: &str, icon: &str, words: &str| {
        html! { form action={ (here) "/" (action) } method="post" { (piece::key_field(&visit.new_key())) button.btn { (piece::icon(icon)) (words) } } }
    };
    Page::new(visit, name.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(BASE.into(), t.say("accounts-title").into_owned())], &name))
        (piece::head(&name, html! { p.row { (account_tag(t, r.open)) span { (r.person.email.as_deref().unwrap_or("")) } } }, html! {}))
        @if let Some(secret) = secret {
            (piece::alert(Tone::Ok, html! { p { (t.say("account-password-issued")) } p { code { (secret) } } p { (t.say("account-password-once")) } }))
        }
        div.grid.cols {
            (piece::panel(&t.say("account-roles-held"), html! {}, html! {
                @if r.held.is_empty() { div.body { p.muted { (t.say("account-no-roles")) } } }
                ul.list { @for h in &r.held { li.flex {
                    div { b.strong { (role_words(t, h.role)) } " " span.muted { (h.organisation.as_deref().unwrap_or(&t.say("account-whole-network"))) }
                        p.muted.sm { (t.say_with("account-role-from", &[("date", t.date(h.from).into())])) @if let Some(until) = h.until { " " (t.say_with("account-role-until", &[("date", t.date(until).into())])) } } }
                    @if !is_over(visit, h) && !own { div.end { (press(&format!("roles/{}/removal", h.id), "x", &t.say("account-role-take"))) } }
                } } }
            }))
            div.stack {
                @if r.open.is_none() { (let_in(visit, r, problems)) }
                (piece::panel(&t.say("account-role-give"), html! {}, html! { form.form.body action={ (here) "/roles" } method="post" {
                    @let none = Problems::default();
                    @let f = Fields { lang: t, problems: if problems.at("email").is_some() { &none } else { problems } };
                    (f.summary())
                    (piece::key_field(&visit.new_key()))
                    (post(&f, &r.organisations, &form.role, &form.organisation))
                    div.actions { button.btn.primary { (t.say("account-role-give")) } }
                } }))
                @if let Some(open) = r.open { (piece::panel(&t.say("account-entry"), html! {}, html! { div.body.row {
                    (press("password", "key", &t.say("account-password-issue")))
                    @if r.has_factor && !own { (press("second-factor/removal", "shield", &t.say("account-factor-reset"))) }
                    @if !own { @if open { (press("closing", "lock", &t.say("account-close"))) } @else { (press("opening", "check", &t.say("account-reopen"))) } }
                } }))
                (piece::panel(&t.say("account-sessions"), html! {}, html! {
                    (session_list(visit, &r.sessions, &format!("{here}/sessions/removal")))
                    @if r.sessions.len() > 1 { div.body { (press("sessions/removal", "x", &t.say("account-sessions-end-all"))) } }
                })) }
            }
        }
    })
}

/// Somebody without an account: the address to come in with.
fn let_in(visit: &Visit, r: &Record, problems: &Problems) -> Markup {
    let t = visit.lang;
    let none = Problems::default();
    let f = Fields { lang: t, problems: if problems.at("email").is_some() { problems } else { &none } };
    let needed = Line { required: true, autocomplete: "off", kind: "email", ..Line::TEXT };
    piece::panel(
        &t.say("account-entry"),
        html! {},
        html! { form.form.body action={ (url(r.person.id)) "/entry" } method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            p.muted { (t.say("account-let-in-about")) }
            (f.line("email", &t.say("account-email"), &r.entry.email, needed))
            div.actions { button.btn.primary { (piece::icon("key")) (t.say("account-let-in")) } }
        } },
    )
}
