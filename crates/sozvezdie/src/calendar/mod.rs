//! The week of one's organisations and one's own, and the same for other programs by a secret link.
mod ics;
mod store;
mod view;

use crate::{
    app::App,
    exchange::{self, Booking, Whose},
    organisations::OrganisationId,
    resources::Span,
    roles,
    shell::Slice,
};
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Datelike as _, Duration, NaiveDate, Utc};
use kit::{
    Fault, Visit,
    access::{Reach, Viewer},
    audit::Entry,
    db::Tx,
    form::{Check, Problems},
    http::{Path, Query, Sent, go},
    once::Done,
    routes::{Need, Routes},
    text::Message,
};
use maud::Markup;
use serde::Deserialize;

/// The page's address, and that of the links.
pub const PAGE: &str = "/calendar";
pub const FEEDS: &str = "/calendar/feeds";

/// The kind of record in audit.
const KIND: &str = "calendar_feed";

/// So many links one person keeps at a time: each of them is a secret to be looked after.
const MOST: i64 = 10;

/// What a feed shows: the weeks behind and the months ahead.
const BEHIND: Duration = Duration::days(30);
const AHEAD: Duration = Duration::days(180);

kit::db::id_type!(
    /// A secret link.
    FeedId
);

kit::codes! {
    /// Whose calendar it is.
    pub enum Scope {
        /// Of the organisations that the person may see the bookings of.
        Organisations = "organisations",
        /// The person's own visits.
        Person = "person",
    }
}

/// A link that somebody made.
#[derive(Clone, Debug)]
pub struct Feed {
    pub id: FeedId,
    pub scope: Scope,
    pub created_at: DateTime<Utc>,
}
kit::db::row!(Feed { id, scope, created_at });

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/calendar", exchange::VIEW, show)
        .get("/calendar/feeds", exchange::VIEW, feeds)
        .post("/calendar/feeds", exchange::VIEW, make)
        .post("/calendar/feeds/{id}/renewal", Need::SignedIn, renew)
        .post("/calendar/feeds/{id}/removal", Need::SignedIn, revoke)
        .get("/calendar/{file}", Need::Nothing, read);
    Slice::new("calendar", routes)
}

/// The page's address as data.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Any day of the week.
    pub week: String,
    pub of: String,
    pub organisation: String,
}

impl Asked {
    pub fn scope(&self) -> Scope {
        self.of.parse().unwrap_or(Scope::Organisations)
    }

    fn monday(&self, visit: &Visit) -> NaiveDate {
        let day =
            self.week.parse::<NaiveDate>().ok().filter(|d| (2000..2200).contains(&d.year())).unwrap_or(visit.today);
        day - Duration::days(i64::from(day.weekday().num_days_from_monday()))
    }

    /// The same calendar in another week.
    pub fn at(&self, monday: NaiveDate) -> String {
        let of = if self.scope() == Scope::Person { "&of=person" } else { "" };
        let organisation =
            self.organisation.parse::<OrganisationId>().map(|id| format!("&organisation={id}")).unwrap_or_default();
        format!("{PAGE}?week={monday}{of}{organisation}")
    }
}

fn whose(visit: &Visit, scope: Scope, organisation: Option<OrganisationId>) -> Whose {
    match (scope, visit.viewer.person, organisation) {
        (Scope::Person, Some(person), _) => Whose::Person(person),
        (_, _, Some(id)) => Whose::Organisation(id),
        _ => Whose::Mine,
    }
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let monday = asked.monday(&visit);
    let bookings =
        exchange::week(&visit, whose(&visit, asked.scope(), asked.organisation.parse().ok()), monday).await?;
    // Who sees several organisations may look at one.
    let seen = visit.viewer.reach(exchange::VIEW);
    let mut choices = crate::organisations::active(&visit.net).await?;
    choices.retain(|o| seen.covers(Some(o.id.0)));
    Ok(view::page(&visit, &asked, monday, &bookings, &choices))
}

