//! How organisations look.
use super::{
    LIST, NameForm, ReorganisationForm,
    model::{Focus, Kind, Listed, Organisation, OrganisationForm, OrganisationState},
    record::{badge, head_label, phones},
    url,
    web::{Asked, may_add, may_import},
};
use crate::shell::{Page, list, trail, views};
use kit::{
    Lang, Visit,
    cursor::Slice,
    form::Problems,
    html::{self as piece, Fields, Line},
    text::{Message, text_prefix},
};
use maud::{Markup, html};

pub fn kind_words(t: Lang, kind: Kind) -> String {
    t.say(&text_prefix!("organisation-kind-", kind.code())).into_owned()
}

pub fn state_tag(t: Lang, state: OrganisationState) -> Markup {
    piece::tag(state.tone(), t.say(&text_prefix!("organisation-state-", state.code())))
}

pub fn focus_words(t: Lang, focus: Focus) -> String {
    t.say(&text_prefix!("focus-", focus.code())).into_owned()
}

/// `+74722392575` → `+7 4722 39-25-75`, as people read it: towns of the district have codes of four
/// digits, mobile numbers and the demo's codes of three.
pub fn phone(stored: &str) -> String {
    let three = ["+79", "+78", "+70"].iter().any(|beginning| stored.starts_with(beginning));
    let at = if three { [2, 5, 8, 10, 12] } else { [2, 6, 8, 10, 12] };
    let part = |i: usize| at.get(i).zip(at.get(i + 1)).and_then(|(from, to)| stored.get(*from..*to));
    match (part(0), part(1), part(2), part(3)) {
        (Some(code), Some(a), Some(b), Some(c)) => format!("+7\u{a0}{code}\u{a0}{a}-{b}-{c}"),
        _ => stored.to_owned(),
    }
}

pub fn page(
    visit: &Visit,
    asked: &Asked,
    slice: &Slice<Listed>,
    counts: &[(Kind, i64)],
    views: &[views::View],
) -> Markup {
    let t = visit.lang;
    let title = t.say("organisations-title");
    let all: i64 = counts.iter().map(|(_, n)| n).sum();
    let mut tabs =
        vec![(asked.with(LIST, "kind", ""), t.say("organisations-all").into_owned(), Some(all), asked.kind.is_empty())];
    for (kind, n) in counts {
        let words = t.say(&text_prefix!("organisations-of-", kind.code())).into_owned();
        tabs.push((asked.with(LIST, "kind", kind.code()), words, Some(*n), asked.kind == kind.code()));
    }
    tabs.extend(views::tabs(visit, LIST, views));
    let actions = html! {
        (views::keeper(visit, LIST, views))
        (piece::link_button("/organisations/map", "map", t.say("organisations-map"), false))
        (piece::link_button(&asked.with("/organisations/export.xlsx", "", ""), "file-spreadsheet", "Excel", false))
        @if may_import(visit) { (piece::link_button("/imports/new?kind=organisations", "upload", t.say("nav-imports"), false)) }
        @if may_add(visit) { (piece::link_button("/organisations/new", "plus", t.say("organisation-add"), true)) }
    };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say("organisations-about")) } }, actions))
        (piece::tabs(&t.say("organisations-views"), &tabs))
        section.panel.mt aria-label=(t.say("organisations-list")) {
            (filters(t, asked))
            @if !slice.items.is_empty() { (list::chips(t, &conditions(t, asked), LIST)) }
            @if slice.items.is_empty() {
                @if asked.is_filtered() {
                    (list::nothing(t, &conditions(t, asked), LIST))
                } @else {
                    (piece::empty("building-2", &t.say("organisations-none"), html! {}))
                }
            } @else {
                (table(t, asked, &slice.items))
                (piece::pager(
                    t,
                    &t.say_with("list-count", &[("shown", slice.items.len().into()), ("total", slice.total.into())]),
                    (!asked.after.is_empty()).then(|| asked.with(LIST, "", "")).as_deref(),
                    slice.next.as_ref().map(|c| asked.with(LIST, "after", &c.encode())).as_deref(),
                ))
            }
        }
    })
}

