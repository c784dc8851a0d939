//! How research looks.
use super::{
    AuthorForm, Can, LEAD, LIST, SheetForm,
    model::{
        Advice, Author, Move, Project, ProjectForm, ProjectState, Review, ReviewId, ReviewState, Sheet, Stage, Term,
    },
    review::{AssignForm, ReviewForm, Work},
    review_url, url,
    web::Asked,
};
use crate::{
    learners, organisations,
    people::{PersonId, PersonName},
    shell::Page,
};
use chrono::NaiveDate;
use kit::{
    Lang, Visit,
    files::StoredFile,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    text::text_prefix,
};
use maud::{Markup, html};
use std::collections::HashMap;
use uuid::Uuid;

fn stage_words(t: Lang, stage: Stage) -> String {
    t.say(&text_prefix!("research-stage-", stage.code())).into_owned()
}

fn crumbs(visit: &Visit, p: Option<&Project>, here: &str) -> Markup {
    let t = visit.lang;
    let mut links = vec![(LIST.to_owned(), t.say("nav-research").into_owned())];
    links.extend(p.map(|p| (url(p.id), p.title.clone())));
    piece::crumbs(&t.say("crumbs"), &links, here)
}

fn tags(visit: &Visit, p: &Project) -> Markup {
    let t = visit.lang;
    html! {
        @if p.state == ProjectState::Running { (piece::tag(Tone::Info, stage_words(t, p.stage))) }
        @else { (piece::tag(p.state.tone(), t.say(&text_prefix!("research-state-", p.state.code())))) }
        @if p.is_overdue(visit.today) { " " (piece::tag(Tone::Bad, t.say("research-overdue"))) }
    }
}

pub fn list(visit: &Visit, asked: &Asked, all: &[Project], reviews: &[(ReviewId, String, NaiveDate)]) -> Markup {
    let t = visit.lang;
    let title = t.say("nav-research");
    let actions = html! { @if visit.viewer.may(LEAD) { (piece::link_button("/research/new", "plus", t.say("research-add"), true)) } };
    let overdue: Vec<&Project> = all.iter().filter(|p| p.is_overdue(visit.today)).collect();
    let filtered = !asked.q.trim().is_empty() || !asked.stage.is_empty();
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! { p { (t.say("research-about")) } }, actions))
        @if !reviews.is_empty() || !overdue.is_empty() { (piece::panel(&t.say("research-waits"), html! {}, html! { ul.queue {
            @for (id, code, due) in reviews { li { (piece::icon("eye-off")) div {
                a.t href=(review_url(*id)) { (t.say_with("research-review-of", &[("code", code.as_str().into())])) } " "
                (piece::tag(if *due < visit.today { Tone::Bad } else { Tone::Plain }, t.say_with("research-until", &[("day", t.date(*due).into())])))
            } div.acts { a.btn.sm href=(review_url(*id)) { (t.say("research-review-do")) span.vh { " " (code) } } } } }
            @for p in overdue { li { (piece::icon("hourglass")) div {
                a.t href=(url(p.id)) { (p.title) } " " (piece::tag(Tone::Bad, t.say("research-overdue")))
                p.muted.sm { (stage_words(t, p.stage)) @if let Some(due) = p.due_on { ", " (t.say_with("research-until", &[("day", t.date(due).into())])) } }
            } div.acts { a.btn.sm href=(url(p.id)) { (t.say("research-open")) span.vh { ": " (p.title) } } } } }
        } })) }
        section.panel.mt aria-label=(title) {
            form.filters role="search" action=(LIST) data-autosubmit {
                div.field.first { label for="by-q" { (t.say("research-find")) } input.in #by-q type="search" name="q" value=(asked.q) autocomplete="off"; }
                div.field { label for="by-stage" { (t.say("research-stage")) } select.in #by-stage name="stage" {
                    option value="" { (t.say("list-any")) }
                    @for stage in Stage::ALL { option value=(stage.code()) selected[asked.stage == stage.code()] { (stage_words(t, *stage)) } }
                } }
                button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
                @if filtered { a.btn.quiet href=(LIST) { (t.say("list-reset")) } }
            }
            @if all.is_empty() {
                @if filtered { (piece::empty("search", &t.say("list-nothing"), piece::link_button(LIST, "x", t.say("list-reset"), false))) }
                @else { (piece::empty("flask-conical", &t.say("research-none"), html! {})) }
            } @else { div.scroll-x { table.tbl.cards role="table" {
                caption.vh { (title) }
                thead role="rowgroup" { tr role="row" {
                    th role="columnheader" scope="col" { (t.say("research-title")) }
                    th role="columnheader" scope="col" { (t.say("research-stage")) }
                    th role="columnheader" scope="col" { (t.say("group-organisation")) }
                    th role="columnheader" scope="col" { (t.say("research-due")) }
                } }
                tbody role="rowgroup" data-rows { @for p in all { tr role="row" {
                    td.main role="cell" { a.row-link href=(url(p.id)) { (p.title) } @if let Some(subject) = &p.subject { p.muted.sm { (subject) } } }
                    td.st role="cell" { (tags(visit, p)) }
                    td.a role="cell" { (p.organisation_name) }
                    td.c.nowrap role="cell" { @if let Some(due) = p.due_on { (t.date(due)) } }
                } } }
            } } }
        }
    })
}

