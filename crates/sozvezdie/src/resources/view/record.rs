//! One resource: its week, what it is, on which conditions.
use super::{
    ask_words, class_words, form_words, gather, kind_words, left_words, list::owner_url, sharing_words, size_words,
    state_tag,
};
use crate::{
    organisations, people,
    resources::{
        EDIT, HISTORY, KIND, LIST, ask_url,
        competence::Competences,
        form::weekday_words,
        material::{self, Material},
        may_ask,
        model::{Class, Resource, ResourceState},
        schedule::{Schedule, is_holiday},
        url,
        week::{Cell, Line, View, Week},
    },
    shell::Page,
    staff,
};
use chrono::{Datelike as _, Duration, NaiveDate};
use kit::{
    Fault, Lang, Visit,
    audit::{self, Line as Trail},
    form::Problems,
    html as piece,
    text::text_prefix,
};
use maud::{Markup, html};
use std::collections::HashMap;
use uuid::Uuid;

/// Everything a record's page shows.
pub struct Record {
    pub resource: Resource,
    pub week: Week,
    pub view: View,
    /// The first day shown.
    pub first: NaiveDate,
    pub hours: Schedule,
    /// Files and adoptions of a methodical one.
    pub material: Option<Material>,
    /// The organisations in whose name the viewer may adopt it.
    pub adopters: Vec<organisations::Listed>,
    /// What its person can do, who that is, and the minutes left of the week shown.
    pub able: Competences,
    pub person: Option<(Uuid, String)>,
    pub left: Option<i64>,
    pub history: Option<(Vec<Trail>, HashMap<Uuid, String>)>,
}

/// The trail of a record, for those who may read it.
///
/// # Errors
/// The database's.
pub async fn history(
    visit: &Visit,
    r: &Resource,
    tab: &str,
) -> Result<Option<(Vec<Trail>, HashMap<Uuid, String>)>, Fault> {
    if tab != "history" || !visit.viewer.reach(HISTORY).covers(Some(r.owner_id.0)) {
        return Ok(None);
    }
    let lines = audit::history(&visit.net, KIND, r.id.0, 100).await?;
    let actors: Vec<Uuid> = lines.iter().filter_map(|l| l.actor).collect();
    let names = people::names(&visit.net, &actors).await?;
    Ok(Some((lines, names)))
}

pub fn page(visit: &Visit, record: &Record, tab: &str, problems: &Problems) -> Markup {
    let t = visit.lang;
    let r = &record.resource;
    let here = url(r.id);
    let can_edit = visit.viewer.reach(EDIT).covers(Some(r.owner_id.0));
    let mut tabs = vec![(here.clone(), t.say("tab-overview").into_owned(), None, tab != "history")];
    if visit.viewer.reach(HISTORY).covers(Some(r.owner_id.0)) {
        tabs.push((format!("{here}?tab=history"), t.say("tab-history").into_owned(), None, tab == "history"));
    }
    let actions = html! {
        @if can_edit { (piece::link_button(&format!("{here}/edit"), "pencil", t.say("edit"), false)) }
        @if r.is_bookable() { (gather(visit, r.id, &r.name, &here, false)) }
        @if r.is_bookable() && may_ask(visit) { (piece::link_button(&ask_url(r.id, None), "plus", ask_words(t, r.class, r.loanable), true)) }
    };
    let size = size_words(t, r.sharing, r.capacity);
    let below = html! { p.row { (state_tag(t, r.state)) span { (r.owner_name) " · " (kind_words(t, r.kind)) @if let Some(size) = size { " · " (size) } } } };
    Page::new(visit, r.name.as_str()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("resources-title").into_owned()), (owner_url(r.owner_id), r.owner_name.clone())], &r.name))
        (piece::head(&r.name, below, actions))
        (piece::tabs(&t.say("resource-sections"), &tabs))
        @match (tab, &record.history) {
            ("history", Some((lines, names))) => div.mt { (crate::shell::trail::panel(visit, lines, names)) },
            _ => div.grid.cols.mt {
                div.stack {
                    @if r.class != Class::Methodical { (week(visit, record)) }
                    (about(t, r))
                    @if let Some(m) = &record.material { (material::view::files(visit, r, m, can_edit, problems)) }
                }
                div.stack {
                    (conditions(visit, record))
                    @if let Some(m) = &record.material { (material::view::adoptions(visit, r, m, &record.adopters, problems)) }
                    @if can_edit { (government(visit, r)) }
                }
            }
        }
    })
}

