//! One booking: both sides, its state in words, what came of it, and what this viewer can do.
use super::{
    amount_words, form_words, mode_words, people_words, quality_words, span_words, state_tag, statement_words,
};
use crate::{
    exchange::{
        CommonId, LIST, REQUEST, act, common_url,
        consent::Consent,
        model::{Booking, BookingState, Form, Mode, Review, Side, Statement},
        need::NeedId,
        need_url, url,
        waiting::{Can, task},
        web::deed::Deed,
    },
    organisations, resources,
    shell::Page,
};
use chrono::Datelike as _;
use kit::{
    Visit,
    audit::Line as Trail,
    html::{self as piece, Tone},
    text::text_prefix,
};
use maud::{Markup, html};
use std::collections::HashMap;
use uuid::Uuid;

/// Everything a record's page shows.
pub struct Record {
    pub booking: Booking,
    pub together: Vec<Booking>,
    pub consents: Vec<Consent>,
    pub people: HashMap<Uuid, String>,
    pub place: Option<String>,
    /// The resource that was asked for, when another is offered.
    pub asked: Option<String>,
    pub history: Option<(Vec<Trail>, HashMap<Uuid, String>)>,
}

pub fn page(visit: &Visit, record: &Record) -> Markup {
    let t = visit.lang;
    let b = &record.booking;
    let here = url(b.id);
    let is_history = record.history.is_some();
    let tabs = [
        (here.clone(), t.say("tab-overview").into_owned(), None, !is_history),
        (format!("{here}?tab=history"), t.say("tab-history").into_owned(), None, is_history),
    ];
    let below =
        html! { p.row { (state_tag(t, b.state)) span { (span_words(visit, b.span)) " · " (form_words(t, b.form)) } } };
    Page::new(visit, b.resource_name.as_str()).show(html! {
        (crumbs(visit, b, None))
        (piece::head(&b.resource_name, below, html! {}))
        (piece::tabs(&t.say("booking-sections"), &tabs))
        @match &record.history {
            Some((lines, names)) => div.mt { (crate::shell::trail::panel(visit, lines, names)) },
            None => div.grid.cols.mt {
                div.stack {
                    (what_next(visit, b))
                    (super::consent::panel(visit, b, &record.consents, &record.people))
                    (outcome(visit, record))
                    (together(visit, record))
                }
                div.stack { (facts(visit, record)) @if b.form == Form::Loan { (loan(visit, b)) } }
            }
        }
    })
}

/// The way to a booking, or to a deed with it.
pub fn crumbs(visit: &Visit, b: &Booking, deed: Option<&str>) -> Markup {
    let t = visit.lang;
    let mut links = vec![(LIST.to_owned(), t.say("nav-bookings").into_owned())];
    if deed.is_some() {
        links.push((url(b.id), b.resource_name.clone()));
    }
    piece::crumbs(&t.say("crumbs"), &links, deed.unwrap_or(&b.resource_name))
}

/// The state in a sentence, and exactly what this viewer may do now.
fn what_next(visit: &Visit, b: &Booking) -> Markup {
    let t = visit.lang;
    let deeds = Deed::offered(visit, b);
    let first = Can::of(visit, b).side.and_then(|side| task(visit, b, side));
    piece::panel(
        &t.say("booking-now"),
        html! {},
        html! { div.body {
            p { (about(visit, b)) }
            @if let Some(reason) = b.reason.as_ref().filter(|_| !is_agreed(b)) { p { span.muted { (t.say("booking-reason")) ": " } (reason) } }
            @if has_trip(visit, b) { form.mt action={ (url(b.id)) "/papers" } method="post" {
                (piece::key_field(&visit.new_key()))
                button.btn { (piece::icon("clipboard-list")) (t.say("booking-papers")) }
            } }
            @if !deeds.is_empty() { div.actions.mt {
                @for deed in deeds {
                    @let primary = deed.is_first(first);
                    @let words = t.say(&text_prefix!("booking-do-", deed.code()));
                    @if deed.is_press() {
                        form action={ (url(b.id)) "/" (deed.code()) } method="post" { (piece::key_field(&visit.new_key())) button.btn.primary[primary] { (piece::icon(deed.icon())) (words) } }
                    } @else {
                        (piece::link_button(&format!("{}/{}", url(b.id), deed.code()), deed.icon(), words, primary))
                    }
                }
            } }
        } },
    )
}