fn filters(t: Lang, asked: &Asked) -> Markup {
    let any = (String::new(), t.say("list-any").into_owned());
    let focuses: Vec<_> =
        std::iter::once(any.clone()).chain(Focus::ALL.iter().map(|f| (f.code().into(), focus_words(t, *f)))).collect();
    let states: Vec<_> = std::iter::once(any)
        .chain(
            OrganisationState::ALL
                .iter()
                .map(|s| (s.code().to_owned(), t.say(&text_prefix!("organisation-state-", s.code())).into_owned())),
        )
        .collect();
    let select = |name: &str, label: &str, value: &str, options: &[(String, String)]| {
        html! { div.field {
            label for={ "by-" (name) } { (label) }
            select.in id={ "by-" (name) } name=(name) { @for (code, words) in options { option value=(code) selected[code == value] { (words) } } }
        } }
    };
    html! {
        form.filters role="search" action=(LIST) data-autosubmit {
            @if !asked.kind.is_empty() { input type="hidden" name="kind" value=(asked.kind); }
            @if !asked.sort.is_empty() { input type="hidden" name="sort" value=(asked.sort); }
            div.field.first { label for="by-q" { (t.say("organisations-find")) } input.in #by-q type="search" name="q" value=(asked.q) placeholder=(t.say("organisations-find-hint")); }
            (select("focus", &t.say("organisation-focus"), &asked.focus, &focuses))
            (select("state", &t.say("list-state"), &asked.state, &states))
            button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
            @if asked.is_filtered() { a.btn.quiet href=(LIST) { (t.say("list-reset")) } }
        }
    }
}

/// The conditions in force. The kind has its tabs.
fn conditions(t: Lang, asked: &Asked) -> Vec<list::Chip> {
    list::Chips::new(|field: &str| asked.with(LIST, field, ""))
        .with("q", &t.say("organisations-find"), &asked.q, |_| None)
        .with("focus", &t.say("organisation-focus"), &asked.focus, |code| Some(focus_words(t, code.parse().ok()?)))
        .with("state", &t.say("list-state"), &asked.state, |code| {
            let state: OrganisationState = code.parse().ok()?;
            Some(t.say(&text_prefix!("organisation-state-", state.code())).into_owned())
        })
        .all()
}

fn table(t: Lang, asked: &Asked, items: &[Listed]) -> Markup {
    html! {
        div.scroll-x { table.tbl.cards role="table" {
            caption.vh { (t.say("organisations-list")) }
            thead role="rowgroup" { tr role="row" {
                (list::sorted(t, "name", &t.say("organisation-one"), if asked.sort.is_empty() { "name" } else { &asked.sort }, |next| asked.with(LIST, "sort", next)))
                th role="columnheader" scope="col" { (t.say("organisation-kind")) }
                th role="columnheader" scope="col" { (t.say("organisation-address")) }
                th role="columnheader" scope="col" { (t.say("organisation-phones")) }
                th role="columnheader" scope="col" { (t.say("list-state")) }
            } }
            tbody role="rowgroup" data-rows {
                @for o in items {
                    tr role="row" {
                        td.main role="cell" { a.row-link href=(url(o.id)) { (o.short_name) } (badge(t, o.synthetic_name)) @if o.name != o.short_name { small { (o.name) } } }
                        td.a role="cell" { (kind_words(t, o.kind)) }
                        td.c role="cell" { (o.address.as_deref().unwrap_or("")) }
                        td.d role="cell" { @if let Some(p) = phones(&o.phones) { (p) } }
                        td.st role="cell" { (state_tag(t, o.state)) }
                    }
                }
            }
        } }
    }
}

/// The form of a new record (`o` is none) or of a change.
pub fn form(
    visit: &Visit,
    o: Option<&Organisation>,
    form: &OrganisationForm,
    problems: &Problems,
    restored: bool,
) -> Markup {
    let t = visit.lang;
    let (title, action, back, draft) = match o {
        Some(o) => (o.short_name.clone(), url(o.id), url(o.id), format!("organisation-{}", o.id)),
        None => {
            (t.say("organisation-new").into_owned(), LIST.to_owned(), LIST.to_owned(), "organisation-new".to_owned())
        }
    };
    Page::new(visit, title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("organisations-title").into_owned())], &title))
        (piece::head(&title, html! {}, html! {}))
        @if restored { (piece::alert(piece::Tone::Info, t.say("draft-restored"))) }
        section.panel { form.form.body action=(action) method="post" data-draft=(draft) {
            (Fields { lang: t, problems }.summary())
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="version" value=(form.version);
            (entries(t, o, form, problems))
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(back) { (t.say("cancel")) } }
        } }
    })
}

