//! Needs: the list, the form, and one of them with the offers for it.
use super::{ask::clash_panel, headings, organisation_options, people_words, span_words, state_tag};
use crate::{
    exchange::{
        LIST, NEEDS, NeedForm, NeedState, REQUEST, ResponseForm,
        model::Booking,
        need::{Need, Priority},
        need_url, url,
        web::{ask::Clash, need::Asked},
    },
    organisations::{self, Listed as Organisation},
    resources::{Class, Listed, Span},
    shell::Page,
};
use kit::{
    Lang, Visit,
    clock::LOCAL,
    cursor::Slice,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

fn tag(t: Lang, state: NeedState) -> Markup {
    let tone = match state {
        NeedState::Submitted => Tone::Warn,
        NeedState::Answered => Tone::Info,
        NeedState::Fulfilled => Tone::Ok,
        NeedState::Cancelled => Tone::Plain,
    };
    piece::tag(tone, t.say(&text_prefix!("need-state-", state.code())))
}

fn priority_words(t: Lang, priority: Priority) -> String {
    t.say(&text_prefix!("need-priority-", priority.code())).into_owned()
}

fn class_words(t: Lang, class: Class) -> String {
    t.say(&text_prefix!("resource-class-", class.code())).into_owned()
}

pub fn list(visit: &Visit, asked: &Asked, slice: &Slice<Need>) -> Markup {
    let t = visit.lang;
    let title = t.say("needs-title");
    let is_all = asked.tab == "all";
    let tabs = [
        (NEEDS.to_owned(), t.say("needs-open").into_owned(), None, !is_all),
        (format!("{NEEDS}?tab=all"), t.say("needs-all").into_owned(), None, is_all),
    ];
    let actions =
        html! { @if visit.viewer.may(REQUEST) { (piece::link_button("/needs/new", "plus", t.say("need-new"), true)) } };
    let base = if is_all { format!("{NEEDS}?tab=all") } else { format!("{NEEDS}?tab=open") };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-bookings").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("needs-about")) } }, actions))
        (piece::tabs(&t.say("needs-views"), &tabs))
        section.panel.mt aria-label=(title) {
            @if slice.items.is_empty() { (piece::empty("hand-helping", &t.say("needs-none"), html! {})) }
            @else {
                (table(visit, &slice.items))
                (piece::pager(
                    t,
                    &t.say_with("list-count", &[("shown", slice.items.len().into()), ("total", slice.total.into())]),
                    (!asked.after.is_empty()).then_some(base.as_str()),
                    slice.next.as_ref().map(|c| format!("{base}&after={}", c.encode())).as_deref(),
                ))
            }
        }
    })
}

fn table(visit: &Visit, items: &[Need]) -> Markup {
    let t = visit.lang;
    let heads = [
        t.say("need-what").into_owned(),
        t.say("booking-when").into_owned(),
        t.say("booking-headcount").into_owned(),
        t.say("need-priority").into_owned(),
        t.say("list-state").into_owned(),
    ];
    html! {
        div.scroll-x { table.tbl.cards role="table" {
            caption.vh { (t.say("needs-title")) }
            thead role="rowgroup" { tr role="row" { (headings(&heads)) } }
            tbody role="rowgroup" data-rows { @for n in items {
                tr role="row" {
                    td.main role="cell" { a.row-link href=(need_url(n.id)) { (n.title) } small { (n.organisation_name) } }
                    td.a role="cell" { (span_words(visit, n.span)) }
                    td.b role="cell" { (people_words(t, n.headcount)) }
                    td role="cell" data-l={ (t.say("need-priority")) ":" } { (priority_words(t, n.priority)) }
                    td.st role="cell" { (tag(t, n.state)) }
                }
            } }
        } }
    }
}

pub fn form(visit: &Visit, form: &NeedForm, problems: &Problems, own: &[Organisation], restored: bool) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("need-new");
    let moment = Line { kind: "datetime-local", required: true, ..Line::TEXT };
    let classes: Vec<_> = std::iter::once((String::new(), t.say("list-any").into_owned()))
        .chain(Class::ALL.iter().map(|c| (c.code().into(), class_words(t, *c))))
        .collect();
    let priorities: Vec<_> = Priority::ALL.iter().map(|p| (p.code().to_owned(), priority_words(t, *p))).collect();
    let priority = if form.priority.is_empty() { Priority::Usual.code() } else { &form.priority };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-bookings").into_owned()), (NEEDS.into(), t.say("needs-title").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("need-new-about")) } }, html! {}))
        @if restored { (piece::alert(Tone::Info, t.say("draft-restored"))) }
        section.panel { form.form.body action=(NEEDS) method="post" data-draft="need-new" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            @if let ([only], None) = (own, problems.at("organisation_id")) { input type="hidden" name="organisation_id" value=(only.id); }
            @else { (f.select("organisation_id", &t.say("booking-asker"), &form.organisation_id, &organisation_options(t.say("form-choose-one").into_owned(), own), "", true)) }
            (f.line("title", &t.say("need-what"), &form.title, Line { required: true, hint: &t.say("need-what-hint"), ..Line::TEXT }))
            (f.text("details", &t.say("need-details"), &form.details, "", false))
            (f.select("class", &t.say("resource-class"), &form.class, &classes, "", false))
            div.two {
                (f.line("starts_at", &t.say("need-from"), &form.starts_at, moment))
                (f.line("ends_at", &t.say("need-to"), &form.ends_at, moment))
            }
            (f.check("is_flexible", &t.say("need-flexible"), form.is_flexible == "true"))
            div.two {
                (f.line("headcount", &t.say("booking-headcount"), &form.headcount, Line { kind: "number", required: true, ..Line::TEXT }))
                (f.select("priority", &t.say("need-priority"), priority, &priorities, "", true))
            }
            div.actions { button.btn.primary { (t.say("need-submit")) } a.btn href=(NEEDS) { (t.say("booking-back")) } }
        } }
    })
}

