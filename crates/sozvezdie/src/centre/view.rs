//! How the Centre looks.
use super::{
    MEMBERS, PAGE,
    figures::{FEWEST, Share, told},
    model::{Centre, CentreForm, EnterForm, LeaveForm, LeftReason, Member},
    web::Asked,
};
use crate::{
    acts::{self, Act},
    learners::{self, Listed},
    organisations, shell,
};
use chrono::NaiveDate;
use kit::{
    Lang, Visit,
    access::Permission,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    text::{Message, text_key, text_prefix},
};
use maud::{Markup, html};

/// The parts of the Centre's section that this viewer may open; like the menu, it knows the slices
/// above by address only.
pub fn sections(visit: &Visit, here: &str) -> Markup {
    let t = visit.lang;
    let all = [
        (PAGE, text_key("centre-tab-about"), super::VIEW),
        (MEMBERS, text_key("centre-tab-members"), learners::SEE),
        ("/centre/register", text_key("centre-tab-register"), Permission("gifted.see")),
        ("/centre/sittings", text_key("centre-tab-sittings"), Permission("gifted.decide")),
        ("/centre/plans", text_key("centre-tab-plans"), Permission("plans.see")),
        ("/centre/mentors", text_key("centre-tab-mentors"), Permission("plans.edit")),
        ("/centre/asked", text_key("centre-tab-asked"), Permission("gifted.say")),
        ("/centre/losses", text_key("centre-tab-losses"), Permission("losses.see")),
        ("/centre/figures", text_key("centre-tab-figures"), Permission("plans.see")),
    ];
    let tabs: Vec<_> = all
        .into_iter()
        .filter(|(_, _, needs)| visit.viewer.may(*needs))
        .map(|(href, key, _)| (href.to_owned(), t.say(key).into_owned(), None, href == here))
        .collect();
    html! { @if tabs.len() > 1 { (piece::tabs(&t.say("centre-sections"), &tabs)) } }
}

/// Everything that the Centre's page shows.
pub struct Page {
    pub centre: Centre,
    pub share: Share,
    pub schools: Vec<(String, i64)>,
    /// The academic year by the year in which it begins, and how many were members in it.
    pub years: Vec<(i32, i64)>,
    pub documents: Vec<Act>,
    pub coordinator: Option<String>,
    pub may_edit: bool,
}

/// There is no Centre yet.
pub fn none(visit: &Visit) -> Markup {
    let t = visit.lang;
    let title = t.say("nav-centre");
    shell::Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! {}, html! {}))
        section.panel { (piece::empty("sparkles", &t.say("centre-none"), html! {})) }
    })
}

/// «меньше 5» where so few could be guessed.
fn masked(visit: &Visit, n: i64) -> String {
    let t = visit.lang;
    let few = || t.say_with("centre-fewer", &[("limit", FEWEST.into())]).into_owned();
    told(visit, n).map_or_else(few, |n| t.number(n))
}

pub fn show(visit: &Visit, p: &Page) -> Markup {
    let t = visit.lang;
    let c = &p.centre;
    let below = html! { p { (t.say_with("centre-at", &[("organisation", c.organisation_name.as_str().into()), ("day", t.date(c.opened_on).into())])) } };
    let actions = html! { @if p.may_edit { (piece::link_button("/centre/edit", "pencil", t.say("edit"), false)) } };
    shell::Page::new(visit, c.title.as_str()).show(html! {
        (piece::head(&c.title, below, actions))
        (sections(visit, PAGE))
        div.grid.cols.mt {
            div.stack {
                (figures(visit, p))
                (piece::panel(&t.say("centre-forms"), html! {}, html! { div.body { p { (t.say("centre-forms-about")) } ul.list {
                    @for (icon, key) in FORMS { li.flex { (piece::icon(icon)) span { (t.say(key)) } } }
                } } }))
                @if !p.schools.is_empty() { (schools(visit, &p.schools)) }
            }
            div.stack {
                (piece::panel(&t.say("centre-facts"), html! {}, html! { div.body { (facts(t, p)) } }))
                @if !p.documents.is_empty() {
                    (piece::panel(&t.say("centre-acts"), html! {}, html! { ul.list { @for act in &p.documents { li.flex {
                        (piece::icon("file-text"))
                        div { a.t href=(acts::url(act.id)) { (act.title) } p.muted.sm { (acts::reference(t, act)) } }
                    } } } }))
                }
                @if !p.years.is_empty() { (years(visit, &p.years)) }
            }
        }
    })
}

/// The forms of work that the source text names.
const FORMS: [(&str, &str); 5] = [
    ("clipboard-list", text_key("centre-form-plans")),
    ("users", text_key("centre-form-groups")),
    ("palette", text_key("centre-form-workshops")),
    ("microscope", text_key("centre-form-research")),
    ("laptop", text_key("centre-form-distance")),
];

