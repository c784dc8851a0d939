//! The sheet of a month.
use super::{amount_words, choice, headings, month_words, people_words, span_words, state_tag, statement_words};
use crate::{
    exchange::{
        LIST,
        model::{BookingState, Form, Side, Statement},
        url,
        web::month::Entry,
    },
    organisations::Listed as Organisation,
    shell::Page,
};
use chrono::{Months, NaiveDate};
use kit::{Visit, html as piece};
use maud::{Markup, html};

/// Everything the page shows.
pub struct Sheet {
    pub all: Vec<Organisation>,
    pub chosen: Option<Organisation>,
    pub first: NaiveDate,
    pub entries: Vec<Entry>,
}

impl Entry {
    fn other(&self) -> Option<Statement> {
        let other = if self.side == Side::Owner { Side::Asker } else { Side::Owner };
        self.booking.stated(other).map(|s| s.what)
    }

    /// The other side has spoken and this one has not.
    fn waits(&self) -> bool {
        self.booking.state == BookingState::TookPlace && self.booking.stated(self.side).is_none()
    }

    fn partner(&self) -> &str {
        if self.side == Side::Owner { &self.booking.organisation_name } else { &self.booking.owner_name }
    }
}

pub fn page(visit: &Visit, p: &Sheet) -> Markup {
    let t = visit.lang;
    let title = t.say_with("month-heading", &[("month", month_words(t, p.first).into())]).into_owned();
    let who = p.chosen.as_ref().map(|o| o.short_name.as_str()).unwrap_or_default();
    let to = |month: Option<NaiveDate>| {
        let month = month.unwrap_or(p.first).format("%Y-%m");
        p.chosen.as_ref().map_or_else(
            || format!("{LIST}/month?month={month}"),
            |o| format!("{LIST}/month?organisation={}&month={month}", o.id),
        )
    };
    let actions = html! {
        a.btn.icon href=(to(p.first.checked_sub_months(Months::new(1)))) { (piece::icon("chevron-left")) span.vh { (t.say("month-before")) } }
        a.btn.icon href=(to(p.first.checked_add_months(Months::new(1)))) { (piece::icon("chevron-right")) span.vh { (t.say("month-after")) } }
    };
    Page::new(visit, title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-bookings").into_owned())], &title))
        (piece::head(&title, html! { p { (who) } }, actions))
        section.panel aria-label=(t.say("month-sheet")) {
            @if p.all.len() > 1 { (filter(visit, p)) }
            @if p.entries.is_empty() { (piece::empty("clipboard-check", &t.say("month-empty"), html! {})) }
            @else { (table(visit, p)) (confirm(visit, p)) }
        }
    })
}

fn filter(visit: &Visit, p: &Sheet) -> Markup {
    let t = visit.lang;
    let chosen = p.chosen.as_ref().map(|o| o.id.to_string()).unwrap_or_default();
    let options: Vec<_> = p.all.iter().map(|o| (o.id.to_string(), o.short_name.clone())).collect();
    html! { form.filters action={ (LIST) "/month" } data-autosubmit {
        div.field.first { label for="by-month" { (t.say("bookings-month")) } input.in #by-month type="month" name="month" value=(p.first.format("%Y-%m")); }
        (choice("organisation", &t.say("bookings-mine"), &chosen, &options))
        button.btn { (t.say("list-show")) }
    } }
}

fn table(visit: &Visit, p: &Sheet) -> Markup {
    let t = visit.lang;
    let heads = [
        t.say("booking-what").into_owned(),
        t.say("booking-when").into_owned(),
        t.say("month-partner").into_owned(),
        t.say("booking-planned").into_owned(),
        t.say("month-they-say").into_owned(),
        t.say("list-state").into_owned(),
    ];
    html! {
        div.scroll-x { table.tbl.cards role="table" {
            caption.vh { (t.say("month-sheet")) }
            thead role="rowgroup" { tr role="row" { (headings(&heads)) th role="columnheader" scope="col" { span.vh { (t.say("list-action")) } } } }
            tbody role="rowgroup" { @for e in &p.entries {
                @let b = &e.booking;
                @let planned = Statement { headcount: b.headcount, amount: b.planned_amount() };
                @let other = e.other();
                tr role="row" {
                    td.main role="cell" { a href=(url(b.id)) { (b.resource_name) } small { (b.purpose) } }
                    td.a role="cell" { (span_words(visit, b.span)) }
                    td role="cell" data-l={ (t.say("month-partner")) ":" } { (e.partner()) }
                    td role="cell" data-l={ (t.say("booking-planned")) ":" } { (statement_words(t, b, planned)) }
                    td.cell-warn[other.is_some_and(|s| s != planned)] role="cell" data-l={ (t.say("month-they-say")) ":" } {
                        @match other { Some(s) => (statement_words(t, b, s)), None => span.muted { (t.say("booking-not-said")) } }
                    }
                    td.st role="cell" { (state_tag(t, b.state)) }
                    td.num.noprint role="cell" { @if b.form != Form::Loan || b.loan.taken_back_on.is_some() {
                        a.btn.sm href={ (url(b.id)) "/completion" } { (t.say("month-edit")) span.vh { ": " (b.resource_name) ", " (span_words(visit, b.span)) } }
                    } }
                }
            } }
        } }
    }
}

fn confirm(visit: &Visit, p: &Sheet) -> Markup {
    let t = visit.lang;
    let Some(chosen) = &p.chosen else { return html! {} };
    let waiting: Vec<&Entry> = p.entries.iter().filter(|e| e.waits()).collect();
    let minutes: i64 =
        waiting.iter().filter(|e| e.booking.form != Form::Loan).filter_map(|e| e.other()).map(|s| s.amount).sum();
    let people: i64 = waiting.iter().filter_map(|e| e.other()).map(|s| s.headcount).sum();
    let month = month_words(t, p.first);
    html! { footer { div {
        @if waiting.is_empty() { p.muted { (t.say("month-nothing-waits")) } }
        @else {
            p { (t.say_with("month-sum", &[("count", waiting.len().into()), ("hours", amount_words(t, Form::Visit, minutes).into()), ("people", people_words(t, people).into())])) }
            form.actions action={ (LIST) "/month" } method="post" {
                (piece::key_field(&visit.new_key()))
                input type="hidden" name="organisation_id" value=(chosen.id);
                input type="hidden" name="month" value=(p.first.format("%Y-%m"));
                @for e in &waiting { input type="hidden" name="ids" value=(e.booking.id); }
                button.btn.primary { (piece::icon("check")) (t.say_with("month-confirm", &[("month", month.into()), ("count", waiting.len().into())])) }
            }
        }
    } } }
}
