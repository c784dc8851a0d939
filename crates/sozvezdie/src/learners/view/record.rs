//! One learner: what is known, the guardians, where they studied, who looked.
use super::{Record, relation_words};
use crate::{
    learners::{
        LIST, Look,
        model::{Attachment, age},
        url,
        web::{Can, Looker, Looks},
    },
    organisations,
    shell::Page,
};
use kit::{Lang, Visit, clock::local_date, html as piece, text::text_prefix};
use maud::{Markup, html};

pub fn page(visit: &Visit, r: &Record, can: &Can, tab: &str) -> Markup {
    let t = visit.lang;
    let l = &r.learner;
    let here = url(l.id);
    let tabs = [
        Some((here.clone(), t.say("tab-overview").into_owned(), None, tab != "reads" && tab != "history")),
        can.details
            .then(|| (format!("{here}?tab=history"), t.say("learner-history").into_owned(), None, tab == "history")),
        can.reads.then(|| (format!("{here}?tab=reads"), t.say("learner-reads").into_owned(), None, tab == "reads")),
    ];
    let tabs: Vec<_> = tabs.into_iter().flatten().collect();
    let actions = html! {
        @if can.edit { (piece::link_button(&format!("{here}/edit"), "pencil", t.say("edit"), true)) }
    };
    let below = html! { p.row {
        @if l.enrolled { @if let Some(class) = &l.class_name { (piece::tag(piece::Tone::Info, class)) } }
        @else { (piece::tag(piece::Tone::Plain, t.say("learner-left"))) }
        span { (r.organisations.get(&l.organisation).map_or("", String::as_str)) }
    } };
    Page::new(visit, l.full_name.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("learners-title").into_owned())], &l.full_name))
        (piece::head(&l.full_name, below, actions))
        @if tabs.len() > 1 { (piece::tabs(&t.say("learner-sections"), &tabs)) }
        @match (tab, &r.looks) {
            ("reads", Some(looks)) => (reads(visit, r, looks)),
            ("history", _) if can.details => (history(visit, r)),
            _ => (overview(visit, r, can)),
        }
    })
}

fn overview(visit: &Visit, r: &Record, can: &Can) -> Markup {
    let t = visit.lang;
    let l = &r.learner;
    let years = i64::from(age(l.birth_date, visit.today));
    let facts = piece::facts(&[
        (
            &t.say("learner-birth-date"),
            Some(
                html! { (t.date(l.birth_date)) " " span.muted { "(" (t.say_with("learner-years", &[("years", years.into())])) ")" } },
            ),
        ),
        (
            &t.say("learner-sex"),
            l.sex.filter(|_| can.details).map(|s| html! { (t.say(&text_prefix!("learner-sex-", s.code()))) }),
        ),
        (&t.say("learner-class"), l.class_name.as_ref().map(|c| html! { (c) })),
        (
            &t.say("learner-organisation"),
            r.organisations
                .get(&l.organisation)
                .map(|name| html! { a href=(organisations::url(l.organisation)) { (name) } }),
        ),
        (&t.say("learner-snils"), l.snils.as_ref().filter(|_| can.details).map(|n| html! { span.nowrap { (n) } })),
        (
            &t.say("learner-guardian-phone"),
            l.guardian_phone
                .as_ref()
                .filter(|_| can.details)
                .map(|p| html! { a.nowrap href={ "tel:" (p) } { (organisations::phone(p)) } }),
        ),
    ]);
    html! {
        @if r.is_doubtful { div.mt { (piece::alert(piece::Tone::Warn, html! {
            (t.say("learner-doubtful")) " " a href="/learners/duplicates" { (t.say("learner-doubtful-look")) }
        })) } }
        div.grid.cols.mt {
            div.stack {
                (piece::panel(&t.say("learner-about"), html! {}, html! { div.body { (facts) } }))
                @if !r.ties.is_empty() { (ties(visit, r)) }
            }
            @if can.details { div.stack {
                (guardians(visit, r, can))
                @if can.reads { (deeds(visit, r, can)) }
            } }
        }
    }
}

/// What other capabilities keep of the child.
fn ties(visit: &Visit, r: &Record) -> Markup {
    piece::panel(
        &visit.lang.say("learner-ties"),
        html! {},
        html! { ul.queue { @for tie in &r.ties { li {
            (piece::icon(tie.icon))
            div { a.t href=(tie.href) { (tie.title) } p.muted.sm { (tie.note) } }
        } } } },
    )
}

/// What the family and those who answer for the record may do with it.
fn deeds(visit: &Visit, r: &Record, can: &Can) -> Markup {
    let t = visit.lang;
    let here = url(r.learner.id);
    piece::panel(
        &t.say("learner-deeds"),
        html! {},
        html! { div.body.row {
            @if can.edit && r.learner.enrolled { (piece::link_button(&format!("{here}/leaving"), "log-out", t.say("learner-leave"), false)) }
            @if can.edit { (piece::link_button(&format!("{here}/charges"), "users", t.say("charges-title"), false)) }
            @if can.edit && r.learner.enrolled && !r.is_let_in {
                form action={ (here) "/entry" } method="post" { (piece::key_field(&visit.new_key())) button.btn { (piece::icon("key")) (t.say("learner-let-in")) } }
            }
            form action={ (here) "/export" } method="post" hx-boost="false" data-download { button.btn { (piece::icon("download")) (t.say("learner-export")) } }
            @if can.destroy { (piece::link_button(&format!("{here}/destruction"), "trash-2", t.say("learner-destroy"), false)) }
        } },
    )
}