/// What was typed on a record's page and is shown again.
#[derive(Default)]
pub struct Typed {
    pub text: Option<String>,
    pub assign: AssignForm,
    pub sheet: SheetForm,
}

/// Everything the record's page shows.
pub struct Record {
    pub project: Project,
    pub supervisor: String,
    pub authors: Vec<Author>,
    pub terms: Vec<Term>,
    pub reviews: Vec<Review>,
    /// Who reviewed, only for who may know.
    pub names: HashMap<Uuid, String>,
    pub sheets: Vec<Sheet>,
    pub files: Vec<StoredFile>,
    pub staff: Vec<(PersonId, PersonName, String)>,
    pub can: Can,
}

pub fn record(visit: &Visit, r: &Record, typed: &Typed, problems: &Problems) -> Markup {
    let t = visit.lang;
    let p = &r.project;
    let here = url(p.id);
    let actions =
        html! { @if r.can.lead { (piece::link_button(&format!("{here}/edit"), "pencil", t.say("edit"), false)) } };
    let facts = piece::facts(&[
        (
            &t.say("group-organisation"),
            Some(html! { a href=(organisations::url(p.organisation_id)) { (p.organisation_name) } }),
        ),
        (&t.say("research-supervisor"), Some(html! { (r.supervisor) })),
        (&t.say("group-subject"), p.subject.as_ref().map(|s| html! { (s) })),
        (
            &t.say("research-year"),
            Some(html! { (p.academic_year) "/" (format!("{:02}", (p.academic_year + 1) % 100)) }),
        ),
        (&t.say("research-submitted"), p.submitted_to.as_ref().map(|s| html! { (s) })),
    ]);
    Page::new(visit, p.title.as_str()).show(html! {
        (crumbs(visit, None, &p.title))
        (piece::head(&p.title, html! { p.row { (tags(visit, p)) span { (p.organisation_name) } } }, actions))
        @if let Some(message) = problems.at("body") { (piece::alert(Tone::Warn, message.say(t))) }
        div.grid.cols {
            div.stack {
                (piece::panel(&t.say("research-facts"), html! {}, html! { div.body { (facts)
                    @if let Some(question) = &p.question { div.prose.mt { @for line in question.lines().filter(|l| !l.trim().is_empty()) { p { (line) } } } }
                } }))
                (work(visit, r, typed, problems))
                (reviews(visit, r, typed, problems))
                @if p.stage == Stage::Defence { (defence(visit, r, typed, problems)) }
            }
            div.stack {
                (stages(visit, r))
                (authors(visit, r))
            }
        }
    })
}

