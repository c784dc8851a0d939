//! Submitted common requests: the list, one of them, and another resource for a line.
use super::{ask::clash_panel, headings, people_words, span_words, state_tag};
use crate::{
    exchange::{
        COMMONS, LIST, REQUEST,
        common::{self, Common, CommonId, Progress},
        common_url,
        model::{Booking, BookingState, Form, Mode},
        url,
        web::{
            ask::Clash,
            common::{Asked, ReplaceForm},
        },
    },
    organisations,
    resources::{CART, Listed, ResourceId, Span},
    shell::Page,
};
use chrono::{DateTime, Datelike as _, Utc};
use kit::{
    Lang, Visit,
    clock::{LOCAL, local_date},
    cursor::Slice,
    form::Problems,
    html::{self as piece, Fields, Line, Tone},
    text::text_prefix,
};
use maud::{Markup, html};

fn progress_tag(t: Lang, lines: &[Booking]) -> Markup {
    let progress = Progress::of(lines);
    piece::tag(progress.tone(), t.say(&text_prefix!("common-progress-", progress.code())))
}

/// «2 из 3 согласовано»
fn agreed_words(t: Lang, lines: &[Booking]) -> String {
    let agreed = lines
        .iter()
        .filter(|b| b.state.holds() && !matches!(b.state, BookingState::Requested | BookingState::Countered))
        .count();
    t.say_with("common-agreed", &[("agreed", agreed.into()), ("all", lines.len().into())]).into_owned()
}

pub fn list(visit: &Visit, asked: &Asked, slice: &Slice<Common>, lines: &[Booking], draft: usize) -> Markup {
    let t = visit.lang;
    let title = t.say("common-title");
    let of = |id: CommonId| lines.iter().filter(|b| b.cart_id == Some(id.0)).cloned().collect::<Vec<_>>();
    let actions = html! { @if visit.viewer.may(REQUEST) {
        (piece::link_button(CART, "clipboard-list", if draft > 0 { t.say_with("common-draft-open", &[("n", draft.into())]) } else { t.say("common-new") }, true))
    } };
    let heads = [
        t.say("common-event").into_owned(),
        t.say("booking-when").into_owned(),
        t.say("common-lines").into_owned(),
        t.say("list-state").into_owned(),
    ];
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-bookings").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("common-about")) } }, actions))
        section.panel aria-label=(title) {
            @if slice.items.is_empty() { (piece::empty("clipboard-list", &t.say("common-none"), html! {})) } @else {
                div.scroll-x { table.tbl.cards role="table" {
                    caption.vh { (title) }
                    thead role="rowgroup" { tr role="row" { (headings(&heads)) } }
                    tbody role="rowgroup" data-rows { @for c in &slice.items {
                        @let own = of(c.id);
                        tr role="row" {
                            td.main role="cell" { a.row-link href=(common_url(c.id)) { (c.title) } small { (c.organisation_name) } }
                            td.a role="cell" { (span_words(visit, c.span)) }
                            td.b role="cell" { (agreed_words(t, &own)) }
                            td.st role="cell" { (progress_tag(t, &own)) }
                        }
                    } }
                } }
                (piece::pager(
                    t,
                    &t.say_with("list-count", &[("shown", slice.items.len().into()), ("total", slice.total.into())]),
                    (!asked.after.is_empty()).then_some(COMMONS),
                    slice.next.as_ref().map(|c| format!("{COMMONS}?after={}", c.encode())).as_deref(),
                ))
            }
        }
    })
}

pub fn page(visit: &Visit, c: &Common, all: &[Booking], author: Option<&str>) -> Markup {
    let t = visit.lang;
    let lines = common::standing(all.to_vec());
    let asks = visit.viewer.reach(REQUEST).covers(Some(c.organisation_id.0));
    let left = lines.iter().filter(|b| common::can_be_cancelled(b, visit.now)).count();
    let links = [
        (LIST.to_owned(), t.say("nav-bookings").into_owned()),
        (COMMONS.to_owned(), t.say("common-title").into_owned()),
    ];
    let below = html! { p.row { (progress_tag(t, &lines)) span { (span_words(visit, c.span)) " · " (agreed_words(t, &lines)) } } };
    Page::new(visit, c.title.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &links, &c.title))
        (piece::head(&c.title, below, html! { @if asks && lines.iter().any(travels) { (papers(visit, c)) } }))
        div.grid.cols.mt {
            div.stack { (table(visit, c, all, &lines, asks)) }
            div.stack {
                (facts(visit, c, author))
                @if asks && left > 0 { (cancellation(visit, c, left)) }
            }
        }
    })
}

