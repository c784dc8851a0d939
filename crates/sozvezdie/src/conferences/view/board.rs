//! The page of a conference: to everybody its programme, to each what is theirs to do.
use super::{crumbs, state_tag};
use crate::{
    conferences::{
        Conference, SUBMIT,
        model::{Section, ThesisState, average, clock, points, timetable},
        papers::{Bylines, Works, section_line},
        programme::{RulesForm, SectionForm},
        review_url, section_url, thesis_url, url,
        web::Board,
    },
    events,
    shell::Page,
};
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
};
use maud::{Markup, html};

pub fn page(visit: &Visit, b: &Board, rules: &RulesForm, section: &SectionForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let c = &b.c;
    let here = url(c.stage.id);
    let f = Fields { lang: t, problems };
    let may_submit = visit.viewer.may(SUBMIT) && c.takes_theses(visit);
    let actions = html! {
        @if may_submit { (piece::link_button(&format!("{here}/theses/new"), "plus", t.say("conference-submit"), true)) }
        @if !c.slots.is_empty() { a.btn href={ (here) "/programme.pdf" } download { (piece::icon("printer")) (t.say("conference-programme-file")) } }
    };
    let below = html! { p.row { span { (t.say("conference-one")) } span.muted { (events::days_of(t, &c.edition, &c.stage)) } } };
    Page::new(visit, c.edition.title.as_str()).show(html! {
        (crumbs(visit, c, None, &t.say("conference-one")))
        (piece::head(&c.edition.title, below, actions))
        (f.summary())
        div.grid {
            (duties(visit, b))
            (programme(t, c, &b.works, &b.by))
            @if !b.theses.is_empty() || c.holds || may_submit { (theses(visit, b)) }
            @if c.holds { (arranging(visit, b, rules, section, &f)) }
        }
    })
}

/// What waits for the viewer: reviews and sheets of points.
fn duties(visit: &Visit, b: &Board) -> Markup {
    let t = visit.lang;
    if b.to_review.is_empty() && b.to_judge.is_empty() {
        return html! {};
    }
    piece::panel(
        &t.say("research-waits"),
        html! {},
        html! { ul.queue {
            @for (id, code, due) in &b.to_review { li { (piece::icon("eye-off")) div {
                a.t href=(review_url(*id)) { (t.say_with("research-review-of", &[("code", code.as_str().into())])) } " "
                (piece::tag(if *due < visit.today { Tone::Bad } else { Tone::Plain }, t.say_with("research-until", &[("day", t.date(*due).into())])))
            } } }
            @for section in b.to_judge.iter().filter_map(|id| b.c.section(*id)) { li { (piece::icon("scale")) div {
                a.t href={ (section_url(section.id)) "/marks" } { (t.say_with("conference-judge", &[("title", section.title.as_str().into())])) }
                p.muted.sm { (section_line(t, section)) }
            } } }
        } },
    )
}

/// The programme, section by section.
fn programme(t: Lang, c: &Conference, works: &Works, by: &Bylines) -> Markup {
    html! {
        @if c.slots.is_empty() { section.panel { header { h2 { (t.say("conference-programme")) } } (piece::empty("calendar-days", &t.say("conference-no-programme"), html! {})) } }
        @for section in c.sections.iter().filter(|s| c.slots.iter().any(|l| l.section == s.id)) {
            section.panel {
                header { h2 { (section.title) } span.muted.sm { (section_line(t, section)) } }
                @if c.jury(section.id).next().is_some() { div.body { p.muted.sm { (t.say("conference-jury")) ": "
                    @for (number, juror) in c.jury(section.id).enumerate() { @if number > 0 { ", " } (juror.name) @if juror.chair { " (" (t.say("conference-chair")) ")" } }
                } } }
                (talks(t, c, section, works, by))
            }
        }
    }
}

fn talks(t: Lang, c: &Conference, section: &Section, works: &Works, by: &Bylines) -> Markup {
    piece::scroll(
        &section.title,
        html! { table.tbl.cards {
            thead { tr {
                th scope="col" { (t.say("conference-time")) } th scope="col" { (t.say("conference-talk")) } th scope="col" { (t.say("conference-authors")) }
            } }
            tbody { @for line in timetable(section, &c.slots) { tr {
                td.nowrap data-l=(t.say("conference-time")) { (clock(line.from)) "–" (clock(line.until)) }
                @match line.slot.thesis {
                    Some(id) => {
                        td.main { (works.titles.get(&id).map(|(title, _)| title.as_str()).unwrap_or_default()) }
                        td data-l=(t.say("conference-authors")) { @for name in by.get(&id).into_iter().flatten() { p { (name) } } }
                    }
                    None => { td.main { span.muted { (line.slot.title.as_deref().unwrap_or_default()) } } td {} }
                }
            } } }
        } },
    )
}

