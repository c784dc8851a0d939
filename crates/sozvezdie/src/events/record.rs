//! How one edition looks: to a guest without any child, to who keeps it with what is to be done.
use super::{
    Edition, EditionState, EventKind, LIST, ListKind, PrizeDegree, Stage, StageState, entries, lists, url,
    view::{classes, days, format_words, kind_words, level_words, line, list_name, span, state_tag},
};
use crate::{
    acts,
    organisations::{self, OrganisationId},
    shell::{Page, trail},
};
use kit::{
    Lang, Visit, audit,
    html::{self as piece, Tone},
    text::text_prefix,
};
use maud::{Markup, html};
use std::collections::HashMap;
use uuid::Uuid;

/// What happened to it, and the names of whoever did it.
pub type History = (Vec<audit::Line>, HashMap<Uuid, String>);

/// Cells below this are no public figure (`domain.md` §5).
const FEW: i64 = 5;

/// Everything a record's page shows.
pub struct Record {
    pub edition: Edition,
    pub about: Option<String>,
    pub stages: Vec<Stage>,
    pub siblings: Vec<Edition>,
    pub lists: Vec<(ListKind, Option<i64>)>,
    pub entered: i64,
    /// Lines of official lists that it may stand on, for whoever decides that.
    pub offers: Vec<lists::Offer>,
    pub act: Option<acts::Act>,
    pub organiser: Option<(OrganisationId, String)>,
    pub can_edit: bool,
    pub history: Option<History>,
}

pub fn page(visit: &Visit, r: &Record) -> Markup {
    let t = visit.lang;
    let e = &r.edition;
    let here = url(e.id);
    let tabs = [
        (here.clone(), t.say("tab-overview").into_owned(), None, r.history.is_none()),
        (format!("{here}?tab=history"), t.say("tab-history").into_owned(), None, r.history.is_some()),
    ];
    let is_live = !matches!(e.state, EditionState::Draft | EditionState::Published | EditionState::Cancelled);
    let actions = html! {
        @if is_live && visit.viewer.may(super::SUIT) { (piece::link_button(&super::suit_url(e.id), "lightbulb", t.say("event-suits"), false)) }
        @if r.can_edit { (piece::link_button(&format!("{here}/edit"), "pencil", t.say("edit"), false)) }
    };
    Page::new(visit, e.title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-events").into_owned())], &e.title))
        (piece::head(&e.title, html! { p.row { (state_tag(t, e.state)) span { (line(t, e)) } } }, actions))
        @if r.can_edit { (piece::tabs(&t.say("event-sections"), &tabs)) }
        @match &r.history {
            Some((lines, names)) => div.mt { (trail::panel(visit, lines, names)) },
            None => (overview(visit, r)),
        }
    })
}

fn overview(visit: &Visit, r: &Record) -> Markup {
    let t = visit.lang;
    let e = &r.edition;
    html! {
        @if e.paid && r.lists.is_empty() { div.mt { (piece::alert(Tone::Warn, html! { p { (t.say("event-paid-warning")) } })) } }
        @if e.is_open_on(visit.today) { div.mt { (piece::alert(Tone::Info, html! { p { @match e.apply_until {
            Some(until) => (t.say_with("event-open-until", &[("date", t.date(until).into())])),
            None => (t.say("event-open")),
        } } })) } }
        div.grid.cols.mt {
            div.stack {
                (stages(visit, r))
                @if let Some(about) = &r.about {
                    (piece::panel(&t.say("event-about"), html! {}, html! { div.body { @for line in about.lines().filter(|l| !l.is_empty()) { p { (line) } } } }))
                }
                @if !r.siblings.is_empty() {
                    (piece::panel(&t.say("event-siblings"), html! {}, html! { ul.list { @for other in &r.siblings {
                        li.flex { a.t href=(url(other.id)) { (other.academic_year.to_string()) " · " (other.title) } (state_tag(t, other.state)) }
                    } } }))
                }
            }
            div.stack {
                (piece::panel(&t.say("event-facts"), html! {}, html! { div.body { (facts(visit, r)) } }))
                @if !r.offers.is_empty() { (offers(visit, r)) }
                @if r.can_edit { (moves(visit, e)) }
            }
        }
    }
}