/// Somebody of the organisation that asks goes somewhere for it.
fn travels(b: &Booking) -> bool {
    b.form == Form::Stay && b.mode == Mode::InPerson && !b.is_own_use() && b.state.holds()
}

/// «Собрать выезд» for the whole event: drawn up by the slice of documents, below this one.
fn papers(visit: &Visit, c: &Common) -> Markup {
    html! { form action={ (common_url(c.id)) "/papers" } method="post" {
        (piece::key_field(&visit.new_key()))
        button.btn { (piece::icon("clipboard-list")) (visit.lang.say("booking-papers")) }
    } }
}

fn table(visit: &Visit, c: &Common, all: &[Booking], lines: &[Booking], asks: bool) -> Markup {
    let t = visit.lang;
    let heads = [
        t.say("resource-and-owner").into_owned(),
        t.say("booking-when").into_owned(),
        t.say("booking-headcount").into_owned(),
        t.say("list-state").into_owned(),
    ];
    let before = |b: &Booking| all.iter().find(|old| Some(old.id) == b.moved_from).map(|old| old.resource_name.clone());
    let is_lost = |b: &Booking| matches!(b.state, BookingState::Declined | BookingState::Cancelled);
    let can_replace = |b: &Booking| asks && is_lost(b) && b.span.end > visit.now;
    piece::panel(
        &t.say("common-lines"),
        html! {},
        html! { div.scroll-x { table.tbl.cards role="table" {
            caption.vh { (t.say("common-lines")) }
            thead role="rowgroup" { tr role="row" { (headings(&heads)) th role="columnheader" scope="col" { span.vh { (t.say("list-action")) } } } }
            tbody role="rowgroup" data-rows { @for b in lines {
                tr role="row" {
                    td.main role="cell" {
                        a.row-link href=(url(b.id)) { (b.resource_name) } small { (b.owner_name) }
                        @if let Some(name) = before(b).filter(|name| *name != b.resource_name) { small { (t.say_with("common-instead-of", &[("name", name.into())])) } }
                        @if let Some(reason) = b.reason.as_ref().filter(|_| is_lost(b) || b.state == BookingState::Countered) { small { (t.say("booking-reason")) ": " (reason) } }
                    }
                    td.a role="cell" { (span_words(visit, b.span)) }
                    td.b role="cell" { (people_words(t, b.headcount)) @if b.units > 1 { ", " (t.say_with("resource-size-by_piece", &[("n", b.units.into())])) } }
                    td.st role="cell" { (state_tag(t, b.state)) }
                    td.go.num role="cell" {
                        @if can_replace(b) { a.btn.sm href={ (common_url(c.id)) "/replacement?of=" (b.id) } { (t.say("common-replace")) span.vh { ": " (b.resource_name) } } }
                        @else if asks && b.state == BookingState::Countered { a.btn.sm href=(url(b.id)) { (t.say("common-answer")) span.vh { ": " (b.resource_name) } } }
                    }
                }
            } }
        } } },
    )
}

fn facts(visit: &Visit, c: &Common, author: Option<&str>) -> Markup {
    let t = visit.lang;
    let rows = piece::facts(&[
        (
            &t.say("booking-receives"),
            Some(html! { a href=(organisations::url(c.organisation_id)) { (c.organisation_name) } }),
        ),
        (&t.say("booking-purpose"), c.details.as_ref().map(|d| html! { (d) })),
        (&t.say("booking-when"), Some(html! { (span_words(visit, c.span)) })),
        (&t.say("booking-headcount"), Some(html! { (people_words(t, c.headcount)) })),
        (
            &t.say("booking-created"),
            Some(html! { @if let Some(who) = author { (who) ", " } (t.moment(c.created_at, visit.today.year())) }),
        ),
    ]);
    piece::panel(&t.say("booking-facts"), html! {}, html! { div.body { (rows) } })
}

