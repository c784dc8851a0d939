//! How societies look.
use super::{
    Can, EDIT, JoinForm, LIST, SectionForm,
    model::{Fellow, FellowId, Meeting, MeetingForm, MeetingId, MeetingKind, Post, Section, Society, SocietyForm},
    url,
};
use crate::{
    acts, learners,
    organisations::{self, Focus},
    people::{PersonId, PersonName},
    shell::Page,
};
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line},
    text::text_prefix,
};
use maud::{Markup, html};
use uuid::Uuid;

fn focus_words(t: Lang, focus: Focus) -> String {
    t.say(&text_prefix!("focus-", focus.code())).into_owned()
}

fn crumbs(visit: &Visit, s: Option<&Society>, here: &str) -> Markup {
    let t = visit.lang;
    let mut links = vec![(LIST.to_owned(), t.say("nav-societies").into_owned())];
    links.extend(s.map(|s| (url(s.id), s.title.clone())));
    piece::crumbs(&t.say("crumbs"), &links, here)
}

pub fn list(visit: &Visit, all: &[Society]) -> Markup {
    let t = visit.lang;
    let title = t.say("nav-societies");
    let actions = html! { @if visit.viewer.may(EDIT) { (piece::link_button("/societies/new", "plus", t.say("society-add"), true)) } };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say("societies-about")) } }, actions))
        section.panel aria-label=(title) {
            @if all.is_empty() { (piece::empty("users", &t.say("societies-none"), html! {})) }
            @else { div.scroll-x { table.tbl.cards role="table" {
                caption.vh { (title) }
                thead role="rowgroup" { tr role="row" {
                    th role="columnheader" scope="col" { (t.say("society-title")) }
                    th role="columnheader" scope="col" { (t.say("group-organisation")) }
                    th role="columnheader" scope="col" { (t.say("society-founded")) }
                    th role="columnheader" scope="col" { (t.say("society-members")) }
                } }
                tbody role="rowgroup" data-rows { @for s in all { tr role="row" {
                    td.main role="cell" { a.row-link href=(url(s.id)) { (s.title) } }
                    td.a role="cell" { (s.organisation_name) }
                    td.c.nowrap role="cell" { (t.date(s.founded_on)) }
                    td.c role="cell" { (t.say_with("society-count", &[("count", s.members.into())])) }
                } } }
            } } }
        }
    })
}

/// Everything the record's page shows.
pub struct Record {
    pub society: Society,
    pub sections: Vec<Section>,
    pub fellows: Vec<Fellow>,
    /// Whose membership the viewer may end.
    pub leaving: Vec<FellowId>,
    pub meetings: Vec<Meeting>,
    pub staff: Vec<(PersonId, PersonName, String)>,
    pub can: Can,
}

pub fn record(visit: &Visit, r: &Record, tab: &str, typed: &SectionForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let s = &r.society;
    let here = url(s.id);
    let count = |n: usize| Some(i64::try_from(n).unwrap_or(0));
    let mut tabs = vec![
        (here.clone(), t.say("tab-overview").into_owned(), None, !matches!(tab, "members" | "meetings")),
        (
            format!("{here}?tab=members"),
            t.say("society-members").into_owned(),
            count(r.fellows.len()),
            tab == "members",
        ),
    ];
    if r.can.lead {
        let words = t.say("society-meetings").into_owned();
        tabs.push((format!("{here}?tab=meetings"), words, count(r.meetings.len()), tab == "meetings"));
    }
    let actions = html! {
        @if r.can.edit { (piece::link_button(&format!("{here}/edit"), "pencil", t.say("edit"), false)) }
        @if r.can.send { (piece::link_button(&format!("{here}/members/new"), "user-plus", t.say("society-join"), !r.can.lead)) }
        @if r.can.lead { (piece::link_button(&format!("{here}/meetings/new"), "plus", t.say("society-meeting-add"), true)) }
    };
    Page::new(visit, s.title.as_str()).show(html! {
        (crumbs(visit, None, &s.title))
        (piece::head(&s.title, html! { p { (s.organisation_name) } }, actions))
        (piece::tabs(&t.say("society-parts"), &tabs))
        @match tab {
            "members" => (members(visit, r)),
            "meetings" if r.can.lead => (meetings(visit, r)),
            _ => (overview(visit, r, typed, problems)),
        }
    })
}

