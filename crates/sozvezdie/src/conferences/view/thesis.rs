//! The pages of theses: record, form, and what a reviewer sees.
use super::{back, crumbs, state_tag};
use crate::{
    conferences::{
        Conference,
        model::{Advice, Review, TEXT, Thesis, ThesisForm, ThesisState},
        review::ReviewForm,
        review_url, thesis_url, url,
        web::{Record, Typed},
    },
    events, groups, learners,
    research::Project,
    shell::Page,
};
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

fn prose(text: &str) -> Markup {
    html! { @for line in text.lines().filter(|line| !line.trim().is_empty()) { p { (line) } } }
}

fn advice_words(t: Lang, advice: Advice) -> String {
    t.say(&text_prefix!("conference-advice-", advice.code())).into_owned()
}

pub fn record(visit: &Visit, r: &Record, typed: &Typed, problems: &Problems) -> Markup {
    let t = visit.lang;
    let (c, thesis) = (&r.o.conference, &r.o.thesis);
    let here = thesis_url(thesis.id);
    let can = r.o.can;
    let section = c.section(thesis.section_id).map(|s| s.title.clone()).unwrap_or_default();
    let actions = html! {
        @if can.write && thesis.state.is_open() { (piece::link_button(&format!("{here}/edit"), "pencil", t.say("edit"), thesis.state == ThesisState::Revise)) }
    };
    let facts = piece::facts(&[
        (&t.say("conference-section"), Some(html! { (section) })),
        (&t.say("group-organisation"), Some(html! { (thesis.organisation) })),
        (&t.say("research-supervisor"), Some(html! { (r.supervisor) })),
        (&t.say("conference-code"), Some(html! { (thesis.code) })),
    ]);
    Page::new(visit, thesis.title.as_str()).show(html! {
        (crumbs(visit, c, Some(back(t, c)), &thesis.title))
        (piece::head(&thesis.title, html! { p.row { (state_tag(t, thesis.state)) span { (section) } } }, actions))
        @if let Some(verdict) = &thesis.verdict { div.mb { (piece::alert(thesis.state.tone(), html! { p.strong { (t.say("conference-verdict")) } (prose(verdict)) })) } }
        div.grid.cols {
            div.stack {
                (piece::panel(&t.say("conference-text"), html! {}, html! { div.body.prose { (prose(&thesis.body)) } }))
                (reviews(visit, r, typed, problems))
            }
            div.stack {
                @if can.hold { (decision(visit, thesis, typed, problems)) }
                (piece::panel(&t.say("research-facts"), html! {}, html! { div.body { (facts) } }))
                (piece::panel(&t.say("research-authors"), html! {}, html! { ul.list { @for a in &r.o.authors { li.flex { (piece::icon("user-round")) div {
                    @if visit.viewer.may(learners::SEE) && can.write { a href=(learners::url(a.learner)) { (a.name) } } @else { (a.name) }
                    p.muted.sm { (a.organisation) @if let Some(class) = a.class { ", " (t.say_with("certificate-class", &[("class", class.into())])) } }
                } } } } }))
                (files(visit, r, problems))
                @if can.write && thesis.state.is_live() { (withdrawal(visit, thesis)) }
            }
        }
    })
}

/// Theses that were taken back cannot be handed in again: which ones is said before.
fn withdrawal(visit: &Visit, thesis: &Thesis) -> Markup {
    let t = visit.lang;
    let about = t.say_with("conference-withdraw-about", &[("title", thesis.title.as_str().into())]);
    let form = html! { form action={ (thesis_url(thesis.id)) "/withdrawal" } method="post" {
        (piece::key_field(&visit.new_key()))
        button.btn.danger { (t.say("conference-withdraw-sure")) }
    } };
    piece::irrevocable(&t.say("conference-withdraw"), &about, form)
}