fn cancellation(visit: &Visit, c: &Common, left: usize) -> Markup {
    let t = visit.lang;
    let problems = Problems::default();
    let f = Fields { lang: t, problems: &problems };
    piece::panel(
        &t.say("common-cancel"),
        html! {},
        html! { form.form.body action={ (common_url(c.id)) "/cancellation" } method="post" {
            (piece::key_field(&visit.new_key()))
            p { (t.say_with("common-cancel-about", &[("n", left.into())])) }
            (f.line("reason", &t.say("booking-why"), "", Line { hint: &t.say("booking-why-hint"), ..Line::TEXT }))
            div.actions { button.btn.danger { (piece::icon("x")) (t.say_with("common-cancel-all", &[("title", c.title.as_str().into())])) } }
        } },
    )
}

pub fn replacement(
    visit: &Visit,
    c: &Common,
    line: &Booking,
    form: &ReplaceForm,
    problems: &Problems,
    others: &[Listed],
    clash: Option<&Clash>,
) -> Markup {
    let t = visit.lang;
    let title = t.say("common-replace-title");
    let f = Fields { lang: t, problems };
    let action = format!("{}/replacement", common_url(c.id));
    let links = [(COMMONS.to_owned(), t.say("common-title").into_owned()), (common_url(c.id), c.title.clone())];
    let mut options: Vec<(String, String)> =
        others.iter().map(|r| (r.id.to_string(), format!("{} · {}", r.name, r.owner.1))).collect();
    if others.iter().all(|r| r.id != line.resource_id) {
        options.insert(0, (line.resource_id.to_string(), line.resource_name.clone()));
    }
    let below = html! { p.row { (state_tag(t, line.state)) span { (line.resource_name) " · " (span_words(visit, line.span)) } } };
    let day = Line { kind: "date", required: true, ..Line::TEXT };
    let time = Line { kind: "time", ..day };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &links, &title))
        (piece::head(&title, below, html! {}))
        @if let Some(reason) = &line.reason { (piece::alert(Tone::Info, html! { (t.say("booking-reason")) ": " (reason) })) }
        @if let Some(clash) = clash { (clash_panel(visit, clash, &action, &|span, resource| again(form, span, resource), false)) }
        section.panel.mt { form.form.body action=(action) method="post" {
            (f.summary())
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="of" value=(form.of);
            (f.select("resource", &t.say("common-replace-with"), &form.resource, &options, &t.say("common-replace-hint"), true))
            div.two { (f.line("on", &t.say("booking-date"), &form.on, day)) (f.line("from", &t.say("booking-from"), &form.from, time)) }
            div.two {
                @if line.form == Form::Loan { (f.line("back_on", &t.say("booking-return-on"), &form.back_on, day)) }
                (f.line("to", &t.say("booking-to"), &form.to, time))
            }
            div.actions { button.btn.primary { (piece::icon("send")) (t.say("common-replace-do")) } a.btn href=(common_url(c.id)) { (t.say("booking-back")) } }
        } }
    })
}

/// The same form with another time or resource.
fn again(form: &ReplaceForm, span: Option<Span>, resource: Option<ResourceId>) -> Vec<(&'static str, String)> {
    let clock = |at: DateTime<Utc>| at.with_timezone(&LOCAL).format("%H:%M").to_string();
    let mut fields = vec![
        ("of", form.of.clone()),
        ("resource", resource.map_or_else(|| form.resource.clone(), |id| id.to_string())),
    ];
    match span {
        Some(s) => fields.extend([
            ("on", local_date(s.start).to_string()),
            ("from", clock(s.start)),
            ("back_on", local_date(s.end).to_string()),
            ("to", clock(s.end)),
        ]),
        None => fields.extend([
            ("on", form.on.clone()),
            ("from", form.from.clone()),
            ("back_on", form.back_on.clone()),
            ("to", form.to.clone()),
        ]),
    }
    fields.retain(|(_, value)| !value.is_empty());
    fields
}
