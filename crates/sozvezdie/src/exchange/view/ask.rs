//! The form of a request: the answer before the questions.
use super::{clock, headings, mode_words, organisation_options, people_words, span_words};
use crate::{
    exchange::{
        LIST, REQUEST,
        model::{Form, Mode},
        url,
        web::ask::{AskForm, Clash, Planned, form_of},
    },
    organisations::Listed as Organisation,
    resources::{self, Resource, ResourceId, Sharing, Span, ask_url},
    shell::Page,
};
use chrono::Datelike as _;
use kit::{
    Lang, Visit,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

/// Everything the page shows.
pub struct AskPage {
    pub resources: Vec<Resource>,
    /// Free times of the day, of each resource.
    pub free: Vec<Vec<Span>>,
    pub askers: Vec<Organisation>,
    pub series: Vec<Planned>,
    pub clash: Option<Clash>,
}

/// «Подать заявку», «Пригласить», «Взять на время», «Подать общую заявку».
fn ask_words(t: Lang, p: &AskPage, form: &AskForm) -> String {
    if p.resources.len() > 1 {
        return t.say("booking-ask-common").into_owned();
    }
    let key = match form_of(&p.resources, form) {
        Form::Visit => "invite",
        Form::Loan => "borrow",
        Form::Stay => "apply",
    };
    t.say(&text_prefix!("resource-ask-", key)).into_owned()
}

pub fn page(visit: &Visit, form: &AskForm, problems: &Problems, p: &AskPage) -> Markup {
    let t = visit.lang;
    let title = ask_words(t, p, form);
    let names: Vec<&str> = p.resources.iter().map(|r| r.name.as_str()).collect();
    let mut links = vec![(resources::LIST.to_owned(), t.say("resources-title").into_owned())];
    if let [only] = p.resources.as_slice() {
        links.push((resources::url(only.id), only.name.clone()));
    }
    Page::new(visit, title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &links, &title))
        (piece::head(&title, html! { p { (names.join(", ")) } }, html! {}))
        @if let Some(clash) = &p.clash { (clash_panel(visit, clash, LIST, &|span, resource| form.fields(span, resource), has_many(form, p))) }
        div.grid.cols.mt {
            div.stack { (entries(visit, form, problems, p, &title)) }
            div.stack { @for (r, free) in p.resources.iter().zip(&p.free) { (answer(visit, form, r, free)) } }
        }
    })
}

fn has_many(form: &AskForm, p: &AskPage) -> bool {
    p.resources.len() > 1 || !form.until.is_empty() || form.dates.len() > 1
}

/// Who decides and how fast, from when on, what is free that day.
fn answer(visit: &Visit, form: &AskForm, r: &Resource, free: &[Span]) -> Markup {
    let t = visit.lang;
    let text = |value: &Option<String>| value.as_ref().map(|v| html! { (v) });
    let said = |key: &str, n: i64| t.say_with(key, &[("n", n.into())]).into_owned();
    let decides = r.decides_name.clone().unwrap_or_else(|| r.owner_name.clone());
    let decides = r
        .answer_days
        .map_or_else(|| decides.clone(), |days| format!("{decides}, {}", said("resource-answers-in", days)));
    let size = r.capacity.map(|n| said(&text_prefix!("resource-size-", r.sharing.code()), n));
    let day = form.on.parse::<chrono::NaiveDate>().ok();
    let rows = piece::facts(&[
        (&t.say("resource-owner"), Some(html! { (r.owner_name) })),
        (&t.say("resource-decides"), Some(html! { (decides) })),
        (&t.say("resource-lead"), (r.lead_days > 0).then(|| html! { (said("resource-lead-days", r.lead_days)) })),
        (&t.say("resource-capacity"), size.map(|s| html! { (s) })),
        (&t.say("resource-place"), text(&r.place)),
        (&t.say("resource-conditions"), text(&r.conditions)),
        (&t.say("resource-cancel"), text(&r.cancel_rule)),
    ]);
    piece::panel(
        &r.name,
        html! {},
        html! { div.body {
            (rows)
            @if let Some(day) = day {
                h3.mt { (t.say_with("booking-free-on", &[("day", t.day(day, visit.today.year()).into())])) }
                @if free.is_empty() { p.muted { (t.say("booking-none-free")) " " a href=(resources::url(r.id)) { (t.say("booking-see-week")) } } }
                @else { p.row { @for gap in free { a.btn.sm href=(ask_url(r.id, Some(gap.start))) { (clock(gap.start)) "–" (clock(gap.end)) } } } }
            }
        } },
    )
}