fn overview(visit: &Visit, r: &Record, typed: &SectionForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let s = &r.society;
    let here = url(s.id);
    let facts = piece::facts(&[
        (
            &t.say("group-organisation"),
            Some(html! { a href=(organisations::url(s.organisation_id)) { (s.organisation_name) } }),
        ),
        (
            &t.say("society-charter"),
            s.charter_id.zip(s.charter.as_ref()).map(|(id, title)| html! { a href=(acts::url(id)) { (title) } }),
        ),
        (&t.say("society-founded"), Some(html! { (t.date(s.founded_on)) })),
        (&t.say("society-members"), Some(html! { (t.say_with("society-count", &[("count", s.members.into())])) })),
    ]);
    let council: Vec<&Fellow> = r.fellows.iter().filter(|f| f.post != Post::Member).collect();
    html! { div.grid.cols.mt {
        div.stack {
            (piece::panel(&t.say("society-facts"), html! {}, html! { div.body { (facts)
                @if let Some(about) = &s.about { div.prose.mt { @for line in about.lines().filter(|l| !l.trim().is_empty()) { p { (line) } } } }
            } }))
            (piece::panel(&t.say("society-sections"), html! {}, html! {
                @if r.sections.is_empty() { div.body { p.muted { (t.say("society-no-sections")) } } }
                @else { ul.list { @for c in &r.sections { li.flex { (piece::icon("sparkles")) div {
                    span.t { (c.title) } " " span.muted.sm { (t.say_with("society-count", &[("count", c.members.into())])) }
                    p.muted.sm { @if let Some(focus) = c.focus { (focus_words(t, focus)) } @if c.focus.is_some() && c.leader.is_some() { " · " } (c.leader.as_deref().unwrap_or("")) }
                }
                @if r.can.edit { a.btn.sm.quiet.end href={ (here) "?section=" (c.id) "#f-title" } { (piece::icon("pencil")) (t.say("edit")) span.vh { ": " (c.title) } } }
                } } } }
                @if r.can.edit { (section_form(visit, r, typed, problems)) }
            }))
        }
        div.stack { (piece::panel(&t.say("society-council"), html! {}, html! {
            @if council.is_empty() { div.body { p.muted { (t.say("society-no-council")) } } }
            @else { ul.list { @for f in council { li.flex { (piece::icon("user-round")) div {
                span.t { (name(t, f)) } p.muted.sm { (post_words(t, f.post)) ", " (f.organisation_name) }
            } } } } }
        })) }
    } }
}

fn post_words(t: Lang, post: Post) -> String {
    t.say(&text_prefix!("society-post-", post.code())).into_owned()
}

fn name(t: Lang, f: &Fellow) -> String {
    f.full_name.clone().unwrap_or_else(|| t.say("group-name-hidden").into_owned())
}

fn section_form(visit: &Visit, r: &Record, typed: &SectionForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let none = || (String::new(), t.say("society-nobody").into_owned());
    let focuses: Vec<_> = std::iter::once((String::new(), t.say("society-no-focus").into_owned()))
        .chain(Focus::ALL.iter().map(|focus| (focus.code().to_owned(), focus_words(t, *focus))))
        .collect();
    let staff: Vec<_> = std::iter::once(none())
        .chain(r.staff.iter().map(|(id, name, place)| (id.to_string(), format!("{}, {place}", name.full()))))
        .collect();
    html! { form.form.body action={ (url(r.society.id)) "/sections" } method="post" {
        (f.summary())
        (piece::key_field(&visit.new_key()))
        input type="hidden" name="section" value=(typed.section);
        (f.line("title", &t.say(if typed.section.is_empty() { "society-section-title" } else { "society-section" }), &typed.title, Line { required: true, ..Line::TEXT }))
        (f.select("focus", &t.say("society-section-focus"), &typed.focus, &focuses, "", false))
        (f.select("leader", &t.say("society-section-leader"), &typed.leader, &staff, "", false))
        div.actions {
            @if typed.section.is_empty() { button.btn { (piece::icon("plus")) (t.say("society-section-add")) } }
            @else {
                button.btn.primary { (t.say("save")) }
                a.btn href=(url(r.society.id)) { (t.say("cancel")) }
            }
        }
    } }
}

fn members(visit: &Visit, r: &Record) -> Markup {
    let t = visit.lang;
    html! { section.panel.mt aria-label=(t.say("society-members")) {
        @if r.fellows.is_empty() { (piece::empty("users", &t.say("group-no-members"), html! {})) }
        @else { div.scroll-x { table.tbl.cards role="table" {
            caption.vh { (t.say("society-members")) }
            thead role="rowgroup" { tr role="row" {
                th role="columnheader" scope="col" { (t.say("learner-one")) }
                th role="columnheader" scope="col" { (t.say("society-post")) }
                th role="columnheader" scope="col" { (t.say("society-section")) }
                th role="columnheader" scope="col" { (t.say("group-sent-by")) }
                th role="columnheader" scope="col" { (t.say("group-deeds")) }
            } }
            tbody role="rowgroup" { @for f in &r.fellows { tr role="row" {
                td.main role="cell" {
                    @match (f.learner_id, visit.viewer.may(learners::SEE)) {
                        (Some(id), true) => a href=(learners::url(id)) { (name(t, f)) },
                        (Some(_), false) => (name(t, f)),
                        _ => span.muted { (name(t, f)) },
                    }
                    @if let Some(class) = &f.class_name { " " span.muted.sm.nowrap { (class) } }
                }
                td.st role="cell" { (post_words(t, f.post)) }
                td.a role="cell" { (f.section.as_deref().unwrap_or("")) }
                td.c role="cell" { (f.organisation_name) }
                td.c role="cell" { div.row { (deeds(visit, r, f)) } }
            } } }
        } } }
    } }
}

