//! How full the week is: what part of the open hours was taken, by kind of resource and weekday.
use super::{
    VIEW_USE,
    model::ResourceKind,
    schedule::{Span, joined},
    store,
};
use chrono::{DateTime, Datelike as _, Duration, Utc};
use kit::{
    Fault, Visit,
    clock::{LOCAL, start_of_day},
    db::row,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Weeks that are looked back on.
pub const WEEKS: i64 = 4;
/// Monday to Saturday: on Sundays schools are closed.
pub const DAYS: usize = 6;
/// Kinds that are shown, those with the most open hours.
const KINDS: usize = 6;

/// Minutes that resources of a kind are open on a weekday.
pub struct Open {
    pub kind: ResourceKind,
    pub weekday: i64,
    pub minutes: i64,
}
row!(Open { kind, weekday, minutes });

/// A time that was taken.
pub struct Taken {
    pub kind: ResourceKind,
    pub resource: Uuid,
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
}
row!(Taken { kind, resource, start, end });

/// A kind's week: per cent of the open hours, `None` where nothing is open.
pub struct Row {
    pub kind: ResourceKind,
    pub days: [Option<i64>; DAYS],
}

/// The weeks behind, of resources whose use the viewer may see.
///
/// # Errors
/// The database's.
pub async fn heat(visit: &Visit) -> Result<Vec<Row>, Fault> {
    let reach = visit.viewer.reach(VIEW_USE);
    let until = start_of_day(visit.today);
    let during = Span::new(until - Duration::weeks(WEEKS), until);
    let open = store::heat::open(&visit.net, &reach, visit.today).await?;
    let taken = store::heat::taken(&visit.net, &reach, during).await?;
    Ok(rows(&open, &taken))
}

/// What is taken twice at the same time (a hall with many places) is taken once.
fn rows(open: &[Open], taken: &[Taken]) -> Vec<Row> {
    let mut spans: BTreeMap<(&str, Uuid), Vec<Span>> = BTreeMap::new();
    for t in taken {
        spans.entry((t.kind.code(), t.resource)).or_default().push(Span::new(t.start, t.end));
    }
    let mut used: BTreeMap<(&str, usize), i64> = BTreeMap::new();
    for ((kind, _), all) in spans {
        for span in joined(all) {
            let day = span.start.with_timezone(&LOCAL).weekday().num_days_from_monday() as usize;
            *used.entry((kind, day)).or_default() += span.length().num_minutes();
        }
    }
    let mut wide: BTreeMap<&str, i64> = BTreeMap::new();
    for o in open {
        *wide.entry(o.kind.code()).or_default() += o.minutes;
    }
    let mut kinds: Vec<ResourceKind> =
        ResourceKind::ALL.iter().copied().filter(|kind| wide.contains_key(kind.code())).collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(wide.get(kind.code()).copied()));
    kinds.truncate(KINDS);
    kinds.sort_by_key(|kind| ResourceKind::ALL.iter().position(|known| known == kind));
    let day_of = |kind: ResourceKind, day: usize| {
        let weekday = i64::try_from(day).unwrap_or(0) + 1;
        let minutes: i64 = open.iter().filter(|o| o.kind == kind && o.weekday == weekday).map(|o| o.minutes).sum();
        let used = used.get(&(kind.code(), day)).copied().unwrap_or(0);
        (minutes > 0).then(|| (used * 100 / (minutes * WEEKS)).min(100))
    };
    kinds.into_iter().map(|kind| Row { kind, days: std::array::from_fn(|day| day_of(kind, day)) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(local: &str) -> DateTime<Utc> {
        crate::resources::read_moment(local).unwrap()
    }

    #[test]
    fn hours_taken_twice_are_taken_once_and_days_are_local() {
        let open = [
            Open { kind: ResourceKind::Hall, weekday: 2, minutes: 60 },
            Open { kind: ResourceKind::Hall, weekday: 3, minutes: 600 },
            Open { kind: ResourceKind::Transport, weekday: 1, minutes: 10 },
        ];
        let taken = |from: &str, to: &str| Taken {
            kind: ResourceKind::Hall,
            resource: Uuid::nil(),
            start: at(from),
            end: at(to),
        };
        let all = [
            taken("2026-11-17T10:00", "2026-11-17T11:00"),
            taken("2026-11-17T10:30", "2026-11-17T11:00"),
            // Tuesday's last hour in Belgorod, not yet Tuesday's end in UTC.
            taken("2026-11-24T00:30", "2026-11-24T01:30"),
        ];
        let rows = rows(&open, &all);
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].kind, ResourceKind::Hall);
        assert_eq!(rows[0].days, [None, Some(50), Some(0), None, None, None], "two hours of four");
        assert_eq!(rows[1].days[0], Some(0));
    }
}