fn entries(t: Lang, o: Option<&Organisation>, form: &OrganisationForm, problems: &Problems) -> Markup {
    let f = Fields { lang: t, problems };
    let kinds: Vec<_> = Kind::ALL.iter().map(|k| (k.code().to_owned(), kind_words(t, *k))).collect();
    let kinds: Vec<_> = if o.is_some() {
        kinds
    } else {
        std::iter::once((String::new(), t.say("form-choose-one").into_owned())).chain(kinds).collect()
    };
    let focuses: Vec<_> = Focus::ALL.iter().map(|x| (x.code().to_owned(), focus_words(t, *x))).collect();
    let line = |kind: &'static str, hint: &'static str| Line { kind, hint, ..Line::TEXT };
    let head_kind = form.kind.parse().unwrap_or(Kind::General);
    html! {
        @if o.is_none() {
            (f.line("name", &t.say("organisation-full-name"), &form.name, Line { required: true, hint: &t.say("organisation-full-name-hint"), ..Line::TEXT }))
            (f.line("short_name", &t.say("organisation-short-name"), &form.short_name, Line { hint: &t.say("organisation-short-name-hint"), ..Line::TEXT }))
        }
        (f.select("kind", &t.say("organisation-kind"), &form.kind, &kinds, "", true))
        (f.line("subkind", &t.say("organisation-subkind"), &form.subkind, Line { hint: &t.say("organisation-subkind-hint"), ..Line::TEXT }))
        (f.line("head_name", &head_label(t, head_kind), &form.head_name, line("text", "")))
        (f.line("address", &t.say("organisation-address"), &form.address, line("text", "")))
        (f.line("phones", &t.say("organisation-phones"), &form.phones, Line { kind: "text", hint: &t.say("organisation-phones-hint"), ..Line::TEXT }))
        (f.line("email", &t.say("organisation-email"), &form.email, line("text", "")))
        (f.line("site", &t.say("organisation-site"), &form.site, line("text", "")))
        (f.checks("focuses", &t.say("organisation-focuses"), &form.focuses, &focuses))
        (f.text("about", &t.say("organisation-about"), &form.about, "", false))
        details open[["inn", "kpp", "ogrn", "licence", "latitude", "longitude"].iter().any(|n| problems.at(n).is_some())] {
            summary { (t.say("organisation-requisites")) }
            (f.line("inn", &t.say("organisation-inn"), &form.inn, line("text", "")))
            (f.line("kpp", &t.say("organisation-kpp"), &form.kpp, line("text", "")))
            (f.line("ogrn", &t.say("organisation-ogrn"), &form.ogrn, line("text", "")))
            (f.line("licence", &t.say("organisation-licence"), &form.licence, line("text", "")))
            (f.line("latitude", &t.say("organisation-latitude"), &form.latitude, line("text", "")))
            (f.line("longitude", &t.say("organisation-longitude"), &form.longitude, line("text", "")))
        }
    }
}