fn entries(visit: &Visit, form: &AskForm, problems: &Problems, p: &AskPage, title: &str) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let by_piece = p.resources.iter().any(|r| r.sharing == Sharing::ByPiece);
    let needed = Line { required: true, ..Line::TEXT };
    let number = Line { kind: "number", ..Line::TEXT };
    let modes: Vec<_> = Mode::ALL.iter().map(|m| (m.code().to_owned(), mode_words(t, *m))).collect();
    let own = organisation_options(t.say("form-choose-one").into_owned(), &p.askers);
    html! {
        section.panel { form.form.body action=(LIST) method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            @for id in &form.resource { input type="hidden" name="resource" value=(id); }
            @if visit.viewer.reach(REQUEST) != kit::access::Reach::Network && p.askers.len() == 1 {
                input type="hidden" name="organisation_id" value=(form.organisation_id);
            } @else {
                (f.select("organisation_id", &t.say("booking-asker"), &form.organisation_id, &own, "", true))
            }
            @if p.resources.iter().all(|r| r.loanable) { (how(visit, form, problems)) }
            (times(visit, form, problems, p))
            div.two {
                (f.line("headcount", &t.say("booking-headcount"), &form.headcount, Line { required: true, ..number }))
                @if by_piece { (f.line("units", &t.say("booking-units"), &form.units, Line { hint: &t.say("booking-units-hint"), ..number })) }
            }
            (f.line("purpose", &t.say("booking-purpose"), &form.purpose, Line { hint: &t.say("booking-purpose-hint"), ..needed }))
            @if !form.is_loan() { (f.select("mode", &t.say("booking-mode"), &form.mode, &modes, "", true)) }
            @if !p.series.is_empty() { (series(visit, form, p)) }
            div.actions {
                button.btn.primary { (title) }
                @if !form.is_loan() { button.btn formaction="/bookings/new" formmethod="get" formnovalidate { (piece::icon("calendar-days")) (t.say("booking-preview")) } }
                a.btn.quiet href=(resources::LIST) { (t.say("booking-back")) }
            }
        } }
    }
}

/// On the spot, or taken away for a while.
fn how(visit: &Visit, form: &AskForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    html! { fieldset.field #f-loan {
        legend { (t.say("booking-how")) }
        div.choices {
            label.check { input type="radio" name="loan" value="true" checked[form.is_loan()]; span { (t.say("booking-how-loan")) } }
            label.check { input type="radio" name="loan" value="false" checked[!form.is_loan()]; span { (t.say("booking-how-stay")) } }
        }
        @if let Some(message) = problems.at("loan") { p.err { (message.say(t)) } }
    } }
}

fn times(visit: &Visit, form: &AskForm, problems: &Problems, p: &AskPage) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let day = Line { kind: "date", required: true, ..Line::TEXT };
    let time = Line { kind: "time", required: true, ..Line::TEXT };
    let loanable = p.resources.iter().all(|r| r.loanable);
    html! {
        div.two {
            (f.line("on", &t.say(if form.is_loan() { "booking-take-on" } else { "booking-date" }), &form.on, day))
            (f.line("from", &t.say("booking-from"), &form.from, time))
        }
        div.two {
            @if loanable { (f.line("back_on", &t.say("booking-return-on"), &form.back_on, Line { required: false, hint: &t.say("booking-return-hint"), ..day })) }
            (f.line("to", &t.say("booking-to"), &form.to, time))
            @if !loanable { (f.line("until", &t.say("booking-until"), &form.until, Line { required: false, hint: &t.say("booking-until-hint"), ..day })) }
        }
    }
}

