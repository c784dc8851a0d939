//! The page of a report.
use super::{
    super::{
        DECIDE, Format, LIST,
        counted::Counted,
        model::{Copy, MoveForm, Report, State},
        title, url,
    },
    document, state_tag,
};
use crate::{
    figures::Counts,
    shell::{Page, trail},
};
use chrono::Datelike as _;
use documents::paper::Paper;
use kit::{
    Visit,
    access::Reach,
    audit::Line as Trail,
    form::Problems,
    html::{self as piece, Fields, Tone},
};
use maud::{Markup, html};
use std::collections::HashMap;
use uuid::Uuid;

/// What stands under the chosen tab.
pub enum Under {
    /// The document, and the sums of today.
    Document {
        paper: Paper,
        now: Counts,
    },
    /// Every breakdown of today.
    Today {
        now: Counted,
    },
    History {
        lines: Vec<Trail>,
    },
}

/// Everything that the page shows.
pub struct Shown<'a> {
    pub report: &'a Report,
    /// The copy whose document is shown; none: as the data are now.
    pub copy: Option<&'a Copy>,
    pub then: Option<&'a Counted>,
    pub copies: &'a [Copy],
    pub names: &'a HashMap<Uuid, String>,
    pub writes: bool,
    pub under: Under,
    pub typed: &'a MoveForm,
    pub problems: &'a Problems,
    /// The figures in general: whose they are, for the addresses of rows.
    pub whose: Option<&'a Counted>,
}

pub fn page(visit: &Visit, s: &Shown<'_>) -> Markup {
    let t = visit.lang;
    let r = s.report;
    let title = title(t, r);
    let here = url(r.id);
    let tab = |code: &str, words: &'static str, chosen: bool| {
        let href = if code.is_empty() { here.clone() } else { format!("{here}?tab={code}") };
        (href, t.say(words).into_owned(), None, chosen)
    };
    let tabs = [
        tab("", kit::text::text_key("report-tab"), matches!(s.under, Under::Document { .. })),
        tab("today", kit::text::text_key("report-tab-rows"), matches!(s.under, Under::Today { .. })),
        tab("history", kit::text::text_key("tab-history"), matches!(s.under, Under::History { .. })),
    ];
    let below = html! { p.row { (state_tag(t, r.state)) span { (handed_in(visit, s)) } } };
    Page::new(visit, title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-reports").into_owned())], &title))
        (piece::head(&title, below, actions(visit, s)))
        (Fields { lang: t, problems: s.problems }.summary())
        @if let (State::Returned, Some(reason)) = (r.state, &r.reason) {
            (piece::alert(Tone::Warn, html! { b { (t.say("report-returned-because")) } p { (reason) } }))
        }
        (piece::tabs(&t.say("report-sections"), &tabs))
        @match &s.under {
            Under::History { lines } => div.mt { (trail::panel(visit, lines, s.names)) },
            Under::Today { now } => div.grid.mt { (document::sums(visit, now, s.then.map(|c| &c.total), &now.total)) (document::breakdowns(visit, s.then, now)) },
            Under::Document { paper, now } => (sheet(visit, s, paper, now)),
        }
    })
}

/// When it was handed in, and by whom.
fn handed_in(visit: &Visit, s: &Shown<'_>) -> String {
    let t = visit.lang;
    match s.copies.first() {
        Some(copy) => t
            .say_with(
                "report-handed-in-at",
                &[("when", t.moment(copy.made_at, visit.today.year()).into()), ("who", who(visit, s, copy).into())],
            )
            .into_owned(),
        None => t.say("report-not-handed-in").into_owned(),
    }
}

fn who(visit: &Visit, s: &Shown<'_>, copy: &Copy) -> String {
    copy.made_by.and_then(|id| s.names.get(&id).cloned()).unwrap_or_else(|| visit.lang.say("somebody").into_owned())
}

fn hidden(visit: &Visit, r: &Report) -> Markup {
    html! { (piece::key_field(&visit.new_key())) input type="hidden" name="version" value=(r.version); }
}

