//! Forms of editions and stages.
use super::{
    Edition, EventKind, Format, LIST, Level, PrizeDegree, StageId, TiePolicy,
    form::{EditionForm, Scheme, StageForm},
    url,
    view::{format_words, kind_words, level_words},
};
use crate::{
    acts,
    shell::{Page, trail},
};
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line},
    text::{Message, text_prefix},
};
use maud::{Markup, html};

/// What a form offers to choose from.
pub struct Choices {
    /// Ids and names of organisations that may hold the event.
    pub organisations: Vec<(String, String)>,
    pub acts: Vec<acts::Act>,
    /// The network itself, or an outsider, may hold it too.
    pub has_network: bool,
}

type Options = Vec<(String, String)>;

fn choose(t: Lang, value: &str, rest: Options) -> Options {
    let first = value.is_empty().then(|| (String::new(), t.say("form-choose-one").into_owned()));
    first.into_iter().chain(rest).collect()
}

fn none(t: Lang, rest: impl IntoIterator<Item = (String, String)>) -> Options {
    std::iter::once((String::new(), t.say("event-not-said").into_owned())).chain(rest).collect()
}

/// The form of a new edition (`edition` is none) or of a change.
pub fn page(
    visit: &Visit,
    edition: Option<&Edition>,
    form: &EditionForm,
    problems: &Problems,
    choices: &Choices,
    restored: bool,
) -> Markup {
    let t = visit.lang;
    let (title, action, draft) = match edition {
        Some(e) => (e.title.clone(), url(e.id), format!("event-{}", e.id)),
        None => (t.say("event-new").into_owned(), LIST.to_owned(), "event-new".to_owned()),
    };
    Page::new(visit, title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-events").into_owned())], &title))
        (piece::head(&title, html! {}, html! {}))
        @if restored { (piece::alert(piece::Tone::Info, t.say("draft-restored"))) }
        section.panel { form.form.body action=(action) method="post" data-draft=(draft) {
            (Fields { lang: t, problems }.summary())
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="version" value=(form.version);
            (entries(t, edition.is_none(), form, problems, choices))
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(action) { (t.say("cancel")) } }
        } }
    })
}

fn entries(t: Lang, is_new: bool, form: &EditionForm, problems: &Problems, choices: &Choices) -> Markup {
    let f = Fields { lang: t, problems };
    let kinds = choose(t, &form.kind, EventKind::ALL.iter().map(|k| (k.code().into(), kind_words(t, *k))).collect());
    let levels = choose(t, &form.level, Level::ALL.iter().map(|l| (l.code().into(), level_words(t, *l))).collect());
    let formats = choose(t, &form.format, Format::ALL.iter().map(|x| (x.code().into(), format_words(t, *x))).collect());
    let organisers: Options = if choices.has_network {
        std::iter::once((String::new(), t.say("event-organiser-other").into_owned()))
            .chain(choices.organisations.iter().cloned())
            .collect()
    } else {
        choices.organisations.clone()
    };
    let known =
        none(t, choices.acts.iter().map(|a| (a.id.to_string(), format!("{} · {}", acts::reference(t, a), a.title))));
    let line = |kind: &'static str| Line { kind, ..Line::TEXT };
    let degrees: Options = PrizeDegree::ALL
        .iter()
        .map(|d| (d.code().to_owned(), t.say(&text_prefix!("event-prize-", d.code())).into_owned()))
        .collect();
    html! {
        (f.line("title", &t.say("event-title"), &form.title, Line { required: true, hint: &t.say("event-title-hint"), ..Line::TEXT }))
        div.two {
            (f.select("kind", &t.say("event-kind"), &form.kind, &kinds, "", true))
            (f.line("subject", &t.say("event-subject"), &form.subject, Line { hint: &t.say("event-subject-hint"), ..Line::TEXT }))
        }
        div.two {
            (f.select("level", &t.say("event-level"), &form.level, &levels, "", true))
            (f.select("format", &t.say("event-format"), &form.format, &formats, "", true))
        }
        div.two {
            (f.line("starts_on", &t.say("event-starts"), &form.starts_on, line("date")))
            (f.line("ends_on", &t.say("event-ends"), &form.ends_on, line("date")))
        }
        div.two {
            (f.line("apply_until", &t.say("event-apply-until"), &form.apply_until, line("date")))
            (f.line("academic_year", &t.say("event-year"), &form.academic_year, Line { hint: &t.say("event-year-hint"), ..Line::TEXT }))
        }
        div.two {
            (f.line("class_from", &t.say("event-class-from"), &form.class_from, line("number")))
            (f.line("class_to", &t.say("event-class-to"), &form.class_to, line("number")))
        }
        (f.line("team_size", &t.say("event-team-size"), &form.team_size, Line { kind: "number", hint: &t.say("event-team-hint"), ..Line::TEXT }))
        (f.select("organiser_id", &t.say("event-organiser"), &form.organiser_id, &organisers, "", false))
        (f.line("organiser", &t.say("event-organiser-words"), &form.organiser, Line { hint: &t.say("event-organiser-hint"), ..Line::TEXT }))
        div.two {
            (f.line("place", &t.say("event-place"), &form.place, Line::TEXT))
            (f.line("site", &t.say("event-site"), &form.site, line("url")))
        }
        (f.select("act_id", &t.say("event-act"), &form.act_id, &known, &t.say("event-act-hint"), false))
        @if is_new {
            (f.select("scheme", &t.say("event-stages"), &form.scheme, &schemes(t), &t.say("event-scheme-hint"), true))
        }
        (f.checks("prize", &t.say("event-prize-legend"), &form.prize, &degrees))
        (f.check("paid", &t.say("event-paid"), form.paid == "true"))
        (f.text("about", &t.say("event-about"), &form.about, &t.say("event-about-hint"), false))
    }
}

