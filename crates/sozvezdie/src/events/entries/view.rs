//! How the list of a stage, an application and the seats look.
use super::{
    Application, Bar, Candidate, Entry, EntryState, Seat, may_apply, organises, seat, takes_entries, url, web::Rooms,
};
use crate::{
    events::{self, Edition, EditionState, LIST, Stage, StageState},
    learners,
    shell::Page,
};
use chrono::{DateTime, Datelike as _, Utc};
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    text::{list_url, text_key, text_prefix},
};
use maud::{Markup, html};
use uuid::Uuid;

fn crumbs(t: Lang, edition: &Edition, more: Option<(String, String)>, here: &str) -> Markup {
    let mut links =
        vec![(LIST.to_owned(), t.say("nav-events").into_owned()), (events::url(edition.id), edition.title.clone())];
    links.extend(more);
    piece::crumbs(&t.say("crumbs"), &links, here)
}

fn state_tag(t: Lang, state: EntryState) -> Markup {
    piece::tag(state.tone(), t.say(&text_prefix!("entry-state-", state.code())))
}

/// «7», «7, пишет за 9».
fn class(t: Lang, e: &Entry) -> String {
    let own = e.class_number.map(|class| class.to_string()).unwrap_or_default();
    match e.for_class {
        Some(higher) => t.say_with("entry-for-class", &[("own", own.into()), ("higher", higher.into())]).into_owned(),
        None => own,
    }
}

/// The list of a stage.
///
/// To whoever holds the stage also who `opened` its codes.
pub fn list(
    visit: &Visit,
    edition: &Edition,
    stage: &Stage,
    entries: &[Entry],
    opened: Option<&[(DateTime<Utc>, String)]>,
) -> Markup {
    let t = visit.lang;
    let is_organiser = opened.is_some();
    let here = url(stage.id);
    let title = t.say_with("entry-title", &[("stage", stage.title.as_str().into())]);
    let takes = takes_entries(edition, stage, visit.today);
    let actions = html! {
        @if may_apply(visit) && (takes || is_organiser) {
            (piece::link_button(&format!("{here}/new"), "plus", t.say(if is_organiser { "entry-add" } else { "entry-apply" }), true))
        }
    };
    let expected = entries.iter().filter(|e| e.state.is_expected()).count();
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(t, edition, None, &title))
        (piece::head(&title, html! { p { (edition.title) " · " (t.say_with("entry-expected", &[("n", expected.into())])) } }, actions))
        @if !takes { (piece::alert(Tone::Info, t.say(if is_to_come(edition, stage) { "entry-not-yet" } else { "entry-closed" }))) }
        @if let Some(opened) = opened { (organiser(visit, stage, entries, opened)) }
        section.panel.mt aria-label=(title) {
            @if entries.is_empty() {
                (piece::empty("users", &t.say(none_words(visit, is_organiser)), html! {}))
            } @else { (table(visit, entries, is_organiser)) }
        }
    })
}

/// Whether applications to the stage are still to open.
fn is_to_come(edition: &Edition, stage: &Stage) -> bool {
    matches!(edition.state, EditionState::Draft | EditionState::Announced) && stage.state == StageState::Planned
}

/// Why a list is empty, to each in words of their own.
fn none_words(visit: &Visit, is_organiser: bool) -> &'static str {
    if is_organiser {
        text_key("entry-none")
    } else if !may_apply(visit) {
        text_key("entry-none-organiser")
    } else if visit.viewer.may(learners::VIEW) || visit.viewer.may(learners::MEMBERS) {
        text_key("entry-none-own")
    } else {
        text_key("entry-none-family")
    }
}

/// What whoever holds the stage may do with everybody at once.
fn organiser(visit: &Visit, stage: &Stage, entries: &[Entry], opened: &[(DateTime<Utc>, String)]) -> Markup {
    let t = visit.lang;
    let here = url(stage.id);
    let entered = entries.iter().filter(|e| e.state == EntryState::Entered).count();
    let uncoded = entries.iter().filter(|e| e.state == EntryState::Admitted && e.code.is_none()).count();
    let press = |path: &str, words: &str, primary: bool| {
        html! { form action={ (here) (path) } method="post" { (piece::key_field(&visit.new_key())) button.btn.primary[primary] { (words) } } }
    };
    html! { section.panel.mt aria-label=(t.say("entry-organiser")) {
        header { h2 { (t.say("entry-organiser")) } }
        div.body.row {
            @if entered > 0 { (press("/admission", &t.say_with("entry-admit", &[("n", entered.into())]), true)) }
            @if uncoded > 0 { (press("/codes", &t.say_with("entry-give-codes", &[("n", uncoded.into())]), true)) }
            @if stage.position > 1 { (press("/invitations", &t.say("entry-invite"), entries.is_empty())) }
            @if !entries.is_empty() {
                (piece::link_button(&format!("{here}/seating"), "layout-grid", t.say("entry-seating"), false))
                (piece::link_button(&format!("{here}/participants.pdf"), "printer", t.say("entry-print-list"), false))
                (piece::link_button(&format!("{here}/participants.docx"), "file-text", "DOCX", false))
                @if entries.iter().any(|e| e.code.is_some()) {
                    (piece::link_button(&format!("{here}/leaves.pdf"), "printer", t.say("entry-print-leaves"), false))
                    (piece::link_button(&format!("{here}/codes.pdf"), "lock", t.say("entry-print-codes"), false))
                    (piece::link_button(&format!("/judging/{}", stage.id), "scale", t.say("entry-to-judging"), false))
                }
            }
        }
        @if entries.iter().any(|e| e.code.is_some()) { div.body.sm {
            p.muted { (t.say("entry-codes-sealed")) }
            @if !opened.is_empty() { p { (t.say("entry-codes-opened")) " "
                @for (number, (at, name)) in opened.iter().enumerate() { @if number > 0 { "; " } (t.moment(*at, visit.today.year())) @if !name.is_empty() { ", " (name) } }
            } }
        } }
        @if stage.position > 1 { p.muted.sm.body { (t.say("entry-invite-about")) } }
    } }
}