fn stages(visit: &Visit, r: &Record) -> Markup {
    let t = visit.lang;
    let p = &r.project;
    let term = |stage: Stage| r.terms.iter().find(|term| term.stage == stage);
    let at = p.standing();
    let moves = [Move::Complete, Move::Stop, Move::Resume];
    let words = |step: Move| match step {
        Move::To(stage) if stage < p.stage => t.say("research-step-back").into_owned(),
        Move::To(stage) => t.say_with("research-step-to", &[("stage", stage_words(t, stage).into())]).into_owned(),
        Move::Complete => t.say("research-step-complete").into_owned(),
        Move::Stop => t.say("research-step-stop").into_owned(),
        Move::Resume => t.say("research-step-resume").into_owned(),
    };
    let steps: Vec<Move> =
        Stage::ALL.iter().map(|stage| Move::To(*stage)).chain(moves).filter(|step| at.may(*step)).collect();
    piece::panel(
        &t.say("research-stages"),
        html! {},
        html! { div.body {
            ol.log { @for stage in Stage::ALL {
                @let days = term(*stage);
                @let done = days.and_then(|d| d.done_on);
                li.done[done.is_some()].now[p.stage == *stage && p.state == ProjectState::Running] {
                    b.strong { (stage_words(t, *stage)) }
                    @if p.stage == *stage && p.state == ProjectState::Running { span.vh { " (" (t.say("research-now")) ")" } }
                    p.muted {
                        @if let Some(day) = done { (t.say_with("research-done-on", &[("day", t.date(day).into())])) }
                        @else if let Some(day) = days.and_then(|d| d.due_on) { (t.say_with("research-until", &[("day", t.date(day).into())])) }
                        @else { (t.say("research-no-day")) }
                    }
                }
            } }
            @if r.can.lead { div.row.mt { @for step in steps {
                form action={ (url(p.id)) "/stage" } method="post" {
                    (piece::key_field(&visit.new_key()))
                    input type="hidden" name="step" value=(code(step));
                    button.btn.sm.primary[matches!(step, Move::To(stage) if stage > p.stage) || step == Move::Complete] { (words(step)) }
                }
            } } }
        } },
    )
}

fn code(step: Move) -> &'static str {
    match step {
        Move::To(stage) => stage.code(),
        Move::Complete => "complete",
        Move::Stop => "stop",
        Move::Resume => "resume",
    }
}

fn authors(visit: &Visit, r: &Record) -> Markup {
    let t = visit.lang;
    let here = url(r.project.id);
    let more = html! { @if r.can.lead { a.more href={ (here) "/authors/new" } { (t.say("research-author-add")) } } };
    piece::panel(
        &t.say("research-authors"),
        more,
        html! {
            @if r.authors.is_empty() { div.body { p.muted { (t.say("research-no-authors")) } } }
            @else { ul.list { @for a in &r.authors { li.flex { (piece::icon("user-round")) div {
                @match (&a.full_name, a.learner_id) {
                    (Some(name), Some(id)) if visit.viewer.may(learners::SEE) => a href=(learners::url(id)) { (name) },
                    (Some(name), _) => (name),
                    _ => span.muted { (t.say("group-name-hidden")) },
                }
                p.muted.sm { (a.class_name.as_deref().unwrap_or("")) @if a.class_name.is_some() { ", " } (a.organisation_name) }
                } @if r.can.lead { form.end action={ (here) "/authors/removal" } method="post" {
                    (piece::key_field(&visit.new_key()))
                    input type="hidden" name="author" value=(a.id);
                    button.linkish { (t.say("research-author-remove")) span.vh { ": " (a.full_name.as_deref().unwrap_or("")) } }
                } }
            } } } }
        },
    )
}