fn figures(visit: &Visit, p: &Page) -> Markup {
    let t = visit.lang;
    let known = told(visit, p.share.members).is_some();
    let percent = p.share.percent.filter(|_| known);
    let share = percent.map_or_else(|| t.say("figure-none").into_owned(), |v| format!("{}\u{a0}%", t.decimal(v)));
    let opens = visit.viewer.may(learners::SEE);
    html! {
        section.panel aria-labelledby="centre-numbers" {
            header { h2 #centre-numbers { (t.say("centre-numbers")) } }
            dl.stats {
                div {
                    dt { (t.say("centre-members-now")) }
                    dd { @if opens { a href=(MEMBERS) { b { (masked(visit, p.share.members)) } } } @else { b { (masked(visit, p.share.members)) } } }
                    dd { (t.say("centre-members-now-about")) }
                }
                div {
                    dt { (t.say("centre-share")) }
                    dd { @if opens { a href=(MEMBERS) { b { (share) } } } @else { b { (share) } } }
                    @if known { dd { (t.say_with("centre-share-of", &[("members", p.share.members.into()), ("pupils", p.share.pupils.into())])) } }
                }
            }
            div.body { p.muted.sm { (t.say("centre-share-about")) } }
        }
    }
}

fn facts(t: Lang, p: &Page) -> Markup {
    let c = &p.centre;
    piece::facts(&[
        (
            &t.say("centre-organisation"),
            Some(html! { a href=(organisations::url(c.organisation)) { (c.organisation_name) } }),
        ),
        (&t.say("centre-opened"), Some(html! { (t.date(c.opened_on)) })),
        (&t.say("centre-coordinator"), p.coordinator.as_ref().map(|name| html! { (name) })),
        (&t.say("centre-contact"), c.contact.as_ref().map(|text| html! { @for line in text.lines() { p { (line) } } })),
    ])
}

fn schools(visit: &Visit, schools: &[(String, i64)]) -> Markup {
    let t = visit.lang;
    piece::panel(
        &t.say("centre-by-school"),
        html! {},
        piece::scroll(
            &t.say("centre-by-school"),
            html! { table.tbl {
                thead { tr { th scope="col" { (t.say("centre-school")) } th.num scope="col" { (t.say("centre-members-number")) } } }
                tbody { @for (name, n) in schools { tr { td { (name) } td.num { (masked(visit, *n)) } } } }
            } },
        ),
    )
}

fn years(visit: &Visit, years: &[(i32, i64)]) -> Markup {
    let t = visit.lang;
    piece::panel(
        &t.say("centre-by-year"),
        html! {},
        piece::scroll(
            &t.say("centre-by-year"),
            html! { table.tbl {
                thead { tr { th scope="col" { (t.say("centre-year")) } th.num scope="col" { (t.say("centre-members-number")) } } }
                tbody { @for (year, n) in years.iter().rev() { tr { td.nowrap { (year) "–" (year + 1) } td.num { (masked(visit, *n)) } } } }
            } },
        ),
    )
}

pub fn edit(visit: &Visit, form: &CentreForm, problems: &Problems, stale: Option<&Message>) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("centre-edit");
    shell::Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(PAGE.into(), t.say("nav-centre").into_owned())], &title))
        (piece::head(&title, html! {}, html! {}))
        @if let Some(message) = stale { (piece::alert(Tone::Warn, message.say(t))) }
        section.panel { form.form.body action=(PAGE) method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="version" value=(form.version);
            (f.line("title", &t.say("centre-title"), &form.title, Line { required: true, ..Line::TEXT }))
            (f.text("contact", &t.say("centre-contact"), &form.contact, &t.say("centre-contact-hint"), false))
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(PAGE) { (t.say("cancel")) } }
        } }
    })
}

/// Why somebody left.
pub fn reason_words(t: Lang, reason: LeftReason) -> String {
    t.say(&text_prefix!("centre-left-", reason.code())).into_owned()
}

pub fn members(visit: &Visit, c: &Centre, asked: &Asked, on: NaiveDate, found: &[Member], enrols: bool) -> Markup {
    let t = visit.lang;
    let title = t.say("centre-members-title");
    let count = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let below =
        html! { p { (t.say_with("centre-members-on", &[("count", count.into()), ("day", t.date(on).into())])) } };
    let actions =
        html! { @if enrols { (piece::link_button("/centre/members/new", "user-plus", t.say("centre-enter"), true)) } };
    shell::Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(PAGE.into(), c.title.clone())], &title))
        (piece::head(&title, below, actions))
        (sections(visit, MEMBERS))
        section.panel.mt aria-label=(title) {
            form.filters role="search" action=(MEMBERS) {
                div.field.first { label for="by-q" { (t.say("learners-find")) } input.in #by-q type="search" name="q" value=(asked.q) autocomplete="off"; }
                div.field { label for="by-on" { (t.say("centre-on")) } input.in #by-on type="date" name="on" value=(on); }
                button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
                @if !asked.q.trim().is_empty() || on != visit.today { a.btn.quiet href=(MEMBERS) { (t.say("list-reset")) } }
            }
            @if found.is_empty() {
                @if asked.q.trim().is_empty() { (piece::empty("sparkles", &t.say("centre-members-none"), html! {})) }
                @else { (piece::empty("search", &t.say("list-nothing"), piece::link_button(MEMBERS, "x", t.say("list-reset"), false))) }
            } @else { (member_table(t, found, enrols)) }
        }
    })
}