/// The state in a sentence. What answers a need is offered, but it is nothing else than was asked for.
fn about(visit: &Visit, b: &Booking) -> String {
    let t = visit.lang;
    let names = [("owner", b.owner_name.as_str().into()), ("asker", b.organisation_name.as_str().into())];
    if b.state == BookingState::Countered && b.need_id.is_some() && b.asked.is_none() {
        return t.say_with("booking-about-offered", &names).into_owned();
    }
    t.say_with(&text_prefix!("booking-about-", b.state.code()), &names).into_owned()
}

/// What was planned and what each side says, side by side.
fn outcome(visit: &Visit, record: &Record) -> Markup {
    let t = visit.lang;
    let b = &record.booking;
    if b.owner_stated.is_none() && b.asker_stated.is_none() {
        return html! {};
    }
    let planned = Statement { headcount: b.headcount, amount: b.planned_amount() };
    let (owner, asker) = (b.owner_stated.map(|s| s.what), b.asker_stated.map(|s| s.what));
    let differs = |get: fn(Statement) -> i64| owner.zip(asker).is_some_and(|(a, c)| get(a) != get(c));
    let cell = |s: Option<Statement>, words: &dyn Fn(Statement) -> String, bad: bool| {
        html! { td.num.cell-bad[bad] { @match s { Some(s) => (words(s)), None => span.muted { (t.say("booking-not-said")) } } } }
    };
    let people = |s: Statement| people_words(t, s.headcount);
    let amount = |s: Statement| amount_words(t, b.form, s.amount);
    let by = |side: Side| {
        b.stated(side).map(|s| {
            (
                s.by.and_then(|id| record.people.get(&id)).cloned().unwrap_or_default(),
                t.moment(s.at, visit.today.year()),
            )
        })
    };
    let (bad_people, bad_amount) = (differs(|s| s.headcount), differs(|s| s.amount));
    let caption = t.say("booking-outcome");
    piece::panel(
        &caption,
        html! { @if bad_people || bad_amount { (piece::tag(Tone::Bad, t.say("booking-differs"))) } },
        html! {
            (piece::scroll(&caption, html! { table.tbl {
                caption.vh { (caption) }
                thead { tr { td {} th.num scope="col" { (t.say("booking-planned")) } th.num scope="col" { (b.owner_name) } th.num scope="col" { (b.organisation_name) } } }
                tbody {
                    tr { th scope="row" { (t.say("booking-headcount")) } (cell(Some(planned), &people, false)) (cell(owner, &people, bad_people)) (cell(asker, &people, bad_people)) }
                    tr { th scope="row" { (t.say("booking-how-long")) } (cell(Some(planned), &amount, false)) (cell(owner, &amount, bad_amount)) (cell(asker, &amount, bad_amount)) }
                    tr { th scope="row" { (t.say("booking-who-said")) } td {} @for side in [Side::Owner, Side::Asker] { td.num { @if let Some((who, when)) = by(side) { (who) div.muted.sm { (when) } } } } }
                    @if b.owner_review.quality.is_some() || b.asker_review.quality.is_some() {
                        tr { th scope="row" { (t.say("booking-got")) } td {} @for review in [&b.owner_review, &b.asker_review] { td.num { (review_words(visit, review)) } } }
                    }
                }
            } }))
            (take_theirs(visit, b))
        },
    )
}