fn facts(visit: &Visit, r: &Record) -> Markup {
    let t = visit.lang;
    let e = &r.edition;
    let text = |value: String| Some(html! { (value) });
    let organiser = match (&r.organiser, &e.organiser) {
        (Some((id, name)), _) => Some(html! { a href=(organisations::url(*id)) { (name) } }),
        (None, Some(words)) => Some(html! { (words) }),
        _ => None,
    };
    let entered = if visit.viewer.is_guest() && r.entered < FEW {
        (r.entered > 0).then(|| html! { (t.say("event-few")) })
    } else {
        Some(html! { (r.entered) })
    };
    let lists = (!r.lists.is_empty())
        .then(|| html! { ul { @for (kind, level) in &r.lists { li { (list_name(t, *kind, *level)) } } } });
    piece::facts(&[
        (&t.say("event-kind"), text(kind_words(t, e.kind))),
        (&t.say("event-year"), text(e.academic_year.to_string())),
        (&t.say("event-level"), text(level_words(t, e.level))),
        (&t.say("event-format"), text(format_words(t, e.format))),
        (&t.say("event-subject"), e.subject.clone().and_then(text)),
        (&t.say("event-organiser"), organiser),
        (&t.say("event-days"), days(t, e).and_then(text)),
        (&t.say("event-apply-until"), e.apply_until.and_then(|d| text(t.date(d)))),
        (&t.say("event-place"), e.place.clone().and_then(text)),
        (&t.say("event-classes"), text(classes(t, e))),
        (
            &t.say("event-team-size"),
            e.team_size.and_then(|n| text(t.say_with("event-team-of", &[("n", n.into())]).into_owned())),
        ),
        (&t.say("event-lists"), lists),
        (&t.say("event-prizes"), text(prizes(t, e))),
        (&t.say("event-act"), r.act.as_ref().map(|a| html! { a href=(acts::url(a.id)) { (acts::reference(t, a)) } })),
        (&t.say("event-site"), e.site.as_ref().map(|s| html! { a href=(s) rel="noreferrer" { (s) } })),
        (&t.say("event-entered"), entered),
        (
            &t.say("event-papers"),
            (e.state == EditionState::Published)
                .then(|| html! { a href="/certificates" { (t.say("event-check-paper")) } }),
        ),
    ])
}

/// «победители, призёры, диплом I степени…».
fn prizes(t: Lang, e: &Edition) -> String {
    let degrees = PrizeDegree::ALL.iter().filter(|d| e.prize_degrees.hold(**d));
    std::iter::once(t.say("event-prize-always").into_owned())
        .chain(degrees.map(|d| t.say(&text_prefix!("event-prize-", d.code())).into_owned()))
        .collect::<Vec<_>>()
        .join(", ")
}

