//! The form of one deed with a booking.
use super::{ask::clash_panel, people_words, quality_words, record::crumbs, span_words, state_tag, statement_words};
use crate::{
    exchange::{
        model::{Booking, Form, Quality, Side},
        url,
        web::{
            ask::Clash,
            deed::{Deed, DeedForm},
        },
    },
    resources::{Listed, Span},
    shell::Page,
};
use kit::{
    Visit,
    clock::{LOCAL, local_date},
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

/// Everything the page shows.
pub struct DeedPage<'a> {
    pub booking: &'a Booking,
    pub deed: Deed,
    pub form: &'a DeedForm,
    pub problems: &'a Problems,
    /// What the owner could offer instead.
    pub others: &'a [Listed],
    /// The viewer may act for both sides and has to say for which.
    pub which_side: bool,
    pub clash: Option<&'a Clash>,
}

pub fn page(visit: &Visit, p: &DeedPage<'_>) -> Markup {
    let t = visit.lang;
    let b = p.booking;
    let title = t.say(&text_prefix!("booking-do-", p.deed.code())).into_owned();
    let action = format!("{}/{}", url(b.id), p.deed.code());
    let f = Fields { lang: t, problems: p.problems };
    let below = html! { p.row { (state_tag(t, b.state)) span { (b.resource_name) " · " (span_words(visit, b.span)) " · " (b.organisation_name) } } };
    Page::new(visit, title.as_str()).show(html! {
        (crumbs(visit, b, Some(&title)))
        (piece::head(&title, below, html! {}))
        @match p.problems.at("state") {
            Some(message) => {
                (piece::alert(Tone::Warn, message.say(t)))
                p.mt { a.btn href=(url(b.id)) { (t.say("booking-back")) } }
            },
            None => {
                @if let Some(clash) = p.clash { (clash_panel(visit, clash, &action, &|span, _| with_time(p.form, span), false)) }
                section.panel.mt { form.form.body action=(action) method="post" {
                    (f.summary())
                    (piece::key_field(&visit.new_key()))
                    @if let Some(words) = about(visit, p) { p { (words) } }
                    @if p.which_side && !p.deed.is_press() { (side(visit, p)) }
                    (entries(visit, p))
                    div.actions { button.btn.primary { (piece::icon(p.deed.icon())) (title) } a.btn href=(url(b.id)) { (t.say("booking-back")) } }
                } }
            }
        }
    })
}

/// What the other side says, above the numbers to agree with.
fn about(visit: &Visit, p: &DeedPage<'_>) -> Option<String> {
    let t = visit.lang;
    let b = p.booking;
    match p.deed {
        Deed::Complete => {
            let said = [(Side::Owner, &b.owner_name), (Side::Asker, &b.organisation_name)];
            let words: Vec<String> = said
                .iter()
                .filter_map(|(side, name)| {
                    b.stated(*side).map(|s| {
                        t.say_with(
                            "booking-side-said",
                            &[("who", name.as_str().into()), ("what", statement_words(t, b, s.what).into())],
                        )
                        .into_owned()
                    })
                })
                .collect();
            Some(if words.is_empty() {
                t.say_with("booking-planned-was", &[("what", people_words(t, b.headcount).into())]).into_owned()
            } else {
                words.join(" ")
            })
        }
        Deed::Counter => Some(t.say("booking-counter-about").into_owned()),
        Deed::Move => Some(t.say("booking-move-about").into_owned()),
        Deed::Decline | Deed::Cancel | Deed::Refuse => Some(t.say("booking-frees").into_owned()),
        _ => None,
    }
}

fn side(visit: &Visit, p: &DeedPage<'_>) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems: p.problems };
    let options = [
        (String::new(), t.say("form-choose-one").into_owned()),
        (Side::Owner.code().to_owned(), p.booking.owner_name.clone()),
        (Side::Asker.code().to_owned(), p.booking.organisation_name.clone()),
    ];
    f.select("side", &t.say("booking-for-side"), &p.form.side, &options, "", true)
}