fn actions(visit: &Visit, s: &Shown<'_>) -> Markup {
    let t = visit.lang;
    let r = s.report;
    let here = url(r.id);
    let decides = visit.viewer.reach(DECIDE) == Reach::Network;
    let press = |path: &str, icon: &str, words: &str| {
        html! { form action={ (here) "/" (path) } method="post" { (hidden(visit, r)) button.btn.primary { (piece::icon(icon)) (words) } } }
    };
    html! {
        @if s.writes && r.state.is_open() {
            (piece::link_button(&format!("{here}/edit"), "pencil", t.say("report-edit"), false))
            (press("submission", "send", &t.say("report-submit")))
        }
        @if decides && r.state == State::Submitted { (press("acceptance", "check", &t.say("report-accept"))) }
    }
}

fn sheet(visit: &Visit, s: &Shown<'_>, paper: &Paper, now: &Counts) -> Markup {
    let t = visit.lang;
    let decides = visit.viewer.reach(DECIDE) == Reach::Network;
    html! { div.grid.mt {
        @if decides && s.report.state == State::Accepted { (closing(visit, s.report)) }
        (document::sheet(paper))
        div.grid.halves {
            @if decides && matches!(s.report.state, State::Submitted | State::Accepted) { (send_back(visit, s)) }
            @if let Some(whose) = s.whose { (document::sums(visit, whose, s.then.map(|c| &c.total), now)) }
            (download(visit, s))
            (copies(visit, s))
        }
    } p.muted.sm { @if s.then.is_some() { (t.say("report-frozen")) } @else { (t.say("report-live")) } } }
}

/// Closing is for good: what it does to this report is said before.
fn closing(visit: &Visit, r: &Report) -> Markup {
    let t = visit.lang;
    let about = t.say_with("report-close-about", &[("title", title(t, r).into())]);
    let form = html! { form action={ (url(r.id)) "/closing" } method="post" {
        (hidden(visit, r))
        button.btn.danger { (piece::icon("lock")) (t.say("report-close-sure")) }
    } };
    piece::irrevocable(&t.say("report-close"), &about, form)
}

fn send_back(visit: &Visit, s: &Shown<'_>) -> Markup {
    let t = visit.lang;
    let fields = Fields { lang: t, problems: s.problems };
    piece::panel(
        &t.say("report-return-title"),
        html! {},
        html! { form.form.body action={ (url(s.report.id)) "/return" } method="post" {
            (hidden(visit, s.report))
            (fields.text("reason", &t.say("report-reason"), &s.typed.reason, &t.say("report-reason-hint"), true))
            div.actions { button.btn { (piece::icon("undo-2")) (t.say("report-return")) } }
        } },
    )
}

/// Files: what they are for is asked, since it stands in them and in the trail.
fn download(visit: &Visit, s: &Shown<'_>) -> Markup {
    let t = visit.lang;
    let formats = [
        (Format::Docx, "file-text", "Word"),
        (Format::Pdf, "file-down", "PDF"),
        (Format::Xlsx, "file-spreadsheet", "Excel"),
    ];
    let problem = s.problems.at("why");
    piece::panel(
        &t.say("report-files"),
        html! {},
        html! { form.form.body action={ (url(s.report.id)) "/files" } data-download {
            @if let Some(copy) = s.copy { input type="hidden" name="copy" value=(copy.number); }
            div.field {
                label for="f-why" { (t.say("report-why")) }
                p.hint #h-why { (t.say("report-why-hint")) }
                input.in #f-why name="why" required maxlength="200" value=(if problem.is_some() { String::new() } else { t.say("report-why-usual").into_owned() })
                    aria-invalid=[problem.map(|_| "true")] aria-describedby=(if problem.is_some() { "e-why h-why" } else { "h-why" });
                @if let Some(message) = problem { p.err #e-why { (message.say(t)) } }
            }
            div.row { @for (format, icon, words) in formats { button.btn name="format" value=(format.code()) { (piece::icon(icon)) (words) } } }
        } },
    )
}

/// Every copy that was handed in.
fn copies(visit: &Visit, s: &Shown<'_>) -> Markup {
    let t = visit.lang;
    html! { @if !s.copies.is_empty() { (piece::panel(&t.say("report-copies"), html! {}, html! { ul.list { @for copy in s.copies {
        @let words = t.say_with("report-copy", &[("number", copy.number.into()), ("when", t.moment(copy.made_at, visit.today.year()).into())]);
        li { a href={ (url(s.report.id)) "?copy=" (copy.number) } aria-current=[s.copy.is_some_and(|c| c.number == copy.number).then_some("true")] { (words) } " " span.muted.sm { (who(visit, s, copy)) } }
    } } })) } }
}