fn deeds(visit: &Visit, r: &Record, f: &Fellow) -> Markup {
    let t = visit.lang;
    let here = url(r.society.id);
    let (whose, id) = (name(t, f), f.id);
    html! {
        @if r.can.lead { details.menu {
            summary.btn.sm { (t.say("society-appoint")) span.vh { ": " (whose) } }
            form.form.pa action={ (here) "/members/post" } method="post" {
                (piece::key_field(&visit.new_key()))
                input type="hidden" name="member" value=(id);
                div.field { label for={ "post-" (id) } { (t.say("society-post")) } select.in id={ "post-" (id) } name="post" {
                    @for post in Post::ALL { option value=(post.code()) selected[f.post == *post] { (post_words(t, *post)) } }
                } }
                div.field { label for={ "section-" (id) } { (t.say("society-section")) } select.in id={ "section-" (id) } name="section" {
                    option value="" { (t.say("society-no-section")) }
                    @for c in &r.sections { option value=(c.id) selected[f.section_id == Some(c.id)] { (c.title) } }
                } }
                button.btn.primary { (t.say("save")) }
            }
        } }
        @if r.leaving.contains(&f.id) { form action={ (here) "/members/removal" } method="post" {
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="member" value=(id);
            button.btn.sm { (t.say("society-leave")) span.vh { ": " (whose) } }
        } }
    }
}

fn meetings(visit: &Visit, r: &Record) -> Markup {
    let t = visit.lang;
    html! { section.panel.mt aria-label=(t.say("society-meetings")) {
        @if r.meetings.is_empty() { (piece::empty("scroll-text", &t.say("society-no-meetings"), html! {})) }
        @else { ul.list { @for m in &r.meetings { li.flex {
            (piece::icon("scroll-text"))
            div {
                a.t href={ (LIST) "/meetings/" (m.id) "/edit" } { (t.say_with("society-protocol", &[("number", m.number.into()), ("date", t.date(m.held_on).into())])) }
                p.muted.sm { (t.say(&text_prefix!("society-meeting-", m.kind.code()))) " · " (t.say_with("society-present", &[("count", m.present.into())])) }
                @if let Some(first) = m.agenda.lines().next() { p.sm { (first) } }
            }
            div.row.end {
                a.btn.sm href={ (LIST) "/meetings/" (m.id) "/docx" } { "DOCX" span.vh { " № " (m.number) } }
                a.btn.sm href={ (LIST) "/meetings/" (m.id) "/pdf" } { "PDF" span.vh { " № " (m.number) } }
            }
        } } } }
    } }
}

pub fn form(
    visit: &Visit,
    s: Option<&Society>,
    typed: &SocietyForm,
    own: &[(String, String)],
    charters: &[(Uuid, String)],
    problems: &Problems,
    restored: bool,
) -> Markup {
    let t = visit.lang;
    let (title, action, draft) = match s {
        Some(s) => (s.title.clone(), url(s.id), format!("society-{}", s.id)),
        None => (t.say("society-new").into_owned(), LIST.to_owned(), "society-new".to_owned()),
    };
    let f = Fields { lang: t, problems };
    let none = (String::new(), t.say("society-no-charter").into_owned());
    let charters: Vec<_> =
        std::iter::once(none).chain(charters.iter().map(|(id, title)| (id.to_string(), title.clone()))).collect();
    Page::new(visit, title.as_str()).show(html! {
        (crumbs(visit, None, &title))
        (piece::head(&title, html! {}, html! {}))
        @if restored { (piece::alert(piece::Tone::Info, t.say("draft-restored"))) }
        section.panel { form.form.body action=(action) method="post" data-draft=(draft) {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="version" value=(typed.version);
            (f.line("title", &t.say("society-title"), &typed.title, Line { required: true, hint: &t.say("society-title-hint"), ..Line::TEXT }))
            @if s.is_none() { (f.select("organisation", &t.say("group-organisation"), &typed.organisation, own, "", true)) }
            div.two {
                (f.line("founded_on", &t.say("society-founded"), &typed.founded_on, Line { kind: "date", required: true, ..Line::TEXT }))
                (f.select("charter", &t.say("society-charter"), &typed.charter, &charters, &t.say("society-charter-hint"), false))
            }
            (f.text("about", &t.say("society-about"), &typed.about, "", false))
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(action) { (t.say("cancel")) } }
        } }
    })
}

