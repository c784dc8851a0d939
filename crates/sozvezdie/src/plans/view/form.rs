//! The forms of a new plan, and of the goal of one.
use super::{crumbs, years};
use crate::{
    centre::Member,
    gifted::GiftKind,
    plans::{
        LIST,
        model::{GoalForm, Plan, PlanForm},
        url,
    },
    shell::Page,
};
use kit::{
    Visit,
    form::Problems,
    html::{self as piece, Fields, Line},
    text::text_prefix,
};
use maud::{Markup, html};

pub fn page(visit: &Visit, members: &[Member], form: &PlanForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("plan-new");
    let choose = (String::new(), t.say("form-choose-one").into_owned());
    let line = |m: &Member| {
        let class = m.class_name.as_deref().map(|c| format!(", {c}")).unwrap_or_default();
        (m.learner.to_string(), format!("{}{class}", m.full_name))
    };
    let children: Vec<_> = std::iter::once(choose).chain(members.iter().map(line)).collect();
    let begins: Vec<_> = [
        (String::new(), t.say("plan-from-nothing").into_owned()),
        ("last".to_owned(), t.say("plan-from-last").into_owned()),
    ]
    .into_iter()
    .chain(
        GiftKind::ALL
            .iter()
            .map(|k| (k.code().to_owned(), t.say(&text_prefix!("gifted-kind-", k.code())).into_owned())),
    )
    .collect();
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(t, &title))
        (piece::head(&title, html! { p { (t.say("plan-new-about")) } }, html! {}))
        section.panel {
            @if members.is_empty() && problems.is_empty() { (piece::empty("circle-check", &t.say("plan-all-have"), piece::link_button(LIST, "arrow-right", t.say("plans-title"), false))) }
            @else { form.form.body action=(LIST) method="post" {
                (f.summary())
                (piece::key_field(&visit.new_key()))
                (f.select("learner", &t.say("learner-one"), &form.learner, &children, "", true))
                (f.text("goal", &t.say("plan-goal"), &form.goal, &t.say("plan-goal-hint"), true))
                (f.line("subject", &t.say("gifted-subject"), &form.subject, Line { hint: &t.say("plan-subject-hint"), ..Line::TEXT }))
                (f.select("from", &t.say("plan-from"), &form.from, &begins, &t.say("plan-from-hint"), false))
                div.actions { button.btn.primary { (t.say("plan-create")) } a.btn href=(LIST) { (t.say("cancel")) } }
            } }
        }
    })
}

pub fn goal(visit: &Visit, p: &Plan, form: &GoalForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say_with("plan-title", &[("name", p.full_name.as_str().into()), ("years", years(p.year).into())]);
    let here = url(p.id);
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(t, &title))
        (piece::head(&t.say("plan-change"), html! { p { a href=(here) { (title) } } }, html! {}))
        section.panel { form.form.body action=(here) method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="version" value=(form.version);
            (f.text("goal", &t.say("plan-goal"), &form.goal, &t.say("plan-goal-hint"), true))
            (f.line("subject", &t.say("gifted-subject"), &form.subject, Line { hint: &t.say("plan-subject-hint"), ..Line::TEXT }))
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(here) { (t.say("cancel")) } }
        } }
    })
}