/// Everything the page of one need shows.
pub struct NeedPage {
    pub need: Need,
    pub offers: Vec<Booking>,
    /// What this viewer could offer.
    pub resources: Vec<Listed>,
    pub clash: Option<Clash>,
}

pub fn page(visit: &Visit, p: &NeedPage, form: &ResponseForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let n = &p.need;
    let is_open = matches!(n.state, NeedState::Submitted | NeedState::Answered);
    let actions = html! { @if is_open && visit.viewer.reach(REQUEST).covers(Some(n.organisation_id.0)) {
        form action={ (need_url(n.id)) "/cancellation" } method="post" { (piece::key_field(&visit.new_key())) button.btn { (piece::icon("x")) (t.say("need-cancel")) } }
    } };
    let action = format!("{}/responses", need_url(n.id));
    Page::new(visit, n.title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-bookings").into_owned()), (NEEDS.into(), t.say("needs-title").into_owned())], &n.title))
        (piece::head(&n.title, html! { p.row { (tag(t, n.state)) span { (n.organisation_name) } } }, actions))
        @if let Some(clash) = &p.clash { (clash_panel(visit, clash, &action, &|span, resource| with_time(form, span, resource.map(|id| id.to_string())), false)) }
        div.grid.cols.mt {
            div.stack { (offers(visit, p)) @if is_open && !p.resources.is_empty() { (answer(visit, p, form, problems, &action)) } }
            div.stack { (facts(visit, n)) }
        }
    })
}

fn facts(visit: &Visit, n: &Need) -> Markup {
    let t = visit.lang;
    let rows = piece::facts(&[
        (
            &t.say("booking-asker"),
            Some(html! { a href=(organisations::url(n.organisation_id)) { (n.organisation_name) } }),
        ),
        (
            &t.say("booking-when"),
            Some(html! { (span_words(visit, n.span)) @if n.is_flexible { div.muted { (t.say("need-is-flexible")) } } }),
        ),
        (&t.say("booking-headcount"), Some(html! { (people_words(t, n.headcount)) })),
        (&t.say("resource-class"), n.class.map(|c| html! { (class_words(t, c)) })),
        (&t.say("need-priority"), Some(html! { (priority_words(t, n.priority)) })),
    ]);
    piece::panel(
        &t.say("need-facts"),
        html! {},
        html! { div.body {
            @if let Some(details) = &n.details { @for line in details.lines().filter(|l| !l.is_empty()) { p { (line) } } }
            (rows)
        } },
    )
}

fn offers(visit: &Visit, p: &NeedPage) -> Markup {
    let t = visit.lang;
    piece::panel(
        &t.say("need-offers"),
        html! {},
        html! {
            @if p.offers.is_empty() { div.body { p.muted { (t.say("need-no-offers")) } } }
            @else { ul.list { @for b in &p.offers {
                li.flex { span.t { a href=(url(b.id)) { (b.resource_name) } span.muted { " " (b.owner_name) " · " (span_words(visit, b.span)) } } (state_tag(t, b.state)) }
            } } }
        },
    )
}

fn answer(visit: &Visit, p: &NeedPage, form: &ResponseForm, problems: &Problems, action: &str) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let local = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&LOCAL).format("%Y-%m-%dT%H:%M").to_string();
    let or = |typed: &str, at| if typed.is_empty() { local(at) } else { typed.to_owned() };
    let moment = Line { kind: "datetime-local", required: true, ..Line::TEXT };
    let options: Vec<_> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(p.resources.iter().map(|r| (r.id.to_string(), format!("{} · {}", r.name, r.owner.1))))
        .collect();
    piece::panel(
        &t.say("need-offer-own"),
        html! {},
        html! { form.form.body action=(action) method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            (f.select("resource_id", &t.say("booking-what"), &form.resource_id, &options, "", true))
            div.two {
                (f.line("starts_at", &t.say("need-from"), &or(&form.starts_at, p.need.span.start), moment))
                (f.line("ends_at", &t.say("need-to"), &or(&form.ends_at, p.need.span.end), moment))
            }
            (f.line("note", &t.say("need-note"), &form.note, Line::TEXT))
            div.actions { button.btn.primary { (piece::icon("hand-helping")) (t.say("need-offer")) } }
        } },
    )
}

/// The answer as it was, at another time or with another resource.
fn with_time(form: &ResponseForm, span: Option<Span>, resource: Option<String>) -> Vec<(&'static str, String)> {
    let local = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&LOCAL).format("%Y-%m-%dT%H:%M").to_string();
    let (starts_at, ends_at) =
        span.map_or((form.starts_at.clone(), form.ends_at.clone()), |s| (local(s.start), local(s.end)));
    vec![
        ("resource_id", resource.unwrap_or_else(|| form.resource_id.clone())),
        ("starts_at", starts_at),
        ("ends_at", ends_at),
        ("note", form.note.clone()),
    ]
}