fn table(visit: &Visit, entries: &[Entry], is_organiser: bool) -> Markup {
    let t = visit.lang;
    let has_teams = entries.iter().any(|e| e.team.is_some());
    // Which code is whose stands in no list: who opens that file is noted.
    let has_codes = is_organiser && entries.iter().any(|e| e.code.is_some());
    html! {
        div.scroll-x { table.tbl.cards role="table" {
            caption.vh { (t.say("entry-list")) }
            thead role="rowgroup" { tr role="row" {
                th role="columnheader" scope="col" { (t.say("entry-name")) }
                th role="columnheader" scope="col" { (t.say("entry-school")) }
                th role="columnheader" scope="col" { (t.say("entry-class")) }
                @if has_teams { th role="columnheader" scope="col" { (t.say("entry-team")) } }
                @if has_codes { th role="columnheader" scope="col" { (t.say("entry-code")) } }
                th role="columnheader" scope="col" { (t.say("list-state")) }
                th role="columnheader" scope="col" { span.vh { (t.say("entry-actions")) } }
            } }
            tbody role="rowgroup" { @for e in entries { tr role="row" {
                td.main role="cell" { (e.full_name) @if e.centre_member { " " (piece::tag(Tone::Plain, t.say("entry-member"))) } }
                td.a role="cell" { (e.organisation) }
                td.c role="cell" data-l=(t.say("entry-class")) { (class(t, e)) }
                @if has_teams { td.d role="cell" { (e.team.as_deref().unwrap_or_default()) @if e.captain { " · " (t.say("entry-captain")) } } }
                @if has_codes { td.b role="cell" data-l=(t.say("entry-code")) { @if e.code.is_some() { (t.say("entry-has-code")) } } }
                td.st role="cell" { (state_tag(t, e.state)) }
                td role="cell" { @if matches!(e.state, EntryState::Entered | EntryState::Admitted) {
                    form action={ "/events/entries/" (e.id) "/withdrawal" } method="post" {
                        (piece::key_field(&visit.new_key()))
                        button.btn.sm.quiet aria-label=(t.say_with("entry-withdraw-who", &[("name", e.full_name.as_str().into())])) { (t.say("entry-withdraw")) }
                    }
                } }
            } } }
        } }
    }
}

/// Children to choose from.
pub struct Choice<'a> {
    pub children: &'a [Candidate],
    pub barred: &'a [Option<Bar>],
    pub classes: &'a [i64],
    pub class: Option<i64>,
}