/// Of a dispute: the other side's numbers at one press.
fn take_theirs(visit: &Visit, b: &Booking) -> Markup {
    let can = Can::of(visit, b);
    let other = can.side.map(|side| if side == Side::Owner { Side::Asker } else { Side::Owner });
    let theirs = other.and_then(|side| b.stated(side)).map(|s| s.what).filter(|s| *s != Statement::NOTHING);
    let (Some(theirs), Some(side), true) = (theirs, can.side, can.complete && b.state == BookingState::Disputed) else {
        return html! {};
    };
    let words = statement_words(visit.lang, b, theirs);
    html! { div.body { form action={ (url(b.id)) "/completion" } method="post" {
        (piece::key_field(&visit.new_key()))
        input type="hidden" name="side" value=(side.code());
        input type="hidden" name="headcount" value=(theirs.headcount);
        @if b.form == Form::Loan { input type="hidden" name="days" value=(theirs.amount); }
        @else { input type="hidden" name="hours" value=(format!("{}:{:02}", theirs.amount / 60, theirs.amount % 60)); }
        button.btn { (piece::icon("handshake")) (visit.lang.say_with("booking-take-theirs", &[("what", words.trim_end_matches('.').into())])) }
    } } }
}

fn review_words(visit: &Visit, review: &Review) -> Markup {
    html! {
        @if let Some(quality) = review.quality { (quality_words(visit.lang, quality)) }
        @if let Some(comment) = &review.comment { div.muted.sm { (comment) } }
    }
}

/// The other dates of the series and the other resources of the common request, with what can be done
/// with all of them or with some at once.
fn together(visit: &Visit, record: &Record) -> Markup {
    let t = visit.lang;
    if record.together.len() < 2 {
        return html! {};
    }
    let agreed = |b: &Booking| Can::of(visit, b).confirm && !b.has_begun(visit.now);
    let given_up = |b: &Booking| Can::of(visit, b).cancel && act::acts_for(visit, b, Side::Asker);
    let (agrees, gives_up) = (record.together.iter().any(agreed), record.together.iter().any(given_up));
    let line = |b: &Booking| {
        html! {
            @if b.id == record.booking.id { b.strong { (span_words(visit, b.span)) } } @else { a href=(url(b.id)) { (span_words(visit, b.span)) } }
            span.muted { " " (b.resource_name) }
        }
    };
    let rows = html! { ul.list { @for b in &record.together { li.flex {
        @if agreed(b) || given_up(b) {
            label.chk { input type="checkbox" name="ids" value=(b.id) checked[agreed(b)]; span.vh { (span_words(visit, b.span)) ", " (b.resource_name) } }
        }
        span.t { (line(b)) }
        (state_tag(t, b.state))
    } } } };
    let count = html! { span.muted { (t.say_with("booking-together-count", &[("n", record.together.len().into())])) } };
    let content = html! {
        @if agrees || gives_up { form method="post" action={ (LIST) "/bulk" } {
            (piece::key_field(&visit.new_key()))
            (rows)
            div.body.row {
                @if agrees { button.btn.primary name="deed" value="confirmation" { (piece::icon("check")) (t.say("booking-together-confirm")) } }
                @if gives_up { button.btn.danger name="deed" value="cancellation" formaction={ (LIST) "/cancellations" } { (piece::icon("x")) (t.say("booking-together-cancel")) } }
            }
        } } @else { (rows) }
    };
    piece::panel(&t.say("booking-together"), count, content)
}

