//! The figures K1–K5 of `domain.md` §5: in what share of events children won prizes, by year, level,
//! format, list, organisation, subject, class and age. Every figure opens exactly the rows that make it.
//!
//! Sums of the network are for everybody, small ones masked for guests; rows are for the department
//! and the Centre, and for an organisation its own. A child is named in them to those alone who may
//! see its record.
mod api;
mod export;
mod model;
mod store;
mod tally;
#[cfg(test)]
pub(crate) mod tests;
mod view;
mod web;

pub use model::{Among, Asked, By, Counts, Key, LEAST, Line, Of, Selection, Share, Side, Whose, years_problem};
pub use store::{Behind, COUNTED, PENDING, TAKEN, latest};
pub use view::{by_words, result_words};

use crate::{
    learners::{self, How, Scope},
    organisations,
    people::PersonId,
    shell::Slice as ShellSlice,
};
use kit::{
    Fault, Lang, Visit,
    access::{Permission, Reach},
    cursor::{Cursor, Slice},
    db::Net,
    routes::Routes,
    text::text_prefix,
};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Sums of the network.
pub const VIEW: Permission = Permission("figures.view");
/// The rows behind them, and sums of what one's organisation did.
pub const ROWS: Permission = Permission("figures.rows");

/// The page's address.
pub const LIST: &str = "/figures";
/// The address of the rows.
pub const BEHIND: &str = "/participations";
/// The same for programs.
pub const BEHIND_API: &str = "/api/v1/participations";

pub fn slice() -> ShellSlice {
    let routes = Routes::default()
        .get("/figures", VIEW, web::show)
        .get("/figures/export.xlsx", VIEW, export::figures)
        .get("/participations", ROWS, web::rows)
        .get("/participations/export.xlsx", ROWS, export::rows)
        .get("/api/v1/figures/prize-share", VIEW, api::prize_share)
        .get("/api/v1/participations", ROWS, api::rows);
    ShellSlice::new("figures", routes).described(api::document())
}

/// Whose participations a viewer's figures count: all of the network for the department, the Centre
/// and whoever sees sums alone; what the own organisations sent or prepared for everybody else.
///
/// # Errors
/// The database's.
pub async fn reach(visit: &Visit) -> Result<Reach, Fault> {
    Ok(match visit.viewer.reach(ROWS) {
        Reach::Nowhere | Reach::Network => Reach::Network,
        Reach::Organisations(own) => Reach::Organisations(organisations::with_predecessors(&visit.net, &own).await?),
    })
}

/// A figure with its breakdown.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    pub total: Counts,
    pub lines: Vec<(Line, String)>,
}

impl Figures {
    /// Whether the lines hold more than the total: an event counts for each of its organisations,
    /// a child for each of its classes.
    pub fn exceed(&self) -> bool {
        let sum = |of: fn(&Counts) -> i64| self.lines.iter().map(|(l, _)| of(&l.counts)).sum::<i64>();
        sum(|c| c.editions) > self.total.editions || sum(|c| c.children) > self.total.children
    }
}

/// Counts a selection within a reach. For pages, programs and reports.
///
/// # Errors
/// The database's.
pub async fn count(net: &Net, t: Lang, s: &Selection, reach: &Reach) -> Result<Figures, Fault> {
    let (total, mut parts) = break_down(net, t, s, s.by.as_slice(), reach).await?;
    Ok(parts.pop().map_or(Figures { total, lines: Vec::new() }, |(_, figures)| figures))
}

/// The sums of a selection alone.
///
/// # Errors
/// The database's.
pub async fn total(net: &Net, s: &Selection, reach: &Reach) -> Result<Counts, Fault> {
    Ok(store::count(net, s, &[], reach).await?.0)
}

/// A selection with several breakdowns, all of the same rows.
///
/// # Errors
/// The database's.
pub async fn break_down(
    net: &Net,
    t: Lang,
    s: &Selection,
    parts: &[By],
    reach: &Reach,
) -> Result<(Counts, Vec<(By, Figures)>), Fault> {
    let (total, counted) = store::count(net, s, parts, reach).await?;
    let names = if parts.contains(&By::Organisation) { store::organisation_names(net).await? } else { HashMap::new() };
    let all =
        parts.iter().zip(counted).map(|(by, lines)| (*by, Figures { total, lines: named(t, *by, lines, &names) }));
    Ok((total, all.collect()))
}