/// Two people edited one record: whose change stands there, what differs, keep mine or theirs.
pub fn stale(
    visit: &Visit,
    o: &Organisation,
    mine: &OrganisationForm,
    theirs: &OrganisationForm,
    message: &Message,
) -> Markup {
    let t = visit.lang;
    let pairs = |f: &OrganisationForm| -> Vec<(&'static str, String)> {
        let f = f.clone();
        vec![
            ("kind", f.kind),
            ("subkind", f.subkind),
            ("head_name", f.head_name),
            ("address", f.address),
            ("phones", f.phones),
            ("email", f.email),
            ("site", f.site),
            ("about", f.about),
            ("inn", f.inn),
            ("kpp", f.kpp),
            ("ogrn", f.ogrn),
            ("licence", f.licence),
        ]
    };
    let keep = OrganisationForm { version: theirs.version.clone(), ..mine.clone() };
    Page::new(visit, o.short_name.as_str()).show(html! {
        (piece::head(&o.short_name, html! {}, html! {}))
        (piece::alert(piece::Tone::Warn, message.say(t)))
        (trail::differences(t, pairs(mine), pairs(theirs)))
        section.panel.mt { form.form.body action=(url(o.id)) method="post" {
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="version" value=(keep.version);
            details { summary { (t.say("stale-edit-mine")) } (entries(t, Some(o), &keep, &Problems::default())) }
            div.actions { button.btn.primary { (t.say("stale-keep-mine")) } a.btn href=(url(o.id)) { (t.say("stale-keep-theirs")) } }
        } }
    })
}

pub fn reorganisation(
    visit: &Visit,
    o: &Organisation,
    others: &[Listed],
    form: &ReorganisationForm,
    problems: &Problems,
) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let options: Vec<_> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(others.iter().map(|l| (l.id.to_string(), l.short_name.clone())))
        .collect();
    let title = t.say("organisation-reorganise");
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("organisations-title").into_owned()), (url(o.id), o.short_name.clone())], &title))
        (piece::head(&title, html! { p { (t.say_with("organisation-reorganise-about", &[("name", o.short_name.as_str().into())])) } }, html! {}))
        section.panel { form.form.body action={ (url(o.id)) "/reorganisation" } method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            (f.select("successor", &t.say("organisation-successor"), &form.successor, &options, "", true))
            (f.line("on", &t.say("organisation-reorganised-on"), &form.on, Line { kind: "date", ..Line::TEXT }))
            (f.line("reason", &t.say("organisation-name-reason"), &form.reason, Line { hint: &t.say("organisation-reason-hint"), ..Line::TEXT }))
            div.actions { button.btn.primary { (t.say("organisation-reorganise")) } a.btn href=(url(o.id)) { (t.say("cancel")) } }
        } }
    })
}

pub fn name_form(visit: &Visit, o: &Organisation, form: &NameForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("organisation-rename");
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("organisations-title").into_owned()), (url(o.id), o.short_name.clone())], &title))
        (piece::head(&title, html! { p { (t.say("organisation-rename-about")) } }, html! {}))
        section.panel { form.form.body action={ (url(o.id)) "/names" } method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            (f.line("name", &t.say("organisation-full-name"), &form.name, Line { required: true, ..Line::TEXT }))
            (f.line("short_name", &t.say("organisation-short-name"), &form.short_name, Line { hint: &t.say("organisation-short-name-hint"), ..Line::TEXT }))
            (f.line("from", &t.say("organisation-name-from"), &form.from, Line { kind: "date", hint: &t.say("organisation-name-from-hint"), ..Line::TEXT }))
            (f.line("reason", &t.say("organisation-name-reason"), &form.reason, Line { hint: &t.say("organisation-reason-hint"), ..Line::TEXT }))
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(url(o.id)) { (t.say("cancel")) } }
        } }
    })
}

#[cfg(test)]
mod tests {
    use super::phone;

    #[test]
    fn a_number_is_written_with_the_code_of_its_town() {
        assert_eq!(phone("+74722392575"), "+7\u{a0}4722\u{a0}39-25-75");
        assert_eq!(phone("+79991234567"), "+7\u{a0}999\u{a0}123-45-67");
        assert_eq!(phone("112"), "112");
    }
}
