//! Where everybody begins: what waits for this person, what comes soon, the network in numbers. For
//! guests, what the network is and how to join it.
mod centre;
mod children;
mod family;
mod guest;
mod heat;
mod queue;
mod told;
mod view;

use crate::{
    app::App,
    cases::{self, CaseState},
    exchange::{self, Booking, BookingState, Form, NeedState, Task, Waiting},
    links,
    organisations::{self, Kind},
    resources::{self, Class, Span},
    shell::{AcademicYear, Slice, Todo, Todos},
};
use axum::extract::State;
use chrono::{Datelike as _, Duration, NaiveDate};
use kit::{
    Fault, Visit,
    access::{Permission, Reach},
    clock::start_of_day,
    http::Query,
    routes::{Need, Routes},
};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

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
    /// Minutes that the viewer's own organisations gave and received; `None` for who sees them all.
    pub own: Option<(i64, i64)>,
    pub year: i64,
}

impl Figures {
    async fn load(visit: &Visit) -> Result<Self, Fault> {
        let year = AcademicYear::of(visit.today).0;
        let balance = exchange::balance(visit, year, None).await?;
        let is_own = matches!(visit.viewer.reach(exchange::VIEW), Reach::Organisations(_));
        let own = || balance.rows.iter().fold((0, 0), |(given, got), r| (given + r.given, got + r.received));
        Ok(Self {
            organisations: in_order(Kind::ALL, &organisations::counts(&visit.net).await?),
            resources: in_order(Class::ALL, &resources::counts(&visit.net).await?),
            minutes: balance.minutes,
            own: is_own.then(own),
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
    /// Families that wait for an answer about a child's data.
    pub families: i64,
    /// What of other slices waits.
    pub todos: Vec<Todo>,
    /// How many of these are lines of the page of all that waits; the rest sums up what it lists.
    pub others: usize,
    pub soon: Vec<Booking>,
    pub needs: Vec<exchange::Need>,
    /// The viewer's own visits of this week.
    pub week: Vec<Booking>,
    /// Who gives whom how much.
    pub streams: Markup,
    pub unconfirmed: Option<Unconfirmed>,
    /// How full the weeks behind were.
    pub heat: Vec<resources::WeekLoad>,
    /// What waits in the Centre.
    pub centre: Vec<centre::Line>,
    pub figures: Figures,
}

/// What names children is left out while the trail of reads cannot be written: the rest goes on.
fn or_without<T: Default>(found: Result<T, Fault>) -> Result<T, Fault> {
    match found {
        Err(Fault::Unavailable(_)) => Ok(T::default()),
        other => other,
    }
}

/// How many lines the page of all that waits has, for the frame of every page.
///
/// # Errors
/// The database's.
pub async fn count_waiting(visit: &Visit, slices: &[Todos]) -> Result<i64, Fault> {
    if !visit.viewer.may(DECIDES) {
        return Ok(0);
    }
    let others = i64::try_from(todos(slices, visit).await?.len()).unwrap_or(i64::MAX);
    Ok(exchange::count_waiting(visit).await? + cases::count_waiting(visit).await? + others)
}

/// What of all slices waits for this viewer.
async fn todos(slices: &[Todos], visit: &Visit) -> Result<Vec<Todo>, Fault> {
    let mut all = Vec::new();
    for of in slices {
        all.extend(or_without(of(visit).await)?);
    }
    Ok(all)
}

/// Who has not confirmed the month that is over: for who sees the whole network.
pub struct Unconfirmed {
    pub first: NaiveDate,
    /// Ids and short names, by name.
    pub organisations: Vec<(Uuid, String)>,
}

async fn show(State(app): State<App>, visit: Visit, asked: Query<family::Asked>) -> Result<Markup, Fault> {
    if family::is_family(&visit) {
        return family::page(&visit, asked).await;
    }
    let figures = Figures::load(&visit).await?;
    if visit.viewer.is_guest() {
        return Ok(guest::page(&visit, &figures));
    }
    let mut todos = todos(&app.todos, &visit).await?;
    let others = todos.len();
    todos.extend(children::todos(&visit).await?);
    let home = Home {
        waiting: exchange::waiting(&visit).await?,
        families: cases::count_waiting(&visit).await?,
        todos,
        others,
        soon: soon(&visit).await?,
        needs: needs(&visit).await?,
        week: own_week(&visit).await?,
        streams: if visit.viewer.may(exchange::VIEW) {
            links::streams(&visit).await?
        } else {
            html! {}
        },
        unconfirmed: unconfirmed(&visit).await?,
        heat: if visit.viewer.may(exchange::VIEW) { resources::heat(&visit).await? } else { Vec::new() },
        centre: or_without(centre::lines(&visit).await)?,
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

/// What the viewer holds themselves this week.
async fn own_week(visit: &Visit) -> Result<Vec<Booking>, Fault> {
    let Some(person) = visit.viewer.person.filter(|_| visit.viewer.may(exchange::VIEW)) else { return Ok(Vec::new()) };
    let monday = visit.today - Duration::days(i64::from(visit.today.weekday().num_days_from_monday()));
    exchange::week(visit, exchange::Whose::Person(person), monday).await
}

async fn unconfirmed(visit: &Visit) -> Result<Option<Unconfirmed>, Fault> {
    if visit.viewer.reach(exchange::VIEW) != Reach::Network {
        return Ok(None);
    }
    let (first, ids) = exchange::unconfirmed(visit).await?;
    let names = organisations::short_names(&visit.net).await?;
    let mut organisations: Vec<(Uuid, String)> =
        names.into_iter().filter(|(id, _)| ids.iter().any(|open| open.0 == *id)).collect();
    organisations.sort_by_cached_key(|(_, name)| name.to_lowercase().replace('ё', "е"));
    Ok(Some(Unconfirmed { first, organisations }))
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

async fn waiting(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let all = exchange::waiting(&visit).await?;
    let todos = todos(&app.todos, &visit).await?;
    let families = or_without(cases::list(&visit, CaseState::Open).await)?;
    Ok(queue::page(&visit, &all, &todos, asked.task.parse::<Task>().ok(), &families))
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