/// The lines of one breakdown with their titles, in the order in which people read them.
fn named(t: Lang, by: By, mut lines: Vec<Line>, names: &HashMap<String, String>) -> Vec<(Line, String)> {
    lines.sort_by_cached_key(|l| (place(by, &l.key), l.key.clone()));
    let mut named: Vec<(Line, String)> = lines
        .into_iter()
        .map(|l| {
            let title = title(t, by, &l.key, names);
            (l, title)
        })
        .collect();
    if matches!(by, By::Organisation | By::Subject) {
        named.sort_by_cached_key(|(l, title)| (l.key.0.is_none(), kit::text::name_key(title)));
    }
    named
}

/// The order of the lines: as the codes stand, numbers by size, what has none last.
fn place(by: By, key: &Key) -> (bool, i64) {
    let Some(code) = key.0.as_deref() else { return (true, 0) };
    let among =
        |codes: &[&str]| codes.iter().position(|c| *c == code).map_or(i64::MAX, |i| i64::try_from(i).unwrap_or(0));
    let number = match by {
        By::Level => among(&crate::events::Level::ALL.iter().map(|c| c.code()).collect::<Vec<_>>()),
        By::Format => among(&crate::events::Format::ALL.iter().map(|c| c.code()).collect::<Vec<_>>()),
        By::List => among(&crate::events::ListKind::ALL.iter().map(|c| c.code()).collect::<Vec<_>>()),
        By::Year | By::Class | By::Age => code.parse().unwrap_or(i64::MAX),
        By::Organisation | By::Subject => 0,
    };
    (false, number)
}

fn title(t: Lang, by: By, key: &Key, names: &HashMap<String, String>) -> String {
    let Some(code) = key.0.as_deref() else {
        return t.say(&text_prefix!("figures-none-", by.code())).into_owned();
    };
    match by {
        By::Level => t.say(&text_prefix!("event-level-", code)).into_owned(),
        By::Format => t.say(&text_prefix!("event-format-", code)).into_owned(),
        By::List => t.say(&text_prefix!("event-list-kind-", code)).into_owned(),
        By::Year => code.parse().map_or_else(|_| code.to_owned(), |year| crate::shell::AcademicYear(year).to_string()),
        By::Class => t.say_with("figures-class", &[("class", code.to_owned().into())]).into_owned(),
        By::Age => t.say_with("figures-age", &[("age", code.parse::<i64>().unwrap_or(0).into())]).into_owned(),
        By::Organisation => names.get(code).cloned().unwrap_or_else(|| code.to_owned()),
        By::Subject => code.to_owned(),
    }
}

/// A page of the rows behind a figure; whose record is named there is noted as read.
///
/// # Errors
/// The database's; [`Fault::Unavailable`] when the look cannot be noted.
pub async fn behind(visit: &Visit, s: &Selection, cursor: Option<&Cursor>, size: i64) -> Result<Slice<Behind>, Fault> {
    let slice = store::rows(&visit.net, s, (&reach(visit).await?, &Scope::of(visit).await?), cursor, size).await?;
    let named: BTreeSet<PersonId> = slice.items.iter().filter_map(|r| r.learner_id).collect();
    learners::note_read(visit, How::Elsewhere, &named.into_iter().collect::<Vec<_>>()).await?;
    Ok(slice)
}

/// The first rows behind a figure without a single name.
///
/// # Errors
/// The database's.
pub async fn unnamed(visit: &Visit, s: &Selection, size: i64) -> Result<Slice<Behind>, Fault> {
    let nobody = Scope::of(visit).await?.of_family().answering();
    store::rows(&visit.net, s, (&reach(visit).await?, &nobody), None, size).await
}

/// Organisations whose rows the viewer sees, and where this permission does not reach: what their children did is
/// theirs to hand on.
///
/// # Errors
/// The database's.
pub async fn beyond(visit: &Visit, permission: Permission) -> Result<Vec<Uuid>, Fault> {
    let Reach::Organisations(own) = visit.viewer.reach(permission) else { return Ok(Vec::new()) };
    let own = organisations::with_predecessors(&visit.net, &own).await?;
    Ok(match reach(visit).await? {
        Reach::Organisations(seen) => seen.into_iter().filter(|id| !own.contains(id)).collect(),
        _ => Vec::new(),
    })
}

/// A count as this viewer may know it: guests are not told small ones.
pub fn told(visit: &Visit, n: i64) -> Option<i64> {
    (visit.viewer.may(ROWS) || !(1..LEAST).contains(&n)).then_some(n)
}

/// The same of a share: of it nothing is told when either of its numbers is small.
pub fn told_share(visit: &Visit, share: Share) -> (Option<i64>, Option<i64>, Option<f64>) {
    let (numerator, denominator) = (told(visit, share.numerator), told(visit, share.denominator));
    let percents = numerator.and(denominator).and(share.percents());
    (numerator, denominator, percents)
}
