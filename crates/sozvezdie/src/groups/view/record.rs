//! One group: what it is, who leads it, what came of it, its sessions.
use super::{crumbs, kind_words, members, places, state_tag, state_words, term};
use crate::{
    exchange::{self, BookingId},
    groups::{
        Can,
        model::{Group, GroupState, Member, Session, SessionState, Teacher},
        session_url, url,
    },
    organisations,
    shell::Page,
};
use chrono::Datelike as _;
use kit::{
    Lang, Visit,
    clock::LOCAL,
    files::StoredFile,
    form::Problems,
    html::{self as piece, Fields, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

/// Everything the record's page shows.
pub struct Record {
    pub group: Group,
    pub teachers: Vec<Teacher>,
    pub members: Vec<Member>,
    pub sessions: Vec<Session>,
    pub files: Vec<StoredFile>,
    pub can: Can,
}

pub fn page(visit: &Visit, r: &Record, tab: &str, problems: &Problems) -> Markup {
    let t = visit.lang;
    let g = &r.group;
    let here = url(g.id);
    let count = |n: usize| Some(i64::try_from(n).unwrap_or(0));
    let inside = r.members.iter().filter(|m| m.state != crate::groups::Standing::Left).count();
    let tabs = [
        (here.clone(), t.say("tab-overview").into_owned(), None, !matches!(tab, "members" | "sessions")),
        (format!("{here}?tab=members"), t.say("group-members").into_owned(), count(inside), tab == "members"),
        (
            format!("{here}?tab=sessions"),
            t.say("group-sessions").into_owned(),
            count(r.sessions.len()),
            tab == "sessions",
        ),
    ];
    let actions = html! {
        @if r.can.lead { (piece::link_button(&format!("{here}/edit"), "pencil", t.say("edit"), false)) }
        @if r.can.send && g.state.is_open() { (piece::link_button(&format!("{here}/members/new"), "user-plus", t.say("group-send"), !r.can.lead)) }
        @if r.can.lead && g.state.is_open() { (piece::link_button(&format!("{here}/sessions/new"), "calendar-plus", t.say("group-session-add"), true)) }
    };
    let below = html! { p.row { (state_tag(t, g.state)) span { (kind_words(t, g.kind)) ", " (g.organisation_name) } } };
    Page::new(visit, g.title.as_str()).show(html! {
        (crumbs(visit, None, &g.title))
        (piece::head(&g.title, below, actions))
        (piece::tabs(&t.say("group-sections"), &tabs))
        @match tab {
            "members" => (members::table(visit, r)),
            "sessions" => (sessions(visit, r)),
            _ => (overview(visit, r, problems)),
        }
    })
}

fn paragraphs(text: &str) -> Markup {
    html! { @for line in text.lines().filter(|line| !line.trim().is_empty()) { p { (line) } } }
}

fn overview(visit: &Visit, r: &Record, problems: &Problems) -> Markup {
    let t = visit.lang;
    let g = &r.group;
    let facts = piece::facts(&[
        (
            &t.say("group-organisation"),
            Some(html! { a href=(organisations::url(g.organisation_id)) { (g.organisation_name) } }),
        ),
        (&t.say("group-subject"), g.subject.as_ref().map(|s| html! { (s) })),
        (&t.say("group-target"), g.target.as_ref().map(|s| html! { (s) })),
        (&t.say("group-dates"), Some(html! { (term(t, g)) })),
        (&t.say("group-capacity"), Some(html! { (places(t, g)) })),
    ]);
    html! { div.grid.cols.mt {
        div.stack {
            (piece::panel(&t.say("group-about"), html! {}, html! { div.body { (facts) } }))
            @if let Some(plan) = &g.plan { (piece::panel(&t.say("group-plan"), html! {}, html! { div.body.prose { (paragraphs(plan)) } })) }
            (product(visit, r, problems))
        }
        div.stack {
            (piece::panel(&t.say("group-teachers"), html! {}, html! {
                @if r.teachers.is_empty() { div.body { p.muted { (t.say("group-nobody-leads")) } } }
                @else { ul.list { @for person in &r.teachers { li.flex { (piece::icon("user-round")) span { (person.name) } } } } }
            }))
            @if r.can.edit && g.state.is_open() { (piece::panel(&t.say("group-deeds"), html! {}, html! { div.body { (moves(visit, g)) } })) }
        }
    } }
}

fn moves(visit: &Visit, g: &Group) -> Markup {
    let t = visit.lang;
    html! { div.row { @for next in GroupState::ALL.iter().filter(|next| g.state.may_become(**next)) {
        form action={ (url(g.id)) "/state" } method="post" {
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="state" value=(next.code());
            button.btn.danger[*next == GroupState::Cancelled] { (t.say(&text_prefix!("group-move-", next.code()))) }
        }
    } }
    p.muted.sm.mt { (t.say_with("group-moves-about", &[("state", state_words(t, g.state).into())])) } }
}

/// What came of it: the text and the files.
fn product(visit: &Visit, r: &Record, problems: &Problems) -> Markup {
    let t = visit.lang;
    let g = &r.group;
    if g.product.is_none() && r.files.is_empty() && !r.can.lead {
        return html! {};
    }
    let f = Fields { lang: t, problems };
    piece::panel(
        &t.say("group-product"),
        html! {},
        html! { div.body {
            @if let Some(text) = &g.product { div.prose { (paragraphs(text)) } }
            @else if r.files.is_empty() { p.muted { (t.say("group-product-none")) } }
            @if !r.files.is_empty() { ul.list.mt { @for file in &r.files { li.flex {
                (piece::icon("paperclip"))
                a href={ "/groups/files/" (file.id) } { (file.name) }
                @if r.can.lead { form.end action={ (url(g.id)) "/files/removal" } method="post" {
                    (piece::key_field(&visit.new_key()))
                    input type="hidden" name="file" value=(file.id);
                    button.linkish { (t.say("group-file-remove")) span.vh { ": " (file.name) } }
                } }
            } } } }
            @if r.can.lead { form.form.mt action={ (url(g.id)) "/files" } method="post" enctype="multipart/form-data" {
                (f.summary())
                (piece::key_field(&visit.new_key()))
                div.field { label for="f-file" { (t.say("group-file")) } p.hint #h-file { (t.say("group-file-hint")) }
                    input.in #f-file type="file" name="file" required aria-describedby="h-file";
                    @if let Some(message) = problems.at("file") { p.err { (message.say(t)) } }
                }
                div.actions { button.btn { (piece::icon("upload")) (t.say("group-file-add")) } }
            } }
        } },
    )
}

/// «24 ноября, вт, 14:00–15:30».
pub fn when(t: Lang, s: &Session, year: i32) -> String {
    format!("{}–{}", t.moment(s.starts_at, year), s.ends_at.with_timezone(&LOCAL).format("%-H:%M"))
}

/// The room or the place, with how its booking stands.
pub fn place(t: Lang, s: &Session, linked: bool) -> Markup {
    html! {
        @match (&s.room, s.booking_id) {
            (Some(room), Some(booking)) if linked => a href=(exchange::url(BookingId(booking))) { (room) },
            (Some(room), _) => (room),
            _ => (s.place.as_deref().map_or_else(|| t.say(&text_prefix!("group-mode-", s.mode.code())).into_owned(), str::to_owned)),
        }
        @if let (Some(state), SessionState::Planned) = (&s.booking_state, s.state) {
            @if state == "requested" { " " (piece::tag(Tone::Info, t.say("group-room-asked"))) }
            @else if matches!(state.as_str(), "declined" | "cancelled") { " " (piece::tag(Tone::Bad, t.say("group-room-refused"))) }
        }
    }
}

fn sessions(visit: &Visit, r: &Record) -> Markup {
    let t = visit.lang;
    let linked = visit.viewer.may(exchange::VIEW);
    html! { section.panel.mt aria-label=(t.say("group-sessions")) {
        @if r.sessions.is_empty() {
            (piece::empty("calendar-days", &t.say("group-no-sessions"), html! {
                @if r.can.lead && r.group.state.is_open() { (piece::link_button(&format!("{}/sessions/new", url(r.group.id)), "calendar-plus", t.say("group-session-add"), false)) }
            }))
        } @else { div.scroll-x { table.tbl.cards role="table" {
            caption.vh { (t.say("group-sessions")) }
            thead role="rowgroup" { tr role="row" {
                th role="columnheader" scope="col" { (t.say("group-session-when")) }
                th role="columnheader" scope="col" { (t.say("group-state")) }
                th role="columnheader" scope="col" { (t.say("group-session-topic")) }
                th role="columnheader" scope="col" { (t.say("group-session-place")) }
                th role="columnheader" scope="col" { (t.say("group-session-came")) }
            } }
            tbody role="rowgroup" data-rows { @for s in &r.sessions { tr role="row" {
                td.main role="cell" { @let words = when(t, s, visit.today.year());
                    @if r.can.register { a.row-link href=(session_url(s.id)) { (words) } } @else { (words) } }
                td.st role="cell" { (session_tag(visit, s)) }
                td.a role="cell" { (s.topic.as_deref().or(s.reason.as_deref()).unwrap_or("")) }
                td.c role="cell" { (place(t, s, linked)) }
                td.c role="cell" { @if s.marked > 0 { (t.say_with("group-came", &[("came", s.came.into()), ("all", s.marked.into())])) } }
            } } }
        } } }
    } }
}

pub fn session_tag(visit: &Visit, s: &Session) -> Markup {
    let t = visit.lang;
    match s.state {
        SessionState::Held => piece::tag(Tone::Ok, t.say("group-session-held")),
        SessionState::Cancelled => piece::tag(Tone::Bad, t.say("group-session-cancelled")),
        SessionState::Planned if s.ends_at < visit.now => piece::tag(Tone::Warn, t.say("group-session-unmarked")),
        SessionState::Planned => piece::tag(Tone::Info, t.say("group-session-planned")),
    }
}