fn guardians(visit: &Visit, r: &Record, can: &Can) -> Markup {
    let t = visit.lang;
    let here = url(r.learner.id);
    let more = html! { @if can.edit { a.more href={ (here) "/guardians/new" } { (t.say("guardian-add")) } } };
    piece::panel(
        &t.say("guardians-title"),
        more,
        html! {
            @if r.guardians.is_empty() { div.body { p.muted { (t.say("guardians-none")) } } }
            @else { ul.queue { @for g in &r.guardians {
                @let ended = g.until.filter(|day| *day < visit.today);
                li { (piece::icon("user-round")) div {
                    p.strong { (g.name().full()) }
                    p.muted.sm {
                        (relation_words(t, g.relation))
                        @if let Some(p) = &g.phone { " · " a.nowrap href={ "tel:" (p) } { (organisations::phone(p)) } }
                        @if let Some(e) = &g.email { " · " a href={ "mailto:" (e) } { (e) } }
                        @if let Some(day) = ended { " · " (t.say_with("guardian-until", &[("date", t.date(day).into())])) }
                    }
                    @if can.edit && ended.is_none() {
                        form action={ (here) "/guardians/removal" } method="post" {
                            (piece::key_field(&visit.new_key()))
                            input type="hidden" name="person" value=(g.person);
                            button.btn.sm.quiet { (piece::icon("x")) (t.say("guardian-end")) }
                        }
                    }
                } }
            } } }
        },
    )
}

fn history(visit: &Visit, r: &Record) -> Markup {
    let t = visit.lang;
    let row = |a: &Attachment| {
        let place = r.organisations.get(&a.organisation).cloned().unwrap_or_default();
        html! { tr {
            td.nowrap { (t.date(a.from)) }
            td.nowrap { @match a.until { Some(day) => { (t.date(day)) } None => { (t.say("learner-until-now")) } } }
            td { a href=(organisations::url(a.organisation)) { (place) } }
            td.nowrap { (a.class_name.as_deref().unwrap_or("")) }
            td { (t.say(&text_prefix!("attachment-kind-", a.kind.code()))) @if let Some(b) = &a.basis { small { (b) } } }
        } }
    };
    html! { div.mt {
        (piece::panel(&t.say("learner-history"), html! {}, piece::scroll(&t.say("learner-history"), html! {
            table.tbl {
                thead { tr { th scope="col" { (t.say("learner-from")) } th scope="col" { (t.say("learner-until")) } th scope="col" { (t.say("learner-organisation")) } th scope="col" { (t.say("learner-class")) } th scope="col" { (t.say("learner-attachment")) } } }
                tbody { @for a in &r.attachments { (row(a)) } }
            }
        })))
    } }
}

fn reads(visit: &Visit, r: &Record, (slice, lookers): &Looks) -> Markup {
    let t = visit.lang;
    let year = chrono::Datelike::year(&visit.today);
    let here = url(r.learner.id);
    let who = |look: &Look| look.actor.and_then(|id| lookers.get(&id));
    html! { div.mt {
        p.muted.mb { (t.say("learner-reads-about")) }
        (piece::panel(&t.say("learner-reads"), html! {}, html! {
            div.body { ol.log { @for (look, more) in folded(&slice.items) { li {
                b.strong { @match who(look) { Some(w) => { (w.name) } None => { (t.say("somebody")) } } }
                @if look.actor.is_some() && look.actor == visit.viewer.person { " " (piece::tag(piece::Tone::Plain, t.say("learner-look-own"))) }
                @else if let Some(w) = who(look) { (post(t, w)) }
                p.muted {
                    (t.moment(look.at, year)) " · "
                    @if look.action == "export" { (t.say("learner-look-export")) " " (t.say(&text_prefix!("learners-export-why-", look.how))) }
                    @else { (t.say(&text_prefix!("learner-look-", look.how))) }
                    @if more > 0 { ", " (t.say_with("learner-look-more", &[("count", more.into())])) }
                }
            } } } }
            (piece::pager(
                t,
                &t.say_with("list-count", &[("shown", slice.items.len().into()), ("total", slice.total.into())]),
                None,
                slice.next.as_ref().map(|c| format!("{here}?tab=reads&after={}", c.encode())).as_deref(),
            ))
        }))
    } }
}

/// Looks of one person in one way, one after the other on one day, as the latest of them and how many
/// more: a page of consents is opened ten times in a row.
fn folded(looks: &[Look]) -> Vec<(&Look, i64)> {
    let mut lines: Vec<(&Look, i64)> = Vec::new();
    for look in looks {
        let same = |of: &Look| {
            (of.actor, &of.action, &of.how, local_date(of.at))
                == (look.actor, &look.action, &look.how, local_date(look.at))
        };
        match lines.last_mut() {
            Some((of, more)) if same(of) => *more += 1,
            _ => lines.push((look, 0)),
        }
    }
    lines
}

/// «, классный руководитель, Разуменская СОШ № 2».
fn post(t: Lang, w: &Looker) -> Markup {
    html! {
        @if let Some(role) = &w.role { ", " (t.say(&text_prefix!("role-", role))) }
        @if let Some(place) = &w.organisation { ", " (place) }
    }
}
