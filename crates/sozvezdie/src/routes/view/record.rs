//! A route's page: its state in words and what can be done now, the steps by stages, texts, progress,
//! words and signatures. An organisation of a step sees its steps alone.
use super::{crumbs, learner_words, state_tag, step_tag, step_when, title, warnings};
use crate::{
    exchange, learners, organisations,
    routes::{
        ACCEPT,
        access::{Seen, Way},
        content::StepContent,
        deeds::Deed,
        model::{RouteState, SignatureKind, Stage, Step, StepKind, StepState, WordKind},
        next_step,
        paper::when,
        progress, url,
        web::record::Record,
    },
    shell::Page,
};
use chrono::Datelike as _;
use kit::{
    Lang, Visit,
    html::{self as piece, Fields, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

pub fn page(visit: &Visit, record: &Record) -> Markup {
    let t = visit.lang;
    let seen = &record.seen;
    let heading = title(visit, seen);
    let below = html! { p.row {
        (state_tag(t, seen.route.state))
        @if seen.way == Way::Partner { span { (learner_words(visit, seen)) } }
        @else { a href=(learners::url(seen.route.learner)) { (seen.route.learner_name) } }
        span { @if let Some(class) = &seen.route.class_name { @if seen.is_named { (class) " · " } } (seen.route.school_name) }
    } };
    let actions = html! { @if seen.way != Way::Partner {
        (piece::link_button(&format!("{}/paper/pdf", url(seen.route.id)), "printer", "PDF", false))
        (piece::link_button(&format!("{}/paper/docx", url(seen.route.id)), "file-text", "DOCX", false))
    } };
    Page::new(visit, heading.as_str()).show(html! {
        (crumbs(visit, seen, None))
        (piece::head(&heading, below, actions))
        @if seen.way == Way::Partner { (partner(visit, record)) } @else { (whole(visit, record)) }
    })
}

/// What an organisation sees: its steps, and what it may do with them.
fn partner(visit: &Visit, record: &Record) -> Markup {
    let t = visit.lang;
    let seen = &record.seen;
    html! { div.stack {
        @if !seen.is_named { (piece::alert(Tone::Info, t.say("route-part-nameless"))) }
        @else { (piece::alert(Tone::Info, t.say("route-part-named"))) }
        @if !seen.held.is_empty() { (held(t, &seen.held)) }
        @if !seen.steps.is_empty() { (piece::panel(&t.say("route-part-steps"), html! {}, html! { ul.queue { @for s in &seen.steps { (step(visit, record, s)) } } })) }
        p.muted { (t.say_with("route-part-leads", &[("name", seen.route.organisation_name.as_str().into())])) }
    } }
}

/// The organisation's steps as the version in force has them, while the next one is written.
fn held(t: Lang, steps: &[StepContent]) -> Markup {
    piece::panel(
        &t.say("route-part-held"),
        html! {},
        html! {
            p.body.muted { (t.say("route-part-held-about")) }
            ul.queue { @for s in steps { li {
                (piece::icon(step_icon(s.kind.parse().unwrap_or(StepKind::Module))))
                div {
                    b.strong { (s.title) }
                    p.muted.sm {
                        (s.organisation_name)
                        @if !s.teacher.is_empty() { " · " (s.teacher) }
                        " · " (t.say_with("route-hours", &[("hours", s.hours.into())])) " · " (when(t, s))
                    }
                    @if !s.about.is_empty() { p.sm { (s.about) } }
                    @if !s.control.is_empty() { p.sm { span.muted { (t.say("route-control")) ": " } (s.control) } }
                    @if !s.expected.is_empty() { p.sm { span.muted { (t.say("route-expected")) ": " } (s.expected) } }
                }
            } } }
        },
    )
}

fn whole(visit: &Visit, record: &Record) -> Markup {
    let t = visit.lang;
    let seen = &record.seen;
    let r = &seen.route;
    let reason = r.load_reason.as_deref().map(|why| (why, record.name(r.load_by)));
    html! {
        div.grid.cols {
            div.stack {
                (now(visit, record))
                (warnings(t, &record.warnings, reason))
                @for stage in Stage::ALL { (stage_panel(visit, record, *stage)) }
            }
            div.stack {
                (progress_panel(visit, seen))
                (about(visit, record))
                (words(visit, record))
                (signatures(visit, record))
                (versions(visit, record))
            }
        }
    }
}

/// The state in a sentence, the learner's next step, and exactly what this viewer may do now.
fn now(visit: &Visit, record: &Record) -> Markup {
    let t = visit.lang;
    let seen = &record.seen;
    let r = &seen.route;
    let here = url(r.id);
    let deeds = Deed::offered(visit, seen);
    let next = next_step(&seen.steps, visit).filter(|_| r.state.is_in_force(r.number));
    let (first, rest): (Vec<Deed>, Vec<Deed>) =
        deeds.into_iter().partition(|d| !matches!(d, Deed::Stop | Deed::Recall));
    let writes = seen.may_lead(visit) && r.state.is_written();
    piece::panel(
        &t.say("route-now"),
        html! {},
        html! { div.body {
            p { (t.say(&text_prefix!("route-about-", r.state.code()))) }
            @if let Some(reason) = r.reason.as_ref().filter(|_| matches!(r.state, RouteState::Corrected | RouteState::Stopped)) { p { span.muted { (t.say("route-reason")) ": " } (reason) } }
            @if let Some(s) = next { p { span.muted { (t.say("route-next")) ": " } b.strong { (s.title) } ", " (step_when(t, s)) } }
            div.actions.mt {
                @if writes {
                    (piece::link_button(&format!("{here}/steps/new"), "plus", t.say("route-step-add"), seen.steps.is_empty()))
                    (piece::link_button(&format!("{here}/offers"), "search", t.say("route-offers"), false))
                    (piece::link_button(&format!("{here}/edit"), "pencil", t.say("route-edit"), false))
                }
                @for deed in first.iter().filter(|d| **d != Deed::Offer || !seen.steps.is_empty()) { (button(visit, record, *deed, true)) }
                @for deed in &rest { (button(visit, record, *deed, false)) }
                @if seen.may_lead(visit) && !seen.steps.is_empty() {
                    form action={ (here) "/template" } method="post" { (piece::key_field(&visit.new_key())) button.btn.quiet { (piece::icon("copy")) (t.say("route-keep-template")) } }
                }
            }
        } },
    )
}

fn button(visit: &Visit, record: &Record, deed: Deed, primary: bool) -> Markup {
    let t = visit.lang;
    let here = format!("{}/{}", url(record.seen.route.id), deed.address());
    let words = t.say(&text_prefix!("route-do-", deed.code()));
    let unexplained = deed == Deed::Offer && !record.warnings.is_empty() && record.seen.route.load_reason.is_none();
    let primary = primary && !deed.asks_why();
    if deed.asks_why() || unexplained {
        return html! { a.btn.primary[primary] href=(here) { (words) } };
    }
    html! { form action=(here) method="post" { (piece::key_field(&visit.new_key())) button.btn.primary[primary] { (words) } } }
}

fn stage_panel(visit: &Visit, record: &Record, stage: Stage) -> Markup {
    let t = visit.lang;
    let steps: Vec<&Step> = record.seen.steps.iter().filter(|s| s.stage == stage).collect();
    if steps.is_empty() {
        return html! {};
    }
    piece::panel(
        &t.say(&text_prefix!("route-stage-", stage.code())),
        html! {},
        html! { ul.queue { @for s in steps { (step(visit, record, s)) } } },
    )
}

fn step_icon(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Module => "book-open",
        StepKind::Event => "trophy",
        StepKind::Support => "heart-handshake",
    }
}

/// One step: what, where, when, what stands beside it, what came of it, what can be done.
fn step(visit: &Visit, record: &Record, s: &Step) -> Markup {
    let t = visit.lang;
    let seen = &record.seen;
    let beside: Vec<&str> = seen
        .steps
        .iter()
        .filter(|o| o.state.is_taken() && s.state.is_taken() && s.is_beside(o) && o.choice.is_none())
        .map(|o| o.title.as_str())
        .collect();
    let instead: Vec<&str> = seen
        .steps
        .iter()
        .filter(|o| o.id != s.id && s.choice.is_some() && o.choice == s.choice)
        .map(|o| o.title.as_str())
        .collect();
    html! { li id={ "step-" (s.id) } {
        (piece::icon(step_icon(s.kind)))
        div {
            b.strong { (s.title) } " " (step_tag(t, s, visit, seen.route.state.is_in_force(seen.route.number)))
            p.muted.sm {
                (t.say(&text_prefix!("route-kind-", s.kind.code())))
                @if let (Some(host), Some(name)) = (s.organisation, &s.organisation_name) { " · " a href=(organisations::url(host)) { (name) } }
                @if let Some(teacher) = &s.teacher { " · " (teacher) }
                " · " (t.say(&text_prefix!("route-form-", s.form.code())))
                " · " (t.say_with("route-hours", &[("hours", s.hours.into())])) " · " (step_when(t, s))
            }
            @if let Some(about) = &s.about { p.sm { (about) } }
            @if let Some(control) = &s.control { p.sm { span.muted { (t.say("route-control")) ": " } (control) } }
            @if let Some(expected) = &s.expected { p.sm { span.muted { (t.say("route-expected")) ": " } (expected) } }
            @if seen.way != Way::Partner && !instead.is_empty() { p.sm { span.muted { (t.say("route-instead")) ": " } (instead.join(", ")) } }
            @if seen.way != Way::Partner && s.choice.is_none() && !beside.is_empty() && beside.len() < 4 { p.sm { span.muted { (t.say("route-beside")) ": " } (beside.join(", ")) } }
            (came_of(visit, record, s))
        }
        div.acts { (step_deeds(visit, seen, s)) }
    } }
}

fn came_of(visit: &Visit, record: &Record, s: &Step) -> Markup {
    let t = visit.lang;
    let year = visit.today.year();
    #[expect(clippy::cast_precision_loss, reason = "minutes of a step are few")]
    let hours = s.minutes as f64 / 60.0;
    html! {
        @if let Some(reason) = &s.reason { p.sm { span.muted { (t.say("route-reason")) ": " } (reason) } }
        @if let Some(result) = &s.result { p.sm { span.muted { (t.say("route-result")) ": " } (result) } }
        @if let Some(mark) = &s.mark { p.sm { span.muted { (t.say("route-mark")) ": " } (mark) } }
        @if s.visits > 0 { p.sm {
            span.muted { (t.say_with("route-visits", &[("visits", s.visits.into()), ("hours", t.decimal(hours).into()), ("all", s.hours.into())])) " " }
            @for (_, booking, _, at, _) in record.visits.iter().filter(|(step, ..)| *step == s.id) {
                @if visit.viewer.may(exchange::VIEW) { a.nowrap href={ (exchange::LIST) "/" (booking) } { (t.moment(*at, year)) } " " }
                @else { span.nowrap { (t.moment(*at, year)) } " " }
            }
        } }
    }
}

fn step_deeds(visit: &Visit, seen: &Seen, s: &Step) -> Markup {
    let t = visit.lang;
    let here = format!("{}/steps/{}", url(seen.route.id), s.id);
    let named = html! { span.vh { ": " (s.title) } };
    let answers = s.state == StepState::Asked
        && visit.viewer.reach(ACCEPT).covers(s.organisation.map(|o| o.0))
        && s.organisation.is_some();
    let settles = s.state == StepState::Accepted
        && seen.route.state.is_in_force(seen.route.number)
        && (seen.may_host(visit, s) || seen.may_lead(visit));
    let writes = seen.may_lead(visit)
        && seen.route.state.is_written()
        && !matches!(s.state, StepState::Completed | StepState::Missed);
    let chooses = seen.may_lead(visit)
        && s.choice.is_some()
        && !seen.route.state.is_final()
        && seen.steps.iter().any(|o| {
            o.id != s.id
                && o.choice == s.choice
                && o.state.may_become(StepState::SetAside)
                && s.state != StepState::SetAside
        });
    html! {
        @if answers {
            form action={ (here) "/acceptance" } method="post" { (piece::key_field(&visit.new_key())) button.btn.sm.primary { (t.say("route-accept")) (named) } }
            a.btn.sm href={ (here) "/declination" } { (t.say("route-decline")) (named) }
        }
        @if settles {
            a.btn.sm href={ (here) "/outcome" } { (t.say("route-settle")) (named) }
            @if s.organisation.is_some() { a.btn.sm.quiet href={ (here) "/visits" } { (t.say("route-tie")) (named) } }
        }
        @if chooses { form action={ (here) "/choice" } method="post" { (piece::key_field(&visit.new_key())) button.btn.sm { (t.say("route-choose")) (named) } } }
        @if writes {
            a.btn.sm.icon.quiet href=(here) { (piece::icon("pencil")) span.vh { (t.say("edit")) } (named) }
            form action={ (here) "/removal" } method="post" { (piece::key_field(&visit.new_key())) button.btn.sm.icon.quiet { (piece::icon("trash-2")) span.vh { (t.say("route-step-remove")) } (named) } }
        }
    }
}

/// How far it is: steps and hours.
fn progress_panel(visit: &Visit, seen: &Seen) -> Markup {
    let t = visit.lang;
    let taken: Vec<&Step> = seen.steps.iter().filter(|s| s.state.is_taken()).collect();
    if taken.is_empty() {
        return html! {};
    }
    let done = taken.iter().filter(|s| s.state == StepState::Completed).count();
    let hours: i64 = taken.iter().map(|s| s.hours).sum();
    let made: i64 = taken
        .iter()
        .map(|s| if s.state == StepState::Completed { s.hours } else { (s.minutes / 60).min(s.hours) })
        .sum();
    let label = t.say("route-progress");
    piece::panel(
        &label,
        html! {},
        html! { div.body {
            progress.progress max=(taken.len()) value=(done) aria-label=(label) {}
            p { (t.say_with("route-steps-done", &[("done", done.into()), ("all", taken.len().into())])) }
            p.muted.sm { (t.say_with("route-hours-done", &[("done", made.into()), ("all", hours.into())])) }
        } },
    )
}

fn about(visit: &Visit, record: &Record) -> Markup {
    let t = visit.lang;
    let r = &record.seen.route;
    let texts = [
        (t.say("route-goal"), Some(&r.goal)),
        (t.say("route-tasks"), r.tasks.as_ref()),
        (t.say("route-note"), r.note.as_ref()),
        (t.say("route-support"), r.support.as_ref()),
        (t.say("route-results"), r.results.as_ref()),
    ];
    let rows = [
        (t.say("route-days"), Some(html! { (t.date(r.from)) "–" (t.date(r.until)) })),
        (t.say("route-leads"), Some(html! { a href=(organisations::url(r.organisation)) { (r.organisation_name) } })),
        (t.say("route-author"), r.author.map(|id| html! { (record.name(Some(id))) })),
    ];
    let rows: Vec<(&str, Option<Markup>)> = rows.iter().map(|(name, value)| (name.as_ref(), value.clone())).collect();
    piece::panel(
        &t.say("route-about"),
        html! {},
        html! { div.body.stack {
            (piece::facts(&rows))
            @for (name, text) in texts.iter().filter_map(|(name, text)| Some((name, (*text)?))) { div {
                h3 { (name) }
                @for line in text.lines().filter(|line| !line.trim().is_empty()) { p { (line) } }
            } }
        } },
    )
}

fn words(visit: &Visit, record: &Record) -> Markup {
    let t = visit.lang;
    let year = visit.today.year();
    let kind = progress::word_kind(visit, &record.seen);
    let f = Fields { lang: t, problems: &record.problems };
    piece::panel(
        &t.say("route-words"),
        html! {},
        html! { div.body {
            @if record.words.is_empty() { p.muted { (t.say("route-words-none")) } }
            @else { ol.log { @for w in &record.words { li {
                b.strong { (record.name(Some(w.by))) } " — " (t.say(&text_prefix!("route-word-", w.kind.code())))
                p { (w.words) }
                p.muted { (t.moment(w.at, year)) }
            } } } }
            @if let Some(kind) = kind { form.form.mt action={ (url(record.seen.route.id)) "/words" } method="post" {
                (piece::key_field(&visit.new_key()))
                (f.text("words", &t.say(&text_prefix!("route-say-", kind.code())), &record.typed.words, hint(t, kind).as_ref(), true))
                div.actions { button.btn { (t.say("route-say")) } }
            } }
        } },
    )
}

fn hint(t: kit::Lang, kind: WordKind) -> std::borrow::Cow<'static, str> {
    t.say(if kind == WordKind::Reflection { "route-say-hint-learner" } else { "route-say-hint" })
}