fn stages(visit: &Visit, r: &Record) -> Markup {
    let t = visit.lang;
    let is_live = !matches!(r.edition.state, EditionState::Published | EditionState::Cancelled);
    let more =
        html! { @if r.can_edit { a.more href={ (url(r.edition.id)) "/stages/new" } { (t.say("event-stage-add")) } } };
    piece::panel(
        &t.say("event-stages"),
        more,
        html! { ol.list { @for stage in &r.stages { li {
            p.row {
                strong { (stage.title) }
                // Of an event that is over nobody asks whether its stage was ever marked as begun.
                @if is_live || stage.state != StageState::Planned {
                    " " (piece::tag(stage.state.tone(), t.say(&text_prefix!("event-stage-state-", stage.state.code()))))
                }
                @if !stage.counted { span.muted.sm { (t.say("event-stage-uncounted")) } }
            }
            p.muted.sm { (stage_line(t, stage)) }
            @if r.edition.kind == EventKind::Conference { div.row {
                (piece::link_button(&format!("/conferences/{}", stage.id), "mic", t.say("conference-open"), false))
            } }
            @if visit.viewer.may(entries::ENTRIES) { div.row {
                (piece::link_button(&entries::url(stage.id), "users", t.say("entry-list"), false))
                @if r.can_edit || entries::organises(visit, &r.edition, stage) {
                    (piece::link_button(&format!("/results/{}", stage.id), "trophy", t.say("event-results"), false))
                }
                @if r.edition.kind != EventKind::Conference && entries::organises(visit, &r.edition, stage) {
                    (piece::link_button(&format!("/judging/{}", stage.id), "scale", t.say("entry-to-judging"), false))
                }
                @if r.edition.kind != EventKind::Conference && matches!(stage.state, StageState::Running | StageState::Preliminary | StageState::Final) {
                    (piece::link_button(&format!("/appeals/{}", stage.id), "eye", t.say("event-to-appeals"), false))
                }
            } }
            @if r.can_edit && r.edition.state != EditionState::Cancelled { div.row {
                a.btn.sm href={ "/events/stages/" (stage.id) "/edit" } { (piece::icon("pencil")) (t.say("event-stage-change")) }
                @for next in stage.state.next().iter().filter(|_| is_live) { form action={ "/events/stages/" (stage.id) "/state" } method="post" {
                    (piece::key_field(&visit.new_key()))
                    input type="hidden" name="next" value=(next.code());
                    button.btn.sm.quiet { (t.say(&text_prefix!("event-stage-to-", next.code()))) }
                } }
            } }
        } } } },
    )
}

/// Days, place and rules in one line.
fn stage_line(t: Lang, s: &Stage) -> String {
    let mut parts = Vec::new();
    parts.extend(s.level.map(|l| level_words(t, l)));
    parts.extend(span(t, s.starts_on, s.ends_on));
    parts.extend(s.place.clone());
    let rule = |key: &'static str, n: Option<i64>| n.map(|n| t.say_with(key, &[("n", n.into())]).into_owned());
    parts.extend(rule("event-rule-share", s.min_pct_winner));
    parts.extend(rule("event-rule-winners", s.winner_quota));
    parts.extend(rule("event-rule-prizes", s.prize_quota));
    let points = s.pass_score.map(|n| n.to_string().replace('.', if t == Lang::Ru { "," } else { "." }));
    parts.extend(points.map(|n| t.say_with("event-rule-pass", &[("n", n.into())]).into_owned()));
    parts.join(" · ")
}

/// What may be done with the edition.
fn moves(visit: &Visit, e: &Edition) -> Markup {
    let t = visit.lang;
    piece::panel(
        &t.say("event-moves"),
        html! {},
        html! { div.body.stack { @for next in e.state.next() {
            form action={ (url(e.id)) "/state" } method="post" {
                (piece::key_field(&visit.new_key()))
                input type="hidden" name="next" value=(next.code());
                button.btn.primary[*next == EditionState::Announced].danger[*next == EditionState::Cancelled] { (t.say(&text_prefix!("event-to-", next.code()))) }
            }
        } } },
    )
}

/// Lines of official lists that the edition may stand on.
fn offers(visit: &Visit, r: &Record) -> Markup {
    let t = visit.lang;
    piece::panel(
        &t.say("list-offers"),
        html! {},
        html! { ul.queue { @for o in &r.offers { li {
            (piece::icon("link"))
            div { span.t { (o.title) } p.muted.sm { (list_name(t, o.kind, None)) ". " (lists::why_words(t, o.why)) } }
            div.acts.row { (lists::asks(visit, r.edition.id, o.entry, o.why)) }
        } } } },
    )
}