fn entries(visit: &Visit, p: &DeedPage<'_>) -> Markup {
    let t = visit.lang;
    let (b, form) = (p.booking, p.form);
    let f = Fields { lang: t, problems: p.problems };
    let number = Line { kind: "number", required: true, ..Line::TEXT };
    let day = Line { kind: "date", required: true, ..Line::TEXT };
    match p.deed {
        Deed::Confirm | Deed::Accept => html! {},
        Deed::Decline | Deed::Absence => {
            f.text("reason", &t.say("booking-why"), &form.reason, &t.say("booking-why-hint"), true)
        }
        Deed::Refuse | Deed::Cancel => {
            f.text("reason", &t.say("booking-why"), &form.reason, &t.say("booking-why-hint"), false)
        }
        Deed::Counter | Deed::Move => times(visit, p),
        Deed::Complete => html! { div.two {
            (f.line("headcount", &t.say("booking-headcount-was"), &form.headcount, number))
            @if b.form == Form::Loan { (f.line("days", &t.say("booking-days-was"), &form.days, number)) }
            @else { (f.line("hours", &t.say("booking-hours-was"), &form.hours, Line { required: true, hint: &t.say("booking-hours-hint"), ..Line::TEXT })) }
        } },
        Deed::Quality => html! {
            (choices(visit, p))
            (f.text("comment", &t.say("booking-comment"), &form.comment, "", false))
        },
        Deed::HandOver => html! {
            (f.line("on", &t.say("loan-handed-on"), &form.on, day))
            (f.line("inventory_number", &t.say("loan-inventory"), &form.inventory_number, Line::TEXT))
            (f.line("responsible", &t.say("loan-responsible"), &form.responsible, Line { required: true, hint: &t.say("loan-responsible-hint"), ..Line::TEXT }))
            (f.line("note", &t.say("loan-note"), &form.note, Line { hint: &t.say("loan-note-hint"), ..Line::TEXT }))
        },
        Deed::TakeBack => html! {
            (f.line("on", &t.say("loan-taken-back-on"), &form.on, day))
            (f.line("headcount", &t.say("loan-served"), &form.headcount, number))
            (f.line("note", &t.say("loan-note"), &form.note, Line { hint: &t.say("loan-note-hint"), ..Line::TEXT }))
        },
    }
}

fn choices(visit: &Visit, p: &DeedPage<'_>) -> Markup {
    let t = visit.lang;
    html! { fieldset.field #f-quality {
        legend { (t.say("booking-got")) }
        div.choices { @for quality in Quality::ALL {
            label.check { input type="radio" name="quality" value=(quality.code()) required checked[p.form.quality == quality.code()]; span { (quality_words(t, *quality)) } }
        } }
        @if let Some(message) = p.problems.at("quality") { p.err { (message.say(t)) } }
    } }
}

fn times(visit: &Visit, p: &DeedPage<'_>) -> Markup {
    let t = visit.lang;
    let form = p.form;
    let f = Fields { lang: t, problems: p.problems };
    let is_loan = p.booking.form == Form::Loan;
    let day = Line { kind: "date", required: true, ..Line::TEXT };
    let time = Line { kind: "time", required: true, ..Line::TEXT };
    let options: Vec<_> = p.others.iter().map(|r| (r.id.to_string(), r.name.clone())).collect();
    html! {
        @if options.len() > 1 { (f.select("resource_id", &t.say("booking-what"), &form.resource_id, &options, "", true)) }
        @else { input type="hidden" name="resource_id" value=(form.resource_id); }
        div.two {
            (f.line("on", &t.say(if is_loan { "booking-take-on" } else { "booking-date" }), &form.on, day))
            (f.line("from", &t.say("booking-from"), &form.from, time))
        }
        div.two {
            @if is_loan { (f.line("back_on", &t.say("booking-return-on"), &form.back_on, day)) }
            (f.line("to", &t.say("booking-to"), &form.to, time))
        }
        (f.text("reason", &t.say("booking-why"), &form.reason, "", false))
    }
}

/// The form as it was, at another time.
fn with_time(form: &DeedForm, span: Option<Span>) -> Vec<(&'static str, String)> {
    let mut fields =
        vec![("reason", form.reason.clone()), ("side", form.side.clone()), ("resource_id", form.resource_id.clone())];
    if let Some(span) = span {
        let clock = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&LOCAL).format("%H:%M").to_string();
        fields.extend([
            ("on", local_date(span.start).to_string()),
            ("from", clock(span.start)),
            ("back_on", local_date(span.end).to_string()),
            ("to", clock(span.end)),
        ]);
    }
    fields
}