fn facts(visit: &Visit, record: &Record) -> Markup {
    let t = visit.lang;
    let b = &record.booking;
    let text = |value: &Option<String>| value.as_ref().map(|v| html! { (v) });
    let asked =
        b.asked.map(|a| html! { (span_words(visit, a.span)) @if let Some(name) = &record.asked { ", " (name) } });
    let moved = |id: Option<crate::exchange::BookingId>, key: &str| id.map(|id| html! { a href=(url(id)) { (key) } });
    let person = b.person_id.and_then(|id| record.people.get(&id)).map(|name| html! { (name) });
    let who = b.created_by.and_then(|id| record.people.get(&id));
    let rows = piece::facts(&[
        (&t.say("booking-what"), Some(html! { a href=(resources::url(b.resource_id)) { (b.resource_name) } })),
        (&t.say("booking-gives"), Some(html! { a href=(organisations::url(b.owner_id)) { (b.owner_name) } })),
        (&t.say("booking-receives"), Some(html! { a href=(organisations::url(b.organisation_id)) { (b.organisation_name) } })),
        (&t.say("booking-person"), person),
        (&t.say("booking-when"), Some(html! { (span_words(visit, b.span)) })),
        (&t.say("booking-asked"), asked),
        (&t.say("booking-where"), text(&record.place)),
        (&t.say("booking-headcount"), Some(html! { (people_words(t, b.headcount)) })),
        (&t.say("booking-units"), (b.units > 1).then(|| html! { (b.units) })),
        (&t.say("booking-how-long"), Some(html! { (amount_words(t, b.form, b.planned_amount())) })),
        (&t.say("booking-mode"), (b.form != Form::Loan).then(|| html! { (mode_words(t, b.mode)) })),
        (&t.say("booking-purpose"), Some(html! { (b.purpose) })),
        (&t.say("booking-counted"), (b.state == BookingState::Confirmed).then(|| html! { (statement_words(t, b, Statement { headcount: b.agreed_headcount, amount: if b.form == Form::Loan { b.agreed_days } else { b.agreed_minutes } })) })),
        (&t.say("common-one"), b.cart_id.map(|id| html! { a href=(common_url(CommonId(id))) { (t.say("booking-open")) } })),
        (&t.say("booking-moved-from"), moved(b.moved_from, &t.say("booking-open"))),
        (&t.say("booking-moved-to"), moved(b.moved_to, &t.say("booking-open"))),
        (&t.say("booking-need"), b.need_id.map(|id| html! { a href=(need_url(NeedId(id))) { (t.say("booking-open")) } })),
        (&t.say("booking-created"), Some(html! { @if let Some(who) = who { (who) ", " } (t.moment(b.created_at, visit.today.year())) })),
    ]);
    piece::panel(&t.say("booking-facts"), html! {}, html! { div.body { (rows) } })
}

/// Somebody goes somewhere for it, and this viewer prepares the papers: «Собрать выезд» of the slice of
/// documents, below this one.
fn has_trip(visit: &Visit, b: &Booking) -> bool {
    let organisation = match b.form {
        Form::Stay => b.organisation_id,
        Form::Visit => b.owner_id,
        Form::Loan => return false,
    };
    b.mode == Mode::InPerson
        && !b.is_own_use()
        && b.state.holds()
        && b.span.end > visit.now
        && visit.viewer.reach(REQUEST).covers(Some(organisation.0))
}

/// Both sides have said yes, and it has not been called off since.
fn is_agreed(b: &Booking) -> bool {
    b.state.holds() && !matches!(b.state, BookingState::Requested | BookingState::Countered)
}

fn loan(visit: &Visit, b: &Booking) -> Markup {
    let t = visit.lang;
    let text = |value: &Option<String>| value.as_ref().map(|v| html! { (v) });
    let day = |day: Option<chrono::NaiveDate>| day.map(|d| html! { (t.date(d)) });
    let rows = piece::facts(&[
        (
            &t.say("loan-handed-on"),
            Some(day(b.loan.handed_on).unwrap_or_else(|| html! { span.muted { (t.say("loan-not-yet")) } })),
        ),
        (
            &t.say("loan-due"),
            Some(
                html! { (t.date(kit::clock::local_date(b.span.end))) @if b.loan.handed_on.is_some() && b.loan.taken_back_on.is_none() && b.span.end < visit.now { " " (piece::tag(Tone::Bad, t.say("loan-overdue"))) } },
            ),
        ),
        (&t.say("loan-taken-back-on"), day(b.loan.taken_back_on)),
        (&t.say("loan-inventory"), text(&b.loan.inventory_number)),
        (&t.say("loan-responsible"), text(&b.loan.responsible)),
        (&t.say("loan-note"), text(&b.loan.note)),
    ]);
    // Drawn up by the slice of documents, below this one.
    let act = |deed: Deed| format!("{}/{}.pdf", url(b.id), deed.code());
    let acts = html! {
        div.actions.mt {
            @if is_agreed(b) { (piece::link_button(&act(Deed::HandOver), "file-down", t.say("loan-act-handing-over"), false)) }
            @if b.loan.handed_on.is_some() { (piece::link_button(&act(Deed::TakeBack), "file-down", t.say("loan-act-taking-back"), false)) }
        }
    };
    piece::panel(&t.say("loan-title"), html! {}, html! { div.body { (rows) (acts) } })
}