fn paragraphs(text: &str) -> Markup {
    html! { @for line in text.lines().filter(|l| !l.is_empty()) { p { (line) } } }
}

fn about(t: Lang, r: &Resource) -> Markup {
    html! {
        @if r.description.is_some() || r.safety.is_some() {
            (piece::panel(&t.say("resource-what"), html! {}, html! { div.body {
                @if let Some(text) = &r.description { (paragraphs(text)) }
                @if let Some(text) = &r.safety { h3.mt { (t.say("resource-safety")) } (paragraphs(text)) }
            } }))
        }
    }
}

fn conditions(visit: &Visit, record: &Record) -> Markup {
    let t = visit.lang;
    let r = &record.resource;
    let text = |value: &Option<String>| value.as_ref().map(|v| html! { (v) });
    let said = |key: &str, n: i64| t.say_with(key, &[("n", n.into())]).into_owned();
    let decides = r.decides_name.clone().map(|name| match r.answer_days {
        Some(days) => format!("{name}, {}", said("resource-answers-in", days)),
        None => name,
    });
    let ages = match (r.age_from, r.age_to) {
        (None, None) => r.audience.clone(),
        (from, to) => {
            let years = t
                .say_with("resource-ages", &[("from", from.unwrap_or(0).into()), ("to", to.unwrap_or(99).into())])
                .into_owned();
            Some(r.audience.as_ref().map_or_else(|| years.clone(), |a| format!("{a}, {years}")))
        }
    };
    let facts = piece::facts(&[
        (&t.say("resource-owner"), Some(html! { a href=(owner_url(r.owner_id)) { (r.owner_name) } })),
        (&t.say("resource-class"), Some(html! { (class_words(t, r.class)) })),
        (&t.say("resource-person"), record.person.as_ref().map(|(id, name)| person(visit, r, *id, name))),
        (&t.say("resource-form"), words(&record.able.forms.iter().map(|f| form_words(t, *f)).collect::<Vec<_>>())),
        (
            &t.say("resource-subject"),
            if record.able.subjects.is_empty() { text(&r.subject) } else { words(&record.able.subjects) },
        ),
        (&t.say("resource-hours-per-week"), hours_a_week(t, record)),
        (&t.say("resource-decides"), decides.map(|d| html! { (d) })),
        (&t.say("resource-hours"), open_hours(t, &record.hours)),
        (&t.say("resource-lead"), (r.lead_days > 0).then(|| html! { (said("resource-lead-days", r.lead_days)) })),
        (&t.say("resource-sharing"), (r.class != Class::Methodical).then(|| html! { (sharing_words(t, r.sharing)) })),
        (&t.say("resource-for-whom"), ages.map(|a| html! { (a) })),
        (&t.say("resource-conditions"), text(&r.conditions)),
        (&t.say("resource-place"), text(&r.place)),
        (&t.say("resource-cancel"), text(&r.cancel_rule)),
        (&t.say("resource-licence"), text(&r.licence)),
    ]);
    piece::panel(&t.say("resource-conditions"), html! {}, html! { div.body { (facts) } })
}

fn words(all: &[String]) -> Option<Markup> {
    (!all.is_empty()).then(|| html! { (all.join(", ")) })
}

/// The person, with the way to their record for who may see it.
fn person(visit: &Visit, r: &Resource, id: Uuid, name: &str) -> Markup {
    let may = visit.viewer.person == Some(id) || visit.viewer.reach(staff::VIEW).covers(Some(r.owner_id.0));
    html! { @if may { a href=(staff::url(people::PersonId(id))) { (name) } } @else { (name) } }
}

/// «6 ч, на этой неделе осталось 2,5 ч»: of the week that the calendar shows.
fn hours_a_week(t: Lang, record: &Record) -> Option<Markup> {
    let offered = record.resource.hours_per_week?;
    Some(html! {
        (t.say_with("resource-hours-offered", &[("hours", offered.into())]))
        @if let Some(minutes) = record.left { div.muted.sm { (left_words(t, minutes)) } }
    })
}