/// Files by version, and the text for reviewers.
fn work(visit: &Visit, r: &Record, typed: &Typed, problems: &Problems) -> Markup {
    let t = visit.lang;
    let p = &r.project;
    let f = Fields { lang: t, problems };
    let open = p.state == ProjectState::Running && p.stage < Stage::Review;
    let text = typed.text.as_deref().or(p.review_text.as_deref()).unwrap_or("");
    let year = chrono::Datelike::year(&visit.today);
    piece::panel(
        &t.say("research-work"),
        html! {},
        html! {
            @if r.files.is_empty() { div.body { p.muted { (t.say("research-no-files")) } } }
            @else { ol.list { @for (number, file) in (1_i64..).zip(&r.files) { li.flex {
                (piece::icon("paperclip"))
                div { a href={ (LIST) "/files/" (file.id) } { (file.name) }
                    p.muted.sm { (t.say_with("research-version", &[("number", number.into())])) ", " (t.moment(file.uploaded_at, year)) } }
            } } } }
            @if r.can.work { form.form.body action={ (url(p.id)) "/files" } method="post" enctype="multipart/form-data" {
                (piece::key_field(&visit.new_key()))
                div.field { label for="f-file" { (t.say("research-file")) } p.hint #h-file { (t.say("group-file-hint")) }
                    input.in #f-file type="file" name="file" required aria-describedby="h-file";
                    @if let Some(message) = problems.at("file") { p.err { (message.say(t)) } }
                }
                div.actions { button.btn { (piece::icon("upload")) (t.say("research-file-add")) } }
            } }
            @if r.can.work && open { form.form.body action={ (url(p.id)) "/text" } method="post" {
                (piece::key_field(&visit.new_key()))
                (f.text("text", &t.say("research-text"), text, &t.say("research-text-hint"), false))
                div.actions { button.btn { (t.say("research-text-save")) } }
            } }
            @else if r.can.work && p.review_text.is_some() { div.body { p.muted.sm { (t.say("research-text-sent")) } } }
        },
    )
}

fn reviews(visit: &Visit, r: &Record, typed: &Typed, problems: &Problems) -> Markup {
    let t = visit.lang;
    let p = &r.project;
    if p.stage < Stage::Review {
        return html! {};
    }
    let f = Fields { lang: t, problems };
    let staff: Vec<_> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(r.staff.iter().map(|(id, name, place)| (id.to_string(), format!("{}, {place}", name.full()))))
        .collect();
    piece::panel(
        &t.say("research-reviews"),
        html! {},
        html! {
            @if r.reviews.is_empty() { div.body { p.muted { (t.say("research-no-reviews")) } } }
            @else { ol.list { @for (number, v) in (1_i64..).zip(&r.reviews) { li.flex { (piece::icon("eye-off")) div {
                b.strong { (t.say_with("research-reviewer", &[("number", number.into())])) }
                @if let Some(name) = r.names.get(&v.reviewer_id.0) { " " span.muted { (name) } }
                @if v.state == ReviewState::Assigned {
                    p.muted.sm { (t.say_with("research-until", &[("day", t.date(v.due_on).into())])) }
                } @else {
                    p { (points(t, v)) }
                    @if let Some(advice) = v.advice { p { span.muted { (t.say("research-advice")) ": " } (t.say(&text_prefix!("research-advice-", advice.code()))) } }
                    @for line in v.body.as_deref().unwrap_or_default().lines() { p { (line) } }
                }
            } } } } }
            @if r.can.reviewers && p.stage == Stage::Review && p.state == ProjectState::Running {
                form.form.body action={ (url(p.id)) "/reviews" } method="post" {
                    (piece::key_field(&visit.new_key()))
                    (f.select("reviewer", &t.say("research-assign"), &typed.assign.reviewer, &staff, &t.say("research-assign-hint"), true))
                    (f.line("due_on", &t.say("research-assign-due"), &typed.assign.due_on, Line { kind: "date", required: true, ..Line::TEXT }))
                    div.actions { button.btn { (t.say("research-assign-do")) } }
                }
            }
        },
    )
}

fn points(t: Lang, v: &Review) -> String {
    let named = [("novelty", v.novelty), ("method", v.method), ("writing", v.writing)];
    let said = named
        .iter()
        .filter_map(|(name, n)| n.map(|n| format!("{}: {n}", t.say(&text_prefix!("research-criterion-", name)))));
    said.collect::<Vec<_>>().join(" · ")
}