fn decision(visit: &Visit, thesis: &Thesis, typed: &Typed, problems: &Problems) -> Markup {
    let t = visit.lang;
    let next = thesis.state.decisions();
    if next.is_empty() {
        return html! {};
    }
    let f = Fields { lang: t, problems };
    let wrong = problems.at("verdict");
    let states: Vec<(String, String)> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(
            next.iter()
                .map(|s| (s.code().to_owned(), t.say(&text_prefix!("conference-decide-", s.code())).into_owned())),
        )
        .collect();
    piece::panel(
        &t.say("conference-decision"),
        html! {},
        html! { form.form.body action={ (thesis_url(thesis.id)) "/decision" } method="post" {
            (piece::key_field(&visit.new_key()))
            (f.select("state", &t.say("conference-decision-what"), &typed.decision.state, &states, "", true))
            // Needed or not by what is decided: the hint says when, so that no mark of an optional field denies it.
            div.field {
                label for="f-verdict" { (t.say("conference-verdict")) }
                p.hint #h-verdict { (t.say("conference-verdict-hint")) }
                textarea.in #f-verdict name="verdict" rows="4" aria-invalid=[wrong.map(|_| "true")]
                    aria-describedby=(if wrong.is_some() { "e-verdict h-verdict" } else { "h-verdict" }) { (typed.decision.verdict) }
                @if let Some(message) = wrong { p.err #e-verdict { (message.say(t)) } }
            }
            div.actions { button.btn.primary { (t.say("conference-decide")) } }
        } },
    )
}

fn reviews(visit: &Visit, r: &Record, typed: &Typed, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let thesis = &r.o.thesis;
    let asks = r.o.can.reviewers && thesis.state.is_open();
    let staff = groups::to_choose(t, &r.staff, |_| false);
    piece::panel(
        &t.say("research-reviews"),
        html! {},
        html! {
            @if r.reviews.is_empty() { div.body { p.muted { (t.say("research-no-reviews")) } } }
            @else { ol.list { @for (number, v) in (1_i64..).zip(&r.reviews) { li.flex { (piece::icon("eye-off")) div {
                b.strong { (t.say_with("research-reviewer", &[("number", number.into())])) }
                @if let Some(name) = r.names.get(&v.reviewer.0) { " " span.muted { (name) } }
                @match v.advice {
                    None => p.muted.sm { (t.say_with("research-until", &[("day", t.date(v.due_on).into())])) },
                    Some(advice) => { p { (piece::tag(tone(advice), advice_words(t, advice))) } (prose(v.body.as_deref().unwrap_or_default())) }
                }
            } } } } }
            @if asks { form.form.pa action={ (thesis_url(thesis.id)) "/reviews" } method="post" {
                (piece::key_field(&visit.new_key()))
                (f.select("reviewer", &t.say("research-assign"), &typed.ask.reviewer, &staff, &t.say("research-assign-hint"), true))
                (f.line("due_on", &t.say("research-assign-due"), &typed.ask.due_on, Line { kind: "date", required: true, ..Line::TEXT }))
                div.actions { button.btn { (t.say("research-assign-do")) } }
            } }
        },
    )
}

fn tone(advice: Advice) -> Tone {
    match advice {
        Advice::Accept => Tone::Ok,
        Advice::Revise => Tone::Warn,
        Advice::Decline => Tone::Bad,
    }
}

fn files(visit: &Visit, r: &Record, problems: &Problems) -> Markup {
    let t = visit.lang;
    let thesis = &r.o.thesis;
    if r.files.is_empty() && !r.o.can.write {
        return html! {};
    }
    piece::panel(
        &t.say("conference-files"),
        html! {},
        html! {
            @if !r.files.is_empty() { ul.list { @for file in &r.files { li.flex { (piece::icon("paperclip")) a href={ "/conferences/files/" (file.id) } { (file.name) } } } } }
            @if r.o.can.write && thesis.state.is_live() { form.form.pa action={ (thesis_url(thesis.id)) "/files" } method="post" enctype="multipart/form-data" {
                (piece::key_field(&visit.new_key()))
                div.field { label for="f-file" { (t.say("conference-file")) } p.hint #h-file { (t.say("group-file-hint")) }
                    input.in #f-file type="file" name="file" required aria-describedby="h-file";
                    @if let Some(message) = problems.at("file") { p.err { (message.say(t)) } }
                }
                div.actions { button.btn { (piece::icon("upload")) (t.say("research-file-add")) } }
            } }
        },
    )
}

/// The form of new theses, with projects and children to choose from; of old ones without.
pub fn form(
    visit: &Visit,
    c: &Conference,
    thesis: Option<&Thesis>,
    (projects, found): (&[Project], &[(String, String)]),
    typed: &ThesisForm,
    problems: &Problems,
) -> Markup {
    let t = visit.lang;
    let title = t.say(if thesis.is_some() { "conference-mend" } else { "conference-submit" });
    let new = format!("{}/theses/new", url(c.stage.id));
    let action = thesis.map_or_else(|| format!("{}/theses", url(c.stage.id)), |thesis| thesis_url(thesis.id));
    let away = thesis.map_or_else(|| url(c.stage.id), |thesis| thesis_url(thesis.id));
    let f = Fields { lang: t, problems };
    let sections: Vec<(String, String)> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(c.sections.iter().map(|s| (s.id.to_string(), s.title.clone())))
        .collect();
    let hint = t.say_with("conference-text-hint", &[("limit", t.number(i64::try_from(TEXT).unwrap_or(0)).into())]);
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(visit, c, Some(back(t, c)), &title))
        (piece::head(&title, html! { p { (c.edition.title) " · " (events::days_of(t, &c.edition, &c.stage)) } }, html! {}))
        @if thesis.is_none() { section.panel.mb { form.filters role="search" action=(new) {
            @if !projects.is_empty() { div.field.first { label for="by-project" { (t.say("conference-project")) } select.in #by-project name="project" {
                option value="" { (t.say("conference-no-project")) }
                @for p in projects { @let id = p.id.to_string(); option value=(id) selected[typed.project == id] { (p.title) } }
            } } }
            div.field { label for="by-q" { (t.say("conference-find-author")) } input.in #by-q type="search" name="q" value=(typed.q) placeholder=(t.say("learners-find-hint")); }
            button.btn { (piece::icon("search")) (t.say("conference-choose")) }
        } } }
        section.panel { form.form.body action=(action) method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="version" value=(typed.version);
            input type="hidden" name="project" value=(typed.project);
            input type="hidden" name="q" value=(typed.q);
            @if thesis.is_none() { (authors(t, projects, found, typed, problems)) }
            (f.select("section", &t.say("conference-section"), &typed.section, &sections, "", true))
            (f.line("title", &t.say("research-title"), &typed.title, Line { required: true, ..Line::TEXT }))
            (f.text("body", &t.say("conference-text"), &typed.body, &hint, true))
            div.actions { button.btn.primary { (piece::icon("send")) (t.say("conference-send")) } a.btn href=(away) { (t.say("cancel")) } }
        } }
    })
}