/// «пн–пт 9:00–17:00»: neighbouring days with the same hours together.
fn open_hours(t: Lang, schedule: &Schedule) -> Option<Markup> {
    let words: Vec<(i64, String)> =
        (1..=7).map(|day| (day, weekday_words(&schedule.hours, day))).filter(|(_, w)| !w.is_empty()).collect();
    let mut groups: Vec<(i64, i64, String)> = Vec::new();
    for (day, hours) in words {
        match groups.last_mut() {
            Some((_, last, same)) if *last + 1 == day && *same == hours => *last = day,
            _ => groups.push((day, day, hours)),
        }
    }
    let name = |day: i64| t.say(&text_prefix!("weekday-short-", day)).into_owned();
    let days = |from: i64, to: i64| if from == to { name(from) } else { format!("{}–{}", name(from), name(to)) };
    (!groups.is_empty()).then(|| html! { @for (from, to, hours) in &groups { div { (days(*from, *to)) " " (hours) } } })
}

fn government(visit: &Visit, r: &Resource) -> Markup {
    let t = visit.lang;
    let here = url(r.id);
    let press = |action: &str, icon: &str, words: &str| {
        html! { form action={ (here) "/" (action) } method="post" { (piece::key_field(&visit.new_key())) button.btn { (piece::icon(icon)) (words) } } }
    };
    piece::panel(
        &t.say("resource-government"),
        html! {},
        html! { div.body.row {
            @if r.state.may_become(ResourceState::Published) { (press("publication", "play", &t.say("resource-publish"))) }
            @if r.state.may_become(ResourceState::Paused) { (press("pause", "pause", &t.say("resource-pause"))) }
            @if r.state.may_become(ResourceState::Closed) { (press("closure", "archive", &t.say("resource-close"))) }
            @if r.class != Class::Methodical { (piece::link_button(&format!("{here}/exceptions/new"), "calendar-days", t.say("resource-exception-add"), false)) }
        } },
    )
}

fn week(visit: &Visit, record: &Record) -> Markup {
    let t = visit.lang;
    let here = url(record.resource.id);
    let (first, last) = (record.first, record.week.days.last().map_or(record.first, |d| d.date));
    let year = visit.today.year();
    let is_day = record.view == View::Day;
    let title = if is_day {
        format!("{}, {}", t.day(first, year), t.weekday_short(first))
    } else {
        format!("{} — {}", t.day(first, year), t.day(last, year))
    };
    let step = if is_day { 1 } else { 7 };
    let at = |day: NaiveDate, view: View| format!("{here}?view={}&week={day}", view.code());
    let to = |days: i64| at(first + Duration::days(days), record.view);
    let (before, after) =
        if is_day { (t.say("day-before"), t.say("day-after")) } else { (t.say("week-before"), t.say("week-after")) };
    let legend = html! { span.more.legend.hide-phone {
        span { i.c1 {} (t.say("week-taken")) } span { i.dash.c1 {} (t.say("week-waits")) } span { i.dash.c3 {} (t.say("week-free")) }
    } };
    html! {
        section.panel {
            header {
                h2 { (title) }
                span.row {
                    a.btn.icon.sm href=(to(-step)) { (piece::icon("chevron-left")) span.vh { (before) } }
                    a.btn.sm href=(at(visit.today, record.view)) { (t.say("week-today")) }
                    a.btn.icon.sm href=(to(step)) { (piece::icon("chevron-right")) span.vh { (after) } }
                    nav.seg aria-label=(t.say("calendar-views")) { @for view in View::ALL {
                        a href=(at(if first <= visit.today && visit.today <= last { visit.today } else { first }, *view)) aria-current=[(*view == record.view).then_some("page")] { (t.say(&text_prefix!("calendar-view-", view.code()))) }
                    } }
                }
                (legend)
            }
            @if record.view != View::Agenda { div.scroll-x.calendar tabindex="0" role="group" aria-label=(title) { table.cal {
                caption.vh { (t.say("week-caption")) }
                colgroup { col; col span=(record.week.days.len()); }
                thead { tr { td {} @for d in &record.week.days {
                    th.today[d.date == visit.today] scope="col" { (t.weekday_short(d.date)) " " b { (d.date.day()) } @if let Some(why) = special(t, record, d.date) { div.muted { (why) } } }
                } } }
                tbody { @for (i, hour) in record.week.hours.iter().enumerate() {
                    tr { th scope="row" { (hour) ":00" } @for d in &record.week.days { @if let Some(Some(cell)) = d.cells.get(i) { (cell_of(visit, record, d.date, *hour, cell)) } } }
                } }
            } } }
            (agenda(visit, record))
            footer { p.muted.sm { (t.say("calendar-zone")) } }
        }
    }
}

