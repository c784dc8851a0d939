//! Where everybody begins: what waits for this person, what comes soon, the network in numbers. For
//! guests, what the network is and how to join it.
mod family;
mod guest;
mod queue;
mod view;

use crate::{
    cases::{self, CaseState},
    exchange::{self, Booking, BookingState, Form, NeedState, Task, Waiting},
    organisations::{self, Kind},
    resources::{self, Class, Span},
    shell::Slice,
};
use chrono::{Duration, NaiveDate};
use kit::{
    Fault, Visit,
    access::Permission,
    clock::start_of_day,
    http::Query,
    routes::{Need, Routes},
};
use maud::Markup;
use serde::Deserialize;

/// The page of all that waits.
pub const WAITING: &str = "/waiting";

/// Who has anything to decide: the two sides of an exchange.
pub const DECIDES: Permission = exchange::REQUEST;

/// Lines of the queue on the first page; the rest stands on its own.
const FIRST: usize = 5;
/// Visits that are shown as coming soon, and how far ahead one looks.
const SOON: usize = 5;
const AHEAD: Duration = Duration::days(60);

pub fn slice() -> Slice {
    let routes = Routes::default().get("/", Need::Nothing, show).get("/waiting", DECIDES, waiting);
    Slice::new("home", routes)
}

/// The network in numbers.
pub struct Figures {
    pub organisations: Vec<(Kind, i64)>,
    pub resources: Vec<(Class, i64)>,
    /// Minutes that changed hands this academic year.
    pub minutes: i64,
    /// Requests that wait for an answer, of those that the viewer may see.
    pub open: i64,
    pub year: i64,
}

impl Figures {
    async fn load(visit: &Visit) -> Result<Self, Fault> {
        let year = exchange::school_year(visit.today);
        Ok(Self {
            organisations: in_order(Kind::ALL, &organisations::counts(&visit.net).await?),
            resources: in_order(Class::ALL, &resources::counts(&visit.net).await?),
            minutes: exchange::balance(visit, year, None).await?.minutes,
            open: open_requests(visit).await?,
            year,
        })
    }
}

/// The counts in the order in which people name the kinds.
fn in_order<K: Copy + PartialEq>(all: &[K], counts: &[(K, i64)]) -> Vec<(K, i64)> {
    all.iter().filter_map(|kind| counts.iter().copied().find(|c| c.0 == *kind)).collect()
}

async fn open_requests(visit: &Visit) -> Result<i64, Fault> {
    if !visit.viewer.may(exchange::VIEW) {
        return Ok(0);
    }
    let filter = exchange::Filter {
        states: vec![BookingState::Requested],
        ..exchange::Filter::new(visit.viewer.reach(exchange::VIEW))
    };
    Ok(exchange::list(&visit.net, &filter, None, 1).await?.total)
}

/// What the home of somebody signed in shows.
pub struct Home {
    pub waiting: Vec<Waiting>,
    pub soon: Vec<Booking>,
    pub needs: Vec<exchange::Need>,
    pub figures: Figures,
}

async fn show(visit: Visit, asked: Query<family::Asked>) -> Result<Markup, Fault> {
    if family::is_family(&visit) {
        return family::page(&visit, asked).await;
    }
    let figures = Figures::load(&visit).await?;
    if visit.viewer.is_guest() {
        return Ok(guest::page(&visit, &figures));
    }
    let home = Home {
        waiting: exchange::waiting(&visit).await?,
        soon: soon(&visit).await?,
        needs: needs(&visit).await?,
        figures,
    };
    Ok(view::page(&visit, &home))
}

/// The next visits; what is lent for weeks and began long ago is not «soon».
async fn soon(visit: &Visit) -> Result<Vec<Booking>, Fault> {
    if !visit.viewer.may(exchange::VIEW) {
        return Ok(Vec::new());
    }
    let filter = exchange::Filter {
        states: vec![BookingState::Planned, BookingState::Requested, BookingState::Countered],
        during: Some(Span::new(visit.now, visit.now + AHEAD)),
        ..exchange::Filter::new(visit.viewer.reach(exchange::VIEW))
    };
    let today = start_of_day(visit.today);
    let found = exchange::list(&visit.net, &filter, None, 50).await?.items.into_iter();
    Ok(found.filter(|b| b.form != Form::Loan || b.span.start >= today).take(SOON).collect())
}

/// What others look for, for those who could offer it.
async fn needs(visit: &Visit) -> Result<Vec<exchange::Need>, Fault> {
    if !visit.viewer.may(exchange::VIEW) {
        return Ok(Vec::new());
    }
    Ok(exchange::needs(&visit.net, &[NeedState::Submitted], None, 4).await?.items)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    task: String,
}

async fn waiting(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let all = exchange::waiting(&visit).await?;
    let families = cases::list(&visit, CaseState::Open).await?;
    Ok(queue::page(&visit, &all, asked.task.parse::<Task>().ok(), &families))
}

/// Hours that are not whole stay tenths: «1 284,5».
fn hours(t: kit::Lang, minutes: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "minutes of a year stay far below 2^52")]
    let hours = minutes as f64 / 60.0;
    t.decimal(hours)
}

/// Days from today to the day on which it is due; negative when it is over.
fn days_left(today: NaiveDate, w: &Waiting) -> Option<i64> {
    w.due.map(|at| (kit::clock::local_date(at) - today).num_days())
}