/// The form of an application.
pub fn application(
    visit: &Visit,
    (edition, stage): (&Edition, &Stage),
    choice: &Choice<'_>,
    typed: &Application,
    problems: &Problems,
) -> Markup {
    let t = visit.lang;
    let here = url(stage.id);
    let f = Fields { lang: t, problems };
    let organises = organises(visit, edition, stage);
    let title = t.say(if organises { "entry-add" } else { "entry-apply" });
    let tabs: Vec<_> = choice
        .classes
        .iter()
        .map(|class| {
            let href = list_url(&format!("{here}/new"), Vec::new(), "class", &class.to_string());
            (
                href,
                t.say_with("entry-of-class", &[("class", (*class).into())]).into_owned(),
                None,
                choice.class == Some(*class),
            )
        })
        .collect();
    let higher: Vec<(String, String)> = std::iter::once((String::new(), t.say("entry-own-class").into_owned()))
        .chain((1..=11).filter(|c| edition.takes_class(Some(*c))).map(|c| (c.to_string(), c.to_string())))
        .collect();
    let line = Line { required: true, ..Line::TEXT };
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(t, edition, Some((here.clone(), stage.title.clone())), &title))
        (piece::head(&title, html! { p { (edition.title) " · " (stage.title) } }, html! {}))
        @if choice.classes.len() > 1 { (piece::tabs(&t.say("entry-classes"), &tabs)) }
        section.panel.mt {
            @if choice.children.is_empty() { (piece::empty("users", &t.say("entry-no-children"), html! {})) }
            @else { form.form.body action={ (here) "/new" } method="post" {
                (f.summary())
                (piece::key_field(&visit.new_key()))
                p.hint { (t.say("entry-consents")) " " a href="/consents" { (t.say("entry-to-consents")) } }
                @if edition.team_size.is_some() { (f.line("team", &t.say("entry-team-name"), &typed.team, line)) }
                fieldset.field #f-learner {
                    legend { (t.say("entry-who")) }
                    div.checks.cols2 { @for (child, bar) in choice.children.iter().zip(choice.barred) {
                        @let id = child.id.to_string();
                        label.check {
                            input type="checkbox" name="learner" value=(id) checked[typed.learner.contains(&id)] disabled[bar.is_some()];
                            span { (child.full_name) " " span.muted.sm {
                                (child.class_name.as_deref().unwrap_or_default())
                                @if let Some(bar) = bar { " · " (t.say(&text_prefix!("entry-bar-", bar.code()))) }
                            } }
                        }
                    } }
                    @if let Some(message) = problems.at("learner") { p.err { (message.say(t)) } }
                }
                @if edition.team_size.is_some() {
                    @let captains: Vec<(String, String)> = std::iter::once((String::new(), t.say("entry-no-captain").into_owned()))
                        .chain(choice.children.iter().map(|c| (c.id.to_string(), c.full_name.clone()))).collect();
                    (f.select("captain", &t.say("entry-captain-who"), &typed.captain, &captains, "", false))
                }
                (f.select("for_class", &t.say("entry-for"), &typed.for_class, &higher, &t.say("entry-for-hint"), false))
                div.actions { button.btn.primary { (piece::icon("check")) (t.say("entry-send")) } a.btn href=(here) { (t.say("cancel")) } }
            } }
        }
    })
}

/// Who sits where: expected people in an order that follows from their ids alone, not from names.
pub fn seated<'a>(entries: &'a [Entry], rooms: &[usize]) -> Vec<(&'a Entry, Seat)> {
    let mut people: Vec<(&Entry, Uuid)> =
        entries.iter().filter(|e| e.state.is_expected()).map(|e| (e, e.organisation_id.0)).collect();
    // The last bits of an id are random: neither the alphabet nor the hour of entering shows.
    people.sort_by_key(|(e, _)| e.id.0.as_u128().reverse_bits());
    seat(&people, rooms)
}

/// The seats.
pub fn seating(
    visit: &Visit,
    (edition, stage): (&Edition, &Stage),
    entries: &[Entry],
    asked: &Rooms,
    seated: Option<&[(&Entry, Seat)]>,
    problems: &Problems,
) -> Markup {
    let t = visit.lang;
    let here = url(stage.id);
    let title = t.say("entry-seating");
    let f = Fields { lang: t, problems };
    let expected = entries.iter().filter(|e| e.state.is_expected()).count();
    let left = seated.map_or(0, |seated| expected.saturating_sub(seated.len()));
    let paper = |format: &str| list_url(&format!("{here}/seating.{format}"), Vec::new(), "rooms", &asked.rooms);
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(t, edition, Some((here.clone(), stage.title.clone())), &title))
        (piece::head(&title, html! { p { (t.say_with("entry-expected", &[("n", expected.into())])) } }, html! {
            @if seated.is_some() {
                (piece::link_button(&paper("pdf"), "printer", t.say("entry-print"), true))
                (piece::link_button(&paper("docx"), "file-text", "DOCX", false))
            }
        }))
        section.panel { form.form.body action={ (here) "/seating" } {
            (f.line("rooms", &t.say("entry-rooms"), &asked.rooms, Line { hint: &t.say("entry-rooms-hint"), required: true, ..Line::TEXT }))
            div.actions { button.btn.primary { (t.say("entry-seat")) } a.btn href=(here) { (t.say("cancel")) } }
        } }
        @if let Some(seated) = seated {
            @if left > 0 { div.mt { (piece::alert(Tone::Warn, t.say_with("entry-no-seat", &[("n", left.into())]))) } }
            section.panel.mt aria-label=(title) { div.scroll-x { table.tbl {
                caption.vh { (title) }
                thead { tr {
                    th scope="col" { (t.say("entry-room")) } th scope="col" { (t.say("entry-place")) }
                    th scope="col" { (t.say("entry-name")) } th scope="col" { (t.say("entry-school")) }
                } }
                tbody { @for (e, seat) in seated { tr {
                    td { (seat.room) } td { (seat.place) } td.main { (e.full_name) } td { (e.organisation) }
                } } }
            } } }
        }
    })
}