/// Why a day does not follow its weekday: what the owner wrote, or a public holiday.
fn special(t: Lang, record: &Record, day: NaiveDate) -> Option<String> {
    let exception = record.hours.exceptions.iter().find(|e| e.on == day);
    match exception {
        Some(e) => Some(e.reason.clone().unwrap_or_else(|| {
            t.say(if e.opens.is_some() { "calendar-other-hours" } else { "week-closed" }).into_owned()
        })),
        None if is_holiday(day) && !record.hours.hours.is_empty() => Some(t.say("calendar-holiday").into_owned()),
        None => None,
    }
}

fn hours_words(line: &Line) -> String {
    let clock = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&kit::clock::LOCAL).format("%-H:%M").to_string();
    format!("{}–{}", clock(line.span.start), clock(line.span.end))
}

fn cell_of(visit: &Visit, record: &Record, date: NaiveDate, hour: i64, cell: &Cell) -> Markup {
    let t = visit.lang;
    match cell {
        Cell::Past => html! { td.past { span.vh { (t.say("week-past")) } } },
        Cell::Closed => html! { td.off { span.vh { (t.say("week-closed")) } } },
        Cell::Free { .. } if !may_ask(visit) => html! { td { span.vh { (t.say("week-open")) } } },
        Cell::Free { left } => {
            let start = crate::resources::at(date, hour * 60);
            let words = t.say_with(
                "week-ask",
                &[("when", t.moment(start, visit.today.year()).into()), ("left", (*left).into())],
            );
            html! { td { a.free href=(ask_url(record.resource.id, Some(start))) aria-label=(words) { (piece::icon("plus")) } } }
        }
        Cell::Taken { rows, lines } => {
            html! { td rowspan=(rows) { div.ev.c1.one[*rows == 1].wait[lines.iter().all(|l| l.is_pending)] {
                @for line in lines { b { (line.who.as_deref().unwrap_or(&t.say("week-taken"))) } (hours_words(line)) @if line.is_pending { ", " (t.say("week-waits")) } " " }
            } } }
        }
    }
}

/// The same week for a phone.
fn agenda(visit: &Visit, record: &Record) -> Markup {
    let t = visit.lang;
    let is_empty = |cells: &[Option<Cell>]| cells.iter().flatten().all(|c| matches!(c, Cell::Closed | Cell::Past));
    html! { div.agenda.always[record.view == View::Agenda] { @for d in &record.week.days {
        h3 { (t.day(d.date, visit.today.year())) ", " (t.weekday_short(d.date)) @if let Some(why) = special(t, record, d.date) { span.muted { " · " (why) } } }
        @if is_empty(&d.cells) { p.muted.sm.body { (t.say(if d.date < visit.today { "week-past" } else { "week-closed" })) } }
        ul { @for (hour, cell) in record.week.hours.iter().zip(&d.cells) {
            @match cell {
                Some(Cell::Taken { lines, .. }) => @for line in lines { li { span.nowrap { (hours_words(line)) } span { b.strong { (line.who.as_deref().unwrap_or(&t.say("week-taken"))) } @if line.is_pending { span.muted { " · " (t.say("week-waits")) } } } } },
                Some(Cell::Free { .. }) => li { span.nowrap { (hour) ":00–" (hour + 1) ":00" }
                    @if may_ask(visit) { a href=(ask_url(record.resource.id, Some(crate::resources::at(d.date, hour * 60)))) { (t.say("week-free-ask")) } }
                    @else { span { (t.say("week-open")) } }
                },
                _ => {}
            }
        } }
    } } }
}
