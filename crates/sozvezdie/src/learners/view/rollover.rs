//! The move into a new school year: what it would do, and what was done.
use crate::{
    learners::{
        LIST,
        rollover::{Next, PAGE, RolloverForm, Step},
        store::rollover::Past,
    },
    organisations::OrganisationId,
    shell::Page,
};
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line},
};
use maud::{Markup, html};

/// What the page shows.
pub struct Shown<'a> {
    pub own: &'a [(OrganisationId, String)],
    pub steps: &'a [Step],
    pub past: &'a [Past],
}

pub fn page(visit: &Visit, shown: &Shown<'_>, form: &RolloverForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("rollover-title");
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("learners-title").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("rollover-about")) } }, html! {}))
        @if shown.own.len() > 1 { (choice(t, shown, form)) }
        // The fields to mend stand only beside a plan.
        @if !shown.steps.is_empty() { (f.summary()) } @else if let Some(message) = problems.at("organisation") { (piece::alert(piece::Tone::Bad, message.say(t))) }
        @if shown.steps.is_empty() { section.panel { (piece::empty("graduation-cap", &t.say("rollover-nobody"), html! {})) } }
        @else { section.panel aria-label=(t.say("rollover-plan")) { form action=(PAGE) method="post" {
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="organisation" value=(form.organisation);
            (plan(t, shown.steps, form))
            div.body.form {
                (f.line("on", &t.say("rollover-on"), &form.on, Line { kind: "date", required: true, hint: &t.say("rollover-on-hint"), ..Line::TEXT }))
                div.actions { button.btn.primary { (t.say("rollover-do")) } a.btn href=(LIST) { (t.say("cancel")) } }
            }
        } } }
        @if !shown.past.is_empty() { (past(visit, shown.past)) }
    })
}

fn choice(t: Lang, shown: &Shown<'_>, form: &RolloverForm) -> Markup {
    html! { form.filters action=(PAGE) data-autosubmit {
        div.field { label for="of" { (t.say("learner-organisation")) }
            select.in #of name="organisation" { @for (id, name) in shown.own { option value=(id) selected[form.organisation == id.to_string()] { (name) } } }
        }
        button.btn { (t.say("list-show")) }
    } }
}

fn plan(t: Lang, steps: &[Step], form: &RolloverForm) -> Markup {
    piece::scroll(
        &t.say("rollover-plan"),
        html! {
            table.tbl {
                thead { tr { th scope="col" { (t.say("learner-class")) } th scope="col" { (t.say("rollover-children")) } th scope="col" { (t.say("rollover-next")) } } }
                tbody { @for step in steps { tr {
                    td.nowrap { @if step.class.is_empty() { (t.say("rollover-no-class")) } @else { (step.class) } }
                    td { (step.children) }
                    td {
                        @match &step.next {
                            Next::Up(class) => { "→ " (class.name) }
                            Next::Leave => (piece::tag(piece::Tone::Warn, t.say("rollover-leave"))),
                            Next::Stay => span.muted { (t.say("rollover-stay")) },
                        }
                        @if !step.may_leave.is_empty() { details open[step.may_leave.iter().any(|(id, _)| form.leaves.contains(&id.to_string()))] {
                            summary { (t.say("rollover-who-leaves")) }
                            div.checks { @for (id, name) in &step.may_leave {
                                label.check { input type="checkbox" name="leaves" value=(id) checked[form.leaves.contains(&id.to_string())]; span { (name) } }
                            } }
                        } }
                    }
                } } }
            }
        },
    )
}

fn past(visit: &Visit, past: &[Past]) -> Markup {
    let t = visit.lang;
    let year = chrono::Datelike::year(&visit.today);
    html! { div.mt { (piece::panel(&t.say("rollover-past"), html! {}, html! { ul.queue { @for p in past {
        li { (piece::icon("history")) div {
            p.strong { (t.say_with("rollover-of", &[("date", t.date(p.on).into())])) }
            p.muted.sm { (t.moment(p.made_at, year)) }
            @if p.undone_at.is_some() { (piece::tag(piece::Tone::Plain, t.say("rollover-was-undone"))) }
            @else { form action={ (PAGE) "/" (p.id) "/reversal" } method="post" {
                (piece::key_field(&visit.new_key()))
                button.btn.sm { (piece::icon("undo-2")) (t.say("rollover-undo")) }
            } }
        } }
    } } })) } }
}