pub fn join(
    visit: &Visit,
    s: &Society,
    sections: &[Section],
    found: &[learners::Listed],
    typed: &JoinForm,
    problems: &Problems,
) -> Markup {
    let t = visit.lang;
    let title = t.say("society-join");
    let here = url(s.id);
    let f = Fields { lang: t, problems };
    let sections: Vec<_> = std::iter::once((String::new(), t.say("society-no-section").into_owned()))
        .chain(sections.iter().map(|c| (c.id.to_string(), c.title.clone())))
        .collect();
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(visit, Some(s), &title))
        (piece::head(&title, html! { p { (t.say("group-send-about")) } }, html! {}))
        section.panel {
            form.filters role="search" action={ (here) "/members/new" } {
                div.field.first { label for="by-q" { (t.say("learners-find")) } input.in #by-q type="search" name="q" value=(typed.q) placeholder=(t.say("learners-find-hint")); }
                button.btn { (piece::icon("search")) (t.say("search-do")) }
            }
            @if found.is_empty() { (piece::empty("search", &t.say("group-send-nobody"), html! {})) }
            @else { form.form.body action={ (here) "/members" } method="post" {
                (f.summary())
                (piece::key_field(&visit.new_key()))
                input type="hidden" name="q" value=(typed.q);
                fieldset.field #f-learner {
                    legend { (t.say("society-whom")) }
                    div.checks { @for l in found {
                        @let id = l.id.to_string();
                        label.check { input type="radio" name="learner" value=(id) required checked[typed.learner == id];
                            span { (l.full_name) " " span.muted.sm { (l.class_name.as_deref().unwrap_or("")) @if l.class_name.is_some() { ", " } (l.organisation_name) } } }
                    } }
                    @if let Some(message) = problems.at("learner") { p.err #e-learner { (message.say(t)) } }
                }
                (f.select("section", &t.say("society-section"), &typed.section, &sections, "", false))
                div.actions { button.btn.primary { (t.say("society-join-do")) } a.btn href=(here) { (t.say("cancel")) } }
            } }
        }
    })
}

pub fn meeting(
    visit: &Visit,
    s: &Society,
    id: Option<MeetingId>,
    fellows: &[Fellow],
    typed: &MeetingForm,
    problems: &Problems,
) -> Markup {
    let t = visit.lang;
    let title = t.say(if id.is_some() { "society-meeting-one" } else { "society-meeting-add" });
    let action = id.map_or_else(|| format!("{}/meetings", url(s.id)), |id| format!("{LIST}/meetings/{id}"));
    let f = Fields { lang: t, problems };
    let kinds: Vec<_> = MeetingKind::ALL
        .iter()
        .map(|k| (k.code().to_owned(), t.say(&text_prefix!("society-meeting-", k.code())).into_owned()))
        .collect();
    let people: Vec<_> = std::iter::once((String::new(), t.say("society-by-hand").into_owned()))
        .chain(fellows.iter().filter(|f| f.full_name.is_some()).map(|f| (f.id.to_string(), name(t, f))))
        .collect();
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(visit, Some(s), &title))
        (piece::head(&title, html! { p { (s.title) } }, html! {}))
        section.panel { form.form.body action=(action) method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="version" value=(typed.version);
            div.two {
                (f.select("kind", &t.say("society-meeting-kind"), &typed.kind, &kinds, "", true))
                (f.line("held_on", &t.say("society-meeting-day"), &typed.held_on, Line { kind: "date", required: true, ..Line::TEXT }))
            }
            div.two {
                (f.line("place", &t.say("group-session-place"), &typed.place, Line::TEXT))
                (f.line("present", &t.say("society-meeting-present"), &typed.present, Line { kind: "number", required: true, ..Line::TEXT }))
            }
            div.two {
                (f.select("chair", &t.say("society-chair"), &typed.chair, &people, "", false))
                (f.select("secretary", &t.say("society-secretary"), &typed.secretary, &people, "", false))
            }
            (f.text("agenda", &t.say("society-agenda"), &typed.agenda, &t.say("society-lines-hint"), true))
            (f.text("decisions", &t.say("society-decisions"), &typed.decisions, &t.say("society-lines-hint"), false))
            div.actions { button.btn.primary { (t.say("save")) } a.btn href={ (url(s.id)) "?tab=meetings" } { (t.say("cancel")) } }
        } }
    })
}