fn defence(visit: &Visit, r: &Record, typed: &Typed, problems: &Problems) -> Markup {
    let t = visit.lang;
    let p = &r.project;
    let f = Fields { lang: t, problems };
    let number = Line { kind: "number", required: true, ..Line::TEXT };
    piece::panel(
        &t.say("research-defence"),
        html! {},
        html! {
            @if r.sheets.is_empty() { div.body { p.muted { (t.say("research-no-sheets")) } } }
            @else { (piece::scroll(&t.say("research-defence"), html! { table.tbl {
                thead { tr {
                    th scope="col" { (t.say("research-juror")) }
                    @for name in ["content", "talk", "answers"] { th.num scope="col" { (t.say(&text_prefix!("research-criterion-", name))) } }
                    th.num scope="col" { (t.say("research-sum")) }
                } }
                tbody { @for s in &r.sheets { tr {
                    th scope="row" { (s.juror) @if let Some(note) = &s.note { p.muted.sm { (note) } } }
                    td.num { (s.content) } td.num { (s.talk) } td.num { (s.answers) } td.num { (s.sum()) }
                } } }
            } })) }
            @if r.can.edit && p.state == ProjectState::Running { form.form.body action={ (url(p.id)) "/sheets" } method="post" {
                (piece::key_field(&visit.new_key()))
                (f.line("juror", &t.say("research-juror"), &typed.sheet.juror, Line { required: true, ..Line::TEXT }))
                (f.line("content", &t.say("research-criterion-content"), &typed.sheet.content, Line { hint: &t.say("research-points-hint"), ..number }))
                div.two {
                    (f.line("talk", &t.say("research-criterion-talk"), &typed.sheet.talk, number))
                    (f.line("answers", &t.say("research-criterion-answers"), &typed.sheet.answers, number))
                }
                (f.line("note", &t.say("research-note"), &typed.sheet.note, Line::TEXT))
                div.actions { button.btn { (t.say("research-sheet-add")) } }
            } }
        },
    )
}

pub fn form(
    visit: &Visit,
    p: Option<&Project>,
    typed: &ProjectForm,
    own: &[(String, String)],
    staff: &[(PersonId, PersonName, String)],
    problems: &Problems,
    restored: bool,
) -> Markup {
    let t = visit.lang;
    let (title, action, draft) = match p {
        Some(p) => (p.title.clone(), url(p.id), format!("research-{}", p.id)),
        None => (t.say("research-new").into_owned(), LIST.to_owned(), "research-new".to_owned()),
    };
    let f = Fields { lang: t, problems };
    let staff: Vec<_> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(staff.iter().map(|(id, name, place)| (id.to_string(), format!("{}, {place}", name.full()))))
        .collect();
    let date = Line { kind: "date", ..Line::TEXT };
    Page::new(visit, title.as_str()).show(html! {
        (crumbs(visit, None, &title))
        (piece::head(&title, html! {}, html! {}))
        @if restored { (piece::alert(Tone::Info, t.say("draft-restored"))) }
        section.panel { form.form.body action=(action) method="post" data-draft=(draft) {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="version" value=(typed.version);
            input type="hidden" name="edition" value=(typed.edition);
            (f.line("title", &t.say("research-title"), &typed.title, Line { required: true, ..Line::TEXT }))
            @if p.is_none() { (f.select("organisation", &t.say("group-organisation"), &typed.organisation, own, "", true)) }
            (f.select("supervisor", &t.say("research-supervisor"), &typed.supervisor, &staff, "", true))
            (f.line("subject", &t.say("group-subject"), &typed.subject, Line::TEXT))
            (f.text("question", &t.say("research-question"), &typed.question, &t.say("research-question-hint"), false))
            fieldset.box { legend { (t.say("research-days")) }
                div.two { @for stage in Stage::ALL { @let (field, text) = typed.due(*stage); (f.line(field, &stage_words(t, *stage), text, date)) } }
            }
            (f.line("submitted_to", &t.say("research-submitted"), &typed.submitted_to, Line { hint: &t.say("research-submitted-hint"), ..Line::TEXT }))
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(action) { (t.say("cancel")) } }
        } }
    })
}

