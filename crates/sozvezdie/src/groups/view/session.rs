//! Planning a session, and its register: one row per child, arrows between the answers.
use super::{
    crumbs,
    record::{place, session_tag, when},
};
use crate::{
    exchange,
    groups::{
        Can,
        form::{RegisterForm, SessionForm},
        model::{Correction, Group, Mark, Member, MemberId, Session, SessionMode, SessionState, is_closed},
        session_url, url,
    },
    resources,
    shell::Page,
};
use chrono::{DateTime, Datelike as _, Utc};
use kit::{
    Visit,
    clock::{LOCAL, local_date},
    fault::Conflict,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    text::text_prefix,
};
use maud::{Markup, html};
use std::collections::HashMap;
use uuid::Uuid;

/// The form of a session or a series; `conflict` says what stands in the way of the room.
pub fn form(
    visit: &Visit,
    g: &Group,
    rooms: &[resources::Listed],
    typed: &SessionForm,
    problems: &Problems,
    conflict: Option<&Conflict>,
) -> Markup {
    let t = visit.lang;
    let title = t.say("group-session-add");
    let f = Fields { lang: t, problems };
    let none = (String::new(), t.say("group-session-no-room").into_owned());
    let name = |r: &resources::Listed| match r.capacity {
        Some(n) => t
            .say_with(
                "group-room-name",
                &[("room", r.name.as_str().into()), ("owner", r.owner.1.as_str().into()), ("capacity", n.into())],
            )
            .into_owned(),
        None => format!("{}, {}", r.name, r.owner.1),
    };
    let rooms: Vec<_> = std::iter::once(none).chain(rooms.iter().map(|r| (r.id.to_string(), name(r)))).collect();
    let modes: Vec<_> = SessionMode::ALL
        .iter()
        .map(|m| (m.code().to_owned(), t.say(&text_prefix!("group-mode-", m.code())).into_owned()))
        .collect();
    let line = |kind: &'static str, required: bool| Line { kind, required, ..Line::TEXT };
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(visit, Some(g), &title))
        (piece::head(&title, html! { p { (g.title) } }, html! {}))
        @if let Some(conflict) = conflict { (taken(visit, conflict)) }
        section.panel { form.form.body action={ (url(g.id)) "/sessions" } method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            div.two {
                (f.line("on", &t.say("group-session-on"), &typed.on, line("date", true)))
                (f.line("until", &t.say("group-session-until"), &typed.until, Line { hint: &t.say("group-session-until-hint"), ..line("date", false) }))
            }
            div.two {
                (f.line("from", &t.say("group-session-from"), &typed.from, line("time", true)))
                (f.line("to", &t.say("group-session-to"), &typed.to, line("time", true)))
            }
            (f.line("topic", &t.say("group-session-topic"), &typed.topic, Line::TEXT))
            (f.select("mode", &t.say("group-session-mode"), &typed.mode, &modes, "", true))
            @if visit.viewer.reach(exchange::REQUEST).covers(Some(g.organisation_id.0)) {
                (f.select("resource", &t.say("group-session-room"), &typed.resource, &rooms, &t.say("group-session-room-hint"), false))
            }
            (f.line("place", &t.say("group-session-other-place"), &typed.place, Line { hint: &t.say("group-session-other-place-hint"), ..Line::TEXT }))
            div.actions { button.btn.primary { (t.say("group-session-do")) } a.btn href=(url(g.id)) { (t.say("cancel")) } }
        } }
    })
}

/// The room is taken: when it is free instead, and what else is.
fn taken(visit: &Visit, conflict: &Conflict) -> Markup {
    let t = visit.lang;
    let year = visit.today.year();
    let list =
        |name: &str| conflict.details.get(name).and_then(serde_json::Value::as_array).cloned().unwrap_or_default();
    let at = |value: &serde_json::Value, name: &str| {
        value.get(name).and_then(serde_json::Value::as_str).and_then(|text| text.parse::<DateTime<Utc>>().ok())
    };
    let span = |value: &serde_json::Value| {
        let (start, end) = (at(value, "starts_at")?, at(value, "ends_at")?);
        Some(format!("{}–{}", t.moment(start, year), end.with_timezone(&LOCAL).format("%-H:%M")))
    };
    let spans: Vec<String> = list("alternatives").iter().filter_map(span).collect();
    let others: Vec<String> =
        list("other_resources").iter().filter_map(|r| Some(r.get("name")?.as_str()?.to_owned())).collect();
    let busy: Vec<String> = list("refused").iter().filter_map(span).take(5).collect();
    piece::alert(
        Tone::Warn,
        html! {
            p.strong { (conflict.message.say(t)) }
            @if !busy.is_empty() { p { (t.say("group-room-busy")) " " (busy.join("; ")) } }
            @if !spans.is_empty() { p { (t.say("group-room-instead")) " " (spans.join("; ")) } }
            @if !others.is_empty() { p { (t.say("group-room-others")) " " (others.join(", ")) } }
        },
    )
}