fn signatures(visit: &Visit, record: &Record) -> Markup {
    let t = visit.lang;
    let year = visit.today.year();
    // Those of the version that is being agreed to, or of the last one.
    let Some(number) = record.signatures.iter().map(|s| s.number).max() else { return html! {} };
    let what = |s: &crate::routes::model::Signature| match s.kind {
        SignatureKind::Step => {
            let title = s
                .step
                .and_then(|id| record.seen.steps.iter().find(|step| step.id == id))
                .map_or("", |step| step.title.as_str());
            t.say_with("route-signed-step", &[("title", title.into())]).into_owned()
        }
        SignatureKind::Guardian => t.say("route-signed-guardian").into_owned(),
        SignatureKind::Approval => t.say("route-signed-approval").into_owned(),
    };
    piece::panel(
        &t.say("route-signatures"),
        html! {},
        html! { div.body { ol.log { @for s in record.signatures.iter().filter(|s| s.number == number) { li.done {
            b.strong { (record.name(s.person)) } " — " (what(s))
            p.muted { (t.say_with("route-version-number", &[("number", s.number.into())])) " · " (t.moment(s.at, year)) }
        } } } } },
    )
}

fn versions(visit: &Visit, record: &Record) -> Markup {
    let t = visit.lang;
    if record.versions.is_empty() {
        return html! {};
    }
    piece::panel(
        &t.say("route-versions"),
        html! {},
        html! { ul.queue { @for v in &record.versions { li {
            (piece::icon("history"))
            div {
                a.t href={ (url(record.seen.route.id)) "/versions/" (v.number) } { (t.say_with("route-version-number", &[("number", v.number.into())])) }
                p.muted.sm { (t.date(kit::clock::local_date(v.approved_at))) @if let Some(reason) = &v.reason { " · " (reason) } }
            }
        } } } },
    )
}