fn schemes(t: Lang) -> Options {
    Scheme::ALL
        .iter()
        .map(|s| (s.code().to_owned(), t.say(&text_prefix!("event-scheme-", s.code())).into_owned()))
        .collect()
}

/// Two people changed one record: whose change stands there, what differs, keep mine or theirs.
pub fn stale(visit: &Visit, e: &Edition, mine: &EditionForm, theirs: &EditionForm, message: &Message) -> Markup {
    let t = visit.lang;
    let pairs = |f: &EditionForm| -> Vec<(&'static str, String)> {
        let f = f.clone();
        vec![
            ("title", f.title),
            ("level", f.level.parse().map(|l| level_words(t, l)).unwrap_or_default()),
            ("format", f.format.parse().map(|x| format_words(t, x)).unwrap_or_default()),
            ("subject", f.subject),
            ("starts_on", f.starts_on),
            ("ends_on", f.ends_on),
            ("apply_until", f.apply_until),
            ("place", f.place),
            ("about", f.about),
        ]
    };
    let hidden = [
        ("title", &mine.title),
        ("kind", &mine.kind),
        ("academic_year", &mine.academic_year),
        ("level", &mine.level),
        ("format", &mine.format),
        ("subject", &mine.subject),
        ("organiser", &mine.organiser),
        ("organiser_id", &mine.organiser_id),
        ("class_from", &mine.class_from),
        ("class_to", &mine.class_to),
        ("team_size", &mine.team_size),
        ("starts_on", &mine.starts_on),
        ("ends_on", &mine.ends_on),
        ("apply_until", &mine.apply_until),
        ("place", &mine.place),
        ("site", &mine.site),
        ("about", &mine.about),
        ("paid", &mine.paid),
        ("act_id", &mine.act_id),
        ("version", &theirs.version),
    ];
    Page::new(visit, e.title.as_str()).show(html! {
        (piece::head(&e.title, html! {}, html! {}))
        (piece::alert(piece::Tone::Warn, message.say(t)))
        (trail::differences(t, pairs(mine), pairs(theirs)))
        section.panel.mt { form.form.body action=(url(e.id)) method="post" {
            (piece::key_field(&visit.new_key()))
            @for (name, value) in hidden { input type="hidden" name=(name) value=(value); }
            @for code in &mine.prize { input type="hidden" name="prize" value=(code); }
            div.actions { button.btn.primary { (t.say("stale-keep-mine")) } a.btn href=(url(e.id)) { (t.say("stale-keep-theirs")) } }
        } }
    })
}

/// The form of a stage.
pub fn stage(
    visit: &Visit,
    e: &Edition,
    stage: Option<StageId>,
    form: &StageForm,
    problems: &Problems,
    organisations: &[(String, String)],
) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let (title, action) = match stage {
        Some(id) => (t.say("event-stage-change"), format!("/events/stages/{id}")),
        None => (t.say("event-stage-add"), format!("{}/stages", url(e.id))),
    };
    let levels = std::iter::once((String::new(), t.say("event-stage-level-same").into_owned()))
        .chain(Level::ALL.iter().map(|l| (l.code().to_owned(), level_words(t, *l))))
        .collect::<Vec<_>>();
    let organisers = none(t, organisations.iter().cloned());
    let ties: Options = TiePolicy::ALL
        .iter()
        .map(|p| (p.code().to_owned(), t.say(&text_prefix!("event-tie-", p.code())).into_owned()))
        .collect();
    let number = |hint: &'static str| Line { kind: "number", hint, ..Line::TEXT };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-events").into_owned()), (url(e.id), e.title.clone())], &title))
        (piece::head(&title, html! { p { (e.title) } }, html! {}))
        section.panel { form.form.body action=(action) method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="version" value=(form.version);
            (f.line("title", &t.say("event-stage-title"), &form.title, Line { required: true, ..Line::TEXT }))
            div.two {
                (f.select("level", &t.say("event-level"), &form.level, &levels, "", false))
                (f.select("organiser_id", &t.say("event-organiser"), &form.organiser_id, &organisers, "", false))
            }
            div.two {
                (f.line("starts_on", &t.say("event-starts"), &form.starts_on, Line { kind: "date", ..Line::TEXT }))
                (f.line("ends_on", &t.say("event-ends"), &form.ends_on, Line { kind: "date", ..Line::TEXT }))
            }
            (f.line("place", &t.say("event-place"), &form.place, Line::TEXT))
            (f.check("counted", &t.say("event-stage-counted"), form.counted == "true"))
            h2 { (t.say("event-rules")) }
            p.hint { (t.say("event-rules-about")) }
            div.two {
                (f.line("min_pct_winner", &t.say("event-rule-share-label"), &form.min_pct_winner, number("")))
                (f.line("pass_score", &t.say("event-rule-pass-label"), &form.pass_score, Line { kind: "text", ..Line::TEXT }))
            }
            div.two {
                (f.line("winner_quota", &t.say("event-rule-winners-label"), &form.winner_quota, number("")))
                (f.line("prize_quota", &t.say("event-rule-prizes-label"), &form.prize_quota, number("")))
            }
            (f.select("tie_policy", &t.say("event-tie"), &form.tie_policy, &ties, "", true))
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(url(e.id)) { (t.say("cancel")) } }
        } }
    })
}