pub fn author(
    visit: &Visit,
    p: &Project,
    found: &[learners::Listed],
    typed: &AuthorForm,
    problems: &Problems,
) -> Markup {
    let t = visit.lang;
    let title = t.say("research-author-add");
    let here = url(p.id);
    let f = Fields { lang: t, problems };
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(visit, Some(p), &title))
        (piece::head(&title, html! { p { (t.say("group-send-about")) } }, html! {}))
        section.panel {
            form.filters role="search" action={ (here) "/authors/new" } {
                div.field.first { label for="by-q" { (t.say("learners-find")) } input.in #by-q type="search" name="q" value=(typed.q) placeholder=(t.say("learners-find-hint")); }
                button.btn { (piece::icon("search")) (t.say("search-do")) }
            }
            @if found.is_empty() { (piece::empty("search", &t.say("group-send-nobody"), html! {})) }
            @else { form.form.body action={ (here) "/authors" } method="post" {
                (f.summary())
                (piece::key_field(&visit.new_key()))
                input type="hidden" name="q" value=(typed.q);
                fieldset.field #f-learner {
                    legend { (t.say("research-who")) }
                    div.checks { @for l in found {
                        @let id = l.id.to_string();
                        label.check { input type="radio" name="learner" value=(id) required checked[typed.learner == id];
                            span { (l.full_name) " " span.muted.sm { (l.class_name.as_deref().unwrap_or("")) @if l.class_name.is_some() { ", " } (l.organisation_name) } } }
                    } }
                    @if let Some(message) = problems.at("learner") { p.err #e-learner { (message.say(t)) } }
                }
                div.actions { button.btn.primary { (t.say("research-author-do")) } a.btn href=(here) { (t.say("cancel")) } }
            } }
        }
    })
}

/// The page of a reviewer: the work without names, and the review.
pub fn review(visit: &Visit, v: &Review, work: &Work, typed: &ReviewForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let title = t.say_with("research-review-of", &[("code", work.code.as_str().into())]);
    let f = Fields { lang: t, problems };
    let number = Line { kind: "number", required: true, ..Line::TEXT };
    let here = review_url(v.id);
    let advice: Vec<_> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(
            Advice::ALL
                .iter()
                .map(|a| (a.code().to_owned(), t.say(&text_prefix!("research-advice-", a.code())).into_owned())),
        )
        .collect();
    let actions = html! {
        (piece::link_button(&format!("{here}/docx"), "download", "DOCX", false))
        (piece::link_button(&format!("{here}/pdf"), "download", "PDF", false))
    };
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(visit, None, &title))
        (piece::head(&title, html! { p { (t.say("research-review-about")) } }, actions))
        div.stack {
            (piece::panel(&work.title, html! {}, html! { div.body.prose {
                @if let Some(subject) = &work.subject { p.muted { (subject) } }
                @for line in work.text.as_deref().unwrap_or_default().lines().filter(|l| !l.trim().is_empty()) { p { (line) } }
            } }))
            @if v.state == ReviewState::Written { (piece::panel(&t.say("research-review-mine"), html! {}, html! { div.body {
                p { (points(t, v)) }
                @if let Some(advice) = v.advice { p { span.muted { (t.say("research-advice")) ": " } (t.say(&text_prefix!("research-advice-", advice.code()))) } }
                @for line in v.body.as_deref().unwrap_or_default().lines() { p { (line) } }
            } })) }
            @else { (piece::panel(&t.say("research-review-mine"), html! {}, html! { form.form.body action=(here) method="post" {
                (f.summary())
                (piece::key_field(&visit.new_key()))
                (f.line("novelty", &t.say("research-criterion-novelty"), &typed.novelty, Line { hint: &t.say("research-points-hint"), ..number }))
                div.two {
                    (f.line("method", &t.say("research-criterion-method"), &typed.method, number))
                    (f.line("writing", &t.say("research-criterion-writing"), &typed.writing, number))
                }
                (f.select("advice", &t.say("research-advice"), &typed.advice, &advice, "", true))
                (f.text("body", &t.say("research-review-body"), &typed.body, &t.say("research-review-body-hint"), true))
                div.actions { button.btn.primary { (t.say("research-review-send")) } }
            } })) }
        }
    })
}