/// Everything the page of a session shows.
pub struct Shown {
    pub group: Group,
    pub session: Session,
    pub members: Vec<Member>,
    pub marks: HashMap<MemberId, Mark>,
    pub corrections: Vec<Correction>,
    pub names: HashMap<Uuid, String>,
    pub can: Can,
}

pub fn page(visit: &Visit, p: &Shown, typed: &RegisterForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let (g, s) = (&p.group, &p.session);
    let title = when(t, s, visit.today.year());
    let begun = s.starts_at <= visit.now && s.state != SessionState::Cancelled;
    let below = html! { p.row { (session_tag(visit, s)) span { (place(t, s, visit.viewer.may(exchange::VIEW))) } } };
    Page::new(visit, title.as_str()).show(html! {
        (crumbs(visit, Some(g), &title))
        (piece::head(&title, below, html! {}))
        @if let Some(reason) = &s.reason { (piece::alert(Tone::Warn, t.say_with("group-session-why", &[("reason", reason.as_str().into())]))) }
        @if begun { (register(visit, p, typed, problems)) }
        @else if s.state == SessionState::Planned { (piece::alert(Tone::Info, t.say("group-session-to-come"))) }
        @if p.can.lead && s.state == SessionState::Planned { (call_off(visit, s, problems, begun)) }
        @if !p.corrections.is_empty() { (corrections(visit, p)) }
    })
}

fn register(visit: &Visit, p: &Shown, typed: &RegisterForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let s = &p.session;
    let closed = is_closed(local_date(s.starts_at), visit.today);
    let f = Fields { lang: t, problems };
    let chosen = |m: &Member| -> Mark {
        let again = typed.marks.get(&m.id.to_string()).and_then(|mark| mark.parse().ok());
        again.or_else(|| p.marks.get(&m.id).copied()).unwrap_or(Mark::Present)
    };
    html! { section.panel.mt aria-label=(t.say("group-register")) {
        header { h2 { (t.say("group-register")) } }
        @if p.members.is_empty() { (piece::empty("users", &t.say("group-register-nobody"), html! {})) }
        @else { form.form.wide.body action=(session_url(s.id)) method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="version" value=(if typed.version.is_empty() { s.version.to_string() } else { typed.version.clone() });
            @if closed { (piece::alert(Tone::Warn, t.say("group-register-is-closed"))) }
            @else { p.muted.sm { (t.say("group-register-about")) } }
            ul.list { @for m in &p.members { li.flex {
                @if let Some(name) = &m.full_name {
                    fieldset.seg {
                        legend.vh { (name) }
                        @for mark in Mark::ALL { label {
                            input type="radio" name={ "mark-" (m.id) } value=(mark.code()) checked[chosen(m) == *mark];
                            span { (t.say(&text_prefix!("group-mark-", mark.code()))) }
                        } }
                    }
                    span { (name) " " span.muted.sm { (m.class_name.as_deref().unwrap_or("")) } }
                } @else { span.muted { (t.say("group-name-hidden")) ", " (m.organisation_name) } }
            } } }
            (f.line("topic", &t.say("group-session-topic"), if typed.topic.is_empty() { s.topic.as_deref().unwrap_or("") } else { &typed.topic }, Line::TEXT))
            @if closed { (f.line("reason", &t.say("group-register-reason"), &typed.reason, Line { required: true, hint: &t.say("group-register-reason-hint"), ..Line::TEXT })) }
            div.actions { button.btn.primary { (t.say("group-register-save")) } a.btn href={ (url(p.group.id)) "?tab=sessions" } { (t.say("cancel")) } }
        } }
    } }
}

fn call_off(visit: &Visit, s: &Session, problems: &Problems, begun: bool) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    piece::panel(
        &t.say("group-call-off"),
        html! {},
        html! { form.form.body action={ (session_url(s.id)) "/cancellation" } method="post" {
            @if !begun { (f.summary()) }
            (piece::key_field(&visit.new_key()))
            (f.line("why", &t.say("group-call-off-reason"), "", Line { required: true, ..Line::TEXT }))
            button.btn.danger { (t.say("group-call-off-do")) }
        } },
    )
}

fn corrections(visit: &Visit, p: &Shown) -> Markup {
    let t = visit.lang;
    let year = visit.today.year();
    let mark = |m: Option<Mark>| {
        m.map_or_else(|| t.say("group-mark-none"), |m| t.say(&text_prefix!("group-mark-", m.code()))).into_owned()
    };
    piece::panel(
        &t.say("group-corrections"),
        html! {},
        html! { div.body { ol.log { @for c in &p.corrections {
            @let whose = p.members.iter().find(|m| m.id == c.member).and_then(|m| m.full_name.clone()).unwrap_or_else(|| t.say("group-name-hidden").into_owned());
            li { b.strong { (whose) } ": " (mark(c.before)) " → " (mark(Some(c.after))) ". " (c.reason)
                p.muted { (c.by.and_then(|id| p.names.get(&id).cloned()).unwrap_or_else(|| t.say("somebody").into_owned())) ", " (t.moment(c.at, year)) } }
        } } } },
    )
}