/// The dates of a series to choose from: all that are free, or some.
fn series(visit: &Visit, form: &AskForm, p: &AskPage) -> Markup {
    let t = visit.lang;
    let free = p.series.iter().filter(|d| d.is_free).count();
    let is_chosen =
        |d: &Planned| if form.chosen.is_empty() { d.is_free } else { form.dates.contains(&d.date.to_string()) };
    html! {
        fieldset.box {
            legend { (t.say("booking-dates")) }
            p.muted { (t.say_with("booking-dates-free", &[("free", free.into()), ("all", p.series.len().into())])) }
            input type="hidden" name="chosen" value="true";
            div.checks.cols2 { @for d in &p.series {
                label.check {
                    input type="checkbox" name="dates" value=(d.date) checked[is_chosen(d)] disabled[!d.is_free];
                    span { (t.day(d.date, visit.today.year())) ", " (t.weekday_short(d.date)) " "
                        @if d.is_free { (piece::tag(Tone::Ok, t.say("booking-date-free"))) }
                        @else { (piece::tag(Tone::Warn, t.say(if d.why.is_some() { "booking-date-closed" } else { "booking-date-taken" }))) @if let Some(why) = &d.why { " " span.muted.sm { (why) } } }
                    }
                }
            } }
        }
    }
}

/// What goes into the forms that ask for something else instead.
type Again<'a> = &'a dyn Fn(Option<Span>, Option<ResourceId>) -> Vec<(&'static str, String)>;

/// What stands in the way, and what is free instead, each at one press.
pub fn clash_panel(visit: &Visit, clash: &Clash, action: &str, again: Again<'_>, has_many: bool) -> Markup {
    let t = visit.lang;
    let press = |fields: Vec<(&'static str, String)>, words: &Markup| {
        html! {
            form action=(action) method="post" {
                (piece::key_field(&visit.new_key()))
                @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
                button.btn { (words) }
            }
        }
    };
    let partly = || {
        let mut fields = again(None, None);
        fields.push(("partly", "true".into()));
        fields
    };
    piece::panel(
        &t.say("clash-title"),
        html! {},
        html! {
            @if !clash.blocking.is_empty() {
                div.scroll-x { table.tbl.cards role="table" {
                    caption.vh { (t.say("clash-blocking")) }
                    thead role="rowgroup" { tr role="row" { (headings(&[t.say("booking-when").into_owned(), t.say("clash-who").into_owned(), t.say("booking-headcount").into_owned()])) } }
                    tbody role="rowgroup" { @for b in &clash.blocking {
                        tr role="row" {
                            td.main role="cell" { @if let Some(id) = b.id { a href=(url(id)) { (span_words(visit, b.span)) } } @else { (span_words(visit, b.span)) } }
                            td.a role="cell" { (b.who.as_deref().unwrap_or(&t.say("clash-somebody"))) }
                            td.b role="cell" { (people_words(t, b.headcount)) }
                        }
                    } }
                } }
            }
            div.body.stack {
                @if has_many { div { h3 { (t.say("clash-partly")) } div.row { (press(partly(), &html! { (piece::icon("check")) (t.say("clash-partly-do")) })) } } }
                @if !(clash.alternatives.is_empty() || has_many && clash.refused > 1) {
                    div { h3 { (t.say("clash-nearest")) } div.row { @for span in &clash.alternatives { (press(again(Some(*span), None), &html! { (piece::icon("clock")) (span_words(visit, *span)) })) } } }
                }
                @if !clash.others.is_empty() && !has_many {
                    div { h3 { (t.say("clash-others")) } div.row { @for (id, name, owner) in &clash.others { (press(again(None, Some(*id)), &html! { (name) " · " (owner) })) } } }
                }
                @if clash.alternatives.is_empty() && clash.others.is_empty() { p.muted { (t.say("clash-nothing")) } }
            }
        },
    )
}