async fn feeds(visit: Visit) -> Result<Markup, Fault> {
    Ok(view::feeds(&visit, &store::of(&visit.net, visit.actor()).await?, None))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct FeedForm {
    scope: String,
}

/// Makes a link. Its secret is shown on this one page and stored nowhere.
async fn make(visit: Visit, State(app): State<App>, sent: Sent<FeedForm>) -> Result<Response, Fault> {
    let (Some(person), Some(login)) = (visit.viewer.person, visit.viewer.login) else { return Err(Fault::SignIn) };
    let mut problems = Problems::default();
    let scope = Check { problems: &mut problems }.required("scope", &sent.data.scope, 20).parse::<Scope>();
    let Ok(scope) = scope else { return Err(Fault::field("scope", Message::new("form-choose"))) };
    problems.into_result(())?;
    let feed = Feed { id: FeedId(visit.new_id()), scope, created_at: visit.now };
    let secret = kit::chance::secret();
    let done = sent
        .once(&visit, "calendar.feed")
        .run(&visit.net, async |tx: &mut Tx| {
            if !store::insert(tx, &feed, person, MOST).await? {
                return Err(Fault::field("scope", Message::new("calendar-enough").with("most", MOST)));
            }
            store::put_key(tx, &secret, feed.id, login).await?;
            Entry::new("create", KIND, feed.id).write(tx, &visit).await?;
            Ok(Done::changed(FEEDS.to_owned(), serde_json::json!({ "id": feed.id })))
        })
        .await?;
    // Sent twice: the link was shown the first time, and nobody knows it any more.
    if done.body != Some(serde_json::json!({ "id": feed.id })) {
        return Ok(go(&done, "done-calendar-feed"));
    }
    fresh(&visit, &app, &secret).await
}

/// Another secret for the same calendar: the link of before opens nothing from now on.
async fn renew(
    visit: Visit,
    State(app): State<App>,
    Path(id): Path<FeedId>,
    sent: Sent<serde::de::IgnoredAny>,
) -> Result<Response, Fault> {
    let login = visit.viewer.login.ok_or(Fault::SignIn)?;
    let (secret, turn) = (kit::chance::secret(), visit.new_id());
    let done = sent
        .once(&visit, &format!("calendar.renew {id}"))
        .run(&visit.net, async |tx: &mut Tx| {
            if !store::is_own(tx, id, visit.actor()).await? {
                return Err(Fault::NotFound);
            }
            store::drop_key(tx, id).await?;
            store::put_key(tx, &secret, id, login).await?;
            Entry::new("renew", KIND, id).write(tx, &visit).await?;
            Ok(Done::changed(FEEDS.to_owned(), serde_json::json!({ "id": id, "turn": turn })))
        })
        .await?;
    if done.body != Some(serde_json::json!({ "id": id, "turn": turn })) {
        return Ok(go(&done, "done-calendar-feed"));
    }
    fresh(&visit, &app, &secret).await
}

/// The page with the link of a secret: here, once, and in no cache.
async fn fresh(visit: &Visit, app: &App, secret: &str) -> Result<Response, Fault> {
    let link = format!("{}{PAGE}/{secret}.ics", app.address());
    let mut page = view::feeds(visit, &store::of(&visit.net, visit.actor()).await?, Some(&link)).into_response();
    page.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(page)
}

async fn revoke(visit: Visit, Path(id): Path<FeedId>, sent: Sent<serde::de::IgnoredAny>) -> Result<Response, Fault> {
    let done = sent
        .once(&visit, &format!("calendar.revoke {id}"))
        .run(&visit.net, async |tx: &mut Tx| {
            if !store::revoke(tx, id, visit.actor(), visit.now).await? {
                return Err(Fault::NotFound);
            }
            store::drop_key(tx, id).await?;
            Entry::new("revoke", KIND, id).write(tx, &visit).await?;
            Ok(Done::changed(FEEDS.to_owned(), serde_json::json!({ "id": id })))
        })
        .await?;
    Ok(go(&done, "done-calendar-revoked"))
}

/// The calendar behind a secret: with the rights that its person has today.
async fn read(visit: Visit, State(app): State<App>, Path(file): Path<String>) -> Result<Response, Fault> {
    let secret = file.strip_suffix(".ics").ok_or(Fault::NotFound)?;
    let key = store::key(&visit.directory, secret).await?.ok_or(Fault::NotFound)?;
    let net = app.db.network(key.network.into());
    let feed = store::find(&net, key.feed).await?.ok_or(Fault::NotFound)?;
    let grants = kit::session::grants(&net, key.person, visit.today).await?;
    let viewer = Viewer::person(key.person, key.login, String::new(), String::new(), grants, roles::policy);
    let own = Visit::by_program(net, visit.directory.clone(), viewer, &app.clock, app.chance.clone());
    let bookings = of_feed(&own, feed.scope).await?;
    let t = own.lang;
    let name = t.say(&kit::text::text_prefix!("calendar-of-", feed.scope.code()));
    let headers = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, ics::write(t, &name, &bookings)).into_response())
}

/// What a feed holds: nothing for who may see no bookings any more.
async fn of_feed(own: &Visit, scope: Scope) -> Result<Vec<Booking>, Fault> {
    if own.viewer.reach(exchange::VIEW) == Reach::Nowhere {
        return Ok(Vec::new());
    }
    exchange::span(own, whose(own, scope, None), Span::new(own.now - BEHIND, own.now + AHEAD)).await
}