/// The theses that the viewer sees, with the jury's means for whoever holds the conference.
fn theses(visit: &Visit, b: &Board) -> Markup {
    let t = visit.lang;
    let c = &b.c;
    let title = t.say(if c.holds { "conference-theses" } else { "conference-theses-own" });
    let has_points = !b.marks.is_empty();
    let names = |id| b.authors.iter().filter(move |a| a.thesis == id);
    let most = c.rules.criteria.sum();
    let accepted = b.theses.iter().filter(|t| t.state == ThesisState::Accepted).count();
    html! { section.panel {
        header { h2 { (title) } @if !b.theses.is_empty() { span.muted.sm { (t.say_with("conference-count", &[("n", b.theses.len().into()), ("accepted", accepted.into())])) } } }
        @if b.theses.is_empty() { (piece::empty("file-text", &t.say("conference-no-theses"), html! {})) } @else {
            (piece::scroll(&title, html! { table.tbl.cards {
                thead { tr {
                    th scope="col" { (t.say("research-title")) } th scope="col" { (t.say("conference-authors")) } th scope="col" { (t.say("conference-section")) }
                    th scope="col" { (t.say("list-state")) } @if has_points { th.num scope="col" { (t.say("conference-mean")) } }
                } }
                tbody { @for thesis in &b.theses { tr {
                    td.main { a href=(thesis_url(thesis.id)) { (thesis.title) } p.muted.sm { (thesis.code) } }
                    td data-l=(t.say("conference-authors")) { @for a in names(thesis.id) { p { (a.name) " " span.muted.sm { (a.organisation) } } } }
                    td data-l=(t.say("conference-section")) { (c.section(thesis.section_id).map(|s| s.title.as_str()).unwrap_or_default()) }
                    td data-l=(t.say("list-state")) { (state_tag(t, thesis.state)) }
                    @if has_points { td.num data-l=(t.say("conference-mean")) {
                        @if let Some(mean) = average(&b.marks, thesis.id, c.rules.criteria.0.len()) { (t.say_with("conference-of", &[("points", points(t, mean).into()), ("most", most.into())])) }
                    } }
                } } }
            } }))
        }
        @if c.holds && accepted > 0 { div.pa.row {
            a.btn href={ (url(c.stage.id)) "/collection.pdf" } download { (piece::icon("book-open")) (t.say("conference-collection")) }
            @if b.may_results && has_points { form action={ (url(c.stage.id)) "/points" } method="post" {
                (piece::key_field(&visit.new_key()))
                button.btn.primary { (piece::icon("trophy")) (t.say("conference-hand-over")) }
            } }
        } p.body.muted.sm { (t.say("conference-collection-about")) } }
    } }
}

/// What whoever holds the conference arranges.
fn arranging(visit: &Visit, b: &Board, rules: &RulesForm, section: &SectionForm, f: &Fields<'_>) -> Markup {
    let t = visit.lang;
    let c = &b.c;
    let here = url(c.stage.id);
    let required = Line { required: true, ..Line::TEXT };
    html! { div.grid.halves {
        section.panel {
            header { h2 { (t.say("conference-sections")) } }
            @if !c.sections.is_empty() { ul.list { @for s in &c.sections { li { a.t href=(section_url(s.id)) { (s.title) }
                p.muted.sm { (section_line(t, s)) ". " (t.say_with("conference-section-count", &[("n", c.slots.iter().filter(|l| l.section == s.id && l.thesis.is_some()).count().into())])) }
            } } } }
            form.form.pa action={ (here) "/sections" } method="post" {
                (piece::key_field(&visit.new_key()))
                (f.line("title", &t.say("conference-section-title"), &section.title, required))
                (f.line("room", &t.say("conference-room"), &section.room, Line::TEXT))
                div.two {
                    (f.line("on_date", &t.say("conference-day"), &section.on_date, Line { kind: "date", ..required }))
                    (f.line("starts_at", &t.say("conference-starts"), &section.starts_at, Line { hint: &t.say("conference-clock-hint"), ..required }))
                }
                div.actions { button.btn { (piece::icon("plus")) (t.say("conference-section-add")) } }
            }
        }
        section.panel {
            header { h2 { (t.say("conference-rules")) } }
            form.form.pa action={ (here) "/rules" } method="post" {
                (piece::key_field(&visit.new_key()))
                (f.line("talk_minutes", &t.say("conference-minutes"), &rules.talk_minutes, Line { kind: "number", ..required }))
                (f.text("criteria", &t.say("conference-criteria"), &rules.criteria, &t.say("conference-criteria-hint"), true))
                div.actions { button.btn { (t.say("save")) } }
            }
        }
    } }
}
