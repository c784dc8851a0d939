//! A week of one resource as a table: full hours down, days across. Pure.
use super::{
    calendar::{Calendar, Want},
    model::{Hold, Resource},
    schedule::{Span, at},
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use uuid::Uuid;

kit::codes! {
    /// How a calendar is looked at; a phone shows each as an agenda.
    pub enum View { Week = "week", Day = "day", Agenda = "agenda" }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// It can be asked for from this hour on; so many people or pieces still fit.
    Free {
        left: i64,
    },
    /// Taken, over so many rows. Names only where the viewer may know them.
    Taken {
        rows: usize,
        lines: Vec<Line>,
    },
    Closed,
    Past,
}

/// One of those who have taken it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub id: Uuid,
    pub span: Span,
    pub who: Option<String>,
    pub headcount: i64,
    /// Nobody has agreed yet.
    pub is_pending: bool,
}

/// A day: its cells from the first hour on, `None` where the cell above reaches down.
pub struct Day {
    pub date: NaiveDate,
    pub cells: Vec<Option<Cell>>,
}

/// The table.
pub struct Week {
    /// Full hours of the rows.
    pub hours: Vec<i64>,
    pub days: Vec<Day>,
}

/// Hours shown when nothing is open or taken outside them.
const USUAL: (i64, i64) = (9, 17);

/// Lays these days out: a week, or one day. A last day of a week with nothing on it is not shown.
pub fn lay_out(
    r: &Resource,
    calendar: &Calendar,
    dates: &[NaiveDate],
    now: DateTime<Utc>,
    names: &[(Uuid, String)],
) -> Week {
    let (first, last) = hours_to_show(r, calendar, dates);
    let hours: Vec<i64> = (first..last).collect();
    let mut days: Vec<Day> = dates.iter().map(|date| day(r, calendar, *date, &hours, now, names)).collect();
    let is_empty = |day: &Day| day.cells.iter().flatten().all(|c| matches!(c, Cell::Closed | Cell::Past));
    if days.len() > 1 && days.last().is_some_and(is_empty) {
        days.pop();
    }
    Week { hours, days }
}

/// From the earliest opening or taking to the latest, in full hours.
fn hours_to_show(r: &Resource, calendar: &Calendar, dates: &[NaiveDate]) -> (i64, i64) {
    let (mut first, mut last) = USUAL;
    for date in dates {
        let whole = Span::new(at(*date, 0), at(*date, 24 * 60));
        let taken = calendar.holds(r.id).iter().filter_map(|h| h.span.clip(whole));
        // Open by agreement at any time shows the usual hours.
        let open = calendar.open(r.id, whole).into_iter().filter(|s| *s != whole);
        for span in open.chain(taken) {
            let minutes = |moment: DateTime<Utc>| (moment - whole.start).num_minutes();
            first = first.min(minutes(span.start) / 60);
            last = last.max((minutes(span.end) + 59) / 60);
        }
    }
    (first.clamp(0, 23), last.clamp(1, 24))
}

fn day(
    r: &Resource,
    calendar: &Calendar,
    date: NaiveDate,
    hours: &[i64],
    now: DateTime<Utc>,
    names: &[(Uuid, String)],
) -> Day {
    let row = |hour: i64| Span::new(at(date, hour * 60), at(date, hour * 60 + 60));
    let exclusive = r.capacity().limit() == 1;
    let mut cells = Vec::with_capacity(hours.len());
    let mut covered = 0;
    for (i, hour) in hours.iter().enumerate() {
        if covered > 0 {
            covered -= 1;
            cells.push(None);
            continue;
        }
        let span = row(*hour);
        // Whatever touches this hour, and whatever touches what does, is one block.
        let mut block = span;
        let mut lines: Vec<Line> = Vec::new();
        loop {
            let touching: Vec<_> = calendar.holds(r.id).iter().filter(|h| h.span.overlaps(block)).collect();
            if touching.len() == lines.len() {
                break;
            }
            lines = touching.iter().map(|h| line(h, names)).collect();
            let until = lines.iter().map(|l| l.span.end).max().unwrap_or(block.end);
            let rows = hours.iter().skip(i).take_while(|h| at(date, **h * 60) < until).count().max(1);
            block = Span::new(span.start, row(hour + i64::try_from(rows).unwrap_or(1) - 1).end);
            covered = rows - 1;
        }
        cells.push(Some(if lines.is_empty() || (!exclusive && has_room(r, calendar, span, now)) {
            covered = 0;
            state(r, calendar, span, now)
        } else {
            Cell::Taken { rows: covered + 1, lines }
        }));
    }
    Day { date, cells }
}

fn line(h: &Hold, names: &[(Uuid, String)]) -> Line {
    let who = names.iter().find(|(known, _)| *known == h.organisation_id.0).map(|(_, name)| name.clone());
    Line { id: h.id, span: h.span, who, headcount: h.headcount, is_pending: h.is_pending }
}

fn has_room(r: &Resource, calendar: &Calendar, span: Span, now: DateTime<Utc>) -> bool {
    matches!(state(r, calendar, span, now), Cell::Free { .. })
}

/// An hour that nobody has taken as a whole.
fn state(r: &Resource, calendar: &Calendar, span: Span, now: DateTime<Utc>) -> Cell {
    if span.end <= now {
        return Cell::Past;
    }
    let from = span.start.max(now);
    let taken = super::load::peak(Span::new(from, span.end), &calendar.loads(r));
    let left = r.capacity().left(taken);
    let want = Want { headcount: 1, units: 1, place_id: Some(r.owner_id) };
    let gaps = calendar.free(r, want, Span::new(from, span.end), true);
    let roomy = gaps.iter().any(|gap| gap.length() >= Duration::minutes(30));
    if roomy && left > 0 { Cell::Free { left } } else { Cell::Closed }
}
