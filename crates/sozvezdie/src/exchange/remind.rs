//! Reminders: a request that nobody answers, a loan that is due or late, a month whose outcomes
//! nobody confirmed. Each side is reminded of each thing once.
use super::{
    DECIDE, REQUEST, VIEW,
    model::{Booking, BookingState, Side},
    news, store, url,
};
use crate::{
    app::App,
    notifications::{self, Kind, News, To},
    organisations::OrganisationId,
    resources::Span,
};
use chrono::{Datelike as _, Duration, Months, NaiveDate, Timelike as _};
use kit::{
    Fault, Visit,
    access::Reach,
    clock::{LOCAL, local_date, start_of_day},
    db::Tx,
    job::{Doing, Handler, Work},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Looks every hour what comes due.
pub const JOB: Handler<App> =
    Handler::every("reminders", Duration::hours(1), |app, work| Box::pin(run(app, work)) as Doing);

/// Before this hour nobody is reminded; the letters of the day leave after it.
const MORNING: u32 = 6;
/// So long a request may wait without a word.
const PATIENCE: Duration = Duration::days(3);
/// On this day of the next month both sides should have confirmed a month.
const SHEET_DAY: u32 = 3;

async fn run(app: App, work: Work) -> Result<(), Fault> {
    if work.now.with_timezone(&LOCAL).hour() < MORNING {
        return Ok(());
    }
    remind(&app.visit(&work.net)).await
}

/// Reminds everybody of what waits for them at this moment.
///
/// # Errors
/// The database's.
pub async fn remind(visit: &Visit) -> Result<(), Fault> {
    let today = visit.today;
    let tomorrow = Span::new(start_of_day(today + Duration::days(1)), start_of_day(today + Duration::days(2)));
    let mut all = Reminders::default();
    for b in store::remind::unanswered(&visit.net, visit.now - PATIENCE, visit.now).await? {
        let side = if b.state == BookingState::Countered { Side::Asker } else { Side::Owner };
        let day = local_date(if side == Side::Owner { b.created_at } else { b.updated_at });
        all.add(&b, Kind::Unanswered, side, day);
    }
    for b in store::remind::out(&visit.net, tomorrow.end).await? {
        let day = local_date(b.span.end);
        if b.span.end < visit.now {
            all.add(&b, Kind::LoanOverdue, Side::Owner, day);
            all.add(&b, Kind::LoanOverdue, Side::Asker, day);
        } else if b.span.end >= tomorrow.start {
            all.add(&b, Kind::LoanDue, Side::Asker, day);
        }
    }
    let months = if today.day() < SHEET_DAY { 2..=3 } else { 1..=2 };
    let mut sheets = Vec::new();
    for back in months {
        let Some(first) = today.with_day(1).and_then(|day| day.checked_sub_months(Months::new(back))) else { continue };
        sheets.push((first, open_sheets(visit, first).await?));
    }
    visit
        .net
        .transact(async |tx: &mut Tx| {
            for ((side, organisation), news) in &all.0 {
                notifications::remind(tx, visit, &holders(*side, *organisation), news).await?;
            }
            for (first, open) in &sheets {
                put_sheets(tx, visit, *first, open).await?;
            }
            Ok(())
        })
        .await
}

/// News by whom they go to.
#[derive(Default)]
struct Reminders(BTreeMap<(bool, Uuid), Vec<News>>);

impl Reminders {
    /// Things of one kind and day are one line.
    fn add(&mut self, b: &Booking, kind: Kind, side: Side, day: NaiveDate) {
        // Of one's own use both sides are the same.
        if side == Side::Asker && b.is_own_use() && kind == Kind::LoanOverdue {
            return;
        }
        let is_owner = side == Side::Owner;
        let organisation = if is_owner { b.owner_id } else { b.organisation_id };
        let starts_at = if kind == Kind::Unanswered { b.span.start } else { b.span.end };
        let news = News {
            bunch: format!("{}:{day}", kind.code()),
            starts_at: Some(starts_at),
            link: url(b.id),
            ..news::line(b, kind, side)
        };
        self.0.entry((is_owner, organisation.0)).or_default().push(news);
    }
}

fn holders(is_owner: bool, organisation: Uuid) -> To {
    To::Holders(if is_owner { DECIDE } else { REQUEST }, vec![organisation])
}

/// Who has anything to confirm in the month that begins on this day.
async fn open_sheets(visit: &Visit, first: NaiveDate) -> Result<Vec<OrganisationId>, Fault> {
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    store::remind::unconfirmed(&visit.net, Span::new(start_of_day(first), start_of_day(next)), visit.now).await
}

/// Which organisations have not confirmed the month before this one, for who sees the whole network.
///
/// # Errors
/// [`Fault::Forbidden`].
pub async fn unconfirmed(visit: &Visit) -> Result<(NaiveDate, Vec<OrganisationId>), Fault> {
    if visit.viewer.reach(VIEW) != Reach::Network {
        return Err(Fault::Forbidden(VIEW));
    }
    let before = visit.today.with_day(1).and_then(|day| day.checked_sub_months(Months::new(1)));
    let first = before.unwrap_or(visit.today);
    Ok((first, open_sheets(visit, first).await?))
}

/// Asks for a month's sheet, and asks those no more who have confirmed it.
async fn put_sheets(tx: &mut Tx, visit: &Visit, first: NaiveDate, open: &[OrganisationId]) -> Result<(), Fault> {
    let month = first.format("%Y-%m");
    let bunch = format!("{}:{month}", Kind::MonthDue.code());
    let ids: Vec<Uuid> = open.iter().map(|id| id.0).collect();
    notifications::settle_but(tx, visit, &bunch, &ids).await?;
    for id in ids {
        let news = News {
            kind: Kind::MonthDue,
            bunch: bunch.clone(),
            record: id,
            link: format!("/bookings/month?organisation={id}&month={month}"),
            subject: first.format("%m.%Y").to_string(),
            other: Some(id),
            starts_at: None,
        };
        notifications::remind(tx, visit, &To::Holders(DECIDE, vec![id]), &[news]).await?;
    }
    Ok(())
}