fn member_table(t: Lang, found: &[Member], enrols: bool) -> Markup {
    html! { div.scroll-x { table.tbl.cards role="table" {
        caption.vh { (t.say("centre-members-title")) }
        thead role="rowgroup" { tr role="row" {
            th role="columnheader" scope="col" { (t.say("learner-one")) }
            th role="columnheader" scope="col" { (t.say("learner-class")) }
            th role="columnheader" scope="col" { (t.say("learner-organisation")) }
            th role="columnheader" scope="col" { (t.say("centre-member-from")) }
            th role="columnheader" scope="col" { (t.say("centre-order")) }
            @if enrols { th role="columnheader" scope="col" { span.vh { (t.say("centre-leave")) } } }
        } }
        tbody role="rowgroup" data-rows { @for m in found { tr role="row" {
            td.main role="cell" { a.row-link href=(learners::url(m.learner)) { (m.full_name) } }
            td.a.nowrap role="cell" { (m.class_name.as_deref().unwrap_or("")) }
            td.b role="cell" { (m.organisation_name.as_deref().unwrap_or("")) }
            td.c.nowrap role="cell" {
                (t.date(m.from)) @if let Some(day) = m.until { " — " (t.date(day)) }
                @if let Some(reason) = m.left_reason { small { (reason_words(t, reason)) } }
            }
            td.d role="cell" {
                @match m.order_act { Some(id) => { a href=(acts::url(id)) { (m.order_text.as_deref().unwrap_or("")) } } None => { (m.order_text.as_deref().unwrap_or("")) } }
            }
            @if enrols { td.go role="cell" { @if m.left_reason.is_none() {
                a.btn.sm.quiet href={ (MEMBERS) "/" (m.id) "/leaving" } { (t.say("centre-leave")) span.vh { ": " (m.full_name) } }
            } } }
        } } }
    } } }
}

pub fn enter(visit: &Visit, found: &[Listed], form: &EnterForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("centre-enter-title");
    shell::Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(PAGE.into(), t.say("nav-centre").into_owned()), (MEMBERS.into(), t.say("centre-members-title").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("centre-enter-about")) } }, html! {}))
        section.panel {
            form.filters role="search" action="/centre/members/new" {
                div.field.first { label for="by-q" { (t.say("learners-find")) } input.in #by-q type="search" name="q" value=(form.q) autocomplete="off"; }
                button.btn { (piece::icon("search")) (t.say("search-do")) }
            }
            @if found.is_empty() {
                (piece::empty("search", &t.say(if form.q.trim().is_empty() { "centre-enter-search" } else { "centre-enter-nobody" }), html! {}))
            } @else { form.form.body action=(MEMBERS) method="post" {
                (f.summary())
                (piece::key_field(&visit.new_key()))
                input type="hidden" name="q" value=(form.q);
                fieldset.field #f-learner {
                    legend { (t.say("learner-one")) }
                    div.checks { @for l in found { @let id = l.id.to_string();
                        label.check { input type="radio" name="learner" value=(id) required checked[form.learner == id]; span { (l.full_name) " " span.muted.sm { (l.organisation_name) @if let Some(class) = &l.class_name { ", " (class) } } } }
                    } }
                    @if let Some(message) = problems.at("learner") { p.err #e-learner { (message.say(t)) } }
                }
                div.two {
                    (f.line("from", &t.say("centre-member-from"), &form.from, Line { kind: "date", required: true, ..Line::TEXT }))
                    (f.line("order_text", &t.say("centre-order"), &form.order_text, Line { required: true, hint: &t.say("centre-order-hint"), ..Line::TEXT }))
                }
                div.actions { button.btn.primary { (t.say("centre-enter")) } a.btn href=(MEMBERS) { (t.say("cancel")) } }
            } }
        }
    })
}

pub fn leave(visit: &Visit, action: &str, name: &str, form: &LeaveForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("centre-leave-title");
    let reasons: Vec<_> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(LeftReason::ALL.iter().map(|r| (r.code().to_owned(), reason_words(t, *r))))
        .collect();
    shell::Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(PAGE.into(), t.say("nav-centre").into_owned()), (MEMBERS.into(), t.say("centre-members-title").into_owned())], &title))
        (piece::head(&title, html! { p { (name) } }, html! {}))
        section.panel { form.form.body action=(action) method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            p.muted { (t.say("centre-leave-about")) }
            (f.line("on", &t.say("centre-leave-on"), &form.on, Line { kind: "date", required: true, ..Line::TEXT }))
            (f.select("reason", &t.say("centre-leave-reason"), &form.reason, &reasons, "", true))
            div.actions { button.btn.primary { (t.say("centre-leave-do")) } a.btn href=(MEMBERS) { (t.say("cancel")) } }
        } }
    })
}
