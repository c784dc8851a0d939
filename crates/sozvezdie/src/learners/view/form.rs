//! Forms of a learner, of leaving and of a guardian.
use super::relation_words;
use crate::{
    learners::{
        LIST,
        change::{GuardianForm, LeavingForm},
        model::{Learner, LearnerForm, Relation, Sex},
        url,
    },
    shell::{Page, trail},
};
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line},
    text::{Message, text_prefix},
};
use maud::{Markup, html};

/// The way to a form of a record.
fn crumbs(t: Lang, l: &Learner, here: &str) -> Markup {
    let way = [(LIST.to_owned(), t.say("learners-title").into_owned()), (url(l.id), l.full_name.clone())];
    piece::crumbs(&t.say("crumbs"), &way, here)
}

/// The form of a new record (`l` is none) or of a change. `own`: where a child may be added.
pub fn page(
    visit: &Visit,
    l: Option<&Learner>,
    form: &LearnerForm,
    own: &[(String, String)],
    problems: &Problems,
    restored: bool,
) -> Markup {
    let t = visit.lang;
    let (title, action, draft) = match l {
        Some(l) => (l.full_name.clone(), url(l.id), format!("learner-{}", l.id)),
        None => (t.say("learner-new").into_owned(), LIST.to_owned(), "learner-new".to_owned()),
    };
    Page::new(visit, title.as_str()).show(html! {
        @match l {
            Some(l) => (crumbs(t, l, &t.say("edit"))),
            None => (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("learners-title").into_owned())], &title)),
        }
        (piece::head(&title, html! {}, html! {}))
        @if restored { (piece::alert(piece::Tone::Info, t.say("draft-restored"))) }
        section.panel { form.form.body action=(action) method="post" data-draft=(draft) {
            (Fields { lang: t, problems }.summary())
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="version" value=(form.version);
            (entries(t, l.is_none(), form, own, problems))
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(action) { (t.say("cancel")) } }
        } }
    })
}

fn entries(t: Lang, is_new: bool, form: &LearnerForm, own: &[(String, String)], problems: &Problems) -> Markup {
    let f = Fields { lang: t, problems };
    let needed = Line { required: true, autocomplete: "off", ..Line::TEXT };
    let free = Line { autocomplete: "off", ..Line::TEXT };
    let date = |hint| Line { kind: "date", hint, ..Line::TEXT };
    let sexes: Vec<_> = std::iter::once((String::new(), t.say("learner-sex-unsaid").into_owned()))
        .chain(Sex::ALL.iter().map(|s| (s.code().into(), t.say(&text_prefix!("learner-sex-", s.code())).into_owned())))
        .collect();
    let first = own.first().map_or("", |(id, _)| id.as_str());
    html! {
        (f.line("last_name", &t.say("account-last-name"), &form.last_name, needed))
        (f.line("first_name", &t.say("account-first-name"), &form.first_name, needed))
        (f.line("patronymic", &t.say("account-patronymic"), &form.patronymic, free))
        (f.line("birth_date", &t.say("learner-birth-date"), &form.birth_date, Line { required: true, ..date("") }))
        (f.select("sex", &t.say("learner-sex"), &form.sex, &sexes, "", false))
        @if is_new {
            @if own.len() == 1 && problems.at("organisation").is_none() { input type="hidden" name="organisation" value=(first); }
            @else { (f.select("organisation", &t.say("learner-organisation"), &form.organisation, own, "", true)) }
        }
        (f.line("class", &t.say("learner-class"), &form.class, Line { hint: &t.say("learner-class-hint"), ..free }))
        (f.line("from", &t.say("learner-class-from"), &form.from, date(&t.say("learner-class-from-hint"))))
        (f.line("basis", &t.say("learner-basis"), &form.basis, Line { hint: &t.say("learner-basis-hint"), ..free }))
        (f.line("guardian_phone", &t.say("learner-guardian-phone"), &form.guardian_phone, Line { kind: "tel", ..free }))
        (f.line("snils", &t.say("learner-snils"), &form.snils, Line { hint: &t.say("learner-snils-hint"), ..free }))
    }
}

/// Two people edited one record: whose change stands there, what differs, keep mine or theirs.
pub fn stale(visit: &Visit, l: &Learner, mine: &LearnerForm, theirs: &LearnerForm, message: &Message) -> Markup {
    let t = visit.lang;
    let pairs = |f: &LearnerForm| -> Vec<(&'static str, String)> {
        let f = f.clone();
        vec![
            ("name", [f.last_name, f.first_name, f.patronymic].join(" ")),
            ("birth_date", f.birth_date),
            ("sex", f.sex),
            ("class", f.class),
            ("guardian_phone", f.guardian_phone),
            ("snils", f.snils),
        ]
    };
    let keep = LearnerForm { version: theirs.version.clone(), ..mine.clone() };
    Page::new(visit, l.full_name.as_str()).show(html! {
        (piece::head(&l.full_name, html! {}, html! {}))
        (piece::alert(piece::Tone::Warn, message.say(t)))
        (trail::differences(t, pairs(mine), pairs(theirs)))
        section.panel.mt { form.form.body action=(url(l.id)) method="post" {
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="version" value=(keep.version);
            details { summary { (t.say("stale-edit-mine")) } (entries(t, false, &keep, &[], &Problems::default())) }
            div.actions { button.btn.primary { (t.say("stale-keep-mine")) } a.btn href=(url(l.id)) { (t.say("stale-keep-theirs")) } }
        } }
    })
}

pub fn leaving(visit: &Visit, l: &Learner, form: &LeavingForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("learner-leave");
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(t, l, &title))
        (piece::head(&title, html! { p { (t.say("learner-leave-about")) } }, html! {}))
        section.panel { form.form.body action={ (url(l.id)) "/leaving" } method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            (f.line("on", &t.say("learner-last-day"), &form.on, Line { kind: "date", required: true, ..Line::TEXT }))
            div.actions { button.btn.primary { (title) } a.btn href=(url(l.id)) { (t.say("cancel")) } }
        } }
    })
}

pub fn guardian(visit: &Visit, l: &Learner, form: &GuardianForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say("guardian-add");
    let needed = Line { required: true, autocomplete: "off", ..Line::TEXT };
    let free = Line { autocomplete: "off", ..Line::TEXT };
    let relations: Vec<_> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(Relation::ALL.iter().map(|r| (r.code().to_owned(), relation_words(t, *r))))
        .collect();
    Page::new(visit, title.as_ref()).show(html! {
        (crumbs(t, l, &title))
        (piece::head(&title, html! { p { (t.say("guardian-add-about")) } }, html! {}))
        section.panel { form.form.body action={ (url(l.id)) "/guardians" } method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            (f.line("last_name", &t.say("account-last-name"), &form.last_name, needed))
            (f.line("first_name", &t.say("account-first-name"), &form.first_name, needed))
            (f.line("patronymic", &t.say("account-patronymic"), &form.patronymic, free))
            (f.select("relation", &t.say("guardian-relation"), &form.relation, &relations, "", true))
            (f.line("phone", &t.say("guardian-phone"), &form.phone, Line { kind: "tel", ..free }))
            (f.line("email", &t.say("organisation-email"), &form.email, free))
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(url(l.id)) { (t.say("cancel")) } }
        } }
    })
}