fn authors(
    t: Lang,
    projects: &[Project],
    found: &[(String, String)],
    typed: &ThesisForm,
    problems: &Problems,
) -> Markup {
    let project = projects.iter().find(|p| p.id.to_string() == typed.project);
    html! {
        @if let Some(p) = project {
            p { (t.say_with("conference-from-project", &[("title", p.title.as_str().into())])) }
            @for field in ["project", "learner"] { @if let Some(message) = problems.at(field) { p.err { (message.say(t)) } } }
        } @else { fieldset.field #f-learner {
            legend { (t.say("research-authors")) }
            p.hint { (t.say("conference-authors-hint")) }
            @if found.is_empty() { p.muted { (t.say("group-send-nobody")) } }
            div.checks.scroll { @for (id, words) in found { label.check {
                input type="checkbox" name="learner" value=(id) checked[typed.learner.contains(id)];
                span { (words) }
            } } }
            @if let Some(message) = problems.at("learner") { p.err #e-learner { (message.say(t)) } }
        } }
    }
}

/// The page of a reviewer: the work without names, and the review.
pub fn review(visit: &Visit, v: &Review, thesis: &Thesis, typed: &ReviewForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let title = t.say_with("research-review-of", &[("code", thesis.code.as_str().into())]);
    let f = Fields { lang: t, problems };
    let here = review_url(v.id);
    let advice: Vec<(String, String)> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(Advice::ALL.iter().map(|a| (a.code().to_owned(), advice_words(t, *a))))
        .collect();
    let links = [(url(thesis.stage_id), t.say("conference-one").into_owned())];
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &links, &title))
        (piece::head(&title, html! { p { (t.say("research-review-about")) } }, html! {}))
        div.stack {
            (piece::panel(&thesis.title, html! {}, html! { div.body.prose { (prose(&thesis.body)) } }))
            (piece::panel(&t.say("research-review-mine"), html! {}, match v.advice {
                Some(advice) => html! { div.body { p { (piece::tag(tone(advice), advice_words(t, advice))) } (prose(v.body.as_deref().unwrap_or_default())) } },
                None => html! { form.form.body action=(here) method="post" {
                    (f.summary())
                    (piece::key_field(&visit.new_key()))
                    (f.select("advice", &t.say("research-advice"), &typed.advice, &advice, "", true))
                    (f.text("body", &t.say("research-review-body"), &typed.body, &t.say("research-review-body-hint"), true))
                    div.actions { button.btn.primary { (t.say("research-review-send")) } }
                } },
            }))
        }
    })
}
