//! How posts look: at the organisation, at the person, and their form.
use super::{
    BASE, EDIT, VIEW,
    model::{Category, Position, PositionForm, rate_words},
    store::Colleague,
    url,
};
use crate::{
    organisations::{self, Listed as Organisation, OrganisationId},
    people::{PersonId, PersonName},
    shell::{Page, tie::Ties},
};
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

fn category_words(t: Lang, category: Category) -> String {
    t.say(&text_prefix!("staff-category-", category.code())).into_owned()
}

/// «1 ставка», «0,5 ставки».
fn rate(t: Lang, p: &Position) -> String {
    #[expect(clippy::cast_precision_loss, reason = "at most 200")]
    let posts = p.rate as f64 / 100.0;
    t.say_with("staff-rate-of", &[("rate", rate_words(p.rate).into()), ("n", posts.into())]).into_owned()
}

fn since(t: Lang, p: &Position) -> String {
    match p.until {
        Some(until) => format!("{} — {}", t.date(p.from), t.date(until)),
        None => t.say_with("staff-since", &[("date", t.date(p.from).into())]).into_owned(),
    }
}

/// Who works at an organisation.
pub fn of_organisation(visit: &Visit, of: OrganisationId, posts: &[Position], all: bool) -> Markup {
    let t = visit.lang;
    let here = format!("{}?tab=staff", organisations::url(of));
    let can_edit = visit.viewer.reach(EDIT).covers(Some(of.0));
    let title = t.say("staff-tab");
    let add = html! { @if can_edit { (piece::link_button(&format!("{BASE}/new?organisation={of}"), "user-plus", t.say("staff-add"), false)) } };
    let table = html! { table.tbl.cards role="table" {
        caption.vh { (title) }
        thead role="rowgroup" { tr role="row" { @for key in ["staff-person", "staff-post", "staff-rate", "staff-subjects", "staff-category", "staff-when"] { th role="columnheader" scope="col" { (t.say(key)) } } } }
        tbody role="rowgroup" data-rows { @for p in posts { tr.off[!p.covers(visit.today)] role="row" {
            td.main role="cell" { a.row-link href=(url(p.person_id)) { (p.name().full()) } }
            td.a role="cell" { (p.post) }
            td role="cell" data-l={ (t.say("staff-rate")) ":" } { (rate_words(p.rate)) }
            td role="cell" data-l={ (t.say("staff-subjects")) ":" } { (p.subjects.as_deref().unwrap_or("—")) }
            td role="cell" data-l={ (t.say("staff-category")) ":" } { (category_words(t, p.category)) }
            td role="cell" { (since(t, p)) }
        } } }
    } };
    html! { section.panel {
        header { h2 { (title) } @if all { a.more href=(here) { (t.say("staff-present")) } } @else { a.more href={ (here) "&former=yes" } { (t.say("staff-former")) } } }
        @if posts.is_empty() { (piece::empty("users", &t.say("staff-none"), add)) }
        @else { div.scroll-x { (table) } div.body { (add) } }
    } }
}

/// Everything a person's page shows.
pub struct Record {
    pub id: PersonId,
    pub name: PersonName,
    pub posts: Vec<Position>,
    /// What later slices show here, and what they show under the chosen tab.
    pub ties: Ties,
    pub tied: Option<Markup>,
}

pub fn person(visit: &Visit, r: &Record, tab: &str) -> Markup {
    let t = visit.lang;
    let here = url(r.id);
    let name = r.name.full();
    let mut tabs = vec![(here.clone(), t.say("staff-posts").into_owned(), None, r.tied.is_none())];
    tabs.extend(r.ties.tabs(visit, &here, tab));
    let present: Vec<&Position> = r.posts.iter().filter(|p| p.covers(visit.today)).collect();
    let below = html! { p.muted { @for (i, p) in present.iter().enumerate() { @if i > 0 { " · " } (p.post) ", " (p.organisation_name) } @if present.is_empty() { (t.say("staff-works-nowhere")) } } };
    // The way back leads where the viewer came from: to an organisation of theirs.
    let reach = visit.viewer.reach(VIEW);
    let home = r.posts.iter().find(|p| reach.covers(Some(p.organisation_id.0)));
    let crumbs: Vec<_> = home
        .map(|p| (format!("{}?tab=staff", organisations::url(p.organisation_id)), p.organisation_name.clone()))
        .into_iter()
        .collect();
    let add = html! { @if visit.viewer.may(EDIT) { (piece::link_button(&format!("{BASE}/new?person={}", r.id), "plus", t.say("staff-add-post"), false)) } };
    Page::new(visit, name.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &crumbs, &name))
        (piece::head(&name, below, add))
        (piece::tabs(&t.say("staff-sections"), &tabs))
        div.mt { @match &r.tied { Some(tied) => (tied), None => (posts(visit, &r.posts)) } }
    })
}

fn posts(visit: &Visit, all: &[Position]) -> Markup {
    let t = visit.lang;
    let reach = visit.viewer.reach(EDIT);
    piece::panel(
        &t.say("staff-posts"),
        html! {},
        html! { @if all.is_empty() { div.body { p.muted { (t.say("staff-no-posts")) } } } ul.list { @for p in all {
            li.flex {
                span.t {
                    b.strong { (p.post) } " "
                    @if p.covers(visit.today) { (piece::tag(Tone::Ok, t.say("staff-at-work"))) } @else { (piece::tag(Tone::Plain, t.say("staff-not-now"))) }
                    div { a href=(organisations::url(p.organisation_id)) { (p.organisation_name) } }
                    div.muted.sm { (rate(t, p)) ", " (since(t, p)) @if let Some(s) = &p.subjects { " · " (s) } @if p.category != Category::None { " · " (category_words(t, p.category)) } }
                }
                @if reach.covers(Some(p.organisation_id.0)) { a.btn.sm href={ (BASE) "/positions/" (p.id) "/edit" } { (t.say("edit")) span.vh { ": " (p.post) ", " (p.organisation_name) } } }
            }
        } } },
    )
}

/// What a new post can be chosen from.
pub struct Choices {
    pub own: Vec<Organisation>,
    pub people: Vec<Colleague>,
}

/// The form of a new post (`p` is none) or of a change.
pub fn form(
    visit: &Visit,
    p: Option<&Position>,
    choices: &Choices,
    form: &PositionForm,
    problems: &Problems,
    is_restored: bool,
) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let (title, action, back) = match p {
        Some(p) => (
            format!("{}, {}", p.name().short(), p.organisation_name),
            format!("{BASE}/positions/{}", p.id),
            url(p.person_id),
        ),
        None => (
            t.say("staff-add").into_owned(),
            BASE.to_owned(),
            form.organisation_id
                .parse::<OrganisationId>()
                .map_or_else(|_| "/".to_owned(), |id| format!("{}?tab=staff", organisations::url(id))),
        ),
    };
    let draft = p.is_none().then_some("position-new");
    Page::new(visit, title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(back.clone(), t.say("staff-tab").into_owned())], &title))
        (piece::head(&title, html! {}, html! {}))
        @if is_restored { div.mb { (piece::alert(Tone::Info, t.say("draft-restored"))) } }
        section.panel {
            form.form.body action=(action) method="post" data-draft=[draft] {
                (f.summary())
                (piece::key_field(&visit.new_key()))
                input type="hidden" name="version" value=(form.version);
                @if p.is_none() { (who(t, &f, choices, form)) }
                (entries(t, &f, form))
                div.actions { button.btn.primary { (t.say("save")) } a.btn href=(back) { (t.say("cancel")) } }
            }
        }
        @if let Some(p) = p.filter(|p| p.until.is_none()) { (ending(visit, p)) }
    })
}

fn who(t: Lang, f: &Fields<'_>, choices: &Choices, form: &PositionForm) -> Markup {
    let organisations: Vec<_> = std::iter::once((String::new(), t.say("form-choose-one").into_owned()))
        .chain(choices.own.iter().map(|o| (o.id.to_string(), o.short_name.clone())))
        .collect();
    let people: Vec<_> = std::iter::once((String::new(), t.say("staff-new-person").into_owned()))
        .chain(choices.people.iter().map(|c| (c.id.to_string(), format!("{} · {}", c.name().full(), c.place))))
        .collect();
    let is_doubted = f.problems.at("person_id").is_some() && form.name().is_some();
    html! {
        (f.select("organisation_id", &t.say("organisation-one"), &form.organisation_id, &organisations, "", true))
        (f.select("person_id", &t.say("staff-person"), &form.person_id, &people, &t.say("staff-person-hint"), false))
        fieldset.box {
            legend { (t.say("staff-new-person")) }
            (f.line("last_name", &t.say("staff-last-name"), &form.last_name, Line::TEXT))
            (f.line("first_name", &t.say("staff-first-name"), &form.first_name, Line::TEXT))
            (f.line("patronymic", &t.say("staff-patronymic"), &form.patronymic, Line::TEXT))
            @if is_doubted || form.is_other() { (f.check("is_other", &t.say("staff-is-other"), form.is_other())) }
        }
    }
}

fn entries(t: Lang, f: &Fields<'_>, form: &PositionForm) -> Markup {
    let categories: Vec<_> = Category::ALL.iter().map(|c| (c.code().to_owned(), category_words(t, *c))).collect();
    let needed = Line { required: true, ..Line::TEXT };
    html! {
        (f.line("post", &t.say("staff-post"), &form.post, Line { hint: &t.say("staff-post-hint"), ..needed }))
        (f.line("rate", &t.say("staff-rate"), &form.rate, Line { hint: &t.say("staff-rate-hint"), ..Line::TEXT }))
        (f.line("subjects", &t.say("staff-subjects"), &form.subjects, Line { hint: &t.say("staff-subjects-hint"), ..Line::TEXT }))
        (f.select("category", &t.say("staff-category"), &form.category, &categories, "", false))
        (f.line("from", &t.say("staff-from"), &form.from, Line { kind: "date", ..needed }))
        (f.line("until", &t.say("staff-until"), &form.until, Line { kind: "date", hint: &t.say("staff-until-hint"), ..Line::TEXT }))
    }
}

fn ending(visit: &Visit, p: &Position) -> Markup {
    let t = visit.lang;
    piece::panel(
        &t.say("staff-end"),
        html! {},
        html! { div.body {
            p.muted { (t.say("staff-end-about")) }
            form.form.inline.mt action={ (BASE) "/positions/" (p.id) "/end" } method="post" {
                (piece::key_field(&visit.new_key()))
                div.field { label for="end-until" { (t.say("staff-until")) } input.in #end-until type="date" name="until" value=(visit.today); }
                button.btn { (t.say("staff-end")) }
            }
        } },
    )
}
